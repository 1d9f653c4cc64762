"""Lesson 17: its formulas are the code's; test_checks.py tests its exercises."""

import ast
import functools
import json
import re

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import ROOT, lesson_code, lesson_function

from dqn_keras import Asterix, Breakout, ReplayMemory, checks, evaluate, q_network
from dqn_keras.environments.asterix import CHANNELS
from dqn_keras.experiments import bootstrap_interval, find_recipe, load_results, published_weights
from dqn_keras.networks import PatchConv2D

of_lesson = functools.partial(lesson_function, "17")
SOURCE = (ROOT / "notebooks" / "source" / "17_pixels.py").read_text(encoding="utf-8")
LONG_RUNS = "minatar_dqn-5000000steps"
OTHER, OTHER_RUNS = "minatar_dqn_asterix", "minatar_dqn_asterix-1000000steps"
MILLION = {
    "with memory": "minatar_dqn-1000000steps",
    "without": "minatar_dqn-batch_size=1-memory_size=1-train_start=1-1000000steps",
}


def in_lesson(name):
    """What a name of the lesson stands for that is set by one line of plain numbers."""
    for node in lesson_code("17").body:
        if getattr(getattr(node, "targets", [None])[0], "id", None) == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"the lesson sets no {name}")


def test_the_lessons_solutions_pass():
    for name in ("convolution", "memory_bytes", "rmsprop"):
        getattr(checks, f"check_{name}")(of_lesson(f"my_{name}"))


def test_the_formula_of_a_convolution_is_the_networks_layer():
    rng = np.random.default_rng(0)
    picture, kernel = rng.normal(size=(7, 6, 3)), rng.normal(size=(3, 3, 3))
    expected = np.empty((5, 4))
    for y, x in np.ndindex(5, 4):
        terms = (picture[y + i, x + j, c] * kernel[i, j, c] for i, j, c in np.ndindex(3, 3, 3))
        expected[y, x] = max(0, 0.5 + sum(terms))
    came = of_lesson("my_convolution")(picture, kernel, 0.5)
    np.testing.assert_allclose(came, expected)
    layer = PatchConv2D(1, 3, activation="relu")
    layer.build([None, 7, 6, 3])
    layer.set_weights([kernel[..., None], np.array([0.5])])
    np.testing.assert_allclose(came, layer(picture[None])[0, ..., 0], rtol=1e-4, atol=1e-5)
    assert (came == 0).any() and (came > 0).any()


def test_the_filters_of_the_ways_by_hand():
    way_filter = of_lesson("way_filter")
    for way, place in in_lesson("WAYS").items():
        for other, (row, column) in in_lesson("WAYS").items():
            picture = np.zeros((3, 3, 4))
            picture[1, 1, 1] = picture[row, column, 2] = 1
            seen = of_lesson("my_convolution")(picture, way_filter(*place), -1.0)
            assert seen == [[way == other]]
        assert of_lesson("my_convolution")(np.zeros((3, 3, 4)), way_filter(*place), -1.0) == 0


def test_a_ball_flies_the_way_that_the_lesson_calls_it():
    """Up is to smaller rows; the trail lies where the ball comes from."""
    steps = {"up": -1, "down": 1, "left": -1, "right": 1}
    for way, (row, column) in in_lesson("WAYS").items():
        vertical, horizontal = way.split()
        assert (1 - row, 1 - column) == (steps[vertical], steps[horizontal])


@pytest.mark.parametrize(
    ("shape", "dtype", "each"),
    [((4,), "float32", 4), ((10, 10, 4), "bool", 1), ((5, 3, 2), "uint8", 1)],
)
def test_the_bytes_are_those_of_a_replay_memory(shape, dtype, each):
    memory = ReplayMemory(50, shape, dtype)
    columns = memory.states, memory.actions, memory.rewards, memory.next_states, memory.terminated
    taken = sum(column.numpy().nbytes for column in columns)
    assert of_lesson("my_memory_bytes")(50, shape, each) == taken


def test_a_transition_of_cartpole_by_hand():
    assert of_lesson("my_memory_bytes")(1, (4,), 4) == 2 * 4 * 4 + 4 + 4 + 1 == 41


def test_a_shape_of_one_number_is_shown_as_the_tuple_that_it_is():
    with pytest.raises(AssertionError, match=r"state_shape = \(\d+,\),"):
        checks.check_memory_bytes(lambda transitions, state_shape, bytes_each: 0)


def test_the_formula_of_rmsprop_is_the_agents_optimizer():
    """In the lesson's own loop, with the optimizer that the recipe makes."""
    agent = find_recipe("minatar_dqn").make_agent(Breakout(), seed=0)
    settings = agent.optimizer.get_config()
    told = in_lesson("settings")
    assert told == {name: settings[name] for name in told}
    w, m, v, alpha = np.array([2.0, 2.0]), np.zeros(2), np.zeros(2), 0.01
    theirs, rng = keras.Variable(w), np.random.default_rng(0)
    optimizer = keras.optimizers.RMSprop(alpha, **told)
    for _ in range(20):
        g = w + rng.normal(0, [0.0, 3.0])
        optimizer.apply([tf.constant(g, tf.float32)], [theirs])
        mine = of_lesson("my_rmsprop")(w, g, m, v, alpha)
        m, v = 0.95 * m + 0.05 * g, 0.95 * v + 0.05 * g**2
        w = w - alpha * g / np.sqrt(v - m**2 + 0.0001)
        np.testing.assert_allclose(mine, [w, m, v])
    np.testing.assert_allclose(theirs, w, rtol=1e-4)
    assert 2 - w[0] > 2 - w[1] > 0, "the steady one goes further"


