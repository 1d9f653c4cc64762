# %% [markdown] lang="en"
# # 10 · Five documents, one agent
#
# Slides (seed document 002): DQN, code explained and *Result*. Seed documents 000, 001, 003 and 004:
# four other posts that teach the same thing.
#
# **You will be able to** read a DQN as a list of settings and say where two differ · bring scores that
# were counted differently to one scale · compare agents over 100 runs instead of one · find the
# mistakes in published code, and tell the harmless ones from the harmful ones by measuring.
#
# **Time** 50 minutes · **Needs** lessons 05 to 09
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $n$ | `steps` | number | how many steps the pole stood in an episode |
# | $M$ | `max_steps` | number | the most an episode can have: 500 in CartPole-v1, 200 in CartPole-v0 |
# | $n / M$ | `share` | number, 0 to 1 | what part of the possible was reached |
# | $k$ | `keep` | number, 0 to 1 | what a running mean keeps of its old value |
# | $m_e$ | `mean` | number | the running mean after $e$ episodes |
# | $y$ | `targets` | `[B]` | the labels |

# %% [markdown] lang="ko"
# # 10 · 문서는 다섯, 에이전트는 하나
#
# 슬라이드(시드 문서 002): DQN 코드 설명과 *Result*. 시드 문서 000, 001, 003, 004: 같은 내용을 가르치는 다른 글
# 네 편.
#
# **이번 시간이 끝나면** DQN을 설정값의 목록으로 읽고 둘이 어디서 다른지 말할 수 있고 · 서로 다르게 센 점수를 한
# 기준으로 맞출 수 있고 · 한 번이 아니라 100번의 실행으로 에이전트를 비교할 수 있고 · 공개된 코드에서 실수를 찾아,
# 해로운 실수와 해롭지 않은 실수를 측정으로 가려낼 수 있습니다.
#
# **시간** 50분 · **먼저 볼 것** 05~09
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $n$ | `steps` | 숫자 | 한 에피소드에서 폴이 서 있던 스텝 수 |
# | $M$ | `max_steps` | 숫자 | 한 에피소드의 최대 스텝 수. CartPole-v1은 500, CartPole-v0은 200 |
# | $n / M$ | `share` | 0~1의 숫자 | 가능한 것 가운데 얼마나 해냈나 |
# | $k$ | `keep` | 0~1의 숫자 | 이동 평균이 예전 값을 남기는 비율 |
# | $m_e$ | `mean` | 숫자 | 에피소드 $e$개 뒤의 이동 평균 |
# | $y$ | `targets` | `[B]` | 정답(타깃) |

# %%
import dataclasses
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNVariantAgent, bellman_target, checks, epsilon_greedy, evaluate
from dqn_keras import mean_of_last_above, use_one_thread
from dqn_keras.experiments import RECIPES, load_results, plot_mean, score_matrix, summarise

# After dqn_keras, which silences their start-up messages.
import tensorflow as tf

use_one_thread()  # for networks this small, handing work to other threads costs more than it saves

# %% [markdown] lang="en"
# ## One class, five sets of settings
#
# A **recipe** is one document's settings: which agent, which environment, how many episodes. In a
# terminal, `python -m dqn_keras recipes` lists them all. Here are the five documents':

# %% [markdown] lang="ko"
# ## 클래스 하나, 설정 다섯 벌
#
# **레시피**는 문서 하나의 설정입니다. 어떤 에이전트를, 어떤 환경에서, 몇 에피소드 동안 학습시키는지를 적습니다.
# 터미널에서 `python -m dqn_keras recipes`를 실행하면 모두 볼 수 있습니다. 다섯 문서의 레시피는 이렇습니다.

# %%
DOCUMENTS = {
    "velog_dqn": "000",
    "book_dqn": "001",
    "slides_dqn": "002",
    "g6ling_dqn": "003",
    "juvin_dqn": "004",
}
limits = {name: RECIPES[name].environment(0).max_steps for name in DOCUMENTS}
for name, document in DOCUMENTS.items():
    recipe = RECIPES[name]
    print(f"{document}  {name}: {recipe.episodes} episodes, {limits[name]} steps at most")
    print(f"     {recipe.source}")

# %% [markdown] lang="en"
# All five can be made by one class, `DQNVariantAgent`: the slides' `DQNAgent` with more to choose. What
# makes them different are its arguments. We print those in which they do not all agree:

# %% [markdown] lang="ko"
# 다섯 모두 한 클래스 `DQNVariantAgent`로 만들 수 있습니다. 슬라이드의 `DQNAgent`에 고를 수 있는 것을 더한 클래스입니다.
# 다른 것은 인자뿐입니다. 서로 다른 인자만 출력해 봅시다.

# %%
agents = {name: DQNVariantAgent(4, 2, **RECIPES[name].settings) for name in DOCUMENTS}


def short(value):
    return f"{value:g}" if isinstance(value, float) else str(value)


print(f"{'':20s}", *(f"{document:>14s}" for document in DOCUMENTS.values()))
for setting in agents["slides_dqn"].get_config():
    values = [short(agent.get_config()[setting]) for agent in agents.values()]
    if len(set(values)) > 1:
        print(f"{setting:20s}", *(f"{value:>14s}" for value in values))

# %% [markdown] lang="en"
# Read it line by line: nothing in it is new since lesson 09. Document 000 subtracts from epsilon once an
# episode, the slides multiply it once an update, and in document 001 it stays where it is. Two documents
# (000, 004) update only when an episode has ended, and these two have no target network, although 000
# names it as one of the ideas of DQN. `fall_reward` None means that a fall costs nothing but the rewards
# that are missing.

