"""From the content of a page to its HTML: Jinja templates, everything in them escaped."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any

import jinja2
from markupsafe import Markup

from ypp_analysis.findings import Tables
from ypp_analysis.findings.tiers import PROGRAMME_YEARS
from ypp_analysis.wording import LANGUAGES, fill, texts


@dataclass(frozen=True)
class Page:
    """One page, in one language.

    Parameters
    ----------
    path : str
        Its place in the folder of a language.
    template : str
    title : str
    context : dict
        What the template shows.
    description : str
        For previews and catalogues.
    meta : list of (str, str)
        Further ``<meta>`` tags: name and content.
    image : str
        Path of a picture for previews, from the folder of the site.
    image_alt : str
        The picture in words.
    """

    path: str
    template: str
    title: str
    context: dict[str, Any]
    description: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    image: str = ""
    image_alt: str = ""


class Renderer:
    """Pages of one language.

    Parameters
    ----------
    lang : str
    tables : mapping of str to DataFrame
        The raw tables, which texts take their numbers from.
    base_url : str
        Where the site will stand, for the tags that need a whole address; blank if unknown.
    """

    def __init__(self, lang: str, tables: Tables, base_url: str = "") -> None:
        self.lang, self.tables = lang, tables
        self.base_url = f"{base_url.rstrip('/')}/" if base_url else ""

    def page(self, page: Page) -> bytes:
        """A page as HTML."""
        return self._render(page.template, f"{self.lang}/{page.path}", page=page, **page.context)

    def shared(self, template: str, **context: Any) -> bytes:
        """A page at the root of the site, common to the languages."""
        return self._render(template, template, **context)

    def _render(self, template: str, path: str, **context: Any) -> bytes:
        here = posixpath.dirname(path)

        def link(target: str) -> str:
            """The way to a file of the site from here."""
            return posixpath.relpath(target, here or ".")

        def to(target: str) -> str:
            """The way to a page of this language from here."""
            return link(f"{self.lang}/{target}")

        def whole(target: str) -> str:
            """The address of a file of the site: a whole one where it is known."""
            return f"{self.base_url}{target}" if self.base_url else link(target)

        others = {lang: path.replace(self.lang, lang, 1) for lang in LANGUAGES}
        text = (
            _environment()
            .get_template(template)
            .render(
                lang=self.lang,
                path=path,
                link=link,
                to=to,
                whole=whole,
                base_url=self.base_url,
                say=self.say,
                texts=texts(self.lang),
                words=texts(self.lang)["site"],
                languages={lang: link(other) for lang, other in others.items()},
                names=LANGUAGES,
                version=version("ypp-analysis"),
                **context,
            )
        )
        return f"{_compact(text)}\n".encode()

    def say(self, text: str, **row: Any) -> str:
        """A text with its numbers filled in, from findings or from what is given."""
        verdicts = {name: said["label"] for name, said in texts(self.lang)["verdicts"].items()}
        years = {"first_year": PROGRAMME_YEARS[0], "last_year": PROGRAMME_YEARS[-1]}
        return fill(text, self.tables, self.lang, {**verdicts, **years, **row})


def _text(value: object) -> Markup:
    """A text between tags, where quotation marks need no escape: half the size of JSON."""
    return Markup(html.escape(str(value), quote=False))  # noqa: S704 - escaped just here


def _with_references(text: object) -> Markup:
    """A text in which each number of a reference, as in [3, 4], leads to it."""

    def linked(found: re.Match[str]) -> str:
        return re.sub(r"\d+", r'<a href="#ref-\g<0>">\g<0></a>', found[0])

    return Markup(re.sub(r"\[\d+(?:, \d+)*\]", linked, _text(text)))  # noqa: S704 - escaped above


_BLOCKS = "article|details|div|dd|dl|dt|figure|form|h[1-6]|head|header|li|link|main|meta|nav|ol|"
_BLOCKS += "option|p|section|select|summary|table|tbody|td|th|thead|title|tr|ul"


def _compact(page: str) -> str:
    """A page with nothing in it that a browser skips: a tenth of its size."""
    pieces = re.split(r"(<(pre|script)\b.*?</\2>)", page, flags=re.DOTALL)
    for place in range(0, len(pieces), 3):  # what stands between two of these
        piece = re.sub(r"\s*\n\s*", "\n", pieces[place]).replace("&#39;", "'")
        piece = re.sub(rf"(</?(?:{_BLOCKS})\b[^>]*>)\n", r"\1", piece)
        pieces[place] = re.sub(r'(?<= )([\w-]+)="([\w.#/-]+)"(?=[ >])', r"\1=\2", piece)
    del pieces[2::3]
    return "".join(pieces).strip()


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ypp_analysis.publish.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    environment.filters["text"] = _text
    environment.filters["with_references"] = _with_references
    return environment
