"""Whatever is given: one message with place and remedy, exit 2, no traceback, nothing written."""

import shlex
import shutil
import signal

import pytest
from bad_inputs import CORPUS
from click.testing import CliRunner

from ypp_analysis.cli import main
from ypp_analysis.project import shipped_dir

LONGEST = 1100
"""Characters of a line of a message: lists of names take most."""
PATIENCE_S = 20


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
    assert "Traceback" not in said
    assert max(map(len, said.splitlines())) < LONGEST, said
    assert all(sign.isprintable() or sign == "\n" for sign in said), said
    assert snapshot(work) == before
