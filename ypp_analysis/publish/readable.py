"""A frame put into words for readers: headings, codes, numbers and dates of a language.

The words stand in ``[tables]`` of ``texts/en.toml`` and ``texts/id.toml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from ypp_analysis.wording import LANGUAGES, texts, write

KEYS = (
    "age_group",
    "collection",
    "country_iso3",
    "event",
    "item",
    "outcome",
    "partner",
    "region",
    "section",
    "statement",
)
"""Columns of ids. ``label_en`` and ``label_id`` name the rows of the one key a frame has."""

INTERNAL = ("band_no", "point", "rule", "section_no", "verdict_no")
"""Columns that say nothing to a reader, or only the order of rows; the CSV file has them."""

UNGROUPED = ("year", "report_year", "page")
"""Columns of numbers that count nothing: 2010, not 2,010."""


def shown(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The columns for readers: names and codes in words, numbers and dates as they are.

    Parameters
    ----------
    frame : DataFrame
    lang : str
        One of :data:`ypp_analysis.wording.LANGUAGES`.

    Returns
    -------
    DataFrame
        Under the names of the frame: ``X`` holds what ``X_en`` or ``X_id`` does, a key what
        ``label_en`` or ``label_id`` does.

    Raises
    ------
    ValueError
        If a code has no word in the language.
    """
    names, known = _names(frame, lang), codes(lang)
    beside = [f"{stem}_{other}" for stem in _stems(frame) for other in LANGUAGES]
    result = frame.drop(columns=[*beside, *frame.columns.intersection(list(INTERNAL))])
    for column in result:
        if column in known and column not in names and not is_numeric_dtype(result[column]):
            result[column] = _worded(result[column], known[column], lang)
    return result.assign(**names)


def heading(column: str, lang: str) -> str:
    """The heading of a column.

    Raises
    ------
    ValueError
        If the texts have none.
    """
    known: dict[str, str] = codes(lang)["verdict"] | texts(lang)["tables"]["columns"]
    if column not in known:
        raise ValueError(
            f"Column {column!r} has no heading: add it to [tables.columns] of texts/{lang}.toml."
        )
    return known[column]


def codes(lang: str) -> dict[str, dict[str, str]]:
    """The words for the codes of each column that holds any.

    Those of the ledger's columns have their home in ``[verdicts]`` and ``[claims.rules]``.
    """
    said = texts(lang)
    return {
        **said["tables"]["codes"],
        "verdict": {name: text["label"] for name, text in said["verdicts"].items()},
        "check": said["claims"]["rules"],
    }


def write_cell(value: object, column: str, lang: str) -> str:
    """A cell as text, as the language writes it; what is missing as a dash."""
    words: dict[str, str] = texts(lang)["tables"]
    if pd.isna(value) or value == "":  # type: ignore[call-overload]
        return words["missing"]
    if isinstance(value, bool | np.bool_):
        return words["yes" if value else "no"]
    if column == "period":
        return _write_period(str(value), words)
    if column in UNGROUPED:
        return write(value, lang, "plain")
    if isinstance(value, dt.date):
        return write(value, lang, "d MMM y")
    # Worked out, it has decimals, the same in each row; given in whole percents, it has none.
    decimals = "2" if column == "power" else "1" if column.endswith("_pct") else ""
    return write(value, lang, decimals if isinstance(value, float) else "")


def _write_period(period: str, words: Mapping[str, str]) -> str:
    """An interval as ISO 8601 has it (2009/2011, or /2010 without a start) for readers."""
    start, slash, end = period.partition("/")
    if not slash:
        return period
    return f"{start}–{end}" if start else words["until"].format(end=end)


def _stems(frame: pd.DataFrame) -> list[str]:
    """What the frame names in each language: X where it has X_en and X_id."""
    english = [name.removesuffix("_en") for name in map(str, frame) if name.endswith("_en")]
    return [stem for stem in english if all(f"{stem}_{lang}" in frame for lang in LANGUAGES)]


def _names(frame: pd.DataFrame, lang: str) -> dict[str, pd.Series]:
    """The columns that hold names in the language, by the column each stands for."""
    names = {stem: frame[f"{stem}_{lang}"] for stem in _stems(frame)}
    key = next((key for key in KEYS if key in frame and key not in names), None)
    if "label" in names and key:
        names[key] = names.pop("label")
        if "parent" in frame:  # it holds keys of other rows
            names["parent"] = frame["parent"].map(dict(zip(frame[key], names[key], strict=True)))
    return names


def _worded(column: pd.Series, words: Mapping[str, str], lang: str) -> pd.Series:
    """The codes of a column in words."""
    unknown = set(column.dropna()) - set(words)
    if unknown:
        raise ValueError(
            f"No word for {min(unknown)!r} in column {column.name!r}: add it to "
            f"[tables.codes.{column.name}] of texts/{lang}.toml."
        )
    return column.map(words)
