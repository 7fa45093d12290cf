"""Numbers as a study prints them: how their text is read, and what rounding may have hidden.

A printed number stays text until its digits are counted, since "75%" and "75.0%" claim
different things, and comes out as integers: nothing here is a float, nothing has a tolerance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from operator import index
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, TypeVar, overload

if TYPE_CHECKING:  # nothing here needs numpy to run
    import numpy as np
    from numpy.typing import NDArray

    Whole: TypeAlias = NDArray[np.int64]

Rounding = Literal["half_up", "half_even", "half_down", "floor", "ceiling", "any"]
Convention = Literal["en", "id"]
Qualifier = Literal["exact", "about", "more than", "less than", "at least"]
_T = TypeVar("_T")


class Rule(NamedTuple):
    """The values that a rounding rule turns into v: those from v + low / 2 to v + high / 2.

    Whether an end is one of them is given for even and for odd v.
    """

    low: int
    high: int
    low_in: tuple[bool, bool]
    high_in: tuple[bool, bool]


_IN, _OUT = (True, True), (False, False)
ROUNDING: dict[str, Rule] = {
    "half_up": Rule(-1, 1, _IN, _OUT),
    "half_even": Rule(-1, 1, (True, False), (True, False)),
    "half_down": Rule(-1, 1, _OUT, _IN),
    "floor": Rule(0, 2, _IN, _OUT),
    "ceiling": Rule(-2, 0, _OUT, _IN),
    # No rule but all of them: the union of the five intervals above is again an interval.
    "any": Rule(-2, 2, _OUT, _OUT),
}
THOUSANDS: dict[str, str] = {"en": ",", "id": "."}

_PERCENT = re.compile(r"(0|[1-9][0-9]*)(?:[.,]([0-9]+))?\s*%?")
_LONGEST = 100  # characters: a longer cell is no number that anyone printed


class PrintedPercent(NamedTuple):
    """A percentage as printed; `scaled` is its value in units of its last decimal."""

    text: str
    scaled: int
    decimals: int

    @property
    def scale(self) -> int:
        """How many units of the last decimal make 100%."""
        return 100 * int(10**self.decimals)

    @property
    def percent(self) -> Decimal:
        """The value in percent, exact, with its printed decimals."""
        return as_decimal(self.scaled, self.decimals)


def parse_percent(text: str) -> PrintedPercent:
    """Read a printed percentage: "75%", "75,0%", "75.0 %", or the same without its sign.

    Comma and point are both the decimal mark, for percentages have no thousands separator.

    Raises
    ------
    ValueError
        If the value has another form or is no text: as a number, 75.0 has lost its decimals.
    """
    match = _PERCENT.fullmatch(text.strip()) if _is_cell(text) else None
    if match is None:
        raise ValueError(
            "a printed percentage is text such as '75%', '75,0%' or '75.0 %', "
            f"received {shown(text)}: give it as it is printed"
        )
    whole, fraction = match[1], match[2] or ""
    return PrintedPercent(text, int(whole + fraction), len(fraction))


def parse_whole(text: str, *, convention: Convention) -> int:
    """Read a printed whole number, with thousands separators or without.

    Parameters
    ----------
    text : str
        Such as "5000", "10,762" (English) or "10.762" (Indonesian).
    convention : {"en", "id"}
        Whose separators these are. It is never guessed: "1.200" is twelve hundred in
        Indonesian and a decimal number in English.

    Raises
    ------
    ValueError
        If the text is no whole number under the convention, or the convention is unknown.
    """
    mark = choose(THOUSANDS, convention, "convention")
    form = rf"0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+"
    if not _is_cell(text) or not re.fullmatch(form, text.strip()):
        raise ValueError(
            f"a whole number under the convention {convention!r} is text such as '5000' or "
            f"'5{mark}000', received {shown(text)}: correct it or name the other convention"
        )
    return int(text.replace(mark, ""))


def rounding_rule(rounding: str) -> Rule:
    """Look a rounding rule up by name; ValueError names the legal ones."""
    return choose(ROUNDING, rounding, "rounding")


@overload
def count_interval(value: int, n: int, scale: int, rule: Rule) -> tuple[int, int]: ...
@overload
def count_interval(value: Whole, n: Whole, scale: Whole, rule: Rule) -> tuple[Whole, Whole]: ...
def count_interval(value: Any, n: Any, scale: Any, rule: Rule) -> tuple[Any, Any]:
    """Find the lowest and the highest whole k for which scale * k / n is rounded to `value`.

    Every k between them is too, since scale * k / n grows with k and a rule rounds exactly one
    interval to `value`. Without any such k the highest is below the lowest. The arguments are
    ints, or int64 arrays of one shape.
    """
    odd = value % 2
    low_in = rule.low_in[0] + odd * (rule.low_in[1] - rule.low_in[0])
    high_in = rule.high_in[0] + odd * (rule.high_in[1] - rule.high_in[0])
    low = ((2 * value + rule.low) * n - low_in) // (2 * scale) + 1
    high = ((2 * value + rule.high) * n - 1 + high_in) // (2 * scale)
    return low, high


def percents_printed(count: int, n: int, decimals: int, rule: Rule) -> list[Decimal]:
    """All percentages that `count` of `n` may be printed as: one, or under "any" up to two."""
    scale = 100 * 10**decimals
    below = scale * count // n
    found = {value: count_interval(value, n, scale, rule) for value in (below, below + 1)}
    return [as_decimal(value, decimals) for value, (k, m) in found.items() if k <= count <= m]


def percent_of(count: int, n: int, *, decimals: int = 0, rounding: Rounding = "half_up") -> Decimal:
    """Give the percentage that `count` of `n` is printed as, exact, trailing zeros kept.

    Raises
    ------
    ValueError
        If `count` or `decimals` is negative, `n` is below 1, or the rounding is "any", which
        is not one rule.
    """
    if rounding == "any":
        raise ValueError("rounding 'any' gives no single percentage: name one of the five rules")
    k, base = whole_number(count, "the count"), whole_number(n, "the base n", at_least=1)
    return percents_printed(k, base, whole_number(decimals, "decimals"), rounding_rule(rounding))[0]


def last_unit(value: int) -> int:
    """Give the unit of the last digit that is not zero: 100 for 3400, 1 for 88 and for 0."""
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit


def whole_number(value: int, what: str, *, at_least: int = 0) -> int:
    """Return `value` as a Python int; ValueError if it is no whole number or too small."""
    try:
        number = index(value)
    except TypeError:
        number = None
    if number is None or number < at_least:
        raise ValueError(
            f"{what} must be a whole number of at least {at_least}, received {shown(value)}"
        )
    return number


def choose(legal: Mapping[str, _T], key: str, name: str) -> _T:
    """Look `key` up; ValueError names the argument and its legal values."""
    if key not in legal:
        raise ValueError(f"{name} must be one of {', '.join(legal)}, received {shown(key)}")
    return legal[key]


def as_decimal(scaled: int, decimals: int) -> Decimal:
    """Give scaled / 10^decimals exactly, trailing zeros kept."""
    return Decimal(f"{scaled}e-{decimals}")


def _is_cell(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def shown(value: object) -> str:
    """Quote a value for an error message, a huge one cut."""
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
