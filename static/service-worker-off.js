// Stands in an archive that keeps nothing: takes away the worker of an earlier build, and what it has kept. Browsers ask
// for it again by themselves.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("release-viewer ") && name.endsWith(" " + registration.scope)) await caches.delete(name);
  }
  await registration.unregister();
})()));
