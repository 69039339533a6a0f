// Figures → the tables of `cargo xtask bench search`, with the targets of the issue and whether they are met.

const ENGINES = { ours: "ours", pagefind: "Pagefind", minisearch: "MiniSearch" };

export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place % 1);
}

const median = (values) => quantile(values, 0.5);
const worst = (values) => quantile(values, 0.95);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const all = (list, name) => list.map((one) => one[name]);

const digits = (count) => (value) => value.toFixed(count);
const score = digits(3);
const kilobytes = (value) => (value / 1000).toFixed(1);
const megabytes = (value) => (value / 1e6).toFixed(1);
const seconds = (value) => (value / 1000).toFixed(2);

// A target: its words, and whether the figure meets it; the others are those of the other engines.
const atLeast = (limit) => [`≥ ${limit}`, (value) => value >= limit];
const atMost = (limit) => [`≤ ${limit}`, (value) => value <= limit];
const part = (factor, engine) => [
  `≤ ${factor} × ${ENGINES[engine]}`,
  (value, others) => (others[engine] === undefined ? null : value <= factor * others[engine]),
];
const times = (factor, engine) => [
  `≥ ${factor} × ${ENGINES[engine]}`,
  (value, others) => (others[engine] === undefined ? null : value >= factor * others[engine]),
];
const ofBest = (factor) => [
  `≤ ${factor} × the best`,
  (value, others) => {
    const rest = Object.values(others).filter((other) => other !== undefined);
    return rest.length ? value <= factor * Math.min(...rest) : null;
  },
];

const kind = (name) => ({ means }) => means[name];
const kinds = (...names) => ({ means }) => mean(names.map((name) => means[name]));
const quality = (label, get, limit) => ({ label, get, show: score, target: limit && atLeast(limit) });

const QUALITY = {
  en: [
    quality("known item, MRR@10", kinds("known", "inflected"), 0.95),
    quality("  as written", kind("known")),
    quality("  inflected", kind("inflected")),
    quality("  where no other title has the words", kinds("known alone", "inflected alone")),
    quality("one typing mistake", kind("typo"), 0.95),
    quality("prefix", kind("prefix"), 0.95),
  ],
  ko: [
    quality("known item as written, MRR@10", kind("known"), 0.97),
    quality("  where no other title has the words", kind("known alone")),
    quality("  with another particle", kind("particle"), 0.96),
    quality("  joined", kind("joined"), 0.93),
    quality("  split", kind("split"), 0.93),
    quality("  part of a compound", kind("compound"), 0.94),
    quality("one typing mistake", kind("typo"), 0.9),
    quality("prefix", kinds("half-typed", "cut", "initials"), 0.9),
    quality("  half-typed", kind("half-typed")),
    quality("  cut", kind("cut")),
    quality("  initial consonants", kind("initials")),
  ],
};

const PHRASE = [
  quality("phrase: all and only those", kind("phrase"), 1),
  quality("  precision", kind("precision")),
  quality("  recall", kind("recall")),
];

const cost = (label, get, show, target) => ({ label, get, show, target });
const middle = (list, name) => (lang) => median(all(lang[list], name));
const upper = (list, name) => (lang) => worst(all(lang[list], name));
const opening = ({ first }) => Math.max(...all(first, "trips").map(([before]) => before));
const furtherTrips = ({ further }) => Math.max(...all(further, "trips"));

const COSTS = [
  cost("first answer, kB", middle("first", "bytes"), kilobytes, part(0.3, "pagefind")),
  cost("further answer, kB, median", middle("further", "bytes"), kilobytes, part(0.15, "pagefind")),
  cost("  95th percentile", upper("further", "bytes"), kilobytes, part(0.2, "pagefind")),
  cost("typed key by key, kB, median", middle("typing", "bytes"), kilobytes, part(0.3, "pagefind")),
  cost("round trips, first answer", trips, digits(0), atMost(2)),
  cost("  of them before it says it is open", opening, digits(0)),
  cost("  further answer", furtherTrips, digits(0), atMost(1)),
  cost("first answer, cold, s", middle("first", "time"), seconds, part(0.5, "pagefind")),
  cost("further answer, s, median", middle("further", "time"), seconds, part(0.8, "minisearch")),
  cost("processor time, ms, median", ({ cpu }) => median(cpu), digits(1), ofBest(0.5)),
  cost("  95th percentile", ({ cpu }) => worst(cpu), digits(1), ofBest(0.5)),
  cost("memory after 30 answers, MB", ({ memory }) => memory, megabytes, part(0.3, "pagefind")),
];

