"""Checks of lesson 03, from a table to a network."""

import numpy as np

from dqn_keras.classroom.checks.tools import Hint, call, compare, done


def check_grid_state(function) -> None:
    """Checks `function(agent, ghosts, directions, goal)`.

    Args:
        function: Returns the 15 numbers of the grid world's state.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "grid_state"
    agent, goal, directions = (1, 3), (4, 2), [-1, 1, 1]
    ghosts = [(0, 1), (3, 2), (2, 3)]

    def numbers(sign=1, origin=agent, swap=False, label=-1, goal_label=1, goal_first=False):
        def away(place):
            dx, dy = sign * (place[0] - origin[0]), sign * (place[1] - origin[1])
            return [dy, dx] if swap else [dx, dy]

        seen = [
            number
            for ghost, direction in zip(ghosts, directions, strict=True)
            for number in [*away(ghost), label, direction]
        ]
        aim = [*away(goal), goal_label]
        return aim + seen if goal_first else seen + aim

    answer = np.array(numbers())
    by_kind = np.concatenate([answer[:12].reshape(3, 4).T.ravel(), answer[12:]])
    result = call(function, agent, list(ghosts), list(directions), goal)
    compare(
        name,
        result,
        answer,
        {
            "every sign is turned: it is the ghost's place minus Pac-Man's": numbers(sign=-1),
            "these are places on the grid: take Pac-Man's off, the state is relative": numbers(
                origin=(0, 0)
            ),
            "dx and dy have changed places: x, to the right, comes first": numbers(swap=True),
            "a ghost's label is -1": numbers(label=1),
            "the goal's label is +1": numbers(goal_label=-1),
            "the labels have changed places: -1 for ghosts, +1 for the goal": numbers(
                label=1, goal_label=-1
            ),
            "the goal comes last": numbers(goal_first=True),
            "the four numbers of one ghost stand together, then the next ghost's": by_kind,
            "the ghosts' directions are missing": np.delete(answer, [3, 7, 11]),
            "the goal is missing": answer[:12],
            "the goal's label is missing": answer[:14],
            "one row of 15 numbers, please: join the ghosts' lists with + instead of nesting": (
                answer[None]
            ),
        },
    )
    done(name)


# B = 4, A = 3. Decoy: 90 and 70 are values after an end, which no target may contain.
_REWARDS = np.array([0.0, -1.0, 1.0, 2.0], np.float32)
_NEXT_Q_VALUES = np.array(
    [[1.0, 5.0, 3.0], [4.0, 2.0, 8.0], [90.0, 70.0, 80.0], [6.0, -2.0, 7.0]], np.float32
)
_NEXT_ACTIONS = np.array([2, 1, 1, 0])
_TERMINATED = np.array([False, False, True, False])
_DISCOUNT = 0.9


def check_sarsa_target(function) -> None:
    """Checks `function(rewards, next_q_values, next_actions, terminated, discount_factor)`.

    Args:
        function: Returns the SARSA targets, [B].

    Raises:
        Hint: It is wrong; says how.
    """
    name = "sarsa_target"
    arguments = (_REWARDS, _NEXT_Q_VALUES, _NEXT_ACTIONS, _TERMINATED)
    taken = _NEXT_Q_VALUES[np.arange(4), _NEXT_ACTIONS]

    def target(next_values, ended=_TERMINATED, discount=_DISCOUNT):
        return _REWARDS + discount * next_values * ~ended

    compare(
        name,
        call(function, *(part.copy() for part in arguments), _DISCOUNT),
        target(taken),
        {
            "this is Q-learning: SARSA takes the action that is really taken next, "
            "not the best one": target(_NEXT_Q_VALUES.max(axis=1)),
            "it averages over the actions: take the one that is really taken next": target(
                _NEXT_Q_VALUES.mean(axis=1)
            ),
            "it always takes action 0: `next_actions` says which": target(_NEXT_Q_VALUES[:, 0]),
            "the goal ends the episode, yet your target counts a value after it: "
            "did you use `terminated`?": target(taken, np.zeros(4, bool)),
            "it keeps the future of ended steps and drops that of all others: "
            "`terminated` is the wrong way round": target(taken, ~_TERMINATED),
            "the future counts in full: where is the discount factor?": target(taken, discount=1),
            "the reward of the last step is lost: an end cuts only the future": target(taken)
            * ~_TERMINATED,
            "the future is taken off the reward instead of added": target(-taken),
            "the discount factor belongs to the future only, not to the reward": _DISCOUNT
            * target(taken, discount=1),
            "shape (4, 4): next_q_values[:, next_actions] pairs every row with every action; "
            "pair row i with action i": _REWARDS
            + _DISCOUNT * _NEXT_Q_VALUES[:, _NEXT_ACTIONS] * ~_TERMINATED,
            "one number for each action: pick the one of the action taken next": _REWARDS[:, None]
            + _DISCOUNT * _NEXT_Q_VALUES * ~_TERMINATED[:, None],
        },
    )
    done(name)


class _Scripted:
    """An environment and an agent that note all they are asked; every action is another number."""

    rewards = (0.0, -1.0, 3.0, 0.5, 2.0)

    def __init__(self, terminates: bool):
        self.terminates = terminates
        self.time = 0
        self.over = False
        self.drawn = []  # the state in which action i was drawn
        self.played = []
        self.learned = []

    def reset(self):
        return np.array([0.0])

    def step(self, action):
        if self.over:
            raise Hint("sarsa_episode: it plays on after the end: done is terminated or truncated")
        self.played.append(int(action))
        reward = self.rewards[self.time]
        self.time += 1
        self.over = self.time == len(self.rewards)
        state = np.array([float(self.time)])
        return state, reward, self.over and self.terminates, self.over and not self.terminates

    def get_action(self, state):
        if len(self.drawn) > 50:
            raise Hint("sarsa_episode: it draws actions without end: does it call step?")
        self.drawn.append(float(np.ravel(state)[0]))
        return len(self.drawn) - 1

    def learn(self, state, action, reward, next_state, next_action, terminated):
        self.learned.append(
            (
                float(np.ravel(state)[0]),
                int(action),
                float(reward),
                float(np.ravel(next_state)[0]),
                int(next_action),
                bool(terminated),
            )
        )


def check_sarsa_episode(function) -> None:
    """Checks `function(environment, get_action, learn)`.

    Args:
        function: Plays one episode, calls `learn(s, a, r, s', a', terminated)` after each step and
            returns the score.

    Raises:
        Hint: It is wrong; says how.
    """
    name = "sarsa_episode"
    for terminates in (True, False):
        script = _Scripted(terminates)
        score = _play(name, function, script)
        _judge(name, script)
        compare(
            name,
            score,
            sum(script.rewards),
            {
                "the last reward is missing in the score": sum(script.rewards[:-1]),
                "it returns the last reward: the score is the sum of all": script.rewards[-1],
                "the score stays 0: add each reward to it": 0.0,
            },
        )
    done(name)


def _play(name, function, script):
    try:
        return call(function, script, script.get_action, script.learn)
    except Hint as hint:
        # `call` reports what our own environment raised as the learner's error: say it plainly.
        raise (hint.__cause__ if isinstance(hint.__cause__, Hint) else hint) from None


def _judge(name, script) -> None:
    """Finds where the chain s, a, r, s', a' breaks."""
    steps = len(script.played)
    learned = script.learned
    if steps < len(script.rewards):
        raise Hint(f"{name}: it stops after {steps} of {len(script.rewards)} steps")
    if len(learned) != steps:
        raise Hint(f"{name}: {steps} steps, but learn was called {len(learned)} times")
    states, actions, rewards, next_states, next_actions, ended = zip(*learned, strict=True)
    if len(set(script.played)) == 1:
        raise Hint(f"{name}: it plays one action for ever: next_action becomes action")
    if actions == next_actions:
        raise Hint(
            f"{name}: learn got one action twice: either a' was not drawn in the next state, or "
            "action was overwritten before learning"
        )
    if list(actions) != script.played:
        raise Hint(f"{name}: learn got another action than the one that was played")
    if next_states != tuple(range(1, steps + 1)):
        raise Hint(f"{name}: learn's next_state is not the state that step returned")
    if len(set(states)) == 1:
        raise Hint(f"{name}: the state never changes: next_state becomes state")
    if states != tuple(range(steps)):
        raise Hint(f"{name}: state was overwritten too early: learn needs the old one")
    if rewards != script.rewards:
        raise Hint(f"{name}: learn got another reward than the step gave")
    if list(next_actions[:-1]) != script.played[1:]:
        raise Hint(
            f"{name}: the a' of the target is thrown away and another action is played: "
            "draw it once, and carry it over"
        )
    # After a true end nothing depends on a': it need not be drawn.
    drawn = [script.drawn[action] for action in next_actions[: steps - script.terminates]]
    if drawn != list(next_states[: len(drawn)]):
        raise Hint(f"{name}: a' must be drawn in the next state, after the step")
    if list(ended) != [False] * (steps - 1) + [script.terminates]:
        raise Hint(
            f"{name}: learn's last argument is `terminated` alone: the time limit ends only the "
            "watching"
        )
