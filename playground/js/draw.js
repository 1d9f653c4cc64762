// @ts-check
// All that is drawn: the pole, curves, the ring, maps and points.
import { ANGLE_LIMIT, POSITION_LIMIT } from "./cartpole.js";
import { ticks } from "./elements.js";

const cache = { theme: "", values: {} };

/** A colour of the style sheet, such as "ink"; the page's theme decides. */
export function colour(name) {
  const theme = document.documentElement.dataset.theme ?? "";
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const key = `${theme}${dark}`;
  if (cache.theme !== key) Object.assign(cache, { theme: key, values: {} });
  cache.values[name] ??= getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  return cache.values[name];
}

/** A canvas made as sharp as the screen: its context, and its size in CSS pixels. */
export function prepared(canvas) {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = "12px system-ui, sans-serif";
  context.lineJoin = context.lineCap = "round";
  return { context, width, height };
}

/** The cart and its pole; `action` draws the push, -1 draws none. */
export function drawCartPole(canvas, state, action = -1, fallen = false) {
  const { context: c, width, height } = prepared(canvas);
  const scale = width / 5.6;
  const length = Math.min(scale * 1.25, height * 0.62);
  const ground = height * 0.84;
  const x = width / 2 + Math.max(-3, Math.min(3, state[0])) * scale;
  const size = Math.min(1, width / 520);
  c.strokeStyle = colour("line");
  c.lineWidth = 2;
  c.beginPath();
  c.moveTo(width / 2 - 2.6 * scale, ground);
  c.lineTo(width / 2 + 2.6 * scale, ground);
  c.stroke();
  c.fillStyle = colour("muted");
  c.textAlign = "center";
  for (const metre of [-2, -1, 0, 1, 2]) {
    const at = width / 2 + metre * scale;
    c.fillRect(at - 0.5, ground, 1, 6);
    c.fillText(metre === 0 ? "0 m" : String(metre).replace("-", "−"), at, ground + 20);
  }
  c.fillStyle = colour("bad");
  for (const side of [-1, 1]) c.fillRect(width / 2 + side * POSITION_LIMIT * scale - 1.5, ground - 12, 3, 18);
  const hinge = ground - 40 * size;
  // Within this wedge the pole counts as standing.
  c.fillStyle = fallen ? colour("badsoft") : colour("goodsoft");
  c.beginPath();
  c.moveTo(x, hinge);
  c.arc(x, hinge, length * 1.08, -Math.PI / 2 - ANGLE_LIMIT, -Math.PI / 2 + ANGLE_LIMIT);
  c.closePath();
  c.fill();
  c.fillStyle = colour("cart");
  c.beginPath();
  c.roundRect(x - 38 * size, ground - 46 * size, 76 * size, 32 * size, 7 * size);
  c.fill();
  for (const side of [-1, 1]) {
    c.fillStyle = colour("ink");
    c.beginPath();
    c.arc(x + side * 22 * size, ground - 9 * size, 9 * size, 0, 7);
    c.fill();
    c.fillStyle = colour("card");
    c.beginPath();
    c.arc(x + side * 22 * size, ground - 9 * size, 3 * size, 0, 7);
    c.fill();
  }
  const [tipX, tipY] = [x + Math.sin(state[2]) * length, hinge - Math.cos(state[2]) * length];
  c.strokeStyle = fallen ? colour("bad") : colour("pole");
  c.lineWidth = 13 * size;
  c.beginPath();
  c.moveTo(x, hinge);
  c.lineTo(tipX, tipY);
  c.stroke();
  c.fillStyle = colour("card");
  c.beginPath();
  c.arc(x, hinge, 4 * size, 0, 7);
  c.fill();
  if (action < 0) return;
  const side = action === 1 ? 1 : -1;
  c.strokeStyle = c.fillStyle = colour(action === 1 ? "right" : "left");
  c.lineWidth = 5 * size;
  const [from, to] = [x + side * 46 * size, x + side * 78 * size];
  const y = ground - 30 * size;
  c.beginPath();
  c.moveTo(from, y);
  c.lineTo(to, y);
  c.stroke();
  c.beginPath();
  c.moveTo(to + side * 12 * size, y);
  c.lineTo(to - side * 2, y - 9 * size);
  c.lineTo(to - side * 2, y + 9 * size);
  c.fill();
}

