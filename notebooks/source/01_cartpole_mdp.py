# %% [markdown] lang="en"
# # 01 · CartPole as a Markov decision process
#
# **On the slides** DQN, *2. Cartpole* (four slides on the Markov decision process); code explained,
# *Environments* and *Training*, lines 22 to 49.
#
# **You will be able to** name the five parts of a Markov decision process and find each in CartPole ·
# say how an observation differs from a state · read the five values of Gymnasium's `step` · tell an
# episode that ended from one that was cut off · work out a discounted return by hand · say how long a
# player who learns nothing keeps the pole up.
#
# **Time** 75 minutes · **Needs** lesson 00 (agent, environment, episode, score)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $S_t$ | `state` | `[4]` | `state[0]`, `state[1]`: position and velocity of the cart; `state[2]`, `state[3]`: angle and angular velocity of the pole |
# | $A_t$ | `action` | number | 0 pushes left, 1 pushes right |
# | $R_{t+1}$ | `reward` | number | what the action at time $t$ brings; it comes with $S_{t+1}$, hence $t+1$ |
# | $\gamma$ | `discount_factor` | number | the discount factor: what a reward one step later is worth now, from 0 to 1 |
# | $G_t$ | `my_return(rewards, …)` | number | the discounted return: all rewards from time $t$ on |
# | $\pi$ | `policy(state)` | function | the policy: which action in which state |

# %% [markdown] lang="ko"
# # 01 · 카트폴을 마르코프 결정 과정으로 보기
#
# **슬라이드에서는** DQN의 *2. Cartpole*(Markov Decision Process 네 장), 코드 설명의 *Environments*와 *Training*
# 22~49행.
#
# **이번 시간이 끝나면** 마르코프 결정 과정(MDP)의 다섯 가지 요소를 말하고 카트폴에서 찾을 수 있고 · 관측과 상태가
# 어떻게 다른지 말할 수 있고 · Gymnasium의 `step`이 돌려주는 다섯 값을 읽을 수 있고 · 끝난 에피소드와 잘린 에피소드를
# 구별할 수 있고 · 감가된 반환값을 손으로 계산할 수 있고 · 아무것도 배우지 않고도 폴을 얼마나 세울 수 있는지 말할 수
# 있습니다.
#
# **시간** 75분 · **먼저 볼 것** 00강 (에이전트, 환경, 에피소드, 점수)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $S_t$ | `state` | `[4]` | `state[0]`, `state[1]`은 카트의 위치와 속도, `state[2]`, `state[3]`은 폴의 각도와 각속도 |
# | $A_t$ | `action` | 숫자 | 0은 왼쪽으로, 1은 오른쪽으로 밀기 |
# | $R_{t+1}$ | `reward` | 숫자 | 시각 $t$의 행동이 가져온 보상. $S_{t+1}$과 함께 오므로 $t+1$이라고 씀 |
# | $\gamma$ | `discount_factor` | 숫자 | 감가율. 한 스텝 뒤의 보상을 지금 얼마로 칠지 정하는 0~1의 수 |
# | $G_t$ | `my_return(rewards, …)` | 숫자 | 감가된 반환값: 시각 $t$부터의 모든 보상 |
# | $\pi$ | `policy(state)` | 함수 | 정책: 어느 상태에서 어느 행동을 할지 정하는 것 |

# %%
import gymnasium
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, checks, discounted_returns
from dqn_keras.classroom import drawings

plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## The five parts
#
# A **Markov decision process**, MDP for short, describes a problem in which one decision follows
# another. Here is a small one, a pole made up for the drawing. Circles are states, and the double
# circle ends the episode. From a state, grey arrows lead to actions (dots), and from each action blue
# arrows lead to the states that may come next. Each blue arrow is labelled with its probability and its
# reward.

# %% [markdown] lang="ko"
# ## 다섯 가지 요소
#
# **마르코프 결정 과정**(Markov decision process, MDP)은 결정이 꼬리를 물고 이어지는 문제를 적는 방법입니다. 아래는
# 그림을 위해 꾸며 낸, 폴을 세우는 작은 MDP입니다. 원이 상태이고, 겹원에서는 에피소드가 끝납니다. 회색 화살표는 상태에서
# 행동(점)으로, 파란 화살표는 행동에서 다음에 올 수 있는 상태로 갑니다. 파란 화살표 옆의 숫자는 그 상태가 올 확률과 그때
# 받는 보상입니다.

# %%
drawings.markov_decision_process()

# %% [markdown] lang="en"
# | part | in CartPole |
# |---|---|
# | **state** | $[x, \dot x, \theta, \dot\theta]$: position and velocity of the cart, angle and angular velocity of the pole |
# | **action** | 0 pushes the cart left, 1 pushes it right |
# | **reward** | +1 for every step (the lecture makes it −100 when the pole falls) |
# | **state transition probability** $P(s' \mid s, a)$: how likely $s'$ follows after action $a$ in state $s$ | the laws of physics, over 0.02 seconds |
# | **discount factor** $\gamma$ | 0.99 in the lecture |
#
# The lecture lists four of them for CartPole. The fifth, the state transition probability, is what
# the agent is not told: it lives inside the environment, and the agent meets it only by acting.
#
# **Gymnasium** is a library of environments. `make` builds one, `observation_space` and `action_space`
# say how many numbers and actions it has, and `reset` begins an episode:

