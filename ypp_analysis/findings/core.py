"""What a finding is: a value with the cells it was worked out from.

A finding is a small named function of the tables. It reads cells (a number of a
table with its row, page and source), works out one value exactly, and keeps the
formula, so that each number a caption or the ledger shows can be followed back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

Tables = Mapping[str, pd.DataFrame]


class Label(NamedTuple):
    """A name in the languages of the project."""

    en: str
    id: str


Value = int | Fraction | str | dt.date | Label


@dataclass(frozen=True)
class Cell:
    """One cell of a raw table, with where it stands and who says so."""

    table: str
    row: str
    column: str
    value: Value
    page: int | None
    source: str


@dataclass(frozen=True)
class Finding:
    """A value worked out from cells.

    Attributes
    ----------
    value : int, Fraction, str, date or Label
        The exact value; percentages are in percent (66 of 88 is 75).
    unit : str
        What is counted ("people", "percent", "countries" ...).
    formula : str
        The working in figures, for people.
    inputs : tuple of Cell
        Every cell the value rests on.
    numerator, denominator : int or None
        Of a share or ratio: the count and its base.
    low, high : int or None
        The range the inputs' rounding allows, where it was asked for.
    """

    value: Value
    unit: str
    formula: str
    inputs: tuple[Cell, ...]
    numerator: int | None = None
    denominator: int | None = None
    low: int | None = None
    high: int | None = None
    name: str = ""

    @property
    def tables(self) -> frozenset[str]:
        """Names of the tables the finding rests on."""
        return frozenset(cell.table for cell in self.inputs)


_FINDINGS: dict[str, Callable[[Tables], Finding]] = {}


def finding(function: Callable[[Tables], Finding]) -> Callable[[Tables], Finding]:
    """Register a function of the tables as the finding of its own name."""
    _FINDINGS[function.__name__] = function
    return function


def names() -> list[str]:
    """Names of all findings, in the order they are defined."""
    return list(_FINDINGS)


def describe(name: str) -> str:
    """Say in a line what a finding is: the first line of its docstring."""
    return (_FINDINGS[name].__doc__ or "").strip().splitlines()[0]


def compute(name: str, tables: Tables) -> Finding:
    """Work out one finding.

    Parameters
    ----------
    name : str
        Name of a finding, or ``table.row.column`` for a number just as a table gives it
        (``petition.concert.signatures_n``; ``tip_tiers.KHM/2016.tier``).
    tables : mapping of str to DataFrame

    Raises
    ------
    ValueError
        If there is no finding, row or column of that name.
    """
    if name.count(".") == 2:
        return replace(_given(tables, *name.split(".")), name=name)
    if name not in _FINDINGS:
        raise ValueError(f"No finding is called {name!r}. Known: {', '.join(sorted(_FINDINGS))}.")
    return replace(_FINDINGS[name](tables), name=name)


def _given(tables: Tables, table: str, row: str, column: str) -> Finding:
    """One cell, as a finding."""
    if table not in tables or column not in tables[table]:
        raise ValueError(f"There is no column {column!r} of a table {table!r}.")
    frame = tables[table]
    named = pd.Series(["/".join(map(str, key)) for key in _names(frame)], index=frame.index) == row
    if not named.any():
        raise ValueError(f"{table}.csv: no row {row!r}, whose {column} is needed. Put it back.")
    (item,) = cells({table: frame[named]}, table, column)
    return Finding(item.value, column, str(item.value), (item,))


def cells(
    tables: Tables, table: str, column: str, /, *, filled: bool = False, **where: Any
) -> tuple[Cell, ...]:
    """Cells of one column, of the rows where the named columns have the given values.

    Parameters
    ----------
    tables : mapping of str to DataFrame
    table, column : str
    filled : bool
        Take only the cells that are not empty.
    **where : str
        Column names and the value each must have.

    Raises
    ------
    ValueError
        If no row is left, or a cell is blank: a finding must not rest on nothing.
    """
    frame = tables[table]
    for name, value in where.items():
        frame = frame[frame[name] == value]
    if filled:
        frame = frame[frame[column].notna()]
    if frame.empty:
        raise ValueError(
            f"{table}.csv: no row {_told(where)}has a value in {column}, but one is needed. "
            "Put it back."
        )
    if (blank := frame[frame[column].isna()]).size:
        row = "/".join(str(blank[name].iloc[0]) for name in _key(frame))
        raise ValueError(f"{table}.csv, {row!r}: {column} is blank, but is needed. Fill it in.")
    empty = [None] * len(frame)
    pages, sources = frame.get("page", empty), frame.get("source", empty)
    return tuple(
        Cell(
            table=table,
            row="/".join(map(str, row)),
            column=column,
            value=_plain(value),
            page=None if page is None or pd.isna(page) else int(page),
            source=str(source or ""),
        )
        for row, value, page, source in zip(
            _names(frame), frame[column], pages, sources, strict=True
        )
    )


def cell(tables: Tables, table: str, column: str, /, **where: str) -> Cell:
    """The one cell that :func:`cells` finds.

    Raises
    ------
    ValueError
        If the rows where the conditions hold are none or several.
    """
    found = cells(tables, table, column, filled=False, **where)
    if len(found) != 1:
        raise ValueError(
            f"{table}.csv: {len(found)} rows {_told(where)}were found, but one is needed. "
            "Take the others out."
        )
    return found[0]


def _key(frame: pd.DataFrame) -> list[str]:
    """Columns that name a row: those before the first that is not an identifier."""
    return ["country_iso3", "report_year"] if "report_year" in frame else [str(frame.columns[0])]


def _names(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The key of each row."""
    return zip(*(frame[name] for name in _key(frame)), strict=True)


