# %% [markdown] lang="en"
# # 11 · What each idea is worth
#
# **On the slides** DQN: replay memory, target network, and the −100 for a fall. The idea of repeating an
# experiment a hundred times is from document 001.
#
# **You will be able to** sum up a hundred runs in one number · say how much that number would change with
# other seeds · take the ideas of DQN away one at a time and read off what each was worth here · say what
# was *not* shown.
#
# **Time** 40 minutes · **Needs** lessons 06 to 10
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $N$ | `len(values)` | number | how many runs there are |
# | $x_{(1)} \le \dots \le x_{(N)}$ | `np.sort(values)` | `[N]` | one number for each run, sorted |
# | IQM | `my_interquartile_mean(values)` | number | the interquartile mean: the mean of the middle half |
# | $\Delta$ | `gap` | number | IQM of a changed agent minus IQM of the original |

# %% [markdown] lang="ko"
# # 11 · 아이디어 하나하나는 얼마나 도움이 되나
#
# **슬라이드에서는** DQN의 리플레이 메모리, 타깃 네트워크, 쓰러지면 −100. 실험을 100번 되풀이하라는 말은 문서 001에
# 나옵니다.
#
# **이번 시간이 끝나면** 실행 100번의 결과를 숫자 하나로 요약할 수 있고 · 시드가 달랐다면 그 숫자가 얼마나
# 움직였을지 말할 수 있고 · DQN의 아이디어를 하나씩 빼 보고 각각이 여기서 얼마나 도움이 되었는지 읽어 낼 수 있고 ·
# 무엇이 *확인되지 않았는지* 말할 수 있습니다.
#
# **시간** 40분 · **먼저 볼 것** 06~10강
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $N$ | `len(values)` | 숫자 | 실행이 몇 번인가 |
# | $x_{(1)} \le \dots \le x_{(N)}$ | `np.sort(values)` | `[N]` | 실행마다 하나씩, 크기순으로 늘어놓은 값 |
# | IQM | `my_interquartile_mean(values)` | 숫자 | 사분위간 평균: 가운데 절반의 평균 |
# | $\Delta$ | `gap` | 숫자 | 바꾼 에이전트의 IQM − 원래 에이전트의 IQM |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import checks
from dqn_keras.experiments import Plan, bootstrap_interval, load_results, summarise

plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## Take one idea away
#
# Lesson 09's agent holds many ideas at once: the replay memory, the target network, the −100 for a fall.
# Which of them does the work? Take one away, leave everything else as it is, and compare. Such an experiment is
# called an **ablation**.
#
# Below are the lecture's DQN and five changed ones. Each was run 100 times for 300 episodes, with seeds
# 0 to 99 and without a stop rule. (`benchmarks/results.sh` made the runs; the lesson reads their
# files.) From every run we take one number: the greedy score of its final agent, a mean over 100
# episodes.

# %% [markdown] lang="ko"
# ## 아이디어를 하나 빼 보기
#
# 09강의 에이전트에는 여러 아이디어가 한꺼번에 들어 있습니다. 리플레이 메모리, 타깃 네트워크, 쓰러지면 받는 −100입니다.
# 어느 것 덕분에 잘되는 걸까요? 하나를 빼고, 나머지는 그대로 두고, 비교해 보면 됩니다. 이런 실험을
# **어블레이션**(ablation)이라고 합니다.
#
# 아래는 강의의 DQN과, 하나씩 바꾼 에이전트 다섯입니다. 각각 시드 0~99로 300에피소드씩 100번 실행했고, 종료 조건은
# 없습니다. (`benchmarks/results.sh`로 미리 실행해 둔 결과 파일을 읽습니다.) 실행 하나를 숫자 하나로 나타냅니다.
# 학습이 끝난 에이전트의 그리디 점수, 100에피소드 평균입니다.

