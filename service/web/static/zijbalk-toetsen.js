// The keys. With Alt they work everywhere; without Alt outside a field, unless somebody switched that off.
const help = document.getElementById("toetsen");
const single = document.querySelector("#losse-toetsen input");

// WCAG 2.1.4: keys without Alt can be switched off, for who speaks instead of types
try {
  single.checked = localStorage.getItem("losse-toetsen") !== "nee";
  single.addEventListener("change", () => localStorage.setItem("losse-toetsen", single.checked ? "ja" : "nee"));
} catch { /* no storage: the choice lasts as long as the page */ }

document.getElementById("hulp").addEventListener("click", () => help.showModal());

const isTyping = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

function named(event, actions) {
  const plain = single.checked && !event.altKey && !isTyping(event.target);
  if (plain && event.key === "?") return () => help.showModal();
  if (plain && event.key === "/") return actions.v;
  if (!plain && !event.altKey) return null;
  const key = event.altKey ? event.code.replace(/^Digit|^Numpad|^Key/, "") : event.key;
  return actions[key.toLowerCase()];
}

/** Let keys do this. `actions` are by letter or digit; `others` looks at every other key. */
export function listen(actions, others) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const action = named(event, actions) ?? others(event);
    if (!action) return;
    event.preventDefault();
    action();
  });
}
