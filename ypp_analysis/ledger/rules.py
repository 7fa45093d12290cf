"""What a check is, how strong it is, and the kinds that many claims share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from ypp_analysis.findings import Cell
from ypp_analysis.ledger.study import Claim, Held, Study
from ypp_analysis.ledger.values import Day, Number, Value, agree, slips, spell


@dataclass(frozen=True)
class Reading:
    """One way to understand a claim, and the whole numbers it may then stand for.

    Attributes
    ----------
    name : str
        Key of its words in ``texts/*.toml``, ``[claims.readings]``.
    low, high : int or None
        Lowest and highest number; None if under this reading nothing is counted.
    base : int or None
        The base under this reading, where there is one.
    """

    name: str
    low: int | None
    high: int | None
    base: int | None = None


@dataclass(frozen=True)
class Check:
    """What working a claim out again gives.

    Attributes
    ----------
    rule : str
        What was done: a key of ``[claims.rules]`` in ``texts/*.toml``.
    passes : callable
        Whether a value of the claim would pass, everything else as it stands; never raises.
    expected : tuple or None
        The value worked out, where the rule gives one and not only a bound.
    formula : str
        The working in figures. ``{table.row}`` stands for the name of a row of a raw table, and
        ``{words.key}`` for words under ``[claims.workings]`` in ``texts/*.toml``; `words` fills
        both in the language of the reader.
    inputs : tuple of Cell
        Every cell that the claim is held against.
    readings : tuple of Reading
        Where more than one is possible.
    repeats : tuple of Held
        Other printings of the same number: a disagreement contradicts, agreement shows nothing.
    share : tuple of int or None
        Of a percentage: the count it stands for, and its base.
    before, after : tuple of (tuple, bool)
        Of an order: the values that come before and after the claim's, each with whether it must
        differ from it.
    """

    rule: str
    passes: Callable[[Value], bool]
    expected: Value | None = None
    formula: str = ""
    inputs: tuple[Cell, ...] = ()
    readings: tuple[Reading, ...] = ()
    repeats: tuple[Held, ...] = ()
    share: tuple[int, int] | None = None
    before: tuple[tuple[Value, bool], ...] = ()
    after: tuple[tuple[Value, bool], ...] = ()

    def holds(self, value: Value) -> bool:
        """Whether a value passes and is that of every other printing."""
        return self.passes(value) and all(agree(value, other.value) for other in self.repeats)

    @property
    def readings_differ(self) -> bool:
        """Whether no number fits every reading."""
        if len(self.readings) < 2:
            return False
        lows = [reading.low for reading in self.readings if reading.low is not None]
        highs = [reading.high for reading in self.readings if reading.high is not None]
        return len(lows) < len(self.readings) or max(lows) > min(highs)


Maker = Callable[[Study, Claim], Check]


def anything(_: Value) -> bool:
    """Pass every value."""
    return True


def power(check: Check, value: Value, unit: str) -> Fraction | None:
    """Give the probability that a slip of the pen in a claim would have been caught.

    It is the share of the slips of the printed value (`slips`, all as likely) that the check
    refuses, everything else as it stands. Where the check itself compares printings of the same
    number (the rule "repeat"), that comparison is what refuses a slip, though it works nothing
    out; beside any other check, the other printings (`Check.repeats`) do not count.

    Parameters
    ----------
    check : Check
    value : tuple
        The claim's value.
    unit : str
        The claim's unit.

    Returns
    -------
    Fraction or None
        None for a value that no slip can change into another, such as a name.
    """
    wrong = slips(value, unit)
    return Fraction(sum(not check.passes(other) for other in wrong), len(wrong)) if wrong else None


def unchecked(formula: str = "", inputs: tuple[Cell, ...] = ()) -> Check:
    """Nothing to hold the claim against; the working may be of interest still."""
    return Check("none", anything, formula=formula, inputs=inputs)


def ordered(sequence: str) -> Maker:
    """Hold a claim against those before and after it in a sequence of claims ("a < b <= c")."""
    names, signs = sequence.split()[::2], sequence.split()[1::2]

    def check(study: Study, claim: Claim) -> Check:
        if claim.claim not in names:
            raise ValueError(f"it compares the claims {', '.join(names)}")
        place = names.index(claim.claim)
        before = [
            (study.held(name), "<" in signs[at:place]) for at, name in enumerate(names[:place])
        ]
        after = [
            (study.held(name), "<" in signs[place:at])
            for at, name in enumerate(names[place + 1 :], place + 1)
        ]

        def passes(value: Value) -> bool:
            return all(
                _precedes(other.value, value, strictly) for other, strictly in before
            ) and all(_precedes(value, other.value, strictly) for other, strictly in after)

        shown = [
            *(spell(other.value) for other, _ in before),
            spell(claim.number),
            *(spell(other.value) for other, _ in after),
        ]
        formula = shown[0]
        for sign, text in zip(signs, shown[1:], strict=True):
            formula += f" {sign.replace('<=', '≤')} {text}"
        return Check(
            "order",
            passes,
            formula=formula,
            inputs=cells_of(*(other for other, _ in before + after)),
            before=tuple((other.value, strictly) for other, strictly in before),
            after=tuple((other.value, strictly) for other, strictly in after),
        )

    return check


def _precedes(one: Value, other: Value, strictly: bool) -> bool:
    """Whether the end of one value comes before the start of the other, as far as is printed."""
    a, b = one[-1], other[0]
    if isinstance(a, Day) and isinstance(b, Day):
        pairs = [(x, y) for x, y in zip(a, b, strict=True) if x is not None and y is not None]
        low, high = [x for x, _ in pairs], [y for _, y in pairs]
        return low < high or (low == high and not strictly)
    x, y = number_of(one, -1), number_of(other)
    return x < y or (x == y and not strictly)


def number_of(value: Value, place: int = 0) -> Number:
    """Give the number in a value; a date or a name counts as less than any."""
    part = value[place]
    return part if isinstance(part, int | Fraction) else -1


def low_to_high(_: Study, claim: Claim) -> Check:
    """Hold the two ends of a range against each other."""
    low, high = spell(claim.number[:1]), spell(claim.number[-1:])
    return Check(
        "order", lambda value: number_of(value) <= number_of(value, -1), formula=f"{low} ≤ {high}"
    )


def repeated(study: Study, claim: Claim) -> Check:
    """Hold a claim against the other printings of the same number."""
    others = tuple(
        study.printed(other.claim)
        for other in same_finding(study, claim)
        if other.claim != claim.claim
    )
    return Check(
        "repeat",
        lambda value: all(agree(value, other.value) for other in others),
        formula=" = ".join([spell(claim.number), *(spell(other.value) for other in others)]),
        inputs=cells_of(*others),
        repeats=others,
    )


def listed(table: str, column: str, /, *, names: str = "", **where: object) -> Maker:
    """Count the different items that the study lists, and hold the printed number against it.

    `names` is the table whose rows the items name; without it, an item is called by its own row.
    """

    def check(study: Study, claim: Claim) -> Check:
        items = study.column(table, column, **where)
        found: dict[object, str] = {}
        for item in items:
            row = f"{names}.{item.value}" if names else f"{table}.{item.row}"
            found.setdefault(item.value, f"{{{row}}}")
        expected = (len(found),)
        return Check(
            "list_count",
            lambda value: value == expected,
            expected,
            f"{', '.join(found.values())}: {len(found)}",
            items,
        )

    return check


def quotient(above: str, below: str) -> Maker:
    """Divide one claim by another: no number of the study says whether the result is right."""

    def check(study: Study, _: Claim) -> Check:
        top, bottom = study.held(above), study.held(below)
        return unchecked(
            divide(number_of(top.value), number_of(bottom.value)), top.cells + bottom.cells
        )

    return check


def divide(above: Number, below: Number) -> str:
    """The working of a division, its result rounded for people."""
    result = f"{float(Fraction(above) / Fraction(below)):.1f}".removesuffix(".0") if below else "?"
    return f"{spell((above,))} / {spell((below,))} = {result}"


def same_finding(study: Study, claim: Claim) -> list[Claim]:
    """Claims that name the same check, the claim itself among them."""
    return [other for other in study.claims.values() if other.finding == claim.finding]


def repeats(study: Study, claim: Claim) -> tuple[Held, ...]:
    """Other printings of the number of a claim, by claims of the same check and unit."""
    return tuple(
        study.printed(other.claim)
        for other in same_finding(study, claim)
        if other.unit == claim.unit and other.claim != claim.claim
    )


def cells_of(*helds: Held) -> tuple[Cell, ...]:
    """Cells of several numbers, in order."""
    return tuple(item for held in helds for item in held.cells)


def count_of(held: Held) -> int:
    """The whole number held."""
    return int(number_of(held.value))


def year_of(value: Value, place: int = 0) -> int:
    """The year of a date; 0 where none is printed."""
    part = value[place]
    return part.year or 0 if isinstance(part, Day) else 0


def count_in(item: Cell) -> int:
    """The whole number in a cell."""
    return item.value if isinstance(item.value, int) else 0