def _told(where: Mapping[str, Any]) -> str:
    """The conditions on a row in words."""
    told = " and ".join(f"{name} {value!r}" for name, value in where.items())
    return f"with {told} " if told else ""


def _plain(value: object) -> Value:
    """Turn a cell of a frame into an exact plain value."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, float):
        return Fraction(str(value))
    if isinstance(value, str):
        return value
    return int(value)  # type: ignore[call-overload, no-any-return]


def number(item: Cell) -> int:
    """The whole number in a cell."""
    if not isinstance(item.value, int):
        raise ValueError(
            f"{item.table}.csv, {item.row!r}: {item.column} is {item.value!r}, which is no whole "
            "number. Correct it."
        )
    return item.value


def total(items: tuple[Cell, ...], unit: str) -> Finding:
    """Add the cells up."""
    values = [number(item) for item in items]
    return Finding(sum(values), unit, " + ".join(map(str, values)), items)


def count(items: tuple[Cell, ...], unit: str) -> Finding:
    """Count the different values of the cells."""
    distinct = list(dict.fromkeys(str(item.value) for item in items))
    return Finding(len(distinct), unit, "count of " + ", ".join(distinct), items)


def share(part: tuple[Cell, ...], whole: tuple[Cell, ...]) -> Finding:
    """The part as a percentage of the whole; cells of each are added up."""
    found = ratio(part, whole, "percent")
    value = found.value
    assert isinstance(value, Fraction)
    return replace(found, value=100 * value, formula=f"100 x {found.formula}")


def ratio(above: tuple[Cell, ...], below: tuple[Cell, ...], unit: str) -> Finding:
    """One sum of cells divided by another.

    Raises
    ------
    ValueError
        If the cells below add up to zero.
    """
    numerator, denominator = total(above, unit), total(below, unit)
    assert isinstance(numerator.value, int)
    assert isinstance(denominator.value, int)
    if denominator.value == 0:
        raise ValueError(f"Cannot divide {numerator.formula} by zero.")
    inputs = tuple(dict.fromkeys(above + below))
    return Finding(
        value=Fraction(numerator.value, denominator.value),
        unit=unit,
        formula=f"{_bracket(numerator)} / {_bracket(denominator)}",
        inputs=inputs,
        numerator=numerator.value,
        denominator=denominator.value,
    )


def _bracket(found: Finding) -> str:
    """A sum in brackets, a single number as it is."""
    return f"({found.formula})" if "+" in found.formula else found.formula
