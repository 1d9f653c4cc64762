# %% [markdown] lang="en"
# # 07 · The Bellman target
#
# Slides: DQN, code explained, `train_model` lines 102 to 125, and the first DQN slide's formula.
#
# **You will be able to** work out a Q-learning target by hand · write it as the slides' loop and
# without a loop · take one training step with `GradientTape` · say why `terminated`, not "the
# episode is over", cuts the target.
#
# **Time** 35 minutes · **Needs** lessons 01, 05 and 06 (states, epsilon-greedy, replay memory)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $r$ | `rewards` | `[B]` | rewards of a mini-batch |
# | $Q(s', a')$ | `next_q_values` | `[B, A]` | what the network says of the next states |
# | $d$ | `terminated` | `[B]` | did this step end the task? |
# | $\gamma$ | `discount_factor` | number | what tomorrow counts today |
# | $y$ | `targets` | `[B]` | what $Q(s, a)$ should have been |

# %% [markdown] lang="ko"
# # 07 · 벨만 타깃
#
# 슬라이드: DQN 코드 설명의 `train_model` 102~125행, 그리고 DQN 첫 슬라이드의 수식.
#
# **이번 시간이 끝나면** 큐러닝의 타깃을 손으로 계산할 수 있고 · 슬라이드의 반복문과 반복문 없는 벡터 연산
# 두 가지로 쓸 수 있고 · `GradientTape`로 한 번 학습시킬 수 있고 · 타깃을 끊는 것이 왜 "에피소드가 끝났다"가
# 아니라 `terminated`인지 설명할 수 있습니다.
#
# **시간** 35분 · **먼저 볼 것** 01, 05, 06 (상태, 입실론 그리디, 리플레이 메모리)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $r$ | `rewards` | `[B]` | 미니배치의 보상 |
# | $Q(s', a')$ | `next_q_values` | `[B, A]` | 다음 상태에 대한 신경망의 큐값 |
# | $d$ | `terminated` | `[B]` | 이 스텝에서 과제가 끝났는가? |
# | $\gamma$ | `discount_factor` | 숫자 | 감가율, 내일의 가치를 오늘로 바꾸는 비율 |
# | $y$ | `targets` | `[B]` | $Q(s, a)$가 되었어야 할 값 |

# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNAgent, bellman_target, checks

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

# %% [markdown] lang="en"
# ## Four transitions, by hand
#
# The agent drew four transitions from its memory. The network's opinion of the four next states
# is in the table. With $\gamma = 0.9$, fill in the last column on paper before you go on:
#
# | | $r$ | $Q(s', \leftarrow)$ | $Q(s', \rightarrow)$ | how the step ended | $y$ |
# |---|---|---|---|---|---|
# | 1 | 1 | 10 | 20 | goes on | ? |
# | 2 | 1 | 8 | 4 | time limit: step 500, the pole stands | ? |
# | 3 | −100 | 90 | 80 | the pole fell | ? |
# | 4 | 1 | 3 | 5 | goes on | ? |
#
# The rule: *reward now, plus the discounted value of the best action next.* After a fall there is
# no next. At the time limit there would have been one; we merely stopped watching.

# %% [markdown] lang="ko"
# ## 네 개의 샘플을 손으로
#
# 에이전트가 리플레이 메모리에서 샘플 네 개를 뽑았습니다. 다음 상태 네 개에 대한 신경망의 큐값은 표와 같습니다.
# $\gamma = 0.9$일 때, 넘어가기 전에 마지막 칸을 종이에 채워 보세요.
#
# | | $r$ | $Q(s', \leftarrow)$ | $Q(s', \rightarrow)$ | 이 스텝은 어떻게 끝났나 | $y$ |
# |---|---|---|---|---|---|
# | 1 | 1 | 10 | 20 | 계속 | ? |
# | 2 | 1 | 8 | 4 | 시간 제한: 500스텝, 폴은 서 있음 | ? |
# | 3 | −100 | 90 | 80 | 폴이 쓰러짐 | ? |
# | 4 | 1 | 3 | 5 | 계속 | ? |
#
# 규칙은 하나입니다. *지금의 보상 + 감가율 × 다음 상태에서 가장 좋은 행동의 가치.* 쓰러진 뒤에는 "다음"이
# 없습니다. 하지만 시간 제한에 걸렸을 때는 다음이 있습니다. 우리가 보기를 멈췄을 뿐이죠.

