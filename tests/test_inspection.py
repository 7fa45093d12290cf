"""Files tell what they carry; numbers that are no longer current, and foreign files, are found."""

import io
import struct
import zlib

import pypdf
import pytest
from PIL import Image, PngImagePlugin

from ypp_analysis.datasets import sources
from ypp_analysis.exhibits import Exhibit
from ypp_analysis.publish import figures, inspection
from ypp_analysis.publish.citations import references
from ypp_analysis.publish.inspection import inspect_file
from ypp_analysis.wording import LANGUAGES

FORMATS = figures.FORMATS


@pytest.fixture(scope="module")
def drawn(tables):
    return {
        lang: figures.render(Exhibit("diagram-1-3", tables), *FORMATS, lang=lang)
        for lang in LANGUAGES
    }


@pytest.fixture
def changed(tables):
    """The tables with one victim more."""
    victims = tables["victims"].copy()
    victims.loc[0, "victims_n"] += 1
    return {**tables, "victims": victims}


@pytest.fixture
def look(tmp_path, tables):
    """Inspect content under a name that tells nothing."""

    def inspect(content, against=tables, **options):
        path = tmp_path / "x"
        path.write_bytes(content)
        return inspect_file(path, against, **options)

    return inspect


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("format", FORMATS)
def test_a_figure_tells_what_it_is_whatever_its_name(format, lang, drawn, look, tables):
    found = look(drawn[lang][format])
    said = figures.carried(Exhibit("diagram-1-3", tables), lang)
    assert (found.format, found.status, found.as_drawn) == (format, "current", True)
    assert said.items() <= found.carried.items()
    for statement in said.values():
        assert statement in found.report(lang)


def test_a_figure_that_cites_other_sources_is_not_as_drawn(drawn, look, tables):
    other = {id: {**work, "title": "Another title"} for id, work in sources().items()}
    cited = references(tables, ["diagram-1-3"], ["en"], sources=other)["diagram-1-3", "en"]
    exhibit = Exhibit("diagram-1-3", tables, lang="en")
    svg = figures.render(exhibit, "svg", citation=cited)["svg"]
    assert not look(svg).as_drawn
    assert look(svg, sources=other).as_drawn
    assert "Another title" in look(svg).report("en")


@pytest.mark.parametrize("format", FORMATS)
def test_a_figure_of_other_numbers_is_found(format, drawn, look, changed):
    found = look(drawn["en"][format], changed)
    assert (found.status, found.as_drawn) == ("data changed since", False)


def test_other_numbers_elsewhere_change_nothing(drawn, look, tables):
    petition = tables["petition"].copy()
    petition.loc[0, "signatures_n"] += 1
    assert look(drawn["en"]["png"], {**tables, "petition": petition}).status == "current"


def png(pixels, statements):
    """A PNG of given pixels that says what it is told to say."""
    info = PngImagePlugin.PngInfo()
    for name, text in statements.items():
        info.add_itxt(name, text)
    buffer = io.BytesIO()
    pixels.save(buffer, format="PNG", pnginfo=info)
    return buffer.getvalue()


def test_a_picture_edited_under_the_old_statements_is_not_as_drawn(drawn, look):
    with Image.open(io.BytesIO(drawn["en"]["png"])) as image:
        statements = dict(image.text)
        edited = image.convert("RGB")
    edited.paste((255, 255, 255), (0, 0, 200, 200))
    found = look(png(edited, statements))
    assert (found.status, found.as_drawn) == ("current", False)
    assert "edited" in found.report("en")


def test_statements_swapped_between_figures_are_found(drawn, look, tables):
    other = figures.carried(Exhibit("reach", tables), "en")
    svg = drawn["en"]["svg"].replace(b"<dc:identifier>diagram-1-3", b"<dc:identifier>reach")
    assert look(svg).status == "data changed since"
    own = figures.carried(Exhibit("diagram-1-3", tables), "en")["DataHash"].encode()
    found = look(svg.replace(own, other["DataHash"].encode()))
    assert (found.status, found.as_drawn) == ("current", False)


