"""The command ``ypp``. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click

DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with raw tables to use in place of the study's own.",
)
LANG = click.option("--lang", type=click.Choice(["en", "id"]), help="Language of the texts.")


class _Commands(click.Group):
    """A group whose commands end a user's mistake with one message, not a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (ValueError, OSError) as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(2)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ypp-analysis")
def main() -> None:
    """Check and show a study of the Youth Partnership Project in Cambodia.

    Exit codes: 0 done; 1 the outputs disagree with the data; 2 a mistake in what was given.
    """


@main.command()
@DATA
def reproduce(data: Path | None) -> None:
    r"""Rebuild everything: tables, figures in both languages, notebooks.

    \b
    Example:
      ypp reproduce
    """
    began = time.perf_counter()
    project, outputs = _build(data)
    from ypp_analysis.reproduce import write

    changed = write(outputs)
    seconds = time.perf_counter() - began
    click.echo(
        f"Made {len(outputs)} files ({len(changed)} changed) in {project.processed.name}, "
        f"{project.figures.name} and {project.notebooks.name} under {project.root}, "
        f"in {seconds:.1f} s."
    )


@main.command()
@DATA
def verify(data: Path | None) -> None:
    r"""Rebuild everything in memory and compare it with the files that are there.

    \b
    Example:
      ypp verify
    """
    began = time.perf_counter()
    project, outputs = _build(data)
    from ypp_analysis.reproduce import differences

    found = differences(outputs, [project.processed, project.figures])
    for path, what in found.items():
        click.echo(f"{what}: {path.relative_to(project.root)}")
    seconds = time.perf_counter() - began
    click.echo(f"{len(outputs)} files compared, {len(found)} differ, in {seconds:.1f} s.")
    if found:
        raise SystemExit(1)


@main.command("list")
@DATA
@LANG
def list_exhibits(data: Path | None, lang: str | None) -> None:
    r"""List the exhibits with their titles.

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


@main.command()
@click.argument("id", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "csv"]), default="text")
@DATA
def table(id: str, form: str, data: Path | None) -> None:
    r"""Print the numbers behind an exhibit.

    \b
    Example:
      ypp table diagram-1-3 --format csv
    """
    from ypp_analysis.exhibits import exhibit
    from ypp_analysis.publish.data_tables import to_csv

    frame = exhibit(id, data=data).data
    click.echo(to_csv(frame).decode() if form == "csv" else frame.to_string(index=False), nl=False)
    if form == "text":
        click.echo()


@main.command()
@click.argument("id", metavar="ID")
@click.option("--format", "form", type=click.Choice(["png", "svg", "pdf"]), default="png")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder to put the file in; the current one by default.",
)
@LANG
@DATA
def figure(id: str, form: str, out: Path, lang: str | None, data: Path | None) -> None:
    r"""Draw an exhibit into a file.

    \b
    Example:
      ypp figure diagram-1-3 --format svg --lang id --out .
    """
    from ypp_analysis.exhibits import exhibit
    from ypp_analysis.publish import figures, files

    drawn = exhibit(id, data=data, lang=lang)
    path = out / f"{id}-{drawn.lang}.{form}"
    files.write(path, figures.render(drawn, form)[form])
    click.echo(f"{path}: {drawn.title}")


@main.command("check-data")
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
def check_data(folder: Path | None) -> None:
    r"""Validate the raw tables, or those of a folder, and list every fault.

    \b
    Example:
      ypp check-data my-tables
    """
    from ypp_analysis.datasets import DataError, check
    from ypp_analysis.project import raw_dir

    faults = check(folder)
    if faults:
        raise DataError(faults)
    click.echo(f"{folder or raw_dir()}: every table is valid.")


@main.command()
def lab() -> None:
    r"""Open JupyterLab on the notebooks.

    \b
    Example:
      ypp lab
    """
    from ypp_analysis.project import project

    notebooks = project().notebooks
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={notebooks}"]
    raise SystemExit(subprocess.call(command))


@main.command()
@click.argument("value")
@click.option("--n", type=click.IntRange(min=1), required=True, help="Base of the percentage.")
@click.option(
    "--rounding",
    type=click.Choice(["half_up", "half_even", "half_down", "floor", "ceiling", "any"]),
    default="half_up",
    show_default=True,
    help="How the percentage was rounded.",
)
def percent(value: str, n: int, rounding: Any) -> None:
    r"""Say which whole counts of n a printed percentage can stand for, in any study.

    Ends with 1 if there is none.

    \b
    Example:
      ypp percent "71%" --n 43
    """
    from ypp_analysis.arithmetic import check_percent

    found = check_percent(value, n, rounding=rounding)
    counts = found.counts
    if counts:
        span = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
        click.echo(f"{value} of {n}: {span} (rounding {rounding}).")
    else:
        near = [side for side in (found.below, found.above) if side]
        nearest = " and ".join(f"{side.count} is {side.percent:f}%" for side in near)
        click.echo(f"{value} of {n}: no whole count gives it (rounding {rounding}); {nearest}.")
    click.echo(
        f"Power: a percentage drawn at random would be refused with probability "
        f"{float(found.power):.2f}. Outcome: {found.outcome}."
    )
    if found.outcome == "inconsistent":
        raise SystemExit(1)


@main.command()
@click.option(
    "--text",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="Your own copy of the study, as plain text.",
)
def coverage(text: Path) -> None:
    r"""Find every number of the study's text anew and compare it with the register of numbers.

    Ends with 1 if they differ.

    \b
    Example:
      ypp coverage --text study.txt
    """
    from ypp_analysis.coverage import STUDY_SHA256, load_text
    from ypp_analysis.coverage import coverage as compare
    from ypp_analysis.datasets import load

    read = load_text(text)
    registered = load("study_numbers")
    found = compare(read.text, registered, load("pages"))
    for row in found.to_dict("records"):
        click.echo(f"{row['problem']}: {row['token']!r}, page {row['page']}, line {row['line']}")
    if read.sha256 != STUDY_SHA256:
        click.echo("The text is not the one that was transcribed: its sha256 is another.")
    counts = found["problem"].value_counts()
    click.echo(
        f"{len(registered)} numbers registered; {counts.get('lacking', 0)} lacking, "
        f"{counts.get('too many', 0)} too many, {counts.get('misplaced', 0)} misplaced."
    )
    if len(found):
        raise SystemExit(1)


def _build(data: Path | None) -> tuple[Any, dict[Path, bytes]]:
    """The project and every output made anew, with a progress bar."""
    from ypp_analysis import reproduce as steps
    from ypp_analysis.datasets import load_all
    from ypp_analysis.project import project

    here = project()
    tables = load_all(data=data)
    with click.progressbar(length=steps.steps(here), label="Reproducing") as bar:
        return here, steps.build(here, tables, on_step=lambda: bar.update(1))


if __name__ == "__main__":
    main()
