"""How many percentages a second are checked: whole columns, one by one, and by grim.

All take turns on the same random percentages and the same single core, in one run, and must
agree.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
from grim.mean_tester import consistency_check

from benchmarks.processes import python
from benchmarks.timer import timed
from ypp_analysis.arithmetic.percents import check_percents, percent_counts

SEED = 88
ROUNDS = 5
ONE_BY_ONE = 20_000  # rows for what goes through them one by one
ONCE = "from benchmarks import percentages as p; p.contestants(p.percentages({}, {}))[{!r}][1]()"
"""Makes each check once, in a process whose memory is measured."""

Run = Callable[[], list[bool]]


def percentages(rows: int, decimals: int) -> pd.DataFrame:
    """Percentages from 0 to 100, each of its own base of 1 to 200 people."""
    rng = np.random.default_rng(SEED)
    values = rng.integers(0, 100 * 10**decimals, rows, endpoint=True)
    texts = [f"{Decimal(int(value)).scaleb(-decimals):f}%" for value in values]
    return pd.DataFrame({"printed": texts, "n": rng.integers(1, 200, rows, endpoint=True)})


def contestants(frame: pd.DataFrame) -> dict[str, tuple[int, Run]]:
    """Name, number of checks and run of each; the input is in the form each likes best."""
    few = frame.head(ONE_BY_ONE)
    texts, bases = few["printed"].tolist(), few["n"].tolist()
    means = [Decimal(text.rstrip("%")).scaleb(-2) for text in texts]
    sizes = [Decimal(n) for n in bases]
    return {
        "check_percents": (
            len(frame),
            lambda: (check_percents(frame)["counts_n"] > 0).head(ONE_BY_ONE).tolist(),
        ),
        "percent_counts": (len(few), lambda: list(map(bool, map(percent_counts, texts, bases)))),
        "grim": (len(few), lambda: list(map(consistency_check, means, sizes))),
    }


def measure(rows: int, decimals: int) -> list[dict[str, object]]:
    """Checks a second of each contestant: median, slowest and fastest round; peak memory."""
    runs = contestants(percentages(rows, decimals))
    answers = {name: run() for name, (_, run) in runs.items()}  # also warms up
    if any(answer != answers["grim"] for answer in answers.values()):
        raise SystemExit("the contestants disagree: no time is worth comparing")
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, (checks_n, run) in runs.items():
            start = time.perf_counter()
            run()
            rates[name].append(checks_n / (time.perf_counter() - start))
    grim = statistics.median(rates["grim"])
    return [
        {
            "name": name,
            "decimals": decimals,
            "checks_n": runs[name][0],
            "checks_per_s": round(statistics.median(found)),
            "slowest": round(min(found)),
            "fastest": round(max(found)),
            "peak_mb": round(timed(python(ONCE.format(runs[name][0], decimals, name))).peak_mb),
            "times_grim": round(statistics.median(found) / grim, 2),
        }
        for name, found in rates.items()
    ]
