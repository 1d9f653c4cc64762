# %% [markdown] lang="en"
# # 09 · The whole DQN agent
#
# **On the slides** DQN, code explained. The class: `__init__` lines 2 to 37, `build_model` 42 to 49,
# `get_action` 56 to 67, `train_model` 74 to 125; lines 50 to 55 (`update_target_model`) and 69 to 72
# (`append_sample`) are not shown, and what they do is taken from the lecture's public code. *Training*:
# the episode lines 4 to 47, stop rule, curve and saving 49 to 72.
#
# **You will be able to** put what you wrote in lessons 05 to 08 together into one agent, and train it ·
# write the loop that plays and learns · check it against a tested one · judge an agent by several seeds
# and a greedy evaluation · save, load and film an agent · let it play in other environments · read a
# speed table.
#
# **Time** 70 minutes · **Needs** lessons 00 and 05 to 08 (stop rule, epsilon-greedy, replay memory, Bellman target,
# target network)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $s, s'$ | `state`, `next_state` | `[S]` | what the agent sees, before and after the step |
# | $n$ | `agent.steps` | number | environment steps so far, over all episodes |
# | $n_0$ | `train_start` | number | learning starts when the memory holds so many |
# | $u$ | `updates` | number | learning steps so far |
# | $\varepsilon$ | `epsilon` | number | the share of random actions |
# | $\delta$ | `decay` | number | what epsilon is multiplied by in each update |

# %% [markdown] lang="ko"
# # 09 · DQN 에이전트 전체
#
# **슬라이드에서는** DQN 코드 설명. 클래스는 `__init__` 2~37행, `build_model` 42~49행, `get_action` 56~67행,
# `train_model` 74~125행이고, 50~55행(`update_target_model`)과 69~72행(`append_sample`)은 빠져 있어서 강의의 공개 코드를
# 따랐습니다. *Training*은 에피소드 4~47행, 종료 조건과 그래프와 저장 49~72행.
#
# **이번 시간이 끝나면** 05~08강에서 쓴 함수를 에이전트 하나로 조립해서 학습시킬 수 있고 · 플레이하면서 배우는
# 반복문을 쓸 수 있고 · 그 에이전트가 맞는지 테스트를 거친 에이전트와 비교해 확인할 수 있고 · 여러 시드와 그리디
# 평가로 에이전트의 실력을 잴 수 있고 · 에이전트를 저장하고 불러오고 영상으로 볼 수 있고 · 다른 환경에서 돌릴 수
# 있고 · 속도 비교를 읽을 수 있습니다.
#
# **시간** 70분 · **먼저 볼 것** 00강, 05~08강 (종료 조건, 입실론 그리디, 리플레이 메모리, 벨만 타깃, 타깃 네트워크)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $s, s'$ | `state`, `next_state` | `[S]` | 에이전트가 보는 것, 스텝 전과 후 |
# | $n$ | `agent.steps` | 숫자 | 모든 에피소드를 합친 환경 스텝 수 |
# | $n_0$ | `train_start` | 숫자 | 메모리에 샘플이 이만큼 모이면 학습 시작 |
# | $u$ | `updates` | 숫자 | 지금까지 학습한 횟수, 곧 업데이트 횟수 |
# | $\varepsilon$ | `epsilon` | 숫자 | 무작위 행동의 비율 |
# | $\delta$ | `decay` | 숫자 | 업데이트마다 입실론에 곱하는 값 |

# %%
import tempfile
import time

import gymnasium
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNAgent, GymnasiumEnvironment, Transitions, checks, evaluate
from dqn_keras import mean_of_last_above, q_network, record, train, use_one_thread
from dqn_keras.classroom.films import film

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

use_one_thread()  # for networks this small, one thread computes faster than several
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## The map
#
# You now build an agent that balances the pole, all by yourself, and there is almost nothing left to
# invent. The agent is a **class**: a blueprint for objects that keep their data and their functions
# together (such functions are called methods). You have already written what goes into most of them.
# Only the bookkeeping, the stored reward and the loop are new:
#
# | method or function | what it does | from lesson |
# |---|---|---|
# | `__init__` | sets up settings, memory and two networks | 06, 08 |
# | `get_action` | epsilon-greedy | 05, exercise 1 today |
# | `append_sample` | stores $s, a, r, s', d$ | 06, exercise 2 today |
# | `update_target_model` | copies the model's weights into the target network | 08 |
# | `train_model` | one learning step on 64 transitions | 07, 08 |
# | `run_episode` | plays an episode and learns in every step | exercise 3 today |

# %% [markdown] lang="ko"
# ## 지도
#
# 폴의 균형을 잡는 에이전트를 이제 여러분의 힘만으로 만듭니다. 새로 만들 것은 거의 없습니다. 에이전트는
# **클래스**입니다. 클래스는 데이터와 함수를 함께 지닌 객체를 찍어 내는 설계도이고, 그런 함수를 메서드라고 합니다.
# 메서드 안에 들어갈 것은 이미 거의 다 써 보았습니다. 새로운 것은 횟수 세기, 저장할 보상, 반복문뿐입니다.
#
# | 메서드·함수 | 하는 일 | 배운 곳 |
# |---|---|---|
# | `__init__` | 설정값, 메모리, 신경망 두 개를 준비 | 06강, 08강 |
# | `get_action` | 입실론 그리디 | 05강, 오늘 연습 1 |
# | `append_sample` | $s, a, r, s', d$ 저장 | 06강, 오늘 연습 2 |
# | `update_target_model` | 모델의 가중치를 타깃 네트워크에 복사 | 08강 |
# | `train_model` | 샘플 64개로 한 번 학습 | 07강, 08강 |
# | `run_episode` | 에피소드 하나를 플레이하며 스텝마다 학습 | 오늘 연습 3 |

