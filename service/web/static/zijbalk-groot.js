// Reads the answer, or the text one is in, over the whole window in large letters. Esc goes back.
import { cardInUse, results } from "./zijbalk-scherm.js";

const dialog = document.getElementById("groot");
const place = document.getElementById("groot-tekst");
// what a model made of the quote may stand in its place
const ANSWER = ".rewording:not([hidden]), blockquote:not([hidden]), .sources";
const heading = document.getElementById("groot-kop");

function partsOf(card) {
  const whole = card.querySelector("details[open] .whole");
  return [whole?.querySelector("[role=tabpanel]:not([hidden])") ?? whole ?? card.querySelector(".brief")];
}

export function readLarge() {
  const card = cardInUse() ?? (results.querySelector("blockquote") ? null : results.querySelector(".card:has(details[open])"));
  const parts = card ? partsOf(card) : [...results.querySelectorAll(ANSWER)];
  if (!parts.length) return;
  const name = card?.querySelector("h3") ?? document.getElementById("uitkomst");
  heading.textContent = name.textContent.replace(/^\s*\d\s+/, "").trim();
  place.replaceChildren(...parts.map((part) => part.cloneNode(true)));
  // the same id twice would lead a link, or a label, to the wrong place
  for (const each of place.querySelectorAll("[id]")) each.removeAttribute("id");
  dialog.showModal();
  place.focus();
  dialog.scrollTop = 0;
}

dialog.addEventListener("close", () => place.replaceChildren());
