// The server of the bench: static files as a real one sends them. The same one serves all variants.
//
// HTTP/1.1 with kept connections, brotli 6 (what nginx does by itself), `immutable` for files with a hash in their name
// and a validator for all others. Each file is read and compressed once, before it is measured.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, posix } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { brotliCompressSync, constants } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".xml": "application/xml; charset=utf-8",
};
const HASHED = /-[0-9a-zA-Z_]{6,}\.(css|js|wasm)$/;

const files = new Map();

// The file at a path, from the first folder that has it.
function file(path) {
  if (files.has(path)) return files.get(path);
  let found;
  for (const root of workerData.roots) {
    try {
      const bytes = readFileSync(join(root, path));
      const params = { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
      const tag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
      found = { body: brotliCompressSync(bytes, { params }), tag };
      break;
    } catch {
      // The next folder may have it.
    }
  }
  files.set(path, found);
  return found;
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  let path = posix.normalize(decodeURIComponent(new URL(request.url, "http://bench").pathname));
  if (path.endsWith("/")) path += "index.html";
  const found = file(path);
  if (!found) return response.writeHead(404, { "Content-Length": 0 }).end();
  const headers = {
    "Cache-Control": HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
    ETag: found.tag,
    Vary: "Accept-Encoding",
  };
  if (request.headers["if-none-match"] === found.tag) return response.writeHead(304, headers).end();
  const { body } = found;
  Object.assign(headers, { "Content-Encoding": "br", "Content-Length": body.length });
  headers["Content-Type"] = TYPES[extname(path)] ?? "application/octet-stream";
  response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : body);
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
