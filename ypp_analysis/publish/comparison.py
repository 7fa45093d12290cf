"""How a file differs from the rebuilt one: in its numbers first, in its bytes then.

On another processor or version of a library the bytes of a picture can differ where no number
does. Each difference therefore says whether it is one of numbers.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from math import isclose
from typing import Any, NamedTuple

from ypp_analysis import fingerprints, lock
from ypp_analysis.publish.inspection import statements

TOLERANCE = 1e-9
"""Relative; numbers are written with ten digits, whose last may differ between processors."""
SHOWN = 60
"""Signs of a text that are shown."""


class Difference(NamedTuple):
    """One difference between a file and the rebuilt one.

    Attributes
    ----------
    file : str
        Path from the root.
    where : str
        Place in the file; blank for the whole.
    what : str
        What is here and what was rebuilt.
    in_numbers : bool
        Whether it is more than one of bytes.
    """

    file: str
    where: str
    what: str
    in_numbers: bool = True

    def __str__(self) -> str:
        """The difference in a line."""
        return f"{', '.join(filter(None, (self.file, self.where)))}: {self.what}"


def compare(file: str, here: bytes | None, made: bytes) -> list[Difference]:
    """Name every difference between a file and the rebuilt one.

    Parameters
    ----------
    file : str
        Path from the root; its ending says how it is read.
    here : bytes or None
        What the file holds; None if there is none.
    made : bytes
        What it holds when rebuilt.

    Returns
    -------
    list of Difference
        Empty only if the bytes are the same.
    """
    if not here:
        return [Difference(file, "", "missing" if here is None else "empty")]
    if here == made:
        return []
    reader = _lock if file == lock.NAME else _READERS.get(file.rpartition(".")[2], _text)
    try:
        found = [Difference(file, *told) for told in reader(here, made)]
    # A damaged file fails in as many ways as there are formats; to the user all of them are one.
    except Exception as error:
        return [Difference(file, "", f"cannot be read ({error})")]
    return found or [Difference(file, "", _bytes(here, made), in_numbers=False)]


Told = tuple[str, str] | tuple[str, str, bool]


def _table(here: bytes, made: bytes) -> Iterator[Told]:
    """A CSV, cell by cell; row 1 is the first below the header."""
    (header, *old), (columns, *new) = (_rows(content) for content in (here, made))
    if header != columns:
        yield "header", _pair(",".join(header), ",".join(columns))
        return
    if len(old) != len(new):
        yield "", f"{len(old)} rows here, {len(new)} rebuilt"
    for number, (cells, others) in enumerate(zip(old, new, strict=False), 1):
        if len(cells) != len(others):
            yield f"row {number}", f"{len(cells)} cells here, {len(others)} rebuilt"
        for column, cell, other in zip(header, cells, others, strict=False):
            if cell != other:
                place = f"row {number}, column {column}"
                yield place, _pair(cell, other), not _close(cell, other)


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def _close(cell: str, other: str) -> bool:
    """Whether two cells are the same number but for the last digit that is written."""
    try:
        return isclose(float(cell), float(other), rel_tol=TOLERANCE)
    except ValueError:
        return False


def _figure(here: bytes, made: bytes) -> Iterator[Told]:
    """A figure by what it says of itself; its data by their hash."""
    old, new = statements(here), statements(made)
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield name, _pair(old.get(name, ""), new.get(name, ""))


def _notebook(here: bytes, made: bytes) -> Iterator[Told]:
    """A notebook, cell by cell; of pictures the bytes, of all else the words."""
    old, new = (json.loads(content)["cells"] for content in (here, made))
    if len(old) != len(new):
        yield "", f"{len(old)} cells here, {len(new)} rebuilt"
    for number, (cell, other) in enumerate(zip(old, new, strict=False), 1):
        if cell == other:
            continue
        place = f"cell {number}"
        words, others = (_lines(shown) for shown in (cell, other))
        changed = next(
            (pair for pair in zip_longest(words, others, fillvalue="") if pair[0] != pair[1]), None
        )
        if changed:
            yield place, f"its output differs: {_pair(*changed)}"
        else:
            yield place, "its output differs in bytes", False


def _lines(cell: dict[str, Any]) -> list[str]:
    """Source and outputs of a cell in lines of text, without pictures."""
    found = _split(cell["source"])
    for output in cell.get("outputs", []):
        said = {"text": output.get("text", ""), **output.get("data", {})}
        for kind, content in sorted(said.items()):
            if not kind.startswith("image/"):
                found += _split(content if isinstance(content, str | list) else json.dumps(content))
        found += _split(json.dumps(output.get("metadata", {}), sort_keys=True, ensure_ascii=False))
    return found


def _split(text: str | list[str]) -> list[str]:
    return "".join(text).split("\n")


def _text(here: bytes, made: bytes) -> Iterator[Told]:
    """Any other text, line by line; the versions of packages are no numbers of the study."""
    old, new = (content.decode("utf-8").split("\n") for content in (here, made))
    if len(old) != len(new):
        yield "", f"{len(old)} lines here, {len(new)} rebuilt"
    for number, (line, other) in enumerate(zip(old, new, strict=False), 1):
        if line != other:
            yield (
                f"line {number}",
                _pair(line, other),
                not (_is_version(line) and _is_version(other)),
            )


def _lock(here: bytes, made: bytes) -> Iterator[Told]:
    """The lock file, name by name; its hashes are no numbers of the study."""
    old, new = (json.loads(content) for content in (here, made))
    for part in ("environment", "code", "inputs"):
        for line in lock.changes(old.get(part, {}), new[part]):
            yield part, line, False
    for name in sorted({*old["steps"], *new["steps"]}):
        if old["steps"].get(name) != new["steps"].get(name):
            yield "steps", f"{name} was made from or into other files", False


def _is_version(line: str) -> bool:
    """Whether a line of a table gives the version of a package."""
    return any(re.fullmatch(rf"\| {name} \| [^|]* \|", line) for name in fingerprints.PACKAGES)


def _pair(here: str, made: str) -> str:
    """What is here and what was rebuilt, from a little before the first difference."""
    first = next((n for n, (a, b) in enumerate(zip(here, made, strict=False)) if a != b), 0)
    start = 0 if max(len(here), len(made)) <= SHOWN else max(0, first - SHOWN // 3)
    cut = [
        f"{'…' * bool(start)}{text[start : start + SHOWN]}{'…' * (len(text) > start + SHOWN)}"
        for text in (here, made)
    ]
    return f"{cut[0] or 'nothing'} here, {cut[1] or 'nothing'} rebuilt"


def _bytes(here: bytes, made: bytes) -> str:
    """By how much two contents of the same numbers differ."""
    first = next((n for n, (a, b) in enumerate(zip(here, made, strict=False)) if a != b), -1)
    if first < 0:
        first = min(len(here), len(made))
    return (
        f"its numbers agree, its bytes do not: {len(here)} here, {len(made)} rebuilt, "
        f"the first that differs is byte {first + 1}"
    )


_READERS = {
    "csv": _table,
    "ipynb": _notebook,
    "pdf": _figure,
    "png": _figure,
    "svg": _figure,
}
