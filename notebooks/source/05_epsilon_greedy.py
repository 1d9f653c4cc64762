# %% [markdown] lang="en"
# # 05 · Epsilon-greedy: when to try something else
#
# **On the slides** DQN, "Detour: Epsilon Greedy Algorithm"; DQN, code explained, `get_action`, lines
# 56 to 67.
#
# **You will be able to** show how an agent that only takes what looks best gets stuck · write
# epsilon-greedy in three lines · work out epsilon after any number of updates · compare the schedules
# of five documents · say what epsilon brings on CartPole and what it does not.
#
# **Time** 50 minutes · **Needs** lessons 01, 02 (Q-values, Q-learning) and 04 (a network that computes them)
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $Q(s, \cdot)$ | `q_values` | `[A]` | the value of each action in one state |
# | $A$ | `len(q_values)` | number | how many actions there are (not to be confused with machine A) |
# | $\varepsilon$ | `epsilon` | number, 0 to 1 | the share of random actions |
# | $\pi(a \mid s)$ | | number, 0 to 1 | how likely action $a$ is: the **policy** |
# | $n$ | `count` | number | updates (or episodes) so far |
# | $\delta$ | `epsilon_decay` | number, 0 to 1 | what epsilon is multiplied by at each count |

# %% [markdown] lang="ko"
# # 05 · 입실론 그리디: 언제 다른 것을 해 볼까
#
# **슬라이드에서는** DQN의 "Detour: Epsilon Greedy Algorithm", DQN 코드 설명의 `get_action` 56~67행.
#
# **이번 시간이 끝나면** 좋아 보이는 행동만 하는 에이전트가 어떻게 제자리에 갇히는지 보일 수 있고 · 입실론 그리디를
# 세 줄로 쓸 수 있고 · 업데이트 횟수만 알면 그때의 입실론을 계산할 수 있고 · 다섯 문서의 입실론을 비교할 수 있고 ·
# 카트폴에서 입실론이 어디에 도움이 되고 어디에는 되지 않는지 말할 수 있습니다.
#
# **시간** 50분 · **먼저 볼 것** 01강, 02강 (큐값, 큐러닝), 04강 (큐값을 계산하는 신경망)
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $Q(s, \cdot)$ | `q_values` | `[A]` | 한 상태에서 각 행동의 가치 |
# | $A$ | `len(q_values)` | 숫자 | 행동의 개수 |
# | $\varepsilon$ | `epsilon` | 0~1의 숫자 | 무작위 행동의 비율 |
# | $\pi(a \mid s)$ | | 0~1의 숫자 | 행동 $a$를 할 확률, 즉 **정책** |
# | $n$ | `count` | 숫자 | 지금까지의 업데이트(또는 에피소드) 횟수 |
# | $\delta$ | `epsilon_decay` | 0~1의 숫자 | 한 번 셀 때마다 입실론에 곱하는 수 |

# %%
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNAgent, checks, evaluate, use_one_thread
from dqn_keras.classroom import explore

use_one_thread()  # for networks this small, one thread computes faster than several
plt.style.use("dqn_keras.classroom.lesson")

# %% [markdown] lang="en"
# ## Two machines, by hand
#
# Forget the pole for a moment. In front of you stand two machines. **A** pays 1 at every pull.
# **B** pays 4 or nothing, each half of the time, so 2 on average. You do not know this; you only
# see what you are paid. This is a **two-armed bandit**, the smallest problem with a choice in it:
# one state, two actions.
#
# You keep the average of what each machine has paid so far, $Q(A)$ and $Q(B)$, both 0 at the start.
# A **greedy** player always pulls the machine with the larger $Q$, and A if they are equal. Fill in
# the table:
#
# | pull | $Q(A)$ | $Q(B)$ | greedy choice | pays |
# |---|---|---|---|---|
# | 1 | 0 | 0 | A | 1 |
# | 2 | 1 | 0 | ? | ? |
# | 3 | ? | ? | ? | ? |
# | 1000 | ? | ? | ? | ? |
#
# Now suppose a coin had sent you to B in pulls 2 and 3, and B had paid 0 and then 4. What would
# the greedy choice be in pull 4?

