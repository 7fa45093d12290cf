"""The steps from raw tables to every output: build all of it in memory, then put it in place.

Nothing on disk changes before the last output is made. The same build serves to write the
outputs (``ypp reproduce``) and to compare them with what is there (``ypp verify``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path

from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.findings import Tables
from ypp_analysis.ledger import ledger
from ypp_analysis.project import Project
from ypp_analysis.publish import figures, files, notebooks
from ypp_analysis.publish.citations import all_citations, references
from ypp_analysis.publish.data_tables import to_csv
from ypp_analysis.publish.metadata import metadata
from ypp_analysis.publish.verification import verification
from ypp_analysis.wording import LANGUAGES

Outputs = dict[Path, bytes]
KERNELS = 2


def steps(project: Project) -> int:
    """How many steps :func:`build` takes."""
    return len(ids()) * (1 + len(LANGUAGES)) + len(LANGUAGES) + 3 + len(_notebooks(project))


def build(
    project: Project, tables: Tables, *, on_step: Callable[[], object] = lambda: None
) -> Outputs:
    """Make every output from the tables.

    Parameters
    ----------
    project : Project
        Where the outputs belong; nothing is written.
    tables : mapping of str to DataFrame
        The raw tables.
    on_step : callable
        Called after each of the :func:`steps`.

    Returns
    -------
    dict of Path to bytes
        Content of each output by the path it belongs to.
    """
    outputs: Outputs = {}
    with ThreadPoolExecutor(KERNELS) as kernels:
        running = {path: kernels.submit(notebooks.execute, path) for path in _notebooks(project)}
        for made in chain(_exhibits(project, tables), _ledger(project, tables)):
            outputs |= made
            on_step()
        for path, future in running.items():
            outputs[path] = _result(future, path)
            on_step()
    outputs |= metadata(project, tables, outputs)
    on_step()
    return outputs


def _exhibits(project: Project, tables: Tables) -> Iterator[Outputs]:
    """The data of each exhibit, then its figures in each language."""
    cited = references(tables)
    for id in ids():
        exhibit = Exhibit(id, tables, lang="en")
        yield {project.processed / f"{id}.csv": to_csv(exhibit.data)}
        for lang in LANGUAGES:
            drawn = figures.render(exhibit, *figures.FORMATS, lang=lang, citation=cited[id, lang])
            folder = project.figures / lang
            yield {folder / f"{id}.{format}": content for format, content in drawn.items()}


def _ledger(project: Project, tables: Tables) -> Iterator[Outputs]:
    """The ledger in each language, the verification page, and all citations."""
    for lang, name in {"en": "claims.csv", "id": "claims-id.csv"}.items():
        yield {project.processed / name: to_csv(ledger(tables, lang))}
    yield {project.root / "docs" / "verification.md": verification(tables)}
    cited = all_citations(tables)
    yield {project.figures / name: content for name, content in cited.items()}


def _notebooks(project: Project) -> list[Path]:
    """The notebooks in order."""
    return sorted(project.notebooks.glob("[0-9][0-9]_*.ipynb"))


def _result(future: Future[bytes], path: Path) -> bytes:
    """What a notebook gave, or an error that names it."""
    try:
        return future.result()
    except Exception as error:
        raise ValueError(f"{path.name} did not run to its end: {error}") from error


def write(outputs: Outputs) -> list[Path]:
    """Put outputs in place; return those that changed."""
    return [path for path, content in outputs.items() if files.write(path, content)]


def differences(outputs: Mapping[Path, bytes], folders: list[Path]) -> dict[Path, str]:
    """Compare outputs with what is on disk.

    Parameters
    ----------
    outputs : mapping of Path to bytes
    folders : list of Path
        Folders that hold outputs only: a file there that is no output is named too.

    Returns
    -------
    dict of Path to str
        "missing", "changed" or "unexpected" for each path that differs.
    """
    found: dict[Path, str] = {}
    for path, content in outputs.items():
        if not path.is_file():
            found[path] = "missing"
        elif path.read_bytes() != content:
            found[path] = "changed"
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path not in outputs and not path.name.startswith("."):
                found[path] = "unexpected"
    return found
