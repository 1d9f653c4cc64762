"""Lesson 04, from a table to a network: the grid's 15 numbers, SARSA's target and its loop."""

import numpy as np

from dqn_keras.classroom.checks.harness import exercise
from dqn_keras.classroom.checks.values import as_numbers
from dqn_keras.machinery.language import say


def _places(rng):
    """Pac-Man, three ghosts that may stand anywhere, and the goal."""
    places = [tuple(place) for place in rng.integers(10, size=[5, 2]).tolist()]
    return places[0], places[1:4], rng.choice([-1, 1], 3).tolist(), places[4]


def _numbers(agent, ghosts, directions, goal):
    numbers = []
    for (x, y), direction in zip(ghosts, directions, strict=True):
        numbers += [x - agent[0], y - agent[1], -1, direction]
    return [*numbers, goal[0] - agent[0], goal[1] - agent[1], 1]


def _changed(change):
    """A mistake from the right numbers: of the ghosts, [3, 4], and of the goal, [3]."""

    def answer(*arguments):
        numbers = np.array(_numbers(*arguments))
        return change(numbers[:12].reshape(3, 4), numbers[12:])

    return answer


_GOAL_ANYWHERE = (
    "the goal is always at (4, 4): use the argument `goal`, it may stand anywhere",
    "목표가 언제나 (4, 4)입니다. 목표는 어디에나 있을 수 있으니 인자 `goal`을 쓰세요",
)
_NOT_PAC_MAN = (
    "17 numbers: Pac-Man's own place is not among them",
    "숫자가 17개입니다. 팩맨의 위치는 넣지 않습니다",
)


def _times(*factors):
    """The numbers of every ghost and of the goal multiplied; a ghost's direction stays."""
    dx, dy, label, goal_label = factors
    return _changed(
        lambda g, goal: [*(g * [dx, dy, label, 1]).ravel(), *goal * [dx, dy, goal_label]]
    )


