# %% [markdown] lang="en"
# # 12 · How a DQN forgets, and what keeps it stable
#
# **On the slides** DQN, *Result*: a run that stops as soon as the task is solved. What would happen if it went
# on is not on them, and neither are Double DQN (van Hasselt, Guez and Silver, 2016, arXiv 1509.06461) and
# advantage learning (Bellemare and others, 2016, arXiv 1512.04860).
#
# **You will be able to** follow how a DQN loses what it could do · explain why its Q-values rise too high
# and its decisions come to hang by a thread · work out the targets of Double DQN and of advantage learning by
# hand and in code · measure how much of a success lasts · say what keeps a DQN stable, and how certain that is.
#
# **Time** 50 minutes · **Needs** lessons 06 to 11
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $Q(s', a'; \theta)$ | `next_q_values` | `[B, A]` | what the model says of the next states |
# | $Q(s', a'; \theta^-)$ | `next_target_q_values` | `[B, A]` | what the target network says of them |
# | $d$ | `terminated` | `[B]` | did this step end the task? |
# | $y$ | `targets` | `[B]` | the targets |
# | $Q(s, a; \theta^-)$ | `q_values` | `[B, A]` | what the target network says of the states themselves |
# | $\alpha$ | `alpha` | number | by what share of its gap a worse action is marked down |
# | $G_i$ | `greedy` | `[K]` | greedy mean at the $i$-th of the $K$ evaluations of a run |
# | $\eta_t$ | `rate(t)` | number | the learning rate at update $t$ |

# %% [markdown] lang="ko"
# # 12 · DQN은 어떻게 잊고, 무엇이 붙잡아 주나
#
# **슬라이드에서는** DQN의 *Result*. 문제를 풀자마자 멈추는 실행입니다. 계속했다면 어떻게 되었을지는 나오지 않습니다. 더블
# DQN(van Hasselt, Guez, Silver, 2016, arXiv 1509.06461)과 어드밴티지 러닝(Bellemare 외, 2016, arXiv 1512.04860)도
# 나오지 않습니다.
#
# **이번 시간이 끝나면** DQN이 할 줄 알던 것을 잃는 과정을 따라갈 수 있고 · 큐값이 왜 너무 높아지고 결정이 왜
# 아슬아슬해지는지 설명할 수 있고 · 더블 DQN과 어드밴티지 러닝의 타깃을 손으로, 코드로 계산할 수 있고 · 한 번 거둔
# 성공을 얼마나 지키는지 잴 수 있고 · 무엇이 DQN을 안정시키는지, 그 결론이 얼마나 확실한지 말할 수 있습니다.
#
# **시간** 50분 · **먼저 볼 것** 06~11강
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $Q(s', a'; \theta)$ | `next_q_values` | `[B, A]` | 다음 상태에 대한 모델의 큐값 |
# | $Q(s', a'; \theta^-)$ | `next_target_q_values` | `[B, A]` | 다음 상태에 대한 타깃 네트워크의 큐값 |
# | $d$ | `terminated` | `[B]` | 이 스텝에서 과제가 끝났나 |
# | $y$ | `targets` | `[B]` | 타깃 |
# | $Q(s, a; \theta^-)$ | `q_values` | `[B, A]` | 지금 상태에 대한 타깃 네트워크의 큐값 |
# | $\alpha$ | `alpha` | 숫자 | 나쁜 행동의 타깃을 행동 차이의 얼마만큼 깎나 |
# | $G_i$ | `greedy` | `[K]` | 한 실행을 $K$번 평가했을 때 $i$번째 그리디 평균 |
# | $\eta_t$ | `rate(t)` | 숫자 | $t$번째 업데이트의 학습률 |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, bellman_target, checks, evaluate, use_one_thread
from dqn_keras.experiments import RECIPES, Plan, interquartile_mean, load_results, plot_mean, summarise

# After dqn_keras, which silences their start-up messages.
import tensorflow as tf

plt.style.use("dqn_keras.classroom.lesson")
use_one_thread()  # for networks this small, handing work to other threads costs more than it saves

# %% [markdown] lang="en"
# ## How a DQN forgets
#
# In lesson 11 every run of the lecture's DQN was solved at some time, but only about half of them at
# the end. What happens in between? We train three of them, seeds 0 to 2, for 300 episodes and do not
# stop when they are solved. Every five episodes we measure five things:
#
# - how long the pole stands when the agent plays **greedily**;
# - how many **falls** are left among the 2000 transitions of the memory;
# - the **action gap**: how far apart the two Q-values of a state are, averaged over the memory;
# - the larger Q-value of **lost states**, averaged. A state is lost if the pole falls in the next step,
#   whatever the agent does. Its true value is therefore known: −100, the reward of the fall. We set the
#   lost states of the first 1000 random steps aside;
# - the **loss** over the whole memory: the mean squared TD error.

# %% [markdown] lang="ko"
# ## DQN은 어떻게 잊나
#
# 11강에서 강의의 DQN은 모든 실행이 한 번은 문제를 풀었지만, 마지막에 푼 상태인 것은 절반쯤이었습니다. 그
# 사이에 무슨 일이 있었을까요? 시드 0~2로 세 번, 문제를 풀어도 멈추지 않고 300에피소드씩 학습시켜 봅시다. 다섯
# 에피소드마다 다섯 가지를 잽니다.
#
# - **그리디**로 플레이하면 폴이 얼마나 오래 서 있나
# - 메모리의 샘플 2000개 가운데 **쓰러진** 샘플이 몇 개인가
# - **행동 차이**(action gap): 한 상태의 두 큐값이 서로 얼마나 떨어져 있나(메모리 전체의 평균)
# - **가망 없는 상태**의 큐값 가운데 큰 쪽은 얼마인가(평균). 어떤 행동을 해도 다음 스텝에 쓰러지는 상태를 말합니다.
#   그러니 참값을 압니다. 쓰러질 때의 보상 −100입니다. 무작위로 행동하는 처음 1000스텝에서 이런 상태를 따로 모아
#   둡니다.
# - 메모리 전체로 구한 **오류함수**(손실 함수)의 값, 곧 TD 오차의 제곱 평균은 얼마인가

