"""Does any test notice a wrong line? Mutants of the arithmetic, the measures and the ledger.

``make mutants`` changes one thing at a time (a sign, a bound, a number, an argument: the operators
of mutmut) and runs the tests of that package until one fails. What all tests pass is handed to
mypy, which is part of the gate too. The rest are survivors: ``mutants.toml`` says of each why it
may live, and the run fails if one is missing there, or one that stands there was killed.

``make mutants MODULES=measures/ranks`` tries one module alone. The counts stand in ``mutants.csv``.
"""

from __future__ import annotations

import ast
import gc
import importlib.util
import os
import resource
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import ndiff
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from typing import NamedTuple

import libcst as cst
import pandas as pd
from hypothesis import Phase, settings
from mutmut.mutation.mutators import mutation_operators

from ypp_analysis.datasets import load_all

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "ypp_analysis"
REASONS, RESULTS = (Path(__file__).with_name(f"mutants.{kind}") for kind in ("toml", "csv"))
TESTS = {
    "arithmetic": ("arithmetic", "printed", "rounding", "sums", "power", "feasibility"),
    "measures": ("ranks", "counts", "measures"),
    "ledger": ("checks", "words", "study", "transcription", "claims"),
}
"""The tests that each package answers to; one named like the module comes first."""
PRELOADED = (
    "hypothesis.strategies",
    "pytest",
    "seaborn",
    "scipy.special",
    "statsmodels.stats.proportion",
    "frictionless",
    "babel.numbers",
    "babel.dates",
)
"""What every test run imports and no mutant changes: loaded once, before the runs are forked."""
PYTEST = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:unraisableexception"]
"""No plugins, no rewriting, no collecting of garbage: a run that fails at once takes 0.1 s."""
GIGABYTES, SPARE_SECONDS = 3, 3
OUTCOMES = ("killed", "timeout", "types", "wording", "survived")
"""What becomes of a mutant. killed: a test failed. timeout: the tests took more than twice as long.
types: mypy refused it. wording: only the text of an error message differs, of which the tests hold
the words that matter. survived: the rest."""


class Mutant(NamedTuple):
    """One change of a module: in which function, and the lines before and after it."""

    module: str
    place: str
    was: str
    now: str
    code: str

    @property
    def name(self) -> tuple[str, ...]:
        """What tells it from others, however lines move."""
        return self[:4]


class _Places(cst.CSTVisitor):
    """Every node that an operator changes, with the name of the function around it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.found: list[tuple[str, cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Import | cst.ImportFrom) or _is_strict(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self.names.append(node.name.value)
        place = ".".join(self.names)
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.found += [
                    (place, node, other) for other in operator(node) if _tells(node, other)
                ]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self.names.pop()


def _tells(node: cst.CSTNode, other: cst.CSTNode) -> bool:
    """Whether a change may tell something that others of the same node do not.

    A text is changed in one way, not in its capitals too; an argument without a name is replaced
    by None, not left out too, which only moves the others.
    """
    if isinstance(other, cst.SimpleString):
        return "XX" in other.value
    if isinstance(node, cst.Call) and isinstance(other, cst.Call):
        left = {id(arg) for arg in other.args}
        gone = [arg for arg in node.args if id(arg) not in left]
        named = len(node.args) == len(other.args) or any(arg.keyword for arg in gone)
        return named and not any(map(_is_strict, gone))
    return True


def _is_strict(node: cst.CSTNode) -> bool:
    """Whether this is ``strict=True``: a guard of `zip` that speaks only of a fault elsewhere."""
    return isinstance(node, cst.Arg) and bool(node.keyword) and node.keyword.value == "strict"


def mutants(module: str) -> Iterator[Mutant]:
    """Change a module in every way that leaves it Python, each code once."""
    text = path_of(module).read_text(encoding="utf-8")
    tree, places = cst.parse_module(text), _Places()
    tree.visit(places)
    seen = {text}
    for place, node, other in places.found:
        code = tree.deep_replace(node, other).code
        if code not in seen and _compiles(code):
            seen.add(code)
            lines = list(ndiff(text.splitlines(), code.splitlines()))
            was, now = (
                "\n".join(line[2:].strip() for line in lines if line[0] == sign) for sign in "-+"
            )
            yield Mutant(module, place, was, now, code)


def _compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def path_of(module: str) -> Path:
    """The file of a module, named like ``ledger/checks/network``."""
    return PACKAGE / f"{module}.py"


class _Loader(SourceFileLoader):
    """Loads a module from its file, with other code."""

    def __init__(self, name: str, path: str, code: str) -> None:
        super().__init__(name, path)
        self.text = code

    def get_code(self, fullname: str) -> object:
        return compile(self.text, self.path, "exec")


class _Finder:
    """Finds the mutant where Python looks for its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.path = path_of(mutant.module)
        parts = ["ypp_analysis", *mutant.module.removesuffix("/__init__").split("/")]
        self.name, self.code = ".".join(parts), mutant.code

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        loader = _Loader(name, str(self.path), self.code)
        return importlib.util.spec_from_file_location(name, self.path, loader=loader)


