"""The look of every figure: typeface, palette, sizes, and the frame around a drawing.

A figure is 120 mm wide, the width of a text column; at 80 mm its smallest letters still have
6 points. Title and subtitle stand above the drawing, the notes below it, all
left-aligned and wrapped to the width, so that nothing overlaps in either language.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

WIDTH_MM = 120
MARGIN_MM = 4
INNER_MM = WIDTH_MM - 2 * MARGIN_MM
FONT = "YPP Sans"
SIZES = {"title": 12.5, "subtitle": 10.5, "text": 10, "small": 9}
LINE = 1.22

PALETTE = {
    "ink": "#1b1f24",
    "soft": "#565d66",
    "grid": "#d9dce0",
    "main": "#1d4f7c",
    "second": "#b3560f",
    "pale": "#7f8b97",
    "wash": "#eef1f4",
}
PAPER = "#ffffff"


@cache
def _register() -> None:
    """Make the shipped typeface known to matplotlib; a missing font would fall back silently."""
    fonts = resources.files("ypp_analysis") / "fonts"
    for face in ("YPPSans-Regular.ttf", "YPPSans-SemiBold.ttf"):
        with resources.as_file(fonts / face) as path:
            font_manager.fontManager.addfont(path)


@contextmanager
def style() -> Iterator[None]:
    """Draw in the theme for the length of a ``with`` block; nothing outside it changes."""
    _register()
    settings: dict[Any, Any] = {
        "font.family": FONT,
        "font.size": SIZES["text"],
        "text.color": PALETTE["ink"],
        "axes.edgecolor": PALETTE["soft"],
        "axes.labelcolor": PALETTE["ink"],
        "axes.labelsize": SIZES["text"],
        "axes.linewidth": 0.7,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "xtick.color": PALETTE["soft"],
        "ytick.color": PALETTE["soft"],
        "xtick.labelcolor": PALETTE["ink"],
        "ytick.labelcolor": PALETTE["ink"],
        "xtick.labelsize": SIZES["text"],
        "ytick.labelsize": SIZES["text"],
        "ytick.alignment": "center",
        "grid.color": PALETTE["grid"],
        "grid.linewidth": 0.7,
        "figure.facecolor": PAPER,
        "axes.facecolor": PAPER,
        "savefig.facecolor": PAPER,
        "text.parse_math": False,  # a text is shown as it is: no sign of it is a command
        "text.hinting": "none",  # widths are then the same at every resolution
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
    }
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever a matplotlibrc of the user says
        mpl.rcParams.update(settings)
        yield


def _face(weight: str) -> FT2Font:
    """The typeface in a weight."""
    _register()
    return font_manager.get_font(font_manager.findfont(FontProperties(family=FONT, weight=weight)))


@cache
def _written(weight: str) -> frozenset[int]:
    """The signs that the typeface has, as numbers."""
    return frozenset(_face(weight).get_charmap())


def unwritable(text: str) -> str:
    """Signs of a text that the typeface lacks, each once; a line break is drawn as one."""
    signs = dict.fromkeys(text.replace("\n", ""))
    return "".join(sign for sign in signs if ord(sign) not in _written("normal"))


@cache
def _advance(character: str, weight: str) -> float:
    """Width of a character in ems; the typeface has no kerning, so that widths add up."""
    if ord(character) not in _written(weight):
        return 1  # such a text is refused once it is drawn, with the place it comes from
    font = _face(weight)
    font.set_size(100, 72)
    glyph = font.load_char(ord(character), LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text in millimetres."""
    return sum(_advance(character, weight) for character in text) * size / 72 * 25.4


def wrap(text: str, width_mm: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text into as few lines as fit a width, and these to about the same length.

    Lines are broken at plain spaces only, so that a no-break space holds "Tier 2" together.
    """
    lines = _filled(text, width_mm, size, weight)
    while True:
        widest = max(text_width(line, size, weight) for line in lines)
        tighter = _filled(text, widest - 0.01, size, weight)
        if len(tighter) > len(lines) or tighter == lines:
            return lines
        lines = tighter


def _filled(text: str, width_mm: float, size: float, weight: str) -> list[str]:
    """Break a text into lines, each as full as the width allows."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size, weight) <= width_mm:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def line_mm(size: float) -> float:
    """Height of a line of text in millimetres."""
    return size * LINE / 72 * 25.4


def framed(
    title: str,
    subtitle: str,
    notes: list[str],
    *,
    height_mm: float,
    left_mm: float,
    bottom_mm: float,
) -> tuple[Figure, Axes]:
    """An empty drawing with its title above and its notes below.

    Parameters
    ----------
    title, subtitle : str
    notes : list of str
        Paragraphs below the drawing.
    height_mm : float
        Height of the drawing alone.
    left_mm, bottom_mm : float
        Room for the labels of the axes.

    Returns
    -------
    (Figure, Axes)
        The figure is as high as its text needs.
    """
    blocks = [
        (wrap(title, INNER_MM, SIZES["title"], "semibold"), SIZES["title"], "semibold", "ink"),
        (wrap(subtitle, INNER_MM, SIZES["subtitle"]), SIZES["subtitle"], "normal", "soft"),
    ]
    below = [wrap(note, INNER_MM, SIZES["small"]) for note in notes]
    head = sum(len(lines) * line_mm(size) for lines, size, _, _ in blocks) + 3
    foot = sum(len(lines) * line_mm(SIZES["small"]) for lines in below) + 1.2 * len(below)
    full = MARGIN_MM + head + height_mm + bottom_mm + 3 + foot + MARGIN_MM
    figure = Figure(figsize=(WIDTH_MM / 25.4, full / 25.4))
    top: float = MARGIN_MM
    for lines, size, weight, colour in blocks:
        top = _write(figure, lines, top, full, size, weight, PALETTE[colour]) + 0.8
    top = MARGIN_MM + head + height_mm + bottom_mm + 3
    for lines in below:
        top = _write(figure, lines, top, full, SIZES["small"], "normal", PALETTE["soft"]) + 1.2
    axes = figure.add_axes(
        (
            (MARGIN_MM + left_mm) / WIDTH_MM,
            1 - (MARGIN_MM + head + height_mm) / full,
            (INNER_MM - left_mm) / WIDTH_MM,
            height_mm / full,
        )
    )
    return figure, axes


def _write(
    figure: Figure, lines: list[str], top: float, full: float, size: float, weight: str, colour: str
) -> float:
    """Write lines from a height downwards, in millimetres; return where they end."""
    for line in lines:
        figure.text(
            MARGIN_MM / WIDTH_MM,
            1 - top / full,
            line,
            size=size,
            weight=weight,
            color=colour,
            va="top",
        )
        top += line_mm(size)
    return top
