// @ts-check
// The policy's two bars, pushed by what a pull pays: as it is, and with a baseline.
import { number } from "../elements.js";
import { plot } from "../plot.js";
import { RandomStream } from "../random.js";
import { disc, line, rect, svg, tag, text } from "./explorable.js";

export const words = {
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

export const still = ["hundred"];

const PAYS = { "1 and 3": [1, 3], "101 and 103": [101, 103] };
const SIDES = ["none", "baseline"];
const MOST = 500; // pulls
const RUNS = 20;
const FIRST = 3; // seed
const SHOWN = 200; // pushes

export function softmax(logits) {
  const odds = logits.map((z) => Math.exp(z - Math.max(...logits)));
  const sum = odds.reduce((a, b) => a + b);
  return odds.map((value) => value / sum);
}

/** The slopes of weight * log pi(action) for each logit: what a pull pushes them by, but for the learning rate. */
export const push = (logits, action, weight) => softmax(logits).map((p, b) => weight * (Number(b === action) - p));

/** What the policy expects to be paid. */
const expected = (policy, pays) => policy[0] * pays[0] + policy[1] * pays[1];

/** One policy, its pushes so far and how its probability of going right went. */
export class Policy {
  /** @param {boolean} hasBaseline */
  constructor(hasBaseline) {
    this.hasBaseline = hasBaseline;
    this.logits = [0, 0];
    this.pushes = []; // of the right logit
    this.curve = [[0, 0.5]];
    this.last = null;
  }

  /** Draws a lever by `chance`, from 0 to 1, unless one is told, and is pushed by what it pays. */
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

/** How pi(right) stands after so many pulls, without and with the baseline: for the tests. */
export function pulled(pays, rate, pulls, seed) {
  const rng = new RandomStream(seed, "levers");
  const policies = SIDES.map((side) => new Policy(side === "baseline"));
  for (let i = 0; i < pulls; i++) {
    const chance = rng.uniform();
    for (const policy of policies) policy.pull(pays, rate, chance);
  }
  return policies.map(({ curve, logits }) => ({ right: curve[pulls][1], logits }));
}

/** @param {import("./explorable.js").Ui} ui */
export function start(ui) {
  const w = ui.words;
  const state = { pays: "101 and 103", rate: 0.01 };
  let seed = FIRST;
  const fresh = () => ({
    rng: new RandomStream(seed++, "levers"),
    pulls: 0,
    policies: SIDES.map((side) => new Policy(side === "baseline")),
    /** @type {number[] | null} */
    tally: null, // of many runs: how often right became the likelier lever
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

/** The two bars, dashed where they were before the last pull, and what it was multiplied by. */
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

/** What pushed the right logit, a dot for each pull; the line is their exact mean for this policy. */
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
