"""What counts say by themselves: the range of rounded ones, growth, concentration.

Nothing here supposes a sample, so there are no confidence intervals; `ypp_analysis.measures.shares`
has those. Frames go in and frames come out, in the shape that `ypp_analysis.measures.frames`
describes; the frame given is left as it was.
"""

import math
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.special import entr

from ypp_analysis.arithmetic.rounding import rounded_interval
from ypp_analysis.measures.frames import (
    labels,
    numbers,
    refuse,
    refuse_repeats,
    require_columns,
    results,
    whole_counts,
)


def rounded_ranges(
    frame: pd.DataFrame, count: str, *, group: str | None = None, table: str = ""
) -> pd.DataFrame:
    """Give the counts that each rounded or "about" number may stand for.

    Parameters
    ----------
    frame : DataFrame
        One row a number.
    count : str
        Column with the numbers as printed (whole, 0 or more).
    group : str, optional
        Column that names the rows; the index does when it is left out.
    table : str
        Name of the table the numbers come from, carried into the result.

    Returns
    -------
    DataFrame
        The shape of all results, one row a number: ``estimate`` is the printed number, ``low``
        and ``high`` the whole numbers that `ypp_analysis.arithmetic.rounded_interval` gives. They
        are no confidence interval: a number rounded in this way cannot come from outside them.

    Raises
    ------
    ValueError
        For a missing column or a wrong count.
    """
    n = whole_counts(frame, count)
    bounds = [rounded_interval(value) for value in n]
    return results(
        pd.DataFrame(
            {
                "measure": "count",
                "group": labels(frame, group),
                "n": n,
                "estimate": n,
                "low": np.array([low for low, _ in bounds]),
                "high": np.array([high for _, high in bounds]),
                "method": "rounded half up at the last digit that is not 0",
                "table": table,
            }
        )
    )


def sum_of_ranges(ranges: pd.DataFrame, *, group: str = "all") -> pd.DataFrame:
    """Add up rounded numbers, with the range in which the sum of the true counts lies.

    The range is certain and therefore wide: its ends are reached only if every number was rounded
    the same way, as far as possible. The sum supposes that nothing is counted in two rows.

    Parameters
    ----------
    ranges : DataFrame
        Rows as `rounded_ranges` returns them (columns ``n``, ``low``, ``high``, ``table``).
    group : str
        What to call the sum.

    Returns
    -------
    DataFrame
        The shape of all results, one row.

    Raises
    ------
    ValueError
        For a missing column or a wrong count.
    """
    require_columns(ranges, "n", "low", "high", "table")
    total, low, high = (int(whole_counts(ranges, name).sum()) for name in ("n", "low", "high"))
    return results(
        [
            {
                "measure": "sum of counts",
                "group": group,
                "n": total,
                "estimate": total,
                "low": low,
                "high": high,
                "method": "sums of the numbers, of the lowest and of the highest counts",
                "table": "; ".join(ranges["table"].unique()),
            }
        ]
    )


def growth(frame: pd.DataFrame, count: str, time: str, *, table: str = "") -> pd.DataFrame:
    """Measure growth from each count to the next in time, and from the first to the last.

    A row whose count is missing is skipped, never interpolated: the pair then spans the gap.

    Parameters
    ----------
    frame : DataFrame
        One row a point in time, in any order.
    count : str
        Column with the counts (whole, 0 or more, or missing).
    time : str
        Column with the times as numbers, in years (2011, or 2011.75), each once.
    table : str
        Name of the table the counts come from, carried into the result.

    Returns
    -------
    DataFrame
        The shape of all results, three rows a pair of times: ``absolute change`` (in units
        counted), ``ratio``, and ``compound annual growth rate`` (part of 1 a year). ``group``
        names the pair ("2010 to 2015"), ``n`` is the later count and ``base_n`` the earlier one.
        The pairs are in order of time, the first-to-last pair after them if it is another one.
        After a count of 0 ratio and rate do not exist and are missing.

    Raises
    ------
    ValueError
        For a missing column, a wrong count, a time that is missing or repeated, or fewer than two
        counts.
    """
    require_columns(frame, count, time)
    known = frame.dropna(subset=[count])
    times = numbers(known, time)
    refuse_repeats(known, [time])
    points = sorted(zip(times.tolist(), whole_counts(known, count).tolist(), strict=True))
    if len(points) < 2:
        raise ValueError(
            f"growth needs counts at two times or more; column {count!r} has {len(points)}; "
            "add rows or name another column"
        )
    pairs = list(pairwise(points))
    if len(points) > 2:
        pairs.append((points[0], points[-1]))
    return results(
        [
            row | {"table": table}
            for (start, base_n), (end, n) in pairs
            for row in _growth_rows(start, base_n, end, n)
        ]
    )