# %%
rewards = np.array([1, 1, -100, 1], np.float32)
next_q_values = np.array([[10, 20], [8, 4], [90, 80], [3, 5]], np.float32)
terminated = np.array([False, False, True, False])  # row 2 was cut off, not ended

targets_by_hand = [1 + 0.9 * 20, 1 + 0.9 * 8, -100, 1 + 0.9 * 5]
print(np.round(targets_by_hand, 2))

# %% [markdown] lang="en"
# ## The formula, and the slides' loop
#
# $$y = r + \gamma \, (1 - d) \max_{a'} Q(s', a')$$
#
# This is the right-hand side of the **Bellman optimality equation**, with a sample in place of the
# expectation. The slides write it as a loop over the mini-batch (lines 113 to 119):

# %% [markdown] lang="ko"
# ## 수식과 슬라이드의 반복문
#
# $$y = r + \gamma \, (1 - d) \max_{a'} Q(s', a')$$
#
# **벨만 최적 방정식**의 우변에서 기댓값 자리에 샘플 하나를 넣은 것입니다. 슬라이드는 이것을 미니배치에 대한
# 반복문으로 씁니다(113~119행).

# %%
def slides_targets(rewards, next_q_values, terminated, discount_factor):
    targets = []
    for i in range(len(rewards)):
        if terminated[i]:
            targets.append(rewards[i])
        else:
            targets.append(rewards[i] + discount_factor * np.amax(next_q_values[i]))
    return np.array(targets)


slides_targets(rewards, next_q_values, terminated, 0.9)

# %% [markdown] lang="en"
# ## Exercise 1 · without the loop ★☆☆ 10 minutes
#
# Write the same without a Python loop. Useful: `np.max(..., axis=...)` or `tf.reduce_max`, and
# `np.where` or multiplying with `1 - terminated`.

# %% [markdown] lang="ko"
# ## 연습 1 · 반복문 없이 ★☆☆ 10분
#
# 파이썬 반복문 없이 같은 것을 써 보세요. `np.max(..., axis=...)`나 `tf.reduce_max`, 그리고 `np.where` 또는
# `1 - terminated`를 곱하는 방법이 쓸모 있습니다.

# %% exercise="bellman_target"
def my_bellman_target(rewards, next_q_values, terminated, discount_factor):
    ### BEGIN SOLUTION
    best_next = np.max(next_q_values, axis=1)
    return np.where(terminated, rewards, rewards + discount_factor * best_next)
    ### END SOLUTION

# %% check="bellman_target" points=2
checks.check_bellman_target(my_bellman_target)

# %% [markdown] lang="en"
# From here on we import the tested one, `dqn_keras.bellman_target`. It gives the same numbers, on
# a mini-batch of 64 as well:

# %% [markdown] lang="ko"
# 이제부터는 테스트를 거친 `dqn_keras.bellman_target`을 씁니다. 샘플 64개의 미니배치에서도 같은 값이 나옵니다.

# %%
rng = np.random.default_rng(0)
batch = (rng.normal(size=64), rng.normal(size=(64, 2)), rng.random(64) < 0.1, 0.99)
largest_difference = np.abs(bellman_target(*batch) - slides_targets(*batch)).max()
print(f"largest difference: {largest_difference:.1e}")

# %% [markdown] lang="en"
# ## What a wrong end does
#
# The lecture's code keeps one flag, `done`, for both kinds of end. Then the 500th step of a perfect
# episode gets the target 1, although the pole could stand for ever. With $\gamma = 0.99$ and +1 a
# step, a pole that never falls is worth $1 + \gamma + \gamma^2 + \dots = 1 / (1 - \gamma)$:

# %% [markdown] lang="ko"
# ## 끝을 잘못 알면
#
# 강의 코드는 두 가지 끝을 `done` 하나로 저장합니다. 그러면 완벽한 에피소드의 500번째 스텝은 타깃이 1이 됩니다.
# 폴은 얼마든지 더 서 있을 수 있는데도요. $\gamma = 0.99$이고 스텝마다 +1이면, 영원히 쓰러지지 않는 폴의 가치는
# $1 + \gamma + \gamma^2 + \dots = 1 / (1 - \gamma)$입니다.

# %%
steps = np.arange(501)
gamma = 0.99
value_if_cut = (1 - gamma ** (500 - steps)) / (1 - gamma)  # the last step counted as an end
true_value = np.full(501, 1 / (1 - gamma))

plt.figure(figsize=(7, 3.2))
plt.plot(steps, true_value, label="terminated only: the truth")
plt.plot(steps, value_if_cut, label="done at the time limit")
plt.xlabel("step of a perfect episode")
plt.ylabel("value of the state")
plt.ylim(0, 110)
plt.legend()
plt.show()

# %% [markdown] lang="en"
# The best states the agent knows are labelled worst just when it has learned to reach them: the
# state after 450 perfect steps is given {{value_if_cut[450]:.1f}} instead of {{true_value[450]:.0f}}.

# %% [markdown] lang="ko"
# 에이전트가 드디어 오래 버티게 된 바로 그때, 가장 좋은 상태에 가장 나쁜 값이 붙습니다. 450스텝을 완벽하게 버틴
# 상태의 가치가 {{true_value[450]:.0f}}이 아니라 {{value_if_cut[450]:.1f}}이 되어 버립니다.

# %% [markdown] lang="en"
# ## One training step with `GradientTape`
#
# The target is a label: it is computed *outside* the tape, so that only $Q(s, a)$ is moved.
# The loss is the mean of the squared TD errors $y - Q(s, a)$.

# %% [markdown] lang="ko"
# ## `GradientTape`로 한 번 학습하기
#
# 타깃은 정답 레이블입니다. 테이프 *바깥*에서 계산하므로 $Q(s, a)$만 움직입니다. 오차는 TD 오차 $y - Q(s, a)$의
# 제곱 평균입니다.

# %% [markdown] lang="en"
# ## Exercise 2 · the TD error ★★☆ 10 minutes
#
# `q_values` has a column for each action, but only one action was taken in each row. Pick it out
# and take it off the target. Useful: `tf.gather(..., batch_dims=1)` or `np.arange(len(actions))`.

# %% [markdown] lang="ko"
# ## 연습 2 · TD 오차 ★★☆ 10분
#
# `q_values`에는 행동마다 열이 하나씩 있지만 각 행에서 실제로 한 행동은 하나뿐입니다. 그 값을 골라 타깃에서 빼
# 보세요. `tf.gather(..., batch_dims=1)`나 `np.arange(len(actions))`가 쓸모 있습니다.

# %% exercise="td_error"
def my_td_error(q_values, actions, targets):
    ### BEGIN SOLUTION
    return targets - tf.gather(q_values, actions, batch_dims=1)
    ### END SOLUTION

# %% check="td_error" points=2
checks.check_td_error(my_td_error)

# %%
agent = DQNAgent(state_size=4, action_size=2, seed=0)
environment = CartPole(seed=0)
while len(agent.memory) < 900:  # below train_start: nothing has been learned yet
    agent.run_episode(environment)

batch = agent.memory.sample(64, agent.rng)
targets = bellman_target(
    batch.rewards, agent.target_model(batch.next_states), batch.terminated, 0.99
)
with tf.GradientTape() as tape:
    q_values = agent.model(batch.states)
    errors = targets - tf.gather(q_values, batch.actions, batch_dims=1)
    loss = tf.reduce_mean(tf.square(errors))
