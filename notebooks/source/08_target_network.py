# %% [markdown] lang="en"
# # 08 · The target network
#
# **On the slides** DQN, "Detour: Target Network" (lines 27 to 37) and `update_target_model`; documents
# 001 (section 4) and 003 explain it too.
#
# **You will be able to** show that a network which makes its own labels chases a moving target · hold the
# labels still with a second network · copy it all at once or little by little · say how often each
# document copies, and what the copy is worth over a hundred runs · find the bug that leaves the target
# network random after loading.
#
# **Time** 65 minutes · **Needs** lessons 03, 06 and 07 (networks, replay memory, Bellman target)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\theta$ | `model.get_weights()` | list of arrays | the weights of the **model**, the network that learns and acts |
# | $\theta^-$ | `target_model.get_weights()` | list of arrays | the weights of the **target network**, which makes the labels |
# | $Q(s', a'; \theta^-)$ | `target_model(next_states)` | `[B, A]` | what the target network says of the next states |
# | $y$ | `targets` | `[B]` | the labels, called targets |
# | $\tau$ | `tau` | number, 0 to 1 | how far the target network moves towards the model in one copy |

# %% [markdown] lang="ko"
# # 08 · 타깃 네트워크
#
# **슬라이드에서는** DQN의 "Detour: Target Network"(27~37행)와 `update_target_model`. 문서 001(4절)과 003에도 설명이
# 있습니다.
#
# **이번 시간이 끝나면** 자기 정답을 스스로 만드는 신경망이 움직이는 목표를 쫓는다는 것을 보일 수 있고 · 두 번째
# 신경망으로 정답을 붙잡아 둘 수 있고 · 그 신경망을 한꺼번에 또는 조금씩 복사할 수 있고 · 문서마다 얼마나 자주
# 복사하는지, 100번 실행해 보면 얼마나 도움이 되는지 말할 수 있고 · 가중치를 불러온 뒤에도 타깃 네트워크가 무작위로 남는
# 버그를 찾을 수 있습니다.
#
# **시간** 65분 · **먼저 볼 것** 03강, 06강, 07강 (신경망, 리플레이 메모리, 벨만 타깃)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $\theta$ | `model.get_weights()` | 배열의 리스트 | 배우고 행동하는 신경망, 곧 **모델**의 가중치 |
# | $\theta^-$ | `target_model.get_weights()` | 배열의 리스트 | 정답을 만드는 **타깃 네트워크**의 가중치 |
# | $Q(s', a'; \theta^-)$ | `target_model(next_states)` | `[B, A]` | 다음 상태에 대한 타깃 네트워크의 큐값 |
# | $y$ | `targets` | `[B]` | 정답 레이블, 곧 타깃 |
# | $\tau$ | `tau` | 0~1의 숫자 | 한 번 복사할 때 타깃 네트워크가 모델 쪽으로 움직이는 정도 |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNAgent, DQNVariantAgent, checks, q_network, update_target
from dqn_keras import use_one_thread
from dqn_keras.classroom import drawings, explore
from dqn_keras.experiments import RECIPES, load_results, plot_mean, score_matrix

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

use_one_thread()  # for networks this small, one thread computes faster than several
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## One state, by hand
#
# In lesson 07 the network made its own labels: the target of $Q(s, a)$ contains $\max_{a'} Q(s', a')$,
# which is its own answer. The smallest problem there is shows what comes of that: one state that leads
# back to itself, reward 1 in every step, $\gamma = 0.9$. Our "network" is one number $w = Q$. Each
# update moves $w$ halfway to its label $y = 1 + 0.9 \, Q$. But whose $Q$?
#
# Left: its own. Right: that of a copy $w^-$, which is renewed only before updates 1 and 3. Fill in four
# updates of each kind, beginning with 0:
#
# | update | own label: $y = 1 + 0.9 w$ | new $w$ | copy $w^-$ | $y = 1 + 0.9 w^-$ | new $w$ |
# |---|---|---|---|---|---|
# | 1 | 1 | 0.5 | 0 | 1 | 0.5 |
# | 2 | 1.45 | ? | 0 | ? | ? |
# | 3 | ? | ? | ? | ? | ? |
# | 4 | ? | ? | ? | ? | ? |

