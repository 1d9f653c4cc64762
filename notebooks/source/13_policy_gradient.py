# %% [markdown] lang="en"
# # 13 · Policy gradients and REINFORCE
#
# **On the slides** Deep Reinforcement Learning, "4. Policy Gradient", "5. REINFORCE" and "Detour: Cross
# Entropy". They give only a link to code; the settings here are those of the authors' code.
#
# **You will be able to** say what a policy network puts out · check the policy gradient's main trick with
# numbers · write the loss "cross-entropy times return" and train an agent with it · find a mistake that
# silently cuts off decimals · train REINFORCE on CartPole and on the grid, and say where it gets stuck.
#
# **Time** 75 minutes · **Needs** lessons 01 (return, discount), 03 (networks, gradient, `GradientTape`),
# 04 (the grid with walking ghosts) and 07 (a network's training step)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\theta$ | `trainable_weights` | many | the weights of the policy network |
# | $z$ | `logits` | `[T, A]` | what the network puts out, before the softmax |
# | $\pi_\theta(a \mid s)$ | `probabilities` | `[A]` | the policy: how likely is each action? |
# | $L(\theta)$ | `objective` | number | the expected return, which we want to be large (not a loss) |
# | $\nabla$ | `gradient` | like $z$ or $\theta$ | the gradient: one slope for each logit or weight |
# | $G_t$ | `returns` | `[T]` | discounted rewards from step $t$ to the end |
# | $H$ | `cross_entropy` | `[T]` | $-\log \pi_\theta(a_t \mid s_t)$ |
#
# T are the steps of an episode, A the actions. $\log$ is the natural logarithm, `np.log`.

# %% [markdown] lang="ko"
# # 13 · 폴리시 그레이디언트와 REINFORCE
#
# **슬라이드에서는** Deep Reinforcement Learning의 "4. Policy Gradient", "5. REINFORCE", "Detour: Cross Entropy"에
# 나옵니다. 코드는 링크만 있으므로, 설정값은 저자들의 공개 코드를 따랐습니다.
#
# **이번 시간이 끝나면** 폴리시 네트워크가 무엇을 출력하는지 말할 수 있고 · 로그 미분 공식을 숫자로 확인할 수 있고 ·
# "크로스 엔트로피 × 반환값"이라는 오류함수(손실 함수)를 써서 에이전트를 학습시킬 수 있고 · 소수점 아래를 조용히
# 잘라 버리는 실수를 찾을 수 있고 · REINFORCE를 카트폴과 그리드월드에서 학습시키고 어디에서 막히는지 말할 수
# 있습니다.
#
# **시간** 75분 · **먼저 볼 것** 01강 (반환값, 감가율), 03강 (신경망, 그레이디언트, `GradientTape`), 04강 (귀신이
# 걷는 그리드월드), 07강 (신경망을 한 번 학습시키기)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $\theta$ | `trainable_weights` | 여러 개 | 폴리시 네트워크의 가중치 |
# | $z$ | `logits` | `[T, A]` | 소프트맥스를 거치기 전 신경망의 출력 |
# | $\pi_\theta(a \mid s)$ | `probabilities` | `[A]` | 정책, 각 행동을 할 확률 |
# | $L(\theta)$ | `objective` | 숫자 | 목표함수, 반환값의 기댓값 (크게 만들 대상) |
# | $\nabla$ | `gradient` | $z$나 $\theta$와 같음 | 그레이디언트, 로짓이나 가중치마다 하나씩 있는 기울기 |
# | $G_t$ | `returns` | `[T]` | 반환값, $t$부터 끝까지 받는 보상을 감가해서 더한 값 |
# | $H$ | `cross_entropy` | `[T]` | 크로스 엔트로피, $-\log \pi_\theta(a_t \mid s_t)$ |
#
# T는 에피소드의 스텝 수, A는 행동의 수입니다. $\log$는 자연로그(`np.log`)입니다.

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, REINFORCEAgent, checks, discounted_returns, train, use_one_thread
from dqn_keras.classroom import drawings
from dqn_keras.experiments import Plan, find_recipe, load_results, plot_mean, summarise
from dqn_keras.policy import policy_gradient_loss

# After dqn_keras, which silences its start-up messages.
import tensorflow as tf

use_one_thread()  # networks as small as ours compute faster on one
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## The other way: learn the policy itself
#
# So far the network said what each action is *worth*, and the policy followed: take the best one. This
# is **value-based** reinforcement learning. Now the network says directly how *likely* each action
# should be: **policy-based** reinforcement learning. In the drawing, both networks see the same state.
# On the left the largest number wins; on the right the action is drawn at random, with these
# probabilities.

# %% [markdown] lang="ko"
# ## 다른 길: 정책을 직접 배우기
#
# 지금까지 신경망은 각 행동이 얼마나 *가치* 있는지를 알려 주었고, 정책은 그중 가장 좋은 행동을 고르는 것이었습니다. 이것이
# **가치 기반** 강화학습입니다. 이제는 신경망이 각 행동을 할 *확률*을 바로 알려 줍니다. 이것이 **정책 기반** 강화학습입니다.
# 그림의 두 신경망은 같은 상태를 봅니다. 왼쪽은 가장 큰 값을 고르고, 오른쪽은 확률에 따라 행동을 뽑습니다.

# %%
drawings.q_network_beside_policy_network()

# %% [markdown] lang="en"
# A network's last layer may put out any numbers, negative ones too. Those of a policy network are
# called **logits**, one for each action. The **softmax** turns them into probabilities: $e^z$ is always
# positive, and divided by their sum these numbers add up to 1.
#
# $$\pi(a) = \frac{e^{z_a}}{\sum_b e^{z_b}}$$

# %% [markdown] lang="ko"
# 신경망의 마지막 층은 음수를 포함해 아무 숫자나 낼 수 있습니다. 폴리시 네트워크가 행동마다 하나씩 내는 이 숫자를
# **로짓**(logit)이라고 합니다. 로짓을 확률로 바꾸는 것이 **소프트맥스**(softmax)입니다. $e^z$는 항상 양수이고, 모두의 합으로
# 나누면 더해서 1이 됩니다.
#
# $$\pi(a) = \frac{e^{z_a}}{\sum_b e^{z_b}}$$

