"""The command ``ypp``. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import click

from ypp_analysis.cli import checks, outputs, rebuilding, sharing, site
from ypp_analysis.cli.group import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ypp-analysis")
def main() -> None:
    """Check and show a study of the Youth Partnership Project in Cambodia.

    Exit codes: 0 done; 1 something disagrees; 2 a mistake in what was given; 130 stopped.
    """


for _module in (rebuilding, outputs, checks, sharing, site):
    for _command in vars(_module).values():
        if isinstance(_command, click.Command):
            main.add_command(_command)
