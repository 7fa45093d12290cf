"""How claims are worked out again: values, slips of the pen, checks and their power."""

from dataclasses import FrozenInstanceError, fields, replace
from fractions import Fraction
from types import SimpleNamespace

import pandas as pd
import pytest
from babel.dates import get_month_names

from ypp_analysis.findings import Cell
from ypp_analysis.ledger.checks import CHECKS, check_claim
from ypp_analysis.ledger.rules import (
    Check,
    Reading,
    anything,
    count_in,
    divide,
    number_of,
    ordered,
    power,
    year_of,
)
from ypp_analysis.ledger.study import Study
from ypp_analysis.ledger.values import (
    MONTHS,
    TIERS,
    Clock,
    Day,
    agree,
    read_printed,
    read_value,
    slips,
    spell,
)
from ypp_analysis.measures import ranks


@pytest.fixture(scope="module")
def study(tables):
    return Study(tables)


def checked(study, name):
    claim = study.claims[name]
    return claim, check_claim(study, claim)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("75", "percent", (75,)),
        ("1.5", "hours", (Fraction(3, 2),)),
        ("500/1500", "USD", (500, 1500)),
        ("2009/2011", "date", (Day(2009), Day(2011))),
        ("2009-02", "date", (Day(2009, 2),)),
        ("--12-09", "date", (Day(None, 12, 9),)),
        ("/2010", "date", (Day(2010),)),  # a period with an open start
        ("09:00/16:00", "clock", (Clock(9, 0), Clock(16, 0))),
        ("2", "tier", ("Tier 2",)),
    ],
)
def test_a_value_is_read_by_its_unit(text, unit, value):
    assert read_value(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *(("2010-13", "date"), ("2010-02-30", "date"), ("75", "date"), ("09:00", "date")),
        *(("24:00", "clock"), ("09:60", "clock"), ("9", "clock"), ("2010", "clock")),
        *(("1.200,5", "people"), ("1/2/3", "people"), ("/", "people")),
    ],
)
def test_what_is_no_value_is_named(text, unit):
    with pytest.raises(ValueError, match=text):
        read_value(text, unit)


def test_the_edges_of_days_and_hours_are_values():
    assert read_value("23:59", "clock") == (Clock(23, 59),)
    assert read_value("--02-29", "date") == (Day(None, 2, 29),)  # in some years
    assert Day(2010, None, 31).is_valid  # in some months
    assert read_value("", "regions", "Asia Selatan") == ("Asia Selatan",)
    assert read_value("", "regions") == ("",)


def test_months_and_tiers_are_those_that_others_name():
    months = get_month_names("wide", locale="id")
    assert [months[number].lower() for number in range(1, 13)] == [*MONTHS]
    for number, name in months.items():
        assert read_printed(f"{name} 2010", ["2010"], "date") == (Day(2010, number),)
    assert [*TIERS] == ranks.TIERS


@pytest.mark.parametrize(
    ("printed", "tokens", "unit", "text"),
    [
        ("20-22 November 2010", ["20", "22", "2010"], "date", "2010-11-20/2010-11-22"),
        ("9 Desember", ["9"], "date", "--12-09"),
        ("31 Januari 2011", ["31", "2011"], "date", "2011-01-31"),
        ("tahun 32", ["32"], "date", "0032"),  # no day has that number
        ("jam 09.45", ["09.45"], "clock", "09:45"),
        ("februari 2009", ["2009"], "date", "2009-02"),
        ("2009-2011", ["2009", "2011"], "date", "2009/2011"),
        ("satu jam setengah", ["satu", "setengah"], "hours", "1.5"),
        ("09.00 pagi hingga jam 16.00", ["09.00", "16.00"], "clock", "09:00/16:00"),
        ("ratusan ribu", ["ratusan ribu"], "people", "100000"),  # hundreds of thousands
        ("setengah", ["setengah"], "percent", "50"),
        ("daftar pengawasan", [], "tier", "Tier 2 Watch List"),
    ],
)
def test_printed_words_give_the_value(printed, tokens, unit, text):
    assert spell(read_printed(printed, tokens, unit)) == text


