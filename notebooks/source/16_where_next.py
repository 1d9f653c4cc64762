# %% [markdown] lang="en"
# # 16 · Where to go next
#
# **On the slides** Applications with its list of papers, and the two appendices, On-Policy vs Off-Policy
# and Genetic Algorithm vs DP.
#
# **You will be able to** say of each agent of this course whether it learns on-policy or off-policy,
# and what that changes in practice · compute four ideas that the course left out: n-step targets,
# dueling networks, prioritised replay, PPO · find your way in the lecture's list of papers ·
# plan a project on another Gymnasium environment.
#
# **Time** 75 minutes, without the project · **Needs** lessons 02, 07, 09 and 14
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $a'$ | `next_action` | number | the action that is really taken next |
# | $r_0, \dots, r_{n-1}$ | `rewards` | `[n]` | the rewards of n steps in a row |
# | $V, A$ | `values`, `advantages` | `[B, 1]`, `[B, actions]` | a state's value; how much better each action is |
# | $\delta$ | `td_errors` | `[N]` | target minus Q-value of each of $N$ stored samples |
# | $\alpha, \beta, e$ | `alpha`, `beta`, `small` | numbers | settings of prioritised replay |
# | $\rho$ | `ratios` | `[B]` | the new policy's probability of the action, divided by the old one's |
# | $c$ | `clip` | number | how far from 1 moving $\rho$ still pays |

# %% [markdown] lang="ko"
# # 16 · 다음은 어디로
#
# **슬라이드에서는** Applications와 그 논문 목록, 그리고 부록 두 개(On-Policy vs Off-Policy, Genetic Algorithm vs DP)에
# 나옵니다.
#
# **이번 시간이 끝나면** 이 과정의 에이전트가 각각 온폴리시인지 오프폴리시인지, 그래서 실제로 무엇이 달라지는지 말할
# 수 있고 · 이 과정에서 만들지 않은 네 가지, n-스텝 타깃, 듀얼링 네트워크, 우선순위 리플레이, PPO를 계산할 수 있고 ·
# 강의의 논문 목록에서 길을 찾을 수 있고 · 다른 Gymnasium 환경으로 프로젝트를 계획할 수 있습니다.
#
# **시간** 75분(프로젝트 제외) · **먼저 볼 것** 02강, 07강, 09강, 14강
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $a'$ | `next_action` | 숫자 | 다음에 실제로 하는 행동 |
# | $r_0, \dots, r_{n-1}$ | `rewards` | `[n]` | 이어지는 n스텝의 보상 |
# | $V, A$ | `values`, `advantages` | `[B, 1]`, `[B, 행동 수]` | 상태의 가치, 각 행동이 얼마나 더 좋은가 |
# | $\delta$ | `td_errors` | `[N]` | 저장된 샘플 $N$개 하나하나의 타깃 − 큐값 |
# | $\alpha, \beta, e$ | `alpha`, `beta`, `small` | 숫자 | 우선순위 리플레이의 설정값 |
# | $\rho$ | `ratios` | `[B]` | 새 정책에서 그 행동을 할 확률 ÷ 옛 정책에서의 확률 |
# | $c$ | `clip` | 숫자 | $\rho$가 1에서 멀어져도 이득이 되는 폭 |

# %%
import gymnasium
import matplotlib.pyplot as plt
import numpy as np
from gymnasium.wrappers import FlattenObservation

from dqn_keras import DQNAgent, GymnasiumEnvironment, checks, q_network, train
from dqn_keras import use_one_thread, value_network
from dqn_keras.classroom import drawings
from dqn_keras.experiments import plot_mean

plt.style.use("dqn_keras.classroom.lesson")
use_one_thread()  # networks this small compute faster on one thread

# %% [markdown] lang="en"
# ## On-policy and off-policy: one symbol of difference
#
# An agent is **on-policy** if it learns about the policy that acts, and **off-policy** if it acts with
# one policy and learns about another. You know a target of each kind from lesson 02:
#
# $$y_{\text{SARSA}} = r + \gamma \, Q(s', a') \qquad y_{\text{Q-learning}} = r + \gamma \max_{b} Q(s', b)$$
#
# SARSA looks at $a'$, the action that will really be taken, exploration and all. Q-learning asks for
# the best action, whatever is done afterwards. (After an end, both targets are $r$ alone.)
#
# **The cliff**, a classic from Sutton and Barto's book, shows what that means. There are four rows of
# twelve cells; the start is bottom left, the goal bottom right, and between them lies a cliff. Every
# step costs 1. A step off the cliff costs 100 and leads back to the start.
#
# **By hand.** An agent walks along the edge, past 10 cells of cliff. With probability
# $\varepsilon = 0.1$ it takes one of the 4 actions at random, so in each of those cells it steps down
# with probability $\varepsilon / 4 = 0.025$. What do the falls of one walk cost on average? About
# $10 \times 0.025 \times 100 = 25$. The detour along the far wall takes 4 steps more. Which way is
# better depends on the walker: without exploration the edge, by 4; with exploration the detour, by
# about 20.

# %% [markdown] lang="ko"
# ## 온폴리시와 오프폴리시: 기호 하나 차이
#
# 행동하는 바로 그 정책을 배우면 **온폴리시**, 한 정책으로 행동하면서 다른 정책을 배우면 **오프폴리시**입니다. 두
# 가지 타깃 모두 02강에서 보았습니다.
#
# $$y_{\text{SARSA}} = r + \gamma \, Q(s', a') \qquad y_{\text{Q-learning}} = r + \gamma \max_{b} Q(s', b)$$
#
# 살사는 탐험까지 포함해서 실제로 하게 될 행동 $a'$을 봅니다. 큐러닝은 실제로 무엇을 하든 가장 좋은 행동을 묻습니다. (끝난
# 뒤에는 타깃이 둘 다 $r$뿐입니다.)
#
# Sutton과 Barto의 책에 나오는 유명한 예제 **절벽**으로 그 차이를 봅시다. 칸은 4행 12열이고, 왼쪽 아래에서 출발해 오른쪽 아래가
# 목표이며 그 사이가 절벽입니다. 스텝마다 −1을 받고, 절벽으로 떨어지면 −100을 받고 출발점으로 돌아갑니다.
#
# **손으로.** 에이전트가 절벽 열 칸을 따라 가장자리로 걷습니다. $\varepsilon = 0.1$의 확률로 네 행동 가운데 아무거나
# 하므로, 칸마다 아래로 내려설 확률은 $\varepsilon / 4 = 0.025$입니다. 한 번 걷는 동안 떨어져서 잃는 점수는 평균
# 얼마일까요? 약 $10 \times 0.025 \times 100 = 25$입니다. 반대편 벽을 따라 돌아가면 4스텝이 더 걸립니다. 어느 길이
# 좋은지는 누가 걷느냐에 달렸습니다. 탐험하지 않으면 가장자리가 4만큼 좋고, 탐험하면 돌아가는 길이 20쯤 좋습니다.

