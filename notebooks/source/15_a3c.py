# %% [markdown] lang="en"
# # 15 · Many players at once (A3C)
#
# Slides: Asynchronous Advantage Actor-Critic (A3C), "1. DQN의 단점?" and "2. A3C". The slides have no
# code; the method is that of Mnih et al., 2016 (arXiv 1602.01783).
#
# **You will be able to** say what several actor-learners replace, and check it · work out returns of
# several steps with a bootstrap · find two mistakes that published A3C programs make · run one and
# two actor-learners and judge honestly what the second is worth.
#
# **Time** 40 minutes · **Needs** lessons 06 (replay memory) and 14 (actor-critic)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $n$ | `rollout_steps` | number | steps a learner plays between two updates (here at most 20) |
# | $R_t$ | `returns` | `[T]` | rewards up to the end of the rollout, then the critic's estimate |
# | $V(s_{t+n})$ | `value_after` | number | what the state *after* the last step is worth; 0 after an end |
# | $H(\pi)$ | `entropy` | number | how undecided the policy is |
# | $\beta$ | `entropy_weight` | number | how much being undecided is rewarded (0.01) |

# %% [markdown] lang="ko"
# # 15 · 여럿이 동시에 (A3C)
#
# 슬라이드: Asynchronous Advantage Actor-Critic (A3C)의 "1. DQN의 단점?"과 "2. A3C". 슬라이드에는 코드가 없으며,
# 방법은 Mnih 외, 2016 (arXiv 1602.01783)을 따릅니다.
#
# **이번 시간이 끝나면** 여러 액터러너가 무엇을 대신하는지 말하고 확인할 수 있고 · 부트스트랩이 있는 여러 스텝짜리 반환값을
# 계산할 수 있고 · 공개된 A3C 코드들의 실수 두 가지를 찾을 수 있고 · 액터러너를 하나와 둘로 돌려 보고 두 번째가 얼마나
# 도움이 되는지 정직하게 판단할 수 있습니다.
#
# **시간** 40분 · **먼저 볼 것** 06 (리플레이 메모리), 14 (액터-크리틱)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $n$ | `rollout_steps` | 숫자 | 업데이트와 업데이트 사이에 진행하는 스텝 수 (여기서는 최대 20) |
# | $R_t$ | `returns` | `[T]` | 롤아웃이 끝날 때까지의 보상, 그다음은 크리틱의 예측 |
# | $V(s_{t+n})$ | `value_after` | 숫자 | 마지막 스텝 *다음* 상태의 가치, 과제가 끝났으면 0 |
# | $H(\pi)$ | `entropy` | 숫자 | 엔트로피, 정책이 얼마나 불확실한가 |
# | $\beta$ | `entropy_weight` | 숫자 | 불확실함에 주는 보상의 크기 (0.01) |

# %%
import threading
import time

import gymnasium
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import A3CAgent, CartPole, checks, discounted_returns, evaluate, use_one_thread
from dqn_keras.policy import entropy

# After dqn_keras, which silences its start-up messages.
import tensorflow as tf

use_one_thread()  # networks as small as ours compute faster on one

# %% [markdown] lang="en"
# ## What is wrong with a replay memory?
#
# The slides' answer: DeepMind's DQN keeps 1,000,000 samples, which takes a lot of memory and makes
# learning slow. One Atari picture, 84 × 84 pixels of one byte, for each sample:

# %% [markdown] lang="ko"
# ## 리플레이 메모리의 무엇이 문제일까?
#
# 슬라이드의 답은 이렇습니다. 딥마인드의 DQN은 샘플을 1,000,000개 저장하므로 메모리를 많이 차지하고 학습이 느립니다.
# 샘플마다 아타리 화면 하나, 즉 1바이트짜리 픽셀 84 × 84개를 저장한다면:

# %%
gibibytes = 1_000_000 * 84 * 84 / 2**30
print(f"{gibibytes:.1f} GiB")

