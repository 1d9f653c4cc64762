// @ts-check
// Values that flow through a 5x5 grid: by value iteration, which has the map, and by Q-learning.
import { bellmanTarget } from "../bellman.js";
import { Board } from "../board.js";
import { number, ticks } from "../elements.js";
import { plot } from "../plot.js";
import { RandomStream } from "../random.js";
import { disc, line, rect, svg, tag, text } from "./explorable.js";

export const words = {
  en: {
    title: "Values on a grid that you lay out",
    text: "Choose a piece and press a cell to put it there; press again to take it away. +0.3 and +1 end the episode. Arrows are the best actions, a dot means stay.",
    piece: "Piece", ghost: "ghost −1", wall: "wall", small: "+0.3", goal: "+1",
    method: "Method", sweeps: "value iteration", learning: "Q-learning",
    sweep: "One sweep", step: "One step", episodes: "50 episodes", lesson: "The lesson's grid",
    discount: "discount factor γ", alpha: "step size α", epsilon: "ε, the share of random actions",
    board: "The grid",
    cell: (x, y, what, value) => `Column ${x}, row ${y}: ${what}value ${value}`,
    start: "start",
    ofStart: "Value of the start",
    exact: "exact",
    sweepsAxis: "sweeps", episodesAxis: "episodes",
    fixed: "An episode starts here: the start can be neither a wall nor an end.",
    none: "All values are 0: nothing is known yet.",
    swept: (n, changed) => changed ? `Sweep ${n}: ${changed} ${changed === 1 ? "value" : "values"} changed.` : `Sweep ${n} changed nothing: the values solve the Bellman optimality equation.`,
    laidOut: "The grid has changed, the values have not. How long until they fit?",
    went: (action, explore, reward) => `${action}${explore ? " (random)" : ""}, reward ${reward}.`,
    learned: (what, target, before, after) => `${what} The target is ${target}: Q goes from ${before} to ${after}.`,
    actions: ["Up", "Down", "Right", "Left", "Stay"],
    ended: (n, steps) => ` Episode ${n} ended after ${steps} ${steps === 1 ? "step" : "steps"}.`,
    label: (method, value) => `${method}; the start is worth ${value}.`,
  },
  ko: {
    title: "직접 꾸미는 그리드의 가치",
    text: "놓을 것을 고르고 칸을 누르면 놓이고, 다시 누르면 없어집니다. +0.3과 +1에서 에피소드가 끝납니다. 화살표는 가장 좋은 행동, 점은 제자리입니다.",
    piece: "놓을 것", ghost: "귀신 −1", wall: "벽", small: "+0.3", goal: "+1",
    method: "방법", sweeps: "가치 이터레이션", learning: "큐러닝",
    sweep: "스윕 한 번", step: "한 스텝", episodes: "50에피소드", lesson: "원래 그리드로",
    discount: "감가율 γ", alpha: "스텝 사이즈 α", epsilon: "ε, 무작위 행동의 비율",
    board: "그리드",
    cell: (x, y, what, value) => `${x}열 ${y}행: ${what}가치 ${value}`,
    start: "출발",
    ofStart: "출발점의 가치",
    exact: "정확한 값",
    sweepsAxis: "스윕", episodesAxis: "에피소드",
    fixed: "에피소드가 여기서 시작하므로, 출발점은 벽이나 끝이 될 수 없습니다.",
    none: "모든 값이 0입니다. 아직 아무것도 모릅니다.",
    swept: (n, changed) => changed ? `스윕 ${n}: 값 ${changed}개가 바뀌었습니다.` : `스윕 ${n}에서는 아무것도 바뀌지 않았습니다. 이제 벨만 최적 방정식이 성립합니다.`,
    laidOut: "그리드가 바뀌었고 값은 아직 그대로입니다. 다시 맞을 때까지 얼마나 걸릴까요?",
    went: (action, explore, reward) => `${action}${explore ? "(무작위)" : ""}, 보상 ${reward}.`,
    learned: (what, target, before, after) => `${what} 타깃 ${target}: 큐값 ${before} → ${after}.`,
    actions: ["위", "아래", "오른쪽", "왼쪽", "제자리"],
    ended: (n, steps) => ` ${n}번째 에피소드가 ${steps}스텝 만에 끝났습니다.`,
    label: (method, value) => `${method}: 출발점의 가치는 ${value}입니다.`,
  },
};

export const still = ["sweep", "sweep", "sweep", "sweep", "sweep"];

