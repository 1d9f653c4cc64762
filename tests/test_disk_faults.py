"""A disk that is full, read-only or gone: one clear line, and what was there before stays whole."""

import contextlib
import errno
import functools
import os
import random
import re
import shutil
import subprocess
import sys
import time

import numpy as np
import pytest
from conftest import ROOT, one_line, small_agent

from dqn_keras import CartPole, History, save_gif, train
from dqn_keras.__main__ import main
from dqn_keras.experiments.results import Result, append_line
from dqn_keras.experiments.run import Plan, run_experiment
from dqn_keras.machinery import files
from dqn_keras.machinery.files import write_atomically
from dqn_keras.plotting import save_scores_figure


@functools.cache
def agent(number):
    return small_agent(seed=number)


def history(number):
    return History([float(number)], number, 1.0, "episodes", 0, {}, {}, {})


def line(number):
    """Of more than a page, so that a full disk takes a part of it."""
    return Result(number, [1.0] * 2000, 1, "episodes", [1], [1.0]).to_json()


# All that the package writes; the number makes one content differ from the next.
WRITERS = {
    "weights": lambda path, number: agent(number).save_weights(path),
    "history": lambda path, number: history(number).save(path),
    "score curve": lambda path, number: save_scores_figure([number], path),
    "film": lambda path, number: save_gif(np.full([2, 9, 9, 3], number, np.uint8), path),
    "results": lambda path, number: append_line(path, b"{}\n", line(number)),
}


def test_nothing_is_written_otherwise():
    by_itself = re.compile(r"\.write_(text|bytes)\(|\bopen\([^)]*[\"'][wax]|np\.savez?\(|\.dump\(")
    found = {p.name for p in (ROOT / "dqn_keras").rglob("*.py") if by_itself.search(p.read_text())}
    assert found == {"results.py"}  # which appends


