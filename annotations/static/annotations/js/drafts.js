const KEPT = ["rationale", "evidence_url", "evidence_title", "evidence_quote", "evidence_stance"];
const KEY = (sentence) => `factcheck:draft:${sentence}`;

/** Remember what is typed for a sentence until it is saved, also over a reload. */
export function keep(sentence, form, storage = sessionStorage) {
  const typed = [...new FormData(form)].filter(([name]) => KEPT.includes(name));
  storage.setItem(KEY(sentence), JSON.stringify(typed));
}

export function forget(sentence, storage = sessionStorage) {
  storage.removeItem(KEY(sentence));
}

/** Return { rationale, evidence: [{ evidence_url, … }] }, or null where nothing is kept. */
export function recall(sentence, storage = sessionStorage) {
  const kept = storage.getItem(KEY(sentence));
  return kept === null ? null : group(JSON.parse(kept));
}

/** Gather a form's pairs into the rationale and one object a row of evidence. */
export function group(pairs) {
  const draft = { rationale: "", evidence: [] };
  for (const [name, value] of pairs) {
    if (name === "rationale") draft.rationale = value;
    else if (name === "evidence_url") draft.evidence.push({ [name]: value });
    else Object.assign(draft.evidence.at(-1) ?? {}, { [name]: value });
  }
  return draft;
}
