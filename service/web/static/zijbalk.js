// Searches while one types and asks without a page load. Without this script the form does the same.
import { copy } from "./zijbalk-kopie.js";
import { readLarge } from "./zijbalk-groot.js";
import {
  busy, cardInUse, conversation, copyOf, field, form, fragment, results, say, show, wrong,
} from "./zijbalk-scherm.js";
import { approve, askDuo, edit, reject } from "./zijbalk-sturen.js";
import "./zijbalk-tekst.js";
import { keptWords } from "./zijbalk-terugkomst.js";
import { listen } from "./zijbalk-toetsen.js";
import { request } from "./zijbalk-verbinding.js";

const PAUSE = 150; // milliseconds without a key before we search
const SOON = 300; // then we say that we search
const LONG = 3000; // then we say that it takes long
const AGAIN = 2000; // after so long we try again what will work soon
const SHORTEST = 3; // fewer letters find only noise
const HOME = "/zijbalk";

const name = document.querySelector(".brand").textContent.trim();
let latest = 0; // number of the newest request: an older one never gets on the screen
let underWay = null;
let asking = "";
let pause;
let later; // when we try again by ourselves
let tried; // what the fault on the screen tries again

document.documentElement.classList.add("script");

function stop() {
  clearTimeout(pause);
  clearTimeout(later);
  underWay?.abort();
  asking = "";
  return ++latest;
}

function waiting() {
  busy.textContent = busy.dataset.zoekt;
  results.setAttribute("aria-busy", "true");
  const slow = () => { busy.textContent = busy.dataset.traag; say(busy.dataset.traag); };
  const hints = [setTimeout(() => { busy.hidden = false; }, SOON), setTimeout(slow, LONG)];
  return () => hints.forEach(clearTimeout);
}

function rested() {
  busy.hidden = true;
  asking = "";
  results.removeAttribute("aria-busy");
}

/** Show what stands at this address. `keep`: when it fails, what was found before stays. */
async function load(address, { body, retry, keep = false }) {
  const turn = stop();
  const controller = underWay = new AbortController();
  const heard = waiting();
  try {
    const html = await request(address, { body, controller });
    return turn === latest ? show(fragment(html)) : null;
  } catch (fault) {
    if (turn === latest) showFault(fault.message, retry, keep);
    return null;
  } finally {
    heard();
    if (turn === latest) rested();
  }
}

function showFault(kind, retry, keep) {
  const shown = results.querySelector(":scope > .fault");
  if (kind === "straks") later = setTimeout(retry, AGAIN);
  if (kind === "straks" && shown && tried === retry) return; // it is said once, however often we try
  tried = retry;
  shown?.remove();
  if (keep) {
    results.prepend(...copyOf(kind));
    say("");
  } else {
    show(copyOf(kind));
  }
  const again = results.querySelector("[data-opnieuw]");
  again?.addEventListener("click", retry);
  addEventListener("online", () => { if (again?.isConnected) retry(); }, { once: true });
}

const words = () => new URLSearchParams(new FormData(form));

function suggest() {
  return load("/zijbalk/kandidaten", { body: words(), retry: suggest, keep: true });
}

async function ask() {
  const text = field.value.trim();
  wrong.hidden = true;
  if (!text) return field.focus();
  if (text === asking) return; // a double click asks once
  const loading = load("/zijbalk/vragen", { body: words(), retry: ask });
  asking = text;
  const answer = await loading;
  if (answer) answered(answer, true);
}

/** Go on with the conversation of this answer; for staff it has an address, to go back or reload to. */
function answered(answer, isNew) {
  const { gesprek, adres, vraag } = answer.dataset;
  if (gesprek) conversation.value = gesprek;
  if (vraag) document.title = `${vraag.slice(0, 60)} · ${name}`;
  if (isNew && adres && adres !== location.pathname) history.pushState(null, "", adres);
}

/** An answer of this call once more. */
async function look(address) {
  const answer = await load(address, { retry: () => look(address) });
  if (!answer) return;
  if (answer.dataset.vraag) field.value = answer.dataset.vraag;
  answered(answer, address !== location.pathname);
}

function blank() {
  stop();
  rested();
  wrong.hidden = true;
  form.reset();
  field.value = conversation.value = "";
  document.getElementById("voor").value = "";
  document.title = name;
  show(copyOf("begin"));
  field.focus();
}

function clear() {
  blank();
  if (location.pathname !== HOME) history.pushState(null, "", HOME);
}

/** Esc closes what is open where one is; else it clears all for the next caller. */
function escape() {
  const open = document.activeElement.closest("[data-dicht][open]");
  if (!open) return clear();
  open.open = false;
  open.querySelector("summary").focus();
}

function typed() {
  stop();
  rested();
  if (field.value.trim().length >= SHORTEST) pause = setTimeout(suggest, PAUSE);
}

function openCard(number) {
  const more = results.querySelector(`[data-kaart="${number}"] details`);
  if (!more) return;
  more.open = !more.open;
  more.querySelector("summary").focus();
}

function step(by) {
  const places = [field, ...results.querySelectorAll(".card h3")];
  const now = places.indexOf(cardInUse()?.querySelector("h3") ?? document.activeElement);
  places[Math.min(Math.max(now + by, 0), places.length - 1)]?.focus();
}

function toField() {
  field.focus();
  field.select();
}

const ACTIONS = {
  1: () => openCard(1), 2: () => openCard(2), 3: () => openCard(3),
  v: toField, c: copy, g: readLarge, k: approve, n: reject, d: askDuo, p: edit,
};
const BUTTONS = {
  kopieer: copy, groot: readLarge, "klopt-niet": reject, duo: askDuo, "pas-aan": edit,
};

listen(ACTIONS, (event) => {
  const atEnd = event.target === field && field.selectionStart === field.value.length;
  const inCards = event.target.closest(".card") && !event.target.matches(".scroll, [role=tabpanel]");
  if (event.key === "Escape") return escape;
  if (event.key === "ArrowDown" && (atEnd || inCards)) return () => step(1);
  if (event.key === "ArrowUp" && inCards) return () => step(-1);
  if (event.key === "Enter" && event.target === field && !event.shiftKey) return ask;
  return null;
});
field.addEventListener("input", typed);
form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
form.addEventListener("change", (event) => { if (event.target.name === "voor") typed(); });
document.getElementById("nieuw").addEventListener("click", (event) => { event.preventDefault(); clear(); });
results.addEventListener("click", (event) => {
  BUTTONS[event.target.closest("[data-doe]")?.dataset.doe]?.();
  const earlier = event.target.closest("[data-eerder]");
  if (!earlier || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  look(earlier.pathname);
});
results.addEventListener("submit", (event) => {
  const example = event.submitter?.matches(".example") && event.submitter.value;
  if (!example) return;
  event.preventDefault();
  field.value = example;
  ask();
});
addEventListener("popstate", () => {
  if (location.pathname === HOME) blank();
  else look(location.pathname);
});

const kept = keptWords();
if (kept && kept !== field.value) {
  field.value = kept;
  suggest();
}
// a question that another program put in the address does not stay there
if (location.search) history.replaceState(null, "", location.pathname);
