"""A second run when nothing has changed: ours beside the tools that would do the same.

The other tools have a pipeline of six steps (``pipelines/``), each in a folder and an environment
of its own under ``build/``. Each has run it twice before it is timed, and takes no step meanwhile.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import YPP, side
from benchmarks.timer import ROOT, Steps, Timed, timed
from ypp_analysis.lock import Lock
from ypp_analysis.project import project

HERE = Path(__file__).with_name("pipelines")
PINNED = HERE / "requirements.txt"
BUILD = ROOT / "build"
ROUNDS = 15
OURS = {"ypp reproduce": (["reproduce"], 0.3), "ypp verify --quick": (["verify", "--quick"], 0.15)}
"""The commands that are timed, and the seconds aimed at."""
AIMED_AT, FASTER = ("snakemake", "dvc", "calkit-python"), 5
"""The tools that ours should be that many times as fast as."""
STEPS_N = 6
NO_SUCH = "could not be installed"


class Tool(NamedTuple):
    """Another tool: its package, its files of the pipeline, its command, what it needs first."""

    package: str
    files: tuple[str, ...]
    command: tuple[str, ...]
    first: tuple[tuple[str, ...], ...] = ()


TOOLS = (
    Tool("snakemake", ("Snakefile",), ("snakemake", "-c1")),
    Tool("dvc", ("dvc.yaml",), ("dvc", "repro"), (("dvc", "init", "--no-scm"),)),
    Tool("pytask", ("task_steps.py", "pytask.toml"), ("pytask", "-c", "pytask.toml")),
    Tool("doit", ("dodo.py",), ("doit",)),
    Tool(
        "calkit-python",
        ("calkit.yaml",),
        ("calkit", "run"),
        (("git", "init"), ("dvc", "init")),
    ),
)


def pinned() -> dict[str, str]:
    """The version of each package that the tools get."""
    lines = PINNED.read_text(encoding="utf-8").splitlines()
    pairs = [line.partition(";")[0].strip().split("==") for line in lines]
    return {name: number for name, number in pairs if name in {tool.package for tool in TOOLS}}


def installed(tool: Tool) -> Path | None:
    """The folder of a tool's programs, made where it is not there; None if that fails."""
    home = BUILD / "tools" / tool.package
    stamp, wanted = home / ".pinned", PINNED.read_text(encoding="utf-8")
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        venv = [sys.executable, "-m", "venv", "--clear", str(home)]
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--compile"]
        try:
            for command in (venv, [*pip, "--constraint", str(PINNED), tool.package]):
                subprocess.run(command, check=True, capture_output=True)
        except subprocess.CalledProcessError:
            return None
        stamp.write_text(wanted, encoding="utf-8")
    return home / "bin"


class Bench:
    """A folder with the pipeline of a tool, where it has run often enough to have nothing to do.

    Parameters
    ----------
    tool : Tool
    programs : Path
        The folder of its programs.
    """

    def __init__(self, tool: Tool, programs: Path) -> None:
        self.folder = BUILD / "pipelines" / tool.package
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(project().raw, self.folder / "raw")
        for name in ("steps.py", *tool.files):
            shutil.copy(HERE / name, self.folder)
        self.env: Mapping[str, str] = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),  # their settings and caches, not those of who runs this
            "DVC_NO_ANALYTICS": "1",
        }
        self.steps: Steps = [[str(programs / tool.command[0]), *tool.command[1:]]]
        timed([*tool.first, *self.steps, *self.steps], folder=self.folder, env=self.env)
        self.made = self.outputs()

    def run(self) -> Timed:
        """Run the pipeline, in which nothing is to do."""
        return timed(self.steps, folder=self.folder, env=self.env)

    def outputs(self) -> dict[str, tuple[bytes, int]]:
        """Content of each output of the pipeline, and when it was made."""
        paths = [*self.folder.glob("*.csv"), *self.folder.glob("tables.json")]
        paths.append(self.folder / "page.html")
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def hold(benches: list[Bench]) -> None:
    """Stop if a tool made something else than another, or made it once more than it should."""
    contents = [{name: found for name, (found, _) in bench.made.items()} for bench in benches]
    if any(found != contents[0] for found in contents):
        raise SystemExit("the tools made different outputs: no time is worth comparing")
    if any(bench.outputs() != bench.made for bench in benches):
        raise SystemExit("a tool took a step although nothing had changed: it was not timed idle")


def measure() -> list[dict[str, object]]:
    """Median, range and memory of each, and how many times as long as ours it took."""
    benches = {
        tool.package: Bench(tool, programs)
        for tool in TOOLS
        if (programs := installed(tool)) is not None
    }
    timed([[*YPP, "reproduce"]])
    commands = {name: [[*YPP, *words]] for name, (words, _) in OURS.items()}
    runs: dict[str, list[Timed]] = {name: [] for name in (*commands, *benches)}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            runs[name].append(timed(command))
        for name, bench in benches.items():
            runs[name].append(bench.run())
    hold([*benches.values()])
    lock, numbers = Lock.read(project()), pinned()
    steps_n = {name: len(lock.steps) if lock else 0 for name in commands}
    own = {name: statistics.median(run.seconds for run in runs[name]) for name in commands}
    rows = [
        {
            "name": name,
            "version": numbers.get(name) or version("ypp-analysis"),
            "steps_n": steps_n.get(name, STEPS_N),
            **side("", found),
            **{
                f"times {mine}": round(statistics.median(run.seconds for run in found) / seconds, 1)
                for mine, seconds in own.items()
            },
        }
        for name, found in runs.items()
    ]
    missing = [tool.package for tool in TOOLS if tool.package not in benches]
    return rows + [{"name": name, "version": NO_SUCH} for name in missing]


def aims(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Each of our commands beside its two aims: its seconds, and the fastest tool of `AIMED_AT`."""
    found = {str(row["name"]): row for row in rows if "median_s" in row}
    results: list[dict[str, object]] = []
    for name, (_, aim) in OURS.items():
        own = float(str(found[name]["median_s"]))
        results.append(_held(f"{name}, seconds", own, f"below {aim}", own < aim))
        others = {other: row for other, row in found.items() if other in AIMED_AT}
        if others:
            times = {other: float(str(row[f"times {name}"])) for other, row in others.items()}
            fastest = min(times, key=lambda other: times[other])
            what = f"{fastest} (the fastest of {', '.join(AIMED_AT)}) : {name}"
            least = times[fastest]
            results.append(_held(what, least, f"at least {FASTER}", least >= FASTER))
    return results


def _held(what: str, found: float, aim: str, is_met: bool) -> dict[str, object]:
    return {"what": what, "found": found, "aim": aim, "met": is_met}
