// The corpora: as they are given, and many documents from few.
//
// A document of the large corpus is one of the given with another half of its sentences, from anywhere in the corpora
// of the same language, other words here and there in its title, and other numbers everywhere: so its words grow with
// the corpus, as real ones do. All follows from the seed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { named } from "./random.mjs";

export const FILES = { "en-8k": "en", "ko-3k": "ko" };
// How many sentences, and how many words of a title, are another's.
const SENTENCES = 0.5;
const WORDS = 0.3;

const id = (lang, number) => `${lang}-${String(number).padStart(6, "0")}`;

export function read(folder, name) {
  const lines = gunzipSync(readFileSync(join(folder, `${name}.jsonl.gz`))).toString().trim().split("\n");
  const lang = FILES[name];
  return lines.map((line, number) => {
    const { date, title, body } = JSON.parse(line);
    return { id: id(lang, number), lang, date, title: title.trim(), body: body.trim() };
  });
}

export function* synthetic(given, count, seed) {
  const { next, pick, shuffled } = named(seed, "synthetic");
  const order = shuffled(given);
  const pools = {};
  for (const lang of new Set(given.map(({ lang }) => lang))) {
    const own = given.filter((doc) => doc.lang === lang);
    pools[lang] = {
      sentences: own.flatMap(({ body }) => sentences(body)),
      words: own.flatMap(({ title }) => title.split(/\s+/)),
    };
  }
  const digit = (_, at) => Math.floor(next() * (at ? 10 : 9)) + (at ? 0 : 1);
  const number = (text) => text.replace(/\d{2,}/g, (digits) => digits.replace(/\d/g, digit));
  for (let made = 0; made < count; made++) {
    // All in turn: so the languages have the same parts as in what is given.
    const { lang, date, title, body } = order[made % order.length];
    const { sentences: others, words } = pools[lang];
    const named = number(title.split(/\s+/).map((word) => (next() < WORDS ? pick(words) : word)).join(" "));
    const told = sentences(body).map((sentence) => (next() < SENTENCES ? pick(others) : sentence)).join("");
    yield { id: id(lang, made), lang, date, title: named, body: `${named}\n${number(told)}` };
  }
}

// Sentences with the space behind them.
const sentences = (text) => text.match(/[^.!?\n]*(?:[.!?\n]+\s*|$)/g).filter((sentence) => sentence);
