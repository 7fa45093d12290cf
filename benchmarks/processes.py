"""Whole processes side by side: imports, the command, and the reproduction of everything.

Each pair takes turns in one run on one machine; what counts is the ratio of the medians.
"""

from __future__ import annotations

import statistics
import sys
import tempfile

from benchmarks.timer import ROOT, Steps, Timed, timed

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
YPP = [sys.executable, "-m", "ypp_analysis.cli"]
ROUNDS, LONG_ROUNDS = 9, 3


def python(code: str) -> Steps:
    """One process that runs a line of Python."""
    return [[sys.executable, "-c", code]]


def nbconvert(folder: str) -> Steps:
    """The notebooks one after the other, as a reader without this project would run them."""
    convert = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute"]
    return [[*convert, "--output-dir", folder, str(path)] for path in NOTEBOOKS]


def pairs(folder: str) -> dict[str, tuple[Steps, Steps, float, int]]:
    """What is measured: ours, what it is held against, the ratio aimed at, rounds."""
    pandas, nb = python("import pandas"), nbconvert(folder)
    return {
        "import ypp_analysis : import pandas": (
            python("import ypp_analysis"),
            pandas,
            1.0,
            ROUNDS,
        ),
        "ypp --help : import pandas": ([[*YPP, "--help"]], pandas, 1 / 3, ROUNDS),
        "ypp audit : import pandas": ([[*YPP, "audit"]], pandas, 2.0, ROUNDS),
        "ypp reproduce --force : nbconvert in turn": (
            [[*YPP, "reproduce", "--force"]],
            nb,
            1.0,
            LONG_ROUNDS,
        ),
    }


def spread(found: list[float], digits: int = 3) -> str:
    """The fastest and the slowest."""
    return f"{min(found):.{digits}f}-{max(found):.{digits}f}"


def side(name: str, runs: list[Timed]) -> dict[str, object]:
    """Median, range and largest memory of one side; a blank name for the only one."""
    seconds = [run.seconds for run in runs]
    return {
        f"{name}_s" if name else "median_s": round(statistics.median(seconds), 3),
        f"{name}_range_s".lstrip("_"): spread(seconds),
        f"{name}_peak_mb".lstrip("_"): round(max(run.peak_mb for run in runs)),
    }


def measure() -> list[dict[str, object]]:
    """Median, range and memory of each side, the ratio, and whether it is the one aimed at."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (ours, theirs, aim, rounds) in pairs(folder).items():
            us, them = zip(*[(timed(ours), timed(theirs)) for _ in range(rounds)], strict=True)
            medians = [statistics.median(run.seconds for run in runs) for runs in (us, them)]
            ratio = medians[0] / medians[1]
            results.append(
                {
                    "what": name,
                    **side("ours", [*us]),
                    **side("other", [*them]),
                    "ratio": round(ratio, 2),
                    "aim": f"at most {aim:.2f}",
                    "met": ratio <= aim,
                }
            )
    return results
