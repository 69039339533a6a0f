// What is measured inside a page. It runs in each document before the first script of the page, the same in all
// variants, and calls `bench_tell` (a binding of the DevTools protocol) when something has happened.
//
// "The text is visible" is the time at which the browser painted the first paragraph for the first time (Element
// Timing). The paragraph is marked for it as soon as it is in the document, in the microtask after the parser or a
// script has put it there, so before any paint. Element Timing tells only of what was painted inside the window.

(() => {
  const PARAGRAPH = ".rv-text p";
  const HEADING = "[id$='-heading']";
  // The empty page before the first has no storage.
  if (!location.protocol.startsWith("http")) return;
  // Survives a click that loads another page.
  const kept = sessionStorage;
  const bench = (window.bench = { visible: null, ready: null, shifts: [], tasks: [] });
  const tell = (kind, value) => window.bench_tell(JSON.stringify({ kind, value }));
  const absolute = (time) => performance.timeOrigin + time;

  const watch = new MutationObserver(() => {
    const found = document.querySelector(PARAGRAPH);
    if (!found) return;
    watch.disconnect();
    found.setAttribute("elementtiming", "text");
  });
  watch.observe(document, { childList: true, subtree: true });

  const observe = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  observe("element", ({ identifier, renderTime }) => {
    if (identifier !== "text" || bench.visible !== null) return;
    bench.visible = renderTime;
    const middle = (selector) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return box && [box.x + box.width / 2, box.y + box.height / 2];
    };
    bench.heading ??= document.querySelector(HEADING)?.textContent;
    tell("visible", {
      at: absolute(renderTime),
      link: middle(".rv-main-menu__link:not([aria-current])"),
      search: middle(".rv-search-button"),
    });
  });
  observe("layout-shift", ({ startTime, value, sources }) => {
    bench.shifts.push({ at: startTime, value, what: sources.map(({ node }) => node?.className || node?.nodeName) });
  });
  observe("longtask", ({ startTime, duration }) => bench.tasks.push({ at: startTime, duration }));
  observe("largest-contentful-paint", ({ startTime }) => (bench.largest = startTime));
  observe("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") bench.first = startTime;
  });

  addEventListener("rv-ready", () => {
    if (bench.ready !== null) return;
    bench.ready = performance.now();
    tell("ready");
  });

  // A click, and the frame in which what it asked for stands: another heading, or the field of the search window.
  const stands = () => {
    const field = document.querySelector("input[id$='-field']");
    const heading = document.querySelector(HEADING);
    const changed = heading?.checkVisibility() && heading.textContent !== kept.benchHeading;
    return field?.checkVisibility() || changed;
  };
  const look = (loaded) => {
    if (!stands()) return requestAnimationFrame(() => look(loaded));
    // A task after this frame: it is painted.
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      const time = absolute(performance.now()) - Number(kept.benchClicked);
      kept.removeItem("benchClicked");
      tell("answered", { time, loaded });
    };
    port1.postMessage(0);
  };
  const clicked = (event) => {
    if (!event.isTrusted || kept.benchClicked) return;
    kept.benchClicked = absolute(event.timeStamp);
    kept.benchHeading = document.querySelector(HEADING).textContent;
    look(false);
  };
  addEventListener("click", clicked, true);
  if (kept.benchClicked) look(true);
})();
