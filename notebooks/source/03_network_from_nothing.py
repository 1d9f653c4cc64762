# %% [markdown] lang="en"
# # 03 · A network from nothing
#
# **On the slides** Deep Reinforcement Learning, 2 and 3, names parameters and gradient descent; how a
# network learns is taken as known there.
#
# **You will be able to** say what weights, a loss and a slope are · fit a line by gradient descent with
# your own code · compute by hand what a small network answers · get slopes from a `GradientTape` and
# train a network in Keras · find a mistake that raises no error · say what Adam does differently.
#
# **Time** 65 minutes · **Needs** lesson 02 (a table, and updates that move its entries)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $x$ | `x` | `[B]` or `[B, 1]` | inputs, one row an example; B examples |
# | $y$ | `y` | `[B]` | labels: what the function should answer |
# | $w, b$ | `w`, `b` | number or array | weight, bias |
# | $\theta$ | `model.trainable_variables` | list of arrays | all weights and biases: the parameters |
# | $L$ | `loss` | number | how wrong the answers are |
# | $\frac{\partial L}{\partial w}$ | `gradient` | as $w$ | slope: how $L$ changes when $w$ grows a little |
# | $\alpha$ | `learning_rate` | number | how far a step goes |

# %% [markdown] lang="ko"
# # 03 · 신경망을 처음부터
#
# **슬라이드에서는** Deep Reinforcement Learning 2와 3에서 매개변수화와 경사하강법의 이름만 나옵니다. 신경망이 배우는
# 방법은 안다고 보고 넘어갑니다.
#
# **이번 시간이 끝나면** 가중치, 오류함수(손실 함수), 기울기가 무엇인지 말할 수 있고 · 직접 쓴 경사하강법으로 직선을
# 데이터에 맞출 수 있고 · 작은 신경망의 출력을 손으로 계산할 수 있고 · `GradientTape`로 기울기를 구해 Keras 신경망을
# 학습시킬 수 있고 · 오류 메시지 없이 숨어 있는 실수를 찾을 수 있고 · Adam이 무엇을 다르게 하는지 말할 수 있습니다.
#
# **시간** 65분 · **먼저 볼 것** 02강 (테이블과 그 칸을 움직이는 업데이트)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $x$ | `x` | `[B]` 또는 `[B, 1]` | 입력. 한 행이 예제 하나이고 예제는 B개 |
# | $y$ | `y` | `[B]` | 정답 레이블. 함수가 내놓아야 할 값 |
# | $w, b$ | `w`, `b` | 숫자 또는 배열 | 가중치, 편향 |
# | $\theta$ | `model.trainable_variables` | 배열의 리스트 | 모든 가중치와 편향, 곧 매개변수 |
# | $L$ | `loss` | 숫자 | 답이 얼마나 틀렸는지 |
# | $\frac{\partial L}{\partial w}$ | `gradient` | $w$와 같음 | 기울기. $w$가 조금 커질 때 $L$이 변하는 정도 |
# | $\alpha$ | `learning_rate` | 숫자 | 한 걸음의 크기 |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import checks, use_one_thread
from dqn_keras.classroom import drawings
from dqn_keras.classroom.films import film, frame_of

# After dqn_keras, which silences their start-up messages.
import keras
import tensorflow as tf

use_one_thread()  # for networks this small, one thread computes faster than several
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## A few numbers in place of a table
#
# The Q-table of lesson 02 held 25 × 5 = 125 numbers, each learned on its own, and an entry that was never
# visited knows nothing. Larger worlds need something else: a *function* that computes its answers from a few
# numbers, which are found from examples. You build one here, first with one number, in the end a
# network with 73.
#
# ## One weight, by hand
#
# The smallest such function multiplies its input by one number, a **weight** $w$: its **prediction**
# for $x$ is $wx$. We have one example: for $x = 2$ the answer should be $y = 6$; this is the **label**.
# The **error** is the prediction minus the label, and its square is the **loss**
#
# $$L = (wx - y)^2$$
#
# It is 0 if the prediction is right, and grows the further off the prediction is. Fill in the table on
# paper:
#
# | $w$ | prediction $2w$ | error $2w - 6$ | loss |
# |---|---|---|---|
# | 0 | 0 | −6 | 36 |
# | 1 | 2 | ? | ? |
# | 2 | ? | ? | ? |
# | 4 | ? | ? | ? |

# %% [markdown] lang="ko"
# ## 테이블 대신 숫자 몇 개
#
# 02강의 큐 테이블에는 숫자가 25 × 5 = 125개 있었고, 하나하나 따로 배워야 했습니다. 한 번도 방문하지 않은 칸은
# 아무것도 모릅니다. 환경이 커지면 다른 방법이 필요합니다. 숫자 몇 개로 답을 *계산하는 함수*를 두고, 그 숫자를
# 예제에서 찾으면 됩니다. 이번 시간에 그런 함수를 직접 만듭니다. 숫자 하나에서 시작해 숫자 73개짜리 신경망까지
# 갑니다.
#
# ## 가중치 하나, 손으로
#
# 가장 작은 함수는 입력에 숫자 하나를 곱합니다. 이 숫자가 **가중치** $w$이고, $x$에 대한 **예측**은 $wx$입니다.
# 예제는 하나뿐입니다. $x = 2$일 때 답은 $y = 6$이어야 합니다. 이 $y$를 **정답 레이블**이라고 합니다. 예측에서
# 정답을 뺀 것이 **오차**이고, 오차의 제곱이 **오류함수**(손실 함수, loss function)입니다.
#
# $$L = (wx - y)^2$$
#
# 예측이 맞으면 0이고, 예측이 정답보다 크든 작든 벗어날수록 커집니다. 종이에 표를 채워 보세요.
#
# | $w$ | 예측 $2w$ | 오차 $2w - 6$ | 오류함수 |
# |---|---|---|---|
# | 0 | 0 | −6 | 36 |
# | 1 | 2 | ? | ? |
# | 2 | ? | ? | ? |
# | 4 | ? | ? | ? |

