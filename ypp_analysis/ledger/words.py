"""What the ledger says of a claim, in the language of the reader.

The sentences stand in ``texts/*.toml`` under ``[claims]``; here they are chosen and filled from
what was computed. Nothing is worded for a single claim but its statement.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from ypp_analysis.arithmetic import rounded_interval
from ypp_analysis.findings import Tables
from ypp_analysis.ledger.rules import Check, Reading
from ypp_analysis.ledger.study import Claim, Record, Study
from ypp_analysis.ledger.transcription import Difference
from ypp_analysis.ledger.values import LEAP_YEAR, Clock, Day, Part, Value, read_value, slips
from ypp_analysis.ledger.verdicts import Case
from ypp_analysis.wording import fill, texts, write

REPORTED = ("ngo-joint-statistics-2011",)
QUOTED = ("equality-now-cambodia",)
ESTIMATED = ("spiegel-2005", "sherescuehome-facts")
SIZES = ("countries", "regions", "governments", "groups", "organisations", "companies")
NOT_SHOWN: dict[str, Callable[[Claim], bool]] = {
    "rank": lambda claim: claim.unit == "tier",
    "reported": lambda claim: claim.cited_source in REPORTED,
    "quoted": lambda claim: claim.cited_source in QUOTED,
    "estimate": lambda claim: claim.cited_source in ESTIMATED,
    "signatures": lambda claim: claim.unit == "signatures",
    "size": lambda claim: claim.unit in SIZES,
    "period": lambda claim: claim.unit in ("date", "clock", "hours") or claim.kind == "duration",
    "visitors": lambda claim: "outcomes.festival-visitors." in claim.cell,
    "people": lambda claim: claim.unit in ("people", "years"),
    "other": lambda _: True,
}
"""What a claim does not show, by its unit and source: the first that applies."""

_NO_TABLES: Tables = {}


def say(text: str, lang: str, row: Mapping[str, Any]) -> str:
    """Fill a text from a row and nothing else."""
    return fill(text, _NO_TABLES, lang, row)


def value_text(value: Value, unit: str, lang: str) -> str:
    """Write a value as the language does: "20-22 November 2010", "1.5 hours", "75%"."""
    parts = [_part_text(part, lang) for part in value]
    first, last = value[0], value[-1]
    if isinstance(first, Day) and isinstance(last, Day) and _days_of_one_month(first, last):
        parts[0] = str(first.day)  # the month and year follow after the last day
    text = "–".join(dict.fromkeys(parts))
    if unit in ("hours", "USD"):  # named beside their number
        return say(texts(lang)["claims"][unit], lang, {"value": text})
    return f"{text}%" if unit == "percent" else text


def _days_of_one_month(first: Day, last: Day) -> bool:
    return first.day != last.day and (first.year, first.month) == (last.year, last.month)


def _part_text(part: Part, lang: str) -> str:
    if isinstance(part, Day):
        given = zip(("d", "MMMM", "y"), reversed(part), strict=True)
        pattern = " ".join(sign for sign, field in given if field is not None)
        return write(dt.date(part.year or LEAP_YEAR, part.month or 1, part.day or 1), lang, pattern)
    if isinstance(part, Clock):
        return str(part).replace(":", "." if lang == "id" else ":")
    return write(part, lang)


def printed_text(claim: Claim, lang: str) -> str:
    """Write the number of a claim as the language does, a number word of the study as a word.

    Words that are no plain number ("ratusan ribu") stand under ``[claims.words]`` in the texts.
    In English every other number word is written in figures.
    """
    words = texts(lang)["claims"]
    if not claim.value:
        return say(words["name"], lang, {"printed": claim.printed})
    if claim.printed in words["words"]:
        return str(words["words"][claim.printed])
    in_words = lang == "id" and claim.unit != "hours" and not re.search(r"\d", claim.printed)
    return claim.printed.lower() if in_words else value_text(claim.number, claim.unit, lang)


def statement_text(claim: Claim, lang: str) -> str:
    """Fill the statement of a claim with its number."""
    number = printed_text(claim, lang)
    if claim.unit == "tier":
        number = number.removeprefix("Tier ")  # the statement says "Tier" itself
    column = "statement_id" if lang == "id" else "statement_en"
    try:
        return say(getattr(claim, column), lang, {"printed": number})
    except ValueError as error:
        raise ValueError(
            f"Claim {claim.claim!r} in claims.csv: its {column} cannot be filled in. "
            "Write {printed} where the number stands, and no other braces."
        ) from error


_NAME = re.compile(r"\{(\w+)\.([^{}]+)\}")
_DATE = re.compile(r"(?<![\d-])(?:\d{4}|-(?=-\d))(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?(?!\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
YEARS = ("older_source", "source_date", "equal")
"""Rules whose workings have years among their numbers."""


def formula_text(check: Check, unit: str, study: Study, lang: str) -> str:
    """Give the working of a check as the language writes it, with the names it stands for."""
    pieces = _NAME.split(check.formula)  # figures, table, row, figures, table, row, ...
    told = [_figures_text(figures, check, unit, lang) for figures in pieces[::3]]
    places = zip(pieces[1::3], pieces[2::3], strict=True)
    names = [_name_text(table, row, study, lang) for table, row in places]
    return "".join(part for pair in zip_longest(told, names, fillvalue="") for part in pair)


def _figures_text(figures: str, check: Check, unit: str, lang: str) -> str:
    """Write numbers, dates and signs; the text has no names in it."""
    if unit == "date":
        return _DATE.sub(lambda found: _date_text(found[0], lang), figures)
    if check.rule not in YEARS:
        figures = _NUMBER.sub(lambda found: write(Fraction(found[0]), lang), figures)
    figures = re.sub(r"(?<=\d)-(?=\d)", "–", figures)  # from one number to another
    return re.sub(r"-(?=[ \d])", "−", figures)


def _date_text(text: str, lang: str) -> str:
    return value_text(read_value(text, "date"), "date", lang)


def _name_text(table: str, row: str, study: Study, lang: str) -> str:
    """Name a row of a raw table, or give the words that a working has of its own."""
    if table == "words":
        return str(texts(lang)["claims"]["workings"][row])
    record = study.rows(table).get(row, {})
    name = record.get(f"label_{lang}") or record.get("token")
    return str(name or (source_text(record["source"], study) if record else row))


def power_text(case: Case, unit: str, lang: str) -> str:
    """Say how many slips of the pen a check would have caught."""
    words = texts(lang)["claims"]
    if case.check.rule == "none":
        return str(words["power_none"])
    if case.power is None:
        return str(words["power_name"])
    wrong = len(slips(case.value, unit))
    return say(words["power"], lang, {"caught": int(case.power * wrong), "slips": wrong})


def reading_text(reading: Reading, lang: str) -> str:
    """Say what a reading is, and what the claim stands for under it."""
    words = say(texts(lang)["claims"]["readings"][reading.name], lang, {"base": reading.base})
    if reading.low is None or reading.high is None:
        return words
    ends: Value = (reading.low, reading.high)
    value = value_text(tuple(dict.fromkeys(ends)), "", lang)
    return say(texts(lang)["claims"]["reading"], lang, {"words": words, "value": value})


def source_text(source: str, study: Study) -> str:
    """Name a source: its first author, else who published it, else its title; and its year."""
    entry = study.sources.get(source, {})
    author: Mapping[str, str] = next(iter(entry.get("author", [])), {})
    name = author.get("literal") or author.get("family") or entry.get("publisher")
    name = name or str(entry.get("title", source)).strip("[]")
    year = study.issued(source)
    return f"{name}, {year}" if year and str(year) not in name else name


def found_text(record: Record, lang: str) -> str:
    """The value that a source has, in the language."""
    return str(record["value_found_id" if lang == "id" else "value_found"])


def evidence_text(record: Record, study: Study, lang: str) -> str:
    """Say what one source outside the study has."""
    row = {
        "source": source_text(record["source"], study),
        "value": found_text(record, lang),
        "note": record[f"note_{lang}"],
    }
    return say(texts(lang)["claims"]["found"], lang, row)


def why_text(rule: str, claim: Claim, case: Case, study: Study, lang: str) -> str:
    """Say in a sentence or two why a verdict was given."""
    words, check = texts(lang)["claims"], case.check
    records = study.evidence[claim.claim]
    decisive = [record for record in records if rule == _RELATIONS.get(record["relation"])]
    context = [record for record in records if record["relation"] == "context"]
    row = {
        "value": printed_text(claim, lang),
        "rule": words["rules"][check.rule],
        "formula": formula_text(check, claim.unit, study, lang),
        "recomputed": recomputed_text(check, claim, lang),
        "power": power_text(case, claim.unit, lang),
        "found": " ".join(evidence_text(record, study, lang) for record in decisive),
        "context": " ".join(evidence_text(record, study, lang) for record in context),
        "readings": ". ".join(reading_text(reading, lang) for reading in check.readings),
        "others": ", ".join(value_text(held.value, claim.unit, lang) for held in check.repeats),
    }
    told = [words["why"][_why_key(rule, case)]]
    if rule in _RELATIONS.values() and check.rule == "older_source":
        told.append(words["why"]["source_is_older"])
    if context:
        told.append(words["context"])
    return say(" ".join(told), lang, row)


_RELATIONS = {
    "contradicts": "evidence_contradicts",
    "refines": "evidence_refines",
    "supports": "evidence_supports",
}


def _why_key(rule: str, case: Case) -> str:
    """Which text of ``[claims.why]`` fits: a check may fail in three ways."""
    if rule == "no_check" and case.check.formula:
        return "no_check_working"
    if rule != "check_fails":
        return rule
    if case.check.rule == "repeat" or case.check.passes(case.value):
        return "check_fails_repeat"
    return "check_fails" if case.check.expected is not None else "check_fails_bound"


def recomputed_text(check: Check, claim: Claim, lang: str) -> str:
    """Write the value that a check works out; blank if it works none out."""
    return "" if check.expected is None else value_text(check.expected, claim.unit, lang)


def not_shown_text(claim: Claim, lang: str) -> str:
    """Say what a claim does not show, whatever its verdict."""
    words = texts(lang)["claims"]["not_shown"]
    found = [words[next(key for key, applies in NOT_SHOWN.items() if applies(claim))]]
    if claim.qualifier in BOUNDS:
        found.append(words["bound"])
    elif rounding(claim) is not None:
        found.append(words["rounded"])
    return " ".join(found)


BOUNDS = ("more_than", "less_than", "at_least")


def rounding(claim: Claim) -> tuple[int, int] | None:
    """What a number that the study calls approximate may be rounded from.

    None for a range, a date, and a number that is printed to its last digit for all that.
    """
    if claim.qualifier != "about" or len(claim.number) > 1:
        return None
    (number,) = claim.number
    if not isinstance(number, int):
        return None
    low, high = rounded_interval(number)
    return (low, high) if low < high else None


def transcription_text(found: Iterable[Difference], lang: str) -> str:
    """Say whether a number is copied faithfully, and what differs."""
    told = [difference_text(item, lang) for item in found]
    return "; ".join(told) or str(texts(lang)["claims"]["faithful"])


def difference_text(item: Difference, lang: str) -> str:
    """Say where two copies of a number differ, and how."""
    words = texts(lang)["claims"]
    row = {**item._asdict(), "found": item.found or words["blank"]}
    return say(words["differs" if item.expected else "differs_open"], lang, row)
