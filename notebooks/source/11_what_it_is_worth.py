# %% [markdown] lang="en"
# # 11 · What each idea is worth
#
# Slides: DQN (replay memory, target network, the −100, code explained). Seed document 001: repeat the
# experiment a hundred times. Double DQN: van Hasselt, Guez and Silver, 2016 (arXiv 1509.06461), which
# belongs to the authors' English code.
#
# **You will be able to** work out a Double DQN target by hand · sum up a hundred runs in a number with an
# interval · say what replay memory, target network and −100 were worth here, and what was *not* shown ·
# see how a DQN forgets what it knew · say what keeps it from forgetting.
#
# **Time** 50 minutes · **Needs** lessons 06 to 10
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
# # 11 · 아이디어 하나하나는 얼마나 도움이 되나
#
# 슬라이드: DQN(리플레이 메모리, 타깃 네트워크, −100, 코드 설명). 시드 문서 001: 실험을 100번 반복하라. 더블 DQN: van
# Hasselt, Guez, Silver, 2016(arXiv 1509.06461). 슬라이드 저자들의 영어판 코드에 들어 있습니다.
#
# **이번 시간이 끝나면** 더블 DQN의 타깃을 손으로 계산할 수 있고 · 100번의 실행을 숫자 하나와 구간으로 요약할 수 있고 ·
# 리플레이 메모리, 타깃 네트워크, −100이 여기서 얼마나 도움이 되었는지, 무엇은 *확인되지 않았는지* 말할 수 있고 · DQN이
# 알던 것을 잊는 과정을 볼 수 있고 · 무엇이 그것을 막아 주는지 말할 수 있습니다.
#
# **시간** 50분 · **먼저 볼 것** 06~10
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $Q(s', a'; \theta)$ | `next_q_values` | `[B, A]` | 다음 상태에 대한 모델의 큐값 |
# | $Q(s', a'; \theta^-)$ | `next_target_q_values` | `[B, A]` | 다음 상태에 대한 타깃 네트워크의 큐값 |
# | $x_{(1)} \le \dots \le x_{(N)}$ | `np.sort(values)` | `[N]` | 실행마다 하나씩, 크기순으로 늘어놓은 값 |
# | IQM | `interquartile_mean(values)` | 숫자 | 사분위간 평균: 가운데 절반의 평균 |
# | $G_i$ | `greedy` | `[K]` | 한 실행의 $i$번째 그리디 평가 |
# | $\eta_t$ | `rate` | 숫자 | $t$번째 업데이트의 학습률 |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, bellman_target, checks, double_bellman_target, evaluate
from dqn_keras import use_one_thread
from dqn_keras.experiments import RECIPES, Plan, bootstrap_interval, interquartile_mean
from dqn_keras.experiments import load_results, plot_mean, summarise

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
# DQN의 타깃은 여러 추측 가운데 가장 큰 것을 고릅니다. 그러면 어쩌다 너무 높게 나온 추측이 너무 낮게 나온 추측보다
# 뽑히기 쉽습니다. **더블 DQN**은 질문을 둘로 나눕니다. 다음에 *어느* 행동이 가장 좋은지는 모델에게, 그 행동이 *얼마짜리*인지는
# 타깃 네트워크에게 묻습니다.
#
# 다음 상태가 네 개 있고 $\gamma = 0.9$입니다. 마지막 두 칸을 채워 보세요.
#
# | | $r$ | 모델: $\leftarrow$, $\rightarrow$ | 타깃 네트워크: $\leftarrow$, $\rightarrow$ | 끝났나? | DQN의 $y$ | 더블 DQN의 $y$ |
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
# Return the targets `[B]`. Useful: `np.argmax(..., axis=1)`, then pick in row $i$ the column of action $i$,
# as in lesson 07.

