"""Change every number of the raw tables in turn, and see what notices.

Every cell that holds a number is changed by one digit at each place, by each two neighbouring
digits swapped and by one unit more; a number word gives way to the next; a rank to every other;
and every row is dropped. No guard may look at the registered hash, which any change breaks.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from ypp_analysis.datasets import load_all, register
from ypp_analysis.datasets.reading import Dialect, read
from ypp_analysis.datasets.validation import validate
from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.ledger import uncovered, words
from ypp_analysis.ledger.checks import check_claim
from ypp_analysis.ledger.rules import power
from ypp_analysis.ledger.study import Record, Study
from ypp_analysis.ledger.transcription import differences
from ypp_analysis.ledger.values import TIERS
from ypp_analysis.ledger.verdicts import RULES, Case, judge
from ypp_analysis.project import shipped_dir

GUARDS = {
    "rules": "a rule of the register: type, range, form, key, reference to another table",
    "transcription": "two copies of the number differ, or a derived count does not fit",
    "uncovered": "a number of the study is left without a claim",
    "verdict": "a claim gets another verdict than the published ledger has",
    "stop": "the ledger cannot be worked out, and says so",
    "working": "a claim keeps its verdict, but the published ledger shows another working",
    "exhibit": "the numbers published behind an exhibit are others",
}
"""What can notice a change, apart from the registered hash.

The first three tell a wrong table by itself; the others compare with what is published, as
``ypp verify`` does. Where a rule is broken the tables do not load, and no other guard is asked.
"""
KINDS = ("digit", "swap", "unit", "word", "rank", "row")
SEED = "mutation"
LANG = "en"
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
NEXT = {a: b for line in SEQUENCES for a, b in zip(line.split(), line.split()[1:], strict=False)}
LEDGER_EXHIBITS = {"verdicts", "power"}
"""Exhibits of the ledger itself, which the guards before them compare."""

Cells = Sequence[str]


class Mutation(NamedTuple):
    """One change: a row dropped (`column` is blank), or a cell that holds `new` instead."""

    table: str
    row: int
    column: str
    kind: str
    new: str


class Seen(NamedTuple):
    """What the ledger makes of a claim: its verdict, and all that the rest rests on."""

    verdict: str
    working: tuple[object, ...]


class Watched(Study):
    """The study as records, which notes what tables are read."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        super().__init__(tables)
        self.read: set[str] = set()

    def rows(self, table: str) -> dict[str, Record]:
        """Records of a table, as of `Study`."""
        self.read.add(table)
        return super().rows(table)

    def forget(self) -> None:
        """Drop what was worked out from the records."""
        for name in ("claims", "evidence", "tokens"):
            vars(self).pop(name, None)

    def reads(self, work: Callable[[], object]) -> set[str]:
        """Tables that some work reads."""
        self.forget()
        self.read = set()
        work()
        return self.read


