"""Every text a reader sees, in English and Indonesian, with its numbers filled in.

The texts stand in ``texts/en.toml`` and ``texts/id.toml``. A number in them is a placeholder
naming a finding, and Babel writes it as the language does: ``{network_countries}`` gives 77,
``{victims_children_share:%1}`` gives 75.0% or 75,0%, ``{petition_signatures}`` gives 14,100 or
14.100. After the colon: a number of decimals, with ``%`` before it for a percentage; ``plain``
for a number without grouping, such as a year; ``words`` for a count in words ("six", "enam"), and
``Words`` where one begins a sentence; ``range`` for a period ("2009-2011"), written with a dash;
``qualified`` before any of these for a number of a row, said as the row qualifies it ("about 500").
A no-break space (U+00A0, written as an escape) keeps together what no line may divide: "Tier 2".
"""

from __future__ import annotations

import datetime as dt
import os
import re
import string
import tomllib
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from operator import index
from typing import Any, SupportsIndex

from babel.dates import format_date
from babel.numbers import format_decimal
from unicode_rbnf import RbnfEngine

from ypp_analysis.findings import Label, Tables, compute

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia"}
QUALIFIED = "qualified"


def language(lang: str | None = None) -> str:
    """The language to write in: the argument, else ``YPP_LANG``, else English.

    Raises
    ------
    ValueError
        If the language is not one of ``LANGUAGES``.
    """
    chosen = lang or os.environ.get("YPP_LANG") or "en"
    if chosen not in LANGUAGES:
        raise ValueError(
            f"{chosen!r} is no language of this project: choose one of {', '.join(LANGUAGES)}."
        )
    return chosen


def write(value: object, lang: str, spec: str = "") -> str:
    """Write a value as the language does.

    Parameters
    ----------
    value : int, float, Fraction, Decimal, str, date or Label
    lang : str
        One of ``LANGUAGES``.
    spec : str
        Decimals to show ("", "0", "1", ...), with "%" before them for a percentage, "plain" for
        no grouping, "words" or "Words" for a count in words, "range" for a period. Dates take a
        Babel pattern ("d MMM y").

    Raises
    ------
    ValueError
        If the value is of a type that no language writes.
    """
    if isinstance(value, Label):
        return value.id if lang == "id" else value.en
    if spec in ("words", "Words"):
        number = int(value) if isinstance(value, str) else int(_decimal(value))
        words = _speller(lang).format_number(number).text
        return words if spec == "words" else words.capitalize()
    if isinstance(value, str):
        return re.sub("[-/]", "–", value.lstrip("/")) if spec == "range" else value
    if isinstance(value, dt.date):
        return format_date(value, spec or "d MMMM y", locale=lang)
    percent = spec.startswith("%")
    decimals = spec.removeprefix("%")
    if decimals == "plain":
        return str(value)
    exact = _decimal(value)
    pattern = "#,##0.##"
    if decimals:
        exact = exact.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP)
        pattern = f"#,##0.{'0' * int(decimals)}" if int(decimals) else "#,##0"
    written = format_decimal(exact, pattern, locale=lang)
    return f"{written}%" if percent else written


@cache
def _speller(lang: str) -> RbnfEngine:
    """The rules of a language for numbers in words, read once."""
    return RbnfEngine.for_language(lang)


def _decimal(value: object) -> Decimal:
    """A number as a decimal, a float to the twelve digits that survive its arithmetic."""
    match value:
        case Decimal():
            return value
        case Fraction():
            return Decimal(value.numerator) / Decimal(value.denominator)
        case float():
            return Decimal(f"{value:.12g}")
        case SupportsIndex():
            return Decimal(index(value))
    raise ValueError(f"No language here writes a {type(value).__name__}: {value!r}.")


class _Filler(string.Formatter):
    """Fill ``{finding:spec}`` placeholders, from a row first and from the findings then."""

    def __init__(self, tables: Tables, lang: str, row: Mapping[str, Any] | None = None) -> None:
        self.tables, self.lang, self.row = tables, lang, row or {}

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Any) -> tuple[Any, str]:
        for name in (f"{field_name}_{self.lang}", field_name):
            if name in self.row:
                return self.row[name], field_name
        return compute(field_name, self.tables).value, field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        written = write(value, self.lang, format_spec.removeprefix(QUALIFIED))
        how = self.row["qualifier"] if format_spec.startswith(QUALIFIED) else "exact"
        if how == "exact":
            return written
        return f"{texts(self.lang)['tables']['codes']['qualifier'][how]} {written}"


def fill(text: str, tables: Tables, lang: str, row: Mapping[str, Any] | None = None) -> str:
    """Fill the placeholders of a text from a row of a frame, or from the findings.

    Raises
    ------
    ValueError
        If a placeholder names neither a column of the row nor a finding.
    """
    return _Filler(tables, lang, row).vformat(text, (), {})


def unbroken(text: str) -> str:
    """The text with no-break spaces, so that it stays on one line."""
    return text.replace(" ", "\u00a0")


def placeholders(text: str) -> list[str]:
    """Names of the findings a text asks for, in order."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


@cache
def texts(lang: str) -> dict[str, Any]:
    """All texts of one language, as the file has them, placeholders unfilled."""
    return _toml(lang)


@cache
def dictionary() -> dict[str, Any]:
    """The dictionary of the raw tables in Indonesian; the data package has it in English.

    Returns
    -------
    dict
        ``tables``: title and description by name of the table; ``fields``, ``units`` and
        ``types``: the Indonesian by the description, unit or type that the data package gives.
    """
    return _toml("dictionary-id")


def _toml(name: str) -> dict[str, Any]:
    path = resources.files("ypp_analysis") / "texts" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Words:
    """The texts of one exhibit in one language.

    Parameters
    ----------
    exhibit : str
        Id of the exhibit.
    tables : mapping of str to DataFrame
    lang : str
        One of ``LANGUAGES``.
    facts : mapping, optional
        Values of the exhibit's own that its texts may name beside the findings.
    """

    def __init__(
        self, exhibit: str, tables: Tables, lang: str, facts: Mapping[str, Any] | None = None
    ) -> None:
        self.exhibit, self.tables, self.lang = exhibit, tables, lang
        self.facts = facts or {}
        self._filled: dict[str, str] = {}

    def __getitem__(self, key: str) -> str:
        """A text of the exhibit, or else one common to all, with its numbers filled in."""
        if key not in self._filled:
            self._filled[key] = self.row(key, self.facts)
        return self._filled[key]

    def row(self, key: str, row: Mapping[str, Any]) -> str:
        """A text with placeholders for the columns of a row, filled from that row."""
        own, common = texts(self.lang)["exhibits"][self.exhibit], texts(self.lang)["common"]
        known = {"study": common["study"], **row}
        return fill(own.get(key) or common[key], self.tables, self.lang, known)

    def label(self, row: Mapping[str, Any], column: str = "label") -> str:
        """The label of a row in the language."""
        return str(row[f"{column}_{self.lang}"])

    def number(self, value: object, spec: str = "") -> str:
        """A number as the language writes it; see :func:`write`."""
        return write(value, self.lang, spec)
