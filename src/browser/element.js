// What an element does once the application is loaded: makes views in it, and carries out what they ask for. The build
// puts this behind the glue, whose `instance` it uses (xtask/src/widget.rs).

const PATIENCE = 9500;
// What the details of events are called. "moved" is rv-navigate when it cannot be stopped any more.
const DETAILS = { navigate: ["id", "block", "url"], moved: ["id", "block", "url"], search: ["query", "total"] };
const CSP = "script-src of the Content-Security-Policy needs 'wasm-unsafe-eval'";
// Keys in the history entry's state, beside whatever the host keeps there: how far the window was scrolled, and where
// each viewer was, of which the fragment names but one.
const SCROLL = "rvScroll", PLACES = "rvPlaces";

// Gets a text, at most 16 MB of it: more is nothing of ours, and would fill the memory of a phone.
async function take(url, view) {
  if (likely.has(url)) {
    const before = await likely.get(url);
    likely.delete(url);
    if (before && !view.cache) return before;
  }
  const abort = new AbortController(), stop = () => abort.abort();
  let late;
  const timer = setTimeout(() => stop(late = true), view.deadline - performance.now());
  view.end.signal.addEventListener("abort", stop, { signal: abort.signal });
  try {
    const response = await fetch(url, { signal: abort.signal, cache: view.cache });
    if (!response.ok) throw response.status;
    const reader = response.body?.getReader(), parts = [];
    for (let size = 0, part; reader && !(part = await reader.read()).done; parts.push(part.value)) {
      if ((size += part.value.length) > 16e6) throw "data";
    }
    return new TextDecoder().decode(await new Blob(parts).arrayBuffer());
  } catch (error) {
    // In the order of src/browser/source.rs.
    throw error == 404 || error == 410 ? 404 : late ? 2 : navigator.onLine === false ? 1 : error == "data" ? 3 : 0;
  } finally {
    stop(clearTimeout(timer));
  }
}

// Archives that are searched, by their address. A bundler has the search elsewhere (static/package/index.js).
const archives = new Map();

// With another query it is another module: a browser keeps one that has failed.
let tries = 0;
const searching = () => import("../search.js" + (tries ? "?" + tries : "")).then(({ openArchive }) => openArchive, () => {
  tries++;
  throw { code: navigator.onLine === false ? "offline" : "server" };
});

function opened({ constructor }, base) {
  if (!archives.has(base)) {
    const found = constructor.openArchive ?? searching();
    archives.set(base, Promise.resolve(found).then((open) => open(base)).catch((error) => {
      archives.delete(base);
      throw error;
    }));
  }
  return archives.get(base);
}

// Days and times in the reader's language and in Seoul.
const write = (time, ko, options) => new Intl.DateTimeFormat(ko ? "ko-KR" : "en-US", { timeZone: "Asia/Seoul", ...options }).format(time);

const its = new Set();

// What was fetched since a link to it was touched, by its address.
const likely = new Map();

