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
AIM_S, AIM_BYTES = 2.0, 1_000_000
PAGES = {".html", ".css", ".js"}


def page_bytes(made: Mapping[str, bytes]) -> int:
    """Bytes of all pages of both languages with style and scripts, without the notebooks.

    What else is in the site, such as figures, data and citations, is for downloading.
    """
    paths = {path: PurePosixPath(path) for path in made}
    return sum(
        len(content)
        for path, content in made.items()
        if paths[path].suffix in PAGES
        and (paths[path].parent.name != "notebooks" or paths[path].stem == "index")
    )


def measure() -> list[dict[str, object]]:
    """Seconds of `site.build` in fresh processes, of the command, and the size of the pages."""
    command = [sys.executable, "-m", "benchmarks.site"]
    built, runs = [], []
    for _ in range(ROUNDS):
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        built.append(json.loads(done.stdout))
        runs.append(timed([[*YPP, "site"]]))
    seconds, size = [float(one["seconds"]) for one in built], built[0]["bytes"]
    whole = side("whole", runs)
    median = statistics.median(seconds)
    return [
        {
            "what": "site.build, seconds",
            "found": round(median, 2),
            "range": spread(seconds, 2),
            "aim": f"at most {AIM_S:.2f}",
            "met": median <= AIM_S,
        },
        {
            "what": "ypp site, whole process, seconds",
            "found": whole["whole_s"],
            "range": whole["whole_range_s"],
            "aim": "",
            "met": "",
        },
        {
            "what": "pages in both languages, style and scripts, bytes",
            "found": size,
            "range": "",
            "aim": f"below {AIM_BYTES}",
            "met": size < AIM_BYTES,
        },
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
    print(json.dumps({"seconds": seconds, "bytes": page_bytes(made)}))


if __name__ == "__main__":
    main()
