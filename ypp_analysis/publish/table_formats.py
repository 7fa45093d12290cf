"""Tables as files: CSV, XLSX, LaTeX, Markdown and HTML.

CSV is for machines: the frame as it is, columns by name. The others are for people, in words
and with headings; XLSX keeps numbers and dates as such.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from ypp_analysis.publish.data_tables import Table, to_csv
from ypp_analysis.publish.spreadsheets import to_xlsx
from ypp_analysis.publish.templating import template

LINE, SMALL_LINE, LONG_LINE = 70, 86, 137
"""Signs that a line holds in LaTeX: as it is; small, as wider tables are; small along the page."""

SPACE = 3
"""Signs that the space between two columns takes."""

PAGE, SHORT_PAGE = 30, 20
"""Lines of a table that a page holds, and a page that is turned; a longer one runs over several."""

MANY = 7
"""Columns from which on a table is turned."""

_PACKAGES = (
    "% Needs \\usepackage{array,booktabs,longtable,lscape,xurl} and \\usepackage[T1]{fontenc}.\n"
)

_LATEX = str.maketrans(
    {sign: rf"\{sign}" for sign in "&%$#_{}"}
    # In brackets, else a row that begins so is read as an option of the row before.
    | {sign: f"{{{sign}}}" for sign in "[]*"}
    | {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        "−": "$-$",
        "×": r"$\times$",
        "≤": r"$\leq$",
        "≥": r"$\geq$",
        "\n": " ",
    }
)


def render(table: Table, *formats: str) -> dict[str, bytes]:
    """Write a table in each format.

    Parameters
    ----------
    table : Table
    *formats : {"csv", "xlsx", "tex", "md", "html"}

    Returns
    -------
    dict of str to bytes
        Content of the file of each format.

    Raises
    ------
    ValueError
        For any other format, or if a column or a code has no words in the table's language.
    """
    for format in formats:
        if format not in FORMATS:
            known = ", ".join(FORMATS)
            raise ValueError(f"{format!r} is no format of a table: choose one of {known}.")
    return {format: FORMATS[format](table) for format in formats}


def to_latex(table: Table) -> bytes:
    r"""A table as LaTeX to ``\input``: booktabs, caption, the label ``tab:ID``, notes below.

    Its first lines are comments: the packages that it needs, and how to cite it. A table of more
    than a page is a longtable, which runs over pages; the others float. Wide ones are turned.
    """
    layout = _layout(table)
    title, label = latex(table.title), f"tab:{table.id}"
    caption = f"{title}. {latex(table.caption)}"
    style = table.texts.style.hide(axis="index").format(latex).format_index(latex, axis="columns")
    body = style.to_latex(
        hrules=True,
        column_format="".join(layout.columns),
        environment="longtable" if layout.long else None,
        caption=(caption, title) if layout.long else None,
        label=label if layout.long else None,
    )
    # The only words that pandas writes of its own.
    body = body.replace("Continued on next page", latex(table.words["continued"]))
    if layout.small:
        body = f"{{\\footnotesize\n{body}}}\n"
    notes = "".join(f"{_with_addresses(note)}\\par\n" for note in table.notes)
    body += f"\\par\\smallskip\n{{\\raggedright\\footnotesize\n{notes}}}\n"
    if not layout.long:
        head = f"\\centering\n\\caption[{title}]{{{caption}}}\n\\label{{{label}}}\n"
        body = f"\\begin{{table}}[htbp]\n{head}{body}\\end{{table}}\n"
    if layout.turned:
        body = f"\\begin{{landscape}}\n{body}\\end{{landscape}}\n"
    cited = "".join(f"% {line}\n" for line in table.citation)
    return f"{_PACKAGES}{cited}{body}".encode()


def latex(text: object) -> str:
    """Text as LaTeX shows it, every sign that LaTeX reads as a command escaped."""
    return str(text).translate(_LATEX)


def _with_addresses(text: str) -> str:
    """Text as LaTeX shows it, with addresses that may be broken at the end of a line."""
    parts = re.split(r"(https?://[^\s{}\\]+[^\s{}\\.,;])", text)
    return "".join(
        rf"\url{{{part}}}" if number % 2 else latex(part) for number, part in enumerate(parts)
    )


class _Layout(NamedTuple):
    """How a table is set: types of its columns, small or not, over pages or not, turned or not."""

    columns: list[str]
    small: bool = False
    long: bool = False
    turned: bool = False


def _layout(table: Table) -> _Layout:
    """Numbers to the right, text to the left; lines are broken where the table is too wide."""
    cells = [[str(name), *table.texts[name]] for name in table.texts]
    if sum(SPACE + _longest(column) for column in cells) <= LINE:
        columns = ["r" if number else "l" for number in table.numeric]
        return _Layout(columns, long=len(table.data) > PAGE)
    turned = len(cells) >= MANY
    widths = _share_line(cells, LONG_LINE if turned else SMALL_LINE)
    long = _lines(cells, widths) > (SHORT_PAGE if turned else PAGE)
    if long and not turned:
        turned, widths = True, _share_line(cells, LONG_LINE)
    sides = [r"\raggedleft" if number else r"\raggedright" for number in table.numeric]
    # Without {} pandoc takes the digits of a cell that come first for part of the command.
    columns = [
        rf">{{{side}\arraybackslash{{}}}}"
        rf"p{{\dimexpr {width / sum(widths):.3f}\linewidth-2\tabcolsep\relax}}"
        for side, width in zip(sides, widths, strict=True)
    ]
    return _Layout(columns, small=True, long=long, turned=turned)


def _lines(cells: list[list[str]], widths: list[float]) -> int:
    """Lines that the rows of a table take, each as many as its longest cell."""
    taken = [
        [math.ceil(len(cell) / (width - SPACE)) for cell in column]
        for column, width in zip(cells, widths, strict=True)
    ]
    return sum(map(max, zip(*taken, strict=True)))


def _share_line(cells: list[list[str]], line: int) -> list[float]:
    """Room for each column: all it needs if that is little, else its part of what is left.

    No column gets less than its longest word; a heading is broken sooner than a cell.
    """
    words = [[word for cell in column for word in re.split(r"[\s-]", cell)] for column in cells]
    least = [1 + _longest(column) for column in words]  # a sign more, for wide letters
    asked = [max(word, _longest(column[1:])) for word, column in zip(least, cells, strict=True)]
    widths = [0.0] * len(cells)
    left: float = line - sum(least) - SPACE * len(cells)
    narrow_first = sorted(range(len(cells)), key=lambda place: asked[place] - least[place])
    text = [sum(map(len, column)) for column in cells]
    for done, place in enumerate(narrow_first):
        part = text[place] / max(1, sum(text[other] for other in narrow_first[done:]))
        more = min(asked[place] - least[place], max(0, left) * part)
        widths[place] = SPACE + least[place] + more
        left -= more
    return widths


def _longest(texts: list[str]) -> int:
    """Signs of the longest text."""
    return max(map(len, texts), default=0)


def to_markdown(table: Table) -> bytes:
    """A table in Markdown, as GitHub and pandoc read it: title, caption, pipe table, notes."""
    frame = table.texts.map(markdown).rename(columns=markdown)
    body = frame.to_markdown(
        index=False,
        disable_numparse=True,
        colalign=["right" if number else "left" for number in table.numeric],
    )
    notes = [markdown(note) for note in (*table.notes, *table.citation)]
    head = f"**{markdown(table.title)}.** {markdown(table.caption)}"
    return ("\n\n".join([head, body, *notes]) + "\n").encode("utf-8")


def markdown(text: str) -> str:
    """Text on one line as Markdown shows it, every sign that marks something up escaped."""
    line = re.sub(r"[^\S\u00a0]+", " ", text).strip(" ")  # a no-break space stays one
    return re.sub(r"([\\`*_\[\]<>|~$^&#])", r"\\\1", line)


def to_html(table: Table) -> bytes:
    """A table as a page of HTML: caption, headings with their scope, notes at its foot."""
    return template("table.html").render(table=table).encode("utf-8")


FORMATS: dict[str, Callable[[Table], bytes]] = {
    "csv": lambda table: to_csv(table.data),
    "xlsx": to_xlsx,
    "tex": to_latex,
    "md": to_markdown,
    "html": to_html,
}
