"""All that changes in an agent or an environment: its TensorFlow variables, in one walk.

`Agent.reset` and the checkpoints both rest on it: whatever is kept in a variable below an
attribute is reset and saved, without being named a second time.
"""

import keras
import tensorflow as tf


def variables_of(*things) -> list[tf.Variable]:
    """Lists the variables below some things, always in the same order for things built alike.

    Looked through are this package's objects and those derived from them, Keras models and
    optimizers, TensorFlow's random generators, and lists, tuples and dictionaries of these.
    Attributes that start with an underscore belong to this process alone and are left out.
    """
    found, seen = [], set()

    def walk(thing):
        if id(thing) in seen:
            return
        seen.add(id(thing))
        if isinstance(thing, tf.Variable):
            found.append(thing)
        else:
            for part in _parts(thing):
                walk(part)

    walk(list(things))
    return found


def _parts(thing):
    if isinstance(thing, (list, tuple)):
        return thing
    if isinstance(thing, dict):
        return thing.values()
    if isinstance(thing, (keras.Model, keras.optimizers.Optimizer)):
        return [variable.value for variable in thing.variables]
    if isinstance(thing, tf.random.Generator):
        return [thing.state]
    if any(kind.__module__.startswith("dqn_keras.") for kind in type(thing).__mro__):
        return [part for name, part in vars(thing).items() if not name.startswith("_")]
    return []
