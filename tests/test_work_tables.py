"""Tables for work and the archives they travel in: typed, escaped, the same bytes each time."""

import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser

import mistune
import openpyxl
import pandas as pd
import pytest

from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.ledger import ledger
from ypp_analysis.project import shipped_dir
from ypp_analysis.publish import readable
from ypp_analysis.publish.bundles import bundle
from ypp_analysis.publish.citations import cite
from ypp_analysis.publish.data_tables import READ, Table, claims_table, exhibit_table, to_csv
from ypp_analysis.publish.table_formats import FORMATS, PAGE, latex, markdown, render
from ypp_analysis.wording import LANGUAGES, texts

SPECIALS = r"""50% & $5 #1 a_b {x} \n ~ ^ <b>x</b> | "q" *z* [y] `c` −2 × 3 ≤ 4"""
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}", "http://example.org", "007"]
CITATIONS = {"en": "Cite *this*.", "id": "Kutip *ini*."}


def made(frame, lang="en", **words):
    """A table of any frame."""
    said = {"title": "Title", "caption": "Caption.", "notes": ("Note.",)} | words
    return Table("made", frame, lang, **said)


def everything(tables, lang):
    """The table of every exhibit, and the ledger."""
    yield from (exhibit_table(Exhibit(id, tables), lang) for id in ids())
    yield claims_table(tables, lang)


