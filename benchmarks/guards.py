"""Who notices a change of the raw tables, when nobody looks at the registered hash."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from benchmarks.changes import SEED, Mutation, Raw
from ypp_analysis.datasets import load_all
from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.ledger import uncovered, words
from ypp_analysis.ledger.checks import check_claim
from ypp_analysis.ledger.rules import power
from ypp_analysis.ledger.study import Record, Study
from ypp_analysis.ledger.transcription import differences
from ypp_analysis.ledger.verdicts import RULES, Case, judge

GUARDS = {
    "rules": "a rule of the register: type, range, form, key, reference to another table",
    "transcription": "two copies of the number differ, or a derived count does not fit",
    "uncovered": "a number of the study is left without a claim",
    "verdict": "a claim gets another verdict than the published ledger has",
    "stop": "the ledger cannot be worked out, and ends in an error",
    "working": "a claim keeps its verdict, but the published ledger shows another working",
    "exhibit": "the numbers published behind an exhibit are others",
}
"""What can notice a change, apart from the registered hash.

The first three tell a wrong table by itself; the others compare with what is published, as
``ypp verify`` does. Where a rule is broken the tables do not load, and no other guard is asked.
"""
LANG = "en"
COPIED = ("printed", "value")
LEDGER_EXHIBITS = {"verdicts", "power"}
"""Exhibits of the ledger itself, which the guards before them compare."""


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
        words.formula_text(case.check, claim.unit, study, LANG),
        case.power,
        words.power_text(case, claim.unit, LANG),
        len(study.evidence[name]),
        RULES[rule].verdict,
        rule,
        words.why_text(rule, claim, case, study, LANG),
        words.not_shown_text(claim, LANG),
    )


class Sweep:
    """The study in memory, changed in one place at a time."""

    def __init__(self) -> None:
        self.raw = Raw()
        self.frames = load_all()
        self.study = Watched(self.frames)
        self.stops: list[tuple[Mutation, Exception]] = []
        for name in ("seen", "published", "readers", "transcribed", "exhibits", "copies"):
            getattr(self, name)  # worked out while nothing is changed

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

    @cached_property
    def copies(self) -> set[tuple[str, str, str]]:
        """Table, row and column of every copy of a number that is a claim of the study."""
        found = {
            (table, row, column)
            for claim in self.study.claims.values()
            for table, row, columns in claim.cells
            for column in columns
        }
        found |= {("claims", name, column) for name in self.study.claims for column in COPIED}
        return found | {
            ("study_numbers", str(record["token_no"]), "token")
            for records in self.study.tokens.values()
            for record in records
        }

    def is_copy(self, mutation: Mutation) -> bool:
        """Whether a copy of a number that is a claim is changed, or a row with one dropped."""
        key = self.raw.row_name(mutation)
        if mutation.column:
            return (mutation.table, key, mutation.column) in self.copies
        return any((table, row) == (mutation.table, key) for table, row, _ in self.copies)

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
            table in names and mutation.column in self.raw.register[table].primary_key
        ):
            frames = {**self.frames, table: self.changed_frame(mutation)}
            found |= _noticed("uncovered", lambda: uncovered(frames)["reason"].eq("").any())
        return found or _noticed("exhibit", lambda: self._redrawn(mutation))

    def _judged(self, mutation: Mutation, names: Iterable[str]) -> set[str]:
        found = set()
        for name in names:
            if name not in self.study.claims:
                return {"verdict"}  # which the published ledger has
            try:
                now = see(self.study, name)
            except Exception as error:  # whatever it is, no ledger is published
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
            record = {**before[key], mutation.column: self.raw.value(mutation)}
            primary = self.raw.register[mutation.table].primary_key
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
        value = self.raw.value(mutation)
        if isinstance(value, Fraction):
            value = float(value)
        if isinstance(value, dt.date):
            value = pd.Timestamp(value)
        frame = frame.copy()
        frame.loc[mutation.row, mutation.column] = value
        return frame


def _noticed(guard: str, works: Callable[[], bool]) -> set[str]:
    """The guard, if it notices; an error that it raises tells as much."""
    try:
        return {guard} if works() else set()
    except ValueError:
        return {guard}


def sweep(*, copies: float = 1, others: float = 1) -> pd.DataFrame:
    """Make every change, or a fixed draw of them, and list who notices it.

    Parameters
    ----------
    copies, others : float
        Part that is made, table by table, of the changes of copies of the study's claims, and
        of all others.

    Returns
    -------
    DataFrame
        One row a change: the fields of `Mutation`; whether it is one of a copy of a number that
        is a claim of the study (`copy`); and a column of true and false for each of ``GUARDS``;
        all are false where nothing but the hash notices.
    """
    rows = _rows(Sweep(), {True: copies, False: others})
    return pd.DataFrame(rows, columns=[*Mutation._fields, "copy", *GUARDS])


def _rows(tables: Sweep, parts: Mapping[bool, float]) -> Iterator[tuple[object, ...]]:
    for table in tables.raw.register:
        draw = random.Random(f"{SEED} {table}")
        some = [
            one for one in tables.raw.mutations(table) if draw.random() < parts[tables.is_copy(one)]
        ]
        faulty = tables.raw.faulty(table, some)
        for one in some:
            found = {"rules"} if one in faulty else tables.guards(one)
            yield *one, tables.is_copy(one), *(guard in found for guard in GUARDS)
