"""Write files whole or not at all, and a set of files together.

A set is first written beside its targets. Then a journal names every file that waits; from then
on the set is decided, and is moved into place. Whatever cuts this off, each file is the old or
the new one, and :func:`finish` brings the set to its end: forward from a journal, back without.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ypp_analysis.fingerprints import hash_file
from ypp_analysis.project import STAGED, Project


def write(path: Path, content: bytes) -> bool:
    """Put content at a path by writing beside it and moving it into place.

    A file that already holds the content is left alone, so that its time of change stays true.

    Parameters
    ----------
    path : Path
        Missing folders are made.
    content : bytes

    Returns
    -------
    bool
        Whether the file changed.
    """
    if _holds(path, content):
        return False
    beside = _stage(path, content)
    try:
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return True


@contextmanager
def alone(project: Project) -> Iterator[list[Path]]:
    """Keep other runs from writing outputs, and first finish one that was cut off.

    Yields
    ------
    list of Path
        What was put in place for the one that was cut off.

    Raises
    ------
    ValueError
        If another run is at work.
    OSError
        If nothing can be written here.
    """
    from filelock import FileLock, Timeout

    turn = FileLock(project.root / ".reproduce.lock")
    try:
        held = turn.acquire(timeout=0)
    except Timeout:
        raise ValueError(
            f"Another run is writing the outputs of {project.root}. Nothing was changed by this "
            "one; wait for the other to end."
        ) from None
    except (OSError, NotImplementedError) as error:  # the latter where a disk knows no locks
        raise OSError(
            f"{project.root} cannot be written: {getattr(error, 'strerror', None) or error}. "
            "No output was changed."
        ) from error
    with held:
        yield finish(project)


def commit(
    project: Project, contents: Mapping[Path, bytes], removed: Iterable[Path] = ()
) -> list[Path]:
    """Put a set of files in place together.

    Parameters
    ----------
    project : Project
        All paths are inside it.
    contents : mapping of Path to bytes
    removed : iterable of Path
        Files to remove with the same step.

    Returns
    -------
    list of Path
        The files that changed.

    Raises
    ------
    OSError
        If a file could not be written (none has changed then), or not be moved into place.
    """
    changed = [path for path, content in contents.items() if not _holds(path, content)]
    removed = [path for path in removed if path.is_file()]
    before = {path: hash_file(path) for path in (*changed, *removed)}
    for path in before:
        _refuse_another_place(project, path)
    staged: dict[Path, Path] = {}
    path = project.journal
    try:
        for path in changed:
            staged[path] = _stage(path, contents[path])
        for folder in {path.parent for path in staged}:
            _sync(folder)
        path = project.journal
        if changed or removed:
            write(path, _journal(project, staged, before))
            _sync(project.root)
    except BaseException as error:
        project.journal.unlink(missing_ok=True)
        for beside in staged.values():
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OSError(
                f"{path} could not be written: {error.strerror or error}. No output was changed."
            ) from error
        raise
    try:
        finish(project)
    except KeyboardInterrupt:  # to end it takes less time than to wonder what is old and new
        finish(project)
        raise
    return [*changed, *removed]


def finish(project: Project) -> list[Path]:
    """Bring to its end what was cut off: move what a journal names, remove what none names.

    What was changed by another hand since then is left as it is.

    Returns
    -------
    list of Path
        The files that changed.

    Raises
    ------
    ValueError
        If the journal is not one that :func:`commit` wrote.
    OSError
        If a file cannot be moved or removed; the journal stays, and another run can go on.
    """
    changed: list[Path] = []
    if project.journal.is_file():
        moves, before = _decided(project)
        path = project.journal
        try:
            for path, old in before.items():
                beside = moves.get(path)
                if hash_file(path) != old or (beside and not beside.is_file()):
                    continue
                if beside:
                    beside.replace(path)
                else:
                    path.unlink(missing_ok=True)
                changed.append(path)
        except OSError as error:
            raise OSError(
                f"{path} could not be replaced: {error.strerror or error}. Some outputs are new, "
                "others old; once it can be written, `ypp reproduce` puts the rest in place."
            ) from error
        for folder in {path.parent for path in before}:
            _sync(folder)
        project.journal.unlink()
    for path in project.unfinished():
        path.unlink()
    return changed


def _refuse_another_place(project: Project, path: Path) -> None:
    """Refuse a target that is a folder, or reached through a link out of the project."""
    root = project.root.resolve()
    if path.is_dir() and not path.is_symlink():
        what = "is a folder"
    elif not path.parent.resolve().is_relative_to(root):
        what = "lies outside of the project, behind a link"
    else:
        return
    raise OSError(
        f"{path} {what}, where an output belongs. No output was changed; move it away first."
    )


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file holds the content already."""
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def _stage(path: Path, content: bytes) -> Path:
    """Write content beside a path, safely on the disk."""
    beside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=STAGED)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
    except BaseException as error:
        if beside:
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)  # the name that the user knows
        raise
    return beside


def _journal(
    project: Project, staged: Mapping[Path, Path], before: Mapping[Path, str | None]
) -> bytes:
    """What is decided: which file goes where, and the hash of what each has held until now.

    A file that none takes the place of is removed.
    """
    moves = {project.name(path): project.name(beside) for path, beside in staged.items()}
    hashes = {project.name(path): hash for path, hash in before.items()}
    return json.dumps({"moves": moves, "before": hashes}, indent=1).encode()


def _decided(project: Project) -> tuple[dict[Path, Path], dict[Path, str | None]]:
    """What the journal says, once it is sure that it names nothing outside the project."""
    root = project.root.resolve()
    try:
        found = json.loads(project.journal.read_text(encoding="utf-8"))
        moves = {root / path: root / beside for path, beside in found["moves"].items()}
        before = {root / path: hash for path, hash in found["before"].items()}
        every = (*moves.values(), *before)
        # A file may itself be a link, which is replaced: it matters where it stands.
        inside = all((p.parent.resolve() / p.name).is_relative_to(root) for p in every)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        inside = False
    if not inside:
        raise ValueError(
            f"{project.journal} is no journal of this command. Remove it, then run "
            "`ypp reproduce --force`."
        )
    return moves, before


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
