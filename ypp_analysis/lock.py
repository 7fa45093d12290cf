"""The lock file: what each output was made of, and from it which outputs are stale.

``outputs.lock.json`` holds hashes of contents: of every output, of the inputs that its step read,
of the code; and the environment. No time of change counts, so a touched or cloned file is the
same file. Only the standard library is needed, so that a fresh clone can be asked before anything
is installed: ``python3 -m ypp_analysis.lock``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ypp_analysis.fingerprints import Now, hash_files
from ypp_analysis.messages import told, visible
from ypp_analysis.project import Project, project, raw_dir

NAME = "outputs.lock.json"
SAME = ".reproduce.same"
"""Notes in which other environment the outputs came out the same; never committed."""
SHOWN = 3
"""Differences of the environment that are named."""
ELSEWHERE = "{name} {old} there, {new} here"


@dataclass(frozen=True)
class Step:
    """Outputs that were made together: names of the inputs read, hashes of the outputs."""

    reads: tuple[str, ...]
    outputs: dict[str, str]


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
            found = _part(json.loads(content), dict, "the whole")
            steps = _part(found.get("steps"), dict, "steps")
            return cls(
                _texts(found.get("environment"), "environment"),
                _texts(found.get("code"), "code"),
                _texts(found.get("inputs"), "inputs"),
                {name: _step(name, step) for name, step in steps.items()},
            )
        except (ValueError, RecursionError) as error:
            raise ValueError(
                f"{NAME} is not as it was written ({error}). Make it anew with "
                "`ypp reproduce --force`."
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


def _step(name: str, step: Any) -> Step:
    """A step as the lock file has it."""
    step = _part(step, dict, name)
    reads = _part(step.get("reads"), list, "reads")
    _texts(dict(enumerate(reads)), "reads")
    return Step(tuple(reads), _texts(step.get("outputs"), "outputs"))


def _texts(value: Any, part: str) -> dict[str, str]:
    """A part in which each name has a text; neither can be the name of no file."""
    found: dict[str, Any] = _part(value, dict, part)
    for name, text in found.items():
        if not isinstance(text, str) or "\0" in f"{name}{text}":
            raise ValueError(f"{part!r} holds {text!r:.40} under {name!r:.40}, not a text")
    return found


def _part(value: Any, kind: type, part: str) -> Any:
    """A part of the lock file, if it is of its kind."""
    if not isinstance(value, kind):
        raise ValueError(f"{part!r:.80} is a {type(value).__name__}, not a {kind.__name__}")
    return value


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

    @property
    def elsewhere(self) -> str:
        """A sentence on the environment, blank if it is that of the outputs."""
        if not self.environment:
            return ""
        more = len(self.environment) - SHOWN
        names = "; ".join(self.environment[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
        return f"The environment is not the one that the outputs were made in ({names})."


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
        f"{visible(now.project.name(path))}: left by a run that was cut off; "
        "`ypp reproduce` finishes it"
        for path in now.project.unfinished()
    ]
    if lock is None:
        missing = {NAME: [f"{NAME}: missing, so that nothing is known of any output"]}
        return State(missing, unfinished=left)
    code = changes(lock.code, now.code)
    environment = changes(lock.environment, now.environment, ELSEWHERE)
    if environment and _is_same(now.project, same(lock, now.environment)):
        environment = []
    found = State(
        environment=[*map(visible, environment)],
        unexpected=list(_unexpected(now.project, lock.outputs)),
        unfinished=left,
        outputs_n=len(lock.outputs),
    )
    there = hash_files(now.project.root, lock.outputs)
    for name, step in lock.steps.items():
        changed = [read for read in step.reads if now.hash(read) != lock.inputs.get(read)]
        causes = [*(_fate(now, read) for read in changed), *code]
        lines = list(_faults(step, there, causes))
        if lines:
            found.stale[name] = [*map(visible, lines)]
    run = {read for step in lock.steps.values() for read in step.reads}
    for name in now.inputs:
        if name.endswith(".ipynb") and name not in run:
            found.stale[name] = [visible(f"{name}: has not been run")]
    return found


def same(lock: Lock, environment: Mapping[str, str]) -> bytes:
    """The note that an environment gave the very outputs of a lock file."""
    hash = hashlib.sha256(lock.content()).hexdigest()
    note = {"lock": hash, "environment": dict(environment)}
    return (json.dumps(note, indent=1, sort_keys=True) + "\n").encode()


def _is_same(project: Project, note: bytes) -> bool:
    try:
        return (project.root / SAME).read_bytes() == note
    except OSError:
        return False


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


def _faults(step: Step, there: Mapping[str, str | None], causes: list[str]) -> Iterator[str]:
    """What is wrong with each output of a step, by the hashes of what is there."""
    for name, hash in step.outputs.items():
        if there[name] is None:
            yield f"{name}: missing"
        elif there[name] != hash:
            yield f"{name}: is not the file that was made"
        elif causes:
            more = f", and {len(causes) - 1} more" if len(causes) > 1 else ""
            yield f"{name}: {causes[0]} since it was made{more}"


def _fate(now: Now, name: str) -> str:
    """What became of an input."""
    if now.hash(name) is None:
        return f"{name} is missing"
    return f"the cells of {name} changed" if name.endswith(".ipynb") else f"{name} changed"


def _unexpected(project: Project, outputs: Mapping[str, str]) -> Iterator[str]:
    """Files in folders of outputs that are none."""
    for path in project.output_files():
        if not path.name.startswith(".") and (name := project.name(path)) not in outputs:
            yield f"{visible(name)}: unexpected, for it is no output"


def report(found: State) -> list[str]:
    """The state in lines for people."""
    lines = list(found.problems)
    if found.environment:
        lines.append(f"{found.elsewhere} Made here, bytes of figures could differ.")
    count = len(found.problems)
    lines.append(f"{found.outputs_n} outputs looked at by their hashes, {count} not current.")
    return lines


def main() -> int:
    """Print which outputs are stale; 0 if none is, 1 if any, 2 if that cannot be told."""
    try:
        here = project()
        found = state(Lock.read(here), Now.of(here, raw_dir()))
        print("\n".join(report(found)), flush=True)
    except (ValueError, OSError) as error:
        print(f"Error: {told(error)}", file=sys.stderr)
        return 2
    return 1 if found.problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
