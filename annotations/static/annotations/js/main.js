import { connectAll } from "./connect.js";
import * as fileDrop from "./file-drop.js";
import { listen, onAction } from "./keys.js";
import * as keysButton from "./keys-button.js";
import * as keysDialog from "./keys-dialog.js";
import * as menu from "./menu.js";
import * as problems from "./problems.js";
import * as review from "./review.js";
import { csrfToken } from "./server.js";
import * as workbench from "./workbench.js";

const CONTROLLERS = {
  "file-drop": fileDrop,
  "keys-button": keysButton,
  "keys-dialog": keysDialog,
  menu,
  problems,
  review,
  workbench,
};
const LINKS = ["queue", "review", "next-article", "previous-article"];

for (const action of LINKS) {
  onAction(action, () => document.querySelector(`[data-go="${action}"]`)?.click());
}
onAction("filter", () => document.querySelector("[data-filter], .filters select")?.focus());
onAction("save", (event) => event.target.closest("form")?.querySelector("[data-save]")?.click());
onAction("text", (event) => {
  event.target.blur?.();
  document.querySelector("#text[tabindex]")?.focus({ preventScroll: true });
});
document.body.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken(document.cookie);
});
connectAll(document.body, CONTROLLERS);
listen(document);
