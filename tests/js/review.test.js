import assert from "node:assert/strict";
import { test } from "node:test";

import { nextToReview } from "../../annotations/static/annotations/js/review.js";

const card = (isWaiting, hasProblem = false) => ({
  matches: () => isWaiting,
  querySelector: () => (hasProblem ? {} : null),
});

test("after a step the next waiting verdict is current", () => {
  const cards = [card(true), card(false), card(false), card(true)];

  assert.equal(nextToReview(cards, cards[1]), cards[3]);
});

test("the search goes round", () => {
  const cards = [card(true), card(false)];

  assert.equal(nextToReview(cards, cards[1]), cards[0]);
});

test("a refused verdict stays current", () => {
  const cards = [card(true, true), card(true)];

  assert.equal(nextToReview(cards, cards[0]), cards[0]);
});
