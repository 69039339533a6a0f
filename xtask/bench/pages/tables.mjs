// Results of all loads → the tables of `cargo xtask bench pages`, with the targets.

const NAMES = {
  ours: "ours",
  bare: "(a) no script",
  client: "(b) ours, client",
  svelte: "(c) Svelte",
};
const RATIO = 1.05;
const LONGEST = 200;

function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place % 1);
}

const median = (values) => quantile(values, 0.5);
const whole = (value) => value.toFixed(0);

// `454 (440–470)`: the median, and between which values half of the loads lie.
function spread(values) {
  if (values.some((value) => typeof value !== "number")) return "–";
  return `${whole(median(values))} (${whole(quantile(values, 0.25))}–${whole(quantile(values, 0.75))})`;
}

// Tasks that begin after the text is there: those of taking over, which nothing asks for before.
const late = ({ visible, tasks }) => tasks.filter(({ at }) => at >= visible);
const total = (load) => late(load).reduce((sum, { duration }) => sum + duration, 0);
const shift = ({ shifts }) => shifts.reduce((sum, { value }) => sum + value, 0);

export function print(results, about) {
  const { loads, seed, release, version, window, slowdown, network } = about;
  const say = (...words) => process.stdout.write(`${words.join(" ")}\n`);
  const rows = (head, table) => {
    const widths = head.map((_, column) => Math.max(...[head, ...table].map((row) => row[column].length)));
    for (const row of [head, ...table]) {
      say(row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[0]))).join("  "));
    }
    say();
  };
  const of = (name, get) => results[name].map(get);
  const variants = Object.keys(NAMES);
  const row = (label, show) => [label, ...variants.map((name) => show(name))];
  const spreads = (label, get) => row(label, (name) => spread(of(name, get)));
  const counts = (label, get) => row(label, (name) => whole(median(of(name, get))));
  const kilobytes = (label, get) => row(label, (name) => (median(of(name, get)) / 1000).toFixed(1));

  say(`${release}, ${loads} loads of each, interleaved (seed ${seed}), a new context each; Chromium ${version},`);
  const speed = (network.downloadThroughput * 8e-6).toFixed(1);
  say(`${window.width} × ${window.height}, CPU ${slowdown} × slower, ${network.latency} ms, ${speed} Mbit/s down.`);
  say("Times in ms: median (quartiles). kB: 1000 bytes as sent.");
  say();
  rows(["", ...variants.map((name) => NAMES[name])], [
    spreads("first paragraph painted", (load) => load.visible),
    spreads("first contentful paint", (load) => load.first),
    spreads("largest contentful paint", (load) => load.largest),
    spreads("taken over (rv-ready)", (load) => load.ready),
    spreads("long tasks after the text, sum", total),
    row("layout shift, worst", (name) => Math.max(...of(name, shift)).toFixed(4)),
    counts("requests before the text", (load) => load.requestsBefore),
    counts("requests in all", (load) => load.requests),
    kilobytes("kB before the text", (load) => load.bytesBefore),
    kilobytes("of it the program", (load) => load.codeBefore),
    kilobytes("kB in all", (load) => load.bytes),
  ]);
  const answered = (name) => {
    const pages = results[name].filter(({ loaded }) => loaded).length;
    return `${spread(of(name, (load) => load.answered))}, ${pages ? `${pages} × by a new page` : "in place"}`;
  };
  rows(["ours, and", ""], [
    ["without throttling: first paragraph painted", spread(of("fast", (load) => load.visible))],
    ["without throttling: taken over", spread(of("fast", (load) => load.ready))],
    ["throttled: a click on the menu as the text is there, answered", answered("link")],
    ["throttled: a click on the search button, answered", answered("search")],
  ]);

  const ratio = median(of("ours", (load) => load.visible)) / median(of("bare", (load) => load.visible));
  const shifted = Math.max(...[...results.ours, ...results.fast].map(shift));
  const blocked = results.fast.reduce((count, load) => count + late(load).length, 0);
  const slow = median(of("ours", total));
  const early = Math.max(...of("ours", (load) => load.codeBefore));
  const targets = [
    [`text, ours / (a): at most ${RATIO}`, ratio.toFixed(3), ratio <= RATIO],
    ["layout shift while taking over: 0", shifted.toFixed(4), shifted === 0],
    ["long tasks while taking over, not throttled: none", `${blocked} tasks in ${results.fast.length} loads`, blocked === 0],
    [`long tasks while taking over, throttled, sum: at most ${LONGEST} ms`, `${whole(slow)} ms`, slow <= LONGEST],
    ["loader, glue and wasm before the text: none", `${(early / 1000).toFixed(1)} kB`, early === 0],
  ];
  rows(["target", "measured", ""], targets.map(([name, value, passed]) => [name, value, passed ? "pass" : "MISS"]));
  const moved = [...results.ours, ...results.fast].flatMap(({ shifts }) => shifts);
  for (const { at, value, what } of moved) say(`shift of ${value.toFixed(4)} at ${whole(at)} ms: ${what.join(", ")}`);
}
