import { announce, wordOf } from "./announce.js";
import { clearProblem, showProblem } from "./problems.js";
import { part } from "./rest.js";
import { reasonOf, sentencesOf, showRefusal } from "./saving.js";
import { addressOf, parse } from "./server.js";

/** What one writes about an article: shown at once, sent in its turn, settled by what is answered. */
export class Writing {
  #bench;
  #root;
  #text;
  #rest;
  #inspector;
  #drafts;
  #outbox;

  constructor(bench) {
    this.#bench = bench;
    [this.#root, this.#text, this.#rest] = [bench.root, bench.text, bench.rest];
    [this.#inspector, this.#drafts, this.#outbox] = [bench.inspector, bench.drafts, bench.outbox];
  }

  /** The sheet of now: there is another one when sentences were cut anew. */
  get #sheet() {
    return this.#bench.sheet;
  }

  /** Hear of each write that the outbox sends, also of one that a page before this one left. */
  start() {
    this.#outbox.follow({
      done: (write, answer) => this.done(write, answer),
      refused: (write, answer) => this.refused(write, answer),
    });
  }

  /** Label the selected sentence, with all that was typed for it, and go on. */
  label(label) {
    this.#write(this.#sheet.selected, label);
    this.#bench.goOn();
  }

  /** What one press would mark now: nothing that the list does not show. */
  #remaining() {
    const onItsWay = new Set(this.#outbox.waiting.filter(isLabel).flatMap(sentencesOf));
    return part(this.#sheet.candidates(), {
      isTyped: (id) => Boolean(this.#drafts.of(id)),
      isPending: (id) => onItsWay.has(id),
    });
  }

  showRest() {
    const { kind } = this.#sheet;
    const option = kind && this.#root.querySelector("[data-filter]").selectedOptions[0];
    const wasThere = this.#rest.isFocused;
    this.#rest.show(this.#remaining(), option ? option.textContent : "");
    if (wasThere && !this.#rest.focus()) this.#text.focus({ preventScroll: true });
  }

  /** Mark as no claim what is left of the list: one step, sent and undone as one. */
  markRest() {
    const { ids } = this.#remaining();
    if (ids.length === 0) return;
    const seenOf = (id) => `${id}:${this.#sheet.versionOf(id)}:${this.#sheet.wordsOf(id)}`;
    const write = {
      kind: "rest",
      label: "dismissed",
      sentences: ids,
      before: Object.fromEntries(ids.map((id) => [id, this.#sheet.stateOf(id)])),
      versions: Object.fromEntries(ids.map((id) => [id, this.#sheet.versionOf(id)])),
      url: this.#root.dataset.markRest,
      pairs: ids.map((id) => ["sentence", seenOf(id)]),
    };
    this.paintPending(write);
    for (const id of ids) this.#inspector.forget(id);
    this.#add(write);
    const here = this.#sheet.place(this.#sheet.selected);
    if (!here.row || here.isDecided) this.#bench.goOn();
    else this.#text.focus({ preventScroll: true });
  }

  save(form) {
    if (form?.id === "remark") return this.#comment();
    const label = this.#inspector.form?.dataset.label;
    if (label) this.#write(this.#inspector.shown, label, this.#inspector.typed());
    else this.#root.querySelector(".label-button")?.focus();
  }

  /** Put what one meant in the place of what stands: one has seen both. */
  saveMine(label) {
    const sentence = this.#inspector.shown;
    this.#drafts.rebase(sentence, this.#inspector.version);
    this.#write(sentence, label, this.#inspector.typed(), "");
  }

  /** Leave what stands as it is, and let go of what was typed. */
  discard() {
    const id = this.#inspector.shown;
    this.#drafts.discard(id);
    this.#inspector.forget(id);
    this.#bench.select(id);
    clearProblem(id);
    this.#sheet.tellLater();
    this.#text.focus({ preventScroll: true });
  }

  withdraw() {
    this.#write(this.#inspector.shown, "", [["rationale", ""]]);
  }

  #comment() {
    const sentence = this.#inspector.shown;
    const text = this.#inspector.takeComment();
    if (!text) return this.#inspector.focusComment();
    const url = addressOf(this.#root.dataset.comment, sentence);
    this.#add({ kind: "comment", sentence, url, version: undefined, pairs: [["comment", text]] });
    this.#text.focus({ preventScroll: true });
  }

  /** Send a label with what was typed for the sentence, based on what its writer saw and read. */
  #write(sentence, label, typed, words = this.#sheet.wordsOf(sentence)) {
    const draft = this.#drafts.of(sentence);
    const seen = draft?.base ?? this.#sheet.versionOf(sentence);
    const write = {
      kind: "label",
      sentence,
      label,
      before: this.#sheet.stateOf(sentence),
      url: addressOf(this.#root.dataset.annotate, sentence),
      version: this.pendingLabel(sentence) ? null : seen,
      stamp: draft?.stamp,
      pairs: [["label", label], ["words", words], ...(typed ?? draft?.pairs ?? [])],
    };
    this.paintPending(write);
    this.#inspector.forget(sentence);
    this.#add(write);
  }

  /** The latest label of this sentence that is not confirmed yet. */
  pendingLabel(id) {
    return this.#outbox.waiting.findLast((one) => isLabel(one) && sentencesOf(one).includes(id));
  }

  /** Undo one's last step in the article, or do it again. */
  step(url) {
    this.#add({ kind: "step", url, pairs: [] });
  }

  #add(write) {
    this.#rest.tell("");
    this.#outbox.add({ ...write, page: location.pathname });
  }

  paintPending(write) {
    if (!isLabel(write)) return;
    const isDecided = write.label !== "";
    for (const id of sentencesOf(write).filter((one) => this.#sheet.has(one))) {
      this.#sheet.paint(id, { mark: write.label, isDecided, isPending: true });
    }
  }

  done(write, answer) {
    if (write.page !== location.pathname) return;
    const fragment = parse(answer.html);
    if (write.kind === "rest") return this.#restMarked(write, fragment);
    const sentence = fragment.querySelector("#inspector").dataset.sentence;
    this.#sheet.replace(fragment);
    for (const option of fragment.querySelectorAll(".sentence")) this.#stands(option.id.slice(1));
    this.#inspector.take(sentence, fragment);
    this.#tell(write, sentence);
    this.#bench.catchUp();
  }

  /** Show what became of each, and say it; a sentence that is gone is not marked. */
  #restMarked(write, fragment) {
    const said = fragment.querySelector("[data-told]");
    const told = said.textContent;
    if ("left" in said.dataset && !this.#rest.isInView) showProblem("rest", told);
    this.#putBack(write);
    this.#sheet.replace(fragment);
    for (const id of write.sentences) this.#stands(id);
    if (write.sentences.includes(this.#sheet.selected)) this.#showAnew();
    const { decided, total } = this.#sheet.count();
    this.#rest.tell(told);
    announce(decided === total ? `${told} ${wordOf("all-decided")}` : told);
    this.#bench.catchUp();
  }

  #putBack(write) {
    for (const id of write.sentences.filter((one) => this.#sheet.has(one))) {
      this.#sheet.paint(id, write.before[id]);
    }
  }

  #showAnew() {
    this.#inspector.show(this.#sheet.selected).catch((error) => this.#bench.unreachable(error));
  }

  /** A sentence came anew from the server; what is still on its way for it shows again. */
  #stands(sentence) {
    this.#inspector.forget(sentence);
    clearProblem(sentence);
    const newer = this.pendingLabel(sentence);
    if (newer) this.paintPending(newer);
  }

  #tell(write, sentence) {
    if (write.kind === "step") {
      this.#rest.tell("");
      if (!document.activeElement.matches("input, textarea")) {
        this.#bench.select(sentence);
        this.#text.focus({ preventScroll: true });
      }
      announce(wordOf(write.url === this.#root.dataset.redo ? "redone" : "undone"));
      return;
    }
    if (write.kind === "comment") return announce(wordOf("commented"));
    const { decided, total } = this.#sheet.count();
    const name = document.getElementById(`mark-${write.label}`)?.content.textContent.trim() ?? "";
    announce(`${wordOf("saved")} ${name} (${decided}/${total})`);
  }

  /** Put back what stood, and show why beside what was meant; what was typed stays a draft. */
  refused(write, answer) {
    const fragment = parse(answer.html);
    const inspector = fragment.querySelector("#inspector");
    if (write.kind === "rest" && write.page === location.pathname) this.#putBack(write);
    if (!write.sentence) return announce(reasonOf(answer));
    if (!this.#sheet.has(write.sentence)) return;
    const isHere = write.sentence === this.#sheet.selected;
    const stood = inspector ? stoodIn(inspector) : write.before;
    if (isLabel(write)) this.#sheet.paint(write.sentence, stood);
    if (inspector) this.#inspector.take(write.sentence, fragment);
    else if (isHere) this.#inspector.putBackComment();
    if (!isHere || !inspector) showRefusal(write, answer);
    if (inspector && this.#showsOthers(write.sentence, inspector)) this.#bench.renew();
  }

  /** Whether the text on the page has other words of a sentence than the server has by now. */
  #showsOthers(sentence, inspector) {
    const now = inspector.querySelector("#cut-text");
    return now !== null && now.value !== this.#sheet.wordsOf(sentence);
  }
}

function isLabel({ kind }) {
  return kind === "label" || kind === "rest";
}

function stoodIn(inspector) {
  return { mark: inspector.dataset.mark, isDecided: "decided" in inspector.dataset };
}
