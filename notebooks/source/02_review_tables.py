# %% [markdown] lang="en"
# # 02 · Review: tables on the 5×5 grid
#
# **On the slides** The opening diagnostics (RL Basics, Dynamic Programming, Q-Learning) and the 5×5
# grid of "Deep Reinforcement Learning, 1".
#
# **You will be able to** name the five parts of an MDP in a running program · look one step ahead
# with the Bellman equations · find the best policy by policy iteration and by value iteration ·
# estimate values without a map (Monte Carlo, temporal difference) · write the Q-learning update and
# say how it differs from SARSA.
#
# **Time** 70 minutes, or 55 without the parts marked ◇ · **Needs** lesson 01 (state, action, reward, discount)
#
# This is what reinforcement learning was before neural networks, in one lesson. If it is new to you,
# take two sittings: up to *What changed: the map is gone*, and from there on. Of the parts marked ◇
# run the cells and skip the text; nothing later depends on it.
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $s, s'$ | `state`, `next_state` | number 0 to 24 | a cell of the grid, and the one after it |
# | $a$ | `action` | number 0 to 4 | up, down, right, left, stay |
# | $r$ | `rewards` | `[25, 5]` | reward of each action in each cell |
# | $\gamma$ | `GAMMA` | number | discount factor |
# | $\pi(a \mid s)$ | `policy` | `[25, 5]` | probability of each action in each cell |
# | $V(s)$ | `values` | `[25]` | value function: what a cell is worth |
# | $Q(s, a)$ | `q` | `[25, 5]` | Q-function: what an action in a cell is worth |
# | $G$ | `discounted` | number | return: the discounted sum of the rewards to come |
# | $\alpha$ | `alpha` | number | step size: how far one sample moves an estimate |
# | $\varepsilon$ | `epsilon` | number | share of random actions |

# %% [markdown] lang="ko"
# # 02 · 복습: 5×5 그리드월드와 테이블
#
# **슬라이드에서는** 맨 앞의 진단 평가(RL Basics, Dynamic Programming, Q-Learning)와 "Deep Reinforcement Learning,
# 1"의 5×5 그리드월드.
#
# **이번 시간이 끝나면** MDP의 다섯 가지 요소를 실행되는 코드에서 짚을 수 있고 · 벨만 방정식으로 한 스텝 앞을 내다볼
# 수 있고 · 정책 이터레이션과 가치 이터레이션으로 최적 정책을 찾을 수 있고 · 환경을 몰라도 가치를 추정할 수 있고
# (몬테카를로, 시간차) · 큐러닝의 업데이트를 직접 쓰고 살사와 무엇이 다른지 말할 수 있습니다.
#
# **시간** 70분, ◇ 표시한 절을 건너뛰면 55분 · **먼저 볼 것** 01강 (상태, 행동, 보상, 감가율)
#
# 신경망을 쓰기 전의 강화학습을 한 강에 모았습니다. 처음 배운다면 두 번에 나누어, 먼저 *무엇이 달라졌나: 지도가
# 없습니다* 앞까지 하고 나머지는 다음에 하세요. ◇ 표시한 절은 셀만 실행하고 글은 건너뛰어도 됩니다. 뒤의 내용을
# 이해하는 데 지장이 없습니다.
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $s, s'$ | `state`, `next_state` | 번호 0~24 | 그리드의 칸, 그리고 그다음 칸 |
# | $a$ | `action` | 번호 0~4 | 위, 아래, 오른쪽, 왼쪽, 제자리 |
# | $r$ | `rewards` | `[25, 5]` | 각 칸에서 각 행동이 받는 보상 |
# | $\gamma$ | `GAMMA` | 숫자 | 감가율 |
# | $\pi(a \mid s)$ | `policy` | `[25, 5]` | 정책, 각 칸에서 각 행동을 할 확률 |
# | $V(s)$ | `values` | `[25]` | 가치함수, 칸의 가치 |
# | $Q(s, a)$ | `q` | `[25, 5]` | 큐함수, 그 칸에서 그 행동의 가치 |
# | $G$ | `discounted` | 숫자 | 반환값, 앞으로 받을 보상을 감가해서 더한 값 |
# | $\alpha$ | `alpha` | 숫자 | 스텝 사이즈, 샘플 하나가 추정값을 움직이는 정도 |
# | $\varepsilon$ | `epsilon` | 숫자 | 무작위로 행동하는 비율 |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import bellman_target, checks, sarsa_target
from dqn_keras.classroom import drawings, explore

plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## The world: five parts of an MDP
#
# Pac-Man starts in the top left corner. The strawberry in the bottom right corner pays +1 and ends
# the episode. Three ghosts stand still; each step that ends in a ghost's cell pays −1, and the episode
# goes on. A move into a wall leaves Pac-Man where he is. (The ghosts, G in the pictures, stand where
# they will start to walk in lesson 04.)
#
# The five parts of this **Markov decision process**, each a line of code:
#
# | part | here |
# |---|---|
# | states | 25 cells, numbered row by row |
# | actions | 5 |
# | state transition probabilities | `next_states[s, a]`: one certain next cell, so each probability is 0 or 1 |
# | rewards | `rewards[s, a]` |
# | discount factor | `GAMMA = 0.9` |

# %% [markdown] lang="ko"
# ## 환경: MDP의 다섯 가지 요소
#
# 팩맨은 왼쪽 위 구석에서 출발합니다. 오른쪽 아래 구석의 딸기를 먹으면 +1을 받고 에피소드가 끝납니다. 귀신 셋은 가만히
# 서 있습니다. 어느 스텝이든 귀신이 있는 칸에서 끝나면 −1을 받지만 에피소드는 계속됩니다. 벽 쪽으로 움직이면 제자리에
# 남습니다. (그림에서 G가 귀신이고, 04강에서 걷기 시작하는 바로 그 자리에 서 있습니다.)
#
# 이 **마르코프 결정 과정**(MDP)의 다섯 가지 요소는 저마다 코드 한 줄입니다.
#
# | 요소 | 여기서는 |
# |---|---|
# | 상태 | 칸 25개, 첫 행부터 차례로 번호를 붙임 |
# | 행동 | 5개 |
# | 상태 전이 확률 | `next_states[s, a]`: 다음 칸이 하나로 정해져 있으므로 확률은 0 아니면 1 |
# | 보상 | `rewards[s, a]` |
# | 감가율 | `GAMMA = 0.9` |

# %%
SIZE, GOAL, GHOSTS, GAMMA = 5, (4, 4), [(0, 1), (1, 2), (2, 3)], 0.9
MOVES = [(0, -1), (0, 1), (1, 0), (-1, 0), (0, 0)]  # up, down, right, left, stay
CELLS = [(x, y) for y in range(SIZE) for x in range(SIZE)]  # x to the right, y downwards

