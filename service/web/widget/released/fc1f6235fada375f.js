// The chat on somebody else's page: a button, and behind it a frame of ours. Until it is opened nothing is
// fetched; nothing of the page is read, and nothing outside our own element is changed.
(() => {
  "use strict";
  const WORDS = {"nl": {"open": "Stel uw vraag", "close": "Sluit de chat", "name": "Chat met de AI-assistent", "loading": "De chat wordt geopend.", "slow": "Ziet u de chat niet? Probeer het opnieuw", "call": "of bel", "again": "Probeer opnieuw"}, "en": {"open": "Ask your question", "close": "Close the chat", "name": "Chat with the AI assistant", "loading": "The chat is opening.", "slow": "Can you not see the chat? Try again", "call": "or call", "again": "Try again"}};
  const SLOW = 8000;
  const script = document.currentScript;
  const host = "antwoordduo-chat";
  if (!script || !script.dataset.site || customElements.get(host)) return;
  const { origin } = new URL(script.src);
  const { site, telefoon = "" } = script.dataset;
  const language = script.dataset.taal in WORDS ? script.dataset.taal : "nl";
  const words = WORDS[language];

  // custom properties come through from the page: its own NL Design System theme colours the button
  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483000; font: 1rem/1.5 system-ui, sans-serif; }
    [hidden] { display: none !important; }
    * { box-sizing: border-box; font: inherit; letter-spacing: inherit; }
    button { min-height: 3rem; border: 2px solid transparent; cursor: pointer; font-weight: 700;
      background: var(--utrecht-button-primary-action-background-color, #0b5a6f);
      color: var(--utrecht-button-primary-action-color, #fff); }
    button:focus-visible, a:focus-visible { outline: 3px solid #fff; outline-offset: -6px; box-shadow: 0 0 0 3px #000; }
    .open { padding: .625rem 1.25rem; border-radius: var(--utrecht-button-border-radius, 1.5rem); box-shadow: 0 0 0 2px #fff, 0 2px 10px #0008; }
    .panel { position: fixed; inset: auto 1rem 1rem auto; display: flex; flex-direction: column;
      width: min(27rem, calc(100vw - 2rem)); height: min(44rem, calc(100dvh - 2rem)); overflow: hidden;
      background: #fff; color: #16242b; border: 1px solid #5c6d77; border-radius: .5rem; box-shadow: 0 4px 24px #0006; }
    .bar { display: flex; justify-content: flex-end; background: var(--utrecht-button-primary-action-background-color, #0b5a6f); }
    .close { padding: 0 1rem; min-height: 2.75rem; }
    .note { position: absolute; inset: 2.75rem 0 auto; margin: 0; padding: .75rem 1rem; background: #fff; }
    .note:empty { display: none; }
    .note button, .note a { padding: 0 .75rem; min-height: 2.25rem; }
    .note a { display: inline-flex; align-items: center; color: inherit; }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; }
    @media (max-width: 30rem), (max-height: 30rem) { .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; } }
    @media print { :host { display: none; } }`;

  function element(name, attributes = {}, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  }

  class Chat extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.button = element("button", { type: "button", class: "open", "aria-expanded": "false" }, words.open);
      this.button.addEventListener("click", () => this.open());
      this.close_ = element("button", { type: "button", class: "close" }, words.close);
      this.close_.addEventListener("click", () => this.close());
      this.note = element("p", { class: "note", role: "status" });
      this.panel = element("div", { class: "panel", role: "dialog", "aria-label": words.name, hidden: "" },
        element("div", { class: "bar" }, this.close_), this.note);
      this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
      // a landmark of its own: what stands beside the page's own parts belongs to one
      root.append(element("aside", { lang: language, "aria-label": words.name }, this.button, this.panel));
      addEventListener("message", (event) => this.heard(event));
    }

    open() {
      this.panel.hidden = false;
      this.button.hidden = true;
      this.button.setAttribute("aria-expanded", "true");
      this.close_.focus();
      if (this.ready) this.say("open");
      else if (!this.frame) this.load();
    }

    close() {
      if (this.panel.hidden) return;
      this.panel.hidden = true;
      this.button.hidden = false;
      this.button.setAttribute("aria-expanded", "false");
      this.button.focus();
    }

    load() {
      this.note.textContent = words.loading;
      const address = new URL("/chat", origin);
      address.search = new URLSearchParams({ site, taal: language });
      this.frame?.remove();
      this.frame = element("iframe", {
        title: words.name, referrerpolicy: "no-referrer", allow: "",
        sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads",
        src: address.href,
      });
      this.panel.append(this.frame);
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.slow(), SLOW);
    }

    // the frame may show why by itself: this stands above it, and takes nothing away
    slow() {
      const again = element("button", { type: "button" }, words.again);
      again.addEventListener("click", () => { this.close_.focus(); this.load(); });
      const call = telefoon && element("a", { href: `tel:${telefoon.replace(/[^+\d]/g, "")}` }, telefoon);
      this.note.replaceChildren(words.slow, " ", again, ...(call ? [" ", words.call, " ", call] : []));
    }

    heard(event) {
      if (event.origin !== origin || !this.frame || event.source !== this.frame.contentWindow) return;
      const said = event.data?.antwoordduo;
      if (said === "sluit") this.close();
      if (said !== "klaar") return;
      this.ready = true;
      clearTimeout(this.waiting);
      this.note.textContent = "";
      if (!this.panel.hidden && this.shadowRoot.activeElement === this.close_) this.say("open");
    }

    say(word) {
      this.frame.focus();
      this.frame.contentWindow.postMessage({ antwoordduo: word }, origin);
    }
  }

  customElements.define(host, Chat);
  const put = () => document.querySelector(host) || document.body.append(document.createElement(host));
  if (document.body) put();
  else addEventListener("DOMContentLoaded", put, { once: true });
})();
