import { announce, wordOf } from "./announce.js";
import { bindCutting, drawAnew, openCutting } from "./cutting.js";
import { askAhead, Inspector, named } from "./inspector.js";
import { holdKeys, onAction, pressAgain, rested, typeInto } from "./keys.js";
import { clearProblem } from "./problems.js";
import { Rest } from "./rest.js";
import { saving, showLost } from "./saving.js";
import { addressOf } from "./server.js";
import { nextUndecided, Sheet, step } from "./sheet.js";
import { Writing } from "./writing.js";

const PATIENCE_MS = 5000;
const ADDRESS_MS = 400;
const LEFT = "factcheck:left"; // the address that a page of this tab was left at
const LABELS = ["verified", "unverified", "disputed", "dismissed"];

/** The workbench of one article: moving, labelling, undoing, and saying what is not saved. */
export async function connect(root) {
  if (!root.querySelector("[role=option]")) return;
  comeBack();
  const first = askAhead(root, (id) => addressOf(root.dataset.sentence, id));
  new Workbench(root, await saving()).start(first);
}

class Workbench {
  constructor(root, { store, drafts, outbox }) {
    this.root = root;
    this.awaited = null;
    this.isOld = false;
    this.changes = 0;
    this.renewal = Promise.resolve();
    this.store = store;
    this.outbox = outbox;
    this.drafts = drafts;
    this.text = root.querySelector("#text");
    this.rest = new Rest(root);
    this.sheet = new Sheet(root, () => this.writing.showRest());
    const pane = root.querySelector(".workbench__inspector");
    this.inspector = new Inspector(pane, (id) => addressOf(root.dataset.sentence, id), this.drafts);
    this.writing = new Writing(this);
  }

  start(first) {
    if (first) this.inspector.expect(first.id, first.answer);
    this.bindKeys();
    this.bindPointer();
    this.order = localStorage.getItem("factcheck:order") ?? "text";
    this.dress();
    this.writing.start();
    this.outbox.follow({ done: () => (this.changes += 1) });
    this.store.follow((kind, id) => this.heardOfTab(kind, id));
    addEventListener("hashchange", () => this.selectFromAddress());
    for (const name of ["online", "focus"]) addEventListener(name, () => this.catchUp());
    this.root.addEventListener("news:live", () => this.catchUp());
    for (const name of ["beforeunload", "click"]) {
      addEventListener(name, () => this.nameNow(), { capture: true }); // before a link leads away
    }
    addEventListener("pagehide", () => this.leave(), { capture: true }); // before the store's last
    this.selectFromAddress() || this.select(this.pointedAt() ?? this.first());
  }

  /** Show on the sheet what only this browser knows: its order, what is skipped, what is unsent. */
  dress() {
    this.setOrder(this.order);
    for (const id of this.store.all("skip")) if (this.sheet.has(id)) this.sheet.skip(id);
    for (const write of this.outbox.waiting) this.writing.paintPending(write);
    this.sheet.tellLater();
  }

  /** Sentences were cut anew: show them as they are now; one time after the other. */
  renew() {
    const next = () => this.drawNow();
    return (this.renewal = this.renewal.then(next, next));
  }

