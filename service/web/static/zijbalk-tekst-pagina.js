// The page of one whole text.
import { makeTabs } from "./zijbalk-tabs.js";

document.documentElement.classList.add("script");
makeTabs(document.querySelector("[data-hele-tekst]"));
