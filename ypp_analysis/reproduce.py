"""The steps from raw tables to every output: build in memory, then put in place together.

A step is data: a name, how its outputs are made, and what it reads beside the tables; which
tables it reads is seen while it runs. Nothing on disk changes before the last output is made. The
same build serves to write the outputs (``ypp reproduce``), all of them or those that the lock
file tells to be stale, and to compare them with what is there (``ypp verify``).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ypp_analysis import fingerprints, lock, site_mark
from ypp_analysis.datasets import load_all, register, sources
from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.findings import Reads, Tables
from ypp_analysis.fingerprints import Now
from ypp_analysis.ledger import ledger
from ypp_analysis.lock import Lock
from ypp_analysis.project import Project, shipped_dir
from ypp_analysis.publish import figures, files, notebook_reads, notebooks, site
from ypp_analysis.publish.citations import BETWEEN, all_citations
from ypp_analysis.publish.data_tables import to_csv
from ypp_analysis.publish.library import Library
from ypp_analysis.publish.metadata import metadata
from ypp_analysis.publish.origins import Origins
from ypp_analysis.publish.verification import verification
from ypp_analysis.wording import LANGUAGES

Outputs = dict[Path, bytes]
KERNELS = max(1, (os.cpu_count() or 1) - 1)
"""Notebooks that run at once: one core draws the figures meanwhile."""
METADATA = "metadata"
"""Step that describes the outputs of all others."""
DESCRIBED = (fingerprints.WHOLE_REGISTER, "pyproject.toml", "REUSE.toml")


@dataclass(frozen=True)
class Step:
    """Outputs that are made together.

    Attributes
    ----------
    name : str
        Under which it stands in the lock file.
    make : callable
        From the tables to the content of each output by its path; :data:`METADATA` takes all
        other outputs too.
    reads : tuple of str
        Inputs beside the tables, as :class:`ypp_analysis.fingerprints.Now` names them.
    notebook : Path or None
        The notebook that it runs, in another process.
    """

    name: str
    make: Callable[..., Outputs]
    reads: tuple[str, ...] = ()
    notebook: Path | None = None


def steps(project: Project) -> list[Step]:
    """All steps, in the order they are taken; notebooks come last."""
    cited, record = _Citations(), (fingerprints.RECORD,)
    notebook_names = (project.name(path) for path in project.notebook_files())
    return [
        *(Step(f"exhibit {id}", partial(_exhibit, project, id, cited), record) for id in ids()),
        Step("ledger", partial(_ledger, project)),
        Step("verification", partial(_verification, project)),
        Step("citations", partial(_citations, project), record),
        *(
            Step(f"notebook {path.stem}", partial(_notebook, path), (project.name(path),), path)
            for path in project.notebook_files()
        ),
        Step(METADATA, partial(metadata, project), (*record, *DESCRIBED, *notebook_names)),
    ]


def build(
    project: Project,
    tables: Tables,
    now: Now,
    *,
    kept: Mapping[str, lock.Step] | None = None,
    on_step: Callable[[], object] = lambda: None,
) -> Outputs:
    """Make the outputs from the tables, and the lock file that tells of all of them.

    Parameters
    ----------
    project : Project
        Where the outputs belong; nothing is written.
    tables : mapping of str to DataFrame
        The raw tables.
    now : Now
        Hashes of what the outputs are made from.
    kept : mapping of str to lock.Step, optional
        Steps whose outputs are current, from the lock file; they are not made again.
    on_step : callable
        Called after each step that is taken.

    Returns
    -------
    dict of Path to bytes
        Content of each output by the path it belongs to; the lock file is the last.
    """
    kept = kept or {}
    every = steps(project)
    paths = {table.name: f"data/raw/{table.path}" for table in register.own(shipped_dir())}
    done = {step.name: kept[step.name] for step in every if step.name in kept}
    outputs: Outputs = {}

    def finished(step: Step, made: Outputs, read: Collection[str]) -> None:
        names = {fingerprints.REGISTER, *step.reads, *(paths[name] for name in read)}
        hashes = {project.name(path): hashlib.sha256(made[path]).hexdigest() for path in made}
        done[step.name] = lock.Step(tuple(sorted(names)), hashes)
        outputs.update(made)
        on_step()

    with _kernels() as kernels:
        wanted = [step for step in every if step.name not in kept]
        running = [(s, kernels.submit(s.make, tables)) for s in _largest_first(wanted)]
        for step in wanted:
            if not step.notebook and step.name != METADATA:
                reads = Reads(tables)
                finished(step, step.make(reads), reads.names)
        names = {path: name for name, path in paths.items()}
        shown = {id: [names[p] for p in done[f"exhibit {id}"].reads if p in names] for id in ids()}
        for step, future in running:
            assert step.notebook
            executed = _result(future, step.notebook)
            read = notebook_reads.tables_read(step.notebook, shown, paths)
            finished(step, executed, read)
    for step in wanted:
        if step.name == METADATA:
            whole = {
                path: outputs[path] if path in outputs else path.read_bytes()
                for made in done.values()
                for path in map(project.root.joinpath, made.outputs)
            }
            finished(step, step.make(tables, whole), paths)
    locked = Lock.made(now, {step.name: done[step.name] for step in every})
    return {**outputs, project.root / lock.NAME: locked.content()}


def write(
    project: Project, outputs: Outputs, before: Lock | None, pages: Mapping[Path, bytes]
) -> list[Path]:
    """Put outputs in place together with the site of them; return the files that changed.

    Files that were outputs before and are none any more are removed, if they are as they were
    made. Where another environment gave the same outputs, the lock file stays as it is, and that
    it did is noted beside it.
    """
    made = Lock.parsed(outputs[project.root / lock.NAME])
    names = set(made.outputs)
    past = before.outputs if before else {}
    if before and replace(made, environment=before.environment) == before:
        outputs = {path: outputs[path] for path in outputs if path.name != lock.NAME}
        if made.environment != before.environment:
            outputs[project.root / lock.SAME] = lock.same(before, made.environment)
    removed = [
        project.root / name
        for name, hash in past.items()
        if name not in names and fingerprints.hash_file(project.root / name) == hash
    ]
    return write_site(project, pages, outputs, removed)


def write_site(
    project: Project,
    pages: Mapping[Path, bytes],
    outputs: Mapping[Path, bytes] | None = None,
    removed: Collection[Path] = (),
) -> list[Path]:
    """Put the site in place, together with outputs if there are new ones; return what changed.

    Pages that were of the site before and are none any more are removed.
    """
    past = [project.site / name for name in site_mark.read(project)[1]]
    old = [path for path in past if path not in pages]
    return files.commit(project, {**(outputs or {}), **pages}, [*removed, *old])


def site_of(project: Project, outputs: Mapping[Path, bytes], base_url: str = "") -> Outputs:
    """Make the site of outputs, and of the files that are there where none is given.

    `base_url` is where it will stand; see :func:`ypp_analysis.publish.site.build`.
    """
    new = {project.name(path): content for path, content in outputs.items()}
    collected = site.collect(project) | new
    made = site.build(collected, load_all(), sources(), base_url=base_url)
    locked = Lock.parsed(new[lock.NAME]) if lock.NAME in new else None
    mark = site_mark.content(site_mark.made_of(project, locked), made)
    pages = {project.site / name: content for name, content in made.items()}
    return {**pages, site_mark.path(project): mark}


class _Citations:
    """How figures are cited; what stands behind them all is looked for once."""

    def __init__(self) -> None:
        self._origins: Origins | None = None

    def of(self, id: str, tables: Tables) -> dict[str, str]:
        """The citation of an exhibit in each language; marks as read what it depends on."""
        every = tables.tables if isinstance(tables, Reads) else tables
        self._origins = self._origins or Origins(every, sources())
        for name in self._origins.exhibit(id)[1].behind:
            tables[name]
        return {lang: BETWEEN.join(Library(self._origins, lang).lines(id)) for lang in LANGUAGES}


def _exhibit(project: Project, id: str, citations: _Citations, tables: Tables) -> Outputs:
    """The data of an exhibit, and its figures in each language."""
    exhibit, cited = Exhibit(id, tables, lang="en"), citations.of(id, tables)
    made = {project.processed / f"{id}.csv": to_csv(exhibit.data)}
    for lang in LANGUAGES:
        drawn = figures.render(exhibit, *figures.FORMATS, lang=lang, citation=cited[lang])
        folder = project.figures / lang
        made |= {folder / f"{id}.{format}": content for format, content in drawn.items()}
    return made


def _ledger(project: Project, tables: Tables) -> Outputs:
    """The ledger in each language."""
    names = {"en": "claims.csv", "id": "claims-id.csv"}
    return {project.processed / names[lang]: to_csv(ledger(tables, lang)) for lang in LANGUAGES}


def _verification(project: Project, tables: Tables) -> Outputs:
    """The verification page."""
    return {project.root / "docs" / "verification.md": verification(tables)}


def _citations(project: Project, tables: Tables) -> Outputs:
    """All citations, in each format."""
    cited = all_citations(tables)
    return {project.figures / name: content for name, content in cited.items()}


def _notebook(path: Path, _: Tables) -> Outputs:
    """A notebook with its outputs; its kernel loads the tables itself."""
    return {path: notebooks.execute(path)}


@contextmanager
def _kernels() -> Iterator[ThreadPoolExecutor]:
    """Run notebooks in turn; where anything fails, those that run are ended and no more begin."""
    kernels = ThreadPoolExecutor(KERNELS)
    try:
        yield kernels
    finally:  # where all went well, nothing runs any more
        kernels.shutdown(wait=False, cancel_futures=True)
        notebooks.stop()
        kernels.shutdown()


def _largest_first(steps: list[Step]) -> list[Step]:
    """The steps that run notebooks, in the order that keeps all kernels busy to the end."""
    run = [(step.notebook.stat().st_size, step) for step in steps if step.notebook]
    return [step for _, step in sorted(run, key=lambda entry: -entry[0])]


def _result(future: Future[Outputs], path: Path) -> Outputs:
    """What a notebook gave, or an error that names it."""
    try:
        return future.result()
    except Exception as error:
        raise ValueError(f"{path.name} did not run to its end: {error}") from error
