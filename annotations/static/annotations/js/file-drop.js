/** A form that takes a dropped file as if it had been chosen in its file field. */
export function connect(form) {
  const field = form.querySelector('input[type="file"]');
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
    field.focus();
  });
}
