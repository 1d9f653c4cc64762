# %% [markdown] lang="en"
# # 04 · From a table to a network: Deep SARSA
#
# **On the slides** Deep Reinforcement Learning, 1 to 3: the limits of tables, parameters and
# approximation, Deep SARSA and its 15 numbers.
#
# **You will be able to** say when a table stops being possible · describe a state by numbers · put a
# network in the table's place · compute the Deep SARSA target and take a learning step with it · find a
# real mistake in the lecture's loop · say what "Markov" means, and count where 15 numbers are not enough.
#
# **Time** 80 minutes · **Needs** lessons 01, 02 (value iteration, SARSA) and 03 (a network, one step of
# gradient descent)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $s, s'$ | `state`, `next_state` | `[15]` | what the agent sees before and after a step |
# | $\theta$ | `agent.model.trainable_variables` | list of arrays | parameters of the network: its weights and biases |
# | $Q_\theta(s, a)$ | `agent.model(states)` | `[B, 5]` | Q-values that the network computes for B states |
# | $r$ | `rewards` | `[B]` | rewards |
# | $a'$ | `next_actions` | `[B]` | actions taken in the next states |
# | $d$ | `terminated` | `[B]` | 1 if the step ended the task, else 0 |
# | $\gamma$ | `discount_factor` | number | discount factor |
# | $y$ | target | `[B]` | what $Q_\theta(s, a)$ should have been |

# %% [markdown] lang="ko"
# # 04 · 테이블에서 신경망으로: 딥 살사
#
# **슬라이드에서는** Deep Reinforcement Learning 1~3: 테이블의 한계, 매개변수화와 근사화, Deep SARSA와 숫자 15개.
#
# **이번 시간이 끝나면** 언제 테이블을 쓸 수 없는지 말할 수 있고 · 상태를 숫자로 나타낼 수 있고 · 테이블 자리에
# 신경망을 넣을 수 있고 · 딥 살사의 타깃을 계산해 한 걸음 학습시킬 수 있고 · 강의 코드에 실제로 있는 실수를 찾을 수
# 있고 · "마르코프"가 무슨 뜻인지 말하고, 숫자 15개로는 모자라는 곳이 몇 군데인지 세어 볼 수 있습니다.
#
# **시간** 80분 · **먼저 볼 것** 01강, 02강 (가치 이터레이션, 살사), 03강 (신경망, 경사하강법 한 걸음)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $s, s'$ | `state`, `next_state` | `[15]` | 에이전트가 한 스텝 전과 후에 보는 것 |
# | $\theta$ | `agent.model.trainable_variables` | 배열의 리스트 | 신경망의 매개변수, 곧 가중치와 편향 |
# | $Q_\theta(s, a)$ | `agent.model(states)` | `[B, 5]` | 신경망이 상태 B개에 대해 계산하는 큐값 |
# | $r$ | `rewards` | `[B]` | 보상 |
# | $a'$ | `next_actions` | `[B]` | 다음 상태에서 한 행동 |
# | $d$ | `terminated` | `[B]` | 그 스텝에서 과제가 끝났으면 1, 아니면 0 |
# | $\gamma$ | `discount_factor` | 숫자 | 감가율 |
# | $y$ | 타깃 | `[B]` | $Q_\theta(s, a)$가 되었어야 할 값 |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import DeepSARSAAgent, GridWorld, as_gymnasium, checks, evaluate, record
from dqn_keras import train, use_one_thread, value_network
from dqn_keras.classroom.films import film
from dqn_keras.experiments import plot_mean
from dqn_keras.machinery.compilation import episode_loop

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

use_one_thread()  # for networks this small, one thread computes faster than several
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## How long is a table? By hand
#
# A table of Q-values has one entry for every state and action. In a grid with $n$ cells along each side and
# $k$ dimensions, with $A$ actions, that makes
#
# $$n^k \cdot A \text{ entries.}$$
#
# Fill in the last column on paper:
#
# | world | states | actions | entries |
# |---|---|---|---|
# | the 5×5 grid of lesson 02 | 25 | 5 | ? |
# | a grid of 100×100 | 10,000 | 5 | ? |
# | a grid of 5×5×5×5 (two directions in each dimension, and stay) | 625 | 9 | ? |
# | CartPole, with each of its 4 numbers cut into 100 pieces | 100⁴ | 2 | ? |

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
# | 02강의 5×5 그리드월드 | 25 | 5 | ? |
# | 100×100 그리드 | 10,000 | 5 | ? |
# | 5×5×5×5 그리드 (차원마다 두 방향, 그리고 제자리) | 625 | 9 | ? |
# | 카트폴, 숫자 4개를 각각 100조각으로 나눔 | 100⁴ | 2 | ? |

# %%
def table_entries(side, dimensions, actions):
    return side**dimensions * actions


for world in ((5, 2, 5), (100, 2, 5), (5, 4, 9), (100, 4, 2)):
    print(f"{world[0]} a side, {world[1]} dimensions: {table_entries(*world):>11,} entries")