# %% [markdown] lang="en"
# What the memory was good for (lesson 06): consecutive samples look alike, and a random draw from the
# memory mixes them. A3C gets variety in another way: several agents play *at the same time*, each in
# its own environment. Each is called an **actor-learner**. While one is about to fall, another has
# just begun.
#
# We check that. Random players on CartPole hand in **rollouts** of 5 steps in turn. How alike are
# the pole's mean angles of one rollout and of the next to arrive?

# %% [markdown] lang="ko"
# 리플레이 메모리가 하던 일(05)을 떠올려 봅시다. 연속된 샘플은 서로 닮았고, 메모리에서 무작위로 뽑으면 그것이
# 섞입니다. A3C는 다른 방법으로 다양함을 얻습니다. 여러 에이전트가 *동시에*, 각자의 환경에서 움직입니다. 이들을 각각
# **액터러너**(actor-learner)라고 합니다. 하나가 쓰러지려는 순간에 다른 하나는 막 시작했을 수 있습니다.
#
# 확인해 봅시다. 카트폴에서 무작위로 움직이는 액터러너들이 5스텝짜리 **롤아웃**(rollout)을 차례로 제출합니다. 한 롤아웃과
# 그다음에 도착한 롤아웃의 평균 폴 각도는 얼마나 닮았을까요?

# %%
def angles_of_a_random_player(seed, steps=3000):
    env = gymnasium.make("CartPole-v1")
    env.action_space.seed(seed)
    state, _ = env.reset(seed=seed)
    angles = []
    for _ in range(steps):
        angles.append(state[2])
        state, _, terminated, truncated, _ = env.step(env.action_space.sample())
        if terminated or truncated:
            state, _ = env.reset()
    return angles

# %%
players = np.array([angles_of_a_random_player(seed) for seed in range(8)])
rollouts = players.reshape(8, -1, 5).mean(axis=2)  # [player, rollout], the mean angle of each


def likeness(count):
    arriving = rollouts[:count].T.ravel()  # the first rollout of each player, then the second, …
    return np.corrcoef(arriving[:-1], arriving[1:])[0, 1]

# %%
correlations = {count: likeness(count) for count in (1, 2, 4, 8)}
plt.figure(figsize=(5, 2.6))
plt.bar([str(count) for count in correlations], correlations.values(), width=0.5)
plt.axhline(0, color="black", linewidth=0.8)
plt.xlabel("actor-learners")
plt.ylabel("correlation of\nconsecutive rollouts")
plt.tight_layout()
plt.show()

# %% [markdown] lang="en"
# With one player the correlation is {{correlations[1]:.2f}}; with two it is {{correlations[2]:.2f}},
# with eight {{correlations[8]:.2f}} (1 would be always alike, 0 not at all). *Within* a rollout the
# steps are as alike as ever.
#
# ## Returns of several steps, by hand
#
# A learner plays $n$ steps, then learns from them. Their targets use all real rewards there are,
# and the critic's value of the state where the rollout stopped:
#
# $$R_t = r_t + \gamma r_{t+1} + \dots + \gamma^{n-1} r_{t+n-1} + \gamma^n V(s_{t+n}),
#   \qquad\text{from the back: } R_t = r_t + \gamma R_{t+1}$$
#
# Three steps, reward 1 each, $\gamma = 0.9$; the critic says $V(s_3) = 20$. Fill in, from right to
# left:
#
# | | $R_0$ | $R_1$ | $R_2$ |
# |---|---|---|---|
# | the rollout stops, the pole stands | ? | ? | 1 + 0.9 · 20 = ? |
# | the third step was a fall | ? | ? | 1 |