def test_words_that_are_no_date_are_named():
    with pytest.raises(ValueError, match="No date is printed as 'hari 9'"):
        read_printed("Hari 9", ["9"], "date")


def test_dates_agree_as_far_as_both_are_given():
    assert agree((Day(2009),), (Day(2009, 2),))
    assert agree((Day(None, 12, 9),), (Day(2010, 12, 9),))
    assert not agree((Day(2009, 3),), (Day(2009, 2),))
    assert not agree((Day(2009), Day(2011)), (Day(2009),))
    assert not agree((Day(2009),), (2009,))
    assert not agree((2009,), (Day(2009),))


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        (5, {0, 1, 2, 3, 4, 6, 7, 8, 9}),
        (10, {9, *range(11, 20), *range(20, 100, 10)}),  # 01 is no number
        (21, {12, *range(11, 100, 10), *range(20, 30)} - {21}),
        (9, {0, 1, 2, 3, 4, 5, 6, 7, 8, 10}),
        (0, {1, 2, 3, 4, 5, 6, 7, 8, 9}),
    ],
)
def test_slips_of_a_number(number, wrong):
    found = slips((number,), "people")
    assert {value[0] for value in found} == wrong
    assert len(found) == len(wrong)


def test_slips_of_decimals_ranges_ranks_and_names():
    # 15 tenths: 25 ... 95, 10 ... 19 and 51
    tenths = {*range(25, 100, 10), *range(10, 20), 51} - {15}
    assert {10 * value[0] for value in slips((Fraction(3, 2),), "hours")} == tenths
    # 125 hundredths: 225 ... 925, 105 ... 195, 120 ... 129, 215 and 152
    hundredths = {*range(225, 1000, 100), *range(105, 200, 10), *range(120, 130), 215, 152} - {125}
    assert {100 * value[0] for value in slips((Fraction(5, 4),), "hours")} == hundredths
    assert set(slips((1, 2), "years")) == {
        *((low, 2) for low in range(10) if low != 1),
        *((1, high) for high in range(10) if high != 2),
    }
    assert {value[0] for value in slips(("Tier 2",), "tier")} == {*TIERS} - {"Tier 2"}
    assert slips(("Asia Selatan",), "regions") == ()


def test_slips_of_dates_and_times_are_dates_and_times():
    # month 12: 10 and 11, for 13-19, 21, 22 ... 92 are none; day 9: 1-8 and 10
    found = {value[0] for value in slips((Day(None, 12, 9),), "date")}
    assert found == {
        *(Day(None, month, 9) for month in (10, 11)),
        *(Day(None, 12, day) for day in (1, 2, 3, 4, 5, 6, 7, 8, 10)),
    }
    # hour 9: 0-8 and 10; minute 0: 1-9
    assert {value[0] for value in slips((Clock(9, 0),), "clock")} == {
        *(Clock(hour, 0) for hour in (0, 1, 2, 3, 4, 5, 6, 7, 8, 10)),
        *(Clock(9, minute) for minute in range(1, 10)),
    }
    assert Day(2001, 2, 29) not in {value[0] for value in slips((Day(2000, 2, 29),), "date")}


def test_power_is_the_share_of_slips_refused():
    def even(value):
        return value[0] % 2 == 0

    # of 0 1 2 3 5 6 7 8 9, five are odd
    assert power(Check("equal", even), (4,), "people") == Fraction(5, 9)
    assert power(Check("none", anything), (4,), "people") == 0
    assert power(Check("equal", even), ("Asia Selatan",), "regions") is None


