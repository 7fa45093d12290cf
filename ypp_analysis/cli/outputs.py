"""Commands that show the exhibits: list, table, figure, notebooks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ypp_analysis.cli.group import DATA, LANG, Folder

if TYPE_CHECKING:
    from ypp_analysis.publish.data_tables import Table


@click.command("list")
@DATA
@LANG
def list_exhibits(data: Path | None, lang: str | None) -> None:
    """List the exhibits with their titles.

    \b
    Example:
      ypp list --lang id
    """
    from ypp_analysis.datasets import load_all
    from ypp_analysis.exhibits import Exhibit, ids

    tables = load_all(data=data)
    width = max(map(len, ids()))
    for id in ids():
        click.echo(f"{id:{width}}  {Exhibit(id, tables, lang=lang).title}")


@click.command()
@click.argument("id", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "xlsx", "tex", "md", "html"]),
    default="text",
    show_default=True,
)
@click.option(
    "--out",
    type=Folder(),
    help="Folder to put a file in; without it the table is printed.",
)
@LANG
@DATA
def table(id: str, form: str, out: Path | None, lang: str | None, data: Path | None) -> None:
    """Print the numbers behind an exhibit, or put them into a file to work with.

    The ledger of all claims is the table "claims".

    \b
    Example:
      ypp table diagram-1-3 --format xlsx --out .
      ypp table claims --format tex --lang id --out .
    """
    from ypp_analysis.publish import files
    from ypp_analysis.publish.table_formats import render

    if form == "text" and out is not None:
        raise ValueError(
            "The format text is for the screen: name that of the file with --format, such as "
            "csv, or leave --out out."
        )
    shown = _table(id, form, lang, data)
    if form == "text":
        click.echo(shown.data.to_string(index=False))
        return
    if form == "xlsx" and out is None:
        raise ValueError("A spreadsheet cannot be printed: name a folder for it with --out.")
    content = render(shown, form)[form]
    if out is None:
        click.echo(content, nl=False)
    else:
        path = out / f"{id}-{shown.lang}.{form}"
        files.write(path, content)
        click.echo(f"{path}: {shown.title}")


def _table(id: str, form: str, lang: str | None, data: Path | None) -> Table:
    """The table of an exhibit, or the ledger with the columns that fit the format."""
    from ypp_analysis.datasets import load_all, sources
    from ypp_analysis.exhibits import Exhibit
    from ypp_analysis.publish.citations import cite
    from ypp_analysis.publish.data_tables import CLAIMS, claims_table, exhibit_table
    from ypp_analysis.wording import language

    tables, works, lang = load_all(data=data), sources(data=data), language(lang)
    if id != CLAIMS:
        exhibit = Exhibit(id, tables, lang=lang)
        return exhibit_table(exhibit, citation=cite(id, tables, lang=lang, sources=works))
    citation = cite(id, tables, lang=lang, sources=works)
    whole = form not in ("tex", "md", "html")
    return claims_table(tables, lang, whole=whole, citation=citation, sources=works)


@click.command()
@click.argument("id", metavar="ID")
@click.option("--format", "form", type=click.Choice(["png", "svg", "pdf"]), default="png")
@click.option(
    "--out",
    type=Folder(),
    default=Path(),
    help="Folder to put the file in; the current one by default.",
)
@LANG
@DATA
def figure(id: str, form: str, out: Path, lang: str | None, data: Path | None) -> None:
    """Draw an exhibit into a file.

    \b
    Example:
      ypp figure diagram-1-3 --format svg --lang id --out .
    """
    from ypp_analysis.datasets import sources
    from ypp_analysis.exhibits import exhibit
    from ypp_analysis.publish import figures, files
    from ypp_analysis.publish.citations import references

    drawn = exhibit(id, data=data, lang=lang)
    cited = references(drawn.tables, [id], [drawn.lang], sources=sources(data=data))
    path = out / f"{id}-{drawn.lang}.{form}"
    files.write(path, figures.render(drawn, form, citation=cited[id, drawn.lang])[form])
    click.echo(f"{path}: {drawn.title}")


@click.command()
def lab() -> None:
    """Open JupyterLab on the notebooks.

    \b
    Example:
      ypp lab
    """
    import subprocess

    from ypp_analysis.project import project

    notebooks = project().notebooks
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={notebooks}"]
    raise SystemExit(subprocess.call(command))
