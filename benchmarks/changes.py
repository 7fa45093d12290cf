"""What is changed: every number of the raw tables in turn, and every row.

Each number is changed by one digit at each place, by each two neighbouring digits swapped, and by
one unit more; a number word gives way to the next, a rank to every other; each row is dropped.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from ypp_analysis.datasets import register
from ypp_analysis.datasets.reading import Dialect, read
from ypp_analysis.datasets.validation import validate
from ypp_analysis.ledger.values import TIERS
from ypp_analysis.project import shipped_dir

KINDS = ("digit", "swap", "unit", "word", "rank", "row")
SEED = "mutation"
SLUG = "[a-z0-9][a-z0-9-]*"
PROSE = {"note", "locator", "cell"}
"""Columns of words and links; so are those that end with a language."""
SEQUENCES = (
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas",
    "pertama kedua ketiga keempat kelima keenam",
    "puluhan ratusan ribuan jutaan",
    "setengah seperempat",
    "one two three four five six seven eight nine ten eleven twelve",
    "first second third",
)
NEXT = {word: other for line in SEQUENCES for word, other in pairwise(line.split())}


class Mutation(NamedTuple):
    """One change: a row dropped (`column` is blank), or a cell that holds `new` instead."""

    table: str
    row: int
    column: str
    kind: str
    new: str


class Raw:
    """The raw tables as they are written, every change of them, and the rules each must obey."""

    def __init__(self) -> None:
        folder = shipped_dir()
        self.register = {table.name: table for table in register.own(folder)}
        self.texts: dict[str, list[list[str]]] = {}
        for name, table in self.register.items():
            content = (folder / table.path).read_bytes()
            sheet, _ = read(table.path, content, self.columns(name))
            assert sheet is not None
            self.texts[name] = [[cell or "" for cell in cells] for _, cells in sheet.rows]

    def columns(self, table: str) -> list[str]:
        """Columns of a table."""
        return [field["name"] for field in self.register[table].fields]

    def number_columns(self, table: str) -> list[str]:
        """Columns of a table whose cells may hold a number."""
        keys = {name for key in self.register[table].foreign_keys for name in key["fields"]}
        return [
            field["name"]
            for field in self.register[table].fields
            if field["type"] != "string"
            or not (
                table == "sources"
                or field.get("constraints", {}).get("pattern") == SLUG
                or field["name"] in keys | PROSE
                or field["name"].endswith(("_en", "_id"))
            )
        ]

    def mutations(self, table: str) -> Iterator[Mutation]:
        """Every change of a table, the same at every run."""
        columns, numbers = self.columns(table), self.number_columns(table)
        for row, cells in enumerate(self.texts[table]):
            yield Mutation(table, row, "", "row", "")
            for column, text in zip(columns, cells, strict=True):
                if column in numbers:
                    changes = dict.fromkeys(changed_texts(text, f"{SEED} {table} {row} {column}"))
                    yield from (Mutation(table, row, column, *change) for change in changes)

    def faulty(self, table: str, mutations: Sequence[Mutation]) -> set[Mutation]:
        """Those that break a rule of the register: of a cell, or of a key."""
        broken = {one for one in mutations if self._breaks_key(one)}
        cells = [one for one in mutations if one.column and table != "sources"]
        if cells:
            # All changed rows as one file: each stands on its line, and its faults with it.
            lines = io.StringIO()
            writer = csv.writer(lines, Dialect)
            writer.writerow(self.columns(table))
            writer.writerows(self.changed_row(one) for one in cells)
            known = self.register[table]
            for fault in validate((known,), {known.path: lines.getvalue().encode()}):
                if not fault.rule.startswith("a key stands once"):  # of the whole table: above
                    broken.add(cells[(fault.line or 0) - 2])
        return broken

    def changed_row(self, mutation: Mutation) -> list[str]:
        """The cells of the changed row, as text."""
        cells = list(self.texts[mutation.table][mutation.row])
        cells[self.columns(mutation.table).index(mutation.column)] = mutation.new
        return cells

    def row_name(self, mutation: Mutation) -> str:
        """The name of the row, as the records have it."""
        table = self.register[mutation.table]
        return "/".join(self.keys(mutation.table, table.primary_key)[mutation.row])

    def _breaks_key(self, mutation: Mutation) -> bool:
        """Whether a key then stands twice, or something then refers to nothing."""
        table = self.register[mutation.table]
        own = self.keys(mutation.table, table.primary_key)
        old = own[mutation.row]
        new = None
        if mutation.column:
            columns, cells = self.columns(mutation.table), self.changed_row(mutation)
            new = tuple(cells[columns.index(name)] for name in table.primary_key)
            if new != old and new in own:
                return True
            for key in table.foreign_keys:
                values = tuple(cells[columns.index(name)] for name in key["fields"])
                reference = key["reference"]
                if "" not in values and mutation.column in key["fields"]:
                    known = self.keys(reference["resource"], reference["fields"])
                    if values not in known:
                        return True
        return new != old and old in self._referred(mutation.table)

    def keys(self, table: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
        """Cells of some columns, a row each."""
        places = [self.columns(table).index(name) for name in columns]
        name = f"{table} {columns}"
        if name not in self._known_keys:
            self._known_keys[name] = [
                tuple(cells[place] for place in places) for cells in self.texts[table]
            ]
        return self._known_keys[name]

    @cached_property
    def _known_keys(self) -> dict[str, list[tuple[str, ...]]]:
        return {}

    def _referred(self, table: str) -> set[tuple[str, ...]]:
        return {
            values
            for name, other in self.register.items()
            for key in other.foreign_keys
            if key["reference"]["resource"] == table
            for values in self.keys(name, key["fields"])
        }

    def value(self, mutation: Mutation) -> Any:
        """The new value of a changed cell, as the records have it."""
        fields = self.register[mutation.table].fields
        return typed(next(f for f in fields if f["name"] == mutation.column), mutation.new)


def typed(field: Mapping[str, Any], text: str) -> Any:
    """A cell as the records have it; a blank one is None."""
    kinds: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "number": Fraction,
        "date": dt.date.fromisoformat,
        "string": str,
    }
    return kinds[field["type"]](text) if text else None


def changed_texts(text: str, seed: str) -> Iterator[tuple[str, str]]:
    """Kind and result of every change of the numbers in a cell."""
    draw = random.Random(seed)
    if text in TIERS:
        yield from (("rank", other) for other in TIERS if other != text)
        return
    for run in re.finditer("[0-9]+", text):
        digits, wrong = run[0], []
        for place, old in enumerate(digits):
            digit = draw.choice([other for other in "0123456789" if other != old])
            wrong.append(("digit", digits[:place] + digit + digits[place + 1 :]))
        for place, (one, two) in enumerate(pairwise(digits)):
            if one != two:
                wrong.append(("swap", digits[:place] + two + one + digits[place + 2 :]))
        wrong.append(("unit", str(int(digits) + 1).zfill(len(digits))))
        for kind, other in wrong:
            yield kind, text[: run.start()] + other + text[run.end() :]
    for word in re.finditer(r"\w+", text.lower()):
        if word[0] in NEXT:
            yield "word", text[: word.start()] + NEXT[word[0]] + text[word.end() :]
