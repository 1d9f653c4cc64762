// @ts-check
// Epsilon-greedy and how epsilon falls, as in dqn_keras/exploration.py.
import { argmax } from "./bellman.js";

/** A random action with probability epsilon, else the one with the largest Q-value. */
export function epsilonGreedy(qValues, epsilon, rng) {
  const explore = rng.uniform() < epsilon;
  const randomAction = rng.index(qValues.length);
  return { action: explore ? randomAction : argmax(qValues), explore };
}

/** epsilon times epsilonDecay at every count, down to epsilonMin; the decay is a float32. */
export function exponentialEpsilon(epsilon, epsilonDecay, epsilonMin, count) {
  return Math.max(epsilon * Math.fround(epsilonDecay) ** count, epsilonMin);
}