// All in the worst of the loads: those before the engine says that it is open, and those after.
function trips({ first }) {
  return Math.max(...all(first, "trips").map(([before, after]) => before + after));
}

const BUILD = [
  cost("documents per CPU second", ({ build }, { docs }) => docs / build.cpu, digits(0), times(5, "pagefind")),
  cost("peak memory of building, MB", ({ build }) => build.peak, megabytes, part(0.2, "pagefind")),
];

const say = (...words) => process.stdout.write(`${words.join(" ")}\n`);

// Hangul takes two places each in a terminal.
const width = (text) => [...text].reduce((sum, sign) => sum + (/[가-힣]/.test(sign) ? 2 : 1), 0);

function print(head, lines) {
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => width(line[column] ?? ""))));
  for (const line of [head, ...lines]) {
    const padded = line.map((cell, column) => {
      const gap = " ".repeat(widths[column] - width(cell));
      return column && column < line.length - 2 ? gap + cell : cell + gap;
    });
    say(padded.join("  ").trimEnd());
  }
  say();
}

// The row of a figure; `of` gives what an engine has measured, or nothing.
function line({ label, get, show, target }, of, about) {
  const values = {};
  const cells = Object.keys(ENGINES).map((engine) => {
    const measured = of(engine);
    if (!measured) return "–";
    values[engine] = get(measured, about);
    if (values[engine] === undefined || values[engine] === null || Number.isNaN(values[engine])) return "–";
    return show(values[engine]);
  });
  const { ours, ...others } = values;
  const met = !target || ours === undefined || ours === null ? null : target[1](ours, others);
  return [label, ...cells, target?.[0] ?? "", met === null ? "" : met ? "met" : "MISS"];
}

export function table(result, { qualityOnly, seed, version, line: { roundTrip, down } }) {
  const { name, docs, text, langs, engines } = result;
  say(`${name}: ${docs} documents, ${megabytes(text)} MB of text; seed ${seed}; Chromium ${version}`);
  if (!qualityOnly) {
    const speed = ((down * 8) / 1000).toFixed(1);
    say(`HTTP/2, ${roundTrip} ms, ${speed} Mbit/s; kB: 1000 bytes as sent, with headers; times: to ten results shown`);
  }
  const head = ["", ...Object.values(ENGINES), "target", ""];
  const lines = langs.flatMap((lang) => {
    const rows = [...QUALITY[lang], ...PHRASE, ...(qualityOnly ? [] : COSTS)];
    const title = [{ en: "English", ko: "한국어" }[lang], "", "", "", "", ""];
    return [title, ...rows.map((row) => line(row, (engine) => engines[engine]?.langs[lang], result))];
  });
  // The index of a bilingual corpus is Korean by less than half of its documents.
  const limit = langs.includes("ko") ? (langs.length > 1 ? null : 0.45) : 0.25;
  const share = {
    label: "index, compressed, of the text",
    get: ({ index }) => (index === null ? undefined : index / text),
    show: (value) => `${(value * 100).toFixed(1)} %`,
    target: limit && [`≤ ${limit * 100} %`, (value) => value <= limit],
  };
  const built = (engine) => (engines[engine]?.build ? engines[engine] : null);
  lines.push(["building", "", "", "", "", ""], ...BUILD.map((row) => line(row, built, result)));
  lines.push(line(share, (engine) => engines[engine], result));
  print(head, lines);
}

// What becomes of the bytes when the corpus grows.
export function growth(results) {
  const large = results.find(({ name }) => name === "large");
  const lines = [];
  for (const lang of large?.langs ?? []) {
    const small = results.find(({ name, langs }) => name !== "large" && langs.length === 1 && langs[0] === lang);
    const bytes = (label, get, limit) => {
      const of = (engine) => {
        const [from, to] = [small, large].map((result) => result?.engines[engine]?.langs[lang]);
        return from?.first && to?.first ? { from, to } : null;
      };
      const ratio = ({ from, to }) => median(all(get(to), "bytes")) / median(all(get(from), "bytes"));
      lines.push(line({ label: `${lang}: ${label}`, get: ratio, show: digits(2), target: atMost(limit) }, of));
    };
    bytes("bytes of a further answer ×", ({ further }) => further, 2);
    bytes("bytes of the first answer ×", ({ first }) => first, 1.3);
  }
  if (!lines.length) return;
  say(`from the given corpora to ${large.docs} documents`);
  print(["", ...Object.values(ENGINES), "target", ""], lines);
}
