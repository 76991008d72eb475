import { get, parse } from "./server.js";

const PAUSE_MS = 120;

/** Offer below a search field what could stand at the caret: a combobox with a list. */
export function connect(field) {
  new Combobox(field).start();
}

class Combobox {
  #field;
  #list;
  #timer = 0;
  #asked = 0;

  constructor(field) {
    this.#field = field;
    this.#list = document.createElement("ul");
    this.#list.id = `${field.id}-suggestions`;
    this.#list.className = "suggestions";
    this.#list.role = "listbox";
    this.#list.hidden = true;
    this.#list.setAttribute("aria-label", field.labels[0].textContent);
  }

  start() {
    this.#field.after(this.#list);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-controls", this.#list.id],
      ["aria-expanded", "false"],
    ]) {
      this.#field.setAttribute(name, value);
    }
    this.#field.addEventListener("input", () => this.#askSoon());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#take(event.target.closest("[role=option]")));
    if (this.#field.value !== this.#field.defaultValue) this.#ask(); // typed before this came
  }

  #askSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  async #ask() {
    const number = ++this.#asked;
    const before = this.#field.value.slice(0, this.#field.selectionStart);
    const url = `${this.#field.dataset.suggest}?before=${encodeURIComponent(before)}`;
    const answer = await get(url).catch(() => null);
    if (number !== this.#asked || answer?.status !== 200) return;
    this.#show([...parse(answer.html).children]);
  }

  #show(options) {
    const isOpen = options.length > 0 && document.activeElement === this.#field;
    for (const one of options) one.id = `${this.#list.id}-${one.id}`;
    this.#list.replaceChildren(...options);
    this.#list.hidden = !isOpen;
    this.#field.setAttribute("aria-expanded", String(isOpen));
    this.#field.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && this.#list.hidden) this.#ask();
    if (this.#list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.#move(steps[event.key]);
    else if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && this.#current()) this.#take(this.#current());
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #current() {
    return this.#list.querySelector("[aria-selected=true]");
  }

  #move(step) {
    const options = [...this.#list.children];
    const current = this.#current();
    const from = current ? options.indexOf(current) : step > 0 ? -1 : 0;
    const next = options[(from + step + options.length) % options.length];
    current?.setAttribute("aria-selected", "false");
    next.setAttribute("aria-selected", "true");
    next.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", next.id);
  }

  #take(option) {
    if (!option) return;
    const { before } = option.dataset;
    const after = this.#field.value.slice(this.#field.selectionStart).trimStart();
    this.#field.value = before + after;
    this.#field.setSelectionRange(before.length, before.length);
    this.#show([]);
    if (before.endsWith(":")) this.#ask();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#show([]);
  }
}