class _Noting(dict[str, pd.DataFrame]):
    """Frames by name, which note what is asked for."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        super().__init__(tables)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.read.add(name)
        return super().__getitem__(name)


def case_of(study: Study, name: str) -> Case:
    """What the verdict of a claim rests on, as the ledger puts it together."""
    claim = study.claims[name]
    check = check_claim(study, claim)
    strength = None if check.rule == "none" else power(check, claim.number, claim.unit)
    relations = frozenset(record["relation"] for record in study.evidence[name])
    return Case(claim.number, check, strength, relations)


def see(study: Study, name: str) -> Seen:
    """Judge one claim as the ledger does, without wording it."""
    case = case_of(study, name)
    check, rule = case.check, judge(case)
    worked = (rule, check.rule, check.formula, check.expected, check.readings, check.repeats)
    evidence = [tuple(record.values()) for record in study.evidence[name]]
    return Seen(RULES[rule].verdict, (study.claims[name], case.power, *worked, *evidence))


def shown(study: Study, name: str) -> tuple[object, ...]:
    """The columns of the published ledger, but for the one on the copies of the number."""
    claim, case = study.claims[name], case_of(study, name)
    rule = judge(case)
    return (
        claim.claim,
        claim.page,
        claim.section,
        words.statement_text(claim, LANG),
        claim.printed,
        claim.qualifier,
        claim.unit,
        claim.kind,
        case.check.rule,
        words.recomputed_text(case.check, claim, LANG),
        words.formula_text(case.check, LANG),
        case.power,
        words.power_text(case, claim.unit, LANG),
        len(study.evidence[name]),
        RULES[rule].verdict,
        rule,
        words.why_text(rule, claim, case, study, LANG),
        words.not_shown_text(claim, LANG),
    )


class Sweep:
    """The raw tables, each change of them, and the guards that notice it."""

    def __init__(self) -> None:
        self.frames = load_all()
        folder = shipped_dir()
        self.register = {table.name: table for table in register.own(folder)}
        self.texts: dict[str, list[list[str]]] = {}
        for name, table in self.register.items():
            columns = [field["name"] for field in table.fields]
            sheet, _ = read(table.path, (folder / table.path).read_bytes(), columns)
            assert sheet is not None
            self.texts[name] = [[cell or "" for cell in cells] for _, cells in sheet.rows]
        self.study = Watched(self.frames)
        self.stops: list[tuple[Mutation, Exception]] = []
        for name in ("seen", "published", "readers", "transcribed", "exhibits"):
            getattr(self, name)  # worked out while nothing is changed

    # What is changed

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

    # Guards

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

    def _breaks_key(self, mutation: Mutation) -> bool:
        """Whether a key then stands twice, or something then refers to nothing."""
        table = self.register[mutation.table]
        own = self._keys(mutation.table, table.primary_key)
        old = own[mutation.row]
        new = None
        if mutation.column:
            columns, cells = self.columns(mutation.table), self.changed_row(mutation)
            new = tuple(cells[columns.index(name)] for name in table.primary_key)
            if new == old:
                new = old
            elif new in own:
                return True
            for key in table.foreign_keys:
                values = tuple(cells[columns.index(name)] for name in key["fields"])
                reference = key["reference"]
                if "" not in values and mutation.column in key["fields"]:
                    known = self._keys(reference["resource"], reference["fields"])
                    if values not in known:
                        return True
        return new != old and old in self._referred(mutation.table)

    def _keys(self, table: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
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
            for values in self._keys(name, key["fields"])
        }

    @cached_property
    def seen(self) -> dict[str, Seen]:
        """What the ledger publishes of every claim."""
        return {name: see(self.study, name) for name in self.study.claims}

    @cached_property
    def published(self) -> dict[str, tuple[object, ...]]:
        """The row of every claim in the published ledger."""
        return {name: shown(self.study, name) for name in self.study.claims}

    @cached_property
    def readers(self) -> dict[str, list[str]]:
        """Claims whose verdict rests on a table, by table."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.seen:
            for table in self.study.reads(lambda name=name: see(self.study, name)):
                found[table].append(name)
        return found

    @cached_property
    def transcribed(self) -> set[str]:
        """Tables that the comparison of copies reads."""
        return self.study.reads(lambda: differences(self.study))

    @cached_property
    def exhibits(self) -> dict[str, dict[str, pd.DataFrame]]:
        """Numbers behind every exhibit, by table that it rests on."""
        found: dict[str, dict[str, pd.DataFrame]] = defaultdict(dict)
        for name in DESIGNS.keys() - LEDGER_EXHIBITS:
            noting = _Noting(self.frames)
            data = DESIGNS[name].frame(noting)
            for table in noting.read:
                found[table][name] = data
        return found

    def guards(self, mutation: Mutation) -> set[str]:
        """Guards that notice a change which breaks no rule of the register."""
        table = mutation.table
        readers = self.readers.get(table, [])
        found = set()
        if table in self.transcribed or readers:
            with self.changed(mutation) as study:
                found |= _noticed("transcription", lambda: bool(differences(study)))
                found |= self._judged(mutation, readers)
        names = {name for one in self.study.claims.values() for name, _, _ in one.cells}
        if (table == "claims" and not mutation.column) or (
            table in names and mutation.column in self.register[table].primary_key
        ):
            frames = {**self.frames, table: self.changed_frame(mutation)}
            found |= _noticed("uncovered", lambda: uncovered(frames)["reason"].eq("").any())
        return found | _noticed("exhibit", lambda: self._redrawn(mutation)) if not found else found

    def _judged(self, mutation: Mutation, names: Iterable[str]) -> set[str]:
        found = set()
        for name in names:
            if name not in self.study.claims:
                return {"verdict"}  # which the published ledger has
            try:
                now = see(self.study, name)
            except Exception as error:
                self.stops.append((mutation, error))
                return {"stop"}
            if now.verdict != self.seen[name].verdict:
                return {"verdict"}
            if now != self.seen[name] and shown(self.study, name) != self.published[name]:
                found.add("working")
        return found

    def _redrawn(self, mutation: Mutation) -> bool:
        before = self.exhibits.get(mutation.table, {})
        frames = {**self.frames, mutation.table: self.changed_frame(mutation)} if before else {}
        return any(not DESIGNS[name].frame(frames).equals(data) for name, data in before.items())

    # The changed tables

    @contextmanager
    def changed(self, mutation: Mutation) -> Iterator[Study]:
        """The study with one change, for as long as the context lasts."""
        records = self.study.rows(mutation.table)
        before = dict(records)
        names = list(before)
        if mutation.column:
            key = names[mutation.row]
            field = self._field(mutation)
            record = {**before[key], mutation.column: typed(field, mutation.new)}
            primary = self.register[mutation.table].primary_key
            if mutation.column in primary:
                key = "/".join(str(record[name]) for name in primary)
            names[mutation.row] = key
            after = dict(zip(names, [*before.values()], strict=True)) | {key: record}
        else:
            after = {name: record for name, record in before.items() if name != names[mutation.row]}
        try:
            records.clear()
            records.update(after)
            self.study.forget()
            yield self.study
        finally:
            records.clear()
            records.update(before)
            self.study.forget()

    def changed_frame(self, mutation: Mutation) -> pd.DataFrame:
        """The changed table as a frame."""
        frame = self.frames[mutation.table]
        if not mutation.column:
            return frame.drop(index=mutation.row).reset_index(drop=True)
        value = typed(self._field(mutation), mutation.new)
        frame = frame.copy()
        frame.loc[mutation.row, mutation.column] = (
            float(value) if isinstance(value, Fraction) else value
        )
        return frame

    def _field(self, mutation: Mutation) -> dict[str, Any]:
        fields = self.register[mutation.table].fields
        return next(field for field in fields if field["name"] == mutation.column)


