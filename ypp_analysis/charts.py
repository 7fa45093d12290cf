"""Drawings of counts, shares and ranks: a frame, an Axes and the words in; the Axes out.

Nothing is computed here: every length, position and label is a cell of the frame. Labels stand
beside their marks, so that there is no legend to look up.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, NullLocator

from ypp_analysis.ledger.verdicts import ENOUGH_POWER
from ypp_analysis.theme import MARGIN_MM, PALETTE, SIZES, WIDTH_MM
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


def _across(ax: Axes, label: str) -> Axes:
    """Only an axis across, named, with light lines up from its ticks."""
    ax.set_yticks([])
    ax.grid(axis="x")
    ax.tick_params(length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(label)
    return ax


def _above(ax: Axes, x: float, y: float, text: str, **kwargs: Any) -> None:
    """A label on the line above a bar, left-aligned."""
    ax.annotate(text, (x, y - BAR / 2), (0, 2), textcoords="offset points", va="bottom", **kwargs)


def _after(ax: Axes, x: float, y: float, text: str, **kwargs: Any) -> None:
    """A label behind the end of a bar."""
    ax.annotate(text, (x, y), (4, 0), textcoords="offset points", va="center", **kwargs)


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


def victims(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """One square for each reported victim, in rows of equal length, a block for each group."""
    bare(ax)
    columns = 22
    top = 0.0
    for row, colour in zip(records(frame), ("main", "pale"), strict=True):
        for unit in range(row["victims_n"]):
            corner = (unit % columns, top + unit // columns)
            ax.add_patch(Rectangle(corner, 0.78, 0.78, color=PALETTE[colour], linewidth=0))
        rows = -(-row["victims_n"] // columns)
        ax.text(
            columns + 0.6,
            top + (rows - 0.22) / 2,
            words.row("group", row),
            va="center",
            linespacing=1.25,
            weight="semibold",
        )
        top += rows + 0.45
    ax.set_xlim(0, columns + 10.2)
    ax.set_ylim(top - 0.5, -0.1)
    ax.set_aspect("equal", anchor="W")
    return ax


def ranks(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Ranks by report year on an ordinal axis, best on top, the programme's years marked."""
    years, rank = frame["report_year"].astype(int), frame["rank"]
    programme = years[frame["programme_year"]]
    ax.axvspan(programme.min() - 0.5, programme.max() + 0.5, color=PALETTE["wash"], linewidth=0)
    ax.text(programme.mean(), 0.52, words["programme"], ha="center", va="top", size=SIZES["small"])
    ax.plot(years, rank, drawstyle="steps-mid", color=PALETTE["pale"], linewidth=1.4, zorder=2)
    ax.plot(years, rank, "o", color=PALETTE["main"], markersize=6.5, zorder=3)
    ax.set_yticks([1, 2, 3, 4], [words[f"tier_{level}"] for level in (1, 2, 3, 4)])
    ax.set_ylim(4.4, 0.4)
    ax.set_xlim(years.min() - 0.6, years.max() + 0.6)
    step = 1 if len(frame) < 12 else 4
    ax.set_xticks(range(int(years.min()), int(years.max()) + 1, step))
    ax.tick_params(length=0)
    ax.grid(axis="y")
    ax.spines["left"].set_visible(False)
    return ax


