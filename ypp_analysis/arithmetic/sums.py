"""Can printed counts add up? Counts that are rounded, or "about", "more than", "less than".

Such a count stands for a range of whole numbers. Ranges add up to a range without gaps, so a
total holds exactly if the range of the sum and the range of the total meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from ypp_analysis.arithmetic.power import misprint_power
from ypp_analysis.arithmetic.printed import Qualifier, choose, whole_number
from ypp_analysis.arithmetic.rounding import rounded_interval

Range = tuple[int | None, int | None]
"""Lowest and highest whole number, both included; None is an open end."""


class Quantity(NamedTuple):
    """A printed count with its qualifier."""

    value: int
    qualifier: Qualifier = "exact"


@dataclass(frozen=True)
class SumCheck:
    """Whether printed counts can add up to a printed total.

    Attributes
    ----------
    parts : tuple
        Lowest and highest whole number that the parts may add up to; None is an open end.
    total : tuple
        The same for the total.
    overlap : tuple or None
        The whole numbers that are both; None if there is none.
    power : Fraction
        The share of one-digit misprints that would be found: see `misprint_power`. It is 1
        where every number is exact.
    """

    parts: Range
    total: Range
    overlap: Range | None
    power: Fraction

    @property
    def feasible(self) -> bool:
        """Whether the parts can add up to the total."""
        return self.overlap is not None


_QUALIFIERS: dict[str, Callable[[int], Range]] = {
    "exact": lambda value: (value, value),
    "about": rounded_interval,
    "more than": lambda value: (value + 1, None),
    "less than": lambda value: (None, value - 1),
    "at least": lambda value: (value, None),
}


def qualifier_range(value: int, qualifier: Qualifier) -> Range:
    """Give the whole numbers that a printed count and its qualifier allow.

    "about" is read as rounding half up at the last digit that is not zero: see
    `rounded_interval`. A number without trailing zeros then stands for itself alone.

    Raises
    ------
    ValueError
        If `value` is no whole number of at least 0, or the qualifier is unknown.
    """
    allowed = choose(_QUALIFIERS, qualifier, "qualifier")
    return allowed(whole_number(value, "a count"))


def sum_ranges(ranges: Iterable[Range]) -> Range:
    """Add ranges of whole numbers; each number of the result is a sum, and no other number is.

    For raising one term by one raises the sum by one: from all lowest to all highest there is
    no gap.
    """
    pairs = list(ranges)
    lows, highs = [low for low, _ in pairs], [high for _, high in pairs]
    return _sum_or_open(lows), _sum_or_open(highs)


def check_sum(parts: Sequence[Quantity], total: Quantity) -> SumCheck:
    """Check whether printed counts, each with its qualifier, can add up to a printed total.

    Counts are never negative, so "less than" here ends at 0.

    Raises
    ------
    ValueError
        If there is no part, a value is no whole number of at least 0, or a qualifier is unknown.

    Examples
    --------
    >>> check_sum([Quantity(3400, "about"), Quantity(88)], Quantity(3500, "less than")).overlap
    (3438, 3499)
    """
    if not parts:
        raise ValueError("a sum needs at least one part: received none")
    printed = [*parts, total]
    qualifiers = [quantity.qualifier for quantity in printed]

    def can_hold(values: Sequence[int]) -> bool:
        return _compare(list(map(Quantity, values, qualifiers)))[2] is not None

    power = misprint_power([quantity.value for quantity in printed], can_hold)
    return SumCheck(*_compare(printed), power)


def _compare(printed: Sequence[Quantity]) -> tuple[Range, Range, Range | None]:
    """Range of the parts' sum, range of the total (the last quantity), and what both may be."""
    ranges = [_count_range(quantity) for quantity in printed]
    parts, total = sum_ranges(ranges[:-1]), ranges[-1]
    highs = [high for high in (parts[1], total[1]) if high is not None]
    overlap = max(parts[0] or 0, total[0] or 0), min(highs, default=None)
    is_empty = any(high is not None and (low or 0) > high for low, high in (*ranges, overlap))
    return parts, total, None if is_empty else overlap


def _count_range(quantity: Quantity) -> Range:
    low, high = qualifier_range(*quantity)
    return 0 if low is None else low, high


def _sum_or_open(ends: list[int | None]) -> int | None:
    closed = [end for end in ends if end is not None]
    return sum(closed) if len(closed) == len(ends) else None
