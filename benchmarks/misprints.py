"""Misprint every number of the study in turn, wherever it stands, and see what the audit finds.

An error of the study itself is copied faithfully: the words, the tokens, the value and the cells
of the raw tables all say the same wrong thing. Only a verdict can then tell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pandas as pd

from benchmarks.guards import see
from ypp_analysis.datasets import load_all
from ypp_analysis.findings import Cell
from ypp_analysis.ledger.rules import same_finding
from ypp_analysis.ledger.study import Claim, Held, Study
from ypp_analysis.ledger.transcription import tokens_of
from ypp_analysis.ledger.values import MONTHS, NAMES, Clock, Day, Part, Value, slips, spell
from ypp_analysis.ledger.verdicts import VERDICTS

COLUMNS = ("claim", "verdict", "check", "unit", "slip", "own", "any", "contradicted")


class Asked(Study):
    """The study as records, which notes what claims and cells are asked for."""

    asked: set[str]

    def printed(self, claim: str) -> Held:
        """The number of a claim, as of `Study`."""
        self.asked.add(claim)
        return super().printed(claim)

    def cell(self, table: str, row: str, column: str) -> Cell:
        """One cell, as of `Study`."""
        self.asked.add(f"{table}.{row}.{column}")
        return super().cell(table, row, column)


def misprints(claim: Claim) -> tuple[Value, ...]:
    """Every slip of a claim's number that the study could have printed.

    Days of one month share the words for month and year: a slip there is one of both.
    """
    return tuple(
        dict.fromkeys(
            other
            for value in slips(claim.number, claim.unit)
            if (other := _as_printed(value, claim.number)) is not None
        )
    )


def _as_printed(value: Value, right: Value) -> Value | None:
    days = [part for part in value if isinstance(part, Day) and part.day is not None]
    if len(days) < 2:
        return value
    first, was = days[0], right[0]
    assert isinstance(was, Day)
    slipped = first if first[:2] != was[:2] else days[-1]
    both = tuple(Day(slipped.year, slipped.month, day.day) for day in days)
    return both if all(day.is_valid for day in both) else None


def written(value: Value, unit: str) -> str:
    """A value in words that read back as it: "20-22 november 2010", "3.400", "76%"."""
    first = value[0]
    if isinstance(first, Day):
        if first.month is None:
            return "-".join(str(part) for part in value)
        days = "-".join(str(part.day) for part in value if isinstance(part, Day) and part.day)
        year = "" if first.year is None else f" {first.year}"
        return f"{days} {MONTHS[first.month - 1]}{year}".strip()
    return " hingga ".join(_written(part, unit) for part in value)


def _written(part: Part, unit: str) -> str:
    if isinstance(part, Clock):
        return f"{part.hour:02}.{part.minute:02}"
    if isinstance(part, str):
        names = {tier: name for name, tier in NAMES.items()}
        return names.get(part, part.removeprefix("Tier "))
    if isinstance(part, int):
        return f"{part:,}".replace(",", ".") + ("%" if unit == "percent" else "")
    return f"{float(part):g}".replace(".", ",")


def reprinted(claim: Claim, value: Value) -> Claim:
    """The claim as it would stand had the study printed another value."""
    text = "" if value[0] in NAMES.values() else spell(value)
    text = text.removeprefix("Tier ") if claim.unit == "tier" else text
    return replace(claim, value=text, printed=written(value, claim.unit))


@contextmanager
def misprinted(study: Study, name: str, value: Value) -> Iterator[Claim]:
    """The study with another value of a claim in every place, for as long as the context lasts."""
    claim, tokens = study.claims[name], study.tokens.get(name, [])
    wrong = reprinted(claim, value)
    cells = [
        (study.rows(table)[row], column, value[-1:] if place else value)
        for table, row, columns in claim.cells
        for place, column in enumerate(columns)
    ]
    before = [(record, column, record[column]) for record, column, _ in cells]
    found = tokens_of([wrong.printed])[wrong.printed]
    try:
        study.claims[name] = wrong
        pattern = tokens[0] if tokens else {"page": claim.page, "section": claim.section}
        study.tokens[name] = [{**pattern, "token": token} for token in found]
        for (record, column, part), (_, _, old) in zip(cells, before, strict=True):
            record[column] = copied(part, old, column, wrong)
        yield wrong
    finally:
        study.claims[name], study.tokens[name] = claim, tokens
        for record, column, old in before:
            record[column] = old


def copied(value: Value, old: Any, column: str, claim: Claim) -> Any:
    """What a cell holds instead of the old once the value is copied into it."""
    first, last = value[0], value[-1]
    if column.endswith("_printed"):
        return claim.printed
    if isinstance(old, dt.date) and isinstance(first, Day):
        if column.endswith("_start"):
            return dt.date(first.year or old.year, first.month or 1, first.day or 1)
        return _last_day(last if isinstance(last, Day) else first, old)
    if isinstance(old, str) and isinstance(first, Day):
        years = [str(part.year) for part in value if isinstance(part, Day)]
        if old.startswith("/"):
            return f"/{years[-1]}"
        return "/".join(dict.fromkeys(years)) if "/" in old else years[0]
    if isinstance(first, Day):
        return first.year
    return str(first) if isinstance(first, Clock) else first


def _last_day(day: Day, old: dt.date) -> dt.date:
    year, month = day.year or old.year, day.month or 12
    if day.day:
        return dt.date(year, month, day.day)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def dependents(study: Asked) -> dict[str, list[str]]:
    """Claims whose verdict may change with that of a claim, itself first."""
    asked = {}
    for name in study.claims:
        study.asked = set()
        see(study, name)
        asked[name] = study.asked
    return {
        name: list(
            dict.fromkeys(
                [
                    name,
                    *(other.claim for other in same_finding(study, claim) if claim.finding),
                    *(other for other in study.claims if asked[other] & places(claim)),
                ]
            )
        )
        for name, claim in study.claims.items()
    }


def places(claim: Claim) -> set[str]:
    """The claim's name, and every cell that holds its number."""
    return {claim.claim} | {
        f"{table}.{row}.{column}" for table, row, columns in claim.cells for column in columns
    }


