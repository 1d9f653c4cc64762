# %% [markdown] lang="en"
# # 10 · What each idea is worth
#
# Slides: DQN (replay memory, target network, the −100, code explained). Seed document 001: repeat the
# experiment a hundred times. Double DQN: van Hasselt, Guez and Silver, 2016 (arXiv 1509.06461), which
# belongs to the authors' English code.
#
# **You will be able to** work out a Double DQN target by hand · sum up a hundred runs in a number with an
# interval · say what replay memory, target network and −100 were worth here, and what was *not* shown ·
# see how a DQN forgets what it knew · say what keeps it from forgetting.
#
# **Time** 50 minutes · **Needs** lessons 05 to 09
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $Q(s', a'; \theta)$ | `next_q_values` | `[B, A]` | what the model says of the next states |
# | $Q(s', a'; \theta^-)$ | `next_target_q_values` | `[B, A]` | what the target network says of them |
# | $x_{(1)} \le \dots \le x_{(N)}$ | `np.sort(values)` | `[N]` | one number for each run, sorted |
# | IQM | `interquartile_mean(values)` | number | the interquartile mean: of the middle half |
# | $G_i$ | `greedy` | `[K]` | greedy mean at evaluation $i$ of a run |
# | $\eta_t$ | `rate` | number | the learning rate at update $t$ |

# %% [markdown] lang="ko"
# # 10 · 아이디어 하나하나는 얼마나 도움이 되나
#
# 슬라이드: DQN(리플레이 메모리, 타겟 네트워크, −100, 코드 설명). 시드 문서 001: 실험을 100번 반복하라. 더블 DQN: van
# Hasselt, Guez, Silver, 2016(arXiv 1509.06461). 슬라이드 저자들의 영어판 코드에 들어 있습니다.
#
# **이번 시간이 끝나면** 더블 DQN의 타겟을 손으로 계산할 수 있고 · 100번의 실행을 숫자 하나와 구간으로 요약할 수 있고 ·
# 리플레이 메모리, 타겟 네트워크, −100이 여기서 얼마나 도움이 되었는지, 무엇은 *확인되지 않았는지* 말할 수 있고 · DQN이
# 알던 것을 잊는 과정을 볼 수 있고 · 무엇이 그것을 막아 주는지 말할 수 있습니다.
#
# **시간** 50분 · **먼저 볼 것** 05~09
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $Q(s', a'; \theta)$ | `next_q_values` | `[B, A]` | 다음 상태에 대한 모델의 큐값 |
# | $Q(s', a'; \theta^-)$ | `next_target_q_values` | `[B, A]` | 다음 상태에 대한 타겟 네트워크의 큐값 |
# | $x_{(1)} \le \dots \le x_{(N)}$ | `np.sort(values)` | `[N]` | 실행마다 하나씩, 크기순으로 늘어놓은 값 |
# | IQM | `interquartile_mean(values)` | 숫자 | 사분위 평균: 가운데 절반의 평균 |
# | $G_i$ | `greedy` | `[K]` | 한 실행의 $i$번째 그리디 평가 |
# | $\eta_t$ | `rate` | 숫자 | $t$번째 업데이트의 학습률 |

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, bellman_target, checks, double_bellman_target, evaluate
from dqn_keras import use_one_thread
from dqn_keras.experiment import Plan, load_results, score_matrix, summarise
from dqn_keras.plotting import plot_mean
from dqn_keras.recipes import RECIPES
from dqn_keras.statistics import bootstrap_interval, interquartile_mean

# After dqn_keras, which silences their start-up messages.
import tensorflow as tf

use_one_thread()  # for networks this small, handing work to other threads costs more than it saves

# %% [markdown] lang="en"
# ## One more idea: two opinions, by hand
#
# The DQN target takes the largest of several guesses. A guess that happens to be too high is then more
# likely to be taken than one that is too low. **Double DQN** separates two questions: the model says
# *which* action is best next, the target network says *what it is worth*.
#
# Four next states, $\gamma = 0.9$. Fill in the last two columns:
#
# | | $r$ | model: $\leftarrow$, $\rightarrow$ | target network: $\leftarrow$, $\rightarrow$ | ended? | DQN's $y$ | Double DQN's $y$ |
# |---|---|---|---|---|---|---|
# | 1 | 1 | 12, 10 | 10, 20 | no | 1 + 0.9 · 20 = 19 | 1 + 0.9 · 10 = 10 |
# | 2 | 1 | 6, 9 | 8, 4 | no | ? | ? |
# | 3 | −100 | 70, 60 | 90, 80 | the pole fell | ? | ? |
# | 4 | 1 | 2, 7 | 3, 5 | no | ? | ? |