# %%
environment = CartPole()
agent = RECIPES["slides_dqn"].make_agent(environment, seed=0)
MEASURED = ("greedy length", "falls in memory", "action gap", "Q of lost states", "loss")


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
def watch(agent, seed, episodes=300, every=5):
    agent.reset(seed), environment.reset(seed)
    begun, rows = 0, []
    while len(agent.memory) < 1000:
        agent.run_episode(environment)
        begun += 1
    size = len(agent.memory)
    lost_states = agent.memory.states.numpy()[:size][agent.memory.terminated.numpy()[:size]]
    for episode in range(begun + 1, episodes + 1):
        agent.run_episode(environment)
        if episode % every == 0:
            rows.append((episode, *measure(agent, lost_states)))
    return lost_states, np.array(rows).T


watched = {seed: watch(agent, seed) for seed in range(3)}
lost_states = watched[0][0]
falls_next = np.abs(lost_states[:, 2] + 0.02 * lost_states[:, 3]) > 12 * np.pi / 180
print(f"{len(lost_states)} lost states of seed 0; of these {falls_next.mean():.0%} fall whatever is done")

# %% [markdown] lang="en"
# (Why can nothing be done? The next angle is computed from the present angle and its present speed:
# $\text{angle} + 0.02 \cdot \text{speed}$. A push changes only the speed, so it affects only the angle
# after that.)

# %% [markdown] lang="ko"
# (왜 어떤 행동을 해도 소용이 없을까요? 다음 각도는 지금의 각도와 각속도로 $\text{각도} + 0.02 \cdot \text{각속도}$처럼
# 계산됩니다. 카트를 밀면 각속도만 바뀌고, 각도는 그다음 스텝에야 바뀝니다.)

# %% figure="how_dqn_forgets"
figure, grid = plt.subplots(2, 3, figsize=(7, 4), sharex=True)
for panel, name, row in zip(grid.flat, MEASURED, range(1, 6)):
    for seed, (_, columns) in watched.items():
        panel.plot(columns[0], columns[row], label=f"seed {seed}", linewidth=1.2)
    panel.set_title(name)
grid[1, 0].axhline(-100, color="0.5", linestyle=":", label="true value")
grid[1, 1].set_yscale("log")
for panel in (*grid[1, :2], grid[0, 2]):
    panel.set_xlabel("episode")
grid[0, 2].tick_params(labelbottom=True)
grid[1, 2].axis("off")
grid[1, 2].legend(*grid[1, 0].get_legend_handles_labels(), loc="center")
plt.show()

# %%
lapses, lowest, highest, wide, narrow = [], [], [], [], []
for seed, (_, (_, greedy, falls, action_gap, lost_q, loss)) in watched.items():
    solved = greedy >= 475
    after = solved[np.argmax(solved) :] if solved.any() else solved
    lapses.append(int(np.sum(~after)))
    lowest.append(lost_q.min()), highest.append(lost_q[lost_q.argmin() :].max())
    wide.append(action_gap[: action_gap.argmin()].max()), narrow.append(action_gap.min())
    print(f"seed {seed}: below 475 at {lapses[-1]} of {len(after)} measurements from its first success on")

# %% [markdown] lang="en"
# Read the panels together.
#
# 1. While the agent is bad, the memory holds many falls, and the Q-values of the lost states sink towards
#    their true −100. They get as far as {{np.mean(lowest):.0f|60%}} (mean of the three seeds).
# 2. The agent gets good and stops falling. Four episodes of 500 steps fill the memory, so the old falls are
#    soon overwritten, and at times hardly one is left to say that a fall is bad.
# 3. Every sample says "+1, and it goes on". The Q-values rise, and nothing holds those of the lost states
#    down: they reach {{np.mean(highest):.0f|60%}}, in a task where no state is worth more than
#    $1 + 0.99 + 0.99^2 + \dots = 100$. The action gap shrinks, from {{np.mean(wide):.1f|60%}} at its widest
#    to {{np.mean(narrow):.2f|80%}}, so that a small change of the weights can reverse a decision.
# 4. The loss gets smaller than ever. It is measured on what is in the memory, and there is hardly a fall in
#    it. A small loss does not prove that the agent is good.
# 5. Then the agent drops the pole, for one episode or for many. Falls are back in the memory, the loss jumps,
#    and the agent learns again what they cost, or tries to. After their first success the three runs were
#    below 475 at {{sum(lapses):d|90%}} measurements in all.
#
# The five curves fit the story, but that does not prove that the lost falls are the *cause*. To test it
# you have to intervene, for example with a memory so large that no fall is overwritten, and compare many runs:
# `python -m dqn_keras experiment slides_dqn --episodes 300 --runs 20 --set memory_size=100000`