# %% [markdown] lang="ko"
# 하나일 때 상관계수는 {{correlations[1]:.2f}}, 둘이면 {{correlations[2]:.2f}}, 여덟이면
# {{correlations[8]:.2f}}입니다(1이면 항상 닮았고 0이면 전혀 닮지 않은 것입니다). 다만 한 롤아웃 *안*의 스텝들은 여전히
# 서로 닮았습니다.
#
# ## 여러 스텝짜리 반환값, 손으로
#
# 액터러너는 $n$스텝을 진행한 다음 그것으로 배웁니다. 타깃에는 실제로 받은 보상을 모두 쓰고, 롤아웃이 멈춘 상태는 크리틱의
# 가치로 채웁니다.
#
# $$R_t = r_t + \gamma r_{t+1} + \dots + \gamma^{n-1} r_{t+n-1} + \gamma^n V(s_{t+n}),
#   \qquad\text{뒤에서부터 } R_t = r_t + \gamma R_{t+1}$$
#
# 세 스텝, 보상은 매번 1, $\gamma = 0.9$이고 크리틱은 $V(s_3) = 20$이라고 합니다. 오른쪽에서 왼쪽으로 채워 보세요.
#
# | | $R_0$ | $R_1$ | $R_2$ |
# |---|---|---|---|
# | 롤아웃이 멈췄고 폴은 서 있음 | ? | ? | 1 + 0.9 · 20 = ? |
# | 세 번째 스텝에서 쓰러짐 | ? | ? | 1 |

# %%
for value_after in (20, 0):
    R2 = 1 + 0.9 * value_after
    R1 = 1 + 0.9 * R2
    R0 = 1 + 0.9 * R1
    print(f"value after {value_after:2}: R0 {R0:.2f}, R1 {R1:.2f}, R2 {R2:.2f}")

# %% [markdown] lang="en"
# With $n = 1$ this is A2C's target; with $n$ = the whole episode it is REINFORCE's return. In
# between, the critic matters less, and the luck of $n$ steps comes in.
#
# ## Exercise 1 · returns with a bootstrap ★☆☆ 10 minutes
#
# `rewards` `[T]` of one rollout, a list or an array; `value_after` a number (0 if the task ended).
# Return all $R_t$, `[T]`.

# %% [markdown] lang="ko"
# $n = 1$이면 A2C의 타깃이고, $n$이 에피소드 전체이면 REINFORCE의 반환값입니다. 그 사이에서는 크리틱의 영향이 줄어드는
# 대신 $n$스텝 동안의 운이 들어옵니다.
#
# ## 연습 1 · 부트스트랩이 있는 반환값 ★☆☆ 10분
#
# `rewards` `[T]`는 롤아웃 하나의 보상(리스트 또는 배열), `value_after`는 숫자입니다(과제가 끝났으면 0). 모든 $R_t$ `[T]`를
# 돌려주세요.

# %% exercise="n_step_returns"
def my_n_step_returns(rewards, value_after, discount_factor):
    ### BEGIN SOLUTION
    returns, later = [], value_after
    for reward in reversed(rewards):
        later = reward + discount_factor * later
        returns.append(later)
    return np.array(returns[::-1])
    ### END SOLUTION

# %% check="n_step_returns" points=2
checks.check_n_step_returns(my_n_step_returns)

# %% [markdown] lang="en"
# The package uses `discounted_returns` of lesson 13, after adding $\gamma V(s_{t+n})$ to the last
# reward. It is the same:

# %% [markdown] lang="ko"
# 패키지는 마지막 보상에 $\gamma V(s_{t+n})$을 더한 다음 11의 `discounted_returns`를 씁니다. 결과는 같습니다.

# %%
print(my_n_step_returns([1, 1, 1], 20, 0.9))
print(discounted_returns([1, 1, 1 + 0.9 * 20], 0.9).numpy())

# %% [markdown] lang="en"
# What several steps are good for shows best when the critic still knows nothing, $V = 0$ everywhere. An
# episode of 60 steps that ends with a fall, cut into rollouts of 1, 10 and 20 steps:

# %% [markdown] lang="ko"
# 여러 스텝이 왜 좋은지는 크리틱이 아직 아무것도 모를 때, 즉 어디서나 $V = 0$일 때 가장 잘 보입니다. 60스텝 만에 쓰러진
# 에피소드를 1, 10, 20스텝짜리 롤아웃으로 잘라 봅시다.

