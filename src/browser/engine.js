// The search of an archive: asks the engine, fetches what it needs, all of it at once, and asks again. The build puts
// this behind the glue and the packed wasm, of which it uses `glue` and `WASM` (xtask/src/widget.rs).

const PATIENCE = 9500;
// More rounds than any question takes: an index that wants more is broken.
const ROUNDS = 12;

// The same as the native program does with tables of its own (src/index/engine.rs).
const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase();

const failure = (code, url, message) => Object.assign(new Error(message), { code, url: "" + url });

// One compiled module for all archives.
let compiled;
const compile = () => compiled ??= (async () => {
  const packed = Uint8Array.from(atob(WASM), (letter) => letter.charCodeAt());
  const bytes = new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
  return WebAssembly.compile(await bytes);
})().catch(() => {
  compiled = undefined;
  throw globalThis.WebAssembly && globalThis.DecompressionStream
    ? failure("csp", "", "script-src of the Content-Security-Policy needs 'wasm-unsafe-eval'")
    : failure("unsupported", "", "no WebAssembly");
});

// Works for an answer, not longer than a reader waits, nor than the asker wants it. `work` is given what rejects then.
async function within(work, signal, url) {
  let stop;
  const ended = new Promise((_, fail) => stop = fail), end = () => stop(signal.reason);
  const late = setTimeout(() => stop(failure("timeout", url, "no answer in time")), PATIENCE);
  if (signal?.aborted) end();
  signal?.addEventListener("abort", end);
  try {
    return await Promise.race([ended, work(ended)]);
  } finally {
    clearTimeout(late);
    signal?.removeEventListener("abort", end);
    // What still goes on is for nobody.
    stop(failure("abort", url, "ended"));
  }
}

// Fetches a file. What says that it has more than 16 MB is nothing of ours, and would fill the memory of a phone. Not
// counted part by part: a query has a dozen files, and streams cost more time than all else of it.
async function take(url, cache, signal) {
  try {
    const response = await fetch(url, { cache, signal });
    if (!response.ok || response.headers.get("content-length") > 16e6) throw response.status;
    return await response.arrayBuffer();
  } catch (error) {
    const offline = !(error > 0) && globalThis.navigator?.onLine === false;
    throw failure(offline ? "offline" : "server", url, offline ? "no network" : "cannot load a file of the search" + (error > 0 ? ": " + error : ""));
  }
}

