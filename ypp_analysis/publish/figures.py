"""Figures as files that carry their own evidence.

PNG, SVG and PDF hold title, caption, alternative text, sources and licence, readable with
ordinary tools, and come out with the same bytes at every rebuild.
"""

from __future__ import annotations

import hashlib
import io
import re
from importlib.metadata import version
from typing import Any
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.figure import Figure

from ypp_analysis import theme
from ypp_analysis.exhibits import Exhibit
from ypp_analysis.publish.data_tables import to_csv

FORMATS = ("png", "svg", "pdf")
DPI = 300
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CREATOR = "YPP Analysis"


def render(exhibit: Exhibit, *formats: str, lang: str | None = None) -> dict[str, bytes]:
    """Draw an exhibit once and save it in each format.

    Parameters
    ----------
    exhibit : Exhibit
    *formats : {"png", "svg", "pdf"}
    lang : str, optional
        Language of the texts; by default that of the exhibit.

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
    said = carried(exhibit, exhibit.words(lang).lang)
    with theme.style(), mpl.rc_context(_salt(said)):
        figure = exhibit.figure(said["Language"])
        return {format: _save(figure, format, said) for format in formats}


def _salt(said: dict[str, str]) -> dict[Any, Any]:
    """Setting that makes the ids of an SVG its own, and the same each time."""
    return {"svg.hashsalt": _name(said)}


def _name(said: dict[str, str]) -> str:
    """Name of a figure that no other has."""
    return f"{said['Identifier']}-{said['Language']}"


def _save(figure: Figure, format: str, said: dict[str, str]) -> bytes:
    """A figure as the content of a file."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format=format, dpi=DPI, metadata=_metadata(said, format))
    content = buffer.getvalue()
    return _described(content, said) if format == "svg" else content


def carried(exhibit: Exhibit, lang: str) -> dict[str, str]:
    """What a figure file says of itself, by the name of what is said."""
    words = exhibit.words(lang)
    return {
        "Identifier": exhibit.id,
        "Title": words["title"],
        "Description": f"{words['caption']} {words['caveat']}",
        "Alt": exhibit.describe(lang),
        "Source": words["source"],
        "Licence": LICENCE,
        "Creator": CREATOR,
        "Language": lang,
        "Version": version("ypp-analysis"),
        "DataHash": f"sha256:{hashlib.sha256(to_csv(exhibit.data)).hexdigest()}",
    }


def _metadata(said: dict[str, str], format: str) -> dict[str, str | None]:
    """The same statements under the keys that each format has for them."""
    if format == "png":
        return {
            **{key: said[key] for key in ("Title", "Description", "Source", "Identifier")},
            "Author": said["Creator"],
            "Copyright": said["Licence"],
            "Comment": said["Alt"],
            "Language": said["Language"],
            "Version": said["Version"],
            "DataHash": said["DataHash"],
            "Software": None,
        }
    if format == "pdf":
        return {
            "Title": said["Title"],
            "Author": said["Creator"],
            "Subject": f"{said['Description']} {said['Source']} {said['Alt']}",
            "Keywords": "; ".join(
                [
                    said["Identifier"],
                    said["Licence"],
                    said["DataHash"],
                    f"Version: {said['Version']}",
                ]
            ),
            "Creator": None,
            "Producer": None,
            "CreationDate": None,
        }
    return {
        **{key: said[key] for key in ("Title", "Description", "Source", "Identifier", "Language")},
        "Creator": said["Creator"],
        "Rights": said["Licence"],
        "Keywords": [said["DataHash"], f"Version: {said['Version']}"],  # type: ignore[dict-item]
        "Date": None,
        "Format": "image/svg+xml",
        "Type": "StillImage",
    }


def _described(svg: bytes, said: dict[str, str]) -> bytes:
    """Add what screen readers look for and matplotlib leaves out: role, title, description.

    Ids get the name of the figure in front, so that several figures fit on one page.
    """
    name, lang = _name(said), said["Language"]
    text = re.sub(r'( id="|href="#|url\(#)', rf"\g<1>{name}-", svg.decode("utf-8"))
    opening = re.search(r"<svg [^>]*>", text, re.DOTALL)
    assert opening is not None
    tag = opening.group().removesuffix(">")
    tag = f'{tag} role="img" aria-labelledby="{name}-title {name}-desc" xml:lang="{lang}">'
    inside = f'\n <title id="{name}-title">{escape(said["Title"])}</title>'
    inside += f'\n <desc id="{name}-desc">{escape(said["Alt"])}</desc>'
    rest = re.sub(r"\n <title>.*?</title>", "", text[opening.end() :], count=1, flags=re.DOTALL)
    return f"{text[: opening.start()]}{tag}{inside}{rest}".encode()