# %% [markdown] lang="ko"
# ## 아이디어 하나 더: 두 사람에게 묻기, 손으로
#
# DQN의 타겟은 여러 추측 가운데 가장 큰 것을 고릅니다. 그러면 어쩌다 너무 높게 나온 추측이 너무 낮게 나온 추측보다
# 뽑히기 쉽습니다. **더블 DQN**은 질문을 둘로 나눕니다. 다음에 *어느* 행동이 가장 좋은지는 모델에게, 그 행동이 *얼마짜리*인지는
# 타겟 네트워크에게 묻습니다.
#
# 다음 상태가 네 개 있고 $\gamma = 0.9$입니다. 마지막 두 칸을 채워 보세요.
#
# | | $r$ | 모델: $\leftarrow$, $\rightarrow$ | 타겟 네트워크: $\leftarrow$, $\rightarrow$ | 끝났나? | DQN의 $y$ | 더블 DQN의 $y$ |
# |---|---|---|---|---|---|---|
# | 1 | 1 | 12, 10 | 10, 20 | 아니요 | 1 + 0.9 · 20 = 19 | 1 + 0.9 · 10 = 10 |
# | 2 | 1 | 6, 9 | 8, 4 | 아니요 | ? | ? |
# | 3 | −100 | 70, 60 | 90, 80 | 폴이 쓰러짐 | ? | ? |
# | 4 | 1 | 2, 7 | 3, 5 | 아니요 | ? | ? |

# %%
rewards = np.array([1, 1, -100, 1], np.float32)
next_q_values = np.array([[12, 10], [6, 9], [70, 60], [2, 7]], np.float32)  # the model's
next_target_q_values = np.array([[10, 20], [8, 4], [90, 80], [3, 5]], np.float32)
terminated = np.array([False, False, True, False])

dqn_by_hand = [1 + 0.9 * 20, 1 + 0.9 * 8, -100, 1 + 0.9 * 5]
double_by_hand = [1 + 0.9 * 10, 1 + 0.9 * 4, -100, 1 + 0.9 * 5]
print("DQN       ", np.round(dqn_by_hand, 1))
print("Double DQN", np.round(double_by_hand, 1))

# %% [markdown] lang="en"
# ## The formula
#
# $$y = r + \gamma \, (1 - d) \, Q\big(s', \arg\max_{a'} Q(s', a'; \theta); \theta^-\big)$$
#
# Where both networks prefer the same action (row 4), the two targets agree. Where they do not, Double
# DQN's is the smaller one.
#
# ## Exercise 1 · the Double DQN target ★☆☆ 10 minutes
#
# Useful: `np.argmax(..., axis=1)`, then pick in row $i$ the column of action $i$, as in lesson 06.

# %% [markdown] lang="ko"
# ## 수식
#
# $$y = r + \gamma \, (1 - d) \, Q\big(s', \arg\max_{a'} Q(s', a'; \theta); \theta^-\big)$$
#
# 두 신경망이 같은 행동을 고르면(4행) 두 타겟은 같습니다. 다른 행동을 고르면 더블 DQN의 타겟이 더 작습니다.
#
# ## 연습 1 · 더블 DQN의 타겟 ★☆☆ 10분
#
# `np.argmax(..., axis=1)`로 행동을 고르고, 06에서처럼 $i$번째 행에서 $i$번째 행동의 열을 집어내면 됩니다.

# %% exercise="double_bellman_target"
def my_double_target(rewards, next_q_values, next_target_q_values, terminated, discount_factor):
    ### BEGIN SOLUTION
    actions = np.argmax(next_q_values, axis=1)
    values = next_target_q_values[np.arange(len(actions)), actions]
    return np.where(terminated, rewards, rewards + discount_factor * values)
    ### END SOLUTION

# %% check="double_bellman_target" points=2
checks.check_double_bellman_target(my_double_target)

# %% [markdown] lang="en"
# Why the largest guess is too large on average: let the true value of every action be 0, and let each
# guess be off by a random error with standard deviation $\sigma = 1$. For two actions the mean of the larger guess is
# known, $\mathbb{E}[\max(X_1, X_2)] = \sigma / \sqrt{\pi}$. If one set of guesses chooses and an
# *independent* one values, it is 0:

