// @ts-check
// What is drawn of a run: its episodes, or evenly some of them, so that a long one needs no more room.

const MOST_POINTS = 1200;

/** @typedef {{score: number, epsilon: number, loss: number | null}} Episode */

/** The episodes of a run; once there are too many points, every other one goes. */
export class History {
  constructor() {
    this.count = 0; // of all episodes
    this.every = 1; // so many episodes are one point
    /** @type {(Episode & {episode: number, mean: number})[]} `mean` is that of the last 10 scores. */
    this.points = [];
    /** @type {number[]} */
    this.lastScores = [];
  }

  /** The mean of the last 10 scores. */
  get mean() {
    return this.lastScores.reduce((sum, score) => sum + score, 0) / this.lastScores.length;
  }

  /** @param {Episode} episode */
  append(episode) {
    this.count += 1;
    this.lastScores = [...this.lastScores, episode.score].slice(-10);
    if (this.count % this.every !== 0) return;
    this.points.push({ ...episode, episode: this.count, mean: this.mean });
    if (this.points.length <= MOST_POINTS) return;
    this.every *= 2;
    this.points = this.points.filter((point) => point.episode % this.every === 0);
  }
}
