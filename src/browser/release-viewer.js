// The one tag of a host page: defines <release-viewer>, and loads the application once somebody comes near a viewer.
//
// The build writes names and hashes of the files into this one and takes its comments out (xtask/src/widget.rs). At most
// 2 kB after brotli: what is only needed afterwards stands in element.js, which is loaded with the glue.

const FILES = [
  [new URL("./app/release-viewer.css", import.meta.url), "sha384-style"],
  [new URL("./app/release-viewer.wasm", import.meta.url), "sha384-wasm"],
  [new URL("./app/release-viewer.js", import.meta.url), "sha384-glue"],
];
const TAG = "release-viewer";
const ATTRIBUTES = "src lang release routing heading-level page-size skip-menu isolate document-title".split(" ");

// The application for all viewers: while it is loaded (`load` ends that), and when it is there.
let loading, application, load, tries = 0, viewers = 0;

// By its own name, since a form or a picture of the host may be called `createElement`.
const make = (name, properties) => Object.assign(Document.prototype.createElement.call(document, name), properties);

const files = () => loading ??= (async () => {
  const { signal } = (load = new AbortController()), again = tries++, { subtle } = crypto, nonce = document.querySelector("[nonce]")?.nonce ?? "";
  const [style, wasm, href] = await Promise.all(FILES.map(async ([url, integrity], glue) => {
    let size = 0;
    try {
      // A page that is not secure has no `crypto.subtle`; there the browser compares.
      const { ok, body } = await fetch(url, { integrity: subtle ? "" : integrity, signal, cache: again ? "reload" : "default" });
      // What has more than a megabyte is nothing of ours, and would fill the memory of a phone.
      const bytes = ok && await new Response(body.pipeThrough(new TransformStream({
        transform: (part, to) => (size += part.length) > 1e6 ? to.error() : to.enqueue(part),
      }))).arrayBuffer();
      if (!ok || subtle && integrity != "sha384-" + btoa(String.fromCharCode(...new Uint8Array(await subtle.digest("SHA-384", bytes))))) throw 0;
      if (glue < 2) return bytes;
      // `import` compares no hash. A preload does, and what it has loaded is what is imported. With another fragment it
      // is another module: a browser keeps one that has failed.
      const rel = "modulepreload", link = make("link", { rel, integrity, nonce, href: url + "#" + again });
      await new Promise((onload, onerror) => {
        document.head.append(Object.assign(link, { onload, onerror }));
        if (!link.relList.supports(rel)) onload();
      }).finally(() => link.remove());
      return link.href;
    } catch {
      throw { url };
    }
  }));
  application = await (await import(href)).application(style, wasm);
})();

class Viewer extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ATTRIBUTES;

  // What element.js knows of this viewer too.
  #it = { host: this, orders: [], start: (cache) => this.#start(cache), fail: (error) => this.#fail(error), lang: () => this.#lang() };

  get data() {
    return this.#it.data;
  }

  set data(data) {
    this.#it.data = data;
    this.reload();
  }

  show(id, block) {
    this.#order(id, block);
  }

  search(query) {
    this.#order("", query);
  }

  reload() {
    if (this.#it.begun) this.#start("no-cache");
  }

  #order(...order) {
    this.#it.orders.push(order);
    if (this.#it.begun) application?.obey(this.#it);
    else this.#start();
  }

  connectedCallback() {
    const it = this.#it;
    if (it.end) return application?.dress(it);
    // What was set before the element was known.
    for (const name of Object.keys(this)) {
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    const { signal } = (it.end = new AbortController()), go = () => it.begun || this.#start();
    const near = globalThis.IntersectionObserver && new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && go(), { rootMargin: "600px" });
    const idle = setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(go), 5000);
    near?.observe(this);
    signal.onabort = () => clearTimeout(idle, near?.disconnect());
    this.addEventListener("focusin", go, { signal });
    addEventListener("online", () => it.box ? this.#start() : application?.retry(it), { signal });
    viewers++;
    if (!near || it.orders[0] || location.href.split(/[#?&]/).some((part) => part.startsWith(this.id || "rv"))) go();
  }

  // A move in the page disconnects and connects again at once.
  disconnectedCallback() {
    queueMicrotask(() => {
      const it = this.#it;
      if (this.isConnected || !it.end) return;
      it.end.abort();
      clearTimeout(it.late);
      application?.end(it);
      it.box?.remove();
      if (!--viewers && !application) loading = load?.abort();
      it.end = it.begun = it.box = null;
    });
  }

  attributeChangedCallback(name, old, value) {
    if (old != value) application?.change(this.#it, name);
  }

  // The nearest one, also beyond the border of a shadow tree.
  #lang() {
    let at = this;
    while (at && !at.lang) at = at.parentNode ?? at.host;
    return at?.lang ?? "";
  }

  // Makes a view. What is shown stays until it is complete.
  async #start(cache) {
    const it = this.#it, turn = {};
    if (!it.end) return;
    // What has kept this reader waiting too long is given up, or it would keep the connection.
    if (it.box && !application) loading = load.abort();
    clearTimeout(it.late);
    it.begun = turn;
    it.since = performance.now();
    it.late = setTimeout(() => this.#fail({ code: "timeout" }), 9500);
    try {
      await files();
      if (it.begun == turn) await application.start(it, cache);
    } catch (error) {
      if (!application) loading = null;
      if (it.begun == turn) this.#fail(error);
    }
  }

  // Says that nothing could be shown: one sentence and a button (DESIGN 7).
  #fail({ code = navigator.onLine === false ? "offline" : "server", url = this.src, message }) {
    const it = this.#it;
    const lang = /^(ko|$)/i.test(this.#lang()) ? "ko" : "en";
    clearTimeout(it.late);
    if (!it.box) {
      it.box = make("div", { role: "alert", className: "rv-fault" });
      it.box.append(make("p"), make("button", { type: "button", onclick: () => this.#start() }));
      (this.shadowRoot ?? this).prepend(it.box);
    }
    const [text, button] = it.box.childNodes;
    it.box.lang = lang;
    text.textContent = lang == "ko"
      ? "보도자료를 불러오지 못했습니다. 연결을 확인하고 다시 시도해 주십시오."
      : "The press releases could not be loaded. Check your connection and try again.";
    button.textContent = lang == "ko" ? "다시 시도" : "Try again";
    const detail = { code, message: message ?? text.textContent, url: "" + url };
    console.error(TAG, code, detail.message, url);
    this.dispatchEvent(new CustomEvent("rv-error", { detail, bubbles: true, composed: true }));
  }
}

// Properties mirror the attributes.
for (const name of ATTRIBUTES) {
  const is = /^[id]/.test(name);
  Object.defineProperty(Viewer.prototype, name.replace(/-./, (part) => part[1].toUpperCase()), {
    get() {
      return is ? this.hasAttribute(name) : this.getAttribute(name) ?? "";
    },
    set(value) {
      value == null || value === false ? this.removeAttribute(name) : this.setAttribute(name, value === true ? "" : value);
    },
  });
}

// The first one on a page wins.
const known = globalThis.customElements?.get(TAG);
if (!known) globalThis.customElements?.define(TAG, Viewer);
else if (!known.said) console.warn(known.said = TAG + " is loaded already");
export const ReleaseViewer = known ?? Viewer;
