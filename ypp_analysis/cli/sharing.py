"""Commands for those who use an exhibit elsewhere: cite it, pack it, look into a figure file."""

from __future__ import annotations

from pathlib import Path

import click

from ypp_analysis.cli.group import DATA, LANG, Folder

OUT = click.option(
    "--out",
    type=Folder(),
    default=Path(),
    help="Folder to put the file in; the current one by default.",
)
STYLES = ["apa", "chicago", "mla", "harvard", "bibtex", "ris", "csl-json"]


@click.command()
@click.argument("id", metavar="ID")
@click.option("--style", type=click.Choice(STYLES), default="apa", show_default=True)
@click.option(
    "--study",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSL-JSON file with what you know of the study; else that of YPP_STUDY.",
)
@LANG
@DATA
def cite(id: str, style: str, study: Path | None, lang: str | None, data: Path | None) -> None:
    """Cite an exhibit or a claim: the study and its sources first, then the reworking.

    \b
    Example:
      ypp cite diagram-1-3 --style bibtex
    """
    from ypp_analysis.datasets import load_all, sources
    from ypp_analysis.publish import citations

    tables, works = load_all(data=data), sources(data=data)
    cited = citations.cite(id, tables, style=style, lang=lang, study=study, sources=works)
    click.echo(cited, nl=False)


@click.command()
@click.argument("id", metavar="ID")
@OUT
@DATA
def bundle(id: str, out: Path, data: Path | None) -> None:
    """Pack an exhibit: figures and tables in both languages, data, citation, caveats.

    \b
    Example:
      ypp bundle petition --out .
    """
    from ypp_analysis.datasets import load_all, sources
    from ypp_analysis.publish import bundles, files
    from ypp_analysis.publish.citations import cite as cited
    from ypp_analysis.wording import LANGUAGES

    tables, works = load_all(data=data), sources(data=data)
    citations = {lang: cited(id, tables, lang=lang, sources=works) for lang in LANGUAGES}
    path = out / f"{id}.zip"
    files.write(path, bundles.bundle(id, tables, citations, sources=works))
    click.echo(f"{path}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@LANG
@DATA
def inspect(file: Path, lang: str | None, data: Path | None) -> None:
    """Say what a figure file carries, and whether its numbers are the current ones.

    Ends with 1 if they are not.

    \b
    Example:
      ypp inspect figures/en/reach.png
    """
    from ypp_analysis.datasets import load_all, sources
    from ypp_analysis.publish.inspection import inspect_file

    found = inspect_file(file, load_all(data=data), sources=sources(data=data))
    click.echo(found.report(lang))
    if found.status != "current":
        raise SystemExit(1)
