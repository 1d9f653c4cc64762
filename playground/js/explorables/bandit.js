// @ts-check
// Four machines: pulled by hand, or by epsilon-greedy, and what it costs not to know the best.
import { argmax } from "../bellman.js";
import { mean, number, ticks } from "../elements.js";
import { epsilonGreedy } from "../exploration.js";
import { plot } from "../plot.js";
import { RandomStream } from "../random.js";
import { line, rect, svg, tag, text } from "./explorable.js";

export const words = {
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
export const still = [["epsilon", 1], ...five, "reset", ["epsilon", 0], ...five, "reset", ["epsilon", 0.1], ...five, ["truth", "shown"]];

/** What each machine pays, each number equally often. A and B are those of the lesson. */
export const MACHINES = { A: [1], B: [0, 4], C: [0, 3], D: [0, 0, 0, 10] };
const NAMES = Object.keys(MACHINES);
const PAYS = Object.values(MACHINES);
const TRUE = PAYS.map(mean);
const BEST = Math.max(...TRUE);
const MOST = 1000; // pulls of a run
const DASHES = ["6 3", "2 3", "9 3 2 3"]; // of the runs before

/** A run: estimates, pulls, and the regret after each pull. */
export class Player {
  /** @param {number} seed */
  constructor(seed) {
    this.seed = seed;
    this.rng = new RandomStream(seed, "bandit");
    this.qValues = PAYS.map(() => 0);
    this.pulls = PAYS.map(() => 0);
    this.regret = [0];
    this.ways = new Set(); // epsilons, or "hand"
    this.last = null;
  }

  /** Pulls a machine and keeps the mean of what it has paid. */
  pull(machine, way = "hand", explore = false) {
    const pay = PAYS[machine][this.rng.index(PAYS[machine].length)];
    const before = this.qValues[machine];
    this.pulls[machine] += 1;
    this.qValues[machine] += (pay - before) / this.pulls[machine];
    this.regret.push(this.regret[this.regret.length - 1] + BEST - TRUE[machine]);
    this.ways.add(way);
    this.last = { machine, pay, before, how: way === "hand" ? "" : explore ? "random" : "greedy" };
  }

  /** Lets epsilon-greedy choose. */
  play(epsilon) {
    const { action, explore } = epsilonGreedy(this.qValues, epsilon, this.rng);
    this.pull(action, epsilon, explore);
  }

  get count() {
    return this.regret.length - 1;
  }
}

const short = (value) => number(value, 2).replace(/\.?0+$/, "");

/** @param {import("./explorable.js").Ui} ui */
export function start(ui) {
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

/** Estimates as bars, the greedy choice dark, true means dashed. */
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

/** The regret of each run, pull by pull; the last is the one that goes on. */
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
