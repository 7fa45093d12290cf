"""Works as references for people, formatted by a citation style.

A work is a dict as CSL-JSON has it. The styles stand in ``styles/``, unchanged, so that a
reference is the same with every later edition of their collection.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ypp_analysis.publish.csl_styles import style as loaded

Work = dict[str, Any]

GAPS = "gaps"
"""Key, beside those of CSL, of a sentence that says what is not known of a work."""
UNPRINTED = ("note", "annote", GAPS)
"""What stands in the files of reference managers, and in no list of references."""
WORDS = {"id": {"[Dataset]": "[Kumpulan data]"}}
"""What the processor's terms of a language leave in English."""
SINGLE_QUOTES = ("harvard",)
"""Styles with single quotes and stops outside them, whatever the language."""


def formatted(works: Sequence[Work], style: str, lang: str) -> list[str]:
    """Format works as the entries of a list of references, in the order given.

    Parameters
    ----------
    works : sequence of dict
        CSL-JSON, with ids that differ.
    style : str
        One of ``csl_styles.TEXT_STYLES``.
    lang : str
        Language of terms and dates: a key of ``csl_styles.LOCALES``.

    Returns
    -------
    list of str
        Plain text, one for each work.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.formatter import plain
    from citeproc.source.json import CiteProcJSON

    items = [_prepared(work, lang) for work in works]
    bibliography = CitationStylesBibliography(loaded(style, lang), CiteProcJSON(items), plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    entries = [_punctuated(str(entry)) for entry in bibliography.bibliography()]
    if style in SINGLE_QUOTES:
        entries = [_single_quoted(entry) for entry in entries]
    for there, here in WORDS.get(lang, {}).items():
        entries = [entry.replace(there, here) for entry in entries]
    return entries


def _prepared(work: Work, lang: str) -> Work:
    """A work for the processor, which capitalises the titles of works not in another language.

    Only in English references is that the custom, and not for an ending in parentheses.
    """
    item = {key: value for key, value in work.items() if key not in UNPRINTED}
    if lang != "en":
        item["language"] = lang
    if "title" in item:
        item["title"] = re.sub(r"\(.+\)$", r'<span class="nocase">\g<0></span>', item["title"])
    return item


def _punctuated(entry: str) -> str:
    """Points and commas inside closing quotes, as both locales ask and the processor does not.

    Apostrophes are typographic, and an address without a date stands bare: "Retrieved" and no
    day is neither English nor APA.
    """
    entry = re.sub(r"”([.,])", r"\1”", entry).replace("..”", ".”")
    entry = re.sub(r"\b(Retrieved|Diambil) (?=https?://)", "", entry)
    before, address, after = re.fullmatch(r"(.*?)((?:https?://\S+)?)(.*)", entry).groups()  # type: ignore[union-attr]
    return "".join((_curled(before), address, _curled(after)))


def _curled(text: str) -> str:
    """Apostrophes as printers set them."""
    return re.sub(r"(?<=\w)'", "’", text)


def _single_quoted(entry: str) -> str:
    """Single quotes, with stops after them."""
    entry = re.sub(r"([.,])”", r"”\1", entry)
    return entry.replace("“", "\u2018").replace("”", "\u2019")