# %% [markdown] lang="ko"
# ## 수식
#
# $$y = r + \gamma \, (1 - d) \, Q\big(s', \arg\max_{a'} Q(s', a'; \theta); \theta^-\big)$$
#
# 두 신경망이 같은 행동을 고르면(4행) 두 타깃은 같습니다. 다른 행동을 고르면 더블 DQN의 타깃이 더 작습니다.
#
# ## 연습 1 · 더블 DQN의 타깃 ★☆☆ 10분
#
# 타깃 `[B]`를 반환하세요. `np.argmax(..., axis=1)`로 행동을 고르고, 07강에서처럼 $i$번째 행에서 $i$번째 행동의 열을
# 집어내면 됩니다.

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
# `DQNVariantAgent(..., double=True)` uses it. Is it worth anything here? That takes runs, and a way to sum them up.
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
# `values` is an array with one number for each run, in any order; 4 divides their count, and several may be
# equal. Return one number, and leave `values` as it is.

# %% [markdown] lang="ko"
# (모델과 타깃 네트워크는 서로 독립이 아닙니다. 하나가 다른 하나의 복사본이니까요. 그래서 더블 DQN은 오차를 줄일 뿐
# 없애지는 못합니다.) 테스트를 거친 것은 `dqn_keras.double_bellman_target`이고, `DQNVariantAgent(..., double=True)`가 이것을
# 씁니다. 여기서도 도움이 될까요? 알아보려면 실행을 여러 번 해야 하고, 그것을 요약하는 방법이 있어야 합니다.
#
# ## 100번의 실행을 숫자 하나로
#
# 카트폴의 실행은 극단으로 끝납니다. 여럿은 500이고 몇몇은 9에 가깝습니다. 평균은 실패에 끌려가고, 중앙값은 실행 하나만
# 보고 나머지를 무시합니다. 그 사이에 **사분위간 평균**(IQM)이 있습니다. 크기순으로 늘어놓고, 가장 낮은 4분의 1과 가장 높은
# 4분의 1을 빼고, 가운데 절반을 평균합니다. $N$이 4로 나누어떨어질 때
#
# $$\text{IQM} = \frac{2}{N} \sum_{i = N/4 + 1}^{3N/4} x_{(i)}$$
#
# 입니다. 손으로 해 보면, 9, 500, 480, 100의 가운데 절반은 100과 480이고 평균은 290입니다.
#
# ## 연습 2 · 사분위간 평균 ★☆☆ 10분
#
# `values`는 실행마다 숫자가 하나씩, 아무 순서로나 들어 있는 배열입니다. 개수는 4로 나누어떨어지고, 같은 값이 여럿
# 있을 수도 있습니다. `values`는 바꾸지 말고 숫자 하나를 반환하세요.

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
# **bootstrap interval**. `dqn_keras.experiments.statistics` has both.
#
# ## The slides' DQN, one idea taken away at a time
#
# Seven agents, 100 runs of 300 episodes each, seeds 0 to 99, no stop rule. They were run once, by
# `benchmarks/results.sh`, and left their results in files. (An experiment that takes one thing away to see
# what it was worth is called an **ablation**.)

# %% [markdown] lang="ko"
# 시드가 달랐다면 숫자도 달랐을 것입니다. 얼마나 달랐을까요? 100번의 실행에서 *중복을 허락해* 100개를 뽑아 IQM을 구하는 일을
# 2000번 되풀이합니다. 그 결과의 가운데 95%가 **부트스트랩 구간**입니다. 둘 다 `dqn_keras.experiments.statistics`에 있습니다.
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
    "no -100 for a fall": {"fall_reward": None},
    "time limit counts as an end": {"time_limit_ends": True},
    "Double DQN": {"double": True},
    "synced every 200 steps": {"target_update": "steps", "target_update_every": 200},
}


plans = {text: Plan("slides_dqn", settings, 300) for text, settings in CHANGES.items()}
results = {text: load_results(plan.file_name) for text, plan in plans.items()}
final = {text: np.array([run.greedy[-1] for run in runs]) for text, runs in results.items()}
summaries = {text: summarise(runs) for text, runs in results.items()}
playing = {text: [np.mean(run.scores) for run in runs] for text, runs in results.items()}

# %%
print(f"{'':30s} runs   greedy IQM (95%)        solved at the end   ever   training score")
for text, s in summaries.items():
    low, high = s.iqm_interval
    print(
        f"{text:30s} {s.runs:4d}   {s.iqm:5.1f} ({low:5.1f} to {high:5.1f})   "
        f"{s.solved_end:13.0%} {s.solved_ever:10.0%} {np.mean(playing[text]):12.0f}"
    )