@exercise(
    examples=[
        ((0, 0), [(0, 1), (1, 2), (2, 3)], [-1, -1, -1], (4, 4)),
        ((1, 3), [(0, 1), (3, 2), (2, 3)], [-1, 1, 1], (4, 2)),
    ],
    random=_places,
    mistakes=[
        _times(-1, -1, 1, 1),
        "every sign is turned: it is the ghost's place minus Pac-Man's",
        "부호가 모두 반대입니다. 귀신의 위치에서 팩맨의 위치를 빼세요",
        _changed(lambda g, goal: [*(g * [-1, -1, 1, 1]).ravel(), *goal]),
        "the ghosts' signs are turned: it is the ghost's place minus Pac-Man's",
        "귀신의 부호가 반대입니다. 귀신의 위치에서 팩맨의 위치를 빼세요",
        _changed(lambda g, goal: [*g.ravel(), *goal * [-1, -1, 1]]),
        "the goal's signs are turned: it is the goal's place minus Pac-Man's",
        "목표의 부호가 반대입니다. 목표의 위치에서 팩맨의 위치를 빼세요",
        _times(1, -1, 1, 1),
        "dy has the wrong sign: y grows downwards",
        "dy의 부호가 반대입니다. y는 아래로 커집니다",
        lambda agent, ghosts, directions, goal: _numbers((0, 0), ghosts, directions, goal),
        "these are places on the grid: subtract Pac-Man's, the state is relative",
        "그리드에서의 위치입니다. 팩맨에서 본 상대위치가 되도록 팩맨의 위치를 빼세요",
        lambda agent, ghosts, directions, goal: [
            *_numbers(agent, ghosts, directions, goal)[:12],
            *goal,
            1,
        ],
        "the goal's place is still the grid's: subtract Pac-Man's there, too",
        "목표는 아직 그리드에서의 위치입니다. 목표에서도 팩맨의 위치를 빼세요",
        lambda agent, ghosts, directions, goal: [
            *_numbers((0, 0), ghosts, directions, goal)[:12],
            *_numbers(agent, ghosts, directions, goal)[12:],
        ],
        "the ghosts' places are still the grid's: subtract Pac-Man's there, too",
        "귀신은 아직 그리드에서의 위치입니다. 귀신에서도 팩맨의 위치를 빼세요",
        lambda agent, ghosts, directions, goal: _numbers(goal, ghosts, directions, goal),
        "it measures from the goal: measure from Pac-Man",
        "목표를 기준으로 쟀습니다. 팩맨을 기준으로 재세요",
        lambda agent, ghosts, directions, goal: _numbers(agent, ghosts, directions, (4, 4)),
        *_GOAL_ANYWHERE,
        lambda agent, ghosts, directions, goal: [
            *_numbers(agent, ghosts, directions, goal)[:12],
            *(4, 4, 1),
        ],
        *_GOAL_ANYWHERE,
        lambda agent, ghosts, directions, goal: _numbers(agent[::-1], ghosts, directions, goal),
        "Pac-Man's x and y have changed places: agent[0] is x, agent[1] is y",
        "팩맨의 x와 y가 바뀌었습니다. agent[0]이 x, agent[1]이 y입니다",
        lambda agent, ghosts, directions, goal: _numbers(
            (agent[0], agent[0]), ghosts, directions, goal
        ),
        "dy is measured from Pac-Man's x: agent[1] is his y",
        "dy를 팩맨의 x에서 쟀습니다. 팩맨의 y는 agent[1]입니다",
        lambda agent, ghosts, directions, goal: _numbers(
            (-agent[0], -agent[1]), ghosts, directions, goal
        ),
        "Pac-Man's place is added: subtract it",
        "팩맨의 위치를 더했습니다. 빼세요",
        lambda agent, ghosts, directions, goal: [
            *agent,
            *_numbers(agent, ghosts, directions, goal),
        ],
        *_NOT_PAC_MAN,
        lambda agent, ghosts, directions, goal: [
            *_numbers(agent, ghosts, directions, goal),
            *agent,
        ],
        *_NOT_PAC_MAN,
        lambda agent, ghosts, directions, goal: _numbers(agent, ghosts, [-1, -1, -1], goal),
        "every direction is -1: take them from `directions`",
        "방향이 모두 -1입니다. `directions`에 있는 값을 쓰세요",
        _changed(lambda g, goal: [*np.c_[g[:, :2], g[:, 3], g[:, 3]].ravel(), *goal]),
        "the label is the direction: a ghost's label is always -1",
        "레이블 자리에 방향이 있습니다. 귀신의 레이블은 언제나 -1입니다",
        _changed(lambda g, goal: [*g.ravel(), *goal[[2, 0, 1]]]),
        "the goal's label comes after its dx and dy",
        "목표의 레이블은 dx, dy 다음입니다",
        _changed(lambda g, goal: [*g[:, [0, 1, 3]].ravel(), *goal[:2]]),
        "the labels are missing, of the ghosts and of the goal",
        "귀신과 목표의 레이블이 빠졌습니다",
        _changed(
            lambda g, goal: [
                *(n for dx, dy, *more in g.tolist() for n in ((dx, dy), *more)),
                *goal.tolist(),
            ]
        ),
        "dx and dy stand in a pair: write them as two numbers, without brackets",
        "dx와 dy가 쌍으로 묶여 있습니다. 괄호 없이 숫자 두 개로 쓰세요",
        _changed(lambda g, goal: abs(np.array([*g[:, :2].ravel(), *goal[:2]]))),
        "these are distances alone: keep the signs, the labels and the directions",
        "거리만 있습니다. 부호와 레이블과 방향도 필요합니다",
        _changed(lambda g, goal: [*np.c_[abs(g[:, :2]), g[:, 2:]].ravel(), *abs(goal)]),
        "the signs are lost: left and right are not the same",
        "부호가 사라졌습니다. 왼쪽과 오른쪽은 다릅니다",
        _changed(lambda g, goal: [*(g + [0, 0, 2, 0]).ravel(), *goal - [0, 0, 2]]),
        "the labels have changed places: -1 for ghosts, +1 for the goal",
        "레이블이 바뀌었습니다. 귀신이 -1, 목표가 +1입니다",
        _times(1, 1, -1, 1),
        "a ghost's label is -1",
        "귀신의 레이블은 -1입니다",
        _times(1, 1, 1, -1),
        "the goal's label is +1",
        "목표의 레이블은 +1입니다",
        _times(1, 1, 0, 1),
        "a ghost's label is -1, not 0",
        "귀신의 레이블은 0이 아니라 -1입니다",
        _changed(lambda g, goal: [*(g * [1, 1, 1, -1]).ravel(), *goal]),
        "the directions have the wrong sign: take them as they are given",
        "방향의 부호가 반대입니다. 받은 그대로 쓰세요",
        _changed(lambda g, goal: [*np.c_[g[:, :3], [g[0, 3]] * 3].ravel(), *goal]),
        "every ghost has the first one's direction: each has its own",
        "모든 귀신에 첫 귀신의 방향을 썼습니다. 귀신마다 방향이 다릅니다",
        _changed(lambda g, goal: [*g[[0, 0, 0]].ravel(), *goal]),
        "three times the first ghost: does the loop use its index?",
        "첫 귀신이 세 번 나옵니다. 반복문에서 번호를 쓰나요?",
        _changed(lambda g, goal: [*g[[2, 2, 2]].ravel(), *goal]),
        "three times the last ghost: does each step of the loop add its own?",
        "마지막 귀신이 세 번 나옵니다. 반복할 때마다 그 귀신의 것을 더하나요?",
        _changed(lambda g, goal: [*g[::-1].ravel(), *goal]),
        "the ghosts stand in the opposite order: take them as they are given",
        "귀신의 순서가 거꾸로입니다. 받은 순서대로 쓰세요",
        lambda agent, ghosts, directions, goal: _numbers(agent, sorted(ghosts), directions, goal),
        "the ghosts are sorted: take them as they are given, each with its own direction",
        "귀신을 정렬했습니다. 받은 순서대로, 귀신마다 그 귀신의 방향과 함께 쓰세요",
        lambda agent, ghosts, directions, goal: _numbers(agent, ghosts, directions[::-1], goal),
        "the directions stand in the opposite order: ghost i has directions[i]",
        "방향의 순서가 거꾸로입니다. i번째 귀신의 방향은 directions[i]입니다",
        lambda agent, ghosts, directions, goal: _numbers(agent, ghosts, range(3), goal),
        "the direction is the ghost's number i: take directions[i]",
        "방향 자리에 귀신의 번호 i가 있습니다. directions[i]를 쓰세요",
        lambda agent, ghosts, directions, goal: _numbers(agent, ghosts, [directions] * 3, goal),
        "every ghost has the whole list of directions: take its own, directions[i]",
        "귀신마다 방향 리스트가 통째로 들어 있습니다. 그 귀신의 방향 directions[i]를 쓰세요",
        lambda agent, ghosts, directions, goal: _numbers(ghosts[0], ghosts, directions, goal),
        "it measures from the first ghost: measure from Pac-Man",
        "첫 귀신을 기준으로 쟀습니다. 팩맨을 기준으로 재세요",
        _changed(lambda g, goal: [*(g + g[:, 3:] * [1, 0, 0, 0]).ravel(), *goal]),
        "the ghosts have already moved by their direction: dx is where they stand now",
        "귀신을 방향대로 이미 움직였습니다. dx는 귀신이 지금 있는 곳까지입니다",
        *(
            part
            for side in (4, 5)
            for part in (
                _times(1 / side, 1 / side, 1, 1),
                "the distances are divided by the size of the grid: count whole cells",
                "거리를 그리드의 크기로 나눴습니다. 나누지 말고 칸 수로 쓰세요",
            )
        ),
        _changed(
            lambda g, goal: [
                *np.c_[abs(g[:, :2]).sum(1), g[:, 2:]].ravel(),
                abs(goal[:2]).sum(),
                1,
            ]
        ),
        "dx and dy are added up to one distance: keep both, with their signs",
        "dx와 dy를 거리 하나로 더했습니다. 부호까지 살려 둘 다 쓰세요",
        _changed(lambda g, goal: [*g[:, [1, 0, 2, 3]].ravel(), *goal]),
        "the ghosts' dx and dy have changed places: x, to the right, comes first",
        "귀신의 dx와 dy의 자리가 바뀌었습니다. 오른쪽으로 재는 x가 먼저입니다",
        _changed(lambda g, goal: [*g.ravel(), *goal[[1, 0, 2]]]),
        "the goal's dx and dy have changed places: x, to the right, comes first",
        "목표의 dx와 dy의 자리가 바뀌었습니다. 오른쪽으로 재는 x가 먼저입니다",
        _changed(lambda g, goal: [*g[:2].ravel(), *goal]),
        "the last ghost is missing: range(3) counts 0, 1, 2",
        "마지막 귀신이 빠졌습니다. range(3)은 0, 1, 2를 셉니다",
        _changed(lambda g, goal: [*g[:, [1, 0, 2, 3]].ravel(), *goal[[1, 0, 2]]]),
        "dx and dy have changed places: x, to the right, comes first",
        "dx와 dy의 자리가 바뀌었습니다. 오른쪽으로 재는 x가 먼저입니다",
        _changed(lambda g, goal: [*g[:, [0, 1, 3, 2]].ravel(), *goal]),
        "label and direction have changed places: dx, dy, label, direction",
        "레이블과 방향의 자리가 바뀌었습니다. dx, dy, 레이블, 방향 순서입니다",
        _changed(lambda g, goal: [*g[:, [2, 0, 1, 3]].ravel(), *goal[[2, 0, 1]]]),
        "the label comes after dx and dy",
        "레이블은 dx, dy 다음입니다",
        _changed(lambda g, goal: [*goal, *g.ravel()]),
        "the goal comes last",
        "목표는 마지막입니다",
        _changed(lambda g, goal: [*g.T.ravel(), *goal]),
        "the four numbers of one ghost stand together, then the next ghost's",
        "귀신 하나의 숫자 네 개를 모아 쓰고, 그다음 귀신의 것을 씁니다",
        _changed(lambda g, goal: [*g[:, :3].ravel(), *g[:, 3], *goal]),
        "the directions stand at the ghosts, each after its label",
        "방향은 따로 모으지 않고 귀신마다 레이블 다음에 씁니다",
        _changed(lambda g, goal: [*g[:, :3].ravel(), *goal]),
        "the ghosts' directions are missing",
        "귀신의 방향이 빠졌습니다",
        _changed(lambda g, goal: [*g[:, [0, 1, 3]].ravel(), *goal]),
        "the ghosts' labels are missing",
        "귀신의 레이블이 빠졌습니다",
        _changed(lambda g, goal: g.ravel()),
        "the goal is missing",
        "목표가 빠졌습니다",
        _changed(lambda g, goal: goal),
        "the ghosts are missing: does the loop begin a new list each time?",
        "귀신이 빠졌습니다. 반복문이 매번 새 리스트를 만들지 않나요?",
        _changed(lambda g, goal: [*g.ravel(), *goal[:2]]),
        "the goal's label is missing",
        "목표의 레이블이 빠졌습니다",
        _changed(lambda g, goal: [*g[0], *goal]),
        "only the first ghost is there: does the loop return too early?",
        "첫 귀신만 있습니다. 반복문이 너무 일찍 반환하지 않나요?",
        _changed(lambda g, goal: g[0]),
        "only the first ghost is there: does the loop return too early?",
        "첫 귀신만 있습니다. 반복문이 너무 일찍 반환하지 않나요?",
        _changed(lambda g, goal: [*g[2], *goal]),
        "only the last ghost is there: does the loop begin a new list each time?",
        "마지막 귀신만 있습니다. 반복문이 매번 새 리스트를 만들지 않나요?",
        _changed(lambda g, goal: [*g.ravel(), *goal, 1]),
        "16 numbers: the goal has no direction",
        "숫자가 16개입니다. 목표에는 방향이 없습니다",
        _changed(lambda g, goal: [*g.ravel(), *goal, 0]),
        "16 numbers: the goal has no direction",
        "숫자가 16개입니다. 목표에는 방향이 없습니다",
        _changed(lambda g, goal: [[*g.ravel(), *goal]]),
        "one row of 15 numbers, please: leave out the outer brackets",
        "숫자 15개를 한 줄로 써 주세요. 바깥 대괄호를 빼세요",
        _changed(lambda g, goal: [*map(list, g), list(goal)]),
        "one row of 15 numbers, please: join the ghosts' lists with + instead of nesting",
        "숫자 15개를 한 줄로 써 주세요. 귀신의 리스트를 겹치지 말고 +로 이으세요",
        _changed(lambda g, goal: [g.tolist(), goal.tolist()]),
        "one row of 15 numbers, please: join the ghosts' lists with + instead of nesting",
        "숫자 15개를 한 줄로 써 주세요. 귀신의 리스트를 겹치지 말고 +로 이으세요",
        _changed(lambda g, goal: [*map(list, g), *goal]),
        "one row of 15 numbers, please: join the ghosts' lists with + instead of nesting",
        "숫자 15개를 한 줄로 써 주세요. 귀신의 리스트를 겹치지 말고 +로 이으세요",
    ],
)
def check_grid_state(agent, ghosts, directions, goal):
    """The 15 numbers of the grid world's state."""
    return _numbers(agent, ghosts, directions, goal)


