// Loads the variants in Chromium, interleaved, and prints what was measured as tables.
//
// Given: one JSON object { modules, chromium, dist, work, release, loads, seed }.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { print } from "./tables.mjs";

const given = JSON.parse(process.argv[2]);
const { chromium } = createRequire(join(given.modules, "x.js"))("playwright-core");
const here = (name) => new URL(name, import.meta.url);
const text = (name) => readFileSync(here(name), "utf8");

// A cheap phone abroad: the window of one, a quarter of this machine's speed, slow 4G as Lighthouse has it.
const WINDOW = { width: 412, height: 915 };
const SLOWDOWN = 4;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
// Nothing of a view comes later than this after it is there.
const REST = 1500;
const PATIENCE = 30_000;

const VARIANTS = {
  ours: { path: `archive/releases/${given.release}.html`, taken: true },
  bare: { path: "archive/releases/bare.html" },
  client: { path: "archive/client/", taken: true },
  svelte: { path: "archive/svelte/" },
};
const RUNS = [
  ...Object.keys(VARIANTS).map((variant) => ({ name: variant, variant, slow: true })),
  { name: "fast", variant: "ours", slow: false },
  { name: "link", variant: "ours", slow: true, click: "link" },
  { name: "search", variant: "ours", slow: true, click: "search" },
];

// The pages of the variants stand beside those of the archive, as deep as these, so that the same links work.
function prepare() {
  const site = join(given.work, "site");
  const html = readFileSync(join(given.dist, VARIANTS.ours.path), "utf8");
  const styles = html.match(/<link [^>]*rel="stylesheet"[^>]*>/g) ?? [];
  const write = (path, page) => {
    mkdirSync(join(site, path, ".."), { recursive: true });
    writeFileSync(join(site, path), page);
  };
  write(VARIANTS.bare.path, html.replace(/<script\b[^>]*>[^]*?<\/script>\n?/g, ""));
  // The viewer brings its own style.
  const host = styles.filter((style) => !style.includes("/release-viewer-"));
  const client = text("client/index.html").replace("RELEASE", given.release);
  write("archive/client/index.html", client.replace("<!-- styles -->", host.join("\n")));
  const svelte = readFileSync(join(site, "archive/svelte/index.html"), "utf8");
  write("archive/svelte/index.html", svelte.replace("<!-- styles -->", styles.join("\n")));
  return [site, given.dist];
}

// mulberry32: the same order for the same seed.
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled(items, next) {
  const keyed = items.map((item) => [next(), item]);
  return keyed.sort(([a], [b]) => a - b).map(([, item]) => item);
}

// What goes over the network, with times as the page counts them.
function listen(cdp) {
  const requests = new Map();
  const got = (id, timestamp, bytes) => requests.get(id)?.parts.push([timestamp, bytes]);
  cdp.on("Network.requestWillBeSent", ({ requestId, request, timestamp, wallTime }) => {
    requests.set(requestId, { url: request.url, sent: timestamp, offset: wallTime - timestamp, parts: [], all: 0 });
  });
  cdp.on("Network.responseReceived", ({ requestId, timestamp, response }) =>
    got(requestId, timestamp, response.encodedDataLength));
  cdp.on("Network.dataReceived", ({ requestId, timestamp, encodedDataLength }) =>
    got(requestId, timestamp, encodedDataLength));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (requests.has(requestId)) requests.get(requestId).all = encodedDataLength;
  });
  return (visible) => {
    const all = [...requests.values()].filter(({ url }) => url.startsWith("http"));
    const early = all.filter(({ sent, offset }) => (sent + offset) * 1000 <= visible);
    const before = ({ parts, offset }) =>
      parts.reduce((sum, [time, bytes]) => sum + ((time + offset) * 1000 <= visible ? bytes : 0), 0);
    const sum = (requests, bytes) => requests.reduce((sum, request) => sum + bytes(request), 0);
    // page.js is there to ask for the program only afterwards.
    const code = all.filter(({ url }) => /\.(js|wasm)$/.test(url) && !url.endsWith("/page.js"));
    return {
      requests: all.length,
      bytes: sum(all, ({ all }) => all),
      requestsBefore: early.length,
      bytesBefore: sum(all, before),
      codeBefore: sum(code, before),
    };
  };
}

async function load(browser, root, { variant, slow, click }) {
  const { path, taken } = VARIANTS[variant];
  const context = await browser.newContext({ viewport: WINDOW });
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const told = {};
    const heard = {};
    for (const kind of ["visible", "ready", "answered"]) {
      told[kind] = new Promise((resolve, reject) => {
        heard[kind] = resolve;
        setTimeout(reject, PATIENCE, new Error(`${path}: not ${kind} in ${PATIENCE / 1000} s`)).unref();
      });
      // Not all are waited for.
      told[kind].catch(() => {});
    }
    const errors = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(error.message));
    cdp.on("Runtime.bindingCalled", ({ name, payload }) => {
      const { kind, value } = JSON.parse(payload);
      if (name === "bench_tell") heard[kind](value);
    });
    await cdp.send("Runtime.enable");
    await cdp.send("Runtime.addBinding", { name: "bench_tell" });
    await cdp.send("Page.enable");
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", { source: text("probe.js") });
    await cdp.send("Network.enable");
    const network = listen(cdp);
    if (slow) {
      await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
      await cdp.send("Network.emulateNetworkConditions", NETWORK);
    }
    await page.goto(root + path, { waitUntil: "commit" });
    const visible = await told.visible;
    if (click) {
      if (!visible[click]) throw new Error(`${path}: nothing to click on for ${click}`);
      const [x, y] = visible[click];
      const mouse = (type) =>
        cdp.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
      await Promise.all([mouse("mousePressed"), mouse("mouseReleased")]);
      const { time, loaded } = await told.answered;
      return { answered: time, loaded };
    }
    if (taken) await told.ready;
    await page.waitForLoadState("load");
    await page.waitForTimeout(REST);
    const { bench, words } = await page.evaluate(() => ({
      bench: window.bench,
      words: document.querySelector(".rv-text").textContent.replace(/\s/g, ""),
    }));
    if (errors.length) throw new Error(`${path}: ${errors.join("; ")}`);
    return { ...bench, ...network(visible.at), words };
  } finally {
    await context.close();
  }
}

const roots = prepare();
const server = new Worker(here("server.mjs"), { workerData: { roots } });
const port = await new Promise((resolve) => server.once("message", resolve));
const root = `http://127.0.0.1:${port}/`;
const browser = await chromium.launch({ executablePath: given.chromium, args: ["--disable-gpu"] });
const version = browser.version();
const results = Object.fromEntries(RUNS.map(({ name }) => [name, []]));
try {
  const next = random(given.seed);
  // The first round fills the caches of the server and of Chromium itself; it is not counted.
  for (let round = 0; round <= given.loads; round++) {
    process.stderr.write(`round ${round} of ${given.loads}\n`);
    for (const run of shuffled(RUNS, next)) {
      const result = await load(browser, root, run);
      if (round) results[run.name].push(result);
    }
  }
} finally {
  await browser.close();
  await server.terminate();
}
const words = new Set(Object.values(results).flat().flatMap((result) => result.words ?? []));
if (words.size !== 1) throw new Error("the variants do not show the same text");
print(results, { ...given, version, window: WINDOW, slowdown: SLOWDOWN, network: NETWORK });
writeFileSync(join(given.work, "pages.json"), JSON.stringify(results));
