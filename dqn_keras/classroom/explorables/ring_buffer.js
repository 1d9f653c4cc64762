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
modules["cartpole.js"] = (() => {

const GRAVITY = 9.8;
const CART_MASS = 1.0;
const POLE_MASS = 0.1;
const TOTAL_MASS = CART_MASS + POLE_MASS;
const HALF_LENGTH = 0.5;
const FORCE = 10.0;
const TIME_STEP = 0.02;
const POSITION_LIMIT = 2.4;
const ANGLE_LIMIT = (12 * 2 * Math.PI) / 360;

function transition(state, action) {
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

function hasFallen(state) {
return Math.abs(state[0]) > POSITION_LIMIT || Math.abs(state[2]) > ANGLE_LIMIT;
}

class CartPole {
constructor(rng, maxSteps = 500) {
this.rng = rng;
this.maxSteps = maxSteps;
this.reset();
}

reset() {
this.steps = 0;
this.state = [0, 0, 0, 0].map(() => this.rng.uniform(-0.05, 0.05));
return Float32Array.from(this.state);
}

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
return { GRAVITY, CART_MASS, POLE_MASS, TOTAL_MASS, HALF_LENGTH, FORCE, TIME_STEP, POSITION_LIMIT, ANGLE_LIMIT, transition, hasFallen, CartPole };
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
modules["replay_memory.js"] = (() => {


class ReplayMemory {
constructor(capacity, stateSize) {
this.capacity = capacity;
this.stateSize = stateSize;
this.states = new Float32Array(capacity * stateSize);
this.actions = new Int32Array(capacity);
this.rewards = new Float32Array(capacity);
this.nextStates = new Float32Array(capacity * stateSize);
this.terminated = new Uint8Array(capacity);
this.appended = 0;
}

get size() {
return Math.min(this.appended, this.capacity);
}

append(state, action, reward, nextState, terminated) {
const row = this.appended % this.capacity;
this.states.set(state, row * this.stateSize);
this.actions[row] = action;
this.rewards[row] = reward;
this.nextStates.set(nextState, row * this.stateSize);
this.terminated[row] = terminated ? 1 : 0;
this.appended += 1;
}

sample(batchSize, rng) {
return this.take(Array.from({ length: batchSize }, () => rng.index(this.size)));
}

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
return { ReplayMemory };
})();
modules["explorables/ring_buffer.js"] = (() => {
const { CartPole } = modules["cartpole.js"];
const { mean, number } = modules["elements.js"];
const { RandomStream } = modules["random.js"];
const { ReplayMemory } = modules["replay_memory.js"];
const { disc, line, rect, svg, tag, text } = modules["explorables/explorable.js"];

const words = {
en: {
title: "A ring of transitions",
text: "Colour is the pole's angle: blue leans left, orange right. A red line marks a fall.",
store: "Store 1", fill: "Store 50",
player: "Who plays?",
random: "random pushes", steady: "a good player",
neighbours: "8 neighbours", drawn: "8 at random", many: "50 batches of each",
capacity: "rows N",
none: "Store at least 8 transitions, then draw a batch.",
batch: "the batch",
means: "batch means (dashed: of all rows)",
of: (size, capacity) => `${size} of ${capacity} rows`,
next: (row) => `next: row ${row}`,
falls: (n) => `${n} ${n === 1 ? "fall" : "falls"}`,
label: (size, capacity, falls) => `${size} of ${capacity} rows hold a transition, ${falls} of them a fall.`,
spread: (name, batches, spread) => `${name}: ${batches === 0 ? "none yet" : batches === 1 ? "1 batch" : `${batches} batches, means spread by ±${spread}°`}`,
worth: (neighbours, drawn) => `8 neighbours are worth about ${neighbours} independent samples, 8 at random about ${drawn}.`,
again: "Draw batches of both kinds: which dots scatter more?",
},
ko: {
title: "샘플이 담기는 링",
text: "색은 폴의 각도입니다. 파란색은 왼쪽, 주황색은 오른쪽으로 기운 것이고, 빨간 줄은 쓰러진 순간입니다.",
store: "1개 저장", fill: "50개 저장",
player: "누가 플레이하나요?",
random: "무작위로 밀기", steady: "잘하는 플레이어",
neighbours: "이웃 8개", drawn: "무작위 8개", many: "50번씩 뽑기",
capacity: "행의 수 N",
none: "샘플을 8개 이상 저장한 다음 배치를 뽑아 보세요.",
batch: "뽑힌 배치",
means: "배치의 평균 각도(점선: 전체 평균)",
of: (size, capacity) => `${capacity}행 중 ${size}행`,
next: (row) => `다음: ${row}행`,
falls: (n) => `쓰러짐 ${n}개`,
label: (size, capacity, falls) => `${capacity}행 가운데 ${size}행에 샘플이 있고, 그중 ${falls}개가 쓰러진 순간입니다.`,
spread: (name, batches, spread) => `${name}: ${batches === 0 ? "아직 없음" : batches === 1 ? "배치 1개" : `배치 ${batches}개, 평균의 흩어짐 ±${spread}°`}`,
worth: (neighbours, drawn) => `이웃 8개의 값어치는 독립인 샘플 ${neighbours}개쯤, 무작위 8개는 ${drawn}개쯤입니다.`,
again: "두 방법으로 배치를 여러 번 뽑아 보세요. 어느 쪽 점이 더 흩어지나요?",
},
};

const still = ["fill", "fill", "many", "neighbours"];

const BATCH = 8;
const MOST_DOTS = 200;
const ANGLE = 2;

function neighbours(memory, first, count) {
const oldest = memory.appended - memory.size;
return Array.from({ length: count }, (_, i) => (oldest + first + i) % memory.capacity);
}

function variance(values) {
const middle = mean(values);
return mean(values.map((value) => (value - middle) ** 2));
}

const worth = (values, means) => variance(values) / variance(means);

class Player {
constructor(seed) {
this.rng = new RandomStream(seed, "player");
this.environment = new CartPole(new RandomStream(seed, "cartpole"));
this.state = this.environment.reset();
}

step(steady) {
const [x, velocity, angle, angularVelocity] = this.state;
const lean = 0.05 * x + 0.1 * velocity + angle + 0.3 * angularVelocity;
const action = steady && this.rng.uniform() > 0.1 ? Number(lean > 0) : this.rng.index(2);
const state = this.state;
const { nextState, reward, terminated, truncated } = this.environment.step(action);
this.state = terminated || truncated ? this.environment.reset() : nextState;
return [state, action, reward, nextState, terminated];
}
}

function start(ui) {
const w = ui.words;
const rng = new RandomStream(3, "draws");
const player = new Player(1);
const state = { capacity: 48, player: "random" };
const seen = { memory: new ReplayMemory(state.capacity, 4), kind: "drawn", rows: [], means: { neighbours: [], drawn: [] } };
const forget = () => Object.assign(seen, { rows: [], means: { neighbours: [], drawn: [] } });
const store = (count) => {
for (let i = 0; i < count; i++) {
const [s, action, reward, next, terminated] = player.step(state.player === "steady");
seen.memory.append(s, action, reward, next, terminated);
}
seen.rows = [];
};
const draw = (kind) => {
const { memory } = seen;
if (memory.size < BATCH) return;
seen.kind = kind;
seen.rows = kind === "drawn" ? memory.sample(BATCH, rng).rows : neighbours(memory, rng.index(memory.size - BATCH + 1), BATCH);
seen.means[kind].push(mean(seen.rows.map((row) => degrees(memory, row))));
seen.means[kind] = seen.means[kind].slice(-MOST_DOTS);
};
ui.button("store", () => store(1));
ui.button("fill", () => store(50));
const stop = ui.player(() => store(1), 12);
ui.button("reset", () => {
stop();
seen.memory = new ReplayMemory(state.capacity, 4);
forget();
});
ui.row();
ui.button("neighbours", () => draw("neighbours"));
ui.button("drawn", () => draw("drawn"));
ui.button("many", () => {
for (let i = 0; i < 50; i++) for (const kind of ["neighbours", "drawn"]) draw(kind);
});
ui.row();
ui.slider(state, "capacity", {
min: 16, max: 96, step: 8,
changed() {
seen.memory = resized(seen.memory, state.capacity);
forget();
},
});
ui.choice(state, "player", ["random", "steady"]);
return (width) => view(width, seen, w);
}

function resized(memory, capacity) {
const other = new ReplayMemory(capacity, memory.stateSize);
other.appended = memory.appended - memory.size;
for (const row of neighbours(memory, 0, memory.size)) {
const { states, actions, rewards, nextStates, terminated } = memory.take([row]);
other.append(states, actions[0], rewards[0], nextStates, terminated[0]);
}
return other;
}

const degrees = (memory, row) => (memory.states[row * memory.stateSize + ANGLE] * 180) / Math.PI;
const LIMIT = 12;

function view(width, { memory, kind, rows, means }, w) {
const side = Math.min(300, width);
const beside = width >= 560;
const panel = { left: beside ? side + 24 : 0, top: beside ? 0 : side + 8, width: beside ? width - side - 24 : width };
let falls = 0;
for (let row = 0; row < memory.size; row++) falls += memory.terminated[row];
const angles = Array.from({ length: memory.size }, (_, row) => degrees(memory, row));
const enough = means.neighbours.length >= 20 && means.drawn.length >= 20;
const told = enough
? w.worth(...[means.neighbours, means.drawn].map((found) => worth(angles, found)).map((count) => number(count, count < 3 ? 1 : 0)))
: memory.size < BATCH ? w.none : w.again;
return {
picture: svg(width, beside ? 300 : side + 8 + 300,
tag("g", { transform: `translate(${beside ? 0 : (width - side) / 2} 0)` }, ...ring(side, memory, rows, falls, w)),
tag("g", { transform: `translate(${panel.left} ${panel.top})` }, ...beneath(panel.width, memory, kind, rows, means, angles, w)),
),
label: w.label(memory.size, memory.capacity, falls),
says: told,
};
}

function ring(side, memory, rows, falls, w) {
const { capacity, size, appended } = memory;
const [outer, inner] = [side / 2 - 26, side / 2 - 66];
const at = (radius, row) => {
const turn = (row / capacity) * 2 * Math.PI - Math.PI / 2;
return [side / 2 + radius * Math.cos(turn), side / 2 + radius * Math.sin(turn)].map((v) => v.toFixed(2));
};
const parts = [];
for (let row = 0; row < capacity; row++) {
const edge = [at(outer, row), at(outer, row + 1), at(inner, row + 1), at(inner, row)];
const d = `M${edge[0]}A${outer} ${outer} 0 0 1 ${edge[1]}L${edge[2]}A${inner} ${inner} 0 0 0 ${edge[3]}z`;
parts.push(tag("path", { d, fill: "var(--grid)", stroke: "var(--card)" }));
if (row >= size) continue;
const angle = degrees(memory, row);
const opacity = Math.min(1, Math.abs(angle) / LIMIT) ** 0.6;
parts.push(tag("path", { d, fill: `var(--${angle < 0 ? "left" : "right"})`, opacity: opacity.toFixed(3), stroke: "var(--card)" }));
if (memory.terminated[row]) {
const [[x1, y1], [x2, y2]] = [at(inner - 2, row + 0.5), at(outer + 6, row + 0.5)];
parts.push(line(x1, y1, x2, y2, "bad", { "stroke-width": 3 }));
}
}
const times = {};
for (const row of rows) {
times[row] = (times[row] ?? 0) + 1;
const [x, y] = at(inner - 1 - 9 * times[row], row + 0.5);
parts.push(disc(x, y, 4, "pole", { stroke: "var(--ink)" }));
}
for (let row = 0; row < capacity; row += capacity / 8) {
const [x, y] = at(outer + 19, row + 0.5);
parts.push(text(x, Number(y) + 4, row, { "text-anchor": "middle", class: "muted" }));
}
const next = appended % capacity;
const [tip, a, b] = [at(outer, next + 0.5), at(outer + 10, next + 0.5 - capacity / 100), at(outer + 10, next + 0.5 + capacity / 100)];
parts.push(tag("path", { d: `M${tip}L${a}L${b}z`, fill: "var(--ink)" }));
const middle = { "text-anchor": "middle" };
const told = [[w.of(size, capacity), "strong"], [w.next(next), ""], [`${appended} mod ${capacity} = ${next}`, "muted"], [w.falls(falls), "bad"]];
told.forEach(([words, kind], i) => parts.push(text(side / 2, side / 2 - 25 + 20 * i, words, { ...middle, class: kind })));
return parts;
}

function beneath(width, memory, kind, rows, means, angles, w) {
const parts = [text(0, 16, rows.length ? `${w.batch}: ${w[kind]}` : w.batch, { class: "strong" })];
const each = Math.min(44, width / BATCH);
parts.push(line(0, 76, each * BATCH, 76, "line"));
rows.forEach((row, i) => {
const angle = degrees(memory, row);
const lean = (3 * angle * Math.PI) / 180;
const x = each * (i + 0.5);
parts.push(line(x, 76, x + 44 * Math.sin(lean), 76 - 44 * Math.cos(lean), angle < 0 ? "left" : "right", { "stroke-width": 6, "stroke-linecap": "round" }));
parts.push(rect(x - 9, 72, 18, 8, "cart", { rx: 2 }));
});
parts.push(text(0, 120, w.means, { class: "strong" }));
const toX = (angle) => width / 2 + (Math.max(-LIMIT, Math.min(LIMIT, angle)) / LIMIT) * (width / 2 - 12);
for (const angle of [-LIMIT, -LIMIT / 2, 0, LIMIT / 2, LIMIT]) {
parts.push(line(toX(angle), 132, toX(angle), 270, angle === 0 ? "line" : "grid"));
const anchor = angle === -LIMIT ? "start" : angle === LIMIT ? "end" : "middle";
parts.push(text(anchor === "start" ? 0 : anchor === "end" ? width : toX(angle), 288, `${number(angle, 0)}°`, { "text-anchor": anchor, class: "muted" }));
}
if (angles.length) parts.push(line(toX(mean(angles)), 132, toX(mean(angles)), 270, "good", { "stroke-width": 2, "stroke-dasharray": "5 4" }));
["neighbours", "drawn"].forEach((name, lane) => {
const middle = 176 + 66 * lane;
const found = means[name];
found.forEach((angle, i) => parts.push(disc(toX(angle).toFixed(1), middle - 7 + ((i * 7) % 15), 4, "sky", { opacity: i === found.length - 1 ? 1 : 0.4 })));
parts.push(text(0, middle - 18, w.spread(w[name], found.length, number(Math.sqrt(variance(found)), 1)), { class: "muted halo" }));
});
return parts;
}
return { words, still, neighbours, variance, worth, Player, start, resized };
})();
modules["explorables/explorable.js"].begin("ring_buffer", modules["explorables/ring_buffer.js"], ":root,:host{color-scheme:light;--page:#f4f6f9;--card:#ffffff;--ink:#16202c;--muted:#566272;--line:#9aa6b4;--grid:#e3e8ee;--edge:#dde3ea;--accent:#0067a3;--onaccent:#ffffff;--left:#0072b2;--right:#d97a00;--mapmiddle:#f6f6f2;--good:#007a59;--goodsoft:#009e7322;--bad:#c04a00;--badsoft:#d55e0033;--cart:#3b4f66;--pole:#e69f00;--sky:#2d86bd;--pink:#b3578c;--soft:#eef3f8;--chip:#e4f0f8;--shadow:0 1px 2px #0f1c2c14,0 8px 24px #0f1c2c0d;}:root[data-theme=\"dark\"],:host([data-theme=\"dark\"]){color-scheme:dark;--page:#0e141b;--card:#172029;--ink:#eaf0f6;--muted:#a3b1c0;--line:#5d6b7a;--grid:#283441;--edge:#263340;--accent:#6cc0ef;--onaccent:#07151f;--left:#4fb0e6;--right:#f0a23c;--mapmiddle:#1c262f;--good:#3fcf9f;--goodsoft:#3fcf9f22;--bad:#ff8a4a;--badsoft:#ff8a4a33;--cart:#8fa6bd;--pole:#f2b632;--sky:#7cc7f0;--pink:#e29ac3;--soft:#1e2933;--chip:#1d3444;--shadow:0 1px 2px #00000040;}*{box-sizing:border-box;}.note{color:var(--muted);font-size:14px;margin:6px 0;line-height:1.5;}.row{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:12px 0;}button,.button,select,input[type=\"number\"]{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:10px;padding:7px 13px;min-height:40px;cursor:pointer;}button:hover,.button:hover{background:var(--soft);}button.main{background:var(--accent);border-color:var(--accent);color:var(--onaccent);font-weight:600;}button.main:hover{filter:brightness(1.1);}button[aria-pressed=\"true\"]{background:var(--chip);border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);}:focus-visible{outline:3px solid var(--accent);outline-offset:2px;}fieldset.chips{border:0;padding:0;margin:0;display:flex;}.chips label{position:relative;}.chips input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer;}.chips span{display:block;padding:7px 13px;border:1px solid var(--line);font-size:15px;min-height:40px;}.chips label:first-of-type span{border-radius:10px 0 0 10px;}.chips label:last-of-type span{border-radius:0 10px 10px 0;border-left:0;}.chips input:checked + span{background:var(--chip);box-shadow:inset 0 0 0 1px var(--accent);}.chips input:focus-visible + span{outline:3px solid var(--accent);outline-offset:2px;}.equation{margin:10px 0;padding:12px;border-radius:12px;background:var(--soft);font:15px/1.9 ui-monospace,Menlo,monospace;overflow-x:auto;}.equation b{padding:2px 5px;border-radius:6px;background:var(--card);border:1px solid var(--edge);}.equation .r{color:var(--good);}.equation .q{color:var(--pink);}.equation .y{color:var(--accent);}.equation s{opacity:0.55;}:host{display:block;max-width:760px;margin:8px 0;transition:color 1ms;}.card{all:initial;display:block;box-sizing:border-box;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:14px;padding:14px 16px 6px;font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",sans-serif;}.card:lang(ko){word-break:keep-all;overflow-wrap:anywhere;}.title{margin:0;font-weight:600;}.note{margin:2px 0 10px;}.frame{position:relative;}.stage{width:100%;touch-action:manipulation;}.board{position:absolute;display:grid;grid-template-columns:repeat(var(--columns),var(--size));grid-auto-rows:var(--size);}.board button{min-height:0;padding:0;border:0;border-radius:0;background:transparent;}.board button:hover{background:transparent;box-shadow:inset 0 0 0 2px var(--accent);}.board button:focus-visible{outline-offset:-3px;}svg{display:block;font-size:13px;font-variant-numeric:tabular-nums;}svg text{fill:var(--ink);}svg .muted{fill:var(--muted);}svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;}svg .strong{font-weight:600;}svg .good{fill:var(--good);}svg .bad{fill:var(--bad);font-weight:600;}.says{min-height:1.5em;margin:8px 0 0;font-weight:500;}.says:empty{display:none;}.controls .row{margin:10px 0;gap:8px 18px;align-items:end;}.lever{flex:1 1 210px;display:grid;grid-template-columns:1fr auto;column-gap:10px;font-size:14px;}.lever output{color:var(--accent);font-weight:600;font-variant-numeric:tabular-nums;}.lever input{grid-column:1 / -1;width:100%;height:26px;margin:0;accent-color:var(--accent);cursor:pointer;}[hidden]{display:none;}.chips{flex-wrap:wrap;}.chips legend{padding:0;font-size:14px;margin-bottom:2px;}@media (max-width:480px){.card{padding:12px 12px 4px;}.controls .row{gap:8px;}}\n");
})();
