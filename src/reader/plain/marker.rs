//! Signs at the start of a line.

use super::lines::is_invisible;
use crate::model::Level;

/// What the sign says about its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `1.`, with its number.
    Numbered(u32),
    /// `□` and its like.
    Square,
    /// `ㅇ`, `°`, `•` and their like.
    Round,
    /// `가.`, with its place from 1.
    Syllable(usize),
    /// `1)`, `(1)`, `가)`, `a)`: one below whatever is above.
    Below,
    /// `①` and its like.
    Circled,
    /// `-`
    Dash,
    /// `※`
    Note,
    /// `*`
    Footnote,
    /// `I.`
    Roman,
    /// `<질문>`, `Q:`
    Question,
    /// `<답변>`, `A:`
    Answer,
}

impl Kind {
    /// Depth of a paragraph with this sign, given the depth of the one above it.
    pub(super) fn level(self, above: Option<Level>) -> Option<Level> {
        match self {
            Self::Numbered(_) | Self::Square => Some(Level::One),
            Self::Round | Self::Syllable(_) => Some(Level::Two),
            Self::Circled | Self::Dash => Some(Level::Three),
            Self::Below if above.is_some_and(|level| level >= Level::Two) => Some(Level::Three),
            Self::Below => Some(Level::Two),
            Self::Note | Self::Footnote | Self::Roman | Self::Question | Self::Answer => None,
        }
    }
}

/// A line that begins with a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked<'a> {
    pub(super) kind: Kind,
    /// The sign exactly as printed.
    pub(super) sign: &'a str,
    /// The words behind it.
    pub(super) rest: &'a str,
}

const SQUARES: &str = "□■☐⬜▢◻◼▣❏❑◇◆◈◎❖▶▷►";
const ROUNDS: &str = "°º˚∘∙◦○◯⚪●•⚬⃝〇❍";
/// Letters that stand in for a ring: Latin and its full-width form, Cyrillic, Greek, three jamo.
const RING_LETTERS: &str = "oOｏоοㅇㆁᄋᆼ";
const DASHES: &str = "-‐‑‒–—―−－";
const SYLLABLES: &str = "가나다라마바사아자차카타파하";

/// Finds the sign at the start of a line. Signs that are letters or dashes count only before a space.
pub(super) fn of(line: &str) -> Option<Marked<'_>> {
    let text = line.trim_start_matches(is_invisible);
    let first = text.chars().next()?;
    let after = &text[first.len_utf8()..];
    let alone_or_spaced = after.is_empty() || after.starts_with(' ');
    let simple = |kind| Some(cut(text, first.len_utf8(), kind));
    match first {
        '※' => simple(Kind::Note),
        '*' | '†' | '‡' | '＊' => {
            let stars = text.len() - text.trim_start_matches(first).len();
            let glued_bold = stars > 1 && text[stars..].contains("**");
            (stars <= 3 * first.len_utf8() && !glued_bold).then(|| cut(text, stars, Kind::Footnote))
        }
        'Q' | 'A' | 'R' | 'P' | '<' | '[' | '(' | '【' | '〈' | '질' | '답' | '문' | '＜'
            if question(text).is_some() =>
        {
            question(text)
        }
        _ if SQUARES.contains(first) => simple(Kind::Square),
        'ㅁ' if alone_or_spaced => simple(Kind::Square),
        _ if ROUNDS.contains(first) => simple(Kind::Round),
        'ㅇ' if after.starts_with(|c: char| matches!(c, '가'..='힣')) => simple(Kind::Round),
        _ if RING_LETTERS.contains(first) && alone_or_spaced => simple(Kind::Round),
        _ if DASHES.contains(first)
            && (alone_or_spaced
                || after
                    .starts_with(|c: char| matches!(c, '가'..='힣') || c.is_ascii_uppercase())) =>
        {
            simple(Kind::Dash)
        }
        '▪' | '▫' | '▸' | '‣' | '・' | '·' if alone_or_spaced => simple(Kind::Dash),
        '①'..='⒇' | '⓪'..='⓿' | '❶'..='➓' | '㉠'..='㉻' => simple(Kind::Circled),
        '0'..='9' => numbered(text),
        '가'..='힣' if SYLLABLES.contains(first) => syllable(text, first),
        'Ⅰ'..='Ⅻ' | 'I' | 'V' | 'X' => roman(text),
        'a'..='h' if after.starts_with(") ") => Some(cut(text, 2, Kind::Below)),
        _ => parenthesised(text),
    }
}

