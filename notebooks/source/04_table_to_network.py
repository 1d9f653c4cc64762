# %% [markdown] lang="en"
# # 04 · From a table to a network: Deep SARSA
#
# Slides: Deep Reinforcement Learning, 1 to 3 (limits of tables; parameters and approximation; Deep
# SARSA and its 15 numbers).
#
# **You will be able to** say when a table stops being possible · describe a state by numbers · replace
# a table by parameters · write the Deep SARSA target · find a real mistake in the lecture's loop · say
# what "Markov" means, and count where 15 numbers are not enough.
#
# **Time** 40 minutes · **Needs** lessons 01 and 02 (value iteration, SARSA)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $s$ | `state` | `[15]` | what the agent sees of the world |
# | $\theta$ | `agent.model.weights` | {{weight_count:,}} numbers | parameters (weights) of the network |
# | $Q_\theta(s, a)$ | `agent.model(states)` | `[B, 5]` | Q-values that the network computes |
# | $r$ | `rewards` | `[B]` | rewards |
# | $a'$ | `next_actions` | `[B]` | actions taken in the next states |
# | $d$ | `terminated` | `[B]` | 1 if the step ended the task, else 0 |
# | $\gamma$ | `discount_factor` | number | discount factor |
# | $y$ | target | `[B]` | what $Q_\theta(s, a)$ should have been |

# %% [markdown] lang="ko"
# # 04 · 테이블에서 신경망으로: 딥 살사
#
# 슬라이드: Deep Reinforcement Learning 1~3 (테이블의 한계, 매개변수화와 근사화, Deep SARSA와 15개의 숫자).
#
# **이번 시간이 끝나면** 언제 테이블을 쓸 수 없는지 말할 수 있고 · 상태를 숫자로 나타낼 수 있고 · 테이블을 매개변수로 바꿀
# 수 있고 · 딥 살사의 타깃을 쓸 수 있고 · 강의 코드에 실제로 있는 실수를 찾을 수 있고 · "마르코프"가 무슨 뜻인지, 15개의
# 숫자로 어디가 모자라는지 세어 볼 수 있습니다.
#
# **시간** 40분 · **먼저 볼 것** 01, 02 (가치 이터레이션, 살사)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $s$ | `state` | `[15]` | 에이전트가 보는 상태 |
# | $\theta$ | `agent.model.weights` | 숫자 {{weight_count:,}}개 | 신경망의 매개변수(가중치) |
# | $Q_\theta(s, a)$ | `agent.model(states)` | `[B, 5]` | 신경망이 계산하는 큐값 |
# | $r$ | `rewards` | `[B]` | 보상 |
# | $a'$ | `next_actions` | `[B]` | 다음 상태에서 한 행동 |
# | $d$ | `terminated` | `[B]` | 그 스텝에서 과제가 끝났으면 1, 아니면 0 |
# | $\gamma$ | `discount_factor` | 숫자 | 감가율 |
# | $y$ | 타깃 | `[B]` | $Q_\theta(s, a)$가 되었어야 할 값 |

# %%
import io

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Image
from PIL import Image as Picture

from dqn_keras import DeepSARSAAgent, GridWorld, as_gymnasium, checks, evaluate, record
from dqn_keras import sarsa_target, train, use_one_thread, value_network
from dqn_keras.machinery.compilation import episode_loop
from dqn_keras.experiments import plot_mean

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

use_one_thread()  # for networks this small, one thread computes faster than several

# %% [markdown] lang="en"
# ## How long is a table? By hand
#
# A table of Q-values has one entry for every state and action. In a grid of $n$ cells a side and $k$
# dimensions, with $A$ actions, that makes
#
# $$n^k \cdot A \text{ entries.}$$
#
# Fill in the last column on paper:
#
# | world | states | actions | entries |
# |---|---|---|---|
# | the 5×5 grid of lesson 02 | 25 | 5 | ? |
# | a grid of 100×100 | 10,000 | 5 | ? |
# | a grid of 5×5×5×5 (two ways in each dimension, and stay) | 625 | 9 | ? |
# | CartPole, each of its 4 numbers cut into 100 pieces | 100⁴ | 2 | ? |
#
# The slides call the first answer the number of states; it is the number of state-action pairs.

# %% [markdown] lang="ko"
# ## 테이블은 얼마나 길까? 손으로
#
# 큐값의 테이블에는 상태와 행동의 쌍마다 칸이 하나씩 있습니다. 한 변이 $n$칸이고 $k$차원인 그리드에서 행동이 $A$개라면
#
# $$n^k \cdot A \text{ 칸}$$
#
# 입니다. 마지막 칸을 종이에 채워 보세요.
#
# | 환경 | 상태 | 행동 | 테이블의 칸 |
# |---|---|---|---|
# | 02의 5×5 그리드월드 | 25 | 5 | ? |
# | 100×100 그리드 | 10,000 | 5 | ? |
# | 5×5×5×5 그리드 (차원마다 두 방향, 그리고 제자리) | 625 | 9 | ? |
# | 카트폴, 숫자 4개를 각각 100조각으로 나눔 | 100⁴ | 2 | ? |
#
# 슬라이드는 첫 번째 답을 "모든 상태의 갯수"라고 하는데, 정확히는 상태와 행동의 쌍의 수입니다.

# %%
def table_entries(side, dimensions, actions):
    return side**dimensions * actions


for world in ((5, 2, 5), (100, 2, 5), (5, 4, 9), (100, 4, 2)):
    print(f"{world[0]} a side, {world[1]} dimensions: {table_entries(*world):>11,} entries")

