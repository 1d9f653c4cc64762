# %% [markdown] lang="en"
# # 07 · The Bellman target
#
# **On the slides** DQN: the formula of the first page; DQN, code explained: `train_model`, lines 102 to 125.
#
# **You will be able to** work out a Q-learning target by hand · write it for a whole mini-batch, as a loop and in one
# line · take a training step with your own target and your own error · say why only `terminated`, and not "the episode
# is over", may cut the target, and show what the mistake does to the values an agent learns.
#
# **Time** 50 minutes · **Needs** lessons 01, 03 and 06 (returns and the two kinds of end, training a network, replay
# memory)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $B, A$ | | numbers | transitions in a mini-batch, actions to choose from |
# | $r$ | `rewards` | `[B]` | rewards of the mini-batch |
# | $Q(s', a')$ | `next_q_values` | `[B, A]` | what the network says of the next states |
# | $d$ | `terminated` | `[B]` | did this step end the task? As a number: 1 yes, 0 no |
# | $\gamma$ | `discount_factor` | number | what a reward one step later counts today |
# | $y$ | `targets` | `[B]` | what $Q(s, a)$ should have been |

# %% [markdown] lang="ko"
# # 07 · 벨만 타깃
#
# **슬라이드에서는** DQN 첫 장의 수식, 그리고 DQN 코드 설명의 `train_model` 102~125행.
#
# **이번 시간이 끝나면** 큐러닝의 타깃을 손으로 계산할 수 있고 · 미니배치 전체의 타깃을 반복문으로도 한 줄로도 쓸 수
# 있고 · 직접 쓴 타깃과 오차로 신경망을 한 걸음 학습시킬 수 있고 · 타깃을 끊어도 되는 것이 왜 "에피소드가 끝났다"가
# 아니라 `terminated`뿐인지, 잘못 끊으면 에이전트가 배우는 값이 어떻게 되는지 보일 수 있습니다.
#
# **시간** 50분 · **먼저 볼 것** 01강, 03강, 06강 (반환값과 두 가지 끝, 신경망 학습, 리플레이 메모리)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $B, A$ | | 숫자 | 미니배치의 샘플 수, 고를 수 있는 행동의 수 |
# | $r$ | `rewards` | `[B]` | 미니배치의 보상 |
# | $Q(s', a')$ | `next_q_values` | `[B, A]` | 다음 상태에 대한 신경망의 큐값 |
# | $d$ | `terminated` | `[B]` | 이 스텝에서 과제가 끝났는가? 숫자로는 끝났으면 1, 아니면 0 |
# | $\gamma$ | `discount_factor` | 숫자 | 감가율. 한 스텝 뒤의 보상을 지금 얼마로 칠지 정하는 수 |
# | $y$ | `targets` | `[B]` | $Q(s, a)$가 되었어야 할 값 |

# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNAgent, DQNVariantAgent, bellman_target, checks, use_one_thread
from dqn_keras.classroom import explore

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

use_one_thread()  # for networks this small, one thread computes faster than several
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## Labels that nobody gives us, by hand
#
# The network is to learn $Q(s, a)$: the discounted rewards to expect if the agent takes action $a$ in state $s$ and
# acts as well as possible from then on. Lesson 03 trained a network with labels, the right answers. The replay memory
# of lesson 06 has none. It holds transitions: state, action, reward, next state, and whether the task ended there. What
# should the network have answered?
#
# **Q-learning** makes the label itself, from the one step that was seen and from the network's own opinion of what
# comes after it. This label is called the **target**, and the rule is: *the reward now, plus the discounted value of
# the best action next.*
#
# Four transitions were drawn from the memory. With $\gamma = 0.9$, fill in the last column on paper before you run the
# next cell:
#
# | | $r$ | $Q(s', \leftarrow)$ | $Q(s', \rightarrow)$ | how the step ended | $y$ |
# |---|---|---|---|---|---|
# | 1 | 1 | 10 | 20 | the episode goes on | ? |
# | 2 | 1 | 8 | 4 | time limit: step 500, the pole stands | ? |
# | 3 | −100 | 90 | 80 | the pole fell | ? |
# | 4 | 1 | 3 | 5 | the episode goes on | ? |
#
# (The lecture stores −100 instead of +1 when the pole falls, to make it hurt.) After a fall there is no next: whatever
# the network says of that state, nothing will be paid any more. At the time limit there is a next; we merely stopped
# watching.