def test_a_pdf_saved_anew_by_another_program_still_tells(drawn, look):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(drawn["id"]["pdf"]))
    buffer = io.BytesIO()
    writer.write(buffer)
    found = look(buffer.getvalue())
    assert (found.status, found.as_drawn) == ("current", False)


def test_statements_not_known_today_are_read_too(drawn, look):
    svg = drawn["en"]["svg"].replace(
        b"<rdf:li>sha256:", b"<rdf:li>Version: 9.8.7</rdf:li><rdf:li>sha256:"
    )
    assert look(svg).carried["Version"] == "9.8.7"
    white = png(Image.new("L", (2, 2)), {"Version": "9.8.7", "Citation": "Cite."})
    assert look(white).carried == {"Version": "9.8.7", "Citation": "Cite."}


@pytest.mark.parametrize(
    "content",
    [
        png(Image.new("RGB", (3, 3)), {}),
        png(Image.new("RGB", (3, 3)), {"Author": "Somebody", "Identifier": "diagram-1-3"}),
        png(Image.new("RGB", (3, 3)), {"Author": figures.CREATOR, "Identifier": "no-such"}),
        b'<svg xmlns="http://www.w3.org/2000/svg"><title>Mine</title></svg>',
    ],
)
def test_a_foreign_file_is_none_of_ours(content, look):
    found = look(content)
    assert (found.status, found.as_drawn) == ("not one of ours", False)
    assert "not one of ours" in found.report("en")


def test_a_foreign_pdf_is_none_of_ours(look):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(10, 10)
    buffer = io.BytesIO()
    writer.write(buffer)
    assert look(buffer.getvalue()).status == "not one of ours"


def test_a_report_is_in_the_language_asked_for(drawn, look):
    report = look(drawn["id"]["svg"]).report("id")
    assert "Sajian" in report
    assert "mutakhir" in report
    assert "sha256:" in report


def test_a_file_does_not_steer_the_terminal(look):
    carried = look(png(Image.new("L", (2, 2)), {"Title": "a\x1b[2Jb\nc"})).carried
    assert carried["Title"] == "a [2Jb c"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("part", [0.01, 0.5, 0.9])
def test_a_file_cut_short_is_an_error(format, part, drawn, look):
    content = drawn["en"][format]
    with pytest.raises(ValueError, match=f"x .*{format.upper()}|x is no"):
        look(content[: int(part * len(content))])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "x is empty"),
        (b"just text", "no PNG, SVG or PDF"),
        (b"GIF89a\x01\x00\x01\x00", "no PNG, SVG or PDF"),
        (b"\x89PNG\r\n\x1a\n", "begins as a PNG but cannot be read"),
        (b"%PDF-1.4\n%%EOF", "begins as a PDF but cannot be read"),
        (b"<html><svg></html>", "begins as a SVG but cannot be read"),
        (b"<html><svg/></html>", "its root is no svg"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "declares entities"),
        (b'<!DOCTYPE svg SYSTEM ">" [<!ENTITY a "b">]><svg>&a;</svg>', "declares entities"),
        (b'<!DOCTYPE svg SYSTEM "x" [<!ATTLIST svg a CDATA "b">]><svg/>', "declares entities"),
        (b'<?xml version="1.0" encoding="utf-7"?><svg>+ADw-</svg>\xff', "cannot be read"),
    ],
)
def test_what_is_no_figure_is_an_error_of_one_line(content, message, look):
    with pytest.raises(ValueError, match=message) as caught:
        look(content)
    assert "\n" not in str(caught.value)


def test_a_picture_that_would_grow_without_end_is_refused(look):
    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    size = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    with pytest.raises(ValueError, match="cannot be read"):
        look(b"\x89PNG\r\n\x1a\n" + size + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


def test_a_huge_file_is_not_read(look, monkeypatch):
    monkeypatch.setattr(inspection, "LARGEST", 10)
    with pytest.raises(ValueError, match="11 bytes; a figure has no more than 10"):
        look(b"%PDF-1.4 xx")


def test_a_missing_file_and_a_folder_are_named(tmp_path, tables):
    with pytest.raises(ValueError, match=r"no file.*nowhere\.png"):
        inspect_file(tmp_path / "nowhere.png", tables)
    with pytest.raises(ValueError, match="no file"):
        inspect_file(tmp_path, tables)