# %%
def loss_of(w, x=2.0, y=6.0):
    return (w * x - y) ** 2


for w in (0, 1, 2, 4):
    print(f"w = {w}: prediction {2 * w}, error {2 * w - 6:2}, loss {loss_of(w):2.0f}")

# %% [markdown] lang="en"
# ## The slope says which way is down
#
# At $w = 1$ the loss is 16. Which way should $w$ move? Move it a little, by $h = 0.001$, and look: the new
# loss is $(2.002 - 6)^2 = 15.984004$. It changed by −0.015996, which is −15.996 times as much as $w$ did.
# This ratio is the **slope**.
#
# A formula saves us the trial. Write $e = wx - y$ for the error. When $w$ grows by $h$, the error grows by
# $hx$, and the loss becomes
#
# $$(e + hx)^2 = e^2 + 2exh + x^2h^2$$
#
# The change is $2exh + x^2h^2$; divided by $h$, that is $2ex + x^2h$. The smaller $h$, the less the last term
# counts, and what remains is the slope of the curve at this point:
#
# $$\frac{\partial L}{\partial w} = 2x\,(wx - y)$$
#
# (Read: the derivative of $L$ with respect to $w$. We call it the slope *for* $w$.) Here it is 2 · 2 ·
# (2 − 6) = −16; the trial gave −16 + 4 · 0.001.

# %% [markdown] lang="ko"
# ## 기울기는 어느 쪽이 내리막인지 알려 줍니다
#
# $w = 1$에서 오류함수는 16입니다. $w$를 어느 쪽으로 옮겨야 할까요? $h = 0.001$만큼 조금 옮겨 봅시다. 오류함수는
# $(2.002 - 6)^2 = 15.984004$가 됩니다. −0.015996만큼 변했으니, $w$가 움직인 양의 −15.996배입니다. 이 비율이 **기울기**입니다.
#
# 매번 옮겨 보지 않아도 되는 공식이 있습니다. 오차를 $e = wx - y$라고 합시다. $w$가 $h$만큼 커지면 오차는 $hx$만큼 커지고,
# 오류함수는
#
# $$(e + hx)^2 = e^2 + 2exh + x^2h^2$$
#
# 가 됩니다. 변한 양은 $2exh + x^2h^2$이고, $h$로 나누면 $2ex + x^2h$입니다. $h$가 작아질수록 뒤의 항은 0에
# 가까워지고, 이 점에서 곡선의 기울기만 남습니다.
#
# $$\frac{\partial L}{\partial w} = 2x\,(wx - y)$$
#
# ($L$을 $w$로 미분한 값이라는 뜻입니다.) 여기서는 2 · 2 · (2 − 6) = −16이고, 조금 옮겨 보았을 때는
# −16 + 4 · 0.001이었습니다.

# %%
h = 0.001
slope = 2 * 2 * (1 * 2 - 6)
print(f"by moving w a little: {(loss_of(1 + h) - loss_of(1)) / h:.3f}, by the formula: {slope}")

w = np.linspace(-1, 7, 200)
plt.figure(figsize=(5, 2.8))
plt.plot(w, loss_of(w), label="loss")
plt.plot(w[:75], 16 + slope * (w[:75] - 1), "--", label="slope at w = 1")
plt.plot(1, 16, "o", color="C1")
plt.xlabel("w")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# ## Exercise 1 · the slopes of a line ★☆☆ 10 minutes
#
# Now $B$ examples, and a second number: the prediction is $wx + b$, a line. $b$ is called the **bias**. It
# is a weight, too: one whose input is always 1. The loss is the mean of the squared errors, one error for each
# example (the *mean squared error*, `"mse"` in Keras):
#
# $$L = \frac{1}{B} \sum_{i=1}^{B} (w x_i + b - y_i)^2$$
#
# The slope of a mean is the mean of the slopes. By hand, with $w = 1$, $b = 0$, $x = (2, 1)$ and
# $y = (6, 2)$: the errors are −4 and −1; for $w$ the slopes of the two examples are 2 · 2 · (−4) = −16
# and 2 · 1 · (−1) = −2, and their mean is −9. And for $b$?
#
# Return both slopes, first for $w$, then for $b$. `np.mean` takes a mean.

# %% [markdown] lang="ko"
# ## 연습 1 · 직선의 기울기 ★☆☆ 10분
#
# 이제 예제는 $B$개이고 숫자도 하나 늘어납니다. 예측은 직선 $wx + b$입니다. $b$를 **편향**이라고 합니다. 편향도
# 가중치인데, 입력이 언제나 1인 가중치입니다. 오류함수는 예제마다 구한 오차를 제곱해서 평균한 것입니다(*평균 제곱 오차*,
# Keras에서는 `"mse"`).
#
# $$L = \frac{1}{B} \sum_{i=1}^{B} (w x_i + b - y_i)^2$$
#
# 평균의 기울기는 기울기의 평균입니다. 손으로 해 봅시다. $w = 1$, $b = 0$, $x = (2, 1)$, $y = (6, 2)$라면 오차는 −4와
# −1입니다. $w$에 대한 기울기는 예제마다 2 · 2 · (−4) = −16, 2 · 1 · (−1) = −2이고 평균은 −9입니다. $b$에 대한 기울기는
# 얼마일까요?
#
# 두 기울기를 $w$에 대한 것, $b$에 대한 것의 순서로 반환하세요. 평균은 `np.mean`으로 구합니다.

# %% exercise="line_slopes"
def my_line_slopes(w, b, x, y):
    """w and b are numbers, x and y arrays [B]; returns two numbers."""
    ### BEGIN SOLUTION
    errors = w * x + b - y
    return np.mean(2 * errors * x), np.mean(2 * errors)
    ### END SOLUTION

# %% check="line_slopes" points=2
checks.check_line_slopes(my_line_slopes)

