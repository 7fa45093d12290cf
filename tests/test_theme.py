"""The palette can be read: contrast on paper, and marks told apart in grey."""

from itertools import combinations

import pytest
from matplotlib.colors import to_rgb

from ypp_analysis.theme import PALETTE, PAPER, text_width, wrap


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def contrast(one, other):
    """Contrast ratio as WCAG 2.2 defines it; black on white is 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    # The example of WCAG's technique G18: grey 767676 on white is 4.54 to 1.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


LETTERS = [(name, "paper") for name in ("ink", "soft", "main", "second")]
LETTERS += [("ink", "wash"), ("paper", "main")]  # the boxes of the programme's logic


@pytest.mark.parametrize(("letter", "ground"), LETTERS)
def test_letters_stand_out(letter, ground):
    colours = {**PALETTE, "paper": PAPER}
    assert contrast(colours[letter], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", ["main", "second", "pale"])
def test_marks_stand_out(name):
    assert contrast(PALETTE[name], PAPER) >= 3


def test_marks_differ_in_grey():
    for one, other in combinations(("main", "second", "pale"), 2):
        if {one, other} != {"second", "pale"}:  # never in one figure
            assert contrast(PALETTE[one], PALETTE[other]) > 1.5, (one, other)


def test_lines_are_broken_to_fit_and_no_word_is_lost():
    text = "Cambodia moved between Tier 2 and the Tier 2 Watch List"
    lines = wrap(text, 40, 10)
    assert " ".join(lines) == text
    assert len(lines) > 1
    assert all(text_width(line, 10) <= 40 for line in lines)


def test_width_grows_with_size_and_weight():
    assert text_width("88", 20) == pytest.approx(2 * text_width("88", 10))
    assert text_width("Watch", 10, "semibold") > text_width("Watch", 10)