# %% [markdown] lang="ko"
# ## 아무도 주지 않는 정답을 손으로
#
# 신경망이 배울 것은 $Q(s, a)$입니다. 상태 $s$에서 행동 $a$를 하고 그 뒤로는 할 수 있는 한 잘 행동할 때 받을 보상을,
# 감가해서 모두 더한 값입니다. 03강에서는 정답 레이블을 주고 신경망을 학습시켰습니다. 그런데 06강의 리플레이 메모리에는
# 정답이 없습니다. 상태, 행동, 보상, 다음 상태, 그리고 거기서 과제가 끝났는지가 적힌 샘플뿐입니다. 신경망은 뭐라고
# 답했어야 할까요?
#
# **큐러닝**은 정답을 스스로 만듭니다. 직접 겪은 한 스텝에, 그다음에 대한 신경망 자신의 추측을 더합니다. 이렇게 만든
# 정답을 **타깃**이라고 하고, 규칙은 하나입니다. *지금의 보상 + 감가율 × 다음 상태에서 가장 좋은 행동의 가치.*
#
# 리플레이 메모리에서 샘플 네 개를 뽑았습니다. $\gamma = 0.9$일 때 마지막 칸을 종이에 채운 다음 아래 셀을 실행해 보세요.
#
# | | $r$ | $Q(s', \leftarrow)$ | $Q(s', \rightarrow)$ | 이 스텝은 어떻게 끝났나 | $y$ |
# |---|---|---|---|---|---|
# | 1 | 1 | 10 | 20 | 에피소드가 이어짐 | ? |
# | 2 | 1 | 8 | 4 | 시간 제한: 500스텝, 폴은 서 있음 | ? |
# | 3 | −100 | 90 | 80 | 폴이 쓰러짐 | ? |
# | 4 | 1 | 3 | 5 | 에피소드가 이어짐 | ? |
#
# (강의 코드는 폴이 쓰러지면 아프라고 +1 대신 −100을 저장합니다.) 쓰러진 뒤에는 다음이 없습니다. 그 상태에 대해 신경망이
# 뭐라고 하든 더 받을 보상은 없습니다. 하지만 시간 제한에 걸렸을 때는 다음이 있습니다. 우리가 보기를 멈췄을 뿐입니다.

# %%
rewards = np.array([1, 1, -100, 1], np.float32)
next_q_values = np.array([[10, 20], [8, 4], [90, 80], [3, 5]], np.float32)
terminated = np.array([False, False, True, False])  # row 2 was cut off, not ended

targets_by_hand = [1 + 0.9 * 20, 1 + 0.9 * 8, -100, 1 + 0.9 * 5]
print(np.round(targets_by_hand, 2))

# %% [markdown] lang="en"
# ## The formula
#
# $$y = r + \gamma \, (1 - d) \max_{a'} Q(s', a')$$
#
# $\max_{a'}$ is the largest value over all actions $a'$. The factor $1 - d$ is 0 where the task ended, which cuts the
# future off, and 1 everywhere else.
#
# Why is this the right label? For the true $Q$ of the best possible behaviour, both sides are equal on average: that is
# the **Bellman optimality equation** of lesson 02. A network that is not there yet makes them unequal, and moving
# $Q(s, a)$ towards $y$ repairs it a little, because $y$ has one more step of real experience in it.
#
# Put some targets together yourself. Choose *Row 3*, then say that this step ended at the *time limit* after all: how far
# does the target jump? Back in *Row 1*, raise $Q(s', \leftarrow)$ slowly: from which value on does the target move, and why not
# before? And what is left of it with $\gamma = 0$? (If there is only a picture, run the cell.)

