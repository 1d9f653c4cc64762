"""Files from strangers: each ends in one clear line; nothing in it runs, little of it is read."""

import gzip
import io
import json
import os
import pickle
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from conftest import one_line, python, small_agent, weights_of, within
from safetensors.numpy import load, save

from dqn_keras import CartPole, DQNAgent, evaluate
from dqn_keras.__main__ import main
from dqn_keras.classroom import grading
from dqn_keras.experiments.statistics import bootstrap_interval

SECRET = "the questions of the exam"
KERNEL = "model/hidden_1/kernel"


@pytest.fixture(scope="module")
def agent():
    return small_agent(seed=1)


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A file that fits: what the broken ones are made of."""
    path = tmp_path_factory.mktemp("good") / "agent.safetensors"
    return small_agent(seed=2).save_weights(path).read_bytes()


@pytest.fixture
def desk(tmp_path):
    """A folder for what is handed in; beside it the teacher's secret, and room for a canary."""
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


def everything(folder):
    """Each file below a folder, and its content if it is a small one."""
    small = (f for f in folder.rglob("*") if f.is_file() and f.stat().st_size < 10**6)
    return dict.fromkeys(folder.rglob("*")) | {
        file: file.read_bytes() for file in small if os.access(file, os.R_OK)
    }


def refused(agent, path, folder) -> str:
    """Fails unless the file is refused in one line and nothing else happens at all."""
    weights, files = weights_of(agent.model), everything(folder)
    tracemalloc.start()
    try:
        with within(10), pytest.raises((ValueError, OSError)) as error:
            agent.load_weights(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    message = one_line(error)
    assert message.isprintable() and len(message) < 1000, message
    assert "exam" not in message
    assert peak < 200_000, "the file is 4 KB at most, whatever it says"
    np.testing.assert_array_equal(weights_of(agent.model), weights)
    assert everything(folder) == files
    return message


# Content that is not what it should be. Each function makes it from a good file's.


def packed(header, data=b"") -> bytes:
    """A safetensors file with any header, and any data behind it."""
    header = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(header).to_bytes(8, "little") + header + data


def parts(good):
    """The header and the data of a good file."""
    end = 8 + int.from_bytes(good[:8], "little")
    return json.loads(good[8:end]), good[end:]


def described(good, **changes) -> bytes:
    """The good file, its first array described otherwise."""
    header, data = parts(good)
    arrays = (name for name in header if name != "__metadata__")
    first = min(arrays, key=lambda name: header[name]["data_offsets"])
    header[first] |= changes
    return packed(header, data)


def with_metadata(good, metadata) -> bytes:
    header, data = parts(good)
    return packed(header | {"__metadata__": metadata}, data)


def with_arrays(good, change) -> bytes:
    arrays = dict(load(good))
    change(arrays)
    return save(arrays)


def renamed(good, name) -> bytes:
    return with_arrays(good, lambda arrays: arrays.update({name: arrays.pop(KERNEL)}))


def kernel(good, change) -> bytes:
    return with_arrays(
        good, lambda arrays: arrays.update({KERNEL: np.array(change(arrays[KERNEL]), order="C")})
    )


def spoilt(good, value) -> bytes:
    def spoil(array):
        array = array.copy()
        array[-1, -1] = value
        return array

    return kernel(good, spoil)


def retyped(good, dtype, bits) -> bytes:
    """All arrays of a type that NumPy does not know."""
    header, offset = {}, 0
    for name, array in load(good).items():
        size = array.size * bits // 8
        place = [offset, offset + size]
        header[name] = {"dtype": dtype, "shape": array.shape, "data_offsets": place}
        offset += size
    return packed(header, bytes(offset))


def duplicate(good) -> bytes:
    header, data = parts(good)
    twice = json.dumps(header[KERNEL] | {"data_offsets": [len(data), len(data) + 128]})
    return packed(json.dumps(header).encode()[:-1] + f', "{KERNEL}": {twice}}}'.encode(), data * 2)


CONTENT = {
    "empty": lambda good: b"",
    "one byte": lambda good: good[:1],
    "half a length": lambda good: good[:5],
    "a length and no header": lambda good: good[:8],
    "torn in the header": lambda good: good[:150],
    "torn before the numbers": lambda good: good[: -len(parts(good)[1])],
    "torn in the numbers": lambda good: good[:-100],
    "torn in the last number": lambda good: good[:-1],
    "more at the end": lambda good: good + b"more",
    "twice": lambda good: good * 2,
    "a line before it": lambda good: b"\n" + good,
    "zeros": lambda good: bytes(len(good)),
    "zeros from the middle of the header": lambda good: good[:150] + bytes(len(good) - 150),
    "a header of length 0": lambda good: bytes(8) + good[8:],
    "a header of 2**63 bytes": lambda good: (2**63).to_bytes(8, "little") + good[8:],
    "a header of 2**64 - 1 bytes": lambda good: b"\xff" * 8 + good[8:],
    "a header of 99 MB": lambda good: (99_000_000).to_bytes(8, "little") + good[8:],
    "a header one byte too long": lambda good: bytes([good[0] + 1]) + good[1:],
    "a header one byte too short": lambda good: bytes([good[0] - 1]) + good[1:],
    "a header that is no JSON": lambda good: packed(b"{model: 1}"),
    "a header of code": lambda good: packed(b"__import__('os').system('touch canary')"),
    "a header that is a list": lambda good: packed([]),
    "a header that is null": lambda good: packed(None),
    "a header of text": lambda good: packed("weights"),
    "a header with NaN": lambda good: packed(b'{"a": NaN}'),
    "a header that is no UTF-8": lambda good: packed(b'{"\xff\xfe": 1}'),
    "a header 600 deep": lambda good: packed(b'{"a":' * 600 + b"1" + b"}" * 600),
    "a header 3000 lists deep": lambda good: packed(b'{"a":' + b"[" * 3000),
    "rubbish after the header": lambda good: packed(json.dumps(parts(good)[0]).encode() + b" x"),
    "metadata that is no text": lambda good: packed({"__metadata__": {"a": {"b": 1}}}),
    "metadata of numbers": lambda good: with_metadata(good, {"seed": 2}),
    "metadata larger than all weights": lambda good: with_metadata(good, {"seed": "2" * 5000}),
    "a name twice": duplicate,
    "2**61 numbers": lambda good: described(good, shape=[2**61], data_offsets=[0, 2**63]),
    "2**124 numbers": lambda good: described(good, shape=[2**62, 2**62]),
    "a terabyte of numbers": lambda good: described(good, shape=[2**38], data_offsets=[0, 2**40]),
    "a negative shape": lambda good: described(good, shape=[-8]),
    "a shape of halves": lambda good: described(good, shape=[0.5, 16]),
    "200 dimensions": lambda good: packed(
        {"a": {"dtype": "F32", "shape": [1] * 200, "data_offsets": [0, 4]}}, bytes(4)
    ),
    "2**63 times nothing": lambda good: packed(
        {"a": {"dtype": "F32", "shape": [0, 2**63], "data_offsets": [0, 0]}}
    ),
    "a negative offset": lambda good: described(good, data_offsets=[-32, 0]),
    "offsets turned round": lambda good: described(good, data_offsets=[32, 0]),
    "overlapping arrays": lambda good: described(good, data_offsets=[16, 48]),
    "an array behind the end": lambda good: described(good, data_offsets=[10**6, 10**6 + 32]),
    "a type of several lines": lambda good: described(good, dtype="F\n3\x1b[2J2"),
    "an array missing": lambda good: with_arrays(good, lambda arrays: arrays.pop(KERNEL)),
    "an array too many": lambda good: with_arrays(good, lambda a: a.update(more=np.zeros(1))),
    "no arrays": lambda good: save({}),
    "a name that leads out": lambda good: renamed(good, "../../../canary"),
    "a name from the root": lambda good: renamed(good, "/etc/passwd"),
    "a name of several lines": lambda good: renamed(good, "model\nerror: all is well\r\x1b[2J"),
    "a name that turns the text": lambda good: renamed(good, "model/\u202ekernel"),
    "a name of 3000 letters": lambda good: renamed(good, "x" * 3000),
    "a name that is empty": lambda good: renamed(good, ""),
    "transposed": lambda good: kernel(good, np.transpose),
    "flat": lambda good: kernel(good, np.ravel),
    "a scalar": lambda good: kernel(good, np.sum),
    "float64": lambda good: kernel(good, np.float64),
    "float16": lambda good: kernel(good, np.float16),
    "int32": lambda good: kernel(good, np.int32),
    "bool": lambda good: kernel(good, np.bool_),
    "complex64": lambda good: retyped(good, "C64", 64),
    "bfloat16": lambda good: retyped(good, "BF16", 16),
    "float8": lambda good: retyped(good, "F8_E4M3", 8),
    "float4": lambda good: retyped(good, "F4", 4),
    "NaN": lambda good: spoilt(good, np.nan),
    "infinity": lambda good: spoilt(good, np.inf),
    "minus infinity": lambda good: spoilt(good, -np.inf),
    "another agent's": lambda good: save({KERNEL: np.zeros([4, 24], np.float32)}),
    "a larger agent's": lambda good: save({KERNEL: np.zeros([4, 10_000], np.float32)}),
    "random bytes": lambda good: np.random.default_rng(0).bytes(300),
    "many random bytes": lambda good: np.random.default_rng(0).bytes(10**6),
    "UTF-16": lambda good: ("한국어 weights " * 20).encode("utf-16"),
    "JSON": lambda good: json.dumps({"weights": [1, 2, 3]} | {"for": "the agent"}).encode(),
    "HTML": lambda good: b"<!DOCTYPE html><html><body>404: not found</body></html>",
    "a script": lambda good: b"#!/bin/sh\ntouch canary ../canary\n",
}


@pytest.mark.parametrize("make", CONTENT.values(), ids=CONTENT)
def test_broken_content_is_refused(agent, good, desk, make):
    path = desk / "agent.safetensors"
    path.write_bytes(make(good))
    assert str(path) in refused(agent, path, desk.parent)


def test_what_they_are_made_of_is_not_refused(agent, good, desk):
    agent = small_agent(seed=3)
    path = desk / "agent.safetensors"
    remade, told = packed(*parts(good)), with_metadata(good, {"seed": "\u202e\n" * 99})
    for content in (good, with_arrays(good, lambda arrays: None), described(good), remade, told):
        path.write_bytes(content)
        agent.reset(seed=3)
        agent.load_weights(path)
        np.testing.assert_array_equal(agent.model.get_layer("hidden_1").kernel, load(good)[KERNEL])


# Other formats, some of which run code when they are opened as what they are.


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, canary):
        self.canary = canary

    def __reduce__(self):
        return os.system, (f"echo > '{self.canary}'",)


