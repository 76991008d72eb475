import * as drafts from "./drafts.js";
import * as evidence from "./evidence.js";
import { get, parse } from "./server.js";

const SETTLE_MS = 80;

/** The pane that shows one sentence: loads, remembers and swaps its fragment, keeps its draft. */
export class Inspector {
  #root;
  #url;
  #known = new Map();
  #asked = null;
  #timer = 0;
  sentence = "";

  constructor(root, url) {
    this.#root = root;
    this.#url = url;
    evidence.connect(root);
    root.addEventListener("input", () => this.#keepDraft());
  }

  get form() {
    return this.#root.querySelector("#opinion");
  }

  /** Whether the pane shows this sentence already, not still the one before. */
  shows(sentence) {
    return this.#root.querySelector("#inspector")?.dataset.sentence === sentence;
  }

  hasDraft(sentence) {
    return drafts.recall(sentence) !== null;
  }

  /** Show a sentence: at once if it is known, else as soon as the selection rests on it. */
  async show(sentence) {
    this.sentence = sentence;
    clearTimeout(this.#timer);
    if (this.#known.has(sentence)) return this.#swap(sentence);
    await new Promise((resolve) => (this.#timer = setTimeout(resolve, SETTLE_MS)));
    return this.#known.has(sentence) ? this.#swap(sentence) : this.#load(sentence);
  }

  /** Load a sentence before it is asked for. */
  prefetch(sentence) {
    if (sentence && !this.#known.has(sentence)) this.#fetch(sentence).catch(() => {});
  }

  /** Take a fragment that came with an answer. */
  take(sentence, html) {
    this.#known.set(sentence, html);
    if (sentence === this.sentence) this.#swap(sentence);
  }

  forget(sentence) {
    this.#known.delete(sentence);
  }

  /** Take what a colleague changed: the form, and whoever types in it, are left alone. */
  hear(sentence, fragment, { isStale }) {
    this.forget(sentence);
    if (!this.shows(sentence)) return;
    for (const id of ["inspector-head", "colleagues"]) {
      const fresh = fragment.querySelector(`#${id}`);
      if (fresh) this.#root.querySelector(`#${id}`)?.replaceWith(document.importNode(fresh, true));
    }
    if (isStale) this.#load(sentence);
  }

  /** What the form holds now, for the server. */
  typed() {
    const data = new FormData(this.form);
    data.delete("version");
    return data;
  }

  focusRationale() {
    this.#root.querySelector("#rationale")?.focus();
  }

  /** Go to the first address that is still empty, in a new row where there is none. */
  focusEvidence() {
    if (!this.form) return;
    const empty = [...this.form.querySelectorAll('[name="evidence_url"]')].find((one) => !one.value);
    (empty ?? evidence.addressOf(evidence.addRow(this.form))).focus();
  }

  async #load(sentence) {
    this.#asked?.abort();
    this.#asked = new AbortController();
    try {
      const isNews = await this.#fetch(sentence, this.#asked.signal);
      const isWanted = sentence === this.sentence && (isNews || !this.shows(sentence));
      if (isWanted) this.#swap(sentence);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  /** Ask for a sentence; an answer to a write that came meanwhile is newer and stays. */
  async #fetch(sentence, signal) {
    const { status, html } = await get(this.#url(sentence), { signal });
    if (status !== 200 || this.#known.has(sentence)) return false;
    this.#known.set(sentence, html);
    return true;
  }

  #swap(sentence) {
    const fresh = parse(this.#known.get(sentence) ?? "").querySelector("#inspector");
    if (!fresh) return;
    const isSame = this.shows(sentence);
    const focused = isSame && placeOfFocus(this.form);
    this.#root.querySelector("#inspector").replaceWith(document.importNode(fresh, true));
    if (!isSame) this.#root.scrollTop = 0;
    this.#restoreDraft(sentence);
    if (focused) returnFocus(this.form, focused);
    this.#root.dispatchEvent(new CustomEvent("inspector:shown", { detail: { sentence } }));
  }

  #keepDraft() {
    if (this.form) drafts.keep(this.sentence, this.form);
  }

  #restoreDraft(sentence) {
    const draft = this.form && drafts.recall(sentence);
    if (!draft) return;
    this.form.querySelector("#rationale").value = draft.rationale;
    this.form.querySelector("[data-evidence-rows]").replaceChildren();
    for (const item of draft.evidence) {
      const row = evidence.addRow(this.form);
      for (const [name, value] of Object.entries(item)) {
        row.querySelector(`[name="${name}"]`).value = value;
      }
    }
  }
}

/** Where one is typing: which field, and the selection in it. */
function placeOfFocus(form) {
  const field = form?.contains(document.activeElement) ? document.activeElement : null;
  if (!field?.name) return null;
  const { selectionStart, selectionEnd } = field;
  return { index: [...form.elements].indexOf(field), selectionStart, selectionEnd };
}

function returnFocus(form, { index, selectionStart, selectionEnd }) {
  const field = form?.elements[index];
  field?.focus();
  if (selectionStart !== null) field?.setSelectionRange?.(selectionStart, selectionEnd);
}
