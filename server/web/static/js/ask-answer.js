// Comfort in answers: a citation opens its source in place, the way back, copy, print.

import { say } from "./ask-say.js";

let from = null; // the citation that was followed last

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-source], a[data-back]");
  if (link) follow(link, event);
  if (event.target.closest("[data-print]")) window.print();
  const copy = event.target.closest("[data-copy]");
  if (copy) copyAnswer(copy);
});

window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll(".citation details")) details.open = true;
});

function follow(link, event) {
  const goal = link.hasAttribute("data-back") && from?.hash === `#${link.closest(".inside").id}` ? from : byHash(link);
  if (!goal) return;
  event.preventDefault();
  if (link.hasAttribute("data-source")) from = link;
  for (let box = goal.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  goal.focus();
  goal.scrollIntoView({ block: "nearest" });
}

function byHash(link) {
  return document.getElementById(link.hash.slice(1));
}

async function copyAnswer(button) {
  const turn = button.closest(".turn");
  const words = button.dataset;
  const link = turn.querySelector("a[data-link]")?.href ?? "";
  const text = `${turn.querySelector("template[data-copy-text]").content.textContent.trim()}\n${link}\n`;
  say((await copied(text)) ? words.done : words.failed);
}

async function copied(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  // Over plain HTTP, as in an office's own network, there is no clipboard object.
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

/** Show what only works with scripts. */
export function equip(place) {
  for (const button of place.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
}

equip(document);
