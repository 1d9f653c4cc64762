// @ts-check
// Weights as one safetensors file, its arrays named as dqn_keras names them.

const NAME = "model";

/** Name to array of a network: "model/hidden_1/kernel" and so on. */
function namedWeights(network) {
  return network.layers.flatMap((layer) => [
    [`${NAME}/${layer.name}/bias`, layer.bias, [layer.outputs]],
    [`${NAME}/${layer.name}/kernel`, layer.kernel, [layer.inputs, layer.outputs]],
  ]);
}

/**
 * The file's bytes, as DQNAgent.save_weights writes them.
 * @param {import("./network.js").QNetwork} network
 * @returns {Uint8Array}
 */
export function saveWeights(network) {
  /** @type {Record<string, object>} */
  const header = {};
  let offset = 0;
  const weights = namedWeights(network);
  for (const [name, array, shape] of weights) {
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + array.byteLength] };
    offset += array.byteLength;
  }
  let text = JSON.stringify(header);
  text += " ".repeat((8 - (text.length % 8)) % 8);
  const bytes = new Uint8Array(8 + text.length + offset);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, text.length, true);
  bytes.set(new TextEncoder().encode(text), 8);
  let at = 8 + text.length;
  for (const [, array] of weights) {
    for (const value of array) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/** Why a file was refused: `code` is a key of the page's words, `detail` what was found. */
export class WeightsError extends Error {
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Loads a file into a network of the same shape; changes nothing if it does not fit.
 * @param {import("./network.js").QNetwork} network
 * @param {Uint8Array} bytes
 */
export function loadWeights(network, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? Infinity : view.getUint32(0, true);
  if (bytes.length < 8 || view.getUint32(4, true) !== 0 || 8 + length > bytes.length) {
    throw new WeightsError("notSafetensors");
  }
  let header;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw new WeightsError("notSafetensors");
  }
  if (header === null || typeof header !== "object" || Array.isArray(header)) {
    throw new WeightsError("notSafetensors");
  }
  const weights = namedWeights(network);
  const names = weights.map(([name]) => name);
  const found = Object.keys(header).filter((name) => name !== "__metadata__");
  if (found.length !== names.length || !names.every((name) => found.includes(name))) {
    const some = found.slice(0, 8).map((name) => name.slice(0, 40));
    throw new WeightsError("otherArrays", some.join(", "));
  }
  const arrays = weights.map(([name, weight, shape]) => {
    const { dtype, shape: itsShape, data_offsets: offsets } = header[name] ?? {};
    if (dtype !== "F32" || JSON.stringify(itsShape) !== JSON.stringify(shape)) {
      throw new WeightsError("otherShape", `${name}: ${dtype} ${JSON.stringify(itsShape)}`.slice(0, 120));
    }
    const [begin, end] = Array.isArray(offsets) ? offsets : [];
    const whole = Number.isInteger(begin) && begin >= 0 && end - begin === weight.byteLength;
    if (!whole || 8 + length + end > bytes.length) throw new WeightsError("notSafetensors");
    const array = Float32Array.from(weight, (_, i) => view.getFloat32(8 + length + begin + 4 * i, true));
    if (!array.every(Number.isFinite)) throw new WeightsError("notFinite", name);
    return array;
  });
  weights.forEach(([, weight], i) => weight.set(arrays[i]));
}
