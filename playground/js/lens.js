// @ts-check
// One step under the lens: stored, drawn, its target, moved.
import { colour, prepared } from "./draw.js";
import { make, number } from "./elements.js";
import { element, onChange, words } from "./page.js";

const lens = { told: null, trainStart: 0, row: 0, cell: { size: 1, across: 1 } };
const COLUMNS = 16; // of a batch's picture

const vector = (values) => `[${values.map((value) => number(value, 2)).join(", ")}]`;
const sides = () => [words().left, words().right];

function table(rows) {
  return make("table", {}, make("tbody", {}, ...rows.map(([name, value]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", { class: "mono" }, value)))));
}

function stacked(name, values) {
  return make("p", { class: "note" }, `${name}`, make("br"), make("span", { class: "mono", style: "color: var(--ink)" }, vector(values)));
}

/** Shows what a step did, as the worker told it; null shows that there was none. */
export function showLens(told, trainStart) {
  Object.assign(lens, { told, trainStart, row: 0 });
  draw();
}

function draw() {
  const { told } = lens;
  element("lens-cards").hidden = !told;
  if (!told) {
    element("lens-says").textContent = words().lensNone;
    return;
  }
  const { transition, update, size } = told;
  element("lens-stored").replaceChildren(
    make("p", { class: "note" }, words().storedText(transition.row, transition.explore ? words().randomAction : words().greedyAction, sides()[transition.action])),
    stacked(words().state, transition.state),
    stacked(words().nextState, transition.nextState),
    table([
      [words().reward, number(transition.reward, 0)],
      [words().terminated, transition.terminated ? words().yes : words().no],
    ]),
  );
  for (const id of ["card-drawn", "card-target", "card-moved"]) element(id).hidden = !update;
  element("lens-says").textContent = update ? "" : words().lensFilling(size, lens.trainStart);
  if (!update) return;
  element("lens-drawn").textContent = words().drawnText(update.rows.length);
  element("row").max = String(update.rows.length - 1);
  element("row").value = String(lens.row);
  drawRow();
}

function error(update, row) {
  return update.targets[row] - update.qBefore[2 * row + update.actions[row]];
}

function drawBatch(update) {
  const count = update.rows.length;
  const across = Math.min(COLUMNS, count);
  const size = Math.min(element("batch").clientWidth / across, 40);
  element("batch").style.height = `${Math.ceil(count / across) * size}px`;
  const { context: c } = prepared(element("batch"));
  const most = Math.max(...update.rows.map((_, row) => Math.abs(error(update, row))), 1e-9);
  update.rows.forEach((_, row) => {
    const [x, y] = [(row % across) * size, Math.floor(row / across) * size];
    const off = error(update, row);
    c.fillStyle = colour("grid");
    c.beginPath();
    c.roundRect(x + 1.5, y + 1.5, size - 3, size - 3, 4);
    c.fill();
    c.globalAlpha = 0.12 + 0.88 * Math.sqrt(Math.abs(off) / most);
    c.fillStyle = colour(update.terminated[row] ? "bad" : "left");
    c.fill();
    c.globalAlpha = 1;
    if (row !== lens.row) return;
    c.strokeStyle = colour("ink");
    c.lineWidth = 2.5;
    c.stroke();
  });
  lens.cell = { size, across };
}

/** The Q-value and its target on a line, before and after. */
function drawMove(canvas, before, after, target) {
  const { context: c, width } = prepared(canvas);
  let [low, high] = [Math.min(before, after, target), Math.max(before, after, target)];
  const pad = (high - low) * 0.18 + 1e-6;
  [low, high] = [low - pad, high + pad];
  const toX = (value) => 8 + ((width - 16) * (value - low)) / (high - low);
  c.strokeStyle = colour("line");
  c.lineWidth = 2;
  c.beginPath();
  c.moveTo(8, 44);
  c.lineTo(width - 8, 44);
  c.stroke();
  c.textAlign = "center";
  const within = (x) => Math.max(24, Math.min(width - 24, x));
  c.fillStyle = colour("accent");
  c.fillRect(toX(target) - 2, 28, 4, 32);
  c.fillText("y", within(toX(target)), 20);
  c.globalAlpha = 0.35;
  c.fillStyle = colour("pole");
  c.beginPath();
  c.arc(toX(before), 44, 8, 0, 7);
  c.fill();
  c.globalAlpha = 1;
  c.beginPath();
  c.arc(toX(after), 44, 8, 0, 7);
  c.fill();
  c.fillStyle = colour("ink");
  c.fillText("Q", within(toX(after)), 74);
}

function drawRow() {
  const { update } = lens.told;
  const { row } = lens;
  const w = words();
  drawBatch(update);
  const count = update.rows.length;
  const text = w.rowIs(row + 1, count, update.rows[row]);
  element("row").setAttribute("aria-valuetext", text);
  const action = update.actions[row];
  const q = update.qBefore[2 * row + action];
  const fell = Boolean(update.terminated[row]);
  element("lens-row").replaceChildren(
    make("p", { class: "note" }, text),
    stacked(`${w.state}, a: ${sides()[action]}`, update.states.slice(4 * row, 4 * row + 4)),
    stacked(w.nextState, update.nextStates.slice(4 * row, 4 * row + 4)),
  );
  const next = update.nextQValues.slice(2 * row, 2 * row + 2);
  const y = update.targets[row];
  const r = update.rewards[row];
  const network = update.targetUpdate === "never" ? w.modelItself : w.targetNetwork;
  const used = fell ? 0 : (y - r) / Math.max(update.discountFactor, 1e-12);
  const value = (text_, kind) => make("b", { class: kind }, text_);
  const tail = [` + ${update.discountFactor} · `, value(number(fell ? Math.max(...next) : used, 2), "q")];
  element("lens-target").replaceChildren(
    make("p", { class: "note" }, w.targetText),
    make("div", { class: "equation", tabindex: 0, role: "group", "aria-label": w.target },
      "y = r + γ · ", update.double ? "Q⁻(s′, a*)" : "max Q(s′, ·)", make("br"),
      "  = ", value(number(r, 0), "r"), ...(fell ? [make("s", {}, ...tail)] : tail), make("br"),
      "  = ", value(number(y, 3), "y")),
    table([
      [`Q(s′, ${sides()[0]})`, number(next[0], 3)],
      [`Q(s′, ${sides()[1]})`, number(next[1], 3)],
      [w.terminated, fell ? w.yes : w.no],
      ["Q(s, a)", number(q, 3)],
      [`${w.error}: y − Q(s, a)`, number(y - q, 3)],
    ]),
    make("p", { class: "note" }, fell ? w.targetCut : update.double ? w.targetDouble : w.targetMax(network)),
  );
  const after = update.qAfter[2 * row + action];
  const { name, before: w0, after: w1, gradient } = update.weight;
  const canvas = make("canvas", { class: "numberline", role: "img", "aria-label": `${w.qMoved}: ${number(q, 3)}, ${number(after, 3)}; y ${number(y, 3)}` });
  element("lens-moved").replaceChildren(
    make("p", { class: "note" }, w.qMoved),
    make("div", { class: "big" }, `${number(q, 3)} → ${number(after, 3)}`),
    canvas,
    make("p", { class: "note" }, w.movedText(count)),
    make("p", { class: "note" }, w.weightMoved, make("br"), make("span", { class: "mono", style: "color: var(--ink)" }, name)),
    table([
      [w.gradient, gradient.toPrecision(3).replace("-", "−")],
      [w.step, (w1 - w0).toPrecision(3).replace("-", "−")],
      ["θ", `${number(w0, 5)} → ${number(w1, 5)}`],
    ]),
  );
  drawMove(canvas, q, after, y);
}

function chooseRow(row) {
  const { update } = lens.told;
  lens.row = Math.max(0, Math.min(update.rows.length - 1, row));
  element("row").value = String(lens.row);
  drawRow();
}

/** Sets up the choice of a row. */
export function startLens() {
  element("row").oninput = () => chooseRow(Number(element("row").value));
  element("batch").onclick = ({ offsetX, offsetY }) => {
    const { size, across } = lens.cell;
    const x = Math.floor(offsetX / size);
    if (x < across) chooseRow(Math.floor(offsetY / size) * across + x);
  };
  onChange(draw);
  draw();
}
