# %% [markdown] lang="en"
# # 06 · The replay memory
#
# Slides: DQN, "Detour: Replay Memory", `append_sample`, and `train_model` lines 74 to 100. Seed
# documents 001 and 003 explain the same idea.
#
# **You will be able to** measure how alike consecutive samples are · keep the last N of them in a ring
# buffer · draw a mini-batch from it · say what `deque(maxlen=2000)` has forgotten after four perfect
# episodes · find a bug that fills a memory with copies of one state.
#
# **Time** 40 minutes · **Needs** lessons 01 and 04 (transition, Q-network)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $s, a, r, s', d$ | `state, action, reward, next_state, terminated` | `[S]`, `[]`, `[]`, `[S]`, `[]` | one **transition**: what happened in one step |
# | $N$ | `capacity` | number | how many transitions are kept |
# | $n$ | `appended` | number | how many have ever been stored |
# | $B$ | `batch_size` | number | how many are learned from at once |
# | $\rho_k$ | `correlation(x, k)` | number, −1 to 1 | how alike are values $k$ steps apart? |

# %% [markdown] lang="ko"
# # 06 · 리플레이 메모리
#
# 슬라이드: DQN의 "Detour: Replay Memory", `append_sample`, `train_model` 74~100행. 시드 문서 001과 003도 같은
# 아이디어를 설명합니다.
#
# **이번 시간이 끝나면** 이어진 샘플들이 얼마나 닮았는지 잴 수 있고 · 최근 N개를 링 버퍼에 담을 수 있고 · 거기서
# 미니배치를 뽑을 수 있고 · `deque(maxlen=2000)`이 완벽한 에피소드 네 개 뒤에 무엇을 잊는지 말할 수 있고 · 메모리를
# 한 상태의 복사본으로 채우는 버그를 찾을 수 있습니다.
#
# **시간** 40분 · **먼저 볼 것** 01, 04 (샘플, 큐 신경망)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $s, a, r, s', d$ | `state, action, reward, next_state, terminated` | `[S]`, `[]`, `[]`, `[S]`, `[]` | 한 스텝에서 일어난 일, 곧 **샘플** 하나 |
# | $N$ | `capacity` | 숫자 | 보관하는 샘플의 수 |
# | $n$ | `appended` | 숫자 | 지금까지 저장한 샘플의 수 |
# | $B$ | `batch_size` | 숫자 | 한 번에 학습하는 샘플의 수 |
# | $\rho_k$ | `correlation(x, k)` | −1~1의 숫자 | $k$스텝 떨어진 값들이 얼마나 닮았나? |

# %%
import gymnasium
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNAgent, ReplayMemory, checks, use_one_thread
from dqn_keras.experiments import RECIPES

# After dqn_keras, which silences their start-up messages.
import tensorflow as tf

use_one_thread()  # for networks this small, handing work to other threads costs more than it saves

# %% [markdown] lang="en"
# ## How alike are neighbours?
#
# The agent of lesson 04 learned from each step once, in order, and threw it away. We play 2000 random
# steps of CartPole and look at what it would have learned from.

# %% [markdown] lang="ko"
# ## 이웃한 샘플은 얼마나 닮았을까
#
# 03의 에이전트는 한 스텝을 순서대로 한 번씩만 배우고 버렸습니다. 카트폴을 무작위로 2000스텝 놀아 보고, 그때 무엇을
# 보고 배우게 되는지 봅시다.

# %%
env = gymnasium.make("CartPole-v1")
env.action_space.seed(0)
state, _ = env.reset(seed=0)
states = []
for _ in range(2000):
    states.append(state)
    state, _, terminated, truncated, _ = env.step(env.action_space.sample())
    if terminated or truncated:
        state, _ = env.reset()
states = np.array(states)  # [2000, 4]: position, velocity, angle, angular velocity
shuffled = np.random.default_rng(0).permutation(states)