# %%
def difference(without, with_it, draws=2000):
    """95% interval of IQM(without) - IQM(with_it), each side's runs drawn anew."""
    rng, gaps = np.random.default_rng(0), []
    for _ in range(draws):
        a, b = (rng.choice(values, len(values)) for values in (without, with_it))
        gaps.append(interquartile_mean(a) - interquartile_mean(b))
    return np.percentile(gaps, [2.5, 97.5])


verdict, gap = {}, {}
for text in list(final)[1:]:
    low, high = gap[text] = difference(final[text], final["the slides' DQN"])
    verdict[text] = "better" if low > 0 else "worse" if high < 0 else "no difference shown"
    print(f"{text:30s} {low:+7.1f} to {high:+7.1f}   {verdict[text]}")

# %% figure="what_each_idea_is_worth"
figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3.5), sharey=True, layout="constrained")
for row, (text, s) in enumerate(summaries.items()):
    low, high = s.iqm_interval
    left.errorbar(s.iqm, row, xerr=[[s.iqm - low], [high - s.iqm]], fmt="o", capsize=3)
    mean, (low, high) = np.mean(playing[text]), bootstrap_interval(playing[text])
    right.errorbar(mean, row, xerr=[[mean - low], [high - mean]], fmt="o", capsize=3)
left.set_yticks(range(len(summaries)), summaries)
left.invert_yaxis()
left.set(xlabel="greedy IQM at the end")
right.set(xlabel="mean training score")
plt.show()

# %% [markdown] lang="en"
# Three groups, as they came out.
#
# **Shown to be worth something.** Without the replay memory the IQM is {{summaries["no replay memory"].iqm:.0f}} instead
# of {{summaries["the slides' DQN"].iqm:.0f}}, without the target network {{summaries["no target network"].iqm:.0f}}. Both
# intervals of the difference lie below 0. So the two ideas that documents 001 and 003 call the core of DQN earn
# that name on CartPole too. But "without it DQN does not learn" would be too much: even without the memory
# {{summaries["no replay memory"].solved_ever:.0%}} of the runs were solved at some time. (This agent lost three things at
# once: the store, the mixing, and the mini-batch of 64.)
#
# **Worth something on the way, not at the end.** Without the −100 the agents end where the others do
# ({{summaries["no -100 for a fall"].iqm:.0f}} and {{summaries["the slides' DQN"].iqm:.0f}}), but they learn later: the mean score
# while training is {{np.mean(playing["no -100 for a fall"]):.0f}} instead of {{np.mean(playing["the slides' DQN"]):.0f}}.
#
# **Not shown.** To count the time limit as an end is a mistake, and lesson 07 computed how wrong the values get.
# At the end no difference is shown. (A policy only needs to know which of two Q-values is larger; both can be wrong
# together.) For Double DQN the interval reaches from {{gap["Double DQN"][0]:+.0f}} to
# {{gap["Double DQN"][1]:+.0f}}: it may well help, and a hundred runs do not prove it. So too for copying the target network
# every 200 steps instead of at each episode's end ({{gap["synced every 200 steps"][0]:+.0f}} to
# {{gap["synced every 200 steps"][1]:+.0f}}), which is how Mnih et al. do it, every 10,000. *Not shown* is not *shown to be
# nothing*.
#
# All of this is CartPole with 300 episodes. In another task another idea may matter.

