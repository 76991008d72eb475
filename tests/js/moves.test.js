import assert from "node:assert/strict";
import { test } from "node:test";

import { inOrder, nextUndecided, step } from "../../annotations/static/annotations/js/sheet.js";

const row = (index, more = {}) => ({ id: `r${index}`, index, ...more });
const rows = [row(2), row(4), row(8)];

test("a step goes to the neighbour in the list", () => {
  assert.equal(step(rows, row(4), 1), "r8");
  assert.equal(step(rows, row(4), -1), "r2");
});

test("a step stays at either end", () => {
  assert.equal(step(rows, row(8), 1), "r8");
  assert.equal(step(rows, row(2), -1), "r2");
});

test("a step from outside the list goes to the nearest that way", () => {
  assert.equal(step(rows, row(5), 1), "r8");
  assert.equal(step(rows, row(5), -1), "r4");
  assert.equal(step(rows, row(9), 1), "r9");
});

test("the next to decide comes after the one left", () => {
  assert.equal(nextUndecided(rows, row(4)), "r8");
});

test("the next to decide goes round once", () => {
  assert.equal(nextUndecided([row(2), row(4), row(8, { isDecided: true })], row(4)), "r2");
});

test("decided rows are passed over", () => {
  assert.equal(nextUndecided([row(2), row(4, { isDecided: true }), row(8)], row(2)), "r8");
});

test("skipped rows come last", () => {
  const some = [row(2), row(4, { isSkipped: true }), row(8)];

  assert.equal(nextUndecided(some, row(2)), "r8");
  assert.equal(nextUndecided([row(2, { isDecided: true }), some[1]], row(2)), "r4");
});

test("nothing is next when all is decided", () => {
  assert.equal(nextUndecided([row(2, { isDecided: true })], row(2)), null);
  assert.equal(nextUndecided([], row(2)), null);
});

test("the next from outside the list follows the text", () => {
  assert.equal(nextUndecided(rows, row(5)), "r8");
});

test("score order puts the highest first, reading order the first", () => {
  const scored = [row(1, { score: 0.5 }), row(2, { score: 0.9 }), row(3, { score: 0.9 })];

  assert.deepEqual(inOrder(scored, "score").map((one) => one.index), [2, 3, 1]);
  assert.deepEqual(inOrder(scored, "text").map((one) => one.index), [1, 2, 3]);
});
