# %% [markdown] lang="en"
# # 17 · From CartPole to pixels
#
# **On the slides** DQN's source, *Playing Atari* (Mnih et al., 2013), and its memory of 1,000,000. How an
# agent sees a screen is not on them.
#
# **You will be able to** read a state that is a picture · show that one picture is not Markov · compute
# what a convolution sees · say what a memory of a million costs · take an RMSProp step by hand and in
# code · train a DQN on pixels in a minute, and judge one that has trained for hours · cost Atari itself.
#
# **Time** 70 minutes · **Needs** lessons 03, 06, 08 and 09
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $s$ | `picture` | `[H, W, C]` | a state: height, width and channels |
# | $k, b$ | `kernel, bias` | `[3, 3, C]`, number | a **filter**: what it looks for, and its bias |
# | $g$ | `gradients` | as the weights | the slopes of the loss |
# | $m, v$ | `mean, square` | as the weights | running means of $g$ and of $g^2$ |
# | $\eta$ | `learning_rate` | number | the learning rate |

# %% [markdown] lang="ko"
# # 17 · 카트폴에서 픽셀로
#
# **슬라이드에서는** DQN의 출처인 *Playing Atari*(Mnih 등, 2013)와 1,000,000개짜리 메모리. 에이전트가 화면을 어떻게
# 보는지는 나오지 않습니다.
#
# **이번 시간이 끝나면** 그림으로 된 상태를 읽을 수 있고 · 그림 한 장은 마르코프 상태가 아니라는 것을 보일 수 있고 ·
# 합성곱이 무엇을 보는지 계산할 수 있고 · 백만 개짜리 메모리의 값을 말할 수 있고 · RMSProp의 한 걸음을 손으로, 코드로
# 옮길 수 있고 · 픽셀을 보는 DQN을 1분 동안 학습시키고, 몇 시간 학습한 DQN을 평가할 수 있고 · 아타리 게임에는 얼마나
# 드는지 따져 볼 수 있습니다.
#
# **시간** 70분 · **먼저 볼 것** 03강, 06강, 08강, 09강
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $s$ | `picture` | `[H, W, C]` | 상태: 높이, 너비, 채널 |
# | $k, b$ | `kernel, bias` | `[3, 3, C]`, 숫자 | **필터**: 무엇을 찾는지, 그리고 편향 |
# | $g$ | `gradients` | 가중치와 같음 | 오류함수(손실 함수)의 기울기 |
# | $m, v$ | `mean, square` | 가중치와 같음 | $g$와 $g^2$의 이동 평균 |
# | $\eta$ | `learning_rate` | 숫자 | 학습률 |

# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import Breakout, as_gymnasium, checks, evaluate, q_network, record, use_one_thread
from dqn_keras.classroom.films import film
from dqn_keras.experiments import RECIPES, bootstrap_interval, load_results, published_weights

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

use_one_thread()  # for networks this small, one thread computes faster than several
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## A game made of pixels
#
# CartPole told the agent four numbers: a person had decided that these matter. DQN became famous because it
# needs no such person: it looked at the screens of 49 Atari games (Mnih et al., Nature 2015). That took days
# of computing for each game, and it would take your computer longer still. **MinAtar** (Young and Tian, 2019,
# arXiv 1903.03176) keeps the ideas and makes the screen small: 10 × 10 cells, and one **channel** for each
# kind of thing. Here is its Breakout: a paddle, a ball, a wall of bricks, +1 for each brick that the ball
# breaks. Past the paddle the episode ends.

# %% [markdown] lang="ko"
# ## 픽셀로 된 게임
#
# 카트폴은 에이전트에게 숫자 네 개를 알려 주었습니다. 그것이 중요하다고 사람이 정해 준 것입니다. DQN이 유명해진 것은 그런
# 사람이 필요 없었기 때문입니다. 아타리 게임 49개의 화면을 보고 배웠습니다(Mnih 등, Nature 2015). 게임마다 며칠씩 계산해야
# 했고, 여러분의 컴퓨터로는 더 오래 걸립니다. **MinAtar**(Young과 Tian, 2019, arXiv 1903.03176)는 아이디어는 그대로 두고
# 화면을 줄였습니다. 10 × 10칸이고, 물체의 종류마다 **채널**이 하나씩 있습니다. 아래는 그 가운데 브레이크아웃(벽돌 깨기)입니다.
# 막대, 공, 벽돌담이 있고, 공으로 벽돌을 하나 깰 때마다 +1입니다. 공을 놓치면 에피소드가 끝납니다.

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
# The agent never sees the colours; it gets the four black and white pictures on the right: 400 zeros and
# ones. The **trail** is the cell in which the ball was a step ago.
#
# **By hand.** The ball flies along diagonals. Find ball and trail above: which way does it fly, and in which
# cell will it be next? Then cover the trail with your thumb and ask again.
#
# ## One picture is not enough
#
# A state is **Markov** (lesson 01) if it tells as much about what comes next as the whole past does. To see
# what the trail is good for, we let 200 games play at random, side by side, and note of every picture and
# action in which cell the ball is next. If one picture was followed by two different cells, it does not
# tell where the ball flies.

