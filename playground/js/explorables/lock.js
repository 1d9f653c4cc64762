// @ts-check
// Actor-learners and a lock on a clock: who plays, who waits, and what more learners bring.
import { number, ticks } from "../elements.js";
import { RandomStream } from "../random.js";
import { line, rect, svg, tag, text } from "./explorable.js";

export const words = {
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

export const still = ["ahead"];

const NAMES = ["A", "B", "C", "D"];
const COUNTS = { one: 1, two: 2, four: 4 };
const UNDER_LOCK = ["copy", "apply"];
const LONG = 5000; // updates, to measure in the long run
const PAGES = 10; // of the clock
/** What lesson 15 measured with its CartPole agent; and rollouts as long as if a picture had to be seen. */
const PRESETS = { small: { rolloutTime: 0.36, lockTime: 0.3 }, long: { rolloutTime: 6, lockTime: 0.3 } };

/** A third of the time under the lock is for copying. */
const timesOf = ({ rolloutTime, lockTime }) => ({ copy: lockTime / 3, apply: (2 * lockTime) / 3, rollout: rolloutTime });

/**
 * What each learner does from when to when, until so many updates are done or so much time has gone.
 * Who asks for the lock first gets it first.
 * @param {number} count Of learners.
 * @param {{copy: number, rollout: number, apply: number}} times In ms; a rollout's is a mean.
 * @param {number} seed
 * @param {{updates?: number, ms?: number}} end
 */
export function simulated(count, times, seed, { updates = Infinity, ms = Infinity }) {
  const learners = Array.from({ length: count }, (_, i) => ({ i, rng: new RandomStream(seed, NAMES[i]), does: "copy", asks: 0 }));
  const spans = [];
  let [free, done] = [0, 0]; // when the lock is free again; updates so far
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

/** Updates a millisecond in the long run, and the share of the time in which somebody holds the lock. */
export function longRun(count, times, seed = 1) {
  const spans = simulated(count, times, seed, { updates: LONG });
  const end = Math.max(...spans.filter(({ does }) => does === "apply").map(({ to }) => to));
  const held = spans.filter(({ does }) => UNDER_LOCK.includes(does)).reduce((sum, { from, to }) => sum + to - from, 0);
  return { rate: LONG / end, held: Math.min(1, held / end) };
}

/** @param {import("./explorable.js").Ui} ui */
export function start(ui) {
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

/** How much of the clock is seen, in ms: some six updates of a learner alone. */
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

/** A row for each learner and one for the lock, up to the clock's hand. */
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

/** Updates a second with one, two and four learners, beside what they would be without a lock. */
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
