"""A2C: both losses and their gradients by hand, the time limit, what actor and critic learn."""

from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
from conftest import weights_of

from dqn_keras import A2CAgent, CartPole, evaluate
from dqn_keras.environments.in_graph import InGraphEnvironment
from dqn_keras.experiments.recipes import RECIPES

LN3 = np.log(3)
# Logits of [1, 0] are (0, ln 3): pi = 1/4, 3/4. Those of [0, 1] are (0, 0). V = 2 and 6.
ACTOR = [np.float32([[0, LN3], [0, 0]]), np.zeros(2, np.float32)]
CRITIC = [np.float32([[2], [6]]), np.zeros(1, np.float32)]


def linear_agent(**settings):
    """Actor and critic without a hidden layer; gradients go into lists, weights stay."""
    settings = {"actor_units": (), "critic_units": (), "discount_factor": 0.5, "seed": 0} | settings
    agent = A2CAgent(2, 2, **settings)
    agent.actor.set_weights(ACTOR)
    agent.critic.set_weights(CRITIC)
    agent.recorded = spy_on_optimizers(agent)
    return agent


def spy_on_optimizers(agent):
    recorded = {}

    def recorder(name, network):
        def apply(gradients, weights):
            assert [id(w) for w in weights] == [id(w) for w in network.trainable_weights]
            assert name not in recorded, "applied twice"
            recorded[name] = gradients

        return SimpleNamespace(apply=apply)

    agent.actor_optimizer = recorder("actor", agent.actor)
    agent.critic_optimizer = recorder("critic", agent.critic)
    return recorded


def learn(agent, state, action, reward, next_state, terminated):
    return agent.train_model(
        tf.constant(state, tf.float32),
        tf.constant(action),
        tf.constant(reward, tf.float32),
        tf.constant(next_state, tf.float32),
        tf.constant(terminated),
    ).numpy()


def softmax(logits):
    odds = np.exp(logits - logits.max())
    return odds / odds.sum()


TABLE = [
    # state, action, reward, next state, terminated, advantage, pi(action)
    ([1, 0], 0, 1.0, [0, 1], False, 1 + 0.5 * 6 - 2, 1 / 4),
    ([1, 0], 1, 1.0, [0, 1], False, 1 + 0.5 * 6 - 2, 3 / 4),
    ([1, 0], 1, 1.0, [0, 1], True, 1 - 2, 3 / 4),  # nothing comes after the end
    ([0, 1], 0, -100.0, [1, 0], True, -100 - 6, 1 / 2),
    ([0, 1], 1, 0.0, [1, 0], False, 0 + 0.5 * 2 - 6, 1 / 2),
    ([0, 1], 1, 3.0, [0, 1], False, 0, 1 / 2),  # as good as expected
]