# %% [markdown] lang="ko"
# ## 한 상태를 손으로
#
# 07강의 신경망은 정답을 스스로 만들었습니다. $Q(s, a)$의 타깃에 들어 있는 $\max_{a'} Q(s', a')$가 바로 그 신경망의
# 답이기 때문입니다. 그러면 어떻게 되는지 세상에서 가장 작은 문제로 봅시다. 상태가 하나이고 늘 자기 자신으로
# 돌아오며, 스텝마다 보상은 1, $\gamma = 0.9$입니다. "신경망"은 숫자 하나 $w = Q$입니다. 한 번 업데이트할 때마다
# $w$는 정답 $y = 1 + 0.9 \, Q$ 쪽으로 절반을 갑니다. 그런데 이 $Q$는 누구의 답일까요?
#
# 왼쪽에서는 자기 자신의 답을, 오른쪽에서는 복사본 $w^-$의 답을 씁니다. 복사본은 1번째와 3번째 업데이트 직전에만
# 새로 만듭니다. 0에서 시작해 두 방법을 네 번씩 채워 보세요.
#
# | 업데이트 | 자기 정답: $y = 1 + 0.9 w$ | 새 $w$ | 복사본 $w^-$ | $y = 1 + 0.9 w^-$ | 새 $w$ |
# |---|---|---|---|---|---|
# | 1 | 1 | 0.5 | 0 | 1 | 0.5 |
# | 2 | 1.45 | ? | 0 | ? | ? |
# | 3 | ? | ? | ? | ? | ? |
# | 4 | ? | ? | ? | ? | ? |

# %%
w, v, v_copy = 0.0, 0.0, 0.0  # w labels itself, v is labelled by its copy
for update in range(1, 5):
    if update in (1, 3):
        v_copy = v
    own_label, label = 1 + 0.9 * w, 1 + 0.9 * v_copy
    w, v = (w + own_label) / 2, (v + label) / 2
    print(f"{update}:  own label {own_label:.3f}, w {w:.3f}  |  label of the copy {label:.3f}, w {v:.3f}")

# %% [markdown] lang="en"
# All four updates use the same sample (one state, reward 1). On the left its label is different every
# time: moving $w$ moved the goal. On the right the label stands still between two copies, as the labels
# of lesson 03 did. The price shows as well: the left $w$ is ahead, because the right one learns from an
# outdated copy. The true value is $1 / (1 - 0.9) = 10$, and both are on their way.
#
# Let both run. Four single updates give the numbers of the table. Now renew the copy every 10 updates and take 20 more: how
# often does the label move on each side, and how close does $w$ come to it in between? Last, say that the next state's $Q$
# is $1.2 \, w$, as for a network that cannot move one answer without pulling another along, and let it run for 60 updates. With
# $\gamma = 0.9$ the label now runs away from whoever chases it; on which side is that slower? (If there is only a picture, run
# the cell.)

# %% [markdown] lang="ko"
# 네 번 모두 같은 샘플(한 상태, 보상 1)입니다. 왼쪽은 매번 정답이 다릅니다. $w$를 움직이니 목표도 움직였습니다.
# 오른쪽은 복사와 복사 사이에 정답이 가만히 있습니다. 보통의 지도학습처럼요. 그 대가도 보입니다. 복사본은 낡은
# 것이라 왼쪽의 $w$가 앞서 있습니다. 참값은 $1 / (1 - 0.9) = 10$이고, 둘 다 그리로 가는 길입니다.
#
# 이제 둘 다 직접 돌려 봅시다. 한 번씩 네 번 업데이트하면 표의 숫자가 나옵니다. 복사 간격을 10으로 바꾸고 20번 더 업데이트해
# 보세요. 정답은 양쪽에서 각각 몇 번 움직이나요? 그 사이에 $w$는 정답에 얼마나 가까워지나요? 마지막으로 다음 상태의 $Q$를
# $1.2 \, w$로 바꾸고 60번까지 업데이트해 보세요. 신경망에서는 한 답을 움직이면 다른 답까지 끌려 움직이곤 하는데, 그것을 흉내 낸
# 것입니다. $\gamma = 0.9$이면 이제 정답은 쫓아갈수록 달아납니다. 어느 쪽에서 더 천천히 달아나나요? (그림만 보인다면 셀을
# 실행하세요.)

# %%
explore("moving_target")

