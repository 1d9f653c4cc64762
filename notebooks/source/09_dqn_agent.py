# %% [markdown] lang="en"
# # 09 · The whole DQN agent
#
# Slides: DQN, code explained: the class (lines 1 to 125) and the training loop (lines 1 to 72).
#
# **You will be able to** put the blocks of lessons 04 to 08 together to one agent, each method
# beside its slide · write the loop that plays and learns · train several seeds · save, load and film
# an agent · let the same agent play on real Gymnasium environments · read a speed table.
#
# **Time** 40 minutes · **Needs** lessons 00 and 05 to 08 (stop rule, epsilon-greedy, replay memory, Bellman target,
# target network)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $s, s'$ | `state`, `next_state` | `[S]` | what the agent sees, before and after the step |
# | $n$ | `agent.steps` | number | environment steps so far, over all episodes |
# | $n_0$ | `train_start` | number | learning starts when the memory holds so many |
# | $u$ | `training_steps` | number | calls of `train_model` so far: the updates |
# | $\epsilon$ | `epsilon` | number | the share of random actions |
# | $k$ | `epsilon_decay` | number | what epsilon is multiplied with in each update |

# %% [markdown] lang="ko"
# # 09 · DQN 에이전트 전체
#
# 슬라이드: DQN 코드 설명의 클래스(1~125행)와 학습 반복문(1~72행).
#
# **이번 시간이 끝나면** 04~08강에서 만든 부품을 에이전트 하나로 조립하면서 메서드마다 슬라이드의 어느 줄인지 짚을 수
# 있고 · 플레이하면서 학습하는 반복문을 쓸 수 있고 · 여러 시드로 학습시킬 수 있고 · 에이전트를 저장하고 불러오고
# 영상으로 볼 수 있고 · 같은 에이전트를 실제 Gymnasium 환경에서 돌릴 수 있고 · 속도 비교를 읽을 수 있습니다.
#
# **시간** 40분 · **먼저 볼 것** 00, 05~08 (종료 조건, 입실론 그리디, 리플레이 메모리, 벨만 타깃, 타깃 네트워크)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $s, s'$ | `state`, `next_state` | `[S]` | 에이전트가 보는 것, 스텝 전과 후 |
# | $n$ | `agent.steps` | 숫자 | 모든 에피소드를 합친 환경 스텝 수 |
# | $n_0$ | `train_start` | 숫자 | 메모리에 이만큼 모이면 학습 시작 |
# | $u$ | `training_steps` | 숫자 | `train_model`을 부른 횟수, 즉 업데이트 횟수 |
# | $\epsilon$ | `epsilon` | 숫자 | 무작위 행동의 비율 |
# | $k$ | `epsilon_decay` | 숫자 | 업데이트마다 입실론에 곱하는 값 |

# %%
import os
import tempfile
import time
from pathlib import Path

import gymnasium
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Image
from PIL import Image as Picture

from dqn_keras import CartPole, DQNAgent, GymnasiumEnvironment, ReplayMemory
from dqn_keras import bellman_target, checks, epsilon_greedy, evaluate, exponential_epsilon
from dqn_keras import mean_of_last_above, q_network, record, train, update_target, use_one_thread

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

os.environ["SDL_VIDEODRIVER"] = "dummy"  # films without a screen
use_one_thread()  # networks this small compute faster on one thread

# %% [markdown] lang="en"
# ## The map: every method beside its slide
#
# Nothing new has to be invented today. The agent is a class, and you have built what is inside each
# of its methods; only the last two rows are new:
#
# | slide lines | method or function | what it does | lesson |
# |---|---|---|---|
# | agent 2 to 37 | `__init__` | settings, memory, two networks | 06, 08 |
# | agent 42 to 49 | `build_model` | state in, Q-values out; here `q_network` | 04 |
# | agent 50 to 55 (not shown) | `update_target_model` | copies the weights | 08 |
# | agent 56 to 67 | `get_action` | epsilon-greedy | 05 |
# | agent 69 to 72 (not shown) | `append_sample` | stores $\langle s, a, r, s', d \rangle$ | 06 |
# | agent 74 to 125 | `train_model` | one gradient step on 64 samples | 07 |
# | training 4 to 47 | `run_episode` | `while not done`: play and learn | today |
# | training 1 to 3, 49 to 72 | `train` | stop rule, curve, saving | today |
#
# "Not shown" lines are missing on the slides; what they do is taken from the lecture's public code.

# %% [markdown] lang="ko"
# ## 지도: 메서드마다 슬라이드 한 장
#
# 오늘 새로 발명할 것은 없습니다. 에이전트는 클래스 하나이고, 메서드 안에 들어갈 것은 이미 모두 만들어 보았습니다.
# 새로운 것은 마지막 두 줄뿐입니다.
#
# | 슬라이드 행 | 메서드·함수 | 하는 일 | 배운 곳 |
# |---|---|---|---|
# | 에이전트 2~37 | `__init__` | 설정값, 리플레이 메모리, 신경망 두 개 | 06, 08 |
# | 에이전트 42~49 | `build_model` | 상태가 입력, 큐값이 출력. 여기서는 `q_network` | 04 |
# | 에이전트 50~55 (안 보임) | `update_target_model` | 가중치 복사 | 08 |
# | 에이전트 56~67 | `get_action` | 입실론 그리디 | 05 |
# | 에이전트 69~72 (안 보임) | `append_sample` | $\langle s, a, r, s', d \rangle$ 저장 | 06 |
# | 에이전트 74~125 | `train_model` | 샘플 64개로 한 번 학습 | 07 |
# | 학습 4~47 | `run_episode` | `while not done`: 플레이하며 학습 | 오늘 |
# | 학습 1~3, 49~72 | `train` | 종료 조건, 그래프, 저장 | 오늘 |
#
# "안 보임"은 슬라이드에 빠진 줄입니다. 무슨 일을 하는지는 강의의 공개 코드에서 가져왔습니다.