# %% [markdown] lang="en"
# (The lecture calls the first answer the number of states; it is the number of state-action pairs.)
#
# An entry that was never visited knows nothing. At a thousand steps a second, a single visit to each
# entry of the last table takes {{table_entries(100, 4, 2) / 1000 / 3600:.0f}} hours, and one visit is
# not enough.
#
# ## The ghosts begin to walk
#
# Lesson 02 was easy in another way, too: the ghosts stood still, so there was nothing to know but
# Pac-Man's cell. What if they move? In `dqn_keras.GridWorld` each of the three ghosts walks back and
# forth along its row, one cell every second step, and turns at the walls. All else is as it was: 25
# cells, five actions (0 up, 1 down, 2 right, 3 left, 4 stay), −1 for being in a ghost's cell, +1 for
# the goal, which ends the episode.
#
# Now the agent has to see the ghosts. The lecture gives it 15 numbers:
#
# | numbers | meaning |
# |---|---|
# | 4 for each of the 3 ghosts | $dx$ and $dy$, how far to the right and down from Pac-Man it stands; its label −1; its direction (−1 walks right, +1 walks left) |
# | 3 for the goal | $dx$ and $dy$ from Pac-Man; its label +1 |
#
# The label only says what stands there, a ghost or the goal. (The lecture calls the direction "speed"; it is
# just a sign.)
#
# `reset` returns the first state, `step` four values: the next state, the reward, `terminated` and
# `truncated`. (Gymnasium's `step` adds `info`.) All are tensors, TensorFlow's kind of array; `.numpy()`
# turns them into NumPy's.

# %% [markdown] lang="ko"
# (강의는 첫 번째 답을 상태의 개수라고 하는데, 정확히는 상태와 행동을 짝지은 쌍의 개수입니다.)
#
# 한 번도 방문하지 않은 칸은 아무것도 모릅니다. 1초에 천 스텝을 가더라도 마지막 테이블의 모든 칸을 한 번씩 방문하는 데
# {{table_entries(100, 4, 2) / 1000 / 3600:.0f}}시간이 걸리고, 한 번으로는 모자랍니다.
#
# ## 귀신이 걷기 시작합니다
#
# 02강의 문제는 다른 점에서도 쉬웠습니다. 귀신이 가만히 서 있으니 팩맨이 어느 칸에 있는지만 알면 됐습니다. 귀신이 움직이면
# 어떻게 될까요? `dqn_keras.GridWorld`에서는 귀신 셋이 각자의 행을 왔다 갔다 합니다. 두 스텝에 한 칸씩 움직이고 벽에서
# 돌아섭니다. 나머지는 그대로입니다. 칸은 25개, 행동은 다섯 가지(0 위, 1 아래, 2 오른쪽, 3 왼쪽, 4 제자리), 귀신이 있는 칸에
# 있으면 −1, 목표에 닿으면 +1을 받고 에피소드가 끝납니다.
#
# 이제 에이전트는 귀신도 봐야 합니다. 강의에서는 숫자 15개를 보여 줍니다.
#
# | 숫자 | 뜻 |
# |---|---|
# | 귀신 3마리에 4개씩 | 팩맨에서 오른쪽으로 $dx$, 아래로 $dy$만큼 떨어져 있음, 레이블 −1, 방향(−1은 오른쪽, +1은 왼쪽으로 걷는 중) |
# | 목표에 3개 | 팩맨에서 잰 $dx$와 $dy$, 레이블 +1 |
#
# 레이블은 거기 있는 것이 귀신인지 목표인지 알려 줄 뿐입니다. (강의는 방향을 "속도"라고 하지만 실제로는 부호뿐입니다.)
#
# `reset`은 첫 상태를, `step`은 값 네 개, 곧 다음 상태, 보상, `terminated`, `truncated`를 돌려줍니다. (Gymnasium의 `step`은
# 여기에 `info`를 더합니다.) 모두 TensorFlow 텐서이고, `.numpy()`를 붙이면 NumPy 배열이 됩니다.

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
# Red: Pac-Man. Green: ghosts. Blue: the goal. The ghosts moved in step 1, rested in step 2 and moved again in
# step 3.
#
# ## Exercise 1 · the 15 numbers ★☆☆ 10 minutes
#
# Return the state as one row of 15 numbers: for each ghost $dx$, $dy$, −1, direction; then the goal's
# $dx$, $dy$, +1. Pac-Man, ghosts and goal may stand anywhere. A place is a pair $(x, y)$; $x$ grows to the right,
# $y$ downwards. By hand, for the first picture: the first ghost stands at (0, 1) and Pac-Man at (0, 0), so the row
# begins with 0, 1, −1, −1.

# %% [markdown] lang="ko"
# 빨강이 팩맨, 초록이 귀신, 파랑이 목표입니다. 귀신은 첫 스텝에 움직였고, 두 번째에는 쉬었고, 세 번째에 다시
# 움직였습니다.
#
# ## 연습 1 · 숫자 15개 ★☆☆ 10분
#
# 상태를 숫자 15개짜리 한 줄로 반환하세요. 귀신마다 $dx$, $dy$, −1, 방향을 쓰고, 그다음 목표의 $dx$, $dy$, +1을 씁니다.
# 팩맨도 귀신도 목표도 어디에나 있을 수 있습니다. 위치는 $(x, y)$ 쌍이고, $x$는 오른쪽으로, $y$는 아래로 커집니다. 첫 번째
# 그림을 손으로 해 보면 첫 귀신은 (0, 1), 팩맨은 (0, 0)에 있으므로 0, 1, −1, −1로 시작합니다.

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

# %% [markdown] lang="en"
# ## Counting the states
#
# How many states are there now? Let us walk through all of them: from the start take each of the five
# actions, do the same from every new state, and so on until nothing new turns up (**breadth-first
# search**). A *full state* is everything that decides what happens next: Pac-Man's $x$ and $y$, the
# three ghosts' columns and directions, and whether the step counter is even or odd, which decides if
# the ghosts move in the coming step. `transition` is the world's rule, for many states at once.