# %% [markdown] lang="ko"
# 다섯 그림을 함께 읽어 봅시다.
#
# 1. 에이전트가 서툴 때는 메모리에 쓰러진 샘플이 많고, 가망 없는 상태의 큐값이 참값 −100 쪽으로 내려갑니다. 가장
#    낮을 때가 {{np.mean(lowest):.0f|60%}}입니다(세 시드 평균).
# 2. 에이전트가 잘하게 되면 더는 쓰러지지 않습니다. 500스텝짜리 에피소드 네 개면 메모리가 차므로 옛 실패는 금세
#   덮어쓰이고, 쓰러지면 나쁘다고 알려 주는 샘플이 거의 하나도 남지 않을 때가 있습니다.
# 3. 모든 샘플이 "+1이고, 계속된다"라고 말합니다. 큐값은 오르고, 가망 없는 상태의 큐값을 붙잡아 둘 것이 없습니다. 그 값은
#    {{np.mean(highest):.0f|60%}}까지 올라갑니다. 어떤 상태의 가치도 $1 + 0.99 + 0.99^2 + \dots = 100$을 넘지 못하는
#    과제인데도 그렇습니다. 행동 차이는 가장 넓을 때의 {{np.mean(wide):.1f|60%}}에서 {{np.mean(narrow):.2f|80%}}까지
#    줄어서, 가중치가 조금만 바뀌어도 결정이 뒤집힐 수 있습니다.
# 4. 그런데 오류함수의 값은 어느 때보다 작습니다. 메모리에 있는 샘플로 재는데, 거기에 실패가 거의 없기 때문입니다. 오류함수의
#    값이 작다고 에이전트가 좋은 것은 아닙니다.
# 5. 그러다가 어떤 실행은 한 에피소드, 또는 여러 에피소드 동안 쓰러집니다. 실패가 메모리로 돌아오고, 오류함수가 치솟고,
#    에이전트는 다시 배웁니다. 다시 배우지 못하기도 합니다. 처음으로 푼 뒤에 세 실행에서 잰 값이 475보다 낮았던 것은 모두
#    {{sum(lapses):d|90%}}번입니다.
#
# 다섯 곡선은 이 이야기와 잘 맞습니다. 그래도 사라진 실패가 *원인*이라고 증명된 것은 아닙니다. 확인하려면 직접 손을 대 보아야
# 합니다. 예를 들어 메모리를 아주 크게 해서 실패가 덮어쓰이지 않게 하고, 여러 번 실행해서 비교합니다.
# `python -m dqn_keras experiment slides_dqn --episodes 300 --runs 20 --set memory_size=100000`

# %% [markdown] lang="en"
# ## Two networks, two questions: by hand
#
# One thing that pushes the Q-values up is the target itself: it takes the *largest* of several guesses.
# A guess that happens to be too high is more likely to be taken than one that is too low. **Double
# DQN** therefore asks two questions. The model says *which* action is best next; the target network
# says *what it is worth*.
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
# ## 두 신경망에 묻는 두 질문: 손으로
#
# 큐값을 밀어 올리는 원인 가운데 하나는 타깃 자체입니다. 타깃은 여러 추측 가운데 *가장 큰* 것을 고릅니다. 그러면
# 어쩌다 너무 높게 나온 추측이 너무 낮게 나온 추측보다 뽑히기 쉽습니다. 그래서 **더블 DQN**은 질문을 둘로 나눕니다.
# 다음에 *어느* 행동이 가장 좋은지는 모델에게, 그 행동의 *값이 얼마인지*는 타깃 네트워크에게 묻습니다.
#
# 다음 상태가 네 개 있고 $\gamma = 0.9$입니다. 마지막 두 열을 채워 보세요.
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
# As a formula, where $\arg\max_{a'}$ is the action with the largest value:
#
# $$y = r + \gamma \, (1 - d) \, Q\big(s', \arg\max_{a'} Q(s', a'; \theta); \theta^-\big)$$
#
# Double DQN's target is **never larger** than DQN's: the target network's value of *some* action cannot exceed
# its largest value. Where both networks prefer the same action (row 4), and after an end (row 3), the two
# targets are equal.
#
# ## Exercise 1 · the Double DQN target ★☆☆ 10 minutes
#
# Return the targets `[B]`. Useful: `np.argmax(..., axis=1)`; then pick in row $i$ the column of action $i$ with
# `q_values[np.arange(len(actions)), actions]`; and `np.where` for the rows that have ended.

# %% [markdown] lang="ko"
# 수식으로 쓰면 다음과 같습니다. $\arg\max_{a'}$는 값이 가장 큰 행동입니다.
#
# $$y = r + \gamma \, (1 - d) \, Q\big(s', \arg\max_{a'} Q(s', a'; \theta); \theta^-\big)$$
#
# 더블 DQN의 타깃은 DQN의 타깃보다 **절대로 크지 않습니다**. 타깃 네트워크가 *어떤* 행동에 매긴 값이든, 타깃 네트워크가
# 매긴 가장 큰 값을 넘을 수 없기 때문입니다. 두 신경망이 같은 행동을 고르거나(4행) 과제가 끝났으면(3행) 두 타깃은 같습니다.
#
# ## 연습 1 · 더블 DQN의 타깃 ★☆☆ 10분
#
# 타깃 `[B]`를 반환하세요. `np.argmax(..., axis=1)`로 행동을 고르고, `q_values[np.arange(len(actions)), actions]`로
# $i$번째 행에서 $i$번째 행동의 열을 골라낼 수 있습니다. 끝난 행에는 `np.where`가 쓸모 있습니다.

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
# Why is the largest guess too large on average? Let the true value of every action be 0, and let each
# guess be off by a random error with standard deviation $\sigma = 1$ (the root of the variance, lesson
# 06). For two actions the mean of the larger guess is known: $\sigma / \sqrt{\pi}$. If one set of
# guesses chooses the action and an *independent* set gives its value, the mean is 0. Your function
# computes both, with reward 0 and $\gamma = 1$:

# %% [markdown] lang="ko"
# 가장 큰 추측은 왜 평균적으로 너무 클까요? 모든 행동의 참값이 0이고, 추측마다 표준편차 $\sigma = 1$의 무작위 오차가
# 있다고 합시다. 행동이 둘일 때 더 큰 추측의 평균은 $\sigma / \sqrt{\pi}$로 알려져 있습니다. 추측 한 벌로 행동을 고르고 *독립인*
# 다른 한 벌로 값을 매기면 평균은 0입니다. 보상을 0, $\gamma = 1$로 놓으면 여러분의 함수로 둘 다 구할 수 있습니다.

# %%
rng = np.random.default_rng(0)
guesses, other_guesses = rng.normal(size=(2, 100_000, 2))  # true values: 0
nothing, never = np.zeros(100_000), np.zeros(100_000, bool)
too_high = np.mean(my_double_target(nothing, guesses, guesses, never, 1.0))
double_error = np.mean(my_double_target(nothing, guesses, other_guesses, never, 1.0))
print(f"largest guess {too_high:.3f}, formula {1 / np.sqrt(np.pi):.3f}; double {double_error:.3f}")

# %% [markdown] lang="en"
# In a DQN the two networks are not independent: one was copied from the other. So Double DQN makes the error
# smaller but does not remove it. Is it worth anything on CartPole? We ask as in lesson 11, with a hundred runs
# of the lecture's DQN and a hundred with Double DQN, 300 episodes each, and redraw the gap between their
# interquartile means:

# %% [markdown] lang="ko"
# DQN의 두 신경망은 서로 독립이 아닙니다. 하나가 다른 하나의 복사본이니까요. 그래서 더블 DQN은 오차를 줄일 뿐
# 없애지는 못합니다. 카트폴에서 도움이 될까요? 11강에서처럼 알아봅시다. 강의의 DQN과 더블 DQN을 각각 300에피소드씩 100번
# 실행한 결과에서, 사분위간 평균의 차이를 다시 뽑아 봅니다.

# %%
def final_scores(**settings):
    runs = load_results(Plan("slides_dqn", settings, 300).file_name)
    return np.array([run.greedy[-1] for run in runs])


def redrawn_iqm(values):
    return np.array([interquartile_mean(rng.choice(values, len(values))) for _ in range(2000)])


plain, double = final_scores(), final_scores(double=True)
iqm_plain, iqm_double = interquartile_mean(plain), interquartile_mean(double)
gap = np.percentile(redrawn_iqm(double) - redrawn_iqm(plain), [2.5, 97.5])
print(f"DQN {iqm_plain:.0f}, Double DQN {iqm_double:.0f}; gap from {gap[0]:+.0f} to {gap[1]:+.0f}")

# %% [markdown] lang="en"
# Double DQN ends at {{iqm_double:.0f}} instead of {{iqm_plain:.0f}}, but the interval of the gap contains 0. It may
# well help; a hundred runs do not show it.
#
# ## Pulling two values apart: by hand
#
# The other thing that went wrong was the action gap. A single push to the wrong side costs little if
# the agent plays well afterwards, so the true gap is small. Beside values near 100 it is as small as the
# errors of the network, and then the errors decide.
#
# **Advantage learning** pulls the values apart on purpose. An action that looks worse than the best one in
# its state gets a target that is lower still, by a share $\alpha$ of its gap. The best action has no gap, so
# its target stays as it is. The gap is read off the target network, in the state $s$ in which the action was
# taken, not in the next one. With $\alpha = 0.5$:
#
# | | $y$ | target network in $s$: $\leftarrow$, $\rightarrow$ | $a_t$ | its gap | lowered $y$ |
# |---|---|---|---|---|---|
# | 1 | 10 | 10, 6 | $\leftarrow$ | 0 | 10 |
# | 2 | 8 | 10, 6 | $\rightarrow$ | 4 | 8 − 0.5 · 4 = 6 |
# | 3 | 9 | 4, 9 | $\leftarrow$ | ? | ? |
# | 4 | −100 (the pole fell) | 2, 7 | $\leftarrow$ | ? | ? |

# %% [markdown] lang="ko"
# 사분위간 평균은 DQN이 {{iqm_plain:.0f}}, 더블 DQN이 {{iqm_double:.0f}}이지만, 차이의 구간에 0이 들어 있습니다.
# 도움이 될 법하지만 100번 실행해서는 확인되지 않습니다.
#
# ## 두 값을 벌려 놓기: 손으로
#
# 또 하나 문제가 된 것은 행동 차이였습니다. 한 번쯤 반대쪽으로 밀어도 그 뒤에 잘하면 손해가 거의 없으므로, 행동
# 차이는 참값부터 작습니다. 큐값이 100에 가까우니 행동 차이는 신경망의 오차만 한 크기밖에 안 되고, 그러면 오차가 행동을
# 정해 버립니다.
#
# **어드밴티지 러닝**(advantage learning)은 두 값을 일부러 벌려 놓습니다. 그 상태에서 가장 좋은 행동보다 나빠 보이는
# 행동은 행동 차이의 $\alpha$배만큼 타깃을 더 깎습니다. 가장 좋은 행동은 차이가 0이므로 타깃이 그대로입니다. 행동 차이는
# 다음 상태가 아니라 그 행동을 한 상태 $s$에서 타깃 네트워크의 큐값으로 구합니다. $\alpha = 0.5$라면 다음과 같습니다.
#
# | | $y$ | $s$에서 타깃 네트워크: $\leftarrow$, $\rightarrow$ | $a_t$ | 행동 차이 | 깎은 $y$ |
# |---|---|---|---|---|---|
# | 1 | 10 | 10, 6 | $\leftarrow$ | 0 | 10 |
# | 2 | 8 | 10, 6 | $\rightarrow$ | 4 | 8 − 0.5 · 4 = 6 |
# | 3 | 9 | 4, 9 | $\leftarrow$ | ? | ? |
# | 4 | −100 (폴이 쓰러짐) | 2, 7 | $\leftarrow$ | ? | ? |

