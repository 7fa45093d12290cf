"""Loading raw tables, and the one error that lists every fault of a folder."""

import csv
import hashlib
import importlib
import io
import json
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ypp_analysis
from ypp_analysis import project
from ypp_analysis.datasets import (
    DataError,
    Fault,
    check,
    load,
    load_all,
    loading,
    reading,
    sources,
    tables,
)

RAW = project.shipped_dir()
REGISTER = json.loads((RAW / "datapackage.json").read_text(encoding="utf-8"))
TABLES = {table["name"]: table for table in REGISTER["resources"]}
DTYPES = {"string": "str", "integer": "Int64", "number": "Float64", "date": "datetime64[us]"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing here may look an address up or connect."""

    def refuse(*args, **kwargs):
        raise AssertionError(f"a connection was tried: {args}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def folder(tmp_path):
    """A copy of the raw tables that a test may spoil."""
    return Path(shutil.copytree(RAW, tmp_path / "my tables"))


def swap(file, old, new):
    """Replace the one place where a text or some bytes stand in a file."""

    def edit(folder):
        path = folder / file
        before, after = (t if isinstance(t, bytes) else t.encode() for t in (old, new))
        content = path.read_bytes()
        assert content.count(before) == 1, f"{old!r} stands {content.count(before)} times"
        path.write_bytes(content.replace(before, after))

    return edit


def rewrite(file, change):
    """Change the whole content of a file, bytes to bytes."""
    return lambda folder: (folder / file).write_bytes(change((folder / file).read_bytes()))


def snapshot(folder):
    """What stands in a folder, by name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# A row: what is planted, then the file, line, column and value it must be told with, words of
# the rule, words of what to do. Lines and values are read off the shipped files by hand.
PLANTED = {
    "missing-column": (
        rewrite("pages.csv", lambda raw: raw.replace(b"page,first_line", b"page,first")),
        ("pages.csv", 1, "first_line", None, "the table has this column", "Add it"),
        ("pages.csv", 1, "first", "first", "the columns are page, first_line", "Remove the column"),
    ),
    "column-removed-from-the-middle": (
        rewrite("pages.csv", lambda raw: b"".join(x.split(b",")[1] for x in raw.splitlines(True))),
        ("pages.csv", 1, "page", None, "the table has this column", "Add it"),
    ),
    "extra-column": (
        rewrite("pages.csv", lambda raw: raw.replace(b"\n", b",x\n")),
        ("pages.csv", 1, "x", "x", "the columns are page, first_line", "Remove the column"),
    ),
    "column-twice": (
        rewrite("pages.csv", lambda raw: re.sub(rb"(?m)^(\w+),.*$", rb"\g<0>,\1", raw)),
        ("pages.csv", 1, "page", "page", "a column stands once", "Remove one"),
    ),
    "wrong-type": (
        swap("victims.csv", "75%,66", "75%,many"),
        ("victims.csv", 2, "victims_n", "many", "must be a whole number", "without separators"),
    ),
    "point-in-whole-number": (
        swap("victims.csv", "25%,22", "25%,1.200"),
        ("victims.csv", 3, "victims_n", "1.200", "must be a whole number", "1200, not 1.200"),
    ),
    "comma-in-whole-number": (
        swap("victims.csv", "75%,66", '75%,"1,200"'),
        ("victims.csv", 2, "victims_n", "1,200", "must be a whole number", "1200, not 1.200"),
    ),
    "unquoted-comma-in-whole-number": (
        swap("victims.csv", "75%,66", "75%,1,200"),
        ("victims.csv", 2, "victims_n", "1,200", "must be a whole number", "1200, not 1.200"),
    ),
    "underscore-in-whole-number": (
        swap("victims.csv", "75%,66", "75%,1_200"),
        ("victims.csv", 2, "victims_n", "1_200", "must be a whole number", "without separators"),
    ),
    "decimal-comma": (
        swap("petition.csv", ",1.5,", ',"1,5",'),
        ("petition.csv", 2, "duration_h", "1,5", "must be a number", "a point before the decimals"),
    ),
    "not-a-number": (
        swap("petition.csv", ",1.5,", ",NaN,"),
        ("petition.csv", 2, "duration_h", "NaN", "must be a number", "no other separator"),
    ),
    "no-such-day": (
        swap("petition.csv", "2010-11-20", "2010-02-30"),
        ("petition.csv", 3, "date_start", "2010-02-30", "date of the calendar", "2010-11-20"),
    ),
    "day-first": (
        swap("petition.csv", "2010-11-20", "20/11/2010"),
        ("petition.csv", 3, "date_start", "20/11/2010", "date of the calendar", "year, month"),
    ),
    "negative-count": (
        swap("victims.csv", "75%,66", "75%,-66"),
        ("victims.csv", 2, "victims_n", "-66", "must be at least 0 (people)", "Look the value up"),
    ),
    "percentage-over-100": (
        swap("victim_shares.csv", ",92,", ",101,"),
        ("victim_shares.csv", 2, "share_pct", "101", "must be at most 100 (percent)", "Look"),
    ),
    "printed-percentage-over-100": (
        swap("victims.csv", "75%", "101%"),
        ("victims.csv", 2, "share_printed", "101%", "as printed, at most 100%", "in this form"),
    ),
    "printed-share-over-100": (
        swap("victim_shares.csv", "92%", '"100,5%"'),
        ("victim_shares.csv", 2, "share_printed", "100,5%", "at most 100%", "in this form"),
    ),
    "unknown-word": (
        swap("victims.csv", "66,derived", "66,guessed"),
        ("victims.csv", 2, "victims_basis", "guessed", "one of printed, derived", "Take one"),
    ),
    "duplicate-key": (
        swap("victims.csv", "\nadults,", "\nchildren,"),
        ("victims.csv", 3, "age_group", "children", "stands once; line 2 has the same", "Remove"),
    ),
    "duplicate-key-of-two-columns": (
        swap("tip_tiers.csv", "KHM,2002,Tier 3", "KHM,2001,Tier 3"),
        ("tip_tiers.csv", 3, "country_iso3, report_year", "KHM, 2001", "line 2 has the same", "Re"),
    ),
    "unknown-country": (
        swap("tip_tiers.csv", "KHM,2024", "XXX,2024"),
        (
            "tip_tiers.csv",
            25,
            "country_iso3",
            "XXX",
            "country_iso3 of ypp_countries.csv",
            "Correct",
        ),
    ),
    "unknown-source": (
        swap("petition.csv", "100,3400,exact,,study", "100,3400,exact,,nobody"),
        ("petition.csv", 4, "source", "nobody", "must be a known id of sources.json", "Correct it"),
    ),
    "blank-required-cell": (
        swap("victims.csv", "75%,66", "75%,"),
        ("victims.csv", 2, "victims_n", "", "must not be blank", "Fill in the cell"),
    ),
    "blank-required-label": (
        swap("petition.csv", ",Water Festival,", ",,"),
        ("petition.csv", 3, "label_en", "", "must not be blank", "Fill in the cell"),
    ),
    "cell-of-spaces": (
        swap("victims.csv", "children,Children", "children,  "),
        ("victims.csv", 2, "label_en", "  ", "must not begin or end with a space", "Remove"),
    ),
    "semicolons": (
        rewrite("pages.csv", lambda raw: raw.replace(b",", b";")),
        (
            "pages.csv",
            1,
            "",
            "page;first_line",
            "separated by commas, not by ';'",
            "CSV with commas",
        ),
    ),
    "latin-1": (
        swap("victims.csv", "Orang dewasa", "Orang dewás".encode("latin-1")),
        ("victims.csv", 3, "label_id", "Orang dewás", "a file is UTF-8", "save it as UTF-8"),
    ),
    "latin-1-in-json": (
        swap("sources.json", b'"publisher": "mysharing.co"', b'"publisher": "mysharing\xe9"'),
        (
            "sources.json",
            13,
            "",
            '"publisher": "mysharingé",',
            "a file is UTF-8",
            "save it as UTF-8",
        ),
    ),
    "bom": (
        rewrite("victims.csv", lambda raw: b"\xef\xbb\xbf" + raw),
        ("victims.csv", 1, "", "\ufeff", "byte order mark (BOM)", "without BOM"),
    ),
    "utf-16": (
        rewrite("pages.csv", lambda raw: raw.decode().encode("utf-16")),
        ("pages.csv", 1, "", r"b'\xff\xfe'", "a file is UTF-8", "save"),
    ),
    "empty-file": (
        rewrite("pages.csv", lambda raw: b""),
        ("pages.csv", 1, "", "", "a header and at least one row", "Fill in"),
    ),
    "header-only": (
        rewrite("pages.csv", lambda raw: raw.splitlines(keepends=True)[0]),
        ("pages.csv", 1, "", "page,first_line", "at least one row", "Add the rows"),
    ),
    "formula": (
        swap("victims.csv", "children,Children", '"children","=HYPERLINK(""x"")"'),
        ("victims.csv", 2, "label_en", '=HYPERLINK("x")', "runs as a formula", "the value itself"),
    ),
    "formula-that-looks-like-a-number": (
        swap("victims.csv", "children,Children", "children,-2+3+cmd|' /C calc'!A0"),
        ("victims.csv", 2, "label_en", "-2+3+cmd|' /C calc'!A0", "runs as a formula", "the value"),
    ),
    "formula-of-a-function": (
        swap("victims.csv", "children,Children", "children,@SUM(A1)"),
        ("victims.csv", 2, "label_en", "@SUM(A1)", "runs as a formula", "the value itself"),
    ),
    "missing-file": (
        lambda folder: (folder / "pages.csv").unlink(),
        ("pages.csv", None, "", None, "the folder holds every table", "Copy the file"),
    ),
    "broken-json": (
        swap("sources.json", '"id": "mysharing-ecpat",', '"id": "mysharing-ecpat"'),
        ("sources.json", 11, "", '"type": "webpage",', "the file is JSON", "Correct it"),
    ),
    "json-without-a-list": (
        rewrite("sources.json", lambda raw: b'{"id": "study"}'),
        ("sources.json", 1, "", '{"id": "study"}', "a list of objects", "Put [ and ]"),
    ),
    "json-entry-without-title": (
        swap("sources.json", '"title": "[ECPAT International,', '"titel": "[ECPAT International,'),
        ("sources.json", 9, "title", None, "must not be blank", "Fill in"),
    ),
    "json-number-for-text": (
        swap("sources.json", '"title": "Caught in Modern Slavery: ', '"title": 5, "note": "'),
        ("sources.json", 26, "title", "5", "must be text", "Put it in quotes"),
    ),
    "json-entry-that-is-none": (
        rewrite("sources.json", lambda raw: raw.replace(b"[", b'["loose",', 1)),
        ("sources.json", 1, "", "loose", "each entry is an object", "Put { and }"),
    ),
    "quote-without-end": (
        swap("pages.csv", "\n12,1922", '\n12,"1922'),
        ("pages.csv", 13, "", '12,"1922', "quotes are paired", "Later lines were not checked"),
    ),
    "empty-line": (
        swap("victims.csv", "\nadults", "\n\nadults"),
        ("victims.csv", 3, "", "", "no empty lines", "Remove the line"),
    ),
    "too-few-cells": (
        swap("victims.csv", "adults,Adults,", "adults,"),
        (
            "victims.csv",
            3,
            "",
            "adults,Orang dewasa,25%,22,derived,88,study,6,content",
            "a row has 10 cells",
            "Put quotes",
        ),
    ),
}


def told(fault, expected):
    """Whether a fault, and the line that tells it, say what is expected."""
    file, line, column, value, rule, remedy = expected
    text = str(fault)
    return (
        (fault.file, fault.line, fault.column, fault.value) == (file, line, column, value)
        and text.startswith(f"{file}, line {line}" if line else f"{file}: ")
        and (f"column {column!r}" in text) == bool(column)
        and ("received nothing" if value is None else f"received {value!r}") in text
        and rule in text
        and remedy in text
    )


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_told_with_place_value_rule_and_remedy(planted, folder):
    edit, *expected = PLANTED[planted]
    edit(folder)
    with pytest.raises(DataError) as caught:
        load("sections", data=folder)  # a table that is itself in order
    found = caught.value.faults
    for each in expected:
        assert any(told(fault, each) for fault in found), f"{each} not in:\n{caught.value}"
    assert all(str(fault) in str(caught.value) for fault in found)
    # Beside the planted ones there may only be rows that refer to what was lost.
    others = [f for f in found if not any(told(f, each) for each in expected)]
    assert all("must be a known" in fault.rule for fault in others), str(caught.value)


def test_each_of_several_faults_is_listed_once_in_the_order_of_files_and_lines(folder):
    together = ["semicolons", "no-such-day", "bom", "formula", "unknown-source", "wrong-type"]
    together += ["point-in-whole-number", "percentage-over-100", "blank-required-label"]
    expected = []
    for name in together:
        edit, *wanted = PLANTED[name]
        edit(folder)
        expected += wanted
    found = check(folder)
    for each in expected:
        assert len([fault for fault in found if told(fault, each)]) == 1, each
    assert len(found) == len(expected)
    order = [table["path"] for table in REGISTER["resources"]]
    assert found == sorted(found, key=lambda fault: (order.index(fault.file), fault.line))
    with pytest.raises(DataError, match=f"^{len(found)} faults in the raw tables of .*my tables"):
        load_all(data=folder)


def test_a_reference_that_is_miswritten_is_not_also_unknown(folder):
    swap("victims.csv", "75%,66,derived,88,study", "75%,66,derived,88, study")(folder)
    (fault,) = check(folder)
    assert (fault.column, fault.value) == ("source", " study")
    assert "begin or end with a space" in fault.rule


def test_checking_writes_nothing(folder):
    PLANTED["formula"][0](folder)
    before, shipped = snapshot(folder), snapshot(RAW)
    check(folder)
    with pytest.raises(DataError):
        load("victims", data=folder)
    assert (snapshot(folder), snapshot(RAW)) == (before, shipped)


@pytest.mark.parametrize("text", ["-5", "+3,5%", "--12-09", "2010", "a = b", "A-level", "5-6"])
def test_text_that_no_spreadsheet_runs_is_no_fault(text, folder):
    swap("victims.csv", "children,Children", f'children,"{text}"')(folder)
    assert load("victims", data=folder)["label_en"][0] == text


@pytest.mark.parametrize("printed", ["0%", "9,5%", "75.0 %", "100%", "100,00%"])
def test_percentages_up_to_100_are_no_fault(printed, folder):
    swap("victims.csv", "75%", f'"{printed}"')(folder)
    assert load("victims", data=folder)["share_printed"][0] == printed


def test_columns_may_stand_in_another_order(folder):
    rows = [line.split(",") for line in (folder / "pages.csv").read_text().splitlines()]
    (folder / "pages.csv").write_text("".join(f"{b},{a}\n" for a, b in rows))
    frame = load("pages", data=folder)
    assert list(frame) == ["first_line", "page"]
    pd.testing.assert_frame_equal(frame[["page", "first_line"]], load("pages"))


def test_windows_line_ends_are_no_fault(folder):
    rewrite("victims.csv", lambda raw: raw.replace(b"\n", b"\r\n"))(folder)
    pd.testing.assert_frame_equal(load("victims", data=folder), load("victims"))


def test_a_line_is_counted_past_a_cell_of_several_lines(folder):
    swap("victims.csv", "children,Children", 'children,"Chil\ndren"')(folder)
    swap("victims.csv", "25%,22", "25%,x")(folder)
    assert [(f.line, f.column) for f in check(folder)] == [(4, "victims_n")]


def test_another_folder_is_loaded_once_it_is_sound(folder):
    swap("victims.csv", "75%,66", "75%,65")(folder)
    assert load("victims", data=folder)["victims_n"].tolist() == [65, 22]
    assert load("victims")["victims_n"].tolist() == [66, 22]  # printed under Diagram 1.3


def test_the_variable_names_a_folder_and_an_argument_overrules_it(folder, monkeypatch):
    swap("victims.csv", "75%,66", "75%,65")(folder)
    monkeypatch.setenv("YPP_DATA", str(folder))
    assert load("victims")["victims_n"][0] == 65
    assert load("victims", data=RAW)["victims_n"][0] == 66
    monkeypatch.setenv("YPP_DATA", "")
    assert load("victims")["victims_n"][0] == 66


def test_a_folder_that_is_none_is_named(tmp_path, monkeypatch):
    missing = tmp_path / "nowhere"
    with pytest.raises(ValueError, match=r"given as '.*nowhere', but there is no such folder"):
        load("victims", data=missing)
    monkeypatch.setenv("YPP_DATA", str(missing))
    with pytest.raises(ValueError, match=r"YPP_DATA is '.*nowhere', but there is no such folder"):
        check()


def test_an_empty_folder_lacks_every_table(tmp_path):
    assert [fault.file for fault in check(tmp_path)] == [t["path"] for t in REGISTER["resources"]]


def test_an_unknown_table_is_named_with_all_known_ones():
    with pytest.raises(
        ValueError, match=r"No table is called 'victim'\. Known: .*victims"
    ) as error:
        load("victim")
    assert all(name in str(error.value) for name in TABLES)


# The register of another folder


def test_a_folder_needs_no_register(folder):
    (folder / "datapackage.json").unlink()
    pd.testing.assert_frame_equal(tables(data=folder), tables())


def test_a_folder_may_give_its_tables_other_titles_and_licences(folder):
    register = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    register["$schema"] = "https://example.org/never-fetched.json"
    register["resources"][0] |= {"title": "Works", "licenses": [{"name": "CC-BY-4.0"}], "rows": 1}
    (folder / "datapackage.json").write_text(json.dumps(register), encoding="utf-8")
    listed = tables(data=folder).set_index("name").loc["sources"]
    assert (listed["title"], listed["licence"]) == ("Works", "CC-BY-4.0")
    assert listed["rows"] == TABLES["sources"]["rows"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("path", "../outside.csv"),
        ("path", "/etc/hostname"),
        ("path", "https://example.org/victims.csv"),
        ("path", ["victims.csv", "more.csv"]),
        ("scheme", "https"),
        ("schema", "https://example.org/schema.json"),
        ("schema", {"$ref": "https://example.org/schema.json"}),
        ("dialect", {"csv": {"delimiter": ";"}}),
        ("encoding", "latin-1"),
    ],
)
def test_a_register_cannot_move_a_table_or_change_its_rules(key, value, folder):
    (folder.parent / "outside.csv").write_bytes((folder / "victims.csv").read_bytes())
    register = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    next(r for r in register["resources"] if r["name"] == "victims")[key] = value
    (folder / "datapackage.json").write_text(json.dumps(register), encoding="utf-8")
    (fault,) = check(folder)
    assert (fault.file, fault.column) == ("datapackage.json", f"victims.{key}")
    assert fault.value == json.dumps(value)
    assert "as in the study's register" in fault.rule
    assert "Copy it" in fault.remedy
    with pytest.raises(DataError, match=rf"column 'victims\.{key}'"):
        load("victims", data=folder)


