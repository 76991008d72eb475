import { BINDINGS } from "./bindings.js";

const FIELDS = "input, textarea, select, [contenteditable]";
const SEQUENCE_MS = 1000;
const handlers = new Map();

/** Say what an action does on this page; keys of actions nobody handles are left alone. */
export function onAction(action, handle) {
  handlers.set(action, handle);
}

/** Spell a key press as the table does, or return "" where it is not for us. */
export function spell(event) {
  if (event.isComposing || ["Process", "Dead", "Unidentified"].includes(event.key)) return "";
  if (event.altKey || event.getModifierState?.("AltGraph")) return "";
  const isChord = event.ctrlKey || event.metaKey;
  return isChord ? `Ctrl+${event.key}` : event.key;
}

/** Find what a key means after an earlier one: { action }, { prefix }, or {} for nothing. */
export function resolve(key, prefix, { isField = false, bindings = BINDINGS } = {}) {
  if (!key) return {};
  const typed = prefix ? `${prefix} ${key}` : key;
  const usable = isField ? bindings.filter((one) => one.inFields) : bindings;
  const found = usable.find((one) => one.keys.includes(typed));
  if (found) return { action: found.action };
  if (usable.some((one) => one.keys.some((keys) => keys.startsWith(`${typed} `)))) {
    return { prefix: typed };
  }
  return prefix ? resolve(key, "", { isField, bindings }) : {};
}

/** Turn key presses into actions, for the whole page. */
export function listen(page) {
  let prefix = "";
  let timer = 0;
  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || page.querySelector("dialog[open]")) return;
    const isField = Boolean(event.target.closest?.(FIELDS));
    const meaning = resolve(spell(event), prefix, { isField });
    clearTimeout(timer);
    prefix = meaning.prefix ?? "";
    timer = setTimeout(() => (prefix = ""), SEQUENCE_MS);
    if (!handlers.has(meaning.action)) return;
    event.preventDefault();
    handlers.get(meaning.action)(event);
  });
}
