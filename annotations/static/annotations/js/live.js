import { PAGE } from "./server.js";

const HIDDEN_MS = 10_000;
const RETRY_MS = 60_000;

/**
 * What the server tells an open page, for as long as somebody may be looking at it.
 *
 * The browser connects again by itself and names the last event it heard. Where the server has no
 * room, we ask every now and then instead, and try to listen again after a while. `onState` hears
 * "live", "lost" (no connection), "away" (the server itself hears nothing) or "slow" (we ask).
 */
export class Live {
  #url;
  #hooks;
  #onState;
  #source = null;
  #last = "";
  #timer = 0;
  #hiding = 0;

  constructor(url, hooks, onState) {
    this.#url = url;
    this.#hooks = hooks;
    this.#onState = onState;
    document.addEventListener("visibilitychange", () => this.#seen(!document.hidden));
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", (event) => event.persisted && this.#open());
    this.#open();
  }

  #open({ once = false } = {}) {
    this.#close();
    const source = new EventSource(this.#address(once));
    const hooks = {
      ...this.#hooks,
      back: () => this.#onState(once ? "slow" : "live"),
      away: () => this.#onState("away"),
    };
    for (const [name, hear] of Object.entries(hooks)) {
      source.addEventListener(name, (event) => {
        this.#last = event.lastEventId || this.#last;
        hear(JSON.parse(event.data));
      });
    }
    source.onerror = () => this.#failed(source, once);
    this.#source = source;
  }

  #address(once) {
    const url = new URL(this.#url, location.href);
    url.searchParams.set("page", PAGE);
    if (this.#last) url.searchParams.set("since", this.#last);
    if (once) url.searchParams.set("once", "");
    return url;
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  /** A connection that ended comes back by itself; one that was refused does not. */
  #failed(source, once) {
    const isRefused = source.readyState === EventSource.CLOSED;
    if (!once || isRefused) this.#onState("lost");
    if (!isRefused) return;
    if (once) this.#close();
    else this.#open({ once: true });
    this.#timer = setTimeout(() => this.#open(), RETRY_MS);
  }

  /** A browser has few connections to a host: pages that nobody sees give theirs back. */
  #seen(isSeen) {
    clearTimeout(this.#hiding);
    if (!isSeen) this.#hiding = setTimeout(() => this.#close(), HIDDEN_MS);
    else if (!this.#source) this.#open();
  }
}