def test_a_register_has_the_tables_of_the_study(folder):
    register = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    register["resources"][0]["name"] = "works"
    (folder / "datapackage.json").write_text(json.dumps(register), encoding="utf-8")
    (fault,) = check(folder)
    assert fault.value.startswith("works, sections")
    assert fault.rule.startswith("the tables are sources, sections")


@pytest.mark.parametrize(
    ("content", "line", "value"),
    [
        ('{\n "name": "x",,\n}', 2, '"name": "x",,'),
        ("[]", 1, "[]"),
        ('{"resources": [{}]}', 1, '{"resources": [{}]}'),
        ('{"resources": 5}', 1, '{"resources": 5}'),
        ("[" * 100_000, 1, "[" * 100_000),
        ("", 1, ""),
    ],
)
def test_a_broken_register_is_one_fault(content, line, value, folder):
    (folder / "datapackage.json").write_text(content)
    (fault,) = check(folder)
    assert (fault.file, fault.line, fault.value) == ("datapackage.json", line, value)
    assert "JSON of a data package" in fault.rule
    assert "remove it" in fault.remedy


def test_a_link_out_of_the_folder_is_not_followed(folder):
    outside = shutil.move(folder / "victims.csv", folder.parent / "outside.csv")
    (folder / "victims.csv").symlink_to(outside)
    (fault,) = check(folder)
    assert (fault.file, fault.value) == ("victims.csv", None)


