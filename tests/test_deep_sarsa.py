"""Deep SARSA: its error by hand, the action it really takes, what it learns."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import weights_of

from dqn_keras import DeepSARSAAgent, GridWorld, evaluate
from dqn_keras.environments.in_graph import InGraphEnvironment

KERNEL = np.array([[1, 2, 3], [4, 5, 6]], np.float32)  # Q(s, a) = s @ KERNEL + BIAS
BIAS = np.array([0, 1, -1], np.float32)


def linear_agent(**settings):
    """An agent whose Q-values can be computed by hand: no hidden layer, known weights.

    The optimizer is taken out: the gradients end in `agent.gradients`, the weights stay.
    """
    settings = {"hidden_units": (), "discount_factor": 0.5, "seed": 0} | settings
    agent = DeepSARSAAgent(2, 3, **settings)
    agent.model.set_weights([KERNEL, BIAS])
    agent.gradients = []
    agent.optimizer = SimpleNamespace(apply=lambda gradients, _: agent.gradients.append(gradients))
    return agent


def learn(agent, state, action, reward, next_state, next_action, terminated):
    loss = agent.train_model(
        tf.constant(state, tf.float32),
        tf.constant(action),
        tf.constant(reward, tf.float32),
        tf.constant(next_state, tf.float32),
        tf.constant(next_action),
        tf.constant(terminated),
    )
    return float(loss)


def small(environment, seed=0, **settings):
    settings = {
        "hidden_units": (),
        "learning_rate": 0.01,
        "discount_factor": 0.5,
        "epsilon": 0.5,
        "epsilon_decay": 1.0,
        "epsilon_min": 0.5,
    } | settings
    return DeepSARSAAgent(environment.state_size, environment.action_size, seed=seed, **settings)


def test_the_defaults_are_the_lectures():
    agent = DeepSARSAAgent(15, 5, seed=0)
    shapes = [tuple(weight.shape) for weight in agent.model.weights]
    assert shapes == [(15, 30), (30,), (30, 30), (30,), (30, 5), (5,)]
    activations = [layer.activation.__name__ for layer in agent.model.layers[1:]]
    assert activations == ["relu", "relu", "linear"]
    for kernel in agent.model.get_weights()[::2]:  # Glorot's uniform limit
        limit = np.sqrt(6 / sum(kernel.shape))
        assert 0.8 * limit < np.abs(kernel).max() <= limit
    assert isinstance(agent.optimizer, keras.optimizers.Adam)
    assert float(agent.optimizer.learning_rate) == pytest.approx(0.001)
    assert agent.discount_factor == 0.99
    assert agent.fall_reward is None


@pytest.mark.parametrize(
    "steps, epsilon", [(0, 1.0), (1, 0.9999), (2, 0.99980001), (46_000, 0.01005), (46_050, 0.01)]
)
def test_epsilon_falls_by_a_ten_thousandth_in_each_step(steps, epsilon):
    agent = DeepSARSAAgent(15, 5, seed=0)
    agent.training_steps.assign(steps)
    assert float(agent.epsilon) == pytest.approx(epsilon, rel=1e-3 if steps > 2 else 1e-6)
    assert float(agent.epsilon) >= 0.01 - 1e-9


def test_epsilon_and_steps_count_every_environment_step(eagerly):
    agent, environment = DeepSARSAAgent(15, 5, seed=0), GridWorld(max_steps=7)
    agent.run_episode(environment)
    assert int(agent.steps) == 7
    assert float(agent.epsilon) == pytest.approx(0.9999**7)


@pytest.mark.parametrize(
    "state, action, reward, next_state, next_action, terminated, target, q_value",
    [
        # Q([1, 0]) = [1, 3, 2], Q([0, 1]) = [4, 6, 5], Q([2, 1]) = [6, 10, 11]
        ([1, 0], 0, 1.0, [0, 1], 0, False, 1 + 0.5 * 4, 1),
        ([1, 0], 1, 1.0, [0, 1], 2, False, 1 + 0.5 * 5, 3),  # not the maximum 6
        ([0, 1], 2, -1.0, [2, 1], 1, False, -1 + 0.5 * 10, 5),
        ([0, 1], 1, 1.0, [2, 1], 2, True, 1, 6),  # nothing comes after the end
        ([2, 1], 0, 0.0, [1, 0], 1, True, 0, 6),
    ],
)
def test_loss_and_gradient_are_those_computed_by_hand(
    state, action, reward, next_state, next_action, terminated, target, q_value
):
    agent = linear_agent()
    loss = learn(agent, state, action, reward, next_state, next_action, terminated)
    error = target - q_value
    assert loss == pytest.approx(error**2)
    # Only Q(s, a) is moved: no gradient flows through the target.
    kernel, bias = np.zeros([2, 3]), np.zeros(3)
    kernel[:, action] = -2 * error * np.array(state)
    bias[action] = -2 * error
    (gradients,) = agent.gradients
    np.testing.assert_allclose(gradients[0], kernel, atol=1e-5)
    np.testing.assert_allclose(gradients[1], bias, atol=1e-5)


def test_with_hidden_layers_the_gradient_is_that_of_a_fixed_label():
    agent = DeepSARSAAgent(2, 3, seed=3)
    recorded = []
    agent.optimizer = SimpleNamespace(apply=lambda gradients, _: recorded.append(gradients))
    state, next_state = np.float32([0.5, -1]), np.float32([0.7, -0.8])  # near: they share units
    label = 2 + 0.99 * agent.model(next_state[None]).numpy()[0, 1]
    with tf.GradientTape() as tape:
        loss = (label - agent.model(state[None])[0, 2]) ** 2
    expected = tape.gradient(loss, agent.model.trainable_weights)
    learn(agent, state, 2, 2.0, next_state, 1, False)
    for got, wanted in zip(recorded[0], expected, strict=True):
        np.testing.assert_allclose(got, wanted, atol=1e-5)


def test_one_step_goes_down_the_gradient():
    agent = DeepSARSAAgent(2, 3, learning_rate=0.05, seed=0)
    step = ([1.0, 0.0], 1, 3.0, [0.0, 1.0], 2, True)
    losses = [learn(agent, *step) for _ in range(60)]
    assert losses[-1] < 0.01 < losses[0]


class Recorded(InGraphEnvironment):
    """Never ends; writes down the actions executed and the states reached. For eager runs.

    A state is the number of steps so far and the last action; the reward is the number of steps.
    """

    name = "recorded"
    state_size = 2
    action_size = 5

    def __init__(self, max_steps):
        super().__init__(max_steps)
        self.executed, self.reached = [], []

    def initial_states(self, count, rng):
        return tf.zeros([count, 2])

    def transition(self, states, actions):
        steps = states[..., 0] + 1
        actions = tf.cast(actions, tf.float32)
        return tf.stack([steps, actions], axis=-1), steps, tf.zeros_like(steps, tf.bool)

    def observe(self, states):
        return states

    def step(self, action):
        result = super().step(action)
        self.executed.append(int(action))
        self.reached.append(result[0].numpy())
        return result


@pytest.mark.parametrize("seed", range(2))
def test_the_next_action_of_the_target_is_the_action_then_executed(eagerly, monkeypatch, seed):
    agent = DeepSARSAAgent(2, 5, epsilon_decay=1.0, seed=seed)  # epsilon 1: five equal chances
    learned = []
    train_model = agent.train_model

    def recording(*step):
        learned.append([value.numpy() for value in step])
        return train_model(*step)

    monkeypatch.setattr(agent, "train_model", recording)
    environment = Recorded(max_steps=40)
    first = environment.reset().numpy()
    agent.run_episode(environment)
    states, actions, rewards, next_states, next_actions, terminated = zip(*learned, strict=True)
    assert len(environment.executed) == len(learned) == 40
    assert len(set(environment.executed)) > 1
    # Drawn twice, 39 next actions would all agree by chance once in 5^39 times.
    assert [int(a) for a in next_actions[:-1]] == environment.executed[1:]
    assert [int(a) for a in actions] == environment.executed
    np.testing.assert_array_equal(states, [first, *environment.reached[:-1]])
    np.testing.assert_array_equal(next_states, environment.reached)
    np.testing.assert_array_equal(rewards, range(1, 41))
    assert not any(terminated)  # the time limit is no end


class Probe(InGraphEnvironment):
    """Two states, one-hot; `transition` tells the probe."""

    name = "probe"
    state_size = 2
    action_size = 2

    def __init__(self, max_steps=10, seed=0):
        super().__init__(max_steps, seed)

    def initial_states(self, count, rng):
        return tf.zeros([count], tf.int32)

    def observe(self, states):
        return tf.one_hot(states, 2)


class TwoSteps(Probe):
    """The second state's action decides: 0 costs 1, 1 brings 2; the first one's does not."""

    def transition(self, states, actions):
        second = states == 1
        rewards = tf.where(second, 3.0 * tf.cast(actions, tf.float32) - 1.0, 0.0)
        return tf.minimum(states + 1, 1), rewards, second


class Endless(Probe):
    """Reward 1 for ever, watched for `max_steps` steps only: Q = 1 / (1 - discount)."""

    def transition(self, states, actions):
        return states, tf.ones_like(states, tf.float32), tf.zeros_like(states, tf.bool)


@pytest.mark.slow
def test_it_learns_what_its_own_exploring_policy_is_worth():
    # Half of the second actions are random: 0.75 times 2 and 0.25 times -1. Q-learning would say 1.
    worth = 0.5 * (0.75 * 2 + 0.25 * -1)
    environment = TwoSteps()
    agent = small(environment)
    for seed in range(2):
        agent.reset(seed)
        agent.optimizer.learning_rate = 0.05
        for _ in range(200):
            agent.run_episode(environment)
        agent.optimizer.learning_rate = 0.005  # noisy targets: small steps, and their average
        values = []
        for _ in range(800):
            agent.run_episode(environment)
            values.append(agent.model(tf.eye(2)).numpy())
        values = np.mean(values[200:], axis=0)
        np.testing.assert_allclose(values[1], [-1, 2], atol=0.1, err_msg=f"seed {seed}")
        # Of 20 seeds the one farthest off was off by 0.1.
        np.testing.assert_allclose(values[0], worth, atol=0.2, err_msg=f"seed {seed}")


@pytest.mark.parametrize("max_steps", [1, 3])
def test_the_time_limit_does_not_cut_the_bootstrap(max_steps):
    environment = Endless(max_steps=max_steps)
    agent = small(environment)
    for seed in range(3):
        agent.reset(seed)
        for _ in range(1500 // max_steps):
            agent.run_episode(environment)
        # Were the limit an end, 1 and at most 1.75 would come out.
        np.testing.assert_allclose(agent.model(tf.eye(2))[0], 2, atol=0.1, err_msg=f"seed {seed}")


@pytest.mark.slow
def test_the_same_seed_gives_the_same_run_and_reset_is_as_good_as_new():
    environment = GridWorld(max_steps=50)
    agent = DeepSARSAAgent(15, 5, seed=1)
    first = [float(agent.run_episode(environment)) for _ in range(12)]
    weights, steps = weights_of(agent.model), int(agent.steps)
    agent.reset(2)
    assert int(agent.steps) == 0 and float(agent.epsilon) == 1
    other = [float(agent.run_episode(environment)) for _ in range(12)]
    assert other != first
    fresh = DeepSARSAAgent(15, 5, seed=1)
    fresh_weights = weights_of(fresh.model)
    fresh_scores = [float(fresh.run_episode(environment)) for _ in range(12)]
    agent.reset(1)
    np.testing.assert_array_equal(weights_of(agent.model), fresh_weights)
    again = [float(agent.run_episode(environment)) for _ in range(12)]
    assert again == first == fresh_scores
    assert int(agent.steps) == steps
    np.testing.assert_array_equal(weights_of(agent.model), weights)
    np.testing.assert_array_equal(weights_of(fresh.model), weights)


def test_the_score_is_the_sum_of_the_rewards(eagerly):
    score = DeepSARSAAgent(2, 5, seed=0).run_episode(Recorded(max_steps=10))
    assert float(score) == 55


def test_greedy_actions_are_the_best_ones():
    agent = linear_agent()
    actions = agent.greedy_actions(tf.constant([[1.0, 0.0], [0.0, 1.0], [3.0, 0.0]]))
    np.testing.assert_array_equal(actions, [1, 1, 2])
    assert actions.dtype == tf.int32


@pytest.mark.parametrize(
    "settings",
    [
        {"epsilon": 1.5},
        {"epsilon_decay": -0.1},
        {"epsilon_min": 2},
        {"discount_factor": 1.1},
        {"learning_rate": -1.0},
        {"hidden_units": (30, 0)},
    ],
)
def test_a_setting_out_of_range_is_named(settings):
    with pytest.raises((TypeError, ValueError), match=next(iter(settings))):
        DeepSARSAAgent(15, 5, **settings)


@pytest.mark.slow
def test_it_learns_the_grid():
    environment = GridWorld()
    agent = DeepSARSAAgent(15, 5)
    returns = []
    for seed in range(5):
        agent.reset(seed)
        for _ in range(1000):
            agent.run_episode(environment)
        returns.append(evaluate(agent, environment, episodes=1)[0])
    # Measured: 19 of 20 seeds.
    assert np.sum(np.array(returns) >= 0.9) >= 4, returns
