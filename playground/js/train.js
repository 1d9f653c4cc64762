// @ts-check
// The agent learns in a worker; this shows it and moves the levers.
import { SETTINGS } from "./dqn.js";
import { drawCartPole, drawCurve, drawMap, drawRing, drawScores } from "./draw.js";
import { make, mean, number } from "./elements.js";
import { History } from "./history.js";
import { showLens } from "./lens.js";
import { element, onChange, toLesson, words } from "./page.js";
import { publishedBytes, showScores } from "./play.js";
import { MEASURED } from "./published.js";

/** Presets by their names in lesson 11, and what each changes. */
const PRESETS = {
  lecture: {},
  noMemory: { memorySize: 1, batchSize: 1 },
  noTarget: { targetUpdate: "never" },
  noFall: { fallReward: null },
  double: { double: true },
  every200: { targetUpdate: "steps", targetUpdateEvery: 200 },
};
const CHOICES = {
  epsilonDecay: [0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 1],
  epsilonMin: [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
  discountFactor: [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1],
  batchSize: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  memorySize: [1, 64, 200, 500, 1000, 2000, 5000, 20000],
  learningRate: [0, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03],
};
const LEVERS = ["epsilonDecay", "epsilonMin", "discountFactor", "batchSize", "memorySize", "targetUpdate", "learningRate", "fallReward", "double", "seed"];
const STARTS_ANEW = ["memorySize", "seed"];
const LARGEST_FILE = 100_000; // bytes

const page = {
  run: 0,
  seed: 1,
  preset: "lecture",
  runPreset: "lecture", // of the run that is shown
  settings: { ...SETTINGS },
  history: new History(),
  earlier: [],
  frame: null,
  mode: "paused",
  maps: null,
  lens: null,
  drawing: false,
  told: "",
  greedy: null,
  file: null,
  shownSolved: false,
};
/** @type {Worker} */
let worker;

function newWorker() {
  const code = element("worker-code"); // in the single file
  if (code === null) return new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  return new Worker(URL.createObjectURL(new Blob([code.textContent], { type: "text/javascript" })));
}

const send = (type, more = {}) => worker.postMessage({ type, ...more });

/** A new agent; the run before stays in the plot as a grey line. */
function startAnew() {
  if (page.history.count >= 10) {
    page.earlier = [...page.earlier, { preset: page.runPreset, history: page.history }].slice(-3);
  }
  page.run += 1;
  const fresh = { runPreset: page.preset, history: new History(), told: "", greedy: null, shownSolved: false };
  Object.assign(page, fresh, { mode: "paused", lens: null });
  element("greedy-says").textContent = "";
  showLens(null, 0);
  page.settings.trainStart = Math.min(SETTINGS.trainStart, page.settings.memorySize);
  send("start", { settings: { ...page.settings }, seed: page.seed, run: page.run });
}

function setMode(mode) {
  page.mode = mode;
  send("mode", { mode, speed: 8 });
  showMode();
}

function showMode() {
  element("fast").textContent = page.mode === "paused" ? words().fast : words().pause;
  element("slow").setAttribute("aria-pressed", String(page.mode === "slow"));
}

function choosePreset(name) {
  page.preset = name;
  page.settings = { ...SETTINGS, ...PRESETS[name] };
  showLevers();
  showPresets();
  startAnew();
  setMode("fast");
}

function showPresets() {
  element("presets").replaceChildren(
    ...Object.keys(PRESETS).map((name) => {
      const button = make("button", { type: "button", "aria-pressed": String(page.preset === name), "data-preset": name }, words().preset[name]);
      button.onclick = () => {
        choosePreset(name);
        /** @type {HTMLElement} */ (document.querySelector(`[data-preset="${name}"]`)).focus();
      };
      return button;
    }),
  );
  const measured = MEASURED[page.preset];
  element("preset-text").textContent = measured ? words().presetText[page.preset] : "";
  element("preset-measured").textContent = measured
    ? words().measured(measured.iqm, measured.solvedEver, page.preset === "lecture" ? null : MEASURED.lecture.iqm)
    : "";
}

const copyKey = () =>
  page.settings.targetUpdate === "never" ? "never" : `${page.settings.targetUpdate} ${page.settings.targetUpdateEvery}`;

/** One lever: its name, its control, what it does, and where that is explained. */
function lever(name) {
  const [title, lesson, text] = words().lever[name];
  const id = `lever-${name}`;
  const link = make("a", {});
  toLesson(link, lesson);
  const note = make("p", { class: "note", id: `${id}-text` }, `${text} `, link);
  const label = make("label", { for: id }, title);
  let control;
  let beside = null;
  if (name in CHOICES) {
    const values = CHOICES[name];
    control = make("input", { type: "range", min: 0, max: values.length - 1, step: 1 });
    const output = make("output", { for: id });
    const say = () => {
      const value = values[Number(control.value)];
      output.textContent = String(value);
      control.setAttribute("aria-valuetext", String(value));
    };
    control.value = String(values.indexOf(page.settings[name]));
    say();
    control.oninput = say;
    control.onchange = () => changeLever(name, values[Number(control.value)]);
    beside = output;
  } else if (name === "targetUpdate") {
    control = make("select", {}, ...Object.entries(words().copies).map(([value, told]) => make("option", { value }, told)));
    control.value = copyKey();
    control.onchange = () => {
      const [unit, every] = control.value.split(" ");
      page.settings.targetUpdateEvery = Number(every ?? 1);
      changeLever("targetUpdate", unit);
    };
  } else if (name === "seed") {
    control = make("input", { type: "number", min: 0, max: 999999, step: 1 });
    control.value = String(page.seed);
    control.onchange = () => changeLever("seed", Math.max(0, Math.min(999999, Math.floor(Number(control.value) || 0))));
    beside = control;
  } else {
    control = make("input", { type: "checkbox" });
    control.checked = name === "double" ? page.settings.double : page.settings.fallReward !== null;
    control.onchange = () => changeLever(name, name === "double" ? control.checked : control.checked ? -100 : null);
    beside = control;
  }
  control.id = id;
  control.setAttribute("aria-describedby", `${id}-text`);
  const head = make("div", { class: "name" }, label, ...(beside ? [beside] : []));
  return make("div", { class: "lever" }, head, ...(beside === control ? [] : [control]), note);
}

function showLevers() {
  element("levers").replaceChildren(...LEVERS.map(lever));
}

function changeLever(name, value) {
  if (name === "seed") page.seed = value;
  else page.settings[name] = value;
  const same = (preset) => {
    const wanted = { ...SETTINGS, ...PRESETS[preset], trainStart: page.settings.trainStart };
    return Object.keys(wanted).every((key) => String(wanted[key]) === String(page.settings[key]));
  };
  page.preset = Object.keys(PRESETS).find(same) ?? "own";
  if (STARTS_ANEW.includes(name)) {
    const mode = page.mode;
    startAnew();
    if (mode !== "paused") setMode(mode);
  } else {
    const { trainStart, ...settings } = page.settings;
    send("change", { settings });
    page.runPreset = page.preset;
  }
  showPresets();
  if (name === "seed") element("lever-seed").value = String(value);
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function receive({ data }) {
  if (data.type === "frame") {
    if (data.run !== page.run) return send("drawn");
    for (const episode of data.episodes) page.history.append(episode);
    page.frame = data;
    page.maps = data.maps ?? page.maps;
    page.lens = data.lens ?? page.lens;
    if (data.solvedAt && !page.shownSolved) {
      page.shownSolved = true;
      page.mode = "paused";
      send("greedy");
    }
    if (page.drawing) return undefined;
    page.drawing = true;
    const wait = calm.matches && page.mode === "fast" ? 500 : 0; // fewer pictures for those who ask
    setTimeout(() => requestAnimationFrame(() => {
      page.drawing = false;
      show();
      send("drawn");
    }), wait);
  } else if (data.type === "file") download(data.bytes);
  else if (data.type === "refused") refuse(data);
  else {
    showScores(data.scores);
    if (data.type === "greedy") page.greedy = data;
    else Object.assign(page, { mode: "paused", file: ["loaded", data.name, number(mean(data.scores), 1)] });
    showMode();
    showGreedy();
    showFile();
  }
  return undefined;
}

function showGreedy() {
  if (page.greedy) element("greedy-says").textContent = words().greedyMean(number(mean(page.greedy.scores), 1), page.greedy.episode);
}

/** Everything that the newest picture of the worker tells. */
function show() {
  const { frame, history } = page;
  if (frame === null) return;
  const last10 = history.mean;
  drawCartPole(element("pole"), frame.state, frame.last.action);
  const q = frame.qValues.map((value) => number(value, 2));
  element("pole").setAttribute("aria-label", words().poleLabel(frame.score, q));
  const earlier = page.earlier.map((run) => ({ ...run, name: words().preset[run.preset] }));
  drawScores(element("scores"), history, earlier, words());
  element("scores").setAttribute("aria-label", words().scoresLabel(history.count, number(last10, 1)));
  const falls = drawRing(element("ring"), frame.memory, frame.batchRows, words());
  element("ring").setAttribute("aria-label", words().ringLabel(frame.memory.size, frame.memory.capacity, falls));
  if (page.maps) {
    let largest = 0.01;
    for (const values of [page.maps.online, page.maps.target]) for (const v of values) largest = Math.max(largest, Math.abs(v));
    for (const [id, values, title] of [["map-online", page.maps.online, "mapOnline"], ["map-target", page.maps.target, "mapTarget"]]) {
      drawMap(element(id), values, page.maps.limits.cells, largest, frame.state, page.maps.limits, words());
      const share = values.filter((value) => value > 0).length / values.length;
      element(id).setAttribute("aria-label", words().mapLabel(words()[title], number(100 * share, 0)));
    }
  }
  drawCurve(element("epsilon"), history, "epsilon", { style: "pink" });
  element("epsilon").setAttribute("aria-label", words().epsilonLabel(number(frame.epsilon, 3)));
  drawCurve(element("loss"), history, "loss", { logarithmic: true, style: "sky" });
  element("loss").setAttribute("aria-label", words().lossLabel(number(frame.loss, 2)));
  // Pictures are drawn by now: words in between would have the page laid out anew for each.
  showQBar(frame.qValues);
  element("map-target-text").textContent = words()[page.settings.targetUpdate === "never" ? "mapNoTarget" : "mapTargetText"];
  const values = [
    history.count + 1, frame.score, number(last10, 1), number(frame.epsilon, 3),
    frame.updates.toLocaleString("en"), number(frame.milliseconds / 1000, 1),
  ];
  element("tiles").replaceChildren(
    ...words().tiles.map((name, i) => make("div", {}, make("dt", {}, name), make("dd", {}, String(values[i])))),
  );
  showMode();
  say(frame, history.count, last10);
  if (page.lens !== null) {
    showLens(page.lens, frame.trainStart);
    page.lens = null; // it stays until there is another
  }
}

function showQBar([left, right]) {
  const [low, high] = [Math.min(0, left, right), Math.max(1e-6, left, right)];
  const bar = (value, side) => make("i", { class: side[0], style: `--w: ${(100 * (value - low)) / (high - low)}%; --c: var(--${side})` });
  const told = (name, value) => make("span", {}, `Q(${name}) `, make("b", {}, number(value, 2)));
  element("qbar").replaceChildren(told(words().left, left), bar(left, "left"), bar(right, "right"), told(words().right, right));
}

/** The line under the tiles; screen readers hear it, so it changes seldom. */
function say(frame, count, last10) {
  const start = page.settings.trainStart;
  const [met, filling, paused] = [frame.solvedAt > 0 && frame.solvedAt === count, frame.updates === 0, page.mode === "paused"];
  const filled = paused ? frame.memory.size : Math.floor(frame.memory.size / 250) * 250;
  const tens = Math.floor(count / 10) * 10;
  const key = [met, filling, paused, filling ? filled : tens].join();
  if (key === page.told) return;
  page.told = key;
  let text = words().learning(tens, number(last10, 0));
  if (met) text = words().solved(frame.solvedAt, number(frame.milliseconds / 1000, 1));
  else if (filling) text = words().filling(filled, start);
  else if (paused) text = words().paused;
  element("train-says").textContent = text;
  element("train-says").classList.toggle("good", met);
}

function download(bytes) {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = make("a", { href: url, download: "dqn.safetensors" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  page.file = ["saved", bytes.length];
  showFile();
}

function refuse({ code, name, detail }) {
  page.file = ["refused", code, name, detail];
  showFile();
}

function showFile() {
  if (page.file === null) return;
  const [what, ...rest] = page.file;
  const say = what === "refused" ? words().refused[rest[0]](...rest.slice(1)) : words()[what](...rest);
  element("files-say").textContent = say;
  element("files-say").classList.toggle("bad", what === "refused");
}

/** Sets up the worker, the buttons and the levers. */
export function startTraining() {
  worker = newWorker();
  worker.onmessage = receive;
  element("fast").onclick = () => setMode(page.mode === "paused" ? "fast" : "paused");
  element("slow").onclick = () => setMode(page.mode === "slow" ? "paused" : "slow");
  const once = (type, more) => () => {
    page.mode = "paused";
    send(type, more);
  };
  for (const id of ["one", "lens-one"]) element(id).onclick = once("step", {});
  for (const id of ["to-update", "lens-update"]) element(id).onclick = once("until", { what: "update" });
  element("to-end").onclick = once("until", { what: "episode" });
  element("greedy").onclick = () => send("greedy");
  element("reset").onclick = () => {
    startAnew();
    showMode();
  };
  element("save").onclick = () => send("save");
  element("file").onchange = async ({ target }) => {
    const [file] = target.files;
    target.value = "";
    if (!file) return;
    if (file.size > LARGEST_FILE) refuse({ code: "tooLarge", name: file.name.slice(0, 60), detail: "" });
    else send("load", { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name.slice(0, 60) });
  };
  element("published").onclick = () => send("load", { bytes: publishedBytes(), name: "cartpole_dqn.safetensors" });
  if (innerWidth <= 640) element("levers-card").open = false;
  showLevers();
  showPresets();
  showMode();
  startAnew();
  onChange(() => {
    page.told = "";
    showLevers();
    showPresets();
    show();
    showGreedy();
    showFile();
  });
}