def _batch(rng):
    """A mini-batch of any size; ends have nothing to do with the rewards."""
    batch, actions = rng.integers(1, 7), rng.integers(1, 6)
    dtype = rng.choice(["float32", "float64"])
    return (
        rng.integers(-9, 10, batch).astype(dtype),
        rng.normal(0, 10, [batch, actions]).round(1).astype(dtype),
        rng.integers(actions, size=batch).astype(rng.choice(["int32", "int64"])),
        rng.random(batch) < rng.choice([0.0, 0.4, 1.0], p=[0.2, 0.6, 0.2]),
        float(rng.choice([0.0, 0.5, 0.9, 0.99, 1.0])),
    )


_ROW_BY_ROW = (
    "it decides for the whole batch at once: each row ends or goes on by itself",
    "배치 전체를 한꺼번에 정합니다. 끝났는지는 행마다 다릅니다",
)


def _taken(q, a):
    return q[np.arange(len(a)), a]


def _on(terminated):
    """1 where the task goes on, 0 where it ended."""
    return 1 - np.asarray(terminated, float)


@exercise(
    examples=[
        # 90, 70 and 80 are values after an end, which no target may contain.
        (
            np.array([0.0, -1.0, 1.0, 2.0], np.float32),
            np.array([[1, 5, 3], [4, 2, 8], [90, 70, 80], [6, -2, 7]], np.float32),
            np.array([2, 1, 1, 0]),
            np.array([False, False, True, False]),
            0.9,
        ),
        (np.array([0.0]), np.array([[0.1, 0.5]]), np.array([1]), np.array([False]), 0.9),
        (np.array([1.0]), np.array([[0.7, 0.9]]), np.array([0]), np.array([True]), 0.9),
        (np.array([2.0]), np.array([[3.0, -7.0, 5.0]]), np.array([1]), np.array([False]), 0.5),
        (np.zeros(2), np.array([[4.0, 9.0], [6.0, 2.0]]), np.array([0, 1]), np.zeros(2, bool), 0.5),
    ],
    random=_batch,
    mistakes=[
        lambda r, q, a, t, g: r + g * q.max(axis=1) * _on(t),
        "this is Q-learning: SARSA takes the action that is really taken next, not the best one",
        "이것은 큐러닝입니다. 살사는 가장 좋은 행동이 아니라 다음에 실제로 한 행동을 씁니다",
        lambda r, q, a, t, g: r + g * q.max(axis=1),
        "this is Q-learning, and it looks past the end: take the action taken next, and use "
        "`terminated`",
        "이것은 큐러닝이고, 끝난 뒤까지 봅니다. 다음에 실제로 한 행동과 `terminated`를 쓰세요",
        lambda r, q, a, t, g: r + g * q.min(axis=1) * _on(t),
        "it takes the smallest Q-value: take the action's that is really taken next",
        "가장 작은 큐값을 썼습니다. 다음에 실제로 한 행동의 큐값을 쓰세요",
        lambda r, q, a, t, g: r + g * q.mean(axis=1) * _on(t),
        "it averages over the actions: take the one that is really taken next",
        "행동들의 평균을 썼습니다. 다음에 실제로 한 행동의 큐값을 쓰세요",
        lambda r, q, a, t, g: r + g * q.sum(axis=1) * _on(t),
        "it adds up all actions: take the one that is really taken next",
        "모든 행동의 큐값을 더했습니다. 다음에 실제로 한 행동의 큐값을 쓰세요",
        lambda r, q, a, t, g: r + g * q[:, 0] * _on(t),
        "it always takes action 0: `next_actions` says which",
        "언제나 0번 행동의 큐값을 씁니다. 어느 행동인지는 `next_actions`에 있습니다",
        lambda r, q, a, t, g: r + g * q[:, -1] * _on(t),
        "it always takes the last action: `next_actions` says which",
        "언제나 마지막 행동의 큐값을 씁니다. 어느 행동인지는 `next_actions`에 있습니다",
        lambda r, q, a, t, g: r + g * _taken(q, a - 1) * _on(t),
        "it takes the action before: actions are counted from 0",
        "하나 앞 행동의 큐값을 썼습니다. 행동은 0번부터 셉니다",
        lambda r, q, a, t, g: r + g * a * _on(t),
        "it uses the number of the action: look up its Q-value",
        "행동의 번호를 썼습니다. 그 행동의 큐값을 찾으세요",
        lambda r, q, a, t, g: r + g * q.ravel()[a] * _on(t),
        "it looks up every action in the first row: pair row i with action i",
        "모든 행동을 첫 행에서 찾았습니다. i번째 행과 i번째 행동을 짝지으세요",
        lambda r, q, a, t, g: r + g * _taken(q, a),
        "the goal ends the episode, yet your target counts a value after it: did you use "
        "`terminated`?",
        "목표에서 에피소드가 끝나는데 그 뒤의 가치까지 타깃에 들어 있습니다. "
        "`terminated`를 썼나요?",
        lambda r, q, a, t, g: r + g * _taken(q, a) * t,
        "it keeps the future of ended steps and drops that of all others: `terminated` is the "
        "wrong way round",
        "끝난 스텝의 미래는 남고 다른 스텝의 미래는 사라집니다. `terminated`를 거꾸로 썼습니다",
        lambda r, q, a, t, g: r + _taken(q, a) * _on(t),
        "the future counts in full: where is the discount factor?",
        "미래를 그대로 더했습니다. 감가율은 어디에 있나요?",
        lambda r, q, a, t, g: r + 0.9 * _taken(q, a) * _on(t),
        "the discount factor is always 0.9: use the argument `discount_factor`",
        "감가율이 언제나 0.9입니다. 인자 `discount_factor`를 쓰세요",
        lambda r, q, a, t, g: r + g**2 * _taken(q, a) * _on(t),
        "the discount factor is squared: the next state is one step away",
        "감가율을 두 번 곱했습니다. 다음 상태는 한 스텝 뒤입니다",
        lambda r, q, a, t, g: r + (1 - g) * _taken(q, a) * _on(t),
        "1 - discount_factor is what is lost: multiply by discount_factor itself",
        "1 - 감가율은 없어지는 몫입니다. 감가율을 그대로 곱하세요",
        lambda r, q, a, t, g: (r + g * _taken(q, a)) * _on(t),
        "the reward of the last step is lost: an end cuts only the future",
        "마지막 스텝의 보상이 사라집니다. 끝은 미래만 끊습니다",
        lambda r, q, a, t, g: np.where(t, 1.0, r + g * _taken(q, a)),
        "every end gets 1: the target of a last step is its own reward",
        "끝난 스텝이 모두 1입니다. 마지막 스텝의 타깃은 그 스텝의 보상입니다",
        lambda r, q, a, t, g: np.where(t, -1.0, r + g * _taken(q, a)),
        "every end gets -1: the target of a last step is its own reward",
        "끝난 스텝이 모두 -1입니다. 마지막 스텝의 타깃은 그 스텝의 보상입니다",
        lambda r, q, a, t, g: np.where(t, r, g * _taken(q, a)),
        "where the task goes on the reward is missing: each target holds its reward",
        "끝나지 않은 스텝에서 보상이 빠졌습니다. 타깃에는 언제나 그 스텝의 보상이 들어갑니다",
        lambda r, q, a, t, g: r * _on(t) + g * _taken(q, a),
        "at an end the reward is dropped and the future stays: an end cuts only the future",
        "끝에서 보상이 사라지고 미래가 남습니다. 끝은 미래만 끊습니다",
        lambda r, q, a, t, g: np.where(r == 1, r, r + g * _taken(q, a)),
        "it takes a reward of 1 for an end: ask `terminated`",
        "보상이 1이면 끝으로 봅니다. 끝은 `terminated`가 알려 줍니다",
        lambda r, q, a, t, g: r if t.any() else r + g * _taken(q, a),
        *_ROW_BY_ROW,
        lambda r, q, a, t, g: r if t.all() else r + g * _taken(q, a),
        *_ROW_BY_ROW,
        lambda r, q, a, t, g: r if t else r + g * _taken(q, a),
        "`if` takes one True or False, and `terminated` has one for each row: use np.where",
        "`if`에는 True나 False 하나만 쓸 수 있는데 `terminated`에는 행마다 있습니다. "
        "np.where를 쓰세요",
        lambda r, q, a, t, g: r + g * q[a, np.arange(len(a))] * _on(t),
        "row and column have changed places: next_q_values[row, action]",
        "행과 열의 자리가 바뀌었습니다: next_q_values[행, 행동]",
        lambda r, q, a, t, g: r + g * q.argmax(axis=1) * _on(t),
        "it uses the number of the best action: look up the Q-value of the action taken next",
        "가장 좋은 행동의 번호를 썼습니다. 다음에 실제로 한 행동의 큐값을 찾으세요",
        lambda r, q, a, t, g: (r + g * _taken(q, a))[~t],
        "ended steps are left out: their target is the reward",
        "끝난 스텝이 빠졌습니다. 끝난 스텝의 타깃은 보상입니다",
        lambda r, q, a, t, g: (r + g * _taken(q, a) * _on(t))[-1],
        "that is the last target alone: collect them all in a list",
        "마지막 타깃뿐입니다. 모두 리스트에 모으세요",
        lambda r, q, a, t, g: (r + g * _taken(q, a) * _on(t))[:-1],
        "the last row is missing: range(len(rewards)) ends there already",
        "마지막 행이 빠졌습니다. range(len(rewards))는 이미 마지막 행에서 끝납니다",
        lambda r, q, a, t, g: np.sum(r + g * _taken(q, a) * _on(t)),
        "that is the sum over the batch: each row has a target of its own",
        "배치의 합입니다. 타깃은 행마다 하나씩입니다",
        lambda r, q, a, t, g: g * _taken(q, a),
        "the reward is missing, and `terminated`, too",
        "보상도 `terminated`도 빠졌습니다",
        lambda r, q, a, t, g: _taken(q, a) * _on(t),
        "the reward is missing, and the discount factor, too",
        "보상도 감가율도 빠졌습니다",
        lambda r, q, a, t, g: r + g * q.mean(axis=1),
        "it averages over the actions and looks past the end: take the action taken next, and use "
        "`terminated`",
        "행동들의 평균을 썼고, 끝난 뒤까지 봅니다. 다음에 실제로 한 행동과 `terminated`를 쓰세요",
        lambda r, q, a, t, g: np.where(r > 0, r, r + g * _taken(q, a)),
        "it takes a positive reward for an end: ask `terminated`",
        "보상이 양수이면 끝으로 봅니다. 끝은 `terminated`가 알려 줍니다",
        lambda r, q, a, t, g: g * _taken(q, a) * _on(t),
        "the reward is missing: it is added to the discounted future",
        "보상이 빠졌습니다. 감가한 미래에 보상을 더하세요",
        lambda r, q, a, t, g: r * 1.0,
        "these are the rewards alone: where is the future?",
        "보상뿐입니다. 미래는 어디에 있나요?",
        lambda r, q, a, t, g: _taken(q, a),
        "these are the Q-values of the next actions: discount them, and add the rewards",
        "다음 행동들의 큐값입니다. 감가해서 보상에 더하세요",
        lambda r, q, a, t, g: (r + g) * _taken(q, a) * _on(t),
        "the reward is added to the discount factor: multiply first, then add the reward",
        "보상을 감가율에 더했습니다. 먼저 감가율을 곱하고 나서 보상을 더하세요",
        lambda r, q, a, t, g: r + g * _taken(q, a) * _on(t) - _taken(q, a),
        "a Q-value is subtracted as for an error: this is the target alone",
        "오류를 구할 때처럼 큐값을 뺐습니다. 여기서는 타깃만 구합니다",
        lambda r, q, a, t, g: r + g * _taken(q, a).mean() * _on(t),
        "it averages the next Q-values over the batch: each row has one of its own",
        "다음 큐값을 배치에서 평균했습니다. 행마다 그 행의 큐값을 쓰세요",
        lambda r, q, a, t, g: r + g ** np.arange(len(r)) * _taken(q, a) * _on(t),
        "it discounts row by row as if the batch were one episode: each row's future is one step "
        "away",
        "배치가 한 에피소드인 것처럼 행마다 더 감가했습니다. 어느 행이든 미래는 한 스텝 뒤입니다",
        lambda r, q, a, t, g: np.trunc(r + g * _taken(q, a) * _on(t)),
        "the digits after the point are cut off: keep the targets as float numbers",
        "소수점 아래를 버렸습니다. 타깃을 실수 그대로 두세요",
        lambda r, q, a, t, g: r - g * _taken(q, a) * _on(t),
        "the future is subtracted from the reward: add it",
        "보상에서 미래를 뺐습니다. 더하세요",
        lambda r, q, a, t, g: g * (r + _taken(q, a) * _on(t)),
        "the discount factor belongs to the future only, not to the reward",
        "감가율은 미래에만 곱합니다. 보상에는 곱하지 않습니다",
        lambda r, q, a, t, g: g * r + _taken(q, a) * _on(t),
        "the discount factor is at the reward: it belongs to the future",
        "감가율을 보상에 곱했습니다. 미래에 곱하세요",
        lambda r, q, a, t, g: r + g * np.maximum(_taken(q, a), 0) * _on(t),
        "a negative Q-value is dropped: it counts as well",
        "음수인 큐값을 버렸습니다. 음수도 그대로 더하세요",
        lambda r, q, a, t, g: r + g * abs(_taken(q, a)) * _on(t),
        "it takes the absolute value: a bad action stays bad",
        "절댓값을 썼습니다. 나쁜 행동은 그대로 나쁩니다",
        lambda r, q, a, t, g: r + g * q[:, a] * _on(t),
        "next_q_values[:, next_actions] pairs every row with every action: pair row i with "
        "action i",
        "next_q_values[:, next_actions]는 모든 행을 모든 행동과 짝지웁니다. "
        "i번째 행과 i번째 행동을 짝지으세요",
        lambda r, q, a, t, g: r[:, None] + g * q[:, a] * _on(t)[:, None],
        "next_q_values[:, next_actions] pairs every row with every action: pair row i with "
        "action i",
        "next_q_values[:, next_actions]는 모든 행을 모든 행동과 짝지웁니다. "
        "i번째 행과 i번째 행동을 짝지으세요",
        lambda r, q, a, t, g: r + g * q[a].max(axis=1) * _on(t),
        "next_q_values[next_actions] picks rows: the actions are columns",
        "next_q_values[next_actions]는 행을 고릅니다. 행동은 열입니다",
        lambda r, q, a, t, g: r[:, None] + g * q * _on(t)[:, None],
        "one number for each action: pick the one of the action taken next",
        "행동마다 값이 하나씩 나옵니다. 다음에 실제로 한 행동의 것을 고르세요",
        lambda r, q, a, t, g: (r + g * _taken(q, a) * _on(t))[:, None],
        "a column [B, 1] instead of [B]: return one row of numbers",
        "모양이 [B]가 아니라 [B, 1]입니다. 열이 아니라 한 줄로 반환하세요",
        lambda r, q, a, t, g: r + g * (_taken(q, a) * _on(t))[:, None],
        "shape (B, B): a column [B, 1] met a row [B], make both [B]",
        "모양이 (B, B)입니다. 행 [B]와 열 [B, 1]을 더했으니 둘 다 [B]로 만드세요",
        lambda r, q, a, t, g: np.mean(r + g * _taken(q, a) * _on(t)),
        "that is the mean over the batch: each row has a target of its own",
        "배치의 평균입니다. 타깃은 행마다 하나씩입니다",
        lambda r, q, a, t, g: (r + g * _taken(q, a) * _on(t))[0],
        "that is the first target alone: does a loop return too early?",
        "첫 타깃뿐입니다. 반복문이 너무 일찍 반환하지 않나요?",
    ],
)
def check_sarsa_target(rewards, next_q_values, next_actions, terminated, discount_factor):
    """The SARSA targets, [B]."""
    future = _taken(next_q_values, next_actions)
    return rewards + discount_factor * future * _on(terminated)


