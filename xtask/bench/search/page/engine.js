// The engines as a page uses them, all behind one interface:
// `engines[name](folder, lang, module)` → { ids(query, limit) → { total, ids }, answer(query), type(text) }.
// `answer` ends when ten results can be shown, `type` when all is there that a key in the field asks for.

const SHOWN = 10;

export const engines = { ours, pagefind, minisearch };

async function ours(folder, lang, module) {
  const { openArchive } = await import(module);
  const archive = await openArchive(new URL(`${folder}/archive/`, location.href).href);
  const search = async (query, limit) => {
    const { total, hits } = await archive.search(query, { limit, lang });
    return { total, ids: hits.map(({ id }) => id) };
  };
  return {
    ids: search,
    answer: (query) => search(query, SHOWN),
    type: (text) => (archive.suggest ? archive.suggest(text, { lang }) : search(text, SHOWN)),
  };
}

// It takes the language from the page.
async function pagefind(folder) {
  const engine = await import(`${folder}/pagefind/pagefind.js`);
  await engine.init();
  return {
    async ids(query, limit) {
      const { results } = await engine.search(query);
      return { total: results.length, ids: results.slice(0, limit).map(({ id }) => id) };
    },
    async answer(query) {
      const { results } = await engine.search(query);
      await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
    },
    // The least that it can do: what it shows at each key in its own interface is several times as much.
    type: (text) => engine.preload(text),
  };
}

async function minisearch(folder, lang) {
  const [{ default: MiniSearch }, { OPTIONS, isHangul }, index] = await Promise.all([
    import(`${folder}/minisearch/minisearch.js`),
    import(`${folder}/minisearch/words.js`),
    fetch(`${folder}/minisearch/${lang}.json`).then((response) => response.text()),
  ]);
  const engine = MiniSearch.loadJSON(index, OPTIONS);
  const search = (query) => {
    if (query.startsWith('"')) return engine.search(query, { combineWith: "AND" });
    const fuzzy = (term) => (!isHangul(term) && term.length > 3 ? 0.2 : false);
    const prefix = (term, at, terms) => at === terms.length - 1 && !isHangul(term);
    return engine.search(query, { fuzzy, prefix });
  };
  const show = async (query) => {
    const results = search(query);
    const shown = results.slice(0, SHOWN).map(({ id }) => fetch(`${folder}/minisearch/docs/${id}.json`));
    await Promise.all(shown.map(async (response) => (await response).json()));
  };
  return {
    async ids(query, limit) {
      const results = search(query);
      return { total: results.length, ids: results.slice(0, limit).map(({ id }) => id) };
    },
    answer: show,
    type: show,
  };
}
