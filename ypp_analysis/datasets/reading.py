"""Read a raw file into cells that know their line, and say how it is miswritten.

Nothing is guessed into shape: a file is UTF-8 and, if CSV, in the one :class:`Dialect`.
After a wrong encoding or delimiter the rest is still read, so that one error can list it all.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from ypp_analysis.datasets import strict, works
from ypp_analysis.datasets.faults import Fault

Cell = Any  # text of a CSV file; whatever JSON holds, None where a key is absent
Row = tuple[int, list[Cell]]  # line of the file, cells

_UNDECODED = re.compile("[\udc80-\udcff]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(r"\r\n|\r|\n")
LONGEST = 10_000
"""Characters of a cell: the longest of the study's has less than a thousand."""
TOO_LONG = (
    f"a cell has at most {LONGEST} characters",
    "Shorten it, or close the quotes before it.",
)
"""The rule, and what to do."""


class Dialect(csv.Dialect):
    """How a raw CSV file is written (RFC 4180); quotes out of place are an error."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = csv.QUOTE_MINIMAL
    strict = True


@dataclass(frozen=True)
class Sheet:
    """Column labels and rows of a file."""

    header: list[str]
    rows: list[Row]


def read(file: str, content: bytes, columns: Sequence[str]) -> tuple[Sheet | None, list[Fault]]:
    """Read a raw file.

    Parameters
    ----------
    file : str
        Its name; one that ends in ``.json`` holds a list of objects, any other is CSV.
    content : bytes
        What is in it.
    columns : sequence of str
        Keys to take from each object of a JSON file.

    Returns
    -------
    sheet : Sheet or None
        None where nothing can be read.
    faults : list of Fault
        What is wrong in how the file is written.
    """
    faults = []
    if content.startswith(codecs.BOM_UTF8):
        content = content.removeprefix(codecs.BOM_UTF8)
        rule = "a file does not begin with a byte order mark (BOM)"
        faults.append(Fault(file, 1, "", "\ufeff", rule, "Save it as UTF-8 without BOM."))
    if content.startswith(_UTF16):
        fault = Fault(file, 1, "", repr(content[:2]), "a file is UTF-8", "It is UTF-16: save anew.")
        return None, [fault]
    if content.count(b"\0") * 5 > len(content):  # a single one is the matter of its cell
        remedy = "It is UTF-16 or no text at all: save it as UTF-8."
        fault = Fault(file, 1, "", repr(content[:20]), "a file is UTF-8", remedy)
        return None, [*faults, fault]
    if not content.strip():
        rule = "a table has a header and at least one row"
        return None, [*faults, Fault(file, 1, "", "", rule, "Fill in the empty file.")]
    text = content.decode("utf-8", errors="surrogateescape")
    sheet, more = _json(file, text, columns) if file.endswith(".json") else _csv(file, text)
    if sheet is not None and not sheet.rows:
        rule, value = "a table has at least one row", ",".join(sheet.header)
        more.append(Fault(file, 1, "", value, rule, "Add the rows below the header."))
    return sheet, faults + more


def _csv(file: str, text: str) -> tuple[Sheet, list[Fault]]:
    faults = []
    written = _LINE_END.split(text)
    first = written[0]
    delimiter = next((mark for mark in ";\t|" if mark in first and "," not in first), ",")
    if delimiter != Dialect.delimiter:
        rule = f"cells are separated by commas, not by {delimiter!r}"
        faults.append(Fault(file, 1, "", first, rule, "Save the file as CSV with commas."))
    lines = csv.reader(io.StringIO(text, newline=""), Dialect, delimiter=delimiter)
    records: list[Row] = []
    start = 1
    try:
        for cells in lines:
            records.append((start, cells))
            start = lines.line_num + 1
    except csv.Error as error:
        value = written[start - 1]
        rule = f"quotes are paired ({error})"
        remedy = 'Close them, double those within: "a ""b"" c".'
        if "field limit" in str(error):
            rule, remedy = TOO_LONG
        remedy += " Later lines were not checked."
        faults.append(Fault(file, start, "", value, rule, remedy))
    faults += _undecoded(file, records[0][1] if records else [], records)
    records = [(line, [_decoded(cell) for cell in cells]) for line, cells in records]
    return Sheet(records[0][1] if records else [], records[1:]), faults


def _json(file: str, text: str, columns: Sequence[str]) -> tuple[Sheet | None, list[Fault]]:
    lines = text.split("\n")
    faults = list(_undecoded(file, [], ((n, [line]) for n, line in enumerate(lines, 1))))
    text = _decoded(text)
    try:
        entries = strict.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        rule = f"the file is JSON ({getattr(error, 'msg', error)})"
        fault = Fault(file, line, "", lines[line - 1].strip(), rule, "Correct it from here on.")
        return None, [*faults, fault]
    if not isinstance(entries, list):
        rule = "the file holds a list of objects"
        return None, [*faults, Fault(file, 1, "", lines[0], rule, "Put [ and ] around them.")]
    rows: list[Row] = []
    for line, entry in _entries(text):
        if isinstance(entry, dict):
            rows.append((line, [entry.get(column) for column in columns]))
            others = {key: value for key, value in entry.items() if key not in columns}
            faults += [Fault(file, line, *breach) for breach in works.breaches(others)]
        else:
            rule = "each entry is an object"
            faults.append(Fault(file, line, "", str(entry), rule, "Put { and } around it."))
    return Sheet(list(columns), rows), faults


def _entries(text: str) -> Iterator[tuple[int, Any]]:
    """Entries of a JSON list, each with the line it begins on."""
    decoder, between = json.JSONDecoder(), re.compile(r"[\s,]*")
    end = text.index("[") + 1
    line, counted = 1, 0
    while text[start := _end(between, text, end)] != "]":
        line, counted = line + text.count("\n", counted, start), start
        entry, end = decoder.raw_decode(text, start)
        yield line, entry


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _decoded(text: str) -> str:
    """Text with a sign in the place of each byte that is not UTF-8, which was told already."""
    return _UNDECODED.sub("\ufffd", text)


def _undecoded(file: str, header: list[str], rows: Iterable[Row]) -> Iterator[Fault]:
    """Cells with bytes that are not UTF-8, shown as Latin-1, which they mostly are."""
    for line, cells in rows:
        for column, cell in zip_longest(header, cells, fillvalue=""):
            if _UNDECODED.search(cell):
                value = cell.encode("utf-8", errors="surrogateescape").decode("latin-1").strip()
                remedy = "The file seems to be Latin-1 (Windows): save it as UTF-8."
                yield Fault(file, line, column, value, "a file is UTF-8", remedy)
