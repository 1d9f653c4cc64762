# %% [markdown] lang="en"
# # 17 · From CartPole to pixels
#
# **On the slides** DQN's source, *Playing Atari* (Mnih et al., 2013), and its memory of 1,000,000. How an
# agent sees a screen is not on them.
#
# **You will be able to** read a state that is a picture · show that a single picture is not Markov ·
# compute what a convolution sees · say what a memory of a million costs · take an RMSProp step by hand
# and in code · train a DQN on pixels for a minute, and judge one that has trained longer · say what
# Atari itself would cost.
#
# **Time** 75 minutes · **Needs** lessons 03 to 12
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $s$ | `picture` | `[H, W, C]` | a state: height, width and channels |
# | $k, b$ | `kernel, bias` | `[3, 3, C]`, number | a **filter**: what it looks for, and its bias |
# | $w, g$ | `weights, gradients` | one shape | the weights, and the slopes of the loss |
# | $m, v$ | `mean, square` | the same | running means of $g$ and of $g^2$ |
# | $\alpha$ | `learning_rate` | number | the learning rate |

# %% [markdown] lang="ko"
# # 17 · 카트폴에서 픽셀로
#
# **슬라이드에서는** DQN의 출처인 *Playing Atari*(Mnih 외, 2013)와 1,000,000개짜리 메모리. 에이전트가 화면을 어떻게
# 보는지는 나오지 않습니다.
#
# **이번 시간이 끝나면** 그림으로 된 상태를 읽을 수 있고 · 그림 한 장이 마르코프 상태가 아니라는 것을 보일 수 있고 ·
# 합성곱이 무엇을 보는지 계산할 수 있고 · 백만 개짜리 메모리가 얼마나 큰지 말할 수 있고 · RMSProp의 한 걸음을 손으로도
# 코드로도 계산할 수 있고 · 픽셀을 보는 DQN을 1분 동안 학습시키고, 더 오래 학습한 DQN을 평가할 수 있고 · 아타리라면
# 얼마나 걸릴지 따져 볼 수 있습니다.
#
# **시간** 75분 · **먼저 볼 것** 03~12강
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $s$ | `picture` | `[H, W, C]` | 상태: 높이, 너비, 채널 |
# | $k, b$ | `kernel, bias` | `[3, 3, C]`, 숫자 | **필터**: 무엇을 찾는지, 그리고 편향 |
# | $w, g$ | `weights, gradients` | 서로 같음 | 가중치, 오류함수(손실 함수)의 기울기 |
# | $m, v$ | `mean, square` | 서로 같음 | $g$의 이동 평균, $g^2$의 이동 평균(제곱 평균) |
# | $\alpha$ | `learning_rate` | 숫자 | 학습률 |

# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import Asterix, Breakout, as_gymnasium, checks, evaluate, q_network, record
from dqn_keras import use_one_thread
from dqn_keras.classroom.films import film
from dqn_keras.experiments import Plan, bootstrap_interval, find_recipe, load_results, published_weights

import keras  # after dqn_keras, which silences the start-up messages
import tensorflow as tf

use_one_thread()  # for networks this small, one thread computes faster than several
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## A game made of pixels
#
# CartPole told the agent four numbers: a person had decided that these matter. DQN became famous because it
# needs no such person: it learned 49 Atari games from their screens (Mnih et al., Nature 2015). That took days
# of computing for each game. **MinAtar** (Young and Tian, 2019, arXiv 1903.03176) keeps the ideas and makes the
# screen small: 10 × 10 cells, and one **channel** for each kind of thing, a picture of its own that is 1 where
# the thing is and 0 elsewhere. (So a person has sorted the things here after all; on Atari nobody does.) Here is its
# Breakout: a paddle, a ball, a wall of bricks, +1 for each brick that
# the ball breaks. When the ball passes the paddle, the episode ends.

# %% [markdown] lang="ko"
# ## 픽셀로 된 게임
#
# 카트폴은 에이전트에게 숫자 네 개를 알려 주었습니다. 무엇이 중요한지 사람이 미리 정해 준 것입니다. DQN이 유명해진 것은
# 그럴 필요가 없었기 때문입니다. DQN은 아타리 게임 49개를 화면만 보고 배웠습니다(Mnih 외, Nature 2015). 다만 게임마다
# 며칠씩 계산해야 했습니다. **MinAtar**(Young과 Tian, 2019, arXiv 1903.03176)는 아이디어는 그대로 두고 화면을
# 줄였습니다. 화면은 10 × 10칸이고, 물체의 종류마다 **채널**이 하나씩 있습니다. 채널은 그 물체가 있는 칸만 1이고
# 나머지는 0인 그림입니다. (그러니 여기서도 물체를 나누는 일은 사람이 해 둔 셈입니다. 아타리에서는 아무도 해 주지
# 않습니다.) 아래는 그 가운데 브레이크아웃(벽돌 깨기)입니다. 막대(paddle), 공(ball), 벽돌(brick)이 있고, 공으로 벽돌을
# 하나 깰 때마다 +1을 받습니다. 막대가 공을 놓치면 에피소드가 끝납니다.

# %%
environment = Breakout(seed=0)
CHANNELS = ("paddle", "ball", "trail", "brick")
state = environment.reset()
for action in (1, 1, 2, 0):  # 0 stays, 1 goes left, 2 goes right
    state, reward, terminated, truncated = environment.step(action)
print("state", state.shape, state.dtype.name, " actions", environment.action_size)

_, axes = plt.subplots(1, 5, figsize=(7, 1.7))
axes[0].imshow(environment.render())
axes[0].set_title("for people")
for channel, axis in enumerate(axes[1:]):
    axis.imshow(state[:, :, channel], cmap="gray")
    axis.set_title(CHANNELS[channel])
for axis in axes:
    axis.set_xticks([])
    axis.set_yticks([])
plt.show()

# %% [markdown] lang="en"
# The agent never sees the colours; it gets the four black and white pictures on the right, 400 zeros and
# ones. The **trail** is the cell in which the ball was a step ago.
#
# **By hand.** The ball flies along diagonals. Find ball and trail above: which way does it fly, and in which
# cell will it be next? Then cover the trail with your thumb and ask again.
#
# ## One picture is not enough
#
# A state is **Markov** (lessons 01 and 04) if the past tells nothing about the future that the state does not
# tell. Does Breakout's picture need its trail for that? We play 200 games at random, side by side, and note, for
# each picture and action, where the ball is next. Then we count, as in lesson 04: if the same picture and
# action were followed by two different cells, the picture does not tell where the ball flies. (MinAtar repeats
# the action before with probability 0.1, whatever is chosen. We switch that off here: otherwise the action before,
# which no picture shows, would matter, too.)

# %% [markdown] lang="ko"
# 에이전트는 색을 보지 못합니다. 오른쪽의 흑백 그림 네 장, 곧 0과 1로 된 숫자 400개를 받습니다. **trail**은 한 스텝 전에 공이
# 있던 칸입니다.
#
# **손으로.** 공은 대각선으로 날아갑니다. 위에서 공과 trail을 찾아보세요. 공은 어느 쪽으로 날아가고, 다음에는 어느 칸에 있을까요?
# 그다음 trail을 엄지손가락으로 가리고 다시 답해 보세요.
#
# ## 그림 한 장으로는 모자란다
#
# 앞으로의 일에 중요한 것을 모두 담고 있는 상태를 **마르코프**라고 했습니다(01강, 04강). 브레이크아웃의 그림도 그런가요? 그러려면
# trail이 있어야 할까요? 게임 200판을 나란히 무작위로 플레이하면서, 그림과 행동마다 공이 다음에 어느 칸에 있는지 적어 둡니다.
# 그다음 04강에서처럼 세어 봅니다. 같은 그림에서 같은 행동을 했는데 다음 칸이 서로 달랐다면, 그 그림은 공이 어디로 날아가는지 알려
# 주지 않습니다. (MinAtar에서는 무엇을 고르든 0.1의 확률로 바로 전의 행동이 되풀이됩니다. 그러면 그림에 없는 바로 전의 행동도
# 중요해지므로, 여기서는 그 규칙을 끕니다.)