# %% [markdown] lang="en"
# ## Two networks
#
# So DQN keeps two networks of the same shape. The **model**, with weights $\theta$, chooses the actions and learns. The
# **target network**, with weights $\theta^-$, does nothing but make labels:
#
# $$y = r + \gamma \, (1 - d) \max_{a'} Q(s', a'; \theta^-) \qquad \text{loss} = \big(y - Q(s, a; \theta)\big)^2$$

# %% [markdown] lang="ko"
# ## 신경망 두 개
#
# 그래서 DQN에는 모양이 같은 신경망이 두 개 있습니다. 가중치가 $\theta$인 **모델**은 행동을 고르고 배웁니다. 가중치가
# $\theta^-$인 **타깃 네트워크**는 정답만 만듭니다.
#
# $$y = r + \gamma \, (1 - d) \max_{a'} Q(s', a'; \theta^-) \qquad \text{loss} = \big(y - Q(s, a; \theta)\big)^2$$

# %%
drawings.model_and_target_network()

# %% [markdown] lang="en"
# Follow one batch from the left: $s, a$ go to the model, $s'$ to the target network. The error goes back to the model
# alone. Now and then (dashed) the target network is renewed:
#
# $$\theta^- \leftarrow \tau \, \theta + (1 - \tau) \, \theta^-$$
#
# With $\tau = 1$ this is the lecture's **hard update**, a plain copy. With a small $\tau$, after every single update,
# it is the **soft update** of Lillicrap et al., 2016.
#
# ## Exercise 1 · the soft update ★☆☆ 10 minutes
#
# The weights of a network are a list of arrays, two for each layer: its kernel (the table of weights)
# and its biases. Return the target network's new weights, a list of arrays of the same shapes, and
# leave the two lists that came in as they are. By hand first: a target weight of 10, a model weight of
# 20 and $\tau = 0.1$ give a new target weight of 11.

# %% [markdown] lang="ko"
# 배치 하나를 왼쪽에서부터 따라가 보세요. $s, a$는 모델로, $s'$은 타깃 네트워크로 갑니다. 오차는 모델로만 돌아갑니다.
# 그리고 가끔(점선) 타깃 네트워크를 새로 고칩니다.
#
# $$\theta^- \leftarrow \tau \, \theta + (1 - \tau) \, \theta^-$$
#
# $\tau = 1$이면 강의에 나오는 **하드 업데이트**, 곧 단순한 복사입니다. 작은 $\tau$로 업데이트할 때마다 조금씩 옮기면
# Lillicrap 등(2016)의 **소프트 업데이트**입니다.
#
# ## 연습 1 · 소프트 업데이트 ★☆☆ 10분
#
# 신경망의 가중치는 배열의 리스트이고, 층마다 커널(가중치의 표)과 편향이 하나씩 들어 있습니다. 타깃 네트워크의 새
# 가중치를 같은 모양의 배열을 담은 리스트로 반환하세요. 받은 두 리스트는 바꾸지 않습니다. 먼저 손으로 해 보면, 타깃 10,
# 모델 20, $\tau = 0.1$일 때 11입니다.

# %% exercise="soft_update"
def my_soft_update(target_weights, weights, tau):
    ### BEGIN SOLUTION
    pairs = zip(target_weights, weights, strict=True)
    return [tau * new + (1 - tau) * old for old, new in pairs]
    ### END SOLUTION

# %% check="soft_update" points=2
checks.check_soft_update(my_soft_update)

# %% [markdown] lang="en"
# If the model stands still, one soft update shrinks the gap between the two networks to $1 - \tau$ of itself. After $k$
# of them
#
# $$\text{gap}_k = (1 - \tau)^k \, \text{gap}_0$$
#
# is left: with $\tau = 0.01$, half of it after 69 updates. Does yours do that to real networks? (`q_network(4, 2)`
# builds one for CartPole; `get_weights` and `set_weights` read and write its arrays.)

# %% [markdown] lang="ko"
# 모델이 가만히 있다면, 소프트 업데이트를 한 번 할 때마다 두 신경망의 차이는 $1 - \tau$배로 줄어듭니다. 그러면 $k$번
# 뒤에 남는 차이는
#
# $$\text{gap}_k = (1 - \tau)^k \, \text{gap}_0$$
#
# 입니다. $\tau = 0.01$이면 69번 만에 절반이 됩니다. 여러분의 함수로 실제 신경망에서 확인해 봅시다. (`q_network(4, 2)`는
# 카트폴에 쓰는 신경망을 만들고, `get_weights`와 `set_weights`는 그 배열을 읽고 씁니다.)

