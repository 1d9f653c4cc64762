# %% [markdown] lang="en"
# # 13 · Policy gradients and REINFORCE
#
# Slides: Deep Reinforcement Learning, "4. Policy Gradient", "5. REINFORCE" and "Detour: Cross
# Entropy". The slides give only a link to code; the settings here are those of the authors' code.
#
# **You will be able to** say what a policy network puts out · check the log-derivative trick with
# numbers · write the loss "cross-entropy times return" · find a mistake that silently rounds the
# returns · train REINFORCE on CartPole and on the grid, and say where it gets stuck.
#
# **Time** 40 minutes · **Needs** lessons 01 (return, discount), 04 (the grid, networks) and 07
# (`GradientTape`)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\theta$ | `trainable_weights` | many | the weights of the policy network |
# | $z$ | `logits` | `[T, A]` | what the network puts out, before the softmax |
# | $\pi_\theta(a \mid s)$ | `probabilities` | `[A]` | the policy: how likely is each action? |
# | $L(\theta)$ | `objective` | number | the expected return: to be made large |
# | $G_t$ | `returns` | `[T]` | discounted rewards from step $t$ to the end |
# | $H$ | `cross_entropy` | `[T]` | $-\log \pi_\theta(a_t \mid s_t)$ |

# %% [markdown] lang="ko"
# # 13 · 폴리시 그레이디언트와 REINFORCE
#
# 슬라이드: Deep Reinforcement Learning의 "4. Policy Gradient", "5. REINFORCE", "Detour: Cross Entropy".
# 슬라이드에는 코드 링크만 있으므로, 설정값은 저자들의 공개 코드를 따랐습니다.
#
# **이번 시간이 끝나면** 정책신경망이 무엇을 출력하는지 말할 수 있고 · 로그 미분 공식을 숫자로 확인할 수 있고 ·
# "크로스 엔트로피 × 반환값"이라는 오류함수를 쓸 수 있고 · 반환값을 조용히 잘라 먹는 버그를 찾을 수 있고 ·
# REINFORCE를 카트폴과 그리드월드에서 학습시키고 어디에서 막히는지 말할 수 있습니다.
#
# **시간** 40분 · **먼저 볼 것** 01 (반환값, 감가율), 04 (그리드월드, 신경망), 07 (`GradientTape`)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $\theta$ | `trainable_weights` | 여러 개 | 정책신경망의 가중치 |
# | $z$ | `logits` | `[T, A]` | 소프트맥스를 거치기 전 신경망의 출력 |
# | $\pi_\theta(a \mid s)$ | `probabilities` | `[A]` | 정책, 각 행동을 할 확률 |
# | $L(\theta)$ | `objective` | 숫자 | 목표함수, 반환값의 기댓값 (크게 만들 대상) |
# | $G_t$ | `returns` | `[T]` | 반환값, $t$부터 끝까지의 감가된 보상의 합 |
# | $H$ | `cross_entropy` | `[T]` | $-\log \pi_\theta(a_t \mid s_t)$ |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, REINFORCEAgent, checks, discounted_returns, train, use_one_thread
from dqn_keras.policy import policy_gradient_loss
from dqn_keras.experiments import find_recipe, plot_mean

# After dqn_keras, which silences its start-up messages.
import tensorflow as tf

use_one_thread()  # networks as small as ours compute faster on one

# %% [markdown] lang="en"
# ## The other way: learn the policy itself
#
# So far the network said what each action is *worth*, and the policy followed: take the best one.
# The slides call this **value-based**. Now the network says directly how *likely* each action
# shall be: **policy-based**. It puts out one number for each action, a **logit**, and the softmax
# turns logits into probabilities:
#
# $$\pi(a) = \frac{e^{z_a}}{\sum_b e^{z_b}}$$

# %% [markdown] lang="ko"
# ## 다른 길: 정책을 직접 배우기
#
# 지금까지 신경망은 각 행동이 얼마나 *가치* 있는지를 말했고, 정책은 그중 가장 좋은 것을 고르면 되었습니다.
# 슬라이드는 이것을 **가치 기반 강화학습**이라고 합니다. 이제는 신경망이 각 행동을 할 *확률*을 바로 말합니다. 이것이
# **정책 기반 강화학습**입니다. 신경망은 행동마다 **로짓**(logit)이라는 숫자를 하나씩 내고, 소프트맥스가 로짓을
# 확률로 바꿉니다.
#
# $$\pi(a) = \frac{e^{z_a}}{\sum_b e^{z_b}}$$

