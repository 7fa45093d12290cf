"""The ledger itself: every claim with its check, its evidence and its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property

import pandas as pd

from ypp_analysis.findings import Cell, Tables
from ypp_analysis.ledger import words
from ypp_analysis.ledger.checks import check_claim
from ypp_analysis.ledger.rules import cells_of, power
from ypp_analysis.ledger.study import Claim, Sources, Study
from ypp_analysis.ledger.transcription import Difference, differences
from ypp_analysis.ledger.verdicts import RULES, VERDICTS, Case, judge
from ypp_analysis.wording import language, texts

COLUMNS = (
    "claim",
    "page",
    "section",
    "statement",
    "printed",
    "qualifier",
    "unit",
    "kind",
    "check",
    "recomputed",
    "formula",
    "power",
    "power_text",
    "evidence",
    "transcription",
    "verdict",
    "rule",
    "why",
    "not_shown",
)


@dataclass(frozen=True)
class Evidence:
    """What a source outside the study says of a claim."""

    source: str
    value_found: str
    base_found: str
    relation: str
    text: str


@dataclass(frozen=True)
class Interval:
    """A range a number stands for, and the words that must stand beside it."""

    low: Fraction | float
    high: Fraction | float
    method: str
    text: str


@dataclass(frozen=True)
class Chain:
    """All that the ledger knows of one claim, from the page to the verdict.

    Attributes
    ----------
    claim : str
        Its id.
    page : int
    section : str
    statement : str
        What the study says, in our own words, with the number.
    printed : str
        The number as the study prints it.
    qualifier, unit, kind : str
        As the raw table `claims` has them.
    base_printed, cited_source : str
        The base and the source that the study names; blank if none.
    check : str
        The rule of the check: a key of ``[claims.rules]``.
    inputs : tuple of Cell
        Every cell the claim is held against, each with its page.
    formula : str
        The working in figures.
    recomputed : str
        The value worked out; blank if the check gives none.
    readings : tuple of str
        Where the wording allows several.
    power : Fraction or None
        See `rules.power`; None without a check or a number.
    power_text : str
        The same in words.
    evidence : tuple of Evidence
    transcription : str
        Whether all copies of the number agree.
    verdict : str
        One of ``VERDICTS``.
    rule : str
        The rule that gave it: a key of ``RULES``.
    why : str
        The reason in words.
    not_shown : str
        What the claim does not show, whatever its verdict.
    """

    claim: str
    page: int
    section: str
    statement: str
    printed: str
    qualifier: str
    unit: str
    kind: str
    base_printed: str
    cited_source: str
    check: str
    inputs: tuple[Cell, ...]
    formula: str
    recomputed: str
    readings: tuple[str, ...]
    power: Fraction | None
    power_text: str
    evidence: tuple[Evidence, ...]
    transcription: str
    verdict: str
    rule: str
    why: str
    not_shown: str
    _case: Case = field(repr=False)
    _rounding: tuple[int, int] | None = field(repr=False)
    _lang: str = field(repr=False)

    @cached_property
    def interval(self) -> Interval | None:
        """Of a share with one possible count: Wilson's; of a rounded number: its rounding.

        Worked out when asked for, since it loads the statistics.
        """
        if self._case.check.share is not None:
            return _wilson(*self._case.check.share, self._lang)
        if self._rounding is not None:
            low, high = self._rounding
            return _interval(Fraction(low), Fraction(high), "rounding", self._lang)
        return None


def ledger(
    tables: Tables, lang: str | None = None, *, sources: Sources | None = None
) -> pd.DataFrame:
    """Judge every claim of the study.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        All raw tables.
    lang : str, optional
        Language of the texts; see `wording.language`.
    sources : mapping, optional
        CSL-JSON entries by id; by default those of the project.

    Returns
    -------
    DataFrame
        One row a claim, in the order of the study, with the columns ``COLUMNS``: those of
        `Chain` by the same names; `power` is a float from 0 to 1, missing where there is no
        check or no number; `evidence` is the number of sources outside the study.

    Raises
    ------
    ValueError
        If a claim names a check that there is none of, or has a value that cannot be read.
    """
    rows = [
        [getattr(chain, column) for column in COLUMNS]
        for chain in chains(tables, lang, sources=sources)
    ]
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    return found.assign(power=found["power"].astype("Float64"), evidence=found["evidence"].map(len))


def claim(
    id: str, tables: Tables, lang: str | None = None, *, sources: Sources | None = None
) -> Chain:
    """Follow one claim from the page it stands on to its verdict.

    Parameters
    ----------
    id : str
        Its id, as the ledger has it.
    tables, lang, sources
        As for :func:`ledger`.

    Raises
    ------
    ValueError
        If no claim has that id.
    """
    study = Study(tables, sources)
    if id not in study.claims:
        near = get_close_matches(id, study.claims, n=5, cutoff=0.4)
        hint = f"Near it: {', '.join(near)}." if near else "The ledger lists them all."
        raise ValueError(f"No claim is called {id!r}. {hint}")
    chosen = study.claims[id]
    found = [item for item in differences(study) if item.claim == id]
    return _chain(study, chosen, found, language(lang))


def summary(ledger: pd.DataFrame) -> pd.DataFrame:
    """Count the verdicts.

    Parameters
    ----------
    ledger : DataFrame
        What :func:`ledger` returns, or some of its rows.

    Returns
    -------
    DataFrame
        One row a section, in the order of the ledger, and a last row "all": `section`, a
        column of counts for each of ``VERDICTS``, and `claims_n`, their sum.
    """
    counts = pd.crosstab(ledger["section"], ledger["verdict"])
    counts = counts.reindex(index=ledger["section"].unique(), columns=list(VERDICTS), fill_value=0)
    counts.loc["all"] = counts.sum()
    counts["claims_n"] = counts.sum(axis=1)
    return counts.rename_axis(columns=None).reset_index()


def chains(
    tables: Tables, lang: str | None = None, *, sources: Sources | None = None
) -> Iterator[Chain]:
    """Follow every claim, in the order of the study.

    Parameters
    ----------
    tables, lang, sources
        As for :func:`ledger`.
    """
    study, lang = Study(tables, sources), language(lang)
    found: dict[str, list[Difference]] = {}
    for item in differences(study):
        found.setdefault(item.claim, []).append(item)
    for chosen in study.claims.values():
        yield _chain(study, chosen, found.get(chosen.claim, []), lang)


def _chain(study: Study, chosen: Claim, found: list[Difference], lang: str) -> Chain:
    check = check_claim(study, chosen)
    records = study.evidence[chosen.claim]
    case = Case(
        value=chosen.number,
        check=check,
        power=None if check.rule == "none" else power(check, chosen.number, chosen.unit),
        relations=frozenset(record["relation"] for record in records),
    )
    rule = judge(case)
    return Chain(
        claim=chosen.claim,
        page=chosen.page,
        section=chosen.section,
        statement=words.statement_text(chosen, lang),
        printed=chosen.printed,
        qualifier=chosen.qualifier,
        unit=chosen.unit,
        kind=chosen.kind,
        base_printed=chosen.base_printed,
        cited_source=chosen.cited_source,
        check=check.rule,
        inputs=tuple(dict.fromkeys(check.inputs + cells_of(*check.repeats))),
        formula=words.formula_text(check, chosen.unit, study, lang),
        recomputed=words.recomputed_text(check, chosen, lang),
        readings=tuple(words.reading_text(reading, lang) for reading in check.readings),
        power=case.power,
        power_text=words.power_text(case, chosen.unit, lang),
        evidence=tuple(
            Evidence(
                source=record["source"],
                value_found=words.found_text(record, lang),
                base_found=record["base_found"] or "",
                relation=record["relation"],
                text=words.evidence_text(record, study, lang),
            )
            for record in records
        ),
        transcription=words.transcription_text(found, lang),
        verdict=RULES[rule].verdict,
        rule=rule,
        why=words.why_text(rule, chosen, case, study, lang),
        not_shown=words.not_shown_text(chosen, lang),
        _case=case,
        _rounding=words.rounding(chosen),
        _lang=lang,
    )


def _wilson(count: int, base: int, lang: str) -> Interval:
    from ypp_analysis.measures.shares import shares  # loads the statistics

    frame = pd.DataFrame({"count_n": [count], "base_n": [base]})
    found = shares(frame, "count_n", "base_n", methods=["wilson"]).iloc[0]
    return _interval(100 * float(found["low"]), 100 * float(found["high"]), "wilson", lang)


def _interval(low: Fraction | float, high: Fraction | float, method: str, lang: str) -> Interval:
    text = texts(lang)["claims"][f"interval_{method}"]
    return Interval(low, high, method, words.say(text, lang, {"low": low, "high": high}))