# %%
def watch(game, games=200):
    """Random play: picture, action and the ball's next cell of each step; the score of each game."""
    rng, seen, scores = np.random.default_rng(0), [], np.zeros(games)
    states, going_on = game.initial_states(games, game.rng), np.ones(games, bool)
    while going_on.any():
        actions = rng.integers(game.action_size, size=games).astype(np.int32)
        next_states, rewards, terminated = game.transition(states, actions)
        pictures, next_pictures = game.observe(states).numpy(), game.observe(next_states).numpy()
        cells = next_pictures[..., 1].reshape(games, 100).argmax(axis=1)
        seen += [(pictures[i], actions[i], cells[i]) for i in np.flatnonzero(going_on)]
        scores += rewards.numpy() * going_on
        states, going_on = next_states, going_on & ~terminated.numpy()
    return seen, scores


seen, _ = watch(Breakout(sticky=0.0, seed=0))

# %%
def share_of_doubt(channels):
    """The share of steps whose picture and action were followed by more than one cell."""
    ways = {}
    keys = [(picture[..., channels].tobytes(), action) for picture, action, _ in seen]
    for key, (_, _, cell) in zip(keys, seen):
        ways.setdefault(key, set()).add(cell)
    return np.mean([len(ways[key]) > 1 for key in keys])


without_trail, with_trail = share_of_doubt([0, 1, 3]), share_of_doubt([0, 1, 2, 3])
print(f"of {len(seen):,} steps, in doubt without the trail {without_trail:.1%}, with it {with_trail:.1%}")

# %% [markdown] lang="en"
# Without the trail, {{without_trail:.0%|15%}} of the steps began with a picture after which the ball flew one way
# in one game and another way in another. (So few, since a random game is hardly longer than its first flight, and there
# are only two of those.) Nobody can tell there where the ball will come down, however long they
# learn: *the answer is not in the picture*. With the trail it is {{with_trail:.0%|15%}}. (In random play, that is.
# Whoever gets the ball above the wall finds rare exceptions: just after a brick, ball and trail lie side by side,
# which looks the same for a ball that goes up and for one that goes down.)
#
# Atari's screens have no trail. There DQN gets the **last four screens** as one state of four channels. It is
# the same idea: put into the state what has to be remembered.
#
# ## What a convolution sees
#
# A unit of a dense layer (lesson 03) has a weight of its own for each of the 400 numbers, so the network would
# have to learn "a ball flying down to the right" once for each cell. A **filter** is a small pattern, 3 × 3 cells of all
# channels. It is laid on one place of the picture after the other, with the same numbers everywhere:
#
# $$z_{yx} = \max\Big(0,\; b + \sum_{i=0}^{2} \sum_{j=0}^{2} \sum_{c} s_{y+i,\,x+j,\,c} \; k_{ijc}\Big)$$
#
# In words: at row $y$ and column $x$, multiply cell by cell in all channels $c$, add everything up, add the bias, and
# set what is negative to 0 (that is lesson 03's relu, usually written **ReLU**). This is a **convolution**. On 10 × 10
# cells there are 8 × 8 places. A layer has several filters, and their answers are the channels of a new picture: a
# **convolutional layer**.
#
# **By hand.** A filter has a 1 for *ball* in its middle and a 1 for *trail* at its upper left; all else is 0,
# and its bias is −1. What does it say where the ball has flown down to the right? There both ones meet:
# $1 + 1 - 1 = 1$. Where it has flown up to the right? Only the ball meets: $1 - 1 = 0$. On an empty
# place? $0 - 1 = -1$, so 0 after the ReLU. This filter *sees movement*.
#
# ## Exercise 1 · what one filter sees ★★☆ 15 minutes
#
# `picture` is an array `[H, W, C]` of any size, `kernel` is `[3, 3, C]`, `bias` a number. Return all $z_{yx}$, an array
# `[H - 2, W - 2]`. Useful: `height, width, channels = picture.shape`; `picture[y : y + 3, x : x + 3]` is the patch
# at row `y`, column `x`; `np.sum` adds up everything; `np.zeros((rows, columns))` makes room for the results;
# `np.maximum(x, 0)` is the ReLU.

# %% [markdown] lang="ko"
# trail이 없으면 전체 스텝의 {{without_trail:.0%|15%}}에서, 같은 그림인데 어떤 판에서는 공이 이쪽으로, 다른 판에서는
# 저쪽으로 날아갔습니다. (무작위로 플레이하면 공이 처음 한 번 날아가고 나서 곧 끝나는데, 그 길은 두 가지뿐이라 비율이
# 작습니다.) 그런 그림을 보고는 아무리 오래 배워도 공이 어디로 내려올지 알 수 없습니다. *답이 그림 안에 없기*
# 때문입니다. trail이 있으면 {{with_trail:.0%|15%}}입니다. (무작위로 플레이할 때 그렇습니다. 공을 벽돌 위쪽으로 보낼
# 만큼 잘하면 드물게 예외가 있습니다. 벽돌을 깬 직후에는 공과 trail이 옆으로 나란히 놓이는데, 그러면 올라가는 공과
# 내려가는 공이 똑같아 보입니다.)
#
# 아타리의 화면에는 trail이 없습니다. 그래서 DQN은 **최근 화면 네 장**을 채널 네 개로 묶어 상태 하나로 씁니다. 기억해야
# 할 것을 상태에 넣는다는 점에서 같은 생각입니다.
#
# ## 합성곱은 무엇을 보나
#
# 03강의 층이라면 유닛 하나가 숫자 400개마다 가중치를 따로 두므로, 신경망이 "오른쪽 아래로 날아가는 공"을 칸마다 한 번씩
# 배워야 합니다. **필터**는 가로세로 3칸에 모든 채널을 담은 작은 무늬입니다. 이 무늬를 그림의 모든 자리에 차례로 겹쳐
# 보는데, 숫자는 어디서나 같습니다.
#
# $$z_{yx} = \max\Big(0,\; b + \sum_{i=0}^{2} \sum_{j=0}^{2} \sum_{c} s_{y+i,\,x+j,\,c} \; k_{ijc}\Big)$$
#
# 말로 하면, $y$행 $x$열에서 모든 채널 $c$에 걸쳐 칸끼리 곱해서 모두 더하고, 편향을 더하고, 음수면 0으로 만듭니다(03강의
# relu이고, 보통 **ReLU**라고 씁니다). 이것이 **합성곱**(convolution)입니다. 10 × 10칸에는 자리가 8 × 8개 있습니다. 한
# 층에는 필터가 여러 개 있고, 그 답들이 새 그림의 채널이 됩니다. 이것이 **합성곱 층**입니다.
#
# **손으로.** 어떤 필터는 가운데 칸의 *ball*이 1이고 왼쪽 위 칸의 *trail*이 1입니다. 나머지는 모두 0이고 편향은 −1입니다. 공이
# 오른쪽 아래로 날아온 자리에서 이 필터의 답은 얼마일까요? 1 두 개가 모두 겹쳐서 $1 + 1 - 1 = 1$입니다. 오른쪽 위로 날아온
# 자리에서는 공만 겹쳐서 $1 - 1 = 0$입니다. 빈 자리에서는 $0 - 1 = -1$이고 ReLU를 거치면 0입니다. 이 필터는 *움직임을
# 봅니다*.
#
# ## 연습 1 · 필터 하나가 보는 것 ★★☆ 15분
#
# `picture`는 크기가 정해지지 않은 배열 `[H, W, C]`, `kernel`은 `[3, 3, C]`, `bias`는 숫자입니다. 모든 $z_{yx}$, 곧 배열
# `[H - 2, W - 2]`를 반환하세요. `height, width, channels = picture.shape`로 크기를 알 수 있습니다.
# `picture[y : y + 3, x : x + 3]`은 `y`행 `x`열에서 시작하는 조각이고, `np.sum`은 모두 더합니다. `np.zeros((rows, columns))`로 답을 넣을
# 자리를 만들 수 있고, `np.maximum(x, 0)`이 ReLU입니다.

