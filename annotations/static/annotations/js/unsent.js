import { saving } from "./saving.js";

const TOKEN = "csrfmiddlewaretoken";
const TYPED = "textarea, input:not([type=checkbox], [type=hidden])";

/**
 * A form with a page of its own: what was typed is there again until the server has taken it.
 *
 * It is kept with what its writer saw. Where that changed meanwhile, the server refuses it and shows both.
 */
export async function connect(form) {
  const { store } = await saving();
  const place = location.pathname;
  const [seen, offered] = [hidden(form), JSON.stringify(typed(form))];
  let base = seen;
  const notice = form.querySelector("[data-unsent]");
  const kept = store.get("form", place);
  const isFresh = !("answered" in notice.dataset) && isUntouched(form);
  if (isFresh && kept && JSON.stringify(kept.pairs) !== offered) {
    base = kept.base;
    fill(form, [...base, ...kept.pairs]);
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
    base = seen;
    form.reset();
    fill(form, base);
    store.drop("form", place);
    notice.hidden = true;
    form.querySelector("textarea").focus();
  });
}

function fields(form) {
  return [...form.elements].filter((one) => one.name && one.type !== "file" && one.type !== "submit");
}

/** On which version of what the form builds. */
function hidden(form) {
  const all = fields(form).filter((one) => one.type === "hidden" && one.name !== TOKEN);
  return all.map((one) => [one.name, one.value]);
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
