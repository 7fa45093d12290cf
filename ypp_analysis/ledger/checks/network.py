"""Checks of the network: Table 1.1, its total, and the rank of the country."""

from __future__ import annotations

from ypp_analysis.findings import Cell
from ypp_analysis.ledger.rules import (
    Check,
    anything,
    cells_of,
    count_in,
    count_of,
    number_of,
    same_finding,
    unchecked,
    year_of,
)
from ypp_analysis.ledger.study import Claim, Study
from ypp_analysis.ledger.values import spell


def network_countries(study: Study, claim: Claim) -> Check:
    """Add up the regions, for the bound that is printed and for a total from outside the study."""
    same = same_finding(study, claim)
    rows = {other.claim: study.held(other.claim) for other in same if other.kind == "count"}
    if claim.kind == "sum":
        total = sum(map(count_of, rows.values()))
        added = " + ".join(spell(held.value) for held in rows.values())
        formula = f"{added} = {total} > {spell(claim.number)}"
        return Check(
            "more_than",
            lambda value: number_of(value) < total,
            formula=formula,
            inputs=cells_of(*rows.values()),
        )
    others = {name: held for name, held in rows.items() if name != claim.claim}
    bound = next(study.held(other.claim) for other in same if other.kind == "sum")
    rest = sum(map(count_of, others.values()))
    terms = {name: held.value for name, held in rows.items()} | {claim.claim: claim.number}
    formula = " + ".join(map(spell, terms.values()))
    formula += f" = {rest + number_of(claim.number)} > {spell(bound.value)}"
    inputs = cells_of(*others.values(), bound)
    witness = _total_elsewhere(study)
    if witness is None:
        return Check(
            "more_than",
            lambda value: rest + number_of(value) > count_of(bound),
            formula=formula,
            inputs=inputs,
        )
    expected = (count_in(witness) - rest,)
    return Check(
        "sum",
        lambda value: value == expected and rest + number_of(value) > count_of(bound),
        expected,
        f"{formula}; {{ecpat_growth.{witness.row}}}: {witness.value}",
        (*inputs, witness),
    )


def _total_elsewhere(study: Study) -> Cell | None:
    """Countries of the network as others had it last when the study read its pages."""
    accessed = study.column("study_numbers", "token", reason="access-date")
    tokens = (str(item.value) for item in accessed)
    read = max((int(token) for token in tokens if token.isdecimal()), default=0)
    found = [
        item
        for item in study.column("ecpat_growth", "countries_n", witness="other")
        if count_in(study.cell("ecpat_growth", item.row, "year")) <= read
    ]
    return found[-1] if found else None


def tier_in_report_year(study: Study, claim: Claim) -> Check:
    """Look the rank of Cambodia up in the year of the report, or the years of that rank."""
    ranks = {
        int(item.row.split("/")[1]): item
        for item in study.column("tip_tiers", "tier", country_iso3="KHM")
    }
    if claim.unit == "tier":
        report = study.held("tier-report-year")
        year = year_of(report.value)
        if year not in ranks:
            return unchecked()
        expected = (str(ranks[year].value),)
        formula = f"{{ypp_countries.KHM}} {year}: {expected[0]}"
        inputs = (*report.cells, ranks[year])
        return Check("equal", lambda value: value == expected, expected, formula, inputs)
    rank = study.held("tier-2016")
    years = {year: item for year, item in ranks.items() if [item.value] == [*rank.value]}
    formula = f"{{ypp_countries.KHM}} {spell(rank.value)}: {', '.join(map(str, years))}"
    inputs = (*rank.cells, *years.values())
    return Check("within", lambda value: year_of(value) in years, formula=formula, inputs=inputs)


def source_older_than_number(study: Study, claim: Claim) -> Check:
    """Hold the year of the source cited against that of the source which has the number."""
    cited = study.issued(claim.cited_source)
    found = [study.issued(record["source"]) for record in study.evidence[claim.claim]]
    years = [year for year in found if year is not None]
    if cited is None or not years:
        return unchecked()
    apart = cited - min(years)
    rule = "older_source" if apart < 0 else "source_date"
    return Check(rule, anything, formula=f"{cited} - {min(years)} = {apart}")
