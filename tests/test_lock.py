"""What hashes alone tell: which outputs are stale, and why; and what is then made again."""

import dataclasses
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from checkouts import HERE, checkout, problems
from click.testing import CliRunner

from ypp_analysis import fingerprints, lock, reproduce, site_mark
from ypp_analysis.cli import main
from ypp_analysis.datasets import register
from ypp_analysis.exhibits import ids
from ypp_analysis.fingerprints import Now
from ypp_analysis.lock import Lock
from ypp_analysis.project import using
from ypp_analysis.publish import notebook_reads

RAW = sorted(f"data/raw/{table.path}" for table in register.own(HERE.raw))
LOCK = Lock.read(HERE)
NOTEBOOK = "notebooks/01_network.ipynb"
DESCRIBED = LOCK.steps[reproduce.METADATA].outputs
"""Files that describe all others."""


@pytest.fixture(scope="module")
def now():
    """As it was when the outputs were made: test_reproduce tells whether it still is."""
    found = Now.of(HERE, HERE.raw)
    return dataclasses.replace(found, code=LOCK.code, environment=LOCK.environment)


@pytest.fixture
def copy(tmp_path):
    return checkout(tmp_path)


def readers(name):
    return {step for step, made in LOCK.steps.items() if name in made.reads}


@pytest.mark.parametrize("name", RAW)
def test_a_changed_table_makes_stale_what_reads_it_and_nothing_else(name, now):
    changed = dataclasses.replace(now, inputs={**now.inputs, name: "another"})
    found = lock.state(LOCK, changed)
    assert set(found.stale) == readers(name)
    assert readers(name), "a table that nothing reads"
    for step, lines in found.stale.items():
        outputs = LOCK.steps[step].outputs
        assert lines == [f"{output}: {name} changed since it was made" for output in outputs]


def test_each_kind_of_change_is_named(copy):
    assert problems(copy) == []
    (copy.figures / "en" / "reach.svg").write_text("<svg/>", encoding="utf-8")
    (copy.processed / "power.csv").unlink()
    (copy.figures / "en" / "new.svg").touch()
    shutil.copy(copy.notebooks / "01_network.ipynb", copy.notebooks / "06_new.ipynb")
    (copy.figures / "en" / ".reach.pdf.a1.staged").touch()
    assert problems(copy) == [
        "data/processed/power.csv: missing",
        "figures/en/reach.svg: is not the file that was made",
        "notebooks/06_new.ipynb: has not been run",
        "figures/en/new.svg: unexpected, for it is no output",
        "figures/en/.reach.pdf.a1.staged: left by a run that was cut off; "
        "`ypp reproduce` finishes it",
    ]


def test_touched_files_are_the_same_and_a_text_is_code(copy):
    for path in copy.root.rglob("*"):
        path.touch()
    assert problems(copy) == []
    command = copy.root / "ypp_analysis" / "cli" / "checks.py"
    command.write_text("# another command", encoding="utf-8")
    assert problems(copy) == []
    texts = copy.root / "ypp_analysis" / "texts" / "id.toml"
    texts.write_text(f"{texts.read_text(encoding='utf-8')}\n", encoding="utf-8")
    found = problems(copy)
    assert len(found) == len(LOCK.outputs)
    assert all(": ypp_analysis/texts/id.toml changed since it was made" in line for line in found)


def test_a_row_count_is_no_rule_of_the_register_but_a_type_is(copy):
    path = copy.raw / register.NAME
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0] |= {"hash": "sha256:0", "rows": 1}
    path.write_text(json.dumps(package), encoding="utf-8")
    # Only what describes the tables to machines says their hashes and rows.
    described = [*LOCK.steps["metadata"].outputs]
    assert [line.partition(":")[0] for line in problems(copy)] == described
    package["resources"][0]["schema"]["fields"][0]["type"] = "any"
    path.write_text(json.dumps(package), encoding="utf-8")
    assert len(problems(copy)) == len(LOCK.outputs)


def test_cells_of_a_notebook_are_its_input_and_outputs_are_not(copy):
    path = copy.notebooks / "03_victims.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].outputs = []
    nbformat.write(notebook, path)
    assert problems(copy) == ["notebooks/03_victims.ipynb: is not the file that was made"]
    before = fingerprints.Now.of(HERE, HERE.raw).hash("notebooks/03_victims.ipynb")
    assert Now.of(copy, copy.raw).hash("notebooks/03_victims.ipynb") == before
    notebook.cells[3].source += "\n"
    nbformat.write(notebook, path)
    assert Now.of(copy, copy.raw).hash("notebooks/03_victims.ipynb") != before


