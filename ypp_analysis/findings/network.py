"""Findings on ECPAT's network: Table 1.1 and its growth."""

from __future__ import annotations

from ypp_analysis.findings.core import (
    Finding,
    Label,
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
def network_countries(tables: Tables) -> Finding:
    """Countries of the network: the regions of Table 1.1 added up."""
    return total(cells(tables, "ecpat_network", "countries_n"), "countries")


@finding
def network_regions(tables: Tables) -> Finding:
    """Regions of Table 1.1."""
    return count(cells(tables, "ecpat_network", "region"), "regions")


@finding
def network_largest_region(tables: Tables) -> Finding:
    """Region of Table 1.1 with the most countries."""
    items = cells(tables, "ecpat_network", "countries_n")
    largest = max(items, key=number)
    row = tables["ecpat_network"].set_index("region").loc[largest.row]
    return Finding(
        Label(str(row["label_en"]), str(row["label_id"])), "region", f"max = {largest.value}", items
    )


@finding
def network_largest_share(tables: Tables) -> Finding:
    """Share of the largest region in the countries of the network."""
    items = cells(tables, "ecpat_network", "countries_n")
    return share((max(items, key=number),), items)


@finding
def network_groups_growth(tables: Tables) -> Finding:
    """How many times the groups of 1999 the network had in 2007, at least."""
    later = cell(tables, "ecpat_growth", "groups_n", point="study-2007")
    first = cell(tables, "ecpat_growth", "groups_n", point="study-1999")
    return ratio((later,), (first,), "times")
