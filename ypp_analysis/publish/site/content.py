"""What each page of the site says: values from the tables, words from the texts, no HTML."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib.metadata import version
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath
from typing import Any

from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.findings import Tables
from ypp_analysis.fingerprints import PACKAGES
from ypp_analysis.ledger import VERDICTS, chains, transcription
from ypp_analysis.ledger.study import Sources
from ypp_analysis.publish import figures
from ypp_analysis.publish.citations import REFERENCES
from ypp_analysis.publish.data_tables import exhibit_table, to_csv
from ypp_analysis.publish.exports import EXPORTS
from ypp_analysis.publish.library import Library
from ypp_analysis.publish.origins import Origins
from ypp_analysis.publish.site import notebooks, recompute
from ypp_analysis.publish.site.data_dictionary import described
from ypp_analysis.publish.site.rendering import Page
from ypp_analysis.wording import texts

DOUBTED = ("contradicted", "qualified", "ambiguous")
"""Verdicts of claims that the start page names."""
RECORDS = {"ris": "ris", "csl-json": "json"}
"""Formats of citations that programs import: a file beside the page, with its ending."""


class Material:
    """What pages of both languages are made of.

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


def records(material: Material, lang: str) -> Iterator[tuple[str, bytes]]:
    """The citations of each exhibit as files: name and content."""
    library = Library(material.origins, lang)
    for id in DESIGNS:
        for style, ending in RECORDS.items():
            yield f"{id}.{ending}", EXPORTS[style](library.works(id)).encode()


def pages(material: Material, lang: str) -> Iterator[Page]:
    """Every page of a language."""
    view = _View(material, lang)
    yield view.start()
    yield view.gallery()
    yield from map(view.exhibit, DESIGNS)
    yield view.ledger()
    yield view.verify()
    yield view.data()
    yield view.notebook_list()
    yield from map(view.notebook, material.notebooks)
    yield view.method()


