"""How much is tried: every day, and at night with ``make nightly``."""

import os

import pytest
from hypothesis import settings

IS_NIGHT = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
NIGHTLY = pytest.mark.skipif(not IS_NIGHT, reason="takes minutes: make nightly")
EXAMPLES = settings.default.max_examples
FEW = settings(max_examples=EXAMPLES if IS_NIGHT else EXAMPLES // 10)
"""For what takes a tenth of a second: only every night as many as of all others."""