# %% [markdown] lang="ko"
# | 요소 | 카트폴에서는 |
# |---|---|
# | **상태** | $[x, \dot x, \theta, \dot\theta]$: 카트의 위치와 속도, 폴의 각도와 각속도 |
# | **행동** | 0은 카트를 왼쪽으로, 1은 오른쪽으로 밀기 |
# | **보상** | 스텝마다 +1 (강의에서는 폴이 쓰러지면 −100) |
# | **상태 전이 확률**(state transition probability) $P(s' \mid s, a)$: 상태 $s$에서 행동 $a$를 했을 때 $s'$이 올 확률 | 0.02초 동안의 물리 법칙 |
# | **감가율** $\gamma$ | 강의에서는 0.99 |
#
# 강의에는 카트폴의 요소가 이 가운데 네 가지만 적혀 있습니다. 빠진 하나가 상태 전이 확률인데, 이것은 에이전트에게
# 알려 주지 않습니다. 환경 안에 들어 있어서 에이전트는 직접 행동해 봐야만 짐작할 수 있습니다.
#
# **Gymnasium**은 환경을 모아 둔 라이브러리입니다. `make`가 환경을 만들고, `observation_space`와 `action_space`가
# 숫자와 행동이 몇 개인지 알려 주고, `reset`이 에피소드를 시작합니다.

# %%
env = gymnasium.make("CartPole-v1", render_mode="rgb_array")
state_size = env.observation_space.shape[0]
action_size = env.action_space.n
print("state_size:", state_size, " action_size:", action_size)

state, info = env.reset(seed=0)
names = ("x          cart position (m)", "x dot      cart velocity (m/s)",
         "theta      pole angle (rad)", "theta dot  angular velocity (rad/s)")
for i, name in enumerate(names):
    print(f"state[{i}] = {state[i]:+.4f}  {name}")

# %% [markdown] lang="en"
# Each of the four numbers is drawn between −0.05 and 0.05: nearly upright, nearly at rest, never quite
# the same. An angle of 0 is upright, a positive one leans right; it is measured in radians (12 degrees
# are 0.21). A dot over a letter means "how fast it changes". Here is a state of our own choice as a
# picture:

# %% [markdown] lang="ko"
# 네 숫자는 저마다 −0.05와 0.05 사이에서 뽑습니다. 거의 똑바로, 거의 멈춘 채 시작하지만 늘 조금씩 다릅니다. 각도는
# 똑바로 섰을 때 0이고, 오른쪽으로 기울면 양수입니다. 각도의 단위는 라디안입니다(12도가 0.21). 문자 위의 점은 "얼마나 빨리 변하는가"를 뜻합니다. 상태 하나를
# 골라 그림으로 보면 이렇습니다.

# %%
env.unwrapped.state = np.array([0.8, 0.0, 0.15, 0.0])
plt.figure(figsize=(7, 3.2))
plt.imshow(env.render()[130:350], extent=(-2.4, 2.4, -0.4, 1.36))
plt.plot([0, 0], [-0.3, 1.2], "k:", [0.8, 0.8], [0, 1.2], "k:", linewidth=1)
plt.annotate("", (0, -0.22), (0.8, -0.22), arrowprops={"arrowstyle": "<->", "color": "C0"})
plt.text(0.4, -0.19, "x", color="C0", ha="center", va="bottom")
plt.text(0.88, 1.12, r"$\theta$", color="C3")
for side, label in ((-1, "action 0"), (1, "action 1")):
    plt.annotate(label, (0.8 + 0.3 * side, 0.2), (0.8 + 1.1 * side, 0.2), va="center", ha="center",
                 arrowprops={"arrowstyle": "<-", "color": "C2"}, color="C2")
plt.xlabel("position on the track (m)")
plt.yticks([])
plt.show()

# %% [markdown] lang="en"
# ## One step: Gymnasium's five values
#
# `env.step(action)` plays one action and answers with five values.
#
# | value | meaning |
# |---|---|
# | `next_state` | the four numbers, 0.02 seconds later |
# | `reward` | what this step brought |
# | `terminated` | the task itself has ended: the pole leans more than 12°, or the cart is more than 2.4 m from the middle |
# | `truncated` | cut off from outside: the time limit of 500 steps |
# | `info` | extra notes, empty here |
#
# (Gym, Gymnasium's predecessor and the lecture's library, gave four: `next_state, reward, done, info`,
# with one flag for both kinds of end.)

