"""REINFORCE: returns, losses and gradients by hand and by finite differences; what it learns."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import one_line, weights_of

from dqn_keras import CartPole, GridWorld, GymnasiumEnvironment, REINFORCEAgent, evaluate
from dqn_keras.environments.in_graph import InGraphEnvironment
from dqn_keras.experiments.recipes import RECIPES
from dqn_keras.policy import entropy, policy_gradient_loss, sample_action, standardise

LN3 = np.log(3)
# state [2], action, reward; what a wrong index finds elsewhere is far off
EPISODE = [([1, 0], 0, 1.0), ([0, 1], 2, 0.0), ([1, 1], 1, -1.0), ([0.5, -1], 0, 2.0)]


def fill(agent, episode):
    for i, (state, action, reward) in enumerate(episode):
        agent.append_sample(state, action, reward, state, i == len(episode) - 1)


def spy_on_optimizer(agent):
    """Takes the optimizer out: gradients end in the list, weights stay."""
    gradients = []
    agent.optimizer = SimpleNamespace(apply=lambda values, _: gradients.append(values))
    return gradients


def gradients_of_episode(agent, episode=EPISODE):
    gradients = spy_on_optimizer(agent)
    fill(agent, episode)
    agent.train_model()
    (values,) = gradients
    return [value.numpy() for value in values]


def softmax(logits):
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return odds / odds.sum(axis=-1, keepdims=True)


def returns_of(episode, discount_factor):
    """float64, standardise."""
    returns = np.zeros(len(episode))
    later = 0.0
    for t in reversed(range(len(episode))):
        returns[t] = later = episode[t][2] + discount_factor * later
    return (returns - returns.mean()) / returns.std()


def test_the_defaults_are_the_lectures():
    agent = REINFORCEAgent(15, 5, seed=0)
    shapes = [tuple(weight.shape) for weight in agent.model.weights]
    assert shapes == [(15, 24), (24,), (24, 24), (24,), (24, 5), (5,)]
    activations = [layer.activation.__name__ for layer in agent.model.layers[1:]]
    assert activations == ["relu", "relu", "linear"]
    for kernel in agent.model.get_weights()[::2]:  # Glorot's uniform limit
        limit = np.sqrt(6 / sum(kernel.shape))
        assert 0.8 * limit < np.abs(kernel).max() <= limit
    assert isinstance(agent.optimizer, keras.optimizers.Adam)
    assert float(agent.optimizer.learning_rate) == pytest.approx(0.001)
    assert agent.discount_factor == 0.99
    assert agent.fall_reward is None


# ---- standardise returns


@pytest.mark.parametrize(
    "returns, count, expected",
    [
        ([1, 3], 2, [-1, 1]),
        ([1, 3, 99, -98], 2, [-1, 1, 0, 0]),
        ([2, 4, 4, 4, 5, 5, 7, 9], 8, [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]),  # mean 5, deviation 2
        ([7, 99, 98], 1, [0, 0, 0]),
        ([5, 5, 5, 99], 3, [0, 0, 0, 0]),
        ([0, 0, 99], 2, [0, 0, 0]),
    ],
)
def test_standardise_returns(returns, count, expected):
    got = standardise(tf.constant(returns, tf.float32), tf.range(len(returns)) < count)
    assert got.dtype == tf.float32
    np.testing.assert_allclose(got, expected, atol=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_standardise_returns_have_mean_0_and_deviation_1_over_the_steps_played(seed):
    rng = np.random.default_rng(seed)
    returns = tf.constant(rng.normal(-40, 25, 50), tf.float32)
    got = standardise(returns, tf.range(50) < 30).numpy()
    assert got[:30].mean() == pytest.approx(0, abs=1e-5)
    assert got[:30].std() == pytest.approx(1, abs=1e-5)
    np.testing.assert_array_equal(got[30:], 0)


@pytest.mark.parametrize("reward, steps", [(3.0, 1), (-100.0, 1), (0.0, 4), (0.1, 1)])
def test_equal_returns_change_nothing_and_give_no_nan(reward, steps):
    agent = REINFORCEAgent(2, 3, max_steps=6, seed=0)
    before = weights_of(agent.model)
    fill(agent, [([1, 0], 1, reward)] * steps)
    loss = agent.train_model()
    assert np.isfinite(loss)
    assert np.isfinite(weights_of(agent.model)).all()
    np.testing.assert_allclose(weights_of(agent.model), before, atol=2e-3)


def test_returns_of_whole_rewards_keep_what_is_behind_the_point():
    rewards = [0, -1, 0, 0, 0, 0, 1]
    returns = [-0.04851985, -0.04900995, 0.96059601, 0.970299, 0.9801, 0.99, 1]  # as ints 0,0,..1
    agent = REINFORCEAgent(2, 3, hidden_units=(), max_steps=7, seed=0)
    agent.model.set_weights([np.zeros([2, 3]), np.zeros(3)])
    gradients = spy_on_optimizer(agent)
    for t, reward in enumerate(rewards):
        agent.append_sample([t == 1, t == 2], 0, reward, [0, 0], False)
    agent.train_model()
    weights = (np.array(returns) - np.mean(returns)) / np.std(returns)
    # Row 0 of the kernel sees step 1 alone, row 1 step 2; (softmax - one-hot) is -2/3, 1/3, 1/3.
    expected = np.outer(weights[1:3], [-2 / 3, 1 / 3, 1 / 3])
    np.testing.assert_allclose(gradients[0][0], expected, atol=1e-5)


# ---- the loss and its gradient


@pytest.mark.parametrize(
    "logits, actions, weights, loss",
    [
        ([[0, 0]], [0], [1], np.log(2)),
        ([[0, LN3]], [1], [1], np.log(4 / 3)),  # pi = 1/4, 3/4
        ([[0, LN3]], [0], [2], 2 * np.log(4)),
        ([[0, LN3]], [0], [-2], -2 * np.log(4)),
        ([[0, LN3], [0, 0]], [1, 0], [3, 5], 3 * np.log(4 / 3) + 5 * np.log(2)),  # sum, not mean
        ([[0, LN3], [99, -98]], [1, 1], [3, 0], 3 * np.log(4 / 3)),  # weight 0: not counted
        ([[1000, 0]], [0], [1], 0),
        ([[1000, 0]], [1], [1], 1000),  # the logarithm of a rounded 0 would be infinite
    ],
)
def test_the_policy_gradient_loss_is_the_one_computed_by_hand(logits, actions, weights, loss):
    got = policy_gradient_loss(
        tf.constant(logits, tf.float32), tf.constant(actions), tf.constant(weights, tf.float32)
    )
    assert got.shape == []
    assert float(got) == pytest.approx(loss, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_its_gradient_is_softmax_minus_one_hot_times_the_weight(seed):
    rng = np.random.default_rng(seed)
    logits = tf.constant(rng.normal(0, 2, [6, 3]), tf.float32)
    actions, weights = rng.integers(3, size=6), rng.normal(0, 3, 6).astype(np.float32)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = policy_gradient_loss(logits, tf.constant(actions), tf.constant(weights))
    expected = (softmax(logits.numpy()) - np.eye(3)[actions]) * weights[:, None]
    np.testing.assert_allclose(tape.gradient(loss, logits), expected, atol=1e-5)


def test_no_gradient_flows_through_the_weights():
    logits, weights = tf.constant([[1.0, 2.0]]), tf.constant([3.0])
    with tf.GradientTape() as tape:
        tape.watch([logits, weights])
        loss = policy_gradient_loss(logits, tf.constant([0]), weights)
    to_logits, to_weights = tape.gradient(loss, [logits, weights])
    assert to_logits is not None and to_weights is None


def float64_loss(weights, episode, discount_factor):
    """The whole of REINFORCE again, in NumPy and double precision."""
    values = np.array([state for state, *_ in episode], float)
    for i in range(0, len(weights), 2):
        values = values @ weights[i] + weights[i + 1]
        if i + 2 < len(weights):
            values = np.maximum(values, 0)
    chosen = softmax(values)[range(len(episode)), [action for _, action, _ in episode]]
    return -np.sum(np.log(chosen) * returns_of(episode, discount_factor))


@pytest.mark.parametrize("seed", range(3))
def test_the_update_follows_the_finite_differences_of_the_float64_loss(seed):
    agent = REINFORCEAgent(
        2, 3, hidden_units=(4, 3), discount_factor=0.8, max_steps=len(EPISODE), seed=seed
    )
    weights = [np.array(weight, float) for weight in agent.model.get_weights()]
    for got, weight in zip(gradients_of_episode(agent), weights, strict=True):
        expected = np.zeros_like(weight)
        for place in np.ndindex(weight.shape):
            value, sides = weight[place], []
            for shift in (1e-6, -1e-6):
                weight[place] = value + shift
                sides.append(float64_loss(weights, EPISODE, 0.8))
            weight[place] = value
            expected[place] = (sides[0] - sides[1]) / 2e-6
        np.testing.assert_allclose(got, expected, atol=1e-4)


def test_the_update_follows_the_formula():
    agent = REINFORCEAgent(2, 3, hidden_units=(), discount_factor=0.8, max_steps=4, seed=0)
    kernel, bias = agent.model.get_weights()
    states = np.array([state for state, *_ in EPISODE])
    error = softmax(states @ kernel + bias) - np.eye(3)[[0, 2, 1, 0]]
    error *= returns_of(EPISODE, 0.8)[:, None]
    got = gradients_of_episode(agent)
    np.testing.assert_allclose(got[0], states.T @ error, atol=1e-5)
    np.testing.assert_allclose(got[1], error.sum(axis=0), atol=1e-5)


@pytest.mark.parametrize("decoys", [9, 13])  # the memory just full, and gone around
def test_rows_behind_the_end_of_the_episode_have_no_say(decoys):
    plain = REINFORCEAgent(2, 3, max_steps=len(EPISODE), seed=5)
    agent = REINFORCEAgent(2, 3, max_steps=9, seed=5)
    fill(agent, [([99.0, -98.0], 2, 97.0 + i) for i in range(decoys)])
    agent.memory.clear()
    for got, expected in zip(gradients_of_episode(agent), gradients_of_episode(plain), strict=True):
        np.testing.assert_allclose(got, expected, atol=1e-5)


def test_a_long_episode_leaves_nothing_behind_for_a_short_one():
    agent, plain = (REINFORCEAgent(2, 3, max_steps=6, learning_rate=0.0, seed=5) for _ in range(2))
    fill(agent, [([99.0, -98.0], 2, 97.0 + i) for i in range(6)])
    agent.train_model()  # learning rate 0: both still have the same weights
    assert len(agent.memory) == 0
    for got, expected in zip(gradients_of_episode(agent), gradients_of_episode(plain), strict=True):
        np.testing.assert_allclose(got, expected, atol=1e-5)


@pytest.mark.parametrize("settings", [{}, {"entropy_weight": 0.5}])
def test_an_entropy_bonus_of_zero_is_none_and_another_follows_the_formula(settings):
    agent = REINFORCEAgent(
        2, 3, hidden_units=(), discount_factor=0.8, max_steps=9, seed=0, **settings
    )
    fill(agent, [([0.9, -0.8], 2, 97.0 + i) for i in range(9)])  # must have no say
    agent.memory.clear()
    kernel, bias = agent.model.get_weights()
    states = np.array([state for state, *_ in EPISODE])
    policies = softmax(states @ kernel + bias)
    error = (policies - np.eye(3)[[0, 2, 1, 0]]) * returns_of(EPISODE, 0.8)[:, None]
    # d entropy / d logits = -pi (log pi + entropy); the bonus is taken off the loss.
    entropies = -np.sum(policies * np.log(policies), axis=1, keepdims=True)
    slopes = policies * (np.log(policies) + entropies)
    error += settings.get("entropy_weight", 0) * slopes
    np.testing.assert_allclose(gradients_of_episode(agent)[0], states.T @ error, atol=1e-5)


@pytest.mark.parametrize(
    "logits, expected",
    [
        ([0, 0], np.log(2)),
        ([5, 5, 5, 5], np.log(4)),
        ([0, LN3], 0.25 * np.log(4) + 0.75 * np.log(4 / 3)),
        ([1000, 0], 0),
    ],
)
def test_the_entropy_is_the_one_computed_by_hand(logits, expected):
    assert float(entropy(tf.constant([logits], tf.float32))[0]) == pytest.approx(expected, abs=1e-6)


def test_an_update_makes_the_actions_before_high_returns_likelier():
    agent = REINFORCEAgent(2, 2, discount_factor=0.0, max_steps=2, seed=0)
    state = np.float32([[1, 0]])
    before = softmax(agent.model(state).numpy())[0]
    fill(agent, [([1, 0], 0, 1.0), ([1, 0], 1, 0.0)])
    agent.train_model()
    after = softmax(agent.model(state).numpy())[0]
    assert after[0] > before[0]


# ---- the policy's dice


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("logits", [[0.0, LN3], [2.0, 0.0, -1.0, 1.0, 1.0], [50.0, 50.5, 51.0]])
def test_actions_come_as_often_as_the_softmax_says(logits, seed):
    rng, count = tf.random.Generator.from_seed(seed), 4000
    logits = np.float32(logits)

    @tf.function
    def draw():
        return tf.map_fn(
            lambda _: sample_action(tf.constant(logits), rng), tf.range(count), tf.int32
        )

    actions = draw()
    assert actions.dtype == tf.int32
    seen = np.bincount(actions, minlength=len(logits))
    expected = count * softmax(logits)
    # 30 and more: less than once in 10^5 times at up to 4 degrees of freedom.
    assert np.sum((seen - expected) ** 2 / expected) < 30, (seen, expected)


@pytest.mark.parametrize(
    "logits, action", [([1000, 0, -1000], 0), ([-1000, -500, -1000], 1), ([0, 0, 60], 2)]
)
def test_extreme_logits_leave_no_choice(logits, action):
    rng = tf.random.Generator.from_seed(0)
    logits = tf.constant(logits, tf.float32)
    assert {int(sample_action(logits, rng)) for _ in range(100)} == {action}


def test_huge_but_equal_logits_leave_the_choice():
    rng = tf.random.Generator.from_seed(0)
    logits = tf.constant([1000.0, 1000.0])
    assert {int(sample_action(logits, rng)) for _ in range(100)} == {0, 1}


def test_the_agent_throws_its_own_dice():
    agent = REINFORCEAgent(2, 3, hidden_units=(), seed=0)
    agent.model.set_weights([np.float32([[60, 0, 0], [0, 0, 60]]), np.zeros(3, np.float32)])
    assert {int(agent.get_action([1.0, 0.0])) for _ in range(20)} == {0}
    assert {int(agent.get_action([0.0, 1.0])) for _ in range(20)} == {2}
    assert {int(agent.get_action([0.0, 0.0])) for _ in range(60)} == {0, 1, 2}
    best = agent.greedy_actions(tf.constant([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.1]]))
    np.testing.assert_array_equal(best, [0, 2, 1])


# ---- whole episodes


class Probe(InGraphEnvironment):
    """Three arms, eight pulls: the arm's reward is -1, 2 or 0; the state counts the pulls."""

    name = "probe"
    state_size = 1
    action_size = 3

    def __init__(self, best=1, max_steps=8, seed=0):
        self.rewards = np.roll(np.float32([-1, 2, 0]), best - 1)
        super().__init__(max_steps, seed)

    def initial_states(self, count, rng):
        return tf.zeros([count, 1])

    def transition(self, states, actions):
        return states + 1, tf.gather(self.rewards, actions), tf.zeros_like(states[..., 0], tf.bool)

    def observe(self, states):
        return states / 8


