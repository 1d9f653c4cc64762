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
modules["explorables/baseline.js"] = (() => {
const { number } = modules["elements.js"];
const { plot } = modules["plot.js"];
const { RandomStream } = modules["random.js"];
const { disc, line, rect, svg, tag, text } = modules["explorables/explorable.js"];

const words = {
en: {
title: "Two levers, with and without a baseline",
text: "Both policies begin with even odds, and chance is the same for both. One multiplies the slope by what the lever pays, the other by that minus V, what the policy expects.",
one: "One pull", hundred: "100 pulls", many: "20 runs of 100",
pullLeft: "Pull left", pullRight: "Pull right",
pays: "Left and right pay", "1 and 3": "1 and 3", "101 and 103": "101 and 103",
rate: "learning rate α",
none: "no baseline", baseline: "baseline V",
left: "left", right: "right",
pushes: "Slopes by which the right logit was pushed; the green line is their exact mean.",
curve: "π(right), pull by pull",
before: "Pull, and watch which bars grow.",
after: (none, baseline) => `No baseline: ${none}. Baseline: ${baseline}.`,
pull: (lever, weight, from, to) => `${lever}, × ${weight}, π(right) ${from} → ${to}`,
tally: (runs, none, baseline) => `Of ${runs} new runs, right is the likelier lever after 100 pulls in ${none} without a baseline, in ${baseline} with it.`,
label: (pulls, none, baseline) => `After ${pulls} pulls π(right) is ${none} without a baseline, ${baseline} with it.`,
},
ko: {
title: "레버 두 개, 베이스라인이 없을 때와 있을 때",
text: "두 정책 모두 반반에서 시작하고, 운도 똑같습니다. 한쪽은 기울기에 레버가 준 값을 그대로 곱하고, 다른 쪽은 거기서 정책이 기대하는 값 V를 빼고 곱합니다.",
one: "한 번 당기기", hundred: "100번", many: "100번씩 20회",
pullLeft: "왼쪽 당기기", pullRight: "오른쪽 당기기",
pays: "왼쪽과 오른쪽이 주는 값", "1 and 3": "1과 3", "101 and 103": "101과 103",
rate: "학습률 α",
none: "베이스라인 없음", baseline: "베이스라인 V",
left: "왼쪽", right: "오른쪽",
pushes: "오른쪽 로짓을 민 기울기이고, 초록 선은 정확한 평균입니다.",
curve: "당길 때마다의 π(오른쪽)",
before: "당겨 보세요. 어느 막대가 자라나요?",
after: (none, baseline) => `베이스라인 없음: ${none}. 베이스라인 V: ${baseline}.`,
pull: (lever, weight, from, to) => `${lever}, × ${weight}, π(오른쪽) ${from} → ${to}`,
tally: (runs, none, baseline) => `새로 ${runs}회 해 보니, 100번 당긴 뒤 오른쪽의 확률이 더 높은 것은 베이스라인이 없으면 ${none}회, 있으면 ${baseline}회입니다.`,
label: (pulls, none, baseline) => `${pulls}번 당긴 뒤 π(오른쪽)은 베이스라인이 없으면 ${none}, 있으면 ${baseline}입니다.`,
},
};

const still = ["hundred"];

const PAYS = { "1 and 3": [1, 3], "101 and 103": [101, 103] };
const SIDES = ["none", "baseline"];
const MOST = 500;
const RUNS = 20;
const FIRST = 3;
const SHOWN = 200;

function softmax(logits) {
const odds = logits.map((z) => Math.exp(z - Math.max(...logits)));
const sum = odds.reduce((a, b) => a + b);
return odds.map((value) => value / sum);
}

const push = (logits, action, weight) => softmax(logits).map((p, b) => weight * (Number(b === action) - p));

const expected = (policy, pays) => policy[0] * pays[0] + policy[1] * pays[1];

class Policy {
constructor(hasBaseline) {
this.hasBaseline = hasBaseline;
this.logits = [0, 0];
this.pushes = [];
this.curve = [[0, 0.5]];
this.last = null;
}

pull(pays, rate, chance, told = -1) {
const policy = softmax(this.logits);
const action = told >= 0 ? told : Number(chance >= policy[0]);
const weight = pays[action] - (this.hasBaseline ? expected(policy, pays) : 0);
const pushed = push(this.logits, action, weight);
this.logits = this.logits.map((z, b) => z + rate * pushed[b]);
this.pushes = [...this.pushes, pushed[1]].slice(-SHOWN);
const now = softmax(this.logits);
this.curve.push([this.curve.length, now[1]]);
this.last = { action, weight, before: policy[1], after: now[1] };
}
}

function pulled(pays, rate, pulls, seed) {
const rng = new RandomStream(seed, "levers");
const policies = SIDES.map((side) => new Policy(side === "baseline"));
for (let i = 0; i < pulls; i++) {
const chance = rng.uniform();
for (const policy of policies) policy.pull(pays, rate, chance);
}
return policies.map(({ curve, logits }) => ({ right: curve[pulls][1], logits }));
}

function start(ui) {
const w = ui.words;
const state = { pays: "101 and 103", rate: 0.01 };
let seed = FIRST;
const fresh = () => ({
rng: new RandomStream(seed++, "levers"),
pulls: 0,
policies: SIDES.map((side) => new Policy(side === "baseline")),
tally: null,
});
const run = fresh();
const more = (count, told = -1) => {
run.tally = null;
for (let i = 0; i < count && run.pulls < MOST; i++, run.pulls++) {
const chance = run.rng.uniform();
for (const policy of run.policies) policy.pull(PAYS[state.pays], state.rate, chance, told);
}
return run.pulls < MOST;
};
ui.button("pullLeft", () => more(1, 0));
ui.button("pullRight", () => more(1, 1));
ui.row();
ui.button("one", () => more(1));
const stop = ui.player(() => more(1), 6);
ui.button("hundred", () => more(100));
const reset = () => {
stop();
Object.assign(run, fresh());
};
ui.button("reset", reset);
ui.button("many", () => {
const runs = Array.from({ length: RUNS }, () => pulled(PAYS[state.pays], state.rate, 100, seed++));
run.tally = SIDES.map((_, i) => runs.filter((policies) => policies[i].right > 0.5).length);
});
ui.row();
ui.choice(state, "pays", Object.keys(PAYS), reset);
ui.slider(state, "rate", { min: 0.01, max: 0.5, step: 0.01, show: (value) => number(value, 2) });
return (width) => draw(width, PAYS[state.pays], run, w);
}

const three = (value) => number(value, 3);
const short = (value) => number(value, 2).replace(/\.?0+$/, "");

function draw(width, pays, { pulls, policies, tally }, w) {
const gap = 20;
const each = (width - gap) / 2;
const most = Math.ceil(Math.max(2, pays[1] / 2, ...policies.flatMap(({ pushes }) => pushes.map(Math.abs))));
const parts = policies.map((policy, i) => tag("g", { transform: `translate(${i * (each + gap)} 0)` },
text(0, 15, w[SIDES[i]], { class: "strong" }), ...bars(each, policy, pays, w), ...slopes(each, policy, pays, most)));
const curves = policies.map(({ curve }, i) => ({ points: curve, stroke: i ? "left" : "bad", dash: i ? "none" : "7 3", name: pulls ? w[SIDES[i]] : "" }));
const box = { left: 30, top: 6, right: width - 6, bottom: 112 };
const told = policies.map(({ last }) => last && w.pull(last.action ? w.right : w.left, short(last.weight), three(last.before), three(last.after)));
return {
picture: svg(width, 300, ...parts) + tag("p", { class: "note" }, w.pushes) + tag("b", {}, w.curve)
+ svg(width, 136, ...plot(box, Math.max(50, pulls), [0, 0.5, 1], curves)),
label: w.label(pulls, ...policies.map(({ curve }) => three(curve[pulls][1]))),
says: tally ? w.tally(RUNS, ...tally) : pulls ? w.after(...told) : w.before,
};
}

function bars(width, { logits, last }, pays, w) {
const policy = softmax(logits);
const [top, bottom] = [44, 150];
const toY = (p) => bottom - (bottom - top) * p;
const half = Math.min(34, width * 0.14);
const parts = [line(0, bottom, width, bottom, "line")];
policy.forEach((p, action) => {
const middle = width * (action ? 0.75 : 0.25);
const write = (y, words, more = {}) => parts.push(text(middle, y, words, { "text-anchor": "middle", ...more }));
parts.push(rect(middle - half, toY(p), 2 * half, bottom - toY(p), action ? "right" : "left", { rx: 3 }));
write(toY(p) - 7, three(p));
write(bottom + 18, `${action ? w.right : w.left}: ${pays[action]}`, { class: "muted" });
if (!last) return;
const before = toY(action ? last.before : 1 - last.before);
parts.push(line(middle - half - 7, before, middle + half + 7, before, "ink", { "stroke-dasharray": "3 3" }));
if (last.action === action) write(bottom + 37, `× ${short(last.weight)}`, { class: "strong" });
});
return parts;
}

function slopes(width, { logits, pushes }, pays, most) {
const toX = (value) => width / 2 + (value / most) * (width / 2 - 8);
const parts = [line(0, 264, width, 264, "line")];
for (const mark of [-most, 0, most]) {
const anchor = mark < 0 ? "start" : mark > 0 ? "end" : "middle";
parts.push(text(toX(mark), 282, String(mark).replace("-", "−"), { class: "muted", "text-anchor": anchor }));
}
pushes.forEach((value, i) => parts.push(disc(toX(value).toFixed(1), 222 + ((i * 11) % 34), 4, "sky", { opacity: i === pushes.length - 1 ? 1 : 0.35 })));
const [left, right] = softmax(logits);
const mean = toX(left * right * (pays[1] - pays[0]));
parts.push(line(mean, 212, mean, 264, "good", { "stroke-width": 2, "stroke-dasharray": "5 4" }));
return parts;
}
return { words, still, softmax, push, Policy, pulled, start };
})();
modules["explorables/explorable.js"].begin("baseline", modules["explorables/baseline.js"], ":root,:host{color-scheme:light;--page:#f4f6f9;--card:#ffffff;--ink:#16202c;--muted:#566272;--line:#9aa6b4;--grid:#e3e8ee;--edge:#dde3ea;--accent:#0067a3;--onaccent:#ffffff;--left:#0072b2;--right:#d97a00;--mapmiddle:#f6f6f2;--good:#007a59;--goodsoft:#009e7322;--bad:#c04a00;--badsoft:#d55e0033;--cart:#3b4f66;--pole:#e69f00;--sky:#2d86bd;--pink:#b3578c;--soft:#eef3f8;--chip:#e4f0f8;--shadow:0 1px 2px #0f1c2c14,0 8px 24px #0f1c2c0d;}:root[data-theme=\"dark\"],:host([data-theme=\"dark\"]){color-scheme:dark;--page:#0e141b;--card:#172029;--ink:#eaf0f6;--muted:#a3b1c0;--line:#5d6b7a;--grid:#283441;--edge:#263340;--accent:#6cc0ef;--onaccent:#07151f;--left:#4fb0e6;--right:#f0a23c;--mapmiddle:#1c262f;--good:#3fcf9f;--goodsoft:#3fcf9f22;--bad:#ff8a4a;--badsoft:#ff8a4a33;--cart:#8fa6bd;--pole:#f2b632;--sky:#7cc7f0;--pink:#e29ac3;--soft:#1e2933;--chip:#1d3444;--shadow:0 1px 2px #00000040;}*{box-sizing:border-box;}.note{color:var(--muted);font-size:14px;margin:6px 0;line-height:1.5;}.row{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:12px 0;}button,.button,select,input[type=\"number\"]{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:10px;padding:7px 13px;min-height:40px;cursor:pointer;}button:hover,.button:hover{background:var(--soft);}button.main{background:var(--accent);border-color:var(--accent);color:var(--onaccent);font-weight:600;}button.main:hover{filter:brightness(1.1);}button[aria-pressed=\"true\"]{background:var(--chip);border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);}:focus-visible{outline:3px solid var(--accent);outline-offset:2px;}fieldset.chips{border:0;padding:0;margin:0;display:flex;}.chips label{position:relative;}.chips input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer;}.chips span{display:block;padding:7px 13px;border:1px solid var(--line);font-size:15px;min-height:40px;}.chips label:first-of-type span{border-radius:10px 0 0 10px;}.chips label:last-of-type span{border-radius:0 10px 10px 0;border-left:0;}.chips input:checked + span{background:var(--chip);box-shadow:inset 0 0 0 1px var(--accent);}.chips input:focus-visible + span{outline:3px solid var(--accent);outline-offset:2px;}.equation{margin:10px 0;padding:12px;border-radius:12px;background:var(--soft);font:15px/1.9 ui-monospace,Menlo,monospace;overflow-x:auto;}.equation b{padding:2px 5px;border-radius:6px;background:var(--card);border:1px solid var(--edge);}.equation .r{color:var(--good);}.equation .q{color:var(--pink);}.equation .y{color:var(--accent);}.equation s{opacity:0.55;}:host{display:block;max-width:760px;margin:8px 0;transition:color 1ms;}.card{all:initial;display:block;box-sizing:border-box;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:14px;padding:14px 16px 6px;font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",sans-serif;}.card:lang(ko){word-break:keep-all;overflow-wrap:anywhere;}.title{margin:0;font-weight:600;}.note{margin:2px 0 10px;}.frame{position:relative;}.stage{width:100%;touch-action:manipulation;}.board{position:absolute;display:grid;grid-template-columns:repeat(var(--columns),var(--size));grid-auto-rows:var(--size);}.board button{min-height:0;padding:0;border:0;border-radius:0;background:transparent;}.board button:hover{background:transparent;box-shadow:inset 0 0 0 2px var(--accent);}.board button:focus-visible{outline-offset:-3px;}svg{display:block;font-size:13px;font-variant-numeric:tabular-nums;}svg text{fill:var(--ink);}svg .muted{fill:var(--muted);}svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;}svg .strong{font-weight:600;}svg .good{fill:var(--good);}svg .bad{fill:var(--bad);font-weight:600;}.says{min-height:1.5em;margin:8px 0 0;font-weight:500;}.says:empty{display:none;}.controls .row{margin:10px 0;gap:8px 18px;align-items:end;}.lever{flex:1 1 210px;display:grid;grid-template-columns:1fr auto;column-gap:10px;font-size:14px;}.lever output{color:var(--accent);font-weight:600;font-variant-numeric:tabular-nums;}.lever input{grid-column:1 / -1;width:100%;height:26px;margin:0;accent-color:var(--accent);cursor:pointer;}[hidden]{display:none;}.chips{flex-wrap:wrap;}.chips legend{padding:0;font-size:14px;margin-bottom:2px;}@media (max-width:480px){.card{padding:12px 12px 4px;}.controls .row{gap:8px;}}\n");
})();
