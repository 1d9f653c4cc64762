"""One text, three speeds: runs an episode loop eagerly, as a graph, or compiled whole by XLA.

The loops themselves are written once, in plain Python, by agents and evaluation. This file only
decides how they are executed.
"""

import functools
import warnings

import tensorflow as tf

# The networks of this course are so small that handing them to a GPU takes longer than computing
# them: agents and environments live on the CPU, also where there is a GPU (as on Colab).
CPU = "/CPU:0"


def use_one_thread() -> None:
    """Tells TensorFlow to compute with one thread, about twice as fast for networks this small.

    Handing layers of 24 units from thread to thread takes longer than computing them. Call it
    first, before TensorFlow does anything; `python -m dqn_keras` does. The numbers stay the same
    (measured with `benchmarks/speed.py`, with and without).

    Raises:
        RuntimeError: TensorFlow has already started its threads.
    """
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


@functools.cache
def xla_is_available() -> bool:
    """True if XLA can compile for this CPU; says so once, in a warning, if it cannot."""
    try:
        with tf.device(CPU):
            tf.function(lambda x: x + 1.0, jit_compile=True)(tf.constant(0.0))
    except (tf.errors.OpError, ValueError, RuntimeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        warnings.warn(
            f"XLA is not available here ({reason}); episodes run as plain graphs, more slowly",
            stacklevel=2,
        )
        return False
    return True


def graph_of(owner, function, environment, *settings):
    """The graph of `function(owner, environment, *settings, ...)`, built on first use.

    The graph is kept with `owner` (an agent), one for each environment, because a graph holds the
    variables it was traced with: one shared by two agents would train the wrong one.

    Args:
        owner: The agent whose variables the function uses.
        function: A Python function; AutoGraph turns its `while` and `if` into graph operations.
        environment: XLA compiles the graph if `environment.compilable`.
        *settings: Python values that are fixed for this graph.

    Returns:
        A callable that takes the function's remaining arguments.
    """
    graphs = owner.__dict__.setdefault("_graphs", {})
    key = (function, environment, settings)
    if key not in graphs:
        graphs[key] = tf.function(
            functools.partial(function, owner, environment, *settings),
            jit_compile=True if environment.compilable and xla_is_available() else None,
        )
    return graphs[key]


def episode_loop(method):
    """Decorates an agent's `run_episode(environment)`: the loop runs as one graph, on the CPU.

    To watch every tensor, call `tf.config.run_functions_eagerly(True)` first: the same lines then
    run one at a time.
    """

    @functools.wraps(method)
    def run_episode(self, environment):
        self.check_environment(environment)
        with tf.device(CPU), environment.errors():
            return graph_of(self, method, environment)()

    return run_episode
