"""What an entry of CSL-JSON must be like for references to be made of it.

Entries come from the raw table `sources` and from readers (``YPP_STUDY``). Programs that write
CSL-JSON add much that nothing here reads; only what references are made of is judged.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ypp_analysis.datasets.strict import hidden_sign

# fmt: off
DATES = ("issued", "accessed", "submitted", "event-date", "original-date")
NAMES = ("author", "editor", "translator", "collection-editor", "container-author")
TEXTS = ("id", "type", "title", "container-title", "publisher", "publisher-place", "volume",
         "issue", "page", "edition", "number", "genre", "DOI", "URL", "language", "note")
NUMBERS = ("id", "volume", "issue", "page", "edition", "number")
"""Keys of ``TEXTS`` that may be numbers: in CSL ``id`` and the number variables."""
# fmt: on
_PARTS = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
_ENDS = re.compile(r"[\s{}\\]")


class Breach(NamedTuple):
    """A key of an entry whose value is not as it must be, the rule, what to do."""

    key: str
    value: str
    rule: str
    remedy: str


def breaches(work: Mapping[str, Any]) -> Iterator[Breach]:
    """List what is wrong in an entry.

    Parameters
    ----------
    work : mapping
        An entry of CSL-JSON.

    Yields
    ------
    Breach
        One for each key at most.
    """
    for key, value in work.items():
        if broken := _broken(key, value):
            yield Breach(key, str(value), *broken)


def _broken(key: str, value: Any) -> tuple[str, str] | None:
    """Rule and remedy for the value of a key."""
    if key in DATES and not _is_date(value):
        remedy = 'Write {"date-parts": [[2016, 4, 11]]}.'
        return "must have date-parts of a year, a month, a day", remedy
    if key in NAMES and not _are_names(value):
        remedy = 'Write [{"family": "Sok", "given": "Dara"}] or [{"literal": "ECPAT"}].'
        return "must be a list of names", remedy
    kinds = (str, int, float) if key in NUMBERS else (str,)
    if key in TEXTS and (isinstance(value, bool) or not isinstance(value, kinds)):
        return "must be text", "Put it in quotes."
    if key == "URL" and not str(value).startswith(("https://", "http://")):
        return "must be an address that begins with http:// or https://", "Write it in full."
    if key in ("DOI", "URL") and _ENDS.search(str(value)):  # which BibTeX has as they are
        return "must have no blank, brace or backslash", "Write it as %20, %7B and so on."
    if any("\n" in text for text in _texts(value)):
        return "text holds no control sign, nor half of one", "Write it in one line."
    hidden = next(filter(None, map(hidden_sign, _texts(value))), None)
    return (hidden, "Remove the sign.") if hidden else None


def _is_date(value: Any) -> bool:
    """Whether one date, or a start and an end, are in the calendar as far as they are given."""
    dates = value.get("date-parts") if isinstance(value, dict) else None
    return isinstance(dates, list) and 1 <= len(dates) <= 2 and all(map(_is_day, dates))


def _is_day(parts: Any) -> bool:
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        return False
    try:
        year, month, day = [*map(int, parts), 1, 1][:3]
        # A year before the first, which CSL allows, is none that a source here was issued in.
        dt.date(year, month, day)
    except (TypeError, ValueError, OverflowError):
        return False
    return True


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_name, value))


def _is_name(name: Any) -> bool:
    return (
        isinstance(name, dict)
        and any(name.get(part) for part in ("family", "given", "literal"))
        and all(isinstance(name.get(part, ""), str) for part in _PARTS)
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text within a value, keys of objects too."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            waiting += [*found, *found.values()]
        elif isinstance(found, list):
            waiting += found
