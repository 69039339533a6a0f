// Checks every feed and sitemap in a folder against its schema, and has each feed read by a parser of others.
// node validate.mjs PACKAGES FOLDER: prints what is wrong, one line each, and at last how many files were checked.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, folder] = process.argv.slice(2);
const load = createRequire(join(packages, "x.js"));
const module = (name) => import(pathToFileURL(load.resolve(name)));
const { RelaxNGValidator, XmlDocument } = await import(pathToFileURL(join(packages, "libxml2-wasm/lib/index.mjs")));
const { parseFeed } = await module("feedsmith");
const Ajv = load("ajv").default;

const own = (file) => readFileSync(new URL(file, import.meta.url), "utf8");
const grammar = (name) => RelaxNGValidator.fromDoc(XmlDocument.fromString(own(`${name}.rng`)));
const grammars = { rss: grammar("rss"), atom: grammar("atom"), sitemap: grammar("sitemap") };
const isJsonFeed = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(own("json-feed.schema.json")));

/** What is wrong with a file, as lines. */
function faults(kind, text) {
  try {
    if (kind === "json") {
      isJsonFeed(JSON.parse(text));
      return (isJsonFeed.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
    }
    const document = XmlDocument.fromString(text);
    try {
      grammars[kind].validate(document);
    } finally {
      document.dispose();
    }
    return [];
  } catch (error) {
    return [error.message];
  }
}

/** The ids or titles that a reader would show, to compare the formats with each other. */
function titles(text) {
  const { format, feed } = parseFeed(text);
  const plain = (title) => title?.value ?? title;
  return [format, (feed.items ?? feed.entries ?? []).map((item) => plain(item.title))];
}

let checked = 0;
const read = {};
for (const path of readdirSync(folder, { recursive: true }).sort()) {
  const name = basename(path);
  const kind = { "rss.xml": "rss", "atom.xml": "atom", "feed.json": "json" }[name] ?? (/^sitemap(-\d+)?\.xml$/.test(name) ? "sitemap" : null);
  if (!kind) continue;
  checked += 1;
  const text = readFileSync(join(folder, path), "utf8");
  const wrong = faults(kind, text);
  if (!wrong.length && kind !== "sitemap") {
    const [format, found] = titles(text);
    if (format !== kind) wrong.push(`is taken for ${format}`);
    (read[dirname(path)] ??= {})[kind] = found;
  }
  for (const fault of wrong) console.log(`${path}: ${fault.trim().replace(/\s+/g, " ")}`);
}
for (const [place, { rss, atom, json }] of Object.entries(read)) {
  // The JSON Feed may go on where the others end, and a release without a title has one in these.
  const same = rss && atom && json && rss.length && json.length >= rss.length
    && rss.every((title, at) => title === atom[at] && (json[at] == null || json[at] === title));
  if (!same) console.log(`${place}: the three feeds do not tell of the same releases`);
}
console.log(`${checked} files checked`);
