"""What a table may say otherwise than the study's does, figures and descriptions say too."""

import csv
import io
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text
from profiles import FEW

from ypp_analysis.datasets import load_all
from ypp_analysis.datasets.register import own
from ypp_analysis.datasets.validation import validate
from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.findings import Reads
from ypp_analysis.ledger import chains
from ypp_analysis.project import shipped_dir
from ypp_analysis.wording import LANGUAGES

REGISTER = own(shipped_dir())
RAW = {table.path: (shipped_dir() / table.path).read_bytes() for table in REGISTER}
HOW = ["exact", "about", "more_than", "less_than", "at_least"]
SAID = {
    "en": ["777", "about 777", "more than 777", "less than 777", "at least 777"],
    "id": ["777", "sekitar 777", "lebih dari 777", "kurang dari 777", "setidaknya 777"],
}


def drawn(exhibit, lang):
    """Every text of a figure, the lines of a box or note joined."""
    return " ".join(text.get_text() for text in exhibit.figure(lang).findobj(Text))


def changed(tables, table, row, **cells):
    frame = tables[table].copy()
    for column, value in cells.items():
        frame.loc[frame.iloc[:, 0] == row, column] = value
    return {**tables, table: frame}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    ("id", "table", "row", "cells"),
    [
        ("petition", "petition", "concert", {"qualifier": None, "signatures_n": 777}),
        ("petition", "petition", "water-festival", {"qualifier": None, "signatures_n": 777}),
        ("reach", "outcomes", "direct-support", {"qualifier": None, "value_n": 777}),
        ("programme-logic", "outcomes", "direct-support", {"qualifier": None, "value_n": 777}),
        (
            *("network-growth", "ecpat_growth", "study-2007"),
            {"groups_qualifier": None, "groups_n": 777},
        ),
        (
            *("network-growth", "ecpat_growth", "ecpat-2021"),
            {"countries_qualifier": None, "countries_n": 777},
        ),
    ],
)
def test_a_number_is_said_as_it_is_qualified(tables, id, table, row, cells, how, lang):
    cells = {column: how if value is None else value for column, value in cells.items()}
    exhibit = Exhibit(id, changed(tables, table, row, **cells))
    said = SAID[lang][HOW.index(how)]
    others = [text for text in SAID[lang] if text not in said]
    for text in (drawn(exhibit, lang), exhibit.description(lang).values):
        assert said in text
        assert not any(other in text for other in others)


@pytest.mark.parametrize(
    ("share_pct", "how", "line", "described"),
    [
        # 81 of the 88 victims are the children or young people. Of both, by hand:
        (50, "less_than", "less than half", "less than half of 81: at most 40"),
        (40, "less_than", "less than 40%", "less than 40% of 88: at most 35"),  # 35.2
        (50, "more_than", "more than 50%", "more than 50% of 81: 41 to 81"),  # 40.5
        (50, "at_least", "at least 50%", "at least 50% of 88: 44 to 88"),
        (50, "about", "about 50%", "about 50% of 88: 40 to 48"),  # 45% is 39.6, 55% is 48.4
        (75, "exact", "75%", "75% of 81: 61"),  # 60.75
    ],
)
def test_a_share_is_read_as_it_is_qualified(tables, share_pct, how, line, described):
    row = "recruited-by-known"
    shares = changed(tables, "victim_shares", row, share_pct=share_pct, qualifier=how)
    exhibit = Exhibit("percent-readings", shares)
    assert f"Recruited by someone the victim knew: {line}" in drawn(exhibit, "en")
    assert f"Recruited by someone the victim knew, {described}" in exhibit.description("en").values