# %% [markdown] lang="en"
# An entry that was never visited knows nothing. At a thousand steps a second, one visit to each
# entry of the last table takes {{table_entries(100, 4, 2) / 1000 / 3600:.0f}} hours, and one visit is
# not enough.
#
# ## "And if the ghosts move?"
#
# So ask the slides. In `dqn_keras.GridWorld` the three ghosts of lesson 02 walk to and fro along
# their rows, one cell in every second step, and turn at the walls. To know where Pac-Man is, is not
# enough now. The agent sees 15 numbers:
#
# | numbers | meaning |
# |---|---|
# | 4 for each ghost, 3 ghosts | $dx, dy$ from Pac-Man to the ghost, label −1, direction (−1 walks right, +1 walks left) |
# | 3 for the goal | $dx, dy$ from Pac-Man to the goal, label +1 |
#
# $x$ grows to the right, $y$ downwards. (The slides say "speed" for the direction; it is only a sign.)

# %% [markdown] lang="ko"
# 한 번도 방문하지 않은 칸은 아무것도 모릅니다. 1초에 천 스텝을 가더라도 마지막 테이블의 모든 칸을 한 번씩 방문하는 데
# {{table_entries(100, 4, 2) / 1000 / 3600:.0f}}시간이 걸리고, 한 번으로는 모자랍니다.
#
# ## "그런데 만약 장애물(귀신)이 움직인다면?"
#
# 슬라이드가 던지는 질문입니다. `dqn_keras.GridWorld`에서는 02의 귀신 셋이 각자의 행을 왔다 갔다 합니다. 두 스텝에 한 칸씩
# 움직이고 벽에서 돌아섭니다. 이제 팩맨이 어디 있는지만 알아서는 부족합니다. 에이전트는 숫자 15개를 봅니다.
#
# | 숫자 | 뜻 |
# |---|---|
# | 귀신마다 4개, 귀신은 3마리 | 팩맨에서 귀신까지의 $dx, dy$, 레이블 −1, 방향(−1은 오른쪽, +1은 왼쪽으로 걷는 중) |
# | 목표에 3개 | 팩맨에서 목표까지의 $dx, dy$, 레이블 +1 |
#
# $x$는 오른쪽으로, $y$는 아래로 커집니다. (슬라이드는 방향을 "속도"라고 하지만 실제로는 부호뿐입니다.)

# %%
environment = GridWorld(seed=0)
print("first state ", environment.reset().numpy().astype(int))
pictures = [environment.render()]
for action in (1, 1, 1):  # down, three times
    state, reward, terminated, truncated = environment.step(action)
    pictures.append(environment.render())
print("fourth state", state.numpy().astype(int))

figure, axes = plt.subplots(1, 4, figsize=(7, 1.9))
for step, (axis, picture) in enumerate(zip(axes, pictures)):
    axis.imshow(picture[::2, ::2])
    axis.set(title=f"after {step} steps", xticks=[], yticks=[])
plt.show()

# %% [markdown] lang="en"
# Red: Pac-Man. Green: ghosts. Blue: goal. After step 1 the ghosts have moved, after step 2 they have
# not, after step 3 they have again.
#
# ## Exercise 1 · the 15 numbers ★☆☆ 10 minutes
#
# Build the state, one row of 15 numbers: for each ghost $dx, dy$, −1, direction; then the goal's
# $dx, dy$, +1. All of them may stand anywhere. By hand for the first picture: the first ghost is at (0, 1), Pac-Man at (0, 0), so the list begins with 0, 1, −1, −1.

# %% [markdown] lang="ko"
# 빨강이 팩맨, 초록이 귀신, 파랑이 목표입니다. 귀신은 첫 스텝에 움직였고, 두 번째에는 가만히 있었고, 세 번째에 다시
# 움직였습니다.
#
# ## 연습 1 · 15개의 숫자 ★☆☆ 10분
#
# 숫자 15개를 한 줄로 늘어놓은 상태를 만들어 보세요. 귀신마다 $dx, dy$, −1, 방향을 쓰고, 그다음 목표의 $dx, dy$, +1을
# 씁니다. 팩맨도 귀신도 목표도 어디에나 있을 수 있습니다. 첫 번째 그림을 손으로 해 보면, 첫 귀신은 (0, 1), 팩맨은 (0, 0)에 있으므로 목록은 0, 1, −1, −1로 시작합니다.

# %% exercise="grid_state"
def my_grid_state(agent, ghosts, directions, goal):
    """agent and goal are (x, y); ghosts is a list of three (x, y), directions of three numbers."""
    ### BEGIN SOLUTION
    numbers = []
    for (x, y), direction in zip(ghosts, directions):
        numbers += [x - agent[0], y - agent[1], -1, direction]
    return numbers + [goal[0] - agent[0], goal[1] - agent[1], 1]
    ### END SOLUTION

# %% check="grid_state" points=2
checks.check_grid_state(my_grid_state)

# %%
print(my_grid_state((0, 0), [(0, 1), (1, 2), (2, 3)], [-1, -1, -1], (4, 4)))
print(environment.reset().numpy().astype(int).tolist(), "in dqn_keras")

# %% [markdown] lang="en"
# ## Counting the states
#
# How many states are there? We walk through all of them: from the start take all five actions, from
# every new state again, until nothing new turns up (**breadth-first search**). A full state is
# Pac-Man's cell, the ghosts' columns and directions, and whether the step counter is even or odd: that
# decides if the ghosts move next.

