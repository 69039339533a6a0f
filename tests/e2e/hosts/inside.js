// What the scripts of these tests can call: they look into a viewer, isolated or not.

// The first that matches; ` >>> ` leads into a shadow root.
const find = (css) =>
  css.split(" >>> ").reduce((scope, part) => (scope.shadowRoot ?? scope).querySelector(part) ?? document.createElement("i"), document);
const rootOf = (viewer) => viewer?.shadowRoot?.querySelector(".rv") ?? viewer?.querySelector(".rv");
const inside = (viewer, css) => rootOf(viewer)?.querySelector(css) ?? null;
const allInside = (viewer, css) => [...(rootOf(viewer)?.querySelectorAll(css) ?? [])];
const isShown = (element) =>
  !!element && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
  element.getBoundingClientRect().width > 1 && element.getBoundingClientRect().height > 1;
const wordsOf = (element) => element?.textContent.trim().replace(/\s+/g, " ") ?? "";
const active = () => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
};
const ready = (viewer) => isShown(inside(viewer, ".rv-item a")) || isShown(inside(viewer, "[id$='-heading']"));
// The failure at the start stands outside of the view.
const fault = (viewer) => viewer?.shadowRoot?.querySelector(".rv-fault") ?? viewer?.querySelector(".rv-fault");
