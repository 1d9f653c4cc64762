"""What every agent offers to training, evaluation and the command line."""

import tensorflow as tf

from dqn_keras import files


class Agent:
    """The contract of an agent; `run_episode`, `get_action` and the learning are its own.

    An agent keeps all that changes in TensorFlow variables and never replaces them, so one
    compiled episode loop serves it for life, `reset` included.
    """

    name: str  # short, for file names: "dqn"
    state_size: int
    action_size: int
    seed: int | None  # of the constructor, or of the last reset
    settings: dict  # every constructor argument but the seed, as plain values

    @property
    def networks(self) -> dict:
        """Name to Keras model: all that has to be saved to play as this agent plays."""
        raise NotImplementedError

    @property
    def steps(self) -> tf.Tensor:
        """How many environment steps the agent has learned from: [] integer."""
        raise NotImplementedError

    def reset(self, seed: int | None = None) -> None:
        """Makes it a beginner again, in place: new weights, empty memory, counters at 0."""
        raise NotImplementedError

    def greedy_actions(self, states) -> tf.Tensor:
        """The best actions it knows, without exploration: [B, S] float32 to [B] int32."""
        raise NotImplementedError

    def status(self) -> dict[str, str]:
        """What a progress bar shows beside the score."""
        return {}

    def save_weights(self, path):
        """Saves `networks` as one safetensors file, whole or not at all.

        Args:
            path: Such as `save_model/cartpole_dqn.safetensors`.

        Returns:
            The path written.
        """
        return files.save_weights(path, self.networks)

    def load_weights(self, path) -> None:
        """Loads weights saved by an agent of the same shape; changes nothing if they do not fit.

        Args:
            path: The safetensors file.

        Raises:
            FileNotFoundError: There is no such file.
            ValueError: It is torn, of another shape, or holds a value that is not finite.
        """
        files.load_weights(path, self.networks)
