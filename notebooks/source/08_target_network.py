# %% [markdown] lang="en"
# # 08 · The target network
#
# Slides: DQN, "Detour: Target Network" (lines 27 to 37) and `update_target_model`. The documents 001
# (section 4) and 003 explain it too.
#
# **You will be able to** show that a network which makes its own labels chases a moving target · hold
# the labels still with a second network · copy it hard or softly · say how often each document copies
# · find the bug that leaves the target network random after loading.
#
# **Time** 35 minutes · **Needs** lessons 06 and 07 (replay memory, Bellman target)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\theta$ | `model.get_weights()` | list of arrays | the weights of the **model**, which learns and acts |
# | $\theta^-$ | `target_model.get_weights()` | list of arrays | the weights of the **target network**, which makes the labels |
# | $Q(s', a'; \theta^-)$ | `target_model(next_states)` | `[B, A]` | what the target network says of the next states |
# | $y$ | `targets` | `[B]` | the labels |
# | $\tau$ | `tau` | number, 0 to 1 | how far the target network moves towards the model in one copy |

# %% [markdown] lang="ko"
# # 08 · 타깃 네트워크
#
# 슬라이드: DQN의 "Detour: Target Network"(27~37행)과 `update_target_model`. 시드 문서 001(4절)과 003도 설명합니다.
#
# **이번 시간이 끝나면** 자기 정답을 스스로 만드는 신경망이 움직이는 목표를 쫓는 모습을 보일 수 있고 · 두 번째
# 신경망으로 정답을 붙잡아 둘 수 있고 · 한꺼번에 또는 조금씩 복사할 수 있고 · 문서마다 얼마나 자주 복사하는지 말할 수
# 있고 · 가중치를 불러온 뒤 타깃 네트워크가 무작위로 남는 버그를 찾을 수 있습니다.
#
# **시간** 35분 · **먼저 볼 것** 06, 07 (리플레이 메모리, 벨만 타깃)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $\theta$ | `model.get_weights()` | 배열의 리스트 | 배우고 행동하는 **모델**의 가중치 |
# | $\theta^-$ | `target_model.get_weights()` | 배열의 리스트 | 정답을 만드는 **타깃 네트워크**의 가중치 |
# | $Q(s', a'; \theta^-)$ | `target_model(next_states)` | `[B, A]` | 다음 상태에 대한 타깃 네트워크의 큐값 |
# | $y$ | `targets` | `[B]` | 정답(타깃) |
# | $\tau$ | `tau` | 0~1의 숫자 | 한 번 복사할 때 모델 쪽으로 얼마나 움직이나 |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNAgent, bellman_target, checks, q_network, update_target
from dqn_keras import DQNVariantAgent, use_one_thread
from dqn_keras.experiments import RECIPES

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

use_one_thread()  # for networks this small, handing work to other threads costs more than it saves

# %% [markdown] lang="en"
# ## One state, by hand
#
# The smallest problem there is: one state that leads back to itself, reward 1 in every step,
# $\gamma = 0.9$. Our "network" is one number $w = Q$. Each update moves $w$ halfway to its label
# $y = 1 + 0.9 \, Q$. But whose $Q$? Fill in four updates of each kind, beginning with 0:
#
# | update | own label: $y = 1 + 0.9 w$ | new $w$ | copy $w^-$ (renewed before updates 1 and 3) | $y = 1 + 0.9 w^-$ | new $w$ |
# |---|---|---|---|---|---|
# | 1 | 1 | 0.5 | 0 | 1 | 0.5 |
# | 2 | 1.45 | ? | 0 | ? | ? |
# | 3 | ? | ? | ? | ? | ? |
# | 4 | ? | ? | ? | ? | ? |