# %%
targets = np.array([10, 8, 9, -100], np.float32)
q_values = np.array([[10, 6], [10, 6], [4, 9], [2, 7]], np.float32)  # the target network's, in s
actions = np.array([0, 1, 0, 0])

lowered_by_hand = [10 - 0.5 * 0, 8 - 0.5 * 4, 9 - 0.5 * 5, -100 - 0.5 * 5]
print("lowered targets", lowered_by_hand)

# %% [markdown] lang="en"
# As a formula, for DQN's or Double DQN's $y$:
#
# $$y - \alpha \, \big( \max_a Q(s, a; \theta^-) - Q(s, a_t; \theta^-) \big)$$
#
# ## Exercise 2 · the advantage-learning target ★☆☆ 5 minutes
#
# Return the lowered targets `[B]`. `targets` are the $y$ and `actions` the $a_t$, both `[B]`; `q_values` are
# `[B, A]`. `q_values.max(axis=1)` is the largest number of each row, and what picks one action in each row you
# know from exercise 1.

# %% [markdown] lang="ko"
# 수식으로 쓰면 다음과 같습니다. $y$는 DQN의 것이어도 되고 더블 DQN의 것이어도 됩니다.
#
# $$y - \alpha \, \big( \max_a Q(s, a; \theta^-) - Q(s, a_t; \theta^-) \big)$$
#
# ## 연습 2 · 어드밴티지 러닝의 타깃 ★☆☆ 5분
#
# 깎은 타깃 `[B]`를 반환하세요. `targets`는 $y$, `actions`는 $a_t$이고 모양은 둘 다 `[B]`입니다. `q_values`는 `[B, A]`입니다.
# `q_values.max(axis=1)`은 행마다 가장 큰 수이고, 행마다 행동 하나를 골라내는 방법은 연습 1에서 썼습니다.

# %% exercise="advantage_learning_target"
def my_advantage_learning_target(targets, q_values, actions, alpha):
    ### BEGIN SOLUTION
    taken = q_values[np.arange(len(actions)), actions]
    return targets - alpha * (q_values.max(axis=1) - taken)
    ### END SOLUTION

# %% check="advantage_learning_target" points=1
checks.check_advantage_learning_target(my_advantage_learning_target)

# %% [markdown] lang="en"
# How far apart does it pull them? Take one state in which the better action is worth 10 and the other
# one 8. The network learns the lowered targets, is copied into the target network, and its wider gap makes the
# next targets:

# %% [markdown] lang="ko"
# 얼마나 벌어질까요? 좋은 행동의 가치가 10, 다른 행동의 가치가 8인 상태 하나를 봅시다. 깎은 타깃을 신경망이 배우고, 그 신경망이
# 타깃 네트워크로 복사되고, 벌어진 차이로 다음 타깃을 만듭니다.

# %%
gaps = [2.0]
for copy in range(7):
    q_of_state = np.array([[10.0, 10.0 - gaps[-1]]])
    (lowered,) = my_advantage_learning_target(np.array([8.0]), q_of_state, np.array([1]), 0.5)
    gaps.append(10.0 - lowered)
print("gap after each copy", np.round(gaps, 2))

# %% [markdown] lang="en"
# Each time less is added, and the gap ends at $1 / (1 - \alpha)$ of what it was: twice as wide for
# $\alpha = 0.5$, 3.3 times for $\alpha = 0.7$. The better action keeps its value of 10. Does it work in
# training? We watch the lecture's DQN once more, three seeds with $\alpha = 0.7$, and draw them beside the
# three from above:

# %% [markdown] lang="ko"
# 더해지는 양은 갈수록 줄고, 행동 차이는 원래의 $1 / (1 - \alpha)$배에서 멈춥니다. $\alpha = 0.5$이면 2배, $\alpha = 0.7$이면
# 3.3배입니다. 좋은 행동의 가치는 10 그대로입니다. 학습할 때도 그럴까요? 강의의 DQN을 $\alpha = 0.7$로 세 번 더
# 지켜보고, 위의 세 실행과 함께 그려 봅시다.

# %% figure="action_gap"
apart = RECIPES["slides_dqn"].changed({"advantage_learning": 0.7}).make_agent(environment, seed=0)
watched_apart = {seed: watch(apart, seed) for seed in range(3)}

figure, (left, right) = plt.subplots(1, 2, figsize=(7, 2.8))
for runs, color, text in (
    (watched, "C0", "the lecture's DQN"),
    (watched_apart, "C1", "advantage learning, 0.7"),
):
    for seed, (_, columns) in runs.items():
        left.plot(columns[0], columns[3], color, linewidth=1.2, label=text if seed == 0 else None)
        right.plot(columns[0], columns[1], color, linewidth=1.2)
left.set(title="action gap", yscale="log", xlabel="episode")
right.set(title="greedy length", xlabel="episode")
left.legend(loc="lower left", fontsize="small")
plt.show()

