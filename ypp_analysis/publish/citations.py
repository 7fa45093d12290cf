"""How to cite an exhibit or a claim: the study, its sources, and then what was made of them here.

An exhibit rests on what :mod:`.origins` finds behind it, a claim on what the study cites for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from ypp_analysis.datasets import sources as shipped_sources
from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.findings import Tables
from ypp_analysis.ledger.study import Sources
from ypp_analysis.publish.bibliography import GAPS, Work
from ypp_analysis.publish.csl_styles import TEXT_STYLES
from ypp_analysis.publish.data_tables import CLAIMS
from ypp_analysis.publish.exports import EXPORTS
from ypp_analysis.publish.library import Library
from ypp_analysis.publish.origins import Origins
from ypp_analysis.publish.study_record import ID, File
from ypp_analysis.wording import LANGUAGES, language

STYLES = (*TEXT_STYLES, *EXPORTS)
BETWEEN = " | "
"""Stands between works in a citation of one line: no reference has it."""
REFERENCES = "references.json"
"""Name of the file with what :func:`reference_lists` gives."""
FILES = {"citations.bib": "bibtex", "citations.ris": "ris", "citations.json": "csl-json"}


def cite(
    id: str,
    tables: Tables,
    *,
    style: str = "apa",
    lang: str | None = None,
    study: File = None,
    sources: Sources | None = None,
) -> str:
    """Cite an exhibit or a claim with all it rests on.

    Parameters
    ----------
    id : str
        An exhibit (``ypp list``), a claim (``ypp audit``), or "claims" for the ledger.
    tables : mapping of str to DataFrame
        All raw tables.
    style : str
        One of ``STYLES``: a style for people, or a format for a reference manager.
    lang : str, optional
        Language of titles, terms and dates; see `wording.language`.
    study : path, optional
        A CSL-JSON file with what is known of the study; by default that of ``YPP_STUDY``.
    sources : mapping, optional
        CSL-JSON entries by id; by default those of the project.

    Returns
    -------
    str
        For people a line for each work and, where the study's record has gaps, one that says
        how to fill them; otherwise the content of a file.

    Raises
    ------
    ValueError
        If there is no such style, exhibit or claim, or the file does not describe one work.
    """
    if style not in STYLES:
        raise ValueError(f"{style!r} is no style of citation: choose one of {', '.join(STYLES)}.")
    library = Library(_origins(tables, sources), language(lang), study)
    works = library.works(id)
    if style in EXPORTS:
        return EXPORTS[style](works)
    lines = library.formatted(works, style)
    gaps = works[0].get(GAPS)
    return "\n".join([*lines, "", gaps] if gaps else lines) + "\n"


def references(
    tables: Tables,
    ids: Iterable[str] = DESIGNS,
    langs: Iterable[str] = LANGUAGES,
    *,
    study: File = None,
    sources: Sources | None = None,
) -> dict[tuple[str, str], str]:
    """Cite exhibits in a line each, in the style of the APA, as their figures carry it.

    Parameters
    ----------
    tables, study, sources
        As for :func:`cite`.
    ids : iterable of str
        Ids as :func:`cite` knows them; by default all exhibits.
    langs : iterable of str
        Languages; by default all.

    Returns
    -------
    dict of (str, str) to str
        By exhibit and language: the works that :func:`cite` names, in its order, with ``BETWEEN``
        between them.
    """
    origins = _origins(tables, sources)
    libraries = {lang: Library(origins, lang, study) for lang in langs}
    return {
        (id, lang): BETWEEN.join(library.lines(id))
        for lang, library in libraries.items()
        for id in ids
    }


def reference_lists(
    tables: Tables, *, study: File = None, sources: Sources | None = None
) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Cite every exhibit in each style that is read by people.

    Parameters
    ----------
    tables, study, sources
        As for :func:`cite`.

    Returns
    -------
    dict
        By style, language and exhibit: a line for each work, as :func:`cite` orders them.
    """
    origins = _origins(tables, sources)
    libraries = {lang: Library(origins, lang, study) for lang in LANGUAGES}
    return {
        style: {lang: library.lists(DESIGNS, style) for lang, library in libraries.items()}
        for style in TEXT_STYLES
    }


def all_citations(
    tables: Tables,
    *,
    study: File = None,
    sources: Sources | None = None,
) -> dict[str, bytes]:
    """Gather every exhibit and every claim, in each language, with all they rest on.

    Parameters
    ----------
    tables, study, sources
        As for :func:`cite`.

    Returns
    -------
    dict of str to bytes
        Content of each of ``FILES``, by name: each work once, the study first, then the
        sources, the exhibits and the claims; and of ``REFERENCES``.

    Raises
    ------
    ValueError
        As :func:`cite`.
    """
    origins = _origins(tables, sources)
    ids = (*DESIGNS, CLAIMS, *tables["claims"]["claim"])
    lists = reference_lists(tables, study=study, sources=sources)
    written = json.dumps(lists, indent=1, ensure_ascii=False) + "\n"
    return {**_files(origins, ids, study), REFERENCES: written.encode()}


def citation_files(
    tables: Tables, ids: Iterable[str], *, study: File = None, sources: Sources | None = None
) -> dict[str, bytes]:
    """Cite exhibits and claims, in each language, in the files that :func:`all_citations` gives.

    Parameters
    ----------
    tables, study, sources
        As for :func:`cite`.
    ids : iterable of str
        Ids as :func:`cite` knows them.

    Returns
    -------
    dict of str to bytes
        Content of each of ``FILES``, by name.
    """
    return _files(_origins(tables, sources), tuple(ids), study)


def _files(origins: Origins, ids: tuple[str, ...], study: File) -> dict[str, bytes]:
    originals: dict[str, Work] = {}
    own: dict[str, Work] = {}
    for lang in LANGUAGES:
        library = Library(origins, lang, study)
        for id in ids:
            *works, last = library.works(id)
            originals = {work["id"]: work for work in works} | originals
            own[last["id"]] = last
    study_first = [originals.pop(ID), *(originals[id] for id in sorted(originals))]
    works = [*study_first, *own.values()]
    return {name: EXPORTS[format](works).encode() for name, format in FILES.items()}


def _origins(tables: Tables, sources: Sources | None) -> Origins:
    return Origins(tables, shipped_sources() if sources is None else sources)
