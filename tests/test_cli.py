"""The command: what it prints, where it writes, how it ends."""

import os
import subprocess
import sys
import zipfile

import click
import pytest
from click.testing import CliRunner

from ypp_analysis.cli import main
from ypp_analysis.exhibits import ids
from ypp_analysis.project import project

COMMANDS = sorted(main.commands)


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does_and_shows_an_example(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "\\b" not in result.output
    after = result.output.split("Example:\n")[1]
    assert after.startswith(f"    ypp {name}")


YPP = [sys.executable, "-c", "from ypp_analysis.cli import main; main()"]


def test_a_table_in_a_file_is_utf_8_on_every_system():
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}  # as Windows has it
    command = [*YPP, "table", "claims", "--format", "csv"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert done.stdout == (project().processed / "claims.csv").read_bytes()


def test_output_may_be_cut_off():
    whole = [*YPP, "audit"]
    with subprocess.Popen(whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


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
    assert "Dari 88 korban yang dilaporkan, 66 adalah anak" in lines[2]


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


def test_cite_names_the_study_first():
    result = run("cite", "diagram-1-3", "--style", "bibtex")
    assert result.exit_code == 0
    assert result.output.index("{ypp-study,") < result.output.index("diagram-1-3")


@pytest.mark.parametrize("id", ["reach", "claims"])
@pytest.mark.parametrize("form", ["xlsx", "tex", "md", "html", "csv"])
def test_table_writes_a_file_to_work_with(form, id, tmp_path):
    result = run("table", id, "--format", form, "--lang", "id", "--out", tmp_path)
    assert result.exit_code == 0
    assert (tmp_path / f"{id}-id.{form}").stat().st_size > 100


def test_the_ledger_as_csv_is_the_published_one():
    published = (project().processed / "claims-id.csv").read_text(encoding="utf-8")
    assert run("table", "claims", "--format", "csv", "--lang", "id").output == published


def test_a_spreadsheet_is_not_printed():
    result = run("table", "reach", "--format", "xlsx")
    assert result.exit_code == 2
    assert "--out" in result.output


def test_bundle_packs_one_folder(tmp_path):
    assert run("bundle", "reach", "--out", tmp_path).exit_code == 0
    names = zipfile.ZipFile(tmp_path / "reach.zip").namelist()
    assert {name.split("/")[0] for name in names} == {"reach"}
    assert "reach/README.md" in names


def test_inspect_knows_our_figures_from_others(tmp_path):
    assert run("inspect", project().figures / "id" / "reach.png").exit_code == 0
    stranger = tmp_path / "a.svg"
    stranger.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    result = run("inspect", stranger)
    assert result.exit_code == 1
    assert "not one of ours" in result.output


@pytest.mark.parametrize("form", ["text", "csv", "json", "markdown"])
def test_audit_lists_the_claims_it_is_asked_for(form):
    result = run("audit", "--verdict", "contradicted", "--format", form)
    assert result.exit_code == 0
    assert "region-south-asia" in result.output
    assert "parade-youth" not in result.output
    assert "300 numbers, 3 claims: 3 contradicted" in result.output


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_audit_names_the_verdicts_in_the_language(form):
    result = run("audit", "--verdict", "contradicted", "--format", form, "--lang", "id")
    assert "bertentangan" in result.output
    assert "contradicted" not in result.output
    assert "3 bertentangan, 0 dengan catatan" in result.output


def test_claim_shows_the_whole_chain():
    result = run("claim", "victims-children-share", "--lang", "id")
    assert result.exit_code == 0
    for part in (
        "Pernyataan",
        "75%",
        "66 / 88",
        "cocok dihitung ulang",
        "halaman 6, Isi",
        "Wilson",
    ):
        assert part in result.output


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("71%", "--n", 43), "no whole count", 1),
        (("75,0%", "--n", 88), "66 (rounding", 0),
        (("71%", "--n", 143), "underdetermined", 0),
        (("seventy", "--n", 43), "'seventy'", 2),
    ],
)
def test_percent_answers_for_any_study(arguments, said, code):
    result = run("percent", *arguments)
    assert result.exit_code == code
    assert said in result.output


def test_coverage_names_what_differs(tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("Hanya 7 angka.\n", encoding="utf-8")
    result = run("coverage", "--text", other)
    assert result.exit_code == 1
    assert "lacking: '7'" in result.output
    assert "sha256 is another" in result.output
