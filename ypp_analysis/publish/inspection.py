"""Read back what a figure file carries, and say whether its numbers are the current ones."""

from __future__ import annotations

import io
import logging
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdf
from PIL import Image

from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.findings import Tables
from ypp_analysis.ledger.study import Sources
from ypp_analysis.publish import embedding, figures
from ypp_analysis.publish.citations import references
from ypp_analysis.wording import LANGUAGES, language, texts

LARGEST = 50_000_000
"""Bytes: a figure of this project has less than one million."""

STATUSES = {
    "current": "current",
    "changed": "data changed since",
    "foreign": "not one of ours",
}

_pypdf_silent = logging.NullHandler()


@dataclass(frozen=True)
class Inspection:
    """What a figure file says of itself, held against the tables.

    Attributes
    ----------
    path : Path
    format : {"png", "svg", "pdf"}
        By its content, whatever it is called.
    carried : dict of str to str
        Its statements by name (Identifier, Title, Source, Licence, DataHash ...).
    status : {"current", "data changed since", "not one of ours"}
    as_drawn : bool
        Whether it is current and, byte for byte, what this version draws.
    """

    path: Path
    format: str
    carried: dict[str, str]
    status: str
    as_drawn: bool

    def report(self, lang: str | None = None) -> str:
        """All of it as lines of text."""
        words: dict[str, str] = texts(language(lang))["tables"]["inspection"]
        lines = [(words.get(name, name), text) for name, text in self.carried.items()]
        key = next(key for key, status in STATUSES.items() if status == self.status)
        status = words[key]
        if key == "current":
            status += " " + words["as_drawn" if self.as_drawn else "not_as_drawn"]
        lines.append((words["status"], status))
        width = max(len(name) for name, _ in lines)
        return "\n".join(f"{name:{width}}  {text}" for name, text in lines)


def inspect_file(path: Path, tables: Tables, *, sources: Sources | None = None) -> Inspection:
    """Read what a file carries and compare its numbers with those of the tables.

    Parameters
    ----------
    path : Path
        A PNG, SVG or PDF of any name.
    tables : mapping of str to DataFrame
        The raw tables.
    sources : mapping, optional
        CSL-JSON entries by id; by default those of the project.

    Returns
    -------
    Inspection

    Raises
    ------
    ValueError
        If the file cannot be read as any of the three.
    """
    content = _content(path)
    format = _format(content)
    if format is None:
        raise ValueError(f"{path.name} is no PNG, SVG or PDF: give a figure in one of these.")
    try:
        carried = statements(content)
    # A damaged file makes the readers fail in many ways; to the user all of them are one.
    except Exception as error:
        # Pillow names the stream, which says nothing to the user.
        reason = "" if "BytesIO" in str(error) or not str(error) else f" ({error})"
        raise ValueError(
            f"{path.name} begins as a {format.upper()} but cannot be read as one{reason}. "
            "It may be damaged or cut short: get it again."
        ) from error
    status = _status(carried, tables)
    exhibit = Exhibit(carried["Identifier"], tables) if status == STATUSES["current"] else None
    drawn = exhibit is not None and _is_drawn(content, format, carried, exhibit, sources)
    return Inspection(path, format, carried, status, drawn)


def statements(content: bytes) -> dict[str, str]:
    """What a figure says of itself, by name.

    Parameters
    ----------
    content : bytes
        Of a PNG, SVG or PDF.

    Returns
    -------
    dict of str to str

    Raises
    ------
    Exception
        Whatever the reader of its format raises at a damaged file.
    """
    format = _format(content)
    if format is None:
        raise ValueError("it is no PNG, SVG or PDF")
    said = dict(_READERS[format](content))
    return _completed({name: _plain(text) for name, text in said.items()}, format)


def _content(path: Path) -> bytes:
    """The bytes of a file that may be a figure."""
    if not path.is_file():
        raise ValueError(f"There is no file {str(path)!r}.")
    size = path.stat().st_size
    if not size:
        raise ValueError(f"{path.name} is empty.")
    if size > LARGEST:
        raise ValueError(
            f"{path.name} has {size} bytes; a figure has no more than {LARGEST}. It was not read."
        )
    return path.read_bytes()


