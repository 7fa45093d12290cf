"""Checks of the petition: its order, sum and rates."""

from __future__ import annotations

from fractions import Fraction

from ypp_analysis.arithmetic import rounded_interval
from ypp_analysis.ledger.rules import (
    Check,
    cells_of,
    count_in,
    divide,
    number_of,
    quotient,
    unchecked,
)
from ypp_analysis.ledger.study import Claim, Study
from ypp_analysis.ledger.values import Clock, Day


def petition_order(study: Study, claim: Claim) -> Check:
    """Find the place of a collection in the order of the study's sections."""
    sections = study.rows("sections")
    items = sorted(
        study.column("petition", "section"),
        key=lambda item: sections[str(item.value)]["section_no"],
    )
    own = str(study.cell("petition", claim.cells[0][1], "section").value)
    before = [
        item
        for item in items
        if sections[str(item.value)]["section_no"] < sections[own]["section_no"]
    ]
    expected = (len(before) + 1,)
    rows = [*(item.row for item in before), claim.cells[0][1]]
    formula = " < ".join(f"{{petition.{row}}}" for row in rows) + f": {expected[0]}"
    return Check("equal", lambda value: value == expected, expected, formula, tuple(items))


def petition_total(study: Study, claim: Claim) -> Check:
    """Add the collections up; the study prints no total to hold the sum against."""
    items = study.column("petition", "signatures_n")
    counts = [count_in(item) for item in items]
    ends = [rounded_interval(count) for count in counts]
    low, high = sum(end[0] for end in ends), sum(end[1] for end in ends)
    added = " + ".join(map(str, counts))
    return unchecked(f"{added} = {sum(counts)} ({low}-{high})", items)


def signatures_per_hour(study: Study, claim: Claim) -> Check:
    """Divide the signatures of a collection by its hours; nothing printed says what is right."""
    if claim.unit == "hours":
        return quotient("petition-markets", claim.claim)(study, claim)
    signed, dates = study.held("petition-festival"), study.held("petition-festival-dates")
    hours = study.held(claim.claim)
    times = [60 * part.hour + part.minute for part in hours.value if isinstance(part, Clock)]
    days = [part.day for part in dates.value if isinstance(part, Day) and part.day is not None]
    if not times or not days:
        return unchecked()
    minutes = (days[-1] - days[0] + 1) * (times[-1] - times[0])
    return unchecked(
        divide(number_of(signed.value), Fraction(minutes, 60)),
        cells_of(signed, dates, hours),
    )
