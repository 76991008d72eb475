/** The article on the page: its sentences, its list of candidates, and how they are marked. */
export class Sheet {
  #root;
  #list;
  #text;
  skipped = new Set();
  selected = "";

  constructor(root) {
    this.#root = root;
    this.#list = root.querySelector(".candidates");
    this.#text = root.querySelector("#text");
  }

  option(id) {
    return document.getElementById(`s${id}`);
  }

  row(id) {
    return document.getElementById(`c${id}`);
  }

  /** Every sentence in reading order. */
  sentences() {
    return [...this.#text.querySelectorAll("[role=option]")].map((one) => this.#describe(one));
  }

  /** The candidates that the filter shows, in the order of the list. */
  candidates() {
    const shown = [...this.#list.children].filter((row) => row.checkVisibility());
    return shown.map((row) => this.#describe(this.option(row.id.slice(1))));
  }

  place(id) {
    return { id, index: Number(this.option(id)?.dataset.index ?? -1) };
  }

  /** Select a sentence everywhere without letting it out of view. */
  select(id) {
    this.option(this.selected)?.setAttribute("aria-selected", "false");
    this.row(this.selected)?.querySelector("a").removeAttribute("aria-current");
    this.selected = id;
    this.show();
    this.option(id).scrollIntoView({ block: "nearest" });
    this.#reveal(this.row(id));
  }

  /** Say again which one is selected, after parts of the page were replaced. */
  show() {
    this.option(this.selected)?.setAttribute("aria-selected", "true");
    this.row(this.selected)?.querySelector("a").setAttribute("aria-current", "true");
    this.#text.setAttribute("aria-activedescendant", `s${this.selected}`);
  }

  stateOf(id) {
    const option = this.option(id);
    return { mark: option.dataset.mark, isDecided: "decided" in option.dataset };
  }

  /** Show a label at once: in the text, in the list, in the count. */
  paint(id, { mark, isDecided, isPending = false }) {
    const option = this.option(id);
    option.dataset.mark = mark;
    option.toggleAttribute("data-pending", isPending);
    this.#putMark(option, mark);
    for (const element of [option, this.row(id)]) {
      element?.toggleAttribute("data-decided", isDecided);
    }
    const place = this.row(id)?.querySelector(".candidate__mark");
    if (place) this.#putMark(place, mark);
    this.count();
  }

  /** Put the server's version of a sentence and its row in place of what is shown. */
  replace(fragment) {
    for (const fresh of fragment.querySelectorAll(".sentence[id], .candidate[id]")) {
      const old = document.getElementById(fresh.id);
      const isFocused = old?.contains(document.activeElement);
      old?.replaceWith(document.importNode(fresh, true));
      if (isFocused) document.getElementById(fresh.id).querySelector("a")?.focus({ preventScroll: true });
    }
    for (const id of this.skipped) this.row(id)?.toggleAttribute("data-skipped", true);
    this.show();
    this.count();
  }

  count() {
    const total = this.#list.children.length;
    const decided = this.#list.querySelectorAll("[data-decided]").length;
    this.#root.querySelector("[data-decided-count]").textContent = decided;
    this.#root.querySelector(".list-head__progress").value = decided;
    return { decided, total };
  }

  skip(id) {
    this.skipped.add(id);
    this.row(id)?.toggleAttribute("data-skipped", true);
  }

  filter(which) {
    this.#list.dataset.filter = which;
  }

  sort(order) {
    const rows = [...this.#list.children].map((row) => ({
      row,
      index: Number(row.dataset.index),
      score: Number(row.dataset.score),
    }));
    this.#list.append(...inOrder(rows, order).map((one) => one.row));
    this.#reveal(this.row(this.selected));
  }

  /** Scroll the list to a row, but never the page away from the text. */
  #reveal(row) {
    const pane = row?.closest(".workbench__list");
    if (pane && getComputedStyle(pane).overflowY !== "visible") row.scrollIntoView({ block: "nearest" });
  }

  #describe(option) {
    const id = option.id.slice(1);
    return {
      id,
      index: Number(option.dataset.index),
      isDecided: "decided" in option.dataset,
      isSkipped: this.skipped.has(id),
    };
  }

  #putMark(place, mark) {
    place.querySelector(":scope > .mark")?.remove();
    const template = document.getElementById(`mark-${mark}`);
    if (template) place.append(template.content.cloneNode(true));
  }
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
