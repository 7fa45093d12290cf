"""What stands behind an exhibit: pages of the study, and the works its rows come from.

All of it follows from the rows that an exhibit is drawn from: their own source, and what the
study cites for the claims they hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

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


@dataclass(frozen=True)
class Origin:
    """What an exhibit or claim rests on, and what was done with it.

    Attributes
    ----------
    made : str
        "drawn", "recomputed" or "reconstructed"; blank for a claim that no check works out.
    pages : tuple of int
        Pages of the study; none for all of them.
    cited, others : tuple of str
        Ids of works that the study cites for it, and of works that it does not.
    claims : tuple of str
        Ids of the claims whose numbers an exhibit shows, or that are checked with them, in the
        order of the study.
    read : tuple of str
        Names of the raw tables that an exhibit is drawn from.
    """

    made: str
    pages: tuple[int, ...] = ()
    cited: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    read: tuple[str, ...] = ()


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

    def _origin(self, exhibit: Exhibit, read: tuple[str, ...], data: pd.DataFrame) -> Origin:
        """Find pages and works behind the rows that an exhibit shows.

        Works are those that the study cites for these rows, and for rows of other tables that
        these name by their key, such as the event that a partner took part in.
        """
        if "claims" in read:  # verdicts of this package on the whole study
            return Origin("recomputed", read=read)
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
        cited = dict.fromkeys(
            held.claim.cited_source
            for held in self._held
            if held.claim.cited_source and shown & held.cells
        )
        drawn = {
            (name, row) for name, frame in zip(read, rows, strict=True) for row in row_names(frame)
        }
        claims = (
            held.claim.claim
            for held in self._held
            if shown & held.cells or drawn & (held.cells | held.inputs)
        )
        named = dict.fromkeys(source for frame in rows for source in frame["source"])
        others = (source for source in named if source != "study" and source not in cited)
        is_drawn = exhibit.id in DRAWN or exhibit.design.study_number
        made = "drawn" if is_drawn else "recomputed"
        made = "reconstructed" if "tip_tiers" in read else made
        return Origin(made, tuple(sorted(pages)), tuple(cited), tuple(others), tuple(claims), read)

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


class _Held(NamedTuple):
    """A claim with rows of raw tables, each as table and row."""

    claim: Claim
    cells: set[tuple[str, str]]
    inputs: set[tuple[str, str]]


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