# The study's own tables


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_study_loads_as_its_register_says(name):
    frame, fields = load(name), TABLES[name]["schema"]["fields"]
    assert len(frame) == TABLES[name]["rows"]
    assert list(frame) == [field["name"] for field in fields]
    assert {c: str(t) for c, t in frame.dtypes.items()} == {
        f["name"]: DTYPES[f["type"]] for f in fields
    }
    if name != "sources":  # pandas' own reader must see the same cells
        written = pd.read_csv(RAW / TABLES[name]["path"], dtype="str", keep_default_na=False)
        assert (frame.isna() == (written == "")).all(axis=None)
        text = [field["name"] for field in fields if field["type"] == "string"]
        pd.testing.assert_frame_equal(frame[text].fillna(""), written[text])


def test_the_tables_of_the_study_are_in_order():
    assert check() == []


def test_values_are_those_the_study_prints():
    victims = load("victims").set_index("age_group")
    assert victims.loc["children", "victims_n"] == 66  # 75% of 88
    assert victims["victims_n"].sum() == 88
    festival = load("petition").set_index("collection").loc["water-festival"]
    assert festival["date_start"] == pd.Timestamp(2010, 11, 20)
    assert load("petition")["duration_h"].dropna().tolist() == [1.5]


def test_a_frame_is_the_callers_own():
    for frame in (load("victims"), load_all()["victims"]):
        frame["victims_n"] = 0
        frame.loc[0, "base_n"] = 0
    assert load("victims")["victims_n"].tolist() == [66, 22]
    assert load("victims")["base_n"].tolist() == [88, 88]
    sources()["study"]["title"] = ""
    assert sources()["study"]["title"]


