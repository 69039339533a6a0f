// One page with one engine in a browser context of its own, and what it has asked the server for.

// Requests of an answer that nothing waits for end within this.
const REST = 100;

export class Session {
  // Opens the empty page and brings the bench's own script, which does not count.
  static async open(browser, root, { name, engine, lang, module }) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const session = new Session();
    Object.assign(session, { context, page, requests: [], failed: [] });
    page.on("requestfinished", (request) => session.requests.push(request));
    page.on("requestfailed", (request) => session.failed.push(request.url()));
    page.on("response", (response) => response.status() >= 400 && session.failed.push(response.url()));
    page.on("pageerror", (error) => session.failed.push(error.message));
    await page.goto(`${root}/bench/${lang}.html`);
    await page.evaluate(async ([engine, ...where]) => {
      const { engines } = await import("/bench/engine.js");
      window.bench = { open: async () => (window.bench.engine = await engines[engine](...where)) };
    }, [engine, `/${name}`, lang, module]);
    await session.taken();
    return session;
  }

  // Calls methods of the engine one after the other; what they return, and when each began and ended.
  call(calls) {
    return this.page.evaluate(async (calls) => {
      const times = [performance.timeOrigin + performance.now()];
      const results = [];
      for (const [method, ...args] of calls) {
        const result = await (method === "open" ? window.bench.open() : window.bench.engine[method](...args));
        results.push(method === "ids" ? result : null);
        times.push(performance.timeOrigin + performance.now());
      }
      return { times, results };
    }, calls);
  }

  // The requests since the last time, in the order of their start.
  async taken() {
    await this.page.waitForTimeout(REST);
    if (this.failed.length) throw new Error(`not there: ${[...new Set(this.failed)].slice(0, 3).join(", ")}`);
    const requests = this.requests.splice(0);
    const all = await Promise.all(requests.map(async (request) => {
      const { responseHeadersSize, responseBodySize } = await request.sizes();
      const { startTime, responseEnd } = request.timing();
      const bytes = responseHeadersSize + responseBodySize;
      return { url: request.url(), bytes, start: startTime, end: startTime + responseEnd };
    }));
    // What the browser has kept asks nobody.
    return all.filter(({ url, start, end }) => url.startsWith("http") && end > start && start > 0)
      .sort((a, b) => a.start - b.start);
  }

  close() {
    return this.context.close();
  }
}

export const bytes = (requests) => requests.reduce((sum, { bytes }) => sum + bytes, 0);

// The longest chain of requests of which each began when the one before had ended.
export function trips(requests) {
  const depths = [];
  for (const [at, { start }] of requests.entries()) {
    const before = requests.slice(0, at).map(({ end }, index) => (end <= start ? depths[index] : 0));
    depths.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...depths);
}
