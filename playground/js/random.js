// @ts-check
// Random numbers from a seed: xoshiro128**, seeded by splitmix32 (Blackman and Vigna).

/** A stream of random numbers; equal seeds and names give equal streams. */
export class RandomStream {
  /**
   * @param {number} seed A whole number.
   * @param {string} name Streams of other names are independent: "agent", "cartpole", "weights".
   */
  constructor(seed, name = "") {
    let hash = seed >>> 0;
    for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    const words = [0, 0, 0, 0].map(() => {
      hash = (hash + 0x9e3779b9) | 0;
      let mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return (mixed ^ (mixed >>> 15)) >>> 0;
    });
    this.words = Uint32Array.from(words);
  }

  /** The next 32 random bits, as a whole number. */
  next() {
    const w = this.words;
    const rotated = Math.imul(w[1], 5);
    const result = Math.imul((rotated << 7) | (rotated >>> 25), 9) >>> 0;
    const shifted = w[1] << 9;
    w[2] ^= w[0];
    w[3] ^= w[1];
    w[1] ^= w[2];
    w[0] ^= w[3];
    w[2] ^= shifted;
    w[3] = (w[3] << 11) | (w[3] >>> 21);
    return result;
  }

  /** Uniform in [low, high). */
  uniform(low = 0, high = 1) {
    return low + (high - low) * (this.next() / 4294967296);
  }

  /** One of 0, 1, …, count - 1. */
  index(count) {
    return Math.floor(this.uniform() * count);
  }
}
