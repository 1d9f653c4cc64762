// @ts-check
// Numbers and elements, for the page and for the explorables.

/** A number with so many digits behind the point, its minus as long as a plus. */
export function number(value, digits = 2) {
  if (!Number.isFinite(value)) return "–";
  return value.toFixed(digits).replace(/^-(?=[0.]*$)/, "").replace("-", "−"); // no −0.00
}

/** An element with children. */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Round numbers from 0 to `most`, four or five of them. */
export function ticks(most) {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const stride = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? power;
  return Array.from({ length: Math.floor(most / stride) + 1 }, (_, i) => i * stride);
}
