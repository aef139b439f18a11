// Sends what an agent says of an answer, without a page load: the answer and what is open stay as they are.
import { fragment, message, results, tell } from "./zijbalk-scherm.js";
import { Fault, request } from "./zijbalk-verbinding.js";

function put(form, words, kind) {
  const place = form.closest("details, .actions");
  const line = place.parentElement.querySelector(":scope > .sent") ?? document.createElement("p");
  line.className = `${kind} sent`;
  line.textContent = words;
  place.after(line);
  tell(words);
}

function sent(form) {
  const button = form.querySelector("button:not([type])");
  if ("eens" in form.dataset) button.setAttribute("aria-disabled", "true");
  const details = form.closest("details");
  if (!details) return;
  details.open = false;
  details.querySelector("summary").focus();
}

function expired(form) {
  put(form, message.dataset.nietVerstuurd, "wrong");
  const link = document.getElementById("verlopen").content.querySelector("a").cloneNode(true);
  form.closest("details, .actions").parentElement.querySelector(":scope > .sent").append(" ", link);
}

async function send(form) {
  if ("bezig" in form.dataset || form.querySelector("[aria-disabled]")) return; // a double click sends once
  form.dataset.bezig = "";
  try {
    const html = await request(form.action, { body: new URLSearchParams(new FormData(form)), kind: "bericht" });
    const [line] = [...fragment(html)].filter((node) => node.nodeType === Node.ELEMENT_NODE);
    put(form, line.dataset.melding, line.className);
    if (line.className === "note") sent(form);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.message === "verlopen") expired(form);
    else put(form, message.dataset.nietVerstuurd, "wrong");
  } finally {
    delete form.dataset.bezig;
  }
}

results.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-stuur]")) return;
  event.preventDefault();
  send(event.target);
});

export function approve() {
  results.querySelector("[data-eens]")?.requestSubmit();
}

/** Open what is folded, with the focus where one begins. */
function unfold(details, place) {
  if (!details) return;
  details.open = true;
  place.focus();
}

export function reject() {
  const details = document.getElementById("melden");
  unfold(details, details?.querySelector("[name=soort]:not([value=duo])"));
}

export function askDuo() {
  const details = document.getElementById("melden");
  if (details) details.querySelector("[value=duo]").checked = true;
  unfold(details, document.getElementById("toelichting"));
}

export function edit() {
  const area = document.getElementById("bewerkt");
  unfold(area?.closest("details"), area);
}