# %%
def softmax(logits):
    odds = np.exp(logits - np.max(logits))  # taking off the largest keeps exp from overflowing
    return odds / odds.sum()


for logits in np.array([[0, 0], [0, 1], [0, 5], [7, 8]], float):
    print(logits, "->", np.round(softmax(logits), 3))

# %% [markdown] lang="en"
# Equal logits are even odds; only the difference between logits counts (second and last row). The
# action is drawn with these probabilities, so a policy explores by itself, without an epsilon.
#
# ## Two levers, by hand
#
# The smallest task there is: no states, two levers. Left always pays 1, right always pays 3. The
# **objective** is the reward to be expected, $L = \sum_a \pi(a)\, q(a)$. Which way do the two
# logits have to move to make $L$ larger?
#
# The slides' answer multiplies and divides by $\pi$, because $\nabla \pi / \pi = \nabla \log \pi$:
#
# $$\nabla L = \sum_a \nabla \pi(a)\, q(a)
#   = \sum_a \pi(a)\, \frac{\nabla \pi(a)}{\pi(a)}\, q(a)
#   = \sum_a \pi(a)\, \nabla \log \pi(a)\, q(a)
#   = E\left[\nabla \log \pi(a)\, q(a)\right]$$
#
# Here $\nabla$ is the list of slopes, one for each logit. For a softmax, calculus gives
# $\nabla \log \pi(a)$ = *1 for the action taken and 0 for the others, minus the probabilities*.
# Fill in the last row for logits $(0, 0)$, and add it up:
#
# | | left | right |
# |---|---|---|
# | $q(a)$ | 1 | 3 |
# | $\pi(a)$ | ½ | ½ |
# | $\nabla \log \pi(a)$ | (1−½, 0−½) = (½, −½) | (0−½, 1−½) = (−½, ½) |
# | $\pi(a)\, \nabla \log \pi(a)\, q(a)$ | ? | ? |

# %% [markdown] lang="ko"
# 로짓이 같으면 확률은 반반이고, 로짓의 차이만이 확률을 정합니다(둘째 줄과 마지막 줄). 행동은 이 확률로 뽑습니다.
# 그래서 정책은 입실론 없이도 스스로 탐험합니다.
#
# ## 레버 두 개, 손으로
#
# 가장 작은 과제를 봅시다. 상태는 없고 레버가 두 개 있습니다. 왼쪽은 항상 1을, 오른쪽은 항상 3을 줍니다.
# **목표함수**는 기대되는 보상, 즉 $L = \sum_a \pi(a)\, q(a)$입니다. $L$을 키우려면 두 로짓을 어느 쪽으로
# 움직여야 할까요?
#
# 슬라이드는 $\pi$를 곱하고 나눕니다. $\nabla \pi / \pi = \nabla \log \pi$이기 때문입니다.
#
# $$\nabla L = \sum_a \nabla \pi(a)\, q(a)
#   = \sum_a \pi(a)\, \frac{\nabla \pi(a)}{\pi(a)}\, q(a)
#   = \sum_a \pi(a)\, \nabla \log \pi(a)\, q(a)
#   = E\left[\nabla \log \pi(a)\, q(a)\right]$$
#
# 여기서 $\nabla$는 로짓마다 하나씩 있는 기울기의 목록입니다. 소프트맥스를 미분하면 $\nabla \log \pi(a)$는
# *고른 행동은 1, 나머지는 0인 벡터에서 확률을 뺀 것*이 됩니다. 로짓이 $(0, 0)$일 때 마지막 줄을 채우고 더해 보세요.
#
# | | 왼쪽 | 오른쪽 |
# |---|---|---|
# | $q(a)$ | 1 | 3 |
# | $\pi(a)$ | ½ | ½ |
# | $\nabla \log \pi(a)$ | (1−½, 0−½) = (½, −½) | (0−½, 1−½) = (−½, ½) |
# | $\pi(a)\, \nabla \log \pi(a)\, q(a)$ | ? | ? |

# %%
left = np.multiply(0.5 * 1, [0.5, -0.5])
right = np.multiply(0.5 * 3, [-0.5, 0.5])
print("left", left, "right", right, "sum", left + right)

# %% [markdown] lang="en"
# The sum says: lower the left logit, raise the right one.
#
# ## Exercise 1 · the slope of a log-probability ★☆☆ 10 minutes
#
# Write $\nabla \log \pi(a)$ for any number of actions: it takes all probabilities `[A]` and the
# action taken, and returns one slope for each logit, `[A]`. Useful: `np.eye(len(probabilities))`
# or `tf.one_hot`.

