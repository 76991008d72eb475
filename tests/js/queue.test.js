import assert from "node:assert/strict";
import { test } from "node:test";

import { range } from "../../annotations/static/annotations/js/queue.js";

const rows = ["a", "b", "c", "d"];

test("a range goes down or up", () => {
  assert.deepEqual(range(rows, 1, 3), ["b", "c", "d"]);
  assert.deepEqual(range(rows, 2, 0), ["a", "b", "c"]);
});

test("without a beginning only the end is taken", () => {
  assert.deepEqual(range(rows, -1, 2), ["c"]);
});