# %% [markdown] lang="ko"
# ## 기계 두 대를 손으로
#
# 잠시 폴은 잊읍시다. 앞에 기계가 두 대 있습니다. **A**는 당길 때마다 1을 줍니다. **B**는 두 번에 한 번꼴로 4를 주고
# 나머지는 아무것도 주지 않으니 평균 2입니다. 여러분은 이것을 모르고, 받은 값만 봅니다. 이것이 **투 암드
# 밴딧**(two-armed bandit), 선택이 들어 있는 가장 작은 문제입니다. 상태는 하나, 행동은 둘이죠.
#
# 각 기계가 지금까지 준 값의 평균을 $Q(A)$, $Q(B)$라고 하고 둘 다 0에서 시작합니다. **그리디**(greedy, 탐욕적인)
# 참가자는 언제나 $Q$가 더 큰 기계를 당기고, 같으면 A를 당깁니다. 표를 채워 보세요.
#
# | 횟수 | $Q(A)$ | $Q(B)$ | 그리디 선택 | 받은 값 |
# |---|---|---|---|---|
# | 1 | 0 | 0 | A | 1 |
# | 2 | 1 | 0 | ? | ? |
# | 3 | ? | ? | ? | ? |
# | 1000 | ? | ? | ? | ? |
#
# 이번에는 동전을 던져서 2, 3번째에 B를 당겼고, B가 0과 4를 주었다고 해 봅시다. 4번째의 그리디 선택은
# 무엇일까요?

# %%
q_values, pulls = np.zeros(2), np.zeros(2)
for machine, pay in [(0, 1), (1, 0), (1, 4)]:  # A, then B twice
    pulls[machine] += 1
    q_values[machine] += (pay - q_values[machine]) / pulls[machine]  # keeps the average
    print(f"machine {'AB'[machine]} pays {pay}:  Q(A) = {q_values[0]:g}  Q(B) = {q_values[1]:g}")

# %% [markdown] lang="en"
# The greedy player pulls A in pull 2, and 3, and 1000: $Q(B)$ stays 0 because B is never tried, and
# B is never tried because $Q(B)$ stays 0. With the two tries, $Q(B) = 2$ and the greedy choice is B.
#
# The last line of the loop keeps an average without keeping a list. If $k$ is the number of pulls of the
# machine so far, this one included, and $r$ what it paid now, then
#
# $$Q \leftarrow Q + \frac{1}{k} (r - Q)$$
#
# The lecture tells the same story of the pole: if ←, →, ←, → once held it up longest, a greedy agent
# repeats ←, →, ←, → for ever. Taking what looks best is called **exploiting**; trying something else,
# to learn what it is worth, is **exploring**.

# %% [markdown] lang="ko"
# 그리디 참가자는 2번째도, 3번째도, 1000번째도 A를 당깁니다. B를 당겨 보지 않으니 $Q(B)$가 0이고, $Q(B)$가 0이니
# B를 당겨 보지 않습니다. 두 번 당겨 보았다면 $Q(B) = 2$가 되어 그리디 선택은 B입니다.
#
# 반복문의 마지막 줄은 목록을 저장하지 않고 평균을 구하는 식입니다. 그 기계를 이번까지 $k$번 당겼고 이번에 $r$을 받았다면
#
# $$Q \leftarrow Q + \frac{1}{k} (r - Q)$$
#
# 입니다.
#
# 강의도 폴을 두고 같은 이야기를 합니다. ←, →, ←, →로 가장 오래 버텼다면 그리디 에이전트는 계속 ←, →, ←, →만
# 되풀이합니다. 지금 가장 좋아 보이는 것을 하는 것이 **이용**(exploitation), 가치를 알아보려고 다른 것을 해 보는
# 것이 **탐험**(exploration)입니다.

# %% [markdown] lang="en"
# ## The formula
#
# Epsilon-greedy tosses a coin first. With probability $\varepsilon$ the action is drawn at random,
# otherwise it is the greedy one:
#
# $$\pi(a \mid s) = \frac{\varepsilon}{A} + \begin{cases} 1 - \varepsilon & \text{if } a = \arg\max_{a'} Q(s, a') \\ 0 & \text{otherwise} \end{cases}$$
#
# $\arg\max$ is the *index* of the largest value, not the value itself; in NumPy, `np.argmax(q_values)`. "At
# random" means among **all** actions, so the greedy one can be drawn, too. With $\varepsilon = 0.1$ and two
# actions, the greedy one has probability $0.9 + 0.05 = 0.95$ and the other one 0.05.

# %% [markdown] lang="ko"
# ## 수식
#
# 입실론 그리디는 먼저 동전을 던집니다. 확률 $\varepsilon$으로 무작위 행동을 하고, 아니면 그리디 행동을 합니다.
#
# $$\pi(a \mid s) = \frac{\varepsilon}{A} + \begin{cases} 1 - \varepsilon & \text{if } a = \arg\max_{a'} Q(s, a') \\ 0 & \text{otherwise} \end{cases}$$
#
# $\arg\max$는 가장 큰 값이 아니라 그 값의 *번호*이고, NumPy로는 `np.argmax(q_values)`입니다. "무작위"는 **모든** 행동
# 중에서 뽑는다는 뜻이므로 그리디 행동이 뽑힐 수도 있습니다. $\varepsilon = 0.1$이고 행동이 둘이면 그리디 행동의 확률은
# $0.9 + 0.05 = 0.95$, 다른 행동은 0.05입니다.

