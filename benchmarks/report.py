"""The results as pages: all of them, and the few that the README of the project quotes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from benchmarks import mutation, reruns

TEXT = """# Benchmarks

Made by `make bench`; each line compares its sides in one run on one machine, so that the ratio is
what carries over. Machine: {machine}, {cores} cores, with {load} processes at work in the minute
before; Python {python}; {packages}.

## Whole processes

Median of {rounds[processes]} rounds in seconds, with the fastest and the slowest; of
`ypp reproduce --force`, {rounds[reproduce]} rounds. Memory is the peak of the largest single
process, in MB. `ypp reproduce --force` makes every figure, table, page and the site, and runs the
notebooks beside it, on all cores but one; nbconvert only runs the notebooks.

{processes}

## Nothing to do

A second run where nothing has changed, median of {rounds[reruns]} rounds in seconds, all in turn.
`ypp` compares the contents of every file of its steps. The other tools have six steps: raw tables,
the data of three exhibits, a ledger, a page (`pipelines/`); each stands in an environment of its
own, with the versions of `pipelines/requirements.txt`, has run twice before, and takes no step
while it is timed. The last columns say how many times as long as ours each takes. Ours should be
five times as fast as the tools that researchers hand whole studies to. doit, which only compares
times of files while none has changed, is the one that starts as fast as ours; nothing written in
Python can be five times as fast as that, for much of its time is the start of Python itself.

{reruns}

{aims}

## Site

Built from outputs that are there: `site.build` alone in fresh processes, median of {rounds[site]}
rounds. Pages are those of both languages without the notebooks; figures, data and citations are
for downloading and not counted. Memory is the peak of one process that does nothing else.

{site}

## Figures

Figures a second of processor time on one core, median of {rounds[drawing]} rounds: each drawn and
saved as PNG, SVG and PDF, by `figures.render` with caption, description, citation, hash and licence
inside, and by Matplotlib's `savefig` with none of it. Memory is the peak of one process that draws
them all once.

{drawing}

## Percentage checks

Checks a second on one core, median of {rounds[percentages]} rounds: a whole column, one by one, and
the package grim on the same percentages. Memory is the peak of one process that makes each check
once. The R package scrutiny, which makes such checks too, has
no row: it is on CRAN only, and neither pip nor apt brings it.

{percentages}

{mutation}"""

BEGIN, END = "<!-- measured by `make bench`: -->\n", "<!-- end of what was measured -->\n"
SUMMARY = """Measured on {cores} cores under Python {python}, medians; memory, spread and the other
tools are in [benchmarks](benchmarks/README.md):

| what | seconds | beside it | seconds |
|---|--:|---|--:|
{rows}

A column of percentages with two decimals is checked at {checks:,} a second, by the package grim at
{grim:,}.
"""


def page(found: dict[str, Any]) -> str:
    """All results, as `benchmarks/README.md`."""
    packages = ", ".join(f"{name} {number}" for name, number in found["packages"].items())
    names = ("processes", "reruns", "site", "drawing", "percentages")
    return TEXT.format(
        **{name: found[name] for name in ("machine", "cores", "load", "python", "rounds")},
        **{name: _table(found[name]) for name in names},
        packages=packages,
        aims=_table(reruns.aims(found["reruns"])),
        mutation=mutation.report(),
    )


def _table(rows: list[dict[str, Any]]) -> str:
    """Rows as Markdown, blank where a row says nothing, each number as it was recorded."""
    frame = pd.DataFrame(rows, dtype=object).fillna("").astype(str)
    numeric = [any(isinstance(row.get(name), int | float) for row in rows) for name in frame]
    align = ["right" if is_number else "left" for is_number in numeric]
    return frame.to_markdown(index=False, colalign=align, disable_numparse=True)


def summary(found: dict[str, Any]) -> str:
    """The results that the README quotes."""
    pairs = {row["what"]: row for row in found["processes"]}
    rows = [
        (ours, pairs[f"{ours} : {other}"]["ours_s"], said, pairs[f"{ours} : {other}"]["other_s"])
        for ours, other, said in (
            ("ypp reproduce --force", "nbconvert in turn", "nbconvert, for the notebooks alone"),
            ("ypp audit", "import pandas", "`import pandas`"),
        )
    ]
    idle = {row["name"]: row["median_s"] for row in found["reruns"] if "median_s" in row}
    others = {name: seconds for name, seconds in idle.items() if name not in reruns.OURS}
    fastest = min(others, key=lambda name: others[name], default="")
    beside = f"{fastest}, fastest of {len(others)} other tools" if fastest else ""
    rows += [
        (f"{name}` when nothing has changed", idle[name], beside, others.get(fastest, ""))
        for name in reruns.OURS
    ]
    whole = {row["name"]: row["checks_per_s"] for row in found["percentages"]}
    return SUMMARY.format(
        cores=found["cores"],
        python=found["python"],
        rows="\n".join(map(_row, rows)),
        checks=whole["check_percents"],
        grim=whole["grim"],
    )


def _row(cells: tuple[Any, ...]) -> str:
    what, *rest = cells
    marked = f"`{what}" if "`" in what else f"`{what}`"
    return f"| {' | '.join(map(str, (marked, *rest)))} |"


def renewed(readme: str, found: dict[str, Any]) -> str:
    """The README with the results of now in the place of those it had."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{summary(found)}{END}{after}"


def quoted(readme: str) -> str:
    """What the README says of measurements."""
    return readme.partition(BEGIN)[2].partition(END)[0]
