"""Findings on the reported victims: counts of cases that NGOs met, no prevalence."""

from __future__ import annotations

from ypp_analysis.findings.core import Finding, Tables, cell, cells, finding, share, total


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
