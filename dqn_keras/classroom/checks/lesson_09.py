"""Checks of lesson 09, five documents and one agent."""

import math

import numpy as np
import tensorflow as tf

from dqn_keras.classroom.checks.tools import Hint, call, compare, done
from dqn_keras.replay_memory import Transitions


def check_steps_played(function) -> None:
    """Checks `function(document, printed)`.

    Args:
        function: Returns how many steps an episode had, from the score its document prints.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "steps_played"
    documents = np.array(["000", "000", "001", "002", "002", "003", "003", "004", "004", "004"])
    printed = np.array([37, 500, 12, 8, 500, 36, 500, 38, 500, 501])
    low, high = np.isin(documents, ["002", "003"]), documents == "004"
    failed = low & (printed < 500)
    answer = printed + failed - high
    mistakes = {
        "it hands back what is printed: 002 and 003 lose a step, 004 adds one": printed,
        "document 004 is still as printed: it shows its counter plus one": printed + failed,
        "documents 002 and 003 are still as printed: a fall costs them one step": printed - high,
        "002 and 003 print 500 for a perfect episode of 500 steps: only failed ones lose one": (
            printed + low - high
        ),
        "004 prints one too many, so take one off; you add one": printed + failed + high,
        "002 and 003 print one too few after a fall, so add one; you take one off": (
            printed - failed - high
        ),
        "000 and 001 print the true number of steps: leave them alone": (
            printed + (~high & (printed < 500)) - high
        ),
        "004 adds one to every episode, to a perfect one too: its 500 means 499 steps": (
            printed + failed - (high & (printed != 500))
        ),
    }
    result = [call(function, str(d), int(p)) for d, p in zip(documents, printed, strict=True)]
    compare(name, result, answer, mistakes)
    done(name)


def check_policy_argument(function) -> None:
    """Checks `function(q_values, epsilon, rng)`, which has to listen to its epsilon.

    Args:
        function: Returns an action, an int.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "policy"
    q_values = np.array([1.0, 7.0, 2.0])
    counts = {}
    for epsilon in (0.0, 0.5, 1.0):
        rng = np.random.default_rng(0)
        actions = [call(function, q_values, epsilon, rng) for _ in range(400)]
        if any(np.ndim(action) != 0 for action in actions):
            raise Hint(f"{name}: return one action, a whole number, not an array")
        if not set(map(float, actions)) <= {0.0, 1.0, 2.0}:
            raise Hint(
                f"{name}: actions here are 0, 1 and 2, yours include "
                f"{next(a for a in actions if float(a) not in (0.0, 1.0, 2.0))}: "
                "return the index of the largest Q-value, not the value"
            )
        counts[epsilon] = np.bincount(np.array(actions, int), minlength=3)
    greedy, half, free = counts[0.0], counts[0.5], counts[1.0]
    if greedy[1] < 400 and free[1] == 400:
        raise Hint(f"{name}: it explores at epsilon 0 and never at 1: < is the wrong way round")
    if greedy[0] == 400:
        raise Hint(f"{name}: at epsilon 0 it takes the smallest Q-value")
    if greedy[1] < 400:
        raise Hint(
            f"{name}: epsilon 0 was handed in, and it still acts at random: "
            "which name does the comparison read, the argument's or one from outside?"
        )
    if free[1] == 400:
        raise Hint(
            f"{name}: epsilon 1 was handed in, and it never explores: "
            "which name does the comparison read?"
        )
    if free[1] == 0:
        raise Hint(f"{name}: a random action may also be the best one: draw among all")
    if free[2] == 0:
        raise Hint(f"{name}: the last action is never drawn: is the upper end one too low?")
    if not 80 <= free[1] <= 190:
        raise Hint(f"{name}: at epsilon 1 each of the 3 actions should be equally likely")
    if not 205 <= half[1] <= 325:
        raise Hint(f"{name}: at epsilon 0.5 half of the actions should be random")
    rng = np.random.default_rng(0)
    if sum(counts[1.0] != np.bincount([call(function, q_values, 1.0, rng) for _ in range(400)])):
        raise Hint(f"{name}: draw from rng, so that a seed fixes the run")
    done(name)


class _Model:
    """Stands for a Keras model: Q-values are linear in the states."""

    def __init__(self):
        kernel = [[1.0, -2.0], [0.5, 3.0], [-1.0, 2.0]]
        self.kernel = tf.Variable(tf.constant(kernel))
        self.trainable_weights = self.trainable_variables = [self.kernel]

    def __call__(self, states, training=None):
        return tf.matmul(tf.cast(states, tf.float32), self.kernel)

    def predict(self, states, verbose=0):
        return self(states).numpy()


# NumPy, since a tensor made on import would start TensorFlow's threads (`use_one_thread`).
_BATCH = Transitions(
    states=np.array([[1.0, 2, 0], [0, 1, -1], [2, 0, 1], [1, 1, 1]], np.float32),
    actions=np.array([0, 1, 0, 1], np.int32),
    rewards=np.array([1.0, 2.0, -100.0, 3.0], np.float32),
    next_states=np.array([[2.0, 1, 1], [1, 0, -2], [9, 8, 7], [0, 2, 1]], np.float32),
    terminated=np.array([False, False, True, False]),
)


