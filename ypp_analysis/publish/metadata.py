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
from typing import Any

from ypp_analysis.datasets import register, sources
from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.findings import Tables
from ypp_analysis.project import Project
from ypp_analysis.publish import croissant
from ypp_analysis.publish.library import YEAR
from ypp_analysis.publish.licences import URLS, Licences
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
    made = {
        DEPOSIT: _deposit(about),
        croissant.NAME: croissant.croissant(package, YEAR),
        CRATE: _crate(about, tables, contents, licences),
    }
    return {project.root / name: _json(found) for name, found in made.items()}


def _json(found: Entity) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _deposit(about: Entity) -> Entity:
    """The project as a deposit of Zenodo."""
    return {
        "title": f"YPP Analysis: {about['description']}",
        "description": f"<p>{about['description']}.</p>",
        "upload_type": "software",
        "version": about["version"],
        "creators": [{"name": author["name"]} for author in about["authors"]],
        "access_right": "open",
        "license": "MIT",
        "keywords": about["keywords"],
        "notes": f"Licences, by kind of file: {about['license']}. REUSE.toml states that of each.",
    }


def _crate(
    about: Entity, tables: Tables, contents: Mapping[PurePosixPath, bytes], licences: Licences
) -> Entity:
    """The project as a research object: root, people, licences, the study, folders and files."""
    titles = {
        (id, lang): Exhibit(id, tables).words(lang)["title"] for id in ids() for lang in LANGUAGES
    }
    files = [_file(path, content, licences, titles) for path, content in contents.items()]
    folders = [
        {"@id": name, "@type": "Dataset", "name": said, "hasPart": _single(_parts(name, files))}
        for name, said in FOLDERS.items()
    ]
    work = sources()["study"]
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
            {"@id": STUDY, "@type": "ScholarlyArticle", "name": work["title"], "inLanguage": "id"},
            *({"@id": url, "@type": "CreativeWork", "name": name} for name, url in URLS.items()),
            *folders,
            *files,
        ],
    }


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
    titles: Mapping[tuple[str, str], str],
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
    if title := titles.get((path.stem, path.parent.name)):
        made_of = {"@id": f"data/processed/{path.stem}.csv"}
        entity |= {"name": title, "inLanguage": path.parent.name, "isBasedOn": made_of}
    elif path.parts[:2] == ("data", "processed"):
        entity |= {"isBasedOn": {"@id": "data/raw/"}}
    elif path.parts[:2] == ("data", "raw"):
        entity |= {"isBasedOn": {"@id": STUDY}}
    return entity