# %% [markdown] lang="ko"
# ## 한 상태를 손으로
#
# 세상에서 가장 작은 문제입니다. 상태가 하나이고 늘 자기 자신으로 돌아오며, 스텝마다 보상 1, $\gamma = 0.9$입니다.
# "신경망"은 숫자 하나 $w = Q$입니다. 한 번 업데이트할 때마다 $w$는 정답 $y = 1 + 0.9 \, Q$ 쪽으로 절반을 갑니다. 그런데 이
# $Q$는 누구의 것일까요? 두 방법으로 0에서 시작해 네 번씩 채워 보세요.
#
# | 업데이트 | 자기 정답: $y = 1 + 0.9 w$ | 새 $w$ | 복사본 $w^-$ (1, 3번째 전에 새로 복사) | $y = 1 + 0.9 w^-$ | 새 $w$ |
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
# The sample is the same in all four updates (one state, reward 1). On the left its label is another one
# every time: moving $w$ moved the goal. On the right the label stands still between two copies, as
# labels do in ordinary supervised learning. The price is also there to see: the left $w$ is ahead, for
# the copy is out of date. The true value is $1 / (1 - 0.9) = 10$; both are on their way.

# %% [markdown] lang="ko"
# 네 번 모두 같은 샘플(한 상태, 보상 1)입니다. 왼쪽은 매번 정답이 다릅니다. $w$를 움직이니 목표도 움직였습니다.
# 오른쪽은 복사와 복사 사이에 정답이 가만히 있습니다. 보통의 지도 학습에서처럼요. 대가도 보입니다. 복사본은 낡은
# 것이므로 왼쪽의 $w$가 앞서 있습니다. 참값은 $1 / (1 - 0.9) = 10$이고, 둘 다 가는 길입니다.

# %% [markdown] lang="en"
# ## The formula
#
# The label comes from the target network, everything else from the model:
#
# $$y = r + \gamma \, (1 - d) \max_{a'} Q(s', a'; \theta^-) \qquad \text{loss} = \big(y - Q(s, a; \theta)\big)^2$$
#
# Now and then the target network is renewed:
#
# $$\theta^- \leftarrow \tau \, \theta + (1 - \tau) \, \theta^-$$
#
# With $\tau = 1$ this is the slides' **hard update**, a plain copy. With a small $\tau$, after every
# single update, it is the **soft update** of Lillicrap et al., 2016.

# %% [markdown] lang="ko"
# ## 수식
#
# 정답은 타깃 네트워크에서, 나머지는 모두 모델에서 나옵니다.
#
# $$y = r + \gamma \, (1 - d) \max_{a'} Q(s', a'; \theta^-) \qquad \text{loss} = \big(y - Q(s, a; \theta)\big)^2$$
#
# 그리고 가끔 타깃 네트워크를 새로 고칩니다.
#
# $$\theta^- \leftarrow \tau \, \theta + (1 - \tau) \, \theta^-$$
#
# $\tau = 1$이면 슬라이드의 **하드 업데이트**, 곧 단순한 복사입니다. 작은 $\tau$로 업데이트마다 조금씩 옮기면 Lillicrap
# 등(2016)의 **소프트 업데이트**입니다.

# %% [markdown] lang="en"
# ## Exercise 1 · the soft update ★☆☆ 10 minutes
#
# The weights of a network are a list of arrays, one for each layer's kernel and bias. Return the target
# network's new weights, a list of arrays of the same shapes, and leave the two lists that came in as they
# are. By hand first: target 10, model 20, $\tau = 0.1$ gives 11.

# %% [markdown] lang="ko"
# ## 연습 1 · 소프트 업데이트 ★☆☆ 10분
#
# 신경망의 가중치는 층마다 커널과 편향이 하나씩인 배열의 리스트입니다. 타깃 네트워크의 새 가중치를 같은 모양의 배열을 담은
# 리스트로 반환하세요. 받은 두 리스트는 바꾸지 않습니다. 먼저 손으로: 타깃 10, 모델 20, $\tau = 0.1$이면 11입니다.

# %% exercise="soft_update"
def my_soft_update(target_weights, weights, tau):
    ### BEGIN SOLUTION
    pairs = zip(target_weights, weights, strict=True)
    return [tau * new + (1 - tau) * old for old, new in pairs]
    ### END SOLUTION

# %% check="soft_update" points=2
checks.check_soft_update(my_soft_update)

# %% [markdown] lang="en"
# ## Exercise 2 · who makes the labels? ★☆☆ 10 minutes
#
# Two networks, one batch. Return the targets `[B]`; neither network changes. Lesson 07 in one line, with
# the right network in it: `dqn_keras.bellman_target` may help. `model(next_states)` gives Q-values `[B, A]`.