# %%
cliff = gymnasium.make("CliffWalking-v1").unwrapped
START = 36  # cells are counted row by row; 36 is bottom left, 47 bottom right
# cliff.P[state][action] is a list of what can happen; here one thing, with probability 1.
NEXT = [[cliff.P[s][a][0][1] for a in range(4)] for s in range(48)]
REWARD = [[cliff.P[s][a][0][2] for a in range(4)] for s in range(48)]
ENDED = [[cliff.P[s][a][0][3] for a in range(4)] for s in range(48)]


def choose(q, state, epsilon, rng):  # 0 up, 1 right, 2 down, 3 left
    return int(rng.integers(4)) if rng.random() < epsilon else int(np.argmax(q[state]))

# %%
def learn(on_policy, seed, episodes=300, epsilon=0.1, learning_rate=0.5):
    rng = np.random.default_rng(seed)
    q, scores = np.zeros((48, 4)), []
    for _ in range(episodes):
        state, score, ended = START, 0, False
        action = choose(q, state, epsilon, rng)
        while not ended:
            next_state, ended = NEXT[state][action], ENDED[state][action]
            next_action = choose(q, next_state, epsilon, rng)
            # The one line that differs: the action that follows, or the best one.
            future = q[next_state][next_action] if on_policy else q[next_state].max()
            target = REWARD[state][action] + (0 if ended else future)  # discount factor 1
            q[state, action] += learning_rate * (target - q[state, action])
            score += REWARD[state][action]
            state, action = next_state, next_action
        scores.append(score)
    return q, scores

# %%
def greedy_walk(q, limit=100):
    path, score = [START], 0
    while len(path) <= limit and path[-1] != 47:
        action = int(np.argmax(q[path[-1]]))
        score += REWARD[path[-1]][action]
        path.append(NEXT[path[-1]][action])
    return path, score


runs = {
    name: [learn(on_policy, seed) for seed in range(20)]
    for name, on_policy in (("SARSA (on-policy)", True), ("Q-learning (off-policy)", False))
}
while_exploring, without_exploring = {}, {}
for name, tables in runs.items():
    while_exploring[name] = np.mean([scores[-100:] for _, scores in tables])
    without_exploring[name] = np.median([greedy_walk(q)[1] for q, _ in tables])
    print(f"{name}: last 100 episodes, exploring: {while_exploring[name]:.1f}")
    print(f"{name}: greedy walk, median of 20 runs: {without_exploring[name]:.0f}")

# %%
plt.figure(figsize=(5, 2.2))
for name, tables in runs.items():
    blocks = np.reshape([scores for _, scores in tables], (20, 30, 10)).mean(axis=2)
    plot_mean(blocks, x=np.arange(10, 301, 10), label=name)
plt.ylim(-120, 0)
plt.xlabel("episode")
plt.ylabel("score while exploring")
plt.legend()
plt.show()

# %%
plt.figure(figsize=(7, 2.2))
plt.fill_between([0.5, 10.5], 2.5, 3.5, color="0.8")
plt.text(5.5, 3, "cliff", ha="center", va="center")
for (name, tables), shift in zip(runs.items(), (-0.06, 0.06)):
    walks = sorted((greedy_walk(q) for q, _ in tables), key=lambda walk: walk[1])
    rows, columns = np.divmod(walks[10][0], 12)  # a run in the middle
    plt.plot(columns + shift, rows + shift, marker=".", label=name)
plt.gca().invert_yaxis()
plt.xticks([0, 11], ["start", "goal"])
plt.yticks([])
plt.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.4, 0.75))
plt.show()

# %% [markdown] lang="en"
# While exploring, SARSA earns {{while_exploring["SARSA (on-policy)"]:.0f|10%}} an episode and
# Q-learning {{while_exploring["Q-learning (off-policy)"]:.0f|10%}}: a difference of about the size you
# worked out. Without exploration, the middle one of 20 runs takes
# {{-without_exploring["SARSA (on-policy)"]:.0f|10%}} steps with SARSA and
# {{-without_exploring["Q-learning (off-policy)"]:.0f|10%}} with Q-learning, the fewest possible. Each
# has learned what it was asked to, and neither is better in every case.
#
# ## Learning from someone else's experience
#
# There is a second difference. A walker stumbles about at random for 50,000 steps and keeps a log. Two
# students, SARSA and Q-learning, read the same log three times; neither ever takes a step. (Discount
# factor 0.9; five logs.)

# %% [markdown] lang="ko"
# 탐험하는 동안 살사는 에피소드당 {{while_exploring["SARSA (on-policy)"]:.0f|10%}}점, 큐러닝은
# {{while_exploring["Q-learning (off-policy)"]:.0f|10%}}점입니다. 손으로 계산한 것과 비슷한 차이입니다. 탐험을 끄면
# 실행 20번의 중앙값으로 살사는 {{-without_exploring["SARSA (on-policy)"]:.0f|10%}}스텝, 큐러닝은
# {{-without_exploring["Q-learning (off-policy)"]:.0f|10%}}스텝 만에 도착합니다. 큐러닝의 길이 가장 짧은 길입니다.
# 둘 다 자기가 맡은 질문에는 제대로 답했고, 어느 쪽이 언제나 더 좋다고는 할 수 없습니다.
#
# ## 남의 경험으로 배우기
#
# 차이가 하나 더 있습니다. 누군가 무작위로 50,000스텝을 헤매면서 일지를 남깁니다. 두 학생, 살사와 큐러닝이 같은 일지를 세 번씩
# 읽고 배웁니다. 둘 다 직접은 한 발짝도 걷지 않습니다(감가율 0.9, 일지 다섯 개).

# %%
def walk_at_random(steps, seed):
    actions = np.random.default_rng(seed).integers(4, size=steps + 1)
    log, state = [], START
    for action, next_action in zip(actions[:-1], actions[1:]):
        next_state, ended = NEXT[state][action], ENDED[state][action]
        log.append((state, action, next_state, next_action, ended))
        state = START if ended else next_state
    return log


