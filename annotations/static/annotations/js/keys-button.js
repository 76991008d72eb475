/** A button that opens the list of keys. */
export function connect(button) {
  button.addEventListener("click", () => document.getElementById("keys").showModal());
}
