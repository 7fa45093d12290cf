"""Ranks: coding, changes, spells and periods, counted by hand."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from ypp_analysis.measures.ranks import TIERS, around_period, code_ranks, spells, transitions

# Cambodia's rank in the Trafficking in Persons reports of 2001 to 2025, a letter a year:
# 2 = Tier 2, w = Tier 2 Watch List, 3 = Tier 3.
CAMBODIA = "23223ww2w222www222www3333"
LETTERS = {"1": "Tier 1", "2": "Tier 2", "w": "Tier 2 Watch List", "3": "Tier 3", "-": "not ranked"}


def history(letters, country="KHM", first=2001):
    years = range(first, first + len(letters))
    tiers = [LETTERS[letter] for letter in letters]
    return pd.DataFrame({"country_iso3": country, "report_year": years, "tier": tiers})


@pytest.fixture
def cambodia():
    return history(CAMBODIA)


def test_tiers_are_ordered_from_the_best_judgement_to_the_worst():
    tiers = pd.Series(["Tier 3", "Tier 1", "Tier 2 Watch List", "Tier 2"], index=list("abcd"))
    coded = code_ranks(tiers)
    assert coded.sort_values().tolist() == TIERS
    assert coded.cat.codes.to_dict() == {"a": 3, "b": 0, "c": 2, "d": 1}


def test_not_ranked_is_no_rank():
    coded = code_ranks(pd.Series(["Tier 2", "not ranked", None]))
    assert coded.isna().tolist() == [False, True, True]
    assert coded.cat.codes.tolist() == [1, -1, -1]


def test_coding_coded_ranks_changes_nothing(cambodia):
    coded = code_ranks(cambodia["tier"])
    pd.testing.assert_series_equal(code_ranks(coded), coded)


def test_an_unknown_tier_is_refused(cambodia):
    cambodia.loc[3, "tier"] = "Tier 2WL"
    with pytest.raises(ValueError, match=r"one of \['Tier 1', .*received Tier 2WL \(row 3\)"):
        code_ranks(cambodia["tier"])
    with pytest.raises(ValueError, match="received Tier 2WL"):
        transitions(cambodia)


def test_transitions_of_cambodia(cambodia):
    before = cambodia.copy()
    found = transitions(cambodia.sample(frac=1, random_state=1))
    columns = ["country_iso3", "report_year", "previous_tier", "tier", "change"]
    assert found.columns.tolist() == columns
    assert found.index.tolist() == list(range(24))
    # By hand from the letters: 25 years have 24 steps.
    assert found["report_year"].tolist() == list(range(2002, 2026))
    by_change = found.groupby("change")["report_year"].agg(list).to_dict()
    assert by_change["worsened"] == [2002, 2005, 2009, 2013, 2019, 2022]
    assert by_change["improved"] == [2003, 2006, 2008, 2010, 2016]
    assert len(by_change["unchanged"]) == 24 - 6 - 5
    row = found[found["report_year"] == 2006].iloc[0]
    assert (row["previous_tier"], row["tier"]) == ("Tier 3", "Tier 2 Watch List")
    assert_frame_equal(cambodia, before)


def test_a_step_over_two_ranks_is_one_change():
    assert transitions(history("13"))["change"].tolist() == ["worsened"]
    assert transitions(history("31"))["change"].tolist() == ["improved"]


@pytest.mark.parametrize("years", [[2001, 2003], [2001, 2002, 2003]], ids=["absent", "not ranked"])
def test_nothing_is_carried_over_a_gap(years):
    frame = history("2-3")
    frame = frame[frame["report_year"].isin(years)]
    assert transitions(frame).empty
    same = frame.assign(tier=frame["tier"].replace("Tier 3", "Tier 2"))
    assert spells(same)["years_n"].tolist() == [1, 1]


def test_countries_are_kept_apart():
    frame = pd.concat([history("22", "KHM"), history("22", "MDA", first=2003)])
    assert transitions(frame)["country_iso3"].tolist() == ["KHM", "MDA"]
    assert spells(frame)["country_iso3"].tolist() == ["KHM", "MDA"]


def test_spells_of_cambodia(cambodia):
    before = cambodia.copy()
    found = spells(cambodia.sample(frac=1, random_state=1))
    # By hand from the letters.
    assert found.drop(columns="country_iso3").values.tolist() == [
        ["Tier 2", 2001, 2001, 1],
        ["Tier 3", 2002, 2002, 1],
        ["Tier 2", 2003, 2004, 2],
        ["Tier 3", 2005, 2005, 1],
        ["Tier 2 Watch List", 2006, 2007, 2],
        ["Tier 2", 2008, 2008, 1],
        ["Tier 2 Watch List", 2009, 2009, 1],
        ["Tier 2", 2010, 2012, 3],
        ["Tier 2 Watch List", 2013, 2015, 3],
        ["Tier 2", 2016, 2018, 3],
        ["Tier 2 Watch List", 2019, 2021, 3],
        ["Tier 3", 2022, 2025, 4],
    ]
    assert found["years_n"].sum() == 25
    assert_frame_equal(cambodia, before)


def test_cambodia_around_the_programme_years(cambodia):
    found = around_period(cambodia, 2009, 2011)
    # By hand. Before: 2 3 2 2 3 w w 2, in order 2 2 2 2 w w 3 3, so the middle two differ.
    # During: w 2 2. After: 2 w w w 2 2 2 w w w 3 3 3 3, in order four 2, six w, four 3.
    assert found.values.tolist() == [
        ["KHM", "before", 0, 4, 2, 2, 8, "Tier 2", "Tier 2 Watch List"],
        ["KHM", "during", 0, 2, 1, 0, 3, "Tier 2", "Tier 2"],
        ["KHM", "after", 0, 4, 6, 4, 14, "Tier 2 Watch List", "Tier 2 Watch List"],
    ]
    columns = ["country_iso3", "period", *TIERS, "years_n", "lower_median", "upper_median"]
    assert found.columns.tolist() == columns
    assert found["lower_median"].cat.ordered


def test_a_period_without_a_rank_has_no_median():
    found = around_period(history("--2"), 2003, 2004).set_index("period")
    assert found["years_n"].to_dict() == {"before": 0, "during": 1, "after": 0}
    assert found["lower_median"].isna().tolist() == [True, False, True]


def test_the_middle_rank_is_the_middle_one_of_all():
    # In order 1 2 2 w 3: the third of five; of 1 2 2 w w 3 3 the fourth of seven.
    for letters, middle in (("3w221", "Tier 2"), ("33ww221", "Tier 2 Watch List")):
        during = around_period(history(letters), 2001, 2007).set_index("period").loc["during"]
        assert during["lower_median"] == during["upper_median"] == middle


def test_every_country_has_its_three_periods():
    found = around_period(pd.concat([history("22", "MDA"), history("--", "GMB")]), 2001, 2001)
    assert found["country_iso3"].tolist() == ["GMB"] * 3 + ["MDA"] * 3
    assert found["years_n"].tolist() == [0, 0, 0, 0, 1, 1]


def test_a_period_that_ends_before_it_starts_is_refused(cambodia):
    with pytest.raises(ValueError, match="received 2011 to 2009"):
        around_period(cambodia, 2011, 2009)


@pytest.mark.parametrize("measure", [transitions, spells, lambda frame: around_period(frame, 1, 2)])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.drop(columns="tier"), r"missing column \['tier'\]"),
        (lambda f: pd.concat([f, f.head(1)]), "'KHM', 'report_year': 2001} more than once"),
        (lambda f: f.assign(report_year=f["report_year"] + 0.5), r"whole.*2001\.5 \(row 0\)"),
        (
            lambda f: f.assign(country_iso3=None),
            r"': a country is missing; .* alpha-3 code; received None \(row 0\)",
        ),
    ],
)
def test_wrong_frames_are_refused(cambodia, measure, change, message):
    with pytest.raises(ValueError, match=message):
        measure(change(cambodia))


def test_no_rows_give_no_results(cambodia):
    none = cambodia.head(0)
    assert transitions(none).empty
    assert spells(none).empty
    assert around_period(none, 2009, 2011).empty