# %% [markdown] lang="ko"
# ## 상태 세어 보기
#
# 이제 상태는 모두 몇 개일까요? 직접 다 돌아다녀 봅시다. 출발점에서 다섯 가지 행동을 모두 해 보고, 새로 나온
# 상태마다 또 해 보고, 새로운 것이 없을 때까지 되풀이합니다(**너비 우선 탐색**). 앞으로의 일을 정하는 것을 모두 담은
# 것이 *전체 상태*입니다. 팩맨의 $x$와 $y$, 귀신 셋의 열과 방향, 그리고 스텝 수가 짝수인지 홀수인지(다음 스텝에
# 귀신이 움직일지를 정합니다)입니다. `transition`은 이 환경의 규칙을 여러 상태에 한꺼번에 적용합니다.

# %%
def explore(environment):
    """All full states; and of each state and action: the next state's number, reward, ended."""
    environment.reset()
    start = tuple(environment.state.numpy().tolist())
    numbers, states, table = {start: 0}, [start], []
    for state in states:  # the list grows while we walk along it
        five_times = np.tile(np.array(state, np.int32), (5, 1))
        following, rewards, ended = environment.transition(five_times, np.arange(5))
        row = []
        for (*places, counter), end in zip(following.numpy().tolist(), ended.numpy()):
            key = (*places, counter % 2)
            if key not in numbers and not end:
                numbers[key] = len(states)
                states.append(key)
            row.append(numbers.get(key, 0))
        table.append((row, rewards.numpy(), ended.numpy()))
    return np.array(states, np.int32), *(np.array(column) for column in zip(*table))

# %% [markdown] lang="en"
# Your function says what the agent sees of each of them, its **observation**. `np.unique` finds which
# observations are different, and how many full states look like each.

# %% [markdown] lang="ko"
# 그 상태마다 에이전트에게 무엇이 보이는지, 곧 **관측**은 여러분의 함수가 알려 줍니다. `np.unique`는 서로 다른 관측을 찾고, 같은
# 관측으로 보이는 전체 상태가 몇 개씩인지 셉니다.

# %%
states, next_states, rewards, ended = explore(environment)
seen = []  # the 15 numbers of each full state
for x, y, *columns, d1, d2, d3, counter in states.tolist():
    ghosts = list(zip(columns, (1, 2, 3)))  # they walk in rows 1, 2 and 3
    seen.append(list(my_grid_state((x, y), ghosts, [d1, d2, d3], (4, 4))))
seen = np.array(seen, np.float32)
print("the same as GridWorld shows:", np.array_equal(seen, environment.observe(states)))
observations, which, twins = np.unique(seen, axis=0, return_inverse=True, return_counts=True)
which = which.ravel()  # of each full state the number of its observation
print(f"{len(states)} full states, {len(observations)} different rows of 15 numbers")

# %% [markdown] lang="en"
# Lesson 02 had 24 cells to stand in (the goal ends the episode); walking ghosts make {{len(states)}}
# states of them. That is still not many, because the three ghosts keep in step. If each turned whenever
# it liked, every ghost would multiply the number of states by 5 columns times 2 directions: 24 × 10³ =
# 24,000 with three ghosts, and ten times as many with every further one.
#
# While the table is short, we use it. Lesson 02's **value iteration** runs on it unchanged and gives the exact
# values, by which we can judge a network.

# %% [markdown] lang="ko"
# 02강에서 서 있을 수 있는 칸은 24개였는데(목표에서는 에피소드가 끝납니다), 귀신이 걷자 상태가 {{len(states)}}개가 되었습니다.
# 그래도 아직 적습니다. 귀신 셋이 발을 맞춰 걷기 때문입니다. 귀신이 저마다 마음대로 돌아선다면 귀신 한 마리마다 상태 수에 열 5개
# × 방향 2개가 곱해집니다. 세 마리면 24 × 10³ = 24,000개이고, 한 마리 늘 때마다 열 배가 됩니다.
#
# 테이블이 짧을 때 써먹읍시다. 02강의 **가치 이터레이션**이 그대로 돌아가고, 신경망을 평가할 수 있는 정확한 가치를 알려 줍니다.

# %%
GAMMA = 0.9
values = np.zeros(len(states))
for _ in range(100):
    exact_q = rewards + GAMMA * values[next_states] * ~ended  # [states, 5]
    values = exact_q.max(axis=1)
print(f"the start is worth {values[0]:.4f}; 8 steps without meeting a ghost: {GAMMA**7:.4f}")

# %% [markdown] lang="en"
# ## A network that has seen four fifths of the world
#
# A network needs no entry for each state: it computes its answers from its parameters, the weights and
# biases, which gradient descent moves until the loss is small (lesson 03). What can it say about a
# state that it was never shown? We show a network 80% of the observations with their exact values, and
# hide the other 20%. (Where one observation stands for two full states, its value is the mean of the
# two; more on that below.)
#
# `value_network(15, (30, 30))` builds it: 15 numbers in, two hidden layers of 30 units with relu, one number
# out. `compile` and `fit` run the training loop of lesson 03: mini-batches of 32, and 60 times through all
# examples.
#
# It has two rivals: a *table*, in which the hidden entries still hold their initial value, 0; and a
# guesser who always answers the *mean* of the values shown. We measure the RMS error, the root of the
# mean squared error. Which of the three do you expect to come closest?

