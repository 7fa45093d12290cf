"""The static site: the whole study on pages that ask nothing of the network.

``content`` gathers what each page says, ``rendering`` puts it into the templates, and the
notebooks are rendered by nbconvert. Every page works from a folder, without JavaScript; the
folders of the project stand in the site under the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from ypp_analysis.findings import Tables
from ypp_analysis.ledger.study import Sources
from ypp_analysis.project import Project, raw_dir
from ypp_analysis.publish.site import content
from ypp_analysis.publish.site.data_dictionary import listed_sources
from ypp_analysis.publish.site.rendering import Renderer
from ypp_analysis.wording import LANGUAGES, texts

FOLDERS = ("data", "docs", "figures", "notebooks")
"""Folders of a checkout whose files a page may offer."""
ASSETS = ("recompute.js", "site.js", "style.css")


def build(files: Mapping[str, bytes], tables: Tables, sources: Sources) -> dict[str, bytes]:
    """Make every file of the site.

    Parameters
    ----------
    files : mapping of str to bytes
        What stands in ``FOLDERS`` of a checkout, and ``benchmarks/results.json``, by path from
        its root.
    tables : mapping of str to DataFrame
        All raw tables.
    sources : mapping
        CSL-JSON entries by id.

    Returns
    -------
    dict of str to bytes
        Content by path from the folder of the site.
    """
    study = content.Material(files, tables, sources)
    site = {path: files[path] for path in sorted(files) if path.partition("/")[0] in FOLDERS}
    for lang in LANGUAGES:
        renderer = Renderer(lang, tables)
        for page in content.pages(study, lang):
            site[f"{lang}/{page.path}"] = renderer.page(page)
        for name, record in content.records(study, lang):
            site[f"{lang}/exhibits/{name}"] = record
    assets = resources.files("ypp_analysis.publish.site") / "assets"
    site |= {f"assets/{name}": (assets / name).read_bytes() for name in ASSETS}
    shared = Renderer("en", tables)
    headings = [texts(lang)["site"]["data"]["sources"] for lang in LANGUAGES]
    works = listed_sources(sources)
    site["sources.html"] = shared.shared("sources.html", sources=works, headings=headings)
    return {**site, "index.html": shared.shared("index.html")}


def collect(project: Project) -> dict[str, bytes]:
    """Read from a checkout what the site is built from; raw tables from where they are used."""
    paths = [path for folder in FOLDERS for path in (project.root / folder).rglob("*")]
    paths.append(project.root / "benchmarks" / "results.json")
    places = {project.name(path): path for path in paths if not path.name.startswith(".")}
    places |= {f"data/raw/{path.name}": path for path in raw_dir().iterdir()}
    return {name: path.read_bytes() for name, path in places.items() if path.is_file()}
