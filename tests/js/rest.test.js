import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../annotations/static/annotations/js/saving.js";
import { Store } from "../../annotations/static/annotations/js/kept.js";
import { part } from "../../annotations/static/annotations/js/rest.js";

const row = (id, more = {}) => ({ id, mark: "", version: 0, isDecided: false, isSkipped: false, ...more });
const nobody = { isTyped: () => false, isPending: () => false };

test("what nobody decided is left", () => {
  const rows = [row("1"), row("2", { isDecided: true }), row("3", { mark: "dismissed" })];

  assert.deepEqual(part(rows, nobody), { ids: ["1", "3"], held: {} });
});

test("what waits for a look of its own is held, each for one reason", () => {
  const rows = [
    row("1", { isSkipped: true, version: 2 }),
    row("2", { isSkipped: true }),
    row("3", { version: 2, mark: "verified" }),
    row("4"),
    row("5", { mark: "disputed" }),
    row("6", { mark: "contested" }),
  ];

  const { ids, held } = part(rows, { ...nobody, isTyped: (id) => id === "4" });

  assert.deepEqual(ids, []);
  assert.deepEqual(held, { skipped: 2, returned: 1, typed: 1, labelled: 2 });
});

test("what is on its way is neither", () => {
  assert.deepEqual(part([row("1")], { ...nobody, isPending: () => true }), { ids: [], held: {} });
});

test("one press takes no more than the server does", () => {
  const rows = Array.from({ length: 501 }, (_, number) => row(`${number}`));

  assert.equal(part(rows, nobody).ids.length, 500);
});

for (const [status, version] of [[200, 5], [422, 3]]) {
  test(`a label after a step of many builds on what it left, also after ${status}`, async () => {
    const sent = [];
    const send = async (write) => {
      sent.push({ ...write });
      return { status: sent.length === 1 ? status : 200, html: "", versions: { 7: 5, 8: 1 } };
    };
    const outbox = new Outbox(send, new Store("1"));

    await Promise.all([
      outbox.add({ sentences: ["7", "8"], versions: { 7: 3, 8: 0 } }),
      outbox.add({ sentence: "7", version: null }),
    ]);
    await outbox.retry();

    assert.equal(sent[1].version, version);
  });
}
