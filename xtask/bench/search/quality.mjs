// How good the answers are: queries and what was meant → figures per kind.

import { Session } from "./session.mjs";

// A list of ten is what a reader sees.
const SEEN = 10;
// Where more documents have a phrase than this, the number of those found has to do.
const LISTED = 500;
const BATCH = 25;

export async function quality(browser, root, about, queries, idOf) {
  const session = await Session.open(browser, root, about);
  try {
    await session.call([["open"]]);
    const answers = [];
    for (let at = 0; at < queries.length; at += BATCH) {
      const batch = queries.slice(at, at + BATCH);
      const calls = batch.map(({ query, targets, kind }) =>
        ["ids", query, kind === "phrase" ? Math.min(targets.length + SEEN, LISTED) : SEEN]);
      answers.push(...(await session.call(calls)).results);
    }
    return figures(queries, answers.map(({ total, ids }) => ({ total, ids: ids.map(idOf) })));
  } finally {
    await session.close();
  }
}

function figures(queries, answers) {
  const kinds = {};
  const rows = queries.map((query, at) => {
    const row = query.kind === "phrase" ? phrase(query, answers[at]) : { value: rank(query, answers[at]) };
    (kinds[query.kind] ??= []).push({ ...row, alone: query.alone });
    return { ...query, ...row, total: answers[at].total, first: answers[at].ids.slice(0, SEEN) };
  });
  const mean = (rows, name) => rows.reduce((sum, row) => sum + row[name], 0) / rows.length;
  const means = {};
  for (const [kind, rows] of Object.entries(kinds)) {
    means[kind] = mean(rows, "value");
    const alone = rows.filter(({ alone }) => alone);
    if (alone.length) means[`${kind} alone`] = mean(alone, "value");
    if (kind === "phrase") Object.assign(means, { precision: mean(rows, "precision"), recall: mean(rows, "recall") });
  }
  return { means, rows };
}

// One by the place of the first of those that were meant.
function rank({ target, targets }, { ids }) {
  const place = ids.slice(0, SEEN).findIndex((id) => (targets ?? [target].flat()).includes(id));
  return place < 0 ? 0 : 1 / (place + 1);
}

function phrase({ targets }, { total, ids }) {
  const wanted = new Set(targets);
  const right = ids.filter((id) => wanted.has(id)).length;
  const listed = Math.min(targets.length, LISTED);
  return {
    value: total === targets.length && right === listed ? 1 : 0,
    // The list was cut behind what was expected; all that was found counts.
    precision: total ? (right / ids.length) * (ids.length < total ? Math.min(1, targets.length / total) : 1) : 0,
    recall: right / listed,
  };
}