# %% [markdown] lang="ko"
# ## 상태 세어 보기
#
# 상태는 모두 몇 개일까요? 직접 다 돌아다녀 봅시다. 출발점에서 다섯 가지 행동을 모두 해 보고, 새로 나온 상태에서 또 해 보고,
# 새로운 것이 없을 때까지 되풀이합니다(**너비 우선 탐색**). 전체 상태는 팩맨의 칸, 귀신들의 열과 방향, 그리고 스텝 수가
# 짝수인지 홀수인지입니다. 마지막 것이 다음 스텝에 귀신이 움직일지를 정합니다.

# %%
def explore(environment):
    """All full states; for each state and action: the next state's number, reward, ended."""
    start = tuple(environment.initial_states(1, environment.rng).numpy()[0].tolist())
    numbers, queue, table = {start: 0}, [start], []
    for state in queue:  # the queue grows while we walk along it
        five_times = np.tile(np.array(state, np.int32), (5, 1))
        following, rewards, ended = environment.transition(five_times, np.arange(5))
        row = []
        for (*cells, counter), end in zip(following.numpy().tolist(), ended.numpy()):
            key = (*cells, counter % 2)
            if key not in numbers and not end:
                numbers[key] = len(queue)
                queue.append(key)
            row.append(numbers.get(key, 0))
        table.append((row, rewards.numpy(), ended.numpy()))
    return np.array(queue, np.int32), *(np.array(column) for column in zip(*table))

# %%
states, next_states, rewards, ended = explore(environment)
seen = environment.observe(states).numpy()  # [states, 15]
observations, which, twins = np.unique(seen, axis=0, return_inverse=True, return_counts=True)
which = which.ravel()
print(f"{len(states)} full states, {len(observations)} different rows of 15 numbers")

# %% [markdown] lang="en"
# Lesson 02 had 24 cells to stand in (the goal ends the episode); walking ghosts make
# {{len(states)}} states of them. That is still few. It is few because the three ghosts keep in step.
# If each turned as it liked, 5 columns and 2 directions for each ghost would make
# {{25 * 10 ** 3:,}} states, and every further ghost ten times as many.
#
# While the table is short, use it: lesson 02's **value iteration** runs on it unchanged and tells us
# the truth, against which we can judge a network.

# %% [markdown] lang="ko"
# 02에서 서 있을 수 있는 칸은 24개였는데(목표에서는 에피소드가 끝납니다), 귀신이 걷자 상태가 {{len(states)}}개가 되었습니다.
# 그래도 아직 적습니다. 귀신 셋이 발을 맞춰 걷기 때문입니다. 귀신이 저마다 마음대로 돌아선다면 귀신마다 열 5개와 방향
# 2개가 있으므로 상태는 {{25 * 10 ** 3:,}}개가 되고, 귀신이 한 마리 늘 때마다 열 배가 됩니다.
#
# 테이블이 짧을 때 써먹읍시다. 02의 **가치 이터레이션**이 그대로 돌아가고, 신경망을 평가할 수 있는 정답을 알려 줍니다.

# %%
GAMMA = 0.9
values = np.zeros(len(states))
for _ in range(100):
    exact_q = rewards + GAMMA * values[next_states] * ~ended
    values = exact_q.max(axis=1)
print(f"the start is worth {values[0]:.4f}; 8 steps without meeting a ghost: {GAMMA**7:.4f}")

# %% [markdown] lang="en"
# ## Parameters: a few numbers in place of many
#
# In a corridor without ghosts, the cell $k$ steps before the last one is worth $0.9^k$. A table of 21
# cells holds 21 numbers. The slides draw a cubic
#
# $$f(x) = a x^3 + b x^2 + c x + d$$
#
# and note that four **parameters** $(a, b, c, d)$ can stand for all the data. This is **approximation**:
# fewer numbers, not exactly right.

# %% [markdown] lang="ko"
# ## 매개변수: 많은 숫자를 대신하는 몇 개의 숫자
#
# 귀신이 없는 복도에서 마지막 칸보다 $k$걸음 앞에 있는 칸의 가치는 $0.9^k$입니다. 칸이 21개면 테이블에는 숫자가 21개
# 있습니다. 슬라이드에는 삼차식
#
# $$f(x) = a x^3 + b x^2 + c x + d$$
#
# 가 나옵니다. **매개변수** $(a, b, c, d)$ 네 개로 데이터 전체를 대신할 수 있다는 뜻입니다. 이것이 **근사**입니다. 숫자는
# 적어지고, 정확히 맞지는 않습니다.

# %%
steps = np.arange(21)
corridor = GAMMA**steps
parameters = np.polyfit(steps, corridor, 3)
worst = np.abs(np.polyval(parameters, steps) - corridor).max()
print("a, b, c, d =", parameters.round(5), f"largest error {worst:.3f}")

plt.figure(figsize=(6, 2.5))
plt.plot(steps, corridor, "o", label="table: 21 numbers")
line = np.linspace(-1, 26, 200)
plt.plot(line, np.polyval(parameters, line), label="cubic: 4 parameters")
plt.axvspan(20, 26, color="0.93", label="never seen")
plt.xlabel("steps before the last one")
plt.ylabel("value")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# Four numbers do the work of 21, with an error of at most {{worst:.3f}}. They also answer where nobody
# asked before, for better and for worse: at 26 steps the cubic says
# {{np.polyval(parameters, 26):.2f}}, the truth is {{0.9 ** 26:.2f}}.
#
# ## A network is a function with more parameters
#
# Now the real thing: 15 numbers in, one value out. We show a small network 80% of the
# {{len(observations)}} observations with their exact values, and keep 20% hidden. A table with the
# hidden entries missing would answer 0 there, its initial value. (Where one observation stands for two
# full states, its value is the mean of both; more on that below.)

