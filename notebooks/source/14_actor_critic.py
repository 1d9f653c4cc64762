# %% [markdown] lang="en"
# # 14 · Actor-critic (A2C)
#
# **On the slides** Advantage Actor-Critic (A2C), seven pages. They give the equations and a link to code;
# the settings here are those of the authors' code.
#
# **You will be able to** say what actor and critic do, and how policy iteration hides in them · work
# out an advantage and both losses by hand, then in code that trains an agent · say why "times q function"
# must be "times advantage", and show it with numbers · compare A2C with REINFORCE fairly, by environment
# steps.
#
# **Time** 50 minutes · **Needs** lessons 02 (policy iteration), 07 (bootstrap, `terminated`) and 13
# (policy gradient)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\pi_\theta(a \mid s)$ | `logits` | `[A]` | the actor: how likely is each action? |
# | $V_v(s)$ | `value` | `[B]` | the critic: what return can be expected from here? |
# | $d$ | `terminated` | `[B]` | did this step end the task? |
# | $r + \gamma\, (1 - d)\, V_v(s')$ | `target` | `[B]` | what the critic should have said |
# | $\delta$ | `advantage` | `[B]` | target minus value: how much better than expected? |
#
# $\theta$ are the weights of the actor's network, $v$ those of the critic's. B is a number of steps, A the
# number of actions.

# %% [markdown] lang="ko"
# # 14 · 액터-크리틱 (A2C)
#
# **슬라이드에서는** Advantage Actor-Critic (A2C) 일곱 장입니다. 수식과 코드 링크만 있으므로, 설정값은 저자들의 공개
# 코드를 따랐습니다.
#
# **이번 시간이 끝나면** 액터와 크리틱이 무슨 일을 하는지, 그 안에 정책 이터레이션이 어떻게 들어 있는지 말할 수 있고
# · 어드밴티지와 두 오류함수(손실 함수)를 손으로 계산한 다음 에이전트를 학습시키는 코드로 쓸 수 있고 · "× q
# function"이 왜 "× 어드밴티지"여야 하는지 숫자로 보일 수 있고 · A2C와 REINFORCE를 환경 스텝 수를 기준으로 공정하게
# 비교할 수 있습니다.
#
# **시간** 50분 · **먼저 볼 것** 02강 (정책 이터레이션), 07강 (부트스트랩, `terminated`), 13강 (폴리시 그레이디언트)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $\pi_\theta(a \mid s)$ | `logits` | `[A]` | 액터, 각 행동을 할 확률 |
# | $V_v(s)$ | `value` | `[B]` | 크리틱, 여기서부터 기대되는 반환값 |
# | $d$ | `terminated` | `[B]` | 이 스텝에서 과제가 끝났는가? |
# | $r + \gamma\, (1 - d)\, V_v(s')$ | `target` | `[B]` | 타깃, 크리틱이 말했어야 할 값 |
# | $\delta$ | `advantage` | `[B]` | 어드밴티지, 타깃 − 가치, 기대보다 얼마나 좋았는지 |
#
# $\theta$는 액터 신경망의 가중치, $v$는 크리틱 신경망의 가중치입니다. B는 스텝의 수, A는 행동의 수입니다.

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import A2CAgent, CartPole, REINFORCEAgent, checks, evaluate, train, use_one_thread
from dqn_keras.classroom import drawings, explore
from dqn_keras.experiments import Plan, load_results, plot_mean

# After dqn_keras, which silences its start-up messages.
import tensorflow as tf

use_one_thread()  # networks as small as ours compute faster on one
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## Two things REINFORCE lacks
#
# REINFORCE waits for the end of the episode, and its returns are noisy: whatever happens in the next
# 300 steps is attributed to the action of this one. A second network, the **critic**, helps with both.
# It learns $V(s)$, the expected return from here on. The policy network is now called the **actor**. In
# the drawing both see the state; one number, $\delta$, goes into both losses, and each loss trains its
# own network (blue arrows).

# %% [markdown] lang="ko"
# ## REINFORCE에 없는 두 가지
#
# REINFORCE는 에피소드가 끝날 때까지 기다려야 하고, 반환값은 많이 흔들립니다. 앞으로 300스텝 동안 일어나는 일이 모두 지금
# 행동의 공이나 탓이 됩니다. 신경망을 하나 더 두면 두 문제가 모두 나아집니다. 바로 **크리틱**(critic)입니다. 크리틱은
# 여기서부터 기대되는 반환값 $V(s)$를 배웁니다. 이제 폴리시 네트워크는 **액터**(actor)라고 부릅니다. 그림에서 둘은 같은
# 상태를 봅니다. 숫자 하나 $\delta$가 두 오류함수에 들어가고, 오류함수는 저마다 자기 신경망을 학습시킵니다(파란 화살표).

