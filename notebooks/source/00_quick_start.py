# %% [markdown] lang="en"
# # 00 · Quick start: a pole learns to stand
#
# **On the slides** DQN, code explained, *Training* (lines 1 to 12 and 45 to 72) and *Result*.
#
# **You will be able to** train the lecture's DQN agent with one line · read its score curve · say
# when training should stop, and find two mistakes in the lecture's rule · tell a training score
# from an evaluation · save an agent and load it again.
#
# **Time** 50 minutes, or 25 to the end of *After learning* · **Needs** Python (lists, functions, `for`); no machine learning
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $R_t$ | `reward` | number | what the environment pays for step $t = 1, 2, \dots$: here always +1 |
# | $G_e$ | `score` | number | all rewards of episode $e$, added up |
# | $G_1, \dots, G_E$ | `scores` | `[E]`: a list of $E$ numbers | the scores of all $E$ episodes so far |
# | $\bar G$ | `my_mean_of_last_ten(scores)` | number | the mean of the ten newest scores |

# %% [markdown] lang="ko"
# # 00 · 빠른 시작: 막대가 서는 법을 배웁니다
#
# **슬라이드에서는** DQN 코드 설명의 *Training*(1~12행, 45~72행)과 *Result*.
#
# **이번 시간이 끝나면** 강의의 DQN 에이전트를 한 줄로 학습시킬 수 있고 · 점수 그래프를 읽을 수 있고 · 학습을 언제
# 멈출지 정하고 강의의 종료 조건에 숨은 실수 두 개를 찾을 수 있고 · 학습 중의 점수와 평가 점수를 구별할 수 있고 ·
# 에이전트를 저장했다가 다시 불러올 수 있습니다.
#
# **시간** 50분, *배운 뒤*까지만 하면 25분 · **먼저 볼 것** 파이썬(리스트, 함수, `for`). 기계 학습은 몰라도 됩니다.
#
# | 기호 | 코드 | 모양 | 뜻 |
# |---|---|---|---|
# | $R_t$ | `reward` | 숫자 | $t = 1, 2, \dots$번째 스텝에 환경이 주는 보상. 여기서는 언제나 +1 |
# | $G_e$ | `score` | 숫자 | 에피소드 $e$의 보상을 모두 더한 점수 |
# | $G_1, \dots, G_E$ | `scores` | `[E]` | 지금까지 치른 에피소드 $E$개의 점수 |
# | $\bar G$ | `my_mean_of_last_ten(scores)` | 숫자 | 최근 점수 열 개의 평균 |

# %%
import tempfile

import gymnasium
import matplotlib.pyplot as plt
import numpy as np

from dqn_keras import CartPole, DQNAgent, checks, evaluate, mean_of_last_above, plot_scores
from dqn_keras import record, train, use_one_thread
from dqn_keras.classroom import drawings
from dqn_keras.classroom.films import film

plt.style.use("dqn_keras.classroom.lesson")
use_one_thread()  # faster for networks as small as ours, and the numbers stay the same

# %% [markdown] lang="en"
# This course rebuilds a Korean lecture on deep reinforcement learning (Jeiyoon Park, 2020). *The
# lecture* and *the lecture's code* always mean that one; you do not need it, because each lesson
# tells what it says. Four other texts on the same algorithm come in now and then. The five are
# called documents 000 to 004, and the lecture is document 002.
#
# ## Agent and environment
#
# A cart carries a pole on a hinge. Fifty times a second somebody has to decide: push the cart to
# the left, or to the right? Nobody tells the program how. It tries, it is paid +1 for every step
# that it lasts, and has to find out by itself what pays. That is **reinforcement learning**, and it
# has two players:

# %% [markdown] lang="ko"
# 이 과정은 한국어 심층 강화학습 강의(Jeiyoon Park, 2020)를 다시 만든 것입니다. 앞으로 *강의*나 *강의 코드*라고 하면
# 이 강의를 가리킵니다. 강의에서 말하는 내용은 여기서 모두 설명하므로 따로 구해 볼 필요는 없습니다. 같은 알고리즘을
# 가르치는 글 네 편도 이따금 나옵니다. 이 다섯을 문서 000~004라고 부르며, 강의는 그중 문서 002입니다.
#
# ## 에이전트와 환경
#
# 카트 위에 막대(폴)가 경첩으로 달려 있습니다. 1초에 50번, 누군가 결정해야 합니다. 카트를 왼쪽으로 밀까요, 오른쪽으로
# 밀까요? 방법은 아무도 가르쳐 주지 않습니다. 프로그램은 이리저리 해 보면서 한 스텝을 버틸 때마다 +1을 받고, 무엇이
# 좋은 행동인지 스스로 알아내야 합니다. 이것이 **강화학습**입니다. 강화학습에는 등장인물이 둘 있습니다.

# %%
drawings.agent_and_environment()

# %% [markdown] lang="en"
# - The **environment** is the world: cart, pole and physics. It shows the agent four numbers, the
#   **state**.
# - The **agent** decides. It looks at the state and chooses an **action**: 0 (left) or 1 (right).
#   The environment answers with the next state and a **reward**, here +1. That is one **step**. (In
#   the drawing, time $t$ is counted from 0: action $a_t$ brings reward $r_{t+1}$, so the first is $r_1$.)
# - An **episode** is one attempt, from upright to the end. It ends when the pole leans more than
#   12 degrees, when the cart leaves its track, or after 500 steps. Its **score** is the sum of its
#   rewards, $G = \sum_t R_t$; so here it is the number of steps, 500 at best.
#
# Our agent is a **DQN**, a Deep Q-Network: a small **neural network** that predicts for each action
# how much reward is still to come. A neural network is a function with many adjustable numbers in
# it, its **weights** (here 770); learning means adjusting them. You will build all of it by hand in
# lessons 03 to 09. Today we only use it.
#
# `DQNAgent` is a *class*, a blueprint; `agent` is an *object* built from it, with the lecture's
# settings. The **seed** fixes the random numbers, so that a run can be repeated. `np` is NumPy,
# Python's library for arrays of numbers.

# %% [markdown] lang="ko"
# - **환경**은 세상입니다. 카트와 폴과 물리 법칙이죠. 환경은 숫자 네 개로 된 **상태**를 보여 줍니다.
# - **에이전트**는 결정합니다. 상태를 보고 **행동**을 고릅니다. 0은 왼쪽, 1은 오른쪽입니다. 그러면 환경은 다음 상태와
#   **보상**(여기서는 +1)으로 답합니다. 여기까지가 한 **스텝**입니다. (그림에서 시각 $t$는 0부터 셉니다. 행동 $a_t$가
#   보상 $r_{t+1}$을 가져오므로 첫 보상은 $r_1$입니다.)
# - **에피소드**는 폴을 세운 순간부터 끝날 때까지의 한 판입니다. 폴이 12도 넘게 기울거나, 카트가 레일을 벗어나거나,
#   500스텝이 지나면 끝납니다. **점수**는 보상의 합 $G = \sum_t R_t$입니다. 여기서는 버틴 스텝 수와 같고, 최고점은
#   500입니다.
#
# 우리의 에이전트는 **DQN**(Deep Q-Network)입니다. 앞으로 받을 보상이 얼마나 될지를 행동마다 예측하는 작은
# **신경망**입니다. 신경망은 조절할 수 있는 숫자, 곧 **가중치**가 많이(여기서는 770개) 들어 있는 함수이고, 그 숫자를
# 조금씩 고쳐 가는 것이 학습입니다. 03~09강에서 전부 손으로 만들어 볼 것이고, 오늘은 쓰기만 합니다.
#
# `DQNAgent`는 설계도인 *클래스*이고, `agent`는 그 설계도로 만든 *객체*입니다. 설정값은 강의와 같습니다.
# **시드**(seed)는 주사위를 고정해서 같은 실행을 되풀이할 수 있게 해 줍니다. `np`는 숫자 배열을 다루는 파이썬
# 라이브러리 NumPy입니다.

