"""Read what others give without trust: no endless file, no ambiguous JSON, no hidden sign."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from math import isinf
from pathlib import Path
from typing import Any

LARGEST = 50_000_000
"""Bytes of a file: the largest table of the study has less than a hundred thousand."""
DIGITS = 300
"""Digits of a number in JSON; Python itself refuses some thousands."""

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}


def read_bytes(path: Path, *, largest: int = LARGEST) -> bytes:
    """What is in a file that somebody gave.

    Parameters
    ----------
    path : Path
    largest : int
        Bytes it may have.

    Raises
    ------
    ValueError
        If it is no file (a folder, a pipe, a device, a link that leads nowhere) or larger.
    """
    if not path.is_file():
        raise ValueError(f"{str(path)!r} is not a file that can be read: name another.")
    if (size := path.stat().st_size) > largest:
        raise ValueError(
            f"{str(path)!r} has {size} bytes, and at most {largest} are read: it is another file."
        )
    return path.read_bytes()


def loads(text: str) -> Any:
    """Read JSON that has one meaning in every program.

    Raises
    ------
    ValueError
        If it is no JSON, says a key of an object twice, has a number that is none or of more
        than ``DIGITS`` digits, or is nested deeper than can be read.
    """
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse,
            parse_float=_decimal,
            parse_int=_whole,
        )
    except RecursionError:
        raise ValueError("it is nested deeper than can be read") from None


def hidden_sign(text: str) -> str | None:
    """Say what a text must not contain, if it does: a sign that no reader sees.

    A line break is none of these.
    """
    if _TURNING.intersection(text):
        return "text holds no sign that changes the direction of writing"
    signs = text.replace("\n", "")
    if not signs.isprintable() and any(unicodedata.category(sign) in _UNSEEN for sign in signs):
        return "text holds no control sign, nor half of one"
    return None


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice in an object")
        found[key] = value
    return found


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _decimal(text: str) -> float:
    if isinf(number := float(text)):
        raise ValueError(f"the number {text:.20} is past all measure")
    return number


def _whole(text: str) -> int:
    if len(text) > DIGITS:
        raise ValueError(f"the number {text:.20}... has {len(text)} digits")
    return int(text)