# %%
drawings.actor_and_critic()

# %% [markdown] lang="en"
# The lecture puts it into an equation: *A2C = policy iteration + policy gradient*. Lesson 02's policy
# iteration alternates between two moves; A2C makes the same two moves, a little at a time, in every
# step:
#
# | | policy iteration (tables) | A2C (networks) |
# |---|---|---|
# | **policy evaluation** | compute $v_\pi$ for all states | critic: move $V(s)$ towards $r + \gamma V(s')$ |
# | **policy improvement** | $\pi'(s) = \arg\max_a q_\pi(s, a)$ | actor: make $a$ more likely if it went better than $V(s)$ |
#
# The critic's target is a **bootstrap**, as in lesson 07: one real reward, then the critic's own
# estimate. That is why nobody has to wait. (What the lecture calls A2C is this actor-critic that learns
# after every single step; elsewhere A2C means the synchronous form of A3C, lesson 15: several
# environments played in lockstep.)
#
# ## By hand
#
# How much better than expected did a step go? That is the difference
#
# $$\delta = r + \gamma V(s') - V(s)$$
#
# Strictly speaking, the **advantage** of an action is $q_\pi(s, a) - v_\pi(s)$: what the action is
# worth on average, minus what the state is worth on average. $\delta$ is an estimate of it from a
# single step, as noisy as any sample and as wrong as the critic. With this in mind we call $\delta$ the
# advantage, as the lecture does.
#
# With $\gamma = 0.9$, fill in the last three columns. (The actor's loss is $-\log \pi(a)\, \delta$,
# the critic's $\delta^2$; $-\log 0.5 = 0.693$. After a fall there is no next state to count.)
#
# | | $V(s)$ | $r$ | $V(s')$ | how the step ended | $\pi(a)$ | $\delta$ | actor's loss | critic's loss |
# |---|---|---|---|---|---|---|---|---|
# | 1 | 5 | 1 | 10 | goes on | 0.5 | ? | ? | ? |
# | 2 | 5 | 1 | 0 | goes on | 0.5 | ? | ? | ? |
# | 3 | 5 | −100 | 10 | the pole fell | 0.5 | ? | ? | ? |
# | 4 | 5 | 1 | 10 | time limit, the pole stands | 0.5 | ? | ? | ? |

# %% [markdown] lang="ko"
# 강의는 이것을 식으로 나타냅니다. *A2C = 정책 이터레이션 + 폴리시 그레이디언트*. 02강의 정책 이터레이션은 두 단계를
# 번갈아 했습니다. A2C도 같은 두 단계를, 스텝마다 조금씩 합니다.
#
# | | 정책 이터레이션 (테이블) | A2C (신경망) |
# |---|---|---|
# | **정책 평가** | 모든 상태의 $v_\pi$를 계산 | 크리틱: $V(s)$를 $r + \gamma V(s')$ 쪽으로 옮김 |
# | **정책 발전** | $\pi'(s) = \arg\max_a q_\pi(s, a)$ | 액터: $V(s)$보다 좋았으면 $a$를 더 자주 하게 함 |
#
# 크리틱의 타깃은 07강에서 본 **부트스트랩**입니다. 실제 보상 하나에 크리틱 자신의 추정값을 더합니다. 그래서
# 에피소드가 끝날 때까지 기다리지 않아도 됩니다. (강의에서 A2C라고 하는 것은 이렇게 스텝마다 배우는 한 스텝
# 액터-크리틱입니다. 다른 곳에서 A2C는 여러 환경을 나란히 플레이하는 방법, 곧 15강에 나오는 A3C의 동기 방식을
# 뜻합니다.)
#
# ## 손으로
#
# 한 스텝이 기대보다 얼마나 좋았을까요? 그 차이는 다음과 같습니다.
#
# $$\delta = r + \gamma V(s') - V(s)$$
#
# 엄밀히 말해 행동의 **어드밴티지**(advantage)는 $q_\pi(s, a) - v_\pi(s)$, 곧 그 행동의 평균적인 가치에서 그 상태의
# 평균적인 가치를 뺀 것입니다. $\delta$는 한 스텝만 보고 추정한 어드밴티지입니다. 샘플이므로 흔들리고, 크리틱이 틀린
# 만큼 틀립니다. 이 점을 기억하면서, 강의를 따라 $\delta$를 어드밴티지라고 부르겠습니다.
#
# $\gamma = 0.9$일 때 마지막 세 칸을 채워 보세요. (액터의 오류함수는 $-\log \pi(a)\, \delta$, 크리틱의 오류함수는
# $\delta^2$이고 $-\log 0.5 = 0.693$입니다. 쓰러진 뒤에는 다음 상태가 없습니다.)
#
# | | $V(s)$ | $r$ | $V(s')$ | 이 스텝은 어떻게 끝났나 | $\pi(a)$ | $\delta$ | 액터 | 크리틱 |
# |---|---|---|---|---|---|---|---|---|
# | 1 | 5 | 1 | 10 | 계속 | 0.5 | ? | ? | ? |
# | 2 | 5 | 1 | 0 | 계속 | 0.5 | ? | ? | ? |
# | 3 | 5 | −100 | 10 | 폴이 쓰러짐 | 0.5 | ? | ? | ? |
# | 4 | 5 | 1 | 10 | 시간 제한, 폴은 서 있음 | 0.5 | ? | ? | ? |