# %% [markdown] lang="ko"
# 한 줄씩 읽어 보세요. 08 이후로 새로운 것은 하나도 없습니다. 문서 000은 에피소드마다 입실론에서 조금씩 빼고,
# 슬라이드는 업데이트마다 곱하고, 문서 001에서는 그대로입니다. 두 문서(000, 004)는 에피소드가 끝났을 때만 업데이트하고,
# 타깃 네트워크도 없습니다. 000은 글에서 타깃 네트워크를 DQN의 아이디어로 꼽으면서도 그렇습니다. `fall_reward`가
# None이면 쓰러져도 벌점은 없고, 더 받지 못한 보상만큼만 손해입니다.

# %% [markdown] lang="en"
# ## One episode, five scores: by hand
#
# Before comparing we have to know what the documents count. The pole falls in the third step. What do the
# five programs print?
#
# | document | how it counts | prints |
# |---|---|---|
# | 000, 001 | add up the rewards: 1 + 1 + 1 | ? |
# | 002 | add up the rewards, −100 for the fall; then add 100, unless the sum is 500 | ? |
# | 003 | add up the rewards, −1 for the fall; then add 1, unless the sum is 500 | ? |
# | 004 | count the steps, print the counter plus 1 | ? |

# %% [markdown] lang="ko"
# ## 한 에피소드, 다섯 점수: 손으로
#
# 비교하기 전에 문서들이 무엇을 세는지 알아야 합니다. 폴이 세 번째 스텝에서 쓰러졌습니다. 다섯 프로그램은 각각 몇
# 점이라고 출력할까요?
#
# | 문서 | 세는 방법 | 출력 |
# |---|---|---|
# | 000, 001 | 보상을 더한다: 1 + 1 + 1 | ? |
# | 002 | 쓰러지면 −100인 보상을 더하고, 합이 500이 아니면 100을 더한다 | ? |
# | 003 | 쓰러지면 −1인 보상을 더하고, 합이 500이 아니면 1을 더한다 | ? |
# | 004 | 스텝을 세고, 센 수에 1을 더해 출력한다 | ? |

# %%
def printed_score(document, steps):
    """What a document's program prints after an episode of so many steps (500 at most)."""
    if document in ("000", "001"):
        return steps
    if document == "004":
        return steps + 1
    fall_reward, added = {"002": (-100, 100), "003": (-1, 1)}[document]
    last_reward = 1 if steps == 500 else fall_reward  # the 500th step is no fall
    total = (steps - 1) + last_reward
    return total if total == 500 else total + added


for document in DOCUMENTS.values():
    print(document, [printed_score(document, steps) for steps in (3, 38, 500)])

# %% [markdown] lang="en"
# One and the same episode of 38 steps is a 37, a 38 or a 39. The −100 of document 002 swallows the last
# +1, and +100 gives back only the 100. (The −100 belongs into the *memory*, as something to learn from.
# The score is for us: `dqn_keras` keeps the two apart.)
#
# ## Exercise 1 · five documents, one count ★☆☆ 10 minutes
#
# Go back: from what a document printed to the number of steps that were played.

# %% [markdown] lang="ko"
# 똑같은 38스텝짜리 에피소드가 37점도, 38점도, 39점도 됩니다. 문서 002의 −100은 마지막 +1을 삼켜 버리는데, 나중에
# 더하는 +100은 100만 돌려줍니다. (−100은 배울 거리로서 *메모리*에 들어가야 합니다. 점수는 우리가 보려는 것이고요.
# `dqn_keras`는 둘을 따로 둡니다.)
#
# ## 연습 1 · 다섯 문서를 한 기준으로 ★☆☆ 10분
#
# 거꾸로 가 봅시다. 문서가 출력한 점수를 받아 실제로 플레이한 스텝 수를 반환하세요.

# %% exercise="steps_played"
def my_steps_played(document, printed):
    """document is one of "000" to "004", printed a whole number; returns the number of steps."""
    ### BEGIN SOLUTION
    if document == "004":
        return printed - 1
    if document in ("002", "003") and printed != 500:
        return printed + 1
    return printed
    ### END SOLUTION

# %% check="steps_played" points=2
checks.check_steps_played(my_steps_played)

# %% [markdown] lang="en"
# ## A hundred runs of each
#
# Each document shows one run, and only document 001 says what that is worth: *repeat it a hundred times
# and average.* We did, for all five: 300 episodes, seeds 0 to 99, without stop rules. Every run left a
# line in a file in `results/`, with its training scores and with what the agent scores **greedily** (no
# random actions, 100 episodes) at the end.
#
# CartPole-v0 stops at 200 steps, so we compare the share $n / M$ of what is possible. In the table the greedy
# share is the mean of the middle half of the runs, and the range is where it would lie with other seeds
# (lesson 11 explains both). A run is *solved* if its greedy mean is at least 475 of 500, or 195 of 200.