# %% [markdown] lang="en"
# ## The bookkeeping, by hand
#
# Three counts run through the agent. Take a small one with $n_0$ = `train_start` = 4. Its epsilon begins at 1 and is
# halved ($\delta = 0.5$) in each update. It plays three episodes of 3, 2 and 4 steps. At first it only collects; it updates
# once in every step *in which the memory, with this step in it, holds at least 4 transitions*. At the end of each
# episode the target network is copied. Fill in the table:
#
# | after episode | steps $n$ | in memory | updates $u$ | epsilon | target copies |
# |---|---|---|---|---|---|
# | 1 (3 steps) | 3 | 3 | ? | ? | 1 |
# | 2 (2 steps) | 5 | 5 | ? | ? | ? |
# | 3 (4 steps) | 9 | 9 | ? | ? | ? |
#
# ## Exercise 1 · updates and epsilon ★☆☆ 10 minutes
#
# Write what you did by hand as a function. `steps` is $n$, `decay` is $\delta$; epsilon begins at 1 and never falls below
# `floor`. Return both numbers, the number of updates first. Useful: `max(a, b)` is the larger of two numbers, `decay**u` is
# $\delta^u$.

# %% [markdown] lang="ko"
# ## 손으로 세어 보기
#
# 에이전트 안에서는 숫자 세 개가 함께 움직입니다. 작은 예를 봅시다. $n_0$ = `train_start` = 4이고, 입실론은 1에서
# 시작해 업데이트마다 절반($\delta = 0.5$)이 됩니다. 길이가 3, 2, 4스텝인 에피소드 세 개를 플레이합니다. 처음에는 샘플을
# 모으기만 하다가, *이번 스텝까지 넣어 메모리에 샘플이 4개 이상 있는* 스텝마다 한 번씩 업데이트합니다. 타깃
# 네트워크는 에피소드가 끝날 때마다 복사합니다. 표를 채워 보세요.
#
# | 에피소드 후 | 스텝 $n$ | 메모리 | 업데이트 $u$ | 입실론 | 타깃 복사 |
# |---|---|---|---|---|---|
# | 1 (3스텝) | 3 | 3 | ? | ? | 1 |
# | 2 (2스텝) | 5 | 5 | ? | ? | ? |
# | 3 (4스텝) | 9 | 9 | ? | ? | ? |
#
# ## 연습 1 · 업데이트와 입실론 ★☆☆ 10분
#
# 손으로 한 계산을 함수로 써 보세요. `steps`는 $n$, `decay`는 $\delta$입니다. 입실론은 1에서 시작하고 `floor` 아래로는
# 내려가지 않습니다. 업데이트 횟수, 입실론의 순서로 두 숫자를 모두 반환하세요. `max(a, b)`는 둘 중 큰 수, `decay**u`는
# $\delta^u$입니다.

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
# Your table, filled in by your function:

# %% [markdown] lang="ko"
# 여러분의 함수로 채운 표입니다.

# %%
for episode, steps in enumerate([3, 5, 9], start=1):
    updates, epsilon = my_counters(steps, train_start=4, decay=0.5, floor=0.0)
    print(f"episode {episode}: {updates} updates, epsilon {epsilon}, {episode} target copies")

# %% [markdown] lang="en"
# As formulas, with the floor $\varepsilon_{\min}$:
#
# $$u = \max(0,\; n - n_0 + 1) \qquad \varepsilon = \max(\varepsilon_{\min},\; \delta^{\,u})$$
#
# ## What you bring with you
#
# A notebook does not know what you wrote in another one. Here are the functions of the earlier lessons
# again, in short. Replace them with your own, which have the same names, arguments and results.

# %% [markdown] lang="ko"
# 수식으로 쓰면 다음과 같습니다. $\varepsilon_{\min}$은 입실론의 하한선입니다.
#
# $$u = \max(0,\; n - n_0 + 1) \qquad \varepsilon = \max(\varepsilon_{\min},\; \delta^{\,u})$$
#
# ## 가지고 온 부품
#
# 노트북은 다른 노트북에서 쓴 함수를 모릅니다. 그래서 지난 시간의 함수를 짧게 다시 적었습니다. 이름과 인자와 결과가
# 같으니, 여러분이 쓴 것을 그 자리에 넣어 보세요.

# %%
def my_epsilon_greedy(q_values, epsilon, rng):  # lesson 05
    return rng.integers(len(q_values)) if rng.random() < epsilon else np.argmax(q_values)


def my_append(memory, appended, transition):  # lesson 06
    memory[appended % len(memory)] = transition
    return appended + 1


def my_sample(columns, size, batch_size, rng):  # lesson 06
    rows = rng.integers(0, size, size=batch_size)
    return [column[rows] for column in columns]


def my_bellman_target(rewards, next_q_values, terminated, discount_factor):  # lesson 07
    return rewards + discount_factor * (1 - terminated) * np.max(next_q_values, axis=1)


