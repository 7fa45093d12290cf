"""Percentages of a base, against a brute-force oracle, the grim package and cases by hand."""

import decimal
import doctest
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import ROUND, RULES, counts_of, printed_values
from pandas.testing import assert_frame_equal

from ypp_analysis.arithmetic import feasibility, percents, power, printed, sums
from ypp_analysis.arithmetic.percents import (
    Neighbour,
    check_percent,
    check_percents,
    percent_counts,
    summarise_percents,
)
from ypp_analysis.arithmetic.power import percent_power

LARGEST = 200


def texts(decimals):
    """Every printable percentage, 0 to 100, in ascending order."""
    return [
        f"{value // 10**decimals}" + (f".{value % 10**decimals:0{decimals}}" if decimals else "")
        for value in range(100 * 10**decimals + 1)
    ]


@given(
    n=st.integers(1, 120),
    value=st.integers(0, 1200),
    decimals=st.integers(0, 2),
    rounding=st.sampled_from(sorted(RULES)),
)
def test_one_case_agrees_with_the_oracle_and_with_the_frame(n, value, decimals, rounding):
    text = f"{Decimal(value).scaleb(-decimals)}%"
    check = check_percent(text, n, rounding=rounding)
    assert tuple(check.counts) == counts_of(text, n, rounding)
    assert check.counts == percent_counts(text, n, rounding=rounding)
    row = check_percents(pd.DataFrame({"printed": [text], "n": [n]}), rounding=rounding).iloc[0]
    assert row["counts_n"] == len(check.counts)
    assert row["power"] == float(check.power)
    assert row["outcome"] == check.outcome
    if check.counts:
        assert (row["count_low"], row["count_high"]) == (check.counts[0], check.counts[-1])
        assert check.below is check.above is None
    else:
        assert check.below.percent < check.printed.percent
        assert check.below.count == n or check.above.count == check.below.count + 1
        for side in filter(None, (check.below, check.above)):
            digits = int(side.percent.scaleb(decimals))
            assert digits in printed_values(side.count, n, decimals, rounding)


@given(
    n=st.integers(1, 10**25),
    share=st.floats(0, 1),
    decimals=st.integers(0, 20),
    rounding=st.sampled_from(sorted(ROUND)),
)
def test_a_count_is_among_those_of_its_own_percentage(n, share, decimals, rounding):
    count = min(int(n * Fraction(share)), n)
    text = f"{printed.percent_of(count, n, decimals=decimals, rounding=rounding):f}%"
    counts = percent_counts(text, n, rounding=rounding)
    assert count in counts
    assert counts[0] in percent_counts(text, n, rounding="any")
    for neighbour in (counts[0] - 1, counts[-1] + 1):
        if 0 <= neighbour <= n:
            other = printed.percent_of(neighbour, n, decimals=decimals, rounding=rounding)
            assert f"{other:f}%" != text


@pytest.mark.parametrize("rounding", ROUND)
def test_the_grim_package_agrees(rounding):
    mean_tester = pytest.importorskip("grim.mean_tester")
    method = getattr(decimal, f"ROUND_{rounding.upper()}")
    for n, (decimals, step) in product(range(1, 61), [(0, 1), (1, 17)]):
        for text in texts(decimals)[::step]:
            mean = Decimal(text).scaleb(-2)
            agreed = mean_tester.consistency_check(mean, n, rounding_method=method)
            assert agreed == bool(percent_counts(text, n, rounding=rounding)), (text, n)


@pytest.mark.parametrize(
    ("text", "n", "counts"),
    [
        # By hand: 65, 66, 67 of 88 are 73.9, 75 and 76.1 percent.
        ("75%", 88, [66]),
        ("75,0%", 88, [66]),
        ("25%", 88, [22]),
        # 80, 81, 82 of 88 are 90.9, 92.05 and 93.2 percent.
        ("92%", 88, [81]),
        ("92.0%", 88, [81]),
        ("92.1%", 88, []),
        # 60, 61 of 81 are 74.1 and 75.3 percent.
        ("75%", 81, [61]),
        ("71%", 43, []),
        # 71% of 143 is 100.8 to 102.2 (half a percent either side).
        ("71%", 143, [101, 102]),
        ("100%", 1, [1]),
        ("101%", 5, []),
        ("0%", 7, [0]),
    ],
)
def test_known_counts(text, n, counts):
    assert list(percent_counts(text, n)) == counts


def test_an_impossible_percentage_shows_the_nearest_possible_ones():
    check = check_percent("71%", 43)  # by hand: 30 / 43 = 69.8%, 31 / 43 = 72.1%
    assert check.outcome == "inconsistent"
    assert check.counts == range(0)
    assert check.below == Neighbour(30, Decimal("70"))
    assert check.above == Neighbour(31, Decimal("72"))
    assert (check.printed.text, check.n, check.rounding) == ("71%", 43, "half_up")
    assert check.power == Fraction(101 - 44, 101)
    over = check_percent("101%", 5)
    assert (over.below, over.above) == (Neighbour(5, Decimal("100")), None)


