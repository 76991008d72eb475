import { announce, wordOf } from "./announce.js";
import * as drafts from "./drafts.js";
import { Inspector } from "./inspector.js";
import { holdKeys, onAction } from "./keys.js";
import { nextUndecided, step } from "./moves.js";
import { Outbox } from "./outbox.js";
import { clearProblem, showProblem } from "./problems.js";
import { parse, post } from "./server.js";
import { Sheet } from "./sheet.js";

const PATIENCE_MS = 5000;
const LABELS = ["verified", "unverified", "disputed", "dismissed"];

/** The workbench of one article: moving, labelling, undoing, and saying what is not saved. */
export function connect(root) {
  if (!root.querySelector("[role=option]")) return;
  new Workbench(root).start();
}

class Workbench {
  constructor(root) {
    this.root = root;
    this.text = root.querySelector("#text");
    this.sheet = new Sheet(root);
    const pane = root.querySelector(".workbench__inspector");
    this.inspector = new Inspector(pane, (id) => addressOf(root.dataset.sentence, id));
    this.outbox = new Outbox((write) => this.send(write), {
      onDone: (write, answer) => this.done(write, answer),
      onRefused: (write, answer) => this.refused(write, answer),
      onLost: (write, answer) => this.lost(write, answer),
      onChange: (outbox) => this.showSaving(outbox),
    });
  }

  start() {
    this.bindKeys();
    this.bindPointer();
    this.setOrder(localStorage.getItem("factcheck:order") ?? "text");
    addEventListener("online", () => this.outbox.retry());
    addEventListener("hashchange", () => this.selectFromAddress());
    addEventListener("beforeunload", (event) => {
      if (this.outbox.size > 0) event.preventDefault();
    });
    this.selectFromAddress() || this.select(this.first());
  }

  bindKeys() {
    onAction("next", () => this.move(1));
    onAction("previous", () => this.move(-1));
    onAction("next-sentence", () => this.move(1, this.sheet.sentences()));
    onAction("previous-sentence", () => this.move(-1, this.sheet.sentences()));
    for (const label of LABELS) onAction(label, () => this.label(label));
    onAction("skip", () => this.skip());
    onAction("undo", () => this.undo());
    onAction("order", () => this.setOrder(this.order === "text" ? "score" : "text"));
    onAction("rationale", () => this.whenShown(() => this.inspector.focusRationale()));
    onAction("evidence", () => this.whenShown(() => this.inspector.focusEvidence()));
  }

