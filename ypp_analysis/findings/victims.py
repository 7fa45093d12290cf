"""Findings on the reported victims: counts of cases that NGOs met, no prevalence."""

from __future__ import annotations

from typing import NamedTuple

from ypp_analysis.arithmetic import percent_counts
from ypp_analysis.arithmetic.printed import Qualifier
from ypp_analysis.findings.core import (
    Cell,
    Finding,
    Tables,
    cell,
    cells,
    count,
    finding,
    number,
    share,
    total,
)


@finding
def victims_total(tables: Tables) -> Finding:
    """Reported victims: the age groups of Diagram 1.3 added up."""
    return total(cells(tables, "victims", "victims_n"), "people")


@finding
def victims_children_share(tables: Tables) -> Finding:
    """Children in percent of the reported victims."""
    base = cell(tables, "victims", "base_n", age_group="children")
    return share((cell(tables, "victims", "victims_n", age_group="children"),), (base,))


@finding
def victims_adults_share(tables: Tables) -> Finding:
    """Adults in percent of the reported victims."""
    base = cell(tables, "victims", "base_n", age_group="adults")
    return share((cell(tables, "victims", "victims_n", age_group="adults"),), (base,))


@finding
def shares_without_base(tables: Tables) -> Finding:
    """Shares of victims whose base the study does not state."""
    return count(cells(tables, "victim_shares", "statement"), "shares")


class Reading(NamedTuple):
    """The whole counts that make a share true, if its base is the one named."""

    statement: str
    base_n: int
    counts: range
    inputs: tuple[Cell, ...]


def percent_readings(tables: Tables) -> list[Reading]:
    """Read each share that the study prints without a base under each base it may have.

    The base may be all victims of Diagram 1.3, or those of them whom the first share leaves.
    """
    everyone = cell(tables, "victims", "base_n", age_group="children")
    first, *others = cells(tables, "victim_shares", "share_pct")
    young = Reading(
        first.row,
        number(everyone),
        percent_counts(f"{first.value}%", number(everyone)),
        (first, everyone),
    )
    found = [young]
    for item in others:
        qualifier = cell(tables, "victim_shares", "qualifier", statement=item.row)
        how: Qualifier = "less than" if qualifier.value == "less_than" else "exact"
        for base in (number(everyone), young.counts[0]):
            counts = percent_counts(f"{item.value}%", base, qualifier=how)
            found.append(Reading(item.row, base, counts, (item, qualifier, *young.inputs)))
    return found


def _single(reading: Reading) -> Finding:
    """The one count of a reading that allows no other."""
    low, high = reading.counts[0], reading.counts[-1]
    if low != high:
        raise ValueError(f"{reading.statement} of {reading.base_n} may be {low} to {high}.")
    share_pct = reading.inputs[0].value
    return Finding(
        low, "people", f"the only count that is {share_pct}% of {reading.base_n}", reading.inputs
    )


@finding
def percent_reading_inner_base(tables: Tables) -> Finding:
    """Children or young people among the reported victims, if these are the base."""
    return _single(percent_readings(tables)[0])


@finding
def percent_reading_inner_under_17(tables: Tables) -> Finding:
    """Victims under 17, if the children or young people are the base."""
    return _single(percent_readings(tables)[2])
