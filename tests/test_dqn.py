"""The slides' DQN, through the agent as a learner uses it."""

import inspect
import json
import warnings

import gymnasium
import numpy as np
import pytest
import tensorflow as tf
from conftest import (
    AlwaysRight,
    ControlledDQN,
    Controller,
    one_line,
    python,
    small_agent,
    weights_of,
)

from dqn_keras import CartPole, DQNAgent, DQNVariantAgent, GymnasiumEnvironment
from dqn_keras.machinery import compilation

NEVER = {"train_start": 1000, "memory_size": 1000}  # so as not to learn in a short test


def test_the_defaults_are_the_slides():
    agent = DQNAgent(4, 2)
    assert agent.hidden_units == (24, 24)
    assert agent.learning_rate == 0.001
    assert float(agent.optimizer.learning_rate) == pytest.approx(0.001)
    assert type(agent.optimizer).__name__ == "Adam"
    assert agent.discount_factor == 0.99
    assert float(agent.epsilon) == 1.0
    assert agent.epsilon_decay == 0.999
    assert agent.epsilon_min == 0.01
    assert agent.batch_size == 64
    assert agent.train_start == 1000
    assert agent.memory.capacity == 2000
    assert agent.fall_reward == -100
    assert agent.model.count_params() == 4 * 24 + 24 + 24 * 24 + 24 + 24 * 2 + 2
    np.testing.assert_array_equal(weights_of(agent.model), weights_of(agent.target_model))
    assert agent.model is not agent.target_model


# An end is not a time limit.


def last_row(agent):
    """The newest stored transition: state, action, reward, next state, terminated."""
    memory = agent.memory
    row = (int(memory.appended) - 1) % memory.capacity
    columns = (memory.states, memory.actions, memory.rewards, memory.next_states, memory.terminated)
    return tuple(column.numpy()[row] for column in columns)


@pytest.mark.parametrize("where", ["compiled", "gymnasium"])
def test_step_500_is_stored_as_a_time_limit_and_a_fall_as_an_end(where):
    def environment():
        if where == "compiled":
            return CartPole(500, seed=0)
        return GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=0)

    agent = ControlledDQN(Controller(), **NEVER)
    assert agent.run_episode(environment()) == 500
    _, _, reward, next_state, terminated = last_row(agent)
    assert not terminated and reward == 1
    assert not agent.memory.terminated.numpy().any()
    np.testing.assert_array_equal(agent.memory.rewards[:500], np.ones(500))
    assert abs(next_state[2]) < 0.2  # it still stands

    agent = ControlledDQN(AlwaysRight(), **NEVER)
    score = int(agent.run_episode(environment()))
    assert 7 < score < 12
    _, _, reward, next_state, terminated = last_row(agent)
    assert terminated and reward == -100
    assert agent.memory.terminated.numpy().sum() == 1
    np.testing.assert_array_equal(agent.memory.rewards[: score - 1], np.ones(score - 1))
    assert abs(next_state[2]) > 0.2  # it has fallen


def test_a_limit_that_counts_as_an_end_is_no_fall():
    """The slides store it as done, but take the -100 off again (score == 499)."""
    agent = DQNVariantAgent(4, 2, **NEVER, time_limit_ends=True, seed=0)
    limit = CartPole(5, seed=0)  # nothing falls within five steps
    assert agent.run_episode(limit) == 5
    _, _, reward, _, terminated = last_row(agent)
    assert terminated and reward == 1
    assert agent.memory.terminated.numpy().sum() == 1
    agent.run_episode(CartPole(500, seed=0))
    _, _, reward, _, terminated = last_row(agent)
    assert terminated and reward == -100


class FromHere(CartPole):
    """Begins every episode in one and the same state."""

    def initial_states(self, count, rng):
        return tf.repeat(tf.constant([[0.01, 0.0, 0.02, 0.0]], tf.float64), count, axis=0)


@pytest.fixture
def fall():
    """The step on which a pole pushed right falls, from `FromHere`."""
    agent = ControlledDQN(AlwaysRight(), **NEVER)
    return int(agent.run_episode(FromHere(500)))


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_fall_on_the_very_last_step_is_an_end(fall, late, eagerly):
    # The pole falls one step after the time limit, on it, and one step before it.
    agent = ControlledDQN(AlwaysRight(), **NEVER)
    score = agent.run_episode(FromHere(fall + late))
    fallen = late >= 0
    assert score == len(agent.memory) == (fall if fallen else fall - 1)
    _, _, reward, _, terminated = last_row(agent)
    assert (terminated, reward) == ((True, -100) if fallen else (False, 1))


