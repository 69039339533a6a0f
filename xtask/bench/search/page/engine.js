// The engines as a page uses them, all behind one interface:
// `open(folder, lang)` → { ids(query, limit) → { total, ids }, answer(query), type(text) }.
// `answer` ends when ten results can be shown, `type` when what the field shows for what stands in it can be.

const SHOWN = 10;
// Pagefind's own interface shows five at first.
const OFFERED = 5;

export const engines = { ours, pagefind, minisearch };

async function ours(folder, lang) {
  const { openArchive } = await import(`${folder}/archive/search.js`);
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
  const show = async (query, count) => {
    const { results } = await engine.search(query);
    await Promise.all(results.slice(0, count).map((result) => result.data()));
    return { total: results.length };
  };
  return {
    async ids(query, limit) {
      const { results } = await engine.search(query);
      return { total: results.length, ids: results.slice(0, limit).map(({ id }) => id) };
    },
    answer: (query) => show(query, SHOWN),
    type: (text) => show(text, OFFERED),
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
    return { total: results.length };
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
