"""What the pages count: verdicts, checks, and the numbers of each page of the study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from ypp_analysis.ledger import VERDICTS, Chain

GROUPS = {
    "holds": ("confirmed", "reproduced"),
    "doubted": ("contradicted", "qualified", "ambiguous"),
    "open": ("underdetermined", "unverified"),
}
"""Verdicts by what they mean for a reader, in the order of the start page."""


def verdicts(chains: Iterable[Chain]) -> dict[str, int]:
    """How many claims have each verdict, in the order of verdicts; none has no entry."""
    found = Counter(chain.verdict for chain in chains)
    return {name: found[name] for name in VERDICTS if found[name]}


def groups(chains: Iterable[Chain]) -> dict[str, dict[str, int]]:
    """How many claims have each verdict, by group; of every verdict, even if it is none."""
    found = verdicts(chains)
    return {group: {name: found.get(name, 0) for name in names} for group, names in GROUPS.items()}


def named(groups: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The counts of groups and verdicts as the texts call them: `holds_n`, `confirmed_n` ..."""
    sums = {name: sum(counts.values()) for name, counts in groups.items()}
    every = [sums, *groups.values()]
    return {f"{name}_n": n for counts in every for name, n in counts.items()}


def segments(groups: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """The parts of one bar of all claims: group, n, where it begins, width and middle, in percent.

    Numbers are rounded to two decimals, as they stand in the picture.
    """
    total, begun, found = sum(sum(counts.values()) for counts in groups.values()), 0, []
    for name, counts in groups.items():
        n = sum(counts.values())
        start, width = 100 * begun / total, 100 * n / total
        middle = round(start + width / 2, 2)
        part = {"x": round(start, 2), "width": round(width, 2), "middle": middle}
        found.append({"group": name, "n": n, **part})
        begun += n
    return found


def checks(chains: Iterable[Chain]) -> dict[str, dict[str, int]]:
    """How many claims each check gave which verdict; none has no entry."""
    found: dict[str, list[Chain]] = {}
    for chain in chains:
        found.setdefault(chain.check, []).append(chain)
    return {check: verdicts(held) for check, held in found.items()}


def numbers_by_page(tokens: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Every number of the text by page.

    Parameters
    ----------
    tokens : DataFrame
        The raw table `study_numbers`.

    Returns
    -------
    dict
        By page: `claimed`, pairs of number and claim in reading order, and `others`, the numbers
        that belong to no claim by the reason, each in reading order.
    """
    found: dict[int, dict[str, Any]] = {}
    named = tokens.astype("object")
    named = named.where(named.notna(), "")[["page", "claim", "reason", "token"]]
    for page, claim, reason, token in named.itertuples(index=False, name=None):
        here = found.setdefault(int(page), {"claimed": [], "others": {}})
        if claim:
            here["claimed"].append((token, claim))
        else:
            here["others"].setdefault(reason, []).append(token)
    return found
