"""Ranges, growth and concentration, by hand and against R."""

import math

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from ypp_analysis.measures.counts import concentration, growth, rounded_ranges, sum_of_ranges
from ypp_analysis.measures.frames import RESULT_COLUMNS

SIGNATURES = [200, 5000, 3400, 3800, 1200, 500]


@pytest.fixture
def petition():
    places = ["A", "B", "C", "D", "E", "F"]
    return pd.DataFrame({"place": places, "signatures_n": SIGNATURES})


@pytest.fixture
def network():
    return pd.DataFrame({"region": list("ABCDEF"), "groups_n": [15, 16, 12, 25, 4, 5]})


def estimates(found):
    return dict(zip(found["measure"], found["estimate"], strict=True))


def test_each_rounded_number_has_its_range(petition):
    before = petition.copy()
    found = rounded_ranges(petition, "signatures_n", group="place", table="petition")
    assert found.columns.tolist() == RESULT_COLUMNS
    assert found["group"].tolist() == petition["place"].tolist()
    assert found["estimate"].tolist() == SIGNATURES
    assert found["base_n"].isna().all()
    assert set(found["measure"]) == {"count"}
    assert set(found["method"]) == {"rounded half up at the last digit that is not 0"}
    assert set(found["table"]) == {"petition"}
    # By hand: hundreds give -50 and +49, the five thousand -500 and +499.
    assert found["low"].tolist() == [150, 4500, 3350, 3750, 1150, 450]
    assert found["high"].tolist() == [249, 5499, 3449, 3849, 1249, 549]
    assert_frame_equal(petition, before)


def test_the_sum_of_ranges_is_the_range_of_the_sum(petition):
    found = sum_of_ranges(rounded_ranges(petition, "signatures_n", table="petition"))
    assert found.columns.tolist() == RESULT_COLUMNS
    row = found.iloc[0]
    # By hand: 14,100 in all; five times 50 and once 500 less, five times 49 and once 499 more.
    assert (row["n"], row["estimate"]) == (14_100, 14_100)
    assert (row["low"], row["high"]) == (13_350, 14_844)
    assert (row["measure"], row["group"], row["table"]) == ("sum of counts", "all", "petition")
    assert row["method"] == "sums of the numbers, of the lowest and of the highest counts"


def test_a_sum_names_every_table_once(petition):
    ranges = [
        rounded_ranges(petition, "signatures_n", table=name) for name in ("one", "two", "one")
    ]
    assert sum_of_ranges(pd.concat(ranges))["table"].tolist() == ["one; two"]


def test_no_numbers_add_up_to_none(petition):
    found = sum_of_ranges(rounded_ranges(petition.iloc[:0], "signatures_n")).iloc[0]
    assert (found["n"], found["low"], found["high"]) == (0, 0, 0)


def test_a_table_has_no_name_unless_one_is_given(petition):
    found = [
        rounded_ranges(petition, "signatures_n"),
        growth(pd.DataFrame({"year": [2009, 2010], "n": [85, 39]}), "n", "year"),
        concentration(petition, "signatures_n", "place"),
    ]
    assert all(set(rows["table"]) == {""} for rows in found)


def test_wrong_ranges_are_refused(petition):
    with pytest.raises(ValueError, match=r"0 or more.*received -5 \(row 1\)"):
        rounded_ranges(petition.assign(signatures_n=[0, -5, 0, 0, 0, 0]), "signatures_n")
    with pytest.raises(ValueError, match=r"missing column \['n', 'low', 'high', 'table'\]"):
        sum_of_ranges(petition)


def test_growth_of_two_counts():
    found = growth(pd.DataFrame({"year": [2010, 2009], "cases_n": [39, 85]}), "cases_n", "year")
    assert found.columns.tolist() == RESULT_COLUMNS
    assert found["group"].unique().tolist() == ["2009 to 2010"]
    # By hand: 39 - 85 = -46; in one year the rate is the ratio less 1, so -46 / 85.
    assert found["estimate"].tolist() == pytest.approx([-46, 39 / 85, -46 / 85], rel=1e-12)
    assert found["measure"].tolist() == ["absolute change", "ratio", "compound annual growth rate"]
    formulas = ["n - base_n", "n / base_n", "(n / base_n) ** (1 / years) - 1"]
    assert found["method"].tolist() == formulas
    assert found[["n", "base_n"]].drop_duplicates().values.tolist() == [[39, 85]]


def test_growth_adds_the_first_to_last_pair_and_skips_missing_counts():
    frame = pd.DataFrame({"year": [2000, 2001, 2002, 2005], "n": [100, None, 121, 968]})
    before = frame.copy()
    found = growth(frame, "n", "year", table="ecpat_growth")
    pairs = ["2000 to 2002", "2002 to 2005", "2000 to 2005"]
    assert found["group"].tolist() == [pair for pair in pairs for _ in range(3)]
    rates = found.loc[found["measure"] == "compound annual growth rate", "estimate"].tolist()
    # By hand: 1.1² = 121 / 100; 2³ = 968 / 121; the whole is 9.68 over 5 years.
    assert rates == pytest.approx([0.1, 1, 9.68**0.2 - 1], rel=1e-12)
    assert set(found["table"]) == {"ecpat_growth"}
    assert_frame_equal(frame, before)


def test_growth_takes_parts_of_years():
    frame = pd.DataFrame({"year": [2015.5, 2016.0], "n": [100, 110]})
    found = growth(frame, "n", "year")
    assert found["group"].iloc[0] == "2015.5 to 2016"
    # By hand: half a year at a tenth more is 1.1² - 1 a year.
    assert estimates(found)["compound annual growth rate"] == pytest.approx(0.21, rel=1e-12)


