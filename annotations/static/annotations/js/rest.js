import { wordOf } from "./announce.js";

const AT_MOST = 500; // as in workflow/remaining.py
const AGREES = ["", "dismissed"];
const REASONS = ["skipped", "returned", "typed", "labelled"];

/**
 * Part the undecided rows of a list: the `ids` that one press marks as no claim, and why others are
 * `held`: what somebody put aside, was asked about, writes about, or would contradict is looked at singly.
 */
export function part(rows, { isTyped, isPending }) {
  const [ids, held] = [[], {}];
  for (const row of rows) {
    if (row.isDecided || isPending(row.id)) continue;
    const why = reasonFor(row, isTyped);
    if (why) held[why] = (held[why] ?? 0) + 1;
    else ids.push(row.id);
  }
  return { ids: ids.slice(0, AT_MOST), held };
}

function reasonFor(row, isTyped) {
  if (row.isSkipped) return "skipped";
  if (row.version > 0) return "returned";
  if (isTyped(row.id)) return "typed";
  return AGREES.includes(row.mark) ? "" : "labelled";
}

/** The foot of the list: the button that marks what is left, and what became of it. */
export class Rest {
  #button;
  #words;
  #held;
  #told;

  constructor(root) {
    this.#button = root.querySelector("[data-rest-mark]");
    this.#words = root.querySelector("[data-rest-words]");
    this.#held = root.querySelector("[data-rest-held]");
    this.#told = root.querySelector("[data-rest-told]");
  }

  /** Say how many the button marks, and of which kind where the list shows only one. */
  show({ ids, held }, kind) {
    const number = ids.length;
    const words = counted(kind ? "rest-kind" : "rest", number).replace("@", kind);
    const parts = REASONS.filter((why) => held[why]).map((why) => counted(`held-${why}`, held[why]));
    put(this.#words, number ? words : "");
    put(this.#held, number && parts.length ? `${wordOf("rest-held")} ${parts.join(", ")}.` : "");
    this.#held.hidden = !number || !parts.length;
    this.#button.hidden = !number;
  }

  get isFocused() {
    return document.activeElement === this.#button;
  }

  /** Whether one sees what is told here: where the panes are stacked, the list may be far below. */
  get isInView() {
    return getComputedStyle(this.#told.parentElement).position === "sticky";
  }

  /** Go to the button; false where there is nothing to mark. */
  focus() {
    if (this.#button.hidden) return false;
    this.#button.focus();
    return true;
  }

  tell(words) {
    put(this.#told, words);
    this.#told.hidden = !words;
  }
}

/** Both languages of the pages have one form for 1 and another for more. */
function counted(name, number) {
  return wordOf(`${name}-${number === 1 ? "one" : "many"}`).replace("#", number);
}

function put(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
