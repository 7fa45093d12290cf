"""Executed notebooks as HTML that a strict page can hold, by nbconvert's `basic` template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import nbformat
from markupsafe import Markup


@dataclass(frozen=True)
class Rendered:
    """A notebook as part of a page.

    Attributes
    ----------
    stem : str
        Name of the file without its ending.
    path : str
        The file, from the root of the project.
    title : str
        Its first heading.
    question : str
        Its first paragraph.
    body : Markup
        HTML without scripts and styles, its headings one level deeper.
    """

    stem: str
    path: str
    title: str
    question: str
    body: Markup


def render(files: Mapping[str, bytes]) -> list[Rendered]:
    """Render notebooks in the order given.

    Parameters
    ----------
    files : mapping of str to bytes
        Executed notebooks by path.

    Returns
    -------
    list of Rendered

    Raises
    ------
    ValueError
        If a notebook does not open with its title and its question.
    """
    from nbconvert import HTMLExporter  # loads slowly

    exporter = HTMLExporter(template_name="basic", exclude_anchor_links=True)
    rendered = []
    for path, content in files.items():
        notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
        name = PurePosixPath(path)
        title, question = _opening(notebook, name.name)
        notebook.cells[0].source = question
        html, _ = exporter.from_notebook_node(notebook)
        # Our own notebooks, in which pandas escapes cells; and pages run no script in their text.
        body = Markup(_plain(html))  # noqa: S704
        rendered.append(Rendered(name.stem, path, title, question, body))
    return rendered


def _opening(notebook: nbformat.NotebookNode, name: str) -> tuple[str, str]:
    """Title and question of a notebook, from its first cell."""
    first = notebook.cells[0].source if notebook.cells else ""
    heading, _, question = first.partition("\n\n")
    if not (heading.startswith("# ") and question.strip()):
        raise ValueError(
            f"notebooks/{name} opens with {first[:60]!r}. Its first cell must be Markdown: a "
            "heading (# Title), a blank line, and the question it answers."
        )
    return heading.removeprefix("# "), question


def _plain(html: str) -> str:
    """Take out what the page's own style does better, and what it forbids: styles in the text.

    Code is folded away, for readers want the text, the tables and the figures first. Tables get a
    frame that scrolls by itself on a narrow page, and can be reached by keyboard.
    """
    html = re.sub(r"<style scoped=\"\">.*?</style>", "", html, flags=re.DOTALL)
    html = re.sub(r' (style|border)="[^"]*"', "", html)
    html = html.replace("<th></th>", "<td></td>")
    html = re.sub(r'id="cell-id=', 'id="', html)
    html = re.sub(
        r"(<table.*?</table>)", r'<div class="scroll" tabindex="0">\1</div>', html, flags=re.DOTALL
    )
    html = re.sub(r'<div class="prompt [^>]*>[^<]*</div>', "", html)
    html = re.sub(
        r'<div class="input">\s*<div class="inner_cell">\s*<div class="input_area">'
        r'\s*(<div class="highlight.*?</pre></div>)\s*</div>\s*</div>\s*</div>',
        r"<details><summary>Code</summary>\1</details>",
        html,
        flags=re.DOTALL,
    )
    return re.sub(r"</img>", "", html)