# %%
my_seed = 0
environment = CartPole(seed=my_seed)
agent = DQNAgent(state_size=4, action_size=2, seed=my_seed)

print("state:", np.round(environment.reset(seed=my_seed), 3))
print("actions:", environment.action_size, " longest episode:", environment.max_steps)
print("weights:", agent.model.count_params())

# %% [markdown] lang="en"
# ## Before learning
#
# Let the beginner play. `record` films one episode. The film runs five times slower than real time,
# and it is still short.

# %% [markdown] lang="ko"
# ## 배우기 전
#
# 아직 아무것도 배우지 않은 에이전트에게 한 판 시켜 봅시다. `record`는 한 에피소드를 촬영합니다. 영상은 실제보다 다섯 배
# 느리게 재생되는데도 금방 끝납니다.

# %%
camera = gymnasium.make("CartPole-v1", render_mode="rgb_array")
film(record(agent, camera))

# %% [markdown] lang="en"
# A film shows one episode. `evaluate` plays a hundred, each from another start, without learning.

# %% [markdown] lang="ko"
# 영상은 한 판뿐입니다. `evaluate`는 시작 상태를 바꿔 가며 100판을 합니다. 이때는 배우지 않습니다.

# %%
beginner_scores = evaluate(agent, environment, episodes=100)
print(f"beginner: mean score {beginner_scores.mean():.1f}")

# %% [markdown] lang="en"
# A mean of about {{beginner_scores.mean():.0f|30%}} steps is not even half a second.
#
# ## Training
#
# Now it may play up to 300 episodes. During the first 1000 steps it only collects experience; from
# then on it learns in every step. Training stops as soon as the mean of the last ten scores is above
# 490: that is the lecture's rule, and `mean_of_last_above(490)` is our version of it.

# %% [markdown] lang="ko"
# 평균 {{beginner_scores.mean():.0f|30%}}스텝 정도면 0.5초도 안 됩니다.
#
# ## 학습
#
# 이제 최대 300판을 합니다. 처음 1000스텝 동안은 경험만 모으고, 그 뒤로는 매 스텝 배웁니다. 최근 점수 열 개의 평균이
# 490을 넘으면 바로 멈춥니다. 이것이 강의의 종료 조건이며, `mean_of_last_above(490)`은 같은 조건을 우리가 다시
# 작성한 함수입니다.

# %%
history = train(
    agent, environment, episodes=300, stop=mean_of_last_above(490), progress=False
)
print(f"{history.episodes} episodes, {history.steps} steps, {history.seconds:.0f} seconds")
print(f"ended by: {history.ended_by}")
plot_scores(history.scores)
plt.show()

# %% [markdown] lang="en"
# Grey is the score of each episode, the line is the mean of the last ten. At first the agent acts at
# random, to collect experience; little by little it follows what it has learned. The scores rise,
# but not smoothly: good and bad episodes stand side by side, and a run may lose what it had learned
# and find it again. This is one run. Another seed draws another curve.
#
# (If your run says `ended by: episodes`, all 300 were played and the mean of ten never rose
# above 490. That happens. Change `my_seed` above and run the cells again.)
#
# ## After learning
#
# The same agent, filmed again, now at real speed:

# %% [markdown] lang="ko"
# 회색은 각 에피소드의 점수, 선은 최근 점수 열 개의 평균입니다. 처음에는 경험을 모으려고 무작위로 행동하다가, 배운
# 대로 행동하는 비율을 조금씩 늘려 갑니다. 점수는 오르지만 매끄럽게 오르지는 않습니다. 좋은 판과 나쁜 판이 번갈아
# 나오고, 배운 것을 잃었다가 되찾기도 합니다. 게다가 이 그래프는 한 번 실행한 결과일 뿐이어서, 시드를 바꾸면 다른
# 곡선이 나옵니다.
#
# (`ended by: episodes`가 나왔다면 평균이 490을 한 번도 넘지 못한 채 300판이 끝났다는 뜻입니다. 그럴 수 있습니다.
# 위의 `my_seed`를 다른 수로 바꾸고 다시 실행해 보세요.)
#
# ## 배운 뒤
#
# 같은 에이전트를 다시 촬영했습니다. 이번에는 실제 속도입니다.

