"""The data behind an exhibit, as files to work with."""

from __future__ import annotations

import pandas as pd

DIGITS = 10


def to_csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV: UTF-8, commas, LF, dates as in ISO 8601, floats to ten digits."""
    text = frame.to_csv(
        index=False, lineterminator="\n", date_format="%Y-%m-%d", float_format=f"%.{DIGITS}g"
    )
    return text.encode("utf-8")
