"""Reading printed numbers, and the rounding rules."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import ROUND, RULES, printed_values

from ypp_analysis import arithmetic
from ypp_analysis.arithmetic.printed import (
    ROUNDING,
    THOUSANDS,
    Convention,
    Rounding,
    as_decimal,
    last_unit,
    parse_percent,
    parse_whole,
    percent_of,
    shown,
)


@pytest.mark.parametrize(
    ("text", "scaled", "decimals"),
    [
        ("75%", 75, 0),
        ("75,0%", 750, 1),
        ("75.0 %", 750, 1),
        ("75.00", 7500, 2),
        (" 0\u00a0% ", 0, 0),  # a no-break space before the sign, as typesetters put it
        ("0,5%", 5, 1),
        ("167%", 167, 0),
        ("1.200%", 1200, 3),  # always a decimal mark: percentages have no thousands
    ],
)
def test_a_percentage_keeps_its_digits_and_decimals(text, scaled, decimals):
    value = parse_percent(text)
    assert (value.text, value.scaled, value.decimals) == (text, scaled, decimals)
    assert value.percent == Decimal(scaled) / 10**decimals
    assert -value.percent.as_tuple().exponent == decimals
    assert value.scale == 100 * 10**decimals


@pytest.mark.parametrize(
    "bad",
    [
        *("", "%", "-5%", "+5%", "075%", ".5%", "75.%", "1,234.5%", "75%%", "75 persen", "1e2%"),
        *("NaN", "7 5%", "\u0667\u0665%", "\u202e75%", "9" * 200),  # other digits; reversed text
        *(75, 75.0, None, float("nan"), b"75%"),
    ],
)
def test_what_is_no_printed_percentage_is_refused(bad):
    with pytest.raises(ValueError, match="printed percentage is text such as '75%'") as raised:
        parse_percent(bad)
    assert repr(bad)[:100] in str(raised.value)
    assert len(str(raised.value)) < 300


def test_a_cell_holds_a_hundred_characters_at_most():
    assert parse_percent("7" * 99 + "%").scaled == int("7" * 99)
    with pytest.raises(ValueError, match="printed percentage"):
        parse_percent("7" * 100 + "%")


@pytest.mark.parametrize(
    ("text", "convention", "value"),
    [
        ("10,762", "en", 10762),
        ("10.762", "id", 10762),
        ("3.400", "id", 3400),
        ("7.044.278", "id", 7044278),
        ("5000", "en", 5000),
        ("5000", "id", 5000),
        (" 0 ", "id", 0),
    ],
)
def test_a_whole_number_is_read_under_its_convention(text, convention, value):
    assert parse_whole(text, convention=convention) == value


@pytest.mark.parametrize("convention", THOUSANDS)
@pytest.mark.parametrize(
    "bad",
    ["", "-5", "007", "12.34", "12,34", "1 200", "1.2000", "0.500", "0,500", "5k", 5000, None],
)
def test_what_is_no_whole_number_is_refused(bad, convention):
    with pytest.raises(ValueError, match="whole number under the convention") as raised:
        parse_whole(bad, convention=convention)
    assert repr(bad) in str(raised.value)


def test_the_same_text_is_another_number_under_another_convention():
    assert parse_whole("1.200", convention="id") == 1200
    with pytest.raises(ValueError, match=r"'5,000', received '1\.200': .* other convention"):
        parse_whole("1.200", convention="en")
    with pytest.raises(ValueError, match="convention must be one of en, id, received 'de'"):
        parse_whole("1.200", convention="de")


@pytest.mark.parametrize(
    ("rounding", "expected"),
    # 1 of 8 is 12.5% and 3 of 8 is 37.5%: ties over an even and over an odd digit.
    # 1 of 3 is 33.33...%.
    [
        ("half_up", ("13", "38", "33")),
        ("half_even", ("12", "38", "33")),
        ("half_down", ("12", "37", "33")),
        ("floor", ("12", "37", "33")),
        ("ceiling", ("13", "38", "34")),
    ],
)
def test_ties_follow_the_named_rule(rounding, expected):
    shares = [(1, 8), (3, 8), (1, 3)]
    found = [percent_of(count, n, rounding=rounding) for count, n in shares]
    assert [str(percent) for percent in found] == list(expected)


def test_the_printed_share_keeps_trailing_zeros():
    assert str(percent_of(66, 88, decimals=1)) == "75.0"
    assert str(percent_of(5000, 3000)) == "167"  # a ratio may pass 100


@given(
    count=st.integers(0, 10**30),
    n=st.integers(1, 10**30),
    decimals=st.integers(0, 12),
    rounding=st.sampled_from(sorted(ROUND)),
)
def test_rounding_agrees_with_exact_fractions(count, n, decimals, rounding):
    (expected,) = printed_values(count, n, decimals, rounding)
    found = percent_of(count, n, decimals=decimals, rounding=rounding)
    assert found == as_decimal(expected, decimals)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"count": -1, "n": 8}, "the count must be a whole number of at least 0, received -1"),
        ({"count": 0.5, "n": 8}, r"the count .* received 0\.5"),
        ({"count": 1, "n": 0}, "the base n must be a whole number of at least 1, received 0"),
        ({"count": 1, "n": 8, "decimals": -1}, "decimals must be .* received -1"),
        ({"count": 1, "n": 8, "rounding": "any"}, "'any' gives no single percentage"),
        ({"count": 1, "n": 8, "rounding": "up"}, "one of half_up, .*, any, received 'up'"),
    ],
)
def test_a_share_that_cannot_be_printed_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        percent_of(**arguments)


def test_the_last_unit_is_that_of_the_last_digit_not_zero():
    assert [last_unit(value) for value in (3400, 1000, 1050, 88, 0)] == [100, 1000, 10, 1, 1]


def test_the_names_that_types_allow_are_those_that_can_be_looked_up():
    assert get_args(Rounding) == tuple(ROUNDING)
    assert get_args(Convention) == tuple(THOUSANDS)


def test_only_a_value_of_more_than_a_hundred_characters_is_cut():
    assert shown("7" * 98) == f"'{'7' * 98}'"  # and two quotes
    assert shown("7" * 99) == f"'{'7' * 99}..."


def test_all_that_the_arithmetic_offers_is_there():
    assert {*arithmetic.__all__} <= {*vars(arithmetic)}


def test_every_rounding_rule_has_an_oracle():
    assert {*ROUNDING} == {*RULES}
