// The one place that speaks (role="status"), and the words of the scripts in the page's language.

const words = JSON.parse(document.getElementById("ask")?.dataset.words ?? "{}");

/** The words `name` with {variables} filled in. */
export function told(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** Let assistive technology hear `text`, also if it is what was said last. */
export function say(text) {
  const place = document.getElementById("status");
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = text; });
}
