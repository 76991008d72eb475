/** Let the buttons of evidence work in every form within, also in those that come later. */
export function connect(root) {
  root.addEventListener("click", ({ target }) => {
    const form = target.closest("form");
    if (target.closest("[data-add-evidence]")) addressOf(addRow(form)).focus();
    const removed = target.closest("[data-remove-evidence]");
    if (removed) removeRow(form, removed.closest(".evidence__row"));
  });
}

/** Add an empty row to a form, from the template in it. */
export function addRow(form) {
  const rows = form.querySelector("[data-evidence-rows]");
  rows.append(form.querySelector("[data-evidence-row]").content.cloneNode(true));
  return rows.lastElementChild;
}

export function addressOf(row) {
  return row.querySelector('[name="evidence_url"]');
}

function removeRow(form, row) {
  row.remove();
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.querySelector("[data-add-evidence]").focus();
}