class Cells(HTMLParser):
    """The rows of the table in a page, and every element with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.seen, self.inside = [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def workbook(table):
    return openpyxl.load_workbook(io.BytesIO(render(table, "xlsx")["xlsx"]))


# Words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_has_a_heading_and_every_code_a_word(lang, tables):
    for table in everything(tables, lang):
        assert len(set(table.headings)) == len(table.headings)
        assert not table.texts.isna().any(axis=None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_differ_from_each_other(lang):
    headings = list(texts(lang)["tables"]["columns"].values())
    assert len(set(headings)) == len(headings)


def test_both_languages_have_the_same_words():
    def keys(found, path=""):
        for name, value in found.items():
            yield f"{path}/{name}"
            if isinstance(value, dict):
                yield from keys(value, f"{path}/{name}")

    assert set(keys(texts("en")["tables"])) == set(keys(texts("id")["tables"]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_that_a_raw_table_allows_has_a_word(lang):
    register = json.loads((shipped_dir() / "datapackage.json").read_text(encoding="utf-8"))
    known, checked = readable.codes(lang), 0
    for resource in register["resources"]:
        for field in resource["schema"]["fields"]:
            name, allowed = field["name"], field.get("constraints", {}).get("enum", ())
            # No exhibit shows the kind of an outcome.
            if allowed and name in known and (resource["name"], name) != ("outcomes", "kind"):
                assert not set(allowed) - set(known[name]), (resource["name"], name)
                checked += 1
    assert checked >= 10


def test_a_column_without_heading_is_named():
    with pytest.raises(ValueError, match=r"'shoe_size'.*tables\.columns.*texts/id\.toml"):
        made(pd.DataFrame({"shoe_size": [1]}), "id").headings  # noqa: B018


def test_a_code_without_word_is_named():
    with pytest.raises(ValueError, match=r"'perhaps'.*'qualifier'.*texts/en\.toml"):
        made(pd.DataFrame({"qualifier": ["exact", "perhaps"]})).shown  # noqa: B018


@pytest.mark.parametrize(
    ("lang", "row"),
    [
        ("en", ["Europe and CIS", "25", "77", "32.5"]),  # 100 x 25 / 77 = 32.467...
        ("id", ["Eropa dan CIS", "25", "77", "32,5"]),
    ],
)
def test_numbers_and_names_are_those_of_the_language(lang, row, tables):
    table = exhibit_table(Exhibit("table-1-1", tables), lang)
    assert table.texts.iloc[0].tolist() == row


@pytest.mark.parametrize(
    ("column", "value", "english", "indonesian"),
    [
        ("people_n", 10762, "10,762", "10.762"),
        ("report_year", 2010, "2010", "2010"),
        ("share_pct", 75, "75", "75"),
        ("share_pct", 75.0, "75.0", "75,0"),
        ("power", 0.5, "0.50", "0,50"),
        ("programme_year", False, "no", "tidak"),
        ("date_start", pd.Timestamp("2010-12-09"), "9 Dec 2010", "9 Des 2010"),
        ("period", "2009/2011", "2009–2011", "2009–2011"),
        ("period", "/2010", "until 2010", "sampai 2010"),
        ("tier", None, "–", "–"),
        ("n", pd.NA, "–", "–"),
    ],
)
def test_a_cell_is_written_as_the_language_does(column, value, english, indonesian):
    assert readable.write_cell(value, column, "en") == english
    assert readable.write_cell(value, column, "id") == indonesian


def test_names_stand_in_place_of_ids(tables):
    countries = exhibit_table(Exhibit("countries", tables), "id").shown
    assert list(countries) == ["region", "country_iso3", "role", "named_in_conclusion"]
    assert countries.loc[countries["country_iso3"] == "Kamerun", "region"].item() == "Afrika"
    logic = exhibit_table(Exhibit("programme-logic", tables), "en").shown.set_index("item")
    assert logic.loc["Peer education", "parent"] == "Peer support programme"


def test_the_frame_is_left_as_it_was(tables):
    frame = Exhibit("countries", tables).data
    before = frame.copy(deep=True)
    render(made(frame), *FORMATS)
    pd.testing.assert_frame_equal(frame, before)


# Formats


def test_an_unknown_format_is_named(tables):
    with pytest.raises(ValueError, match=r"'docx'.*csv, xlsx, tex, md, html"):
        render(exhibit_table(Exhibit("reach", tables)), "docx")


def test_csv_is_the_frame_as_it_is(tables):
    exhibit = Exhibit("petition", tables)
    assert render(exhibit_table(exhibit, "id"), "csv")["csv"] == to_csv(exhibit.data)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_spreadsheet_gives_back_typed_values(lang, tables):
    for table in everything(tables, lang):
        sheet = workbook(table).worksheets[0]
        head, *rows = sheet.iter_rows(values_only=True)
        assert list(head) == table.headings
        assert len(rows) == len(table.data)
        for values, name in zip(zip(*rows, strict=True), table.shown, strict=True):
            for value, expected in zip(values, table.shown[name], strict=True):
                if pd.isna(expected) or expected == "":
                    assert value in (None, "")
                elif isinstance(expected, dt.date):
                    assert value == expected.to_pydatetime()
                else:
                    assert type(value) in (bool, int, float, str)
                    assert isinstance(value, str) == isinstance(expected, str)
                    assert value == (
                        expected
                        if isinstance(expected, str)
                        else pytest.approx(expected, rel=1e-15)
                    )


def test_a_spreadsheet_has_its_notes_sources_and_columns(tables):
    exhibit = Exhibit("diagram-1-3", tables)
    table = exhibit_table(exhibit, "id", citation="Kutipan.")
    book = workbook(table)
    assert book.sheetnames == ["Data", "Catatan", "Kolom"]
    notes = [row[0] for row in book["Catatan"].iter_rows(values_only=True)]
    assert notes[:2] == [exhibit.words("id")["title"], exhibit.words("id")["caption"]]
    assert exhibit.words("id")["caveat"] in notes
    assert any(note.startswith(exhibit.words("id")["source"]) for note in notes)
    assert "Kutipan." in notes
    assert hashlib.sha256(to_csv(exhibit.data)).hexdigest() in notes[-1]
    assert ("Korban yang dilaporkan", "victims_n") in book["Kolom"].iter_rows(values_only=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ledger_comes_with_verdicts_explained_and_sources_cited(lang, tables):
    cited = cite("claims", tables, lang=lang)
    table = claims_table(tables, lang, citation=cited)
    book, found = workbook(table), ledger(tables, lang)
    notes = [row[0] for row in book.worksheets[1].iter_rows(values_only=True)]
    assert str(len(found)) in notes[1]
    for verdict in texts(lang)["verdicts"].values():
        assert f"{verdict['label']}: {verdict['meaning']}" in notes
    works, gaps = cited.split("\n\n")
    assert set(works.splitlines()) <= set(notes)
    assert gaps.strip() not in notes  # for who writes, not for who reads the table
    sources = {*tables["evidence"]["source"], *tables["claims"]["cited_source"].dropna()} - {
        "study"
    }
    # Each of them, the study, and the ledger itself.
    assert len(works.splitlines()) == len(sources) + 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_page_the_ledger_has_the_columns_that_fit(lang, tables):
    table = claims_table(tables, lang, whole=False)
    assert list(table.data) == READ
    assert len(table.data) == len(tables["claims"])


def test_text_is_never_a_formula():
    table = made(pd.DataFrame({"printed": FORMULAS}), title="=1+1", notes=("=2+2",))
    book = workbook(table)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in book.worksheets[0]["A"]][1:] == FORMULAS
    with zipfile.ZipFile(io.BytesIO(render(table, "xlsx")["xlsx"])) as archive:
        for name in archive.namelist():
            assert not re.search(rb"<f[ >]", archive.read(name)), name


def test_a_spreadsheet_tells_no_time(tables):
    content = render(exhibit_table(Exhibit("reach", tables)), "xlsx")["xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert properties.created == properties.modified == dt.datetime(2026, 1, 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_html_gives_back_every_cell_and_says_what_heads_what(lang, tables):
    for table in everything(tables, lang):
        page = Cells(render(table, "html")["html"].decode())
        head, *rows = page.rows[: 1 + len(table.data)]
        assert head == table.headings
        assert rows == table.texts.to_numpy().tolist()
        scopes = [said.get("scope") for tag, said in page.seen if tag == "th"]
        assert scopes == ["col"] * len(head) + ["row"] * len(rows)
        assert ("html", {"lang": lang}) in page.seen
        assert [tag for tag, _ in page.seen].count("caption") == 1


def test_html_shows_text_as_text():
    word = "<script>alert(1)</script>&amp;\"'"
    page = render(made(pd.DataFrame({"printed": [word]}), title=word, notes=(word,)), "html")
    shown = Cells(page["html"].decode())
    assert "script" not in {tag for tag, _ in shown.seen}
    assert shown.rows[1] == [word]
    assert "http" not in page["html"].decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markdown_gives_back_every_cell(lang, tables):
    read = mistune.create_markdown(plugins=["table"])
    for table in everything(tables, lang):
        rows = Cells(read(render(table, "md")["md"].decode())).rows
        assert rows == [table.headings, *table.texts.to_numpy().tolist()]


def test_markdown_shows_text_as_text():
    frame = pd.DataFrame({"printed": [SPECIALS, "a|b", "**x**"]})
    content = render(made(frame, notes=(SPECIALS,)), "md")["md"].decode()
    shown = Cells(mistune.create_markdown(plugins=["table"])(content))
    assert [row[0] for row in shown.rows[1:]] == frame["printed"].tolist()
    assert {tag for tag, _ in shown.seen} <= {
        "p",
        "strong",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("50% & $5", r"50\% \& \$5"),
        ("#1 a_b {x}", r"\#1 a\_b \{x\}"),
        ("\\~^", r"\textbackslash{}\textasciitilde{}\textasciicircum{}"),
        ("[x] *", "{[}x{]} {*}"),
        ("−2 × 3 ≤ 4", r"$-$2 $\times$ 3 $\leq$ 4"),
    ],
)
def test_latex_signs_are_escaped(text, escaped):
    assert latex(text) == escaped


def test_latex_has_caption_label_rules_and_notes(tables):
    table = exhibit_table(Exhibit("diagram-1-3", tables), "en")
    text = render(table, "tex")["tex"].decode()
    assert rf"\caption[{table.title}]{{{table.title}. " in text
    assert r"\label{tab:diagram-1-3}" in text
    assert [rule in text for rule in (r"\toprule", r"\midrule", r"\bottomrule")] == [True] * 3
    assert r"Children & 66 & 88 & 75.0 & 75\% & " in text
    assert latex(table.notes[0]) in text


def test_a_long_table_runs_over_pages_in_its_language():
    frame = pd.DataFrame({"page": range(PAGE + 1)})
    text = render(made(frame, "id"), "tex")["tex"].decode()
    assert r"\begin{longtable}" in text
    assert texts("id")["tables"]["continued"] in text
    assert "Continued" not in text
    assert r"\begin{longtable}" not in render(made(frame[:PAGE], "id"), "tex")["tex"].decode()


def test_latex_turns_a_table_of_many_columns(tables):
    petition = render(exhibit_table(Exhibit("petition", tables)), "tex")["tex"].decode()
    assert petition.count(r"\begin{landscape}") == petition.count(r"\begin{table}") == 1
    reach = render(exhibit_table(Exhibit("reach", tables)), "tex")["tex"].decode()
    assert "landscape}" not in reach.partition("\n")[2]


def test_latex_has_its_citation_where_no_reader_of_a_thesis_meets_it(tables):
    cited = cite("reach", tables)
    table = exhibit_table(Exhibit("reach", tables), citation=cited)
    lines = render(table, "tex")["tex"].decode().splitlines()
    works = cited.split("\n\n")[0].splitlines()
    assert lines[1 : len(works) + 1] == [f"% {work}" for work in works]
    assert not any("YPP_STUDY" in line for line in lines)


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="needs pandoc")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pandoc_reads_every_cell_of_the_latex(lang, tables):
    exhibits = (exhibit_table(Exhibit(id, tables), lang) for id in ids())
    for table in (*exhibits, claims_table(tables, lang, whole=False)):
        command = ["pandoc", "--from=latex", "--to=html", "--wrap=none"]
        done = subprocess.run(
            command, input=render(table, "tex")["tex"], capture_output=True, check=True
        )
        read = done.stdout.decode().replace("’", "'")  # LaTeX has one sign for both
        # Of a longtable it reads the heading of each page, and so twice.
        assert Cells(read).rows[-len(table.data) :] == table.texts.to_numpy().tolist()
        assert not done.stderr


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs a LaTeX")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_latex_compiles(lang, tables, tmp_path):
    special = made(pd.DataFrame({"printed": [SPECIALS, "[y]", "*"]}), notes=(SPECIALS,))
    cited = cite("claims", tables, lang=lang)
    long = claims_table(tables, lang, whole=False, citation=cited)
    exhibits = [
        exhibit_table(Exhibit(id, tables), lang, citation=cite(id, tables, lang=lang))
        for id in ids()
    ]
    names = []
    for number, table in enumerate([special, long, *exhibits]):
        (tmp_path / f"t{number}.tex").write_bytes(render(table, "tex")["tex"])
        names.append(rf"\input{{t{number}.tex}}\clearpage")
    packages = r"\usepackage[T1]{fontenc}\usepackage{array,booktabs,longtable,lscape,xurl}"
    document = (
        rf"\documentclass{{article}}{packages}\begin{{document}}{''.join(names)}\end{{document}}"
    )
    (tmp_path / "all.tex").write_text(document, encoding="utf-8")
    command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    log = (tmp_path / "all.log").read_text(encoding="latin-1")
    assert "Missing character" not in log
    assert "Float too large" not in log
    # No line runs out of its column by more than a letter.
    assert max(map(float, re.findall(r"Overfull \\hbox \((.+?)pt", log)), default=0) < 5


# Archives


@pytest.fixture(scope="module")
def archive(tables):
    return zipfile.ZipFile(io.BytesIO(bundle("diagram-1-3", tables, CITATIONS)))


def test_an_archive_holds_all_that_belongs_to_an_exhibit(archive):
    expected = {"diagram-1-3/README.md", "diagram-1-3/data/diagram-1-3.csv"}
    expected |= {f"diagram-1-3/citations.{format}" for format in ("bib", "ris", "json")}
    for lang in LANGUAGES:
        expected |= {f"diagram-1-3/figures/{lang}/diagram-1-3.{f}" for f in ("png", "svg", "pdf")}
        expected |= {
            f"diagram-1-3/tables/{lang}/diagram-1-3.{f}" for f in ("xlsx", "tex", "md", "html")
        }
    assert set(archive.namelist()) == expected
    assert archive.testzip() is None


def test_an_archive_tells_no_time_and_no_place(archive):
    for entry in archive.infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert (entry.create_system, entry.external_attr >> 16) == (3, 0o644)
    assert not archive.comment


def test_the_readme_says_whose_it_is_and_how_it_was_made(archive, tables):
    readme = archive.read("diagram-1-3/README.md").decode()
    exhibit = Exhibit("diagram-1-3", tables)
    for lang in LANGUAGES:
        words = exhibit.words(lang)
        for text in (words["title"], words["caption"], words["caveat"], words["source"]):
            assert text in readme
        assert CITATIONS[lang].replace("*", r"\*") in readme
    assert "`ypp_analysis.exhibit_data.victims` from these tables" in readme
    assert "`data/raw/`: `victims`." in readme
    assert "`ypp bundle diagram-1-3`" in readme
    assert "## Files / Berkas" in readme
    assert "`ypp_analysis.charts.victims`" in readme
    assert "https://creativecommons.org/licenses/by/4.0/" in readme
    for name in archive.namelist():
        if not name.endswith("README.md"):
            assert hashlib.sha256(archive.read(name)).hexdigest() in readme, name


def test_an_archive_brings_its_references_a_work_a_line(tables):
    cited = {lang: cite("diagram-1-3", tables, lang=lang) for lang in LANGUAGES}
    packed = zipfile.ZipFile(io.BytesIO(bundle("diagram-1-3", tables, cited)))
    readme = packed.read("diagram-1-3/README.md").decode().splitlines()
    for text in cited.values():
        works, gaps = text.split("\n\n")
        assert [f"- {markdown(work)}" in readme for work in works.splitlines()] == [True] * 3
        assert markdown(gaps) in readme
    works = json.loads(packed.read("diagram-1-3/citations.json"))
    assert [work["id"].removeprefix("ypp-") for work in works] == [
        "study",
        "ngo-joint-statistics-2011",
        "figure-diagram-1-3-en",
        "figure-diagram-1-3-id",
    ]


def test_an_archive_needs_an_exhibit_and_its_citations(tables):
    with pytest.raises(ValueError, match="'no-such'"):
        bundle("no-such", tables, CITATIONS)
    with pytest.raises(ValueError, match=r"'reach'.*none for id"):
        bundle("reach", tables, {"en": "Cite."})


MAKE = """
import hashlib
from ypp_analysis.datasets import load_all
from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.publish.bundles import bundle
from ypp_analysis.publish.data_tables import exhibit_table
from ypp_analysis.publish.table_formats import FORMATS, render
tables, made = load_all(), []
for id in ids():
    for lang in ("en", "id"):
        made += render(exhibit_table(Exhibit(id, tables), lang), *FORMATS).values()
made.append(bundle("reach", tables, {"en": "Cite.", "id": "Kutip."}))
print([hashlib.sha256(content).hexdigest() for content in made])
"""


def test_another_process_makes_the_same_bytes():
    def start(seed, zone):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "MPLBACKEND": "agg"}
        return subprocess.Popen(
            [sys.executable, "-c", MAKE], env=environment, stdout=subprocess.PIPE
        )

    first, second = [
        process.communicate()[0] for process in (start("1", "UTC"), start("2", "Asia/Jakarta"))
    ]
    assert len(first) > 64 * len(ids())
    assert first == second
