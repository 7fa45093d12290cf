"""Tables that remember which of them were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ypp_analysis.findings.core import Tables


class Reads(Mapping[str, pd.DataFrame]):
    """Tables that remember which of them were read.

    Parameters
    ----------
    tables : mapping of str to DataFrame

    Attributes
    ----------
    names : dict of str to None
        Names of the tables read so far, in the order of their first reading.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.names: dict[str, None] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """A table, which counts as read from now on."""
        self.names[name] = None
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        """Names of all tables, read or not."""
        return iter(self.tables)

    def __len__(self) -> int:
        """Number of all tables."""
        return len(self.tables)
