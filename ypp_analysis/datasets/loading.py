"""Load the raw tables, validated, as plain DataFrames.

``data/raw/datapackage.json`` is the only register of what tables there are. A file of the study's
own is read straight when its sha256 is the registered one. Any other folder, given as ``data`` or
in the environment variable ``YPP_DATA``, is validated in full first. It must hold every table
under its registered file name, and follow the study's own schema; it may bring a
``datapackage.json`` of its own, which may change titles, descriptions and licences, never where
the tables stand or what their rules are.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from ypp_analysis.datasets import register
from ypp_analysis.datasets.faults import DataError, Fault
from ypp_analysis.datasets.reading import read
from ypp_analysis.datasets.register import Register, Table
from ypp_analysis.datasets.validation import validate
from ypp_analysis.project import raw_dir, shipped_dir

Data = str | os.PathLike[str] | None
"""A folder of raw tables; None for that of ``YPP_DATA``, or the study's own."""
SHOWN = 3
"""Sources that :func:`tables` names for a table; of more it gives the number."""
DTYPES = {"string": "str", "integer": "Int64", "number": "Float64", "date": "datetime64[us]"}
"""The pandas type for each type of the register."""


def load(name: str, *, data: Data = None) -> pd.DataFrame:
    """Load a raw table.

    Parameters
    ----------
    name : str
        One of the names that :func:`tables` lists.
    data : path, optional
        A folder of raw tables; by default that of ``YPP_DATA``, or the study's own.

    Returns
    -------
    DataFrame
        Columns in the order of the file; of `sources` only id, type and title. Text is `str`,
        a whole number `Int64`, another number `Float64`, a date `datetime64`; a blank cell is
        missing. The register describes each column and its unit. The frame is the caller's own.

    Raises
    ------
    ValueError
        If there is no such table or folder.
    DataError
        If the folder has faults; it lists them all.
    """
    folder = _Folder.at(data)
    return folder.frame(folder.table(name))


def load_all(*, data: Data = None) -> dict[str, pd.DataFrame]:
    """Load every raw table, by name.

    Parameters
    ----------
    data : path, optional
        As for :func:`load`.

    Returns
    -------
    dict of str to DataFrame
        In the order of the register.

    Raises
    ------
    ValueError, DataError
        As :func:`load`.
    """
    folder = _Folder.at(data)
    return {table.name: folder.frame(table) for table in folder.register}


def tables(*, data: Data = None) -> pd.DataFrame:
    """List the raw tables.

    Parameters
    ----------
    data : path, optional
        As for :func:`load`.

    Returns
    -------
    DataFrame
        A row for each table, with columns name; title; description; rows and fields, both
        counts; source, the ids in `sources` that its rows name, or else the work it is
        transcribed from; licence; path, the file in the folder.

    Raises
    ------
    ValueError, DataError
        As :func:`load`.
    """
    folder = _Folder.at(data)
    frames = [(table, folder.frame(table)) for table in folder.register]
    return pd.DataFrame(
        {
            "name": [table.name for table, _ in frames],
            "title": [table.title for table, _ in frames],
            "description": [table.description for table, _ in frames],
            "rows": [len(frame) for _, frame in frames],
            "fields": [frame.shape[1] for _, frame in frames],
            "source": [_origin(table, frame) for table, frame in frames],
            "licence": [table.licence for table, _ in frames],
            "path": [table.path for table, _ in frames],
        }
    )


def sources(*, data: Data = None) -> dict[str, dict[str, Any]]:
    """The works that tables name as their sources.

    Parameters
    ----------
    data : path, optional
        As for :func:`load`.

    Returns
    -------
    dict of str to dict
        Each CSL-JSON entry, whole, by its id.

    Raises
    ------
    ValueError, DataError
        As :func:`load`.
    """
    folder = _Folder.at(data)
    entries = json.loads(folder.content(folder.table("sources")))
    return {entry["id"]: entry for entry in entries}


def check(data: Data = None) -> list[Fault]:
    """Validate a folder of raw tables in full, whatever the sha256 of its files.

    Parameters
    ----------
    data : path, optional
        As for :func:`load`.

    Returns
    -------
    list of Fault
        All that is wrong; empty if nothing is.

    Raises
    ------
    ValueError
        If there is no such folder.
    """
    try:
        return list(_Folder.at(data).faults)
    except DataError as error:
        return list(error.faults)


def unregistered() -> list[str]:
    """Name the study's own files that are not, byte for byte, those of their register."""
    folder = _Folder.at(shipped_dir())
    contents = dict(folder.files)
    return [
        table.path
        for table in folder.register
        if f"sha256:{hashlib.sha256(contents[table.path] or b'').hexdigest()}" != table.hash
    ]


@dataclass(frozen=True)
class _Folder:
    """A folder of raw tables as it is on disk at one moment."""

    path: Path
    register: Register
    is_shipped: bool

    @classmethod
    def at(cls, data: Data) -> _Folder:
        path, shipped = raw_dir(data), shipped_dir()
        study = register.own(shipped)
        if path.resolve() == shipped.resolve():
            return cls(path, study, is_shipped=True)
        return cls(path, register.of(path, study), is_shipped=False)

    @cached_property
    def files(self) -> tuple[tuple[str, bytes | None], ...]:
        """Name and content of each registered file; None where the folder has no such file."""
        return tuple((t.path, register.content(self.path, t.path)) for t in self.register)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        return _faults(self.register, self.files)

    def table(self, name: str) -> Table:
        for table in self.register:
            if table.name == name:
                return table
        known = ", ".join(table.name for table in self.register)
        raise ValueError(f"No table is called {name!r}. Known: {known}.")

    def content(self, table: Table) -> bytes:
        """What is in the file of a table, once it is known to be sound."""
        if self.is_shipped:
            content = register.content(self.path, table.path) or b""
            if f"sha256:{hashlib.sha256(content).hexdigest()}" == table.hash:
                return content
        if self.faults:
            raise DataError(self.faults, self.path)
        return dict(self.files)[table.path] or b""  # a file without content is a fault

    def frame(self, table: Table) -> pd.DataFrame:
        """A table as a frame of the caller's own."""
        return _frame(table, self.content(table)).copy()


@lru_cache(maxsize=8)
def _faults(register: Register, files: tuple[tuple[str, bytes | None], ...]) -> tuple[Fault, ...]:
    return tuple(validate(register, dict(files)))


@lru_cache(maxsize=64)
def _frame(table: Table, content: bytes) -> pd.DataFrame:
    """Sound content as a frame; never given away itself, for the cache shares it."""
    types = {field["name"]: DTYPES[field["type"]] for field in table.fields}
    sheet, _ = read(table.path, content, list(types))
    assert sheet is not None
    columns = zip(*(cells for _, cells in sheet.rows), strict=True)
    return pd.DataFrame(
        {
            label: pd.Series([cell or None for cell in cells], dtype=types[label])
            for label, cells in zip(sheet.header, columns, strict=True)
        }
    )


def _origin(table: Table, frame: pd.DataFrame) -> str:
    """Where the rows of a table come from, those sources first that most rows name."""
    if "source" not in frame:
        return table.work
    counts = frame["source"].value_counts(sort=False)
    ids = list(counts.sort_values(ascending=False, kind="stable").index)
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return ", ".join(ids[:SHOWN]) + more