# %% exercise="convolution"
def my_convolution(picture, kernel, bias):
    ### BEGIN SOLUTION
    height, width, channels = picture.shape
    answer = np.zeros((height - 2, width - 2))
    for y in range(height - 2):
        for x in range(width - 2):
            answer[y, x] = np.sum(picture[y : y + 3, x : x + 3] * kernel) + bias
    return np.maximum(answer, 0)
    ### END SOLUTION

# %% check="convolution" points=2
checks.check_convolution(my_convolution)

# %% [markdown] lang="en"
# Now your filters look at the game, one for each of the four ways in which the ball can fly. (`np.pad` adds
# a rim, so that each answer stands in the cell on which the filter's middle lay.)

# %% [markdown] lang="ko"
# 이제 여러분의 필터로 게임을 봅시다. 공이 날아가는 네 방향마다 필터가 하나씩 있습니다. (`np.pad`로 둘레를 한 칸 더해서, 필터의
# 가운데가 놓였던 칸에 답이 오게 합니다.)

# %%
WAYS = {"up left": (2, 2), "up right": (2, 0), "down left": (0, 2), "down right": (0, 0)}


def way_filter(row, column):  # where the trail has to be; the ball is in the middle
    kernel = np.zeros((3, 3, 4))
    kernel[1, 1, 1] = kernel[row, column, 2] = 1  # channel 1 is the ball, 2 the trail
    return kernel


_, axes = plt.subplots(1, 5, figsize=(7, 1.8))
axes[0].imshow(environment.render())
axes[0].set_title("the game")
answers = {}
for axis, (name, place) in zip(axes[1:], WAYS.items()):
    answers[name] = my_convolution(state.numpy(), way_filter(*place), -1.0)
    axis.imshow(np.pad(answers[name], 1), cmap="gray", vmin=0, vmax=1)
    axis.set_title(name)
for axis in axes:
    axis.set_xticks([])
    axis.set_yticks([])
plt.show()
print({name: float(np.max(answer)) for name, answer in answers.items()})

# %% [markdown] lang="en"
# One filter answers, in one cell: it has seen where the ball is and which way it flies. Nobody will write such
# filters for the agent; it has to find its own. MinAtar's network has 16 filters, then 128 units, then one
# Q-value for each action:

# %% [markdown] lang="ko"
# 필터 하나가 한 칸에서만 켜집니다. 공이 어디 있고 어느 쪽으로 날아가는지 알아본 것입니다. 에이전트에게는 아무도 이런
# 필터를 만들어 주지 않으므로 스스로 찾아야 합니다. MinAtar의 신경망에는 필터가 16개, 그다음에 유닛이 128개, 그리고
# 행동마다 큐값이 하나씩 있습니다.

# %%
network = q_network((10, 10, 4), 3, hidden_units=(128,), filters=(16,), seed=0)
for layer in network.layers[1:]:
    print(f"{layer.name:10s} {str(layer.output.shape[1:]):12s} {layer.count_params():7,d} weights")
kernels, biases = network.get_layer("filters_1").get_weights()  # [3, 3, 4, 16], [16]
first = keras.Model(network.inputs, network.get_layer("filters_1").output)(state[None])[0]
ours = my_convolution(state.numpy(), kernels[..., 0], biases[0])
print("its first filter and yours agree:", np.allclose(first[..., 0], ours, atol=1e-5))

# %% [markdown] lang="en"
# (`flat` puts the answers of all filters into one row.) The 16 filters have {{network.layers[1].count_params()}} weights.
# A dense layer with as many answers, 8 · 8 · 16 = 1,024, would have 401 · 1,024 = 410,624. That is what it saves to use
# the same small pattern everywhere.
#
# ## The memory of a million
#
# On Atari, DQN's replay memory holds 1,000,000 transitions. CartPole's 2,000 fitted anywhere; here one has to
# count. A transition (lesson 06) is a state and a next state (both pictures), an action (an int32, 4 bytes), a
# reward (a float32, 4 bytes) and `terminated` (1 byte).
#
# **By hand.** A state of CartPole is four float32 of 4 bytes each. How many bytes is a transition?
# $2 \cdot 4 \cdot 4 + 4 + 4 + 1 = 41$.
#
# ## Exercise 2 · how many bytes? ★☆☆ 5 minutes
#
# Return how many bytes a memory of so many `transitions` takes. `state_shape` is a tuple such as `(10, 10, 4)` or `(4,)`;
# `bytes_each` is the size of *one number of a state*: 4 for a float32, 1 for a byte or a bool. `np.prod` multiplies
# all numbers of a tuple.

# %% [markdown] lang="ko"
# (`flat`은 모든 필터의 답을 한 줄로 늘어놓습니다.) 필터 16개의 가중치는 모두 합쳐
# {{network.layers[1].count_params()}}개입니다. 답의 수가 8 · 8 · 16 = 1,024개로 같은 03강의 층이라면 401 · 1,024 =
# 410,624개입니다. 작은 무늬를 어디서나 쓰면 이만큼 아낄 수 있습니다.
#
# ## 백만 개짜리 메모리
#
# 아타리를 배우는 DQN의 리플레이 메모리에는 샘플이 1,000,000개 들어갑니다. 카트폴의 2,000개는 어디에나 들어갔지만, 여기서는
# 계산해 보아야 합니다. 샘플 하나(06강)는 상태와 다음 상태(둘 다 그림), 행동(int32, 4바이트), 보상(float32, 4바이트),
# `terminated`(1바이트)입니다.
#
# **손으로.** 카트폴의 상태는 4바이트짜리 float32 네 개입니다. 샘플 하나는 몇 바이트일까요? $2 \cdot 4 \cdot 4 + 4 + 4 + 1 =
# 41$바이트입니다.
#
# ## 연습 2 · 몇 바이트일까 ★☆☆ 5분
#
# 샘플이 `transitions`개인 메모리의 바이트 수를 반환하세요. `state_shape`는 `(10, 10, 4)`나 `(4,)` 같은 튜플이고, `bytes_each`는
# *상태의 숫자 하나*가 차지하는 바이트입니다. float32는 4, 바이트(uint8)나 참/거짓(bool)은 1입니다. `np.prod`는 튜플의 숫자를 모두
# 곱합니다.

# %% exercise="memory_bytes"
def my_memory_bytes(transitions, state_shape, bytes_each):
    ### BEGIN SOLUTION
    pictures = 2 * np.prod(state_shape) * bytes_each
    return transitions * (pictures + 4 + 4 + 1)
    ### END SOLUTION

# %% check="memory_bytes" points=2
checks.check_memory_bytes(my_memory_bytes)

# %%
MEMORIES = {
    "CartPole, 2,000 of float32": (2_000, (4,), 4),
    "MinAtar, a million of float32": (1_000_000, (10, 10, 4), 4),
    "MinAtar, a million of bools": (1_000_000, (10, 10, 4), 1),
    "Atari, a million of four screens": (1_000_000, (84, 84, 4), 1),
}
gib = {name: float(my_memory_bytes(*sizes)) / 2**30 for name, sizes in MEMORIES.items()}
for name, size in gib.items():
    print(f"{name:34s} {size:10.4f} GiB")

