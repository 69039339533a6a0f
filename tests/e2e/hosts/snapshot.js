// Takes down what a page is beside its viewers, so that two moments of it can be compared. `watched.kept` knows which
// object is which.

const { kept } = watched;
const numberOf = (value) => {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return `${typeof value} ${String(value)}`;
  if (!kept.numbers.has(value)) kept.numbers.set(value, ++kept.last);
  return `#${kept.numbers.get(value)}`;
};
const describeProperty = (property) =>
  Object.entries(property).map(([name, value]) => `${name} ${numberOf(value)}`).sort().join(", ");
const GLOBALS = [
  "Object", "Array", "Function", "String", "Number", "Promise", "Map", "Set", "WeakMap", "RegExp", "Error", "Date", "Symbol",
  "ArrayBuffer", "Uint8Array", "EventTarget", "Node", "Element", "HTMLElement", "Document", "DocumentFragment", "ShadowRoot",
  "HTMLAnchorElement", "HTMLInputElement", "HTMLFormElement", "HTMLTemplateElement", "Event", "CustomEvent", "History", "Window",
  "Request", "Response", "Headers", "URL", "CSSStyleSheet", "CustomElementRegistry", "MutationObserver", "IntersectionObserver",
  "XMLHttpRequest", "Storage", "AbortController", "TextDecoder", "FinalizationRegistry",
];
const OBJECTS = ["document", "history", "location", "navigator", "customElements", "console", "JSON", "Math", "Reflect", "Intl",
  "performance", "crypto", "localStorage", "sessionStorage", "WebAssembly"];
const PSEUDO = [null, "::before", "::after", "::marker", "::selection", "::placeholder", "::backdrop", "::file-selector-button"];

const snapshot = () => {
  const lines = {};
  const properties = (name, object) => {
    for (const key of Reflect.ownKeys(object)) {
      // The driver's own.
      if (/^(cdc_|ret_nodes$)/.test(String(key))) continue;
      lines[`${name}.${String(key)}`] = describeProperty(Object.getOwnPropertyDescriptor(object, key));
    }
  };
  properties("window", window);
  for (const name of GLOBALS) {
    properties(name, window[name]);
    properties(`${name}.prototype`, window[name].prototype);
  }
  for (const name of OBJECTS) properties(name, window[name]);
  properties("html", document.documentElement);
  properties("body", document.body);
  for (const element of document.querySelectorAll("*")) {
    if (element.closest("release-viewer")) continue;
    const name = `${element.localName} ${numberOf(element)}`;
    for (const pseudo of PSEUDO) {
      const style = getComputedStyle(element, pseudo);
      for (const property of style) lines[`${name}${pseudo ?? ""} ${property}`] = style.getPropertyValue(property);
    }
    // The custom properties too.
    for (const [property, value] of element.computedStyleMap()) lines[`${name} map ${property}`] = String(value);
    properties(name, element);
  }
  lines["style sheets"] = String(document.styleSheets.length);
  lines.fonts = String(document.fonts.size);
  lines.title = document.title;
  lines.cookies = document.cookie;
  lines.focus = document.activeElement.localName;
  const copy = document.documentElement.cloneNode(true);
  for (const viewer of copy.querySelectorAll("release-viewer")) viewer.remove();
  lines.html = copy.outerHTML;
  return lines;
};

// What is different now, in lines.
const differences = (before) => {
  const now = snapshot();
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name])
    .map((name) => `${name}: ${before[name] ?? "nothing"}, then ${now[name] ?? "nothing"}`);
};