# %% [markdown] lang="en"
# The **correlation** of values $k$ steps apart says how well one predicts the other: 1 in full, 0 not
# at all. With $\bar x$ and $\bar y$ the means of the two columns $x_t$ and $y_t = x_{t+k}$:
#
# $$\rho_k = \frac{\sum_t (x_t - \bar x)(y_t - \bar y)}{\sqrt{\sum_t (x_t - \bar x)^2 \ \sum_t (y_t - \bar y)^2}}$$

# %% [markdown] lang="ko"
# $k$스텝 떨어진 값들의 **상관계수**는 한 값으로 다른 값을 얼마나 맞힐 수 있는지를 나타냅니다. 1이면 완전히, 0이면
# 전혀 못 맞힙니다. $\bar x$, $\bar y$가 두 열 $x_t$와 $y_t = x_{t+k}$의 평균일 때,
#
# $$\rho_k = \frac{\sum_t (x_t - \bar x)(y_t - \bar y)}{\sqrt{\sum_t (x_t - \bar x)^2 \ \sum_t (y_t - \bar y)^2}}$$

# %%
def correlation(x, k=1):
    x, y = x[:-k] - x[:-k].mean(), x[k:] - x[k:].mean()
    return np.sum(x * y) / np.sqrt(np.sum(x**2) * np.sum(y**2))


print("                   in order   shuffled")
for column, name in enumerate(["position", "velocity", "angle", "angular velocity"]):
    before, after = correlation(states[:, column]), correlation(shuffled[:, column])
    print(f"{name:18s} {before:8.2f} {after:10.2f}")
angle_before, angle_after = correlation(states[:, 2]), correlation(shuffled[:, 2])

# %%
_, (left, right) = plt.subplots(1, 2, figsize=(7, 2.8), layout="constrained")
left.plot(states[500:564, 2], "o-", markersize=3, label="64 in order")
left.plot(shuffled[500:564, 2], "o", markersize=3, label="64 at random")
left.set(xlabel="sample in the batch", ylabel="pole angle (rad)", ylim=(-0.36, 0.25))
lags = np.arange(1, 41)
right.plot(lags, [correlation(states[:, 2], k) for k in lags], label="in order")
right.plot(lags, [correlation(shuffled[:, 2], k) for k in lags], label="shuffled")
right.set(xlabel="steps apart", ylabel="correlation of the angle")
left.legend(loc="lower center")
right.legend()
plt.show()

# %% [markdown] lang="en"
# In order, the angle predicts the next angle with a correlation of {{angle_before:.2f}}; shuffled,
# {{angle_after:.2f}}. Sixty-four neighbours show the pole tipping a few times; sixty-four random samples
# show it everywhere it has been.

# %% [markdown] lang="ko"
# 순서대로면 각도와 다음 각도의 상관계수가 {{angle_before:.2f}}이고, 섞으면 {{angle_after:.2f}}입니다. 이웃한 64개는 폴이 몇 번
# 기우는 모습만 보여 주지만, 무작위 64개는 폴이 지나온 모든 곳을 보여 줍니다.

# %% [markdown] lang="en"
# ## What is a batch of neighbours worth?
#
# A gradient is a mean over the batch, and the mean of $B$ *independent* values has the variance
# $\sigma^2 / B$. Turn it round: a batch whose mean has the variance $v$ is worth
#
# $$B_{\text{independent}} = \frac{\sigma^2}{v}$$
#
# independent samples. We draw 2000 batches of 64 of each kind and take the means of their angles.

# %% [markdown] lang="ko"
# ## 이웃으로 만든 배치의 값어치
#
# 그레이디언트는 배치의 평균이고, *독립인* 값 $B$개의 평균은 분산이 $\sigma^2 / B$입니다. 거꾸로 말하면, 평균의 분산이
# $v$인 배치는 독립인 샘플
#
# $$B_{\text{independent}} = \frac{\sigma^2}{v}$$
#
# 개의 값어치를 합니다. 64개짜리 배치를 두 방식으로 2000번씩 뽑아 각도의 평균을 구해 봅시다.