class EpisodeIsOver(Exception):
    """The loop has called step after the end."""


class TooManyActions(Exception):
    """The loop draws actions and never plays them."""


_FIRST_ACTION = 100  # no state and no reward is that large


class _Scripted:
    """An environment and an agent that note all they are asked; every action is another number."""

    def __init__(self, rewards, terminated):
        self.rewards, self.terminates = rewards, terminated
        self.time = 0
        self.drawn, self.played, self.learned = [], [], []  # drawn: in which states

    def reset(self):
        return np.array([0.0])

    def step(self, action):
        if self.time == len(self.rewards):
            raise EpisodeIsOver(say("step after the end", "끝난 뒤에 step을 불렀습니다"))
        self.played.append(_number(action))
        self.time += 1
        over = self.time == len(self.rewards)
        state, reward = np.array([float(self.time)]), self.rewards[self.time - 1]
        return state, reward, over and self.terminates, over and not self.terminates

    def get_action(self, state):
        if len(self.drawn) > 3 * len(self.rewards) + 9:
            raise TooManyActions(say("no step between them", "그 사이에 step이 없습니다"))
        self.drawn.append(_number(state))
        return _FIRST_ACTION + len(self.drawn) - 1

    def learn(self, state, action, reward, next_state, next_action, terminated):
        transition = (state, action, reward, next_state, next_action, terminated)
        self.learned.append([_number(part) for part in transition])