# %% [markdown] lang="en"
# ## The bookkeeping, by hand
#
# Three counters run through the agent. A small one has $n_0$ = `train_start` = 4, and epsilon
# begins at 1 and is halved ($k = 0.5$) in each update. It plays three episodes of 3, 2 and 4 steps
# and updates once in every step *in which the memory holds at least 4*. Fill in the table:
#
# | after episode | steps $n$ | in memory | updates $u$ | epsilon | target copies |
# |---|---|---|---|---|---|
# | 1 (3 steps) | 3 | 3 | ? | ? | 1 |
# | 2 (2 steps) | 5 | 5 | ? | ? | ? |
# | 3 (4 steps) | 9 | 9 | ? | ? | ? |
#
# The target network is copied once at the end of each episode, as on the slides (line 47).

# %% [markdown] lang="ko"
# ## 손으로 세어 보기
#
# 에이전트 안에서는 세 개의 숫자가 함께 움직입니다. 작은 예를 봅시다. $n_0$ = `train_start` = 4이고, 입실론은 1에서
# 시작해 업데이트마다 절반($k = 0.5$)이 됩니다. 길이가 3, 2, 4스텝인 에피소드 세 개를 플레이하고, *메모리에 샘플이 4개
# 이상 있는* 스텝마다 한 번씩 업데이트합니다. 표를 채워 보세요.
#
# | 에피소드 후 | 스텝 $n$ | 메모리 | 업데이트 $u$ | 입실론 | 타깃 복사 |
# |---|---|---|---|---|---|
# | 1 (3스텝) | 3 | 3 | ? | ? | 1 |
# | 2 (2스텝) | 5 | 5 | ? | ? | ? |
# | 3 (4스텝) | 9 | 9 | ? | ? | ? |
#
# 타깃 네트워크는 슬라이드처럼(47행) 에피소드가 끝날 때마다 한 번 복사합니다.

# %% [markdown] lang="en"
# ## Exercise 1 · updates and epsilon ★☆☆ 10 minutes
#
# Write what you did by hand as a function. `steps` is $n$, `decay` is $k$; epsilon begins at 1 and
# never falls below `floor`. Return both numbers, the number of updates first.

# %% [markdown] lang="ko"
# ## 연습 1 · 업데이트와 입실론 ★☆☆ 10분
#
# 손으로 한 계산을 함수로 써 보세요. `steps`는 $n$, `decay`는 $k$입니다. 입실론은 1에서 시작하고 `floor` 아래로는
# 내려가지 않습니다. 업데이트 횟수, 입실론의 순서로 두 숫자를 모두 돌려주세요.

# %% exercise="counters"
def my_counters(steps, train_start, decay, floor):
    ### BEGIN SOLUTION
    updates = max(0, steps - train_start + 1)
    epsilon = max(floor, decay**updates)
    ### END SOLUTION
    return updates, epsilon

# %% check="counters" points=2
checks.check_counters(my_counters)

# %% [markdown] lang="en"
# As formulas, with the floor $\epsilon_{\min}$:
#
# $$u = \max(0,\; n - n_0 + 1) \qquad \epsilon = \max(\epsilon_{\min},\; k^{\,u})$$
#
# And the filled table:

# %% [markdown] lang="ko"
# 수식으로 쓰면 다음과 같습니다. $\epsilon_{\min}$은 입실론의 하한입니다.
#
# $$u = \max(0,\; n - n_0 + 1) \qquad \epsilon = \max(\epsilon_{\min},\; k^{\,u})$$
#
# 표의 답은 다음과 같습니다.

# %%
for episode, steps in enumerate([3, 5, 9], start=1):
    updates, epsilon = my_counters(steps, train_start=4, decay=0.5, floor=0.0)
    print(f"episode {episode}: {updates} updates, epsilon {epsilon}, {episode} target copies")

# %% [markdown] lang="en"
# ## Piece 1 · the class and its parts
#
# `__init__` runs by itself when an agent is made. It only lays out the parts on the table. Each
# comment names the slide's line.

# %% [markdown] lang="ko"
# ## 조각 1 · 클래스와 부품
#
# `__init__`은 에이전트를 만들 때 자동으로 실행됩니다. 부품을 책상 위에 늘어놓는 일만 합니다. 주석은 슬라이드의 행
# 번호입니다.

