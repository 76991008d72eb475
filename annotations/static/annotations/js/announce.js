/** Tell assistive technology; the same words twice are told twice. */
export function announce(words) {
  const region = document.getElementById("announcer");
  region.textContent = "";
  setTimeout(() => {
    region.textContent = words;
  }, 30);
}

/** Return the translated words that the page holds for a name. */
export function wordOf(name, template = document.getElementById("words")) {
  return template?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? name;
}
