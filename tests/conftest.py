"""What tests of several modules share."""

import os
import shutil

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import settings

from ypp_analysis.datasets import load_all

mpl.use("agg")

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
MISSING = "no Chromium here: `apt-get install chromium`, or set CHROMIUM to the path of one"
ARGUMENTS = (
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# The same examples each time, and none fails on a slow machine.
settings.register_profile("every", deadline=None, derandomize=True, max_examples=300)
settings.register_profile("nightly", deadline=None, max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "every"))


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    """The study's raw tables, as shipped."""
    return load_all()


def pytest_collection_modifyitems(items):
    """Keep the tests of the browser together, so that one worker starts it."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium."""
    if CHROMIUM is None:
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        yield browser
        browser.close()
