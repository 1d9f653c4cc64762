"""Weights as a file: plain named arrays, and nothing but a whole, fitting file is loaded."""

import os

import numpy as np
import pytest
from conftest import one_line, small_agent, weights_of
from safetensors import safe_open
from safetensors.numpy import load, load_file, save

import dqn_keras
from dqn_keras import DQNAgent
from dqn_keras.machinery import files
from dqn_keras.machinery.files import write_atomically


@pytest.fixture(scope="module")
def agent():
    return small_agent(seed=1)


@pytest.fixture(scope="module")
def good(agent, tmp_path_factory):
    return agent.save_weights(tmp_path_factory.mktemp("weights") / "agent.safetensors")


@pytest.fixture
def refuses(tmp_path):
    """Fails unless another agent refuses the content, in one line, and stays as it was."""

    def check(content: bytes, match: str, kind=ValueError):
        path = tmp_path / "bad.safetensors"
        path.write_bytes(content)
        agent = small_agent(seed=2)
        before = weights_of(agent.model), weights_of(agent.target_model)
        with pytest.raises(kind, match=match) as error:
            agent.load_weights(path)
        message = one_line(error)
        assert str(path) in message
        np.testing.assert_array_equal(weights_of(agent.model), before[0])
        np.testing.assert_array_equal(weights_of(agent.target_model), before[1])
        return message

    return check


def test_a_saved_agent_is_loaded_exactly_and_its_target_too(agent, good):
    other = small_agent(seed=2)
    assert not np.array_equal(weights_of(other.model), weights_of(agent.model))
    other.load_weights(good)
    np.testing.assert_array_equal(weights_of(other.model), weights_of(agent.model))
    np.testing.assert_array_equal(weights_of(other.target_model), weights_of(agent.model))


def test_the_file_holds_plain_named_arrays(agent, good):
    arrays = load_file(good)
    assert sorted(arrays) == [
        "model/hidden_1/bias",
        "model/hidden_1/kernel",
        "model/q_values/bias",
        "model/q_values/kernel",
    ]
    np.testing.assert_array_equal(
        arrays["model/hidden_1/kernel"], agent.model.get_layer("hidden_1").kernel
    )
    assert all(array.dtype == np.float32 for array in arrays.values())


def test_its_metadata_tell_who_wrote_it_and_are_not_looked_at(agent, good, tmp_path):
    told = {"package": f"dqn_keras {dqn_keras.__version__}", "agent": "DQNAgent", "seed": "1"}
    with safe_open(good, "numpy") as weights:
        assert weights.metadata() == told
    for metadata in (None, {"agent": "Nobody", "seed": "x" * 1000}):
        path = tmp_path / "other.safetensors"
        path.write_bytes(save(load_file(good), metadata))
        other = small_agent(seed=2)
        other.load_weights(path)
        np.testing.assert_array_equal(weights_of(other.model), weights_of(agent.model))
    agent = small_agent(seed=None)
    agent.recipe = "slides_dqn"
    del told["seed"]  # none was given
    with safe_open(agent.save_weights(path), "numpy") as weights:
        assert weights.metadata() == {**told, "recipe": "slides_dqn"}


@pytest.mark.parametrize("metadata", [{}, {"a": "한국어"}, *({"b": "x" * n} for n in range(9))])
def test_the_same_weights_and_metadata_give_the_same_bytes(agent, metadata):
    content = files.weights_as_bytes(agent.networks, metadata)
    assert files.weights_as_bytes(agent.networks, dict(metadata)) == content
    assert int.from_bytes(content[:8], "little") % 8 == 0  # as the format wants it: data aligned
    kernel = agent.model.get_layer("hidden_1").kernel
    np.testing.assert_array_equal(load(content)[KERNEL], kernel)


def test_the_path_may_be_a_string_and_its_folder_new(agent, tmp_path):
    path = str(tmp_path / "new" / "folder" / "agent.safetensors")
    assert str(agent.save_weights(path)) == path
    other = small_agent(seed=2)
    other.load_weights(path)
    np.testing.assert_array_equal(weights_of(other.model), weights_of(agent.model))


def test_saving_again_replaces_the_file(agent, tmp_path):
    path = tmp_path / "agent.safetensors"
    small_agent(seed=2).save_weights(path)
    agent.save_weights(path)
    other = small_agent(seed=3)
    other.load_weights(path)
    np.testing.assert_array_equal(weights_of(other.model), weights_of(agent.model))
    assert os.listdir(tmp_path) == ["agent.safetensors"]


@pytest.mark.parametrize("name", ["missing.safetensors", "", "no/such/folder.safetensors"])
def test_a_missing_file_is_a_one_line_error_that_names_it(tmp_path, name):
    agent = small_agent(seed=2)
    before = weights_of(agent.model)
    with pytest.raises(FileNotFoundError) as error:
        agent.load_weights(tmp_path / name)
    assert str(tmp_path / name) in one_line(error)
    np.testing.assert_array_equal(weights_of(agent.model), before)


