"""What stands behind an exhibit: pages of the study, and the works its rows come from.

All of it follows from the rows that an exhibit is drawn from: their own source, and what the
study cites for the claims they hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from ypp_analysis.exhibit_data import COUNTRY
from ypp_analysis.exhibits import Exhibit
from ypp_analysis.findings import Reads, Tables
from ypp_analysis.ledger.checks import check_claim
from ypp_analysis.ledger.study import Claim, Sources, Study, row_names

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
SERIES = "usdos-tip"
"""The work that stands for all years of a series of reports."""


@dataclass(frozen=True)
class Origin:
    """What an exhibit or claim rests on, and what was done with it.

    Attributes
    ----------
    made : str
        "drawn", "recomputed" or "reconstructed"; of a claim "recomputed", "checked" where no
        value is worked out, or "printed" where nothing is compared.
    pages : tuple of int
        Pages of the study; none for all of them.
    cited, others : tuple of str
        Ids of works that the study cites for it, and of works that it does not.
    read : tuple of str
        Names of the raw tables that an exhibit is drawn from.
    behind : tuple of str
        Names of the raw tables that this depends on.
    years : tuple of int
        Years of ``SERIES`` that are shown, where it is among the works.
    """

    made: str
    pages: tuple[int, ...] = ()
    cited: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


class Origins:
    """Exhibits of some tables with what stands behind them, each worked out once.

    Parameters
    ----------
    tables : mapping of str to DataFrame
    sources : mapping
        CSL-JSON entries by id.
    """

    def __init__(self, tables: Tables, sources: Sources) -> None:
        self.tables, self.sources = tables, sources
        self._known: dict[str, tuple[Exhibit, Origin]] = {}

    def exhibit(self, id: str) -> tuple[Exhibit, Origin]:
        """An exhibit and what stands behind it."""
        if id not in self._known:
            reads = Reads(self.tables)
            exhibit = Exhibit(id, reads)
            data = exhibit.data
            self._known[id] = exhibit, self._origin(exhibit, tuple(reads.names), data)
        return self._known[id]

    def claims(self, id: str) -> list[str]:
        """Ids of the claims whose numbers an exhibit shows, or that are checked with them."""
        exhibit, origin = self.exhibit(id)
        if "claims" in origin.read:
            return []
        rows = _rows(self.tables, origin.read, exhibit.data)
        drawn = {
            (name, row)
            for name, frame in zip(origin.read, rows, strict=True)
            for row in row_names(frame)
        }
        shown = self._shown(rows)
        return [
            held.claim.claim
            for held in self._held
            if shown & held.cells or drawn & (held.cells | held.inputs)
        ]

    def _origin(self, exhibit: Exhibit, read: tuple[str, ...], data: pd.DataFrame) -> Origin:
        """Find pages and works behind the rows that an exhibit shows.

        Works are those that the study cites for these rows, and for rows of other tables that
        these name by their key, such as the event that a partner took part in.
        """
        if "claims" in read:  # verdicts of this package on the whole study
            return replace(self.ledger, read=read, behind=read)
        if "tip_tiers" in read:
            return self._tiers(read, data)
        rows = _rows(self.tables, read, data)
        own = (frame["page"].dropna() for frame in _own(rows) if "page" in frame)
        pages = {int(page) for found in own for page in found}
        shown = self._shown(rows)
        cited = dict.fromkeys(
            held.claim.cited_source
            for held in self._held
            if held.claim.cited_source and shown & held.cells
        )
        named = dict.fromkeys(source for frame in rows for source in frame["source"])
        others = (source for source in named if source != "study" and source not in cited)
        is_drawn = exhibit.id in DRAWN or exhibit.design.study_number
        made = "drawn" if is_drawn else "recomputed"
        behind = dict.fromkeys([*read, *(table for table, _ in shown), "claims", "sources"])
        return Origin(
            made, tuple(sorted(pages)), tuple(cited), tuple(others), read, tuple(sorted(behind))
        )

    @cached_property
    def ledger(self) -> Origin:
        """What all claims rest on: what the study cites, and what they were held against."""
        study = Study(self.tables, self.sources)
        cited = [claim.cited_source for claim in study.claims.values() if claim.cited_source]
        held = [record["source"] for id in study.claims for record in study.evidence[id]]
        named = dict.fromkeys(source for source in held if source not in ("study", *cited))
        return Origin("recomputed", cited=tuple(dict.fromkeys(cited)), others=tuple(named))

    def _tiers(self, read: tuple[str, ...], data: pd.DataFrame) -> Origin:
        """What ranks rest on: the series of reports, and the data sets that state them.

        The hundred copies of single chapters and pages on them are left to `tip_witnesses`.
        """
        ranks, stated = self.tables["tip_tiers"], self.tables["tip_witnesses"]
        years = sorted(map(int, data["report_year"]))
        shown = ranks[(ranks["country_iso3"] == COUNTRY) & ranks["report_year"].isin(years)]
        by = stated[
            (stated["country_iso3"] == COUNTRY)
            & stated["report_year"].isin(years)
            & (stated["relation"] == "states")
        ]
        sets = (id for id in by["source"] if self.sources[id]["type"] == "dataset")
        others = tuple(dict.fromkeys([*shown["source"], *sets]))
        behind = (*read, "sources", "tip_witnesses")
        return Origin("reconstructed", others=others, read=read, behind=behind, years=tuple(years))

    def _shown(self, rows: list[pd.DataFrame]) -> set[tuple[str, str]]:
        """Rows of any table, as table and key, that rows from the study are or name."""
        return {
            (name, str(value))
            for frame in _own(rows)
            for name, key in self._keys.items()
            if key in frame
            for value in frame[key].dropna()
        }

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The first column of each table, its key."""
        return {name: str(frame.columns[0]) for name, frame in self.tables.items()}

    @cached_property
    def _held(self) -> list[_Held]:
        """Each claim, with the rows that hold its number and those that it is checked with.

        Of counted lists no cell holds the number: there it is the rows that were counted.
        """
        study = Study(self.tables, self.sources)
        found = []
        for claim in study.claims.values():
            inputs = {(cell.table, cell.row) for cell in check_claim(study, claim).inputs}
            cells = {(table, row) for table, row, _ in claim.cells}
            found.append(_Held(claim, inputs if claim.kind == "list_count" else cells, inputs))
        return found


def _own(rows: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """The rows of each frame that stand in the study itself."""
    return [frame[frame["source"] == "study"] for frame in rows]


class _Held(NamedTuple):
    """A claim with rows of raw tables, each as table and row."""

    claim: Claim
    cells: set[tuple[str, str]]
    inputs: set[tuple[str, str]]


def _rows(tables: Tables, read: tuple[str, ...], data: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of each table that a frame was made of, told by the first column, their key.

    Its values stand in the frame, or in another table that names them, or in the frame under
    another name; otherwise all rows count.
    """
    rows, anywhere = [], [*data.to_numpy().flat]
    for name in read:
        frame, key = tables[name], tables[name].columns[0]
        naming = [data, *(tables[other] for other in read if other != name)]
        values = next((other[key] for other in naming if key in other), anywhere)
        found = frame[frame[key].isin(values)]
        rows.append(frame if found.empty else found)
    return rows
