"""The palette can be read: contrast on paper, marks told apart by every eye and in grey."""

import itertools
from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from matplotlib.colors import to_hex, to_rgb, to_rgba

from ypp_analysis.exhibits import Exhibit, ids
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


VISION = {
    "normal": None,
    "deuteranopia": "deuteranomaly",
    "protanopia": "protanomaly",
    "tritanopia": "tritanomaly",
}
# In CAM02-UCS under the simulation of Machado et al. 2009 (10.1109/TVCG.2009.113) at full
# severity: the distance that Petroff 2021 (arXiv:2107.02270) asks of six colours of a chart.
DISTANCE = 20
# The same paper asks for 5 of lightness between six colours, to be told apart in grey.
LIGHTNESS = 5
GROUNDS = ("grid", "wash", "paper")


def seen(colour, vision):
    """A colour as an eye of that kind sees it, in sRGB."""
    if VISION[vision] is None:
        return np.array(to_rgb(colour))
    space = {"name": "sRGB1+CVD", "cvd_type": VISION[vision], "severity": 100}
    return np.clip(cspace_convert(to_rgb(colour), space, "sRGB1"), 0, 1)


def lightness(colour):
    """Lightness J' of CAM02-UCS."""
    return cspace_convert(to_rgb(colour), "sRGB1", "CAM02-UCS")[0]


def marks(axes):
    """Names of the colours of everything but letters in a drawing, without its grounds."""
    lines = [
        line for line in axes.get_lines() if np.isfinite(line.get_xydata().astype(float)).all()
    ]
    colours = [line.get_color() for line in lines if line.get_linestyle() != "None"]
    colours += [line.get_markerfacecolor() for line in lines if line.get_marker() != "None"]
    colours += [patch.get_facecolor() for patch in axes.patches]
    colours += [patch.get_edgecolor() for patch in axes.patches if patch.get_linewidth()]
    colours += [c for dots in axes.collections for c in dots.get_facecolor()]
    names = {to_hex(colour): name for name, colour in {**PALETTE, "paper": PAPER}.items()}
    used = {names[to_hex(colour)] for colour in colours if to_rgba(colour)[3]}
    return sorted(used.difference(GROUNDS))


@pytest.fixture(scope="module")
def side_by_side(tables):
    """The pairs of colours in each chart."""
    drawn = {id: Exhibit(id, tables, lang="en").draw() for id in ids()}
    return {id: list(combinations(marks(axes), 2)) for id, axes in drawn.items()}


def test_charts_use_colours_side_by_side(side_by_side):
    # By looking: lines of groups and countries, children and adults, a target across a bar, and
    # claims that hold, need a second look, or are left open.
    assert ("main", "pale") in side_by_side["network-growth"]
    assert ("main", "pale") in side_by_side["diagram-1-3"]
    assert ("ink", "main") in side_by_side["petition"]
    assert {("main", "pale"), ("main", "second")} <= set(side_by_side["verdicts"])


def test_orange_has_one_meaning(side_by_side):
    using = {id for id, pairs in side_by_side.items() if "second" in itertools.chain(*pairs)}
    assert using == {"verdicts"}  # what needs a second look


def test_the_simulation_is_the_published_one():
    # Machado et al. 2009, matrix of protanomaly 1.0: what red gives to red.
    space = {"name": "sRGB1-linear+CVD", "cvd_type": "protanomaly", "severity": 100}
    assert cspace_convert([1, 0, 0], space, "sRGB1-linear")[0] == pytest.approx(0.152286)


@pytest.mark.parametrize("vision", VISION)
def test_colours_of_a_chart_differ_to_every_eye(side_by_side, vision):
    for id, pairs in side_by_side.items():
        for pair in pairs:
            one, other = (seen(PALETTE[name], vision) for name in pair)
            assert deltaE(one, other) >= DISTANCE, (id, pair)


def test_colours_of_a_chart_differ_in_grey(side_by_side):
    for id, pairs in side_by_side.items():
        for pair in pairs:
            one, other = (lightness(PALETTE[name]) for name in pair)
            assert abs(one - other) >= LIGHTNESS, (id, pair)


def test_red_and_green_of_one_lightness_would_be_found():
    assert deltaE(seen("#c04040", "normal"), seen("#40802a", "normal")) >= DISTANCE
    assert deltaE(seen("#a05a3c", "deuteranopia"), seen("#5f7038", "deuteranopia")) < DISTANCE


def test_lines_are_broken_to_fit_and_no_word_is_lost():
    text = "Cambodia moved between Tier 2 and the Tier 2 Watch List"
    lines = wrap(text, 40, 10)
    assert " ".join(lines) == text
    assert len(lines) > 1
    assert all(text_width(line, 10) <= 40 for line in lines)


def test_no_break_spaces_are_kept():
    text = "Cambodia: Tier\u00a02 or Tier\u00a02\u00a0Watch\u00a0List"
    for width in range(30, 90, 3):
        assert "Tier" not in {line.split(" ")[-1] for line in wrap(text, width, 10)}


def test_lines_are_as_short_as_their_number_allows():
    """The narrowest width that needs no more lines, found by trying every tenth of a millimetre."""
    text = "Reported victims: four counts that cannot be compared, and one word more"
    lines = wrap(text, 100, 12.5)
    assert len(lines) == 2
    widest = max(text_width(line, 12.5) for line in lines)
    narrower = [n / 10 for n in range(200, int(widest * 10) - 1)]
    assert all(len(wrap(text, width, 12.5)) > 2 for width in narrower)


def test_a_word_wider_than_the_line_stands_alone():
    assert wrap("a Tier\u00a02\u00a0Watch\u00a0List b", 5, 10) == [
        "a",
        "Tier\u00a02\u00a0Watch\u00a0List",
        "b",
    ]


def test_width_grows_with_size_and_weight():
    assert text_width("88", 20) == pytest.approx(2 * text_width("88", 10))
    assert text_width("Watch", 10, "semibold") > text_width("Watch", 10)
