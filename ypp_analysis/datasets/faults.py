"""What is wrong in a raw file, and the one error that lists all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST = 80
"""Characters of a received value that a message shows."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a folder of raw tables.

    Parameters
    ----------
    file : str
        Name of the file in the folder.
    line : int or None
        Line of the file, the header being line 1; None where the whole file is meant.
    column : str
        Column, or columns of a key; empty where no single one is meant.
    value : str or None
        What stands there; None where nothing does.
    rule : str
        The rule it breaks.
    remedy : str
        What to do.
    """

    file: str
    line: int | None
    column: str
    value: str | None
    rule: str
    remedy: str

    def __str__(self) -> str:
        """Place, value, rule and remedy in one line; control characters are escaped."""
        place = self.file
        if self.line is not None:
            place += f", line {self.line}"
        if self.column:
            place += f", column {self.column!r}"
        return f"{place}: received {self._received()}; {self.rule}. {self.remedy}"

    def _received(self) -> str:
        if self.value is None:
            return "nothing"
        cut = self.value[:LONGEST] + ("..." if len(self.value) > LONGEST else "")
        return repr(cut)


class DataError(ValueError):
    """Raw tables that break their rules.

    Parameters
    ----------
    faults : sequence of Fault
        All that is wrong, not only the first.
    folder : Path, optional
        Where the files are.

    Attributes
    ----------
    faults : tuple of Fault
    """

    def __init__(self, faults: Sequence[Fault], folder: Path | None = None) -> None:
        self.faults = tuple(faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        heading = f"{count} in the raw tables" + (f" of {folder}" if folder else "")
        super().__init__("\n  ".join([f"{heading}:", *map(str, self.faults)]))