def test_readings_differ_if_no_number_fits_them_all():
    def differ(*readings):
        return Check("readings", anything, readings=readings).readings_differ

    assert differ(Reading("of_all", 66, 66), Reading("of_young", 61, 61))
    assert not differ(Reading("of_all", 0, 43), Reading("of_young", 0, 40))
    assert differ(Reading("a_count", 4, 4), Reading("stray", None, None))
    assert not differ(Reading("of_all", 0, 61), Reading("of_young", 61, 61))  # 61 fits both
    assert not differ(Reading("a_count", 4, 4))
    assert not differ()


@pytest.mark.parametrize(
    ("name", "rule", "expected", "caught"),
    [
        # 2011 - 2009 + 1; every other number of years fails
        ("programme-years", "equal", (3,), 1),
        # 77 - (16 + 12 + 25 + 4 + 5)
        ("network-africa", "sum", (15,), 1),
        ("network-europe-cis", "sum", (25,), 1),
        # 25% of 88 is 22 alone, 88 - 22 = 66 = 75% of 88
        ("victims-children-share", "unique_solution", (75,), 1),
        ("victims-adults-share", "unique_solution", (25,), 1),
        # of the 17 slips of 88 only 18, 38, 58, 78, 98, 82 and 86 people cannot be divided so
        # that the parts round to 75% and 25% (98: 73 is 74.49, 74 is 75.51)
        ("victims-total", "joint", None, Fraction(7, 17)),
        ("countries-core", "list_count", (5,), 1),
        ("countries-conclusion", "list_count", (11,), 1),
        ("regions-total", "list_count", (5,), Fraction(8, 9)),  # of 0-9 but 4, only 5 passes
        ("support-ways", "list_count", (3,), 1),
        ("national-day-groups", "list_count", (3,), 1),
        ("petition-festival-order", "equal", (2,), 1),
        ("tier-2016", "equal", ("Tier 2",), 1),
        # low > 17: 22 32 ... 92, 18, 19, 21 (11 of 18); high < 12: 10, 11 (2 of 18)
        ("vcao-ages", "order", None, Fraction(13, 36)),
        # year 2009 and 2011 of 38 slips, months 10 and 11: four of 40 pass
        ("awareness-month", "within", None, Fraction(36, 40)),
        ("micro-grant", "order", None, None),
        # 17 < 53 < 80: of the slips 13 ... 93, 50 ... 59 and 35 only 13, 83 and 93 are outside
        ("network-undated-groups", "order", None, Fraction(3, 18)),
        # no text says that those reached more directly are fewer: nothing to hold it against
        ("direct-support", "none", None, 0),
        # two readings of the year, and no year that the text refuses
        ("supporting-data-year", "readings", None, 0),
        ("petition-tuk-tuk", "none", None, 0),
    ],
)
def test_each_claim_is_worked_out_again(study, name, rule, expected, caught):
    claim, check = checked(study, name)
    assert (check.rule, check.expected) == (rule, expected)
    if caught is not None:
        assert power(check, claim.number, claim.unit) == caught


REGIONS = "africa americas east-asia-pacific europe-cis middle-east-north-africa south-asia"
COLLECTIONS = "markets water-festival tuk-tuk schools national-day concert"
CORE, ASSOCIATE = "TGO GMB UKR MDA GTM", "CMR KGZ THA KHM CHL MEX"
PRINTED_REGIONS = ["Amerika Latin", "Asia Tenggara", "Asia Selatan", "Afrika", "Eropa Timur"]


