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
  const notice = form.querySelector("[data-unsent]");
  const isAnswered = "answered" in notice.dataset; // the server did not take what it shows again
  const [seen, offered] = [hidden(form), isAnswered ? "" : JSON.stringify(typed(form, asOffered))];
  let base = seen;
  const kept = store.get("form", place);
  const isFresh = !isAnswered && isUntouched(form);
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
  if (isAnswered || (!isFresh && !kept)) keep(); // typed before this came
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

function typed(form, valueOf = asItIs) {
  const open = fields(form).filter((one) => one.type !== "hidden");
  return open.map((one) => [one.name, valueOf(one)]);
}

function asItIs(field) {
  return field.type === "checkbox" ? field.checked : field.value;
}

/** What the server put into a field. */
function asOffered(field) {
  if (field.type === "checkbox") return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "";
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