next_states, rewards = np.zeros((25, 5), int), np.zeros((25, 5))
terminated = np.zeros((25, 5), bool)
for s, (x, y) in enumerate(CELLS):
    for a, (dx, dy) in enumerate(MOVES):
        cell = (min(max(x + dx, 0), SIZE - 1), min(max(y + dy, 0), SIZE - 1))
        next_states[s, a] = CELLS.index(cell)
        rewards[s, a] = int(cell == GOAL) - int(cell in GHOSTS)
        terminated[s, a] = cell == GOAL

# %%
def draw(values, axes, title, q=None, labels=None, limit=None):
    """Values as colours and numbers, G for a ghost, and (given q) every best action as an arrow."""
    limit = limit or max(np.abs(values).max(), 1)  # of the colours: blue is good, red is bad
    labels = [f"{value:.2f}" for value in values] if labels is None else labels
    axes.imshow(values.reshape(5, 5), cmap="RdBu", vmin=-limit, vmax=limit, alpha=0.6)
    for s, (x, y) in enumerate(CELLS[:-1]):
        best = [] if q is None else np.flatnonzero(q[s] > q[s].max() - 1e-9)
        axes.text(x, y - 0.22, "".join("↑↓→←•"[a] for a in best), ha="center", va="center")
        axes.text(x, y + 0.22, labels[s], ha="center", va="center", fontsize=9)
        if (x, y) in GHOSTS:
            axes.text(x - 0.44, y - 0.24, "G", va="center")
    axes.text(4, 4, "goal", ha="center", va="center")
    axes.set(xticks=np.arange(0.5, 4), yticks=np.arange(0.5, 4), title=title)
    axes.tick_params(length=0, labelbottom=False, labelleft=False)
    axes.grid(color="0.8")


figure, axes = plt.subplots(figsize=(3, 3))
draw(np.zeros(25), axes, "number of each cell", labels=range(25))
plt.show()

# %% [markdown] lang="en"
# The tables are NumPy arrays of shape `[25, 5]`: a row for each cell, a column for each action. Four
# operations on arrays are enough for this lesson; here they are with 3 cells and 2 actions.

# %% [markdown] lang="ko"
# 표는 모양이 `[25, 5]`인 NumPy 배열입니다. 칸마다 한 행, 행동마다 한 열입니다. 이번 시간에는 배열을 다루는 방법 네
# 가지면 충분합니다. 칸이 3개, 행동이 2개인 배열로 해 봅시다.

# %%
table = np.array([[1, 5], [4, 0], [3, 3]])  # [3, 2]
print("row 1:", table[1], " cell 1, action 0:", table[1, 0])
print("along each row: largest", table.max(axis=1), " mean", table.mean(axis=1),
      " index of the largest", table.argmax(axis=1))
print("look up many at once:", np.array([10, 20, 30])[[2, 0, 0]])
print("choose for each:", np.where([True, False, True], 0, [7, 8, 9]))  # 0 where True, else 7, 8, 9

# %% [markdown] lang="en"
# ## One cell, by hand
#
# Take cell 23, left of the goal. Suppose we were told $V(18) = 0.5$ (above), $V(22) = 0.4$ (left) and
# $V(23) = 0.6$ (itself). With $\gamma = 0.9$, what is each action worth: *reward now plus discounted
# value of where it leads*?
#
# | action | leads to | $r$ | $r + \gamma V(s')$ |
# |---|---|---|---|
# | up | 18 | 0 | 0.9 × 0.5 = ? |
# | down | 23 (wall) | 0 | ? |
# | right | goal, the episode ends | 1 | ? |
# | left | 22 | 0 | ? |
# | stay | 23 | 0 | ? |
#
# After the goal nothing comes: in that row, the reward alone counts. Then: what is the cell worth to
# someone who picks each of the five actions equally often? And to someone who takes the best one?

# %% [markdown] lang="ko"
# ## 칸 하나를 손으로
#
# 목표 왼쪽의 23번 칸을 봅시다. 누군가가 $V(18) = 0.5$(위), $V(22) = 0.4$(왼쪽), $V(23) = 0.6$(자기 자신)이라고 알려
# 주었다고 합시다. $\gamma = 0.9$일 때 각 행동의 가치는 얼마일까요? *지금의 보상 + 감가율 × 도착한 칸의 가치*입니다.
#
# | 행동 | 도착하는 칸 | $r$ | $r + \gamma V(s')$ |
# |---|---|---|---|
# | 위 | 18 | 0 | 0.9 × 0.5 = ? |
# | 아래 | 23 (벽) | 0 | ? |
# | 오른쪽 | 목표, 에피소드 끝 | 1 | ? |
# | 왼쪽 | 22 | 0 | ? |
# | 제자리 | 23 | 0 | ? |
#
# 목표에 닿은 뒤에는 아무것도 없으므로 그 줄은 보상뿐입니다. 그렇다면 무작위로 행동할 때 이 칸의 가치는 얼마일까요?
# 가장 좋은 행동을 할 때는요?

# %%
by_hand = np.array([0.9 * 0.5, 0.9 * 0.6, 1, 0.9 * 0.4, 0.9 * 0.6])
print(by_hand.round(2), "at random:", np.mean(by_hand).round(3), "best action:", np.max(by_hand))

# %% [markdown] lang="en"
# Those two answers are the two Bellman equations. The five numbers are the **Q-function** of the
# cell, one value for each action:
#
# $$Q(s, a) = r + \gamma \, V(s') \qquad \text{(only } r \text{ if the episode ends)}$$
#
# **Bellman expectation equation**: the value under a policy is the mean over the actions, each
# weighted with its probability.
#
# $$V_\pi(s) = \sum_a \pi(a \mid s) \, Q_\pi(s, a)$$
#
# **Bellman optimality equation**: the best possible value (marked with a star) takes the largest.
#
# $$V_*(s) = \max_a Q_*(s, a)$$

# %% [markdown] lang="ko"
# 방금 구한 두 답이 바로 두 가지 벨만 방정식입니다. 숫자 다섯 개는 이 칸의 **큐함수**, 곧 행동마다 매긴 가치입니다.
#
# $$Q(s, a) = r + \gamma \, V(s') \qquad \text{(에피소드가 끝나면 } r \text{만)}$$
#
# **벨만 기대 방정식**: 어떤 정책을 따를 때의 가치는 행동마다의 가치를 그 행동을 할 확률로 평균한 것입니다.
#
# $$V_\pi(s) = \sum_a \pi(a \mid s) \, Q_\pi(s, a)$$
#
# **벨만 최적 방정식**: 얻을 수 있는 가장 큰 가치(별표를 붙입니다)는 그중 최댓값입니다.
#
# $$V_*(s) = \max_a Q_*(s, a)$$