@pytest.mark.parametrize("late, fallen", [(-1, False), (0, True)])
def test_the_target_learned_from_differs_accordingly(fall, late, fallen, eagerly):
    agent = ControlledDQN(AlwaysRight(), seed=1, **NEVER)
    agent.run_episode(FromHere(fall + late))
    state, action, _, next_state, terminated = last_row(agent)
    reward = -100.0 if terminated else 1.0
    agent.memory.clear()
    agent.memory.append(state, action, reward, next_state, terminated)  # nothing else to draw
    for weight in agent.target_model.weights:
        weight.assign_add(0.1 * tf.ones_like(weight))  # tells the two networks apart
    q_value = agent.model(state[None]).numpy()[0, action]
    next_value = agent.target_model(next_state[None]).numpy().max()
    assert abs(next_value) > 0.1
    target = -100 if fallen else 1 + 0.99 * next_value
    assert float(agent.train_model()) == pytest.approx((target - q_value) ** 2, rel=1e-4)


def test_the_shaped_reward_is_stored_and_the_score_is_the_environments(eagerly):
    for fall_reward, last in ((-100.0, -100), (-5.0, -5), (None, 1)):
        agent = small_agent(seed=3, fall_reward=fall_reward, epsilon_decay=1.0, **NEVER)
        score = agent.run_episode(CartPole(seed=0))
        assert score == len(agent.memory)  # one for every step, the last one included
        rewards = agent.memory.rewards[: int(score)].numpy()
        np.testing.assert_array_equal(rewards, [1] * (int(score) - 1) + [last])


def test_transitions_follow_one_another(eagerly):
    agent, environment = small_agent(**NEVER), CartPole(seed=0)
    lengths = [int(agent.run_episode(environment)) for _ in range(2)]
    states, next_states = agent.memory.states.numpy(), agent.memory.next_states.numpy()
    ends = np.cumsum(lengths) - 1
    for row in range(sum(lengths) - 1):
        follows = np.array_equal(states[row + 1], next_states[row])
        assert follows == (row not in ends)
    states = tf.cast(states[: lengths[0] - 1], tf.float64)
    expected, _, _ = environment.transition(states, agent.memory.actions[: lengths[0] - 1])
    np.testing.assert_allclose(next_states[: lengths[0] - 1], expected, atol=1e-5)


# When it learns.


class Diary(DQNAgent):
    """Writes down what happens in each step: eager runs only."""

    def __init__(self, *arguments, **settings):
        self.entries = []
        super().__init__(*arguments, **settings)
        self.entries.clear()

    def append_sample(self, *transition):
        self.entries.append("append")
        super().append_sample(*transition)

    def train_model(self):
        before = weights_of(self.target_model)
        self.entries.append(("train", len(self.memory)))
        loss = super().train_model()
        np.testing.assert_array_equal(weights_of(self.target_model), before)
        return loss

    def update_target_model(self):
        self.entries.append("sync")
        super().update_target_model()


def test_training_starts_with_train_start_transitions_then_once_a_step(eagerly):
    agent = Diary(4, 2, hidden_units=(4,), batch_size=4, train_start=15, memory_size=30, seed=0)
    environment, expected, steps = CartPole(seed=0), [], 0
    for _ in range(3):
        for _ in range(int(agent.run_episode(environment))):
            steps += 1
            expected.append("append")
            if steps >= 15:
                expected.append(("train", min(steps, 30)))
        expected.append("sync")
    assert steps > 30  # past train_start, and around the ring once
    assert agent.entries == expected
    assert int(agent.training_steps) == steps - 14
    assert int(agent.steps) == steps


def test_the_compiled_loop_counts_the_same():
    agent, environment = small_agent(train_start=37), CartPole(seed=0)
    steps = 0
    for _ in range(8):
        steps += int(agent.run_episode(environment))
        assert int(agent.steps) == steps
        assert int(agent.training_steps) == max(0, steps - 36)
        assert len(agent.memory) == min(steps, 60)
        expected = max(0.99 ** int(agent.training_steps), 0.01)
        assert float(agent.epsilon) == pytest.approx(expected, rel=1e-4)