# %%
def gap(target_model, model):
    pairs = zip(target_model.get_weights(), model.get_weights(), strict=True)
    return sum(np.abs(target - weight).sum() for target, weight in pairs)


def renew(target_model, model, tau=1.0):
    target_model.set_weights(my_soft_update(target_model.get_weights(), model.get_weights(), tau))


model, target_model = q_network(4, 2, seed=0), q_network(4, 2, seed=1)
gap_before = gap(target_model, model)
for _ in range(69):
    renew(target_model, model, tau=0.01)
share_left = gap(target_model, model) / gap_before
print(f"share of the gap that is left: {share_left:.3f}, formula {0.99**69:.3f}")
renew(target_model, model)
print("after a hard update:", gap(target_model, model))

# %% [markdown] lang="en"
# (The package's `update_target(target_model, model, tau)` does the same inside a compiled program.)
#
# ## Exercise 2 · who makes the labels? ★☆☆ 10 minutes
#
# Two networks, one batch. Return the targets `[B]`; neither network changes. It is lesson 07 in one
# line, with the right network in it. `model(next_states)` gives Q-values `[B, A]`, and so does
# `target_model(next_states)`. Here is lesson 07's target; replace it with yours, if you like:

# %% [markdown] lang="ko"
# (패키지의 `update_target(target_model, model, tau)`는 같은 일을 컴파일된 프로그램 안에서 합니다.)
#
# ## 연습 2 · 정답은 누가 만들까 ★☆☆ 10분
#
# 신경망 둘, 배치 하나입니다. 타깃 `[B]`를 반환하세요. 두 신경망은 바꾸지 않습니다. 07강의 한 줄에 알맞은 신경망을
# 넣으면 됩니다. `model(next_states)`도 `target_model(next_states)`도 큐값 `[B, A]`를 줍니다. 아래는 07강의 타깃입니다.
# 여러분이 쓴 것으로 바꾸어도 좋습니다.

# %%
def my_bellman_target(rewards, next_q_values, terminated, discount_factor):  # lesson 07
    best_next = np.max(next_q_values, axis=1)
    return rewards + discount_factor * (1 - terminated) * best_next

# %% exercise="fixed_targets"
def my_targets(rewards, next_states, terminated, model, target_model, discount_factor):
    ### BEGIN SOLUTION
    next_q_values = target_model(next_states)
    return my_bellman_target(rewards, next_q_values, terminated, discount_factor)
    ### END SOLUTION

# %% check="fixed_targets" points=2
checks.check_fixed_targets(my_targets)

# %% [markdown] lang="en"
# ## The moving target, made visible
#
# Now CartPole. We fill a memory by random play, set 200 of its transitions aside and watch the mean of *their* labels,
# made by your function, while the agent makes 600 updates from the same memory. Nothing is added to the memory, and
# every run starts with the same weights. Only the copying differs, and your `renew` does it. (To copy before every
# update is the same as to have no target network.)

# %% [markdown] lang="ko"
# ## 움직이는 목표를 눈으로 보기
#
# 이제 카트폴입니다. 무작위로 플레이해서 메모리를 채우고 샘플 200개를 따로 둡니다. 에이전트가 같은 메모리로 600번
# 업데이트하는 동안, 여러분의 함수로 만든 *그 샘플들의* 정답이 평균적으로 어떻게 바뀌는지 봅시다. 메모리에는 아무것도
# 더하지 않고, 매번 같은 가중치에서 시작합니다. 다른 것은 여러분의 `renew`로 복사하는 방법뿐입니다. (업데이트마다
# 복사하는 것은 타깃 네트워크가 없는 것과 같습니다.)

# %%
agent, environment = DQNAgent(4, 2), CartPole()
train_model = tf.function(agent.train_model)  # lesson 07's step, without Python


def begin(seed=0):  # the same weights and the same memory every time
    agent.reset(seed)
    environment.reset(seed)
    while len(agent.memory) < 900:  # below 1000 it plays at random and learns nothing
        agent.run_episode(environment)