def saved_by(write) -> bytes:
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


def npy(canary):
    return saved_by(lambda file: np.save(file, np.array([Bomb(canary)]), allow_pickle=True))


def npz(canary):
    return saved_by(lambda file: np.savez(file, **{KERNEL: np.array([Bomb(canary)])}))


def zip_of(content, name="model/hidden_1/kernel.npy", method=zipfile.ZIP_DEFLATED):
    def write(file):
        with zipfile.ZipFile(file, "w", method) as archive:
            archive.writestr(name, content)

    return saved_by(write)


def tar_of(name, kind=tarfile.REGTYPE, link=""):
    def write(file):
        with tarfile.open(fileobj=file, mode="w:gz") as archive:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, str(link)
            archive.addfile(member)

    return saved_by(write)


def hdf5(content):
    def write(file):
        with h5py.File(file, "w") as archive:
            archive[KERNEL] = content

    return saved_by(write)


def keras_archive(canary):
    """A model whose Lambda layer makes a file, in Keras's own format."""
    path, text = canary.with_name("lambda.keras"), str(canary)
    layer = keras.layers.Lambda(lambda x: [open(text, "w").close(), x][1])
    keras.Sequential([keras.Input((1,)), layer]).save(path)
    content = path.read_bytes()
    path.unlink()
    canary.unlink()  # building the model has called the layer already
    return content


