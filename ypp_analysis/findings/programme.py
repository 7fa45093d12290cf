"""Findings on the programme: countries, partners, participants and reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ypp_analysis.findings.core import (
    Cell,
    Finding,
    Tables,
    cell,
    cells,
    count,
    finding,
    ratio,
)


@finding
def programme_countries(tables: Tables) -> Finding:
    """Countries of the programme, counted by name."""
    return count(cells(tables, "ypp_countries", "label_en"), "countries")


@finding
def programme_countries_core(tables: Tables) -> Finding:
    """Core countries, counted by name."""
    return count(cells(tables, "ypp_countries", "label_en", role="core"), "countries")


@finding
def programme_countries_associate(tables: Tables) -> Finding:
    """Associate countries, counted by name."""
    return count(cells(tables, "ypp_countries", "label_en", role="associate"), "countries")


@finding
def programme_regions(tables: Tables) -> Finding:
    """Regions of Table 1.1 that the countries of the programme lie in."""
    return count(cells(tables, "ypp_countries", "region"), "regions")


@finding
def programme_regions_named(tables: Tables) -> Finding:
    """Regions that the conclusion names."""
    return count(cells(tables, "ypp_regions", "region_printed"), "regions")


@finding
def programme_regions_empty(tables: Tables) -> Finding:
    """Regions the conclusion names in which no country of the programme lies."""
    named = cells(tables, "ypp_regions", "region")
    held = cells(tables, "ypp_countries", "region")
    empty = [item.row for item in named if item.value not in {other.value for other in held}]
    return Finding(len(empty), "regions", f"count of {', '.join(empty) or 'none'}", (*named, *held))


@finding
def programme_components(tables: Tables) -> Finding:
    """Components of the programme."""
    return count(cells(tables, "programme", "item", stage="component"), "components")


@finding
def dated_events(tables: Tables) -> Finding:
    """Activities and collections that the study dates to a day or a month."""
    return _events(tables, lambda _: True)


@finding
def dated_events_late_2010(tables: Tables) -> Finding:
    """Of these, the ones in November and December 2010."""
    return _events(tables, lambda day: (day.year, day.month) in ((2010, 11), (2010, 12)))


@finding
def dated_events_2011(tables: Tables) -> Finding:
    """Of these, the ones in 2011."""
    return _events(tables, lambda day: day.year == 2011)


def _events(tables: Tables, within: Callable[[date], bool]) -> Finding:
    """Dated events whose first day lies within a time."""
    dated = tables["activities"].query("date_precision in ('day', 'month')")
    items = (
        *cells({"activities": dated}, "activities", "date_start"),
        *cells(tables, "petition", "date_start", filled=True),
    )
    held = [item.row for item in items if isinstance(item.value, date) and within(item.value)]
    return Finding(len(held), "events", f"count of {', '.join(held) or 'none'}", items)


@finding
def supporters(tables: Tables) -> Finding:
    """Supporters of the programme that the study lists."""
    return count(cells(tables, "partners", "label_en", kind="supporter"), "supporters")


@finding
def partners_named(tables: Tables) -> Finding:
    """Partners and supporters the study names, each counted once."""
    return count(cells(tables, "partners", "partner"), "partners")


@finding
def members_per_group(tables: Tables) -> Finding:
    """Members a peer group of VCAO had, on average."""
    return ratio(_outcome(tables, "vcao-members"), _outcome(tables, "vcao-groups"), "people")


@finding
def indirect_per_direct(tables: Tables) -> Finding:
    """People said to have benefited indirectly for each one supported directly."""
    return ratio(_outcome(tables, "indirect-benefit"), _outcome(tables, "direct-support"), "people")


def _outcome(tables: Tables, outcome: str) -> tuple[Cell]:
    """The cell of one outcome, alone."""
    return (cell(tables, "outcomes", "value_n", outcome=outcome),)
