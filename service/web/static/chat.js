// Asks without a page load, remembers the conversation as long as this tab is open, and talks with the page around us.
// Every step is a form of the page: this sends it and puts the answer in its place.
const PATIENCE = 10_000; // longer than this is a fault
const HINT = 400; // sooner than this nobody has to be told to wait
const END = "<!-- einde -->"; // what does not end so, came in half
const KEPT = "antwoordduo"; // in the storage of this tab

const form = document.getElementById("formulier");
const field = document.getElementById("vraag");
const send = document.getElementById("stuur");
const wrong = document.getElementById("fout");
const busy = document.getElementById("bezig");
const log = document.getElementById("gesprek");
const message = document.getElementById("melding");
const header = document.getElementById("kop");
const menu = document.getElementById("menu");
const words = document.body.dataset;
const key = form.elements.site.value;
const boxOf = (element) => element.getBoundingClientRect();

let latest = 0; // number of the newest question: what was erased meanwhile does not come back
let waiting = false; // a double click asks once

// -- asking ------------------------------------------------------------------------------------------

async function post(address, fields) {
  const controller = new AbortController();
  const limit = setTimeout(() => controller.abort(), PATIENCE);
  try {
    const response = await fetch(address.split("#")[0], {
      method: "POST",
      headers: { "X-Fragment": "1", Accept: "text/html" },
      body: new URLSearchParams(fields),
      signal: controller.signal,
    });
    const html = (await response.text()).trimEnd();
    if (!html.endsWith(END)) return { trouble: response.status === 429 ? "busy" : "fault" };
    const body = new DOMParser().parseFromString(html, "text/html").body;
    const state = body.querySelector("[data-stand]");
    state?.remove();
    return { status: response.status, state: state?.dataset ?? {}, nodes: [...body.children] };
  } catch {
    if (controller.signal.aborted) return { trouble: "slow" };
    return { trouble: navigator.onLine ? "fault" : "offline" };
  } finally {
    clearTimeout(limit);
  }
}

async function ask(text) {
  if (waiting) return;
  complain(faultOf(text));
  if (!wrong.hidden) return field.focus();
  const mine = ++latest;
  wait(true);
  const fields = new FormData(form);
  fields.set("vraag", text);
  const answer = await post(form.action, fields);
  if (mine !== latest) return;
  wait(false);
  log.querySelector(":scope > .fault")?.remove();
  if (answer.trouble || answer.status >= 400) return refused(answer, text);
  if (field.value.trim() === text) field.value = "";
  document.getElementById("voorbeelden")?.remove();
  log.append(...answer.nodes);
  hold(answer.state);
  show(answer.nodes.find((node) => node.matches(".turn")));
}

function faultOf(text) {
  if (!text) return words.leeg;
  const more = [...text].length - Number(words.maximum);
  return more > 0 ? words.lang.replace("{more}", more) : "";
}

function refused(answer, text) {
  if (!field.value.trim()) field.value = text;
  if (answer.state?.fout) complain(answer.state.fout);
  else log.append(...(answer.nodes ?? troubled(answer.trouble)));
  log.querySelector(":scope > .fault")?.scrollIntoView({ block: "nearest" });
  if (answer.state?.fout) field.focus();
}

function troubled(word) {
  return [...document.getElementById(`storing-${word}`).content.cloneNode(true).children];
}

function complain(text) {
  wrong.textContent = text;
  wrong.hidden = !text;
  field.toggleAttribute("aria-invalid", Boolean(text));
  if (text) field.setAttribute("aria-invalid", "true");
}

function wait(on) {
  waiting = on;
  log.setAttribute("aria-busy", on);
  send.setAttribute("aria-disabled", on);
  clearTimeout(wait.hint);
  if (on) wait.hint = setTimeout(() => { busy.hidden = false; }, HINT);
  else busy.hidden = true;
}

// the top of the answer in view, or of the question when that is short; the focus stays where it is
function show(turn) {
  const asked = turn.firstElementChild;
  const short = asked.offsetHeight < innerHeight / 4 && !turn.querySelector(".urgent");
  const top = short ? asked : turn.lastElementChild;
  measure();
  top.scrollIntoView({ block: "start" });
  say(turn.dataset.melding);
}

function say(text) {
  message.textContent = "";
  // a screen reader notices a change: the same words twice need a moment of silence between them
  setTimeout(() => { message.textContent = text; }, 50);
}

// -- this conversation -------------------------------------------------------------------------------

function hold({ gesprek = "", sleutel = "", keer }) {
  if (keer) form.elements.keer.value = keer; // the same words are another question now
  for (const each of document.querySelectorAll("header form, #formulier")) {
    each.elements.gesprek.value = gesprek;
    each.elements.sleutel.value = sleutel;
  }
  menu.hidden = !gesprek;
  keep(gesprek ? { gesprek, sleutel } : null);
}

function keep(held) {
  try {
    if (held) sessionStorage.setItem(`${KEPT} ${key}`, JSON.stringify(held));
    else sessionStorage.removeItem(`${KEPT} ${key}`);
  } catch { /* no storage: the conversation lasts as long as the page */ }
}

function held() {
  try {
    return JSON.parse(sessionStorage.getItem(`${KEPT} ${key}`));
  } catch {
    return null;
  }
}