FORMATS = {  # name: (what the file is called, its content)
    "a pickle": ("a.pkl", lambda canary: pickle.dumps(Bomb(canary))),
    "an old pickle": ("a.safetensors", lambda canary: pickle.dumps(Bomb(canary), protocol=0)),
    "a long pickle": ("a.bin", lambda canary: pickle.dumps([Bomb(canary), bytes(10**5)])),
    "a NumPy array of objects": ("a.npy", npy),
    "NumPy arrays of objects": ("a.npz", npz),
    "honest NumPy arrays": ("a.npz", lambda canary: saved_by(lambda f: np.savez(f, np.zeros(8)))),
    "a Keras archive with a Lambda layer": ("a.keras", keras_archive),
    "HDF5": ("a.h5", lambda canary: hdf5(np.zeros([4, 8], np.float32))),
    "HDF5 with a link to the secret": (
        "a.weights.h5",
        lambda canary: hdf5(h5py.ExternalLink(canary.with_name("secret"), "/")),
    ),
    "a zip bomb": ("a.keras", lambda canary: zip_of(bytes(3_000_000))),
    "a larger zip bomb": ("a.zip", lambda canary: zip_of(bytes(9_000_000))),
    "a zip in a zip": ("a.zip", lambda canary: zip_of(zip_of(bytes(9_000_000)))),
    "a gzip bomb": ("a.safetensors.gz", lambda canary: gzip.compress(bytes(3_000_000))),
    "a zip that leads out": ("a.keras", lambda canary: zip_of(b"", "../canary")),
    "a tar that leads out": ("a.tar.gz", lambda canary: tar_of("../canary")),
    "a tar from the root": ("a.tar.gz", lambda canary: tar_of(str(canary))),
    "a tar with a link": (
        "a.tar.gz",
        lambda canary: tar_of("a", tarfile.SYMTYPE, canary.with_name("secret")),
    ),
}


