"""Measure everything; write ``results.json``, the page of it, and the times in the README."""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import drawing, percentages, processes, report, reruns, site
from benchmarks.timer import ROOT

HERE = Path(__file__).parent
PACKAGES = ("numpy", "pandas", "matplotlib", "nbconvert", "grim")


def main() -> None:
    """Run every benchmark in turn: first those that a busy machine would disturb most."""
    found: dict[str, Any] = {
        "machine": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "rounds": {
            "processes": processes.ROUNDS,
            "reproduce": processes.LONG_ROUNDS,
            "reruns": reruns.ROUNDS,
            "site": site.ROUNDS,
            "drawing": drawing.ROUNDS,
            "percentages": percentages.ROUNDS,
        },
        "reruns": reruns.measure(),
        "processes": processes.measure(),
        "site": site.measure(),
        "drawing": drawing.measure(),
        "percentages": percentages.measure(1_000_000, 0) + percentages.measure(1_000_000, 2),
    }
    (HERE / "results.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    write(found)


def write(found: dict[str, Any]) -> None:
    """Put the results into the pages that show them."""
    (HERE / "README.md").write_text(report.page(found), encoding="utf-8")
    readme = ROOT / "README.md"
    text = report.renewed(readme.read_text(encoding="utf-8"), found)
    readme.write_text(text, encoding="utf-8")
    print(report.summary(found))


if __name__ == "__main__":
    main()
