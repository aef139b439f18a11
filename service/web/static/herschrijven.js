// Asks for the reworded answer once the quote is on the screen, and puts it in the place of the quote.
// Nothing of it is needed: when it fails, comes late, or never comes, the quote stands as it is.
const PATIENCE = 12_000; // the service itself stops after ten seconds
const CARRIED = ["gesprek", "sleutel", "site", "taal"]; // who has no session shows whose conversation it is
const asked = new Set();

function fields() {
  const form = new URLSearchParams();
  for (const name of CARRIED) {
    const field = document.querySelector(`input[name="${name}"]`);
    if (field) form.set(name, field.value);
  }
  return form;
}

function put(slot, html) {
  if (!slot.isConnected) return; // another question is on the screen by now
  const nodes = new DOMParser().parseFromString(html, "text/html").body.childNodes;
  slot.replaceChildren(...nodes);
  slot.hidden = false;
  const made = slot.querySelector('[data-ai-generated="true"]');
  const quote = slot.parentElement.querySelector('blockquote[data-ai-generated="false"]');
  if (!made || !quote) return;
  quote.before(slot);
  choose(slot, holds(quote)); // who is reading or selecting the quote keeps it
}

/** Show the quote, or what was made of it; the button offers the other. Each stands with how it was made. */
function choose(slot, literal) {
  const button = slot.querySelector("[data-letterlijk]");
  slot.querySelector('[data-ai-generated="true"]').hidden = literal;
  for (const one of slot.parentElement.querySelectorAll(":scope > blockquote, :scope > .kind")) one.hidden = !literal;
  button.textContent = literal ? button.dataset.samengevat : button.dataset.letterlijk;
}

function holds(quote) {
  const selection = getSelection();
  return quote.contains(document.activeElement) ||
    (selection && !selection.isCollapsed && quote.contains(selection.anchorNode));
}

async function reword(slot) {
  const address = slot.dataset.herschrijf;
  if (asked.has(slot)) return;
  asked.add(slot);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "X-Fragment": "1", Accept: "text/html" },
      body: fields(),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.ok) put(slot, await response.text());
  } catch { /* the quote stands */ }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-letterlijk]");
  const slot = button?.closest("[data-herschrijf]");
  if (slot) choose(slot, !slot.querySelector('[data-ai-generated="true"]').hidden);
});

function look(within) {
  for (const slot of within.querySelectorAll("[data-herschrijf]")) reword(slot);
}

new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes) if (node.querySelectorAll) look(node.parentElement ?? node);
}).observe(document.body, { childList: true, subtree: true });
look(document);