# %% [markdown] lang="en"
# ## Exercise 1 · look one step ahead ★☆☆ 10 minutes
#
# Given the values of all cells, compute $Q(s, a)$ for all cells and actions at once: an array `[S, A]`
# with a row for each cell; where `terminated`, the reward alone. It must work for any world, not only
# for this one. Leave the given arrays unchanged. Useful: `values[next_states]` looks up the value of
# every next cell and has the shape of `next_states`, and `np.where` chooses for each entry.

# %% [markdown] lang="ko"
# ## 연습 1 · 한 스텝 앞을 내다보기 ★☆☆ 10분
#
# 모든 칸의 가치가 주어졌을 때, 모든 칸과 모든 행동의 $Q(s, a)$를 한 번에 계산해 보세요. 칸마다 한 행인 `[S, A]`
# 배열이고, `terminated`인 곳은 보상뿐입니다. 이 그리드만이 아니라 어떤 환경에서도 맞아야 하고, 받은 배열은 바꾸지
# 않습니다. `values[next_states]`라고 쓰면 모든 다음 칸의 가치를 한꺼번에 찾아 주고, 그 모양은 `next_states`와
# 같습니다. 원소마다 골라 주는 `np.where`도 쓸모 있습니다.

# %% exercise="look_ahead"
def my_look_ahead(values, next_states, rewards, terminated, discount_factor):
    ### BEGIN SOLUTION
    return rewards + discount_factor * np.where(terminated, 0, values[next_states])
    ### END SOLUTION

# %% check="look_ahead" points=2
checks.check_look_ahead(my_look_ahead)

# %% [markdown] lang="en"
# ## Policy evaluation: the Bellman expectation equation, again and again
#
# How much is each cell worth to a Pac-Man who moves at random? We do not know any value, so we
# start with zeros and apply the equation to all cells at once. That is one **sweep**. Each sweep
# uses the values of the sweep before, so news of goal and ghosts travels one cell further every time.

# %% [markdown] lang="ko"
# ## 정책 평가: 벨만 기대 방정식을 되풀이하기
#
# 무작위로 움직이는 팩맨에게 각 칸의 가치는 얼마일까요? 아는 값이 하나도 없으니 모두 0에서 시작해 모든 칸에 방정식을
# 한 번에 적용합니다. 이렇게 한 바퀴 도는 것을 **스윕**(sweep)이라고 합니다. 스윕마다 바로 앞 스윕의 값을 쓰므로,
# 목표와 귀신의 소식은 한 번에 한 칸씩 퍼져 나갑니다.

# %%
def look_ahead(values):
    return my_look_ahead(values, next_states, rewards, terminated, GAMMA)


def evaluate_policy(policy, sweeps):
    """The values after 0, 1, 2, … sweeps."""
    history = [np.zeros(25)]
    for _ in range(sweeps):
        values = (policy * look_ahead(history[-1])).sum(axis=1)
        values[24] = 0  # nothing comes after the goal
        history.append(values)
    return history

# %%
random_policy = np.full((25, 5), 1 / 5)
history = evaluate_policy(random_policy, sweeps=201)
random_values = history[200]
change = np.abs(history[201] - random_values).max()
print(f"value of the start, acting at random: {random_values[0]:.2f}")
print(f"largest change in one more sweep: {change:.0e}")
drawings.values_through_the_grid(history[:21])

# %% [markdown] lang="en"
# The film shows the first 20 sweeps; after 200 the values have settled, and now they solve the
# equation. Acting at random is a bad policy here: the start is worth {{random_values[0]:.2f}}, because
# Pac-Man keeps stumbling into ghosts.
#
# ## ◇ Policy iteration: evaluate, improve, repeat
#
# **Improvement** is one line: in every cell, take the action with the largest Q-value. Evaluate the
# new policy, improve again, and stop when nothing changes.

# %% [markdown] lang="ko"
# 영상은 처음 스윕 20번을 보여 줍니다. 200번쯤이면 값이 더 이상 변하지 않고, 그 값이 방정식의 해입니다. 여기서
# 무작위로 행동하는 것은 좋은 정책이 아닙니다. 자꾸 귀신과 부딪히기 때문에 출발점의 가치가
# {{random_values[0]:.2f}}입니다.
#
# ## ◇ 정책 이터레이션: 평가하고, 발전시키고, 되풀이하기
#
# **정책 발전**은 한 줄입니다. 모든 칸에서 큐값이 가장 큰 행동을 고릅니다. 새 정책을 다시 평가하고 또 발전시키다가, 바뀌는
# 것이 없으면 멈춥니다.

# %%
policy, rounds = random_policy, 0
while True:
    values = evaluate_policy(policy, sweeps=200)[-1]
    best = look_ahead(values).round(9).argmax(axis=1)  # rounded: ties are ties
    improved = np.eye(5)[best]  # row s is 1 at the best action, else 0
    if (improved == policy).all():
        break
    policy, rounds = improved, rounds + 1
policy_iteration_values = values
print(f"{rounds} improvements, value of the start {values[0]:.4f}")

# %% [markdown] lang="en"
# ## Value iteration: the Bellman optimality equation, again and again
#
# Evaluating a policy to the end only to change it (that is *policy iteration*) is wasteful. **Value
# iteration** takes the maximum within the sweep itself. It keeps no policy; the best one is read off
# the values at the end.

# %% [markdown] lang="ko"
# ## 가치 이터레이션: 벨만 최적 방정식을 되풀이하기
#
# 곧 바꿀 정책을 끝까지 평가하는 것(*정책 이터레이션*)은 낭비입니다. **가치 이터레이션**은 스윕 안에서 바로 최댓값을
# 취합니다. 정책을 따로 두지 않고, 마지막에 가치에서 최적 정책을 읽어 냅니다.

# %%
history = [np.zeros(25)]
while True:
    values = look_ahead(history[-1]).max(axis=1)
    values[24] = 0
    if np.allclose(values, history[-1]):
        break
    history.append(values)
best_q = look_ahead(values)
gap = np.abs(values - policy_iteration_values).max()
print(f"{len(history) - 1} sweeps; largest difference from policy iteration {gap:g}")
drawings.values_through_the_grid(history)

# %% [markdown] lang="en"
# News of the goal spreads one cell a sweep; news of the ghosts does not, because a player who can
# choose goes around them. Here are the values of the random policy and the best ones, on one scale of
# colours (red is below 0, blue above):

# %% [markdown] lang="ko"
# 목표의 소식만 스윕마다 한 칸씩 퍼집니다. 행동을 고를 수 있으면 귀신을 피해 가기 때문입니다. 무작위 정책의 가치와 최적
# 가치를 같은 색 눈금으로 나란히 놓아 봅시다(0보다 작으면 빨강, 크면 파랑).

