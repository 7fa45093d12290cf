"""From the content of a page to its HTML: Jinja templates, everything in them escaped."""

from __future__ import annotations

import html
import posixpath
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
        Path of a picture for previews, from the folder of the site; blank for none.
    """

    path: str
    template: str
    title: str
    context: dict[str, Any]
    description: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    image: str = ""


class Renderer:
    """Pages of one language.

    Parameters
    ----------
    lang : str
    tables : mapping of str to DataFrame
        The raw tables, which texts take their numbers from.
    """

    def __init__(self, lang: str, tables: Tables) -> None:
        self.lang, self.tables = lang, tables

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

        others = {lang: path.replace(self.lang, lang, 1) for lang in LANGUAGES}
        text = (
            _environment()
            .get_template(template)
            .render(
                lang=self.lang,
                path=path,
                link=link,
                to=to,
                say=self.say,
                texts=texts(self.lang),
                words=texts(self.lang)["site"],
                languages={lang: link(other) for lang, other in others.items()},
                names=LANGUAGES,
                version=version("ypp-analysis"),
                **context,
            )
        )
        return f"{text.rstrip()}\n".encode()

    def say(self, text: str, **row: Any) -> str:
        """A text with its numbers filled in, from findings or from what is given."""
        verdicts = {name: said["label"] for name, said in texts(self.lang)["verdicts"].items()}
        years = {"first_year": PROGRAMME_YEARS[0], "last_year": PROGRAMME_YEARS[-1]}
        return fill(text, self.tables, self.lang, {**verdicts, **years, **row})


def _text(value: object) -> Markup:
    """A text between tags, where quotation marks need no escape: half the size of JSON."""
    return Markup(html.escape(str(value), quote=False))  # noqa: S704 - escaped just here


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ypp_analysis.publish.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["text"] = _text
    return environment
