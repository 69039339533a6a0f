// The one tag of a host page: defines <release-viewer> and loads what it shows once somebody comes near it.
//
// The build writes names and hashes of the files into this one, and takes its comments out (xtask/src/widget.rs).

const FILES = {
  glue: [new URL("./app/release-viewer.js", import.meta.url), "sha384-glue"],
  wasm: [new URL("./app/release-viewer.wasm", import.meta.url), "sha384-wasm"],
  style: [new URL("./app/release-viewer.css", import.meta.url), "sha384-style"],
};
const TAG = "release-viewer";
// Milliseconds until a reader is told (DESIGN 7), until a file is given up, and until a viewer that nobody has come
// near is loaded after all.
const PATIENCE = 9500, GIVE_UP = 60000, IDLE = 5000;
// Bytes: more is no data of ours, and would fill the memory of a phone.
const MOST = 16 << 20;
const WORDS = {
  ko: {
    server: "보도자료 보기를 시작하지 못했습니다. 잠시 뒤 다시 시도해 주십시오.",
    offline: "인터넷 연결이 끊겨 있습니다. 연결을 확인한 뒤 다시 시도해 주십시오.",
    timeout: "서버가 10초 안에 답하지 않았습니다. 잠시 뒤 다시 시도해 주십시오.",
    retry: "다시 시도",
  },
  en: {
    server: "The press releases could not be started. Please try again in a moment.",
    offline: "You are offline. Please check your connection and try again.",
    timeout: "The server did not answer within 10 seconds. Please try again in a moment.",
    retry: "Try again",
  },
};
// For the people who run the page, in the console and in rv-error.
const HINTS = {
  csp: "the Content-Security-Policy needs script-src 'wasm-unsafe-eval'",
  unsupported: "this browser has no WebAssembly",
  integrity: "a file is not the one that this loader was built with",
};

// What the details of the events are called; "moved" is rv-navigate when it cannot be stopped any more.
const DETAILS = { navigate: ["id", "block", "url"], moved: ["id", "block", "url"], search: ["query", "total"], error: ["code", "message", "url"] };
const CODES = ["server", "offline", "timeout", "data"];

const make = (name, className) => Object.assign(document.createElement(name), { className });

// Gets the bytes of a file, or throws a code or a status and the address.
async function take(url, ms, signal, cache, hash) {
  const abort = new AbortController(), stop = () => abort.abort(), { subtle } = globalThis.crypto ?? {};
  let late;
  const timer = setTimeout(() => stop(late = true), ms);
  signal.addEventListener("abort", stop, { signal: abort.signal });
  try {
    // A page that is not secure has no `crypto.subtle`; there the browser compares.
    const response = await fetch(url, { signal: abort.signal, cache, integrity: subtle ? "" : hash });
    if (!response.ok) throw response.status;
    const reader = response.body.getReader(), parts = [];
    for (let size = 0, part; !(part = await reader.read()).done; parts.push(part.value)) {
      if ((size += part.value.length) > MOST) throw "data";
    }
    const bytes = await new Blob(parts).arrayBuffer();
    if (hash && subtle) {
      const found = new Uint8Array(await subtle.digest("SHA-384", bytes));
      if (hash != "sha384-" + btoa(String.fromCharCode(...found))) throw "integrity";
    }
    return bytes;
  } catch (error) {
    throw { url, code: late ? CODES[2] : navigator.onLine === false ? CODES[1] : typeof error == "object" ? CODES[0] : error };
  } finally {
    clearTimeout(timer);
    stop();
  }
}

const viewers = new Set();
let loading, instance, ready, active, sheet, tries = 0, load = new AbortController();

