"""Figures as files that carry their own evidence.

PNG, SVG and PDF hold title, caption, alternative text, sources, citation and licence, readable
with ordinary tools, and come out with the same bytes at every rebuild.
"""

from __future__ import annotations

import hashlib
import io
from importlib.metadata import version
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from ypp_analysis import theme
from ypp_analysis.exhibits import Exhibit
from ypp_analysis.publish import embedding
from ypp_analysis.publish.citations import references
from ypp_analysis.publish.data_tables import to_csv
from ypp_analysis.publish.library import AUTHOR, YEAR

FORMATS = ("png", "svg", "pdf")
DPI = 300
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CREATOR = "YPP Analysis"
RIGHTS = f"\u00a9 {YEAR} {AUTHOR['literal']}. {LICENCE}"


def render(
    exhibit: Exhibit, *formats: str, lang: str | None = None, citation: str | None = None
) -> dict[str, bytes]:
    """Draw an exhibit once and save it in each format.

    Parameters
    ----------
    exhibit : Exhibit
    *formats : {"png", "svg", "pdf"}
    lang : str, optional
        Language of the texts; by default that of the exhibit.
    citation : str, optional
        How to cite the figure in that language; by default as :func:`.citations.references` has
        it from the sources of the project.

    Returns
    -------
    dict of str to bytes
        Content of the file of each format.

    Raises
    ------
    ValueError
        For any other format.
    """
    for format in formats:
        if format not in FORMATS:
            known = ", ".join(FORMATS)
            raise ValueError(f"{format!r} is no format of a figure: choose one of {known}.")
    said = carried(exhibit, exhibit.words(lang).lang, citation)
    # The ids of an SVG are then its own, and the same each time.
    salt: dict[Any, Any] = {"svg.hashsalt": embedding.name(said)}
    with theme.style(), mpl.rc_context(salt):
        figure = exhibit.figure(said["Language"])
        return {format: _save(figure, format, said) for format in formats}


def _save(figure: Figure, format: str, said: dict[str, str]) -> bytes:
    """A figure as the content of a file."""
    buffer = io.BytesIO()
    metadata: dict[str, Any] = embedding.metadata(said, format)
    figure.savefig(buffer, format=format, dpi=DPI, metadata=metadata)
    return embedding.completed(buffer.getvalue(), said, format)


def carried(exhibit: Exhibit, lang: str, citation: str | None = None) -> dict[str, str]:
    """What a figure file says of itself, by the name of what is said; see :func:`render`."""
    words = exhibit.words(lang)
    return {
        "Identifier": exhibit.id,
        "Title": words["title"],
        "Description": f"{words['caption']} {words['caveat']}",
        "Alt": exhibit.describe(lang),
        "Source": words["source"],
        "Citation": citation or _citation(exhibit, lang),
        "Rights": RIGHTS,
        "Licence": LICENCE,
        "Creator": CREATOR,
        "Language": lang,
        "Version": version("ypp-analysis"),
        "DataHash": data_hash(exhibit),
    }


def data_hash(exhibit: Exhibit) -> str:
    """Hash of the data behind a figure, as the CSV in ``data/processed``."""
    return f"sha256:{hashlib.sha256(to_csv(exhibit.data)).hexdigest()}"


def _citation(exhibit: Exhibit, lang: str) -> str:
    """How to cite one figure."""
    return references(exhibit.tables, [exhibit.id], [lang])[exhibit.id, lang]
