// Builds the indexes of MiniSearch, one per language, and the documents as its results show them.
//
// Given: the folder of npm packages. It works in the folder of a corpus.

import { copyFileSync, createReadStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { OPTIONS } from "./page/words.js";

const module = join(process.argv[2], "minisearch/dist/es/index.js");
const { default: MiniSearch } = await import(pathToFileURL(module));
const site = "site/minisearch";
mkdirSync(join(site, "docs"), { recursive: true });
const indexes = {};
for await (const line of createInterface({ input: createReadStream("docs.jsonl") })) {
  const { id, lang, date, title, body } = JSON.parse(line);
  indexes[lang] ??= new MiniSearch(OPTIONS);
  indexes[lang].add({ id, title, body });
  writeFileSync(join(site, "docs", `${id}.json`), JSON.stringify({ id, date, title, body }));
}
for (const [lang, index] of Object.entries(indexes)) writeFileSync(join(site, `${lang}.json`), JSON.stringify(index));
copyFileSync(module, join(site, "minisearch.js"));
writeFileSync(join(site, "words.js"), readFileSync(new URL("page/words.js", import.meta.url)));
