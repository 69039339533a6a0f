//! Which language a text is in.

use crate::model::Lang;

/// Frequent little words. English is last, so that it must really lead.
const LITTLE_WORDS: [(&str, &[u64]); 6] = [
    (
        "fr",
        &all_packed([
            "le", "la", "les", "des", "du", "et", "est", "une", "pour", "dans", "sur", "par",
            "aux", "que", "qui",
        ]),
    ),
    (
        "de",
        &all_packed([
            "der", "die", "das", "und", "des", "den", "dem", "ein", "eine", "mit", "für", "von",
            "zu", "im", "ist",
        ]),
    ),
    (
        "es",
        &all_packed([
            "el", "los", "las", "del", "y", "una", "para", "por", "con", "que", "su", "se", "al",
        ]),
    ),
    (
        "pt",
        &all_packed(["o", "os", "da", "do", "das", "dos", "em", "uma", "para", "com", "não", "ao"]),
    ),
    (
        "it",
        &all_packed(["il", "gli", "della", "del", "di", "che", "per", "con", "una", "nel", "dei"]),
    ),
    (
        "en",
        &all_packed([
            "the", "of", "and", "to", "in", "for", "on", "with", "by", "at", "is", "was", "that",
            "as", "from", "a",
        ]),
    ),
];

/// Bytes of the longest little word; none has a letter that is longer in upper case.
const LONGEST: usize = 5;

/// The bytes of a word as one number: every word of a text is compared with all little words.
const fn packed(word: &[u8]) -> u64 {
    let mut number = 0;
    let mut rest = word;
    while let [byte, tail @ ..] = rest {
        number = number << 8 | *byte as u64;
        rest = tail;
    }
    number
}

const fn all_packed<const N: usize>(words: [&str; N]) -> [u64; N] {
    let mut numbers = [0; N];
    let mut at = 0;
    while at < N {
        assert!(words[at].len() <= LONGEST, "a little word is longer than LONGEST");
        numbers[at] = packed(words[at].as_bytes());
        at += 1;
    }
    numbers
}

/// Tells the language by script, and among Latin ones by little words. `None` when neither tells.
pub(super) fn detect(text: &str) -> Option<Lang> {
    let [mut hangul, mut latin, mut kana, mut han, mut cyrillic, mut arabic] = [0; 6];
    for letter in text.chars() {
        match letter {
            '가'..='힣' | 'ㄱ'..='ㆎ' => hangul += 1,
            ..'\u{250}' => latin += usize::from(letter.is_alphabetic()),
            '\u{3041}'..='\u{30ff}' => kana += 1,
            '\u{4e00}'..='\u{9fff}' => han += 1,
            '\u{400}'..='\u{4ff}' => cyrillic += 1,
            '\u{600}'..='\u{6ff}' => arabic += 1,
            _ => {}
        }
    }
    // A Hangul syllable says about as much as three Latin letters.
    if hangul > 0 && hangul * 3 >= latin && hangul >= kana.max(cyrillic).max(arabic) {
        return Some(Lang::KO);
    }
    if kana > 0 && kana * 3 >= latin {
        return Lang::parse("ja");
    }
    if han > 0 && han * 3 >= latin {
        return Lang::parse("zh");
    }
    if latin == 0 || cyrillic.max(arabic) > latin {
        return None;
    }
    let mut scores = LITTLE_WORDS.map(|(tag, _)| (0, tag));
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() <= LONGEST) {
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        let word = packed(lower.as_bytes());
        for ((score, _), (_, little)) in scores.iter_mut().zip(LITTLE_WORDS) {
            *score += usize::from(little.contains(&word));
        }
    }
    let (best, tag) = scores.into_iter().max_by_key(|(score, _)| *score)?;
    let plain =
        text.chars().all(|c| !c.is_alphabetic() || c.is_ascii_alphabetic() || c >= '\u{250}');
    if best == 0 { plain.then_some(Lang::EN) } else { Lang::parse(tag) }
}

#[cfg(test)]
mod tests {
    use super::detect;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(detect(text).as_ref().map(crate::model::Lang::as_str), expected, "{text}");
    }

    #[test]
    fn script_and_little_words_tell() {
        check("한-알도리아 Free Trade Agreement 협상 개시", Some("ko"));
        check("Foreign Minister meets with 한서윤 in the capital", Some("en"));
        check("Le ministre a reçu les ambassadeurs dans la capitale", Some("fr"));
        check("Die Ministerin traf den Botschafter", Some("de"));
        check("Photo", Some("en"));
        check("2025", None);
    }
}
