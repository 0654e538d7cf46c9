// Keys and buttons of the page on which written answers are read. What an answer gets is decided and kept by the server;
// this sends what was pressed, one thing after another, and shows what comes back.
"use strict";

const byId = (id) => document.getElementById(id);
const page = document.body.dataset;
const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
let names = false, waiting = Promise.resolve(), began = performance.now(), away = 0, hiddenAt = 0, chosen = -1;

document.addEventListener("visibilitychange", () => {
  if (document.hidden) hiddenAt = performance.now();
  else away += performance.now() - hiddenAt;
});

const say = (words) => { byId("said").textContent = words; };

function marks() {
  const form = byId("marks"), typed = byId("typed").value;
  return {
    student: form.dataset.student, seen: Number(form.dataset.seen), done: Boolean(form.dataset.done),
    items: [...form.querySelectorAll("[name=item]:checked")].map((box) => Number(box.value)),
    typed: typed === "" ? null : Number(typed), comment: byId("comment").value.trim(),
    seconds: Math.max(0, performance.now() - began - away) / 1000,
  };
}

function send(what, then = show) {
  const body = { ...what, reader: byId("reader").value.trim() || page.reader, names, second: Boolean(page.second) };
  waiting = waiting.then(async () => {
    if (body.seen !== undefined && body.student === byId("marks").dataset.student) body.seen = Number(byId("marks").dataset.seen);
    try {
      const reply = await fetch(location.pathname, {
        method: "POST", body: JSON.stringify(body), credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-XSRFToken": cookie("_xsrf") ?? "" },
      });
      const said = await reply.json();
      if (reply.status === 409) ask(said, what, then);
      else if (!reply.ok) trouble(said.message);
      else { byId("problem").hidden = true; then(said); }
    } catch {
      trouble("The server does not answer. Nothing of what was kept is lost, and what you see stays here: start it again " +
        "(course read), then repeat your last key.");
    }
  });
}

function trouble(words) {
  byId("problem").replaceChildren(words);
  byId("problem").hidden = false;
}

// Somebody else has read the same answer meanwhile.
function ask(said, what, then) {
  const button = (words, act) => Object.assign(document.createElement("button"), { type: "button", textContent: words, onclick: act });
  trouble(said.message);
  byId("problem").append(document.createElement("br"),
    button("Keep theirs", () => { byId("problem").hidden = true; send({ do: "show", student: what.student }); }),
    button("Use mine", () => { byId("marks").dataset.seen = said.seen; send({ ...what, seen: said.seen }, then); }));
  byId("problem").querySelector("button").focus();
}

function show(said) {
  for (const [name, html] of Object.entries(said.panes ?? {})) byId(name).innerHTML = html;
  if (said.panes?.answer) { began = performance.now(); away = 0; chosen = -1; window.scrollTo(0, 0); }
  if (said.seen !== undefined) byId("marks").dataset.seen = said.seen;
  if (said.points !== undefined) byId("points").textContent = said.points;
  if (said.preview !== undefined) byId("preview").innerHTML = said.preview;
  if (said.said) say(said.said);
}

const keep = () => send({ do: "keep", ...marks() });
const finish = () => {
  if (byId("typed").reportValidity()) send({ do: "keep", ...marks(), done: true, on: true });
};
const everything = () => {
  for (const box of document.querySelectorAll("#marks [name=item]")) box.checked = Number(box.dataset.points) > 0;
  byId("typed").value = "";
  finish();
};
const go = (step) => send({ do: "go", student: marks().student, step });

function editItems() {
  send({ do: "items", student: marks().student }, (said) => {
    byId("items").innerHTML = said.items;
    byId("items").showModal();
  });
}

function saveItems(form) {
  const items = [...form.querySelectorAll(".edit")].map((line) => ({
    id: Number(line.dataset.item) || null, points: Number(line.querySelector(".item-points").value),
    words: line.querySelector(".item-words").value.trim(), off: Boolean(line.querySelector(".item-off")?.checked),
  })).filter((item) => item.id || item.words);
  byId("items").close();
  send({ do: "change", student: marks().student, items });
}

// Comments that were written before, those that hold what is typed.
function suggest() {
  const typed = byId("comment").value.trim().toLowerCase(), used = byId("used");
  let any = false;
  for (const line of used.children) {
    line.hidden = !line.textContent.toLowerCase().includes(typed) || line.textContent.trim().toLowerCase() === typed;
    any ||= !line.hidden;
  }
  used.hidden = !any;
  choose(-1);
}