# %% [markdown] lang="ko"
# ## 관측의 5분의 4만 본 신경망
#
# 신경망에는 상태마다 칸이 필요하지 않습니다. 매개변수, 곧 가중치와 편향으로 답을 계산하고, 경사하강법은
# 오류함수(손실 함수)가 작아지도록 매개변수를 옮깁니다(03강). 그렇다면 한 번도 보지 못한 상태에는 뭐라고 답할까요?
# 관측의 80%를 정확한 가치와 함께 보여 주고 20%는 숨겨 둡니다. (관측 하나가 전체 상태 둘을 나타낼 때는 둘의 평균을
# 가치로 삼았습니다. 자세한 이야기는 뒤에 나옵니다.)
#
# 신경망은 `value_network(15, (30, 30))`으로 만듭니다. 숫자 15개가 들어가고, relu를 쓰는 유닛 30개짜리 은닉층 두 개를 지나,
# 숫자 하나가 나옵니다. `compile`과 `fit`은 03강의 학습 반복문을 돌립니다. 미니배치는 32개씩이고, 모든 예제를 60번 훑습니다.
#
# 비교할 상대는 둘입니다. 하나는 숨긴 칸에 아직 초깃값 0이 들어 있는 *테이블*이고, 또 하나는 보여 준 가치의 *평균*만 늘 답하는
# 사람입니다. 재는 것은 평균 제곱 오차의 제곱근(RMS 오차)입니다. 누가 가장 가까울까요?

# %%
truth = np.bincount(which, weights=values) / twins  # of each observation
results = []
for seed in range(3):
    hidden = np.random.default_rng(seed).random(len(truth)) < 0.2
    keras.utils.set_random_seed(seed)  # fixes the order in which fit shuffles
    network = value_network(15, (30, 30), seed=seed)
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    network.fit(observations[~hidden], truth[~hidden], epochs=60, verbose=0)
    answers = network(observations).numpy()[:, 0]
    rivals = (0, truth[~hidden].mean(), answers)  # the table, the mean, the network
    results.append([np.sqrt(np.mean((rival - truth)[hidden] ** 2)) for rival in rivals])
    print("RMS error where hidden: table {:.2f}, mean {:.2f}, network {:.2f}".format(*results[-1]))
table_error, mean_error, network_error = np.mean(results, axis=0)

# %%
plt.figure(figsize=(3.6, 3))
plt.plot([0.4, 1.1], [0.4, 1.1], color="0.8")
plt.plot(truth[~hidden], answers[~hidden], ".", color="0.6", label="shown")
plt.plot(truth[hidden], answers[hidden], "o", label="never shown")
plt.xlabel("exact value")
plt.ylabel("network's value")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# For states it has never met the network is off by {{network_error:.2f|50%}}, averaged over three
# seeds; the table by {{table_error:.2f|20%}}, the mean by {{mean_error:.2f|30%}}. Answering for unseen
# states from what is known about similar ones is called **generalising**. It is never free of error.
# But this, not saving memory, is what we need the network for: here it even has more parameters
# ({{network.count_params():,}}) than there are observations ({{len(observations)}}). It would keep that
# size in a larger grid, though, where the table would grow.
#
# ## From an entry to a step of gradient descent
#
# SARSA (lesson 02) moved one entry of the table a little towards the **target** $y$:
#
# $$Q(s, a) \leftarrow Q(s, a) + \alpha \, (y - Q(s, a)) \qquad y = r + \gamma \, (1 - d) \, Q(s', a')$$
#
# Here $a'$ is the action that is taken next, and $d$ is 1 if the step ended the task and 0 otherwise: after the end
# nothing comes. **Deep SARSA** has no entries. Its network takes the 15 numbers of a state and returns five
# Q-values, one for each action. The target becomes the label, the squared error the loss, and a step of gradient
# descent makes it smaller:
#
# $$L(\theta) = \left( y - Q_\theta(s, a) \right)^2$$
#
# By hand, with $\gamma = 0.9$: let $r = 0$, $Q(s, a) = 0.3$ and $Q(s', a') = 0.5$. Then the target is
# 0.9 × 0.5 = 0.45, the error 0.15, the loss 0.0225. And if the step had ended at the goal, with
# $r = 1$? Then the target is just 1, the error 0.7, the loss 0.49.

# %% [markdown] lang="ko"
# 한 번도 보지 못한 상태에서 신경망의 오차는 시드 3개 평균 {{network_error:.2f|50%}}, 테이블은
# {{table_error:.2f|20%}}, 평균만 답하면 {{mean_error:.2f|30%}}입니다. 비슷한 상태에서 배운 것으로 보지 못한 상태에
# 답하는 것을 **일반화**라고 합니다. 오차가 없지는 않습니다. 그래도 신경망을 쓰는 까닭은 바로 이것이지, 메모리를
# 아끼려는 것이 아닙니다. 여기서는 신경망의 매개변수({{network.count_params():,}}개)가 관측의
# 수({{len(observations)}}개)보다 오히려 많습니다. 다만 그리드가 커지면 테이블은 길어져도 신경망의 크기는
# 그대로입니다.
#
# ## 테이블의 한 칸에서 경사하강법 한 걸음으로
#
# 살사(02강)는 테이블의 한 칸을 **타깃** $y$ 쪽으로 조금 옮겼습니다.
#
# $$Q(s, a) \leftarrow Q(s, a) + \alpha \, (y - Q(s, a)) \qquad y = r + \gamma \, (1 - d) \, Q(s', a')$$
#
# $a'$은 다음에 실제로 하는 행동이고, $d$는 그 스텝에서 과제가 끝났으면 1, 아니면 0입니다. 끝난 뒤에는 아무것도
# 없으니까요. **딥 살사**에는 칸이 없습니다. 상태의 숫자 15개가 신경망에 들어가면 행동마다 하나씩 큐값 다섯 개가
# 나옵니다. 타깃이 정답 레이블이 되고, 오차의 제곱이 오류함수가 되며, 경사하강법이 한 걸음마다 오류함수를 줄입니다.
#
# $$L(\theta) = \left( y - Q_\theta(s, a) \right)^2$$
#
# $\gamma = 0.9$로 손으로 해 봅시다. $r = 0$, $Q(s, a) = 0.3$, $Q(s', a') = 0.5$라면 타깃은 0.9 × 0.5 = 0.45, 오차는
# 0.15, 오류함수는 0.0225입니다. 그 스텝이 목표에서 끝나 $r = 1$을 받았다면 어떨까요? 타깃은 1뿐이므로 오차 0.7, 오류함수
# 0.49입니다.

