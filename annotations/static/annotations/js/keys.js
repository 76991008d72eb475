const FIELDS = "input, textarea, select, [contenteditable]";
const SEQUENCE_MS = 1000;
const REST_MS = 1500;
const LOOK_MS = 50;
const handlers = new Map();
const waiting = [];
let held = null;
let pressed = null;

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
export function resolve(key, prefix, bindings, { isField = false } = {}) {
  if (!key) return {};
  const typed = prefix ? `${prefix} ${key}` : key;
  const usable = isField ? bindings.filter((one) => one.inFields) : bindings;
  const found = usable.find((one) => one.keys.includes(typed));
  if (found) return { action: found.action };
  if (usable.some((one) => one.keys.some((keys) => keys.startsWith(`${typed} `)))) {
    return { prefix: typed };
  }
  return prefix ? resolve(key, "", bindings, { isField }) : {};
}

/**
 * Keep what is typed from now on until the field it is meant for is there.
 *
 * Returns a function that ends this and gives `typed`, the characters, and `after`, the key presses
 * from the first that leaves the field.
 */
export function holdKeys() {
  const mine = { typed: "", after: [], at: performance.now() };
  held = mine;
  return () => {
    held = null;
    return mine;
  };
}

/** Wait until nobody types any more what is held: else the rest of a word would be taken for keys. */
export async function rested() {
  while (held?.after.length === 0 && performance.now() - held.at < REST_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Take one key press into what is held; what the browser itself acts on is left to it. */
export function keepKey(event, kept) {
  const chord = spell(event);
  const isLeaving = chord === "Escape" || chord === "Ctrl+Enter" || kept.after.length > 0;
  if (!chord || (chord.startsWith("Ctrl+") && !isLeaving)) return;
  event.preventDefault();
  if (isLeaving) kept.after.push({ key: event.key, ctrlKey: event.ctrlKey });
  else if (chord === "Backspace") kept.typed = kept.typed.slice(0, -1);
  else if (chord.length === 1) kept.typed += chord;
}

/** Turn key presses into actions, for the whole page. */
export function listen(page) {
  const bindings = bindingsOf(page);
  let prefix = "";
  let timer = 0;
  page.addEventListener("pointerdown", (event) => (pressed = event.button ? null : event.target));
  for (const name of ["pointerup", "pointercancel", "contextmenu"]) page.addEventListener(name, letGo);
  addEventListener("blur", letGo);
  page.addEventListener("keydown", (event) => {
    if (held) {
      held.at = performance.now();
      return keepKey(event, held);
    }
    if (event.defaultPrevented || page.querySelector("dialog[open]")) return;
    const isField = Boolean(event.target.closest?.(FIELDS));
    const here = bindings.filter((one) => handlers.has(one.action));
    const meaning = resolve(spell(event), prefix, here, { isField });
    clearTimeout(timer);
    prefix = meaning.prefix ?? "";
    timer = setTimeout(() => (prefix = ""), SEQUENCE_MS);
    if (!handlers.has(meaning.action)) return;
    event.preventDefault();
    handlers.get(meaning.action)(event);
  });
}

/** Whether something in a place is held down just now: its click comes when it is let go. */
export function isPressed(place) {
  return place.contains(pressed);
}

/** Change a place once nothing in it is pressed: a button that goes meanwhile hears no click. */
export function whenLetGo(place, change) {
  if (isPressed(place)) waiting.push(change);
  else change();
}

/** The click comes right after, and first. */
function letGo() {
  setTimeout(() => {
    pressed = null;
    for (const change of waiting.splice(0)) change();
  });
}

/** Read the keys from the help: it lists those of the person whose page this is. */
function bindingsOf(page) {
  return [...page.querySelectorAll("#keys [data-action]")].map(({ dataset }) => ({
    action: dataset.action,
    keys: JSON.parse(dataset.keys),
    inFields: "inFields" in dataset,
  }));
}

/** Click a button for a key: a fast typist is there before htmx has made a new form its own. */
export function press(button) {
  if (!button) return;
  globalThis.htmx?.process(button.form ?? button);
  button.click();
}

/** Type what was held into a field. */
export function typeInto(field, typed) {
  if (typed) replaceIn(field, field.value + typed);
}

function replaceIn(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Press a key that was held; the browser itself would only type a real one into a field. */
export function pressAgain(key) {
  const field = document.activeElement;
  const isTyping = field.matches("input, textarea") && !key.ctrlKey;
  if (isTyping && key.key === "Backspace") return replaceIn(field, field.value.slice(0, -1));
  if (isTyping && key.key.length === 1) return replaceIn(field, field.value + key.key);
  const press = new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true });
  field.dispatchEvent(press);
}

/** In which field of a place one is, and where in it; null where one is in none. */
export function placeOfFocus(root) {
  const index = fieldsOf(root).indexOf(document.activeElement);
  if (index < 0) return null;
  const { selectionStart, selectionEnd, readOnly, value } = document.activeElement;
  return { index, selectionStart, selectionEnd, words: readOnly && value };
}

/** Go to the same field of a place that was drawn anew; where its words are read, if they stand. */
export function returnFocus(root, { index, selectionStart, selectionEnd, words }) {
  const field = fieldsOf(root)[index];
  if (!field || (words && field.value !== words)) return;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  if (selectionStart !== null) field?.setSelectionRange?.(selectionStart, selectionEnd);
}

function fieldsOf(root) {
  return [...root.querySelectorAll("input, textarea, select")].filter((one) => one.type !== "hidden");
}
