const KEPT = [
  "rationale",
  "evidence_url",
  "evidence_title",
  "evidence_quote",
  "evidence_stance",
  "evidence_archived_url",
];

/** What somebody typed for sentences and has not saved; lasts over reloads and crashes. */
export class Drafts {
  #store;

  constructor(store) {
    this.#store = store;
  }

  /** Keep what the form holds; `base` is the version that its writer began with. */
  keep(sentence, pairs, base) {
    const began = this.#store.get("draft", sentence)?.base;
    const kept = pairs.filter(([name]) => KEPT.includes(name));
    this.#store.put("draft", sentence, { base: began ?? base, pairs: kept, stamp: stampOf(kept) });
  }

  /** Return { base, pairs, stamp }, or undefined where nothing is kept. */
  of(sentence) {
    return this.#store.get("draft", sentence);
  }

  /** Forget a draft once it is saved, but not if more was typed since: that builds on it. */
  saved({ kind, sentence, stamp }, version) {
    const draft = this.of(sentence);
    if (kind !== "label" || !draft) return;
    if (draft.stamp === stamp) this.#store.drop("draft", sentence);
    else if (Number.isInteger(version)) this.rebase(sentence, version);
  }

  /** What a refused write took along is a draft again, built on what its writer is shown now. */
  refused({ kind, sentence, version, pairs }, answer) {
    if (kind === "comment") this.keepComment(sentence, pairs[0][1]);
    if (kind !== "label") return;
    const typed = pairs.filter(([name]) => KEPT.includes(name));
    if (typed.length > 0 && !this.of(sentence)) this.keep(sentence, typed, version);
    const shown = answer.querySelector("#opinion [name=version]")?.value;
    if (shown !== undefined) this.rebase(sentence, Number(shown));
  }

  /** What is typed is from now on meant for this version: its writer has seen it. */
  rebase(sentence, version) {
    const draft = this.of(sentence);
    if (draft) this.#store.put("draft", sentence, { ...draft, base: version });
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

function stampOf(pairs) {
  return JSON.stringify(pairs);
}
