"""The same bytes in another process: other hash seed, folder, time zone, language and locale."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ypp_analysis import lock
from ypp_analysis.datasets import sources
from ypp_analysis.project import Project, project
from ypp_analysis.publish import croissant, site
from ypp_analysis.publish.metadata import CRATE, metadata

SETTINGS = ("pyproject.toml", "REUSE.toml")
BUILD = """
import sys
from pathlib import Path
from ypp_analysis.datasets import load_all, sources
from ypp_analysis.fingerprints import Now
from ypp_analysis.project import Project, project
from ypp_analysis.publish import files, site
from ypp_analysis.reproduce import build
here, tables = Project(Path(sys.argv[1])), load_all()
for path, content in build(here, tables, Now.of(here, here.raw)).items():
    files.write(path, content)
for name, content in site.build(site.collect(project()), tables, sources()).items():
    files.write(here.site / name, content)
"""


def without_notebooks(folder):
    """A checkout of the tables alone: notebooks run in kernels of their own."""
    here = project()
    shutil.copytree(here.raw, Project(folder).raw)
    for name in SETTINGS:
        shutil.copy(here.root / name, folder / name)
    return Project(folder)


@pytest.mark.rebuild
def test_another_process_in_another_folder_makes_the_committed_bytes(tables, tmp_path):
    here, there = project(), without_notebooks(tmp_path)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    with tempfile.TemporaryDirectory() as elsewhere:
        other = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Jakarta", "YPP_LANG": "id", "LC_ALL": "C"}
        subprocess.run(
            [sys.executable, "-c", BUILD, str(tmp_path)],
            env=os.environ | other | {"MPLBACKEND": "agg"},
            cwd=elsewhere,
            check=True,
        )
    made = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    names = {path.relative_to(tmp_path).as_posix() for path in made}
    assert len(names) > 100
    pages = site.build(site.collect(here), tables, sources())
    assert {f"site/{name}" for name in pages} <= names
    names -= {lock.NAME, *(f"site/{name}" for name in pages)}
    expected = {name: (here.root / name).read_bytes() for name in names - {CRATE}}
    expected |= {f"site/{name}": content for name, content in pages.items()}
    assert not [name for name in expected if (tmp_path / name).read_bytes() != expected[name]]
    # The crate describes the notebooks too, which are not there; so it is made here again.
    outputs = {
        tmp_path / name: (here.root / name).read_bytes() for name in names - {CRATE, croissant.NAME}
    }
    outputs = {path: content for path, content in outputs.items() if path.name[0] != "."}
    expected = metadata(there, tables, outputs)
    assert expected[tmp_path / CRATE] == (tmp_path / CRATE).read_bytes()
    assert str(tmp_path) not in json.dumps(json.loads(expected[tmp_path / CRATE]))


def test_no_output_names_a_place_of_this_machine():
    here = project()
    texts = [path for path in here.figures.rglob("*") if path.suffix in (".svg", ".json", ".bib")]
    texts += [here.root / CRATE, *here.processed.glob("*.csv")]
    places = (str(here.root), str(Path.home()) + "/", "/tmp/")
    for path in texts:
        content = path.read_text(encoding="utf-8")
        assert not [place for place in places if place in content], path
