"""The command that builds the site from the outputs that are there."""

from __future__ import annotations

import time

import click


@click.command()
def site() -> None:
    r"""Build the static site into site/ from figures, data and notebooks as they are.

    \b
    Example:
      ypp site
    """
    began = time.perf_counter()
    from ypp_analysis.datasets import load_all, sources
    from ypp_analysis.project import project
    from ypp_analysis.publish import files
    from ypp_analysis.publish.site import build, collect

    here = project()
    made = build(collect(here.root), load_all(), sources())
    for path, content in made.items():
        files.write(here.site / path, content)
    click.echo(
        f"{here.site / 'index.html'}: {len(made)} files, {time.perf_counter() - began:.1f} s."
    )
