"""Joint checks against trying every combination of counts, and on simulated tables."""

import random
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import RULES, counts_of, printed_values

from ypp_analysis.arithmetic.feasibility import (
    Feasibility,
    exclusive_rows,
    nested_rows,
    shared_base,
)
from ypp_analysis.arithmetic.power import joint_power

ALL = 10**6
RULE = st.sampled_from(sorted(RULES))


def printed(counts, n, rounding="half_up"):
    return [f"{min(printed_values(count, n, 0, rounding))}%" for count in counts]


@st.composite
def tables(draw):
    """A base, a rule and up to three percentages: true ones of the base, with slips.

    Below 100 a percentage has one count at most, above it has several.
    """
    n, rounding = draw(st.integers(1, 30) | st.integers(150, 250)), draw(RULE)
    counts = draw(st.lists(st.integers(0, n), min_size=1, max_size=3))
    rows = printed(counts, n, rounding)
    if draw(st.booleans()):
        rows[draw(st.integers(0, len(rows) - 1))] = f"{draw(st.integers(0, 101))}%"
    return n, rounding, counts, rows


def assert_same(found, expected):
    assert list(found.solutions) == sorted(expected)
    assert found.complete
    assert found.feasible == bool(expected) == (not found.reason)
    assert found.witness == (min(expected) if expected else None)


@given(tables(), st.data())
def test_exclusive_rows_agree_with_trying_everything(table, data):
    n, rounding, counts, rows = table
    known = [count if data.draw(st.booleans()) else None for count in counts]
    least = data.draw(st.integers(0, n))
    share = f"{data.draw(st.integers(0, 100))}%"
    totals = {
        None: [n],
        share: counts_of(share, n, rounding),
        range(least, n + 1): range(least, n + 1),
    }
    total = data.draw(st.sampled_from(list(totals)))
    expected = [
        choice
        for choice in product(*(counts_of(row, n, rounding) for row in rows))
        if sum(choice) in totals[total]
        and all(count in (None, k) for count, k in zip(known, choice, strict=True))
    ]
    found = exclusive_rows(rows, n, counts=known, total=total, rounding=rounding, limit=ALL)
    assert_same(found, expected)


@given(tables())
def test_nested_rows_agree_with_trying_everything(table):
    n, rounding, _, rows = table
    expected = [()]
    for row in rows:
        expected = [
            (*chosen, k)
            for chosen in expected
            for base in [chosen[-1] if chosen else n]
            if base
            for k in counts_of(row, base, rounding)
        ]
    assert_same(nested_rows(rows, n, rounding=rounding, limit=ALL), expected)
    expected = [
        choice
        for choice in product(*(counts_of(row, n, rounding) for row in rows))
        if list(choice) == sorted(choice, reverse=True)
    ]
    assert_same(nested_rows(rows, n, base="whole", rounding=rounding, limit=ALL), expected)