# %%
plt.figure(figsize=(7, 3))
plt.plot(my_n_step_returns([1.0] * 60, 0, 0.99), color="black", label="real return")
for n in (20, 10, 1):
    pieces = [my_n_step_returns([1.0] * n, 0, 0.99) for _ in range(60 // n)]
    plt.plot(np.concatenate(pieces), label=f"rollouts of {n}, V = 0")
plt.xlabel("step of the episode")
plt.ylabel("target")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# With rollouts of 1 every target is 1: nothing tells the fall from the rest until the critic has
# learned. Longer rollouts come nearer to the real return.
#
# ## Entropy: a reward for being undecided
#
# In lesson 13 some policies on the grid stopped trying "down" too early. A3C adds the policy's **entropy** to
# what is to be made large: $H(\pi) = -\sum_a \pi(a) \log \pi(a)$ (the slides' detour). It is
# largest for even odds and 0 for a policy that always does the same. (Whether such a bonus helps has
# to be measured for each task.)

# %% [markdown] lang="ko"
# 롤아웃이 1스텝이면 타깃이 모두 1입니다. 크리틱이 배우기 전에는 쓰러진 스텝과 나머지를 구별할 수 없습니다. 롤아웃이 길수록
# 실제 반환값에 가까워집니다.
#
# ## 엔트로피: 정하지 않은 것에 주는 보상
#
# 11의 그리드월드에서 어떤 정책은 "아래"를 너무 일찍 포기했습니다. A3C는 크게 만들 대상에 정책의 **엔트로피**
# $H(\pi) = -\sum_a \pi(a) \log \pi(a)$를 더합니다(슬라이드의 Detour). 확률이 반반일 때 가장 크고, 항상 같은 행동만
# 하는 정책은 0입니다. (이 보상이 도움이 되는지는 과제마다 재 보아야 합니다.)

# %%
for logits in ([[0.0, 0.0]], [[0.0, 2.0]], [[0.0, 9.0]]):
    policy = tf.nn.softmax(logits).numpy()[0].round(3)
    print("policy", policy, "entropy", entropy(tf.constant(logits)).numpy().round(3))

# %% [markdown] lang="en"
# ## Bug hunt · two mistakes in the losses ★★☆ 15 minutes
#
# $$\text{actor} = -\sum_t \log \pi(a_t \mid s_t)\, \big(R_t - V(s_t)\big)
#   - \beta \sum_t H(\pi(\cdot \mid s_t)),
#   \qquad \text{critic} = \sum_t \big(R_t - V(s_t)\big)^2$$
#
# The function below computes both for one rollout. Line *t* of `values` is $V(s_t)$, of `next_values`
# $V(s_{t+1})$. It holds *two* real mistakes: one stands in all A3C programs of the slides' authors,
# the other in those of g6ling, whose DQN is seed document 003 (written afresh here). The two tests
# below it show the symptoms. As in them, `actions`, `rewards` and `terminated` may be lists. Return
# the pair *(actor's loss, critic's loss)*.

# %% [markdown] lang="ko"
# ## 버그 찾기 · 오류함수의 두 가지 실수 ★★☆ 15분
#
# $$\text{액터} = -\sum_t \log \pi(a_t \mid s_t)\, \big(R_t - V(s_t)\big)
#   - \beta \sum_t H(\pi(\cdot \mid s_t)),
#   \qquad \text{크리틱} = \sum_t \big(R_t - V(s_t)\big)^2$$
#
# 아래 함수는 롤아웃 하나에서 둘을 계산합니다. `values`의 $t$번째 값은 $V(s_t)$, `next_values`의 $t$번째 값은
# $V(s_{t+1})$입니다. 실제로 있던 실수가 *두 군데* 들어 있습니다. 하나는 슬라이드가 따르는 저자들의 모든 A3C 코드에, 다른
# 하나는 g6ling(문서 003의 DQN을 쓴 사람)의 코드에 있습니다(코드는 새로 썼습니다). 그 아래 두 가지 시험이 증상을 보여
# 줍니다. 그 시험에서처럼 `actions`, `rewards`, `terminated`는 리스트일 수도 있습니다. *(액터의 오류, 크리틱의 오류)* 두 값을
# 돌려주세요.

# %%
def buggy_a3c_losses(
    logits, actions, rewards, values, next_values, terminated, discount_factor, entropy_weight
):
    value_after = 0.0 if terminated[-1] else values[-1]
    advantages = my_n_step_returns(rewards, value_after, discount_factor) - values
    log_policy = tf.nn.log_softmax(logits).numpy()
    taken = log_policy[np.arange(len(actions)), actions]
    entropy = np.sum(np.exp(log_policy) * log_policy)
    actor_loss = -np.sum(taken * advantages) - entropy_weight * entropy
    critic_loss = np.sum(advantages**2)
    return actor_loss, critic_loss

# %%
# Test 1: a critic that is exactly right, V(s_3) = 20 and so on back to V(s_0): its loss must be 0.
right_values = np.array([17.29, 18.1, 19.0, 20.0])
one_rollout = (np.zeros([3, 2], np.float32), [0, 1, 0], [1, 1, 1])  # even odds, reward 1 each
_, critic_loss = buggy_a3c_losses(
    *one_rollout, right_values[:3], right_values[1:], [False] * 3, 0.9, 0.01
)
print(f"critic's loss {critic_loss:.2f}, should be 0")

# %%
# Test 2: no advantage at all, so that only the entropy counts: even odds must be rewarded.
ended = [False, False, True]
actor_loss, _ = buggy_a3c_losses(
    *one_rollout, np.array([2.71, 1.9, 1.0]), np.array([1.9, 1.0, 0.0]), ended, 0.9, 0.01
)
print(f"actor's loss {actor_loss:.4f}, should be below 0")

# %% exercise="a3c_losses"
def my_a3c_losses(
    logits, actions, rewards, values, next_values, terminated, discount_factor, entropy_weight
):
    ### BEGIN SOLUTION
    value_after = 0.0 if terminated[-1] else next_values[-1]  # of the state after the last step
    advantages = my_n_step_returns(rewards, value_after, discount_factor) - values
    log_policy = tf.nn.log_softmax(logits).numpy()
    taken = log_policy[np.arange(len(actions)), actions]
    entropy = -np.sum(np.exp(log_policy) * log_policy)  # never below 0
    actor_loss = -np.sum(taken * advantages) - entropy_weight * entropy
    critic_loss = np.sum(advantages**2)
    return actor_loss, critic_loss
    ### END SOLUTION

# %% check="a3c_losses" points=2
checks.check_a3c_losses(my_a3c_losses)

# %% [markdown] lang="en"
# ## Asynchronous: each at its own pace
#
# There is one **global** network. Each actor-learner is a **thread** (a second line of work inside
# the same program) and does, over and over: copy the global weights · play a rollout with the local
# copy · compute the gradient with it · apply that gradient to the *global* weights. Nobody waits for
# the others' rollouts. A **lock** sees to it that only one at a time copies or applies.
#
# The same with a single weight $w$, and $(w - 3)^2$ in place of a game:

# %% [markdown] lang="ko"
# ## 비동기: 각자의 속도로
#
# **글로벌** 신경망이 하나 있습니다. 액터러너는 각각 **스레드**(한 프로그램 안에서 따로 돌아가는 작업 흐름)이며 다음을
# 되풀이합니다. 글로벌 가중치를 복사하고 · 복사한 로컬 신경망으로 롤아웃을 진행하고 · 그것으로 그레이디언트를 구하고 · 그
# 그레이디언트를 *글로벌* 가중치에 적용합니다. 남의 롤아웃을 기다리지 않습니다. **락**(lock)은 복사와 적용을 한 번에 하나만
# 하도록 지켜 줍니다.
#
# 가중치 $w$ 하나로, 게임 대신 $(w - 3)^2$을 두고 똑같이 해 봅시다.

# %%
shared = {"w": 0.0}
lock, order = threading.Lock(), []


def learner(name, seed):
    dice = np.random.default_rng(seed)
    for _ in range(10):
        with lock:
            local = shared["w"]  # copy
        time.sleep(dice.uniform(0, 0.01))  # a rollout takes more or less time
        gradient = 2 * (local - 3)  # of the local copy; the global one may have moved on
        with lock:
            shared["w"] -= 0.1 * gradient  # apply
            order.append(name)

# %%
threads = [threading.Thread(target=learner, args=pair) for pair in (("A", 1), ("B", 2))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("order of the updates:", "".join(order), f" w = {shared['w']:.2f}")

# %% [markdown] lang="en"
# The weight gets near 3, although some gradients were computed with a stale copy. Run the two
# cells again and the order may be another one: that is why a seed does not fix a run of several learners.
#
# ## A measurement: is the second learner worth it?
#
# `A3CAgent` does this with real networks: rollouts of at most 20 steps, entropy weight 0.01. We set
# the critic's learning rate to 0.005, as in lesson 14. `play_together` starts one thread for each
# learner, as `train` does behind the scenes, so that we can use one or two learners of the same
# agent. Four seeds each; a run has 12,000 environment steps, all learners together:

# %% [markdown] lang="ko"
# 몇몇 그레이디언트는 이미 낡은 복사본으로 계산했는데도 $w$는 3에 가까워집니다. 두 셀을 다시 실행하면 순서가 달라질
# 수 있습니다. 그래서 액터러너가 여럿이면 시드를 정해도 같은 실행이 되풀이되지 않습니다.
#
# ## 측정: 두 번째 액터러너는 값을 할까?
#
# `A3CAgent`는 이것을 진짜 신경망으로 합니다. 롤아웃은 최대 20스텝, 엔트로피 가중치는 0.01입니다. 크리틱의 학습률은 14강에서처럼
# 0.005로 둡니다. `play_together`는 액터러너마다 스레드를 하나씩 시작합니다. `train`이 안에서 하는 일과 같지만, 이렇게 하면
# 같은 에이전트의 액터러너를 하나만 쓰거나 둘을 쓸 수 있습니다. 시드 네 개씩이고, 한 번의
# 실행은 모든 액터러너를 합쳐 12,000 환경 스텝입니다.

# %%
agent = A3CAgent(4, 2, workers=2, critic_learning_rate=0.005, seed=0)
environments = [CartPole(seed=i) for i in range(2)]
for actor_learner, environment in zip(agent.learners, environments):
    agent.play(actor_learner, environment)  # the first episode of each also compiles

# %%
def play_together(count, seed, steps):
    agent.reset(seed)
    scores = []

    def play(actor_learner, environment):
        environment.reset(100 * seed + actor_learner.index)
        while agent.steps < steps:
            scores.append(agent.play(actor_learner, environment))

    pairs = list(zip(agent.learners, environments))[:count]
    threads = [threading.Thread(target=play, args=pair) for pair in pairs]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return np.array(scores), time.perf_counter() - start

# %%
runs, steps_a_second, update_ms, greedy = ({1: [], 2: []} for _ in range(4))
for seed in range(4):
    for count in (1, 2):  # in turn, so that a busy minute hits both
        scores, seconds = play_together(count, seed, 12_000)
        runs[count].append(scores)
        steps_a_second[count].append(int(agent.steps) / seconds)
        update_ms[count].append(1000 * seconds / int(agent.actor_optimizer.iterations))
        greedy[count].append(evaluate(agent, environments[0]).mean())
for count in (1, 2):
    print(f"{count} learner(s): {np.median(steps_a_second[count]):.0f} steps a second;",
          "greedy scores, seed by seed:", np.round(greedy[count]))
last_ten = {count: np.mean([row[-10:].mean() for row in runs[count]]) for count in runs}

# %%
plt.figure(figsize=(7, 3))
for count, color in ((1, "tab:blue"), (2, "tab:orange")):
    for row, scores in enumerate(runs[count]):
        smooth = np.convolve(scores, np.ones(10) / 10, mode="valid")
        label = f"{count} learner(s)" if row == 0 else None
        plt.plot(np.cumsum(scores)[9:], smooth, color=color, alpha=0.7, label=label)
plt.xlabel("environment steps of all learners")
plt.ylabel("mean of the last 10 scores")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# At the end the last 10 episodes average {{last_ten[1]:.0f|60%}} with one learner and
# {{last_ten[2]:.0f|60%}} with two. Before you decide which is better, look how far the four lines of
# one colour lie apart. The speed: two learners play
# {{np.median(steps_a_second[2]) / np.median(steps_a_second[1]):.1f|100%}} times as many steps a
# second as one, on the machine that built this page (two cores, with other work to do). Twice would
# be the best. Part of the reason can be measured: copying and applying are done one learner at a
# time.

# %% [markdown] lang="ko"
# 마지막 열 에피소드의 평균 점수는 액터러너가 하나일 때 {{last_ten[1]:.0f|60%}}점, 둘일 때 {{last_ten[2]:.0f|60%}}점입니다. 어느 쪽이
# 나은지 정하기 전에, 같은 색의 선 네 개가 서로 얼마나 떨어져 있는지 보세요. 속도는 어떨까요? 이 페이지를 만든
# 컴퓨터(코어 두 개, 다른 일도 하고 있었습니다)에서 액터러너 둘은 하나일 때보다 초당
# {{np.median(steps_a_second[2]) / np.median(steps_a_second[1]):.1f|100%}}배의 스텝을 진행했습니다. 가장 좋아야 두
# 배입니다. 그 이유의 일부는 잴 수 있습니다. 복사와 적용은 한 번에 한 액터러너만 하기 때문입니다.

# %%
first = agent.learners[0]
nothing = [[tf.zeros_like(w) for w in net.trainable_weights] for net in (agent.actor, agent.critic)]
copy = tf.function(lambda: first.copy_weights(agent.actor, agent.critic))
apply = tf.function(lambda: agent.apply_gradients(*nothing, 0))


def milliseconds(function, times=300):
    function()  # the first call also builds the graph
    start = time.perf_counter()
    for _ in range(times):
        function()
    return 1000 * (time.perf_counter() - start) / times

# %%
taking_turns = milliseconds(copy) + milliseconds(apply)
alone = np.median(update_ms[1])  # copy, rollout, apply and the Python between, one learner
share = min(taking_turns / alone, 1.0)
print(f"copy and apply {taking_turns:.2f} ms, all of an update {alone:.2f} ms")

# %% [markdown] lang="en"
# About {{share:.0%|100%}} of an update is copying and applying, and no number of threads makes that
# part faster. The Python lines between come on top: Python runs one thread at a time. Only the
# compiled rollouts can overlap, and with two layers of 24 units they are short. With Atari's pictures
# and convolutions the rollout is the long part: there, the paper's abstract reports, A3C beat the
# best earlier results in half the training time on one multi-core CPU instead of a GPU. On
# CartPole, A2C of lesson 14 makes up to 20 times as many updates in the same steps: compare its curve
# with this one.
#
# **What changed since A2C:** targets of up to 20 steps instead of one; one update a rollout; an
# entropy reward; several players, local copies, one global network. What it replaced in DQN: the
# replay memory, by variety among players.
#
# ## Review (진단 평가)
#
# The first question is the slides' heading, the others follow their points on A3C.
#
# <details><summary>What are DQN's shortcomings? (slides)</summary>
#
# Its replay memory (1,000,000 samples at DeepMind) takes a lot of memory, and learning is slow.
# </details>
#
# <details><summary>What is an actor-learner, and why are the samples of several less correlated?</summary>
#
# A player with its own environment and a local copy of the networks. Different players are at
# different moments of different episodes.
# </details>
#
# <details><summary>Why is it called asynchronous?</summary>
#
# Every actor-learner updates the global network when its own rollout is done, and does not wait for
# the others.
# </details>
#
# <details><summary>Are A3C's data on-policy?</summary>
#
# It treats them as on-policy: a rollout is played with the local copy and its gradient is
# computed with the same copy. By the time it is applied the global weights may have moved a little;
# A3C accepts that.
# </details>
#
# **Summary** Several actor-learners replace the replay memory. $n$-step returns lie between A2C's
# target and REINFORCE's return and end with the value of the state *after* the rollout. The entropy
# is added to what is made large. Threads pay when playing takes longer than taking turns. **Next**
# lesson 16: where to go from here.

# %% [markdown] lang="ko"
# 업데이트 하나의 약 {{share:.0%|100%}}는 복사와 적용이고, 스레드가 아무리 많아도 이 부분은 빨라지지 않습니다. 그 사이의
# 파이썬 코드도 마찬가지입니다. 파이썬은 한 번에 스레드 하나만 실행하기 때문입니다. 겹쳐서 돌 수 있는 것은 컴파일된 롤아웃뿐인데,
# 24유닛짜리 두 층에서는 롤아웃이 금방 끝납니다. 아타리의 화면과 합성곱에서는 롤아웃이 훨씬 오래 걸립니다. 논문 초록에 따르면
# 그때 A3C는 GPU 대신 멀티코어 CPU 하나로, 절반의 학습 시간에 그때까지의 최고 결과를 넘었습니다. 카트폴에서는 12의 A2C가
# 같은 스텝 동안 최대 20배 많이 업데이트합니다. 그 곡선과 이 그림을 비교해 보세요.
#
# **A2C에서 무엇이 달라졌나:** 한 스텝 대신 최대 20스텝짜리 타깃, 롤아웃마다 한 번의 업데이트, 엔트로피 보상, 그리고 여러
# 액터러너와 로컬 복사본과 하나의 글로벌 신경망입니다. DQN에서 대신한 것은 리플레이 메모리이고, 그 자리를 액터러너들의
# 다양함이 채웁니다.
#
# ## 진단 평가
#
# 첫 질문은 슬라이드의 제목이고, 나머지는 슬라이드의 A3C 설명에서 만들었습니다.
#
# <details><summary>DQN의 단점은? (슬라이드)</summary>
#
# 리플레이 메모리(딥마인드는 샘플 1,000,000개)가 메모리를 많이 차지하고 학습이 느립니다.
# </details>
#
# <details><summary>액터러너란 무엇이며, 여럿이 모은 샘플은 왜 연관성이 떨어지나요?</summary>
#
# 자기 환경과 신경망의 로컬 복사본을 가지고 움직이는 에이전트입니다. 서로 다른 액터러너는 서로 다른 에피소드의 서로 다른
# 순간에 있습니다.
# </details>
#
# <details><summary>왜 비동기(Asynchronous)라고 하나요?</summary>
#
# 각 액터러너가 자기 롤아웃이 끝나는 대로 글로벌 신경망을 업데이트하고, 다른 액터러너를 기다리지 않기 때문입니다.
# </details>
#
# <details><summary>A3C의 데이터는 온폴리시인가요?</summary>
#
# 온폴리시로 다룹니다. 롤아웃을 로컬 복사본으로 진행하고 그레이디언트도 같은 복사본으로 구합니다. 적용할 때쯤에는 글로벌
# 가중치가 조금 움직였을 수 있지만 A3C는 그것을 받아들입니다.
# </details>
#
# **정리** 여러 액터러너가 리플레이 메모리를 대신합니다. $n$스텝 반환값은 A2C의 타깃과 REINFORCE의 반환값 사이에 있고,
# 롤아웃 *다음* 상태의 가치로 끝납니다. 엔트로피는 크게 만들 대상에 더합니다. 스레드는 진행하는 시간이 차례를 기다리는
# 시간보다 길 때 값을 합니다. **다음 시간** 16강: 여기서 어디로 갈까요?
