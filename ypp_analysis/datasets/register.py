"""The register of raw tables, ``datapackage.json``: what tables there are and what their rules are.

The study's own register governs. A folder of other tables may bring one of its own, to give them
other titles, descriptions and licences; where tables stand and what their rules are is pinned, so
that nothing a stranger's register says is looked up, fetched or obeyed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ypp_analysis.datasets import strict
from ypp_analysis.datasets.faults import DataError, Fault

NAME = "datapackage.json"
PINNED = ("path", "scheme", "format", "encoding", "dialect", "schema")
"""What a folder's own register must say of a table as the study's does."""


@dataclass(frozen=True, eq=False)
class Table:
    """A table of a register.

    Parameters
    ----------
    name, title, description : str
    licence : str
        Names of its licences.
    work : str
        What it is transcribed from, unless its rows name their own sources.
    resource : dict
        All that the register says of it.
    """

    name: str
    title: str
    description: str
    licence: str
    work: str
    resource: dict[str, Any] = field(repr=False)

    @property
    def path(self) -> str:
        """Its file in the folder."""
        return str(self.resource["path"])

    @property
    def hash(self) -> str:
        """The registered hash of the file, as "sha256:" and hexadecimal digits."""
        return str(self.resource["hash"])

    @property
    def fields(self) -> list[dict[str, Any]]:
        """Its columns: name, type, description, unit, constraints."""
        return list(self.resource["schema"]["fields"])

    @property
    def primary_key(self) -> list[str]:
        """Columns whose values together stand once."""
        return list(self.resource["schema"]["primaryKey"])

    @property
    def foreign_keys(self) -> list[dict[str, Any]]:
        """Columns that refer to a key of another table."""
        return list(self.resource["schema"].get("foreignKeys", []))


Register = tuple[Table, ...]


def own(folder: Path) -> Register:
    """The register of a folder.

    Raises
    ------
    DataError
        If it is missing, no JSON or no data package.
    """
    return _parse(folder, content(folder, NAME))


def of(folder: Path, study: Register) -> Register:
    """The register that a folder of other tables is read by.

    Parameters
    ----------
    folder : Path
    study : tuple of Table
        The study's own register.

    Returns
    -------
    tuple of Table
        The folder's own where it has one, else the study's.

    Raises
    ------
    DataError
        If its own departs from the study's in what is pinned.
    """
    if not (folder / NAME).exists():
        return study
    given = own(folder)
    if faults := list(_departures(study, given)):
        raise DataError(faults, folder)
    return given


def content(folder: Path, file: str) -> bytes | None:
    """What is in a file of a folder; None if there is none, or a link leads out of the folder.

    Raises
    ------
    DataError
        If it is larger than any table.
    """
    path = folder / file
    # A link in a loop is no file either; resolving it is an error.
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return None
    try:
        return strict.read_bytes(path)
    except ValueError:
        rule, value = f"a file has at most {strict.LARGEST} bytes", str(path.stat().st_size)
        remedy = "It is no table of the study: copy that one."
        raise DataError([Fault(file, None, "", value, rule, remedy)], folder) from None


@lru_cache(maxsize=8)
def _parse(folder: Path, content: bytes | None) -> Register:
    text = (content or b"").decode(errors="replace")
    try:
        package = strict.loads(text)
        return tuple(_table(package, resource) for resource in package["resources"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        line = getattr(error, "lineno", 1)
        value = None if content is None else text.split("\n")[line - 1].strip()
        rule = f"the register is the JSON of a data package ({error!r})"
        remedy = "Correct it, or remove it: a folder without one is read by the study's."
        raise DataError([Fault(NAME, line, "", value, rule, remedy)], folder) from error


def _table(package: dict[str, Any], resource: dict[str, Any]) -> Table:
    licences = resource.get("licenses", package["licenses"])
    works = resource.get("sources", package["sources"])
    return Table(
        name=_text(resource["name"]),
        title=_text(resource["title"]),
        description=_text(resource["description"]),
        licence=", ".join(licence["name"] for licence in licences),
        work=", ".join(work["title"] for work in works),
        resource=resource,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or strict.hidden_sign(value):
        raise ValueError(f"{value!r} is no text")
    return value


def _departures(study: Register, given: Register) -> Iterator[Fault]:
    remedy = f"Copy it from the study's {NAME}, or remove the folder's: it needs none."
    names = [table.name for table in given]
    if names != (known := [table.name for table in study]):
        rule, value = f"the tables are {', '.join(known)}", ", ".join(map(str, names))
        yield Fault(NAME, None, "resources", value, rule, remedy)
    pairs = [(ours, theirs) for ours in study for theirs in given if ours.name == theirs.name]
    for ours, theirs in pairs:
        for key in PINNED:
            if theirs.resource.get(key) != ours.resource.get(key):
                value = json.dumps(theirs.resource.get(key))
                rule = "where a table stands and what its rules are is as in the study's register"
                yield Fault(NAME, None, f"{ours.name}.{key}", value, rule, remedy)
