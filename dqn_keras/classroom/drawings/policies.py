"""Drawings of lessons 13 to 15: policy network, actor and critic, rollouts, workers."""

from matplotlib.patches import Arc

from dqn_keras.classroom.drawings.card import (
    ACCENT,
    ACCENT_FILL,
    FORMULA,
    LINE,
    NAME,
    OTHER,
    OTHER_FILL,
    Card,
    drawn,
    short,
)

Q_VALUES = {"left": 4.2, "right": 5.1}
PROBABILITIES = {"left": 0.3, "right": 0.7}
REWARDS, VALUE_AFTER, GAMMA = (1, 1, 1, 1, 1), 10, 0.5  # of five steps, and of the state after them


@drawn
def q_network_beside_policy_network():
    """A Q-network, whose largest value is taken, beside a policy network, which is drawn from.

    For lesson 13.
    """
    card = Card(7.4, 3.7)
    state = card.box(3.7, 3.3, 1.3, 0.5, r"$\mathbf{state}\ s$")
    card.axes.plot((3.7, 3.7), (0.3, 2.75), color="#D5DAE0", linewidth=1.2)
    for x, name, outputs, kind, accent in (
        (1.95, "Q-network", Q_VALUES, "Q-values", False),
        (5.45, "policy network", PROBABILITIES, "probabilities (sum 1)", True),
    ):
        network = card.box(x, 2.5, 1.9, 0.55, name, accent=accent)
        side = state.left() if x < state.x else state.right()
        card.arrow(side, (x, state.y), network.top())
        card.arrow(network.bottom(), (x, 1.85))
        card.text(x + 0.12, 2.05, kind, ha="left")
        best = max(outputs, key=outputs.get)
        for shift, (action, value) in zip((-0.65, 0.65), outputs.items(), strict=True):
            chosen = accent or action == best
            box = card.box(x + shift, 1.5, 1.15, 0.6, short(value), action, accent=chosen)
            if chosen:
                often = f"{round(10 * value)} times in 10" if accent else "every time"
                card.arrow(box.bottom(), (x + shift, 0.6), colour=ACCENT)
                card.text(x + shift, 0.4, often, NAME, ACCENT)
    card.text(2.5, 0.9, "argmax: the largest", ha="right")
    card.text(5.45, 0.9, "draw by chance")
    return card


@drawn
def actor_and_critic():
    """Actor and critic: both see the state, one advantage makes the losses of both.

    For lesson 14. Blue arrows are the gradients of the two losses.
    """
    card = Card(8.0, 4.4)
    state = card.box(0.7, 2.2, 0.9, 0.65, "state", "$s$", note_size=12)
    actor = card.box(2.4, 3.25, 1.5, 0.7, "actor", "policy", accent=True)
    world = card.box(2.4, 2.2, 1.5, 0.5, "environment")
    critic = card.box(2.4, 1.15, 1.5, 0.7, "critic", "value", accent=True)
    formula = r"$\delta = r + \gamma\,V(s') - V(s)$"
    advantage = card.box(4.85, 2.2, 2.5, 0.75, "advantage", formula, note_size=12)
    loss = r"$-\log\,\pi(a\,|\,s)\;\delta$"
    actors_loss = card.box(6.95, 3.25, 1.6, 0.75, "actor's loss", loss, note_size=12)
    critics_loss = card.box(
        6.95, 1.15, 1.6, 0.75, "critic's loss", r"$\delta^2$", note_size=FORMULA
    )
    for network in (actor, critic):
        card.arrow(state.right(), (1.4, state.y), (1.4, network.y), network.left())
    for start, end, place, label in (
        (actor.bottom(), world.top(), (2.55, 2.67), "$a$"),
        (world.bottom(), critic.top(), (2.58, 1.73), "$s'$"),
        (world.right(), advantage.left(), (3.37, 2.4), "$r$"),
        (actor.right(), actors_loss.left(), (4.65, 3.43), r"$\pi(a\,|\,s)$"),
    ):
        card.arrow(start, end)
        card.text(*place, label, 12)
    card.arrow(critic.right(), (advantage.x, critic.y), advantage.bottom())
    card.text(4.0, 1.33, r"$V(s),\ V(s')$", 12)
    for end in (actors_loss.bottom(), critics_loss.top()):
        card.arrow(advantage.right(), (6.95, advantage.y), end)
    for network, loss, y in ((actor, actors_loss, 4.0), (critic, critics_loss, 0.4)):
        ends = (loss.top(), network.top()) if y > 2 else (loss.bottom(), network.bottom())
        route = ends[0], (loss.x, y), (network.x, y), ends[1]
        card.arrow(*route, colour=ACCENT, linewidth=2)
        card.text(4.65, y, "gradient", NAME, ACCENT, halo=True)
    return card