# %% [markdown] lang="ko"
# 가장 큰 추측은 왜 평균적으로 너무 클까요? 모든 행동의 참값이 0이고, 추측마다 표준편차 $\sigma = 1$의 무작위 오차가
# 있다고 합시다. 행동이 둘일 때 더 큰 추측의 평균은 $\mathbb{E}[\max(X_1, X_2)] = \sigma / \sqrt{\pi}$로 알려져
# 있습니다. 한 벌의 추측으로 고르고 *독립인* 다른 한 벌로 값을 매기면 0이 됩니다.

# %%
rng = np.random.default_rng(0)
guesses, other_guesses = rng.normal(size=(2, 100_000, 2))  # true values: 0
chosen = guesses.argmax(axis=1)
too_high = guesses.max(axis=1).mean()
double_error = other_guesses[np.arange(100_000), chosen].mean()
print(f"largest guess {too_high:.3f}, formula {1 / np.sqrt(np.pi):.3f}; double {double_error:.3f}")

# %% [markdown] lang="en"
# (Model and target network are not independent, one was copied from the other. So Double DQN makes the
# error smaller; it does not remove it.) The tested one is `dqn_keras.double_bellman_target`, and
# `DQNAgent(..., double=True)` uses it. Is it worth anything here? That takes runs, and a way to sum them up.
#
# ## A hundred runs in one number
#
# CartPole runs end in extremes: many at 500, some near 9. The mean follows the failures, the median
# ignores all but one run. In between is the **interquartile mean**: sort, leave out the lowest and the
# highest quarter, average the middle half. For $N$ divisible by 4:
#
# $$\text{IQM} = \frac{2}{N} \sum_{i = N/4 + 1}^{3N/4} x_{(i)}$$
#
# By hand: of 9, 500, 480, 100 the middle half is 100 and 480, and their mean is 290.
#
# ## Exercise 2 · the interquartile mean ★☆☆ 10 minutes
#
# `values` has one number for each run, in any order; 4 divides their count.

# %% [markdown] lang="ko"
# (모델과 타겟 네트워크는 서로 독립이 아닙니다. 하나가 다른 하나의 복사본이니까요. 그래서 더블 DQN은 오차를 줄일 뿐
# 없애지는 못합니다.) 테스트를 거친 것은 `dqn_keras.double_bellman_target`이고, `DQNAgent(..., double=True)`가 이것을
# 씁니다. 여기서도 도움이 될까요? 알아보려면 실행을 여러 번 해야 하고, 그것을 요약하는 방법이 있어야 합니다.
#
# ## 100번의 실행을 숫자 하나로
#
# 카트폴의 실행은 극단으로 끝납니다. 여럿은 500이고 몇몇은 9에 가깝습니다. 평균은 실패에 끌려가고, 중앙값은 실행 하나만
# 보고 나머지를 무시합니다. 그 사이에 **사분위 평균**(IQM)이 있습니다. 크기순으로 늘어놓고, 가장 낮은 4분의 1과 가장 높은
# 4분의 1을 빼고, 가운데 절반을 평균합니다. $N$이 4로 나누어떨어질 때
#
# $$\text{IQM} = \frac{2}{N} \sum_{i = N/4 + 1}^{3N/4} x_{(i)}$$
#
# 입니다. 손으로 해 보면, 9, 500, 480, 100의 가운데 절반은 100과 480이고 평균은 290입니다.
#
# ## 연습 2 · 사분위 평균 ★☆☆ 10분
#
# `values`에는 실행마다 숫자가 하나씩, 아무 순서로나 들어 있고, 개수는 4로 나누어떨어집니다.

# %% exercise="interquartile_mean"
def my_interquartile_mean(values):
    ### BEGIN SOLUTION
    values, quarter = np.sort(values), len(values) // 4
    return values[quarter:-quarter].mean()
    ### END SOLUTION

# %% check="interquartile_mean" points=2
checks.check_interquartile_mean(my_interquartile_mean)

# %% [markdown] lang="en"
# With other seeds the number would be another one. How much another? Draw a hundred of the hundred runs
# *with replacement*, take the IQM, do that two thousand times; the middle 95% of the results are the
# **bootstrap interval**. `dqn_keras.statistics` has both.
#
# ## The slides' DQN, one idea taken away at a time
#
# Seven agents, 100 runs of 300 episodes each, seeds 0 to 99, no stop rule. They were run once, by
# `benchmarks/results.sh`, and left their results in files. (An experiment that takes one thing away to see
# what it was worth is called an **ablation**.)

