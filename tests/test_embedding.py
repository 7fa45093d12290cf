"""What a figure file says of itself is read back by ordinary programs, in every format."""

import io
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pypdf
import pytest
from PIL import Image

from ypp_analysis.exhibits import Exhibit
from ypp_analysis.publish import figures
from ypp_analysis.publish.citations import BETWEEN, cite, references
from ypp_analysis.wording import LANGUAGES

FORMATS = figures.FORMATS
ID = "diagram-1-3"
PDFINFO, EXIFTOOL = shutil.which("pdfinfo"), shutil.which("exiftool")


@pytest.fixture(scope="module")
def folder(tables, tmp_path_factory):
    """A figure in each language and format, named like en.png."""
    folder = tmp_path_factory.mktemp("figures")
    for lang in LANGUAGES:
        drawn = figures.render(Exhibit(ID, tables), *FORMATS, lang=lang)
        for format, content in drawn.items():
            (folder / f"{lang}.{format}").write_bytes(content)
    return folder


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def said(tables, lang):
    said = figures.carried(Exhibit(ID, tables), lang)
    assert all(said.values())
    return said


def test_the_citation_is_the_one_that_the_command_prints(tables, lang):
    found = references(tables)
    for id in (ID, "network-growth", "verdicts"):
        lines, _ = cite(id, tables, lang=lang).split("\n\n")
        assert found[id, lang].split(BETWEEN) == lines.split("\n")
    assert BETWEEN not in "".join(found.values()).replace(BETWEEN, "\n")


def test_the_original_is_cited_first_and_this_package_last(said):
    first, *_, last = said["Citation"].split(BETWEEN)
    assert "Dampak Program Youth Partnership Project" in first
    assert last.startswith("YPP Analysis contributors.")


def test_a_citation_of_other_sources_is_carried(tables):
    drawn = figures.render(Exhibit(ID, tables), *FORMATS, lang="en", citation="By <hand> & é.")
    assert b"By &lt;hand&gt; &amp; \xc3\xa9." in drawn["svg"]
    assert b"By &lt;hand&gt; &amp; \xc3\xa9." in drawn["pdf"]
    assert Image.open(io.BytesIO(drawn["png"])).text["Citation"] == "By <hand> & é."


PNG = {"Author": "Creator", "Comment": "Alt", "Copyright": "Rights"}


def test_png_in_pillow(folder, lang, said):
    with Image.open(folder / f"{lang}.png") as image:
        text = {PNG.get(name, name): value for name, value in image.text.items()}
    assert text == said


def test_pdf_in_pypdf(folder, lang, said):
    reader = pypdf.PdfReader(folder / f"{lang}.pdf")
    names = {"/Author": "Creator", "/Subject": "Description"}
    found = {names.get(name, name[1:]): str(value) for name, value in reader.metadata.items()}
    assert found == said
    packet = reader.xmp_metadata
    assert packet.dc_identifier == said["Identifier"]
    assert packet.dc_title == {"x-default": said["Title"]}
    assert packet.dc_description == {"x-default": said["Description"]}
    assert packet.dc_source == said["Source"]
    assert packet.dc_rights == {"x-default": said["Rights"]}
    assert packet.dc_language == [lang] == [reader.root_object["/Lang"]]
    assert packet.custom_properties == {
        "Version": said["Version"],
        "DataHash": said["DataHash"],
    }
    assert reader.pdf_header == "%PDF-1.4"


def test_pdf_keeps_its_letters_and_tells_no_time_and_no_place(folder, lang):
    content = (folder / f"{lang}.pdf").read_bytes()
    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (face,) = font["/DescendantFonts"]
        assert "/FontFile2" in face.get_object()["/FontDescriptor"]
        assert "YPPSans" in font["/BaseFont"]
    for word in (b"CreationDate", b"ModDate", b"CreateDate", b"Producer", b"pypdf", b"atplotlib"):
        assert word not in content