# %% [markdown] lang="ko"
# ## 각각 100번씩
#
# 문서마다 실행 결과를 하나씩 보여 줍니다. 그것만으로는 부족하다고, *100번 반복해서 평균하라*고 말하는 것은 문서
# 001뿐입니다. 다섯 문서 모두 그렇게 해 두었습니다. 300 에피소드, 시드 0~99, 종료 조건은 없습니다. `results/`의 파일에
# 실행마다 한 줄씩, 학습 중의 점수와 마지막의 **그리디** 점수(무작위 행동 없이 100 에피소드)가 적혀 있습니다.
#
# CartPole-v0은 200스텝에서 끝나므로, 가능한 것 가운데 얼마나 해냈는지 $n / M$로 비교합니다. 표의 그리디 비율은 실행들의
# 가운데 절반을 평균한 것이고, 괄호는 시드가 달랐을 때 그 값이 있을 만한 범위입니다(둘 다 10에서 설명합니다). 그리디
# 평균이 500 가운데 475, 또는 200 가운데 195 이상이면 *푼* 것으로 봅니다.

# %%
results, final, summaries = {}, {}, {}
for name in DOCUMENTS:
    try:
        results[name] = load_results(f"{name}-300episodes")
    except FileNotFoundError as missing:  # as on Colab, where only the package is
        print(missing)
        continue
    final[name] = np.array([run.greedy[-1] for run in results[name]]) / limits[name]
    summaries[name] = summarise(results[name], limit=475 if limits[name] == 500 else 195)

# %%
def updates(agent, scores):
    """How many gradient steps the agent made in episodes of these lengths."""
    steps = np.cumsum(scores)
    if agent.train_every == "step":
        return max(0, int(steps[-1]) - agent.train_start + 1)
    return agent.updates_per_episode * int(np.sum(steps >= agent.train_start))


print("document    runs    steps  updates   greedy share (95%)    solved at the end")
shares, made = {}, {}
for name, summary in summaries.items():
    made[name] = np.mean([updates(agents[name], run.scores) for run in results[name]])
    shares[name] = summary.iqm / limits[name]
    low, high = np.array(summary.iqm_interval) / limits[name]
    print(
        f"{DOCUMENTS[name]} {name:10s} {summary.runs:3d} {summary.steps:8,.0f} {made[name]:8,.0f}"
        f"   {shares[name]:.2f} ({low:.2f} to {high:.2f})   {summary.solved_end:8.0%}"
    )

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3.3), sharey=True, layout="constrained")
for name, runs in results.items():
    plot_mean(score_matrix(runs, 300) / limits[name], label=DOCUMENTS[name], axes=left)
    right.plot(np.sort(final[name]), label=DOCUMENTS[name])
left.set(xlabel="episode", ylabel="share of the possible", title="training, mean of 100 runs")
right.set(xlabel="run, sorted", title="greedy, after training")
left.legend(*right.get_legend_handles_labels(), title="document", fontsize="small", loc="upper left")
plt.show()

# %% [markdown] lang="en"
# After 300 episodes the slides' settings (002) are ahead: {{shares["slides_dqn"]:.2f}} of the possible, and
# {{100 * summaries["slides_dqn"].solved_end:.0f}} of 100 runs solved. Before you praise a method, look at the column *updates*: in the same 300
# episodes document 000 made {{made["velog_dqn"]:.0f}} gradient steps, the slides {{made["slides_dqn"]:,.0f}}. Documents 000 and 004 learn only when an
# episode is over, and 003 and 004 were meant to run for 3000 and 10,000 episodes. The table says who is
# far after 300 episodes, not who has the better idea. The training curve of 003 even hides what its agent can do:
# epsilon falls so slowly there that it is still {{1 - 0.00005 * made["g6ling_dqn"]:.2f}} at the end of an average run.
# So we judge by the right picture, played greedily: runs of one and the same document, sorted. They differ in
# nothing but the seed.

# %% [markdown] lang="ko"
# 300 에피소드 뒤에는 슬라이드(002)의 설정이 앞섭니다. 가능한 점수의 {{shares["slides_dqn"]:.2f}}에 이르고, 100번 가운데
# {{100 * summaries["slides_dqn"].solved_end:.0f}}번이 문제를 풀었습니다. 하지만 방법을 칭찬하기 전에 *updates* 열을 보세요. 똑같은 300 에피소드 동안 문서
# 000은 그레이디언트 스텝을 {{made["velog_dqn"]:.0f}}번, 슬라이드는 {{made["slides_dqn"]:,.0f}}번 밟았습니다. 000과 004는 에피소드가 끝날 때만 학습하고, 003과
# 004는 원래 3000, 10,000 에피소드를 돌리려던 것입니다. 그러니 이 표는 300 에피소드 뒤에 누가 멀리 갔는지를 말할 뿐,
# 누구의 아이디어가 더 좋은지를 말하지는 않습니다. 003의 학습 곡선은 에이전트의 실력을 가리기까지 합니다. 입실론이 아주
# 천천히 줄어서 평균적인 실행이 끝날 때도 아직 {{1 - 0.00005 * made["g6ling_dqn"]:.2f}}이기 때문입니다. 그래서 그리디로
# 플레이한 오른쪽 그림으로 판단합니다. 같은 문서의 실행을 점수순으로 늘어놓은 것인데, 서로 다른 것은 시드뿐입니다.

# %% [markdown] lang="en"
# ## What one run would have told
#
# Suppose that each author had shown one run, and we believed it. We draw one of the hundred runs of each
# document at random, ten thousand times, and count how often each document looks best:

# %% [markdown] lang="ko"
# ## 한 번만 실행했다면
#
# 저자마다 한 번씩만 실행해서 보여 주었고, 우리가 그것을 믿었다고 합시다. 문서마다 100번의 실행 가운데 하나를
# 무작위로 뽑는 일을 만 번 되풀이하고, 각 문서가 몇 번이나 가장 좋아 보이는지 셉니다.