def _number(value):
    """A state, action or reward as one number, if it is one."""
    number = as_numbers(value.numpy() if hasattr(value, "numpy") else value)
    return value if number is None or number.size != 1 else number.item()


_STEPS = "steps played", "플레이한 스텝 수"
_CALLS = "calls of learn", "learn을 부른 횟수"
_STATE = "learn's states", "learn이 받은 state"
_PLAYED = "the states in which the played actions were drawn", "실제로 한 행동을 뽑은 상태"
_ACTION = "learn's action is the one played", "learn이 받은 action이 실제로 한 행동인가"
_REWARD = "learn's rewards", "learn이 받은 reward"
_NEXT_STATE = "learn's next states", "learn이 받은 next_state"
_DRAWN = "the states in which learn's a' was drawn", "learn이 받은 a'를 뽑은 상태"
_CARRIED = "learn's a' is played next", "learn이 받은 a'를 다음에 실제로 하는가"
_TERMINATED = "learn's terminated", "learn이 받은 terminated"
_SCORE = "score", "점수"
_LEARNED = (_STATE, _PLAYED, _ACTION, _REWARD, _NEXT_STATE, _DRAWN, _CARRIED, _TERMINATED)


def _chain(call, rewards, terminated):
    """Where the chain s, a, r, s', a' holds, in one episode that ends as told."""
    script = _Scripted(rewards, terminated)
    score = call(script, script.get_action, script.learn)
    steps, learned, played = len(script.played), script.learned, script.played
    seen = {_STEPS: steps, _CALLS: len(learned), **dict.fromkeys(_LEARNED), _SCORE: score}
    if not 0 < steps == len(learned):
        return seen
    columns = [list(column) for column in zip(*learned, strict=True)]
    drawn = dict(enumerate(script.drawn, _FIRST_ACTION))
    following = columns[4][: steps - terminated]  # after a true end a' need not be drawn
    seen |= {
        _STATE: columns[0],
        _PLAYED: [drawn.get(action) for action in played],
        _ACTION: [a == b for a, b in zip(columns[1], played, strict=True)],
        _REWARD: columns[2],
        _NEXT_STATE: columns[3],
        _DRAWN: [drawn.get(action) for action in following],
        _CARRIED: [a == b for a, b in zip(columns[4], played[1:], strict=False)],
        _TERMINATED: [bool(ended) for ended in columns[5]],
    }
    return seen


