// What a page imports to search an archive: `openArchive(url)`. Also what a viewer loads when its search window opens.
//
// The build writes name and hash of the program (engine.js with the wasm) into this one, and takes its comments out
// (xtask/src/widget.rs). This one is small, so that the program, `archive.json` and the first piece of each language are
// under way together.

const PROGRAM = new URL("./app/release-viewer-search.js", import.meta.url), integrity = "sha384-search", PATIENCE = 9500;

let program, tries = 0;

// `import` compares no hash. A preload does, and what it has loaded is what is imported. With another fragment it is
// another module: a browser keeps one that has failed.
const load = () => program ??= (async () => {
  const href = PROGRAM + (tries ? "#" + tries : ""), { document } = globalThis;
  const rel = "modulepreload", link = document && Object.assign(document.createElement("link"), { rel, href, integrity, nonce: document.querySelector("[nonce]")?.nonce ?? "" });
  let late;
  try {
    await Promise.race([
      new Promise((_, fail) => late = setTimeout(fail, PATIENCE, "timeout")),
      link?.relList.supports(rel)
        ? new Promise((onload, onerror) => document.head.append(Object.assign(link, { onload, onerror })))
        : fetch(href, { integrity, cache: tries ? "reload" : undefined }).then((response) => response.arrayBuffer()),
    ]);
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ href);
  } catch (error) {
    tries++;
    program = undefined;
    const code = error == "timeout" ? error : globalThis.navigator?.onLine === false ? "offline" : "server";
    throw Object.assign(new Error("cannot load the search"), { code, url: href });
  } finally {
    clearTimeout(late);
    link?.remove();
  }
})();

export const openArchive = async (url, { lang } = {}) => {
  // A folder, or the file in it that tells what it holds.
  const base = new URL(("" + url).replace(/archive\.json$|([^/])$/, (_, last) => last ? last + "/" : ""), globalThis.document?.baseURI);
  // What is not here in time, or wrong, is fetched again by the program, which says what is the matter.
  const early = {};
  const take = (name, cache) => early[name] = fetch(new URL(name, base), { cache }).then((response) => response.ok ? response.arrayBuffer() : undefined).catch(() => {});
  take("archive.json").then((bytes) => {
    const { search } = JSON.parse(new TextDecoder().decode(bytes));
    for (const key in search) if (!lang || key == lang) take(search[key]);
  }).catch(() => {});
  return (await load()).open(base, early);
};