# %%
CHANGES = {
    "the lecture's DQN": {},
    "no replay memory": {"memory_size": 1, "batch_size": 1, "train_start": 1},
    "no target network": {"target_update": "never"},
    "no -100 for a fall": {"fall_reward": None},
    "time limit counts as an end": {"time_limit_ends": True},
    "copied every 200 steps": {"target_update": "steps", "target_update_every": 200},
}
plans = {text: Plan("slides_dqn", settings, 300) for text, settings in CHANGES.items()}
results = {text: load_results(plan.file_name) for text, plan in plans.items()}
final = {text: np.array([run.greedy[-1] for run in runs]) for text, runs in results.items()}
original = final["the lecture's DQN"]

# %%
figure, panels = plt.subplots(1, 2, figsize=(7, 2.6), sharey=True)
for panel, text in zip(panels, ("the lecture's DQN", "no target network")):
    panel.hist(final[text], bins=np.arange(0, 501, 25))
    panel.set(title=text, xlabel="greedy score of a run")
panels[0].set_ylabel("runs of 100")
plt.show()

# %% [markdown] lang="en"
# ## A hundred runs in one number
#
# Runs of the same agent end anywhere between 9 and 500. The mean of such numbers is pulled down by the
# worst runs. The median, the middle of the sorted numbers, depends on two runs of a hundred and ignores
# all others. In between is the **interquartile mean**: sort the runs, leave out the lowest and the
# highest quarter, average the middle half. If $N$ is divisible by 4:
#
# $$\text{IQM} = \frac{2}{N} \sum_{i = N/4 + 1}^{3N/4} x_{(i)}$$
#
# By hand: the middle half of 9, 500, 480, 100 is 100 and 480, and their mean is 290.
#
# ## Exercise 1 · the interquartile mean ★☆☆ 10 minutes
#
# `values` is an array with one number for each run, in any order. Its length is divisible by 4, and several
# numbers may be equal. Return the interquartile mean and leave `values` as it is. (`np.sort(values)` returns a
# sorted copy.)

# %% [markdown] lang="ko"
# ## 실행 100번을 숫자 하나로
#
# 똑같은 에이전트인데도 실행 결과는 9에서 500까지 흩어져 있습니다. 이런 값을 평균하면 가장 나쁜 실행 몇 번에 끌려
# 내려갑니다. 중앙값은 크기순으로 늘어놓았을 때 한가운데 있는 값이라서, 실행 100번 가운데 두 번만 보고 나머지는 모두
# 무시합니다. 그 사이에 **사분위간 평균**(IQM)이 있습니다. 크기순으로 늘어놓고, 가장 낮은 4분의 1과 가장 높은 4분의
# 1을 빼고, 가운데 절반을 평균합니다. $N$이 4로 나누어떨어질 때는 다음과 같습니다.
#
# $$\text{IQM} = \frac{2}{N} \sum_{i = N/4 + 1}^{3N/4} x_{(i)}$$
#
# 손으로 해 보면, 9, 500, 480, 100의 가운데 절반은 100과 480이고 평균은 290입니다.
#
# ## 연습 1 · 사분위간 평균 ★☆☆ 10분
#
# `values`는 실행마다 숫자가 하나씩, 아무 순서로나 들어 있는 배열입니다. 개수는 4로 나누어떨어지고, 같은 값이 여럿
# 있을 수도 있습니다. 사분위간 평균을 반환하되 `values`는 바꾸지 마세요. (`np.sort(values)`는 크기순으로 늘어놓은 복사본을
# 돌려줍니다.)

# %% exercise="interquartile_mean"
def my_interquartile_mean(values):
    ### BEGIN SOLUTION
    ordered, quarter = np.sort(values), len(values) // 4
    return ordered[quarter:-quarter].mean()
    ### END SOLUTION

# %% check="interquartile_mean" points=2
checks.check_interquartile_mean(my_interquartile_mean)

# %%
iqm = {text: my_interquartile_mean(values) for text, values in final.items()}
print(f"{'':28s}  mean  median   IQM")
for text, values in final.items():
    print(f"{text:28s} {values.mean():5.0f}  {np.median(values):6.0f} {iqm[text]:5.0f}")

