// Who has to sign in again comes back to the same words. They stay in this tab, and only for that.
import { field } from "./zijbalk-scherm.js";

const KEPT = "vraag";

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-aanmelden]");
  if (!link) return;
  if (location.pathname !== "/zijbalk") link.search = new URLSearchParams({ verder: location.pathname });
  try { sessionStorage.setItem(KEPT, field.value); } catch { /* no storage: the words are typed again */ }
});

/** The words with which somebody went to sign in, once. */
export function keptWords() {
  try {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return kept ?? "";
  } catch {
    return "";
  }
}