def my_td_error(q_values, actions, targets):  # lesson 07
    return targets - tf.gather(q_values, actions, batch_dims=1)


def my_targets(rewards, next_states, terminated, model, target_model, discount_factor):  # lesson 08
    return my_bellman_target(rewards, target_model(next_states), terminated, discount_factor)

# %% [markdown] lang="en"
# ## Piece 1 · the class and its parts
#
# `__init__` runs by itself when an agent is made. It only sets up the parts; `self` is the agent. The
# memory is the table of lesson 06, one transition a row. `q_network` builds the lecture's network: one
# input for each number of a state, two layers of 24 units, one output for each action. Both networks
# begin with the same weights, since they get the same seed.
#
# `tf.function` records what a function does the first time it is called, and from then on runs the
# recording without Python. Here that makes the two networks answer a few times faster, and the learning
# step, `learn`, dozens of times faster. The numbers stay the same.

# %% [markdown] lang="ko"
# ## 조각 1 · 클래스와 부품
#
# `__init__`은 에이전트를 만들 때 자동으로 실행됩니다. 부품을 준비하는 일만 하고, `self`는 에이전트 자신입니다. 메모리는
# 06강의 표이고 한 행에 샘플이 하나씩 들어갑니다. `q_network`는 강의의 신경망을 만듭니다. 입력은 상태의 숫자 수만큼,
# 유닛 24개짜리 층이 둘, 출력은 행동마다 하나입니다. 두 신경망은 시드가 같으므로 같은 가중치에서 시작합니다.
#
# `tf.function`은 함수를 처음 부를 때 하는 일을 기록해 두고, 그다음부터는 파이썬 없이 그 기록을 실행합니다. 여기서는 두
# 신경망의 답이 몇 배, 한 걸음 배우는 `learn`이 수십 배 빨라집니다. 결과는 같습니다.

# %%
class MyDQN:
    def __init__(self, state_size, action_size, train_start=1000, seed=0):
        self.state_size, self.action_size = state_size, action_size
        self.train_start = train_start
        self.memory = np.zeros((2000, 2 * state_size + 3), np.float32)
        self.steps = 0  # how many transitions have ever been stored
        self.model = q_network(state_size, action_size, seed=seed)
        self.target_model = q_network(state_size, action_size, seed=seed)
        self.optimizer = keras.optimizers.Adam(learning_rate=0.001)
        self.rng = np.random.default_rng(seed)
        self.ask_model = tf.function(self.model)
        self.ask_target_model = tf.function(self.target_model)
        self.learn = tf.function(self.learn)

# %% [markdown] lang="en"
# ## Exercise 2 · the reward that is stored ★☆☆ 5 minutes
#
# The environment pays +1 for every step, the last one included. The lecture wants a fall to hurt: the step with which
# the pole falls is stored with −100 *instead of* +1. Its code recognises a fall by "it is over and the score is not
# 499". You know it directly: `terminated`.
#
# Return the reward to store, one number: −100 for a fall, whatever the environment paid, and for every other step what
# it paid. `reward` and `terminated` belong to one step.

# %% [markdown] lang="ko"
# ## 연습 2 · 저장할 보상 ★☆☆ 5분
#
# 환경은 마지막 스텝까지 포함해 스텝마다 +1을 줍니다. 강의에서는 쓰러지면 아프라고, 폴이 쓰러진 스텝에는 +1 *대신*
# −100을 저장합니다. 강의 코드는 쓰러졌는지를 "끝났는데 점수가 499가 아니다"로 알아냅니다. 여러분은 `terminated`로 바로
# 알 수 있습니다.
#
# 저장할 보상, 곧 숫자 하나를 반환하세요. 쓰러진 스텝은 환경이 얼마를 주었든 −100이고, 다른 스텝은 환경이 준
# 그대로입니다. `reward`와 `terminated`는 한 스텝의 값입니다.

# %% exercise="stored_reward"
def my_stored_reward(reward, terminated):
    ### BEGIN SOLUTION
    return -100.0 if terminated else reward
    ### END SOLUTION

# %% check="stored_reward" points=2
checks.check_stored_reward(my_stored_reward)

# %% [markdown] lang="en"
# ## Piece 2 · act, store, copy
#
# We write the methods one by one and attach them to the class. Each of them calls functions of yours:
# `my_counters` says how large epsilon is now, `my_epsilon_greedy` uses it to choose the action,
# `my_stored_reward` and `my_append` fill the memory.

# %% [markdown] lang="ko"
# ## 조각 2 · 행동하기, 저장하기, 복사하기
#
# 메서드를 하나씩 써서 클래스에 답니다. 어디에나 여러분의 함수가 들어 있습니다. `my_counters`는 지금의 입실론을 알려
# 주고, `my_epsilon_greedy`는 그 입실론으로 행동하고, `my_stored_reward`와 `my_append`는 메모리를 채웁니다.

# %%
def get_action(self, state):
    _, epsilon = my_counters(self.steps, self.train_start, decay=0.999, floor=0.01)
    q_values = self.ask_model(state[None])[0].numpy()  # [A], of a batch of one
    return int(my_epsilon_greedy(q_values, epsilon, self.rng))


def append_sample(self, state, action, reward, next_state, terminated):
    reward = my_stored_reward(reward, terminated)
    transition = np.array([*state, action, reward, *next_state, terminated])
    self.steps = my_append(self.memory, self.steps, transition)


