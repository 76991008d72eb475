import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document ??= { cookie: "" };
const { codePoints } = await import("../../annotations/static/annotations/js/cutting.js");

test("a place counts code points, not UTF-16 units", () => {
  assert.equal(codePoints("🙂 et 🙂.", 0), 0);
  assert.equal(codePoints("🙂 et 🙂.", 3), 2);
  assert.equal(codePoints("🙂 et 🙂.", 9), 7);
});
