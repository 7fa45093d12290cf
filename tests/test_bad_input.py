"""Whatever is given: one message with place and remedy, exit 2, no traceback, nothing written."""

import hashlib
import io
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

import bibtexparser
import checkouts
import mistune
import nbformat
import openpyxl
import pytest
from bad_inputs import AUDIT, CITE, CORPUS, DEEP, INSPECT, cell
from click.testing import CliRunner

from ypp_analysis.cli import main
from ypp_analysis.cli.group import Commands
from ypp_analysis.exhibit_data import REACH
from ypp_analysis.exhibits import Exhibit
from ypp_analysis.project import shipped_dir
from ypp_analysis.publish.data_tables import exhibit_table
from ypp_analysis.publish.notebooks import execute
from ypp_analysis.publish.table_formats import render

LONGEST = 1100
"""Characters of a line of a message: lists of names take most."""
PATIENCE_S = 120


def notebook(source):
    """A notebook of one cell."""
    return nbformat.writes(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    ).encode()


@pytest.fixture(autouse=True)
def in_time():
    """Nothing given may make a command wait for ever."""

    def late(*_):
        pytest.fail("still not done")

    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, late)
        signal.alarm(PATIENCE_S)
        yield
        signal.alarm(0)
    else:
        yield


@pytest.fixture
def work(tmp_path, monkeypatch):
    """An empty folder to work in, with a copy of the raw tables."""
    shutil.copytree(shipped_dir(), tmp_path / "tables")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def parse(command):
    """Variables and arguments of a command as a shell has them."""
    words = shlex.split(command)
    variables = dict(word.split("=", 1) for word in words[: words.index("ypp")])
    return variables, words[words.index("ypp") + 1 :]


