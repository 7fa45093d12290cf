"""The frames that measures take and return.

Before: each refusal says which rule was broken, what was received, in which column and row, and
what to do. Rows are named by the label of the frame's index.

After: the results of all measures have one shape, `RESULT_COLUMNS`, so that they can be stacked:

- ``measure``: what was worked out; ``method``: how, as the method's name or the formula
- ``group``: of which group, region or pair of times
- ``n``, ``base_n``: the count and the count it is compared with (missing when there is none)
- ``estimate``, ``low``, ``high``: the value and its interval (missing when there is none)
- ``table``: the name of the table that the counts come from, as the caller gave it
"""

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

RESULT_COLUMNS = [
    "measure", "group", "n", "base_n", "estimate", "low", "high", "method", "table",
]  # fmt: skip

ROWS_SHOWN = 5


def require_columns(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse a frame that lacks one of the columns."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(
            f"missing column {missing}: the frame has {list(frame.columns)}; "
            "rename a column or name another one in the call"
        )


def refuse(values: pd.Series, wrong: pd.Series, rule: str) -> None:
    """Refuse values that are marked as wrong, showing the first of them with their rows."""
    if wrong.any():
        shown = list(values[wrong].items())[:ROWS_SHOWN]
        received = ", ".join(f"{value} (row {row})" for row, value in shown)
        raise ValueError(f"column {values.name!r}: {rule}; received {received}")


def refuse_repeats(frame: pd.DataFrame, columns: list[str]) -> None:
    """Refuse a frame in which two rows have the same key."""
    repeated = frame.duplicated(columns)
    if repeated.any():
        key = frame.loc[repeated, columns].to_dict("records")[0]
        raise ValueError(
            f"there is at most one row for each {' and '.join(columns)}; received {key} "
            "more than once; drop or merge the repeated rows"
        )


def numbers(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a column of numbers without gaps, or refuse it."""
    require_columns(frame, column)
    values = frame[column]
    if is_bool_dtype(values) or not is_numeric_dtype(values):
        raise ValueError(
            f"column {column!r} must hold numbers; received {values.head(3).tolist()} "
            f"of type {values.dtype}; convert it with pandas.to_numeric or name another column"
        )
    refuse(values, values.isna(), "a number is missing; fill it in from its source or drop the row")
    return values


def whole_counts(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a column of counts (whole, 0 or more, none missing) as int64, or refuse it."""
    values = numbers(frame, column)
    # The remainder of an infinite number is NaN, which differs from 0: it is refused too.
    wrong = (values < 0) | (values % 1 != 0)
    refuse(values, wrong, "a count is a whole number of 0 or more; correct it or drop the row")
    refuse(values, values >= 2**63, "a count is below 2**63; correct it or drop the row")
    return values.astype("int64")


def labels(frame: pd.DataFrame, group: str | None) -> pd.Series:
    """Return the column that names the groups, or the frame's index when none is named."""
    if group is None:
        return frame.index.to_series()
    require_columns(frame, group)
    return frame[group]


def results(found: pd.DataFrame | list[dict[str, object]]) -> pd.DataFrame:
    """Return the rows in the shape of all results, columns not given as missing."""
    frame = pd.DataFrame(found).reindex(columns=RESULT_COLUMNS).reset_index(drop=True)
    return frame.astype({"n": "Int64", "base_n": "Int64"})
