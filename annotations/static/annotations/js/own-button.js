/** A part of a form with a button of its own: Enter in its field presses that, not the form's first. */
export function connect(part) {
  part.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
    event.preventDefault();
    part.querySelector("button").click();
  });
}