# %%
class MyDQN:
    def __init__(self, state_size, action_size, train_start=1000, seed=0):
        self.discount_factor = 0.99  # line 15
        self.batch_size = 64  # line 20
        self.train_start = train_start  # line 21
        self.epsilon_schedule = exponential_epsilon(1.0, 0.999, 0.01)  # lines 17 to 19
        self.training_steps = tf.Variable(0)  # epsilon is a function of this counter
        self.memory = ReplayMemory(2000, state_size)  # line 25
        self.model = q_network(state_size, action_size, seed=seed)  # line 30
        self.target_model = q_network(state_size, action_size, seed=seed)  # line 31
        update_target(self.target_model, self.model)  # line 34
        self.optimizer = keras.optimizers.Adam(learning_rate=0.001)  # line 16
        self.rng = tf.random.Generator.from_seed(seed)

# %% [markdown] lang="en"
# ## Exercise 2 · the reward that is stored ★☆☆ 5 minutes
#
# The environment pays +1 for every step, the last one included. The slides want a fall to hurt:
# the step with which the pole falls is stored with −100 *instead of* +1. They recognise a fall by
# "it is over and the score is not 499". We know it directly: `terminated` (lesson 01).
#
# Return the reward to store, one number: −100 for a fall, whatever the environment paid, and for every
# other step what it paid. `reward` and `terminated` belong to one step.

# %% [markdown] lang="ko"
# ## 연습 2 · 저장할 보상 ★☆☆ 5분
#
# 환경은 마지막 스텝까지 포함해 스텝마다 +1을 줍니다. 슬라이드는 쓰러지면 아프게 하려고, 폴이 쓰러진 스텝에는 +1
# *대신* −100을 저장합니다. 슬라이드는 쓰러졌는지를 "끝났는데 점수가 499가 아니다"로 알아냅니다. 우리는 바로 알 수
# 있습니다. `terminated`입니다(01).
#
# 저장할 보상, 곧 숫자 하나를 돌려주세요. 쓰러진 스텝은 환경이 얼마를 주었든 −100이고, 다른 스텝은 환경이 준
# 그대로입니다. `reward`와 `terminated`는 한 스텝의 값입니다.

# %% exercise="stored_reward"
def my_stored_reward(reward, terminated):
    ### BEGIN SOLUTION
    return tf.where(terminated, -100.0, reward)
    ### END SOLUTION

# %% check="stored_reward" points=2
checks.check_stored_reward(my_stored_reward)

# %% [markdown] lang="en"
# ## Piece 2 · act, store, copy
#
# A method is a function that lives in a class; its first argument, `self`, is the agent itself.
# We write the functions one by one and hang them into the class.

# %% [markdown] lang="ko"
# ## 조각 2 · 행동하기, 저장하기, 복사하기
#
# 메서드는 클래스 안에 사는 함수입니다. 첫 번째 인자 `self`는 에이전트 자신입니다. 함수를 하나씩 써서 클래스에 달아
# 줍시다.

# %%
def get_action(self, state):  # lines 56 to 67
    epsilon = self.epsilon_schedule(self.training_steps)
    return epsilon_greedy(self.model(state[None])[0], epsilon, self.rng)


def append_sample(self, state, action, reward, next_state, terminated):  # lines 69 to 72
    reward = tf.where(terminated, -100.0, reward)
    self.memory.append(state, action, reward, next_state, terminated)


def update_target_model(self):  # lines 50 to 55
    update_target(self.target_model, self.model)


MyDQN.get_action = get_action
MyDQN.append_sample = append_sample
MyDQN.update_target_model = update_target_model

# %% [markdown] lang="en"
# ## Piece 3 · learn
#
# This is lesson 07 in one method: draw 64 samples, make their targets with the target network,
# move the model's $Q(s, a)$ towards them. The slides need lines 75 to 125 for it, because they
# unpack the batch and build the targets in Python loops.

# %% [markdown] lang="ko"
# ## 조각 3 · 학습하기
#
# 06에서 한 일을 메서드 하나에 담습니다. 샘플 64개를 뽑고, 타깃 네트워크로 타깃을 만들고, 모델의 $Q(s, a)$를 그쪽으로
# 움직입니다. 슬라이드는 파이썬 반복문으로 배치를 풀고 타깃을 만들기 때문에 75~125행이 필요합니다.

# %%
def train_model(self):
    self.training_steps.assign_add(1)  # lines 76 and 77: epsilon falls
    batch = self.memory.sample(self.batch_size, self.rng)  # line 82
    next_q_values = self.target_model(batch.next_states)  # line 109
    targets = bellman_target(
        batch.rewards, next_q_values, batch.terminated, self.discount_factor
    )  # lines 113 to 119
    with tf.GradientTape() as tape:  # lines 108 and 125
        q_values = tf.gather(self.model(batch.states), batch.actions, batch_dims=1)
        loss = tf.reduce_mean(tf.square(targets - q_values))
    gradients = tape.gradient(loss, self.model.trainable_weights)
    self.optimizer.apply(gradients, self.model.trainable_weights)
    return loss


MyDQN.train_model = train_model