def _episode_with(
    learning=lambda s, a, r, n, b, t, done: (s, a, r, n, b, t),
    draw=lambda get_action, s, n, a: get_action(n),
    carry=lambda s, a, n, b: (n, b),
    over=lambda terminated, truncated: terminated or truncated,
    scored=lambda score, reward: score + reward,
    early=False,
    redraw=False,
    returned=lambda score: score,
    learn_if=lambda terminated, done: True,
    first=lambda get_action, s: get_action(s),
):
    """The loop with one part exchanged; `early` overwrites state and action before learning."""

    def play(environment, get_action, learn):
        state, score, done = environment.reset(), 0.0, False
        action = first(get_action, state)
        while not done:
            next_state, reward, terminated, truncated = environment.step(action)
            next_action = draw(get_action, state, next_state, action)
            if early:
                state, action = carry(state, action, next_state, next_action)
            ended = terminated or truncated
            if learn_if(terminated, ended):
                learn(*learning(state, action, reward, next_state, next_action, terminated, ended))
            if not early:
                state, action = carry(state, action, next_state, next_action)
            if redraw:
                action = get_action(state)
            score = scored(score, reward)
            done = over(terminated, truncated)
        return returned(score)

    return play


def _one_step(environment, get_action, learn):
    return _episode_with(over=lambda terminated, truncated: True)(environment, get_action, learn)


