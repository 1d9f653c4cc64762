// @ts-check
// CartPole, equal to dqn_keras/environments/cartpole.py and so to Gymnasium's.

export const GRAVITY = 9.8; // m/s^2
export const CART_MASS = 1.0; // kg
export const POLE_MASS = 0.1; // kg
export const TOTAL_MASS = CART_MASS + POLE_MASS;
export const HALF_LENGTH = 0.5; // m, from the hinge to the pole's centre
export const FORCE = 10.0; // N, to the left (action 0) or to the right (action 1)
export const TIME_STEP = 0.02; // s
export const POSITION_LIMIT = 2.4; // m
export const ANGLE_LIMIT = (12 * 2 * Math.PI) / 360; // rad

/**
 * One Euler step in float64.
 * @param {ArrayLike<number>} state Position, velocity, angle, angular velocity.
 * @param {number} action 0 pushes left, 1 pushes right.
 * @returns {number[]} The next state.
 */
export function transition(state, action) {
  const [position, velocity, angle, angularVelocity] = Array.from(state);
  const force = action === 1 ? FORCE : -FORCE;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const poleMoment = POLE_MASS * HALF_LENGTH;
  const push = (force + poleMoment * angularVelocity ** 2 * sine) / TOTAL_MASS;
  const angularAcceleration =
    (GRAVITY * sine - cosine * push) /
    (HALF_LENGTH * (4.0 / 3.0 - (POLE_MASS * cosine ** 2) / TOTAL_MASS));
  const acceleration = push - (poleMoment * angularAcceleration * cosine) / TOTAL_MASS;
  return [
    position + TIME_STEP * velocity,
    velocity + TIME_STEP * acceleration,
    angle + TIME_STEP * angularVelocity,
    angularVelocity + TIME_STEP * angularAcceleration,
  ];
}

/** Did the pole fall or the cart leave the track? */
export function hasFallen(state) {
  return Math.abs(state[0]) > POSITION_LIMIT || Math.abs(state[2]) > ANGLE_LIMIT;
}

/** A pole on a cart, +1 for every step. */
export class CartPole {
  /**
   * @param {import("./random.js").RandomStream} rng
   * @param {number} maxSteps 500 is CartPole-v1.
   */
  constructor(rng, maxSteps = 500) {
    this.rng = rng;
    this.maxSteps = maxSteps;
    this.reset();
  }

  /** Begins an episode and returns its first state, [4] float32. */
  reset() {
    this.steps = 0;
    /** @type {number[]} */
    this.state = [0, 0, 0, 0].map(() => this.rng.uniform(-0.05, 0.05));
    return Float32Array.from(this.state);
  }

  /** Plays one action; the physics goes on in float64, the agent sees float32. */
  step(action) {
    this.state = transition(this.state, action);
    this.steps += 1;
    return {
      nextState: Float32Array.from(this.state),
      reward: 1,
      terminated: hasFallen(this.state),
      truncated: this.steps >= this.maxSteps,
    };
  }
}
