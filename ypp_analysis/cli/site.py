"""The command that builds the site from the outputs that are there."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import click

from ypp_analysis import lock
from ypp_analysis.fingerprints import Now
from ypp_analysis.project import project, raw_dir


def _is_address(url: str) -> bool:
    """Whether this is an address of the web with a host, without blanks and signs not seen."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 80) > 0
    except ValueError:
        return False
    return bool(named) and url.isprintable() and not set(url) & set(' "<>\\')


@click.command()
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="Where the site will stand, for the previews that other sites make of its pages.",
)
def site(base_url: str) -> None:
    """Build the static site into site/ from the outputs, which must be current.

    `ypp reproduce` does it too, without whole addresses.

    \b
    Example:
      ypp site --base-url https://example.org/ypp/
    """
    if base_url and not _is_address(base_url):
        raise ValueError(
            f"--base-url is the whole address of the folder, such as https://example.org/ypp/; "
            f"received {base_url!r}."
        )
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
        changed = write_site(here, site_of(here, {}, base_url))
    seconds = time.perf_counter() - began
    click.echo(f"{here.site / 'index.html'}: {len(changed)} files changed, in {seconds:.1f} s.")