# %% [markdown] lang="ko"
# 숫자 네 개가 21개의 일을 하고, 오차는 커야 {{worst:.3f}}입니다. 아무도 묻지 않았던 곳에도 답을 내놓는데, 이것은 장점이자
# 단점입니다. 26걸음 앞에서 삼차식은 {{np.polyval(parameters, 26):.2f}}이라고 하지만 정답은 {{0.9 ** 26:.2f}}입니다.
#
# ## 신경망은 매개변수가 더 많은 함수
#
# 이제 진짜 문제입니다. 숫자 15개가 들어가고 가치 하나가 나옵니다. 관측 {{len(observations)}}가지 가운데 80%를 정확한 가치와
# 함께 작은 신경망에 보여 주고, 20%는 숨겨 둡니다. 숨긴 칸이 비어 있는 테이블이라면 거기서 초깃값 0을 답할 것입니다. (관측
# 하나가 전체 상태 둘을 나타낼 때는 둘의 평균을 그 관측의 가치로 했습니다. 자세한 이야기는 뒤에 나옵니다.)

# %%
truth = np.bincount(which, weights=values) / twins
results = []
for seed in range(3):
    hidden = np.random.default_rng(seed).random(len(truth)) < 0.2
    keras.utils.set_random_seed(seed)  # fixes the order in which fit shuffles
    network = value_network(15, (30, 30), seed=seed)
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    x, y = observations[~hidden], truth[~hidden]
    network.fit(np.tile(x, (60, 1)), np.tile(y, 60), verbose=0)  # all of them, 60 times, shuffled
    answers = network(observations).numpy()[:, 0]
    guesses = (0, y.mean(), answers)  # the table, the mean of the known, the network
    results.append([np.sqrt(np.mean((guess - truth)[hidden] ** 2)) for guess in guesses])
    print("RMS error where hidden: table {:.2f}, mean {:.2f}, network {:.2f}".format(*results[-1]))
table_error, mean_error, network_error = np.mean(results, axis=0)

# %%
plt.figure(figsize=(3.6, 3))
plt.plot([0, 1], [0, 1], color="0.8")
plt.plot(truth[~hidden], answers[~hidden], ".", color="0.6", label="shown")
plt.plot(truth[hidden], answers[hidden], "o", label="never shown")
plt.xlabel("exact value")
plt.ylabel("network's value")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# For states it has never met the network is off by {{network_error:.2f|50%}} on average over three seeds;
# the table by {{table_error:.2f|20%}}; whoever always answers the mean of the known values, by
# {{mean_error:.2f|30%}}. To answer for states it has not seen, from what it learned about their
# neighbours, is to **generalise**; it does not do so without error. That is what a network is for here,
# not size: our Deep SARSA network has {{weight_count:,}} weights, more than the
# {{5 * len(observations)}} entries of a table of observations. But it keeps that size when the grid grows.
#
# ## What changed: from an entry to a gradient step
#
# SARSA moved one entry of the table: $Q(s, a) \leftarrow Q(s, a) + \alpha (y - Q(s, a))$ with the target
#
# $$y = r + \gamma \, (1 - d) \, Q(s', a')$$
#
# A network has no entries. **Deep SARSA** makes the squared difference the loss, and gradient descent
# makes the loss smaller:
#
# $$L(\theta) = \left( y - Q_\theta(s, a) \right)^2$$
#
# By hand, with $\gamma = 0.9$: a step costs nothing ($r = 0$), $Q(s, a) = 0.3$, $Q(s', a') = 0.5$. Target
# 0.9 × 0.5 = 0.45, error 0.15, loss 0.0225. If the step had ended at the goal ($r = 1$): target 1, error
# 0.7, loss 0.49.

# %% [markdown] lang="ko"
# 한 번도 보지 못한 상태에서 신경망의 오차는 시드 3개 평균 {{network_error:.2f|50%}}, 테이블은 {{table_error:.2f|20%}}, 늘
# 평균만 답하면 {{mean_error:.2f|30%}}입니다. 이웃한 상태에서 배운 것이 옮겨 갑니다. 오차가 없지는 않지만, 이것을 **일반화**라고
# 합니다. 여기서 신경망을 쓰는 까닭은 이것이지 크기가 아닙니다. 딥 살사 신경망의 가중치는 {{weight_count:,}}개로, 관측의 테이블
# {{5 * len(observations)}}칸보다 오히려 많습니다. 하지만 그리드가 커져도 그대로입니다.
#
# ## 무엇이 달라졌나: 테이블의 한 칸에서 경사하강법 한 걸음으로
#
# 살사는 테이블의 한 칸을 $Q(s, a) \leftarrow Q(s, a) + \alpha (y - Q(s, a))$로 움직였습니다. 타깃은
#
# $$y = r + \gamma \, (1 - d) \, Q(s', a')$$
#
# 입니다. 신경망에는 칸이 없습니다. **딥 살사**는 차이의 제곱을 오류함수로 놓고, 경사하강법으로 그것을 줄입니다.
#
# $$L(\theta) = \left( y - Q_\theta(s, a) \right)^2$$
#
# $\gamma = 0.9$로 손으로 해 봅시다. 그냥 한 걸음($r = 0$)이고 $Q(s, a) = 0.3$, $Q(s', a') = 0.5$라면 타깃은
# 0.9 × 0.5 = 0.45, 오차 0.15, 오류함수 0.0225입니다. 그 걸음이 목표에서 끝났다면($r = 1$) 타깃 1, 오차 0.7, 오류함수
# 0.49입니다.