# %%
gap_of = {
    name: np.median(np.concatenate([columns[3] for _, columns in runs.values()]))
    for name, runs in (("lecture", watched), ("apart", watched_apart))
}
times_wider = gap_of["apart"] / gap_of["lecture"]
print(f"median action gap {gap_of['lecture']:.2f} and {gap_of['apart']:.2f}: {times_wider:.1f} times")

# %% [markdown] lang="en"
# The gap still shrinks, for the reasons you know, but it does so from a greater height: its median is
# {{gap_of["apart"]:.2f|60%}} instead of {{gap_of["lecture"]:.2f|60%}}, {{times_wider:.1f|50%}} times as wide.
# What the small network makes of it, on the right, proves nothing: it is three runs each. So we ask a hundred.
#
# ## What keeps it stable
#
# `stable_dqn` is the lecture's DQN with four changes:
#
# - 128 and 128 hidden units instead of 24 and 24;
# - advantage learning: `DQNVariantAgent(..., advantage_learning=0.7)`;
# - a learning rate that falls along a cosine over $T = 80{,}000$ updates, to a hundredth of its start $\eta_0$. Small
#   steps late in training cannot undo much;
# - mini-batches of 32 instead of 64, which make up for a part of the time that the larger network costs.
#
# $$\eta_t = \eta_0 \Big( 0.01 + 0.99 \cdot \tfrac{1}{2} \big(1 + \cos(\pi \, t / T)\big) \Big) \quad \text{for } t \le T,
# \qquad \eta_t = 0.01 \, \eta_0 \text{ after}$$
#
# Both agents were run with 100 seeds (1000 to 1099) for 100,000 environment steps and evaluated every
# 10,000. The same was done with one of the four changes undone, for each of the four.

# %% [markdown] lang="ko"
# 행동 차이는 앞에서 본 이유로 여전히 줄어들지만, 더 큰 값에서부터 줄어듭니다. 중앙값이 {{gap_of["lecture"]:.2f|60%}}에서
# {{gap_of["apart"]:.2f|60%}}으로 {{times_wider:.1f|50%}}배가 되었습니다. 오른쪽에서 이 작은 신경망이 버틴 길이로는 아무것도
# 말할 수 없습니다. 세 번씩뿐입니다. 그래서 100번씩 실행합니다.
#
# ## 무엇이 안정시켜 주나
#
# `stable_dqn`은 강의의 DQN에서 네 가지를 바꾼 것입니다.
#
# - 은닉 유닛을 24, 24에서 128, 128로 늘립니다.
# - 어드밴티지 러닝을 씁니다. `DQNVariantAgent(..., advantage_learning=0.7)`입니다.
# - 학습률을 업데이트 $T = 80{,}000$번에 걸쳐 코사인 곡선을 따라 처음 값 $\eta_0$의 100분의 1까지 줄입니다. 학습 후반에
#   조금씩만 움직이면 배운 것이 크게 망가지지 않습니다.
# - 미니배치를 64개에서 32개로 줄입니다. 큰 신경망 때문에 늘어난 시간을 얼마쯤 되찾습니다.
#
# $$\eta_t = \eta_0 \Big( 0.01 + 0.99 \cdot \tfrac{1}{2} \big(1 + \cos(\pi \, t / T)\big) \Big) \quad (t \le T),
# \qquad \text{그 뒤로는 } \eta_t = 0.01 \, \eta_0$$
#
# 두 에이전트를 시드 100개(1000~1099)로 100,000스텝씩 학습시키고 10,000스텝마다 평가해 두었습니다. 네 가지를 하나씩
# 되돌린 에이전트도 똑같이 해 두었습니다.

# %%
def rate(t, start=0.001, decay_steps=80_000):
    share = min(t / decay_steps, 1)
    return start * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * share)))


def latest(run, step):
    """The newest greedy mean of a run at that step; a run that has ended keeps its last."""
    return run.greedy[np.searchsorted(run.evaluated_at, step, side="right") - 1]


BACK = {
    "its gap not widened": {"advantage_learning": 0},
    "24 and 24 units": {"hidden_units": (24, 24)},
    "its rate kept up": {"learning_rate_decay_steps": None},
    "mini-batches of 64": {"batch_size": 64},
}
runs_of = {name: load_results(f"{name}-100000steps") for name in ("slides_dqn", "stable_dqn")}
for text, settings in BACK.items():
    runs_of[text] = load_results(Plan("stable_dqn", settings, steps=100_000).file_name)

# %%
steps = np.arange(10_500, 101_000, 10_000)  # an episode's end may be 499 steps late
figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3), width_ratios=(1, 2))
updates = np.arange(0, 100_001, 1000)
left.plot(updates / 1000, [rate(t) for t in updates])
left.set(xlabel="1000 updates", ylabel="learning rate of stable_dqn")
for name in ("slides_dqn", "its gap not widened", "stable_dqn"):
    greedy = [[latest(run, step) for step in steps] for run in runs_of[name]]
    plot_mean(greedy, x=steps / 1000, label=name, axes=right)
right.set(xlabel="1000 environment steps", ylabel="greedy mean", ylim=(200, 510))
right.legend(loc="lower right")
plt.show()

