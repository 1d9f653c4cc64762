# %% [markdown] lang="en"
# # 15 · Many players at once (A3C)
#
# **On the slides** Asynchronous Advantage Actor-Critic (A3C), "1. DQN의 단점?" (DQN's shortcomings?) and "2.
# A3C", without code. The method is that of Mnih et al., 2016 (arXiv 1602.01783).
#
# **You will be able to** say what several actor-learners replace, and check it · work out returns of
# several steps with a bootstrap · find two mistakes that published A3C programs make · train two
# actor-learners with losses of your own · judge from a measurement what the second one is worth.
#
# **Time** 65 minutes · **Needs** lessons 06 (replay memory) and 14 (actor-critic)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $T$ | `len(rewards)` | number | steps of one rollout (here at most 20) |
# | $R_t$ | `returns` | `[T]` | rewards from step $t$ to the rollout's end, then the critic's estimate |
# | $V(s_T)$ | `value_after` | number | the critic's value of the state *after* the last step; 0 if the task ended |
# | $H(\pi)$ | `entropy` | number | how undecided the policy is |
# | $\beta$ | `entropy_weight` | number | how much the entropy counts in the actor's loss (0.01) |

# %% [markdown] lang="ko"
# # 15 · 여럿이 동시에 (A3C)
#
# **슬라이드에서는** Asynchronous Advantage Actor-Critic (A3C)의 "1. DQN의 단점?"과 "2. A3C"에 나오며 코드는 없습니다.
# 방법은 Mnih 외, 2016 (arXiv 1602.01783)을 따릅니다.
#
# **이번 시간이 끝나면** 여러 액터러너가 무엇을 대신하는지 말하고 확인할 수 있고 · 부트스트랩이 있는 여러 스텝짜리
# 반환값을 계산할 수 있고 · 공개된 A3C 코드에서 실수 두 가지를 찾을 수 있고 · 직접 쓴 오류함수(손실 함수)로 액터러너
# 둘을 학습시킬 수 있고 · 두 번째 액터러너가 얼마나 도움이 되는지 측정값을 보고 판단할 수 있습니다.
#
# **시간** 65분 · **먼저 볼 것** 06강 (리플레이 메모리), 14강 (액터-크리틱)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $T$ | `len(rewards)` | 숫자 | 롤아웃 하나의 스텝 수 (여기서는 최대 20) |
# | $R_t$ | `returns` | `[T]` | $t$번째 스텝부터 롤아웃 끝까지의 보상에 크리틱의 예측을 더한 것 |
# | $V(s_T)$ | `value_after` | 숫자 | 마지막 스텝 *다음* 상태에 대한 크리틱의 가치, 과제가 끝났으면 0 |
# | $H(\pi)$ | `entropy` | 숫자 | 엔트로피, 정책이 얼마나 망설이는가 |
# | $\beta$ | `entropy_weight` | 숫자 | 액터의 오류함수에서 엔트로피의 비중 (0.01) |

# %%
import threading
import time

import gymnasium
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import A3CAgent, CartPole, checks, discounted_returns, evaluate
from dqn_keras import plot_scores, policy_network, update_target, use_one_thread, value_network
from dqn_keras.classroom import drawings, explore
from dqn_keras.experiments import plot_mean

# After dqn_keras, which silences its start-up messages.
import keras
import tensorflow as tf

plt.style.use("dqn_keras.classroom.lesson")
use_one_thread()  # networks as small as ours compute faster on one

# %% [markdown] lang="en"
# ## What is wrong with a replay memory?
#
# The lecture answers: it takes a lot of memory, and learning from it is slow. DeepMind's DQN for Atari
# games kept 1,000,000 samples. If each adds one picture of 84 × 84 pixels, at one byte a pixel, how
# much is that? (1 GiB = $2^{30}$ bytes.)

# %% [markdown] lang="ko"
# ## 리플레이 메모리의 무엇이 문제일까?
#
# 강의의 답은 두 가지입니다. 메모리를 많이 차지하고, 학습이 느립니다. 아타리 게임을 배운 딥마인드의 DQN은 샘플을 1,000,000개
# 저장했습니다. 샘플마다 84 × 84픽셀짜리 화면이 하나씩 늘고 픽셀 하나가 1바이트라면 다음과 같습니다(1 GiB = $2^{30}$바이트).

# %%
gibibytes = 1_000_000 * 84 * 84 / 2**30
print(f"{gibibytes:.1f} GiB")

# %% [markdown] lang="en"
# There is a third reason: REINFORCE and A2C cannot use old samples at all. They improve the policy
# that acts *now*, so they need samples of that policy (they are *on-policy*, like SARSA in lesson 02).
#
# But the memory was good for something (lesson 06): consecutive samples are alike, and random draws
# mix them. A3C gets variety in another way. Several agents, called **actor-learners**, play
# *at the same time*, each in an environment of its own. While one is about to fall, another has just
# begun.
#
# Let us check that with players who push at random. Each delivers its game in pieces of 5 steps; such a
# piece is called a **rollout**. They take turns: one rollout of the first player, one of the second,
# and so on. How alike are the pole's mean angles in a rollout and in the next one to arrive? The
# *correlation* (lesson 06) puts it in a number: 1 for rising and falling together, 0 for unrelated.

