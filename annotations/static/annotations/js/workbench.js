import { announce, wordOf } from "./announce.js";
import { bindCutting, drawAnew, openCutting } from "./cutting.js";
import { askAhead, Inspector, named } from "./inspector.js";
import { holdKeys, onAction, rested } from "./keys.js";
import { clearProblem } from "./problems.js";
import { reasonOf, saving, showLost, showRefusal } from "./saving.js";
import { parse } from "./server.js";
import { nextUndecided, Sheet, step } from "./sheet.js";

const PATIENCE_MS = 5000;
const ADDRESS_MS = 60;
const LABELS = ["verified", "unverified", "disputed", "dismissed"];

/** The workbench of one article: moving, labelling, undoing, and saying what is not saved. */
export async function connect(root) {
  if (!root.querySelector("[role=option]")) return;
  const first = askAhead(root, (id) => addressOf(root.dataset.sentence, id));
  new Workbench(root, await saving()).start(first);
}

class Workbench {
  constructor(root, { store, drafts, outbox }) {
    this.root = root;
    this.store = store;
    this.outbox = outbox;
    this.drafts = drafts;
    this.text = root.querySelector("#text");
    this.sheet = new Sheet(root);
    const pane = root.querySelector(".workbench__inspector");
    this.inspector = new Inspector(pane, (id) => addressOf(root.dataset.sentence, id), this.drafts);
  }

  start(first) {
    if (first) this.inspector.expect(first.id, first.answer);
    this.bindKeys();
    this.bindPointer();
    this.order = localStorage.getItem("factcheck:order") ?? "text";
    this.dress();
    this.outbox.follow({
      done: (write, answer) => this.done(write, answer),
      refused: (write, answer) => this.refused(write, answer),
    });
    addEventListener("hashchange", () => this.selectFromAddress());
    for (const name of ["online", "focus"]) addEventListener(name, () => this.catchUp());
    this.root.addEventListener("news:live", () => this.catchUp());
    this.selectFromAddress() || this.select(this.first());
  }

  /** Show on the sheet what only this browser knows: its order, what is skipped, what is unsent. */
  dress() {
    this.setOrder(this.order);
    for (const id of this.store.all("skip")) if (this.sheet.has(id)) this.sheet.skip(id);
    for (const write of this.outbox.waiting) this.paintPending(write);
  }

  /** Sentences were cut anew: show them as they are now, near where one is; what is typed stays. */
  async renew() {
    const here = this.sheet.place(this.sheet.selected);
    if (!(await drawAnew(this.root))) return false;
    this.sheet = new Sheet(this.root);
    this.inspector.forgetAll();
    this.dress();
    this.sheet.filter(this.root.querySelector("[data-filter]").value);
    const sentences = this.sheet.sentences();
    const near = sentences[Math.min(here.index, sentences.length - 1)];
    this.select(this.sheet.has(here.id) ? here.id : near.id);
    return true;
  }

  /** After one's own cut; where the page cannot be drawn anew, it is loaded anew. */
  async cutByHand() {
    if (!(await this.renew())) return location.reload();
    this.text.focus({ preventScroll: true });
    announce(wordOf("cut"));
  }

  bindKeys() {
    onAction("next", () => this.move(1));
    onAction("previous", () => this.move(-1));
    onAction("next-sentence", () => this.move(1, this.sheet.sentences()));
    onAction("previous-sentence", () => this.move(-1, this.sheet.sentences()));
    for (const label of LABELS) onAction(label, () => this.label(label));
    onAction("skip", () => this.skip());
    onAction("undo", () => this.step(this.root.dataset.undo));
    onAction("redo", () => this.step(this.root.dataset.redo));
    onAction("order", () => this.setOrder(this.order === "text" ? "score" : "text"));
    onAction("cut", () => this.whenShown("", () => openCutting(this.root)));
    onAction("rationale", () => this.whenShown("rationale", () => this.inspector.focusRationale()));
    onAction("evidence", () => this.whenShown("evidence", () => this.inspector.focusEvidence()));
    onAction("comment", () => this.whenShown("comment", () => this.inspector.focusComment()));
  }

