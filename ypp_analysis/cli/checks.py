"""Commands that check: tables, a copy of the study, its claims, a percentage of any study."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ypp_analysis.cli.group import DATA, LANG, Whole

if TYPE_CHECKING:
    import pandas as pd


@click.command("check-data")
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
def check_data(folder: Path | None) -> None:
    """Validate the raw tables, or those of a folder, and list every fault.

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


@click.command()
@click.argument("value")
@click.option("--n", type=Whole(1, 10**15), required=True, help="Base of the percentage.")
@click.option(
    "--rounding",
    type=click.Choice(["half_up", "half_even", "half_down", "floor", "ceiling", "any"]),
    default="half_up",
    show_default=True,
    help="How the percentage was rounded.",
)
def percent(value: str, n: int, rounding: Any) -> None:
    """Say which whole counts of n a printed percentage can stand for, in any study.

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


@click.command()
@click.option(
    "--text",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="Your own copy of the study, as plain text.",
)
def coverage(text: Path) -> None:
    """Find every number of the study's text anew and compare it with the register of numbers.

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


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json", "markdown"]),
    default="text",
    show_default=True,
)
@click.option("--page", type=Whole(1, 13), help="Claims of this page only.")
@click.option("--section", help="Claims of this section only, by its id.")
@click.option("--verdict", help="Claims with this verdict only.")
@LANG
@DATA
def audit(
    form: str,
    page: int | None,
    section: str | None,
    verdict: str | None,
    lang: str | None,
    data: Path | None,
) -> None:
    """Judge every claim of the study and list the verdicts.

    Ends with 1 if a number was not copied faithfully.

    \b
    Example:
      ypp audit --verdict contradicted
    """
    began = time.perf_counter()
    from ypp_analysis.datasets import load_all, sources
    from ypp_analysis.ledger import VERDICTS, ledger, transcription
    from ypp_analysis.ledger.transcription import Difference
    from ypp_analysis.ledger.words import difference_text, say
    from ypp_analysis.wording import language, texts

    tables, works, lang = load_all(data=data), sources(data=data), language(lang)
    _known("section", section, list(tables["sections"]["section"]))
    _known("verdict", verdict, list(VERDICTS))
    found = ledger(tables, lang, sources=works)
    for column, wanted in (("page", page), ("section", section), ("verdict", verdict)):
        if wanted is not None:
            found = found[found[column] == wanted]
    labels = {name: str(text["label"]) for name, text in texts(lang)["verdicts"].items()}
    _print(found, form, labels)
    differences = transcription(tables)
    for row in differences.itertuples(index=False, name=None):
        item = Difference(*row)
        copied = ", ".join(filter(None, (item.claim, difference_text(item, lang))))
        click.echo(say(texts(lang)["claims"]["unfaithful"], lang, {"copied": copied}), err=True)
    counts = ", ".join(f"{(found['verdict'] == name).sum()} {labels[name]}" for name in VERDICTS)
    told = {
        "numbers": len(tables["study_numbers"]),
        "claims": len(found),
        "counts": counts,
        "seconds": time.perf_counter() - began,
    }
    click.echo(say(texts(lang)["claims"]["audited"], lang, told), err=form != "text")
    if len(differences):
        raise SystemExit(1)


def _known(what: str, given: str | None, known: list[str]) -> None:
    """Refuse a name that is none of the known ones."""
    if given is not None and given not in known:
        raise ValueError(f"No {what} is called {given!r}. Known: {', '.join(known)}.")


def _print(found: pd.DataFrame, form: str, labels: Mapping[str, str]) -> None:
    """Print claims as a table for people, or for programs, which get the verdicts' own names."""
    if form == "json":
        click.echo(found.to_json(orient="records", indent=1, force_ascii=False))
    elif form == "csv":
        click.echo(found.to_csv(index=False, lineterminator="\n"), nl=False)
    elif form == "markdown":
        columns = ["page", "claim", "printed", "verdict", "why"]
        click.echo(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
        told = found.assign(verdict=found["verdict"].map(labels))
        for row in told[columns].astype(str).to_dict("records"):
            cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row.values())
            click.echo(f"| {' | '.join(cells)} |")
    else:
        width = max((len(name) for name in found["claim"]), default=0)
        for row in found.to_dict("records"):
            claim, printed = f"{row['claim']:{width}}", f"{row['printed']:>12.12}"
            click.echo(f"p. {row['page']:>2}  {claim}  {printed}  {labels[row['verdict']]}")


@click.command()
@click.argument("id", metavar="ID")
@LANG
@DATA
def claim(id: str, lang: str | None, data: Path | None) -> None:
    """Follow one claim from the printed number to its verdict.

    \b
    Example:
      ypp claim sexual-exploitation-share
    """
    from ypp_analysis.datasets import load_all, sources
    from ypp_analysis.ledger import claim as follow
    from ypp_analysis.wording import language, texts

    tables, lang = load_all(data=data), language(lang)
    chain = follow(id, tables, lang, sources=sources(data=data))
    label = texts(lang)["chain"]
    headings = tables["sections"].set_index("section")[f"title_{lang}"]
    inputs = (
        f"{cell.table}, {cell.row}, {cell.column}: {cell.value}"
        + (f" ({label['page']} {cell.page})" if cell.page else "")
        for cell in chain.inputs
    )
    lines: dict[str, list[str]] = {
        "statement": [chain.statement],
        "place": [f"{label['page']} {chain.page}, {headings.get(chain.section, chain.section)}"],
        "printed": [chain.printed],
        "inputs": list(inputs),
        "formula": [chain.formula],
        "recomputed": [chain.recomputed],
        "readings": list(chain.readings),
        "interval": [chain.interval.text] if chain.interval else [],
        "evidence": [item.text for item in chain.evidence],
        "power": [chain.power_text],
        "transcription": [chain.transcription],
        "verdict": [texts(lang)["verdicts"][chain.verdict]["label"]],
        "why": [chain.why],
        "not_shown": [chain.not_shown],
    }
    width = max(len(label[name]) for name in lines)
    for name, said in lines.items():
        for number, line in enumerate(filter(None, said)):
            before = "" if number else label[name]
            text = click.wrap_text(line, 96, f"{before:{width}}  ", " " * (width + 2))
            click.echo(text)