# %% [markdown] lang="en"
# ## Exercise 2 · the SARSA target ★☆☆ 10 minutes
#
# Compute $y$ for a whole batch, one number for each row: shape `[B]`. `next_q_values` has a column for
# each action; pick the one that was taken next. Leave the arrays as they are. Useful: `np.arange(len(next_actions))` as row numbers, or `tf.gather(..., batch_dims=1)`.

# %% [markdown] lang="ko"
# ## 연습 2 · 살사의 타깃 ★☆☆ 10분
#
# 배치 전체의 $y$를 계산해 보세요. 행마다 숫자 하나씩, 모양은 `[B]`입니다. `next_q_values`에는 행동마다 열이 하나씩
# 있습니다. 다음에 실제로 한 행동의 것을 고르세요. 받은 배열은 그대로 둡니다. 행 번호로 `np.arange(len(next_actions))`를 쓰거나 `tf.gather(..., batch_dims=1)`을 쓰면 됩니다.

# %% exercise="sarsa_target"
def my_sarsa_target(rewards, next_q_values, next_actions, terminated, discount_factor):
    ### BEGIN SOLUTION
    taken = next_q_values[np.arange(len(next_actions)), next_actions]
    return rewards + discount_factor * np.where(terminated, 0, taken)
    ### END SOLUTION

# %% check="sarsa_target" points=2
checks.check_sarsa_target(my_sarsa_target)

# %% [markdown] lang="en"
# `dqn_keras.sarsa_target` is the tested one. `agent.train_model` puts it together; these are its lines,
# for one step that we choose: from the start, down, then right. The target is computed outside the
# tape: it is a label, and no gradient flows through it.

# %% [markdown] lang="ko"
# 테스트를 거친 것은 `dqn_keras.sarsa_target`입니다. `agent.train_model`이 이것을 씁니다. 다음은 그 안의 코드를 그대로 풀어
# 쓴 것으로, 출발점에서 아래로 간 다음 오른쪽을 고른 한 스텝입니다. 타깃은 테이프 바깥에서 계산합니다. 정답 레이블이므로
# 그레이디언트가 흐르지 않습니다.

# %%
agent = DeepSARSAAgent(15, 5, seed=0)
weight_count = agent.model.count_params()
state = environment.reset()
next_state, reward, terminated, truncated = environment.step(1)  # down
q_before = agent.model(observations).numpy()

next_q_values = agent.model(next_state[None])
target = sarsa_target([reward], next_q_values, [2], [terminated], agent.discount_factor)
with tf.GradientTape() as tape:
    q_value = agent.model(state[None])[:, 1]
    loss = tf.reduce_mean(tf.square(target - q_value))
gradients = tape.gradient(loss, agent.model.trainable_weights)
agent.optimizer.apply(gradients, agent.model.trainable_weights)

changed = np.abs(agent.model(observations).numpy() - q_before) > 1e-7
print(f"loss {loss:.4f}; one step changed {changed.sum()} of {changed.size} Q-values")

# %% [markdown] lang="en"
# One step of a table changes one entry. One step of the network changed {{changed.mean():.0%|10%}} of all
# Q-values. That is generalisation at work, and also why networks can unlearn: what helps here may harm
# there (lessons 06 and 08 deal with it).
#
# ## Bug hunt · the action that was never taken ★★☆ 10 minutes
#
# This is the loop of the code behind the slides, in our words; all its versions have it, up to 2026.
# SARSA is called after $s, a, r, s', a'$. Where does this loop break the chain? The table it prints
# compares the $a'$ of each target with the action played next.

# %% [markdown] lang="ko"
# 테이블은 한 스텝에 한 칸이 바뀝니다. 신경망은 한 스텝에 모든 큐값의 {{changed.mean():.0%|10%}}가 바뀌었습니다. 이것이
# 일반화이고, 신경망이 배운 것을 잊을 수 있는 까닭이기도 합니다. 여기서 도움이 되는 것이 저기서는 해가 될 수 있습니다(05와
# 08강에서 다룹니다).
#
# ## 버그 찾기 · 하지 않은 행동 ★★☆ 10분
#
# 슬라이드가 쓰는 코드의 반복문을 우리 식으로 옮긴 것입니다. 2026년판까지 모든 판이 이렇게 되어 있습니다. 살사라는 이름은
# $s, a, r, s', a'$에서 왔습니다. 이 반복문은 어디에서 그 사슬을 끊을까요? 아래에 출력되는 표는 각 타깃의 $a'$와 그다음에
# 실제로 한 행동을 비교합니다.

# %%
def lecture_episode(environment, get_action, learn):
    """Plays one episode; learn(s, a, r, s', a', terminated) after each step; returns the score."""
    state, score, done = environment.reset(), 0.0, False
    while not done:
        action = get_action(state)
        next_state, reward, terminated, truncated = environment.step(action)
        next_action = get_action(next_state)
        learn(state, action, reward, next_state, next_action, terminated)
        state = next_state
        score += reward
        done = terminated or truncated
    return score


played, planned = [], []


def note(state, action, reward, next_state, next_action, terminated):
    played.append(int(action))
    planned.append(int(next_action))


lecture_episode(GridWorld(max_steps=12), agent.get_action, note)
print("a' of the target:", planned[:-1])
print("played next     :", played[1:])

