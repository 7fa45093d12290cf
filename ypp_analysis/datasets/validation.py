"""Check raw tables against the schema of their register and collect every fault.

Frictionless reads each cell by its field: type and constraints. Columns, keys and what it lets
pass (numbers with ``_``, formulas) are checked here, and :mod:`.across` holds the cells of a row
against each other. Its own reading of a whole package takes seconds: it reads a table again for
each key that refers to it, and loads a grammar of web addresses to validate a register that this
package pins anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ypp_analysis.datasets.across import breaches
from ypp_analysis.datasets.faults import Fault
from ypp_analysis.datasets.reading import LONGEST, TOO_LONG, Cell, Row, Sheet, read
from ypp_analysis.datasets.register import Register, Table
from ypp_analysis.datasets.strict import hidden_sign

Record = dict[str, Any]  # values of a row by column, None where blank or faulty
Reader = Callable[[Cell], tuple[Any, dict[str, str] | None]]

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - as wide as Chinese letters
_SIGNED = re.compile(r"[+-]{1,2}[0-9][0-9.,:/%-]*")

TYPES = {
    "integer": (
        re.compile(r"-?[0-9]{1,18}"),
        "must be a whole number",
        "Write whole numbers without separators: 1200, not 1.200 or 1,200.",
    ),
    "number": (
        re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?"),
        "must be a number",
        "Write a point before the decimals and no other separator: 1200.5, not 1.200,5.",
    ),
    "date": (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        "must be a date of the calendar",
        "Write year, month and day: 2010-11-20.",
    ),
    "string": (re.compile(r"(?s).*"), "must be text", "Put it in quotes."),
}
"""How a cell of each type is written, the rule, what to do."""

CONSTRAINTS = {
    "required": ("must not be blank", "Fill in the cell."),
    "minimum": ("must be at least {limit}{unit}", "Look the value up in its source again."),
    "maximum": ("must be at most {limit}{unit}", "Look the value up in its source again."),
    "enum": ("must be one of {limit}", "Take one of these, spelt like this."),
    "pattern": ("must match {limit} ({description})", "Write it in this form."),
}
"""The rule and what to do for each constraint of a field."""


def validate(register: Register, contents: Mapping[str, bytes | None]) -> list[Fault]:
    """Check every table of a register.

    Parameters
    ----------
    register : tuple of Table
    contents : mapping of str to bytes or None
        What is in each registered file; None where there is none.

    Returns
    -------
    list of Fault
        All that is wrong: files in the order of the register, lines in theirs.
    """
    found: list[Fault] = []
    records: dict[str, list[tuple[int, Record]]] = {}
    for table in register:
        content = contents[table.path]
        if content is None:
            rule, remedy = "the folder holds every table", "Copy the file from the study's tables."
            found.append(Fault(table.path, None, "", None, rule, remedy))
            continue
        columns = [field["name"] for field in table.fields]
        sheet, faults = read(table.path, content, columns)
        found += faults
        if sheet is not None:
            found += _header(table.path, sheet.header, columns)
            records[table.name], faults = _records(table, sheet)
            found += faults
    files = {table.name: table.path for table in register}
    for table in register:
        if table.name in records:
            found += _across(table, records[table.name], found)
            found += _repeated(table, records[table.name])
            found += _unknown(table, records, files)
    order = list(files.values())
    return sorted(found, key=lambda fault: (order.index(fault.file), fault.line or 0))


def _header(file: str, header: Sequence[str], columns: Sequence[str]) -> Iterator[Fault]:
    for column in columns:
        if column not in header:
            rule, remedy = "the table has this column", "Add it, or correct its name in the header."
            yield Fault(file, 1, column, None, rule, remedy)
    for place, label in enumerate(header):
        if label in header[:place]:
            yield Fault(file, 1, label, label, "a column stands once", "Remove one of the two.")
        elif label not in columns:
            rule = f"the columns are {', '.join(columns)}"
            yield Fault(file, 1, label, label, rule, "Remove the column or correct its name.")


def _records(table: Table, sheet: Sheet) -> tuple[list[tuple[int, Record]], list[Fault]]:
    """Values of each row, and the faults of rows and cells."""
    file, header = table.path, sheet.header
    fields = {field["name"]: field for field in table.fields}
    readers = _readers(fields.values())
    records: list[tuple[int, Record]] = []
    faults: list[Fault] = []
    for line, cells in sheet.rows:
        if len(cells) != len(header):
            faults.append(_width(file, (line, cells), header, fields))
            continue
        record = dict.fromkeys(fields)
        for column, cell in zip(header, cells, strict=True):
            if column in fields:
                value, notes = readers[column](cell)
                broken = [
                    Fault(file, line, column, None if cell is None else str(cell), *words)
                    for words in _broken(fields[column], cell, notes or {})
                ]
                faults += broken
                record[column] = None if broken else value
        records.append((line, record))
    return records, faults


def _readers(fields: Iterable[Mapping[str, Any]]) -> dict[str, Reader]:
    """What reads a cell of each column: value, and the names of the constraints it breaks."""
    # Most of a second: imported only when a file has to be validated in full.
    from frictionless.fields import DateField, IntegerField, NumberField, StringField

    kinds = {
        "string": StringField,
        "integer": IntegerField,
        "number": NumberField,
        "date": DateField,
    }
    return {
        field["name"]: kinds[field["type"]](
            name=field["name"], constraints=field.get("constraints", {})
        ).create_cell_reader()
        for field in fields
    }


def _broken(
    field: Mapping[str, Any], cell: Cell, notes: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Rule and remedy for all that is wrong in a cell."""
    pattern, rule, remedy = TYPES[field["type"]]
    if "type" in notes or (isinstance(cell, str) and cell and not pattern.fullmatch(cell)):
        yield rule, remedy
        return
    if isinstance(cell, str) and field["type"] == "string":
        yield from _text(cell)
    unit = f" ({field['unit']})" if "unit" in field else ""
    for name in notes:
        rule, remedy = CONSTRAINTS[name]
        limit = field["constraints"][name]
        shown = ", ".join(limit) if isinstance(limit, list) else limit
        yield rule.format(limit=shown, unit=unit, description=field["description"]), remedy


