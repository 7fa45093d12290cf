"""Can these printed numbers be true? Exact whole-number arithmetic, for any study.

``printed`` reads numbers as text and undoes their rounding, ``percents`` checks percentages of a
base, ``sums`` checks sums of rounded or worded counts, ``feasibility`` several numbers together,
``power`` says how likely a check is to find a wrong number. Nothing here imports pandas before a
function of frames is called.
"""

from ypp_analysis.arithmetic.feasibility import exclusive_rows, nested_rows, shared_base
from ypp_analysis.arithmetic.percents import (
    check_percent,
    check_percents,
    percent_counts,
    summarise_percents,
)
from ypp_analysis.arithmetic.power import joint_power, percent_power
from ypp_analysis.arithmetic.printed import parse_percent, parse_whole
from ypp_analysis.arithmetic.rounding import rounded_interval
from ypp_analysis.arithmetic.sums import check_sum, qualifier_range, sum_ranges

__all__ = [
    "check_percent",
    "check_percents",
    "check_sum",
    "exclusive_rows",
    "joint_power",
    "nested_rows",
    "parse_percent",
    "parse_whole",
    "percent_counts",
    "percent_power",
    "qualifier_range",
    "rounded_interval",
    "shared_base",
    "sum_ranges",
    "summarise_percents",
]