def _loss_and_gradient(function):
    """The learner's loss and its gradient; called by the learner's name."""

    def compute():
        model, batch = _Model(), Transitions(*map(tf.constant, _BATCH))
        with tf.GradientTape() as tape:
            loss = function(model, batch, 0.9)
            if loss is None:
                return None
            loss = tf.convert_to_tensor(loss)
        gradient = tape.gradient(loss, model.kernel)
        return loss.numpy(), None if gradient is None else gradient.numpy().ravel()

    compute.__name__ = getattr(function, "__name__", "my_loss")
    return compute


def check_label_loss(function) -> None:
    """Checks `function(model, batch, discount_factor)`, a loss whose target is a label.

    Args:
        function: Returns the mean squared TD error, a number of which the gradient is taken.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "loss"
    if not callable(function):
        call(function)
    loss, gradient = call(_loss_and_gradient(function))
    if np.ndim(loss) != 0:
        raise Hint(f"{name}: return one number, the mean over the batch; yours has {loss.shape}")
    if gradient is None:
        raise Hint(
            f"{name}: no gradient reaches the model: only the target is a label, "
            "Q(s, a) has to stay inside the tape, as a tensor"
        )

    def variant(rule):
        def function(model, batch, discount):
            q_values, best = model(batch.states), tf.reduce_max(model(batch.next_states), axis=1)
            taken = tf.gather(q_values, batch.actions, batch_dims=1)
            goes_on = tf.cast(~batch.terminated, tf.float32)
            return rule(batch.rewards, best, goes_on, discount, taken, q_values)

        value, slope = _loss_and_gradient(function)()
        return np.append(slope, value)

    fixed, mean, square = tf.stop_gradient, tf.reduce_mean, tf.square
    compare(
        name,
        np.append(gradient, loss),
        variant(lambda r, best, on, g, q, _: mean(square(fixed(r + g * best * on) - q))),
        {
            "the gradient still flows through the target: "
            "tf.stop_gradient changes nothing in place, it returns a new tensor": variant(
                lambda r, best, on, g, q, _: mean(square(r + g * best * on - q))
            ),
            "you stopped the gradient of Q(s, a), which should learn, and not that of the target": (
                variant(lambda r, best, on, g, q, _: mean(square(r + g * best * on - fixed(q))))
            ),
            "your target bootstraps past a fall: did you use `terminated`?": variant(
                lambda r, best, on, g, q, _: mean(square(fixed(r + g * best) - q))
            ),
            "the future counts in full: where is the discount factor?": variant(
                lambda r, best, on, g, q, _: mean(square(fixed(r + best * on) - q))
            ),
            "that is the sum of the squared errors: take the mean": variant(
                lambda r, best, on, g, q, _: tf.reduce_sum(square(fixed(r + g * best * on) - q))
            ),
            "the errors are not squared": variant(
                lambda r, best, on, g, q, _: mean(fixed(r + g * best * on) - q)
            ),
            "it moves the largest Q-value of each state: move the one of the action taken": variant(
                lambda r, best, on, g, _, all_q: mean(
                    square(fixed(r + g * best * on) - tf.reduce_max(all_q, axis=1))
                )
            ),
        },
    )
    done(name)


def check_episodes_until(function) -> None:
    """Checks `function(goal, score, keep)`.

    Args:
        function: Returns after how many episodes of the same score a running mean from 0 is above
            the goal.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "episodes_until"
    cases = ((200.0, 500.0, 0.99), (475.0, 500.0, 0.99), (30.0, 50.0, 0.9), (5.0, 10.0, 0.5))
    result = [call(function, *case) for case in cases]

    def first(above, start=lambda score: 0.0, new=lambda m, s, k: k * m + (1 - k) * s):
        def count(goal, score, keep):
            mean = start(score)
            for episodes in range(2000):
                if episodes and above(mean, goal):
                    return episodes
                mean = new(mean, score, keep)
            return -1

        return np.array([count(*case) for case in cases])

    answer = first(lambda mean, goal: mean > goal)
    exact = np.array([math.log(1 - g / s) / math.log(k) for g, s, k in cases])
    compare(
        name,
        result,
        answer,
        {
            "it stops where the mean just reaches the goal; the rule asks for more: >": first(
                lambda mean, goal: mean >= goal
            ),
            "one episode too few: count the one that lifts the mean above the goal": answer - 1,
            "one episode too many: stop counting as soon as the mean is above the goal": answer + 1,
            "that is not a whole number of episodes: which is the first that is above?": exact,
            "the running mean starts from 0, not from the first score": first(
                lambda mean, goal: mean > goal, start=lambda score: score
            ),
            "keep and 1 - keep have changed places": first(
                lambda mean, goal: mean > goal, new=lambda m, s, k: (1 - k) * m + k * s
            ),
        },
    )
    done(name)