# %% [markdown] lang="ko"
# ## 수식
#
# $$y = r + \gamma \, (1 - d) \max_{a'} Q(s', a')$$
#
# $\max_{a'}$는 모든 행동 $a'$의 값 가운데 가장 큰 값입니다. $1 - d$는 과제가 끝난 곳에서 0이 되어 미래를 끊고,
# 나머지에서는 1입니다.
#
# 이것이 왜 정답일까요? 가장 잘 행동할 때의 참 $Q$라면 양변이 평균적으로 같습니다. 02강에서 본 **벨만 최적
# 방정식**입니다. 아직 거기까지 배우지 못한 신경망에서는 양변이 다르고, $Q(s, a)$를 $y$ 쪽으로 옮기면 그 차이가 조금
# 줄어듭니다. 직접 겪은 한 스텝이 더 들어 있는 만큼 $y$가 더 믿을 만합니다.
#
# 타깃을 직접 조립해 봅시다. *3행*을 고른 다음 이 스텝이 *시간 제한*으로 끝났다고 바꾸면 타깃이 얼마나 달라지나요? *1행*으로
# 돌아와 $Q(s', \leftarrow)$를 천천히 올려 보세요. 타깃은 어느 값부터 움직이나요? 왜 그전에는 움직이지 않을까요? $\gamma = 0$이면
# 타깃에 무엇이 남나요? (그림만 보인다면 셀을 실행하세요.)

# %%
explore("bellman_target")

# %% [markdown] lang="en"
# ## Exercise 1 · the targets of a mini-batch ★☆☆ 10 minutes
#
# Return the targets, one number for each row: shape `[B]`. Write it in any way you like, row by row in
# a loop or with whole arrays, and leave the arrays you are given as they are. For the table above it
# has to give 19, 8.2, −100 and 5.5.
#
# Useful: `np.max(x)` is the largest number of `x`, and `np.max(x, axis=1)` the largest of each row. `np.where(c, x, y)`
# takes from `x` where `c` is true and from `y` elsewhere. `1 - terminated` is 0 where it is true, and 1 where it is
# false.

# %% [markdown] lang="ko"
# ## 연습 1 · 미니배치의 타깃 ★☆☆ 10분
#
# 타깃을 행마다 하나씩, 모양 `[B]`로 반환하세요. 반복문으로 한 행씩 해도 되고 배열을 통째로 계산해도 됩니다. 받은 배열은
# 바꾸지 마세요. 위의 표를 넣으면 19, 8.2, −100, 5.5가 나와야 합니다.
#
# `np.max(x)`는 `x`에서 가장 큰 수, `np.max(x, axis=1)`은 행마다 가장 큰 수입니다. `np.where(c, x, y)`는 `c`가 참인
# 곳에서는 `x`를, 거짓인 곳에서는 `y`를 고릅니다. `1 - terminated`는 참인 곳에서 0, 거짓인 곳에서 1입니다.

# %% exercise="bellman_target"
def my_bellman_target(rewards, next_q_values, terminated, discount_factor):
    ### BEGIN SOLUTION
    best_next = np.max(next_q_values, axis=1)
    return rewards + discount_factor * (1 - terminated) * best_next
    ### END SOLUTION

# %% check="bellman_target" points=2
checks.check_bellman_target(my_bellman_target)

# %% [markdown] lang="en"
# ## The lecture's loop, and one line
#
# The lecture's code goes through the mini-batch row by row. The same can be said in one line about
# whole arrays. Here are both, next to yours and the package's tested `bellman_target`, on a mini-batch
# of 64:

# %% [markdown] lang="ko"
# ## 강의의 반복문과 한 줄
#
# 강의 코드는 미니배치를 한 행씩 처리합니다. 같은 일을 배열 전체에 대한 한 줄로 쓸 수도 있습니다. 64개짜리 미니배치에서
# 이 둘을 여러분의 함수, 그리고 패키지에 있는 `bellman_target`과 비교해 봅시다.

# %%
def lecture_targets(rewards, next_q_values, terminated, discount_factor):
    targets = []
    for i in range(len(rewards)):
        if terminated[i]:
            targets.append(rewards[i])
        else:
            targets.append(rewards[i] + discount_factor * np.amax(next_q_values[i]))
    return np.array(targets)


def targets_in_a_line(rewards, next_q_values, terminated, discount_factor):
    return np.where(terminated, rewards, rewards + discount_factor * np.max(next_q_values, axis=1))

# %%
rng = np.random.default_rng(0)
numbers = (rng.normal(0, 1, 64), rng.normal(0, 1, (64, 2)), rng.random(64) < 0.1, 0.99)
for function in (my_bellman_target, lecture_targets, targets_in_a_line, bellman_target):
    off = np.abs(np.array(function(*numbers)) - lecture_targets(*numbers)).max()
    start = time.perf_counter()
    for _ in range(200):
        function(*numbers)
    microseconds = (time.perf_counter() - start) / 200 * 1e6
    print(f"{function.__name__:18s} off by {off:.0e}, {microseconds:4.0f} µs")