# %% [markdown] lang="en"
# As float32, a million transitions of this small game take {{gib["MinAtar, a million of float32"]:.1f}} GiB; as
# bools {{gib["MinAtar, a million of bools"]:.2f}}, for zeros and ones need no more. (`ReplayMemory` takes
# `dtype="bool"`; only the 32 transitions of a batch become float32.) Atari's 84 × 84 pixels, four screens a
# state, one byte a pixel, would take {{gib["Atari, a million of four screens"]:.0f}} GiB. So one keeps each
# *screen* once, 84 · 84 bytes a transition, and puts states together when they are drawn:
# {{84 * 84 * 1_000_000 / 2**30:.1f}} GiB. (A GiB is $2^{30}$ bytes.)
#
# ## The paper's tricks, one by one
#
# | trick | what for | here |
# |---|---|---|
# | replay memory (06) | a batch whose samples are not alike | 100,000 transitions |
# | target network (08) | labels that stand still | copied every 1,000 steps (Atari: 10,000 updates) |
# | epsilon (05) falls along a line | explore first | from 1 to 0.05 in 100,000 steps (Atari: to 0.1 in a million) |
# | learning starts late | a memory worth drawing from | after 5,000 steps (Atari: 50,000) |
# | convolutions | the same pattern everywhere | 16 filters of 3 × 3 (Atari: three layers) |
# | RMSProp | a step of its own for each weight | below (Atari: 0.01 in place of its 0.0001) |
# | clipped rewards, −1 to 1 | one learning rate for all games | not needed: a brick is 1 |
# | clipped errors, −1 to 1 | no jump after a surprise | the same, `clip_errors` (below) |
# | four screens a state | movement | the trail |
# | one action for four screens | four times as fast | not needed: the ball flies a cell a step |
# | sticky actions | no game can be learned by heart | with probability 0.1 the action before is repeated (Atari: 0.25) |
#
# (The last one came later: Machado et al., 2018.) **Clipped errors:** the slope of the squared error $e^2 / 2$ is the
# error $e$ itself, prediction minus target, so an error of 10 pulls ten times as hard as one of 1. Cut off at −1 and 1,
# it pulls no harder than 1. (The loss with this slope is Huber's: a parabola near 0, straight lines further out.)
# **RMSProp** is a relative of Adam. For each weight it keeps the
# same two running means (lesson 03), of its slope $g$ and of $g^2$, but moves along the slope itself:
#
# $$m \leftarrow 0.95\, m + 0.05\, g \qquad v \leftarrow 0.95\, v + 0.05\, g^2 \qquad
# w \leftarrow w - \alpha \, \frac{g}{\sqrt{v - m^2 + 0.0001}}$$
#
# $v - m^2$, the mean of squares minus the square of the mean, is the variance (lesson 06) of the slope: how much it has
# jumped about lately. A weight whose slope jumps takes small steps, one whose slope is steady takes large ones. The
# 0.0001 is there because nothing can be divided by 0, which is the variance of a slope that never changes.
#
# **By hand.** $w = 2$, $g = 1$, $\alpha = 0.1$, and both means begin at 0. Then $m = 0.05$, $v = 0.05$ and
# $v - m^2 = 0.0475$; the root of $0.0476$ is about $0.218$, so $w = 2 - 0.1 / 0.218 \approx 1.54$.
#
# ## Exercise 3 · a step of RMSProp ★★☆ 10 minutes
#
# All arguments are arrays of one shape, but for the learning rate. Return three arrays, the new *weights, mean,
# square*. Update both means first, then use the new ones. (Unlike Adam's, they are not
# corrected at the start.) `np.sqrt` is the root, `x**2` the square.

# %% [markdown] lang="ko"
# 이 작은 게임의 샘플 백만 개도 float32로는 {{gib["MinAtar, a million of float32"]:.1f}} GiB입니다. 참/거짓으로 저장하면
# {{gib["MinAtar, a million of bools"]:.2f}} GiB이고, 0과 1에는 그것으로 충분합니다. (`ReplayMemory`에 `dtype="bool"`을
# 주면 됩니다. 배치로 뽑힌 샘플 32개만 float32가 됩니다.) 아타리는 화면이 84 × 84픽셀이고 상태 하나가 네 장이라,
# 픽셀마다 1바이트씩만 써도 {{gib["Atari, a million of four screens"]:.0f}} GiB입니다. 그래서 *화면*을 한 번씩만(샘플
# 하나에 84 · 84바이트) 저장해 두고, 뽑을 때 네 장을 묶어 상태를 만듭니다. 그러면 {{84 * 84 * 1_000_000 / 2**30:.1f}}
# GiB입니다. (1 GiB는 $2^{30}$바이트입니다.)
#
# ## 논문의 기법을 하나씩
#
# | 기법 | 무엇을 위해 | 여기서는 |
# |---|---|---|
# | 리플레이 메모리(06강) | 서로 닮지 않은 샘플로 된 배치 | 샘플 100,000개 |
# | 타깃 네트워크(08강) | 가만히 있는 정답 | 1,000스텝마다 복사(아타리는 10,000번 업데이트마다) |
# | 직선으로 줄어드는 입실론(05강) | 처음에는 탐험하기 | 100,000스텝 동안 1에서 0.05로(아타리는 백만 스텝 동안 0.1로) |
# | 늦게 시작하는 학습 | 메모리부터 채우기 | 5,000스텝 뒤부터(아타리는 50,000스텝) |
# | 합성곱 | 어디서나 같은 무늬 | 3 × 3 필터 16개(아타리는 세 층) |
# | RMSProp | 가중치마다 알맞은 걸음 | 아래에서(아타리는 0.0001 대신 0.01) |
# | 보상을 −1~1로 자르기 | 모든 게임에 같은 학습률 쓰기 | 필요 없음: 벽돌 하나가 1 |
# | 오차를 −1~1로 자르기 | 오차가 커도 조금씩만 움직이기 | 그대로, `clip_errors`(아래) |
# | 화면 네 장이 상태 하나 | 움직임 보기 | trail |
# | 화면 네 장에 행동 하나 | 네 배 빠르게 배우기 | 필요 없음: 공은 한 스텝에 한 칸 |
# | 행동 되풀이(sticky actions) | 게임을 통째로 외우지 못하게 하기 | 0.1의 확률로 바로 전의 행동을 되풀이(아타리는 0.25) |
#
# (마지막 것은 나중에 나왔습니다. Machado 외, 2018.) **오차 자르기**: 제곱 오차 $e^2 / 2$의 기울기는 오차 $e$(예측 − 타깃)
# 그 자체이므로, 오차가 10이면 1일 때보다 열 배 세게 당깁니다. −1과 1에서 자르면 1보다 세게 당기지 않습니다. (후버(Huber)의 오류함수가
# 그렇습니다. 0 가까이에서는 포물선이고 멀어지면 직선입니다.) **RMSProp**은 Adam의 친척입니다. Adam처럼(03강) 가중치마다 기울기 $g$의 이동
# 평균과 $g^2$의 이동 평균을 두지만, 움직일 때는 $m$이 아니라 기울기 $g$ 자체를 씁니다.
#
# $$m \leftarrow 0.95\, m + 0.05\, g \qquad v \leftarrow 0.95\, v + 0.05\, g^2 \qquad
# w \leftarrow w - \alpha \, \frac{g}{\sqrt{v - m^2 + 0.0001}}$$
#
# $v - m^2$(제곱의 평균에서 평균의 제곱을 뺀 것)은 기울기의 분산(06강), 곧 기울기가 최근에 얼마나 출렁였는지를
# 나타냅니다. 기울기가 출렁이면 그 가중치는 조금씩, 기울기가 한결같으면 크게 움직입니다. 기울기가 전혀 변하지 않으면
# 분산은 0이고 0으로는 나눌 수 없으므로 0.0001을 더합니다.
#
# **손으로.** $w = 2$, $g = 1$, $\alpha = 0.1$이고 두 이동 평균은 0에서 시작합니다. 그러면 $m = 0.05$, $v = 0.05$,
# $v - m^2 = 0.0475$입니다. $0.0476$의 제곱근은 약 $0.218$이므로 $w = 2 - 0.1 / 0.218 \approx 1.54$입니다.
#
# ## 연습 3 · RMSProp의 한 걸음 ★★☆ 10분
#
# 학습률 말고는 모두 모양이 같은 배열입니다. 새 가중치, 평균(m), 제곱 평균(v)을 이 순서로 반환하세요. 두 평균을 먼저 새로
# 구하고, 그 값으로 가중치를 움직이세요. (Adam과 달리 처음 몇 걸음을 보정하지 않습니다.) `np.sqrt`는 제곱근, `x**2`는 제곱입니다.

