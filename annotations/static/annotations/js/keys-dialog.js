import { wordOf } from "./announce.js";
import { BINDINGS } from "./bindings.js";
import { onAction } from "./keys.js";

const SHOWN = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", "Ctrl+Enter": "Ctrl ↵" };

/** Build the list of keys from the table of bindings, with the page's words for them. */
export function connect(dialog) {
  const words = dialog.querySelector("template");
  const groups = Map.groupBy?.(BINDINGS, (one) => one.group) ?? grouped(BINDINGS);
  for (const [group, bindings] of groups) {
    const section = element("section", "keys__group");
    const title = words.content.querySelector(`[data-group="${group}"]`).textContent;
    section.append(element("h3", "", title), listOf(bindings, words));
    dialog.querySelector(".keys__groups").append(section);
  }
  onAction("help", () => dialog.showModal());
  document.querySelector("[data-open-keys]")?.addEventListener("click", () => dialog.showModal());
}

function grouped(bindings) {
  const groups = new Map();
  for (const one of bindings) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return groups;
}

function listOf(bindings, words) {
  const list = element("dl", "keys__list");
  for (const { action, keys } of bindings) {
    const line = element("div", "keys__line");
    const shown = element("dd", "");
    for (const key of keys) shown.append(element("kbd", "", SHOWN[key] ?? key), " ");
    line.append(element("dt", "", wordOf(action, words)), shown);
    list.append(line);
  }
  return list;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