def _format(content: bytes) -> str | None:
    """The format by the first bytes."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"%PDF-"):
        return "pdf"
    return "svg" if re.match(rb"(\xef\xbb\xbf)?\s*<", content) and b"<svg" in content else None


def _from_png(content: bytes) -> Iterator[tuple[str, str]]:
    """The text chunks of a PNG; all of it is decoded, so that a cut file is found out."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
            yield from image.text.items()  # type: ignore[attr-defined]


def _from_svg(content: bytes) -> Iterator[tuple[str, str]]:
    """The Dublin Core of an SVG, and its description.

    Entities could grow without end or fetch other files, so a file that declares any is refused.
    Read as UTF-8 whatever it declares: nothing can hide in another encoding.
    """
    text = content.decode("utf-8-sig")
    if re.search(r"<!ENTITY|<!DOCTYPE[^>]*\[", text):
        raise ValueError("it declares entities")
    root = ET.fromstring(text)
    if _local(root) != "svg":
        raise ValueError("its root is no svg")
    for child in root:
        if _local(child) in ("title", "desc"):
            yield _local(child).title(), "".join(child.itertext())
    for work in root.iter("{http://creativecommons.org/ns#}Work"):
        for statement in work:
            words = [word for word in statement.itertext() if word.strip()]
            name = _local(statement).title()
            if name == "License":
                words = [text for key, text in statement.attrib.items() if key.endswith("resource")]
            if words:
                yield ("Keywords" if name == "Subject" else name), "; ".join(words)


def _local(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _from_pdf(content: bytes) -> Iterator[tuple[str, str]]:
    """The Info dictionary of a PDF."""
    logging.getLogger("pypdf").addHandler(_pypdf_silent)  # it would print what it repairs
    reader = pypdf.PdfReader(io.BytesIO(content))
    if not reader.pages:
        raise ValueError("it has no page")
    for name, value in (reader.metadata or {}).items():
        yield name.removeprefix("/"), str(value)


_READERS = {"png": _from_png, "svg": _from_svg, "pdf": _from_pdf}


def _plain(text: str) -> str:
    """One line without control signs: a file must not steer the terminal it is shown in."""
    kept = (sign if sign.isprintable() or sign == "\u00a0" else " " for sign in text)
    return re.sub(" +", " ", "".join(kept)).strip(" ")


def _completed(said: dict[str, str], format: str) -> dict[str, str]:
    """The statements under the names of publish.figures, those among the keywords too."""
    carried: dict[str, str] = {}
    for name, text in said.items():
        carried.setdefault(embedding.NAMES[format].get(name, name), text)
    for word in map(str.strip, carried.pop("Keywords", "").split(";")):
        name, colon, text = word.partition(": ")
        if word in ids():
            carried.setdefault("Identifier", word)
        elif word.startswith("sha256:"):
            carried.setdefault("DataHash", word)
        elif word.startswith("https://creativecommons.org/"):
            carried.setdefault("Licence", word)
        elif colon:
            carried.setdefault(name, text)
    return carried


def _status(carried: dict[str, str], tables: Tables) -> str:
    """Whether the numbers a file was made from are those of the tables."""
    id, hash = carried.get("Identifier"), carried.get("DataHash")
    if carried.get("Creator") != figures.CREATOR or id not in ids() or not hash:
        return STATUSES["foreign"]
    current = figures.data_hash(Exhibit(id, tables))
    return STATUSES["current" if hash == current else "changed"]


def _is_drawn(
    content: bytes,
    format: str,
    carried: dict[str, str],
    exhibit: Exhibit,
    sources: Sources | None,
) -> bool:
    """Whether a file is what this version draws, in the language that it names or in any."""
    named = carried.get("Language")
    langs = [named] if named in LANGUAGES else list(LANGUAGES)
    citations = references(exhibit.tables, [exhibit.id], langs, sources=sources)
    return any(
        figures.render(exhibit, format, lang=lang, citation=citation)[format] == content
        for (_, lang), citation in citations.items()
    )
