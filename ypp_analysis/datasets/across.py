"""Rules between the cells of a row: what one column says must fit what another says.

They hold by the names of columns, whatever table has them: what a schema cannot say is said here
once. The register's schema tells what each cell may be alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ypp_analysis.datasets.faults import Fault

Record = Mapping[str, Any]
"""Values of a row by column, None where blank."""

UNDATED = {"date_basis": "not_given", "date_precision": "none"}
"""Columns that say how a row is dated, and what they say of one without a date."""

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Breach(NamedTuple):
    """A rule that a row breaks: in which column, what is there, the rule, what to do."""

    column: str
    value: Any
    rule: str
    remedy: str


def breaches(file: str, rows: Sequence[tuple[int, Record]]) -> Iterator[Fault]:
    """List the rows whose cells do not fit each other.

    Parameters
    ----------
    file : str
    rows : sequence of (int, mapping)
        Line and cells by column, each sound by itself.
    """
    for line, record in rows:
        for rule in RULES:
            for found in rule(record):
                value = None if found.value is None else str(found.value)
                yield Fault(file, line, found.column, value, found.rule, found.remedy)


def _qualified(record: Record) -> Iterator[Breach]:
    """A number whose qualifier may be blank has one."""
    for column in record:
        number = f"{column.removesuffix('_qualifier')}_n"
        is_filled = column.endswith("_qualifier") and record.get(number) is not None
        if is_filled and record[column] is None:
            rule = f"must not be blank where {number} is filled"
            yield Breach(column, None, rule, "Say how the number is qualified, or take it out.")


def _ended(record: Record) -> Iterator[Breach]:
    """What has a start has an end, and not before it; a day may be both, a time of day not."""
    for start in record:
        if start.endswith("_start"):
            end = f"{start.removesuffix('_start')}_end"
            first, last = record[start], record[end]
            if (first is None) != (last is None):
                blank, filled = (start, end) if first is None else (end, start)
                rule = f"must not be blank where {filled} is filled"
                yield Breach(blank, None, rule, "Fill in both, the same day in both if it is one.")
            elif first is not None and (first > last or (first == last and _is_time(first))):
                how = "must come after" if _is_time(first) else "must not come before"
                rule = f"{how} {start}, which is {first}"
                yield Breach(end, last, rule, "Look both up in their source again.")


def _is_time(value: Any) -> bool:
    return isinstance(value, str)  # days and years have types of their own


def _timed(record: Record) -> Iterator[Breach]:
    """Hours are those of a day."""
    for column, value in record.items():
        if column in ("hours_start", "hours_end") and value and not _TIME.fullmatch(value):
            rule = "must be a time of day, from 00:00 to 23:59"
            yield Breach(column, value, rule, "Look it up in its source again.")


def _dated(record: Record) -> Iterator[Breach]:
    """How a row is dated fits whether it has a date."""
    for column, undated in UNDATED.items():
        value = record.get(column)
        if value is not None and (value == undated) != (record["date_start"] is None):
            blank = "blank" if record["date_start"] is None else "filled"
            needed = undated if record["date_start"] is None else f"another than {undated}"
            rule = f"must be {needed} where date_start is {blank}"
            yield Breach(column, value, rule, "Correct it, or the dates.")


def _placed(record: Record) -> Iterator[Breach]:
    """What is from the study has its page and section; a table without sources is all from it."""
    if "section" in record and "page" in record and record.get("source", "study") == "study":
        for column in ("page", "section"):
            if record[column] is None:
                rule = "must not be blank in a row that is from the study"
                yield Breach(column, None, rule, "Fill in where the study has it.")


def _assigned(record: Record) -> Iterator[Breach]:
    """A number of the study belongs to a claim, or there is a reason why it does not."""
    if "claim" in record and "reason" in record:
        given = [record[name] for name in ("claim", "reason") if record[name] is not None]
        if len(given) != 1:
            rule = "one of the two must be filled, and one only"
            remedy = "Name the claim that the number belongs to, or why it belongs to none."
            yield Breach("claim, reason", ", ".join(given) or None, rule, remedy)


RULES: tuple[Callable[[Record], Iterator[Breach]], ...] = (
    _qualified,
    _ended,
    _timed,
    _dated,
    _placed,
    _assigned,
)
