"""Values of claims: read from text, compared, and slipped on purpose.

A value is a tuple of one part, or of two for a range: a number, a day of which some of year,
month and day may be open, a time of day, or a name where the study prints no number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from ypp_analysis.coverage import token_value

# fmt: off
MONTHS = ("januari", "februari", "maret", "april", "mei", "juni",
          "juli", "agustus", "september", "oktober", "november", "desember")
# fmt: on
TIERS = ("Tier 1", "Tier 2", "Tier 2 Watch List", "Tier 3")
NAMES = {"daftar pengawasan": "Tier 2 Watch List"}
"""What a claim without a number says, as the raw tables write it; any other stays as printed."""

_DAY = re.compile(r"(?:([0-9]{4})|-)(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})")
_NUMBER = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,15})?")
LEAP_YEAR = 2000
"""Stands in where a day has no year, which may then be 29 February."""


class Day(NamedTuple):
    """A date, or as much of it as is printed."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Write it as ISO 8601 does; "--12-09" has no year."""
        year = "-" if self.year is None else f"{self.year:04}"
        return "-".join([year, *(f"{part:02}" for part in self[1:] if part is not None)])

    @property
    def is_valid(self) -> bool:
        """Whether the calendar has it."""
        try:
            dt.date(LEAP_YEAR if self.year is None else self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return 0 not in self


class Clock(NamedTuple):
    """A time of day."""

    hour: int
    minute: int

    def __str__(self) -> str:
        """Write it as "09:00"."""
        return f"{self.hour:02}:{self.minute:02}"

    @property
    def is_valid(self) -> bool:
        """Whether a day has it."""
        return self.hour < 24 and self.minute < 60


Number = int | Fraction
Part = Number | Day | Clock | str
Value = tuple[Part, ...]


def read_value(text: str, unit: str, printed: str = "") -> Value:
    """Read the column `value` of a claim, or the text of a cell that holds the same.

    Parameters
    ----------
    text : str
        "75", "500/1500", "2010-11-20/2010-11-22", "--12-09", "09:00/16:00", or blank.
    unit : str
        The claim's; "date", "clock" and "tier" decide how the text is read.
    printed : str
        What a blank stands for: the name that the study prints.

    Raises
    ------
    ValueError
        If the text is no value of that unit.
    """
    if not text:
        return (NAMES.get(printed, printed),)
    if unit == "tier":
        return (f"Tier {text}",)
    parts = tuple(_read_part(part, unit) for part in text.split("/") if part)
    if not 1 <= len(parts) <= 2:
        raise _no_value(text, unit)
    return parts


def _read_part(text: str, unit: str) -> Part:
    part: Part | None = None
    if unit == "date" and (match := _DAY.fullmatch(text)):
        part = Day(*(int(field) if field else None for field in match.groups()))
    elif unit == "clock" and (match := _CLOCK.fullmatch(text)):
        part = Clock(int(match[1]), int(match[2]))
    elif unit not in ("date", "clock") and _NUMBER.fullmatch(text):
        part = whole(Fraction(text))
    if part is None or (isinstance(part, Day | Clock) and not part.is_valid):
        raise _no_value(text, unit)
    return part


def _no_value(text: str, unit: str) -> ValueError:
    return ValueError(
        f"A value in {unit} is written as claims.csv has it (2010-01-11, --12-09, "
        f"09:00, 1.5, 3400); received {text!r:.100}. Correct the value or the unit."
    )


def read_printed(printed: str, tokens: Sequence[str], unit: str) -> Value:
    """Work out the value of a claim from the words of the study.

    Parameters
    ----------
    printed : str
        The words ("20-22 November 2010", "satu jam setengah", "1,2 juta").
    tokens : sequence of str
        The number tokens in them (`coverage.find_tokens`).
    unit : str
        The claim's.

    Raises
    ------
    ValueError
        If a token states no quantity, or the words no date where they should.
    """
    if not tokens:
        return (NAMES.get(printed, printed),)
    numbers = [token_value(token) for token in tokens]
    if unit == "date":
        return _printed_days(printed.lower(), [int(number) for number in numbers])
    if unit == "clock":
        return tuple(Clock(int(number), int(number % 1 * 60)) for number in numbers)
    if unit == "tier":
        return tuple(f"Tier {number}" for number in numbers)
    if unit == "percent":
        numbers = [100 * number for number in numbers]
    if unit == "hours":  # "satu jam setengah": an hour and a half
        numbers = [sum(numbers, Fraction())]
    return tuple(map(whole, numbers))


def _printed_days(printed: str, numbers: Sequence[int]) -> Value:
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number not in years]
    named = [place for place, name in enumerate(MONTHS, 1) if name in printed]
    if not named:
        if not years:
            raise ValueError(f"No date is printed as {printed!r}: it has no year and no month.")
        return tuple(map(Day, years))
    year, month = next(iter(years), None), named[0]
    return tuple(Day(year, month, day) for day in days) or (Day(year, month),)


def whole(number: Fraction) -> Number:
    """Give a whole number as int."""
    return number.numerator if number.denominator == 1 else number


def spell(value: Value) -> str:
    """Write a value without words of any language: "2010-11-20/2010-11-22", "3400", "1.5"."""
    return "/".join(
        f"{float(part):.4g}" if isinstance(part, Fraction) else str(part) for part in value
    )


def agree(one: Value, other: Value) -> bool:
    """Whether two values are the same, dates as far as both are given."""
    return len(one) == len(other) and all(map(_agree, one, other))


def _agree(one: Part, other: Part) -> bool:
    if isinstance(one, Day) and isinstance(other, Day):
        return all(a == b for a, b in zip(one, other, strict=True) if None not in (a, b))
    return one == other


@cache
def slips(value: Value, unit: str) -> tuple[Value, ...]:
    """List the wrong values that one slip of the pen makes of a value.

    A slip of a number is any other number that differs from it in one digit (the first of
    several is never 0), by two neighbouring digits swapped, or by one unit of its last digit.
    Of a date or a time the same holds for each of its numbers, if the result is one; of a
    range, for either end; of a rank, every other rank. A name has none.

    Parameters
    ----------
    value : tuple
        As `read_value` gives it.
    unit : str
        The claim's; "tier" marks a rank.

    Returns
    -------
    tuple of tuple
        Each wrong value once.
    """
    changed = (
        (*value[:place], other, *value[place + 1 :])
        for place, part in enumerate(value)
        for other in _part_slips(part, unit)
    )
    return tuple(other for other in dict.fromkeys(changed) if other != value)


def _part_slips(part: Part, unit: str) -> Iterator[Part]:
    if isinstance(part, str):
        yield from TIERS if unit == "tier" else ()
    elif isinstance(part, Day | Clock):
        for name, number in part._asdict().items():
            for other in _number_slips(number) if number is not None else ():
                if (slipped := part._replace(**{name: other})).is_valid:
                    yield slipped
    else:
        scale = 1  # 1.5 slips as 15 does
        while (part * scale) % 1:
            scale *= 10
        for other in _number_slips(int(part * scale)):
            yield whole(Fraction(other, scale))


def _number_slips(number: int) -> Iterator[int]:
    digits = str(number)
    texts = [
        digits[:place] + digit + digits[place + 1 :]
        for place in range(len(digits))
        for digit in "0123456789"
    ]
    texts += [
        digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        for place in range(len(digits) - 1)
    ]
    yield from (int(text) for text in texts if text[0] != "0" or len(text) == 1)
    yield from (abs(number - 1), number + 1)  # below 0 there is none
