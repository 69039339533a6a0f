//! Which language a text is in.

use crate::model::Lang;

/// Frequent little words. English is last, so that it must really lead.
const LITTLE_WORDS: [(&str, &[&str]); 6] = [
    (
        "fr",
        &[
            "le", "la", "les", "des", "du", "et", "est", "une", "pour", "dans", "sur", "par",
            "aux", "que", "qui",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "und", "des", "den", "dem", "ein", "eine", "mit", "für", "von",
            "zu", "im", "ist",
        ],
    ),
    ("es", &["el", "los", "las", "del", "y", "una", "para", "por", "con", "que", "su", "se", "al"]),
    ("pt", &["o", "os", "da", "do", "das", "dos", "em", "uma", "para", "com", "não", "ao"]),
    ("it", &["il", "gli", "della", "del", "di", "che", "per", "con", "una", "nel", "dei"]),
    (
        "en",
        &[
            "the", "of", "and", "to", "in", "for", "on", "with", "by", "at", "is", "was", "that",
            "as", "from", "a",
        ],
    ),
];

/// Tells the language by script, and among Latin ones by little words. `None` when neither tells.
pub(super) fn detect(text: &str) -> Option<Lang> {
    let count = |is: fn(char) -> bool| text.chars().filter(|&c| is(c)).count();
    let hangul = count(|c| matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ'));
    let latin = count(|c| c.is_alphabetic() && c < '\u{250}');
    let kana = count(|c| matches!(c, '\u{3041}'..='\u{30ff}'));
    let han = count(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let cyrillic = count(|c| matches!(c, '\u{400}'..='\u{4ff}'));
    let arabic = count(|c| matches!(c, '\u{600}'..='\u{6ff}'));
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
    let words = || text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    let score = |little: &[&str]| words().filter(|word| little.contains(&word.as_str())).count();
    let scores = LITTLE_WORDS.map(|(tag, little)| (score(little), tag));
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
