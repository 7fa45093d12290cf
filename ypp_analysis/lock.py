"""The lock file: what each output was made of, and from it which outputs are stale.

``outputs.lock.json`` holds hashes of contents: of every output, of the inputs that its step read,
of the code; and the environment. No time of change counts, so a touched or cloned file is the
same file. Only the standard library is needed, so that a fresh clone can be asked before anything
is installed: ``python3 -m ypp_analysis.lock``.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ypp_analysis.project import Project, project, raw_dir

NAME = "outputs.lock.json"
RECORD = "YPP_STUDY"
"""Environment variable whose file, where it is set, is an input of the citations."""
REGISTER = "data/raw/datapackage.json"
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
    "matplotlib",
    "nbclient",
    "nbformat",
    "numpy",
    "pandas",
    "pillow",
    "pylatexenc",
    "rispy",
    "scipy",
    "seaborn",
    "statsmodels",
    "ypp-analysis",
)
"""Packages whose version can shape an output."""


@dataclass(frozen=True)
class Step:
    """Outputs that were made together: names of the inputs read, hashes of the outputs."""

    reads: tuple[str, ...]
    outputs: dict[str, str]


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
        known = [f"data/raw/{path.name}" for path in sorted(raw.iterdir())]
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
        if name.endswith(".ipynb"):
            return _cells(self.project.root / name)
        if name.startswith("data/raw/"):
            return hash_file(self.raw / name.removeprefix("data/raw/"))
        return hash_file(self.project.root / name)


@dataclass(frozen=True)
class Lock:
    """The content of the lock file.

    Parameters
    ----------
    environment, code, inputs : dict of str to str
        As in :class:`Now`, when the outputs were made.
    steps : dict of str to Step
    """

    environment: dict[str, str]
    code: dict[str, str]
    inputs: dict[str, str]
    steps: dict[str, Step]

    @classmethod
    def read(cls, project: Project) -> Lock | None:
        """Read the lock file; None if there is none.

        Raises
        ------
        ValueError
            If it is not as it was written.
        """
        path = project.root / NAME
        return cls.parsed(path.read_bytes()) if path.is_file() else None

    @classmethod
    def parsed(cls, content: bytes) -> Lock:
        """Read the content of a lock file.

        Raises
        ------
        ValueError
            If it is not as it was written.
        """
        try:
            found = json.loads(content)
            steps = {
                name: Step(tuple(step["reads"]), dict(step["outputs"]))
                for name, step in found["steps"].items()
            }
            return cls(found["environment"], found["code"], found["inputs"], steps)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(
                f"{NAME} is not as it was written ({error!r}). Restore it with "
                f"`git checkout {NAME}`, or make it anew with `ypp reproduce --force`."
            ) from None

    @classmethod
    def made(cls, now: Now, steps: Mapping[str, Step]) -> Lock:
        """The lock of outputs that were all made from what is there now."""
        names = sorted({name for step in steps.values() for name in step.reads})
        inputs = {name: now.hash(name) or "missing" for name in names}
        return cls(now.environment, now.code, inputs, dict(steps))

    @property
    def outputs(self) -> dict[str, str]:
        """Hash of every output."""
        return {name: hash for step in self.steps.values() for name, hash in step.outputs.items()}

    def content(self) -> bytes:
        """The lock file, the same bytes for the same lock."""
        written = {
            "about": "Made by `ypp reproduce`; sha256 of contents. `ypp verify --quick` reads it.",
            "environment": self.environment,
            "code": self.code,
            "inputs": self.inputs,
            "steps": {
                name: {"reads": sorted(step.reads), "outputs": step.outputs}
                for name, step in self.steps.items()
            },
        }
        return (json.dumps(written, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True)
class State:
    """What hashes alone tell of the outputs.

    Attributes
    ----------
    stale : dict of str to list of str
        Of each step that must be made again: what is wrong with it, in sentences.
    unexpected, unfinished : list of str
        Files that are no output, and what is left of a run that was cut off.
    environment : list of str
        How the environment differs from that in which the outputs were made.
    outputs_n : int
    """

    stale: dict[str, list[str]] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    environment: list[str] = field(default_factory=list)
    outputs_n: int = 0

    @property
    def problems(self) -> list[str]:
        """All that is wrong; empty if every output is current."""
        stale = [line for lines in self.stale.values() for line in lines]
        return [*stale, *self.unexpected, *self.unfinished]


def state(lock: Lock | None, now: Now) -> State:
    """Say which outputs are stale, and why.

    Parameters
    ----------
    lock : Lock or None
    now : Now

    Returns
    -------
    State
    """
    left = [
        f"{now.project.name(path)}: left by a run that was cut off; `ypp reproduce` finishes it"
        for path in now.project.unfinished()
    ]
    if lock is None:
        missing = {NAME: [f"{NAME}: missing, so that nothing is known of any output"]}
        return State(missing, unfinished=left)
    code = changes(lock.code, now.code)
    found = State(
        environment=changes(lock.environment, now.environment, "{name} {old} there, {new} here"),
        unexpected=list(_unexpected(now.project, lock.outputs)),
        unfinished=left,
        outputs_n=len(lock.outputs),
    )
    for name, step in lock.steps.items():
        changed = [read for read in step.reads if now.hash(read) != lock.inputs.get(read)]
        lines = list(_faults(now.project, step, [*(_fate(now, read) for read in changed), *code]))
        if lines:
            found.stale[name] = lines
    run = {read for step in lock.steps.values() for read in step.reads}
    for name in now.inputs:
        if name.endswith(".ipynb") and name not in run:
            found.stale[name] = [f"{name}: has not been run"]
    return found


def changes(
    old: Mapping[str, str | None], new: Mapping[str, str | None], text: str = "{name} {what}"
) -> list[str]:
    """How two mappings differ, a line for each name."""
    return [
        text.format(
            name=name,
            old=old.get(name, "missing"),
            new=new.get(name, "missing"),
            what="was added" if name not in old else "changed" if name in new else "was removed",
        )
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def environment() -> dict[str, str]:
    """What beside code and inputs can shape an output."""
    found = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "system": platform.system(),
        "machine": platform.machine(),
    }
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


def hash_file(path: Path) -> str | None:
    """sha256 of a file; None if there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _faults(project: Project, step: Step, causes: list[str]) -> Iterator[str]:
    """What is wrong with each output of a step."""
    for name, hash in step.outputs.items():
        there = hash_file(project.root / name)
        if there is None:
            yield f"{name}: missing"
        elif there != hash:
            yield f"{name}: is not the file that was made"
        elif causes:
            more = f", and {len(causes) - 1} more" if len(causes) > 1 else ""
            yield f"{name}: {causes[0]} since it was made{more}"