def test_all_tables_are_listed_with_what_they_are():
    listed = tables().set_index("name")
    assert list(listed.index) == list(load_all()) == list(TABLES)
    for name, table in TABLES.items():
        row = listed.loc[name]
        assert (row["title"], row["description"]) == (table["title"], table["description"])
        assert (row["rows"], row["fields"]) == (table["rows"], len(table["schema"]["fields"]))
        assert (row["path"], row["licence"]) == (table["path"], "CC0-1.0")
    assert listed.loc["victims", "source"] == "study"
    assert listed.loc["pages", "source"] == sources()["study"]["title"]
    # 163 documents are named, most often the three panels that cover every year
    assert listed.loc["tip_witnesses", "source"].endswith(" and 160 more")


def test_sources_are_whole_and_by_id():
    entries = sources()
    assert list(entries) == load("sources")["id"].tolist()
    assert entries["study"]["language"] == "id"


def test_a_file_with_the_registered_hash_is_read_straight(monkeypatch):
    monkeypatch.setattr(loading, "validate", lambda *_: pytest.fail("validated"))
    assert len(load_all()) == len(TABLES)


@pytest.fixture
def checkout(folder, monkeypatch):
    """A checkout of its own, in which the package seems to stand."""
    root = folder.parent / "checkout"
    shutil.copytree(folder, root / "data" / "raw")
    (root / "pyproject.toml").touch()
    monkeypatch.setattr(project, "_PACKAGE", root / "ypp_analysis")
    return root