# %% [markdown] lang="en"
# ## Exercise 3 · how much of it stayed? ★★☆ 10 minutes
#
# A mean curve does not show whether single runs keep what they have learned. `greedy` is an array of
# one run's greedy means, evaluation after evaluation, and `limit` is what counts as solved (reaching it
# is enough). Return the share, from 0 to 1, of the evaluations **after the first success** that were
# successes too:
#
# $$\text{stayed} = \frac{1}{K - j} \sum_{i = j + 1}^{K} \mathbf{1}[G_i \ge \text{limit}], \qquad
# j = \text{the first } i \text{ with } G_i \ge \text{limit}$$
#
# ($\mathbf{1}[\dots]$ is 1 where the condition holds, else 0.) By hand: for 20, 480, 500, 100 with
# limit 475 it is 1/2. Every run that your function is given has a success before its last evaluation.
# Useful: `greedy >= limit` is an array of True and False, in which `np.argmax` finds the first True and
# `np.mean` the share of True.

# %% [markdown] lang="ko"
# ## 연습 3 · 성공을 얼마나 지켰나 ★★☆ 10분
#
# 평균 곡선만 보아서는 실행 하나하나가 할 줄 알던 것을 지켰는지 알 수 없습니다. `greedy`는 한 실행의 그리디 평균을 평가
# 순서대로 늘어놓은 배열이고, `limit`는 풀었다고 보는 기준입니다(같아도 푼 것입니다). **처음으로 푼 뒤의** 평가 가운데 역시
# 푼 것의 비율을 0에서 1까지의 숫자로 반환하세요.
#
# $$\text{stayed} = \frac{1}{K - j} \sum_{i = j + 1}^{K} \mathbf{1}[G_i \ge \text{limit}], \qquad
# j = \text{처음으로 } G_i \ge \text{limit}\text{가 되는 } i$$
#
# ($\mathbf{1}[\dots]$은 조건이 맞으면 1, 아니면 0입니다.) 손으로 해 보면, 20, 480, 500, 100이고 기준이 475일 때
# 1/2입니다. 모든 실행은 마지막 평가 전에 적어도 한 번 풀었습니다. `greedy >= limit`는 True와 False의 배열입니다. 여기에
# `np.argmax`를 쓰면 첫 True의 위치를, `np.mean`을 쓰면 True의 비율을 알 수 있습니다.

# %% exercise="stayed"
def my_stayed(greedy, limit):
    ### BEGIN SOLUTION
    solved = greedy >= limit
    first = np.argmax(solved)
    return np.mean(solved[first + 1 :])
    ### END SOLUTION

# %% check="stayed" points=2
checks.check_stayed(my_stayed)

# %%
stable = {name: summarise(runs) for name, runs in runs_of.items()}
early = {name: np.mean([latest(run, 10_500) for run in runs]) for name, runs in runs_of.items()}
shares = {}
print(f"{'':20s} solved: ever   at the end   stayed")
for name, s in stable.items():
    greedy = [np.array(run.greedy) for run in runs_of[name]]
    shares[name] = np.array([my_stayed(g, 475) for g in greedy if max(g[:-1]) >= 475])
    ever, end, stayed = s.solved_ever, s.solved_end, np.mean(shares[name])
    print(f"{name:20s} {ever:12.0%} {end:12.0%} {stayed:8.2f}")


# %%
def redrawn_mean(values):
    return np.array([np.mean(rng.choice(values, len(values))) for _ in range(2000)])


stayed = {name: np.mean(values) for name, values in shares.items()}
lapsed = {name: np.mean(values < 1) for name, values in shares.items()}
less = {}
for name in BACK:
    less[name] = redrawn_mean(shares["stable_dqn"]) - redrawn_mean(shares[name])
    low, high = np.percentile(less[name], [2.5, 97.5])
    print(f"stayed, stable_dqn minus {name:20s} {low:+.2f} to {high:+.2f}")

# %% [markdown] lang="en"
# Nearly every run was solved at some time. At the end it is {{stable["slides_dqn"].solved_end:.0%}} of the
# lecture's runs and {{stable["stable_dqn"].solved_end:.0%}} of `stable_dqn`'s. Of the evaluations after the first
# success, a share of {{stayed["slides_dqn"]:.2f}} were successes too for the lecture's DQN, and
# {{stayed["stable_dqn"]:.2f}} for `stable_dqn` (means over the runs). Often it stays solved, not always: the aim
# was 99 runs of 100. The price is paid at the beginning: after 10,000 steps of training `stable_dqn` holds the
# pole for {{early["stable_dqn"]:.0f}} steps, the lecture's DQN for {{early["slides_dqn"]:.0f}}.
#
# Which of the four does it? In each of the other rows one is undone. Without advantage learning
# {{stable["its gap not widened"].solved_end:.0%}} of the runs are solved at the end, with 24 and 24 units
# {{stable["24 and 24 units"].solved_end:.0%}}, with a rate that does not fall
# {{stable["its rate kept up"].solved_end:.0%}}; and of the runs without advantage learning
# {{lapsed["its gap not widened"]:.0%}} fell below 475 again at some evaluation after their first success, of
# `stable_dqn`'s {{lapsed["stable_dqn"]:.0%}}. For these three the interval of the difference in what stayed lies
# above 0 (lesson 11): each of them is needed. With mini-batches of 64 it is
# {{stable["mini-batches of 64"].solved_end:.0%}}, and the interval has 0 in it: no difference is shown, and the smaller
# ones save time.

