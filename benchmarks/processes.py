"""Whole processes side by side: imports, the command, and the reproduction of the notebooks.

Each pair takes turns in one run on one machine; what counts is the ratio of the medians.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
YPP = [sys.executable, "-m", "ypp_analysis.cli"]

Steps = list[list[str]]


def python(code: str) -> Steps:
    """One process that runs a line of Python."""
    return [[sys.executable, "-c", code]]


def nbconvert(folder: str) -> Steps:
    """The notebooks one after the other, as a reader without this project would run them."""
    convert = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute"]
    return [[*convert, "--output-dir", folder, str(path)] for path in NOTEBOOKS]


def pairs(folder: str) -> dict[str, tuple[Steps, Steps, float, int]]:
    """What is measured: ours, what it is held against, the ratio aimed at, rounds."""
    pandas = python("import pandas")
    return {
        "import ypp_analysis : import pandas": (python("import ypp_analysis"), pandas, 1.0, 9),
        "ypp --help : import pandas": ([[*YPP, "--help"]], pandas, 1 / 3, 9),
        "ypp audit : import pandas": ([[*YPP, "audit"]], pandas, 2.0, 9),
        "ypp reproduce : nbconvert in turn": ([[*YPP, "reproduce"]], nbconvert(folder), 1.0, 3),
    }


def seconds(steps: Steps) -> float:
    """Wall time of processes run one after the other."""
    began = time.perf_counter()
    for step in steps:
        subprocess.run(step, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


def measure() -> list[dict[str, object]]:
    """Median, fastest and slowest of each side, the ratio, and whether it is the one aimed at."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (ours, theirs, aim, rounds) in pairs(folder).items():
            times = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
            us, them = ([pair[side] for pair in times] for side in (0, 1))
            ratio = statistics.median(us) / statistics.median(them)
            results.append(
                {
                    "what": name,
                    "ours_s": round(statistics.median(us), 3),
                    "ours_range_s": f"{min(us):.3f}-{max(us):.3f}",
                    "other_s": round(statistics.median(them), 3),
                    "other_range_s": f"{min(them):.3f}-{max(them):.3f}",
                    "ratio": round(ratio, 2),
                    "aim": f"at most {aim:.2f}",
                    "met": ratio <= aim,
                }
            )
    return results
