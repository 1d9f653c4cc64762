"""What a trained agent is worth: greedy returns, and a film of it playing."""

import io
from pathlib import Path

import gymnasium
import numpy as np
import tensorflow as tf
from PIL import Image

from dqn_keras.environments import GymnasiumEnvironment
from dqn_keras.machinery.arguments import array, check_sizes, real_number, short_repr, whole_number
from dqn_keras.machinery.compilation import CPU, run_as_graph
from dqn_keras.machinery.files import write_atomically
from dqn_keras.machinery.seeding import stream_seed

MAX_EPISODES = 1_000_000  # side by side; more is a mistake, and may stop the machine


def evaluate(agent, environment, episodes: int = 100, seed: int = 0) -> np.ndarray:
    """Plays greedily, without exploring and without learning.

    An in-graph environment plays all episodes side by side and is left as it was. A Gymnasium one
    plays them one after the other and is seeded anew: give it one that no training run uses.

    Args:
        agent: A trained agent.
        environment: In-graph, or a `GymnasiumEnvironment`.
        episodes: How many to play.
        seed: Fixes the episodes' beginnings.

    Returns:
        [episodes] float32, the return of each.

    Raises:
        FloatingPointError: A return is larger than a float32 holds.
    """
    whole_number("episodes", episodes, maximum=MAX_EPISODES)
    whole_number("seed", seed, minimum=0)
    check_sizes(agent, environment)
    with tf.device(CPU):
        if environment.compilable:
            rng = tf.random.Generator.from_seed(stream_seed(seed, "evaluation"))
            states = environment.initial_states(episodes, rng)
            returns = run_as_graph(
                _play_side_by_side, agent, environment, inputs=[states], compiled=True
            ).numpy()
        else:
            environment.reset(seed)
            with environment.original_errors():
                returns = np.array(
                    [run_as_graph(_play_one, agent, environment).numpy() for _ in range(episodes)]
                )
    if not np.isfinite(returns).all():
        bad = returns[~np.isfinite(returns)][0]
        raise FloatingPointError(f"{environment.name}: an episode's rewards add up to {bad}")
    return returns


def _play_side_by_side(agent, environment, states) -> tf.Tensor:
    returns = tf.zeros([tf.shape(states)[0]])
    playing = tf.ones_like(returns, tf.bool)
    step = tf.constant(0)
    while step < environment.max_steps and tf.reduce_any(playing):
        actions = agent.greedy_actions(environment.observe(states))
        states, rewards, terminated = environment.transition(states, actions)
        returns += tf.where(playing, rewards, 0.0)
        playing &= ~terminated
        step += 1
    return returns


def _play_one(agent, environment) -> tf.Tensor:
    state = environment.reset()
    score = tf.constant(0.0)
    done = tf.constant(False)
    while not done:
        action = agent.greedy_actions(state[None])[0]
        state, reward, terminated, truncated = environment.step(action)
        score += reward
        done = terminated or truncated
    return score


def record(agent, env: gymnasium.Env, seed: int = 0) -> np.ndarray:
    """Films one greedy episode on a Gymnasium environment; no display is needed.

    Args:
        agent: A trained agent.
        env: Made with `render_mode="rgb_array"`.
        seed: Fixes the episode's beginning.

    Returns:
        [T + 1, height, width, 3] uint8, one frame for each state.
    """
    check_sizes(agent, GymnasiumEnvironment(env))
    if env.render_mode != "rgb_array":
        raise ValueError(f"env must have render_mode 'rgb_array', this one has {env.render_mode!r}")
    state, _ = env.reset(seed=stream_seed(seed, "gymnasium"))
    frames = [env.render()]
    done = False
    while not done:
        action = agent.greedy_actions(np.asarray(state, np.float32)[None])[0]
        state, _, terminated, truncated, _ = env.step(int(action) + int(env.action_space.start))
        frames.append(env.render())
        done = terminated or truncated
    return np.stack(frames)


def save_gif(frames, path, fps: float = 25, every: int = 2) -> Path:
    """Saves frames as an animated GIF, whole or not at all.

    Args:
        frames: [T, height, width, 3] uint8.
        path: The file to write.
        fps: Frames shown in a second; a GIF counts in hundredths of a second.
        every: Keeps every second frame (or third, …); with 25 fps CartPole's 50 steps a second
            run in real time.

    Returns:
        The path written.

    Raises:
        OSError: The file cannot be written.
    """
    real_number("fps", fps, 0.1, 100)
    whole_number("every", every)
    if array("frames", frames, dtype=None).size == 0:
        raise ValueError(f"frames must hold at least one picture, got none: {short_repr(frames)}")
    frames = array("frames", frames, ["T", "height", "width", 3], np.uint8)
    images = [Image.fromarray(frame) for frame in frames[::every]]
    buffer = io.BytesIO()
    images[0].save(
        buffer,
        format="GIF",
        save_all=True,
        append_images=images[1:],
        duration=round(1000 / fps),
        loop=0,
        optimize=True,
    )
    return write_atomically(path, buffer.getvalue())