async function restore() {
  const { gesprek, sleutel } = form.elements;
  if (gesprek.value) return hold({ gesprek: gesprek.value, sleutel: sleutel.value });
  const known = held();
  if (!known) return null;
  const mine = latest;
  const fields = new FormData(form);
  fields.set("gesprek", known.gesprek);
  fields.set("sleutel", known.sleutel);
  const back = await post(form.action.replace(/\/vragen.*/, ""), fields);
  if (mine !== latest) return null;
  if (back.status === 404) return keep(null);
  if (back.status !== 200) return null; // it is still there: a next reload may bring it
  document.getElementById("voorbeelden")?.remove();
  log.append(...back.nodes);
  hold(known);
  return log.lastElementChild.scrollIntoView({ block: "start" });
}

async function erase(sent) {
  const done = await post(sent.action, new FormData(sent));
  if (done.trouble || (done.status >= 400 && done.status !== 404)) {
    return beside(sent, done.nodes ?? troubled(done.trouble));
  }
  latest++;
  wait(false);
  for (const node of log.querySelectorAll(":scope > :not(.welcome)")) node.remove();
  hold({ ...done.state, gesprek: "", sleutel: "" });
  menu.open = false;
  log.prepend(...done.nodes);
  field.focus({ preventScroll: true });
  scrollTo(0, 0);
  return say(done.nodes[0]?.textContent ?? "");
}

// -- below an answer ---------------------------------------------------------------------------------

async function tell(sent, submitter) {
  const fields = new FormData(sent);
  if (submitter?.name) fields.set(submitter.name, submitter.value);
  const place = sent.closest(".after");
  const told = await post(sent.action, fields);
  const now = told.nodes?.find((node) => node.matches(".after"));
  if (!now) return beside(sent, told.nodes ?? troubled(told.trouble));
  place.replaceWith(now);
  const next = now.querySelector("[aria-invalid=true], [role=alert] ~ label input, .done");
  return next?.focus();
}

// the form stays, so that it can be sent again
function beside(sent, nodes) {
  sent.parentElement.querySelector(".fault")?.remove();
  for (const node of nodes) node.querySelector("[data-opnieuw]")?.remove();
  sent.after(...nodes);
}

// -- the page around us ------------------------------------------------------------------------------

const hosts = (words.hosts ?? "").split(" ").filter(Boolean);
let host = hosts.find((each) => location.ancestorOrigins?.[0] === each || document.referrer.startsWith(`${each}/`));

function signal(word) {
  if (parent === window) return;
  for (const each of host ? [host] : hosts) parent.postMessage({ antwoordduo: word }, each);
}

addEventListener("message", (event) => {
  if (event.source !== parent || parent === window || !hosts.includes(event.origin)) return;
  host = event.origin;
  if (event.data?.antwoordduo === "open") field.focus();
});

function measure() {
  const tools = header.querySelector(".tools");
  const { position, top } = getComputedStyle(header);
  const place = document.documentElement.style;
  place.setProperty("--title", `${boxOf(tools).top - boxOf(header).top + header.scrollTop}px`);
  place.setProperty("--top", `${position === "sticky" ? header.offsetHeight + Math.min(parseFloat(top), 0) : 0}px`);
  place.setProperty("--bottom", `${form.offsetHeight}px`);
}

function escape() {
  const open = document.activeElement.closest("details[open]") ?? header.querySelector("details[open]");
  if (!open) return signal("sluit");
  open.open = false;
  open.querySelector("summary").focus();
}

// -- what people do ----------------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(field.value.trim());
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(field.value.trim());
});
field.addEventListener("input", () => { if (!wrong.hidden) complain(faultOf(field.value.trim())); });
log.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches("[data-na]")) tell(event.target, event.submitter);
  else ask(event.submitter.value.trim()).then(() => field.focus({ preventScroll: true }));
});
log.addEventListener("click", (event) => {
  const number = event.target.closest(".refer");
  if (!number) return;
  event.preventDefault();
  const source = document.getElementById(number.hash.slice(1)).querySelector("details");
  source.open = true;
  source.querySelector("summary").focus();
});
// an opened text is in view from its first line
log.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.closest(".texts, .sources")) return;
  if (boxOf(target).bottom > boxOf(form).top) target.scrollIntoView();
}, true);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") escape(); });
document.getElementById("nieuw").addEventListener("click", () => keep(null));
document.getElementById("wis").addEventListener("submit", (event) => {
  event.preventDefault();
  erase(event.target);
});
document.getElementById("wis-niet").addEventListener("click", () => {
  const question = document.getElementById("wissen");
  question.open = false;
  question.querySelector("summary").focus();
});
document.getElementById("taal").addEventListener("submit", (event) => {
  event.target.elements.vraag.value = field.value;
});
// an open part of the header covers the conversation: it closes when one goes on
header.addEventListener("focusout", (event) => {
  if (!event.relatedTarget || header.contains(event.relatedTarget)) return;
  for (const open of header.querySelectorAll("details[open]")) open.open = false;
  // the header is lower now: what has the focus may not end up beneath it
  setTimeout(() => { measure(); uncover(); });
});
// the header and the field lie over the conversation: what has the focus is never beneath them
log.addEventListener("focusin", () => setTimeout(uncover));

function uncover() {
  const element = document.activeElement; // a quick hand went on
  if (!log.contains(element)) return element.scrollIntoView({ block: "nearest" });
  const box = boxOf(element);
  const above = boxOf(header).bottom + 8 - box.top;
  const below = box.bottom + 8 - boxOf(form).top;
  if (above > 0) scrollBy(0, -above);
  else if (below > 0) scrollBy(0, Math.min(below, -above));
}

document.documentElement.classList.add("script");
document.getElementById("wis-niet").hidden = false;
new ResizeObserver(measure).observe(header);
new ResizeObserver(measure).observe(form);
restore();
signal("klaar");