# %% [markdown] lang="en"
# ## How sure is that number?
#
# With other seeds the number would have been different. How different? To find out, you would repeat
# all hundred runs a few thousand times, which nobody can afford. But we can imitate it: draw a hundred
# runs out of our hundred **with replacement**, so that some are drawn twice and some not at all, and
# take the IQM of the drawn ones. Do that two thousand times, and see between which two values the
# middle 95% of the results lie: the **bootstrap interval**. Here are three draws from four runs; `rng`
# is a random generator, and `rng.choice(values, n)` draws `n` of the values with replacement:

# %% [markdown] lang="ko"
# ## 이 숫자를 얼마나 믿을 수 있나
#
# 시드가 달랐다면 이 숫자도 달랐을 것입니다. 얼마나 달랐을까요? 100번 실행하는 일을 2000번이나 되풀이할 수는
# 없습니다. 하지만 흉내는 낼 수 있습니다. 이미 있는 실행 100개에서 **중복을 허락해**(복원 추출로) 100개를 뽑습니다.
# 어떤 실행은 두 번 뽑히고, 어떤 실행은 한 번도 뽑히지 않습니다. 이렇게 뽑은 실행의 IQM을 구합니다. 이 일을 2000번
# 되풀이했을 때 결과의 가운데 95%가 놓이는 범위를 **부트스트랩 구간**이라고 합니다. 아래는 실행 4개에서 세 번 뽑아
# 본 것입니다. `rng`는 난수 생성기이고, `rng.choice(values, n)`은 `values`에서 중복을 허락해 `n`개를 뽑습니다.

# %%
rng = np.random.default_rng(0)
runs = np.array([9.0, 500.0, 480.0, 100.0])
for _ in range(3):
    drawn = rng.choice(runs, 4)
    print(f"drawn {drawn.astype(int)}: interquartile mean {my_interquartile_mean(drawn):.1f}")

# %% [markdown] lang="en"
# We want to know whether a *change* made a difference. So we look at the gap between two agents:
#
# $$\Delta = \text{IQM}(\text{changed}) - \text{IQM}(\text{original})$$
#
# ## Exercise 2 · one redrawn gap ★★☆ 10 minutes
#
# `changed` and `original` are arrays with one number for each run. They may differ in length; both
# lengths are divisible by 4. Redraw each of them: with replacement, from its own numbers, as many as it
# has. Return the gap between the two interquartile means, one number. Take the random numbers from
# `rng`; your function of exercise 1 helps.

# %% [markdown] lang="ko"
# 알고 싶은 것은 *바꾼 덕분에* 차이가 생겼느냐입니다. 그래서 두 에이전트의 차이를 봅니다.
#
# $$\Delta = \text{IQM}(\text{changed}) - \text{IQM}(\text{original})$$
#
# ## 연습 2 · 다시 뽑은 차이 ★★☆ 10분
#
# `changed`와 `original`은 실행마다 숫자가 하나씩 들어 있는 배열입니다. 길이가 서로 다를 수 있지만 둘 다 4로
# 나누어떨어집니다. 배열마다 자기 안에서, 자기 길이만큼, 중복을 허락해 새로 뽑으세요. 그리고 두 사분위간 평균의 차이를 숫자
# 하나로 반환하세요. 난수는 `rng`에서만 뽑습니다. 연습 1의 함수를 써도 좋습니다.

# %% exercise="redrawn_gap"
def my_redrawn_gap(changed, original, rng):
    ### BEGIN SOLUTION
    drawn_changed = rng.choice(changed, len(changed))
    drawn_original = rng.choice(original, len(original))
    return my_interquartile_mean(drawn_changed) - my_interquartile_mean(drawn_original)
    ### END SOLUTION

# %% check="redrawn_gap" points=2
checks.check_redrawn_gap(my_redrawn_gap)

# %%
def redrawn_gaps(changed, original, draws=2000):
    rng = np.random.default_rng(0)
    return np.array([my_redrawn_gap(changed, original, rng) for _ in range(draws)])


