(() => {
const modules = {};
modules["elements.js"] = (() => {

function number(value, digits = 2) {
if (!Number.isFinite(value)) return "–";
return value.toFixed(digits).replace(/^-(?=[0.]*$)/, "").replace("-", "−");
}

function make(tag, attributes = {}, ...children) {
const made = document.createElement(tag);
for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
made.append(...children);
return made;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function ticks(most) {
const rough = most / 4;
const power = 10 ** Math.floor(Math.log10(rough));
const stride = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? power;
return Array.from({ length: Math.floor(most / stride) + 1 }, (_, i) => i * stride);
}
return { number, make, mean, ticks };
})();
modules["explorables/explorable.js"] = (() => {
const { make } = modules["elements.js"];

const COMMON = {
en: { play: "Play", pause: "Pause", reset: "Start over" },
ko: { play: "재생", pause: "멈춤", reset: "처음부터" },
};


const wordsOf = (part, language) => ({ ...COMMON[language], ...part.words[language] });

function begin(name, part, style) {
for (const host of document.querySelectorAll(`[data-explorable="${name}"]`)) {
if (host.shadowRoot === null) live(/** @type {HTMLElement} */ (host), part, style);
}
}

function live(host, part, style) {
const shadow = host.attachShadow({ mode: "open" });
try {
const ui = new Ui(host, part);
shadow.append(make("style", {}, style), ui.card);
} catch (error) {
shadow.replaceChildren(make("slot"));
throw error;
}
}

class Ui {
constructor(host, part) {
const language = host.lang === "ko" ? "ko" : "en";
const words = (this.words = wordsOf(part, language));
this.stage = make("div", { class: "stage", role: "img" });
this.frame = make("div", { class: "frame" }, this.stage);
this.controls = make("div", { class: "controls" });
this.sentence = make("p", { class: "says", role: "status" });
this.card = make(
"section", { class: "card", lang: language, "aria-label": words.title },
make("p", { class: "title" }, words.title), make("p", { class: "note" }, words.text),
this.frame, this.sentence, this.controls,
);
this.shown = [];
this.row();
this.view = part.start(this);
host.dataset.lmSuppressShortcuts = "true";
followTheme(host);
let width = 0;
new ResizeObserver(() => {
if (width !== (width = this.stage.clientWidth) && width > 0) this.refresh();
}).observe(this.stage);
}

refresh() {
const width = this.stage.clientWidth;
if (width === 0) return;
const { picture, label, says = "", places } = this.view(width);
this.stage.innerHTML = picture;
this.stage.setAttribute("aria-label", label);
if (this.sentence.textContent !== says) this.sentence.textContent = says;
if (places) this.over.show(places);
for (const show of this.shown) show();
}

row() {
this.controls.append(make("div", { class: "row" }));
}

add(control) {
this.controls.lastElementChild.append(control);
return control;
}

when(control, test) {
this.shown.push(() => (control.hidden = !test()));
}

button(key, press) {
const button = this.add(make("button", { type: "button", "data-key": key }, this.words[key]));
button.addEventListener("click", () => {
press();
this.refresh();
});
return button;
}

player(step, perSecond) {
let timer = 0;
const button = this.button("play", () => (timer ? stop() : go()));
const show = () => {
button.textContent = timer ? this.words.pause : this.words.play;
this.sentence.setAttribute("aria-live", timer ? "off" : "polite");
};
const stop = () => {
clearInterval(timer);
timer = 0;
show();
};
const go = () => {
timer = window.setInterval(() => {
if (!this.card.isConnected || step() === false) stop();
this.refresh();
}, 1000 / perSecond);
show();
};
return stop;
}

slider(state, key, { min, max, step = 1, show = String, changed = () => {} }) {
const input = make("input", { type: "range", min, max, step });
const output = make("output");
const lever = make("label", { class: "lever", "data-key": key }, make("span", {}, this.words[key]), output, input);
input.addEventListener("input", () => {
state[key] = Number(input.value);
changed();
this.refresh();
});
this.shown.push(() => {
input.value = String(state[key]);
output.textContent = show(state[key]);
input.setAttribute("aria-valuetext", output.textContent);
});
return this.add(lever);
}

choice(state, key, options, changed = () => {}) {
const inputs = options.map((value) => make("input", { type: "radio", name: key, value }));
const labels = inputs.map((input) => make("label", {}, input, make("span", {}, this.words[input.value])));
inputs.forEach((input) => input.addEventListener("change", () => {
state[key] = input.value;
changed();
this.refresh();
}));
this.shown.push(() => inputs.forEach((input) => (input.checked = input.value === state[key])));
const group = make("fieldset", { class: "chips", "data-key": key }, make("legend", {}, this.words[key]), ...labels);
return this.add(group);
}

board(board) {
this.over = board;
this.frame.append(board.made(this));
}
}

function followTheme(host) {
const show = () => {
host.dataset.theme = isLight(getComputedStyle(host).color) ? "dark" : "light";
};
host.addEventListener("transitionend", show);
show();
}

function isLight(colour) {
const context = new OffscreenCanvas(1, 1).getContext("2d");
context.fillStyle = colour;
context.fillRect(0, 0, 1, 1);
const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
return 0.299 * red + 0.587 * green + 0.114 * blue > 127;
}


function tag(name, attributes = {}, ...children) {
const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
return `<${name}${written.join("")}>${children.join("")}<\/${name}>`;
}

const svg = (width, height, ...children) =>
tag("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" }, ...children);

const text = (x, y, words, more = {}) => tag("text", { x, y, ...more }, words);

const line = (x1, y1, x2, y2, stroke, more = {}) =>
tag("line", { x1, y1, x2, y2, stroke: `var(--${stroke})`, ...more });

const rect = (x, y, width, height, fill, more = {}) => tag("rect", {
x: width < 0 ? x + width : x, y, width: Math.abs(width), height, fill: `var(--${fill})`, ...more,
});

const disc = (cx, cy, r, fill, more = {}) => tag("circle", { cx, cy, r, fill: `var(--${fill})`, ...more });
return { wordsOf, begin, Ui, tag, svg, text, line, rect, disc };
})();
modules["bellman.js"] = (() => {

function argmax(values, from = 0, count = values.length) {
let best = from;
for (let i = from + 1; i < from + count; i++) if (values[i] > values[best]) best = i;
return best - from;
}

function bellmanTarget(rewards, nextQValues, terminated, discountFactor) {
return doubleBellmanTarget(rewards, nextQValues, nextQValues, terminated, discountFactor);
}

function doubleBellmanTarget(
rewards, nextQValues, nextTargetQValues, terminated, discountFactor,
) {
const A = nextQValues.length / rewards.length;
return Float64Array.from(rewards, (reward, row) => {
if (terminated[row]) return reward;
const nextAction = argmax(nextQValues, row * A, A);
return reward + discountFactor * nextTargetQValues[row * A + nextAction];
});
}
return { argmax, bellmanTarget, doubleBellmanTarget };
})();
modules["board.js"] = (() => {
const { make } = modules["elements.js"];

class Board {
constructor(columns, rows, press) {
this.columns = columns;
this.rows = rows;
this.press = press;
this.places = [];
}

made(ui) {
this.places = Array.from({ length: this.columns * this.rows }, (_, place) => this.button(place, ui));
return (this.element = make("div", { class: "board", role: "group", "aria-label": ui.words.board, style: `--columns: ${this.columns}` }, ...this.places));
}

button(place, ui) {
const button = make("button", { type: "button", tabindex: place === 0 ? 0 : -1 });
button.addEventListener("click", () => {
this.press(place);
ui.refresh();
});
button.addEventListener("focus", () => this.places.forEach((other) => (other.tabIndex = other === button ? 0 : -1)));
button.addEventListener("keydown", (event) => {
const [x, y] = [place % this.columns, Math.floor(place / this.columns)];
const to = { ArrowLeft: [x - 1, y], ArrowRight: [x + 1, y], ArrowUp: [x, y - 1], ArrowDown: [x, y + 1] }[event.key];
if (to === undefined) return;
event.preventDefault();
if (to[0] >= 0 && to[0] < this.columns) this.places[to[1] * this.columns + to[0]]?.focus();
});
return button;
}

show({ left, top, size, names }) {
const { style } = this.element;
[style.left, style.top] = [`${left}px`, `${top}px`];
style.setProperty("--size", `${size}px`);
names.forEach((name, place) => this.places[place].setAttribute("aria-label", name));
}
}
return { Board };
})();
modules["plot.js"] = (() => {
const { ticks } = modules["elements.js"];
const { line, tag, text } = modules["explorables/explorable.js"];

function plot({ left, top, right, bottom }, mostX, marksY, curves) {
const [low, high] = [marksY[0], marksY[marksY.length - 1]];
const toX = (x) => left + ((right - left) * x) / mostX;
const toY = (y) => bottom - ((bottom - top) * (y - low)) / (high - low);
const parts = marksY.flatMap((mark) => [
line(left, toY(mark), right, toY(mark), mark === 0 ? "line" : "grid"),
text(left - 7, toY(mark) + 4, String(Number(mark.toPrecision(6))).replace("-", "−"), { "text-anchor": "end", class: "muted" }),
]);
for (const mark of ticks(mostX).slice(1)) {
parts.push(text(Math.min(toX(mark), right - 8), bottom + 17, mark, { "text-anchor": "middle", class: "muted" }));
}
const ends = [];
for (const { points, stroke, dash = "none", name } of curves) {
const path = points.map(([x, y], i) => `${i ? "L" : "M"}${toX(x).toFixed(1)} ${toY(y).toFixed(1)}`).join("");
parts.push(tag("path", { d: path, fill: "none", stroke: `var(--${stroke})`, "stroke-width": 2, "stroke-dasharray": dash, "stroke-linejoin": "round" }));
if (!name) continue;
const [x, y] = points[points.length - 1];
const beyond = toX(x) > (left + right) / 2;
let height = Math.max(top + 10, Math.min(bottom - 4, toY(y) - 6));
const away = height > (top + bottom) / 2 ? -14 : 14;
while (ends.some((other) => Math.abs(other - height) < 14)) height += away;
ends.push(height);
parts.push(text(toX(x) + (beyond ? -4 : 4), height, name, { "text-anchor": beyond ? "end" : "start", class: "halo", style: `fill: var(--${stroke})` }));
}
return parts;
}
return { plot };
})();
modules["random.js"] = (() => {

class RandomStream {
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

uniform(low = 0, high = 1) {
return low + (high - low) * (this.next() / 4294967296);
}

index(count) {
return Math.floor(this.uniform() * count);
}
}
return { RandomStream };
})();
modules["explorables/grid_world.js"] = (() => {
const { bellmanTarget } = modules["bellman.js"];
const { Board } = modules["board.js"];
const { number, ticks } = modules["elements.js"];
const { plot } = modules["plot.js"];
const { RandomStream } = modules["random.js"];
const { disc, line, rect, svg, tag, text } = modules["explorables/explorable.js"];

const words = {
en: {
title: "Values on a grid that you lay out",
text: "Choose a piece and press a cell to put it there; press again to take it away. +0.3 and +1 end the episode. Arrows are the best actions, a dot means stay.",
piece: "Piece", ghost: "ghost −1", wall: "wall", small: "+0.3", goal: "+1",
method: "Method", sweeps: "value iteration", learning: "Q-learning",
sweep: "One sweep", step: "One step", episodes: "50 episodes", lesson: "The lesson's grid",
discount: "discount factor γ", alpha: "step size α", epsilon: "ε, the share of random actions",
board: "The grid",
cell: (x, y, what, value) => `Column ${x}, row ${y}: ${what}value ${value}`,
start: "start",
ofStart: "Value of the start",
exact: "exact",
sweepsAxis: "sweeps", episodesAxis: "episodes",
fixed: "An episode starts here: the start can be neither a wall nor an end.",
none: "All values are 0: nothing is known yet.",
swept: (n, changed) => changed ? `Sweep ${n}: ${changed} ${changed === 1 ? "value" : "values"} changed.` : `Sweep ${n} changed nothing: the values solve the Bellman optimality equation.`,
laidOut: "The grid has changed, the values have not. How long until they fit?",
went: (action, explore, reward) => `${action}${explore ? " (random)" : ""}, reward ${reward}.`,
learned: (what, target, before, after) => `${what} The target is ${target}: Q goes from ${before} to ${after}.`,
actions: ["Up", "Down", "Right", "Left", "Stay"],
ended: (n, steps) => ` Episode ${n} ended after ${steps} ${steps === 1 ? "step" : "steps"}.`,
label: (method, value) => `${method}; the start is worth ${value}.`,
},
ko: {
title: "직접 꾸미는 그리드의 가치",
text: "놓을 것을 고르고 칸을 누르면 놓이고, 다시 누르면 없어집니다. +0.3과 +1에서 에피소드가 끝납니다. 화살표는 가장 좋은 행동, 점은 제자리입니다.",
piece: "놓을 것", ghost: "귀신 −1", wall: "벽", small: "+0.3", goal: "+1",
method: "방법", sweeps: "가치 이터레이션", learning: "큐러닝",
sweep: "스윕 한 번", step: "한 스텝", episodes: "50에피소드", lesson: "원래 그리드로",
discount: "감가율 γ", alpha: "스텝 사이즈 α", epsilon: "ε, 무작위 행동의 비율",
board: "그리드",
cell: (x, y, what, value) => `${x}열 ${y}행: ${what}가치 ${value}`,
start: "출발",
ofStart: "출발점의 가치",
exact: "정확한 값",
sweepsAxis: "스윕", episodesAxis: "에피소드",
fixed: "에피소드가 여기서 시작하므로, 출발점은 벽이나 끝이 될 수 없습니다.",
none: "모든 값이 0입니다. 아직 아무것도 모릅니다.",
swept: (n, changed) => changed ? `스윕 ${n}: 값 ${changed}개가 바뀌었습니다.` : `스윕 ${n}에서는 아무것도 바뀌지 않았습니다. 이제 벨만 최적 방정식이 성립합니다.`,
laidOut: "그리드가 바뀌었고 값은 아직 그대로입니다. 다시 맞을 때까지 얼마나 걸릴까요?",
went: (action, explore, reward) => `${action}${explore ? "(무작위)" : ""}, 보상 ${reward}.`,
learned: (what, target, before, after) => `${what} 타깃 ${target}: 큐값 ${before} → ${after}.`,
actions: ["위", "아래", "오른쪽", "왼쪽", "제자리"],
ended: (n, steps) => ` ${n}번째 에피소드가 ${steps}스텝 만에 끝났습니다.`,
label: (method, value) => `${method}: 출발점의 가치는 ${value}입니다.`,
},
};

const still = ["sweep", "sweep", "sweep", "sweep", "sweep"];

const SIZE = 5;
const CELLS = SIZE * SIZE;
const START = 0;
const MOVES = [[0, -1], [0, 1], [1, 0], [-1, 0], [0, 0]];
const REWARDS = { ghost: -1, small: 0.3, goal: 1 };
const ENDS = ["small", "goal"];
const MOST_STEPS = 500;
const MOST_EPISODES = 1000;

function lessonsGrid() {
const pieces = Array(CELLS).fill("");
for (const [x, y] of [[0, 1], [1, 2], [2, 3]]) pieces[SIZE * y + x] = "ghost";
pieces[CELLS - 1] = "goal";
return pieces;
}

function transition(pieces, cell, action) {
const [x, y] = [(cell % SIZE) + MOVES[action][0], Math.floor(cell / SIZE) + MOVES[action][1]];
const inside = x >= 0 && x < SIZE && y >= 0 && y < SIZE;
const next = inside && pieces[SIZE * y + x] !== "wall" ? SIZE * y + x : cell;
return { next, reward: REWARDS[pieces[next]] ?? 0, terminated: ENDS.includes(pieces[next]) };
}

const isDead = (piece) => piece === "wall" || ENDS.includes(piece);

function lookAhead(pieces, values, discount) {
return pieces.map((piece, cell) => {
if (isDead(piece)) return [0, 0, 0, 0, 0];
return MOVES.map((_, action) => {
const { next, reward, terminated } = transition(pieces, cell, action);
return bellmanTarget([reward], [values[next]], [Number(terminated)], discount)[0];
});
});
}

const sweep = (pieces, values, discount) => lookAhead(pieces, values, discount).map((row) => Math.max(...row));

function exact(pieces, discount) {
let [values, before] = [Array(CELLS).fill(0), [NaN]];
for (let i = 0; i < 200 && values.some((value, cell) => value !== before[cell]); i++) {
[values, before] = [sweep(pieces, values, discount), values];
}
return values;
}

const best = (row) => MOVES.map((_, action) => action).filter((action) => row[action] > Math.max(...row) - 1e-9);

class QLearner {
constructor(seed) {
this.rng = new RandomStream(seed, "grid");
this.q = Array.from({ length: CELLS }, () => MOVES.map(() => 0));
this.cell = START;
this.steps = 0;
this.episodes = 0;
this.last = null;
}

choose(epsilon) {
const explore = this.rng.uniform() < epsilon;
const actions = explore ? [0, 1, 2, 3, 4] : best(this.q[this.cell]);
return { action: actions[this.rng.index(actions.length)], explore };
}

step(pieces, { discount, alpha, epsilon }) {
const { action, explore } = this.choose(epsilon);
const { cell } = this;
const { next, reward, terminated } = transition(pieces, cell, action);
const [target] = bellmanTarget([reward], this.q[next], [Number(terminated)], discount);
const before = this.q[cell][action];
this.q[cell][action] += alpha * (target - before);
this.steps += 1;
const ended = terminated || this.steps >= MOST_STEPS;
this.last = { cell, action, explore, reward, next, terminated, target, before, after: this.q[cell][action], ended: ended ? this.steps : 0 };
this.cell = ended ? START : next;
if (ended) [this.steps, this.episodes] = [0, this.episodes + 1];
return ended;
}
}

const two = (value) => number(value, 2);
const short = (value) => number(value, 3).replace(/\.?0+$/, "");

function start(ui) {
const w = ui.words;
const state = { method: "sweeps", piece: "ghost", discount: 0.9, alpha: 0.2, epsilon: 0.2 };
const world = { pieces: lessonsGrid(), refused: false };
const run = {};
const forget = () => Object.assign(run, { values: Array(CELLS).fill(0), changed: null, sweeps: 0, learner: new QLearner(1), curve: [[0, 0]] });
forget();
const learning = () => state.method === "learning";
const sweepOnce = () => {
world.refused = false;
const values = sweep(world.pieces, run.values, state.discount);
run.changed = values.map((_, cell) => cell).filter((cell) => Math.abs(values[cell] - run.values[cell]) > 1e-9);
Object.assign(run, { values, sweeps: run.sweeps + 1 });
run.curve.push([run.sweeps, values[START]]);
return run.changed.length > 0;
};
const act = () => {
const { learner } = run;
world.refused = false;
if (learner.episodes >= MOST_EPISODES) return false;
if (learner.step(world.pieces, state)) run.curve.push([learner.episodes, Math.max(...learner.q[START])]);
return true;
};
const settle = () => {
[run.changed, run.learner.last] = [null, null];
world.pieces.forEach((piece, cell) => {
if (!isDead(piece)) return;
run.values[cell] = 0;
run.learner.q[cell].fill(0);
if (run.learner.cell === cell) run.learner.cell = START;
});
};
ui.board(new Board(SIZE, SIZE, (cell) => {
const piece = world.pieces[cell] === state.piece ? "" : state.piece;
world.refused = cell === START && isDead(piece);
if (world.refused) return;
world.pieces[cell] = piece;
settle();
}));
ui.choice(state, "method", ["sweeps", "learning"], () => {
stop();
forget();
});
ui.choice(state, "piece", ["ghost", "wall", "small", "goal"]);
ui.row();
ui.when(ui.button("sweep", sweepOnce), () => !learning());
ui.when(ui.button("step", act), learning);
const stop = ui.player(() => (learning() ? act() : sweepOnce()), 5);
ui.when(ui.button("episodes", () => {
for (const goal = run.learner.episodes + 50; run.learner.episodes < goal && act(); );
}), learning);
ui.button("reset", () => {
stop();
forget();
});
ui.button("lesson", () => {
world.pieces = lessonsGrid();
settle();
});
ui.row();
ui.slider(state, "discount", { min: 0, max: 1, step: 0.05, show: two });
for (const key of ["alpha", "epsilon"]) ui.when(ui.slider(state, key, { min: 0, max: 1, step: 0.05, show: two }), learning);
return (width) => draw(width, state, world, run, w);
}

function draw(width, { method, discount }, { pieces, refused }, run, w) {
const learner = method === "learning" ? run.learner : null;
const q = learner ? learner.q : lookAhead(pieces, run.values, discount);
const values = learner ? q.map((row) => Math.max(...row)) : run.values;
const beside = width >= 560;
const size = Math.min(72, Math.floor(width / SIZE));
const left = beside ? 0 : (width - SIZE * size) / 2;
const side = SIZE * size;
const panel = beside ? { left: side + 66, top: 40, right: width - 6, bottom: side - 40 } : { left: 40, top: side + 34, right: width - 6, bottom: side + 130 };
const goal = exact(pieces, discount)[START];
const most = Math.max(learner ? 20 : 10, run.curve[run.curve.length - 1][0]);
const ends = [goal, 0, ...run.curve.map(([, value]) => value)];
const marks = scale(Math.min(...ends), Math.max(0.5, ...ends));
return {
picture: svg(width, beside ? side + 1 : side + 170,
tag("g", { transform: `translate(${left} 0)` }, ...cells(size, pieces, values, q, run, learner, w)),
text(panel.left - 34, panel.top - 18, w.ofStart, { class: "strong" }),
...plot(panel, most, marks, [
{ points: [[0, goal], [most, goal]], stroke: "good", dash: "6 5", name: `${w.exact} ${number(goal, 3)}` },
{ points: run.curve, stroke: "left" },
]),
text(panel.right, panel.bottom + 32, learner ? w.episodesAxis : w.sweepsAxis, { class: "muted", "text-anchor": "end" }),
),
label: w.label(w[method], number(values[START], 3)),
says: refused ? w.fixed : told(run, learner, w),
places: { left, top: 0, size, names: pieces.map((piece, cell) => w.cell((cell % SIZE) + 1, Math.floor(cell / SIZE) + 1, piece && `${w[piece]}, `, two(values[cell]))) },
};
}

function scale(low, high) {
const stride = ticks(high - low)[1];
const first = Math.floor(low / stride + 1e-9);
return Array.from({ length: Math.ceil(high / stride - 1e-9) - first + 1 }, (_, i) => (first + i) * stride);
}

function told(run, learner, w) {
const last = learner ? learner.last : run.changed;
if (last === null) return (learner?.episodes ?? run.sweeps) ? w.laidOut : w.none;
if (!learner) return w.swept(run.sweeps, last.length);
const what = w.went(w.actions[last.action], last.explore, short(last.reward));
return w.learned(what, short(last.target), two(last.before), two(last.after)) + (last.ended ? w.ended(learner.episodes, last.ended) : "");
}

function cells(size, pieces, values, q, { changed, sweeps }, learner, w) {
const limit = Math.max(1, ...q.flat().map(Math.abs));
const shade = (value) => ({ fill: `var(--${value < 0 ? "bad" : "left"})`, opacity: (0.65 * (Math.abs(value) / limit) ** 0.8).toFixed(3) });
const parts = [];
pieces.forEach((piece, cell) => {
const [x, y] = [size * (cell % SIZE), size * Math.floor(cell / SIZE)];
const [middle, centre] = [x + size / 2, y + size / 2];
const write = (dy, words, more = {}) => parts.push(text(middle, centre + dy, words, { "text-anchor": "middle", ...more }));
parts.push(rect(x, y, size, size, piece === "wall" ? "cart" : "card", { stroke: "var(--line)" }));
if (piece === "wall") return;
if (ENDS.includes(piece)) {
parts.push(rect(x + 1, y + 1, size - 2, size - 2, "goodsoft"));
write(5, piece === "goal" ? "+1" : "+0.3", { class: "good strong" });
return;
}
if (learner) {
areas(x, y, size).forEach((d, action) => parts.push(tag("path", { d, stroke: "var(--grid)", ...shade(q[cell][action]) })));
} else parts.push(rect(x + 1, y + 1, size - 2, size - 2, "left", shade(values[cell])));
const known = learner ? q[cell].some((value) => value !== 0) : sweeps > 0;
if (known) write(-size * 0.18, best(q[cell]).map((action) => "↑↓→←•"[action]).join(""), { class: "strong" });
write(size * 0.16, two(values[cell]));
if (piece === "ghost") parts.push(text(x + 5, y + 16, "G", { class: "bad" }));
if (cell === START) write(size / 2 - 5, w.start, { class: "muted", "font-size": 11 });
if (!learner && changed?.includes(cell)) parts.push(rect(x + 2, y + 2, size - 4, size - 4, "card", { "fill-opacity": 0, stroke: "var(--pole)", "stroke-width": 3 }));
});
if (!learner) return parts;
const at = (cell) => [size * ((cell % SIZE) + 0.78), size * (Math.floor(cell / SIZE) + 0.78)];
const { last } = learner;
if (last && last.cell !== last.next) parts.push(line(...at(last.cell), ...at(last.next), "pole", { "stroke-width": 3 }));
parts.push(disc(...at(last?.ended ? last.next : learner.cell), size * 0.11, "pole", { stroke: "var(--ink)" }));
return parts;
}

function areas(x, y, size) {
const [a, b] = [0.3 * size, 0.7 * size];
const path = (...points) => `M${points.map(([px, py]) => `${(x + px).toFixed(1)} ${(y + py).toFixed(1)}`).join("L")}z`;
return [
path([0, 0], [size, 0], [b, a], [a, a]), path([0, size], [a, b], [b, b], [size, size]),
path([size, 0], [size, size], [b, b], [b, a]), path([0, 0], [a, a], [a, b], [0, size]),
path([a, a], [b, a], [b, b], [a, b]),
];
}
return { words, still, lessonsGrid, transition, lookAhead, sweep, exact, QLearner, start };
})();
modules["explorables/explorable.js"].begin("grid_world", modules["explorables/grid_world.js"], ":root,:host{color-scheme:light;--page:#f4f6f9;--card:#ffffff;--ink:#16202c;--muted:#566272;--line:#9aa6b4;--grid:#e3e8ee;--edge:#dde3ea;--accent:#0067a3;--onaccent:#ffffff;--left:#0072b2;--right:#d97a00;--mapmiddle:#f6f6f2;--good:#007a59;--goodsoft:#009e7322;--bad:#c04a00;--badsoft:#d55e0033;--cart:#3b4f66;--pole:#e69f00;--sky:#2d86bd;--pink:#b3578c;--soft:#eef3f8;--chip:#e4f0f8;--shadow:0 1px 2px #0f1c2c14,0 8px 24px #0f1c2c0d;}:root[data-theme=\"dark\"],:host([data-theme=\"dark\"]){color-scheme:dark;--page:#0e141b;--card:#172029;--ink:#eaf0f6;--muted:#a3b1c0;--line:#5d6b7a;--grid:#283441;--edge:#263340;--accent:#6cc0ef;--onaccent:#07151f;--left:#4fb0e6;--right:#f0a23c;--mapmiddle:#1c262f;--good:#3fcf9f;--goodsoft:#3fcf9f22;--bad:#ff8a4a;--badsoft:#ff8a4a33;--cart:#8fa6bd;--pole:#f2b632;--sky:#7cc7f0;--pink:#e29ac3;--soft:#1e2933;--chip:#1d3444;--shadow:0 1px 2px #00000040;}*{box-sizing:border-box;}.note{color:var(--muted);font-size:14px;margin:6px 0;line-height:1.5;}.row{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:12px 0;}button,.button,select,input[type=\"number\"]{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:10px;padding:7px 13px;min-height:40px;cursor:pointer;}button:hover,.button:hover{background:var(--soft);}button.main{background:var(--accent);border-color:var(--accent);color:var(--onaccent);font-weight:600;}button.main:hover{filter:brightness(1.1);}button[aria-pressed=\"true\"]{background:var(--chip);border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);}:focus-visible{outline:3px solid var(--accent);outline-offset:2px;}fieldset.chips{border:0;padding:0;margin:0;display:flex;}.chips label{position:relative;}.chips input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer;}.chips span{display:block;padding:7px 13px;border:1px solid var(--line);font-size:15px;min-height:40px;}.chips label:first-of-type span{border-radius:10px 0 0 10px;}.chips label:last-of-type span{border-radius:0 10px 10px 0;border-left:0;}.chips input:checked + span{background:var(--chip);box-shadow:inset 0 0 0 1px var(--accent);}.chips input:focus-visible + span{outline:3px solid var(--accent);outline-offset:2px;}.equation{margin:10px 0;padding:12px;border-radius:12px;background:var(--soft);font:15px/1.9 ui-monospace,Menlo,monospace;overflow-x:auto;}.equation b{padding:2px 5px;border-radius:6px;background:var(--card);border:1px solid var(--edge);}.equation .r{color:var(--good);}.equation .q{color:var(--pink);}.equation .y{color:var(--accent);}.equation s{opacity:0.55;}:host{display:block;max-width:760px;margin:8px 0;transition:color 1ms;}.card{all:initial;display:block;box-sizing:border-box;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:14px;padding:14px 16px 6px;font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",sans-serif;}.card:lang(ko){word-break:keep-all;overflow-wrap:anywhere;}.title{margin:0;font-weight:600;}.note{margin:2px 0 10px;}.frame{position:relative;}.stage{width:100%;touch-action:manipulation;}.board{position:absolute;display:grid;grid-template-columns:repeat(var(--columns),var(--size));grid-auto-rows:var(--size);}.board button{min-height:0;padding:0;border:0;border-radius:0;background:transparent;}.board button:hover{background:transparent;box-shadow:inset 0 0 0 2px var(--accent);}.board button:focus-visible{outline-offset:-3px;}svg{display:block;font-size:13px;font-variant-numeric:tabular-nums;}svg text{fill:var(--ink);}svg .muted{fill:var(--muted);}svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;}svg .strong{font-weight:600;}svg .good{fill:var(--good);}svg .bad{fill:var(--bad);font-weight:600;}.says{min-height:1.5em;margin:8px 0 0;font-weight:500;}.says:empty{display:none;}.controls .row{margin:10px 0;gap:8px 18px;align-items:end;}.lever{flex:1 1 210px;display:grid;grid-template-columns:1fr auto;column-gap:10px;font-size:14px;}.lever output{color:var(--accent);font-weight:600;font-variant-numeric:tabular-nums;}.lever input{grid-column:1 / -1;width:100%;height:26px;margin:0;accent-color:var(--accent);cursor:pointer;}[hidden]{display:none;}.chips{flex-wrap:wrap;}.chips legend{padding:0;font-size:14px;margin-bottom:2px;}@media (max-width:480px){.card{padding:12px 12px 4px;}.controls .row{gap:8px;}}\n");
})();