def read(log, on_policy, times=3, discount_factor=0.9, learning_rate=0.1):
    q = np.zeros((48, 4))
    for state, action, next_state, next_action, ended in log * times:
        future = q[next_state][next_action] if on_policy else q[next_state].max()
        target = REWARD[state][action] + (0 if ended else discount_factor * future)
        q[state, action] += learning_rate * (target - q[state, action])
    return q

# %%
def walker_return(log, discount_factor=0.9):
    later, from_start = 0.0, []
    for state, action, _, _, ended in reversed(log):
        later = REWARD[state][action] + (0 if ended else discount_factor * later)
        if state == START:
            from_start.append(later)
    return np.mean(from_start)


logs = [walk_at_random(50_000, seed) for seed in range(5)]
arrivals, values = {}, {}
for name in ("SARSA", "Q-learning"):
    tables = [read(log, on_policy=name == "SARSA") for log in logs]
    arrivals[name] = sum(greedy_walk(q)[0][-1] == 47 for q in tables)
    values[name] = np.mean([q[START].mean() for q in tables])
    print(f"{name}: greedy walk at the goal within 100 steps, from {arrivals[name]} of 5 logs")
measured = np.mean([walker_return(log) for log in logs])
print(f"start, what SARSA says: {values['SARSA']:.0f}, what the walker got: {measured:.0f}")

# %% [markdown] lang="en"
# SARSA's answer is right, {{values["SARSA"]:.0f|15%}} against {{measured:.0f|15%}} measured: that is
# what the start is worth *to a walker who keeps stumbling*. Its greedy walk reaches the goal with
# {{arrivals["SARSA"]}} of the 5 logs, because a stumbling walker had better keep away from the cliff.
# Q-learning reads the same lines and finds a way to the goal with {{arrivals["Q-learning"]}} of 5,
# though the log's walker never meant to go there.
#
# This is why DQN may keep a replay memory: its old samples come from older policies, and Q-learning
# does not mind. And it is why REINFORCE, A2C and A3C throw their samples away after one update.
#
# | agent | learns | old samples? |
# |---|---|---|
# | SARSA, Deep SARSA (02, 04) | on-policy | no |
# | Q-learning, DQN, Double DQN (02, 05 to 12) | off-policy | yes: replay memory |
# | REINFORCE, A2C, A3C (13 to 15) | on-policy | no |
#
# **Genetic algorithms and dynamic programming**, the lecture's other appendix, in a sentence: both
# repeat *judge, then keep the better*, but dynamic programming judges every *state*, with the Bellman
# equation and a known model, while a genetic algorithm judges whole *policies* by their scores alone and
# makes new ones by changing and mixing the best.

# %% [markdown] lang="ko"
# 살사의 답은 맞습니다. 실제로 재면 {{measured:.0f|15%}}이고 살사의 답은 {{values["SARSA"]:.0f|15%}}입니다. *계속
# 헤매는 사람에게* 출발점의 가치가 그만큼이라는 뜻입니다. 일지 5개 가운데 살사의 그리디 정책이 목표에 닿는 것은
# {{arrivals["SARSA"]}}개입니다. 헤매는 사람이라면 절벽에서 멀리 떨어지는 편이 낫기 때문입니다. 큐러닝은 같은 일지를
# 읽고 5개 가운데 {{arrivals["Q-learning"]}}개에서 목표까지 가는 길을 찾습니다. 일지를 쓴 사람은 목표에 가려고 한
# 적이 없는데도요.
#
# DQN이 리플레이 메모리를 쓸 수 있는 이유가 이것입니다. 오래된 샘플은 옛날 정책이 만든 것이지만 큐러닝은 상관하지 않습니다.
# REINFORCE, A2C, A3C가 한 번 업데이트한 샘플을 버리는 이유이기도 합니다.
#
# | 에이전트 | 배우는 방식 | 오래된 샘플 |
# |---|---|---|
# | 살사, 딥 살사 (02강, 04강) | 온폴리시 | 못 씀 |
# | 큐러닝, DQN, 더블 DQN (02강, 05~12강) | 오프폴리시 | 리플레이 메모리에 저장해 다시 씀 |
# | REINFORCE, A2C, A3C (13~15강) | 온폴리시 | 못 씀 |
#
# 강의의 또 다른 부록인 **유전 알고리즘과 동적 프로그래밍**을 한 문장으로 말하면 이렇습니다. 둘 다 *평가하고 더 좋은 것을 남기는*
# 일을 되풀이하지만, 동적 프로그래밍은 주어진 모델과 벨만 방정식으로 *상태* 하나하나를 평가하고, 유전 알고리즘은 *정책* 전체를
# 점수만으로 평가해서 좋은 것을 바꾸고 섞어 새 정책을 만듭니다.

# %% [markdown] lang="en"
# ## What the course left out, 1: n-step targets
#
# The Bellman target looks one step ahead. It can just as well look $n$ steps ahead before it asks the
# network ($d$ is 1 if the task ended within them, else 0):
#
# $$y = \sum_{k=0}^{n-1} \gamma^k r_k + \gamma^n (1 - d) \max_{b} Q(s_n, b)$$
#
# By hand, with $\gamma = 0.9$, rewards 1, 1, 1 and $Q(s_3, \cdot) = (10, 20)$:
# $1 + 0.9 + 0.81 + 0.729 \times 20 = 17.29$. With $n = 1$ it is the target of lesson 07, with $n$ =
# the whole episode the return of lesson 13.
#
# There is a catch. $Q(s_0, a_0)$ fixes only the first of the $n$ actions; the rewards
# $r_1, \dots, r_{n-1}$ come from actions that the policy of that time chose. In an old sample these may
# be actions that today's greedy policy would not take, and then the target is biased: it is no longer
# that of the best policy. With $n = 1$ there are no such rewards.
#
# ## Exercise 1 · the n-step target ★★☆ 10 minutes
#
# `rewards` is an array `[n]`, `last_q_values` has one number for each action, `terminated` is a plain
# True or False. Return one number. `np.sum`, `np.max` and `np.arange` help.