# %% [markdown] lang="en"
# Four ways to write it, the same numbers. `bellman_target` works with TensorFlow's tensors. Called like
# this, line by line, that costs more than it saves; it pays when the whole agent is compiled into one
# program, as in the package. (Tensors of 32 bits round after seven digits, hence its tiny difference.)
# Yours makes all the targets of this lesson.
#
# ## From the target to the error
#
# The network's answer for a batch of states, `q_values`, has a column for each action. But in each row only one action
# was taken, and only of that one do we know what it led to. So only its Q-value is compared with the target:
#
# $$\text{error} = y - Q(s, a)$$
#
# This is the **TD error** (temporal difference: the difference between what was expected before the
# step and what is known after it). Fill in the last two rows:
#
# | | $Q(s, \leftarrow)$ | $Q(s, \rightarrow)$ | action taken | $y$ | error |
# |---|---|---|---|---|---|
# | 1 | 1 | 7 | → (1) | 10 | 10 − 7 = 3 |
# | 2 | 2 | 9 | ← (0) | 20 | ? |
# | 3 | 30 | 4 | → (1) | 50 | ? |
#
# ## Exercise 2 · the TD error ★★☆ 10 minutes
#
# Return one error for each row, `[B]`. Your function will be called in the block of a `GradientTape`
# (lesson 03). The tape records only TensorFlow's operations; what NumPy computes leaves no trace on it,
# and the network would learn nothing. So `q_values` and `actions` are tensors here, and NumPy's
# `q_values[rows, columns]` does not work on them. Two ways:
#
# - `tf.gather(x, i, batch_dims=1)` takes from each row of `x` the entry whose number stands in that row of `i`: from the rows
#   5, 6 and 7, 8 with `i` = 1, 0 it makes 6, 7.
# - `tf.one_hot(i, A)` makes a row of $A$ numbers of each entry of `i`: 1 at that place, 0 elsewhere. With it,
#   `tf.reduce_sum(x, axis=1)`, the sum of each row, keeps only what is marked.

# %% [markdown] lang="ko"
# 쓰는 방법은 넷이지만 값은 같습니다. `bellman_target`은 TensorFlow의 텐서로 계산합니다. 이렇게 한 줄씩 부를 때는
# 오히려 느리지만, 패키지에서처럼 에이전트 전체를 프로그램 하나로 컴파일할 때 제값을 합니다. (32비트 텐서는 일곱
# 자리 다음에서 반올림하므로 아주 작은 차이가 있습니다.) 이번 시간의 타깃은 모두 여러분의 함수로 만듭니다.
#
# ## 타깃에서 오차로
#
# 상태의 배치에 대한 신경망의 답 `q_values`에는 행동마다 열이 하나씩 있습니다. 하지만 각 행에서 실제로 한 행동은
# 하나뿐이고, 결과를 아는 것도 그 행동뿐입니다. 그래서 그 행동의 큐값만 타깃과 비교합니다.
#
# $$\text{error} = y - Q(s, a)$$
#
# 이것을 **TD 오차**(temporal difference)라고 합니다. 스텝을 밟기 전의 예상과 밟은 뒤에 알게 된 값의 차이입니다. 아래 두
# 행의 오차를 채워 보세요.
#
# | | $Q(s, \leftarrow)$ | $Q(s, \rightarrow)$ | 실제로 한 행동 | $y$ | 오차 |
# |---|---|---|---|---|---|
# | 1 | 1 | 7 | → (1) | 10 | 10 − 7 = 3 |
# | 2 | 2 | 9 | ← (0) | 20 | ? |
# | 3 | 30 | 4 | → (1) | 50 | ? |
#
# ## 연습 2 · TD 오차 ★★☆ 10분
#
# 오차를 행마다 하나씩, 모양 `[B]`로 반환하세요. 이 함수는 `GradientTape`(03강)의 블록 안에서 쓰입니다. 테이프는
# TensorFlow의 연산만 기록합니다. NumPy로 계산한 것은 기록에 남지 않아서 신경망이 아무것도 배우지 못합니다. 그래서
# 여기서 `q_values`와 `actions`는 텐서이고, NumPy에서 쓰던 `q_values[행, 열]`은 통하지 않습니다. 방법은 두
# 가지입니다.
#
# - `tf.gather(x, i, batch_dims=1)`은 `x`의 행마다, `i`의 같은 행에 적힌 번호의 값을 꺼냅니다. 행이 5, 6과 7, 8이고 `i`가
#   1, 0이면 6, 7이 나옵니다.
# - `tf.one_hot(i, A)`는 `i`의 값마다 숫자 $A$개짜리 행을 만듭니다. 그 번호의 자리만 1이고 나머지는 0입니다. 이것을 곱하고
#   행마다 더하면(`tf.reduce_sum(x, axis=1)`) 표시한 것만 남습니다.