# %% [markdown] lang="ko"
# 합을 보면, 왼쪽 로짓은 내리고 오른쪽 로짓은 올리라는 뜻입니다.
#
# ## 연습 1 · 로그 확률의 기울기 ★☆☆ 10분
#
# 행동이 몇 개든 쓸 수 있는 $\nabla \log \pi(a)$를 써 보세요. 모든 행동의 확률 `[A]`와 고른 행동을 받아, 로짓마다
# 하나씩의 기울기 `[A]`를 돌려줍니다. `np.eye(len(probabilities))`나 `tf.one_hot`이 쓸모 있습니다.

# %% exercise="log_policy_gradient"
def my_log_policy_gradient(probabilities, action):
    ### BEGIN SOLUTION
    taken = np.eye(len(probabilities))[action]
    return taken - probabilities
    ### END SOLUTION

# %% check="log_policy_gradient" points=2
checks.check_log_policy_gradient(my_log_policy_gradient)

# %% [markdown] lang="en"
# ## Is it true? Three ways to one gradient
#
# We take uneven logits and find the slopes of $L$ in three ways: push each logit a little and look
# ($L$ itself, no trick); add up the formula; and *draw* actions, averaging $\nabla \log \pi(a)$
# times the reward that came. Only the last needs no list of all rewards: an agent can do it.

# %% [markdown] lang="ko"
# ## 정말 그런가? 세 가지 방법, 하나의 그레이디언트
#
# 로짓을 다르게 두고 $L$의 기울기를 세 가지 방법으로 구합니다. 로짓을 하나씩 살짝 밀어 보기(공식 없이 $L$만 사용),
# 공식대로 더하기, 그리고 행동을 *뽑아서* $\nabla \log \pi(a)$에 받은 보상을 곱해 평균 내기입니다. 마지막 방법만
# 모든 보상을 미리 알 필요가 없습니다. 그래서 에이전트가 할 수 있는 방법입니다.

# %%
pays = np.array([1.0, 3.0])
logits = np.array([0.5, -0.3])
probabilities = softmax(logits)


def objective(logits):
    return softmax(logits) @ pays


small = 1e-5
pushes = small * np.eye(2)
by_pushing = np.array([objective(logits + p) - objective(logits - p) for p in pushes]) / (2 * small)
slopes = np.array([my_log_policy_gradient(probabilities, a) for a in range(2)])  # a row an action
by_formula = (probabilities * pays) @ slopes
print("by pushing", by_pushing.round(4), " by formula", by_formula.round(4))

# %%
rng = np.random.default_rng(0)
drawn = rng.choice(2, size=[5, 10_000], p=probabilities)  # five times 10,000 pulls
samples = slopes[drawn, 1] * pays[drawn]  # the slope of the right logit, times the reward
count = np.arange(1, 10_001)

plt.figure(figsize=(7, 3))
plt.plot(count, (samples.cumsum(axis=1) / count).T, linewidth=0.8)
plt.axhline(by_formula[1], color="black", linestyle="--", label="exact")
plt.xscale("log")
plt.xlabel("pulls")
plt.ylabel("mean so far, right logit")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# All five agree in the end, but look at the left side: one pull alone gives
# {{samples.min():.2f}} or {{samples.max():.2f}}, while the truth is {{by_formula[1]:.2f}}. A policy
# gradient from samples is right *on average* and noisy each time. The noise is what REINFORCE
# suffers from, and what lesson 14 is about.
#
# ## From levers to episodes
#
# With states and time the same steps lead to the slide's last line. Nobody knows $q_\pi(s, a)$, so
# REINFORCE puts in its place what really came after: the **return** $G_t$.
#
# $$\nabla_\theta L = E\left[\nabla_\theta \log \pi_\theta(a \mid s)\; q_\pi(s, a)\right]
#   \qquad\longrightarrow\qquad
#   \theta \leftarrow \theta + \alpha\, \nabla_\theta \log \pi_\theta(a_t \mid s_t)\; G_t$$
#
# $\alpha$ is the learning rate. (The slide opens its last line with ∵, "because"; it is a
# conclusion, ∴, and "≈" because one sample stands for the expectation.)
#
# ## The loss: cross-entropy times return
#
# Optimizers go *down*hill, so we hand them the negative: $-\log \pi_\theta(a_t \mid s_t)\, G_t$.
# The slides know the first part as **cross-entropy**, $H = -\sum_i y_i \log p_i$, where the
# "answer" $y$ is 1 for the action taken and 0 elsewhere. All terms but one vanish:

# %% [markdown] lang="ko"
# 다섯 번 모두 결국 같은 값으로 모입니다. 하지만 왼쪽을 보세요. 참값은 {{by_formula[1]:.2f}}인데, 한 번 당겨서 얻는
# 값은 {{samples.min():.2f}} 아니면 {{samples.max():.2f}}입니다. 샘플로 구한 폴리시 그레이디언트는 *평균적으로는*
# 맞지만 매번 크게 흔들립니다. REINFORCE의 약점이 바로 이 흔들림이고, 14강에서 다룰 주제입니다.
#
# ## 레버에서 에피소드로
#
# 상태와 시간이 있어도 같은 과정을 거쳐 슬라이드의 마지막 줄에 이릅니다. 그런데 $q_\pi(s, a)$는 아무도 모릅니다. 그래서
# REINFORCE는 그 자리에 실제로 받은 **반환값** $G_t$를 넣습니다.
#
# $$\nabla_\theta L = E\left[\nabla_\theta \log \pi_\theta(a \mid s)\; q_\pi(s, a)\right]
#   \qquad\longrightarrow\qquad
#   \theta \leftarrow \theta + \alpha\, \nabla_\theta \log \pi_\theta(a_t \mid s_t)\; G_t$$
#
# $\alpha$는 학습률입니다. (슬라이드는 마지막 줄을 ∵, 즉 "왜냐하면"으로 시작하지만 결론이므로 ∴가 맞습니다. 기댓값
# 대신 샘플 하나를 쓰기 때문에 "≈"입니다.)
#
# ## 오류함수: 크로스 엔트로피 × 반환값
#
# 옵티마이저는 내리막을 따라갑니다. 그래서 부호를 바꾼 $-\log \pi_\theta(a_t \mid s_t)\, G_t$를 넘겨줍니다. 앞부분은
# 슬라이드의 **크로스 엔트로피** $H = -\sum_i y_i \log p_i$와 같습니다. "정답" $y$가 고른 행동에서만 1이고 나머지는
# 0이므로, 항 하나만 남습니다.

# %%
for p in (0.9, 0.5, 0.1):
    answer, policy = np.array([0, 1]), np.array([1 - p, p])  # right was taken
    print(f"pi(right) = {p}: cross-entropy {-np.sum(answer * np.log(policy)):.3f}")

# %% [markdown] lang="en"
# An episode of three steps, $\gamma = 0.9$, reward 1 each. Work out the returns from the back and
# then the sum of the last column:
#
# | $t$ | $r_t$ | $G_t$ | $\pi(a_t \mid s_t)$ | $-\log \pi$ | $-\log \pi \cdot G_t$ |
# |---|---|---|---|---|---|
# | 0 | 1 | 1 + 0.9 · 1.9 = ? | 0.5 | 0.693 | ? |
# | 1 | 1 | 1 + 0.9 · 1 = 1.9 | 0.8 | 0.223 | ? |
# | 2 | 1 | 1 | 0.9 | 0.105 | ? |

# %% [markdown] lang="ko"
# 세 스텝짜리 에피소드입니다. $\gamma = 0.9$이고 보상은 매번 1입니다. 반환값을 뒤에서부터 구하고, 마지막 칸의 합을
# 구해 보세요.
#
# | $t$ | $r_t$ | $G_t$ | $\pi(a_t \mid s_t)$ | $-\log \pi$ | $-\log \pi \cdot G_t$ |
# |---|---|---|---|---|---|
# | 0 | 1 | 1 + 0.9 · 1.9 = ? | 0.5 | 0.693 | ? |
# | 1 | 1 | 1 + 0.9 · 1 = 1.9 | 0.8 | 0.223 | ? |
# | 2 | 1 | 1 | 0.9 | 0.105 | ? |

# %%
returns = discounted_returns([1, 1, 1], 0.9).numpy()
terms = -np.log([0.5, 0.8, 0.9]) * returns
print("returns", returns.round(2), "terms", terms.round(3), "loss", terms.sum().round(3))

# %% [markdown] lang="en"
# ## Exercise 2 · the loss ★★☆ 10 minutes
#
# $$\text{loss} = -\sum_{t} \log \pi_\theta(a_t \mid s_t)\; G_t$$
#
# The network gives logits `[T, A]`; `actions` `[T]` are the actions taken, `returns` `[T]` their
# returns. Return one number. Useful: `tf.nn.log_softmax`, `tf.gather(..., batch_dims=1)`, or NumPy's
# `np.arange(len(actions))`.