# %%
rng = np.random.default_rng(0)
if final:
    drawn = np.array([rng.choice(values, 10_000) for values in final.values()])
    best = drawn == drawn.max(axis=0)  # [documents, draws]
    looks_best = dict(zip(final, (best / best.sum(axis=0)).mean(axis=1)))  # a tie is shared
    for name, share in looks_best.items():
        print(f"document {DOCUMENTS[name]} looks best in {share:.0%} of the draws")

# %%
if "book_dqn" in results:
    curve = score_matrix(results["book_dqn"], 300).mean(axis=0)
    blocks = curve.reshape(6, 50).mean(axis=1)
    print("document 001, mean of its runs, 50 episodes at a time:", blocks.round())
    above_116 = np.mean(200 * final["book_dqn"] > 116)
    print(f"runs whose greedy mean is above 116: {above_116:.0%}")

# %% [markdown] lang="en"
# Whoever saw one run of each could have come home with any of several winners. Document 001 quotes a single
# greedy episode of 116 steps; of our hundred runs, {{100 * above_116:.0f}} do better than that in the mean. It also says
# that its agent gets the knack from about episode 50 on: in the mean of the hundred runs the second fifty
# episodes bring {{blocks[1]:.0f}} steps and the third fifty {{blocks[2]:.0f}}, so here it happens a little later.

# %% [markdown] lang="ko"
# 실행을 하나씩만 본 사람은 여러 문서 가운데 어느 것이든 승자로 꼽을 수 있었습니다. 문서 001은 그리디 에피소드 하나의
# 점수 116을 적어 두었는데, 우리가 돌린 100번 가운데 {{100 * above_116:.0f}}번은 평균이 그보다 높습니다. 또 50번째 에피소드쯤부터 요령을
# 잡는다고 하지요. 100번의 평균에서 두 번째 50 에피소드는 {{blocks[1]:.0f}}스텝, 세 번째 50 에피소드는 {{blocks[2]:.0f}}스텝이니, 여기서는 그보다
# 조금 늦습니다.

# %% [markdown] lang="en"
# ## Bug hunt · the argument that nobody reads ★★☆ 10 minutes
#
# Now to the mistakes. In document 000 one letter is wrong. Its policy has an argument called `elsilon`, with
# the value 0 if none is given, so that the trained agent could be asked to play without random actions.
# Below, in our words, with the same slip. We hand in 0 and should see action 1, the better one, every
# time:

# %% [markdown] lang="ko"
# ## 버그 찾기 · 아무도 읽지 않는 인자 ★★☆ 10분
#
# 이제 실수를 찾아봅시다. 문서 000은 글자 하나가 틀렸습니다. 정책 함수에 `elsilon`이라는 인자가 있고 기본값은 0입니다.
# 학습이 끝난 에이전트를 무작위 행동 없이 플레이시키려는 것이었겠지요. 아래는 같은 실수를 우리 코드로 옮긴
# 것입니다. 0을 넘겼으니 매번 더 좋은 행동 1이 나와야 합니다.

# %%
epsilon = 1.0  # left behind by a training loop


def policy_of_000(q_values, elsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(q_values)))
    return int(np.argmax(q_values))


better = np.mean([policy_of_000([0.0, 10.0], 0, rng) for _ in range(1000)])
print(f"epsilon 0 handed in; the better action is taken in {better:.0%} of the calls")

# %% [markdown] lang="en"
# Python finds no local `epsilon`, looks outside, and finds the training loop's. While that loop runs, both
# are the same number, so learning is not disturbed, and nobody notices. Repair it: return one action, its
# number, and draw only from `rng`.

# %% [markdown] lang="ko"
# 함수 안에 `epsilon`이 없으니 파이썬은 바깥을 찾아보고, 학습 루프가 남긴 것을 가져다 씁니다. 학습 중에는 두 값이 같아서
# 학습에는 지장이 없고, 그래서 아무도 눈치채지 못합니다. 고쳐 보세요. 행동 하나의 번호를 반환하고, 난수는 `rng`에서만
# 뽑습니다.

# %% exercise="policy_argument"
def my_policy(q_values, epsilon, rng):
    ### BEGIN SOLUTION
    if rng.random() < epsilon:
        return int(rng.integers(len(q_values)))
    return int(np.argmax(q_values))
    ### END SOLUTION

# %% check="policy_argument" points=2
checks.check_policy_argument(my_policy)

# %% [markdown] lang="en"
# ## Bug hunt · the label that was not detached ★★☆ 15 minutes
#
# Document 001 wants the label to be a label: no gradient through it (lesson 07). It calls
# `next_q.detach()` and goes on with `next_q`. But in PyTorch `detach` gives back a *new* tensor, as
# `tf.stop_gradient` does in TensorFlow; the old one is as it was. Below the same slip, in our words.
# Repair it. (`batch` is a mini-batch as in lesson 07; in this exercise one `model` makes both $Q(s, a)$
# and the labels, as in documents 000 and 004. The loss stays one number, the mean of the squared errors.)
#
# ```python
# def loss_of_001(model, batch, discount_factor):
#     next_q = tf.reduce_max(model(batch.next_states), axis=1)
#     tf.stop_gradient(next_q)
#     goes_on = 1 - tf.cast(batch.terminated, tf.float32)
#     targets = batch.rewards + discount_factor * goes_on * next_q
#     q_values = tf.gather(model(batch.states), batch.actions, batch_dims=1)
#     return tf.reduce_mean(tf.square(targets - q_values))
# ```