# %%
def softmax(logits):
    odds = np.exp(logits - np.max(logits))  # subtracting the largest keeps exp from overflowing
    return odds / odds.sum()


for logits in np.array([[0, 0], [0, 1], [0, 5], [7, 8]], float):
    print(logits, "->", softmax(logits).round(3))

# %% [markdown] lang="en"
# Equal logits are even odds. Only the difference between logits counts (second and last row). Since
# actions are drawn, a policy explores by itself, without an epsilon.
#
# ## Two levers, by hand
#
# Take the smallest task there is: no states, two levers. Left always pays 1, right always pays 3; call
# this $q(a)$. The **objective** is the expected reward, $L = \sum_a \pi(a)\, q(a)$. Which way do the
# two logits have to move to make $L$ larger? The gradient $\nabla L$ tells us, with one slope for each
# logit. But we want to get it from *tries*, since an agent does not know $q$ beforehand.
#
# A trick, the **log-derivative trick**, makes that possible: multiply and divide by $\pi$. When $\pi$
# grows by a small $h$, $\log \pi$ grows by about $h / \pi$ (try it: $\log 0.501 - \log 0.5$ is about
# $0.001 / 0.5$). So $\nabla \log \pi = \nabla \pi / \pi$, and
#
# $$\nabla L = \sum_a \nabla \pi(a)\, q(a)
#   = \sum_a \pi(a)\, \frac{\nabla \pi(a)}{\pi(a)}\, q(a)
#   = \sum_a \pi(a)\, \nabla \log \pi(a)\, q(a)
#   = E\left[\nabla \log \pi(a)\, q(a)\right]$$
#
# The last sum weights each action by its probability. That is an **expectation**, $E$: the mean you get
# by *drawing* actions from the policy again and again.
#
# What is $\nabla \log \pi(a)$? By the softmax, $\log \pi(a) = z_a - \log \sum_b e^{z_b}$. The first
# part has slope 1 for the logit of the action taken and 0 for the others. The second has the slope
# $e^{z_b} / \sum e^{z}$ for each logit (the slope of $e^z$ is $e^z$ itself, and the logarithm divides
# by the sum), and that is the logit's probability. So: *1 for the action taken and 0 for the others,
# minus the probabilities*. Fill in the last row for logits $(0, 0)$, and add it up:
#
# | | left | right |
# |---|---|---|
# | $q(a)$ | 1 | 3 |
# | $\pi(a)$ | ½ | ½ |
# | $\nabla \log \pi(a)$ | (1−½, 0−½) = (½, −½) | (0−½, 1−½) = (−½, ½) |
# | $\pi(a)\, \nabla \log \pi(a)\, q(a)$ | ? | ? |

# %% [markdown] lang="ko"
# 로짓이 같으면 확률은 반반입니다. 확률을 정하는 것은 로짓의 차이뿐입니다(둘째 줄과 마지막 줄). 행동을 확률로 뽑으므로
# 정책은 입실론 없이도 스스로 탐험합니다.
#
# ## 레버 두 개, 손으로
#
# 가장 작은 과제를 봅시다. 상태는 없고 레버가 두 개 있습니다. 왼쪽은 항상 1을, 오른쪽은 항상 3을 줍니다. 이 값을 $q(a)$라고
# 합시다. **목표함수**는 기대되는 보상 $L = \sum_a \pi(a)\, q(a)$입니다. $L$을 키우려면 두 로짓을 어느 쪽으로 움직여야
# 할까요? 답은 로짓마다 기울기가 하나씩 있는 그레이디언트 $\nabla L$에 있습니다. 그런데 에이전트는 $q$를 미리 알지 못하므로,
# 이것을 *직접 해 본 결과*에서 구해야 합니다.
#
# $\pi$를 곱하고 나누면 그렇게 할 수 있습니다. 이 방법을 **로그 미분 트릭**(log-derivative trick)이라고 합니다. $\pi$가 작은
# $h$만큼 커지면 $\log \pi$는 $h / \pi$쯤 커집니다($\log 0.501 - \log 0.5$를 계산하면 $0.001 / 0.5$쯤입니다). 그래서
# $\nabla \log \pi = \nabla \pi / \pi$이고
#
# $$\nabla L = \sum_a \nabla \pi(a)\, q(a)
#   = \sum_a \pi(a)\, \frac{\nabla \pi(a)}{\pi(a)}\, q(a)
#   = \sum_a \pi(a)\, \nabla \log \pi(a)\, q(a)
#   = E\left[\nabla \log \pi(a)\, q(a)\right]$$
#
# 입니다. 마지막 합에서는 행동마다 그 확률이 곱해져 있습니다. 이것이 **기댓값** $E$, 곧 정책에서 행동을 거듭 *뽑아서* 구한
# 평균입니다.
#
# $\nabla \log \pi(a)$는 무엇일까요? 소프트맥스에서 $\log \pi(a) = z_a - \log \sum_b e^{z_b}$입니다. 앞부분의 기울기는 고른
# 행동의 로짓에서 1, 나머지 로짓에서 0입니다. 뒷부분의 기울기는 로짓마다 $e^{z_b} / \sum e^{z}$입니다($e^z$의 기울기는 $e^z$ 자신이고, 로그가
# 그것을 합으로 나눕니다). 곧 그 행동의 확률입니다.
# 그래서 *고른 행동은 1, 나머지는 0인 벡터에서 확률을 뺀 것*이 됩니다. 로짓이 $(0, 0)$일 때 마지막 줄을 채우고 더해 보세요.
#
# | | 왼쪽 | 오른쪽 |
# |---|---|---|
# | $q(a)$ | 1 | 3 |
# | $\pi(a)$ | ½ | ½ |
# | $\nabla \log \pi(a)$ | (1−½, 0−½) = (½, −½) | (0−½, 1−½) = (−½, ½) |
# | $\pi(a)\, \nabla \log \pi(a)\, q(a)$ | ? | ? |

