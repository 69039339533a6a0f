// Switches on what keeps read pages for when there is no network (service-worker.js, beside this file), and tells it what
// was read.
//
// Where the policy of the page does not allow it nothing happens, and nothing is said.

const { serviceWorker } = navigator;
const folder = new URL(".", import.meta.url).href, script = folder + "service-worker.js";

// Whether a policy lets us. To try would leave a line in the console, and a report at the ministry.
function allows(policy) {
  // Of two directives of a name the first one counts.
  const rules = Object.fromEntries(policy.split(";").reverse().map((rule) => rule.trim().split(/\s+/)).map(([name, ...values]) => [name.toLowerCase(), values]));
  const types = rules["trusted-types"], sources = rules["worker-src"] ?? rules["child-src"] ?? rules["script-src"] ?? rules["default-src"];
  const has = (values, fits) => !values || values.some(fits);
  return has(types, (name) => name == "release-viewer" || name == "*")
    && has(sources, (source) => /^('self'|'strict-dynamic'|\*|https?:)$/.test(source) || /\w\.|:\//.test(source) && (script + "/").includes("//" + source.replace(/^\w+:\/\//, "")));
}

async function permitted() {
  const metas = [...document.querySelectorAll("meta[http-equiv='content-security-policy' i]")].map(({ content }) => content);
  // The browser has just loaded it, and has its headers still.
  const { headers } = await fetch(location.href, { cache: "force-cache" });
  return [...metas, ...(headers.get("content-security-policy") ?? "").split(",")].every(allows);
}

async function begin() {
  const known = await serviceWorker.getRegistration(folder);
  if (known?.scope == folder || !await permitted()) return;
  const types = globalThis.trustedTypes?.createPolicy("release-viewer", {
    createScriptURL(url) {
      if (url != script) throw new TypeError(url);
      return url;
    },
  });
  await serviceWorker.register(types?.createScriptURL(script) ?? script);
}

// Asks for something, so that the worker sees it.
const keep = (url, cache) => fetch(url, { cache, priority: "low" }).catch(() => {});

// What has come before the worker was there.
function first() {
  const asked = new Set();
  const keepOnce = (url) => asked.has(url) || keep(url, asked.add(url) && "force-cache");
  keepOnce(location.href);
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      if (name.startsWith(folder) || name.startsWith(location.origin) && /\.(css|js|svg|woff2?)$/.test(name)) keepOnce(name);
    }
  }).observe({ type: "resource", buffered: true });
}

// The viewer goes from one release to the next without their pages. Whoever stays a second reads: their page is kept too.
let reads;
function read() {
  list = undefined;
  clearTimeout(reads);
  reads = setTimeout(() => serviceWorker.controller && location.href.startsWith(folder) && keep(location.href), 1000);
  // The address changes after the event.
  setTimeout(say);
}

// Data that the worker had to take from its copies say from when they are: releases by their address, and what has come
// for a list.
const copies = new Map();
let list;
function hear({ data }) {
  if (!data?.kept) return;
  const words = data.kept[/^(ko|$)/i.test(document.documentElement.lang) ? "ko" : "en"];
  copies.set(data.at, words);
  if (!data.at.includes("/releases/")) list = words;
  say();
}

// A page that is a copy says so from the start.
const here = () => location.href.replace(/[?#].*/, "").replace(/\.html$/, ".json");
const note = () => document.querySelector(".rv-kept");
function say() {
  const at = here(), words = copies.get(at) ?? (at.includes("/releases/") ? undefined : list);
  if (note()?.textContent == words) return;
  note()?.remove();
  const line = Object.assign(document.createElement("p"), { className: "rv-kept", textContent: words });
  line.setAttribute("role", "note");
  if (words) document.querySelector("release-viewer")?.before(line);
}

if (serviceWorker) {
  if (!serviceWorker.controller) serviceWorker.addEventListener("controllerchange", first, { once: true });
  serviceWorker.addEventListener("message", hear);
  serviceWorker.startMessages();
  document.addEventListener("rv-navigate", read);
  if (note()) copies.set(here(), note().textContent);
  begin().catch(() => {});
}
