"""The counts behind a rounded number, against decimal rounding and by hand."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ypp_analysis.arithmetic.rounding import rounded_interval


@pytest.mark.parametrize(
    ("value", "interval"),
    [
        # By hand: half a unit of the last digit that is not 0 to each side, the upper end out.
        (3400, (3350, 3449)),
        (5000, (4500, 5499)),
        (200, (150, 249)),
        (10, (5, 14)),
        (1010, (1005, 1014)),
        (88, (88, 88)),
        (1, (1, 1)),
        (0, (0, 0)),
    ],
)
def test_known_intervals(value, interval):
    assert rounded_interval(value) == interval


@given(digits=st.integers(1, 9_999).filter(lambda n: n % 10), zeros=st.integers(0, 6))
def test_the_ends_round_to_the_number_and_their_neighbours_do_not(digits, zeros):
    def rounded(count):
        tens = Decimal(count).scaleb(-zeros).quantize(Decimal(1), ROUND_HALF_UP)
        return int(tens.scaleb(zeros))

    value = digits * 10**zeros
    low, high = rounded_interval(value)
    assert rounded(low) == rounded(high) == value
    assert rounded(low - 1) < value < rounded(high + 1)


@pytest.mark.parametrize("value", [-3400, 3400.0, "3400", None])
def test_other_values_are_refused(value):
    with pytest.raises(ValueError, match=f"a rounded count must be .* received {value!r}"):
        rounded_interval(value)
