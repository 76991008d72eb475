// Keep a copy of all that a desk has published: `node mirror.js https://HOST KEY FILE`.
//
// Kill it and start it again whenever you like: each line of FILE holds entries of the log together
// with the place up to which they go. A start puts all of it into one line.
const fs = require("node:fs");
const { setTimeout: sleep } = require("node:timers/promises");

const [host, key, file] = process.argv.slice(2);
const items = new Map();
let cursor = "";

function take({ results, next_cursor }) {
  for (const item of results) {
    if (item.kind === "retraction") items.delete(item.id);
    else items.set(item.id, item);
  }
  cursor = next_cursor;
}

function restore() {
  if (!fs.existsSync(file)) return;
  const lines = fs.readFileSync(file, "utf8").split("\n");
  for (const line of lines.slice(0, -1)) take(JSON.parse(line)); // after the last: nothing, or a cut line
  if (!cursor) return fs.unlinkSync(file);
  const whole = JSON.stringify({ results: [...items.values()], next_cursor: cursor });
  fs.writeFileSync(`${file}.new`, `${whole}\n`);
  fs.renameSync(`${file}.new`, file);
}

function stop(why) {
  console.error(why);
  process.exit(1);
}

function seconds(response, usual) {
  const told = response.headers.get("Retry-After"); // a date, if somebody on the way says so
  return /^[0-9]+$/.test(told) ? Number(told) : usual;
}

async function ask() {
  const place = cursor && `&cursor=${encodeURIComponent(cursor)}`;
  const options = { headers: { Authorization: `Api-Key ${key}` }, signal: AbortSignal.timeout(60_000) };
  const response = await fetch(`${host}/api/v1/changes/?wait=25${place}`, options);
  const passes = response.ok || response.status >= 500 || response.status === 429;
  if (!passes) stop(`The server says ${response.status}.`); // such as a revoked key
  if (!response.ok) return seconds(response, 5);
  const { results, next_cursor } = await response.json();
  if (results.length) fs.appendFileSync(file, `${JSON.stringify({ results, next_cursor })}\n`);
  take({ results, next_cursor });
  return seconds(response, 0);
}

async function follow() {
  for (;;) await sleep(1000 * (await ask().catch(() => 5)));
}

restore();
follow();