def test_a_step_of_rmsprop_by_hand():
    came = of_lesson("my_rmsprop")(*map(np.array, ([2.0], [1.0], [0.0], [0.0])), 0.1)
    np.testing.assert_allclose(np.ravel(came), [1.54, 0.05, 0.05], atol=0.005)
    assert np.sqrt(0.0476) == pytest.approx(0.218, abs=0.0005)


def test_the_table_of_tricks_says_what_the_recipe_does():
    has, lines = find_recipe("minatar_dqn").settings, re.findall(r"^# \| .*", SOURCE, re.MULTILINE)
    low, updates = has["epsilon_min"], (1 - has["epsilon_min"]) / has["epsilon_decay"]
    for language, texts in {
        "en": [
            f"{has['memory_size']:,} transitions",
            f"every {has['target_update_every']:,} steps",
            f"from 1 to {low} in {updates:,.0f} steps",
            f"after {has['train_start']:,} steps",
            f"{has['filters'][0]} filters",
            f"probability {Breakout().sticky}",
        ],
        "ko": [
            f"샘플 {has['memory_size']:,}개",
            f"{has['target_update_every']:,}스텝마다",
            f"{updates:,.0f}스텝 동안 1에서 {low}로",
            f"{has['train_start']:,}스텝 뒤부터",
            f"필터 {has['filters'][0]}개",
            f"{Breakout().sticky}의 확률",
        ],
    }.items():
        for text in texts:
            assert any(text in line for line in lines), (language, text)
    assert low * 2 / 3 == pytest.approx(0.1 * 2 / 6)  # how often chance moves the paddle
    assert has["batch_size"] == 32 and "32 transitions of a batch" in SOURCE
    assert has["hidden_units"] == (128,) and has["fall_reward"] is None
    assert has["optimizer_name"] == "rmsprop" and has["target_update"] == "steps"


def test_the_quicker_recipe_lets_epsilon_fall_five_times_as_fast():
    decay = find_recipe("minatar_dqn").settings["epsilon_decay"]
    assert 5 * decay == pytest.approx(0.95 / 20_000)


def test_watching_is_playing():
    """Its rows are the steps of each game until that ends, its scores the bricks."""
    seen, scores = of_lesson("watch")(Breakout(sticky=0.0, seed=0), games=30)
    rng, bricks, rows = np.random.default_rng(0), np.zeros(30), 0
    game = Breakout(sticky=0.0, seed=0)
    states = game.initial_states(30, game.rng)
    going_on = np.ones(30, bool)
    for _ in range(100):
        actions = rng.integers(3, size=30).astype(np.int32)
        pictures = game.observe(states).numpy()
        states, rewards, terminated = game.transition(states, actions)
        for i in np.flatnonzero(going_on):
            picture, action, cell = seen[rows]
            np.testing.assert_array_equal(picture, pictures[i])
            assert action == actions[i]
            assert cell == 10 * states[i, 1] + states[i, 0]
            bricks[i] += rewards[i]
            rows += 1
        going_on &= ~terminated.numpy()
    assert rows == len(seen) and not going_on.any()
    np.testing.assert_array_equal(scores, bricks)
    assert 0.2 < bricks.mean() < 1


def test_the_rare_exception_is_one():
    """Just after a brick in row 2: two full states, one picture, two ways to fly."""
    game = Breakout(sticky=0.0)
    bricks = np.ones((3, 10), np.int32)
    bricks[0, 4] = bricks[1, 4] = bricks[1, 3] = bricks[2, 4] = 0
    states = []
    for dy, target in ((-1, 0), (1, 2)):
        whole = bricks.copy()
        whole[target, 4] = 1  # the brick that the ball will break from row 2
        states.append([3, 2, 1, dy, 2, 2 - dy, 4, 0, 0, 0, *whole.ravel()])
    broken, rewards, _ = game.transition(tf.constant(states), tf.zeros(2, tf.int32))
    np.testing.assert_array_equal(rewards, [1, 1])
    first, second = game.observe(broken).numpy()
    np.testing.assert_array_equal(first, second)
    after, _, _ = game.transition(broken, tf.zeros(2, tf.int32))
    assert after[0, 1] != after[1, 1]


