"""The learning rate's way down, for every agent that has the setting."""

import pytest

from dqn_keras import A2CAgent, DQNVariantAgent, REINFORCEAgent


def optimizers(agent):
    names = ("optimizer", "actor_optimizer", "critic_optimizer")
    return [getattr(agent, name) for name in names if hasattr(agent, name)]


@pytest.mark.parametrize("kind", [DQNVariantAgent, REINFORCEAgent, A2CAgent])
def test_it_falls_along_a_cosine_to_a_hundredth_and_reset_brings_it_back(kind):
    agent = kind(4, 2, learning_rate_decay_steps=100)
    for optimizer in optimizers(agent):
        start = float(optimizer.learning_rate)
        optimizer.iterations.assign(50)
        assert float(optimizer.learning_rate) == pytest.approx(start * (0.01 + 0.99 / 2))
        optimizer.iterations.assign(1000)
        assert float(optimizer.learning_rate) == pytest.approx(start / 100)
        agent.reset(seed=1)
        assert float(optimizer.learning_rate) == pytest.approx(start)


@pytest.mark.parametrize("kind", [DQNVariantAgent, REINFORCEAgent, A2CAgent])
def test_it_stays_when_nothing_is_said(kind):
    agent = kind(4, 2)
    for optimizer in optimizers(agent):
        start = float(optimizer.learning_rate)
        optimizer.iterations.assign(1000)
        agent.reset(seed=1)
        assert float(optimizer.learning_rate) == start


@pytest.mark.parametrize("kind", [DQNVariantAgent, REINFORCEAgent, A2CAgent])
@pytest.mark.parametrize("steps", [0, -5, 2.5])
def test_a_bad_number_of_steps_is_named(kind, steps):
    with pytest.raises((TypeError, ValueError), match=rf"learning_rate_decay_steps .*{steps}"):
        kind(4, 2, learning_rate_decay_steps=steps)
