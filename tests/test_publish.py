"""Published files: the same bytes each time, whole or not at all, with their evidence inside."""

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from PIL import Image

from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.publish import figures, files
from ypp_analysis.publish.data_tables import to_csv
from ypp_analysis.publish.licences import Licences
from ypp_analysis.publish.site.content import _measured

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def exhibit(tables):
    return Exhibit("diagram-1-3", tables, lang="en")


@pytest.mark.parametrize("format", figures.FORMATS)
def test_a_figure_has_the_same_bytes_each_time(exhibit, format):
    assert figures.render(exhibit, format)[format] == figures.render(exhibit, format)[format]


def test_settings_of_the_user_change_nothing(exhibit):
    own = figures.render(exhibit, "png")["png"]
    with mpl.rc_context({"savefig.bbox": "tight", "lines.linewidth": 5, "image.cmap": "gray"}):
        assert figures.render(exhibit, "png")["png"] == own


def test_an_unknown_format_is_named(exhibit):
    with pytest.raises(ValueError, match=r"'gif'.*png, svg, pdf"):
        figures.render(exhibit, "gif")


def test_png_is_made_for_print(exhibit):
    image = Image.open(io.BytesIO(figures.render(exhibit, "png")["png"]))
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert image.width == pytest.approx(120 / 25.4 * 300, abs=1)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_svg_is_named_and_described_for_screen_readers(exhibit, lang):
    root = ET.fromstring(figures.render(exhibit, "svg", lang=lang)["svg"])
    carried = figures.carried(exhibit, lang)
    assert root.get("role") == "img"
    names = root.get("aria-labelledby").split()
    said = {element.get("id"): element.text for element in root if element.get("id") in names}
    assert [said[name] for name in names] == [carried["Title"], carried["Alt"]]
    assert len(root.findall(f"{SVG}title")) == 1


def test_ids_of_several_svgs_do_not_collide(tables):
    def own_ids(id):
        root = ET.fromstring(figures.render(Exhibit(id, tables), "svg")["svg"])
        return {e.get("id") for e in root.iter() if e.get("id")}

    first, second = own_ids("table-1-1"), own_ids("petition")
    assert first
    assert not first & second


@pytest.mark.parametrize("id", ids())
def test_the_data_come_back_from_csv(id, tables):
    data = Exhibit(id, tables).data
    back = pd.read_csv(io.BytesIO(to_csv(data)), keep_default_na=True)
    assert list(back.columns) == list(data.columns)
    assert len(back) == len(data)
    for column in data.select_dtypes("number"):
        expected = data[column].astype("float64").to_numpy()
        pd.testing.assert_series_equal(
            back[column].astype("float64"), pd.Series(expected, name=column), rtol=1e-9
        )


def test_a_file_is_written_whole_and_only_when_it_changes(tmp_path):
    path = tmp_path / "new" / "a.txt"
    assert files.write(path, b"one")
    before = path.stat().st_mtime_ns
    assert not files.write(path, b"one")
    assert path.stat().st_mtime_ns == before
    assert files.write(path, b"two")
    assert path.read_bytes() == b"two"


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        files.write(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b'{"processes": [{}]}', b"[" * 9999]
)
def test_times_that_cannot_be_read_are_told(content):
    with pytest.raises(ValueError, match=r"benchmarks/results\.json is missing .*`make bench`"):
        _measured(content)


@pytest.mark.parametrize(
    "text", ["", "annotations = 5", "[[annotations]]", "[", "annotations = [1]"]
)
def test_licences_that_cannot_be_read_are_told(text, tmp_path):
    (tmp_path / "REUSE.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"REUSE\.toml states no licences"):
        Licences(tmp_path)