  /** Show the sentences of now, near where one is; what is typed stays. */
  async drawNow() {
    this.isOld = !(await drawAnew(this.root, () => this.changes));
    if (this.isOld) return false;
    const here = this.sheet.place(this.sheet.selected);
    this.sheet = new Sheet(this.root, () => this.writing.showRest());
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
    for (const label of LABELS) onAction(label, () => this.writing.label(label));
    onAction("dismiss-rest", () => this.rest.focus() || announce(wordOf("rest-none")));
    onAction("skip", () => this.skip());
    onAction("undo", () => this.writing.step(this.root.dataset.undo));
    onAction("redo", () => this.writing.step(this.root.dataset.redo));
    onAction("order", () => this.turnOrder());
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
      this.writing.save(event.target);
    });
    this.root.querySelector("[data-filter]").addEventListener("change", (event) => {
      this.sheet.filter(event.target.value);
    });
    this.root.addEventListener("input", () => this.sheet.tellLater());
    this.root.addEventListener("news:sentence", (event) => this.hear(event.detail));
    this.root.addEventListener("news:recut", () => this.renew());
    this.root.addEventListener("cut:done", () => this.cutByHand());
    this.root.addEventListener("inspector:shown", () => this.inspected(), true);
  }

  press(button) {
    if (!button) return;
    if (button.matches("[data-label]")) this.writing.label(button.dataset.label);
    if (button.matches("[data-rest-mark]")) this.writing.markRest();
    if (button.matches("[data-save]")) this.writing.save(button.form);
    if (button.matches("[data-save-mine]")) this.writing.saveMine(button.dataset.saveMine);
    if (button.matches("[data-discard]")) this.writing.discard();
    if (button.matches("[data-withdraw]")) this.writing.withdraw();
    if (button.matches("[data-step]")) this.writing.step(this.root.dataset[button.dataset.step]);
    if (button.matches("[data-order]")) this.turnOrder();
  }

  // --- moving -----------------------------------------------------------------------------------

  first() {
    const candidates = this.sheet.candidates();
    const start = { id: "", index: -1 };
    return nextUndecided(candidates, start) ?? candidates[0]?.id ?? this.sheet.sentences()[0].id;
  }

  /** The sentence that was clicked before the scripts came: the browser's own caret stands in it. */
  pointedAt() {
    const option = getSelection().anchorNode?.parentElement?.closest("[role=option]");
    return this.text.contains(option ?? null) ? option.id.slice(1) : null;
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

  /**
   * Name the selected sentence in the address once one rests, or goes: for each new address the browser
   * draws the page's icon anew, which takes longer than to paint a label.
   */
  address() {
    clearTimeout(this.addressing);
    this.addressing = setTimeout(() => this.nameNow(), ADDRESS_MS);
  }

  nameNow() {
    clearTimeout(this.addressing);
    const { selected } = this.sheet;
    if (selected !== named()) history.replaceState(null, "", `#s${selected}`);
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

  turnOrder() {
    this.setOrder(this.order === "text" ? "score" : "text");
    announce(wordOf(`order-${this.order}`));
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
    const mine = (this.awaited = { id, field, release: holdKeys() });
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([this.inspector.show(id).catch((error) => this.unreachable(error)), late]);
    if (!this.inspector.shows(id)) await rested();
    if (this.awaited !== mine) return; // the page was left meanwhile
    if (!this.inspector.shows(id)) return this.giveUp();
    const { typed, after } = this.release();
    focus();
    typeInto(document.activeElement, typed);
    for (const key of after) pressAgain(key);
  }

  /** Wait no longer for the form: keep what was typed for it, and let the keys after it count. */
  giveUp() {
    const { id, field } = this.awaited;
    const { typed, after } = this.release();
    this.keepForLater(id, field, typed);
    for (const key of after) pressAgain(key);
  }

  release() {
    const { release } = this.awaited;
    this.awaited = null;
    return release();
  }

  /** The page goes: the keys after what is held may begin to wait for the next form. */
  leave() {
    while (this.awaited) this.giveUp();
    sessionStorage.setItem(LEFT, `${location.pathname}#s${this.sheet.selected}`);
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

  /** Show what one typed in another tab, or saved there: nobody types in this one meanwhile. */
  heardOfTab(kind, id) {
    if (kind === "draft" && !this.drafts.of(id)) this.inspector.refresh(id);
    else if (kind === "draft" || kind === "comment") this.inspector.putBack(id);
    this.sheet.tellLater();
  }

  /** Show what a colleague did; what one has not saved oneself stays in front of it. */
  hear({ id, fragment, isMine, isVerdict }) {
    this.changes += 1;
    if (!this.sheet.has(id)) return;
    const hasDraft = Boolean(this.drafts.of(id));
    const seen = this.sheet.versionOf(id);
    if (versionIn(fragment) < seen) return this.renew(); // taken back elsewhere, or older: ask
    if (!this.writing.pendingLabel(id)) this.sheet.replace(fragment);
    if (hasDraft) this.sheet.setVersion(id, seen);
    this.inspector.hear(id, fragment, { isStale: isVerdict || (isMine && !hasDraft) });
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
    if (this.isOld) await this.renew();
    if (!this.inspector.isAway) return;
    const { selected } = this.sheet;
    await this.inspector.show(selected).catch((error) => this.unreachable(error));
    if (this.inspector.shows(selected) && !this.outbox.isStalled) clearProblem("connection");
  }
}

/** Loaded anew, the page is where it was left, also where its address did not name that yet. */
function comeBack() {
  const left = sessionStorage.getItem(LEFT);
  const isReload = performance.getEntriesByType("navigation")[0]?.type === "reload";
  if (isReload && left?.startsWith(`${location.pathname}#`)) history.replaceState(null, "", left);
}

/** The version of one's own annotation that a fragment shows. */
function versionIn(fragment) {
  return Number(fragment.querySelector(".sentence")?.dataset.version);
}
