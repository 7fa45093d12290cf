"""The numbers that pages quote are those that were measured; none of these tests asks a clock."""

import json
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
import yaml

from benchmarks import report, reruns, site
from benchmarks.timer import ROOT, timed
from ypp_analysis.project import project

RESULTS = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
MEASURE = re.compile(r"\d\s*(?:ms|s|seconds?|minutes?|[MG]B|times|a second)\b(?! of)")


def test_the_page_of_benchmarks_is_made_of_the_results():
    page = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert page == report.page(RESULTS)


def test_the_readme_quotes_the_results():
    assert report.quoted(README) == report.summary(RESULTS)
    assert report.renewed(README, RESULTS) == README


def test_another_time_in_the_readme_is_noticed_and_renewed():
    seconds = str(RESULTS["processes"][-1]["ours_s"])
    assert seconds in report.quoted(README)
    wrong = README.replace(seconds, "0.001")
    assert report.quoted(wrong) != report.summary(RESULTS)
    assert report.renewed(wrong, RESULTS) == README


def test_the_readme_has_no_measurement_but_those():
    assert MEASURE.findall("in 3 s, 20 MB, 5 times, 9 seconds")
    assert MEASURE.findall(README.replace(report.quoted(README), "")) == []


def test_every_number_of_the_summary_is_one_of_the_results():
    known = {f"{one:,}" for one in numbers(RESULTS)} | {str(one) for one in numbers(RESULTS)}
    others_n = sum(
        "median_s" in row and row["name"] not in reruns.OURS for row in RESULTS["reruns"]
    )
    said = re.findall(r"(?<![\w-])\d[\d.,]*\d|\d", report.summary(RESULTS))
    assert set(said) <= known | {RESULTS["python"], str(others_n)}


def numbers(found):
    if isinstance(found, dict):
        return [number for part in found.values() for number in numbers(part)]
    if isinstance(found, list):
        return [number for part in found for number in numbers(part)]
    return [found] if isinstance(found, int | float) else []


# The pipeline that other tools run


@pytest.fixture
def work(tmp_path):
    shutil.copytree(project().raw, tmp_path / "raw")
    shutil.copy(reruns.HERE / "steps.py", tmp_path)
    return tmp_path


def steps_of(work):
    """What each step reads and makes; the raw tables as their folder."""
    code = "import json, steps; print(json.dumps(steps.STEPS))"
    listed = subprocess.run(
        [sys.executable, "-c", code], cwd=work, capture_output=True, text=True, check=True
    )
    return {
        name: (["raw"] if name == "tables" else read, [made])
        for name, (read, made) in json.loads(listed.stdout).items()
    }


@pytest.mark.parametrize(
    ("file", "at", "read", "made"),
    [("dvc.yaml", (), "deps", "outs"), ("calkit.yaml", ("pipeline",), "inputs", "outputs")],
)
def test_tools_with_files_of_their_own_have_the_same_steps(work, file, at, read, made):
    found = yaml.safe_load((reruns.HERE / file).read_text(encoding="utf-8"))
    for name in at:
        found = found[name]
    stages = {name: (step[read], step[made]) for name, step in found["stages"].items()}
    assert stages == steps_of(work)
    assert len(stages) == reruns.STEPS_N
    assert all(
        f"python steps.py {name}" in map(str, s.values()) for name, s in found["stages"].items()
    )


def test_each_step_makes_what_it_says_from_what_it_says(work):
    for name, (read, made) in steps_of(work).items():
        assert all((work / path).exists() for path in read), name
        assert not (work / made[0]).exists()
        subprocess.run([sys.executable, "steps.py", name], cwd=work, check=True)
        assert (work / made[0]).stat().st_size > 20, name
    assert "<td>66\n" in (work / "page.html").read_text(
        encoding="utf-8"
    )  # children, of victims.csv
    ledger = (work / "ledger.csv").read_text(encoding="utf-8").splitlines()
    claims = (work / "raw" / "claims.csv").read_text(encoding="utf-8").splitlines()
    assert len(ledger) == len(claims)


def test_every_tool_is_pinned_and_no_address_is_given():
    assert reruns.pinned().keys() == {tool.package for tool in reruns.TOOLS}
    assert "://" not in reruns.PINNED.read_text(encoding="utf-8")
    assert all((reruns.HERE / name).is_file() for tool in reruns.TOOLS for name in tool.files)


def bench(content, made_at, now):
    return SimpleNamespace(made={"x": (content, made_at)}, outputs=lambda: {"x": (content, now)})


def test_a_tool_that_was_not_idle_is_noticed():
    reruns.hold([bench(b"1", 5, 5), bench(b"1", 7, 7)])
    with pytest.raises(SystemExit, match="took a step"):
        reruns.hold([bench(b"1", 5, 5), bench(b"1", 7, 8)])
    with pytest.raises(SystemExit, match="different outputs"):
        reruns.hold([bench(b"1", 5, 5), bench(b"2", 7, 7)])


def idle(name, seconds, **times):
    return {"name": name, "median_s": seconds} | {
        f"times {mine}": times.get(key, 1.0)
        for mine, key in (("ypp reproduce", "first"), ("ypp verify --quick", "second"))
    }


def test_aims_are_held_against_the_fastest_of_the_tools_named():
    rows = [
        idle("ypp reproduce", 0.31),
        idle("ypp verify --quick", 0.1),
        idle("snakemake", 3.1, first=10.0, second=31.0),
        idle("dvc", 0.5, first=1.6, second=5.0),
        idle("doit", 0.1, first=0.3, second=1.0),
        {"name": "absent", "version": reruns.NO_SUCH},
    ]
    found = {row["what"]: (row["found"], row["met"]) for row in reruns.aims(rows)}
    assert found == {
        "ypp reproduce, seconds": (0.31, False),
        "dvc (the fastest of snakemake, dvc, calkit-python) : ypp reproduce": (1.6, False),
        "ypp verify --quick, seconds": (0.1, True),
        "dvc (the fastest of snakemake, dvc, calkit-python) : ypp verify --quick": (5.0, True),
    }


# Time, memory, size


def test_memory_is_that_of_the_process_and_not_of_this_one():
    ballast = bytes(range(256)) * 800_000  # 205 MB that this process has and none of the timed
    small, large = (
        timed([[sys.executable, "-c", f"x = b'1' * {size}"]]).peak_mb for size in (1, 10**8)
    )
    assert len(ballast) > 200e6 > small * 4
    assert 95 < large - small < 110


def test_a_timed_process_that_fails_ends_it_with_its_words():
    with pytest.raises(SystemExit, match="went wrong"):
        timed([[sys.executable, "-c", "raise ValueError('went wrong')"]])


def test_pages_are_counted_without_notebooks_and_downloads():
    made = {
        "index.html": b"1",
        "en/claims.html": b"22",
        "en/notebooks/index.html": b"333",
        "en/notebooks/01_network.html": b"4" * 40,
        "en/exhibits/diagram-1-3.ris": b"5" * 50,
        "figures/en/diagram-1-3.svg": b"6" * 60,
        "assets/site.js": b"7777",
    }
    assert site.sizes(made) == {"pages": 6, "assets": 4}
