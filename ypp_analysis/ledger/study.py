"""The raw tables as plain records: what the checks read, at the speed they need.

A frame answers a single look-up in half a millisecond; the ledger makes hundreds of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from ypp_analysis.findings import Cell, Tables
from ypp_analysis.ledger.values import Day, Value, read_value, whole

Record = dict[str, Any]
Sources = Mapping[str, Mapping[str, Any]]
"""CSL-JSON entries by id."""


@dataclass(frozen=True)
class Claim:
    """One row of the raw table `claims`; the fields are its columns, a blank is ""."""

    claim: str
    page: int
    section: str
    statement_en: str
    statement_id: str
    printed: str
    value: str
    qualifier: str
    unit: str
    base_printed: str
    cited_source: str
    kind: str
    finding: str
    cell: str

    @cached_property
    def number(self) -> Value:
        """The value, read."""
        try:
            return read_value(self.value, self.unit, self.printed)
        except ValueError as error:
            raise ValueError(f"Claim {self.claim!r} in claims.csv: {error}") from None

    @property
    def cells(self) -> list[tuple[str, str, list[str]]]:
        """Table, row and columns of each place of a raw table that holds the same number."""
        places = (place.split(".") for place in self.cell.split())
        return [(table, row, columns.split("/")) for table, row, columns in places]


class Held(NamedTuple):
    """A number of the study with the cells it was read from."""

    value: Value
    cells: tuple[Cell, ...]


class Study:
    """All raw tables, each turned into records when first asked for.

    Parameters
    ----------
    tables : mapping of str to DataFrame
    sources : mapping, optional
        CSL-JSON entries by id; by default those of the project.
    """

    def __init__(self, tables: Tables, sources: Sources | None = None) -> None:
        self.tables = tables
        self._sources = sources
        self._rows: dict[str, dict[str, Record]] = {}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Every claim, by id, in the order of the study."""
        found = {name: Claim(**_filled(record)) for name, record in self.rows("claims").items()}
        for name, claim in found.items():
            for table, row, columns in claim.cells:
                if table not in self.tables or {*columns} - {*self.tables[table]}:
                    cell = f"{table}.{row}.{'/'.join(columns)}"
                    raise ValueError(
                        f"Claim {name!r} in claims.csv names the cell {cell}, but there "
                        "is no such table or column. Correct its column `cell`."
                    )
        return found

    @cached_property
    def evidence(self) -> dict[str, list[Record]]:
        """Rows of the raw table `evidence`, by claim."""
        found: dict[str, list[Record]] = {name: [] for name in self.claims}
        for record in self.rows("evidence").values():
            found.setdefault(record["claim"], []).append(record)
        return found

    @cached_property
    def tokens(self) -> dict[str, list[Record]]:
        """Rows of the raw table `study_numbers` that belong to a claim, by claim."""
        found: dict[str, list[Record]] = {}
        for record in self.rows("study_numbers").values():
            if record["claim"] is not None:
                found.setdefault(record["claim"], []).append(record)
        return found

    @cached_property
    def sources(self) -> Sources:
        """CSL-JSON entries by id."""
        if self._sources is None:
            from ypp_analysis.datasets import sources

            self._sources = sources()
            self.tables.get("sources")  # counts as read where account is kept of that
        return self._sources

    def rows(self, table: str) -> dict[str, Record]:
        """Records of a table by the name of the row; a blank cell is None."""
        if table not in self._rows:
            frame = self.tables[table]
            names = [str(name) for name in frame]
            columns = [map(_plain, frame[name].astype(object)) for name in names]
            records = [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
            self._rows[table] = dict(zip(row_names(frame), records, strict=True))
        return self._rows[table]

    def cell(self, table: str, row: str, column: str) -> Cell:
        """One cell of a raw table.

        Raises
        ------
        ValueError
            If there is none.
        """
        try:
            record = self.rows(table)[row]
            value = record[column]
        except KeyError as error:
            raise ValueError(
                f"No cell {table}.{row}.{column}: {error} is missing. A claim or a check names "
                "it; correct the column `cell` of claims.csv or the table."
            ) from None
        return Cell(table, row, column, value, record.get("page"), record.get("source") or "study")

    def column(self, table: str, column: str, **where: object) -> tuple[Cell, ...]:
        """Cells of a column that are filled, of the rows where other columns have these values."""
        return tuple(
            self.cell(table, row, column)
            for row, record in self.rows(table).items()
            if record[column] is not None
            and all(record[name] == value for name, value in where.items())
        )

    def printed(self, claim: str) -> Held:
        """The number of a claim, as the table of claims has it."""
        if claim not in self.claims:
            raise ValueError(
                f"A check needs the claim {claim!r}, which claims.csv lacks. Restore it, "
                "or take its name out of the check."
            )
        found = self.claims[claim]
        item = Cell("claims", claim, "value", found.value or found.printed, found.page, "study")
        return Held(found.number, (item,))

    def token(self, claim: str) -> Record:
        """The first number token of a claim.

        Raises
        ------
        ValueError
            If none of the numbers of the study belongs to it.
        """
        if not self.tokens.get(claim):
            raise ValueError(f"No number of study_numbers.csv belongs to the claim {claim!r}.")
        return self.tokens[claim][0]

    def held(self, claim: str) -> Held:
        """The number of a claim, from the raw table that holds it, or else the table of claims."""
        printed = self.printed(claim)
        found = self.claims[claim]
        if not found.cells:
            return printed
        table, row, columns = found.cells[0]
        if row not in self.rows(table):  # a matter of transcription, which names it
            return printed
        record = self.rows(table)[row]
        filled = [column for column in columns if record[column] is not None]
        cells = tuple(self.cell(table, row, column) for column in filled)
        parts = [part for item in cells for part in read_cell(item.value, found.unit)]
        # A single day is its own start and end.
        return Held(tuple(dict.fromkeys(parts)), cells) if parts else printed

    def issued(self, source: str) -> int | None:
        """Year in which a source was issued; None where it is not known."""
        dates = self.sources.get(source, {}).get("issued", {}).get("date-parts")
        return int(dates[0][0]) if dates else None


def row_names(frame: pd.DataFrame) -> list[str]:
    """What the rows of a raw table are called: by their key, of two columns with a slash."""
    key = ["country_iso3", "report_year"] if "report_year" in frame else list(frame.columns[:1])
    return ["/".join(map(str, cells)) for cells in zip(*(frame[name] for name in key), strict=True)]


def read_cell(value: object, unit: str) -> Value:
    """Read what a cell of a raw table holds as the value of a claim."""
    if isinstance(value, dt.date):
        return (Day(value.year, value.month, value.day),)
    if isinstance(value, int) and unit == "date":
        return (Day(value),)
    if isinstance(value, Fraction):
        return (whole(value),)
    if isinstance(value, int):
        return (value,)
    return read_value(str(value).rstrip("%"), unit) if value else ()


def _filled(record: Record) -> Record:
    return {name: "" if cell is None else cell for name, cell in record.items()}


def _plain(value: Any) -> Any:
    """Turn a cell of a frame into an exact plain value, a blank one into None."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, float):
        return Fraction(str(value))
    return value if isinstance(value, str) else int(value)
