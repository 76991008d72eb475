const STACKED = "(max-width: 60rem)"; // as in workbench.css: the panes are one below the other
const SHOWS = {
  all: () => true,
  open: (item) => !item.isDecided,
  decided: (item) => item.isDecided,
};

/**
 * The article on the page: its sentences, its list of candidates, and how they are marked.
 *
 * The page is read once; what follows is kept in step here. So a key costs the same in a long article
 * as in a short one: nothing is searched, and nothing is measured before all is written.
 */
export class Sheet {
  #list;
  #text;
  #decidedCount;
  #progress;
  #items = new Map();
  #sentences = [];
  #candidates = [];
  #decided = 0;
  #filter = SHOWS.all;
  #stacked = matchMedia(STACKED);
  #changed;
  #isToTell = false;
  selected = "";

  /** `changed` is called once after many changes of what is shown, before anything else happens. */
  constructor(root, changed = () => {}) {
    this.#changed = changed;
    this.#list = root.querySelector(".candidates");
    this.#text = root.querySelector("#text");
    this.#decidedCount = root.querySelector("[data-decided-count]");
    this.#progress = root.querySelector(".list-head__progress");
    this.#sentences = [...this.#text.querySelectorAll("[role=option]")].map(itemOf);
    this.#items = new Map(this.#sentences.map((item) => [item.id, item]));
    for (const row of this.#list.children) this.#addRow(row);
    this.#decided = this.#candidates.filter((item) => item.isDecided).length;
  }

  has(id) {
    return this.#items.has(id);
  }

  /** The version of one's own annotation that the page shows. */
  versionOf(id) {
    return this.#items.get(id).version;
  }

  setVersion(id, version) {
    const item = this.#items.get(id);
    item.version = Number(version);
    item.option.dataset.version = version;
    this.tellLater();
  }

  /** The words of a sentence as the page shows them. */
  wordsOf(id) {
    return this.#items.get(id).option.querySelector(".sentence__exact").textContent;
  }

  /** Every sentence in reading order. */
  sentences() {
    return this.#sentences;
  }

  /** The candidates that the filter shows, in the order of the list. */
  candidates() {
    return this.#filter === SHOWS.all ? this.#candidates : this.#candidates.filter(this.#filter);
  }

  place(id) {
    return this.#items.get(id) ?? { id, index: -1 };
  }

  /** Select a sentence everywhere; `reveal` then brings it into view. */
  select(id) {
    const before = this.#items.get(this.selected);
    before?.option.setAttribute("aria-selected", "false");
    before?.link?.removeAttribute("aria-current");
    const { option, link } = this.#items.get(id);
    option.setAttribute("aria-selected", "true");
    link?.setAttribute("aria-current", "true");
    this.#text.setAttribute("aria-activedescendant", option.id);
    this.selected = id;
  }

  /** Bring the selected sentence and its row into view, but never the page away from the text. */
  reveal() {
    const { option, row } = this.#items.get(this.selected);
    option.scrollIntoView({ block: "nearest" });
    if (!this.#stacked.matches) row?.scrollIntoView({ block: "nearest" });
  }

  stateOf(id) {
    const { mark, isDecided } = this.#items.get(id);
    return { mark, isDecided };
  }

  /** Show a label at once: in the text, in the list, in the count. */
  paint(id, { mark, isDecided, isPending = false }) {
    const item = this.#items.get(id);
    item.option.toggleAttribute("data-pending", isPending);
    if (item.mark !== mark) {
      item.mark = mark;
      item.option.dataset.mark = mark;
      putMark(item.option, mark);
      if (item.markPlace) putMark(item.markPlace, mark);
    }
    this.#decide(item, isDecided);
    this.count();
  }

  /** Show the server's version of sentences and their rows. */
  replace(fragment) {
    for (const fresh of fragment.querySelectorAll(".sentence[id], .candidate[id]")) {
      const item = this.#items.get(fresh.id.slice(1));
      if (!item) continue;
      if (fresh.matches(".sentence")) {
        adopt(item.option, fresh);
        adoptMark(item.option, fresh);
        Object.assign(item, saidOf(fresh));
        this.#decide(item, "decided" in fresh.dataset);
      } else if (item.row) {
        adopt(item.row, fresh);
        adoptMark(item.markPlace, fresh.querySelector(".candidate__mark"));
        adoptState(item.row, fresh);
      }
    }
    this.count();
  }

  /** Have those told who show what follows from the rows: soon, and once for many changes. */
  tellLater() {
    if (this.#isToTell) return;
    this.#isToTell = true;
    queueMicrotask(() => {
      this.#isToTell = false;
      this.#changed();
    });
  }

  count() {
    this.tellLater();
    const { value } = this.#progress;
    if (value !== this.#decided) {
      this.#decidedCount.textContent = this.#decided;
      this.#progress.value = this.#decided;
    }
    return { decided: this.#decided, total: this.#candidates.length };
  }

  skip(id) {
    const item = this.#items.get(id);
    item.isSkipped = true;
    item.row?.toggleAttribute("data-skipped", true);
    this.tellLater();
  }

  filter(which) {
    const ofKind = (item) => item.row.dataset.kind === which;
    this.#list.dataset.filter = which;
    this.#filter = SHOWS[which] ?? ofKind;
    for (const item of this.#candidates) item.row.hidden = !(which in SHOWS || ofKind(item));
    this.tellLater();
  }

  /** The kind of claims that the list is narrowed to, or nothing. */
  get kind() {
    const which = this.#list.dataset.filter ?? "all";
    return which in SHOWS ? "" : which;
  }

  sort(order) {
    const sorted = inOrder(this.#candidates, order);
    const isSame = sorted.every((item, place) => item === this.#candidates[place]);
    this.#candidates = sorted;
    if (!isSame) this.#list.append(...sorted.map((item) => item.row));
    if (this.selected) this.reveal();
  }

  #addRow(row) {
    const item = this.#items.get(row.id.slice(1));
    if (!item) return;
    item.row = row;
    item.link = row.querySelector("a");
    item.markPlace = row.querySelector(".candidate__mark");
    item.score = Number(row.dataset.score);
    this.#candidates.push(item);
  }

  #decide(item, isDecided) {
    item.option.toggleAttribute("data-decided", isDecided);
    item.row?.toggleAttribute("data-decided", isDecided);
    if (item.row && item.isDecided !== isDecided) this.#decided += isDecided ? 1 : -1;
    item.isDecided = isDecided;
  }
}

function itemOf(option) {
  return {
    ...saidOf(option),
    id: option.id.slice(1),
    index: Number(option.dataset.index),
    option,
    row: null,
    link: null,
    markPlace: null,
    score: 0,
    isDecided: "decided" in option.dataset,
    isSkipped: false,
  };
}

function saidOf({ dataset }) {
  return { mark: dataset.mark, version: Number(dataset.version) };
}

/** Take over what the server says of an element; what only this page knows of it stays. */
function adopt(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (name !== "aria-selected" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  old.removeAttribute("data-pending");
}

function adoptMark(place, fresh) {
  const [old, mark] = [place, fresh].map((one) => one.querySelector(":scope > .mark"));
  if (old?.className === mark?.className) return;
  old?.remove();
  if (mark) place.append(document.importNode(mark, true));
}

function adoptState(row, fresh) {
  const [old, state] = [row, fresh].map((one) => one.querySelector(".candidate__state"));
  old.replaceChildren(...document.importNode(state, true).childNodes);
}

function putMark(place, mark) {
  place.querySelector(":scope > .mark")?.remove();
  const template = document.getElementById(`mark-${mark}`);
  if (template) place.append(template.content.cloneNode(true));
}

/** The id one step down (1) or up (-1); from a sentence outside the list, the nearest that way. */
export function step(rows, from, direction) {
  const place = rows.findIndex((row) => row.id === from.id);
  if (place >= 0) return rows[place + direction]?.id ?? from.id;
  const ahead = rows.filter((row) => (row.index - from.index) * direction > 0);
  ahead.sort((one, other) => (one.index - other.index) * direction);
  return ahead[0]?.id ?? from.id;
}

/** The next row to decide, going round once; skipped rows come last. Null where none is left. */
export function nextUndecided(rows, from) {
  const place = rows.findIndex((row) => row.id === from.id);
  const start = place >= 0 ? place + 1 : rows.findIndex((row) => row.index > from.index);
  const round = start > 0 ? [...rows.slice(start), ...rows.slice(0, start)] : rows;
  const open = round.filter((row) => !row.isDecided && row.id !== from.id);
  return (open.find((row) => !row.isSkipped) ?? open[0])?.id ?? null;
}

/** Sort rows for reading (by place in the text) or by score, highest first. */
export function inOrder(rows, order) {
  const byIndex = (one, other) => one.index - other.index;
  const byScore = (one, other) => other.score - one.score || byIndex(one, other);
  return [...rows].sort(order === "score" ? byScore : byIndex);
}