# %% [markdown] lang="ko"
# ## 한 스텝: Gymnasium의 다섯 값
#
# `env.step(action)`은 행동 하나를 실행하고 다섯 값을 돌려줍니다.
#
# | 값 | 뜻 |
# |---|---|
# | `next_state` | 0.02초 뒤의 네 숫자 |
# | `reward` | 이 스텝에서 받은 보상 |
# | `terminated` | 과제 자체가 끝남: 폴이 12도 넘게 기울었거나 카트가 가운데에서 2.4 m 넘게 벗어남 |
# | `truncated` | 밖에서 자름: 500스텝이라는 시간 제한 |
# | `info` | 덧붙이는 정보. 여기서는 비어 있음 |
#
# (강의에서 쓴 Gym은 Gymnasium의 전신으로, `next_state, reward, done, info` 네 값을 주었습니다. 끝나는 방식은 두
# 가지인데 표시는 `done` 하나뿐이었던 것이죠.)

# %%
state, info = env.reset(seed=0)
next_state, reward, terminated, truncated, info = env.step(1)  # push to the right
print("before:", np.round(state, 4))
print("after: ", np.round(next_state, 4))
print("reward", reward, " terminated", terminated, " truncated", truncated, " info", info)

# %% [markdown] lang="en"
# Look at the two rows of four. A push changes the *velocities* at once: the cart starts to move right,
# and the pole starts to tip left. Position and angle follow their old velocities for 0.02 seconds:
#
# $$x_{t+1} = x_t + 0.02\,\dot x_t \qquad \theta_{t+1} = \theta_t + 0.02\,\dot\theta_t$$
#
# By hand: {{state[0]:.4f}} + 0.02 · ({{state[1]:.4f}}) = {{state[0] + 0.02 * state[1]:.4f}}, the new position
# above.
#
# ## Observation and state
#
# Gymnasium calls the four numbers an *observation*. There is a difference (document 001 explains it). A
# **state** is complete: together with the action, it settles how likely each possible next state is. An
# **observation** is what the agent gets to see, and that may be only a part, like your own cards in a
# card game. Suppose the agent saw position and angle but no velocities, as on a photograph. Here are
# two situations with the same photograph, $x = 0$ and $\theta = 0.05$, and the same push to the right.
# (`CartPole` is this package's copy of Gymnasium's physics; its `transition` takes any states we like.)

# %% [markdown] lang="ko"
# 출력된 두 줄의 숫자를 비교해 보세요. 밀면 *속도*가 바로 바뀝니다. 카트는 오른쪽으로 움직이기 시작하고 폴은
# 왼쪽으로 기울기 시작합니다. 위치와 각도는 0.02초 동안 그 전의 속도를 따릅니다.
#
# $$x_{t+1} = x_t + 0.02\,\dot x_t \qquad \theta_{t+1} = \theta_t + 0.02\,\dot\theta_t$$
#
# 손으로 계산하면 {{state[0]:.4f}} + 0.02 · ({{state[1]:.4f}}) = {{state[0] + 0.02 * state[1]:.4f}}, 위에 나온 새
# 위치와 같습니다.
#
# ## 관측과 상태
#
# Gymnasium은 이 네 숫자를 *관측*(observation)이라고 부릅니다. 관측과 상태가 어떻게 다른지는 문서 001이 설명합니다.
# **상태**는 완전한 정보입니다. 상태와 행동을 알면 다음에 무엇이 얼마의 확률로 올지가 정해집니다. **관측**은
# 에이전트에게 보이는 것이고, 카드 게임에서 자기 패만 보이듯 일부일 수도 있습니다. 에이전트가 사진을 보듯 위치와
# 각도만 보고 속도는 보지 못한다고 해 봅시다. 사진으로는 똑같은($x = 0$, $\theta = 0.05$) 두 상황에서 똑같이
# 오른쪽으로 밀어 보겠습니다. (`CartPole`은 이 패키지가 Gymnasium의 물리를 옮겨 쓴 것이고, 그 `transition`에는 아무
# 상태나 넣어 볼 수 있습니다.)

# %%
two_states = np.array([[0, 0, 0.05, +0.5],  # the pole is falling to the right
                       [0, 0, 0.05, -0.5]])  # the pole is rising again
next_states, _, _ = CartPole().transition(two_states, [1, 1])
for before, after in zip(two_states, next_states.numpy()):
    print(f"sees x {before[0]:.2f}, angle {before[2]:.2f}   then angle {after[2]:.2f}")

# %% [markdown] lang="en"
# Same observation, same action, different futures: an agent that sees only position and angle cannot
# know what to do. With all four numbers nothing is missing. What happened earlier does not help to
# predict what comes next:
#
# $$P(S_{t+1} \mid S_t, A_t) = P(S_{t+1} \mid S_0, A_0, \dots, S_t, A_t)$$
#
# In words: how likely the next state is, given state and action, is the same as given the whole past.
# That is the **Markov property**, the M of MDP. In CartPole what the observation shows *is* the state,
# so this course says state. Its physics even fix the next state with certainty; only the beginning of
# an episode is drawn at random.
#
# ## An episode in a few lines
#
# A **policy** says which action to take in which state. Two that learn nothing: one tosses a coin (with
# `rng`, a NumPy generator of random numbers), one always pushes right.

