import { wordOf as wordIn } from "./announce.js";
import { Live } from "./live.js";
import { parse, post } from "./server.js";

const WORKING_MS = 30_000;
const ANEW_MS = 1_000;
const BUSY_MS = 100;
const LOOK_MS = 10_000;
const WORKS_MS = 60_000;
const SPOKEN_AT_MOST = 3;

/** Bring news of colleagues and workers to the page around this element. */
export function connect(place) {
  const root = place.parentElement.closest("[data-controller]") ?? document.body;
  new News(place, root).start();
}

class News {
  #place;
  #root;
  #asking = 0;
  #askAt = Infinity;
  #hasListened = false;

  constructor(place, root) {
    this.#place = place;
    this.#root = root;
  }

  start() {
    const hooks = {
      sentences: (news) => this.#sentences(news),
      people: ({ html }) => this.#put("people", html),
      progress: (news) => this.#progress(news),
      working: (news) => this.#working(news),
      extraction: () => this.#askAnew(),
      recut: () => this.#recut(),
      revised: () => this.#revised(),
      happened: () => this.#askAnew(),
    };
    new Live(this.#place.dataset.news, hooks, (state) => this.#state(state));
    document.body.addEventListener("queue-changed", () => this.#askAnew(0));
    setInterval(() => this.#look(), LOOK_MS);
    setInterval(() => this.#lookWhoWorks(), WORKS_MS);
    if (this.#place.dataset.working) this.#sayWhenWorking();
  }

  #sentences({ sentences, isAll }) {
    for (const { html, ...news } of sentences) {
      const detail = { ...news, id: String(news.id), fragment: parse(html) };
      this.#root.dispatchEvent(new CustomEvent("news:sentence", { detail }));
    }
    const said = sentences.filter((one) => one.said);
    if (said.length > SPOKEN_AT_MOST) this.#say("said", `${said.length} ${this.#word("changes")}`);
    else if (said.length) this.#tell(said);
    if (!isAll) this.#say("said", this.#word("too-much"));
  }

  #recut() {
    this.#root.dispatchEvent(new CustomEvent("news:recut"));
    this.#say("said", this.#word("recut"));
  }

  /** The page keeps the text that it shows: somebody may be writing about it. */
  #revised() {
    this.#say("said", this.#word("revised"));
    this.#askAnew();
  }

  #progress({ article, html }) {
    const shown = document.querySelector(`[data-progress="${article}"]`);
    if (!shown) return this.#askAnew();
    shown.replaceChildren(...parse(html).childNodes);
  }

  #working({ article, html }) {
    const shown = document.querySelector(`[data-at-work="${article}"]`);
    shown?.replaceChildren(...parse(html).childNodes);
  }

  /** Have the server draw anew what has changed: once for many reasons, however many come. */
  #askAnew(after = ANEW_MS) {
    const at = performance.now() + after;
    if (at >= this.#askAt) return;
    clearTimeout(this.#asking);
    this.#askAt = at;
    this.#asking = setTimeout(() => this.#ask(), after);
  }

  /** Ask once nothing else is under way: its answer may be older, and would be lost with ours. */
  #ask() {
    this.#askAt = Infinity;
    if (document.querySelector(".htmx-request")) this.#askAnew(BUSY_MS);
    else globalThis.htmx?.trigger(document.querySelector("[hx-trigger~=news]"), "news");
  }

  /** What nobody tells of: that a worker is there, or is not. */
  #look() {
    if (document.querySelector("[data-progress]") && !document.hidden) this.#askAnew();
  }

  /** Nobody tells either that somebody went away without a word. */
  #lookWhoWorks() {
    if (document.querySelector("[data-at-work] *") && !document.hidden) this.#askAnew();
  }

  /** The queue is not told what happened while it did not listen: it asks for all of it. */
  #listens() {
    if (this.#hasListened && "forgets" in this.#place.dataset) this.#askAnew();
    else this.#look();
    this.#hasListened = true;
  }

  #state(state) {
    if (state !== "lost") this.#listens();
    if (state === "live") this.#root.dispatchEvent(new CustomEvent("news:live"));
    this.#place.dataset.state = state;
    this.#say("state", state === "live" ? "" : this.#word(`live-${state}`));
    if (state === "lost") this.#put("people", "");
  }

  /** Say that somebody works here, as long as they do; nothing depends on it. */
  #sayWhenWorking() {
    let said = -Infinity;
    const work = (event) => {
      if (event.timeStamp - said < WORKING_MS) return;
      said = event.timeStamp;
      post(this.#place.dataset.working, new FormData()).catch(() => {});
    };
    for (const name of ["keydown", "pointerdown"]) addEventListener(name, work, { passive: true });
  }

  #word(name) {
    return wordIn(name, this.#place.querySelector(".live__words"));
  }

  #put(name, html) {
    const place = this.#place.querySelector(`[data-live-${name}]`);
    place?.replaceChildren(...parse(html).childNodes);
  }

  /** Say what happened to each sentence; the words lead to it. */
  #tell(said) {
    const links = said.map(({ id, said: words }) => {
      const link = document.createElement("a");
      [link.href, link.textContent] = [`#s${id}`, words];
      return link;
    });
    const place = this.#place.querySelector("[data-live-said]");
    place.replaceChildren(...links.flatMap((link, index) => (index ? [". ", link] : [link])));
  }

  #say(name, words) {
    const place = this.#place.querySelector(`[data-live-${name}]`);
    if (place && place.textContent !== words) place.textContent = words;
  }
}