def test_epsilon_follows_the_training_steps():
    agent = DQNAgent(4, 2, epsilon=0.8, epsilon_decay=0.9, epsilon_min=0.2)
    for steps, expected in ((0, 0.8), (1, 0.72), (5, 0.8 * 0.9**5), (1000, 0.2)):
        agent.training_steps.assign(steps)
        assert float(agent.epsilon) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(3))
def test_the_target_network_is_synced_at_every_episodes_end(seed):
    agent, environment = small_agent(seed=seed), CartPole(seed=seed)
    seen = []
    for _ in range(8):
        agent.run_episode(environment)
        np.testing.assert_array_equal(weights_of(agent.target_model), weights_of(agent.model))
        seen.append(weights_of(agent.model))
    assert not np.array_equal(seen[-1], seen[-2])
    agent.train_model()
    assert not np.array_equal(weights_of(agent.target_model), weights_of(agent.model))
    np.testing.assert_array_equal(weights_of(agent.target_model), seen[-1])


def test_a_model_never_trained_stays_as_it_was():
    agent = small_agent(**NEVER)
    before = weights_of(agent.model)
    agent.run_episode(CartPole(seed=0))
    np.testing.assert_array_equal(weights_of(agent.model), before)
    assert float(agent.epsilon) == 1


# How it learns.


def fill(agent, rows=50, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(rows):
        agent.memory.append(
            rng.normal(size=4),
            rng.integers(2),
            rng.normal(),
            rng.normal(size=4),
            rng.random() < 0.3,
        )


def q_values(weights, states):
    """Of a network with one hidden layer, and what the gradient needs: Q [B, A], hidden [B, H]."""
    w1, b1, w2, b2 = weights
    hidden = np.maximum(states @ w1 + b1, 0)
    return hidden @ w2 + b2, hidden


@pytest.mark.parametrize("seed", range(3))
def test_a_training_step_is_that_of_a_hand_written_one(seed):
    agent = small_agent(seed=seed, hidden_units=(6,), learning_rate=0.01, discount_factor=0.9)
    fill(agent, seed=seed)
    for weight in agent.target_model.weights:
        weight.assign_add(tf.constant(0.2, shape=weight.shape))  # the target is another network
    target = [weight.astype(float) for weight in agent.target_model.get_weights()]
    weights = [weight.astype(float) for weight in agent.model.get_weights()]
    means = [np.zeros_like(weight) for weight in weights]
    squares = [np.zeros_like(weight) for weight in weights]

    for step in range(1, 8):
        # The same numbers as the agent is about to draw.
        rng = tf.random.Generator.from_state(agent.rng.state.numpy(), alg=agent.rng.algorithm)
        batch = agent.memory.sample(8, rng)
        states, actions, rewards, next_states, terminated = (c.numpy() for c in batch)
        targets = rewards + 0.9 * q_values(target, next_states)[0].max(axis=1) * ~terminated
        q, hidden = q_values(weights, states)
        errors = q[range(8), actions] - targets
        loss = np.mean(errors**2)

        slope = np.zeros_like(q)
        slope[range(8), actions] = 2 * errors / 8
        hidden_slope = (slope @ weights[2].T) * (hidden > 0)
        gradients = [
            states.T @ hidden_slope,
            hidden_slope.sum(axis=0),
            hidden.T @ slope,
            slope.sum(axis=0),
        ]
        for i, gradient in enumerate(gradients):  # Kingma and Ba, 2015
            means[i] = 0.9 * means[i] + 0.1 * gradient
            squares[i] = 0.999 * squares[i] + 0.001 * gradient**2
            size = 0.01 * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
            weights[i] = weights[i] - size * means[i] / (np.sqrt(squares[i]) + 1e-7)

        assert float(agent.train_model()) == pytest.approx(loss, rel=1e-5)
        for mine, other in zip(agent.model.get_weights(), weights, strict=True):
            np.testing.assert_allclose(mine, other, rtol=0, atol=1e-5)
    for mine, other in zip(agent.target_model.get_weights(), target, strict=True):
        np.testing.assert_array_equal(mine, other.astype(np.float32))


@pytest.mark.parametrize("seed", range(3))
def test_the_loss_falls_on_fixed_data(seed):
    agent = small_agent(seed=seed, hidden_units=(32,), batch_size=32, learning_rate=0.01)
    fill(agent, rows=20, seed=seed)
    step = tf.function(agent.train_model)
    losses = [float(step()) for _ in range(400)]
    assert np.mean(losses[-20:]) < 0.2 * np.mean(losses[:20])


def test_actions_follow_epsilon_and_the_model():
    agent = DQNAgent(4, 2, epsilon=0.0, seed=0)
    states = np.random.default_rng(0).normal(size=[40, 4]).astype(np.float32)
    best = np.argmax(agent.model(states), axis=1)
    assert len(set(best)) == 2
    np.testing.assert_array_equal(agent.greedy_actions(states), best)
    chosen = [agent.get_action(state) for state in states]
    np.testing.assert_array_equal(chosen, best)
    assert chosen[0].dtype == tf.int32 and chosen[0].shape == []
    agent = DQNAgent(4, 2, epsilon=1.0, seed=0)
    assert {int(agent.get_action(states[0])) for _ in range(60)} == {0, 1}


def test_the_status_shows_epsilon_and_memory():
    agent = small_agent()
    fill(agent, rows=7)
    assert agent.status() == {"epsilon": "1.00", "memory": "7"}


# One seed, one run.

RUN = """
import json, sys
import gymnasium
from dqn_keras import CartPole, DQNAgent, GymnasiumEnvironment

agent = DQNAgent(4, 2, hidden_units=(8,), train_start=20, memory_size=60, batch_size=8, seed=5)
for environment in (
    CartPole(seed=5), GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=5)
):
    agent.reset(5)
    scores = [float(agent.run_episode(environment)) for _ in range(15)]
    weights = [float(x).hex() for w in agent.model.get_weights() for x in w.ravel()]
    print(json.dumps([scores, weights]))
"""


@pytest.mark.slow
def test_the_same_seed_gives_the_same_run_in_another_process(tmp_path):
    # Here TensorFlow has one thread, there as many as it likes.
    process = python(["-c", RUN], tmp_path)
    assert process.returncode == 0, process.stderr
    there = [json.loads(line) for line in process.stdout.splitlines()]
    agent = DQNAgent(4, 2, hidden_units=(8,), train_start=20, memory_size=60, batch_size=8, seed=5)
    for environment, run in zip(
        (CartPole(seed=5), GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=5)),
        there,
        strict=True,
    ):
        agent.reset(5)
        assert [float(agent.run_episode(environment)) for _ in range(15)] == run[0]
        assert [float(weight).hex() for weight in weights_of(agent.model)] == run[1]


