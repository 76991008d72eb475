import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../annotations/static/annotations/js/saving.js";
import { Store } from "../../annotations/static/annotations/js/kept.js";

/** An outbox over a server that answers with these statuses, one after the other. */
function over(statuses, store = new Store("1")) {
  const log = [];
  const sent = [];
  const told = (name) => (write) => log.push(`${name} ${write.name}`);
  const send = async (write) => {
    const status = statuses.shift();
    log.push(`sent ${write.name}`);
    sent.push({ ...write });
    if (status === "cut") throw new TypeError("no network");
    return { status, html: "", version: sent.length };
  };
  const outbox = new Outbox(send, store);
  outbox.follow({ done: told("done"), refused: told("refused"), lost: told("lost") });
  return { log, sent, outbox };
}

test("writes go one after the other", async () => {
  const { log, outbox } = over([200, 200]);

  await Promise.all([outbox.add({ name: "a" }), outbox.add({ name: "b" })]);
  await outbox.retry();

  assert.deepEqual(log, ["sent a", "done a", "sent b", "done b"]);
});

test("a write that finds no server waits with all after it", async () => {
  const { log, outbox } = over(["cut"]);

  await Promise.all([outbox.add({ name: "a" }), outbox.add({ name: "b" })]);

  assert.deepEqual(log, ["sent a", "lost a"]);
  assert.equal(outbox.size, 2);
  assert.ok(outbox.isStalled);
});

test("what waits is sent in order on retry, under the same key", async () => {
  const { log, sent, outbox } = over([503, 200, 200]);
  await Promise.all([outbox.add({ name: "a" }), outbox.add({ name: "b" })]);

  await outbox.retry();

  assert.deepEqual(log.slice(2), ["sent a", "done a", "sent b", "done b"]);
  assert.equal(sent[0].key, sent[1].key);
  assert.notEqual(sent[1].key, sent[2].key);
  assert.ok(!outbox.isStalled);
});

test("an outbox that was left takes up where it stopped, in order", async () => {
  const store = new Store("1");
  const left = over(["cut"], store);
  await Promise.all(["a", "b", "c"].map((name) => left.outbox.add({ name })));

  const { log, sent, outbox } = over([200, 200, 200], store);
  await outbox.retry();

  assert.deepEqual(log, ["sent a", "done a", "sent b", "done b", "sent c", "done c"]);
  assert.equal(sent[0].key, left.sent[0].key);
  assert.deepEqual(store.all("write"), []);
});

for (const status of [401, 403, 429, 500, 503]) {
  test(`an answer of ${status} keeps what was to be saved`, async () => {
    const { outbox } = over([status]);

    await outbox.add({ name: "a" });

    assert.equal(outbox.size, 1);
  });
}

test("a refused write leaves the way free", async () => {
  const { log, outbox } = over([409, 200]);

  await Promise.all([outbox.add({ name: "a" }), outbox.add({ name: "b" })]);
  await outbox.retry();

  assert.deepEqual(log, ["sent a", "refused a", "sent b", "done b"]);
});

test("a second write about a sentence builds on what the first one made", async () => {
  const { sent, outbox } = over([200, 200]);

  await Promise.all([
    outbox.add({ name: "a", sentence: "7", version: 0 }),
    outbox.add({ name: "b", sentence: "7", version: null }),
  ]);
  await outbox.retry();

  assert.deepEqual(sent.map((one) => one.version), [0, 1]);
});

test("after a refusal the second builds on what both had seen, and is refused too", async () => {
  const { sent, outbox } = over([409, 409]);

  await Promise.all([
    outbox.add({ name: "a", sentence: "7", version: 3 }),
    outbox.add({ name: "b", sentence: "7", version: null }),
  ]);
  await outbox.retry();

  assert.deepEqual(sent.map((one) => one.version), [3, 3]);
});

/** An outbox with an undo under way that leaves sentence 7 at a version, and a label after it. */
async function afterUndo(left, { seen }) {
  const sent = [];
  const send = async (write) => {
    sent.push({ ...write });
    return { status: 200, html: "", versions: { 7: left } };
  };
  const outbox = new Outbox(send, new Store("1"));
  outbox.add({ kind: "step" });
  outbox.add({ kind: "label", sentence: "7", version: seen });
  await outbox.retry();
  while (outbox.size > 0) await null;
  return sent.at(-1).version;
}

test("a label after an undo builds on what the undo left, where nothing else came between", async () => {
  assert.equal(await afterUndo(2, { seen: 1 }), 2);
  assert.equal(await afterUndo(0, { seen: 1 }), 0);
  assert.equal(await afterUndo(5, { seen: 1 }), 1);
});
