"""Checks of the programme: its countries, regions, dates and partners."""

from __future__ import annotations

from dataclasses import replace

from ypp_analysis.ledger.rules import (
    Check,
    Reading,
    anything,
    cells_of,
    count_of,
    listed,
    number_of,
    repeats,
    year_of,
)
from ypp_analysis.ledger.study import Claim, Study
from ypp_analysis.ledger.values import spell


def programme_years(study: Study, claim: Claim) -> Check:
    """Count the calendar years of the period that the study prints, both ends included."""
    period = study.printed("study-period")
    first, last = year_of(period.value), year_of(period.value, -1)
    expected = (last - first + 1,)
    formula = f"{last} - {first} + 1 = {expected[0]}"
    return Check("equal", lambda value: value == expected, expected, formula, period.cells)


def all_countries(study: Study, claim: Claim) -> Check:
    """Count the countries named, and add up core and associate countries."""
    names = listed("ypp_countries", "name_printed")(study, claim)
    core, associate = study.held("countries-core"), study.held("countries-associate")
    added = (count_of(core) + count_of(associate),)
    return replace(
        names,
        passes=lambda value: names.passes(value) and value == added,
        formula=f"{names.formula}; {count_of(core)} + {count_of(associate)} = {added[0]}",
        inputs=(*names.inputs, *cells_of(core, associate)),
        repeats=repeats(study, claim),
    )


def regions_of_countries(study: Study, claim: Claim) -> Check:
    """Count the regions that the conclusion names; beside it, those that the countries lie in."""
    named = listed("ypp_regions", "region_printed")(study, claim)
    lie_in = listed("ypp_countries", "region", names="ecpat_network")(study, claim)
    formula = f"{{words.named}} {named.formula}; {{words.lie_in}} {lie_in.formula}"
    return replace(named, formula=formula, inputs=(*named.inputs, *lie_in.inputs))


def south_asian_countries(study: Study, claim: Claim) -> Check:
    """Count the countries in the region that the conclusion names."""
    named = study.column("ypp_regions", "region")
    lie_in = study.column("ypp_countries", "region")
    regions = {item.row: item.value for item in named}
    name = str(claim.number[0])

    def inside(name: str) -> int:
        return sum(country.value == regions.get(name) for country in lie_in)

    return Check(
        "at_least_one",
        lambda value: inside(str(value[0])) > 0,
        formula=f"{{ypp_regions.{name}}}: {inside(name)} {{words.of}} {len(lie_in)}",
        inputs=(*named, *lie_in),
    )


def dates_in_programme_period(study: Study, claim: Claim) -> Check:
    """Hold the year of an event against the period that the study prints."""
    period = study.printed("study-period")
    first, last = year_of(period.value), year_of(period.value, -1)
    return Check(
        "within",
        lambda value: first <= year_of(value) and year_of(value, -1) <= last,
        formula=f"{first} ≤ {spell(claim.number)} ≤ {last}",
        inputs=period.cells,
    )


def partner_organisations(study: Study, claim: Claim) -> Check:
    """Read two counts of partners as of the same kind, if they can be, or of two kinds."""
    by_date, in_all = study.held("peer-organisations"), study.held("partner-ngos")
    apart = count_of(in_all) - count_of(by_date)
    readings = [Reading("same_kind", apart, apart)] if apart >= 0 else []
    return Check(
        "readings",
        anything,
        formula=f"{count_of(in_all)} - {count_of(by_date)} = {apart}",
        inputs=cells_of(by_date, in_all),
        readings=(*readings, Reading("two_kinds", None, None)),
    )


def awareness_campaigns_readings(study: Study, claim: Claim) -> Check:
    """Read the number as a count, or where the transcription doubts that, as a stray."""
    token = study.token(claim.claim)
    count = int(number_of(claim.number))
    stray = (Reading("stray", None, None),) if token["note"] else ()
    item = study.cell("study_numbers", str(token["token_no"]), "note")
    return Check(
        "readings",
        anything,
        formula=spell(claim.number),
        inputs=(item,),
        readings=(Reading("a_count", count, count), *stray),
    )