# %% [markdown] lang="ko"
# ## 버그 찾기 · 떼어 내지 못한 정답 ★★☆ 15분
#
# 문서 001은 정답을 정답답게 쓰려고 합니다. 정답으로는 그레이디언트가 흐르지 않아야 하니까요(06). 그래서
# `next_q.detach()`를 부르고 이어서 `next_q`를 씁니다. 그런데 파이토치의 `detach`는 TensorFlow의 `tf.stop_gradient`처럼
# *새로운* 텐서를 돌려줄 뿐, 원래 텐서는 그대로입니다. 아래는 같은 실수를 우리 코드로 옮긴 것입니다. 고쳐 보세요.
# (`batch`는 06의 미니배치입니다. 이 연습에서는 문서 000과 004처럼 `model` 하나가 $Q(s, a)$와 정답을 모두 만듭니다.
# 오류함수는 그대로 숫자 하나, 제곱한 오차의 평균입니다.)
#
# ```python
# def loss_of_001(model, batch, discount_factor):
#     next_q = tf.reduce_max(model(batch.next_states), axis=1)
#     tf.stop_gradient(next_q)
#     goes_on = 1 - tf.cast(batch.terminated, tf.float32)
#     targets = batch.rewards + discount_factor * goes_on * next_q
#     q_values = tf.gather(model(batch.states), batch.actions, batch_dims=1)
#     return tf.reduce_mean(tf.square(targets - q_values))
# ```

# %% exercise="label_loss"
def my_loss(model, batch, discount_factor):
    ### BEGIN SOLUTION
    next_q = tf.stop_gradient(tf.reduce_max(model(batch.next_states), axis=1))
    goes_on = 1 - tf.cast(batch.terminated, tf.float32)
    targets = batch.rewards + discount_factor * goes_on * next_q
    q_values = tf.gather(model(batch.states), batch.actions, batch_dims=1)
    return tf.reduce_mean(tf.square(targets - q_values))
    ### END SOLUTION

# %% check="label_loss" points=2
checks.check_label_loss(my_loss)

# %% [markdown] lang="en"
# What does the slip do? With the errors $\delta_i = y_i - Q(s_i, a_i)$, the gradient that moves only
# $Q(s, a)$ is the first of these. If the label moves too, it is the second:
#
# $$g = -\frac{2}{B} \sum_i \delta_i \, \nabla Q(s_i, a_i) \qquad
# g' = -\frac{2}{B} \sum_i \delta_i \, \big(\nabla Q(s_i, a_i) - \gamma (1 - d_i) \nabla \max_{a'} Q(s'_i, a')\big)$$
#
# We take both on one mini-batch, once with a target network beside the model (as document 001 has one)
# and once with the model alone. $\nabla$ is taken by the *model's* weights, the only ones the optimiser
# holds.

# %% [markdown] lang="ko"
# 이 실수는 무엇을 바꿀까요? 오차를 $\delta_i = y_i - Q(s_i, a_i)$라고 하면, $Q(s, a)$만 움직이는 그레이디언트는 첫째
# 식이고 정답까지 함께 움직이면 둘째 식입니다.
#
# $$g = -\frac{2}{B} \sum_i \delta_i \, \nabla Q(s_i, a_i) \qquad
# g' = -\frac{2}{B} \sum_i \delta_i \, \big(\nabla Q(s_i, a_i) - \gamma (1 - d_i) \nabla \max_{a'} Q(s'_i, a')\big)$$
#
# 미니배치 하나로 둘을 구해 봅시다. 한 번은 문서 001처럼 타깃 네트워크를 따로 두고, 한 번은 모델 하나로 합니다.
# $\nabla$는 *모델*의 가중치에 대한 것입니다. 옵티마이저가 쥐고 있는 가중치가 그것뿐이니까요.

# %%
def loss_gradient(model, label_model, batch, discount_factor, stop):
    with tf.GradientTape() as tape:
        next_q = tf.reduce_max(label_model(batch.next_states), axis=1)
        if stop:
            next_q = tf.stop_gradient(next_q)
        goes_on = 1 - tf.cast(batch.terminated, tf.float32)
        targets = batch.rewards + discount_factor * goes_on * next_q
        q_values = tf.gather(model(batch.states), batch.actions, batch_dims=1)
        loss = tf.reduce_mean(tf.square(targets - q_values))
    gradients = tape.gradient(loss, model.trainable_weights)
    return np.concatenate([np.ravel(gradient) for gradient in gradients])


def change_by_slip(model, label_model):
    right, slip = (loss_gradient(model, label_model, batch, 0.98, stop) for stop in (True, False))
    return np.linalg.norm(slip - right) / np.linalg.norm(right)

# %%
agent, environment = agents["slides_dqn"], CartPole(seed=0)
agent.reset(0)
while len(agent.memory) < 900:  # random play, nothing learned yet
    agent.run_episode(environment)
batch = agent.memory.sample(64, agent.rng)
slip_with_target = change_by_slip(agent.model, agent.target_model)
slip_alone = change_by_slip(agent.model, agent.model)
print(f"length of the gradient's change: with a target network {slip_with_target:.0%},")
print(f"with the model alone {slip_alone:.0%} of the gradient's own length")

