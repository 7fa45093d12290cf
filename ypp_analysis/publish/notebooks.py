"""Execute the notebooks, each in a fresh kernel, so that their outputs are the same every time."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import IPython  # noqa: F401 - else first imported in a thread, half done when matplotlib looks
import nbformat
from nbclient import NotebookClient

TIMEOUT_S = 300


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
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT_S,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    environment = {**os.environ, "YPP_LANG": lang, "OMP_NUM_THREADS": "1"}
    asyncio.run(client.async_execute(env=environment))
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number:02}"
        cell["metadata"] = {}
    written: str = nbformat.writes(notebook)
    return f"{written}\n".encode()