def update_target_model(self):
    self.target_model.set_weights(self.model.get_weights())


MyDQN.get_action = get_action
MyDQN.append_sample = append_sample
MyDQN.update_target_model = update_target_model

# %% [markdown] lang="en"
# ## Piece 3 · learn
#
# Here are lessons 06 to 08 in three methods. `draw` cuts the memory into its columns and draws 64
# transitions. `train_model` lets the target network make their labels. `learn` moves the model's
# $Q(s, a)$ towards them, as in lesson 07.

# %% [markdown] lang="ko"
# ## 조각 3 · 학습하기
#
# 06~08강을 메서드 세 개에 담습니다. `draw`는 메모리를 열로 나누어 샘플 64개를 뽑습니다. `train_model`은 타깃 네트워크로
# 그 샘플들의 정답을 만듭니다. `learn`은 07강에서처럼 모델의 $Q(s, a)$를 정답 쪽으로 옮깁니다.

# %%
def draw(self):
    table, S = self.memory, self.state_size
    columns = [table[:, :S], table[:, S], table[:, S + 1], table[:, S + 2 : -1], table[:, -1]]
    columns = my_sample(columns, min(self.steps, len(table)), 64, self.rng)
    states, actions, rewards, next_states, terminated = columns
    return states, actions.astype(np.int32), rewards, next_states, terminated == 1


def train_model(self):
    states, actions, rewards, next_states, terminated = self.draw()
    networks = self.ask_model, self.ask_target_model
    targets = my_targets(rewards, next_states, terminated, *networks, discount_factor=0.99)
    return self.learn(states, actions, np.float32(targets))


def learn(self, states, actions, targets):
    with tf.GradientTape() as tape:
        errors = my_td_error(self.model(states), actions, targets)
        loss = tf.reduce_mean(tf.square(errors))
    gradients = tape.gradient(loss, self.model.trainable_variables)
    self.optimizer.apply(gradients, self.model.trainable_variables)
    return loss


MyDQN.draw, MyDQN.train_model, MyDQN.learn = draw, train_model, learn

# %% [markdown] lang="en"
# ## Exercise 3 · the loop that plays and learns ★★☆ 15 minutes
#
# Now the agent plays one episode. `environment.reset()` gives the first state. In every step:
#
# 1. `agent.get_action(state)` chooses an action.
# 2. `environment.step(action)` gives `next_state, reward, terminated, truncated`.
# 3. `agent.append_sample(state, action, reward, next_state, …)` stores the step. What marks an end: `terminated`, or both kinds?
# 4. If `agent.steps >= agent.train_start`, call `agent.train_model()`.
# 5. Add the environment's reward to the score, go on to the next state, and find out whether the episode is over.
#
# After the loop call `agent.update_target_model()`, once.

# %% [markdown] lang="ko"
# ## 연습 3 · 플레이하며 배우는 반복문 ★★☆ 15분
#
# 이제 에이전트가 에피소드 하나를 플레이합니다. `environment.reset()`이 첫 상태를 줍니다. 스텝마다 다음을 합니다.
#
# 1. `agent.get_action(state)`로 행동을 고릅니다.
# 2. `environment.step(action)`이 `next_state, reward, terminated, truncated`를 줍니다.
# 3. `agent.append_sample(state, action, reward, next_state, …)`로 샘플을 저장합니다. 끝이라고 표시할 것은 `terminated`일까요, 두
#    가지 모두일까요?
# 4. `agent.steps >= agent.train_start`이면 `agent.train_model()`을 부릅니다.
# 5. 환경이 준 보상을 점수에 더하고, 다음 상태로 넘어가고, 에피소드가 끝났는지 확인합니다.
#
# 반복문이 끝나면 `agent.update_target_model()`을 한 번 부릅니다.

# %% exercise="run_episode"
def my_run_episode(agent, environment):
    state, score, done = environment.reset(), 0.0, False
    while not done:
        ### BEGIN SOLUTION
        action = agent.get_action(state)
        next_state, reward, terminated, truncated = environment.step(action)
        agent.append_sample(state, action, reward, next_state, terminated)
        if agent.steps >= agent.train_start:
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
# ## Your agent learns
#
# All the pieces are there. `Game` is Gymnasium's CartPole, wrapped so that it returns what the loop
# expects. Your agent plays up to 120 episodes; as in lesson 00 it stops if the mean of the last ten
# scores is above 490 (`mean_of_last_above(490)` is such a rule). This takes half a minute.

# %% [markdown] lang="ko"
# ## 여러분의 에이전트가 배웁니다
#
# 조각이 다 모였습니다. `Game`은 Gymnasium의 카트폴을 이 반복문에 맞게 감싼 것입니다. 여러분의 에이전트가 최대
# 120에피소드를 플레이합니다. 00강에서처럼 최근 점수 열 개의 평균이 490보다 크면
# 멈춥니다(`mean_of_last_above(490)`이 그런 규칙입니다). 30초쯤 걸립니다.

# %%
class Game:
    def __init__(self, seed):
        self.env = gymnasium.make("CartPole-v1")
        self.env.reset(seed=seed)

    def reset(self):
        return self.env.reset()[0]

    def step(self, action):
        return self.env.step(action)[:4]


mine, game, my_scores = MyDQN(4, 2, seed=0), Game(seed=0), []
should_stop, start = mean_of_last_above(490), time.perf_counter()
while len(my_scores) < 120 and not should_stop(my_scores):
    my_scores.append(float(my_run_episode(mine, game)))
