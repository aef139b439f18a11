// Makes tabs of the links and headings of a whole text. Without this they stay links and headings.
function choose(list, tab, focus) {
  for (const each of list.querySelectorAll("[role=tab]")) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    document.getElementById(each.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (focus) tab.focus();
}

function moved(event, tabs) {
  const at = tabs.indexOf(event.target);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  return to === undefined ? null : tabs.at(to % tabs.length);
}

/** Tabs for a whole text, the one that was found chosen. */
export function makeTabs(whole) {
  const list = whole.querySelector(".tabs");
  const tabs = [...list.querySelectorAll("a")];
  list.setAttribute("role", "tablist");
  for (const tab of tabs) {
    const panel = document.getElementById(tab.hash.slice(1));
    tab.parentElement.setAttribute("role", "presentation");
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
  }
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (!tab) return;
    event.preventDefault();
    choose(list, tab, true);
  });
  list.addEventListener("keydown", (event) => {
    const tab = event.key === " " ? event.target : moved(event, tabs);
    if (!tab) return;
    event.preventDefault();
    choose(list, tab, true);
  });
  choose(list, tabs.find((tab) => "open" in tab.dataset) ?? tabs[0], false);
}