def misprint_all(step: int = 1) -> pd.DataFrame:
    """Misprint every number once in every way.

    Parameters
    ----------
    step : int
        1 for every misprint, n for every n-th of a claim.

    Returns
    -------
    DataFrame
        One row a misprint: `claim`; `verdict` and `check`, which it had before; `unit`; `slip`,
        the wrong value as text; and whether the verdict of the claim itself changes (`own`), of
        that or another claim (`any`), and whether the claim is then contradicted.
    """
    study = Asked(load_all())
    study.asked = set()
    before = {name: see(study, name) for name in study.claims}
    near = dependents(study)
    rows = []
    for name, claim in list(study.claims.items()):
        for value in misprints(claim)[::step]:
            with misprinted(study, name, value):
                now = {other: see(study, other).verdict for other in near[name]}
            changed = [other for other in near[name] if now[other] != before[other].verdict]
            rows.append(
                (
                    name,
                    before[name].verdict,
                    before[name].working[3],
                    claim.unit,
                    spell(value),
                    name in changed,
                    bool(changed),
                    now[name] == "contradicted",
                )
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def by(found: pd.DataFrame, column: str) -> list[dict[str, object]]:
    """Count misprints and those that a verdict tells, by a column of :func:`misprint_all`."""
    groups = found.groupby(column, sort=False)
    counted = groups.agg(
        claims_n=("claim", "nunique"),
        misprints_n=("claim", "size"),
        own_n=("own", "sum"),
        any_n=("any", "sum"),
        contradicted_n=("contradicted", "sum"),
    )
    order = [name for name in VERDICTS if name in counted.index] or sorted(counted.index)
    counted = counted.loc[order].reset_index()
    return counted.to_dict("records")
