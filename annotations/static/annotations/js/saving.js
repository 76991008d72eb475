import { Drafts, follows, Store, wordsIn } from "./kept.js";
import { clearProblem, showProblem } from "./problems.js";
import { parse, person, post } from "./server.js";

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 30000;
const KEEPS = ".workbench, [data-verdict], [data-controller~=unsent]"; // by drafts of their own
const REFUSED = "[data-refused], :has([aria-invalid=true])";
let opening = null;

/** What this page keeps and sends, { store, drafts, outbox }: made when first asked for. */
export function saving() {
  return (opening ??= open());
}

/** Show in the header what is not saved, and send what a page before this one left. */
export async function connect(header) {
  const { outbox } = await saving();
  let isLeavingInside = false;
  const show = () => {
    header.hidden = !outbox.isStalled;
    header.querySelector("[data-count]").textContent = outbox.size;
  };
  outbox.follow({
    changed: show,
    done: (write, answer) => {
      clearProblem("connection");
      if (write.kind === "rest" && write.page !== location.pathname) showLeft(write, answer);
    },
    lost: (write, answer) => showLost(answer),
    refused: (write, answer) => {
      clearProblem("connection");
      if (!document.getElementById(`s${write.sentence}`)) showRefusal(write, answer);
    },
  });
  header.querySelector("[data-retry]").addEventListener("click", () => outbox.retry());
  addEventListener("online", () => outbox.retry());
  addEventListener("focus", () => outbox.isStalled && outbox.retry());
  document.addEventListener("click", (event) => {
    isLeavingInside = event.target.closest("a")?.host === location.host;
  });
  addEventListener("beforeunload", (event) => {
    const isOnItsWay = isLeavingInside && !outbox.isStalled;
    if ((outbox.size > 0 && !isOnItsWay) || hasWords()) event.preventDefault();
  });
  document.addEventListener("input", ({ target }) => {
    if (target.form?.method === "post" || target.form?.hasAttribute("hx-post")) {
      target.form.dataset.typed = "";
    }
  });
  document.addEventListener("submit", ({ target }) => {
    if (!target.hasAttribute("hx-post")) target.dataset.leaves = "";
  });
  document.body.addEventListener("htmx:afterSwap", ({ target, detail: { xhr } }) => {
    if (![409, 422].includes(xhr.status)) return;
    for (const form of target.querySelectorAll("form[hx-post]")) form.dataset.refused = "";
  });
  outbox.retry();
}

/** Say why nothing gets through, and what to do; where one was logged out, with the way back in. */
export function showLost(answer) {
  const said = answer?.status === 401 && parse(answer.html).querySelector("[role=alert]");
  const { noConnection, tooOld } = document.getElementById("saving").dataset;
  const why = answer?.status === 403 ? tooOld : noConnection;
  showProblem("connection", ...(said ? said.childNodes : [why]));
}

/**
 * Say what was not saved and why, with the way to it: what was typed waits there.
 *
 * Where the sentence is gone, there is no way to it: what was typed is shown at once.
 */
export function showRefusal({ sentence, page, pairs }, answer) {
  const { notSaved, show, gone } = document.getElementById("saving").dataset;
  const isGone = answer.status === 404;
  const place = document.createElement(isGone ? "p" : "a");
  if (isGone) [place.className, place.textContent] = ["typed", wordsIn(pairs)];
  else [place.href, place.textContent] = [`${page === location.pathname ? "" : page}#s${sentence}`, show];
  const why = `${notSaved} ${isGone ? gone : reasonOf(answer)} `;
  showProblem(sentence ?? "step", why, ...(sentence && place.textContent ? [place] : []));
}

/** Say on another page what was not marked with the rest of an article. */
function showLeft({ page }, answer) {
  const left = parse(answer.html).querySelector("[data-left]");
  if (!left) return;
  const link = document.createElement("a");
  [link.href, link.textContent] = [page, document.getElementById("saving").dataset.open];
  showProblem("rest", `${left.textContent} `, link);
}

export function reasonOf(answer) {
  return parse(answer.html).querySelector("[role=alert]")?.textContent.trim() || `${answer.status}`;
}

/** The server took a form and led away from it: what was kept of it is done with. */
function settle(store) {
  const isLed = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  const from = isLed && document.referrer && new URL(document.referrer).pathname;
  if (from && store.get("form", from)?.isSent) store.drop("form", from);
}

/** Whether a form of the page holds words that only this page has, and nobody sends just now. */
function hasWords() {
  const forms = document.querySelectorAll(`main form:is([data-typed], ${REFUSED}):not([data-leaves])`);
  return [...forms].some((form) => !form.closest(KEEPS) && isUnsaved(form));
}

