"""Checkouts of the project to change, whose outputs are current as long as nothing is."""

import os
import shutil
import subprocess
import sys

from ypp_analysis import lock
from ypp_analysis.fingerprints import Now
from ypp_analysis.lock import Lock
from ypp_analysis.project import Project, project

HERE = project()
FOLDERS = ("data", "docs", "figures", "notebooks", "ypp_analysis")


def checkout(root, *, notebooks=True):
    """Copy the project into a folder, with a lock file that fits what is there."""
    for name in FOLDERS if notebooks else set(FOLDERS) - {"notebooks"}:
        shutil.copytree(HERE.root / name, root / name)
    shutil.copy(HERE.root / "pyproject.toml", root)
    there = Project(root)
    now, made = Now.of(there, there.raw), Lock.read(HERE)
    steps = {name: s for name, s in made.steps.items() if notebooks or "notebook" not in name}
    current = Lock.made(now, steps)
    (root / lock.NAME).write_bytes(current.content())
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