# %% [markdown] lang="en"
# ## Exercise 3 · the loop that plays and learns ★★☆ 15 minutes
#
# Now the slides' `while not done` (training lines 15 to 47). In every step:
#
# 1. `agent.get_action(state)` chooses an action.
# 2. `environment.step(action)` gives `next_state, reward, terminated, truncated`.
# 3. `agent.append_sample(...)` stores the step. What marks an end: `terminated`, or both kinds?
# 4. If `agent.memory.size >= agent.train_start`, call `agent.train_model()`. (Take `memory.size`,
#    not `len(memory)`: a graph has tensors, no Python numbers.)
# 5. Add the environment's reward to the score, go on to the next state, and find out whether the
#    episode is over.
#
# After the loop call `agent.update_target_model()`, once.

# %% [markdown] lang="ko"
# ## 연습 3 · 플레이하며 배우는 반복문 ★★☆ 15분
#
# 슬라이드의 `while not done`(학습 코드 15~47행)을 쓸 차례입니다. 스텝마다 다음을 합니다.
#
# 1. `agent.get_action(state)`로 행동을 고릅니다.
# 2. `environment.step(action)`이 `next_state, reward, terminated, truncated`를 줍니다.
# 3. `agent.append_sample(...)`로 샘플을 저장합니다. 끝이라고 표시할 것은 `terminated`일까요, 두 가지 모두일까요?
# 4. `agent.memory.size >= agent.train_start`이면 `agent.train_model()`을 부릅니다. (`len(memory)` 말고
#    `memory.size`를 쓰세요. 그래프 안에는 파이썬 숫자가 아니라 텐서가 있습니다.)
# 5. 환경이 준 보상을 점수에 더하고, 다음 상태로 넘어가고, 에피소드가 끝났는지 확인합니다.
#
# 반복문이 끝나면 `agent.update_target_model()`을 한 번 부릅니다.

# %% exercise="run_episode"
def my_run_episode(agent, environment):
    state = environment.reset()
    score = tf.constant(0.0)
    done = tf.constant(False)
    while not done:
        ### BEGIN SOLUTION
        action = agent.get_action(state)
        next_state, reward, terminated, truncated = environment.step(action)
        agent.append_sample(state, action, reward, next_state, terminated)
        if agent.memory.size >= agent.train_start:
            agent.train_model()
        score += reward
        state = next_state
        done = terminated or truncated
    agent.update_target_model()
        ### END SOLUTION
    return score

# %% check="run_episode" points=3
checks.check_run_episode(my_run_episode)

# %% [markdown] lang="en"
# ## Yours against the tested one
#
# The package has the same agent: `dqn_keras.DQNAgent`, in `dqn_keras/agents/dqn.py`. If you built
# the same thing, then the same weights at the start, the same random numbers and the same three
# episodes must leave the same weights at the end. So that learning begins soon, both get
# `train_start=20`; both run line by line, without a graph.

# %% [markdown] lang="ko"
# ## 내가 만든 것과 테스트를 거친 것
#
# 패키지에도 같은 에이전트가 있습니다. `dqn_keras/agents/dqn.py`의 `dqn_keras.DQNAgent`입니다. 같은 것을 만들었다면,
# 같은 초기 가중치와 같은 난수로 에피소드 세 개를 플레이한 뒤의 가중치도 같아야 합니다. 학습이 빨리 시작되도록 둘 다
# `train_start=20`으로 하고, 둘 다 그래프 없이 한 줄씩 실행합니다.

# %%
mine = MyDQN(4, 2, train_start=20, seed=0)
tested = DQNAgent(4, 2, train_start=20, seed=0)
tested.rng.reset_from_seed(0)  # the same random numbers as mine
before = tested.model.get_weights()

my_environment, tested_environment = CartPole(seed=0), CartPole(seed=0)
my_scores = [int(my_run_episode(mine, my_environment)) for _ in range(3)]
tf.config.run_functions_eagerly(True)  # line by line, as mine runs
tested_scores = [int(tested.run_episode(tested_environment)) for _ in range(3)]
tf.config.run_functions_eagerly(False)
print("my scores:    ", my_scores)
print("tested scores:", tested_scores)

# %%
def largest_difference(weights, other_weights):
    return max(np.abs(a - b).max() for a, b in zip(weights, other_weights))


after = tested.model.get_weights()
moved = largest_difference(before, after)
difference = largest_difference(mine.model.get_weights(), after)
print(f"{int(mine.training_steps)} updates moved the weights by up to {moved:.3f}")
print(f"largest difference between the two agents' weights: {difference:.1e}")

# %% [markdown] lang="en"
# From here on we import the tested one. It has the same lines as yours, and more settings (all five
# lecture documents, lesson 10).

# %% [markdown] lang="ko"
# 이제부터는 테스트를 거친 것을 씁니다. 여러분이 쓴 것과 같은 줄들에 설정이 더 있을 뿐입니다(다섯 문서를 모두 다루는
# 것은 10강에서).

# %% [markdown] lang="en"
# ## Train
#
# `train` is the slides' outer loop, `for e in range(N_EPISODES)`, and `mean_of_last_above(490)` the
# slides' stop rule (line 68) as you repaired it in lesson 00: there are ten scores, and the mean of the
# last ten is above 490. `agent.reset(seed)` makes the agent a beginner again, with other random
# numbers. Reinforcement learning depends on luck, so we look at several seeds at once.