def _growth_rows(start: float, base_n: int, end: float, n: int) -> list[dict[str, object]]:
    """Return absolute change, ratio and rate a year from one count to a later one."""
    ratio = n / base_n if base_n else math.nan
    try:
        rate = ratio ** (1 / (end - start)) - 1
    except OverflowError:  # from one moment to the next
        rate = math.inf
    estimates = (
        ("absolute change", n - base_n, "n - base_n"),
        ("ratio", ratio, "n / base_n"),
        ("compound annual growth rate", rate, "(n / base_n) ** (1 / years) - 1"),
    )  # fmt: skip
    pair = {"group": f"{start:.10g} to {end:.10g}", "n": n, "base_n": base_n}
    return [
        {"measure": measure, "estimate": estimate, "method": formula} | pair
        for measure, estimate, formula in estimates
    ]


def concentration(frame: pd.DataFrame, count: str, group: str, *, table: str = "") -> pd.DataFrame:
    """Measure how unevenly a total is spread over groups, such as members over regions.

    Parameters
    ----------
    frame : DataFrame
        One row a group; a group with a count of 0 is a group too.
    count : str
        Column with the counts (whole, 0 or more).
    group : str
        Column that names the groups, each once.
    table : str
        Name of the table the counts come from, carried into the result.

    Returns
    -------
    DataFrame
        The shape of all results, five rows; ``base_n`` is the total. With the shares p of the k
        groups:

        - ``Herfindahl-Hirschman index`` [1]_ [2]_: sum of p², from 1 / k (even) to 1 (one group)
        - ``normalised Herfindahl-Hirschman index``: the same, from 0 to 1
        - ``effective number of groups`` [3]_: 1 / index, how many groups of equal size have the
          same index
        - ``Shannon evenness`` [4]_: entropy of p over ln k, from 0 (one group) to 1 (even)
        - ``largest share``: of the group named, the first one of equals; its count is in ``n``

    Raises
    ------
    ValueError
        For a missing column, a wrong count, a group that stands twice, fewer than two groups, or
        counts that are all 0.

    References
    ----------
    .. [1] Hirschman, A. O. (1945). National Power and the Structure of Foreign Trade. University
       of California Press. (He took the root of the sum.)
    .. [2] Herfindahl, O. C. (1950). Concentration in the U.S. Steel Industry. Dissertation,
       Columbia University.
    .. [3] Laakso, M., & Taagepera, R. (1979). "Effective" number of parties: A measure with
       application to West Europe. Comparative Political Studies, 12, 3-27.
    .. [4] Pielou, E. C. (1966). The measurement of diversity in different types of biological
       collections. Journal of Theoretical Biology, 13, 131-144.
    """
    n, names = whole_counts(frame, count), labels(frame, group)
    refuse_repeats(frame, [group])
    total, k = sum(map(int, n)), len(n)
    if k < 2:
        raise ValueError(f"concentration needs two groups or more; column {group!r} has {k}")
    refuse(n, pd.Series(total == 0, index=n.index), "the counts must not all be 0")
    p = n.to_numpy() / total
    # Squared as whole numbers, so that equal counts give 1 / k without an error of rounding.
    index = sum(int(count) ** 2 for count in n) / total**2
    first = int(p.argmax())
    estimates = (
        ("Herfindahl-Hirschman index", index, "sum of squared shares"),
        ("normalised Herfindahl-Hirschman index", (index - 1 / k) / (1 - 1 / k),
         f"(index - 1 / k) / (1 - 1 / k), k = {k}"),
        ("effective number of groups", 1 / index, "1 / Herfindahl-Hirschman index"),
        ("Shannon evenness", float(entr(p).sum()) / math.log(k), f"entropy / ln k, k = {k}"),
    )  # fmt: skip
    largest = {
        "measure": "largest share", "group": names.iloc[first], "n": n.iloc[first],
        "estimate": p[first], "method": "n / base_n",
    }  # fmt: skip
    indices: list[dict[str, object]] = [
        {"measure": measure, "group": "all", "estimate": estimate, "method": formula}
        for measure, estimate, formula in estimates
    ]
    return results([row | {"base_n": total, "table": table} for row in [*indices, largest]])
