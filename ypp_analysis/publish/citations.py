"""How to cite an exhibit or a claim: the study, its sources, and then what was made of them here.

An exhibit rests on what :mod:`.origins` finds behind it, a claim on what the study cites for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property

import pandas as pd

from ypp_analysis import __version__
from ypp_analysis.datasets import sources as shipped_sources
from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.findings import Tables
from ypp_analysis.ledger import ledger
from ypp_analysis.ledger.study import Sources
from ypp_analysis.publish.bibliography import EXPORTS, TEXT_STYLES, Work, formatted
from ypp_analysis.publish.data_tables import CLAIMS
from ypp_analysis.publish.origins import Origin, Origins
from ypp_analysis.publish.study_record import ID, File, study_record
from ypp_analysis.wording import LANGUAGES, language, texts

STYLES = (*TEXT_STYLES, *EXPORTS)
AUTHOR = {"literal": "YPP Analysis contributors"}
YEAR = 2026
"""Year of publication of this package, as in the licence; never that of today."""
BETWEEN = " | "
"""Stands between works in a citation of one line: no reference has it."""
REFERENCES = "references.json"
"""Name of the file with what :func:`reference_lists` gives."""
FILES = {"citations.bib": "bibtex", "citations.ris": "ris", "citations.json": "csl-json"}


def cite(
    id: str,
    tables: Tables,
    *,
    style: str = "apa",
    lang: str | None = None,
    study: File = None,
    sources: Sources | None = None,
) -> str:
    """Cite an exhibit or a claim with all it rests on.

    Parameters
    ----------
    id : str
        An exhibit (``ypp list``), a claim (``ypp audit``), or "claims" for the ledger.
    tables : mapping of str to DataFrame
        All raw tables.
    style : str
        One of ``STYLES``: a style for people, or a format for a reference manager.
    lang : str, optional
        Language of titles, terms and dates; see `wording.language`.
    study : path, optional
        A CSL-JSON file with what is known of the study; by default that of ``YPP_STUDY``.
    sources : mapping, optional
        CSL-JSON entries by id; by default those of the project.

    Returns
    -------
    str
        For people a line for each work and, where the study's record has gaps, one that says
        how to fill them; otherwise the content of a file.

    Raises
    ------
    ValueError
        If there is no such style, exhibit or claim, or the file does not describe one work.
    """
    if style not in STYLES:
        raise ValueError(f"{style!r} is no style of citation: choose one of {', '.join(STYLES)}.")
    library = Library(_origins(tables, sources), language(lang), study)
    works = library.works(id)
    if style in EXPORTS:
        return EXPORTS[style](works)
    lines = formatted(works, style, library.lang)
    gaps = works[0].get("note")
    return "\n".join([*lines, "", gaps] if gaps else lines) + "\n"


def references(
    tables: Tables,
    ids: Iterable[str] = DESIGNS,
    langs: Iterable[str] = LANGUAGES,
    *,
    study: File = None,
    sources: Sources | None = None,
) -> dict[tuple[str, str], str]:
    """Cite exhibits in a line each, in the style of the APA, as their figures carry it.

    Parameters
    ----------
    tables, study, sources
        As for :func:`cite`.
    ids : iterable of str
        Ids as :func:`cite` knows them; by default all exhibits.
    langs : iterable of str
        Languages; by default all.

    Returns
    -------
    dict of (str, str) to str
        By exhibit and language: the works that :func:`cite` names, in its order, with ``BETWEEN``
        between them.
    """
    origins = _origins(tables, sources)
    libraries = {lang: Library(origins, lang, study) for lang in langs}
    return {(id, lang): library.line(id) for lang, library in libraries.items() for id in ids}


def reference_lists(
    tables: Tables, *, study: File = None, sources: Sources | None = None
) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Cite every exhibit in each style that is read by people.

    Parameters
    ----------
    tables, study, sources
        As for :func:`cite`.

    Returns
    -------
    dict
        By style, language and exhibit: a line for each work, as :func:`cite` orders them.
    """
    origins = _origins(tables, sources)
    libraries = {lang: Library(origins, lang, study) for lang in LANGUAGES}
    return {
        style: {lang: _lines(library, DESIGNS, style) for lang, library in libraries.items()}
        for style in TEXT_STYLES
    }


def _lines(library: Library, ids: Iterable[str], style: str) -> dict[str, list[str]]:
    """References behind each id; many rest on the same works, and each is formatted once."""
    behind = {id: library.works(id) for id in ids}
    works = {_id(work): work for several in behind.values() for work in several}
    lines = dict(zip(works, formatted(list(works.values()), style, library.lang), strict=True))
    return {id: [lines[_id(work)] for work in several] for id, several in behind.items()}


def all_citations(
    tables: Tables,
    *,
    study: File = None,
    sources: Sources | None = None,
) -> dict[str, bytes]:
    """Gather every exhibit and every claim, in each language, with all they rest on.

    Parameters
    ----------
    tables, study, sources
        As for :func:`cite`.

    Returns
    -------
    dict of str to bytes
        Content of each of ``FILES``, by name: each work once, the study first, then the
        sources, the exhibits and the claims; and of ``REFERENCES``.

    Raises
    ------
    ValueError
        As :func:`cite`.
    """
    originals: dict[str, Work] = {}
    own: dict[str, Work] = {}
    origins = _origins(tables, sources)
    for lang in LANGUAGES:
        library = Library(origins, lang, study)
        for id in (*DESIGNS, CLAIMS, *library.claims.index):
            *works, last = library.works(id)
            originals = {work["id"]: work for work in works} | originals
            own[last["id"]] = last
    works = [originals.pop(ID), *sorted(originals.values(), key=_id), *own.values()]
    lists = reference_lists(tables, study=study, sources=sources)
    written = json.dumps(lists, indent=1, ensure_ascii=False) + "\n"
    exports = {name: EXPORTS[format](works).encode() for name, format in FILES.items()}
    return {**exports, REFERENCES: written.encode()}


