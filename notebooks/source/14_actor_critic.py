# %% [markdown] lang="en"
# # 14 · Actor-critic (A2C)
#
# Slides: Advantage Actor-Critic (A2C), seven slides. They give the equations and a link to code; the
# settings here are those of the authors' code.
#
# **You will be able to** say what actor and critic do, and how policy iteration hides in them · work
# out an advantage and both losses by hand · say why the slide's "times q function" must be "times
# advantage", and show it with numbers · compare A2C with REINFORCE fairly, by environment steps.
#
# **Time** 35 minutes · **Needs** lessons 07 (bootstrap, `terminated`) and 13 (policy gradient)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\pi_\theta(a \mid s)$ | `logits` | `[A]` | the actor: how likely is each action? |
# | $V_v(s)$ | `value` | `[B]` | the critic: what return is to be expected from here? |
# | $r + \gamma V_v(s')$ | `target` | `[B]` | what the critic should have said |
# | $\delta$ | `advantage` | `[B]` | target minus value: how much better than expected? |
#
# $\theta$ are the weights of the actor's network, $v$ those of the critic's.

# %% [markdown] lang="ko"
# # 14 · 액터-크리틱 (A2C)
#
# 슬라이드: Advantage Actor-Critic (A2C) 일곱 장. 수식과 코드 링크만 있으므로, 설정값은 저자들의 공개 코드를
# 따랐습니다.
#
# **이번 시간이 끝나면** 액터와 크리틱이 무슨 일을 하는지, 그 안에 정책 이터레이션이 어떻게 들어 있는지 말할 수 있고 ·
# 어드밴티지와 두 오류함수를 손으로 계산할 수 있고 · 슬라이드의 "× q function"이 왜 "× 어드밴티지"여야 하는지 숫자로
# 보일 수 있고 · A2C와 REINFORCE를 환경 스텝 수를 기준으로 공정하게 비교할 수 있습니다.
#
# **시간** 35분 · **먼저 볼 것** 07 (부트스트랩, `terminated`), 13 (폴리시 그레이디언트)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $\pi_\theta(a \mid s)$ | `logits` | `[A]` | 액터, 각 행동을 할 확률 |
# | $V_v(s)$ | `value` | `[B]` | 크리틱, 여기서부터 기대되는 반환값 |
# | $r + \gamma V_v(s')$ | `target` | `[B]` | 크리틱이 말했어야 할 값 |
# | $\delta$ | `advantage` | `[B]` | 타깃 − 가치, 기대보다 얼마나 좋았나? |
#
# $\theta$는 액터 신경망의 가중치, $v$는 크리틱 신경망의 가중치입니다.

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import A2CAgent, CartPole, REINFORCEAgent, checks, td_advantage, train
from dqn_keras import evaluate, use_one_thread
from dqn_keras.policy import policy_gradient_loss
from dqn_keras.experiments import plot_mean

# After dqn_keras, which silences its start-up messages.
import tensorflow as tf

use_one_thread()  # networks as small as ours compute faster on one

# %% [markdown] lang="en"
# ## Two things REINFORCE lacks
#
# REINFORCE waits for the end of the episode, and its returns are noisy: whatever happens in the
# next 300 steps is put down to the action of this one. A second network helps with both, the
# **critic**. It learns $V(s)$, what is to be expected from here on. The policy network is now
# called the **actor**.
#
# The slides' equation is *A2C = policy iteration + policy gradient*. Lesson 02's policy iteration
# took turns; A2C takes the same two turns, a little at a time, in every step:
#
# | | policy iteration (tables) | A2C (networks) |
# |---|---|---|
# | **policy evaluation** | compute $v_\pi$ for all states | critic: move $V(s)$ towards $r + \gamma V(s')$ |
# | **policy improvement** | $\pi'(s) = \arg\max_a q_\pi(s, a)$ | actor: make $a$ more likely if it went better than $V(s)$ |
#
# ## By hand
#
# *Better than expected* is a difference, the **advantage**: $\delta = r + \gamma V(s') - V(s)$.
# With $\gamma = 0.9$, fill in the last three columns. (The actor's loss is $-\log \pi(a)\, \delta$,
# the critic's $\delta^2$; $-\log 0.5 = 0.693$.)
#
# | | $V(s)$ | $r$ | $V(s')$ | how the step ended | $\pi(a)$ | $\delta$ | actor's loss | critic's loss |
# |---|---|---|---|---|---|---|---|---|
# | 1 | 5 | 1 | 10 | goes on | 0.5 | ? | ? | ? |
# | 2 | 5 | 1 | 0 | goes on | 0.5 | ? | ? | ? |
# | 3 | 5 | −100 | 10 | the pole fell | 0.5 | ? | ? | ? |
# | 4 | 5 | 1 | 10 | time limit, the pole stands | 0.5 | ? | ? | ? |

