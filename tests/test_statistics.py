import numpy as np
import pytest

from dqn_keras.experiments.statistics import bootstrap_interval, interquartile_mean


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ([7], 7),
        ([1, 3], 2),
        ([99, 1, 2, 0], 1.5),  # 0 and 99 are outside the middle half
        # Five runs of a fifth each: the middle half takes 0.15 of 10, 0.2 of 20 and 0.15 of 30.
        ([100, 10, 20, 30, 0], 20),
        ([0, 0, 0, 0, 40, 80, 80, 80], 30),
    ],
)
def test_interquartile_mean_of_hand_computed_lists(values, answer):
    assert interquartile_mean(values) == pytest.approx(answer)


def test_interquartile_mean_ignores_a_quarter_of_disasters():
    assert interquartile_mean([500] * 75 + [9] * 25) == 500
    assert interquartile_mean([500] * 74 + [9] * 26) < 500


def test_interquartile_mean_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="no values"):
        interquartile_mean([])


def test_bootstrap_interval_covers_the_true_mean_about_95_times_in_100():
    rng = np.random.default_rng(0)
    intervals = [bootstrap_interval(rng.normal(3, 2, size=40), draws=400) for _ in range(200)]
    covered = np.mean([low <= 3 <= high for low, high in intervals])
    assert 0.88 <= covered <= 0.99


def test_bootstrap_interval_of_curves_has_a_low_and_a_high_for_each_point():
    rows = np.array([[0.0, 10.0, 5.0]] * 6 + [[2.0, 10.0, 7.0]] * 6)
    low, high = bootstrap_interval(rows, draws=300)
    assert low.shape == high.shape == (3,)
    assert low[1] == high[1] == 10
    assert 0 <= low[0] < 1 < high[0] <= 2


def test_bootstrap_draws_whole_runs():
    # The two columns of a run belong together: in every draw the sum of the means is 10.
    rows = np.array([[0.0, 10.0], [10.0, 0.0]] * 5)
    low, high = bootstrap_interval(rows, statistic=lambda drawn: drawn.mean(axis=0).sum())
    assert low == high == 10


def test_bootstrap_interval_takes_any_statistic():
    values = np.array([9.0] * 10 + [500.0] * 90)
    assert bootstrap_interval(values, interquartile_mean) == (500, 500)