# %%
left = 0.5 * 1 * np.array([0.5, -0.5])
right = 0.5 * 3 * np.array([-0.5, 0.5])
print("left", left, "right", right, "sum", left + right)

# %% [markdown] lang="en"
# The sum says: lower the left logit, raise the right one.
#
# ## Exercise 1 · the slopes of a log-probability ★☆☆ 10 minutes
#
# Write $\nabla \log \pi(a)$ as a function, for any number of actions. It takes the probabilities of all
# actions `[A]` and the number of the action taken, and returns one slope for each logit, `[A]`. Useful:
# `np.eye(3)` is a table of 3 × 3 zeros with ones on its diagonal, so its row `np.eye(3)[1]` is
# `[0, 1, 0]`.

# %% [markdown] lang="ko"
# 더한 값을 보면 왼쪽 로짓은 내리고 오른쪽 로짓은 올려야 합니다.
#
# ## 연습 1 · 로그 확률의 기울기 ★☆☆ 10분
#
# 행동이 몇 개든 $\nabla \log \pi(a)$를 구하는 함수를 써 보세요. 모든 행동의 확률 `[A]`와 고른 행동의 번호를 받아,
# 로짓마다 기울기를 하나씩, 모양 `[A]`로 반환합니다. `np.eye(3)`은 대각선만 1이고 나머지는 0인 3 × 3 표입니다.
# 그래서 그 1번 행 `np.eye(3)[1]`은 `[0, 1, 0]`입니다.

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
# We take uneven logits and find the slopes of $L$ in three ways: push each logit a little and look ($L$
# itself, no trick); add up the formula, with your slopes; and *draw* actions and average your slopes
# times the reward received. Only the last needs no list of all rewards: an agent can do it.

# %% [markdown] lang="ko"
# ## 정말 그런가? 세 가지 방법, 하나의 그레이디언트
#
# 로짓을 다르게 두고 $L$의 기울기를 세 가지 방법으로 구합니다. 첫째, 로짓을 하나씩 살짝 밀어 봅니다(공식 없이 $L$만
# 씁니다). 둘째, 여러분이 쓴 기울기를 공식대로 더합니다. 셋째, 행동을 *뽑아서* 그 기울기에 받은 보상을 곱하고 평균을
# 냅니다. 모든 보상을 미리 알 필요가 없는 것은 마지막 방법뿐입니다. 그래서 에이전트도 할 수 있습니다.

# %%
pays = np.array([1.0, 3.0])
logits = np.array([0.5, -0.3])
probabilities = softmax(logits)


def objective(logits):
    return softmax(logits) @ pays  # the sum of pi(a) q(a)


small = 1e-5
pushes = small * np.eye(2)
by_pushing = np.array([objective(logits + p) - objective(logits - p) for p in pushes]) / (2 * small)
slopes = np.array([list(my_log_policy_gradient(probabilities, a)) for a in range(2)])  # row: action
by_formula = (probabilities * pays) @ slopes
print("by pushing", by_pushing.round(4), " by formula", by_formula.round(4))

# %%
rng = np.random.default_rng(0)
drawn = rng.choice(2, size=[5, 10_000], p=probabilities)  # five times 10,000 pulls
samples = slopes[drawn, 1] * pays[drawn]  # the slope of the right logit, times the reward
count = np.arange(1, 10_001)

plt.plot(count, (samples.cumsum(axis=1) / count).T, linewidth=0.8)
plt.axhline(by_formula[1], color="black", linestyle="--", label="exact")
plt.xscale("log")
plt.xlabel("pulls")
plt.ylabel("mean so far, right logit")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# All five runs agree in the end, but look at the left side: a single pull gives {{samples.min():.2f}}
# or {{samples.max():.2f}}, while the truth is {{by_formula[1]:.2f}}. A policy gradient from samples is
# right *on average* and noisy each time. This noise is what REINFORCE suffers from, and what lesson 14
# is about.
#
# ## From levers to episodes
#
# With states, the actions also decide which states come next. The weights $\theta$ change the policy,
# and the policy changes which states are visited. Does the gradient have to know *how*? No. An episode
# is a chain: a first state, an action, what the environment ($p$) makes of it, the next action, and so
# on. Its probability is the product
#
# $$P = p(s_0)\; \pi_\theta(a_0 \mid s_0)\; p(s_1 \mid s_0, a_0)\; \pi_\theta(a_1 \mid s_1)\;
#   p(s_2 \mid s_1, a_1) \cdots$$
#
# The logarithm turns the product into a sum, and the environment's part of it does not depend on
# $\theta$. Its gradient is 0. What remains is the policy's part:
#
# $$\nabla_\theta \log P = \sum_t \nabla_\theta \log \pi_\theta(a_t \mid s_t)$$
#
# So the trick works for whole episodes as it does for levers, and nobody needs to know how the
# environment works. Where an action leads still counts: it shows in the rewards by which the slope is
# multiplied.
#
# Which rewards? Those *before* step $t$ were not caused by $a_t$ and cancel out on average (lesson 14
# shows why). Those from $t$ on are $\gamma^t$ times the **return** $G_t$. The result is called the
# **policy gradient theorem**:
#
# $$\nabla_\theta L = E\Big[\sum_t \gamma^t\, G_t\, \nabla_\theta \log \pi_\theta(a_t \mid s_t)\Big]$$
#
# (The lecture has the Q-function $q_\pi(s, a)$, the expected return after an action. Nobody knows it;
# **REINFORCE** replaces it with the return that was really received, $G_t$.)
#
# In practice almost everybody leaves out $\gamma^t$, and so does the lecture's code. With
# $\gamma = 0.99$ step 400 would count {{0.99 ** 400:.3f}} times as much as the first, though it has to
# be played just as well. Strictly speaking, what is left is no longer the gradient of the discounted
# return from the first step on; it is a step that gives all parts of an episode the same weight. With
# the learning rate $\alpha$:
#
# $$\theta \leftarrow \theta + \alpha \sum_t G_t\, \nabla_\theta \log \pi_\theta(a_t \mid s_t)$$
#
# ## The loss: cross-entropy times return
#
# Optimizers go *down*hill, so we hand them the negative: $-\log \pi_\theta(a_t \mid s_t)\, G_t$.
# The first part has a name of its own. **Cross-entropy** compares probabilities $p$ with an answer $y$:
# $H = -\sum_i y_i \log p_i$. Here the answer is 1 for the action taken and 0 elsewhere, so all terms but
# one vanish, and it is small if the action taken was likely:

# %% [markdown] lang="ko"
# 다섯 번 모두 결국 같은 값으로 모입니다. 하지만 왼쪽을 보세요. 참값은 {{by_formula[1]:.2f}}인데, 한 번 당겨서 얻는
# 값은 {{samples.min():.2f}} 아니면 {{samples.max():.2f}}입니다. 샘플로 구한 폴리시 그레이디언트는 *평균적으로는*
# 맞지만 매번 크게 흔들립니다. REINFORCE의 약점이 바로 이 흔들림이고, 14강에서 다룰 주제입니다.
#
# ## 레버에서 에피소드로
#
# 상태가 있으면, 행동은 다음에 어떤 상태가 올지도 정합니다. 가중치 $\theta$가 바뀌면 정책이 바뀌고, 정책이 바뀌면 방문하는
# 상태도 바뀝니다. 그레이디언트는 상태가 *어떻게* 바뀌는지도 알아야 할까요? 그렇지 않습니다. 에피소드는 사슬과 같습니다. 첫
# 상태가 나오고, 행동을 하고, 환경($p$)이 다음 상태를 내놓고, 다시 행동을 합니다. 그래서 에피소드의 확률은 곱입니다.
#
# $$P = p(s_0)\; \pi_\theta(a_0 \mid s_0)\; p(s_1 \mid s_0, a_0)\; \pi_\theta(a_1 \mid s_1)\;
#   p(s_2 \mid s_1, a_1) \cdots$$
#
# 로그를 씌우면 곱이 합이 되고, 그중 환경의 항들은 $\theta$와 상관이 없으므로 그레이디언트가 0입니다. 정책의 항만 남습니다.
#
# $$\nabla_\theta \log P = \sum_t \nabla_\theta \log \pi_\theta(a_t \mid s_t)$$
#
# 그래서 레버에서 쓴 방법이 에피소드 전체에도 그대로 통하고, 환경이 어떻게 움직이는지는 몰라도 됩니다. 그렇다고
# 행동이 어떤 상태로 이어졌는지를 무시하는 것은 아닙니다. 뒤에서 곱할 보상에 이미 들어 있습니다.
#
# 어떤 보상을 곱할까요? 스텝 $t$ *이전*의 보상은 $a_t$ 덕분에 받은 것이 아니고, 평균을 내면 사라집니다(이유는 14강에서
# 봅니다). $t$부터의 보상은 $\gamma^t$ 곱하기 **반환값** $G_t$입니다. 이렇게 얻은 식을 **폴리시 그레이디언트 정리**라고
# 합니다.
#
# $$\nabla_\theta L = E\Big[\sum_t \gamma^t\, G_t\, \nabla_\theta \log \pi_\theta(a_t \mid s_t)\Big]$$
#
# (강의의 식에는 $G_t$ 자리에 행동 뒤에 기대되는 반환값, 곧 큐함수 $q_\pi(s, a)$가 있습니다. 하지만 그 값은 아무도 모릅니다.
# **REINFORCE**는 그 자리에 실제로 받은 반환값 $G_t$를 넣습니다.)
#
# 실제로는 강의 코드를 포함해 거의 누구나 $\gamma^t$를 빼고 씁니다. $\gamma = 0.99$라면 400번째 스텝은 첫 스텝의
# {{0.99 ** 400:.3f}}배만큼만 배우게 되는데, 그 스텝도 똑같이 잘해야 하기 때문입니다. 엄밀히 말해 이렇게 하면 더 이상 첫
# 스텝부터 감가한 반환값의 그레이디언트가 아닙니다. 대신 에피소드의 모든 스텝을 똑같이 가르칩니다. $\alpha$가 학습률일 때
#
# $$\theta \leftarrow \theta + \alpha \sum_t G_t\, \nabla_\theta \log \pi_\theta(a_t \mid s_t)$$
#
# ## 오류함수: 크로스 엔트로피 × 반환값
#
# 옵티마이저는 내리막을 따라갑니다. 그래서 부호를 바꾼 $-\log \pi_\theta(a_t \mid s_t)\, G_t$를 넘겨줍니다. 이 식의
# 앞부분에는 이름이 있습니다. **크로스 엔트로피** $H = -\sum_i y_i \log p_i$는 확률 $p$를 정답 $y$와 비교합니다. 여기서
# 정답은 고른 행동에서 1, 나머지에서 0이므로 항 하나만 남고, 고른 행동의 확률이 높았을수록 작습니다.

# %%
for p in (0.9, 0.5, 0.1):
    answer, policy = np.array([0, 1]), np.array([1 - p, p])  # right was taken
    print(f"pi(right) = {p}: cross-entropy {-np.sum(answer * np.log(policy)):.3f}")

# %% [markdown] lang="en"
# An episode of three steps, $\gamma = 0.9$, reward 1 each. Work out the returns from the back, and then
# the sum of the last column:
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
# Three TensorFlow functions do this for whole episodes, and a `GradientTape` can follow them.
# `tf.nn.log_softmax(logits)` gives the logarithms of the softmax's probabilities, row by row, without
# overflow. `tf.gather` picks one entry of each row, and `tf.reduce_sum` adds up:

# %% [markdown] lang="ko"
# TensorFlow의 함수 세 개로 에피소드 전체를 한꺼번에 계산할 수 있고, `GradientTape`가 그 계산을 따라갈 수 있습니다.
# `tf.nn.log_softmax(logits)`는 소프트맥스 확률의 로그를 행마다 오버플로 없이 구합니다. `tf.gather`는 행마다 한 칸을
# 고르고, `tf.reduce_sum`은 모두 더합니다.

# %%
table = tf.constant([[10, 20], [30, 40], [50, 60]])
picked = tf.gather(table, [1, 0, 1], batch_dims=1)  # of row 0 entry 1, of row 1 entry 0, …
print(picked.numpy(), tf.reduce_sum(picked).numpy())

