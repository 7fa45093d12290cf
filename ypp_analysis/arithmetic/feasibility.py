"""Can printed numbers be true together? Joint checks of percentages and sums, for any study.

Numbers that are each possible may exclude one another: rows that no whole counts add up to the
total, a part larger than its whole, percentages without a common base. Every check returns the
counts that make all numbers true, or the reason why there are none. The counts of a printed
percentage form one interval (`percent_counts`), and a sum of intervals has no gap
(`sum_ranges`), so the answers are exact without trying every combination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, repeat
from typing import Literal

from ypp_analysis.arithmetic.percents import check_percent, percent_counts
from ypp_analysis.arithmetic.printed import Rounding, choose, whole_number

Fitting = Callable[[list[int]], range]


@dataclass(frozen=True)
class Feasibility:
    """Whether printed percentages can be true together.

    Attributes
    ----------
    solutions : tuple of tuple of int
        Whole counts that make all of them true, one for each percentage in the order given
        (from `shared_base` the base alone), ascending, not more than the limit asked for.
    complete : bool
        Whether these are all the solutions there are.
    reason : str
        Why there is none, with the numbers that exclude one another; empty if there is one.
    """

    solutions: tuple[tuple[int, ...], ...]
    complete: bool
    reason: str = ""

    @property
    def feasible(self) -> bool:
        """Whether there is a solution."""
        return bool(self.solutions)

    @property
    def witness(self) -> tuple[int, ...] | None:
        """The first solution."""
        return self.solutions[0] if self.solutions else None


def exclusive_rows(
    printed: Sequence[str],
    n: int,
    *,
    counts: Sequence[int | None] | None = None,
    total: str | range | None = None,
    rounding: Rounding = "half_up",
    limit: int = 10,
) -> Feasibility:
    """Find whole counts for the rows of a table of which each case is in one row at most.

    Parameters
    ----------
    printed : sequence of str
        The percentage of each row, all of one base.
    n : int
        That base.
    counts : sequence of int or None, optional
        The count printed beside each percentage, None where there is none.
    total : str or range, optional
        What the rows add up to: a printed percentage of n, or the counts that it may be, such
        as range(n + 1) where some cases are in no row. By default n.
    rounding : str
        A key of `ROUNDING`. Under "any" each row may follow another rule.
    limit : int
        The largest number of solutions to list.

    Raises
    ------
    ValueError
        If there is no row, or an argument is not of its kind.
    """
    given = [
        None if count is None else whole_number(count, "a printed count")
        for count in (counts or [None] * len(printed))
    ]
    if len(given) != len(printed):
        raise ValueError(
            f"each row needs a count or None: received {len(given)} for {len(printed)}"
        )
    rows = _rows(printed, n, rounding)
    faults = list(map(_row_fault, printed, repeat(n), repeat(rounding), rows, given))
    if isinstance(total, str):
        target = percent_counts(total, n, rounding=rounding)
        faults.append(_row_fault(total, n, rounding, target))
    elif total is None:
        target = range(n, n + 1)
    elif not (target := total) or target.step != 1:
        raise ValueError(
            f"the total must allow at least one count, and all between two, received {total}: "
            "correct it"
        )
    if reason := "; ".join(filter(None, faults)):
        return Feasibility((), True, reason)
    rows = [
        row if count is None else range(count, count + 1)
        for row, count in zip(rows, given, strict=True)
    ]
    held = _sum(rows)
    if held[-1] < target[0] or held[0] > target[-1]:
        added = " + ".join(map(_span, rows))
        reason = f"the rows hold {added} = {_span(held)} in all, not {_span(target)}"
        return Feasibility((), True, reason)

    def fitting(chosen: list[int]) -> range:
        row, *rest = rows[len(chosen) :]
        used, others = sum(chosen), _sum(rest)
        low = max(row[0], target[0] - used - others[-1])
        return range(low, min(row[-1], target[-1] - used - others[0]) + 1)

    return _listed(_combinations(len(rows), fitting), limit)


def nested_rows(
    printed: Sequence[str],
    n: int,
    *,
    base: Literal["previous", "whole"] = "previous",
    rounding: Rounding = "half_up",
    limit: int = 10,
) -> Feasibility:
    """Find whole counts for a group, a group within it, one within that, and so on.

    Parameters
    ----------
    printed : sequence of str
        The percentages, from the widest group to the innermost.
    n : int
        The base of the first.
    base : {"previous", "whole"}
        What each further percentage is of: the group before it, or n like the first. Where a
        text leaves this open, try both.
    rounding, limit
        As in `exclusive_rows`.

    Raises
    ------
    ValueError
        If there is no percentage, or an argument is not of its kind.
    """
    nest = choose({"previous": _in_previous, "whole": _in_whole}, base, "base")
    return nest(printed, n, rounding, limit)


def shared_base(
    printed: Sequence[str],
    bases: range,
    *,
    exclusive: bool = False,
    rounding: Rounding = "half_up",
    limit: int = 10,
) -> Feasibility:
    """Find the bases that several percentages can have in common.

    Parameters
    ----------
    printed : sequence of str
        The percentages.
    bases : range
        The bases to try, none below 1.
    exclusive : bool
        Whether the percentages are the rows of one table that add up to the base.
    rounding, limit
        As in `exclusive_rows`.

    Raises
    ------
    ValueError
        If there is no percentage or no base, or an argument is not of its kind.
    """
    if not bases:
        raise ValueError(f"there must be at least one base to try, received {bases}: widen it")
    bases = bases if bases.step > 0 else bases[::-1]

    def possible() -> Iterator[tuple[int, list[range]]]:
        for n in bases:
            rows = _rows(printed, n, rounding)
            if all(rows):
                yield n, rows

    found = _listed(((n,) for n, rows in possible() if not exclusive or n in _sum(rows)), limit)
    if found.feasible:
        return found
    needs = [
        f"{text} needs {_spans(n for n in bases if percent_counts(text, n, rounding=rounding))}"
        for text in printed
    ]
    held = {n: _sum(rows) for n, rows in possible()}
    less, more = [n for n in held if held[n][-1] < n], [n for n in held if held[n][0] > n]
    needs.append(
        f"the rows hold less than the base if it is {_spans(less)}, more if it is {_spans(more)}"
        if held
        else "no base is in all of these"
    )
    return Feasibility((), True, f"of the bases {_spans(bases)}: {'; '.join(needs)}")


def _rows(printed: Sequence[str], n: int, rounding: Rounding) -> list[range]:
    _refuse_none(printed)
    return [percent_counts(text, n, rounding=rounding) for text in printed]


def _refuse_none(printed: Sequence[str]) -> None:
    if not printed:
        raise ValueError("a joint check needs at least one percentage: received none")


def _combinations(length: int, fitting: Fitting) -> Iterator[tuple[int, ...]]:
    """Every choice of `length` numbers, each out of fitting(those chosen before it)."""
    chosen: list[int] = []
    open_places = [iter(fitting(chosen))]
    while open_places:
        number = next(open_places[-1], None)
        del chosen[len(open_places) - 1 :]
        if number is None:
            open_places.pop()
            continue
        chosen.append(number)
        if len(chosen) == length:
            yield tuple(chosen)
        else:
            open_places.append(iter(fitting(chosen)))


def _listed(solutions: Iterable[tuple[int, ...]], limit: int) -> Feasibility:
    most = whole_number(limit, "the limit", at_least=1)
    found = tuple(islice(solutions, most + 1))
    return Feasibility(found[:most], len(found) <= most)


def _in_previous(printed: Sequence[str], n: int, rounding: Rounding, limit: int) -> Feasibility:
    _refuse_none(printed)

    def fitting(chosen: list[int]) -> range:
        base = chosen[-1] if chosen else n
        return percent_counts(printed[len(chosen)], base, rounding=rounding) if base else range(0)

    found = _listed(_combinations(len(printed), fitting), limit)
    if found.feasible:
        return found
    bases, further = [n], iter(printed)
    while bases:  # ends at the first percentage that no group before it can have
        text = next(further)
        rows = {base: percent_counts(text, base, rounding=rounding) for base in bases if base}
        bases = sorted(set().union(*rows.values()))
    faults = [_row_fault(text, base, rounding, row) for base, row in rows.items()]
    return Feasibility(
        (), True, "; ".join(faults) or f"{text} is a share of a group that must be empty"
    )


def _in_whole(printed: Sequence[str], n: int, rounding: Rounding, limit: int) -> Feasibility:
    rows = _rows(printed, n, rounding)
    faults = map(_row_fault, printed, repeat(n), repeat(rounding), rows)
    if reason := "; ".join(filter(None, faults)):
        return Feasibility((), True, reason)
    for (whole, outer), (part, inner) in combinations(zip(printed, rows, strict=True), 2):
        if inner[0] > outer[-1]:
            reason = (
                f"{part} of {n:,} is {_span(inner)}, more than the {_span(outer)} that {whole} is"
            )
            return Feasibility((), True, reason)

    def fitting(chosen: list[int]) -> range:
        rest = rows[len(chosen) :]
        least = max(row[0] for row in rest)  # room for all that must lie inside
        return range(least, min([rest[0][-1], *chosen[-1:]]) + 1)

    return _listed(_combinations(len(rows), fitting), limit)


def _row_fault(text: str, n: int, rounding: Rounding, row: range, count: int | None = None) -> str:
    """Why a percentage of n, with its counts, cannot stand alone or beside its printed count."""
    if row and count is not None and count not in row:
        return f"{count:,} of {n:,} is not {text}, it takes {_span(row)}"
    if row:
        return ""
    check = check_percent(text, n, rounding=rounding)
    near = [f"{side.count:,} is {side.percent:f}%" for side in (check.below, check.above) if side]
    return f"{text} of {n:,} is no whole count ({', '.join(near)})"


def _sum(rows: Sequence[range]) -> range:
    """All sums of one number out of each row; no row is empty."""
    return range(sum(row[0] for row in rows), sum(row[-1] for row in rows) + 1)


def _span(numbers: range) -> str:
    return f"{numbers[0]:,}" if len(numbers) == 1 else f"{numbers[0]:,}-{numbers[-1]:,}"


def _spans(numbers: Iterable[int]) -> str:
    """Ascending whole numbers as text, runs of them joined: "31, 35-38"."""
    runs: list[range] = []
    for number in numbers:
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return ", ".join(map(_span, runs)) or "none"
