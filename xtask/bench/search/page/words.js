// The words of a text for MiniSearch: Latin and digits as they stand, of Hangul each two syllables that follow each
// other. The same when the index is built and when it is asked.

export const OPTIONS = {
  fields: ["title", "body"],
  tokenize: (text) => text.normalize("NFC").match(/[가-힣]+|[^\s\p{P}\p{S}\p{C}가-힣]+/gu)?.flatMap(pairs) ?? [],
  searchOptions: { boost: { title: 3 } },
};

export const isHangul = (term) => /^[가-힣]/.test(term);

function pairs(word) {
  if (!isHangul(word) || word.length < 2) return [word];
  return Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
}