# %% [markdown] lang="ko"
# 이유가 하나 더 있습니다. REINFORCE와 A2C는 오래된 샘플을 아예 쓸 수 없습니다. *지금* 행동하는 정책을 고치는 방법이라 지금
# 정책의 샘플이 필요합니다(02강의 살사처럼 *온폴리시*입니다).
#
# 그런데 리플레이 메모리가 해 주던 일이 있습니다(06강). 연속된 샘플은 서로 닮았는데, 메모리에서 무작위로 뽑으면
# 골고루 섞입니다. A3C는 다른 방법으로 다양한 샘플을 얻습니다. **액터러너**(actor-learner)라고 부르는 에이전트
# 여럿이 *동시에*, 각자 자기 환경에서 움직입니다. 하나가 쓰러지려는 순간에 다른 하나는 막 시작했을 수 있습니다.
#
# 무작위로 미는 액터러너들로 확인해 봅시다. 저마다 게임을 5스텝씩 잘라 제출합니다. 이런 조각을 **롤아웃**(rollout)이라고
# 합니다. 첫 번째 액터러너의 롤아웃 하나, 두 번째 액터러너의 롤아웃 하나, 이렇게 차례로 도착합니다. 한 롤아웃과 바로 다음에
# 도착한 롤아웃의 평균 폴 각도는 얼마나 닮았을까요? *상관계수*가 숫자로 알려 줍니다. 늘 닮았으면 1, 아무 관계가 없으면
# 0입니다.

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
plt.figure(figsize=(4, 2))
plt.bar([str(count) for count in correlations], correlations.values(), width=0.5)
plt.axhline(0, color="black", linewidth=0.8)
plt.xlabel("actor-learners")
plt.ylabel("correlation of\nconsecutive rollouts")
plt.show()

# %% [markdown] lang="en"
# With one player the correlation is {{correlations[1]:.2f}}, with two {{correlations[2]:.2f}}, with
# eight {{correlations[8]:.2f}}. *Within* a rollout the steps are as alike as ever.
#
# ## Returns of several steps, by hand
#
# An actor-learner plays a rollout of $T$ steps, from the state $s_0$ to the state $s_T$, and then
# learns from it. What should the critic have said of $s_t$? All rewards from there to the rollout's
# end are known; what comes after is the critic's guess, $V(s_T)$. Such a guess in a target is a
# *bootstrap*, as in lesson 07:
#
# $$R_t = r_t + \gamma r_{t+1} + \dots + \gamma^{T-1-t} r_{T-1} + \gamma^{T-t}\, V(s_T)$$
#
# The first step looks $T$ steps ahead, the last only one. It is computed from the back:
# $R_{T-1} = r_{T-1} + \gamma V(s_T)$, and before it $R_t = r_t + \gamma R_{t+1}$. If the task ended
# with the last step, nothing comes after it and 0 takes the place of $V(s_T)$. The picture has a
# rollout of $T = 5$ steps, with $\gamma = 0.5$ and $V(s_5) = 10$; read it from right to left.

# %% [markdown] lang="ko"
# 액터러너가 하나일 때 상관계수는 {{correlations[1]:.2f}}, 둘이면 {{correlations[2]:.2f}}, 여덟이면
# {{correlations[8]:.2f}}입니다. 다만 한 롤아웃 *안*의 스텝끼리는 여전히 닮았습니다.
#
# ## 여러 스텝짜리 반환값, 손으로
#
# 액터러너는 상태 $s_0$에서 $s_T$까지 $T$스텝짜리 롤아웃을 플레이한 다음 그 롤아웃으로 배웁니다. 크리틱은 $s_t$의
# 가치를 얼마라고 해야 했을까요? 거기서부터 롤아웃 끝까지의 보상은 모두 압니다. 그 뒤는 크리틱의 예측 $V(s_T)$로
# 채웁니다. 07강에서처럼 타깃에 예측을 넣는 *부트스트랩*입니다.
#
# $$R_t = r_t + \gamma r_{t+1} + \dots + \gamma^{T-1-t} r_{T-1} + \gamma^{T-t}\, V(s_T)$$
#
# 첫 스텝은 $T$스텝 앞까지, 마지막 스텝은 한 스텝 앞만 봅니다. 계산은 뒤에서부터 합니다. 먼저
# $R_{T-1} = r_{T-1} + \gamma V(s_T)$, 그 앞은 $R_t = r_t + \gamma R_{t+1}$입니다. 마지막 스텝에서 과제가 끝났으면 그
# 뒤에는 아무것도 없으므로 $V(s_T)$ 자리에 0을 넣습니다. 아래 그림은 $T = 5$스텝짜리 롤아웃이고 $\gamma = 0.5$,
# $V(s_5) = 10$입니다. 오른쪽에서 왼쪽으로 읽으세요.

# %%
drawings.rollout_returns()

# %% [markdown] lang="en"
# Now you: three steps, reward 1 each, $\gamma = 0.9$; the critic says $V(s_3) = 20$. Fill in, from
# right to left:
#
# | | $R_0$ | $R_1$ | $R_2$ |
# |---|---|---|---|
# | the rollout stops, the pole stands | ? | ? | 1 + 0.9 · 20 = ? |
# | the pole fell in the third step | ? | ? | 1 + 0.9 · 0 = 1 |