// Style, glue and compiled wasm.
const files = () => loading ??= (async () => {
  const { signal } = load, cache = tries ? "reload" : "default", fragment = tries ? "#" + tries : "";
  const get = ([url, hash]) => take(url, GIVE_UP, signal, cache, hash);
  if (!globalThis.WebAssembly) throw { code: "unsupported" };
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    throw { code: "csp" };
  }
  const [style, wasm] = await Promise.all([FILES.style, FILES.wasm, FILES.glue].map(get));
  (sheet = new CSSStyleSheet()).replaceSync(new TextDecoder().decode(style));
  // `import` compares no hash. A preload does, and what it has loaded is what is imported. With another fragment it is
  // another module: a browser keeps one that has failed.
  const [url, integrity] = FILES.glue, href = url + fragment, link = make("link", "");
  if (link.relList.supports("modulepreload")) {
    await new Promise((onload, no) => {
      Object.assign(link, { rel: "modulepreload", integrity, href, onload, onerror: () => no({ code: "integrity", url }) });
      document.head.appendChild(link);
    }).finally(() => link.remove());
  }
  return Promise.all([import(href), WebAssembly.compile(wasm)]);
})();

class Viewer extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ["src", "lang", "release", "routing", "heading-level", "page-size", "isolate", "skip-menu", "document-title"];

  // One instance of the wasm for all viewers. After a panic it is never called again, and the viewers that did not
  // cause it go on with a new one.
  static #application = () => instance ??= (async () => {
    const [glue, module_or_path] = await files();
    const made = glue.default((error) => {
      made.dead = true;
      instance = ready = undefined;
      console.error(TAG, error);
      for (const viewer of viewers) viewer.#survive(made, viewer == active);
    });
    await made.init({ module_or_path });
    ready = true;
    return made;
  })();

  #name;
  #end; // Ends what lasts from connecting to disconnecting.
  #view; // What is shown.
  #next; // What is to be shown, as soon as it is complete.
  #box; // The message that it could not be started.
  #content; // A template with what the host has put into the element.
  #slot;
  #data;
  #orders = [];

  get data() {
    return this.#data;
  }

  set data(data) {
    this.#data = data;
    this.reload();
  }

  show(id, block) {
    this.#order("/" + [id, block].filter((part) => part).map(encodeURIComponent).join("/"));
  }

  search(query) {
    this.#order("?q=" + encodeURIComponent(query));
  }

  reload() {
    if (this.#view || this.#next) this.#start("no-cache");
  }

  connectedCallback() {
    if (this.#name) return this.#view && this.#dress(this.#view);
    for (let count = 1; ; count++) {
      this.#name = (this.id || "rv") + (count > 1 ? count : "");
      if (![...viewers].some((viewer) => viewer.#name == this.#name)) break;
    }
    viewers.add(this);
    // A copy of a viewer: what it was made from comes back.
    for (const child of [...this.children]) {
      if (child.matches(".rv-root, .rv-fault")) child.remove();
      if (child.matches("template.rv-content")) child.replaceWith(child.content);
    }
    for (const name of [...PROPERTIES.keys(), "data"]) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    const { signal } = (this.#end = new AbortController()), go = () => this.#next || this.#view || this.#box || this.#start();
    const near = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && go(), { rootMargin: "600px" });
    const idle = setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(() => signal.aborted || go()), IDLE);
    signal.addEventListener("abort", () => clearTimeout(idle, near.disconnect()));
    near.observe(this);
    this.addEventListener("focusin", go, { signal });
    // Back on the line, or back from the browser's cache of pages.
    const back = ({ persisted }) => {
      if (persisted === false) return;
      if (this.#box) this.#start();
      else for (const view of [this.#next, this.#view]) view?.mounted?.retry();
    };
    for (const kind of ["online", "pageshow"]) addEventListener(kind, back, { signal });
    if (this.#orders[0] || (location.hash + location.search).includes(encodeURIComponent(this.#name))) go();
  }

  // A move in the page disconnects and connects again at once.
  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected || !this.#name) return;
      this.#end.abort();
      for (const view of [this.#next, this.#view]) this.#drop(view);
      this.#box?.remove();
      this.#restore();
      viewers.delete(this);
      this.#name = this.#box = undefined;
    });
  }

  connectedMoveCallback() {}

  attributeChangedCallback(name, old, value) {
    if (old === value) return;
    if (name == "src" || name == "isolate") this.reload();
    else for (const view of [this.#next, this.#view]) view?.mounted?.configure();
  }

  // A framework that has put content into the element may take it out again: it stands in the template now.
  removeChild(node) {
    return super.removeChild.call(node.parentNode == this.#content?.content ? node.parentNode : this, node);
  }

  insertBefore(node, next) {
    const content = this.#content?.content;
    return content ? content.insertBefore(node, next?.parentNode == content ? next : null) : super.insertBefore(node, next);
  }

  appendChild(node) {
    return this.insertBefore(node, null);
  }

  #order(address) {
    this.#orders.push(address);
    if (this.#view) this.#obey(this.#view);
    else if (this.#name && !this.#next) this.#start();
  }

  #obey({ mounted }) {
    for (const address of this.#orders.splice(0)) mounted.go("#" + encodeURIComponent(this.#name) + address);
  }

  // Makes a view. What is shown stays until it is complete.
  async #start(cache) {
    if (!this.#name) return;
    // What has kept this reader waiting too long is given up, or it would keep the connection.
    if (this.#box && instance && !ready) {
      load.abort();
      load = new AbortController();
      loading = instance = undefined;
      tries++;
    }
    this.#drop(this.#next);
    const root = make("div", "rv-root"), end = new AbortController();
    const view = (this.#next = { root, end, place: this.#place(), deadline: performance.now() + PATIENCE });
    view.late = setTimeout(() => this.#fail({ code: CODES[2] }), PATIENCE);
    try {
      const started = Viewer.#application(), made = (view.made = await started);
      if (this.#next != view) return;
      clearTimeout(view.late);
      root.hidden = true;
      this.#dress(view);
      super.insertBefore.call(view.place, root, view.place.firstChild);
      view.deadline = Math.max(view.deadline, performance.now() + 2000);
      active = this;
      view.mounted = made.mount(this, root, this.#name, {
        signal: end.signal,
        data: this.#data && JSON.stringify(this.#data),
        ask: (url) => take(url, view.deadline - performance.now(), end.signal, cache).then((bytes) => new TextDecoder().decode(bytes), ({ code }) => {
          throw code == 404 || code == 410 ? 404 : CODES.indexOf(code);
        }),
        tell: (...what) => this.#hear(view, ...what),
      });
      if (!made.dead) this.#obey(view);
    } catch (error) {
      loading = instance = undefined;
      tries++;
      if (this.#next == view) this.#fail(error);
    }
  }

  #place() {
    if (!this.hasAttribute("isolate")) return this;
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    if (!this.#slot) this.#slot = this.shadowRoot.appendChild(make("slot", ""));
    return this.shadowRoot;
  }

  #dress(view) {
    const scope = view.place.getRootNode();
    if (view.scope != scope) this.#undress(view);
    view.scope = scope;
    if (!scope.adoptedStyleSheets.includes(sheet)) scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
  }

  #undress(view) {
    const { scope } = view;
    view.scope = undefined;
    if (!scope || [...viewers].some((viewer) => viewer.#view?.scope == scope || viewer.#next?.scope == scope)) return;
    scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((other) => other != sheet);
  }

  // What the application has to say of a view.
  #hear(view, kind, ...values) {
    if (kind == "busy") active = this;
    else if (kind == "begin") view.deadline = performance.now() + PATIENCE;
    else if (kind in DETAILS) {
      if (kind == "error" && view != this.#view && this.#view) return this.#fail({ code: values[0], url: values[2] });
      const value = (name, index) => name == "total" ? +values[index] : name == "query" ? values[index] : values[index] || null;
      return this.#tell(kind, Object.fromEntries(DETAILS[kind].map((name, index) => [name, value(name, index)])));
    } else if (view == this.#next && (kind == "ready" || !this.#view)) {
      // What has the focus and goes must not take it along.
      const { activeElement } = this.getRootNode(), inside = this.shadowRoot?.activeElement;
      const held = this.#box?.contains(inside ?? activeElement) ||
        (kind == "ready" && activeElement && activeElement != this && this.contains(activeElement) && !view.root.contains(activeElement));
      view.root.hidden = false;
      if (kind == "ready") this.#reveal(view);
      this.#box?.remove();
      this.#box = undefined;
      if (held) view.root.querySelector(kind == "ready" ? "[id$=-heading]" : "[data-rv=retry]")?.focus();
      if (kind == "ready") this.#tell(kind);
    }
    return true;
  }

  #reveal(view) {
    this.#next = undefined;
    this.#drop(this.#view);
    this.#view = view;
    this.#restore();
    if (view.place != this) return this.#slot.remove();
    this.#content = make("template", "rv-content");
    for (const node of [...this.childNodes]) if (node != view.root) this.#content.content.appendChild(node);
    super.insertBefore(this.#content, view.root);
  }

  // Puts the host's content back in its place.
  #restore() {
    const content = this.#content;
    this.#content = undefined;
    content?.replaceWith(content.content);
    if (this.#slot) this.shadowRoot.appendChild(this.#slot);
  }

  #drop(view) {
    if (!view) return;
    clearTimeout(view.late);
    view.end.abort();
    if (view == this.#next) this.#next = undefined;
    if (view == this.#view) this.#view = undefined;
    if (!view.made?.dead) view.mounted?.unmount();
    view.root.remove();
    this.#undress(view);
  }

  #survive(made, culprit) {
    if (made != this.#view?.made && made != this.#next?.made) return;
    if (!culprit) return this.#start();
    this.#drop(this.#view);
    this.#restore();
    this.#fail({ code: "panic" });
  }

  #fail({ code = CODES[0], url = this.src }) {
    if (code != CODES[2]) this.#drop(this.#next);
    const lang = (this.closest("[lang]") ?? document.documentElement).lang, words = WORDS[/^(ko|$)/i.test(lang) ? "ko" : "en"];
    const name = HINTS[code] || WORDS.en[code] ? code : isNaN(code) ? code : CODES[0], place = this.#place();
    if (!this.#box) {
      this.#box = make("div", "rv-fault");
      this.#box.setAttribute("role", "alert");
      const button = Object.assign(make("button", "rv-button"), { type: "button", textContent: words.retry, onclick: () => this.#start() });
      this.#box.append(make("p", ""), button);
      (place == this ? super.insertBefore : place.insertBefore).call(place, this.#box, place.firstChild);
    }
    this.#box.lang = words == WORDS.ko ? "ko" : "en";
    this.#box.firstChild.textContent = words[code] ?? words.server;
    console.error(TAG, code, HINTS[code] ?? "", url);
    this.#tell("error", { code: name, message: HINTS[code] ?? this.#box.firstChild.textContent, url });
  }

  #tell(kind, detail) {
    const type = "rv-" + (kind == "moved" ? "navigate" : kind);
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: kind == "navigate" }));
  }
}

// Property → attribute.
const PROPERTIES = new Map(Viewer.observedAttributes.map((name) => [name.replace(/-./g, (part) => part[1].toUpperCase()), name]));
for (const [property, name] of PROPERTIES) {
  const is = /^(isolate|document)/.test(name);
  Object.defineProperty(Viewer.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return is ? this.hasAttribute(name) : this.getAttribute(name) ?? "";
    },
    set(value) {
      if (value === false || value == null) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? "" : value);
    },
  });
}

// The first one on a page wins.
const known = globalThis.customElements?.get(TAG);
if (known && !known.twice) {
  known.twice = true;
  console.warn(TAG + " is there already; this one does nothing:", import.meta.url);
}
if (!known) globalThis.customElements?.define(TAG, Viewer);
export const ReleaseViewer = known ?? Viewer;
