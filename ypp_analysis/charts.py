"""Drawings of counts and shares: a frame, an Axes and the words in; the Axes out.

Nothing is computed here: every length, position and label is a cell of the frame. Labels stand
beside their marks, so that there is no legend to look up.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ypp_analysis.theme import INNER_MM, PALETTE, PAPER, SIZES
from ypp_analysis.wording import Words

BAR = 0.36


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a frame as plain dictionaries."""
    return frame.to_dict("records")  # type: ignore[return-value]


def bare(ax: Axes) -> None:
    """Take away both axes: the labels say it all."""
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)


def _above(ax: Axes, x: float, y: float, text: str, **kwargs: Any) -> None:
    """A label on the line above a bar, left-aligned."""
    ax.annotate(text, (x, y - BAR / 2), (0, 2), textcoords="offset points", va="bottom", **kwargs)


def _after(ax: Axes, x: float, y: float, text: str, *, ahead: float = 4, **kwargs: Any) -> None:
    """A label behind the end of a bar, some points ahead of it."""
    ax.annotate(text, (x, y), (ahead, 0), textcoords="offset points", va="center", **kwargs)


def _bars(ax: Axes, frame: pd.DataFrame, group: str, count: str) -> None:
    """Horizontal bars in the order of the frame, without axes."""
    color = PALETTE["main"]
    sns.barplot(frame, x=count, y=group, orient="h", width=BAR, color=color, saturation=1, ax=ax)
    ax.set(xlabel="", ylabel="")
    bare(ax)