@pytest.mark.parametrize(
    "state, action, reward, next_state, terminated, advantage, probability", TABLE
)
def test_losses_and_gradients_are_those_computed_by_hand(
    state, action, reward, next_state, terminated, advantage, probability
):
    agent = linear_agent()
    losses = learn(agent, state, action, reward, next_state, terminated)
    assert losses.shape == (2,)
    assert losses[0] == pytest.approx(-np.log(probability) * advantage, rel=1e-5)
    assert losses[1] == pytest.approx(advantage**2, rel=1e-5)
    other = np.where(np.arange(2) == action, probability - 1, 1 - probability)
    actor, critic = agent.recorded["actor"], agent.recorded["critic"]
    np.testing.assert_allclose(actor[0], np.outer(state, other * advantage), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(actor[1], other * advantage, rtol=1e-4, atol=1e-5)
    # Through V(s) alone: were V(s') moved too, the other row would not be 0.
    np.testing.assert_allclose(critic[0][:, 0], -2 * advantage * np.array(state), rtol=1e-5)
    np.testing.assert_allclose(critic[1], [-2 * advantage], rtol=1e-5)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("terminated", [False, True])
def test_with_hidden_layers_the_gradients_are_those_of_fixed_labels(seed, terminated):
    rng = np.random.default_rng(seed)
    agent = A2CAgent(2, 3, seed=seed)
    state, next_state = rng.normal(size=[2, 2]).astype(np.float32)
    value = agent.critic(state[None]).numpy()[0, 0]
    label = 1.5 + (0 if terminated else 0.99 * agent.critic(next_state[None]).numpy()[0, 0])
    with tf.GradientTape(persistent=True) as tape:
        log_policy = tf.math.log(tf.nn.softmax(agent.actor(state[None])[0]))
        actor_loss = -log_policy[2] * float(label - value)
        critic_loss = (float(label) - agent.critic(state[None])[0, 0]) ** 2
    expected = {
        "actor": tape.gradient(actor_loss, agent.actor.trainable_weights),
        "critic": tape.gradient(critic_loss, agent.critic.trainable_weights),
    }
    recorded = spy_on_optimizers(agent)
    learn(agent, state, 2, 1.5, next_state, terminated)
    for name, gradients in expected.items():
        for got, wanted in zip(recorded[name], gradients, strict=True):
            np.testing.assert_allclose(got, wanted, rtol=1e-3, atol=1e-5)


def test_the_defaults_are_the_lectures():
    agent = A2CAgent(4, 2, seed=0)
    actor = [tuple(weight.shape) for weight in agent.actor.weights]
    critic = [tuple(weight.shape) for weight in agent.critic.weights]
    assert actor == [(4, 24), (24,), (24, 2), (2,)]
    assert critic == [(4, 24), (24,), (24, 24), (24,), (24, 1), (1,)]
    for network in (agent.actor, agent.critic):
        names = [layer.activation.__name__ for layer in network.layers[1:]]
        assert names == ["relu"] * (len(names) - 1) + ["linear"]
        for kernel in network.get_weights()[::2]:  # He's uniform limit
            limit = np.sqrt(6 / kernel.shape[0])
            assert 0.7 * limit < np.abs(kernel).max() <= limit
    assert float(agent.actor_optimizer.learning_rate) == pytest.approx(0.001)
    assert float(agent.critic_optimizer.learning_rate) == pytest.approx(0.005)
    assert agent.discount_factor == 0.99
    assert agent.fall_reward == -100


def test_one_update_moves_actor_and_critic_the_right_way():
    agent = A2CAgent(2, 2, seed=0)
    state = np.float32([1, 0])
    probability = softmax(agent.actor(state[None]).numpy()[0])[1]
    value = agent.critic(state[None]).numpy()[0, 0]
    learn(agent, state, 1, value + 5.0, [0, 1], True)  # 5 better than expected
    assert softmax(agent.actor(state[None]).numpy()[0])[1] > probability
    assert agent.critic(state[None]).numpy()[0, 0] > value


class Probe(InGraphEnvironment):
    """Two states, one-hot, and two actions; `transition` tells the probe."""

    name = "probe"
    state_size = 2
    action_size = 2

    def __init__(self, max_steps=10, seed=0):
        super().__init__(max_steps, seed)

    def initial_states(self, count, rng):
        return tf.zeros([count], tf.int32)

    def observe(self, states):
        return tf.one_hot(states, 2)


class Endless(Probe):
    """Reward 1 for ever, watched for `max_steps` steps only: V = 1 / (1 - discount)."""

    def transition(self, states, actions):
        return states, tf.ones_like(states, tf.float32), tf.zeros_like(states, tf.bool)


class TwoSteps(Probe):
    """Reward 0, then 1, then the end: V = discount, 1."""

    def transition(self, states, actions):
        rewards = tf.cast(states, tf.float32)
        return tf.minimum(states + 1, 1), rewards, states == 1


class BestAction(Probe):
    """One step; action 0 costs 1, action 1 brings 2."""

    def transition(self, states, actions):
        rewards = 3 * tf.cast(actions, tf.float32) - 1
        return states, rewards, tf.ones_like(states, tf.bool)


def probe_agent(**settings):
    settings = {
        "actor_learning_rate": 0.01,
        "critic_learning_rate": 0.01,
        "discount_factor": 0.5,
        "fall_reward": None,
        "seed": 0,
    } | settings
    return A2CAgent(2, 2, **settings)


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment, values, state_count",
    [
        (Endless(max_steps=1), [2.0], 1),  # were the time limit an end: 1
        (Endless(max_steps=3), [2.0], 1),  # and here at most 1.75
        (TwoSteps(), [0.5, 1.0], 2),
    ],
    ids=["endless, one step", "endless, three steps", "two steps"],
)
def test_the_critic_learns_the_known_values(environment, values, state_count):
    agent = probe_agent()
    for seed in range(3):
        agent.reset(seed)
        for _ in range(200):
            agent.run_episode(environment)
        learned = agent.critic(tf.eye(2)).numpy()[:state_count, 0]
        np.testing.assert_allclose(learned, values, atol=0.1, err_msg=f"seed {seed}")