# %% [markdown] lang="ko"
# ## 학습
#
# `train`은 슬라이드의 바깥 반복문 `for e in range(N_EPISODES)`이고, `mean_of_last_above(490)`은 00에서 고친
# 종료 조건(68행), 즉 점수가 열 개 이상이고 마지막 열 개의 평균이 490보다 크다는 조건입니다. `agent.reset(seed)`는 에이전트를 다른 난수를 가진 초보자로 되돌립니다. 강화학습은 운을 타므로 시드 여러
# 개를 함께 봅니다.

# %%
agent, environment = DQNAgent(4, 2, seed=0), CartPole(seed=0)
histories, greedy_means = [], []
for seed in range(5):
    agent.reset(seed)
    environment.reset(seed)
    history = train(agent, environment, 300, mean_of_last_above(490), progress=False)
    greedy = evaluate(agent, CartPole(), episodes=100).mean()
    end = "stop rule met" if history.ended_by == "stop rule" else "stop rule not met"
    print(f"seed {seed}: {history.episodes} episodes, {end}, greedy {greedy:.0f}")
    histories.append(history)
    greedy_means.append(greedy)

# %%
plt.figure(figsize=(7, 3.2))
for history in histories:
    mean10 = np.convolve(history.scores, np.ones(10) / 10, mode="valid")
    plt.plot(np.arange(10, history.episodes + 1), mean10, label=f"seed {history.seed}")
plt.axhline(490, color="0.6", linestyle=":")
plt.xlabel("episode")
plt.ylabel("mean of the last 10 scores")
plt.legend()
plt.show()

lengths = [history.episodes for history in histories]
stopped = sum(history.ended_by == "stop rule" for history in histories)

# %% [markdown] lang="en"
# Same code, same settings, other random numbers: the shortest run took {{min(lengths)|40%}} episodes,
# the longest {{max(lengths)|30%}} (300 is the most we allow). The stop rule ended
# {{stopped|40%}} of the {{len(histories)}} runs. "Greedy" is the mean of 100 fresh episodes without
# random actions; it lies between {{min(greedy_means):.0f|60%}} and {{max(greedy_means):.0f|10%}}. The stop
# rule looks at ten training episodes only, so it does not promise what the agent is worth:
# measure that apart, as here.

# %% [markdown] lang="ko"
# 코드도 설정도 같고 난수만 다릅니다. 가장 짧은 학습은 {{min(lengths)|40%}}에피소드, 가장 긴 학습은
# {{max(lengths)|30%}}에피소드가 걸렸습니다(최대 300). {{len(histories)}}번 가운데 종료 조건으로 끝난 것은
# {{stopped|40%}}번입니다. "greedy"는 무작위 행동 없이 새로 플레이한 에피소드 100개의 평균으로,
# {{min(greedy_means):.0f|60%}}에서 {{max(greedy_means):.0f|10%}} 사이입니다. 종료 조건은 학습 중의 에피소드 열 개만
# 보기 때문에 에이전트의 실력까지 약속하지는 않습니다. 실력은 여기처럼 따로 재야 합니다.

# %% [markdown] lang="en"
# Do the formulas from the beginning hold for the real agent, with $n_0 = 1000$, $k = 0.999$ and
# $\epsilon_{\min} = 0.01$?

# %% [markdown] lang="ko"
# 처음에 손으로 세어 본 수식이 진짜 에이전트($n_0 = 1000$, $k = 0.999$, $\epsilon_{\min} = 0.01$)에서도 맞을까요?

# %%
n, u = int(agent.steps), int(agent.training_steps)
updates, epsilon = my_counters(n, train_start=1000, decay=0.999, floor=0.01)
print(f"steps {n}, updates {u}, by the formula {updates}")
print(f"epsilon {agent.epsilon:.4f}, by the formula {epsilon:.4f}")
print(f"target copies {history.episodes}, in memory {len(agent.memory)} (at most 2000)")

# %% [markdown] lang="en"
# ## Save and load
#
# On the slides the weights are saved only when the stop rule has been met, with a file name that
# Keras 3 refuses, at the very moment of success (`.h5`; it wants `.weights.h5`). Our agents write one safetensors
# file: named arrays and nothing else. We save the best of the five, and load it into a new agent.
# (Here in a folder that vanishes; in your own work take `save_model/`.)

# %% [markdown] lang="ko"
# ## 저장하고 불러오기
#
# 슬라이드는 종료 조건을 만족했을 때만 가중치를 저장하는데, Keras 3은 그 파일 이름(`.h5`)을 거부합니다. 하필 성공한 바로
# 그 순간에 오류가 나는 것이죠(`.weights.h5`여야 합니다). 우리 에이전트는 safetensors 파일 하나에 저장합니다. 이름
# 붙은 배열만 들어 있는 파일입니다. 다섯 가운데 가장 좋은 에이전트를 저장하고 새 에이전트에 불러와 봅시다. (여기서는
# 곧 사라지는 폴더에 저장합니다. 여러분의 작업에서는 `save_model/`을 쓰세요.)

# %%
best_seed = int(np.argmax(greedy_means))
agent.reset(best_seed)
environment.reset(best_seed)
train(agent, environment, 300, mean_of_last_above(490), progress=False)  # the same run again