# %% [markdown] lang="ko"
# 에이전트는 색을 보지 못합니다. 오른쪽의 흑백 그림 네 장, 곧 0과 1로 된 숫자 400개를 받습니다. **trail**은 한 스텝 전에 공이
# 있던 칸입니다.
#
# **손으로.** 공은 대각선으로 납니다. 위에서 공과 trail을 찾아보세요. 공은 어느 쪽으로 날고, 다음에는 어느 칸에 있을까요?
# 그다음 trail을 엄지손가락으로 가리고 다시 답해 보세요.
#
# ## 그림 한 장으로는 모자란다
#
# 다음에 무슨 일이 일어날지에 대해 지난 일 전체만큼 알려 주는 상태를 **마르코프** 상태라고 합니다(01강). trail이 무슨 소용인지
# 보려고 게임 200판을 나란히 무작위로 플레이하면서, 그림과 행동마다 공이 다음에 어느 칸에 있는지 적어 둡니다. 같은 그림 뒤에
# 서로 다른 칸이 나왔다면, 그 그림은 공이 어디로 나는지 알려 주지 않습니다.

# %%
def watch(games=200, steps=60):
    """Pictures [N, 10, 10, 4], actions [N], and the ball's next cells [N], of games side by side."""
    rng, seen = np.random.default_rng(0), []
    states = environment.initial_states(games, environment.rng)
    going_on = np.ones(games, bool)
    for _ in range(steps):
        actions = rng.integers(3, size=games).astype(np.int32)
        next_states, _, terminated = environment.transition(states, actions)
        pictures, next_pictures = environment.observe(states), environment.observe(next_states)
        cells = np.argmax(np.reshape(next_pictures[..., 1], [games, 100]), axis=1)
        seen += [row for row, on in zip(zip(pictures.numpy(), actions, cells), going_on) if on]
        states, going_on = next_states, going_on & ~terminated.numpy()
    return seen


seen = watch()


def share_of_doubt(channels):
    """Of the steps, the share whose picture and action went on in more than one way."""
    ways = {}
    keys = [(picture[..., channels].tobytes(), action) for picture, action, _ in seen]
    for key, (_, _, cell) in zip(keys, seen):
        ways.setdefault(key, set()).add(cell)
    return np.mean([len(ways[key]) > 1 for key in keys])


without_trail, with_trail = share_of_doubt([0, 1, 3]), share_of_doubt([0, 1, 2, 3])
print(f"{len(seen)} steps; the picture went on in two ways: {without_trail:.0%} without the trail,"
      f" {with_trail:.1%} with it")

# %% [markdown] lang="en"
# Without the trail, {{without_trail:.0%|15%}} of the steps started from a picture after which the ball went
# one way in one game and another way in another. Nobody can choose well there, however long it learns:
# *the answer is not in the picture*. With the trail it is {{with_trail:.1%|60%}}. (Not quite none: just after
# a bounce off a brick ball and trail stand side by side, and that looks the same for a ball that goes up and
# for one that goes down.)
#
# Atari's screens have no trail. DQN there gets the **last four screens** as one state, four channels. It is
# the same idea: put into the state what has to be remembered.
#
# ## What a convolution sees
#
# A dense layer (lesson 03) would need a weight of its own for each of the 400 numbers, and would have to learn
# "a ball flying right" once for each cell. A **filter** is a small pattern, 3 × 3 cells of all channels. It
# is laid on each place of the picture in turn, and the same numbers are used everywhere:
#
# $$z_{yx} = \max\Big(0,\; b + \sum_{i=0}^{2} \sum_{j=0}^{2} \sum_{c} s_{y+i,\,x+j,\,c} \; k_{ijc}\Big)$$
#
# In words: multiply cell by cell, add everything up, add the bias, and make 0 of what is negative (that is the
# ReLU of lesson 03). On 10 × 10 cells there are 8 × 8 places. A network has several filters, and their
# answers are the channels of a new picture: this is a **convolutional layer**.
#
# **By hand.** A filter has a 1 for *ball* in its middle and a 1 for *trail* at its upper left; all else is 0,
# and its bias is −1. What does it say where the ball has flown down to the right? There both ones meet:
# $1 + 1 - 1 = 1$. Where it has flown up to the right? Only the ball meets: $1 - 1 = 0$. On an empty
# place? $0 - 1 = -1$, so 0 after the ReLU. This filter *sees movement*.
#
# ## Exercise 1 · what one filter sees ★★☆ 15 minutes
#
# `picture` is an array `[H, W, C]`, `kernel` is `[3, 3, C]`, `bias` a number. Return an array `[H - 2, W - 2]`.
# Useful: `picture[y : y + 3, x : x + 3]` is the patch at row `y`, column `x`; `np.sum` adds up everything;
# `np.zeros((rows, columns))` makes a place for the results; `np.maximum(x, 0)` is the ReLU.

