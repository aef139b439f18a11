// Asks the server. Whatever goes wrong becomes one of four faults, named after the <template> that says it.
const PATIENCE = 10_000; // longer than this is a fault
const END = "<!--einde-->"; // stands at the end of every part: without it half of it was lost on the way

export class Fault extends Error {}

/** The part of the page at this address. Throws a Fault: "storing", "druk", "straks" or "verlopen". */
export async function request(address, { body, kind = "1", controller = new AbortController() } = {}) {
  const limit = setTimeout(() => controller.abort(), PATIENCE);
  try {
    const response = await fetch(address, {
      method: body ? "POST" : "GET",
      headers: { "X-Fragment": kind, Accept: "text/html" },
      body,
      signal: controller.signal,
    });
    if (response.status === 429) throw new Fault("druk");
    if (response.status === 503) throw new Fault("straks"); // it starts, or its texts are away for a moment
    if (response.status === 401 || response.redirected) throw new Fault("verlopen");
    const html = await response.text();
    if (!html.trimEnd().endsWith(END)) throw new Fault("storing");
    return html;
  } catch (error) {
    throw error instanceof Fault ? error : new Fault("storing");
  } finally {
    clearTimeout(limit);
  }
}
