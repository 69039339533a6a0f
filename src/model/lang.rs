//! Languages, and the passages of a text that are in another one.

use std::borrow::Cow;
use std::fmt;

/// A language as a BCP 47 tag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lang(Cow<'static, str>);

impl Lang {
    /// Korean.
    pub const KO: Self = Self(Cow::Borrowed("ko"));
    /// English.
    pub const EN: Self = Self(Cow::Borrowed("en"));

    /// Takes a tag of letters, digits and hyphens (RFC 5646, 2.1), in lower case; else `None`.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let fits = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        tag.split('-').all(fits).then(|| Self(Cow::Owned(tag.to_ascii_lowercase())))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A stretch of text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    /// Its language if it is not the one around it.
    pub lang: Option<Lang>,
    /// Its words, with the spaces and signs around them.
    pub words: &'a str,
}

/// Splits a text where it leaves the language around it (WCAG 3.1.2).
///
/// In a text that is not Korean each run of Hangul is Korean. In a Korean text, three Latin words in a row or more
/// are English; fewer are names and abbreviations, which a Korean voice reads well (the criterion excepts them).
#[must_use]
pub fn passages<'a>(text: &'a str, around: &Lang) -> Vec<Passage<'a>> {
    let korean_around = around == &Lang::KO;
    let foreign: fn(char) -> bool =
        if korean_around { |c| c.is_ascii_alphabetic() } else { is_hangul };
    let native: fn(char) -> bool = if korean_around { is_hangul } else { is_letter };
    let lang = if korean_around { Lang::EN } else { Lang::KO };

    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let end_of = |at: usize| at + part(at, text.len()).chars().next().map_or(0, char::len_utf8);
    let mut found: Vec<Passage<'a>> = Vec::new();
    let mut rest = 0;
    let mut at = 0;
    while let Some(start) = part(at, text.len()).find(foreign).map(|offset| at + offset) {
        let stop = part(start, text.len())
            .find(|c| native(c) && !foreign(c))
            .map_or(text.len(), |offset| start + offset);
        let end = end_of(part(start, stop).rfind(foreign).map_or(start, |offset| start + offset));
        let words = part(start, end);
        if !korean_around
            || words.split_ascii_whitespace().filter(|word| word.contains(foreign)).nth(2).is_some()
        {
            if rest < start {
                found.push(Passage { lang: None, words: part(rest, start) });
            }
            found.push(Passage { lang: Some(lang.clone()), words });
            rest = end;
        }
        at = stop.max(end);
    }
    if rest < text.len() || found.is_empty() {
        found.push(Passage { lang: None, words: part(rest, text.len()) });
    }
    found
}

/// Syllables and jamo.
fn is_hangul(letter: char) -> bool {
    matches!(letter, '가'..='힣' | 'ㄱ'..='ㆎ' | '\u{1100}'..='\u{11ff}')
}

/// Letters as far as it matters here: general punctuation, symbols and full-width signs are none.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || (letter >= '\u{c0}'
            && !matches!(letter, '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..))
}

#[cfg(test)]
mod tests {
    use super::{Lang, passages};

    fn check(text: &str, around: &Lang, expected: &[(&str, Option<&str>)]) {
        let found = passages(text, around);
        let found: Vec<_> =
            found.iter().map(|p| (p.words, p.lang.as_ref().map(Lang::as_str))).collect();
        assert_eq!(found, expected);
        assert_eq!(found.iter().map(|(words, _)| *words).collect::<String>(), text);
    }

    #[test]
    fn hangul_in_english_is_korean() {
        check(
            "The word 한미 동맹, he said",
            &Lang::EN,
            &[("The word ", None), ("한미 동맹", Some("ko")), (", he said", None)],
        );
        check("No such thing", &Lang::EN, &[("No such thing", None)]);
        check("", &Lang::EN, &[("", None)]);
    }

    #[test]
    fn abbreviations_in_korean_stay_korean() {
        check("UN 총회에서 NGO와 만났다", &Lang::KO, &[("UN 총회에서 NGO와 만났다", None)]);
        check(
            "의제는 “Open Seas for All”이다",
            &Lang::KO,
            &[("의제는 “", None), ("Open Seas for All", Some("en")), ("”이다", None)],
        );
    }
}
