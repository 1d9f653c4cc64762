// @ts-check
// What all explorables share: a card of its own in somebody else's page, its controls, its picture.
import { make } from "../elements.js";

const COMMON = {
  en: { play: "Play", pause: "Pause", reset: "Start over" },
  ko: { play: "재생", pause: "멈춤", reset: "처음부터" },
};

/**
 * A part: `words` in both languages (`title` and `text` among them), and `start`, which makes the
 * controls and returns the view: what is to be seen at a width in pixels, for the state as it is.
 * `places`, for a part with a board: where it lies in the picture, and what each place is called.
 * @typedef {{left: number, top: number, size: number, names: string[]}} Places
 * @typedef {{picture: string, label: string, says?: string, places?: Places}} Seen
 * @typedef {{words: Record<string, any>, start: (ui: Ui) => (width: number) => Seen}} Part
 */

/** All words of a part in a language. */
export const wordsOf = (part, language) => ({ ...COMMON[language], ...part.words[language] });

/**
 * Brings to life what waits for this part in the page; each of them stands alone.
 * @param {string} name
 * @param {Part} part
 * @param {string} style Of the card.
 */
export function begin(name, part, style) {
  for (const host of document.querySelectorAll(`[data-explorable="${name}"]`)) {
    if (host.shadowRoot === null) live(/** @type {HTMLElement} */ (host), part, style);
  }
}

/** The still picture in the host is no longer shown once it has a shadow root. */
function live(host, part, style) {
  const shadow = host.attachShadow({ mode: "open" });
  try {
    const ui = new Ui(host, part);
    shadow.append(make("style", {}, style), ui.card);
  } catch (error) {
    shadow.replaceChildren(make("slot")); // the picture again
    throw error;
  }
}

/** The card: a picture above, its controls below, a sentence that says what happened. */
export class Ui {
  /** @param {HTMLElement} host @param {Part} part */
  constructor(host, part) {
    const language = host.lang === "ko" ? "ko" : "en";
    const words = (this.words = wordsOf(part, language));
    this.stage = make("div", { class: "stage", role: "img" });
    this.frame = make("div", { class: "frame" }, this.stage);
    this.controls = make("div", { class: "controls" });
    this.sentence = make("p", { class: "says", role: "status" });
    this.card = make(
      "section", { class: "card", lang: language, "aria-label": words.title },
      make("p", { class: "title" }, words.title), make("p", { class: "note" }, words.text),
      this.frame, this.sentence, this.controls,
    );
    this.shown = []; // calls that let a control show the state as it is
    this.row();
    this.view = part.start(this);
    host.dataset.lmSuppressShortcuts = "true"; // JupyterLab leaves the keys to the controls
    followTheme(host);
    let width = 0;
    new ResizeObserver(() => {
      if (width !== (width = this.stage.clientWidth) && width > 0) this.refresh();
    }).observe(this.stage);
  }

  /** Draws anew, after the state has changed. */
  refresh() {
    const width = this.stage.clientWidth;
    if (width === 0) return; // not in the page, or hidden
    const { picture, label, says = "", places } = this.view(width);
    this.stage.innerHTML = picture;
    this.stage.setAttribute("aria-label", label);
    if (this.sentence.textContent !== says) this.sentence.textContent = says;
    if (places) this.over.show(places);
    for (const show of this.shown) show();
  }

  /** Controls made from now on stand in a new row. */
  row() {
    this.controls.append(make("div", { class: "row" }));
  }

  add(control) {
    this.controls.lastElementChild.append(control);
    return control;
  }

  /** Shows a control only where `test()` is true. */
  when(control, test) {
    this.shown.push(() => (control.hidden = !test()));
  }

  /** A button; `words[key]` stands on it. */
  button(key, press) {
    const button = this.add(make("button", { type: "button", "data-key": key }, this.words[key]));
    button.addEventListener("click", () => {
      press();
      this.refresh();
    });
    return button;
  }