def watch(copy, updates=600):
    begin()
    batch = agent.memory.sample(200, tf.random.Generator.from_seed(1))
    aside = [c.numpy() for c in (batch.rewards, batch.next_states, batch.terminated)]
    means = []
    for update in range(updates):
        copy(update)
        means.append(np.mean(my_targets(*aside, agent.model, agent.target_model, 0.99)))
        train_model()
    return np.array(means)

# %%
def copy_every_100(update):
    if update % 100 == 0:
        renew(agent.target_model, agent.model)


watched = {
    "no target network": watch(lambda update: renew(agent.target_model, agent.model)),
    "hard update, every 100": watch(copy_every_100),
    "soft update, tau 0.01": watch(lambda update: renew(agent.target_model, agent.model, 0.01)),
}

# %%
moves = {}
for name, means in watched.items():
    plt.plot(means, label=name)
    moves[name] = int(np.sum(np.abs(np.diff(means)) > 1e-6))
    print(f"{name:23s} the labels moved after {moves[name]} of 599 updates")
plt.xlabel("update")
plt.ylabel("mean label of 200 samples")
plt.legend()
plt.show()
steps_a_fall = len(agent.memory) / agent.memory.terminated.numpy()[: len(agent.memory)].sum()

# %% [markdown] lang="en"
# Without a target network the labels of the same 200 samples drift all the time. With hard updates they
# move {{moves["hard update, every 100"]:.0f}} times, and in between the network fits fixed labels, as
# in lesson 03. With the soft update the labels never stop moving, but they lag behind and move
# smoothly.
#
# It is right that the labels move at all: they carry what was learned so far one step further back. (They go down here
# because random play ends in a fall, worth −100, every {{steps_a_fall:.0f|20%}} steps.) Without a target network they
# even get there sooner. So the picture shows what a target network does, not yet whether it is good. That takes whole
# runs.
#
# ## What it is worth: a hundred runs of each kind
#
# Runs of the same agent differ a lot from seed to seed, so a few of them prove nothing. `results/`
# holds the scores of a hundred runs of the lecture's agent, 300 episodes each, and of a hundred more in
# which only the target network is missing (seeds 0 to 99 in both). Left, the mean of the hundred, with
# its 95% interval as a band: the range in which the true mean plausibly lies. Right, each run on its
# own: its mean score over its last 50 episodes, sorted.

# %% [markdown] lang="ko"
# 타깃 네트워크가 없으면 똑같은 샘플 200개의 정답이 쉬지 않고 바뀝니다. 하드 업데이트에서는
# {{moves["hard update, every 100"]:.0f}}번만 움직이고, 그 사이에 신경망은 보통의 회귀 문제를 풉니다. 소프트
# 업데이트는 멈추지 않지만, 뒤처져서 매끄럽게 따라옵니다.
#
# 정답이 움직이는 것 자체는 당연합니다. 지금까지 배운 가치를 한 스텝 더 앞으로 전하는 것이니까요. (여기서 값이
# 내려가는 것은 무작위로 플레이하면 {{steps_a_fall:.0f|20%}}스텝마다 쓰러져서 −100을 받기 때문입니다.) 타깃
# 네트워크가 없으면 오히려 더 빨리 내려갑니다. 그러니 이 그림은 타깃 네트워크가 하는 일을 보여 줄 뿐입니다. 도움이
# 되는지는 끝까지 학습시켜 보아야 압니다.
#
# ## 얼마나 도움이 되나: 각각 100번씩
#
# 똑같은 에이전트라도 시드에 따라 결과가 크게 달라서, 몇 번 해 본 것으로는 아무것도 증명되지 않습니다.
# `results/`에는 강의의 에이전트를 300에피소드씩 100번 학습시킨 점수와, 타깃 네트워크만 빼고 100번 학습시킨 점수가
# 있습니다(둘 다 시드 0~99). 왼쪽은 100번을 평균한 곡선이고, 띠는 그 평균이 95% 확신으로 들어 있는 범위입니다.
# 오른쪽은 실행 하나하나의 마지막 50에피소드 평균을 크기순으로 늘어놓았습니다.