# %% [markdown] lang="ko"
# 시드가 달랐다면 숫자도 달랐을 것입니다. 얼마나 달랐을까요? 100번의 실행에서 *중복을 허락해* 100개를 뽑아 IQM을 구하는 일을
# 2000번 되풀이합니다. 그 결과의 가운데 95%가 **부트스트랩 구간**입니다. 둘 다 `dqn_keras.statistics`에 있습니다.
#
# ## 슬라이드의 DQN에서 아이디어를 하나씩 빼 보기
#
# 에이전트 일곱, 각각 300 에피소드씩 100번, 시드 0~99, 종료 조건은 없습니다. `benchmarks/results.sh`로 한 번 실행해서
# 결과를 파일로 남겨 두었습니다. (하나를 빼 보고 그것이 얼마나 도움이 되었는지 알아보는 실험을 **어블레이션**(ablation)이라고
# 합니다.)

# %%
CHANGES = {
    "the slides' DQN": {},
    "no replay memory": {"memory_size": 1, "batch_size": 1, "train_start": 1},
    "no target network": {"target_update": "never"},
    "target copied every 200 steps": {"target_update": "steps", "target_update_every": 200},
    "no -100 for a fall": {"fall_reward": None},
    "time limit counts as an end": {"time_limit_ends": True},
    "Double DQN": {"double": True},
}


def results_of(plan):
    folder = Path("../results") / plan.folder
    if folder.exists():
        return load_results(folder)
    print(f"{folder} is missing; this makes it: bash benchmarks/results.sh")


plans = {text: Plan("slides_dqn", settings, 300) for text, settings in CHANGES.items()}
results = {text: runs for text, plan in plans.items() if (runs := results_of(plan))}
final = {text: np.array([run.greedy[-1] for run in runs]) for text, runs in results.items()}
summaries = {text: summarise(runs) for text, runs in results.items()}

# %%
print(f"{'':30s} runs   greedy IQM (95%)        solved: at the end   ever")
for text, s in summaries.items():
    low, high = s.iqm_interval
    print(
        f"{text:30s} {s.runs:4d}   {s.iqm:5.1f} ({low:5.1f} to {high:5.1f})   "
        f"{s.solved_end:11.0%} {s.solved_ever:11.0%}"
    )

# %%
def difference(without, with_it, draws=2000):
    """95% interval of IQM(without) - IQM(with_it), each side's runs drawn anew."""
    rng, gaps = np.random.default_rng(0), []
    for _ in range(draws):
        a, b = (rng.choice(values, len(values)) for values in (without, with_it))
        gaps.append(interquartile_mean(a) - interquartile_mean(b))
    return np.percentile(gaps, [2.5, 97.5])


verdict = {}
for text in list(final)[1:]:
    low, high = difference(final[text], final["the slides' DQN"])
    verdict[text] = "better" if low > 0 else "worse" if high < 0 else "no difference shown"
    print(f"{text:30s} {low:+7.1f} to {high:+7.1f}   {verdict[text]}")

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3.5), sharey=True, layout="constrained")
for row, (text, s) in enumerate(summaries.items()):
    low, high = s.iqm_interval
    left.errorbar(s.iqm, row, xerr=[[s.iqm - low], [high - s.iqm]], fmt="o", capsize=3)
    mean = [np.mean(run.scores) for run in results[text]]
    low, high = bootstrap_interval(mean)
    right.errorbar(
        np.mean(mean), row, xerr=[[np.mean(mean) - low], [high - np.mean(mean)]], fmt="o", capsize=3
    )
left.set_yticks(range(len(summaries)), summaries)
left.invert_yaxis()
left.set(xlabel="greedy IQM at the end")
right.set(xlabel="mean training score")
plt.show()

# %% [markdown] lang="en"
# @@ABLATION_EN@@

# %% [markdown] lang="ko"
# @@ABLATION_KO@@

# %% [markdown] lang="en"
# ## How a DQN forgets
#
# "Solved once" and "solved at the end" are two columns, for a reason. We watch it happen: the slides' DQN,
# live, three seeds, and every five episodes we measure five things.
#
# - how long the pole stands **greedily**;
# - how many **falls** are left in the memory of 2000 transitions;
# - the **action gap**: by how much the two Q-values of a state differ, on average over the memory;
# - the larger Q-value of **lost states**, on average: states one step before a fall that no action can
#   prevent, set aside from the first 1000 random steps. Their true value is known: −100;
# - the **loss** over the whole memory: the mean squared TD error.

