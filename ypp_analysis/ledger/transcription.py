"""Is each number copied faithfully? A question apart from whether it holds.

Every claim has its number in four places: the study's words, the tokens found in them, the value
read from them, and often a raw table (column `cell` of claims). All must say the same.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from ypp_analysis.arithmetic import exclusive_rows
from ypp_analysis.coverage import find_tokens
from ypp_analysis.findings import Cell, Tables
from ypp_analysis.ledger.study import Claim, Study, read_cell
from ypp_analysis.ledger.values import LEAP_YEAR, Day, Part, Value, agree, read_printed, spell

Tokens = dict[str, list[str]]


class Difference(NamedTuple):
    """A place where a number is not what another place says it is.

    Attributes
    ----------
    claim : str
        The claim; blank for a number that is worked out from several.
    where : str
        ``study_numbers``, ``claims.value`` or ``table.row.column``.
    expected, found : str
        What should stand there, blank if no single number follows, and what does, blank if
        nothing.
    """

    claim: str
    where: str
    expected: str
    found: str


def transcription(tables: Tables) -> pd.DataFrame:
    """Compare every copy of every number of the study.

    Parameters
    ----------
    tables : mapping of str to DataFrame

    Returns
    -------
    DataFrame
        One row a disagreement, none if all are faithful: `claim` (blank for a number derived
        from several claims), `where` ("study_numbers", "claims.value" or "table.row.column"),
        `expected` and `found`, both as text; see :class:`Difference`.
    """
    study = Study(tables)
    return pd.DataFrame(differences(study), columns=list(Difference._fields))


def differences(study: Study) -> list[Difference]:
    """List the rows of :func:`transcription`."""
    tokens = printed_tokens(study)
    found = [item for claim in study.claims.values() for item in compare(study, claim, tokens)]
    lost = [name for name in study.tokens if name not in study.claims]
    found += [Difference(name, "claims", "a claim of that name", "none") for name in lost]
    return found + list(_derived(study))


def printed_tokens(study: Study) -> Tokens:
    """Number tokens in the words of every claim, and in each text that a table copies from it."""
    texts = [claim.printed for claim in study.claims.values()]
    texts += [
        _text(study.rows(table)[row][column])
        for claim in study.claims.values()
        for table, row, columns in claim.cells
        for column in columns
        if column.endswith("_printed") and row in study.rows(table)
    ]
    return tokens_of(texts)


def tokens_of(texts: Iterable[str]) -> Tokens:
    """Find the number tokens of each text."""
    lines = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    page = pd.DataFrame({"page": [1], "first_line": [1]})
    # A line of its own between two texts, for a word of scale may follow on the next line.
    found = find_tokens("\n|\n".join(lines), page)
    by_line = found.groupby("line")["token"].agg(list).to_dict()
    return {text: by_line.get(2 * number + 1, []) for text, number in lines.items()}


def compare(study: Study, claim: Claim, tokens: Tokens) -> Iterator[Difference]:
    """List what differs between the copies of one claim's number."""
    copied = study.tokens.get(claim.claim, [])
    own = tokens[claim.printed]
    if (found := [record["token"] for record in copied]) != own:
        yield Difference(claim.claim, "study_numbers", " ".join(own), " ".join(found))
    for record in copied:
        here, there = f"{claim.page} {claim.section}", f"{record['page']} {record['section']}"
        if here != there:
            where = f"study_numbers.{record['token_no']}.page"
            yield Difference(claim.claim, where, here, there)
    try:
        meant = read_printed(claim.printed, own, claim.unit)
        if meant != claim.number:
            yield Difference(claim.claim, "claims.value", spell(meant), claim.value)
    except ValueError as error:
        yield Difference(claim.claim, "claims.value", str(error), claim.value)
        return
    for table, row, columns in claim.cells:
        for place, column in enumerate(columns):
            where = f"{table}.{row}.{column}"
            try:
                item = study.cell(table, row, column)
                same = _copies(item, claim, tokens, at_start=place == 0, alone=len(columns) == 1)
                found_there = _text(item.value)
            except ValueError as error:
                same, found_there = False, str(error)
            if not same:
                yield Difference(claim.claim, where, spell(claim.number), found_there)


