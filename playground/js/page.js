// @ts-check
// What all parts of the page share: words, theme, elements.
import { LESSONS, WORDS } from "./words.js";

/** @returns {any} */
export const element = (id) => document.getElementById(id);

/** Remembered from visit to visit, where the browser allows it. */
function remembered(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(`dqn_keras.${name}`, value);
    return localStorage.getItem(`dqn_keras.${name}`);
  } catch {
    return null;
  }
}

const asked = new URLSearchParams(location.search).get("lang");
const page = {
  language: [asked, remembered("language"), navigator.language.slice(0, 2)].find((l) => l && l in WORDS) ?? "en",
};

/** The words of the language chosen. */
export const words = () => WORDS[page.language];
export const language = () => page.language;

const listeners = [];
/** Calls back now and whenever language, theme or size change. */
export function onChange(callback) {
  listeners.push(callback);
}
const changed = () => listeners.forEach((callback) => callback());

/** Fills a link to a lesson; where there is no site beside the page, its text stays. */
export function toLesson(link, number) {
  const site = document.querySelector('meta[name="site"]')?.getAttribute("content") ?? "";
  link.textContent = words().lesson(number);
  if (site === "") link.removeAttribute("href");
  else link.href = `${site}${page.language === "ko" ? "ko/" : ""}lessons/${LESSONS[number]}.html`;
}

function setLanguage(to) {
  page.language = to;
  document.documentElement.lang = to;
  document.title = words().title;
  for (const one of document.querySelectorAll("[data-word]")) {
    one.textContent = words()[/** @type {HTMLElement} */ (one).dataset.word ?? ""];
  }
  for (const one of document.querySelectorAll("[data-label]")) {
    one.setAttribute("aria-label", words()[/** @type {HTMLElement} */ (one).dataset.label ?? ""]);
  }
  for (const one of document.querySelectorAll("a[data-lesson]")) {
    toLesson(one, /** @type {HTMLElement} */ (one).dataset.lesson);
  }
  const other = to === "en" ? "ko" : "en";
  element("language").textContent = { en: "English", ko: "한국어" }[other];
  element("language").lang = other;
}

function setTheme(to) {
  document.documentElement.dataset.theme = to;
}

/** Sets up both switches and everything that is only words. */
export function startPage() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => remembered("theme") ?? (dark.matches ? "dark" : "light");
  setTheme(chosen());
  setLanguage(page.language);
  element("language").onclick = () => {
    setLanguage(page.language === "en" ? "ko" : "en");
    remembered("language", page.language);
    changed();
  };
  element("theme").onclick = () => {
    setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    remembered("theme", document.documentElement.dataset.theme);
    changed();
  };
  dark.addEventListener("change", () => {
    setTheme(chosen());
    changed();
  });
  addEventListener("resize", changed);
}