# %%
figure, axes = plt.subplots(1, 2, figsize=(7, 3.5))
limit = np.abs(random_values).max()
draw(random_values, axes[0], "random policy", limit=limit)
draw(values, axes[1], "best values and actions", best_q, limit=limit)
plt.show()

# %% [markdown] lang="en"
# Follow any arrows in the right picture: each cell is worth 0.9 times the next one, and the last
# step is worth 1. The start is 8 steps from the goal, so it is worth $0.9^7$ =
# {{0.9 ** 7:.3f}}. Where a cell has several arrows, they are equally good.
#
# `dqn_keras.bellman_target`, which lesson 07 builds for DQN, is this same optimality equation. Our
# table must satisfy it, action by action:

# %% [markdown] lang="ko"
# 오른쪽 그림에서 화살표를 따라가 보세요. 어느 칸이든 다음 칸의 0.9배이고 마지막 한 걸음의 가치가 1입니다. 출발점은
# 목표에서 8걸음이므로 가치는 $0.9^7$ = {{0.9 ** 7:.3f}}입니다. 화살표가 여러 개인 칸에서는 어느 쪽이든 똑같이 좋습니다.
#
# 07강에서 DQN을 위해 만들 `dqn_keras.bellman_target`도 같은 최적 방정식입니다. 그러니 우리의 테이블은 행동마다 이 식을
# 만족해야 합니다.

# %%
for a, name in enumerate(("up", "down", "right", "left", "stay")):
    target = bellman_target(rewards[:, a], best_q[next_states[:, a]], terminated[:, a], GAMMA)
    print(f"{name:6} largest difference {np.abs(best_q[:, a] - target).max():.0e}")

# %% [markdown] lang="en"
# ## What changed: the map is gone
#
# All this is **dynamic programming**: it reads `next_states` and `rewards` of *every* cell, so it
# needs to know the world completely. An agent usually does not. It can only act, and see what comes.
# From here on the code reads the tables only for the step it really takes.
#
# First **prediction**: estimate the values of the random policy from its episodes.
#
# - **Monte Carlo**: play to the end, then compute the return of each step backwards,
#   $G_t = r_{t+1} + \gamma \, G_{t+1}$. The value of a cell is the mean of the returns seen from it;
#   $N(s)$ counts them, and with each new return the mean is brought up to date (lesson 05 uses the same
#   trick):
#
# $$V(s) \leftarrow V(s) + \frac{1}{N(s)} \left( G_t - V(s) \right)$$
#
# - **Temporal difference (TD)**: do not wait. After one step, $r + \gamma V(s')$ is already a guess
#   of the return, called the **target**. Learning from one's own guess is **bootstrapping**:
#
# $$V(s) \leftarrow V(s) + \alpha \left( r + \gamma V(s') - V(s) \right)$$
#
# Both move the old value a part of the way towards what was seen. Say $V(s) = 0.2$, the target is 0.6
# and $\alpha = 0.5$: the error is 0.4, half of it is 0.2, the new value is 0.4.

# %% [markdown] lang="ko"
# ## 무엇이 달라졌나: 지도가 없습니다
#
# 지금까지는 **동적 프로그래밍**이었습니다. *모든* 칸의 `next_states`와 `rewards`를 읽으므로 환경을 완전히 알아야
# 합니다. 하지만 에이전트는 보통 환경을 모릅니다. 행동해 보고 무엇이 오는지 볼 수 있을 뿐이죠. 이제부터 코드는
# 표에서 실제로 한 행동의 칸만 읽습니다.
#
# 먼저 **예측**입니다. 무작위 정책의 가치를 에피소드에서 추정합니다.
#
# - **몬테카를로**: 에피소드가 끝날 때까지 간 다음, 뒤에서부터 반환값 $G_t = r_{t+1} + \gamma \, G_{t+1}$을 계산합니다.
#   칸의 가치는 그 칸에서 본 반환값들의 평균이고, $N(s)$는 그 개수입니다.
#
# $$V(s) \leftarrow V(s) + \frac{1}{N(s)} \left( G_t - V(s) \right)$$
#
# - **시간차(TD)**: 기다리지 않습니다. 한 스텝만 가도 $r + \gamma V(s')$로 반환값을 추측할 수 있습니다. 이것을
#   **타깃**이라고 합니다. 이렇게 자기가 추측한 값에서 다시 배우는 것을 **부트스트랩**이라고 합니다.
#
# $$V(s) \leftarrow V(s) + \alpha \left( r + \gamma V(s') - V(s) \right)$$
#
# 둘 다 원래 값을 새로 본 값 쪽으로 조금 옮깁니다. $V(s) = 0.2$, 타깃이 0.6, $\alpha = 0.5$라면 오차는 0.4, 그 절반은
# 0.2, 새 값은 0.4입니다.

# %%
def random_episode(rng):
    """One episode as a list of (state, reward, next state, terminated)."""
    steps, state, done = [], 0, False
    while not done:
        action = rng.integers(5)
        next_state, done = int(next_states[state, action]), bool(terminated[state, action])
        steps.append((state, float(rewards[state, action]), next_state, done))
        state = next_state
    return steps


def monte_carlo(values, counts, episode):
    discounted = 0.0
    for state, reward, _, _ in reversed(episode):
        discounted = reward + GAMMA * discounted
        counts[state] += 1
        values[state] += (discounted - values[state]) / counts[state]


def temporal_difference(values, episode, alpha=0.05):
    for state, reward, next_state, done in episode:
        target = reward if done else reward + GAMMA * values[next_state]
        values[state] += alpha * (target - values[state])

# %%
rng = np.random.default_rng(0)
mc, counts, td = np.zeros(25), np.zeros(25), np.zeros(25)
for _ in range(200):
    episode = random_episode(rng)
    monte_carlo(mc, counts, episode)
    temporal_difference(td, episode)

figure, axes = plt.subplots(1, 3, figsize=(9, 3.2))
limit = np.abs([random_values, mc, td]).max()
for axis, guess, name in zip(axes, (random_values, mc, td), ("exact, from the map",
                             "Monte Carlo, 200 episodes", "TD, 200 episodes")):
    draw(guess, axis, name, limit=limit)
plt.show()

# %% [markdown] lang="en"
# Nobody gave either of them the map, and yet both come close to the values that policy evaluation
# computed from it.
#
# ## ◇ Measured: how fast, and how steady?
#
# The same over five seeds: how far are the values from the exact ones after each episode? (RMS, root
# mean square, is the root of the mean of the squared errors.)

# %% [markdown] lang="ko"
# 둘 다 지도를 받지 않았는데도, 정책 평가가 지도를 보고 계산한 가치에 가까워집니다.
#
# ## ◇ 재어 보기: 얼마나 빠르고, 얼마나 흔들리나
#
# 같은 것을 시드 다섯 개로 해 봅시다. 에피소드마다 값이 정확한 가치에서 얼마나 떨어져 있을까요? (RMS는 오차를 제곱해
# 평균한 다음 제곱근을 취한 값입니다.)

