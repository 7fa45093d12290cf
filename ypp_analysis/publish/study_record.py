"""The bibliographic record of the study: what is known, what a reader adds, what is missing.

Its author, journal, year and pages are not in its text. Who knows them puts them once into a
file of CSL-JSON, as Zotero and Crossref give it, and names it in ``YPP_STUDY``; every citation
then has them. Until then square brackets show where they belong.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ypp_analysis.datasets import strict
from ypp_analysis.datasets.works import breaches
from ypp_analysis.publish.bibliography import Work

VARIABLE = "YPP_STUDY"
"""Environment variable that names a CSL-JSON file with what a reader knows of the study."""
ID = "ypp-study"

File = str | os.PathLike[str] | None


def study_record(known: Mapping[str, Any], words: Mapping[str, Any], file: File = None) -> Work:
    """Complete the record of the study as far as is possible.

    Parameters
    ----------
    known : mapping
        Its CSL-JSON entry in `sources`.
    words : mapping
        The texts ``[citations]`` of a language.
    file : path, optional
        CSL-JSON with what a reader knows, which goes before; by default that of ``YPP_STUDY``.

    Returns
    -------
    dict
        CSL-JSON. What is missing stands in square brackets, and `note` lists it; there is no
        `note` where nothing is missing.

    Raises
    ------
    ValueError
        If the file does not describe one work.
    """
    described = {key: value for key, value in known.items() if key != "note"}
    work = {**described, "type": "article-journal", **_given(file), "id": ID}
    gaps = _gaps(work)
    names = words["unknown"]
    brackets: Work = {key: f"[{names[key]}]" for key in gaps if key != "issued"}
    if "author" in brackets:
        brackets["author"] = [{"literal": brackets["author"]}]
    if gaps:
        listed = ", ".join(names[key] for key in gaps)
        brackets["note"] = words["gaps"].format(listed=listed, variable=VARIABLE)
    return {**work, **brackets}


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
        raise ValueError(
            f"The record of the study, {name!r}, cannot be read: {error}. "
            f"Give {VARIABLE} or --study a file of CSL-JSON."
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


def _in_one_line(value: Any) -> Any:
    """A text without the line breaks that abstracts have, which some formats read as their own."""
    return " ".join(value.split()) if isinstance(value, str) else value