# %% [markdown] lang="ko"
# 관측도 같고 행동도 같은데 미래가 다릅니다. 위치와 각도만 보아서는 어떻게 해야 할지 알 수 없습니다. 반대로 네
# 숫자를 모두 안다면 더 알아야 할 것이 없습니다. 그 전에 무슨 일이 있었는지는 다음을 내다보는 데 도움이 되지
# 않습니다.
#
# $$P(S_{t+1} \mid S_t, A_t) = P(S_{t+1} \mid S_0, A_0, \dots, S_t, A_t)$$
#
# 지금의 상태와 행동만 알 때 다음 상태의 확률은 과거를 모두 알 때와 같다는 뜻입니다. 이것이 MDP의 M, **마르코프
# 성질**입니다. 카트폴에서는 관측에 보이는 것이 곧 상태이므로 이 과정에서는 상태라고 부릅니다. 게다가 카트폴의 물리
# 법칙에서는 다음 상태가 하나로 정해집니다. 무작위인 것은 에피소드의 시작 상태뿐입니다.
#
# ## 몇 줄로 쓰는 에피소드
#
# **정책**은 어느 상태에서 어느 행동을 할지 정합니다. 아무것도 배우지 않는 정책 둘을 봅시다. 하나는 동전을
# 던지고(난수는 NumPy의 난수 생성기 `rng`에서 얻습니다), 하나는 늘 오른쪽으로 밉니다.

# %%
def play(env, policy):
    state, info = env.reset()  # no seed here: every episode shall begin differently
    rewards, done = [], False
    while not done:
        state, reward, terminated, truncated, info = env.step(int(policy(state)))
        rewards.append(reward)
        done = terminated or truncated
    return rewards, terminated, truncated


rng = np.random.default_rng(0)
env.reset(seed=0)  # once, at the beginning


def coin(state):
    return rng.integers(2)  # 0 or 1


def always_right(state):
    return 1


for policy in (coin, always_right):
    rewards, terminated, truncated = play(env, policy)
    print(f"{policy.__name__}: {len(rewards)} steps,", end=" ")
    print(f"terminated {terminated}, truncated {truncated}")

# %% [markdown] lang="en"
# ## Ended, or cut off?
#
# Both ended with a fall: `terminated`. The other end comes if the pole is balanced for 500 steps. To
# see it at once, we make an environment with a time limit of 5 steps:

# %% [markdown] lang="ko"
# ## 끝난 것과 잘린 것
#
# 둘 다 폴이 쓰러져서(`terminated`) 끝났습니다. 또 다른 끝은 500스텝을 버텨야 만날 수 있으니, 여기서는 시간 제한이
# 5스텝인 환경을 만들어 바로 보겠습니다.

# %%
short_env = gymnasium.make("CartPole-v1", max_episode_steps=5)
rewards, terminated, truncated = play(short_env, always_right)
print(f"{len(rewards)} steps, terminated {terminated}, truncated {truncated}")

# %% [markdown] lang="en"
# After five steps the pole still stands. Nothing has failed; we stopped watching. The clock is not
# part of the state either, so the agent cannot see the limit coming. Either flag ends the episode, but
# only `terminated` says something about the pole. (If the pole falls in the very last step, both are
# true.) Lesson 07 shows what goes wrong when the two are mixed up.
#
# ## The discounted return, by hand
#
# How good was an episode, seen from its first step? Adding up the rewards gives the score. An agent
# that has to decide *now* counts later rewards for less: with the **discount factor** $\gamma$, a
# reward one step later counts $\gamma$ times, two steps later $\gamma^2$ times. The sum is the
# **return**:
#
# $$G_t = R_{t+1} + \gamma R_{t+2} + \gamma^2 R_{t+3} + \dots = R_{t+1} + \gamma\, G_{t+1}$$
#
# With $\gamma = 1$ that is the score of lesson 00. Now take $\gamma = 0.9$ and an episode of three
# steps with the lecture's rewards, $1, 1, -100$. The form on the far right is the easiest to use: begin
# at the last step, after which nothing comes. Fill in on paper:
#
# | time $t$ | 0 | 1 | 2 |
# |---|---|---|---|
# | reward $R_{t+1}$ | 1 | 1 | −100 |
# | return $G_t$ | ? | ? | ? |