# %%
def errors(seed, episodes=200):
    """Distance from the exact values after each episode: Monte Carlo, TD."""
    rng, mc, counts, td, log = np.random.default_rng(seed), *np.zeros((3, 25)), []
    for _ in range(episodes):
        episode = random_episode(rng)
        monte_carlo(mc, counts, episode)
        temporal_difference(td, episode)
        log.append([np.sqrt(np.mean((v - random_values)[:-1] ** 2)) for v in (mc, td)])
    return log

# %%
error = np.array([errors(seed) for seed in range(5)])  # [seeds, episodes, methods]
for k, (name, color) in enumerate((("Monte Carlo", "C0"), ("TD, step size 0.05", "C1"))):
    plt.plot(error[:, :, k].T, color=color, alpha=0.25, linewidth=1)
    plt.plot(error[:, :, k].mean(axis=0), color=color, label=name)
plt.axhline(0, color="0.7")
plt.xlabel("episodes of the random policy (thin: 5 seeds)")
plt.ylabel("error of the values (RMS)")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# After 10 episodes the mean error is {{error[:, 9, 0].mean():.2f}} for Monte Carlo and
# {{error[:, 9, 1].mean():.2f}} for TD; after 200 it is {{error[:, 199, 0].mean():.3f}} and
# {{error[:, 199, 1].mean():.3f}}. With a fixed step size TD never comes to rest: it keeps following the
# latest samples.
#
# The samples that the two learn from also differ in spread. Seen from the same cell, returns of whole
# episodes vary more than one reward plus the next cell's value:

# %% [markdown] lang="ko"
# 10에피소드 뒤의 평균 오차는 몬테카를로 {{error[:, 9, 0].mean():.2f}}, TD {{error[:, 9, 1].mean():.2f}}이고,
# 200에피소드 뒤에는 {{error[:, 199, 0].mean():.3f}}과 {{error[:, 199, 1].mean():.3f}}입니다. 스텝 사이즈가 고정된
# TD는 계속 최근 샘플을 따라가므로 완전히 멈추지는 않습니다.
#
# 두 방법은 샘플이 흩어지는 정도도 다릅니다. 같은 칸에서 보더라도, 에피소드 전체의 반환값은 "보상 하나 + 다음 칸의
# 가치"보다 더 크게 흔들립니다.

# %%
rng, returns, td_targets = np.random.default_rng(0), [], []
for _ in range(500):
    episode = random_episode(rng)
    returns.append(sum(GAMMA**t * step[1] for t, step in enumerate(episode)))
    _, reward, next_state, done = episode[0]  # the first step, from the start cell
    td_targets.append(reward + GAMMA * random_values[next_state])
return_spread, td_spread = np.std(returns), np.std(td_targets)
print(f"mean                      return {np.mean(returns):.2f}, TD target {np.mean(td_targets):.2f}")
print(f"spread (std. deviation)   return {return_spread:.2f}, TD target  {td_spread:.2f}")

# %% [markdown] lang="en"
# ## Control: SARSA and Q-learning
#
# **Control** means improving the policy as well. For that we need $Q$ instead of $V$: Q-values tell the
# best action without any knowledge of where actions lead. Mostly the agent takes the best action it
# knows, and with probability $\varepsilon$ a random one (**epsilon-greedy**, lesson 05).
#
# **SARSA** uses all of $s, a, r, s', a'$, where $a'$ is the action it really takes next:
#
# $$Q(s, a) \leftarrow Q(s, a) + \alpha \left( r + \gamma \, Q(s', a') - Q(s, a) \right)$$
#
# **Q-learning** asks for the best next action, whatever it then takes:
#
# $$Q(s, a) \leftarrow Q(s, a) + \alpha \left( r + \gamma \max_{a'} Q(s', a') - Q(s, a) \right)$$
#
# As always, if the step ended the episode, the target is $r$ alone.
#
# ## Exercise 2 · the Q-learning update ★☆☆ 10 minutes
#
# `transition` is one step, $(s, a, r, s', a')$ and whether it ended the episode. Return the new value
# of `q[state, action]` (one number; leave `q` itself unchanged). `np.max(row)` is the largest number of
# a row. By hand, with
# $\alpha = 0.5$, $\gamma = 0.9$: $Q(s, a) = 0.2$, $r = 0$, and the next cell's Q-values are
# 0, 1, 0.4, 0, 0. The target is 0.9, the error 0.7, the new value 0.2 + 0.5 × 0.7 = 0.55.

# %% [markdown] lang="ko"
# ## 제어: 살사와 큐러닝
#
# **제어**는 정책까지 발전시키는 일입니다. 그러려면 $V$ 대신 $Q$가 필요합니다. 큐값이 있으면 행동이 어디로
# 이어지는지 몰라도 가장 좋은 행동을 바로 고를 수 있습니다. 에이전트는 대개 지금까지 아는 가장 좋은 행동을 하고,
# $\varepsilon$의 확률로 무작위 행동을 합니다(**입실론 그리디**, 05강).
#
# **살사**(SARSA)는 $s, a, r, s', a'$을 모두 씁니다. $a'$은 다음에 실제로 하는 행동입니다.
#
# $$Q(s, a) \leftarrow Q(s, a) + \alpha \left( r + \gamma \, Q(s', a') - Q(s, a) \right)$$
#
# **큐러닝**(Q-learning)은 실제로 무엇을 하든 다음 상태에서 가장 좋은 행동을 봅니다.
#
# $$Q(s, a) \leftarrow Q(s, a) + \alpha \left( r + \gamma \max_{a'} Q(s', a') - Q(s, a) \right)$$
#
# 언제나처럼 그 스텝에서 에피소드가 끝났다면 타깃은 $r$뿐입니다.
#
# ## 연습 2 · 큐러닝의 업데이트 ★☆☆ 10분
#
# `transition`은 한 스텝의 샘플, 즉 $(s, a, r, s', a')$와 에피소드가 끝났는지입니다. `q[state, action]`의 새 값을
# 반환하세요(숫자 하나이고, `q` 자체는 바꾸지 않습니다). `np.max(row)`는 한 행에서 가장 큰 수입니다. 손으로 해 보면, $\alpha = 0.5$,
# $\gamma = 0.9$이고 $Q(s, a) = 0.2$, $r = 0$, 다음 칸의 큐값이 0, 1, 0.4, 0, 0일 때 타깃은 0.9, 오차는 0.7,
# 새 값은 0.2 + 0.5 × 0.7 = 0.55입니다.

# %% exercise="q_learning_update"
def my_q_learning_update(q, transition, alpha, discount_factor):
    state, action, reward, next_state, next_action, terminated = transition
    ### BEGIN SOLUTION
    target = reward if terminated else reward + discount_factor * np.max(q[next_state])
    return q[state, action] + alpha * (target - q[state, action])
    ### END SOLUTION