def test_a_file_torn_anywhere_is_refused(good, refuses):
    content = good.read_bytes()
    for length in [*range(0, 16), *range(16, len(content), 37), len(content) - 1]:
        refuses(content[:length], "whole safetensors file")


def test_other_content_is_refused(good, refuses):
    content = good.read_bytes()
    refuses(b"\x80\x04}.", "whole safetensors file")
    refuses(os.urandom(200), "whole safetensors file")
    refuses(b"\xff" * 8 + content[8:], "whole safetensors file")
    refuses(content + b"more", "whole safetensors file")


def changed(good, change) -> bytes:
    arrays = load_file(good)
    change(arrays)
    return save(arrays)


KERNEL = "model/hidden_1/kernel"


def test_a_missing_and_a_superfluous_array_are_named(good, refuses):
    refuses(changed(good, lambda arrays: arrays.pop(KERNEL)), KERNEL)
    extra = changed(good, lambda arrays: arrays.update({"model/hidden_9/bias": np.zeros(2)}))
    refuses(extra, "model/hidden_9/bias")
    refuses(save({}), KERNEL)


@pytest.mark.parametrize("shape", [(8, 4), (4, 9), (32,), (1, 4, 8), ()])
def test_an_array_of_another_shape_is_named(good, refuses, shape):
    bad = changed(good, lambda a: a.update({KERNEL: np.zeros(shape, np.float32)}))
    message = refuses(bad, KERNEL)
    assert str(shape) in message and "(4, 8)" in message


@pytest.mark.parametrize("dtype", ["float64", "float16", "int32", "bool", "complex64"])
def test_an_array_of_another_type_is_named(good, refuses, dtype):
    bad = changed(good, lambda arrays: arrays.update({KERNEL: arrays[KERNEL].astype(dtype)}))
    assert dtype in refuses(bad, KERNEL)


@pytest.mark.parametrize("dtype", ["BF16", "F8_E4M3"])
def test_an_array_of_a_type_numpy_does_not_know_is_refused(good, refuses, dtype):
    size = 64 if dtype == "BF16" else 32
    header = f'{{"{KERNEL}":{{"dtype":"{dtype}","shape":[4,8],"data_offsets":[0,{size}]}}}}'
    content = len(header).to_bytes(8, "little") + header.encode() + bytes(size)
    refuses(content, "")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", [KERNEL, "model/q_values/bias"])
def test_a_value_that_is_not_finite_is_named(good, refuses, name, value):
    def spoil(arrays):
        arrays[name] = arrays[name].copy()
        arrays[name].flat[-1] = value

    assert str(value) in refuses(changed(good, spoil), name)


@pytest.mark.parametrize("other", [{"hidden_units": (9,)}, {"state_size": 6}, {"action_size": 3}])
def test_an_agent_of_another_shape_refuses_the_file(good, other):
    agent = small_agent(seed=2, **other)
    before = weights_of(agent.model)
    with pytest.raises(ValueError, match="this agent needs") as error:
        agent.load_weights(good)
    one_line(error)
    np.testing.assert_array_equal(weights_of(agent.model), before)


def test_an_agent_of_other_depth_refuses_the_file(good):
    with pytest.raises(ValueError, match="hidden_2") as error:
        DQNAgent(4, 2).load_weights(good)
    one_line(error)


# Whole or not at all.


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_a_failing_write_leaves_the_old_file_whole_and_nothing_else(tmp_path, monkeypatch, call):
    path = write_atomically(tmp_path / "file", b"old")

    def fail(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(files.os, call, fail)
    with pytest.raises(OSError, match="the disk is full"):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_the_bytes_are_on_the_disk_before_the_name_is_theirs(tmp_path, monkeypatch):
    calls = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(files.os, name, lambda *a, n=name, f=real: (calls.append(n), f(*a))[1])
    write_atomically(tmp_path / "file", b"new")
    assert calls == ["fsync", "replace"]
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.parametrize("mask, mode", [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_written_file_has_the_rights_any_new_file_would_have(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        path = write_atomically(tmp_path / "file", b"")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == mode


def test_a_folder_in_the_files_place_is_an_error_and_stays(tmp_path):
    (tmp_path / "file").mkdir()
    with pytest.raises(OSError):
        write_atomically(tmp_path / "file", b"new")
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("bad", [True, 0, None, 1.5], ids=repr)
def test_what_is_no_path_is_named_and_no_open_file_is_read(bad):
    with pytest.raises(TypeError, match=f"path must be the path of a file, got {bad!r}") as error:
        small_agent().load_weights(bad)
    one_line(error)