def run_of(agent, environment, episodes=10):
    scores = [float(agent.run_episode(environment)) for _ in range(episodes)]
    return scores, weights_of(agent.model)


def gymnasium_cartpole(seed):
    return GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed)


def compiled_cartpole(seed):
    return CartPole(seed=seed)


@pytest.mark.parametrize("cartpole", [compiled_cartpole, gymnasium_cartpole])
def test_reset_in_place_gives_the_run_of_a_new_agent_without_tracing_anew(cartpole):
    environment = cartpole(7)
    environment.reset(7)
    expected = run_of(small_agent(seed=7), environment)
    agent, environment = small_agent(seed=1), cartpole(1)
    other = run_of(agent, environment)
    graphs = agent._graphs.copy()
    assert len(graphs) == 1

    variables = [id(variable) for variable in agent.optimizer.variables + agent.model.weights]
    agent.reset(7)
    environment.reset(7)
    assert (int(agent.steps), len(agent.memory), int(agent.training_steps)) == (0, 0, 0)
    new = weights_of(small_agent(seed=7).model)
    np.testing.assert_array_equal(weights_of(agent.model), new)
    np.testing.assert_array_equal(weights_of(agent.target_model), new)
    assert agent.seed == 7 and float(agent.epsilon) == 1
    scores, weights = run_of(agent, environment)
    assert scores == expected[0] != other[0]
    np.testing.assert_array_equal(weights, expected[1])
    assert agent._graphs == graphs
    assert variables == [id(v) for v in agent.optimizer.variables + agent.model.weights]


