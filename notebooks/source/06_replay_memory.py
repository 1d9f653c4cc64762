# %% [markdown] lang="en"
# # 06 · The replay memory
#
# **On the slides** DQN, "Detour: Replay Memory"; DQN, code explained, `append_sample`, and `train_model`,
# lines 74 to 100.
#
# **You will be able to** measure how alike consecutive samples are · keep the last N of them in a ring
# buffer · draw a mini-batch from it and train with it · say what a memory of 2000 has forgotten after four perfect
# episodes · find a bug that fills a memory with copies of one state.
#
# **Time** 70 minutes · **Needs** lessons 01, 03 (mini-batches) and 04 (learning from one step)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $s, a, r, s', d$ | `state, action, reward, next_state, terminated` | `[4]`, `[]`, `[]`, `[4]`, `[]` | one **transition**: what happened in one step (shape `[]` is a single number) |
# | $N$ | `len(memory)` | number | how many transitions are kept |
# | $n$ | `appended` | number | how many have ever been stored |
# | $B$ | `batch_size` | number | how many are learned from at once |

# %% [markdown] lang="ko"
# # 06 · 리플레이 메모리
#
# **슬라이드에서는** DQN의 "Detour: Replay Memory", DQN 코드 설명의 `append_sample`과 `train_model` 74~100행.
#
# **이번 시간이 끝나면** 이어진 샘플들이 얼마나 닮았는지 잴 수 있고 · 최근 N개를 링 버퍼에 담을 수 있고 · 거기서
# 미니배치를 뽑아 학습시킬 수 있고 · 2000개짜리 메모리가 완벽한 에피소드 네 개 뒤에 무엇을 잊는지 말할 수 있고 · 메모리를
# 한 상태의 복사본으로 채우는 버그를 찾을 수 있습니다.
#
# **시간** 70분 · **먼저 볼 것** 01강, 03강 (미니배치), 04강 (한 스텝에서 배우기)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $s, a, r, s', d$ | `state, action, reward, next_state, terminated` | `[4]`, `[]`, `[]`, `[4]`, `[]` | 한 스텝에서 일어난 일, 곧 **샘플** 하나 |
# | $N$ | `len(memory)` | 숫자 | 보관하는 샘플의 수 |
# | $n$ | `appended` | 숫자 | 지금까지 저장한 샘플의 수 |
# | $B$ | `batch_size` | 숫자 | 한 번에 학습하는 샘플의 수 |

# %%
import gymnasium
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNAgent, ReplayMemory, checks, evaluate, use_one_thread
from dqn_keras.classroom import drawings, explore
from dqn_keras.experiments import RECIPES
from dqn_keras.replay_memory import Transitions

# After dqn_keras, which silences their start-up messages.
import tensorflow as tf

use_one_thread()  # for networks this small, one thread computes faster than several
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## How alike are neighbours?
#
# The agent of lesson 04 learned from each step once, in order, and threw it away. What happens in one step,
# $s, a, r, s'$ and whether it ended the task, is called a **transition**; the lecture says *sample*. Let us play
# 2500 random steps of CartPole and look at what such an agent would have learned from. (As in the lecture, a fall gets the
# reward −100.)

# %% [markdown] lang="ko"
# ## 이웃한 샘플은 얼마나 닮았을까
#
# 04강의 에이전트는 한 스텝을 순서대로 한 번씩만 배우고 버렸습니다. 한 스텝에서 일어난 일, 곧 $s, a, r, s'$과 과제가
# 끝났는지를 묶어 **샘플**이라고 합니다. 카트폴을 무작위로 2500스텝 플레이해 보고, 그런 에이전트가 무엇을 보고 배우게 되는지
# 봅시다. (강의에서처럼 쓰러지면 보상을 −100으로 합니다.)

# %%
env = gymnasium.make("CartPole-v1")
env.action_space.seed(0)
state, _ = env.reset(seed=0)
transitions = []
for _ in range(2500):
    action = env.action_space.sample()
    next_state, reward, terminated, truncated, _ = env.step(action)
    reward = -100.0 if terminated else reward
    transitions.append((state, action, reward, next_state, terminated))
    state = next_state
    if terminated or truncated:
        state, _ = env.reset()
states = np.array([transition[0] for transition in transitions])  # [2500, 4]
shuffled = np.random.default_rng(0).permutation(states)  # the same rows in random order

# %% [markdown] lang="en"
# How well does one value predict the one $k$ steps later? The **correlation** of the two says it in one
# number: 1 if they rise and fall together exactly, 0 if one tells nothing about the other. (−1 would
# mean that one falls exactly as the other rises.) `np.corrcoef` computes it.

