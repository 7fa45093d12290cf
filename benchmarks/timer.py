"""Time processes: ``python timer.py STEPS`` runs a JSON list of commands one after the other.

It prints how many seconds they took together, and the peak memory of the largest process among
them in MB. It is a small program of its own, for the system counts to a process the memory of the
one that started it; :func:`timed` starts it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Steps = Sequence[Sequence[str]]

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
"""Settings under which a process would not start as it does for a user."""


class Timed(NamedTuple):
    """Wall time in seconds, and peak memory of the largest process in MB (10^6 bytes)."""

    seconds: float
    peak_mb: float


def timed(steps: Steps, *, folder: Path = ROOT, env: Mapping[str, str] | None = None) -> Timed:
    """Run processes one after the other in a folder; one that fails ends it all.

    Parameters
    ----------
    steps : sequence of sequence of str
        Commands as lists of words.
    folder : Path
        Where they run.
    env : mapping of str to str, optional
        Settings that are added to those of this process.
    """
    settings = {**os.environ, **(env or {})}
    command = [sys.executable, "-I", "-S", __file__, json.dumps(steps)]
    settings = {name: value for name, value in settings.items() if name not in LEFT_OUT}
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=settings)
    if done.returncode:
        raise SystemExit(f"A process that was to be timed failed.\n{done.stderr}")
    return Timed(*json.loads(done.stdout))


def main() -> None:
    """Run the steps, and print time and memory."""
    import resource

    began = time.perf_counter()
    for step in json.loads(sys.argv[1]):
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{step}\n{done.stdout}{done.stderr}")
    seconds = time.perf_counter() - began
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    print(
        json.dumps([seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6])
    )


if __name__ == "__main__":
    main()