# %%
film(record(agent, camera), every=5)

# %% [markdown] lang="en"
# ## When is it good enough? By hand
#
# The rule again: *stop when the mean of the last ten scores is above 490.* With $E$ scores so far,
#
# $$\bar G = \frac{1}{10} \sum_{e=E-9}^{E} G_e > 490, \qquad E \ge 10 .$$
#
# Take a pencil. After twelve episodes the scores are
#
# | episode | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 |
# |---|---|---|---|---|---|---|---|---|---|---|---|---|
# | score | 20 | 60 | 500 | 500 | 500 | 500 | 500 | 500 | 500 | 500 | 500 | 390 |
#
# Which ten count, what is their mean, and does training stop?

# %% [markdown] lang="ko"
# ## 언제 멈출까? 손으로 계산하기
#
# 규칙을 다시 봅시다. *최근 점수 열 개의 평균이 490보다 크면 멈춘다.* 지금까지의 점수가 $E$개라면
#
# $$\bar G = \frac{1}{10} \sum_{e=E-9}^{E} G_e > 490, \qquad E \ge 10 .$$
#
# 연필을 들어 봅시다. 열두 판을 마친 뒤의 점수가 다음과 같습니다.
#
# | 에피소드 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 |
# |---|---|---|---|---|---|---|---|---|---|---|---|---|
# | 점수 | 20 | 60 | 500 | 500 | 500 | 500 | 500 | 500 | 500 | 500 | 500 | 390 |
#
# 어느 열 개를 세어야 하고, 평균은 얼마이고, 학습은 멈출까요?

# %%
twelve = [20.0, 60.0] + [500.0] * 9 + [390.0]
by_hand = (9 * 500 + 390) / 10
print("mean of the last ten:", by_hand, " stop:", by_hand > 490)

# %% [markdown] lang="en"
# Episodes 3 to 12 count, their mean is {{by_hand:.0f}}, and training goes on. In the lecture's code
# the rule is this line:
#
# ```python
# if np.mean(scores[-min(10, len(scores)):-1]) > 490:
# ```
#
# (`np.mean` is the mean of a list.) Which scores does it pick from the twelve? And from those of an
# agent that has played only two episodes?

# %% [markdown] lang="ko"
# 3번부터 12번까지의 평균이 {{by_hand:.0f}}이므로 학습은 계속됩니다. 강의 코드는 이 규칙을 다음 한 줄로 썼습니다.
#
# ```python
# if np.mean(scores[-min(10, len(scores)):-1]) > 490:
# ```
#
# (`np.mean`은 리스트의 평균입니다.) 이 줄은 열두 점수 가운데 어느 것을 고를까요? 이제 막 두 판을 마친 에이전트라면
# 어떨까요?

# %%
for scores in (twelve, [500.0, 12.0]):
    picked = scores[-min(10, len(scores)):-1]
    print(len(picked), "scores:", picked, "stop:", bool(np.mean(picked) > 490))

# %% [markdown] lang="en"
# Both answers are wrong. A slice `a:-1` ends *before* the last element, so the newest score, the 390,
# is never looked at, and only nine are averaged. And after two episodes one lucky score is enough.
#
# ## Exercise 1 · the mean of the last ten ★☆☆ 5 minutes
#
# Write the mean of the ten newest scores in the list `scores`. While there are fewer than ten (there is
# always at least one), average all of them. Leave the list unchanged; it is still needed. Useful:
# `scores[-10:]` holds the last ten elements, or all of them if there are fewer.