# %% [markdown] lang="ko"
# 나온 그대로 세 부류로 나누어 봅시다.
#
# **도움이 확인된 것.** 리플레이 메모리가 없으면 사분위간 평균이 {{summaries["the slides' DQN"].iqm:.0f}}에서
# {{summaries["no replay memory"].iqm:.0f}}으로, 타깃 네트워크가 없으면 {{summaries["no target network"].iqm:.0f}}로 떨어집니다. 차이의 구간이
# 둘 다 0보다 아래에 있습니다. 문서 001과 003이 DQN의 핵심이라고 부른 두 아이디어는 카트폴에서도 제값을 합니다. 하지만
# "없으면 배우지 못한다"는 지나친 말입니다. 메모리가 없어도 실행의 {{summaries["no replay memory"].solved_ever:.0%}}는 한
# 번이라도 풀었습니다. (이 에이전트는 저장, 섞기, 64개짜리 미니배치까지 세 가지를 한꺼번에 잃었습니다.)
#
# **가는 길에는 도움이 되고, 끝에서는 같은 것.** −100이 없어도 도착하는 곳은 비슷합니다
# ({{summaries["no -100 for a fall"].iqm:.0f}}과 {{summaries["the slides' DQN"].iqm:.0f}}). 다만 늦게 배웁니다. 학습 중의 평균 점수가
# {{np.mean(playing["the slides' DQN"]):.0f}}점이 아니라 {{np.mean(playing["no -100 for a fall"]):.0f}}점입니다.
#
# **확인되지 않은 것.** 시간 제한을 끝으로 보는 것은 실수이고, 가치가 얼마나 틀려지는지는 06에서 계산했습니다. 그런데 끝에서는
# 차이가 확인되지 않았습니다. (정책은 두 큐값 가운데 어느 쪽이 큰지만 알면 됩니다. 둘이 함께 틀려도 괜찮습니다.) 더블 DQN의
# 구간은 {{gap["Double DQN"][0]:+.0f}}에서 {{gap["Double DQN"][1]:+.0f}}까지입니다. 도움이 될 법하지만 100번의 실행으로는 증명되지
# 않습니다. 타깃 네트워크를 에피소드가 끝날 때마다가 아니라 200스텝마다 복사하는 것도 마찬가지입니다
# ({{gap["synced every 200 steps"][0]:+.0f}}에서 {{gap["synced every 200 steps"][1]:+.0f}}까지). *확인되지 않았다*는 말은 *효과가 없다고 확인되었다*는 말이 아닙니다.
#
# 모두 300 에피소드 동안의 카트폴 이야기입니다. 다른 과제에서는 다른 아이디어가 중요할 수 있습니다.

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
    begun, rows = 0, []
    while len(agent.memory) < 1000:
        agent.run_episode(environment)
        begun += 1
    lost = agent.memory.states.numpy()[: len(agent.memory)][
        agent.memory.terminated.numpy()[: len(agent.memory)]
    ]
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

# %% figure="how_dqn_forgets"
figure, grid = plt.subplots(2, 3, figsize=(7, 3.5), sharex=True, layout="constrained")
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

# %%
lapses, lowest, highest, wide, narrow = [], [], [], [], []
print("seed   below 475 after solved   falls in memory   Q on lost states   action gap    smallest loss")
for seed, (_, columns) in watched.items():
    episodes, greedy, falls, action_gap, lost_q, loss = columns
    solved = greedy >= 475
    after = solved[np.argmax(solved) :] if solved.any() else solved
    lapses.append(int(np.sum(~after)))
    lowest.append(lost_q.min()), highest.append(lost_q[lost_q.argmin() :].max())
    wide.append(action_gap[: action_gap.argmin()].max()), narrow.append(action_gap.min())
    print(
        f"{seed:4d}   {lapses[-1]:3d} of {len(after):3d} measured   "
        f"{falls.max():10.0f} to {falls.min():2.0f}   {lowest[-1]:9.0f} to {highest[-1]:3.0f}"
        f"   {wide[-1]:6.1f} to {narrow[-1]:.1f}   {loss.min():12.4f}"
    )

