"""One text, three speeds: runs an episode loop eagerly, as a graph, or compiled whole by XLA.

The loops themselves are written once, in plain Python, by agents and evaluation. This file only
decides how they are executed.
"""

import functools
import os
import threading
import warnings

import tensorflow as tf

from dqn_keras.machinery.graph_key import NotComparable, PackageCode, graph_key

# The networks of this course are so small that handing them to a GPU takes longer than computing
# them: agents and environments live on the CPU, also where there is a GPU (as on Colab).
CPU = "/CPU:0"

_programs: dict = {}  # graph key to a program and the positions of its variables
_building = threading.RLock()  # A3C's threads may need the same one


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


@functools.cache
def _home() -> int:
    """The process in which a graph ran first; the child of a fork remembers it."""
    return os.getpid()


def run_as_graph(function, *things, inputs=(), compiled=False):
    """Runs `function(*things, *inputs)` as one graph, built on first use.

    A graph is bound to the variables it was traced with, and TensorFlow keeps every graph and
    every XLA program until the process ends. So a graph is traced once for all agents of equal
    settings, and given the variables of the agent that runs it: the second agent starts at once,
    and a process may make and drop as many as it likes.

    Only what is made of this package alone can be known to be equal (`graph_key.py`). Agents and
    environments of a class of your own, and those with a method or a layer replaced, get
    graphs of their own.

    Args:
        function: A Python function; AutoGraph turns its `while` and `if` into graph operations.
        *things: Objects whose variables it uses; the first, an agent, keeps the graph.
        inputs: Tensors, or lists of them.
        compiled: True to compile the graph with XLA, where there is XLA.

    Raises:
        RuntimeError: This process is the child of a fork, and TensorFlow ran before that.
    """
    if tf.config.functions_run_eagerly():
        return function(*things, *inputs)
    if _home() != os.getpid():
        raise RuntimeError(
            "TensorFlow's threads are not in the child of a fork, which would wait for them for "
            'ever; start processes with multiprocessing.get_context("spawn")'
        )
    graphs = vars(things[0]).setdefault("_graphs", {})
    tensors = tf.nest.flatten(inputs)
    key = function, things[1:], tuple((tensor.shape, tensor.dtype) for tensor in tensors)
    if key not in graphs:
        with _building:
            graphs[key] = _graph_of(function, things, inputs, compiled)
    return graphs[key](*inputs)


def episode_loop(method):
    """Decorates an agent's `run_episode(environment)`: the loop runs as one graph, on the CPU.

    To watch every tensor, call `tf.config.run_functions_eagerly(True)` first: the same lines then
    run one at a time.
    """

    @functools.wraps(method)
    def run_episode(self, environment):
        self.check_environment(environment)
        with tf.device(CPU), environment.original_errors():
            return run_as_graph(method, self, environment, compiled=environment.compilable)

    return run_episode


def _graph_of(function, things, inputs, compiled):
    """A callable of the inputs: an existing program of the same key, or a new one."""
    jit_compile = True if compiled and xla_is_available() else None
    graph = tf.function(functools.partial(function, *things), jit_compile=jit_compile)
    specs = tf.nest.map_structure(lambda tensor: tf.TensorSpec(tensor.shape, tensor.dtype), inputs)
    variables: list[tf.Variable] = []
    try:
        if tf.inside_function():  # a graph traced here could use what belongs to the outer one
            raise NotComparable
        key = function, graph_key(things, variables), PackageCode(), str(specs), jit_compile
        if key not in _programs:
            _programs[key] = _program(graph.get_concrete_function(*specs), variables)
    except NotComparable:
        return graph
    program, positions = _programs[key]
    handles = [variables[position].handle for position in positions]

    def run(*inputs):
        outputs = program.inference_fn.call_flat(*tf.nest.flatten(inputs), *handles)
        return program.function_type.pack_output(outputs)

    return run


def _program(traced, variables):
    """The traced function, and the positions in `variables` of those that it captured."""
    position_of = {id(variable.handle): i for i, variable in enumerate(variables)}
    if any(id(captured) not in position_of for captured in traced.captured_inputs):
        raise NotComparable
    return traced, [position_of[id(captured)] for captured in traced.captured_inputs]
