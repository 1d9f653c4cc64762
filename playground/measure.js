// Measures the agent: node playground/measure.js [seeds] [first seed] [--each]
import { CartPole } from "./js/cartpole.js";
import { DQNAgent, evaluate, meanOfLastAbove } from "./js/dqn.js";
import { RandomStream } from "./js/random.js";

const [count, first] = [Number(process.argv[2] ?? 20), Number(process.argv[3] ?? 0)];
const most = 300; // episodes
const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
};

/** The median of five times 2000 updates with a full memory and nothing else. */
function microsecondsAnUpdate() {
  const agent = new DQNAgent(4, 2, {}, 0);
  const environment = new CartPole(new RandomStream(0, "cartpole"));
  while (agent.memory.size < agent.memory.capacity) agent.runEpisode(environment);
  const times = [0, 1, 2, 3, 4].map(() => {
    const start = performance.now();
    for (let i = 0; i < 2000; i++) agent.trainModel();
    return ((performance.now() - start) * 1000) / 2000;
  });
  return median(times);
}

const alone = microsecondsAnUpdate();
const runs = [];
for (let seed = first; seed < first + count; seed++) {
  const agent = new DQNAgent(4, 2, {}, seed);
  const environment = new CartPole(new RandomStream(seed, "cartpole"));
  const scores = [];
  const start = performance.now();
  while (scores.length < most && !meanOfLastAbove(scores)) scores.push(agent.runEpisode(environment));
  const seconds = (performance.now() - start) / 1000;
  const greedy = evaluate((state) => agent.greedyAction(state), new CartPole(new RandomStream(seed, "greedy")), 100);
  const run = {
    seed,
    met: meanOfLastAbove(scores),
    episodes: scores.length,
    seconds,
    microseconds: (1e6 * seconds) / agent.trainingSteps,
    greedy: greedy.reduce((a, b) => a + b) / 100,
  };
  runs.push(run);
  if (process.argv[4] === "--each") console.log(JSON.stringify(run));
}
const met = runs.filter((run) => run.met);
console.log(
  JSON.stringify({
    seeds: count,
    met: met.length,
    "median episode": median(met.map((run) => run.episodes)),
    "median seconds": median(met.map((run) => run.seconds)),
    "µs an update alone": Math.round(alone),
    "median µs an update, act and step included": median(runs.map((run) => run.microseconds)),
    "greedy mean at least 475": met.filter((run) => run.greedy >= 475).length,
  }),
);
