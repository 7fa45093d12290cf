"""The power of checks, counted by hand; test_arithmetic compares it with the oracle."""

from fractions import Fraction

import pytest

from ypp_analysis.arithmetic.feasibility import exclusive_rows, nested_rows
from ypp_analysis.arithmetic.power import joint_power, misprint_power, percent_power


def test_a_whole_percentage_loses_all_power_at_a_base_of_a_hundred():
    # By hand: 2 counts of 1, 44 of 43, 100 of 99 and 101 of 100 take as many percentages.
    assert percent_power(1) == Fraction(99, 101)
    assert percent_power(43) == Fraction(57, 101)
    assert percent_power(99) == Fraction(1, 101)
    assert [percent_power(n) for n in (100, 101, 143, 10**9)] == [0, 0, 0, 0]
    assert percent_power(100, 1) == Fraction(900, 1001)


def test_allowing_any_rule_costs_power():
    # By hand for 50: the shares are 0, 2, 4, ... percent, none of them rounded.
    assert percent_power(50, rounding="any") == Fraction(50, 101)
    assert percent_power(51, rounding="any") == 0
    # For 3: 0, 33.3, 66.7 and 100 percent are printed as 0, 33 or 34, 66 or 67, 100.
    assert percent_power(3, rounding="any") == Fraction(101 - 6, 101)


def test_a_joint_check_finds_every_change_where_each_percentage_has_one_count():
    assert joint_power(["75%", "25%"], lambda rows: exclusive_rows(rows, 88).feasible) == 1


def test_a_joint_check_misses_the_changes_that_still_fit():
    # By hand, of 200: a% holds the counts 2a - 1 and 2a, so a% and b% hold 2 (a + b) - 2 to
    # 2 (a + b) and reach 200 if a + b is 100 or 101. One other value of each row does.
    def check(rows):
        return exclusive_rows(rows, 200).feasible

    assert joint_power(["60%", "40%"], check) == Fraction(99, 100)
    assert joint_power(["60%", "40%"], check, within=5) == Fraction(9, 10)
    assert joint_power(["60%", "40%"], check, within=1) == Fraction(1, 2)


def test_changes_stay_between_nothing_and_all():
    tried = []
    joint_power(["1%", "99.9%"], lambda rows: bool(tried.append(rows)), within=2)
    assert tried == [
        *(["0", "99.9%"], ["2", "99.9%"], ["3", "99.9%"]),
        *(["1%", "99.7"], ["1%", "99.8"], ["1%", "100.0"]),
    ]


def test_many_decimals_are_written_out():
    tried = []
    joint_power(["0.00000000%"], lambda rows: bool(tried.append(rows)), within=1)
    assert tried == [["0.00000001"]]


def test_any_joint_check_will_do():
    # By hand: of 4 people 0, 25, 50, 75 and 100 percent have a count.
    power = joint_power(["50%"], lambda rows: nested_rows(rows, 4).feasible)
    assert power == Fraction(100 - 4, 100)


def test_misprints_change_one_digit_and_put_no_zero_in_front():
    tried = []
    assert misprint_power([10, 7], lambda values: bool(tried.append(tuple(values)))) == 1
    first = [20, 30, 40, 50, 60, 70, 80, 90, 11, 12, 13, 14, 15, 16, 17, 18, 19]
    second = [0, 1, 2, 3, 4, 5, 6, 8, 9]
    assert tried == [*((value, 7) for value in first), *((10, value) for value in second)]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: percent_power(0), "the base n must .* received 0"),
        (lambda: percent_power(5, -1), "decimals must .* received -1"),
        (lambda: percent_power(5, rounding="up"), "rounding must be one of .* received 'up'"),
        (lambda: joint_power([], bool), "power needs a number .* received none"),
        (lambda: joint_power(["5%"], bool, within=0), "a change of at least one unit"),
        (lambda: joint_power(["many"], bool), "received 'many'"),
        (lambda: misprint_power([], bool), "power needs a number"),
        (lambda: misprint_power([7.5], bool), r"a count must .* received 7\.5"),
    ],
)
def test_arguments_of_another_kind_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