# %% [markdown] lang="ko"
# 어떤 값을 알면 $k$스텝 뒤의 값을 얼마나 잘 맞힐 수 있을까요? 이것을 숫자 하나로 나타낸 것이 **상관계수**입니다. 둘이 정확히
# 함께 오르내리면 1, 한쪽이 다른 쪽에 대해 아무것도 알려 주지 않으면 0입니다. `np.corrcoef`로 계산합니다.

# %%
def correlation(x, k=1):
    return np.corrcoef(x[:-k], x[k:])[0, 1]


print("                   in order   shuffled")
for column, name in enumerate(["position", "velocity", "angle", "angular velocity"]):
    before, after = correlation(states[:, column]), correlation(shuffled[:, column])
    print(f"{name:18s} {before:8.2f} {after:10.2f}")
angle_before, angle_after = correlation(states[:, 2]), correlation(shuffled[:, 2])

# %%
figure, (left, middle, right) = plt.subplots(1, 3, figsize=(7.5, 2.6))
for axis, rows, name in ((left, states, "in order"), (middle, shuffled, "shuffled")):
    axis.scatter(rows[:-1, 2], rows[1:, 2], 2, color="C0" if axis is left else "C1")
    axis.set(xlabel="pole angle", title=name)
left.set_ylabel("the next one")
lags = np.arange(1, 41)
right.plot(lags, [correlation(states[:, 2], k) for k in lags], label="in order")
right.plot(lags, [correlation(shuffled[:, 2], k) for k in lags], label="shuffled")
right.set(xlabel="steps apart", title="correlation")
right.legend()
plt.show()

# %% [markdown] lang="en"
# In order, the angle and the next angle have a correlation of {{angle_before:.2f}}: nearly all points lie along a
# line. (Those to the left and right of it are falls, after which a new episode begins.) Shuffled, it is {{angle_after:.2f}}, and
# the points are a cloud.
#
# ## What is a batch of neighbours worth?
#
# In lesson 03 the gradient was the mean over a mini-batch. A mean of few values is unreliable; by how
# much? The **variance** $\sigma^2$ of some values is the mean squared distance from their mean: it says
# how far they scatter. The mean of $B$ *independent* values scatters less: its variance is
# $\sigma^2 / B$. Turn this around: a batch whose mean has the variance $v$ is worth
#
# $$B_{\text{independent}} = \frac{\sigma^2}{v}$$
#
# independent values. We take 2000 batches of 64 neighbours, and the mean of the angle in each:

# %% [markdown] lang="ko"
# 순서대로면 각도와 다음 각도의 상관계수가 {{angle_before:.2f}}이고, 점들이 거의 다 한 직선을 따라 모여 있습니다. (직선에서
# 벗어난 양옆의 점들은 폴이 쓰러지고 새 에피소드가 시작된 곳입니다.) 섞으면 {{angle_after:.2f}}이고, 점들이 구름처럼 흩어집니다.
#
# ## 이웃으로 만든 배치의 값어치
#
# 03강에서 그레이디언트는 미니배치의 평균이었습니다. 값 몇 개의 평균은 믿을 만하지 못한데, 얼마나 그럴까요? 값들이 평균에서 떨어진
# 거리를 제곱해 평균한 것이 **분산** $\sigma^2$이고, 값들이 얼마나 흩어져 있는지를 나타냅니다. *독립인* 값 $B$개의 평균은 덜
# 흩어져서 분산이 $\sigma^2 / B$입니다. 거꾸로 말하면, 평균의 분산이 $v$인 배치는 독립인 값
#
# $$B_{\text{independent}} = \frac{\sigma^2}{v}$$
#
# 개의 값어치를 합니다. 이웃 64개짜리 배치를 2000번 꺼내 각도의 평균을 구해 봅시다.

# %%
rng = np.random.default_rng(0)
angles = states[:, 2]
means = [angles[i : i + 64].mean() for i in rng.integers(0, len(angles) - 64, size=2000)]
worth_in_order = angles.var() / np.var(means)
print(f"64 neighbours are worth {worth_in_order:.0f} independent samples")

# %% [markdown] lang="en"
# Sixty-four neighbours are worth about {{worth_in_order:.0f}}: they show the pole tip over a few times, and tell nearly the same
# story 64 times. To draw samples that are independent, we first have to keep them.
#
# ## A ring buffer, by hand
#
# But not all of them: the **replay memory** keeps the last $N$. The lecture uses Python's `deque(maxlen=2000)`, a list
# that drops its oldest entry when it is full. A **ring buffer** does the same in a fixed block of $N$ rows: transition
# number $n$ (counted from 0) goes to
#
# $$\text{row} = n \bmod N,$$
#
# the remainder of $n / N$; in Python, `n % N`. After the last row comes row 0 again:

# %% [markdown] lang="ko"
# 이웃 64개의 값어치는 {{worth_in_order:.0f}}개쯤입니다. 폴이 기우는 모습을 몇 번 보여 줄 뿐, 거의 같은 이야기를 64번 하는
# 셈입니다. 독립인 샘플을 뽑으려면 먼저 모아 두어야 합니다.
#
# ## 링 버퍼를 손으로
#
# 하지만 전부 모으지는 않습니다. **리플레이 메모리**는 최근 $N$개를 보관합니다. 강의는 파이썬의
# `deque(maxlen=2000)`, 곧 가득 차면 가장 오래된 것을 버리는 리스트를 씁니다. **링 버퍼**(ring buffer)는 크기가
# $N$행으로 정해진 공간에서 같은 일을 합니다. $n$번째(0부터 셉니다) 샘플은
#
# $$\text{row} = n \bmod N$$
#
# 곧 $n$을 $N$으로 나눈 나머지 행에 들어갑니다. 파이썬으로는 `n % N`입니다. 마지막 행 다음은 다시 0행입니다.

# %%
drawings.ring_buffer()

# %% [markdown] lang="en"
# Here is one of 48 rows to play with. Press *Play* and follow the arrow: where does it go after row 47? With the ring full,
# draw *8 neighbours*, then *8 at random*, and look at the eight poles; after *50 batches of each*, whose means scatter more?
# Last, let *a good player* take over: how many steps does it take until the last fall is forgotten? (If there is only a
# picture, run the cell.)

# %% [markdown] lang="ko"
# 이제 48행짜리 링을 직접 만져 봅시다. *재생*을 누르고 화살표를 따라가 보세요. 47행 다음은 몇 행인가요? 링이 가득 차면
# *이웃 8개*와 *무작위 8개*를 뽑아 폴 여덟 개의 모습을 견주어 보세요. *50번씩 뽑기*를 누르면 어느 쪽의 평균이 더 흩어지나요?
# 마지막으로 *잘하는 플레이어*에게 맡겨 보세요. 쓰러진 순간이 메모리에서 모두 사라질 때까지 몇 스텝이 걸리나요? (그림만
# 보인다면 셀을 실행하세요.)

# %%
explore("ring_buffer")

# %% [markdown] lang="en"
# The drawing has six rows. Now three: store A, B, C, D, E and fill in the table.
#
# | $n$ | stored | row | row 0 | row 1 | row 2 |
# |---|---|---|---|---|---|
# | 0 | A | 0 | A | | |
# | 1 | B | 1 | A | B | |
# | 2 | C | ? | ? | ? | ? |
# | 3 | D | ? | ? | ? | ? |
# | 4 | E | ? | ? | ? | ? |
#
# ## Exercise 1 · store in the ring ★☆☆ 10 minutes
#
# `memory` is an array `[N, F]`, one transition a row, and `appended` counts how many have ever been
# stored. Write `transition`, an array `[F]`, over the oldest row. Change `memory` itself (`memory[row] = …` writes a row), and
# return the new count.

# %% [markdown] lang="ko"
# 그림의 링은 6행입니다. 이번에는 3행짜리에 A, B, C, D, E를 저장하며 표를 채워 보세요.
#
# | $n$ | 저장 | 행 | 0행 | 1행 | 2행 |
# |---|---|---|---|---|---|
# | 0 | A | 0 | A | | |
# | 1 | B | 1 | A | B | |
# | 2 | C | ? | ? | ? | ? |
# | 3 | D | ? | ? | ? | ? |
# | 4 | E | ? | ? | ? | ? |
#
# ## 연습 1 · 링에 저장하기 ★☆☆ 10분
#
# `memory`는 한 행에 샘플 하나씩인 `[N, F]` 배열이고, `appended`는 지금까지 저장한 샘플의 수입니다. `[F]` 배열인
# `transition`을 가장 오래된 행에 덮어쓰세요. `memory` 자체를 바꾸고(`memory[row] = …`라고 하면 한 행에 씁니다), 새 개수를
# 반환합니다.

# %% exercise="ring_append"
def my_append(memory, appended, transition):
    ### BEGIN SOLUTION
    memory[appended % len(memory)] = transition
    return appended + 1
    ### END SOLUTION

# %% check="ring_append" points=2
checks.check_ring_append(my_append)