# %% [markdown] lang="ko"
# ## REINFORCE에 없는 두 가지
#
# REINFORCE는 에피소드가 끝날 때까지 기다려야 하고, 반환값은 많이 흔들립니다. 앞으로 300스텝 동안 일어나는 일이 모두 지금
# 행동의 공이나 탓이 됩니다. 신경망을 하나 더 두면 둘 다 나아집니다. 바로 **크리틱**(critic)입니다. 크리틱은 여기서부터
# 무엇을 기대할 수 있는지, 즉 $V(s)$를 배웁니다. 이제 정책신경망은 **액터**(actor)라고 부릅니다.
#
# 슬라이드의 식은 *A2C = 정책 이터레이션 + 폴리시 그레이디언트*입니다. 02의 정책 이터레이션은 두 단계를 번갈아 했습니다.
# A2C도 같은 두 단계를, 스텝마다 조금씩 합니다.
#
# | | 정책 이터레이션 (테이블) | A2C (신경망) |
# |---|---|---|
# | **정책 평가** | 모든 상태의 $v_\pi$를 계산 | 크리틱: $V(s)$를 $r + \gamma V(s')$ 쪽으로 옮김 |
# | **정책 발전** | $\pi'(s) = \arg\max_a q_\pi(s, a)$ | 액터: $V(s)$보다 좋았으면 $a$를 더 자주 하게 함 |
#
# ## 손으로
#
# *기대보다 좋았다*는 것은 차이, 즉 **어드밴티지** $\delta = r + \gamma V(s') - V(s)$입니다. $\gamma = 0.9$일 때
# 마지막 세 칸을 채워 보세요. (액터의 오류함수는 $-\log \pi(a)\, \delta$, 크리틱의 오류함수는 $\delta^2$입니다.
# $-\log 0.5 = 0.693$.)
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
# 2 brought the same reward but led to a worse state: *less* likely. A plain reward could not tell
# the two apart.
#
# ## Exercise 1 · the advantage ★☆☆ 10 minutes
#
# $$\delta = r + \gamma\, (1 - d)\, V(s') - V(s)$$
#
# Write it for a batch: `rewards`, `values`, `next_values` and `terminated` (the $d$ of lesson 07)
# are arrays `[B]`; return `[B]`. Only a real end cuts the future.

# %% [markdown] lang="ko"
# 1번은 기대보다 좋았으니, 그 행동을 *더* 자주 하게 되면 액터의 오류가 줄어듭니다. 2번은 보상은 같지만 더 나쁜 상태로
# 갔으니 *덜* 하게 됩니다. 보상만 봐서는 둘을 구별할 수 없습니다.
#
# ## 연습 1 · 어드밴티지 ★☆☆ 10분
#
# $$\delta = r + \gamma\, (1 - d)\, V(s') - V(s)$$
#
# 배치에 대해 써 보세요. `rewards`, `values`, `next_values`, `terminated`(06의 $d$)는 모두 배열 `[B]`입니다. `[B]`를
# 돌려주세요. 진짜 끝만이 미래를 끊습니다.

# %% exercise="advantage"
def my_advantage(rewards, values, next_values, terminated, discount_factor):
    ### BEGIN SOLUTION
    target = np.where(terminated, rewards, rewards + discount_factor * next_values)
    return target - values
    ### END SOLUTION

# %% check="advantage" points=2
checks.check_advantage(my_advantage)