# Which numbers a check holds a claim against, read from the sentence that describes the check:
# table, rows, column. Its own number is none of them.
@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("motivators-repeated", [("claims", "motivators-per-country", "value")]),
        ("victims-young-age", [("claims", "victims-under-17-age", "value")]),
        ("network-undated-groups", [("ecpat_growth", "study-1999 study-2007", "groups_n")]),
        ("countries-core", [("ypp_countries", CORE, "name_printed")]),
        (
            "countries-total",
            [
                ("ypp_countries", f"{CORE} {ASSOCIATE}", "name_printed"),
                ("claims", "countries-core countries-associate", "value"),
            ],
        ),
        (
            "regions-total",
            [
                ("ypp_regions", PRINTED_REGIONS, "region_printed"),
                ("ypp_countries", f"{CORE} {ASSOCIATE}", "region"),
            ],
        ),
        (
            "region-south-asia",
            [
                ("ypp_regions", PRINTED_REGIONS, "region"),
                ("ypp_countries", f"{CORE} {ASSOCIATE}", "region"),
            ],
        ),
        ("programme-years", [("claims", "study-period", "value")]),
        ("awareness-month", [("claims", "study-period", "value")]),
        ("partner-ngos", [("outcomes", "peer-organisations partner-ngos", "value_n")]),
        ("awareness-campaigns", [("study_numbers", "300", "note")]),
        ("network-countries-today", [("ecpat_network", REGIONS, "countries_n")]),
        (
            "network-africa",
            [
                ("ecpat_network", REGIONS.removeprefix("africa "), "countries_n"),
                ("ecpat_growth", "study-today ecpat-2016", "countries_n"),
            ],
        ),
        (
            "tier-2016",
            [("claims", "tier-report-year", "value"), ("tip_tiers", "KHM/2016", "tier")],
        ),
        (
            "tier-report-year",
            [
                ("claims", "tier-2016", "value"),
                # the years on Tier 2, as test_ranks.py lists them
                *(
                    ("tip_tiers", f"KHM/{year}", "tier")
                    for year in (2001, 2003, 2004, 2008, 2010, 2011, 2012, 2016, 2017, 2018)
                ),
            ],
        ),
        ("petition-festival-order", [("petition", COLLECTIONS, "section")]),
        ("petition-schools", [("petition", COLLECTIONS, "signatures_n")]),
        ("tuk-tuk-drivers", [("petition", "tuk-tuk", "signatures_n collectors_n")]),
        (
            "petition-festival-hours",
            [
                (
                    *("petition", "water-festival"),
                    "signatures_n date_start date_end hours_start hours_end",
                )
            ],
        ),
        ("petition-markets-duration", [("petition", "markets", "signatures_n duration_h")]),
        ("victims-total", [("victims", "children adults", "share_printed")]),
        (
            "victims-adults-share",
            [
                ("victims", "children", "share_printed"),
                ("joint_statistics", "2011", "victims_n"),
            ],
        ),
        ("victims-young-share", [("joint_statistics", "2011", "victims_n")]),
        (
            "victims-under-17-share",
            [
                ("joint_statistics", "2011", "victims_n"),
                ("victim_shares", "children-or-youth", "share_pct"),
                ("victims", "children", "share_printed"),
            ],
        ),
        (
            "victims-recruited-by-known-share",
            [
                ("joint_statistics", "2011", "victims_n"),
                ("victim_shares", "children-or-youth", "share_pct"),
            ],
        ),
        (
            "supporting-data-year",
            [
                (
                    "activities",
                    "ypp-start body-shop-campaign petition-meeting awareness-meeting parade",
                    "date_start",
                ),
                ("petition", "water-festival national-day concert", "date_start"),
                ("joint_statistics", "2011", "year_start"),
            ],
        ),
    ],
)
def test_a_check_names_every_cell_it_reads(study, name, cells):
    _, check = checked(study, name)
    expected = [
        (table, row, column)
        for table, rows, columns in cells
        for row in (rows.split() if isinstance(rows, str) else rows)
        for column in columns.split()
    ]
    found = [(item.table, item.row, item.column) for item in check.inputs]
    assert sorted(found) == sorted(expected)


OTHERS = [
    *((5,), (1, 2), (Fraction(3, 2),), (Day(2010, 12, 9),), (Day(None, 12, 9),), (Clock(9, 0),)),
    *(("Tier 2",), ("Asia Selatan",)),
]


@pytest.mark.parametrize("value", OTHERS)
def test_a_check_takes_a_value_of_another_kind(study, value):
    for claim in study.claims.values():
        assert check_claim(study, claim).passes(value) in (True, False), claim.claim


