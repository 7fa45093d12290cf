"""Both languages have every text, and numbers are written as each language writes them."""

import datetime as dt
import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.findings import Label
from ypp_analysis.project import shipped_dir
from ypp_analysis.wording import LANGUAGES, dictionary, fill, language, placeholders, texts, write


@pytest.mark.parametrize(
    ("value", "spec", "english", "indonesian"),
    [
        (10762, "", "10,762", "10.762"),
        (Fraction(75), "%1", "75.0%", "75,0%"),
        (Fraction(2500, 77), "%1", "32.5%", "32,5%"),  # 32.467...
        (Fraction(1, 8), "2", "0.13", "0,13"),  # 0.125: a half is rounded up, as in print
        (0.5, "0", "1", "1"),
        (Decimal("21.5"), "", "21.5", "21,5"),
        (2009, "plain", "2009", "2009"),
        ("2009-2011", "range", "2009–2011", "2009–2011"),
        ("/2010", "range", "2010", "2010"),
        ("4", "words", "four", "empat"),  # as printed in the study
        (6, "words", "six", "enam"),
        (25, "Words", "Twenty-five", "Dua puluh lima"),
        (dt.date(2010, 11, 20), "", "20 November 2010", "20 November 2010"),
        (dt.date(2010, 12, 9), "d MMM y", "9 Dec 2010", "9 Des 2010"),
        (Label("Africa", "Afrika"), "", "Africa", "Afrika"),
    ],
)
def test_each_language_writes_its_own_way(value, spec, english, indonesian):
    if isinstance(value, dt.date) and not spec:
        assert write(value, "en") in ("20 November 2010", "November 20, 2010")
    else:
        assert write(value, "en", spec) == english
    assert write(value, "id", spec) == indonesian


def test_what_no_language_writes_is_an_error():
    with pytest.raises(ValueError, match="list"):
        write([1], "en")


def test_the_language_is_chosen_from_argument_then_environment(monkeypatch):
    monkeypatch.delenv("YPP_LANG", raising=False)
    assert language() == "en"
    monkeypatch.setenv("YPP_LANG", "id")
    assert language() == "id"
    assert language("en") == "en"
    with pytest.raises(ValueError, match="'fr'"):
        language("fr")


def _texts(told, place=""):
    """Every text under its place in the file."""
    for key, inside in told.items() if isinstance(told, dict) else enumerate(told):
        here = f"{place}.{key}"
        yield from _texts(inside, here) if isinstance(inside, dict | list) else [(here, inside)]


def test_both_languages_have_the_same_texts():
    assert dict(_texts({"a": {"b": "x"}, "c": ["y"]})) == {".a.b": "x", ".c.0": "y"}
    assert dict(_texts(texts("en"))).keys() == dict(_texts(texts("id"))).keys()


def test_both_languages_ask_for_the_same_numbers_on_the_site():
    def asked(lang):
        return {at: sorted(placeholders(text)) for at, text in _texts(texts(lang)["site"])}

    assert asked("en") == asked("id")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id", ids())
def test_every_placeholder_is_filled(id, lang, tables):
    exhibit = Exhibit(id, tables, lang=lang)
    for text in (exhibit.title, exhibit.caption, exhibit.reading, exhibit.caveat, exhibit.alt):
        assert text
        assert not re.search(r"[{}]|\bnan\b|<NA>|Fraction", text)


@pytest.mark.parametrize("id", ids())
def test_no_indonesian_sentence_begins_with_a_figure(id, tables):
    """The spelling rules (EYD V) want words there."""
    exhibit = Exhibit(id, tables, lang="id")
    words = exhibit.words()
    shown = (exhibit.title, words["subtitle"], exhibit.caption, exhibit.reading, exhibit.caveat)
    for text in (*shown, words["source"], words["alt_span"]):
        assert not re.search(r"(^|[.!?] )\d", text), text


@pytest.mark.parametrize("id", ids())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_names_source_and_licence(id, lang, tables):
    """A figure travels without its page: its note says where the numbers are from and whose."""
    words = Exhibit(id, tables, lang=lang).words()
    assert re.match(r"(Sources?|Sumber): ", words["source"])
    assert texts(lang)["common"]["study"] in words["source"] or id in ("graph-1-2", "tier-history")
    ours = r"own (computation|work|grouping)|\bours\b|\bhere\b|sendiri|di sini|direkonstruksi"
    assert re.search(ours, words["source"])
    assert "CC\u00a0BY" in words["credit"]


NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dua|tiga|empat|lima|enam"
NUMBER_WORDS += "|tujuh|delapan|sembilan|sepuluh|sebelas|kedua|ketiga|keempat|keenam|kesembilan"
# Parts of the drawing, and how often, are no findings.
DRAWN_OR_SAID = "two blocks|dua blok|three columns|tiga kolom|ten times|sepuluh kali|second share"
DRAWN_OR_SAID += "|two digits|dua digit|persentase kedua|dua kali|signed twice"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_number_is_typed_that_could_be_computed(lang):
    """Only names of tables and charts, pages, dates and report titles may hold digits."""
    allowed = r"(Table|Tabel|Diagram|Graph|Grafik|Tier|Statistics|CC.BY|YPP)\s?[\d.]+|\{[^}]*\}"
    allowed += r"|(pp?\.|hlm\.)\s[\d,\sandian–]+|\b\d{1,2}\s\w+\s20\d\d|20\d\d(–20\d\d)?"
    for group in (texts(lang)["common"], *texts(lang)["exhibits"].values()):
        for key, text in group.items():
            counted = re.sub(DRAWN_OR_SAID, "", text)
            assert not re.search(rf"\b({NUMBER_WORDS})\b", counted, re.IGNORECASE), (key, text)
            assert not re.search(r"\d", re.sub(allowed, "", text)), (key, text)


def test_an_unknown_placeholder_is_named(tables):
    with pytest.raises(ValueError, match="no_such_finding"):
        fill("{no_such_finding}", tables, "en")


PACKAGE = json.loads((shipped_dir() / "datapackage.json").read_text(encoding="utf-8"))
TABLES = {table["name"]: table for table in PACKAGE["resources"]}
FIELDS = [field for table in TABLES.values() for field in table["schema"]["fields"]]


def test_the_dictionary_has_exactly_what_the_data_package_has():
    indonesian = dictionary()
    assert indonesian.keys() == {"tables", "fields", "units", "types"}
    assert indonesian["tables"].keys() == TABLES.keys()
    assert all(table.keys() == {"title", "description"} for table in indonesian["tables"].values())
    assert indonesian["fields"].keys() == {field["description"] for field in FIELDS}
    assert indonesian["units"].keys() == {field["unit"] for field in FIELDS if "unit" in field}
    assert indonesian["types"].keys() == {field["type"] for field in FIELDS}


def test_the_dictionary_keeps_numbers_and_names_of_the_data_package():
    """A description that changes its numbers in English must change them in Indonesian."""
    pairs = list(dictionary()["fields"].items())
    for name, table in dictionary()["tables"].items():
        pairs += [(TABLES[name][key], table[key]) for key in table]
    kept = re.compile(r"\d+|\{\w+\}|\w+\.json")
    for english, indonesian in pairs:
        assert indonesian.strip(), english
        assert sorted(kept.findall(indonesian)) == sorted(kept.findall(english)), english
