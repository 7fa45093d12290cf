"""Checkouts of the project to change, whose outputs are current as long as nothing is."""

import os
import shutil
import subprocess
import sys

from ypp_analysis import lock, site_mark
from ypp_analysis.fingerprints import Now
from ypp_analysis.lock import Lock, Step
from ypp_analysis.project import Project, project

HERE = project()
FOLDERS = ("benchmarks", "data", "docs", "figures", "notebooks", "ypp_analysis")


def checkout(root, *, notebooks=True):
    """Copy the project into a folder, with a lock file that fits what is there."""
    for name in FOLDERS if notebooks else set(FOLDERS) - {"notebooks"}:
        shutil.copytree(HERE.root / name, root / name)
    for path in HERE.root.iterdir():
        if path.is_file():
            shutil.copy(path, root)
    there = Project(root)
    now, made = Now.of(there, there.raw), Lock.read(HERE)
    steps = {
        name: Step(tuple(read for read in step.reads if now.hash(read)), step.outputs)
        for name, step in made.steps.items()
        if notebooks or "notebook" not in name
    }
    current = Lock.made(now, steps)
    (root / lock.NAME).write_bytes(current.content())
    there.site.mkdir()
    site_mark.path(there).write_bytes(site_mark.content(site_mark.made_of(there), {}))
    return there


def problems(there):
    """What hashes tell to be wrong."""
    return lock.state(Lock.read(there), Now.of(there, there.raw)).problems


def command(there, *arguments):
    """Start the command of a checkout, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "ypp_analysis.cli", *arguments],
        cwd=there.root,
        env={**os.environ, "PYTHONPATH": str(there.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(there, *arguments):
    """Run the command of a checkout: how it ended, and what it said on both streams."""
    process = command(there, *arguments)
    said, wrong = process.communicate()
    return process.returncode, said, wrong
