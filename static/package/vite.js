// A plugin for Vite's development server, which rewrites the scripts and styles that it serves; the element refuses
// files that are not those it was built with. Builds need no plugin.

import { readFile } from "node:fs/promises";

const TYPES = { css: "text/css", js: "text/javascript", wasm: "application/wasm" };

export default function releaseViewer() {
  return {
    name: "release-viewer",
    apply: "serve",
    config: () => ({ optimizeDeps: { exclude: ["release-viewer"] } }),
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const [, name, kind] = /\/app\/(release-viewer[\w-]*\.(css|js|wasm))(?:\?|$)/.exec(request.url) ?? [];
        if (!name) return next();
        readFile(new URL("./app/" + name, import.meta.url)).then(
          (bytes) => {
            response.setHeader("Content-Type", TYPES[kind]);
            response.setHeader("Cache-Control", "no-cache");
            response.end(bytes);
          },
          () => next(),
        );
      });
    },
  };
}