# %% [markdown] lang="en"
# ## Exercise 2 · the loss ★★☆ 10 minutes
#
# $$\text{loss} = -\sum_{t} \log \pi_\theta(a_t \mid s_t)\; G_t$$
#
# The network gives logits `[T, A]`; `actions` `[T]` are the actions taken, `returns` `[T]` their
# returns. Return one number. Write it in TensorFlow: this very function will train an agent below, and
# a tape cannot follow NumPy.

# %% [markdown] lang="ko"
# ## 연습 2 · 오류함수 ★★☆ 10분
#
# $$\text{loss} = -\sum_{t} \log \pi_\theta(a_t \mid s_t)\; G_t$$
#
# 신경망은 로짓 `[T, A]`를 냅니다. `actions` `[T]`는 실제로 한 행동, `returns` `[T]`는 반환값입니다. 숫자 하나를 반환하세요.
# TensorFlow로 써 보세요. 바로 이 함수로 아래에서 에이전트를 학습시킬 텐데, 테이프는 NumPy의 계산을 따라가지 못합니다.

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
# One step downhill with your loss. There is one state with even odds; right was taken, and the return was 2:

# %% [markdown] lang="ko"
# 여러분의 오류함수로 내리막을 한 걸음 가 봅시다. 상태 하나에서 확률은 반반이었고, 오른쪽을 골라 반환값 2를 받았습니다.

# %%
z = tf.Variable([[0.0, 0.0]])
with tf.GradientTape() as tape:
    loss = my_reinforce_loss(z, np.array([1]), np.float32([2.0]))
gradient = tape.gradient(loss, z)
slopes_of_right = np.array(list(my_log_policy_gradient(np.array([0.5, 0.5]), 1)))
print("gradient", gradient.numpy()[0], "= -2 times", slopes_of_right)
z.assign_sub(0.1 * gradient)  # z = z - 0.1 gradient
print("pi(left), pi(right) after one step:", tf.nn.softmax(z).numpy()[0].round(3))

# %% [markdown] lang="en"
# The action before a good return has become more likely.
#
# ## Bug hunt · the returns that lost their decimals ★★☆ 10 minutes
#
# The lecture's code **standardises** the returns of an episode: it subtracts their mean and divides by
# their standard deviation (how far they typically are from the mean). Actions before better-than-usual
# returns become more likely, the others less.
#
# Below is such a function with *two* mistakes, both found in the authors' published code (written
# afresh here). It raises no error. Look at what it gives for an episode on the grid (−1: met a ghost,
# +1: goal) and for one of a single step; then repair it in the cell after. `rewards` `[T]` is an array,
# of whole numbers or not; return `[T]` numbers. If all returns are equal, each is 0 away from their
# mean: standardised, each of them has to be 0.

# %% [markdown] lang="ko"
# 좋은 반환값을 가져온 행동의 확률이 커졌습니다.
#
# ## 버그 찾기 · 소수점 아래를 잃어버린 반환값 ★★☆ 10분
#
# 강의 코드는 에피소드의 반환값을 **표준화**합니다. 평균을 빼고 표준편차(평균에서 대체로 얼마나 떨어져 있는지)로
# 나눕니다. 그러면 평소보다 반환값이 좋았던 행동은 더 자주, 나머지는 덜 하게 됩니다.
#
# 아래는 그런 함수인데 잘못된 곳이 *두 군데* 있습니다. 둘 다 저자들의 공개 코드에 실제로 있던 실수입니다(코드는 새로
# 썼습니다). 오류 메시지는 나오지 않습니다. 그리드월드의 에피소드 하나(−1은 귀신, +1은 목표)와 한 스텝짜리 에피소드에서
# 무엇이 나오는지 보고, 그다음 셀에서 고쳐 보세요. `rewards` `[T]`는 배열이고 정수일 수도 있습니다. 숫자 `[T]`를
# 반환하세요. 반환값이 모두 같으면 평균과의 차이가 모두 0이므로, 표준화한 값도 모두 0이어야 합니다.

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
    returns = np.zeros(len(rewards))  # not the whole-number type of the rewards
    later = 0.0
    for t in reversed(range(len(rewards))):
        later = rewards[t] + discount_factor * later
        returns[t] = later
    return (returns - returns.mean()) / (returns.std() + 1e-8)  # equal returns: 0, not NaN
    ### END SOLUTION

# %% check="standardised_returns" points=2
checks.check_standardised_returns(my_standardised_returns)

# %% [markdown] lang="en"
# ## Your agent
#
# Now your functions are put together. The agent plays a whole episode (drawing its actions
# from the softmax) and keeps states, actions and rewards. Then comes one training step: your returns, your loss,
# its gradient, one step of the optimizer Adam. Then it forgets the episode. The playing is the package's, the
# learning is yours:

# %% [markdown] lang="ko"
# ## 여러분의 에이전트
#
# 이제 여러분의 함수를 모두 합칩니다. 에이전트는 소프트맥스 확률로 행동을 뽑으며 에피소드 하나를 끝까지 플레이하고
# 상태, 행동, 보상을 기억합니다. 그다음 한 번 학습합니다. 여러분의 함수로 반환값과 오류함수를 구하고, 그
# 그레이디언트로 옵티마이저 Adam이 한 걸음 옮깁니다. 그러고 나면 에피소드를 잊습니다. 플레이는 패키지가, 학습은
# 여러분의 함수가 합니다.

# %%
class MyREINFORCE(REINFORCEAgent):
    """Plays like the package's agent and learns with the functions written above."""

    weights_of = staticmethod(my_standardised_returns)

    def train_model(self):  # the package would learn here, within its compiled loop
        return tf.constant(0.0)

    def run_episode(self, environment):
        score = super().run_episode(environment)
        length = len(self.memory)
        states, actions = self.memory.states[:length], self.memory.actions[:length]
        rewards = self.memory.rewards[:length].numpy()
        returns = np.float32(list(self.weights_of(rewards, self.discount_factor)))
        with tf.GradientTape() as tape:
            loss = my_reinforce_loss(self.model(states), actions, returns)
        gradients = tape.gradient(loss, self.model.trainable_weights)
        self.optimizer.apply(gradients, self.model.trainable_weights)
        self.memory.clear()
        return score