# %% [markdown] lang="en"
# Repair it: `learn` once after each step, with the $a'$ that is then really played, and the sum of the
# rewards returned. (Keep `done = terminated or truncated`: an episode may also end at the time limit,
# but `learn` gets `terminated` alone.)

# %% [markdown] lang="ko"
# 고쳐 보세요. 스텝마다 `learn`을 한 번 부르되 다음에 실제로 할 $a'$를 넘기고, 보상의 합을 돌려줍니다.
# (`done = terminated or truncated`는 그대로 두세요. 시간 제한으로 끝나는 에피소드도 있습니다. 하지만 `learn`에는
# `terminated`만 넘깁니다.)

# %% exercise="sarsa_episode"
def my_sarsa_episode(environment, get_action, learn):
    """Plays one episode; learn(s, a, r, s', a', terminated) after each step; returns the score."""
    state, score, done = environment.reset(), 0.0, False
    ### BEGIN SOLUTION
    action = get_action(state)
    while not done:
        next_state, reward, terminated, truncated = environment.step(action)
        next_action = get_action(next_state)
        learn(state, action, reward, next_state, next_action, terminated)
        state, action = next_state, next_action
        score += reward
        done = terminated or truncated
    return score
    ### END SOLUTION

# %% check="sarsa_episode" points=2
checks.check_sarsa_episode(my_sarsa_episode)

# %% [markdown] lang="en"
# `DeepSARSAAgent.run_episode` is the repaired loop. From one seed, yours and the package's end with the
# same weights, up to rounding; the package's is compiled:

# %% [markdown] lang="ko"
# `DeepSARSAAgent.run_episode`가 바로 이렇게 고친 반복문입니다. 같은 시드에서 시작하면 여러분의 것과 패키지의 것은 반올림
# 오차를 빼고 같은 가중치로 끝납니다. 패키지의 것은 컴파일되어 있습니다.

# %%
short = GridWorld(max_steps=30)
agent.reset(seed=1)
my_sarsa_episode(short, agent.get_action, agent.train_model)
mine = agent.model.get_weights()
agent.reset(seed=1)
agent.run_episode(short)
off = max(np.abs(a - b).max() for a, b in zip(mine, agent.model.get_weights()))
print(f"largest difference in a weight after 30 learning steps: {off:.0e}")

# %% [markdown] lang="en"
# ## Measured: Deep SARSA over eight seeds
#
# We train it 400 episodes for each of eight seeds, and the lecture's resampling loop as well. Epsilon
# starts at 1 and shrinks by the factor 0.9999 in each step, so that even the last episodes explore.
# After each run we let the agent walk once without exploring (`evaluate`), also in a world that begins
# with an odd counter; the section on Markov states says why. A walk that meets no ghost and arrives
# scores 1; a score of 0 means one ghost on the way, or no ghost but no arrival within the time limit.

# %% [markdown] lang="ko"
# ## 재어 보기: 시드 8개의 딥 살사
#
# 시드 8개로 각각 400 에피소드를 학습시키고, 행동을 다시 뽑는 강의의 반복문도 똑같이 학습시킵니다. 입실론은 1에서 시작해
# 스텝마다 0.9999배가 되므로 마지막 에피소드에서도 탐험을 합니다. 학습이 끝날 때마다 탐험 없이 한 번 걷게 합니다(`evaluate`).
# 스텝 수가 홀수에서 시작하는 환경에서도 걷게 하는데, 그 까닭은 마르코프를 다룰 때 나옵니다. 귀신을 만나지 않고 도착하면
# 1점이고, 0점은 도중에 귀신을 한 번 만났거나, 만나지 않았지만 제한 시간 안에 도착하지 못했다는 뜻입니다.

# %%
class Resampling(DeepSARSAAgent):
    """The lecture's loop: the target's next action is thrown away."""

    @episode_loop
    def run_episode(self, environment):
        state, score, done = environment.reset(), tf.constant(0.0), tf.constant(False)
        while not done:
            action = self.get_action(state)
            next_state, reward, terminated, truncated = environment.step(action)
            next_action = self.get_action(next_state)
            self.train_model(state, action, reward, next_state, next_action, terminated)
            state = next_state
            score += reward
            done = terminated or truncated
        return score


class OddStart(GridWorld):
    """The same first 15 numbers, but the ghosts rest in the first step."""

    def initial_states(self, count, rng):
        return super().initial_states(count, rng) + [0, 0, 0, 0, 0, 0, 0, 0, 1]

# %%
scores, greedy, best, odd_start = {}, {}, None, OddStart()
for name, kind in (("SARSA", DeepSARSAAgent), ("resampled", Resampling)):
    agent, scores[name], greedy[name] = kind(15, 5, seed=0), [], []
    for seed in range(8):
        agent.reset(seed)  # a beginner again; the compiled loop is used once more
        scores[name].append(train(agent, environment, 400, progress=False).scores)
        even, odd = (evaluate(agent, world, 1)[0] for world in (environment, odd_start))
        greedy[name].append((float(even), float(odd)))
        if best is None or even > best[0]:
            best = even, agent.model.get_weights()
    print(name, "without exploring:", [even for even, odd in greedy[name]])

# %%
plt.figure(figsize=(6, 2.8))
last = {}
for name, rows in scores.items():
    blocks = np.array(rows).reshape(8, 20, 20).mean(axis=2)  # means of 20 episodes
    plot_mean(blocks, x=np.arange(20, 401, 20), label=name)
    last[name] = np.mean(np.array(rows)[:, -100:])