fn cut(text: &str, length: usize, kind: Kind) -> Marked<'_> {
    Marked { kind, sign: &text[..length], rest: text[length..].trim_start_matches(is_invisible) }
}

/// `1. `, `1.한`, `1) `. Not `1.5`, `5.7.(수)`, `5. 7.(수)`, `2025. 5. 7.`
fn numbered(text: &str) -> Option<Marked<'_>> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u32 = text.get(..digits).filter(|digits| digits.len() <= 2)?.parse().ok()?;
    let stop = text[digits..].chars().next()?;
    let rest = &text[digits + stop.len_utf8()..];
    match stop {
        '.' | '．' => {
            let starts_a_date = rest.trim_start().split_once('.').is_some_and(|(head, tail)| {
                let day =
                    (1..=2).contains(&head.len()) && head.bytes().all(|byte| byte.is_ascii_digit());
                day && !tail.starts_with(|c: char| c.is_ascii_digit())
                    && !rest.is_empty()
                    && number <= 12
                    && (tail.trim_start().starts_with('(')
                        || tail.trim_start().is_empty()
                        || !rest.starts_with(' '))
            });
            let glued = rest.starts_with(|c: char| {
                c.is_ascii_digit() || c.is_ascii_lowercase() || c == '.' || c == '-'
            });
            (!starts_a_date && !glued)
                .then(|| cut(text, digits + stop.len_utf8(), Kind::Numbered(number)))
        }
        ')' if rest.starts_with(' ') || rest.is_empty() => Some(cut(text, digits + 1, Kind::Below)),
        _ => None,
    }
}

fn syllable(text: &str, first: char) -> Option<Marked<'_>> {
    let place = SYLLABLES.chars().position(|syllable| syllable == first)? + 1;
    let rest = &text[first.len_utf8()..];
    let spaced = |rest: &str| rest.starts_with(' ') || rest.is_empty();
    match rest.chars().next()? {
        '.' if spaced(&rest[1..]) => Some(cut(text, first.len_utf8() + 1, Kind::Syllable(place))),
        ')' if spaced(&rest[1..]) => Some(cut(text, first.len_utf8() + 1, Kind::Below)),
        _ => None,
    }
}

/// `I. 모두 발언`, `Ⅱ. 질의 및 응답`: short and without a full stop, so that no sentence of “I” is meant.
fn roman(text: &str) -> Option<Marked<'_>> {
    let (sign, rest) = text.split_once(['.', '．'])?;
    let roman = !sign.is_empty()
        && sign.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'Ⅰ'..='Ⅻ'))
        && sign.len() <= 6;
    let heading = rest.starts_with(' ')
        && rest.chars().count() <= 60
        && !rest.ends_with(['.', ',', '?', '!', ';']);
    // Two initials are a name: `I. M. Ferrand`.
    let initials = rest.trim_start().chars().nth(1) == Some('.');
    (roman && heading && !initials).then(|| cut(text, sign.len() + 1, Kind::Roman))
}

fn parenthesised(text: &str) -> Option<Marked<'_>> {
    let (inside, rest) = text.strip_prefix('(')?.split_once(')')?;
    let number =
        inside.len() <= 2 && !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
    let syllable = inside.chars().count() == 1 && inside.chars().all(|c| SYLLABLES.contains(c));
    let letter = inside.len() == 1 && inside.chars().all(|c| c.is_ascii_lowercase());
    let fits = (number || syllable || letter) && rest.starts_with(' ');
    fits.then(|| cut(text, inside.len() + 2, Kind::Below))
}

const QUESTIONS: [&str; 8] = ["질문", "문", "question", "q", "질의", "기자 질문", "기자질문", "p"];
const ANSWERS: [&str; 8] = ["답변", "답", "answer", "a", "응답", "대변인 답변", "대변인답변", "r"];