# %% [markdown] lang="en"
# ## Exercise 2 · the SARSA target ★☆☆ 10 minutes
#
# Compute $y$ for a batch of $B$ steps, one number for each: shape `[B]`. `next_q_values` is `[B, A]`, a row for each
# step and a column for each action; from each row you need the Q-value of the action in `next_actions`. `terminated` holds
# True or False. Leave the arrays as they are.
#
# Useful: two lists of numbers in brackets pick one number from each row. `q[np.arange(3), [2, 0, 1]]` is column 2 of
# row 0, column 0 of row 1, column 1 of row 2. And `np.where(terminated, 0, x)` is 0 where `terminated` is True, and `x`
# elsewhere.

# %% [markdown] lang="ko"
# ## 연습 2 · 살사의 타깃 ★☆☆ 10분
#
# 스텝 $B$개짜리 배치의 $y$를 계산해 보세요. 스텝마다 숫자 하나씩, 모양은 `[B]`입니다. `next_q_values`는 `[B, A]`이고, 스텝마다
# 행이 하나, 행동마다 열이 하나입니다. 각 행에서 `next_actions`에 적힌 행동의 큐값을 고르세요. `terminated`에는 True나
# False가 들어 있습니다. 받은 배열은 그대로 둡니다.
#
# 대괄호 안에 번호의 목록을 둘 쓰면 행마다 하나씩 고를 수 있습니다. `q[np.arange(3), [2, 0, 1]]`은 0행의 2열, 1행의 0열,
# 2행의 1열입니다. `np.where(terminated, 0, x)`는 `terminated`가 True인 곳에서는 0, 나머지에서는 `x`입니다.

# %% exercise="sarsa_target"
def my_sarsa_target(rewards, next_q_values, next_actions, terminated, discount_factor):
    ### BEGIN SOLUTION
    taken = next_q_values[np.arange(len(next_actions)), next_actions]
    return rewards + discount_factor * np.where(terminated, 0, taken)
    ### END SOLUTION

# %% check="sarsa_target" points=2
checks.check_sarsa_target(my_sarsa_target)

# %% [markdown] lang="en"
# ## One learning step
#
# `DeepSARSAAgent` holds what is needed: `model` is the network with five outputs, `optimizer` is Adam,
# `get_action` chooses an action, at random with probability epsilon and the best one otherwise. Below, your target and
# lesson 03's step come together. The target is computed outside the tape's block: it is a label, a fixed number.
# (`state[None]` makes `[1, 15]` of `[15]`: a batch of one. Epsilon falls with `training_steps`, see lesson 05.)

# %% [markdown] lang="ko"
# ## 한 걸음 배우기
#
# 필요한 것은 `DeepSARSAAgent`에 들어 있습니다. `model`은 출력이 다섯 개인 신경망, `optimizer`는 Adam이고, `get_action`은
# 입실론의 확률로 무작위 행동을, 아니면 가장 좋은 행동을 고릅니다. 아래에서 여러분의 타깃과 03강의 한 걸음이 만납니다. 타깃은
# 테이프의 블록 바깥에서 계산합니다. 정답 레이블, 곧 변하지 않는 숫자이기 때문입니다. (`state[None]`은 `[15]`를 `[1, 15]`,
# 곧 하나짜리 배치로 만듭니다. 입실론은 `training_steps`가 늘면서 줄어드는데, 05강에서 다룹니다.)

# %%
agent = DeepSARSAAgent(15, 5, seed=0)


def learn_step(state, action, reward, next_state, next_action, terminated):
    """One step of gradient descent on one s, a, r, s', a'; returns the loss before it."""
    next_q_values = agent.model(next_state[None]).numpy()  # [1, 5]
    step = np.array([reward]), next_q_values, np.array([next_action]), np.array([terminated])
    target = np.array(my_sarsa_target(*step, agent.discount_factor), np.float32)  # [1]
    with tf.GradientTape() as tape:
        q_value = agent.model(state[None])[:, int(action)]  # [1]
        loss = tf.reduce_mean(tf.square(target - q_value))
    gradients = tape.gradient(loss, agent.model.trainable_variables)
    agent.optimizer.apply(gradients, agent.model.trainable_variables)
    agent.training_steps.assign_add(1)
    return loss

# %%
state = environment.reset()
next_state, reward, terminated, truncated = environment.step(1)  # down
q_before = agent.model(observations).numpy()
loss = learn_step(state, 1, reward, next_state, 2, terminated)  # next comes "right"
changed = np.abs(agent.model(observations).numpy() - q_before) > 1e-7
print(f"loss {loss:.4f}; one step changed {changed.sum()} of {changed.size} Q-values")

