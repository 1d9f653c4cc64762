"""Checks of lesson 02, tables on the 5x5 grid."""

import numpy as np

from dqn_keras.classroom.checks.tools import Hint, call, compare, done

# S = 4, A = 3. Decoys: 50 is a value after an end, which no Q-value may contain.
_VALUES = np.array([1.0, 5.0, -2.0, 50.0])
_NEXT_STATES = np.array([[1, 2, 0], [2, 3, 0], [0, 1, 3], [2, 0, 1]])
_REWARDS = np.array([[0.0, -1.0, 0.5], [2.0, 7.0, 0.0], [-1.0, 0.0, 4.0], [3.0, 1.0, 0.0]])
_TERMINATED = _NEXT_STATES == 3
_DISCOUNT = 0.9


def check_look_ahead(function) -> None:
    """Checks `function(values, next_states, rewards, terminated, discount_factor)`.

    Args:
        function: Returns the Q-values, [S, A].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "look_ahead"
    arguments = (_VALUES, _NEXT_STATES, _REWARDS, _TERMINATED)
    result = call(function, *(part.copy() for part in arguments), _DISCOUNT)
    future = _VALUES[_NEXT_STATES]
    cut = future * ~_TERMINATED
    q_values = _REWARDS + _DISCOUNT * cut
    compare(
        name,
        result,
        q_values,
        {
            "the goal ends the episode, yet your Q-value counts a value after it: "
            "where is `terminated`?": _REWARDS + _DISCOUNT * future,
            "it keeps the value after an end and drops all others: `terminated` is the wrong way "
            "round": _REWARDS + _DISCOUNT * future * _TERMINATED,
            "the next value counts in full: where is the discount factor?": _REWARDS + cut,
            "it discounts the reward as well: only the next value is discounted": _DISCOUNT
            * (_REWARDS + cut),
            "the reward of the last step is lost: an end cuts only what comes after it": q_values
            * ~_TERMINATED,
            "the rewards are missing": _DISCOUNT * cut,
            "it uses the value of the cell itself: look where the action leads, "
            "values[next_states]": _REWARDS + _DISCOUNT * _VALUES[:, None] * ~_TERMINATED,
            "the future is taken off the reward instead of added": _REWARDS - _DISCOUNT * cut,
            "it already takes the best action: keep one value for each action": q_values.max(
                axis=1
            ),
            "it already averages over the actions: keep one value for each action": q_values.mean(
                axis=1
            ),
        },
    )
    done(name)


def check_q_learning_update(function) -> None:
    """Checks `function(q, transition, alpha, discount_factor)`.

    Args:
        function: Returns the new value of `q[state, action]` after the transition (state, action,
            reward, next_state, next_action, terminated).

    Raises:
        Hint: It is wrong; says how.
    """
    name = "q_learning_update"
    alpha = 0.25
    q = np.array([[1.0, 2.0, 3.0], [8.0, 6.0, -4.0], [0.5, 40.0, 10.0]])
    state, action, reward, next_state, next_action = 0, 1, -1.0, 1, 2
    old, following = q[state, action], q[next_state]
    target = reward + _DISCOUNT * following.max()

    def moved(to):
        return old + alpha * (to - old)

    table = q.copy()
    result = call(
        function,
        table,
        (state, action, reward, next_state, next_action, False),
        alpha,
        _DISCOUNT,
    )
    if np.shape(result) == q.shape:
        raise Hint(f"{name}: it returns a whole table: return the new number alone")
    compare(
        name,
        result,
        moved(target),
        {
            "this is SARSA: it uses the action taken next; Q-learning asks for the largest "
            "Q-value of the next state": moved(reward + _DISCOUNT * following[next_action]),
            "it jumps all the way to the target: alpha says how far to go": target,
            "this is only the step: add it to the old value": alpha * (target - old),
            "the old value is not taken off the target: the error is target minus old value": old
            + alpha * target,
            "it moves away from the target: the error is target minus old value": old
            - alpha * (target - old),
            "the future counts in full: where is the discount factor?": moved(
                reward + following.max()
            ),
            "it uses the largest Q-value of the state it came from: take the next state's": moved(
                reward + _DISCOUNT * q[state].max()
            ),
            "it uses the largest value of the whole table: take the next state's row": moved(
                reward + _DISCOUNT * q.max()
            ),
            "it uses the index of the best action: argmax gives which, max gives how much": moved(
                reward + _DISCOUNT * following.argmax()
            ),
            "the reward is missing": moved(_DISCOUNT * following.max()),
            "alpha counts the wrong way round: a small alpha should be a small step": target
            + alpha * (old - target),
        },
    )
    if not np.array_equal(table, q):
        raise Hint(f"{name}: the number is right, but it changed `q`: the loop does that")
    # The last step: 40 is the largest Q-value after the end, which must not count.
    reward, next_state = 5.0, 2
    result = call(
        function, table, (state, action, reward, next_state, next_action, True), alpha, _DISCOUNT
    )
    compare(
        name,
        result,
        moved(reward),
        {
            "right within an episode, but after its last step nothing comes: "
            "did you use `terminated`?": moved(reward + _DISCOUNT * q[next_state].max()),
            "right within an episode, but the last step must still be learned from: "
            "its target is the reward": old,
            "right within an episode, but the reward of the last step is lost": moved(0.0),
        },
    )
    done(name)
