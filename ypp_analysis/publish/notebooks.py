"""Execute the notebooks, each in a fresh kernel, so that their outputs are the same every time."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import IPython  # noqa: F401 - else first imported in a thread, half done when matplotlib looks
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from traitlets.config import Config

TIMEOUT_S = 300

_running: set[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = set()
"""Notebooks that run at this moment."""


def execute(path: Path, *, lang: str = "en") -> bytes:
    """Run a notebook from top to bottom and return it with its outputs.

    Parameters
    ----------
    path : Path
        The notebook; it is not changed.
    lang : str
        Language in which exhibits show themselves.

    Returns
    -------
    bytes
        The executed notebook: no times, no trace of the machine.

    Raises
    ------
    ValueError
        If the file is no notebook, or a cell fails or warns.
    """
    notebook = _read(path)
    try:
        with ThreadPoolExecutor(1) as apart:  # a notebook that calls this runs a loop itself
            apart.submit(_run, notebook, path.parent, lang).result()
    except CellExecutionError as error:
        told = f"{error.ename}: {error.evalue}"
        raise ValueError(
            f"cell {_failed(notebook)} ends with {told}. Try it in `ypp lab`"
        ) from error
    _refuse_warnings(notebook)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number:02}"
        cell["metadata"] = {}
    written: str = nbformat.writes(notebook)
    return f"{written}\n".encode()


def _read(path: Path) -> NotebookNode:
    try:
        notebook: NotebookNode = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        nbformat.validate(notebook)
    # What is no notebook makes the reader fail in many ways; to the user all of them are one.
    except Exception as error:
        told = str(error).partition("\n")[0]
        raise ValueError(f"it cannot be read as a notebook ({told:.100}): get it again") from error
    return notebook


def _refuse_warnings(notebook: NotebookNode) -> None:
    """Refuse what is written beside the outputs: warnings, which name files of the machine."""
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise ValueError(
                    f"cell {number} gives the warning {output['text'].strip()!r:.300}; outputs "
                    "hold no warnings of a machine. Remove its cause"
                )


def _failed(notebook: NotebookNode) -> int:
    """The number of the cell that gave an error."""
    outputs = [
        [output.output_type for output in cell.get("outputs", [])] for cell in notebook.cells
    ]
    return next(number for number, types in enumerate(outputs, 1) if "error" in types)


def _run(notebook: NotebookNode, folder: Path, lang: str) -> None:
    """Run all cells in a loop of this thread's own, apart from the user's settings of IPython."""
    with TemporaryDirectory() as private:
        client = NotebookClient(
            notebook,
            timeout=TIMEOUT_S,
            kernel_name="python3",
            record_timing=False,
            shutdown_kernel="immediate",  # it has nothing to save
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(folder)}},
            config=_without_network(Path(private)),
        )
        own = {"YPP_LANG": lang, "OMP_NUM_THREADS": "1", "IPYTHONDIR": private}
        # The loop that Windows has by default cannot wait for the sockets of a kernel.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as loop:
            loop.run(_noted(client.async_execute(env={**os.environ, **own})))


async def _noted(work: Coroutine[Any, Any, NotebookNode]) -> None:
    """Do the work of a notebook, which :func:`stop` can end meanwhile."""
    task = asyncio.current_task()
    assert task
    running = (asyncio.get_running_loop(), task)
    _running.add(running)
    try:
        await work
    finally:
        _running.remove(running)


def stop() -> None:
    """End the kernels of all notebooks that run in other threads: their :func:`execute` fails."""
    for loop, task in [*_running]:
        loop.call_soon_threadsafe(task.cancel)


def _without_network(folder: Path) -> Config:
    """Talk to the kernel through files of a folder; only Windows has no such sockets."""
    settings = Config()
    if sys.platform != "win32":
        settings.KernelManager.transport = "ipc"
        settings.KernelManager.ip = str(folder / "kernel")
        settings.KernelManager.connection_file = str(folder / "kernel.json")
    return settings