const SIZE = 5;
const CELLS = SIZE * SIZE;
const START = 0;
/** Up, down, right, left, stay; x to the right, y downwards. */
const MOVES = [[0, -1], [0, 1], [1, 0], [-1, 0], [0, 0]];
const REWARDS = { ghost: -1, small: 0.3, goal: 1 };
const ENDS = ["small", "goal"];
const MOST_STEPS = 500; // of an episode, as in the lesson
const MOST_EPISODES = 1000;

/** The lesson's grid: a piece for each cell, "" for none. */
export function lessonsGrid() {
  const pieces = Array(CELLS).fill("");
  for (const [x, y] of [[0, 1], [1, 2], [2, 3]]) pieces[SIZE * y + x] = "ghost";
  pieces[CELLS - 1] = "goal";
  return pieces;
}

/** Where an action leads, what it brings, and whether it ends the episode. */
export function transition(pieces, cell, action) {
  const [x, y] = [(cell % SIZE) + MOVES[action][0], Math.floor(cell / SIZE) + MOVES[action][1]];
  const inside = x >= 0 && x < SIZE && y >= 0 && y < SIZE;
  const next = inside && pieces[SIZE * y + x] !== "wall" ? SIZE * y + x : cell;
  return { next, reward: REWARDS[pieces[next]] ?? 0, terminated: ENDS.includes(pieces[next]) };
}

/** Nothing comes after these, or nobody gets there. */
const isDead = (piece) => piece === "wall" || ENDS.includes(piece);

/** Q(s, a) of every cell and action, one step ahead of the values: [25][5]. */
export function lookAhead(pieces, values, discount) {
  return pieces.map((piece, cell) => {
    if (isDead(piece)) return [0, 0, 0, 0, 0];
    return MOVES.map((_, action) => {
      const { next, reward, terminated } = transition(pieces, cell, action);
      return bellmanTarget([reward], [values[next]], [Number(terminated)], discount)[0];
    });
  });
}

/** One sweep of value iteration. */
export const sweep = (pieces, values, discount) => lookAhead(pieces, values, discount).map((row) => Math.max(...row));

/** The values that a sweep no longer changes; where a sum has no end, those of many sweeps. */
export function exact(pieces, discount) {
  let [values, before] = [Array(CELLS).fill(0), [NaN]];
  for (let i = 0; i < 200 && values.some((value, cell) => value !== before[cell]); i++) {
    [values, before] = [sweep(pieces, values, discount), values];
  }
  return values;
}

/** All actions that are best, but for rounding. */
const best = (row) => MOVES.map((_, action) => action).filter((action) => row[action] > Math.max(...row) - 1e-9);

/** Q-learning, step by step, without the map. */
export class QLearner {
  constructor(seed) {
    this.rng = new RandomStream(seed, "grid");
    this.q = Array.from({ length: CELLS }, () => MOVES.map(() => 0));
    this.cell = START;
    this.steps = 0; // of this episode
    this.episodes = 0;
    this.last = null;
  }

  /** Epsilon-greedy; ties are broken at random. */
  choose(epsilon) {
    const explore = this.rng.uniform() < epsilon;
    const actions = explore ? [0, 1, 2, 3, 4] : best(this.q[this.cell]);
    return { action: actions[this.rng.index(actions.length)], explore };
  }

  /** Acts once and learns from it; true at an episode's end. */
  step(pieces, { discount, alpha, epsilon }) {
    const { action, explore } = this.choose(epsilon);
    const { cell } = this;
    const { next, reward, terminated } = transition(pieces, cell, action);
    const [target] = bellmanTarget([reward], this.q[next], [Number(terminated)], discount);
    const before = this.q[cell][action];
    this.q[cell][action] += alpha * (target - before);
    this.steps += 1;
    const ended = terminated || this.steps >= MOST_STEPS;
    this.last = { cell, action, explore, reward, next, terminated, target, before, after: this.q[cell][action], ended: ended ? this.steps : 0 };
    this.cell = ended ? START : next;
    if (ended) [this.steps, this.episodes] = [0, this.episodes + 1];
    return ended;
  }
}

const two = (value) => number(value, 2);
const short = (value) => number(value, 3).replace(/\.?0+$/, "");

