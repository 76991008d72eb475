import { Drafts } from "./drafts.js";
import { Outbox } from "./outbox.js";
import { clearProblem, showProblem } from "./problems.js";
import { parse, person, post } from "./server.js";
import { Store } from "./store.js";

let opening = null;

/** What this page keeps and sends, { store, drafts, outbox }: made when first asked for. */
export function saving() {
  return (opening ??= open());
}

/** Show in the header what is not saved, and send what a page before this one left. */
export async function connect(header) {
  const { outbox } = await saving();
  let isLeavingInside = false;
  const show = () => {
    header.hidden = !outbox.isStalled;
    header.querySelector("[data-count]").textContent = outbox.size;
  };
  outbox.follow({
    changed: show,
    done: () => clearProblem("connection"),
    lost: (write, answer) => showLost(answer),
    refused: (write, answer) => {
      if (!document.getElementById(`s${write.sentence}`)) showRefusal(write, reasonOf(answer));
    },
  });
  header.querySelector("[data-retry]").addEventListener("click", () => outbox.retry());
  addEventListener("online", () => outbox.retry());
  addEventListener("focus", () => outbox.isStalled && outbox.retry());
  document.addEventListener("click", (event) => {
    isLeavingInside = event.target.closest("a")?.host === location.host;
  });
  addEventListener("beforeunload", (event) => {
    const isOnItsWay = isLeavingInside && !outbox.isStalled;
    if (outbox.size > 0 && !isOnItsWay) event.preventDefault();
  });
  outbox.retry();
}

/** Say why nothing gets through; where one was logged out, with the way back in. */
export function showLost(answer) {
  const said = answer?.status === 401 && parse(answer.html).querySelector("[role=alert]");
  const { noConnection } = document.getElementById("saving").dataset;
  showProblem("connection", ...(said ? said.childNodes : [noConnection]));
}

/** Say what was not saved and why, with the way to it: what was typed waits there. */
export function showRefusal({ sentence, page }, why) {
  const { notSaved, show } = document.getElementById("saving").dataset;
  const link = document.createElement("a");
  link.href = `${page === location.pathname ? "" : page}#s${sentence}`;
  link.textContent = show;
  showProblem(sentence ?? "step", `${notSaved} ${why} `, ...(sentence ? [link] : []));
}

export function reasonOf(answer) {
  return parse(answer.html).querySelector("[role=alert]")?.textContent.trim() || `${answer.status}`;
}

async function open() {
  const store = await Store.open(person());
  const [drafts, outbox] = [new Drafts(store), new Outbox(send, store)];
  outbox.follow({
    done: (write, answer) => drafts.saved(write, answer.version),
    refused: (write, answer) => drafts.refused(write, parse(answer.html)),
  });
  return { store, drafts, outbox };
}

function send(write) {
  const body = new FormData();
  for (const [name, value] of write.pairs) body.append(name, value);
  if (Number.isInteger(write.version)) body.set("version", write.version);
  return post(write.url, body, { "Idempotency-Key": write.key });
}