  bindPointer() {
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
      if (event.target.id !== "opinion") return;
      event.preventDefault();
      this.save();
    });
    this.root.querySelector("[data-filter]").addEventListener("change", (event) => {
      this.sheet.filter(event.target.value);
    });
    this.root.addEventListener("news:sentence", (event) => this.hear(event.detail));
    this.root.addEventListener("inspector:shown", () => this.inspected(), true);
    document.querySelector("#saving [data-retry]").addEventListener("click", () => {
      this.outbox.retry();
    });
  }

  press(button) {
    if (!button) return;
    if (button.matches("[data-label]")) this.label(button.dataset.label);
    if (button.matches("[data-save]")) this.save();
    if (button.matches("[data-withdraw]")) this.withdraw();
    if (button.matches("[data-order]")) this.setOrder(this.order === "text" ? "score" : "text");
  }

  // --- moving -----------------------------------------------------------------------------------

  first() {
    const candidates = this.sheet.candidates();
    const start = { id: "", index: -1 };
    return nextUndecided(candidates, start) ?? candidates[0]?.id ?? this.sheet.sentences()[0].id;
  }

  selectFromAddress() {
    const id = location.hash.match(/^#s(\d+)$/)?.[1];
    if (!id || !this.sheet.option(id)) return false;
    if (id !== this.sheet.selected) this.select(id);
    return true;
  }

  move(direction, among = this.sheet.candidates()) {
    this.select(step(among, this.sheet.place(this.sheet.selected), direction));
    this.text.focus({ preventScroll: true });
  }

  select(id) {
    this.sheet.select(id);
    history.replaceState(null, "", `#s${id}`);
    this.inspector.show(id).catch(() => this.unreachable());
  }

  skip() {
    this.sheet.skip(this.sheet.selected);
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
  async whenShown(focus) {
    const id = this.sheet.selected;
    if (this.inspector.shows(id)) return focus();
    const release = holdKeys();
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([this.inspector.show(id).catch(() => this.unreachable()), late]);
    const { typed, after } = release();
    if (!this.inspector.shows(id)) return;
    focus();
    typeInto(document.activeElement, typed);
    for (const key of after) pressAgain(key);
  }

  /** The inspector may know a newer version than the page: what one saw is what one builds on. */
  inspected() {
    const form = this.inspector.form;
    const option = this.sheet.option(this.inspector.sentence);
    const seen = Number(form?.elements.version.value ?? 0);
    if (seen > Number(option.dataset.version)) option.dataset.version = seen;
    const candidates = this.sheet.candidates();
    const next = nextUndecided(candidates, this.sheet.place(this.inspector.sentence));
    setTimeout(() => this.inspector.prefetch(next), 200);
  }

  /** Show what a colleague did; what one has not saved oneself stays in front of it. */
  hear({ id, fragment, isMine, isVerdict }) {
    const option = this.sheet.option(id);
    if (!option) return;
    const hasDraft = this.inspector.hasDraft(id);
    const seen = option.dataset.version;
    if (!this.outbox.latestOf(id)) this.sheet.replace(fragment);
    if (hasDraft) this.sheet.option(id).dataset.version = seen;
    this.inspector.hear(id, fragment, { isStale: isVerdict || (isMine && !hasDraft) });
  }

  // --- writing ----------------------------------------------------------------------------------

  /** Label the selected sentence, with all that was typed for it, and go on. */
  label(label) {
    const id = this.sheet.selected;
    const hasForm = this.inspector.shows(id) && this.inspector.hasDraft(id) && this.inspector.form;
    this.write(id, label, hasForm ? this.inspector.typed() : new FormData());
    this.goOn();
  }

  save() {
    const label = this.inspector.form?.dataset.label;
    if (label) this.write(this.sheet.selected, label, this.inspector.typed());
    else this.root.querySelector(".label-button")?.focus();
  }

  withdraw() {
    const body = new FormData();
    body.set("rationale", "");
    this.write(this.sheet.selected, "", body);
  }

  write(sentence, label, body) {
    body.set("label", label);
    const before = this.sheet.stateOf(sentence);
    const url = addressOf(this.root.dataset.annotate, sentence);
    this.sheet.paint(sentence, { mark: label, isDecided: label !== "", isPending: true });
    this.inspector.forget(sentence);
    this.outbox.add({ sentence, label, body, before, url });
  }

  undo() {
    this.outbox.add({ url: this.root.dataset.undo, body: new FormData(), once: true });
  }

  send(write) {
    if (write.sentence) write.body.set("version", this.sheet.option(write.sentence).dataset.version);
    return post(write.url, write.body);
  }

  done(write, answer) {
    const fragment = parse(answer.html);
    const sentence = fragment.querySelector("#inspector").dataset.sentence;
    this.sheet.replace(fragment);
    if (write.body.has("rationale")) drafts.forget(sentence);
    this.inspector.take(sentence, answer.html);
    const newer = this.outbox.latestOf(sentence);
    if (newer) this.sheet.paint(sentence, pending(newer.label));
    clearProblem(sentence);
    clearProblem("connection");
    this.tell(write, sentence);
  }

  tell(write, sentence) {
    if (!write.sentence) {
      this.select(sentence);
      this.text.focus({ preventScroll: true });
      announce(wordOf("undone"));
      return;
    }
    const { decided, total } = this.sheet.count();
    const name = document.getElementById(`mark-${write.label}`)?.content.textContent.trim() ?? "";
    announce(`${wordOf("saved")} ${name} (${decided}/${total})`);
  }

  /** Put back what stood, and show why beside what was meant. */
  refused(write, answer) {
    const fragment = parse(answer.html);
    const inspector = fragment.querySelector("#inspector");
    const why = fragment.querySelector("[role=alert]")?.textContent.trim() || `${answer.status}`;
    if (!write.sentence) return announce(why);
    this.sheet.paint(write.sentence, inspector ? stoodIn(inspector) : write.before);
    if (inspector) this.inspector.take(write.sentence, answer.html);
    const isHere = write.sentence === this.sheet.selected;
    if (!isHere || !inspector) this.showRefusal(write.sentence, why);
  }

  showRefusal(sentence, why) {
    const link = document.createElement("a");
    link.href = `#s${sentence}`;
    link.textContent = wordOf("show");
    showProblem(sentence, `${wordOf("not-saved")} ${why} `, link);
  }

  lost(write, answer) {
    if (answer.status === 401) {
      showProblem("connection", ...parse(answer.html).querySelector("[role=alert]").childNodes);
    } else this.unreachable();
  }

  unreachable() {
    showProblem("connection", wordOf("no-connection"));
  }

  showSaving(outbox) {
    const saving = document.getElementById("saving");
    saving.hidden = !outbox.isStalled;
    saving.querySelector("[data-count]").textContent = outbox.size;
  }
}

function typeInto(field, typed) {
  if (!typed) return;
  field.value += typed;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function pressAgain(key) {
  const press = new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(press);
}

function pending(label) {
  return { mark: label, isDecided: label !== "", isPending: true };
}

function stoodIn(inspector) {
  return { mark: inspector.dataset.mark, isDecided: "decided" in inspector.dataset };
}

function addressOf(pattern, id) {
  return pattern.replace("/0/", `/${id}/`);
}
