// An explorable without a browser: what is seen after some controls were used.
//   node playground/still.mjs bellman_target ko     prints the picture that stands for it, as HTML
import { wordsOf } from "./js/explorables/explorable.js";

/**
 * @param {string} name
 * @param {string} language
 * @param {(string | [string, any])[]} [uses] A button's key, or a key of the state and its new value;
 *   those of the still picture unless told otherwise.
 * @param {number} [width]
 */
export async function played(name, language, uses, width = 688) {
  const part = await import(`./js/explorables/${name}.js`);
  const press = {};
  const set = {};
  const settable = (state, key, changed = () => {}) => {
    set[key] = (value) => {
      state[key] = value;
      changed();
    };
  };
  const view = part.start({
    words: wordsOf(part, language),
    row() {},
    when() {},
    button: (key, action) => (press[key] = action),
    board: (board) => (set.board = board.press),
    player: (step) => (press.play = step), // one step
    slider: (state, key, { changed }) => settable(state, key, changed),
    choice: (state, key, _, changed) => settable(state, key, changed),
  });
  for (const use of uses ?? part.still ?? []) {
    if (typeof use === "string") press[use]();
    else set[use[0]](use[1]);
  }
  return view(width);
}

if (process.argv[1]?.endsWith("still.mjs")) {
  const [name, language] = process.argv.slice(2);
  process.stdout.write((await played(name, language)).picture);
}
