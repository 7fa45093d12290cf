"""Fingerprints: hashes of what outputs are made from, and the environment they are made in.

Contents are hashed, so that a touched or cloned file is the same file. Standard library only.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from ypp_analysis.project import Project

RECORD = "YPP_STUDY"
"""Environment variable whose file, where it is set, is an input of the citations."""
REGISTER = "data/raw/datapackage.json"
"""The register as all steps read it: its rules, without hashes and numbers of rows."""
WHOLE_REGISTER = f"the whole of {REGISTER}"
NOT_CODE = ("cli", "publish/site")
"""Folders of the package that shape no output of the lock file."""
PACKAGES = (
    "babel",
    "bibtexparser",
    "citeproc-py",
    "fonttools",
    "frictionless",
    "ipykernel",
    "ipython",
    "jinja2",
    "matplotlib",
    "nbclient",
    "nbformat",
    "numpy",
    "pandas",
    "pillow",
    "pylatexenc",
    "pypdf",
    "rispy",
    "scipy",
    "seaborn",
    "statsmodels",
    "unicode-rbnf",
    "ypp-analysis",
)
"""Packages whose version can shape an output."""

UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading the JSON of a file can end with; its bytes then count as they are."""


@dataclass(frozen=True)
class Now:
    """Hashes of code and inputs, and the environment, as they are at one moment.

    Parameters
    ----------
    project : Project
    raw : Path
        The folder of raw tables; they are called data/raw/ wherever they stand.
    environment, code, inputs : dict of str to str
        A file stands under its path from the root, with slashes.
    """

    project: Project
    raw: Path
    environment: dict[str, str]
    code: dict[str, str]
    inputs: dict[str, str | None]

    @classmethod
    def of(cls, project: Project, raw: Path) -> Now:
        """Look at everything."""
        names = sorted(path.name for path in raw.iterdir() if not path.name.startswith("."))
        known = [f"data/raw/{name}" for name in names]
        known += [project.name(path) for path in project.notebook_files()]
        now = cls(project, raw, environment(), dict(_code(project)), {})
        now.inputs.update({name: now._hash(name) for name in {*known, REGISTER, RECORD}})
        return now

    def hash(self, name: str) -> str | None:
        """Hash of an input; None if there is no such file."""
        return self.inputs[name] if name in self.inputs else self._hash(name)

    def _hash(self, name: str) -> str | None:
        if name == RECORD:
            chosen = os.environ.get(RECORD)
            return hash_file(Path(chosen)) if chosen else "unset"
        if name == REGISTER:
            return _rules(self.project.root / REGISTER)
        if name == WHOLE_REGISTER:
            return hash_file(self.project.root / REGISTER)
        if name.endswith(".ipynb"):
            return _cells(self.project.root / name)
        if name.startswith("data/raw/"):
            return hash_file(self.raw / name.removeprefix("data/raw/"))
        return hash_file(self.project.root / name)


def environment() -> dict[str, str]:
    """What beside code and inputs can shape an output."""
    found = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "system": platform.system(),
        "machine": platform.machine(),
    }
    installed = _installed()
    return {**found, **{name: installed.get(name, "missing") for name in PACKAGES}}


def _installed() -> dict[str, str]:
    """Version of each package, from the names of the folders that pip leaves.

    `importlib.metadata` gives the same, but loading it takes a quarter of a quick verification.
    """
    found: dict[str, str] = {}
    for folder in filter(os.path.isdir, sys.path):
        for entry in fnmatch.filter(os.listdir(folder), "*.dist-info"):  # noqa: PTH208 - as above
            name, _, version = entry.removesuffix(".dist-info").rpartition("-")
            found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), version)
    return found


def hash_file(path: Path | str) -> str | None:
    """sha256 of a file; None if there is none."""
    content = _content(path)
    return None if content is None else hashlib.sha256(content).hexdigest()


def hash_files(folder: Path, names: Iterable[str]) -> dict[str, str | None]:
    """sha256 of each of many files of a folder, by name; see :func:`hash_file`.

    Hashing lets others run meanwhile, so that two threads share them: it is most of what takes
    time where nothing is to be done.
    """
    every = list(names)
    found: dict[str, str | None] = {}
    failed: list[OSError] = []

    def share(part: list[str]) -> None:
        try:
            found.update({name: hash_file(f"{folder}/{name}") for name in part})
        except OSError as error:
            failed.append(error)

    other = Thread(target=share, args=(every[1::2],))
    other.start()
    share(every[::2])
    other.join()
    if failed:
        raise failed[0]
    return found


def _content(path: Path | str) -> bytes | None:
    """Content of a file; None if there is none, or a pipe, from which reading does not end.

    `Path` would take twice as long, which counts for hundreds of files.
    """
    if not os.path.isfile(path):  # noqa: PTH113
        return None
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def _code(project: Project) -> Iterator[tuple[str, str]]:
    """Hash of each file of the package that can shape an output."""
    package = project.root / "ypp_analysis"
    ignored = [package / folder for folder in NOT_CODE]
    for folder, folders, names in os.walk(package):
        here = Path(folder)
        folders[:] = sorted(
            name for name in folders if name != "__pycache__" and here / name not in ignored
        )
        for name in sorted(names):
            hash = None if name.startswith(".") else hash_file(here / name)
            if hash is not None:
                yield project.name(here / name), hash


def _rules(path: Path) -> str | None:
    """Hash of the register without what changes with the content of any table."""
    try:
        package = json.loads(_content(path) or b"")
        resources = package.pop("resources")
        rules = [
            {key: told for key, told in resource.items() if key not in ("hash", "bytes", "rows")}
            for resource in resources
        ]
        return _hash_json([package, rules])
    except UNREADABLE:
        return hash_file(path)


def _cells(path: Path) -> str | None:
    """Hash of the source of a notebook, without what running it writes."""
    try:
        notebook = json.loads(_content(path) or b"")
        cells = [
            {
                key: "".join(told) if isinstance(told, list) else told
                for key, told in cell.items()
                if key not in ("outputs", "execution_count", "metadata", "id")
            }
            for cell in notebook["cells"]
        ]
        return _hash_json([cells, notebook.get("nbformat"), notebook.get("nbformat_minor")])
    except UNREADABLE:
        return hash_file(path)


def _hash_json(value: Any) -> str:
    """Hash of a value, however its file was set out."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