# %% [markdown] lang="ko"
# ## 이 과정에서 만들지 않은 것 1: n-스텝 타깃
#
# 벨만 타깃은 한 스텝 앞을 봅니다. 신경망에게 묻기 전에 $n$스텝 앞까지 보아도 됩니다($d$는 그 안에 과제가 끝났으면 1, 아니면
# 0입니다).
#
# $$y = \sum_{k=0}^{n-1} \gamma^k r_k + \gamma^n (1 - d) \max_{b} Q(s_n, b)$$
#
# 손으로 해 보면 $\gamma = 0.9$, 보상 1, 1, 1, $Q(s_3, \cdot) = (10, 20)$일 때
# $1 + 0.9 + 0.81 + 0.729 \times 20 = 17.29$입니다. $n = 1$이면 07강의 타깃이고, $n$이 에피소드 전체이면 13강의
# 반환값입니다.
#
# 다만 조심할 것이 있습니다. $n$개의 행동 가운데 첫 번째만 주어진 행동이고, 보상 $r_1, \dots, r_{n-1}$은 그때의
# 정책이 고른 행동에서 나왔습니다. 오래된 샘플이라면 지금의 그리디 정책이 고르지 않을 행동이 섞여 있을 수 있습니다.
# 그러면 타깃이 한쪽으로 치우쳐(편향되어) 더는 가장 좋은 정책의 타깃이 아닙니다. $n = 1$이면 그런 보상이 없습니다.
#
# ## 연습 1 · n-스텝 타깃 ★★☆ 10분
#
# `rewards`는 배열 `[n]`이고, `last_q_values`에는 행동마다 숫자가 하나씩 있으며, `terminated`는 True나 False
# 하나입니다. 숫자 하나를 반환하세요. `np.sum`, `np.max`, `np.arange`가 쓸모 있습니다.

# %% exercise="n_step_target"
def my_n_step_target(rewards, last_q_values, terminated, discount_factor):
    ### BEGIN SOLUTION
    n = len(rewards)
    future = 0.0 if terminated else np.max(last_q_values)
    return np.sum(discount_factor ** np.arange(n) * rewards) + discount_factor**n * future
    ### END SOLUTION

# %% check="n_step_target" points=2
checks.check_n_step_target(my_n_step_target)

# %% [markdown] lang="en"
# What is it good for? An agent walks through a corridor of 12 cells, always to the right, and only the
# last step is rewarded. A table of Q-values, all 0 at first, is filled with your targets from this
# *one* walk:

# %% [markdown] lang="ko"
# 어디에 좋을까요? 누군가 12칸짜리 복도를 오른쪽으로만 걷고, 마지막 스텝에만 보상을 받습니다. 처음에 모두 0인 큐값 테이블에,
# 이 *한 번*의 걸음에서 여러분의 함수로 구한 타깃을 적어 봅시다.

# %%
def q_values_after_one_walk(n, cells=12):
    rewards = np.eye(cells)[-1]  # 0, 0, …, 0, 1
    q = np.zeros((cells + 1, 2))  # actions: 0 left, 1 right
    for cell in range(cells):
        last = min(cell + n, cells)
        q[cell, 1] = my_n_step_target(rewards[cell:last], q[last], last == cells, 0.9)
    return q[:-1, 1]


plt.figure(figsize=(5, 2.1))
for n in (12, 6, 3, 1):
    plt.plot(range(12), q_values_after_one_walk(n), marker="o", label=f"n = {n}")
plt.xlabel("cell of the corridor")
plt.ylabel("Q(cell, right)")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# In one walk, news of the reward reaches $n$ cells back. With $n = 1$ it takes 12 walks to reach the
# start.
#
# ## Left out, 2: dueling networks
#
# Where the action hardly matters (because the pole is about to fall anyway), a network could still
# learn how good the *state* is, for all actions at once. A dueling network (Wang et al., 2016, arXiv
# 1511.06581) has common layers, the trunk, and then two outputs, the heads: the state's value $V$, and
# an advantage $A$ for each action. From both come the Q-values ($|\mathcal{A}|$ is the number of
# actions):
#
# $$Q(s, a) = V(s) + A(s, a) - \frac{1}{|\mathcal{A}|} \sum_{b} A(s, b)$$

# %% [markdown] lang="ko"
# 한 번 걸으면 보상이 $n$칸 뒤까지 전해집니다. $n = 1$이면 출발점까지 전해지는 데 12번을 걸어야 합니다.
#
# ## 만들지 않은 것 2: 듀얼링 네트워크
#
# 어떤 행동을 하든 별 차이가 없을 때에도(폴이 거의 쓰러졌을 때) *상태*가 얼마나 좋은지는 행동을 가리지 않고 한꺼번에
# 배울 수 있습니다. 듀얼링 네트워크(Wang 외, 2016, arXiv 1511.06581)는 층을 함께 쓰다가(그림의 trunk) 출력이 두
# 갈래(head)로 나뉩니다. 하나는 상태의 가치 $V$, 다른 하나는 행동마다의 어드밴티지 $A$입니다. 둘을 합쳐 큐값을
# 만듭니다($|\mathcal{A}|$는 행동의 수입니다).
#
# $$Q(s, a) = V(s) + A(s, a) - \frac{1}{|\mathcal{A}|} \sum_{b} A(s, b)$$

# %%
drawings.dueling_heads()

# %% [markdown] lang="en"
# Why subtract the mean? Without it, $10 + (1, 3)$ and $11 + (0, 2)$ would be the same Q-values, so
# nothing would tell the network how much belongs to the value and how much to the advantages. With it,
# only the differences between a state's advantages count: here $10 + (1, 3) - 2 = (9, 11)$.
#
# ## Exercise 2 · put value and advantage together ★☆☆ 10 minutes
#
# `values` has shape `[B, 1]`, `advantages` `[B, actions]`; return Q-values, `[B, actions]`. Each state
# (row) has a mean of its own. `np.mean` takes `axis`, and with `keepdims=True` its result stays a
# column `[B, 1]`.

# %% [markdown] lang="ko"
# 평균은 왜 뺄까요? 빼지 않으면 $10 + (1, 3)$과 $11 + (0, 2)$가 같은 큐값이 되어, 어디까지가 가치이고 어디부터가
# 어드밴티지인지 신경망이 알 길이 없습니다. 평균을 빼면 한 상태의 어드밴티지에서는 서로 다른 만큼만 남습니다. 위의
# 예는 $10 + (1, 3) - 2 = (9, 11)$입니다.
#
# ## 연습 2 · 가치와 어드밴티지 합치기 ★☆☆ 10분
#
# `values`의 모양은 `[B, 1]`, `advantages`는 `[B, 행동 수]`입니다. 큐값 `[B, 행동 수]`를 반환하세요. 평균은
# 상태(행)마다 따로 구합니다. `np.mean`은 `axis`를 받고, `keepdims=True`를 주면 결과가 열 `[B, 1]`로 남습니다.

