"""Measure everything and write ``benchmarks/results.json`` and ``benchmarks/README.md``."""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks import drawing, mutation, percentages, processes

HERE = Path(__file__).parent
TEXT = """# Benchmarks

Made by `make bench`; each line compares its two sides in one run on one machine, so that the
ratio is what carries over. Machine: {machine}, {cores} cores, Python {python}; {packages}.

## Whole processes

Median of several rounds in seconds, with the fastest and the slowest.

{processes}

## Figures

Figures a second of processor time on one core, median of {figure_rounds} rounds: each drawn and
saved as PNG, SVG and PDF, by `figures.render` with caption, description, citation, hash and licence
inside, and by Matplotlib's `savefig` with none of it.

{drawing}

## Percentage checks

Checks a second on one core, median of {rounds} rounds: a whole column, one by one, and the
package grim on the same percentages.

{percentages}

{mutation}"""


def main() -> None:
    """Run every benchmark in turn."""
    packages = ("numpy", "pandas", "matplotlib", "nbconvert", "grim")
    found: dict[str, Any] = {
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in packages},
        "processes": processes.measure(),
        "drawing": drawing.measure(),
        "percentages": percentages.measure(1_000_000, 0) + percentages.measure(1_000_000, 2),
    }
    (HERE / "results.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    text = page(found)
    (HERE / "README.md").write_text(text, encoding="utf-8")
    print(text)


def page(found: dict[str, Any]) -> str:
    """The results as a page."""
    return TEXT.format(
        machine=found["machine"],
        cores=found["cores"],
        python=found["python"],
        packages=", ".join(f"{name} {number}" for name, number in found["packages"].items()),
        rounds=percentages.ROUNDS,
        processes=pd.DataFrame(found["processes"]).to_markdown(index=False),
        percentages=pd.DataFrame(found["percentages"]).to_markdown(index=False),
        figure_rounds=drawing.ROUNDS,
        drawing=pd.DataFrame(found["drawing"]).to_markdown(index=False),
        mutation=mutation.report(),
    )


if __name__ == "__main__":
    main()