# %% exercise="td_error"
def my_td_error(q_values, actions, targets):
    ### BEGIN SOLUTION
    return targets - tf.gather(q_values, actions, batch_dims=1)
    ### END SOLUTION

# %% check="td_error" points=2
checks.check_td_error(my_td_error)

# %% [markdown] lang="en"
# ## One step of learning
#
# Now both your functions work together. `DQNAgent` lends us its network `agent.model` and its replay memory; until the
# memory holds 1000 transitions it plays at random and learns nothing. The targets are computed *before* the tape's
# block: they are labels, and only $Q(s, a)$ is to move. The loss is the mean of the squared errors.

# %% [markdown] lang="ko"
# ## 한 걸음 배우기
#
# 이제 여러분의 두 함수가 함께 일합니다. 신경망 `agent.model`과 리플레이 메모리는 `DQNAgent`에서 빌립니다. 이
# 에이전트는 메모리에 샘플이 1000개 모일 때까지 무작위로 플레이하고 아무것도 배우지 않습니다. 타깃은 테이프의 블록에
# 들어가기 *전에* 계산합니다. 타깃은 정답 레이블이고, 움직여야 할 것은 $Q(s, a)$뿐이기 때문입니다. 오류함수(손실
# 함수)는 오차를 제곱해 평균한 값입니다.

# %%
agent = DQNAgent(4, 2, seed=0)  # 4 numbers a state, 2 actions
environment = CartPole(seed=0)
while len(agent.memory) < 900:
    agent.run_episode(environment)


def targets_of(batch):
    next_q_values = agent.model(batch.next_states).numpy()
    samples = batch.rewards.numpy(), next_q_values, batch.terminated.numpy()
    return np.float32(my_bellman_target(*samples, discount_factor=0.99))


def my_train_step(batch, targets, optimizer):
    with tf.GradientTape() as tape:
        errors = my_td_error(agent.model(batch.states), batch.actions, targets)
        loss = tf.reduce_mean(tf.square(errors))
    gradients = tape.gradient(loss, agent.model.trainable_variables)
    optimizer.apply(gradients, agent.model.trainable_variables)
    return float(loss)

# %%
batch = agent.memory.sample(64, agent.rng)
weights, targets = agent.model.get_weights(), targets_of(batch)
adam = keras.optimizers.Adam(0.001)
fixed = [my_train_step(batch, targets, adam) for _ in range(300)]

agent.model.set_weights(weights)  # once more from the start, with new labels in every step
adam = keras.optimizers.Adam(0.001)
renewed = [my_train_step(batch, targets_of(batch), adam) for _ in range(300)]
print(f"loss at first {fixed[0]:.0f}; after 300 steps towards the same labels {fixed[-1]:.0f}")
print(f"after 300 steps with labels made anew each time {renewed[-1]:.0f}")

# %% [markdown] lang="en"
# Towards labels that stand still, the loss falls from {{fixed[0]:.0f|30%}} to {{fixed[-1]:.0f|60%}}: this is lesson 03.
# With labels that the network makes anew in every step, the same 300 steps end at {{renewed[-1]:.0f|80%}}. The network
# moves its own goal, and may run after it without ever getting closer; lesson 08 is about that.
#
# ## What changed: the lecture's step beside yours
#
# The lecture's code does not use a tape. It builds a table of targets for *all* actions (the network's
# own answers, in which only the entry of the action taken is replaced) and hands it to `model.fit`.
# Where the table holds the network's own answer the error is 0, so both ways move the weights alike;
# only the loss comes out half as large, because Keras also averages over the actions not taken. We time
# three ways. In the third, `tf.function` records the package's step once and then runs it without
# Python.

