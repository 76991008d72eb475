const connected = new WeakSet();

/** Attach each element's behaviour, named in data-controller, exactly once; load it when needed. */
export function connectAll(root, controllers) {
  const marked = [...root.querySelectorAll("[data-controller]")];
  if (root.matches?.("[data-controller]")) marked.unshift(root);
  for (const element of marked) {
    if (connected.has(element)) continue;
    connected.add(element);
    controllers[element.dataset.controller]().then((module) => module.connect(element));
  }
}