my_ms = 1000 * (time.perf_counter() - start) / mine.steps

# %%
updates, epsilon = my_counters(mine.steps, 1000, decay=0.999, floor=0.01)
print(f"{len(my_scores)} episodes, {mine.steps} steps, {updates} updates, epsilon {epsilon:.2f}")
for first in range(0, len(my_scores), 20):
    mean = np.mean(my_scores[first : first + 20])
    print(f"episodes from {first + 1:3d}: mean score {mean:5.1f}")

# %% [markdown] lang="en"
# In its first twenty episodes your agent stood for {{np.mean(my_scores[:20]):.0f|40%}} steps on
# average, in its last twenty for {{np.mean(my_scores[-20:]):.0f|80%}}. Not a line of the package's
# agent was involved.
#
# ## Yours against the tested one
#
# Is it really the lecture's DQN, or something that happens to learn as well? The package has a tested one, `DQNAgent`.
# Started from the same weights and given the same batches, both must end with the same weights. So we let a new agent
# of yours collect transitions at random, and hand the batches that it draws to both (`Transitions` is the package's
# name for a batch).

# %% [markdown] lang="ko"
# 여러분의 에이전트는 처음 20에피소드에서 평균 {{np.mean(my_scores[:20]):.0f|40%}}스텝, 마지막 20에피소드에서 평균
# {{np.mean(my_scores[-20:]):.0f|80%}}스텝을 버텼습니다. 패키지의 에이전트는 한 줄도 쓰지 않았습니다.
#
# ## 내가 만든 것과 테스트를 거친 것
#
# 이것이 정말 강의의 DQN일까요, 아니면 어쩌다 비슷하게 배우는 다른 무엇일까요? 패키지에는 테스트를 거친 `DQNAgent`가
# 있습니다. 같은 가중치에서 시작해 같은 배치를 받으면 둘의 가중치는 끝까지 같아야 합니다. 그래서 여러분의 새 에이전트가
# 무작위로 샘플을 모으게 하고, 거기서 뽑은 배치를 둘 모두에게 줍니다(`Transitions`는 패키지에서 배치를 부르는
# 이름입니다).

# %%
def largest_difference(model, other_model):
    pairs = zip(model.get_weights(), other_model.get_weights(), strict=True)
    return max(np.abs(weights - others).max() for weights, others in pairs)


yours, tested = MyDQN(4, 2, seed=1), DQNAgent(4, 2, seed=1)
print(f"before: largest difference {largest_difference(yours.model, tested.model):.0e}")
while yours.steps < 900:
    my_run_episode(yours, game)
for update in range(100):
    batch = yours.draw()
    yours.draw = lambda: batch
    tested.memory.sample = lambda batch_size, rng: Transitions(*batch)
    yours.train_model(), tested.train_model()
    del yours.draw
print(f"the updates moved weights by up to {largest_difference(yours.model, yours.target_model):.2f}")
difference = largest_difference(yours.model, tested.model)
print(f"after 100 updates each: largest difference {difference:.0e}")

# %% [markdown] lang="en"
# Equal, up to rounding. The package's agent has the same methods in `dqn_keras/agents/dqn.py`, plus
# more settings. The difference is that it keeps its memory in TensorFlow variables, so that a whole
# episode can be compiled into one fast program. From here on the package's agent does the long runs.
#
# ## Several seeds
#
# `train` is the lecture's outer loop: it plays episode after episode, asks the stop rule, and keeps the
# scores. `agent.reset(seed)` makes the agent a beginner again, with other random numbers. `evaluate`
# plays 100 fresh episodes greedily: no random actions, no learning. Reinforcement learning depends on
# luck, so we look at five seeds, with your run next to them.

# %% [markdown] lang="ko"
# 반올림 오차를 빼면 같습니다. 패키지의 에이전트(`dqn_keras/agents/dqn.py`)에는 같은 메서드에 설정이 더 있을
# 뿐입니다. 다만 메모리를 TensorFlow 변수에 두어서 에피소드 전체를 빠른 프로그램 하나로 컴파일할 수 있습니다.
# 이제부터 긴 실행은 이 에이전트가 맡습니다.
#
# ## 시드 여러 개
#
# `train`은 강의 코드의 바깥 반복문입니다. 에피소드를 거듭하고, 종료 조건을 확인하고, 점수를 모읍니다.
# `agent.reset(seed)`는 난수를 새로 정하고 에이전트를 초보자로 되돌립니다. `evaluate`는 무작위 행동 없이, 배우지
# 않고 새 에피소드 100개를 그리디하게 플레이합니다. 강화학습은 운을 타므로 시드 다섯 개를 함께 보고, 그 사이에
# 여러분의 실행도 놓아 봅시다.

# %%
agent, environment = DQNAgent(4, 2, seed=0), CartPole(seed=0)
histories, greedy_means = [], []
for seed in range(5):
    agent.reset(seed)
    environment.reset(seed)
    history = train(agent, environment, 300, mean_of_last_above(490), progress=False)
    greedy = evaluate(agent, CartPole()).mean()
    end = "stop rule met" if history.ended_by == "stop rule" else "stop rule not met"
    print(f"seed {seed}: {history.episodes} episodes, {end}, greedy {greedy:.0f}")
    histories.append(history)
    greedy_means.append(greedy)

