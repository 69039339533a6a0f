// What lies on the server: the size of an index, and which document a fragment of Pagefind is.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

// The files that only finding needs, without the texts that results show, as they are sent at least.
const INDEX = {
  ours: ["archive/search", /\.bin$/],
  pagefind: ["pagefind", /\.pf_(index|meta|filter)$/],
  minisearch: ["minisearch", /^\w+\.json$/],
};

export function index(folder, engine) {
  const [below, wanted] = INDEX[engine];
  const root = join(folder, "site", below);
  if (!existsSync(root)) return null;
  const names = readdirSync(root, { recursive: true }).filter((name) => wanted.test(name) && !name.startsWith("docs"));
  return names.reduce((sum, name) => {
    const bytes = readFileSync(join(root, name));
    // What is compressed already grows.
    return sum + Math.min(bytes.length, gzipSync(bytes).length);
  }, 0);
}

// The ids in answers of an engine → those of the corpus.
export function ids(folder, engine) {
  if (engine !== "pagefind") return (id) => id;
  const root = join(folder, "site/pagefind/fragment");
  const known = new Map();
  for (const name of readdirSync(root)) {
    const text = gunzipSync(readFileSync(join(root, name))).toString();
    const { url } = JSON.parse(text.slice(text.indexOf("{")));
    known.set(basename(name, ".pf_fragment"), basename(url, ".html"));
  }
  return (id) => known.get(id);
}