# %% [markdown] lang="ko"
# ## 연습 2 · 오류함수 ★★☆ 10분
#
# $$\text{loss} = -\sum_{t} \log \pi_\theta(a_t \mid s_t)\; G_t$$
#
# 신경망은 로짓 `[T, A]`를 냅니다. `actions` `[T]`는 실제로 한 행동, `returns` `[T]`는 반환값입니다. 숫자 하나를 돌려주세요.
# `tf.nn.log_softmax`와 `tf.gather(..., batch_dims=1)`, 또는 NumPy의 `np.arange(len(actions))`가 쓸모 있습니다.

# %% exercise="reinforce_loss"
def my_reinforce_loss(logits, actions, returns):
    ### BEGIN SOLUTION
    log_probabilities = tf.nn.log_softmax(logits)
    taken = tf.gather(log_probabilities, actions, batch_dims=1)
    return -tf.reduce_sum(taken * returns)
    ### END SOLUTION

# %% check="reinforce_loss" points=2
checks.check_reinforce_loss(my_reinforce_loss)

# %% [markdown] lang="en"
# The package's own is `policy_gradient_loss`. We compare the two on a made-up episode, and take one
# step downhill with it: the probability of the action before a good return grows.

# %% [markdown] lang="ko"
# 패키지에 있는 것은 `policy_gradient_loss`입니다. 지어낸 에피소드에서 둘을 비교하고, 이것으로 한 번 내려가 봅시다.
# 반환값이 좋았던 행동의 확률이 커집니다.

# %%
made_up = rng.normal(size=[50, 2]).astype(np.float32)
actions, weights = rng.integers(0, 2, 50), rng.normal(size=50).astype(np.float32)
print(float(my_reinforce_loss(made_up, actions, weights)))
print(float(policy_gradient_loss(made_up, actions, weights)))

z = tf.Variable([[0.0, 0.0]])
with tf.GradientTape() as tape:
    loss = policy_gradient_loss(z, [1], [2.0])  # right was taken, the return was 2
z.assign_sub(0.1 * tape.gradient(loss, z))
print("pi(left), pi(right) after one step:", tf.nn.softmax(z).numpy().round(3))

# %% [markdown] lang="en"
# ## Bug hunt · the returns that lost their decimals ★★☆ 10 minutes
#
# The authors' code **standardises** the returns of an episode: minus their mean, divided by their
# standard deviation. Actions before better-than-usual returns become more likely, the others less.
# Below is such a function with *two* mistakes, both found in the authors' published code (written
# afresh here). It raises no error. Look at what it gives for an episode on the grid
# (−1: met an obstacle, +1: goal) and for one of a single step; then repair it below. `rewards` `[T]`
# is an array, of integers or not; return `[T]` numbers. Returns that are all equal are all 0 away
# from their mean: standardised, each of them shall be 0.

# %% [markdown] lang="ko"
# ## 버그 찾기 · 소수점을 잃어버린 반환값 ★★☆ 10분
#
# 저자들의 코드는 에피소드의 반환값을 **표준화**합니다. 평균을 빼고 표준편차로 나누는 것입니다. 그러면 평소보다
# 반환값이 좋았던 행동은 더 자주, 나머지는 덜 하게 됩니다. 아래는 그런 함수인데 잘못된 곳이 *두 군데* 있습니다. 둘 다
# 저자들의 공개 코드에 실제로 있던 실수입니다(코드는 새로 썼습니다). 에러는 나지 않습니다. 그리드월드의 에피소드
# 하나(−1은 장애물, +1은 목표)와 한 스텝짜리 에피소드에서 무엇이 나오는지 보고, 그 아래에서 고쳐 보세요. `rewards` `[T]`는
# 배열이고 정수일 수도 있습니다. 숫자 `[T]`를 돌려주세요. 반환값이 모두 같으면 평균과의 차이가 모두 0이므로, 표준화한 값도
# 모두 0이어야 합니다.

# %%
def buggy_standardised_returns(rewards, discount_factor):
    returns = np.zeros_like(rewards)
    later = 0
    for t in reversed(range(len(rewards))):
        later = rewards[t] + discount_factor * later
        returns[t] = later
    return (returns - returns.mean()) / returns.std()


grid_rewards = np.array([0, -1, 0, 0, 0, 0, 1])
print("gives  ", buggy_standardised_returns(grid_rewards, 0.99).round(2))
print("returns, before standardising:", discounted_returns(grid_rewards, 0.99).numpy().round(2))
with np.errstate(invalid="ignore"):  # hides NumPy's warning, not the NaN
    print("one step:", buggy_standardised_returns(np.array([1]), 0.99))

