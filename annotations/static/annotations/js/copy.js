import { announce } from "./announce.js";

/** Copy what a page shows once; where the browser has no clipboard for us, it is selected. */
export function connect(root) {
  const source = root.querySelector("[data-copy-from]");
  const button = root.querySelector("[data-copy]");
  button.hidden = false;
  source.addEventListener("focus", () => source.select());
  button.addEventListener("click", async () => {
    if (!(await copied(source.value))) {
      source.focus();
      return;
    }
    button.lastChild.textContent = root.dataset.copied;
    announce(root.dataset.copied);
  });
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