def test_an_edited_file_of_the_study_is_validated(checkout):
    raw = checkout / "data" / "raw"
    swap("victims.csv", "75%,66", "75%,65")(raw)
    assert load("victims")["victims_n"][0] == 65
    swap("victims.csv", "75%,65", "75%,-65")(raw)
    with pytest.raises(DataError, match="received '-65'"):
        load("victims")
    assert len(load("petition")) == 6  # untouched, so read straight


def test_a_broken_register_of_the_study_is_told(checkout):
    (checkout / "data" / "raw" / "datapackage.json").unlink()
    with pytest.raises(DataError, match=r"datapackage\.json, line 1: received nothing"):
        load("victims")


def test_folders_of_a_checkout(checkout):
    here = project.project()
    assert here.root == project.root() == checkout
    assert here.raw == project.raw_dir() == project.shipped_dir() == checkout / "data" / "raw"
    outputs = [here.processed, here.figures, here.notebooks, here.site]
    assert outputs == [checkout / p for p in ("data/processed", "figures", "notebooks", "site")]


def test_outside_a_checkout_tables_are_in_the_package_and_nothing_is_written(checkout, monkeypatch):
    (checkout / "pyproject.toml").unlink()
    assert project.root() is None
    assert project.raw_dir() == checkout / "ypp_analysis" / "data" / "raw"
    shutil.copytree(RAW, project.raw_dir())
    assert load("victims")["victims_n"].sum() == 88
    with pytest.raises(ValueError, match=r"runs from .*checkout.*, outside of any\. Clone"):
        project.project()


