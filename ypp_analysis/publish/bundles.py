"""One archive for an exhibit: figures and tables in both languages, data, and a README."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from ypp_analysis.exhibits import Exhibit
from ypp_analysis.findings import Reads, Tables
from ypp_analysis.ledger.study import Sources
from ypp_analysis.publish import figures, table_formats
from ypp_analysis.publish.citations import citation_files, references
from ypp_analysis.publish.data_tables import exhibit_table
from ypp_analysis.publish.table_formats import markdown
from ypp_analysis.wording import LANGUAGES, texts

DATA_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip knows: a true one would make other bytes at every rebuild."""


def bundle(
    exhibit_id: str, tables: Tables, citations: Mapping[str, str], *, sources: Sources | None = None
) -> bytes:
    """Pack an exhibit with all that belongs to it.

    Parameters
    ----------
    exhibit_id : str
        One of the ids that :func:`ypp_analysis.exhibits.ids` lists.
    tables : mapping of str to DataFrame
        The raw tables.
    citations : mapping of str to str
        How to cite the exhibit, by language.
    sources : mapping, optional
        CSL-JSON entries by id, which the figures cite; by default those of the project.

    Returns
    -------
    bytes
        A zip, the same at every rebuild, of one folder named after the exhibit: ``README.md``,
        ``data/`` with the CSV, ``figures/`` and ``tables/`` with a folder for each language,
        ``citations.bib``, ``.ris`` and ``.json`` with all works in both.

    Raises
    ------
    ValueError
        If there is no exhibit of that id, or a language has no citation.
    """
    missing = [lang for lang in LANGUAGES if not citations.get(lang)]
    if missing:
        raise ValueError(
            f"The bundle of {exhibit_id!r} needs a citation in each language; "
            f"got none for {', '.join(missing)}."
        )
    exhibit = Exhibit(exhibit_id, tables)
    cited = references(tables, [exhibit_id], sources=sources)
    packed: dict[str, bytes] = {}
    for lang in LANGUAGES:
        table = exhibit_table(exhibit, lang, citation=citations[lang])
        citation = cited[exhibit_id, lang]
        drawn = figures.render(exhibit, *figures.FORMATS, lang=lang, citation=citation)
        written = table_formats.render(table, *table_formats.FORMATS)
        packed[f"data/{exhibit_id}.csv"] = written.pop("csv")
        for folder, files in {"figures": drawn, "tables": written}.items():
            for format, content in files.items():
                packed[f"{folder}/{lang}/{exhibit_id}.{format}"] = content
    packed |= citation_files(tables, [exhibit_id], sources=sources)
    readme = _readme(exhibit, citations, packed)
    return _zip(exhibit_id, {"README.md": readme, **packed})


def _readme(exhibit: Exhibit, citations: Mapping[str, str], files: Mapping[str, bytes]) -> bytes:
    """Whose it is, what it does not show and how it was made, in each language; the files."""
    reads = Reads(exhibit.tables)
    exhibit.design.frame(reads)
    parts = [
        paragraph
        for lang in LANGUAGES
        for paragraph in _about(exhibit, lang, citations[lang], sorted(reads.names))
    ]
    words = [texts(lang)["tables"]["readme"] for lang in LANGUAGES]
    heading = f"## {' / '.join(said['files'] for said in words)}"
    hashes = [(f"`{name}`", hashlib.sha256(file).hexdigest()) for name, file in files.items()]
    listing = pd.DataFrame(hashes, columns=[" / ".join(said["file"] for said in words), "sha256"])
    explained = [said["hashes"] for said in words]
    end = [heading, *explained, listing.to_markdown(index=False)]
    return ("\n\n".join([*parts, *end]) + "\n").encode("utf-8")


def _about(exhibit: Exhibit, lang: str, citation: str, inputs: list[str]) -> list[str]:
    """The paragraphs of the README in one language."""
    said, words = exhibit.words(lang), texts(lang)["tables"]["readme"]
    facts = {
        "id": exhibit.id,
        "data": _name(exhibit.design.frame),
        "drawing": _name(exhibit.design.drawing),
        "inputs": ", ".join(f"`{name}`" for name in inputs),
        "version": version("ypp-analysis"),
        "figures": figures.LICENCE,
        "numbers": DATA_LICENCE,
    }
    works, _, gaps = citation.partition("\n\n")
    return [
        f"# {markdown(said['title'])}",
        markdown(said["caption"]),
        f"## {words['citation']}",
        "\n".join(f"- {markdown(work)}" for work in works.splitlines()),
        *([markdown(gaps)] if gaps else []),
        words["citation_files"],
        f"## {words['caveat']}",
        markdown(said["caveat"]),
        f"## {words['sources']}",
        markdown(said["source"]),
        words["licence"].format(**facts),
        f"## {words['made']}",
        "\n".join(
            f"- {words[key].format(**facts)}" for key in ("made_data", "made_drawing", "made_by")
        ),
    ]


def _name(function: Callable[..., Any]) -> str:
    """Where a function stands."""
    return f"{function.__module__}.{function.__qualname__}"


def _zip(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Files as a zip that tells nothing of when and where it was made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, everywhere
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()
