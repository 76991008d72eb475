import { parse } from "./server.js";

const SLOW_MS = 500;
const BY_HAND = new Set(["change", "click", "submit"]);

/** Show what went wrong in a corner of the page, each key once. */
export function showProblem(key, ...content) {
  const box = document.createElement("div");
  box.className = "problem";
  box.role = "alert";
  box.dataset.key = key;
  box.append(...content, closeButton(box));
  const shown = find(key);
  if (shown?.textContent === box.textContent) return;
  shown?.remove();
  document.getElementById("problems").append(box);
}

export function clearProblem(key) {
  find(key)?.remove();
}

/** Say that a request found no server (0), or one that was unable to answer. */
export function showUnanswered(status) {
  const { noConnection, failed } = document.getElementById("problems").dataset;
  showProblem("request", status ? `${failed} (${status})` : noConnection);
}

function find(key) {
  return [...document.querySelectorAll("#problems > *")].find((box) => box.dataset.key === key);
}

/** Show requests of htmx that found no server, or one that was unable to answer. */
export function connect(region) {
  document.body.addEventListener("htmx:beforeRequest", ({ detail: { xhr } }) => {
    for (const name of ["error", "timeout"]) xhr.addEventListener(name, () => showUnanswered(0));
  });
  document.body.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
    const said = xhr.status === 401 && parse(xhr.responseText).querySelector("[role=alert]");
    if (said) showProblem("request", ...said.childNodes);
    else showUnanswered(xhr.status);
  });
  document.body.addEventListener("htmx:afterOnLoad", ({ detail }) => {
    if (detail.successful) clearProblem("request"); // it comes after an error, too
  });
  sayWhatIsSlow(region);
}

/** Mark what somebody waits for; say so where it takes its time. What pages ask by themselves is quiet. */
function sayWhatIsSlow(region) {
  const status = region.querySelector("[data-loading]");
  const waits = new Map();
  document.body.addEventListener("htmx:beforeRequest", ({ detail: { xhr, target, requestConfig } }) => {
    if (!BY_HAND.has(requestConfig.triggeringEvent?.type)) return;
    target.setAttribute("aria-busy", "true");
    waits.set(xhr, setTimeout(() => show(target), SLOW_MS));
    xhr.addEventListener("loadend", () => end(xhr, target)); // its place may be gone by then
  });

  function end(xhr, target) {
    clearTimeout(waits.get(xhr));
    waits.delete(xhr);
    target.removeAttribute("aria-busy");
    target.removeAttribute("data-slow");
    if (waits.size === 0) status.textContent = "";
  }

  function show(target) {
    target.setAttribute("data-slow", "");
    status.textContent = status.dataset.loading;
  }
}

function closeButton(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--bare";
  button.setAttribute("aria-label", document.getElementById("problems").dataset.close);
  button.textContent = "×";
  button.addEventListener("click", () => box.remove());
  return button;
}