# %% [markdown] lang="en"
# A table's update changes one entry. One step of the network changed {{changed.mean():.0%|10%}} of all Q-values.
# That is generalisation at work, and also the reason why networks can unlearn: what helps here may do harm there.
# (Lessons 06 and 08 deal with that.)
#
# ## Bug hunt · the action that was never taken ★★☆ 10 minutes
#
# Now for the whole episode. This is the loop of the lecture's code, in our words; every version has
# this bug, including the one of 2026. `learn` stands for the learning step. SARSA is named after
# $s, a, r, s', a'$: where does this loop break the chain? The two lines it prints are the $a'$ of each
# target, and the action that was really played next.

# %% [markdown] lang="ko"
# 테이블의 업데이트는 한 칸을 바꿉니다. 신경망에서는 한 걸음 만에 전체 큐값의 {{changed.mean():.0%|10%}}가
# 바뀌었습니다. 이것이 일반화의 힘이고, 신경망이 배운 것을 잊을 수 있는 까닭이기도 합니다. 여기서 도움이 되는 것이
# 저기서는 해가 될 수 있습니다. (06강과 08강에서 다룹니다.)
#
# ## 버그 찾기 · 하지 않은 행동 ★★☆ 10분
#
# 이제 에피소드 하나를 통째로 해 봅시다. 다음은 강의 코드의 반복문을 우리 식으로 옮긴 것입니다. 2026년판까지 모든
# 판에 이 버그가 있습니다. `learn`은 한 걸음 배우는 함수입니다. 살사(SARSA)라는 이름은 $s, a, r, s', a'$에서
# 왔습니다. 이 반복문에서는 그 사슬이 어디에서 끊어질까요? 출력되는 두 줄은 각 타깃의 $a'$과, 그다음에 실제로 한
# 행동입니다.

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
# Repair it: call `learn` once after each step, with the $a'$ that is really played next, and return the
# sum of the rewards. Keep `done = terminated or truncated`: an episode may also be cut off at the time
# limit. But `learn` gets `terminated` alone.

# %% [markdown] lang="ko"
# 고쳐 보세요. 스텝마다 `learn`을 한 번 부르되 다음에 실제로 할 $a'$을 넘기고, 보상의 합을 반환합니다.
# `done = terminated or truncated`는 그대로 두세요. 시간 제한으로 잘리는 에피소드도 있습니다. 하지만 `learn`에는
# `terminated`만 넘깁니다.

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
# Your loop and your target together are all of Deep SARSA. The package's agent does the same in
# `run_episode(environment)`, compiled into one fast program. Started from the same seed, do both end with the same weights?

# %% [markdown] lang="ko"
# 여러분의 반복문과 타깃을 합치면 딥 살사가 완성됩니다. 패키지의 에이전트도 `run_episode(environment)`에서 같은 일을 하는데,
# 빠른 프로그램 하나로 컴파일되어 있습니다. 같은 시드에서 시작하면 둘은 같은 가중치로 끝날까요?

# %%
short = GridWorld(max_steps=30)
agent.reset(seed=1)  # a beginner again
score = my_sarsa_episode(short, agent.get_action, learn_step)
mine = agent.model.get_weights()
agent.reset(seed=1)
print(f"score: yours {score:.0f}, run_episode {agent.run_episode(short):.0f}")
off = max(np.abs(a - b).max() for a, b in zip(mine, agent.model.get_weights()))
print(f"largest difference in a weight after 30 learning steps: {off:.0e}")

# %% [markdown] lang="en"
# ## Measured: Deep SARSA over eight seeds
#
# Apart from rounding they are equal, so the faster one does the long runs: 400 episodes for each of eight seeds. A second agent,
# `Resampling`, learns with the lecture's loop. Epsilon begins at 1 and is multiplied by 0.9999 in every step, so
# the agents explore even in the last episodes. After each run we let the agent walk once without
# exploring (`evaluate`; nothing in this world is random, so one walk is enough). A walk that meets no ghost and arrives scores 1.

# %% [markdown] lang="ko"
# ## 재어 보기: 딥 살사를 시드 8개로
#
# 반올림을 빼면 같으므로, 오래 걸리는 실행은 빠른 쪽에 맡깁시다. 시드 8개로 각각 400에피소드를 학습시킵니다. 또
# 하나의 에이전트 `Resampling`은 강의의 반복문으로 배웁니다. 입실론은 1에서 시작해 스텝마다 0.9999배가 되므로 마지막
# 에피소드에서도 탐험을 합니다. 학습이 끝날 때마다 탐험 없이 한 번 걷게 합니다(`evaluate`. 이 환경에는 우연이
# 없으므로 한 번이면 충분합니다). 귀신을 만나지 않고 도착하면 1점입니다.

# %%
class Resampling(DeepSARSAAgent):
    """The lecture's loop: the target's next action is thrown away."""

    @episode_loop  # compiles it, as run_episode of every agent
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

# %%
scores, greedy, weights = {}, {}, []
for name, kind in (("SARSA", DeepSARSAAgent), ("resampled", Resampling)):
    agent, scores[name], greedy[name] = kind(15, 5, seed=0), [], []
    for seed in range(8):
        agent.reset(seed)
        scores[name].append(train(agent, environment, 400, progress=False).scores)
        greedy[name].append(float(evaluate(agent, environment, 1)[0]))
        weights.append(agent.model.get_weights())
    print(name, "without exploring:", greedy[name])

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
# The agents begin far below 0, bumping into ghosts, and climb towards 1, the best possible score (the
# grey line); as long as they explore they cannot quite get there. In the last 100 episodes the mean
# score is {{last["SARSA"]:.2f|40%}}, and {{last["resampled"]:.2f|40%}} with the lecture's loop. Compare
# the difference with the width of the bands (with eight seeds, the true mean may lie anywhere in its
# band): a real mistake need not show in the score. In the same state both loops draw the target's
# action by the same rule, so their targets have the same mean. What is lost is the name: it is no
# longer $s, a, r, s', a'$. (Before you call a mistake harmful, measure. Lesson 10 does it again.)
#
# The film shows a beginner on the left, which may just push against a wall, and on the right the best of these
# agents, both without exploring:

