"""Tables as spreadsheets: typed cells, with the notes and the names of the columns beside them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ypp_analysis.publish.data_tables import Table
from ypp_analysis.publish.readable import UNGROUPED

CREATED = dt.datetime(2026, 1, 1)
"""Written into each file: a true time would make other bytes at every rebuild."""

WIDEST = 50
"""Signs a column is wide at most; longer text is broken."""

_FORMATS = {
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "text": {"text_wrap": True, "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "year": {"num_format": "0", "valign": "top"},
    "whole": {"num_format": "#,##0", "valign": "top"},
    "decimal": {"num_format": "0.0#", "valign": "top"},
}


def to_xlsx(table: Table) -> bytes:
    """A table as XLSX: numbers, dates and truth values typed, text never a formula.

    Parameters
    ----------
    table : Table

    Returns
    -------
    bytes
        A workbook of three sheets: the table, its notes and sources, and the name that each
        column has in the CSV file.
    """
    words, columns = table.words, [str(name) for name in table.shown]
    said = (*table.notes, *table.citation, words["data_hash"].format(hash=table.hash))
    notes = [table.title, table.caption, *said]
    names = zip(table.headings, columns, strict=True)
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": table.title, "comments": table.caption, "created": CREATED})
        formats = {name: book.add_format(format) for name, format in _FORMATS.items()}
        rows = [table.headings, *table.shown.itertuples(index=False, name=None)]
        _fill(book.add_worksheet(words["sheet_data"]), rows, formats, columns)
        _fill(book.add_worksheet(words["sheet_notes"]), [[note] for note in notes], formats)
        head = [words["column_heading"], words["column_name"]]
        _fill(book.add_worksheet(words["sheet_columns"]), [head, *names], formats)
    return buffer.getvalue()


def _fill(
    sheet: Worksheet,
    rows: Iterable[Sequence[object]],
    formats: dict[str, Format],
    columns: Sequence[str] = (),
) -> None:
    """Write rows into a sheet, the first as a heading that stays in sight."""
    rows = list(rows)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            column = columns[place] if columns else ""
            _write(sheet, (number, place), value, formats, column)
    for place, cells in enumerate(zip(*rows, strict=True)):
        sheet.set_column(place, place, min(WIDEST, 2 + max(len(str(cell)) for cell in cells)))
    sheet.freeze_panes(1, 0)


def _write(
    sheet: Worksheet,
    place: tuple[int, int],
    value: object,
    formats: dict[str, Format],
    column: str,
) -> None:
    """Write a cell by its type: XlsxWriter would guess that a text beginning with = is none."""
    if isinstance(value, str):
        sheet.write_string(*place, value, formats["text" if place[0] else "heading"])
    elif pd.isna(value):  # type: ignore[call-overload]
        return
    elif isinstance(value, bool | np.bool_):
        sheet.write_boolean(*place, bool(value), formats["text"])
    elif isinstance(value, dt.date):
        sheet.write_datetime(*place, value, formats["date"])
    else:
        kind = "decimal" if isinstance(value, float) else "whole"
        sheet.write_number(*place, value, formats["year" if column in UNGROUPED else kind])