# %% [markdown] lang="ko"
# ## DQN은 어떻게 잊나
#
# "한 번이라도 풀었다"와 "마지막에 풀었다"를 따로 센 데는 이유가 있습니다. 그 과정을 직접 봅시다. 슬라이드의 DQN을 시드
# 세 개로 지금 학습시키면서 다섯 에피소드마다 다섯 가지를 잽니다.
#
# - **그리디**로 폴이 얼마나 오래 서 있는지
# - 2000개짜리 메모리에 **쓰러진** 샘플이 몇 개 남아 있는지
# - **행동 차이**(action gap): 한 상태의 두 큐값이 서로 얼마나 다른지, 메모리 평균
# - **가망 없는 상태**의 더 큰 큐값, 평균. 어떤 행동을 해도 다음 스텝에 쓰러지는 상태들이고, 처음 1000번의 무작위
#   스텝에서 따로 모아 둡니다. 참값을 알고 있습니다. −100입니다.
# - 메모리 전체의 **오차**(loss): TD 오차의 제곱 평균

# %%
agent, environment = RECIPES["slides_dqn"].make_agent(CartPole(), seed=0), CartPole()
MEASURED = ("greedy length", "falls in memory", "action gap", "Q on lost states", "loss")


def measure(agent, lost_states):
    memory, size = agent.memory, len(agent.memory)
    q_values = agent.model(memory.states[:size])
    taken = tf.gather(q_values, memory.actions[:size], batch_dims=1)
    next_q_values = agent.target_model(memory.next_states[:size])
    ended = memory.terminated[:size]
    targets = bellman_target(memory.rewards[:size], next_q_values, ended, agent.discount_factor)
    return (
        evaluate(agent, environment, episodes=20).mean(),
        np.sum(ended),
        np.mean(np.abs(q_values[:, 1] - q_values[:, 0])),
        np.mean(np.max(agent.model(lost_states), axis=1)),
        np.mean((targets - taken) ** 2),
    )

# %%
def watch(seed, episodes=300, every=5):
    agent.reset(seed), environment.reset(seed)
    while len(agent.memory) < 1000:
        agent.run_episode(environment)
    lost = agent.memory.states.numpy()[: len(agent.memory)][
        agent.memory.terminated.numpy()[: len(agent.memory)]
    ]
    begun, rows = int(agent.episodes), []
    for episode in range(begun + 1, episodes + 1):
        agent.run_episode(environment)
        if episode % every == 0:
            rows.append((episode, *measure(agent, lost)))
    return lost, np.array(rows).T


watched = {seed: watch(seed) for seed in range(3)}
lost_states = watched[0][0]
falls_next = np.abs(lost_states[:, 2] + 0.02 * lost_states[:, 3]) > 12 * np.pi / 180
print(f"{len(lost_states)} lost states of seed 0; of these {falls_next.mean():.0%} fall whatever is done")

# %% [markdown] lang="en"
# (Why whatever is done? Gymnasium's CartPole computes the next angle from the present angle and its
# present speed, $\theta + 0.02 \, \dot\theta$; a push changes only the speed, and so the angle after the
# next.)

# %% [markdown] lang="ko"
# (왜 어떤 행동을 해도 소용이 없을까요? Gymnasium의 카트폴은 다음 각도를 지금의 각도와 각속도로 $\theta + 0.02 \,
# \dot\theta$처럼 계산합니다. 카트를 밀면 각속도만 바뀌고, 각도는 그다음 스텝에야 바뀝니다.)

# %%
figure, grid = plt.subplots(2, 3, figsize=(7, 3.5), sharex=True, layout="constrained")
plt.rcParams["font.size"] = 8
for panel, name, row in zip(grid.flat, MEASURED, range(1, 6)):
    for seed, (_, columns) in watched.items():
        panel.plot(columns[0], columns[row], label=f"seed {seed}", linewidth=1)
    panel.set_title(name, fontsize=9)
    panel.tick_params(labelsize=7)
grid[1, 0].axhline(-100, color="0.5", linestyle=":")
grid[1, 1].set_yscale("log")
grid[1, 2].axis("off")
grid[1, 2].legend(*grid[0, 0].get_legend_handles_labels(), title="x: episode", loc="center")
plt.show()