# %% [markdown] lang="ko"
# 둘 다 틀렸습니다. 슬라이스 `a:-1`은 마지막 원소 *앞에서* 끝나므로, 가장 새로운 점수 390은 보지도 않고 아홉 개만
# 평균을 냅니다. 그리고 두 판을 마친 뒤에는 운 좋은 점수 하나만으로 멈춰 버립니다.
#
# ## 연습 1 · 최근 점수 열 개의 평균 ★☆☆ 5분
#
# 리스트 `scores`에서 가장 최근 점수 열 개의 평균을 구하는 함수를 써 보세요. 열 개가 안 될 때는(적어도 하나는 있습니다)
# 있는 것만 평균을 냅니다. 리스트는 계속 써야 하므로 바꾸지 마세요. `scores[-10:]`은 마지막 열 개이고, 열 개가 안 되면
# 있는 것 모두입니다.

# %% exercise="mean_of_last_ten"
def my_mean_of_last_ten(scores):
    ### BEGIN SOLUTION
    return np.mean(scores[-10:])
    ### END SOLUTION

# %% check="mean_of_last_ten" points=2
checks.check_mean_of_last_ten(my_mean_of_last_ten)

# %% [markdown] lang="en"
# ## Exercise 2 · the stop rule ★☆☆ 10 minutes
#
# Return `True` if training should stop, else `False`. It should stop once there are at least ten
# scores *and* the mean of the ten newest is above 490 (490 itself is not above, 490.3 is). You may
# call your `my_mean_of_last_ten`.

# %% [markdown] lang="ko"
# ## 연습 2 · 종료 조건 ★☆☆ 10분
#
# 학습을 멈춰야 하면 `True`를, 아니면 `False`를 반환하세요. 점수가 열 개 이상이고, *또한* 최근 열 개의 평균이 490보다
# 클 때 멈춥니다(정확히 490이면 아직 아니고, 490.3이면 멈춥니다). `my_mean_of_last_ten`을 불러 써도 됩니다.

# %% exercise="should_stop"
def my_should_stop(scores):
    ### BEGIN SOLUTION
    return len(scores) >= 10 and my_mean_of_last_ten(scores) > 490
    ### END SOLUTION

# %% check="should_stop" points=2
checks.check_should_stop(my_should_stop)

# %% [markdown] lang="en"
# ## What changed: `train`, opened
#
# There is no magic in `train`. It is a loop: play an episode (and learn in it), keep the score, ask
# the rule. Here is that loop with *your* rule, and with the same seeds as above:

# %% [markdown] lang="ko"
# ## 무엇이 달라졌나: `train` 열어 보기
#
# `train`에 마법은 없습니다. 한 판을 하고(하면서 배우고), 점수를 적고, 멈출지 묻는 반복문입니다. *여러분의* 종료
# 조건으로, 위와 같은 시드로 직접 돌려 봅시다.

# %%
agent.reset(my_seed)  # a beginner again
environment.reset(my_seed)
scores = []
for episode in range(300):
    scores.append(float(agent.run_episode(environment)))
    if my_should_stop(scores):
        break
print(f"{len(scores)} episodes; the same scores as train's: {scores == history.scores}")

# %% [markdown] lang="en"
# Every score is the same as before: same seed, same run, to the last digit. (On the same machine. Two
# processors may round differently, and learning turns tiny differences into big ones.)
#
# ## Save and load
#
# What an agent has learned is in its weights. Save them, load them into a fresh agent, and the two
# play alike. (We use a temporary folder, so that no file is left behind.)

# %% [markdown] lang="ko"
# 모든 점수가 앞과 같습니다. 시드가 같으면 마지막 자릿수까지 같은 실행이 됩니다. (같은 컴퓨터에서 그렇습니다. 프로세서가
# 다르면 반올림이 조금 다를 수 있고, 학습은 아주 작은 차이도 크게 키웁니다.)
#
# ## 저장하고 불러오기
#
# 에이전트가 배운 것은 가중치에 들어 있습니다. 가중치를 저장해서 새 에이전트에 불러오면 둘은 똑같이 행동합니다. (파일을
# 남기지 않으려고 임시 폴더를 씁니다.)

# %%
newcomer = DQNAgent(state_size=4, action_size=2, seed=99)  # has learned nothing
print(f"trained  {evaluate(agent, environment).mean():.1f}")
print(f"newcomer {evaluate(newcomer, environment).mean():.1f}")
with tempfile.TemporaryDirectory() as folder:
    path = agent.save_weights(f"{folder}/cartpole_dqn.safetensors")
    newcomer.load_weights(path)
    print(f"newcomer {evaluate(newcomer, environment).mean():.1f} after loading {path.name}")

