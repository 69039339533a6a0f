// Queries, made from a corpus by rule and seed. Nothing here knows an engine.
//
// A known item is a document that somebody remembers by the rarest words of its title. Documents whose title another
// one has, too, are nobody's known item.

import { initial, isHangul, mistyped, particles } from "./hangul.mjs";
import { named } from "./random.mjs";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

// The words of a text as somebody would type them: without what stands around them.
const words = (text) =>
  text.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").toLowerCase()).filter(Boolean);

// One space for all that is neither letter nor number.
export const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();

// In how many documents each word stands.
function count(docs) {
  const counts = new Map();
  for (const { title, body } of docs) {
    for (const word of new Set(words(`${title} ${body}`))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

// In the titles of which documents each word stands.
function bearers(docs) {
  const found = new Map();
  for (const { id, title } of docs) {
    for (const word of words(title)) found.set(word, (found.get(word) ?? new Set()).add(id));
  }
  return found;
}

// All queries of one language. Where it is told, `alone` says that no other title has all words of the item.
export function* queries(all, lang, seed, each) {
  const docs = all.filter((doc) => doc.lang === lang);
  const titles = new Map();
  for (const { title } of docs) titles.set(plain(title), (titles.get(plain(title)) ?? 0) + 1);
  const known = docs.filter(({ title }) => titles.get(plain(title)) === 1);
  const about = { counts: count(docs), bearers: bearers(docs), docs, ko: lang === "ko" };
  for (const [kind, make] of Object.entries(lang === "ko" ? KOREAN : ENGLISH)) {
    const dice = named(seed, `${lang} ${kind}`);
    let found = 0;
    for (const doc of dice.shuffled(known)) {
      if (found === each) break;
      const query = make(title(doc, about), dice, doc);
      if (!query) continue;
      found++;
      yield { kind, lang, target: doc.id, ...(typeof query === "string" ? { query } : query) };
    }
  }
  yield* phrases(docs, lang, named(seed, `${lang} phrase`), Math.ceil((each * 4) / 3));
}

// The words of a title in their order, and which are the rarest.
function title(doc, about) {
  const all = words(doc.title);
  const fits = about.ko ? (word) => isHangul(word) && word.length >= 2 : (word) => word.length >= 3;
  const unique = [...new Set(all)].filter(fits);
  const order = new Map(all.map((word, at) => [word, at]));
  const byPlace = (some) => [...some].sort((a, b) => order.get(a) - order.get(b));
  const byCount = (some) => [...some].sort((a, b) => about.counts.get(a) - about.counts.get(b) || (a < b ? -1 : 1));
  const rare = byCount(unique);
  // The rarest `count` words, among them one that is asked for.
  const some = (count, without = []) => byPlace(rare.filter((word) => !without.includes(word)).slice(0, count));
  const including = (word, count) => byPlace([word, ...rare.filter((other) => other !== word).slice(0, count - 1)]);
  return { ...about, all, rare, some, including };
}

const exchange = (words, from, to) => words.map((word) => (word === from ? to : word)).join(" ");

// 2–4 words of English, 2–3 of Korean.
function item({ rare, some, ko }, { below }) {
  return rare.length < 2 ? null : some(2 + below(ko ? 2 : 3));
}

function alone(words, { bearers }) {
  const [first, ...rest] = words.map((word) => bearers.get(word));
  return [...first].filter((id) => rest.every((ids) => ids.has(id))).length === 1;
}

function known(title, dice) {
  const chosen = item(title, dice);
  return chosen && { query: chosen.join(" "), alone: alone(chosen, title) };
}

// An item that no other title answers: where something else is tried than which of two documents is meant.
function only(title, dice) {
  const chosen = item(title, dice);
  return chosen && alone(chosen, title) ? chosen : null;
}

const ENGLISH = {
  known,
  inflected(title, dice) {
    const chosen = item(title, dice);
    const fits = (form) => title.counts.has(form) && !title.all.includes(form);
    const forms = (chosen ?? []).flatMap((word) => inflections(word).filter(fits).map((form) => [word, form]));
    return forms.length ? { query: exchange(chosen, ...dice.pick(forms)), alone: alone(chosen, title) } : null;
  },
  typo(title, dice) {
    const chosen = only(title, dice);
    const long = (chosen ?? []).filter((word) => /^[a-z]{4,}$/.test(word));
    if (!long.length) return null;
    const word = dice.pick(long);
    const wrong = slip(word, dice);
    return wrong === word || title.counts.has(wrong) ? null : exchange(chosen, word, wrong);
  },
  prefix(title, dice) {
    const chosen = only(title, dice);
    const last = chosen?.at(-1);
    if (!last || !/^[a-z]{4,}$/.test(last)) return null;
    return [...chosen.slice(0, -1), last.slice(0, 3 + dice.below(last.length - 3))].join(" ");
  },
};

// Other forms of an English word, right or wrong: only those that the corpus has are asked for.
function inflections(word) {
  if (!/^[a-z]{3,}$/.test(word)) return [];
  const less = (end) => {
    const stem = word.slice(0, -end.length);
    return word.endsWith(end) && stem.length >= 3 ? [stem, `${stem}e`, stem.replace(/(.)\1$/, "$1")] : [];
  };
  const base = word.replace(/e$/, "");
  const y = /[^aeiou]y$/.test(word) ? word.slice(0, -1) : null;
  const forms = [
    ...(word.endsWith("ies") ? [`${word.slice(0, -3)}y`] : []),
    ...(/[^su]s$/.test(word) ? [word.slice(0, -1)] : []),
    ...less("ed"), ...less("ing"),
    y ? `${y}ies` : `${word}${/(s|x|z|ch|sh)$/.test(word) ? "es" : "s"}`,
    y ? `${y}ied` : `${base}ed`, `${base}ing`,
  ];
  return [...new Set(forms)].filter((form) => form !== word && form.length >= 3);
}

// One letter substituted, inserted, left out, or exchanged with the next.
function slip(word, { below }) {
  const at = below(word.length);
  const letter = LETTERS[below(LETTERS.length)];
  const [before, here, after] = [word.slice(0, at), word[at], word.slice(at + 1)];
  const ways = [
    () => before + letter + after,
    () => before + letter + here + after,
    () => before + after,
    () => (after ? before + after[0] + here + after.slice(1) : word.slice(0, -2) + here + word.at(-2)),
  ];
  return ways[below(ways.length)]();
}

const long = (title) => title.rare.filter((word) => word.length >= 4);

const KOREAN = {
  known,
  particle(title, dice, doc) {
    // A noun is what stands with two other particles somewhere.
    const noun = title.rare.find((word) => particles(word).filter((end) => title.counts.has(word + end)).length >= 2);
    if (!noun || title.rare.length < 2) return null;
    const shown = `${doc.title} ${doc.body}`;
    const ends = particles(noun).filter((end) => !shown.includes(noun + end));
    return ends.length ? exchange(title.including(noun, 2 + dice.below(2)), noun, noun + dice.pick(ends)) : null;
  },
  joined(title) {
    const pairs = title.all.slice(1).map((word, at) => [title.all[at], word]).filter((pair) => pair.every(isHangul));
    const places = (pair) => Math.min(...pair.map((word) => title.counts.get(word)));
    const [pair] = pairs.filter(([a, b]) => a.length + b.length >= 4).sort((a, b) => places(a) - places(b));
    return pair ? pair.join("") : null;
  },
  split(title, dice) {
    const [word] = long(title);
    if (!word) return null;
    const at = 2 + dice.below(word.length - 3);
    return `${word.slice(0, at)} ${word.slice(at)}`;
  },
  compound(title, dice) {
    const [word] = long(title);
    if (!word || title.rare.length < 2) return null;
    const size = 2 + dice.below(2);
    const other = dice.pick(title.rare.filter((other) => other !== word));
    return `${dice.below(2) ? word.slice(0, size) : word.slice(-size)} ${other}`;
  },
  typo(title, dice) {
    const chosen = only(title, dice);
    if (!chosen) return null;
    const word = dice.pick(chosen);
    const wrong = mistyped(word).filter((wrong) => !title.counts.has(wrong));
    return wrong.length ? exchange(chosen, word, dice.pick(wrong)) : null;
  },
  "half-typed"(title, dice) {
    const chosen = only(title, dice);
    if (!chosen) return null;
    const last = chosen.pop();
    const at = 1 + dice.below(last.length - 1);
    return [...chosen, last.slice(0, at) + initial(last[at])].join(" ");
  },
  cut(title, dice) {
    const chosen = only(title, dice);
    const last = chosen?.pop();
    return last?.length >= 3 ? [...chosen, last.slice(0, 2 + dice.below(last.length - 2))].join(" ") : null;
  },
  // By itself it means each title that begins so; with a word beside it, this document.
  initials(title, dice, doc) {
    const size = 3 + dice.below(2);
    const start = ({ title }) => [...title.replace(/[^가-힣]/g, "").slice(0, size)].map(initial).join("");
    const typed = start(doc);
    if (typed.length < size || !/^[가-힣 ]*$/.test(doc.title.slice(0, size + 1))) return null;
    const first = title.all.slice(0, 2);
    const other = dice.below(2) ? title.some(1, first) : [];
    if (other.length) return `${typed} ${other[0]}`;
    return { query: typed, target: title.docs.filter((doc) => start(doc) === typed).map(({ id }) => id) };
  },
};

// 3–4 words that follow each other somewhere, and all documents that have them: whatever stands between the words, and
// in Korean whatever particle follows the last.
function* phrases(docs, lang, dice, count) {
  const texts = docs.map(({ id, title, body }) => [id, ` ${plain(title)} | ${plain(body)} `]);
  const asked = new Set();
  for (const { body } of dice.shuffled(docs)) {
    if (asked.size === count) break;
    const given = body.split(/\s+/);
    const size = 3 + dice.below(2);
    const at = dice.below(Math.max(1, given.length - size));
    const query = given.slice(at, at + size).join(" ");
    const wanted = plain(query);
    if (/["“”„‟«»＂]/.test(query) || wanted.split(" ").length < size || asked.has(wanted)) continue;
    asked.add(wanted);
    const found = lang === "ko" ? ` ${wanted}` : ` ${wanted} `;
    const targets = texts.filter(([, text]) => text.includes(found)).map(([id]) => id);
    yield { kind: "phrase", lang, query: `"${query}"`, targets };
  }
}
