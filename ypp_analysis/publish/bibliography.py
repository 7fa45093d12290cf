"""Works as references: formatted by a citation style, or as a file for a reference manager.

A work is a dict as CSL-JSON has it. The styles stand in ``styles/``, unchanged, so that a
reference is the same with every later edition of their collection.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

Work = dict[str, Any]

TEXT_STYLES = {
    "apa": "apa",
    "chicago": "chicago-author-date",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}
"""Name of the CSL file of each style that is read by people."""
LOCALES = {"en": "en-US", "id": "id-ID"}
BRITISH = {"harvard"}
"""Styles whose English is that of Britain."""
CSL = "{http://purl.org/net/xbiblio/csl}"
TYPES = {  # CSL: BibTeX, RIS
    "article": ("article", "JOUR"),
    "article-journal": ("article", "JOUR"),
    "article-magazine": ("article", "MGZN"),
    "article-newspaper": ("article", "NEWS"),
    "book": ("book", "BOOK"),
    "chapter": ("incollection", "CHAP"),
    "dataset": ("misc", "DATA"),
    "figure": ("misc", "FIGURE"),
    "paper-conference": ("inproceedings", "CPAPER"),
    "report": ("techreport", "RPRT"),
    "thesis": ("phdthesis", "THES"),
    "webpage": ("misc", "ELEC"),
}
HOLDER = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
"""What BibTeX calls the whole that a work is part of."""
ISSUER = {"techreport": "institution", "phdthesis": "school"}
"""What BibTeX calls the publisher of some kinds of works."""


def formatted(works: Sequence[Work], style: str, lang: str) -> list[str]:
    """Format works as the entries of a list of references, in the order given.

    Parameters
    ----------
    works : sequence of dict
        CSL-JSON, with ids that differ.
    style : str
        One of ``TEXT_STYLES``.
    lang : str
        Language of terms and dates: a key of ``LOCALES``.

    Returns
    -------
    list of str
        Plain text, one for each work.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.formatter import plain
    from citeproc.source.json import CiteProcJSON

    items = [_prepared(work, lang) for work in works]
    bibliography = CitationStylesBibliography(_style(style, lang), CiteProcJSON(items), plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [_punctuated(str(entry)) for entry in bibliography.bibliography()]


@cache
def _style(style: str, lang: str) -> CitationStylesStyle:
    """A style in a language, with what the processor does not know of told another way."""
    from citeproc import CitationStylesStyle

    locale = "en-GB" if lang == "en" and style in BRITISH else LOCALES[lang]
    file = resources.files("ypp_analysis.publish") / "styles" / f"{TEXT_STYLES[style]}.csl"
    with file.open("rb") as content:
        found = CitationStylesStyle(content, locale=locale, validate=False)
    # It would shorten pages 1-13 to 1-3. So they stand as the work has them.
    found.root.attrib.pop("page-range-format", None)
    # It overlooks initialize="false" and would shorten given names that are to be spelt out.
    initials = found.root.attrib.pop("initialize-with", None)
    for name in found.root.iter(f"{CSL}name"):
        if initials and name.get("initialize") != "false" and "initialize-with" not in name.attrib:
            name.set("initialize-with", initials)
    return found


def _prepared(work: Work, lang: str) -> Work:
    """A work for the processor, which capitalises the titles of works not in another language.

    Only in English references is that the custom, and not for an ending in parentheses.
    """
    item = _led_by_a_name(_without(work, "note"))
    if lang != "en":
        item["language"] = lang
    if "title" in item:
        item["title"] = re.sub(r"\(.+\)$", r'<span class="nocase">\g<0></span>', item["title"])
    return item


def _led_by_a_name(work: Work) -> Work:
    """A work without an author under the name of who published it, or else under its title.

    The processor prints the title twice where a style puts it in the place of the author.
    """
    if work.get("author"):
        return dict(work)
    for key in ("publisher", "container-title", "title"):
        if key in work:
            named = {**_without(work, key), "author": [{"literal": work[key]}]}
            return {**named, "type": "webpage"} if key == "container-title" else named
    return dict(work)


def _without(work: Work, key: str) -> Work:
    return {name: value for name, value in work.items() if name != key}


def _punctuated(entry: str) -> str:
    """Points and commas inside closing quotes, as both locales ask and the processor does not."""
    return re.sub(r"”([.,])", r"\1”", entry).replace("..”", ".”")


def csl_json(works: Sequence[Work]) -> str:
    """Write works as CSL-JSON, for Zotero and pandoc."""
    return json.dumps(list(works), ensure_ascii=False, indent=1) + "\n"


def bibtex(works: Sequence[Work]) -> str:
    """Write works as BibTeX, in UTF-8; titles keep their capitals."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field
    from bibtexparser.writer import BibtexFormat

    entries: list[Block] = []
    for work in works:
        kind = TYPES.get(work["type"], ("misc", ""))[0]
        fields = [Field(name, text) for name, text in _bibtex_fields(work, kind).items() if text]
        entries.append(Entry(kind, work["id"], fields))
    layout = BibtexFormat()
    layout.indent = "  "
    layout.block_separator = "\n"
    return write_string(Library(entries), bibtex_format=layout)


def _bibtex_fields(work: Work, kind: str) -> dict[str, str]:
    """Fields of an entry; an address stays as it is, for it is printed verbatim."""
    latex = _latex()
    year, month, _ = _date(work.get("issued"))
    holder, publisher = work.get("container-title", ""), work.get("publisher", "")
    if kind == "misc":  # it has no field for a publisher
        holder, publisher = ", ".join(part for part in (holder, publisher) if part), ""
    fields = {
        "author": " and ".join(_bibtex_name(name, latex) for name in work.get("author", ())),
        "title": f"{{{latex(work.get('title', ''))}}}",
        HOLDER.get(kind, "howpublished"): latex(holder),
        ISSUER.get(kind, "publisher"): latex(publisher),
        "address": latex(work.get("publisher-place", "")),
        "year": year,
        "month": month.lstrip("0"),
        "volume": latex(str(work.get("volume", ""))),
        "number": latex(str(work.get("issue", ""))),
        "pages": latex(str(work.get("page", ""))).replace("–", "--"),
        "doi": work.get("DOI", ""),
        "url": work.get("URL", ""),
        "urldate": "-".join(part for part in _date(work.get("accessed")) if part),
        "language": {"en": "english", "id": "indonesian"}.get(work.get("language", ""), ""),
        "note": latex(work.get("note", "")),
    }
    return {name: text for name, text in fields.items() if text}


def _bibtex_name(name: dict[str, str], latex: Callable[[str], str]) -> str:
    if "literal" in name:
        return f"{{{latex(name['literal'])}}}"
    return ", ".join(latex(name[part]) for part in ("family", "given") if part in name)


@cache
def _latex() -> Callable[[str], str]:
    """Escape what LaTeX reads as a command; letters beyond ASCII it reads as they are."""
    from pylatexenc.latexencode import (
        RULE_DICT,
        UnicodeToLatexConversionRule,
        UnicodeToLatexEncoder,
        get_builtin_uni2latex_dict,
    )

    ascii_only = {code: text for code, text in get_builtin_uni2latex_dict().items() if code < 128}
    rule = UnicodeToLatexConversionRule(RULE_DICT, ascii_only)
    encoder = UnicodeToLatexEncoder(
        conversion_rules=[rule], unknown_char_policy="keep", unknown_char_warning=False
    )
    escape: Callable[[str], str] = encoder.unicode_to_latex
    return escape


def ris(works: Sequence[Work]) -> str:
    """Write works as RIS, for EndNote, Mendeley and Zotero."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:
            """No running number before an entry: it is no part of the format."""
            return ""

    records = [{key: value for key, value in _ris_record(work).items() if value} for work in works]
    written: str = rispy.dumps(records, implementation=Writer)
    return written.rstrip("\n") + "\n"


def _ris_record(work: Work) -> dict[str, Any]:
    year, month, day = _date(work.get("issued"))
    first, _, last = str(work.get("page", "")).replace("–", "-").partition("-")
    return {
        "type_of_reference": TYPES.get(work["type"], ("", "GEN"))[1],
        "id": work["id"],
        "authors": [_ris_name(name) for name in work.get("author", ())],
        "title": work.get("title"),
        "secondary_title": work.get("container-title"),
        "year": year,
        "date": f"{year}/{month}/{day}" if month else "",
        "volume": str(work.get("volume", "")),
        "number": str(work.get("issue", "")),
        "start_page": first,
        "end_page": last,
        "publisher": work.get("publisher"),
        "place_published": work.get("publisher-place"),
        "doi": work.get("DOI"),
        "urls": [work["URL"]] if "URL" in work else [],
        "access_date": "/".join(part for part in _date(work.get("accessed")) if part),
        "language": work.get("language"),
        "notes": [work["note"]] if "note" in work else [],
    }


def _ris_name(name: dict[str, str]) -> str:
    parts = [name[part] for part in ("family", "given") if part in name]
    return name.get("literal") or ", ".join(parts)


def _date(date: Any) -> tuple[str, str, str]:
    """Year, month and day of a CSL date, two digits for the latter, "" for what it lacks."""
    parts = [f"{int(part):02}" for part in (date or {}).get("date-parts", [[]])[0]]
    year, month, day = (*parts, "", "", "")[:3]
    return year, month, day


EXPORTS: dict[str, Callable[[Sequence[Work]], str]] = {
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}
"""Formats for reference managers."""