# %% [markdown] lang="ko"
# trail이 없으면 전체 스텝의 {{without_trail:.0%|15%}}가, 어떤 판에서는 공이 이쪽으로 가고 다른 판에서는 저쪽으로 간 그림에서
# 시작했습니다. 그런 곳에서는 아무리 오래 배워도 잘 고를 수 없습니다. *답이 그림 안에 없기* 때문입니다. trail이 있으면
# {{with_trail:.1%|60%}}입니다. (아주 없지는 않습니다. 벽돌에 튕긴 직후에는 공과 trail이 옆으로 나란한데, 올라가는 공이나
# 내려가는 공이나 똑같아 보입니다.)
#
# 아타리의 화면에는 trail이 없습니다. 그래서 DQN은 **마지막 화면 네 장**을 채널 네 개로 묶어 상태 하나로 씁니다. 같은
# 생각입니다. 기억해야 할 것을 상태에 넣습니다.
#
# ## 합성곱은 무엇을 보나
#
# 보통의 층(03강)이라면 숫자 400개마다 가중치가 따로 있어야 하고, "오른쪽으로 나는 공"을 칸마다 한 번씩 배워야 합니다.
# **필터**는 3 × 3칸에 채널 수만큼의 작은 무늬입니다. 그림의 모든 자리에 차례로 겹쳐 보고, 어디서나 같은 숫자를 씁니다.
#
# $$z_{yx} = \max\Big(0,\; b + \sum_{i=0}^{2} \sum_{j=0}^{2} \sum_{c} s_{y+i,\,x+j,\,c} \; k_{ijc}\Big)$$
#
# 말로 하면, 칸끼리 곱해서 모두 더하고, 편향을 더하고, 음수면 0으로 만듭니다(03강의 ReLU). 10 × 10칸에는 자리가 8 × 8개
# 있습니다. 신경망에는 필터가 여러 개 있고, 그 답들이 새 그림의 채널이 됩니다. 이것이 **합성곱 층**입니다.
#
# **손으로.** 어떤 필터는 가운데의 *ball*이 1이고 왼쪽 위의 *trail*이 1입니다. 나머지는 모두 0이고 편향은 −1입니다. 공이
# 오른쪽 아래로 날아온 자리에서 이 필터는 뭐라고 할까요? 두 1이 모두 만납니다. $1 + 1 - 1 = 1$. 오른쪽 위로 날아온
# 자리에서는? 공만 만납니다. $1 - 1 = 0$. 빈 자리에서는? $0 - 1 = -1$이고 ReLU를 거치면 0입니다. 이 필터는 *움직임을
# 봅니다*.
#
# ## 연습 1 · 필터 하나가 보는 것 ★★☆ 15분
#
# `picture`는 배열 `[H, W, C]`, `kernel`은 `[3, 3, C]`, `bias`는 숫자입니다. 배열 `[H - 2, W - 2]`를 반환하세요.
# `picture[y : y + 3, x : x + 3]`은 `y`행 `x`열의 조각이고, `np.sum`은 모두 더합니다. `np.zeros((rows, columns))`로 답을 넣을
# 자리를 만들 수 있고, `np.maximum(x, 0)`이 ReLU입니다.

# %% exercise="convolution"
def my_convolution(picture, kernel, bias):
    ### BEGIN SOLUTION
    height, width, _ = picture.shape
    seen = np.zeros((height - 2, width - 2))
    for y in range(height - 2):
        for x in range(width - 2):
            seen[y, x] = np.sum(picture[y : y + 3, x : x + 3] * kernel) + bias
    return np.maximum(seen, 0)
    ### END SOLUTION

# %% check="convolution" points=2
checks.check_convolution(my_convolution)

# %% [markdown] lang="en"
# Now your filters look at the game: one for each of the four ways in which the ball can fly. (`np.pad` adds
# a rim, so that each answer stands in the cell of the filter's middle.)

# %% [markdown] lang="ko"
# 이제 여러분의 필터로 게임을 봅시다. 공이 날 수 있는 네 방향마다 하나씩입니다. (`np.pad`로 둘레를 더해서, 답이 필터의 가운데
# 칸에 놓이게 합니다.)

# %%
WAYS = {"up left": (2, 2), "up right": (2, 0), "down left": (0, 2), "down right": (0, 0)}


def way_filter(row, column):  # where the trail is, seen from the ball in the middle
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
# One filter fires, in one cell: where the ball is and which way it flies, from a picture that only shows
# cells. Nobody will write such filters for the agent; it has to learn them. Its network, MinAtar's, has 16
# filters, then 128 units, then one Q-value for each action:

# %% [markdown] lang="ko"
# 필터 하나가 한 칸에서 켜집니다. 칸만 보이는 그림에서 공이 어디 있고 어디로 나는지 알아냈습니다. 에이전트에게는 이런 필터를
# 아무도 써 주지 않습니다. 스스로 배워야 합니다. MinAtar의 신경망에는 필터가 16개, 그다음 유닛이 128개, 그리고 행동마다 큐값이
# 하나씩 있습니다.

