// The form of a review: says that it works, keeps what was entered when something is to be put right. Without this module
// the form is sent as any other form.

const AGAIN = 5000; // milliseconds between two announcements
const form = document.getElementById("review-form");
const main = document.getElementById("main");
const status = document.getElementById("status");
let busy = false;

function waiting(form) {
  const line = document.createElement("p");
  line.className = "waiting";
  line.textContent = form.dataset.working;
  form.append(line);
  const button = form.querySelector("button[type=submit]");
  button.setAttribute("aria-disabled", "true");
  status.textContent = form.dataset.sent;
  const timer = setInterval(() => {
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = form.dataset.working; });
  }, AGAIN);
  return () => {
    clearInterval(timer);
    line.remove();
    button.removeAttribute("aria-disabled");
    status.textContent = "";
  };
}

function complain(form, message) {
  document.getElementById("review-alert")?.remove();
  const alert = document.createElement("p");
  alert.id = "review-alert";
  alert.className = "error-text";
  alert.setAttribute("role", "alert");
  alert.textContent = `＊${message}`;
  form.querySelector("button[type=submit]").before(alert);
}

// The page that the server made of what was sent; the file that was chosen stays chosen.
function show(page, old) {
  const fresh = new DOMParser().parseFromString(page, "text/html");
  const next = fresh.getElementById("review-form");
  if (!next) return false;
  const files = old.querySelector("#file").files;
  const password = old.querySelector("#password")?.value;
  main.replaceChildren(...fresh.getElementById("main").childNodes);
  document.title = fresh.title;
  const field = main.querySelector("#file");
  field.files = files;
  if (password && main.querySelector("#password")) main.querySelector("#password").value = password;
  const again = main.querySelector("#password") && files.length;
  if (again) dropFileError(field);
  listen(main.querySelector("#review-form"));
  main.querySelector("#errors")?.focus();
  return true;
}

// Only who sends the form without this module must choose the file again.
function dropFileError(field) {
  field.removeAttribute("aria-invalid");
  field.setAttribute("aria-describedby", "file-hint");
  document.getElementById("file-error")?.remove();
  main.querySelector('#errors a[href="#file"]')?.closest("li").remove();
  const title = main.querySelector("#errors-title");
  const left = main.querySelectorAll("#errors li").length;
  for (const part of title?.childNodes ?? []) {
    if (part.nodeType === Node.TEXT_NODE || !part.classList?.contains("kind")) part.textContent = part.textContent.replace(/\d+/, left);
  }
}

async function send(event) {
  const form = event.currentTarget;
  event.preventDefault();
  if (busy) return;
  const file = form.querySelector("#file");
  if (file.files[0]?.size > Number(file.dataset.largest)) {
    complain(form, form.dataset.tooLarge);
    return;
  }
  busy = true;
  const end = waiting(form);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
    if (answer.redirected && answer.ok) {
      status.textContent = form.dataset.done;
      window.location.assign(answer.url);
      return;
    }
    end();
    if (answer.status === 413) complain(form, form.dataset.tooLarge);
    else if (!show(await answer.text(), form)) complain(form, form.dataset.failed);
  } catch {
    end();
    complain(form, form.dataset.failed);
  } finally {
    busy = false;
  }
}

function listen(form) {
  form.addEventListener("submit", send);
}

listen(form);
