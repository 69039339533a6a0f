// The process of a page, as Linux tells of it: time of the processor and memory. Elsewhere there are no such figures.

import { readFileSync, readdirSync } from "node:fs";

const BUSY = 30;
const ROUNDS = 5;

// The process that a page is in: the one that works when the page does and rests when it does not. One of a page that
// was just closed may work for a while, too.
export async function process(browser, page) {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
  await cdp.detach();
  const pages = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => ({ id, worked: [], rested: [] }));
  const count = async (name, act) => {
    const before = pages.map(({ id }) => used(id));
    await act();
    for (const [at, page] of pages.entries()) page[name].push(used(page.id) - before[at]);
  };
  const work = (busy) => {
    const start = performance.now();
    while (performance.now() - start < busy);
  };
  for (let round = 0; round < ROUNDS; round++) {
    await count("worked", () => page.evaluate(work, BUSY));
    await count("rested", () => page.waitForTimeout(BUSY));
  }
  const sum = (values) => values.reduce((sum, value) => sum + value, 0);
  const likely = ({ worked, rested }) => Math.min(...worked) - Math.abs(sum(rested)) / ROUNDS;
  return pages.sort((a, b) => likely(b) - likely(a))[0]?.id;
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