# %%
network = q_network((10, 10, 4), 3, hidden_units=(128,), filters=(16,), seed=0)
for layer in network.layers[1:]:
    print(f"{layer.name:10s} {str(layer.output.shape[1:]):12s} {layer.count_params():7,d} weights")
kernels, biases = network.get_layer("filters_1").get_weights()  # [3, 3, 4, 16], [16]
first = keras.Model(network.inputs, network.get_layer("filters_1").output)(state[None])[0]
ours = my_convolution(state.numpy(), kernels[..., 0], biases[0])
print("its first filter and yours agree:", np.allclose(first[..., 0], ours, atol=1e-5))

# %% [markdown] lang="en"
# The 16 filters have {{network.layers[1].count_params()}} weights in all, fewer than a hundredth of the
# network's. That is what it saves to use the same small pattern everywhere.
#
# ## The memory of a million
#
# DQN's replay memory on Atari holds 1,000,000 transitions. CartPole's 2,000 fitted anywhere; here one has to
# count. A row is a state, a next state (both pictures), an action (an int32, 4 bytes), a reward (a float32, 4
# bytes) and `terminated` (1 byte).
#
# **By hand.** A state of CartPole is 4 float32 of 4 bytes. How many bytes is a row? $2 \cdot 4 \cdot 4 + 9 = 41$.
#
# ## Exercise 2 · how many bytes? ★☆☆ 5 minutes
#
# Return the bytes of a memory of `transitions` rows. `state_shape` is a tuple such as `(10, 10, 4)`;
# `bytes_each` is the size of *one number of a picture*: 4 for float32, 1 for bytes or bools. `np.prod`
# multiplies all numbers of a tuple.

# %% [markdown] lang="ko"
# 필터 16개의 가중치는 모두 합쳐 {{network.layers[1].count_params()}}개이고, 신경망 전체의 백분의 일도 되지 않습니다. 작은 무늬 하나를
# 어디서나 쓰면 이만큼 아낍니다.
#
# ## 백만 개짜리 메모리
#
# 아타리를 배운 DQN의 리플레이 메모리에는 샘플이 1,000,000개 들어갑니다. 카트폴의 2,000개는 어디에나 들어갔지만, 여기서는
# 따져 보아야 합니다. 한 행은 상태, 다음 상태(둘 다 그림), 행동(int32, 4바이트), 보상(float32, 4바이트),
# `terminated`(1바이트)입니다.
#
# **손으로.** 카트폴의 상태는 4바이트짜리 float32 4개입니다. 한 행은 몇 바이트일까요? $2 \cdot 4 \cdot 4 + 9 = 41$입니다.
#
# ## 연습 2 · 몇 바이트일까 ★☆☆ 5분
#
# 행이 `transitions`개인 메모리의 바이트 수를 반환하세요. `state_shape`는 `(10, 10, 4)` 같은 튜플이고, `bytes_each`는 *그림의 숫자
# 하나*의 크기입니다. float32는 4, 바이트나 참/거짓은 1입니다. `np.prod`는 튜플의 숫자를 모두 곱합니다.

# %% exercise="memory_bytes"
def my_memory_bytes(transitions, state_shape, bytes_each):
    ### BEGIN SOLUTION
    row = 2 * np.prod(state_shape) * bytes_each + 4 + 4 + 1
    return transitions * row
    ### END SOLUTION

# %% check="memory_bytes" points=1
checks.check_memory_bytes(my_memory_bytes)

# %%
MEMORIES = {
    "CartPole, 2,000 rows of float32": (2_000, (4,), 4),
    "MinAtar, a million of float32": (1_000_000, (10, 10, 4), 4),
    "MinAtar, a million of bools": (1_000_000, (10, 10, 4), 1),
    "Atari, a million of four screens": (1_000_000, (84, 84, 4), 1),
}
gib = {name: float(my_memory_bytes(*sizes)) / 2**30 for name, sizes in MEMORIES.items()}
for name, size in gib.items():
    print(f"{name:34s} {size:10.4f} GiB")

