import assert from "node:assert/strict";
import { test } from "node:test";

import { forget, group, recall } from "../../annotations/static/annotations/js/drafts.js";
import { csrfToken } from "../../annotations/static/annotations/js/server.js";

function storage(kept = {}) {
  const items = new Map(Object.entries(kept));
  return {
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => items.delete(key),
  };
}

test("a draft comes back as rationale and rows of evidence", () => {
  const pairs = [
    ["rationale", "Because"],
    ["evidence_url", "https://a.example"],
    ["evidence_title", "A"],
    ["evidence_url", ""],
    ["evidence_quote", "words"],
  ];

  assert.deepEqual(group(pairs), {
    rationale: "Because",
    evidence: [
      { evidence_url: "https://a.example", evidence_title: "A" },
      { evidence_url: "", evidence_quote: "words" },
    ],
  });
});

test("a sentence without a draft has none", () => {
  assert.equal(recall("7", storage()), null);
});

test("a forgotten draft is gone", () => {
  const kept = storage({ "factcheck:draft:7": '[["rationale", "Because"]]' });

  forget("7", kept);

  assert.equal(recall("7", kept), null);
});

test("the token is found among other cookies", () => {
  assert.equal(csrfToken("a=1; factcheck_csrf=abc; b=2"), "abc");
  assert.equal(csrfToken("not_factcheck_csrf=abc"), "");
});