# %% [markdown] lang="ko"
# 다섯 스텝 뒤에도 폴은 서 있습니다. 실패한 것이 아니라, 우리가 그만 보기로 했을 뿐입니다. 시계는 상태에 들어 있지도
# 않으므로 에이전트는 제한이 다가오는 것을 알 수 없습니다. 둘 가운데 하나만 참이어도 에피소드는 끝나지만, 폴이
# 어떻게 되었는지 알려 주는 것은 `terminated`뿐입니다. (마지막 스텝에서 마침 폴이 쓰러지면 둘 다 참입니다.) 둘을
# 섞으면 무엇이 잘못되는지는 07강에서 봅니다.
#
# ## 감가된 반환값을 손으로
#
# 첫 스텝에서 볼 때 그 에피소드는 얼마나 좋았을까요? 보상을 그냥 더하면 점수입니다. *지금* 결정해야 하는 에이전트는
# 나중의 보상을 조금 낮추어 칩니다. **감가율** $\gamma$를 써서 한 스텝 뒤의 보상은 $\gamma$배, 두 스텝 뒤의 보상은
# $\gamma^2$배로 칩니다. 그 합이 **반환값**입니다.
#
# $$G_t = R_{t+1} + \gamma R_{t+2} + \gamma^2 R_{t+3} + \dots = R_{t+1} + \gamma\, G_{t+1}$$
#
# $\gamma = 1$이면 00강의 점수가 됩니다. 이제 $\gamma = 0.9$이고 세 스텝짜리 에피소드의 보상이 강의에서처럼
# $1, 1, -100$이라고 합시다. 맨 오른쪽 식을 쓰는 것이 가장 쉽습니다. 뒤에 아무것도 오지 않는 마지막 스텝부터 거꾸로
# 계산하세요. 종이에 채워 봅시다.
#
# | 시각 $t$ | 0 | 1 | 2 |
# |---|---|---|---|
# | 보상 $R_{t+1}$ | 1 | 1 | −100 |
# | 반환값 $G_t$ | ? | ? | ? |

# %%
G_2 = -100
G_1 = 1 + 0.9 * G_2
G_0 = 1 + 0.9 * G_1
print(np.round([G_0, G_1, G_2], 2))

# %% [markdown] lang="en"
# The fall is felt two steps before it happens, a little weaker with each step. That is how a reward at
# the end can teach something about the beginning.
#
# ## Exercise 1 · the return ★☆☆ 10 minutes
#
# Write $G_0$, the return of a whole episode seen from its first step: one number. `rewards` is a list of
# one or more numbers; the first reward counts in full. Useful: a loop over `reversed(rewards)`, which
# goes from the last to the first, or the powers `discount_factor ** np.arange(len(rewards))`, where
# `np.arange(3)` is the array 0, 1, 2.

# %% [markdown] lang="ko"
# 쓰러지기 두 스텝 전의 반환값에도 그 영향이 나타나고, 거슬러 올라갈수록 조금씩 약해집니다. 맨 마지막 보상으로 맨
# 처음 행동이 좋았는지 배울 수 있는 것은 이 덕분입니다.
#
# ## 연습 1 · 반환값 ★☆☆ 10분
#
# 에피소드 전체를 첫 스텝에서 본 반환값 $G_0$을 구하는 함수를 써 보세요. 답은 숫자 하나입니다. `rewards`는 숫자가 하나
# 이상 든 리스트이고, 첫 보상은 감가하지 않습니다. 마지막부터 처음으로 가는 반복문 `reversed(rewards)`나 거듭제곱
# `discount_factor ** np.arange(len(rewards))`을 쓰면 편합니다. `np.arange(3)`은 배열 0, 1, 2입니다.

# %% exercise="return_of_episode"
def my_return(rewards, discount_factor):
    ### BEGIN SOLUTION
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount_factor * total
    return total
    ### END SOLUTION

# %% check="return_of_episode" points=2
checks.check_return_of_episode(my_return)

# %% [markdown] lang="en"
# `discounted_returns` from the package gives the return from *every* step at once; its first is yours.

# %% [markdown] lang="ko"
# 패키지의 `discounted_returns`는 *모든* 스텝의 반환값을 한꺼번에 줍니다. 그 첫 값이 여러분의 답과 같습니다.

# %%
print(np.round(discounted_returns([1, 1, -100], 0.9), 2), round(my_return([1, 1, -100], 0.9), 2))

# %% [markdown] lang="en"
# ## How far does the agent look ahead?
#
# The picture shows what a reward $k$ steps later counts, for the discount factors of the five
# documents, 0.99 (the lecture and document 003), 0.98 (001) and 0.95 (000 and 004), and for a
# short-sighted 0.5. In an endless episode the weights of one curve add up to
#
# $$1 + \gamma + \gamma^2 + \dots = \frac{1}{1 - \gamma},$$
#
# which is the return of a pole that never falls, at +1 a step. Add discount factors of your own and run
# the cell again.

# %% [markdown] lang="ko"
# ## 에이전트는 얼마나 멀리 내다볼까?
#
# 그림은 $k$스텝 뒤의 보상을 지금 얼마로 치는지를 보여 줍니다. 감가율은 다섯 문서의 0.99(강의와 문서 003),
# 0.98(문서 001), 0.95(문서 000과 004), 그리고 눈앞만 보는 0.5입니다. 한 곡선의 값을 모두 더하면
#
# $$1 + \gamma + \gamma^2 + \dots = \frac{1}{1 - \gamma},$$
#
# 이것이 영원히 쓰러지지 않는 폴의 반환값입니다. 그림을 본 다음에는 원하는 감가율을 넣고 셀을 다시 실행해 보세요.