# %% exercise="dueling"
def my_dueling(values, advantages):
    ### BEGIN SOLUTION
    return values + advantages - np.mean(advantages, axis=1, keepdims=True)
    ### END SOLUTION

# %% check="dueling" points=2
checks.check_dueling(my_dueling)

# %% [markdown] lang="en"
# Here are two untrained networks as heads, and three states of CartPole's shape. Your function turns
# their outputs into Q-values. Adding 5 to all advantages of a state must change nothing:

# %% [markdown] lang="ko"
# 아직 학습하지 않은 신경망 두 개를 두 갈래로 쓰고, 카트폴의 상태 세 개를 넣어 봅시다. 여러분의 함수가 그 출력을 큐값으로
# 합칩니다. 한 상태의 어드밴티지에 모두 5를 더해도 달라지는 것이 없어야 합니다.

# %%
states = np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32)
of_states = value_network(4, seed=0)(states).numpy()  # [3, 1]
of_actions = q_network(4, 2, seed=1)(states).numpy()  # [3, 2]
print(np.round(my_dueling(of_states, of_actions), 3))
print(np.round(my_dueling(of_states, of_actions + 5), 3))

# %% [markdown] lang="en"
# ## Left out, 3: prioritised replay
#
# Our memory draws every sample equally often. Prioritised replay (Schaul et al., 2016, arXiv
# 1511.05952) prefers those with a large TD error $\delta$, from which there is more to learn. Each
# sample $i$ has a *priority*, $p_i = |\delta_i| + e$; the small number $e$ makes sure that every sample
# has a chance. It is drawn with probability
#
# $$P_i = \frac{p_i^\alpha}{\sum_j p_j^\alpha}$$
#
# $\alpha = 0$ draws all alike, as our memory does. But now the mean loss over a batch is no longer the
# mean over the memory: it leans towards large errors. So each sample's loss is multiplied by an
# *importance weight*, which gets smaller the more often the sample is drawn:
#
# $$w_i = \frac{(N P_i)^{-\beta}}{\max_j (N P_j)^{-\beta}}$$
#
# $\beta = 0$ corrects nothing, $\beta = 1$ everything; the largest weight is always 1. By hand: TD errors 1 and −3,
# $e = 0$, $\alpha = \beta = 1$. Then $p = (1, 3)$, $P = (\tfrac14, \tfrac34)$,
# $N P = (\tfrac12, \tfrac32)$, $(N P)^{-1} = (2, \tfrac23)$ and $w = (1, \tfrac13)$.
#
# ## Exercise 3 · what is drawn, and what it weighs ★★☆ 10 minutes
#
# `td_errors` is an array `[N]`, the others are numbers. Return the pair *(probabilities, weights)*, both
# `[N]`. `np.abs`, `np.sum` and `np.max` help.

# %% [markdown] lang="ko"
# ## 만들지 않은 것 3: 우선순위 리플레이
#
# 우리의 리플레이 메모리는 모든 샘플을 똑같은 확률로 뽑습니다. 우선순위 리플레이(Schaul 외, 2016, arXiv 1511.05952)는 배울 것이 많은
# 샘플, 즉 TD 오차 $\delta$가 큰 샘플을 더 자주 뽑습니다. $i$번째 샘플의 *우선순위*는 $p_i = |\delta_i| + e$입니다. 작은 수
# $e$ 덕분에 어느 샘플이든 뽑힐 기회가 있습니다. 뽑힐 확률은 다음과 같습니다.
#
# $$P_i = \frac{p_i^\alpha}{\sum_j p_j^\alpha}$$
#
# $\alpha = 0$이면 우리의 메모리처럼 모두 똑같이 뽑습니다. 그런데 이렇게 뽑으면 배치에서 구한 오류함수(손실 함수)의
# 평균이 메모리 전체의 평균과 달라집니다. 오차가 큰 샘플 쪽으로 치우치기 때문입니다. 그래서 샘플마다 오류함수에
# *중요도 가중치*를 곱하는데, 자주 뽑히는 샘플일수록 이 가중치가 작습니다.
#
# $$w_i = \frac{(N P_i)^{-\beta}}{\max_j (N P_j)^{-\beta}}$$
#
# $\beta = 0$이면 치우침을 그대로 두고 $\beta = 1$이면 모두 바로잡습니다. 가장 큰 가중치는 항상 1입니다. 손으로 해 봅시다. TD 오차가
# 1과 −3이고 $e = 0$, $\alpha = \beta = 1$이면 $p = (1, 3)$, $P = (\tfrac14, \tfrac34)$,
# $N P = (\tfrac12, \tfrac32)$, $(N P)^{-1} = (2, \tfrac23)$이고 $w = (1, \tfrac13)$입니다.
#
# ## 연습 3 · 뽑힐 확률과 중요도 가중치 ★★☆ 10분
#
# `td_errors`는 배열 `[N]`이고 나머지는 숫자입니다. *(확률, 가중치)* 두 배열 `[N]`을 반환하세요. `np.abs`, `np.sum`,
# `np.max`가 쓸모 있습니다.

# %% exercise="prioritised"
def my_prioritised(td_errors, alpha, beta, small):
    ### BEGIN SOLUTION
    powers = (np.abs(td_errors) + small) ** alpha
    probabilities = powers / np.sum(powers)
    weights = (len(td_errors) * probabilities) ** -beta
    return probabilities, weights / np.max(weights)
    ### END SOLUTION

# %% check="prioritised" points=2
checks.check_prioritised(my_prioritised)

# %% [markdown] lang="en"
# Is the mean fair again? We draw 100,000 samples with your probabilities from a memory of four and
# compare the mean of their squared errors:

# %% [markdown] lang="ko"
# 이제 평균이 치우치지 않을까요? 샘플이 네 개인 메모리에서 여러분의 확률로 100,000번 뽑아, 제곱 오차의 평균을 비교해
# 봅시다.