@given(tables(), st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_shared_bases_agree_with_trying_everything(table, fewer, more, exclusive):
    n, rounding, _, rows = table
    bases = range(max(n - fewer, 1), n + more + 1)
    expected = [
        (base,)
        for base in bases
        for choices in [[counts_of(row, base, rounding) for row in rows]]
        if (any(sum(choice) == base for choice in product(*choices)) if exclusive else all(choices))
    ]
    found = shared_base(rows, bases, exclusive=exclusive, rounding=rounding, limit=ALL)
    assert_same(found, expected)


@given(tables(), st.integers(1, 5))
def test_a_limit_shortens_the_list_and_says_so(table, limit):
    n, rounding, _, rows = table
    total = range(n * len(rows) + 1)
    everything = exclusive_rows(rows, n, total=total, rounding=rounding, limit=ALL).solutions
    assume(everything)
    found = exclusive_rows(rows, n, total=total, rounding=rounding, limit=limit)
    assert found.solutions == everything[:limit]
    assert found.complete == (len(everything) <= limit)


def test_ten_solutions_are_listed_unless_told_otherwise():
    # By hand: 50% of 1,000 is 495 to 504 (49.5% to 50.5%, the upper end out), ten counts that
    # leave 496 to 505 for the other half; 505 is none of them.
    found = exclusive_rows(["50%", "50%"], 1000)
    assert found.solutions == tuple((k, 1000 - k) for k in range(496, 505))
    assert found.complete
    more = ["50%", "50%"], 2000
    for found in (exclusive_rows(*more), nested_rows(*more), nested_rows(*more, base="whole")):
        assert len(found.solutions) == 10
        assert not found.complete
    assert shared_base(["50%"], range(4, 1, -1)).solutions == ((2,), (4,))
    assert shared_base(["50%"], range(1000, 1100)).solutions == tuple(
        (n,) for n in range(1000, 1010)
    )


def simulated_table(rng, smallest, largest):
    """Four groups that make up n, as whole percentages."""
    n = rng.randint(smallest, largest)
    cuts = sorted(rng.randint(0, n) for _ in range(3))
    counts = [b - a for a, b in zip([0, *cuts], [*cuts, n], strict=True)]
    return n, printed(counts, n)


def with_one_wrong(rng, rows):
    while True:
        place, slip = rng.randrange(len(rows)), rng.choice([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5])
        value = int(rows[place].rstrip("%")) + slip
        if 0 <= value <= 100:
            return [*rows[:place], f"{value}%", *rows[place + 1 :]]


@pytest.mark.parametrize(
    ("smallest", "largest", "least_found"),
    # Up to 100 each whole percentage has one count at most, so every slip moves the sum.
    [(10, 100, 1.0), (120, 150, 0.8)],
)
def test_simulated_slips_are_found_and_right_tables_pass(smallest, largest, least_found):
    rng = random.Random(2011)
    tables = [simulated_table(rng, smallest, largest) for _ in range(4_000)]
    assert all(exclusive_rows(rows, n).feasible for n, rows in tables)
    wrong = [(n, with_one_wrong(rng, rows)) for n, rows in tables]
    found = sum(not exclusive_rows(rows, n).feasible for n, rows in wrong)
    assert found / len(wrong) >= least_found


def test_the_stated_power_is_the_share_of_slips_found():
    rng = random.Random(1956)
    tables = [simulated_table(rng, 120, 150) for _ in range(500)]
    stated, found = 0.0, 0
    for n, rows in tables:
        stated += joint_power(rows, lambda rows, n=n: exclusive_rows(rows, n).feasible, within=5)
        found += not exclusive_rows(with_one_wrong(rng, rows), n).feasible
    # Each table is found or not with its own power, so the sum has a variance below 500 / 4.
    assert abs(found - stated) < 4 * (500 / 4) ** 0.5


def test_the_share_of_children_and_adults_has_one_solution():
    found = exclusive_rows(["75%", "25%"], 88)  # by hand: 66 + 22
    assert found == Feasibility(((66, 22),), complete=True)
    assert exclusive_rows(["75%", "25%"], 88, counts=[66, 22]).feasible


def test_a_share_of_a_share_is_read_both_ways():
    # By hand: 92% of 88 is 81; 75% of these 81 is 61, and 75% of all 88 is 66.
    assert nested_rows(["92%", "75%"], 88).solutions == ((81, 61),)
    assert nested_rows(["92%", "75%"], 88, base="whole").solutions == ((81, 66),)


def test_a_part_may_overlap_its_whole():
    # By hand, of 1,000: 50% is 495 to 504, and 50.2% is 502 alone.
    found = nested_rows(["50%", "50.2%"], 1000, base="whole")
    assert found.solutions == ((502, 502), (503, 502), (504, 502))


def test_equal_results_are_one_value():
    assert len({exclusive_rows(["75%", "25%"], 88), exclusive_rows(["75%", "25.0%"], 88)}) == 1


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (
            exclusive_rows(["71%", "25%"], 43),
            "71% of 43 is no whole count (30 is 70%, 31 is 72%); "
            "25% of 43 is no whole count (10 is 23%, 11 is 26%)",
        ),
        (exclusive_rows(["75%", "25%"], 88, counts=[67, None]), "67 of 88 is not 75%, it takes 66"),
        # 29.5% to 30.5% of 1,000, the upper end out.
        (
            exclusive_rows(["30%", "30%", "30%"], 1000),
            "the rows hold 295-304 + 295-304 + 295-304 = 885-912 in all, not 1,000",
        ),
        # 90% of 88 is 78.8 to 79.6 (89.5% and 90.5%).
        (
            exclusive_rows(["75%", "17%"], 88, total="90%"),
            "the rows hold 66 + 15 = 81 in all, not 79",
        ),
        (
            exclusive_rows(["75%", "17%"], 88, total="91.1%"),
            "91.1% of 88 is no whole count (80 is 90.9%, 81 is 92.0%)",
        ),
        (
            exclusive_rows(["75%", "25%"], 88, total=range(80)),
            "the rows hold 66 + 22 = 88 in all, not 0-79",
        ),
        # 25% of 88 is 22; 15 and 16 of 22 are 68.2 and 72.7 percent.
        (nested_rows(["25%", "71%"], 88), "71% of 22 is no whole count (15 is 68%, 16 is 73%)"),
        (nested_rows(["0%", "50%"], 9), "50% is a share of a group that must be empty"),
        (
            nested_rows(["75%", "92%"], 88, base="whole"),
            "92% of 88 is 81, more than the 66 that 75% is",
        ),
        # Thirds need a base that 3 divides or one above it; 71% is 5 of 7.
        (
            shared_base(["71%", "33%"], range(3, 9)),
            "of the bases 3-8: 71% needs 7; 33% needs 3, 6; no base is in all of these",
        ),
        # 22 of 31, 24 of 34, 25 of 35, 27 of 38, 29 of 41, 30 of 42 and 32 of 45 are 71%.
        (
            shared_base(["71%", "0.5%"], range(30, 46)),
            "of the bases 30-45: 71% needs 31, 34-35, 38, 41-42, 45; 0.5% needs none; "
            "no base is in all of these",
        ),
        # 4 of 8 and 2 of 8 make 6 of 8; of 4, 3 of 4.
        (
            shared_base(["50%", "25%"], range(4, 9), exclusive=True),
            "of the bases 4-8: 50% needs 4, 6, 8; 25% needs 4, 8; "
            "the rows hold less than the base if it is 4, 8, more if it is none",
        ),
        (
            shared_base(["50%", "75%"], range(4, 9), exclusive=True),
            "of the bases 4-8: 50% needs 4, 6, 8; 75% needs 4, 8; "
            "the rows hold less than the base if it is none, more if it is 4, 8",
        ),
    ],
)
def test_the_reason_names_the_numbers_that_exclude_one_another(found, reason):
    assert found == Feasibility((), complete=True, reason=reason)
    assert found.witness is None


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: exclusive_rows([], 88), "at least one percentage: received none"),
        (lambda: exclusive_rows(["many"], 88), "received 'many'"),
        (lambda: exclusive_rows(["75%"], 0), "the base n must .* received 0"),
        (lambda: exclusive_rows(["75%"], 88, counts=[66, 22]), "received 2 for 1"),
        (lambda: exclusive_rows(["75%"], 88, counts=[66.0]), r"a printed count .* received 66\.0"),
        (lambda: exclusive_rows(["75%"], 88, total=range(5, 5)), r"received range\(5, 5\)"),
        (lambda: exclusive_rows(["50%"], 10, total=range(0, 11, 4)), r"range\(0, 11, 4\)"),
        (lambda: exclusive_rows(["75%"], 88, rounding="up"), "rounding must .* received 'up'"),
        (lambda: exclusive_rows(["100%"], 88, limit=0), "the limit must .* received 0"),
        (lambda: nested_rows([], 88), "at least one percentage: received none"),
        (lambda: nested_rows([], 88, base="whole"), "at least one percentage: received none"),
        (lambda: nested_rows(["75%"], 88, base="all"), "one of previous, whole, received 'all'"),
        (lambda: shared_base([], range(1, 5)), "at least one percentage: received none"),
        (lambda: shared_base(["75%"], range(0)), r"received range\(0, 0\)"),
        (lambda: shared_base(["75%"], range(3)), "the base n must .* received 0"),
    ],
)
def test_arguments_of_another_kind_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_rows_need_not_add_up_to_a_shared_base_unless_told():
    assert shared_base(["50%", "25%"], range(4, 9)).solutions == ((4,), (8,))


def test_a_long_table_is_no_trouble():
    assert exclusive_rows(["0%"] * 1_500, 88, total=range(1)).witness == (0,) * 1_500
