import { onAction } from "./keys.js";

/** The queue by keys: moving along the rows, selecting them, and counting what is selected. */
export function connect(bar) {
  new Selection(bar).start();
}

class Selection {
  #bar;
  #chosen = new Set();
  #last = null;

  constructor(bar) {
    this.#bar = bar;
  }

  start() {
    onAction("next", () => this.#move(1));
    onAction("previous", () => this.#move(-1));
    onAction("select", () => this.#toggle(this.#current() ?? this.#rows()[0]));
    onAction("select-to", () => this.#chooseTo(this.#current()));
    onAction("start", () => document.querySelector("[data-start]")?.click());
    document.addEventListener("click", (event) => this.#clicked(event));
    document.addEventListener("change", (event) => this.#changed(event.target));
    document.body.addEventListener("htmx:afterSwap", () => this.#drawnAnew());
    this.#bar.dataset.counts = "";
    this.#bar.querySelector("[data-clear]").addEventListener("click", () => this.#clear());
    this.#show();
  }

  #rows() {
    return [...document.querySelectorAll(".queue__row")];
  }

  #current() {
    return document.activeElement.closest(".queue__row");
  }

  #move(step) {
    const rows = this.#rows();
    const place = rows.indexOf(this.#current());
    const next = place < 0 ? rows[0] : rows[place + step];
    next?.querySelector(".queue__title").focus();
  }

  #toggle(row) {
    if (!row) return;
    choose(row, !box(row).checked);
    this.#last = box(row).value;
    row.querySelector(".queue__title").focus();
    this.#read();
  }

  /** Select all rows between the last that was selected and this one. */
  #chooseTo(row) {
    if (!row) return;
    const rows = this.#rows();
    const from = rows.findIndex((one) => box(one).value === this.#last);
    for (const one of range(rows, from, rows.indexOf(row))) choose(one, true);
    this.#last = box(row).value;
    this.#read();
  }

  #clicked(event) {
    const row = event.target.matches(".queue__select") && event.target.closest(".queue__row");
    if (!row) return;
    if (event.shiftKey && this.#last && event.target.checked) this.#chooseTo(row);
    else this.#last = event.target.value;
  }

  #changed(target) {
    if (target.matches(".queue__select")) this.#read();
  }

  #clear() {
    for (const row of this.#rows()) choose(row, false);
    this.#read();
    document.querySelector(".queue__title")?.focus();
  }

  /** The list came anew: what is still there stays selected. */
  #drawnAnew() {
    for (const row of this.#rows()) choose(row, this.#chosen.has(box(row).value));
    this.#read();
  }

  #read() {
    this.#chosen = new Set(this.#rows().map(box).filter((one) => one.checked).map((one) => one.value));
    this.#show();
  }

  #show() {
    const number = this.#chosen.size;
    const wasHidden = this.#bar.hidden;
    this.#bar.hidden = number === 0;
    if (wasHidden && number > 0) this.#bar.dispatchEvent(new Event("shown"));
    for (const place of this.#bar.querySelectorAll("[data-number]")) {
      if (place.textContent !== String(number)) place.textContent = number;
    }
  }
}

/** Return the rows between two places, whichever comes first; without the first, only the other. */
export function range(rows, from, to) {
  if (from < 0) return [rows[to]];
  return rows.slice(Math.min(from, to), Math.max(from, to) + 1);
}

function box(row) {
  return row.querySelector(".queue__select");
}

function choose(row, isChosen) {
  box(row).checked = isChosen;
}