  /** A button that calls `step` again and again, until it is pressed again or `step` returns false. */
  player(step, perSecond) {
    let timer = 0;
    const button = this.button("play", () => (timer ? stop() : go()));
    const show = () => {
      button.textContent = timer ? this.words.pause : this.words.play;
      this.sentence.setAttribute("aria-live", timer ? "off" : "polite"); // a voice could not follow
    };
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      show();
    };
    const go = () => {
      timer = window.setInterval(() => {
        if (!this.card.isConnected || step() === false) stop();
        this.refresh();
      }, 1000 / perSecond);
      show();
    };
    return stop;
  }

  /**
   * A slider for the number `state[key]`, named `words[key]`; `show` writes its value.
   * @param {any} state @param {string} key
   * @param {{min: number, max: number, step?: number, show?: (value: number) => string,
   *   changed?: () => void}} settings
   */
  slider(state, key, { min, max, step = 1, show = String, changed = () => {} }) {
    const input = make("input", { type: "range", min, max, step });
    const output = make("output");
    const lever = make("label", { class: "lever", "data-key": key }, make("span", {}, this.words[key]), output, input);
    input.addEventListener("input", () => {
      state[key] = Number(input.value);
      changed();
      this.refresh();
    });
    this.shown.push(() => {
      input.value = String(state[key]);
      output.textContent = show(state[key]);
      input.setAttribute("aria-valuetext", output.textContent);
    });
    return this.add(lever);
  }

  /** One of several, kept in `state[key]`; `words` names the group and each option. */
  choice(state, key, options, changed = () => {}) {
    const inputs = options.map((value) => make("input", { type: "radio", name: key, value }));
    const labels = inputs.map((input) => make("label", {}, input, make("span", {}, this.words[input.value])));
    inputs.forEach((input) => input.addEventListener("change", () => {
      state[key] = input.value;
      changed();
      this.refresh();
    }));
    this.shown.push(() => inputs.forEach((input) => (input.checked = input.value === state[key])));
    const group = make("fieldset", { class: "chips", "data-key": key }, make("legend", {}, this.words[key]), ...labels);
    return this.add(group);
  }

  /**
   * Lays something over the picture that is told where it belongs each time the picture is drawn.
   * @param {import("../board.js").Board} board
   */
  board(board) {
    this.over = board;
    this.frame.append(board.made(this));
  }
}

/** Light or dark as the page around it: the colour of the page's text tells. */
function followTheme(host) {
  const show = () => {
    host.dataset.theme = isLight(getComputedStyle(host).color) ? "dark" : "light";
  };
  // The card's style lets the colour change in a millisecond, so that a change is heard of.
  host.addEventListener("transitionend", show);
  show();
}

function isLight(colour) {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.fillStyle = colour; // however it is written
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return 0.299 * red + 0.587 * green + 0.114 * blue > 127;
}

// ---- Pictures, as the text of an SVG.

/** An element as text; a style sheet's colour is `var(--name)`. */
export function tag(name, attributes = {}, ...children) {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return `<${name}${written.join("")}>${children.join("")}</${name}>`;
}

/** A whole drawing, as wide as its place; its units are pixels. */
export const svg = (width, height, ...children) =>
  tag("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" }, ...children);

/** Words in a drawing; `more` may hold class ("muted", "strong") or text-anchor. */
export const text = (x, y, words, more = {}) => tag("text", { x, y, ...more }, words);

/** A straight line. */
export const line = (x1, y1, x2, y2, stroke, more = {}) =>
  tag("line", { x1, y1, x2, y2, stroke: `var(--${stroke})`, ...more });

/** A rectangle; its width may be negative. */
export const rect = (x, y, width, height, fill, more = {}) => tag("rect", {
  x: width < 0 ? x + width : x, y, width: Math.abs(width), height, fill: `var(--${fill})`, ...more,
});

/** A disc. */
export const disc = (cx, cy, r, fill, more = {}) => tag("circle", { cx, cy, r, fill: `var(--${fill})`, ...more });
