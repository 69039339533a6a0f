// Keeps what was read, so that it stays readable without a network. Its folder is that of the archive, and it answers for
// nothing outside of it but the styles, scripts and pictures of its pages.
//
// Pages and data come from the network as long as there is one; the copy is for when there is none, or none that answers
// in time. offline.js switches it on; an archive that is built without `--offline` has one here that takes itself away.

// Another number when copies are kept in another way; what was kept before is thrown away then.
const VERSION = 1;
// How many of each are kept; the oldest go first. Files of the program have names of their own in each version: pages that
// were kept before the last one still ask for its style.
const MOST = { pages: 200, data: 200, files: 60, app: 24, search: 400 };
// A larger file is nothing that one reads (16 MB is the most that the viewer takes, but 60 of those fill a phone).
const LARGEST = 2e6;
// A phone abroad may have a network that leads nowhere. Too short, and a slow one is taken for none; too long, and the
// reader waits for nothing. Who has waited once need not wait for half a minute.
const PATIENCE = 3000, WITHOUT = 30000;

const { scope } = registration;
const named = (kind) => `release-viewer ${VERSION} ${kind} ${scope}`;
let away = 0;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
  const { method, headers, url } = event.request, at = place(url), kind = at && kindOf(at);
  if (kind && method == "GET" && !headers.has("range")) event.respondWith(answer(event, kind, at));
});

async function begin() {
  const ours = Object.keys(MOST).map(named);
  for (const name of await caches.keys()) {
    if (name.startsWith("release-viewer ") && name.endsWith(" " + scope) && !ours.includes(name)) await caches.delete(name);
  }
  // A page need not wait until we are awake.
  await registration.navigationPreload?.enable();
  await clients.claim();
}

// The name of a copy: a page has one, whatever stands behind `?`, and whether the server leaves out `index.html` or
// `.html`. (What we write has no other dot in its name.)
function place(url) {
  const at = new URL(url);
  at.search = at.hash = "";
  at.pathname = at.pathname.replace(/\/$/, "/index").replace(/\/[^/.]+$/, "$&.html");
  return at.origin == location.origin && at.href;
}

