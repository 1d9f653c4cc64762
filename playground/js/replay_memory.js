// @ts-check
// The replay memory: a ring of transitions, as in dqn_keras/replay_memory.py.

/**
 * @typedef {{states: Float32Array, actions: Int32Array, rewards: Float32Array,
 *   nextStates: Float32Array, terminated: Uint8Array, rows: number[]}} Transitions
 */

/** The last `capacity` transitions; the oldest is overwritten first. */
export class ReplayMemory {
  /** @param {number} capacity @param {number} stateSize */
  constructor(capacity, stateSize) {
    this.capacity = capacity;
    this.stateSize = stateSize;
    this.states = new Float32Array(capacity * stateSize);
    this.actions = new Int32Array(capacity);
    this.rewards = new Float32Array(capacity);
    this.nextStates = new Float32Array(capacity * stateSize);
    this.terminated = new Uint8Array(capacity);
    this.appended = 0; // ever, the overwritten ones included
  }

  /** How many transitions are stored now. */
  get size() {
    return Math.min(this.appended, this.capacity);
  }

  /** Stores <s, a, r, s', terminated>, over the oldest if full. */
  append(state, action, reward, nextState, terminated) {
    const row = this.appended % this.capacity;
    this.states.set(state, row * this.stateSize);
    this.actions[row] = action;
    this.rewards[row] = reward;
    this.nextStates.set(nextState, row * this.stateSize);
    this.terminated[row] = terminated ? 1 : 0;
    this.appended += 1;
  }

  /**
   * Draws `batchSize` stored transitions, each equally likely, with replacement.
   * @param {number} batchSize
   * @param {import("./random.js").RandomStream} rng
   */
  sample(batchSize, rng) {
    return this.take(Array.from({ length: batchSize }, () => rng.index(this.size)));
  }

  /**
   * The transitions of these rows.
   * @param {number[]} rows
   * @returns {Transitions}
   */
  take(rows) {
    const size = this.stateSize;
    const states = new Float32Array(rows.length * size);
    const nextStates = new Float32Array(rows.length * size);
    rows.forEach((row, to) => {
      for (let i = 0; i < size; i++) {
        states[to * size + i] = this.states[row * size + i];
        nextStates[to * size + i] = this.nextStates[row * size + i];
      }
    });
    return {
      states,
      nextStates,
      actions: Int32Array.from(rows, (row) => this.actions[row]),
      rewards: Float32Array.from(rows, (row) => this.rewards[row]),
      terminated: Uint8Array.from(rows, (row) => this.terminated[row]),
      rows,
    };
  }
}
