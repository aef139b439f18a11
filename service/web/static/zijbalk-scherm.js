// The page as the other modules see it: its fixed places, what is said, and what is shown.
export const field = document.getElementById("vraag");
export const form = document.getElementById("formulier");
export const conversation = document.getElementById("gesprek");
export const results = document.getElementById("resultaat");
export const message = document.getElementById("melding");
export const busy = document.getElementById("bezig");
export const wrong = document.getElementById("fout");

const done = document.getElementById("gedaan");
const SEEN = 4000; // milliseconds that what was done stays on the screen
let saying;
let fading;

/** Let a screen reader say this, once. */
export function say(words) {
  clearTimeout(saying);
  message.textContent = "";
  // a screen reader notices a change, so the same words need a moment of silence between them
  if (words) saying = setTimeout(() => { message.textContent = words; }, 50);
}

/** Say what was done, and show it for a moment to who does not listen. */
export function tell(words) {
  say(words);
  clearTimeout(fading);
  done.textContent = words;
  done.hidden = false;
  fading = setTimeout(() => { done.hidden = true; }, SEEN);
}

/** The nodes of an answer of the server. */
export function fragment(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}

/** What a <template> of the page holds. */
export function copyOf(id) {
  return document.getElementById(id).content.cloneNode(true).childNodes;
}

/** Put this below the field and say what it is. */
export function show(nodes) {
  results.replaceChildren(...nodes);
  const told = results.querySelector("[data-melding]");
  say(told?.dataset.melding);
  return told;
}

/** The card that one is in, if any. */
export function cardInUse() {
  return document.activeElement.closest(".card");
}
