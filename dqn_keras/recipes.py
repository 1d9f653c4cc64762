"""Every source of the lecture as settings: what is trained, where, for how long."""

import dataclasses
from collections.abc import Callable

from dqn_keras.agents import DQNAgent
from dqn_keras.environments import CartPole
from dqn_keras.training import mean_of_last_above


@dataclasses.dataclass(frozen=True)
class Recipe:
    """One source's agent, environment, number of episodes and stop rule.

    Attributes:
        source: Where the settings come from.
        agent: The agent's class.
        settings: What differs from the class's defaults.
        environment: Makes the compiled environment from a seed.
        gymnasium_id: The same environment in Gymnasium.
        episodes: How many are played at most.
        stop: The stop rule, a function of the scores, or None.
        file_name: Of the saved weights and curves.
    """

    source: str
    agent: type
    settings: dict
    environment: Callable
    gymnasium_id: str
    episodes: int
    stop: Callable | None
    file_name: str


RECIPES = {
    "slides_dqn": Recipe(
        source="slides (seed document 002), Deep Q-Networks",
        agent=DQNAgent,
        settings={},
        environment=lambda seed: CartPole(max_steps=500, seed=seed),
        gymnasium_id="CartPole-v1",
        episodes=300,
        stop=mean_of_last_above(490),
        file_name="cartpole_dqn",
    ),
}


def find_recipe(name: str) -> Recipe:
    """Looks a recipe up by name.

    Args:
        name: Such as `"slides_dqn"`.

    Raises:
        ValueError: There is none of that name; the message lists those there are.
    """
    if name not in RECIPES:
        raise ValueError(f"no recipe is called {name!r}; there are: {', '.join(RECIPES)}")
    return RECIPES[name]