# %% [markdown] lang="en"
# The package's own is `td_advantage`. On the table above:

# %% [markdown] lang="ko"
# 패키지에 있는 것은 `td_advantage`입니다. 위의 표에 써 보면:

# %%
table = ([1, 1, -100, 1], [5, 5, 5, 5], [10, 0, 10, 10], [False, False, True, False], 0.9)
print(td_advantage(*table).numpy())

# %% [markdown] lang="en"
# ## The slide's mistake: "times q function"
#
# One slide says the actor's loss is *cross-entropy times q function (Value Network output)*; two
# slides earlier $\delta$ stands in that place, and so it does in the code. Does it matter? Back to two levers,
# now paying 101 and 103, drawn with even odds. We multiply $\nabla \log \pi(a)$ (lesson 13) with
# - the **q-value** of the action, as the slide says,
# - the **value** $V = 102$, which is what a value network really puts out,
# - the **advantage** $q(a) - V$.

# %% [markdown] lang="ko"
# ## 슬라이드의 실수: "× q function"
#
# 한 슬라이드는 액터의 오류함수를 *Cross Entropy × q function (Value Network output)*이라고 합니다. 두 장 앞의
# 슬라이드와 코드에는 그 자리에 $\delta$가 있습니다. 차이가 있을까요? 다시 레버 두 개로 돌아가, 이번에는 101과 103을 주고 반반의
# 확률로 뽑습니다. $\nabla \log \pi(a)$(11)에 다음 세 가지를 곱해 봅시다.
# - 행동의 **큐값**: 슬라이드의 말대로
# - **가치** $V = 102$: 가치신경망이 실제로 출력하는 값
# - **어드밴티지** $q(a) - V$

# %%
rng = np.random.default_rng(0)
pays, probabilities = np.array([101.0, 103.0]), np.array([0.5, 0.5])
value = probabilities @ pays
pulls = rng.choice(2, size=1_000_000, p=probabilities)
slope = np.eye(2)[pulls, 1] - probabilities[1]  # of log pi(a), for the right logit
gradients = {
    "times q-value": slope * pays[pulls],
    "times value": slope * value,
    "times advantage": slope * (pays[pulls] - value),
}
for name, samples in gradients.items():
    print(f"{name:16} mean {samples.mean():6.2f}, spread of one pull {samples.std():6.2f}")

# %% [markdown] lang="en"
# The exact slope is 0.5. Times advantage, every pull says so: no spread at all here. Times q-value
# the mean comes near it, but only after a million pulls: one pull is off by
# {{gradients["times q-value"].std():.0f}}. Times value the *exact* mean is 0, since $\sum_a \pi(a) \nabla \log \pi(a) = \sum_a \nabla \pi(a) = 0$ (probabilities
# always add up to 1): what does not depend on the action teaches nothing about actions. For the
# same reason it may be taken off for free, and that is the advantage. What is taken off so is
# called a **baseline**.

# %% [markdown] lang="ko"
# 정확한 기울기는 0.5입니다. 어드밴티지를 곱하면 당길 때마다 0.5가 나옵니다. 여기서는 흔들림이 전혀 없습니다. 큐값을
# 곱해도 평균은 0.5에 가까워지지만 백만 번을 당긴 뒤의 일이고, 한 번 당길 때의 흔들림이
# {{gradients["times q-value"].std():.0f}}이나 됩니다. 가치를 곱하면
# *정확한* 평균이 0입니다. 확률의 합은 항상 1이라 $\sum_a \pi(a) \nabla \log \pi(a) = \sum_a \nabla \pi(a) = 0$이기
# 때문입니다. 행동에 따라 달라지지 않는 값은 행동에 대해 아무것도 가르쳐 주지 않습니다. 같은 이유로 그런 값은 공짜로 뺄 수
# 있고, 그렇게 뺀 것이 어드밴티지입니다. 이렇게 빼 주는 값을 **베이스라인**(baseline)이라고 합니다.

# %%
plt.figure(figsize=(7, 2.8))
names, samples = list(gradients), list(gradients.values())
for row, one in enumerate(samples):
    plt.scatter(one[:30], row + rng.uniform(-0.15, 0.15, 30), s=12, alpha=0.6)