# %% exercise="rmsprop"
def my_rmsprop(weights, gradients, mean, square, learning_rate):
    ### BEGIN SOLUTION
    mean = 0.95 * mean + 0.05 * gradients
    square = 0.95 * square + 0.05 * gradients**2
    weights = weights - learning_rate * gradients / np.sqrt(square - mean**2 + 0.0001)
    return weights, mean, square
    ### END SOLUTION

# %% check="rmsprop" points=2
checks.check_rmsprop(my_rmsprop)

# %% [markdown] lang="en"
# Is yours Keras' RMSProp, which the agent will use? Twenty steps of both with $L = w^2 / 2$, whose slope is $w$;
# the second weight's slope comes with noise:

# %% [markdown] lang="ko"
# 에이전트는 Keras의 RMSProp을 씁니다. 여러분의 것과 같을까요? 오류함수 $L = w^2 / 2$에서 스무 걸음씩 가 봅시다. 기울기는 $w$이고,
# 두 번째 가중치의 기울기에는 잡음을 섞습니다.

# %%
settings = {"rho": 0.95, "epsilon": 0.0001, "centered": True}
theirs = keras.Variable([2.0, 2.0])
optimizer = keras.optimizers.RMSprop(learning_rate=0.01, **settings)
yours, mean, square = np.array([2.0, 2.0]), np.zeros(2), np.zeros(2)
rng = np.random.default_rng(0)
for _ in range(20):
    slopes = yours + rng.normal(0, [0.0, 3.0])
    optimizer.apply([tf.constant(slopes, tf.float32)], [theirs])
    yours, mean, square = my_rmsprop(yours, slopes, mean, square, 0.01)
print("Keras", theirs.numpy().round(3), " yours", np.round(yours, 3))
print(f"the steady one moved by {2 - yours[0]:.2f}, the noisy one by {2 - yours[1]:.2f}")

# %% [markdown] lang="en"
# The same numbers, up to rounding. And the weight whose slope is steady has gone further.
#
# ## One minute of learning
#
# Everything together is the recipe `minatar_dqn` (lesson 10): the package's DQN with the settings of the table.
# They are made for 5,000,000 steps. To see something within a minute, we let epsilon fall five times as fast and
# learning begin after 1,000 steps. How many bricks does it break, next to somebody who plays at random?

# %% [markdown] lang="ko"
# 반올림 오차를 빼면 같습니다. 그리고 기울기가 한결같은 가중치가 더 멀리 갔습니다.
#
# ## 1분 동안의 학습
#
# 모두 모은 것이 레시피(10강) `minatar_dqn`입니다. 패키지의 DQN에 표의 설정을 준 것입니다. 5,000,000스텝에 맞춘 설정이므로, 1분
# 안에 무언가 보이도록 입실론을 다섯 배 빨리 줄이고 1,000스텝 뒤부터 학습합니다. 무작위로 플레이할 때와 비교하면 벽돌을 몇 개나
# 깰까요?

# %%
recipe = find_recipe("minatar_dqn")
# epsilon_decay is subtracted in each update here; in lesson 05 epsilon was multiplied with it
quicker = recipe.changed({"epsilon_decay": 0.95 / 20_000, "train_start": 1000})
beginner, place = quicker.make_agent(environment, seed=0), quicker.environment(seed=0)
scores, began = [], time.perf_counter()
while beginner.steps < 30_000:
    scores.append(float(beginner.run_episode(place)))
milliseconds = 1000 * (time.perf_counter() - began) / int(beginner.steps)
_, at_random = watch(Breakout(seed=1), games=500)
after_a_minute = evaluate(beginner, environment, episodes=200)
print(f"bricks a game: at random {at_random.mean():.2f}, learned {after_a_minute.mean():.2f} (greedy)")
print(f"{len(scores):,} episodes, {milliseconds:.2f} milliseconds a step")

# %% [markdown] lang="en"
# At random one breaks {{at_random.mean():.1f|30%}} bricks a game, after a minute of learning
# {{after_a_minute.mean():.1f|60%}}. It has begun, no more: CartPole was solved after a minute.
#
# ## About ten minutes for each seed: is the memory needed?
#
# `results/` holds ten seeds of the unchanged recipe over 1,000,000 steps, and ten without a replay memory: with
# `memory_size=1 batch_size=1 train_start=1` the agent learns from each transition once, as it happens, and throws it
# away. Lesson 11 asked the same question about CartPole. What do you expect here?

# %% [markdown] lang="ko"
# 무작위로 플레이하면 한 판에 벽돌을 {{at_random.mean():.1f|30%}}개, 1분 동안 배우면 {{after_a_minute.mean():.1f|60%}}개 깹니다. 이제
# 시작일 뿐입니다. 카트폴은 1분이면 풀렸습니다.
#
# ## 시드 하나에 10분쯤: 메모리가 꼭 필요할까?
#
# `results/`에는 레시피를 그대로 써서 시드 열 개로 1,000,000스텝씩 학습시킨 결과와, 리플레이 메모리 없이 똑같이
# 학습시킨 결과가 있습니다. `memory_size=1 batch_size=1 train_start=1`로 놓으면 샘플을 얻을 때마다 그것으로 한 번만
# 배우고 버립니다. 11강에서는 카트폴에서 같은 것을 물었습니다. 여기서는 어떨 것 같나요?

# %%
NO_MEMORY = {"memory_size": 1, "batch_size": 1, "train_start": 1}
million = {
    name: load_results(Plan("minatar_dqn", settings, steps=1_000_000).file_name)
    for name, settings in {"with memory": {}, "without": NO_MEMORY}.items()
}
bricks = {}
plt.figure(figsize=(7, 1.6))
for row, (name, runs) in enumerate(million.items()):
    # Each seed's last 100 games of training, still exploring, as the paper gives them
    ends = [np.mean(run.scores[-100:]) for run in runs]
    bricks[name], (low, high) = np.mean(ends), bootstrap_interval(ends)
    plt.plot(ends, [-row] * len(ends), f"C{row}o", alpha=0.5)
    plt.plot([low, high], [-row - 0.3] * 2, f"C{row}", linewidth=3)  # a line below the dots
    print(f"{name:12s} {len(runs)} seeds, mean {bricks[name]:.1f} bricks, 95% {low:.1f} to {high:.1f}")
plt.yticks([0, -1], list(million))
plt.axis(xmin=0, ymin=-1.6, ymax=0.4)
plt.xlabel("bricks a game, the last 100 games of a seed (line: the mean's 95% interval)")
plt.show()

# %% [markdown] lang="en"
# With its memory the agent breaks {{bricks["with memory"]:.1f}} bricks a game, without it {{bricks["without"]:.1f}};
# the 95% bootstrap intervals of the means (lesson 11, the thick lines) lie far apart. So the memory is not needed to
# learn anything at all (random play has {{at_random.mean():.1f|30%}}), but without it much is lost. (MinAtar's paper
# has about 10 and about 4 after 5,000,000 steps, read off its curves; the next section says how far one can compare.)
# Note what was changed, though: without the memory an update sees 1 transition, with it 32. So this shows what the
# memory and its batches are worth together, not which part does the work: samples that are not alike, using each many
# times, or averaging over 32. In return, a step without it takes about a quarter of the time (`results/README.md`); we
# compared equal steps, not equal times.
#
# ## About an hour for each seed
#
# Three of the seeds with a memory, 0 to 2, went on to 5,000,000 steps. This command makes them; started again, it
# goes on where it stopped, so they may be spread over several days:
# `python -m dqn_keras experiment minatar_dqn --steps 5000000 --runs 3 --evaluate-every 500000 --checkpoint-dir runs/minatar`

