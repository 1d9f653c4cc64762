// @ts-check
// The agent learns here, beside the page, so that the page never waits for it.
import { CartPole } from "./cartpole.js";
import { DQNAgent, evaluate, meanOfLastAbove } from "./dqn.js";
import { RandomStream } from "./random.js";
import { loadWeights, saveWeights } from "./safetensors.js";

const MAP = { cells: 41, angle: 0.21, angularVelocity: 3 };
const CHUNK = 12; // ms of learning between two looks at the messages
const FRAME = 33; // ms between two pictures of a fast run
const UNTOLD = 500; // episodes that may wait for the page to draw
const MAP_EVERY = 120; // ms between two maps of Q-values

let run = 0; // counts the agents; the page drops pictures of an old one
/** @type {DQNAgent} */
let agent;
/** @type {CartPole} */
let environment;
let state = new Float32Array(4);
let mode = "paused";
let stepsASecond = 10;
let score = 0;
let scores = []; // the last ten
let solvedAt = 0; // the episode in which the stop rule was met, 0 if not yet
let milliseconds = 0; // of learning
let episodes = []; // since the last picture
let losses = { sum: 0, count: 0 }; // of this episode
let last = { action: -1, explore: false, reward: 0, terminated: false };
let lens = null;
let batchRows = [];
let until = null; // "update" or "episode": run fast up to there
let waiting = false; // for the page to draw the last picture
let frameAt = 0;
let mapAt = 0;

const post = (message, transfer = []) => self.postMessage(message, { transfer });

function start({ settings, seed, run: number }) {
  run = number;
  agent = new DQNAgent(4, 2, settings, seed);
  environment = new CartPole(new RandomStream(seed, "cartpole"));
  state = environment.reset();
  mode = "paused";
  [score, scores, solvedAt, milliseconds, episodes] = [0, [], 0, 0, []];
  losses = { sum: 0, count: 0 };
  last = { action: -1, explore: false, reward: 0, terminated: false };
  [lens, batchRows, until] = [null, [], null];
  postFrame(true);
}

/** One step of `while not done`, told in detail if somebody looks. */
function step(watched) {
  const from = state;
  const qValues = watched ? Array.from(agent.model.predict(from)) : [];
  const { action, explore } = agent.getAction(from);
  const { nextState, reward, terminated, truncated } = environment.step(action);
  const row = agent.memory.appended % agent.memory.capacity;
  agent.appendSample(from, action, reward, nextState, terminated);
  const seen = watched ? agent.model.trainableWeights.map((weight) => weight.slice()) : null;
  const update = agent.afterStep();
  if (update !== null) {
    losses.sum += update.loss;
    losses.count += 1;
    batchRows = update.batch.rows;
  }
  if (watched) {
    const transition = {
      state: Array.from(from), action, explore, qValues, row, nextState: Array.from(nextState),
      reward: agent.memory.rewards[row], terminated,
    };
    lens = { transition, update: update && after(update, seen), size: agent.memory.size };
  }
  score += reward;
  state = nextState;
  last = { action, explore, reward: agent.memory.rewards[row], terminated };
  if (!terminated && !truncated) return false;
  agent.afterEpisode();
  scores = [...scores, score].slice(-10);
  const loss = losses.count ? losses.sum / losses.count : null;
  episodes.push({ score, epsilon: agent.epsilon, loss });
  score = 0;
  losses = { sum: 0, count: 0 };
  state = environment.reset();
  if (!solvedAt && meanOfLastAbove(scores)) {
    solvedAt = agent.episodeCount;
    mode = "paused";
  }
  return true;
}

/** What an update did: each row's target and error, and the weight that moved most. */
function after({ batch, targets, nextQValues, loss }, weights) {
  const now = agent.model.trainableWeights;
  let [at, index, most] = [0, 0, -1];
  now.forEach((weight, w) =>
    weight.forEach((value, i) => {
      const move = Math.abs(value - weights[w][i]);
      if (move > most) [at, index, most] = [w, i, move];
    }),
  );
  const layer = agent.model.layers[at >> 1];
  const place = at % 2 ? [index] : [Math.floor(index / layer.outputs), index % layer.outputs];
  const outputs = agent.model.activations[agent.model.layers.length - 1];
  const qBefore = Array.from(outputs.subarray(0, targets.length * agent.actionSize)); // kept there
  const qAfter = Array.from(agent.model.predict(batch.states, targets.length));
  const { rows, states, actions, rewards, nextStates, terminated } = batch;
  return {
    rows, loss, qBefore, qAfter, targets: Array.from(targets), nextQValues: Array.from(nextQValues),
    states: Array.from(states), actions: Array.from(actions), rewards: Array.from(rewards),
    nextStates: Array.from(nextStates), terminated: Array.from(terminated),
    double: agent.settings.double, discountFactor: agent.settings.discountFactor,
    targetUpdate: agent.settings.targetUpdate,
    weight: {
      name: `model/${layer.name}/${at % 2 ? "bias" : "kernel"}[${place.join(", ")}]`,
      before: weights[at][index], after: now[at][index], gradient: agent.gradient.arrays[at][index],
    },
  };
}

