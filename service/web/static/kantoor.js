// Shows the answer with a draft beside the form, without a page load. Without this script the button saves
// the draft and the page comes back with the same answer.
const PATIENCE = 60_000; // fourteen answers on a busy machine; longer than this is a fault

const form = document.getElementById("formulier");
const button = document.getElementById("bekijk");
const place = document.getElementById("voorbeeld-plaats");

function note(words, kind) {
  const line = document.createElement("p");
  line.className = kind;
  line.textContent = words;
  place.replaceChildren(line);
}

async function preview(event) {
  event.preventDefault();
  if (place.hasAttribute("aria-busy")) return; // a double click asks once
  note(place.dataset.bezig, "note");
  place.setAttribute("aria-busy", "true");
  document.getElementById("voorbeeld").scrollIntoView({ block: "nearest" });
  try {
    const response = await fetch(form.dataset.voorbeeld, {
      method: "POST",
      headers: { Accept: "text/html" },
      body: new URLSearchParams(new FormData(form)),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const html = await response.text();
    place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  } catch {
    note(place.dataset.mislukt, "wrong");
  } finally {
    place.removeAttribute("aria-busy");
  }
}

if (form && button && place) button.addEventListener("click", preview);

// who leaves with words that are not saved is asked first
if (form?.matches("form.panel")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// a link to an action opens it
function open() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && target.closest("details");
  if (folded) folded.open = true;
}
addEventListener("hashchange", open);
open();
