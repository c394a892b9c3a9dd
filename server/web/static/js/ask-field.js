// The question field: Enter sends, but not while an input method is composing; how many characters are left.

import { say, told } from "./ask-say.js";

const PAUSE = 1000; // ms without a key until the count is told

const form = document.getElementById("ask");
export const field = document.getElementById("question");
const keys = document.getElementById("question-keys");
const count = document.getElementById("question-count");
const limit = Number(form.dataset.limit);
let timer;
let composing = false;
let over = false;

keys.hidden = false;
describe(field, keys.id);

field.addEventListener("keydown", (event) => {
  // Safari tells of the Enter that ends a composition only by the key code.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});
field.addEventListener("compositionstart", () => { composing = true; });
field.addEventListener("compositionend", () => { composing = false; counted(); });
field.addEventListener("input", counted);

function counted() {
  clearTimeout(timer);
  if (composing) return;
  const left = limit - [...field.value].length;
  if (left < 0 !== over) {
    over = left < 0;
    count.classList.toggle("over", over);
    if (over) tell(left);
  }
  timer = setTimeout(() => tell(left), PAUSE);
}

function tell(left) {
  count.hidden = false;
  count.textContent = left < 0 ? told("over", { n: format(-left) }) : told("left", { n: format(left) });
  say(count.textContent);
}

function format(n) {
  return n.toLocaleString("en");
}

/** The form as it is below an answer. */
export function follow() {
  form.classList.add("following");
  field.rows = 2;
  field.labels[0].textContent = told("question_next");
  document.getElementById("question-hint").textContent = told("hint_next", { limit: format(limit) });
}

/** Empty the field without a word. */
export function empty() {
  clearTimeout(timer);
  field.value = "";
  count.hidden = true;
  over = false;
}

/** Add an element to what describes another one, errors first. */
export function describe(element, id, first = false) {
  const ids = (element.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  element.setAttribute("aria-describedby", (first ? [id, ...ids] : [...ids, id]).join(" "));
}

/** Show what is wrong with the question: the summary as the server renders it, and the message at the field. */
export function wrong(message, summary) {
  right();
  document.getElementById("ask-errors").innerHTML = summary;
  const text = document.createElement("p");
  text.id = "question-error";
  text.className = "error-text";
  text.textContent = `＊${message}`;
  field.before(text);
  field.setAttribute("aria-invalid", "true");
  describe(field, text.id, true);
  document.getElementById("errors").focus();
}

/** Take back what `wrong` has shown. */
export function right() {
  document.getElementById("ask-errors").replaceChildren();
  document.getElementById("question-error")?.remove();
  field.removeAttribute("aria-invalid");
}