# %%
rng = np.random.default_rng(0)
angles = states[:, 2]
in_order = [angles[i : i + 64].mean() for i in rng.integers(0, 2000 - 64, size=2000)]
at_random = [angles[rng.integers(0, 2000, size=64)].mean() for _ in range(2000)]
worth_in_order = angles.var() / np.var(in_order)
worth_at_random = angles.var() / np.var(at_random)
print(f"64 neighbours are worth {worth_in_order:.0f} independent samples, 64 random {worth_at_random:.0f}")

# %% [markdown] lang="en"
# ## A ring buffer, by hand
#
# To draw at random, we have to keep. But not everything: the **replay memory** keeps the last $N$
# transitions. The slides use `deque(maxlen=2000)`, which drops the oldest. A **ring buffer** does the
# same in a fixed block of $N$ rows: transition number $n$ (counted from 0) goes to
#
# $$\text{row} = n \bmod N$$
#
# the remainder of $n / N$, so after the last row comes row 0 again. With $N = 3$, store A, B, C, D, E and
# fill in the table:
#
# | $n$ | stored | row | row 0 | row 1 | row 2 |
# |---|---|---|---|---|---|
# | 0 | A | 0 | A | | |
# | 1 | B | 1 | A | B | |
# | 2 | C | ? | ? | ? | ? |
# | 3 | D | ? | ? | ? | ? |
# | 4 | E | ? | ? | ? | ? |

# %% [markdown] lang="ko"
# ## 링 버퍼를 손으로
#
# 무작위로 뽑으려면 모아 두어야 합니다. 하지만 전부는 아닙니다. **리플레이 메모리**는 최근 $N$개의 샘플을 보관합니다.
# 슬라이드는 가장 오래된 것을 버리는 `deque(maxlen=2000)`을 씁니다. **링 버퍼**(ring buffer)는 같은 일을 $N$개의
# 행으로 정해진 공간에서 합니다. $n$번째(0부터 셉니다) 샘플은
#
# $$\text{row} = n \bmod N$$
#
# 곧 $n / N$의 나머지 행에 들어갑니다. 마지막 행 다음은 다시 0행입니다. $N = 3$일 때 A, B, C, D, E를 저장하며 표를
# 채워 보세요.
#
# | $n$ | 저장 | 행 | 0행 | 1행 | 2행 |
# |---|---|---|---|---|---|
# | 0 | A | 0 | A | | |
# | 1 | B | 1 | A | B | |
# | 2 | C | ? | ? | ? | ? |
# | 3 | D | ? | ? | ? | ? |
# | 4 | E | ? | ? | ? | ? |

# %%
rows = ["-", "-", "-"]
for n, letter in enumerate("ABCDE"):
    rows[n % 3] = letter
    print(n, letter, "-> row", n % 3, rows)

# %% [markdown] lang="en"
# ## Exercise 1 · store in the ring ★☆☆ 10 minutes
#
# `memory` is an array `[N, F]`, one transition a row, and `appended` counts how many have ever been
# stored. Write `transition` over the oldest row, in place, and return the new count.

# %% [markdown] lang="ko"
# ## 연습 1 · 링에 저장하기 ★☆☆ 10분
#
# `memory`는 한 행에 샘플 하나씩인 `[N, F]` 배열이고, `appended`는 지금까지 저장한 샘플의 수입니다. `transition`을
# 가장 오래된 행에 덮어쓰고(배열을 직접 바꿉니다), 새 개수를 반환하세요.

# %% exercise="ring_append"
def my_append(memory, appended, transition):
    ### BEGIN SOLUTION
    memory[appended % len(memory)] = transition
    return appended + 1
    ### END SOLUTION

# %% check="ring_append" points=2
checks.check_ring_append(my_append)

