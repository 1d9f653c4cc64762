// @ts-check
// A board over a picture: places that can be pressed with mouse, finger or keyboard.
import { make } from "./elements.js";

/** Rows of places; arrow keys go from one to the next. */
export class Board {
  /** @param {number} columns @param {number} rows @param {(place: number) => void} press */
  constructor(columns, rows, press) {
    this.columns = columns;
    this.rows = rows;
    this.press = press;
    /** @type {HTMLElement[]} */
    this.places = [];
  }

  /** The element to lay over the picture. @param {import("./explorables/explorable.js").Ui} ui */
  made(ui) {
    this.places = Array.from({ length: this.columns * this.rows }, (_, place) => this.button(place, ui));
    return (this.element = make("div", { class: "board", role: "group", "aria-label": ui.words.board, style: `--columns: ${this.columns}` }, ...this.places));
  }

  button(place, ui) {
    const button = make("button", { type: "button", tabindex: place === 0 ? 0 : -1 });
    button.addEventListener("click", () => {
      this.press(place);
      ui.refresh();
    });
    button.addEventListener("focus", () => this.places.forEach((other) => (other.tabIndex = other === button ? 0 : -1)));
    button.addEventListener("keydown", (event) => {
      const [x, y] = [place % this.columns, Math.floor(place / this.columns)];
      const to = { ArrowLeft: [x - 1, y], ArrowRight: [x + 1, y], ArrowUp: [x, y - 1], ArrowDown: [x, y + 1] }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (to[0] >= 0 && to[0] < this.columns) this.places[to[1] * this.columns + to[0]]?.focus();
    });
    return button;
  }

  /** Where the places lie in the picture, and what each is called. @param {import("./explorables/explorable.js").Places} places */
  show({ left, top, size, names }) {
    const { style } = this.element;
    [style.left, style.top] = [`${left}px`, `${top}px`];
    style.setProperty("--size", `${size}px`);
    names.forEach((name, place) => this.places[place].setAttribute("aria-label", name));
  }
}
