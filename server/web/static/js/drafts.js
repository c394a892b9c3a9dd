// Saves a draft's form after a pause and renews what stands beside it. Without this script the buttons do the same.
// Words come from the form's data attributes; nothing is written here that a person reads.

const PAUSE = 1500; // ms without a change before the form is saved
const FIELD = "f-"; // what the names of the draft's own fields begin with

const form = document.querySelector("form[data-draft]");
if (form) keepSaved(form);

function keepSaved(form) {
  const status = document.getElementById("status");
  const alert = document.getElementById("alert");
  const saved = document.getElementById("saved");
  let state = null; // the inputs as the server has them
  let made = null; // the draft that they make
  let timer = 0;
  let composing = false;
  let changed = false;
  let stopped = false; // somebody else has written: only the button saves now
  let running = null; // the save that is under way

  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; wait(); });
  form.addEventListener("input", wait);
  form.addEventListener("change", wait);
  form.addEventListener("submit", beforeSubmit);
  document.addEventListener("visibilitychange", () => { if (document.hidden && changed) save(); });
  window.addEventListener("pageshow", event => { if (event.persisted && !changed) location.reload(); });
  if (alreadyChanged(form)) wait(); // typed while the page was still being loaded

  function wait() {
    changed = true;
    clearTimeout(timer);
    if (!composing && !stopped) timer = setTimeout(save, PAUSE);
  }

  // A save that is under way would make the form's version an old one.
  async function beforeSubmit(event) {
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    await running;
    clearTimeout(timer);
    changed = false;
    form.requestSubmit(event.submitter);
  }

  function save() {
    clearTimeout(timer);
    if (stopped) return Promise.resolve();
    if (running) { timer = setTimeout(save, PAUSE); return running; }
    changed = false;
    running = send().catch(() => { changed = true; alert.textContent = form.dataset.failed; }).finally(() => { running = null; });
    return running;
  }

  async function send() {
    const version = form.elements.version;
    if (!state) {
      const found = await fetch(form.dataset.draft);
      if (found.status === 404) return stop(form.dataset.gone);
      if (!found.ok) throw new Error(String(found.status));
      ({ draft: made, ...state } = await found.json());
      if (String(state.version) !== version.value) return stop(form.dataset.conflict);
    }
    const now = told();
    const answer = await fetch(form.dataset.draft, {
      method: "PUT",
      keepalive: document.hidden, // the page may be on its way out
      headers: { "Content-Type": "application/json", "X-Sign": sign() },
      body: JSON.stringify({ document: now.document, form: now.form, brief: now.brief, fields: now.fields, version: Number(version.value) }),
    });
    if (answer.status === 409) return stop(form.dataset.conflict);
    if (answer.status === 404) return stop(form.dataset.gone);
    if (!answer.ok) throw new Error(String(answer.status));
    const before = made;
    ({ draft: made, ...state } = await answer.json());
    version.value = state.version;
    alert.textContent = "";
    saved.textContent = form.dataset.saved.replace("{time}", clock());
    say(before, made);
    await renew();
  }

  function stop(message) {
    stopped = true;
    alert.textContent = message;
  }

  // The inputs as they are to stand: what the server has, with what this form says.
  function told() {
    const fields = { ...state.fields };
    const all = { ...state, fields };
    for (const [name, text] of new FormData(form)) {
      const value = text.trim();
      if (name === "document" || name === "brief") all[name] = value;
      else if (name === "form") all.form = value || null;
      else if (name.startsWith(FIELD)) {
        const key = name.slice(FIELD.length);
        if (value && value !== understood(name)) fields[key] = value;
        else delete fields[key];
      }
    }
    return all;
  }

  // What the free text tells of a field; a field that only repeats it is no answer of its own.
  function understood(name) {
    return form.elements[name].closest("[data-understood]")?.dataset.understood ?? "";
  }

  // Says briefly what changed, and nothing where nothing did.
  function say(before, now) {
    const gone = before.missing.filter(item => !now.missing.includes(item)).map(item => form.dataset.told.replace("{item}", item));
    const come = now.missing.filter(item => !before.missing.includes(item)).map(item => form.dataset.untold.replace("{item}", item));
    const left = form.dataset.left.replace("{n}", now.missing.length);
    const problems = form.dataset.problems.replace("{n}", now.problems.length);
    const said = [...gone, ...come, ...(gone.length + come.length ? [left] : []), ...(now.problems.length === before.problems.length ? [] : [problems])];
    if (said.length) status.textContent = said.join(" ");
  }

  // The new state of what stands beside the form; open parts stay open, and the focus stays where it was.
  async function renew() {
    const aside = document.getElementById("aside");
    if (!aside) return;
    const answer = await fetch(form.dataset.aside);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const open = [...aside.querySelectorAll("details[open]")].map(part => part.id);
    const focused = aside.contains(document.activeElement) ? path(document.activeElement) : "";
    aside.replaceChildren(...page.body.childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused) aside.querySelector(focused)?.focus();
  }

  function path(element) {
    const id = element.closest("[id]")?.id;
    return element.href ? `a[href="${CSS.escape(element.getAttribute("href"))}"]` : `#${CSS.escape(id)} summary`;
  }
}

function alreadyChanged(form) {
  return [...form.elements].some(field =>
    field.type === "radio" || field.type === "checkbox"
      ? field.checked !== field.defaultChecked
      : "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue);
}

function sign() {
  return document.querySelector("meta[name=sign]").content;
}

function clock() {
  const now = new Date();
  return [now.getHours(), now.getMinutes()].map(part => String(part).padStart(2, "0")).join(":");
}
