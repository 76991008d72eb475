import assert from "node:assert/strict";
import { test } from "node:test";

import { keepKey, resolve, spell } from "../../annotations/static/annotations/js/keys.js";

const BINDINGS = [
  { action: "next-sentence", keys: ["J"] },
  { action: "verified", keys: ["v"] },
  { action: "queue", keys: ["g q"] },
  { action: "save", keys: ["Ctrl+Enter"], inFields: true },
];

const press = (key, more = {}) => ({ key, getModifierState: () => false, ...more });

test("a letter means its action", () => {
  assert.deepEqual(resolve(spell(press("v")), "", BINDINGS), { action: "verified" });
});

test("shift makes another letter", () => {
  assert.deepEqual(resolve(spell(press("J", { shiftKey: true })), "", BINDINGS), { action: "next-sentence" });
});

test("a sequence waits for its second key", () => {
  assert.deepEqual(resolve("g", "", BINDINGS), { prefix: "g" });
  assert.deepEqual(resolve("q", "g", BINDINGS), { action: "queue" });
});

test("a key that does not go on with a sequence stands for itself", () => {
  assert.deepEqual(resolve("v", "g", BINDINGS), { action: "verified" });
});

test("letters are left to fields, saving is not", () => {
  assert.deepEqual(resolve("v", "", BINDINGS, { isField: true }), {});
  assert.deepEqual(resolve("g", "", BINDINGS, { isField: true }), {});
  assert.deepEqual(resolve("Ctrl+Enter", "", BINDINGS, { isField: true }), { action: "save" });
});

test("modifiers other than shift are left to the browser", () => {
  assert.deepEqual(resolve(spell(press("v", { ctrlKey: true })), "", BINDINGS), {});
  assert.deepEqual(resolve(spell(press("d", { metaKey: true })), "", BINDINGS), {});
  assert.equal(spell(press("v", { altKey: true })), "");
});

test("AltGr types a character", () => {
  assert.equal(spell(press("]", { getModifierState: (name) => name === "AltGraph" })), "");
});

test("composing and dead keys are not for us", () => {
  assert.equal(spell(press("n", { isComposing: true })), "");
  assert.equal(spell(press("Dead")), "");
  assert.equal(spell(press("Process")), "");
});

test("what is typed too early is kept, then the keys that leave the field", () => {
  const kept = { typed: "", after: [] };
  const keys = ["V", "Shift", "i", "x", "Backspace", "a", "Escape", "v"];

  for (const key of keys) keepKey(press(key, { preventDefault: () => {} }), kept);

  assert.equal(kept.typed, "Via");
  assert.deepEqual(kept.after.map((one) => one.key), ["Escape", "v"]);
});
