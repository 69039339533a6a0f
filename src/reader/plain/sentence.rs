//! Whether a line is a whole sentence, a part of one, or a phrase.

use super::lines::squeeze_short;

/// Whether the text ends where a sentence may end: a full stop and its like, behind which quotation marks, brackets
/// and reference stars may stand; or one of the endings that close a Korean item in note style (`…하기로 함`).
pub(super) fn is_finished(text: &str) -> bool {
    let bare = text
        .trim_end_matches(['”', '’', '"', '\'', ')', ']', '」', '』', '>', '*', '†', '）', ' ']);
    let last = bare.chars().next_back();
    let stops = last.is_some_and(|c| matches!(c, '.' | '!' | '?' | '。' | '…' | ':' | ';' | '．'));
    (stops && !is_abbreviation(bare)) || is_note_style(bare)
}

/// Whether the last word is one that is cut short and cannot end a sentence.
fn is_abbreviation(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sep.", "Sept.", "Oct.", "Nov.",
        "Dec.", "No.", "Nos.", "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Gen.", "vs.", "St.",
    ];
    text.split(' ').next_back().is_some_and(|word| WORDS.contains(&word))
}

/// Whether the last sentence ends with a full stop, a question mark or an exclamation mark.
pub(super) fn is_stopped(text: &str) -> bool {
    let bare = text.trim_end_matches(['”', '’', '"', '\'', ')', ']', '」', '』', '*', ' ']);
    bare.ends_with(['.', '!', '?', '。'])
}

fn is_note_style(text: &str) -> bool {
    let last = text.split(' ').next_back().unwrap_or_default();
    let syllables = last.chars().count();
    let hangul = last.chars().next_back().is_some_and(|c| matches!(c, '가'..='힣'));
    hangul
        && (matches!(last, "함" | "됨" | "임")
            || syllables >= 2 && last.ends_with(['함', '임', '됨', '음', '짐'])
            || ["예정", "계획", "바람"].iter().any(|tail| last.ends_with(tail)))
}

/// Whether the line begins in the middle of a sentence.
pub(super) fn starts_lower(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// Whether the line ends with a word that cannot end a phrase.
pub(super) fn hangs(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "and",
        "or",
        "as",
        "that",
        "which",
        "its",
        "their",
        "between",
        "into",
        "during",
        "including",
        "및",
    ];
    let last = text.split(' ').next_back().unwrap_or_default();
    let lower = last.to_lowercase();
    let particle = last.chars().count() >= 2
        && last.ends_with(['은', '는', '을', '를', '의', '와', '과', '며', '고']);
    text.ends_with(',') || WORDS.contains(&lower.as_str()) || particle
}

/// Length in Latin letters: a Hangul syllable or a Han sign is as wide as two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

/// Whether the line, standing alone, is a heading or a phrase and no sentence.
pub(super) fn is_phrase(text: &str) -> bool {
    !text.ends_with(',') && !is_finished(text) && width(text) <= 64
}

/// Headings that releases and briefings have in common.
pub(super) fn is_known_heading(text: &str) -> bool {
    const NAMES: [&str; 18] = [
        "모두발언",
        "질의및응답",
        "질의응답",
        "일문일답",
        "주요내용",
        "향후계획",
        "참고자료",
        "개요",
        "openingremarks",
        "openingstatement",
        "questionsandanswers",
        "questionandanswer",
        "q&a",
        "background",
        "notestoeditors",
        "notetoeditors",
        "nextsteps",
        "latestnews",
    ];
    const LONGEST: usize = 20;
    squeeze_short(text.trim_end_matches(':'), LONGEST)
        .is_some_and(|squeezed| NAMES.contains(&squeezed.as_str()))
}

/// Whether the line stands in brackets as a whole: `<향후 계획>`, `【 주요 내용 】`.
pub(super) fn is_bracketed(text: &str) -> bool {
    const PAIRS: [(char, char); 6] =
        [('<', '>'), ('[', ']'), ('【', '】'), ('〈', '〉'), ('《', '》'), ('〔', '〕')];
    PAIRS.iter().any(|&(open, close)| {
        text.strip_prefix(open)
            .and_then(|text| text.strip_suffix(close))
            .is_some_and(|inside| !inside.contains(open))
    })
}

/// Whether the line is one quotation from its first sign to its last.
pub(super) fn is_quotation(text: &str) -> bool {
    const PAIRS: [(char, char); 6] =
        [('“', '”'), ('"', '"'), ('‘', '’'), ('「', '」'), ('『', '』'), ('«', '»')];
    PAIRS.iter().any(|&(open, close)| {
        let inside = text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        // An apostrophe inside is no closing sign.
        inside.is_some_and(|inside| {
            !inside.is_empty()
                && (!inside.contains(close) || close == '’' && !inside.contains("’ "))
        })
    })
}

/// Joins a broken line to the text before it.
///
/// A Korean line may be broken inside a word, before a particle; then no space belongs there.
pub(super) fn join(text: &mut String, line: &str) {
    const PARTICLES: [&str; 12] =
        ["은", "는", "을", "를", "과", "와", "의", "에", "에서", "으로", "에게", "까지"];
    let first = line.split(' ').next().unwrap_or_default();
    let hangul = text.chars().next_back().is_some_and(|c| matches!(c, '가'..='힣'));
    let inside_word = hangul && PARTICLES.contains(&first);
    let hyphenated = text.ends_with('-') && !text.ends_with(" -") && starts_lower(line);
    if !(text.is_empty() || inside_word || hyphenated) {
        text.push(' ');
    }
    text.push_str(line);
}

/// The beginning of a text, up to a word's end.
pub(super) fn opening(text: &str, letters: usize) -> String {
    let mut opening = String::new();
    for word in text.split(' ') {
        if !opening.is_empty() && opening.chars().count() + word.chars().count() >= letters {
            break;
        }
        if !opening.is_empty() {
            opening.push(' ');
        }
        opening.extend(word.chars().take(letters));
    }
    opening
}

#[cfg(test)]
mod tests {
    use super::{hangs, is_bracketed, is_finished, is_quotation, join, opening};

    #[test]
    fn ends_of_sentences() {
        for text in [
            "ties.",
            "said “yes.”",
            "논의하였다.",
            "격년 개최*.",
            "추진하기로 함",
            "as follows:",
            "(See below.)",
        ] {
            assert!(is_finished(text), "{text}");
        }
        for text in ["with Foreign Minister", "방한 중인", "on 5.7.(수)", "회담", "3.5"] {
            assert!(!is_finished(text), "{text}");
        }
        assert!(hangs("met with") && hangs("장관은") && !hangs("Wider cooperation"));
    }

    #[test]
    fn whole_lines_in_signs() {
        assert!(is_quotation("“Neighbours by choice, partners by habit”"));
        assert!(!is_quotation("“Yes,” he said, “we can”"));
        assert!(is_bracketed("<향후 계획>") && !is_bracketed("<질문> 언제"));
    }

    #[test]
    fn broken_lines_are_joined() {
        let joined = |a: &str, b: &str| {
            let mut text = a.to_owned();
            join(&mut text, b);
            text
        };
        assert_eq!(joined("외교장관", "과 회담"), "외교장관과 회담");
        assert_eq!(joined("외교장관과", "회담"), "외교장관과 회담");
        assert_eq!(joined("co-", "operation"), "co-operation");
        assert_eq!(opening("one two three", 9), "one two");
    }
}
