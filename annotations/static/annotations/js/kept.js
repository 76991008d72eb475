const NAME = "factcheck";
const KEPT = "kept";
const FIELDS = [
  "rationale",
  "evidence_url",
  "evidence_title",
  "evidence_quote",
  "evidence_stance",
  "evidence_archived_url",
];
const TYPED = [...FIELDS.filter((name) => name !== "evidence_stance"), "comment"];

/**
 * What one person has in this browser and not yet on the server: writes, drafts, what was skipped.
 *
 * It is read once, then answers at once; every change goes to IndexedDB behind it. Where the browser
 * has none, it lasts as long as the page. Other people on the same browser have a part of their own.
 */
export class Store {
  #database;
  #person;
  #items = new Map();
  #unwritten = new Map();
  #isWriting = false;
  #tabs = null;
  #listeners = [];

  constructor(person, database = null) {
    this.#person = person;
    this.#database = database;
  }

  static async open(person, factory = globalThis.indexedDB) {
    const store = new Store(person, await opened(factory).catch(() => null));
    store.#joinTabs(); // before it is read: what is written meanwhile is not missed
    await store.#load();
    globalThis.addEventListener?.("pagehide", () => store.#flush()); // there is no later
    return store;
  }

  /** Hear of what another tab kept or dropped: `listener(kind, id)`. */
  follow(listener) {
    this.#listeners.push(listener);
  }

  get(kind, id) {
    return this.#items.get(`${kind} ${id}`);
  }

  all(kind) {
    return [...this.#items].filter(([name]) => name.startsWith(`${kind} `)).map(([, item]) => item);
  }

  put(kind, id, item) {
    this.#items.set(`${kind} ${id}`, item);
    this.#write(`${kind} ${id}`, (kept) => kept.put(item, [this.#person, kind, id]));
  }

  drop(kind, id) {
    if (!this.#items.delete(`${kind} ${id}`)) return;
    this.#write(`${kind} ${id}`, (kept) => kept.delete([this.#person, kind, id]));
  }

  async #load() {
    if (!this.#database) return;
    const kept = this.#database.transaction(KEPT).objectStore(KEPT);
    const mine = IDBKeyRange.bound([this.#person], [this.#person, []]);
    const [keys, items] = await Promise.all([result(kept.getAllKeys(mine)), result(kept.getAll(mine))]);
    keys.forEach(([, kind, id], place) => this.#items.set(`${kind} ${id}`, items[place]));
  }

  /** The tabs of one person know what is typed in the others, and do not write over it. */
  #joinTabs() {
    this.#tabs = globalThis.BroadcastChannel ? new BroadcastChannel(`${NAME} ${this.#person}`) : null;
    this.#tabs?.unref?.();
    this.#tabs?.addEventListener("message", ({ data: [name, item] }) => {
      if (item === undefined) this.#items.delete(name);
      else this.#items.set(name, item);
      for (const listener of this.#listeners) listener(...name.split(" "));
    });
  }

  /** Keep the latest of each, one transaction after the other: fast typing must not queue up. */
  #write(name, change) {
    if (!this.#database) return;
    this.#unwritten.set(name, change);
    queueMicrotask(() => this.#isWriting || this.#flush());
  }

  #flush() {
    const changes = [...this.#unwritten.values()];
    for (const name of this.#unwritten.keys()) this.#tabs?.postMessage([name, this.#items.get(name)]);
    this.#unwritten.clear();
    this.#isWriting = changes.length > 0;
    if (!this.#isWriting) return;
    const writing = this.#database.transaction(KEPT, "readwrite");
    for (const change of changes) change(writing.objectStore(KEPT));
    writing.oncomplete = writing.onabort = () => this.#flush();
    writing.commit(); // what the page asked for is done also when the page is gone
  }
}

/** What somebody typed for sentences and has not saved; lasts over reloads and crashes. */
export class Drafts {
  #store;

  constructor(store) {
    this.#store = store;
  }

  /** Keep what the form holds; `base` is the version that its writer began with. */
  keep(sentence, pairs, base) {
    const began = this.#store.get("draft", sentence)?.base;
    const kept = pairs.filter(([name]) => FIELDS.includes(name));
    this.#store.put("draft", sentence, { base: began ?? base, pairs: kept, stamp: stampOf(kept) });
  }

  /** Keep what was typed for one field of a form that is not there. */
  add(sentence, field, typed, base) {
    this.keep(sentence, added(this.of(sentence)?.pairs ?? [["rationale", ""]], field, typed), base);
  }

  /** Return { base, pairs, stamp }, or undefined where nothing is kept. */
  of(sentence) {
    return this.#store.get("draft", sentence);
  }

  /** Forget a draft once it is saved, but not if more was typed since: that builds on it. */
  saved({ kind, sentence, stamp }, version, versions = {}) {
    for (const [id, now] of Object.entries(versions)) {
      if (follows(now, this.of(id)?.base)) this.rebase(id, now);
    }
    const draft = this.of(sentence);
    if (kind !== "label" || !draft) return;
    if (draft.stamp === stamp) this.#store.drop("draft", sentence);
    else if (Number.isInteger(version)) this.rebase(sentence, version);
  }

  /** What a refused write took along is a draft again, built on what its writer is shown now. */
  refused({ kind, sentence, version, pairs }, answer) {
    const isComment = kind === "comment";
    if (isComment) this.keepComment(sentence, joined(pairs[0][1], this.commentOf(sentence)));
    if (kind !== "label") return;
    const typed = pairs.filter(([name]) => FIELDS.includes(name));
    if (typed.length > 0 && !this.of(sentence)) this.keep(sentence, typed, version);
    const shown = answer.querySelector("#opinion [name=version]")?.value;
    if (shown !== undefined) this.rebase(sentence, Number(shown));
  }

  /** What is typed is from now on meant for this version: its writer has seen it. */
  rebase(sentence, version) {
    const draft = this.of(sentence);
    if (draft) this.#store.put("draft", sentence, { ...draft, base: version });
  }

  /** All that was typed for a sentence, to be read. */
  wordsOf(sentence) {
    return wordsIn([...(this.of(sentence)?.pairs ?? []), ["comment", this.commentOf(sentence)]]);
  }

  discard(sentence) {
    this.#store.drop("draft", sentence);
  }

  keepComment(sentence, text) {
    if (text) this.#store.put("comment", sentence, text);
    else this.#store.drop("comment", sentence);
  }

  commentOf(sentence) {
    return this.#store.get("comment", sentence) ?? "";
  }
}

/** A form's pairs with more of the rationale, or with the address of one more piece of evidence. */
export function added(pairs, field, typed) {
  if (field === "evidence") return [...pairs, ...rowOf(typed)];
  return pairs.map(([name, value]) => [name, name === "rationale" ? value + typed : value]);
}

function rowOf(url) {
  const row = { evidence_url: url, evidence_stance: "supports" };
  return FIELDS.slice(1).map((name) => [name, row[name] ?? ""]);
}

/** Gather a form's pairs into the rationale and one object a row of evidence. */
export function group(pairs) {
  const draft = { rationale: "", evidence: [] };
  for (const [name, value] of pairs) {
    if (name === "rationale") draft.rationale = value;
    else if (name === "evidence_url") draft.evidence.push({ [name]: value });
    else if (draft.evidence.length > 0) draft.evidence.at(-1)[name] = value;
  }
  return draft;
}

/** Whether one's own step alone leads from a version to another: one more, or a label taken back. */
export function follows(now, seen) {
  return now === seen + 1 || now === 0;
}

/** What was typed first, and on a line of its own what was typed since. */
function joined(first, since) {
  return [first, since].filter(Boolean).join("\n");
}

function stampOf(pairs) {
  return JSON.stringify(pairs);
}

function opened(factory) {
  const request = factory.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(KEPT);
  return result(request);
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** What somebody typed of all that a form or a write holds, to be read. */
export function wordsIn(pairs) {
  const typed = pairs.filter(([name, value]) => TYPED.includes(name) && value);
  return typed.map(([, value]) => value).join("\n");
}
