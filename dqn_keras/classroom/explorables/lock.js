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
modules["explorables/lock.js"] = (() => {
const { number, ticks } = modules["elements.js"];
const { RandomStream } = modules["random.js"];
const { line, rect, svg, tag, text } = modules["explorables/explorable.js"];

const words = {
en: {
title: "Actor-learners and a lock, on a clock",
text: "Each learner copies the weights, plays a rollout and applies its gradients, over and over. Copying and applying need the lock. A rollout takes half to one and a half times as long as set; each learner has a core of its own.",
copy: "copy", rollout: "rollout", apply: "apply", wait: "wait", lock: "lock",
widths: { copy: 4, rollout: 6, apply: 5, wait: 4 },
next: "Next event", ahead: "One page on", small: "CartPole", long: "Long rollouts",
learners: "Learners", one: "1", two: "2", four: "4",
rolloutTime: "a rollout, ms", lockTime: "copy and apply together, ms",
longRun: "Updates a second in the long run (dashed: if nobody had to wait)",
told: (count, rate, times, held) => `${count} ${count === 1 ? "learner" : "learners"}: ${rate}, ${times}×, lock held ${held}`,
begin: "All want to copy at once, and there is one lock. Who plays first?",
at: (time, told) => `${time} ms: ${told}.`,
does: { copy: (name) => `${name} copies`, rollout: (name) => `${name} plays`, apply: (name) => `${name} applies`, wait: (name) => `${name} waits` },
label: (count, time, held) => `Learners: ${count}, after ${time} ms. In the long run somebody holds the lock ${held} of the time.`,
},
ko: {
title: "액터러너와 락, 시계 위에서",
text: "액터러너는 저마다 가중치를 복사하고, 롤아웃을 플레이하고, 그레이디언트를 적용하는 일을 되풀이합니다. 복사와 적용에는 락이 필요합니다. 롤아웃은 정한 시간의 0.5배에서 1.5배까지 걸리고, 코어는 액터러너마다 하나씩 있습니다.",
copy: "복사", rollout: "롤아웃", apply: "적용", wait: "대기", lock: "락",
widths: { copy: 3, rollout: 5, apply: 3, wait: 3 },
next: "다음 사건", ahead: "한 화면 뒤로", small: "카트폴", long: "긴 롤아웃",
learners: "액터러너", one: "1", two: "2", four: "4",
rolloutTime: "롤아웃, ms", lockTime: "복사와 적용을 합쳐, ms",
longRun: "오래 돌렸을 때 초당 업데이트 (점선: 아무도 기다리지 않을 때)",
told: (count, rate, times, held) => `액터러너 ${count}개: ${rate}번, ${times}배, 락이 잡힌 시간 ${held}`,
begin: "모두가 한꺼번에 복사하려고 하는데 락은 하나입니다. 누가 먼저 플레이할까요?",
at: (time, told) => `${time} ms: ${told}.`,
does: { copy: (name) => `${name} 복사`, rollout: (name) => `${name} 플레이`, apply: (name) => `${name} 적용`, wait: (name) => `${name} 대기` },
label: (count, time, held) => `액터러너 ${count}개, ${time} ms 뒤. 오래 돌리면 전체 시간의 ${held} 동안 누군가 락을 쥐고 있습니다.`,
},
};

const still = ["ahead"];

const NAMES = ["A", "B", "C", "D"];
const COUNTS = { one: 1, two: 2, four: 4 };
const UNDER_LOCK = ["copy", "apply"];
const LONG = 5000;
const PAGES = 10;
const PRESETS = { small: { rolloutTime: 0.36, lockTime: 0.3 }, long: { rolloutTime: 6, lockTime: 0.3 } };

const timesOf = ({ rolloutTime, lockTime }) => ({ copy: lockTime / 3, apply: (2 * lockTime) / 3, rollout: rolloutTime });

function simulated(count, times, seed, { updates = Infinity, ms = Infinity }) {
const learners = Array.from({ length: count }, (_, i) => ({ i, rng: new RandomStream(seed, NAMES[i]), does: "copy", asks: 0 }));
const spans = [];
let [free, done] = [0, 0];
while (done < updates) {
const learner = learners.reduce((first, other) => (other.asks < first.asks ? other : first));
const { i, rng, does, asks } = learner;
if (asks >= ms) break;
const from = Math.max(asks, free);
const to = from + times[does];
if (from > asks) spans.push({ i, does: "wait", from: asks, to: from });
spans.push({ i, does, from, to });
free = learner.asks = to;
if (does === "apply") {
learner.does = "copy";
done += 1;
} else {
learner.asks = to + times.rollout * rng.uniform(0.5, 1.5);
learner.does = "apply";
spans.push({ i, does: "rollout", from: to, to: learner.asks });
}
}
return spans;
}

function longRun(count, times, seed = 1) {
const spans = simulated(count, times, seed, { updates: LONG });
const end = Math.max(...spans.filter(({ does }) => does === "apply").map(({ to }) => to));
const held = spans.filter(({ does }) => UNDER_LOCK.includes(does)).reduce((sum, { from, to }) => sum + to - from, 0);
return { rate: LONG / end, held: Math.min(1, held / end) };
}

function start(ui) {
const w = ui.words;
const state = { learners: "two", ...PRESETS.small };
const clock = { now: 0, spans: [], rates: {} };
const plan = () => {
const times = timesOf(state);
clock.spans = simulated(COUNTS[state.learners], times, 1, { ms: PAGES * page(state) });
clock.rates = Object.fromEntries(Object.entries(COUNTS).map(([name, count]) => [name, longRun(count, times)]));
};
plan();
const on = (time) => {
clock.now = Math.min(PAGES * page(state), clock.now + time);
return clock.now < PAGES * page(state);
};
ui.button("next", () => {
const changes = clock.spans.map(({ from }) => from).filter((from) => from > clock.now + 1e-9);
clock.now = Math.min(PAGES * page(state), ...changes);
});
const stop = ui.player(() => on(page(state) / 60), 12);
ui.button("ahead", () => on(page(state)));
const anew = () => {
stop();
clock.now = 0;
plan();
};
ui.button("reset", anew);
for (const name of Object.keys(PRESETS)) {
ui.button(name, () => {
Object.assign(state, PRESETS[name]);
anew();
});
}
ui.row();
ui.choice(state, "learners", Object.keys(COUNTS), anew);
ui.slider(state, "rolloutTime", { min: 0.1, max: 10, step: 0.02, show: ms, changed: anew });
ui.slider(state, "lockTime", { min: 0.02, max: 3, step: 0.02, show: ms, changed: anew });
return (width) => draw(width, state, clock, w);
}

const ms = (value) => number(value, 2);
const short = (value) => ms(value).replace(/\.?0+$/, "");
const percent = (share) => `${number(100 * share, 0)}%`;
const COLOURS = { copy: "sky", rollout: "good", apply: "right", wait: "grid" };

const page = ({ rolloutTime, lockTime }) => 6 * (rolloutTime + lockTime);

function draw(width, state, clock, w) {
const count = COUNTS[state.learners];
const { held } = clock.rates[state.learners];
const now = clock.spans.filter(({ from, to }) => from <= clock.now && clock.now < to);
const told = now.sort((a, b) => a.i - b.i).map(({ i, does }) => w.does[does](NAMES[i])).join(", ");
return {
picture: timeline(width, count, page(state), clock, w) + tag("b", {}, w.longRun) + rates(width, state.learners, clock.rates, w),
label: w.label(count, ms(clock.now), percent(held)),
says: clock.now === 0 ? w.begin : w.at(ms(clock.now), told),
};
}

function timeline(width, count, shown, { now, spans }, w) {
const [left, right, row] = [46, width - 8, 34];
const first = Math.max(0, now - shown);
const toX = (time) => left + ((right - left) * (time - first)) / shown;
const bottom = 34 + row * (count + 1) + 8;
const parts = [];
let x = left;
for (const does of Object.keys(COLOURS)) {
parts.push(block(x, 8, 14, 14, does), text(x + 19, 20, w[does]));
x += 36 + 8.2 * w.widths[does];
}
for (let i = 0; i < count; i++) parts.push(text(left - 9, 34 + row * i + 20, NAMES[i], { "text-anchor": "end", class: "strong" }));
const lockTop = 42 + row * count;
parts.push(text(left - 9, lockTop + 19, w.lock, { "text-anchor": "end", class: "muted" }));
parts.push(rect(left, lockTop + 2, Math.max(0, toX(now) - left), 24, "soft", { rx: 3 }));
for (const { i, does, from, to } of spans) {
const [a, b] = [Math.max(toX(from), left), toX(Math.min(to, now))];
if (b <= a) continue;
parts.push(block(a, 34 + row * i + 2, b - a, 26, does));
if (!UNDER_LOCK.includes(does)) continue;
parts.push(block(a, lockTop + 2, b - a, 24, does));
if (b - a > 12) parts.push(text((a + b) / 2, lockTop + 19, NAMES[i], { "text-anchor": "middle", class: "halo" }));
}
for (const mark of ticks(shown).map((tick) => tick + ticks(shown)[1] * Math.ceil(first / ticks(shown)[1]))) {
if (toX(mark) > right) continue;
parts.push(line(toX(mark), bottom - 6, toX(mark), bottom, "line"));
parts.push(text(toX(mark), bottom + 15, short(mark), { "text-anchor": "middle", class: "muted" }));
}
parts.push(text(left - 9, bottom + 15, "ms", { "text-anchor": "end", class: "muted" }));
parts.push(line(toX(now), 28, toX(now), bottom, "ink", { "stroke-width": 2 }));
return svg(width, bottom + 24, ...parts);
}

const block = (x, y, width, height, does) => rect(x, y, width, height, COLOURS[does],
does === "wait" ? { "fill-opacity": 0.35, stroke: "var(--muted)", "stroke-dasharray": "3 3", rx: 3 } : { stroke: "var(--card)", rx: 3 });

function rates(width, chosen, found, w) {
const one = found.one.rate;
const toX = (rate) => (width - 4) * (rate / (4 * one));
const parts = Object.entries(COUNTS).flatMap(([name, count], i) => {
const [top, { rate, held }] = [50 * i, found[name]];
const ghost = { rx: 3, "fill-opacity": 0, stroke: "var(--muted)", "stroke-dasharray": "4 3" };
return [
text(0, top + 17, w.told(count, number(1000 * rate, 0), number(rate / one, 2), percent(held)), { class: name === chosen ? "strong" : "" }),
rect(1, top + 24, toX(count * one), 15, "card", ghost),
rect(1, top + 24, toX(rate), 15, name === chosen ? "left" : "sky", { rx: 3, opacity: name === chosen ? 1 : 0.5 }),
];
});
return svg(width, 146, ...parts);
}
return { words, still, simulated, longRun, start };
})();
modules["explorables/explorable.js"].begin("lock", modules["explorables/lock.js"], ":root,:host{color-scheme:light;--page:#f4f6f9;--card:#ffffff;--ink:#16202c;--muted:#566272;--line:#9aa6b4;--grid:#e3e8ee;--edge:#dde3ea;--accent:#0067a3;--onaccent:#ffffff;--left:#0072b2;--right:#d97a00;--mapmiddle:#f6f6f2;--good:#007a59;--goodsoft:#009e7322;--bad:#c04a00;--badsoft:#d55e0033;--cart:#3b4f66;--pole:#e69f00;--sky:#2d86bd;--pink:#b3578c;--soft:#eef3f8;--chip:#e4f0f8;--shadow:0 1px 2px #0f1c2c14,0 8px 24px #0f1c2c0d;}:root[data-theme=\"dark\"],:host([data-theme=\"dark\"]){color-scheme:dark;--page:#0e141b;--card:#172029;--ink:#eaf0f6;--muted:#a3b1c0;--line:#5d6b7a;--grid:#283441;--edge:#263340;--accent:#6cc0ef;--onaccent:#07151f;--left:#4fb0e6;--right:#f0a23c;--mapmiddle:#1c262f;--good:#3fcf9f;--goodsoft:#3fcf9f22;--bad:#ff8a4a;--badsoft:#ff8a4a33;--cart:#8fa6bd;--pole:#f2b632;--sky:#7cc7f0;--pink:#e29ac3;--soft:#1e2933;--chip:#1d3444;--shadow:0 1px 2px #00000040;}*{box-sizing:border-box;}.note{color:var(--muted);font-size:14px;margin:6px 0;line-height:1.5;}.row{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:12px 0;}button,.button,select,input[type=\"number\"]{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:10px;padding:7px 13px;min-height:40px;cursor:pointer;}button:hover,.button:hover{background:var(--soft);}button.main{background:var(--accent);border-color:var(--accent);color:var(--onaccent);font-weight:600;}button.main:hover{filter:brightness(1.1);}button[aria-pressed=\"true\"]{background:var(--chip);border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);}:focus-visible{outline:3px solid var(--accent);outline-offset:2px;}fieldset.chips{border:0;padding:0;margin:0;display:flex;}.chips label{position:relative;}.chips input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer;}.chips span{display:block;padding:7px 13px;border:1px solid var(--line);font-size:15px;min-height:40px;}.chips label:first-of-type span{border-radius:10px 0 0 10px;}.chips label:last-of-type span{border-radius:0 10px 10px 0;border-left:0;}.chips input:checked + span{background:var(--chip);box-shadow:inset 0 0 0 1px var(--accent);}.chips input:focus-visible + span{outline:3px solid var(--accent);outline-offset:2px;}.equation{margin:10px 0;padding:12px;border-radius:12px;background:var(--soft);font:15px/1.9 ui-monospace,Menlo,monospace;overflow-x:auto;}.equation b{padding:2px 5px;border-radius:6px;background:var(--card);border:1px solid var(--edge);}.equation .r{color:var(--good);}.equation .q{color:var(--pink);}.equation .y{color:var(--accent);}.equation s{opacity:0.55;}:host{display:block;max-width:760px;margin:8px 0;transition:color 1ms;}.card{all:initial;display:block;box-sizing:border-box;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:14px;padding:14px 16px 6px;font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",sans-serif;}.card:lang(ko){word-break:keep-all;overflow-wrap:anywhere;}.title{margin:0;font-weight:600;}.note{margin:2px 0 10px;}.frame{position:relative;}.stage{width:100%;touch-action:manipulation;}.board{position:absolute;display:grid;grid-template-columns:repeat(var(--columns),var(--size));grid-auto-rows:var(--size);}.board button{min-height:0;padding:0;border:0;border-radius:0;background:transparent;}.board button:hover{background:transparent;box-shadow:inset 0 0 0 2px var(--accent);}.board button:focus-visible{outline-offset:-3px;}svg{display:block;font-size:13px;font-variant-numeric:tabular-nums;}svg text{fill:var(--ink);}svg .muted{fill:var(--muted);}svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;}svg .strong{font-weight:600;}svg .good{fill:var(--good);}svg .bad{fill:var(--bad);font-weight:600;}.says{min-height:1.5em;margin:8px 0 0;font-weight:500;}.says:empty{display:none;}.controls .row{margin:10px 0;gap:8px 18px;align-items:end;}.lever{flex:1 1 210px;display:grid;grid-template-columns:1fr auto;column-gap:10px;font-size:14px;}.lever output{color:var(--accent);font-weight:600;font-variant-numeric:tabular-nums;}.lever input{grid-column:1 / -1;width:100%;height:26px;margin:0;accent-color:var(--accent);cursor:pointer;}[hidden]{display:none;}.chips{flex-wrap:wrap;}.chips legend{padding:0;font-size:14px;margin-bottom:2px;}@media (max-width:480px){.card{padding:12px 12px 4px;}.controls .row{gap:8px;}}\n");
})();
