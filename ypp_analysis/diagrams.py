"""Drawings of structure: what came when, what led to what, who did what, who took part.

As in :mod:`ypp_analysis.charts`, a frame, an Axes and the words come in, and nothing is computed.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.patches import FancyBboxPatch

from ypp_analysis.charts import bare, records
from ypp_analysis.theme import PALETTE, SIZES, WIDTH_MM, wrap
from ypp_analysis.wording import Words

DATE_PATTERNS = {"day": "d MMM y", "month": "MMM y", "year": "y"}


def timeline(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """A row an event on a true time axis: a point for a day, a bar for a month or a year."""
    start, end = pd.Timestamp("2009-01-01"), pd.Timestamp("2011-12-31")
    middle = pd.Timestamp("2010-06-01")
    for y, row in enumerate(records(frame)):
        colour = PALETTE["second" if row["kind"] == "petition" else "main"]
        if row["precision"] == "day":
            ax.plot(row["start"], y, "o", color=colour, markersize=6.5, zorder=3)
        else:
            ax.plot(
                [row["start"], row["end"]], [y, y], color=colour, linewidth=5, solid_capstyle="butt"
            )
        written = words.number(row["start"].date(), DATE_PATTERNS[row["precision"]])
        if row["date_basis"] == "year_inferred":
            written = words.row("inferred", {"date": written})
        before = row["start"] > middle
        ax.annotate(
            f"{words.label(row)}, {written}",
            (row["start"] if before else row["end"], y),
            (-7 if before else 7, 0),
            textcoords="offset points",
            ha="right" if before else "left",
            va="center",
        )
    ax.set_ylim(len(frame) - 0.4, -0.6)
    ax.set_xlim(date2num(start), date2num(end))
    for year in (2009, 2010, 2011):
        ax.axvline(
            date2num(pd.Timestamp(f"{year}-01-01")), color=PALETTE["grid"], linewidth=0.8, zorder=0
        )
    ax.set_xticks(
        [date2num(pd.Timestamp(f"{year}-07-02")) for year in (2009, 2010, 2011)],
        ["2009", "2010", "2011"],
    )
    ax.set_yticks([])
    ax.tick_params(length=0)
    ax.spines["left"].set_visible(False)
    return ax


def _box(ax: Axes, x: float, y: float, width: float, lines: list[str], *, strong: bool) -> float:
    """A box with wrapped text, its top at y, in millimetres downwards; return its bottom."""
    height = 4.2 * len(lines) + 3.2
    ax.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=1",
            facecolor=PALETTE["main"] if strong else PALETTE["wash"],
            linewidth=0,
        )
    )
    for number, line in enumerate(lines):
        ax.text(
            x + 2,
            y + 1.7 + 4.2 * (number + 0.5),
            line,
            va="center",
            color="white" if strong else PALETTE["ink"],
        )
    return y + height


def _item(words: Words, row: dict[str, Any]) -> str:
    """The text of a box: the label, after its number where it has one."""
    if pd.isna(row["value_n"]):
        return words.label(row)
    which = "range" if pd.notna(row["value_high_n"]) else str(row["qualifier"])
    return words.row(f"item_{which}", row)


def programme_logic(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Inputs, components with the kinds of peer support, outputs: three columns of boxes."""
    bare(ax)
    width, gap = 34.0, 5.0
    depth = 0.0
    for column, stages in enumerate((("input",), ("component", "support"), ("output",))):
        x = column * (width + gap)
        ax.text(x, 0, words[f"stage_{stages[0]}"], va="top", weight="semibold")
        y = 6.5
        for row in _ordered(frame[frame["stage"].isin(stages)]):
            inset = 4.0 if row["stage"] == "support" else 0.0
            lines = wrap(_item(words, row), width - inset - 4, SIZES["text"])
            y = _box(ax, x + inset, y, width - inset, lines, strong=row["stage"] == "component") + 2
        depth = max(depth, y)
        if column:
            ax.annotate(
                "",
                (x - 0.6, 2),
                (x - gap + 0.6, 2),
                arrowprops={"arrowstyle": "-|>", "color": PALETTE["soft"], "linewidth": 1},
            )
    ax.set_xlim(0, WIDTH_MM - 8)
    ax.set_ylim(depth, 0)
    return ax


def _ordered(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows in order, each component followed by the kinds of support that belong to it."""
    rows = records(frame)
    tops = [row for row in rows if row["stage"] != "support"]
    return [
        item
        for top in tops
        for item in (
            top,
            *(r for r in rows if r["stage"] == "support" and r["parent"] == top["item"]),
        )
    ]


def partners(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """A grid of partners by kind of contribution, a dot where the study names one."""
    bare(ax)
    columns = ["support", "network", "petition", "awareness", "training"]
    left, step = 60.0, 10.0
    for place, name in enumerate(columns):
        ax.text(
            left + place * step + 1,
            0,
            words[name],
            rotation=38,
            va="bottom",
            ha="left",
            size=SIZES["small"],
        )
    y = 3.0
    for kind, group in frame.groupby("kind", sort=False):
        ax.text(0, y, words[f"kind_{kind}"], weight="semibold", va="center")
        y += 4.6
        for _, rows in group.groupby("partner", sort=False):
            first = records(rows)[0]
            lines = wrap(words.label(first), left - 6, SIZES["text"])
            for line in lines:
                ax.text(2, y, line, va="center")
                y += 4.3
            centre = y - 4.3 * (len(lines) + 1) / 2
            ax.plot(
                [left, left + 4.4 * step],
                [centre, centre],
                color=PALETTE["grid"],
                linewidth=0.6,
                zorder=1,
            )
            for row in records(rows):
                x = left + columns.index(row["contribution"]) * step + 2
                ax.plot(x, centre, "o", color=PALETTE["main"], markersize=5.5, zorder=3)
        y += 2.2
    ax.set_xlim(0, WIDTH_MM - 8)
    ax.set_ylim(y - 3, -14)
    return ax


def countries(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Countries by region: core ones filled, associate ones outlined, an empty region said so."""
    bare(ax)
    for y, (_, rows) in enumerate(frame.groupby("region", sort=False)):
        inside = records(rows)
        ax.text(0, y - 0.24, str(inside[0][f"region_{words.lang}"]), weight="semibold", va="bottom")
        if pd.isna(inside[0]["country_iso3"]):
            ax.text(0, y + 0.06, words["empty"], va="center")
            continue
        for place, row in enumerate(inside):
            core = row["role"] == "core"
            ax.add_patch(
                FancyBboxPatch(
                    (place * 28, y - 0.16),
                    26,
                    0.46,
                    boxstyle="round,pad=0,rounding_size=0.08",
                    mutation_aspect=0.05,
                    facecolor=PALETTE["main"] if core else "white",
                    edgecolor=PALETTE["main"],
                    linewidth=1,
                )
            )
            ax.text(
                place * 28 + 13,
                y + 0.07,
                words.label(row),
                ha="center",
                va="center",
                color="white" if core else PALETTE["ink"],
            )
    ax.set_xlim(-0.5, WIDTH_MM - 8)
    ax.set_ylim(len(set(frame["region"])) - 0.6, -0.65)
    return ax