# %% [markdown] lang="en"
# With a target network the slip changes **nothing**: the gradient that it lets through belongs to weights
# that nobody updates. So document 001's agent learns as it should; only some computing is wasted. With one
# network the same line gives another gradient. The code that document 001 follows has the same slip in
# its actor-critic, where there is one network, and there it does harm. A mistake is dangerous or not by
# its surroundings; `dqn_keras.bellman_target` stops the gradient itself, in every surrounding.

# %% [markdown] lang="ko"
# 타깃 네트워크가 따로 있으면 이 실수는 **아무것도** 바꾸지 않습니다. 새어 나간 그레이디언트는 아무도 업데이트하지 않는
# 가중치의 것이니까요. 그래서 문서 001의 에이전트는 제대로 배우고, 계산만 조금 낭비합니다. 신경망이 하나뿐이면 똑같은
# 줄이 다른 그레이디언트를 만듭니다. 문서 001이 따른 코드는 신경망이 하나인 액터-크리틱에서도 같은 실수를 했고, 거기서는
# 해롭습니다. 같은 실수도 놓인 자리에 따라 위험하기도 하고 아니기도 합니다. `dqn_keras.bellman_target`은 어디서
# 쓰이든 스스로 그레이디언트를 막습니다.

# %% [markdown] lang="en"
# ## Who chooses the action?
#
# In document 003 the *target network* acts. It is up to 100 steps old, so the agent does not act on what
# it learned last. Is that harmful? We let an agent do so, five seeds, beside the corrected one. After each
# episode we also look at how often the two networks would choose differently, over all states in the
# memory.

# %% [markdown] lang="ko"
# ## 행동은 누가 고르나
#
# 문서 003에서는 *타깃 네트워크*가 행동을 고릅니다. 최대 100스텝 묵은 신경망이므로, 에이전트는 방금 배운 것을 바로
# 써먹지 못합니다. 해로울까요? 그렇게 하는 에이전트와 고친 에이전트를 시드 다섯 개로 나란히 학습시켜 봅시다. 에이전트의
# 두 신경망이 얼마나 자주 서로 다른 행동을 고르는지도 에피소드마다 메모리의 모든 상태에서 셉니다.

# %%
class ActsWithTarget(DQNVariantAgent):
    def get_action(self, state):
        q_values = self.target_model(state[None])[0]
        return epsilon_greedy(q_values, self.epsilon, self.rng)