# %% [markdown] lang="en"
# ## Exercise 1 · epsilon-greedy ★☆☆ 10 minutes
#
# Return the index of the chosen action. `rng` is a NumPy random generator: `rng.random()` is a number in
# $[0, 1)$, which includes 0 but not 1, and `rng.integers(n)` is one of 0, 1, …, n − 1, each equally likely.
#
# The lecture's code compares the coin with `<=`. Think about $\varepsilon = 0$: which of `<` and `<=` promises
# that no action is random?

# %% [markdown] lang="ko"
# ## 연습 1 · 입실론 그리디 ★☆☆ 10분
#
# 고른 행동의 번호를 반환하세요. `rng`는 NumPy의 난수 생성기입니다. `rng.random()`은 $[0, 1)$의 숫자 하나(0은 나올 수 있고
# 1은 나오지 않습니다), `rng.integers(n)`은 0, 1, …, n − 1 중 하나이고 모두 확률이 같습니다.
#
# 강의 코드는 동전을 `<=`로 비교합니다. $\varepsilon = 0$일 때를 생각해 보세요. `<`와 `<=` 중 무작위 행동이 절대 없다고
# 약속하는 것은 어느 쪽인가요?

# %% exercise="epsilon_greedy"
def my_epsilon_greedy(q_values, epsilon, rng):
    ### BEGIN SOLUTION
    if rng.random() < epsilon:
        return rng.integers(len(q_values))
    return np.argmax(q_values)
    ### END SOLUTION

# %% check="epsilon_greedy" points=2
checks.check_epsilon_greedy(my_epsilon_greedy)

# %% [markdown] lang="en"
# How often does your function take the greedy action? Compare with the formula:

# %% [markdown] lang="ko"
# 여러분의 함수는 그리디 행동을 얼마나 자주 할까요? 세어서 수식과 비교해 봅시다.

# %%
rng = np.random.default_rng(0)
drawn = [int(my_epsilon_greedy(np.array([1.0, 2.0]), 0.1, rng)) for _ in range(10_000)]
greedy_share = np.mean(np.array(drawn) == 1)
print(f"greedy action: {greedy_share:.3f} of 10000 draws, formula {0.1 / 2 + 1 - 0.1:.3f}")

# %% [markdown] lang="en"
# ## Back to the machines
#
# Now your function pulls: 100 players for each epsilon, 500 pulls each.

# %% [markdown] lang="ko"
# ## 다시 두 기계로
#
# 이제 여러분의 함수가 기계를 당깁니다. 입실론마다 참가자 100명, 각자 500번입니다.

# %%
def play_machines(epsilon, rng, number_of_pulls=500):
    """What one player is paid, pull by pull."""
    q_values, pulls, paid = np.zeros(2), np.zeros(2), []
    for _ in range(number_of_pulls):
        machine = int(my_epsilon_greedy(q_values, epsilon, rng))
        paid.append(1 if machine == 0 else rng.choice([0, 4]))
        pulls[machine] += 1
        q_values[machine] += (paid[-1] - q_values[machine]) / pulls[machine]
    return paid


paid = {e: np.mean([play_machines(e, rng) for _ in range(100)], axis=0) for e in (0, 0.1, 1)}

# %%
plt.figure(figsize=(7, 3.2))
for share, mean_paid in paid.items():
    in_blocks = mean_paid.reshape(-1, 10).mean(axis=1)  # of 10 pulls each, to see through the noise
    plt.plot(np.arange(5, 500, 10), in_blocks, label=f"epsilon {share:g}")
plt.axhline(2, color="black", linestyle=":", label="always B")
plt.xlabel("pull")
plt.ylabel("paid per pull (100 players)")
plt.ylim(0.8, 2.6)
plt.legend(loc="upper center", ncol=4)
plt.show()
late = {share: mean_paid[-100:].mean() for share, mean_paid in paid.items()}
print("last 100 pulls:", {share: round(float(pay), 2) for share, pay in late.items()})

