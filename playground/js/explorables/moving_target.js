// @ts-check
// One number that learns from labels which it makes itself, and one whose labels a copy makes.
import { bellmanTarget } from "../bellman.js";
import { number, ticks } from "../elements.js";
import { disc, line, svg, tag, text } from "./explorable.js";

export const words = {
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

export const still = [["every", 5], "ten", "ten"];

const MOST = 60; // updates

/**
 * Of so many updates w before each and at the end, and the label that each (and the next) aims at.
 * @param {number} updates
 * @param {{discount: number, pull: number, every: number}} settings The next state's Q is `pull` times w;
 *   the copy that says so is renewed before every `every`th update: with 1, w itself says so.
 */
export function chase(updates, { discount, pull, every }) {
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

/** @param {import("./explorable.js").Ui} ui */
export function start(ui) {
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
