"""The site: how long it takes once all outputs are there, and how large its pages are.

``python -m benchmarks.site`` builds it once in memory and prints both.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import PurePosixPath

from benchmarks.processes import YPP, side, spread
from benchmarks.timer import ROOT, timed

ROUNDS = 5
AIM_S, AIM_BYTES = 2, 1_000_000


def sizes(made: Mapping[str, bytes]) -> dict[str, int]:
    """Bytes of all pages of both languages but the notebooks, and of their style and scripts.

    What else is in the site, such as figures, data and citations, is for downloading.
    """
    found = {"pages": 0, "assets": 0}
    for path, content in ((PurePosixPath(name), content) for name, content in made.items()):
        if path.suffix == ".html" and (path.parent.name != "notebooks" or path.stem == "index"):
            found["pages"] += len(content)
        elif path.parts[0] == "assets":
            found["assets"] += len(content)
    return found


def measure() -> list[dict[str, object]]:
    """Seconds and memory of `site.build` in fresh processes and of the command; size of pages."""
    command = [sys.executable, "-m", "benchmarks.site"]
    built, runs, peak = [], [], timed([command]).peak_mb
    for _ in range(ROUNDS):
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        built.append(json.loads(done.stdout))
        runs.append(timed([[*YPP, "site"]]))
    seconds, last = [one["seconds"] for one in built], built[-1]
    whole, median = side("", runs), statistics.median(seconds)
    rows = [
        ("site.build, seconds", round(median, 2), spread(seconds, 2), round(peak), AIM_S),
        (
            "ypp site, whole process, seconds",
            whole["median_s"],
            whole["range_s"],
            whole["peak_mb"],
            None,
        ),
        ("pages of both languages, bytes", last["pages"], "", "", AIM_BYTES),
        ("their style and scripts, bytes", last["assets"], "", "", None),
    ]
    return [
        {
            "what": what,
            "found": found,
            "range": between,
            "peak_mb": peak_mb,
            "aim": "" if aim is None else f"at most {aim:,}",
            "met": "" if aim is None else found <= aim,
        }
        for what, found, between, peak_mb, aim in rows
    ]


def main() -> None:
    """Build the site once, and print seconds and bytes."""
    from ypp_analysis.datasets import load_all, sources
    from ypp_analysis.project import project
    from ypp_analysis.publish import site

    files, tables, works = site.collect(project()), load_all(), sources()
    began = time.perf_counter()
    made = site.build(files, tables, works)
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, **sizes(made)}))


if __name__ == "__main__":
    main()