# %% [markdown] lang="en"
# Read the panels together.
#
# 1. While the agent is bad, the memory is full of falls, and the Q-values of the lost states sink towards
#    their true −100. They get as far as {{np.mean(lowest):.0f|60%}} (mean of the three seeds).
# 2. The agent gets good and stops falling. Four episodes of 500 steps fill the memory, so the old falls are
#    overwritten soon, and at times hardly one is left. No sample says any more that a fall is bad.
# 3. Every sample says +1, and it goes on. The Q-values rise, and nothing holds those of the lost states down:
#    they reach {{np.mean(highest):.0f|60%}}, in a task where no state at all is worth more than 1 / (1 − 0.99) = 100. The
#    action gap has shrunk, from {{np.mean(wide):.1f|60%}} at its widest to {{np.mean(narrow):.2f|80%}}, so a small
#    change of the weights is enough to turn a decision round.
# 4. The loss is smaller than ever: it is measured on what is in the memory, and there is no fall in it. A
#    small loss is no proof of a good agent.
# 5. Then some runs fall, for one episode or for many. Falls are back in the memory, the loss jumps, and the
#    agent learns it again, or tries to. After first success the three runs were below 475 at
#    {{sum(lapses):d|90%}} measurements in all.
#
# Going together is not yet being the cause. To test the story one has to interfere, for example with a
# memory from which no fall disappears, over many runs:
# `python -m dqn_keras experiment slides_dqn --episodes 300 --runs 20 --set memory_size=100000`

# %% [markdown] lang="ko"
# 다섯 그림을 함께 읽어 봅시다.
#
# 1. 에이전트가 못할 때는 메모리가 쓰러진 샘플로 가득하고, 가망 없는 상태의 큐값이 참값 −100 쪽으로 내려갑니다. 가장
#    낮을 때가 {{np.mean(lowest):.0f|60%}}입니다(세 시드 평균).
# 2. 에이전트가 잘하게 되면 더는 쓰러지지 않습니다. 500스텝짜리 에피소드 네 개면 메모리가 차므로 옛 실패는 금세 덮어쓰이고,
#    거의 하나도 남지 않을 때가 있습니다. 쓰러지면 나쁘다고 말해 주는 샘플이 이제 없습니다.
# 3. 모든 샘플이 "+1이고, 계속된다"라고 말합니다. 큐값은 오르고, 가망 없는 상태의 큐값을 붙잡아 둘 것이 없습니다. 그 값은
#    {{np.mean(highest):.0f|60%}}까지 올라갑니다. 이 과제에서는 어떤 상태의 가치도 1 / (1 − 0.99) = 100을 넘지 못하는데도
#    그렇습니다. 행동 차이도 가장 넓을 때의 {{np.mean(wide):.1f|60%}}에서 {{np.mean(narrow):.2f|80%}}까지 줄어서, 가중치가 조금만 바뀌어도 결정이 뒤집힙니다.
# 4. 그런데 오차는 어느 때보다 작습니다. 오차는 메모리에 있는 것으로 재는데, 거기에 실패가 없기 때문입니다. 오차가 작다고
#    에이전트가 좋은 것은 아닙니다.
# 5. 그러다가 어떤 실행은 한 에피소드, 또는 여러 에피소드 동안 쓰러집니다. 실패가 메모리로 돌아오고, 오차가 치솟고,
#    에이전트는 다시 배웁니다. 다시 배우지 못하기도 합니다. 처음으로 푼 뒤에 세 실행이 475 아래로 내려간 것은 모두
#    {{sum(lapses):d|90%}}번입니다.
#
# 함께 일어난다고 해서 원인이라는 뜻은 아닙니다. 이 이야기를 확인하려면 손을 대 보아야 합니다. 예를 들어 실패가 사라지지
# 않는 큰 메모리로 여러 번 실행해 보는 것입니다.
# `python -m dqn_keras experiment slides_dqn --episodes 300 --runs 20 --set memory_size=100000`

# %% [markdown] lang="en"
# ## What keeps it stable
#
# `stable_dqn` is the slides' DQN with three changes: 64 and 64 hidden units instead of 24 and 24; Double
# DQN; and a learning rate that falls along a cosine over $T = 80{,}000$ updates, to a hundredth of its start:
#
# $$\eta_t = \eta_0 \Big( 0.01 + 0.99 \cdot \tfrac{1}{2} \big(1 + \cos(\pi \, t / T)\big) \Big) \quad \text{for } t \le T,
# \qquad \eta_t = 0.01 \, \eta_0 \text{ after}$$
#
# Small steps late in training cannot undo much. Both agents were run with 100 seeds for 100,000 environment steps
# each, seeds 1000 to 1099, and evaluated every 10,000. So was `stable_dqn` with each of its three changes taken back.

