// Random numbers that are the same for the same seed.

// mulberry32
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// A source of its own for each name, so that what is drawn for one changes nothing for the others.
export function named(seed, name) {
  for (const sign of name) seed = (Math.imul(seed, 31) + sign.codePointAt(0)) | 0;
  const next = random(seed);
  const below = (end) => Math.floor(next() * end);
  const pick = (items) => items[below(items.length)];
  const shuffled = (items) => {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = below(last + 1);
      [copy[last], copy[other]] = [copy[other], copy[last]];
    }
    return copy;
  };
  return { next, below, pick, shuffled };
}
