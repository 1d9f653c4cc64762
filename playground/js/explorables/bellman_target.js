// @ts-check
// The Bellman target, put together from what a step brought and what the network says of the next state.
import { bellmanTarget } from "../bellman.js";
import { number } from "../elements.js";
import { line, rect, svg, tag, text } from "./explorable.js";

export const words = {
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

/** The lesson's table. */
const ROWS = {
  row1: { reward: 1, left: 10, right: 20, end: "goesOn" },
  row2: { reward: 1, left: 8, right: 4, end: "timeLimit" },
  row3: { reward: -100, left: 90, right: 80, end: "fell" },
  row4: { reward: 1, left: 3, right: 5, end: "goesOn" },
};

/** What the state says: the largest next value, whether it is cut, target and TD error. */
export function assembled({ reward, discount, left, right, q, end }) {
  const terminated = end === "fell"; // at the time limit there is a next step, too
  const [y] = bellmanTarget([reward], [left, right], [Number(terminated)], discount);
  return { largest: Math.max(left, right), terminated, y, error: y - q };
}

const short = (value) => number(value, Math.abs(value) < 100 ? 2 : 1).replace(/\.?0+$/, "");

/** @param {import("./explorable.js").Ui} ui */
export function start(ui) {
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
  const names = 88; // their column
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
  // From the network's answer to the target.
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