def train_003(agent_class, episodes=200, seeds=range(5)):
    recipe = dataclasses.replace(RECIPES["g6ling_dqn"], agent=agent_class)
    agent = recipe.make_agent(environment, seed=0)
    returns, different = [], []
    for seed in seeds:
        agent.reset(seed), environment.reset(seed)
        for _ in range(episodes):
            agent.run_episode(environment)
            states = agent.memory.states[: len(agent.memory)]
            old_actions = tf.argmax(agent.target_model(states), axis=1, output_type=tf.int32)
            different.append(np.mean(agent.greedy_actions(states) != old_actions))
        returns.append(evaluate(agent, environment).mean())
    return np.array(returns), np.mean(different[episodes // 2 :])

# %%
acting = {}
for text, agent_class in (("model", DQNVariantAgent), ("target network", ActsWithTarget)):
    acting[text], different = train_003(agent_class)
    print(f"the {text} acts: greedy mean {acting[text].mean():.0f}, each seed", acting[text].round())
print(f"the two networks disagree in {different:.0%} of the states")

# %% [markdown] lang="en"
# The networks disagree in {{different:.0%|60%}} of the states: now and then the old one does act differently.
# But the five results of one and the same kind, the model acting, lie {{np.ptp(acting["model"]):.0f|60%}} steps
# apart, and with such a spread five seeds cannot tell which kind is better. It is not what DQN is, and it
# costs nothing to do it right, so the recipe corrects it. To *claim* that it harms, we would need many more
# runs.

# %% [markdown] lang="ko"
# 두 신경망은 상태의 {{different:.0%|60%}}에서 서로 다른 행동을 고릅니다. 옛 신경망은 가끔 정말로 다르게 행동합니다. 하지만
# 모델이 행동하는 같은 방법의 다섯 결과도 가장 낮은 것과 가장 높은 것이 {{np.ptp(acting["model"]):.0f|60%}}스텝이나
# 차이 납니다. 이렇게 퍼져 있으면 시드 다섯 개로는 어느 쪽이 나은지 말할 수 없습니다. 원래의 DQN이 아니고 바르게 하는
# 데 드는 것도 없으니 레시피에서는 고쳤습니다. 그러나 해롭다고 *주장*하려면 훨씬 많은 실행이 필요합니다.

# %% [markdown] lang="en"
# ## When to stop: a mean that begins at 0
#
# Document 003 stops when a **running mean** is above 200:
#
# $$m_0 = 0 \qquad m_e = k \, m_{e-1} + (1 - k) \, G_e \qquad k = 0.99$$
#
# By hand, with $k = 0.5$ and a score of 10 every time: $m_1 = 5$, $m_2 = 7.5$, $m_3 = 8.75$. If the score is
# always $G$, then $m_e = (1 - k^e) \, G$: the mean needs time to forget its zero.
#
# ## Exercise 2 · how long until it stops? ★★☆ 10 minutes
#
# An agent scores the same in every episode. After how many episodes is the running mean **above** the goal
# for the first time? Return a whole number; a loop is as good as a formula. (The score is above the goal,
# so that there is an answer.)

# %% [markdown] lang="ko"
# ## 언제 멈출까: 0에서 시작하는 평균
#
# 문서 003은 **이동 평균**이 200을 넘으면 멈춥니다.
#
# $$m_0 = 0 \qquad m_e = k \, m_{e-1} + (1 - k) \, G_e \qquad k = 0.99$$
#
# 손으로 해 보면, $k = 0.5$이고 점수가 늘 10일 때 $m_1 = 5$, $m_2 = 7.5$, $m_3 = 8.75$입니다. 점수가 늘 $G$라면
# $m_e = (1 - k^e) \, G$입니다. 평균이 처음의 0을 잊는 데 시간이 걸립니다.
#
# ## 연습 2 · 멈출 때까지 얼마나 걸릴까 ★★☆ 10분
#
# 에피소드마다 점수가 똑같은 에이전트가 있습니다. 이동 평균이 처음으로 목표를 **넘는** 것은 몇 에피소드 뒤일까요?
# 정수를 반환하세요. 반복문도 좋고 공식도 좋습니다. (점수가 목표보다 크므로 답이 있습니다.)

# %% exercise="episodes_until"
def my_episodes_until(goal, score, keep):
    ### BEGIN SOLUTION
    mean, episodes = 0.0, 0
    while mean <= goal:
        mean = keep * mean + (1 - keep) * score
        episodes += 1
    return episodes
    ### END SOLUTION

# %% check="episodes_until" points=2
checks.check_episodes_until(my_episodes_until)

# %%
until_200 = my_episodes_until(200, 500, 0.99)
until_475 = my_episodes_until(475, 500, 0.99)
print(f"a perfect agent, 500 every time: above 200 after {until_200} episodes, 475 after {until_475}")


def slides_rule(scores):  # what it averages: the last ten without the newest
    return bool(np.mean(scores[-min(10, len(scores)) :][:-1]) > 490)


for scores in ([500, 9], [500] * 9 + [9], [500] * 10):
    rules = slides_rule(scores), mean_of_last_above(490)(scores)
    print(f"last scores {scores[-3:]}, {len(scores)} in all: slides stop {rules[0]}, corrected {rules[1]}")

# %% [markdown] lang="en"
# So the rule of 003 is slow and lenient at once: a perfect agent is stopped only after {{until_200:d}}
# episodes, and one that stands for 201 steps of 500 is stopped as well, sooner or later. (CartPole-v1
# counts as solved at 475; for that goal the same mean would take {{until_475:d}} perfect episodes.) The
# slides' rule has the opposite fault, as lesson 00 found: it is hasty. Two episodes with one lucky 500
# satisfy it, even if the newest ended after nine steps.
#
# ## A run that is not the first
#
# Document 004 saves its weights when it ends, and loads that file, if there is one, when it begins. So
# the second run is not a run from the beginning, and nothing says so. We do the same with the slides'
# agent. Same seed, same lines, twice; and each time we ask what the agent scores *before* it trains:

# %% [markdown] lang="ko"
# 그러니 003의 종료 조건은 느리면서 너그럽습니다. 완벽한 에이전트도 {{until_200:d}} 에피소드나 지나야 멈추고, 500스텝
# 가운데 201스텝만 서 있는 에이전트도 언젠가는 멈춥니다. (CartPole-v1은 475부터 풀었다고 봅니다. 그 목표라면 같은
# 평균으로 완벽한 에피소드가 {{until_475:d}}개 필요합니다.) 00에서 보았듯이 슬라이드의 조건은 반대로 성급합니다. 운 좋은
# 500점 하나가 있으면 두 에피소드 만에 충족되고, 가장 최근 에피소드가 9스텝 만에 끝났어도 상관하지 않습니다.
#
# ## 첫 실행이 아닌 실행
#
# 문서 004는 끝날 때 가중치를 저장하고, 시작할 때 그 파일이 있으면 불러옵니다. 그래서 두 번째 실행은 처음부터 배우는
# 실행이 아닌데도 아무 말이 없습니다. 슬라이드의 에이전트로 똑같이 해 봅시다. 같은 시드, 같은 코드로 두 번 실행하고,
# 학습하기 *전에* 에이전트가 몇 점인지 물어봅니다.

# %%
def run_like_004(folder):
    agent.reset(0), environment.reset(0)
    file = Path(folder) / "weights.safetensors"
    if file.exists():
        agent.load_weights(file)
    before = evaluate(agent, environment).mean()
    for _ in range(120):
        agent.run_episode(environment)
    agent.save_weights(file)
    return before


with tempfile.TemporaryDirectory() as folder:
    first, second = run_like_004(folder), run_like_004(folder)
print(f"greedy mean before any training: first run {first:.0f}, second run {second:.0f}")

# %% [markdown] lang="en"
# The "untrained" agent of the second run holds the pole for {{second:.0f|70%}} steps instead of
# {{first:.0f|50%}}. Document 004 also sets epsilon to its minimum in that case. Whoever compares two runs of
# it compares a beginner with a veteran. In `dqn_keras` nothing is loaded unless you ask for it.
#
# ## What changed: the list of mistakes
#
# | document | mistake | what it changes |
# |---|---|---|
# | 000 | `elsilon` reads a global | not the learning; a greedy evaluation is impossible |
# | 000 | names a target network, has none | the learning |
# | 001 | `next_q.detach()` thrown away | nothing: gradient changed by {{slip_with_target:.0%}} |
# | 002 | score of a fall one too low | the report |
# | 002 | stop rule leaves out the newest score | when it stops |
# | 003 | the target network acts | the data; five seeds cannot tell if it harms |
# | 003 | goal 200 of 500, mean begun at 0 | when it stops |
# | 004 | prints one too many | the report |
# | 004 | loads an old file without a word | every run but the first |
# | all | the time limit stored as an end (lesson 07) | the learning; lesson 11 measures how much |

# %% [markdown] lang="ko"
# 두 번째 실행의 "학습 전" 에이전트는 {{first:.0f|50%}}스텝이 아니라 {{second:.0f|70%}}스텝을 버팁니다. 이때 문서 004는
# 입실론도 최솟값으로 바꿉니다. 이런 코드를 두 번 실행해서 비교하면 초보자와 경험자를 비교하는 셈입니다. `dqn_keras`는
# 시키지 않으면 아무것도 불러오지 않습니다.
#
# ## 무엇이 달라졌나: 실수 목록
#
# | 문서 | 실수 | 무엇이 달라지나 |
# |---|---|---|
# | 000 | `elsilon`이 전역 변수를 읽는다 | 학습은 그대로. 그리디 평가를 할 수 없다 |
# | 000 | 타깃 네트워크를 말하면서 코드에는 없다 | 학습 |
# | 001 | `next_q.detach()`의 결과를 버린다 | 없음: 그레이디언트의 변화 {{slip_with_target:.0%}} |
# | 002 | 쓰러진 에피소드의 점수가 1 모자란다 | 보고 |
# | 002 | 종료 조건이 가장 최근 점수를 뺀다 | 멈추는 때 |
# | 003 | 타깃 네트워크가 행동을 고른다 | 데이터. 해로운지는 시드 다섯 개로 알 수 없다 |
# | 003 | 목표는 500 가운데 200, 평균은 0에서 시작 | 멈추는 때 |
# | 004 | 1 많게 출력한다 | 보고 |
# | 004 | 옛 파일을 말없이 불러온다 | 첫 실행을 뺀 모든 실행 |
# | 모두 | 시간 제한을 끝으로 저장한다(07강) | 학습. 얼마나 달라지는지는 11강에서 |

# %% [markdown] lang="en"
# ## Review (진단 평가)
#
# <details><summary>(slides) What is a class, and why do we need one?</summary>
#
# A blueprint for objects. Here one class, `DQNVariantAgent`, covers five documents; each of them is a set of
# arguments. What is repaired in the class is repaired in all five.
# </details>
#
# <details><summary>Two posts print 499 and 500 for their agents. Which agent stood longer?</summary>
#
# That depends on how they count. A failed episode of 500 − 1 steps is printed as 498, 499 or 500 by our
# five documents.
# </details>
#
# <details><summary>Why is an agent judged by its greedy score and not by its training score?</summary>
#
# While training it acts at random with probability epsilon, and epsilons differ: after 300 episodes that
# of document 000 is still 0.4 by definition, that of document 001 is always 0.1.
# </details>
#
# <details><summary>A friend shows you a run with his idea and one without. His is better. Do you believe it?</summary>
#
# Not yet. The runs of one and the same agent differ by more than most ideas are worth. Ask for more seeds,
# and for an interval.
# </details>
#
# **Summary** The five documents are one agent with five sets of settings. Before comparing, count the same
# thing; then compare many runs, greedily, on one scale. A mistake in the code is a question to be measured:
# some change nothing, some only the report, some the learning. **Next** lesson 11: we take the ideas of
# DQN away, one at a time, and measure what each was worth.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>(슬라이드) 클래스란? 필요한 이유는?</summary>
#
# 객체를 찍어 내는 설계도입니다. 여기서는 `DQNVariantAgent` 클래스 하나가 문서 다섯 편을 모두 담고, 문서마다
# 인자만 다릅니다.
# 클래스에서 고친 것은 다섯 모두에서 고쳐집니다.
# </details>
#
# <details><summary>두 글이 자기 에이전트의 점수를 각각 499와 500으로 출력했습니다. 어느 쪽이 더 오래 서 있었을까요?</summary>
#
# 세는 방법에 따라 다릅니다. 499스텝에서 쓰러진 에피소드를 우리 문서들은 498, 499, 500으로 다르게 출력합니다.
# </details>
#
# <details><summary>왜 학습 중의 점수가 아니라 그리디 점수로 에이전트를 평가할까요?</summary>
#
# 학습 중에는 입실론의 확률로 무작위 행동을 하고, 입실론은 저마다 다릅니다. 300 에피소드 뒤에 문서 000의 입실론은
# 정의대로 아직 0.4이고, 문서 001은 언제나 0.1입니다.
# </details>
#
# <details><summary>친구가 자기 아이디어를 넣은 실행 하나와 넣지 않은 실행 하나를 보여 줍니다. 넣은 쪽이 더 좋습니다. 믿을까요?</summary>
#
# 아직은 아닙니다. 똑같은 에이전트도 실행마다 차이가 나고, 그 차이는 웬만한 아이디어의 효과보다 큽니다. 더 많은 시드와
# 구간을 보여 달라고 하세요.
# </details>
#
# **정리** 다섯 문서는 설정이 다섯 벌인 에이전트 하나입니다. 비교하기 전에 같은 것을 세고, 여러 번 실행해서, 그리디
# 점수로, 한 기준에서 비교합니다. 코드의 실수는 측정해 볼 물음입니다. 아무것도 바꾸지 않는 것도, 보고만 바꾸는 것도,
# 학습을 바꾸는 것도 있습니다. **다음 시간** 11강: DQN의 아이디어를 하나씩 빼 보고 각각이 얼마나 도움이 되었는지 잽니다.