/** @param {import("./explorable.js").Ui} ui */
export function start(ui) {
  const w = ui.words;
  const state = { method: "sweeps", piece: "ghost", discount: 0.9, alpha: 0.2, epsilon: 0.2 };
  const world = { pieces: lessonsGrid(), refused: false };
  const run = {};
  const forget = () => Object.assign(run, { values: Array(CELLS).fill(0), changed: null, sweeps: 0, learner: new QLearner(1), curve: [[0, 0]] });
  forget();
  const learning = () => state.method === "learning";
  const sweepOnce = () => {
    world.refused = false;
    const values = sweep(world.pieces, run.values, state.discount);
    run.changed = values.map((_, cell) => cell).filter((cell) => Math.abs(values[cell] - run.values[cell]) > 1e-9);
    Object.assign(run, { values, sweeps: run.sweeps + 1 });
    run.curve.push([run.sweeps, values[START]]);
    return run.changed.length > 0;
  };
  const act = () => {
    const { learner } = run;
    world.refused = false;
    if (learner.episodes >= MOST_EPISODES) return false;
    if (learner.step(world.pieces, state)) run.curve.push([learner.episodes, Math.max(...learner.q[START])]);
    return true;
  };
  /** After a change of the grid: nothing comes after an end, and nobody is in a wall. */
  const settle = () => {
    [run.changed, run.learner.last] = [null, null];
    world.pieces.forEach((piece, cell) => {
      if (!isDead(piece)) return;
      run.values[cell] = 0;
      run.learner.q[cell].fill(0);
      if (run.learner.cell === cell) run.learner.cell = START;
    });
  };
  ui.board(new Board(SIZE, SIZE, (cell) => {
    const piece = world.pieces[cell] === state.piece ? "" : state.piece;
    world.refused = cell === START && isDead(piece);
    if (world.refused) return;
    world.pieces[cell] = piece;
    settle();
  }));
  ui.choice(state, "method", ["sweeps", "learning"], () => {
    stop();
    forget();
  });
  ui.choice(state, "piece", ["ghost", "wall", "small", "goal"]);
  ui.row();
  ui.when(ui.button("sweep", sweepOnce), () => !learning());
  ui.when(ui.button("step", act), learning);
  const stop = ui.player(() => (learning() ? act() : sweepOnce()), 5);
  ui.when(ui.button("episodes", () => {
    for (const goal = run.learner.episodes + 50; run.learner.episodes < goal && act(); );
  }), learning);
  ui.button("reset", () => {
    stop();
    forget();
  });
  ui.button("lesson", () => {
    world.pieces = lessonsGrid();
    settle();
  });
  ui.row();
  ui.slider(state, "discount", { min: 0, max: 1, step: 0.05, show: two });
  for (const key of ["alpha", "epsilon"]) ui.when(ui.slider(state, key, { min: 0, max: 1, step: 0.05, show: two }), learning);
  return (width) => draw(width, state, world, run, w);
}

function draw(width, { method, discount }, { pieces, refused }, run, w) {
  const learner = method === "learning" ? run.learner : null;
  const q = learner ? learner.q : lookAhead(pieces, run.values, discount);
  const values = learner ? q.map((row) => Math.max(...row)) : run.values;
  const beside = width >= 560;
  const size = Math.min(72, Math.floor(width / SIZE));
  const left = beside ? 0 : (width - SIZE * size) / 2;
  const side = SIZE * size;
  const panel = beside ? { left: side + 66, top: 40, right: width - 6, bottom: side - 40 } : { left: 40, top: side + 34, right: width - 6, bottom: side + 130 };
  const goal = exact(pieces, discount)[START];
  const most = Math.max(learner ? 20 : 10, run.curve[run.curve.length - 1][0]);
  const ends = [goal, 0, ...run.curve.map(([, value]) => value)];
  const marks = scale(Math.min(...ends), Math.max(0.5, ...ends));
  return {
    picture: svg(width, beside ? side + 1 : side + 170,
      tag("g", { transform: `translate(${left} 0)` }, ...cells(size, pieces, values, q, run, learner, w)),
      text(panel.left - 34, panel.top - 18, w.ofStart, { class: "strong" }),
      ...plot(panel, most, marks, [
        { points: [[0, goal], [most, goal]], stroke: "good", dash: "6 5", name: `${w.exact} ${number(goal, 3)}` },
        { points: run.curve, stroke: "left" },
      ]),
      text(panel.right, panel.bottom + 32, learner ? w.episodesAxis : w.sweepsAxis, { class: "muted", "text-anchor": "end" }),
    ),
    label: w.label(w[method], number(values[START], 3)),
    says: refused ? w.fixed : told(run, learner, w),
    places: { left, top: 0, size, names: pieces.map((piece, cell) => w.cell((cell % SIZE) + 1, Math.floor(cell / SIZE) + 1, piece && `${w[piece]}, `, two(values[cell]))) },
  };
}