@pytest.mark.parametrize("best", [0, 2])
def test_it_learns_which_arm_is_best(best):
    environment = Probe(best)
    agent = REINFORCEAgent(1, 3, learning_rate=0.02, discount_factor=0.0, max_steps=8)
    for seed in range(3):
        agent.reset(seed)
        for _ in range(200):
            agent.run_episode(environment)
        states = tf.constant([[0.0], [0.5], [7 / 8]])
        probabilities = softmax(agent.model(states).numpy())
        assert (probabilities[:, best] > 0.8).all(), (seed, probabilities)
        np.testing.assert_array_equal(agent.greedy_actions(states), [best] * 3)


class Falling(Probe):
    """Reward 1 for a step; ends after the second one, by a fall or by the time limit."""

    def __init__(self, fall, max_steps=2):
        self.fall = fall
        super().__init__(max_steps=max_steps)

    def transition(self, states, actions):
        flat = states[..., 0]
        return states + 1, tf.ones_like(flat), (flat >= 1) & self.fall


@pytest.mark.parametrize("fall, rewards", [(True, [1, -100]), (False, [1, 1])])
def test_the_fall_reward_is_for_falls_only(eagerly, monkeypatch, fall, rewards):
    agent = REINFORCEAgent(1, 3, fall_reward=-100.0, max_steps=5, seed=0)
    remembered = []
    train_model = agent.train_model

    def recording():
        remembered.extend(agent.memory.rewards.numpy()[: len(agent.memory)])
        return train_model()

    monkeypatch.setattr(agent, "train_model", recording)
    score = agent.run_episode(Falling(fall))
    assert remembered == rewards
    assert float(score) == 2  # the environment's own rewards
    assert int(agent.steps) == 2
    assert len(agent.memory) == 0


