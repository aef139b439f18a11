// Asks for the reworded answer once the quote is on the screen, and puts it in the place of the quote.
// Staff see its sentences below the quote as they are made, each checked; who visits sees the end alone.
// Nothing of it is needed: when it fails, comes late, or never comes, the quote stands as it is.
const PATIENCE = 12_000; // the service itself stops after ten seconds
const PARTS = "application/x-ndjson";
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

function nodesOf(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

function put(slot, html) {
  if (!slot.isConnected) return; // another question is on the screen by now
  const grew = !slot.hidden;
  slot.replaceChildren(...nodesOf(html));
  slot.hidden = false;
  const made = slot.querySelector('[data-ai-generated="true"]');
  if (made || grew) announce(slot);
  const quote = slot.parentElement.querySelector('blockquote[data-ai-generated="false"]');
  if (!made || !quote) return;
  quote.before(slot);
  choose(slot, holds(quote)); // who is reading or selecting the quote keeps it
}

/** One checked sentence more, below the quote. */
function add(slot, html) {
  const nodes = nodesOf(html);
  const sentences = slot.querySelector("[data-zinnen]");
  const more = nodes.flatMap((node) => [...(node.querySelector?.("[data-zinnen]")?.childNodes ?? [])]);
  if (sentences) sentences.append(...more);
  else slot.replaceChildren(...nodes);
  slot.hidden = false;
}

function clear(slot) {
  slot.replaceChildren();
  slot.hidden = true;
}

/** Said once, and only at the end: sentences that grow are not read out one by one. */
function announce(slot) {
  const words = slot.querySelector("[data-gezegd]")?.dataset.gezegd;
  const line = document.getElementById("melding");
  if (words && line) line.textContent = words;
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

/** The lines of an answer as they come. */
async function* linesOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    yield* lines;
  }
}

/** Show what grows. Without its end nothing of it stays. */
async function grow(slot, response) {
  try {
    for await (const line of linesOf(response)) {
      const part = JSON.parse(line);
      if (part.soort === "klaar") return put(slot, part.html);
      if (part.soort === "zin") add(slot, part.html);
      else clear(slot);
    }
    clear(slot);
  } catch (broken) {
    clear(slot);
    throw broken;
  }
}

async function reword(slot) {
  const address = slot.dataset.herschrijf;
  if (asked.has(slot)) return;
  asked.add(slot);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "X-Fragment": "1", Accept: `${PARTS}, text/html` },
      body: fields(),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) return;
    if (response.headers.get("Content-Type")?.startsWith(PARTS)) await grow(slot, response);
    else put(slot, await response.text());
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