# %% [markdown] lang="ko"
# 이제 직접 해 봅시다. 세 스텝 동안 보상은 매번 1, $\gamma = 0.9$이고 크리틱은 $V(s_3) = 20$이라고 합니다. 오른쪽에서
# 왼쪽으로 채워 보세요.
#
# | | $R_0$ | $R_1$ | $R_2$ |
# |---|---|---|---|
# | 롤아웃이 멈췄고 폴은 서 있음 | ? | ? | 1 + 0.9 · 20 = ? |
# | 세 번째 스텝에서 쓰러짐 | ? | ? | 1 + 0.9 · 0 = 1 |

# %%
for value_after in (20, 0):
    R2 = 1 + 0.9 * value_after
    R1 = 1 + 0.9 * R2
    R0 = 1 + 0.9 * R1
    print(f"value after {value_after:2}: R0 {R0:.2f}, R1 {R1:.2f}, R2 {R2:.2f}")

# %% [markdown] lang="en"
# With $T = 1$ this is A2C's target; if the rollout is the whole episode, it is REINFORCE's return. In
# between, the critic's mistakes matter less than in A2C, and luck matters less than in REINFORCE.
#
# ## Exercise 1 · returns with a bootstrap ★☆☆ 10 minutes
#
# `rewards` `[T]` are those of one rollout, a list or an array; `value_after` is a number, 0 if the task
# ended. Return all $R_t$ as an array `[T]`, $R_0$ first. `reversed(rewards)` goes through them from the
# back; `np.array` makes an array of a list.

# %% [markdown] lang="ko"
# $T = 1$이면 A2C의 타깃이고, 롤아웃이 에피소드 전체이면 REINFORCE의 반환값입니다. 그 사이에서는 A2C보다 크리틱의 실수에 덜
# 휘둘리고, REINFORCE보다 운에 덜 휘둘립니다.
#
# ## 연습 1 · 부트스트랩이 있는 반환값 ★☆☆ 10분
#
# `rewards` `[T]`는 롤아웃 하나의 보상(리스트 또는 배열)이고 `value_after`는 숫자입니다(과제가 끝났으면 0). 모든
# $R_t$를 $R_0$부터 차례로 배열 `[T]`로 반환하세요. `reversed(rewards)`는 보상을 뒤에서부터 하나씩 꺼내고,
# `np.array`는 리스트를 배열로 만듭니다.

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
# The package adds $\gamma V(s_T)$ to the last reward and then calls `discounted_returns`, the returns
# of lesson 13. Yours first, the package's below:

# %% [markdown] lang="ko"
# 패키지는 마지막 보상에 $\gamma V(s_T)$를 더한 다음, 13강의 반환값을 구하는 `discounted_returns`를 부릅니다. 윗줄이
# 여러분의 결과, 아랫줄이 패키지의 결과입니다.

# %%
print(my_n_step_returns([1, 1, 1], 20, 0.9))
print(discounted_returns([1, 1, 1 + 0.9 * 20], 0.9).numpy())

# %% [markdown] lang="en"
# What several steps are good for shows best while the critic knows nothing, $V = 0$ everywhere. Your
# function cuts an episode of 60 steps, which ended with a fall, into rollouts of 1, 10 and 20 steps:

# %% [markdown] lang="ko"
# 여러 스텝이 왜 좋은지는 크리틱이 아직 아무것도 모를 때, 즉 어디서나 $V = 0$일 때 가장 잘 보입니다. 60스텝 만에 쓰러진
# 에피소드를 1, 10, 20스텝짜리 롤아웃으로 잘라 여러분의 함수로 계산해 봅시다.

