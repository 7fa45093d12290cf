"""The raw tables as a data package: what any program that reads one relies on."""

import hashlib
import json
import shutil
import socket

import pytest
from frictionless import Package, fields

from ypp_analysis.datasets import check, load, loading, sources
from ypp_analysis.datasets.reading import Dialect
from ypp_analysis.project import shipped_dir

RAW = shipped_dir()
PACKAGE = json.loads((RAW / "datapackage.json").read_text(encoding="utf-8"))
TABLES = {table["name"]: table for table in PACKAGE["resources"]}
FIELDS = [
    pytest.param(field, id=f"{name}.{field['name']}")
    for name, table in TABLES.items()
    for field in table["schema"]["fields"]
]
KINDS = {
    "string": fields.StringField,
    "integer": fields.IntegerField,
    "number": fields.NumberField,
    "date": fields.DateField,
}


def test_the_frictionless_program_finds_the_package_valid_without_a_network(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("looked an address up"))
    report = Package(str(RAW / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert {task.name: task.stats["rows"] for task in report.tasks} == {
        name: table["rows"] for name, table in TABLES.items()
    }


def test_the_frictionless_program_finds_the_same_faults_in_the_same_places(tmp_path):
    folder = shutil.copytree(RAW, tmp_path / "raw")
    changes = {
        "victims.csv": [("75%,66", "101%,many"), ("\nadults,", "\nchildren,")],
        "petition.csv": [("2010-11-20", "2010-02-30"), (",Water Festival,", ",,")],
        "victim_shares.csv": [
            (",92,", ",101,"),
            (",50,", ",-50,"),
            ("exact,,study", "exactly,,nobody"),
        ],
        "pages.csv": [("13,2122", "14,2122"), ("12,1922", "12")],
        "outcomes.csv": [(",27,,organisations", ',"1,200",,organisations')],
    }
    for file, swaps in changes.items():
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in swaps:
            text = text.replace(old, new, 1)
        (folder / file).write_text(text, encoding="utf-8")

    report = Package(str(folder / "datapackage.json")).validate()
    theirs = set()
    for task in report.tasks:
        for error in task.errors:
            about = error.to_dict()
            if "rowNumber" in about:  # neither the hash nor the number of rows of a whole file
                columns = about.get("fieldNames") or [about.get("fieldName")]
                theirs |= {(task.place, about["rowNumber"], column) for column in columns}
    ours = {(fault.file, fault.line, fault.column) for fault in check(folder)}
    # Both name the row that is cut short; frictionless also the column that it lacks, and it
    # names no column for a key that stands twice.
    assert {("pages.csv", 13, "first_line"), ("victims.csv", 3, None)} <= theirs
    assert {("pages.csv", 13, ""), ("victims.csv", 3, "age_group")} <= ours
    assert ours - {("pages.csv", 13, ""), ("victims.csv", 3, "age_group")} == theirs - {
        ("pages.csv", 13, "first_line"),
        ("victims.csv", 3, None),
    }


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_is_registered_whole(table):
    content = (RAW / table["path"]).read_bytes()
    assert table["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert b"\r" not in content
    assert content.endswith(b"\n")
    text = content.decode("utf-8")
    rows = len(json.loads(text)) if table["format"] == "json" else len(text.splitlines()) - 1
    assert table["rows"] == rows
    assert table["title"]
    assert table["description"].endswith(".")
    names = [field["name"] for field in table["schema"]["fields"]]
    assert set(table["schema"]["primaryKey"]) <= set(names)
    for key in table["schema"].get("foreignKeys", []):
        target = TABLES[key["reference"]["resource"]]["schema"]
        assert set(key["fields"]) <= set(names)
        assert key["reference"]["fields"] == target["primaryKey"]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_csv_table_is_written_in_the_one_dialect(table):
    if table["format"] == "csv":
        dialect = table["dialect"]["csv"]
        assert dialect == {
            "delimiter": Dialect.delimiter,
            "quoteChar": Dialect.quotechar,
            "doubleQuote": Dialect.doublequote,
        }
    assert table["encoding"] == "utf-8"


@pytest.mark.parametrize("field", FIELDS)
def test_a_column_says_what_it_holds(field):
    assert field["description"]
    constraints = set(field.get("constraints", {}))
    assert constraints <= {*KINDS[field["type"]].supported_constraints, "unique"}
    if field["name"].endswith(("_n", "_pct", "_h")) or field["type"] == "number":
        assert field["unit"], "a count or measure has a unit"
    if field.get("unit") == "percent":
        assert (field["constraints"]["minimum"], field["constraints"]["maximum"]) == (0, 100)


def test_every_file_beside_the_register_is_in_it():
    files = {path.name for path in RAW.iterdir()} - {"datapackage.json"}
    assert files == {table["path"] for table in TABLES.values()}


@pytest.mark.parametrize("name", [name for name in TABLES if name != "sources"])
def test_every_source_of_a_row_is_known(name):
    frame, known = load(name), sources()
    for column in {"source", "cited_source"} & set(frame):
        assert set(frame[column].dropna()) <= set(known)
    if "source" in frame:
        assert frame["source"].notna().all()
        from_study = frame[frame["source"] == "study"]
        assert from_study.get(["page", "section"], from_study).notna().all(axis=None)


def test_what_the_package_is_transcribed_from_is_a_source():
    assert [work["title"] for work in PACKAGE["sources"]] == [sources()["study"]["title"]]


def test_a_file_of_the_study_that_is_not_as_registered_is_named(tmp_path, monkeypatch):
    assert loading.unregistered() == []
    shutil.copytree(shipped_dir(), tmp_path / "raw")
    path = tmp_path / "raw" / "tip_tiers.csv"
    path.write_bytes(path.read_bytes().replace(b"Tier 3", b"Tier 2", 1))
    monkeypatch.setattr(loading, "shipped_dir", lambda: tmp_path / "raw")
    assert loading.unregistered() == ["tip_tiers.csv"]