plt.axvline(0.5, color="black", linestyle="--", label="exact slope 0.5")
plt.yticks(range(3), names)
plt.xlabel("slope of the right logit, one pull a dot")
plt.legend(loc="upper right")
plt.tight_layout()
plt.show()

# %% [markdown] lang="en"
# ## Exercise 2 · both losses ★★☆ 10 minutes
#
# $$\text{actor's loss} = -\log \pi_\theta(a \mid s)\; \delta, \qquad
#   \text{critic's loss} = \big(r + \gamma V_v(s') - V_v(s)\big)^2 = \delta^2$$
#
# For one step: `logits` `[A]`, the `action` taken, the critic's `value` and the `target`
# $r + \gamma V(s')$, two plain numbers. Return the pair *(actor's loss, critic's
# loss)*. In the actor's loss the advantage is a fixed weight: no gradient may flow through it into
# the critic; the critic's own loss has to move V(s). With TensorFlow: `tf.stop_gradient`. In NumPy
# nothing flows anyway.

# %% [markdown] lang="ko"
# ## 연습 2 · 두 오류함수 ★★☆ 10분
#
# $$\text{액터} = -\log \pi_\theta(a \mid s)\; \delta, \qquad
#   \text{크리틱} = \big(r + \gamma V_v(s') - V_v(s)\big)^2 = \delta^2$$
#
# 한 스텝에 대해 씁니다. `logits` `[A]`, 실제로 한 행동 `action`, 크리틱의 출력 `value`, 그리고 타깃
# $r + \gamma V(s')$인 `target`(둘 다 숫자 하나)을 받아 *(액터의 오류, 크리틱의 오류)* 두 값을 돌려주세요. 액터의 오류에서
# 어드밴티지는 고정된 가중치입니다. 그것을 통해 크리틱으로 그레이디언트가 흘러가면 안 됩니다. 크리틱의 오류에서는 V(s)까지
# 흘러야 합니다. TensorFlow에서는 `tf.stop_gradient`를 씁니다. NumPy에서는 어차피 흐르지 않습니다.

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
# Why `stop_gradient`? The larger $V(s)$, the smaller the advantage, and with it the actor's loss: the
# critic would learn to promise more and more instead of predicting what comes.
#
# ## The agent, and what the weight is worth
#
# `A2CAgent` plays one step, then takes one gradient step with each loss: the actor at learning
# rate 0.001, the critic at 0.005, −100 for a fall. Below is its `train_model` with another
# weight for the actor, so that we can try all three on CartPole. Five seeds each, 20,000 environment
# steps or 700 episodes:

# %% [markdown] lang="ko"
# 왜 `stop_gradient`가 필요할까요? $V(s)$가 커질수록 어드밴티지가 작아지고 액터의 오류도 작아지기 때문입니다. 그러면
# 크리틱은 앞일을 예측하는 대신 점점 더 큰 약속을 하도록 배우게 됩니다.
#
# ## 에이전트, 그리고 무엇을 곱하느냐의 차이
#
# `A2CAgent`는 한 스텝 진행하고 두 오류함수로 각각 한 번씩 학습합니다. 학습률은 액터 0.001, 크리틱 0.005이고,
# 쓰러지면 −100입니다. 아래는 그 `train_model`에서 액터에 곱할 것만 바꾼 것입니다. 카트폴에서 세 가지를 모두 해 봅시다.
# 시드는 다섯 개씩, 20,000 환경 스텝 또는 700 에피소드까지입니다.

# %%
class WeightedActor(A2CAgent):
    """A2C with something else in place of the advantage."""

    def __init__(self, weight):
        super().__init__(4, 2)
        self.weight = weight

    def train_model(self, state, action, reward, next_state, terminated):
        next_value = self.critic(next_state[None])[:, 0]
        target = tf.where(terminated, reward, reward + self.discount_factor * next_value)
        with tf.GradientTape(persistent=True) as tape:
            value = self.critic(state[None])[:, 0]
            weight = target if self.weight == "q-value" else value  # A2C: target - value
            actor_loss = policy_gradient_loss(self.actor(state[None]), action[None], weight)
            critic_loss = tf.reduce_sum(tf.square(target - value))
        actor_weights, critic_weights = self.actor.trainable_weights, self.critic.trainable_weights
        self.actor_optimizer.apply(tape.gradient(actor_loss, actor_weights), actor_weights)
        self.critic_optimizer.apply(tape.gradient(critic_loss, critic_weights), critic_weights)