def network_growth(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Groups and countries by year; what the study says is hollow, other sources are filled."""
    colours = {"groups": PALETTE["main"], "countries": PALETTE["second"]}
    markers = {"groups": "o", "countries": "s"}
    by: dict[str, Any] = {
        "x": "year",
        "y": "n",
        "hue": "measure",
        "palette": colours,
        "legend": False,
        "ax": ax,
    }
    sns.lineplot(frame, **by, linewidth=1.2, errorbar=None)
    sns.scatterplot(frame, **by, style="measure", markers=markers, s=42, linewidth=0, zorder=3)
    said = frame[frame["witness"] == "study"]
    sns.scatterplot(
        said,
        **{**by, "palette": dict.fromkeys(colours, "white")},
        style="measure",
        markers=markers,
        s=16,
        linewidth=0,
        zorder=4,
    )
    ax.set(xlabel="", ylabel="")
    for row in records(frame.groupby("measure").last().reset_index()):
        ax.annotate(
            words[row["measure"]],
            (row["year"], row["n"]),
            (7, 0),
            textcoords="offset points",
            va="center",
            color=colours[row["measure"]],
            weight="semibold",
        )
    for row in records(said):
        above = row["measure"] == "groups"
        ax.annotate(
            words.row(f"point_{row['qualifier']}", row),
            (row["year"], row["n"]),
            (0, 7 if above else -7),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
        )
    ax.set_ylim(0, 132)
    ax.set_xlim(1998, 2026)
    ax.set_xticks([1999, 2007, 2014, 2021])
    ax.set_yticks(range(0, 121, 20))
    ax.grid(axis="y")
    ax.tick_params(length=0)
    ax.spines["left"].set_visible(False)
    return ax


def joint_statistics(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Bars by period, each with who reported; the two-year period and the study's own stand out."""
    bare(ax)
    for y, row in enumerate(records(frame)):
        known = pd.notna(row["coalition_ngos_n"])
        which = "both" if pd.notna(row["reporting_ngos_n"]) else "coalition" if known else "unknown"
        hatched, hollow = row["years_n"] > 1, row["witness"] == "study"
        period = words.row("period_two_years" if hatched else "period_one_year", row)
        ax.barh(
            y,
            row["victims_n"],
            BAR,
            facecolor="white" if hatched or hollow else PALETTE["main"],
            edgecolor=PALETTE["main"],
            linewidth=1.2,
            hatch="/////" if hatched else None,
        )
        _above(ax, 0, y, f"{period}: {words.row(f'reporters_{which}', row)}")
        _after(ax, row["victims_n"], y, words.number(row["victims_n"]), weight="semibold")
    ax.set_xlim(0, frame["victims_n"].max() * 1.12)
    ax.set_ylim(len(frame) - 0.6, -0.75)
    return ax


def petition(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Signatures of each collection with the range of its rounding, and the running sum."""
    _bars(ax, frame[:-1], "collection", "signatures_n")
    collections, total = records(frame)[:-1], records(frame)[-1]
    right = max(row["high_n"] for row in collections) * 1.62
    for y, row in enumerate(collections):
        ax.plot([row["low_n"], row["high_n"]], [y, y], color=PALETTE["ink"], linewidth=1)
        dated = "undated" if pd.isna(row["date_start"]) else row["date_basis"]
        several = dated == "printed" and row["date_start"] != row["date_end"]
        _above(ax, 0, y, words.row("days" if several else dated, row))
        _after(ax, row["high_n"], y, words.row(f"value_{row['qualifier']}", row), weight="semibold")
        ax.text(right, y, words.number(row["running_n"]), ha="right", va="center")
        if pd.notna(row["target_n"]):
            _target(ax, row["target_n"], y, words.row("target", row))
    ax.text(right, -0.72, words["running"], ha="right", va="bottom", size=SIZES["small"])
    bottom = len(collections) - 0.45
    ax.plot([0, right], [bottom, bottom], color=PALETTE["ink"], linewidth=0.7)
    ax.text(0, bottom + 0.32, words.label(total), va="center", weight="semibold")
    summed = words.row("total", total)
    ax.text(right, bottom + 0.32, summed, ha="right", va="center", weight="semibold")
    ax.set_xlim(0, right)
    ax.set_ylim(bottom + 0.6, -0.9)
    return ax


def _target(ax: Axes, x: float, y: float, text: str) -> None:
    """A line across a bar where its target lies, named inside the bar."""
    ax.plot([x, x], [y - BAR * 0.7, y + BAR * 0.7], color="white", linewidth=3.5)
    ax.plot([x, x], [y - BAR * 0.7, y + BAR * 0.7], color=PALETTE["second"], linewidth=2)
    ax.annotate(
        text,
        (x, y),
        (-4, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        size=SIZES["small"],
        color="white",
    )


def reach(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Counts on a logarithmic axis, one row each, never added up."""
    for y, row in enumerate(records(frame)):
        ax.plot([1, row["people_n"]], [y, y], color=PALETTE["pale"], linewidth=1.2, zorder=2)
        ax.plot([row["people_n"]], [y], "o", color=PALETTE["main"], markersize=7, zorder=3)
        _above(ax, 1, y, words.label(row))
        ax.annotate(
            words.row(f"value_{row['qualifier']}", row),
            (row["people_n"], y),
            (7, 0),
            textcoords="offset points",
            va="center",
            weight="semibold",
        )
    ax.set_xscale("log")
    ax.set_xlim(1, 300000)
    ax.set_ylim(len(frame) - 0.5, -0.7)
    ax.set_xticks([1, 10, 100, 1000, 10000])
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(int(value))))
    ax.xaxis.set_minor_locator(NullLocator())
    return _across(ax, words["axis"])


