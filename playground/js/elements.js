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