# %% [markdown] lang="ko"
# 메모리가 있으면 한 판에 벽돌을 {{bricks["with memory"]:.1f}}개, 없으면 {{bricks["without"]:.1f}}개 깹니다. 평균의
# 95% 부트스트랩 구간(11강, 그림의 굵은 선) 둘은 서로 멀리 떨어져 있습니다. 메모리가 없다고 아무것도 못 배우는 것은
# 아니지만(무작위로 플레이하면 {{at_random.mean():.1f|30%}}개), 많은 것을 잃습니다. (MinAtar 논문의 곡선에서
# 5,000,000스텝 뒤의 값을 읽으면 각각 10개쯤, 4개쯤입니다. 어디까지 비교할 수 있는지는 아래에서 봅니다.) 다만 무엇을
# 바꾸었는지 잘 보아야 합니다. 업데이트 한 번에 쓰는 샘플이 메모리가 없으면 1개, 있으면 32개입니다. 그러므로 이 결과로
# 알 수 있는 것은 메모리와 배치를 합쳐서 얼마나 도움이 되는지뿐입니다. 샘플이 서로 닮지 않은 덕분인지, 샘플 하나를
# 여러 번 쓴 덕분인지, 32개의 평균을 낸 덕분인지는 알 수 없습니다. 메모리를 빼서 얻는 것도 있습니다. 한 스텝에 걸리는
# 시간이 4분의 1쯤으로 줄어듭니다(`results/README.md`). 여기서는 같은 시간이 아니라 같은 스텝 수로 비교했습니다.
#
# ## 시드 하나에 한 시간쯤
#
# 이 가운데 메모리가 있는 시드 세 개(0~2)는 5,000,000스텝까지 학습시켰습니다. 명령은 다음과 같습니다. 중간에 끊겨도 같은 명령을 다시
# 실행하면 끊긴 곳부터 이어 가므로, 며칠에 나누어 실행해도 됩니다.
# `python -m dqn_keras experiment minatar_dqn --steps 5000000 --runs 3 --evaluate-every 500000 --checkpoint-dir runs/minatar`

# %%
long_runs = load_results("minatar_dqn-5000000steps")
exploring = [np.mean(run.scores[-100:]) for run in long_runs]
longer = [np.mean(run.scores[-1000:]) for run in long_runs]
for run in long_runs:
    plt.plot(np.array(run.evaluated_at) / 1e6, run.greedy, "C0.-")
    plt.plot(run.steps / 1e6, np.mean(run.scores[-100:]), "C1o")
plt.plot([], [], "C0.-", label="greedy, a line for each seed")
plt.plot([], [], "C1o", label="the last 100 games, exploring")
plt.axhline(10, color="C1", linestyle="--", label="the paper's DQN at 5 million, exploring")
plt.axhline(at_random.mean(), color="0.5", linestyle=":", label="at random")
plt.ylim(0)
plt.xlabel("million steps")
plt.ylabel("bricks a game")
plt.legend()
plt.show()
best, last = [max(run.greedy) for run in long_runs], [run.greedy[-1] for run in long_runs]
before = million["with memory"][: len(long_runs)]  # the same seeds after a million steps
explored_before = [np.mean(run.scores[-100:]) for run in before]
greedy_before = [run.greedy[-1] for run in before]
print("seeds:", len(long_runs), " exploring, last 100 games:", np.round(exploring, 1),
      " last 1,000:", np.round(longer, 1))
print("greedy, best evaluation:", np.round(best, 2), " last:", np.round(last, 2))
print("after a million, exploring:", np.round(explored_before, 1), " greedy:", np.round(greedy_before, 2))

# %% [markdown] lang="en"
# In the last 100 games of a run, still taking one action in twenty at random, {{np.mean(exploring):.1f}} bricks broke
# in a game, in the last 1,000 it was {{np.mean(longer):.1f}} (means over the seeds in the picture: {{len(long_runs)}}).
# The DQN of MinAtar's paper had about 10, read off its curve. (There one action in ten was random, but only two of six
# actions move the paddle: $1/10 \cdot 2/6 = 1/20 \cdot 2/3$, as often as here.) After their first million steps the
# same seeds had {{np.mean(explored_before):.1f}} exploring and {{np.mean(greedy_before):.1f}} greedily: the other
# four million show more in greedy play. That gets worse again, too (lesson 12): a run's best evaluation shows
# {{np.mean(best):.2f}} bricks, its last one {{np.mean(last):.2f}}. So few seeds tell roughly where it leads, not how
# much it varies (lesson 11). Below, seed 0 plays greedily, with its final weights, which come with this course.

# %% [markdown] lang="ko"
# 실행의 마지막 100판에서는 아직 스무 번에 한 번 무작위로 행동하면서도 한 판에 벽돌을 {{np.mean(exploring):.1f}}개,
# 마지막 1,000판에서는 {{np.mean(longer):.1f}}개 깼습니다(그림에 있는 시드 {{len(long_runs)}}개의 평균). MinAtar 논문의
# DQN은 곡선에서 읽으면 10개쯤입니다. (그 논문에서는 열 번에 한 번 무작위로 행동했지만, 행동 여섯 개 가운데 두 개만
# 막대를 움직입니다. $1/10 \cdot 2/6 = 1/20 \cdot 2/3$이므로 막대가 무작위로 움직이는 횟수는 여기와 같습니다.) 같은
# 시드가 처음 백만 스텝을 마쳤을 때는 탐험하면서 {{np.mean(explored_before):.1f}}개, 그리디하게
# {{np.mean(greedy_before):.1f}}개였습니다. 나머지 4백만 스텝의 효과는 그리디한 플레이에서 더 잘 드러납니다. 그리디한
# 플레이도 늘 나아지기만 하지는 않습니다(12강). 한 실행의 평가 가운데 가장 좋은 것은 평균 {{np.mean(best):.2f}}개,
# 마지막 것은 평균 {{np.mean(last):.2f}}개입니다. 시드가 이렇게 적으면 대략 어디까지 가는지만 알 수 있고, 얼마나
# 들쭉날쭉한지는 알 수 없습니다(11강). 아래에서는 시드 0의 에이전트가 학습을 마쳤을 때의 가중치로 그리디하게
# 플레이합니다. 이 과정에 들어 있는 가중치입니다.

# %%
expert = recipe.make_agent(environment, seed=0)
expert.load_weights(published_weights("minatar_dqn"))
returns = evaluate(expert, environment, episodes=100)
print(f"100 games: mean {returns.mean():.2f}, median {np.median(returns):.0f}, best {returns.max():.0f}")
camera = as_gymnasium(Breakout(max_steps=300, seed=3), render_mode="rgb_array")
film(record(expert, camera, seed=1), every=3, milliseconds=200, width=200)

# %% [markdown] lang="en"
# What have its filters learned to see? This is what each of the 16 answers to the picture at the top of this lesson
# (the brighter, the more; white is its own largest answer).

# %% [markdown] lang="ko"
# 필터는 무엇을 보게 되었을까요? 아래는 이번 시간 맨 처음의 그림에 필터 16개가 저마다 답한 것입니다(밝을수록 큰 답이고,
# 흰색이 그 필터의 가장 큰 답입니다).