def _text(cell: str) -> Iterator[tuple[str, str]]:
    if cell != cell.strip():
        yield "text must not begin or end with a space", "Remove the space."
    if len(cell) > LONGEST:
        yield TOO_LONG
    if rule := hidden_sign(cell):
        yield rule, "Remove the sign."
    if cell.lstrip().startswith(_FORMULA) and not _SIGNED.fullmatch(cell):
        rule = "text must not begin with =, +, - or @, which a spreadsheet runs as a formula"
        yield rule, "Write the value itself; only signed numbers and dates keep their sign."


def _width(
    file: str, row: Row, header: Sequence[str], fields: Mapping[str, Mapping[str, Any]]
) -> Fault:
    """A row with too few or too many cells; mostly a number written with a comma."""
    line, cells = row
    _, rule, remedy = TYPES["integer"]
    for column, cell, after in zip(header, cells, cells[1:], strict=False):
        is_whole = fields.get(column, {}).get("type") == "integer"
        split = re.fullmatch(r"-?[0-9]{1,3},[0-9]{3}", f"{cell},{after}")
        if is_whole and split and len(cells) > len(header):
            return Fault(file, line, column, split[0], rule, remedy)
    if not cells:
        return Fault(file, line, "", "", "a file has no empty lines", "Remove the line.")
    rule = f"a row has {len(header)} cells, as the header has; this one has {len(cells)}"
    remedy = 'Put quotes around a text with a comma: "Phnom Penh, Cambodia".'
    return Fault(file, line, "", ",".join(cells), rule, remedy)


def _across(
    table: Table, records: Sequence[tuple[int, Record]], found: Sequence[Fault]
) -> Iterator[Fault]:
    """Rows whose cells do not fit each other, if each of their cells is sound by itself."""
    unsound = {fault.line for fault in found if fault.file == table.path}
    if 1 not in unsound:  # with a wrong header no cell is sure to stand in its column
        sound = [(line, record) for line, record in records if line not in unsound]
        yield from breaches(table.path, sound)


def _repeated(table: Table, records: Sequence[tuple[int, Record]]) -> Iterator[Fault]:
    """Rows that repeat the primary key or a value that must be unique."""
    alone = [[f["name"]] for f in table.fields if f.get("constraints", {}).get("unique")]
    key = table.primary_key
    for columns in [key, *(other for other in alone if other != key)]:
        first: dict[tuple[Any, ...], int] = {}
        for line, values in _keys(records, columns):
            if values in first:
                rule = f"a key stands once; line {first[values]} has the same"
                value, remedy = ", ".join(map(str, values)), "Remove or correct one of the rows."
                yield Fault(table.path, line, ", ".join(columns), value, rule, remedy)
            first.setdefault(values, line)


def _unknown(
    table: Table,
    records: Mapping[str, Sequence[tuple[int, Record]]],
    files: Mapping[str, str],
) -> Iterator[Fault]:
    """Rows that refer to nothing; no reference to a table that could not be read is judged."""
    for key in table.foreign_keys:
        target, columns = key["reference"]["resource"], key["reference"]["fields"]
        known = {values for _, values in _keys(records.get(target, []), columns)}
        for line, values in _keys(records[table.name], key["fields"]):
            if known and values not in known:
                rule = f"must be a known {', '.join(columns)} of {files[target]}"
                value, remedy = ", ".join(map(str, values)), "Correct it or add it there."
                yield Fault(table.path, line, ", ".join(key["fields"]), value, rule, remedy)


def _keys(
    records: Iterable[tuple[int, Record]], columns: Sequence[str]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Line and key of each row whose key is whole."""
    for line, record in records:
        values = tuple(record[column] for column in columns)
        if None not in values:
            yield line, values
