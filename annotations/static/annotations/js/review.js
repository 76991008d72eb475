import { announce } from "./announce.js";
import { onAction, placeOfFocus, press, returnFocus } from "./keys.js";
import { saving } from "./saving.js";

const LABELS = ["verified", "unverified", "disputed", "dismissed"];
const STEPS = ["return", "adjudicate"];

/** The review list by keys: one verdict is current, and stays so when its card is replaced. */
export async function connect(root) {
  const words = new Words((await saving()).store);
  let current = "";
  const cards = () => [...root.querySelectorAll("[data-verdict]")];
  const card = () => document.getElementById(current);

  function focus(element) {
    if (!element) return;
    current = element.id;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }

  function move(direction) {
    const all = cards();
    const place = all.indexOf(card());
    focus(place < 0 ? all[0] : all[place + direction]);
  }

  /** Of a step that the card does not offer, say what the card says of it, if it does. */
  function sayWhyNot() {
    const why = card()?.querySelector("[data-why]");
    if (why) announce(why.textContent);
  }

  function decide(label) {
    const form = opened(card()?.querySelector("[data-form=adjudicate]"));
    const choice = form?.querySelector(`[value=${label}]`);
    if (!choice) return sayWhyNot();
    choice.checked = true;
    form.querySelector("textarea").focus();
  }

  onAction("next", () => move(1));
  onAction("previous", () => move(-1));
  onAction("approve", () => {
    const button = card()?.querySelector("[data-approve]");
    return button ? press(button) : sayWhyNot();
  });
  const pressInGroup = (button) => {
    const near = card()?.closest(".group") ?? root.querySelector(`.group:has(${button})`);
    const found = near?.querySelector(`${button}:not([hidden])`);
    if (found) press(found);
    else announce(root.dataset.nothing);
  };
  onAction("publish", () => pressInGroup("[data-publish]"));
  onAction("approve-all", () => pressInGroup("[data-approve-all]"));
  onAction("undo", () => pressInGroup("[data-take-back]"));
  onAction("return", () => {
    opened(card()?.querySelector("[data-form=return]"))?.querySelector("textarea").focus();
  });
  for (const label of LABELS) onAction(label, () => decide(label));
  root.addEventListener("focusin", (event) => {
    const inside = event.target.closest("[data-verdict]");
    if (inside) current = inside.id;
  });
  root.addEventListener("toggle", (event) => event.target.open && opened(event.target), true);
  for (const details of root.querySelectorAll("details[data-form][open]")) opened(details);
  words.putBack();
  root.addEventListener("input", (event) => words.keep(event.target.form));
  let writing = null;
  onStep("htmx:beforeSwap", ({ detail: { requestConfig, xhr } }) => {
    writing = formOfFocus();
    if (xhr.status < 300) words.drop(requestConfig.path);
  });
  onStep("htmx:afterSwap", () => {
    words.putBack();
    goOnWriting();
    recount(root);
  });
  onStep("htmx:afterSettle", ({ target }) => {
    const isElsewhere = card() && !target.contains(card());
    if (!isElsewhere && !formOfFocus()) focus(nextToReview(cards(), card()) ?? card());
  });

  /** Hear of the answers to steps with verdicts. */
  function onStep(name, hear) {
    document.body.addEventListener(name, (event) => {
      const isStep = event.detail.requestConfig?.verb === "post";
      if (isStep && root.contains(event.target)) hear(event);
    });
  }

  /** Where a card that somebody writes in was drawn anew, they find their words and place again. */
  function goOnWriting() {
    if (!writing || writing.form.isConnected) return;
    const { card, step, pairs, place } = writing;
    writing = null;
    const details = document.getElementById(card)?.querySelector(`[data-form=${step}]`);
    if (!details) return;
    const form = opened(details);
    fill(form, pairs);
    words.keep(form);
    returnFocus(form, place);
  }
}

/** The form of a card that somebody writes in, with what it holds; null where nobody does. */
function formOfFocus() {
  const form = document.activeElement.closest("[data-verdict] form[data-step]");
  const place = form && placeOfFocus(form);
  if (!place) return null;
  const card = form.closest("[data-verdict]").id;
  return { form, card, step: form.dataset.step, pairs: [...new FormData(form)], place };
}

/** What was typed about verdicts and not sent: it is there again when a card is drawn anew. */
class Words {
  #store;

  constructor(store) {
    this.#store = store;
  }

  keep(form) {
    const card = form?.closest("[data-verdict]");
    const { step } = form?.dataset ?? {};
    if (!card || !step) return;
    const said = { card: card.id, step, pairs: [...new FormData(form)] };
    this.#store.put("review", `${card.id} ${step}`, said);
  }

  /** A verdict that went a step further leaves nothing to be said of the step before. */
  drop(path) {
    const verdict = path.match(/\/verdicts\/(\d+)\//)?.[1];
    for (const step of STEPS) this.#store.drop("review", `verdict-${verdict} ${step}`);
  }

  putBack() {
    for (const { card, step, pairs } of this.#store.all("review")) {
      const details = document.getElementById(card)?.querySelector(`[data-form=${step}]`);
      if (details) fill(opened(details), pairs);
    }
  }
}

function fill(form, pairs) {
  for (const [name, value] of pairs) {
    const field = form.elements[name];
    if (field) field.value = value; // of radio buttons, too
  }
}

/** After a step the next verdict that waits; one that was refused keeps the focus. */
export function nextToReview(cards, card) {
  const place = cards.indexOf(card);
  if (place < 0 || card.querySelector(".problem")) return card;
  const round = [...cards.slice(place), ...cards.slice(0, place)];
  return round.find((one) => one.matches(".verdict--proposed, .verdict--contested"));
}

/** Open a card's form and return it; it is made from the page's template when first opened. */
function opened(details) {
  const name = details?.dataset.form;
  if (!name) return null;
  details.open = true;
  return details.querySelector("form") ?? made(name, details);
}

function made(name, details) {
  const { address, given } = details.closest("[data-verdict]").dataset;
  const form = document.getElementById(`form-${name}`).content.firstElementChild.cloneNode(true);
  form.setAttribute("hx-post", address.replace("/preview/", `/${form.dataset.step}/`));
  const others = form.querySelector("[data-others]");
  for (const choice of form.querySelectorAll(".choice")) {
    if (!given.split(",").includes(choice.firstElementChild.value)) others.append(choice);
  }
  const rating = details.querySelector("template");
  if (rating) form.querySelector("[data-save]").before(rating.content.cloneNode(true));
  details.append(form);
  globalThis.htmx?.process(form);
  return form;
}

/** Say in each group's button how many it approves now. */
function recount(root) {
  for (const button of root.querySelectorAll("[data-approve-all]")) {
    const number = button.closest(".group").querySelectorAll("[name=verdict]").length;
    button.querySelector("[data-number]").textContent = number;
    button.hidden = number === 0;
  }
}