def outcome(mutant: Mutant | None, tests: list[str], seconds: int) -> tuple[str, float]:
    """Run tests in a fork, a mutant in place of its module; and the processor time it took."""
    child = os.fork()
    if not child:
        _run(mutant, tests, seconds)
    _, status, usage = os.wait4(child, 0)
    took = usage.ru_utime + usage.ru_stime
    if os.WIFSIGNALED(status):
        return "timeout" if os.WTERMSIG(status) == signal.SIGXCPU else "killed", took
    return "killed" if os.WEXITSTATUS(status) else "survived", took


def _run(mutant: Mutant | None, tests: list[str], seconds: int) -> None:
    """Run pytest and end this process with its exit code."""
    code = 70
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30, GIGABYTES << 30))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        if mutant:
            sys.meta_path.insert(0, _Finder(mutant))  # type: ignore[arg-type]
        import pytest

        # One file after the other: what the first tells need not wait for the rest.
        code = next(filter(None, (int(pytest.main([*PYTEST, test])) for test in tests)), 0)
    finally:
        os._exit(code)


def refused_by_types(mutant: Mutant) -> bool:
    """Whether mypy, as `make lint` runs it, refuses a mutant."""
    with tempfile.TemporaryDirectory() as folder:
        shadow = Path(folder) / "mutant.py"
        shadow.write_text(mutant.code, encoding="utf-8")
        swap = ["--shadow-file", str(path_of(mutant.module)), str(shadow)]
        ran = subprocess.run([sys.executable, "-m", "mypy", *swap], cwd=ROOT, capture_output=True)
    return ran.returncode == 1


def only_wording(mutant: Mutant) -> bool:
    """Whether nothing differs but text inside of ``raise`` statements."""
    text = path_of(mutant.module).read_text(encoding="utf-8")
    return _without_messages(text) == _without_messages(mutant.code)


def _without_messages(code: str) -> str:
    tree = ast.parse(code)
    for raised in (node for node in ast.walk(tree) if isinstance(node, ast.Raise)):
        for node in ast.walk(raised):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node.value = ""
    return ast.dump(tree)


def tests_of(module: str) -> list[str]:
    """Test files of a module, one of its own name first."""
    package, *_, name = module.split("/")
    names = sorted(TESTS[package], key=lambda test: test != name)
    return [str(ROOT / "tests" / f"test_{test}.py") for test in names]


def attempt(module: str) -> Iterator[tuple[Mutant, str]]:
    """Make every mutant of a module, and say what became of each."""
    tests = tests_of(module)
    unchanged, took = outcome(None, tests, 600)
    if unchanged != "survived":
        raise SystemExit(f"The tests of {module} fail without any mutant: {' '.join(tests)}")
    for mutant in mutants(module):
        found, _ = outcome(mutant, tests, int(2 * took) + SPARE_SECONDS)
        if found == "survived" and only_wording(mutant):
            found = "wording"
        if found == "survived" and refused_by_types(mutant):
            found = "types"
        yield mutant, found


def unexplained(survivors: Iterable[Mutant], modules: list[str]) -> list[str]:
    """Name each survivor without a reason, and each reason without a survivor."""
    listed = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("survivor", [])
    reasons = {(row["module"], row["place"], row["was"], row["now"]) for row in listed}
    living = {mutant.name for mutant in survivors}
    gone = {name for name in reasons - living if name[0] in modules}
    return [
        *(f"no reason: {_told(name)}" for name in sorted(living - reasons)),
        *(f"no survivor any more: {_told(name)}" for name in sorted(gone)),
    ]


def _told(name: tuple[str, ...]) -> str:
    rows = zip(("module", "place", "was", "now"), name, strict=True)
    return "[[survivor]]\n" + "\n".join(f"{key} = '''{value}'''" for key, value in rows)


def main() -> None:
    """Try every mutant of the modules named, or of all, and hold the survivors to the reasons."""
    every = [
        path.relative_to(PACKAGE).with_suffix("").as_posix()
        for package in TESTS
        for path in sorted((PACKAGE / package).rglob("*.py"))
    ]
    modules = sys.argv[1:] or every
    os.chdir(ROOT)
    for name in PRELOADED:
        importlib.import_module(name)
    load_all()  # read once: what loads the tables stands below all that is changed
    # The first example that fails is enough: it need not be made smaller or explained.
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", deadline=None, derandomize=True, phases=phases)
    os.environ |= {"HYPOTHESIS_PROFILE": "mutants", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    gc.freeze()
    survivors: list[Mutant] = []
    for module in modules:
        counts: Counter[str] = Counter()
        for mutant, found in attempt(module):
            counts[found] += 1
            if found == "survived":
                survivors.append(mutant)
        _note(module, counts, every)
        print(module, dict(counts), flush=True)
    left = unexplained(survivors, modules)
    print(*left, sep="\n\n")
    sys.exit(bool(left))


def _note(module: str, counts: Counter[str], every: list[str]) -> None:
    """Put the counts of a module into the table, in place of older ones."""
    table = pd.read_csv(RESULTS, index_col="module")
    table.loc[module] = {"mutants": counts.total()} | {name: counts[name] for name in OUTCOMES}
    table.reindex([name for name in every if name in table.index]).to_csv(RESULTS)


if __name__ == "__main__":
    main()