# %% [markdown] lang="en"
# **What changed since the DQN:** no replay memory, no target network, no epsilon, no max. In return
# it must be **on-policy**: an episode is used once, and only by the policy that played it. And it
# learns once an episode, not once a step.
#
# Three runs on CartPole, each with its own seed for the random numbers. As in the lecture's code a fall
# brings −100 instead of +1. (It takes about half a minute: your functions are not compiled.)

# %% [markdown] lang="ko"
# **DQN에서 무엇이 달라졌나:** 리플레이 메모리도, 타깃 네트워크도, 입실론도, max도 없습니다. 대신
# **온폴리시**(on-policy)여야 합니다. 에피소드 하나로는 그 에피소드를 플레이한 정책이 단 한 번만 배울 수 있습니다.
# 그리고 스텝마다가 아니라 에피소드마다 한 번 배웁니다.
#
# 카트폴에서 난수 시드를 바꿔 가며 세 번 돌려 봅시다. 강의 코드처럼 쓰러질 때의 보상은 +1이 아니라 −100입니다. (여러분의
# 함수는 컴파일되지 않으므로 30초쯤 걸립니다.)

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
agent = MyREINFORCE(4, 2, fall_reward=-100.0, seed=2)
angles = np.linspace(-12, 12, 49)
before = probability_of_right(agent, angles)
scores = runs(agent, cartpole, range(3), episodes=400)
print("mean score of the last 50 episodes, seed by seed:", scores[:, -50:].mean(axis=1).round())

# %%
_, (left_axes, right_axes) = plt.subplots(1, 2)
tens = scores.reshape(3, 40, 10).mean(axis=2)  # ten episodes a point
plot_mean(tens, x=np.arange(10, 401, 10), label="REINFORCE", axes=left_axes)
left_axes.set(xlabel="episode", ylabel="mean score of 10 episodes")
left_axes.legend()
right_axes.plot(angles, before, label="before learning")
right_axes.plot(angles, probability_of_right(agent, angles), label="after (seed 2)")
right_axes.set(xlabel="pole angle (degrees)", ylabel="probability of pushing right", ylim=(0, 1))
right_axes.legend()
plt.show()

# %% [markdown] lang="en"
# The mean score rises from {{scores[:, :50].mean():.0f|25%}} in the first 50 episodes to
# {{scores[:, -50:].mean():.0f|40%}} in the last 50 (best: 500); the band says how far the mean of three
# runs can be trusted (its 95% interval). The right picture shows what was learned: when the pole leans
# to the right, the cart follows it to the right. It is a probability, not a value.
#
# `REINFORCEAgent` itself should do the same, except that its learning is compiled, too. Does it? Here
# both play the very same first episode, and learn from it:

# %% [markdown] lang="ko"
# 평균 점수는 처음 50에피소드의 {{scores[:, :50].mean():.0f|25%}}점에서 마지막 50에피소드의
# {{scores[:, -50:].mean():.0f|40%}}점으로 올라갑니다(만점 500). 옅은 띠는 세 번을 평균한 값을 얼마나 믿을 수
# 있는지를 나타내는 95% 구간입니다. 오른쪽 그림이 배운 내용입니다. 폴이 오른쪽으로 기울면 오른쪽으로 따라갑니다.
# 그래프에 그린 값은 가치가 아니라 확률입니다.
#
# `REINFORCEAgent`도 똑같이 배웁니다. 학습까지 컴파일되어 있다는 점만 다릅니다. 정말 그런지, 둘에게 똑같은 첫
# 에피소드를 플레이하고 배우게 해 봅시다.

# %%
logits_after = []
for one in (agent, REINFORCEAgent(4, 2, fall_reward=-100.0)):
    runs(one, cartpole, [0], episodes=1)
    logits_after.append(one.model(np.eye(4)).numpy())
print(f"largest difference: {np.abs(logits_after[0] - logits_after[1]).max():.0e}")

# %% [markdown] lang="en"
# ## A measurement: what is standardising worth?
#
# The same agent, the same −100, the same seeds; only the returns are left as they are:

# %% [markdown] lang="ko"
# ## 측정: 표준화는 얼마나 도움이 될까?
#
# 같은 에이전트, 같은 −100, 같은 시드에서 표준화만 뺐습니다.

# %%
class PlainReturns(MyREINFORCE):
    """Like its parent, but the returns are not standardised."""

    weights_of = staticmethod(tf.function(discounted_returns, reduce_retracing=True))  # is faster


plain_scores = runs(PlainReturns(4, 2, fall_reward=-100.0), cartpole, range(3), episodes=400)
for name, rows in (("standardised", scores), ("plain", plain_scores)):
    print(f"{name:12} last 50 episodes, seed by seed:", rows[:, -50:].mean(axis=1).round())

twenty_steps = [1.0] * 19 + [-100.0]  # such as a beginner plays
print("its returns:", discounted_returns(twenty_steps, 0.99).numpy()[[0, 10, 18, 19]].round())

# %% [markdown] lang="en"
# On average {{scores[:, -50:].mean():.0f|40%}} with standardising and
# {{plain_scores[:, -50:].mean():.0f|150%}} without. The last line shows why: in a short episode that
# ends with −100 *every* return is negative, so every action taken is pushed down, good or bad.
# Standardised, the actions further from the fall are above the mean. (Without the −100 things look
# different: try `fall_reward=None` in both.) Standardising has a second use: multiply all rewards by
# 100 and the standardised returns stay the same.
#
# ## On the grid, and where it gets stuck
#
# Now lesson 04's 5×5 grid with the walking ghosts (the settings are kept as recipe
# `slides_reinforce_grid`: every step costs 0.1, a ghost 1, the goal brings 1; an episode ends after
# 2000 steps at the latest). From here on the package's agent plays; it learns as yours does. The best possible score
# is 8 steps without a ghost, $1 - 8 \cdot 0.1 = 0.2$. We also print how undecided the policy is in the first state,
# after learning and, in brackets, untrained. We measure that by its **entropy** $-\sum_a \pi(a) \log \pi(a)$: large
# for even odds (five actions: $\log 5 = 1.61$), 0 if one action is certain.

