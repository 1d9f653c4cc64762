// @ts-check
// The lecture's DQNAgent, as in dqn_keras/agents/dqn.py; Double DQN and other ways of copying the
// target network are those of dqn_variants.py.
import { argmax, bellmanTarget, doubleBellmanTarget } from "./bellman.js";
import { epsilonGreedy, exponentialEpsilon } from "./exploration.js";
import { Adam, Gradient, QNetwork } from "./network.js";
import { RandomStream } from "./random.js";
import { ReplayMemory } from "./replay_memory.js";

/** The lecture's settings. */
export const SETTINGS = {
  hiddenUnits: [24, 24],
  learningRate: 0.001, // Adam's
  discountFactor: 0.99, // how much the next step's value counts
  epsilon: 1.0, // the share of random actions at the start
  epsilonDecay: 0.999, // what epsilon is multiplied by in each update
  epsilonMin: 0.01, // epsilon's floor
  batchSize: 64, // B, transitions learned from in each update
  trainStart: 1000, // learning starts once the memory holds this many transitions
  memorySize: 2000, // how many transitions the memory keeps
  /** @type {number | null} */
  fallReward: -100, // replaces the reward that comes with `terminated`
  /** @type {"episodes" | "steps" | "never"} */
  targetUpdate: "episodes", // never: the model makes its own targets
  targetUpdateEvery: 1, // how many of them between two copies
  double: false, // the model chooses the next action, the target network values it
};

/** @typedef {typeof SETTINGS} Settings */

/** The mean of the last 10 scores is above 490: the lecture's stop rule. */
export function meanOfLastAbove(scores, limit = 490, episodes = 10) {
  if (scores.length < episodes) return false;
  const last = scores.slice(-episodes);
  return last.reduce((sum, score) => sum + score, 0) / episodes > limit;
}

export class DQNAgent {
  /**
   * @param {number} stateSize
   * @param {number} actionSize
   * @param {Partial<Settings>} settings
   * @param {number} seed
   */
  constructor(stateSize, actionSize, settings = {}, seed = 0) {
    this.stateSize = stateSize;
    this.actionSize = actionSize;
    /** @type {Settings} */
    this.settings = { ...SETTINGS, ...settings };
    const { hiddenUnits, memorySize, learningRate } = this.settings;
    const sizes = [stateSize, ...hiddenUnits, actionSize];
    this.memory = new ReplayMemory(memorySize, stateSize);
    this.model = new QNetwork(sizes, new RandomStream(seed, "weights"));
    this.targetModel = new QNetwork(sizes, new RandomStream(seed, "weights"));
    this.optimizer = new Adam(learningRate, this.model);
    this.gradient = new Gradient(this.model);
    this.rng = new RandomStream(seed, "agent");
    this.trainingSteps = 0; // calls of trainModel
    this.episodeCount = 0;
    this.copies = 0; // of the target network
    this.loss = NaN; // of the last update
    this.updateTargetModel();
  }

  /** Copies the model's weights into the target network. */
  updateTargetModel() {
    this.targetModel.setWeights(this.model);
    this.copies = (this.copies ?? 0) + 1;
  }

  /** The share of random actions now, a function of `trainingSteps`. */
  get epsilon() {
    const { epsilon, epsilonDecay, epsilonMin } = this.settings;
    return exponentialEpsilon(epsilon, epsilonDecay, epsilonMin, this.trainingSteps);
  }

  /** Chooses the action in a state epsilon-greedily. */
  getAction(state) {
    return epsilonGreedy(this.model.predict(state), this.epsilon, this.rng);
  }

  /** The best action it knows, without exploration. */
  greedyAction(state) {
    return argmax(this.model.predict(state));
  }

  /** Stores <s, a, r, s', terminated>, with -100 for a fall. */
  appendSample(state, action, reward, nextState, terminated) {
    const { fallReward } = this.settings;
    const shaped = terminated && fallReward !== null ? fallReward : reward;
    this.memory.append(state, action, shaped, nextState, terminated);
  }

  /** One gradient step on a mini-batch drawn from the memory; returns what it did. */
  trainModel(batch = this.memory.sample(this.settings.batchSize, this.rng)) {
    this.trainingSteps += 1; // epsilon falls with it
    const { targets, nextQValues } = this.targetsOf(batch);
    this.loss = this.gradient.compute(this.model, batch.states, batch.actions, targets);
    this.optimizer.learningRate = this.settings.learningRate;
    this.optimizer.apply(this.gradient.arrays, this.model.trainableWeights);
    return { batch, targets, nextQValues, loss: this.loss };
  }

  /** The Bellman targets of a mini-batch: [B]. */
  targetsOf({ rewards, nextStates, terminated }) {
    const { targetUpdate, double, discountFactor } = this.settings;
    const rows = rewards.length;
    const targetModel = targetUpdate === "never" ? this.model : this.targetModel;
    const nextQValues = targetModel.predict(nextStates, rows).slice();
    if (!double) {
      const targets = bellmanTarget(rewards, nextQValues, terminated, discountFactor);
      return { targets, nextQValues };
    }
    const online = this.model.predict(nextStates, rows).slice();
    const targets = doubleBellmanTarget(rewards, online, nextQValues, terminated, discountFactor);
    return { targets, nextQValues };
  }

  /** After a step: learns if it is time to, and copies the target network if steps count. */
  afterStep() {
    const { trainStart, targetUpdate, targetUpdateEvery } = this.settings;
    const update = this.memory.size >= trainStart ? this.trainModel() : null;
    if (targetUpdate === "steps" && this.memory.appended % targetUpdateEvery === 0) {
      this.updateTargetModel();
    }
    return update;
  }

  /** After an episode: copies the target network if episodes count. */
  afterEpisode() {
    this.episodeCount += 1;
    const { targetUpdate, targetUpdateEvery } = this.settings;
    if (targetUpdate === "episodes" && this.episodeCount % targetUpdateEvery === 0) {
      this.updateTargetModel();
    }
  }

  /**
   * Plays one episode and learns in every step.
   * @param {import("./cartpole.js").CartPole} environment
   * @returns {number} The score.
   */
  runEpisode(environment) {
    let state = environment.reset();
    let score = 0;
    let done = false;
    while (!done) {
      const { action } = this.getAction(state);
      const { nextState, reward, terminated, truncated } = environment.step(action);
      this.appendSample(state, action, reward, nextState, terminated);
      this.afterStep();
      score += reward;
      state = nextState;
      done = terminated || truncated;
    }
    this.afterEpisode();
    return score;
  }
}

/** The scores of episodes played by a policy, a function of the state, that does not learn. */
export function evaluate(policy, environment, episodes) {
  return Array.from({ length: episodes }, () => {
    let state = environment.reset();
    for (let score = 1; ; score++) {
      const { nextState, terminated, truncated } = environment.step(policy(state));
      if (terminated || truncated) return score;
      state = nextState;
    }
  });
}
