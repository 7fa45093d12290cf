"""The committed outputs are the rebuilt ones, byte for byte."""

import contextlib
import hashlib
import json
import re
import time

import nbformat
import pytest
from nbclient.exceptions import DeadKernelError

from ypp_analysis import lock, reproduce, verify
from ypp_analysis.datasets import loading
from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.fingerprints import Now
from ypp_analysis.lock import Lock
from ypp_analysis.project import Project, project
from ypp_analysis.publish import figures, notebooks

NOTEBOOKS = sorted(project().notebooks.glob("*.ipynb"))


@pytest.mark.rebuild
def test_a_rebuild_gives_the_committed_files(tables, monkeypatch):
    here, done, opened = project(), [], set()
    load = loading._Folder.content

    def noting(folder, table):
        opened.add(table.name)
        return load(folder, table)

    monkeypatch.setattr(loading._Folder, "content", noting)
    now, before = Now.of(here, here.raw), Lock.read(here)
    outputs = reproduce.build(here, tables, now, on_step=lambda: done.append(1))
    assert len(done) == len(reproduce.steps(here))
    if not lock.state(before, now).environment:  # in another one bytes can differ, numbers not
        assert [str(difference) for difference in verify.differences(here, outputs)] == []
    assert verify.verified(here, outputs, before, now).holds
    assert lock.state(before, now).problems == []
    # What a step reads is noted where it takes a table; it may load none beside.
    assert opened <= {"sources"}
    readers = [step for step in before.steps.values() if "data/raw/claims.csv" in step.reads]
    assert all(
        "data/raw/sources.json" in step.reads
        for step in readers
        if "data/raw/evidence.csv" in step.reads
    )


@pytest.mark.parametrize("id", ids())
def test_processed_data_are_the_numbers_of_the_figure(id, tables):
    stored = (project().processed / f"{id}.csv").read_bytes()
    carried = figures.carried(Exhibit(id, tables), "en")
    assert carried["DataHash"] == f"sha256:{hashlib.sha256(stored).hexdigest()}"
    assert carried["DataHash"].encode() in (project().figures / "en" / f"{id}.svg").read_bytes()


@pytest.mark.rebuild
def test_swapped_data_behind_a_figure_are_found(tables):
    """The picture is drawn from the data, so other data cannot give the committed one."""
    network = tables["ecpat_network"].copy()
    network["countries_n"] = network["countries_n"].to_numpy()[[1, 0, 2, 3, 4, 5]]
    swapped = Exhibit("table-1-1", {**tables, "ecpat_network": network}, lang="en")
    drawn = figures.render(swapped, *figures.FORMATS)
    outputs = {project().figures / "en" / f"table-1-1.{f}": drawn[f] for f in figures.FORMATS}
    found = verify.differences(project(), outputs)
    told = {(difference.file, difference.where) for difference in found if difference.in_numbers}
    assert {(project().name(path), "DataHash") for path in outputs} <= told


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_and_the_package_computes(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.execution_count, "stored unexecuted"
            assert "def " not in cell.source
            assert not any(output.output_type in ("error", "stream") for output in cell.outputs)
        else:
            told = re.sub(r"Tier \d", "", cell.source)
            assert not re.search(r"\d", told), cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_s_figures_carry_their_description(path):
    stored = json.loads(path.read_text(encoding="utf-8"))
    outputs = [o for c in stored["cells"] for o in c.get("outputs", []) if "data" in o]
    pictures = [o for o in outputs if "image/png" in o["data"]]
    assert pictures
    assert all(o["metadata"]["image/png"]["alt"] for o in pictures)
    assert str(project().root) not in path.read_text(encoding="utf-8")


def written(source):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (written("1 / 0"), "cell 1 ends with ZeroDivisionError"),
        (written("import warnings\nwarnings.warn('in /home/a')"), "cell 1 gives the warning"),
        ("", "it cannot be read as a notebook"),
        ("null", "it cannot be read as a notebook"),
        ('{"cells": 5}', "it cannot be read as a notebook"),
        ('{"cells": [{"cell_type": "code"}], "nbformat": 4}', "it cannot be read as a notebook"),
        ("[" * 100_000, "it cannot be read as a notebook"),
    ],
)
def test_a_failing_notebook_is_named(content, says, tmp_path, tables):
    there = Project(tmp_path)
    there.notebooks.mkdir()
    (there.notebooks / "01_broken.ipynb").write_text(content, encoding="utf-8")
    now = Now(there, project().raw, {}, {}, {})
    with pytest.raises(ValueError, match=rf"01_broken\.ipynb did not run to its end: {says}"):
        reproduce.build(there, tables, now, kept=Lock.read(project()).steps)
    assert [path.name for path in tmp_path.iterdir()] == ["notebooks"]


def test_a_run_that_is_stopped_ends_its_notebooks(tmp_path):
    path = tmp_path / "01_long.ipynb"
    path.write_text(written("open('begun', 'x').close()\nimport time\ntime.sleep(60)"))
    with contextlib.suppress(KeyboardInterrupt), reproduce._kernels() as kernels:
        running = kernels.submit(notebooks.execute, path)
        while not (tmp_path / "begun").exists() and not running.done():
            time.sleep(0.01)
        raise KeyboardInterrupt
    assert isinstance(running.exception(), DeadKernelError)


@pytest.mark.rebuild
def test_a_notebook_shows_indonesian_when_asked(monkeypatch):
    content = json.loads(notebooks.execute(project().notebooks / "01_network.ipynb", lang="id"))
    assert "Jaringan ECPAT" in json.dumps(content)
