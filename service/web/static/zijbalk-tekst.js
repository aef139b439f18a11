// Opens a text in its card: what was found stands there at once, the rest of the text comes in its place.
import { fragment, message, results, say } from "./zijbalk-scherm.js";
import { makeTabs } from "./zijbalk-tabs.js";
import { request } from "./zijbalk-verbinding.js";

const said = message.dataset;

/** Mark in the section that was found what is marked in the passage. */
function mark(whole, marked) {
  const found = whole.querySelector("[data-gevonden]") ?? whole;
  for (const words of marked) {
    const walker = document.createTreeWalker(found, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words);
      if (at < 0 || walker.currentNode.parentElement.closest("mark")) continue;
      const hit = walker.currentNode.splitText(at);
      hit.splitText(words.length);
      const around = document.createElement("mark");
      hit.replaceWith(around);
      around.append(hit);
      break;
    }
  }
}

function note(details, words) {
  const line = details.querySelector(".later") ?? document.createElement("p");
  line.className = "note later";
  line.lang = "nl";
  line.textContent = words;
  details.append(line);
}

async function load(details) {
  details.dataset.laadt = "";
  try {
    const html = await request(details.dataset.tekst);
    const inside = details.contains(document.activeElement);
    const marked = [...details.closest(".passage").querySelectorAll("mark")].map((one) => one.textContent);
    const summary = details.querySelector("summary");
    for (const old of [...details.children]) if (old !== summary) old.remove(); // the focus is on the summary
    details.append(...fragment(html));
    delete details.dataset.tekst;
    const whole = details.querySelector("[data-hele-tekst]");
    mark(whole, new Set(marked));
    makeTabs(whole);
    if (inside) summary.focus();
  } catch {
    note(details, said.tekstMislukt);
    say(said.tekstMislukt);
  } finally {
    delete details.dataset.laadt;
  }
}

// "toggle" does not bubble, so it is caught on its way down
results.addEventListener("toggle", (event) => {
  const details = event.target;
  if (details.open && details.dataset.tekst && !("laadt" in details.dataset)) load(details);
}, true);