# %%
def mean_of_ten(scores):
    return np.convolve(scores, np.ones(10) / 10, mode="valid")


for history in histories:
    means = mean_of_ten(history.scores)
    label = "package, 5 seeds" if history.seed == 0 else None
    plt.plot(np.arange(10, history.episodes + 1), means, color="C0", alpha=0.4, label=label)
plt.plot(np.arange(10, len(my_scores) + 1), mean_of_ten(my_scores), color="C1", label="yours")
plt.axhline(490, color="0.6", linestyle=":")
plt.xlabel("episode")
plt.ylabel("mean of the last 10 scores")
plt.legend()
plt.show()

lengths = [history.episodes for history in histories]
stopped = sum(history.ended_by == "stop rule" for history in histories)

# %% [markdown] lang="en"
# Same code, same settings, different random numbers: of the package's runs the shortest took
# {{min(lengths)|40%}} episodes, the longest {{max(lengths)|30%}} (300 is the limit). The stop rule
# ended {{stopped|40%}} of the {{len(histories)}}. Their greedy means lie between
# {{min(greedy_means):.0f|60%}} and {{max(greedy_means):.0f|10%}}. The stop rule looks at ten training
# episodes only, so it does not guarantee how good the agent is: measure that separately, as here.
#
# ## Save and load
#
# The lecture's code saves the weights only when the stop rule is met, under a name ending in `.h5`.
# Keras 3 refuses that name (it wants `.weights.h5`), at the very moment of success. The package's
# agents write one safetensors file: named arrays and nothing else. (Here we use a temporary folder; in
# your own work use `save_model/`.)

# %% [markdown] lang="ko"
# 코드도 설정도 같고 난수만 다릅니다. 패키지의 실행 가운데 가장 짧은 것은 {{min(lengths)|40%}}에피소드, 가장 긴 것은
# {{max(lengths)|30%}}에피소드가 걸렸습니다(최대 300). {{len(histories)}}번 가운데 종료 조건으로 끝난 것은
# {{stopped|40%}}번이고, 그리디 평균은 {{min(greedy_means):.0f|60%}}에서 {{max(greedy_means):.0f|10%}} 사이입니다. 종료
# 조건은 학습 중의 에피소드 열 개만 보기 때문에 에이전트의 실력까지 약속하지는 않습니다. 실력은 여기처럼 따로 재야
# 합니다.
#
# ## 저장하고 불러오기
#
# 강의 코드는 종료 조건을 채웠을 때만 `.h5`로 끝나는 이름으로 가중치를 저장하는데, Keras 3은 이 이름을
# 거부합니다(`.weights.h5`여야 합니다). 하필 성공한 바로 그 순간에 오류가 납니다. 패키지의 에이전트는 이름 붙은
# 배열만 들어 있는 safetensors 파일 하나에 저장합니다. (여기서는 임시 폴더에 저장합니다. 여러분의 작업에서는
# `save_model/`을 쓰세요.)

# %%
path = agent.save_weights(f"{tempfile.mkdtemp()}/cartpole_dqn.safetensors")
loaded = DQNAgent(4, 2)  # other random weights
loaded.load_weights(path)
print(f"{path.name}: {path.stat().st_size} bytes")
print(f"greedy, saved {greedy_means[-1]:.2f}, loaded {evaluate(loaded, CartPole()).mean():.2f}")
print(f"epsilon of the loaded agent: {loaded.epsilon:.2f}")

# %% [markdown] lang="en"
# The loaded agent has the same greedy mean. But look at the last line: epsilon follows from a counter
# and is not a weight, so it was not saved. A loaded agent that plays with `get_action` moves at random,
# and so does the lecture's with `load_model = True`. To *use* an agent, take the largest Q-value:
# `agent.greedy_actions`, as `evaluate` does.
#
# ## Watch yours
#
# With one more method, `evaluate` and `record` can play your agent as well. First a beginner, at a fifth of the real
# speed:

# %% [markdown] lang="ko"
# 불러온 에이전트의 그리디 평균이 같습니다. 그런데 마지막 줄을 보세요. 입실론은 가중치가 아니라 횟수로 정해지는
# 값입니다. 불러온 에이전트가 `get_action`으로 플레이하면 무작위로 움직입니다. 강의 코드에서 `load_model = True`로 했을
# 때도 그렇습니다. 에이전트를 *사용할* 때는 `evaluate`처럼 큐값이 가장 큰 행동, 곧 `agent.greedy_actions`를 쓰세요.
#
# ## 여러분의 에이전트를 눈으로
#
# 메서드를 하나만 더하면 `evaluate`와 `record`로 여러분의 에이전트를 플레이시킬 수 있습니다. 먼저 초보자를 실제 속도의
# 5분의 1로 봅시다.

# %%
def greedy_actions(self, states):
    return tf.argmax(self.model(states), axis=1, output_type=tf.int32)


MyDQN.greedy_actions = greedy_actions
camera = gymnasium.make("CartPole-v1", render_mode="rgb_array", max_episode_steps=200)
film(record(MyDQN(4, 2, seed=0), camera))

# %% [markdown] lang="en"
# And the one that you trained, in real time:

# %% [markdown] lang="ko"
# 그리고 여러분이 학습시킨 에이전트를 실제 속도로 봅시다.

# %%
film(record(mine, camera), every=5)

