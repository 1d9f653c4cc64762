// @ts-check
// The Q-network, its gradient and Adam, as Keras computes them: float32 weights, kernels [in, out].

export const LAYER_NAMES = ["hidden_1", "hidden_2", "q_values"];

/**
 * @typedef {{name: string, inputs: number, outputs: number, kernel: Float32Array,
 *   bias: Float32Array}} Layer
 */

/** A network of dense layers with relu between them: [B, S] to [B, A]. */
export class QNetwork {
  /**
   * @param {number[]} sizes Such as 4, 24, 24, 2.
   * @param {import("./random.js").RandomStream} rng Draws the kernels, He-uniform.
   */
  constructor(sizes, rng) {
    this.sizes = sizes;
    /** @type {Layer[]} */
    this.layers = [];
    for (let i = 0; i + 1 < sizes.length; i++) {
      const [inputs, outputs] = [sizes[i], sizes[i + 1]];
      const limit = Math.sqrt(6 / inputs); // He et al., 2015
      this.layers.push({
        name: i + 2 === sizes.length ? "q_values" : `hidden_${i + 1}`,
        inputs,
        outputs,
        kernel: Float32Array.from({ length: inputs * outputs }, () => rng.uniform(-limit, limit)),
        bias: new Float32Array(outputs),
      });
    }
    /** @type {Float64Array[]} For each layer's outputs, grown when a larger batch comes. */
    this.activations = [];
    this.rows = 0;
  }

  /** All weights: kernel and bias of each layer. */
  get trainableWeights() {
    return this.layers.flatMap((layer) => [layer.kernel, layer.bias]);
  }

  /** Takes over another network's weights. */
  setWeights(other) {
    this.layers.forEach((layer, i) => {
      layer.kernel.set(other.layers[i].kernel);
      layer.bias.set(other.layers[i].bias);
    });
  }

  /**
   * The Q-values of states laid one behind the other.
   * @param {ArrayLike<number>} states [B * S]
   * @param {number} rows B
   * @returns {Float64Array} [B * A], valid until the next call.
   */
  predict(states, rows = 1) {
    if (rows > this.rows) {
      this.rows = rows;
      this.activations = this.layers.map((layer) => new Float64Array(rows * layer.outputs));
    }
    /** @type {ArrayLike<number>} */
    let values = states;
    for (let l = 0; l < this.layers.length; l++) {
      forward(this.layers[l], values, this.activations[l], rows, l + 1 < this.layers.length);
      values = this.activations[l];
    }
    const count = rows * this.layers[this.layers.length - 1].outputs;
    return this.activations[this.activations.length - 1].subarray(0, count);
  }
}

function forward(layer, inputs, outputs, rows, relu) {
  const { kernel, bias, inputs: I, outputs: O } = layer;
  for (let row = 0; row < rows; row++) {
    const to = row * O;
    for (let o = 0; o < O; o++) outputs[to + o] = bias[o];
    for (let i = 0; i < I; i++) {
      const value = inputs[row * I + i];
      if (value === 0) continue; // half of what relu lets through
      const from = i * O;
      for (let o = 0; o < O; o++) outputs[to + o] += value * kernel[from + o];
    }
    if (relu) for (let o = 0; o < O; o++) if (outputs[to + o] < 0) outputs[to + o] = 0;
  }
}

/** The gradient of the mean squared TD error, one array for each of `trainableWeights`. */
export class Gradient {
  /** @param {QNetwork} network */
  constructor(network) {
    this.arrays = network.trainableWeights.map((weight) => new Float64Array(weight.length));
    this.errors = network.layers.map(() => new Float64Array(0));
  }

  /**
   * @param {QNetwork} network
   * @param {ArrayLike<number>} states [B * S]
   * @param {ArrayLike<number>} actions [B]
   * @param {ArrayLike<number>} targets [B]
   * @returns {number} The loss: mean of (target - Q(s, a)) ** 2.
   */
  compute(network, states, actions, targets) {
    const rows = targets.length;
    const qValues = network.predict(states, rows);
    const last = network.layers.length - 1;
    network.layers.forEach((layer, l) => {
      const length = rows * layer.outputs;
      if (this.errors[l].length !== length) this.errors[l] = new Float64Array(length);
    });
    const A = network.layers[last].outputs;
    const outer = this.errors[last].fill(0);
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const difference = qValues[row * A + actions[row]] - targets[row];
      loss += difference * difference;
      outer[row * A + actions[row]] = (2 * difference) / rows;
    }
    for (let l = last; l >= 0; l--) {
      const inputs = l === 0 ? states : network.activations[l - 1];
      const inner = l === 0 ? null : this.errors[l - 1];
      backward(
        network.layers[l], inputs, this.errors[l], inner, rows,
        this.arrays[2 * l].fill(0), this.arrays[2 * l + 1].fill(0),
      );
    }
    return loss / rows;
  }
}

function backward(layer, inputs, errors, inner, rows, kernelGradient, biasGradient) {
  const { kernel, inputs: I, outputs: O } = layer;
  for (let row = 0; row < rows; row++) {
    const at = row * O;
    for (let o = 0; o < O; o++) biasGradient[o] += errors[at + o];
    for (let i = 0; i < I; i++) {
      const value = inputs[row * I + i];
      const from = i * O;
      let error = 0;
      if (value !== 0) {
        for (let o = 0; o < O; o++) {
          kernelGradient[from + o] += value * errors[at + o];
          error += kernel[from + o] * errors[at + o];
        }
      }
      if (inner !== null) inner[row * I + i] = error; // 0 where relu gave 0
    }
  }
}

/** Adam (Kingma and Ba, 2015) in the form Keras computes. */
export class Adam {
  /** @param {number} learningRate @param {QNetwork} network */
  constructor(learningRate, network) {
    this.learningRate = learningRate;
    this.beta1 = 0.9;
    this.beta2 = 0.999;
    this.epsilon = 1e-7;
    this.iterations = 0;
    this.momentums = network.trainableWeights.map((weight) => new Float32Array(weight.length));
    this.velocities = network.trainableWeights.map((weight) => new Float32Array(weight.length));
  }

  /** Moves the weights against the gradients. */
  apply(gradients, weights) {
    this.iterations += 1;
    const correction =
      Math.sqrt(1 - this.beta2 ** this.iterations) / (1 - this.beta1 ** this.iterations);
    const rate = this.learningRate * correction;
    const [keep1, keep2, epsilon] = [1 - this.beta1, 1 - this.beta2, this.epsilon];
    for (let w = 0; w < weights.length; w++) {
      const [weight, gradient] = [weights[w], gradients[w]];
      const [momentum, velocity] = [this.momentums[w], this.velocities[w]];
      for (let i = 0; i < weight.length; i++) {
        const g = gradient[i];
        momentum[i] += (g - momentum[i]) * keep1;
        velocity[i] += (g * g - velocity[i]) * keep2;
        weight[i] -= (momentum[i] * rate) / (Math.sqrt(velocity[i]) + epsilon);
      }
    }
  }
}