# %% check="q_learning_update" points=2
checks.check_q_learning_update(my_q_learning_update)

# %% [markdown] lang="en"
# SARSA's update differs from yours in one place, the target. `dqn_keras` has both targets, for many
# transitions at once (a **batch**); here each with a batch of one:

# %% [markdown] lang="ko"
# 살사의 업데이트는 여러분이 쓴 업데이트와 타깃 한 군데만 다릅니다. `dqn_keras`에는 두 타깃이 모두 있고, 샘플 여러
# 개(**배치**)를 한꺼번에 받습니다. 여기서는 하나짜리 배치로 비교합니다.

# %%
def sarsa_update(q, transition, alpha, discount_factor):
    """The new value of q[state, action]."""
    state, action, reward, next_state, next_action, terminated = transition
    target = reward if terminated else reward + discount_factor * q[next_state, next_action]
    return q[state, action] + alpha * (target - q[state, action])


q = np.zeros((25, 5))
q[1], q[0, 2] = [0, 1, 0.4, 0, 0], 0.2
transition = (0, 2, 0.0, 1, 4, False)  # from cell 0 to the right; there, "stay" is taken next
for rule, target in (
    (my_q_learning_update, bellman_target([0.0], q[[1]], [False], 0.9)),
    (sarsa_update, sarsa_target([0.0], q[[1]], [4], [False], 0.9)),
):
    print(f"{rule(q, transition, 0.5, 0.9):.2f}, with dqn_keras {0.2 + 0.5 * (target[0] - 0.2):.2f}")

# %% [markdown] lang="en"
# One loop serves both; only the update differs. A table full of equal zeros has no best action, so ties
# are broken at random. An episode is broken off after 500 steps.

# %% [markdown] lang="ko"
# 반복문은 하나면 됩니다. 업데이트만 다릅니다. 0으로 가득한 테이블에는 가장 좋은 행동이 없으므로, 값이 같을 때는 무작위로
# 고릅니다. 에피소드는 500스텝에서 그만둡니다.

