"""What a page says of itself to programs: previews, catalogues and reference managers."""

from __future__ import annotations

from ypp_analysis.publish import figures
from ypp_analysis.publish.bibliography import Work


def cited_by_machines(works: list[Work], lang: str, pdf: str) -> list[tuple[str, str]]:
    """Tags that reference managers read: Highwire Press and Dublin Core.

    Parameters
    ----------
    works : list of dict
        The study, its sources, and the exhibit as the last, as CSL-JSON.
    lang : str
    pdf : str
        Address of the figure as PDF.

    Returns
    -------
    list of (str, str)
        Name and content. Zotero takes "artwork" for a type of its own, where "Image" would be
        outdone by the title; a journal article is what it makes of a source. A comma behind the
        author keeps it from being taken apart into a first and a last name.
    """
    study, *_, own = works
    author, year = own["author"][0]["literal"], str(own["issued"]["date-parts"][0][0])
    return [
        ("citation_title", own["title"]),
        ("citation_author", f"{author},"),
        ("citation_pdf_url", pdf),
        ("DC.type", "artwork"),
        ("DC.title", own["title"]),
        ("DC.creator", author),
        ("DC.date", year),
        ("DC.language", lang),
        ("DC.publisher", own["container-title"]),
        ("DC.identifier", own["id"]),
        ("DC.rights", figures.LICENCE),
        ("DC.relation", study["title"]),
    ]