# %% [markdown] lang="en"
# ## Exercise 2 · draw a mini-batch ★★☆ 10 minutes
#
# A memory keeps one array for each part of a transition: `columns` is (states, actions, rewards, next
# states, terminated), each with $N$ rows, of which the first `size` are filled. Draw `batch_size` rows
# with `rng` and return the list of the columns' rows. The state, the action and the reward in a row
# of the batch have to belong together.

# %% [markdown] lang="ko"
# ## 연습 2 · 미니배치 뽑기 ★★☆ 10분
#
# 메모리는 샘플의 부분마다 배열 하나를 둡니다. `columns`는 (상태, 행동, 보상, 다음 상태, 종료)이고 모두 $N$행인데, 그중
# 앞의 `size`행만 채워져 있습니다. `rng`로 `batch_size`개의 행을 뽑아, 열마다 그 행들을 담은 리스트를 반환하세요.
# 배치의 한 행에 있는 상태, 행동, 보상은 서로 같은 샘플의 것이어야 합니다.

# %% exercise="sample_batch"
def my_sample(columns, size, batch_size, rng):
    ### BEGIN SOLUTION
    rows = rng.integers(0, size, size=batch_size)
    return [column[rows] for column in columns]
    ### END SOLUTION

# %% check="sample_batch" points=2
checks.check_sample_batch(my_sample)

# %% [markdown] lang="en"
# Together they are `dqn_keras.ReplayMemory`, in TensorFlow variables so that a compiled loop can use it.
# Our five letters again, as the numbers 0 to 4:

# %% [markdown] lang="ko"
# 둘을 합치면 `dqn_keras.ReplayMemory`입니다. TensorFlow 변수에 담아서 컴파일된 반복문에서도 쓸 수 있습니다. 아까의 다섯
# 글자를 숫자 0~4로 다시 넣어 봅시다.

# %%
memory = ReplayMemory(capacity=3, state_size=1)
for n in range(5):
    memory.append([n], 0, 1.0, [n + 1], False)
print("stored states:", memory.states.numpy().ravel(), " length:", len(memory))

batch = memory.sample(4, tf.random.Generator.from_seed(0))
print("states     ", batch.states.numpy().ravel())
print("next states", batch.next_states.numpy().ravel())

# %% [markdown] lang="en"
# ## Bug hunt · one state, a thousand times ★★☆ 10 minutes
#
# Some simulators are fast because they own one array and change it in place. Here is such a world, and
# a learner's memory, a plain list. Read what it has stored before you read on.

# %% [markdown] lang="ko"
# ## 버그 찾기 · 천 번 저장된 한 상태 ★★☆ 10분
#
# 어떤 시뮬레이터는 배열 하나를 가지고 그 값을 직접 바꾸기 때문에 빠릅니다. 아래는 그런 환경과, 평범한 리스트로 만든
# 메모리입니다. 더 읽기 전에 무엇이 저장되었는지 먼저 보세요.

# %%
class Corridor:
    def reset(self):
        self.place = np.zeros(1)
        return self.place

    def step(self, action):
        self.place += action  # in place: no new array
        return self.place


def make_transition(state, action, reward, next_state, terminated):
    return (state, action, reward, next_state, terminated)

# %%
world, stored = Corridor(), []
state = world.reset()
for action in (1, 1, 1):
    next_state = world.step(action)
    stored.append(make_transition(state, action, 1.0, next_state, False))
    state = next_state
for state, _, _, next_state, _ in stored:
    print("state", state, " next state", next_state)

# %% [markdown] lang="en"
# The place went from 0 to 1 to 2 to 3, and the memory holds 3, six times. No error, and a loss will come
# out all the same. Mend `make_transition` so that what is stored stays as it was.

# %% [markdown] lang="ko"
# 0에서 1, 2, 3으로 움직였는데 메모리에는 3만 여섯 번 들어 있습니다. 오류도 없고, 오류함수도 그럴듯하게 계산됩니다. 저장한
# 것이 나중에 바뀌지 않도록 `make_transition`을 고치세요.