loaded = DQNAgent(4, 2)  # other random weights
with tempfile.TemporaryDirectory() as folder:
    path = agent.save_weights(Path(folder) / "cartpole_dqn.safetensors")
    print(f"{path.name}: {path.stat().st_size} bytes")
    loaded.load_weights(path)

loaded_mean = evaluate(loaded, CartPole(), episodes=100).mean()
print(f"seed {best_seed}: before {greedy_means[best_seed]:.2f}, loaded {loaded_mean:.2f}")
print(f"epsilon of the loaded agent: {loaded.epsilon:.2f}")

# %% [markdown] lang="en"
# Training again with the same seed gave the same agent, and loading gave the same returns. But look
# at the last line: epsilon follows from a counter and is
# no weight. A loaded agent that plays with `get_action`
# moves at random, as the slides' one with `load_model = True` does. To *use* an agent, take the
# largest Q-value: `agent.greedy_actions`, as `evaluate` does.

# %% [markdown] lang="ko"
# 같은 시드로 다시 학습하니 같은 에이전트가 나왔고, 불러온 에이전트의 점수도 같습니다. 그런데 마지막 줄을 보세요.
# 입실론은 가중치가 아니라 횟수로 정해지는 값입니다. 불러온 에이전트가 `get_action`으로 플레이하면 무작위로 움직입니다.
# 슬라이드에서 `load_model = True`로 했을 때도 그렇습니다. 에이전트를 *사용할* 때는 `evaluate`처럼 큐값이 가장 큰
# 행동, `agent.greedy_actions`를 쓰세요.

# %% [markdown] lang="en"
# ## Watch it
#
# The slides note that Colab cannot show `env.render()`. Frames as pictures need no screen: left a new
# agent with random weights, right the trained one, for four seconds each.

# %% [markdown] lang="ko"
# ## 눈으로 보기
#
# 슬라이드에는 Colab에서 `env.render()`가 안 된다고 되어 있습니다. 화면이 없어도 프레임을 그림으로 받으면 볼 수 있습니다.
# 왼쪽은 가중치가 무작위인 새 에이전트, 오른쪽은 학습한 에이전트입니다. 각각 4초입니다.

# %%
env = gymnasium.make("CartPole-v1", render_mode="rgb_array", max_episode_steps=200)
films = [record(player, env) for player in (DQNAgent(4, 2, seed=0), loaded)]
length = max(len(film) for film in films)
pictures = []
for t in range(0, length, 4):  # every fourth frame: 12.5 pictures a second
    pair = [film[min(t, len(film) - 1)] for film in films]  # a fallen pole stays as it fell
    strip = Picture.fromarray(np.hstack(pair)[150:350])  # the rows with cart and pole
    pictures.append(strip.resize((420, 70)).quantize(16))
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "before_and_after.gif"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=80, loop=0)
    gif = path.read_bytes()
print(f"steps filmed: new agent {len(films[0]) - 1}, trained {len(films[1]) - 1} (at most 200)")
Image(data=gif, format="gif")

# %% [markdown] lang="en"
# ## The same agent on the real Gymnasium environment
#
# Our `CartPole` is Gymnasium's, rewritten in TensorFlow so that it can be compiled. Does the agent
# notice the difference? `GymnasiumEnvironment` wraps a real one. First the loaded agent, which
# has never been there; then a new one that learns there, one run.

# %% [markdown] lang="ko"
# ## 같은 에이전트를 실제 Gymnasium 환경에서
#
# 우리의 `CartPole`은 컴파일할 수 있도록 Gymnasium의 것을 TensorFlow로 다시 쓴 환경입니다. 에이전트가 차이를 느낄까요?
# `GymnasiumEnvironment`가 실제 환경을 감싸 줍니다. 먼저 거기에 가 본 적 없는, 불러온 에이전트를 플레이시키고, 다음으로 새
# 에이전트를 거기에서 학습시켜 봅니다(한 번의 실행).

# %%
real = GymnasiumEnvironment(gymnasium.make("CartPole-v1"), seed=0)
real_returns = evaluate(loaded, real, episodes=5, seed=1)
print("loaded agent on Gymnasium:", real_returns.astype(int))

newcomer = DQNAgent(real.state_size, real.action_size, seed=0)
real_history = train(newcomer, real, episodes=90, progress=False)
first, last = np.mean(real_history.scores[:20]), np.mean(real_history.scores[-20:])
print(f"new agent there: first 20 episodes {first:.0f}, last 20 of 90 {last:.0f}")

# %% [markdown] lang="en"
# The loaded agent scores {{np.mean(real_returns):.0f|40%}} on average there, without ever having learned
# there, and a new agent plays and learns there with the same lines; each step only takes longer, as
# we will measure.
#
# ## And on another environment
#
# Acrobot: two rods hang from a hinge, and the agent swings the lower end above a line. Six numbers
# come in, three actions go out, every step costs 1, and after 500 steps it is cut off. Not a
# line of the agent changes. But think before you copy the settings: in CartPole an episode that
# *ends* has failed; in Acrobot one that ends has *succeeded*. The slides' −100 would punish success,
# hence `fall_reward=None`.