# %% [markdown] lang="en"
# Your function fills the table, and then a real memory of 2000 rows with the 2500 steps. A row holds 11
# numbers: 4 of the state, the action, the reward, 4 of the next state, and 1 or 0 for `terminated`.

# %% [markdown] lang="ko"
# 여러분의 함수로 표를 채우고, 이어서 진짜 메모리를 채워 봅시다. 2000행에 2500스텝을 넣습니다. 한 행은 숫자 11개입니다. 상태 4개,
# 행동, 보상, 다음 상태 4개, 그리고 `terminated`가 1이나 0으로 들어갑니다.

# %%
ring, count = np.full((3, 1), "-"), 0
for letter in "ABCDE":
    count = my_append(ring, count, [letter])
    print(letter, "->", ring[:, 0])

memory, appended = np.zeros((2000, 11), np.float32), 0
for state, action, reward, next_state, terminated in transitions:
    row = np.array([*state, action, reward, *next_state, terminated])
    appended = int(my_append(memory, appended, row))
print("appended:", appended)
print("row 499 is transition 2499:", np.allclose(memory[499, :4], transitions[2499][0]))
print("row 500 is transition  500:", np.allclose(memory[500, :4], transitions[500][0]))

# %% [markdown] lang="en"
# ## Exercise 2 · draw a mini-batch ★★☆ 10 minutes
#
# `columns` is a list of five arrays (states, actions, rewards, next states, terminated), each with $N$
# rows; row $i$ of all five is one transition. Only the first `size` rows are filled. Draw `batch_size`
# of them at random and return a list with the drawn rows of each column. In the batch, too, all that
# stands in one row has to belong to one transition.
#
# `rng.integers(0, n, size=k)` draws $k$ numbers from 0 to $n - 1$; `array[[7, 2, 2]]` is rows 7, 2 and 2 of an array.

# %% [markdown] lang="ko"
# ## 연습 2 · 미니배치 뽑기 ★★☆ 10분
#
# `columns`는 배열 다섯 개(상태, 행동, 보상, 다음 상태, 종료)의 리스트이고 모두 $N$행입니다. 다섯 배열의 $i$번째
# 행이 샘플 하나입니다. 앞의 `size`행만 채워져 있습니다. 그 가운데 `batch_size`개의 행을 무작위로 뽑아, 열마다 뽑힌
# 행을 담은 리스트를 반환하세요. 배치에서도 한 행의 상태, 행동, 보상은 같은 샘플에서 나와야 합니다.
#
# `rng.integers(0, n, size=k)`는 0부터 $n - 1$까지의 수를 $k$개 뽑고, `array[[7, 2, 2]]`는 배열의 7행, 2행, 2행입니다.

# %% exercise="sample_batch"
def my_sample(columns, size, batch_size, rng):
    ### BEGIN SOLUTION
    rows = rng.integers(0, size, size=batch_size)
    return [column[rows] for column in columns]
    ### END SOLUTION

# %% check="sample_batch" points=2
checks.check_sample_batch(my_sample)

# %% [markdown] lang="en"
# How much are 64 samples worth when your function draws them from your memory?

# %% [markdown] lang="ko"
# 여러분의 함수가 여러분의 메모리에서 뽑은 64개는 값어치가 얼마나 될까요?

# %%
columns = [memory[:, :4], memory[:, 4], memory[:, 5], memory[:, 6:10], memory[:, 10]]
means = []
for _ in range(2000):
    batch_states, *_ = my_sample(columns, 2000, 64, rng)
    means.append(np.array(batch_states)[:, 2].mean())
worth_at_random = memory[:, 2].var() / np.var(means)
print(f"64 at random are worth {worth_at_random:.0f} independent samples")

# %% [markdown] lang="en"
# About {{worth_at_random:.0f|15%}}. As far as 2000 batches can tell, each of the 64 counts in full.
#
# ## An agent learns from your memory
#
# The lecture's agent, `DQNAgent`, asks its memory for a batch in every learning step, `train_model`.
# (Lessons 07 and 08 explain how it computes the targets.) Here we only replace its memory with yours.
# The agent plays no step itself; it learns 600 times from what the random player saw. Its greedy score,
# before and after:

# %% [markdown] lang="ko"
# {{worth_at_random:.0f|15%}}개쯤입니다. 배치 2000개로 재어 본 바로는 64개가 모두 제값을 합니다.
#
# ## 여러분의 메모리로 배우는 에이전트
#
# 강의의 에이전트 `DQNAgent`는 한 걸음 배울 때마다(`train_model`) 메모리에서 배치를 받습니다. 타깃을 계산하는 방법은
# 07강과 08강에서 다룹니다. 여기서는 메모리만 여러분이 만든 메모리로 바꿉니다. 에이전트는 한 스텝도 직접 플레이하지
# 않고, 무작위로 플레이한 기록에서 600번 배웁니다. 배우기 전과 후의 그리디 점수를 봅시다.