/// `<질문>`, `[답변 2]`, `질문)`, `Q:`, `Q1.`, `Q)`, `Q -`.
fn question(text: &str) -> Option<Marked<'_>> {
    const BRACKETS: [(char, char); 6] =
        [('<', '>'), ('[', ']'), ('(', ')'), ('【', '】'), ('〈', '〉'), ('＜', '＞')];
    for (open, close) in BRACKETS {
        if let Some((inside, _)) = text.strip_prefix(open).and_then(|text| text.split_once(close)) {
            let Some(kind) = asks(inside) else { continue };
            return Some(cut(text, open.len_utf8() + inside.len() + close.len_utf8(), kind));
        }
    }
    let word: usize = text.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let kind = asks(&text[..word])?;
    let tail = &text[word..];
    let spaced = |rest: &str| rest.starts_with(' ') || rest.is_empty();
    // A single letter needs a sign that no initial has: `A. Kim` is a person.
    let sign = match tail.chars().next()? {
        ':' | '：' | ')' => tail.chars().next()?.len_utf8(),
        '.' if spaced(&tail[1..])
            && text.starts_with(['Q', 'A'])
            && tail.chars().nth(3) != Some('.') =>
        {
            1
        }
        ' ' => {
            let dash = tail[1..].chars().next().filter(|&c| DASHES.contains(c) || c == ':')?;
            let length = 1 + dash.len_utf8();
            spaced(&tail[length..]).then_some(length)?
        }
        _ => return None,
    };
    Some(cut(text, word + sign, kind))
}

fn asks(label: &str) -> Option<Kind> {
    let label = label.trim().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    // `(a)` is an item, `(A)` an answer.
    if label.len() == 1 && label.chars().all(|c| c.is_ascii_lowercase()) {
        return None;
    }
    let label = label.to_lowercase();
    if QUESTIONS.contains(&label.as_str()) {
        Some(Kind::Question)
    } else if ANSWERS.contains(&label.as_str()) {
        Some(Kind::Answer)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, of};

    fn check(line: &str, expected: Option<(Kind, &str, &str)>) {
        assert_eq!(
            of(line).map(|marked| (marked.kind, marked.sign, marked.rest)),
            expected,
            "{line}"
        );
    }

    #[test]
    fn signs_are_kept_as_printed() {
        check("1. On May 7", Some((Kind::Numbered(1), "1.", "On May 7")));
        check("12.한서윤", Some((Kind::Numbered(12), "12.", "한서윤")));
        check("□ 한서윤", Some((Kind::Square, "□", "한서윤")));
        check("□한서윤", Some((Kind::Square, "□", "한서윤")));
        check("° Minister", Some((Kind::Round, "°", "Minister")));
        check("o Minister", Some((Kind::Round, "o", "Minister")));
        check("о Minister", Some((Kind::Round, "о", "Minister")));
        check("ㅇ양 장관", Some((Kind::Round, "ㅇ", "양 장관")));
        check("가. 양 장관", Some((Kind::Syllable(1), "가.", "양 장관")));
        check("② 교류", Some((Kind::Circled, "②", "교류")));
        check("- 교류", Some((Kind::Dash, "-", "교류")));
        check("※ 참석", Some((Kind::Note, "※", "참석")));
        check("** Co-chair", Some((Kind::Footnote, "**", "Co-chair")));
        check("II. 질의 및 응답", Some((Kind::Roman, "II.", "질의 및 응답")));
        check("<질문> 언제입니까?", Some((Kind::Question, "<질문>", "언제입니까?")));
        check("Q: When?", Some((Kind::Question, "Q:", "When?")));
        check("A) Soon.", Some((Kind::Answer, "A)", "Soon.")));
        check("R - Oui.", Some((Kind::Answer, "R -", "Oui.")));
        check("(a) agreed", Some((Kind::Below, "(a)", "agreed")));
        check("A. In spring.", Some((Kind::Answer, "A.", "In spring.")));
        check("-실무협의", Some((Kind::Dash, "-", "실무협의")));
        check("1) 항공", Some((Kind::Below, "1)", "항공")));
        check("1.", Some((Kind::Numbered(1), "1.", "")));
    }

    #[test]
    fn words_and_numbers_are_no_signs() {
        for line in [
            "3.5 percent",
            "5.7.(수) 방한",
            "5. 7.(수) 방한",
            "2025. 5. 7. 서울에서",
            "o’clock",
            "on Monday",
            "I. M. Ferrand spoke.",
            "A. B. Orlin said so.",
            "-5 degrees",
            "ㅇㅇ",
            "다음 회의는",
            "1.jpg 이미지입니다.",
            "I met him there. We spoke.",
            "(A question-and-answer session followed.)",
            "2024. The meeting",
        ] {
            check(line, None);
        }
    }
}