# %% [markdown] lang="ko"
# 에이전트는 귀신과 부딪히느라 0보다 훨씬 아래에서 시작해 최고 점수인 1(회색 선)을 향해 올라갑니다. 탐험하는
# 동안에는 1에 꼭 닿지 못합니다. 마지막 100에피소드의 평균 점수는 {{last["SARSA"]:.2f|40%}}이고, 강의의 반복문으로는
# {{last["resampled"]:.2f|40%}}입니다. 그 차이를 띠의 폭과 견주어 보세요. 진짜 실수라고 해서 점수에 꼭 드러나는 것은
# 아닙니다. 두 반복문 모두 같은 상태에서 같은 규칙으로 타깃의 행동을 뽑으므로 타깃의 평균이 같습니다. 잃은 것은
# 이름입니다. 더 이상 $s, a, r, s', a'$이 아닙니다. (실수가 해롭다고 말하기 전에 재어 보세요. 10강에서 또 합니다.)
#
# 영상의 왼쪽은 아무것도 배우지 않은 초보자로, 벽만 밀고 있을 수도 있습니다. 오른쪽은 학습한 에이전트 가운데 가장
# 잘하는 에이전트입니다. 둘 다 탐험 없이 걷습니다.

# %%
def walk(agent):
    frames = record(agent, as_gymnasium(GridWorld(max_steps=16), render_mode="rgb_array"))
    return np.concatenate([frames, np.repeat(frames[-1:], 17 - len(frames), axis=0)])


beginner = walk(DeepSARSAAgent(15, 5, seed=0))
agent.model.set_weights(weights[np.argmax(greedy["SARSA"] + greedy["resampled"])])
between = np.full_like(beginner[:, :, :20], 255)  # a white stripe
film(np.concatenate([beginner, between, walk(agent)], axis=2), milliseconds=350, width=360)

# %% [markdown] lang="en"
# ## Is the state Markov?
#
# A state is **Markov** if it holds all that matters for the future: from the same state, the same action always
# leads to the same next states with the same probabilities. Are our 15 numbers such a state?
#
# In the lecture's code the counter that moves the ghosts is never reset, not even between episodes.
# Watch two episodes that begin with the *same 15 numbers* and the *same action*:

# %% [markdown] lang="ko"
# ## 이 상태는 마르코프일까?
#
# 앞으로의 일에 중요한 것을 상태가 모두 담고 있을 때, 즉 같은 상태에서 같은 행동을 하면 언제나 같은 확률로 같은 일이 일어날 때
# 그 상태를 **마르코프**라고 합니다. 우리의 숫자 15개는 그런 상태일까요?
#
# 강의 코드에서는 귀신을 움직이는 카운터가 에피소드가 바뀌어도 처음으로 돌아가지 않습니다. *똑같은 숫자 15개*에서
# *똑같은 행동*으로 시작하는 두 에피소드를 보세요.

# %%
world, first_rewards = GridWorld(reset_counter=False), []
for episode in range(2):
    state = world.reset()
    _, reward, _, _ = world.step(1)  # one step down, then the episode is broken off
    first_rewards.append(float(reward))
    print(state.numpy().astype(int).tolist(), "down: reward", first_rewards[-1])

# %% [markdown] lang="en"
# First {{first_rewards[0]:.0f}}, then {{first_rewards[1]:.0f}}. In the first episode the ghost below
# moved away just in time; in the second it was its turn to rest. No agent can tell the two apart, since
# the numbers are the same. That is why `GridWorld()` resets the counter in each episode; the start is
# then unambiguous again. Are the 15 numbers Markov then? We have all full states, so there is no need
# to guess: we can count.

# %% [markdown] lang="ko"
# 처음에는 {{first_rewards[0]:.0f}}, 다음에는 {{first_rewards[1]:.0f}}입니다. 첫 에피소드에서는 아래에 있던 귀신이
# 마침 비켜 주었고, 두 번째에서는 귀신이 쉬는 차례였습니다. 숫자가 똑같으니 어떤 에이전트도 둘을 구별할 수 없습니다.
# 그래서 `GridWorld()`는 에피소드마다 카운터를 처음으로 돌리고, 출발점은 다시 분명해집니다. 그러면 이제 숫자 15개는
# 마르코프일까요? 전체 상태를 빠짐없이 구해 두었으니 짐작할 것 없이 세어 봅시다.

# %%
is_best = exact_q > exact_q.max(axis=1, keepdims=True) - 1e-6  # [states, actions]
best_for_all = np.array([is_best[which == i].all(axis=0).any() for i in range(len(twins))])
with_counter = np.unique(np.c_[seen, states[:, -1]], axis=0)
print(f"{(twins > 1).sum()} of {len(twins)} observations stand for two full states")
print(f"{(~best_for_all).sum()} of them have no action that is best in both")
print(f"with even or odd as a 16th number: {len(with_counter)} observations, {len(states)} states")