def test_what_is_no_number_or_year_counts_as_none():
    assert number_of(("Asia Selatan",)) < 0
    assert number_of((Day(2010),)) < 0
    assert number_of((1, Fraction(3, 2)), -1) == Fraction(3, 2)
    assert year_of((Day(None, 12, 9),)) == year_of((2010,)) == year_of(("Tier 2",)) == 0
    assert year_of((Day(2009), Day(2011)), -1) == 2011
    assert count_in(Cell("outcomes", "a", "value_n", None, 1, "study")) == 0
    assert count_in(Cell("outcomes", "a", "value_n", 410, 1, "study")) == 410
    assert divide(5, 0) == "5 / 0 = ?"


@pytest.mark.parametrize("made", [Reading("a_count", 4, 4), Check("none", anything)])
def test_what_a_check_found_cannot_be_changed(made):
    with pytest.raises(FrozenInstanceError):
        setattr(made, fields(made)[0].name, "other")


def test_a_check_says_no_more_than_it_is_given():
    check = Check("none", anything)
    assert (check.formula, check.inputs, check.readings, check.repeats) == ("", (), (), ())
    assert (check.expected, check.share) == (None, None)
    assert Reading("a_count", 4, 4).base is None


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("No cell is here... "), ": No cell is here... . Name one that fits"),
        (ValueError("No cell X."), ": No cell X. Name one that fits"),
        (KeyError("concert"), ": 'concert'. Name one that fits"),
        (ValueError(".hidden is missing."), ": .hidden is missing. Name one that fits"),
        (StopIteration(), ": a claim or cell that it needs is lacking. Name one that fits"),
        (IndexError("list"), ": a claim or cell that it needs is lacking. Name one that fits"),
    ],
)
def test_a_check_that_cannot_be_made_says_why(error, told, study, monkeypatch):
    def fails(*_):
        raise error

    claim = study.claims["micro-grant"]
    monkeypatch.setitem(CHECKS, claim.finding, fails)
    with pytest.raises(ValueError, match=f"{claim.claim}.*{claim.finding}") as raised:
        check_claim(study, claim)
    assert told in str(raised.value)


def test_a_value_that_cannot_be_read_is_no_fault_of_its_check(study):
    with pytest.raises(ValueError, match=r"as claims\.csv has it.*received 'two'") as raised:
        check_claim(study, replace(study.claims["micro-grant"], value="two"))
    assert "cannot be worked out" not in str(raised.value)


def test_a_claim_outside_of_an_order_is_refused(study):
    with pytest.raises(ValueError, match="compares the claims a, b"):
        ordered("a < b")(study, study.claims["micro-grant"])


def test_a_range_may_not_be_turned_round(study):
    _, check = checked(study, "micro-grant")
    assert check.passes((500, 1500))
    assert not check.passes((1500, 500))
    claim = replace(study.claims["micro-grant"], value="500")
    assert check_claim(study, claim).formula == "500 ≤ 500"


def placed(sequence, name, **values):
    """The check of one claim of a sequence, where each holds a value."""
    study = SimpleNamespace(held=lambda of: SimpleNamespace(value=values[of], cells=()))
    return ordered(sequence)(study, SimpleNamespace(claim=name, number=values[name]))


def test_an_order_holds_each_claim_against_all_before_and_after_it():
    values = {"a": (1,), "b": (2,), "c": (2,)}
    first, second, last = (placed("a < b <= c", name, **values) for name in "abc")
    assert {check.formula for check in (first, second, last)} == {"1 < 2 ≤ 2"}
    assert (first.before, first.after) == ((), (((2,), True), ((2,), True)))
    assert (second.before, second.after) == ((((1,), True),), (((2,), False),))
    assert (last.before, last.after) == ((((1,), True), ((2,), False)), ())
    for check, passing in ((first, [0, 1]), (second, [2]), (last, [2, 3])):
        assert [n for n in range(4) if check.passes((n,))] == passing


