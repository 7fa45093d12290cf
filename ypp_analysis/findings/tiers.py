"""Findings on Cambodia's rank in the Trafficking in Persons Report."""

from __future__ import annotations

from ypp_analysis.findings.core import Finding, Tables, cells, finding

STUDY_YEARS = range(2009, 2017)
PROGRAMME_YEARS = range(2009, 2012)


def _years_at(tables: Tables, tier: str, years: range) -> Finding:
    """Number of report years in which Cambodia held the rank."""
    ranks = tables["tip_tiers"]
    window = ranks[ranks["report_year"].isin(years)]
    items = cells({"tip_tiers": window}, "tip_tiers", "tier", country_iso3="KHM")
    held = [item.row.split("/")[1] for item in items if item.value == tier]
    formula = f"count of {', '.join(held)}" if held else "none"
    return Finding(len(held), "report years", formula, items)


@finding
def cambodia_years_tier_2(tables: Tables) -> Finding:
    """Report years 2009-2016 in which Cambodia was on Tier 2."""
    return _years_at(tables, "Tier 2", STUDY_YEARS)


@finding
def cambodia_years_watch_list(tables: Tables) -> Finding:
    """Report years 2009-2016 in which Cambodia was on the Tier 2 Watch List."""
    return _years_at(tables, "Tier 2 Watch List", STUDY_YEARS)


@finding
def cambodia_programme_years_tier_2(tables: Tables) -> Finding:
    """Report years of the programme in which Cambodia was on Tier 2."""
    return _years_at(tables, "Tier 2", PROGRAMME_YEARS)


@finding
def cambodia_programme_years_watch_list(tables: Tables) -> Finding:
    """Report years of the programme in which Cambodia was on the Tier 2 Watch List."""
    return _years_at(tables, "Tier 2 Watch List", PROGRAMME_YEARS)


@finding
def cambodia_first_year_tier_3(tables: Tables) -> Finding:
    """First report year since 2016 in which Cambodia was on Tier 3."""
    ranks = tables["tip_tiers"]
    later = ranks[(ranks["report_year"] >= STUDY_YEARS.stop) & (ranks["tier"] == "Tier 3")]
    items = cells({"tip_tiers": later}, "tip_tiers", "report_year", country_iso3="KHM")
    first = min(items, key=lambda item: str(item.value))
    return Finding(first.value, "report year", f"first of {len(items)}", items)