# %% exercise="standardised_returns"
def my_standardised_returns(rewards, discount_factor):
    ### BEGIN SOLUTION
    returns = np.zeros(len(rewards), np.float32)  # not the integer type of the rewards
    later = 0.0
    for t in reversed(range(len(rewards))):
        later = rewards[t] + discount_factor * later
        returns[t] = later
    return (returns - returns.mean()) / (returns.std() + 1e-8)  # equal returns: 0, not NaN
    ### END SOLUTION

# %% check="standardised_returns" points=2
checks.check_standardised_returns(my_standardised_returns)

# %% [markdown] lang="en"
# ## The agent
#
# `REINFORCEAgent` is these blocks in a row: play a whole episode with `get_action` (draws from the
# softmax), then `train_model`: returns, standardise, loss, one step of Adam, forget the episode.
#
# **What changed since the DQN:** no replay memory, no target network, no epsilon, no max. In return
# it must be **on-policy**: an episode is used once, and only by the policy that played it. And it
# learns once an episode, not once a step.
#
# Six seeds on CartPole, with the settings of the authors' code (−100 for a fall). Resetting the
# agent in place keeps the compiled loop, so the later seeds take less time than the first.

# %% [markdown] lang="ko"
# ## 에이전트
#
# `REINFORCEAgent`는 이 블록들을 이어 붙인 것입니다. `get_action`(소프트맥스 확률로 뽑기)으로 에피소드 하나를 끝까지
# 진행한 다음 `train_model`에서 반환값, 표준화, 오류함수, Adam 한 번, 그리고 에피소드를 잊습니다.
#
# **DQN에서 무엇이 달라졌나:** 리플레이 메모리도, 타깃 네트워크도, 입실론도, max도 없습니다. 대신 **온폴리시**여야
# 합니다. 에피소드는 그것을 진행한 정책이 단 한 번만 씁니다. 그리고 스텝마다가 아니라 에피소드마다 한 번 배웁니다.
#
# 저자들의 설정(쓰러지면 −100)으로 카트폴에서 시드 여섯 개를 돌려 봅시다. 에이전트를 그 자리에서 초기화하면 컴파일된
# 루프를 다시 쓰므로, 두 번째 시드부터는 첫 시드보다 시간이 덜 걸립니다.

# %%
def runs(agent, environment, seeds, episodes):
    rows = []
    for seed in seeds:
        agent.reset(seed)
        environment.reset(seed)
        rows.append(train(agent, environment, episodes, progress=False).scores)
    return np.array(rows)


def probability_of_right(agent, angles):
    states = np.zeros([len(angles), 4], np.float32)  # cart and pole at rest
    states[:, 2] = np.deg2rad(angles)
    return tf.nn.softmax(agent.model(states))[:, 1]


cartpole = CartPole(seed=0)
agent = REINFORCEAgent(4, 2, fall_reward=-100.0, seed=5)
angles = np.linspace(-12, 12, 49)
before = probability_of_right(agent, angles)
scores = runs(agent, cartpole, range(6), episodes=400)
print("mean score of the last 50 episodes, seed by seed:", scores[:, -50:].mean(axis=1).round())

# %%
_, (left_axes, right_axes) = plt.subplots(1, 2, figsize=(7, 3), layout="constrained")
plot_mean(scores, label="REINFORCE", axes=left_axes)
left_axes.set(xlabel="episode", ylabel="score")
left_axes.legend()
right_axes.plot(angles, before, label="before learning")
right_axes.plot(angles, probability_of_right(agent, angles), label="after (seed 5)")
right_axes.set(xlabel="pole angle (degrees)", ylabel="probability of pushing right", ylim=(0, 1))
right_axes.legend()
plt.show()

# %% [markdown] lang="en"
# The mean score rises from {{scores[:, :50].mean():.0f|25%}} in the first 50 episodes to
# {{scores[:, -50:].mean():.0f|40%}} in the last 50 (best: 500). On the right is what was learned: a
# pole that leans to the right is followed to the right. It is a probability, not a value.
#
# ## A measurement: what is standardising worth?
#
# The same agent, the same −100, the same seeds; only the returns are left as they are:

# %% [markdown] lang="ko"
# 평균 점수는 처음 50 에피소드의 {{scores[:, :50].mean():.0f|25%}}점에서 마지막 50 에피소드의
# {{scores[:, -50:].mean():.0f|40%}}점으로 올라갑니다(만점 500). 오른쪽 그림이 배운 내용입니다. 폴이 오른쪽으로 기울면
# 오른쪽으로 따라갑니다. 이것은 가치가 아니라 확률입니다.
#
# ## 측정: 표준화는 얼마나 도움이 될까?
#
# 같은 에이전트, 같은 −100, 같은 시드에서 표준화만 뺐습니다.