# %% [markdown] lang="en"
# As float32 a million of these small pictures takes {{gib["MinAtar, a million of float32"]:.1f}} GiB, as bools
# {{gib["MinAtar, a million of bools"]:.2f}}: zeros and ones need no more. (`ReplayMemory` takes
# `dtype="bool"`; only the 32 rows of a batch become float32.) Atari written down like this would take
# {{gib["Atari, a million of four screens"]:.0f}} GiB. DQN's authors kept each *screen* once, one byte a pixel,
# and put states of four together as they were drawn: about 7 GB.
#
# ## The paper's tricks, one by one
#
# | trick | what for | here |
# |---|---|---|
# | replay memory (06) | samples that are not alike | 100,000 rows |
# | target network (08) | labels that stand still | copied every 1,000 steps (Atari: 10,000 updates) |
# | epsilon falls along a line (05) | explore first | from 1 to 0.1 in 100,000 steps (Atari: a million) |
# | learning starts late | a memory worth drawing from | after 5,000 steps (Atari: 50,000) |
# | convolutions | the same pattern everywhere | 16 filters of 3 × 3 (Atari: three layers) |
# | RMSProp | a step of its own for each weight | below |
# | clipped rewards, −1 to 1 | one learning rate for all games | not needed: a brick is 1 |
# | clipped errors, −1 to 1 | no jump after a surprise | left out: errors are small here |
# | four screens a state | movement | the trail |
# | one action for four screens | four times as fast | not needed: the ball flies a cell a step |
# | sticky actions | no game can be learned by heart | with probability 0.1 the action before is repeated |
#
# (The last one came later: Machado et al., 2018.) One of them is new to you: **RMSProp**. Adam (lesson 03) grew
# out of it. It keeps two running means of each weight's slope $g$, one of $g$ and one of its square:
#
# $$m \leftarrow 0.95\, m + 0.05\, g \qquad v \leftarrow 0.95\, v + 0.05\, g^2 \qquad
# w \leftarrow w - \eta \, \frac{g}{\sqrt{v - m^2 + 0.0001}}$$
#
# $v - m^2$ is the variance of the slope: how much it has lately jumped about. A weight whose slope jumps takes
# small steps, one whose slope is steady takes large ones. The 0.0001 keeps a slope that never changes from
# being divided by 0.
#
# **By hand.** $w = 2$, $g = 1$, $\eta = 0.1$, nothing remembered yet: $m = 0.05$, $v = 0.05$,
# $v - m^2 = 0.0475$, the root of $0.0476$ is about $0.218$, and $w = 2 - 0.1 / 0.218 \approx 1.54$.
#
# ## Exercise 3 · a step of RMSProp ★★☆ 10 minutes
#
# All are arrays of one shape, but for the learning rate. Return three: the new *weights, mean, square*. Renew the
# means first, then use the new ones. `np.sqrt` is the root, `x**2` the square.

# %% [markdown] lang="ko"
# 이 작은 그림 백만 장도 float32로는 {{gib["MinAtar, a million of float32"]:.1f}} GiB이고, 참/거짓으로는
# {{gib["MinAtar, a million of bools"]:.2f}} GiB입니다. 0과 1에는 그것으로 충분합니다. (`ReplayMemory`에 `dtype="bool"`을 주면 됩니다.
# 배치로 뽑힌 32행만 float32가 됩니다.) 아타리를 이렇게 저장하면 {{gib["Atari, a million of four screens"]:.0f}} GiB입니다. DQN의
# 저자들은 *화면*을 한 번씩만, 픽셀마다 1바이트로 저장하고, 뽑을 때 네 장을 묶어 상태를 만들었습니다. 그러면 7 GB쯤입니다.
#
# ## 논문의 기법을 하나씩
#
# | 기법 | 무엇을 위해 | 여기서는 |
# |---|---|---|
# | 리플레이 메모리(06강) | 서로 닮지 않은 샘플 | 100,000행 |
# | 타깃 네트워크(08강) | 가만히 있는 정답 | 1,000스텝마다 복사(아타리는 10,000번 업데이트마다) |
# | 직선으로 줄어드는 입실론(05강) | 처음에는 탐험 | 100,000스텝 동안 1에서 0.1로(아타리는 백만 스텝) |
# | 늦게 시작하는 학습 | 뽑을 만한 메모리 | 5,000스텝 뒤부터(아타리는 50,000) |
# | 합성곱 | 어디서나 같은 무늬 | 3 × 3 필터 16개(아타리는 세 층) |
# | RMSProp | 가중치마다 다른 걸음 | 아래에서 |
# | 보상을 −1~1로 자르기 | 모든 게임에 학습률 하나 | 필요 없음: 벽돌 하나가 1 |
# | 오차를 −1~1로 자르기 | 놀라도 크게 뛰지 않기 | 생략: 여기서는 오차가 작음 |
# | 화면 네 장이 상태 하나 | 움직임 | trail |
# | 화면 네 장에 행동 하나 | 네 배 빠르게 | 필요 없음: 공은 한 스텝에 한 칸 |
# | 들러붙는 행동 | 게임을 통째로 외우지 못하게 | 0.1의 확률로 바로 전의 행동을 되풀이 |
#
# (마지막 것은 나중에 나왔습니다. Machado 등, 2018.) 새로운 것은 **RMSProp** 하나입니다. Adam(03강)이 여기서 나왔습니다.
# 가중치마다 기울기 $g$의 이동 평균을 둘 간직합니다. 하나는 $g$의, 하나는 그 제곱의 평균입니다.
#
# $$m \leftarrow 0.95\, m + 0.05\, g \qquad v \leftarrow 0.95\, v + 0.05\, g^2 \qquad
# w \leftarrow w - \eta \, \frac{g}{\sqrt{v - m^2 + 0.0001}}$$
#
# $v - m^2$은 기울기의 분산, 곧 기울기가 요즘 얼마나 출렁였는지입니다. 기울기가 출렁이는 가중치는 조금씩, 한결같은 가중치는
# 크게 움직입니다. 0.0001은 한 번도 변하지 않은 기울기를 0으로 나누지 않게 해 줍니다.
#
# **손으로.** $w = 2$, $g = 1$, $\eta = 0.1$이고 아직 아무것도 기억하지 않았다면 $m = 0.05$, $v = 0.05$,
# $v - m^2 = 0.0475$, $0.0476$의 제곱근은 약 $0.218$, $w = 2 - 0.1 / 0.218 \approx 1.54$입니다.
#
# ## 연습 3 · RMSProp의 한 걸음 ★★☆ 10분
#
# 학습률 말고는 모두 모양이 같은 배열입니다. 새 *가중치, 평균, 제곱 평균* 셋을 반환하세요. 평균을 먼저 새로 고치고, 새 평균을
# 쓰세요. `np.sqrt`는 제곱근, `x**2`는 제곱입니다.

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
# Is yours the one that the agent will use? Twenty steps of both, on slopes that are partly noise:

# %% [markdown] lang="ko"
# 여러분의 RMSProp이 에이전트가 쓸 것과 같을까요? 잡음이 섞인 기울기로 스무 걸음씩 가 봅시다.

# %%
settings = {"rho": 0.95, "epsilon": 0.0001, "centered": True}
theirs = keras.Variable([2.0, -1.0])
optimizer = keras.optimizers.RMSprop(learning_rate=0.01, **settings)
yours, mean, square = np.array([2.0, -1.0]), np.zeros(2), np.zeros(2)
rng = np.random.default_rng(0)
for _ in range(20):
    slopes = yours + rng.normal(0, [0.0, 3.0])  # of w²/2; the second one is noisy
    optimizer.apply([tf.constant(slopes, tf.float32)], [theirs])
    yours, mean, square = my_rmsprop(yours, slopes, mean, square, 0.01)
print("Keras", theirs.numpy().round(3), " yours", np.round(yours, 3))

# %% [markdown] lang="en"
# ## One minute of learning
#
# Everything together is one recipe, `minatar_dqn`: `DQNVariantAgent` with the settings of the table. They are
# made for 5,000,000 steps, so for a minute we let epsilon fall five times as fast and learning start after
# 1,000 steps. A random player breaks a brick in about every other game. And this one?

# %% [markdown] lang="ko"
# ## 1분 동안의 학습
#
# 모두 모으면 레시피 하나, `minatar_dqn`입니다. `DQNVariantAgent`에 표의 설정을 준 것입니다. 5,000,000스텝에 맞춘
# 설정이므로, 1분 동안만 배울 때는 입실론을 다섯 배 빨리 줄이고 1,000스텝 뒤부터 학습합니다. 무작위로 플레이하면 두 판에 벽돌 하나쯤
# 깹니다. 이 에이전트는 어떨까요?

# %%
recipe = RECIPES["minatar_dqn"].changed({"epsilon_decay": 0.9 / 20_000, "train_start": 1000})
beginner, place = recipe.make_agent(environment, seed=0), recipe.environment(seed=0)
untrained = evaluate(beginner, environment, episodes=200).mean()
scores, began = [], time.perf_counter()
while beginner.steps < 30_000:
    scores.append(float(beginner.run_episode(place)))
milliseconds = 1000 * (time.perf_counter() - began) / int(beginner.steps)
after_a_minute = evaluate(beginner, environment, episodes=200).mean()
print(f"{len(scores)} episodes; first 100: {np.mean(scores[:100]):.2f}, last 100: "
      f"{np.mean(scores[-100:]):.2f}; greedy before {untrained:.2f}, after {after_a_minute:.2f}")
print(f"{milliseconds:.2f} milliseconds a step")

# %% [markdown] lang="en"
# Greedy play went from {{untrained:.1f|60%}} to {{after_a_minute:.1f|60%}} bricks a game. It has begun, and not
# more: on CartPole a minute was enough to solve the task.
#
# ## Hours of learning
#
# `results/` holds longer runs of the unchanged recipe. The same command goes on where it was broken off, even
# in the middle of a seed, so they may be spread over days:
# `python -m dqn_keras experiment minatar_dqn --steps 5000000 --runs 3 --evaluate-every 250000 --checkpoint-dir under_way`

# %% [markdown] lang="ko"
# 그리디로 플레이하면 한 판에 벽돌 {{untrained:.1f|60%}}개에서 {{after_a_minute:.1f|60%}}개가 되었습니다. 이제 시작일 뿐입니다.
# 카트폴에서는 1분이면 문제를 풀었습니다.
#
# ## 몇 시간의 학습
#
# `results/`에는 레시피를 바꾸지 않고 더 오래 실행한 결과가 있습니다. 같은 명령을 다시 시작하면 시드 중간에서라도 끊긴 곳부터
# 이어 가므로, 며칠에 나누어 실행해도 됩니다.
# `python -m dqn_keras experiment minatar_dqn --steps 5000000 --runs 3 --evaluate-every 250000 --checkpoint-dir under_way`

# %%
long_runs = load_results("minatar_dqn-5000000steps")
for run in long_runs:
    plt.plot(np.array(run.evaluated_at) / 1e6, run.greedy, label=f"seed {run.seed}, greedy")