gaps = {text: redrawn_gaps(final[text], original) for text in list(final)[1:]}
interval = {text: np.percentile(drawn, [2.5, 97.5]) for text, drawn in gaps.items()}

figure, panels = plt.subplots(1, 2, figsize=(7, 2.6), sharey=True)
for panel, text in zip(panels, ("no target network", "copied every 200 steps")):
    panel.hist(gaps[text], bins=40)
    panel.axvline(0, color="black", linewidth=1)
    for end in interval[text]:
        panel.axvline(end, color="C3", linestyle="--")
    panel.set(title=text, xlabel="redrawn gap")
plt.show()

# %% [markdown] lang="en"
# (`np.percentile(drawn, [2.5, 97.5])` gives two numbers: 2.5% of the gaps lie below the first and 2.5%
# above the second. These are the red lines.) On the left the whole interval lies below 0, the black
# line. So we say that the change made the agent worse: with other seeds we would very probably have
# seen the same. On the right, 0 lies inside the interval. There we cannot say that the change helped,
# although most of the redrawn gaps are above 0.
#
# ## All five changes

# %% [markdown] lang="ko"
# (`np.percentile(drawn, [2.5, 97.5])`는 숫자 두 개를 줍니다. 차이의 2.5%가 첫째 수보다 작고, 2.5%가 둘째 수보다
# 큽니다. 그림의 빨간 점선입니다.) 왼쪽은 구간 전체가 0(검은 선)보다 작습니다. 그러면 에이전트가 나빠졌다고 말합니다. 시드가
# 달랐어도 결과가 뒤집히기는 어려웠을 것입니다. 오른쪽은 구간 안에 0이 있습니다. 다시 뽑은 차이가 대부분 0보다 커도, 이때는
# 도움이 되었다고 말해서는 안 됩니다.
#
# ## 다섯 가지 변화

# %%
verdict = {"the lecture's DQN": ""}
for text, (low, high) in interval.items():
    verdict[text] = "better" if low > 0 else "worse" if high < 0 else "no difference shown"
summaries = {text: summarise(runs) for text, runs in results.items()}
playing = {text: np.mean([np.mean(run.scores) for run in runs]) for text, runs in results.items()}
print(f"{'':28s} IQM   solved: ever  at the end   training score   gap (95%)")
for text, s in summaries.items():
    low, high = interval.get(text, (0, 0))
    gap = f"{low:+5.0f} to {high:+5.0f}  {verdict[text]}" if verdict[text] else ""
    print(
        f"{text:28s} {iqm[text]:3.0f} {s.solved_ever:14.0%} {s.solved_end:11.0%} "
        f"{playing[text]:16.0f}   {gap}"
    )

# %% figure="what_each_idea_is_worth"
figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3), sharey=True)
for row, text in enumerate(interval):
    middle, (low, high) = iqm[text] - iqm["the lecture's DQN"], interval[text]
    left.errorbar(middle, row, xerr=[[middle - low], [high - middle]], fmt="o", color="C0")
    scores = [np.mean(run.scores) for run in results[text]]
    mean, (low, high) = np.mean(scores), bootstrap_interval(scores)
    right.errorbar(mean, row, xerr=[[mean - low], [high - mean]], fmt="o", color="C0")
left.axvline(0, color="black", linewidth=1)
right.axvline(playing["the lecture's DQN"], color="black", linewidth=1, label="the lecture's DQN")
left.set_yticks(range(len(interval)), interval)
left.invert_yaxis()
left.set(xlabel="gap in IQM at the end")
right.set(xlabel="mean score in training")
right.legend(loc="lower left")
plt.show()