# %%
class YourMemory:
    """Draws from your memory with your function; `_` is a generator that it does not need."""

    def sample(self, batch_size, _):
        parts = my_sample(columns, 2000, batch_size, rng)
        types = np.float32, np.int32, np.float32, np.float32, bool
        return Transitions(*(np.array(part, dtype) for part, dtype in zip(parts, types)))


agent = DQNAgent(4, 2, seed=0)
agent.memory = YourMemory()
score_before = evaluate(agent, CartPole()).mean()
for step in range(600):
    agent.train_model()
    if step % 50 == 49:
        agent.update_target_model()  # lesson 08
score_after = evaluate(agent, CartPole()).mean()
print(f"steps until it falls, mean of 100 episodes: {score_before:.0f}, then {score_after:.0f}")

# %% [markdown] lang="en"
# From {{score_before:.0f|30%}} steps to {{score_after:.0f|70%}}, without a step of its own.
#
# ## Bug hunt · states that change afterwards ★★☆ 10 minutes
#
# Some simulators are fast because they make no new arrays: this one owns two and writes to them in
# turn. Next to it is a learner's memory, a plain list. Look at what it has stored before you read on.

# %% [markdown] lang="ko"
# 한 스텝도 직접 플레이하지 않고 {{score_before:.0f|30%}}스텝에서 {{score_after:.0f|70%}}스텝이 되었습니다.
#
# ## 버그 찾기 · 나중에 바뀌는 상태 ★★☆ 10분
#
# 어떤 시뮬레이터는 새 배열을 만들지 않아서 빠릅니다. 아래의 환경은 배열 두 개를 번갈아 고쳐 씁니다. 메모리는 평범한
# 리스트입니다. 더 읽기 전에 무엇이 저장되었는지 먼저 보세요.

# %%
class Corridor:
    def reset(self):
        self.place, self.other = np.zeros(1), np.zeros(1)
        return self.place

    def step(self, action):
        self.other[:] = self.place + action  # in place: no new array
        self.place, self.other = self.other, self.place
        return self.place


def make_transition(state, action, reward, next_state, terminated):
    return (state, action, reward, next_state, terminated)


def walk(make):
    """What is stored, in the end, of three steps to the right."""
    world, stored = Corridor(), []
    state = world.reset()
    for action in (1, 1, 1):
        next_state = world.step(action)
        stored.append(make(state, action, 1.0, next_state, False))
        state = next_state
    return [f"{float(s[0]):g} to {float(t[0]):g}" for s, _, _, t, _ in stored]


print("stored:", walk(make_transition))

# %% [markdown] lang="en"
# The place went from 0 to 1, 2 and 3, but the memory contains only 2 and 3. There is no error message,
# and an agent would compute a loss from it all the same. Repair `make_transition`, so that what is
# stored stays as it was. (`np.array(x)` makes a new array with the numbers of `x`, and so does
# `x.copy()`.)

# %% [markdown] lang="ko"
# 0에서 1, 2, 3으로 움직였는데 메모리에는 2와 3밖에 없습니다. 오류 메시지도 없고, 오류함수(손실 함수)의 값도
# 그럴듯하게 나옵니다. 저장한 것이 나중에 바뀌지 않도록 `make_transition`을 고치세요. (`np.array(x)`는 `x`의 숫자로
# 새 배열을 만듭니다. `x.copy()`도 같습니다.)

# %% exercise="transition_copy"
def my_transition(state, action, reward, next_state, terminated):
    ### BEGIN SOLUTION
    return (np.array(state), action, reward, np.array(next_state), terminated)
    ### END SOLUTION

# %% check="transition_copy" points=2
checks.check_transition_copy(my_transition)

# %%
print("stored:", walk(my_transition))

# %% [markdown] lang="en"
# <details><summary>Does this bug lurk in the lecture's code, or in ours?</summary>
#
# Not in the lecture's: Gymnasium's CartPole makes a new array in every step. It can hit you with
# environments of your own, or with any other that reuses an array. Your `my_append` writes the *values*
# into its own rows, so it cannot happen there.
# </details>
#
# ## The package's memory
#
# `ReplayMemory` is your two functions, kept in TensorFlow variables so that a whole episode can be
# compiled. Both store the same 120 transitions in 50 rows:

# %% [markdown] lang="ko"
# <details><summary>강의 코드나 이 패키지에도 이 버그가 있나요?</summary>
#
# 강의 코드에는 없습니다. Gymnasium의 카트폴은 스텝마다 새 배열을 만듭니다. 직접 만든 환경이나 배열을 재사용하는 래퍼를
# 쓸 때 만나게 됩니다. 여러분의 `my_append`는 *값*을 자기 행에 옮겨 적으므로 이런 일이 생기지 않습니다.
# </details>
#
# ## 패키지의 메모리
#
# `ReplayMemory`는 여러분의 두 함수를 TensorFlow 변수로 옮긴 클래스이고, 덕분에 에피소드 전체를 컴파일할 수
# 있습니다. 둘 다 50행에 똑같은 샘플 120개를 넣어 봅시다.

# %%
theirs, yours, count = ReplayMemory(50, 4), np.zeros((50, 4)), 0
for transition in transitions[:120]:
    theirs.append(*transition)
    count = int(my_append(yours, count, transition[0]))
print("the same states:", np.allclose(theirs.states.numpy(), yours), " length:", len(theirs))
batch = theirs.sample(3, tf.random.Generator.from_seed(0))
print("a batch of 3, actions", batch.actions.numpy(), "rewards", batch.rewards.numpy())

# %% [markdown] lang="en"
# **With or without replacement?** The lecture draws with `random.sample`, which gives no row twice.
# `ReplayMemory` draws *with replacement*: a row may come twice, and a draw costs the same whatever $N$
# is. How many different rows are in such a batch? A single draw misses a given row with probability
# $1 - 1/N$, all $B$ draws with probability $(1 - 1/N)^B$, so
#
# $$\text{different rows} = N \left(1 - \left(1 - \tfrac{1}{N}\right)^B\right)$$

# %% [markdown] lang="ko"
# **복원 추출과 비복원 추출** 강의는 같은 행이 두 번 나오지 않는 `random.sample`(비복원 추출)로 뽑습니다. `ReplayMemory`는
# 같은 행이 또 나올 수 있는 *복원 추출*을 합니다. 그러면 뽑는 비용이 $N$에 따라 늘지 않습니다. 이런 배치에는 서로 다른 행이 몇
# 개 있을까요? 어떤 행이 한 번에 안 뽑힐 확률은 $1 - 1/N$, $B$번 모두 안 뽑힐 확률은 $(1 - 1/N)^B$이므로
#
# $$\text{different rows} = N \left(1 - \left(1 - \tfrac{1}{N}\right)^B\right)$$

# %%
N, B = 2000, 64
different = N * (1 - (1 - 1 / N) ** B)
counted = np.mean([len(np.unique(rng.integers(0, N, size=B))) for _ in range(2000)])
print(f"different rows in a batch of 64: formula {different:.2f}, counted {counted:.2f}")

# %% [markdown] lang="en"
# On average one row in the 64 is a repetition; the two ways of drawing hardly differ.
#
# ## What changed, and what the memory forgets
#
# Since lesson 04 one thing has changed: the agent learns from a random batch of what it kept, not from the
# newest step alone. So each transition is used many times. It stays for $N$ steps, and in each of them it is drawn
# $B / N$ times on average: that makes $N \cdot B / N = B = 64$ times before it is overwritten. The agent of lesson 04 used
# it once.
#
# But only the last $N$ are kept. How many episodes of full length is that, in the five documents of lesson 05? (`slides_dqn`
# is the lecture, the others are 000, 001, 003 and 004.)

# %% [markdown] lang="ko"
# 64개 중 평균 하나쯤이 겹칩니다. 두 방법은 거의 차이가 없습니다.
#
# ## 무엇이 달라졌고, 메모리는 무엇을 잊나
#
# 04강과 달라진 것은 하나입니다. 방금 한 스텝이 아니라, 모아 둔 것에서 무작위로 뽑은 배치로 배웁니다. 그래서 샘플 하나가 여러 번
# 쓰입니다. $N$스텝 동안 남아 있고 스텝마다 평균 $B / N$번 뽑히므로, 덮어쓰일 때까지 $N \cdot B / N = B = 64$번 학습에
# 쓰입니다. 04강의 에이전트는 한 번만 썼습니다.
#
# 하지만 최근 $N$개만 모아 둡니다. 05강의 다섯 문서에서, 끝까지 버틴 에피소드라면 메모리에 몇 개나 들어갈까요?
# (`slides_dqn`이 강의이고, 나머지는 차례로 000, 001, 003, 004입니다.)