def percent_readings(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """For each reading of a percentage, the whole counts that it can stand for."""
    for y, row in enumerate(records(frame)):
        ends = [row["low_n"], row["high_n"]]
        ax.plot(ends, [y, y], "-o", color=PALETTE["main"], linewidth=3.5, markersize=7)
        _above(ax, 0, y, words.row(f"line_{row['qualifier']}", row))
        single = "one" if row["low_n"] == row["high_n"] else "range"
        ax.annotate(
            words.row(f"value_{single}", row),
            (row["high_n"], y),
            (7, 0),
            textcoords="offset points",
            va="center",
            weight="semibold",
        )
    ax.set_xlim(0, 104)
    ax.set_xticks(range(0, 101, 20))
    ax.set_ylim(len(frame) - 0.5, -0.75)
    return _across(ax, words["axis"])


def verdicts(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """A grid of sections by verdict, a disc for each pair, its area the number of claims."""
    bare(ax)
    left, step = 57.0, 7.3  # millimetres
    verdicts = frame.drop_duplicates("verdict").sort_values("verdict_no")
    across = {name: left + place * step for place, name in enumerate(verdicts["verdict"])}
    down = {name: place for place, name in enumerate(frame["section"].drop_duplicates())}
    for row in records(frame.drop_duplicates("section")):
        y = down[row["section"]]
        ax.plot([left, max(across.values())], [y, y], color=PALETTE["grid"], linewidth=0.6)
        ax.text(left - 4, y, words.label(row), ha="right", va="center", size=SIZES["small"])
    for row in records(verdicts):
        name, x = words.label(row, "verdict"), across[row["verdict"]]
        ax.text(x - 1, -0.9, name, rotation=60, va="bottom", size=SIZES["small"])
    for row in records(frame):
        x, y = across[row["verdict"]], down[row["section"]]
        ax.scatter(x, y, s=18 * row["claims_n"], color=PALETTE["main"], linewidth=0, zorder=3)
        ax.annotate(
            words.number(row["claims_n"]),
            (x, y),
            (3.5 + 2.1 * row["claims_n"] ** 0.5, 0),
            textcoords="offset points",
            va="center",
            size=SIZES["small"],
        )
    ax.set_xlim(0, WIDTH_MM - 2 * MARGIN_MM)
    ax.set_ylim(len(down) - 0.3, -5.2)
    return ax


def power(ax: Axes, frame: pd.DataFrame, words: Words) -> Axes:
    """Discs at the power of the checks, a row for each verdict, their area the number of claims."""
    ax.axvline(
        float(ENOUGH_POWER), color=PALETTE["ink"], linewidth=0.8, linestyle=(0, (4, 3)), zorder=1
    )
    for y, (_, own) in enumerate(frame.groupby("verdict_no")):
        areas = 14 * own["claims_n"]
        ax.scatter(own["power"], [y] * len(own), s=areas, color=PALETTE["main"], zorder=3)
        ax.text(-0.06, y, words.label(records(own)[0], "verdict"), ha="right", va="center")
        for row in records(own[own["power"] == 1]):
            ax.annotate(
                words.number(row["claims_n"]),
                (row["power"], y),
                (3.5 + 1.9 * row["claims_n"] ** 0.5, 0),
                textcoords="offset points",
                va="center",
                size=SIZES["small"],
            )
    ax.set_xlim(-0.05, 1.12)
    ax.set_ylim(frame["verdict"].nunique() - 0.5, -0.6)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(100 * value, "%0")))
    return _across(ax, words["axis"])
