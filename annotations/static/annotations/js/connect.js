const connected = new WeakSet();

/**
 * Attach each element's behaviour, named in data-controller, exactly once; load it when needed.
 *
 * The promise is kept when all are attached.
 */
export function connectAll(root, controllers) {
  const marked = [...root.querySelectorAll("[data-controller]")];
  if (root.matches?.("[data-controller]")) marked.unshift(root);
  const fresh = marked.filter((element) => !connected.has(element));
  return Promise.all(
    fresh.map((element) => {
      connected.add(element);
      return controllers[element.dataset.controller]().then((module) => module.connect(element));
    }),
  );
}
