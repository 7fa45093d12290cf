"""Exhibits: their data, what their figures show, and that nothing is cut or overlaps."""

import itertools
import re
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from ypp_analysis import theme
from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.wording import LANGUAGES

EVERY = [(id, lang) for id in ids() for lang in LANGUAGES]


def shown_texts(figure):
    """Boxes of all texts that the figure shows, in pixels."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    return [(t, t.get_window_extent(canvas.get_renderer())) for t in texts]


@pytest.mark.parametrize(("id", "lang"), EVERY)
def test_no_text_is_cut_and_none_overlaps_another(id, lang, tables):
    with theme.style():
        figure = Exhibit(id, tables, lang=lang).figure()
        boxes = shown_texts(figure)
    width, height = figure.bbox.width, figure.bbox.height
    for drawn, box in boxes:
        text = drawn.get_text()
        assert box.x0 >= -1, f"{text!r} is cut on the left"
        assert box.x1 <= width + 1, f"{text!r} is cut on the right"
        assert box.y0 >= -1, f"{text!r} is cut below"
        assert box.y1 <= height + 1, f"{text!r} is cut above"
    for (first, a), (second, b) in combinations(boxes, 2):
        inside_x = min(a.x1, b.x1) - max(a.x0, b.x0)
        inside_y = min(a.y1, b.y1) - max(a.y0, b.y0)
        touching = inside_x > 1 and inside_y > 0.25 * min(a.height, b.height)
        parallel = first.get_rotation() == second.get_rotation() != 0  # boxes of slanted headings
        assert not touching or parallel, f"{first.get_text()!r} overlaps {second.get_text()!r}"


@pytest.mark.parametrize(("id", "lang"), EVERY)
def test_every_letter_is_legible_at_80_mm(id, lang, tables):
    with theme.style():
        figure = Exhibit(id, tables, lang=lang).figure()
    scale = 80 / theme.WIDTH_MM
    assert figure.get_figwidth() * 25.4 == pytest.approx(theme.WIDTH_MM)
    sizes = [t.get_size() for t in figure.findobj(Text) if t.get_text().strip()]
    assert min(sizes) * scale >= 6


@pytest.mark.parametrize(("id", "lang"), EVERY)
def test_nothing_is_drawn_in_the_margin(id, lang, tables):
    """Read off the picture, so that marks, lines and letters all count."""
    with theme.style():
        canvas = FigureCanvasAgg(Exhibit(id, tables, lang=lang).figure())
        canvas.figure.set_dpi(200)
        canvas.draw()
    darkest = np.asarray(canvas.buffer_rgba())[:, :, :3].min(axis=2)
    inside = np.argwhere(darkest < 255)
    margin = theme.MARGIN_MM / 25.4 * 200 - 2  # a line may be smeared over its edge
    (top, left), (bottom, right) = inside.min(axis=0), inside.max(axis=0)
    height, width = darkest.shape
    for side, room in {
        "top": top,
        "left": left,
        "bottom": height - 1 - bottom,
        "right": width - 1 - right,
    }.items():
        assert room >= margin, f"{side}: {room * 25.4 / 200:.1f} mm"


@pytest.mark.parametrize(("id", "lang"), EVERY)
def test_no_line_ends_between_what_belongs_together(id, lang, tables):
    lines = [text.get_text() for text in Exhibit(id, tables, lang=lang).figure().texts]
    for line, following in itertools.pairwise(lines):
        assert not re.search(r"\b(Tier|CC|BY|USD|hlm\.|pp?\.)$", line), line
        assert line.endswith(".") or not re.match(r"Watch List|…", following), line


@pytest.mark.parametrize("id", ids())
def test_the_frame_has_labels_in_both_languages_and_leaves_the_tables_alone(id, tables):
    before = {name: frame.copy() for name, frame in tables.items()}
    data = Exhibit(id, tables).data
    assert not data.empty
    for column in data.columns:
        if column.endswith("_en"):
            assert f"{column[:-3]}_id" in data
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


@pytest.mark.parametrize("id", ids())
def test_drawing_into_own_axes_adds_no_title(id, tables):
    axes = Figure().add_subplot()
    assert Exhibit(id, tables).draw(axes) is axes
    assert not axes.figure.texts


def test_the_theme_ends_with_the_drawing(tables):
    before = dict(mpl.rcParams)
    Exhibit("reach", tables).draw()
    assert dict(mpl.rcParams) == before


def axes_of(id, tables):
    return Exhibit(id, tables, lang="en").draw()


def test_bars_of_the_network_are_as_long_as_the_counts(tables):
    bars = [patch.get_width() for patch in axes_of("table-1-1", tables).patches]
    assert bars == [25, 16, 15, 12, 5, 4]  # Table 1.1, largest first


def test_each_reported_victim_is_one_square(tables):
    squares = [p for p in axes_of("diagram-1-3", tables).patches if isinstance(p, Rectangle)]
    colours = [p.get_facecolor() for p in squares]
    assert len(squares) == 88
    assert sorted(colours.count(c) for c in set(colours)) == [22, 66]


def test_ranks_stand_at_their_level(tables):
    line = axes_of("graph-1-2", tables).lines[-1]
    assert list(line.get_xdata()) == list(range(2009, 2017))
    assert list(line.get_ydata()) == [3, 2, 2, 2, 3, 3, 3, 2]  # WL, 2, 2, 2, WL, WL, WL, 2


def test_every_report_year_of_cambodia_is_there(tables):
    line = axes_of("tier-history", tables).lines[-1]
    assert list(line.get_xdata()) == list(range(2001, 2026))


def test_bars_of_the_petition_end_where_the_rounding_does(tables):
    axes = axes_of("petition", tables)
    # Full to the least that rounds to 200, 5,000, 3,400 ..., pale to the most.
    pale, full = axes.patches[::2], axes.patches[1::2]
    assert [p.get_width() for p in full] == [150, 4500, 3350, 3750, 1150, 450]
    assert [p.get_width() for p in pale] == [249, 5499, 3449, 3849, 1249, 549]
    assert any(list(line.get_xdata()) == [3000, 3000] for line in axes.lines)


def test_bars_of_the_joint_statistics(tables):
    widths = [p.get_width() for p in axes_of("joint-statistics", tables).patches]
    assert widths == [165, 85, 39, 88]


def test_bars_of_the_reach_are_as_long_as_the_counts(tables):
    axes = axes_of("reach", tables)
    assert [p.get_width() for p in axes.patches] == [20, 30, 410, 10762]
    assert (axes.get_xscale(), axes.get_xlim()[0]) == ("linear", 0)


def test_no_line_joins_the_study_with_other_sources(tables):
    lines = [list(line.get_xdata()) for line in axes_of("network-growth", tables).lines]
    assert sorted(lines) == [
        [1999, 2007],
        [2007],
        [2014, 2015, 2016, 2017, 2018, 2021],
        [2014, 2016, 2017, 2018, 2021],
    ]


def test_marks_of_the_percent_readings(tables):
    axes = axes_of("percent-readings", tables)
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    # 92% of 88; 75% of 88 and of 81; less than half of 88 and of 81
    assert [line.get_xdata()[0] for line in marks] == [81, 66, 61, 43, 40]
    filled = [line.get_markerfacecolor() != theme.PAPER for line in marks]
    assert filled == [True, True, False, True, False]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_event_is_named_across_the_time_axis(lang, tables):
    with theme.style():
        axes = Exhibit("timeline", tables, lang=lang).draw()
        canvas = FigureCanvasAgg(axes.figure)
        canvas.draw()
        edges = [text.get_window_extent(canvas.get_renderer()).x1 for text in axes.texts]
    assert max(edges) < axes.bbox.x0


def test_events_are_told_apart_by_shape(tables):
    axes = axes_of("timeline", tables)
    shapes = [line.get_marker() for line in axes.lines if line.get_marker() != "None"]
    assert shapes == ["o", "D", "D", "D"]  # the meeting; festival, national day, concert
    assert len(axes.patches) == 4  # campaign 2009, start February 2009, two in December 2010
    assert all(to_hex(patch.get_facecolor()) == theme.PAPER for patch in axes.patches)


def test_bars_of_the_verdicts_make_up_the_ledger(tables):
    widths = [patch.get_width() for patch in axes_of("verdicts", tables).patches]
    assert len(widths) == 7
    assert sum(widths) == len(tables["claims"])


def test_each_claim_with_a_check_is_one_square(tables):
    exhibit = Exhibit("power", tables)
    assert len(exhibit.draw().patches) == exhibit.data["claims_n"].sum()


def test_arrows_and_lists_follow_the_tables(tables):
    arrows = [a for a in axes_of("programme-logic", tables).texts if hasattr(a, "arrow_patch")]
    # Three components and the whole programme; five outputs
    assert sum(a.arrow_patch is not None for a in arrows) == 4 + 5
    partners = Exhibit("partners", tables).data
    assert len(partners) == 28
    assert partners.loc[partners["several_roles"], "partner"].nunique() == 3


def test_changed_data_change_the_figure(tables):
    petition = tables["petition"].copy()
    petition.loc[petition["collection"] == "concert", "signatures_n"] = 700
    exhibit = Exhibit("petition", {**tables, "petition": petition}, lang="en")
    assert "14,300" in exhibit.title
    assert exhibit.draw().patches[-1].get_width() == 650  # the least that rounds to 700


def test_an_unknown_exhibit_is_named(tables):
    with pytest.raises(ValueError, match=r"'diagram-9'.*table-1-1"):
        Exhibit("diagram-9", tables)


def test_a_notebook_shows_picture_description_and_caveat(tables, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "IPython.display.display", lambda *args, **kwargs: shown.append((args, kwargs))
    )
    exhibit = Exhibit("diagram-1-3", tables)
    exhibit._ipython_display_()
    (picture,), options = shown[0]
    assert picture["image/png"].startswith(b"\x89PNG")
    assert options["metadata"]["image/png"]["alt"] == exhibit.alt
    assert exhibit.caveat in shown[1][0][0].data