plt.axhline(10, color="black", linestyle="--", label="MinAtar's paper at 5 million, exploring")
plt.axhline(untrained, color="0.5", linestyle=":", label="untrained")
plt.xlabel("million steps")
plt.ylabel("bricks a game")
plt.legend()
plt.show()
exploring = [np.mean(run.scores[-100:]) for run in long_runs]
print("mean of the last 100 games while exploring:", np.round(exploring, 1))

# %% [markdown] lang="en"
# In the last 100 games, still choosing one action in ten at random, the agents broke
# {{np.mean(exploring):.1f}} bricks a game; read off its curve, the paper's DQN had about 10. Here is seed 0,
# playing greedily, from weights that come with this course:

# %% [markdown] lang="ko"
# 마지막 100판에서는 아직 열 번에 한 번 무작위로 행동하면서도 한 판에 벽돌을 {{np.mean(exploring):.1f}}개 깼습니다. 논문의 DQN은
# 곡선에서 읽으면 10개쯤입니다. 이 과정에 들어 있는 가중치로 시드 0의 에이전트가 그리디로 플레이하는 모습입니다.

# %%
expert = RECIPES["minatar_dqn"].make_agent(environment, seed=0)
expert.load_weights(published_weights("minatar_dqn"))
returns = evaluate(expert, environment, episodes=100)
print(f"100 games: mean {returns.mean():.1f}, median {np.median(returns):.0f}, best {returns.max():.0f}")
camera = as_gymnasium(Breakout(max_steps=300, seed=3), render_mode="rgb_array")
film(record(expert, camera, seed=1), every=3, milliseconds=200, width=200)

# %% [markdown] lang="en"
# What do its filters see? For each of the four ways we show them a ball in the open, and note what each
# filter says in the cells around it, at most.

# %% [markdown] lang="ko"
# 필터는 무엇을 보고 있을까요? 네 방향마다 허공을 나는 공을 보여 주고, 필터마다 그 둘레의 칸에서 가장 크게 뭐라고 하는지
# 적어 봅시다.

# %%
def open_sky(row, column):
    picture = np.zeros((10, 10, 4), np.float32)
    picture[5, 5, 1] = picture[4 + row, 4 + column, 2] = 1  # ball and trail
    return picture


kernels, biases = expert.model.get_layer("filters_1").get_weights()
table = np.array([
    [my_convolution(open_sky(*way), kernels[..., f], biases[f]).max() for f in range(16)]
    for way in WAYS.values()
])
plt.figure(figsize=(7, 1.8))
plt.imshow(table, cmap="viridis", aspect="auto")
plt.yticks(range(4), WAYS)
plt.xticks(range(16), range(1, 17))
plt.xlabel("filter")
plt.colorbar(label="says at most")
plt.grid(False)
plt.show()
spread = np.ptp(table, axis=0) / np.maximum(table.max(axis=0), 1e-9)
tell = int(np.sum(spread > 0.5))
print(f"filters whose answer halves, or more, from one way to another: {tell} of 16")

# %% [markdown] lang="en"
# {{tell}} of the 16 filters tell the ways apart: nobody told the agent about movement, it was worth knowing.
#
# ## And Atari itself?
#
# Everything that you have seen is what DQN did on Atari; only the numbers grow. How far? Count the
# multiplications of one pass through the network, here and there (three convolutional layers on 84 × 84
# pixels, and 512 units), and take the time of a step from the minute above.

# %% [markdown] lang="ko"
# 필터 16개 가운데 {{tell}}개가 방향을 구별합니다. 움직임에 대해 아무도 알려 주지 않았지만, 알아 둘 만했던 것입니다.
#
# ## 그러면 아타리는?
#
# 지금까지 본 것이 DQN이 아타리에서 한 일의 전부이고, 숫자만 커집니다. 얼마나 커질까요? 신경망을 한 번 지나는 곱셈의 수를
# 여기와 아타리에서(84 × 84픽셀에 합성곱 층 셋, 유닛 512개) 세고, 한 스텝의 시간은 위의 1분에서 가져옵시다.

# %%
here = 8 * 8 * 16 * (3 * 3 * 4) + 1024 * 128 + 128 * 3
there = 20 * 20 * 32 * (8 * 8 * 4) + 9 * 9 * 64 * (4 * 4 * 32) + 7 * 7 * 64 * (3 * 3 * 64)
there += 3136 * 512 + 512 * 4
times = there / here
print(f"multiplications: {here:,} here, {there:,} there, {times:.0f} times as many")
updates = 50_000_000 / 4  # 50 million actions, an update after every fourth
days = updates * times * milliseconds / 1000 / 86_400
print(f"12.5 million updates of {times:.0f} times the work: {days:.0f} days on this core")

