// Keeps the news on top up to date in a sidebar that stays open all day. Without it a new page has the news.
const EVERY = 60_000;
const place = document.getElementById("actueel");

async function look() {
  if (document.hidden) return;
  try {
    const response = await fetch(place.dataset.adres, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(10_000) });
    if (!response.ok || response.redirected) return; // what stands there stays, until the next look
    const html = await response.text();
    const found = new DOMParser().parseFromString(html, "text/html");
    // a reader hears what is new, not what stood there already; nobody loses a link that has the focus
    if (found.body.textContent.trim() === place.textContent.trim() || place.contains(document.activeElement)) return;
    place.replaceChildren(...found.head.childNodes, ...found.body.childNodes);
  } catch {
    // no connection: the field says so when it is used
  }
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
document.getElementById("nieuw")?.addEventListener("click", look); // the next caller