function frame(c, { left, top, right, bottom }, ticksX, ticksY, toX, toY, formatY = (value) => String(value)) {
  c.lineWidth = 1;
  c.textBaseline = "middle";
  c.textAlign = "right";
  for (const value of ticksY) {
    c.strokeStyle = colour("grid");
    c.beginPath();
    c.moveTo(left, toY(value));
    c.lineTo(right, toY(value));
    c.stroke();
    c.fillStyle = colour("muted");
    c.fillText(formatY(value), left - 7, toY(value));
  }
  c.textAlign = "center";
  c.textBaseline = "top";
  for (const value of ticksX) c.fillText(String(value), toX(value), bottom + 7);
  c.textBaseline = "alphabetic";
}

function line(c, points, style, width) {
  c.strokeStyle = style;
  c.lineWidth = width;
  c.beginPath();
  points.forEach(([x, y], i) => (i ? c.lineTo(x, y) : c.moveTo(x, y)));
  c.stroke();
}

/** Scores as points with their mean of 10; earlier runs as thin lines with their names. */
export function drawScores(canvas, history, earlier, words) {
  const { context: c, width, height } = prepared(canvas);
  const box = { left: 40, top: 14, right: width - 12, bottom: height - 28 };
  const most = Math.max(50, history.count, ...earlier.map((run) => run.history.count)); // at most 3
  const toX = (episode) => box.left + ((box.right - box.left) * episode) / most;
  const toY = (score) => box.bottom - ((box.bottom - box.top) * score) / 515;
  frame(c, box, ticks(most).slice(1), [0, 100, 200, 300, 400, 500], toX, toY);
  c.setLineDash([5, 5]);
  line(c, [[box.left, toY(490)], [box.right, toY(490)]], colour("good"), 1.4);
  c.setLineDash([]);
  c.textAlign = "left";
  c.fillStyle = colour("good");
  c.fillText(words.stopRule, box.left + 6, toY(490) + 15);
  const means = (points) => points.map(({ episode, mean }) => [toX(episode), toY(mean)]);
  earlier.forEach((run, number) => {
    const points = means(run.history.points);
    c.globalAlpha = 0.75;
    c.setLineDash([[6, 3], [2, 3], [9, 3, 2, 3]][number % 3]);
    line(c, points, colour("muted"), 1.5);
    c.setLineDash([]);
    c.globalAlpha = 1;
    const [x, y] = points[points.length - 1];
    c.fillStyle = colour("muted");
    c.textAlign = x > width * 0.65 ? "right" : "left";
    c.fillText(run.name, x + (x > width * 0.65 ? -6 : 6), Math.min(box.bottom - 6, Math.max(y - 6, box.top + 34 + 14 * number)));
  });
  c.fillStyle = colour("left");
  c.globalAlpha = history.points.length > 400 ? 0.3 : 0.5;
  for (const { episode, score } of history.points) {
    c.beginPath();
    c.arc(toX(episode), toY(score), 2.4, 0, 7);
    c.fill();
  }
  c.globalAlpha = 1;
  line(c, means(history.points), colour("pole"), 2.6);
}

/** One value an episode, on a scale from 0 to 1 or a logarithmic one. */
export function drawCurve(canvas, history, key, { logarithmic = false, style = "left" }) {
  const { context: c, width, height } = prepared(canvas);
  const box = { left: 44, top: 10, right: width - 10, bottom: height - 26 };
  const most = Math.max(50, history.count);
  const toX = (episode) => box.left + ((box.right - box.left) * episode) / most;
  const found = history.points
    .map((point) => [point.episode, point[key]])
    .filter(([, value]) => value !== null && value > 0);
  let [low, high] = [0, 1];
  if (logarithmic) {
    const logs = found.map(([, value]) => Math.log10(value));
    low = Math.floor(Math.min(0, ...logs));
    high = Math.max(Math.ceil(Math.max(2, ...logs)), low + 1);
  }
  const toY = (value) => {
    const share = logarithmic ? (Math.log10(value) - low) / (high - low) : value / 1.05;
    return box.bottom - (box.bottom - box.top) * share;
  };
  const stride = Math.ceil((high - low) / 4);
  const marks = logarithmic
    ? Array.from({ length: Math.floor((high - low) / stride) + 1 }, (_, i) => 10 ** (low + i * stride))
    : [0, 0.25, 0.5, 0.75, 1];
  const format = (value) => (value >= 1e5 || (value > 0 && value < 1e-3) ? value.toExponential(0) : String(value));
  frame(c, box, ticks(most).slice(1), marks, toX, toY, format);
  line(c, found.map(([episode, value]) => [toX(episode), toY(value)]), colour(style), 2);
}

