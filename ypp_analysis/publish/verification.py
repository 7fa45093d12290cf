"""The verification page, in the form that data editors of journals ask for.

It says what each exhibit and each number of the study rests on, and what could not be checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

import pandas as pd

from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.findings import Tables
from ypp_analysis.fingerprints import PACKAGES
from ypp_analysis.ledger import ledger, transcription, uncovered

PAGE = """# Verification

Made by `ypp reproduce`; do not edit. `ypp verify` makes every output anew and compares it with the
files that are here; `ypp audit` judges every claim and says how many seconds it took;
`benchmarks/README.md` has the times measured. On another version of the packages below, bytes of
figures can differ where numbers do not.

## Exhibits

{exhibits}

## Numbers in the text

{numbers_n} numbers stand in the text; {claimed_n} of them belong to {numbered_n} claims. The other
{unnumbered_n} of the {claims_n} claims have no number of their own.

{claims}

## Numbers that belong to no claim

{reasons}

## What could not be checked

Not found is not false.

{unchecked}

## Transcription

Copies of a number that differ: {differences_n}. Numbers of raw tables that no claim covers, with
the reason:

{uncovered}

## Environment

{environment}
"""


def verification(tables: Tables) -> bytes:
    """Write the verification page.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The raw tables.

    Returns
    -------
    bytes
        Markdown, in English.
    """
    found = ledger(tables, "en")
    numbers = tables["study_numbers"]
    reasons = numbers["reason"].value_counts().rename_axis("reason").reset_index(name="numbers")
    lost = uncovered(tables)
    page = PAGE.format(
        exhibits=_table(_exhibits()),
        numbers_n=len(numbers),
        claimed_n=int(numbers["claim"].notna().sum()),
        claims_n=len(found),
        numbered_n=numbers["claim"].nunique(),
        unnumbered_n=len(found) - numbers["claim"].nunique(),
        claims=_table(
            found[["page", "printed", "claim", "check", "recomputed", "power_text", "verdict"]]
        ),
        reasons=_table(reasons),
        unchecked=_table(
            found.loc[found["verdict"] == "unverified", ["page", "printed", "claim", "why"]]
        ),
        differences_n=len(transcription(tables)),
        uncovered=_table(lost),
        environment=_table(
            pd.DataFrame({"package": PACKAGES, "version": [version(name) for name in PACKAGES]})
        ),
    )
    return page.encode()


def _exhibits() -> pd.DataFrame:
    """From each exhibit to the functions that make it and the files it is."""
    return pd.DataFrame(
        {
            "exhibit": id,
            "in the study": design.study_number or "-",
            "data made by": f"`{design.frame.__module__}.{design.frame.__name__}`",
            "drawn by": f"`{design.drawing.__module__}.{design.drawing.__name__}`",
            "data": f"`data/processed/{id}.csv`",
            "figure": f"`figures/en/{id}.svg`, `figures/id/{id}.svg`",
        }
        for id, design in DESIGNS.items()
    )


def _table(frame: pd.DataFrame) -> str:
    """A frame as a Markdown table, whatever its cells hold."""
    rows: Iterable[list[object]] = [list(frame.columns), ["---"] * frame.shape[1]]
    cells = [*rows, *frame.astype("str").replace("<NA>", "").to_numpy().tolist()]
    return "\n".join(f"| {' | '.join(map(_escaped, row))} |" for row in cells)


def _escaped(cell: object) -> str:
    """A cell that does not break its row."""
    return " ".join(str(cell).replace("|", "\\|").split())
