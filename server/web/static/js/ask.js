// 聞く: a question is sent without leaving the page, its steps are named, it can be stopped; the answer comes when it is whole.

import { equip } from "./ask-answer.js";
import { empty, field, follow, right, wrong } from "./ask-field.js";
import { say, told } from "./ask-say.js";
import { ask } from "./ask-stream.js";

const AGAIN = 5000; // ms between two "working"
const STILL = ["keydown", "pointerdown", "wheel", "touchmove"]; // what a visitor does who goes on with something else

const form = document.getElementById("ask");
const send = form.querySelector("button[type=submit]");
const stop = document.getElementById("ask-stop");
const working = document.getElementById("ask-working");
const alert = document.getElementById("ask-alert");
const toAnswer = document.getElementById("ask-to-answer");
const newest = document.getElementById("ask-newest");
const older = document.getElementById("ask-history");
const sign = document.querySelector("meta[name=sign]").content;
const title = document.title;
let running = null;
let path = location.pathname;

document.getElementById("errors")?.focus();
document.getElementById("thanks")?.focus();
new ResizeObserver(keepClear).observe(form);
window.addEventListener("resize", keepClear);
window.addEventListener("popstate", () => { if (location.pathname !== path) location.reload(); });
stop.addEventListener("click", () => running?.abort());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) running?.abort();
});
document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("data-ask")) return;
  event.preventDefault();
  const fields = new FormData(event.target);
  fields.delete("once"); // the page lives on, and `running` keeps a second click out
  if (event.submitter?.name) fields.set(event.submitter.name, event.submitter.value);
  if (event.target !== form && form.easy.checked && !fields.has("easy")) fields.set("easy", "true");
  if (!running) void answer(fields);
});

async function answer(fields) {
  const question = fields.get("question");
  if (question) field.value = question;
  running = new AbortController();
  const still = watched();
  begin();
  const repeated = setInterval(() => say(told("working")), AGAIN);
  try {
    const found = await ask(fields, sign, running, (label) => { working.textContent = label; });
    end();
    show(found, still());
  } catch (error) {
    end();
    if (error.name === "AbortError") stopped();
    else if (error.kind === "field") refuse(error);
    else fail(error, fields);
  } finally {
    clearInterval(repeated);
  }
}

function begin() {
  right();
  alert.replaceChildren();
  document.title = title;
  toAnswer.hidden = true;
  stop.hidden = working.hidden = false;
  working.textContent = told("sent");
  field.readOnly = true;
  send.setAttribute("aria-disabled", "true");
  newest.setAttribute("aria-busy", "true");
  say(told("sent"));
  setTimeout(() => { if (running) say(told("working")); }, 1000);
}

function end() {
  const focused = document.activeElement === stop;
  running = null;
  stop.hidden = working.hidden = true;
  field.readOnly = false;
  send.removeAttribute("aria-disabled");
  newest.removeAttribute("aria-busy");
  if (focused) field.focus();
}

function stopped() {
  say(told("stopped"));
  field.focus();
}

function refuse(error) {
  document.title = `${told("error")}${title}`;
  wrong(error.message, error.html);
}

function fail(error, fields) {
  const heading = document.createElement("p");
  heading.className = "title";
  heading.textContent = told("failed_title");
  const text = document.createElement("p");
  text.textContent = error.kind === "told" ? error.message : told(error.kind, { seconds: error.seconds });
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "button secondary";
  retry.textContent = told("retry");
  retry.addEventListener("click", () => {
    field.focus();
    if (fields.has("question")) fields.set("question", field.value);
    if (!running) void answer(fields);
  });
  const box = document.createElement("div");
  box.className = "notice error";
  box.append(heading, text, retry);
  alert.replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
  say("");
}

/** Put the answer into the page; `still`: the visitor has only waited. */
function show(found, still) {
  empty();
  let heading = document.getElementById(`answer-${found.n}`);
  if (!heading || !found.url) heading = insert(found);
  say(told("ready"));
  if (still) {
    heading.focus({ preventScroll: true });
    heading.closest(".turn").scrollIntoView({ block: "start" });
  } else {
    toAnswer.textContent = told("to_answer");
    toAnswer.href = `#${heading.id}`;
    toAnswer.hidden = false;
  }
}

function insert(found) {
  older.append(...newest.children);
  older.hidden = !older.children.length;
  newest.innerHTML = found.html;
  newest.hidden = false;
  equip(newest);
  for (const id of ["ask-start", "ask-lead"]) document.getElementById(id)?.setAttribute("hidden", "");
  document.getElementById("ask-new").hidden = false;
  follow();
  if (found.url) remember(new URL(found.url, location.href));
  return newest.querySelector("h2");
}

function remember(url) {
  form.conversation.value = url.pathname.split("/").pop();
  if (url.pathname === path) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  path = url.pathname;
}

/** Watch whether the visitor does something else; the result tells whether they have not, and ends the watch. */
function watched() {
  let moved = false;
  const note = (event) => { if (event.key !== "Enter") moved = true; };
  for (const name of STILL) document.addEventListener(name, note, { passive: true });
  return () => {
    for (const name of STILL) document.removeEventListener(name, note);
    return !moved;
  };
}

/** What is focused scrolls out from under the form where that stays in the window. */
function keepClear() {
  const stays = getComputedStyle(form).position === "sticky";
  document.documentElement.style.scrollPaddingBottom = stays ? `${form.offsetHeight + 16}px` : "";
}
