"""Outputs change together or not at all, whatever cuts a run off."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from checkouts import checkout, command, problems, run
from cut_off import ADDED, AFTER, BEFORE, GONE, KEPT, NEW, OLD, commit, held, start
from profiles import NIGHTLY

from ypp_analysis.lock import Lock
from ypp_analysis.project import Project
from ypp_analysis.publish import files

posix = pytest.mark.skipif(os.name != "posix", reason="kills and mounts as POSIX has them")
SEED = 20091211
KILLS = 40


def killed_at(root, moment):
    command = [sys.executable, Path(__file__).with_name("cut_off.py"), root, str(moment)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@posix
def test_a_run_killed_at_any_moment_leaves_whole_files_and_the_next_run_finishes(tmp_path):
    start(tmp_path / "whole")
    whole = killed_at(tmp_path / "whole", 0)
    assert whole.stderr == ""
    moments = int(whole.stdout)
    assert held(tmp_path / "whole") == AFTER
    seen = set()
    for moment in sorted(random.Random(SEED).sample(range(1, moments + 1), KILLS)):
        root = tmp_path / str(moment)
        start(root)
        ended = killed_at(root, moment)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        there, left = Project(root), held(root)
        assert all(left[name] in (BEFORE[name], AFTER[name]) for name in left)
        if not there.journal.exists():
            assert left in (BEFORE, AFTER)
        seen.add((there.journal.exists(), left == BEFORE, left == AFTER))
        commit(root)
        assert held(root) == AFTER
        assert there.unfinished() == []
        shutil.rmtree(root)
    # The moments reach all that can be: untouched, half moved with a journal, done.
    assert {(False, True, False), (True, False, False)} <= seen


def test_a_run_that_only_finishes_another_decides_by_the_journal(tmp_path, monkeypatch):
    start(tmp_path)
    there, moved = Project(tmp_path), []
    replace = Path.replace

    def refused(path, target):
        if target != there.journal:
            moved.append(target)
        if len(moved) == 3:
            raise PermissionError(13, "Permission denied")
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refused)
        with pytest.raises(OSError, match=r"c\.csv could not be replaced: Permission denied"):
            commit(tmp_path)
    left = held(tmp_path)
    assert sorted(left.values()).count("new") == 2
    assert there.journal in there.unfinished()
    with files.alone(there):
        assert held(tmp_path) == AFTER
    assert there.unfinished() == []


def test_what_was_changed_after_a_run_was_cut_off_is_left_as_it_is(tmp_path, monkeypatch):
    start(tmp_path)
    there = Project(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(files, "finish", lambda _: None)  # cut off once all is decided
        commit(tmp_path)
    assert held(tmp_path) == BEFORE
    (tmp_path / KEPT[0]).write_bytes(b"by hand\n")
    (tmp_path / GONE).write_bytes(b"by hand\n")
    with files.alone(there) as finished:
        assert {there.name(path) for path in finished} == {*KEPT[1:], ADDED}
    assert held(tmp_path) == {**AFTER, KEPT[0]: "half", GONE: "half"}
    assert there.unfinished() == []


def test_stopping_while_files_are_moved_waits_for_the_last(tmp_path, monkeypatch):
    start(tmp_path)
    replace, moved = Path.replace, []

    def interrupted(path, target):
        moved.append(replace(path, target))
        if len(moved) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        commit(tmp_path)
    assert held(tmp_path) == AFTER
    assert Project(tmp_path).unfinished() == []


@posix
def test_a_pipe_in_the_place_of_an_output_is_replaced(tmp_path):
    start(tmp_path)
    (tmp_path / KEPT[0]).unlink()
    os.mkfifo(tmp_path / KEPT[0])
    commit(tmp_path)
    assert held(tmp_path) == AFTER


def test_a_file_that_cannot_be_written_is_called_by_its_own_name(tmp_path, monkeypatch):
    def full(_):
        raise OSError(27, "File too large")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="File too large") as raised:
        files.write(tmp_path / "reach.png", NEW)
    assert raised.value.filename == str(tmp_path / "reach.png")
    assert [*tmp_path.iterdir()] == []


def test_staged_files_without_a_journal_are_removed(tmp_path):
    start(tmp_path)
    there = Project(tmp_path)
    lost = [there.processed / ".a.csv.x1.staged", tmp_path / "docs" / ".a.md.x2.staged"]
    for path in lost:
        path.touch()
    assert set(there.unfinished()) == set(lost)
    with files.alone(there):
        assert there.unfinished() == []
    assert held(tmp_path) == BEFORE


JOURNALS = ["{", "[]", '{"moves": {}, "before": []}', '{"moves": {}, "before": {"../a": null}}']
JOURNALS.append('{"moves": {"a": "../b.staged"}, "before": {"a": null}}')


@pytest.mark.parametrize("said", JOURNALS)
def test_a_journal_of_another_hand_is_refused(said, tmp_path):
    root = tmp_path / "root"
    start(root)
    Project(root).journal.write_text(said, encoding="utf-8")
    with pytest.raises(ValueError, match="is no journal of this command"):
        commit(root)
    assert held(root) == BEFORE


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path):
    start(tmp_path)
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.write_bytes(NEW)
    (tmp_path / KEPT[0]).unlink()
    (tmp_path / KEPT[0]).symlink_to(elsewhere)
    commit(tmp_path)
    assert held(tmp_path) == AFTER
    assert not (tmp_path / KEPT[0]).is_symlink()
    assert elsewhere.read_bytes() == NEW


def test_a_folder_behind_a_link_is_refused_before_anything_is_decided(tmp_path):
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    start(root)
    (root / "figures").rename(elsewhere)
    (root / "figures").symlink_to(elsewhere)
    with pytest.raises(OSError, match=r"outside of the project, behind a link.*No output was"):
        commit(root)
    assert Project(root).unfinished() == []
    assert (elsewhere / "en" / "a.svg").read_bytes() == OLD


def test_a_folder_in_the_place_of_an_output_is_refused(tmp_path):
    start(tmp_path)
    (tmp_path / ADDED).mkdir(parents=True)
    with pytest.raises(OSError, match=r"is a folder.*No output was changed; move it away"):
        commit(tmp_path)
    assert Project(tmp_path).unfinished() == []
    assert (tmp_path / KEPT[0]).read_bytes() == OLD


def test_two_runs_at_once_are_one_run_and_a_message(tmp_path):
    start(tmp_path)
    with files.alone(Project(tmp_path)), pytest.raises(ValueError, match="Another run is writing"):
        commit(tmp_path)
    assert held(tmp_path) == BEFORE
    commit(tmp_path)
    assert held(tmp_path) == AFTER


@contextmanager
def mounted(folder, size):
    """A small disk of its own at a folder, and a function to change how it is mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    options = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(options, capture_output=True).returncode:
        pytest.skip("this user may not mount a disk")

    def remount(how):
        subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)

    try:
        yield remount
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@posix
def test_a_full_disk_leaves_the_old_outputs(tmp_path):
    root = tmp_path / "disk"
    with mounted(root, "128k") as remount:
        start(root)
        with pytest.raises(OSError, match=r"could not be written: No space left .* No output was"):
            commit(root)
        assert held(root) == BEFORE
        assert Project(root).unfinished() == []
        remount("size=1m")
        commit(root)
        assert held(root) == AFTER


