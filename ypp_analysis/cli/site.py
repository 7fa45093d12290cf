"""The command that builds the site from the outputs that are there."""

from __future__ import annotations

import time

import click

from ypp_analysis import lock
from ypp_analysis.fingerprints import Now
from ypp_analysis.project import project, raw_dir


@click.command()
def site() -> None:
    """Build the static site into site/ from the outputs, which must be current.

    `ypp reproduce` does it too.

    \b
    Example:
      ypp site
    """
    began, here = time.perf_counter(), project()
    problems = lock.state(lock.Lock.read(here), Now.of(here, raw_dir())).problems
    if problems:
        more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise ValueError(
            f"The outputs are not current ({problems[0]}{more}). Run `ypp reproduce`, which "
            "builds the site too."
        )
    from ypp_analysis.publish import files
    from ypp_analysis.reproduce import site_of, write_site

    with files.alone(here):
        changed = write_site(here, site_of(here, {}))
    seconds = time.perf_counter() - began
    click.echo(f"{here.site / 'index.html'}: {len(changed)} files changed, in {seconds:.1f} s.")
