// @ts-check
// A replay memory as a ring, and what eight neighbours in it tell beside eight drawn at random.
import { CartPole } from "../cartpole.js";
import { mean, number } from "../elements.js";
import { RandomStream } from "../random.js";
import { ReplayMemory } from "../replay_memory.js";
import { disc, line, rect, svg, tag, text } from "./explorable.js";

export const words = {
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

export const still = ["fill", "fill", "many", "neighbours"];

const BATCH = 8;
const MOST_DOTS = 200;
const ANGLE = 2; // of a state's four numbers

/** The rows of so many transitions in a row in time, from the `first`th oldest on. */
export function neighbours(memory, first, count) {
  const oldest = memory.appended - memory.size;
  return Array.from({ length: count }, (_, i) => (oldest + first + i) % memory.capacity);
}

export function variance(values) {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}

/** How many independent values a batch is worth: their variance over that of the batches' means. */
export const worth = (values, means) => variance(values) / variance(means);

/** An episode after the other of CartPole, one transition a call. */
export class Player {
  /** @param {number} seed */
  constructor(seed) {
    this.rng = new RandomStream(seed, "player");
    this.environment = new CartPole(new RandomStream(seed, "cartpole"));
    this.state = this.environment.reset();
  }

  /** @param {boolean} steady Balances, with a random push now and then; else all are random. */
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

/** @param {import("./explorable.js").Ui} ui */
export function start(ui) {
  const w = ui.words;
  const rng = new RandomStream(3, "draws");
  const player = new Player(1);
  const state = { capacity: 48, player: "random" };
  /** @type {{memory: ReplayMemory, kind: string, rows: number[], means: Record<string, number[]>}} */
  const seen = { memory: new ReplayMemory(state.capacity, 4), kind: "drawn", rows: [], means: { neighbours: [], drawn: [] } };
  const forget = () => Object.assign(seen, { rows: [], means: { neighbours: [], drawn: [] } });
  const store = (count) => {
    for (let i = 0; i < count; i++) {
      const [s, action, reward, next, terminated] = player.step(state.player === "steady");
      seen.memory.append(s, action, reward, next, terminated);
    }
    seen.rows = []; // what was drawn may be overwritten
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

/** A memory of another capacity with the newest transitions of this one. */
export function resized(memory, capacity) {
  const other = new ReplayMemory(capacity, memory.stateSize);
  other.appended = memory.appended - memory.size; // numbers go on
  for (const row of neighbours(memory, 0, memory.size)) {
    const { states, actions, rewards, nextStates, terminated } = memory.take([row]);
    other.append(states, actions[0], rewards[0], nextStates, terminated[0]);
  }
  return other;
}

const degrees = (memory, row) => (memory.states[row * memory.stateSize + ANGLE] * 180) / Math.PI;
const LIMIT = 12; // degrees; beyond, the pole has fallen

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

/** The batch as poles, and the means of all batches so far. */
function beneath(width, memory, kind, rows, means, angles, w) {
  const parts = [text(0, 16, rows.length ? `${w.batch}: ${w[kind]}` : w.batch, { class: "strong" })];
  const each = Math.min(44, width / BATCH);
  parts.push(line(0, 76, each * BATCH, 76, "line"));
  rows.forEach((row, i) => {
    const angle = degrees(memory, row);
    const lean = (3 * angle * Math.PI) / 180; // three times as much, to be seen
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
