"""Checks of lesson 08, the whole DQN agent."""

import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.tools import Hint, call, compare, done

# Steps, train_start, decay, floor: long before the start, at it, after it, below the floor.
_COUNTER_CASES = (
    (2, 4, 0.5, 0.0),
    (4, 4, 0.5, 0.0),
    (9, 4, 0.5, 0.0),
    (5, 2, 0.9, 0.0),
    (9, 4, 0.5, 0.2),
)


def _counters(updates_rule, epsilon_rule):
    rows = []
    for steps, train_start, decay, floor in _COUNTER_CASES:
        updates = updates_rule(steps, train_start)
        rows.append((updates, epsilon_rule(updates, steps, decay, floor)))
    return np.array(rows, float)


def check_counters(function) -> None:
    """Checks `function(steps, train_start, decay, floor)`.

    Args:
        function: Returns the number of updates and epsilon after so many steps.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "counters"

    def right(n, n0):
        return max(0, n - n0 + 1)

    def power(u, n, k, low):
        return max(low, k**u)

    answer = _counters(right, power)
    late = "off by one: the step that brings the memory to train_start already learns"
    compare(
        name,
        [call(function, *case) for case in _COUNTER_CASES],
        answer,
        {
            late: _counters(lambda n, n0: max(0, n - n0), power),
            late + "; and before it there are no updates, not a negative number": _counters(
                lambda n, n0: n - n0, power
            ),
            "before learning starts there are no updates, not a negative number": _counters(
                lambda n, n0: n - n0 + 1, power
            ),
            "it counts every step: no update before the memory holds train_start": _counters(
                lambda n, n0: n, power
            ),
            "once learning starts it counts the early steps too: take them off": _counters(
                lambda n, n0: n if n >= n0 else 0, power
            ),
            "epsilon falls in every update, not in every step": _counters(
                right, lambda u, n, k, low: max(low, k**n)
            ),
            "epsilon falls below its floor": _counters(right, lambda u, n, k, low: k**u),
            "min or max? Epsilon is never below the floor": _counters(
                right, lambda u, n, k, low: min(low, k**u)
            ),
            "epsilon is multiplied with decay once in each update: decay to the power of updates": (
                _counters(right, lambda u, n, k, low: max(low, k * u))
            ),
            "epsilon is multiplied with decay, nothing is taken off it": _counters(
                right, lambda u, n, k, low: max(low, 1 - k * u)
            ),
            "updates first, then epsilon": answer[:, ::-1],
        },
    )
    done(name)


def check_stored_reward(function) -> None:
    """Checks `function(reward, terminated)`.

    Args:
        function: Returns the reward to store: -100 where the pole fell, else the reward itself.

    Raises:
        Hint: It is wrong; says how.
    """
    rewards = np.array([1.0, 1.0, 2.0, 0.5], np.float32)
    terminated = np.array([False, True, False, True])
    results = [call(function, r, t) for r, t in zip(rewards, terminated, strict=True)]
    compare(
        "stored_reward",
        results,
        np.where(terminated, -100, rewards),
        {
            "a fall is stored like any other step: where is the -100?": rewards,
            "it is the wrong way round: only the step with which the pole fell gets -100": np.where(
                terminated, rewards, -100
            ),
            "the -100 is added to the reward: it stands in the reward's place": np.where(
                terminated, rewards - 100, rewards
            ),
            "the sign: a fall is to hurt, so -100": np.where(terminated, 100, rewards),
            "the reward is multiplied: the -100 stands in its place": np.where(
                terminated, -100 * rewards, rewards
            ),
            "every step gets -100: only the one with which the pole fell": np.full(4, -100),
            "a step that does not end the task keeps the environment's reward": np.where(
                terminated, -100, 0
            ),
        },
    )
    done("stored_reward")


class _EpisodeIsOver(RuntimeError):
    """The loop goes on after the episode's last step."""


class _EndlessLoop(RuntimeError):
    """The loop never steps, or never ends."""


_EpisodeIsOver.__name__ = "EpisodeIsOver"  # the learner sees these names
_EndlessLoop.__name__ = "EndlessLoop"


class _Memory:
    """Counts what is stored, and notices `len`."""

    def __init__(self):
        self.rows = []
        self.len_was_used = False

    @property
    def size(self):
        return tf.constant(len(self.rows))

    def __len__(self):
        self.len_was_used = True
        return len(self.rows)


class _Environment:
    """A script: states 10, 11, 12, ..., given rewards, an end or a time limit after the last."""

    def __init__(self, rewards, terminated):
        self.rewards = rewards
        self.terminated = terminated
        self.actions = []
        self.resets = 0

    @staticmethod
    def state(step):
        return tf.constant([10.0 + step])

    def reset(self):
        self.resets += 1
        return self.state(0)

    def step(self, action):
        step = len(self.actions)
        if step == len(self.rewards):
            raise _EpisodeIsOver(
                "the pole has fallen (terminated), and the loop plays on"
                if self.terminated
                else "the time is up (truncated), and the loop plays on"
            )
        self.actions.append(int(action))
        last = step == len(self.rewards) - 1
        return (
            self.state(step + 1),
            tf.constant(self.rewards[step]),
            tf.constant(last and self.terminated),
            tf.constant(last and not self.terminated),
        )