# %% [markdown] lang="ko"
# ## 연습 2 · 정답은 누가 만들까 ★☆☆ 10분
#
# 신경망 둘, 배치 하나입니다. 타깃 `[B]`를 반환하세요. 두 신경망은 바꾸지 않습니다. 06의 한 줄에 알맞은 신경망을 넣으면
# 됩니다. `dqn_keras.bellman_target`을 써도 좋습니다. `model(next_states)`는 큐값 `[B, A]`를 줍니다.

# %% exercise="fixed_targets"
def my_targets(rewards, next_states, terminated, model, target_model, discount_factor):
    ### BEGIN SOLUTION
    return bellman_target(rewards, target_model(next_states), terminated, discount_factor)
    ### END SOLUTION

# %% check="fixed_targets" points=2
checks.check_fixed_targets(my_targets)

# %% [markdown] lang="en"
# The tested update is `dqn_keras.update_target(target_model, model, tau=1.0)`; it changes the first
# network in place. A soft update leaves $1 - \tau$ of the gap between the two, so after $k$ of them
#
# $$\text{gap}_k = (1 - \tau)^k \, \text{gap}_0$$
#
# if the model stands still. With $\tau = 0.01$ half of it should be left after 69 updates:

# %% [markdown] lang="ko"
# 테스트를 거친 것은 `dqn_keras.update_target(target_model, model, tau=1.0)`이고, 첫 번째 신경망을 직접 바꿉니다. 소프트
# 업데이트 한 번은 둘의 차이를 $1 - \tau$만큼 남기므로, 모델이 가만히 있다면 $k$번 뒤에는
#
# $$\text{gap}_k = (1 - \tau)^k \, \text{gap}_0$$
#
# 입니다. $\tau = 0.01$이면 69번 뒤에 절반이 남아야 합니다.

# %%
def gap(target_model, model):
    pairs = zip(target_model.get_weights(), model.get_weights(), strict=True)
    return sum(np.abs(target - weight).sum() for target, weight in pairs)


model, target_model = q_network(4, 2, seed=0), q_network(4, 2, seed=1)
gap_before = gap(target_model, model)
for _ in range(69):
    update_target(target_model, model, tau=0.01)
share_left = gap(target_model, model) / gap_before
print(f"share of the gap that is left: {share_left:.3f}, formula {0.99**69:.3f}")
update_target(target_model, model)
print("after a hard update:", gap(target_model, model))

# %% [markdown] lang="en"
# ## The moving target, made visible
#
# Now CartPole. We fill a memory by random play, set 200 of its transitions aside and watch the mean of
# *their* labels while the agent makes 600 updates from the same memory. Nothing is added to the memory, and
# in every run the agent starts with the same weights. Only the copying differs. (To copy before every
# update is the same as to have no target network.)

# %% [markdown] lang="ko"
# ## 움직이는 목표를 눈으로
#
# 이제 카트폴입니다. 무작위로 놀아서 메모리를 채우고 샘플 200개를 따로 둡니다. 에이전트가 같은 메모리로 600번 업데이트하는
# 동안 *그 샘플들의* 정답이 평균적으로 어떻게 바뀌는지 봅시다. 메모리에는 아무것도 더하지 않고, 매번 같은 가중치에서
# 시작합니다. 다른 것은 복사하는 방법뿐입니다. (업데이트마다 복사하는 것은 타깃 네트워크가 없는 것과 같습니다.)

# %%
agent, environment = DQNAgent(4, 2), CartPole()
train_model = tf.function(agent.train_model)


def begin(seed=0):  # the same weights and the same memory every time
    agent.reset(seed)
    environment.reset(seed)
    while len(agent.memory) < 900:  # below train_start: random play, nothing learned yet
        agent.run_episode(environment)


def labels(batch):
    next_q_values = agent.target_model(batch.next_states)
    return bellman_target(batch.rewards, next_q_values, batch.terminated, 0.99)

# %%
def watch(copy, updates=600):
    begin()
    aside = agent.memory.sample(200, tf.random.Generator.from_seed(1))
    means = []
    for update in range(updates):
        copy(update)
        means.append(float(tf.reduce_mean(labels(aside))))
        train_model()
    return np.array(means)


def copy_every_100(update):
    if update % 100 == 0:
        agent.update_target_model()