# %% [markdown] lang="en"
# Never random: {{late[0]:.2f}} a pull, stuck on A. Always random: {{late[1]:.2f|10%}}; this player knows
# by now that B is better, and makes no use of it. One random action in ten: {{late[0.1]:.2f|10%}}; it found B, and
# the gap to 2 is the price of exploring for ever. To lower that price, explore a lot at first and little
# later: let epsilon follow a **schedule**.
#
# Before that, two more machines, C and D. Pull by hand first, some twenty times: which one would you bet on? Then have
# the true means *shown*. D pays 10 in one pull out of four; what does a greedy player think of it after a first pull that
# paid nothing? Now *Start over*, and let epsilon-greedy pull 500 times with $\varepsilon = 0$, then with 1, then with
# 0.1. The **regret** adds up what every pull has cost on average, compared with the best machine. Which lines are straight, which
# one bends, and why will it never be quite flat? (If there is only a picture, run the cell.)

# %% [markdown] lang="ko"
# 무작위가 전혀 없으면 한 번에 평균 {{late[0]:.2f}}입니다. A에 갇혔습니다. 언제나 무작위면
# {{late[1]:.2f|10%}}입니다. B가 낫다는 것을 알면서도 써먹지 않습니다. 열 번에 한 번 무작위면
# {{late[0.1]:.2f|10%}}입니다. B를 찾아냈고, 2에 못 미치는 만큼은 끝없이 탐험하느라 치르는 값입니다. 이 값을
# 줄이려면 처음에는 많이, 나중에는 적게 탐험하면 됩니다. 그래서 입실론을 차츰 줄입니다.
#
# 그 전에 기계를 두 대 더 놓아 봅시다. 먼저 손으로 스무 번쯤 당겨 보세요. 어느 기계에 걸겠습니까? 그런 다음 *보기*를 눌러 실제
# 평균과 견주어 보세요. D는 네 번에 한 번꼴로 10을 줍니다. 처음 당겼을 때 아무것도 받지 못한 그리디 참가자는 D를 어떻게 생각할까요?
# 이제 *처음부터*를 누르고, 입실론 그리디로 500번씩 당겨 보세요. 입실론은 0, 1, 0.1 차례입니다. **리그렛**(regret)은 가장 좋은
# 기계를 당겼을 때보다 평균적으로 덜 받은 값을 모두 더한 것입니다. 어느 선이 곧고, 어느 선이 꺾이나요? 꺾인 선이 끝내 완전히
# 평평해지지 않는 까닭은 무엇일까요? (그림만 보인다면 셀을 실행하세요.)

# %%
explore("bandit")

# %% [markdown] lang="en"
# ## A mistake from the documents: `elsilon`
#
# Document 000 (a blog post, one of the course's five documents, lesson 00) has a typo. Its function has
# an argument `elsilon` but uses `epsilon`, which Python then finds *outside* the function. Here is that
# mistake in a few lines. The last call asks for no random action at all. What share do you expect?

# %% [markdown] lang="ko"
# ## 문서 속의 실수: `elsilon`
#
# 이 과정은 강의 말고도 카트폴용 DQN을 만드는 글 네 편을 함께 봅니다. 그 글들을 문서 000, 001, 003, 004라 하고,
# 강의를 문서 002라고 부릅니다(다섯 문서는 10강에서 비교합니다). 문서 000에는 글자 하나가 틀렸습니다. 함수의 인자는
# `elsilon`인데 안에서는 `epsilon`을 씁니다. 그러면 파이썬은 함수 *바깥*의 `epsilon`을 가져옵니다. 아래는 그 실수를
# 몇 줄로 옮긴 것입니다. 마지막 호출에서는 무작위 행동을 전혀 하지 말라고 했습니다. 실제로는 무작위 행동이 얼마나
# 나올까요?

# %%
def misspelt_policy(q_values, elsilon=0):
    explore = rng.random() < epsilon  # not the argument
    return rng.integers(2) if explore else np.argmax(q_values)


epsilon = 1.0  # where training happens to stand
not_greedy = np.mean([misspelt_policy([1.0, 2.0], elsilon=0) == 0 for _ in range(1000)])
print(f"asked for no random action, got the worse action in {not_greedy:.0%} of the cases")

# %% [markdown] lang="en"
# <details><summary>Why does it go unnoticed in training, and where does it hurt?</summary>
#
# In training, the global `epsilon` happens to be the one that was meant. But the agent can never be
# watched playing greedily, and if it is called before the training loop the function stops with a
# `NameError`. A function should use the arguments it is given. The check of exercise 1 tries this
# mistake, too.
# </details>

