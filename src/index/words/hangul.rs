//! Syllables and the letters they are made of (Unicode, 3.12).

const FIRST: u32 = 0xac00;
const LAST: u32 = 0xd7a3;
const VOWELS: u32 = 21;
const FINALS: u32 = 28;

/// Whether it is a whole syllable.
pub(in crate::index) fn is_syllable(letter: char) -> bool {
    (FIRST..=LAST).contains(&u32::from(letter))
}

/// Whether it is an initial consonant alone.
pub(in crate::index) fn is_initial(letter: char) -> bool {
    ('\u{1100}'..='\u{1112}').contains(&letter)
}

/// The initial consonant of a syllable.
pub(in crate::index) fn initial(syllable: char) -> Option<char> {
    let index = u32::from(syllable).checked_sub(FIRST)?;
    is_syllable(syllable).then(|| char::from_u32(0x1100 + index / (VOWELS * FINALS))).flatten()
}

/// The number of the final consonant of a syllable, 0 if it ends in its vowel.
pub(in crate::index) fn final_of(syllable: char) -> u32 {
    u32::from(syllable).saturating_sub(FIRST) % FINALS
}

/// First and last syllable with this initial consonant.
pub(in crate::index) fn with_initial(initial: char) -> Option<(char, char)> {
    let index = u32::from(initial).checked_sub(0x1100)?;
    let first = FIRST + index * VOWELS * FINALS;
    Some((char::from_u32(first)?, char::from_u32(first + VOWELS * FINALS - 1)?))
}

/// The syllable without its final consonant, and the syllables that begin as it does: what can be meant while the last
/// syllable is still being typed. `None` if it has no final consonant.
pub(in crate::index) fn without_final(syllable: char) -> Option<(char, char)> {
    let index = u32::from(syllable).checked_sub(FIRST)?;
    let last = index % FINALS;
    if last == 0 || !is_syllable(syllable) {
        return None;
    }
    // The initial consonant that is written as this final one: what the next syllable will begin with.
    const INITIAL: [u8; 28] = [
        0, 0, 1, 9, 2, 12, 18, 3, 5, 0, 6, 7, 9, 16, 17, 18, 6, 7, 9, 9, 10, 11, 12, 14, 15, 16,
        17, 18,
    ];
    // Of the finals of two consonants the second one moves on, and the first one stays.
    const STAYS: [u8; 28] =
        [0, 0, 0, 1, 0, 4, 4, 0, 0, 8, 8, 8, 8, 8, 8, 8, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let stays = u32::from(*STAYS.get(last as usize)?);
    let initial = u32::from(*INITIAL.get(last as usize)?);
    let initial = if last == 9 { 0 } else { initial };
    Some((char::from_u32(FIRST + index - last + stays)?, char::from_u32(0x1100 + initial)?))
}

/// The word with the last final consonant there is under its last syllable, if that has none: what is typed on from it
/// comes before.
pub(in crate::index) fn closed(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if let Some(last) =
        letters.last_mut().filter(|last| is_syllable(**last) && final_of(**last) == 0)
    {
        *last = char::from_u32(u32::from(*last) + FINALS - 1).unwrap_or(*last);
    }
    letters.into_iter().collect()
}

/// The keys of the two-set keyboard that write a text, so that a slip of the finger is one key: double vowels and double
/// finals are two.
pub(in crate::index) fn keys(text: &str) -> Vec<u8> {
    const VOWEL: [&[u8]; 21] = [
        b"k", b"o", b"i", b"O", b"j", b"p", b"u", b"P", b"h", b"hk", b"ho", b"hl", b"y", b"n",
        b"nj", b"np", b"nl", b"b", b"m", b"ml", b"l",
    ];
    const FINAL: [&[u8]; 28] = [
        b"", b"r", b"R", b"rt", b"s", b"sw", b"sg", b"e", b"f", b"fr", b"fa", b"fq", b"ft", b"fx",
        b"fv", b"fg", b"a", b"q", b"qt", b"t", b"T", b"d", b"w", b"c", b"z", b"x", b"v", b"g",
    ];
    const INITIAL: &[u8; 19] = b"rRseEfaqQtTdwWczxvg";
    let mut keys = Vec::new();
    for letter in text.chars() {
        let Some(index) = u32::from(letter).checked_sub(FIRST).filter(|_| is_syllable(letter))
        else {
            continue;
        };
        let index = index as usize;
        let (vowels, finals) = (VOWELS as usize, FINALS as usize);
        keys.extend(INITIAL.get(index / (vowels * finals)));
        keys.extend(VOWEL.get(index / finals % vowels).copied().unwrap_or_default());
        keys.extend(FINAL.get(index % finals).copied().unwrap_or_default());
    }
    keys
}
