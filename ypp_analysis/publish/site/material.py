"""What the pages of both languages are made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.findings import Tables
from ypp_analysis.ledger.study import Sources
from ypp_analysis.publish.bibliography import Work
from ypp_analysis.publish.citations import REFERENCES
from ypp_analysis.publish.data_tables import exhibit_table
from ypp_analysis.publish.exports import EXPORTS
from ypp_analysis.publish.library import Library
from ypp_analysis.publish.origins import Origins
from ypp_analysis.publish.site import notebooks
from ypp_analysis.publish.spreadsheets import to_xlsx
from ypp_analysis.wording import texts

Item = TypeVar("Item")

RECORDS = {"ris": "ris", "csl-json": "json"}
"""Formats of citations that programs import: a file beside the page, with its ending."""


class Material:
    """Tables, sources and files, and what is worked out of them once.

    Parameters
    ----------
    files : mapping of str to bytes
        Outputs and raw files by path from the root of the project.
    tables : mapping of str to DataFrame
    sources : mapping
        CSL-JSON entries by id.
    """

    def __init__(self, files: Mapping[str, bytes], tables: Tables, sources: Sources) -> None:
        self.files, self.tables, self.sources = files, tables, sources
        self.origins = Origins(tables, sources)
        self.package = json.loads(files["data/raw/datapackage.json"])
        self.references = json.loads(files[f"figures/{REFERENCES}"])

    @cached_property
    def notebooks(self) -> list[notebooks.Rendered]:
        """The executed notebooks as HTML, in order."""
        paths = [path for path in sorted(self.files) if path.endswith(".ipynb")]
        return notebooks.render({path: self.files[path] for path in paths})

    @cached_property
    def shown_in(self) -> dict[str, list[str]]:
        """Ids of the exhibits that show each claim."""
        found: dict[str, list[str]] = {}
        for id in DESIGNS:
            for claim in self.origins.claims(id):
                found.setdefault(claim, []).append(id)
        return found


def own_first(works: list[Item]) -> list[Item]:
    """The exhibit itself, and then what it rests on."""
    return [works[-1], *works[:-1]]


def without_annotation(work: Work) -> Work:
    """A work without its annotation, which tells what stands beside it on a page."""
    return {key: value for key, value in work.items() if key != "annote"}


def downloads(material: Material, lang: str) -> Iterator[tuple[str, bytes]]:
    """What stands beside the page of each exhibit: its citations as files, and a spreadsheet."""
    library = Library(material.origins, lang)
    for id in DESIGNS:
        works = own_first(library.works(id))
        for style, ending in RECORDS.items():
            yield f"{id}.{ending}", EXPORTS[style](works).encode()
        lists = {style: own_first(of[lang][id]) for style, of in material.references.items()}
        yield f"{id}.txt", _every_style(lists, texts(lang)["site"]["styles"]).encode()
        exhibit, _ = material.origins.exhibit(id)
        yield f"{id}.xlsx", to_xlsx(exhibit_table(exhibit, lang))


def _every_style(lists: Mapping[str, list[str]], names: Mapping[str, str]) -> str:
    """References in each style that people read, with a blank line between any two."""
    parts = [[names[style], *references] for style, references in lists.items()]
    return "\n\n".join(line for part in parts for line in part) + "\n"
