"""The static site: the whole study on pages that ask nothing of the network.

``content`` gathers what each page says, ``rendering`` puts it into the templates, and the
notebooks are rendered by nbconvert. Every page works from a folder, without JavaScript; the
folders of the project stand in the site under the same names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

from ypp_analysis.datasets import register
from ypp_analysis.exhibits import DESIGNS
from ypp_analysis.findings import Tables
from ypp_analysis.ledger.study import Sources
from ypp_analysis.project import Project, raw_dir, shipped_dir
from ypp_analysis.publish.citations import FILES, REFERENCES
from ypp_analysis.publish.figures import FORMATS
from ypp_analysis.publish.site import content
from ypp_analysis.publish.site.material import Material, downloads
from ypp_analysis.publish.site.rendering import Renderer
from ypp_analysis.wording import LANGUAGES

FOLDERS = ("data", "docs", "figures", "notebooks")
"""Folders of a checkout whose files a page may offer."""
LEDGERS = ("claims.csv", "claims-id.csv")
READ = ("README.md", "benchmarks/results.json")
"""Files of a checkout that pages take something from and do not offer."""
ASSETS = ("entrance.js", "recompute.js", "site.js", "style.css")


def build(
    files: Mapping[str, bytes], tables: Tables, sources: Sources, *, base_url: str = ""
) -> dict[str, bytes]:
    """Make every file of the site.

    Parameters
    ----------
    files : mapping of str to bytes
        What :func:`collect` reads, by path from the root of a checkout.
    tables : mapping of str to DataFrame
        All raw tables.
    sources : mapping
        CSL-JSON entries by id.
    base_url : str
        Where the site will stand: social networks and catalogues want whole addresses. Blank
        leaves them relative, so that the site works anywhere.

    Returns
    -------
    dict of str to bytes
        Content by path from the folder of the site.
    """
    study = Material(files, tables, sources)
    site = {path: files[path] for path in sorted(files) if path.partition("/")[0] in FOLDERS}
    for lang in LANGUAGES:
        renderer = Renderer(lang, tables, base_url)
        for page in content.pages(study, lang):
            site[f"{lang}/{page.path}"] = renderer.page(page)
        for name, file in downloads(study, lang):
            site[f"{lang}/exhibits/{name}"] = file
    assets = resources.files("ypp_analysis.publish.site") / "assets"
    site |= {f"assets/{name}": (assets / name).read_bytes() for name in ASSETS}
    return {**site, "index.html": Renderer("en", tables).shared("index.html")}


def collect(project: Project) -> dict[str, bytes]:
    """Read from a checkout what the site is built from, and nothing that lies about beside it.

    Raw tables come from where they are used.
    """
    raw = raw_dir()
    tables = [table.path for table in register.own(shipped_dir())]
    places = {project.name(path): path for path in _declared(project)}
    places |= {f"data/raw/{name}": raw / name for name in (register.NAME, *tables)}
    return {name: path.read_bytes() for name, path in places.items() if path.is_file()}


def _declared(project: Project) -> Iterator[Path]:
    """Every output and document that a checkout should have."""
    yield from (project.root / name for name in READ)
    yield from sorted((project.root / "docs").glob("[!.]*.md"))
    yield from project.notebook_files()
    yield from (project.processed / name for name in LEDGERS)
    yield from (project.figures / name for name in (*FILES, REFERENCES))
    for id in DESIGNS:
        yield project.processed / f"{id}.csv"
        for lang in LANGUAGES:
            yield from (project.figures / lang / f"{id}.{format}" for format in FORMATS)
