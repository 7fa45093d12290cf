"""The bibliographic record of the study: what is known, what a reader adds, what is missing.

Its author, journal, year and pages are not in its text. Who knows them puts them once into a
file of CSL-JSON, as Zotero and Crossref give it, and names it in ``YPP_STUDY``; every citation
then has them. Until then square brackets show where they belong.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ypp_analysis.datasets import strict
from ypp_analysis.datasets.works import breaches
from ypp_analysis.messages import told
from ypp_analysis.publish.bibliography import Work

VARIABLE = "YPP_STUDY"
"""Environment variable that names a CSL-JSON file with what a reader knows of the study."""
ID = "ypp-study"

File = str | os.PathLike[str] | None


def study_record(known: Mapping[str, Any], file: File = None) -> Work:
    """Complete the record of the study as far as is possible.

    Parameters
    ----------
    known : mapping
        Its CSL-JSON entry in `sources`.
    file : path, optional
        CSL-JSON with what a reader knows, which goes before; by default that of ``YPP_STUDY``.

    Returns
    -------
    dict
        CSL-JSON, without what nobody knows.

    Raises
    ------
    ValueError
        If the file does not describe one work, or describes another.
    """
    described = {key: value for key, value in known.items() if key != "note"}
    given = _given(file)
    if given.get("title") and not _alike(str(given["title"]), str(known["title"])):
        raise ValueError(
            f"The record of the study, {os.fspath(file or os.environ[VARIABLE])!r}, describes "
            f"another work: {given['title']!r:.100}, where the study is {known['title']!r}. "
            "Give the entry of the study, or leave the title out."
        )
    return {**described, "type": "article-journal", **given, "id": ID}


def gaps_text(work: Work, words: Mapping[str, Any]) -> str:
    """Say what a record of the study lacks and how to fill it in; blank if it lacks nothing.

    Parameters
    ----------
    work : dict
        As :func:`study_record` gives it.
    words : mapping
        The texts ``[citations]`` of a language.
    """
    listed = ", ".join(words["unknown"][key] for key in _gaps(work))
    return words["gaps"].format(listed=listed, variable=VARIABLE) if listed else ""


def bracketed(work: Work, words: Mapping[str, Any]) -> Work:
    """A record of the study with square brackets where something is missing; see above."""
    names = words["unknown"]
    brackets: Work = {key: f"[{names[key]}]" for key in _gaps(work) if key != "issued"}
    if "author" in brackets:
        brackets["author"] = [{"literal": brackets["author"]}]
    return {**work, **brackets}


def _alike(title: str, known: str) -> bool:
    """Whether two titles can be of one work: they share a third of the words of the shorter."""
    one, other = (set(re.findall(r"\w+", text.casefold())) for text in (title, known))
    return 3 * len(one & other) >= min(len(one), len(other))


def _gaps(work: Work) -> list[str]:
    """What a reference needs and the record lacks; only an article needs a journal and pages.

    The year gets no brackets, for each style has its own words for a work without one.
    """
    gaps = [key for key in ("author", "container-title", "issued") if key not in work]
    if not work["type"].startswith("article"):
        return [key for key in gaps if key != "container-title"]
    return gaps if {"volume", "issue", "page", "DOI"} & set(work) else [*gaps, "page"]


def _given(file: File) -> Work:
    """What a reader knows: the one entry of a CSL-JSON file."""
    chosen = file or os.environ.get(VARIABLE)
    if not chosen:
        return {}
    name = os.fspath(chosen)
    try:
        found = strict.loads(strict.read_bytes(Path(chosen)).decode("utf-8"))
    except (OSError, ValueError) as error:
        hint = _other_format(Path(chosen))
        reason = hint or told(error).rstrip(".")
        raise ValueError(
            f"The record of the study, {name!r}, cannot be read: {reason}. "
            f"Give {VARIABLE} or --study a file of CSL-JSON, as Zotero exports it."
        ) from None
    entries = found if isinstance(found, list) else [found]
    if len(entries) != 1 or not isinstance(entries[0], dict):
        raise ValueError(
            f"The record of the study, {name!r}, holds {len(entries)} entries; "
            "CSL-JSON of one work, the study, is needed."
        )
    work = {key: _in_one_line(value) for key, value in entries[0].items() if value}
    for breach in breaches(work):
        raise ValueError(
            f"The record of the study, {name!r}: {breach.key!r} {breach.rule}; "
            f"received {breach.value!r:.100}. {breach.remedy}"
        )
    return work


def _other_format(path: Path) -> str:
    """Say what a file that is no CSL-JSON looks like; blank where it looks like nothing known."""
    try:
        start = strict.read_bytes(path)[:4000].decode("utf-8").lstrip()
    except (OSError, ValueError):
        return ""
    begins = {r"@\w+\s*[{(]": "BibTeX", r"TY  -": "RIS"}
    found = [name for pattern, name in begins.items() if re.search(f"^{pattern}", start, re.M)]
    return f"it looks like {found[0]}, not JSON" if found else ""


def _in_one_line(value: Any) -> Any:
    """A text without the line breaks that abstracts have, which some formats read as their own."""
    return " ".join(value.split()) if isinstance(value, str) else value
