// Does with the playground's JavaScript what test_playground.py and test_explorables.py ask for:
// JSON in, JSON out.
import fs from "node:fs";
import { doubleBellmanTarget, bellmanTarget } from "../playground/js/bellman.js";
import { CartPole, hasFallen, transition } from "../playground/js/cartpole.js";
import { DQNAgent, evaluate, meanOfLastAbove } from "../playground/js/dqn.js";
import { exponentialEpsilon } from "../playground/js/exploration.js";
import { History } from "../playground/js/history.js";
import { RandomStream } from "../playground/js/random.js";
import { ReplayMemory } from "../playground/js/replay_memory.js";
import { loadWeights, saveWeights } from "../playground/js/safetensors.js";
import { Player as Gambler } from "../playground/js/explorables/bandit.js";
import { QLearner, transition as step } from "../playground/js/explorables/grid_world.js";
import { neighbours, Player, resized } from "../playground/js/explorables/ring_buffer.js";
import { played } from "../playground/still.mjs";

const flat = (values) => Array.from(values);
const setWeights = (network, weights) => network.trainableWeights.forEach((w, i) => w.set(weights[i]));

const tasks = {
  cartpole({ states, actions }) {
    return states.map((state, i) => {
      const path = [];
      for (const action of actions[i]) {
        state = transition(state, action);
        path.push([...state, Number(hasFallen(state))]);
      }
      return path;
    });
  },
  predict({ weights, states }) {
    const agent = new DQNAgent(4, 2);
    setWeights(agent.model, weights);
    return states.map((state) => flat(agent.model.predict(Float32Array.from(state))));
  },
  // Updates by the agent itself, each with a batch given.
  updates({ weights, target, batches, settings }) {
    const agent = new DQNAgent(4, 2, settings);
    setWeights(agent.model, weights);
    setWeights(agent.targetModel, target);
    return batches.map((batch) => {
      const memory = new ReplayMemory(batch.actions.length, 4);
      batch.actions.forEach((action, i) => {
        memory.append(batch.states[i], action, batch.rewards[i], batch.next_states[i], batch.terminated[i]);
      });
      const { loss, targets } = agent.trainModel(memory.take(batch.actions.map((_, i) => i)));
      return {
        loss,
        targets: flat(targets),
        gradients: agent.gradient.arrays.map(flat),
        weights: agent.model.trainableWeights.map(flat),
        epsilon: agent.epsilon,
      };
    });
  },
  epsilon: ({ settings, counts }) =>
    counts.map((count) => exponentialEpsilon(settings[0], settings[1], settings[2], count)),
  targets: ({ rewards, next, nextTarget, terminated, discount }) => ({
    dqn: flat(bellmanTarget(rewards, nextTarget, terminated, discount)),
    double: flat(doubleBellmanTarget(rewards, next, nextTarget, terminated, discount)),
  }),
  history({ scores }) {
    const history = new History();
    for (const score of scores) history.append({ score, epsilon: 1, loss: null });
    return { ...history, mean: history.mean };
  },
  // Rewards and falls as an agent stores them, and what is left in its ring.
  memory({ capacity, steps, fallReward }) {
    const agent = new DQNAgent(4, 2, { memorySize: capacity, fallReward });
    for (const [state, action, reward, next, terminated] of steps) {
      agent.appendSample(state, action, reward, next, terminated);
    }
    const { memory } = agent;
    const names = ["states", "actions", "rewards", "nextStates", "terminated"];
    return { size: memory.size, appended: memory.appended, ...Object.fromEntries(names.map((n) => [n, flat(memory[n])])) };
  },
  drawn({ capacity, stored, draws }) {
    const memory = new ReplayMemory(capacity, 1);
    for (let i = 0; i < stored; i++) memory.append([i], 0, 0, [i], false);
    return memory.sample(draws, new RandomStream(0)).rows;
  },
  initial({ count }) {
    return Array.from({ length: count }, (_, seed) => new DQNAgent(4, 2, {}, seed).model.trainableWeights.map(flat));
  },
  copies({ settings, episodes }) {
    const agent = new DQNAgent(4, 2, settings, 1);
    const environment = new CartPole(new RandomStream(1, "cartpole"));
    const seen = [];
    for (let i = 0; i < episodes; i++) {
      agent.runEpisode(environment);
      seen.push({ copies: agent.copies, steps: agent.memory.appended, updates: agent.trainingSteps });
    }
    return seen;
  },
  stop: ({ lists }) => lists.map((scores) => meanOfLastAbove(scores)),
  save({ seed, path }) {
    const agent = new DQNAgent(4, 2, {}, seed);
    agent.model.layers.forEach((layer) => layer.bias.forEach((_, i) => (layer.bias[i] = i / 7)));
    fs.writeFileSync(path, saveWeights(agent.model));
    return agent.model.trainableWeights.map(flat);
  },
  load({ paths }) {
    return paths.map((path) => {
      const { model } = new DQNAgent(4, 2);
      const before = model.trainableWeights.map(flat);
      try {
        loadWeights(model, new Uint8Array(fs.readFileSync(path)));
        return { weights: model.trainableWeights.map(flat) };
      } catch (error) {
        const same = JSON.stringify(before) === JSON.stringify(model.trainableWeights.map(flat));
        return { refused: error.code ?? String(error), unchanged: same };
      }
    });
  },
  greedy({ path, states, episodes }) {
    const agent = new DQNAgent(4, 2);
    loadWeights(agent.model, new Uint8Array(fs.readFileSync(path)));
    const policy = (state) => agent.greedyAction(state);
    return {
      actions: states.map((state) => policy(Float32Array.from(state))),
      scores: evaluate(policy, new CartPole(new RandomStream(5)), episodes),
    };
  },
};

// Of the explorables.
Object.assign(tasks, {
  call: async ({ module, name, given }) => (await import(`../playground/js/${module}`))[name](...given),
  played: ({ name, language, uses, width }) => played(name, language, uses, width),
  all_played: ({ name, all }) => Promise.all(all.map(([uses, language, width]) => played(name, language, uses, width))),
  ring({ capacity, stored, first, count, other }) {
    const memory = new ReplayMemory(capacity, 1);
    for (let i = 0; i < stored; i++) memory.append([i], i % 2, i, [i + 1], i % 3 === 0);
    const moved = resized(memory, other);
    return {
      drawn: neighbours(memory, first, count).map((row) => memory.states[row]),
      states: flat(moved.states),
      terminated: flat(moved.terminated),
      appended: moved.appended,
      size: moved.size,
    };
  },
  falls({ steady, steps }) {
    const player = new Player(1);
    return Array.from({ length: steps }, () => player.step(steady)[4]).filter(Boolean).length;
  },
});

Object.assign(tasks, {
  bandit: ({ epsilon, pulls, seeds }) =>
    seeds.map((seed) => {
      const player = new Gambler(seed);
      const told = Array.from({ length: pulls }, () => {
        player.play(epsilon);
        return player.last;
      });
      return { told, q: player.qValues, pulls: player.pulls, regret: player.regret };
    }),
  // Where each action leads from each cell.
  grid_moves: ({ pieces }) => pieces.flatMap((_, cell) => [0, 1, 2, 3, 4].map((action) => step(pieces, cell, action))),
  // Q-learning: each transition as it was told, and the Q-values at the end.
  grid({ pieces, settings, steps, seed }) {
    const learner = new QLearner(seed);
    const told = Array.from({ length: steps }, () => {
      learner.step(pieces, settings);
      return learner.last;
    });
    return { told, q: learner.q };
  },
});

const asked = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await tasks[asked.task](asked)));
