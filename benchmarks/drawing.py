"""How many figures a second are made, against Matplotlib saving the same drawings bare.

Both draw every exhibit in both languages and save it as PNG, SVG and PDF; ours also describes it,
cites it, hashes its data and writes all of that into each file.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

from benchmarks.processes import python
from benchmarks.timer import timed
from ypp_analysis import theme
from ypp_analysis.datasets import load_all
from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.findings import Tables
from ypp_analysis.publish import figures
from ypp_analysis.publish.citations import references
from ypp_analysis.wording import LANGUAGES

ROUNDS = 5
AIM = 0.8
ONCE = "from benchmarks import drawing; drawing.{}(drawing.load_all())"
"""Draws everything once, in a process whose memory is measured."""


def ours(tables: Tables) -> None:
    """Every figure with all that it carries."""
    cited = references(tables)
    for id in ids():
        exhibit = Exhibit(id, tables)
        for lang in LANGUAGES:
            figures.render(exhibit, *figures.FORMATS, lang=lang, citation=cited[id, lang])


def bare(tables: Tables) -> None:
    """The same drawings with the same letters, and nothing said in the files."""
    for id in ids():
        exhibit = Exhibit(id, tables)
        for lang in LANGUAGES:
            with theme.style():
                figure = exhibit.figure(lang)
                for format in figures.FORMATS:
                    figure.savefig(io.BytesIO(), format=format, dpi=figures.DPI)


def measure() -> list[dict[str, object]]:
    """Figures a second of both: median, slowest and fastest round; peak memory; their ratio."""
    tables = load_all()
    runs: dict[str, Callable[[Tables], None]] = {"figures.render": ours, "savefig": bare}
    rates: dict[str, list[float]] = {name: [] for name in runs}
    figures_n = len(ids()) * len(LANGUAGES)
    for run in runs.values():
        run(tables)  # warms up
    for _ in range(ROUNDS):
        for name, run in runs.items():
            began = time.process_time()
            run(tables)
            rates[name].append(figures_n / (time.process_time() - began))
    base = statistics.median(rates["savefig"])
    return [
        {
            "name": name,
            "figures_n": figures_n,
            "figures_per_s": round(statistics.median(found), 2),
            "slowest": round(min(found), 2),
            "fastest": round(max(found), 2),
            "peak_mb": round(timed(python(ONCE.format(runs[name].__name__))).peak_mb),
            "ratio": round(statistics.median(found) / base, 2),
            "aim": f"at least {AIM:.2f}",
            "met": statistics.median(found) / base >= AIM,
        }
        for name, found in rates.items()
    ]