def test_the_record_of_the_study_is_an_input_of_all_that_is_cited(tmp_path, monkeypatch):
    record = tmp_path / "study.json"
    record.write_text("{}", encoding="utf-8")
    monkeypatch.setenv("YPP_STUDY", str(record))
    found = dataclasses.replace(Now.of(HERE, HERE.raw), code=LOCK.code)
    exhibits = {f"exhibit {id}" for id in ids()}
    assert set(lock.state(LOCK, found).stale) == {"citations", "metadata", *exhibits}


def test_another_environment_is_said_and_is_not_stale(now):
    other = {**now.environment, "matplotlib": "9.9"}
    found = lock.state(LOCK, dataclasses.replace(now, environment=other))
    assert found.problems == []
    assert f"matplotlib {LOCK.environment['matplotlib']} there, 9.9 here" in found.elsewhere
    assert found.elsewhere in " ".join(lock.report(found))


def test_an_environment_that_gave_the_same_is_none_other(copy, tmp_path):
    now, before = Now.of(copy, copy.raw), Lock.read(copy)
    other = dataclasses.replace(now, environment={**now.environment, "python": "9.9"})
    assert len(lock.state(before, other).environment) == 1
    outputs = {copy.root / name: (copy.root / name).read_bytes() for name in before.outputs}
    made = Lock.made(other, before.steps)
    outputs[copy.root / lock.NAME] = made.content()
    assert reproduce.write(copy, outputs, before, {}) == [copy.root / lock.SAME]
    assert lock.state(before, other).environment == []
    another = dataclasses.replace(now, environment={**now.environment, "python": "9.8"})
    assert lock.state(before, another).environment
    changed = dataclasses.replace(before, code={})  # the note is of one lock file alone
    assert lock.state(changed, other).environment


def test_a_page_that_is_not_as_it_was_made_is_seen(copy):
    made = {"index.html": b"<p>", "data/a.csv": b"1,2", "figures/a.svg": b"<svg/>"}
    mark = site_mark.content(site_mark.made_of(copy), made)
    for name, content in {**made, site_mark.NAME: mark}.items():
        (copy.site / name).parent.mkdir(exist_ok=True)
        (copy.site / name).write_bytes(content)
    assert site_mark.is_current(copy)
    for name, content in made.items():
        (copy.site / name).write_bytes({"html": b"<i>", ".csv": b"2,1"}.get(name[-4:], b""))
        assert not site_mark.is_current(copy)
        (copy.site / name).write_bytes(content)
    (copy.site / "figures" / "a.svg").unlink()
    assert not site_mark.is_current(copy)


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
@pytest.mark.parametrize("name", ["data/raw/victims.csv", "figures/en/reach.svg", NOTEBOOK])
def test_a_pipe_is_no_file_and_nothing_waits_for_it(name, copy):
    (copy.root / name).unlink()
    os.mkfifo(copy.root / name)
    assert any(
        f"{name}: missing" in line or f"{name} is missing" in line for line in problems(copy)
    )


@pytest.mark.parametrize("name", ["../README.md", "/etc/passwd", "a/../../b"])
def test_a_mark_that_names_what_is_not_of_the_site_is_none(name, copy):
    told = json.dumps({"made_of": site_mark.made_of(copy), "files": {name: "1"}})
    site_mark.path(copy).write_text(told, encoding="utf-8")
    assert site_mark.read(copy) == ("", {})


def test_a_lock_file_is_read_as_it_was_written_or_refused():
    assert Lock.parsed(LOCK.content()) == LOCK
    assert (HERE.root / lock.NAME).read_bytes() == LOCK.content()
    with pytest.raises(ValueError, match="with `ypp reproduce --force`"):
        Lock.parsed(LOCK.content().replace(b'"steps": {', b'<<<<<<< "steps": {'))


WRITTEN = json.loads(LOCK.content())
STEP = {"reads": ["a"], "outputs": {"b": "c"}}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"5",
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"steps":' * 100_000,
        *(
            json.dumps({**WRITTEN, **change}).encode()
            for change in (
                {"environment": None},
                {"environment": {"python": 3.11}},
                {"code": []},
                {"inputs": []},
                {"inputs": {"a": None}},
                {"steps": []},
                {"steps": {"ledger": None}},
                {"steps": {"ledger": {**STEP, "reads": [1]}}},
                {"steps": {"ledger": {**STEP, "reads": "ab"}}},
                {"steps": {"ledger": {**STEP, "reads": [[]]}}},
                {"steps": {"ledger": {**STEP, "outputs": 5}}},
                {"steps": {"ledger": {**STEP, "outputs": [["a", "b"]]}}},
                {"steps": {"ledger": {**STEP, "outputs": {"a\0": "b"}}}},
            )
        ),
    ],
)
def test_a_lock_file_of_other_parts_is_refused_in_one_line(content, copy, monkeypatch, capsys):
    (copy.root / lock.NAME).write_bytes(content)
    monkeypatch.setattr(lock, "project", lambda: copy)
    assert lock.main() == 2
    told = capsys.readouterr().err
    assert told.startswith("Error: outputs.lock.json is not as it was written (")
    assert told.endswith("Make it anew with `ypp reproduce --force`.\n")
    assert told.count("\n") == 1


