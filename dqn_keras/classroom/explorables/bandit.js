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
modules["exploration.js"] = (() => {
const { argmax } = modules["bellman.js"];

function epsilonGreedy(qValues, epsilon, rng) {
const explore = rng.uniform() < epsilon;
const randomAction = rng.index(qValues.length);
return { action: explore ? randomAction : argmax(qValues), explore };
}

function exponentialEpsilon(epsilon, epsilonDecay, epsilonMin, count) {
return Math.max(epsilon * Math.fround(epsilonDecay) ** count, epsilonMin);
}
return { epsilonGreedy, exponentialEpsilon };
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
modules["explorables/bandit.js"] = (() => {
const { argmax } = modules["bellman.js"];
const { mean, number, ticks } = modules["elements.js"];
const { epsilonGreedy } = modules["exploration.js"];
const { plot } = modules["plot.js"];
const { RandomStream } = modules["random.js"];
const { line, rect, svg, tag, text } = modules["explorables/explorable.js"];

const words = {
en: {
title: "Four machines",
text: "A and B pay as above. What C and D pay you have to find out. Bars are what you believe, the mean of what was paid so far.",
pullA: "Pull A", pullB: "Pull B", pullC: "Pull C", pullD: "Pull D",
one: "Let ε-greedy pull", hundred: "100 pulls",
epsilon: "ε, the share of random pulls",
truth: "The true means", hidden: "hidden", shown: "shown",
hand: "by hand", mixed: "mixed", of: (epsilon) => `ε = ${epsilon}`,
pulls: (n) => (n === 1 ? "1 pull" : `${n} pulls`),
mean: (value) => `true ${value}`,
regret: "Regret", regretText: "How much more the best machine would have paid on average in as many pulls. Grey: your runs before.",
none: "Which machine will you bet on?",
pulled: (machine, how, pay, k, before, after) =>
`${machine}${how} paid ${pay}: Q(${machine}) = ${before} + (${pay} − ${before}) / ${k} = ${after}.`,
greedy: " (greedy)", random: " (random)",
most: (n) => `${n} pulls. Start over, with another ε; this run's regret stays as a grey line.`,
label: (q, pulls, regret) => `Estimates ${q}; pulls ${pulls}; regret ${regret}.`,
},
ko: {
title: "기계 네 대",
text: "A와 B는 위에서 본 그대로입니다. C와 D가 얼마를 주는지는 직접 알아내야 합니다. 막대는 지금까지 받은 값의 평균, 곧 여러분의 추정값입니다.",
pullA: "A 당기기", pullB: "B 당기기", pullC: "C 당기기", pullD: "D 당기기",
one: "입실론 그리디로 한 번", hundred: "100번",
epsilon: "ε, 무작위로 당기는 비율",
truth: "실제 평균", hidden: "가리기", shown: "보기",
hand: "손으로", mixed: "섞어서", of: (epsilon) => `ε = ${epsilon}`,
pulls: (n) => `${n}번`,
mean: (value) => `실제 ${value}`,
regret: "리그렛(regret)", regretText: "가장 좋은 기계만 같은 횟수만큼 당겼을 때보다 평균적으로 얼마나 덜 받았는지입니다. 회색은 앞서 한 실행입니다.",
none: "어느 기계에 걸겠습니까?",
pulled: (machine, how, pay, k, before, after) =>
`${machine}${how}, 받은 값 ${pay}: Q(${machine}) = ${before} + (${pay} − ${before}) / ${k} = ${after}`,
greedy: "(그리디)", random: "(무작위)",
most: (n) => `${n}번 당겼습니다. ε을 바꾸고 처음부터 다시 해 보세요. 이번 리그렛은 회색 선으로 남습니다.`,
label: (q, pulls, regret) => `추정값 ${q}, 당긴 횟수 ${pulls}, 리그렛 ${regret}.`,
},
};

const five = ["hundred", "hundred", "hundred", "hundred", "hundred"];
const still = [["epsilon", 1], ...five, "reset", ["epsilon", 0], ...five, "reset", ["epsilon", 0.1], ...five, ["truth", "shown"]];

const MACHINES = { A: [1], B: [0, 4], C: [0, 3], D: [0, 0, 0, 10] };
const NAMES = Object.keys(MACHINES);
const PAYS = Object.values(MACHINES);
const TRUE = PAYS.map(mean);
const BEST = Math.max(...TRUE);
const MOST = 1000;
const DASHES = ["6 3", "2 3", "9 3 2 3"];

class Player {
constructor(seed) {
this.seed = seed;
this.rng = new RandomStream(seed, "bandit");
this.qValues = PAYS.map(() => 0);
this.pulls = PAYS.map(() => 0);
this.regret = [0];
this.ways = new Set();
this.last = null;
}

pull(machine, way = "hand", explore = false) {
const pay = PAYS[machine][this.rng.index(PAYS[machine].length)];
const before = this.qValues[machine];
this.pulls[machine] += 1;
this.qValues[machine] += (pay - before) / this.pulls[machine];
this.regret.push(this.regret[this.regret.length - 1] + BEST - TRUE[machine]);
this.ways.add(way);
this.last = { machine, pay, before, how: way === "hand" ? "" : explore ? "random" : "greedy" };
}

play(epsilon) {
const { action, explore } = epsilonGreedy(this.qValues, epsilon, this.rng);
this.pull(action, epsilon, explore);
}

get count() {
return this.regret.length - 1;
}
}

const short = (value) => number(value, 2).replace(/\.?0+$/, "");

function start(ui) {
const w = ui.words;
const state = { epsilon: 0.1, truth: "hidden" };
const runs = { earlier: [], now: new Player(27) };
const more = (count) => {
for (let i = 0; i < count && runs.now.count < MOST; i++) runs.now.play(state.epsilon);
return runs.now.count < MOST;
};
NAMES.forEach((name, machine) => ui.button(`pull${name}`, () => runs.now.count < MOST && runs.now.pull(machine)));
ui.row();
ui.button("one", () => more(1));
const stop = ui.player(() => more(1), 8);
ui.button("hundred", () => more(100));
ui.button("reset", () => {
stop();
if (runs.now.count >= 20) runs.earlier = [...runs.earlier, runs.now].slice(-3);
runs.now = new Player(runs.now.seed + 1);
});
ui.row();
ui.slider(state, "epsilon", { min: 0, max: 1, step: 0.01, show: short });
ui.choice(state, "truth", ["hidden", "shown"]);
return (width) => draw(width, runs, state.truth === "shown", w);
}

function draw(width, { earlier, now }, shown, w) {
const { qValues, pulls, regret, last, count } = now;
const name = last && NAMES[last.machine];
const told = last && w.pulled(name, last.how && w[last.how], last.pay, pulls[last.machine], short(last.before), short(qValues[last.machine]));
const heading = [tag("b", {}, w.regret), tag("p", { class: "note" }, w.regretText)];
return {
picture: machines(width, now, shown, w) + heading.join("") + regrets(width, [...earlier, now], w),
label: w.label(qValues.map((q, i) => `${NAMES[i]} ${short(q)}`).join(", "), pulls.join(", "), short(regret[count])),
says: count >= MOST ? w.most(MOST) : (told ?? w.none),
};
}

function machines(width, { qValues, pulls, last }, shown, w) {
const each = Math.min(172, width / NAMES.length);
const half = Math.min(26, each * 0.3);
const greedy = argmax(qValues);
const most = Math.max(3, ...qValues);
const [top, bottom] = [40, 170];
const toY = (value) => bottom - ((bottom - top) * value) / most;
const parts = [line(0, bottom, each * NAMES.length, bottom, "line")];
NAMES.forEach((name, machine) => {
const middle = each * (machine + 0.5);
const [q, mine] = [qValues[machine], machine === greedy ? "strong" : ""];
const write = (y, words, more) => parts.push(text(middle, y, words, { "text-anchor": "middle", ...more }));
parts.push(rect(middle - half, toY(q), 2 * half, bottom - toY(q), "left", { rx: 3, opacity: mine ? 1 : 0.4 }));
if (shown) {
const y = toY(TRUE[machine]);
parts.push(line(middle - half - 8, y, middle + half + 8, y, "right", { "stroke-width": 3, "stroke-dasharray": "5 3" }));
write(bottom + 55, w.mean(short(TRUE[machine])), { class: "muted" });
}
const above = toY(Math.max(q, shown ? TRUE[machine] : 0)) - 8;
write(above, short(q), { class: mine });
if (last?.machine === machine) write(above - 18, `+${last.pay}`, { class: last.pay ? "good" : "muted" });
write(bottom + 19, name, { class: "strong" });
write(bottom + 37, w.pulls(pulls[machine]), { class: "muted" });
});
return svg(width, bottom + 64, ...parts);
}

function regrets(width, runs, w) {
const called = ({ ways }) => (ways.size > 1 ? w.mixed : ways.has("hand") ? w.hand : w.of(short([...ways][0])));
const longest = Math.max(100, ...runs.map((run) => run.count));
const worst = 1.1 * Math.max(20, ...runs.map((run) => run.regret[run.count]));
const marks = ticks(worst);
if (marks[marks.length - 1] < worst) marks.push(marks.length * marks[1]);
const curves = runs.map((run, i) => ({
points: run.regret.map((value, pull) => [pull, value]),
stroke: i < runs.length - 1 ? "muted" : "left",
dash: i < runs.length - 1 ? DASHES[i] : "none",
name: run.count ? called(run) : "",
}));
return svg(width, 172, ...plot({ left: 40, top: 6, right: width - 6, bottom: 146 }, longest, marks, curves));
}
return { words, still, MACHINES, Player, start };
})();
modules["explorables/explorable.js"].begin("bandit", modules["explorables/bandit.js"], ":root,:host{color-scheme:light;--page:#f4f6f9;--card:#ffffff;--ink:#16202c;--muted:#566272;--line:#9aa6b4;--grid:#e3e8ee;--edge:#dde3ea;--accent:#0067a3;--onaccent:#ffffff;--left:#0072b2;--right:#d97a00;--mapmiddle:#f6f6f2;--good:#007a59;--goodsoft:#009e7322;--bad:#c04a00;--badsoft:#d55e0033;--cart:#3b4f66;--pole:#e69f00;--sky:#2d86bd;--pink:#b3578c;--soft:#eef3f8;--chip:#e4f0f8;--shadow:0 1px 2px #0f1c2c14,0 8px 24px #0f1c2c0d;}:root[data-theme=\"dark\"],:host([data-theme=\"dark\"]){color-scheme:dark;--page:#0e141b;--card:#172029;--ink:#eaf0f6;--muted:#a3b1c0;--line:#5d6b7a;--grid:#283441;--edge:#263340;--accent:#6cc0ef;--onaccent:#07151f;--left:#4fb0e6;--right:#f0a23c;--mapmiddle:#1c262f;--good:#3fcf9f;--goodsoft:#3fcf9f22;--bad:#ff8a4a;--badsoft:#ff8a4a33;--cart:#8fa6bd;--pole:#f2b632;--sky:#7cc7f0;--pink:#e29ac3;--soft:#1e2933;--chip:#1d3444;--shadow:0 1px 2px #00000040;}*{box-sizing:border-box;}.note{color:var(--muted);font-size:14px;margin:6px 0;line-height:1.5;}.row{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:12px 0;}button,.button,select,input[type=\"number\"]{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:10px;padding:7px 13px;min-height:40px;cursor:pointer;}button:hover,.button:hover{background:var(--soft);}button.main{background:var(--accent);border-color:var(--accent);color:var(--onaccent);font-weight:600;}button.main:hover{filter:brightness(1.1);}button[aria-pressed=\"true\"]{background:var(--chip);border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);}:focus-visible{outline:3px solid var(--accent);outline-offset:2px;}fieldset.chips{border:0;padding:0;margin:0;display:flex;}.chips label{position:relative;}.chips input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer;}.chips span{display:block;padding:7px 13px;border:1px solid var(--line);font-size:15px;min-height:40px;}.chips label:first-of-type span{border-radius:10px 0 0 10px;}.chips label:last-of-type span{border-radius:0 10px 10px 0;border-left:0;}.chips input:checked + span{background:var(--chip);box-shadow:inset 0 0 0 1px var(--accent);}.chips input:focus-visible + span{outline:3px solid var(--accent);outline-offset:2px;}.equation{margin:10px 0;padding:12px;border-radius:12px;background:var(--soft);font:15px/1.9 ui-monospace,Menlo,monospace;overflow-x:auto;}.equation b{padding:2px 5px;border-radius:6px;background:var(--card);border:1px solid var(--edge);}.equation .r{color:var(--good);}.equation .q{color:var(--pink);}.equation .y{color:var(--accent);}.equation s{opacity:0.55;}:host{display:block;max-width:760px;margin:8px 0;transition:color 1ms;}.card{all:initial;display:block;box-sizing:border-box;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:14px;padding:14px 16px 6px;font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",sans-serif;}.card:lang(ko){word-break:keep-all;overflow-wrap:anywhere;}.title{margin:0;font-weight:600;}.note{margin:2px 0 10px;}.frame{position:relative;}.stage{width:100%;touch-action:manipulation;}.board{position:absolute;display:grid;grid-template-columns:repeat(var(--columns),var(--size));grid-auto-rows:var(--size);}.board button{min-height:0;padding:0;border:0;border-radius:0;background:transparent;}.board button:hover{background:transparent;box-shadow:inset 0 0 0 2px var(--accent);}.board button:focus-visible{outline-offset:-3px;}svg{display:block;font-size:13px;font-variant-numeric:tabular-nums;}svg text{fill:var(--ink);}svg .muted{fill:var(--muted);}svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;}svg .strong{font-weight:600;}svg .good{fill:var(--good);}svg .bad{fill:var(--bad);font-weight:600;}.says{min-height:1.5em;margin:8px 0 0;font-weight:500;}.says:empty{display:none;}.controls .row{margin:10px 0;gap:8px 18px;align-items:end;}.lever{flex:1 1 210px;display:grid;grid-template-columns:1fr auto;column-gap:10px;font-size:14px;}.lever output{color:var(--accent);font-weight:600;font-variant-numeric:tabular-nums;}.lever input{grid-column:1 / -1;width:100%;height:26px;margin:0;accent-color:var(--accent);cursor:pointer;}[hidden]{display:none;}.chips{flex-wrap:wrap;}.chips legend{padding:0;font-size:14px;margin-bottom:2px;}@media (max-width:480px){.card{padding:12px 12px 4px;}.controls .row{gap:8px;}}\n");
})();