const offered = () => [...byId("used").children].filter((line) => !line.hidden);

function choose(number) {
  const lines = offered();
  chosen = lines.length ? Math.max(-1, Math.min(number, lines.length - 1)) : -1;
  lines.forEach((line, place) => line.setAttribute("aria-selected", String(place === chosen)));
  if (chosen >= 0) { byId("comment").setAttribute("aria-activedescendant", lines[chosen].id); lines[chosen].scrollIntoView({ block: "nearest" }); }
  else byId("comment").removeAttribute("aria-activedescendant");
  return lines[chosen];
}

function take(line) {
  byId("comment").value = line.textContent.trim();
  choose(-1);
  keep();
  byId("comment").blur();
}

function inComment(event) {
  if (event.key === "ArrowDown" || (event.key === "ArrowUp" && chosen >= 0)) {
    event.preventDefault();
    choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
    event.preventDefault();
    if (event.key === "Enter" && chosen >= 0) take(offered()[chosen]);
    else byId("comment").blur();
  }
}

const press = {
  c: () => byId("comment").focus(), p: () => byId("typed").select(), s: () => byId("same").click(), u: () => send({ do: "undo", student: marks().student }),
  e: editItems, f: everything, n: () => byId("names").click(), q: () => fold(".asked"), m: () => fold(".model"),
  "?": () => byId("help").showModal(), ArrowLeft: () => go(-1), ArrowRight: () => go(1), Enter: finish,
};

function fold(which) {
  const details = document.querySelector(which);
  details.open = !details.open;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const at = event.target;
  if (at.id === "comment") return void inComment(event);
  if (at.id === "typed" || at.id === "reader") {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    at.blur();
    if (event.key === "Enter" && at.id === "typed") finish();
    return;
  }
  if ((event.key === "Enter" || event.key === " ") && at.closest("button, summary, a")) return;
  const box = event.key >= "1" && event.key <= "9" && document.querySelectorAll("#marks [name=item]")[Number(event.key) - 1];
  if (box) { event.preventDefault(); box.click(); }
  else if (press[event.key]) { event.preventDefault(); press[event.key](); }
});

document.addEventListener("click", (event) => {
  const at = event.target.closest("button, #used li");
  if (!at) return;
  if (at.dataset.go) go(Number(at.dataset.go));
  else if (at.id === "next") finish();
  else if (at.id === "same") send({ do: "same", ...marks() });
  else if (at.id === "undo") press.u();
  else if (at.id === "edit") editItems();
  else if (at.id === "items-close") byId("items").close();
  else if (at.id === "help-button") byId("help").showModal();
  else if (at.id === "names") {
    names = !names;
    at.setAttribute("aria-pressed", String(names));
    send({ do: "show", student: marks().student }, (said) => { byId("answer").innerHTML = said.panes.answer; });
  } else if (at.matches("#used li")) take(at);
});

document.addEventListener("change", (event) => {
  if (event.target.name === "item" || event.target.id === "comment") keep();
  else if (event.target.id === "typed" && event.target.reportValidity()) keep();
  else if (event.target.id === "reader") {
    document.cookie = `reader=${encodeURIComponent(event.target.value.trim())}; path=/; max-age=31536000; SameSite=Lax`;
  }
});
document.addEventListener("submit", (event) => {
  if (event.target.id === "edit-items") { event.preventDefault(); saveItems(event.target); }
  else if (event.target.id === "marks") event.preventDefault();
});
document.addEventListener("focusin", (event) => { if (event.target.id === "comment") suggest(); });
document.addEventListener("input", (event) => { if (event.target.id === "comment") suggest(); });
document.addEventListener("focusout", (event) => { if (event.target.id === "comment") byId("used")?.setAttribute("hidden", ""); });
// The list goes when its field is left: pressing a mouse button on the list does not leave it.
document.addEventListener("mousedown", (event) => { if (event.target.closest("#used")) event.preventDefault(); });
for (const which of [".asked", ".model"]) {
  const details = document.querySelector(which);
  details.open = localStorage.getItem(which) === "open";
  details.addEventListener("toggle", () => localStorage.setItem(which, details.open ? "open" : "shut"));
}
