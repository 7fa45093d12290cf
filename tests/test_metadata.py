"""Metadata for machines name every file that there is, with the hash and the licence it has."""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest
from rocrate.rocrate import ROCrate

from ypp_analysis.datasets import sources
from ypp_analysis.project import project
from ypp_analysis.publish.licences import URLS, Licences
from ypp_analysis.publish.metadata import CRATE, DEPOSIT, metadata
from ypp_analysis.publish.study_record import VARIABLE

ROOT = project().root
GIT, REUSE = shutil.which("git"), shutil.which("reuse")


def committed():
    """Every file of the repository; without git, those of the folders that hold only such."""
    if GIT and (ROOT / ".git").exists():
        listed = subprocess.run([GIT, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
        return [PurePosixPath(name) for name in listed.stdout.decode().split("\0") if name]
    folders = (ROOT / name for name in ("data", "figures", "notebooks", "docs"))
    return [
        PurePosixPath(path.relative_to(ROOT).as_posix())
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    ]


@pytest.fixture(scope="module")
def crate():
    return json.loads((ROOT / CRATE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def entities(crate):
    found = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(found) == len(crate["@graph"])
    return found


def references(value):
    """Every id that is pointed at."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        else:
            for inner in value.values():
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_another_program_reads_the_crate(entities):
    crate = ROCrate(ROOT)
    assert crate.name == "YPP Analysis"
    files = {id for id, entity in entities.items() if entity["@type"] == "File"}
    assert {entity.id for entity in crate.data_entities if entity.type == "File"} == files
    assert not [entity.id for entity in crate.data_entities if not (ROOT / entity.id).exists()]


def test_the_crate_has_what_the_format_requires(entities):
    """RO-Crate 1.1: the descriptor, the root with its statements, and no loose end."""
    descriptor, root = entities[CRATE], entities["./"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert root["@type"] == "Dataset"
    for name in ("name", "description", "datePublished", "license"):
        assert root[name]
    given = {*entities, "https://w3id.org/ro/crate/1.1"}
    assert set(references(list(entities.values()))) <= given
    assert all(entity["name"] for id, entity in entities.items() if id != CRATE)


def test_every_file_of_data_figures_and_notebooks_is_in_the_crate(entities):
    folders = ("data", "figures", "notebooks")
    there = {str(path) for path in committed() if path.parts[0] in folders}
    described = {id for id in entities if id.split("/")[0] in folders and not id.endswith("/")}
    assert described == there


def test_hash_size_and_licence_are_those_of_the_file(entities):
    licences, checked = Licences(ROOT), 0
    for id, entity in entities.items():
        if entity["@type"] == "File":
            content = (ROOT / id).read_bytes()
            assert entity["sha256"] == hashlib.sha256(content).hexdigest(), id
            assert entity["contentSize"] == str(len(content))
            urls = [URLS[name] for name in licences.of(PurePosixPath(id))]
            assert list(references(entity["license"])) == urls
            assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", entity["encodingFormat"])
            checked += 1
    assert checked > 100


def test_a_figure_is_made_of_its_data(entities):
    figure = entities["figures/id/reach.svg"]
    assert figure["isBasedOn"] == {"@id": "data/processed/reach.csv"}
    assert figure["license"] == {"@id": URLS["CC-BY-4.0"]}
    assert figure["inLanguage"] == "id"
    assert entities["data/raw/victims.csv"]["license"] == {"@id": URLS["CC0-1.0"]}


def test_other_content_has_another_hash(tables):
    here = project()
    path = here.processed / "reach.csv"
    one, other = (metadata(here, tables, {path: content})[ROOT / CRATE] for content in (b"1", b"2"))
    assert one != other
    assert hashlib.sha256(b"2").hexdigest().encode() in other


def test_the_deposit_has_what_zenodo_asks_for():
    """Fields and values as its documentation of deposits lists them."""
    deposit = json.loads((ROOT / DEPOSIT).read_text(encoding="utf-8"))
    assert {"title", "description", "creators", "upload_type", "access_right", "license"} <= set(
        deposit
    )
    assert deposit["upload_type"] in {"software", "dataset", "publication"}
    assert deposit["access_right"] == "open"
    assert all(creator["name"] for creator in deposit["creators"])
    assert all(isinstance(keyword, str) for keyword in deposit["keywords"])
    known = {"title", "description", "creators", "upload_type", "access_right", "license"}
    assert set(deposit) <= known | {"version", "keywords", "notes", "references"}
    study = sources()["study"]["title"]
    assert study in deposit["description"]
    assert study in deposit["references"][0]
    assert deposit["license"] == "other-open"  # several, by kind of file, as the notes say


def test_every_description_names_the_study():
    study = sources()["study"]["title"]
    for name in (CRATE, DEPOSIT, "croissant.json", "CITATION.cff"):
        assert study in (ROOT / name).read_text(encoding="utf-8"), name


def test_a_table_is_made_of_the_tables_it_was_worked_out_from(entities):
    """By hand, from the captions: victims alone; the percentages and the victims they are of."""
    made_of = {
        "diagram-1-3": {"victims"},
        "percent-readings": {"victims", "victim_shares"},
        "timeline": {"activities", "petition"},
    }
    for id, names in made_of.items():
        found = set(references(entities[f"data/processed/{id}.csv"]["isBasedOn"]))
        assert found == {f"data/raw/{name}.csv" for name in names}
    assert len(entities["data/processed/claims.csv"]["isBasedOn"]) > 10
    assert all(entity.get("hasPart", True) for entity in entities.values())


def test_the_crate_has_what_a_reader_knows_of_the_study(tables, tmp_path, monkeypatch):
    def described():
        made = json.loads(metadata(project(), tables, {})[ROOT / CRATE])["@graph"]
        return {entity["@id"]: entity for entity in made}

    assert set(described()["#study"]) == {"@id", "@type", "name", "inLanguage"}
    record = tmp_path / "study.json"
    known = {"author": [{"family": "Contoh", "given": "Ayu"}], "container-title": "Jurnal Contoh"}
    record.write_text(json.dumps({**known, "issued": {"date-parts": [[2017]]}, "page": "1-13"}))
    monkeypatch.setenv(VARIABLE, str(record))
    found = described()
    study = found["#study"]
    assert (study["datePublished"], study["pagination"]) == ("2017", "1-13")
    assert found[study["author"]["@id"]]["name"] == "Ayu Contoh"
    assert found[study["isPartOf"]["@id"]]["name"] == "Jurnal Contoh"


# Licences


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("ypp_analysis/theme.py", ["MIT"]),
        ("data/raw/victims.csv", ["CC0-1.0"]),
        ("figures/en/reach.png", ["CC-BY-4.0"]),
        ("figures/citations.bib", ["CC0-1.0"]),
        ("figures/references.json", ["CC0-1.0"]),
        ("croissant.json", ["CC0-1.0"]),
        ("ypp_analysis/fonts/README.md", ["MIT"]),
        ("notebooks/01_network.ipynb", ["MIT", "CC-BY-4.0"]),
        ("ypp_analysis/fonts/YPPSans-Regular.ttf", ["OFL-1.1"]),
        ("ypp_analysis/publish/styles/apa.csl", ["CC-BY-SA-3.0"]),
        ("ypp_analysis/publish/citations.py", ["MIT"]),
    ],
)
def test_a_file_has_the_licence_of_its_kind(path, expected):
    assert Licences(ROOT).of(PurePosixPath(path)) == expected


def test_every_committed_file_has_a_licence_and_every_licence_its_text():
    licences = Licences(ROOT)
    used = {name for path in committed() for name in licences.of(path)}
    texts = {path.stem for path in (ROOT / "LICENSES").iterdir()}
    assert used <= texts == URLS.keys()


def test_a_file_without_a_licence_is_named(tmp_path):
    (tmp_path / "REUSE.toml").write_text(
        'version = 1\n[[annotations]]\npath = "data/*"\nSPDX-License-Identifier = "MIT"\n'
    )
    licences = Licences(tmp_path)
    assert licences.of(PurePosixPath("data/x.csv")) == ["MIT"]
    for path in ("data/raw/x.csv", "README.md"):
        with pytest.raises(ValueError, match=rf"REUSE\.toml.*{Path(path).name}"):
            licences.of(PurePosixPath(path))


@pytest.mark.skipif(REUSE is None, reason="needs reuse 4 or later")
def test_the_reuse_tool_agrees():
    done = subprocess.run([REUSE, "lint"], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout


def test_croissant_describes_every_column_of_every_table():
    """Valid by mlcroissant 1.1.1's `validate`, and `load` gave the two rows of victims."""
    found = json.loads((ROOT / "croissant.json").read_text(encoding="utf-8"))
    for file in found["distribution"]:
        content = (ROOT / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
    columns = {
        f"{path.stem}/{name}"
        for path in (ROOT / "data" / "raw").glob("*.csv")
        for name in path.read_text(encoding="utf-8").partition("\n")[0].split(",")
    }
    fields = {field["@id"] for records in found["recordSet"] for field in records["field"]}
    assert fields == columns
    assert {key["@id"] for records in found["recordSet"] for key in records["key"]} <= fields