# %%
advantages = np.array([1 + 0.9 * 10 - 5, 1 + 0.9 * 0 - 5, -100 - 5, 1 + 0.9 * 10 - 5])
print("advantage    ", advantages)
print("actor's loss ", (-np.log(0.5) * advantages).round(2))
print("critic's loss", advantages**2)

# %% [markdown] lang="en"
# Row 1 went better than expected: the actor's loss falls when the action becomes *more* likely. Row
# 2 brought the same reward but led to a worse state: *less* likely. The reward alone could not tell
# the two apart.
#
# ## Exercise 1 · the advantage ★☆☆ 10 minutes
#
# $$\delta = r + \gamma\, (1 - d)\, V(s') - V(s)$$
#
# Write it for several steps at once: `rewards`, `values`, `next_values` and `terminated` are arrays
# `[B]`; return `[B]`. `terminated` is true where the task really ended, and only there is the future
# cut off. Useful: `np.where(condition, a, b)` takes `a` where the condition is true and `b` elsewhere.

# %% [markdown] lang="ko"
# 1번은 기대보다 좋았으니, 그 행동을 *더* 자주 하게 되면 액터의 오류함수가 작아집니다. 2번은 보상은 같지만 더 나쁜
# 상태로 갔으니 *덜* 하게 됩니다. 보상만 봐서는 둘을 구별할 수 없습니다.
#
# ## 연습 1 · 어드밴티지 ★☆☆ 10분
#
# $$\delta = r + \gamma\, (1 - d)\, V(s') - V(s)$$
#
# 여러 스텝을 한꺼번에 계산하는 함수를 써 보세요. `rewards`, `values`, `next_values`, `terminated`는 모두 배열
# `[B]`입니다. `[B]`를 반환하세요. `terminated`는 과제가 정말로 끝난 스텝에서 참이고, 거기서만 미래를 끊습니다.
# `np.where(condition, a, b)`는 조건이 참인 곳에서 `a`를, 거짓인 곳에서 `b`를 고릅니다.

# %% exercise="advantage"
def my_advantage(rewards, values, next_values, terminated, discount_factor):
    ### BEGIN SOLUTION
    target = np.where(terminated, rewards, rewards + discount_factor * next_values)
    return target - values
    ### END SOLUTION

# %% check="advantage" points=2
checks.check_advantage(my_advantage)

# %% [markdown] lang="en"
# ## A mistake in the lecture: "times q function"
#
# The lecture gives the actor's loss in this line:
#
# ```text
# = Cross Entropy of Policy Network output * q function (Value Network output)
# ```
#
# In the lecture's formula just before, and in its code, $\delta$ stands in that place. Does it matter?
# Back to two levers, now paying 101 and 103, drawn with even odds. We multiply $\nabla \log \pi(a)$
# (lesson 13) by
# - the **q-value** of the action, as the line says,
# - the **value** $V = 102$, which is what a value network really puts out,
# - the **advantage** $q(a) - V$, with your function: a pull ends the task, so there is no future.

# %% [markdown] lang="ko"
# ## 강의의 실수: "× q function"
#
# 강의에는 액터의 오류함수가 이렇게 적혀 있습니다.
#
# ```text
# = Cross Entropy of Policy Network output * q function (Value Network output)
# ```
#
# 그런데 강의의 앞선 수식과 코드에는 그 자리에 $\delta$가 있습니다. 차이가 있을까요? 다시 레버 두 개로 돌아가, 이번에는 101과
# 103을 주고 반반의 확률로 뽑습니다. $\nabla \log \pi(a)$(13강)에 다음 세 가지를 곱해 봅시다.
# - 행동의 **큐값**: 강의에 적힌 대로
# - **가치** $V = 102$: 가치를 배우는 신경망이 실제로 출력하는 값
# - **어드밴티지** $q(a) - V$: 여러분의 함수로. 한 번 당기면 과제가 끝나므로 미래는 없습니다