# %%
for name in ("slides_dqn", "velog_dqn", "book_dqn", "g6ling_dqn", "juvin_dqn"):
    environment = RECIPES[name].environment(0)
    agent = RECIPES[name].make_agent(environment, seed=0)
    capacity, steps = agent.memory.capacity, environment.max_steps
    print(f"{name:10s} keeps {capacity:5d} transitions = {capacity // steps:2d} episodes of {steps}")

# %% [markdown] lang="en"
# The lecture's memory of 2000 holds four episodes of 500 steps. Once the agent has balanced four times
# in a row, no fall is left in it, and the agent learns from success alone. We train two agents with
# five seeds each and count the falls in memory after every episode. The first has the lecture's memory.
# The second keeps only 64 transitions, so that every batch is one of neighbours. Both begin to learn
# once 64 are stored.

# %% [markdown] lang="ko"
# 강의의 메모리는 2000행이므로 500스텝짜리 에피소드가 네 개 들어갑니다. 에이전트가 네 번 연달아 끝까지 버티면
# 메모리에 쓰러진 샘플이 하나도 남지 않고, 성공만 보고 배우게 됩니다. 에이전트 둘을 시드 다섯 개로 학습시키며
# 에피소드마다 메모리에 쓰러진 샘플이 몇 개 있는지 세어 봅시다. 첫째는 강의의 메모리를 씁니다. 둘째는 64개만
# 보관하므로 배치가 언제나 이웃들로 이루어집니다. 둘 다 64개부터 배웁니다.

# %%
def runs(memory_size, seeds=range(5), episodes=200):
    agent, environment = DQNAgent(4, 2, memory_size=memory_size, train_start=64), CartPole()
    scores, falls = np.zeros([2, len(seeds), episodes])
    for seed in seeds:
        agent.reset(seed)  # a beginner again
        environment.reset(seed)
        for episode in range(episodes):
            scores[seed, episode] = agent.run_episode(environment)
            stored = agent.memory.terminated.numpy()[: len(agent.memory)]
            falls[seed, episode] = stored.sum()
    return scores, falls


scores, falls = runs(2000)
scores_64, falls_64 = runs(64)

# %%
figure, (top, bottom) = plt.subplots(2, 1, figsize=(7, 3.8), sharex=True)
top.plot(scores[2])
top.set(ylabel="score", title="one run, memory of 2000")
bottom.plot(falls[2], color="C1")
bottom.set(xlabel="episode", ylabel="falls in memory")
plt.show()

# %%
def first_solved(scores):
    """The first episode whose last ten scores average above 490: the lecture's stop rule."""
    return next((e for e in range(9, len(scores)) if scores[e - 9 : e + 1].mean() > 490), None)


solved = [first_solved(run) for run in scores]
most_falls = int(falls[:, 49].max())  # of the five runs
left = [int(run[e]) for run, e in zip(falls, solved, strict=True) if e is not None]
print("solved in episode:", solved)
print(f"falls in memory: after 50 episodes up to {most_falls}, when solved {left}")
last = {2000: scores[:, -50:].mean(), 64: scores_64[:, -50:].mean()}
for size, run in ((2000, scores), (64, scores_64)):
    each = np.round(run[:, -50:].mean(axis=1))
    print(f"memory of {size:4d}: last 50 episodes {last[size]:.0f}, each seed {each}")

# %% [markdown] lang="en"
# After 50 episodes the lecture's memory held up to {{most_falls:.0f|20%}} falls. The second line of the
# output says how many were left when the stop rule (the last ten scores average above 490) first held.
# There cannot be many: with such a mean each of the ten episodes has more than 400 steps, so at most
# five of them can have ended within the last 2000 steps. What an agent no longer sees, it may unlearn.
# Compare the two curves of the picture: what happens to the score after a long time without a fall in
# memory? Lesson 12 says how you could find out whether one causes the other.
#
# The agent with 64 neighbours learned, too. One often reads that DQN diverges without a replay memory; in these runs on
# CartPole it does not. Its last 50 episodes average {{last[64]:.0f|60%}} steps, those of the larger memory
# {{last[2000]:.0f|40%}}. Five seeds each; lesson 11 has more.