def test_the_actor_learns_the_better_action():
    environment = BestAction()
    agent = probe_agent()
    for seed in range(3):
        agent.reset(seed)
        for _ in range(250):
            agent.run_episode(environment)
        probability = softmax(agent.actor(tf.eye(2)).numpy()[0])[1]
        assert probability > 0.9, (seed, probability)
        assert int(agent.greedy_actions(tf.eye(2))[0]) == 1


class Numbered(Probe):
    """State and reward count the steps; falls after `fall_after` of them. For eager runs."""

    state_size = 1

    def __init__(self, max_steps, fall_after=1000):
        self.fall_after = fall_after
        super().__init__(max_steps)
        self.executed = []

    def transition(self, states, actions):
        steps = states + 1
        return steps, tf.cast(steps, tf.float32), steps >= self.fall_after

    def observe(self, states):
        return tf.cast(states, tf.float32)[..., None]

    def step(self, action):
        self.executed.append(int(action))
        return super().step(action)


@pytest.mark.parametrize(
    "environment, terminated, rewards",
    [
        (Numbered(max_steps=4), [False] * 4, [1, 2, 3, 4]),  # by the time limit: no end, no -100
        (Numbered(max_steps=10, fall_after=3), [False, False, True], [1, 2, -100]),
    ],
    ids=["time limit", "fall"],
)
def test_learning_sees_each_step_once_as_it_was(
    eagerly, monkeypatch, environment, terminated, rewards
):
    agent = A2CAgent(1, 2, seed=0)
    learned = []
    train_model = agent.train_model

    def recording(*step):
        learned.append([value.numpy() for value in step])
        return train_model(*step)

    monkeypatch.setattr(agent, "train_model", recording)
    environment.executed.clear()
    score = float(agent.run_episode(environment))
    columns = list(zip(*learned, strict=True))
    count = len(rewards)
    np.testing.assert_array_equal(np.ravel(columns[0]), range(count))
    np.testing.assert_array_equal(columns[1], environment.executed)
    np.testing.assert_array_equal(columns[2], rewards)
    np.testing.assert_array_equal(np.ravel(columns[3]), range(1, count + 1))
    np.testing.assert_array_equal(columns[4], terminated)
    assert score == sum(range(count + 1))  # the environment's own rewards
    assert int(agent.steps) == count


@pytest.mark.slow
def test_the_same_seed_gives_the_same_run_and_reset_is_as_good_as_new():
    environment = CartPole(seed=7)
    agent = A2CAgent(4, 2, seed=1)

    def run(agent):
        environment.reset(7)
        return [float(agent.run_episode(environment)) for _ in range(15)]

    first = run(agent)
    weights = weights_of(agent.actor), weights_of(agent.critic)
    agent.reset(2)
    assert int(agent.steps) == 0
    assert run(agent) != first
    fresh = A2CAgent(4, 2, seed=1)
    start = weights_of(fresh.actor), weights_of(fresh.critic)
    fresh_scores = run(fresh)
    agent.reset(1)
    np.testing.assert_array_equal(
        np.concatenate(start), np.concatenate([weights_of(agent.actor), weights_of(agent.critic)])
    )
    assert run(agent) == first == fresh_scores
    assert int(agent.steps) == sum(first)
    np.testing.assert_array_equal(weights_of(agent.actor), weights[0])
    np.testing.assert_array_equal(weights_of(agent.critic), weights[1])


@pytest.mark.parametrize(
    "settings",
    [
        {"actor_learning_rate": -1.0},
        {"critic_learning_rate": float("nan")},
        {"discount_factor": 2},
        {"fall_reward": float("inf")},
        {"actor_units": 24},
        {"critic_units": (24, 0)},
    ],
)
def test_a_setting_out_of_range_is_refused(settings):
    with pytest.raises((TypeError, ValueError)):
        A2CAgent(4, 2, **settings)


@pytest.mark.slow
def test_it_learns_cartpole():
    recipe, environment = RECIPES["slides_a2c"], CartPole()
    agent = recipe.make_agent(environment, seed=0)
    means = []
    for seed in range(5):
        agent.reset(seed)
        environment.reset(seed)
        scores = []
        while len(scores) < 1000 and not recipe.stop(scores):
            scores.append(float(agent.run_episode(environment)))
        means.append(evaluate(agent, environment).mean())
    assert np.median(means) >= 475, means