def test_svg_in_an_xml_parser(folder, lang, said):
    root = ET.parse(folder / f"{lang}.svg").getroot()
    (work,) = root.iter("{http://creativecommons.org/ns#}Work")
    texts = {
        element.tag.rpartition("}")[2]: " ".join(t for t in element.itertext() if t.strip())
        for element in work
    }
    for name, of in {
        "title": "Title",
        "description": "Description",
        "source": "Source",
        "identifier": "Identifier",
        "rights": "Rights",
        "creator": "Creator",
        "language": "Language",
        "bibliographicCitation": "Citation",
    }.items():
        assert texts[name] == said[of]
    assert said["DataHash"] in texts["subject"]
    assert said["Version"] in texts["subject"]
    licence = work.find("{http://creativecommons.org/ns#}license")
    resource = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
    assert licence.attrib == {resource: said["Licence"]}
    assert root.get("lang") == root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang


def test_rights_name_their_holder_and_where_to_read_them(said):
    assert said["Rights"].startswith(
        "\u00a9 2026 YPP Analysis contributors. https://creativecommons"
    )


@pytest.mark.skipif(PDFINFO is None, reason="needs pdfinfo")
def test_pdf_in_pdfinfo(folder, lang, said):
    shown = subprocess.run(
        [PDFINFO, "-enc", "UTF-8", "-custom", folder / f"{lang}.pdf"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert not shown.stderr
    rows = (line.partition(":") for line in shown.stdout.splitlines())
    found = {name: text.strip() for name, _, text in rows}
    names = {"Creator": "Author", "Description": "Subject"}
    assert found == {names.get(name, name): text for name, text in said.items()}


@pytest.mark.skipif(EXIFTOOL is None, reason="needs exiftool")
@pytest.mark.parametrize(
    ("format", "tags"),
    [
        (
            "pdf",
            {
                "XMP-dc:Identifier": "Identifier",
                "XMP-dc:Title": "Title",
                "XMP-dc:Description": "Description",
                "XMP-dc:Source": "Source",
                "XMP-dc:Rights": "Rights",
                "XMP-xmpRights:WebStatement": "Licence",
                "XMP-dcterms:BibliographicCitation": "Citation",
                "XMP-iptcCore:AltTextAccessibility": "Alt",
                "XMP-pdfx:DataHash": "DataHash",
                "XMP-pdfx:Version": "Version",
                "PDF:Citation": "Citation",
                "PDF:Alt": "Alt",
            },
        ),
        ("png", {f"PNG:{PNG_NAME}": name for PNG_NAME, name in PNG.items()}),
        ("png", {f"PNG:{name}": name for name in ("Title", "Citation", "DataHash", "Source")}),
        (
            "svg",
            {
                "SVG:Title": "Title",
                "SVG:Desc": "Alt",
                "XMP-cc:WorkIdentifier": "Identifier",
                "XMP-cc:WorkDescription": "Description",
                "XMP-cc:WorkSource": "Source",
                "XMP-cc:WorkRightsAgentTitle": "Rights",
                "XMP-cc:WorkLicense": "Licence",
                "XMP-cc:WorkBibliographicCitation": "Citation",
            },
        ),
    ],
)
def test_exiftool_reads_each_format(folder, lang, said, format, tags):
    command = [EXIFTOOL, "-json", "-G1", folder / f"{lang}.{format}"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    (found,) = json.loads(done.stdout)
    assert "ExifTool:Warning" not in found
    assert {tag: found.get(tag) for tag in tags} == {tag: said[of] for tag, of in tags.items()}


@pytest.mark.browser
def test_a_browser_tells_a_screen_reader_title_and_description(folder, lang, said, chromium):
    page = chromium.new_page()
    page.goto((folder / f"{lang}.svg").as_uri())
    assert page.title() == said["Title"]
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    page.close()
    pictures = [node for node in nodes if node.get("role", {}).get("value") in ("image", "img")]
    assert [node["name"]["value"] for node in pictures] == [f"{said['Title']} {said['Alt']}"]