# %% [markdown] lang="ko"
# <details><summary>학습 중에는 왜 드러나지 않고, 어디에서 문제가 될까요?</summary>
#
# 학습 중에는 바깥의 `epsilon`이 마침 원하던 값입니다. 하지만 그리디하게 플레이하는 모습은 끝내 볼 수 없고, 학습 반복문보다
# 먼저 부르면 `NameError`로 멈춥니다. 함수는 받은 인자를 써야 합니다. 연습 1의 확인 코드도 이 실수를 잡아냅니다.
# </details>

# %% [markdown] lang="en"
# ## Epsilon over time
#
# The lecture's DQN begins with $\varepsilon_0 = 1$: the first Q-values come from random weights and mean nothing
# yet. Every **update**, that is every step of gradient descent, multiplies epsilon by $\delta = 0.999$, down to a floor
# $\varepsilon_{\min} = 0.01$. After $n$ updates that is
#
# $$\varepsilon_n = \max(\varepsilon_0 \, \delta^n, \ \varepsilon_{\min})$$
#
# By hand, with $\delta = 0.5$ and the floor 0.2: 1, 0.5, 0.25, then 0.125 is below the floor, so 0.2, 0.2, …

# %% [markdown] lang="ko"
# ## 입실론을 줄여 나가기
#
# 강의의 DQN은 $\varepsilon_0 = 1$에서 시작합니다. 처음의 큐값은 무작위 가중치에서 나온 것이라 아직 아무 뜻이 없기
# 때문입니다. **업데이트**, 곧 경사하강법 한 걸음마다 $\delta = 0.999$를 곱하되 하한선 $\varepsilon_{\min} = 0.01$보다
# 작아지지는 않게 합니다. $n$번 업데이트한 뒤에는
#
# $$\varepsilon_n = \max(\varepsilon_0 \, \delta^n, \ \varepsilon_{\min})$$
#
# 입니다. $\delta = 0.5$, 하한선 0.2로 손으로 해 보면 1, 0.5, 0.25이고 다음은 0.125가 하한선보다 작으니 0.2, 0.2, …입니다.

# %% [markdown] lang="en"
# ## Exercise 2 · epsilon as a function of the count ★☆☆ 5 minutes
#
# The lecture's code multiplies a variable step by step. Write epsilon after `count` updates in one line,
# without a loop. In Python $\delta^n$ is `epsilon_decay**count`; `np.maximum(x, y)` or `max(x, y)` is the larger of
# two numbers. By hand first: `my_epsilon(3, 1.0, 0.5, 0.2)` is 0.2.

# %% [markdown] lang="ko"
# ## 연습 2 · 횟수의 함수로 쓴 입실론 ★☆☆ 5분
#
# 강의 코드는 변수에 한 번씩 곱해 나갑니다. `count`번 업데이트한 뒤의 입실론을 반복문 없이 한 줄로 써 보세요.
# 파이썬에서 $\delta^n$은 `epsilon_decay**count`이고, 두 수 중 큰 것은 `np.maximum(x, y)`나 `max(x, y)`입니다. 먼저
# 손으로 확인하면 `my_epsilon(3, 1.0, 0.5, 0.2)`는 0.2입니다.

# %% exercise="epsilon_schedule"
def my_epsilon(count, epsilon, epsilon_decay, epsilon_min):
    ### BEGIN SOLUTION
    return np.maximum(epsilon * epsilon_decay**count, epsilon_min)
    ### END SOLUTION

# %% check="epsilon_schedule" points=2
checks.check_epsilon_schedule(my_epsilon)

# %% [markdown] lang="en"
# When does the lecture's epsilon reach its floor? At the first $n$ with
# $\delta^n \le \varepsilon_{\min} / \varepsilon_0$. Take logarithms of both sides, and divide by
# $\ln \delta$, which is negative and so turns the inequality around:
#
# $$n \ge \frac{\ln (\varepsilon_{\min} / \varepsilon_0)}{\ln \delta}$$
#
# The first such $n$ is the right-hand side, rounded up. Ask your function:

# %% [markdown] lang="ko"
# 강의의 입실론은 언제 하한선에 닿을까요? $\delta^n \le \varepsilon_{\min} / \varepsilon_0$가 되는 첫 번째 $n$입니다.
# 양변에 로그를 취하고 $\ln \delta$로 나눕니다. $\ln \delta$는 음수라서 부등호의 방향이 바뀝니다.
#
# $$n \ge \frac{\ln (\varepsilon_{\min} / \varepsilon_0)}{\ln \delta}$$
#
# 이런 $n$ 가운데 가장 작은 수는 오른쪽 값을 올림해서 얻습니다. 여러분의 함수에 물어봅시다.