@pytest.fixture
def disk(tmp_path):
    """A disk of 256 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk can only be mounted by root, on Linux")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk):
    with open(disk / "filler", "wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


def make_read_only(disk):
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


FAULTS = {"full": (fill, errno.ENOSPC), "read-only": (make_read_only, errno.EROFS)}


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextlib.contextmanager
def one_error(number, *names):
    """Fails unless the block ends in an error of one line that tells the reason and the place."""
    with pytest.raises(OSError) as error:
        yield
    message = one_line(error)
    assert error.value.errno == number
    assert os.strerror(number) in message and all(str(name) in message for name in names)


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("fault, number", FAULTS.values(), ids=FAULTS)
def test_a_faulty_disk_keeps_the_old_file(disk, write, fault, number):
    path = disk / "new" / "file"
    write(path, 1)
    fault(disk)
    before, descriptors = contents(disk), os.listdir("/proc/self/fd")
    with one_error(number, path.parent, path.name):
        write(path, 2)
    assert contents(disk) == before
    assert os.listdir("/proc/self/fd") == descriptors


@pytest.mark.parametrize("fault, number", FAULTS.values(), ids=FAULTS)
def test_a_faulty_disk_ends_an_experiment_before_its_work(disk, fault, number):
    plan = Plan("slides_dqn", episodes=1)
    write_atomically(disk / "another.jsonl", b"old")
    fault(disk)
    before = contents(disk)
    with one_error(number, disk / plan.file_name):
        run_experiment(plan, [0], disk, executor=object(), progress=False)  # that cannot work
    assert contents(disk) == before


@pytest.mark.parametrize("fault, number", FAULTS.values(), ids=FAULTS)
def test_training_on_a_faulty_disk_ends_in_one_line(disk, capsys, eagerly, fault, number):
    command = ["train", "slides_dqn", "--model-dir", str(disk), "--graph-dir", str(disk)]
    small_agent().save_weights(disk / "cartpole_dqn.safetensors")
    fault(disk)
    before = contents(disk)
    assert main([*command, "--episodes", "1"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    last = captured.err.splitlines()[-1]  # after the progress bar
    assert last.startswith("error: ") and os.strerror(number) in last and str(disk) in last
    assert contents(disk) == before


# The same where no disk can be mounted.


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_a_disk_that_is_found_full_at_the_end_keeps_the_old_file(tmp_path, monkeypatch, write):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "file"
    write(path, 1)
    before = contents(tmp_path)
    monkeypatch.setattr(files.os, "fsync", full)
    with one_error(errno.ENOSPC, path):
        write(path, 2)
    assert contents(tmp_path) == before


def test_a_file_that_may_not_grow_further_keeps_the_old_one(tmp_path):
    resource = pytest.importorskip("resource")
    path = write_atomically(tmp_path / "file", b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with one_error(errno.EFBIG, path):
            write_atomically(path, bytes(2000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert contents(tmp_path) == {path: b"old"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_keeps_the_old_file(tmp_path):
    path = write_atomically(tmp_path / "folder" / "file", b"old")
    path.parent.chmod(0o555)
    with one_error(errno.EACCES, path.parent):
        write_atomically(path, b"new")
    assert contents(tmp_path) == {path: b"old"}
    path.parent.chmod(0o755)


# Folders that are not there, or not folders.


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_a_missing_folder_is_made(tmp_path, write):
    write(tmp_path / "new" / "folder" / "file", 1)
    assert os.listdir(tmp_path / "new" / "folder") == ["file"]


def test_a_folder_deleted_while_training_is_made_anew(tmp_path, eagerly):
    folders = {"model_dir": tmp_path / "m", "graph_dir": tmp_path / "g"}

    def lose(scores):
        for folder in folders.values():
            folder.rmdir()
        return True

    train(small_agent(), CartPole(max_steps=5), 2, lose, name="agent", progress=False, **folders)
    assert os.listdir(tmp_path / "g") == ["agent.png"]
    assert sorted(os.listdir(tmp_path / "m")) == ["agent.json", "agent.safetensors"]


def test_a_folder_deleted_while_writing_is_an_error(tmp_path, monkeypatch):
    path = tmp_path / "folder" / "file"
    monkeypatch.setattr(files.os, "fsync", lambda _: shutil.rmtree(path.parent))
    with one_error(errno.ENOENT, path.parent, path.name):
        write_atomically(path, b"new")
    assert os.listdir(tmp_path) == []


def test_a_deleted_working_folder_is_an_error(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with one_error(errno.ENOENT, "save_model"):
        write_atomically("save_model/file", b"new")


@pytest.mark.parametrize("below", ["file", "folder/file"])
def test_a_file_in_the_folders_place_stays(tmp_path, below):
    (tmp_path / "taken").write_bytes(b"mine")
    with pytest.raises((FileExistsError, NotADirectoryError)) as error:
        write_atomically(tmp_path / "taken" / below, b"new")
    assert "taken" in one_line(error)
    assert contents(tmp_path) == {tmp_path / "taken": b"mine"}


# Several processes, and a sudden end.


def writer(path, letter, times):
    """A process that saves 300,000 letters again and again, once it is told to begin."""
    code = (
        "import runpy, sys; _, module, path, letter, times = sys.argv\n"
        "write_atomically = runpy.run_path(module)['write_atomically']\n"
        "print('ready', flush=True); input()\n"
        "for _ in range(int(times)): write_atomically(path, letter.encode() * 300_000)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, files.__file__, str(path), letter, str(times)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def begin(process):
    process.stdin.write("\n")
    process.stdin.flush()


WHOLE = {letter.encode() * 300_000 for letter in "ab"}


@pytest.mark.slow
def test_of_two_processes_that_save_to_one_place_one_wins_and_the_file_is_always_whole(tmp_path):
    path = write_atomically(tmp_path / "file", b"a" * 300_000)
    processes = [writer(path, letter, 300) for letter in "ab"]
    for process in processes:
        begin(process)
    while any(process.poll() is None for process in processes):
        assert path.read_bytes() in WHOLE
    assert [process.returncode for process in processes] == [0, 0]
    assert path.read_bytes() in WHOLE
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.slow
def test_a_process_killed_at_any_moment_leaves_a_whole_file(tmp_path):
    path = write_atomically(tmp_path / "file", b"a" * 300_000)
    for seed in range(4):
        process = writer(path, "ab"[seed % 2], 10**6)
        begin(process)
        time.sleep(random.Random(seed).uniform(0, 0.1))
        process.kill()
        process.wait()
        assert path.read_bytes() in WHOLE
