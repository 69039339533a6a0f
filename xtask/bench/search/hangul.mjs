// Hangul as it is typed on the two-set keyboard: syllables, their keys, and particles.

const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
const MEDIALS = [..."ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"];
const FINALS = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];
// What takes two keys.
const PAIRS = {
  ㅘ: "ㅗㅏ", ㅙ: "ㅗㅐ", ㅚ: "ㅗㅣ", ㅝ: "ㅜㅓ", ㅞ: "ㅜㅔ", ㅟ: "ㅜㅣ", ㅢ: "ㅡㅣ",
  ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ",
  ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ",
};
const JOINED = Object.fromEntries(Object.entries(PAIRS).map(([one, two]) => [two, one]));
const ROWS = ["ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"];
// Each row of keys begins a little further to the right.
const SHIFTS = [0, 0.25, 0.75];
const PLAIN = { ㄲ: "ㄱ", ㄸ: "ㄷ", ㅃ: "ㅂ", ㅆ: "ㅅ", ㅉ: "ㅈ", ㅒ: "ㅐ", ㅖ: "ㅔ" };
const FIRST = 0xac00;

export const isHangul = (word) => /^[가-힣]+$/.test(word);

function parts(syllable) {
  const code = syllable.codePointAt(0) - FIRST;
  if (!(code >= 0 && code < 11172)) return null;
  return [INITIALS[Math.floor(code / 588)], MEDIALS[Math.floor(code / 28) % 21], FINALS[code % 28]];
}

export const initial = (syllable) => parts(syllable)?.[0] ?? syllable;
const final = (syllable) => parts(syllable)?.[2] ?? "";

// The keys of a text, one after the other; what is no Hangul is its own key.
export function keys(text) {
  return [...text].flatMap((sign) => (parts(sign) ?? [sign]).flatMap((jamo) => [...(PAIRS[jamo] ?? jamo)]));
}

// What stands in the field after these keys.
export function compose(pressed) {
  let text = "";
  let [first, middle, last] = ["", "", ""];
  const close = () => {
    if (first && middle) {
      const place = INITIALS.indexOf(first) * 588 + MEDIALS.indexOf(middle) * 28 + FINALS.indexOf(last);
      text += String.fromCodePoint(FIRST + place);
    } else {
      text += first + middle;
    }
    [first, middle, last] = ["", "", ""];
  };
  for (const key of pressed) {
    if (MEDIALS.includes(key)) {
      if (last) {
        // The last consonant was the first of the next syllable.
        const [kept, moved] = PAIRS[last] ?? ["", last];
        last = kept;
        close();
        [first, middle] = [moved, key];
      } else if (middle && JOINED[middle + key]) {
        middle = JOINED[middle + key];
      } else {
        if (middle) close();
        middle = key;
      }
    } else if (INITIALS.includes(key)) {
      if (first && middle && !last && FINALS.includes(key)) {
        last = key;
      } else if (last && JOINED[last + key]) {
        last = JOINED[last + key];
      } else {
        close();
        first = key;
      }
    } else {
      close();
      text += key;
    }
  }
  close();
  return text;
}

function place(key) {
  const row = ROWS.findIndex((keys) => keys.includes(key));
  return row < 0 ? null : { row, column: ROWS[row].indexOf(key) + SHIFTS[row] };
}

// Keys of the same kind beside a key.
function neighbours(key) {
  const plain = PLAIN[key];
  if (plain) return [plain];
  const here = place(key);
  const near = (other) => {
    const there = place(other);
    return other !== key && Math.hypot(here.row - there.row, here.column - there.column) < 1.3;
  };
  const same = (other) => MEDIALS.includes(other) === MEDIALS.includes(key);
  return here ? ROWS.flatMap((row) => [...row]).filter((other) => same(other) && near(other)) : [];
}

// All words that come of one wrong key in a word, without another count of syllables.
export function mistyped(word) {
  const found = [];
  [...word].forEach((syllable, index, all) => {
    const pressed = keys(syllable);
    pressed.forEach((key, at) => {
      for (const other of neighbours(key)) {
        const wrong = compose(pressed.with(at, other));
        if (isHangul(wrong) && wrong.length === 1 && wrong !== syllable) found.push(all.with(index, wrong).join(""));
      }
    });
  });
  return found;
}

// The particles that may follow a word: `은` after a final consonant, `는` after none.
export function particles(word) {
  const end = final(word.at(-1));
  const closed = end !== "";
  const direction = closed && end !== "ㄹ" ? "으로" : "로";
  return [closed ? "은" : "는", closed ? "이" : "가", closed ? "을" : "를", "에서", direction];
}