# %% [markdown] lang="ko"
# 정답이 가만히 있으면 오류함수가 {{fixed[0]:.0f|30%}}에서 {{fixed[-1]:.0f|60%}}로 줄어듭니다. 03강에서 본
# 그대로입니다. 그런데 한 걸음마다 신경망이 정답을 새로 만들면, 똑같이 300걸음을 가도 {{renewed[-1]:.0f|80%}}입니다.
# 신경망이 자기 목표를 스스로 옮기기 때문에, 쫓아가도 가까워지지 않을 수 있습니다. 08강에서 이것을 다룹니다.
#
# ## 무엇이 달라졌나: 강의의 한 걸음과 비교하기
#
# 강의 코드는 테이프를 쓰지 않습니다. *모든* 행동에 대한 타깃의 표(신경망의 답에서 실제로 한 행동의 칸만 바꾼 것)를
# 만들어 `model.fit`에 넘깁니다. 신경망의 답이 그대로 있는 칸은 오차가 0이므로 두 방법은 가중치를 똑같이 움직입니다.
# 다만 Keras는 하지 않은 행동까지 넣어 평균하므로 오류함수의 값은 절반입니다. 세 가지 방법의 시간을 재 봅시다. 셋째
# 방법에서는 패키지의 한 걸음을 `tf.function`으로 한 번 기록해 두고 파이썬 없이 실행합니다.

# %%
states, actions, batch_rewards, next_states, ended = (column.numpy() for column in batch)
model = keras.models.clone_model(agent.model)
model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.001))


def lecture_step():
    table = model.predict(states, verbose=0)
    next_values = model.predict(next_states, verbose=0)
    for i in range(64):
        value = 0 if ended[i] else np.amax(next_values[i])
        table[i][actions[i]] = batch_rewards[i] + 0.99 * value
    return model.fit(states, table, 64, verbose=0).history["loss"][0]


model.set_weights(agent.model.get_weights())
loss_of_fit, loss_of_mine = lecture_step(), my_train_step(batch, targets_of(batch), adam)
print(f"the same weights, the same batch: fit's loss {loss_of_fit:.2f}, yours {loss_of_mine:.2f}")

# %%
def milliseconds(function, times):
    function()  # the first call may also compile
    start = time.perf_counter()
    for _ in range(times):
        function()
    return 1000 * (time.perf_counter() - start) / times


fit_ms = milliseconds(lecture_step, 10)
tape_ms = milliseconds(lambda: my_train_step(batch, targets_of(batch), adam), 20)
graph_ms = milliseconds(tf.function(agent.train_model), 200)
print(f"predict, predict, fit: {fit_ms:.0f} ms; your step: {tape_ms:.0f} ms; a graph: {graph_ms:.2f} ms")

# %% [markdown] lang="en"
# `predict` and `fit` are made for thousands of examples and prepare a lot at each call; for 64 examples
# nearly all the time goes into preparation.
#
# ## What a wrong end does
#
# The lecture's code keeps one flag, `done`, for both kinds of end. A step cut off at the time limit
# then gets the reward alone as its target, although the pole stands as well as ever. What does the
# network make of it? The time is not part of the state: four numbers do not say whether this is step 3
# or step 499. So the network cannot learn "near the limit little is left". It gives *every* upright
# state a bit of the wrong labels.
#
# How much? Let the reward be +1 a step, and let the pole never fall. Then an upright state is truly worth
# $V = 1 + \gamma V$, so $V = 1 / (1 - \gamma)$. If a share $p$ of the steps is cut off and the network cannot tell them
# from the others, its value settles at $V = 1 + \gamma (1 - p) V$, that is
#
# $$V = \frac{1}{1 - \gamma \, (1 - p)}$$
#
# With $\gamma = 0.99$ and one end in 500 steps that is 83.5 instead of 100. It takes long to learn such
# large values, so we measure with $\gamma = 0.95$ and a time limit of 50 steps: 20 if only falls are
# ends, $1 / (1 - 0.95 \cdot 0.98) = 14.5$ if the time limit counts as an end too, once in fifty steps.
#
# Two agents, equal but for this one flag, each with ten seeds and 400 episodes. (Both are
# `DQNVariantAgent`, the package's DQN with more settings; `fall_reward=None` leaves every reward at
# +1.) Then we ask each network about the upright states in its memory: pole within 3 degrees, hardly
# turning.

