"""What a figure file says of itself, put where the programs that read its format look for it.

PNG has text chunks, SVG the Dublin Core with the title and description that screen readers
speak, PDF its Info dictionary and the same again as XMP.
"""

from __future__ import annotations

import io
import re
from typing import cast
from xml.sax.saxutils import escape

from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject, TextStringObject

from ypp_analysis.publish.templating import template

Said = dict[str, str]
"""Statements by name, as `publish.figures.carried` has them."""

NAMES = {
    "png": {"Author": "Creator", "Comment": "Alt", "Copyright": "Rights"},
    "svg": {"License": "Licence", "Desc": "Alt", "Bibliographiccitation": "Citation"},
    "pdf": {"Author": "Creator", "Subject": "Description"},
}
"""What each format calls a statement that has another name there."""

DCTERMS = "http://purl.org/dc/terms/"


def metadata(said: Said, format: str) -> dict[str, object]:
    """What Matplotlib is told to write; it may write neither a time nor its own version."""
    if format == "png":
        return {**_renamed(said, format), "Software": None}
    if format == "pdf":
        return dict.fromkeys(("Creator", "Producer", "CreationDate"))
    core = ("Title", "Description", "Source", "Identifier", "Language", "Creator")
    return {
        **{name: said[name] for name in core},
        "Rights": said["Rights"],
        "Keywords": [said["DataHash"], f"Version: {said['Version']}"],
        "Date": None,
        "Format": "image/svg+xml",
        "Type": "StillImage",
    }


def completed(content: bytes, said: Said, format: str) -> bytes:
    """Add to a file what Matplotlib cannot write."""
    if format == "svg":
        return _described(content, said)
    return _with_info(content, said) if format == "pdf" else content


def name(said: Said) -> str:
    """Name of a figure that no other has."""
    return f"{said['Identifier']}-{said['Language']}"


def _renamed(said: Said, format: str) -> Said:
    """Statements under the names that a format has for them."""
    names = {ours: theirs for theirs, ours in NAMES[format].items()}
    return {names.get(key, key): text for key, text in said.items()}


def _described(svg: bytes, said: Said) -> bytes:
    """Add what screen readers look for: role, title, description; how to cite, and the licence.

    Ids get the name of the figure in front, so that several figures fit on one page.
    """
    own, lang = name(said), said["Language"]
    text = re.sub(r'( id="|href="#|url\(#)', rf"\g<1>{own}-", svg.decode("utf-8"))
    opening = re.search(r"<svg [^>]*>", text, re.DOTALL)
    assert opening is not None
    tag = opening.group().removesuffix(">")
    tag += f' role="img" aria-labelledby="{own}-title {own}-desc"'
    tag += f' lang="{lang}" xml:lang="{lang}">'
    inside = f'\n <title id="{own}-title">{escape(said["Title"])}</title>'
    inside += f'\n <desc id="{own}-desc">{escape(said["Alt"])}</desc>'
    rest = re.sub(r"\n <title>.*?</title>", "", text[opening.end() :], count=1, flags=re.DOTALL)
    element = "dcterms:bibliographicCitation"
    cited = f'<{element} xmlns:dcterms="{DCTERMS}">{escape(said["Citation"])}</{element}>'
    licence = f'<cc:license rdf:resource="{escape(said["Licence"])}"/>'
    rest = rest.replace("</cc:Work>", f" {cited}\n    {licence}\n   </cc:Work>", 1)
    return f"{text[: opening.start()]}{tag}{inside}{rest}".encode()


def _with_info(pdf: bytes, said: Said) -> bytes:
    """Every statement in the Info dictionary of a PDF, and all again as XMP."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.pdf_header = "%PDF-1.4"  # as Matplotlib writes, and the first that knows XMP
    writer.metadata = {f"/{key}": text for key, text in _renamed(said, "pdf").items()}
    writer.xmp_metadata = template("packet.xmp").render(said=said).encode()
    packet = cast(StreamObject, writer.root_object["/Metadata"])
    packet[NameObject("/Type")] = NameObject("/Metadata")
    packet[NameObject("/Subtype")] = NameObject("/XML")
    writer.root_object[NameObject("/Lang")] = TextStringObject(said["Language"])
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
