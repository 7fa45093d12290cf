"""The mark of the site: what it was made of, and which files are its own.

The site is not committed, so the lock file says nothing of it; ``site/.made.json`` does. Only the
standard library is needed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from ypp_analysis.fingerprints import hash_file, hash_files
from ypp_analysis.lock import Lock
from ypp_analysis.project import Project

NAME = ".made.json"
SIZED = (".ipynb", ".pdf", ".png", ".svg")
"""Copies of figures and notebooks, known by their size: as outputs they are hashed already."""
INSIDE = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*")
"""Names that no system takes for a place outside of the folder."""
OTHER_INPUTS = (
    "README.md",
    "benchmarks/results.json",
    "docs/decisions.md",
    "docs/transcription.md",
)
"""Files that the site shows or offers and the lock file does not know."""


def path(project: Project) -> Path:
    """Where the mark stands."""
    return project.site / NAME


def made_of(project: Project, made: Lock | None = None) -> str:
    """One hash of all that the site is made of.

    Parameters
    ----------
    project : Project
    made : Lock, optional
        What the lock file will say of its outputs; by default what it says.
    """
    code = project.root / "ypp_analysis" / "publish" / "site"
    files = [file for file in sorted(code.rglob("*")) if "__pycache__" not in file.parts]
    files += [project.root / name for name in OTHER_INPUTS]
    hashes = {project.name(file): hash_file(file) for file in files if file.is_file()}
    found = made or Lock.read(project)
    inputs = [found.outputs, found.code, found.inputs] if found else []
    return hashlib.sha256(json.dumps([inputs, hashes], sort_keys=True).encode()).hexdigest()


def content(made_of: str, files: Mapping[str, bytes]) -> bytes:
    """The mark, as it is written, of the files of a site by their content."""
    marks = {name: _mark(name, files[name]) for name in sorted(files)}
    return (json.dumps({"made_of": made_of, "files": marks}, indent=1) + "\n").encode()


def read(project: Project) -> tuple[str, dict[str, str]]:
    """What the site that is there was made of, and its files with what each was; blank if none."""
    try:
        found = json.loads(path(project).read_bytes())
        files = {str(name): str(mark) for name, mark in found["files"].items()}
        made = str(found["made_of"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return "", {}
    return (made, files) if all(map(INSIDE.fullmatch, files)) else ("", {})


def is_current(project: Project) -> bool:
    """Whether the site is made of the outputs that are there; it is not if there is none."""
    made, files = read(project)
    sized = {name: mark for name, mark in files.items() if name.endswith(SIZED)}
    hashed = {name: mark for name, mark in files.items() if name not in sized}
    return (
        made == made_of(project)
        and all(_size(f"{project.site}/{name}") == mark for name, mark in sized.items())
        and hash_files(project.site, hashed) == hashed
    )


def _size(file: str) -> str | None:
    """Size of a file; None if there is none. `Path` would take twice as long."""
    return str(os.path.getsize(file)) if os.path.isfile(file) else None  # noqa: PTH113, PTH202


def _mark(name: str, content: bytes) -> str:
    """What tells whether a file is as it was made."""
    return str(len(content)) if name.endswith(SIZED) else hashlib.sha256(content).hexdigest()