# %% exercise="transition_copy"
def my_transition(state, action, reward, next_state, terminated):
    ### BEGIN SOLUTION
    return (np.array(state), action, reward, np.array(next_state), terminated)
    ### END SOLUTION

# %% check="transition_copy" points=2
checks.check_transition_copy(my_transition)

# %% [markdown] lang="en"
# <details><summary>Does this bug lurk in the lecture's code, or in ours?</summary>
#
# Not in the lecture's: Gymnasium's CartPole makes a new array in every step. It bites with your own
# environments and with wrappers that reuse a buffer. `ReplayMemory.append` writes the *values* into its
# own rows, so it cannot happen there.
# </details>

# %% [markdown] lang="ko"
# <details><summary>강의 코드나 이 패키지에도 이 버그가 있나요?</summary>
#
# 강의 코드에는 없습니다. Gymnasium의 카트폴은 스텝마다 새 배열을 만듭니다. 직접 만든 환경이나 버퍼를 재사용하는 래퍼를
# 쓸 때 만나게 됩니다. `ReplayMemory.append`는 *값*을 자기 행에 옮겨 적으므로 이런 일이 생기지 않습니다.
# </details>

# %% [markdown] lang="en"
# ## With or without replacement
#
# The slides draw with `random.sample`, which gives no row twice. `ReplayMemory` draws *with
# replacement*, as document 000 does: the cost of a draw then does not depend on $N$. How many different
# rows are in such a batch? One row is missed by all $B$ draws with probability $(1 - 1/N)^B$, so
#
# $$\text{different rows} = N \left(1 - \left(1 - \tfrac{1}{N}\right)^B\right)$$

# %% [markdown] lang="ko"
# ## 복원 추출과 비복원 추출
#
# 슬라이드는 같은 행이 두 번 나오지 않는 `random.sample`(비복원 추출)로 뽑습니다. `ReplayMemory`는 문서 000처럼
# *복원 추출*을 합니다. 그러면 뽑는 비용이 $N$에 따라 늘지 않습니다. 이런 배치에는 서로 다른 행이 몇 개 있을까요? 어떤
# 행이 $B$번 모두 안 뽑힐 확률이 $(1 - 1/N)^B$이므로
#
# $$\text{different rows} = N \left(1 - \left(1 - \tfrac{1}{N}\right)^B\right)$$

# %%
N, B = 2000, 64
different = N * (1 - (1 - 1 / N) ** B)
counted = np.mean([len(np.unique(rng.integers(0, N, size=B))) for _ in range(2000)])
print(f"different rows in a batch of 64: formula {different:.2f}, counted {counted:.2f}")

# %% [markdown] lang="en"
# About one row of the 64 is a repetition; the two ways of drawing differ by that much.
#
# And each transition is used many times. It stays for $N$ steps, and in each step it is drawn $B / N$
# times on average, so it is learned from $N \cdot B / N = B = 64$ times before it is overwritten. The
# agent of lesson 04 used it once.

# %% [markdown] lang="ko"
# 64개 중 약 하나가 겹칩니다. 두 방법의 차이는 그 정도입니다.
#
# 그리고 샘플 하나는 여러 번 쓰입니다. $N$스텝 동안 남아 있고 스텝마다 평균 $B / N$번 뽑히므로, 덮어쓰일 때까지
# $N \cdot B / N = B = 64$번 학습에 쓰입니다. 03의 에이전트는 한 번만 썼습니다.

# %% [markdown] lang="en"
# ## What changed, and what the memory forgets
#
# Since lesson 04 one thing changed: the agent learns from a random batch of what it kept, not from the
# newest step alone. But it keeps only the last $N$. How many episodes of full length is that?

# %% [markdown] lang="ko"
# ## 무엇이 달라졌고, 메모리는 무엇을 잊나
#
# 04강과 달라진 것은 하나입니다. 방금 한 스텝이 아니라, 모아 둔 것에서 무작위로 뽑은 배치로 배웁니다. 하지만 최근 $N$개만
# 모아 둡니다. 끝까지 버틴 에피소드로 치면 몇 개일까요?