class _View:
    """The pages of one language."""

    def __init__(self, material: Material, lang: str) -> None:
        self.material, self.lang = material, lang
        self.tables = material.tables
        self.words = texts(lang)["site"]
        self.chains = list(chains(self.tables, lang, sources=material.sources))
        self.library = Library(material.origins, lang)

    def start(self) -> Page:
        counts = {name: sum(c.verdict == name for c in self.chains) for name in VERDICTS}
        return self._page(
            "index.html",
            "start",
            counts=counts,
            largest=max(counts.values()),
            doubted=[chain for chain in self.chains if chain.verdict in DOUBTED],
            own=[card for card in self._cards.values() if card["study_number"]],
            drawn=[card for card in self._cards.values() if not card["study_number"]],
            numbers=self._numbers,
        )

    def gallery(self) -> Page:
        return self._page("exhibits/index.html", "exhibits", cards=self._cards.values())

    def exhibit(self, id: str) -> Page:
        exhibit, origin = self.material.origins.exhibit(id)
        words = exhibit.words(self.lang)
        shown = self.material.origins.claims(id)
        references = self.material.references
        claims = [chain for chain in self.chains if chain.claim in shown]
        design = exhibit.design
        return Page(
            f"exhibits/{id}.html",
            "exhibit.html",
            title=words["title"],
            description=words["caption"],
            image=f"figures/{self.lang}/{id}.png",
            meta=self._cited_by_machines(id),
            context={
                "id": id,
                "exhibit": words,
                "alt": exhibit.describe(self.lang),
                "table": exhibit_table(exhibit, self.lang),
                "claims": claims,
                "read": origin.read,
                "frame": _name(design.frame),
                "drawing": _name(design.drawing),
                "hash": hashlib.sha256(to_csv(exhibit.data)).hexdigest(),
                "citations": {
                    **{style: "\n".join(of[self.lang][id]) for style, of in references.items()},
                    "bibtex": EXPORTS["bibtex"](self.library.works(id)),
                },
                "records": {style: f"{id}.{ending}" for style, ending in RECORDS.items()},
                "text_styles": references.keys(),
                "formats": figures.FORMATS,
                "section": "exhibits",
            },
        )

    def ledger(self) -> Page:
        sections = self.tables["sections"].set_index("section")[f"title_{self.lang}"]
        return self._page(
            "claims.html",
            "claims",
            chains=self.chains,
            sections=sections.to_dict(),
            study_pages=sorted({chain.page for chain in self.chains}),
            verdicts=VERDICTS,
            shown_in=self.material.shown_in,
            numbers=self._numbers,
            numbers_by_page=self._numbers_by_page(),
        )

    def verify(self) -> Page:
        measured = json.loads(self.material.files["benchmarks/results.json"])
        seconds = {row["what"].partition(" :")[0]: row["ours_s"] for row in measured["processes"]}
        return self._page(
            "verify.html",
            "verify",
            numbers=self._numbers,
            differences=len(transcription(self.tables)),
            designs={
                id: (
                    self._study_number(design.study_number),
                    _name(design.frame),
                    _name(design.drawing),
                )
                for id, design in DESIGNS.items()
            },
            checks=self._checks(),
            recompute=recompute.records(self.tables, self.material.sources),
            unchecked_n=sum(chain.verdict == "unverified" for chain in self.chains),
            environment={name: version(name) for name in PACKAGES},
            measured={
                "cores": measured["cores"],
                "python": measured["python"],
                "audit": seconds["ypp audit"],
                "reproduce": seconds["ypp reproduce --force"],
            },
        )

    def data(self) -> Page:
        package = self.material.package
        paths = [path for path in self.material.files if path.startswith("data/processed/")]
        return self._page(
            "data.html",
            "data",
            licence=", ".join(licence["title"] for licence in package["licenses"]),
            resources=[
                {"sources": package["sources"], **item, **described(item, self.lang)}
                for item in package["resources"]
            ],
            processed=[
                (path, self._cards[PurePosixPath(path).stem]["title"])
                for path in paths
                if PurePosixPath(path).stem in DESIGNS
            ],
            sources_n=len(self.material.sources),
        )

    def notebook_list(self) -> Page:
        return self._page("notebooks/index.html", "notebooks", notebooks=self.material.notebooks)

    def notebook(self, rendered: notebooks.Rendered) -> Page:
        return Page(
            f"notebooks/{rendered.stem}.html",
            "notebook.html",
            title=rendered.title,
            description=self.words["notebooks"]["lead"],
            context={"notebook": rendered, "section": "notebooks"},
        )

    def method(self) -> Page:
        return self._page("method.html", "method", verdicts=VERDICTS)

    def _page(self, path: str, section: str, **context: Any) -> Page:
        """A page whose words stand under the name of its section."""
        words = self.words[section]
        return Page(
            path,
            f"{section}.html",
            title=words["title"],
            description=words["lead"],
            context={"section": section, "said": words, **context},
        )

    @cached_property
    def _cards(self) -> dict[str, dict[str, str]]:
        """What stands beside the small picture of each exhibit."""
        return {id: self._card(id) for id in DESIGNS}

    def _card(self, id: str) -> dict[str, str]:
        exhibit, _ = self.material.origins.exhibit(id)
        words = exhibit.words(self.lang)
        return {
            "id": id,
            "title": words["title"],
            "subtitle": words["subtitle"],
            "study_number": self._study_number(exhibit.design.study_number),
        }

    def _study_number(self, number: str) -> str:
        """What the study calls an exhibit, in the language; blank for those it has not."""
        kind, _, count = number.partition(" ")
        return f"{texts(self.lang)['citations']['kinds'][kind]} {count}" if kind else ""

    def _cited_by_machines(self, id: str) -> list[tuple[str, str]]:
        """Tags that reference managers read: Highwire Press and Dublin Core."""
        study, *_, own = self.library.works(id)
        author, year = own["author"][0]["literal"], str(own["issued"]["date-parts"][0][0])
        pdf = f"../../figures/{self.lang}/{id}.pdf"
        return [
            ("citation_title", own["title"]),
            ("citation_author", author),
            ("citation_publication_date", year),
            ("citation_language", self.lang),
            ("citation_publisher", own["container-title"]),
            ("citation_pdf_url", pdf),
            ("DC.type", "Image"),
            ("DC.identifier", own["id"]),
            ("DC.rights", figures.LICENCE),
            ("DC.source", study["title"]),
        ]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        tokens = self.tables["study_numbers"]
        return {
            "numbers_n": len(tokens),
            "claimed_n": int(tokens["claim"].notna().sum()),
            "claims_n": len(self.chains),
        }

    def _numbers_by_page(self) -> dict[int, list[dict[str, Any]]]:
        """Every number of the text by page: with its claim, or several with one reason."""
        found: dict[int, list[dict[str, Any]]] = {}
        tokens = self.tables["study_numbers"].astype("object")
        named = tokens.where(tokens.notna(), "")[["page", "claim", "reason", "token"]]
        rows = named.itertuples(index=False, name=None)
        for (page, claim, reason), same in groupby(rows, key=itemgetter(0, 1, 2)):
            several = [token for *_, token in same]
            told = self.words["reasons"].get(reason, "")
            parts = [[token] for token in several] if claim else [several]
            found.setdefault(int(page), []).extend(
                {"tokens": part, "claim": claim, "reason": told} for part in parts
            )
        return found

    def _checks(self) -> dict[str, dict[str, int]]:
        """How many claims each check gave which verdict."""
        found: dict[str, dict[str, int]] = {}
        for chain in self.chains:
            counts = found.setdefault(chain.check, dict.fromkeys(VERDICTS, 0))
            counts[chain.verdict] += 1
        return found


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