# %%
td_errors = np.array([0.1, -2.0, 0.5, 10.0])
probabilities, weights = my_prioritised(td_errors, alpha=0.6, beta=1.0, small=0.01)
drawn = np.random.default_rng(0).choice(4, size=100_000, p=np.array(probabilities))
print("probabilities", np.round(probabilities, 2), " weights", np.round(weights, 2))
losses, weights = td_errors[drawn] ** 2, np.array(weights)[drawn]
print(f"mean loss of the memory {np.mean(td_errors**2):.1f}, of the draws {losses.mean():.1f},"
      f" weighted {np.sum(weights * losses) / np.sum(weights):.1f}")

# %% [markdown] lang="en"
# ## Left out, 4: PPO
#
# A2C takes one step on its samples and throws them away. Proximal policy optimisation (Schulman et al.,
# 2017, arXiv 1707.06347) takes several steps on the same samples, while the new policy stays near the
# one that played. Let $\rho = \pi_{\text{new}}(a \mid s) / \pi_{\text{old}}(a \mid s)$, the ratio of
# the action's probabilities now and when it was played; it begins at 1. PPO maximises the mean of the
# following, where $A$ is the advantage of lesson 14 and $\mathrm{clip}$ cuts $\rho$ off at both limits:
#
# $$L = \min\big(\rho \, A,\; \mathrm{clip}(\rho, 1 - c, 1 + c) \, A\big)$$

# %% [markdown] lang="ko"
# ## 만들지 않은 것 4: PPO
#
# A2C는 샘플로 한 번 학습하고 버립니다. PPO(Schulman 외, 2017, arXiv 1707.06347)는 새 정책이 플레이한 정책 가까이에 있는 동안은
# 같은 샘플로 여러 번 학습합니다. $\rho = \pi_{\text{new}}(a \mid s) / \pi_{\text{old}}(a \mid s)$는 그 행동의 지금 확률을 플레이할
# 때의 확률로 나눈 비율이고, 처음에는 1입니다. PPO는 다음 값의 평균을 크게 만듭니다. $\mathrm{clip}$은 $\rho$를 두 한계에서
# 잘라 냅니다.
#
# $$L = \min\big(\rho \, A,\; \mathrm{clip}(\rho, 1 - c, 1 + c) \, A\big)$$

# %%
drawings.ppo_clip()

# %% [markdown] lang="en"
# By hand, $c = 0.2$. A good action, $A = 2$, has become more likely, $\rho = 1.5$:
# $\min(3, 2.4) = 2.4$. The curve is flat there, so making it more likely still gains nothing. A bad
# action, $A = -2$, has become more likely, $\rho = 1.5$: $\min(-3, -2.4) = -3$. There the curve still
# has a slope, so the mistake can be undone. If the bad action has become less likely, $\rho = 0.5$, the
# result is $\min(-1, -1.6) = -1.6$: flat again, since the action has been made unlikely enough.
#
# ## Exercise 4 · PPO's objective ★★☆ 10 minutes
#
# `ratios` and `advantages` are `[B]`. Return one number for each sample, `[B]`, not yet the mean.
# `np.clip(x, low, high)` and `np.minimum(x, y)`, which compares entry by entry, help.

# %% [markdown] lang="ko"
# $c = 0.2$로 손으로 해 봅시다. 좋은 행동($A = 2$)의 확률이 커져서 $\rho = 1.5$가 되면 $\min(3, 2.4) = 2.4$입니다. 그래프가 거기서
# 평평하므로 확률을 더 키워도 얻는 것이 없습니다. 나쁜 행동($A = -2$)의 확률이 커져서 $\rho = 1.5$가 되면
# $\min(-3, -2.4) = -3$입니다. 거기에는 아직 기울기가 있어 실수를 되돌립니다. 나쁜 행동의 확률이 줄어 $\rho = 0.5$가 되면
# $\min(-1, -1.6) = -1.6$이고 다시 평평합니다. 이미 충분히 줄인 것입니다.
#
# ## 연습 4 · PPO의 목표함수 ★★☆ 10분
#
# `ratios`와 `advantages`는 `[B]`입니다. 샘플마다 숫자 하나씩, `[B]`를 반환하세요. 아직 평균은 내지 않습니다.
# `np.clip(x, low, high)`과, 같은 자리끼리 비교하는 `np.minimum(x, y)`가 쓸모 있습니다.

# %% exercise="clipped_objective"
def my_clipped_objective(ratios, advantages, clip):
    ### BEGIN SOLUTION
    clipped = np.clip(ratios, 1 - clip, 1 + clip)
    return np.minimum(ratios * advantages, clipped * advantages)
    ### END SOLUTION

# %% check="clipped_objective" points=2
checks.check_clipped_objective(my_clipped_objective)

# %% [markdown] lang="en"
# What the clip does: a policy with two actions has one number $x$,
# $\pi(\text{right}) = 1 / (1 + e^{-x})$, and begins at even odds. It takes 150 steps on the *same* two
# samples: right went well ($A = 1$), left went badly ($A = -1$). It climbs your objective once, and
# once the same objective without the clip:

# %% [markdown] lang="ko"
# clip이 하는 일을 봅시다. 행동이 둘인 정책을 숫자 $x$ 하나로 나타내고($\pi(\text{right}) = 1 / (1 + e^{-x})$)
# 반반에서 시작합니다. *같은* 샘플 두 개로 150번 학습합니다. 오른쪽은 좋았고($A = 1$) 왼쪽은 나빴습니다($A = -1$).
# 한 번은 여러분의 목표함수를, 한 번은 clip을 뺀 것을 따라 올라갑니다.

# %%
def climb(objective, steps=150, h=1e-4):
    def mean(x):
        right = 1 / (1 + np.exp(-x))
        ratios = np.array([right, 1 - right]) / 0.5  # of right and of left
        return np.mean(objective(ratios, np.array([1.0, -1.0])))

    x, path = 0.0, []
    for _ in range(steps):
        path.append(1 / (1 + np.exp(-x)))
        x += 0.1 * (mean(x + h) - mean(x - h)) / (2 * h)  # along the slope
    return path