# %%
rng = np.random.default_rng(0)
pays, probabilities = np.array([101.0, 103.0]), np.array([0.5, 0.5])
value = probabilities @ pays
of_each_lever = list(my_advantage(pays, np.full(2, value), np.zeros(2), np.full(2, True), 0.9))
pulls = rng.choice(2, size=1_000_000, p=probabilities)
slope = np.eye(2)[pulls, 1] - probabilities[1]  # of log pi(a), for the right logit
gradients = {
    "times q-value": slope * pays[pulls],
    "times value": slope * value,
    "times advantage": slope * np.array(of_each_lever)[pulls],
}
for name, samples in gradients.items():
    print(f"{name:16} mean {samples.mean():6.2f}, spread of one pull {samples.std():6.2f}")

# %% [markdown] lang="en"
# The exact slope is 0.5. Times advantage, every pull says so: here there is no spread at all. Times
# q-value, the mean comes near it, but only after very many pulls: a single pull is typically off by
# {{gradients["times q-value"].std():.0f}}. Times value, the *exact* mean is 0: probabilities always add
# up to 1, so $\sum_a \pi(a) \nabla \log \pi(a) = \sum_a \nabla \pi(a) = 0$. A quantity that does not
# depend on the action teaches nothing about actions. (That is also why lesson 13 could leave out the
# rewards before step $t$.)
#
# For the same reason such a quantity may be subtracted: the mean stays as it is, and the noise shrinks. A quantity
# subtracted in this way is called a **baseline**. With $V(s)$ as the baseline, what remains of the q-value is the
# advantage.

# %% [markdown] lang="ko"
# 정확한 기울기는 0.5입니다. 어드밴티지를 곱하면 당길 때마다 0.5가 나옵니다. 여기서는 흔들림이 전혀 없습니다. 큐값을
# 곱해도 평균은 0.5에 가까워지지만 백만 번을 당긴 뒤의 일이고, 한 번 당길 때의 흔들림이
# {{gradients["times q-value"].std():.0f}}이나 됩니다. 가치를 곱하면 *정확한* 평균이 0입니다. 확률의 합은 항상 1이라
# $\sum_a \pi(a) \nabla \log \pi(a) = \sum_a \nabla \pi(a) = 0$이기 때문입니다. 행동에 따라 달라지지 않는 값은 행동에 대해
# 아무것도 가르쳐 주지 않습니다. (13강에서 스텝 $t$ 이전의 보상을 빼도 되었던 이유도 이것입니다.)
#
# 같은 이유로 그런 값은 빼도 됩니다. 평균은 그대로이고 흔들림만 줄어듭니다. 이렇게 빼 주는 값을 **베이스라인**(baseline)이라고
# 합니다. 베이스라인이 $V(s)$일 때 큐값에서 남는 것이 어드밴티지입니다.

# %%
plt.figure(figsize=(7, 2.8))
for row, samples in enumerate(gradients.values()):
    plt.scatter(samples[:30], row + rng.uniform(-0.15, 0.15, 30), s=12, alpha=0.6)
plt.axvline(0.5, color="black", linestyle="--", label="exact slope 0.5")
plt.yticks(range(3), gradients)
plt.xlabel("slope of the right logit, one pull a dot")
plt.legend(loc="upper right")
plt.show()

# %% [markdown] lang="en"
# What does this noise do to a policy? Press *Pull left* once: on which side does the worse lever become *more*
# likely, and why? *Start over* and take *100 pulls*, and so on a few times: where does $\pi(\text{right})$ end on
# each side? *20 runs of 100* counts for you. Now let the levers pay *1 and 3* with a learning rate of 0.1, and
# count again. The difference between the two levers is 2 as before; what was it, then, that misled the policy?
# (If there is only a picture, run the cell.)

# %% [markdown] lang="ko"
# 이렇게 흔들리면 정책은 어떻게 될까요? *왼쪽 당기기*를 한 번 눌러 보세요. 더 나쁜 레버의 확률이 오히려 *커지는* 것은 어느 쪽이고,
# 왜 그럴까요? *처음부터*를 누르고 *100번* 당기는 일을 몇 번 되풀이해 보세요. $\pi(\text{오른쪽})$은 양쪽에서 각각 어디로 가나요?
# *100번씩 20회*를 누르면 대신 세어 줍니다. 이번에는 레버가 *1과 3*을 주게 하고 학습률을 0.1로 놓은 다음 다시 세어 보세요. 두
# 레버의 차이는 여전히 2입니다. 그렇다면 정책을 헷갈리게 한 것은 무엇이었을까요? (그림만 보인다면 셀을 실행하세요.)

# %%
explore("baseline")

