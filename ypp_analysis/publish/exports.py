"""Works as files for reference managers: BibTeX, RIS, CSL-JSON.

What is not known is left out, for the reader to fill in. Nothing of what a work says about its
making is in a field that a style prints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from ypp_analysis.publish.bibliography import GAPS, Work

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
    "thesis": ("mastersthesis", "THES"),
    "webpage": ("misc", "ELEC"),
}
HOLDER = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
"""What BibTeX calls the whole that a work is part of."""
ISSUER = {"techreport": "institution", "mastersthesis": "school", "phdthesis": "school"}
"""What BibTeX calls the publisher of some kinds of works."""
LANGUAGES = {"en": "english", "id": "indonesian"}
"""What BibTeX calls a language."""


def csl_json(works: Sequence[Work]) -> str:
    """Write works as CSL-JSON, for Zotero and pandoc."""
    entries = [{"annote" if key == GAPS else key: work[key] for key in work} for work in works]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def bibtex(works: Sequence[Work]) -> str:
    """Write works as BibTeX, in UTF-8; titles keep their capitals.

    What is not known of a work stands in a comment before it.
    """
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field, ImplicitComment
    from bibtexparser.writer import BibtexFormat

    entries: list[Block] = []
    for work in works:
        kind = _bibtex_kind(work)
        if GAPS in work:
            entries.append(ImplicitComment(f"% {work[GAPS]}"))
        fields = [Field(name, text) for name, text in _bibtex_fields(work, kind).items() if text]
        entries.append(Entry(kind, work["id"], fields))
    layout = BibtexFormat()
    layout.indent = "  "
    layout.block_separator = "\n"
    return write_string(Library(entries), bibtex_format=layout)


def _bibtex_kind(work: Work) -> str:
    """The type of an entry, "misc" where what BibTeX demands of its type is not known."""
    kind = TYPES.get(work["type"], ("misc", ""))[0]
    if kind == "article":  # else it would print "in ()"
        return kind if work.get("container-title") else "misc"
    if kind == "techreport":
        year = _date(work.get("issued"))[0]
        return kind if year and not _range(work.get("issued")) and _issuer(work) else "misc"
    if kind == "mastersthesis":  # a skripsi is one by its field "type", and no PhD thesis
        genre = str(work.get("genre", ""))
        doctoral = re.search("phd|doctor|doktor|disert|dissert", genre, re.IGNORECASE)
        return ("phdthesis" if doctoral else kind) if genre else "misc"
    return kind


def _issuer(work: Work) -> str:
    """Who published a report: where that is not said, the organisation that wrote it."""
    literal = [name["literal"] for name in work.get("author", ()) if "literal" in name]
    return str(work.get("publisher") or " and ".join(literal))


def _bibtex_fields(work: Work, kind: str) -> dict[str, str]:
    """Fields of an entry; an address stays as it is, for it is printed verbatim."""
    latex = _latex()
    year, month, _ = _date(work.get("issued"))
    holder, publisher = work.get("container-title", ""), work.get("publisher", "")
    if kind == "techreport":
        publisher = _issuer(work)
    elif kind == "misc":  # it has no field for a publisher
        holder, publisher = ", ".join(part for part in (holder, publisher) if part), ""
    fields = {
        "author": " and ".join(_bibtex_name(name, latex) for name in work.get("author", ())),
        "key": "" if work.get("author") else latex(work.get("title", "")),
        "title": f"{{{latex(work.get('title', ''))}}}",
        "type": latex(str(work.get("genre", ""))) if kind.endswith("thesis") else "",
        HOLDER.get(kind, "howpublished"): latex(holder),
        ISSUER.get(kind, "publisher"): latex(publisher),
        "address": latex(work.get("publisher-place", "")),
        "date": _range(work.get("issued")),
        "year": "" if _range(work.get("issued")) else year,
        "month": month.lstrip("0"),
        "volume": latex(str(work.get("volume", ""))),
        "number": latex(str(work.get("issue", ""))),
        "pages": latex(str(work.get("page", ""))).replace("–", "--"),
        "doi": work.get("DOI", ""),
        "url": work.get("URL", ""),
        "urldate": "-".join(part for part in _date(work.get("accessed")) if part),
        "langid": LANGUAGES.get(work.get("language", ""), ""),
        "annote": latex(work.get("annote", "")),
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
        "notes": [work[key] for key in ("annote", GAPS) if key in work],
    }


def _ris_name(name: dict[str, str]) -> str:
    parts = [name[part] for part in ("family", "given") if part in name]
    return name.get("literal") or ", ".join(parts)


def _date(date: Any) -> tuple[str, str, str]:
    """Year, month and day of a CSL date, two digits for the latter, "" for what it lacks."""
    parts = [f"{int(part):02}" for part in (date or {}).get("date-parts", [[]])[0]]
    year, month, day = (*parts, "", "", "")[:3]
    return year, month, day


def _range(date: Any) -> str:
    """Years from and to, as biblatex has them; BibTeX knows none. Blank for a single date."""
    years = [str(parts[0]) for parts in (date or {}).get("date-parts", [])]
    return "/".join(years) if len(years) > 1 else ""


EXPORTS: dict[str, Callable[[Sequence[Work]], str]] = {
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}
"""Formats for reference managers."""