plt.figure(figsize=(5, 2.1))
plt.plot(climb(lambda ratios, advantages: ratios * advantages), label="without clip")
plt.plot(climb(lambda *both: my_clipped_objective(*both, 0.2)), label="PPO, c = 0.2")
plt.axhline(0.6, color="black", linestyle="--", label="ratio 1.2")
plt.xlabel("step on the same two samples")
plt.ylabel("probability of right")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# Without the clip, two samples make the policy almost certain. With it, the policy stops about where
# the ratio passes $1 + c$, and waits for new samples.
#
# Each of the four ideas replaces *one block* that you have built: the target (n-step), the network
# (dueling), the draw from memory (prioritised), the loss (PPO). We did not measure what they are worth
# on CartPole; that would be a good project.
#
# ## The lecture's list of papers
#
# Fifteen papers close the lecture. The numbers are the lecture's; the grouping, by title, is ours, and
# each group has a question to keep in mind while reading:
#
# | theme | papers | the block you know | ask |
# |---|---|---|---|
# | several agents, exploration | 1 Wang (ICLR 2020), 4 Jaderberg (Science 2019) | epsilon-greedy, 05 | Who is the environment when others learn too? |
# | what a value is | 2 Dabney (Nature 2020), 12 van Hasselt (RLDM 2019) | Bellman target, 07 | What stands where $r + \gamma \max Q$ stood? |
# | learning a model | 10 Zhou (AAAI 2020), 11 Byravan (CoRL 2019) | dynamic programming, 02 | What if the learned model is wrong? |
# | actor-critic, attention | 6 Barati and Chen (IJCAI 2019) | A2C and A3C, 14, 15 | Who pays attention to what? |
# | trust: privacy, robustness, accountability | 3 Lebensold (NeurIPS 2019), 5 Derman (UAI 2019), 9 Dann (ICML 2019) | evaluation, 09 | What is promised, and to whom? |
# | images, video, language | 7 Liu (ICCV 2019), 8 Wang (CVPR 2019), 13 Zhang (TNNLS 2019), 14 Zhang (TPAMI 2019) | state, action, reward, 01 | What is the state, what the reward? |
# | reward from behaviour | 15 Oh and Iyengar (KDD 2019) | reward, 01 | Where does the reward come from? |

# %% [markdown] lang="ko"
# clip이 없으면 샘플 두 개만으로 정책이 거의 확실하게 굳어 버립니다. clip이 있으면 비율이 $1 + c$를 넘을 즈음에 멈추고 새 샘플을
# 기다립니다.
#
# 네 가지 모두 여러분이 만든 *부품 하나*를 바꿀 뿐입니다. 타깃(n-스텝), 신경망(듀얼링), 메모리에서 뽑는 방법(우선순위),
# 오류함수(PPO)입니다. 카트폴에서 얼마나 도움이 되는지는 재지 않았습니다. 좋은 프로젝트가 될 것입니다.
#
# ## 강의의 논문 목록
#
# 강의는 논문 열다섯 편으로 끝납니다. 번호는 강의의 번호이고, 우리가 제목을 보고 주제별로 묶은 다음, 읽으면서 던질
# 질문을 붙였습니다.
#
# | 주제 | 논문 | 이미 아는 부품 | 질문 |
# |---|---|---|---|
# | 여러 에이전트, 탐험 | 1 Wang (ICLR 2020), 4 Jaderberg (Science 2019) | 입실론 그리디, 05강 | 다른 에이전트도 배운다면 무엇이 환경인가? |
# | 가치란 무엇인가 | 2 Dabney (Nature 2020), 12 van Hasselt (RLDM 2019) | 벨만 타깃, 07강 | $r + \gamma \max Q$ 자리에 무엇이 있는가? |
# | 모델을 배우기 | 10 Zhou (AAAI 2020), 11 Byravan (CoRL 2019) | 동적 프로그래밍, 02강 | 배운 모델이 틀렸다면? |
# | 액터-크리틱과 어텐션 | 6 Barati와 Chen (IJCAI 2019) | A2C와 A3C, 14강, 15강 | 누가 무엇에 주목하는가? |
# | 신뢰: 프라이버시, 강건함, 책임 | 3 Lebensold (NeurIPS 2019), 5 Derman (UAI 2019), 9 Dann (ICML 2019) | 평가, 09강 | 누구에게 무엇을 약속하는가? |
# | 이미지, 영상, 언어 | 7 Liu (ICCV 2019), 8 Wang (CVPR 2019), 13 Zhang (TNNLS 2019), 14 Zhang (TPAMI 2019) | 상태, 행동, 보상, 01강 | 상태는 무엇이고 보상은 무엇인가? |
# | 행동에서 보상 찾기 | 15 Oh와 Iyengar (KDD 2019) | 보상, 01강 | 보상은 어디에서 오는가? |

# %% [markdown] lang="en"
# ## Project: another environment
#
# Take an environment with a flat observation (a list of numbers) and a few actions, and find out what
# your agent can do there. Measure a baseline first: what does a random player get? (`S` numbers go in,
# `A` actions come out; "good" is the score that Gymnasium itself calls solved.)

# %% [markdown] lang="ko"
# ## 프로젝트: 다른 환경
#
# 관측이 숫자의 나열이고 행동이 몇 개인 환경을 골라, 여러분의 에이전트가 거기서 무엇을 할 수 있는지 알아보세요. 가장
# 먼저 기준선을 재세요. 무작위로 행동하면 몇 점일까요? (`S`는 입력 수, `A`는 행동 수, "good"은 Gymnasium이 풀었다고
# 보는 점수입니다.)

# %%
def random_scores(env, episodes=20, seed=0):
    env.action_space.seed(seed)
    env.reset(seed=seed)
    scores = []
    for _ in range(episodes):
        env.reset()
        score, done = 0.0, False
        while not done:
            _, reward, terminated, truncated, _ = env.step(env.action_space.sample())
            score, done = score + reward, terminated or truncated
        scores.append(score)
    return np.array(scores)


for name in ("CartPole-v1", "Acrobot-v1", "MountainCar-v0", "FrozenLake-v1"):
    env = FlattenObservation(gymnasium.make(name))  # FrozenLake's cell number becomes 16 zeros and ones
    size = (env.observation_space.shape[0], int(env.action_space.n))
    print(f"{name:15} S, A = {size},  random {random_scores(env).mean():7.2f},  "
          f"good {env.spec.reward_threshold}")

# %% [markdown] lang="en"
# Here is the start of a project, with the settings of lesson 09: a car that has to swing itself up a
# hill.

# %% [markdown] lang="ko"
# 프로젝트는 이렇게 시작할 수 있습니다. 09강의 설정 그대로, 앞뒤로 흔들어 언덕을 올라야 하는 자동차입니다.