def test_weights_of_0_are_a_channel_that_is_not_seen():
    network = q_network((10, 10, 4), 3, hidden_units=(128,), filters=(16,), seed=0)
    rng = np.random.default_rng(0)
    pictures = (rng.random((20, 10, 10, 4)) < 0.3).astype(np.float32)
    hidden = pictures.copy()
    hidden[..., 2] = 0
    expected, before = network(hidden).numpy(), network(pictures).numpy()
    kernels, biases = network.get_layer("filters_1").get_weights()
    kernels[:, :, 2] = 0
    network.get_layer("filters_1").set_weights([kernels, biases])
    np.testing.assert_allclose(network(pictures), expected, atol=1e-6)
    assert np.abs(before - expected).max() > 0.1


def multiplications(layers, shape):
    """Of one pass, counted layer by layer."""
    model = keras.Sequential([keras.Input(shape), *layers])
    count = 0
    for layer in model.layers:
        if layer.weights:
            places = np.prod(layer.output.shape[1:-1])
            count += int(places) * int(np.prod(layer.weights[0].shape))
    return count


def test_the_multiplications_here_and_there():
    names = {}
    (line,) = re.findall(r"^(here = .*\nthere = .*\nthere \+= .*)$", SOURCE, re.MULTILINE)
    exec(line, names)
    layers = keras.layers
    small = [PatchConv2D(16, 3), layers.Flatten(), layers.Dense(128), layers.Dense(3)]
    assert multiplications(small, (10, 10, 4)) == names["here"]
    nature = [layers.Conv2D(32, 8, 4), layers.Conv2D(64, 4, 2), layers.Conv2D(64, 3)]
    nature += [layers.Flatten(), layers.Dense(512), layers.Dense(4)]
    assert multiplications(nature, (84, 84, 4)) == names["there"]


# The long runs and their weights


def test_the_lesson_shows_the_runs_that_the_files_hold():
    """Whoever adds a seed builds the lesson anew."""
    built = json.loads((ROOT / "notebooks" / "en" / "17_pixels.ipynb").read_text())
    told = built["metadata"]["numbers"]
    runs = load_results(LONG_RUNS, ROOT / "results")
    assert told["len(long_runs)"] == len(runs)
    exploring = [np.mean(run.scores[-100:]) for run in runs]
    assert told["np.mean(exploring)"] == pytest.approx(np.mean(exploring))
    for name, file in MILLION.items():
        runs = load_results(file, ROOT / "results")
        ends = np.mean([np.mean(run.scores[-100:]) for run in runs])
        assert len(runs) == 10 and told[f'bricks["{name}"]'] == pytest.approx(ends)


def test_the_intervals_with_and_without_memory_lie_far_apart():
    ends = {
        name: [np.mean(run.scores[-100:]) for run in load_results(file, ROOT / "results")]
        for name, file in MILLION.items()
    }
    plan = json.loads((ROOT / "results" / f"{MILLION['without']}.jsonl").read_text().split("\n")[0])
    assert in_lesson("NO_MEMORY") == plan["settings"]
    assert bootstrap_interval(ends["with memory"])[0] > bootstrap_interval(ends["without"])[1] + 1


@pytest.mark.parametrize("recipe, name", [("minatar_dqn", LONG_RUNS), (OTHER, OTHER_RUNS)])
def test_the_commands_that_the_lesson_tells_make_such_files(recipe, name):
    lines = (ROOT / "results" / f"{name}.jsonl").read_text().splitlines()
    (command,) = set(re.findall(rf"`python -m dqn_keras experiment {recipe} (.*)`", SOURCE))
    plan = json.loads(lines[0])
    assert f"--steps {plan['steps']} " in command
    assert f"--evaluate-every {plan['evaluate_every']}" in command
    assert f"--runs {len(lines) - 1} " in command
    assert plan["recipe"] == recipe and not plan["settings"]


def test_the_other_games_recipe_is_the_same_with_another_game():
    there, here = find_recipe(OTHER), find_recipe("minatar_dqn")
    assert there.settings == here.settings and there.agent == here.agent
    assert there.environment(0).state_size == here.environment(0).state_size
    assert CHANNELS == ("player", "enemy", "trail", "gold")  # the second one, as the lesson says
    assert in_lesson("CHANNELS")[1] == "ball" and Asterix.action_size == 5


def test_published_weights_are_found_from_anywhere(tmp_path, monkeypatch):
    own = ROOT / "save_model" / "published" / "minatar_dqn.safetensors"
    for folder in (ROOT / "notebooks", tmp_path):
        monkeypatch.chdir(folder)
        assert published_weights("minatar_dqn").samefile(own)
    with pytest.raises(FileNotFoundError, match="no_such_recipe"):
        published_weights("no_such_recipe")


@pytest.mark.parametrize("recipe, name", [("minatar_dqn", LONG_RUNS), (OTHER, OTHER_RUNS)])
def test_the_published_weights_play_as_the_results_say(recipe, name):
    environment = find_recipe(recipe).environment(0)
    agent = find_recipe(recipe).make_agent(environment, seed=0)
    agent.load_weights(published_weights(recipe))
    (run,) = (run for run in load_results(name, ROOT / "results") if run.seed == 0)
    returns = evaluate(agent, environment, episodes=100)
    spread = returns.std(ddof=1) / np.sqrt(len(returns))
    assert returns.mean() == pytest.approx(run.greedy[-1], abs=6 * spread)