# %% [markdown] lang="en"
# ## Exercise 2 · one step downhill ★☆☆ 5 minutes
#
# A negative slope says: the loss falls when the weight grows. A positive one: it rises. So each weight
# moves *against* its slope, by the slope times a small number, the **learning rate** $\alpha$:
#
# $$w \leftarrow w - \alpha \frac{\partial L}{\partial w}$$
#
# From $w = 1$ with slope −16 and $\alpha = 0.05$, the new weight is 1 + 0.8 = 1.8, and the loss falls
# from 16 to 5.76. The slopes of all weights together are called the **gradient**; stepping against it
# again and again is **gradient descent**.
#
# Do one step for any number of weights. `weights` is a list of numbers or arrays, and `gradients` holds their slopes, in
# the same shapes. Return a new list.

# %% [markdown] lang="ko"
# ## 연습 2 · 내리막으로 한 걸음 ★☆☆ 5분
#
# 기울기가 음수이면 가중치가 커질 때 오류함수가 줄고, 양수이면 늘어납니다. 그래서 가중치를 기울기의 *반대쪽*으로 옮깁니다.
# 옮기는 거리는 기울기에 작은 수를 곱한 것이고, 이 작은 수를 **학습률** $\alpha$라고 합니다.
#
# $$w \leftarrow w - \alpha \frac{\partial L}{\partial w}$$
#
# $w = 1$에서 기울기가 −16이고 $\alpha = 0.05$라면 새 가중치는 1 + 0.8 = 1.8이고, 오류함수는 16에서 5.76으로 줄어듭니다.
# 모든 가중치의 기울기를 모은 것을 **그레이디언트**라 하고, 그 반대쪽으로 거듭 걷는 방법을 **경사하강법**이라고 합니다.
#
# 가중치가 몇 개이든 한 걸음 옮기는 함수를 써 보세요. `weights`는 숫자나 배열의 리스트이고, `gradients`에는 각각의 기울기가
# 같은 모양으로 들어 있습니다. 새 리스트를 반환하세요.

# %% exercise="gradient_step"
def my_gradient_step(weights, gradients, learning_rate):
    """Returns the list of the new weights."""
    ### BEGIN SOLUTION
    return [weight - learning_rate * gradient for weight, gradient in zip(weights, gradients)]
    ### END SOLUTION

# %% check="gradient_step" points=2
checks.check_gradient_step(my_gradient_step)

# %% [markdown] lang="en"
# Does this look familiar? Let $x = 1$, so that the prediction is the weight itself. The step becomes
# $w \leftarrow w + 2\alpha\,(y - w)$: lesson 02's update of a table, with step size $2\alpha$. A table
# is a function in which each entry is its own weight.
#
# Now walk with your two functions: eight steps from $w = 1$ with three learning rates.

# %% [markdown] lang="ko"
# 어디서 본 식이 아닌가요? $x = 1$이면 예측은 가중치 그 자체이고, 한 걸음은 $w \leftarrow w + 2\alpha\,(y - w)$가 됩니다.
# 02강에서 테이블의 칸을 움직이던 업데이트이고, 스텝 사이즈가 $2\alpha$입니다. 테이블은 칸마다 가중치를 따로 두는 함수인
# 셈입니다.
#
# 이제 여러분의 두 함수로 걸어 봅시다. $w = 1$에서 출발해 세 가지 학습률로 여덟 걸음씩 갑니다.

# %%
figure, axes = plt.subplots(1, 3, sharey=True)
line = np.linspace(-2, 8, 200)
for axis, rate in zip(axes, (0.01, 0.05, 0.26)):
    path = [1.0]
    for _ in range(8):
        slope, _ = my_line_slopes(path[-1], 0.0, np.array([2.0]), np.array([6.0]))
        path += my_gradient_step([path[-1]], [slope], rate)
    axis.plot(line, loss_of(line), color="0.7")
    axis.plot(path, [loss_of(w) for w in path], ".-")
    axis.set(title=f"learning rate {rate}", xlabel="w")
axes[0].set_ylabel("loss")
plt.show()

# %% [markdown] lang="en"
# Too small a learning rate crawls. A good one takes large steps where it is steep and small ones near the bottom. Too
# large a one jumps across the valley and lands higher each time. (A step multiplies the distance to 3 by
# $1 - 8\alpha$: by 0.92, 0.6, −1.08.)
#
# ## Where a line gives up
#
# Let your functions fit a line to $y = |x|$, from 41 examples:

# %% [markdown] lang="ko"
# 학습률이 너무 작으면 좀처럼 나아가지 못합니다. 알맞으면 가파른 곳에서는 크게, 바닥 가까이에서는 작게 걷습니다. 너무 크면 골짜기를
# 건너뛰어 갈수록 더 높은 곳에 떨어집니다. (한 걸음마다 3까지의 거리에 $1 - 8\alpha$가 곱해집니다. 차례로 0.92배, 0.6배,
# −1.08배입니다.)
#
# ## 직선으로는 안 되는 것
#
# 이번에는 예제 41개로 $y = |x|$에 직선을 맞춰 봅시다.

# %%
x = np.linspace(-1, 1, 41)
y = np.abs(x)
w, b = 1.0, 0.0
plt.figure(figsize=(5, 2.8))
plt.plot(x, y, ".", color="0.6", label="examples")
for step in range(201):
    if step in (0, 5, 200):
        plt.plot(x, w * x + b, label=f"after {step} steps")
    w, b = my_gradient_step([w, b], my_line_slopes(w, b, x, y), 0.1)
