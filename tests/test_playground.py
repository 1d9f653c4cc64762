"""The playground's JavaScript, run by node, against the package: the same numbers."""

import json
import re
import shutil
import subprocess

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, weights_of
from safetensors.numpy import load_file, save_file

from dqn_keras import (
    CartPole,
    DQNAgent,
    DQNVariantAgent,
    ReplayMemory,
    Transitions,
    bellman_target,
    double_bellman_target,
    evaluate,
    exponential_epsilon,
    mean_of_last_above,
)
from dqn_keras.experiments import Plan, load_results, summarise

NODE = shutil.which("node")
PLAYGROUND = ROOT / "playground"
PUBLISHED = ROOT / "save_model" / "published" / "cartpole_dqn.safetensors"
needs_node = pytest.mark.skipif(NODE is None, reason="node is not on the PATH")


def javascript(task, **arguments):
    """What the playground's JavaScript makes of a task of playground_runner.mjs."""

    def plain(value):
        return value.tolist() if isinstance(value, np.ndarray | np.generic) else value

    asked = json.dumps({"task": task, **arguments}, default=plain)
    done = subprocess.run(
        [NODE, ROOT / "tests" / "playground_runner.mjs"],
        input=asked,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def flat(arrays):
    return [np.ravel(array) for array in arrays]


def close(ours, theirs, tolerance=1e-5):
    np.testing.assert_allclose(
        np.concatenate(flat(ours)), np.concatenate(flat(theirs)), rtol=tolerance, atol=tolerance
    )


def random_states(rng, count):
    return rng.uniform(-1, 1, [count, 4]) * [2.4, 3, 0.21, 3]


@needs_node
def test_cartpole_is_the_same_to_float64_rounding():
    rng = np.random.default_rng(0)
    states, actions = random_states(rng, 50), rng.integers(0, 2, [50, 40])
    paths = np.array(javascript("cartpole", states=states, actions=actions))
    environment, now = CartPole(), tf.constant(states)
    for step in range(actions.shape[1]):
        now, _, terminated = environment.transition(now, tf.constant(actions[:, step]))
        # A sine may differ in its last bit, and 40 unstable steps enlarge that.
        np.testing.assert_allclose(paths[:, step, :4], now, rtol=1e-11, atol=1e-12)
        np.testing.assert_array_equal(paths[:, step, 4], terminated)
    assert 0 < paths[..., 4].mean() < 1


@needs_node
def test_forward_pass():
    rng = np.random.default_rng(1)
    agent, states = DQNAgent(4, 2, seed=1), random_states(rng, 200).astype(np.float32)
    for weight in agent.model.trainable_weights:
        weight.assign_add(rng.normal(size=weight.shape) / 10)
    q_values = javascript("predict", weights=flat(agent.model.get_weights()), states=states)
    close(q_values, agent.model(states))


def batch_of(rng, size):
    return {
        "states": random_states(rng, size).astype(np.float32),
        "actions": rng.integers(0, 2, size),
        "rewards": np.where(rng.random(size) < 0.2, -100, 1).astype(np.float32),
        "next_states": random_states(rng, size).astype(np.float32),
        "terminated": rng.random(size) < 0.2,
    }


@needs_node
@pytest.mark.parametrize(
    ("settings", "theirs"),
    [
        ({}, {}),
        ({"double": True}, {"double": True}),
        ({"target_update": "never"}, {"targetUpdate": "never"}),
        (
            {"learning_rate": 0.0003, "discount_factor": 0.9},
            {"learningRate": 0.0003, "discountFactor": 0.9},
        ),
    ],
)
def test_whole_updates(settings, theirs, eagerly, monkeypatch):
    """`train_model` of both, twenty in a row: targets, loss, gradients, Adam's steps, epsilon."""
    rng = np.random.default_rng(2)
    agent = DQNVariantAgent(4, 2, seed=2, **settings)
    other = DQNAgent(4, 2, seed=3)
    agent.target_model.set_weights(other.model.get_weights())
    batches = [batch_of(rng, size) for size in (64, 1, *[64] * 16, 7, 64)]
    asked = {
        "weights": flat(agent.model.get_weights()),
        "target": flat(agent.target_model.get_weights()),
        "batches": batches,
        "settings": theirs,
    }
    gradients, apply = [], agent.optimizer.apply

    def watched(found, weights):
        gradients.append([np.array(gradient) for gradient in found])
        apply(found, weights)

    monkeypatch.setattr(agent.optimizer, "apply", watched)
    for batch, made in zip(batches, javascript("updates", **asked), strict=True):
        transitions = Transitions(**{name: tf.constant(value) for name, value in batch.items()})
        monkeypatch.setattr(agent.memory, "sample", lambda *_, drawn=transitions: drawn)
        close(made["targets"], agent.targets_of(transitions))
        loss = float(agent.train_model())
        assert made["loss"] == pytest.approx(loss, rel=1e-5)
        # Sums of 64 terms of either sign: what float32 rounds off goes with the largest.
        largest = max(abs(gradient).max() for gradient in gradients[-1])
        close(*([g / largest for g in flat(side)] for side in (made["gradients"], gradients[-1])))
        close(made["weights"], agent.model.get_weights())
        assert made["epsilon"] == pytest.approx(float(agent.epsilon), rel=1e-6)


@needs_node
@pytest.mark.parametrize("settings", [(1.0, 0.999, 0.01), (1.0, 0.99, 0.0), (0.5, 1.0, 0.1)])
def test_epsilon(settings):
    counts = [0, 1, 2, 10, 693, 2301, 4602, 4603, 4604, 4605, 20_000]
    schedule = exponential_epsilon(*settings)
    expected = [float(schedule(count)) for count in counts]
    np.testing.assert_allclose(
        javascript("epsilon", settings=settings, counts=counts), expected, rtol=2e-6, atol=1e-30
    )


@needs_node
def test_targets_with_decoys():
    """Where a wrong network or a wrong action would be taken, 98 or 99 would land."""
    rewards, terminated = [1.0, -100.0, 2.0, 0.5], [False, True, False, False]
    online = [5.0, 1.0, 99.0, 98.0, 2.0, 7.0, 3.0, 3.0]
    target = [10.0, 98.0, 99.0, 98.0, 99.0, 4.0, 6.0, 98.0]
    made = javascript(
        "targets",
        rewards=rewards,
        next=online,
        nextTarget=target,
        terminated=[int(end) for end in terminated],
        discount=0.9,
    )
    tables = [np.reshape(table, [4, 2]) for table in (online, target)]
    np.testing.assert_allclose(
        made["double"], double_bellman_target(rewards, *tables, terminated, 0.9), rtol=1e-6
    )
    np.testing.assert_allclose(made["double"], [10, -100, 5.6, 5.9])
    np.testing.assert_allclose(
        made["dqn"], bellman_target(rewards, tables[1], terminated, 0.9), rtol=1e-6
    )


@needs_node
@pytest.mark.parametrize("fall_reward", [-100.0, None])
def test_memory_wraps_around(fall_reward):
    rng = np.random.default_rng(4)
    batch = batch_of(rng, 17) | {"rewards": np.ones(17, np.float32)}
    agent = DQNAgent(4, 2, memory_size=7, train_start=7, fall_reward=fall_reward)
    for step in zip(*batch.values(), strict=True):
        agent.append_sample(*step)
    steps = [
        [s.tolist(), int(a), float(r), n.tolist(), bool(t)]
        for s, a, r, n, t in zip(*batch.values(), strict=True)
    ]
    made = javascript("memory", capacity=7, steps=steps, fallReward=fall_reward)
    assert (made["size"], made["appended"]) == (7, 17)
    for name, column in (
        ("states", agent.memory.states),
        ("actions", agent.memory.actions),
        ("rewards", agent.memory.rewards),
        ("nextStates", agent.memory.next_states),
        ("terminated", agent.memory.terminated),
    ):
        np.testing.assert_array_equal(made[name], np.ravel(column))


@needs_node
@pytest.mark.parametrize(("stored", "filled"), [(5, 5), (23, 10)])
def test_draws_reach_all_that_is_stored_and_no_more(stored, filled):
    rows = javascript("drawn", capacity=10, stored=stored, draws=20_000)
    counts = np.bincount(rows, minlength=10)
    assert set(np.flatnonzero(counts)) == set(range(filled))
    assert abs(counts[:filled] / 20_000 * filled - 1).max() < 0.1
    memory = ReplayMemory(10, 1)  # with replacement, as here
    memory.append([0.0], 0, 0.0, [0.0], False)
    assert len(memory.sample(5, tf.random.Generator.from_seed(0)).actions) == 5


@needs_node
def test_first_weights_are_he_uniform():
    made = javascript("initial", count=20)
    for number, weight in enumerate(DQNAgent(4, 2).model.trainable_weights):
        values = np.array([weights[number] for weights in made])
        assert values.shape[1] == np.size(weight)
        if weight.name == "bias":
            assert not values.any()
        else:
            limit = np.sqrt(6 / weight.shape[0])
            assert 0.97 * limit < abs(values).max() <= limit
            # The initialiser of the package has the same spread.
            drawn = keras.initializers.HeUniform(seed=0)([weight.shape[0], 1000])
            assert np.std(values) == pytest.approx(np.std(drawn), rel=0.05)
            assert len(np.unique(values[:, 0])) == 20  # a seed fixes a draw of its own


@needs_node
def test_when_the_target_network_is_copied():
    by_episode = javascript("copies", settings={"targetUpdateEvery": 2}, episodes=6)
    assert [seen["copies"] for seen in by_episode] == [1, 2, 2, 3, 3, 4]
    settings = {"targetUpdate": "steps", "targetUpdateEvery": 25, "trainStart": 40}
    for seen in javascript("copies", settings=settings, episodes=6):
        assert seen["copies"] == 1 + seen["steps"] // 25
        assert seen["updates"] == max(0, seen["steps"] - 39)
    never = javascript("copies", settings={"targetUpdate": "never"}, episodes=6)
    assert {seen["copies"] for seen in never} == {1}


@needs_node
def test_stop_rule():
    lists = [[500] * 9, [500] * 10, [490] * 10, [0, *[500] * 10], [*[500] * 10, 0], [491] * 10]
    rule = mean_of_last_above(490)
    assert javascript("stop", lists=lists) == [bool(rule(scores)) for scores in lists]


@needs_node
def test_python_loads_what_the_page_saved(tmp_path):
    path = tmp_path / "agent.safetensors"
    weights = javascript("save", seed=3, path=str(path))
    agent = DQNAgent(4, 2, seed=0)
    agent.load_weights(path)
    for ours, theirs in zip(agent.model.get_weights(), weights, strict=True):
        np.testing.assert_array_equal(np.ravel(ours), np.float32(theirs))
    np.testing.assert_array_equal(weights_of(agent.target_model), weights_of(agent.model))
    assert load_file(path).keys() == load_file(PUBLISHED).keys()


@needs_node
def test_the_page_loads_what_python_saved(tmp_path):
    agent = DQNAgent(4, 2, seed=4)
    agent.save_weights(tmp_path / "agent.safetensors")
    (made,) = javascript("load", paths=[str(tmp_path / "agent.safetensors")])
    for ours, theirs in zip(agent.model.get_weights(), made["weights"], strict=True):
        np.testing.assert_array_equal(np.ravel(ours), np.float32(theirs))


@needs_node
def test_bad_files_are_refused(tmp_path):
    good, arrays = PUBLISHED.read_bytes(), load_file(PUBLISHED)
    kernel = arrays["model/hidden_1/kernel"]
    cases = {
        "empty": (b"", "notSafetensors"),
        "text": (b"hello, this is no file of weights", "notSafetensors"),
        "torn": (good[:-1], "notSafetensors"),
        "headless": (good[:20], "notSafetensors"),
        "null": ((4).to_bytes(8, "little") + b"null", "notSafetensors"),
        "bytes": ((4).to_bytes(8, "little") + b"\xff\xfe\xfd\xfc", "notSafetensors"),
        "missing": ({"model/hidden_1/kernel": kernel}, "otherArrays"),
        "transposed": (arrays | {"model/hidden_1/kernel": kernel.T.copy()}, "otherShape"),
        "float64": (arrays | {"model/hidden_1/kernel": kernel.astype(float)}, "otherShape"),
        "nan": (arrays | {"model/hidden_1/kernel": kernel * np.float32("nan")}, "notFinite"),
        "other agent": (PUBLISHED.with_name("stable_dqn.safetensors").read_bytes(), "otherShape"),
        "actor": (PUBLISHED.with_name("slides_a2c.safetensors").read_bytes(), "otherArrays"),
    }
    paths = []
    for name, (content, _) in cases.items():
        paths.append(str(tmp_path / name))
        if isinstance(content, dict):
            save_file(content, paths[-1])
        else:
            (tmp_path / name).write_bytes(content)
    for (name, (_, code)), made in zip(cases.items(), javascript("load", paths=paths), strict=True):
        assert made == {"refused": code, "unchanged": True}, name


@needs_node
def test_published_weights_play_the_same():
    agent, rng = DQNAgent(4, 2), np.random.default_rng(6)
    agent.load_weights(PUBLISHED)
    states = random_states(rng, 10_000).astype(np.float32)
    q_values = agent.model(states).numpy()
    made = javascript("greedy", path=str(PUBLISHED), states=states, episodes=100)
    clear = abs(q_values[:, 0] - q_values[:, 1]) > 1e-4  # a tie may go either way
    assert clear.mean() > 0.99
    np.testing.assert_array_equal(np.array(made["actions"])[clear], q_values.argmax(1)[clear])
    ours = evaluate(agent, CartPole(seed=0), episodes=100)
    noise = np.hypot(np.std(ours), np.std(made["scores"])) / 10
    assert abs(np.mean(made["scores"]) - np.mean(ours)) <= 4 * noise + 1