# %% [markdown] lang="en"
# ## Exercise 2 · both losses ★★☆ 10 minutes
#
# $$\text{actor's loss} = -\log \pi_\theta(a \mid s)\; \delta, \qquad
#   \text{critic's loss} = \big(\text{target} - V_v(s)\big)^2 = \delta^2$$
#
# For one step: `logits` `[A]`, the `action` taken, the critic's `value` and the `target`
# $r + \gamma V(s')$, two plain numbers. Return the pair *(actor's loss, critic's loss)*.
#
# In the actor's loss the advantage is a fixed weight: no gradient may flow through it into the critic.
# The critic's own loss has to move $V(s)$. Why so strict? The larger $V(s)$, the smaller the advantage
# and, with it, the actor's loss: the critic would learn to promise more and more instead of predicting
# what comes.
#
# Write it in TensorFlow, since both losses train below. `tf.stop_gradient(x)` gives the same numbers as `x`, but no
# gradient flows through it; `tf.square` squares; `tf.nn.log_softmax(logits)` gives the logarithms of the softmax's
# probabilities (lesson 13). Here they are a single row: `[action]` picks one.

# %% [markdown] lang="ko"
# ## 연습 2 · 두 오류함수 ★★☆ 10분
#
# $$\text{액터} = -\log \pi_\theta(a \mid s)\; \delta, \qquad
#   \text{크리틱} = \big(\text{타깃} - V_v(s)\big)^2 = \delta^2$$
#
# 스텝 하나의 오류함수를 구합니다. `logits` `[A]`, 실제로 한 행동 `action`, 크리틱의 출력 `value`, 그리고 타깃
# $r + \gamma V(s')$인 `target`(둘 다 숫자 하나)을 받아 *(액터의 오류함수, 크리틱의 오류함수)* 두 값을 반환하세요.
#
# 액터의 오류함수에서 어드밴티지는 고정된 가중치입니다. 어드밴티지를 거쳐 크리틱으로 그레이디언트가 흘러가면 안
# 됩니다. 크리틱의 오류함수에서는 $V(s)$까지 흘러야 합니다. 왜 이렇게 엄격할까요? $V(s)$가 커질수록 어드밴티지가
# 작아지고 액터의 오류함수도 작아지기 때문입니다. 그러면 크리틱은 앞일을 예측하는 대신 점점 더 큰 값을 약속하도록
# 배우게 됩니다.
#
# 두 오류함수로 아래에서 학습시킬 것이므로 TensorFlow로 써 보세요. `tf.stop_gradient(x)`는 `x`와 같은 숫자를 내지만
# 그레이디언트는 흐르지 않습니다. `tf.square`는 제곱이고, `tf.nn.log_softmax(logits)`는 소프트맥스 확률의 로그입니다(13강).
# 여기서는 한 줄뿐이므로 `[action]`으로 한 칸을 고를 수 있습니다.

# %% exercise="actor_critic_losses"
def my_actor_critic_losses(logits, action, value, target):
    ### BEGIN SOLUTION
    advantage = target - value
    log_probability = tf.nn.log_softmax(logits)[action]
    actor_loss = -log_probability * tf.stop_gradient(advantage)
    critic_loss = tf.square(advantage)
    return actor_loss, critic_loss
    ### END SOLUTION

# %% check="actor_critic_losses" points=2
checks.check_actor_critic_losses(my_actor_critic_losses)

# %% [markdown] lang="en"
# ## Your agent, and what the weight is worth
#
# The agent plays one step, then takes one gradient step with each loss: the actor at learning rate
# 0.001, the critic at 0.005. A fall brings −100. The package does the playing, your functions do the
# learning: `my_advantage` makes the target, `my_actor_critic_losses` the losses. Your losses can handle
# the other two weights, too: with value 0, the actor's cross-entropy is multiplied by whatever is
# passed as the target.
#
# (TensorFlow runs `train_model` as a graph; `tf.numpy_function` calls your advantage from inside it,
# whether it uses NumPy or not.)

# %% [markdown] lang="ko"
# ## 여러분의 에이전트, 그리고 무엇을 곱하느냐의 차이
#
# 에이전트는 한 스텝 플레이하고 두 오류함수로 각각 한 번씩 학습합니다. 학습률은 액터 0.001, 크리틱 0.005이고
# 쓰러지면 −100입니다. 플레이는 패키지가 하고 학습은 여러분의 함수가 합니다. `my_advantage`로 타깃을 만들고
# `my_actor_critic_losses`로 두 오류함수를 구합니다. 다른 두 가지도 여러분의 함수로 곱할 수 있습니다. 가치를 0으로
# 두면 타깃의 자리에 넣은 값이 그대로 곱해집니다.
#
# (TensorFlow는 `train_model`을 그래프로 실행합니다. `tf.numpy_function`은 그 안에서 여러분의 어드밴티지 함수를 부르며,
# NumPy로 썼어도 됩니다.)

