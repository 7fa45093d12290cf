"""The command: what it prints, where it writes, how it ends."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from ypp_analysis.cli import main
from ypp_analysis.exhibits import ids

COMMANDS = sorted(main.commands)


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does_and_shows_an_example(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.output
    assert f"ypp {name}" in result.output


def test_the_readme_names_every_command_and_no_other():
    import re
    from pathlib import Path

    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `ypp ([a-z-]+)", readme, re.MULTILINE))
    assert named == set(COMMANDS)


def test_starting_imports_nothing_heavy():
    code = (
        "import sys, ypp_analysis.cli; print(*sorted({'pandas', 'matplotlib'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


def test_list_names_every_exhibit():
    lines = run("list", "--lang", "id").output.splitlines()
    assert [line.split()[0] for line in lines] == ids()
    assert "66 dari 88 korban yang dilaporkan adalah anak" in lines[2]


def test_table_prints_the_numbers():
    result = run("table", "diagram-1-3", "--format", "csv")
    assert result.output.splitlines()[1].startswith("children,Children,Anak,66,88,75")
    assert "66" in run("table", "diagram-1-3").output


def test_figure_writes_one_file(tmp_path):
    result = run("figure", "reach", "--format", "svg", "--lang", "id", "--out", tmp_path / "new")
    assert result.exit_code == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["reach-id.svg"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("figure", "diagram-9"), "No exhibit is called 'diagram-9'"),
        (("figure", "reach", "--format", "gif"), "'gif' is not one of"),
        (("table", "reach", "--data", "nowhere"), "'nowhere' does not exist"),
        (("check-data", "nowhere"), "'nowhere' does not exist"),
        (("claim",), "Missing argument"),
        (("nonsense",), "No such command 'nonsense'"),
    ],
)
def test_a_mistake_ends_with_two_and_one_message(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_check_data_passes_the_study_and_names_a_fault(tmp_path):
    import shutil

    from ypp_analysis.project import raw_dir

    assert run("check-data").exit_code == 0
    shutil.copytree(raw_dir(), tmp_path / "raw")
    path = tmp_path / "raw" / "victims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",66,", ",-66,"), encoding="utf-8")
    result = run("check-data", tmp_path / "raw")
    assert result.exit_code == 2
    assert "victims.csv" in result.output
    assert "-66" in result.output


def test_lab_opens_on_the_notebooks(monkeypatch):
    called = []
    monkeypatch.setattr(subprocess, "call", lambda command: called.append(command) or 0)
    assert run("lab").exit_code == 0
    assert called[0][:3] == [sys.executable, "-m", "jupyterlab"]
    assert called[0][3].endswith("notebooks")


def test_a_new_command_needs_help():
    for name, command in main.commands.items():
        assert isinstance(command, click.Command)
        assert command.help, name