# %%
FILES = {
    "target network": "slides_dqn-300episodes",
    "no target network": "slides_dqn-target_update=never-300episodes",
}
training, last = {}, {}
_, (left, right) = plt.subplots(1, 2)
for name, file in FILES.items():
    try:
        scores = score_matrix(load_results(file), 300)  # [100, 300], one run a row
    except FileNotFoundError as missing:  # as on Colab, where only the package is
        print(missing)
        continue
    training[name], last[name] = scores.mean(axis=1), scores[:, -50:].mean(axis=1)
    plot_mean(scores, label=name, axes=left)
    right.plot(np.sort(last[name]), label=name)
    print(f"{name:17s} mean score {training[name].mean():.0f}, last 50 {last[name].mean():.0f}")
left.set(xlabel="episode", ylabel="score")
right.set(xlabel="run, sorted", ylabel="mean of its last 50 scores")
right.legend(loc="lower right")
plt.show()

# %%
behind = np.mean([a < b for a in last["target network"] for b in last["no target network"]])
print(f"of all pairs, one run of each kind, the one without is ahead at the end in {behind:.0%}")

# %% [markdown] lang="en"
# The target network is worth a lot here: {{training["target network"].mean():.0f}} steps an episode
# instead of {{training["no target network"].mean():.0f}} while training,
# {{last["target network"].mean():.0f}} instead of {{last["no target network"].mean():.0f}} in the last
# 50 episodes. The bands part around episode 90; after that they overlap only now and then (around
# episodes 120 to 140, and once near the end). So the agent whose labels moved sooner in the picture
# above is the one that learns worse.
#
# But "without it DQN does not learn" would be too much: the lower curve rises, too. And single runs
# overlap: take one of each kind, and in {{behind:.0%}} of the pairs the one *without* has the better
# last 50 episodes. If you run each just once, you may see the opposite of what is true. Lesson 11 does
# this for all of DQN's ideas.
#
# ## How often do the documents copy?
#
# The paper that the lecture cites (Mnih et al., 2013) has no target network yet; it came with the same group's paper in
# Nature, 2015, which copied every 10,000 updates. The lecture copies at the end of every episode.

# %% [markdown] lang="ko"
# 여기서 타깃 네트워크는 큰 도움이 됩니다. 학습하는 동안 에피소드당
# {{training["no target network"].mean():.0f}}스텝이 아니라 {{training["target network"].mean():.0f}}스텝을 버티고,
# 마지막 50에피소드에서는 {{last["no target network"].mean():.0f}}스텝이 아니라
# {{last["target network"].mean():.0f}}스텝을 버팁니다. 두 띠는 90번째 에피소드쯤에서 갈라지고,
# 그 뒤로는 가끔만 겹칩니다(120~140번째 에피소드쯤과 끝 무렵).
# 위의 그림에서는 타깃 네트워크가 없을 때 정답이 더 빨리 움직였지만, 학습은 오히려 그쪽이 더 못했습니다.
#
# 그렇다고 "없으면 배우지 못한다"고 하면 지나친 말입니다. 아래쪽 곡선도 올라갑니다. 그리고 실행 하나하나를 보면 두
# 쪽의 점수가 서로 겹칩니다. 양쪽에서 하나씩 뽑아 마지막 50에피소드를 견주면 {{behind:.0%}}의 경우에는 타깃
# 네트워크가 *없는* 쪽이 앞섭니다. 한 번씩만 실행하면 사실과 반대로 보일 수도 있습니다. DQN의 다른 아이디어도
# 11강에서 이렇게 재어 봅니다.
#
# ## 문서마다 얼마나 자주 복사할까
#
# 강의가 인용한 논문(Mnih 등, 2013)에는 아직 타깃 네트워크가 없습니다. 타깃 네트워크는 같은 그룹의 2015년 Nature
# 논문에서 나왔고, 거기서는 10,000번 업데이트할 때마다 복사했습니다. 강의는 에피소드가 끝날 때마다 복사합니다.

# %%
for name in ("slides_dqn", "velog_dqn", "book_dqn", "g6ling_dqn", "juvin_dqn"):
    settings = DQNVariantAgent(4, 2, **RECIPES[name].settings).settings
    unit, every = settings.target_update, settings.target_update_every
    print(f"{name:10s}", "no target network" if unit == "never" else f"every {every} {unit}")