# %% [markdown] lang="en"
# One game of Atari at the paper's length: about {{days:.0f|80%}} days on one core of this computer, if all else stays
# equal. That is a rough figure: large layers are computed at a better rate than small ones, and the emulator has
# not been counted. On a graphics card it is days or a day, and the published example programs of today take several
# hours for a fifth of the frames. Nothing in `DQNVariantAgent` would have to change but sizes: filters of 8 × 8
# and 4 × 4 that move on by 4 and 2 cells (ours are 3 × 3 and move by one), a memory that keeps each screen once,
# and a wrapper that makes screens small and grey (`gymnasium.wrappers.AtariPreprocessing`). Try MinAtar first:
# `pip install minatar`, then `python -m dqn_keras train minatar_dqn --env gymnasium:MinAtar/Asterix-v1`.
#
# ## Review
#
# <details><summary>1) Why does the state need the trail?</summary>
#
# One picture does not tell which way the ball flies, so the same picture would need different actions: it is
# not Markov. Atari's DQN takes the last four screens for the same reason.
# </details>
#
# <details><summary>2) What does a convolution save?</summary>
#
# Weights, and experience: a pattern is learned once, not once for each cell.
# </details>
#
# <details><summary>3) The memory of a million: what does it cost, and what helps?</summary>
#
# Two pictures a row. Store bits or bytes instead of float32 (a quarter), and each screen once.
# </details>
#
# <details><summary>4) Which of the paper's tricks have you met before, which are new?</summary>
#
# Replay memory, target network and epsilon were lessons 05 to 08. New: convolutions, RMSProp, and what belongs to
# Atari's screens: clipped rewards and errors, four screens in a state, one action for four screens.
# </details>
#
# <details><summary>5) How would you know that a DQN on pixels works, before days have passed?</summary>
#
# On a small game whose results are known, over several seeds, beside random play and beside a published curve.
# </details>
#
# **Summary** A picture is a state if it holds what has to be remembered. Filters see the same pattern everywhere; a
# million pictures fit if they are kept as they are. All the rest is the DQN of lesson 09, and patience. **Next**
# your own project (lesson 16), or the next game.

# %% [markdown] lang="ko"
# 논문만큼 길게 배우려면 아타리 게임 하나에 이 컴퓨터의 코어 하나로 {{days:.0f|80%}}일쯤 걸립니다. 다른 조건이 모두 같다면
# 그렇다는 어림입니다. 큰 층은 작은 층보다 효율이 좋고, 에뮬레이터의 시간은 세지 않았습니다. 그래픽 카드로는 하루나 며칠입니다.
# `DQNVariantAgent`에서 바꿀 것은 크기뿐입니다. 8 × 8과 4 × 4 필터가 4칸, 2칸씩 움직여야 하고(우리 필터는 3 × 3이고 한 칸씩
# 움직입니다), 메모리는 화면을 한 번씩만 저장해야 하고, 화면을 작은 흑백 그림으로 만드는
# 래퍼(`gymnasium.wrappers.AtariPreprocessing`)가 필요합니다. 먼저 MinAtar의 다른 게임을 해 보세요. `pip install minatar`를
# 하고 `python -m dqn_keras train minatar_dqn --env gymnasium:MinAtar/Asterix-v1`을 실행합니다.
#
# ## 진단 평가
#
# <details><summary>1) 상태에 왜 trail이 필요한가요?</summary>
#
# 그림 한 장은 공이 어느 쪽으로 나는지 알려 주지 않아서, 같은 그림에 서로 다른 행동이 필요합니다. 마르코프 상태가 아닙니다.
# 아타리의 DQN이 마지막 화면 네 장을 쓰는 것도 같은 이유입니다.
# </details>
#
# <details><summary>2) 합성곱은 무엇을 아끼나요?</summary>
#
# 가중치와 경험입니다. 무늬를 칸마다 배우지 않고 한 번만 배웁니다.
# </details>
#
# <details><summary>3) 백만 개짜리 메모리에는 얼마나 들고, 어떻게 줄이나요?</summary>
#
# 한 행에 그림이 두 장입니다. float32 대신 참/거짓이나 바이트로 저장하면 4분의 1이 되고, 화면을 한 번씩만 저장하면 더 줄어듭니다.
# </details>
#
# <details><summary>4) 논문의 기법 가운데 이미 배운 것과 새로운 것은?</summary>
#
# 리플레이 메모리, 타깃 네트워크, 입실론은 05~08강에 나왔습니다. 합성곱과 RMSProp이 새롭고, 보상과 오차를 자르기, 화면 네 장으로
# 된 상태, 화면 네 장에 행동 하나는 아타리의 화면 때문에 필요한 것입니다.
# </details>
#
# <details><summary>5) 픽셀을 보는 DQN이 제대로 되었는지, 며칠 기다리지 않고 어떻게 아나요?</summary>
#
# 결과가 알려진 작은 게임에서, 시드 여러 개로, 무작위 플레이와 발표된 곡선 옆에 놓고 봅니다.
# </details>
#
# **정리** 기억해야 할 것이 들어 있으면 그림도 상태가 됩니다. 필터는 어디서나 같은 무늬를 봅니다. 백만 장의 그림도 있는 그대로
# 저장하면 들어갑니다. 나머지는 모두 09강의 DQN, 그리고 참을성입니다. **다음** 여러분의 프로젝트(16강), 또는 다음 게임.
