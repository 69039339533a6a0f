// Writes what the engines are built from, and the queries.
//
// Given: one JSON object { corpus, work, names, write, large, seed, queries }. Each corpus becomes a folder of `work` with
// docs.jsonl, queries.jsonl, releases/*.json (JSON Feed, for ours), html/*.html (for Pagefind) and about.json.

import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { read, synthetic } from "./corpus.mjs";
import { queries } from "./queries.mjs";

const given = JSON.parse(process.argv[2]);
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const lines = (text) => text.split(/\n+/).map((line) => line.trim()).filter(Boolean);

function page({ lang, date, title, body }) {
  const paragraphs = lines(body).map((line) => `<p>${escape(line)}</p>`).join("\n");
  return `<!DOCTYPE html>
<html lang="${lang}">
<meta charset="utf-8">
<title>${escape(title)}</title>
<main data-pagefind-body data-pagefind-meta="date:${date}">
<h1>${escape(title)}</h1>
${paragraphs}
</main>
</html>
`;
}

function feed({ id, lang, date, title, body }) {
  const moment = `${date}T09:00:00+09:00`;
  const item = { id, title, language: lang, date_published: moment, content_text: lines(body).join("\n") };
  return JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title, items: [item] });
}

async function write(name, docs, each) {
  const folder = join(given.work, name);
  for (const kind of ["html", "releases"]) mkdirSync(join(folder, kind), { recursive: true });
  const all = [];
  const list = createWriteStream(join(folder, "docs.jsonl"));
  let text = 0;
  for (const doc of docs) {
    all.push(doc);
    text += Buffer.byteLength(doc.title) + Buffer.byteLength(doc.body);
    if (!list.write(`${JSON.stringify(doc)}\n`)) await new Promise((resolve) => list.once("drain", resolve));
    writeFileSync(join(folder, "html", `${doc.id}.html`), page(doc));
    writeFileSync(join(folder, "releases", `${doc.id}.json`), feed(doc));
  }
  list.end();
  const langs = [...new Set(all.map(({ lang }) => lang))];
  const asked = langs.flatMap((lang) => [...queries(all, lang, given.seed, each)]);
  writeFileSync(join(folder, "queries.jsonl"), asked.map((query) => `${JSON.stringify(query)}\n`).join(""));
  writeFileSync(join(folder, "about.json"), JSON.stringify({ name, docs: all.length, text, langs }));
  const size = `${(text / 1e6).toFixed(1)} MB of text`;
  process.stderr.write(`${name}: ${all.length} documents, ${size}, ${asked.length} queries\n`);
}

const corpora = Object.fromEntries(given.names.map((name) => [name, read(given.corpus, name)]));
const all = Object.values(corpora).flat();
for (const name of given.write) {
  if (name === "large") await write(name, synthetic(all, given.large, given.seed), Math.min(given.queries, 50));
  else await write(name, corpora[name] ?? all, given.queries);
}