plt.axhline(1, color="0.7")
plt.xlabel("episode (mean of 20; band: 95% interval)")
plt.ylabel("score")
plt.legend()
plt.show()
print({name: round(float(mean), 2) for name, mean in last.items()}, "in the last 100 episodes")

# %% [markdown] lang="en"
# The agent begins far below 0, by bumping into ghosts, and climbs towards 1, the best possible score (the
# grey line); while it explores it cannot quite get there. In the last 100 episodes it scores
# {{last["SARSA"]:.2f|40%}} and the lecture's loop {{last["resampled"]:.2f|40%}}; compare the difference with
# the bands. The mistake is real, yet it need not show in the score: both actions are drawn by the same rule
# in the same state, so the targets have the same mean. What is lost is the name: it is no longer
# $s, a, r, s', a'$. (Measuring a mistake before calling it harmful is a habit worth having; lesson 10
# does it again.)
#
# Left, a beginner who has learned nothing (and may only push against a wall); right, the best of these agents, both without exploring:

# %% [markdown] lang="ko"
# 에이전트는 귀신과 부딪히느라 0보다 훨씬 아래에서 시작해 최고 점수인 1(회색 선)을 향해 올라갑니다. 탐험하는 동안에는 1에 꼭
# 닿지 못합니다. 마지막 100 에피소드의 점수는 {{last["SARSA"]:.2f|40%}}, 강의의 반복문은 {{last["resampled"]:.2f|40%}}입니다.
# 그 차이를 띠의 폭과 견주어 보세요. 실수는 실수지만 점수에 꼭 드러나는 것은 아닙니다. 두 행동 모두 같은 상태에서 같은 규칙으로
# 뽑으므로 타깃의 평균이 같기 때문입니다. 잃은 것은 이름입니다. 더 이상 $s, a, r, s', a'$가 아닙니다. (실수가 해롭다고 말하기
# 전에 재어 보는 것은 좋은 습관입니다. 10강에서 또 합니다.)
#
# 왼쪽은 아무것도 배우지 않은 초보(벽만 밀고 있을 수도 있습니다), 오른쪽은 방금 학습한 에이전트 가운데 가장 좋은 것입니다. 둘 다 탐험 없이 걷습니다.

# %%
def film(agent):
    env = as_gymnasium(GridWorld(max_steps=16), render_mode="rgb_array")
    frames = [np.asarray(Picture.fromarray(f).resize((120, 120))) for f in record(agent, env)]
    return np.stack(frames + frames[-1:] * (17 - len(frames)))  # hold the last one


before = film(DeepSARSAAgent(15, 5, seed=0))
agent.model.set_weights(best[1])
both = np.concatenate([before, np.full_like(before[:, :, :10], 255), film(agent)], axis=2)
pictures, buffer = [Picture.fromarray(frame) for frame in both], io.BytesIO()
pictures[0].save(buffer, "GIF", save_all=True, append_images=pictures[1:], duration=350, loop=0)
Image(data=buffer.getvalue(), format="gif")

# %% [markdown] lang="en"
# ## Is the state Markov?
#
# A state is **Markov** if it tells all that matters for the future: the same state and action always
# lead to the same chances. In the lecture's code the counter that moves the ghosts is never reset. Watch
# two episodes that begin with the *same 15 numbers* and the *same action*:

# %% [markdown] lang="ko"
# ## 이 상태는 마르코프일까?
#
# 앞으로의 일에 중요한 것을 상태가 모두 담고 있을 때, 즉 같은 상태에서 같은 행동을 하면 언제나 같은 확률로 같은 일이 일어날 때
# 그 상태를 **마르코프**라고 합니다. 강의 코드에서는 귀신을 움직이는 카운터가 에피소드가 바뀌어도 처음으로 돌아가지 않습니다.
# *똑같은 15개의 숫자*에서 *똑같은 행동*으로 시작하는 두 에피소드를 보세요.

# %%
world, first_rewards = GridWorld(reset_counter=False), []
for episode in range(2):
    state = world.reset()
    _, reward, _, _ = world.step(1)  # one step down, then the episode is broken off
    first_rewards.append(float(reward))
    print(state.numpy().astype(int).tolist(), "down: reward", first_rewards[-1])

# %% [markdown] lang="en"
# First {{first_rewards[0]:.0f}}, then {{first_rewards[1]:.0f}}. In the first episode the ghost below moved
# away just in time, in the second it was its turn to rest. No agent can tell the two apart: the numbers are
# the same. `GridWorld()` therefore starts the counter anew in each episode, and the start is clear again.
# Is the state Markov then? We have all full states, so we can count instead of guessing:

# %% [markdown] lang="ko"
# 처음에는 {{first_rewards[0]:.0f}}, 다음에는 {{first_rewards[1]:.0f}}입니다. 첫 에피소드에서는 아래에 있던 귀신이 마침 비켜
# 주었고, 두 번째에서는 귀신이 쉬는 차례였습니다. 숫자가 똑같으니 어떤 에이전트도 둘을 구별할 수 없습니다. 그래서
# `GridWorld()`는 에피소드마다 카운터를 처음으로 돌리고, 출발점은 다시 분명해집니다. 그러면 이제 상태는 마르코프일까요? 전체
# 상태를 다 가지고 있으니 짐작하지 말고 세어 봅시다.

# %%
is_best = exact_q > exact_q.max(axis=1, keepdims=True) - 1e-6  # [states, actions]
best_for_all = np.array([is_best[which == i].all(axis=0).any() for i in range(len(twins))])
with_counter = np.unique(np.c_[seen, states[:, -1]], axis=0)
print(f"{(twins > 1).sum()} of {len(twins)} observations stand for two full states")
print(f"{(~best_for_all).sum()} of them have no action that is best in both")
print(f"with the counter's parity as a 16th number: {len(with_counter)} observations, "
      f"{len(states)} full states")

