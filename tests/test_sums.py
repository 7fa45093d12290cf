"""Counts with qualifiers, and their sums, against enumeration."""

from fractions import Fraction
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ypp_analysis.arithmetic.printed import Qualifier
from ypp_analysis.arithmetic.sums import Quantity, check_sum, qualifier_range, sum_ranges

CEILING = 60  # for enumeration: no open end matters above it
QUALIFIERS = ["exact", "about", "more than", "less than", "at least"]


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (77, "exact", (77, 77)),
        (500, "about", (450, 549)),  # rounds half up to hundreds
        (77, "about", (77, 77)),  # no trailing zero: nothing was rounded away
        (75, "more than", (76, None)),
        (75, "less than", (None, 74)),
        (75, "at least", (75, None)),
        (0, "less than", (None, -1)),
    ],
)
def test_a_qualifier_opens_a_range(value, qualifier, expected):
    assert qualifier_range(value, qualifier) == expected


def test_every_qualifier_that_types_allow_opens_a_range():
    assert [*get_args(Qualifier)] == QUALIFIERS


def test_ranges_add_up_end_by_end():
    # By hand, the six collections of the petition read as rounded:
    # 150 + 4500 + 3350 + 3750 + 1150 + 450 and 249 + 5499 + 3449 + 3849 + 1249 + 549.
    signatures = [200, 5000, 3400, 3800, 1200, 500]
    ranges = [qualifier_range(value, "about") for value in signatures]
    assert sum_ranges(ranges) == (13_350, 14_844)


def test_an_open_term_opens_the_sum():
    assert sum_ranges([(1, 2), (3, None)]) == (4, None)
    assert sum_ranges([(1, 2), (None, 3)]) == (None, 5)
    assert sum_ranges([]) == (0, 0)


@pytest.mark.parametrize(
    ("value", "qualifier", "message"),
    [
        (-1, "exact", "a count must be a whole number of at least 0, received -1"),
        (7.0, "about", r"a count must be a whole number .* received 7\.0"),
        (7, "almost", "qualifier must be one of exact, about, .*, received 'almost'"),
    ],
)
def test_what_is_no_printed_count_is_refused(value, qualifier, message):
    with pytest.raises(ValueError, match=message):
        qualifier_range(value, qualifier)


def test_the_regions_add_up_exactly_and_any_misprint_would_show():
    regions = [Quantity(value) for value in (15, 16, 12, 25, 4, 5)]
    check = check_sum(regions, Quantity(77))
    assert (check.parts, check.total, check.overlap) == ((77, 77), (77, 77), (77, 77))
    assert check.feasible
    assert check.power == 1


def test_a_sum_that_misses_its_total_says_both():
    check = check_sum([Quantity(5), Quantity(6)], Quantity(12))
    assert (check.parts, check.total, check.overlap) == ((11, 11), (12, 12), None)
    assert not check.feasible


def test_a_loose_total_lets_misprints_pass():
    # By hand: 5 + 6 against "more than 9" needs parts of 10 or more. Misprints that break it:
    # of 5 the digits 0 to 3, of 6 the digits 0 to 4; of 9 none, since 0 to 8 are all lower.
    check = check_sum([Quantity(5), Quantity(6)], Quantity(9, "more than"))
    assert check.overlap == (11, 11)
    assert check.power == Fraction(4 + 5 + 0, 9 + 9 + 9)


def test_no_misprint_puts_a_zero_in_front():
    # By hand: two digits have 8 (1 to 9 but itself) and 9 others; three numbers of two digits.
    check = check_sum([Quantity(10), Quantity(20)], Quantity(30, "at least"))
    # Found: none of 10, all others being higher; 20 as 10; 30 as 31 to 39 and as 40 to 90.
    assert check.power == Fraction(1 + 9 + 6, 51)


def test_fewer_than_none_is_no_count():
    assert not check_sum([Quantity(0, "less than"), Quantity(5)], Quantity(5, "less than")).feasible


def test_equal_results_are_one_value():
    assert len({check_sum([Quantity(5)], Quantity(5)) for _ in range(2)}) == 1


def test_a_sum_needs_a_part():
    with pytest.raises(ValueError, match="at least one part: received none"):
        check_sum([], Quantity(5))


@given(
    parts=st.lists(
        st.tuples(st.integers(0, 15), st.sampled_from(QUALIFIERS)), min_size=1, max_size=3
    ),
    total=st.tuples(st.integers(0, 45), st.sampled_from(QUALIFIERS)),
)
def test_sums_agree_with_trying_every_count(parts, total):
    def allowed(value, qualifier):
        # Rounded half up at the last digit not zero; 10, 20, ... are the only such values here.
        half = 5 if value and value % 10 == 0 else 0
        return {
            "exact": range(value, value + 1),
            "about": range(value - half, value + max(half, 1)),
            "more than": range(value + 1, CEILING),
            "less than": range(value),
            "at least": range(value, CEILING),
        }[qualifier]

    found = {sum(choice) for choice in product(*(allowed(*part) for part in parts))}
    both = found & set(allowed(*total))
    check = check_sum([Quantity(*part) for part in parts], Quantity(*total))
    assert check.feasible == bool(both)
    if both:
        low, high = check.overlap
        assert low == min(both)
        assert high is None or high == max(both)
        assert both >= set(range(low, CEILING if high is None else high + 1))