def snapshot(folder):
    """All that stands in a folder: kind, size, time of change, and short contents."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        short = path.is_file() and not path.is_symlink() and about.st_size < 10**6
        content = path.read_bytes() if short else b""
        found[path] = about.st_mode, about.st_size, about.st_mtime_ns, content
    return found


def run(command, monkeypatch):
    variables, arguments = parse(command)
    for name in ("YPP_DATA", "YPP_LANG", "YPP_STUDY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return CliRunner().invoke(main, arguments, prog_name="ypp")


def test_the_corpus_is_large_and_each_row_has_its_own_name():
    names = [bad.name for bad in CORPUS]
    assert len(names) == len(set(names)) >= 80


@pytest.mark.parametrize("bad", CORPUS, ids=[bad.name for bad in CORPUS])
def test_a_broken_input_ends_with_one_message_and_changes_nothing(bad, work, monkeypatch):
    bad.spoil(work)
    before = snapshot(work)
    result = run(bad.command, monkeypatch)
    assert result.exit_code == 2, (result.output, result.exception)
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    said = result.stderr
    assert sum(line.startswith("Error: ") for line in said.splitlines()) == 1, said
    for words in bad.says:
        assert words in said, said
    assert not re.search(r"Traceback|\[Errno|<_io\.|\w\.\. ", said), said
    assert max(map(len, said.splitlines())) < LONGEST, said
    assert all(sign.isprintable() or sign == "\n" for sign in said), said
    assert snapshot(work) == before


# These can hang, or take the interpreter down with them: so they are run as a user runs them.
ALONE = [
    "a-pipe-for-a-record",
    "brackets-without-end",
    "svg-unclosed",
    "pdf-of-brackets",
    "lang-with-an-escape",
]


@pytest.mark.parametrize("name", ALONE)
def test_a_process_of_its_own_ends_the_same_way(name, work):
    bad = next(bad for bad in CORPUS if bad.name == name)
    bad.spoil(work)
    before = snapshot(work)
    variables, arguments = parse(bad.command)
    done = subprocess.run(
        [sys.executable, "-m", "ypp_analysis.cli", *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert all(words in done.stderr for words in bad.says)
    assert snapshot(work) == before


# What is no mistake must still do nothing where it is shown: in a page, a sheet, a terminal.

MARKUP = r"""<script>alert(1)</script> <img src=x onerror=alert(1)> & "a" | $a_b$ $\frac{$ """
MARKUP += r"\input{/etc/passwd} [x](javascript:alert(1)) {victims_n} {{7*7}} %s `id`"


@pytest.fixture
def marked(work):
    """Tables with a label that is code in many languages, and text in none."""
    cell("victims", "children", "label_en", MARKUP)(work)
    return work


class Elements(HTMLParser):
    """Names, attributes and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.names, self.attributes, self.text = set(), set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def harmless(page):
    """Whether a page has no script and nothing that starts one."""
    found = Elements(page)
    starts = any(name.startswith("on") for name in found.attributes)
    return not starts and not found.names & {"script", "img", "iframe", "object", "form"}


def shown(form, monkeypatch):
    result = run(f"ypp table diagram-1-3 --data tables --format {form}", monkeypatch)
    assert result.exit_code == 0
    return result.output


def test_a_page_shows_markup_as_text(marked, monkeypatch):
    page = shown("html", monkeypatch)
    assert harmless(page)
    assert MARKUP in Elements(page).text


def test_markdown_shows_markup_as_text(marked, monkeypatch):
    page = mistune.html(shown("md", monkeypatch))
    assert harmless(page)
    assert "javascript:" not in re.findall(r'href="([^":]*:)', page)


def test_latex_runs_no_command_of_a_cell(marked, monkeypatch):
    table = shown("tex", monkeypatch)
    assert r"\input" not in table
    assert r"\frac" not in table
    assert r"\textbackslash{}input\{/etc/passwd\}" in table


@pytest.mark.parametrize("text", [MARKUP, "=1+1", "+1+1", "@SUM(A1)", "{=1+1}", "http://x.org"])
def test_a_spreadsheet_runs_no_cell(text, tables):
    victims = tables["victims"].copy()
    victims.loc[0, "label_en"] = text  # tables in memory, which nothing has validated
    shown = exhibit_table(Exhibit("diagram-1-3", {**tables, "victims": victims}, lang="en"))
    book = openpyxl.load_workbook(io.BytesIO(render(shown, "xlsx")["xlsx"]))
    cells = {cell.value: cell for sheet in book for row in sheet for cell in row}
    assert cells[text].data_type == "s"
    assert cells[text].hyperlink is None
    assert "f" not in {cell.data_type for cell in cells.values()}


def test_a_drawing_shows_markup_as_text(marked, monkeypatch):
    result = run("ypp figure diagram-1-3 --data tables --format svg --out out", monkeypatch)
    assert result.exit_code == 0
    root = ElementTree.parse("out/diagram-1-3-en.svg").getroot()
    assert "script" not in {str(element.tag).rpartition("}")[2] for element in root.iter()}
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def record(work, **changes):
    (work / "given").write_text(json.dumps({"type": "article-journal", **changes}))


def test_a_line_break_in_a_title_is_no_line_of_ris(work, monkeypatch):
    def ends():
        return len(re.findall(r"^ER  -", run(f"{CITE} --style ris", monkeypatch).output, re.M))

    record(work, title="Dampak Program YPP oleh ECPAT")
    before = ends()
    record(work, title="Dampak Program YPP oleh ECPAT\nER  - \nTY  - BOOK\nTI  - another")
    assert ends() == before > 0


def test_bibtex_runs_no_command_of_a_title(work, monkeypatch):
    record(work, title=r"Dampak Program \input{/etc/passwd} YPP}, url = {x")
    result = run(f"{CITE} --style bibtex", monkeypatch)
    assert result.exit_code == 0
    read = bibtexparser.parse_string(result.output)
    assert not read.failed_blocks
    fields = read.entries_dict["ypp-study"].fields_dict
    assert r"\input" not in result.output
    assert fields.keys() <= {"author", "key", "title", "journal", "pages", "doi", "langid"}


def test_a_drawing_with_rules_elsewhere_fetches_nothing(work, monkeypatch):
    def refuse(*arguments):
        raise AssertionError(f"a connection was tried: {arguments}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    page = '<!DOCTYPE svg SYSTEM "http://127.0.0.1/x.dtd"><svg xmlns="http://www.w3.org/2000/svg">'
    (work / "given").write_text(f'{page}<image href="http://127.0.0.1/x.png"/></svg>')
    result = run(INSPECT, monkeypatch)
    assert result.exit_code == 1
    assert "not one of ours" in result.output


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_terminal_is_not_steered_by_what_is_listed(kind, work, monkeypatch):
    cell("claims", "study-period", "base_printed", "a\nb")(work)
    result = run(f"{AUDIT} --format {kind}", monkeypatch)
    assert result.exit_code == 0
    assert all(sign.isprintable() or sign == "\n" for sign in result.output)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "cannot be read as a notebook"),
        (b'{"cells": [', "cannot be read as a notebook"),
        (b"[]", "cannot be read as a notebook"),
        (b"[" * DEEP, "cannot be read as a notebook"),
        (b'{"nbformat": 2, "cells": []}', "cannot be read as a notebook"),
        ("{}".encode("utf-16"), "cannot be read as a notebook"),
        (notebook("raise KeyError('x')"), "cell 1 ends with KeyError: 'x'. Try it in"),
        (notebook("def f(:"), "cell 1 ends with SyntaxError: "),
    ],
)
def test_a_broken_notebook_is_told_and_left_alone(content, told, tmp_path):
    path = tmp_path / "01_x.ipynb"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(told)) as caught:
        execute(path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("command", ["reproduce", "verify"])
def test_nothing_is_built_from_a_registered_table_with_a_fault(command, tmp_path):
    """A table that has its registered hash is read unseen, even if it was changed with it."""
    there = checkouts.checkout(tmp_path, notebooks=False)
    table, register = there.raw / "study_numbers.csv", there.raw / "datapackage.json"
    before = table.read_bytes()
    table.write_bytes(before.replace(b",address-part,", b",,", 1))
    pair = (hashlib.sha256(content).hexdigest() for content in (before, table.read_bytes()))
    register.write_text(register.read_text(encoding="utf-8").replace(*pair), encoding="utf-8")
    code, said, wrong = checkouts.run(there, command)
    assert (code, said) == (2, "")
    assert "study_numbers.csv, line" in wrong
    assert "Name the claim that the number belongs to" in wrong


def test_a_folder_is_judged_by_its_own_sources(work, monkeypatch):
    def told():
        return run("ypp claim sexual-exploitation-share --data tables", monkeypatch).output

    before = told()
    assert "2005 − 2012" in before  # the year of its source, and that of the number
    change = {"issued": {"date-parts": [[2011]]}}
    path = work / "tables" / "sources.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    next(e for e in entries if e["id"] == "spiegel-2005").update(change)
    path.write_text(json.dumps(entries), encoding="utf-8")
    assert "2011 − 2012" in told()


def test_a_number_not_copied_faithfully_is_told_and_ends_with_one(work, monkeypatch):
    cell("victims", "children", "victims_n", "65")(work)
    result = run(AUDIT, monkeypatch)
    assert result.exit_code == 1
    assert "Not copied faithfully" in result.stderr
    assert "victims.children.victims_n" in result.stderr


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "Not copied faithfully"), ("id", "Tidak disalin dengan tepat")]
)
def test_a_copy_left_blank_is_told_in_words(lang, told, work, monkeypatch):
    cell("claims", "study-period", "value", "")(work)
    result = run(f"{AUDIT} --lang {lang}", monkeypatch)
    assert result.exit_code == 1
    assert f"{told}: study-period, claims.value: " in result.stderr
    assert not re.search(r"None|[{}]", result.stderr)


@pytest.mark.parametrize("outcome", REACH)
def test_an_outcome_that_a_figure_needs_is_named(outcome, tables):
    outcomes = tables["outcomes"][tables["outcomes"]["outcome"] != outcome]
    with pytest.raises(ValueError, match=f"No outcome is called '{outcome}'. Put it back"):
        _ = Exhibit("reach", {**tables, "outcomes": outcomes}).data


def test_a_command_that_is_stopped_says_so():
    group = Commands("ypp")

    @group.command()
    def make():
        raise KeyboardInterrupt

    result = CliRunner().invoke(group, ["make"])
    assert (result.exit_code, result.stderr) == (130, "Stopped.\n")


def test_a_command_without_its_packages_says_how_to_install_them():
    group = Commands("ypp")

    @group.command()
    def make():
        raise ModuleNotFoundError("No module named 'nbclient'", name="nbclient")

    result = CliRunner().invoke(group, ["make"])
    assert result.exit_code == 2
    assert "needs nbclient. In the folder of the project, run python -m pip" in result.stderr
