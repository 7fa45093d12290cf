"""The same bytes in another process: other hash seed, folder, time zone, language and locale."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ypp_analysis.project import Project, project
from ypp_analysis.publish.metadata import CRATE, metadata

SETTINGS = ("pyproject.toml", "REUSE.toml")
BUILD = """
import sys
from pathlib import Path
from ypp_analysis.datasets import load_all
from ypp_analysis.project import Project
from ypp_analysis.reproduce import build, write
here = Project(Path(sys.argv[1]))
write(build(here, load_all(data=here.raw)))
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
    differ = [
        name
        for name in sorted(names - {CRATE})
        if (tmp_path / name).read_bytes() != (here.root / name).read_bytes()
    ]
    assert not differ
    # The crate describes the notebooks too, which are not there; so it is made here again.
    outputs = {tmp_path / name: (here.root / name).read_bytes() for name in names - {CRATE}}
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