# %%
kernels, biases = expert.model.get_layer("filters_1").get_weights()
_, axes = plt.subplots(2, 8, figsize=(7, 2))
for f, axis in enumerate(axes.flat):
    axis.imshow(np.pad(my_convolution(state.numpy(), kernels[..., f], biases[f]), 1), cmap="gray")
    axis.set_xticks([])
    axis.set_yticks([])
plt.show()

# %% [markdown] lang="en"
# Some answer to the wall, some near ball or paddle, some hardly at all. But such a picture proves little, since filters
# with random weights would answer to something, too. So we take one channel away, and see what it was worth: if the
# filters' weights for a channel are 0, the agent does not see it.

# %% [markdown] lang="ko"
# 벽돌에 답하는 것도 있고, 공이나 막대 가까이에서 답하는 것도 있고, 거의 답하지 않는 것도 있습니다. 하지만 이런 그림으로 알 수 있는
# 것은 많지 않습니다. 가중치가 무작위인 필터라도 어딘가에는 답하니까요. 그래서 채널을 하나씩 가리고, 그 채널이 얼마나 필요했는지
# 재어 봅시다. 필터에서 한 채널의 가중치를 0으로 만들면 에이전트는 그 채널을 보지 못합니다.

# %%
without = {}
for channel, name in enumerate(CHANNELS):
    blind = kernels.copy()
    blind[:, :, channel] = 0
    expert.model.get_layer("filters_1").set_weights([blind, biases])
    without[name] = evaluate(expert, environment, episodes=100).mean()
expert.model.get_layer("filters_1").set_weights([kernels, biases])
print("bricks a game without", {name: round(float(mean), 1) for name, mean in without.items()})

# %% [markdown] lang="en"
# All channels together: {{returns.mean():.1f|30%}} bricks a game. Without the trail: {{without["trail"]:.1f|300%}},
# about as few as at random ({{at_random.mean():.1f|30%}}). Nobody has told the agent about movement; it has learned to
# use it. (An agent that had never known the trail would have learned to do without it, and may do better than this one
# that has lost it.)
#
# ## The same settings, another game
#
# The point of the DQN papers was not Breakout. The *same* kind of network with the *same* settings, trained from the
# start on each game, learned many games, and nobody told it the rules of any. So here is a second one of MinAtar's
# five games, **Asterix**. You are the blue cell and go left, up, right or down, or stay. Touch gold (yellow) that
# flies past: +1. Touch an enemy (red), and the episode ends. The grey cells are trails. About every hundred steps
# gold and enemies begin to come more often, and every second time to fly faster, too. The recipe `minatar_dqn_asterix`
# is `minatar_dqn` with only the game changed. This command made the runs below:
# `python -m dqn_keras experiment minatar_dqn_asterix --steps 1000000 --runs 3 --evaluate-every 100000`

# %% [markdown] lang="ko"
# 채널을 모두 보면 한 판에 벽돌 {{returns.mean():.1f|30%}}개, trail을 가리면 {{without["trail"]:.1f|300%}}개로, 무작위로
# 플레이할 때({{at_random.mean():.1f|30%}}개)와 다를 바 없습니다. 움직임에 대해 아무도 알려 주지 않았지만 그것을 쓰는 법을
# 배웠습니다. (처음부터 trail 없이 배운 에이전트라면 없는 대로 해 나가는 법을 익혀서, trail을 잃은 이 에이전트보다는
# 잘할지도 모릅니다.)
#
# ## 같은 설정으로 다른 게임
#
# DQN 논문들이 보여 주려던 것은 브레이크아웃을 잘한다는 것이 아니었습니다. *같은* 구조의 신경망이 *같은* 설정으로 여러
# 게임을 저마다 처음부터 배웠고, 어느 게임의 규칙도 알려 주지 않았다는 것이었습니다. 그래서 MinAtar의 게임 다섯 가운데
# 하나를 더 해 봅시다. **아스테릭스**(Asterix)에서는 파란 칸이 플레이어입니다. 행동은 왼쪽, 위, 오른쪽, 아래로
# 움직이기와 가만히 있기, 모두 다섯입니다. 지나가는 금(노란 칸)을 하나 주울 때마다 +1을 받고, 적(빨간 칸)에게 닿으면
# 에피소드가 끝납니다. 회색 칸은 trail입니다. 100스텝쯤 지날 때마다 금과 적이 더 자주 나타나고, 두 번에 한 번은 더
# 빨리 날아다니기도 합니다. 레시피 `minatar_dqn_asterix`는 `minatar_dqn`에서 게임만 바꾼 것입니다. 아래의 결과는 다음
# 명령으로 만들었습니다.
# `python -m dqn_keras experiment minatar_dqn_asterix --steps 1000000 --runs 3 --evaluate-every 100000`

# %%
asterix = find_recipe("minatar_dqn_asterix")
print("channels: player, enemy, trail, gold; the same settings:", asterix.settings == recipe.settings)
field = asterix.environment(seed=0)
collector = asterix.make_agent(field, seed=0)
collector.load_weights(published_weights("minatar_dqn_asterix"))
gold = evaluate(collector, field, episodes=100)
_, gold_at_random = watch(Asterix(seed=1), games=500)  # only its scores: there is no ball here
runs_there = load_results("minatar_dqn_asterix-1000000steps")
exploring_there = np.mean([run.scores[-100:] for run in runs_there])
print(f"random {gold_at_random.mean():.2f}, greedy {gold.mean():.2f}, exploring {exploring_there:.2f}")
for run in runs_there:
    plt.plot(np.array(run.evaluated_at) / 1e6, run.greedy, "C0.-")
plt.axhline(gold_at_random.mean(), color="0.5", linestyle=":")
plt.title("greedy play, a line for each seed; dotted: at random")
plt.ylim(0)
plt.xlabel("million steps")
plt.ylabel("pieces of gold a game")
plt.show()

# %%
camera = as_gymnasium(Asterix(max_steps=300, seed=3), render_mode="rgb_array")
film(record(collector, camera, seed=1), every=3, milliseconds=200, width=200)

# %% [markdown] lang="en"
# Seed 0, whose weights come with this course, collects {{gold.mean():.0f|40%}} pieces a game after a million steps;
# at random it would be {{gold_at_random.mean():.1f|30%}}. (Exploring, the seeds in the picture had
# {{exploring_there:.1f}} in their last 100 games. MinAtar's paper has a curve for this game, too, which we have
# not read off.) Not a line
# of the agent's code says what gold is. Nor was it told what the channels mean: the second is the ball in Breakout
# and the enemies here. No weights were carried over (the last layer would not even fit, with three actions there and
# five here); what carries over is the *settings*.
#
# ## And Atari itself?
#
# What you have seen is what DQN did on Atari; mostly the numbers grow. By how much? We count the multiplications of
# one pass through the network, here and there (three convolutional layers on 84 × 84 pixels, then 512 units), and
# take the time of a step from the minute above.

# %% [markdown] lang="ko"
# 이 과정에 들어 있는 시드 0의 가중치로 플레이하면, 백만 스텝을 배운 뒤 한 판에 금을 {{gold.mean():.0f|40%}}개
# 줍습니다. 무작위로 플레이하면 {{gold_at_random.mean():.1f|30%}}개입니다. (그림에 있는 시드들이 탐험하면서 플레이한
# 마지막 100판에서는 평균 {{exploring_there:.1f}}개였습니다. MinAtar 논문에도 이 게임의 곡선이 있지만 그 값은 읽어 두지 않았습니다.) 에이전트의
# 코드 어디에도 금이 무엇인지는 적혀 있지 않습니다. 채널의 뜻도 알려 주지 않았습니다. 두 번째 채널이
# 브레이크아웃에서는 공이지만 여기서는 적입니다. 가중치를 가져온 것도 아닙니다. 브레이크아웃은 행동이 셋이고 여기는
# 다섯이라 마지막 층이 맞지도 않습니다. 그대로 쓸 수 있는 것은 *설정*입니다.
#
# ## 그러면 아타리는?
#
# DQN이 아타리에서 한 일도 지금까지 본 것과 거의 같고, 주로 숫자가 커집니다. 얼마나 커질까요? 신경망을 한 번 지나는 데 필요한 곱셈을
# 여기와 아타리에서(84 × 84픽셀에 합성곱 층 셋, 그다음 유닛 512개) 세고, 한 스텝의 시간은 위의 1분에서 가져옵시다.

