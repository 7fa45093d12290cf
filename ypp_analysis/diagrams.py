"""Drawings of structure: what led to what, who did what, who took part.

As in :mod:`ypp_analysis.charts`, a frame, an Axes and the words come in, and nothing is computed.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from ypp_analysis.charts import bare, records
from ypp_analysis.theme import INNER_MM, PALETTE, PAPER, SIZES, wrap
from ypp_analysis.wording import Words

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
    ax.set_xlim(0, INNER_MM)
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
    ax.set_xlim(0, INNER_MM)
    ax.set_ylim(y - 3, -14)
    return ax


def countries(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Countries by region: core ones filled, associate ones outlined, an empty region said so."""
    bare(ax)
    left, width, height, step = 44.0, 21.2, 6.4, 9.6  # millimetres
    for place, (_, rows) in enumerate(frame.groupby("region", sort=False)):
        inside, y = records(rows), place * step
        ax.text(0, y, words.label(inside[0], "region"), weight="semibold", va="center")
        if pd.isna(inside[0]["country_iso3"]):
            lines = "\n".join(wrap(words["empty"], INNER_MM - left, SIZES["text"]))
            ax.text(left, y, lines, va="center", linespacing=0.95)
            continue
        for column, row in enumerate(inside):
            x, core = left + column * (width + 1.6), row["role"] == "core"
            colours = {"fc": PALETTE["main"] if core else PAPER, "ec": PALETTE["main"]}
            ax.add_patch(Rectangle((x, y - height / 2), width, height, linewidth=1, **colours))
            ink = PAPER if core else PALETTE["ink"]
            ax.text(x + width / 2, y, words.label(row), ha="center", va="center", color=ink)
    ax.set_xlim(0, INNER_MM)
    ax.set_ylim(frame["region"].nunique() * step - step / 2, -step / 2)
    return ax
