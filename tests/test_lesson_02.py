"""Lesson 02: its formulas are its code; test_checks.py tests its exercises."""

import ast

import numpy as np
import pytest
from conftest import ROOT

from dqn_keras import bellman_target, checks, discounted_returns, sarsa_target

FUNCTIONS = [
    "my_look_ahead",
    "look_ahead",
    "evaluate_policy",
    "monte_carlo",
    "temporal_difference",
    "sarsa_update",
    "my_q_learning_update",
]


@pytest.fixture(scope="module")
def lesson():
    """The lesson's tables and functions, without running it."""
    (source,) = (ROOT / "notebooks" / "source").glob("02_*.py")
    kept, tables_made = [], False
    for node in ast.parse(source.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            tables_made = True  # the first function follows the tables
            if node.name in FUNCTIONS:
                kept.append(node)
        elif isinstance(node, (ast.Assign, ast.For)) and not tables_made:
            kept.append(node)
    names = {"np": np}
    exec(compile(ast.Module(kept, []), str(source), "exec"), names)
    return names


def test_the_tables_are_the_grid_of_the_text(lesson):
    moves = {"up": -5, "down": 5, "right": 1, "left": -1, "stay": 0}
    walls = {
        "up": lambda s: s < 5,
        "down": lambda s: s >= 20,
        "right": lambda s: s % 5 == 4,
        "left": lambda s: s % 5 == 0,
        "stay": lambda s: False,
    }
    for s in range(25):
        for a, name in enumerate(moves):
            after = s if walls[name](s) else s + moves[name]
            assert lesson["next_states"][s, a] == after
            assert lesson["rewards"][s, a] == {24: 1, 5: -1, 11: -1, 17: -1}.get(after, 0)
            assert lesson["terminated"][s, a] == (after == 24)


def test_look_ahead_and_the_expectation_equation(lesson):
    values, gamma = np.random.default_rng(0).normal(size=25), lesson["GAMMA"]
    q = np.array(
        [
            [
                lesson["rewards"][s, a] + gamma * (0 if after == 24 else values[after])
                for a, after in enumerate(lesson["next_states"][s])
            ]
            for s in range(25)
        ]
    )
    np.testing.assert_allclose(lesson["look_ahead"](values), q)
    # V = sum_a pi(a|s) Q(s, a), solved as a linear system: (1 - gamma P) V = r.
    policy = np.random.default_rng(1).dirichlet(np.ones(5), size=25)
    system, right = np.eye(25), np.zeros(25)
    for s in range(25):
        for a, after in enumerate(lesson["next_states"][s]):
            system[s, after] -= policy[s, a] * gamma * (after != 24)
            right[s] += policy[s, a] * lesson["rewards"][s, a]
    expected = np.linalg.solve(system, right)
    values = lesson["evaluate_policy"](policy, 400)[-1]
    np.testing.assert_allclose(values[:24], expected[:24], atol=1e-8)
    assert values[24] == 0


def test_the_optimality_equation_is_the_bellman_target(lesson):
    values, gamma = np.zeros(25), lesson["GAMMA"]
    for _ in range(30):
        values = lesson["look_ahead"](values).max(axis=1)
    steps_to_goal = [8 - s % 5 - s // 5 for s in range(24)]  # no ghost is in the way of all
    np.testing.assert_allclose(values[:24], gamma ** (np.array(steps_to_goal) - 1))
    q = lesson["look_ahead"](values)
    for a in range(5):
        target = bellman_target(
            lesson["rewards"][:, a],
            q[lesson["next_states"][:, a]],
            lesson["terminated"][:, a],
            gamma,
        )
        np.testing.assert_allclose(q[:, a], target, atol=1e-6)


def test_monte_carlo_averages_the_returns(lesson):
    episodes = [[(0, 1.0, 1, False), (1, -2.0, 0, False), (0, 3.0, 2, True)], [(0, 5.0, 2, True)]]
    values, counts, seen = np.zeros(3), np.zeros(3), {0: [], 1: []}
    for episode in episodes:
        lesson["monte_carlo"](values, counts, episode)
        returns = discounted_returns([step[1] for step in episode], lesson["GAMMA"]).numpy()
        for step, value in zip(episode, returns, strict=True):
            seen[step[0]].append(value)
    assert counts.tolist() == [3, 1, 0]
    np.testing.assert_allclose(values[:2], [np.mean(seen[0]), np.mean(seen[1])], rtol=1e-6)


def test_temporal_difference_moves_towards_its_target(lesson):
    values = np.array([1.0, 2.0, 90.0])
    lesson["temporal_difference"](values, [(0, 0.5, 1, False), (1, -1.0, 2, True)], alpha=0.1)
    gamma = lesson["GAMMA"]
    expected = [1 + 0.1 * (0.5 + gamma * 2 - 1), 2 + 0.1 * (-1 - 2), 90]
    np.testing.assert_allclose(values, expected)


@pytest.mark.parametrize("terminated", [False, True])
def test_sarsa_and_q_learning_move_towards_the_packages_targets(lesson, terminated):
    q = np.random.default_rng(2).normal(size=(25, 5))
    transition = (3, 1, 0.7, 8, 2, terminated)
    sarsa = sarsa_target([0.7], q[[8]], [2], [terminated], 0.9)[0]
    best = bellman_target([0.7], q[[8]], [terminated], 0.9)[0]
    for name, target in (("sarsa_update", sarsa), ("my_q_learning_update", best)):
        expected = q[3, 1] + 0.3 * (float(target) - q[3, 1])
        assert lesson[name](q, transition, 0.3, 0.9) == pytest.approx(expected, abs=1e-6)


def test_the_lessons_solutions_pass(lesson):
    checks.check_look_ahead(lesson["my_look_ahead"])
    checks.check_q_learning_update(lesson["my_q_learning_update"])