# %% [markdown] lang="en"
# Three groups come out.
#
# **Shown to be worth something.** Without the replay memory the IQM is {{iqm["no replay memory"]:.0f}} instead of
# {{iqm["the lecture's DQN"]:.0f}}, without the target network {{iqm["no target network"]:.0f}}. Both intervals
# lie below 0. Documents 001 and 003 present these two ideas as the core of DQN, and on CartPole they deserve
# it. But "without it, DQN does not learn" would be too much: even without the memory
# {{summaries["no replay memory"].solved_ever:.0%}} of the runs were solved at some time.
#
# **Worth something on the way, but not at the end.** Without the −100 the agents end up where the others do
# ({{iqm["no -100 for a fall"]:.0f}} and {{iqm["the lecture's DQN"]:.0f}}), but they get there later: their mean score
# in training is {{playing["no -100 for a fall"]:.0f}} instead of {{playing["the lecture's DQN"]:.0f}}.
#
# **Not shown.** Counting the time limit as an end is a mistake, and lesson 07 computed how wrong the
# values get. Yet no difference is shown at the end. (To choose an action, one only has to know which
# Q-value is the larger; both may be wrong together.) Copying the target network every 200 steps instead
# of at the end of each episode may help or harm: the interval reaches from
# {{interval["copied every 200 steps"][0]:+.0f}} to {{interval["copied every 200 steps"][1]:+.0f}}.
#
# ## Reading it honestly
#
# - *Not shown* is not *shown to be nothing*. A wide interval around 0 means that a hundred runs are not
#   enough to tell.
# - One change may be several. The agent without replay memory lost three things at once: the store, the mixing
#   and the mini-batch of 64.
# - An interval tells you about other seeds. It says nothing about other tasks, other settings or longer
#   training.
# - Of twenty intervals of 95%, one is expected to miss the true value by bad luck. If you try twenty
#   changes and report the best one, you will often report luck.

# %% [markdown] lang="ko"
# 결과는 세 부류로 나뉩니다.
#
# **도움이 확인된 것.** 리플레이 메모리가 없으면 사분위간 평균이 {{iqm["the lecture's DQN"]:.0f}}에서
# {{iqm["no replay memory"]:.0f}}으로, 타깃 네트워크가 없으면 {{iqm["no target network"]:.0f}}로 떨어집니다. 차이의 구간이
# 둘 다 0보다 작습니다. 문서 001과 003이 DQN의 핵심으로 소개하는 두 아이디어는 카트폴에서도 제값을 합니다. 하지만
# "없으면 배우지 못한다"는 지나친 말입니다. 메모리가 없어도 실행의 {{summaries["no replay memory"].solved_ever:.0%}}는 한
# 번이라도 풀었습니다.
#
# **배우는 동안에는 도움이 되지만 결과는 같은 것.** −100이 없어도 마지막 실력은
# 비슷합니다({{iqm["no -100 for a fall"]:.0f}}과 {{iqm["the lecture's DQN"]:.0f}}). 다만 그만큼 잘하기까지 더 오래
# 걸립니다. 학습 중의 평균 점수가 {{playing["the lecture's DQN"]:.0f}}점에서
# {{playing["no -100 for a fall"]:.0f}}점으로 낮아집니다.
#
# **확인되지 않은 것.** 시간 제한을 끝으로 보는 것은 실수이고, 가치가 얼마나 틀려지는지는 07강에서 계산했습니다.
# 그런데도 마지막 점수에서는 차이가 확인되지 않았습니다. (행동을 고를 때는 두 큐값 가운데 어느 쪽이 큰지만 알면
# 됩니다. 둘이 함께 틀려도 괜찮습니다.) 타깃 네트워크를 에피소드가 끝날 때가 아니라 200스텝마다 복사하면 도움이 될
# 수도, 해가 될 수도 있습니다. 구간이 {{interval["copied every 200 steps"][0]:+.0f}}에서
# {{interval["copied every 200 steps"][1]:+.0f}}까지입니다.
#
# ## 결과를 정직하게 읽기
#
# - *확인되지 않았다*는 말은 *효과가 없다고 확인되었다*는 말이 아닙니다. 구간이 넓고 그 안에 0이 있다면, 100번
#   실행해서는 알 수 없다는 뜻입니다.
# - 하나를 바꾼 줄 알았는데 여럿을 바꾼 것일 수 있습니다. 리플레이 메모리를 뺀 에이전트는 저장, 섞기, 64개짜리 미니배치까지 세
#   가지를 한꺼번에 잃었습니다.
# - 구간은 시드가 달랐다면 어땠을지만 알려 줍니다. 과제나 설정이 다르거나 더 오래 학습하면 어떻게 될지는 알려 주지
#   않습니다.
# - 95% 구간이 스무 개면 그중 하나쯤은 운이 나빠 참값을 놓칩니다. 스무 가지를 바꾸어 보고 가장 좋은 것만 보고하면, 운을
#   보고하는 셈이 되기 쉽습니다.