flat_at = b
plt.xlabel("x")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# The line ends flat at {{flat_at:.2f}}, the mean of the labels: no line has a corner. Would it help to feed a line into another
# line? No: $w_2 (w_1 x + b_1) + b_2 = (w_2 w_1)\, x + (w_2 b_1 + b_2)$ is a line again. There has to be a
# bend in between:
#
# $$\mathrm{relu}(z) = \max(z, 0)$$
#
# It leaves positive numbers as they are and turns negative ones into 0. Two of them make the corner:
# $|x| = \mathrm{relu}(x) + \mathrm{relu}(-x)$. Three make a bump, which rises from 0 at $x = 0$ to 1 at $x = 1$ and is back
# at 0 from $x = 2$ on:
#
# $$\mathrm{relu}(x) - 2\,\mathrm{relu}(x - 1) + \mathrm{relu}(x - 2)$$
#
# ## A network, with its numbers
#
# The drawing shows the bump as a **network**. A circle is a **unit**: it adds up what its arrows bring, number times
# weight, and its bias. A column of units is a **layer**. The *hidden* layer has three units, which put their
# sums $z$ through relu; the *output* layer has one, which does not. For $x = 1.5$ the hidden units hold relu(1.5) = 1.5,
# relu(0.5) = 0.5 and relu(−0.5) = 0, and the output is 1.5 − 2 · 0.5 + 0 = 0.5. What is it for $x = 0.5$, for
# 1, for 3?

# %% [markdown] lang="ko"
# 직선은 정답의 평균인 {{flat_at:.2f}}에서 평평해지고 맙니다. 직선은 꺾이지 않으니까요. 직선의 출력을 다른 직선에 넣으면 어떨까요?
# 소용없습니다. $w_2 (w_1 x + b_1) + b_2 = (w_2 w_1)\, x + (w_2 b_1 + b_2)$도 직선입니다. 둘 사이에서 한 번 꺾어 주어야
# 합니다.
#
# $$\mathrm{relu}(z) = \max(z, 0)$$
#
# relu는 양수는 그대로 두고 음수는 0으로 바꿉니다. relu 두 개면 모서리가 생깁니다.
# $|x| = \mathrm{relu}(x) + \mathrm{relu}(-x)$이기 때문입니다. 세 개면 봉우리가 생깁니다. 다음 식은 $x = 0$에서 0이다가
# $x = 1$에서 1까지 올라가고, $x = 2$부터는 다시 0입니다.
#
# $$\mathrm{relu}(x) - 2\,\mathrm{relu}(x - 1) + \mathrm{relu}(x - 2)$$
#
# ## 숫자를 적어 넣은 신경망
#
# 그림은 이 봉우리를 **신경망**으로 나타낸 것입니다. 동그라미가 **유닛**입니다. 유닛은 화살표로 들어온 수에 화살표의
# 가중치를 곱해서 모두 더하고, 자기 편향을 더합니다. 세로로 늘어선 유닛을 묶어 **층**이라고 합니다. *은닉층*의 유닛
# 셋은 합 $z$에 relu를 적용하고, *출력층*의 유닛 하나는 합을 그대로 내보냅니다. $x = 1.5$이면 은닉 유닛은 relu(1.5)
# = 1.5, relu(0.5) = 0.5, relu(−0.5) = 0이고 출력은 1.5 − 2 · 0.5 + 0 = 0.5입니다. $x$가 0.5, 1, 3일 때는
# 얼마일까요?

# %%
w1, b1 = np.array([[1.0, 1.0, 1.0]]), np.array([0.0, -1.0, -2.0])  # [1, 3] and [3]
w2, b2 = np.array([[1.0], [-2.0], [1.0]]), np.array([0.0])  # [3, 1] and [1]
drawings.network([1.5], [w1, w2], [b1, b2])

# %% [markdown] lang="en"
# ## Exercise 3 · the forward pass ★☆☆ 5 minutes
#
# In code a layer's weights are one array: a row for each of its inputs, a column for each of its units. `x` has a row
# for each example. The matrix product `x @ w1` multiplies each row of `x` with each column of `w1`, number by
# number, and adds up. So `x @ w1 + b1`, of shape `[B, units]`, holds the sums of all units for all examples.
# `np.maximum(z, 0)` is relu of every number in `z`.
#
# Compute the answers, `[B, outputs]`, of a network with such a hidden layer and an output layer without relu. This way
# through a network, from inputs to answers, is called the **forward pass**.

# %% [markdown] lang="ko"
# ## 연습 3 · 순전파 ★☆☆ 5분
#
# 코드에서는 한 층의 가중치를 배열 하나에 담습니다. 행은 그 층의 입력, 열은 그 층의 유닛입니다. 입력 `x`는 한 행이 예제
# 하나입니다. 행렬 곱 `x @ w1`은 `x`의 각 행과 `w1`의 각 열을 숫자끼리 곱해서 더합니다. 그래서 `x @ w1 + b1` 한 번이면 모든
# 예제에 대해 한 층의 모든 유닛이 계산되고, 모양은 `[B, 유닛 수]`입니다. `np.maximum(z, 0)`은 `z`의 숫자 하나하나에 relu를
# 적용합니다.
#
# 은닉층에는 relu를 쓰고 출력층에는 쓰지 않는 신경망의 출력을 계산해 보세요. 모양은 `[B, 출력 수]`입니다. 이렇게 입력에서
# 출력까지 신경망을 따라 계산하는 것을 **순전파**라고 합니다.

# %% exercise="forward_pass"
def my_forward_pass(x, w1, b1, w2, b2):
    """x [B, inputs], w1 [inputs, units], b1 [units], w2 [units, outputs], b2 [outputs]."""
    ### BEGIN SOLUTION
    hidden = np.maximum(x @ w1 + b1, 0)
    return hidden @ w2 + b2
    ### END SOLUTION

# %% check="forward_pass" points=2
checks.check_forward_pass(my_forward_pass)

# %%
x = np.array([[0.5], [1.0], [1.5], [3.0]])
print("x = 0.5, 1, 1.5, 3:", my_forward_pass(x, w1, b1, w2, b2)[:, 0])

x = np.linspace(-1, 4, 101)[:, None]  # a column, [101, 1]
plt.figure(figsize=(5, 2.8))
plt.plot(x, np.maximum(x, 0), "--", label="relu(x)")
plt.plot(x, -2 * np.maximum(x - 1, 0), "--", label="−2 relu(x − 1)")
plt.plot(x, np.maximum(x - 2, 0), "--", label="relu(x − 2)")
plt.plot(x, my_forward_pass(x, w1, b1, w2, b2), label="output: their sum")
plt.xlabel("x")
plt.ylim(-4, 4)
plt.legend()
plt.show()