@pytest.mark.parametrize("name, make", FORMATS.values(), ids=FORMATS)
def test_another_format_is_refused_and_not_opened(agent, desk, name, make):
    path = desk / name
    path.write_bytes(make(desk.parent / "canary"))
    assert str(path) in refused(agent, path, desk.parent)


OPENERS = {
    "a pickle": lambda path: pickle.loads(path.read_bytes()),
    "an old pickle": lambda path: pickle.loads(path.read_bytes()),
    "a long pickle": lambda path: pickle.loads(path.read_bytes()),
    "a NumPy array of objects": lambda path: np.load(path, allow_pickle=True),
    "NumPy arrays of objects": lambda path: np.load(path, allow_pickle=True)[KERNEL],
    "a Keras archive with a Lambda layer": lambda path: keras.models.load_model(
        path, safe_mode=False
    ),
}


@pytest.mark.parametrize("kind", OPENERS)
def test_the_canary_sings_where_such_a_file_is_opened(desk, kind):
    """Or the tests above would pass for files that do no harm."""
    name, make = FORMATS[kind]
    canary = desk.parent / "canary"
    (desk / name).write_bytes(make(canary))
    assert not canary.exists()
    OPENERS[kind](desk / name)
    assert canary.exists()


# Things that are no files, or larger than any.


def pipe(desk):
    os.mkfifo(desk / "pipe")
    return desk / "pipe"


def link(desk, target):
    (desk / "link").symlink_to(target)
    return desk / "link"


def sparse(desk):
    with open(desk / "sparse", "wb") as file:
        file.truncate(10 * 2**30)
    return desk / "sparse"


def folder(desk):
    (desk / "folder").mkdir()
    return desk / "folder"


def named(desk, name, content=b"x"):
    (desk / name).write_bytes(content)
    return desk / name


def unreadable(desk):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = named(desk, "unreadable")
    path.chmod(0)
    return path