# %% [markdown] lang="ko"
# ## 무엇이 안정시켜 주나
#
# `stable_dqn`은 슬라이드의 DQN에서 세 가지를 바꾼 것입니다. 은닉 유닛을 24, 24에서 64, 64로 늘리고, 더블 DQN을 쓰고,
# 학습률을 $T = 80{,}000$번의 업데이트에 걸쳐 코사인 곡선을 따라 처음의 100분의 1까지 줄입니다.
#
# $$\eta_t = \eta_0 \Big( 0.01 + 0.99 \cdot \tfrac{1}{2} \big(1 + \cos(\pi \, t / T)\big) \Big) \quad (t \le T),
# \qquad \text{그 뒤로는 } \eta_t = 0.01 \, \eta_0$$
#
# 학습 후반에 조금씩만 움직이면 많은 것을 망가뜨릴 수 없습니다. 두 에이전트를 시드 100개(1000~1099)로 100,000스텝씩 학습시키고
# 10,000스텝마다 평가해 두었습니다. `stable_dqn`에서 세 가지를 하나씩 되돌린 것도 똑같이 해 두었습니다.

# %%
def rate(t, start=0.001, decay_steps=80_000):
    share = min(t / decay_steps, 1)
    return start * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * share)))


print({t: f"{rate(t):.6f}" for t in (0, 20_000, 40_000, 60_000, 80_000, 100_000)})

# %%
def latest(run, step):
    """The newest greedy mean of a run at that step; a run that has ended keeps its last."""
    return run.greedy[np.searchsorted(run.evaluated_at, step, side="right") - 1]


BACK = {
    "its rate kept up": {"learning_rate_decay_steps": None},
    "24 and 24 units": {"hidden_units": (24, 24)},
    "no Double DQN": {"double": False},
}
runs_of = {name: load_results(f"{name}-100000steps") for name in ("slides_dqn", "stable_dqn")}
for text, settings in BACK.items():
    runs_of[text] = load_results(Plan("stable_dqn", settings, steps=100_000).file_name)
steps = np.arange(10_500, 101_000, 10_000)  # an episode's end may be 499 steps late
for name in ("slides_dqn", "stable_dqn"):
    greedy = [[latest(run, step) for step in steps] for run in runs_of[name]]
    plot_mean(greedy, x=steps, label=name)
plt.gcf().set_size_inches(7, 3.2)
plt.xlabel("environment steps")
plt.ylabel("greedy mean")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# ## Exercise 3 · how much of it stayed? ★★☆ 10 minutes
#
# `greedy` is an array of one run's greedy means, evaluation after evaluation, and `limit` is what counts as
# solved (reaching it is enough). Of the evaluations **after the first success**, what share was a success
# too? For 20, 480, 500, 100 with limit 475 it is 1/2. (Every run handed in has a success before its last
# evaluation.)
#
# $$\text{stayed} = \frac{1}{K - j} \sum_{i = j + 1}^{K} \mathbf{1}[G_i \ge \text{limit}], \qquad
# j = \text{the first } i \text{ with } G_i \ge \text{limit}$$

# %% [markdown] lang="ko"
# ## 연습 3 · 얼마나 남아 있었나 ★★☆ 10분
#
# `greedy`는 한 실행의 그리디 평균을 평가 순서대로 늘어놓은 배열이고, `limit`는 풀었다고 보는 기준입니다(같아도 푼
# 것입니다). **처음으로 푼 뒤의** 평가 가운데 얼마가 여전히 푼 상태였는지, 0과 1 사이의 비율을 반환하세요. 20, 480,
# 500, 100이고 기준이 475라면 1/2입니다. (모든 실행은 마지막 평가 전에 적어도 한 번 풀었습니다.)
#
# $$\text{stayed} = \frac{1}{K - j} \sum_{i = j + 1}^{K} \mathbf{1}[G_i \ge \text{limit}], \qquad
# j = G_i \ge \text{limit}\text{인 첫 } i$$

# %% exercise="stayed"
def my_stayed(greedy, limit):
    ### BEGIN SOLUTION
    solved = np.asarray(greedy) >= limit
    first = np.argmax(solved)
    return np.mean(solved[first + 1 :])
    ### END SOLUTION