gradients = tape.gradient(loss, agent.model.trainable_weights)
agent.optimizer.apply(gradients, agent.model.trainable_weights)

# %% [markdown] lang="en"
# ## What changed: the slides' way beside this one
#
# The slides compute a full target matrix (the model's own output, with the taken action's entry
# replaced) and call `model.fit`. Same targets, same errors. We time both on this machine.

# %% [markdown] lang="ko"
# ## 무엇이 달라졌나: 슬라이드의 방식과 나란히
#
# 슬라이드는 모델의 출력에서 실제로 한 행동의 칸만 바꾼 타깃 행렬을 만들고 `model.fit`을 부릅니다. 타깃도 오차도
# 똑같습니다. 이 컴퓨터에서 둘의 시간을 재 봅시다.

# %%
def slides_way():
    target = model.predict(states, verbose=0)
    target_val = agent.target_model.predict(next_states, verbose=0)
    for i in range(64):
        value = 0 if ended[i] else np.amax(target_val[i])
        target[i][actions[i]] = batch_rewards[i] + 0.99 * value
    model.fit(states, target, batch_size=64, epochs=1, verbose=0)


states, actions, batch_rewards, next_states, ended = (column.numpy() for column in batch)
model = keras.models.clone_model(agent.model)
model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.001))
train_model = tf.function(agent.train_model)
slides_way(), train_model()  # the first call of each also compiles

# %%
def milliseconds(function, times):
    start = time.perf_counter()
    for _ in range(times):
        function()
    return 1000 * (time.perf_counter() - start) / times


slides_ms, tape_ms = milliseconds(slides_way, 10), milliseconds(train_model, 200)
print(f"predict and fit {slides_ms:.0f} ms, GradientTape in a graph {tape_ms:.2f} ms")

# %% [markdown] lang="en"
# ## Review (진단 평가)
#
# <details><summary>What does the target network's output enter: the target or the prediction?</summary>
#
# Only the target, as $\max_{a'} Q(s', a')$. The prediction $Q(s, a)$ is the model's.
# </details>
#
# <details><summary>Why is there no gradient through the target?</summary>
#
# It plays the part of a label. If it moved too, the network could make the error small by moving
# the goal instead of learning.
# </details>
#
# <details><summary>Which rows of a mini-batch have the reward alone as their target?</summary>
#
# Those whose step ended the task (`terminated`). A time limit is not such an end.
# </details>
#
# **Summary** The target is reward plus discounted best next value, cut by `terminated` alone. It is a
# label: no gradient. One batch of targets is one line of vectorised code. **Next** lesson 08: why
# the network that makes the targets should stand still for a while.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>타깃 네트워크의 출력은 타깃과 예측 중 어디에 들어가나요?</summary>
#
# 타깃에만, $\max_{a'} Q(s', a')$로 들어갑니다. 예측 $Q(s, a)$는 모델의 것입니다.
# </details>
#
# <details><summary>왜 타깃으로는 그레이디언트가 흐르지 않나요?</summary>
#
# 타깃은 정답 레이블 역할을 합니다. 타깃까지 움직이면 신경망은 배우는 대신 정답을 옮겨서 오차를 줄일 수 있습니다.
# </details>
#
# <details><summary>미니배치에서 타깃이 보상뿐인 행은 어떤 행인가요?</summary>
#
# 과제가 끝난(`terminated`) 스텝입니다. 시간 제한은 그런 끝이 아닙니다.
# </details>
#
# **정리** 타깃은 보상 + 감가율 × 다음 상태의 최대 큐값이고, `terminated`만이 그것을 끊습니다. 타깃은 레이블이므로
# 그레이디언트가 없습니다. 배치 전체의 타깃은 벡터 연산 한 줄입니다. **다음 시간** 08강: 타깃을 만드는 신경망은 왜 한동안
# 가만히 있어야 할까요?