/** What a refused form shows is not what the server has, also where nothing was typed since. */
function isUnsaved(form) {
  const fields = [...form.querySelectorAll("textarea, input:is([type=text], [type=url])")];
  const isRefused = form.matches(REFUSED);
  return fields.some((one) => (isRefused ? one.value : one.value !== one.defaultValue));
}

/** The versions that an answer about many sentences gives, by sentence. */
function versionsIn(html) {
  const shown = [...parse(html).querySelectorAll(".sentence[id]")];
  return Object.fromEntries(shown.map((one) => [one.id.slice(1), Number(one.dataset.version)]));
}

async function open() {
  const store = await Store.open(person());
  settle(store);
  const [drafts, outbox] = [new Drafts(store), new Outbox(send, store)];
  outbox.follow({
    done: (write, answer) => drafts.saved(write, answer.version, answer.versions),
    refused: (write, answer) => drafts.refused(write, parse(answer.html)),
  });
  return { store, drafts, outbox };
}

async function send(write) {
  const body = new FormData();
  for (const [name, value] of write.pairs) body.append(name, value);
  if (Number.isInteger(write.version)) body.set("version", write.version);
  const answer = await post(write.url, body, { "Idempotency-Key": write.key });
  const isOfMany = write.kind === "rest" || write.kind === "step";
  return isOfMany ? { ...answer, versions: versionsIn(answer.html) } : answer;
}

/**
 * Writes on their way to the server, one after the other, so that each can build on the one before.
 *
 * Each has a key under which the server does it once, however often it is sent, and is kept in the
 * store until it is answered. A write that cannot be delivered stays, with all after it; it is sent
 * again after a pause that grows, except where one has to log in first.
 */
export class Outbox {
  #send;
  #store;
  #waiting;
  #listeners = [];
  #isBusy = false;
  #timer = 0;
  #pause = FIRST_PAUSE_MS;
  isStalled = false;

  constructor(send, store) {
    this.#send = send;
    this.#store = store;
    this.#waiting = store.all("write").sort((one, other) => one.order - other.order);
  }

  get size() {
    return this.#waiting.length;
  }

  get waiting() {
    return [...this.#waiting];
  }

  /** Hear of writes: { done, refused, lost, changed }, each optional. */
  follow(listener) {
    this.#listeners.push(listener);
  }

  /** Take a write. With `version: null` it builds on the one before it about the same sentence. */
  add(write) {
    const order = Math.max(Date.now(), (this.#waiting.at(-1)?.order ?? 0) + 1);
    const kept = { key: newKey(), order, ...write };
    this.#waiting.push(kept);
    this.#store.put("write", kept.key, kept);
    this.#tell("changed");
    return this.#deliver();
  }

  retry() {
    return this.#deliver();
  }

  async #deliver() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.isStalled = false;
    clearTimeout(this.#timer);
    while (this.#waiting.length > 0 && !this.isStalled) await this.#deliverFirst();
    this.#isBusy = false;
    this.#tell("changed");
  }

  async #deliverFirst() {
    const [write] = this.#waiting;
    const answer = await this.#send(write).catch(() => ({ status: 0, html: "" }));
    if ([0, 401, 403, 429].includes(answer.status) || answer.status >= 500) {
      this.isStalled = true;
      if (answer.status !== 401) this.#sendLater();
      this.#tell("lost", write, answer);
      return;
    }
    this.#pause = FIRST_PAUSE_MS;
    const isDone = answer.status < 300;
    this.#waiting.shift();
    this.#store.drop("write", write.key);
    const { version, versions } = isDone ? answer : write;
    for (const id of sentencesOf(write)) this.#buildOn(id, versions?.[id] ?? version);
    if (isDone && write.kind === "step") this.#followStep(versions ?? {});
    this.#tell(isDone ? "done" : "refused", write, answer);
    this.#tell("changed");
  }

  /** The next write about the sentence changes what this one left. */
  #buildOn(sentence, version) {
    const next = this.#waiting.find((one) => one.sentence === sentence && one.version === null);
    if (!next || !Number.isInteger(version)) return;
    next.version = version;
    this.#store.put("write", next.key, next);
  }

  /** What one meant to come after an undo changes what that left, where nothing else came between. */
  #followStep(versions) {
    for (const [sentence, version] of Object.entries(versions)) {
      const next = this.#waiting.find((one) => one.sentence === sentence);
      if (!Number.isInteger(next?.version) || !follows(version, next.version)) continue;
      next.version = version;
      this.#store.put("write", next.key, next);
    }
  }

  #sendLater() {
    this.#timer = setTimeout(() => this.#deliver(), this.#pause);
    this.#timer.unref?.();
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE_MS);
  }

  #tell(what, ...about) {
    for (const listener of this.#listeners) listener[what]?.(...about);
  }
}

/** What a write is about: one sentence, or many. */
export function sentencesOf({ sentence, sentences }) {
  return sentences ?? [sentence];
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