# %%
my_greedy = evaluate(mine, CartPole()).mean()
print(f"yours, greedy: {my_greedy:.0f} steps on average of 100 episodes")

# %% [markdown] lang="en"
# ## Another environment
#
# Our `CartPole` is Gymnasium's, rewritten in TensorFlow so that it can be compiled. `GymnasiumEnvironment` wraps any of
# Gymnasium's own, such as Acrobot: two rods hang from a hinge, and the agent swings the lower end above a line. Six
# numbers come in, three actions go out, every step costs 1, and after 500 steps the episode is cut off. Not a line of
# the agent changes. But think before you copy the settings: in CartPole an episode that *ends* has failed; in Acrobot
# one that ends has *succeeded*. The −100 would punish success, hence `fall_reward=None`.

# %% [markdown] lang="ko"
# ## 다른 환경에서도
#
# 우리의 `CartPole`은 컴파일할 수 있도록 Gymnasium의 카트폴을 TensorFlow로 다시 쓴 환경입니다.
# `GymnasiumEnvironment`로 감싸면 Gymnasium의 다른 환경도 쓸 수 있습니다. Acrobot은 경첩에 매달린 막대 두 개를
# 흔들어 아래쪽 끝을 선 위로 올리는 환경입니다. 숫자 여섯 개가 들어오고 행동은 세 가지이며, 스텝마다 −1이고
# 500스텝에서 잘립니다. 에이전트는 한 줄도 바뀌지 않습니다. 다만 설정을 그대로 베끼기 전에 생각해 보세요. 카트폴에서
# *끝난* 에피소드는 실패이지만 Acrobot에서 끝난 에피소드는 *성공*입니다. −100을 그대로 두면 성공을 벌하게 됩니다.
# 그래서 `fall_reward=None`입니다.

# %%
acrobot = GymnasiumEnvironment(gymnasium.make("Acrobot-v1"), seed=0)
swinger = DQNAgent(acrobot.state_size, acrobot.action_size, fall_reward=None, seed=0)
acrobot_history = train(swinger, acrobot, episodes=16, progress=False)
reached = sum(score > -500 for score in acrobot_history.scores)
print(f"S = {acrobot.state_size}, A = {acrobot.action_size}, scores:")
print([int(score) for score in acrobot_history.scores])

# %% [markdown] lang="en"
# It runs, and reached the line in {{reached|60%}} of {{len(acrobot_history.scores)}} episodes. This is one short run,
# which says nothing about how well DQN does there. In lesson 16 you can make a project of it.
#
# ## A measurement: one loop, four speeds
#
# Your loop is executed by Python, with the networks recorded. The package's loop, the same lines, can
# be executed in three ways: *eagerly*, line by line; as a *graph*, all of it recorded once by
# TensorFlow; or *compiled*, when XLA, TensorFlow's compiler, turns the whole graph into machine code.
# Here is the time for one step, learning included, on your machine:

# %% [markdown] lang="ko"
# 잘 돌아가고, {{len(acrobot_history.scores)}}에피소드 가운데 {{reached|60%}}번 선에 닿았습니다. 짧게 한 번 실행한
# 것이므로 DQN이 여기서 얼마나 잘하는지는 알 수 없습니다. 16강에서 프로젝트로 해 볼 수 있습니다.
#
# ## 측정: 같은 반복문, 네 가지 속도
#
# 여러분의 반복문은 신경망만 기록해 두고 나머지는 파이썬이 실행합니다. 코드가 똑같은 패키지의 반복문은 세 가지
# 방법으로 실행할 수 있습니다. 한 줄씩 실행하는 *즉시 실행*(eager), TensorFlow가 전부를 한 번 기록해 두고 돌리는
# *그래프*(graph), TensorFlow의 컴파일러 XLA가 그래프 전체를 기계어로 바꾸는 *컴파일*(compiled)입니다. 이 컴퓨터에서
# 학습까지 포함해 한 스텝에 걸리는 시간을 재 봅시다.

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
    "yours": my_ms,
}
tf.config.run_functions_eagerly(True)
speeds["eager"] = milliseconds_per_step(agent, CartPole(max_steps=50, seed=0), 50)
tf.config.run_functions_eagerly(False)

# %%
for way, ms in speeds.items():
    print(f"{way:8} {ms:7.3f} ms a step, {ms / speeds['compiled']:5.0f} times compiled")
seconds = sum(history.seconds for history in histories)
eager_minutes = histories[0].steps * speeds["eager"] / 60_000
print(f"all five runs of the package, compiling included: {seconds:.0f} seconds")
print(f"the first of them alone, at the eager speed: about {eager_minutes:.0f} minutes")

# %%
plt.figure(figsize=(7, 2.2))
plt.plot(list(speeds.values()), list(speeds), "o")
plt.xscale("log")
plt.xlabel("milliseconds for one step, learning included (log scale)")
plt.show()

# %% [markdown] lang="en"
# The steps are the same in all rows. The last two printed lines say what compiling is worth: thanks to
# it this course can show you many runs where the documents show one.
#
# ## What changed since the last step, and since the slides
#
# Since lesson 08: no new building block, only the order in which the blocks are called. Since the
# slides:
#
# | slides | here | why |
# |---|---|---|
# | `done` is stored | `terminated` is stored | step 500 is not a fall (lesson 07) |
# | score with −100, repaired by +100 | the environment's own rewards | the repair loses one step of every fall |
# | mean of nine scores | ten, newest included, never before ten | lesson 00 |
# | `predict`, `predict`, `fit` | `GradientTape` | same targets, measured in lesson 07 |
# | saved only when solved, `.h5` | `train(..., model_dir=...)` always saves | nothing is lost |
# | one run | several seeds, separate greedy evaluation | luck |