# %%
floor_at = int(np.ceil(np.log(0.01 / 1.0) / np.log(0.999)))
for count in (0, 693, floor_at - 1, floor_at):
    print(f"after {count:5d} updates epsilon is {float(my_epsilon(count, 1.0, 0.999, 0.01)):.5f}")

# %% [markdown] lang="en"
# It is halved about every 693 updates, and meets the floor after {{floor_at:,}}. How fast is that with other
# decays? Change them and run the cell again:

# %% [markdown] lang="ko"
# 업데이트 693번마다 약 절반이 되고, {{floor_at:,}}번 뒤에 하한선에 닿습니다. 감소율이 다르면 얼마나 빠를까요? 숫자를 바꿔
# 다시 실행해 보세요.

# %%
counts = np.arange(0, 10_001, 50)
plt.figure(figsize=(7, 2.6))
for decay in (0.99, 0.995, 0.999, 0.9995):  # try others
    plt.plot(counts, [float(my_epsilon(n, 1.0, decay, 0.01)) for n in counts], label=f"{decay}")
plt.xlabel("updates")
plt.ylabel("epsilon")
plt.legend(title="decay")
plt.show()

# %% [markdown] lang="en"
# ## The five documents on one plot
#
# The documents differ in two things: how epsilon falls, and *what is counted*.
#
# | document | what it is | epsilon | counts |
# |---|---|---|---|
# | 000 | a blog post | falls by 1/500 each time, to 0.01 | episodes |
# | 001 | notes on a book | 0.1 throughout | |
# | 002 | the lecture | × 0.999 each time, to 0.01 | updates |
# | 003 | a blog post | falls by 0.00005 each time, to 0.1 | updates |
# | 004 | an introduction to DQN | × 0.995 each time, to 0.01 | episodes |
#
# In 002 and 003 there is an update in every step, but only once 1000 steps have been stored (lesson 06). And an
# episode can have 10 steps or 500. To draw all five on one axis we suppose that every episode lasts 50 steps.
# Change `steps_per_episode` and see which curves move.

# %% [markdown] lang="ko"
# ## 다섯 문서를 한 그림에
#
# 다섯 문서는 두 가지가 다릅니다. 입실론이 줄어드는 방법과, *무엇을 세는가*입니다.
#
# | 문서 | 무엇인가 | 입실론 | 세는 것 |
# |---|---|---|---|
# | 000 | 블로그 글 | 한 번에 1/500씩, 0.01까지 줄임 | 에피소드 |
# | 001 | 책을 정리한 글 | 언제나 0.1 | |
# | 002 | 강의 | 한 번에 0.999배, 0.01까지 | 업데이트 |
# | 003 | 블로그 글 | 한 번에 0.00005씩, 0.1까지 줄임 | 업데이트 |
# | 004 | DQN을 소개하는 글 | 한 번에 0.995배, 0.01까지 | 에피소드 |
#
# 문서 002와 003은 스텝마다 업데이트하지만, 1000스텝이 저장된 뒤에야 시작합니다(06강). 그리고 에피소드는 10스텝일
# 수도, 500스텝일 수도 있습니다. 한 축에 그리기 위해 에피소드가 모두 50스텝이라고 합시다. `steps_per_episode`를
# 바꾸면 어느 곡선이 움직이는지 보세요.

# %%
def epsilons(steps, steps_per_episode=50):
    """Epsilon of the five documents after so many steps in the environment."""
    updates, episodes = max(steps - 1000, 0), steps // steps_per_episode
    return {
        "000": max(1 - episodes / 500, 0.01),
        "001": 0.1,
        "002": float(my_epsilon(updates, 1.0, 0.999, 0.01)),
        "003": max(1 - 0.00005 * updates, 0.1),
        "004": float(my_epsilon(episodes, 1.0, 0.995, 0.01)),
    }


all_steps = range(0, 60_001, 200)
rows = [epsilons(steps) for steps in all_steps]
plt.figure(figsize=(7, 3.2))
for document in rows[0]:
    plt.plot(all_steps, [row[document] for row in rows], label=document)
plt.xlabel("environment steps (50 an episode)")
plt.ylabel("epsilon")
plt.legend(title="document")
plt.show()
at_20000 = epsilons(20_000)
print("after 20000 steps:", {document: round(value, 2) for document, value in at_20000.items()})

# %% [markdown] lang="en"
# After 20,000 such steps the lecture's agent acts at random {{at_20000["002"]:.0%}} of the time, that
# of document 000 {{at_20000["000"]:.0%}}. And when an agent of 000 or 004 learns, its episodes get longer, so its
# epsilon falls more and more *slowly* per step.

