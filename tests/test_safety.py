"""The project is safe to run: without a network, and without a trace of the machine it ran on."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from profiles import NIGHTLY

from ypp_analysis.project import project

ROOT = project().root
NOTEBOOK = sorted(project().notebooks.glob("[0-9]*.ipynb"))[0]
SECRET = "a-secret-that-no-output-may-hold"

# Not even the loopback is up in a new namespace.
ALONE = """
import os, socket, sys
assert [name for _, name in socket.if_nameindex()] == ["lo"]
try:
    socket.create_connection(("192.0.2.1", 80), timeout=1)  # RFC 5737: nobody's
except OSError as error:
    assert "unreachable" in str(error), error
else:
    raise SystemExit("there is a network")
os.execv(sys.argv[1], sys.argv[1:])
"""
EXECUTE = """
import sys
from pathlib import Path
from ypp_analysis.publish.notebooks import execute
sys.stdout.buffer.write(execute(Path(sys.argv[1])))
"""


@pytest.fixture
def alone(tmp_path):
    """Run a program of this interpreter where there is no network, in a home of its own."""
    unshare = shutil.which("unshare")
    tried = unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, text=True)
    if not tried or tried.returncode:
        pytest.skip(f"no namespace without a network here: {tried.stderr if tried else 'unshare'}")
    home = tmp_path / "home-of-nobody"
    home.mkdir()

    def run(*arguments):
        cut_off = [unshare, "-rn", sys.executable, "-c", ALONE, sys.executable]
        return subprocess.run(
            [*cut_off, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "HOME": str(home), "YPP_SECRET": SECRET, "API_TOKEN": SECRET},
            capture_output=True,
            timeout=600,
        )

    return run


def clean(content, home):
    """Whether an output tells nothing of the machine."""
    traces = [SECRET, str(ROOT), str(home), "home-of-nobody", "/home/", "/tmp/", sys.prefix]
    return [trace for trace in traces if trace.encode() in content]


@pytest.mark.rebuild
def test_a_notebook_runs_without_a_network_and_tells_nothing_of_the_machine(alone, tmp_path):
    done = alone("-c", EXECUTE, NOTEBOOK)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == NOTEBOOK.read_bytes()
    assert clean(done.stdout, tmp_path) == []


def test_that_test_would_find_a_trace(alone, tmp_path):
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = "import os\nprint(os.environ['API_TOKEN'], os.path.expanduser('~'), os.getcwd())"
    notebook["cells"] = [next(c for c in notebook["cells"] if c["cell_type"] == "code")]
    notebook["cells"][0] |= {"source": code, "outputs": []}
    path = tmp_path / "telling.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = alone("-c", EXECUTE, path)
    assert done.returncode == 0, done.stderr.decode()
    assert {SECRET, "home-of-nobody"} <= set(clean(done.stdout, tmp_path))


@pytest.mark.parametrize(
    "command",
    [
        ["audit"],
        ["check-data"],
        ["cite", "petition", "--style", "apa"],
        ["inspect", "figures/en/reach.pdf"],
        pytest.param(["verify"], marks=NIGHTLY),
    ],
    ids=lambda command: command[0],
)
def test_a_command_needs_no_network(command, alone, tmp_path):
    done = alone("-m", "ypp_analysis.cli", *command)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert SECRET.encode() not in done.stdout + done.stderr


def test_the_bill_of_materials_is_that_of_the_lock_file():
    script = [sys.executable, "-c", "import sbom; print(sbom.written(), end='')"]
    made = [
        subprocess.run(script, cwd=ROOT / "tools", capture_output=True, check=True).stdout
        for _ in range(2)
    ]
    assert made == [(ROOT / "sbom.cdx.json").read_bytes()] * 2, "make sbom"
    bill = json.loads(made[0])
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE)
    assert [(part["name"], part["version"]) for part in bill["components"]] == pins
    assert len(pins) == lock.count("==") - len(re.findall(r";.*==", lock))
    refs = {bill["metadata"]["component"]["bom-ref"], *(c["bom-ref"] for c in bill["components"])}
    assert {need["ref"] for need in bill["dependencies"]} == refs
    assert {ref for need in bill["dependencies"] for ref in need["dependsOn"]} <= refs
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (own,) = (need for need in bill["dependencies"] if "generic" in need["ref"])
    named = {re.match(r"[\w.-]+", text).group().lower() for text in wanted["dependencies"]}
    assert named <= {ref.removeprefix("pkg:pypi/").partition("@")[0] for ref in own["dependsOn"]}
    assert not {"serialNumber", "timestamp"} & {*bill, *bill["metadata"]}


def test_the_lock_file_leaves_no_package_out():
    """It is installed with `--no-deps`: no resolver would notice."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE))
    asked, seen = [Requirement("ypp-analysis[dev]")], set()
    while asked:
        by = asked.pop()
        for need in map(Requirement, requires(by.name) or []):
            extras = by.extras or {""}
            if need.marker and not any(need.marker.evaluate({"extra": one}) for one in extras):
                continue
            if need.name != "ypp-analysis":
                pinned = pins[canonicalize_name(need.name)]
                assert need.specifier.contains(pinned), f"{by} needs {need}: make lock"
            if str(need) not in seen:
                seen.add(str(need))
                asked.append(need)
    assert len(seen) > 100


def committed():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a checkout of git")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_committed_output_tells_of_a_machine():
    folders = ("figures", "data", "notebooks", "docs", "benchmarks")
    paths = [path for path in committed() if path.relative_to(ROOT).parts[0] in folders]
    assert len(paths) > 50
    pattern = re.compile(rb"/(?:(?:home|Users|tmp|work)/\w|root/)|[A-Z]:\\\\Users")
    found = {
        path.relative_to(ROOT): match.group()
        for path in paths
        if path.is_file() and path.suffix not in {".png", ".pdf"}
        if (match := pattern.search(path.read_bytes()))
    }
    assert found == {}
