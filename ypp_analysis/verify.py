"""Hold rebuilt outputs against the files that are here: numbers first, bytes then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ypp_analysis import fingerprints, lock
from ypp_analysis.datasets.loading import unregistered
from ypp_analysis.fingerprints import Now
from ypp_analysis.lock import Lock
from ypp_analysis.project import Project
from ypp_analysis.publish.comparison import Difference, compare

SHOWN = 10
"""Differences of one file that are told."""


@dataclass(frozen=True)
class Verdict:
    """Whether the files that are here are the rebuilt ones.

    Attributes
    ----------
    lines : list of str
        What differs, where, by how much.
    summary : str
    holds : bool
    """

    lines: list[str]
    summary: str
    holds: bool


def verified(
    project: Project, outputs: Mapping[Path, bytes], before: Lock | None, now: Now
) -> Verdict:
    """Compare rebuilt outputs with the files that are here.

    In the environment that the files were made in, every byte counts. In another one numbers
    do, and a file may differ from the rebuilt one only if it is the file that was made.

    Parameters
    ----------
    project : Project
    outputs : mapping of Path to bytes
        All of them, rebuilt.
    before : Lock or None
        The lock file that is here.
    now : Now

    Returns
    -------
    Verdict
    """
    found = lock.state(before, now)
    told = differences(project, outputs)
    wrong = [f"data/raw/{name}: not as registered" for name in unregistered()]
    wrong += [*found.unexpected, *found.unfinished]
    lines: list[str] = []
    if before and found.environment:
        lines.append(
            f"{found.elsewhere} Bytes of figures can differ here, so that numbers are judged."
        )
        wrong += [
            f"{name}: is not the file that was made"
            for name, hash in before.outputs.items()
            if fingerprints.hash_file(project.root / name) not in (hash, None)
        ]
        in_bytes = {d.file for d in told} - {d.file for d in told if d.in_numbers}
        lines.append(f"Only the bytes of {len(in_bytes)} files differ.")
        told = [difference for difference in told if difference.in_numbers]
    lines += [*_shortened(told), *wrong]
    count = len({d.file for d in told} | {line.partition(":")[0] for line in wrong})
    return Verdict(lines, f"{len(outputs)} files compared, {count} differ", not count)


def _shortened(told: list[Difference]) -> Iterator[str]:
    """Differences in lines, of each file no more than :data:`SHOWN`."""
    for file, group in groupby(told, key=lambda difference: difference.file):
        found = list(group)
        yield from map(str, found[:SHOWN])
        if len(found) > SHOWN:
            yield f"{file}: and {len(found) - SHOWN} more differences"


def differences(project: Project, outputs: Mapping[Path, bytes]) -> list[Difference]:
    """Name every difference between outputs and the files that are here."""
    return [
        difference
        for path, made in outputs.items()
        for difference in compare(
            project.name(path), path.read_bytes() if path.is_file() else None, made
        )
    ]
