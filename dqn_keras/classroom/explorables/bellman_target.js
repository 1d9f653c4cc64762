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
modules["explorables/bellman_target.js"] = (() => {
const { bellmanTarget } = modules["bellman.js"];
const { number } = modules["elements.js"];
const { line, rect, svg, tag, text } = modules["explorables/explorable.js"];

const words = {
en: {
title: "Put a target together",
text: "First the reward; joined to it, γ times the larger of the next state's two Q-values.",
row1: "Row 1", row2: "Row 2", row3: "Row 3", row4: "Row 4",
reward: "reward r",
discount: "discount factor γ",
left: "Q(s′, ←)",
right: "Q(s′, →)",
q: "Q(s, a), the network's answer so far",
end: "How did the step end?",
goesOn: "goes on", timeLimit: "time limit", fell: "the pole fell",
largest: "max",
terminated: "terminated: cut",
error: "error",
label: (y, q) => `The target y is ${y}, the network said ${q}.`,
moves: (y, error) => `y = ${y}. The TD error is ${error}: an update moves Q(s, a) `,
up: "up.", down: "down.", nowhere: "nowhere.",
},
ko: {
title: "타깃 조립하기",
text: "먼저 보상을 놓고, 그 끝에 다음 상태의 두 큐값 중 큰 쪽의 γ배를 이어 붙입니다.",
row1: "1행", row2: "2행", row3: "3행", row4: "4행",
reward: "보상 r",
discount: "감가율 γ",
left: "Q(s′, ←)",
right: "Q(s′, →)",
q: "Q(s, a), 지금까지의 신경망의 답",
end: "이 스텝은 어떻게 끝났나요?",
goesOn: "이어짐", timeLimit: "시간 제한", fell: "폴이 쓰러짐",
largest: "최댓값",
terminated: "terminated: 끊김",
error: "오차",
label: (y, q) => `타깃 y는 ${y}, 신경망의 답은 ${q}입니다.`,
moves: (y, error) => `y = ${y}. TD 오차는 ${error}이므로, 업데이트하면 Q(s, a)가 `,
up: "올라갑니다.", down: "내려갑니다.", nowhere: "움직이지 않습니다.",
},
};

const ROWS = {
row1: { reward: 1, left: 10, right: 20, end: "goesOn" },
row2: { reward: 1, left: 8, right: 4, end: "timeLimit" },
row3: { reward: -100, left: 90, right: 80, end: "fell" },
row4: { reward: 1, left: 3, right: 5, end: "goesOn" },
};

function assembled({ reward, discount, left, right, q, end }) {
const terminated = end === "fell";
const [y] = bellmanTarget([reward], [left, right], [Number(terminated)], discount);
return { largest: Math.max(left, right), terminated, y, error: y - q };
}

const short = (value) => number(value, Math.abs(value) < 100 ? 2 : 1).replace(/\.?0+$/, "");

function start(ui) {
const w = ui.words;
const state = { ...ROWS.row1, discount: 0.9, q: 12 };
for (const [name, row] of Object.entries(ROWS)) ui.button(name, () => Object.assign(state, row, { discount: 0.9 }));
ui.row();
ui.slider(state, "reward", { min: -100, max: 10, show: short });
ui.slider(state, "discount", { min: 0, max: 1, step: 0.01 });
ui.row();
ui.slider(state, "left", { min: -20, max: 100, show: short });
ui.slider(state, "right", { min: -20, max: 100, show: short });
ui.row();
ui.slider(state, "q", { min: -100, max: 110, show: short });
ui.choice(state, "end", ["goesOn", "timeLimit", "fell"]);
return (width) => draw(width, state, w);
}

function draw(width, state, w) {
const { reward, discount, left, right, q } = state;
const { largest, terminated, y, error } = assembled(state);
const after = reward + (terminated ? 0 : discount * largest);
const reach = [reward, left, right, y, q, reward + largest].map(Math.abs);
const most = [12, 30, 60, 120, 220].find((limit) => limit >= Math.max(...reach)) ?? 220;
const least = Math.min(reward, left, right, y, q, reward + largest) < 0 ? -most : -most / 12;
const names = 88;
const toX = (value) => names + ((width - names - 14) * (value - least)) / (most * 1.08 - least);
const row = (i) => 12 + 36 * i;
const parts = [];
const bottom = row(5) + 10;
for (const tick of [-1, -0.5, 0, 0.5, 1].map((share) => share * most)) {
if (tick < least) continue;
parts.push(line(toX(tick), 4, toX(tick), bottom, tick === 0 ? "line" : "grid"));
parts.push(text(toX(tick), bottom + 16, short(tick), { "text-anchor": "middle", class: "muted" }));
}
const name = (i, words, more = {}) => parts.push(text(names - 10, row(i) + 17, words, { "text-anchor": "end", ...more }));
const value = (i, from, to, words, more = {}) => {
const right = Math.max(toX(from), toX(to));
const room = width - right > 8 * words.length;
const x = room ? right + 7 : Math.min(toX(from), toX(to)) - 7;
parts.push(text(x, row(i) + 17, words, { "text-anchor": room ? "start" : "end", ...more }));
};
[[w.left, left, left >= right], [w.right, right, right > left]].forEach(([label, height, chosen], i) => {
name(i, label);
parts.push(rect(toX(0), row(i) + 3, toX(height) - toX(0), 18, "pink", { rx: 3, opacity: chosen ? 1 : 0.3 }));
value(i, 0, height, chosen ? `${short(height)} (${w.largest})` : short(height), chosen ? { class: "strong" } : {});
});
name(2, "r");
parts.push(rect(toX(0), row(2) + 3, toX(reward) - toX(0), 18, "good", { rx: 3 }));
value(2, 0, reward, short(reward), { class: "strong" });
parts.push(line(toX(reward), row(2) + 3, toX(reward), row(3) + 21, "good"));
name(3, "γ · max");
const ghost = { rx: 3, stroke: "var(--pink)", "stroke-dasharray": "4 3", "fill-opacity": 0 };
parts.push(rect(toX(reward), row(3) + 3, toX(reward + largest) - toX(reward), 18, "pink", ghost));
if (!terminated) parts.push(rect(toX(reward), row(3) + 3, toX(after) - toX(reward), 18, "pink", { rx: 3 }));
value(3, reward, reward + largest, terminated ? w.terminated : short(discount * largest), { class: "strong" });
parts.push(line(toX(y), row(3) + 3, toX(y), row(4) + 24, "accent", { "stroke-width": 2.5 }));
name(4, `y = ${short(y)}`, { class: "strong" });
const [from, to, middle] = [toX(q), toX(y), row(4) + 12];
if (Math.abs(to - from) > 1) {
const back = to > from ? -7 : 7;
parts.push(line(from, middle, to + back, middle, "ink", { "stroke-width": 2 }));
parts.push(tag("path", { d: `M${to} ${middle}l${back} -5v10z`, fill: "var(--ink)" }));
}
parts.push(tag("circle", { cx: from, cy: middle, r: 6, fill: "var(--pole)", stroke: "var(--ink)" }));
const said = `${w.error} ${error > 0 ? "+" : ""}${short(error)}`;
const space = 4 * said.length;
const centre = Math.max(names + space, Math.min(width - space, (from + to) / 2));
parts.push(text(centre, row(4) + 4, said, { "text-anchor": "middle", class: "halo" }));
const under = Math.max(names + 24, Math.min(width - 30, from));
parts.push(text(under, row(4) + 36, "Q(s, a)", { "text-anchor": "middle", class: "muted" }));
const tail = ` + ${short(discount)} · (1 − ${Number(terminated)}) · ${tag("b", { class: "q" }, short(largest))}`;
const equation = tag("div", { class: "equation" },
`y = r + γ (1 − d) max Q(s′, ·) = ${tag("b", { class: "r" }, short(reward))}`,
terminated ? tag("s", {}, tail) : tail, ` = ${tag("b", { class: "y" }, short(y))}`);
const direction = Math.abs(error) < 0.005 ? w.nowhere : error > 0 ? w.up : w.down;
return {
picture: equation + svg(width, bottom + 22, ...parts),
label: w.label(short(y), short(q)),
says: w.moves(short(y), short(error)) + direction,
};
}
return { words, assembled, start };
})();
modules["explorables/explorable.js"].begin("bellman_target", modules["explorables/bellman_target.js"], ":root,:host{color-scheme:light;--page:#f4f6f9;--card:#ffffff;--ink:#16202c;--muted:#566272;--line:#9aa6b4;--grid:#e3e8ee;--edge:#dde3ea;--accent:#0067a3;--onaccent:#ffffff;--left:#0072b2;--right:#d97a00;--mapmiddle:#f6f6f2;--good:#007a59;--goodsoft:#009e7322;--bad:#c04a00;--badsoft:#d55e0033;--cart:#3b4f66;--pole:#e69f00;--sky:#2d86bd;--pink:#b3578c;--soft:#eef3f8;--chip:#e4f0f8;--shadow:0 1px 2px #0f1c2c14,0 8px 24px #0f1c2c0d;}:root[data-theme=\"dark\"],:host([data-theme=\"dark\"]){color-scheme:dark;--page:#0e141b;--card:#172029;--ink:#eaf0f6;--muted:#a3b1c0;--line:#5d6b7a;--grid:#283441;--edge:#263340;--accent:#6cc0ef;--onaccent:#07151f;--left:#4fb0e6;--right:#f0a23c;--mapmiddle:#1c262f;--good:#3fcf9f;--goodsoft:#3fcf9f22;--bad:#ff8a4a;--badsoft:#ff8a4a33;--cart:#8fa6bd;--pole:#f2b632;--sky:#7cc7f0;--pink:#e29ac3;--soft:#1e2933;--chip:#1d3444;--shadow:0 1px 2px #00000040;}*{box-sizing:border-box;}.note{color:var(--muted);font-size:14px;margin:6px 0;line-height:1.5;}.row{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:12px 0;}button,.button,select,input[type=\"number\"]{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:10px;padding:7px 13px;min-height:40px;cursor:pointer;}button:hover,.button:hover{background:var(--soft);}button.main{background:var(--accent);border-color:var(--accent);color:var(--onaccent);font-weight:600;}button.main:hover{filter:brightness(1.1);}button[aria-pressed=\"true\"]{background:var(--chip);border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);}:focus-visible{outline:3px solid var(--accent);outline-offset:2px;}fieldset.chips{border:0;padding:0;margin:0;display:flex;}.chips label{position:relative;}.chips input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer;}.chips span{display:block;padding:7px 13px;border:1px solid var(--line);font-size:15px;min-height:40px;}.chips label:first-of-type span{border-radius:10px 0 0 10px;}.chips label:last-of-type span{border-radius:0 10px 10px 0;border-left:0;}.chips input:checked + span{background:var(--chip);box-shadow:inset 0 0 0 1px var(--accent);}.chips input:focus-visible + span{outline:3px solid var(--accent);outline-offset:2px;}.equation{margin:10px 0;padding:12px;border-radius:12px;background:var(--soft);font:15px/1.9 ui-monospace,Menlo,monospace;overflow-x:auto;}.equation b{padding:2px 5px;border-radius:6px;background:var(--card);border:1px solid var(--edge);}.equation .r{color:var(--good);}.equation .q{color:var(--pink);}.equation .y{color:var(--accent);}.equation s{opacity:0.55;}:host{display:block;max-width:760px;margin:8px 0;transition:color 1ms;}.card{all:initial;display:block;box-sizing:border-box;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:14px;padding:14px 16px 6px;font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",sans-serif;}.card:lang(ko){word-break:keep-all;overflow-wrap:anywhere;}.title{margin:0;font-weight:600;}.note{margin:2px 0 10px;}.frame{position:relative;}.stage{width:100%;touch-action:manipulation;}.board{position:absolute;display:grid;grid-template-columns:repeat(var(--columns),var(--size));grid-auto-rows:var(--size);}.board button{min-height:0;padding:0;border:0;border-radius:0;background:transparent;}.board button:hover{background:transparent;box-shadow:inset 0 0 0 2px var(--accent);}.board button:focus-visible{outline-offset:-3px;}svg{display:block;font-size:13px;font-variant-numeric:tabular-nums;}svg text{fill:var(--ink);}svg .muted{fill:var(--muted);}svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;}svg .strong{font-weight:600;}svg .good{fill:var(--good);}svg .bad{fill:var(--bad);font-weight:600;}.says{min-height:1.5em;margin:8px 0 0;font-weight:500;}.says:empty{display:none;}.controls .row{margin:10px 0;gap:8px 18px;align-items:end;}.lever{flex:1 1 210px;display:grid;grid-template-columns:1fr auto;column-gap:10px;font-size:14px;}.lever output{color:var(--accent);font-weight:600;font-variant-numeric:tabular-nums;}.lever input{grid-column:1 / -1;width:100%;height:26px;margin:0;accent-color:var(--accent);cursor:pointer;}[hidden]{display:none;}.chips{flex-wrap:wrap;}.chips legend{padding:0;font-size:14px;margin-bottom:2px;}@media (max-width:480px){.card{padding:12px 12px 4px;}.controls .row{gap:8px;}}\n");
})();