  bindPointer() {
    bindCutting(this.root);
    this.text.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option && getSelection().isCollapsed) this.select(option.id.slice(1));
    });
    this.root.querySelector(".candidates").addEventListener("click", (event) => {
      const row = event.target.closest(".candidate");
      if (!row) return;
      event.preventDefault();
      this.select(row.id.slice(1));
    });
    this.root.addEventListener("click", (event) => this.press(event.target.closest("button")));
    this.root.addEventListener("submit", (event) => {
      if (!["opinion", "remark"].includes(event.target.id)) return;
      event.preventDefault();
      this.save(event.target);
    });
    this.root.querySelector("[data-filter]").addEventListener("change", (event) => {
      this.sheet.filter(event.target.value);
    });
    this.root.addEventListener("news:sentence", (event) => this.hear(event.detail));
    this.root.addEventListener("news:recut", () => this.renew());
    this.root.addEventListener("cut:done", () => this.cutByHand());
    this.root.addEventListener("inspector:shown", () => this.inspected(), true);
  }

  press(button) {
    if (!button) return;
    if (button.matches("[data-label]")) this.label(button.dataset.label);
    if (button.matches("[data-save]")) this.save(button.form);
    if (button.matches("[data-save-mine]")) this.saveMine(button.dataset.saveMine);
    if (button.matches("[data-discard]")) this.discard();
    if (button.matches("[data-withdraw]")) this.withdraw();
    if (button.matches("[data-step]")) this.step(this.root.dataset[button.dataset.step]);
    if (button.matches("[data-order]")) this.setOrder(this.order === "text" ? "score" : "text");
  }

  // --- moving -----------------------------------------------------------------------------------

  first() {
    const candidates = this.sheet.candidates();
    const start = { id: "", index: -1 };
    return nextUndecided(candidates, start) ?? candidates[0]?.id ?? this.sheet.sentences()[0].id;
  }

  selectFromAddress() {
    const id = named();
    if (!id || !this.sheet.has(id)) return false;
    if (id !== this.sheet.selected) this.select(id);
    return true;
  }

  move(direction, among = this.sheet.candidates()) {
    this.select(step(among, this.sheet.place(this.sheet.selected), direction));
    this.text.focus({ preventScroll: true });
  }

  select(id) {
    this.sheet.select(id);
    this.inspector.show(id).catch((error) => this.unreachable(error));
    this.sheet.reveal();
    this.address();
  }

  /** Name the selected sentence in the address; browsers stop pages that do so too often. */
  address() {
    clearTimeout(this.addressing);
    const pause = (this.addressedAt ?? -ADDRESS_MS) + ADDRESS_MS - performance.now();
    if (pause > 0) return void (this.addressing = setTimeout(() => this.address(), pause));
    this.addressedAt = performance.now();
    history.replaceState(null, "", `#s${this.sheet.selected}`);
  }

  skip() {
    this.sheet.skip(this.sheet.selected);
    this.store.put("skip", this.sheet.selected, this.sheet.selected);
    announce(wordOf("skipped"));
    this.goOn();
  }

  /** Go to the next candidate that is to be decided. */
  goOn() {
    const here = this.sheet.place(this.sheet.selected);
    const next = nextUndecided(this.sheet.candidates(), here);
    if (next) this.select(next);
    else announce(wordOf("all-decided"));
    this.text.focus({ preventScroll: true });
  }

  setOrder(order) {
    this.order = order;
    localStorage.setItem("factcheck:order", order);
    this.sheet.sort(order);
    this.root.querySelector("[data-order-name]").textContent = wordOf(`order-${order}`);
  }

  /** Go to a field of the inspector once it shows the selected sentence; nothing typed is lost. */
  async whenShown(field, focus) {
    const id = this.sheet.selected;
    if (this.inspector.shows(id)) return focus();
    const release = holdKeys();
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([this.inspector.show(id).catch((error) => this.unreachable(error)), late]);
    if (!this.inspector.shows(id)) await rested();
    const { typed, after } = release();
    if (this.inspector.shows(id)) {
      focus();
      typeInto(document.activeElement, typed);
    } else this.keepForLater(id, field, typed);
    for (const key of after) pressAgain(key);
  }

  /** What was typed for a form that does not come is there when it comes. */
  keepForLater(id, field, typed) {
    if (!typed || !field) return;
    if (field === "comment") this.drafts.keepComment(id, this.drafts.commentOf(id) + typed);
    else this.drafts.add(id, field, typed, this.sheet.versionOf(id));
    if (this.inspector.isAway) this.inspector.away(id, this.drafts.wordsOf(id));
    announce(wordOf("kept"));
  }

  /** The inspector may know a newer version than the page: what one saw is what one builds on. */
  inspected() {
    const { sentence, version } = this.inspector;
    if (version > this.sheet.versionOf(sentence)) this.sheet.setVersion(sentence, version);
    const next = nextUndecided(this.sheet.candidates(), this.sheet.place(sentence));
    setTimeout(() => this.inspector.prefetch(next), 200);
  }

  /** Show what a colleague did; what one has not saved oneself stays in front of it. */
  hear({ id, fragment, isMine, isVerdict }) {
    if (!this.sheet.has(id)) return;
    const hasDraft = Boolean(this.drafts.of(id));
    const seen = this.sheet.versionOf(id);
    if (!this.pendingLabel(id)) this.sheet.replace(fragment);
    if (hasDraft) this.sheet.setVersion(id, seen);
    this.inspector.hear(id, fragment, { isStale: isVerdict || (isMine && !hasDraft) });
  }

  // --- writing ----------------------------------------------------------------------------------

  /** Label the selected sentence, with all that was typed for it, and go on. */
  label(label) {
    this.write(this.sheet.selected, label);
    this.goOn();
  }

  save(form) {
    if (form?.id === "remark") return this.comment();
    const label = this.inspector.form?.dataset.label;
    if (label) this.write(this.inspector.shown, label, this.inspector.typed());
    else this.root.querySelector(".label-button")?.focus();
  }

  /** Put what one meant in the place of what stands: one has seen both. */
  saveMine(label) {
    const sentence = this.inspector.shown;
    this.drafts.rebase(sentence, this.inspector.version);
    this.write(sentence, label, this.inspector.typed(), "");
  }

  /** Leave what stands as it is, and let go of what was typed. */
  discard() {
    const id = this.inspector.shown;
    this.drafts.discard(id);
    this.inspector.forget(id);
    this.select(id);
    clearProblem(id);
    this.text.focus({ preventScroll: true });
  }

  withdraw() {
    this.write(this.inspector.shown, "", [["rationale", ""]]);
  }

  comment() {
    const sentence = this.inspector.shown;
    const text = this.inspector.takeComment();
    if (!text) return this.inspector.focusComment();
    const url = addressOf(this.root.dataset.comment, sentence);
    this.add({ kind: "comment", sentence, url, version: undefined, pairs: [["comment", text]] });
    this.text.focus({ preventScroll: true });
  }

  /** Send a label with what was typed for the sentence, based on what its writer saw, in which text. */
  write(sentence, label, typed, text = this.root.dataset.text) {
    const draft = this.drafts.of(sentence);
    const seen = draft?.base ?? this.sheet.versionOf(sentence);
    const write = {
      kind: "label",
      sentence,
      label,
      before: this.sheet.stateOf(sentence),
      url: addressOf(this.root.dataset.annotate, sentence),
      version: this.pendingLabel(sentence) ? null : seen,
      stamp: draft?.stamp,
      pairs: [["label", label], ["read_in", text], ...(typed ?? draft?.pairs ?? [])],
    };
    this.paintPending(write);
    this.inspector.forget(sentence);
    this.add(write);
  }

  /** The latest label of this sentence that is not confirmed yet. */
  pendingLabel(id) {
    return this.outbox.waiting.findLast((one) => isLabel(one) && one.sentence === id);
  }

  /** Undo one's last step in the article, or do it again. */
  step(url) {
    this.add({ kind: "step", url, pairs: [] });
  }

  add(write) {
    this.outbox.add({ ...write, page: location.pathname });
  }

  paintPending(write) {
    if (!isLabel(write) || !this.sheet.has(write.sentence)) return;
    const isDecided = write.label !== "";
    this.sheet.paint(write.sentence, { mark: write.label, isDecided, isPending: true });
  }

  done(write, answer) {
    if (write.page !== location.pathname) return;
    const fragment = parse(answer.html);
    const sentence = fragment.querySelector("#inspector").dataset.sentence;
    this.sheet.replace(fragment);
    for (const option of fragment.querySelectorAll(".sentence")) this.stands(option.id.slice(1));
    this.inspector.take(sentence, fragment);
    this.tell(write, sentence);
    this.catchUp();
  }

  /** A sentence came anew from the server; what is still on its way for it shows again. */
  stands(sentence) {
    this.inspector.forget(sentence);
    clearProblem(sentence);
    const newer = this.pendingLabel(sentence);
    if (newer) this.paintPending(newer);
  }

  tell(write, sentence) {
    if (write.kind === "step") {
      if (!document.activeElement.matches("input, textarea")) {
        this.select(sentence);
        this.text.focus({ preventScroll: true });
      }
      announce(wordOf(write.url === this.root.dataset.redo ? "redone" : "undone"));
      return;
    }
    if (write.kind === "comment") return announce(wordOf("commented"));
    const { decided, total } = this.sheet.count();
    const name = document.getElementById(`mark-${write.label}`)?.content.textContent.trim() ?? "";
    announce(`${wordOf("saved")} ${name} (${decided}/${total})`);
  }

  /** Put back what stood, and show why beside what was meant; what was typed stays a draft. */
  refused(write, answer) {
    const fragment = parse(answer.html);
    const inspector = fragment.querySelector("#inspector");
    const why = reasonOf(answer);
    if (!write.sentence) return announce(why);
    if (!this.sheet.has(write.sentence)) return;
    const isHere = write.sentence === this.sheet.selected;
    if (isLabel(write)) this.sheet.paint(write.sentence, inspector ? stoodIn(inspector) : write.before);
    if (inspector) this.inspector.take(write.sentence, fragment);
    if (!isHere || !inspector) showRefusal(write, why);
  }

  /** What is still shown is another sentence: nobody shall read it as the selected one. */
  unreachable(error) {
    showLost(error.answer);
    const { selected } = this.sheet;
    if (!this.inspector.shows(selected)) {
      this.inspector.away(selected, this.drafts.wordsOf(selected));
    }
  }

  /** The server may be there again: show what could not be loaded. */
  async catchUp() {
    if (!this.inspector.isAway) return;
    const { selected } = this.sheet;
    await this.inspector.show(selected).catch((error) => this.unreachable(error));
    if (this.inspector.shows(selected) && !this.outbox.isStalled) clearProblem("connection");
  }
}

function typeInto(field, typed) {
  if (typed) replaceIn(field, field.value + typed);
}

function replaceIn(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Press a key that was held; the browser itself would only type a real one into a field. */
function pressAgain(key) {
  const field = document.activeElement;
  const isTyping = field.matches("input, textarea") && !key.ctrlKey;
  if (isTyping && key.key === "Backspace") return replaceIn(field, field.value.slice(0, -1));
  if (isTyping && key.key.length === 1) return replaceIn(field, field.value + key.key);
  const press = new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true });
  field.dispatchEvent(press);
}

function isLabel(write) {
  return write.kind === "label";
}

function stoodIn(inspector) {
  return { mark: inspector.dataset.mark, isDecided: "decided" in inspector.dataset };
}

function addressOf(pattern, id) {
  return pattern.replace("/0/", `/${id}/`);
}
