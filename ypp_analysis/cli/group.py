"""The group that all commands belong to, and the options that several share."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


class Folder(click.Path):
    """A folder to write into, by a name that is not empty."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse the empty name, which would be that of the current folder."""
        if value == "":
            self.fail("The name of the folder is empty; write . for the current one.", param, ctx)
        return super().convert(value, param, ctx)


class Whole(click.IntRange):
    """A whole number in the digits 0 to 9, without separators."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what Python reads beside these: 1_000, and digits of other scripts."""
        if isinstance(value, str) and re.search(r"[^0-9+.-]", value):
            self.fail(f"{value!r} is not a whole number: write digits alone, 1200.", param, ctx)
        return super().convert(value, param, ctx)


class Commands(click.Group):
    """A group whose commands end a user's mistake with one message, not a traceback."""

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        """Read the words of the command line, which may ask for help."""
        with _one_message():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        _write_any_sign()
        with _one_message():
            return super().invoke(ctx)


@contextmanager
def _one_message() -> Iterator[None]:
    """Say what was wrong with what a command was given, and end with 2.

    Stopped by the user, it ends with 130, as a shell has it.
    """
    try:
        yield
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
        raise SystemExit(130) from None
    else:
        return
    raise SystemExit(2)


def _write_any_sign() -> None:
    """Write UTF-8 into files and pipes on every system, and to a screen the signs that it has."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
