"""The citation styles as the processor needs them, each in a language.

The files in ``styles/`` stay as they are; what the processor does not know of is told to it in
another way here, and what a style has for English only is put into Indonesian.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

TEXT_STYLES = {
    "apa": "apa",
    "chicago": "chicago-author-date",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}
"""Name of the CSL file of each style that is read by people."""
LOCALES = {"en": "en-US", "id": "id-ID"}
BRITISH = {"harvard"}
"""Styles whose English is that of Britain."""
CSL = "{http://purl.org/net/xbiblio/csl}"


@cache
def style(name: str, lang: str) -> CitationStylesStyle:
    """A style in a language.

    Parameters
    ----------
    name : str
        One of ``TEXT_STYLES``.
    lang : str
        A key of ``LOCALES``.
    """
    from citeproc import CitationStylesStyle, model

    model.Substitute.render = _substituted
    locale = "en-GB" if lang == "en" and name in BRITISH else LOCALES[lang]
    file = resources.files("ypp_analysis.publish") / "styles" / f"{TEXT_STYLES[name]}.csl"
    with file.open("rb") as content:
        found = CitationStylesStyle(content, locale=locale, validate=False)
    _spell_out(found.root)
    if lang != "en":
        _day_before_month(found.root)
    return found


def _spell_out(root: Any) -> None:
    """Leave to the style what the processor would do of its own accord."""
    # It would shorten pages 1-13 to 1-3. So they stand as the work has them.
    root.attrib.pop("page-range-format", None)
    # It overlooks initialize="false" and would shorten given names that are to be spelt out.
    initials = root.attrib.pop("initialize-with", None)
    for name in root.iter(f"{CSL}name"):
        if initials and name.get("initialize") != "false" and "initialize-with" not in name.attrib:
            name.set("initialize-with", initials)
    # It writes a label where there is nothing to label, and a fixed word before no number.
    for label in [*root.iter(f"{CSL}label")]:
        if label.get("variable") == "edition" and label.get("form") != "short":
            label.getparent().remove(label)
    for text in [*root.iter(f"{CSL}text")]:
        if text.get("value") == "publication":
            text.getparent().remove(text)


def _day_before_month(root: Any) -> None:
    """Write 28 Januari where a style has the order of America, January 28, for every language."""
    for date in root.iter(f"{CSL}date"):
        parts = {part.get("name"): part for part in date.iterchildren(f"{CSL}date-part")}
        if [*parts] == ["month", "day"]:
            day = parts["day"]
            day.attrib.pop("prefix", None)
            day.set("suffix", " ")
            date.insert(0, day)


def _substituted(self: Any, item: Any, context: Any = None, **options: Any) -> Any:
    """Write what stands in the place of an author, and then nowhere else in the reference.

    So CSL has it; the processor's own method forgets what a macro has written, and the title of
    a work without an author would stand in it twice.
    """
    from citeproc.model import Names
    from citeproc.source import VariableError

    for child in self.getchildren():
        naming = isinstance(child, Names) and child.name is None
        names = {"names_context": self.xpath_search("./parent::cs:names[1]")[0]} if naming else {}
        try:
            text = child.render(item, context=context, **names, **options)
        except VariableError:
            continue
        if text:
            if not isinstance(child, Names):
                _repress(item, _letters(text), context)
            return text
    return None


def _repress(item: Any, written: str, context: Any) -> None:
    """Keep variables that were written from being written again."""
    repressed = context.get_layout().repressed.setdefault(f"{CSL}text", [])
    for variable in ("title", "container-title", "publisher"):
        value = _letters(item.reference.get(variable.replace("-", "_")) or "")
        if value and value in written:
            repressed.append(variable)


def _letters(text: Any) -> str:
    """Text without capitals, blanks and signs, to be compared."""
    return "".join(filter(str.isalnum, str(text).casefold()))