# %%
class PlainReturns(REINFORCEAgent):
    """Like its parent, but the returns are not standardised."""

    def train_model(self):
        played = tf.range(self.memory.capacity) < self.memory.size  # rows after the end are old
        rewards = tf.where(played, self.memory.rewards, 0.0)
        returns = tf.where(played, discounted_returns(rewards, self.discount_factor), 0.0)
        with tf.GradientTape() as tape:
            logits = self.model(self.memory.states.read_value())
            loss = policy_gradient_loss(logits, self.memory.actions.read_value(), returns)
        gradients = tape.gradient(loss, self.model.trainable_weights)
        self.optimizer.apply(gradients, self.model.trainable_weights)
        self.memory.clear()


plain_scores = runs(PlainReturns(4, 2, fall_reward=-100.0), cartpole, range(6), episodes=400)
for name, rows in (("standardised", scores), ("plain", plain_scores)):
    print(f"{name:12} last 50 episodes, seed by seed:", rows[:, -50:].mean(axis=1).round())

twenty_steps = [1.0] * 19 + [-100.0]  # such as a beginner plays
print("its returns:", discounted_returns(twenty_steps, 0.99).numpy()[[0, 10, 18, 19]].round())

# %% [markdown] lang="en"
# On average {{scores[:, -50:].mean():.0f|40%}} with standardising and
# {{plain_scores[:, -50:].mean():.0f|150%}} without. The last line shows why: in a short episode that
# ends with −100 *every* return is negative, so every action taken is pushed down, good or bad.
# Standardised, the actions further from the fall are above the mean. (Without the −100 the
# question is another one: try `fall_reward=None` in both.) It has a second use: multiply all
# rewards by 100 and the standardised returns stay the same.
#
# ## On the grid, and where it gets stuck
#
# Now the slides' 5×5 grid with the moving obstacles (recipe `slides_reinforce_grid`: every step
# costs 0.1, an obstacle 1, the goal brings 1; an episode ends after 2000 steps at the latest).
# The best possible score is 8 steps without an obstacle, $1 - 8 \cdot 0.1 = 0.2$.

# %% [markdown] lang="ko"
# 평균은 표준화했을 때 {{scores[:, -50:].mean():.0f|40%}}점, 하지 않았을 때
# {{plain_scores[:, -50:].mean():.0f|150%}}점입니다. 출력의 마지막 줄이 이유를 보여 줍니다. −100으로 끝나는 짧은
# 에피소드에서는 반환값이 *모두* 음수입니다. 그래서 좋든 나쁘든 한 행동은 모두 확률이 내려가는 쪽으로 밀립니다. 표준화하면 쓰러진
# 순간에서 먼 행동들은 평균보다 위에 놓입니다. (−100이 없으면 이야기가 달라집니다. 둘 다 `fall_reward=None`으로
# 직접 해 보세요.) 쓸모가 하나 더 있습니다. 모든 보상에 100을 곱해도 표준화한 반환값은 그대로입니다.
#
# ## 그리드월드에서, 그리고 막히는 곳
#
# 이제 장애물이 움직이는 슬라이드의 5×5 그리드월드입니다(레시피 `slides_reinforce_grid`: 스텝마다 −0.1, 장애물 −1,
# 목표 +1, 에피소드는 길어도 2000스텝). 가능한 최고 점수는 장애물 없이 8스텝, $1 - 8 \cdot 0.1 = 0.2$점입니다.

# %%
recipe = find_recipe("slides_reinforce_grid")
grid = recipe.environment(0)
agent = recipe.make_agent(grid, seed=0)
start = grid.reset()
grid_scores = []
for seed in range(5):
    grid_scores += [runs(agent, grid, [seed], episodes=200)[0]]
    down = float(tf.nn.softmax(agent.model(start[None]))[0, 1])  # action 1 is down
    print(f"seed {seed}: mean score of the last 50 episodes {grid_scores[-1][-50:].mean():.1f},",
          f"probability of going down at the start {down:.4f}")
stuck = sum(row[-50:].mean() < -100 for row in grid_scores)