PLACES = {  # name: (what makes it, a word of the reason)
    "nothing": (lambda desk: desk / "nothing", "no weights file"),
    "below a file": (lambda desk: named(desk, "file") / "agent.safetensors", "no weights file"),
    "a folder": (folder, "no weights file"),
    "a named pipe": (pipe, "pipe or a device"),
    "/dev/zero": (lambda desk: Path("/dev/zero"), "pipe or a device"),
    "/dev/null": (lambda desk: Path("/dev/null"), "pipe or a device"),
    "a link to /dev/zero": (lambda desk: link(desk, "/dev/zero"), "pipe or a device"),
    "a link to the secret": (lambda desk: link(desk, "../secret"), "not a whole safetensors file"),
    "a link to itself": (lambda desk: link(desk, "link"), "symbolic links"),
    "a link to nothing": (lambda desk: link(desk, "nothing"), "no weights file"),
    "10 GB of nothing": (sparse, "10,737,418,240 bytes"),
    "a file nobody may read": (unreadable, "Permission denied"),
    "a name too long": (lambda desk: desk / ("x" * 400), "name too long"),
    "a name of several lines": (
        lambda desk: named(desk, "a\nerror: all is well\r\x1b[2J"),
        r"a\nerror: all is well\r\x1b[2J",
    ),
    "a name that turns the text": (
        lambda desk: named(desk, "a\u202e.safetensors"),
        r"a\u202e.safetensors",
    ),
    "a name that is no UTF-8": (lambda desk: named(desk, os.fsdecode(b"a\xff\xfe")), r"a\udcff"),
}


@pytest.mark.parametrize("make, reason", PLACES.values(), ids=PLACES)
def test_what_is_no_weights_file_is_refused(agent, desk, make, reason):
    assert reason in refused(agent, make(desk), desk.parent)


@pytest.mark.slow
def test_the_whole_process_stays_small(desk):
    """`tracemalloc` sees what Python allocates, this what the system does."""
    paths = [named(desk, "zeros", bytes(3_000_000)), sparse(desk), pipe(desk), "/dev/zero"]
    code = f"""
import resource
from dqn_keras import DQNAgent
agent = DQNAgent(4, 2, hidden_units=(8,))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in {[str(path) for path in paths]}:
    try:
        agent.load_weights(path)
    except ValueError:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    process = python(["-c", code], desk)
    grown = [int(line) for line in process.stdout.split()]
    assert len(grown) == len(paths), process.stderr
    assert max(grown) < 2000  # KiB


# The `grade` command.


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    path = tmp_path_factory.mktemp("honest") / "kim.safetensors"
    return DQNAgent(4, 2, seed=4).save_weights(path)


def graded(path, recipe="slides_dqn", episodes=5):
    return main(["grade", str(path), "--recipe", recipe, "--episodes", str(episodes)])


def one_error(capfd) -> str:
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ") and captured.err.count("\n") == 1, captured.err
    assert captured.err[:-1].isprintable() and "exam" not in captured.err
    return captured.err


@pytest.mark.slow
def test_grade_prints_what_evaluate_measures_and_nothing_else(honest, tmp_path):
    settings = ["--recipe", "slides_dqn", "--episodes", 20, "--seed", 5]
    process = python(["-m", "dqn_keras", "grade", honest, *settings], tmp_path)
    agent = DQNAgent(4, 2, seed=4)
    returns = evaluate(agent, CartPole(), 20, seed=5)
    low, high = bootstrap_interval(returns)
    assert process.stderr == "" and process.returncode == 0
    assert process.stdout == (
        f"'{honest}', 20 episodes: mean {returns.mean():.1f}, median {np.median(returns):g}, "
        f"lowest {returns.min():g}, highest {returns.max():g}\n"
        f"95% interval of the mean {low:.1f} to {high:.1f}: not solved\n"
        "solved   if even the interval's lower end is at least 475\n"
        "seed     5, the same for every file\n"
    )
    assert os.listdir(tmp_path) == []


GRADED = {
    "a pickle": lambda desk: named(desk, "a", pickle.dumps(Bomb(desk.parent / "canary"))),
    "10 GB of nothing": sparse,
    "a named pipe": pipe,
    "a name of several lines": lambda desk: named(desk, "a\nerror: all is well\r\x1b[2J"),
    "a name that looks like an option": lambda desk: named(desk, "--help"),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(make, id=kind, marks=[pytest.mark.nightly] * (kind != "a pickle"))
        for kind, make in GRADED.items()
    ],
)
def test_grade_refuses_in_one_line(desk, make, capfd, monkeypatch):
    path = make(desk)
    # What is handed in together with it must not be imported either.
    (desk / "numpy.py").write_text(f"open({str(desk.parent / 'canary')!r}, 'w')")
    monkeypatch.chdir(desk)
    files = everything(desk.parent)
    assert graded(f"./{path.name}") == 1
    one_error(capfd)
    assert everything(desk.parent) == files


@pytest.fixture
def no_child(monkeypatch):
    monkeypatch.setattr(grading.subprocess, "Popen", lambda *_, **__: pytest.fail("a child began"))


@pytest.mark.parametrize("target", ["../secret", "honest", "link", "/dev/zero"])
def test_grade_refuses_a_link_wherever_it_leads(desk, honest, capfd, no_child, target):
    assert graded(link(desk, honest if target == "honest" else target)) == 1
    assert "symbolic link" in one_error(capfd)


def test_grade_refuses_a_path_through_a_link(desk, honest, capfd, no_child):
    """A whole folder may have been handed in."""
    (desk / "kim").symlink_to(honest.parent)
    assert graded(desk / "kim" / honest.name) == 1
    message = one_error(capfd)
    assert f"{str(desk / 'kim')!r} is a symbolic link" in message and str(honest) in message


def test_grade_refuses_a_hard_link(desk, honest, capfd, no_child):
    path = desk / "mine.safetensors"
    path.write_bytes(honest.read_bytes())
    os.link(path, desk / "theirs.safetensors")
    for name in ("mine", "theirs"):
        assert graded(desk / f"{name}.safetensors") == 1
        assert "is one of 2 hard links" in one_error(capfd)


@pytest.mark.parametrize(
    "setting, value", [("episodes", 0), ("episodes", 10**9), ("recipe", "slides_dpn")]
)
def test_grade_names_a_bad_setting(honest, capfd, no_child, setting, value):
    assert graded(honest, **{setting: value}) == 1
    assert str(value) in one_error(capfd)


def test_grade_does_not_wait_for_ever(honest, capfd, monkeypatch):
    monkeypatch.setattr(grading, "SECONDS", 0.2)
    with within(10):
        assert graded(honest) == 1
    assert "not evaluated within 0.2 s" in one_error(capfd)


def test_grade_says_so_if_its_process_dies(honest, capfd, monkeypatch, tmp_path):
    monkeypatch.setattr(grading.sys, "executable", tmp_path / "python")
    (tmp_path / "python").write_text("#!/bin/sh\nprintf 'reason\\033' >&2\nkill -9 $$\n")
    (tmp_path / "python").chmod(0o755)
    assert graded(honest) == 1
    assert "code -9, 'reason\\x1b'" in one_error(capfd)


@pytest.mark.slow
def test_the_process_that_grades_has_limits(tmp_path):
    code = """