def test_only_the_signs_between_two_claims_tell_whether_they_may_be_equal():
    values = {"a": (1,), "b": (1,), "c": (2,)}
    assert placed("a <= b < c", "a", **values).after == (((1,), False), ((2,), True))
    assert placed("c < a <= b", "b", **values).before == (((2,), True), ((1,), False))


def test_days_may_be_equal_where_the_order_lets_them():
    day, next_day = (Day(2010, 1, 11),), (Day(2010, 1, 12),)
    weak = placed("a <= b", "a", a=day, b=day)
    strict = placed("a < b", "a", a=day, b=day)
    assert [weak.passes(value) for value in (day, next_day)] == [True, False]
    assert [strict.passes(value) for value in (day, next_day)] == [False, False]
    assert placed("a < b", "a", a=day, b=next_day).passes(day)


def test_dates_stand_in_order(study):
    claim, check = checked(study, "petition-festival-dates")
    assert check.passes(claim.number)
    assert not check.passes((Day(2010, 1, 11), Day(2010, 1, 12)))  # starts with the meeting
    assert check.passes((Day(None, 12, 12),))  # as far as is printed
    assert not check.passes((Day(None, 1, 11),))
    _, check = checked(study, "concert-date")
    assert check.passes((Day(2010, 1, 12),))  # before the festival: no text says otherwise
    assert not check.passes((Day(2010, 1, 11),))
    _, check = checked(study, "petition-meeting-date")
    assert not check.passes((Day(2010, 11, 20),))
    assert checked(study, "national-day-date")[1].rule == "none"


def test_shares_without_a_base_are_read_under_each(study):
    # 75% of 88 is 66 alone; 92% of 88 is 81 alone, and 75% of 81 is 61 alone
    _, check = checked(study, "victims-under-17-share")
    assert [(item.base, item.low, item.high) for item in check.readings] == [
        (88, 66, 66),
        (81, 61, 61),
    ]
    assert "victims.children" in " ".join(f"{c.table}.{c.row}" for c in check.inputs)
    # less than half of 88 is at most 43, of 81 at most 40
    _, check = checked(study, "victims-recruited-by-known-share")
    assert [(item.base, item.low, item.high) for item in check.readings] == [
        (88, 0, 43),
        (81, 0, 40),
    ]


def test_workings_without_a_verdict_are_shown(study):
    formula = {name: checked(study, name)[1].formula for name in study.claims}
    assert formula["tuk-tuk-drivers"] == "3400 / 100 = 34"
    assert formula["petition-markets-duration"] == "200 / 1.5 = 133.3"
    assert formula["petition-festival-hours"] == "5000 / 21 = 238.1"  # three days of seven hours
    assert formula["vcao-groups"] == "218 / 32 = 6.8"
    # 200 + 5000 + 3400 + 3800 + 1200 + 500, each rounded at its last digit that is not zero:
    # 150-249, 4500-5499, 3350-3449, 3750-3849, 1150-1249, 450-549
    assert formula["petition-concert"].endswith("= 14100 (13350-14844)")
    assert formula["sexual-exploitation-share"] == "2005 - 2012 = -7"


def test_every_check_takes_any_value(study):
    for claim in study.claims.values():
        check = check_claim(study, claim)
        for value in slips(claim.number, claim.unit):
            assert check.passes(value) in (True, False)


def test_claims_and_checks_name_each_other(study):
    assert {claim.finding for claim in study.claims.values()} - {""} == CHECKS.keys()


def without(tables, table, column, *values):
    """The tables, and in one of them no row with these values."""
    frame = tables[table]
    return {**tables, table: frame[~frame[column].isin(values)]}


def test_without_a_total_from_elsewhere_a_region_is_only_bounded(tables):
    alone = without(tables, "ecpat_growth", "witness", "other")
    unread = without(tables, "study_numbers", "reason", "access-date")  # read in no known year
    for found in (alone, unread):
        _, check = checked(Study(found), "network-africa")
        assert (check.rule, check.expected) == ("more_than", None)
        assert check.formula == "15 + 16 + 12 + 25 + 4 + 5 = 77 > 75"
        # 62 of the others: 14 make 76, and 13 no more than 75
        assert check.passes((14,))
        assert not check.passes((13,))
        assert len(check.inputs) == 6  # five other regions and the bound


