#!/usr/bin/env bash
# Every result of the README, again: about an hour on two cores, and then nearly three hours for
# MinAtar's games. Finished seeds are not run again; delete a file in results/ to repeat an
# experiment, or a line of it to repeat a seed.
set -eu
cd "$(dirname "$0")/.."
experiment() { .venv/bin/python -m dqn_keras experiment "$@"; }

# The slides' stop rule; the lecture's agents over 20 seeds.
experiment slides_dqn --first-seed 100
experiment slides_deep_sarsa slides_reinforce_grid slides_reinforce_cartpole slides_a2c --runs 20
experiment slides_a3c --runs 20 --workers 1                  # it has two threads of its own
experiment slides_a3c --runs 20 --workers 1 --set critic_learning_rate=0.005

# The five documents' DQNs on one axis; the book's figure (document 001) is one of them.
experiment slides_dqn velog_dqn book_dqn g6ling_dqn juvin_dqn --episodes 300 --evaluate-every 5000

# What each idea is worth: the slides' DQN with one thing changed.
ablation() { experiment slides_dqn --episodes 300 --evaluate-every 5000 --set "$@"; }
ablation memory_size=1 batch_size=1 train_start=1            # no replay memory
ablation target_update=never                                 # no target network
ablation fall_reward=None                                    # no -100
ablation time_limit_ends=True                                # the lecture's mistake
ablation double=True                                         # Double DQN
ablation target_update=steps target_update_every=200         # synced by steps, not by episodes

# What stays solved.
experiment slides_dqn stable_dqn --first-seed 1000 --steps 100000 --evaluate-every 10000
stable() { experiment stable_dqn --first-seed 1000 --steps 100000 --evaluate-every 10000 --set "$@"; }
stable advantage_learning=0                                  # each of its four changes taken back
stable hidden_units="(24,24)"
stable learning_rate_decay_steps=None
stable batch_size=64
stable advantage_learning=0 batch_size=64 hidden_units="(64,64)" double=True  # what it was before
others() { experiment "$1" --first-seed 1000 --steps 200000 --evaluate-every 20000 "${@:2}"; }
others slides_a2c --set actor_learning_rate=0.0003 learning_rate_decay_steps=100000
others slides_a3c --runs 50 --workers 1 \
  --set critic_learning_rate=0.005 learning_rate_decay_steps=7500
others slides_reinforce_cartpole --runs 50 \
  --set learning_rate_decay_steps=900 hidden_units="(64,64)"
experiment slides_reinforce_grid --first-seed 1000 --runs 50 \
  --set hidden_units="(64,64)" initializer=random_normal

# On pixels. Broken off and started again, it goes on in the middle of a seed.
minatar() { experiment "$@" --checkpoint-dir runs/minatar; }
minatar minatar_dqn --runs 10 --steps 1000000 --evaluate-every 500000
minatar minatar_dqn --runs 10 --steps 1000000 --evaluate-every 500000 \
  --set memory_size=1 batch_size=1 train_start=1             # no replay memory
minatar minatar_dqn --runs 3 --steps 5000000 --evaluate-every 500000
minatar minatar_dqn_asterix --runs 3 --steps 1000000 --evaluate-every 100000
