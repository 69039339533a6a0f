// The process of a page, as Linux tells of it: time of the processor and memory. Elsewhere there are no such figures.

import { readFileSync, readdirSync } from "node:fs";

const BUSY = 50;

// The process that a page is in: the one that works when the page does.
export async function process(browser, page) {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
  await cdp.detach();
  const pages = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => ({ id, before: used(id) }));
  await page.evaluate((busy) => {
    const start = performance.now();
    while (performance.now() - start < busy);
  }, BUSY);
  const worked = pages.map(({ id, before }) => ({ id, time: used(id) - before }));
  return worked.sort((a, b) => b.time - a.time)[0]?.id;
}

// Milliseconds of the processor of all threads so far.
export function used(id) {
  let sum = 0;
  for (const thread of threads(id)) {
    try {
      sum += Number(readFileSync(`/proc/${id}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
    } catch {
      // The thread has just ended.
    }
  }
  return sum / 1e6;
}

function threads(id) {
  try {
    return readdirSync(`/proc/${id}/task`);
  } catch {
    return [];
  }
}

// Bytes that are in memory for this process alone and stand in no file: of JavaScript, of wasm, of workers. An empty
// page has some 9 MB. The browser's own figure (`measureUserAgentSpecificMemory`) has no memory of wasm in it.
export function memory(id) {
  try {
    const told = readFileSync(`/proc/${id}/smaps_rollup`, "utf8").match(/^Private_Dirty: +(\d+) kB/m);
    return told && Number(told[1]) * 1024;
  } catch {
    return null;
  }
}