export async function open(base, early) {
  const place = (name) => new URL(name, base).href, list = place("archive.json");
  // Pieces that are under way.
  const pieces = new Map();
  let engine, roots, sections, suggesting;

  // Begins with the first pieces that the archive names. Gives whether they are others than before.
  async function begin(cache) {
    const module = compile(), before = early["archive.json"];
    module.catch(() => {});
    delete early["archive.json"];
    const bytes = await before || await take(list, cache);
    let found;
    try {
      const { search, languages } = JSON.parse(new TextDecoder().decode(bytes));
      found = Object.entries(search).flat().join("\0");
      sections = languages.flatMap((language) => language.sections);
    } catch {
      throw failure("data", list, "no archive with an index");
    }
    if (engine && found == roots) return false;
    const { init, Search } = glue();
    await init(await module);
    engine = new Search(roots = found);
    return true;
  }

  // After a panic an engine is never asked again.
  function use(call) {
    try {
      return call(engine);
    } catch (error) {
      engine = undefined;
      throw failure("panic", base, "" + error);
    }
  }

  function bring(name) {
    if (pieces.has(name)) return pieces.get(name);
    const abort = new AbortController(), url = place(name);
    const piece = { waiting: 0, abort, forget: () => pieces.get(name) == piece && pieces.delete(name) };
    const give = (bytes) => use((engine) => engine.give(name, new Uint8Array(bytes)));
    piece.done = (async () => {
      const found = early[name];
      // Once: what hangs may come when it is asked for again.
      delete early[name];
      const before = await found;
      // The browser may have kept what was wrong.
      const wrong = give(before || await take(url, undefined, abort.signal)) && give(await take(url, "reload", abort.signal));
      if (wrong) throw failure("data", url, wrong);
    })().finally(piece.forget);
    piece.done.catch(() => {});
    pieces.set(name, piece);
    return piece;
  }

  // Asks until there is an answer.
  async function rounds(ask, ended) {
    for (let round = 0; round < ROUNDS; round++) {
      const text = use(ask);
      if (!/^[[{]/.test(text)) throw failure("data", base, text);
      if (!text.startsWith('{"needs"')) return text;
      const wanted = JSON.parse(text).needs.map(bring);
      for (const piece of wanted) piece.waiting++;
      try {
        await Promise.race([ended, Promise.all(wanted.map(({ done }) => done))]);
      } finally {
        // What nobody waits for any more need not come.
        for (const piece of wanted) if (!--piece.waiting) piece.abort.abort(piece.forget());
      }
    }
    throw failure("data", base, "the index has no end");
  }

  const answer = (ask, signal) => within(async (ended) => {
    if (!engine) await begin();
    try {
      return await rounds(ask, ended);
    } catch (error) {
      // An archive that was built anew since has other pieces.
      if (!/server|data/.test(error?.code) || !await begin("reload").catch(() => false)) throw error;
      return rounds(ask, ended);
    }
  }, signal, base);

  const search = async (words, { lang, section, department, from, to, files, order, phrase, limit = 10, offset = 0, signal } = {}) => {
    for (const day of [from, to]) if (day && !/^\d{4}-\d\d-\d\d$/.test(day)) throw failure("data", base, `${day}: no day such as 2025-07-04`);
    const flag = (is) => is ? "1" : "", count = (number) => Math.min(Math.max(Math.trunc(number) || 0, 0), 1e6);
    // A phrase beside the words, or the words as one.
    if (typeof phrase == "string") [words, phrase] = [`${words} "${phrase}"`, false];
    const named = sections.find(({ id, name }) => id == section || name == section)?.id ?? section;
    const asked = [lang, named, department, from, to, flag(files), flag(order == "date"), flag(phrase), words].map((value) => value ?? "").join("\0");
    return answer((engine) => engine.ask(asked, Math.min(count(limit), 1000), count(offset)), signal);
  };
  const suggest = (typed, { lang = "", limit = 6, signal } = {}) => answer((engine) => engine.suggest(lang, "" + typed, limit), signal);

  await within(() => begin(), undefined, list);
  return {
    // For the viewer: the parameters of an address, and the text of the answer.
    ask(parameters, signal) {
      const { q = "", suggest: typed, ...options } = Object.fromEntries(new URLSearchParams(parameters));
      for (const name of ["limit", "offset"]) if (options[name]) options[name] = +options[name];
      options.signal = signal;
      return typed == null ? search(q, options) : suggest(typed, options);
    },

    async search(words, options) {
      const { total, hits, dropped, did_you_mean: didYouMean, loosenings } = JSON.parse(await search(words, options));
      return {
        total,
        hits: hits.map(({ section_id: sectionId, marked_title: markedTitle, url, ...hit }) => ({ ...hit, sectionId, markedTitle, url: place(url) })),
        dropped,
        didYouMean,
        loosenings,
      };
    },

    // While somebody types only the last one counts.
    async suggest(typed, options) {
      const before = suggesting, own = suggesting = new AbortController(), { signal } = options ?? {};
      signal?.addEventListener("abort", () => own.abort(signal.reason), { signal: own.signal });
      const found = suggest(typed, { ...options, signal: own.signal });
      before?.abort();
      return JSON.parse(await found).map(({ text, id }) => ({ text, id, url: id && place(`releases/${encodeURIComponent(id)}.html`) }));
    },
  };
}
