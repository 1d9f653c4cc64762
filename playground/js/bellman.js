// @ts-check
// Targets: what a Q-value should have been, as in dqn_keras/bellman.py.

/** The position of the largest of A values; the first one wins a tie. */
export function argmax(values, from = 0, count = values.length) {
  let best = from;
  for (let i = from + 1; i < from + count; i++) if (values[i] > values[best]) best = i;
  return best - from;
}

/**
 * r + discount * max_a' Q(s', a'); only `terminated` cuts it.
 * @param {ArrayLike<number>} rewards [B]
 * @param {ArrayLike<number>} nextQValues [B * A], the target network's.
 * @param {ArrayLike<number>} terminated [B]
 * @param {number} discountFactor
 * @returns {Float64Array} [B]
 */
export function bellmanTarget(rewards, nextQValues, terminated, discountFactor) {
  return doubleBellmanTarget(rewards, nextQValues, nextQValues, terminated, discountFactor);
}

/**
 * The Double DQN target: `nextQValues` (online) choose the action, `nextTargetQValues` value it.
 * @returns {Float64Array} [B]
 */
export function doubleBellmanTarget(
  rewards, nextQValues, nextTargetQValues, terminated, discountFactor,
) {
  const A = nextQValues.length / rewards.length;
  return Float64Array.from(rewards, (reward, row) => {
    if (terminated[row]) return reward;
    const nextAction = argmax(nextQValues, row * A, A);
    return reward + discountFactor * nextTargetQValues[row * A + nextAction];
  });
}