watched = {
    "no target network": watch(lambda update: agent.update_target_model()),
    "hard update, every 100": watch(copy_every_100),
    "soft update, tau 0.01": watch(lambda _: update_target(agent.target_model, agent.model, 0.01)),
}

# %%
plt.figure(figsize=(7, 3.2))
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
# Without a target network the labels of the same 200 samples slide all the time. With hard updates they
# move {{moves["hard update, every 100"]:.0f}} times, and in between the network solves an ordinary
# regression. The soft update never stops, but lags behind and smooths.
#
# That the labels move at all is as it should be: they carry the value of what was learned so far one
# step further. (They go down here because random play ends in a fall, worth −100, every
# {{steps_a_fall:.0f|20%}} steps.) Without a target network they even get there sooner. The question is what it
# does to the learning that they move while the network is fitting them; we measure it below.

# %% [markdown] lang="ko"
# 타깃 네트워크가 없으면 같은 200개 샘플의 정답이 쉬지 않고 미끄러집니다. 하드 업데이트에서는
# {{moves["hard update, every 100"]:.0f}}번만 움직이고, 그 사이에 신경망은 보통의 회귀 문제를 풉니다. 소프트 업데이트는
# 멈추지 않지만 뒤처져서 매끄럽게 따라옵니다.
#
# 정답이 움직이는 것 자체는 당연합니다. 지금까지 배운 가치를 한 스텝 더 멀리 전하는 것이니까요. (여기서 값이 내려가는
# 것은 무작위로 놀면 {{steps_a_fall:.0f|20%}}스텝마다 쓰러져서 −100을 받기 때문입니다.) 타깃 네트워크가 없으면 오히려 더 빨리
# 내려갑니다. 문제는 신경망이 맞추는 동안에도 정답이 움직이는 것이 학습에 어떤 영향을 주느냐입니다. 그것은 아래에서 잽니다.

# %% [markdown] lang="en"
# ## How often do the documents copy?
#
# The paper that the slides cite (Mnih et al., 2013) has no target network yet; it came with the same
# group's paper in Nature, 2015, which copied every 10,000 updates. The slides copy at the end of
# every episode. So the labels stand still for as many updates as the episode had steps.

# %% [markdown] lang="ko"
# ## 문서들은 얼마나 자주 복사할까
#
# 슬라이드가 인용한 논문(Mnih 등, 2013)에는 아직 타깃 네트워크가 없습니다. 같은 그룹의 2015년 Nature 논문에서 나왔고,
# 거기서는 10,000번 업데이트할 때마다 복사했습니다. 슬라이드는 에피소드가 끝날 때마다 복사합니다. 그러니 정답이 가만히
# 있는 시간은 그 에피소드의 스텝 수와 같습니다.

# %%
for name in ("slides_dqn", "velog_dqn", "book_dqn", "g6ling_dqn", "juvin_dqn"):
    settings = DQNVariantAgent(4, 2, **RECIPES[name].settings).settings
    unit, every = settings.target_update, settings.target_update_every
    print(f"{name:10s}", "no target network" if unit == "never" else f"every {every} {unit}")

# %% [markdown] lang="en"
# ## What changed, and what it is worth
#
# Since lesson 07 one thing changed: the labels come from a second network. Is it worth the trouble? We
# train the slides' agent with and without it, five seeds each. The scores of the first also tell how long
# its labels stood still.

# %% [markdown] lang="ko"
# ## 무엇이 달라졌고, 얼마나 도움이 되나
#
# 07강과 달라진 것은 하나, 정답을 두 번째 신경망이 만든다는 것입니다. 그럴 만한 가치가 있을까요? 슬라이드의 에이전트를 타깃
# 네트워크가 있을 때와 없을 때로 나누어 시드 다섯 개씩 학습시킵니다. 첫째의 점수는 정답이 얼마나 오래 가만히
# 있었는지도 알려 줍니다.

# %%
def runs(agent, seeds=range(5), episodes=200):
    scores = np.zeros([len(seeds), episodes])
    for seed in seeds:
        agent.reset(seed)
        environment.reset(seed)
        scores[seed] = [float(agent.run_episode(environment)) for _ in range(episodes)]
    return scores


with_target = runs(agent)
without_target = runs(DQNVariantAgent(4, 2, target_update="never"))

