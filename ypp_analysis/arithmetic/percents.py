"""Can a printed percentage be true? Exact integers, for any study.

A share of n people is a whole count over n. Of the 101 whole percentages only n + 1 can be
such shares while n is below 100, so "71%" of 43 people is an error whoever they were. This is
the GRIM test (Brown and Heathers 2017, doi:10.1177/1948550616673876) for percentages, with
the rounding rule named, the counts listed, and the power stated beside every result.

One case: `check_percent`. Many: `check_percents`. Summary: `summarise_percents`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from ypp_analysis.arithmetic.power import percent_power
from ypp_analysis.arithmetic.printed import (
    PrintedPercent,
    Qualifier,
    Rounding,
    choose,
    count_interval,
    last_unit,
    parse_percent,
    percents_printed,
    rounding_rule,
    shown,
    whole_number,
)

if TYPE_CHECKING:  # imported where frames are handled: `ypp percent` starts without them
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from ypp_analysis.arithmetic.printed import Whole

Outcome = Literal["inconsistent", "consistent", "underdetermined"]
OUTCOMES: tuple[Outcome, ...] = ("inconsistent", "consistent", "underdetermined")
_INT64_MAX = 2**63 - 1


@dataclass(frozen=True)
class Neighbour:
    """A count of n, and the percentage it would be printed as."""

    count: int
    percent: Decimal


@dataclass(frozen=True)
class PercentCheck:
    """What a printed percentage of n says about the count behind it.

    Attributes
    ----------
    printed : PrintedPercent
        The percentage: text, digits, decimals.
    n : int
        Its base.
    rounding : str
        The rule it was read under, a key of `ROUNDING`.
    counts : range
        Every whole count of 0..n that is printed so; empty if there is none.
    below, above : Neighbour or None
        Where there is none: the nearest count on either side.
    power : Fraction
        See `percent_power`.
    """

    printed: PrintedPercent
    n: int
    rounding: Rounding
    counts: range
    below: Neighbour | None
    above: Neighbour | None
    power: Fraction

    @property
    def outcome(self) -> Outcome:
        """Inconsistent without a count; underdetermined if no percentage could have failed."""
        if not self.counts:
            return "inconsistent"
        return "consistent" if self.power else "underdetermined"


def percent_counts(
    printed: str, n: int, *, qualifier: Qualifier = "exact", rounding: Rounding = "half_up"
) -> range:
    """List the whole counts k of 0..n for which the printed percentage of n is true.

    They are consecutive (see `count_interval`). A percentage over 100 has none: it is no share.

    Parameters
    ----------
    printed : str
        The percentage as text; see `parse_percent`.
    n : int
        Its base, at least 1.
    qualifier : str
        "exact": k / n is rounded to the printed digits. "about": to the last of them that is
        not zero ("about 50%" is 45% up to 55%). "more than", "less than", "at least": k / n is
        compared with the printed percentage itself, without rounding.
    rounding : str
        A key of `ROUNDING`. "any" allows what at least one of the five rules does, since a
        study seldom names its rule.

    Returns
    -------
    range
        The counts, ascending; empty if there is none.

    Raises
    ------
    ValueError
        If an argument is not of the kind above.
    """
    value, rule, base = parse_percent(printed), rounding_rule(rounding), _base(n)
    scaled, scale = value.scaled, value.scale
    unit = last_unit(scaled) if qualifier == "about" else 1
    rounded = count_interval(scaled // unit, base * unit, scale, rule)
    at_most = scaled * base // scale  # the last count whose share is not above the percentage
    below = (scaled * base - 1) // scale  # the last whose share is below it
    ends = {
        "exact": rounded,
        "about": rounded,
        "more than": (at_most + 1, base),
        "less than": (0, below),
        "at least": (below + 1, base),
    }
    low, high = choose(ends, qualifier, "qualifier")
    return range(max(low, 0), min(high, base) + 1) or range(0)


def check_percent(printed: str, n: int, *, rounding: Rounding = "half_up") -> PercentCheck:
    """Check one printed percentage of n.

    Arguments and errors are those of `percent_counts`.

    Examples
    --------
    >>> check = check_percent("71%", 43)
    >>> check.outcome
    'inconsistent'
    >>> check.below, check.above
    (Neighbour(count=30, percent=Decimal('70')), Neighbour(count=31, percent=Decimal('72')))
    >>> check_percent("75%", 88).counts
    range(66, 67)
    """
    value, rule, base = parse_percent(printed), rounding_rule(rounding), _base(n)
    counts = percent_counts(printed, base, rounding=rounding)
    below = above = None
    if not counts:
        last = min(value.scaled * base // value.scale, base)
        below = Neighbour(last, max(percents_printed(last, base, value.decimals, rule)))
        if last < base:
            above = Neighbour(last + 1, min(percents_printed(last + 1, base, value.decimals, rule)))
    power = percent_power(base, value.decimals, rounding=rounding)
    return PercentCheck(value, base, rounding, counts, below, above, power)


def check_percents(
    frame: pd.DataFrame, *, printed: str = "printed", n: str = "n", rounding: Rounding = "half_up"
) -> pd.DataFrame:
    """Check many printed percentages, each of its own base, in exact int64 arithmetic.

    Parameters
    ----------
    frame : DataFrame
        One row a percentage.
    printed, n : str
        The columns with the percentage as text and with its base (an integer type).
    rounding : str
        A key of `ROUNDING`.

    Returns
    -------
    DataFrame
        The index and the two columns given, and

        - `count_low`, `count_high` : lowest and highest count (Int64; missing if there is none)
        - `counts_n` : how many counts there are (int64)
        - `power` : as in `percent_power` (float64)
        - `outcome` : as in `PercentCheck` (categorical, one of `OUTCOMES`)

    Raises
    ------
    ValueError
        If a column is missing, a cell is blank or not of its kind (the first such row is
        named), or a number is too large for int64 arithmetic.
    """
    import numpy as np
    import pandas as pd

    rule = rounding_rule(rounding)
    for column in (printed, n):
        if column not in frame:
            raise ValueError(f"the frame has no column {column!r}, only {list(frame)}: name it")
    codes, values = _distinct_percents(frame[printed])
    base = _bases(frame[n])
    _refuse_overflow(frame[n], base, codes, [max(v.scaled, v.scale) for v in values])
    scaled = np.array([value.scaled for value in values], dtype=np.int64)[codes]
    scale = np.array([value.scale for value in values], dtype=np.int64)[codes]
    low, high = count_interval(scaled, base, scale, rule)
    low, high = np.maximum(low, 0), np.minimum(high, base)
    counts_n = np.maximum(high - low + 1, 0)
    attained = np.minimum(base, scale) + 1
    if rounding == "any":
        attained = np.minimum(2 * base + 1 - np.gcd(base, scale), scale + 1)
    missed = scale + 1 - attained
    outcome: Whole = np.select([counts_n == 0, missed > 0], [0, 1], 2)
    return frame[[printed, n]].assign(
        count_low=pd.arrays.IntegerArray(low, counts_n == 0),
        count_high=pd.arrays.IntegerArray(high, counts_n == 0),
        counts_n=counts_n,
        power=missed / (scale + 1),
        outcome=pd.Categorical.from_codes(outcome, categories=pd.Index(OUTCOMES)),
    )


def summarise_percents(checked: pd.DataFrame) -> pd.DataFrame:
    """Count the outcomes of `check_percents`.

    Returns
    -------
    DataFrame
        One row an outcome, all of `OUTCOMES`: `outcome`, `checks_n` (how many rows) and
        `power_mean` (mean power of these rows; missing if there is none).
    """
    grouped = checked.groupby("outcome", observed=False)["power"]
    return grouped.agg(checks_n="size", power_mean="mean").reset_index()


def _base(n: int) -> int:
    return whole_number(n, "the base n", at_least=1)


def _distinct_percents(column: pd.Series) -> tuple[Whole, list[PrintedPercent]]:
    """Read each text once, however often it occurs: its place in the list for every row."""
    import pandas as pd

    codes, texts = pd.factorize(column, use_na_sentinel=False)
    values = []
    for code, text in enumerate(texts):
        try:
            values.append(parse_percent(text))
        except ValueError as error:
            raise ValueError(f"{_first(column, codes == code)}: {error}") from None
    return codes, values


def _bases(column: pd.Series) -> Whole:
    import pandas as pd

    if not pd.api.types.is_integer_dtype(column):
        raise ValueError(
            f"column {column.name!r} must be of an integer type, received {column.dtype}: "
            "drop rows without a base, then convert it"
        )
    bad = column.isna() | (column < 1) | (column > _INT64_MAX)
    if bad.any():
        raise ValueError(
            f"{_first(column, bad)}: the base n must be a whole number from 1 to {_INT64_MAX}"
        )
    return column.to_numpy(dtype="int64")


def _refuse_overflow(column: pd.Series, bases: Whole, codes: Whole, largest: list[int]) -> None:
    import numpy as np

    limit = np.array([_INT64_MAX // (2 * most + 2) for most in largest], dtype=np.int64)
    bad = bases > limit[codes]
    if bad.any():
        raise ValueError(
            f"{_first(column, bad)}: the base is too large for int64 arithmetic with the "
            "percentage beside it: use check_percent, which has no limit"
        )


def _first(column: pd.Series, bad: NDArray[np.bool_] | pd.Series) -> str:
    """Name the first row that a mask marks, with its value."""
    import numpy as np

    place = int(np.argmax(bad))
    here = column.iloc[[place]]
    row, value = here.index.tolist()[0], here.tolist()[0]  # as Python prints them
    return f"row {row!r}, column {column.name!r}, received {shown(value)}"
