"""The recipes: every source's settings, and the DQN behaviours that they need."""

import inspect

import keras
import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import (
    CartPole,
    DQNAgent,
    DQNVariantAgent,
    GridWorld,
    Transitions,
    running_mean_above,
)
from dqn_keras.__main__ import main
from dqn_keras.environments.in_graph import InGraphEnvironment
from dqn_keras.experiments.recipes import ALWAYS_CORRECTED, RECIPES, find_recipe
from dqn_keras.experiments.results import published_weights

DOCUMENTS = {"000": "velog_dqn", "001": "book_dqn", "003": "g6ling_dqn", "004": "juvin_dqn"}


def agent_of(name):
    recipe = RECIPES[name]
    return recipe.make_agent(recipe.environment(0), seed=0)


def hidden_layers(network):
    return [layer.units for layer in network.layers[1:-1]]


def activations(network):
    return {layer.activation.__name__ for layer in network.layers[1:-1]}


# ---- the table


def test_the_sources_of_the_lecture_are_all_there():
    assert {
        "slides_dqn",
        "slides_deep_sarsa",
        "slides_reinforce_grid",
        "slides_reinforce_cartpole",
        "slides_a2c",
        "slides_a3c",
        *DOCUMENTS.values(),
    } <= set(RECIPES)
    for number, name in DOCUMENTS.items():
        assert f"document {number}" in RECIPES[name].source


def test_names_are_unique_and_so_are_the_files():
    assert [recipe.name for recipe in RECIPES.values()] == list(RECIPES)
    files = [recipe.file_name_for(recipe.environment(0)) for recipe in RECIPES.values()]
    assert len(set(files)) == len(files)


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_makes_an_agent_for_its_environment(name):
    recipe = RECIPES[name]
    environment = recipe.environment(seed=3)
    assert environment.seed == 3
    assert recipe.is_at_home(environment)
    agent = recipe.make_agent(environment, seed=4)
    assert type(agent) is recipe.agent_class
    assert agent.seed == 4
    assert (agent.state_size, agent.action_size) == (
        environment.state_size,
        environment.action_size,
    )
    for key, value in recipe.settings.items():
        assert getattr(agent.settings, key) == value, key


@pytest.mark.parametrize("name", RECIPES)
def test_every_setting_of_a_recipe_differs_from_the_default(name):
    recipe = RECIPES[name]
    parameters = inspect.signature(recipe.agent_class).parameters
    for key, value in recipe.settings.items():
        assert value != parameters[key].default, key


@pytest.mark.parametrize("name", RECIPES)
def test_what_was_corrected_is_told(name):
    recipe = RECIPES[name]
    assert (
        recipe.corrections
        or recipe.name == "stable_dqn"
        or "departs from" in recipe.agent_class.__doc__
    )
    assert all(len(text) > 10 for text in recipe.corrections)
    assert "source" not in recipe.source and len(recipe.source) > 10


def test_an_unknown_recipe_is_named_and_the_known_ones_listed():
    with pytest.raises(ValueError) as error:
        find_recipe("slides_dqm")
    assert all(name in str(error.value) for name in ("slides_dqm", *RECIPES))


def test_no_option_of_the_variants_is_dead():
    # What lessons and experiments switch on; no document has them.
    elsewhere = {"double", "time_limit_ends", "learning_rate_decay_steps"}
    options = vars(DQNVariantAgent.Settings()).keys() - vars(DQNAgent.Settings()).keys()
    used = {key for recipe in RECIPES.values() for key in recipe.settings}
    assert options - elsewhere <= used


