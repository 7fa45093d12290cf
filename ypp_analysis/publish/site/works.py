"""The works that the study cites and those used to check it, as a list for readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ypp_analysis.findings import Tables
from ypp_analysis.ledger.study import Sources

_SERIES = re.compile(r"(Trafficking in Persons Report \d{4}): (.+)")
"""Reports of one year come as a page for each country."""
GROUPS = ("cited", "evidence", "ranks")
"""What a work is here for, each a heading of the page of sources."""
RANKS = ("tip_tiers", "tip_witnesses")
"""Tables that say which country had which rank."""


def listed(sources: Sources) -> dict[str, dict[str, str]]:
    """Each work by its id, as one line of a list: id, title, by (who and when), url.

    Of a report on one country `series` is the report and `part` the country.
    """
    return {id: _line(id, entry) for id, entry in sources.items()}


def grouped(tables: Tables, sources: Sources) -> dict[str, list[dict[str, str]]]:
    """The works by what they are here for, each group in the order of authors and titles.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        All raw tables.
    sources : mapping
        CSL-JSON entries by id.

    Returns
    -------
    dict
        By the names in ``GROUPS``: works that the study cites, itself among them; works with
        other evidence; works that only tell the rank of a country.
    """
    used = {
        name: {*frame["source"].dropna()} for name, frame in tables.items() if "source" in frame
    }
    ranks: set[str] = set().union(*(used.pop(name) for name in RANKS))
    others: set[str] = set().union(*used.values()) - {"study"}
    cited = {*tables["claims"]["cited_source"].dropna()}
    found: dict[str, list[dict[str, str]]] = {group: [] for group in GROUPS}
    for id, work in listed(sources).items():
        if id in cited or id not in ranks | others:
            found["cited"].append(work)
        else:
            found["evidence" if id in others else "ranks"].append(work)
    return {
        group: sorted(works, key=lambda work: (work["by"] or work["title"]).lower().strip("["))
        for group, works in found.items()
    }


def _line(id: str, entry: Mapping[str, Any]) -> dict[str, str]:
    authors = [_name(author) for author in entry.get("author", [])]
    names = "; ".join(filter(None, authors)) or entry.get("publisher", "")
    year = entry.get("issued", {}).get("date-parts", [[""]])[0][0]
    by = ", ".join(str(part) for part in (names, year) if part) if names else ""
    title = entry["title"] if names or not year else f"{entry['title']}, {year}"
    url = entry.get("URL", "")
    series = _SERIES.fullmatch(title)
    whole, part = series.groups() if series else ("", title)
    return {"id": id, "title": title, "by": by, "url": url, "series": whole, "part": part}


def _name(author: Mapping[str, str]) -> str:
    """The name by which the ledger calls an author too; blank where none is given."""
    return author.get("literal") or author.get("family") or author.get("given") or ""