# %% [markdown] lang="en"
# So starting the counter anew makes the *first* state clear, and hardly any other:
# {{(twins > 1).sum()}} of {{len(twins)}} observations still hide whether the ghosts will move next. Mostly it
# does not matter; in {{(~best_for_all).sum()}} of them no single action is right in both cases. A 16th
# number, even or odd, would repair it fully. We keep the slides' 15, and know now what they leave out.
#
# Does it matter to our agents? They were trained with the counter starting at 0. Without exploring
# all sixteen, of both loops, average {{even_mean:.2f|60%}} from the start they know, and
# {{odd_mean:.2f|300%}} when the counter is odd, though the first 15 numbers are the same:

# %% [markdown] lang="ko"
# 카운터를 처음으로 돌리면 *첫* 상태는 분명해지지만 나머지는 거의 그대로입니다. 관측 {{len(twins)}}가지 가운데
# {{(twins > 1).sum()}}가지는 여전히 귀신이 다음에 움직일지를 숨기고 있습니다. 대개는 상관없지만, 그 가운데
# {{(~best_for_all).sum()}}가지에서는 두 경우에 모두 맞는 행동이 하나도 없습니다. 짝수인지 홀수인지를 16번째 숫자로 넣으면 완전히
# 해결됩니다. 여기서는 슬라이드의 15개를 그대로 쓰되, 무엇이 빠져 있는지 알고 씁니다.
#
# 우리 에이전트에게도 영향이 있을까요? 에이전트들은 카운터가 0에서 시작하는 환경에서 배웠습니다. 두 반복문으로
# 배운 16개가 탐험 없이 걸으면, 아는 출발점에서는 평균 {{even_mean:.2f|60%}}점, 카운터가 홀수일 때는
# {{odd_mean:.2f|300%}}점입니다. 처음의 숫자 15개는 똑같은데도
# 말입니다.

# %%
pairs = np.array(greedy["SARSA"] + greedy["resampled"])  # [16 agents, even and odd start]
even_mean, odd_mean = pairs.mean(axis=0)
print("even start:", *pairs[:, 0].astype(int))
print("odd start: ", *pairs[:, 1].astype(int))

# %% [markdown] lang="en"
# ## Review (진단 평가)
#
# <details><summary>1) What are the limits of Monte Carlo, SARSA and Q-learning?</summary>
#
# They do without the map, but keep a table. The table grows with the size of the world ($n \times n$) and
# explodes with its dimensions ($n^k$); every entry must be visited, because a visit elsewhere does not change it.
# </details>
#
# <details><summary>2) What is Deep SARSA?</summary>
#
# SARSA with a network in place of the table: the state's numbers go in, a Q-value for each action comes out,
# and gradient descent makes $(r + \gamma Q(s', a') - Q(s, a))^2$ smaller in each step.
# </details>
#
# <details><summary>What belongs in the state of the moving-ghost world, and why relative positions?</summary>
#
# Relative position and label of the goal; relative position, label and direction of each ghost:
# 3 × 4 + 3 = 15. Relative, so that "a ghost right below me" looks the same in every cell.
# </details>
#
# **Summary** Tables stop where there are too many states to visit. A network with parameters $\theta$ takes
# their place and answers for unseen states too. Deep SARSA: squared error between $r + \gamma Q(s', a')$ and
# $Q(s, a)$, the $a'$ being the action really taken. A state should be Markov; count, if you can. **Next**
# lesson 05: when to explore, and how much.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>1) 몬테카를로, 살사, 큐러닝의 한계는?</summary>
#
# 환경을 몰라도 되지만 여전히 테이블을 씁니다. 테이블은 세계가 커지면($n \times n$) 길어지고 차원이 늘면($n^k$) 폭발합니다. 한
# 칸의 값은 그 칸을 방문할 때만 바뀌므로 모든 칸을 방문해야 합니다.
# </details>
#
# <details><summary>2) Deep SARSA란 무엇인가?</summary>
#
# 테이블 대신 신경망을 쓰는 살사입니다. 상태의 숫자가 들어가면 행동마다 큐값이 나오고, 스텝마다 경사하강법으로
# $(r + \gamma Q(s', a') - Q(s, a))^2$을 줄입니다.
# </details>
#
# <details><summary>움직이는 귀신 문제의 상태에는 무엇이 들어가야 하고, 왜 상대위치인가?</summary>
#
# 도착지점의 상대위치와 레이블, 장애물마다 상대위치와 레이블과 방향(슬라이드의 "속도"): 3 × 4 + 3 = 15개입니다. 상대위치를
# 쓰면 "내 바로 아래의 귀신"이 어느 칸에서나 똑같이 보입니다.
# </details>
#
# **정리** 방문해야 할 상태가 너무 많으면 테이블을 쓸 수 없습니다. 매개변수 $\theta$를 가진 신경망이 테이블을 대신하고, 보지 못한
# 상태에도 답을 내놓습니다. 딥 살사는 $r + \gamma Q(s', a')$와 $Q(s, a)$의 차이의 제곱을 줄이며, $a'$는 실제로 하는 행동입니다.
# 상태는 마르코프여야 하고, 셀 수 있다면 세어 보는 것이 좋습니다. **다음 시간** 05강: 언제, 얼마나 탐험할까요?
