"""Metadata for machines: what files there are, of what kind, under which licence, made of what.

``ro-crate-metadata.json`` (RO-Crate 1.1) describes the project as a research object,
``.zenodo.json`` its deposit; :mod:`.croissant` the raw tables for loaders of data sets.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from ypp_analysis.datasets import register, sources
from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.findings import Reads, Tables
from ypp_analysis.ledger import ledger
from ypp_analysis.project import Project
from ypp_analysis.publish import croissant
from ypp_analysis.publish.bibliography import Work
from ypp_analysis.publish.library import YEAR
from ypp_analysis.publish.licences import URLS, Licences
from ypp_analysis.publish.study_record import study_record
from ypp_analysis.wording import LANGUAGES

Entity = dict[str, Any]

CRATE, DEPOSIT = "ro-crate-metadata.json", ".zenodo.json"
STUDY, MAKERS = "#study", "#contributors"
ENCODINGS = {
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems",
    ".svg": "image/svg+xml",
}
FOLDERS = {
    "data/raw/": "Tables transcribed by hand from the study and its sources",
    "data/processed/": "The numbers behind each exhibit, and the ledger of claims",
    "figures/": "Each exhibit as a figure, in English and Indonesian; citations",
    "notebooks/": "The story, executed",
    "ypp_analysis/": "The Python package that makes all of it",
    "tests/": "Tests of the package and of its outputs",
    "benchmarks/": "Measurements",
    "docs/": "Verification, transcription, decisions",
}


def metadata(project: Project, tables: Tables, outputs: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Describe the project for machines.

    Parameters
    ----------
    project : Project
    tables : mapping of str to DataFrame
        The raw tables.
    outputs : mapping of Path to bytes
        All other outputs; what is not among them is not described.

    Returns
    -------
    dict of Path to bytes
        Content of each file by its path.
    """
    named = [register.NAME, *(table.path for table in register.own(project.raw))]
    raw = {(path := project.raw / name): path.read_bytes() for name in named}
    contents = {
        PurePosixPath(path.relative_to(project.root).as_posix()): content
        for path, content in sorted({**raw, **outputs}.items())
    }
    settings = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    about, licences = settings["project"], Licences(project.root)
    package = json.loads((project.raw / register.NAME).read_bytes())
    study = study_record(sources()["study"])
    made = {
        DEPOSIT: _deposit(about, study["title"]),
        croissant.NAME: croissant.croissant(package, YEAR, study["title"]),
        CRATE: _crate(about, study, _derived(project, tables), contents, licences),
    }
    return {project.root / name: _json(found) for name, found in made.items()}


def _json(found: Entity) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _deposit(about: Entity, study: str) -> Entity:
    """The project as a deposit of Zenodo, which has one licence for it: "open", as notes say."""
    return {
        "title": f"YPP Analysis: {about['description']}",
        "description": f"<p>{about['description']}. The study: <em>{escape(study)}</em>.</p>",
        "upload_type": "software",
        "version": about["version"],
        "creators": [{"name": author["name"]} for author in about["authors"]],
        "access_right": "open",
        "license": "other-open",
        "keywords": about["keywords"],
        "references": [f"{study}. Author, journal and year are not in its text."],
        "notes": f"Licences, by kind of file: {about['license']}. REUSE.toml states that of each.",
    }


class _Derived(NamedTuple):
    """Titles of figures by exhibit and language; paths of raw tables by name of a processed one."""

    titles: dict[tuple[str, str], str]
    read: dict[str, list[str]]


def _derived(project: Project, tables: Tables) -> _Derived:
    """What the exhibits and the ledger are called, and which tables they are made of."""
    paths = {table.name: f"data/raw/{table.path}" for table in register.own(project.raw)}
    titles: dict[tuple[str, str], str] = {}
    read: dict[str, list[str]] = {}
    for id in ids():
        reads = Reads(tables)
        exhibit = Exhibit(id, reads)
        exhibit.design.frame(reads)
        read[id] = sorted(paths[name] for name in reads.names)
        titles |= {(id, lang): exhibit.words(lang)["title"] for lang in LANGUAGES}
    reads = Reads(tables)
    ledger(reads)
    read |= dict.fromkeys(("claims", "claims-id"), sorted(paths[name] for name in reads.names))
    return _Derived(titles, read)


