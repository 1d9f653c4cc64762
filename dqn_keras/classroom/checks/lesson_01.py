"""Checks of lesson 01, CartPole as an MDP: the return, a policy by hand, the bookkeeping."""

import gymnasium
import numpy as np

from dqn_keras.classroom.checks.tools import Hint, call, compare, done

_REWARDS = np.array([3.0, -1.0, 4.0, 10.0])
_DISCOUNT = 0.5


def check_return_of_episode(function) -> None:
    """Checks `function(rewards, discount_factor)`.

    Args:
        function: Returns the discounted return of the episode, seen from its first step.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "return_of_episode"
    steps = np.arange(4)
    weights = _DISCOUNT**steps
    answer = np.sum(_REWARDS * weights)
    from_each_step = [np.sum(_REWARDS[t:] * weights[: 4 - t]) for t in range(4)]
    compare(
        name,
        call(function, _REWARDS.copy(), _DISCOUNT),
        answer,
        {
            "all rewards count in full: where is the discount factor?": np.sum(_REWARDS),
            "the first reward counts in full, discount only from the second on: off by one": answer
            * _DISCOUNT,
            "the wrong way round: the first reward counts in full, the last the least": np.sum(
                _REWARDS[::-1] * weights
            ),
            "the wrong way round, and off by one: the first reward counts in full": np.sum(
                _REWARDS[::-1] * weights * _DISCOUNT
            ),
            "every later reward is discounted once: k steps later it is discount_factor to the "
            "power k": _REWARDS[0] + _DISCOUNT * np.sum(_REWARDS[1:]),
            "all rewards are discounted once: k steps later it is discount_factor to the power "
            "k": _DISCOUNT * np.sum(_REWARDS),
            "discount_factor times k: it is discount_factor to the power k": np.sum(
                _REWARDS * _DISCOUNT * steps
            ),
            "the last reward is missing: off by one": answer - _REWARDS[-1] * weights[-1],
            "the first reward is missing: off by one": answer - _REWARDS[0],
            "a return is a sum, not a mean": answer / 4,
            "this is the return from every step: the first of them is asked for": from_each_step,
            "these are the discounted rewards: add them up": _REWARDS * weights,
            "this is the return of the last step: the loop runs from the end to the "
            "beginning": _REWARDS[-1],
        },
    )
    compare(
        name,
        call(function, [2.0], _DISCOUNT),
        2.0,
        {"an episode of one step: its only reward counts in full": 2.0 * _DISCOUNT},
    )
    done(name)


_STEPS_WANTED = 300
_EPISODES = 3
_RULES = {
    "it always pushes left: look at the state": lambda s: np.zeros(len(s), int),
    "it always pushes right: look at the state": lambda s: np.ones(len(s), int),
    "it looks only at where the pole is (state[2]), like `lean`: which number says where it is "
    "going?": lambda s: s[:, 2] > 0,
    "it looks only at how the pole moves (state[3]): a pole that leans and rests needs help "
    "too": lambda s: s[:, 3] > 0,
    "it pushes away from the lean of the pole: push the cart under it": lambda s: s[:, 2] < 0,
    "it pushes against the pole's movement: push the cart under the pole": lambda s: s[:, 3] < 0,
    "it pushes away from the side to which the pole is going: push the cart under the "
    "pole": lambda s: s[:, 2] + 0.5 * s[:, 3] < 0,
    "it looks only at the cart's position (state[0]): the pole's angle is state[2]": lambda s: (
        s[:, 0] > 0
    ),
    "it looks only at the cart's position, state[0]: the pole's angle is state[2]": lambda s: (
        s[:, 0] < 0
    ),
    "it looks only at the cart's velocity (state[1]): the pole's angle is state[2]": lambda s: (
        s[:, 1] > 0
    ),
    "it looks only at the cart's velocity, state[1]: the pole's angle is state[2]": lambda s: (
        s[:, 1] < 0
    ),
}


def check_balancing_policy(function) -> None:
    """Checks `function(state)`: does it hold the pole for 300 steps on average?

    Args:
        function: Returns 0 or 1 for a state, [4] float32.

    Raises:
        Hint: It does not; says why.
    """
    name = "balancing_policy"
    states = np.random.default_rng(0).uniform(-1, 1, [60, 4]) * [1.0, 1.0, 0.2, 1.0]
    states = states.astype(np.float32)
    first = [_action(name, function, state) for state in states]
    if first != [_action(name, function, state) for state in states]:
        raise Hint(
            f"{name}: the same state gets different actions: decide by the state, not by dice"
        )
    scores = [_score(name, function, seed) for seed in range(_EPISODES)]
    if np.mean(scores) < _STEPS_WANTED:
        for hint, rule in _RULES.items():
            if np.array_equal(rule(states), first):
                raise Hint(f"{name}: {hint}")
        raise Hint(
            f"{name}: {np.mean(scores):.0f} steps on average over {_EPISODES} episodes, "
            f"{_STEPS_WANTED} are wanted; add some of the angular velocity to the angle"
        )
    done(name)


def _action(name, function, state) -> int:
    answer = call(function, state.copy())
    try:
        values = np.asarray(answer, float)
    except (TypeError, ValueError):
        raise Hint(f"{name}: return 0 or 1, this is {answer!r}") from None
    if values.size != 1:
        raise Hint(f"{name}: return one action, this has shape {values.shape}")
    if values.item() == -1:
        raise Hint(f"{name}: it returns -1; the action that pushes left is called 0")
    if values.item() not in (0, 1):
        raise Hint(f"{name}: return 0 (left) or 1 (right), this is {values.item():g}")
    return int(values.item())


def _score(name, function, seed) -> int:
    env = gymnasium.make("CartPole-v1")
    state, _ = env.reset(seed=seed)
    steps, over = 0, False
    while not over:
        state, _, terminated, truncated, _ = env.step(_action(name, function, state))
        steps, over = steps + 1, terminated or truncated
    return steps


def _episode(rewards, terminated, truncated):
    quiet = [False] * (len(rewards) - 1)
    return [float(r) for r in rewards], [*quiet, terminated], [*quiet, truncated]


_EPISODES_TO_BOOK = (
    _episode([1] * 3, True, False),  # a fall
    _episode([1] * 200, False, True),  # CartPole-v0: stands until its limit
    _episode([1] * 500, False, True),  # CartPole-v1: stands until its limit
    _episode([1] * 500, True, True),  # falls in the very last step
    _episode([2, 5, 4], True, False),  # another environment, other rewards
)


def check_bookkeeping(function) -> None:
    """Checks `function(rewards, terminated, truncated)`.

    Args:
        function: Returns the score and the rewards to learn from, for one episode.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "bookkeeping"
    scores, learned = [], []
    for rewards, terminated, truncated in _EPISODES_TO_BOOK:
        answer = call(function, list(rewards), list(terminated), list(truncated))
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            raise Hint(f"{name}: return two things, `score, learned`")
        scores.append(answer[0])
        learned.append(answer[1])
    kept = [rewards for rewards, _, _ in _EPISODES_TO_BOOK]
    raw = np.array([np.sum(rewards) for rewards in kept])
    fell = np.array([terminated[-1] for _, terminated, _ in _EPISODES_TO_BOOK])
    last = np.array([rewards[-1] for rewards in kept])
    shaped = raw - (last + 100) * fell  # with -100 in place of the last reward of a fall
    as_ended = raw - (last + 100)
    compare(
        name,
        scores,
        raw,
        {
            "the score still depends on 499 and 500, and loses the last step of a fall: add up the "
            "environment's own rewards": _slides_scores(kept),
            "the score loses the last step of a fall: -100 + 100 is 0, not the reward; add up the "
            "environment's own rewards": shaped + 100 * fell,
            "the score gets +100 also where nothing was taken off": np.where(
                raw == 500, raw, raw + 100
            ),
            "the score contains the -100: add up the environment's own rewards": shaped,
            "the score contains a -100, even for episodes that did not fall": as_ended,
            "the score leaves out the last reward": raw - last,
            "the score is one too many: off by one": raw + 1,
            "the score counts the steps; add up the rewards": [len(rewards) for rewards in kept],
        },
    )
    try:
        lengths = [len(rewards) for rewards in learned]
    except TypeError:
        raise Hint(f"{name}: `learned` should be a list with a reward for each step") from None
    if lengths != [len(rewards) for rewards in kept]:
        raise Hint(f"{name}: `learned` has {lengths[0]} rewards for an episode of 3 steps")
    ends = {
        "": fell,
        "a time limit is no fall: did you use `terminated`?": np.ones(5, bool),
        "`learned` punishes the time limit and not the fall: the two ends are mixed up": np.array(
            [truncated[-1] for _, _, truncated in _EPISODES_TO_BOOK]
        ),
        "success is still recognised by the score: a limit of 200 is no fall, and a pole can "
        "fall in step 500": np.array([True, True, False, False, True]),
        "a pole that falls in step 500 has fallen, too: `terminated` alone decides": np.array(
            [True, False, False, False, True]
        ),
        "`learned` is the environment's rewards: where is the -100?": np.zeros(5, bool),
    }
    answers = {hint: _learned(kept, ended) for hint, ended in ends.items()}
    answer = answers.pop("")
    answers |= {
        "-100 comes in place of the reward, not on top of it": _learned(kept, fell, on_top=True),
        "the sign: a fall is punished with -100, not rewarded with 100": _learned(
            kept, fell, fall_reward=100
        ),
        "the -100 belongs to the step that ended the task, not to every step": np.concatenate(
            [np.full(len(r), -100.0) if f else r for r, f in zip(kept, fell, strict=True)]
        ),
        "the wrong way round: the -100 belongs to the steps that did terminate": np.concatenate(
            [
                [reward if end else -100 for reward, end in zip(rewards, terminated, strict=True)]
                for rewards, terminated, _ in _EPISODES_TO_BOOK
            ]
        ),
    }
    try:
        flat = np.concatenate([np.asarray(rewards, float).ravel() for rewards in learned])
    except (TypeError, ValueError):
        raise Hint(f"{name}: `learned` should hold numbers") from None
    compare(name, flat, answer, answers)
    done(name)


def _slides_scores(kept) -> list[float]:
    """As the slides count: -100 unless the score is 499, and +100 unless it is 500."""
    scores = []
    for rewards in kept:
        before = sum(rewards[:-1])
        score = before + (rewards[-1] if before == 499 else -100)
        scores.append(score if score == 500 else score + 100)
    return scores


def _learned(kept, ended, fall_reward=-100.0, on_top=False) -> np.ndarray:
    """The episodes one after the other, the last reward of those that ended replaced."""
    return np.concatenate(
        [
            [*rewards[:-1], fall_reward + on_top * rewards[-1]] if end else rewards
            for rewards, end in zip(kept, ended, strict=True)
        ]
    )