# %% [markdown] lang="ko"
# 거의 모든 실행이 한 번은 풀었습니다. 마지막에 푼 상태인 실행은 강의의 DQN이 {{stable["slides_dqn"].solved_end:.0%}},
# `stable_dqn`이 {{stable["stable_dqn"].solved_end:.0%}}입니다. 처음으로 푼 뒤의 평가 가운데 역시 푼 것의 비율은 실행
# 평균으로 각각 {{stayed["slides_dqn"]:.2f}}와 {{stayed["stable_dqn"]:.2f}}입니다. 대부분 푼 상태를 지키지만 언제나 그런 것은 아닙니다.
# 목표는 100번에 99번이었습니다. 대가는 처음에 치릅니다. 10,000스텝 뒤에 `stable_dqn`은 {{early["stable_dqn"]:.0f}}스텝,
# 강의의 DQN은 {{early["slides_dqn"]:.0f}}스텝을 버팁니다.
#
# 넷 중 무엇 덕분일까요? 다른 줄들은 하나씩 되돌린 것입니다. 마지막에 푼 상태인 실행이, 어드밴티지 러닝을 빼면
# {{stable["its gap not widened"].solved_end:.0%}}, 유닛을 24, 24로 되돌리면
# {{stable["24 and 24 units"].solved_end:.0%}}, 학습률을 줄이지 않으면
# {{stable["its rate kept up"].solved_end:.0%}}입니다. 처음으로 푼 뒤에 한 번이라도 475 아래로 내려간 실행은 어드밴티지
# 러닝이 없으면 {{lapsed["its gap not widened"]:.0%}}, `stable_dqn`은 {{lapsed["stable_dqn"]:.0%}}입니다. 이 셋은 푼 상태를
# 지킨 비율의 차이를 구간으로 보면 0보다 큽니다(11강). 셋 다 필요하다는 뜻입니다. 미니배치를 64개로 되돌리면
# {{stable["mini-batches of 64"].solved_end:.0%}}이고 구간에 0이 들어 있습니다. 차이가 확인되지 않으니, 작은 쪽이 시간을
# 아낍니다.

# %% [markdown] lang="en"
# ## Review
#
# <details><summary>An agent's loss is smaller than ever. Is it safe?</summary>
#
# No. The loss is measured on the memory. When no fall is left in it, forgetting what a fall costs does
# not raise the loss.
# </details>
#
# <details><summary>In Double DQN, which network chooses the next action, and which one values it?</summary>
#
# The model chooses, the target network gives the value.
# </details>
#
# <details><summary>What does advantage learning do to the target of the best action? And to that of a worse one?</summary>
#
# To the first nothing. The other is lowered by a share of its gap, and in the end the gap is
# $1 / (1 - \alpha)$ times as wide.
# </details>
#
# <details><summary>Why does a run that stops at its first success look better than it is?</summary>
#
# It is judged at its best moment. Many runs that were solved once are not solved later.
# </details>
#
# <details><summary>A small network with a falling learning rate, a large one with a constant rate: which is stable?</summary>
#
# Here neither as both together: undoing either one left fewer runs solved.
# </details>
#
# **Summary** The lecture's DQN forgets: success empties its memory of failures, and what a fall is
# worth is lost. Double DQN lets one network choose the action and the other give its value, so that its
# targets are never larger than DQN's; on CartPole no difference was shown. Advantage learning pulls the values
# of good and bad actions apart. With it, a larger network and a falling learning rate nearly all runs stayed solved;
# undoing any one of the three left fewer. **Next** lesson 13: no Q-values at all; the policy itself becomes a
# network.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>오류함수의 값이 어느 때보다 작습니다. 안심해도 될까요?</summary>
#
# 아니요. 오류함수는 메모리에 있는 샘플로 잽니다. 메모리에 실패가 없으면, 쓰러지면 얼마나 나쁜지 잊어도 그 값은 커지지 않습니다.
# </details>
#
# <details><summary>더블 DQN에서 다음 행동을 고르는 신경망과 값을 매기는 신경망은?</summary>
#
# 모델이 고르고, 타깃 네트워크가 값을 매깁니다.
# </details>
#
# <details><summary>어드밴티지 러닝에서 가장 좋은 행동의 타깃은 어떻게 될까요? 나쁜 행동의 타깃은?</summary>
#
# 가장 좋은 행동의 타깃은 그대로입니다. 나쁜 행동의 타깃은 행동 차이의 일부만큼 깎이고, 결국 행동 차이가
# $1 / (1 - \alpha)$배로 벌어집니다.
# </details>
#
# <details><summary>처음으로 풀자마자 멈추는 실행은 왜 실제보다 좋아 보일까요?</summary>
#
# 가장 좋은 순간에 평가받기 때문입니다. 한 번 풀고도 나중에는 풀지 못하는 실행이 많습니다.
# </details>
#
# <details><summary>작은 신경망에 줄어드는 학습률, 큰 신경망에 일정한 학습률. 어느 쪽이 안정적일까요?</summary>
#
# 여기서는 둘 다 두 가지를 함께 바꾼 것만 못합니다. 하나라도 되돌리면 푼 상태를 지킨 실행이 줄었습니다.
# </details>
#
# **정리** 강의의 DQN은 잊습니다. 성공할수록 메모리에서 실패가 사라지고, 쓰러지면 어떻게 되는지도 잊어버립니다. 더블 DQN은
# 한 신경망이 고르고 다른 신경망이 값을 매기므로, 타깃이 DQN의 타깃보다 커지는 일이 없습니다. 다만 카트폴에서는 차이가
# 확인되지 않았습니다. 어드밴티지 러닝은 좋은 행동과 나쁜 행동의 큐값을 벌려 놓습니다. 여기에 더 큰 신경망과 줄어드는 학습률을
# 함께 쓰자 거의 모든 실행이 푼 상태를 지켰고, 셋 가운데 하나라도 되돌리면 그런 실행이 줄었습니다.
# **다음 시간** 13강: 큐값이 아예 없습니다. 정책 자체가 신경망이 됩니다.
