// The server of the bench: static files over HTTP/2, on a port as fast as the machine and on one like slow 4G.
//
// The slow port hands the bytes of each connection on as a line does: everything half a round trip later, and all
// streams together no faster than the line. Chromium's own emulation delays each request by itself and slices bodies
// above HTTP/2, so a header, a priority or a full window costs nothing there; here they cost what they cost.
// Text is compressed as static hosts do it (gzip 6), all else is sent as it is; `wasm` compresses that, too.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { connect, createServer } from "node:net";
import { extname, join, posix } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};
const WASM = { ".wasm": "application/wasm" };
// More than this is not in flight: a line with a longer queue would keep what was asked for first in front for long.
const QUEUE = 64 * 1024;
const SLICE = 1400;

const { roots, line, work, wasm } = workerData;
const files = new Map();

// The file at a path: the first part of it names a root.
function file(path) {
  if (files.has(path)) return files.get(path);
  let found = null;
  const [, name, rest] = path.match(/^\/([^/]+)\/(.*)$/) ?? [];
  try {
    const bytes = readFileSync(join(roots[name], rest));
    const type = TYPES[extname(path)];
    const packed = type || (wasm && WASM[extname(path)]);
    const body = packed ? gzipSync(bytes) : bytes;
    found = { type: type ?? WASM[extname(path)] ?? "application/octet-stream", packed, body };
  } catch {
    // It is not there.
  }
  files.set(path, found);
  return found;
}

function answer(stream, headers) {
  const found = file(posix.normalize(decodeURIComponent(new URL(headers[":path"], "https://bench").pathname)));
  stream.on("error", () => {});
  if (!found) {
    stream.respond({ ":status": 404 });
    return stream.end();
  }
  stream.respond({
    ":status": 200,
    "content-type": found.type,
    "content-length": found.body.length,
    ...(found.packed ? { "content-encoding": "gzip", vary: "accept-encoding" } : {}),
    "cache-control": "public, max-age=31536000, immutable",
  });
  stream.end(found.body);
}

// One direction of a slow line.
function carry(from, to, bytesPerMs, delay) {
  const queue = [];
  let free = 0;
  let waiting = 0;
  let timer = null;
  const hand = () => {
    timer = null;
    const now = performance.now();
    while (queue.length && queue[0].due <= now) {
      const { slice } = queue.shift();
      if (!slice) return to.end();
      waiting -= slice.length;
      if (to.writable) to.write(slice);
    }
    if (waiting < QUEUE) from.resume();
    if (queue.length) timer = setTimeout(hand, Math.max(0, queue[0].due - performance.now()));
  };
  const put = (slice) => {
    free = Math.max(free, performance.now()) + (slice?.length ?? 0) / bytesPerMs;
    queue.push({ due: free + delay, slice });
    waiting += slice?.length ?? 0;
    timer ??= setTimeout(hand, delay);
  };
  from.on("data", (bytes) => {
    for (let at = 0; at < bytes.length; at += SLICE) put(bytes.subarray(at, at + SLICE));
    if (waiting >= QUEUE) from.pause();
  });
  from.on("end", () => put(null));
}

function certificate() {
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(work, name));
  execFileSync("openssl", [
    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", cert,
  ], { stdio: "ignore" });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

const listening = (server) =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

const fast = createSecureServer(certificate());
fast.on("stream", answer);
fast.on("sessionError", () => {});
const port = await listening(fast);
const slow = createServer({ noDelay: true }, (reader) => {
  const server = connect({ port, host: "127.0.0.1", noDelay: true });
  carry(reader, server, line.up, line.roundTrip / 2);
  carry(server, reader, line.down, line.roundTrip / 2);
  for (const socket of [reader, server]) {
    socket.on("error", () => [reader, server].forEach((socket) => socket.destroy()));
  }
});
parentPort.postMessage({ fast: port, slow: await listening(slow) });