/** Round numbers that reach from below `low` to above `high`. */
function scale(low, high) {
  const stride = ticks(high - low)[1];
  const first = Math.floor(low / stride + 1e-9);
  return Array.from({ length: Math.ceil(high / stride - 1e-9) - first + 1 }, (_, i) => (first + i) * stride);
}

function told(run, learner, w) {
  const last = learner ? learner.last : run.changed;
  if (last === null) return (learner?.episodes ?? run.sweeps) ? w.laidOut : w.none;
  if (!learner) return w.swept(run.sweeps, last.length);
  const what = w.went(w.actions[last.action], last.explore, short(last.reward));
  return w.learned(what, short(last.target), two(last.before), two(last.after)) + (last.ended ? w.ended(learner.episodes, last.ended) : "");
}

/** All cells with pieces, values, best actions; with a learner, its five Q-values as areas. */
function cells(size, pieces, values, q, { changed, sweeps }, learner, w) {
  const limit = Math.max(1, ...q.flat().map(Math.abs));
  const shade = (value) => ({ fill: `var(--${value < 0 ? "bad" : "left"})`, opacity: (0.65 * (Math.abs(value) / limit) ** 0.8).toFixed(3) });
  const parts = [];
  pieces.forEach((piece, cell) => {
    const [x, y] = [size * (cell % SIZE), size * Math.floor(cell / SIZE)];
    const [middle, centre] = [x + size / 2, y + size / 2];
    const write = (dy, words, more = {}) => parts.push(text(middle, centre + dy, words, { "text-anchor": "middle", ...more }));
    parts.push(rect(x, y, size, size, piece === "wall" ? "cart" : "card", { stroke: "var(--line)" }));
    if (piece === "wall") return;
    if (ENDS.includes(piece)) {
      parts.push(rect(x + 1, y + 1, size - 2, size - 2, "goodsoft"));
      write(5, piece === "goal" ? "+1" : "+0.3", { class: "good strong" });
      return;
    }
    if (learner) {
      areas(x, y, size).forEach((d, action) => parts.push(tag("path", { d, stroke: "var(--grid)", ...shade(q[cell][action]) })));
    } else parts.push(rect(x + 1, y + 1, size - 2, size - 2, "left", shade(values[cell])));
    const known = learner ? q[cell].some((value) => value !== 0) : sweeps > 0;
    if (known) write(-size * 0.18, best(q[cell]).map((action) => "↑↓→←•"[action]).join(""), { class: "strong" });
    write(size * 0.16, two(values[cell]));
    if (piece === "ghost") parts.push(text(x + 5, y + 16, "G", { class: "bad" }));
    if (cell === START) write(size / 2 - 5, w.start, { class: "muted", "font-size": 11 });
    if (!learner && changed?.includes(cell)) parts.push(rect(x + 2, y + 2, size - 4, size - 4, "card", { "fill-opacity": 0, stroke: "var(--pole)", "stroke-width": 3 }));
  });
  if (!learner) return parts;
  const at = (cell) => [size * ((cell % SIZE) + 0.78), size * (Math.floor(cell / SIZE) + 0.78)];
  const { last } = learner;
  if (last && last.cell !== last.next) parts.push(line(...at(last.cell), ...at(last.next), "pole", { "stroke-width": 3 }));
  parts.push(disc(...at(last?.ended ? last.next : learner.cell), size * 0.11, "pole", { stroke: "var(--ink)" }));
  return parts;
}

/** The areas of up, down, right, left and stay in a cell. */
function areas(x, y, size) {
  const [a, b] = [0.3 * size, 0.7 * size];
  const path = (...points) => `M${points.map(([px, py]) => `${(x + px).toFixed(1)} ${(y + py).toFixed(1)}`).join("L")}z`;
  return [
    path([0, 0], [size, 0], [b, a], [a, a]), path([0, size], [a, b], [b, b], [size, size]),
    path([size, 0], [size, size], [b, b], [b, a]), path([0, 0], [a, a], [a, b], [0, size]),
    path([a, a], [b, a], [b, b], [a, b]),
  ];
}
