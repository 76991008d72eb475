import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../annotations/static/annotations/js/outbox.js";

/** An outbox over a server that answers with these statuses, one after the other. */
function over(statuses) {
  const log = [];
  const told = (name) => (write) => log.push(`${name} ${write.name}`);
  const send = async (write) => {
    const status = statuses.shift();
    log.push(`sent ${write.name}`);
    if (status === "cut") throw new TypeError("no network");
    return { status, html: "" };
  };
  const hooks = { onDone: told("done"), onRefused: told("refused"), onLost: told("lost") };
  return { log, outbox: new Outbox(send, { ...hooks, onChange: () => {} }) };
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

test("what waits is sent in order on retry", async () => {
  const { log, outbox } = over([503, 200, 200]);
  await Promise.all([outbox.add({ name: "a" }), outbox.add({ name: "b" })]);

  await outbox.retry();

  assert.deepEqual(log.slice(2), ["sent a", "done a", "sent b", "done b"]);
  assert.ok(!outbox.isStalled);
});

test("an ended session keeps what was to be saved", async () => {
  const { outbox } = over([401]);

  await outbox.add({ name: "a" });

  assert.equal(outbox.size, 1);
});

test("a refused write leaves the way free", async () => {
  const { log, outbox } = over([409, 200]);

  await Promise.all([outbox.add({ name: "a" }), outbox.add({ name: "b" })]);
  await outbox.retry();

  assert.deepEqual(log, ["sent a", "refused a", "sent b", "done b"]);
});

test("a write that must not be doubled is not sent again", async () => {
  const { log, outbox } = over(["cut"]);

  await outbox.add({ name: "undo", once: true });

  assert.deepEqual(log, ["sent undo", "lost undo"]);
  assert.equal(outbox.size, 0);
});

test("the latest write about a sentence is known until it is confirmed", async () => {
  const { outbox } = over(["cut"]);

  await Promise.all([
    outbox.add({ name: "a", sentence: "7", label: "verified" }),
    outbox.add({ name: "b", sentence: "7", label: "disputed" }),
  ]);

  assert.equal(outbox.latestOf("7").label, "disputed");
  assert.equal(outbox.latestOf("8"), undefined);
});
