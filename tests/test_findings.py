"""Each finding against a value counted or worked out by hand from the study's text."""

import datetime as dt
from fractions import Fraction

import pandas as pd
import pytest

from ypp_analysis import findings
from ypp_analysis.findings import Label, compute

# By hand from the text: the working stands beside each value.
EXPECTED = {
    "network_countries": 77,  # 15 + 16 + 12 + 25 + 4 + 5
    "network_regions": 6,  # rows of Table 1.1
    "network_largest_region": Label("Europe and CIS", "Eropa dan CIS"),  # 25 of 77
    "network_largest_share": Fraction(2500, 77),  # 25 / 77
    "network_groups_growth": Fraction(80, 17),
    "victims_total": 88,
    "victims_children_share": Fraction(75),  # 66 / 88 = 3 / 4
    "victims_adults_share": Fraction(25),  # 22 / 88 = 1 / 4
    "percent_reading_inner_base": 81,  # 80/88 = 90.9, 81/88 = 92.0, 82/88 = 93.2
    "percent_reading_inner_under_17": 61,  # 60/81 = 74.1, 61/81 = 75.3, 62/81 = 76.5
    "petition_signatures": 14100,  # 200 + 5000 + 3400 + 3800 + 1200 + 500
    "petition_signatures_low": 13350,  # 150 + 4500 + 3350 + 3750 + 1150 + 450
    "petition_signatures_high": 14844,  # 249 + 5499 + 3449 + 3849 + 1249 + 549
    "petition_collections": 6,
    "petition_undated": 3,  # markets, tuk-tuk, schools
    "shares_without_base": 3,  # 92%, 75% and less than half, page 5
    "programme_components": 3,  # trainings, peer support, micro projects
    # Feb 2009; 11 Jan 2010; 20-22 Nov, 9 Dec, 24 Dec 2010; meeting and parade in Dec 2010
    "dated_events": 7,
    "dated_events_late_2010": 5,
    "dated_events_2011": 0,
    "petition_target_share": Fraction(500, 3),  # 5000 / 3000 = 166.7 %
    "festival_days": 3,  # 20, 21, 22 November
    "festival_hours": Fraction(21),  # 3 x (16 - 9)
    "festival_signatures_per_hour": Fraction(5000, 21),
    # 5000 is rounded from 4500 to 5499
    "festival_signatures_per_hour_low": Fraction(4500, 21),
    "festival_signatures_per_hour_high": Fraction(5499, 21),
    "signatures_per_driver": Fraction(34),  # 3400 / 100
    "signatures_per_driver_low": Fraction(3350, 100),
    "signatures_per_driver_high": Fraction(3449, 100),
    "programme_countries": 11,  # Togo ... Mexico, counted on page 6
    "programme_countries_core": 5,
    "programme_countries_associate": 6,
    "programme_regions": 4,  # Africa, Americas, East Asia and Pacific, Europe and CIS
    "programme_regions_named": 5,  # counted on page 12
    "programme_regions_empty": 1,  # South Asia
    "supporters": 9,  # counted on page 6
    "partners_named": 25,  # 9 supporters, 8 on page 3, 8 more on pages 10 to 12
    "members_per_group": Fraction(218, 32),  # 6.8
    "indirect_per_direct": Fraction(10762, 410),  # 26.2
    # Reports 2009-2016: WL, 2, 2, 2, WL, WL, WL, 2
    "cambodia_years_tier_2": 4,
    "cambodia_years_watch_list": 4,
    "cambodia_programme_years_tier_2": 2,
    "cambodia_programme_years_watch_list": 1,
    "cambodia_first_year_tier_3": 2022,
}


@pytest.mark.parametrize("name", findings.names())
def test_value_is_the_one_worked_out_by_hand(name, tables):
    assert compute(name, tables).value == EXPECTED[name]


@pytest.mark.parametrize("name", findings.names())
def test_every_finding_says_what_it_rests_on(name, tables):
    found = compute(name, tables)
    assert found.name == name
    assert found.inputs
    assert found.formula
    assert findings.describe(name).endswith(".")
    for cell in found.inputs:
        assert cell.table in tables
        assert cell.column in tables[cell.table]


def test_a_share_keeps_its_base(tables):
    found = compute("victims_children_share", tables)
    assert (found.numerator, found.denominator) == (66, 88)


def test_a_cell_is_a_finding_too(tables):
    found = compute("petition.water-festival.date_start", tables)
    assert found.value == dt.date(2010, 11, 20)
    assert found.inputs[0].page == 10


@pytest.mark.parametrize("change", [1, -1, 10])
def test_a_finding_follows_its_table(tables, change):
    network = tables["ecpat_network"].copy()
    network.loc[2, "countries_n"] += change
    changed = {**tables, "ecpat_network": network}
    assert compute("network_countries", changed).value == 77 + change


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("victim_total", "'victim_total'"),
        ("petition.opera.signatures_n", "'opera'"),
        ("petition.concert.colour", "'colour'"),
    ],
)
def test_an_unknown_name_is_named(tables, name, part):
    with pytest.raises(ValueError, match=part):
        compute(name, tables)


def test_nothing_rests_on_nothing(tables):
    none = {**tables, "petition": tables["petition"].iloc[:0]}
    with pytest.raises(ValueError, match=r"petition\.csv: no row has a value in signatures_n"):
        compute("petition_signatures", none)


def test_findings_leave_the_tables_alone(tables):
    before = {name: frame.copy() for name, frame in tables.items()}
    for name in findings.names():
        compute(name, tables)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
