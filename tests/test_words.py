"""What the ledger says of a claim: values, sources and reasons in the words of each language."""

from dataclasses import replace
from fractions import Fraction

import pytest

from ypp_analysis.ledger import claim
from ypp_analysis.ledger.checks import check_claim
from ypp_analysis.ledger.rules import Check, Reading, anything
from ypp_analysis.ledger.study import Study
from ypp_analysis.ledger.transcription import Difference
from ypp_analysis.ledger.values import Clock, Day
from ypp_analysis.ledger.verdicts import Case
from ypp_analysis.ledger.words import (
    NOT_SHOWN,
    formula_text,
    not_shown_text,
    power_text,
    printed_text,
    reading_text,
    recomputed_text,
    rounding,
    source_text,
    statement_text,
    transcription_text,
    value_text,
    why_text,
)
from ypp_analysis.wording import texts


@pytest.fixture(scope="module")
def study(tables):
    return Study(tables)


@pytest.mark.parametrize(
    ("value", "unit", "english", "indonesian"),
    [
        ((75,), "percent", "75%", "75%"),
        ((3400,), "signatures", "3,400", "3.400"),
        ((Fraction(3, 2),), "hours", "1.5 hours", "1,5 jam"),
        ((500, 1500), "USD", "USD 500–1,500", "USD 500–1.500"),
        ((12, 17), "years", "12–17", "12–17"),
        ((7, 7), "years", "7", "7"),
        ((Day(2009),), "date", "2009", "2009"),
        ((Day(2009), Day(2011)), "date", "2009–2011", "2009–2011"),
        ((Day(2009, 2),), "date", "February 2009", "Februari 2009"),
        ((Day(None, 12, 9),), "date", "9 December", "9 Desember"),
        ((Day(2010, None, 31),), "date", "31 2010", "31 2010"),  # of some month
        ((Day(None, 2, 29),), "date", "29 February", "29 Februari"),  # in some years
        ((Day(2010, 11, 20),) * 2, "date", "20 November 2010", "20 November 2010"),
        (
            (Day(2010, 11, 20), Day(2010, 11, 22)),
            *("date", "20–22 November 2010", "20–22 November 2010"),
        ),
        (
            (Day(2010, 11, 20), Day(2010, 12, 9)),
            *("date", "20 November 2010–9 December 2010", "20 November 2010–9 Desember 2010"),
        ),
        (
            (Day(2009, 12, 9), Day(2010, 12, 10)),
            *("date", "9 December 2009–10 December 2010", "9 Desember 2009–10 Desember 2010"),
        ),
        ((Clock(9, 0), Clock(16, 30)), "clock", "09:00–16:30", "09.00–16.30"),
        (("Tier 2",), "tier", "Tier 2", "Tier 2"),
    ],
)
def test_a_value_is_written_as_the_language_does(value, unit, english, indonesian):
    assert value_text(value, unit, "en") == english
    assert value_text(value, unit, "id") == indonesian


@pytest.mark.parametrize(("lang", "column"), [("en", "statement_en"), ("id", "statement_id")])
def test_a_statement_that_cannot_be_filled_in_is_named(study, lang, column):
    wrong = replace(study.claims["micro-grant"], **{column: "At {nothing}."})
    with pytest.raises(ValueError, match=f"'micro-grant' in claims.csv: its {column} cannot"):
        statement_text(wrong, lang)


def test_a_claim_is_told_with_its_number(study):
    share = study.claims["victims-children-share"]
    assert printed_text(share, "id") == share.printed
    assert printed_text(replace(share, printed="tiga perempat"), "en") == "75%"
    assert printed_text(replace(share, printed="Tiga perempat"), "id") == "tiga perempat"
    assert printed_text(replace(share, printed="setengah"), "en") == "half"
    hours = replace(share, printed="satu jam setengah", value="1.5", unit="hours")
    assert printed_text(hours, "id") == "1,5 jam"
    named = replace(share, value="", printed="Asia Selatan")
    assert printed_text(named, "en") == "“Asia Selatan”"
    rank = study.claims["tier-2016"]
    assert statement_text(replace(rank, statement_en="On Tier {printed}."), "en") == "On Tier 2."
    assert statement_text(replace(share, statement_id="Ada {printed}."), "id") == "Ada 75%."


