/** A form that takes a dropped file as if it had been chosen in its file field. */
export function connect(form) {
  const field = form.querySelector('input[type="file"]');
  dress(field);
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("add--over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("add--over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("add--over");
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
}

/** Name the chosen file in the words of the page: the browser's own may be in another language. */
function dress(field) {
  const name = field.closest(".file").querySelector(".file__name");
  const none = name.textContent;
  const show = () => {
    name.textContent = [...field.files].map((one) => one.name).join(", ") || none;
  };
  field.addEventListener("change", show);
  show();
}