# %% [markdown] lang="ko"
# 50에피소드 뒤 강의의 메모리에는 쓰러진 샘플이 많게는 {{most_falls:.0f|20%}}개 있었습니다. 종료 조건(최근 점수 열
# 개의 평균이 490 초과)이 처음 채워졌을 때 몇 개 남았는지는 출력의 둘째 줄에 있습니다. 많이 남을 수가 없습니다. 열
# 점수의 평균이 490을 넘으려면 열 개가 모두 400스텝을 넘어야 하므로, 최근 2000스텝 안에서 끝난 에피소드는 많아야
# 다섯 개입니다. 더는 보지 못하는 것은 잊을 수 있습니다. 그림의 두 곡선을 견주어 보세요. 메모리에 쓰러진 샘플이 없는
# 시간이 길어지면 점수는 어떻게 되나요? 한쪽이 다른 쪽의 원인인지 알아보는 방법은 12강에서 다룹니다.
#
# 이웃 64개로 배운 에이전트도 배우기는 했습니다. 리플레이 메모리가 없으면 DQN이 발산한다고들 하지만, 카트폴에서 해
# 본 이번 실행에서는 그러지 않았습니다. 마지막 50에피소드의 평균은 {{last[64]:.0f|60%}}스텝, 큰 메모리는
# {{last[2000]:.0f|40%}}스텝입니다. 시드는 다섯 개씩뿐이고, 11강에서는 더 많이 실행해 봅니다.

# %% [markdown] lang="en"
# ## Review
#
# <details><summary>What is the replay memory, and why is it needed? (a question of the lecture)</summary>
#
# A store of the last $N$ transitions, from which mini-batches are drawn at random. Neighbouring
# transitions resemble each other, so a batch of them tells little; and a transition used only once is
# wasted.
# </details>
#
# <details><summary>The lecture calls a sample $\langle s, a, r, s' \rangle$. What does its code store besides?</summary>
#
# `done`. Without a flag for the end nobody could tell whether anything comes after this step. We store
# `terminated`; lesson 07 shows why the time limit must not count.
# </details>
#
# <details><summary>The lecture's agent does not learn before 1000 transitions are stored (<code>train_start</code>). Why wait?</summary>
#
# With a handful of transitions a random batch is still a batch of neighbours, and the same few are
# drawn over and over.
# </details>
#
# <details><summary>Can SARSA (lesson 02) learn from a replay memory like this one?</summary>
#
# Not as it stands. SARSA learns about the policy that acts (on-policy), and the memory holds the actions of
# older policies. Q-learning takes the best next action, whoever acted (off-policy), so it can.
# </details>
#
# **Summary** Neighbours are alike; random samples are not. A ring of $N$ rows keeps the newest
# transitions, the row is $n \bmod N$, and a batch takes whole rows of the filled part. Four perfect
# episodes overwrite everything that 2000 rows held. **Next** lesson 07: what the network should have
# said about these samples.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>리플레이 메모리란? 필요한 이유는? (강의의 질문)</summary>
#
# 최근 $N$개의 샘플을 담아 두고 미니배치를 무작위로 뽑는 저장소입니다. 이웃한 샘플은 서로 닮아서, 이웃만으로 만든
# 배치는 알려 주는 것이 적고, 샘플을 한 번만 쓰고 버리는 것은 낭비입니다.
# </details>
#
# <details><summary>강의는 샘플을 $\langle s, a, r, s' \rangle$라고 부릅니다. 강의 코드는 그 밖에 무엇을 저장하나요?</summary>
#
# `done`입니다. 끝났다는 표시가 없으면 타깃에 미래가 있는지 알 수 없습니다. 우리는 `terminated`를 저장합니다. 시간 제한을
# 끝으로 세면 안 되는 이유는 07강에 나옵니다.
# </details>
#
# <details><summary>강의의 에이전트는 샘플이 1000개 모일 때까지(<code>train_start</code>) 학습하지 않습니다. 왜 기다리나요?</summary>
#
# 샘플이 몇 개뿐이면 무작위로 뽑아도 이웃들뿐이고, 같은 샘플만 자꾸 뽑힙니다.
# </details>
#
# <details><summary>살사(02강)도 이런 리플레이 메모리로 배울 수 있나요?</summary>
#
# 그대로는 안 됩니다. 살사는 지금 행동하는 정책의 가치를 배우는데(온폴리시), 메모리에는 예전 정책의 행동이 들어
# 있습니다. 큐러닝은 누가 행동했든 다음 상태의 가장 좋은 행동을 쓰므로(오프폴리시) 배울 수 있습니다.
# </details>
#
# **정리** 이웃한 샘플은 닮았고 무작위 샘플은 그렇지 않습니다. $N$행의 링에 최근 샘플을 담고, 행은 $n \bmod N$이며,
# 배치는 채워진 부분에서 행을 통째로 뽑습니다. 완벽한 에피소드 네 개면 2000행의 기억이 모두 바뀝니다. **다음 시간**
# 07강: 이 샘플을 보고 신경망은 뭐라고 답했어야 할까요?