def _noticed(guard: str, works: Callable[[], bool]) -> set[str]:
    """The guard, if it notices; an error that it raises tells as much."""
    try:
        return {guard} if works() else set()
    except ValueError:
        return {guard}


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
        for place, (one, two) in enumerate(zip(digits, digits[1:], strict=False)):
            if one != two:
                wrong.append(("swap", digits[:place] + two + one + digits[place + 2 :]))
        wrong.append(("unit", str(int(digits) + 1).zfill(len(digits))))
        for kind, other in wrong:
            yield kind, text[: run.start()] + other + text[run.end() :]
    for word in re.finditer(r"\w+", text.lower()):
        if word[0] in NEXT:
            yield "word", text[: word.start()] + NEXT[word[0]] + text[word.end() :]


def sweep(share: float = 1) -> pd.DataFrame:
    """Make every change, or a fixed draw of them, and list who notices it.

    Parameters
    ----------
    share : float
        Part of the changes that is made, by table.

    Returns
    -------
    DataFrame
        One row a change: the fields of `Mutation`, and a column of true and false for each of
        ``GUARDS``; all are false where nothing but the hash notices.
    """
    return pd.DataFrame(_rows(Sweep(), share), columns=[*Mutation._fields, *GUARDS])


def _rows(tables: Sweep, share: float) -> Iterator[tuple[object, ...]]:
    for table in tables.register:
        every = list(tables.mutations(table))
        draw = random.Random(f"{SEED} {table}")
        some = every if share == 1 else draw.sample(every, max(1, round(share * len(every))))
        faulty = tables.faulty(table, some)
        for one in some:
            found = {"rules"} if one in faulty else tables.guards(one)
            yield *one, *(guard in found for guard in GUARDS)


_ = Counter