def _never_steps(environment, get_action, learn):
    state = environment.reset()
    while True:
        get_action(state)


def _learns_twice(environment, get_action, learn):
    def twice(*transition):
        learn(*transition)
        learn(*transition)

    return _episode_with()(environment, get_action, twice)


def _plays_another(environment, get_action, learn):
    state, score, done = environment.reset(), 0.0, False
    action = get_action(state)
    while not done:
        next_state, reward, terminated, truncated = environment.step(get_action(state))
        next_action = get_action(next_state)
        learn(state, action, reward, next_state, next_action, terminated)
        state, action, score = next_state, next_action, score + reward
        done = terminated or truncated
    return score


def _plays_twice(environment, get_action, learn):
    state, score, done = environment.reset(), 0.0, False
    action = get_action(state)
    while not done:
        environment.step(action)
        next_state, reward, terminated, truncated = environment.step(action)
        next_action = get_action(next_state)
        learn(state, action, reward, next_state, next_action, terminated)
        state, action, score = next_state, next_action, score + reward
        done = terminated or truncated
    return score


def _learning_the_score(early):
    """The loop that passes the score on, with or without this step's reward."""

    def play(environment, get_action, learn):
        score = 0.0

        def learning(s, a, r, *rest):
            nonlocal score
            score += r
            learn(s, a, score if early else score - r, *rest)

        return _episode_with()(environment, get_action, learning)

    return play


_THE_SCORE = (
    "learn got the score so far: pass the reward of this step alone",
    "learn이 지금까지의 점수를 받았습니다. 이번 스텝의 보상만 넘기세요",
)


def _only_with_a_reward(environment, get_action, learn):
    def learning(*transition):
        if transition[2]:
            learn(*transition)

    return _episode_with()(environment, get_action, learning)


def _without_the_end(environment, get_action, learn):
    missing = 0.0

    def noting(*transition):
        nonlocal missing
        missing = transition[2] if transition[5] else 0.0
        learn(*transition)

    return _episode_with()(environment, get_action, noting) - missing


def _without_the_last_reward(environment, get_action, learn):
    rewards = []

    def noting(*transition):
        rewards.append(transition[2])
        learn(*transition)

    return _episode_with()(environment, get_action, noting) - rewards[-1]


_PLAIN_SUM = (
    "the score is the plain sum of the rewards: nothing is discounted here",
    "점수는 보상을 그대로 더한 합입니다. 여기서는 감가하지 않습니다",
)
_TWICE = (
    "learn got one action twice: either a' was not drawn in the next state, or action was "
    "overwritten before learning",
    "learn이 같은 행동을 두 번 받았습니다. 다음 상태에서 a'를 뽑지 않았거나, 학습하기 전에 "
    "action을 덮어썼습니다",
)


def _any_ending(rng):
    return (rng.integers(-9, 10, rng.integers(1, 7)) + 0.5).tolist(), bool(rng.integers(2))


