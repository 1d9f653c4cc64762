"""The key under which a graph is kept: agents of equal keys can use one graph.

A graph holds what Python knew while it was traced: settings, sizes, the lines of the methods.
It does not hold the values of variables, so a seed makes no difference, nor what was learned.
"""

import inspect
import json
import sys
import types

import keras
import tensorflow as tf

_LAYERS = {keras.layers.InputLayer, keras.layers.Flatten, keras.layers.Dense}


class NotComparable(Exception):
    """Something on which a graph may depend in ways that cannot be looked up."""


def graph_key(thing, variables: list, seen: dict | None = None) -> tuple:
    """All that a graph which uses this thing depends on, but for the values of variables.

    Only what this package and Keras are made of can be compared. An attribute on which no graph
    depends is named by its class, in `untraced`.

    Args:
        thing: An agent, an environment, a tuple of them, or a part of one.
        variables: Those found are appended, in the same order for things of equal keys.
        seen: What is part of the key already, by identity.

    Returns:
        A hashable key.

    Raises:
        NotComparable: It is, or has a part, of another kind: a class of the reader's own, a
            method or a layer replaced by another.
    """
    seen = {} if seen is None else seen
    kind = type(thing)
    if thing is None or isinstance(thing, (bool, int, float, str, types.CodeType)):
        return kind, thing
    if kind in (tuple, list):
        return kind, *(graph_key(item, variables, seen) for item in thing)
    if kind is dict:
        return kind, *((name, graph_key(part, variables, seen)) for name, part in thing.items())
    if id(thing) in seen:
        return "seen", seen[id(thing)]
    seen[id(thing)] = len(seen)
    if isinstance(thing, tf.Variable):
        variables.append(thing)
        return kind, thing.shape, thing.dtype, thing.trainable
    return kind, graph_key(_parts(thing), variables, seen)


def _parts(thing) -> dict:
    """What it consists of, name to part."""
    kind = type(thing)
    home = (thing if kind is types.FunctionType else kind).__module__.split(".")[0]
    if kind is types.FunctionType and home == "dqn_keras":  # such as a schedule
        cells = [cell.cell_contents for cell in thing.__closure__ or ()]
        return {"lines": thing.__code__, "closure": cells}
    is_known = isinstance(thing, keras.optimizers.Optimizer) or _is_network(thing)
    if is_known and home in ("keras", "dqn_keras"):  # this package has an Adam of its own
        return {"config": _config(thing), "variables": [v.value for v in thing.variables]}
    if home == "dqn_keras":
        untraced = ("_graphs", *getattr(kind, "untraced", ()))
        return {name: part for name, part in vars(thing).items() if name not in untraced}
    if kind is tf.random.Generator:
        return {"algorithm": int(thing.algorithm), "state": thing.state}
    if home == "keras" and isinstance(thing, keras.optimizers.schedules.LearningRateSchedule):
        return {"config": _config(thing)}
    raise NotComparable


def _is_network(thing) -> bool:
    """A model of nothing but layers that are known: three of Keras', and this package's."""
    return isinstance(thing, keras.Model) and all(
        type(layer) in _LAYERS or type(layer).__module__ == "dqn_keras.networks"
        for layer in thing.layers
    )


def _config(thing) -> str:
    """A Keras object's configuration, but for its name and how its first values were drawn."""

    def shortened(config):
        if isinstance(config, dict):
            kept = {key for key in config if not key.endswith("_initializer")}
            return {key: shortened(config[key]) for key in kept}
        return [shortened(item) for item in config] if isinstance(config, list) else config

    config = shortened(thing.get_config())
    return json.dumps({**config, "name": None}, sort_keys=True, default=repr)


class PackageCode:
    """All functions, methods and constants of this package as they are now, to compare.

    A graph stays what it was when a test or IPython's autoreload replaces them; an agent that is
    used afterwards must get a graph of the new ones. Changes to Keras and TensorFlow do not count.
    """

    def __init__(self):
        self._values = []  # kept, so that no other object can come to have the same id
        for name, module in list(sys.modules.items()):
            if name.split(".")[0] == "dqn_keras":
                self._add(vars(module))
                for value in list(vars(module).values()):  # another thread may import
                    if inspect.isclass(value) and value.__module__ == name:
                        self._add(vars(value))
        self._ids = tuple(map(id, self._values))

    def _add(self, namespace):
        for name, value in list(namespace.items()):
            if isinstance(value, types.ModuleType) or name == "__warningregistry__":
                continue  # grows by importing, and by warning
            function = inspect.unwrap(getattr(value, "fget", value))  # of a property
            self._values += [value, getattr(function, "__code__", None)]

    def __eq__(self, other):
        return self._ids == other._ids

    def __hash__(self):
        return hash(self._ids)
