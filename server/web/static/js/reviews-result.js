// The result of a review: proposed wordings can be copied with one press.

const words = document.getElementById("reviews-words").dataset;
const status = document.getElementById("status");

// The text without the readings above its words.
function plain(element) {
  const copy = element.cloneNode(true);
  for (const reading of copy.querySelectorAll("rt, rp")) reading.remove();
  return copy.textContent;
}

async function copy(event) {
  const button = event.currentTarget;
  let told = words.copied;
  try {
    await navigator.clipboard.writeText(plain(document.getElementById(button.dataset.copy)));
  } catch {
    told = words.notCopied;
  }
  status.textContent = told;
  let seen = button.nextElementSibling;
  if (!seen) {
    seen = document.createElement("span");
    seen.className = "told";
    seen.setAttribute("aria-hidden", "true");
    button.after(seen);
  }
  seen.textContent = told;
}

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", copy);
}