def test_a_region_passes_only_with_a_sum_above_the_bound(tables):
    frame = tables["ecpat_growth"].copy()
    frame.loc[frame["point"] == "study-today", "countries_n"] = 77
    _, check = checked(Study({**tables, "ecpat_growth": frame}), "network-africa")
    assert check.expected == (15,)
    assert not check.passes((15,))  # 77 is not more than 77


@pytest.mark.parametrize(
    ("cited", "found", "rule", "formula"),
    [
        (2011, 2012, "older_source", "2011 - 2012 = -1"),
        (2012, 2012, "source_date", "2012 - 2012 = 0"),
        (2013, 2012, "source_date", "2013 - 2012 = 1"),
        (None, 2012, "none", ""),
        (2012, None, "none", ""),
    ],
)
def test_a_source_is_older_if_its_year_is_earlier(tables, cited, found, rule, formula):
    def issued(year):
        return {} if year is None else {"issued": {"date-parts": [[year]]}}

    name = "sexual-exploitation-share"
    study = Study(tables)
    sources = {record["source"]: issued(found) for record in study.evidence[name]}
    sources[study.claims[name].cited_source] = issued(cited)
    _, check = checked(Study(tables, sources), name)
    assert (check.rule, check.formula) == (rule, formula)


def with_cell(tables, table, row, column, value):
    """The tables with one cell changed; the row is named by its first column."""
    frame = tables[table].copy()
    assert (frame.iloc[:, 0].astype(str) == row).sum() == 1
    frame.loc[frame.iloc[:, 0].astype(str) == row, column] = value
    return {**tables, table: frame}


def with_base(tables, people):
    return Study(with_cell(tables, "joint_statistics", "2011", "victims_n", people))


def test_shares_of_a_base_with_several_counts_give_no_value(tables):
    # of 250, 75% is 187 or 188 (186.25 up to 188.75) and 25% is 62 or 63
    _, check = checked(with_base(tables, 250), "victims-children-share")
    assert check.formula == "187 + 63 = 250; 188 + 62 = 250"
    assert (check.expected, check.share) == (None, None)
    # of 43, 32 is 74.4% and 33 is 76.7%; 10 is 23.3% and 11 is 25.6%
    _, check = checked(with_base(tables, 43), "victims-children-share")
    assert check.formula == "-"
    assert (check.expected, check.share) == (None, None)


def test_all_and_none_can_be_shares_of_one(tables):
    found = with_cell(tables, "victims", "children", "share_printed", "100%")
    found = with_cell(found, "victims", "adults", "share_printed", "0%")
    _, check = checked(Study(found), "victims-total")
    assert [n for n in range(4) if check.passes((n,))] == [1, 2, 3]


@pytest.mark.parametrize(
    ("share", "people", "formula", "readings"),
    [
        # 39 and 40 of 43 are 90.7 and 93.02 percent
        ("92", 43, "92% × 43: none", []),
        ("92", 0, "92% × 0: none", []),
        ("100", 1, "100% × 1: 1", [(1, 1)]),
        ("0", 7, "0% × 7: 0", [(0, 0)]),
        # 35.5% up to 36.5% of 1,000
        ("36", 1000, "36% × 1000: 355-364", [(355, 364)]),
    ],
)
def test_a_share_has_a_reading_where_it_has_a_count(tables, share, people, formula, readings):
    study = with_base(tables, people)
    check = check_claim(study, replace(study.claims["victims-young-share"], value=share))
    assert check.formula == formula
    assert [(item.low, item.high) for item in check.readings] == readings
    assert check.passes((int(share),)) == bool(readings)


