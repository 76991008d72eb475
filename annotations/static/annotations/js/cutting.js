import { clearProblem, showUnanswered } from "./problems.js";
import { get, parse, post } from "./server.js";

const TRIES = 5;
const KEPT = ["#text", ".candidates", "#count"]; // places whose contents a cut changes

/** Let the forms of the inspector split and join sentences; `cut:done` says that they did. */
export function bindCutting(root) {
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-cut]")) return;
    event.preventDefault();
    cut(event.target, event.submitter?.value ?? "split");
  });
  root.addEventListener("keydown", (event) => {
    if (event.target.id !== "cut-text" || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector('[value="split"]'));
  });
}

/** Open the form of the selected sentence, the cursor in its words. */
export function openCutting(root) {
  const text = root.querySelector("#cut-text");
  if (!text) return;
  text.closest("details").open = true;
  text.focus();
}

/** How many code points lie before a place that counts UTF-16 units. */
export function codePoints(text, units) {
  return [...text.slice(0, units)].length;
}

/**
 * Put the text and its candidates in their places as they are cut now; false where that fails.
 *
 * What changed since it was asked for (`changes` counts) may not be in the answer: ask again.
 */
export async function drawAnew(root, changes, tries = TRIES) {
  const seen = changes();
  const { status, html } = await get(location.pathname + location.search).catch(() => ({}));
  if (status !== 200) return false;
  if (changes() !== seen && tries > 1) return drawAnew(root, changes, tries - 1);
  const fresh = parse(html);
  for (const place of KEPT) {
    root.querySelector(place).replaceChildren(...fresh.querySelector(place).childNodes);
  }
  root.dataset.text = fresh.querySelector("[data-text]").dataset.text;
  const [old, now] = [root, fresh].map((one) => one.querySelector("progress"));
  [old.max, old.value] = [now.max, now.value];
  return true;
}

async function cut(form, action) {
  const text = form.querySelector("#cut-text");
  const body = new FormData(form);
  body.set("place", codePoints(text.value, text.selectionStart));
  const { status, html } = await post(form.dataset[action], body).catch(() => ({ status: 0 }));
  if (![204, 401, 409, 422].includes(status)) return showUnanswered(status);
  clearProblem("request");
  if (status === 204) return form.dispatchEvent(new CustomEvent("cut:done", { bubbles: true }));
  form.querySelector("#cut-problem").replaceChildren(...parse(html).childNodes);
}
