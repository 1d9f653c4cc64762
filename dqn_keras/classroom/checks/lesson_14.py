"""Checks of lesson 14, where to go next: n-step targets, dueling networks, PPO."""

import numpy as np

from dqn_keras.classroom.checks.tools import call, compare, done

# Rewards, last Q-values, terminated, discount factor. The second ends; the third has one step.
_N_STEP_CASES = (
    ([3.0, 2.0, 8.0], [10.0, 20.0, 12.0], False, 0.5),
    ([3.0, 2.0, 8.0], [10.0, 20.0, 12.0], True, 0.5),
    ([1.0], [7.0, 4.0, 5.5], False, 0.9),
)


def _n_step(
    reward_weights=lambda n, g: g ** np.arange(n),
    future_weight=lambda n, g: g**n,
    best=np.max,
    lives=lambda terminated: not terminated,
):
    targets = []
    for rewards, q_values, terminated, discount in _N_STEP_CASES:
        n = len(rewards)
        past = np.dot(reward_weights(n, discount), rewards)
        targets.append(past + future_weight(n, discount) * best(q_values) * lives(terminated))
    return np.array(targets)


def check_n_step_target(function) -> None:
    """Checks `function(rewards, last_q_values, terminated, discount_factor)`.

    Args:
        function: Returns the n-step Q-learning target of one transition, [].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "n_step_target"
    results = [
        call(function, np.array(rewards, np.float32), np.array(q, np.float32), ended, discount)
        for rewards, q, ended, discount in _N_STEP_CASES
    ]
    no_first = (1.0, 0.0, 0.0)
    compare(
        name,
        results,
        _n_step(),
        {
            "your target bootstraps past the end: did you use `terminated`?": _n_step(
                lives=lambda terminated: True
            ),
            "`terminated` is the wrong way round: the future counts when it is false": _n_step(
                lives=lambda terminated: terminated
            ),
            "off by one: the value is n steps away, so discount_factor to the power of n": _n_step(
                future_weight=lambda n, g: g ** (n - 1)
            ),
            "off by one: to the power of n, not n + 1": _n_step(
                future_weight=lambda n, g: g ** (n + 1)
            ),
            "the value is discounted once, but it is n steps away": _n_step(
                future_weight=lambda n, g: g
            ),
            "the value at the end counts in full: discount it": _n_step(
                future_weight=lambda n, g: 1
            ),
            "the rewards count in full: the k-th one is discounted k times": _n_step(
                reward_weights=lambda n, g: np.ones(n)
            ),
            "nothing is discounted: where is the discount factor?": _n_step(
                lambda n, g: np.ones(n), lambda n, g: 1
            ),
            "the first reward is not discounted: begin with the power 0": _n_step(
                reward_weights=lambda n, g: g ** np.arange(1, n + 1)
            ),
            "the discounts run backwards: the first reward counts in full, the last least": _n_step(
                reward_weights=lambda n, g: g ** np.arange(n)[::-1]
            ),
            "that is the one-step target: the other rewards are missing": _n_step(
                lambda n, g: np.array(no_first[:n]), lambda n, g: g
            ),
            "the rewards are missing": _n_step(reward_weights=lambda n, g: np.zeros(n)),
            "an end cuts only the future: the rewards before it were received": _n_step()
            * [1, 0, 1],
            "it takes the smallest Q-value: Q-learning takes the largest": _n_step(best=np.min),
            "it takes the mean Q-value: Q-learning takes the largest": _n_step(best=np.mean),
            "it always takes action 0: take the largest over the actions": _n_step(
                best=lambda q_values: q_values[0]
            ),
            "it adds up the Q-values: take the largest": _n_step(best=np.sum),
        },
    )
    done(name)


def check_dueling(function) -> None:
    """Checks `function(values, advantages)`.

    Args:
        function: Returns Q-values, [B, A]: the value plus the advantage minus its mean.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "dueling"
    # B = 3, A = 3, so that a mean over the wrong axis has a shape that fits.
    values = np.array([[10.0], [20.0], [-5.0]], np.float32)
    advantages = np.array([[1.0, 3.0, 8.0], [0.0, -6.0, 3.0], [2.0, 2.0, 5.0]], np.float32)
    mean = advantages.mean(axis=1, keepdims=True)
    answer = values + advantages - mean
    compare(
        name,
        call(function, values, advantages),
        answer,
        {
            "the mean advantage is not taken off: value and advantage cannot be told apart": values
            + advantages,
            "the mean is over the batch: each state has its own, axis=1": values
            + advantages
            - advantages.mean(axis=0),
            "the means stand beside the actions, not the states: keepdims=True": values
            + advantages
            - advantages.mean(axis=1),
            "the mean is over everything: each state has its own, axis=1": values
            + advantages
            - advantages.mean(),
            "it takes off the largest advantage, the paper's other form: take the mean": values
            + advantages
            - advantages.max(axis=1, keepdims=True),
            "the mean is added: take it off": values + advantages + mean,
            "the value is missing": advantages - mean,
            "the value is taken off: add it": advantages - mean - values,
            "it takes off the sum of the advantages: divide by their number": values
            + advantages
            - advantages.sum(axis=1, keepdims=True),
            "the advantages are missing": np.broadcast_to(values, answer.shape),
            "one number a state: return the Q-value of every action": answer.max(axis=1),
        },
    )
    done(name)


def check_clipped_objective(function) -> None:
    """Checks `function(ratios, advantages, clip)`.

    Args:
        function: Returns PPO's clipped objective of each sample, [B].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "clipped_objective"
    ratios = np.array([0.5, 1.5, 0.5, 1.5, 1.1, 0.9], np.float32)
    advantages = np.array([2.0, 2.0, -2.0, -2.0, 3.0, -3.0], np.float32)
    clip = 0.2
    clipped = np.clip(ratios, 1 - clip, 1 + clip)
    answer = np.minimum(ratios * advantages, clipped * advantages)
    compare(
        name,
        call(function, ratios, advantages, clip),
        answer,
        {
            "nothing is clipped": ratios * advantages,
            "it always takes the clipped ratio: a mistake would be forgiven; where is the "
            "minimum?": clipped * advantages,
            "the larger of the two: take the minimum": np.maximum(
                ratios * advantages, clipped * advantages
            ),
            "the sign: this is the objective, which grows; a loss would be its negative": -answer,
            "the ratio is to stay near 1: clip between 1 - clip and 1 + clip": np.minimum(
                ratios * advantages, np.clip(ratios, -clip, clip) * advantages
            ),
            "it clips ratio times advantage: clip the ratio alone": np.minimum(
                ratios * advantages, np.clip(ratios * advantages, 1 - clip, 1 + clip)
            ),
            "the minimum of the ratios comes too early: multiply both with the advantage, then "
            "compare": np.minimum(ratios, clipped) * advantages,
            "only the upper side is clipped: the lower one is 1 - clip": np.minimum(
                ratios * advantages, np.minimum(ratios, 1 + clip) * advantages
            ),
            "where is the advantage?": np.minimum(ratios, clipped),
            "the mean comes later: return one number for each sample": answer.mean(),
        },
    )
    done(name)