@pytest.mark.parametrize("max_steps, fits", [(7, False), (8, True), (9, True)])
def test_there_must_be_room_for_the_longest_episode(max_steps, fits):
    agent, environment = REINFORCEAgent(1, 3, max_steps=max_steps, seed=0), Probe()
    environment.compilable = False  # quicker to build
    if fits:
        agent.run_episode(environment)
        assert int(agent.steps) == 8
        return
    with pytest.raises(ValueError) as error:
        agent.run_episode(environment)
    message = one_line(error)
    assert "max_steps 7" in message and "8" in message
    assert int(agent.steps) == 0


def test_an_environment_without_a_time_limit_is_refused():
    from gymnasium.envs.classic_control import CartPoleEnv

    agent = REINFORCEAgent(4, 2, seed=0)
    with pytest.raises(ValueError, match="max_steps 500"):
        agent.run_episode(GymnasiumEnvironment(CartPoleEnv()))


@pytest.mark.slow
def test_the_same_seed_gives_the_same_run_and_reset_is_as_good_as_new():
    environment = GridWorld(max_steps=40, step_penalty=0.1)
    agent = REINFORCEAgent(15, 5, max_steps=40, seed=1)
    first = [float(agent.run_episode(environment)) for _ in range(12)]
    weights, steps = weights_of(agent.model), int(agent.steps)
    agent.reset(2)
    assert int(agent.steps) == 0
    assert [float(agent.run_episode(environment)) for _ in range(12)] != first
    fresh = REINFORCEAgent(15, 5, max_steps=40, seed=1)
    fresh_weights = weights_of(fresh.model)
    fresh_scores = [float(fresh.run_episode(environment)) for _ in range(12)]
    agent.reset(1)
    np.testing.assert_array_equal(weights_of(agent.model), fresh_weights)
    assert [float(agent.run_episode(environment)) for _ in range(12)] == first == fresh_scores
    assert int(agent.steps) == steps
    np.testing.assert_array_equal(weights_of(agent.model), weights)


@pytest.mark.parametrize(
    "settings", [{"max_steps": 0}, {"discount_factor": 2}, {"fall_reward": float("inf")}]
)
def test_a_setting_out_of_range_is_named(settings):
    with pytest.raises((TypeError, ValueError), match=next(iter(settings))):
        REINFORCEAgent(15, 5, **settings)


@pytest.mark.slow
def test_it_learns_cartpole():
    recipe, environment = RECIPES["slides_reinforce_cartpole"], CartPole()
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
