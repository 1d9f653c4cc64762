"""Every source of the lecture as settings: what is trained, where, for how long.

The documents are the five that the project reproduces: the slides of the two-day course (002) and
four posts on the same subject (000, 001, 003, 004). `python -m dqn_keras recipes` prints the table.
"""

import dataclasses
from collections.abc import Callable

from dqn_keras import agents, environments
from dqn_keras.machinery.arguments import short_repr
from dqn_keras.training import mean_of_last_above, running_mean_above

# Corrections that all documents need; each recipe lists its own besides.
ALWAYS_CORRECTED = (
    "the time limit does not cut the bootstrap",
    "the score is the environment's own, not the shaped reward",
    "one seed fixes everything; greedy evaluation is separate",
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Recipe:
    """One source's agent, environment, number of episodes and stop rule."""

    name: str  # on the command line; says where it comes from
    source: str  # of the settings
    agent: (
        str | type
    )  # a class of `dqn_keras.agents`; by its name, TensorFlow need not be there yet
    settings: dict = dataclasses.field(default_factory=dict)  # what differs from the class's
    environment_class: str = "CartPole"  # of `dqn_keras.environments`
    environment_settings: dict = dataclasses.field(default_factory=lambda: {"max_steps": 500})
    gymnasium_id: str = "CartPole-v1"  # the same in Gymnasium, which also films it
    episodes: int  # at most
    stop: Callable | None = None  # the stop rule, a function of the scores
    corrections: tuple[str, ...] = ()  # beside `ALWAYS_CORRECTED` and the agent's docstring
    file_name: str = ""  # of the saved weights and curves; the recipe's name if empty
    solved_at: float = 475.0  # the greedy mean return that counts as solved in experiments

    @property
    def agent_class(self) -> type:
        """The agent's class."""
        return getattr(agents, self.agent) if isinstance(self.agent, str) else self.agent

    def environment(self, seed: int | None):
        """Makes the compiled environment."""
        kind = getattr(environments, self.environment_class)
        return kind(**self.environment_settings, seed=seed)

    def make_agent(self, environment, seed: int | None):
        """The recipe's agent for an environment, its own or another one."""
        settings = dict(self.settings)
        if not self.is_at_home(environment) and hasattr(self.agent_class.Settings, "fall_reward"):
            # Where a task ends in success (Acrobot, MountainCar), -100 would teach to avoid it.
            settings["fall_reward"] = None
        sizes = environment.state_size, environment.action_size
        agent = self.agent_class(*sizes, **settings, seed=seed)
        agent.recipe = self.name
        return agent

    def changed(self, settings: dict) -> "Recipe":
        """This recipe with other settings, as for an ablation, such as `{"double": True}`.

        What the slides' DQN does not have, `DQNVariantAgent` has.
        """
        settings = {**self.settings, **settings}
        changed = dataclasses.replace(self, settings=settings)
        if (
            self.agent == "DQNAgent"
            and not settings.keys() <= vars(self.agent_class.Settings()).keys()
        ):
            changed = dataclasses.replace(changed, agent="DQNVariantAgent")
        changed.agent_class.checked_settings(settings)
        return changed

    def is_at_home(self, environment) -> bool:
        """Is this the recipe's own environment, compiled or in Gymnasium?"""
        return environment.name == self.environment(0).name

    def file_name_for(self, environment) -> str:
        """What weights and pictures are called when trained there."""
        if self.is_at_home(environment):
            return self.file_name or self.name
        return f"{environment.name}_{self.name}"


CARTPOLE_V0 = {
    "environment_settings": {"max_steps": 200},
    "gymnasium_id": "dqn_keras/CartPole-v0",
    "solved_at": 195.0,
}

RECIPES = {
    recipe.name: recipe
    for recipe in (
        Recipe(
            name="slides_dqn",
            source="slides (document 002), Deep Q-Networks",
            agent="DQNAgent",
            episodes=300,
            stop=mean_of_last_above(490),
            corrections=(
                "the stop rule waits for 10 episodes and counts the newest",
                "weights are saved whether solved or not, in a format Keras 3 can write",
            ),
            file_name="cartpole_dqn",
        ),
        Recipe(
            name="stable_dqn",
            source="our own: the slides' DQN, changed to stay solved",
            agent="DQNVariantAgent",
            settings={
                "hidden_units": (128, 128),
                "learning_rate_decay_steps": 80_000,
                "batch_size": 32,
                "advantage_learning": 0.7,
            },
            episodes=500,
        ),
        Recipe(
            name="velog_dqn",
            source="document 000, after Geron, Hands-On Machine Learning, chapter 18",
            agent="DQNVariantAgent",
            settings={
                "hidden_units": (32, 32, 32),
                "activation": "elu",
                "initializer": "glorot_uniform",
                "discount_factor": 0.95,
                "epsilon_decay": 1 / 500,
                "epsilon_schedule": "linear",
                "epsilon_counts": "episodes",
                "batch_size": 32,
                "train_every": "episode",
                "target_update": "never",
                "fall_reward": None,
            },
            **CARTPOLE_V0,
            episodes=600,
            corrections=(
                "epsilon is the function's argument (elsilon read a global)",
                "learning starts at 1000 transitions, about the 50 episodes of the document",
            ),
        ),
        Recipe(
            name="book_dqn",
            source="document 001, after Saito, Deep Learning from Scratch 4, chapter 8",
            agent="DQNVariantAgent",
            settings={
                "hidden_units": (128, 128),
                "initializer": "glorot_uniform",
                "learning_rate": 0.0005,
                "discount_factor": 0.98,
                "epsilon": 0.1,
                "epsilon_decay": 1.0,
                "epsilon_min": 0.1,
                "batch_size": 32,
                "train_start": 32,
                "memory_size": 10_000,
                "target_update_every": 20,
                "fall_reward": None,
            },
            **CARTPOLE_V0,
            episodes=300,
            corrections=(
                "the target network starts as a copy, not as another random network",
                "the target is detached (next_q.detach() threw its result away)",
                "Keras' initialiser in place of PyTorch's",
            ),
        ),
        Recipe(
            name="g6ling_dqn",
            source="document 003, g6ling's Rainbow series, part 1",
            agent="DQNVariantAgent",
            settings={
                "hidden_units": (128,),
                "initializer": "glorot_uniform",
                "epsilon_decay": 0.00005,
                "epsilon_min": 0.1,
                "epsilon_schedule": "linear",
                "batch_size": 32,
                "memory_size": 1000,
                "target_update": "steps",
                "target_update_every": 100,
                "fall_reward": -1.0,
            },
            episodes=3000,
            stop=running_mean_above(200),
            corrections=(
                "actions come from the online network, not from the stale target network",
            ),
        ),
        Recipe(
            name="juvin_dqn",
            source="document 004, after GaetanJuvin's and keon's CartPole agents",
            agent="DQNVariantAgent",
            settings={
                "initializer": "glorot_uniform",
                "discount_factor": 0.95,
                "epsilon_decay": 0.995,
                "epsilon_counts": "episodes",
                "batch_size": 1,
                "train_start": 32,
                "train_every": "episode",
                "updates_per_episode": 32,
                "target_update": "never",
                "fall_reward": None,
            },
            episodes=10_000,
            corrections=(
                "no old weights file is loaded behind the user's back",
                "the score is the number of steps, not one more",
            ),
        ),
        Recipe(
            name="slides_deep_sarsa",
            source="slides (document 002), Deep SARSA; settings of the lecture's code",
            agent="DeepSARSAAgent",
            environment_class="GridWorld",
            environment_settings={"max_steps": 500},
            gymnasium_id="dqn_keras/GridWorld-v0",
            episodes=1000,
            solved_at=0.9,  # the goal, and no collision
            corrections=("obstacles start anew in each episode; a time limit",),
        ),
        Recipe(
            name="slides_reinforce_grid",
            source="slides (document 002), REINFORCE; settings of the lecture's code",
            agent="REINFORCEAgent",
            settings={"max_steps": 2000},
            environment_class="GridWorld",
            environment_settings={"max_steps": 2000, "step_penalty": 0.1},
            gymnasium_id="dqn_keras/GridWorld-v0",
            episodes=2500,
            solved_at=-0.001,  # the goal in at most 10 steps, and no collision
            corrections=(
                "obstacles start anew in each episode",
                "a time limit, but a long one: a short one ends most episodes before the goal",
            ),
        ),
        Recipe(
            name="slides_reinforce_cartpole",
            source="slides (document 002), REINFORCE; settings of the authors' English code",
            agent="REINFORCEAgent",
            settings={"fall_reward": -100.0},
            episodes=1000,
            stop=mean_of_last_above(490),
        ),
        Recipe(
            name="slides_a2c",
            source="slides (document 002), A2C; settings of the lecture's code",
            agent="A2CAgent",
            episodes=1000,
            stop=mean_of_last_above(490),
        ),
        Recipe(
            name="slides_a3c",
            source="slides (document 002), A3C; settings of the authors' English code",
            agent="A3CAgent",
            episodes=1000,
            stop=mean_of_last_above(490),
        ),
        Recipe(
            name="minatar_dqn",
            source="Young and Tian, MinAtar, 2019, after Mnih et al., Nature 2015",
            agent="DQNVariantAgent",
            settings={
                "filters": (16,),
                "hidden_units": (128,),
                "initializer": "glorot_uniform",
                "optimizer_name": "rmsprop",
                "learning_rate": 0.00025,
                "epsilon_decay": 0.95 / 100_000,
                "epsilon_min": 0.05,
                "epsilon_schedule": "linear",
                "batch_size": 32,
                "train_start": 5000,
                "memory_size": 100_000,
                "memory_dtype": "bool",
                "target_update": "steps",
                "target_update_every": 1000,
                "clip_errors": True,
                "fall_reward": None,
            },
            environment_class="Breakout",
            environment_settings={"max_steps": 10_000},
            gymnasium_id="dqn_keras/Breakout-v1",
            episodes=20_000,
            solved_at=10.0,
            corrections=(
                "three actions, those that do something, in place of six; epsilon ends at 0.05, "
                "where chance moves the paddle as often as at 0.1 with six",
            ),
        ),
    )
}

# The same network and settings on another game, which is the point of the papers. `solved_at` is
# Breakout's, too: no figure of Asterix was looked up.
RECIPES["minatar_dqn_asterix"] = dataclasses.replace(
    RECIPES["minatar_dqn"],
    name="minatar_dqn_asterix",
    environment_class="Asterix",
    gymnasium_id="dqn_keras/Asterix-v1",
    corrections=(
        "five actions, those that do something, in place of six; epsilon ends at 0.05, as on "
        "Breakout, not at 0.1",
    ),
)


def find_recipe(name: str) -> Recipe:
    """Looks a recipe up by name."""
    if not isinstance(name, str) or name not in RECIPES:
        raise ValueError(f"no recipe is called {short_repr(name)}; there are: {', '.join(RECIPES)}")
    return RECIPES[name]
