"""Drawings with years or dates across: ranks, the network's growth, what took place when.

As in :mod:`ypp_analysis.charts`, a frame, an Axes and the words come in, and nothing is computed.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from ypp_analysis.charts import records
from ypp_analysis.findings.tiers import PROGRAMME_YEARS
from ypp_analysis.theme import PALETTE, PAPER, SIZES
from ypp_analysis.wording import Words

LABELS_MM = 70
"""Room left of the timeline for the names of its events."""


def _scale(ax: Axes) -> None:
    """Leave only the axis below, without marks but those of its labels."""
    ax.tick_params(length=0)
    ax.spines["left"].set_visible(False)


def ranks(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Ranks by report year on an ordinal axis, best on top, the programme's years marked."""
    years, rank = frame["report_year"].astype(int), frame["rank"]
    first, last = int(years.min()), int(years.max())
    band = years[frame["programme_year"]]
    ax.axvspan(band.min() - 0.5, band.max() + 0.5, 0, 0.92, color=PALETTE["wash"], linewidth=0)
    ax.text(band.min() - 0.5, 0.68, words["programme"], va="bottom", size=SIZES["small"])
    ax.plot(years, rank, drawstyle="steps-mid", color=PALETTE["pale"], linewidth=0.9, zorder=2)
    ax.plot(years, rank, "o", color=PALETTE["main"], markersize=5, zorder=3)
    ax.set_yticks([1, 2, 3, 4], [words[f"tier_{level}"] for level in (1, 2, 3, 4)])
    ax.set_ylim(4.4, 0.4)
    step, room = (1, 0.6) if len(frame) < 12 else (4, 1.3)
    ax.set_xlim(first - room, last + room)
    ax.set_xticks(range(first, last + 1, step))
    ax.grid(axis="y")
    _scale(ax)
    return ax


def network_growth(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Groups and countries by year; what the study says is hollow, other sources are filled."""
    colours = {"groups": PALETTE["main"], "countries": PALETTE["pale"]}
    markers = {"groups": "o", "countries": "s"}
    for (measure, witness), own in frame.groupby(["measure", "witness"], sort=False):
        colour, marker = colours[str(measure)], markers[str(measure)]
        inside = PAPER if witness == "study" else colour
        line = ax.plot(own["year"], own["n"], marker, ls="-", color=colour, zorder=3)[0]
        line.set(linewidth=1.1, markersize=6, markerfacecolor=inside)
    _growth_labels(ax, frame, words)
    ax.set_ylim(0, 132)
    ax.set_xlim(1998, 2028)
    ax.set_xticks([1999, 2007, 2014, 2021])
    ax.set_xticks(range(1998, 2023), minor=True)
    ax.set_yticks(range(0, 121, 20))
    ax.grid(axis="y")
    _scale(ax)
    ax.tick_params(which="both", axis="x", length=2.5)
    ax.spines["bottom"].set_bounds(1998, 2022)
    return ax


def _growth_labels(ax: Axes, frame: pd.DataFrame, words: Words) -> None:
    """Both ends of each line, what the study says, and beside one point whose points they are."""
    said = frame["witness"] == "study"
    for row in records(frame.groupby("measure").last().reset_index()):
        _beside(ax, row, words.row(row["measure"], row), "right", weight="semibold")
    points = records(frame[said])
    for row in points[:1]:
        _beside(ax, row, words.row("from_study", row), "right")
    for row in points[1:]:
        place = "above" if row["measure"] == "groups" else "below"
        _beside(ax, row, words.row("point", row), place)
    for row in records(frame[~said & (frame["measure"] == "countries")])[:1]:
        _beside(ax, row, words["from_others"], "below")


PLACES: dict[str, dict[str, Any]] = {
    "right": {"xytext": (7, 0), "va": "center"},
    "above": {"xytext": (0, 7), "ha": "center", "va": "bottom"},
    "below": {"xytext": (0, -7), "ha": "center", "va": "top"},
}


def _beside(ax: Axes, row: dict[str, Any], text: str, place: str, **kwargs: Any) -> None:
    """A label beside a point, on paper that hides the line across behind it."""
    paper = {"facecolor": PAPER, "linewidth": 0, "pad": 0.6}
    point = (row["year"], row["n"])
    ax.annotate(text, point, textcoords="offset points", bbox=paper, **PLACES[place], **kwargs)


def date_kind(row: dict[str, Any]) -> str:
    """How an event is dated: to the day, over days, to the month or the year, or by inference."""
    if row["date_basis"] == "year_inferred":
        return "inferred"
    several = row["precision"] == "day" and row["start"] != row["end"]
    return "days" if several else str(row["precision"])


def timeline(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """A row an event on a true time axis: a mark for a day, a hollow bar for a month or a year."""
    colour = PALETTE["main"]
    for y, row in enumerate(records(frame)):
        ends = [date2num(row["start"]), date2num(row["end"])]
        if row["precision"] == "day":
            mark = "D" if row["kind"] == "petition" else "o"
            ax.plot(ends, [y, y], marker=mark, color=colour, markersize=5.5, linewidth=5, zorder=3)
        else:
            at = y - 0.15
            ax.barh(at, ends[1] - ends[0], 0.3, ends[0], align="edge", fc=PAPER, ec=colour)
        _event(ax, y, words.label(row), words.row(date_kind(row), row))
    ax.set_ylim(len(frame) - 0.4, -0.6)
    starts = [date2num(pd.Timestamp(year, 1, 1)) for year in PROGRAMME_YEARS]
    ax.set_xlim(starts[0], date2num(pd.Timestamp(PROGRAMME_YEARS.stop, 1, 1)))
    for start in starts:
        ax.axvline(start, color=PALETTE["grid"], linewidth=0.8, zorder=0)
    middles = [date2num(pd.Timestamp(year, 7, 2)) for year in PROGRAMME_YEARS]
    ax.set_xticks(middles, [str(year) for year in PROGRAMME_YEARS])
    ax.set_yticks([])
    _scale(ax)
    return ax


def _event(ax: Axes, y: float, label: str, date: str) -> None:
    """Name and date of an event in the column left of the drawing."""
    left = -LABELS_MM / 25.4 * 72
    for text, up, colour in ((label, 5.5, "ink"), (date, -6, "soft")):
        ax.annotate(
            text,
            (0, y),
            (left, up),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            size=SIZES["small"],
            color=PALETTE[colour],
        )
