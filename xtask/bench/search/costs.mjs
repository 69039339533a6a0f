// What an engine costs: bytes, round trips and time over a slow line, the processor, memory.

import { compose, keys } from "./hangul.mjs";
import { memory, process, used } from "./process.mjs";
import { Session, bytes, trips } from "./session.mjs";

// First answers in new contexts, further answers in the last of them, queries typed key by key in new contexts.
const COLD = 3;
const FURTHER = 30;
const TYPED = 8;
const COUNTED = 40;
const NOTHING = 15;

// `queries` are known items, each asked once.
export async function costs(browser, roots, about, queries) {
  const [next, typed] = [queries.values(), queries.slice(0, TYPED)];
  const take = (count) => Array.from({ length: count }, () => next.next().value?.query).filter(Boolean);
  const slow = await network(browser, roots.slow, about, take(COLD), take(FURTHER));
  const typing = [];
  for (const { query } of typed) typing.push(await type(browser, roots.fast, about, query));
  return { ...slow, typing, cpu: await processor(browser, roots.fast, about, queries.slice(0, COUNTED)) };
}

async function network(browser, root, about, cold, further) {
  const first = [];
  for (const [at, query] of cold.entries()) {
    const session = await Session.open(browser, root, about);
    try {
      const { times: [start, opened, end] } = await session.call([["open"], ["answer", query]]);
      const requests = await session.taken();
      const before = requests.filter(({ start }) => start < opened);
      const after = requests.filter(({ start }) => start >= opened);
      first.push({ query, bytes: bytes(requests), time: end - start, trips: [trips(before), trips(after)], requests });
      if (at < cold.length - 1) continue;
      const rest = [];
      for (const query of further) {
        const { times: [start, end] } = await session.call([["answer", query]]);
        const requests = await session.taken();
        rest.push({ query, bytes: bytes(requests), time: end - start, trips: trips(requests) });
      }
      return { first, further: rest, memory: memory(await process(browser, session.page)) };
    } finally {
      await session.close();
    }
  }
}

// Bytes from the first key to the last, when all is loaded that is before the first.
async function type(browser, root, about, query) {
  const session = await Session.open(browser, root, about);
  try {
    await session.call([["open"]]);
    await session.taken();
    const pressed = keys(query);
    await session.call(pressed.map((_, at) => ["type", compose(pressed.slice(0, at + 1))]));
    return { query, bytes: bytes(await session.taken()) };
  } finally {
    await session.close();
  }
}

// Time of the processor for each answer, in all threads of the page's process: Pagefind works in a worker, which the
// metrics of the DevTools protocol leave out. What calling into the page takes by itself is subtracted.
async function processor(browser, root, about, queries) {
  const session = await Session.open(browser, root, about);
  try {
    await session.call([["open"], ["answer", queries[0].query]]);
    const id = await process(browser, session.page);
    const count = async (calls) => {
      const before = used(id);
      await session.call(calls);
      return used(id) - before;
    };
    const nothing = [];
    for (let at = 0; at < NOTHING; at++) nothing.push(await count([]));
    const own = nothing.sort((a, b) => a - b)[NOTHING >> 1];
    const times = [];
    for (const { query } of queries.slice(1)) times.push(Math.max(0, (await count([["answer", query]])) - own));
    return times;
  } finally {
    await session.close();
  }
}
