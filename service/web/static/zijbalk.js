// Searches while one types and asks without a page load. Without this script the form does the same.
const PAUSE = 150; // milliseconds without a key before we search
const PATIENCE = 10_000; // longer than this is a fault
const SHORTEST = 3; // fewer letters find only noise

const form = document.getElementById("formulier");
const field = document.getElementById("vraag");
const conversation = document.getElementById("gesprek");
const results = document.getElementById("resultaat");
const message = document.getElementById("melding");
const busy = document.getElementById("bezig");
const wrong = document.getElementById("fout");

let latest = 0; // number of the newest request: an older one never gets on the screen
let underWay = null;
let asking = "";
let pause;

function say(words) {
  message.textContent = "";
  // a screen reader notices a change, so the same words need a moment of silence between them
  if (words) setTimeout(() => { message.textContent = words; }, 50);
}

function show(nodes) {
  results.replaceChildren(...nodes);
  const told = results.querySelector("[data-melding]");
  say(told?.dataset.melding);
  return told;
}

function fragment(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}

function copyOf(id) {
  return document.getElementById(id).content.cloneNode(true).childNodes;
}

function stop() {
  clearTimeout(pause);
  underWay?.abort();
  asking = "";
  return ++latest;
}

async function load(address, retry) {
  const turn = stop();
  const controller = underWay = new AbortController();
  const limit = setTimeout(() => controller.abort("slow"), PATIENCE);
  const hint = setTimeout(() => { busy.hidden = false; }, 300);
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "X-Fragment": "1", Accept: "text/html" },
      body: new URLSearchParams(new FormData(form)),
      signal: controller.signal,
    });
    if (!response.ok && response.status !== 400) throw new Error(String(response.status));
    const html = await response.text();
    return turn === latest ? show(fragment(html)) : null;
  } catch {
    if (turn === latest) fault(retry);
    return null;
  } finally {
    clearTimeout(limit);
    clearTimeout(hint);
    if (turn === latest) {
      busy.hidden = true;
      asking = "";
      results.removeAttribute("aria-busy");
    }
  }
}

function fault(retry) {
  show(copyOf("storing"));
  results.querySelector("[data-opnieuw]").addEventListener("click", retry);
}

function suggest() {
  load("/zijbalk/kandidaten", suggest);
}

async function ask() {
  const text = field.value.trim();
  wrong.hidden = true;
  if (!text) return field.focus();
  if (text === asking) return; // a double click asks once
  const loading = load("/zijbalk/vragen", ask);
  asking = text;
  const answer = await loading;
  if (answer?.dataset.gesprek) conversation.value = answer.dataset.gesprek;
}

function clear() {
  stop();
  busy.hidden = true;
  wrong.hidden = true;
  results.removeAttribute("aria-busy");
  field.value = conversation.value = "";
  show(copyOf("begin"));
  field.focus();
}

function typed() {
  stop();
  if (field.value.trim().length >= SHORTEST) pause = setTimeout(suggest, PAUSE);
}

function openCard(number) {
  const card = results.querySelector(`[data-kaart="${number}"]`);
  if (!card) return;
  const more = card.querySelector("details");
  if (more) more.open = !more.open;
  (more?.querySelector("summary") ?? card.querySelector("h3")).focus();
}

function step(by) {
  const places = [field, ...results.querySelectorAll(".card h3")];
  const card = document.activeElement.closest(".card");
  const now = card ? places.indexOf(card.querySelector("h3")) : places.indexOf(document.activeElement);
  places[Math.min(Math.max(now + by, 0), places.length - 1)]?.focus();
}

// WCAG 2.1.4: keys without Alt can be switched off, for who speaks instead of types
const choice = document.getElementById("losse-toetsen");
const single = choice.querySelector("input");
choice.hidden = false;
try {
  single.checked = localStorage.getItem("losse-toetsen") !== "nee";
  single.addEventListener("change", () => localStorage.setItem("losse-toetsen", single.checked ? "ja" : "nee"));
} catch { /* no storage: the choice lasts as long as the page */ }

function shortcut(event) {
  const typing = event.target.matches("textarea, input");
  const plainKey = single.checked && !typing && !event.altKey && !event.ctrlKey && !event.metaKey;
  const key = event.altKey ? event.code.replace(/^Digit|^Numpad|^Key/, "").toLowerCase() : event.key;
  if (event.key === "Escape") return clear;
  if ((event.altKey && key === "v") || (plainKey && key === "/")) return () => { field.focus(); field.select(); };
  if ((event.altKey || plainKey) && ["1", "2", "3"].includes(key)) return () => openCard(key);
  const atEnd = event.target === field && field.selectionStart === field.value.length;
  const inCards = event.target.closest(".card") && !event.target.matches(".scroll");
  if (event.key === "ArrowDown" && (atEnd || inCards)) return () => step(1);
  if (event.key === "ArrowUp" && inCards) return () => step(-1);
  if (event.key === "Enter" && event.target === field && !event.shiftKey) return ask;
  return null;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const action = shortcut(event);
  if (!action) return;
  event.preventDefault();
  action();
});
field.addEventListener("input", typed);
form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
document.getElementById("nieuw").addEventListener("click", (event) => { event.preventDefault(); clear(); });
results.addEventListener("submit", (event) => {
  const example = event.submitter?.value;
  if (!example) return;
  event.preventDefault();
  field.value = example;
  ask();
});