@pytest.mark.slow
def test_two_agents_side_by_side_do_not_disturb_each_other():
    alone = run_of(small_agent(seed=2), CartPole(seed=2))
    first, second = small_agent(seed=2), small_agent(seed=3)
    places = CartPole(seed=2), CartPole(seed=3)
    scores = []
    for _ in range(10):
        scores.append([float(first.run_episode(places[0])), float(second.run_episode(places[1]))])
    scores, others = map(list, zip(*scores, strict=True))
    assert scores == alone[0] != others
    np.testing.assert_array_equal(weights_of(first.model), alone[1])


@pytest.mark.slow
def test_agents_that_share_an_environment_learn_each_for_itself():
    environment, agents = CartPole(seed=0), [small_agent(seed=seed, **NEVER) for seed in (0, 1)]
    scores = [agent.run_episode(environment) for agent in agents]
    assert [int(agent.steps) for agent in agents] == scores


@pytest.mark.slow
def test_an_agent_may_go_from_one_environment_to_another():
    # Each graph holds the environment it was traced with.
    agent = ControlledDQN(Controller(), **NEVER)
    environments = CartPole(3), CartPole(5)
    assert [agent.run_episode(environments[i]) for i in (0, 1, 0, 1)] == [3, 5, 3, 5]


# Where it runs.


@pytest.mark.parametrize("cartpole", [compiled_cartpole, gymnasium_cartpole])
def test_line_by_line_the_same_loop_runs(cartpole, eagerly):
    agent, environment = small_agent(), cartpole(0)
    score = agent.run_episode(environment) + agent.run_episode(environment)
    assert score == len(agent.memory) == int(agent.steps) > 20
    assert int(agent.training_steps) == score - 19
    assert agent.memory.terminated.numpy().sum() == 2
    np.testing.assert_array_equal(weights_of(agent.target_model), weights_of(agent.model))


def test_on_gymnasium_line_by_line_and_as_a_graph_are_one_run():
    runs = []
    for eager in (False, True):
        tf.config.run_functions_eagerly(eager)
        try:
            agent = small_agent(seed=4)
            scores, weights = run_of(agent, gymnasium_cartpole(4), episodes=3)
            runs.append((scores, agent.memory.actions.numpy(), weights))
        finally:
            tf.config.run_functions_eagerly(False)
    assert runs[0][0] == runs[1][0] and sum(runs[0][0]) > 20
    np.testing.assert_array_equal(runs[0][1], runs[1][1])
    np.testing.assert_allclose(runs[0][2], runs[1][2], rtol=1e-4, atol=1e-5)


PLACES = """
import tensorflow as tf
import gymnasium
from dqn_keras import CartPole, DQNAgent, GymnasiumEnvironment, ReplayMemory, q_network

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
with tf.device("/CPU:1"):  # in a GPU's part: where TensorFlow would put things by itself
    assert "CPU:1" in tf.Variable(0.0).device
    agent, environment = DQNAgent(4, 2, train_start=5), CartPole(20)
    agent.run_episode(environment)
    alone = ReplayMemory(3, 2)
    network = q_network(4, 2)
    bridge = GymnasiumEnvironment(gymnasium.make("CartPole-v1"))
memory = agent.memory
variables = [alone.states, alone.appended, bridge.state, network.weights[0].value]
variables += [weight.value for weight in agent.model.weights + agent.target_model.weights]
variables += [variable.value for variable in agent.optimizer.variables]
variables += [memory.states, memory.actions, memory.rewards, memory.next_states]
variables += [memory.terminated, memory.appended, agent.training_steps]
variables += [environment.state, environment.steps, environment.rng.state, agent.rng.state]
print({variable.device[-5:] for variable in variables})
"""


@pytest.mark.slow
def test_every_variable_lives_on_the_first_cpu(tmp_path):
    process = python(["-c", PLACES], tmp_path)
    assert process.returncode == 0, process.stderr
    assert process.stdout == "{'CPU:0'}\n"


