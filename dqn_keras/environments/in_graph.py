"""What environments written in TensorFlow share: state in variables, one step at a time."""

import contextlib
import copy

import tensorflow as tf

from dqn_keras.machinery.arguments import LARGEST_INT, Size, index, whole_number
from dqn_keras.machinery.compilation import CPU
from dqn_keras.machinery.seeding import stream_seed


class InGraphEnvironment:
    """An environment made of three pure functions, which a subclass writes.

    `initial_states`, `transition` and `observe` work on any number of episodes side by side (the
    leading N), which is how evaluation plays a hundred at once; `reset` and `step` play one and
    keep its state in a variable.

    Args:
        max_steps: The time limit; the episode is truncated after that many steps.
        seed: Fixes the initial states of all episodes to come.
    """

    compilable = True
    untraced = ("seed",)  # attributes on which no graph depends; see `graph_key.py`
    name: str
    state_size: Size
    action_size: int

    def __init__(self, max_steps: int, seed: int | None = None):
        self.max_steps = whole_number("max_steps", max_steps, maximum=LARGEST_INT)
        self.seed = seed
        with tf.device(CPU):
            self.rng = tf.random.Generator.from_seed(stream_seed(seed, self.name))
            self.state = tf.Variable(self.initial_states(1, self.rng)[0])
            self.steps = tf.Variable(0, dtype=tf.int32)

    def initial_states(self, count: int, rng: tf.random.Generator) -> tf.Tensor:
        """Draws the full states [N, ...] in which `count` new episodes begin."""
        raise NotImplementedError

    def transition(self, states, actions) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """One step: states [..., F] and actions [...] to next states, rewards and terminated."""
        raise NotImplementedError

    def observe(self, states) -> tf.Tensor:
        """What the agent sees of full states [..., F]: [..., S] float32."""
        raise NotImplementedError

    def copy(self, index: int):
        """Another environment of the same kind; each index has a random stream of its own."""
        other = copy.copy(self)
        InGraphEnvironment.__init__(other, self.max_steps, None)
        if self.seed is not None:
            other.reset(stream_seed(self.seed, f"copy {index}"))
        return other

    def reset(self, seed: int | None = None) -> tf.Tensor:
        """Begins an episode and returns its first state, [S] float32.

        Args:
            seed: Starts the stream of initial states anew; give it once, not in every episode.
        """
        if seed is not None:
            self.rng.reset_from_seed(stream_seed(seed, self.name))
            self.seed = seed
        self.state.assign(self.initial_states(1, self.rng)[0])
        self.steps.assign(0)
        return self.observe(self.state.read_value())

    def step(self, action) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]:
        """Plays one action [] int32.

        Returns:
            next_state [S] float32, reward [] float32, terminated [] bool, truncated [] bool.
        """
        action = index("action", action, self.action_size, [])
        state, reward, terminated = self.transition(self.state.read_value(), action)
        self.state.assign(state)
        self.steps.assign_add(1)
        return self.observe(state), reward, terminated, self.steps >= self.max_steps

    def original_errors(self) -> contextlib.AbstractContextManager:
        """A context for playing in it; see `GymnasiumEnvironment`."""
        return contextlib.nullcontext()

    def random_state(self) -> None:
        """The random state outside of the variables: none. See `GymnasiumEnvironment`."""

    def set_random_state(self, state: None) -> None:
        """Its counterpart: nothing to do."""