# %%
class MyA2C(A2CAgent):
    """Plays like the package's agent and learns with your functions."""

    def __init__(self, weight="advantage"):
        super().__init__(4, 2)
        self.weight = weight  # what the actor's cross-entropy is multiplied by

    def advantage(self, *step):
        return np.float32(list(my_advantage(*step, self.discount_factor)))

    def train_model(self, state, action, reward, next_state, terminated):
        next_value = self.critic(next_state[None])[:, 0]  # one step: B = 1
        with tf.GradientTape(persistent=True) as tape:  # two gradients from one tape
            value = self.critic(state[None])[:, 0]
            step = reward[None], value, next_value, terminated[None]
            advantage = tf.numpy_function(self.advantage, step, tf.float32)
            target = tf.stop_gradient(value + tf.reshape(advantage, [1]))[0]
            value = value[0]
            weights = {"advantage": (value, target), "q-value": (0.0, target), "value": (0.0, value)}
            logits = self.actor(state[None])[0]
            actor_loss, _ = my_actor_critic_losses(logits, action, *weights[self.weight])
            _, critic_loss = my_actor_critic_losses(logits, action, value, target)
        for loss, network, optimizer in (
            (actor_loss, self.actor, self.actor_optimizer),
            (critic_loss, self.critic, self.critic_optimizer),
        ):
            gradients = tape.gradient(loss, network.trainable_weights)
            optimizer.apply(gradients, network.trainable_weights)

# %% [markdown] lang="en"
# Three runs with each weight on CartPole, up to 12,000 environment steps or 500 episodes. It takes
# about half a minute.

# %% [markdown] lang="ko"
# 카트폴에서 세 가지를 각각 세 번씩, 12,000 환경 스텝 또는 500에피소드까지 돌려 봅시다. 30초쯤 걸립니다.

# %%
cartpole, for_your_code = CartPole(seed=0), CartPole(seed=0)
for_your_code.compilable = False  # to compile code of any kind may take minutes


def play(agent, environment, seed, steps, episodes=700):
    agent.reset(seed)
    environment.reset(seed)
    enough = lambda scores: sum(scores) >= steps  # on CartPole the score counts the steps
    return train(agent, environment, episodes, stop=enough, progress=False).scores


last_scores = {}
for weight in ("q-value", "value", "advantage"):
    agent = MyA2C(weight)
    scores = [play(agent, for_your_code, seed, 12_000, 500) for seed in range(3)]
    last_scores[weight] = [np.mean(row[-20:]) for row in scores]
    print(f"times {weight:9} last 20 scores, seed by seed:", np.round(last_scores[weight]))
beginner = np.mean([row[:5] for row in scores])

# %% [markdown] lang="en"
# The means over the seeds: {{np.mean(last_scores["q-value"]):.0f|100%}} with the q-value,
# {{np.mean(last_scores["value"]):.0f|150%}} with the value,
# {{np.mean(last_scores["advantage"]):.0f|60%}} with the advantage. (The first 5 episodes averaged
# {{beginner:.0f|60%}}.) That fits what the levers showed: the q-value points the right way through a
# lot of noise, the value points nowhere.
#
# `A2CAgent`, the package's agent, should do the same. Does it? Here both play the very same first
# episode, and learn in each of its steps:

# %% [markdown] lang="ko"
# 시드 평균은 큐값 {{np.mean(last_scores["q-value"]):.0f|100%}}점, 가치
# {{np.mean(last_scores["value"]):.0f|150%}}점, 어드밴티지 {{np.mean(last_scores["advantage"]):.0f|60%}}점입니다.
# (처음 다섯 에피소드의 평균은 {{beginner:.0f|60%}}점이었습니다.) 레버에서 본 그대로입니다. 큐값은 방향은 맞지만 많이
# 흔들리고, 가치는 아무 방향도 가리키지 않습니다.
#
# 패키지의 `A2CAgent`도 똑같이 배웁니다. 정말 그런지, 둘에게 똑같은 첫 에피소드를 플레이하며 스텝마다 배우게 해
# 봅시다.

# %%
a2c = A2CAgent(4, 2)
logits_after = []
for one in (agent, a2c):
    play(one, for_your_code, seed=0, steps=1)
    logits_after.append(one.actor(np.eye(4)).numpy())
print(f"largest difference: {np.abs(logits_after[0] - logits_after[1]).max():.0e}")

# %% [markdown] lang="en"
# ## A2C and REINFORCE, by environment steps
#
# From here on we use the package's agents, whose whole loop is compiled. Episodes are not a fair
# measure: a good agent's are many times as long as a beginner's. We count **environment steps**. Six
# seeds each, 30,000 steps:

# %% [markdown] lang="ko"
# ## A2C와 REINFORCE, 환경 스텝으로 비교
#
# 이제부터는 반복문 전체가 컴파일된 패키지의 에이전트를 씁니다. 에피소드 수는 공정한 기준이 아닙니다. 잘하는
# 에이전트의 에피소드는 초보자보다 몇 배나 길기 때문입니다. 그래서 **환경 스텝**을 셉니다. 시드 여섯 개씩,
# 30,000스텝입니다.

