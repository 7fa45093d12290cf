"""The register of exhibits: the study's own three and those drawn from its numbers.

An exhibit joins a frame (:mod:`ypp_analysis.exhibit_data`), a drawing
(:mod:`ypp_analysis.charts`, :mod:`ypp_analysis.series`, :mod:`ypp_analysis.diagrams`) and its
words.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ypp_analysis import charts, descriptions, diagrams, exhibit_data, series, theme
from ypp_analysis.datasets import Data, load_all
from ypp_analysis.descriptions import Description, Facts, Plan, extremes
from ypp_analysis.findings import Tables
from ypp_analysis.lettering import refuse_unwritable
from ypp_analysis.wording import Words, language

Frame = Callable[[Tables], pd.DataFrame]
Drawing = Callable[[Axes, pd.DataFrame, Words], Axes]


@dataclass(frozen=True)
class Design:
    """How an exhibit is made: its frame and drawing, its place in the study, its room.

    The height is that of the drawing alone; text that is wrapped in it has one for each language.

    Its texts may name the facts of its frame; the plan says how its values are told.
    """

    frame: Frame
    drawing: Drawing
    height_mm: float | dict[str, float]
    left_mm: float = 0
    bottom_mm: float = 0
    study_number: str = ""
    facts: Callable[[pd.DataFrame], Facts] = lambda _: {}
    plan: Plan = field(default_factory=Plan)


DESIGNS: dict[str, Design] = {
    "table-1-1": Design(
        exhibit_data.network,
        charts.network,
        70,
        study_number="Tabel 1.1",
        facts=extremes("countries_n"),
    ),
    "graph-1-2": Design(
        exhibit_data.study_ranks,
        series.ranks,
        50,
        left_mm=31,
        bottom_mm=6,
        study_number="Grafik 1.2",
        facts=descriptions.of_ranks,
    ),
    "diagram-1-3": Design(
        exhibit_data.victims,
        charts.victims,
        22,
        study_number="Diagram 1.3",
        facts=extremes("victims_n"),
    ),
    "tier-history": Design(
        exhibit_data.cambodia_ranks,
        series.ranks,
        50,
        left_mm=31,
        bottom_mm=6,
        facts=descriptions.of_ranks,
    ),
    "network-growth": Design(
        exhibit_data.network_growth,
        series.network_growth,
        66,
        left_mm=7,
        bottom_mm=6,
        facts=descriptions.of_growth,
        plan=Plan(group=lambda words, row: words[f"group_{row['measure']}"]),
    ),
    "joint-statistics": Design(
        exhibit_data.joint_statistics, charts.joint_statistics, 48, facts=extremes("victims_n")
    ),
    "percent-readings": Design(
        exhibit_data.percent_readings,
        charts.percent_readings,
        62,
        bottom_mm=6,
        facts=descriptions.of_readings,
        plan=Plan(descriptions.ranged),
    ),
    "petition": Design(
        exhibit_data.petition,
        charts.petition,
        80,
        facts=extremes("signatures_n"),
        plan=Plan(descriptions.collected),
    ),
    "reach": Design(
        exhibit_data.reach,
        charts.reach,
        48,
        facts=extremes("people_n"),
        plan=Plan(descriptions.limited),
    ),
    "timeline": Design(
        exhibit_data.timeline,
        series.timeline,
        74,
        left_mm=series.LABELS_MM,
        bottom_mm=6,
        facts=descriptions.of_timeline,
        plan=Plan(descriptions.dated),
    ),
    "programme-logic": Design(
        exhibit_data.programme_logic,
        diagrams.programme_logic,
        {"en": 84, "id": 97},
        facts=descriptions.of_logic,
        plan=Plan(descriptions.boxed, lambda words, row: words[f"stage_{row['stage']}"]),
    ),
    "partners": Design(
        exhibit_data.partners,
        diagrams.partners,
        {"en": 81, "id": 85},
        facts=descriptions.of_partners,
        plan=Plan(descriptions.roled, lambda words, row: words[row["contribution"]]),
    ),
    "countries": Design(
        exhibit_data.countries,
        diagrams.countries,
        48,
        facts=descriptions.of_countries,
        plan=Plan(descriptions.placed, lambda words, row: words.label(row, "region")),
    ),
    "verdicts": Design(
        exhibit_data.verdicts,
        charts.verdicts,
        62,
        facts=descriptions.of_verdicts,
        plan=Plan(group=lambda words, row: words[f"group_{row['group']}"].split(":")[0]),
    ),
    "power": Design(
        exhibit_data.power,
        charts.power,
        74,
        facts=descriptions.of_power,
        plan=Plan(descriptions.banded, lambda words, row: words.label(row, "verdict")),
    ),
}


class Exhibit:
    """One table or figure: data, drawing, and the words that belong to it.

    Parameters
    ----------
    id : str
        One of the ids that :func:`ids` lists.
    tables : mapping of str to DataFrame
        The raw tables.
    lang : str, optional
        Language of the words; see :func:`ypp_analysis.wording.language`.

    Raises
    ------
    ValueError
        If there is no exhibit of that id.
    """

    def __init__(self, id: str, tables: Tables, *, lang: str | None = None) -> None:
        if id not in DESIGNS:
            raise ValueError(f"No exhibit is called {id!r}. Known: {', '.join(DESIGNS)}.")
        self.id, self.tables, self.lang = id, tables, language(lang)
        self.design = DESIGNS[id]
        self._words: dict[str, Words] = {}

    @cached_property
    def data(self) -> pd.DataFrame:
        """The numbers behind the exhibit, a row for each mark of the figure."""
        return self.design.frame(self.tables)

    @cached_property
    def _facts(self) -> Facts:
        """What the texts may name beside the findings."""
        return self.design.facts(self.data)

    def words(self, lang: str | None = None) -> Words:
        """The texts of the exhibit in a language."""
        lang = language(lang or self.lang)
        if lang not in self._words:
            self._words[lang] = Words(self.id, self.tables, lang, self._facts)
        return self._words[lang]

    @property
    def title(self) -> str:
        """What the exhibit says, in a sentence."""
        return self.words()["title"]

    @property
    def caption(self) -> str:
        """What is shown, from which sources, reworked how."""
        return self.words()["caption"]

    @property
    def reading(self) -> str:
        """What to notice."""
        return self.words()["reading"]

    @property
    def caveat(self) -> str:
        """What the exhibit does not show."""
        return self.words()["caveat"]

    @property
    def alt(self) -> str:
        """A description for those who cannot see the figure; see :meth:`describe`."""
        return self.describe()

    def describe(self, lang: str | None = None) -> str:
        """Describe the figure in words: kind of chart, every value, what to notice."""
        return str(self.description(lang))

    def description(self, lang: str | None = None) -> Description:
        """The levels of :meth:`describe`, apart."""
        return descriptions.describe(self.words(lang), self.data, self.design.plan)

    def draw(self, ax: Axes | None = None, *, lang: str | None = None) -> Axes:
        """Draw the exhibit.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw, without title and notes; by default a figure of its own with both.
        lang : str, optional
            One of :data:`ypp_analysis.wording.LANGUAGES`.

        Returns
        -------
        Axes

        Raises
        ------
        ValueError
            If the tables lack what the figure needs, or the typeface a sign of its texts.
        """
        words, height = self.words(lang), self.design.height_mm
        is_own = ax is None
        with theme.style():
            if ax is None:
                _, ax = theme.framed(
                    words["title"],
                    words["subtitle"],
                    [words["caveat"], f"{words['source']} {words['credit']}"],
                    height_mm=height[words.lang] if isinstance(height, dict) else height,
                    left_mm=self.design.left_mm,
                    bottom_mm=self.design.bottom_mm,
                )
            ax = self.design.drawing(ax, self.data, words)
        drawn = ax.figure if is_own else ax
        refuse_unwritable(drawn, self.tables, self.design.frame, words.lang)
        return ax

    def figure(self, lang: str | None = None) -> Figure:
        """The whole figure with its title and notes, to save it."""
        figure = self.draw(lang=lang).figure
        assert isinstance(figure, Figure)
        return figure

    def _ipython_display_(self) -> None:
        """Show figure, caption and caveat in a notebook; the figure carries its alt text."""
        from IPython.display import Markdown, display

        picture = io.BytesIO()
        with theme.style():
            self.figure().savefig(picture, format="png", dpi=144, metadata={"Software": None})
        bundle = {"image/png": picture.getvalue(), "text/plain": self.alt}
        display(bundle, raw=True, metadata={"image/png": {"alt": self.alt}})
        display(Markdown(f"{self.caption}\n\n*{self.caveat}*"))


def exhibit(id: str, *, lang: str | None = None, data: Data = None) -> Exhibit:
    """Get an exhibit, drawn from the study's tables or from those of a folder.

    Parameters
    ----------
    id : str
        One of the ids that ``ypp list`` shows.
    lang : str, optional
        "en" or "id"; by default ``YPP_LANG`` or English.
    data : path, optional
        A folder of raw tables to use in place of the study's own.

    Returns
    -------
    Exhibit
        Shows itself in a notebook as figure, caption and caveat.

    Raises
    ------
    ValueError
        If there is no exhibit of that id, or the tables are not valid.
    """
    return Exhibit(id, load_all(data=data), lang=lang)


def ids() -> list[str]:
    """Ids of all exhibits, the study's own first."""
    return list(DESIGNS)