# %%
cartpole = CartPole(seed=0)


def play(agent, seed, steps, episodes=700):
    agent.reset(seed)
    cartpole.reset(seed)
    enough = lambda scores: sum(scores) >= steps  # on CartPole the score counts the steps
    return train(agent, cartpole, episodes, stop=enough, progress=False).scores


a2c = A2CAgent(4, 2)
last_scores = {}
for weight in ("q-value", "value", "advantage"):
    agent = a2c if weight == "advantage" else WeightedActor(weight)
    scores = [play(agent, seed, 20_000) for seed in range(5)]
    last_scores[weight] = [np.mean(row[-20:]) for row in scores]
    print(f"times {weight:9} last 20 scores, seed by seed:", np.round(last_scores[weight]))
beginner = np.mean([row[:5] for row in scores])

# %% [markdown] lang="en"
# The means over the seeds: {{np.mean(last_scores["q-value"]):.0f|100%}} with the q-value,
# {{np.mean(last_scores["value"]):.0f|150%}} with the value, {{np.mean(last_scores["advantage"]):.0f|60%}}
# with the advantage. (The first 5 episodes averaged {{beginner:.0f|60%}}.) The bandit said as much: the q-value points the
# right way through a lot of noise, the value points nowhere.
#
# ## A2C and REINFORCE, by environment steps
#
# Episodes are no fair measure: a good agent's are many times as long as a beginner's. We count
# **environment steps**. Six seeds each, 30,000 steps:

# %% [markdown] lang="ko"
# 시드 평균은 큐값 {{np.mean(last_scores["q-value"]):.0f|100%}}점, 가치
# {{np.mean(last_scores["value"]):.0f|150%}}점, 어드밴티지 {{np.mean(last_scores["advantage"]):.0f|60%}}점입니다.
# (처음 다섯 에피소드의 평균은 {{beginner:.0f|60%}}점이었습니다.) 레버에서 본 그대로입니다. 큐값은 방향은 맞지만 많이 흔들리고, 가치는 아무 방향도
# 가리키지 않습니다.
#
# ## A2C와 REINFORCE, 환경 스텝으로 비교
#
# 에피소드 수는 공정한 기준이 아닙니다. 잘하는 에이전트의 에피소드는 초보자보다 몇 배나 길기 때문입니다. 그래서 **환경
# 스텝**을 셉니다. 시드 여섯 개씩, 30,000 스텝입니다.

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
        curves[name] += [curve(play(agent, seed, 30_000))]
        greedy[name] += [evaluate(agent, cartpole).mean()]
    print(f"{name:10} greedy scores afterwards, seed by seed:", np.round(greedy[name]))

# %%
plt.figure(figsize=(7, 3.2))
for name, rows in curves.items():
    plot_mean(rows, x=grid, label=name)