# %% [markdown] lang="en"
# The runs near 0 have found the goal. In this execution {{stuck|200%}} of 5 seeds were stuck: a mean
# near −200 is 2000 steps at −0.1, without the goal. Look at the probability of going *down* in such
# a row. The obstacles walk in the three rows below; this agent met them far more often than the
# goal, and has learned never to leave the top row. Now "down" is hardly ever drawn, so nothing
# can teach it that the goal lies there. A policy explores by itself only as long as it is
# undecided. How undecided it is, is its **entropy** (the slides' detour: high entropy, less
# certain); lesson 15 adds a reward for it.
#
# ## Review (진단 평가)
#
# The last three of the slides' five questions; the first two belong to lesson 04.
#
# <details><summary>What does policy-based reinforcement learning learn? (slides)</summary>
#
# The policy itself: the weights of a network that puts out the probability of each action. Values
# are not needed for choosing.
# </details>
#
# <details><summary>What is REINFORCE? (slides)</summary>
#
# A policy gradient method that puts the return $G_t$ of the episode in the place of the unknown
# Q-function, and learns after each episode.
# </details>
#
# <details><summary>What does a low cross-entropy mean? (slides)</summary>
#
# The network gives the "answer", here the action that was taken, a high probability. Multiplied
# with a positive return that is wanted; with a negative one it is not.
# </details>
#
# <details><summary>Why may REINFORCE not learn from a replay memory?</summary>
#
# The expectation in $\nabla L$ is over actions drawn from the *present* policy. Old episodes were
# drawn from another one.
# </details>
#
# **Summary** A policy network puts out probabilities. The log-derivative turns the slope of an
# expectation into an expectation one can sample. Loss: cross-entropy of the action taken, times the
# return. It is right on average, noisy each time, and waits for the end of the episode. **Next**
# lesson 14: a critic removes much of the noise and the waiting.

# %% [markdown] lang="ko"
# 0점 근처의 줄은 목표를 찾은 것입니다. 이번 실행에서는 5개 시드 중 {{stuck|200%}}개가 막혔습니다. 평균 −200점 근처는
# 목표에 닿지 못하고 2000스텝 동안 −0.1씩 받은 것입니다. 그런 줄에서 *아래로* 갈 확률을 보세요. 장애물은 아래 세 줄에서
# 움직입니다. 이 에이전트는 목표보다 장애물을 훨씬 자주 만났고, 맨 윗줄을 떠나지 않는 것을 배웠습니다. 이제 "아래"는 거의
# 뽑히지 않으니, 그쪽에 목표가 있다는 것을 배울 길이 없습니다. 정책은 아직 마음을 정하지 않은 동안에만 스스로
# 탐험합니다. 얼마나 정하지 않았는지가 **엔트로피**입니다(슬라이드의 Detour: 엔트로피가 높다 → 더 불확실하다). 15강에서는
# 엔트로피에 보상을 더해 줍니다.
#
# ## 진단 평가
#
# 슬라이드의 다섯 문제 중 뒤의 세 문제입니다. 앞의 두 문제는 03에 있습니다.
#
# <details><summary>정책 기반 강화학습에서는 무엇을 학습하는가? (슬라이드)</summary>
#
# 정책 그 자체, 즉 각 행동의 확률을 출력하는 신경망의 가중치를 학습합니다. 행동을 고르는 데 가치는 필요하지 않습니다.
# </details>
#
# <details><summary>REINFORCE란 무엇인가? (슬라이드)</summary>
#
# 알 수 없는 큐함수 자리에 에피소드의 반환값 $G_t$를 넣고, 에피소드가 끝날 때마다 배우는 폴리시 그레이디언트
# 방법입니다.
# </details>
#
# <details><summary>크로스 엔트로피가 낮은 건 무엇을 의미하는가? (슬라이드)</summary>
#
# 신경망이 "정답", 여기서는 실제로 한 행동에 높은 확률을 준다는 뜻입니다. 양의 반환값이 곱해지면 원하는 일이고, 음의
# 반환값이 곱해지면 그 반대입니다.
# </details>
#
# <details><summary>REINFORCE는 왜 리플레이 메모리로 배울 수 없나요?</summary>
#
# $\nabla L$의 기댓값은 *지금의* 정책에서 뽑은 행동에 대한 것입니다. 옛 에피소드는 다른 정책에서 나왔습니다.
# </details>
#
# **정리** 정책신경망은 확률을 출력합니다. 로그 미분은 기댓값의 기울기를 샘플로 구할 수 있는 기댓값으로 바꿉니다.
# 오류함수는 한 행동의 크로스 엔트로피 × 반환값입니다. 평균적으로 맞지만 매번 흔들리고, 에피소드가 끝날 때까지 기다려야
# 합니다. **다음 시간** 14강: 크리틱이 흔들림과 기다림을 크게 줄입니다.