# %%
mountain = GymnasiumEnvironment(gymnasium.make("MountainCar-v0"), seed=0)
driver = DQNAgent(mountain.state_size, mountain.action_size, fall_reward=None, seed=0)
mountain_history = train(driver, mountain, episodes=12, progress=False)
arrived = sum(score > -200 for score in mountain_history.scores)
print("scores:", [int(score) for score in mountain_history.scores])

# %% [markdown] lang="en"
# In this short run {{arrived}} of {{len(mountain_history.scores)}} episodes reached the flag. Every step
# pays −1, so an agent that has never been at the flag sees nothing to learn from. The question of this
# project is *how it gets there the first time*. (More episodes? An epsilon that falls more slowly? A
# reward for speed, and what does that change?)
#
# Others: Acrobot-v1, FrozenLake-v1 (is chance part of the world?), LunarLander-v3 (needs
# `pip install "gymnasium[box2d]"`), or one of the four ideas above, built into `DQNAgent` and measured
# on CartPole.
#
# **For teachers: a rubric, 20 points**
#
# | points | asks |
# |---|---|
# | 3 | a question that a measurement can answer, written down before the first run |
# | 3 | baselines: a random player, and the unchanged agent |
# | 4 | at least five seeds for each setting; all of them shown, the bad ones too |
# | 3 | greedy evaluation, separate from the training scores |
# | 3 | a figure with labelled axes, and the number of runs in it |
# | 2 | one command or one notebook repeats everything, seeds included |
# | 2 | an honest last paragraph: what failed, what is not known, what should come next |
#
# No points for a high score: a clear *no* is worth as much as a *yes*.

# %% [markdown] lang="ko"
# 이 짧은 실행에서는 {{len(mountain_history.scores)}}에피소드 가운데 {{arrived}}번 깃발에 닿았습니다. 스텝마다 −1이므로 깃발에 한
# 번도 닿지 못한 에이전트는 배울 것이 없습니다. 이 프로젝트의 질문은 *어떻게 처음으로 닿게 할까*입니다. (에피소드를 늘리면? 입실론을 더
# 천천히 줄이면? 속도에 보상을 주면, 그때 무엇이 달라지나요?)
#
# 다른 후보: Acrobot-v1, FrozenLake-v1(우연도 환경의 일부일까?), LunarLander-v3(`pip install "gymnasium[box2d]"`
# 필요), 또는 위의 네 가지 가운데 하나를 `DQNAgent`에 넣고 카트폴에서 재 보기.
#
# **선생님께: 채점 기준, 20점**
#
# | 점수 | 내용 |
# |---|---|
# | 3 | 첫 실행 전에 써 둔, 측정으로 답할 수 있는 질문 |
# | 3 | 기준선: 무작위 행동, 그리고 바꾸지 않은 에이전트 |
# | 4 | 설정마다 시드 다섯 개 이상, 나쁜 것까지 모두 보여 주기 |
# | 3 | 학습 점수와 따로 한 그리디 평가 |
# | 3 | 축 이름과 실행 횟수가 있는 그림 |
# | 2 | 명령 하나 또는 노트북 하나로 시드까지 모두 재현 |
# | 2 | 솔직한 마지막 문단: 실패한 것, 모르는 것, 다음에 할 것 |
#
# 에이전트의 점수가 높다고 더 주지는 않습니다. 분명한 *아니요*도 *예*만큼 값집니다.

# %% [markdown] lang="en"
# ## Review
#
# <details><summary>What is SARSA, and what is its problem?</summary>
#
# TD control with the action really taken next. It learns what its own exploring policy is worth: on
# the cliff it takes the long way, even after exploration is switched off.
# </details>
#
# <details><summary>What is Q-learning, and what is its problem?</summary>
#
# TD control with the best next action, whatever is done. While it explores, it pays for walking along
# the edge; and a table of Q-values is still a table (lesson 04).
# </details>
#
# <details><summary>On-policy or off-policy: which one is better?</summary>
#
# Neither is always better. On the cliff SARSA scored more while exploring, Q-learning more without.
# Only off-policy learners can use samples of another policy, such as those of a replay memory.
# </details>
#
# <details><summary>What is reinforcement learning? (the lecture's very first question)</summary>
#
# Learning by trial and error, from rewards, which action to choose in which state. You can now build
# every piece of that sentence.
# </details>
#
# **Summary** On-policy agents learn about what they do themselves; off-policy agents can also learn
# from what others did. n-step targets, dueling networks, prioritised replay and PPO each replace one
# block. **Next** your own project: write down the question first. If it is a game on a screen, lesson 17
# is on the way.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>살사란? 문제점은?</summary>
#
# 다음에 실제로 하는 행동으로 배우는 시간차 제어입니다. 탐험하는 자기 정책의 가치를 배우므로, 절벽에서는 탐험을 끈 뒤에도 먼
# 길로 돌아갑니다.
# </details>
#
# <details><summary>큐러닝이란? 문제점은?</summary>
#
# 실제로 무엇을 하든 다음 상태의 가장 좋은 행동으로 배우는 시간차 제어입니다. 탐험하는 동안에는 가장자리로 걷는 대가를
# 치릅니다. 그리고 테이블은 여전히 테이블입니다(04강).
# </details>
#
# <details><summary>온폴리시와 오프폴리시, 어느 쪽이 더 좋은가요?</summary>
#
# 언제나 좋은 쪽은 없습니다. 절벽에서 탐험하는 동안은 살사가, 탐험을 끄면 큐러닝이 점수가 높았습니다. 리플레이 메모리처럼 다른
# 정책이 만든 샘플은 오프폴리시만 쓸 수 있습니다.
# </details>
#
# <details><summary>강화학습이란? (강의의 맨 첫 질문)</summary>
#
# 어떤 상태에서 어떤 행동을 할지, 직접 해 보고 보상을 받으면서 배우는 방법입니다. 이제 이 문장의 모든 조각을 직접
# 만들 수 있습니다.
# </details>
#
# **정리** 온폴리시 에이전트는 자기가 하는 행동에서만 배우고, 오프폴리시 에이전트는 누가 한 행동에서도 배울 수
# 있습니다. n-스텝 타깃, 듀얼링 네트워크, 우선순위 리플레이, PPO는 각각 부품 하나를 바꿉니다. **다음** 여러분의
# 프로젝트입니다. 질문부터 적어 보세요. 화면이 있는 게임을 골랐다면 17강부터 보세요.
