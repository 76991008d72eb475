import { isPressed, listen, onAction, press, whenLetGo } from "./keys.js";
import { csrfToken, person } from "./server.js";

const connected = new WeakSet();
const AGAIN_MS = 10_000;
// On the window it comes after htmx, which waits for it on the document; modules run before.
const parsed = new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));
let isParsed = false;
let sentAt = new WeakMap();
const CONTROLLERS = {
  copy: () => import("./copy.js"),
  evidence: () => import("./evidence.js"),
  "file-drop": () => import("./file-drop.js"),
  "own-button": () => import("./own-button.js"),
  news: () => import("./news.js"),
  problems: () => import("./problems.js"),
  queue: () => import("./queue.js"),
  review: () => import("./review.js"),
  saving: () => import("./saving.js"),
  unsent: () => import("./unsent.js"),
  workbench: () => import("./workbench.js"),
};
const LINKS = ["add", "queue", "review", "publications", "next-article", "previous-article"];

for (const action of LINKS) {
  onAction(action, () => document.querySelector(`[data-go="${action}"]`)?.click());
}
onAction("search", () => {
  const field = [...document.querySelectorAll("[data-search]")].find((one) => one.checkVisibility());
  if (field) field.select();
  else document.querySelector("[data-go=search]")?.click();
});
document.addEventListener("focusin", async ({ target }) => {
  if (!target.matches("[data-search]") || connected.has(target)) return;
  connected.add(target);
  (await import("./search.js")).connect(target);
});
onAction("filter", () => document.querySelector("[data-filter], .filters select")?.focus());
onAction("save", (event) => press(event.target.closest("form")?.querySelector("[data-save]")));
onAction("text", (event) => {
  event.target.blur?.();
  const card = event.target.parentElement?.closest("[tabindex]");
  (document.querySelector("#text[tabindex]") ?? card)?.focus({ preventScroll: true });
});
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.formData.delete("csrfmiddlewaretoken"); // the page's own, older than the last login
  detail.headers["X-CSRFToken"] = csrfToken(document.cookie);
  if (person()) detail.headers["X-Person"] = person();
});
document.body.addEventListener("htmx:beforeRequest", ({ detail: { target, requestConfig } }) => {
  if (requestConfig.verb === "post") target.addEventListener("htmx:beforeSwap", findPlace);
});
document.body.addEventListener("htmx:beforeSwap", waitForHand);
addEventListener("submit", waitForHtmx);
addEventListener("submit", sendOnce);
addEventListener("pageshow", () => (sentAt = new WeakMap()));
onAction("help", showKeys);
document.querySelector("[data-open-keys]")?.addEventListener("click", showKeys);
listen(document);
parsed.then(() => (isParsed = true));
Promise.all([connectAll(document.body, CONTROLLERS), parsed]).then(() => {
  document.documentElement.dataset.listens = "";
});

/** What htmx sends waits until it is there: the browser would lead to another page instead. */
function waitForHtmx(event) {
  const { target, submitter } = event;
  if (isParsed || !target.hasAttribute("hx-post")) return;
  event.preventDefault();
  parsed.then(() => target.requestSubmit(submitter));
}

/** A form that leads to another page is sent once, also where that page is slow to come. */
function sendOnce(event) {
  if (event.defaultPrevented || event.target.getAttribute("method") !== "post") return;
  if (event.timeStamp - sentAt.get(event.target) < AGAIN_MS) event.preventDefault();
  else sentAt.set(event.target, event.timeStamp);
}

/** What became of a step is shown also where its place was drawn anew before the answer came. */
function findPlace(event) {
  if (event.target !== event.detail.target || event.target.isConnected) return;
  if (event.detail.shouldSwap && event.detail.requestConfig.verb === "post") putLate(event);
}

/** A button that gives way to another while it is pressed hears no click. */
function waitForHand(event) {
  const { target, shouldSwap, requestConfig } = event.detail;
  const leads = requestConfig.elt.closest("[hx-push-url=true]");
  if (!shouldSwap || leads || event.target !== target || !isPressed(target)) return;
  whenLetGo(target, () => putLate(event));
  event.preventDefault();
}

function putLate(event) {
  const { target, requestConfig, serverResponse } = event.detail;
  const isStep = requestConfig.verb === "post";
  const place = isStep && !target.isConnected ? document.getElementById(target.id) : target;
  event.preventDefault();
  if (!place?.isConnected) return;
  const detail = { ...event.detail, target: place };
  const swapStyle = requestConfig.elt.closest("[hx-swap]")?.getAttribute("hx-swap") ?? "innerHTML";
  const options = { contextElement: place, eventInfo: detail };
  if (!htmx.trigger(place, "htmx:beforeSwap", detail)) return;
  htmx.swap(place, serverResponse, { swapStyle }, options);
}

function showKeys() {
  document.getElementById("keys").showModal();
}

/**
 * Attach each element's behaviours, named in data-controller, exactly once; load them when needed.
 *
 * The promise is kept when all are attached.
 */
function connectAll(root, controllers) {
  const marked = [...root.querySelectorAll("[data-controller]")];
  if (root.matches?.("[data-controller]")) marked.unshift(root);
  const fresh = marked.filter((element) => !connected.has(element));
  return Promise.all(
    fresh.flatMap((element) => {
      connected.add(element);
      const names = element.dataset.controller.split(" ");
      return names.map((name) => controllers[name]().then((module) => module.connect(element)));
    }),
  );
}