# %% check="stayed" points=2
checks.check_stayed(my_stayed)

# %%
stable = {name: summarise(runs) for name, runs in runs_of.items()}
early = {name: np.mean([latest(run, 10_500) for run in runs]) for name, runs in runs_of.items()}
print(f"{'':16s} runs   steps   greedy IQM (95%)         solved ever   at the end   stayed")
for name, s in stable.items():
    low, high = s.iqm_interval
    print(
        f"{name:16s} {s.runs:4d} {s.steps:7,.0f}   {s.iqm:5.1f} ({low:5.1f} to {high:5.1f})"
        f"   {s.solved_ever:11.0%} {s.solved_end:12.0%} {s.stayed:8.0%}"
    )

# %% [markdown] lang="en"
# Both agents were solved at some time in {{stable["slides_dqn"].solved_ever:.0%}} and
# {{stable["stable_dqn"].solved_ever:.0%}} of their runs. At the end it is {{stable["slides_dqn"].solved_end:.0%}} of the
# slides' runs and {{stable["stable_dqn"].solved_end:.0%}} of the others; of all evaluations after a first success
# {{stable["slides_dqn"].stayed:.0%}} and {{stable["stable_dqn"].stayed:.0%}} were successes too. The three changes together
# keep it solved far more often, not always. The price is the beginning: after 10,000 steps the stable agent stands for
# {{early["stable_dqn"]:.0f}} steps, the slides' for {{early["slides_dqn"]:.0f}}.
#
# Which of the three does it? The last three rows each take one back. With the learning rate kept up,
# {{stable["its rate kept up"].solved_end:.0%}} of the runs are solved at the end; with 24 and 24 units it is
# {{stable["24 and 24 units"].solved_end:.0%}}. Neither of the two is enough without the other. Without Double DQN it is
# {{stable["no Double DQN"].solved_end:.0%}}: next to {{stable["stable_dqn"].solved_end:.0%}} no difference is shown.

# %% [markdown] lang="ko"
# 언젠가 한 번이라도 푼 실행은 슬라이드가 {{stable["slides_dqn"].solved_ever:.0%}}, 안정판이
# {{stable["stable_dqn"].solved_ever:.0%}}입니다. 마지막에 푼 상태인 실행은 {{stable["slides_dqn"].solved_end:.0%}}와
# {{stable["stable_dqn"].solved_end:.0%}}이고, 처음 푼 뒤의 모든 평가 가운데 여전히 푼 상태였던 것은
# {{stable["slides_dqn"].stayed:.0%}}와 {{stable["stable_dqn"].stayed:.0%}}입니다. 세 가지를 함께 바꾸면 언제나는 아니지만 훨씬 더 자주
# 푼 상태를 지킵니다. 대가는 처음에 치릅니다. 10,000스텝 뒤에 안정판은 {{early["stable_dqn"]:.0f}}스텝, 슬라이드는
# {{early["slides_dqn"]:.0f}}스텝을 버팁니다.
#
# 셋 중 어느 것 덕분일까요? 마지막 세 줄은 하나씩 되돌린 것입니다. 학습률을 줄이지 않으면 마지막에 푼 상태인 실행이
# {{stable["its rate kept up"].solved_end:.0%}}이고, 유닛을 24, 24로 되돌리면
# {{stable["24 and 24 units"].solved_end:.0%}}입니다. 둘 중 하나만으로는 모자랍니다. 더블 DQN을 빼면
# {{stable["no Double DQN"].solved_end:.0%}}로, {{stable["stable_dqn"].solved_end:.0%}}와의 차이가 확인되지 않습니다.

