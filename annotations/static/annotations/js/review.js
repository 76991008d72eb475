import { onAction, press } from "./keys.js";

/** The review list by keys: one verdict is current, and stays so when its card is replaced. */
export function connect(root) {
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

  onAction("next", () => move(1));
  onAction("previous", () => move(-1));
  onAction("approve", () => press(card()?.querySelector("[data-approve]")));
  const pressInGroup = (button) => {
    const group = card()?.closest(".group") ?? root.querySelector(`.group:has(${button})`);
    press(group?.querySelector(button));
  };
  onAction("publish", () => pressInGroup("[data-publish]"));
  onAction("approve-all", () => pressInGroup("[data-approve-all]"));
  onAction("return", () => {
    const details = card()?.querySelector(".verdict__return");
    if (!details) return;
    details.open = true;
    details.querySelector("textarea").focus();
  });
  root.addEventListener("focusin", (event) => {
    const inside = event.target.closest("[data-verdict]");
    if (inside) current = inside.id;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (!root.contains(event.target) || !event.detail.requestConfig) return;
    focus(nextToReview(cards(), card()) ?? card());
  });
}

/** After a step the next verdict that waits; one that was refused keeps the focus. */
export function nextToReview(cards, card) {
  const place = cards.indexOf(card);
  if (place < 0 || card.querySelector(".problem")) return card;
  const round = [...cards.slice(place), ...cards.slice(0, place)];
  return round.find((one) => one.matches(".verdict--proposed, .verdict--contested"));
}
