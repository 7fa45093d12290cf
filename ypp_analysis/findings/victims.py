"""Findings on the reported victims: counts of cases that NGOs met, no prevalence."""

from __future__ import annotations

from typing import NamedTuple, cast

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


INNER, UNDER_17 = "children-or-youth", "under-17"
"""Statements of `victim_shares`: the first may be the base of the others."""


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
    young = _reading(tables, INNER, number(everyone), (everyone,))
    found = [young]
    for item in cells(tables, "victim_shares", "share_pct"):
        if item.row != INNER:
            for base in (number(everyone), _only_count(young)):
                found.append(_reading(tables, item.row, base, young.inputs))
    return found


def _reading(tables: Tables, statement: str, base_n: int, inputs: tuple[Cell, ...]) -> Reading:
    """Read a share, as it is qualified, under a base."""
    item = cell(tables, "victim_shares", "share_pct", statement=statement)
    qualifier = cell(tables, "victim_shares", "qualifier", statement=statement)
    how = cast(Qualifier, str(qualifier.value).replace("_", " "))
    counts = percent_counts(f"{item.value}%", base_n, qualifier=how) if base_n else range(0)
    if not counts:
        raise ValueError(
            f"victim_shares.csv, {statement!r}: no whole count of {base_n} is {how} "
            f"{item.value}%. {_REMEDY}"
        )
    return Reading(statement, base_n, counts, (item, qualifier, *inputs))


_REMEDY = "Correct share_pct or qualifier there, or base_n in victims.csv."


def _only_count(reading: Reading) -> int:
    """The one count of a reading that allows no other."""
    low, high = reading.counts[0], reading.counts[-1]
    if low != high:
        raise ValueError(
            f"victim_shares.csv, {reading.statement!r}: of {reading.base_n} people the share may "
            f"be {low} to {high}, but a single count is needed. {_REMEDY}"
        )
    return low


def _single(reading: Reading) -> Finding:
    """A reading that allows one count, as a finding."""
    formula = f"the only count that is {reading.inputs[0].value}% of {reading.base_n}"
    return Finding(_only_count(reading), "people", formula, reading.inputs)


@finding
def percent_reading_inner_base(tables: Tables) -> Finding:
    """Children or young people among the reported victims, if these are the base."""
    return _single(_named(tables, INNER)[0])


@finding
def percent_reading_inner_under_17(tables: Tables) -> Finding:
    """Victims under 17, if the children or young people are the base."""
    return _single(_named(tables, UNDER_17)[-1])


def _named(tables: Tables, statement: str) -> list[Reading]:
    """The readings of one share: of all victims first, of those that the first share leaves then.

    Raises
    ------
    ValueError
        If there is none.
    """
    found = [one for one in percent_readings(tables) if one.statement == statement]
    if not found:
        raise ValueError(
            f"No statement is called {statement!r}. Put it back into victim_shares.csv."
        )
    return found