# %% [markdown] lang="ko"
# 네 줄 모두 하는 일은 같습니다. 마지막에 출력된 두 시간을 비교해 보면 컴파일이 얼마나 값진지 알 수 있습니다.
# 문서들은 실행 한 번을 보여 주지만, 이 과정이 여러 번을 보여 드릴 수 있는 것은 컴파일 덕분입니다.
#
# ## 무엇이 달라졌나: 지난 시간과 비교하고, 슬라이드와 비교하기
#
# 08강과 비교하면 새 부품은 없고 부르는 순서만 생겼습니다. 슬라이드와 비교하면 다음과 같습니다.
#
# | 슬라이드 | 여기 | 이유 |
# |---|---|---|
# | `done`을 저장 | `terminated`를 저장 | 500번째 스텝은 쓰러진 것이 아님 (07강) |
# | −100이 든 점수에 +100을 더해 고침 | 환경이 준 보상의 합 | 고쳐도 쓰러질 때마다 한 스텝을 잃음 |
# | 점수 아홉 개의 평균 | 최근 것까지 열 개, 열 개가 되기 전에는 멈추지 않음 | 00강 |
# | `predict`, `predict`, `fit` | `GradientTape` | 타깃은 같고, 시간은 07강에서 측정 |
# | 풀었을 때만 `.h5`로 저장 | `train(..., model_dir=...)`은 언제나 저장 | 잃어버리지 않음 |
# | 한 번 실행 | 시드 여러 개, 그리디 평가는 따로 | 운 |

# %% [markdown] lang="en"
# ## Review
#
# The lecture's self-test in the middle of the code:
#
# <details><summary>a. What is a class? Why do we need one?</summary>
#
# A blueprint for objects. The agent's parts (memory, two networks, counters) and the functions that use
# them stay together, and two agents made from it do not interfere with each other: today you made three
# of your own.
# </details>
#
# <details><summary>b. What is epsilon-greedy? Why do we need it?</summary>
#
# A random action with probability epsilon, else the one with the largest Q-value. Without random
# actions the agent repeats whatever happened to work first and never tries the rest.
# </details>
#
# <details><summary>c. What is the replay memory? Why do we need it?</summary>
#
# A store of the last 2000 steps from which mini-batches are drawn at random. Consecutive steps are alike; a random draw
# is not, and each step is used many times.
# </details>
#
# <details><summary>d. What is the target network? Why do we need it?</summary>
#
# A copy of the model that makes the targets and stands still during an episode, so that the goal does not move with
# every update.
# </details>
#
# **Summary** The agent is a class: act, store, learn, copy. The loop calls them in that order, and ends on `terminated`
# or `truncated` while only `terminated` is stored. You built it from your own functions, and it learned. Stop by a
# rule, judge by a greedy evaluation, over several seeds. **Next** lesson 10: five documents describe "a DQN for
# CartPole", and all five are this one agent with other settings.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# 강의 코드 중간에 나오는 자가진단입니다.
#
# <details><summary>a. 클래스란? 필요한 이유는?</summary>
#
# 객체를 찍어 내는 설계도입니다. 에이전트의 부품(메모리, 신경망 두 개, 횟수)과 부품을 쓰는 함수가 함께 있고, 같은
# 설계도로 만든 에이전트끼리는 서로 방해하지 않습니다. 오늘 여러분은 에이전트를 셋 만들었습니다.
# </details>
#
# <details><summary>b. 입실론 그리디란? 필요한 이유는?</summary>
#
# 입실론의 확률로는 무작위 행동을, 그렇지 않으면 큐값이 가장 큰 행동을 합니다. 무작위 행동이 없으면 처음에 우연히 잘된
# 행동만 되풀이하고 나머지는 시도해 보지 않습니다.
# </details>
#
# <details><summary>c. 리플레이 메모리란? 필요한 이유는?</summary>
#
# 최근 2000스텝을 모아 두고 무작위로 미니배치를 뽑는 저장소입니다. 연속된 스텝은 서로 비슷하지만 무작위로 뽑으면 그렇지
# 않고, 한 스텝을 여러 번 배울 수 있습니다.
# </details>
#
# <details><summary>d. 타깃 네트워크란? 필요한 이유는?</summary>
#
# 타깃을 만드는, 모델의 복사본입니다. 한 에피소드 동안 가만히 있어서 업데이트할 때마다 목표가 움직이지 않게 합니다.
# </details>
#
# **정리** 에이전트는 클래스 하나입니다. 행동하고, 저장하고, 학습하고, 복사합니다. 반복문은 이 순서로 부르고
# `terminated`나 `truncated`에서 끝나지만, 저장하는 것은 `terminated`뿐입니다. 여러분의 함수로 조립한 에이전트가
# 실제로 배웠습니다. 멈출 때는 규칙을 따르고, 실력은 시드 여러 개의 그리디 평가로 봅니다. **다음 시간** 10강:
# "CartPole DQN"을 설명하는 문서가 다섯 개 있습니다. 다섯 모두 이 에이전트의 설정만 바꾼 것입니다.