# %% [markdown] lang="ko"
# 평균은 표준화했을 때 {{scores[:, -50:].mean():.0f|40%}}점, 하지 않았을 때
# {{plain_scores[:, -50:].mean():.0f|150%}}점입니다. 출력의 마지막 줄이 이유를 보여 줍니다. −100으로 끝나는 짧은
# 에피소드에서는 반환값이 *모두* 음수입니다. 그래서 좋은 행동이든 나쁜 행동이든, 실제로 한 행동의 확률을 모두 낮추게
# 됩니다. 표준화하면 쓰러진 순간에서 먼 행동들은 평균보다 위에 놓입니다. (−100이 없으면 이야기가 달라집니다. 둘 다
# `fall_reward=None`으로 직접 해 보세요.) 쓸모가 하나 더 있습니다. 모든 보상에 100을 곱해도 표준화한 반환값은
# 그대로입니다.
#
# ## 그리드월드에서, 그리고 막히는 곳
#
# 이제 귀신이 걷는 04강의 5×5 그리드월드입니다(설정은 레시피 `slides_reinforce_grid`에 있습니다. 스텝마다 −0.1, 귀신 −1,
# 목표 +1이고 에피소드는 길어도 2000스텝에서 끝납니다). 여기서부터는 패키지의 에이전트가 플레이합니다. 배우는 방법은 여러분의
# 에이전트와 같습니다. 가능한 최고 점수는 귀신을 만나지 않고 8스텝 만에 도착할 때의 $1 - 8 \cdot 0.1 = 0.2$점입니다.
# 첫 상태에서 정책이 얼마나 망설이는지도 출력합니다. 괄호 안은 학습하기 전의 값입니다. 그 척도가 **엔트로피**
# $-\sum_a \pi(a) \log \pi(a)$입니다. 모든 행동의 확률이 같으면 가장 크고(행동이 다섯이면 $\log 5 = 1.61$), 언제나 한
# 행동만 하면 0입니다.

# %%
recipe = find_recipe("slides_reinforce_grid")
grid = recipe.environment(0)
start = grid.reset()


def first_policy(agent):  # of up, down, right, left, stay; and its entropy
    policy = tf.nn.softmax(agent.model(start[None]))[0].numpy()
    return policy, -np.sum(policy * np.log(policy))


def on_the_grid(agent):
    last_50, untrained = [], []
    for seed in range(5):
        agent.reset(seed)
        untrained += [first_policy(agent)[1]]
        last_50 += [runs(agent, grid, [seed], episodes=200)[0, -50:].mean()]
        policy, undecided = first_policy(agent)
        print(f"seed {seed}: mean score of the last 50 episodes {last_50[-1]:6.1f}, in the first state:",
              f"down {policy[1]:.4f}, entropy {undecided:.2f} (untrained {untrained[-1]:.2f})")
    return np.array(last_50), np.array(untrained)


last_50, untrained = on_the_grid(recipe.make_agent(grid, seed=0))
stuck = np.sum(last_50 < -100)

# %% [markdown] lang="en"
# The runs near 0 have found the goal. In this run of the cell {{stuck|200%}} of 5 seeds were stuck: a
# mean near −200 is 2000 steps at −0.1, without the goal. Look at the probability of going *down* in
# such a line of the output. On the grid, the ghosts walk in the three rows below the start. At first one meets them
# far more often than the goal, and so this agent has learned to keep out of these rows. Now "down" is hardly ever
# drawn, so nothing can teach it that the goal lies there. A policy explores an action by itself only as long as it
# gives it some probability. Lesson 15 therefore rewards entropy: a policy that stays undecided gets a bonus.
#
# ## What frees it
#
# Look at the entropies in brackets. An agent that knows nothing yet should find all five actions equally likely, an
# entropy of 1.61. It is {{untrained.mean():.2f|5%}} on average, that of {{np.exp(untrained.mean()):.1f|5%}} equally
# likely actions: chance has decided something before the first episode. When this page was built, the stuck seeds were
# those with the lowest. The first weights (Keras' `glorot_uniform`, lesson 10) are large for a state whose
# numbers go up to 4. With small ones (`random_normal`, standard deviation 0.05) all logits begin near 0. A second
# change we found by trying: hidden layers of 64 units in place of 24.

# %% [markdown] lang="ko"
# 점수가 0점 근처인 시드는 목표를 찾았습니다. 이번 실행에서는 시드 5개 가운데 {{stuck|200%}}개가 막혔습니다. 평균이
# −200점 근처라면 목표에 닿지 못하고 2000스텝 동안 −0.1씩 받았다는 뜻입니다. 출력에서 그런 시드의 *아래로* 갈
# 확률(down)을 보세요. 귀신은 출발점이 있는 맨 윗줄 바로 아래의 세 줄에서 걷습니다. 처음에는 목표보다 귀신을 훨씬 자주
# 만나므로, 막힌 에이전트는 그 세 줄에 들어가지 말아야 한다고 배웠습니다. 이제 "아래"는 거의 뽑히지 않으니, 그쪽에 목표가
# 있다는 것을 배울 길이 없습니다. 정책이 스스로 탐험하는 것은 확률이 어느 정도 남아 있는 행동뿐입니다. 그래서 15강에서는
# 엔트로피에 보너스를 주어, 너무 일찍 한쪽으로 굳지 않는 정책이 이득을 보게 합니다.
#
# ## 막히지 않게 하려면
#
# 괄호 안의 엔트로피를 보세요. 아직 아무것도 모르는 에이전트라면 다섯 행동의 확률이 모두 같고 엔트로피는 1.61이어야 합니다.
# 그런데 실제로는 평균 {{untrained.mean():.2f|5%}}, 곧 확률이 같은 행동이 {{np.exp(untrained.mean()):.1f|5%}}개일 때의
# 값입니다. 첫 에피소드를 시작하기도 전에 우연히 어느 정도 정해져 버린 것입니다. 이 페이지를 만들 때 막힌 시드는 이 값이 가장
# 낮은 것들이었습니다. 상태의 숫자는 4까지 커지는데, 처음의 무작위 가중치(Keras의 `glorot_uniform`, 10강)가 그에 비해 너무
# 큽니다. 가중치를 작게 하면(`random_normal`, 표준편차 0.05) 로짓이 모두 0 근처에서 시작합니다. 그리고 하나를 더 바꿉니다.
# 은닉 유닛을 24, 24에서 64, 64로 늘립니다. 이것은 여러 가지를 시험해 보고 찾은 것입니다.