# %% [markdown] lang="en"
# The lecture's code saves only at the moment its rule is met, and as `cartpole_dqn.h5`. Keras 3, the
# library of our networks, refuses that name. Run today, the code would stop at that very line with an
# error, and everything learned would be lost:

# %% [markdown] lang="ko"
# 강의 코드는 종료 조건을 채운 순간에만, `cartpole_dqn.h5`라는 이름으로 저장합니다. 그런데 우리가 신경망에 쓰는
# 라이브러리 Keras 3은 이 이름을 받지 않습니다. 지금 이 코드를 프로그램으로 돌리면 바로 그 줄에서 오류가 나며
# 끝나고, 배운 것이 모두 사라집니다.

# %%
try:
    agent.model.save_weights("cartpole_dqn.h5")
except ValueError as error:
    print(str(error)[:75], "…")

# %% [markdown] lang="en"
# ## Measured: the training score and the evaluation
#
# The rule looks at ten scores *of training*. The agent learns in every step, so each of those episodes
# was played by slightly different networks; and now and then it still acted at random, to explore.
# `evaluate` asks something else: how long does the finished network last, without learning, without
# random actions, from a hundred new starts? One run proves little, so we take five seeds.

# %% [markdown] lang="ko"
# ## 재어 보기: 학습 점수와 평가 점수
#
# 종료 조건이 보는 것은 *학습 중의* 점수 열 개입니다. 매 스텝 배우기 때문에 그 열 판은 조금씩 다른 신경망이 한
# 것이고, 탐험하느라 가끔은 무작위로 행동했습니다. `evaluate`는 다른 것을 묻습니다. 학습을 마친 신경망이, 더 배우지
# 않고, 무작위 행동 없이, 새로운 시작 상태 100개에서 얼마나 버틸까요? 한 번 실행해서는 알 수 있는 것이 적으므로 시드
# 다섯 개로 해 봅시다.

# %%
training_means, evaluation_means, curves = [], [], []
for seed in range(1, 6):
    agent.reset(seed)
    environment.reset(seed)
    run = train(agent, environment, 300, stop=my_should_stop, progress=False)
    curves.append([my_mean_of_last_ten(run.scores[:e]) for e in range(1, run.episodes + 1)])
    training_means.append(curves[-1][-1])
    evaluation_means.append(evaluate(agent, environment).mean())
    print(
        f"seed {seed}: {run.episodes} episodes, last ten of training "
        f"{training_means[-1]:.0f}, evaluation {evaluation_means[-1]:.0f}"
    )

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
for seed, curve in enumerate(curves, start=1):
    left.plot(range(1, len(curve) + 1), curve, label=f"seed {seed}")
left.set(xlabel="episode", ylabel="mean of last ten scores")
left.legend()
right.bar(np.arange(1, 6) - 0.2, training_means, width=0.4, label="training, last ten")
right.bar(np.arange(1, 6) + 0.2, evaluation_means, width=0.4, label="evaluation")
right.set(xlabel="seed", ylabel="mean score", ylim=(0, 680))
right.legend(loc="upper center", ncols=2)
plt.show()

below = sum(mean < 475 for mean in evaluation_means)
print(f"evaluated below 475, CartPole-v1's limit for success: {below} of 5 runs")