# %%
for gamma in (0.5, 0.95, 0.98, 0.99):
    weights = gamma ** np.arange(201)
    plt.plot(weights, label=rf"$\gamma$ = {gamma:g}, sum {1 / (1 - gamma):.0f}")
plt.xlabel("steps from now, k")
plt.ylabel(r"weight $\gamma^k$")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# With $\gamma = 0.99$, the −100 of a fall 100 steps from now still counts {{-100 * 0.99**100:.1f}}; with
# $\gamma = 0.95$ it counts {{-100 * 0.95**100:.1f}}.
#
# ## Baselines: how good is a player who learns nothing?
#
# Before we praise an agent we need to know what chance achieves. One more policy, written by hand from
# the picture above: *push to the side to which the pole leans*, so that the cart gets under it.

# %% [markdown] lang="ko"
# 100스텝 뒤에 쓰러질 때의 −100은 $\gamma = 0.99$이면 지금 {{-100 * 0.99**100:.1f}}으로 치지만 $\gamma = 0.95$이면
# {{-100 * 0.95**100:.1f}}으로 칩니다.
#
# ## 기준선: 배우지 않으면 얼마나 버틸까?
#
# 에이전트를 칭찬하기 전에 우연만으로 얼마나 되는지 알아야 합니다. 위 그림을 보고 손으로 쓴 정책을 하나 더합시다.
# *폴이 기운 쪽으로 밀어서* 카트를 폴 아래로 보내는 정책입니다.

# %%
def lean(state):
    return int(state[2] > 0)  # state[2] is the pole's angle


def scores_of(policy, episodes):
    return np.array([sum(play(env, policy)[0]) for _ in range(episodes)])


scores = {policy.__name__: scores_of(policy, 200) for policy in (coin, always_right, lean)}
for name, values in scores.items():
    print(f"{name:13} mean {values.mean():5.1f}, from {values.min():.0f} to {values.max():.0f}")

# %% [markdown] lang="en"
# ## Exercise 2 · a policy by hand ★★☆ 10 minutes
#
# `lean` lasts nearly twice as long as a coin ({{scores["lean"].mean():.0f|10%}} against
# {{scores["coin"].mean():.0f|10%}} steps), and then the pole swings past the middle: `lean` looks only at
# where the pole *is*. Write a policy that keeps it up for at least 300 steps on average. It gets the
# four numbers of `state` (see the table at the top) and returns 0 or 1. Think of where the pole will be
# a moment later.

# %% [markdown] lang="ko"
# ## 연습 2 · 손으로 쓰는 정책 ★★☆ 10분
#
# `lean`은 동전 던지기의 두 배 가까이 버팁니다({{scores["coin"].mean():.0f|10%}}스텝에서
# {{scores["lean"].mean():.0f|10%}}스텝으로). 하지만 폴이 *지금* 어디 있는지만 보기 때문에 폴이 가운데를 지나쳐
# 흔들립니다. 평균 300스텝 이상 버티는 정책을 써 보세요. `state`의 네 숫자(맨 위의 표를 보세요)를 받아 0이나 1을
# 반환하면 됩니다. 폴이 잠시 뒤 어디에 있을지 생각해 보세요.

# %% exercise="balancing_policy"
def my_policy(state):
    ### BEGIN SOLUTION
    return int(state[2] + 0.5 * state[3] > 0)
    ### END SOLUTION

# %% check="balancing_policy" points=2
checks.check_balancing_policy(my_policy)

# %%
scores["my_policy"] = scores_of(my_policy, 200)
for row, values in enumerate(scores.values()):
    plt.plot(values, row + rng.uniform(-0.25, 0.25, 200), ".", markersize=3)
    plt.plot(values.mean(), row, "k|", markersize=24)
plt.yticks(range(4), scores)
plt.xlabel("score: a dot for each of 200 episodes, a bar for their mean")
plt.show()

# %% [markdown] lang="en"
# A rule of a line or two balances the pole. So CartPole is not hard if you know what the four numbers
# mean. The agent does not: it gets four numbers without names, and +1 after +1. How it can learn all
# the same is the subject of the coming lessons.
#
# Baselines have another use. For episodes 0 to 5 the lecture prints the scores 43, 42, 88, 125, 82, 44.
# At this point its agent still acts at random: it has seen fewer than 1000 steps, so it has learned
# nothing, and its epsilon, the share of random actions, is 1. Can a coin do that? We let it play many
# groups of six episodes:

# %% [markdown] lang="ko"
# 코드 한두 줄짜리 규칙이 폴을 세웁니다. 그러니 네 숫자의 뜻을 아는 사람에게 카트폴은 어렵지 않습니다. 하지만 에이전트는
# 모릅니다. 이름 없는 숫자 네 개와 +1을 받을 뿐입니다. 그런데도 어떻게 배우는지가 앞으로 배울 내용입니다.
#
# 기준선의 쓸모를 하나 더 봅시다. 강의에는 에피소드 0~5의 점수가 43, 42, 88, 125, 82, 44로 찍혀 있습니다. 아직
# 무작위로 행동할 때입니다. 1000스텝이 되지 않아 배운 것이 없고, 무작위 행동의 비율인 입실론은 1이기 때문입니다. 동전
# 던지기로 이런 점수가 나올까요? 여섯 판씩 여러 번 시켜 봅시다.

# %%
lecture_mean = np.mean([43, 42, 88, 125, 82, 44])
groups = scores_of(coin, 3000).reshape(500, 6).mean(axis=1)  # the mean of each six
print(f"lecture, six episodes: {lecture_mean:.1f}")
print(f"coin, 500 groups of six: mean {groups.mean():.1f}, best group {groups.max():.1f}")

# %% [markdown] lang="en"
# The best of {{len(groups)}} groups reaches {{groups.max():.0f|20%}}, so the six numbers are unlikely
# to come from the start of a run; where they do come from we cannot know. As a baseline, use what you
# have measured yourself.
#
# ## Bug hunt · the lecture's bookkeeping ★★☆ 10 minutes
#
# While the agent plays, two records are kept: the **score**, for us, and the rewards that it **learns**
# from. In the second the lecture wants −100 for a fall, where Gymnasium pays +1. Its code uses one
# variable for both:
#
# ```python
# reward = reward if not done or score == 499 else -100   # in every step
# score += reward                                         # line 42
# score = score if score == 500 else score + 100          # line 49, after the episode
# ```
#
# It recognises a fall by the score: if the episode is done before the 500th step, it must be a fall.
# Line 49 takes the −100 back. (The first line is from the public code that the lecture explains.) Here
# is the same logic as a function of a whole episode, tried on three episodes:

# %% [markdown] lang="ko"
# {{len(groups)}}번 가운데 가장 좋은 것이 {{groups.max():.0f|20%}}입니다. 그러니 그 여섯 숫자가 학습을 막 시작했을 때의
# 값이라고 보기는 어렵습니다. 어디서 나온 값인지는 알 수 없습니다. 기준선은 직접 재어서 쓰세요.
#
# ## 버그 찾기 · 강의의 점수 기록 ★★☆ 10분
#
# 에이전트가 행동하는 동안 두 가지를 적어야 합니다. 우리가 볼 **점수**, 그리고 에이전트가 **배울** 보상입니다. 폴이
# 쓰러진 스텝에도 Gymnasium은 +1을 주지만, 강의는 배울 보상을 −100으로 바꿉니다. 그런데 강의 코드는 변수 하나로 둘을
# 다 적습니다.
#
# ```python
# reward = reward if not done or score == 499 else -100   # in every step
# score += reward                                         # line 42
# score = score if score == 500 else score + 100          # line 49, after the episode
# ```
#
# 이 코드는 점수를 보고 성공인지 판단합니다. 끝났는데 500번째 스텝이 아니라면 쓰러진 것이 틀림없다는 생각이죠.
# 49행은 −100을 되돌립니다. (첫 줄은 강의가 설명하는 공개 코드에서 가져왔습니다.) 같은 방법으로 에피소드 하나를
# 통째로 기록하면 이렇습니다.

# %%
def lecture_bookkeeping(rewards, terminated, truncated):
    score, learned = 0, []
    for reward, fell, cut_off in zip(rewards, terminated, truncated):
        done = fell or cut_off
        if done and score != 499:  # "not the 500th step, so it must be a fall"
            reward = -100
        learned.append(reward)
        score += reward
    if score != 500:
        score += 100
    return score, learned


def episode(steps, fell, cut_off):  # both flags are False except in the last step
    return [1] * steps, [False] * (steps - 1) + [fell], [False] * (steps - 1) + [cut_off]


stories = {
    "falls in step 3": episode(3, True, False),
    "CartPole-v0, stands until its limit of 200": episode(200, False, True),
    "CartPole-v1, falls in step 500, the last": episode(500, True, True),
}
for story, lists in stories.items():
    score, learned = lecture_bookkeeping(*lists)
    print(f"{story}: score {score}, last learned reward {learned[-1]}")

# %% [markdown] lang="en"
# Something is wrong in each of the three printed lines. What should each say? Repair the function. It
# returns
#
# - `score`: the sum of the environment's own rewards, nothing else;
# - `learned`: a new list of the same rewards, but −100 in place of the reward of a step that
#   `terminated`. Leave the three lists that it is given unchanged.

# %% [markdown] lang="ko"
# 세 줄에 저마다 틀린 값이 있습니다. 어떤 값이어야 할까요? 함수를 고쳐 보세요. 반환할 것은 둘입니다.
#
# - `score`: 환경이 준 보상을 그대로 더한 합
# - `learned`: 같은 보상을 담은 새 리스트. 단, `terminated`인 스텝의 보상은 −100으로 바꿉니다. 받은 리스트 셋은 바꾸지
#   마세요.

