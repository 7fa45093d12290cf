"""Tables to work with: a frame, the words that belong to it, and how it reads in a language.

:mod:`.table_formats` writes them as files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from ypp_analysis.exhibit_data import claim_counts, verdicts
from ypp_analysis.exhibits import Exhibit
from ypp_analysis.findings import Tables
from ypp_analysis.ledger import ledger
from ypp_analysis.ledger.study import Sources
from ypp_analysis.publish import readable
from ypp_analysis.wording import Words, fill, texts

DIGITS = 10
CLAIMS = "claims"
"""Id of the table of all claims."""
READ = ["claim", "page", "statement", "printed", "verdict", "why"]
"""Columns of the ledger that fit a page; the others are for spreadsheets and programs."""


def to_csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV: UTF-8, commas, LF, dates as in ISO 8601, floats to ten digits."""
    text = frame.to_csv(
        index=False, lineterminator="\n", date_format="%Y-%m-%d", float_format=f"%.{DIGITS}g"
    )
    return text.encode("utf-8")


@dataclass(frozen=True)
class Table:
    """A frame with the words that belong to it, in one language.

    Parameters
    ----------
    id : str
        Names the table in its files.
    data : DataFrame
        Any columns that have a heading in ``[tables.columns]``; with ``X_en`` and ``X_id``, that
        of the language is shown in place of ``X``.
    lang : str
        One of :data:`ypp_analysis.wording.LANGUAGES`.
    title, caption : str
    notes : tuple of str
        Sentences to stand under the table: caveat, source.
    citation : tuple of str
        References to stand after them, one for each work.
    """

    id: str
    data: pd.DataFrame
    lang: str
    title: str
    caption: str
    notes: tuple[str, ...] = ()
    citation: tuple[str, ...] = ()

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The data for readers; see :func:`ypp_analysis.publish.readable.shown`."""
        return readable.shown(self.data, self.lang)

    @cached_property
    def headings(self) -> list[str]:
        """The heading of each column of :attr:`shown`."""
        return [readable.heading(str(name), self.lang) for name in self.shown]

    @cached_property
    def numeric(self) -> list[bool]:
        """Whether each column of :attr:`shown` holds numbers."""
        dtypes = self.shown.dtypes
        return [is_numeric_dtype(dtype) and not is_bool_dtype(dtype) for dtype in dtypes]

    @cached_property
    def texts(self) -> pd.DataFrame:
        """Every cell of :attr:`shown` as text, under its heading."""
        frame = self.shown
        written = [
            [readable.write_cell(value, str(name), self.lang) for value in frame[name]]
            for name in frame
        ]
        return pd.DataFrame(dict(zip(self.headings, written, strict=True)), dtype="str")

    @property
    def words(self) -> dict[str, str]:
        """The texts common to all tables, in the language."""
        found: dict[str, str] = texts(self.lang)["tables"]
        return found

    @property
    def hash(self) -> str:
        """sha256 of the data as CSV."""
        return hashlib.sha256(to_csv(self.data)).hexdigest()


def exhibit_table(exhibit: Exhibit, lang: str | None = None, *, citation: str = "") -> Table:
    """The table of an exhibit: its data, title and caption, caveat and source.

    Parameters
    ----------
    exhibit : Exhibit
    lang : str, optional
        By default that of the exhibit.
    citation : str, optional
        How to cite the exhibit, one work a line; what :func:`.citations.cite` says after a blank
        line, of gaps and how to fill them, is for who writes, and left out.

    Returns
    -------
    Table
    """
    words = exhibit.words(lang)
    credit = texts(words.lang)["tables"]["credit"]
    notes = (words["caveat"], f"{words['source']} {credit}")
    return Table(
        id=exhibit.id,
        data=exhibit.data,
        lang=words.lang,
        title=words["title"],
        caption=words["caption"],
        notes=tuple(note for note in notes if note),
        citation=_works(citation),
    )


def claims_table(
    tables: Tables,
    lang: str,
    *,
    whole: bool = True,
    citation: str = "",
    sources: Sources | None = None,
) -> Table:
    """The ledger as a table: every claim of the study with its verdict.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The raw tables.
    lang : str
        One of :data:`ypp_analysis.wording.LANGUAGES`.
    whole : bool
        Every column, or those that fit a page.
    citation : str
        How to cite the ledger; see :func:`exhibit_table`.
    sources : mapping, optional
        CSL-JSON entries by id; by default those of the project.

    Returns
    -------
    Table
        Its notes say what each verdict means.
    """
    found = ledger(tables, lang, sources=sources)
    facts = claim_counts(verdicts(tables))
    own, said = texts(lang)["tables"], Words("verdicts", tables, lang, facts)
    explained = texts(lang)["verdicts"].values()
    meanings = [own[CLAIMS]["meaning"].format(**verdict) for verdict in explained]
    source = f"{said['source']} {own['credit']}"
    notes = [said["caveat"], *meanings, source]
    return Table(
        id=CLAIMS,
        data=found if whole else found[READ],
        lang=lang,
        title=own[CLAIMS]["title"],
        caption=fill(own[CLAIMS]["caption"], tables, lang, facts),
        notes=tuple(note for note in notes if note),
        citation=_works(citation),
    )


def _works(citation: str) -> tuple[str, ...]:
    """The references of a citation, which end at the first blank line."""
    return tuple(citation.partition("\n\n")[0].splitlines())
