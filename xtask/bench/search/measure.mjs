// Asks each engine in Chromium, and prints one table per corpus.
//
// Given: one JSON object { modules, chromium, dist, work, results, corpora: [{ name, engines: { engine: usage } }],
// qualityOnly, seed, wasm }, where usage is { time, cpu, peak } of building, in seconds and bytes.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { costs } from "./costs.mjs";
import { quality } from "./quality.mjs";
import { named } from "./random.mjs";
import { ids, index } from "./sizes.mjs";
import { growth, table } from "./tables.mjs";

const given = JSON.parse(process.argv[2]);
const { chromium } = createRequire(join(given.modules, "x.js"))("playwright-core");
const here = (name) => new URL(name, import.meta.url);
// Slow 4G as Lighthouse has it: milliseconds, bytes per millisecond.
const LINE = { roundTrip: 150, down: 1.6e6 / 8 / 1000, up: 750e3 / 8 / 1000 };
const KNOWN = ["known", "inflected", "particle", "compound"];

const say = (line) => process.stderr.write(`${line}\n`);
const json = (path) => JSON.parse(readFileSync(path, "utf8"));

// Where a page finds our search.
function module(folder) {
  if (existsSync(join(folder, "site/archive/search.js"))) return `/${basename(folder)}/archive/search.js`;
  return existsSync(join(given.dist, "search.js")) ? "/dist/search.js" : null;
}

async function corpus(browser, roots, { name, engines }) {
  const folder = join(given.work, name);
  const about = json(join(folder, "about.json"));
  const lines = readFileSync(join(folder, "queries.jsonl"), "utf8").trim().split("\n");
  const queries = lines.map((line) => JSON.parse(line));
  const result = { ...about, engines: {} };
  for (const [engine, build] of Object.entries(engines)) {
    const measured = { build, index: index(folder, engine), langs: {} };
    result.engines[engine] = measured;
    if (engine === "ours" && !module(folder)) {
      say(`${name}: ours is not asked: neither its archive nor dist has a search.js`);
      continue;
    }
    const idOf = ids(folder, engine);
    for (const lang of about.langs) {
      const own = queries.filter((query) => query.lang === lang);
      say(`${name}, ${lang}: ${engine} …`);
      const which = { name, engine, lang, module: module(folder) };
      const found = await quality(browser, roots.fast, which, own, idOf);
      const known = named(given.seed, `${lang} costs`).shuffled(own.filter(({ kind }) => KNOWN.includes(kind)));
      measured.langs[lang] = { ...found, ...(given.qualityOnly ? {} : await costs(browser, roots, which, known)) };
    }
  }
  return result;
}

const folders = Object.fromEntries(given.corpora.map(({ name }) => [name, join(given.work, name, "site")]));
const roots = { bench: fileURLToPath(here("page")), dist: given.dist, ...folders };
const { work, wasm } = given;
const server = new Worker(here("server.mjs"), { workerData: { roots, line: LINE, work, wasm } });
const ports = await new Promise((resolve, reject) => server.once("message", resolve).once("error", reject));
const browser = await chromium.launch({ executablePath: given.chromium, args: ["--disable-gpu"] });
const results = [];
mkdirSync(given.results, { recursive: true });
try {
  const at = (port) => `https://127.0.0.1:${port}`;
  for (const one of given.corpora) {
    const result = await corpus(browser, { fast: at(ports.fast), slow: at(ports.slow) }, one);
    results.push(result);
    table(result, { ...given, version: browser.version(), line: LINE });
    const file = join(given.results, `${one.name}.json`);
    writeFileSync(file, JSON.stringify(result));
    say(`all figures: ${file}`);
  }
  growth(results);
} finally {
  await browser.close();
  await server.terminate();
}
