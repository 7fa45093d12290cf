"""Commands that make the outputs, or compare them with what is there."""

from __future__ import annotations

import time
from pathlib import Path

import click

from ypp_analysis import lock, site_mark
from ypp_analysis.cli.group import DATA
from ypp_analysis.fingerprints import Now
from ypp_analysis.lock import Lock
from ypp_analysis.messages import visible
from ypp_analysis.project import VARIABLE, Project, project, raw_dir, using


@click.command()
@click.option("--force", is_flag=True, help="Make every output, current or not.")
def reproduce(force: bool) -> None:
    """Make every output that is stale: tables, figures in both languages, notebooks.

    An output is stale if what it is made from has another content than when it was made. All is
    put in place together, at the end.

    \b
    Example:
      ypp reproduce
    """
    began, here = time.perf_counter(), project()
    with using(None) as raw:
        if raw != here.raw.resolve():
            raise ValueError(
                f"{VARIABLE} names {raw}, but the outputs of this project are those of its own "
                "tables. Unset it; `ypp figure`, `ypp table` and `ypp audit` take other tables."
            )
        if not force:
            found = lock.state(Lock.read(here), Now.of(here, raw))
            is_done = not (found.stale or found.environment or found.unfinished)
            if is_done and site_mark.is_current(here):
                _say(found.unexpected)
                click.echo(f"Nothing to do: {found.outputs_n} files in {here.root} are current.")
                return
        from ypp_analysis.publish import files

        with files.alone(here) as finished:
            if finished:
                click.echo(f"Put {len(finished)} files in place for a run that had been cut off.")
            made, changed = _renew(here, raw, force)
    click.echo(
        f"Made {made} outputs and the site under {here.root}: {len(changed)} files changed, "
        f"in {time.perf_counter() - began:.1f} s."
    )


@click.command()
@click.option("--quick", is_flag=True, help="Rebuild nothing: compare hashes with the lock file.")
@DATA
def verify(quick: bool, data: Path | None) -> None:
    """Rebuild everything in memory and name what differs from the files that are there.

    Numbers come first, bytes then. In another environment bytes of figures can differ, and
    numbers alone decide. Ends with 1 if anything is not as it should be.

    \b
    Example:
      ypp verify --quick
    """
    began, here = time.perf_counter(), project()
    with using(data) as raw:
        now = Now.of(here, raw)
        if quick:
            found = lock.state(Lock.read(here), now)
            _say(lock.report(found))
            raise SystemExit(0 if _site_holds(here) and not found.problems else 1)
        from ypp_analysis.verify import verified

        verdict = verified(here, _build(here, now, {}), _lock(here), now)
    _say(verdict.lines)
    click.echo(f"{verdict.summary}, in {time.perf_counter() - began:.1f} s.")
    if not (_site_holds(here) and verdict.holds):
        raise SystemExit(1)


def _site_holds(here: Project) -> bool:
    """Whether the site, if there is one, is made of the outputs that are there; say if not."""
    holds = not here.site.is_dir() or site_mark.is_current(here)
    if not holds:
        click.echo("site: not made of these outputs; `ypp reproduce` makes it anew")
    return holds


def _renew(here: Project, raw: Path, force: bool) -> tuple[int, list[Path]]:
    """Make what is stale and put it in place: how many files were made, and which changed."""
    from ypp_analysis.reproduce import site_of, write

    before, now = _lock(here) if force else Lock.read(here), Now.of(here, raw)
    found = lock.state(before, now)
    kept = {} if force or found.environment or not before else dict(before.steps)
    for name in found.stale:
        kept.pop(name, None)
    if found.elsewhere:
        click.echo(f"{found.elsewhere} Everything is made again.")
    outputs = _build(here, now, kept)
    pages = site_of(here, outputs)
    meanwhile = Now.of(here, raw)
    if changes := lock.changes(now.code, meanwhile.code) + lock.changes(
        now.inputs, meanwhile.inputs
    ):
        raise ValueError(
            f"While the outputs were made, {'; '.join(changes)}. Nothing was written: run again."
        )
    _say(found.unexpected)
    made = Lock.parsed(outputs[here.root / lock.NAME]).outputs
    gone = sorted({*(before.outputs if before else ())} - {*made})
    _say([f"{visible(name)}: is no output any more, for nothing makes it" for name in gone])
    return len(outputs), write(here, outputs, before, pages)


def _lock(here: Project) -> Lock | None:
    """The lock file, where it does not matter whether it can be read."""
    try:
        return Lock.read(here)
    except ValueError:
        return None


def _build(here: Project, now: Now, kept: dict[str, lock.Step]) -> dict[Path, bytes]:
    """Every output that is not kept, made anew, with a progress bar."""
    from ypp_analysis import reproduce as work
    from ypp_analysis.datasets import DataError, check, load_all

    # A table with its registered hash is read without being looked at: not so before a build.
    if faults := check():
        raise DataError(faults, raw_dir())
    tables = load_all()
    wanted = [step for step in work.steps(here) if step.name not in kept]
    with click.progressbar(length=len(wanted), label="Reproducing") as bar:
        return work.build(here, tables, now, kept=kept, on_step=lambda: bar.update(1))


def _say(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)