# %% [markdown] lang="ko"
# 불러온 에이전트는 거기서 배운 적이 없는데도 평균 {{np.mean(real_returns):.0f|40%}}점이고, 새 에이전트도 같은 코드로 거기에서
# 플레이하며 배웁니다. 다만 한 스텝에 걸리는 시간이 더 긴데, 이것은 곧 재어 봅니다.
#
# ## 다른 환경에서도
#
# Acrobot은 경첩에 매달린 막대 두 개를 흔들어 아래쪽 끝을 선 위로 올리는 환경입니다. 숫자 여섯 개가 들어오고 행동은 세
# 가지이며, 스텝마다 −1이고 500스텝에서 잘립니다. 에이전트는 한 줄도 바뀌지 않습니다. 다만 설정을 그대로 베끼기
# 전에 생각해 보세요. CartPole에서 *끝난* 에피소드는 실패이지만 Acrobot에서 끝난 에피소드는 *성공*입니다. 슬라이드의
# −100을 그대로 두면 성공을 벌하게 됩니다. 그래서 `fall_reward=None`입니다.

# %%
acrobot = GymnasiumEnvironment(gymnasium.make("Acrobot-v1"), seed=0)
swinger = DQNAgent(acrobot.state_size, acrobot.action_size, fall_reward=None, seed=0)
acrobot_history = train(swinger, acrobot, episodes=16, progress=False)
reached = sum(score > -500 for score in acrobot_history.scores)
print(f"S = {acrobot.state_size}, A = {acrobot.action_size}, scores:")
print([int(score) for score in acrobot_history.scores])

# %% [markdown] lang="en"
# It runs, and reached the line in {{reached|60%}} of {{len(acrobot_history.scores)}} episodes. This is one short run, which says
# nothing about how well DQN does there. In lesson 16 you can make a project of it.
#
# ## A measurement: one text, three speeds
#
# The loop can be executed in three ways: *eagerly*, line by line, as Python does; as a
# *graph*, which TensorFlow records once and then runs without Python; or *compiled*, when XLA
# turns the whole graph into machine code. The environment decides: a Gymnasium one is Python and
# cannot be compiled, ours can. The time for one step, learning included, on this machine:

# %% [markdown] lang="ko"
# 잘 돌아가고, {{len(acrobot_history.scores)}}에피소드 가운데 {{reached|60%}}번 선에 닿았습니다. 짧게 한 번 실행한 것이므로 DQN이 여기서 얼마나 잘하는지는
# 알 수 없습니다. 16강에서 프로젝트로 해 볼 수 있습니다.
#
# ## 측정: 코드는 하나, 속도는 셋
#
# 이 반복문은 세 가지 방법으로 실행할 수 있습니다. 파이썬처럼 한 줄씩 실행하는 *즉시 실행(eager)*, TensorFlow가 한 번
# 기록해 두고 파이썬 없이 돌리는 *그래프(graph)*, XLA가 그래프 전체를 기계어로 바꾸는 *컴파일(compiled)*입니다. 환경에 따라
# 달라집니다. Gymnasium 환경은 파이썬이라 컴파일할 수 없고, 우리 환경은 할 수 있습니다. 이 컴퓨터에서 학습까지 포함해 한
# 스텝에 걸리는 시간을 재 봅시다.

# %%
def milliseconds_per_step(agent, environment, steps):
    first, start = int(agent.steps), time.perf_counter()
    while int(agent.steps) < first + steps:
        agent.run_episode(environment)
    return 1000 * (time.perf_counter() - start) / (int(agent.steps) - first)


plain = CartPole(seed=0)
plain.compilable = False  # the same environment, but not to be compiled
agent.run_episode(plain)  # the first call records the graph
speeds = {
    "compiled": milliseconds_per_step(agent, environment, 20_000),
    "graph": milliseconds_per_step(agent, plain, 1_000),
    "graph, Gymnasium": milliseconds_per_step(newcomer, real, 1_000),
}
tf.config.run_functions_eagerly(True)
speeds["eager"] = milliseconds_per_step(agent, CartPole(max_steps=50, seed=0), 50)
tf.config.run_functions_eagerly(False)

# %%
for way, ms in speeds.items():
    print(f"{way:17} {ms:7.3f} ms a step, {ms / speeds['compiled']:5.0f} times compiled")

seconds = sum(history.seconds for history in histories)
eager_minutes = histories[0].steps * speeds["eager"] / 60_000
print(f"all five runs together, compiling included: {seconds:.0f} seconds")
print(f"the first of them alone, at the eager speed: about {eager_minutes:.0f} minutes")

plt.figure(figsize=(7, 2.4))
plt.plot(list(speeds.values()), list(speeds), "o")
plt.xscale("log")
plt.xlabel("milliseconds for one step, learning included (log scale)")
plt.tight_layout()
plt.show()

# %% [markdown] lang="en"
# The text is the same in all rows. The two printed times say what that is worth: it is why this
# course can show you several runs where the documents show one.
#
# ## What changed since the last step, and since the slides
#
# Since lesson 08: no new block, only the order in which they are called. Since the slides:
#
# | slides | here | why |
# |---|---|---|
# | `done` is stored | `terminated` is stored | step 500 is not a fall (lesson 07) |
# | score with −100, repaired by +100 | the environment's own rewards | the repair loses one step of every fall |
# | mean of nine scores | ten, newest included, never before ten | lesson 00 |
# | `predict`, `predict`, `fit` | `GradientTape` | same targets, measured in lesson 07 |
# | saved only when solved, `.h5` | `train(..., model_dir=...)` always saves | nothing is lost |
# | one run | several seeds, greedy evaluation apart | luck |

