// @ts-check
// Curves of an explorable, as the text of an SVG.
import { ticks } from "./elements.js";
import { line, tag, text } from "./explorables/explorable.js";

/**
 * Axes with their numbers, and curves in them.
 * @param {{left: number, top: number, right: number, bottom: number}} box In pixels.
 * @param {number} mostX The largest x; the smallest is 0.
 * @param {number[]} marksY Numbers of the y axis, from its lower end to its upper.
 * @param {{points: number[][], stroke: string, dash?: string, name?: string}[]} curves Each with its
 *   name, if it has one, at its end.
 */
export function plot({ left, top, right, bottom }, mostX, marksY, curves) {
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