def _origins(tables: Tables, sources: Sources | None) -> Origins:
    return Origins(tables, shipped_sources() if sources is None else sources)


def _id(work: Work) -> str:
    return str(work["id"])


class Library:
    """The works behind exhibits and claims, in one language.

    Parameters
    ----------
    origins : Origins
    lang : str
    study : path, optional
        As for :func:`cite`.
    """

    def __init__(self, origins: Origins, lang: str, study: File = None) -> None:
        self.origins, self.lang, self.words = origins, lang, texts(lang)["citations"]
        self.study = study_record(origins.sources["study"], self.words, study)

    def line(self, id: str) -> str:
        """The citation of an exhibit in one line, as its figures carry it."""
        return BETWEEN.join(_lines(self, [id], "apa")[id])

    def works(self, id: str) -> list[Work]:
        """The study, the sources behind the exhibit or claim, and the exhibit or claim."""
        origin, made = self._found(id)
        rests_on = [self._source(source) for source in (*origin.cited, *origin.others)]
        note = self.words["note"].format(made=made.pop("note"), study=self.study["title"])
        if rests_on:
            titles = "; ".join(work["title"] for work in rests_on)
            note += self.words["note_sources"].format(titles=titles)
        issued = {"date-parts": [[YEAR]]}
        own = {"author": [AUTHOR], "issued": issued, "language": self.lang, "note": f"{note}."}
        return [self.study, *rests_on, {**made, **own}]

    def _found(self, id: str) -> tuple[Origin, Work]:
        """What stands behind something of this package, and that itself as a work."""
        if id == CLAIMS:
            return self._ledger()
        if id in DESIGNS:
            return self._exhibit(id)
        if id in self.claims.index:
            return self._claim(id)
        near = get_close_matches(id, [CLAIMS, *DESIGNS, *self.claims.index], n=5, cutoff=0.4)
        hint = f"Near it: {', '.join(near)}." if near else "`ypp list` and `ypp audit` do."
        raise ValueError(f"No exhibit or claim is called {id!r}. {hint}")

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The ledger by claim, with the source that the study cites."""
        tables, sources = self.origins.tables, self.origins.sources
        cited = tables["claims"].set_index("claim")["cited_source"]
        return ledger(tables, self.lang, sources=sources).set_index("claim").join(cited)

    def _source(self, id: str) -> Work:
        entry = {key: value for key, value in self.origins.sources[id].items() if key != "note"}
        return {**entry, "id": f"ypp-{id}"}

    def _exhibit(self, id: str) -> tuple[Origin, Work]:
        exhibit, origin = self.origins.exhibit(id)
        made = self._reworking(origin, exhibit.design.study_number)
        return origin, {
            "id": f"ypp-figure-{id}-{self.lang}",
            "type": "figure",
            "title": f"{exhibit.words(self.lang)['title']} ({made})",
            "container-title": f"YPP Analysis {__version__}",
            "note": made,
        }

    def _reworking(self, origin: Origin, study_number: str) -> str:
        """Say what was done with what: "drawn after Diagram 1.3, page 6 of the study"."""
        kind, _, number = study_number.partition(" ")
        named = f"{self.words['kinds'][kind]} {number}" if kind else ""
        if origin.made == "reconstructed":
            key = "reconstructed_after" if named else "reconstructed"
            return str(self.words[key]).format(place=named)
        page = self._pages(origin.pages) if origin.pages else self.words["every_page"]
        place = ", ".join(part for part in (named, page) if part)
        made: str = self.words[origin.made].format(place=place)
        return made + (self.words["others"] if origin.others else "")

    def _pages(self, pages: tuple[int, ...]) -> str:
        key = "page" if len(pages) == 1 else "pages"
        return str(self.words[key]).format(pages=", ".join(map(str, pages)))

    def _ledger(self) -> tuple[Origin, Work]:
        cited, evidence = self.claims["cited_source"].dropna(), self.origins.tables["evidence"]
        named = dict.fromkeys([*cited, *evidence["source"]])
        others = tuple(source for source in named if source != "study")
        origin = Origin("recomputed", others=others)
        made = self._reworking(origin, "")
        return origin, {
            "id": f"ypp-ledger-{self.lang}",
            "type": "dataset",
            "title": f"{texts(self.lang)['tables'][CLAIMS]['title']} ({made})",
            "publisher": f"YPP Analysis {__version__}",
            "note": made,
        }

    def _claim(self, id: str) -> tuple[Origin, Work]:
        claim = self.claims.loc[id].to_dict()
        verdict = texts(self.lang)["verdicts"][claim["verdict"]]["label"]
        pages, source = (int(claim["page"]),), claim["cited_source"]
        key = "claim" if claim["check"] == "none" else "claim_recomputed"
        made = self.words[key].format(page=self._pages(pages), verdict=verdict)
        cited = (source,) if isinstance(source, str) else ()
        return Origin("" if key == "claim" else "recomputed", pages, cited), {
            "id": f"ypp-claim-{id}-{self.lang}",
            "type": "dataset",
            "title": f"{claim['statement'].removesuffix('.')} ({made})",
            "publisher": f"YPP Analysis {__version__}",
            "note": made,
        }