/** Q(s, right) - Q(s, left) of both networks, the cart still and in the middle. */
function mapOf(network) {
  const { cells, angle, angularVelocity } = MAP;
  const states = new Float32Array(cells * cells * 4);
  for (let y = 0; y < cells; y++) {
    for (let x = 0; x < cells; x++) {
      const at = 4 * (y * cells + x);
      states[at + 2] = angle * ((2 * x) / (cells - 1) - 1);
      states[at + 3] = angularVelocity * (1 - (2 * y) / (cells - 1));
    }
  }
  const values = network.predict(states, cells * cells);
  return Float32Array.from({ length: cells * cells }, (_, i) => values[2 * i + 1] - values[2 * i]);
}

function postFrame(withMap) {
  const { memory } = agent;
  frameAt = performance.now();
  const maps = withMap
    ? { online: mapOf(agent.model), target: mapOf(agent.settings.targetUpdate === "never" ? agent.model : agent.targetModel), limits: MAP }
    : null;
  if (withMap) mapAt = frameAt;
  post({
    type: "frame", run, mode, state: Array.from(state), last, score, episodes, solvedAt, maps, lens, batchRows,
    milliseconds, trainStart: agent.settings.trainStart, steps: memory.appended, updates: agent.trainingSteps, copies: agent.copies - 1,
    epsilon: agent.epsilon, loss: agent.loss, qValues: Array.from(agent.model.predict(state)),
    memory: { capacity: memory.capacity, size: memory.size, head: memory.appended % memory.capacity, terminated: memory.terminated.slice() },
  });
  [episodes, lens, waiting] = [[], null, true]; // told once
}

/** Learns for a moment; false if there is no more to do. */
function work() {
  const begin = performance.now();
  const goal = until;
  do {
    const updates = agent.trainingSteps;
    const watched = goal === "update" && agent.memory.size + 1 >= agent.settings.trainStart;
    const ended = step(watched);
    if ((goal === "update" && agent.trainingSteps > updates) || (goal === "episode" && ended)) until = null;
    if (mode === "paused" && until === null) break;
  } while (performance.now() - begin < CHUNK);
  milliseconds += performance.now() - begin;
  return mode === "fast" || until !== null;
}

const channel = new MessageChannel(); // setTimeout would wait 4 ms each time
let ticking = false;
channel.port1.onmessage = () => {
  ticking = false;
  if (mode !== "fast" && until === null) return;
  const more = work();
  const now = performance.now();
  const ready = !waiting || episodes.length >= UNTOLD; // a page that nobody looks at draws nothing
  if (!more || (ready && now - frameAt >= FRAME)) postFrame(!more || now - mapAt >= MAP_EVERY);
  if (more) tick();
};

function tick() {
  if (ticking) return;
  ticking = true;
  channel.port2.postMessage(0);
}

let timer = 0;
function slowly() {
  clearTimeout(timer);
  if (mode !== "slow") return;
  const begin = performance.now();
  step(true);
  milliseconds += performance.now() - begin;
  postFrame(true);
  timer = setTimeout(slowly, 1000 / stepsASecond);
}

const answers = {
  start,
  change: ({ settings }) => {
    Object.assign(agent.settings, settings);
    if (mode !== "fast") postFrame(true);
  },
  mode: ({ mode: wanted, speed }) => {
    mode = wanted;
    until = null;
    stepsASecond = speed ?? stepsASecond;
    if (mode === "fast") tick();
    else if (mode === "slow") slowly();
    else postFrame(true);
  },
  step: () => {
    [mode, until] = ["paused", null];
    step(true);
    postFrame(true);
  },
  until: ({ what }) => {
    [mode, until] = ["paused", what];
    tick();
  },
  drawn: () => (waiting = false),
  save: () => post({ type: "file", bytes: saveWeights(agent.model) }),
  load: ({ bytes, name }) => {
    try {
      loadWeights(agent.model, bytes);
    } catch (error) {
      post({ type: "refused", code: error.code ?? "notSafetensors", detail: error.detail ?? "", name });
      return;
    }
    agent.updateTargetModel(); // loaded weights also go to the target network
    [mode, until] = ["paused", null];
    postFrame(true);
    post({ type: "loaded", name, scores: greedy() });
  },
  greedy: () => post({ type: "greedy", scores: greedy(), episode: agent.episodeCount }),
};

function greedy() {
  const stream = new RandomStream(agent.trainingSteps, "greedy");
  return evaluate((seen) => agent.greedyAction(seen), new CartPole(stream), 100);
}

self.onmessage = ({ data }) => answers[data.type](data);
