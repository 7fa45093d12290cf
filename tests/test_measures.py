"""Shares and rate ratios against R.

The numbers of R are from "R version 4.2.2 Patched (2022-11-10 r83330)", printed with
options(digits = 12).
"""

import math

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from ypp_analysis.measures.frames import RESULT_COLUMNS
from ypp_analysis.measures.shares import rate_ratio, shares


@pytest.fixture
def victims():
    return pd.DataFrame(
        {"age_group": ["child", "adult"], "victims_n": [66, 22], "base_n": [88, 88]},
        index=["first", "second"],
    )


def limits(n, base_n, method, level=0.95):
    frame = pd.DataFrame({"n": [n], "base_n": [base_n]})
    found = shares(frame, "n", "base_n", methods=[method], level=level)
    return found[["low", "high"]].iloc[0].tolist()


# R: prop.test(x, n, correct = FALSE, conf.level = level)$conf.int
WILSON = [
    (66, 88, 0.95, 0.65036970044, 0.828716766228),
    (22, 88, 0.95, 0.171283233772, 0.34963029956),
    (66, 88, 0.90, 0.667387809728, 0.817698308766),
    (25, 77, 0.95, 0.230593793288, 0.435419161032),
    (0, 39, 0.95, 0, 0.0896668537076),
    (39, 39, 0.95, 0.910333146292, 1),
]
# R: binom.test(x, n, conf.level = level)$conf.int
CLOPPER_PEARSON = [
    (66, 88, 0.95, 0.646316288224, 0.836219906118),
    (22, 88, 0.95, 0.163780093882, 0.353683711776),
    (66, 88, 0.90, 0.662634176205, 0.824276429101),
    (25, 77, 0.95, 0.222316513217, 0.440987079198),
    (0, 39, 0.95, 0, 0.0902511009603),
    (39, 39, 0.95, 0.90974889904, 1),
]
# R: a <- (1 - level) / 2; qbeta(c(a, 1 - a), x + 0.5, n - x + 0.5)
# with 0 for the low limit at x = 0 and 1 for the high one at x = n (Brown, Cai and DasGupta).
JEFFREYS = [
    (66, 88, 0.95, 0.65246954393, 0.831395565378),
    (22, 88, 0.95, 0.168604434622, 0.34753045607),
    (66, 88, 0.90, 0.668733035321, 0.819300246066),
    (25, 77, 0.95, 0.228035191501, 0.434218373604),
    (0, 39, 0.95, 0, 0.0619903842694),
    (39, 39, 0.95, 0.938009615731, 1),
]


@pytest.mark.parametrize(
    ("method", "n", "base_n", "level", "low", "high"),
    [("wilson", *case) for case in WILSON]
    + [("clopper-pearson", *case) for case in CLOPPER_PEARSON]
    + [("jeffreys", *case) for case in JEFFREYS],
)
def test_limits_are_those_of_r(method, n, base_n, level, low, high):
    assert limits(n, base_n, method, level) == pytest.approx([low, high], rel=1e-9, abs=1e-11)


@pytest.mark.parametrize("method", ["wilson", "clopper-pearson", "jeffreys"])
def test_no_interval_leaves_out_its_own_share_at_the_ends(method):
    assert limits(0, 39, method)[0] == 0
    assert limits(39, 39, method)[1] == 1


def test_shares_have_one_row_a_group_and_method(victims):
    before = victims.copy()
    found = shares(victims, "victims_n", "base_n", group="age_group", table="victims")
    assert found.columns.tolist() == RESULT_COLUMNS
    assert found["group"].tolist() == ["child"] * 3 + ["adult"] * 3
    assert found["method"].tolist() == ["wilson", "clopper-pearson", "jeffreys"] * 2
    assert found["estimate"].tolist() == [0.75] * 3 + [0.25] * 3  # 66 / 88 = 3 / 4
    assert found["n"].tolist() == [66] * 3 + [22] * 3
    assert set(found["base_n"]) == {88}
    assert set(found["measure"]) == {"share"}
    assert set(found["table"]) == {"victims"}
    assert_frame_equal(victims, before)


def test_the_index_names_the_groups_when_no_column_does(victims):
    found = shares(victims, "victims_n", "base_n", methods=["wilson"])
    assert found["group"].tolist() == ["first", "second"]
    assert found.index.tolist() == [0, 1]


def test_the_name_of_the_index_does_not_matter(victims):
    found = shares(victims.rename_axis("group"), "victims_n", "base_n", methods=["wilson"])
    assert found["group"].tolist() == ["first", "second"]
    assert set(found["table"]) == {""}


def test_the_methods_of_many_groups_stay_in_the_order_given():
    frame = pd.DataFrame({"n": range(200), "base_n": 200})
    found = shares(frame, "n", "base_n")
    assert found["method"].tolist() == ["wilson", "clopper-pearson", "jeffreys"] * 200
    assert found["n"].tolist() == [n for n in range(200) for _ in range(3)]