# %% [markdown] lang="ko"
# 이렇게 20,000스텝이 지나면 무작위로 하는 행동의 비율이 강의의 에이전트는 {{at_20000["002"]:.0%}}, 문서 000의
# 에이전트는 {{at_20000["000"]:.0%}}입니다. 그리고 문서 000이나 004의 에이전트가 잘하게 되면 에피소드가 길어지므로,
# 스텝으로 따진 입실론은 점점 더 *천천히* 줄어듭니다.

# %% [markdown] lang="en"
# ## What changed, and what it is worth on CartPole
#
# Lesson 04 took its epsilon as given: a coin in front of the `argmax`. Now we vary that coin and
# nothing else. The lecture's DQN, `DQNAgent`, learns Q-values with a network as Deep SARSA does, but
# with the target of Q-learning; the next lessons build it. Its coin is yours, written in TensorFlow. It
# plays 200 episodes, for each of five seeds: with the lecture's schedule, never random, and always
# random. We look at its score *while it learns*, and afterwards at the mean of 20 greedy episodes
# (`evaluate`).

# %% [markdown] lang="ko"
# ## 무엇이 달라졌고, 카트폴에서는 얼마나 도움이 되나
#
# 04강에서는 `argmax` 앞에 던지는 동전, 곧 입실론을 주어진 대로 썼습니다. 이제 다른 것은 그대로 두고 그 동전만 바꿔
# 봅시다. 강의의 DQN인 `DQNAgent`는 딥 살사처럼 신경망으로 큐값을 배우지만 타깃은 큐러닝의 타깃입니다. 이 에이전트는
# 다음 시간부터 차례로 만들 텐데, 동전 던지기만큼은 여러분의 함수를 TensorFlow로 옮긴 그대로입니다. 시드 다섯 개로
# 200에피소드씩, 강의의 입실론, 무작위 없음, 언제나 무작위의 세 가지로 학습시킵니다. *학습하는 동안*의 점수와, 학습
# 뒤에 그리디하게 플레이한 20에피소드의 평균(`evaluate`)을 봅니다.

# %%
def runs(seeds=range(5), episodes=200, **settings):
    agent, environment = DQNAgent(4, 2, **settings), CartPole()
    scores, greedy = [], []
    for seed in seeds:
        agent.reset(seed)  # a beginner again
        environment.reset(seed)
        scores.append([float(agent.run_episode(environment)) for _ in range(episodes)])
        greedy.append(evaluate(agent, environment, episodes=20).mean())
    return np.array(scores), np.array(greedy)


results = {
    "lecture": runs(),
    "never random": runs(epsilon=0.0, epsilon_min=0.0),
    "always random": runs(epsilon=1.0, epsilon_decay=1.0),
}

# %%
plt.figure(figsize=(7, 3))
playing, afterwards = {}, {}
for name, (scores, greedy) in results.items():
    plt.plot(np.arange(5, 200, 10), scores.reshape(5, -1, 10).mean(axis=(0, 2)), label=name)
    playing[name], afterwards[name] = scores[:, -50:].mean(), greedy.mean()
    print(f"{name:13s} last 50 episodes {playing[name]:4.0f}   greedy, each seed", greedy.round())
plt.xlabel("episode")
plt.ylabel("score, mean of 5 seeds")
plt.legend()
plt.show()
first = {name: scores[:, :50].mean() for name, (scores, _) in results.items()}

# %% [markdown] lang="en"
# Read it with care; five seeds are few.
#
# - *Always random* still drops the pole after about {{playing["always random"]:.0f|20%}} steps, as it
#   must. Yet the network it trained, played greedily, holds the pole for
#   {{afterwards["always random"]:.0f|60%}} steps on average. Q-learning learns about the greedy policy
#   while another one acts: it is **off-policy**.
# - *Never random* does not get stuck here: {{playing["never random"]:.0f|60%}} steps in its last 50
#   episodes. A likely reason: on CartPole a bad habit ends in a fall, and a fall lowers the habit's
#   Q-value, whereas machine A never punished anything. How much exploring is needed depends on the
#   task. But this agent gets off to a slower start: in the first 50 episodes it falls after
#   {{first["never random"]:.0f|30%}} steps on average, the random one after
#   {{first["always random"]:.0f|20%}}, and learning waits for 1000 steps.
# - *The lecture's* schedule starts out with the random curve and leaves it as epsilon falls:
#   {{playing["lecture"]:.0f|60%}} steps at the end.
#
# Lesson 11 measures over many more runs what each idea of the DQN is worth.