# %% [markdown] lang="en"
# The weights say where a bump stands, how high and how wide it is, and many bumps side by side come as close to any
# continuous curve as you like. Finding the weights is gradient descent again.
#
# ## The tape finds the slopes
#
# The slopes of two layers could be worked out by hand, too; TensorFlow, the library that Keras runs on,
# does it for us. Inside its block, a `tf.GradientTape` notes every operation on a `tf.Variable`, an
# array whose value may change. `tape.gradient` then goes back through the notes from the loss and
# multiplies slope by slope: the square's $2e$ times the error's $x$ makes $2ex$ (this is
# *backpropagation*). What was computed outside the block is not in the notes: to the tape it is a fixed
# number.
#
# Do the tape and you agree? A line, five examples, fifteen digits:

# %% [markdown] lang="ko"
# 봉우리가 어디에 서고 얼마나 높고 넓은지는 가중치가 정합니다. 봉우리를 많이 늘어놓으면 이어진 곡선은 무엇이든 원하는
# 만큼 가깝게 만들 수 있습니다. 그런 가중치를 찾는 일은 역시 경사하강법이 합니다.
#
# ## 기울기는 테이프가 구해 줍니다
#
# 층이 두 개일 때의 기울기도 손으로 구할 수 있지만, Keras의 바탕이 되는 라이브러리 TensorFlow에 맡깁시다. `tf.Variable`은 값을 바꿀 수 있는
# 배열이고, `tf.GradientTape`는 블록 안에서 `tf.Variable`로 한 계산을 모두 기록합니다. `tape.gradient`는
# 오류함수에서 출발해 이 기록을 거꾸로 따라가며 기울기를 차례로 곱합니다. 제곱의 기울기 $2e$에 오차의 기울기 $x$를
# 곱하면 앞에서 구한 $2ex$가 됩니다(이것을 *역전파*라고 합니다). 블록 밖에서 계산한 것은 기록에 없으므로 테이프는
# 변하지 않는 숫자로 여깁니다.
#
# 테이프가 구한 기울기는 여러분이 구한 기울기와 같을까요? 직선 하나와 예제 다섯 개로 열다섯 자리까지 비교해 봅시다.

# %%
x, y = np.random.default_rng(0).normal(size=(2, 5))
w, b = tf.Variable(0.3, dtype="float64"), tf.Variable(-0.7, dtype="float64")
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(tf.square(w * x + b - y))
gradients = tape.gradient(loss, [w, b])
mine = my_line_slopes(0.3, -0.7, x, y)
for name, from_tape, from_me in zip("wb", gradients, mine):
    print(f"by {name}: tape {from_tape.numpy():.15f}, you {from_me:.15f}")

# %% [markdown] lang="en"
# `tf.reduce_mean` is TensorFlow's `np.mean`, `tf.square` squares. An **optimizer** does the step; Keras' plain gradient
# descent is called `SGD`. `optimizer.apply(gradients, variables)` is your `my_gradient_step`, except that
# it changes the variables themselves:

# %% [markdown] lang="ko"
# `tf.reduce_mean`은 TensorFlow의 `np.mean`이고 `tf.square`는 제곱입니다. 한 걸음 옮기는 일은 **옵티마이저**가 합니다.
# Keras에서는 경사하강법 그대로를 `SGD`라고 합니다. `optimizer.apply(gradients, variables)`는 여러분의
# `my_gradient_step`과 같은데, 새 리스트를 만들지 않고 변수의 값을 바로 바꿉니다.

# %%
optimizer = keras.optimizers.SGD(learning_rate=0.05)
optimizer.apply(gradients, [w, b])
print(f"optimizer {w.numpy():.6f} {b.numpy():.6f}")
print("you       {:.6f} {:.6f}".format(*my_gradient_step([0.3, -0.7], mine, 0.05)))

# %% [markdown] lang="en"
# ## The same network in Keras
#
# A layer like ours is `keras.layers.Dense`; `keras.Sequential` puts layers one after the other. This network takes one
# number, has 24 hidden units with relu and one output. How many weights and biases are that? Count, then run.

# %% [markdown] lang="ko"
# ## 같은 신경망을 Keras로
#
# 우리가 만든 층은 Keras에서 `keras.layers.Dense`이고, `keras.Sequential`은 층을 차례로 이어 줍니다. 다음 신경망은 숫자
# 하나를 받고, relu를 쓰는 은닉 유닛이 24개, 출력이 하나입니다. 가중치와 편향은 모두 몇 개일까요? 먼저 세어 보고 실행하세요.

# %%
def new_network():
    return keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(24, activation="relu"),
            keras.layers.Dense(1),
        ]
    )


keras.utils.set_random_seed(0)  # the same random weights in every run
model = new_network()
print("shapes:", [weight.shape for weight in model.get_weights()])
print("parameters:", model.count_params())
x = np.float32([[-1.0], [0.5], [2.0]])
off = model(x).numpy() - my_forward_pass(x, *model.get_weights())
print(f"off from your forward pass by at most {np.abs(off).max():.0e}")

# %% [markdown] lang="en"
# It is your network: the same four arrays, the same answers up to rounding. All weights and biases together are the
# **parameters** $\theta$, here 24 + 24 + 24 + 1. Keras draws the weights at random, so that the units differ, and sets
# the biases to 0.
#
# ## Learning a curve
#
# Let the network learn $\sin x$ between $-\pi$ and $\pi$. Each step draws 32 new examples at random, a **mini-batch**.
# The slopes of their mean loss are only roughly those over all $x$, but cheap, and right on average. `fit_sin` trains
# with any function that does one step:

# %% [markdown] lang="ko"
# 여러분의 신경망 그대로입니다. 배열 네 개가 같고, 출력도 반올림 오차를 빼면 같습니다. 가중치와 편향을 모두 합쳐
# **매개변수** $\theta$라고 하며, 여기서는 24 + 24 + 24 + 1개입니다. Keras는 유닛들이 처음부터 서로 다르도록 가중치를
# 무작위로 정하고, 편향은 0으로 둡니다.
#
# ## 곡선을 배우기
#
# 이제 신경망이 $-\pi$와 $\pi$ 사이의 $\sin x$를 배웁니다. 한 걸음마다 예제 32개를 새로 뽑는데, 이것을 **미니배치**라고
# 합니다. 미니배치의 평균으로 구한 기울기는 대략의 기울기일 뿐이지만, 계산이 적고 평균하면 맞습니다. 아래의 `fit_sin`은 한
# 걸음을 옮기는 함수를 받아서 신경망을 학습시킵니다.

# %%
grid = np.linspace(-np.pi, np.pi, 101, dtype=np.float32)[:, None]  # [101, 1]


def fit_sin(one_step, optimizer, seed=0, steps=600):
    """Trains a new network; returns its curve [101] at the start and after every 30th step."""
    keras.utils.set_random_seed(seed)
    model, rng = new_network(), np.random.default_rng(seed)
    curves = [model(grid).numpy()[:, 0]]
    for step in range(1, steps + 1):
        x = rng.uniform(-np.pi, np.pi, size=(32, 1)).astype(np.float32)
        one_step(model, optimizer, x, np.sin(x[:, 0]))
        if step % 30 == 0:
            curves.append(model(grid).numpy()[:, 0])
    return curves

# %% [markdown] lang="en"
# ## Bug hunt · the network that learns nothing ★★☆ 10 minutes
#
# Somebody wrote that one step. It runs without an error, and yet:

# %% [markdown] lang="ko"
# ## 버그 찾기 · 아무것도 배우지 못하는 신경망 ★★☆ 10분
#
# 누군가 그 함수를 이렇게 썼습니다. 오류 메시지 하나 없이 잘 돌아가는데, 결과가 이상합니다.

