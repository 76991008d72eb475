/**
 * Writes on their way to the server, one after the other, so that each can build on the one before.
 *
 * A write that cannot be delivered stays, with all after it, until `retry` is called. A write that
 * must not be sent twice (`once`) is handed to `onLost` instead.
 */
export class Outbox {
  #waiting = [];
  #isBusy = false;
  isStalled = false;

  constructor(send, { onDone, onRefused, onLost, onChange }) {
    this.#send = send;
    this.#hooks = { onDone, onRefused, onLost, onChange };
  }

  #send;
  #hooks;

  get size() {
    return this.#waiting.length;
  }

  /** The latest write about this sentence that is not confirmed yet. */
  latestOf(sentence) {
    return this.#waiting.findLast((write) => write.sentence === sentence);
  }

  add(write) {
    this.#waiting.push(write);
    this.#hooks.onChange(this);
    return this.#deliver();
  }

  retry() {
    return this.#deliver();
  }

  async #deliver() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.isStalled = false;
    while (this.#waiting.length > 0 && !this.isStalled) await this.#deliverFirst();
    this.#isBusy = false;
    this.#hooks.onChange(this);
  }

  async #deliverFirst() {
    const [write] = this.#waiting;
    const answer = await this.#send(write).catch(() => ({ status: 0, html: "" }));
    const isDelivered = ![0, 401, 403, 429].includes(answer.status) && answer.status < 500;
    if (!isDelivered && !write.once) {
      this.isStalled = true;
      this.#hooks.onLost(write, answer);
      return;
    }
    this.#waiting.shift();
    const hook = !isDelivered ? "onLost" : answer.status < 300 ? "onDone" : "onRefused";
    this.#hooks[hook](write, answer);
    this.#hooks.onChange(this);
  }
}
