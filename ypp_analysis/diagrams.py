"""Drawings of structure: what led to what, who did what, who took part.

As in :mod:`ypp_analysis.charts`, a frame, an Axes and the words come in, and nothing is computed.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ypp_analysis.charts import bare, records
from ypp_analysis.theme import INNER_MM, PALETTE, PAPER, SIZES, line_mm, text_width, wrap
from ypp_analysis.wording import Words, unbroken

LINE_MM = line_mm(SIZES["text"])
WIDTHS = {"input": 26.0, "component": 38.8, "output": 37.0}
LEFTS = {"input": 0.0, "component": 31.2, "output": 75.0}


def programme_logic(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Inputs, then a lane for each component with its outputs, and one for the whole programme."""
    bare(ax)
    for stage, x in LEFTS.items():
        ax.text(x, 0, words[f"stage_{stage}"], va="top", weight="semibold")
    top = 7.5
    bus, entries = LEFTS["component"] - 3, []
    for lane in _lanes(frame):
        heights = [_height(words, row, "output") for row in lane["outputs"]]
        own = _height(words, lane, "component") + LINE_MM * len(lane["supports"])
        bottom = top + max(own, sum(heights) + 2 * (len(heights) - 1))
        entries.append((top + bottom) / 2)
        _component(ax, words, lane, top, bottom)
        _arrow(ax, bus, LEFTS["component"], entries[-1])
        y = top
        for row, height in zip(lane["outputs"], heights, strict=True):
            share = bottom - top if len(heights) == 1 else height
            _box(ax, LEFTS["output"], y, share, _lines(words, row, "output"), "output")
            _arrow(ax, LEFTS["component"] + WIDTHS["component"], LEFTS["output"], y + share / 2)
            y += height + 2
        top = bottom + 3
    _inputs(ax, words, records(frame[frame["stage"] == "input"]), top, bus, entries)
    ax.set_xlim(0, INNER_MM)
    ax.set_ylim(top - 2, 0)
    return ax


def _lanes(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Components with their kinds of support and outputs; last, outputs that have no component."""
    lanes: list[dict[str, Any]] = records(frame[frame["stage"] == "component"])
    for lane in lanes:
        inside = frame[frame["parent"] == lane["item"]]
        lane["supports"] = records(inside[inside["stage"] == "support"])
        lane["outputs"] = records(inside[inside["stage"] == "output"])
    whole = frame[(frame["stage"] == "output") & frame["parent"].isna()]
    if len(whole):
        lanes.append({"item": None, "supports": [], "outputs": records(whole)})
    return lanes


def _lines(words: Words, row: dict[str, Any], stage: str) -> list[str]:
    """The text of a box in lines: the label with its number, where it has one."""
    if row["item"] is None:
        text = words["whole"]
    elif pd.isna(row["value_n"]):
        text = words.label(row)
    elif row["item"] == "team":
        text = words.row("item_team", row)
    else:
        text = words.row("item_range" if pd.notna(row["value_high_n"]) else "item", row)
    return wrap(text, WIDTHS[stage] - 3, SIZES["text"])


def _height(words: Words, row: dict[str, Any], stage: str) -> float:
    """Height of a box in millimetres."""
    return LINE_MM * len(_lines(words, row, stage)) + 3.4


def _component(ax: Axes, words: Words, lane: dict[str, Any], top: float, bottom: float) -> None:
    """The box of a component with its kinds of support; outlined for the whole programme."""
    lines = _lines(words, lane, "component")
    lines += [f"– {words.label(row)}" for row in lane["supports"]]
    kind = "whole" if lane["item"] is None else "component"
    _box(ax, LEFTS["component"], top, bottom - top, lines, kind)


def _inputs(
    ax: Axes,
    words: Words,
    rows: list[dict[str, Any]],
    bottom: float,
    bus: float,
    entries: list[float],
) -> None:
    """The boxes of the inputs, and the line that takes them all to every component."""
    heights = [_height(words, row, "input") for row in rows]
    gap = (bottom - 3 - 7.5 - sum(heights)) / max(len(rows) - 1, 1)
    y, ends = 7.5, list(entries)
    for row, height in zip(rows, heights, strict=True):
        _box(ax, 0, y, height, _lines(words, row, "input"), "input")
        ends.append(y + height / 2)
        ax.plot([WIDTHS["input"], bus], [ends[-1]] * 2, color=PALETTE["pale"], linewidth=0.9)
        y += height + gap
    ax.plot([bus, bus], [min(ends), max(ends)], color=PALETTE["pale"], linewidth=0.9)


BOXES = {
    "input": ("wash", "wash", "ink"),
    "output": ("wash", "wash", "ink"),
    "component": ("main", "main", "paper"),
    "whole": ("paper", "main", "ink"),
}
"""Filling, edge and letters of each kind of box."""


def _box(ax: Axes, x: float, y: float, height: float, lines: list[str], kind: str) -> None:
    """A box with its lines in the middle, its top at y, in millimetres downwards."""
    fill, edge, ink = (({**PALETTE, "paper": PAPER})[name] for name in BOXES[kind])
    width = WIDTHS["component" if kind == "whole" else kind]
    ax.add_patch(Rectangle((x, y), width, height, facecolor=fill, edgecolor=edge, linewidth=0.8))
    first = y + (height - LINE_MM * (len(lines) - 1)) / 2
    for number, line in enumerate(lines):
        ax.text(x + 1.5, first + LINE_MM * number, line, va="center", color=ink)


def _arrow(ax: Axes, start: float, end: float, y: float) -> None:
    """An arrow to the right."""
    style = {"arrowstyle": "-|>", "color": PALETTE["pale"], "linewidth": 0.9, "shrinkA": 0}
    ax.annotate("", (end, y), (start, y), arrowprops={**style, "shrinkB": 0.5})


def partners(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """A list of partners for each role, with their number; a star marks several roles."""
    bare(ax)
    left, y = 38.0, 0.0
    for role, rows in frame.groupby("contribution", sort=False):
        if y:
            ax.plot([0, INNER_MM], [y - 1.8] * 2, color=PALETTE["grid"], linewidth=0.6)
        heading = words.row("role", {"role": words[str(role)], "n": len(rows)})
        names = [
            words.row("several" if row["several_roles"] else "single", row) for row in records(rows)
        ]
        columns = (
            (0, wrap(heading, left - 3, SIZES["text"], "semibold"), "semibold"),
            (left, wrap("; ".join(map(_whole, names)), INNER_MM - left, SIZES["text"]), "normal"),
        )
        for x, lines, weight in columns:
            for number, line in enumerate(lines):
                ax.text(x, y + LINE_MM * (number + 0.5), line, va="center", weight=weight)
        y += LINE_MM * max(len(lines) for _, lines, _ in columns) + 3.6
    ax.set_xlim(0, INNER_MM)
    ax.set_ylim(y - 2, 0)
    return ax


def _whole(name: str) -> str:
    """A name that no line divides, if it takes less than half a line."""
    return unbroken(name) if text_width(name, SIZES["text"]) < INNER_MM / 3 else name


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
            fill, ink = (PALETTE["main"], PAPER) if core else (PAPER, PALETTE["ink"])
            corner = (x, y - height / 2)
            ax.add_patch(Rectangle(corner, width, height, fc=fill, ec=PALETTE["main"], lw=1))
            ax.text(x + width / 2, y, words.label(row), ha="center", va="center", color=ink)
    ax.set_xlim(0, INNER_MM)
    ax.set_ylim(frame["region"].nunique() * step - step / 2, -step / 2)
    return ax
