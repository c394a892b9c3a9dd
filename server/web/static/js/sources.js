// The directory renews its list while the conditions change; without this file the button does it.
const form = document.getElementById("filter");
const WAIT = 350; // milliseconds after the last key
let timer, running;

async function renew() {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = `${form.action}?${query}`;
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(address, { signal: running.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("results");
    if (!fresh) return;
    document.getElementById("results").replaceWith(fresh);
    history.replaceState(null, "", address);
    say(document.getElementById("count").textContent);
  } catch (error) {
    if (error.name !== "AbortError") form.submit(); // the network failed: let the browser say so
  }
}

function say(text) {
  document.getElementById("spoken").textContent = text;
}

function later(event) {
  if (event.isComposing) return; // the word is not chosen yet
  clearTimeout(timer);
  timer = setTimeout(renew, WAIT);
}

form.addEventListener("input", later);
form.addEventListener("compositionend", later);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  renew();
});