# %% exercise="bookkeeping"
def my_bookkeeping(rewards, terminated, truncated):
    ### BEGIN SOLUTION
    score = sum(rewards)
    learned = [-100 if fell else reward for reward, fell in zip(rewards, terminated)]
    return score, learned
    ### END SOLUTION

# %% check="bookkeeping" points=2
checks.check_bookkeeping(my_bookkeeping)

# %% [markdown] lang="en"
# The three stories again, with your bookkeeping, and with the return that the agent learns from:

# %% [markdown] lang="ko"
# 같은 세 에피소드를 여러분의 함수로 다시 적고, 에이전트가 배울 반환값도 구해 봅시다.

# %%
for story, lists in stories.items():
    score, learned = my_bookkeeping(*lists)
    print(f"{story}: score {score}, last learned reward {learned[-1]},",
          f"return {my_return(learned, 0.99):.1f}")

# %% [markdown] lang="en"
# ## What changed since lesson 00
#
# There, `agent.run_episode(environment)` was a closed box. You have now seen its skeleton: `reset`, then
# `step` until `terminated or truncated`, a policy that chooses, and rewards that are kept. `DQNAgent`
# adds learning to this loop. It also keeps the score apart from the rewards it learns from, as you
# just did.
#
# ## Review
#
# <details><summary>What is an observation, and what is it for?</summary>
#
# What the environment shows the agent after each step. The agent decides by it. If it is complete, it is
# the state; if not, different futures can hide behind the same observation.
# </details>
#
# <details><summary>What are the five parts of an MDP?</summary>
#
# State, action, reward, state transition probability, discount factor.
# </details>
#
# <details><summary>What is a policy?</summary>
#
# The rule that says which action is taken in which state: `coin`, `lean` and your own are three of
# them. It may give one action or a probability for each.
# </details>
#
# <details><summary>Is the return of a perfect episode of 500 steps 500?</summary>
#
# Its score is. Its discounted return with $\gamma = 0.99$ is {{my_return([1.0] * 500, 0.99):.1f}}: nearly
# $1/(1-\gamma) = 100$, the return of a pole that stands for ever.
# </details>
#
# **Summary** An MDP has states, actions, rewards, state transition probabilities and a discount factor.
# `step` returns five values; only `terminated` is an end of the task. The return counts later rewards
# for less. A coin keeps the pole up for about {{scores["coin"].mean():.0f|10%}} steps. **Next** lesson
# 02: how to compute the best policy when the world is small enough for a table.

# %% [markdown] lang="ko"
# ## 무엇이 달라졌나
#
# 00강에서 `agent.run_episode(environment)`는 닫힌 상자였습니다. 이제 여러분은 그 뼈대를 보았습니다. `reset`으로
# 시작해 `terminated or truncated`까지 `step`을 되풀이하고, 정책이 행동을 고르고, 보상을 적어 둡니다. `DQNAgent`는 이
# 반복문에 학습을 더한 것입니다. 점수와 배울 보상을 따로 적는 것도 방금 여러분이 한 그대로입니다.
#
# ## 진단 평가
#
# <details><summary>관측이란? 관측의 역할은?</summary>
#
# 매 스텝 뒤에 환경이 에이전트에게 보여 주는 정보입니다. 에이전트는 관측을 보고 행동을 정합니다. 완전한 정보라면 곧
# 상태이고, 그렇지 않다면 같은 관측 뒤에 서로 다른 미래가 숨어 있을 수 있습니다.
# </details>
#
# <details><summary>MDP의 다섯 가지 요소는?</summary>
#
# 상태, 행동, 보상, 상태 전이 확률, 감가율.
# </details>
#
# <details><summary>정책이란?</summary>
#
# 어느 상태에서 어느 행동을 할지 정하는 규칙입니다. `coin`, `lean`, 여러분의 정책이 모두 그 예입니다. 행동 하나를
# 정해 줄 수도 있고 행동마다 확률을 줄 수도 있습니다.
# </details>
#
# <details><summary>500스텝을 완벽하게 버틴 에피소드의 반환값은 500인가요?</summary>
#
# 점수는 500입니다. $\gamma = 0.99$로 감가된 반환값은 {{my_return([1.0] * 500, 0.99):.1f}}, 영원히 서 있는 폴의
# 반환값 $1/(1-\gamma) = 100$에 가깝습니다.
# </details>
#
# **정리** MDP는 상태, 행동, 보상, 상태 전이 확률, 감가율로 이루어집니다. `step`은 다섯 값을 돌려주고, 과제의 끝은
# `terminated`뿐입니다. 반환값은 나중의 보상을 낮추어 칩니다. 동전 던지기로는 폴을 약
# {{scores["coin"].mean():.0f|10%}}스텝 세울 수 있습니다. **다음 시간** 02강: 환경이 표에 담길 만큼 작다면 가장 좋은
# 정책을 어떻게 계산할까요?