# %%
def their_training_step(model, optimizer, x, y):
    """One step; x is [B, 1], y is [B]; returns the loss before the step."""
    with tf.GradientTape() as tape:
        predictions = model(x)
        loss = tf.reduce_mean(tf.square(predictions - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


curves = fit_sin(their_training_step, keras.optimizers.SGD(0.1), steps=210)
plt.figure(figsize=(5, 2.8))
plt.plot(grid, np.sin(grid), color="0.7", label="sin x")
plt.plot(grid, curves[-1], label="network after 210 steps")
plt.xlabel("x")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# What shapes have `predictions`, `y` and their difference? (Try `np.zeros((3, 1)) - np.zeros(3)` in a new cell. `a[:, 0]`
# takes the first column out of an array `a`.) Write the step so that each prediction meets its own label. Return
# the loss.

# %% [markdown] lang="ko"
# `predictions`와 `y`, 그리고 둘의 차이는 각각 어떤 모양일까요? (새 셀에서 `np.zeros((3, 1)) - np.zeros(3)`을 실행해
# 보세요. `a[:, 0]`은 배열 `a`의 첫 열을 꺼냅니다.) 예측마다 자기 정답하고만 비교하도록 한 걸음을 고쳐 쓰고, 오류함수의 값을
# 반환하세요.

# %% exercise="training_step"
def my_training_step(model, optimizer, x, y):
    """One step; x is [B, 1], y is [B]; returns the loss before the step."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        predictions = model(x)[:, 0]
        loss = tf.reduce_mean(tf.square(predictions - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss
    ### END SOLUTION

# %% check="training_step" points=3
checks.check_training_step(my_training_step)

# %% [markdown] lang="en"
# <details><summary>What had gone wrong?</summary>
#
# A column `[32, 1]` minus a row `[32]` is a table `[32, 32]`: each prediction was compared with every label, and the best
# answer to all of them is their mean, about 0.
# </details>
#
# Train with your step, and watch:

# %% [markdown] lang="ko"
# <details><summary>무엇이 잘못되었을까?</summary>
#
# 열 `[32, 1]`에서 행 `[32]`를 빼면 표 `[32, 32]`가 됩니다. 예측 하나하나를 모든 정답과 비교하고 있었습니다. 그
# 모두에 맞추려면 평균인 0쯤을 답하는 수밖에 없습니다.
# </details>
#
# 이제 여러분의 한 걸음으로 학습시키고 지켜봅시다.

# %%
curves = fit_sin(my_training_step, keras.optimizers.SGD(0.1))
figure, axis = plt.subplots(figsize=(4, 2.2))
axis.plot(grid, np.sin(grid), color="0.7")
(line,) = axis.plot(grid, curves[0])
axis.set(xlabel="x", ylim=(-1.5, 1.5))
frames = []
for number, curve in enumerate(curves):
    line.set_ydata(curve)
    axis.set_title(f"after {30 * number} steps")
    frames.append(frame_of(figure))
plt.close(figure)
film(frames, milliseconds=200, width=400)

# %% [markdown] lang="en"
# At the start all bends are at 0, since all biases are; then they spread to where the curve needs them.
# That is all there is to learning here: 73 numbers, moved 600 times.
# (`model.compile(optimizer=..., loss="mse")` and then `model.fit(x, y)` run such a loop inside Keras.)
#
# ## Adam: a step of its own for each weight
#
# One learning rate for all weights has to be small enough for the steepest of them, and is then too small for the
# flattest. **Adam** keeps two running means for every weight, of its slope $g$ and of $g^2$, and divides one by the root
# of the other:
#
# $$m \leftarrow 0.9\,m + 0.1\,g \qquad v \leftarrow 0.999\,v + 0.001\,g^2 \qquad w \leftarrow w - \alpha \frac{m}{\sqrt{v}}$$
#
# Both begin at 0 and are too small at first, so in step $t$ it divides $m$ by $1 - 0.9^t$ and $v$ by
# $1 - 0.999^t$ before it uses them. By hand, the first step: $m = 0.1\,g / 0.1 = g$ and $v = g^2$, so
# the weight moves by $\alpha\,g / |g|$: that is $\alpha$, whether its slope is 100 or 0.01. Later on,
# steps stay long where the slope keeps its sign; where the sign flips back and forth, $m$ averages out
# and the steps get short.
#
# The narrow valley $L = 50\,w_1^2 + 0.5\,w_2^2$ has the slopes $100\,w_1$ and $w_2$. Left: 40 steps of both methods from
# one start. Right: the loss after 100 steps from 20 random starts, for many learning rates (lines: medians;
# bands: from the smallest to the largest).

# %% [markdown] lang="ko"
# 처음에는 편향이 모두 0이라서 꺾이는 점이 모두 0에 모여 있다가, 곡선에 필요한 곳으로 퍼져 나갑니다. 여기서 배운다는
# 것은 숫자 73개를 600번 옮기는 일, 그뿐입니다. (`model.compile(optimizer=..., loss="mse")` 다음에
# `model.fit(x, y)`를 부르면 Keras가 이런 반복문을 안에서 돌립니다.)
#
# ## Adam: 가중치마다 알맞은 걸음
#
# 모든 가중치가 학습률 하나를 함께 쓰면 서로 양보해야 합니다. 가장 가파른 가중치에 맞춰 작게 정하면, 가장 완만한 가중치에는 너무
# 작습니다. **Adam**은 가중치마다 기울기 $g$의 이동 평균과 $g^2$의 이동 평균을 두고, 하나를 다른 하나의 제곱근으로 나눕니다.
#
# $$m \leftarrow 0.9\,m + 0.1\,g \qquad v \leftarrow 0.999\,v + 0.001\,g^2 \qquad w \leftarrow w - \alpha \frac{m}{\sqrt{v}}$$
#
# 둘 다 0에서 시작하므로 처음에는 너무 작습니다. 그래서 $t$번째 걸음에서는 $m$을 $1 - 0.9^t$로, $v$를
# $1 - 0.999^t$로 나누어 바로잡습니다. 첫 걸음을 손으로 해 보면 $m = 0.1\,g / 0.1 = g$, $v = g^2$이므로 가중치는
# $\alpha\,g / |g|$만큼, 곧 기울기가 100이든 0.01이든 $\alpha$만큼 움직입니다. 이렇게 가중치마다 걸음의 크기가 따로
# 정해집니다. 기울기의 부호가 그대로이면 걸음이 길고, 부호가 자꾸 바뀌면 $m$에서 서로 지워져 걸음이 짧아집니다.
#
# 좁은 골짜기 $L = 50\,w_1^2 + 0.5\,w_2^2$의 기울기는 $100\,w_1$과 $w_2$입니다. 왼쪽 그림은 한 출발점에서 두 방법으로 40걸음씩
# 간 길입니다. 오른쪽 그림은 무작위 출발점 20개에서 100걸음씩 간 뒤의 오류함수를 여러 학습률로 잰 것입니다(선은 중앙값, 띠는 가장
# 작은 값에서 가장 큰 값까지).

# %%
STEEPNESS = np.array([100.0, 1.0])


def descend(w, rate, steps):
    path = [w]
    for _ in range(steps):
        path += my_gradient_step([path[-1]], [STEEPNESS * path[-1]], rate)
    return np.array(path)


def adam(w, rate, steps):
    path, m, v = [w], 0.0, 0.0
    for t in range(1, steps + 1):
        g = STEEPNESS * path[-1]
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        corrected = m / (1 - 0.9**t), v / (1 - 0.999**t)
        # The tiny number keeps it from dividing by 0.
        path.append(path[-1] - rate * corrected[0] / (np.sqrt(corrected[1]) + 1e-7))
    return np.array(path)

# %%
def height(w):
    return np.sum(STEEPNESS * w**2, axis=-1) / 2


figure, (left, right) = plt.subplots(1, 2)
w2s, w1s = np.meshgrid(np.linspace(-0.3, 1.1, 80), np.linspace(-0.4, 0.4, 80))
left.contour(w2s, w1s, height(np.stack([w1s, w2s], axis=-1)), 2.0 ** np.arange(-5, 4), colors="0.75")
starts, rates, ends = np.random.default_rng(0).uniform(-1, 1, (20, 2)), np.logspace(-3, 0, 19), {}
for name, method, rate, most in (("descent", descend, 0.018, 0.025), ("Adam", adam, 0.1, 1.0)):
    path = method(np.array([0.3, 1.0]), rate, 40)
    left.plot(path[:, 1], path[:, 0], ".-", linewidth=1, label=f"{name}, {rate}")
    tried = rates[rates <= most]
    ends[name] = np.array([height(method(starts, rate, 100)[-1]) for rate in tried])
    right.loglog(tried, np.median(ends[name], axis=1), ".-", label=name)
    right.fill_between(tried, ends[name].min(axis=1), ends[name].max(axis=1), alpha=0.2)
left.set(xlabel="w2 (flat)", ylabel="w1 (steep)")
right.set(xlabel="learning rate", ylabel="loss after 100 steps", ylim=(1e-9, 1e3))
left.legend()
right.legend()
plt.show()
best = {name: np.median(losses, axis=1).min() for name, losses in ends.items()}
print({name: f"{loss:.1e}" for name, loss in best.items()}, "at its best learning rate")

# %% [markdown] lang="en"
# Gradient descent bounces between the steep walls and creeps along the floor; above a learning rate of 2/100 it jumps
# higher with every step, and its line leaves the picture. Adam only needs a learning rate large enough to arrive in
# 100 steps. With the best rate of each, the loss is {{best["Adam"]:.0e|30%}} against {{best["descent"]:.0e|30%}}. But this valley
# suits Adam, since it lies along the weights. So try the network as well, with three seeds:

# %% [markdown] lang="ko"
# 경사하강법은 가파른 벽 사이를 튕겨 다니고, 바닥에서는 느리게 기어갑니다. 학습률이 2/100를 넘으면 걸을수록 높이 튀어서 선이
# 그림 밖으로 나갑니다. Adam은 100걸음 안에 도착할 만큼 학습률이 크기만 하면 됩니다. 저마다 가장 좋은 학습률을 쓰면 오류함수는
# Adam이 {{best["Adam"]:.0e|30%}}, 경사하강법이 {{best["descent"]:.0e|30%}}입니다. 다만 이 골짜기는 가중치의 축을 따라 놓여
# 있어서 Adam에 유리합니다. 그러니 신경망에서도 시드 3개로 재어 봅시다.

# %%
errors = {}
for kind, rate in ((keras.optimizers.SGD, 0.1), (keras.optimizers.Adam, 0.01)):
    runs = [fit_sin(my_training_step, kind(rate), seed, steps=300) for seed in range(3)]
    errors[kind.__name__] = [np.mean((curves[-1] - np.sin(grid[:, 0])) ** 2) for curves in runs]
    print(f"{kind.__name__:4} {rate:4}: mean squared error", *(f"{error:.5f}" for error in errors[kind.__name__]))

# %% [markdown] lang="en"
# After 300 steps Adam's mean squared error is {{np.mean(errors["Adam"]):.4f|80%}}, plain gradient descent's
# {{np.mean(errors["SGD"]):.4f|80%}}, averaged over three seeds. (Of 0.01, 0.03, 0.1 and 0.3, gradient descent did best
# with 0.1.) All agents of this course use Adam.
#
# ## Review
#
# <details><summary>1) What is a parameter, and what does it mean to fit one?</summary>
#
# One of the numbers from which a function computes its answers: a weight or a bias. To fit it is to move it until
# the loss on the examples is small.
# </details>
#
# <details><summary>2) The slope of the loss for a weight is 5. Which way does gradient descent move the weight, and how far with learning rate 0.1?</summary>
#
# Down by 0.5: against the slope, by the learning rate times the slope.
# </details>
#
# <details><summary>3) The loss grows from step to step. What do you try first?</summary>
#
# A smaller learning rate: the steps may jump across the valley. Then look at the sign of the step.
# </details>
#
# <details><summary>4) What would remain of our network without relu?</summary>
#
# A line. Without a bend between them, layers put one after the other are no more than one layer.
# </details>
#
# <details><summary>5) What does the tape do, and what does the optimizer do?</summary>
#
# The tape notes how the loss was computed from the variables, and gives its slope for each of them. The
# optimizer moves the variables.
# </details>
#
# **Summary** A network computes its answers from parameters $\theta$: layers of weights and biases,
# with relu between them. The loss says how wrong it is, the gradient which way each parameter should
# go, the learning rate how far. Mini-batches make a step cheap, the tape finds the gradient, the
# optimizer does the step; Adam gives each weight a step length of its own. **Next** lesson 04: the
# ghosts start walking, and such a network takes the table's place.

# %% [markdown] lang="ko"
# 300걸음 뒤의 평균 제곱 오차는 시드 3개 평균으로 Adam이 {{np.mean(errors["Adam"]):.4f|80%}}, 경사하강법이
# {{np.mean(errors["SGD"]):.4f|80%}}입니다. (경사하강법의 학습률은 0.01, 0.03, 0.1, 0.3 가운데 0.1이 가장
# 좋았습니다.) 이 과정에 나오는 에이전트는 모두 Adam을 씁니다.
#
# ## 진단 평가
#
# <details><summary>1) 매개변수란 무엇이고, 맞춘다는 것은 무슨 뜻인가?</summary>
#
# 함수가 답을 계산할 때 쓰는 숫자, 곧 가중치와 편향입니다. 맞춘다는 것은 예제에 대한 오류함수가 작아지도록 그 숫자를 옮기는
# 것입니다.
# </details>
#
# <details><summary>2) 어떤 가중치에 대한 오류함수의 기울기가 5이고 학습률이 0.1이다. 경사하강법은 가중치를 어느 쪽으로 얼마나 옮기는가?</summary>
#
# 0.5만큼 줄입니다. 기울기의 반대쪽으로, 학습률과 기울기를 곱한 만큼 옮깁니다.
# </details>
#
# <details><summary>3) 걸을 때마다 오류함수가 커진다. 무엇을 먼저 해 보겠는가?</summary>
#
# 학습률을 줄여 봅니다. 골짜기를 건너뛰고 있을 수 있습니다. 그다음에는 걸음의 부호를 살펴봅니다.
# </details>
#
# <details><summary>4) 우리 신경망에서 relu를 빼면 무엇이 남는가?</summary>
#
# 직선입니다. 사이에서 꺾어 주지 않으면 층을 아무리 쌓아도 한 층과 같습니다.
# </details>
#
# <details><summary>5) 테이프가 하는 일과 옵티마이저가 하는 일은?</summary>
#
# 테이프는 변수에서 오류함수까지의 계산을 기록해 두었다가 변수마다 기울기를 구합니다. 옵티마이저는 변수를 옮깁니다.
# </details>
#
# **정리** 신경망은 매개변수 $\theta$로 답을 계산합니다. 가중치와 편향으로 된 층을 쌓고 그 사이에 relu를 둡니다.
# 오류함수는 얼마나 틀렸는지, 그레이디언트는 매개변수마다 어느 쪽으로 갈지, 학습률은 얼마나 갈지를 정합니다.
# 미니배치를 쓰면 한 걸음에 드는 계산이 줄고, 테이프가 그레이디언트를 구하면 옵티마이저가 한 걸음 옮깁니다. Adam은
# 가중치마다 걸음의 크기를 따로 정합니다. **다음 시간** 04강: 귀신이 걷기 시작합니다. 이런 신경망이 테이블을
# 대신합니다.
