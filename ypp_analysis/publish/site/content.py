"""What each page of the site says: values from the tables, words from the texts, no HTML."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.fingerprints import PACKAGES
from ypp_analysis.ledger import VERDICTS, chains, transcription
from ypp_analysis.publish import figures
from ypp_analysis.publish.data_tables import Table, exhibit_table, to_csv
from ypp_analysis.publish.exports import EXPORTS
from ypp_analysis.publish.library import Library
from ypp_analysis.publish.licences import URLS
from ypp_analysis.publish.site import counted, notebooks, recompute, works
from ypp_analysis.publish.site.data_dictionary import described
from ypp_analysis.publish.site.material import RECORDS, Material, own_first, without_annotation
from ypp_analysis.publish.site.meta import cited_by_machines
from ypp_analysis.publish.site.rendering import Page
from ypp_analysis.wording import texts

PREVIEW = "verdicts"
"""Exhibit that previews of pages show that are not of an exhibit themselves."""
RESULTS = "benchmarks/results.json"
LICENCES = {"data": URLS["CC0-1.0"], "figures": URLS["CC-BY-4.0"]}


def pages(material: Material, lang: str) -> Iterator[Page]:
    """Every page of a language."""
    view = _View(material, lang)
    yield view.start()
    yield view.gallery()
    yield from map(view.exhibit, DESIGNS)
    yield view.ledger()
    yield view.verify()
    yield view.data()
    yield view.sources()
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
        groups = counted.groups(self.chains)
        cards = self._cards.values()
        return self._page(
            "index.html",
            "start",
            groups=groups,
            segments=counted.segments(groups),
            doubted=[chain for chain in self.chains if chain.verdict in counted.GROUPS["doubted"]],
            own=[card for card in cards if card["study_number"]],
            drawn=[card for card in cards if not card["study_number"]],
            study=self.material.sources["study"]["title"],
            numbers=self._numbers | counted.named(groups),
        )

    def gallery(self) -> Page:
        return self._page("exhibits/index.html", "exhibits", cards=self._cards.values())

    def exhibit(self, id: str) -> Page:
        exhibit, origin = self.material.origins.exhibit(id)
        words, behind = exhibit.words(self.lang), self.library.works(id)
        shown = self.material.origins.claims(id)
        claims = [chain for chain in self.chains if chain.claim in shown]
        design = exhibit.design
        return Page(
            f"exhibits/{id}.html",
            "exhibit.html",
            title=words["title"],
            description=words["caption"],
            image=f"figures/{self.lang}/{id}.png",
            image_alt=words["title"],
            meta=cited_by_machines(behind, self.lang, f"figures/{self.lang}/{id}.pdf"),
            context={
                "id": id,
                "exhibit": words,
                "study_number": self._study_number(design.study_number),
                "alt": exhibit.describe(self.lang),
                **_columns(exhibit_table(exhibit, self.lang)),
                "claims": claims,
                "verdict_counts": counted.verdicts(claims),
                "read": [(name, self._tables[name]["title"]) for name in origin.read],
                "frame": _name(design.frame),
                "drawing": _name(design.drawing),
                "hash": hashlib.sha256(to_csv(exhibit.data)).hexdigest(),
                "citations": {
                    style: own_first(of[self.lang][id])
                    for style, of in self.material.references.items()
                },
                "bibtex": EXPORTS["bibtex"](list(map(without_annotation, own_first(behind)))),
                "records": {style: f"{id}.{ending}" for style, ending in RECORDS.items()},
                "formats": figures.FORMATS,
                "licences": LICENCES,
                "section": "exhibits",
            },
        )

    def ledger(self) -> Page:
        sections = self.tables["sections"].set_index("section")[f"title_{self.lang}"]
        return self._page(
            "claims.html",
            "claims",
            chains=self.chains,
            printed={chain.claim: chain for chain in self.chains},
            sections=sections.to_dict(),
            study_pages=sorted({chain.page for chain in self.chains}),
            verdicts=VERDICTS,
            shown_in=self.material.shown_in,
            cards=self._cards,
            works=self._works,
            table_titles={name: item["title"] for name, item in self._tables.items()},
            numbers=self._numbers,
            numbers_by_page=counted.numbers_by_page(self.tables["study_numbers"]),
        )

    def verify(self) -> Page:
        measured = _measured(self.material.files.get(RESULTS, b""))
        checked = [chain for chain in self.chains if chain.check != "none"]
        records = recompute.records(self.tables, self.material.sources)
        return self._page(
            "verify.html",
            "verify",
            numbers=self._numbers,
            checked_n=len(checked),
            passed_n=sum(chain.rule != "check_fails" for chain in checked),
            differences=len(transcription(self.tables)),
            designs={
                id: (
                    self._cards[id],
                    _name(design.frame),
                    _name(design.drawing),
                )
                for id, design in DESIGNS.items()
            },
            checks=counted.checks(self.chains),
            recompute=records,
            operands=[
                {"work": record["work"], "given": record["given"]}
                | {"value": record["value"], "holds": record["holds"]}
                for record in records
            ],
            compared_n=sum(record["holds"] is not None for record in records),
            chains_by_claim={chain.claim: chain for chain in self.chains},
            unchecked_n=sum(chain.verdict == "unverified" for chain in self.chains),
            environment={name: version(name) for name in PACKAGES},
            commands=_commands(self.material.files["README.md"].decode()),
            measured=measured,
        )

    def data(self) -> Page:
        paths = [path for path in self.material.files if path.startswith("data/processed/")]
        return self._page(
            "data.html",
            "data",
            licences=LICENCES,
            resources=self._tables.values(),
            processed=[
                (path, self._cards[PurePosixPath(path).stem]["title"])
                for path in paths
                if PurePosixPath(path).stem in DESIGNS
            ],
            sources_n=len(self.material.sources),
        )

    def sources(self) -> Page:
        groups = works.grouped(self.tables, self.material.sources)
        return self._page("sources.html", "sources", groups=groups, section="data")

    def notebook_list(self) -> Page:
        return self._page("notebooks/index.html", "notebooks", notebooks=self.material.notebooks)

    def notebook(self, rendered: notebooks.Rendered) -> Page:
        return Page(
            f"notebooks/{rendered.stem}.html",
            "notebook.html",
            title=rendered.title,
            description=self.words["notebooks"]["lead"],
            image=f"figures/{self.lang}/{PREVIEW}.png",
            image_alt=self._cards[PREVIEW]["title"],
            context={"notebook": rendered, "section": "notebooks"},
        )

    def method(self) -> Page:
        return self._page("method.html", "method", verdicts=VERDICTS)

    def _page(self, path: str, name: str, **context: Any) -> Page:
        """A page whose words stand under the name of its template."""
        words = self.words[name]
        return Page(
            path,
            f"{name}.html",
            title=words["title"],
            description=words["description"] if "description" in words else words["lead"],
            image=f"figures/{self.lang}/{PREVIEW}.png",
            image_alt=self._cards[PREVIEW]["title"],
            context={"section": name, "said": words, **context},
        )

    @cached_property
    def _tables(self) -> dict[str, dict[str, Any]]:
        """The raw tables with what is said of them, by name."""
        package = self.material.package
        return {
            item["name"]: {"sources": package["sources"], **item, **described(item, self.lang)}
            for item in package["resources"]
        }

    @cached_property
    def _works(self) -> dict[str, dict[str, str]]:
        """Each source as one line, by its id."""
        return works.listed(self.material.sources)

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
            "caption": words["caption"],
            "study_number": self._study_number(exhibit.design.study_number),
        }

    def _study_number(self, number: str) -> str:
        """What the study calls an exhibit, in the language; blank for those it has not."""
        kind, _, count = number.partition(" ")
        return f"{texts(self.lang)['citations']['kinds'][kind]} {count}" if kind else ""

    @cached_property
    def _numbers(self) -> dict[str, int]:
        tokens = self.tables["study_numbers"]
        claimed = int(tokens["claim"].notna().sum())
        return {
            "numbers_n": len(tokens),
            "claimed_n": claimed,
            "other_n": len(tokens) - claimed,
            "claims_n": len(self.chains),
            "pages_n": int(tokens["page"].max()),
        }


def _columns(table: Table) -> dict[str, Any]:
    """The columns of a table by place, what is counted next to what it is counted of."""
    names = [str(name) for name in table.shown]
    counted_first = [n for n, name in enumerate(names) if n and name.endswith("_n")][:1]
    order = [0, *counted_first, *(n for n in range(1, len(names)) if n not in counted_first)]
    return {
        "headings": [table.headings[n] for n in order],
        "numeric": [table.numeric[n] for n in order],
        "rows": [[row[n] for n in order] for row in table.texts.itertuples(index=False, name=None)],
    }


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _commands(readme: str) -> dict[str, str]:
    """The commands that the README gives: with make, on Windows, and elsewhere without make."""
    blocks = re.findall(r"```(?:sh|bat)\n(.*?)\n```", readme, flags=re.DOTALL)
    return dict(zip(("make", "windows", "plain"), blocks, strict=False))


def _measured(results: bytes) -> dict[str, Any]:
    """The machine that was measured on, and the seconds of the commands that are named."""
    try:
        found = json.loads(results)
        seconds = {row["what"].partition(" :")[0]: row["ours_s"] for row in found["processes"]}
        named = {"audit": seconds["ypp audit"], "reproduce": seconds["ypp reproduce --force"]}
        return named | {key: found[key] for key in ("machine", "cores", "python")}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(
            f"{RESULTS} is missing or not as `make bench` writes it ({error!r:.100}). Restore it "
            f"with `git checkout {RESULTS}`, or run `make bench`."
        ) from None
