"""The works behind exhibits and claims, in one language, and what was made of them here."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property

from ypp_analysis import __version__
from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.ledger import Chain, chains
from ypp_analysis.publish.bibliography import GAPS, Work, formatted
from ypp_analysis.publish.data_tables import CLAIMS
from ypp_analysis.publish.origins import SERIES, Origin, Origins
from ypp_analysis.publish.study_record import File, bracketed, gaps_text, study_record
from ypp_analysis.wording import texts

AUTHOR = {"literal": "YPP Analysis contributors"}
YEAR = 2026
"""Year of publication of this package, as in the licence; never that of today."""


class Library:
    """The works behind exhibits and claims, in one language.

    Parameters
    ----------
    origins : Origins
    lang : str
    study : path, optional
        As for :func:`.citations.cite`.
    """

    def __init__(self, origins: Origins, lang: str, study: File = None) -> None:
        self.origins, self.lang, self.words = origins, lang, texts(lang)["citations"]
        record = study_record(origins.sources["study"], study)
        gaps = gaps_text(record, self.words)
        self.study: Work = {**record, GAPS: gaps} if gaps else record
        self._references: dict[tuple[str, str], str] = {}

    def lines(self, id: str, style: str = "apa") -> list[str]:
        """The citation of an exhibit or claim for people, a line for each work."""
        return self.lists([id], style)[id]

    def lists(self, ids: Iterable[str], style: str) -> dict[str, list[str]]:
        """The citation of each id."""
        return {id: self.formatted(self.works(id), style) for id in ids}

    def formatted(self, works: Iterable[Work], style: str) -> list[str]:
        """Works as references for people, with brackets where the study's record has gaps.

        Many exhibits and claims rest on the same works: each is formatted once.
        """
        shown = [bracketed(work, self.words) if GAPS in work else work for work in works]
        keys = [(style, repr(work)) for work in shown]
        pairs = zip(keys, shown, strict=True)
        new = {key: work for key, work in pairs if key not in self._references}
        lines = formatted(list(new.values()), style, self.lang)
        self._references.update(zip(new, lines, strict=True))
        return [self._references[key] for key in keys]

    def works(self, id: str) -> list[Work]:
        """The study, the sources behind the exhibit or claim, and the exhibit or claim."""
        origin, made = self._found(id)
        rests_on = [self._source(id, origin) for id in (*origin.cited, *origin.others)]
        note = self.words["note"].format(made=made.pop("annote"), study=self.study["title"])
        if rests_on:
            titles = "; ".join(work["title"] for work in rests_on)
            note += self.words["note_sources"].format(titles=titles)
        issued = {"date-parts": [[YEAR]]}
        own = {"author": [AUTHOR], "issued": issued, "language": self.lang, "annote": f"{note}."}
        return [self.study, *rests_on, {**made, **own}]

    @cached_property
    def claims(self) -> dict[str, Chain]:
        """The ledger by claim."""
        origins = self.origins
        found = chains(origins.tables, self.lang, sources=origins.sources)
        return {chain.claim: chain for chain in found}

    def _found(self, id: str) -> tuple[Origin, Work]:
        """What stands behind something of this package, and that itself as a work."""
        if id == CLAIMS:
            return self._ledger()
        if id in DESIGNS:
            return self._exhibit(id)
        if id in self.claims:
            return self._claim(self.claims[id])
        near = get_close_matches(id, [CLAIMS, *DESIGNS, *self.claims], n=5, cutoff=0.6)
        hint = f"Near it: {', '.join(near)}." if near else "`ypp list` and `ypp audit` do."
        raise ValueError(f"No exhibit or claim is called {id!r}. {hint}")

    def _source(self, id: str, origin: Origin) -> Work:
        """A source; of the series of reports those of the years shown, whoever saw which copy."""
        entry = {key: value for key, value in self.origins.sources[id].items() if key != "note"}
        if id != SERIES or not origin.years:
            return {**entry, "id": f"ypp-{id}"}
        first, last = origin.years[0], origin.years[-1]
        return {
            "id": f"ypp-{id}-{first}-{last}",
            "type": entry["type"],
            "title": self.words["series"].format(first=first, last=last),
            "author": entry["author"],
            "issued": {"date-parts": [[first], [last]]},
        }

    def _exhibit(self, id: str) -> tuple[Origin, Work]:
        exhibit, origin = self.origins.exhibit(id)
        made = self._reworking(origin, exhibit.design.study_number)
        return origin, {
            "id": f"ypp-figure-{id}-{self.lang}",
            "type": "figure",
            "title": f"{exhibit.words(self.lang)['title']} ({made})",
            "container-title": f"YPP Analysis {__version__}",
            "annote": made,
        }

    def _reworking(self, origin: Origin, study_number: str) -> str:
        """Say what was done with what: "drawn after Diagram 1.3, page 6 of the study"."""
        kind, _, number = study_number.partition(" ")
        named = f"{self.words['kinds'][kind]} {number}" if kind else ""
        if origin.made == "reconstructed":
            key = "reconstructed_after" if named else "reconstructed"
            return str(self.words[key]).format(place=named)
        page = self.pages(origin.pages) if origin.pages else self.words["every_page"]
        place = ", ".join(part for part in (named, page) if part)
        made: str = self.words[origin.made].format(place=place)
        return made + (self.words.get(f"others_{origin.made}", "") if origin.others else "")

    def pages(self, pages: tuple[int, ...]) -> str:
        """Pages of the study in words: "page 6", "pages 3, 6 and 9–12"."""
        *most, last = _runs(pages)
        key = "both" if len(most) == 1 else "several"
        listed = self.words[key].format(most=", ".join(most), last=last) if most else last
        return str(self.words["page" if len(pages) == 1 else "pages"]).format(pages=listed)

    def _ledger(self) -> tuple[Origin, Work]:
        origin = self.origins.ledger
        made = self._reworking(origin, "")
        return origin, {
            "id": f"ypp-ledger-{self.lang}",
            "type": "dataset",
            "title": f"{texts(self.lang)['tables'][CLAIMS]['title']} ({made})",
            "publisher": f"YPP Analysis {__version__}",
            "annote": made,
        }

    def _claim(self, claim: Chain) -> tuple[Origin, Work]:
        origin = _behind(claim)
        verdict = texts(self.lang)["verdicts"][claim.verdict]["label"]
        place = self._reworking(origin, "")
        made = self.words["claim"].format(place=place, verdict=verdict)
        return origin, {
            "id": f"ypp-claim-{claim.claim}-{self.lang}",
            "type": "dataset",
            "title": f"{claim.statement.removesuffix('.')} ({made})",
            "publisher": f"YPP Analysis {__version__}",
            "annote": made,
        }


def _behind(claim: Chain) -> Origin:
    """What a claim rests on: pages, what the study cites for it, and what it was held against."""
    own = [cell for cell in claim.inputs if cell.source == "study"]
    held = {cell.page for cell in own if cell.page is not None}
    made = "recomputed" if claim.recomputed else "printed" if claim.check == "none" else "checked"
    pages = {"recomputed": held or {claim.page}, "checked": held | {claim.page}}
    cited = (claim.cited_source,) if claim.cited_source else ()
    # Of a rank, the chapter that states it is among the evidence.
    inputs = [cell.source for cell in claim.inputs if cell.source != SERIES]
    compared = inputs if made != "printed" else []
    named = dict.fromkeys([*compared, *(found.source for found in claim.evidence)])
    others = tuple(source for source in named if source not in ("study", *cited))
    return Origin(made, tuple(sorted(pages.get(made, {claim.page}))), cited, others)


def _runs(pages: tuple[int, ...]) -> list[str]:
    """Pages, three or more that follow each other as a range: 3, 6, 9–12."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    written: list[str] = []
    for run in runs:
        written += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)
    return written