@pytest.mark.parametrize(
    ("id", "table", "row", "cells", "said"),
    [
        (
            *("reach", "outcomes", "direct-support", {"period": None}),
            {"en": "direct support, no period given", "id": "langsung, tanpa periode"},
        ),
        (
            *("joint-statistics", "joint_statistics", "2007-2008", {"coalition_ngos_n": None}),
            {
                "en": "2007–2008: 23 NGOs reported, size of the coalition not known",
                "id": "2007–2008: 23 LSM melapor, jumlah anggota koalisi tidak diketahui",
            },
        ),
        (
            *("joint-statistics", "joint_statistics", "2010", {"coalition_ngos_n": None}),
            {
                "en": "2010: NGOs reporting not known 39",
                "id": "2010: LSM pelapor tidak diketahui 39",
            },
        ),
        (
            *("programme-logic", "programme", "team", {"outcome": None}),
            {"en": "beside a coordinator", "id": "di samping koordinator"},
        ),
    ],
)
def test_what_is_blank_is_said_to_be_unknown(tables, id, table, row, cells, said):
    for lang, words in said.items():
        assert words in drawn(Exhibit(id, changed(tables, table, row, **cells)), lang)


def test_a_sign_is_drawn_or_refused(tables):
    latin = changed(tables, "ecpat_network", "americas", label_en="Amérique\nÅ – “x”")
    assert "Amérique" in drawn(Exhibit("table-1-1", latin), "en")
    other = changed(tables, "ecpat_network", "americas", label_id="亚")
    assert Exhibit("table-1-1", other).figure("en")  # the other language does not show it
    with pytest.raises(ValueError, match=r"ecpat_network\.csv, 'americas', column 'label_id'"):
        Exhibit("table-1-1", other).figure("id")


# Whatever cell is changed as the register allows: shown in words, or one message with its place.

PYTHON = re.compile(r"\bNone\b(?! (of|measures)\b)|\bnan\b|<NA>|\bNaT\b|\{'|Fraction\(|Timestamp")


def changes(table):
    """A cell of each column left blank, and one with each other value that it may have."""
    header, *rows = csv.reader(io.StringIO(RAW[table.path].decode(), newline=""))
    for field in table.fields:
        rules, at = field.get("constraints", {}), header.index(field["name"])
        values = [] if rules.get("required") else [""]
        for place, value in enumerate([*values, *rules.get("enum", [])]):
            others = [row for row in rows if row[at] != value]
            if others:
                yield header, rows, others[place % len(others)], at, value


CHANGES = [
    (table, *change)
    for table in REGISTER
    if table.path.endswith(".csv")
    for change in changes(table)
]


@pytest.fixture(scope="module")
def readers(tables):
    """The exhibits drawn from the cells of each table; those of the ledger only count."""
    found = {}
    for id in ids():
        reads = Reads(tables)
        _ = Exhibit(id, reads).words("en")["caption"]
        for name in reads.names if "claims" not in reads.names or id == "countries" else []:
            found.setdefault(name, []).append(id)
    return found


@FEW
@given(st.sampled_from(CHANGES))
def test_any_cell_that_may_be_is_shown_or_refused(readers, change):
    table, header, rows, row, at, value = change
    new = [[*r[:at], value, *r[at + 1 :]] if r is row else r for r in rows]
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([header, *new])
    files = {**RAW, table.path: written.getvalue().encode()}
    if faults := validate(REGISTER, files):
        assert all(fault.line and fault.remedy.endswith(".") for fault in faults)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        tables = load_all(data=folder)
    said = []
    try:
        for id in readers.get(table.name, []):
            exhibit = Exhibit(id, tables)
            for lang in LANGUAGES:
                said += [exhibit.describe(lang), drawn(exhibit, lang)]
        for chain in chains(tables, "id"):
            said += [chain.statement, chain.why, chain.transcription, chain.recomputed]
            said += [str(item.value) for item in chain.inputs]
    except ValueError as error:
        said = [str(error)]
        place, remedy = r"\w+\.csv", r"(Correct|Fill|Put|Name|Write) [^.]+(\.csv)?[^.]*\.$"
        assert re.search(place, said[0]), said
        assert re.search(remedy, said[0]), said
    assert not any(map(PYTHON.search, said))