# %% [markdown] lang="ko"
# `predict`와 `fit`은 수천 개의 예제를 처리하려고 만든 것이라 부를 때마다 준비를 많이 합니다. 64개라면 시간의 대부분이
# 준비입니다.
#
# ## 끝을 잘못 알면
#
# 강의 코드는 두 가지 끝을 `done` 하나로 저장합니다. 그러면 시간 제한에서 잘린 스텝은 폴이 멀쩡히 서 있는데도 타깃이
# 보상뿐입니다. 신경망은 이것을 어떻게 받아들일까요? 시간은 상태에 들어 있지 않습니다. 네 숫자만 보고는 3번째 스텝인지
# 499번째 스텝인지 알 수 없습니다. 그러니 "제한 시간이 다 되어 간다"는 것을 배울 수 없고, 잘못된 정답의 몫이 서 있는
# *모든* 상태에 조금씩 섞입니다.
#
# 얼마나 섞일까요? 보상이 스텝마다 +1이고 폴이 쓰러지지 않는다고 합시다. 서 있는 상태의 참 가치는
# $V = 1 + \gamma V$, 곧 $V = 1 / (1 - \gamma)$입니다. 전체 스텝 가운데 $p$의 비율이 잘리는데 신경망이 그 스텝을
# 다른 스텝과 구별할 수 없다면, 값은 $V = 1 + \gamma (1 - p) V$를 만족하는 곳, 곧
#
# $$V = \frac{1}{1 - \gamma \, (1 - p)}$$
#
# 에서 멈춥니다. $\gamma = 0.99$이고 500스텝에 한 번 끝난다면 100이 아니라 83.5입니다. 이렇게 큰 값은 배우는 데 오래
# 걸리므로 $\gamma = 0.95$, 시간 제한 50스텝으로 재어 봅시다. 쓰러질 때만 끝이라면 20이고, 50스텝마다 한 번 오는 시간
# 제한도 끝으로 치면 $1 / (1 - 0.95 \cdot 0.98) = 14.5$입니다.
#
# 이 표시 하나만 다른 두 에이전트를 각각 시드 10개로 400에피소드씩 학습시킵니다. (`fall_reward=None`이면 보상은
# 언제나 +1입니다.) 그런 다음 메모리에 있는 상태 가운데 폴이 서 있는 것(3도 이내이고 거의 돌지 않는 것)의 가치를
# 신경망에게 물어봅니다.

# %%
def upright_value(agent):
    states = agent.memory.states.numpy()[: len(agent.memory)]
    upright = (np.abs(states[:, 2]) < 0.05) & (np.abs(states[:, 3]) < 0.3)
    return agent.model(states[upright]).numpy().max(axis=1).mean()


values, lengths = {"terminated only": [], "time limit as well": []}, {}
short = CartPole(max_steps=50)
for name, found in values.items():
    settings = {"discount_factor": 0.95, "fall_reward": None, "time_limit_ends": "limit" in name}
    learner, last = DQNVariantAgent(4, 2, **settings), []
    for seed in range(10):
        learner.reset(seed)
        short.reset(seed)
        scores = [float(learner.run_episode(short)) for _ in range(400)]
        found.append(upright_value(learner))
        last.append(np.mean(scores[-50:]))
    lengths[name] = np.mean(last)

# %%
plt.figure(figsize=(7, 2.2))
for row, (name, found) in enumerate(values.items()):
    plt.plot(found, np.full(10, row), "o", alpha=0.6)
    print(f"ends: {name:18s} value {np.mean(found):.1f}, last 50 scores {lengths[name]:.1f} of 50")
plt.axvline(20, color="0.5", linestyle=":", label="true value")
plt.axvline(14.5, color="0.5", linestyle="--", label="if cut steps look like all others")
plt.yticks([0, 1], values)
plt.ylim(1.5, -0.5)
plt.xlabel("value of upright states, one dot a seed")
plt.legend(loc="upper left")
plt.show()
right_value, wrong_value = (np.mean(found) for found in values.values())

