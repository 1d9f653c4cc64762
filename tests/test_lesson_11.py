"""Lesson 11: its formulas are the code's; test_checks.py tests its exercises."""

import numpy as np
import pytest
from conftest import ROOT, lesson_function

from dqn_keras import checks
from dqn_keras.experiments.results import load_results
from dqn_keras.experiments.run import Plan
from dqn_keras.experiments.statistics import interquartile_mean


def of_lesson(name, **names):
    return lesson_function("11", name, my_interquartile_mean=interquartile_mean, **names)


def test_the_lessons_solutions_pass():
    checks.check_interquartile_mean(lesson_function("11", "my_interquartile_mean"))
    checks.check_redrawn_gap(of_lesson("my_redrawn_gap"))


def test_the_interquartile_formula_is_the_code():
    rng = np.random.default_rng(0)
    for count in (4, 8, 100):
        values = rng.normal(size=count)
        ordered = sorted(values)
        expected = (
            2 / count * sum(ordered[i - 1] for i in range(count // 4 + 1, 3 * count // 4 + 1))
        )
        assert interquartile_mean(values) == pytest.approx(expected)
        assert lesson_function("11", "my_interquartile_mean")(values) == pytest.approx(expected)
    assert interquartile_mean([9, 500, 480, 100]) == 290


def interval(changed, original, draws=500):
    """The lesson's interval of the gap."""
    gaps = of_lesson("redrawn_gaps", my_redrawn_gap=of_lesson("my_redrawn_gap"))
    return np.percentile(gaps(changed, original, draws), [2.5, 97.5])


def test_the_interval_of_a_gap_covers_it():
    rng = np.random.default_rng(0)
    high, low = rng.normal(10, 1, 100), rng.normal(0, 1, 100)
    ends = interval(high, low)
    assert ends[0] < interquartile_mean(high) - interquartile_mean(low) < ends[1]
    assert ends[0] > 0 and np.allclose(interval(low, high), -ends[::-1], atol=0.2)
    ends = interval(low, low)
    assert ends[0] < 0 < ends[1]


def test_the_prose_says_of_each_idea_what_the_result_files_say():
    """The lesson writes out "worse" and "not shown"; new results may turn them."""
    changes = {
        "no replay memory": ({"memory_size": 1, "batch_size": 1, "train_start": 1}, "worse"),
        "no target network": ({"target_update": "never"}, "worse"),
        "no -100 for a fall": ({"fall_reward": None}, "not shown"),
        "time limit counts as an end": ({"time_limit_ends": True}, "not shown"),
        "copied every 200 steps": (
            {"target_update": "steps", "target_update_every": 200},
            "not shown",
        ),
    }
    base = _final(Plan("slides_dqn", {}, 300))
    for text, (settings, expected) in changes.items():
        low, high = interval(_final(Plan("slides_dqn", settings, 300)), base, 2000)
        verdict = "better" if low > 0 else "worse" if high < 0 else "not shown"
        assert verdict == expected, f"lesson 11 says of {text}: {expected}"


def _final(plan):
    return np.array([run.greedy[-1] for run in load_results(plan.file_name, ROOT / "results")])