def test_any_rule_shows_the_neighbours_at_their_nearest():
    # By hand: 1 and 2 of 3 are 33.3 and 66.7 percent, printed as 33 or 34 and as 66 or 67.
    check = check_percent("50%", 3, rounding="any")
    assert (check.below, check.above) == (Neighbour(1, Decimal("34")), Neighbour(2, Decimal("66")))


def test_equal_results_are_one_value():
    assert len({check_percent("71%", 43) for _ in range(2)}) == 1


def test_a_whole_percentage_of_a_hundred_or_more_is_never_called_consistent():
    assert check_percent("71%", 99).outcome == "consistent"
    for n in (100, 101, 143, 10**9):
        assert check_percent("71%", n).outcome == "underdetermined"
    assert check_percent("101%", 100).outcome == "inconsistent"
    assert check_percent("71.0%", 100).power == Fraction(900, 1001)


@pytest.mark.parametrize(
    ("text", "n", "qualifier", "counts"),
    [
        # By hand: half of 88 is 44, half of 81 is 40.5.
        ("50%", 88, "less than", range(44)),
        ("50%", 81, "less than", range(41)),
        ("50%", 88, "more than", range(45, 89)),
        ("50%", 81, "more than", range(41, 82)),
        ("50%", 88, "at least", range(44, 89)),
        ("50%", 81, "at least", range(41, 82)),
        # 51% of 51 is 26.01.
        ("51%", 51, "less than", range(27)),
        ("51%", 51, "at least", range(27, 52)),
        ("0%", 88, "less than", range(0)),
        ("100%", 88, "more than", range(0)),
        ("120%", 88, "less than", range(89)),
        # "about 50%" is 45% up to 55%: 39.6 to 48.4 of 88; "about 75%" is 74.5% up to 75.5%.
        ("50%", 88, "about", range(40, 49)),
        ("75%", 88, "about", range(66, 67)),
        # 45% and 55% of 100, the upper end out.
        ("50.0%", 100, "about", range(45, 55)),
    ],
)
def test_a_qualifier_changes_the_counts(text, n, qualifier, counts):
    assert percent_counts(text, n, qualifier=qualifier) == counts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"printed": "many", "n": 88}, "'75.0 %', received 'many'"),
        ({"printed": "75%", "n": 0}, "the base n must be a whole number of at least 1, received 0"),
        ({"printed": "75%", "n": 88.0}, r"the base n must .* received 88\.0"),
        ({"printed": "75%", "n": "88"}, "the base n must .* received '88'"),
        ({"printed": "75%", "n": 88, "rounding": "up"}, "rounding must be one of half_up.* 'up'"),
        (
            {"printed": "75%", "n": 88, "qualifier": "most"},
            "qualifier must be one of exact.*'most'",
        ),
    ],
)
def test_arguments_of_another_kind_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        percent_counts(**arguments)


@pytest.fixture
def rows():
    return pd.DataFrame(
        {"share": ["71%", "75,0%", "71%", "101%"], "base": [43, 88, 143, 5], "note": list("abcd")},
        index=["r1", "r2", "r3", "r4"],
    )


def test_many_cases_keep_their_rows_and_leave_the_frame_alone(rows):
    before = rows.copy()
    checked = check_percents(rows, printed="share", n="base")
    assert_frame_equal(rows, before)
    expected = pd.DataFrame(
        {
            "share": rows["share"],
            "base": rows["base"],
            "count_low": pd.array([None, 66, 101, None], dtype="Int64"),
            "count_high": pd.array([None, 66, 102, None], dtype="Int64"),
            "counts_n": [0, 1, 2, 0],
            # By hand: 44, 89, all and 6 of the printable percentages have a count.
            "power": [57 / 101, 912 / 1001, 0.0, 95 / 101],
            "outcome": pd.Categorical(
                ["inconsistent", "consistent", "underdetermined", "inconsistent"],
                categories=["inconsistent", "consistent", "underdetermined"],
            ),
        },
        index=rows.index,
    )
    assert_frame_equal(checked, expected)