def test_the_command_line_lists_every_recipe(capsys):
    assert main(["recipes"]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    for name, recipe in RECIPES.items():
        assert name in lines
        assert recipe.source in out
        assert all(f"{key}={value}" in out for key, value in recipe.settings.items())
        assert all(text in out for text in recipe.corrections)
    assert all(text in out for text in ALWAYS_CORRECTED)


def test_the_command_line_tells_what_a_recipes_settings_mean(capsys):
    assert main(["recipes", "velog_dqn"]) == 0
    out = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert RECIPES["velog_dqn"].source in out and RECIPES["slides_dqn"].source not in out
    for name in RECIPES["velog_dqn"].agent_class(4, 2).get_config().keys() - {
        "state_size",
        "action_size",
    }:
        assert f"--{name} " in out
    assert "transitions learned from in each update (default: 32)" in out
    assert main(["recipes", "no such"]) == 1
    assert "'no such'" in capsys.readouterr().err


def test_on_another_environment_there_is_no_penalty_for_the_end():
    class Other(CartPole):
        name = "another"

    for name in ("slides_dqn", "g6ling_dqn", "slides_a2c", "slides_reinforce_cartpole"):
        assert agent_of(name).fall_reward is not None
        assert RECIPES[name].make_agent(Other(), seed=0).fall_reward is None
        assert RECIPES[name].file_name_for(Other()) == f"another_{name}"


# ---- the documents' settings


def test_the_slides_dqn():
    agent, recipe = agent_of("slides_dqn"), RECIPES["slides_dqn"]
    assert hidden_layers(agent.model) == [24, 24] and activations(agent.model) == {"relu"}
    assert agent.discount_factor == 0.99
    assert (agent.batch_size, agent.train_start, agent.memory.capacity) == (64, 1000, 2000)

    assert agent.fall_reward == -100
    assert (recipe.episodes, recipe.environment(0).max_steps) == (300, 500)
    agent.training_steps.assign(100)
    assert float(agent.epsilon) == pytest.approx(0.999**100, rel=1e-5)
    agent.training_steps.assign(4603)
    assert float(agent.epsilon) == pytest.approx(0.01, abs=1e-5)


def test_document_000():
    agent, recipe = agent_of("velog_dqn"), RECIPES["velog_dqn"]
    assert hidden_layers(agent.model) == [32, 32, 32] and activations(agent.model) == {"elu"}
    assert float(agent.optimizer.learning_rate) == pytest.approx(0.001)
    assert agent.discount_factor == 0.95
    assert (agent.batch_size, agent.memory.capacity) == (32, 2000)
    assert (agent.train_every, agent.updates_per_episode) == ("episode", 1)
    assert agent.target_update == "never"
    assert agent.fall_reward is None
    assert (recipe.episodes, recipe.stop) == (600, None)
    assert recipe.environment(0).max_steps == 200
    for episode, epsilon in ((0, 1), (1, 0.998), (250, 0.5), (495, 0.01), (600, 0.01)):
        agent.episode_count.assign(episode)
        assert float(agent.epsilon) == pytest.approx(epsilon, abs=1e-5)
    agent.training_steps.assign(10_000)  # updates do not count
    agent.episode_count.assign(0)
    assert float(agent.epsilon) == 1


def test_document_001():
    agent, recipe = agent_of("book_dqn"), RECIPES["book_dqn"]
    assert hidden_layers(agent.model) == [128, 128] and activations(agent.model) == {"relu"}
    assert float(agent.optimizer.learning_rate) == pytest.approx(0.0005)
    assert agent.discount_factor == 0.98
    assert (agent.batch_size, agent.train_start, agent.memory.capacity) == (32, 32, 10_000)
    assert (agent.target_update, agent.target_update_every) == ("episodes", 20)

    assert agent.fall_reward is None
    assert (recipe.episodes, recipe.environment(0).max_steps) == (300, 200)
    for steps in (0, 1, 100_000):
        agent.training_steps.assign(steps)
        agent.episode_count.assign(steps)
        assert float(agent.epsilon) == pytest.approx(0.1)


def test_document_003():
    agent, recipe = agent_of("g6ling_dqn"), RECIPES["g6ling_dqn"]
    assert hidden_layers(agent.model) == [128] and activations(agent.model) == {"relu"}
    assert float(agent.optimizer.learning_rate) == pytest.approx(0.001)
    assert agent.discount_factor == 0.99
    assert (agent.batch_size, agent.train_start, agent.memory.capacity) == (32, 1000, 1000)
    assert (agent.target_update, agent.target_update_every) == ("steps", 100)

    assert agent.fall_reward == -1
    assert (recipe.episodes, recipe.environment(0).max_steps) == (3000, 500)
    for steps, epsilon in ((0, 1), (1000, 0.95), (17_999, 0.10005), (18_001, 0.1), (50_000, 0.1)):
        agent.training_steps.assign(steps)
        assert float(agent.epsilon) == pytest.approx(epsilon, abs=1e-5)
    assert not recipe.stop([500.0] * 50) and recipe.stop([500.0] * 51)


def test_document_004():
    agent, recipe = agent_of("juvin_dqn"), RECIPES["juvin_dqn"]
    assert hidden_layers(agent.model) == [24, 24] and activations(agent.model) == {"relu"}
    assert float(agent.optimizer.learning_rate) == pytest.approx(0.001)
    assert agent.discount_factor == 0.95
    # 32 updates of one transition each, at an episode's end.
    assert (agent.train_every, agent.updates_per_episode, agent.batch_size) == ("episode", 32, 1)
    assert (agent.train_start, agent.memory.capacity) == (32, 2000)
    assert agent.target_update == "never"
    assert agent.fall_reward is None
    assert (recipe.episodes, recipe.stop) == (10_000, None)
    assert recipe.environment(0).max_steps == 500
    for episode, epsilon in ((0, 1), (1, 0.995), (2, 0.990025), (919, 0.01), (5000, 0.01)):
        agent.episode_count.assign(episode)
        assert float(agent.epsilon) == pytest.approx(epsilon, abs=1e-4)


def test_minatars_dqn():
    agent, recipe = agent_of("minatar_dqn"), RECIPES["minatar_dqn"]
    shapes = [tuple(weight.shape) for weight in agent.model.weights]
    assert shapes == [(3, 3, 4, 16), (16,), (1024, 128), (128,), (128, 3), (3,)]
    assert agent.discount_factor == 0.99
    assert (agent.batch_size, agent.train_start, agent.memory.capacity) == (32, 5000, 100_000)
    assert (agent.target_update, agent.target_update_every) == ("steps", 1000)
    assert agent.memory.states.dtype == bool and agent.fall_reward is None
    assert recipe.environment(0).sticky == 0.1
    for updates, epsilon in ((0, 1), (50_000, 0.525), (100_000, 0.05), (5_000_000, 0.05)):
        agent.training_steps.assign(updates)
        assert float(agent.epsilon) == pytest.approx(epsilon, abs=1e-4)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_its_published_weights_fit_it(recipe):
    agent = recipe.make_agent(recipe.environment(0), seed=0)
    agent.load_weights(published_weights(recipe.file_name or recipe.name))


def test_minatars_optimizer_is_centred_rmsprop():
    agent = agent_of("minatar_dqn")
    kernel, rng = agent.model.trainable_weights[-2], np.random.default_rng(0)
    others = [tf.zeros(weight.shape) for weight in agent.model.trainable_weights]
    expected, mean, square = kernel.numpy(), 0, 0
    for _ in range(20):
        gradient = rng.normal(0, 0.02, kernel.shape).astype(np.float32)
        mean = 0.95 * mean + 0.05 * gradient
        square = 0.95 * square + 0.05 * gradient**2
        # PyTorch adds 0.01 to the root; where either is small beside the other, ours is the same.
        expected = expected - 0.00025 * gradient / np.sqrt(square - mean**2 + 0.01**2)
        gradients = [*others[:-2], tf.constant(gradient), others[-1]]
        agent.optimizer.apply(gradients, agent.model.trainable_weights)
    np.testing.assert_allclose(kernel, expected, rtol=1e-4, atol=1e-6)


def test_the_grid_recipes():
    for name, penalty, episodes in (
        ("slides_deep_sarsa", 0, 1000),
        ("slides_reinforce_grid", 0.1, 2500),
    ):
        environment = RECIPES[name].environment(0)
        assert isinstance(environment, GridWorld) and environment.reset_counter
        assert environment.step_penalty == penalty
        assert RECIPES[name].episodes == episodes
        agent_of(name)


def test_the_policy_gradient_recipes_on_cartpole():
    for name in ("slides_reinforce_cartpole", "slides_a2c", "slides_a3c"):
        recipe = RECIPES[name]
        assert recipe.environment(0).max_steps == 500
        assert recipe.episodes == 1000
        assert not recipe.stop([490.0] * 10) and recipe.stop([490.5] * 10)
        assert not recipe.stop([500.0] * 9)
    assert agent_of("slides_reinforce_cartpole").fall_reward == -100
    assert hidden_layers(agent_of("slides_reinforce_cartpole").model) == [24, 24]
    a2c = agent_of("slides_a2c")
    assert (hidden_layers(a2c.actor), hidden_layers(a2c.critic)) == ([24], [24, 24])


@pytest.mark.parametrize(
    "score, limit, needed", [(500, 200, 51), (200.5, 200, 597), (500, 0, 1), (500, 490, 390)]
)
def test_the_running_mean_begins_at_zero(score, limit, needed):
    stop = running_mean_above(limit)
    # score (1 - 0.99^n) > limit
    assert not stop([score] * (needed - 1))
    assert stop([score] * needed)


def test_the_running_mean_is_the_one_of_the_document():
    rng = np.random.default_rng(0)
    scores, mean = [], 0.0
    stop = running_mean_above(100)
    for score in rng.uniform(0, 500, 100):
        scores.append(float(score))
        mean = 0.99 * mean + 0.01 * score
        assert stop(scores) == (mean > 100)


# ---- the DQN behaviours behind the settings


class Numbered(InGraphEnvironment):
    """The state counts the steps; an episode takes `max_steps` of them. For eager runs."""

    name = "numbered"
    state_size = 1
    action_size = 2

    def __init__(self, max_steps):
        super().__init__(max_steps, 0)

    def initial_states(self, count, rng):
        return tf.zeros([count], tf.int32)

    def transition(self, states, actions):
        rewards = tf.ones_like(states, tf.float32)
        return states + 1, rewards, tf.zeros_like(states, tf.bool)

    def observe(self, states):
        return tf.cast(states, tf.float32)[..., None]


def watched(monkeypatch, **settings):
    """A small DQN agent, and a list of what it does at which of its steps and episodes."""
    settings = {
        "hidden_units": (4,),
        "train_start": 1,
        "memory_size": 100,
        "batch_size": 2,
        "fall_reward": None,
        "seed": 0,
    } | settings
    agent, events = DQNVariantAgent(1, 2, **settings), []

    def recording(name, method):
        def record():
            events.append((name, int(agent.steps), int(agent.episode_count)))
            return method()

        return record

    for name in ("train_model", "update_target_model"):
        monkeypatch.setattr(agent, name, recording(name, getattr(agent, name)))
    return agent, events


def steps_of(events, method):
    return [steps for name, steps, _ in events if name == method]


@pytest.mark.parametrize(
    "every, expected", [(1, list(range(1, 13))), (5, [5, 10]), (4, [4, 8, 12]), (13, [])]
)
def test_the_target_follows_every_n_steps_across_episodes(eagerly, monkeypatch, every, expected):
    agent, events = watched(
        monkeypatch, target_update="steps", target_update_every=every, train_start=100
    )
    for _ in range(3):
        agent.run_episode(Numbered(4))
    assert steps_of(events, "update_target_model") == expected


@pytest.mark.parametrize("every, expected", [(1, [3, 6, 9, 12]), (2, [6, 12]), (3, [9]), (5, [])])
def test_the_target_follows_every_n_episodes(eagerly, monkeypatch, every, expected):
    agent, events = watched(monkeypatch, target_update_every=every, train_start=100)
    for _ in range(4):
        agent.run_episode(Numbered(3))
    assert steps_of(events, "update_target_model") == expected


def test_without_a_target_network_the_model_makes_its_own_targets(eagerly, monkeypatch):
    agent, events = watched(monkeypatch, target_update="never")
    agent.target_model.set_weights([w + 1000 for w in agent.model.get_weights()])
    losses = []
    train_model = agent.train_model

    def recording():
        losses.append(float(train_model()))

    monkeypatch.setattr(agent, "train_model", recording)
    for _ in range(2):
        agent.run_episode(Numbered(5))
    assert steps_of(events, "update_target_model") == []
    assert len(losses) == 10 and max(losses) < 1000  # the target network's would be far off


@pytest.mark.parametrize("double", [False, True])
@pytest.mark.parametrize("target_update", ["episodes", "never"])
def test_advantage_learning_takes_its_share_of_the_gap(double, target_update):
    settings = {"advantage_learning": 0.7, "double": double, "target_update": target_update}
    agent = DQNVariantAgent(3, 4, hidden_units=(5,), discount_factor=0.9, seed=0, **settings)
    agent.target_model.set_weights([w + 0.3 for w in agent.model.get_weights()])
    rng = np.random.default_rng(0)
    batch = Transitions(
        rng.normal(size=[50, 3]).astype(np.float32),
        rng.integers(4, size=50),
        rng.normal(size=50).astype(np.float32),
        rng.normal(size=[50, 3]).astype(np.float32),
        rng.random(50) < 0.3,
    )
    network = agent.model if target_update == "never" else agent.target_model
    q_values, next_q_values = network(batch.states).numpy(), network(batch.next_states).numpy()
    chosen = np.argmax(agent.model(batch.next_states) if double else next_q_values, axis=1)
    row = np.arange(50)
    targets = batch.rewards + 0.9 * next_q_values[row, chosen] * ~batch.terminated
    gaps = q_values.max(axis=1) - q_values[row, batch.actions]
    assert np.mean(gaps > 0.1) > 0.5
    for targets_of in (agent.targets_of, tf.function(agent.targets_of, jit_compile=True)):
        np.testing.assert_allclose(targets_of(batch), targets - 0.7 * gaps, rtol=1e-4, atol=1e-5)


def test_clipped_errors_pull_as_hard_as_hubers_loss():
    agents = [DQNVariantAgent(3, 4, seed=0, clip_errors=clip) for clip in (False, True)]
    rng = np.random.default_rng(0)
    batch = Transitions(
        rng.normal(size=[50, 3]).astype(np.float32),
        rng.integers(4, size=50),
        rng.normal(scale=3, size=50).astype(np.float32),
        rng.normal(size=[50, 3]).astype(np.float32),
        rng.random(50) < 0.3,
    )
    model, losses = agents[0].model, (keras.losses.Huber(), keras.losses.MeanSquaredError())
    slopes = []
    for agent, loss in zip(agents, losses, strict=True):
        targets = agent.targets_of(batch)
        with tf.GradientTape() as tape:
            taken = tf.gather(model(batch.states), batch.actions, batch_dims=1)
            value = loss(targets, taken)
        slopes.append(tape.gradient(value, model.trainable_weights))
    errors = np.abs(agents[0].targets_of(batch) - taken)
    assert 0.2 < np.mean(errors > 1) < 0.8
    for expected, got in zip(*slopes, strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("updates", [1, 3])
def test_learning_once_in_an_episode_happens_at_its_end(eagerly, monkeypatch, updates):
    agent, events = watched(
        monkeypatch, train_every="episode", updates_per_episode=updates, train_start=8
    )
    for _ in range(4):
        agent.run_episode(Numbered(4))
    # Not after the first episode: the memory holds 4 of 8.
    assert steps_of(events, "train_model") == [8] * updates + [12] * updates + [16] * updates
    assert int(agent.training_steps) == 3 * updates


def test_learning_in_every_step_begins_with_enough_transitions(eagerly, monkeypatch):
    agent, events = watched(monkeypatch, train_start=6)
    for _ in range(3):
        agent.run_episode(Numbered(4))
    assert steps_of(events, "train_model") == [6, 7, 8, 9, 10, 11, 12]


@pytest.mark.parametrize(
    "settings, epsilons",
    [
        ({"epsilon_counts": "episodes", "epsilon_decay": 0.5}, [1, 0.5, 0.25]),
        (
            {"epsilon_counts": "episodes", "epsilon_schedule": "linear", "epsilon_decay": 0.1},
            [1, 0.9, 0.8],
        ),
        ({"epsilon_schedule": "linear", "epsilon_decay": 0.1}, [1, 0.7, 0.4]),  # 3 updates each
        ({"epsilon_decay": 0.5}, [1, 0.125, 0.015625]),
    ],
)
def test_epsilon_falls_with_what_it_counts(eagerly, monkeypatch, settings, epsilons):
    agent, _ = watched(monkeypatch, **settings)
    for epsilon in epsilons:
        assert float(agent.epsilon) == pytest.approx(epsilon)
        agent.run_episode(Numbered(3))
    agent.reset(0)
    assert float(agent.epsilon) == 1


@pytest.mark.parametrize(
    "settings",
    [
        {"epsilon_schedule": "cosine"},
        {"epsilon_counts": "steps"},
        {"train_every": "epoch"},
        {"target_update": "sometimes"},
        {"updates_per_episode": 0},
        {"target_update_every": 0},
    ],
)
def test_a_setting_that_does_not_exist_is_named(settings):
    ((key, value),) = settings.items()
    with pytest.raises(ValueError, match=f"{key}.*{value}"):
        DQNVariantAgent(4, 2, **settings)


# ---- from the command line


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_trains_and_plays(name, tmp_path, capsys):
    folders = ["--model-dir", str(tmp_path), "--graph-dir", str(tmp_path)]
    assert main(["train", name, "--episodes", "3", *folders]) == 0, capsys.readouterr().err
    recipe = RECIPES[name]
    file_name = recipe.file_name_for(recipe.environment(0))
    for ending in ("safetensors", "json", "png"):
        assert (tmp_path / f"{file_name}.{ending}").stat().st_size > 0
    assert main(["play", name, *folders]) == 0, capsys.readouterr().err
    film = (tmp_path / f"{file_name}.gif").read_bytes()
    assert film.startswith(b"GIF8")
