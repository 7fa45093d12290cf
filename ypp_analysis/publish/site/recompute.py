"""What the reader's browser works out again: operands of the ledger's checks as plain records.

A record names one kind of work and gives it operands read from the tables; None stands for the
number that the claim prints, which the browser reads from the row of the page. Beside them is what
the package made of them. ``assets/recompute.js`` does the same work in its own way, so that two
programs in two languages must agree. Checks that only look something up are left out, and so are
those into which the printed number does not enter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict

from ypp_analysis.findings import Tables
from ypp_analysis.ledger.checks import check_claim
from ypp_analysis.ledger.rules import Check, number_of
from ypp_analysis.ledger.study import Claim, Sources, Study
from ypp_analysis.ledger.values import spell

WORKINGS = ("quotient", "rate", "total", "difference", "dated")
"""Kinds of work whose result no printed number is held against."""


class Record(TypedDict):
    """One check for the browser.

    `printed` is the number as the study prints it and `number` how it is read. `value` is what
    the package worked out, blank where a check only allows or refuses, and `holds` whether the
    printed number passes, None where nothing says what is right. The browser is to arrive at both.
    """

    claim: str
    printed: str
    number: str
    work: str
    given: dict[str, Any]
    value: str
    holds: bool | None


Work = tuple[str, dict[str, Any], str]
"""Kind of work, operands, value that the package worked out."""


def records(tables: Tables, sources: Sources) -> list[Record]:
    """Every check that is a percentage, sum, difference, count, order or repetition.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        All raw tables.
    sources : mapping
        CSL-JSON entries by id.

    Returns
    -------
    list of Record
        In the order of the study.
    """
    study = Study(tables, sources)
    found: list[Record] = []
    for claim in study.claims.values():
        check = check_claim(study, claim)
        work = _work(study, claim, check)
        if work is not None:
            kind, given, value = work
            found.append(
                Record(
                    claim=claim.claim,
                    printed=claim.printed,
                    number=spell(claim.number),
                    work=kind,
                    given=given,
                    value=value,
                    holds=None if kind in WORKINGS else check.passes(claim.number),
                )
            )
    return found


def _work(study: Study, claim: Claim, check: Check) -> Work | None:
    if claim.finding in _BY_FINDING:
        return _BY_FINDING[claim.finding](study, claim, check)
    return _BY_RULE[check.rule](claim, check) if check.rule in _BY_RULE else None


def _order(_: Claim, check: Check) -> Work:
    """The numbers that must come before and after the one printed, and whether strictly so."""
    if not check.before and not check.after:
        return "range", {}, ""
    before, after = (
        [[spell(value), strictly] for value, strictly in side]
        for side in (check.before, check.after)
    )
    return "order", {"before": before, "after": after}, ""


def _inside(study: Study, _: Claim, __: Check) -> Work:
    return "inside", {"period": spell(study.printed("study-period").value)}, ""


def _same(_: Claim, check: Check) -> Work:
    return "same", {"others": [str(item.value) for item in check.inputs]}, ""


def _items(_: Claim, check: Check) -> Work:
    """The items listed, and counts of parts that the printed number must be the sum of."""
    of = check.inputs[0].table, check.inputs[0].column
    items = [str(item.value) for item in check.inputs if (item.table, item.column) == of]
    parts = [str(item.value) for item in check.inputs if item.table == "claims"]
    return "items", {"items": items, "parts": parts}, _expected(check)


def _rest(_: Claim, check: Check) -> Work:
    """A part as what the others leave of an independent total, above the bound printed."""
    *parts, bound, total = _numbers(check)
    return "rest", {"parts": parts, "bound": bound, "total": total}, _expected(check)


def _above(claim: Claim, check: Check) -> Work | None:
    """The bound that a sum must exceed."""
    return ("above", {"parts": _numbers(check)}, "") if claim.kind == "sum" else None


def _share(_: Claim, check: Check) -> Work:
    """A share as the rest of a base, where the other share has one possible count."""
    other, base = _numbers(check)
    value = "" if check.share is None else f"{check.share[0]} / {base} = {_expected(check)}%"
    return "share", {"other": other, "base": base}, value


def _joint(_: Claim, check: Check) -> Work:
    """Whole counts that two shares of the printed base add up with."""
    return "joint", {"shares": _numbers(check)}, check.formula


def _counts(claim: Claim, check: Check) -> Work:
    """Counts that a share stands for: of a base, and of a group within it where one is read."""
    base, *groups = _numbers(check)[:2]
    given = {"base": base, "groups": groups, "less_than": claim.qualifier == "less_than"}
    spans = [
        spell((reading.low or 0,))
        if reading.low == reading.high
        else f"{reading.low}-{reading.high}"
        for reading in check.readings
    ]
    return "counts", given, "; ".join(spans)


def _period(study: Study, _: Claim, check: Check) -> Work:
    return "period", {"period": spell(study.printed("study-period").value)}, _expected(check)


def _total(_: Study, claim: Claim, check: Check) -> Work:
    return "total", {"parts": _operands(claim, check)}, _result(check)


def _growth(_: Study, claim: Claim, check: Check) -> Work:
    below, above = _operands(claim, check)
    return "difference", {"above": above, "below": below}, _result(check)


def _quotient(_: Study, claim: Claim, check: Check) -> Work:
    """A number by another; the claim's own is one of the two."""
    above, below = _operands(claim, check)
    return "quotient", {"above": above, "below": below}, _result(check)


def _rate(study: Study, claim: Claim, check: Check) -> Work:
    """What was collected in the hours printed, on each of several days or once."""
    if claim.unit == "hours":
        return "quotient", {"above": _numbers(check)[0], "below": None}, _result(check)
    signed, days = study.held("petition-festival"), study.held("petition-festival-dates")
    given = {"above": spell(signed.value), "days": spell(days.value)}
    return "rate", given, _result(check)


def _dated(_: Study, __: Claim, check: Check) -> Work:
    years = [str(item.value)[:4] for item in check.inputs]
    return "dated", {"years": years}, "; ".join(str(reading.low) for reading in check.readings)


_BY_RULE: dict[str, Callable[[Claim, Check], Work | None]] = {
    "order": _order,
    "repeat": _same,
    "list_count": _items,
    "sum": _rest,
    "more_than": _above,
    "unique_solution": _share,
    "joint": _joint,
    "within_rounding": _counts,
}
_BY_FINDING: dict[str, Callable[[Study, Claim, Check], Work | None]] = {
    "programme_years": _period,
    "dates_in_programme_period": _inside,
    "petition_total": _total,
    "partner_organisations": _growth,
    "years_of_dated_facts": _dated,
    "signatures_per_hour": _rate,
    "signatures_per_driver": _quotient,
    "signatures_per_youth": _quotient,
    "members_per_group": _quotient,
    "peer_supporters_per_organisation": _quotient,
}


def _operands(claim: Claim, check: Check) -> list[str | None]:
    """The cells of a check as plain numbers; None for the one that holds the claim's own."""
    own = {(table, row, column) for table, row, columns in claim.cells for column in columns}
    own.add(("claims", claim.claim, "value"))
    return [
        None if (item.table, item.row, item.column) in own else number
        for item, number in zip(check.inputs, _numbers(check), strict=True)
    ]


def _numbers(check: Check) -> list[str]:
    """The cells of a check as plain numbers, a percentage without its sign."""
    return [str(item.value).removesuffix("%") for item in check.inputs]


def _expected(check: Check) -> str:
    return "" if check.expected is None else str(number_of(check.expected))


def _result(check: Check) -> str:
    """What stands behind the last sign of equality."""
    return check.formula.rpartition(" = ")[2]