class _Agent:
    """Writes down what the loop does with it."""

    def __init__(self, train_start):
        self.train_start = train_start
        self.memory = _Memory()
        self.seen = []  # states that get_action was asked about
        self.chosen = []
        self.trained_at = []  # how many transitions the memory held
        self.copied_at = []

    def get_action(self, state):
        if len(self.seen) == 100:
            raise _EndlessLoop("the loop asked for 100 actions in an episode of 5 steps")
        self.seen.append(float(state[0]))
        self.chosen.append((1, 0, 0, 1)[len(self.chosen) % 4])
        return tf.constant(self.chosen[-1])

    def append_sample(self, state, action, reward, next_state, terminated):
        row = (state[0], action, reward, next_state[0], terminated)
        self.memory.rows.append(tuple(float(value) for value in row))

    def train_model(self):
        if len(self.trained_at) == 100:
            raise _EndlessLoop("train_model was called 100 times in an episode of 5 steps")
        self.trained_at.append(len(self.memory.rows))
        return tf.constant(0.0)

    def update_target_model(self):
        self.copied_at.append(len(self.memory.rows))


def check_run_episode(function) -> None:
    """Checks `function(agent, environment)` with an agent and an environment that keep a diary.

    Args:
        function: Plays one episode, learns in every step, returns the score.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "run_episode"
    for rewards, train_start, terminated in (
        ([1.0, 2.0, 4.0, 8.0, 16.0], 3, True),
        ([3.0, 1.0, 5.0, 2.0], 2, False),
    ):
        agent, environment = _Agent(train_start), _Environment(rewards, terminated)
        score = call(function, agent, environment)
        steps = len(rewards)
        if environment.resets > 1:
            raise Hint(f"{name}: reset begins the episode: call it once, before the loop")
        if len(environment.actions) < steps:
            raise Hint(
                f"{name}: it stops after {len(environment.actions)} of {steps} steps: go on until "
                "terminated or truncated is true"
            )
        _look_at_actions(name, agent, environment, steps)
        _look_at_memory(name, agent.memory.rows, agent.chosen, rewards, terminated)
        _look_at_learning(name, agent.trained_at, steps, train_start)
        _look_at_copies(name, agent.copied_at, steps)
        compare(
            name,
            score,
            sum(rewards),
            {
                "the score stays 0: add up the rewards": 0,
                "the score is the last reward alone: add them up": rewards[-1],
                "the score lacks the last reward: add it before the loop ends": sum(rewards[:-1]),
                "the score counts steps: add up the rewards": steps,
            },
        )
        if agent.memory.len_was_used:
            raise Hint(
                f"{name}: right in Python, but a graph has no len: use agent.memory.size, a tensor"
            )
    done(name)


def _look_at_actions(name, agent, environment, steps):
    if not agent.seen:
        raise Hint(f"{name}: who chooses the action? Ask agent.get_action(state)")
    if len(agent.seen) > 1 and len(set(agent.seen)) == 1:
        raise Hint(
            f"{name}: get_action is shown the first state in every step: "
            "where does state become next_state?"
        )
    if agent.seen != [10.0 + step for step in range(steps)]:
        raise Hint(f"{name}: get_action is to be asked once in every step, about the present state")
    if environment.actions != agent.chosen:
        raise Hint(f"{name}: the action played is not the one that get_action chose")


def _look_at_memory(name, rows, chosen, rewards, terminated):
    steps = len(rewards)
    if not rows:
        raise Hint(f"{name}: nothing is stored: call agent.append_sample in every step")
    if len(rows) != steps:
        raise Hint(f"{name}: {len(rows)} samples are stored in {steps} steps: one in every step")
    states, actions, stored, next_states, ends = (
        list(column) for column in zip(*rows, strict=True)
    )
    right_states = [10.0 + step for step in range(steps)]
    right_next_states = [11.0 + step for step in range(steps)]
    right_ends = [0.0] * (steps - 1) + [float(terminated)]
    if states == right_next_states and next_states == right_next_states:
        raise Hint(
            f"{name}: the state stored is already the next one: store before state = next_state"
        )
    if (states, next_states) == (right_next_states, right_states):
        raise Hint(f"{name}: state and next_state are stored the wrong way round")
    if stored == np.cumsum(rewards).tolist():
        raise Hint(f"{name}: the score is stored as the reward: store this step's reward")
    right_rows = (right_states, actions, rewards, right_next_states)
    if (states, actions, stored, next_states) != right_rows or actions != chosen:
        raise Hint(f"{name}: the order is state, action, reward, next_state, terminated")
    if ends != right_ends:
        if terminated:
            raise Hint(f"{name}: the fall is not stored as an end: store `terminated`")
        raise Hint(
            f"{name}: the time limit is stored as an end: store `terminated`, not whether the "
            "episode is over"
        )


def _look_at_learning(name, trained_at, steps, train_start):
    right = list(range(train_start, steps + 1))
    if trained_at == right:
        return
    hints = (
        ([], "it never learns: call agent.train_model() once the memory holds enough"),
        (right[1:], "learning starts one step late: at train_start, so >= and not >"),
        (list(range(1, steps + 1)), "it learns before the memory holds train_start samples"),
        (right[:-1], "it learns before it stores: the newest sample is to be in the memory"),
        ([steps], "it learns once, after the loop: learn in every step"),
        (list(range(1, train_start)), "it learns only while the memory is too small: turn the <"),
    )
    for wrong, hint in hints:
        if trained_at == wrong:
            raise Hint(f"{name}: {hint}")
    raise Hint(f"{name}: train_model is to be called once in a step, from train_start samples on")


def _look_at_copies(name, copied_at, steps):
    if copied_at == [steps]:
        return
    if not copied_at:
        raise Hint(f"{name}: the target network is never copied: once, after the loop")
    if len(copied_at) >= steps:
        raise Hint(
            f"{name}: the target network is copied in every step and never stands still: "
            "once, after the loop"
        )
    raise Hint(f"{name}: copy the target network once, after the loop")