# %%
changes = {"initializer": "random_normal", "hidden_units": (64, 64)}
freed, undecided_first = on_the_grid(recipe.changed(changes).make_agent(grid, seed=0))
for text, settings in (("as in the lecture", {}), ("with both changes", changes)):
    summary = summarise(load_results(Plan(recipe.name, settings).file_name), limit=recipe.solved_at)
    print(f"2,500 episodes, {text}: {summary.solved_end:.0%} of {summary.runs} seeds reach the goal,",
          "in ten steps at most and without a ghost")

# %% [markdown] lang="en"
# All five begin with an entropy of {{undecided_first.mean():.2f|2%}}, and after 200 episodes
# {{np.sum(freed < -100)|200%}} of them are stuck. The printed shares come from `results/`: 2,500 episodes a seed, then
# played greedily (always the most likely action); the scores above are those of drawn actions. In our trials (2,500
# episodes, 48 seeds each) neither change was enough alone: with small weights none was stuck, but 4 walked through a
# ghost; with wider layers 9 were stuck. So it is the small weights that free the agents. Before you look for a better
# algorithm, look at what your network says untrained.
#
# ## Review
#
# The last three of the lecture's five questions, and one of ours; the first two belong to lesson 04.
#
# <details><summary>What does policy-based reinforcement learning learn? (lecture)</summary>
#
# The policy itself: the weights of a network that puts out the probability of each action. Values
# are not needed for choosing.
# </details>
#
# <details><summary>What is REINFORCE? (lecture)</summary>
#
# A policy gradient method that uses the return $G_t$ of the episode in place of the unknown Q-function,
# and learns after each episode.
# </details>
#
# <details><summary>What does a low cross-entropy mean? (lecture)</summary>
#
# The network gives the "answer", here the action that was taken, a high probability. With a positive
# return that is what we want; with a negative one it is not.
# </details>
#
# <details><summary>Why may REINFORCE not learn from a replay memory?</summary>
#
# The expectation in $\nabla L$ is over actions drawn from the *present* policy. Old episodes were
# drawn from another one.
# </details>
#
# **Summary** A policy network puts out probabilities. The log-derivative trick turns the slope of an
# expectation into an expectation that can be sampled; how the environment works need not be known.
# Loss: cross-entropy of the action taken, times the return. REINFORCE is noisy each time and waits for the end
# of the episode. **Next** lesson 14: a critic removes much of the noise, and the waiting.

# %% [markdown] lang="ko"
# 시드 다섯 개 모두 엔트로피 {{undecided_first.mean():.2f|2%}}에서 시작하고, 200에피소드 뒤에 막혀 있는 시드는
# {{np.sum(freed < -100)|200%}}개입니다. 마지막 두 줄의 비율은 시드마다 2,500에피소드씩 학습시킨 뒤 그리디하게(언제나 확률이
# 가장 높은 행동으로) 플레이하여 `results/`에 저장해 둔 결과이고, 그 위의 점수는 행동을 뽑아서 플레이한 점수입니다. 따로 해 본
# 실험(2,500에피소드, 시드 48개씩)에서는 둘 중 하나만 바꾸어서는 모자랐습니다. 가중치만 작게 하면 막힌 시드는 없었지만 4개가
# 귀신과 부딪히며 목표까지 갔고, 유닛만 늘리면 9개가 막혔습니다. 그러니 막히지 않게 하는 것은 작은 가중치입니다. 더 좋은
# 알고리즘을 찾기 전에, 아무것도 배우지 않은 신경망이 무엇을 출력하는지부터 살펴보세요.
#
# ## 진단 평가
#
# 강의의 다섯 문제 중 뒤의 세 문제와 새로 만든 한 문제입니다. 앞의 두 문제는 04강에 있습니다.
#
# <details><summary>정책 기반 강화학습에서는 무엇을 학습하는가? (강의)</summary>
#
# 정책 그 자체, 즉 각 행동의 확률을 출력하는 신경망의 가중치를 학습합니다. 행동을 고르는 데 가치는 필요하지 않습니다.
# </details>
#
# <details><summary>REINFORCE란 무엇인가? (강의)</summary>
#
# 알 수 없는 큐함수 자리에 에피소드의 반환값 $G_t$를 넣고, 에피소드가 끝날 때마다 배우는 폴리시 그레이디언트
# 방법입니다.
# </details>
#
# <details><summary>크로스 엔트로피가 낮다는 것은 무엇을 의미하는가? (강의)</summary>
#
# 신경망이 "정답", 여기서는 실제로 한 행동에 높은 확률을 준다는 뜻입니다. 양의 반환값이 곱해지면 바라는 일이고, 음의
# 반환값이 곱해지면 그 반대입니다.
# </details>
#
# <details><summary>REINFORCE는 왜 리플레이 메모리로 배울 수 없나요?</summary>
#
# $\nabla L$은 *지금의* 정책에서 뽑은 행동으로 구한 기댓값입니다. 옛 에피소드는 다른 정책에서 나왔습니다.
# </details>
#
# **정리** 폴리시 네트워크는 확률을 출력합니다. 로그 미분은 기댓값의 기울기를 샘플로 구할 수 있는 기댓값으로 바꾸고,
# 환경이 어떻게 움직이는지는 몰라도 됩니다. 오류함수는 실제로 한 행동의 크로스 엔트로피 × 반환값입니다. 매번 흔들리고,
# 에피소드가 끝날 때까지 기다려야 합니다. **다음 시간** 14강: 크리틱이 흔들림을 크게 줄이고 기다림을 없앱니다.