def network(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Horizontal bars, largest first, each with its count and share."""
    _bars(ax, frame, "region", "countries_n")
    for y, row in enumerate(records(frame)):
        _above(ax, 0, y, words.label(row))
        _after(ax, row["countries_n"], y, words.row("value", row), weight="semibold")
    ax.set_xlim(0, frame["countries_n"].max() * 1.22)
    ax.set_ylim(len(frame) - 0.6, -0.75)
    return ax


MOST_SQUARES = 1000
"""Squares of a group that can still be told apart in print."""


def victims(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """One square for each reported victim, in rows of equal length, a block for each group."""
    bare(ax)
    for row in records(frame):
        if row["victims_n"] > MOST_SQUARES:
            raise ValueError(
                f"victims.csv, {row['age_group']!r}: victims_n is {row['victims_n']}, and the "
                f"figure draws a square for each, of {MOST_SQUARES} at most. Correct it."
            )
    columns, top = 22, 0.0
    for row, colour in zip(records(frame), ("main", "pale"), strict=True):
        for unit in range(row["victims_n"]):
            corner = (unit % columns, top + unit // columns)
            ax.add_patch(Rectangle(corner, 0.78, 0.78, color=PALETTE[colour], linewidth=0))
        rows = -(-row["victims_n"] // columns)
        middle = top + (rows - 0.22) / 2
        ax.text(columns + 0.6, middle, words.row("group", row), va="center", weight="semibold")
        top += rows + 0.45
    ax.text(0, top + 0.1, words["key"], va="top", size=SIZES["small"])
    ax.set_xlim(0, columns + 13)
    ax.set_ylim(top + 1.3, -0.5)
    ax.set_aspect("equal", anchor="NW")
    return ax


REPORTERS = {
    (True, True): "both",
    (True, False): "known",
    (False, True): "coalition",
    (False, False): "unknown",
}
"""What is told of who reported, by whether those who did and the whole coalition are counted."""


def joint_statistics(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Bars by period, each with who reported; the two-year period and the study's own stand out."""
    bare(ax)
    for y, row in enumerate(records(frame)):
        hatched, hollow = row["years_n"] > 1, row["witness"] == "study"
        known = (pd.notna(row["reporting_ngos_n"]), pd.notna(row["coalition_ngos_n"]))
        which = "study" if hollow and not any(known) else REPORTERS[known]
        ax.barh(
            y,
            row["victims_n"],
            BAR,
            facecolor=PAPER if hatched or hollow else PALETTE["main"],
            edgecolor=PALETTE["main"],
            linewidth=1.2,
            hatch="/////" if hatched else None,
        )
        _above(ax, 0, y, words.row(f"reporters_{which}", row))
        value = words.row("value_years" if hatched else "value", row)
        _after(ax, row["victims_n"], y, value, weight="semibold")
    ax.set_xlim(0, frame["victims_n"].max() * 1.72)
    ax.set_ylim(len(frame) - 0.6, -0.75)
    return ax


def petition(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Signatures of each collection: full up to the least that rounds so, pale to the most."""
    bare(ax)
    edge: dict[str, Any] = {"edgecolor": PALETTE["main"], "linewidth": 0.8}
    for y, row in enumerate(records(frame)):
        ax.barh(y, row["high_n"], BAR, facecolor=PALETTE["wash"], **edge)
        ax.barh(y, row["low_n"], BAR, facecolor=PALETTE["main"], **edge)
        dated = "undated" if pd.isna(row["date_start"]) else row["date_basis"]
        several = dated == "printed" and row["date_start"] != row["date_end"]
        _above(ax, 0, y, words.row("days" if several else dated, row))
        value = words.row("value", row)
        _after(ax, row["high_n"], y, value, weight="semibold")
        if pd.notna(row["target_n"]):
            _target(ax, row["target_n"], y, words.row("target", row))
    right, bottom = frame["high_n"].max() * 1.3, len(frame) - 0.45
    ax.plot([0, right], [bottom, bottom], color=PALETTE["ink"], linewidth=0.7)
    ax.text(0, bottom + 0.35, words["total"], va="center", weight="semibold")
    ax.set_xlim(0, right)
    ax.set_ylim(bottom + 0.65, -0.75)
    return ax


def _target(ax: Axes, x: float, y: float, text: str) -> None:
    """A line across a bar where its target lies, named inside the bar."""
    ends = [y - BAR * 0.7, y + BAR * 0.7]
    ax.plot([x, x], ends, color=PAPER, linewidth=4)
    ax.plot([x, x], ends, color=PALETTE["ink"], linewidth=1.8)
    _after(ax, x, y, text, size=SIZES["small"], color=PAPER)


def period_kind(row: dict[str, Any]) -> str:
    """Whether people are counted up to a year ("/2010"), over a period, or without either."""
    if pd.isna(row["period"]) or not row["period"]:
        return "undated"
    return "until" if row["period"].startswith("/") else "during"


def reach(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Bars from zero, one a count, never added up; the smallest are slivers beside the largest."""
    _bars(ax, frame, "outcome", "people_n")
    for y, row in enumerate(records(frame)):
        _above(ax, 0, y, words.row(period_kind(row), row))
        value = words.row("value", row)
        _after(ax, row["people_n"], y, value, weight="semibold")
    ax.set_xlim(0, frame["people_n"].max() * 1.28)
    ax.set_ylim(len(frame) - 0.6, -0.75)
    return ax


def reading_kind(row: dict[str, Any]) -> str:
    """Whether a reading allows one count, a range of them, or all up to one."""
    if row["qualifier"] == "less_than":
        return "at_most"
    return "one" if row["low_n"] == row["high_n"] else "range"


HALF = 50  # percent


def is_half(row: dict[str, Any]) -> bool:
    """Whether a share is said to be less than half, which is said in words."""
    return bool(row["qualifier"] == "less_than" and row["share_pct"] == HALF)


def percent_readings(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """The counts that each percentage can mean: of the whole, filled; of a part of it, hollow."""
    whole = frame["base_n"].max()
    for y, (_, rows) in enumerate(frame.groupby("statement", sort=False)):
        first = records(rows)[0]
        ax.text(
            0, y - 0.3, words.row("line_half" if is_half(first) else "line", first), va="bottom"
        )
        for place, row in enumerate(records(rows)):
            at = y - 0.14 + 0.27 * place
            inside = PALETTE["main"] if row["base_n"] == whole else PAPER
            ends = [row["low_n"], row["high_n"]]
            ax.plot(ends, [at, at], color=PALETTE["main"], linewidth=1.2)
            colour = PALETTE["main"]
            ax.plot(ends[1:], [at], "o", color=colour, markerfacecolor=inside, markersize=6)
            _after(ax, row["high_n"], at, words.row(f"value_{reading_kind(row)}", row), ahead=6)
    ax.set_xlim(-1.5, whole * 1.25)
    ax.set_ylim(len(set(frame["statement"])) - 0.6, -0.6)
    ax.set_yticks([])
    ax.set_xticks([*range(0, whole - 5, 20), whole])
    ax.tick_params(length=3)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_bounds(0, whole)
    return ax


GROUP_COLOURS = {"holds": "main", "look": "second", "open": "pale"}


def verdicts(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Bars of the claims with each verdict, under the name of what the verdict comes to."""
    bare(ax)
    left, y = frame["claims_n"].max() * 0.62, 0.0
    for group, rows in frame.groupby("group", sort=False):
        ax.text(0, y, words[f"group_{group}"], va="center", weight="semibold")
        for row in records(rows):
            y += 1
            ax.text(left * 0.04, y, words.label(row, "verdict"), va="center")
            colour = PALETTE[GROUP_COLOURS[str(group)]]
            ax.barh(y, row["claims_n"], 0.62, left=left, color=colour)
            value = words.number(row["claims_n"])
            _after(ax, left + row["claims_n"], y, value, weight="semibold")
        y += 1.35
    ax.set_xlim(0, left + frame["claims_n"].max() * 1.12)
    ax.set_ylim(y - 0.8, -0.6)
    return ax


SQUARE = 2.4  # millimetres from square to square
ACROSS = 5


def power(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """A square a claim: a row for each verdict, a column for how many slips its check catches."""
    bare(ax)
    left, step = 36.0, 19.5  # millimetres
    bands = frame.sort_values("band_no")["band"].drop_duplicates()
    columns = {band: left + place * step for place, band in enumerate(bands)}
    for band, x in columns.items():
        heading = words[f"band_{band}"]
        ax.text(x, 0, heading, va="baseline", weight="semibold", linespacing=0.95)
    y = 2.5
    for _, rows in frame.groupby("verdict_no"):
        ax.text(0, y + SQUARE / 2, words.label(records(rows)[0], "verdict"), va="center")
        for row in records(rows):
            _squares(ax, columns[row["band"]], y, row["claims_n"], words)
        y += SQUARE * -(-rows["claims_n"].max() // ACROSS) + 3.2
        ax.plot([0, INNER_MM], [y - 1.8, y - 1.8], color=PALETTE["grid"], linewidth=0.6)
    ax.set_xlim(0, INNER_MM)
    ax.set_ylim(y - 1.5, -9.5)
    return ax


def _squares(ax: Axes, x: float, y: float, n: int, words: Words) -> None:
    """A square for each of n claims, in rows, with their number behind the first row."""
    side = SQUARE * 0.78
    for unit in range(n):
        corner = (x + unit % ACROSS * SQUARE, y + unit // ACROSS * SQUARE)
        ax.add_patch(Rectangle(corner, side, side, color=PALETTE["main"], linewidth=0))
    if n:
        _after(ax, x + min(n, ACROSS) * SQUARE - 1, y + side / 2, words.number(n))