# %%
grid = np.arange(2000, 30_001, 500)


def curve(scores):
    smooth = np.convolve(scores, np.ones(10) / 10, mode="valid")  # mean of the last 10 scores
    return np.interp(grid, np.cumsum(scores)[9:], smooth)


agents = {"REINFORCE": REINFORCEAgent(4, 2, fall_reward=-100.0), "A2C": a2c}
curves, greedy = {}, {}
for name, agent in agents.items():
    curves[name], greedy[name] = [], []
    for seed in range(6):
        curves[name] += [curve(play(agent, cartpole, seed, 30_000))]
        greedy[name] += [evaluate(agent, cartpole).mean()]
    print(f"{name:10} greedy scores afterwards, seed by seed:", np.round(greedy[name]))

# %%
for name, rows in curves.items():
    plot_mean(rows, x=grid, label=name)
plt.xlabel("environment steps")
plt.ylabel("mean of the last 10 scores")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# After 30,000 steps the mean of the last 10 scores is {{np.mean(curves["A2C"], axis=0)[-1]:.0f|40%}} with A2C and
# {{np.mean(curves["REINFORCE"], axis=0)[-1]:.0f|40%}} with REINFORCE. The shaded bands say how far to
# trust that: 95% bootstrap intervals of the mean over six seeds. The greedy scores (always the most likely action,
# nothing drawn) lie higher, since a curve also counts the falls that drawing causes; they differ from seed to seed, so
# one run shows little. And keep in mind that A2C makes an update in every step, REINFORCE one in every episode: with
# the same steps A2C makes far more of them.
#
# ## Does it stay solved?
#
# Like lesson 12's DQN, A2C can solve the task and lose it again. For longer runs we changed two settings together. The
# actor learns about a third as fast, 0.0003 in place of 0.001, which should give the critic time to follow. And both
# learning rates fall along a cosine to a hundredth, over the first 100,000 updates. (What each is worth alone is not
# shown here.) `results/` holds 100 seeds of 200,000 steps:

# %% [markdown] lang="ko"
# 30,000스텝 뒤에 마지막 열 점수의 평균은 A2C {{np.mean(curves["A2C"], axis=0)[-1]:.0f|40%}}점, REINFORCE
# {{np.mean(curves["REINFORCE"], axis=0)[-1]:.0f|40%}}점입니다. 옅은 띠는 시드 여섯 개 평균의 95% 부트스트랩
# 구간으로, 이 숫자를 얼마나 믿어도 되는지 알려 줍니다. 그리디 점수(뽑지 않고 언제나 확률이 가장 높은 행동을 할 때의
# 점수)는 이보다 높습니다. 곡선에는 행동을 뽑다가 넘어진 것도 들어가기 때문입니다. 시드마다 다르므로 한 번 실행해서는 알 수
# 있는 것이 별로 없습니다. 그리고 A2C는 스텝마다, REINFORCE는 에피소드마다 한 번 업데이트합니다. 같은 스텝 수라도 A2C의
# 업데이트가 훨씬 많다는 것을 기억해 두세요.
#
# ## 푼 상태를 지킬까?
#
# 12강의 DQN처럼 A2C도 문제를 풀었다가 다시 못 풀게 되기도 합니다. 그래서 더 오래 학습시킬 때는 설정 두 가지를 함께
# 바꾸었습니다. 첫째, 액터의 학습률을 0.001에서 0.0003으로, 곧 3분의 1쯤으로 낮춥니다. 크리틱이 액터를 따라갈 시간을 주려는
# 것입니다. 둘째, 두 학습률을 처음 업데이트 100,000번에 걸쳐 코사인 곡선을 따라 처음 값의 100분의 1까지 줄입니다. (하나씩만
# 바꾸면 어떤지는 여기서 보이지 않습니다.) 200,000스텝씩 학습시킨 시드 100개가 `results/`에 있습니다.

# %%
settings = {"actor_learning_rate": 0.0003, "learning_rate_decay_steps": 100_000}
long_runs = load_results(Plan("slides_a2c", settings, steps=200_000).file_name)
solved = np.array([run.greedy for run in long_runs]) >= 475  # [100, 10], evaluated every 20,000 steps
print("share of seeds that are solved, every 20,000 steps:", solved.mean(axis=0))
lost = np.array([not row[row.argmax() :].all() for row in solved])  # after its first success
back = lost & solved[:, -1]
print("lost again at least once:", lost.sum(), " solved at the end all the same:", back.sum())