def test_no_rows_give_no_shares(victims):
    found = shares(victims.iloc[:0], "victims_n", "base_n")
    assert found.columns.tolist() == RESULT_COLUMNS
    assert found.empty


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"victims_n": [66, 99]},
            r"'victims_n': no count is above its base 'base_n'; .*99 of 88 \(row second\)",
        ),
        (
            {"base_n": [88, 0], "victims_n": [66, 0]},
            r"'base_n': there is no share of 0; .* drop the row; received 0 \(row second\)",
        ),
        ({"victims_n": [-66, 22]}, r"'victims_n'.*0 or more.*received -66 \(row first\)"),
        ({"victims_n": [66.5, 22]}, r"'victims_n'.*whole number.*received 66\.5 \(row first\)"),
        ({"victims_n": [math.inf, 22]}, r"whole number.*received inf \(row first\)"),
        ({"victims_n": [66, None]}, r"'victims_n'.*missing.*received nan \(row second\)"),
        ({"victims_n": ["66", "22"]}, r"'victims_n' must hold numbers; received \['66', '22'\]"),
        ({"victims_n": [True, False]}, r"must hold numbers; received \[True, False\]"),
    ],
)
def test_wrong_counts_are_refused(victims, changed, message):
    with pytest.raises(ValueError, match=message):
        shares(victims.assign(**changed), "victims_n", "base_n")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"count": "cases_n"}, r"missing column \['cases_n'\].*has \['age_group', 'victims_n'"),
        ({"base": "total"}, r"missing column \['total'\]"),
        ({"group": "sex"}, r"missing column \['sex'\]"),
        ({"methods": ["wald"]}, r"unknown method 'wald'; use one of \['wilson', "),
        ({"methods": []}, r"methods=\[\]: name one or more of \['wilson', "),
        ({"level": 95}, r"level=95 must be between 0 and 1; write 0\.95"),
        ({"level": 0}, r"level=0 must be between 0 and 1"),
        ({"level": 1}, r"level=1 must be between 0 and 1"),
    ],
)
def test_wrong_calls_are_refused(victims, call, message):
    with pytest.raises(ValueError, match=message):
        shares(victims, **({"count": "victims_n", "base": "base_n"} | call))


@pytest.mark.parametrize(
    ("arguments", "level", "expected"),
    [
        # R: r <- poisson.test(c(x1, x2), c(t1, t2), conf.level = level); r$estimate; r$conf.int
        ((85, 1, 39, 1), 0.95, (2.17948717949, 1.4752159571, 3.27118377402)),
        ((39, 1, 85, 1), 0.95, (0.458823529412, 0.305699731071, 0.67786685413)),
        ((85, 12, 39, 6), 0.95, (1.08974358974, 0.737607978549, 1.63559188701)),
        ((85, 12, 39, 6), 0.90, (1.08974358974, 0.78205635593, 1.53392238815)),
        ((11, 800, 6, 1083), 0.95, (2.481875, 0.841343464783, 8.17316047279)),
        ((0, 1, 4, 2), 0.95, (0, 0, 3.02973371873)),
        ((4, 1, 0, 2), 0.95, (math.inf, 1.32024803872, math.inf)),
    ],
)
def test_rate_ratio_is_that_of_r(arguments, level, expected):
    found = rate_ratio(*arguments, level=level)
    assert found[["estimate", "low", "high"]].iloc[0].tolist() == pytest.approx(expected, rel=1e-9)


def test_rate_ratio_has_the_shape_of_all_results():
    found = rate_ratio(85, 1, 39, 1, group="2009 to 2010", table="joint_statistics")
    assert found.columns.tolist() == RESULT_COLUMNS
    row = found.iloc[0]
    assert (row["n"], row["base_n"]) == (85, 124)  # 85 + 39
    assert (row["group"], row["table"]) == ("2009 to 2010", "joint_statistics")
    assert (row["measure"], row["method"]) == ("rate ratio", "exact conditional")


def test_a_rate_ratio_without_a_name_says_which_is_divided_by_which():
    row = rate_ratio(85, 1, 39, 1).iloc[0]
    assert (row["group"], row["table"]) == ("1 to 2", "")


def test_results_of_several_measures_stack(victims):
    parts = [shares(victims, "victims_n", "base_n"), rate_ratio(85, 1, 39, 1)]
    stacked = pd.concat(parts, ignore_index=True)
    assert stacked.columns.tolist() == RESULT_COLUMNS
    assert stacked["n"].dtype == stacked["base_n"].dtype == pd.Int64Dtype()
    assert stacked["low"].dtype == np.float64


@pytest.mark.parametrize(
    ("arguments", "level", "message"),
    [
        ((0, 1, 0, 1), 0.95, "both counts are 0"),
        ((-85, 1, 39, 1), 0.95, r"0 or more.*received -85 \(row 1\)"),
        ((85, 1, 39.5, 1), 0.95, r"whole number.*received 39\.5 \(row 2\)"),
        ((85, 0, 39, 1), 0.95, "exposure1 must be a number above 0; received 0"),
        ((85, 1, 39, math.nan), 0.95, "exposure2 must be a number above 0; received nan"),
        ((85, 1, 39, math.inf), 0.95, "exposure2 must be a number above 0; received inf"),
        ((85, 1, 39, 1), 1.5, r"level=1\.5 must be between 0 and 1"),
    ],
)
def test_wrong_rates_are_refused(arguments, level, message):
    with pytest.raises(ValueError, match=message):
        rate_ratio(*arguments, level=level)
