import { group } from "./kept.js";
import * as evidence from "./evidence.js";
import { placeOfFocus, returnFocus, whenLetGo } from "./keys.js";
import { get, parse } from "./server.js";

const SETTLE_MS = 80;
const UNSEEN_MS = 100;
const UNDECIDED = ".sentence[data-candidate]:not([data-decided])";

/** The pane that shows one sentence: loads, remembers and swaps its fragment, keeps its draft. */
export class Inspector {
  #root;
  #url;
  #drafts;
  #known = new Map();
  #coming = new Map();
  #asked = null;
  #drawn = null;
  #timer = 0;
  #movedAt = -SETTLE_MS;
  #isComposing = false;
  #isScrolled = false;
  sentence = "";
  isAway = false;

  constructor(root, url, drafts) {
    this.#root = root;
    this.#url = url;
    this.#drafts = drafts;
    evidence.connect(root);
    root.addEventListener("input", (event) => this.#keep(event.target));
    root.addEventListener("compositionstart", () => (this.#isComposing = true));
    root.addEventListener("compositionend", () => this.#composed());
    root.addEventListener("scroll", () => (this.#isScrolled = true), { passive: true });
  }

  get form() {
    return this.#root.querySelector("#opinion");
  }

  /** Whether the pane shows this sentence already, not still the one before. */
  shows(sentence) {
    return this.shown === sentence;
  }

  /** The sentence in the pane; while another loads it is still the one before. */
  get shown() {
    return this.#root.querySelector("#inspector")?.dataset.sentence ?? "";
  }

  /** Show a sentence after the next paint; while the selection moves fast, where it comes to rest. */
  async show(sentence) {
    this.sentence = sentence;
    clearTimeout(this.#timer);
    this.#root.setAttribute("aria-busy", `${!this.shows(sentence)}`);
    const isHurried = performance.now() - this.#movedAt < SETTLE_MS;
    this.#movedAt = performance.now();
    await (this.#known.has(sentence) || !isHurried ? painted() : this.#settled());
    if (sentence !== this.sentence) return;
    if (!this.#known.has(sentence)) await this.#load(sentence);
    else if (this.#known.get(sentence) !== this.#drawn) this.#swap(sentence);
  }

  /** Load a sentence before it is asked for. */
  prefetch(sentence) {
    const isAsked = this.#known.has(sentence) || this.#coming.has(sentence);
    if (sentence && !isAsked) this.expect(sentence, get(this.#url(sentence)));
  }

  /** Take the answer that is on its way: whoever wants the sentence meanwhile waits for the same. */
  expect(sentence, answer) {
    this.#coming.set(sentence, answer);
    this.#fetch(sentence).catch(() => this.#coming.delete(sentence));
  }

  /** Take a fragment that came with an answer. */
  take(sentence, fragment) {
    this.#known.set(sentence, fragment.querySelector("#inspector"));
    if (sentence === this.sentence) this.#swap(sentence);
  }

  forget(sentence) {
    this.#known.delete(sentence);
    this.#coming.delete(sentence);
  }

  /** What was fetched before the sentences were cut anew is not true any more; conflicts stay. */
  forgetAll() {
    for (const [id, known] of this.#known) if (!known.querySelector(".sides")) this.#known.delete(id);
    this.#coming.clear();
  }

  /**
   * Take what a colleague changed: the form, and whoever types in it, are left alone. What lies side by
   * side after a conflict stays until it is decided, also where the news comes after the refusal.
   */
  hear(sentence, fragment, { isStale }) {
    if (!this.#known.get(sentence)?.querySelector(".sides")) this.forget(sentence);
    if (!this.shows(sentence)) return;
    for (const id of ["inspector-head", "colleagues"]) {
      const fresh = fragment.querySelector(`#${id}`);
      if (fresh) this.#root.querySelector(`#${id}`)?.replaceWith(document.importNode(fresh, true));
    }
    if (isStale && sentence === this.sentence) this.#load(sentence).catch(() => {});
  }

  /** What the form holds now, for the server. */
  typed() {
    return [...new FormData(this.form)].filter(([name]) => name !== "version");
  }

  get version() {
    return Number(this.form?.elements.version.value ?? 0);
  }

  /** Say that the selected sentence cannot be loaded now, with its labels and what is kept for it. */
  away(sentence, kept) {
    const labels = this.#root.querySelector(".opinion__labels")?.cloneNode(true);
    for (const button of labels?.children ?? []) button.setAttribute("aria-pressed", "false");
    const away = document.getElementById("inspector-away").content.firstElementChild.cloneNode(true);
    away.append(...(labels ? [labels] : []));
    away.querySelector("[data-kept]").hidden = !kept;
    away.querySelector("[data-kept] .typed").textContent = kept;
    this.#root.querySelector("#inspector").replaceWith(away);
    this.#root.setAttribute("aria-busy", "false");
    this.#drawn = null;
    this.isAway = true;
  }

  focusRationale() {
    this.#root.querySelector("#rationale")?.focus();
  }

  focusComment() {
    this.#root.querySelector("#comment")?.focus();
  }

  /** Go to the first address that is still empty, in a new row where there is none. */
  focusEvidence() {
    if (!this.form) return;
    const empty = [...this.form.querySelectorAll('[name="evidence_url"]')].find((one) => !one.value);
    (empty ?? evidence.addressOf(evidence.addRow(this.form))).focus();
  }

  /** Take the comment out of its field: it is on its way now. */
  takeComment() {
    const field = this.#root.querySelector("#comment");
    const text = field?.value.trim() ?? "";
    if (text) field.value = "";
    this.#drafts.keepComment(this.shown, "");
    return text;
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
    const coming = this.#coming.get(sentence) ?? this.#ask(sentence, signal);
    const isLatest = () => this.#coming.get(sentence) === coming;
    try {
      const answer = await coming;
      if (!isLatest() && !this.#known.has(sentence)) return this.#fetch(sentence, signal);
      return this.#learn(sentence, answer);
    } finally {
      if (isLatest()) this.#coming.delete(sentence);
    }
  }

  /** What was given up does not come: whoever wants it again has to ask anew. */
  #ask(sentence, signal) {
    const asked = get(this.#url(sentence), { signal });
    this.#coming.set(sentence, asked);
    signal?.addEventListener("abort", () => {
      if (this.#coming.get(sentence) === asked) this.#coming.delete(sentence);
    });
    return asked;
  }

  #learn(sentence, answer) {
    if (answer.status !== 200) throw new Refused(answer);
    if (this.#known.has(sentence)) return false;
    this.#known.set(sentence, parse(answer.html).querySelector("#inspector"));
    return true;
  }

  #swap(sentence) {
    whenLetGo(this.#root, () => sentence === this.sentence && this.#swapNow(sentence));
  }

  #swapNow(sentence) {
    const isSame = this.shows(sentence);
    if (isSame && this.#isComposing) return;
    const fresh = this.#known.get(sentence);
    if (!fresh) return;
    this.#drawn = fresh;
    this.isAway = false;
    const focused = isSame && placeOfFocus(this.#root);
    this.#root.querySelector("#inspector").replaceWith(document.importNode(fresh, true));
    this.#root.setAttribute("aria-busy", `${sentence !== this.sentence}`);
    this.#restore(sentence);
    if (!isSame) this.#scrollUp();
    if (focused) returnFocus(this.#root, focused);
    this.#root.dispatchEvent(new CustomEvent("inspector:shown", { detail: { sentence } }));
  }

  #settled() {
    return new Promise((resolve) => (this.#timer = setTimeout(resolve, SETTLE_MS)));
  }

  /** To ask where the pane is scrolled to would have the page laid out at once. */
  #scrollUp() {
    if (this.#isScrolled) this.#root.scrollTop = 0;
    this.#isScrolled = false;
  }

  #composed() {
    this.#isComposing = false;
    if (this.#known.has(this.sentence)) this.#swap(this.sentence);
  }

  /** Keep what is typed, for the sentence that is shown: another may be selected already. */
  #keep(place) {
    const { sentence } = this.#root.querySelector("#inspector").dataset;
    if (place.id === "comment") this.#drafts.keepComment(sentence, place.value);
    else if (this.form?.contains(place)) this.#drafts.keep(sentence, this.typed(), this.version);
  }

  putBackComment() {
    const comment = this.#root.querySelector("#comment");
    if (comment) comment.value = this.#drafts.commentOf(this.shown);
  }

  /** Show what was typed for the sentence in another tab. */
  putBack(sentence) {
    const isTypedIn = document.hasFocus() && this.#root.contains(document.activeElement);
    if (this.shows(sentence) && !isTypedIn) this.#restore(sentence);
  }

  /** Ask for what was saved in another tab; what lies side by side stays until it is decided. */
  refresh(sentence) {
    if (this.#known.get(sentence)?.querySelector(".sides")) return;
    this.forget(sentence);
    if (sentence === this.sentence) this.#load(sentence).catch(() => {});
  }

  #restore(sentence) {
    this.putBackComment();
    const draft = this.form && this.#drafts.of(sentence);
    if (!draft) return;
    const typed = group(draft.pairs);
    this.form.querySelector("#rationale").value = typed.rationale;
    this.form.querySelector("[data-evidence-rows]").replaceChildren();
    for (const item of typed.evidence) {
      const row = evidence.addRow(this.form);
      for (const [name, value] of Object.entries(item)) {
        row.querySelector(`[name="${name}"]`).value = value;
      }
    }
  }
}

/** What comes after the next paint, or soon where nothing is painted. */
function painted() {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, UNSEEN_MS);
    requestAnimationFrame(() => {
      clearTimeout(late);
      setTimeout(resolve);
    });
  });
}

/** The sentence that the address names. */
export function named() {
  return location.hash.match(/^#s(\d+)$/)?.[1];
}

/** Ask at once for the sentence that will be shown, as a rule, while the browser opens its store. */
export function askAhead(root, url) {
  const id = named();
  const option = (id && root.querySelector(`#s${id}`)) || root.querySelector(UNDECIDED);
  if (!option) return null;
  const first = { id: option.id.slice(1), answer: get(url(option.id.slice(1))) };
  first.answer.catch(() => {}); // whoever wants the sentence hears of it
  return first;
}

/** The server answered, but not with the sentence. */
export class Refused extends Error {
  constructor(answer) {
    super(`answered with ${answer.status}`);
    this.answer = answer;
  }
}