# The package


def test_importing_the_package_loads_nothing_heavy_and_shipped_tables_no_validator():
    code = """if True:
        import sys
        import ypp_analysis
        assert not {"pandas", "frictionless", "numpy"} & sys.modules.keys()
        ypp_analysis.load("victims")
        assert "frictionless" not in sys.modules
        ypp_analysis.check()
        assert "frictionless" in sys.modules
        assert "jsonschema" not in sys.modules  # seconds, where its address grammar is installed
    """
    where = project.shipped_dir().parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=where, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_name_of_the_package_is_there_and_stays_what_it_is():
    folder = Path(ypp_analysis.__file__).parent
    modules = [path.stem for path in folder.glob("*.py")] + [p.name for p in folder.glob("*/")]
    for name in set(ypp_analysis.__all__) - {"__version__"}:
        assert callable(getattr(ypp_analysis, name))
        assert name in dir(ypp_analysis)
        assert name not in modules, f"importing the module would replace the function {name}"
    importlib.import_module("ypp_analysis.datasets")
    assert len(ypp_analysis.tables()) == len(TABLES)
    with pytest.raises(AttributeError, match="no attribute 'tabels'"):
        ypp_analysis.tabels  # noqa: B018


def test_the_version_is_that_of_the_project():
    settings = tomllib.loads((project.project().root / "pyproject.toml").read_text("utf-8"))
    assert ypp_analysis.__version__ == settings["project"]["version"]


def test_faults_are_told_in_one_line_without_control_characters():
    fault = Fault("a.csv", 1, "x\n", "\x1b[2J" + "y" * 200, "a rule", "Do this.")
    assert str(fault).isprintable()
    assert len(str(fault)) < 200


# Any text survives being written as CSV by Python's own writer and read here.
CELLS = st.lists(
    st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2), min_size=1
)


@given(CELLS)
def test_cells_are_read_as_they_were_written(cells):
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *cells])
    sheet, faults = reading.read("x.csv", text.getvalue().encode(), [])
    assert faults == []
    assert [row for _, row in sheet.rows] == cells


@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.json"]))
def test_no_content_makes_reading_fail(content, file):
    sheet, faults = reading.read(file, content, ["id"])
    assert sheet is not None or faults
    for fault in faults:
        assert str(fault).isprintable()