@drawn
def rollout_returns():
    """The returns of a rollout, added up from the back: five rewards, then the critic's estimate.

    For lesson 15.
    """
    card = Card(7.9, 3.0)
    returns = [float(VALUE_AFTER)]
    for reward in reversed(REWARDS):
        returns.insert(0, reward + GAMMA * returns[0])
    xs = [1.5 + 1.15 * t for t in range(len(REWARDS) + 1)]
    card.text(0.2, 2.2, "rewards", NAME, weight="bold", ha="left")
    card.text(0.2, 1.25, "returns", NAME, weight="bold", ha="left")
    boxes = []
    for t, x in enumerate(xs):
        last = t == len(REWARDS)
        look = {"facecolor": OTHER_FILL, "edgecolor": OTHER} if last else None
        boxes.append(card.box(x, 1.25, 0.7, 0.5, short(returns[t]), accent=not last, look=look))
        card.text(x, 0.83, f"$V(s_{t})$" if last else f"$R_{t}$", FORMULA)
        if last:
            card.text(x, 1.75, "the critic's\nestimate", colour=OTHER)
        else:
            reward = card.box(x, 2.2, 0.7, 0.45, short(REWARDS[t]))
            card.text(x, 2.61, f"$r_{t}$", FORMULA)
            card.arrow(reward.bottom(), boxes[t].top())
            card.text(x + 0.14, 1.77, "+", NAME)
    for later, earlier in zip(boxes[::-1], boxes[-2::-1], strict=False):
        card.arrow(later.left(), earlier.right(), colour=ACCENT, linewidth=2)
        card.text((later.x + earlier.x) / 2, 1.42, f"×{short(GAMMA)}", colour=ACCENT)
    card.text(
        card.width / 2,
        0.36,
        rf"from the back: $R_t = r_t + \gamma\,R_{{t+1}}$, here with $\gamma$ = {short(GAMMA)}",
        FORMULA,
    )
    return card


@drawn
def global_network_and_workers():
    """A3C: workers bring gradients to one global network, in turn, and take its weights along.

    For lesson 15.
    """
    card = Card(7.6, 4.1)
    whole = card.box(
        3.8, 3.45, 7.0, 0.7, "global network", "lock: one worker at a time", accent=True
    )
    _lock(card, 5.0, 3.45)
    for number, x in enumerate((1.4, 3.8, 6.2), start=1):
        look = {"facecolor": "white", "zorder": 1}
        worker = card.box(x, 1.1, 2.2, 1.75, look=look)
        card.text(x, 1.8, f"worker {number}", NAME, weight="bold")
        copy = card.box(x, 1.4, 1.8, 0.4, look={"facecolor": ACCENT_FILL})
        card.text(x, 1.4, "its copy of the network")
        world = card.box(x, 0.5, 1.8, 0.4)
        card.text(x, 0.5, "its environment")
        card.arrow(copy.bottom(-0.4), world.top(-0.4))
        card.text(x - 0.48, 0.95, "action", ha="right")
        card.arrow(world.top(-0.1), copy.bottom(-0.1))
        card.text(x - 0.02, 0.95, "state, reward", ha="left")
        card.arrow(worker.top(-0.2), (x - 0.2, whole.y - 0.35), colour=ACCENT, linewidth=2)
        card.text(x - 0.28, 2.55, "gradients", colour=ACCENT, ha="right")
        card.arrow((x + 0.2, whole.y - 0.35), worker.top(0.2))
        card.text(x + 0.28, 2.55, "weights", ha="left")
    return card


def _lock(card, x, y):
    """A padlock."""
    card.axes.add_patch(
        Arc((x, y + 0.04), 0.16, 0.22, theta1=0, theta2=180, lw=2, color=LINE, zorder=4)
    )
    card.box(x, y - 0.05, 0.26, 0.2, look={"facecolor": LINE, "edgecolor": LINE, "zorder": 4})
