"""Shares and rate ratios of counts, with confidence intervals.

Frames go in and frames come out, in the shape that `ypp_analysis.measures.frames` describes; the
frame given is left as it was.

A confidence interval tells what chance does in a random sample. Cases that organisations reported
are not a random sample, and a complete count has no sampling error: there an interval only
illustrates how much, or how little, a number of that size could say.
"""

import math
from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ypp_analysis.measures.frames import labels, refuse, results, whole_counts

IntervalMethod = Literal["wilson", "clopper-pearson", "jeffreys"]

# What statsmodels calls each method.
STATSMODELS_NAMES: dict[str, str] = {
    "wilson": "wilson",
    "clopper-pearson": "beta",
    "jeffreys": "jeffreys",
}


def shares(
    frame: pd.DataFrame,
    count: str,
    base: str,
    *,
    group: str | None = None,
    methods: Sequence[IntervalMethod] = get_args(IntervalMethod),
    level: float = 0.95,
    table: str = "",
) -> pd.DataFrame:
    """Work out the share of each count in its base, with confidence intervals for a proportion.

    Parameters
    ----------
    frame : DataFrame
        One row a group.
    count, base : str
        Columns with the count and with the whole that it is a part of (whole numbers).
    group : str, optional
        Column that names the groups; the index does when it is left out.
    methods : sequence of str
        ``"wilson"`` (score interval [1]_), ``"clopper-pearson"`` (exact: covers at least as often
        as its level says [2]_), ``"jeffreys"`` (equal tails, closed at a share of 0 or 1 [3]_).
    level : float
        Confidence level, between 0 and 1.
    table : str
        Name of the table the counts come from, carried into the result.

    Returns
    -------
    DataFrame
        The shape of all results, one row for each group and method; shares are parts of 1.

    Raises
    ------
    ValueError
        For a missing column, a wrong count, a base of 0, a count above its base, a level outside
        0 to 1, or an unknown method.

    Notes
    -----
    The intervals suppose a random sample. On a complete count of reported cases they are an
    illustration only: they cover neither cases never reported nor the way cases were found.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association, 22, 209-212.
    .. [2] Clopper, C. J., & Pearson, E. S. (1934). The use of confidence or fiducial limits
       illustrated in the case of the binomial. Biometrika, 26, 404-413.
    .. [3] Brown, L. D., Cai, T. T., & DasGupta, A. (2001). Interval estimation for a binomial
       proportion. Statistical Science, 16, 101-133.
    """
    n, base_n = whole_counts(frame, count), whole_counts(frame, base)
    refuse(base_n, base_n == 0, "there is no share of 0; correct the base or drop the row")
    pairs = (n.astype(str) + " of " + base_n.astype(str)).rename(count)
    refuse(pairs, n > base_n, f"no count is above its base {base!r}; check which is the base")
    if not methods:
        raise ValueError(f"methods={methods!r}: name one or more of {list(STATSMODELS_NAMES)}")
    counted = pd.DataFrame(
        {
            "measure": "share",
            "group": labels(frame, group),
            "n": n,
            "base_n": base_n,
            "estimate": n / base_n,
            "table": table,
        }
    ).reset_index(drop=True)
    found = []
    for method in methods:
        low, high = _proportion_interval(n.to_numpy(), base_n.to_numpy(), method, level)
        found.append(counted.assign(low=low, high=high, method=method))
    # The index is the group's place: the methods of a group come together, in the order given.
    return results(pd.concat(found).sort_index(kind="stable"))


def rate_ratio(
    count1: int,
    exposure1: float,
    count2: int,
    exposure2: float,
    *,
    level: float = 0.95,
    group: str = "1 to 2",
    table: str = "",
) -> pd.DataFrame:
    """Divide two rates, each a count over its exposure, with the exact conditional interval.

    Given the sum of both counts, the first one is binomial [1]_; the Clopper-Pearson limits of
    its share, turned into odds, are those of the ratio.

    Parameters
    ----------
    count1, count2 : int
        The counts (whole, 0 or more, not both 0).
    exposure1, exposure2 : float
        What each count was observed over (months, organisations, persons), in one unit; above 0.
    level : float
        Confidence level, between 0 and 1.
    group : str
        What is compared, for the result.
    table : str
        Name of the table the counts come from, carried into the result.

    Returns
    -------
    DataFrame
        The shape of all results, one row: ``n`` is the first count, ``base_n`` the sum of both.
        Estimate and high limit are infinite when the second count is 0.

    Raises
    ------
    ValueError
        For a wrong count, two counts of 0, an exposure not above 0, or a level outside 0 to 1.

    Notes
    -----
    The interval supposes that both counts are Poisson and that the same events are counted with
    the same care. Cases reported by other organisations in another year are not: a ratio of them
    shows how the reports differ, and neither a change in the number of victims nor an effect of
    anything done in between.

    References
    ----------
    .. [1] Przyborowski, J., & Wilenski, H. (1940). Homogeneity of results in testing samples from
       Poisson series. Biometrika, 31, 313-323.
    """
    counts = whole_counts(pd.DataFrame({"count": [count1, count2]}, index=[1, 2]), "count")
    total = int(counts.sum())
    if total == 0:
        raise ValueError("both counts are 0: they have no ratio; compare counts above 0")
    for name, exposure in (("exposure1", exposure1), ("exposure2", exposure2)):
        if not 0 < exposure < math.inf:
            raise ValueError(f"{name} must be a number above 0; received {exposure!r}")
    shares_of_total = _proportion_interval(
        np.array([count1]), np.array([total]), "clopper-pearson", level
    )
    estimate, low, high = (
        _odds(float(share)) * exposure2 / exposure1
        for share in (count1 / total, *(limit[0] for limit in shares_of_total))
    )
    return results(
        [
            {
                "measure": "rate ratio",
                "group": group,
                "n": count1,
                "base_n": total,
                "estimate": estimate,
                "low": low,
                "high": high,
                "method": "exact conditional",
                "table": table,
            }
        ]
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def _proportion_interval(
    n: npt.NDArray[np.int64], base_n: npt.NDArray[np.int64], method: str, level: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the low and high limits of shares by one method."""
    if method not in STATSMODELS_NAMES:
        raise ValueError(f"unknown method {method!r}; use one of {list(STATSMODELS_NAMES)}")
    if not 0 < level < 1:
        raise ValueError(f"level={level!r} must be between 0 and 1; write 0.95 for 95%")
    low, high = proportion_confint(n, base_n, alpha=1 - level, method=STATSMODELS_NAMES[method])
    # At the ends Brown, Cai and DasGupta close the Jeffreys interval, which statsmodels leaves
    # open; for the other two methods this is exact already, but for the last float digit.
    return np.where(n == 0, 0.0, low), np.where(n == base_n, 1.0, high)