@exercise(
    examples=[
        ([0.0, -1.0, 3.0, 0.5, 2.0], True),
        ([0.0, -1.0, 3.0, 0.5, 2.0], False),
        ([4.0, 2.0], True),
        ([4.0, 2.0], False),
        ([3.0, 2.0, 7.0], False),
    ],
    random=_any_ending,
    observe=_chain,
    number=20,
    mistakes=[
        _episode_with(redraw=True),
        "the a' of the target is thrown away and another action is played: draw it once, and "
        "carry it over",
        "타깃의 a'를 버리고 다른 행동을 합니다. 한 번만 뽑아서 다음 스텝으로 넘기세요",
        _episode_with(carry=lambda s, a, n, b: (n, a)),
        "it plays one action for ever: next_action becomes action",
        "언제나 같은 행동을 합니다. next_action이 action이 되어야 합니다",
        _episode_with(early=True, carry=lambda s, a, n, b: (n, a)),
        "it plays one action for ever, and state is overwritten before learning",
        "언제나 같은 행동을 하고, 학습하기 전에 state를 덮어씁니다",
        _episode_with(carry=lambda s, a, n, b: (s, b)),
        "the state never changes: next_state becomes state",
        "state가 바뀌지 않습니다. next_state가 state가 되어야 합니다",
        _episode_with(carry=lambda s, a, n, b: (s, a)),
        "state and action never change: next_state becomes state, next_action becomes action",
        "state와 action이 바뀌지 않습니다. next_state가 state가, next_action이 action이 되어야 "
        "합니다",
        _episode_with(early=True),
        *_TWICE,
        _episode_with(draw=lambda get_action, s, n, a: a),
        *_TWICE,
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, a, r, n, a, t)),
        *_TWICE,
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, b, r, n, b, t)),
        *_TWICE,
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, b, r, n, a, t)),
        "action and next_action have changed places: learn(s, a, r, s', a', terminated)",
        "action과 next_action의 자리가 바뀌었습니다: learn(s, a, r, s', a', terminated)",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (n, a, r, s, b, t)),
        "state and next_state have changed places: learn(s, a, r, s', a', terminated)",
        "state와 next_state의 자리가 바뀌었습니다: learn(s, a, r, s', a', terminated)",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, r, a, n, b, t)),
        "action and reward have changed places: learn(s, a, r, s', a', terminated)",
        "action과 reward의 자리가 바뀌었습니다: learn(s, a, r, s', a', terminated)",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (n, a, r, n, b, t)),
        "state was overwritten too early: learn needs the old one",
        "state를 너무 일찍 덮어썼습니다. learn에는 이전 상태가 필요합니다",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, a, r, s, b, t)),
        "learn's next_state is not the state that step returned: pass that one",
        "learn이 받은 next_state가 step이 돌려준 상태와 다릅니다. step이 돌려준 것을 넘기세요",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, a, -r, n, b, t)),
        "learn got the reward with the wrong sign: pass it as step gave it",
        "learn이 받은 보상의 부호가 반대입니다. step이 준 그대로 넘기세요",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, a, -1.0 if t else r, n, b, t)),
        "learn got another reward than the step gave: pass it as it came",
        "learn이 받은 보상이 step이 준 것과 다릅니다. 그대로 넘기세요",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, a, r, n, b, done)),
        "learn's last argument is `terminated` alone: a time limit does not end the task",
        "learn의 마지막 인자는 `terminated`뿐입니다. 시간 제한은 과제의 끝이 아닙니다",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, a, r, n, b, done and not t)),
        "learn got truncated: its last argument is `terminated`",
        "learn이 truncated를 받았습니다. 마지막 인자는 `terminated`입니다",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, a, r, n, b, False)),
        "learn never hears of an end: its last argument is `terminated`",
        "learn이 끝을 알지 못합니다. 마지막 인자는 `terminated`입니다",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, a, r, n, b, not t)),
        "learn's `terminated` is the wrong way round",
        "learn이 받은 `terminated`가 거꾸로입니다",
        _episode_with(draw=lambda get_action, s, n, a: get_action(s)),
        "a' must be drawn in the next state, after the step",
        "a'는 step 다음에, 다음 상태에서 뽑아야 합니다",
        _episode_with(draw=lambda get_action, s, n, a: 0),
        "a' is always 0: draw it with get_action(next_state)",
        "a'가 언제나 0입니다. get_action(next_state)로 뽑으세요",
        _episode_with(over=lambda terminated, truncated: terminated),
        "it plays on after the time limit: done is terminated or truncated",
        "시간 제한 뒤에도 계속합니다. done은 terminated or truncated입니다",
        _episode_with(over=lambda terminated, truncated: truncated),
        "it plays on after the end: done is terminated or truncated",
        "끝난 뒤에도 계속합니다. done은 terminated or truncated입니다",
        _episode_with(over=lambda terminated, truncated: terminated and truncated),
        "it never ends: done is terminated `or` truncated, not `and`",
        "끝나지 않습니다. done은 `and`가 아니라 terminated `or` truncated입니다",
        _one_step,
        "it stops after one step: the rest belongs into the loop, and `return` after it",
        "한 스텝 만에 멈춥니다. 나머지는 반복문 안에, `return`은 그 뒤에 쓰세요",
        _episode_with(learn_if=lambda terminated, done: False),
        "learn is never called: call it after each step",
        "learn을 부르지 않습니다. 스텝마다 부르세요",
        _episode_with(learn_if=lambda terminated, done: not done),
        "the last step is not learned from: call learn before the loop ends",
        "마지막 스텝에서 배우지 않습니다. 반복문이 끝나기 전에 learn을 부르세요",
        _episode_with(learn_if=lambda terminated, done: not terminated),
        "the step that reaches an end is not learned from: it is the one with the reward",
        "끝에 닿는 스텝에서 배우지 않습니다. 바로 그 스텝에 보상이 있습니다",
        _episode_with(learn_if=lambda terminated, done: done),
        "it learns from the last step only: call learn after each step",
        "마지막 스텝에서만 배웁니다. 스텝마다 learn을 부르세요",
        _learns_twice,
        "learn is called twice in each step: call it once",
        "스텝마다 learn을 두 번 부릅니다. 한 번만 부르세요",
        _plays_another,
        "the action played is drawn anew: play the one that was drawn for the last target",
        "플레이할 행동을 새로 뽑습니다. 앞에서 타깃에 쓰려고 뽑은 행동을 하세요",
        _episode_with(learning=lambda s, a, r, n, b, t, done: (s, a, r, b, n, t)),
        "next_state and next_action have changed places: learn(s, a, r, s', a', terminated)",
        "next_state와 next_action의 자리가 바뀌었습니다: learn(s, a, r, s', a', terminated)",
        _episode_with(carry=lambda s, a, n, b: (b, n)),
        "state and action have changed places: state, action = next_state, next_action",
        "state와 action의 자리가 바뀌었습니다: state, action = next_state, next_action",
        _without_the_last_reward,
        "the last reward is missing from the score: add it before the loop ends",
        "점수에 마지막 보상이 빠졌습니다. 반복문이 끝나기 전에 더하세요",
        _episode_with(scored=lambda score, reward: reward + 0.99 * score),
        *_PLAIN_SUM,
        _episode_with(scored=lambda score, reward: score + 0.99 * reward),
        *_PLAIN_SUM,
        _episode_with(scored=lambda score, reward: reward + 0.9 * score),
        *_PLAIN_SUM,
        _episode_with(scored=lambda score, reward: score + 0.9 * reward),
        *_PLAIN_SUM,
        _without_the_end,
        "the reward of a step that ends the task is missing from the score: it counts, too",
        "점수에 과제가 끝나는 스텝의 보상이 빠졌습니다. 그 보상도 더하세요",
        *(part for early in (False, True) for part in (_learning_the_score(early), *_THE_SCORE)),
        _only_with_a_reward,
        "learn is called only where the reward is not 0: call it after each step",
        "보상이 0이 아닐 때만 learn을 부릅니다. 스텝마다 부르세요",
        _plays_twice,
        "step is called twice in each round: call it once, and keep all that it returns",
        "반복할 때마다 step을 두 번 부릅니다. 한 번만 불러 돌려준 값을 모두 받으세요",
        _episode_with(first=lambda get_action, s: 0),
        "the first action is always 0: draw it with get_action(state), too",
        "첫 행동이 언제나 0입니다. 첫 행동도 get_action(state)로 뽑으세요",
        lambda environment, get_action, learn: 0.0,
        "no step is played: the loop goes on while `not done`",
        "한 스텝도 하지 않습니다. 반복문은 `not done`인 동안 돕니다",
        _never_steps,
        "it draws actions without end: does it call step?",
        "행동만 끝없이 뽑습니다. step을 부르나요?",
        _episode_with(scored=lambda score, reward: reward),
        "it returns the last reward: the score is the sum of all",
        "마지막 보상을 반환합니다. 점수는 모든 보상의 합입니다",
        _episode_with(scored=lambda score, reward: score),
        "the score stays 0: add each reward to it",
        "점수가 0에 머뭅니다. 보상을 하나씩 더하세요",
        _episode_with(scored=lambda score, reward: score + 1),
        "the score counts the steps: add up the rewards",
        "점수가 스텝 수입니다. 보상을 더하세요",
        _episode_with(scored=lambda score, reward: score - reward),
        "the rewards are subtracted from the score: add them",
        "점수에서 보상을 뺐습니다. 더하세요",
        _episode_with(returned=lambda score: None),
        "all is played and learned, but nothing is returned (None): return the score",
        "플레이도 학습도 맞지만 아무것도 반환하지 않습니다(None). 점수를 반환하세요",
    ],
)
def check_sarsa_episode(environment, get_action, learn):
    """Plays one episode, calls learn(s, a, r, s', a', terminated) after each step; the score."""
    return _episode_with()(environment, get_action, learn)
