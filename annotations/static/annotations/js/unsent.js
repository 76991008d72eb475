import { saving } from "./saving.js";

const TYPED = "textarea, input:not([type=checkbox], [type=hidden])";

/**
 * A form with a page of its own: what was typed is there again until the server has taken it.
 *
 * It is kept with what the form was based on: to a form that builds on something newer it does not belong.
 */
export async function connect(form) {
  const { store } = await saving();
  const place = location.pathname;
  const base = JSON.stringify(given(form));
  const offered = JSON.stringify(typed(form));
  const notice = form.querySelector("[data-unsent]");
  const kept = store.get("form", place);
  const isFresh = !("answered" in notice.dataset) && isUntouched(form);
  if (isFresh && kept?.base === base && JSON.stringify(kept.pairs) !== offered) {
    fill(form, kept.pairs);
    notice.hidden = false;
  }
  const keep = () => {
    const pairs = typed(form);
    if (JSON.stringify(pairs) === offered) store.drop("form", place);
    else store.put("form", place, { base, pairs });
  };
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => {
    const draft = store.get("form", place);
    if (draft) store.put("form", place, { ...draft, isSent: true });
  });
  notice.querySelector("button").addEventListener("click", () => {
    form.reset();
    store.drop("form", place);
    notice.hidden = true;
    form.querySelector("textarea").focus();
  });
}

function fields(form) {
  return [...form.elements].filter((one) => one.name && one.type !== "file" && one.type !== "submit");
}

function given(form) {
  const hidden = fields(form).filter((one) => one.type === "hidden");
  return hidden.filter((one) => one.name !== "csrfmiddlewaretoken").map((one) => one.value);
}

function typed(form) {
  const open = fields(form).filter((one) => one.type !== "hidden");
  return open.map((one) => [one.name, one.type === "checkbox" ? one.checked : one.value]);
}

/** Whether the form is as the server sent it: a browser that goes back fills it in by itself. */
function isUntouched(form) {
  return fields(form).every((one) => !one.matches(TYPED) || one.defaultValue === one.value);
}

function fill(form, pairs) {
  for (const [name, value] of pairs) {
    const field = form.elements[name];
    if (field?.type === "checkbox") field.checked = value;
    else if (field) field.value = value;
  }
}