# %%
plt.figure(figsize=(4.6, 2))
plt.plot(my_n_step_returns([1.0] * 60, 0, 0.99), color="black", label="real return")
for length in (20, 10, 1):
    pieces = [my_n_step_returns([1.0] * length, 0, 0.99) for _ in range(60 // length)]
    plt.plot(np.concatenate(pieces), label=f"rollouts of {length}, V = 0")
plt.xlabel("step of the episode")
plt.ylabel("target")
plt.legend(ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1))
plt.show()

# %% [markdown] lang="en"
# With rollouts of one step every target is 1: until the critic has learned something, no target
# distinguishes the steps before the fall from the others. The longer the rollouts, the closer the
# targets are to the real return.
#
# ## Entropy: a bonus for being undecided
#
# A policy can settle too soon. Once it plays "right" 99% of the time, it hardly ever tries "left", and
# can hardly find out if "left" is better. How undecided a policy is can be measured. Its **entropy**
# (lesson 13) is
#
# $$H(\pi) = -\sum_a \pi(a) \log \pi(a)$$
#
# It is largest if all actions are equally likely (two actions:
# $-2 \cdot 0.5 \log 0.5 = 0.69$), and 0 if the policy always does the same.

# %% [markdown] lang="ko"
# 롤아웃이 1스텝이면 타깃이 모두 1입니다. 크리틱이 조금이라도 배우기 전까지는 쓰러지기 직전의 스텝과 나머지 스텝을
# 구별할 수 없습니다. 롤아웃이 길수록 타깃이 실제 반환값에 가까워집니다.
#
# ## 엔트로피: 망설이는 정책에 주는 보너스
#
# 정책은 너무 일찍 굳어 버릴 수 있습니다. "오른쪽"을 99% 고르게 되면 "왼쪽"은 거의 해 보지 않으므로, "왼쪽"이 더
# 좋았더라도 알아내기 어렵습니다. 정책이 얼마나 망설이는지를 숫자로 나타낸 것이 **엔트로피**입니다.
#
# $$H(\pi) = -\sum_a \pi(a) \log \pi(a)$$
#
# 모든 행동의 확률이 같을 때 가장 크고(행동이 둘이면 $-2 \cdot 0.5 \log 0.5 = 0.69$), 항상 같은 행동만 하면 0입니다.

# %%
for logits in ([0.0, 0.0], [0.0, 2.0], [0.0, 9.0]):
    log_policy = tf.nn.log_softmax(logits)  # log pi(a) of each action
    entropy = -tf.reduce_sum(tf.exp(log_policy) * log_policy)
    print("policy", tf.exp(log_policy).numpy().round(3), f"entropy {entropy:.3f}")

# %% [markdown] lang="en"
# A3C subtracts $\beta H$ from the actor's loss. A lower loss is better, so of two otherwise equal
# policies the less decided one wins: an *entropy bonus*. The environment pays nothing for it, and with
# $\beta = 0.01$ it is small. Whether it helps depends on the task; we do not measure it here.
#
# ## Bug hunt · two mistakes in the losses ★★☆ 15 minutes
#
# These are the two losses of one rollout. The dot in $\pi(\cdot \mid s_t)$ stands for all actions:
#
# $$\text{actor} = -\sum_t \log \pi(a_t \mid s_t)\, \big(R_t - V(s_t)\big)
#   - \beta \sum_t H(\pi(\cdot \mid s_t)),
#   \qquad \text{critic} = \sum_t \big(R_t - V(s_t)\big)^2$$
#
# The function below computes them with TensorFlow. Entry $t$ of `values` is $V(s_t)$, of `next_values`
# $V(s_{t+1})$, of `terminated` whether step $t$ ended the task. The function contains *two* mistakes
# that real programs make: one is in all A3C programs of the lecture's authors, the other in those of
# g6ling, who wrote document 003 of lesson 10 (the code here is written afresh). The two tests below it
# show the symptoms.
#
# Repair it in `my_a3c_losses`: return the pair *(actor's loss, critic's loss)*. Use TensorFlow's
# functions only, because afterwards the gradients of your losses will train two networks. (Your
# `my_n_step_returns` may use NumPy all the same: the rewards and the value after the rollout are fixed
# numbers, part of the target.)

# %% [markdown] lang="ko"
# A3C는 액터의 오류함수에서 $\beta H$를 뺍니다. 오류함수는 작을수록 좋으므로, 다른 조건이 같다면 더 망설이는 정책이
# 이깁니다. 이것을 *엔트로피 보너스*라고 합니다. 환경이 주는 보상이 아니며, $\beta = 0.01$이면 크기도 작습니다.
# 도움이 되는지는 과제에 따라 다르고, 여기서는 재지 않습니다.
#
# ## 버그 찾기 · 오류함수의 두 가지 실수 ★★☆ 15분
#
# 롤아웃 하나의 두 오류함수는 다음과 같습니다. $\pi(\cdot \mid s_t)$의 점은 모든 행동을 뜻합니다.
#
# $$\text{액터} = -\sum_t \log \pi(a_t \mid s_t)\, \big(R_t - V(s_t)\big)
#   - \beta \sum_t H(\pi(\cdot \mid s_t)),
#   \qquad \text{크리틱} = \sum_t \big(R_t - V(s_t)\big)^2$$
#
# 아래 함수는 둘을 TensorFlow로 계산합니다. `values`의 $t$번째 값은 $V(s_t)$, `next_values`의 $t$번째 값은 $V(s_{t+1})$,
# `terminated`의 $t$번째 값은 $t$번째 스텝에서 과제가 끝났는지입니다. 실제로 있던 실수가 *두 군데* 들어 있습니다. 하나는 강의가
# 따르는 저자들의 모든 A3C 코드에, 다른 하나는 g6ling(10강의 문서 003을 쓴 사람)의 코드에 있습니다(코드는 새로 썼습니다). 그
# 아래 두 가지 시험이 증상을 보여 줍니다.
#
# `my_a3c_losses`에서 고치고 *(액터의 오류함수, 크리틱의 오류함수)* 두 값을 반환하세요. 여러분의 오류함수에서 구한
# 그레이디언트로 곧 신경망 두 개를 학습시킬 것이므로 TensorFlow 함수를 그대로 쓰세요. `my_n_step_returns`는 NumPy로 써도
# 됩니다. 보상과 롤아웃 뒤의 가치는 정해진 숫자입니다.

# %%
def buggy_a3c_losses(
    logits, actions, rewards, values, next_values, terminated, discount_factor, entropy_weight
):
    value_after = 0.0 if terminated[-1] else values[-1]
    returns = my_n_step_returns(rewards, value_after, discount_factor)
    advantages = tf.cast(returns, tf.float32) - values  # tf.cast: as a tensor of float32
    log_policy = tf.nn.log_softmax(logits)  # [T, actions]
    taken = tf.gather(log_policy, actions, batch_dims=1)  # of each row the action taken
    entropy = tf.reduce_sum(tf.exp(log_policy) * log_policy)
    actor_loss = -tf.reduce_sum(taken * advantages) - entropy_weight * entropy
    critic_loss = tf.reduce_sum(advantages**2)
    return actor_loss, critic_loss

# %%
def try_out(losses, values, ended):
    """Three steps, reward 1 each, even odds; `values` are V(s_0) to V(s_3)."""
    values, terminated = tf.constant(values), [False, False, ended]
    actor_loss, critic_loss = losses(
        tf.zeros([3, 2]), [0, 1, 0], [1, 1, 1], values[:3], values[1:], terminated, 0.9, 0.01
    )
    print(f"actor's loss {actor_loss:.4f}, critic's loss {critic_loss:.4f}")


# Test 1: a critic that is exactly right, V(s_3) = 20 and so on back to V(s_0).
try_out(buggy_a3c_losses, [17.29, 18.1, 19.0, 20.0], ended=False)  # critic's loss should be 0
# Test 2: no advantage anywhere, so that only the entropy is left in the actor's loss.
try_out(buggy_a3c_losses, [2.71, 1.9, 1.0, 0.0], ended=True)  # actor's loss should be below 0

# %% exercise="a3c_losses"
def my_a3c_losses(
    logits, actions, rewards, values, next_values, terminated, discount_factor, entropy_weight
):
    ### BEGIN SOLUTION
    value_after = 0.0 if terminated[-1] else next_values[-1]  # of the state after the last step
    returns = my_n_step_returns(rewards, value_after, discount_factor)
    advantages = tf.cast(returns, tf.float32) - values
    log_policy = tf.nn.log_softmax(logits)
    taken = tf.gather(log_policy, actions, batch_dims=1)
    entropy = -tf.reduce_sum(tf.exp(log_policy) * log_policy)  # never below 0
    actor_loss = -tf.reduce_sum(taken * advantages) - entropy_weight * entropy
    critic_loss = tf.reduce_sum(advantages**2)
    return actor_loss, critic_loss
    ### END SOLUTION

# %% check="a3c_losses" points=2
checks.check_a3c_losses(my_a3c_losses)

# %%
try_out(my_a3c_losses, [17.29, 18.1, 19.0, 20.0], ended=False)
try_out(my_a3c_losses, [2.71, 1.9, 1.0, 0.0], ended=True)

# %% [markdown] lang="en"
# ## Asynchronous: each at its own pace
#
# There is one **global** actor and one global critic; these are the networks that learn. Each
# actor-learner is a **thread**, a second line of work inside the same program, with local copies of
# both. It does four things over and over:
#
# 1. copy the global weights,
# 2. play a rollout with the local copies,
# 3. compute the gradients of both losses with the local copies,
# 4. apply these gradients to the *global* weights.
#
# *Asynchronous* means: nobody waits for the others' rollouts. Only for 1 and 4 does a **lock** make
# sure that one learner at a time touches the global weights. (In the picture an actor-learner is called
# *worker*, and actor and critic together are *the network*.)

# %% [markdown] lang="ko"
# ## 비동기: 각자의 속도로
#
# 배우는 신경망은 **글로벌** 액터 하나와 글로벌 크리틱 하나입니다. 액터러너는 각각 **스레드**(한 프로그램 안에서 따로 돌아가는
# 작업 흐름)이며 두 신경망의 로컬 복사본을 가지고 있습니다. 액터러너는 다음 네 가지를 되풀이합니다.
#
# 1. 글로벌 가중치를 복사합니다.
# 2. 로컬 복사본으로 롤아웃을 플레이합니다.
# 3. 로컬 복사본으로 두 오류함수의 그레이디언트를 구합니다.
# 4. 그 그레이디언트를 *글로벌* 가중치에 적용합니다.
#
# *비동기*란 남의 롤아웃을 기다리지 않는다는 뜻입니다. 1과 4에서만 **락**(lock)이 글로벌 가중치를 한 번에 한 액터러너만 만지도록
# 지켜 줍니다. (그림에서는 액터러너를 *worker*라고 부르고, 액터와 크리틱을 합쳐 *network*라고 합니다.)

# %%
drawings.global_network_and_workers()

# %% [markdown] lang="en"
# First without networks: a single weight $w$, and $(w - 3)^2$ in place of a game. Watch the order of
# the updates.

# %% [markdown] lang="ko"
# 먼저 신경망 없이 해 봅시다. 가중치는 $w$ 하나이고 게임 대신 $(w - 3)^2$이 있습니다. 업데이트의 순서를 눈여겨보세요.

# %%
shared = {"w": 0.0}
lock, order = threading.Lock(), []


def learner(name, seed):
    dice = np.random.default_rng(seed)
    for _ in range(10):
        with lock:  # waits until nobody else holds the lock
            local = shared["w"]  # copy
        time.sleep(dice.uniform(0, 0.01))  # a rollout takes more or less time
        gradient = 2 * (local - 3)  # of the local copy; the global one may have moved on
        with lock:
            shared["w"] -= 0.1 * gradient  # apply
            order.append(name)

# %%
def run_side_by_side(function, arguments):
    """Calls the function in a thread for each tuple of arguments, and waits for all of them."""
    threads = [threading.Thread(target=function, args=one) for one in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


run_side_by_side(learner, [("A", 1), ("B", 2)])
print("order of the updates:", "".join(order), f" w = {shared['w']:.2f}")

# %% [markdown] lang="en"
# The weight ends near 3, although some gradients came from an outdated copy. Run both cells again and
# the order may differ: with several learners a seed does not make a run repeatable.
#
# ## Your losses at work
#
# Now the same with networks and CartPole. An actor-learner needs an environment, its local networks,
# and two abilities: to play a rollout, and to compute the gradients of *your* losses.

# %% [markdown] lang="ko"
# 몇몇 그레이디언트는 그사이 낡아 버린 복사본으로 구했는데도 $w$는 3 근처에서 끝납니다. 두 셀을 다시 실행하면 순서가 달라질
# 수 있습니다. 액터러너가 여럿이면 시드를 정해도 같은 실행이 되풀이되지 않습니다.
#
# ## 여러분의 오류함수로 학습하기
#
# 이제 신경망과 카트폴로 똑같이 해 봅시다. 액터러너에게는 환경과 로컬 신경망이 있고, 롤아웃을 플레이하는 일과
# *여러분의* 오류함수에서 그레이디언트를 구하는 일을 할 수 있어야 합니다.

# %%
class ActorLearner:
    def __init__(self, seed):
        self.env, self.dice = gymnasium.make("CartPole-v1"), np.random.default_rng(seed)
        self.state, _ = self.env.reset(seed=seed)
        self.actor, self.critic = policy_network(4, 2), value_network(4)
        self.policy = tf.function(lambda state: tf.nn.softmax(self.actor(state[None]))[0])

    def rollout(self, most=20):
        """At most 20 steps: states, actions, rewards, next states, terminated; is it over?"""
        steps, over = [], False
        while not over and len(steps) < most:
            action = int(self.dice.random() < self.policy(self.state)[1])  # drawn from the policy
            next_state, reward, terminated, truncated, _ = self.env.step(action)
            steps.append((self.state, action, reward, next_state, terminated))
            self.state, over = next_state, terminated or truncated
        if over:
            self.state, _ = self.env.reset()
        return [np.array(column) for column in zip(*steps)], over

    def gradients(self, states, actions, rewards, next_states, terminated):
        """Of your two losses, for the local networks."""
        next_values = self.critic(next_states)[:, 0]  # outside of the tape: part of the target
        with tf.GradientTape(persistent=True) as tape:
            logits, values = self.actor(states), self.critic(states)[:, 0]
            actor_loss, critic_loss = my_a3c_losses(
                logits, actions, rewards, values, next_values, terminated, 0.99, 0.01
            )
        return [
            tape.gradient(actor_loss, self.actor.trainable_weights),
            tape.gradient(critic_loss, self.critic.trainable_weights),
        ]

# %% [markdown] lang="en"
# And here is A3C: four steps, in as many threads as there are actor-learners.

# %% [markdown] lang="ko"
# 그리고 이것이 A3C입니다. 네 단계를 액터러너 수만큼의 스레드에서 되풀이합니다.

# %%
networks = policy_network(4, 2, seed=0), value_network(4, seed=0)  # the global ones
optimizers = keras.optimizers.Adam(0.001), keras.optimizers.Adam(0.005)  # as in lesson 14
played, my_scores = [], []  # the length of each rollout, the score of each episode


def learn(actor_learner, steps):
    score = 0
    while sum(played) < steps:
        with lock:
            update_target(actor_learner.actor, networks[0])  # 1: copy
            update_target(actor_learner.critic, networks[1])
        rollout, over = actor_learner.rollout()  # 2: play
        gradients = actor_learner.gradients(*rollout)  # 3: compute
        with lock:
            for optimizer, gradient, network in zip(optimizers, gradients, networks):
                optimizer.apply(gradient, network.trainable_weights)  # 4: apply
            played.append(len(rollout[0]))
        score += played[-1]
        if over:
            my_scores.append(score)
            score = 0

# %%
run_side_by_side(learn, [(ActorLearner(seed), 8000) for seed in (1, 2)])
plt.figure(figsize=(5, 2.2))
plot_scores(my_scores, window=20)
plt.show()

# %% [markdown] lang="en"
# The first 20 episodes of both learners average {{np.mean(my_scores[:20]):.0f|100%}} steps, the last
# 20 {{np.mean(my_scores[-20:]):.0f|100%}}: your two functions have trained two networks. (One run is no
# evidence of how good A3C is; the next section has more.)
#
# ## A measurement: is the second learner worth it?
#
# The package's `A3CAgent` works in the same way, with compiled rollouts and hidden layers of 24 and
# 24 units in both networks. We let one or two of its learners play, eight seeds each. A run has
# 12,000 environment steps, those of all learners together:

# %% [markdown] lang="ko"
# 두 액터러너를 합쳐 처음 20에피소드는 평균 {{np.mean(my_scores[:20]):.0f|100%}}스텝, 마지막 20에피소드는 평균
# {{np.mean(my_scores[-20:]):.0f|100%}}스텝을 버텼습니다. 여러분의 두 함수가 신경망 두 개를 학습시킨 것입니다. (한
# 번 실행해서는 A3C가 얼마나 좋은지 알 수 없습니다. 다음 절에서 더 해 봅니다.)
#
# ## 측정: 두 번째 액터러너는 값을 할까?
#
# 패키지의 `A3CAgent`도 똑같이 움직이는데, 롤아웃을 컴파일해서 실행하고 두 신경망 모두 은닉층이 24유닛짜리 두
# 층입니다. 액터러너를 하나만 쓸 때와 둘을 쓸 때를 시드 여덟 개씩 비교합니다. 실행 한 번은 모든 액터러너를 합쳐
# 12,000 환경 스텝입니다.

# %%
agent = A3CAgent(4, 2, workers=2, critic_learning_rate=0.005, seed=0)
environments = [CartPole(seed=i) for i in range(2)]
for actor_learner, environment in zip(agent.learners, environments):
    agent.play(actor_learner, environment)  # the first episode of each also compiles


def play_together(count, seed, steps):
    """Scores of all episodes, and the seconds it took."""
    agent.reset(seed)
    scores = []

    def play(actor_learner, environment):
        environment.reset(100 * seed + actor_learner.index)
        while agent.steps < steps:
            scores.append(agent.play(actor_learner, environment))

    start = time.perf_counter()
    run_side_by_side(play, list(zip(agent.learners, environments))[:count])
    return np.array(scores), time.perf_counter() - start

# %%
runs, steps_a_second, update_ms, greedy = ({1: [], 2: []} for _ in range(4))
for seed in range(8):
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
grid = np.arange(500, 12_001, 250)


def curve(scores):
    smooth = np.convolve(scores, np.ones(10) / 10, mode="valid")  # mean of the last 10 scores
    return np.interp(grid, np.cumsum(scores)[9:], smooth)


plt.figure(figsize=(5, 2.2))
for count in (1, 2):
    plot_mean([curve(scores) for scores in runs[count]], x=grid, label=f"{count} learner(s)")
plt.xlabel("environment steps of all learners")
plt.ylabel("mean of the last 10 scores")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# Over eight seeds the last 10 episodes average {{last_ten[1]:.0f|60%}} with one learner and
# {{last_ten[2]:.0f|60%}} with two. Before you call one better, look at the shaded bands, the 95%
# bootstrap intervals of lesson 14: where they overlap, a difference may be chance. And look how far
# apart the greedy scores of one row lie.
#
# And the speed? Two learners together play
# {{np.median(steps_a_second[2]) / np.median(steps_a_second[1]):.1f|100%}} times as many steps a second
# as one alone, on the machine that built this page (two cores, with other work to do). The ideal would
# be 2. Part of the reason can be measured: copying and applying are done one learner at a time.

# %% [markdown] lang="ko"
# 시드 여덟 개를 평균하면 마지막 열 에피소드의 점수는 액터러너가 하나일 때 {{last_ten[1]:.0f|60%}}점, 둘일 때
# {{last_ten[2]:.0f|60%}}점입니다. 어느 쪽이 낫다고 말하기 전에 옅은 띠(14강의 95% 부트스트랩 구간)를 보세요. 띠가 겹치는
# 곳에서는 차이가 우연일 수 있습니다. 한 줄에 찍힌 그리디 점수가 서로 얼마나 다른지도 보세요.
#
# 속도는 어떨까요? 이 페이지를 만든 컴퓨터(코어 두 개, 다른 일도 하고 있었습니다)에서 초당 플레이한 스텝은
# 액터러너가 둘일 때 하나일 때의 {{np.median(steps_a_second[2]) / np.median(steps_a_second[1]):.1f|100%}}배였습니다.
# 이상적이라면 2배여야 합니다. 그렇게 되지 않는 이유 가운데 일부는 잴 수 있습니다. 복사와 적용은 한 번에 한
# 액터러너만 할 수 있습니다.

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
# part faster. The same holds for the Python lines in between, since Python runs one thread at a time.
# Only the compiled rollouts can overlap, and with networks as small as these they are short. With
# Atari's pictures the rollout is the long part: there, the paper's abstract says, A3C beat the best
# earlier results after half the training time, on one CPU with many cores instead of a GPU. On
# CartPole, compare the curves with A2C's in lesson 14, which makes up to 20 times as many updates in
# the same steps.
#
# Try it on a clock. It begins with two learners and with what two quiet cores once took: an update of 0.66 ms, 0.3 of them
# copying and applying. (If what was measured above is far from that, set the times to it.) Press *Next event* some ten times: who
# waits, and for what? How many times as many updates would two learners make if the lock were all that they had to wait for,
# and how many times four? Raise *copy and apply* until two learners make hardly more than one, as if the Python between were
# under the lock, too. Last, *Long rollouts*: what does the fourth learner bring now? (If there is only a picture, run
# the cell.)

# %% [markdown] lang="ko"
# 업데이트 하나의 약 {{share:.0%|100%}}가 복사와 적용이고, 스레드가 아무리 많아도 이 부분은 빨라지지 않습니다. 그 사이의
# 파이썬 코드도 마찬가지입니다. 파이썬은 한 번에 스레드 하나만 실행하기 때문입니다. 겹쳐서 돌 수 있는 것은 컴파일된 롤아웃뿐인데,
# 이렇게 작은 신경망에서는 금방 끝납니다. 화면을 보고 배우는 아타리에서는 롤아웃이 훨씬 오래 걸립니다. 논문 초록에 따르면 거기서
# A3C는 GPU 대신 코어가 많은 CPU 하나로, 절반의 학습 시간에 그때까지의 최고 결과를 넘었습니다. 카트폴에서는 14강의 A2C가 같은
# 스텝 동안 최대 20배 많이 업데이트합니다. 그 곡선과 이 그림을 비교해 보세요.
#
# 시계를 놓고 해 봅시다. 처음에는 액터러너가 둘이고, 시간은 다른 일이 없는 코어 두 개에서 쟀던 값입니다. 업데이트 하나에 0.66 ms,
# 그중 복사와 적용이 0.3 ms입니다(위에서 잰 값이 이와 많이 다르면 슬라이더로 맞추세요). *다음 사건*을 열 번쯤 눌러 보세요. 누가 무엇을
# 기다리나요? 기다릴 것이 락뿐이라면 둘은 하나일 때의 몇 배를 업데이트하나요? 넷은요? *복사와 적용*을 늘려서 둘이 하나보다 거의 나을 것이 없게 해 보세요. 그 사이의 파이썬 코드까지 락 안에 있는
# 셈입니다. 마지막으로 *긴 롤아웃*을 누르면 네 번째 액터러너는 무엇을 보태나요? (그림만 보인다면 셀을 실행하세요.)

# %%
explore("lock")

# %% [markdown] lang="en"
# **What changed since A2C:** targets of up to 20 steps instead of one; one update per rollout; an
# entropy bonus; several players with local copies of one global actor and critic. What it replaced in
# DQN: the replay memory, by variety among players.
#
# ## Review
#
# The first question is the lecture's, the others follow its points on A3C.
#
# <details><summary>What are DQN's shortcomings? (the lecture)</summary>
#
# Its replay memory (1,000,000 samples at DeepMind) takes a lot of memory, and learning is slow.
# </details>
#
# <details><summary>What is an actor-learner, and why are the samples of several less correlated?</summary>
#
# A player with its own environment and local copies of the networks. Different players are at
# different moments of different episodes.
# </details>
#
# <details><summary>Why is it called asynchronous?</summary>
#
# Every actor-learner updates the global networks when its own rollout is done, and does not wait for
# the others.
# </details>
#
# <details><summary>Are A3C's samples on-policy?</summary>
#
# Almost. A rollout is played with the local copy, and its gradient is computed with the same copy. By
# the time it is applied the global weights may have moved a little; A3C accepts that.
# </details>
#
# **Summary** Several actor-learners replace the replay memory. Returns of several steps lie between
# A2C's target and REINFORCE's return and end with the value of the state *after* the rollout. The
# entropy bonus keeps the policy from settling too soon. Threads pay off when playing takes longer than
# taking turns at the global weights. **Next** lesson 16: where to go from here.

# %% [markdown] lang="ko"
# **A2C에서 무엇이 달라졌나:** 한 스텝 대신 최대 20스텝짜리 타깃, 롤아웃마다 한 번 하는 업데이트, 엔트로피 보너스,
# 그리고 글로벌 액터와 크리틱의 로컬 복사본을 가진 여러 액터러너입니다. DQN의 리플레이 메모리가 하던 일은 저마다
# 다른 상황을 겪는 액터러너들이 대신합니다.
#
# ## 진단 평가
#
# 첫 질문은 강의에 있던 것이고, 나머지는 강의의 A3C 설명에서 만들었습니다.
#
# <details><summary>DQN의 단점은? (강의)</summary>
#
# 리플레이 메모리(딥마인드는 샘플 1,000,000개)가 메모리를 많이 차지하고 학습이 느립니다.
# </details>
#
# <details><summary>액터러너란 무엇이며, 여럿이 모은 샘플은 왜 상관관계가 약한가요?</summary>
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
# <details><summary>A3C의 샘플은 온폴리시인가요?</summary>
#
# 거의 그렇습니다. 롤아웃을 로컬 복사본으로 플레이하고 그레이디언트도 같은 복사본으로 구합니다. 적용할 때쯤에는
# 글로벌 가중치가 조금 움직였을 수 있지만, A3C는 그 정도 차이는 눈감아 줍니다.
# </details>
#
# **정리** 여러 액터러너가 리플레이 메모리를 대신합니다. 여러 스텝짜리 반환값은 A2C의 타깃과 REINFORCE의 반환값
# 사이에 있고, 롤아웃 *다음* 상태의 가치로 끝납니다. 엔트로피 보너스는 정책이 너무 일찍 굳지 않게 합니다. 스레드는
# 롤아웃을 플레이하는 시간이 차례를 기다리는 시간보다 길 때 값을 합니다. **다음 시간** 16강: 여기서 어디로 갈까요?