# %% [markdown] lang="en"
# On the left, the five runs: the same program with different random numbers. On the right, the two
# scores of each run side by side. Where the evaluation is lower, ten good episodes in training promised
# too much: the last network does not balance the pole from every start. Where it is higher, the last
# network is better than those just before it, or gains by acting without random actions. Training score
# and evaluation answer different questions. This course therefore reports evaluations, over several
# seeds.
#
# ## Review
#
# <details><summary>What is reinforcement learning?</summary>
#
# Learning by trial and error: an agent acts in an environment and changes its behaviour so that the
# sum of its rewards grows. Nobody shows it the right action.
# </details>
#
# <details><summary>What is an agent?</summary>
#
# The one who observes, decides and learns. Here: the object made from `DQNAgent`.
# </details>
#
# <details><summary>What is an environment?</summary>
#
# Everything that is not the agent. It takes the action and answers with the next state and a reward.
# Here: cart, pole and physics.
# </details>
#
# <details><summary>What is a reward?</summary>
#
# The number the environment pays for a step. It says what we want (a standing pole), not how to
# achieve it. Here: +1 in every step.
# </details>
#
# <details><summary>What is a class, and what do we need it for?</summary>
#
# A blueprint for objects that share the same methods while each carries data of its own. From
# `DQNAgent` we made two agents, `agent` and `newcomer`, each with its own weights.
# </details>
#
# **Summary** An agent acted, was rewarded and learned, in one line of code; that line is a loop over
# episodes. A stop rule must look at the newest score and must wait for enough of them. A training score
# is not an evaluation, and one run is only one run. **Next** lesson 01: what exactly is in those four
# numbers, and how long does a player last who learns nothing at all?

# %% [markdown] lang="ko"
# 왼쪽은 다섯 번 실행한 결과입니다. 프로그램은 같고 주사위만 다릅니다. 오른쪽에는 실행마다 두 점수를 나란히
# 놓았습니다. 평가 점수가 더 낮다면 학습 중에 잘 나온 점수 열 개를 너무 믿은 셈입니다. 마지막 신경망은 시작 상태에
# 따라 폴을 세우지 못하기도 합니다. 평가 점수가 더 높다면 마지막 신경망이 바로 앞의 신경망들보다 낫거나, 무작위
# 행동이 없어져 더 잘 버틴 것입니다. 학습 점수와 평가 점수는 서로 다른 질문에 대한 답입니다. 그래서 이 과정에서는
# 여러 시드의 평가 점수를 보여 드립니다.
#
# ## 진단 평가
#
# <details><summary>강화학습이란?</summary>
#
# 시행착오를 거쳐 배우는 방법입니다. 에이전트가 환경에서 행동하고, 받는 보상의 합이 커지도록 자신의 행동을 바꿔
# 갑니다. 정답 행동을 보여 주는 사람은 없습니다.
# </details>
#
# <details><summary>에이전트란?</summary>
#
# 관측하고 결정하고 배우는 쪽입니다. 여기서는 `DQNAgent`로 만든 객체입니다.
# </details>
#
# <details><summary>환경이란?</summary>
#
# 에이전트를 뺀 나머지 전부입니다. 행동을 받아 다음 상태와 보상으로 답합니다. 여기서는 카트와 폴과 물리 법칙입니다.
# </details>
#
# <details><summary>보상이란?</summary>
#
# 한 스텝마다 환경이 주는 숫자입니다. 우리가 무엇을 원하는지(서 있는 폴)를 알려 줄 뿐, 어떻게 하면 되는지는 알려
# 주지 않습니다. 여기서는 스텝마다 +1입니다.
# </details>
#
# <details><summary>클래스란? 필요한 이유는?</summary>
#
# 같은 메서드를 쓰면서 데이터는 저마다 따로 지니는 객체를 만드는 설계도입니다. 여기서는 `DQNAgent`로 `agent`와
# `newcomer` 두 에이전트를 만들었고, 둘의 가중치는 서로 다릅니다.
# </details>
#
# **정리** 코드 한 줄로 에이전트가 행동하고, 보상을 받고, 배웠습니다. 그 한 줄을 열어 보면 에피소드를 거듭하는
# 반복문입니다. 종료 조건은 가장 새로운 점수를 봐야 하고, 점수가 충분히 모일 때까지 기다려야 합니다. 학습 점수와
# 평가 점수는 다르며, 한 번 실행한 결과만으로는 판단할 수 없습니다. **다음 시간** 01강: 그 숫자 네 개에는 무엇이
# 들어 있을까요? 그리고 아무것도 배우지 않으면 얼마나 버틸까요?