// What is kept, and with what.
function kindOf(at) {
  const path = at.startsWith(scope) ? at.slice(scope.length) : "/";
  if (/^app\//.test(path)) return "app";
  if (/^search\//.test(path)) return "search";
  if (/^[^/].*\.html$/.test(path)) return "pages";
  // Feeds are for programs.
  if (/^(archive\.json|(lists|releases)\/)/.test(path)) return "data";
  // We ourselves are kept by the browser.
  if (at != location.href && /\.(css|m?js|svg|png|jpe?g|gif|webp|avif|ico|woff2?)$/.test(at)) return "files";
}

async function answer(event, kind, at) {
  const { request } = event, page = request.mode == "navigate";
  const get = async () => {
    const response = (await event.preloadResponse) || await fetch(request);
    // Firefox fulfils the preload without a network, too.
    if (response.type == "error") throw response;
    away = 0;
    event.waitUntil(keep(kind, at, response.clone()));
    return response;
  };
  // What has its content in its name needs no network, unless somebody has seen that it is wrong.
  const early = !/app|search/.test(kind) && get();
  if (early) event.waitUntil(early.catch(() => {}));
  const kept = await (await open(kind))?.match(at);
  if (!early && kept && !/^(re|no-)/.test(request.cache)) return kept;
  const fresh = early || get();
  if (!kept) return fresh.catch(() => page ? sorry() : Response.error());
  const late = new Promise((done) => setTimeout(done, Date.now() - away < WITHOUT ? 0 : PATIENCE, "late"));
  const first = await Promise.race([fresh.catch(() => {}), late]);
  if (first == "late") away = Date.now();
  // That there is nothing there is an answer; that the server is ill, or that somebody else answers, is none. A page of
  // somebody else's (a login, say) the reader has to see, though.
  else if (first && first.type != "opaque" && first.status < 500 && (!first.ok || page || is(first, at))) return first;
  return page ? marked(kept) : said(event, kept, at);
}

// Without permission to keep anything all goes on as if we were not there.
const open = (kind) => caches.open(named(kind)).catch(() => {});

// Whether an answer is what was asked for. What stands in for something else is a page nearly always, or the start page.
const is = (response, at) => response.status == 200 && response.type == "basic" && place(response.url) == at
  && /\.html$/.test(at) == /^text\/html/.test(response.headers.get("content-type"));

async function keep(kind, at, response) {
  const headers = new Headers(response.headers);
  if (!is(response, at) || /no-store/.test(headers.get("cache-control"))) return;
  try {
    const cache = await caches.open(named(kind));
    const body = await response.blob();
    // A portal answers with its own page under any address.
    if (body.size > LARGEST || kind == "pages" && !/<release-viewer[ >]/.test(await body.text())) return;
    headers.set("rv-kept", Date.now());
    headers.delete("vary");
    await cache.put(at, new Response(body, { headers }));
    const all = await cache.keys();
    if (all.length <= MOST[kind]) return;
    // A tenth goes at once: to look at all of them is work. (In WebKit their order does not tell their age.)
    const ages = await Promise.all(all.map(async (one) => [one, +(await cache.match(one))?.headers.get("rv-kept")]));
    ages.sort(([, one], [, other]) => one - other);
    for (const [one] of ages.slice(0, all.length - MOST[kind] * 0.9)) await cache.delete(one);
  } catch {
    // It broke off, or there is no room: what was kept before stays.
  }
}

// When a copy was kept, in both languages, in the words of the viewer.
function when(kept) {
  const write = (lang) => new Intl.DateTimeFormat(lang, { timeZone: "Asia/Seoul", dateStyle: "medium", timeStyle: "short" })
    .format(+kept.headers.get("rv-kept"));
  return {
    ko: `서버에 연결하지 못했습니다. 아래 내용은 다음 시각에 불러온 것입니다: ${write("ko-KR")} (한국 시각)`,
    en: `Could not reach the server. What you see below was loaded at: ${write("en-US")} (Seoul)`,
  };
}

// A copy of a page says what it is.
async function marked(kept) {
  const text = await kept.text(), lang = /<html[^>]*\slang=["']?(?!ko)\w/i.test(text) ? "en" : "ko";
  const note = `<p class="rv-kept" role="note" lang="${lang}">${when(kept)[lang]}</p>\n`;
  return new Response(text.replace(/(?=<release-viewer[ >])/, note), { headers: kept.headers });
}

// A page that is open already says so by itself (offline.js).
async function said(event, kept, at) {
  if (at.endsWith(".json")) (await clients.get(event.clientId))?.postMessage({ at, kept: when(kept) });
  return kept;
}

// The page for what was never read.
async function sorry() {
  const cache = await open("pages"), lists = await cache?.keys() ?? [];
  const korean = /^ko/.test(navigator.language);
  const style = "body{max-width:40em;margin:2em auto;padding:0 1em;font:1.0625em/1.6 sans-serif;word-break:keep-all}"
    + "a{display:inline-block;padding:.5em 0}:root{color-scheme:light dark}";
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const part = (lang, level, title, text, again, list) => {
    // The list of this language, else the first of all.
    const found = [`${scope}${lang}/`, `${scope}index.html`].map((start) =>
      lists.find(({ url }) => url.startsWith(start) && url.endsWith("/index.html"))).find(Boolean);
    return `<section lang="${lang}"><h${level}>${title}</h${level}><p>${text}</p><p><a href="">${again}</a></p>`
      + (found ? `<p><a href="${found.url}">${list}</a></p>` : "") + "</section>";
  };
  const ko = (level) => part("ko", level, "인터넷 연결이 끊겨 있습니다", "이 글은 이 기기에서 읽은 적이 없어 지금은 볼 수 없습니다. 연결을 확인한 뒤 다시 시도해 주십시오.", "다시 시도", "보도자료 목록");
  const en = (level) => part("en", level, "You are offline", "This text has not been read on this device before, so it cannot be shown now. Check your connection, then try again.", "Try again", "Press releases");
  const body = korean ? ko(1) + en(2) : en(1) + ko(2);
  return new Response(
    `<!doctype html><html lang="${korean ? "ko" : "en"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`
      + `<title>${korean ? "인터넷 연결이 끊겨 있습니다" : "You are offline"}</title><style>${style}</style></head><body><main>${body}</main></body></html>`,
    {
      status: 503,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": `default-src 'none'; style-src 'sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
      },
    },
  );
}
