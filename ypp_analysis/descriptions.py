"""What a figure shows, for those who cannot see it: three levels of description.

First the kind of chart with its axes, then every value with extremes and totals, then what to
notice. The sentences stand in the texts (``alt...``), their numbers come from the frame of the
exhibit and from findings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from babel.lists import format_list

from ypp_analysis.charts import is_half, period_kind, reading_kind, records
from ypp_analysis.exhibit_data import claim_counts
from ypp_analysis.series import date_kind
from ypp_analysis.wording import LANGUAGES, Words, texts, unbroken

Row = dict[str, Any]
"""Cells by column, "" where there is none."""
Facts = dict[str, Any]


@dataclass(frozen=True)
class Description:
    """A figure in words.

    Attributes
    ----------
    kind : str
        The kind of chart, its axes, what a mark stands for.
    values : str
        Every value, then extremes and totals where they mean something.
    notice : str
        What to notice.
    """

    kind: str
    values: str
    notice: str

    def __str__(self) -> str:
        """The three levels as one text."""
        return f"{self.kind} {self.values} {self.notice}"


@dataclass(frozen=True)
class Plan:
    """How the values of an exhibit are told.

    Attributes
    ----------
    text : callable
        Name of the text for a row; "" for a row that is left to the text ``alt_span``.
    group : callable, optional
        What the rows that stand together have in common, told once.
    """

    text: Callable[[Row], str] = lambda _: "alt_row"
    group: Callable[[Words, Row], str] | None = None


def describe(words: Words, frame: pd.DataFrame, plan: Plan) -> Description:
    """Describe a figure from the frame it is drawn from.

    Parameters
    ----------
    words : Words
        The texts of the exhibit, which may name its facts.
    frame : DataFrame
    plan : Plan

    Returns
    -------
    Description
    """
    told: dict[str, list[str]] = {}
    for cells in records(frame):
        # A text may name a column that is empty in this row.
        row = {name: "" if pd.isna(cell) else cell for name, cell in cells.items()}
        if key := plan.text(row):
            group = plan.group(words, row) if plan.group else ""
            told.setdefault(group, []).append(words.row(key, row))
    if plan.group:
        listed = ". ".join(
            f"{group[:1].upper()}{group[1:]}: {'; '.join(rows)}" for group, rows in told.items()
        )
    else:
        listed = "; ".join(told[""])
    return Description(words["alt"], f"{listed}. {words['alt_span']}", words["reading"])


def extremes(column: str) -> Callable[[pd.DataFrame], Facts]:
    """Number of rows, and what those with the most and the least have: ``most_label`` ...

    Where several rows share an extreme, their texts are listed.
    """

    def facts(frame: pd.DataFrame) -> Facts:
        found: Facts = {"rows_n": len(frame)}
        for name, value in (("most", frame[column].max()), ("least", frame[column].min())):
            rows = frame[frame[column] == value]
            for other in frame:
                cells = rows[other].drop_duplicates()
                is_text = isinstance(cells.iloc[0], str)
                found[f"{name}_{other}"] = ", ".join(cells) if is_text else cells.iloc[0]
        return found

    return facts


def of_ranks(frame: pd.DataFrame) -> Facts:
    """Best and worst rank, in how many reports, of how many; when the worst was fallen to."""
    years, rank = frame["report_year"], frame["rank"]
    best, worst = frame[rank == rank.min()], frame[rank == rank.max()]
    fallen = [str(year) for year in years[(rank == rank.max()) & (rank.shift() < rank)]]
    return {
        "reports_n": len(frame),
        "first_year": years.min(),
        "last_year": years.max(),
        "best_tier": unbroken(best["tier"].iloc[0]),
        "best_n": len(best),
        "worst_tier": unbroken(worst["tier"].iloc[0]),
        "worst_n": len(worst),
        "last_fall": fallen[-1] if fallen else "",
        **{f"earlier_falls_{lang}": format_list(fallen[:-1], locale=lang) for lang in LANGUAGES},
    }


def of_growth(frame: pd.DataFrame) -> Facts:
    """The extremes of groups and of countries: ``groups_most_n``, ``countries_least_year`` ..."""
    return {
        f"{measure}_{name}": value
        for measure, own in frame.groupby("measure")
        for name, value in extremes("n")(own).items()
    }


def of_readings(frame: pd.DataFrame) -> Facts:
    """The lowest and the highest count; shares of which two bases make different counts."""
    counts = frame.groupby("statement")["high_n"].nunique()
    return {
        "lowest_n": frame["low_n"].min(),
        "highest_n": frame["high_n"].max(),
        "several_n": int((counts > 1).sum()),
    }


def of_timeline(frame: pd.DataFrame) -> Facts:
    """Number of events, the first and the last to begin."""
    return {"events_n": len(frame), **extremes("start")(frame)}


def of_logic(frame: pd.DataFrame) -> Facts:
    """Boxes of each stage, and those with a number."""
    counts = frame["stage"].value_counts()
    stages = {f"{stage}_n": int(n) for stage, n in counts.items()}
    return {**stages, "numbered_n": int(frame["value_n"].notna().sum())}


def of_partners(frame: pd.DataFrame) -> Facts:
    """Mentions in all, partners with one role and with more; the roles of most and fewest."""
    counts = frame["contribution"].value_counts().rename("n").reset_index()
    for lang in LANGUAGES:
        counts[f"part_{lang}"] = counts["contribution"].map(texts(lang)["exhibits"]["partners"])
    several = frame.drop_duplicates("partner")["several_roles"]
    more, one = int(several.sum()), int((~several).sum())
    return {"mentions_n": len(frame), "one_n": one, "more_n": more, **extremes("n")(counts)}


def of_countries(frame: pd.DataFrame) -> Facts:
    """The regions with the most and the fewest countries of the programme."""
    labels = [f"region_{lang}" for lang in LANGUAGES]
    counts = frame.groupby(labels, sort=False)["country_iso3"].count().rename("n").reset_index()
    return extremes("n")(counts)


def of_verdicts(frame: pd.DataFrame) -> Facts:
    """Claims in all, with each verdict and in each group; the most and the least frequent one."""
    groups = frame.groupby("group")["claims_n"].sum()
    return {
        **claim_counts(frame),
        **{f"{group}_n": int(n) for group, n in groups.items()},
        **extremes("claims_n")(frame),
    }


def of_power(frame: pd.DataFrame) -> Facts:
    """Claims with a check, by the share of slips that it would have caught."""
    counts = frame.groupby("band")["claims_n"].sum()
    checked = int(counts.sum())
    named = {f"{band}_n": int(n) for band, n in counts.items()}
    return {**named, "checked_n": checked, "some_n": checked - named.get("all_n", 0)}


def roled(row: Row) -> str:
    """The text for a partner in one of its roles."""
    return "several" if row["several_roles"] else "single"


def banded(row: Row) -> str:
    """The text for the claims whose checks catch about the same share of slips."""
    return f"alt_{row['band']}"


def ranged(row: Row) -> str:
    """The text for a reading that allows one count or a range of them."""
    return "alt_half" if is_half(row) else f"alt_{reading_kind(row)}"


def placed(row: Row) -> str:
    """The text for a country by its role, or for a region without any."""
    return f"alt_{row['role'] or 'empty'}"


def dated(row: Row) -> str:
    """The text for an event: to the day, over days, or to the month or year."""
    return f"alt_{date_kind(row)}"


def collected(row: Row) -> str:
    """The text for a collection of signatures, with its target where it has one."""
    return "alt_row" if row["target_n"] == "" else "alt_target"


def limited(row: Row) -> str:
    """The text for people counted up to a year, over years, or without a period."""
    return f"alt_{period_kind(row)}"


def boxed(row: Row) -> str:
    """The text for a box: its label, with its number where it has one."""
    if row["value_high_n"] != "":
        return "item_range"
    return "item" if row["value_n"] != "" else "alt_row"