# %% [markdown] lang="en"
# Every seed was solved at some time. {{lost.sum()}} of {{len(solved)}} lost it again, and {{back.sum()}} of these came
# back; the others did not before the learning rates were too small. At the end {{100 * solved[:, -1].mean():.0f}}% are
# solved.
#
# **What changed since REINFORCE:** a second network, $V(s)$; the weight is $\delta$ instead of
# $G_t$; learning in every step instead of after the episode; a bootstrap: a wrong critic misleads
# the actor even on average, a real return only by its noise.
#
# ## Review
#
# The first question is from the lecture's review of dynamic programming, the others are ours.
#
# <details><summary>What is policy iteration? What are policy evaluation and policy improvement? (lecture)</summary>
#
# Evaluation finds the value function of the present policy; improvement makes the policy choose
# what is best by those values; iteration alternates the two until nothing changes. In A2C the critic
# evaluates the policy and the actor improves it.
# </details>
#
# <details><summary>What is the answer and what is the prediction in the critic's squared error?</summary>
#
# The answer is $r + \gamma V(s')$, a label without gradient; the prediction is $V(s)$.
# </details>
#
# <details><summary>The advantage of a step is 0. What do actor and critic learn?</summary>
#
# Nothing: it went as expected. Both losses have slope 0.
# </details>
#
# <details><summary>Why does the baseline V(s) not change the mean of the policy gradient?</summary>
#
# It does not depend on the action, and the slopes of $\log \pi$ average to 0 under the policy.
# </details>
#
# **Summary** The critic learns what to expect; the actor is moved by how much better than that it went.
# Subtracting the expectation leaves the mean gradient as it is and removes noise. `terminated` alone
# cuts the bootstrap, as in lesson 07. **Next** lesson 15: several actor-learners at once, and targets
# of several steps.

# %% [markdown] lang="ko"
# 모든 시드가 한 번은 풀었습니다. 시드 {{len(solved)}}개 가운데 {{lost.sum()}}개가 그 뒤에 다시 못 풀게 되었고, 그중
# {{back.sum()}}개는 되돌아왔습니다. 나머지는 되돌아오기 전에 학습률이 너무 작아졌습니다. 마지막에 푼 상태인 시드는
# {{100 * solved[:, -1].mean():.0f}}%입니다.
#
# **REINFORCE에서 무엇이 달라졌나:** 두 번째 신경망 $V(s)$가 생겼고, $G_t$ 대신 $\delta$를 곱하며, 에피소드가 끝난 뒤가
# 아니라 스텝마다 배웁니다. 그리고 부트스트랩을 하므로 크리틱이 틀리면 액터는 평균적으로도
# 잘못 배웁니다. 실제 반환값은 흔들릴 뿐 평균은 맞습니다.
#
# ## 진단 평가
#
# 첫 문제는 강의의 동적 프로그래밍 진단 평가에서 가져왔고, 나머지는 새로 만들었습니다.
#
# <details><summary>정책 이터레이션이란? 정책 평가와 정책 발전은 각각 무엇을 의미하는가? (강의)</summary>
#
# 정책 평가는 지금 정책의 가치함수를 구하는 것이고, 정책 발전은 그 가치로 보아 가장 좋은 행동을 고르도록 정책을 바꾸는
# 것입니다. 정책 이터레이션은 더 달라지지 않을 때까지 둘을 번갈아 합니다. A2C에서는 크리틱이 정책을 평가하고 액터가 정책을
# 발전시킵니다.
# </details>
#
# <details><summary>크리틱의 제곱 오차에서 정답은 무엇이고 예측은 무엇인가요?</summary>
#
# 정답은 그레이디언트가 흐르지 않는 레이블 $r + \gamma V(s')$이고, 예측은 $V(s)$입니다.
# </details>
#
# <details><summary>어떤 스텝의 어드밴티지가 0입니다. 액터와 크리틱은 무엇을 배우나요?</summary>
#
# 아무것도 배우지 않습니다. 기대한 그대로였으니까요. 두 오류함수의 기울기가 모두 0입니다.
# </details>
#
# <details><summary>베이스라인 V(s)를 빼도 폴리시 그레이디언트의 평균은 왜 그대로인가요?</summary>
#
# $V(s)$는 행동에 따라 달라지지 않고, $\log \pi$의 기울기는 정책에 따라 평균을 내면 0이기 때문입니다.
# </details>
#
# **정리** 크리틱은 무엇을 기대할지 배우고, 액터는 기대보다 얼마나 좋았는지에 따라 움직입니다. 기댓값을 빼도 평균은
# 달라지지 않고 흔들림만 줄어듭니다. 07강에서처럼 `terminated`만이 부트스트랩을 끊습니다. **다음 시간** 15강: 여러
# 액터러너가 동시에 배우고, 타깃은 여러 스텝 앞을 내다봅니다.
