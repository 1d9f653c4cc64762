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
modules["explorables/moving_target.js"] = (() => {
const { bellmanTarget } = modules["bellman.js"];
const { number, ticks } = modules["elements.js"];
const { disc, line, svg, tag, text } = modules["explorables/explorable.js"];

const words = {
en: {
title: "One number chases its label",
text: "Reward 1 in every step. Each update moves w (dot) halfway to its label y (bar). The dotted line is the gap.",
one: "1 update", ten: "10 updates",
discount: "discount factor γ",
every: "updates between two copies",
pull: "next state's Q",
own: "y from w itself",
copied: "y from the copy w⁻",
meeting: (value) => `w = y at ${value}`,
never: "w = y nowhere",
update: "update",
copy: "▲ a new copy",
label: (n, own, copied) => `After ${n} updates w is ${own} on the left, ${copied} on the right.`,
says: (n, own, copied) => `After ${n} ${n === 1 ? "update" : "updates"}: left, y moved ${own.moves}× and is ${own.gap} away; right, ${copied.moves}× and ${copied.gap} away.`,
},
ko: {
title: "자기 정답을 쫓는 숫자 하나",
text: "스텝마다 보상은 1입니다. 업데이트할 때마다 w(점)가 정답 y(막대) 쪽으로 절반을 갑니다. 점선이 남은 거리입니다.",
one: "1번 업데이트", ten: "10번 업데이트",
discount: "감가율 γ",
every: "복사 간격(업데이트 횟수)",
pull: "다음 상태의 Q",
own: "y를 w 자신이 만들 때",
copied: "y를 복사본 w⁻가 만들 때",
meeting: (value) => `w = y가 되는 값 ${value}`,
never: "w = y가 되는 값 없음",
update: "업데이트",
copy: "▲ 새로 복사",
label: (n, own, copied) => `${n}번 업데이트한 뒤 w는 왼쪽에서 ${own}, 오른쪽에서 ${copied}입니다.`,
says: (n, own, copied) => `${n}번 업데이트한 뒤: 왼쪽 y는 ${own.moves}번 움직였고 남은 거리는 ${own.gap}, 오른쪽 y는 ${copied.moves}번 움직였고 남은 거리는 ${copied.gap}입니다.`,
},
};

const still = [["every", 5], "ten", "ten"];

const MOST = 60;

function chase(updates, { discount, pull, every }) {
const values = [0];
const labels = [];
let copy = 0;
for (let update = 0; update <= updates; update++) {
const w = values[update];
if (update % every === 0) copy = w;
const [y] = bellmanTarget([1], [pull * copy], [0], discount);
labels.push(y);
if (update < updates) values.push(w + (y - w) / 2);
}
return { values, labels };
}

function start(ui) {
const w = ui.words;
const state = { discount: 0.9, every: 2, pull: 1 };
let updates = 0;
const more = (count) => {
updates = Math.min(MOST, updates + count);
return updates < MOST;
};
ui.button("one", () => more(1));
ui.button("ten", () => more(10));
const stop = ui.player(() => more(1), 4);
ui.button("reset", () => {
stop();
updates = 0;
});
ui.row();
ui.slider(state, "every", { min: 1, max: 20 });
ui.slider(state, "discount", { min: 0, max: 1, step: 0.05, show: (value) => number(value, 2) });
ui.slider(state, "pull", { min: 0, max: 1.3, step: 0.1, show: (value) => `${number(value, 1)} · w` });
return (width) => draw(width, updates, state, w);
}

function draw(width, updates, state, w) {
const sides = [chase(updates, { ...state, every: 1 }), chase(updates, state)];
const carried = state.discount * state.pull;
const meeting = carried < 1 ? 1 / (1 - carried) : NaN;
const found = sides.flatMap(({ values, labels }) => [...values, ...labels]);
const most = Math.max(...found, Math.min(meeting || 0, Math.max(12, 3 * Math.max(...found)))) * 1.08;
const across = width >= 560 ? 2 : 1;
const [each, height] = [width / across, 230];
const panels = sides.map((side, i) => {
const [left, top] = across === 2 ? [i * each, 0] : [0, i * height];
return tag("g", { transform: `translate(${left} ${top})` }, ...panel(each - 8, height - 10, side, i, most, meeting, state, w));
});
const told = sides.map(({ values, labels }) => ({
moves: labels.filter((y, i) => i > 0 && Math.abs(y - labels[i - 1]) > 1e-12).length,
gap: number(labels[updates] - values[updates], 2),
}));
const last = sides.map(({ values }) => number(values[updates], 2));
return {
picture: svg(width, (height * 2) / across, ...panels),
label: w.label(updates, ...last),
says: w.says(updates, ...told),
};
}

function panel(width, height, { values, labels }, which, most, meeting, { every }, w) {
const box = { left: 42, top: 30, right: width - 10, bottom: height - 26 };
const updates = values.length - 1;
const shown = Math.max(12, updates + 1);
const toX = (update) => box.left + ((box.right - box.left) * (update + 0.5)) / shown;
const toY = (value) => box.bottom - ((box.bottom - box.top) * value) / most;
const parts = [text(box.left, 16, which === 0 ? w.own : w.copied, { class: "strong" })];
for (const value of ticks(most)) {
parts.push(line(box.left, toY(value), box.right, toY(value), value === 0 ? "line" : "grid"));
parts.push(text(box.left - 7, toY(value) + 4, String(Number(value.toPrecision(6))), { "text-anchor": "end", class: "muted" }));
}
const seen = meeting <= most;
if (seen) parts.push(line(box.left, toY(meeting), box.right, toY(meeting), "good", { "stroke-dasharray": "6 5" }));
const note = Number.isFinite(meeting) ? w.meeting(number(meeting, 2).replace(/\.?0+$/, "")) : w.never;
parts.push(text(box.right, seen && toY(meeting) > 60 ? toY(meeting) - 6 : 16, note, { "text-anchor": "end", class: "good" }));
const half = (box.right - box.left) / shown / 2;
labels.forEach((y, i) => {
parts.push(line(toX(i), toY(values[i]), toX(i), toY(y), "muted", { "stroke-dasharray": "2 3" }));
parts.push(line(toX(i) - half + 1, toY(y), toX(i) + half - 1, toY(y), "accent", { "stroke-width": 3 }));
if (which === 1 && i % every === 0) {
const x = toX(i);
parts.push(tag("path", { d: `M${x} ${box.bottom + 3}l-5 9h10z`, fill: "var(--ink)" }));
}
});
const path = values.map((value, i) => `${i ? "L" : "M"}${toX(i).toFixed(1)} ${toY(value).toFixed(1)}`).join("");
parts.push(tag("path", { d: path, fill: "none", stroke: "var(--pole)", "stroke-width": 2 }));
const radius = Math.min(5, half + 1);
values.forEach((value, i) => parts.push(disc(toX(i), toY(value), radius, "pole", { stroke: "var(--ink)", "stroke-width": radius > 3 ? 1 : 0 })));
if (which === 1) parts.push(text(box.left, height - 1, w.copy, { class: "muted" }));
parts.push(text(box.right, height - 1, `${w.update} ${updates}`, { "text-anchor": "end", class: "muted" }));
return parts;
}
return { words, still, chase, start };
})();
modules["explorables/explorable.js"].begin("moving_target", modules["explorables/moving_target.js"], ":root,:host{color-scheme:light;--page:#f4f6f9;--card:#ffffff;--ink:#16202c;--muted:#566272;--line:#9aa6b4;--grid:#e3e8ee;--edge:#dde3ea;--accent:#0067a3;--onaccent:#ffffff;--left:#0072b2;--right:#d97a00;--mapmiddle:#f6f6f2;--good:#007a59;--goodsoft:#009e7322;--bad:#c04a00;--badsoft:#d55e0033;--cart:#3b4f66;--pole:#e69f00;--sky:#2d86bd;--pink:#b3578c;--soft:#eef3f8;--chip:#e4f0f8;--shadow:0 1px 2px #0f1c2c14,0 8px 24px #0f1c2c0d;}:root[data-theme=\"dark\"],:host([data-theme=\"dark\"]){color-scheme:dark;--page:#0e141b;--card:#172029;--ink:#eaf0f6;--muted:#a3b1c0;--line:#5d6b7a;--grid:#283441;--edge:#263340;--accent:#6cc0ef;--onaccent:#07151f;--left:#4fb0e6;--right:#f0a23c;--mapmiddle:#1c262f;--good:#3fcf9f;--goodsoft:#3fcf9f22;--bad:#ff8a4a;--badsoft:#ff8a4a33;--cart:#8fa6bd;--pole:#f2b632;--sky:#7cc7f0;--pink:#e29ac3;--soft:#1e2933;--chip:#1d3444;--shadow:0 1px 2px #00000040;}*{box-sizing:border-box;}.note{color:var(--muted);font-size:14px;margin:6px 0;line-height:1.5;}.row{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:12px 0;}button,.button,select,input[type=\"number\"]{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:10px;padding:7px 13px;min-height:40px;cursor:pointer;}button:hover,.button:hover{background:var(--soft);}button.main{background:var(--accent);border-color:var(--accent);color:var(--onaccent);font-weight:600;}button.main:hover{filter:brightness(1.1);}button[aria-pressed=\"true\"]{background:var(--chip);border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);}:focus-visible{outline:3px solid var(--accent);outline-offset:2px;}fieldset.chips{border:0;padding:0;margin:0;display:flex;}.chips label{position:relative;}.chips input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer;}.chips span{display:block;padding:7px 13px;border:1px solid var(--line);font-size:15px;min-height:40px;}.chips label:first-of-type span{border-radius:10px 0 0 10px;}.chips label:last-of-type span{border-radius:0 10px 10px 0;border-left:0;}.chips input:checked + span{background:var(--chip);box-shadow:inset 0 0 0 1px var(--accent);}.chips input:focus-visible + span{outline:3px solid var(--accent);outline-offset:2px;}.equation{margin:10px 0;padding:12px;border-radius:12px;background:var(--soft);font:15px/1.9 ui-monospace,Menlo,monospace;overflow-x:auto;}.equation b{padding:2px 5px;border-radius:6px;background:var(--card);border:1px solid var(--edge);}.equation .r{color:var(--good);}.equation .q{color:var(--pink);}.equation .y{color:var(--accent);}.equation s{opacity:0.55;}:host{display:block;max-width:760px;margin:8px 0;transition:color 1ms;}.card{all:initial;display:block;box-sizing:border-box;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:14px;padding:14px 16px 6px;font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans KR\",\"Apple SD Gothic Neo\",\"Malgun Gothic\",sans-serif;}.card:lang(ko){word-break:keep-all;overflow-wrap:anywhere;}.title{margin:0;font-weight:600;}.note{margin:2px 0 10px;}.frame{position:relative;}.stage{width:100%;touch-action:manipulation;}.board{position:absolute;display:grid;grid-template-columns:repeat(var(--columns),var(--size));grid-auto-rows:var(--size);}.board button{min-height:0;padding:0;border:0;border-radius:0;background:transparent;}.board button:hover{background:transparent;box-shadow:inset 0 0 0 2px var(--accent);}.board button:focus-visible{outline-offset:-3px;}svg{display:block;font-size:13px;font-variant-numeric:tabular-nums;}svg text{fill:var(--ink);}svg .muted{fill:var(--muted);}svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;}svg .strong{font-weight:600;}svg .good{fill:var(--good);}svg .bad{fill:var(--bad);font-weight:600;}.says{min-height:1.5em;margin:8px 0 0;font-weight:500;}.says:empty{display:none;}.controls .row{margin:10px 0;gap:8px 18px;align-items:end;}.lever{flex:1 1 210px;display:grid;grid-template-columns:1fr auto;column-gap:10px;font-size:14px;}.lever output{color:var(--accent);font-weight:600;font-variant-numeric:tabular-nums;}.lever input{grid-column:1 / -1;width:100%;height:26px;margin:0;accent-color:var(--accent);cursor:pointer;}[hidden]{display:none;}.chips{flex-wrap:wrap;}.chips legend{padding:0;font-size:14px;margin-bottom:2px;}@media (max-width:480px){.card{padding:12px 12px 4px;}.controls .row{gap:8px;}}\n");
})();
