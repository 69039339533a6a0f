//! Particles and common endings of Korean words, without a dictionary.

use super::hangul::{final_of, is_syllable};

/// Particles and endings, longest first. After a final consonant some have another form; both stand here.
const ENDINGS: [&str; 74] = [
    "으로부터는",
    "에서부터는",
    "으로부터",
    "에서부터",
    "이라고는",
    "에게서는",
    "입니다만",
    "하였습니다",
    "했습니다",
    "합니다",
    "으로써",
    "으로서",
    "으로는",
    "으로도",
    "에서는",
    "에서도",
    "에서의",
    "에게는",
    "에게서",
    "까지는",
    "까지도",
    "부터는",
    "이라는",
    "이라고",
    "이라도",
    "이라며",
    "입니다",
    "이지만",
    "이면서",
    "하면서",
    "하도록",
    "하기로",
    "하였다",
    "되었다",
    "로부터",
    "라고는",
    "으로",
    "에서",
    "에게",
    "에는",
    "에도",
    "까지",
    "부터",
    "라는",
    "라고",
    "라도",
    "처럼",
    "보다",
    "마다",
    "밖에",
    "조차",
    "이나",
    "이며",
    "이란",
    "와의",
    "과의",
    "로의",
    "했다",
    "한다",
    "하는",
    "하고",
    "하며",
    "하여",
    "하기",
    "되는",
    "들은",
    "들의",
    "들이",
    "들을",
    "로서",
    "로써",
    "은",
    "는",
    "이",
];
const SHORT: [&str; 13] =
    ["가", "을", "를", "의", "에", "와", "과", "로", "도", "만", "들", "인", "나"];

/// The word without a particle or ending. The rest has at least two syllables: in 도로 or 이의 nothing is taken for one;
/// and it ends as that particle wants it: 은 follows a consonant, 는 a vowel.
pub(in crate::index) fn stem(word: &str) -> Option<&str> {
    let rest = |ending: &str| {
        let rest = word.strip_suffix(ending)?;
        rest.chars().nth(1)?;
        let last = rest.chars().next_back().filter(|last| is_syllable(*last))?;
        let closed = final_of(last);
        let fits = match ending.chars().next()? {
            '은' | '을' | '과' | '이' | '으' => closed > 0,
            '는' | '가' | '를' | '와' | '라' => closed == 0,
            // ㄹ is followed by 로, other consonants by 으로.
            '로' => closed == 0 || closed == 8,
            _ => true,
        };
        fits.then_some(rest)
    };
    ENDINGS.iter().chain(&SHORT).find_map(|ending| rest(ending))
}