# %% [markdown] lang="ko"
# 조심해서 읽읍시다. 시드 다섯 개는 많지 않습니다.
#
# - *언제나 무작위*는 당연히 {{playing["always random"]:.0f|20%}}스텝쯤에서 계속 쓰러집니다. 그런데 그렇게 학습한
#   신경망이 그리디하게 플레이하면 평균 {{afterwards["always random"]:.0f|60%}}스텝을 버팁니다. 큐러닝은 행동은 다른
#   정책으로 하면서 그리디 정책의 가치를 배웁니다. 이것이 **오프폴리시**(off-policy)입니다.
# - *무작위 없음*은 여기서는 갇히지 않습니다. 마지막 50에피소드에서 {{playing["never random"]:.0f|60%}}스텝입니다.
#   까닭은 아마 이럴 것입니다. 카트폴에서는 나쁜 버릇을 들이면 결국 폴이 쓰러지고, 쓰러지면 그 버릇의 큐값이
#   내려갑니다. 기계 A는 아무것도 벌하지 않았지요. 탐험이 얼마나 필요한지는 문제에 따라 다릅니다. 다만 출발은
#   늦습니다. 처음 50에피소드의 평균은 {{first["never random"]:.0f|30%}}스텝이고, 무작위는
#   {{first["always random"]:.0f|20%}}스텝입니다. 1000스텝이 쌓여야 학습이 시작됩니다.
# - *강의*의 입실론은 무작위 곡선에서 출발해 입실론이 줄면서 벗어납니다. 마지막에는
#   {{playing["lecture"]:.0f|60%}}스텝입니다.
#
# DQN의 아이디어 하나하나가 얼마나 도움이 되는지는 11강에서 훨씬 많이 실행해서 잽니다.

# %% [markdown] lang="en"
# ## Review
#
# <details><summary>What is the epsilon-greedy algorithm, and why is it needed? (a question of the lecture)</summary>
#
# With probability epsilon a random action, else the one with the largest Q-value. Without it an
# agent can repeat for ever what it happened to do first: it never learns the value of what it never tries.
# </details>
#
# <details><summary>With epsilon 0.2 and 4 actions, how likely is the greedy action?</summary>
#
# $0.2 / 4 + 0.8 = 0.85$. The random draw is among all four.
# </details>
#
# <details><summary>Why a floor of 0.01 instead of 0?</summary>
#
# So that exploring never ends: the Q-values keep changing, and what looks worse now may turn out to be
# better.
# </details>
#
# <details><summary>A comment in the lecture says <code>np.argmax([-1.31, -1.62]) = -1.31</code>. What does it really give?</summary>
#
# 0, the index: action 0, push left. −1.31 would be `np.max`.
# </details>
#
# **Summary** A coin in front of the `argmax`: explore with probability epsilon, exploit otherwise. Epsilon
# is a function of a counter, and it matters what the counter counts. `<` keeps the promise that 0 means
# never. **Next** lesson 06: an agent should not throw away what it saw. The replay memory.

# %% [markdown] lang="ko"
# ## 진단 평가
#
# <details><summary>입실론 그리디 알고리즘이란? 필요한 이유는? (강의의 질문)</summary>
#
# 입실론의 확률로 무작위 행동을 하고, 아니면 큐값이 가장 큰 행동을 합니다. 이것이 없으면 에이전트는 처음에 우연히 한
# 행동만 되풀이할 수 있습니다. 해 보지 않은 행동의 가치는 배울 수 없습니다.
# </details>
#
# <details><summary>입실론이 0.2이고 행동이 4개이면 그리디 행동의 확률은?</summary>
#
# $0.2 / 4 + 0.8 = 0.85$입니다. 무작위는 네 행동 모두에서 뽑습니다.
# </details>
#
# <details><summary>하한선은 왜 0이 아니라 0.01인가요?</summary>
#
# 탐험을 끝내지 않기 위해서입니다. 큐값은 계속 바뀌고, 오늘 나빠 보이는 행동이 더 좋은 행동일 수도 있습니다.
# </details>
#
# <details><summary>강의의 주석은 <code>np.argmax([-1.31, -1.62]) = -1.31</code>이라고 합니다. 실제로는?</summary>
#
# 번호인 0, 즉 행동 0(왼쪽으로 밀기)입니다. −1.31은 `np.max`의 결과입니다.
# </details>
#
# **정리** `argmax` 앞에서 동전을 하나 던집니다. 입실론의 확률로 탐험하고 아니면 이용합니다. 입실론은 횟수의
# 함수이고, 무엇을 세는지가 중요합니다. 0이면 무작위가 절대 없다는 약속은 `<`라야 지켜집니다. **다음 시간** 06강:
# 에이전트가 겪은 것을 버리지 맙시다. 리플레이 메모리입니다.