/** The memory as a ring: full places fade with age, falls are marked, dots are the batch drawn. */
export function drawRing(canvas, { capacity, size, head, terminated }, batchRows, words) {
  const { context: c, width, height } = prepared(canvas);
  const [x, y] = [width / 2, height / 2];
  const outer = Math.min(width, height) / 2 - 12;
  const thick = Math.max(22, outer * 0.24);
  const inner = outer - thick;
  const turn = (row) => (row / capacity) * 2 * Math.PI - Math.PI / 2;
  const bins = Math.min(capacity, 720);
  const age = (row) => (head - 1 - row + 2 * capacity) % capacity; // 0: the newest
  c.lineCap = "butt";
  c.lineWidth = thick;
  c.strokeStyle = colour("grid");
  c.beginPath();
  c.arc(x, y, (outer + inner) / 2, 0, 7);
  c.stroke();
  c.strokeStyle = colour("left");
  for (let bin = 0; bin < bins; bin++) {
    const row = Math.floor(((bin + 0.5) * capacity) / bins);
    if (row >= size) continue;
    c.globalAlpha = 1 - (0.82 * age(row)) / Math.max(size, 1);
    c.beginPath();
    c.arc(x, y, (outer + inner) / 2, turn((bin * capacity) / bins) - 0.003, turn(((bin + 1) * capacity) / bins) + 0.003);
    c.stroke();
  }
  c.globalAlpha = 1;
  let falls = 0;
  c.strokeStyle = colour("bad");
  c.lineWidth = Math.max(1.6, Math.min(5, (2 * Math.PI * outer) / capacity));
  for (let row = 0; row < size; row++) {
    if (!terminated[row]) continue;
    falls += 1;
    const at = turn(row + 0.5);
    c.beginPath();
    c.moveTo(x + Math.cos(at) * (inner - 1), y + Math.sin(at) * (inner - 1));
    c.lineTo(x + Math.cos(at) * (outer + 6), y + Math.sin(at) * (outer + 6));
    c.stroke();
  }
  c.fillStyle = colour("pole");
  for (const row of batchRows) {
    const at = turn(row + 0.5);
    c.beginPath();
    c.arc(x + Math.cos(at) * (inner - 9), y + Math.sin(at) * (inner - 9), 2.6, 0, 7);
    c.fill();
  }
  const at = turn(head);
  c.fillStyle = colour("ink");
  c.beginPath();
  c.moveTo(x + Math.cos(at) * (outer + 1), y + Math.sin(at) * (outer + 1));
  for (const side of [-0.05, 0.05]) c.lineTo(x + Math.cos(at + side) * (outer + 12), y + Math.sin(at + side) * (outer + 12));
  c.fill();
  c.textAlign = "center";
  c.fillStyle = colour("ink");
  c.font = `600 ${Math.round(outer * 0.2)}px system-ui, sans-serif`;
  c.fillText(size.toLocaleString("en"), x, y - 2);
  c.font = "12px system-ui, sans-serif";
  c.fillStyle = colour("muted");
  c.fillText(words.of(capacity), x, y + 16);
  c.fillStyle = colour("bad");
  c.font = "600 13px system-ui, sans-serif";
  c.fillText(words.falls(falls), x, y + 38);
  return falls;
}

/** Two colours that meet in the middle, for a value from -1 to 1. */
function between(value, left, right, middle) {
  const strength = Math.min(1, Math.abs(value)) ** 0.7;
  const end = value < 0 ? left : right;
  return [0, 1, 2].map((i) => middle[i] + (end[i] - middle[i]) * strength);
}

const rgb = (text) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));

/** @type {OffscreenCanvas} */
let mapPicture;