plt.xlabel("environment steps")
plt.ylabel("mean of the last 10 scores")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# At the end of the budget the mean is {{np.mean(curves["A2C"], axis=0)[-1]:.0f|40%}} with A2C and
# {{np.mean(curves["REINFORCE"], axis=0)[-1]:.0f|40%}} with REINFORCE. The shaded bands say how far to
# trust that: 95% bootstrap intervals of the mean over six seeds. Two more things to see:
# the greedy scores differ from seed to seed, so one run shows little; and A2C makes an update in
# every step, REINFORCE one in every episode: with the same steps, A2C computes far more.
#
# **What changed since REINFORCE:** a second network, $V(s)$; the weight is $\delta$ instead of
# $G_t$; learning in every step instead of after the episode; a bootstrap, so a wrong critic misleads
# the actor, which a real return never does.
#
# ## Review (진단 평가)
#
# The slides have no questions on A2C. The first is from their review of dynamic programming, the
# others are ours.
#
# <details><summary>What is policy iteration? What are policy evaluation and policy improvement? (slides)</summary>
#
# Evaluation finds the value function of the present policy; improvement makes the policy choose
# what is best by those values; iteration alternates the two until nothing changes. In A2C the critic
# evaluates and the actor improves.
# </details>
#
# <details><summary>What are the answer and the prediction in the slide's MSE for value networks?</summary>
#
# The answer is $r + \gamma V(s')$, a label without gradient; the prediction is $V(s)$.
# </details>
#
# <details><summary>The advantage of a step is 0. What do actor and critic learn?</summary>
#
# Nothing: it went as expected. Both losses have slope 0.
# </details>
#
# **Summary** The critic learns what to expect; the actor is moved by how much better it went. Taking
# off the expectation costs nothing on average and removes noise. `terminated` alone cuts the
# bootstrap, as in lesson 07. **Next** lesson 15: several actor-learners at once, and targets of
# several steps.

# %% [markdown] lang="ko"
# 정해 둔 스텝이 끝났을 때의 평균은 A2C {{np.mean(curves["A2C"], axis=0)[-1]:.0f|40%}}점, REINFORCE
# {{np.mean(curves["REINFORCE"], axis=0)[-1]:.0f|40%}}점입니다. 옅은 띠는 시드 여섯 개 평균의 95% 부트스트랩 구간으로,
# 이 숫자를 얼마나 믿어도 되는지 알려 줍니다. 두 가지를 더 보세요. 그리디 점수는 시드마다 다르므로 한 번의 실행으로는 별로
# 알 수 없습니다. 그리고 A2C는 스텝마다, REINFORCE는 에피소드마다 한 번 업데이트합니다. 같은 스텝 수라도 A2C가 훨씬 많이
# 계산합니다.
#
# **REINFORCE에서 무엇이 달라졌나:** 두 번째 신경망 $V(s)$가 생겼고, $G_t$ 대신 $\delta$를 곱하며, 에피소드가 끝난 뒤가
# 아니라 스텝마다 배웁니다. 그리고 부트스트랩을 하므로 크리틱이 틀리면 액터도 잘못 배웁니다. 실제 반환값에는 그런 일이
# 없습니다.
#
# ## 진단 평가
#
# 슬라이드에는 A2C 문제가 없습니다. 첫 문제는 슬라이드의 동적 프로그래밍 진단 평가에서 가져왔고, 나머지는 새로
# 만들었습니다.
#
# <details><summary>정책 이터레이션이란? 정책 평가와 정책 발전은 각각 무엇을 의미하는가? (슬라이드)</summary>
#
# 정책 평가는 지금 정책의 가치함수를 구하는 것이고, 정책 발전은 그 가치로 보아 가장 좋은 행동을 고르도록 정책을 바꾸는
# 것입니다. 정책 이터레이션은 더 달라지지 않을 때까지 둘을 번갈아 합니다. A2C에서는 크리틱이 평가하고 액터가 발전합니다.
# </details>
#
# <details><summary>슬라이드의 가치신경망 MSE에서 정답(Answer)과 예측(prediction)은 무엇인가요?</summary>
#
# 정답은 그레이디언트가 흐르지 않는 레이블 $r + \gamma V(s')$이고, 예측은 $V(s)$입니다.
# </details>
#
# <details><summary>어떤 스텝의 어드밴티지가 0입니다. 액터와 크리틱은 무엇을 배우나요?</summary>
#
# 아무것도 배우지 않습니다. 기대한 그대로였으니까요. 두 오류함수의 기울기가 모두 0입니다.
# </details>
#
# **정리** 크리틱은 무엇을 기대할지 배우고, 액터는 기대보다 얼마나 좋았는지에 따라 움직입니다. 기댓값을 빼도 평균은
# 달라지지 않고 흔들림만 줄어듭니다. 07강에서처럼 `terminated`만이 부트스트랩을 끊습니다. **다음 시간** 15강: 여러 액터러너가
# 동시에, 그리고 여러 스텝짜리 타깃.
