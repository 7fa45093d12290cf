"""Which raw tables a notebook reads, told from its source.

A notebook that asks for exhibits and tables by name reads what these read. Whatever it does
beyond that and beyond calculating counts as reading every table.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

PACKAGE = "ypp_analysis"
CALCULATING = tuple(f"{PACKAGE}.{name}" for name in ("arithmetic", "findings", "measures"))
"""Parts of the package that take tables and load none."""
LIBRARIES = ("IPython.display", "pandas")
"""Others count as able to read anything: few are as easily told apart by their names."""
READERS = (
    "ExcelFile",
    "HDFStore",
    "compile",
    "eval",
    "exec",
    "filename",
    "getattr",
    "open",
    "vars",
)
"""Names by which a notebook could read files that its source does not tell."""


def tables_read(
    path: Path, exhibits: Mapping[str, Collection[str]], every: Collection[str]
) -> set[str]:
    """Name the tables that a notebook reads.

    Parameters
    ----------
    path : Path
    exhibits : mapping of str to collection of str
        The tables that each exhibit reads, by its id.
    every : collection of str
        Names of all tables.

    Returns
    -------
    set of str
        All of them where it cannot be told, as of a file that is no notebook.
    """
    try:
        cells = json.loads(path.read_bytes())["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        tree = ast.parse("\n".join(sources))
    # No Python is also a command to IPython; what is no notebook is told when it is run.
    except (SyntaxError, ValueError, KeyError, TypeError, RecursionError, MemoryError):
        return set(every)
    if any(map(_is_opaque, ast.walk(tree))):
        return set(every)
    found: set[str] = set()
    for function, name in _asked(tree):
        known = exhibits.get(name) if function == "exhibit" else (name,)
        if function not in ("exhibit", "load") or known is None or not set(known) <= set(every):
            return set(every)
        found.update(known)
    return found


def _is_opaque(node: ast.AST) -> bool:
    """Whether a piece of source can read what it does not name."""
    match node:
        case ast.Import(names=names):
            # A module of the package brings the package with it, under no name of its own.
            return any(a.name != PACKAGE and not _is_library(a.name) for a in names)
        case ast.ImportFrom(names=[ast.alias(name="*")]):
            return True
        case ast.ImportFrom(module=module):
            return module != PACKAGE and not _is_library(module or "", LIBRARIES + CALCULATING)
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            return name in READERS or name.startswith(("read_", "__"))
    return False


def _is_library(module: str, known: tuple[str, ...] = LIBRARIES) -> bool:
    """Whether a module is, or is part of, one of those that only show and calculate."""
    return any(f"{module}.".startswith(f"{name}.") for name in known)


def _asked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each use of the package: the function, and the name it is given; blank if not told."""
    nodes = list(ast.walk(tree))
    given = {
        id(node.func): node.args[0].value
        for node in nodes
        if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords
        if isinstance(node.args[0], ast.Constant)
    }
    package: set[str] = set()
    functions: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            package |= {alias.asname or alias.name for alias in node.names if alias.name == PACKAGE}
        elif isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            functions |= {alias.asname or alias.name: alias.name for alias in node.names}
    called = set()
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=function) if name in package:
                called.add(id(node.value))
                yield function, str(given.get(id(node), ""))
    for node in nodes:
        match node:
            case ast.Name(id=name) if name in package | set(functions) and id(node) not in called:
                yield functions.get(name, ""), str(given.get(id(node), ""))