// Where a prerendered view and ours are the same, whoever has the focus there, or has chosen words, has them here.
function carry(page, root) {
  const { activeElement } = document, selection = getSelection(), { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const same = (node) => {
    if (node == page) return root;
    const { parentElement, nodeName } = node, parent = parentElement && same(parentElement);
    const kin = (element) => [...element.children].filter((child) => child.nodeName == nodeName);
    return parent && kin(parent)[kin(parentElement).indexOf(node)];
  };
  // A place in a text, as the number of signs before it: where we have two texts, the page has one.
  const place = (node, offset) => {
    const element = node?.nodeType == 3 && page.contains(node) && node.parentElement, twin = element && same(element);
    if (!twin) return;
    for (let before = node; (before = before.previousSibling); ) offset += before.nodeType == 3 ? before.length : 0;
    for (const text of twin.childNodes) {
      if (text.nodeType != 3) continue;
      if (offset <= text.length) return [text, offset];
      offset -= text.length;
    }
  };
  const focused = page.contains(activeElement) && same(activeElement), from = place(anchorNode, anchorOffset), to = place(focusNode, focusOffset);
  return () => {
    if (focused) focused.focus({ preventScroll: true });
    if (from && to) selection.setBaseAndExtent(...from, ...to);
  };
}

// Whether all that a reader can do is still there: a filter of the host's, a translation or an extension may have been
// at work between the build and us.
function whole(page, root) {
  const links = (node) => node.querySelectorAll("a[href]").length, size = (node) => node.textContent.length;
  const has = (name, value, kind = "") => !value || page.querySelector(`${kind}[${name}="${CSS.escape(value)}"]`);
  return links(page) >= links(root) && size(page) * 2 > size(root)
    && [...root.querySelectorAll("[id],[data-rv]:not([data-rv=copy])")].every(({ id, nodeName, dataset: { rv } }) => has("id", id) && has("data-rv", rv, nodeName));
}

function note() {
  const { state } = history;
  // What is no object is the host's own, and cannot be added to.
  if (state === null || typeof state == "object") {
    try {
      history.replaceState({ ...state, [SCROLL]: scrollY, [PLACES]: Object.fromEntries([...its].map(({ name, at }) => [name, at])) }, "");
    } catch {
      // Safari takes 100 notes in 30 seconds.
    }
  }
}

export async function application(style, wasm) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(new TextDecoder().decode(style));
  let module, instance, active;
  try {
    module = await WebAssembly.compile(wasm);
  } catch (error) {
    throw globalThis.WebAssembly ? { code: "csp", message: CSP } : { code: "unsupported", message: "no WebAssembly" };
  }

  // One instance for all viewers. After a panic it is never called again: the viewer that has caused it says so, the
  // others go on with a new one.
  const made = () => instance ??= (async () => {
    const own = glue((error) => {
      own.dead = true;
      instance = undefined;
      console.error("release-viewer", error);
      for (const it of its) {
        if (it.view?.own != own && it.next?.own != own) continue;
        if (it != active) {
          it.start();
          continue;
        }
        drop(it, it.next);
        drop(it, it.view);
        restore(it);
        it.fail({ code: "panic" });
      }
    });
    await own.init({ module_or_path: module });
    return own;
  })().catch((error) => {
    instance = undefined;
    throw error;
  });

  // The style stands where the viewer does, as long as there is one.
  function dress(it) {
    const scope = it.end && ((it.host.isolate && it.host.shadowRoot) || it.host.getRootNode()), before = it.scope;
    it.scope = scope;
    // A prerendered page has the style already.
    if (scope == document && document.querySelector("link[href*='/release-viewer-'][href$='.css']")) return;
    if (scope && !scope.adoptedStyleSheets.includes(sheet)) scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
    if (before && ![...its].some((other) => other.scope == before)) {
      before.adoptedStyleSheets = before.adoptedStyleSheets.filter((other) => other != sheet);
    }
  }

  function drop(it, view) {
    if (!view) return;
    view.end.abort();
    if (!view.own?.dead) view.mounted?.unmount();
    if (view.root.parentNode) view.root.remove();
    if (it.next == view) it.next = undefined;
    if (it.view == view) it.view = undefined;
    view.mounted = undefined;
  }

  // Puts the host's content back in its place.
  function restore(it) {
    const { host, content } = it;
    delete host.removeChild;
    delete host.insertBefore;
    it.watch?.disconnect();
    it.content = undefined;
    content?.replaceWith(content.content);
    if (it.slot) host.shadowRoot.appendChild(it.slot);
  }

  // Shows a view that is complete, in place of what was there.
  function reveal(it, view) {
    const { host } = it;
    it.next = view.page = undefined;
    drop(it, it.view);
    it.view = view;
    restore(it);
    if (view.place != host) return it.slot.remove();
    const template = (it.content = document.createElement("template")), { content } = template;
    template.className = "rv-content";
    park(it);
    // What the host writes into the element later is its content, too.
    it.watch = new MutationObserver(() => park(it));
    it.watch.observe(host, { childList: true });
    // And what a framework has put in, it may take out again: it stands in the template now.
    host.removeChild = (node) => node.parentNode.removeChild(node);
    host.insertBefore = (node, next) => content.insertBefore(node, next?.parentNode == content ? next : null);
  }

  // Puts away what the host has put into the element.
  function park({ host, content, view, next, box }) {
    const ours = [content, view.root, next?.root, box];
    const theirs = [...host.childNodes].filter((node) => !ours.includes(node));
    if (!theirs[0] && view.root.parentNode == host) return;
    // All was written over.
    if (content.parentNode != host) content.content.textContent = "";
    const { firstChild } = content.content;
    for (const node of theirs) {
      const before = node.compareDocumentPosition(view.root) & Node.DOCUMENT_POSITION_FOLLOWING;
      content.content.insertBefore(node, before ? firstChild : null);
    }
    for (const node of [view.root, content]) Node.prototype.insertBefore.call(host, node, host.firstChild);
  }

  // Puts a view in place of the prerendered one.
  function replace(it, view) {
    const { page, root } = view, back = carry(page, root), { scrollX: left, scrollY: top } = window;
    it.view = undefined;
    root.hidden = false;
    Node.prototype.insertBefore.call(it.host, root, page.parentNode == it.host ? page : null);
    reveal(it, view);
    back();
    scrollTo({ left, top, behavior: "instant" });
  }

  // What a view has to say.
  function hear(it, view, kind, ...values) {
    const { host } = it;
    if (kind == "busy") active = it;
    else if (kind == "likely") {
      const [url] = values;
      if (likely.size > 20) likely.clear();
      if (!likely.has(url)) likely.set(url, take(url, { ...view, deadline: performance.now() + PATIENCE }).catch(() => {}));
    } else if (kind == "changed") {
      if (it.view == view && view.page) replace(it, view);
    }
    // What the first one needs has been under way since the application was asked for.
    else if (kind == "begin") view.deadline = Math.max(view.deadline ? 0 : it.since + PATIENCE, performance.now() + (view.deadline ? PATIENCE : 3000));
    else if (kind == "error") {
      // The browser may have kept what was wrong.
      view.cache = "reload";
      const [code, message, url] = values;
      // The page of a place is complete without us; results have none, and no file of their own.
      if (it.view == view && host.routing == "path" && url) {
        if (/server|data/.test(code)) return location.reload();
        // Without a network it may have been kept (static/service-worker.js).
        (async () => await caches.match(location.href) && location.reload())().catch(() => {});
      }
      // In place of what is shown there is nothing better.
      if (it.view && it.view != view) {
        drop(it, view);
        it.fail({ code, message, url });
      } else tell("error", { code, message, url });
    } else if (kind in DETAILS) {
      if (kind == "navigate") note();
      const value = (name, index) => name == "total" ? +values[index] : name == "query" ? values[index] : values[index] || null;
      const goes = tell(kind, Object.fromEntries(DETAILS[kind].map((name, index) => [name, value(name, index)])));
      if (goes && kind != "search") it.at = values[2].replace(/^[^#]*/, "");
      return goes;
    } else if (view == it.next && view.page && (kind != "ready" || values[0] && whole(view.page, view.root))) {
      // What was prerendered stays as it is, until something else is to be shown.
      if (kind != "ready") return true;
      it.next = it.box = it.box?.remove();
      drop(it, it.view);
      it.view = view;
      setTimeout(() => {
        view.mounted?.adopt(view.page);
        setTimeout(() => {
          // A button that was pressed before we were there.
          const busy = view.page?.querySelector("[aria-busy]");
          busy?.removeAttribute("aria-busy");
          busy?.click();
        });
      });
      tell(kind);
    } else if (view == it.next && (kind == "ready" || !it.view)) {
      // What has the focus and goes must not take it along.
      const { activeElement } = view.root.getRootNode(), ready = kind == "ready";
      const held = activeElement && (it.box?.contains(activeElement) || ready && host.contains(activeElement) && host != activeElement);
      view.root.hidden = false;
      if (ready) reveal(it, view);
      it.box?.remove();
      it.box = undefined;
      if (held) view.root.querySelector(ready ? "[id$=-heading]" : "[data-rv=retry]")?.focus();
      if (ready) tell(kind);
    }
    return true;

    function tell(kind, detail) {
      const type = "rv-" + (kind == "moved" ? "navigate" : kind);
      return host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: kind == "navigate" }));
    }
  }

  // Moves focus and window. `how` is top, back, block, free, menu, alert or plain (src/browser/focus.rs).
  function focus(it, view, how, part, other) {
    if (view.page) return;
    const find = (part) => view.root.querySelector(`[id="${CSS.escape(it.name + "-" + part)}"]`);
    const back = () => scrollTo(scrollX, history.state?.[SCROLL] ?? scrollY);
    let found = find(part) ?? find(other);
    if (how == "top") {
      const { top } = it.host.getBoundingClientRect();
      // The start of the viewer comes into the window if it is above or far below.
      if (top < 0 || top > innerHeight / 2) it.host.scrollIntoView();
    }
    if (how == "menu") found = found?.querySelector("a");
    if (how == "alert") {
      const alert = view.root.querySelector(".rv-alert");
      alert.scrollIntoView({ block: "nearest" });
      found = alert.querySelector("[data-rv=retry]");
    }
    if (how == "free") {
      const { activeElement } = document;
      if (activeElement && activeElement != document.body) return back();
    }
    if (how == "free" || how == "block") found?.scrollIntoView({ block: "center" });
    found?.focus({ preventScroll: how != "plain" && how != "menu" });
    if (how == "back" || how == "free") back();
  }

  async function start(it, cache) {
    const { host } = it;
    its.add(it);
    if (!it.name) {
      // Viewers of one name are numbered in the order of the page, not in that in which they are loaded.
      const taken = [...its].map(({ name }) => name), all = [...document.querySelectorAll("release-viewer")];
      let count = all.slice(0, Math.max(all.indexOf(host), 0)).filter(({ id }) => id == host.id).length;
      do it.name = (host.id || "rv") + (count++ ? count : ""); while (taken.includes(it.name));
      it.at = "#" + it.name;
      // A copy of a viewer: what it was made from comes back.
      for (const child of [...host.children]) {
        if (child.matches(".rv-root:not([data-rv-page])")) child.remove();
        if (child.matches(".rv-content")) child.replaceWith(child.content);
      }
    }
    drop(it, it.next);
    const root = document.createElement("div"), end = new AbortController();
    root.className = "rv-root";
    root.hidden = true;
    let place = host;
    if (host.isolate) {
      place = host.shadowRoot ?? host.attachShadow({ mode: "open" });
      it.slot ??= place.appendChild(document.createElement("slot"));
    }
    dress(it);
    let { data } = host;
    Object.defineProperty(host, "data", {
      get: () => data,
      set(value) {
        data = value;
        it.start("no-cache");
      },
      configurable: true,
      enumerable: true,
    });
    const page = place == host && !it.view && [...host.children].find((child) => child.matches("[data-rv-page]"));
    const view = (it.next = { root, end, place, cache, page });
    const own = (view.own = await made());
    if (it.next != view) return;
    clearTimeout(it.late);
    // Beside a prerendered view it would have the same ids.
    if (!page) Node.prototype.insertBefore.call(place, root, place.firstChild);
    if (!it.base && host.routing == "path") {
      const folder = new URL(host.src.replace(/[^/]*\.json.*/, "") || ".", host.baseURI).href;
      it.base = folder.replace(/\/?$/, "/");
      // The host's links lead where they did, also from the address of the next place.
      for (const link of document.querySelectorAll("a[href]:not([href^='#'],svg *),link[rel~=icon]")) link.href = link.href;
    }
    // A tenth of a second on a link means something.
    let touched;
    const touch = ({ target }) => {
      // Somebody has written the page anew since.
      const page = view.page && !view.page.isConnected && host.querySelector("[data-rv-page]");
      if (page) view.mounted.adopt(view.page = page);
      const link = host.routing == "path" && !navigator.connection?.saveData && target.closest("a[href]");
      clearTimeout(touched);
      if (link) touched = setTimeout(() => end.signal.aborted || view.mounted.likely(link.href), 100);
    };
    place.addEventListener("pointerover", touch, { signal: end.signal });
    place.addEventListener("focusin", touch, { signal: end.signal });
    addEventListener("pagehide", note, { signal: end.signal });
    // A quarter of a second without scrolling is worth a note.
    let rest;
    addEventListener("scroll", () => {
      clearTimeout(rest);
      rest = setTimeout(() => end.signal.aborted || note(), 250);
    }, { signal: end.signal });
    active = it;
    view.mounted = own.mount(host, root, it.name, {
      signal: end.signal,
      data: data && JSON.stringify(Array.isArray(data) ? { items: data } : data),
      base: it.base ?? "",
      page: page ? host.querySelector("script.rv-data")?.textContent : undefined,
      href: (link) => link.href,
      ask: (number, url) => take(url, view).then((text) => view.mounted?.answer(number, text, 0), (code) => view.mounted?.answer(number, undefined, code)),
      search: async (number, base, asked) => {
        const kind = asked.slice(0, 2), before = view[kind], { signal } = (view[kind] = new AbortController());
        try {
          const found = (await opened(host, new URL(base, document.baseURI).href)).ask(asked, signal);
          // What both need goes on; what only the one before has needed ends.
          before?.abort();
          view.mounted?.answer(number, await found, 0);
        } catch ({ code }) {
          if (!signal.aborted) view.mounted?.answer(number, undefined, { offline: 1, timeout: 2, data: 3 }[code] ?? 0);
        }
      },
      tell: (...what) => hear(it, view, ...what),
      focus: (...what) => focus(it, view, ...what),
      get lang() {
        return it.lang();
      },
      hash: () => {
        const { hash } = location, [name] = hash.slice(1).split(/[/?]/);
        if (name != encodeURIComponent(it.name)) return history.state?.[PLACES]?.[it.name] ?? hash;
        return (it.at = hash);
      },
      copy: (text) => new Promise((done) => done(navigator.clipboard.writeText(text))).then(() => true, () => false).then((done) => view.mounted?.copied(done)),
      // Noon in Seoul is the same day everywhere that a formatter may think it is.
      day: (year, month, day, ko, full) => write(Date.UTC(year, month - 1, day, 3), ko, {
        year: "numeric", month: ko ? "numeric" : "long", day: "numeric", weekday: ko && full ? "short" : undefined,
      }).replace(". (", ".("),
      now: (ko) => write(Date.now(), ko, { dateStyle: "medium", timeStyle: "short" }),
    });
    if (own.dead) drop(it, view);
    else obey(it);
  }

  function obey(it) {
    const view = it.view ?? it.next;
    const write = encodeURIComponent;
    if (!view?.mounted) return;
    // What to show, or without an id what to look for.
    for (const [id, more = ""] of it.orders.splice(0)) {
      view.mounted.go("#" + write(it.name) + (id ? `/${write(id)}/${write(more)}` : "?q=" + write(more)));
    }
  }

  // By itself; but a reader who stands on the button goes along.
  function retry(it) {
    const view = it.view ?? it.next, { activeElement } = view?.root.getRootNode() ?? document;
    if (activeElement?.matches("[data-rv=retry]") && view.root.contains(activeElement)) activeElement.click();
    else each("retry")(it);
  }

  const each = (name) => (it) => {
    for (const view of [it.next, it.view]) if (!view?.own?.dead) view?.mounted?.[name]();
  };

  function change(it, name) {
    if (name == "src") it.base = undefined;
    if (name == "src" || name == "isolate") {
      if (it.begun) it.start();
    } else each("configure")(it);
  }

  function end(it) {
    drop(it, it.next);
    drop(it, it.view);
    restore(it);
    const { data } = it.host;
    delete it.host.data;
    it.host.data = data;
    it.end = it.name = undefined;
    dress(it);
    its.delete(it);
  }

  return { start, end, obey, dress, change, retry };
}