# %% [markdown] lang="en"
# ## Review
#
# <details><summary>What is the replay memory for, and what did the measurement say?</summary>
#
# It mixes samples that would come in a row, and uses each many times. Here it was worth most: the interquartile
# mean was {{iqm["no replay memory"]:.0f}} without it and {{iqm["the lecture's DQN"]:.0f}} with it.
# </details>
#
# <details><summary>What is the target network for, and what did the measurement say?</summary>
#
# It holds the labels still while the model fits them. Without it the interquartile mean was
# {{iqm["no target network"]:.0f}}.
# </details>
#
# <details><summary>The interval of a difference reaches from −20 to +60. What do you say?</summary>
#
# That no difference was shown. There may be none, or a considerable one. More runs would make the
# interval narrower.
# </details>
#
# <details><summary>Why are the runs redrawn <i>with</i> replacement?</summary>
#
# Without replacement each draw would hold the same hundred runs, and give the same number every time.
# </details>
#
# **Summary** A hundred runs are summed up by an interquartile mean, failures included, and a bootstrap
# interval says how much it would change with other seeds. Taken away one at a time, the replay memory
# and the target network proved to be worth a lot on CartPole; the −100 made learning faster; for the
# rest no difference was shown. **Next** lesson 12: "solved ever" and "solved at the end" are two
# columns, for a reason. DQN forgets.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>리플레이 메모리는 왜 필요한가? 측정 결과는?</summary>
#
# 연달아 들어올 샘플을 섞어 주고, 샘플 하나를 여러 번 쓰게 해 줍니다. 여기서 가장 큰 도움이 되었습니다. 사분위간 평균이
# 없으면 {{iqm["no replay memory"]:.0f}}, 있으면 {{iqm["the lecture's DQN"]:.0f}}입니다.
# </details>
#
# <details><summary>타깃 네트워크는 왜 필요한가? 측정 결과는?</summary>
#
# 모델이 정답에 맞추어 가는 동안 정답을 붙잡아 둡니다. 없으면 사분위간 평균이 {{iqm["no target network"]:.0f}}입니다.
# </details>
#
# <details><summary>차이의 구간이 −20에서 +60까지입니다. 뭐라고 말해야 할까요?</summary>
#
# 차이가 확인되지 않았다고 말합니다. 아무것도 아닐 수도, 꽤 클 수도 있습니다. 더 많이 실행하면 구간이 좁아집니다.
# </details>
#
# <details><summary>실행을 다시 뽑을 때 왜 중복을 허락할까요?</summary>
#
# 중복 없이 뽑으면 언제나 똑같은 실행 100개가 뽑혀서, 매번 같은 숫자가 나옵니다.
# </details>
#
# **정리** 실행 100번의 결과는 실패까지 넣어 사분위간 평균으로 요약합니다. 시드가 달랐다면 그 값이 얼마나
# 움직였을지는 부트스트랩 구간이 알려 줍니다. 하나씩 빼 보니 카트폴에서는 리플레이 메모리와 타깃 네트워크가 큰
# 도움이 되었고, −100은 더 빨리 배우게 해 주었고, 나머지는 차이가 확인되지 않았습니다. **다음 시간** 12강: "한
# 번이라도 푼 실행"과 "마지막에 푼 실행"을 따로 센 데는 이유가 있습니다. DQN은 잊습니다.