def _copies(item: Cell, claim: Claim, tokens: Tokens, *, at_start: bool, alone: bool) -> bool:
    """Whether a cell holds the number of a claim, or the end of it that it should."""
    value = claim.number
    if not _text(item.value):
        return False
    if item.column.endswith("_printed"):
        return tokens.get(str(item.value)) == tokens[claim.printed]
    if isinstance(item.value, dt.date):
        bound = _first_day(value[0]) if at_start else _last_day(value[-1])
        return agree(read_cell(item.value, claim.unit), (bound,))
    held = value if alone else value[:1] if at_start else value[-1:]
    if claim.unit == "date":
        return _same_years(str(item.value), held)
    return read_cell(item.value, claim.unit) == held


def _same_years(text: str, value: Value) -> bool:
    """Whether "2009/2011", "/2010" (no start given) or "2010" has the years of a date."""
    years = [str(part.year) for part in value if isinstance(part, Day)]
    start, _, end = text.partition("/")
    return [start or end, end or start] == years[:1] + years[-1:]


def _first_day(part: Part) -> Part:
    return Day(part.year, part.month or 1, part.day or 1) if isinstance(part, Day) else part


def _last_day(part: Part) -> Part:
    if not isinstance(part, Day):
        return part
    month = part.month or 12
    return Day(part.year, month, part.day or calendar.monthrange(part.year or LEAP_YEAR, month)[1])


def _derived(study: Study) -> Iterator[Difference]:
    """Hold what the tables derive against what it is derived from: counts of shares, and years."""
    yield from _derived_counts(study)
    yield from _inferred_years(study)


def _inferred_years(study: Study) -> Iterator[Difference]:
    """A collection dated without a year has that of the collection printed next."""
    rows = study.rows("petition")
    for (row, record), after in zip(rows.items(), [*rows.values()][1:], strict=False):
        if record["date_basis"] != "year_inferred":
            continue
        for column in ("date_start", "date_end"):
            day, following = record[column], after[column]
            if day is None or following is None or day.year != following.year:
                where = f"petition.{row}.{column}"
                yield Difference("", where, _text(following and following.year), _text(day))


def _derived_counts(study: Study) -> Iterator[Difference]:
    """Hold the counts of victims against the shares that they are derived from."""
    rows = study.rows("victims")
    shares = [record["share_printed"] for record in rows.values()]
    base = next(iter(rows.values()))["base_n"]
    solutions = exclusive_rows(shares, base).solutions
    counts = solutions[0] if len(solutions) == 1 else [None] * len(rows)
    for (row, record), count in zip(rows.items(), counts, strict=True):
        if record["victims_n"] != count:
            where = f"victims.{row}.victims_n"
            yield Difference("", where, _text(count), str(record["victims_n"]))


def _text(value: object) -> str:
    """A value as text; blank for none."""
    return "" if value is None else str(value)


NOT_CLAIMS = {
    "page": "place",
    "region_no": "position",
    "collection_no": "position",
    "victims_n": "derived",
    "value_n": "article",
}
"""Why a number of a raw table is none of the study's claims, by column.

place: where the row stands. position: the row's place in a list. derived: worked out here from
other numbers. article: "a coordinator", which the study prints without a number.
"""


def uncovered(tables: Tables) -> pd.DataFrame:
    """List the numbers of the raw tables that rest on the study and that no claim covers.

    Parameters
    ----------
    tables : mapping of str to DataFrame

    Returns
    -------
    DataFrame
        One row a number: `table`, `row`, `column`, `value` (as text), `reason` (a value of
        ``NOT_CLAIMS``; blank if there is none, and a claim is lacking).
    """
    study = Study(tables)
    covered = {
        (table, row, column)
        for claim in study.claims.values()
        for table, row, columns in claim.cells
        for column in columns
    }
    rows = [
        (table, row, column, str(value), NOT_CLAIMS.get(column, ""))
        for table in tables
        if "source" in tables[table]
        for row, record in study.rows(table).items()
        if record["source"] == "study"
        for column, value in record.items()
        if value != row and _is_number(column, value) and (table, row, column) not in covered
    ]
    return pd.DataFrame(rows, columns=["table", "row", "column", "value", "reason"])


_WORDS = ("_en", "_id")  # labels and descriptions, written by this project


def _is_number(column: str, value: object) -> bool:
    if isinstance(value, str):
        return not column.endswith(_WORDS) and any(map(str.isdigit, value))
    return value is not None
