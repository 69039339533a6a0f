// Keeps a record of what happens to a host page from its start; the first script of the page.

const seen = (window.seen = { errors: [], codes: [], gap: 0, said: null, kept: false, shown: null, words: "" });
const now = performance.now.bind(performance);
let last = now();

addEventListener("error", ({ message }) => seen.errors.push(message));
addEventListener("unhandledrejection", ({ reason }) => seen.errors.push(`rejected: ${reason}`));
addEventListener("rv-error", ({ detail }) => seen.codes.push(detail.code));

// How long a click on a button of the host would have waited at most.
setInterval(() => {
  seen.gap = Math.max(seen.gap, now() - last);
  last = now();
}, 5);

const all = Document.prototype.querySelectorAll.bind(document);
const shows = (css) =>
  [...all(css)].some((found) => found.checkVisibility({ visibilityProperty: true }) && found.offsetHeight > 1);
const FAILED = "release-viewer :is(.rv-fault, .rv-message--failed)";

setInterval(() => {
  const [said] = all(FAILED);
  if (seen.said === null && said && shows(FAILED)) {
    seen.said = now();
    seen.kept = shows(".static");
    seen.words = said.textContent;
    seen.announced = !!said.closest("[role=alert]");
  }
  if (seen.shown === null && shows("#rv-heading") && !shows(".static")) seen.shown = now();
}, 20);