def test_names_do_not_steer_the_terminal(copy, monkeypatch, capsys):
    (copy.figures / "en" / "x\x1b]0;own\x07\n.svg").touch()
    (copy.notebooks / "06_\x1b[2J.ipynb").write_bytes(b"[" * 100_000)
    monkeypatch.setattr(lock, "project", lambda: copy)
    assert lock.main() == 1
    told = capsys.readouterr().out
    assert r"x\x1b]0;own\x07\n.svg: unexpected" in told
    assert r"06_\x1b[2J.ipynb: has not been run" in told
    assert all(sign.isprintable() or sign == "\n" for sign in told)


@pytest.mark.parametrize("content", [b"[" * 100_000, b"null", b'{"cells": 5}', b'{"cells": ['])
def test_what_is_no_notebook_and_no_register_counts_as_its_bytes(content, copy):
    for name in ("notebooks/01_network.ipynb", fingerprints.REGISTER):
        (copy.root / name).write_bytes(content)
        assert Now.of(copy, copy.raw).hash(name) == fingerprints.hash_file(copy.root / name)


def test_a_clone_is_asked_with_nothing_installed(copy):
    """-I -S: no installed package and no folder of a user is in sight."""
    code = (
        f"import sys; sys.path.insert(0, {str(copy.root)!r}); from ypp_analysis import lock; "
        "status = lock.main(); ours = {'ypp_analysis', '__main__'}; "
        "print({name.split('.')[0] for name in sys.modules} - sys.stdlib_module_names - ours); "
        "raise SystemExit(status)"
    )
    command = [sys.executable, "-I", "-S", "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[-1] == "set()"
    assert f"{len(LOCK.outputs)} outputs looked at by their hashes, 0 not current." in ran.stdout
    (copy.processed / "reach.csv").unlink()
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "data/processed/reach.csv: missing" in ran.stdout


@pytest.mark.parametrize("command", [["reproduce"], ["verify", "--quick"]])
def test_nothing_heavy_is_imported_to_find_that_nothing_is_to_be_done(command, copy):
    code = (
        f"import sys\nsys.path.insert(0, {str(copy.root)!r})\nfrom ypp_analysis.cli import main\n"
        f"try: main({command})\nexcept SystemExit as end: code = end.code\n"
        "print(sorted({'pandas', 'numpy', 'matplotlib', 'filelock'} & set(sys.modules)), code)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[] 0"


def test_a_notebook_that_is_gone_is_named_before_and_after(copy):
    """The site is left out, to save time."""
    (copy.notebooks / "04_programme.ipynb").unlink()
    assert problems(copy) == [
        *(
            f"{name}: notebooks/04_programme.ipynb is missing since it was made"
            for name in DESCRIBED
        ),
        "notebooks/04_programme.ipynb: missing",
    ]
    code = (
        f"import sys\nsys.path.insert(0, {str(copy.root)!r})\nfrom ypp_analysis import reproduce\n"
        "reproduce.site_of = lambda *_: {}\nfrom ypp_analysis.cli import main\nmain(['reproduce'])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "04_programme.ipynb: is no output any more, for nothing makes it\n" in ran.stdout
    assert problems(copy) == []


def test_quick_ends_with_1_and_says_why(tmp_path):
    shutil.copytree(HERE.raw, tmp_path / "raw")
    table = tmp_path / "raw" / "victims.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("66", "67"), encoding="utf-8")
    ran = CliRunner().invoke(main, ["verify", "--quick", "--data", str(tmp_path / "raw")])
    assert ran.exit_code == 1
    line = "figures/en/diagram-1-3.svg: data/raw/victims.csv changed since it was made"
    assert any(told.startswith(line) for told in ran.output.splitlines())


def test_exactly_what_is_stale_is_made(now, tables, monkeypatch):
    """Drawing and running are left out; which steps are taken is what is looked at."""
    name, made = "data/raw/partners.csv", []
    monkeypatch.setattr(reproduce.figures, "render", lambda *_, **__: {"svg": b""})
    monkeypatch.setattr(reproduce.notebooks, "execute", lambda path: made.append(path) or b"")
    found = lock.state(LOCK, dataclasses.replace(now, inputs={**now.inputs, name: "another"}))
    kept = {step: LOCK.steps[step] for step in LOCK.steps if step not in found.stale}
    outputs = reproduce.build(HERE, tables, now, kept=kept)
    steps = readers(name)
    expected = {f"notebook {path.stem}" for path in made}
    assert expected == {step for step in steps if step.startswith("notebook")}
    drawn = {f"exhibit {path.stem}" for path in outputs if path.suffix == ".svg"}
    assert drawn == {step for step in steps if step.startswith("exhibit")}
    again = Lock.parsed(outputs[HERE.root / lock.NAME])
    assert {step: again.steps[step] for step in kept} == kept
    assert {step: made.reads for step, made in again.steps.items()} == {
        step: made.reads for step, made in LOCK.steps.items()
    }


EXHIBITS = {"a": ["victims"], "b": ["petition", "partners"]}
EVERY = {"victims", "petition", "partners", "claims"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import ypp_analysis as ypp\nypp.exhibit('a')", {"victims"}),
        ("import ypp_analysis\nypp_analysis.exhibit('b').data", {"petition", "partners"}),
        ("from ypp_analysis import load as get\nget('claims')", {"claims"}),
        ("import pandas as pd\nfrom ypp_analysis.measures.counts import x\npd.DataFrame()", set()),
        ("import ypp_analysis as ypp\nypp.load_all()", EVERY),
        ("import ypp_analysis as ypp\nname = 'a'\nypp.exhibit(name)", EVERY),
        ("import ypp_analysis as ypp\nypp.exhibit('a', data='there')", EVERY),
        ("import ypp_analysis as ypp\nypp.exhibit('unknown')", EVERY),
        ("import ypp_analysis as ypp\nother = ypp\nother.load('claims')", EVERY),
        ("import ypp_analysis as ypp\nget = ypp.load\nget('claims')", EVERY),
        ("import ypp_analysis.ledger\nypp_analysis.load('claims')", EVERY),
        ("from ypp_analysis.datasets import load\nload('claims')", EVERY),
        ("from ypp_analysis import *\nload('claims')", EVERY),
        ("import pandas as pd\npd.read_csv('../data/raw/claims.csv')", EVERY),
        ("open('../data/raw/claims.csv')", EVERY),
        ("import os", EVERY),
        ("import numpy as np\nnp.genfromtxt('../data/raw/claims.csv')", EVERY),
        ("import pandas as pd\npd.ExcelFile('claims.xlsx')", EVERY),
        ("from IPython.display import Markdown\nMarkdown(filename='../README.md')", EVERY),
        ("!cat ../data/raw/claims.csv", EVERY),
    ],
)
def test_what_a_notebook_reads_is_told_from_its_source(source, expected, tmp_path):
    path = tmp_path / "01_a.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)
    assert notebook_reads.tables_read(path, EXHIBITS, EVERY) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"5",
        b"[]",
        b"{}",
        b'{"cells": 5}',
        b'{"cells": [5]}',
        b'{"cells": [{}]}',
        b'{"cells": [{"cell_type": "code"}]}',
        b'{"cells": [{"cell_type": "code", "source": null}]}',
        b'{"cells": [{"cell_type": "code", "source": [1]}]}',
        b'{"cells": [{"cell_type": "code", "source": "\\u0000"}]}',
        b'{"cells": [{"cell_type": "code", "source": "%s"}]}' % (b"-" * 100_000 + b"1"),
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_what_is_no_notebook_may_read_every_table(content, tmp_path):
    path = tmp_path / "01_a.ipynb"
    path.write_bytes(content)
    assert notebook_reads.tables_read(path, EXHIBITS, EVERY) == EVERY


def test_no_notebook_but_the_audit_reads_every_table():
    whole = {step for step, made in LOCK.steps.items() if set(RAW) <= set(made.reads)}
    assert {step for step in whole if step.startswith("notebook")} == {"notebook 05_claims_audit"}
    assert {f"exhibit {id}" for id in ids()} <= set(LOCK.steps)


def test_other_tables_are_used_everywhere_and_only_meanwhile(tmp_path, monkeypatch):
    import os

    monkeypatch.delenv("YPP_DATA", raising=False)
    with using(tmp_path) as raw:
        assert raw == tmp_path.resolve()
        assert os.environ["YPP_DATA"] == str(raw)
    assert "YPP_DATA" not in os.environ


def test_versions_are_those_that_the_packages_state():
    found = fingerprints.environment()
    stated = {name: importlib.metadata.version(name) for name in fingerprints.PACKAGES}
    assert {name: found[name] for name in stated} == stated
