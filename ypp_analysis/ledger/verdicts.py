"""From check and evidence to a verdict: the first rule that applies."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from ypp_analysis.ledger.rules import Check
from ypp_analysis.ledger.values import Value

VERDICTS = (
    "contradicted",
    "qualified",
    "ambiguous",
    "confirmed",
    "reproduced",
    "underdetermined",
    "unverified",
)
ENOUGH_POWER = Fraction(1, 2)
"""Least power of a check that may reproduce a number: a slip is found at least as likely as not.

Below that a wrong number would more often have passed than failed, so that passing says little.
"""
NOTHING_RECOMPUTED = ("none", "repeat")
"""Rules of checks that hold a number against nothing but itself."""


class Case(NamedTuple):
    """What a verdict rests on.

    Attributes
    ----------
    value : tuple
        The value printed.
    check : Check
    power : Fraction or None
        Of the check, for that value.
    relations : frozenset of str
        What sources outside the study say of the claim: "supports", "refines", "contradicts";
        "context" bears on it without deciding it, and changes no verdict.
    """

    value: Value
    check: Check
    power: Fraction | None
    relations: frozenset[str]


class Rule(NamedTuple):
    """A verdict and when it is given."""

    verdict: str
    applies: Callable[[Case], bool]


def _recomputed(case: Case) -> bool:
    return case.check.expected is not None and case.check.rule not in NOTHING_RECOMPUTED


RULES: dict[str, Rule] = {
    "evidence_contradicts": Rule("contradicted", lambda case: "contradicts" in case.relations),
    "check_fails": Rule("contradicted", lambda case: not case.check.holds(case.value)),
    "evidence_refines": Rule("qualified", lambda case: "refines" in case.relations),
    "source_is_older": Rule("qualified", lambda case: case.check.rule == "older_source"),
    "readings_differ": Rule("ambiguous", lambda case: case.check.readings_differ),
    "evidence_supports": Rule("confirmed", lambda case: "supports" in case.relations),
    "recomputed": Rule(
        "reproduced",
        lambda case: _recomputed(case) and (case.power or Fraction(0)) >= ENOUGH_POWER,
    ),
    "power_too_low": Rule("underdetermined", _recomputed),
    "only_bounded": Rule("underdetermined", lambda case: case.check.rule not in NOTHING_RECOMPUTED),
    "only_repeated": Rule("unverified", lambda case: case.check.rule == "repeat"),
    "no_check": Rule("unverified", lambda _: True),
}
"""When each verdict is given, in order: the first rule that applies decides.

The words for each stand under ``[claims.why]`` in ``texts/*.toml``.
"""


def judge(case: Case) -> str:
    """Give the name of the first rule that applies; the last applies always."""
    return next(name for name, rule in RULES.items() if rule.applies(case))