# %% [markdown] lang="ko"
# 네 줄 모두 같은 코드입니다. 출력된 두 시간을 비교해 보면 이 차이가 무엇을 뜻하는지 알 수 있습니다. 문서들이 실행 한 번을
# 보여 주는 자리에서 이 강의가 여러 번을 보여 드릴 수 있는 이유입니다.
#
# ## 무엇이 달라졌나: 지난 시간과, 그리고 슬라이드와
#
# 08강과 비교하면 새 부품은 없고 부르는 순서만 생겼습니다. 슬라이드와 비교하면 다음과 같습니다.
#
# | 슬라이드 | 여기 | 이유 |
# |---|---|---|
# | `done`을 저장 | `terminated`를 저장 | 500번째 스텝은 쓰러진 것이 아님 (06) |
# | −100이 든 점수에 +100을 더해 고침 | 환경이 준 보상의 합 | 고쳐도 쓰러질 때마다 한 스텝을 잃음 |
# | 점수 아홉 개의 평균 | 최근 것까지 열 개, 열 개가 되기 전에는 멈추지 않음 | 00 |
# | `predict`, `predict`, `fit` | `GradientTape` | 타깃은 같고, 시간은 07강에서 측정 |
# | 풀었을 때만 `.h5`로 저장 | `train(..., model_dir=...)`은 언제나 저장 | 잃어버리지 않음 |
# | 한 번 실행 | 시드 여러 개, 그리디 평가는 따로 | 운 |

# %% [markdown] lang="en"
# ## Review (진단 평가)
#
# The slides' self-test in the middle of the code:
#
# <details><summary>a. What is a class? Why do we need one?</summary>
#
# A plan from which objects are made. The agent's parts (memory, two networks, counters) and the
# functions that use them stay together, and two agents made from it do not disturb each other:
# today we had half a dozen of them.
# </details>
#
# <details><summary>b. What is epsilon-greedy? Why do we need it?</summary>
#
# A random action with probability epsilon, else the one with the largest Q-value. Without random
# actions the agent repeats what happened to work first and never tries the rest.
# </details>
#
# <details><summary>c. What is the replay memory? Why do we need it?</summary>
#
# A store of the last 2000 steps from which mini-batches are drawn at random. Consecutive steps are
# alike; a random draw is not, and each step is used many times.
# </details>
#
# <details><summary>d. What is the target network? Why do we need it?</summary>
#
# A copy of the model that makes the targets and stands still during an episode, so that the goal
# does not move with every update.
# </details>
#
# **Summary** The agent is a class: act, store, learn, copy. The loop calls them in that order, and
# ends on `terminated` or `truncated` while only `terminated` is stored. Stop by a rule, judge by a
# greedy evaluation, over several seeds. **Next** lesson 10: five documents describe "a DQN for
# CartPole", and all five are this one agent with other settings.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# 슬라이드의 "중간 정리 & 자가진단"입니다.
#
# <details><summary>a. 클래스란? 필요한 이유는?</summary>
#
# 객체를 찍어 내는 설계도입니다. 에이전트의 부품(메모리, 신경망 두 개, 횟수)과 그것을 쓰는 함수들이 함께 있고, 같은
# 설계도로 만든 에이전트끼리는 서로 방해하지 않습니다. 오늘도 에이전트 여러 개를 함께 썼습니다.
# </details>
#
# <details><summary>b. Epsilon Greedy Algorithm이란? 필요한 이유는?</summary>
#
# 입실론의 확률로는 무작위 행동을, 그렇지 않으면 큐값이 가장 큰 행동을 합니다. 무작위 행동이 없으면 처음에 우연히 잘된
# 행동만 되풀이하고 나머지는 시도해 보지 않습니다.
# </details>
#
# <details><summary>c. Replay Memory란? 필요한 이유는?</summary>
#
# 최근 2000스텝을 모아 두고 무작위로 미니배치를 뽑는 저장소입니다. 연속된 스텝은 서로 비슷하지만 무작위로 뽑으면 그렇지
# 않고, 한 스텝을 여러 번 배울 수 있습니다.
# </details>
#
# <details><summary>d. Target Networks란? 필요한 이유는?</summary>
#
# 타깃을 만드는, 모델의 복사본입니다. 한 에피소드 동안 가만히 있어서 업데이트할 때마다 목표가 움직이지 않게 합니다.
# </details>
#
# **정리** 에이전트는 클래스 하나입니다. 행동하고, 저장하고, 학습하고, 복사합니다. 반복문은 이 순서로 부르고
# `terminated`나 `truncated`에서 끝나지만, 저장하는 것은 `terminated`뿐입니다. 규칙에 따라 멈추고, 실력은 그리디
# 평가로, 시드 여러 개로 봅니다. **다음 시간** 10강: "CartPole DQN"을 설명하는 문서가 다섯 개 있습니다. 다섯 모두 이
# 에이전트의 설정만 바꾼 것입니다.