# %%
for name in ("slides_dqn", "velog_dqn", "book_dqn", "g6ling_dqn", "juvin_dqn"):
    environment = RECIPES[name].environment(0)
    agent = RECIPES[name].make_agent(environment, seed=0)
    capacity, steps = agent.memory.capacity, environment.max_steps
    print(f"{name:10s} keeps {capacity:5d} transitions = {capacity // steps:2d} episodes of {steps}")

# %% [markdown] lang="en"
# The slides' memory of 2000 holds four episodes of 500 steps. Once the agent balances four times in a
# row, no fall is left in it: the agent learns from success only. We train two agents with five seeds each
# and count the falls in memory after every episode. The first has the slides' memory. The second keeps
# 64 transitions, so that its batches are neighbours; both begin to learn at 64.

# %% [markdown] lang="ko"
# 슬라이드의 메모리 2000은 500스텝짜리 에피소드 네 개입니다. 에이전트가 네 번 연달아 끝까지 버티면 메모리에 쓰러진 샘플이
# 하나도 남지 않고, 성공만 보고 배우게 됩니다. 에이전트 둘을 시드 다섯 개로 학습시키며 에피소드마다 메모리 속의 쓰러짐을
# 세어 봅시다. 첫째는 슬라이드의 메모리, 둘째는 64개만 보관해서 배치가 이웃들로 이루어집니다. 둘 다 64개부터 배웁니다.

# %%
def runs(memory_size, seeds=range(5), episodes=200):
    agent, environment = DQNAgent(4, 2, memory_size=memory_size, train_start=64), CartPole()
    scores, falls = np.zeros([2, len(seeds), episodes])
    for seed in seeds:
        agent.reset(seed)
        environment.reset(seed)
        for episode in range(episodes):
            scores[seed, episode] = agent.run_episode(environment)
            stored = agent.memory.terminated.numpy()[: len(agent.memory)]
            falls[seed, episode] = stored.sum()
    return scores, falls


scores, falls = runs(2000)
scores_64, falls_64 = runs(64)

# %%
_, (top, bottom) = plt.subplots(2, 1, figsize=(7, 3.5), sharex=True, layout="constrained")
top.plot(scores[2])
top.set(ylabel="score", title="one run, memory of 2000")
bottom.plot(falls[2], color="C3")
bottom.set(xlabel="episode", ylabel="falls in memory")
plt.show()

# %%
def first_solved(scores):
    """The first episode whose last ten scores average above 490: the slides' stop rule."""
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
# After 50 episodes the slides' memory held up to {{most_falls:.0f|20%}} falls. When the stop rule (the
# last ten scores average above 490) first held, it held as many as the second line of the output says.
# They cannot be many: with such a mean each of the ten episodes has more than 400 steps, so the last 2000
# steps hold at most five ends. What an agent no longer sees, it may unlearn; lesson 11 shows how DQN
# forgets.
#
# The agent with 64 neighbours learned, too; one often reads that DQN diverges without a replay memory, and
# these runs on CartPole do not. Its last 50 episodes average {{last[64]:.0f|60%}} steps, those of the larger memory
# {{last[2000]:.0f|40%}}. Five seeds each; lesson 11 has more.

# %% [markdown] lang="ko"
# 50 에피소드 뒤 슬라이드의 메모리에는 쓰러짐이 많게는 {{most_falls:.0f|20%}}개 있었습니다. 종료 조건(최근 10개 점수의
# 평균이 490 초과)이 처음 맞았을 때 몇 개 남았는지는 출력의 둘째 줄에 있습니다. 많이 남을 수가 없습니다. 평균이 그러면 열
# 에피소드가 모두 400스텝을 넘으므로, 최근 2000스텝에는 에피소드의 끝이 많아야 다섯 번 들어 있습니다. 더는 보지 못하는
# 것은 잊을 수 있습니다. DQN이 어떻게 잊는지는 11강에서 봅니다.
#
# 이웃 64개로 배운 에이전트도 배우기는 했습니다. 리플레이 메모리가 없으면 DQN이 발산한다고들 하지만, 카트폴에서 해 본 이
# 실행들은 그렇지 않았습니다. 마지막 50 에피소드의 평균은 {{last[64]:.0f|60%}}스텝, 큰 메모리는 {{last[2000]:.0f|40%}}스텝입니다. 시드는 다섯
# 개씩이고, 더 많은 실행은 10에 있습니다.