@posix
@pytest.mark.parametrize("folder", ["", "figures", "data/processed"])
def test_a_folder_that_may_not_be_written_leaves_the_old_outputs(folder, tmp_path):
    with mounted(tmp_path / folder, "1m") as remount:
        start(tmp_path)
        remount("ro")
        with pytest.raises(OSError, match=r"Read-only file system.* No output was changed"):
            commit(tmp_path)
        assert held(tmp_path) == BEFORE
        remount("rw")
        assert Project(tmp_path).unfinished() == []
        commit(tmp_path)
        assert held(tmp_path) == AFTER


@posix
def test_a_folder_without_permission_leaves_the_old_outputs(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; the mounts show the same")
    start(tmp_path)
    (tmp_path / "figures" / "en").chmod(0o555)
    with pytest.raises(OSError, match="Permission denied"):
        commit(tmp_path)
    assert held(tmp_path) == BEFORE
    (tmp_path / "figures" / "en").chmod(0o755)


def spoil(there):
    """Have some outputs to make again: those of an exhibit."""
    names = Lock.read(there).steps["exhibit reach"].outputs
    whole = {name: (there.root / name).read_bytes() for name in names}
    for name in names:
        (there.root / name).write_bytes(OLD)
    return whole


def killed(process, there, whole):
    """Kill a run: what it was to make again is old or new."""
    process.kill()
    process.communicate()
    for name, content in whole.items():
        assert (there.root / name).read_bytes() in (OLD, content)


def finished(there, whole):
    """The next run brings all to its end."""
    status, said, wrong = run(there, "reproduce")
    assert (status, wrong) == (0, ""), said
    assert problems(there) == []
    assert all((there.root / name).read_bytes() == content for name, content in whole.items())


@posix
@pytest.mark.rebuild
@pytest.mark.parametrize("sign", ["*/**/.*.staged", ".reproduce.journal"])
def test_the_command_killed_while_it_writes_is_finished_by_the_next(sign, tmp_path):
    there = checkout(tmp_path, notebooks=False)
    whole = spoil(there)
    process = command(there, "reproduce")
    while process.poll() is None and not next(tmp_path.glob(sign), None):
        time.sleep(0.0005)
    killed(process, there, whole)
    finished(there, whole)


@posix
@pytest.mark.rebuild
@NIGHTLY
def test_the_command_killed_at_any_moment_is_finished_by_the_next(tmp_path):
    there = checkout(tmp_path, notebooks=False)
    whole = spoil(there)
    began = time.perf_counter()
    assert run(there, "reproduce")[0] == 0
    seconds = time.perf_counter() - began
    for moment in random.Random(SEED).choices(range(101), k=KILLS):
        spoil(there)
        process = command(there, "reproduce")
        time.sleep(seconds * moment / 100)
        killed(process, there, whole)
    finished(there, whole)


@posix
@pytest.mark.rebuild
def test_the_command_on_a_full_disk_says_so_and_can_be_run_again(tmp_path):
    root = tmp_path / "disk"
    with mounted(root, "40m"):
        there = checkout(root, notebooks=False)
        whole = spoil(there)
        filler = root / "filler"
        free = shutil.disk_usage(root).free
        filler.write_bytes(b"\0" * (free - 100_000))
        status, _, wrong = run(there, "reproduce")
        assert status == 2
        assert wrong.startswith("Error: ")
        assert "No space left on device. No output was changed." in wrong
        assert len(wrong.splitlines()) == 1
        assert all((root / name).read_bytes() == OLD for name in whole)
        filler.unlink()
        assert run(there, "reproduce")[0] == 0
        assert problems(there) == []


@pytest.mark.rebuild
def test_a_changed_table_renews_its_outputs_alone_and_two_runs_at_once_do_no_harm(tmp_path):
    there = checkout(tmp_path, notebooks=False)
    path = there.raw / "partners.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    made = Lock.read(there)
    stale = {
        name
        for step in made.steps.values()
        if "data/raw/partners.csv" in step.reads
        for name in step.outputs
    }
    times = {name: (tmp_path / name).stat().st_mtime_ns for name in made.outputs}
    assert 7 < len(stale) < 20
    both = [command(there, "reproduce") for _ in range(2)]
    said = [process.communicate() for process in both]
    ends = sorted(process.returncode for process in both)
    assert ends in ([0, 2], [0, 0]), said
    if ends == [0, 2]:
        assert sum("Another run is writing the outputs" in wrong for _, wrong in said) == 1
    assert problems(there) == []
    changed = {name for name, at in times.items() if (tmp_path / name).stat().st_mtime_ns != at}
    assert changed <= stale
    assert "data/processed/partners.csv" in changed
    assert any(f"Made {len(stale) + 1} outputs" in out for out, _ in said), said


def test_no_longer_outputs_are_removed_if_they_are_as_they_were_made(tmp_path):
    from ypp_analysis import lock, reproduce
    from ypp_analysis.fingerprints import Now, hash_file

    start(tmp_path)
    there = Project(tmp_path)
    now = Now(there, there.raw, {}, {}, {})
    own = tmp_path / "data" / "processed" / "a.csv"
    hashes = {GONE: hash_file(tmp_path / GONE), "data/processed/a.csv": "of another content"}
    before = Lock.made(now, {"past": lock.Step((), hashes)})
    outputs = {tmp_path / lock.NAME: Lock.made(now, {}).content()}
    changed = reproduce.write(there, outputs, before, {})
    assert set(changed) == {tmp_path / GONE, tmp_path / lock.NAME}
    assert own.read_bytes() == OLD