# %%
def choose(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(5)
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


def learn(update, seed, episodes=300, alpha=0.2, epsilon=0.2):
    rng, q, scores = np.random.default_rng(seed), np.zeros((25, 5)), np.zeros(episodes)
    for e in range(episodes):
        state, action = 0, choose(q[0], epsilon, rng)
        for _ in range(500):
            reward, done = rewards[state, action], terminated[state, action]
            next_state = next_states[state, action]
            next_action = choose(q[next_state], epsilon, rng)
            transition = (state, action, reward, next_state, next_action, done)
            q[state, action] = update(q, transition, alpha, GAMMA)
            state, action = next_state, next_action
            scores[e] += reward
            if done:
                break
    return q, scores

# %%
sarsa_runs = [learn(sarsa_update, seed) for seed in range(20)]
q_runs = [learn(my_q_learning_update, seed) for seed in range(20)]
print(f"value of the start, exact {best_q[0].max():.3f}")
for name, runs in (("Q-learning", q_runs), ("SARSA", sarsa_runs)):
    print(f"{name:10} mean of 20 seeds {np.mean([q[0].max() for q, _ in runs]):.3f}")

# %% [markdown] lang="en"
# Your Q-learning found the value of the best policy without the map. SARSA's value is smaller, and not
# by mistake: SARSA learns the value of *what it does, exploration included* (**on-policy**), and one
# action in five is random. Q-learning learns the value of *the best policy while doing something
# else* (**off-policy**).
#
# Now lay out a grid of your own. Start with *One sweep*, nine times: how far does the news of the goal travel in each,
# and what is left for the ninth? Put a *+0.3* into the fourth cell of the top row and move $\gamma$: below which value is
# it the better end, seen from the start? Compare $0.3 \, \gamma^2$ with $\gamma^7$. Go back to *The lesson's grid* and choose
# *Q-learning*. After *50 episodes*, which cells does it know, and which has it hardly seen? Then build a *wall* across its path.
# How many episodes does it take until the values fit again, and how many sweeps? (If there is only a picture, run
# the cell.)

# %% [markdown] lang="ko"
# 여러분의 큐러닝은 지도 없이 최적 정책의 가치를 찾아냈습니다. 살사의 값이 더 작은 것은 실수가 아닙니다. 살사는 *탐험까지
# 포함해 실제로 하는 행동*의 가치를 배우고(**온폴리시**), 그 행동은 다섯 번에 한 번꼴로 무작위입니다. 큐러닝은 *다른
# 행동을 하면서도 최적 정책*의 가치를 배웁니다(**오프폴리시**).
#
# 이제 그리드를 직접 꾸며 보세요. 먼저 *스윕 한 번*을 아홉 번 누릅니다. 목표의 소식은 한 번에 얼마나 멀리 가고, 아홉 번째에는
# 무엇이 남아 있나요? 첫 행의 네 번째 칸에 *+0.3*을 놓고 $\gamma$를 움직여 보세요. 출발점에서 볼 때 어느 값보다 작아지면 이쪽
# 끝이 더 나은가요? $0.3 \, \gamma^2$과 $\gamma^7$을 비교해 보세요. *원래 그리드로* 돌아가 *큐러닝*을 고르세요. *50에피소드* 뒤에 잘
# 아는 칸은 어디이고, 거의 가 보지 않은 칸은 어디인가요? 그 길을 *벽*으로 막아 보세요. 값이 다시 맞을 때까지 에피소드는 몇 번,
# 스윕은 몇 번 필요한가요? (그림만 보인다면 셀을 실행하세요.)

# %%
explore("grid_world")

# %% [markdown] lang="en"
# ## ◇ Measured over 20 seeds: two ideas of a good path
#
# We let each of the 20 agents walk without exploration and count how often its path crosses each
# cell.

# %% [markdown] lang="ko"
# ## ◇ 시드 20개로 재어 보기: 서로 다른 "좋은 길"
#
# 학습을 마친 에이전트 20개를 각각 탐험 없이 걷게 하고, 그 길이 각 칸을 몇 번 지나는지 셉니다.

# %%
def greedy_path(q):
    path, done = [0], False
    while not done and len(path) < 25:
        action = q[path[-1]].argmax()
        done = terminated[path[-1], action]
        path.append(next_states[path[-1], action])
    return path


beside_a_ghost = (rewards < 0).any(axis=1)  # some action there meets a ghost
figure, axes = plt.subplots(1, 2, figsize=(7, 3.5))
length, risky, scores, stuck = {}, {}, {}, {}
for axis, name, runs in zip(axes, ("SARSA", "Q-learning"), (sarsa_runs, q_runs)):
    paths = [greedy_path(q) for q, _ in runs]
    share = np.mean([np.isin(np.arange(25), path) for path in paths], axis=0)
    share[24] = 0  # not coloured
    draw(share, axis, f"{name}: share of 20 paths", labels=[f"{v:.0%}" for v in share])
    arrived = [path for path in paths if len(path) < 25]
    stuck[name] = len(paths) - len(arrived)
    length[name] = np.mean([len(path) - 1 for path in arrived])
    risky[name] = np.mean([beside_a_ghost[path[1:-1]].sum() for path in arrived])
    scores[name] = np.mean([run_scores[-100:].mean() for _, run_scores in runs])
    print(f"{name:10} score while exploring {scores[name]:.2f}; without exploring {stuck[name]} of 20 "
          f"stuck, the others {length[name]:.1f} steps, {risky[name]:.2f} of them beside a ghost")
plt.show()

# %% [markdown] lang="en"
# The paths that reach the goal pass {{risky["SARSA"]:.2f}} cells beside a ghost under SARSA and
# {{risky["Q-learning"]:.2f}} under Q-learning; they take {{length["SARSA"]:.1f}} and
# {{length["Q-learning"]:.1f}} steps on average. Among paths of the same length Q-learning has no reason
# to prefer one. SARSA has: it will take random steps, so a cell beside a ghost is worth less to it. In
# return it scores better *while it explores* ({{scores["SARSA"]:.2f}} against
# {{scores["Q-learning"]:.2f}} over the last 100 episodes). Its weakness has the same cause: since
# random steps are part of what it learns from, its values are lower and noisier, and where *stay* comes
# out on top, an agent never moves on (here {{stuck["SARSA"]}} of 20).
#
# ## ◇ Review: RL Basics
#
# The lecture opens with 17 questions. They are best answered tomorrow, from memory: say your answer
# aloud, then look.
#
# <details><summary>1) What are the five parts of an MDP?</summary>
#
# States, actions, state transition probabilities, rewards, discount factor: the table at the top.
# </details>
#
# <details><summary>2) What is a value function, and why do we need it?</summary>
#
# The return expected from a state when following a policy. It tells how good a state is before the
# reward comes, so that actions far from the goal can be compared.
# </details>
#
# <details><summary>3) What is a policy?</summary>
#
# The rule of behaviour: the probability of each action in each state, here `policy [25, 5]`.
# </details>
#
# <details><summary>4) What is the Bellman expectation equation, and what does it mean?</summary>
#
# $V_\pi(s) = \sum_a \pi(a \mid s) (r + \gamma V_\pi(s'))$: a state's value is the mean reward plus the
# discounted value of the next state. It ties neighbours together, so values can be computed by
# sweeps. (Where chance decides on $s'$, the mean is over $s'$ as well.)
# </details>
#
# <details><summary>5) What is the Q-function?</summary>
#
# The value of an action in a state: the return expected after taking it and following the policy
# from then on.
# </details>
#
# <details><summary>6) How is the optimal value function found, and why do we need it?</summary>
#
# By repeating the Bellman optimality equation until nothing changes. In every state, the action with
# the largest $r + \gamma V_*(s')$ is then an optimal one.
# </details>
#
# ## ◇ Review: Dynamic Programming
#
# <details><summary>1) What is dynamic programming, and what is its advantage?</summary>
#
# Splitting a problem into smaller ones, storing their answers and using them again. Here the stored
# answers are the values: no path is computed twice.
# </details>
#
# <details><summary>2) Which problem do we solve with it?</summary>
#
# The Bellman equations of a known MDP: its optimal value function and policy.
# </details>
#
# <details><summary>3) How is a value function updated?</summary>
#
# In sweeps: each state's value becomes reward plus discounted value of the next state, from the
# values of the sweep before. News spreads one cell a sweep (the films above).
# </details>
#
# <details><summary>4) What are policy iteration, policy evaluation and policy improvement?</summary>
#
# Evaluation computes the values of the present policy; improvement takes the action with the largest
# Q-value in each state; policy iteration repeats both until the policy stays the same.
# </details>
#
# <details><summary>5) How does value iteration differ from policy iteration?</summary>
#
# It takes the maximum within each sweep and keeps no policy; policy iteration evaluates an explicit
# policy to the end before changing it.
# </details>
#
# <details><summary>6) What are the limits of dynamic programming?</summary>
#
# The computation grows with the number of states, the number of states explodes with the dimensions,
# and the world must be known completely. Learning from episodes removes only the last of the three.
# </details>
#
# ## ◇ Review: Q-Learning
#
# <details><summary>1) What are prediction and control?</summary>
#
# Prediction estimates the value of a given policy; control looks for a better policy.
# </details>
#
# <details><summary>2) What is Monte Carlo prediction, and its problem?</summary>
#
# The mean of the returns of whole episodes. It has to wait for the end of the episode, and returns
# have a large spread (measured above).
# </details>
#
# <details><summary>3) What is TD prediction, and its problem?</summary>
#
# It learns in every step from $r + \gamma V(s')$. The target contains its own, at first wrong,
# estimate: it is biased until the values are right.
# </details>
#
# <details><summary>4) What is SARSA, and its problem?</summary>
#
# TD control with the next action really taken. It is on-policy: random exploratory steps, into ghosts
# for example, lower the values and make them noisy, and the agent can get stuck.
# </details>
#
# <details><summary>5) What is Q-learning, and its problem?</summary>
#
# Off-policy TD control with the largest next Q-value. Like all the methods here it needs a table: an
# entry for every state and action, and a visit to each (lessons 03 and 04).
# </details>
#
# **Summary** Look one step ahead, then average (a given policy) or take the best (the optimum).
# Dynamic programming does so with the map, Monte Carlo and TD from experience; SARSA and Q-learning
# improve the policy on the way. **Next** lesson 03: when a table gets too long, a function that is
# fitted to examples takes its place. We build one, a neural network, from nothing.

# %% [markdown] lang="ko"
# 목표에 도착한 길만 보면, 도중에 지나는 귀신 옆 칸이 살사는 평균 {{risky["SARSA"]:.2f}}칸, 큐러닝은
# {{risky["Q-learning"]:.2f}}칸입니다. 평균 길이는 {{length["SARSA"]:.1f}}걸음과
# {{length["Q-learning"]:.1f}}걸음입니다. 길이가 같다면 큐러닝이 어느 한 길을 더 좋아할 이유가 없습니다. 살사는
# 다릅니다. 앞으로도 무작위 행동을 할 것이므로 귀신 옆 칸의 가치를 더 낮게 매깁니다. 그 대신 *탐험하는 동안의*
# 점수는 살사가 더 높습니다(마지막 100에피소드에서 {{scores["SARSA"]:.2f}} 대 {{scores["Q-learning"]:.2f}}). 약점의
# 원인도 같습니다. 무작위 행동까지 보고 배우므로 값이 더 낮고 더 흔들립니다. 그러다 어느 칸에서 *제자리*의 값이 가장
# 커지면 에이전트는 그 칸을 떠나지 못합니다(여기서는 20개 가운데 {{stuck["SARSA"]}}개).
#
# ## ◇ 진단 평가: RL Basics
#
# 강의는 질문 17개로 시작합니다. 내일 기억을 더듬어 답해 보는 것이 가장 좋습니다. 먼저 소리 내어 답한 다음 확인하세요.
#
# <details><summary>1) MDP의 다섯 가지 요소는?</summary>
#
# 상태, 행동, 상태 전이 확률, 보상, 감가율입니다. 맨 위의 표를 보세요.
# </details>
#
# <details><summary>2) 가치함수란? 필요한 이유는?</summary>
#
# 어떤 정책을 따를 때 그 상태에서 앞으로 받을 반환값의 기댓값입니다. 보상을 받기 전에도 상태가 얼마나 좋은지 알려 주므로,
# 목표에서 멀리 떨어진 곳에서도 행동을 비교할 수 있습니다.
# </details>
#
# <details><summary>3) 정책이란?</summary>
#
# 행동의 규칙, 즉 각 상태에서 각 행동을 할 확률입니다. 여기서는 `policy [25, 5]`입니다.
# </details>
#
# <details><summary>4) 벨만 기대 방정식은? 의미는?</summary>
#
# $V_\pi(s) = \sum_a \pi(a \mid s) (r + \gamma V_\pi(s'))$. 상태의 가치는 보상과 감가된 다음 상태의 가치를 더한 것의
# 평균이라는 뜻입니다. 이웃한 상태의 가치가 서로 이어지므로 스윕을 되풀이해 계산할 수 있습니다. ($s'$이 확률적으로 정해지면
# $s'$에 대해서도 평균합니다.)
# </details>
#
# <details><summary>5) 큐함수란?</summary>
#
# 어떤 상태에서 어떤 행동의 가치, 즉 그 행동을 한 다음 정책을 따를 때 받을 반환값의 기댓값입니다.
# </details>
#
# <details><summary>6) 최적의 가치함수는 어떻게 구할까? 필요한 이유는?</summary>
#
# 벨만 최적 방정식을 더 이상 변하지 않을 때까지 되풀이합니다. 그러면 각 상태에서 $r + \gamma V_*(s')$가 가장 큰 행동이 곧
# 최적 행동입니다.
# </details>
#
# ## ◇ 진단 평가: Dynamic Programming
#
# <details><summary>1) 동적 프로그래밍이란? 장점은?</summary>
#
# 문제를 작은 문제로 나누고 그 답을 저장해 다시 쓰는 방법입니다. 여기서는 저장한 답이 가치이고, 같은 길을 두 번 계산하지
# 않습니다.
# </details>
#
# <details><summary>2) 동적 프로그래밍으로 풀고자 하는 문제는?</summary>
#
# 환경을 아는 MDP의 벨만 방정식, 즉 최적 가치함수와 최적 정책을 구하는 것입니다.
# </details>
#
# <details><summary>3) 가치함수가 업데이트되는 과정을 설명할 수 있는가?</summary>
#
# 스윕마다 각 상태의 가치를 "보상 + 감가율 × 다음 상태의 가치"로 바꿉니다. 이때 바로 앞 스윕의 가치를 씁니다. 소식은 한 번에
# 한 칸씩 퍼집니다(위의 영상).
# </details>
#
# <details><summary>4) 정책 이터레이션이란? 정책 평가와 정책 발전은 각각 무엇을 의미하는가?</summary>
#
# 정책 평가는 지금 정책의 가치를 계산하는 것, 정책 발전은 각 상태에서 큐값이 가장 큰 행동을 고르는 것입니다. 정책
# 이터레이션은 정책이 변하지 않을 때까지 둘을 되풀이합니다.
# </details>
#
# <details><summary>5) 정책 이터레이션과 가치 이터레이션의 차이는?</summary>
#
# 가치 이터레이션은 스윕 안에서 바로 최댓값을 취하고 정책을 따로 두지 않습니다. 정책 이터레이션은 정책을 따로 두고 끝까지
# 평가한 다음에 바꿉니다.
# </details>
#
# <details><summary>6) 동적 프로그래밍의 한계는?</summary>
#
# 상태가 많아질수록 계산이 늘고(계산 복잡도), 차원이 늘면 상태의 수가 폭발하고(차원의 저주), 환경을 완벽하게 알아야 합니다.
# 에피소드에서 배우는 방법은 셋 가운데 마지막 것만 없애 줍니다.
# </details>
#
# ## ◇ 진단 평가: Q-Learning
#
# <details><summary>1) 예측과 제어란?</summary>
#
# 예측은 주어진 정책의 가치를 추정하는 것, 제어는 더 좋은 정책을 찾는 것입니다.
# </details>
#
# <details><summary>2) 몬테카를로 예측이란? 문제점은?</summary>
#
# 에피소드 전체의 반환값을 평균 내는 것입니다. 에피소드가 끝날 때까지 기다려야 하고, 반환값은 크게 흔들립니다(위에서
# 재었습니다).
# </details>
#
# <details><summary>3) 시간차 예측이란? 문제점은?</summary>
#
# 매 스텝 $r + \gamma V(s')$로 배우는 것입니다. 타깃에 자기의 추정값이 들어 있어서, 그 값이 맞아 갈 때까지는 치우쳐
# 있습니다(편향).
# </details>
#
# <details><summary>4) 살사란? 문제점은?</summary>
#
# 다음에 실제로 하는 행동으로 배우는 시간차 제어입니다. 온폴리시이므로 탐험하다가 귀신과 부딪히는 일 등으로 값이 낮아지고
# 흔들리며, 에이전트가 그 자리에 갇힐 수 있습니다.
# </details>
#
# <details><summary>5) 큐러닝이란? 문제점은?</summary>
#
# 다음 상태의 가장 큰 큐값으로 배우는 오프폴리시 시간차 제어입니다. 여기 나온 다른 방법과 마찬가지로 테이블이 필요합니다.
# 모든 상태와 행동에 칸이 있어야 하고, 그 칸을 모두 방문해야 합니다(03강, 04강).
# </details>
#
# **정리** 한 스텝 앞을 내다본 다음, 평균을 내거나(주어진 정책) 최댓값을 취합니다(최적). 동적 프로그래밍은 지도를
# 보고 계산하고, 몬테카를로와 시간차는 경험에서 배우며, 살사와 큐러닝은 배우면서 정책까지 발전시킵니다. **다음
# 시간** 03강: 테이블이 너무 길어지면 예제에 맞춘 함수가 그 자리를 대신합니다. 그런 함수인 신경망을 처음부터 만들어
# 봅니다.
