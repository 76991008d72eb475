const NAME = "factcheck";
const KEPT = "kept";

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

  constructor(person, database = null) {
    this.#person = person;
    this.#database = database;
  }

  static async open(person, factory = globalThis.indexedDB) {
    const store = new Store(person, await opened(factory).catch(() => null));
    await store.#load();
    return store;
  }

  get(kind, id) {
    return this.#items.get(`${kind} ${id}`);
  }

  all(kind) {
    return [...this.#items].filter(([name]) => name.startsWith(`${kind} `)).map(([, item]) => item);
  }

  put(kind, id, item) {
    this.#items.set(`${kind} ${id}`, item);
    this.#write((kept) => kept.put(item, [this.#person, kind, id]));
  }

  drop(kind, id) {
    if (!this.#items.delete(`${kind} ${id}`)) return;
    this.#write((kept) => kept.delete([this.#person, kind, id]));
  }

  async #load() {
    if (!this.#database) return;
    const kept = this.#database.transaction(KEPT).objectStore(KEPT);
    const mine = IDBKeyRange.bound([this.#person], [this.#person, []]);
    const [keys, items] = await Promise.all([result(kept.getAllKeys(mine)), result(kept.getAll(mine))]);
    keys.forEach(([, kind, id], place) => this.#items.set(`${kind} ${id}`, items[place]));
  }

  #write(change) {
    if (this.#database) change(this.#database.transaction(KEPT, "readwrite").objectStore(KEPT));
  }
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
