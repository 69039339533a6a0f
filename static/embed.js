// The viewer alone, for an iframe: makes it from the address of the page, and tells the host page its height.

const query = new URLSearchParams(location.search);

// Only what lies beside this page or below it. With any folder of the site, a link could show a text that somebody has
// uploaded elsewhere, and it would seem to be a release.
function source(value) {
  const here = new URL("./", location.href);
  let url;
  try {
    url = new URL(value, here);
  } catch {
    return null;
  }
  const inside = url.origin === here.origin && url.pathname.startsWith(here.pathname);
  // A server may take an encoded `../` for one.
  return inside && !/%2e|%2f|%5c|\/\//i.test(url.pathname) ? url.origin + url.pathname : null;
}

// The page around the frame, if it is the one that `parent` names.
function host(value) {
  if (!value || window.parent === window) return null;
  let url;
  try {
    url = new URL(value);
  } catch {
    return null;
  }
  if (!["http:", "https:"].includes(url.protocol)) return null;
  // What the browser knows; where it keeps that to itself, `postMessage` still compares.
  const around = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
  return !around || around === url.origin ? url.origin : null;
}

const english = /^en\b/i.test(query.get("lang") ?? "");
document.documentElement.lang = english ? "en" : "ko";
document.title = english ? "Press releases" : "보도자료";

const src = source(query.get("src") ?? "archive/");
if (src === null) {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent = english
    ? "The address of the press releases is not allowed here."
    : "보도자료의 주소가 허용되지 않습니다.";
  document.body.append(message);
  console.error("embed: src has to lie in the folder of this page or below it");
} else {
  const viewer = document.createElement("release-viewer");
  viewer.setAttribute("src", src);
  for (const name of ["lang", "release", "heading-level"]) {
    const value = query.get(name);
    if (value) viewer.setAttribute(name, value);
  }
  document.body.append(viewer);
}

// A link to another page leaves the frame.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link) link.target = link.href.split("#")[0] === location.href.split("#")[0] ? "" : "_top";
}, true);

const parent = host(query.get("parent"));
if (parent) {
  const tell = (message) => window.parent.postMessage(message, parent);
  let last = 0;
  new ResizeObserver(() => {
    const { height } = document.body.getBoundingClientRect();
    const shows = [...document.body.children].some((child) => child.offsetHeight > 0);
    if (!shows || height === last) return;
    last = height;
    tell({ type: "rv-height", height: Math.ceil(height) });
  }).observe(document.body);

  // The frame is as high as its content, so only the page around it can scroll to what a reader has gone to.
  let gone = false;
  addEventListener("rv-navigate", () => (gone = true));
  addEventListener("focusin", ({ target }) => {
    if (!gone) return;
    gone = false;
    // The new height is told before.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      tell({ type: "rv-scroll", top: Math.max(0, Math.floor(target.getBoundingClientRect().top + scrollY)) });
    }));
  });
}