# %% [markdown] lang="en"
# ## Review (진단 평가)
#
# <details><summary>(slides) What is the replay memory, and why is it needed?</summary>
#
# A store of the last $N$ transitions, from which mini-batches are drawn at random. Neighbouring
# transitions resemble each other, so a batch of them tells little; and a transition used once is
# wasted.
# </details>
#
# <details><summary>The slides call a sample $\langle s, a, r, s' \rangle$. What do they store besides?</summary>
#
# `done`. Without a flag for the end nobody could tell whether the target has a future. We store
# `terminated`; lesson 07 shows why the time limit must not count.
# </details>
#
# <details><summary>Why does learning wait until `train_start = 1000`?</summary>
#
# With a handful of transitions a random batch is still a batch of neighbours, and the same few are
# drawn over and over.
# </details>
#
# <details><summary>Can SARSA (lesson 02) learn from a replay memory like this one?</summary>
#
# Not as it stands. SARSA learns about the policy that acts (on-policy), and the memory holds the actions of
# older policies. Q-learning takes the best next action whoever acted (off-policy), so it can.
# </details>
#
# **Summary** Neighbours are alike; random samples are not. A ring of $N$ rows keeps the newest, the
# row is $n \bmod N$, and a batch takes whole rows of the filled part. Four perfect episodes replace all
# that 2000 rows remembered. **Next** lesson 07: what the network should have said about these samples.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>(슬라이드) 리플레이 메모리란? 필요한 이유는?</summary>
#
# 최근 $N$개의 샘플을 담아 두고 미니배치를 무작위로 뽑는 저장소입니다. 이웃한 샘플은 서로 닮아서 그것만으로 만든
# 배치는 알려 주는 것이 적고, 샘플을 한 번만 쓰고 버리는 것은 낭비입니다.
# </details>
#
# <details><summary>슬라이드는 샘플을 $\langle s, a, r, s' \rangle$라고 부릅니다. 그 밖에 무엇을 저장하나요?</summary>
#
# `done`입니다. 끝났다는 표시가 없으면 타깃에 미래가 있는지 알 수 없습니다. 우리는 `terminated`를 저장합니다. 시간 제한을
# 끝으로 세면 안 되는 이유는 06에 나옵니다.
# </details>
#
# <details><summary>왜 `train_start = 1000`까지 기다렸다가 학습을 시작하나요?</summary>
#
# 샘플이 몇 개뿐이면 무작위로 뽑아도 이웃들뿐이고, 같은 샘플만 자꾸 뽑힙니다.
# </details>
#
# <details><summary>살사(02)도 이런 리플레이 메모리로 배울 수 있나요?</summary>
#
# 그대로는 안 됩니다. 살사는 지금 행동하는 정책에 대해 배우는데(온폴리시), 메모리에는 예전 정책의 행동이 들어 있습니다.
# 큐러닝은 누가 행동했든 다음 상태의 가장 좋은 행동을 쓰므로(오프폴리시) 배울 수 있습니다.
# </details>
#
# **정리** 이웃한 샘플은 닮았고 무작위 샘플은 그렇지 않습니다. $N$행의 링에 최근 샘플을 담고, 행은 $n \bmod N$이며,
# 배치는 채워진 부분에서 행을 통째로 뽑습니다. 완벽한 에피소드 네 개면 2000행의 기억이 모두 바뀝니다. **다음 시간** 07강: 이
# 샘플들에 대해 신경망은 무엇이라고 답했어야 할까요?