# %% [markdown] lang="en"
# With `terminated` only, the upright states are worth {{right_value:.1f|10%}} on average, with the time
# limit as an end {{wrong_value:.1f|20%}}. That is too little, though not as little as 14.5. A likely
# reason is the maximum in the target: of the two actions it takes the one that happened to be cut off
# less often. The wrong end does not show in the score: both kinds of agent balance. What suffers is the
# value that the network gives to an upright pole, just when the agent gets good enough to reach the
# limit.

# %% [markdown] lang="ko"
# `terminated`만 끝으로 치면 서 있는 상태의 가치가 평균 {{right_value:.1f|10%}}이고, 시간 제한까지 끝으로 치면
# {{wrong_value:.1f|20%}}입니다. 너무 작지만 14.5만큼 작지는 않습니다. 타깃은 다음 상태의 큐값 가운데 최댓값을
# 쓰는데, 아마도 잘린 스텝이 어쩌다 덜 섞인 쪽이 최댓값으로 뽑히기 때문입니다. 끝을 잘못 알아도 점수에는 나타나지 않습니다.
# 두 에이전트 모두 균형을 잡습니다. 하지만 에이전트가 잘하게 되어 시간 제한까지 버티는 바로 그때부터, 서 있는 폴의
# 가치를 실제보다 낮게 답하게 됩니다.

# %% [markdown] lang="en"
# ## Review
#
# <details><summary>1) What are the two parts of the target, and which of them was really seen?</summary>
#
# The reward, which was seen, and the discounted value of the best action next, which is the network's own opinion. To
# build an estimate on another estimate is to **bootstrap**.
# </details>
#
# <details><summary>2) Why is there no gradient through the target?</summary>
#
# It plays the part of a label. If it moved too, the network could make the error small by moving the goal instead of
# learning.
# </details>
#
# <details><summary>3) Which rows of a mini-batch have the reward alone as their target?</summary>
#
# Those whose step ended the task (`terminated`). A time limit is not such an end.
# </details>
#
# <details><summary>4) `q_values` has two columns. Why does only one entry of each row get an error?</summary>
#
# Only one action was taken. What the other one would have led to is not in the memory.
# </details>
#
# **Summary** The target is the reward plus the discounted best next value, cut by `terminated` alone. It is a label: no
# gradient flows through it. The error compares it with the Q-value of the action taken. A wrong end lowers the value of
# ordinary states. **Next** lesson 08: why the network that makes the targets should stand still for a while.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>1) 타깃을 이루는 두 부분은 무엇이고, 그중 실제로 본 것은 어느 쪽인가요?</summary>
#
# 실제로 본 것은 보상입니다. 다른 하나는 다음 상태에서 가장 좋은 행동의 가치를 감가한 것으로, 신경망 자신의
# 추측입니다. 추정값을 다른 추정값으로 고쳐 나가는 것을 **부트스트랩**이라고 합니다.
# </details>
#
# <details><summary>2) 왜 타깃으로는 그레이디언트가 흐르지 않나요?</summary>
#
# 타깃은 정답 레이블 역할을 합니다. 타깃까지 움직이면 신경망은 배우는 대신 정답을 옮겨서 오차를 줄일 수 있습니다.
# </details>
#
# <details><summary>3) 미니배치에서 타깃이 보상뿐인 행은 어떤 행인가요?</summary>
#
# 과제가 끝난(`terminated`) 스텝입니다. 시간 제한은 그런 끝이 아닙니다.
# </details>
#
# <details><summary>4) `q_values`에는 열이 둘입니다. 왜 행마다 한 칸에만 오차가 있나요?</summary>
#
# 실제로 한 행동이 하나뿐이기 때문입니다. 다른 행동을 했다면 어떻게 되었을지는 메모리에 없습니다.
# </details>
#
# **정리** 타깃은 보상 + 감가율 × 다음 상태의 최대 큐값이고, 뒤의 항은 `terminated`일 때만 끊습니다. 타깃은 정답
# 레이블이므로 그레이디언트가 흐르지 않습니다. 오차는 실제로 한 행동의 큐값과 타깃의 차이입니다. 끝을 잘못 알면
# 평범한 상태의 가치까지 낮아집니다. **다음 시간** 08강: 타깃을 만드는 신경망은 왜 한동안 가만히 있어야 할까요?
