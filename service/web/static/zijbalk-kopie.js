// Copies the answer, or the text one is in, with its source and how it was made; never an internal note.
import { cardInUse, message, results, tell } from "./zijbalk-scherm.js";

const said = message.dataset;

function madeOf(area) {
  const made = document.getElementById("gemaakt");
  return area.value.trim() === area.defaultValue.trim() ? made.dataset.citaat : made.dataset.bewerkt;
}

function answerText() {
  const area = document.getElementById("bewerkt");
  const reworded = results.querySelector(".outcome .rewording:not([hidden])");
  const own = area?.closest("details").contains(document.activeElement); // here one copies one's own words
  if (reworded && !own) return reworded.dataset.kopie;
  return area && `${area.value.trim()}\n\n${madeOf(area)}`;
}

/** What C would copy now, and whether it may not leave the house. */
function chosen() {
  // without an answer only a text that somebody opened: the first one may be about something else
  const answered = results.querySelector(".outcome blockquote");
  const card = cardInUse() ?? (answered ? null : results.querySelector(".card:has(details[open])"));
  if (card) return { text: card.dataset.kopie, internal: "intern" in card.dataset };
  return { text: answerText(), internal: !!results.querySelector(".outcome .internal") };
}

export async function copy() {
  const { text, internal } = chosen();
  if (!text) return tell(internal ? said.alleenKcc : said.niets);
  try {
    await navigator.clipboard.writeText(text);
    tell(said.gekopieerd);
  } catch {
    byHand();
  }
}

/** The browser does not let us: the words are chosen, so that Ctrl+C takes them. */
function byHand() {
  const area = document.getElementById("bewerkt");
  if (!area) return tell(said.niets);
  area.closest("details").open = true;
  area.focus();
  area.select();
  tell(said.zelf);
}

// what stands below the words always says how they were made
results.addEventListener("input", (event) => {
  if (event.target.id === "bewerkt") document.getElementById("gemaakt").textContent = madeOf(event.target);
});
