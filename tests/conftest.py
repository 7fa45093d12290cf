"""What tests of several modules share."""

import os

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import settings

from ypp_analysis.datasets import load_all

mpl.use("agg")

# The same examples each time, and none fails on a slow machine.
settings.register_profile("every", deadline=None, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "every"))


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    """The study's raw tables, as shipped."""
    return load_all()
