"""What tests of several modules share."""

import matplotlib as mpl
import pandas as pd
import pytest

from ypp_analysis.datasets import load_all

mpl.use("agg")


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    """The study's raw tables, as shipped."""
    return load_all()