# %% [markdown] lang="en"
# ## What changed, and review (진단 평가)
#
# Since lesson 10 the agent has a new target, Double DQN's, and a learning rate that falls. More has changed in what we
# ask: not "did it work once?" but "in how many of a hundred runs, by how much, and did it stay?"
#
# <details><summary>(slides) What is the replay memory for, and what did the measurement say?</summary>
#
# It mixes samples that would come in a row, and uses each many times. Here it was worth most: the interquartile mean
# without it was {{summaries["no replay memory"].iqm:.0f}}, with it {{summaries["the slides' DQN"].iqm:.0f}}.
# </details>
#
# <details><summary>(slides) What are target networks for, and what did the measurement say?</summary>
#
# They hold the labels still while the model fits them. Without one the interquartile mean was
# {{summaries["no target network"].iqm:.0f}}.
# </details>
#
# <details><summary>In Double DQN, which network chooses the next action, and which one values it?</summary>
#
# The model chooses, the target network values.
# </details>
#
# <details><summary>The interval of a difference reaches from −20 to +60. What do you say?</summary>
#
# That no difference was shown. It may be nothing, it may be considerable; more runs would make the interval narrower.
# </details>
#
# <details><summary>An agent's loss is smaller than ever. Is it safe?</summary>
#
# No. The loss is measured on the memory. When no fall is left in it, forgetting what a fall is costs no loss.
# </details>
#
# **Summary** Double DQN lets one network choose and the other value. A hundred runs are summed up by an interquartile mean
# with an interval, failures included. Memory and target network were worth much here; of other ideas that was not
# shown. The slides' DQN forgets: success empties its memory of failures, and what a fall is worth is lost. A larger
# network and a falling learning rate together kept it solved in most runs. **Next** lesson 13: no Q-values at all; the policy itself becomes a network.

# %% [markdown] lang="ko"
# ## 무엇이 달라졌나, 그리고 진단 평가
#
# 09 이후로 에이전트에 더블 DQN의 타깃과 줄어드는 학습률이 생겼습니다. 더 많이 달라진 것은 우리가 묻는 질문입니다. "한 번이라도
# 됐나?"가 아니라 "100번 가운데 몇 번, 얼마나, 그리고 그대로 남아 있었나?"를 묻습니다.
#
# <details><summary>(슬라이드) 리플레이 메모리는 왜 필요한가? 측정 결과는?</summary>
#
# 연달아 들어올 샘플을 섞어 주고, 샘플 하나를 여러 번 쓰게 해 줍니다. 여기서 가장 큰 도움이 되었습니다. 사분위간 평균이
# 없으면 {{summaries["no replay memory"].iqm:.0f}}, 있으면 {{summaries["the slides' DQN"].iqm:.0f}}입니다.
# </details>
#
# <details><summary>(슬라이드) 타깃 네트워크는 왜 필요한가? 측정 결과는?</summary>
#
# 모델이 맞추는 동안 정답을 붙잡아 둡니다. 없으면 사분위간 평균이 {{summaries["no target network"].iqm:.0f}}입니다.
# </details>
#
# <details><summary>더블 DQN에서 다음 행동을 고르는 신경망과 값을 매기는 신경망은?</summary>
#
# 모델이 고르고, 타깃 네트워크가 값을 매깁니다.
# </details>
#
# <details><summary>차이의 구간이 −20에서 +60까지입니다. 뭐라고 말해야 할까요?</summary>
#
# 차이가 확인되지 않았다고 말합니다. 아무것도 아닐 수도, 꽤 클 수도 있습니다. 더 많이 실행하면 구간이 좁아집니다.
# </details>
#
# <details><summary>에이전트의 오차가 어느 때보다 작습니다. 안심해도 될까요?</summary>
#
# 아니요. 오차는 메모리에 있는 것으로 잽니다. 메모리에 실패가 없으면, 실패가 무엇인지 잊어도 오차는 커지지 않습니다.
# </details>
#
# **정리** 더블 DQN은 한 신경망이 고르고 다른 신경망이 값을 매깁니다. 100번의 실행은 실패까지 넣어 사분위간 평균과 구간으로
# 요약합니다. 여기서 메모리와 타깃 네트워크는 큰 도움이 되었고, 다른 아이디어는 그렇다고 확인되지 않았습니다. 슬라이드의 DQN은
# 잊습니다. 성공할수록 메모리에서 실패가 사라지고, 쓰러지면 어떻게 되는지도 잊어버립니다. 더 큰 신경망과 줄어드는 학습률을
# 함께 쓰자 대부분의 실행이 푼 상태를 지켰습니다.
# **다음 시간** 13강: 큐값이 아예 없습니다. 정책 자체가 신경망이 됩니다.
