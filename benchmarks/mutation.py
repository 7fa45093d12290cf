"""The proof by change: what tells a wrong table, and what tells a wrong study.

``python -m benchmarks.mutation`` makes every change (`guards`) and every misprint (`misprints`)
and writes ``mutation.json``; :func:`report` puts that file into words. Nothing is left to chance:
two runs of the same tables give the same file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.guards import GUARDS, sweep
from benchmarks.misprints import by, misprint_all

RESULTS = Path(__file__).with_name("mutation.json")
REASONS = {
    "text": "found by `ypp coverage` with a copy of the study at hand: no claim",
    "place": "a place in the study or in a list",
    "outside": "from another source: no verdict and no exhibit rests on it",
    "beside": "stands beside: no claim and no exhibit shows it",
    "copy": "copied with the words of a base, and compared with nothing",
}
"""Why nothing but the registered hash tells a change."""
HASH_ONLY = {
    ("activities", "page"): "place",
    ("claims", "base_printed"): "copy",
    ("ecpat_growth", "month"): "outside",
    ("ecpat_growth", "page"): "place",
    ("ecpat_network", "page"): "place",
    ("ecpat_network", "region_no"): "place",
    ("evidence", "base_found"): "outside",
    ("evidence", "value_found"): "outside",
    ("joint_statistics", "children_share_printed"): "outside",
    ("joint_statistics", "page"): "place",
    ("outcomes", "page"): "place",
    ("outcomes", "value_n"): "beside",
    ("pages", ""): "place",
    ("pages", "first_line"): "place",
    ("pages", "page"): "place",
    ("partners", ""): "beside",
    ("partners", "page"): "place",
    ("petition", "collection_no"): "place",
    ("petition", "page"): "place",
    ("programme", "page"): "place",
    ("sections", ""): "place",
    ("sections", "page"): "place",
    ("sections", "section_no"): "place",
    ("sources", ""): "beside",
    ("study_numbers", ""): "text",
    ("study_numbers", "line"): "text",
    ("study_numbers", "page"): "text",
    ("study_numbers", "token"): "text",
    ("study_numbers", "token_no"): "place",
    ("tip_tiers", "tier"): "outside",
    ("tip_witnesses", ""): "outside",
    ("tip_witnesses", "report_year"): "outside",
    ("victim_shares", "page"): "place",
    ("victims", "page"): "place",
    ("ypp_countries", "page"): "place",
    ("ypp_regions", "page"): "place",
}
"""Columns with changes that only the hash tells; a blank one stands for a row that is dropped."""
BY = ("verdict", "check", "claim")

TEXT = """## What a wrong number would do

Made by `python -m benchmarks.mutation`; the same at every run.

### Tables that differ from the study

Every number of every raw table is changed in turn: each digit, each two neighbouring digits
swapped, one unit more; a number word gives way to the next, a rank to every other; and every row
is dropped. The registered sha256 differs after every one of the {changes_n} changes; the tests
compare it, while loading falls back on the rules. Without it {told_n} are told; and of the
{copies_n} changes of copies of a number that is a claim of the study, {copies_told_n}. What each
guard tells:

{guards}

By table, how many changes each guard tells (several may tell the same one):

{tables}

Where a rule is broken the tables do not load and no other guard is asked; `exhibit` is asked only
where all others are silent. What the hash alone tells:

{hash_only}

### A study that is wrong

Every number of a claim is misprinted in every way that one slip can make, and copied faithfully:
words, tokens, value and tables agree, and the transcription check has nothing to find. In
{own_n} of the {misprints_n} misprints ({own_share}) the verdict of the claim changes; in
{any_n} that of this claim or another. By the verdict that the claim has as printed:

{verdicts}

By the check behind it:

{checks}

What the audit can see is a number that other printed numbers determine, or one that is printed
twice: both would have to be wrong in the same way. What it cannot see is a number that stands
alone. A bound or an order tells gross errors only. Evidence does not answer to a misprint, for a
person has read whether a source supports the number; and a claim that is contradicted already
mostly stays so, which counts here as unchanged. These shares are of slips of the pen, all taken
as equally likely; they say nothing of numbers that were wrong before they were written down.
"""


def measure() -> dict[str, list[dict[str, Any]]]:
    """Make every change and every misprint, and count what tells them.

    Returns
    -------
    dict of str to list of dict
        ``tables``: a row a table, its changes and those that each guard notices; ``hash_only``:
        changes that none does, by table and column; ``verdicts``, ``checks`` and ``claims``:
        misprints (`misprints.by`).
    """
    changes, misprinted = sweep(), misprint_all()
    return {**counted(changes), **{f"{name}s": by(misprinted, name) for name in BY}}


def counted(changes: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Count the changes of `guards.sweep` by table, and those that only the hash tells."""
    guards = list(GUARDS)
    told = changes[guards].any(axis=1)
    marked = changes.assign(
        changes_n=1, hash_only=~told, copies_n=changes["copy"], copies_told_n=changes["copy"] & told
    )
    columns = ["changes_n", "copies_n", "copies_told_n", *guards, "hash_only"]
    sums = marked.groupby("table", sort=False)[columns].sum()
    left = marked[marked["hash_only"]].groupby(["table", "column"])["changes_n"].sum()
    return {
        "tables": sums.reset_index().to_dict("records"),
        "hash_only": left.reset_index().to_dict("records"),
    }


def report() -> str:
    """Put the measured results into Markdown."""
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    tables, verdicts = pd.DataFrame(found["tables"]), pd.DataFrame(found["verdicts"])
    total = tables.drop(columns="table").sum()
    own_n, misprints_n = verdicts["own_n"].sum(), verdicts["misprints_n"].sum()
    return TEXT.format(
        changes_n=f"{total['changes_n']:,}",
        told_n=f"{total['changes_n'] - total['hash_only']:,}",
        copies_n=f"{total['copies_n']:,}",
        copies_told_n=_of(total["copies_told_n"], total["copies_n"]),
        guards="\n".join(f"- `{name}`: {what}" for name, what in GUARDS.items()),
        tables=tables.drop(columns=["copies_n", "copies_told_n"]).to_markdown(index=False),
        hash_only=_left(found["hash_only"]).to_markdown(index=False),
        own_n=f"{own_n:,}",
        misprints_n=f"{misprints_n:,}",
        own_share=f"{100 * own_n / misprints_n:.0f}%",
        any_n=f"{verdicts['any_n'].sum():,}",
        verdicts=_shares(verdicts).to_markdown(index=False),
        checks=_shares(pd.DataFrame(found["checks"])).to_markdown(index=False),
    )


def _of(part: int, whole: int) -> str:
    return "all" if part == whole else f"{part:,}"


def _left(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Changes that only the hash tells, by reason and place."""
    found = pd.DataFrame(rows)
    where = [(row["table"], row["column"]) for row in rows]
    found["where"] = [f"{table}.{column}" if column else f"{table} rows" for table, column in where]
    found["why"] = [REASONS[HASH_ONLY[place]] for place in where]
    groups = found.groupby("why")
    return groups.agg(changes_n=("changes_n", "sum"), where=("where", ", ".join)).reset_index()


def _shares(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts of `misprints.by`, with the share of misprints that the claim's verdict tells."""
    shares = (100 * counts["own_n"] / counts["misprints_n"]).map("{:.0f}%".format)
    return counts.assign(own_share=shares)


def main() -> None:
    """Measure, and write the results."""
    RESULTS.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
    print(report())


if __name__ == "__main__":
    main()
