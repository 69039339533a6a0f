// The one script of a prerendered page. The page is complete without the viewer, so nothing of it is asked for before
// the text has been painted.

let asked;
const ask = () => asked ??= import("./release-viewer.js").catch(() => {
  // What needs it is taken away, as where there is no script.
  for (const button of document.querySelectorAll("[data-rv-page] button[data-rv]")) button.style.visibility = "hidden";
});

if (globalThis.PerformanceObserver?.supportedEntryTypes?.includes("paint")) {
  new PerformanceObserver((list, observer) => {
    if (list.getEntriesByName("first-contentful-paint")[0]) ask(observer.disconnect());
  }).observe({ type: "paint", buffered: true });
}
// A page that is opened in the background is painted when somebody looks at it, maybe never.
addEventListener("load", () => setTimeout(ask, 3000));

// A button that is pressed before the application is there is busy until then (src/browser/element.js).
addEventListener("click", ({ target }) => target.closest?.("[data-rv-page] [data-rv]")?.setAttribute("aria-busy", true));
