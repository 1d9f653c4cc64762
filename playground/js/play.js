// @ts-check
// The visitor plays: first with four numbers, then with the picture.
import { CartPole } from "./cartpole.js";
import { evaluate, DQNAgent } from "./dqn.js";
import { drawCartPole, drawPoints } from "./draw.js";
import { make, mean, number } from "./elements.js";
import { element, onChange, words } from "./page.js";
import { PUBLISHED_WEIGHTS } from "./published.js";
import { RandomStream } from "./random.js";
import { loadWeights } from "./safetensors.js";

const EPISODES = 100; // of each player who does not learn here
const SPEEDS = [8, 20, 50]; // steps a second; 50 is real time

const players = { numbers: [], picture: [], coin: [], lean: [], python: [], yours: [] };
const game = {
  environment: new CartPole(new RandomStream(Date.now() >>> 0)),
  running: false,
  fallen: false,
  played: false,
  action: 1,
  owed: 0,
  time: 0,
};

/** The bytes of the agent that learned in Python. */
export function publishedBytes() {
  return Uint8Array.from(atob(PUBLISHED_WEIGHTS), (letter) => letter.charCodeAt(0));
}

/** Greedy scores of the agent trained on this page. */
export function showScores(scores) {
  players.yours = scores.slice(-100);
  showPoints();
}

const seesPicture = () => element("stage").dataset.see === "picture";

function see(what) {
  element("stage").dataset.see = what;
  element("game").hidden = what !== "picture";
  element("numbers").hidden = what === "picture";
  document.querySelectorAll('input[name="see"]').forEach((input) => {
    const radio = /** @type {HTMLInputElement} */ (input);
    radio.checked = radio.value === what;
  });
  show();
}

function show() {
  const { state, steps } = game.environment;
  if (seesPicture()) drawCartPole(element("game"), state, game.running ? game.action : -1, game.fallen);
  else {
    // As the agent gets them: without names, until one has played.
    const names = game.played ? words().meanings : ["", "", "", ""];
    element("numbers").replaceChildren(
      ...state.map((value, i) => make("div", {}, number(value, 2), make("small", {}, names[i]))),
    );
  }
  element("game-score").textContent = steps ? words().stepsSoFar(steps) : words().ready;
  for (const [side, action] of [["lefthalf", 0], ["righthalf", 1]]) {
    document.querySelector(`.${side}`)?.classList.toggle("on", game.running && game.action === action);
  }
}

function showPoints() {
  const rows = [
    ["youNumbers", "numbers", "pole"],
    ["youPicture", "picture", "pole"],
    ["coin", "coin", "muted"],
    ["lean", "lean", "pink"],
    ["python", "python", "left"],
    ["yours", "yours", "good"],
  ].map(([word, player, style]) => ({ name: words()[word], scores: players[player], style }));
  drawPoints(element("points"), rows);
  const told = rows.map(({ name, scores }) => words().mean(name, scores.length, scores.length ? mean(scores).toFixed(0) : ""));
  element("points").setAttribute("aria-label", told.join("; "));
}

function start() {
  game.environment.reset();
  Object.assign(game, { running: true, fallen: false, owed: 0, time: performance.now() });
  game.action = game.environment.state[2] > 0 ? 1 : 0;
  element("game-says").textContent = "";
  element("start-game").textContent = words().again;
  element("stage").focus({ preventScroll: true });
  requestAnimationFrame(tickGame);
}

function tickGame(now) {
  if (!game.running) return;
  const speed = SPEEDS[Number(element("game-speed").value)];
  game.owed = Math.min(game.owed + ((now - game.time) / 1000) * speed, 3); // a hidden page owes nothing
  game.time = now;
  for (; game.owed >= 1 && game.running; game.owed -= 1) {
    const { terminated, truncated } = game.environment.step(game.action);
    if (terminated || truncated) end(terminated);
  }
  show();
  if (game.running) requestAnimationFrame(tickGame);
}

function end(terminated) {
  const { steps } = game.environment;
  const blind = !seesPicture();
  players[blind ? "numbers" : "picture"].push(steps);
  const first = !game.played;
  Object.assign(game, { running: false, fallen: terminated, played: true });
  const told = !terminated ? words().overFull : blind && first ? words().overNumbers(steps) : words().over(steps);
  element("game-says").textContent = told;
  if (blind && first) see("picture");
  showPoints();
}

/** Sets up the game and lets the others play. */
export function startPlay() {
  const stage = element("stage");
  see("numbers");
  element("start-game").onclick = start;
  document.querySelectorAll('input[name="see"]').forEach((input) =>
    input.addEventListener("change", () => see(/** @type {HTMLInputElement} */ (input).value)),
  );
  const fillSpeeds = () => {
    const chosen = element("game-speed").value || "0";
    element("game-speed").replaceChildren(...words().speeds.map((name, i) => make("option", { value: i }, name)));
    element("game-speed").value = chosen;
    if (game.played) element("start-game").textContent = words().again;
  };
  fillSpeeds();
  stage.addEventListener("keydown", (event) => {
    const pushed = { ArrowLeft: 0, ArrowRight: 1 }[event.key];
    if (pushed !== undefined) game.action = pushed;
    else if ((event.key === " " || event.key === "Enter") && !game.running) start();
    else return;
    event.preventDefault();
  });
  stage.addEventListener("pointerdown", (event) => {
    const { left, width } = stage.getBoundingClientRect();
    if (!game.running) start();
    game.action = event.clientX < left + width / 2 ? 0 : 1;
  });
  onChange(() => {
    fillSpeeds();
    show();
    showPoints();
  });
  showPoints();
  const rng = new RandomStream(1, "others");
  const agent = new DQNAgent(4, 2);
  loadWeights(agent.model, publishedBytes());
  const others = {
    coin: () => rng.index(2),
    lean: (state) => (state[2] > 0 ? 1 : 0),
    python: (state) => agent.greedyAction(state),
  };
  const playOn = () => {
    for (const [name, policy] of Object.entries(others)) {
      if (players[name].length === EPISODES) continue;
      players[name].push(...evaluate(policy, new CartPole(rng), 10));
      setTimeout(playOn, 10); // a few at a time, so that the page never waits
      return;
    }
    showPoints();
  };
  playOn();
}
