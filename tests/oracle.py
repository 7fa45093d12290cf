"""Rounding as it is taught, on exact fractions: written apart from the library to test it."""

import math
from fractions import Fraction
from functools import cache

HALF = Fraction(1, 2)
ROUND = {
    "half_up": lambda x: math.floor(x + HALF),
    "half_even": round,  # Python's own, exact on a Fraction
    "half_down": lambda x: math.ceil(x - HALF),
    "floor": math.floor,
    "ceiling": math.ceil,
}
RULES = {name: (name,) for name in ROUND} | {"any": tuple(ROUND)}


def printed_values(count: int, n: int, decimals: int, rounding: str) -> set[int]:
    """Digits that a share may be printed as, in units of the last decimal of a percent."""
    share = Fraction(100 * 10**decimals * count, n)
    return {ROUND[rule](share) for rule in RULES[rounding]}


@cache
def counts_of(text: str, n: int, rounding: str) -> tuple[int, ...]:
    """Whole counts of n that a percentage with a decimal point may stand for, one by one."""
    digits, _, fraction = text.rstrip("%").partition(".")
    value = int(digits + fraction)
    every = range(n + 1)
    return tuple(k for k in every if value in printed_values(k, n, len(fraction), rounding))