def _fate(now: Now, name: str) -> str:
    """What became of an input."""
    what = "is missing" if now.hash(name) is None else "changed"
    return f"its cells {what}" if name.endswith(".ipynb") else f"{name} {what}"


def _unexpected(project: Project, outputs: Mapping[str, str]) -> Iterator[str]:
    """Files in folders of outputs that are none."""
    for path in project.output_files():
        if not path.name.startswith(".") and (name := project.name(path)) not in outputs:
            yield f"{name}: unexpected, for it is no output"


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
        package = json.loads(path.read_bytes())
        resources = package.pop("resources")
        rules = [
            {key: told for key, told in resource.items() if key not in ("hash", "bytes", "rows")}
            for resource in resources
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return hash_file(path)
    return _hash_json([package, rules])


def _cells(path: Path) -> str | None:
    """Hash of the source of a notebook, without what running it writes."""
    try:
        notebook = json.loads(path.read_bytes())
        cells = [
            {
                key: "".join(told) if isinstance(told, list) else told
                for key, told in cell.items()
                if key not in ("outputs", "execution_count", "metadata", "id")
            }
            for cell in notebook["cells"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return hash_file(path)
    return _hash_json([cells, notebook.get("nbformat"), notebook.get("nbformat_minor")])


def _hash_json(value: Any) -> str:
    """Hash of a value, however its file was set out."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def report(found: State) -> list[str]:
    """The state in lines for people."""
    lines = list(found.problems)
    if found.environment:
        lines.append(
            f"The environment is not that of the outputs ({'; '.join(found.environment)}): "
            "made here, bytes of figures could differ."
        )
    count = len(found.problems)
    lines.append(f"{found.outputs_n} outputs looked at by their hashes, {count} not current.")
    return lines


def main() -> int:
    """Print which outputs are stale; 0 if none is, 1 if any, 2 if that cannot be told."""
    try:
        here = project()
        found = state(Lock.read(here), Now.of(here, raw_dir()))
    except (ValueError, OSError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    print("\n".join(report(found)))
    return 1 if found.problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
