// An order without numbers: each line gets buttons that move it. The numbers are still what the form sends.

const status = document.getElementById("status");

function number(list) {
  [...list.children].forEach((line, index) => {
    line.querySelector("select").value = String(index + 1);
    line.querySelector(".place").textContent = String(index + 1);
  });
}

function move(list, line, step, words) {
  const neighbour = step < 0 ? line.previousElementSibling : line.nextElementSibling;
  if (!neighbour) {
    status.textContent = words.edge;
    return;
  }
  list.insertBefore(step < 0 ? line : neighbour, step < 0 ? neighbour : line);
  number(list);
  status.textContent = words.moved.replace("#", line.querySelector("select").value);
}

function button(list, line, step, words) {
  const made = document.createElement("button");
  const text = step < 0 ? words.up : words.down;
  const label = document.createElement("span");
  made.type = "button";
  made.className = "button secondary compact";
  made.append(Object.assign(document.createElement("span"), { ariaHidden: "true", textContent: step < 0 ? "↑" : "↓" }), label);
  label.textContent = text;
  label.id = `${line.querySelector("select").id}-${step < 0 ? "up" : "down"}`;
  made.setAttribute("aria-labelledby", `${label.id} ${line.querySelector(".line").id}`);
  made.addEventListener("click", () => {
    move(list, line, step, words);
    made.focus(); // a line that is moved in the document loses the focus
  });
  return made;
}

function prepare(fieldset) {
  const words = fieldset.dataset;
  const list = fieldset.querySelector(".lines");
  fieldset.querySelector(".hint").textContent = words.hint;
  const lines = [...list.children];
  const chosen = (line) => Number(line.querySelector("select").value);
  if (new Set(lines.map(chosen)).size === lines.length) lines.sort((a, b) => chosen(a) - chosen(b)); // what was sent back
  for (const line of lines) {
    const place = Object.assign(document.createElement("span"), { className: "place" });
    place.setAttribute("aria-hidden", "true");
    line.querySelector("select").hidden = true;
    line.prepend(place);
    const moves = Object.assign(document.createElement("span"), { className: "moves" });
    moves.append(button(list, line, -1, words), button(list, line, 1, words));
    line.append(moves);
    list.append(line);
  }
  list.setAttribute("role", "list");
  number(list);
  fieldset.form.addEventListener("submit", () => number(list)); // a browser may have put older numbers back
}

document.querySelectorAll("[data-order]").forEach(prepare);