@pytest.mark.parametrize(
    ("rule", "unit", "formula", "english", "indonesian"),
    [
        ("none", "hours", "200 / 1.5 = 133.3. 2", "200 / 1.5 = 133.3. 2", "200 / 1,5 = 133,3. 2"),
        ("none", "people", "3400 (3350-3449)", "3,400 (3,350–3,449)", "3.400 (3.350–3.449)"),
        ("readings", "people", "9 - 10 = -1", "9 − 10 = −1", "9 − 10 = −1"),
        ("joint", "people", "-", "-", "-"),
        # years are not grouped
        ("older_source", "percent", "2005 - 2012 = -7", "2005 − 2012 = −7", "2005 − 2012 = −7"),
        ("source_date", "people", "2013 - 2012 = 1", "2013 − 2012 = 1", "2013 − 2012 = 1"),
        ("equal", "years", "2011 - 2009 + 1 = 3", "2011 − 2009 + 1 = 3", "2011 − 2009 + 1 = 3"),
        ("repeat", "date", "2009/2011 = 2009", "2009–2011 = 2009", "2009–2011 = 2009"),
        ("order", "date", "--12-09 < 2010-12",
         "9 December < December 2010", "9 Desember < Desember 2010"),
        ("order", "date", "2010-01-11 < 2010-11-20/2010-11-22",
         "11 January 2010 < 20–22 November 2010", "11 Januari 2010 < 20–22 November 2010"),
        ("readings", "date", "2009: 2, 2010: 10", "2009: 2, 2010: 10", "2009: 2, 2010: 10"),
        # names of rows, and none of a row that is gone
        ("equal", "ordinal", "{petition.concert} < {petition.x}: 2",
         "Concert < x: 2", "Konser < x: 2"),
        ("list_count", "ways", "{words.of}: {words.of} 1000", "of: of 1,000", "dari: dari 1.000"),
    ],
)  # fmt: skip
def test_a_working_is_written_as_the_language_does(study, rule, unit, formula, english, indonesian):
    check = Check(rule, anything, formula=formula)
    assert formula_text(check, unit, study, "en") == english
    assert formula_text(check, unit, study, "id") == indonesian


def test_power_is_told_as_a_number_of_slips():
    def told(rule, value, unit, power):
        return power_text(Case(value, Check(rule, anything), power, frozenset()), unit, "en")

    # 5 has nine slips: every other digit
    assert told("equal", (5,), "years", Fraction(2, 3)).startswith("6 of 9 slips")
    assert told("equal", ("Asia Selatan",), "regions", None) == "a name, not a number"
    assert told("none", (5,), "years", None) == "no check"


def test_a_reading_is_told_with_what_it_counts():
    shared = "As a share of all 88 victims"
    assert reading_text(Reading("of_all", 0, 43, 88), "en") == f"{shared}: 0–43"
    assert reading_text(Reading("of_all", 66, 66, 88), "en") == f"{shared}: 66"
    assert reading_text(Reading("of_all", 1200, 1200, 88), "en") == f"{shared}: 1,200"
    alone = "As a stray number, it counts nothing"
    assert reading_text(Reading("stray", None, None), "en") == alone
    assert reading_text(Reading("stray", 4, None), "en") == alone


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ({"author": [{"literal": "ECPAT"}, {"family": "Lim"}], "publisher": "P"}, "ECPAT"),
        ({"author": [{"family": "Lim", "given": "K."}], "publisher": "P", "title": "T"}, "Lim"),
        ({"author": [{}], "publisher": "P", "title": "T"}, "P"),
        ({"publisher": "P", "title": "T"}, "P"),
        ({"title": "[X]"}, "X"),
        ({}, "a-source"),
    ],
)
def test_a_source_is_named_by_the_first_that_is_known(tables, entry, name):
    dated = {**entry, "issued": {"date-parts": [[2011, 5]]}}
    assert source_text("a-source", Study(tables, {"a-source": entry})) == name
    assert source_text("a-source", Study(tables, {"a-source": dated})) == f"{name}, 2011"


def test_a_year_is_not_named_twice(tables):
    entry = {"title": "Report of 2011", "issued": {"date-parts": [[2011]]}}
    assert source_text("a-source", Study(tables, {"a-source": entry})) == "Report of 2011"
    assert source_text("no-source", Study(tables, {})) == "no-source"