# %% [markdown] lang="en"
# Resetting the counter makes the *first* state unambiguous, but hardly any other: {{(twins > 1).sum()}}
# of {{len(twins)}} observations still hide whether the ghosts are about to move. Mostly it does not
# matter, but in {{(~best_for_all).sum()}} of them no single action is right in both cases. A 16th
# number, even or odd, would settle it completely. We keep the lecture's 15, and now know what they
# leave out.
#
# Does it matter to our agents? They learned in a world whose counter starts at 0. `OddStart` shows the same
# first 15 numbers, but its counter starts at 1: the ghosts rest in the first step. All sixteen agents walk in both:

# %% [markdown] lang="ko"
# 카운터를 처음으로 돌리면 *첫* 상태는 분명해지지만 나머지는 거의 그대로입니다. 관측 {{len(twins)}}가지 가운데
# {{(twins > 1).sum()}}가지는 여전히 귀신이 다음에 움직일지를 숨기고 있습니다. 대개는 상관없지만, 그 가운데
# {{(~best_for_all).sum()}}가지에서는 두 경우에 모두 맞는 행동이 하나도 없습니다. 짝수인지 홀수인지를 16번째 숫자로 넣으면 완전히
# 해결됩니다. 여기서는 강의의 15개를 그대로 쓰되, 무엇이 빠져 있는지 알고 씁니다.
#
# 우리 에이전트에게도 영향이 있을까요? 이들은 모두 카운터가 0에서 시작하는 환경에서 배웠습니다. `OddStart`는 처음에
# 똑같은 숫자 15개를 보여 주지만 카운터가 1에서 시작하므로 첫 스텝에 귀신이 쉽니다. 에이전트 16개를 두 환경에서 모두
# 걷게 해 봅시다.

# %%
class OddStart(GridWorld):
    """The same first 15 numbers, but the ghosts rest in the first step."""

    def initial_states(self, count, rng):
        return super().initial_states(count, rng) + [0, 0, 0, 0, 0, 0, 0, 0, 1]


odd_start, pairs = OddStart(), []  # pairs: the scores from the even and from the odd start
for of_one_agent in weights:
    agent.model.set_weights(of_one_agent)
    pairs.append([evaluate(agent, world, 1)[0] for world in (environment, odd_start)])
pairs = np.array(pairs)
even_mean, odd_mean = pairs.mean(axis=0)
print("even start:", *pairs[:, 0].astype(int))
print("odd start: ", *pairs[:, 1].astype(int))

# %% [markdown] lang="en"
# From the start they know they score {{even_mean:.2f|60%}} on average, from the other one
# {{odd_mean:.2f|300%}}, although the first 15 numbers are the same. What the state leaves out, no agent can learn.
#
# ## Review
#
# <details><summary>1) What are the limits of Monte Carlo, SARSA and Q-learning?</summary>
#
# They do without the map, but keep a table. The table grows with the size of the world ($n \times n$)
# and explodes with its dimensions ($n^k$). Every entry has to be visited, because a visit elsewhere
# does not change it.
# </details>
#
# <details><summary>2) What is Deep SARSA?</summary>
#
# SARSA with a network in place of the table: a state's numbers go in, a Q-value for each action comes out,
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
# their place and answers for unseen states, too. Deep SARSA: gradient descent on the squared error between
# $r + \gamma Q(s', a')$ and $Q(s, a)$, where $a'$ is the action really taken. A state should be Markov; count, if
# you can. **Next** lesson 05: when to explore, and how much.

# %% [markdown] lang="ko"
# 아는 출발점에서는 평균 {{even_mean:.2f|60%}}점, 다른 출발점에서는 {{odd_mean:.2f|300%}}점입니다. 처음의 숫자 15개는
# 똑같은데도 말입니다. 상태에 없는 것은 어떤 에이전트도 배울 수 없습니다.
#
# ## 진단 평가
#
# <details><summary>1) 몬테카를로, 살사, 큐러닝의 한계는?</summary>
#
# 환경을 몰라도 되지만 여전히 테이블을 씁니다. 테이블은 환경이 커지면($n \times n$) 길어지고 차원이 늘면($n^k$)
# 폭발합니다. 한 칸의 값은 그 칸을 방문할 때만 바뀌므로 모든 칸을 방문해야 합니다.
# </details>
#
# <details><summary>2) 딥 살사(Deep SARSA)란 무엇인가?</summary>
#
# 테이블 대신 신경망을 쓰는 살사입니다. 상태의 숫자가 들어가면 행동마다 큐값이 나오고, 스텝마다 경사하강법으로
# $(r + \gamma Q(s', a') - Q(s, a))^2$을 줄입니다.
# </details>
#
# <details><summary>움직이는 귀신 문제의 상태에는 무엇이 들어가야 하고, 왜 상대위치인가?</summary>
#
# 목표의 상대위치와 레이블, 귀신마다 상대위치와 레이블과 방향: 3 × 4 + 3 = 15개입니다. 상대위치를 쓰면 "내 바로 아래의
# 귀신"이 어느 칸에서나 똑같이 보입니다.
# </details>
#
# **정리** 방문해야 할 상태가 너무 많으면 테이블을 쓸 수 없습니다. 매개변수 $\theta$를 가진 신경망이 테이블을
# 대신하고, 보지 못한 상태에도 답을 내놓습니다. 딥 살사는 $r + \gamma Q(s', a')$와 $Q(s, a)$의 차이를 제곱해
# 경사하강법으로 줄이며, $a'$은 실제로 하는 행동입니다. 상태는 마르코프여야 하고, 셀 수 있다면 세어 보는 것이
# 좋습니다. **다음 시간** 05강: 언제, 얼마나 탐험할까요?
