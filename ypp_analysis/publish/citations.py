"""How to cite an exhibit or a claim: the study, its sources, and then what was made of them here.

Which works stand behind an exhibit follows from the rows it is drawn from: their own source, and
what the study cites for the claims they hold. A claim rests on what the study cites for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import pandas as pd

from ypp_analysis import __version__
from ypp_analysis.datasets import sources as shipped_sources
from ypp_analysis.exhibits import DESIGNS, Exhibit
from ypp_analysis.findings import Tables
from ypp_analysis.ledger import ledger
from ypp_analysis.ledger.checks import check_claim
from ypp_analysis.ledger.study import Sources, Study
from ypp_analysis.publish.bibliography import EXPORTS, TEXT_STYLES, Work, formatted
from ypp_analysis.publish.study_record import ID, File, study_record
from ypp_analysis.wording import LANGUAGES, language, texts

STYLES = (*TEXT_STYLES, *EXPORTS)
AUTHOR = {"literal": "YPP Analysis contributors"}
YEAR = 2026
"""Year of publication of this package, as in the licence; never that of today."""
DRAWN = {
    "network-growth",
    "joint-statistics",
    "reach",
    "timeline",
    "programme-logic",
    "partners",
    "countries",
}
"""Exhibits that show what the sources give as they give it, beside those the study has itself."""
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
        An exhibit (``ypp list``) or a claim (``ypp audit``).
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
    library = Library(tables, language(lang), study, sources)
    works = library.works(id)
    if style in EXPORTS:
        return EXPORTS[style](works)
    lines = formatted(works, style, library.lang)
    gaps = works[0].get("note")
    return "\n".join([*lines, "", gaps] if gaps else lines) + "\n"


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
        sources, the exhibits and the claims.

    Raises
    ------
    ValueError
        As :func:`cite`.
    """
    originals: dict[str, Work] = {}
    own: dict[str, Work] = {}
    for lang in LANGUAGES:
        library = Library(tables, lang, study, sources)
        for id in (*DESIGNS, *library.claims.index):
            *works, last = library.works(id)
            originals = {work["id"]: work for work in works} | originals
            own[last["id"]] = last
    works = [originals.pop(ID), *sorted(originals.values(), key=_id), *own.values()]
    return {name: EXPORTS[format](works).encode() for name, format in FILES.items()}


def _id(work: Work) -> str:
    return str(work["id"])