@pytest.mark.parametrize(
    ("unit", "cited", "kind", "key"),
    [
        ("tier", "ngo-joint-statistics-2011", "count", "rank"),
        ("people", "ngo-joint-statistics-2011", "count", "reported"),
        ("percent", "equality-now-cambodia", "count", "quoted"),
        ("years", "equality-now-cambodia", "count", "quoted"),
        ("people", "spiegel-2005", "count", "estimate"),
        ("percent", "sherescuehome-facts", "count", "estimate"),
        ("signatures", "", "count", "signatures"),
        *((unit, "", "count", "size") for unit in ("countries", "regions", "governments")),
        *((unit, "", "count", "size") for unit in ("groups", "organisations", "companies")),
        *((unit, "", "count", "period") for unit in ("date", "clock", "hours")),
        ("years", "", "duration", "period"),
        ("years", "", "count", "people"),
        ("people", "", "count", "people"),
        ("USD", "", "count", "other"),
    ],
)
def test_what_a_claim_does_not_show_goes_by_unit_and_source(study, unit, cited, kind, key):
    one = next(iter(study.claims.values()))
    one = replace(one, unit=unit, cited_source=cited, kind=kind, qualifier="exact")
    words = texts("en")["claims"]["not_shown"]
    assert not_shown_text(one, "en") == words[key]
    for qualifier in ("more_than", "less_than", "at_least"):
        bound = not_shown_text(replace(one, qualifier=qualifier), "en")
        assert bound == f"{words[key]} {words['bound']}"
    assert key in NOT_SHOWN


def test_visitors_are_not_people_reached(study):
    words = texts("en")["claims"]["not_shown"]
    told = not_shown_text(study.claims["festival-visitors"], "en")
    assert told == f"{words['visitors']} {words['bound']}"


@pytest.mark.parametrize(
    ("name", "value", "qualifier", "ends"),
    [
        ("petition-concert", "500", "about", (450, 549)),  # to the hundred
        ("petition-concert", "500", "exact", None),
        ("petition-concert", "500", "more_than", None),
        ("indirect-benefit", "10762", "about", None),  # to the last digit
        ("micro-grant", "500/1500", "about", None),  # "usually", of a range
        ("network-beyond-asia", "1996", "about", None),  # a year
    ],
)
def test_what_is_about_a_round_number_is_rounded(study, name, value, qualifier, ends):
    one = replace(study.claims[name], value=value, qualifier=qualifier)
    assert rounding(one) == ends
    told = texts("en")["claims"]["not_shown"]["rounded"] in not_shown_text(one, "en")
    assert told == (ends is not None)


def test_what_differs_is_listed():
    found = [Difference("a", "claims.value", "5", "6"), Difference("a", "petition.b.c", "7", "8")]
    told = "claims.value: 6 instead of 5; petition.b.c: 8 instead of 7"
    assert transcription_text(found, "en") == told
    assert transcription_text([], "en") == "faithful"


def test_a_value_worked_out_is_told_if_there_is_one(study):
    share = study.claims["victims-children-share"]
    assert recomputed_text(Check("equal", anything, (75,)), share, "en") == "75%"
    assert recomputed_text(Check("order", anything), share, "en") == ""


# Each reason begins with the words that the texts have for it.
@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("vcao-ages", "17/12", "check_fails_bound"),  # 17 is not below 12
        ("programme-years", "4", "check_fails"),  # 2011 - 2009 + 1 is 3
        ("motivators-repeated", "3", "check_fails_repeat"),  # and 2 elsewhere
        ("countries-total", "12", "check_fails"),  # eleven names
        ("petition-schools", "3800", "no_check_working"),  # a sum that nothing is held against
        ("south-east-asia-share", "22", "no_check"),
    ],
)
def test_a_reason_fits_the_way_a_check_ends(study, name, value, key):
    one = replace(study.claims[name], value=value)
    check = check_claim(study, one)
    rule = "check_fails" if key.startswith("check") else "no_check"
    told = why_text(rule, one, Case(one.number, check, None, frozenset()), study, "en")
    text = texts("en")["claims"]["why"][key]
    fixed = max(text.replace("{", "}").split("}")[::2], key=len)  # its longest part without a gap
    assert fixed in told


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("motivators-repeated", "3", "3: 2."),
        ("study-period-method", "2009/2012", "2009–2012: 2009–2011, 2009–2011, 2009–2011."),
    ],
)
def test_a_repetition_that_differs_is_told_with_the_others(tables, name, value, why):
    frame = tables["claims"].copy()
    frame.loc[frame["claim"] == name, "value"] = value
    found = claim(name, {**tables, "claims": frame}, "en")
    assert found.why == f"The study prints the same number elsewhere, and not as {why}"
    assert len(found.inputs) == len(set(found.inputs)) == why.count(",") + 1


def test_another_printing_is_the_reason_where_the_check_itself_passes(tables):
    frame = tables["claims"].copy()
    frame.loc[frame["claim"] == "countries-total", "value"] = "12"
    found = claim("countries-conclusion", {**tables, "claims": frame}, "en")
    told = "The study prints the same number elsewhere, and not as 11: 12."
    assert (found.verdict, found.why) == ("contradicted", told)