# %%
# Filters move on by 4, 2 and 1 pixels there: (84 - 8) / 4 + 1 = 20 places, then 9, then 7.
here = 8 * 8 * 16 * (3 * 3 * 4) + 1024 * 128 + 128 * 3
there = 20 * 20 * 32 * (8 * 8 * 4) + 9 * 9 * 64 * (4 * 4 * 32) + 7 * 7 * 64 * (3 * 3 * 64)
there += 3136 * 512 + 512 * 4
times = there / here
print(f"multiplications: {here:,} here, {there:,} there, {times:.0f} times as many")
updates = 50_000_000 / 4  # 50 million actions, an update after every fourth
days = updates * times * milliseconds / 1000 / 86_400
print(f"{updates / 1e6} million updates of {times:.0f} times the work: {days:.0f} days on this core")

# %% [markdown] lang="en"
# One game at the paper's length: about {{days:.0f|300%}} days on one core of this computer. That is rough: large layers
# are computed at a better rate than small ones, and the game itself is not counted. (On a graphics card DQN took 8
# days, says lesson 15's paper, of 2016.) What would have to be added? Filters of 8 × 8 and 4 × 4 cells that move on by
# 4 and 2 cells (ours are 3 × 3 and move on by one), a memory that keeps each screen once, and a wrapper that makes
# screens small and grey and one that puts four together (`gymnasium.wrappers.AtariPreprocessing` and
# `FrameStackObservation`), clipped rewards, an update after every fourth action. The rest of the agent
# stays. Try MinAtar's other games first: `pip install minatar`, then
# `python -m dqn_keras train minatar_dqn --env gymnasium:MinAtar/SpaceInvaders-v1`.
#
# ## Review
#
# <details><summary>Why does the state need the trail?</summary>
#
# Without it the picture does not tell which way the ball flies, so that the same picture would need different
# actions: it is not Markov. On Atari the last four screens are taken for the same reason.
# </details>
#
# <details><summary>What does a convolution save?</summary>
#
# Weights, and experience: a pattern is learned once, not once for each cell.
# </details>
#
# <details><summary>The memory of a million: what does it cost, and what helps?</summary>
#
# Two pictures a transition. Keep bools or bytes in place of float32 (a quarter), and each screen only once.
# </details>
#
# <details><summary>Which of the paper's tricks have you met before, which are new?</summary>
#
# Epsilon, replay memory and target network are from lessons 05 to 08. New are convolutions, RMSProp, clipped errors,
# and what Atari asks for: clipped rewards, four screens in a state, one action for four screens.
# </details>
#
# <details><summary>Why did the papers play many games, and not one?</summary>
#
# Settings can be fitted to one game, and then say little about the next. The paper of 2015 chose its settings on five
# games and used them unchanged on 49, which is evidence that the method is general. Our second game is a small piece
# of such evidence.
# </details>
#
# <details><summary>How would you know that a DQN on pixels works, before days have passed?</summary>
#
# On a small game whose results are known, over several seeds, beside random play and beside a published curve.
# </details>
#
# **Summary** A picture is a state if it holds what has to be remembered. Filters see the same pattern everywhere; a
# memory of a million fits if it keeps no more than it must. All the rest is the DQN of lesson 09, and patience.
# **Next** your own project (lesson 16), perhaps on another of MinAtar's games.

# %% [markdown] lang="ko"
# 논문만큼 길게 배우려면 게임 하나에 이 컴퓨터의 코어 하나로 {{days:.0f|300%}}일쯤 걸립니다. 대강 어림한 값입니다. 큰
# 층은 작은 층보다 효율이 좋고, 게임 자체의 시간은 세지 않았습니다. (15강의 2016년 논문에 따르면 그래픽 카드로는 8일이
# 걸렸습니다.) 무엇을 더하면 될까요? 8 × 8칸과 4 × 4칸짜리 필터를 4칸, 2칸씩 옮겨야 하고(우리 필터는 3 × 3칸이고 한 칸씩
# 옮깁니다), 메모리에 화면을 한 번씩만 저장해야 하고, 화면을 작은 흑백 그림으로 바꾸고 네 장씩 묶는
# 래퍼(`gymnasium.wrappers.AtariPreprocessing`과 `FrameStackObservation`)가 필요합니다. 보상도 자르고, 행동 네
# 번마다 한 번 업데이트합니다. 에이전트의 나머지는 그대로입니다. 먼저 MinAtar의 다른 게임을 해 보세요. `pip install
# minatar`를 하고
# `python -m dqn_keras train minatar_dqn --env gymnasium:MinAtar/SpaceInvaders-v1`을 실행하면 됩니다.
#
# ## 진단 평가
#
# <details><summary>상태에 왜 trail이 필요한가요?</summary>
#
# trail이 없는 그림은 공이 어느 쪽으로 날아가는지 알려 주지 않아서, 같은 그림인데도 서로 다른 행동이 필요합니다. 마르코프가
# 아닙니다. 아타리의 DQN이 최근 화면 네 장을 쓰는 것도 같은 이유입니다.
# </details>
#
# <details><summary>합성곱은 무엇을 아끼나요?</summary>
#
# 가중치와 경험입니다. 무늬를 칸마다 배우지 않고 한 번만 배웁니다.
# </details>
#
# <details><summary>백만 개짜리 메모리는 왜 크고, 어떻게 줄이나요?</summary>
#
# 샘플 하나에 그림이 두 장입니다. float32 대신 참/거짓이나 바이트로 저장하면 4분의 1이 되고, 화면을 한 번씩만 저장하면 더
# 줄어듭니다.
# </details>
#
# <details><summary>논문의 기법 가운데 이미 배운 것과 새로운 것은?</summary>
#
# 입실론, 리플레이 메모리, 타깃 네트워크는 05~08강에 나왔습니다. 새로운 것은 합성곱과 RMSProp, 오차 자르기, 그리고 아타리에 필요한
# 것들, 곧 보상을 자르기, 화면 네 장으로 된 상태, 화면 네 장에 행동 하나입니다.
# </details>
#
# <details><summary>논문은 왜 게임 하나가 아니라 여럿으로 실험했나요?</summary>
#
# 게임 하나에 맞추어 설정을 골랐다면, 그 게임을 잘해도 다른 게임에 대해서는 알 수 있는 것이 별로 없습니다. 2015년
# 논문은 게임 다섯으로 설정을 고르고, 그 설정을 그대로 게임 49개에 썼습니다. 그래서 방법 자체가 두루 통한다고 말할 수
# 있습니다. 이번 시간의 두 번째 게임은 그런 증거의 작은 한 조각입니다.
# </details>
#
# <details><summary>픽셀을 보는 DQN을 제대로 만들었는지, 며칠씩 기다리지 않고 어떻게 알 수 있나요?</summary>
#
# 결과가 알려진 작은 게임에서 시드 여러 개로 실행해, 무작위 플레이의 점수와 발표된 곡선에 견주어 봅니다.
# </details>
#
# **정리** 기억해야 할 것이 들어 있으면 그림도 상태가 됩니다. 필터는 어디서나 같은 무늬를 찾습니다. 백만 개짜리 메모리도 꼭 필요한
# 것만 저장하면 들어갑니다. 나머지는 모두 09강의 DQN이고, 그다음은 기다리는 일입니다. **다음** 여러분의 프로젝트(16강)입니다.
# MinAtar의 다른 게임으로 해 보아도 좋습니다.
