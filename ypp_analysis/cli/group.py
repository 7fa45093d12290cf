"""The group that all commands belong to, and the options that several share."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import click

from ypp_analysis.messages import plain, told

DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with raw tables to use in place of the study's own.",
)
LANG = click.option("--lang", type=click.Choice(["en", "id"]), help="Language of the texts.")


class Commands(click.Group):
    """A group whose commands end a user's mistake with one message, not a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say what was wrong with what it was given, and end with 2.

        Stopped by the user, it ends with 130, as a shell has it.
        """
        _write_any_sign()
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise click.UsageError(plain(error.format_message()), error.ctx) from None
        except BrokenPipeError:  # whoever reads has seen enough, as in `ypp audit | head`
            raise
        except (ValueError, OSError) as error:
            click.echo(f"Error: {told(error)}", err=True)
        except ModuleNotFoundError as error:
            click.echo(
                f"Error: this command needs {error.name}. In the folder of the project, run "
                'python -m pip install ".[notebooks]"',
                err=True,
            )
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(130)
        ctx.exit(2)


def _write_any_sign() -> None:
    """Write UTF-8 into files and pipes on every system, and to a screen the signs that it has."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
