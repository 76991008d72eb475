import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts, group, Store } from "../../annotations/static/annotations/js/kept.js";
import { csrfToken } from "../../annotations/static/annotations/js/server.js";

const drafts = () => new Drafts(new Store("1"));
const SAID = [["rationale", "Because"]];
const refusal = (version) => ({ querySelector: () => (version === null ? null : { value: version }) });

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
  assert.equal(drafts().of("7"), undefined);
});

test("a draft remembers the version that its writer began with", () => {
  const kept = drafts();

  kept.keep("7", SAID, 2);
  kept.keep("7", [["rationale", "Because of"]], 5);

  assert.equal(kept.of("7").base, 2);
});

test("a saved draft is gone", () => {
  const kept = drafts();
  kept.keep("7", SAID, 0);

  kept.saved({ kind: "label", sentence: "7", stamp: kept.of("7").stamp }, 1);

  assert.equal(kept.of("7"), undefined);
});

test("what was typed after the label was sent stays, and builds on it", () => {
  const kept = drafts();
  kept.keep("7", SAID, 0);
  const { stamp } = kept.of("7");
  kept.keep("7", [["rationale", "Because of that"]], 0);

  kept.saved({ kind: "label", sentence: "7", stamp }, 1);

  assert.deepEqual(kept.of("7").pairs, [["rationale", "Because of that"]]);
  assert.equal(kept.of("7").base, 1);
});

test("a comment that was sent leaves the draft of the rationale alone", () => {
  const kept = drafts();
  kept.keep("7", SAID, 0);

  kept.saved({ kind: "comment", sentence: "7" }, Number.NaN);

  assert.deepEqual(kept.of("7").pairs, SAID);
});

test("what a refused write took along is a draft again", () => {
  const kept = drafts();
  const write = { kind: "label", sentence: "7", version: 1, pairs: [["label", "verified"], ...SAID] };

  kept.refused(write, refusal("4"));

  assert.deepEqual(kept.of("7").pairs, SAID);
  assert.equal(kept.of("7").base, 4);
});

test("a refused comment is back in its field", () => {
  const kept = drafts();

  kept.refused({ kind: "comment", sentence: "7", pairs: [["comment", "Why?"]] }, refusal(null));

  assert.equal(kept.commentOf("7"), "Why?");
});

test("the token is found among other cookies", () => {
  assert.equal(csrfToken("a=1; factcheck_csrf=abc; b=2"), "abc");
  assert.equal(csrfToken("not_factcheck_csrf=abc"), "");
});

test("what was typed for a form that did not come is kept in its own field", () => {
  const kept = drafts();

  kept.add("7", "rationale", "Seen", 1);
  kept.add("7", "evidence", "https://a.example", 1);
  kept.add("7", "rationale", " twice", 1);

  const { rationale, evidence } = group(kept.of("7").pairs);
  assert.equal(rationale, "Seen twice");
  assert.deepEqual(evidence.map((one) => [one.evidence_url, one.evidence_stance]), [
    ["https://a.example", "supports"],
  ]);
});

test("a draft follows one's own undo, and nothing that came from elsewhere", () => {
  const kept = drafts();
  for (const id of ["7", "8"]) kept.keep(id, [["rationale", "Hm."]], 1);

  kept.saved({ kind: "step" }, Number.NaN, { 7: 2, 8: 4 });

  assert.deepEqual([kept.of("7").base, kept.of("8").base], [2, 1]);
});

test("a comment that was refused stands before what was typed since", () => {
  const kept = drafts();
  kept.keepComment("7", "Second.");

  kept.refused({ kind: "comment", sentence: "7", pairs: [["comment", "First."]] }, refusal(null));

  assert.equal(kept.commentOf("7"), "First.\nSecond.");
});
