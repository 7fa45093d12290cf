"""Findings on the petition: six collections of signatures, all printed as round numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from ypp_analysis.arithmetic import rounded_interval
from ypp_analysis.findings.core import (
    Finding,
    Tables,
    cell,
    cells,
    count,
    finding,
    number,
    ratio,
    share,
    total,
)


@finding
def petition_signatures(tables: Tables) -> Finding:
    """Signatures of the six collections, with the range that their rounding allows."""
    items = cells(tables, "petition", "signatures_n")
    ranges = [rounded_interval(number(item)) for item in items]
    return replace(
        total(items, "signatures"),
        low=sum(low for low, _ in ranges),
        high=sum(high for _, high in ranges),
    )


@finding
def petition_signatures_low(tables: Tables) -> Finding:
    """Fewest signatures that round to the six printed numbers."""
    found = petition_signatures(tables)
    return replace(found, value=found.low or 0, formula="sum of the lower ends of the rounding")


@finding
def petition_signatures_high(tables: Tables) -> Finding:
    """Most signatures that round to the six printed numbers."""
    found = petition_signatures(tables)
    return replace(found, value=found.high or 0, formula="sum of the upper ends of the rounding")


@finding
def petition_collections(tables: Tables) -> Finding:
    """Collections of signatures."""
    return count(cells(tables, "petition", "collection"), "collections")


@finding
def petition_undated(tables: Tables) -> Finding:
    """Collections of signatures that the study gives no date."""
    return count(cells(tables, "petition", "collection", date_basis="not_given"), "collections")


@finding
def petition_target_share(tables: Tables) -> Finding:
    """Signatures at the Water Festival in percent of their target."""
    return share(
        (cell(tables, "petition", "signatures_n", collection="water-festival"),),
        (cell(tables, "petition", "target_n", collection="water-festival"),),
    )


@finding
def festival_days(tables: Tables) -> Finding:
    """Days of collecting at the Water Festival, both ends included."""
    first = cell(tables, "petition", "date_start", collection="water-festival")
    last = cell(tables, "petition", "date_end", collection="water-festival")
    assert isinstance(first.value, date)
    assert isinstance(last.value, date)
    days = (last.value - first.value).days + 1
    return Finding(days, "days", f"{first.value} to {last.value}", (first, last))


@finding
def festival_hours(tables: Tables) -> Finding:
    """Hours of collecting at the Water Festival: days times opening hours."""
    start = cell(tables, "petition", "hours_start", collection="water-festival")
    end = cell(tables, "petition", "hours_end", collection="water-festival")
    opened, closed = (datetime.strptime(str(item.value), "%H:%M") for item in (start, end))
    daily = Fraction(int((closed - opened).total_seconds()), 3600)
    days = festival_days(tables)
    assert isinstance(days.value, int)
    return Finding(
        days.value * daily, "hours", f"{days.value} x {daily}", (*days.inputs, start, end)
    )


@finding
def festival_signatures_per_hour(tables: Tables) -> Finding:
    """Signatures an hour at the Water Festival, if every hour of each day went into them."""
    signatures = cell(tables, "petition", "signatures_n", collection="water-festival")
    hours = festival_hours(tables)
    assert isinstance(hours.value, Fraction)
    return Finding(
        number(signatures) / hours.value,
        "signatures per hour",
        f"{signatures.value} / {hours.value}",
        (signatures, *hours.inputs),
    )


@finding
def festival_signatures_per_hour_low(tables: Tables) -> Finding:
    """The fewest signatures an hour at the Water Festival that their rounding allows."""
    return _rounded(festival_signatures_per_hour(tables), 0)


@finding
def festival_signatures_per_hour_high(tables: Tables) -> Finding:
    """The most signatures an hour at the Water Festival that their rounding allows."""
    return _rounded(festival_signatures_per_hour(tables), 1)


@finding
def signatures_per_driver_low(tables: Tables) -> Finding:
    """The fewest signatures a driver that the rounding of their number allows."""
    return _rounded(signatures_per_driver(tables), 0)


@finding
def signatures_per_driver_high(tables: Tables) -> Finding:
    """The most signatures a driver that the rounding of their number allows."""
    return _rounded(signatures_per_driver(tables), 1)


def _rounded(rate: Finding, end: int) -> Finding:
    """A rate with its signatures, the first of its inputs, at an end of their rounding."""
    printed = number(rate.inputs[0])
    count = rounded_interval(printed)[end]
    assert isinstance(rate.value, Fraction)
    formula = f"{count} x ({rate.formula}) / {printed}"
    return Finding(rate.value * count / printed, rate.unit, formula, rate.inputs)


@finding
def signatures_per_driver(tables: Tables) -> Finding:
    """Signatures a tuk-tuk driver collected on average, if all who supported it collected."""
    return ratio(
        (cell(tables, "petition", "signatures_n", collection="tuk-tuk"),),
        (cell(tables, "petition", "collectors_n", collection="tuk-tuk"),),
        "signatures per driver",
    )
