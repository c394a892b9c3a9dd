// A button that opens the browser's print dialogue; without scripts the sentence above it says how.

for (const place of document.querySelectorAll("[data-print]")) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button primary" });
  made.textContent = place.dataset.print;
  made.addEventListener("click", () => window.print());
  place.append(made);
}