import math, resource, time
from dqn_keras.classroom import grading
grading._limit_memory()
print(resource.getrlimit(resource.RLIMIT_DATA) == (grading.MEMORY, grading.MEMORY))
try:
    bytes(grading.MEMORY)
except MemoryError:
    print("MemoryError")
for _ in range(2):  # each file has as much time as the one before
    before = time.process_time()
    grading._limit_time()
    given = resource.getrlimit(resource.RLIMIT_CPU)[0] - before
    print(grading.SECONDS <= given <= grading.SECONDS + 2)
    while time.process_time() < before + 3:
        pass
"""
    process = python(["-c", code], tmp_path)
    assert process.stdout.split() == ["True", "MemoryError", "True", "True"], process.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("memory", "ends_well"),
    [pytest.param("grading.MEMORY", True, marks=pytest.mark.nightly), ("2**28", False)],
)
def test_the_child_is_held_to_its_memory(honest, tmp_path, memory, ends_well):
    """A million episodes side by side need more than an eighth of what is allowed."""
    code = f"""
from dqn_keras.classroom import grading
grading.MEMORY = {memory}
grading._limit_memory()
print(len(grading._answer({str(honest)!r}, "slides_dqn", 1000000, 0)["returns"]))
"""
    process = python(["-c", code], tmp_path)
    assert (process.returncode == 0) == ends_well, process.stderr
    assert ("1000000" in process.stdout) == ends_well