def test_without_xla_it_says_so_once_and_runs_as_a_plain_graph(monkeypatch):
    real = tf.function

    def function_without_xla(function, jit_compile=None, **settings):
        if jit_compile:

            def fail(*_):
                raise tf.errors.UnimplementedError(None, None, "no XLA here\nand more")

            return fail
        return real(function, jit_compile=jit_compile, **settings)

    monkeypatch.setattr(compilation.tf, "function", function_without_xla)
    compilation.xla_is_available.cache_clear()
    try:
        with pytest.warns(UserWarning) as caught:
            agent, environment = small_agent(), CartPole(seed=0)
            scores = [float(agent.run_episode(environment)) for _ in range(3)]
            small_agent().run_episode(CartPole(seed=1))
    finally:
        compilation.xla_is_available.cache_clear()
    messages = [str(warning.message) for warning in caught if "XLA" in str(warning.message)]
    assert len(messages) == 1
    assert "no XLA here" in messages[0] and "plain graph" in messages[0]
    assert "\n" not in messages[0]
    assert len(agent.memory) == min(60, sum(scores))
    assert int(agent.training_steps) == sum(scores) - 19 > 0


def test_with_xla_it_says_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert compilation.xla_is_available()


# What it is given.


def test_the_settings_are_every_argument_and_fit_into_json():
    agent = DQNAgent(4, 2, hidden_units=(16, 8), fall_reward=None, seed=3)
    names = set(inspect.signature(DQNAgent).parameters) - {"seed"}
    assert set(agent.get_config()) == names
    config = json.loads(json.dumps(agent.get_config(), allow_nan=False))
    again = DQNAgent(**config, seed=3)
    assert again.settings == agent.settings
    np.testing.assert_array_equal(weights_of(again.model), weights_of(agent.model))


BAD = {
    "state_size": [0, -4, 4.0, "4", None, True],
    "action_size": [0, -1, 2.5],
    "learning_rate": [-0.1, float("nan"), "fast", None],
    "discount_factor": [-0.1, 1.1, float("nan"), float("inf"), "0.99"],
    "epsilon": [-0.1, 1.1, float("nan")],
    "epsilon_decay": [-0.1, 1.1],
    "epsilon_min": [-0.1, 1.1],
    "batch_size": [0, -64, 6.4],
    "train_start": [0, -1, 2001],
    "memory_size": [0, -1, 999, 2e3],
    "fall_reward": [float("nan"), float("-inf"), "low"],
    "seed": [-1, 0.5, "0"],
}


@pytest.mark.parametrize("name, bad", [(name, bad) for name in BAD for bad in BAD[name]])
def test_a_bad_setting_is_a_one_line_error_that_names_it(name, bad):
    arguments = {"state_size": 4, "action_size": 2} | {name: bad}
    with pytest.raises((TypeError, ValueError)) as error:
        DQNAgent(**arguments)
    message = one_line(error)
    assert name in message and repr(bad) in message


@pytest.mark.parametrize("bad", [(0,), (24, -1), 24, "24", (2.5,)])
def test_bad_hidden_units_are_a_one_line_error_that_names_them(bad):
    with pytest.raises((TypeError, ValueError), match="hidden_units") as error:
        DQNAgent(4, 2, hidden_units=bad)
    one_line(error)


def test_a_subclass_with_a_constructor_of_its_own_can_be_reset(eagerly):
    class Mine(DQNAgent):
        def __init__(self, word):
            self.word = word
            super().__init__(4, 2, train_start=5, seed=1)

        def build_model(self, seed=None):
            model = super().build_model(seed)
            model.layers[-1].bias.assign([7.0, 7.0])
            return model

    agent, fresh = Mine("a"), Mine("b")
    agent.run_episode(CartPole(20))
    assert agent.training_steps > 0
    agent.reset(1)
    assert (agent.word, int(agent.training_steps), len(agent.memory)) == ("a", 0, 0)
    np.testing.assert_array_equal(weights_of(agent.model), weights_of(fresh.model))
    np.testing.assert_array_equal(weights_of(agent.target_model), weights_of(fresh.model))
    assert 7.0 in weights_of(agent.model)


def test_the_signature_lists_every_setting_with_its_default():
    parameters = inspect.signature(DQNAgent).parameters
    assert list(parameters)[:3] == ["state_size", "action_size", "hidden_units"]
    assert parameters["batch_size"].default == 64 and parameters["seed"].default is None
    assert list(parameters) == [*DQNAgent(4, 2).get_config(), "seed"]


def test_an_unknown_setting_is_named_and_who_has_it():
    with pytest.raises(TypeError, match="no setting 'batchsize'; it has hidden_units, ") as error:
        DQNAgent(4, 2, batchsize=3)
    one_line(error)
    with pytest.raises(TypeError, match="DQNAgent has no setting 'double'; DQNVariantAgent has"):
        DQNAgent(4, 2, double=True)