# %%
plt.figure(figsize=(7, 3.2))
last = {}
for name, scores in (("target network", with_target), ("no target network", without_target)):
    blocks = scores.reshape(5, -1, 10).mean(axis=2)  # ten episodes each
    (line,) = plt.plot(np.arange(5, 200, 10), blocks.mean(axis=0), label=name)
    low, high = blocks.min(axis=0), blocks.max(axis=0)
    plt.fill_between(np.arange(5, 200, 10), low, high, color=line.get_color(), alpha=0.15)
    each = scores[:, -50:].mean(axis=1)
    last[name] = each.mean()
    print(f"{name:17s} last 50 episodes {last[name]:.0f}, each seed", each.round())
learning = with_target.cumsum(axis=1) - with_target >= 1000  # episodes after train_start
shortest, longest = with_target[learning].min(), with_target.max()
print(f"updates between two copies: from {shortest:.0f} to {longest:.0f}")
plt.xlabel("episode")
plt.ylabel("score, mean and range of 5 seeds")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# Over their last 50 episodes the five runs with a target network average {{last["target network"]:.0f|40%}} steps, the
# five without it {{last["no target network"]:.0f|60%}}. Both kinds learn, and the runs of one kind differ a lot; five
# seeds only hint, lesson 11 has more.
#
# "Once an episode" hides something: while the agent is bad, the labels are renewed after
# {{shortest:.0f|30%}} updates, and when it is good, after {{longest:.0f|10%}}. Counting steps, as document 003 does,
# keeps the rhythm.

# %% [markdown] lang="ko"
# 마지막 50 에피소드의 평균은 타깃 네트워크가 있는 다섯 번이 {{last["target network"]:.0f|40%}}스텝, 없는 다섯 번이
# {{last["no target network"]:.0f|60%}}스텝입니다. 둘 다 배우기는 하고, 같은 방법끼리도 차이가 큽니다. 시드 다섯 개는 짐작일 뿐이고,
# 더 많은 실행은 10에 있습니다.
#
# "에피소드마다 한 번"에는 숨은 것이 있습니다. 에이전트가 못할 때는 {{shortest:.0f|30%}}번, 잘할 때는 {{longest:.0f|10%}}번
# 업데이트한 뒤에야 정답이 새로워집니다. 문서 003처럼 스텝을 세면 간격이 일정합니다.

# %% [markdown] lang="en"
# ## Bug hunt · loaded, and still random ★★☆ 10 minutes
#
# The slides' constructor makes both networks, copies one into the other, and *then* loads saved weights.
# Below are these steps, with the saved weights handed in. Whoever trains on from here gets labels from a
# random network until the first episode ends. We look at the gap between the two:

# %% [markdown] lang="ko"
# ## 버그 찾기 · 불러왔는데도 무작위 ★★☆ 10분
#
# 슬라이드의 생성자는 두 신경망을 만들고, 복사하고, *그다음에* 저장된 가중치를 불러옵니다. 아래는 그 순서를 옮긴
# 것이고, 저장된 가중치는 인자로 받습니다. 여기서 학습을 이어 가면 첫 에피소드가 끝날 때까지 무작위 신경망이 정답을
# 만듭니다. 두 신경망의 차이를 봅시다.

# %%
def networks_of_the_slides(build_model, saved_weights):
    model = build_model()
    target_model = build_model()
    target_model.set_weights(model.get_weights())
    model.set_weights(saved_weights)
    return model, target_model


saved_weights = q_network(4, 2, seed=5).get_weights()  # stands for a trained network's file
model, target_model = networks_of_the_slides(lambda: q_network(4, 2), saved_weights)
print(f"gap between target network and model: {gap(target_model, model):.1f}")

# %% [markdown] lang="en"
# Return two networks, `model, target_model`, that agree after loading, and that are two: training the
# model must not move the target network. `build_model()` makes one, with random weights.

# %% [markdown] lang="ko"
# 불러온 뒤에 두 신경망이 같도록 고쳐서 `model, target_model`을 반환하세요. `build_model()`은 가중치가 무작위인 신경망을
# 하나 만듭니다. 단, 신경망은 둘이어야 합니다. 모델을 학습시킬 때 타깃 네트워크가 따라 움직이면 안 됩니다.

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

