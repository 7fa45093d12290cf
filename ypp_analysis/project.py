"""Where things stand: the raw tables, and the folders of a checkout that outputs go to."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "YPP_DATA"
"""Environment variable that names a folder of raw tables to use instead of the study's own."""

STAGED = ".staged"
"""End of the name of a file that waits beside its target."""

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Project:
    """A checkout of the project and its folders.

    Parameters
    ----------
    root : Path
        The folder that holds ``pyproject.toml``.
    """

    root: Path

    @property
    def raw(self) -> Path:
        """Transcribed tables; code only reads them."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """The numbers behind each exhibit."""
        return self.root / "data" / "processed"

    @property
    def figures(self) -> Path:
        """Drawn exhibits, a folder for each language."""
        return self.root / "figures"

    @property
    def notebooks(self) -> Path:
        """Notebooks that tell the story."""
        return self.root / "notebooks"

    @property
    def site(self) -> Path:
        """The static site; never committed."""
        return self.root / "site"

    def name(self, path: Path) -> str:
        """A path from the root, with slashes on every system."""
        return path.relative_to(self.root).as_posix()

    def notebook_files(self) -> list[Path]:
        """The notebooks in order."""
        return sorted(self.notebooks.glob("[0-9][0-9]_*.ipynb"))

    def output_files(self) -> list[Path]:
        """Every file in the folders that hold outputs only."""
        return sorted([*files_below(self.processed), *files_below(self.figures)])

    @property
    def journal(self) -> Path:
        """Names staged files while they are moved into place; there is none in between."""
        return self.root / ".reproduce.journal"

    def unfinished(self) -> list[Path]:
        """What is left of a run that was cut off: its journal, and staged files."""
        mark = f".*{STAGED}"
        flat = (self.root, self.root / "docs", self.notebooks)
        left = [path for folder in flat for path in folder.glob(mark)]
        deep = (self.processed, self.figures, self.site)
        left += [path for folder in deep for path in files_below(folder, mark)]
        return ([self.journal] if self.journal.exists() else []) + sorted(left)


def files_below(folder: Path, pattern: str = "*") -> Iterator[Path]:
    """Every file in a folder and the folders below it; `Path.rglob` takes far longer."""
    for here, _, names in os.walk(folder):
        for name in fnmatch.filter(names, pattern):
            yield Path(here, name)


def root() -> Path | None:
    """The checkout the package stands in, or None where it is installed outside of one."""
    folder = _PACKAGE.parent
    is_checkout = (folder / "pyproject.toml").is_file() and Project(folder).raw.is_dir()
    return folder if is_checkout else None


def project() -> Project:
    """The checkout to write outputs into.

    Returns
    -------
    Project

    Raises
    ------
    ValueError
        If the package stands in no checkout: an installed copy has nowhere to write to.
    """
    folder = root()
    if folder is None:
        raise ValueError(
            f"Outputs are written into a checkout of the project, but ypp_analysis runs from "
            f"{_PACKAGE}, outside of any. Clone the project and run `make setup` there."
        )
    return Project(folder)


def shipped_dir() -> Path:
    """The study's own raw tables: those of the checkout, or those inside the installed package."""
    folder = root()
    return Project(folder).raw if folder else _PACKAGE / "data" / "raw"


def raw_dir(data: str | os.PathLike[str] | None = None) -> Path:
    """The folder of raw tables: the one given, or that of ``YPP_DATA``, or the study's own.

    Parameters
    ----------
    data : path, optional
        A folder to use whatever else is set.

    Returns
    -------
    Path

    Raises
    ------
    ValueError
        If the folder given, or named by ``YPP_DATA``, is none.
    """
    variable = os.environ.get(VARIABLE)
    chosen = data if data is not None else variable
    if not chosen:
        return shipped_dir()
    if not Path(chosen).is_dir():
        origin = f"{VARIABLE} is" if data is None else "The folder of raw tables is given as"
        raise ValueError(f"{origin} {os.fspath(chosen)!r}, but there is no such folder.")
    return Path(chosen)


@contextmanager
def using(data: Path | None) -> Iterator[Path]:
    """Use a folder of raw tables for all that is done meanwhile, in other processes too.

    Parameters
    ----------
    data : Path or None
        None leaves everything as it is.

    Yields
    ------
    Path
        The folder of raw tables.
    """
    before = os.environ.get(VARIABLE)
    chosen = raw_dir(data).resolve()
    if data is not None or before:
        os.environ[VARIABLE] = str(chosen)
    try:
        yield chosen
    finally:
        if before is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = before
