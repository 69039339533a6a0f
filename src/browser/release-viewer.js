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
  const { signal } = (load = new AbortController()), again = tries++, { subtle } = crypto, nonce = document.querySelector("[nonce]")?.nonce;
  const [style, wasm, href] = await Promise.all(FILES.map(async ([url, integrity], glue) => {
    let size = 0;
    try {
      // A page that is not secure has no `crypto.subtle`; there the browser compares.
      const { ok, body } = await fetch(url, { integrity: subtle ? "" : integrity, signal, cache: again ? "reload" : undefined });
      // What has more than 16 MB is nothing of ours, also while developing, and would fill the memory of a phone.
      const bytes = ok && await new Response(body.pipeThrough(new TransformStream({
        transform: (part, to) => (size += part.length) > 16e6 ? to.error() : to.enqueue(part),
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

// What is known of a viewer here and in element.js.
const about = (host) => {
  const it = {
    orders: [],
    host,

    // The nearest language, also beyond the border of a shadow tree.
    lang() {
      let at = host;
      while (at && !at.lang) at = at.parentNode ?? at.host;
      return at?.lang ?? "";
    },

    // Makes a view. What is shown stays until it is complete.
    async start(cache) {
      const turn = {};
      if (!it.end) return;
      // What has kept this reader waiting too long is given up, or it would keep the connection.
      if (it.box && !application) loading = load.abort();
      clearTimeout(it.late);
      it.begun = turn;
      it.since = performance.now();
      it.late = setTimeout(it.fail, 9500, { code: "timeout" });
      try {
        await files();
        if (it.begun == turn) await application.start(it, cache);
      } catch (error) {
        if (!application) loading = null;
        if (it.begun == turn) it.fail(error);
      }
    },

    // Says that nothing could be shown: one sentence and a button (DESIGN 7).
    fail({ code = navigator.onLine ? "server" : "offline", url = host.src, message }) {
      const [lang, words, again] = /^(ko|$)/i.test(it.lang())
        ? ["ko", "보도자료를 불러오지 못했습니다. 인터넷 연결을 확인해 주십시오.", "다시 시도"]
        : ["en", "Could not load press releases. Check your connection.", "Try again"];
      clearTimeout(it.late);
      if (!it.box) {
        it.box = make("div", { role: "alert", className: "rv-fault" });
        // The stylesheet may be what is missing: 44 px without it.
        it.box.append(make("p"), make("button", { type: "button", style: "padding:15px", onclick: () => it.start() }));
        (host.shadowRoot ?? host).prepend(it.box);
      }
      it.box.lang = lang;
      it.box.firstChild.textContent = words;
      it.box.lastChild.textContent = again;
      // With more for the people who run the page.
      const detail = { code, message: message ?? words, url: "" + url };
      console.error(TAG, detail.message, code, url);
      host.dispatchEvent(new CustomEvent("rv-error", { detail, bubbles: true, composed: true }));
    },

    // Shows a release and a block of it; or without an id, what is looked for.
    order(...order) {
      it.orders.push(order);
      it.begun ? application?.obey(it) : it.start();
    },
  };
  return it;
};

class Viewer extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ATTRIBUTES;

  #it = about(this);

  show(id, block) {
    this.#it.order(id, block);
  }

  search(query) {
    this.#it.order("", query);
  }

  reload() {
    if (this.#it.begun) this.#it.start("no-cache");
  }

  connectedCallback() {
    const it = this.#it;
    if (it.end) return application?.dress(it);
    // What was set before the element was known.
    for (const [name, value] of Object.entries(this)) {
      delete this[name];
      this[name] = value;
    }
    const { signal } = (it.end = new AbortController()), go = () => it.begun || it.start();
    const near = globalThis.IntersectionObserver && new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && go(), { rootMargin: "99%" });
    const idle = setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(go), 5000);
    near?.observe(this);
    signal.onabort = () => clearTimeout(idle, near?.disconnect());
    this.addEventListener("focusin", go, { signal });
    addEventListener("online", () => it.box ? it.start() : application?.retry(it), { signal });
    viewers++;
    // At once, when it is asked for.
    if (!near || it.orders[0] || location.href.match("[#?&]" + CSS.escape(this.id || "rv"))) go();
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
}
// A feed in place of `src`. What is set later is seen by element.js.
Viewer.prototype.data = null;

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
const registry = globalThis.customElements, known = registry?.get(TAG);
if (!known) registry?.define(TAG, Viewer);
else if (!known.said) console.warn(known.said = TAG + " twice");
export const ReleaseViewer = known ?? Viewer;
