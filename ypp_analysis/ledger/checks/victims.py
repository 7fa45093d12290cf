"""Checks of the reported victims: which whole counts make the shares true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ypp_analysis.arithmetic import exclusive_rows, percent_counts
from ypp_analysis.arithmetic.printed import Qualifier, percent_of
from ypp_analysis.ledger.rules import (
    Check,
    Reading,
    anything,
    cells_of,
    count_of,
    number_of,
    repeats,
    same_finding,
    year_of,
)
from ypp_analysis.ledger.study import Claim, Study
from ypp_analysis.ledger.values import Value, spell


def victims_joint_counts(study: Study, claim: Claim) -> Check:
    """Find the whole counts that make both shares and their base true."""
    same = same_finding(study, claim)
    shares = {other.claim: study.held(other.claim) for other in same if other.unit == "percent"}
    base = study.held(next(other.claim for other in same if other.unit == "people"))
    total = count_of(base)

    def solutions(values: Iterable[Value], n: int) -> tuple[tuple[int, ...], ...]:
        texts = [_percent(value) for value in values]
        return exclusive_rows(texts, n).solutions if n > 0 and all(texts) else ()

    def with_share(value: Value) -> list[Value]:
        return [value if name == claim.claim else held.value for name, held in shares.items()]

    counts = solutions(with_share(claim.number), total)
    formula = "; ".join(" + ".join(map(str, row)) + f" = {sum(row)}" for row in counts) or "-"
    if claim.unit == "people":
        return Check(
            "joint",
            lambda value: bool(solutions(with_share(()), int(number_of(value)))),
            formula=formula,
            inputs=cells_of(*shares.values()),
            repeats=repeats(study, claim),
        )
    other = next(held for name, held in shares.items() if name != claim.claim)
    rest = _counts(other.value, total)
    expected, share = None, None
    if len(rest) == 1:
        share = (total - rest[0], total)
        expected = (int(percent_of(*share)),)
        formula += f"; {share[0]} / {total} = {expected[0]}%"
    return Check(
        "unique_solution",
        lambda value: bool(solutions(with_share(value), total)),
        expected,
        formula,
        cells_of(other, base),
        share=share,
    )


def young_victims_readings(study: Study, claim: Claim) -> Check:
    """Read the first share as one of all victims, the only base that is printed."""
    return _share_readings(study, claim, {"of_all": count_of(study.held("victims-total"))})


def under_17_readings(study: Study, claim: Claim) -> Check:
    """Read a share of "them" as one of all victims, and of the young ones among these."""
    total, young = study.held("victims-total"), study.held("victims-young-share")
    bases = {"of_all": count_of(total)}
    among = _counts(young.value, bases["of_all"])
    if len(among) == 1:
        bases["of_young"] = among[0]
    check = _share_readings(study, claim, bases)
    children = study.held("victims-children-share")
    if children.value != claim.number:
        return replace(check, inputs=cells_of(total, young))
    counts = _counts(children.value, bases["of_all"])  # the same percentage, of a printed base
    return replace(
        check,
        formula=f"{check.formula}; {{victims.{children.cells[0].row}}}: {_span(counts)}",
        inputs=cells_of(total, young, children),
    )


def _share_readings(study: Study, claim: Claim, bases: dict[str, int]) -> Check:
    """Count the people that a share without a base may stand for, under each base."""
    how: Qualifier = "less than" if claim.qualifier == "less_than" else "exact"
    found = {name: _counts(claim.number, n, how) for name, n in bases.items()}
    readings = tuple(
        Reading(name, counts[0], counts[-1], bases[name])
        for name, counts in found.items()
        if counts
    )
    sign = "<" if how == "less than" else ""
    formula = "; ".join(
        f"{sign}{spell(claim.number)}% × {bases[name]}: {_span(counts)}"
        for name, counts in found.items()
    )
    return Check(
        "within_rounding",
        lambda value: any(_counts(value, n, how) for n in bases.values()),
        formula=formula,
        inputs=cells_of(study.held("victims-total")),
        readings=readings,
    )


def _span(counts: range) -> str:
    return "-".join(map(str, dict.fromkeys([*counts[:1], *counts[-1:]]))) or "none"


def _counts(value: Value, n: int, how: Qualifier = "exact") -> range:
    """Whole counts that a percentage of n people may stand for."""
    text = _percent(value)
    return percent_counts(text, n, qualifier=how) if n > 0 and text else range(0)


def _percent(value: Value) -> str:
    """The number in a value as a percentage; blank where there is none."""
    number = number_of(value)
    return f"{spell((number,))}%" if number >= 0 else ""


def years_of_dated_facts(study: Study, claim: Claim) -> Check:
    """Count the dated facts of the study in the year printed, and from that year on.

    Nothing requires that the year be that of the first dated fact: both readings are kept, and no
    year is refused.
    """
    dated = [
        *study.column("activities", "date_start", source="study"),
        *study.column("petition", "date_start", source="study"),
        *study.column("joint_statistics", "year_start", source="study"),
    ]
    years = sorted(int(str(item.value)[:4]) for item in dated)
    year = year_of(claim.number)
    inside, onward = years.count(year), sum(other >= year for other in years)
    counts = ", ".join(f"{other}: {years.count(other)}" for other in dict.fromkeys(years))
    return Check(
        "readings",
        anything,
        formula=counts,
        inputs=tuple(dated),
        readings=(Reading("in_year", inside, inside), Reading("from_year", onward, onward)),
    )
