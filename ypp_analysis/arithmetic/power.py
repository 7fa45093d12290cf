"""How likely a check is to find a wrong number.

A check that would have passed nearly anything says little when it passes. The power of each is
therefore stated beside its result, as an exact share of wrong numbers that are all as likely:
any percentage at all for one percentage, any change of a single row for several, any misprint
of a single digit for a sum. Other errors have another power; these are named so that a reader
can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd
from typing import TypeVar

from ypp_analysis.arithmetic.printed import (
    Rounding,
    as_decimal,
    parse_percent,
    rounding_rule,
    whole_number,
)

_T = TypeVar("_T", str, int)


def percent_power(n: int, decimals: int = 0, *, rounding: Rounding = "half_up") -> Fraction:
    """Give the probability that a percentage unrelated to n is found inconsistent.

    It is the share of the printable percentages (0 to 100 in steps of the last decimal, each
    as likely as any other) that no whole count of n gives. Under each of the five rules n + 1
    of them have a count while n is below 100 * 10^decimals, and all of them from there on: a
    whole percentage of 100 people or more can be wrong, never impossible. Where any rule is
    allowed, most counts give two percentages each, and any n over half of that gives them all.

    Raises
    ------
    ValueError
        If n is below 1, decimals are below 0, or the rounding is unknown.
    """
    base, scale = (
        whole_number(n, "the base n", at_least=1),
        100 * 10 ** whole_number(decimals, "decimals"),
    )
    rounding_rule(rounding)
    attained = min(base, scale) + 1
    if rounding == "any":
        # two each, but one for each of the gcd + 1 shares that need no rounding
        attained = min(2 * (base + 1) - (gcd(base, scale) + 1), scale + 1)
    return Fraction(scale + 1 - attained, scale + 1)


def joint_power(
    printed: Sequence[str],
    check: Callable[[Sequence[str]], bool],
    *,
    within: int | None = None,
) -> Fraction:
    """Give the probability that a joint check finds one wrong percentage among right ones.

    It is the share of the changes of a single row that the check rejects: each row in turn
    takes each other percentage from 0 to 100 with its number of decimals, all as likely.

    Parameters
    ----------
    printed : sequence of str
        The percentages, which should pass the check as printed.
    check : callable
        Whether such percentages can be true together, for example
        ``lambda rows: exclusive_rows(rows, 88).feasible``.
    within : int, optional
        Count only changes of at most so many units of the last decimal: small slips, which are
        harder to find than percentages out of nowhere.

    Raises
    ------
    ValueError
        If there is no percentage, or nothing that it could be changed to.
    """
    changed = []
    for place, value in enumerate(map(parse_percent, printed)):
        reach = value.scale if within is None else within
        near = range(max(value.scaled - reach, 0), min(value.scaled + reach, value.scale) + 1)
        changed += [
            [*printed[:place], f"{as_decimal(other, value.decimals):f}", *printed[place + 1 :]]
            for other in near
            if other != value.scaled
        ]
    return _share_rejected(changed, check)


def misprint_power(values: Sequence[int], check: Callable[[Sequence[int]], bool]) -> Fraction:
    """Give the probability that a check of whole numbers finds a misprint of one digit.

    It is the share of such misprints that the check rejects: each digit of each number in turn
    replaced by each other digit, all as likely; no number of several digits begins with zero.

    Parameters
    ----------
    values : sequence of int
        The numbers, which should pass the check as printed.
    check : callable
        Whether such numbers can be true together.

    Raises
    ------
    ValueError
        If there is no number.
    """
    changed = [
        [*values[:place], other, *values[place + 1 :]]
        for place, value in enumerate(values)
        for other in _misprints(str(whole_number(value, "a count")))
    ]
    return _share_rejected(changed, check)


def _share_rejected(changed: list[list[_T]], check: Callable[[Sequence[_T]], bool]) -> Fraction:
    if not changed:
        raise ValueError("power needs a number and a change of at least one unit: received none")
    return Fraction(sum(not check(numbers) for numbers in changed), len(changed))


def _misprints(digits: str) -> list[int]:
    texts = [
        digits[:place] + digit + digits[place + 1 :]
        for place, old in enumerate(digits)
        for digit in "0123456789"
        if digit != old
    ]
    return [int(text) for text in texts if len(text) == 1 or text[0] != "0"]
