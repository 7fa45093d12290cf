"""The mark of the site: what it was made of, and which files are its own.

The site is not committed, so the lock file says nothing of it; ``site/.made.json`` does. Only the
standard library is needed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from ypp_analysis.fingerprints import hash_file
from ypp_analysis.lock import Lock
from ypp_analysis.project import Project

NAME = ".made.json"
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


def content(made_of: str, files: Iterable[str]) -> bytes:
    """The mark, as it is written."""
    return (json.dumps({"made_of": made_of, "files": sorted(files)}, indent=1) + "\n").encode()


def read(project: Project) -> tuple[str, list[str]]:
    """What the site that is there was made of, and its files; blank if there is none."""
    try:
        found = json.loads(path(project).read_bytes())
        return str(found["made_of"]), [str(name) for name in found["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return "", []


def is_current(project: Project) -> bool:
    """Whether the site is made of the outputs that are there; it is not if there is none."""
    made, files = read(project)
    return made == made_of(project) and all((project.site / name).is_file() for name in files)