@pytest.mark.parametrize(
    ("changes", "formula"),
    [
        # three days of 7 hours 15 minutes
        ({"hours_start": "09:30", "hours_end": "16:45"}, "5000 / 21.75 = 229.9"),
        # one day of seven hours
        ({"date_end": pd.Timestamp(2010, 11, 20)}, "5000 / 7 = 714.3"),
        # one time, at which nothing is open
        ({"hours_end": "09:00"}, "5000 / 0 = ?"),
    ],
)
def test_signatures_per_hour_count_days_and_minutes(tables, changes, formula):
    found = tables
    for column, value in changes.items():
        found = with_cell(found, "petition", "water-festival", column, value)
    assert checked(Study(found), "petition-festival-hours")[1].formula == formula


@pytest.mark.parametrize(
    ("name", "unit", "value"),
    [("petition-festival-dates", "date", "2010-11"), ("petition-festival-hours", "people", "5")],
)
def test_without_days_or_times_there_are_no_signatures_per_hour(tables, name, unit, value):
    found = tables
    for column, text in {"cell": pd.NA, "unit": unit, "value": value}.items():
        found = with_cell(found, "claims", name, column, text)
    _, check = checked(Study(found), "petition-festival-hours")
    assert (check.rule, check.formula) == ("none", "")


def test_facts_are_dated_by_the_study_alone(tables):
    found = with_cell(tables, "activities", "body-shop-campaign", "source", "ecpat-24-years")
    found = with_cell(found, "petition", "concert", "source", "ecpat-24-years")
    _, check = checked(Study(found), "supporting-data-year")
    assert check.formula == "2009: 1, 2010: 5, 2011: 1"
    assert [(item.name, item.low, item.high) for item in check.readings] == [
        ("in_year", 1, 1),
        ("from_year", 7, 7),  # 1 + 5 + 1
    ]
    assert check.expected is None
    assert check.passes((Day(2010),))  # no text says which year it has to be


def test_a_period_of_one_year_is_its_own_end(tables):
    study = Study(with_cell(tables, "claims", "study-period", "value", "2009"))
    _, check = checked(study, "programme-years")
    assert (check.expected, check.formula) == ((1,), "2009 - 2009 + 1 = 1")
    _, check = checked(study, "awareness-month")
    assert check.formula == "2009 ≤ 2010-12 ≤ 2009"


def test_a_region_holds_a_country_or_none(tables):
    study = Study(without(tables, "ypp_countries", "country_iso3", "THA"))
    _, check = checked(study, "region-south-asia")
    assert check.formula == "{ypp_regions.Asia Selatan}: 0 {words.of} 10"
    assert check.passes(("Asia Tenggara",))
    assert not check.passes(("Asia Selatan",))
    assert not check.passes(("Oseania",))


@pytest.mark.parametrize(("in_all", "readings"), [(9, 1), (10, 2), (11, 2)])
def test_partners_can_be_of_one_kind_unless_they_grow_fewer(tables, in_all, readings):
    study = Study(with_cell(tables, "outcomes", "partner-ngos", "value_n", in_all))
    _, check = checked(study, "partner-ngos")
    assert check.formula == f"{in_all} - 10 = {in_all - 10}"
    assert len(check.readings) == readings


def test_an_unknown_check_is_named(study):
    claim = replace(study.claims["vcao-ages"], finding="no_such_check")
    with pytest.raises(ValueError, match="'no_such_check'"):
        check_claim(study, claim)


def test_an_unreadable_value_names_its_claim(study):
    claim = replace(study.claims["vcao-ages"], value="12-17")
    with pytest.raises(ValueError, match=r"'vcao-ages'.*'12-17'"):
        _ = claim.number


def test_a_missing_cell_is_named(study):
    with pytest.raises(ValueError, match=r"petition\.stall\.signatures_n"):
        study.cell("petition", "stall", "signatures_n")


def test_a_missing_claim_is_named(study):
    with pytest.raises(ValueError, match="'no-such-claim'"):
        study.held("no-such-claim")
