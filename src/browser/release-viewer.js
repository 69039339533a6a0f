// Defines <release-viewer> and loads the application when the first one is connected.

let application;

function load() {
  application ??= import("./app/release-viewer.js").then(async (module) => {
    await module.default();
    return module;
  });
  return application;
}

const MESSAGES = {
  ko: "보도자료 보기를 시작하지 못했습니다. 페이지를 새로 고쳐 주십시오.",
  en: "The press release viewer could not start. Please reload the page.",
};

class ReleaseViewer extends HTMLElement {
  #mounted;
  #root;
  // What the host put inside; it stays until the first view is complete.
  #content = [];

  connectedCallback() {
    if (!this.#root) this.#start();
  }

  disconnectedCallback() {
    // A move in the page disconnects and connects again at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#mounted?.unmount();
      this.#root?.replaceWith(...this.#content);
      this.#mounted = this.#root = undefined;
    });
  }

  async #start() {
    const root = (this.#root = document.createElement("div"));
    root.hidden = true;
    this.addEventListener("rv-wait", () => (root.hidden = false), { once: true });
    this.addEventListener("rv-view", () => {
      for (const node of this.#content) node.remove();
      root.hidden = false;
    }, { once: true });
    try {
      const { mount } = await load();
      if (!this.isConnected || this.#root !== root) return;
      this.#content = [...this.childNodes];
      this.prepend(root);
      this.#mounted = mount(this, root);
    } catch (error) {
      console.error("release-viewer:", error);
      application = undefined;
      const message = document.createElement("p");
      message.setAttribute("role", "alert");
      const lang = this.closest("[lang]")?.lang.startsWith("en") ? "en" : "ko";
      message.lang = lang;
      message.textContent = MESSAGES[lang];
      root.hidden = false;
      root.replaceChildren(message);
      if (!root.isConnected) this.prepend(root);
    }
  }
}

if (!customElements.get("release-viewer")) customElements.define("release-viewer", ReleaseViewer);