# %% [markdown] lang="en"
# `DQNAgent.load_weights` copies after loading, and `DQNAgent` copies once when it is made (document 001
# forgets that, so its first episode bootstraps from an unrelated network).
#
# One more silent trap, of Keras: a `Sequential` without an input shape has no weights until it sees its
# first batch. To copy them then copies nothing, without a word. `update_target` refuses:

# %% [markdown] lang="ko"
# `DQNAgent.load_weights`는 불러온 다음에 복사하고, `DQNAgent`는 만들어질 때 한 번 복사합니다. (문서 001은 이것을 빠뜨려서
# 첫 에피소드는 상관없는 신경망으로 부트스트랩합니다.)
#
# 조용한 함정이 Keras에도 하나 있습니다. 입력 모양을 주지 않은 `Sequential`은 첫 배치를 볼 때까지 가중치가 없습니다. 그때
# 복사하면 아무 말 없이 아무것도 복사되지 않습니다. `update_target`은 거절합니다.

# %%
unbuilt, other = (keras.Sequential([keras.layers.Dense(2)]) for _ in range(2))
unbuilt.set_weights(other.get_weights())  # no error
print("weights copied:", other.get_weights())
try:
    update_target(unbuilt, other)
except ValueError as error:
    print("update_target:", error)

# %% [markdown] lang="en"
# ## Review (진단 평가)
#
# <details><summary>(slides) What is the target network, and why is it needed?</summary>
#
# A copy of the model that makes the labels and is renewed only now and then. Q-learning updates a
# prediction by means of another prediction (it bootstraps); with one network, every update would also
# move the label it is aiming at.
# </details>
#
# <details><summary>Which network acts, which is trained, which makes the labels?</summary>
#
# The model acts and is trained; the target network makes the labels. (Document 003 also acts with the
# target network, whose knowledge is up to 100 steps old.)
# </details>
#
# <details><summary>What happens if the target network is never renewed?</summary>
#
# The labels stay those of the first random network: the model can learn one step of rewards plus nonsense,
# and no more.
# </details>
#
# <details><summary>`target_model = model`: is that a copy?</summary>
#
# No, a second name for one network: every update moves "both". The check of the bug hunt tries it.
# </details>
#
# **Summary** Labels come from $\theta^-$, gradients go to $\theta$; now and then $\theta^-$ is renewed,
# whole or by a little. Copy after loading, and copy between two networks that exist. **Next** lesson 09:
# epsilon, memory, target, target network: the whole DQN agent.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>(슬라이드) 타깃 네트워크란? 필요한 이유는?</summary>
#
# 정답을 만드는 모델의 복사본으로, 가끔만 새로 고칩니다. 큐러닝은 예측을 다른 예측으로 업데이트합니다(부트스트랩). 신경망이
# 하나뿐이면 업데이트할 때마다 겨누고 있는 정답까지 움직입니다.
# </details>
#
# <details><summary>행동하는 신경망, 학습하는 신경망, 정답을 만드는 신경망은 각각 어느 것인가요?</summary>
#
# 모델이 행동하고 학습합니다. 타깃 네트워크는 정답을 만듭니다. (문서 003은 행동도 타깃 네트워크로 하는데, 그것은 많게는
# 100스텝 전의 지식입니다.)
# </details>
#
# <details><summary>타깃 네트워크를 한 번도 새로 고치지 않으면?</summary>
#
# 정답이 처음의 무작위 신경망의 것으로 남습니다. 모델은 한 스텝의 보상에 무의미한 값을 더한 것밖에 배울 수 없습니다.
# </details>
#
# <details><summary>`target_model = model`은 복사인가요?</summary>
#
# 아닙니다. 한 신경망에 이름을 하나 더 붙인 것이라 업데이트할 때마다 "둘 다" 움직입니다. 버그 찾기의 확인 코드가 이것도
# 잡아냅니다.
# </details>
#
# **정리** 정답은 $\theta^-$에서 나오고 그레이디언트는 $\theta$로 갑니다. $\theta^-$는 가끔 통째로, 또는 조금씩 새로
# 고칩니다. 불러온 다음에 복사하고, 가중치가 이미 있는 두 신경망 사이에서 복사하세요. **다음 시간** 09강: 입실론, 메모리,
# 타깃, 타깃 네트워크를 모아 DQN 에이전트를 완성합니다.