def test_growth_from_none_has_a_change_but_no_ratio():
    found = estimates(growth(pd.DataFrame({"year": [1, 2], "n": [0, 4]}), "n", "year"))
    assert found["absolute change"] == 4
    assert math.isnan(found["ratio"])
    assert math.isnan(found["compound annual growth rate"])


def test_growth_in_no_time_has_no_bound():
    points = pd.DataFrame({"n": [1, 2], "t": [2000, 2000.0001]})  # 2 ** 10,000 is above any float
    assert estimates(growth(points, "n", "t"))["compound annual growth rate"] == math.inf


def test_growth_to_none_is_a_loss_of_all():
    found = growth(pd.DataFrame({"year": [1, 2], "n": [4, 0]}), "n", "year")
    assert found["estimate"].tolist() == [-4, 0, -1]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"year": [2009], "n": [85]}, r"two times or more; column 'n' has 1"),
        ({"year": [2009, 2010], "n": [85, None]}, r"two times or more; column 'n' has 1"),
        (
            {"year": [2009, 2009], "n": [85, 39]},
            "for each year; received {'year': 2009} more than once",
        ),
        (
            {"year": [2009, None], "n": [85, 39]},
            r"column 'year': a number is missing; .* drop the row; received nan \(row 1\)",
        ),
        (
            {"year": ["1", "2", "3", "4"], "n": [85, 39, 7, 8]},
            r"'year' must hold numbers; received \['1', '2', '3'\] of type",
        ),
        (
            {"year": [2009, 2010], "n": [85, -39]},
            r"'n': a count is .* of 0 or more; .* drop the row; received -39 \(row 1\)$",
        ),
        (
            {"year": range(7), "n": [8, -1, -2, -3, -4, -5, -6]},
            r"received -1 \(row 1\), -2 \(row 2\), -3 \(row 3\), -4 \(row 4\), -5 \(row 5\)$",
        ),
        ({"year": [2009, 2010], "cases": [85, 39]}, r"missing column \['n'\]"),
    ],
)
def test_wrong_growth_is_refused(columns, message):
    with pytest.raises(ValueError, match=message):
        growth(pd.DataFrame(columns), "n", "year")


def test_large_counts_are_squared_exactly():
    frame = pd.DataFrame({"n": [4_000_000_000, 4_000_000_000], "region": ["A", "B"]})
    assert estimates(concentration(frame, "n", "region"))["Herfindahl-Hirschman index"] == 1 / 2


def test_concentration_of_the_network(network):
    before = network.copy()
    found = concentration(network, "groups_n", "region", table="ecpat_network")
    assert found.columns.tolist() == RESULT_COLUMNS
    assert set(found["base_n"]) == {77}
    # By hand: 225 + 256 + 144 + 625 + 16 + 25 = 1291, 77² = 5929;
    # (1291 / 5929 - 1 / 6) / (5 / 6) = (6 * 1291 - 5929) / (5 * 5929) = 1817 / 29645.
    assert estimates(found) == pytest.approx(
        {
            "Herfindahl-Hirschman index": 1291 / 5929,
            "normalised Herfindahl-Hirschman index": 1817 / 29645,
            "effective number of groups": 5929 / 1291,
            # R 4.2.2: p <- c(15, 16, 12, 25, 4, 5) / 77; -sum(p * log(p)) / log(6)
            "Shannon evenness": 0.910428487446,
            "largest share": 25 / 77,
        },
        rel=1e-11,
    )
    assert found["method"].tolist() == [
        "sum of squared shares",
        "(index - 1 / k) / (1 - 1 / k), k = 6",
        "1 / Herfindahl-Hirschman index",
        "entropy / ln k, k = 6",
        "n / base_n",
    ]
    assert set(found["table"]) == {"ecpat_network"}
    assert found["group"].tolist() == ["all"] * 4 + ["D"]
    assert found["n"].tolist() == [pd.NA] * 4 + [25]
    assert_frame_equal(network, before)


def test_an_even_spread_is_not_concentrated():
    frame = pd.DataFrame({"region": list("ABC"), "n": [7, 7, 7]})
    found = concentration(frame, "n", "region")
    # By hand: index 1 / 3, so three groups of equal size.
    assert estimates(found) == pytest.approx(
        {
            "Herfindahl-Hirschman index": 1 / 3,
            "normalised Herfindahl-Hirschman index": 0,
            "effective number of groups": 3,
            "Shannon evenness": 1,
            "largest share": 1 / 3,
        },
        abs=1e-15,
    )
    assert found["group"].tolist()[-1] == "A"


def test_all_in_one_group_is_the_most_concentrated():
    frame = pd.DataFrame({"region": list("ABC"), "n": [0, 9, 0]})
    found = concentration(frame, "n", "region")
    assert found["estimate"].tolist() == [1, 1, 1, 0, 1]
    assert found["group"].tolist()[-1] == "B"


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"region": ["A"], "n": [9]}, r"two groups or more; column 'region' has 1"),
        (
            {"region": ["A", "A"], "n": [9, 1]},
            "for each region; received {'region': 'A'} more than once",
        ),
        ({"region": ["A", "B"], "n": [2.0**63, 1]}, r"below 2\*\*63; .*received 9.2"),
        ({"region": ["A", "B"], "n": [0, 0]}, r"not all be 0; .*received 0 \(row 0\), 0 \(row 1\)"),
        ({"region": ["A", "B"], "n": [9, -1]}, r"0 or more.*received -1 \(row 1\)"),
        ({"place": ["A", "B"], "n": [9, 1]}, r"missing column \['region'\].*'place', 'n'"),
    ],
)
def test_wrong_concentration_is_refused(columns, message):
    with pytest.raises(ValueError, match=message):
        concentration(pd.DataFrame(columns), "n", "region")