def _crate(
    about: Entity,
    study: Work,
    derived: _Derived,
    contents: Mapping[PurePosixPath, bytes],
    licences: Licences,
) -> Entity:
    """The project as a research object: root, people, licences, the study, folders and files."""
    files = [_file(path, content, licences, derived) for path, content in contents.items()]
    folders = [_folder(name, said, files) for name, said in FOLDERS.items()]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": "YPP Analysis",
        "description": about["description"],
        "version": about["version"],
        "datePublished": str(YEAR),
        "author": {"@id": MAKERS},
        "publisher": {"@id": MAKERS},
        "license": [{"@id": url} for url in URLS.values()],
        "keywords": about["keywords"],
        "about": {"@id": STUDY},
        "hasPart": [{"@id": name} for name in FOLDERS] + _parts("", files),
    }
    return {
        "@context": [
            "https://w3id.org/ro/crate/1.1/context",
            {"sha256": "https://schema.org/sha256"},
        ],
        "@graph": [
            {
                "@id": CRATE,
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            root,
            {"@id": MAKERS, "@type": "Organization", "name": about["authors"][0]["name"]},
            *_study(study),
            *({"@id": url, "@type": "CreativeWork", "name": name} for name, url in URLS.items()),
            *folders,
            *files,
        ],
    }


def _study(work: Work) -> list[Entity]:
    """The study, its authors and the whole that it is part of, as far as they are known."""
    authors = [
        {"@id": f"{STUDY}-author-{number}", "@type": "Person", "name": _full(name)}
        for number, name in enumerate(work.get("author", ()), 1)
    ]
    journal = work.get("container-title")
    whole = [{"@id": f"{STUDY}-in", "@type": "Periodical", "name": journal}] if journal else []
    year = work.get("issued", {}).get("date-parts", [[""]])[0][0]
    kind = "Thesis" if work["type"] == "thesis" else "ScholarlyArticle"
    known = {
        "name": work["title"],
        "inLanguage": work.get("language"),
        "author": _single([{"@id": author["@id"]} for author in authors]),
        "datePublished": str(year),
        "isPartOf": _single([{"@id": entity["@id"]} for entity in whole]),
        "pagination": str(work.get("page", "")),
        "url": work.get("URL") or (f"https://doi.org/{work['DOI']}" if "DOI" in work else ""),
    }
    said = {key: value for key, value in known.items() if value}
    return [{"@id": STUDY, "@type": kind, **said}, *authors, *whole]


def _full(name: Mapping[str, str]) -> str:
    """A name as it is spoken."""
    parts = [name[part] for part in ("given", "family") if part in name]
    return name.get("literal") or " ".join(parts)


def _folder(name: str, said: str, files: list[Entity]) -> Entity:
    """A folder, and the files in it that are described."""
    entity: Entity = {"@id": name, "@type": "Dataset", "name": said}
    parts = _parts(name, files)
    return {**entity, "hasPart": _single(parts)} if parts else entity


def _parts(folder: str, files: list[Entity]) -> list[Entity]:
    """Files of a folder, those of the top where it is blank, as a crate names them."""
    return [
        {"@id": file["@id"]}
        for file in files
        if (file["@id"].startswith(folder) if folder else "/" not in file["@id"])
    ]


def _single(entities: list[Entity]) -> Entity | list[Entity]:
    """One entity stands alone, as JSON-LD in a crate should."""
    return entities[0] if len(entities) == 1 else entities


def _file(
    path: PurePosixPath,
    content: bytes,
    licences: Licences,
    derived: _Derived,
) -> Entity:
    """A file with its size, hash, kind and licence, and what it was made of."""
    entity: Entity = {
        "@id": str(path),
        "@type": "File",
        "name": path.name,
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
        "encodingFormat": ENCODINGS[path.suffix],
        "license": _single([{"@id": URLS[name]} for name in licences.of(path)]),
        "about": {"@id": STUDY},
    }
    if title := derived.titles.get((path.stem, path.parent.name)):
        made_of = {"@id": f"data/processed/{path.stem}.csv"}
        entity |= {"name": title, "inLanguage": path.parent.name, "isBasedOn": made_of}
    elif path.parts[:2] == ("data", "processed"):
        tables = derived.read.get(path.stem, ["data/raw/"])
        entity |= {"isBasedOn": _single([{"@id": name} for name in tables])}
    elif path.parts[:2] == ("data", "raw"):
        entity |= {"isBasedOn": {"@id": STUDY}}
    return entity