def test_the_summary_counts_every_outcome(rows):
    checked = check_percents(rows.loc[["r1", "r2", "r4"]], printed="share", n="base")
    summary = summarise_percents(checked)
    assert summary["outcome"].tolist() == ["inconsistent", "consistent", "underdetermined"]
    assert summary["checks_n"].tolist() == [2, 1, 0]
    assert summary["power_mean"].iloc[0] == pytest.approx((57 + 95) / 202)
    assert summary["power_mean"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("kind", ["int64", "int8", "uint64", "Int64"])
@pytest.mark.parametrize("text", ["str", "object", "category"])
def test_integers_and_texts_of_any_type_will_do(kind, text):
    frame = pd.DataFrame({"printed": ["75%", "71%"], "n": [88, 43]})
    frame = frame.astype({"printed": text, "n": kind})
    assert check_percents(frame)["counts_n"].tolist() == [1, 0]


def test_no_row_gives_no_row():
    empty = pd.DataFrame({"printed": pd.Series(dtype="str"), "n": pd.Series(dtype="int64")})
    checked = check_percents(empty)
    assert len(checked) == 0
    assert summarise_percents(checked)["checks_n"].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("printed", ["75%", "lots"], "row 11, column 'printed', received 'lots': .* as it is"),
        ("printed", ["75%", None], "row 11, column 'printed', received nan: a printed percentage"),
        ("printed", [75.0, 71.0], r"row 10, column 'printed', received .*75\.0.*: a printed"),
        ("n", [88, 0], "row 11, column 'n', received .*0.*: the base n must be a whole number"),
        ("n", pd.array([88, None], dtype="Int64"), "row 11, column 'n', received <NA>: the base n"),
        ("n", np.array([2**63, 88], dtype="uint64"), "row 10, column 'n', .*9223372036854775808"),
        ("n", [88.0, 43.0], "'n' must be of an integer type, received float64: drop rows"),
        ("n", ["88", "43"], "'n' must be of an integer type, received str"),
        ("n", [88, 2**62], "row 11, column 'n', .*4611686018427387904.*too large for int64"),
        ("printed", ["75%", "7" + "0" * 30], "row 11, column 'n', .*too large for int64"),
        ("printed", ["75%", "7." + "0" * 30], "row 11, column 'n', .*too large for int64"),
    ],
)
def test_the_first_bad_row_is_named(column, value, message):
    frame = pd.DataFrame({"printed": ["75%", "71%"], "n": [88, 43]}, index=[10, 11])
    frame[column] = value
    with pytest.raises(ValueError, match=message):
        check_percents(frame)


def test_the_largest_base_is_still_exact():
    # Largest n with 2 (100 + 1) n in int64, for a percentage not above 100.
    n = (2**63 - 1) // 202
    frame = pd.DataFrame({"printed": ["71%"], "n": [n]})
    row = check_percents(frame).iloc[0]
    counts = percent_counts("71%", n)  # Python integers have no limit
    assert (row["count_low"], row["count_high"]) == (counts[0], counts[-1])
    with pytest.raises(ValueError, match="too large"):
        check_percents(frame.assign(n=n + 1))


def test_a_missing_column_is_named(rows):
    with pytest.raises(ValueError, match=r"no column 'printed', only \['share', 'base', 'note'\]"):
        check_percents(rows)


@pytest.mark.parametrize("module", [printed, power, percents, sums, feasibility])
def test_the_examples_in_the_documentation_hold(module):
    assert doctest.testmod(module).failed == 0


def test_a_single_check_loads_neither_pandas_nor_numpy():
    code = (
        "import sys, ypp_analysis.arithmetic.feasibility, ypp_analysis.arithmetic.sums\n"
        "ypp_analysis.arithmetic.feasibility.check_percent('71%', 43)\n"
        "print({'numpy', 'pandas', 'scipy'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


# The long one last: the others tell most faults at once.


def oracle_table(rounding, decimals):
    """Lowest, highest and number of counts: a row for each n, a column for each percentage."""
    shape = LARGEST, 100 * 10**decimals + 1
    low, high, number = np.full(shape, LARGEST), np.full(shape, -1), np.zeros(shape, dtype=int)
    for n in range(1, LARGEST + 1):
        for k in range(n + 1):
            for value in printed_values(k, n, decimals, rounding):
                low[n - 1, value] = min(k, low[n - 1, value])
                high[n - 1, value] = k
                number[n - 1, value] += 1
    return low, high, number


@pytest.mark.parametrize(("rounding", "decimals"), list(product(RULES, range(3))))
def test_every_percentage_of_every_base_agrees_with_the_oracle(rounding, decimals):
    low, high, number = oracle_table(rounding, decimals)
    some = number > 0
    assert np.array_equal((high - low + 1)[some], number[some])  # one run without gaps

    bases, shown = range(1, LARGEST + 1), texts(decimals)
    frame = pd.DataFrame({"printed": shown * LARGEST, "n": np.repeat(bases, len(shown))})
    checked = check_percents(frame, rounding=rounding)
    assert np.array_equal(checked["counts_n"], number.ravel())
    for column, expected in (("count_low", low), ("count_high", high)):
        assert np.array_equal(checked[column].notna(), some.ravel())
        assert np.array_equal(checked[column].dropna(), expected[some])

    powers = [Fraction(int((row == 0).sum()), len(shown)) for row in number]
    assert [percent_power(n, decimals, rounding=rounding) for n in bases] == powers
    assert np.array_equal(checked["power"], np.repeat([float(p) for p in powers], len(shown)))
    blind = np.repeat([not p for p in powers], len(shown))
    outcome = np.select([~some.ravel(), blind], [0, 2], 1)  # places in OUTCOMES
    assert np.array_equal(checked["outcome"].cat.codes, outcome)