/** Q(right) - Q(left) over angle and angular velocity; the dot is the state now. */
export function drawMap(canvas, values, cells, largest, state, limits, words) {
  const { context: c, width, height } = prepared(canvas);
  const box = { left: 34, top: 8, right: width - 8, bottom: height - 34 };
  const [left, right, middle] = ["left", "right", "mapmiddle"].map((name) => rgb(colour(name)));
  mapPicture ??= new OffscreenCanvas(cells, cells); // one for all: making one takes longest
  const pixels = mapPicture.getContext("2d");
  const picture = pixels.createImageData(cells, cells);
  for (let i = 0; i < values.length; i++) {
    picture.data.set([...between(values[i] / largest, left, right, middle), 255], 4 * i);
  }
  pixels.putImageData(picture, 0, 0);
  c.imageSmoothingEnabled = true;
  const [w, h] = [box.right - box.left, box.bottom - box.top];
  c.drawImage(mapPicture, box.left, box.top, w, h);
  // Where the two actions are worth the same.
  c.strokeStyle = colour("ink");
  c.lineWidth = 1.6;
  c.beginPath();
  const px = (i) => box.left + (w * (i + 0.5)) / cells;
  const py = (j) => box.top + (h * (j + 0.5)) / cells;
  for (let j = 0; j + 1 < cells; j++) {
    for (let i = 0; i + 1 < cells; i++) {
      const corner = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const v = corner.map(([a, b]) => values[b * cells + a]);
      const cuts = [];
      for (let k = 0; k < 4; k++) {
        const next = (k + 1) % 4;
        if (v[k] < 0 === v[next] < 0) continue;
        const t = v[k] / (v[k] - v[next]);
        cuts.push([px(corner[k][0] + t * (corner[next][0] - corner[k][0])), py(corner[k][1] + t * (corner[next][1] - corner[k][1]))]);
      }
      for (let k = 0; k + 1 < cuts.length; k += 2) {
        c.moveTo(...cuts[k]);
        c.lineTo(...cuts[k + 1]);
      }
    }
  }
  c.stroke();
  c.fillStyle = colour("muted");
  c.textAlign = "center";
  const degrees = Math.round((limits.angle * 180) / Math.PI);
  for (const { share, text } of [{ share: 0, text: `−${degrees}°` }, { share: 0.5, text: "0°" }, { share: 1, text: `+${degrees}°` }]) {
    c.textAlign = share === 0 ? "left" : share === 1 ? "right" : "center";
    c.fillText(text, box.left + share * w, box.bottom + 15);
  }
  c.textAlign = "center";
  c.fillText(words.angle, box.left + w / 2, box.bottom + 29);
  c.textAlign = "right";
  c.textBaseline = "middle";
  const speed = limits.angularVelocity;
  for (const { share, text } of [{ share: 0.03, text: `+${speed}` }, { share: 0.5, text: "0" }, { share: 0.97, text: `−${speed}` }]) {
    c.fillText(text, box.left - 6, box.top + share * h);
  }
  c.textBaseline = "alphabetic";
  const sx = box.left + (w * (state[2] / limits.angle + 1)) / 2;
  const sy = box.top + (h * (1 - state[3] / limits.angularVelocity)) / 2;
  if (sx > box.left && sx < box.right && sy > box.top && sy < box.bottom) {
    c.fillStyle = colour("card");
    c.strokeStyle = colour("ink");
    c.lineWidth = 2;
    c.beginPath();
    c.arc(sx, sy, 5, 0, 7);
    c.fill();
    c.stroke();
  }
}

/** Scores of several players as points in a row each, a bar for the mean. */
export function drawPoints(canvas, rows) {
  const { context: c, width, height } = prepared(canvas);
  const box = { left: 8, top: 4, right: width - 14, bottom: height - 26 };
  const toX = (score) => box.left + ((box.right - box.left) * score) / 500;
  const each = (box.bottom - box.top) / rows.length;
  c.lineWidth = 1;
  c.textBaseline = "top";
  for (const mark of [0, 100, 200, 300, 400, 500]) {
    c.strokeStyle = colour("grid");
    c.beginPath();
    c.moveTo(toX(mark), box.top);
    c.lineTo(toX(mark), box.bottom);
    c.stroke();
    c.fillStyle = colour("muted");
    c.textAlign = mark === 0 ? "left" : mark === 500 ? "right" : "center";
    c.fillText(String(mark), toX(mark) + (mark === 500 ? 8 : 0), box.bottom + 8);
  }
  c.textBaseline = "alphabetic";
  rows.forEach(({ name, scores, style }, number) => {
    const top = box.top + number * each;
    c.textAlign = "left";
    c.font = "600 12.5px system-ui, sans-serif";
    c.fillStyle = colour("ink");
    c.fillText(name, box.left, top + 15);
    const mean = scores.reduce((a, b) => a + b, 0) / Math.max(1, scores.length);
    c.textAlign = "right";
    c.fillStyle = colour("muted");
    c.fillText(scores.length ? mean.toFixed(mean < 100 ? 1 : 0) : "–", box.right, top + 15);
    c.font = "12px system-ui, sans-serif";
    const middle = top + 15 + (each - 15) / 2;
    c.fillStyle = colour(style);
    scores.forEach((score, i) => {
      const jitter = (((i * 0.618034) % 1) - 0.5) * Math.min(16, each - 24);
      c.globalAlpha = scores.length > 30 ? 0.45 : 0.9;
      c.beginPath();
      c.arc(toX(score), middle + jitter, scores.length > 30 ? 2.6 : 4.2, 0, 7);
      c.fill();
    });
    c.globalAlpha = 1;
    if (scores.length) {
      c.fillStyle = colour("ink");
      c.fillRect(toX(mean) - 1.2, middle - 10, 2.4, 20);
    }
  });
}