agent.reset(0)
environment.reset(0)
scores = np.array([float(agent.run_episode(environment)) for _ in range(200)])
learning = scores.cumsum() - scores >= 1000  # episodes in which every step is also an update
shortest, longest = scores[learning].min(), scores[learning].max()
print(f"updates between two copies, lecture's agent, seed 0: from {shortest:.0f} to {longest:.0f}")

# %% [markdown] lang="en"
# (`slides_dqn` is the lecture's agent, document 002; the others are the documents 000, 001, 003 and
# 004, in this order.) "Once an episode" hides something: while the agent is bad, the labels are renewed
# after as few as {{shortest:.0f|30%}} updates; when it is good, only after {{longest:.0f|10%}}.
# Counting steps, as document 003 does, keeps the interval constant.
#
# ## Bug hunt · loaded, and still random ★★☆ 10 minutes
#
# The constructor of the lecture's agent makes both networks, copies one into the other, and *then*
# loads saved weights. Below are these steps, with the saved weights as an argument. Training that
# continues from here gets its labels from a random network until the first episode ends. The gap
# between the two shows it:

# %% [markdown] lang="ko"
# (`slides_dqn`이 강의의 에이전트인 문서 002이고, 나머지는 차례로 문서 000, 001, 003, 004입니다.) "에피소드마다 한
# 번"이라는 말에는 함정이 있습니다. 에이전트가 못할 때는 {{shortest:.0f|30%}}번 만에, 잘할 때는
# {{longest:.0f|10%}}번 업데이트한 뒤에야 정답이 새로워집니다. 문서 003처럼 스텝을 세면 간격이 일정합니다.
#
# ## 버그 찾기 · 불러왔는데도 무작위 ★★☆ 10분
#
# 강의 코드의 생성자는 두 신경망을 만들고, 복사하고, *그다음에* 저장된 가중치를 불러옵니다. 아래는 그 순서를 옮긴
# 것이고, 저장된 가중치는 인자로 받습니다. 여기서 학습을 이어 가면 첫 에피소드가 끝날 때까지 무작위 신경망이 정답을
# 만듭니다. 두 신경망의 차이를 보면 알 수 있습니다.

# %%
def lecture_networks(build_model, saved_weights):
    model = build_model()
    target_model = build_model()
    target_model.set_weights(model.get_weights())
    model.set_weights(saved_weights)
    return model, target_model


saved_weights = q_network(4, 2, seed=5).get_weights()  # stands for a trained network's file
model, target_model = lecture_networks(lambda: q_network(4, 2), saved_weights)
print(f"gap between target network and model: {gap(target_model, model):.1f}")

# %% [markdown] lang="en"
# Return two networks, `model, target_model`, that agree after loading, and that are two: training the model must not
# move the target network. `build_model()` makes one, with random weights; `set_weights` and `get_weights` are as above.

# %% [markdown] lang="ko"
# 불러온 뒤에 두 신경망이 같도록 고쳐서 `model, target_model`을 반환하세요. 단, 신경망은 둘이어야 합니다. 모델을
# 학습시킬 때 타깃 네트워크가 따라 움직이면 안 됩니다. `build_model()`은 가중치가 무작위인 신경망을 하나 만듭니다.
# `set_weights`와 `get_weights`는 위에서 쓴 그대로입니다.

# %% exercise="loaded_networks"
def my_networks(build_model, saved_weights):
    ### BEGIN SOLUTION
    model = build_model()
    model.set_weights(saved_weights)
    target_model = build_model()
    target_model.set_weights(model.get_weights())
    return model, target_model
    ### END SOLUTION

# %% check="loaded_networks" points=2
checks.check_loaded_networks(my_networks)

# %%
model, target_model = my_networks(lambda: q_network(4, 2), saved_weights)
print(f"gap after your loading: {gap(target_model, model):.1f}")
model.set_weights([weights + 1 for weights in model.get_weights()])  # as if it had learned
print(f"gap once the model has moved: {gap(target_model, model):.1f}")

# %% [markdown] lang="en"
# `DQNAgent.load_weights` copies after loading, and `DQNAgent` copies once when it is made. (Document 001 forgets that,
# so in its first episode the labels come from an unrelated network.)
#
# One more silent trap, of Keras: a `Sequential` without an input shape has no weights until it sees its first batch.
# Copying them then copies nothing, without a word. `update_target` refuses:

# %% [markdown] lang="ko"
# `DQNAgent.load_weights`는 불러온 다음에 복사하고, `DQNAgent`는 만들어질 때 한 번 복사합니다. (문서 001은 이것을
# 빠뜨려서 첫 에피소드에서는 상관없는 신경망이 정답을 만듭니다.)
#
# 조용한 함정이 Keras에도 하나 있습니다. 입력 모양을 주지 않은 `Sequential`은 첫 배치를 볼 때까지 가중치가 없습니다.
# 그때 복사하면 오류 메시지도 없이 아무것도 복사되지 않습니다. `update_target`은 거절합니다.

# %%
unbuilt, other = (keras.Sequential([keras.layers.Dense(2)]) for _ in range(2))
unbuilt.set_weights(other.get_weights())  # no error
print("weights copied:", other.get_weights())
try:
    update_target(unbuilt, other)
except ValueError as error:
    print("update_target:", error)

# %% [markdown] lang="en"
# ## Review
#
# <details><summary>1) What is the target network, and why is it needed?</summary>
#
# A copy of the model that makes the labels and is renewed only now and then. Q-learning improves a prediction by means
# of another prediction (it bootstraps); with one network, every update would also move the label it is aiming at.
# </details>
#
# <details><summary>2) Which network acts, which is trained, and which makes the labels?</summary>
#
# The model acts and is trained; the target network makes the labels. (Document 003 also acts with the target network,
# whose knowledge is up to 100 steps old.)
# </details>
#
# <details><summary>3) What happens if the target network is never renewed?</summary>
#
# The labels stay those of the first random network: the model can learn one step of rewards plus nonsense, and no more.
# </details>
#
# <details><summary>4) `target_model = model`: is that a copy?</summary>
#
# No, a second name for one network: every update moves "both". The check of the bug hunt tries it.
# </details>
#
# **Summary** Labels come from $\theta^-$, gradients go to $\theta$; now and then $\theta^-$ is renewed,
# all at once or by a little. Over a hundred runs that is worth a lot on CartPole; in a single run you
# may see the opposite. Copy after loading. **Next** lesson 09: epsilon, memory, target, target network:
# your whole DQN agent.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>1) 타깃 네트워크란 무엇이고, 왜 필요한가요?</summary>
#
# 정답을 만드는 모델의 복사본으로, 가끔만 새로 고칩니다. 큐러닝은 예측을 다른 예측으로 고쳐 나갑니다(부트스트랩).
# 신경망이 하나뿐이면 업데이트할 때마다, 겨누고 있는 정답까지 움직입니다.
# </details>
#
# <details><summary>2) 행동하는 신경망, 배우는 신경망, 정답을 만드는 신경망은 각각 어느 것인가요?</summary>
#
# 행동하고 배우는 것은 모델이고, 정답을 만드는 것은 타깃 네트워크입니다. (문서 003은 행동도 타깃 네트워크로
# 고릅니다. 그러면 많게는 100스텝 전의 지식으로 행동하게 됩니다.)
# </details>
#
# <details><summary>3) 타깃 네트워크를 한 번도 새로 고치지 않으면 어떻게 되나요?</summary>
#
# 언제까지나 처음의 무작위 신경망이 정답을 만듭니다. 모델은 한 스텝의 보상에 무의미한 값을 더한 것밖에 배울 수
# 없습니다.
# </details>
#
# <details><summary>4) `target_model = model`은 복사인가요?</summary>
#
# 아닙니다. 한 신경망에 이름을 하나 더 붙인 것이라 업데이트할 때마다 "둘 다" 움직입니다. 버그 찾기의 확인 코드가 이것도
# 잡아냅니다.
# </details>
#
# **정리** 정답은 $\theta^-$에서 나오고 그레이디언트는 $\theta$로 갑니다. $\theta^-$는 가끔 한꺼번에, 또는 조금씩 새로
# 고칩니다. 카트폴에서 100번씩 실행해 보면 큰 도움이 되지만, 한 번만 실행하면 반대로 보일 수도 있습니다. 그리고 불러온
# 다음에 복사하세요. **다음 시간** 09강: 입실론, 메모리, 타깃, 타깃 네트워크를 모아 여러분의 DQN 에이전트를 완성합니다.