@dataclass(frozen=True)
class Origin:
    """What an exhibit or claim rests on: pages of the study, and works, by their ids."""

    pages: tuple[int, ...] = ()
    cited: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Library:
    """The works behind exhibits and claims, in one language."""

    def __init__(
        self,
        tables: Tables,
        lang: str,
        study: File = None,
        sources: Sources | None = None,
    ) -> None:
        self.tables, self.lang, self.file = tables, lang, study
        self.sources = shipped_sources() if sources is None else sources
        self.words = texts(lang)["citations"]

    def works(self, id: str) -> list[Work]:
        """The study, the sources behind the exhibit or claim, and the exhibit or claim."""
        if id not in DESIGNS and id not in self.claims.index:
            near = get_close_matches(id, [*DESIGNS, *self.claims.index], n=5, cutoff=0.4)
            hint = f"Near it: {', '.join(near)}." if near else "`ypp list` and `ypp audit` do."
            raise ValueError(f"No exhibit or claim is called {id!r}. {hint}")
        origin, made = self._exhibit(id) if id in DESIGNS else self._claim(id)
        rests_on = [self._source(source) for source in (*origin.cited, *origin.others)]
        note = self.words["note"].format(made=made.pop("note"), study=self.study["title"])
        if rests_on:
            titles = "; ".join(work["title"] for work in rests_on)
            note += self.words["note_sources"].format(titles=titles)
        issued = {"date-parts": [[YEAR]]}
        own = {"author": [AUTHOR], "issued": issued, "language": self.lang, "note": f"{note}."}
        return [self.study, *rests_on, {**made, **own}]

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The ledger by claim, with the source that the study cites."""
        cited = self.tables["claims"].set_index("claim")["cited_source"]
        return ledger(self.tables, self.lang, sources=self.sources).set_index("claim").join(cited)

    @cached_property
    def study(self) -> Work:
        """The study, with what is missing in square brackets."""
        return study_record(self.sources["study"], self.words, self.file)

    @cached_property
    def _cited(self) -> list[tuple[str, set[tuple[str, str]]]]:
        """Each source the study cites for a claim, with the rows of tables that hold the claim.

        Of counted lists no cell holds the number: there it is the rows that were counted.
        """
        study = Study(self.tables, self.sources)
        found = []
        for claim in study.claims.values():
            cells = {(table, row) for table, row, _ in claim.cells}
            if claim.kind == "list_count":
                cells = {(cell.table, cell.row) for cell in check_claim(study, claim).inputs}
            if claim.cited_source:
                found.append((claim.cited_source, cells))
        return found

    def _source(self, id: str) -> Work:
        entry = {key: value for key, value in self.sources[id].items() if key != "note"}
        return {**entry, "id": f"ypp-{id}"}

    def _exhibit(self, id: str) -> tuple[Origin, Work]:
        reads = _Reads(self.tables)
        exhibit = Exhibit(id, reads, lang=self.lang)
        data, names = exhibit.data, tuple(reads.names)
        # An exhibit of the ledger shows verdicts of this package on the whole study, no source.
        is_verdict = "claims" in names
        origin = Origin() if is_verdict else self._origin(names, data)
        made = self._reworking(id, origin, "tip_tiers" in names and not is_verdict)
        return origin, {
            "id": f"ypp-figure-{id}-{self.lang}",
            "type": "figure",
            "title": f"{exhibit.title} ({made})",
            "container-title": f"YPP Analysis {__version__}",
            "note": made,
        }

    def _origin(self, read: tuple[str, ...], data: pd.DataFrame) -> Origin:
        """Find pages and works behind the rows that an exhibit shows.

        Works are those that the study cites for these rows, and for rows of other tables that
        these name by their key, such as the event that a partner took part in.
        """
        rows = _rows(self.tables, read, data)
        from_study = [frame[frame["source"] == "study"] for frame in rows]
        pages = {int(page) for frame in from_study if "page" in frame for page in frame["page"]}
        keys = {name: frame.columns[0] for name, frame in self.tables.items()}
        shown = {
            (name, str(value))
            for frame in from_study
            for name, key in keys.items()
            if key in frame
            for value in frame[key].dropna()
        }
        cited = dict.fromkeys(source for source, cells in self._cited if shown & cells)
        named = dict.fromkeys(source for frame in rows for source in frame["source"])
        others = (source for source in named if source != "study" and source not in cited)
        return Origin(tuple(sorted(pages)), tuple(cited), tuple(others))

    def _reworking(self, id: str, origin: Origin, is_reconstructed: bool) -> str:
        """Say what was done with what: "drawn after Diagram 1.3, page 6 of the study"."""
        kind, _, number = DESIGNS[id].study_number.partition(" ")
        named = f"{self.words['kinds'][kind]} {number}" if kind else ""
        if is_reconstructed:
            key = "reconstructed_after" if named else "reconstructed"
            return str(self.words[key]).format(place=named)
        page = self._pages(origin.pages) if origin.pages else self.words["every_page"]
        place = ", ".join(part for part in (named, page) if part)
        made: str = self.words["drawn" if named or id in DRAWN else "recomputed"]
        return made.format(place=place) + (self.words["others"] if origin.others else "")

    def _pages(self, pages: tuple[int, ...]) -> str:
        key = "page" if len(pages) == 1 else "pages"
        return str(self.words[key]).format(pages=", ".join(map(str, pages)))

    def _claim(self, id: str) -> tuple[Origin, Work]:
        claim = self.claims.loc[id].to_dict()
        verdict = texts(self.lang)["verdicts"][claim["verdict"]]["label"]
        pages, source = (int(claim["page"]),), claim["cited_source"]
        key = "claim" if claim["check"] == "none" else "claim_recomputed"
        made = self.words[key].format(page=self._pages(pages), verdict=verdict)
        return Origin(pages, (source,) if isinstance(source, str) else ()), {
            "id": f"ypp-claim-{id}-{self.lang}",
            "type": "dataset",
            "title": f"{claim['statement'].removesuffix('.')} ({made})",
            "publisher": f"YPP Analysis {__version__}",
            "note": made,
        }


class _Reads(Mapping[str, pd.DataFrame]):
    """Tables that remember which of them were read."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.names: dict[str, None] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.names[name] = None
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)


def _rows(tables: Tables, read: tuple[str, ...], data: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of each table that a frame was made of, told by the first column, their key.

    Its values stand in the frame, or in another table that names them; otherwise all rows count.
    """
    rows = []
    for name in read:
        frame, key = tables[name], tables[name].columns[0]
        naming = [data, *(tables[other] for other in read if other != name)]
        values = next((other[key] for other in naming if key in other), frame[key])
        rows.append(frame[frame[key].isin(values)])
    return rows
