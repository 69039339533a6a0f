//! Text → tokens: one tokeniser for building and asking.
//!
//! A token is a run of Hangul, or a word of other letters and digits. Hanja of press titles are read as Hangul, so that
//! 韓美 meets 한미; what was printed is kept beside it. Signs between parts of a code do not end it: `COVID-19` is two
//! tokens, and its parts written together.

pub(super) mod dates;
pub(super) mod english;
mod folded;
pub(super) mod hangul;
pub(super) mod hanja;
pub(super) mod particles;

use std::ops::Range;

use super::Fold;
use folded::{Folded, folded};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Hangul syllables.
    Hangul,
    /// Letters and digits of any other script; single jamo also, which stand for syllables half typed.
    Word,
}

/// A run of letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The letters, folded.
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Where each letter of it begins in the text, and where the last one ends.
    pub(super) offsets: Vec<u32>,
    /// Whether only a sign of codes stands between it and the token before: `COVID-19`, `2024.7.11`.
    pub(super) joined: bool,
    /// The same as printed, where a part of it is hanja.
    pub(super) hanja: Option<String>,
}

impl Token {
    /// Where it stands in the text.
    pub(super) fn range(&self) -> Range<usize> {
        let at = |offset: Option<&u32>| offset.map_or(0, |offset| *offset as usize);
        at(self.offsets.first())..at(self.offsets.last())
    }
}

/// Letters that one token may have: what is longer is no word.
const LONGEST: usize = 64;

/// The tokens of a text.
pub(super) fn tokens(text: &str, fold: Fold) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open: Option<Token> = None;
    // What stands between the last token and here, if that is a single sign.
    let mut gap = Gap::Wide;
    let mut letters = folded(text, fold).into_iter().peekable();
    while let Some(Folded { letter, start, end }) = letters.next() {
        let (letter, printed) = match hanja::reading(letter) {
            Some(reading) => (reading, Some(letter)),
            None => (letter, None),
        };
        let kind = if hangul::is_syllable(letter) {
            Some(Kind::Hangul)
        } else if is_letter(letter) {
            Some(Kind::Word)
        } else {
            None
        };
        let Some(kind) = kind else {
            let follows = letters.peek().map(|next| next.letter);
            let last = open.as_ref().and_then(|token| token.text.chars().next_back());
            // 350,000 is one number, and Korea's one word, whose form is that of a plural.
            let thousands = letter == ','
                && last.is_some_and(|letter| letter.is_ascii_digit())
                && follows.is_some_and(|letter| letter.is_ascii_digit());
            let apostrophe = matches!(letter, '\'' | '\u{2019}' | '\u{2bc}')
                && last.is_some_and(is_letter)
                && follows.is_some_and(is_letter);
            if !(thousands || apostrophe) {
                let closed = open.take();
                gap = if closed.is_some() && is_joiner(letter) { Gap::Sign } else { Gap::Wide };
                tokens.extend(closed);
            }
            continue;
        };
        if open.as_ref().is_some_and(|token| token.kind != kind || token.offsets.len() > LONGEST) {
            tokens.extend(open.take());
            gap = Gap::None;
        }
        let token = open.get_or_insert_with(|| Token {
            text: String::new(),
            kind,
            offsets: vec![start],
            joined: std::mem::replace(&mut gap, Gap::Wide) == Gap::Sign
                && tokens.last().is_some_and(|last: &Token| last.kind == Kind::Word)
                && kind == Kind::Word,
            hanja: None,
        });
        if let Some(printed) = printed {
            token.hanja.get_or_insert_with(|| token.text.clone()).push(printed);
        } else if let Some(hanja) = &mut token.hanja {
            hanja.push(letter);
        }
        token.text.push(letter);
        token.offsets.pop();
        token.offsets.extend([start, end]);
    }
    tokens.extend(open);
    tokens
}

/// Whether a folded letter belongs to a word. Blocks of signs instead of the tables of Unicode, which have 3 kB: only of
/// scripts that a ministry of foreign affairs does not write, some signs are taken for letters.
pub(super) fn is_letter(letter: char) -> bool {
    match letter {
        '\0'..='\u{7f}' => letter.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' => matches!(letter, 'ª' | 'µ' | 'º'),
        '×' | '÷' | '\u{37e}' | '\u{387}' | '\u{589}' | '\u{5be}' | '\u{60c}' | '\u{61b}'
        | '\u{61f}' | '\u{6d4}' => false,
        '\u{964}' | '\u{965}' | '\u{10fb}' | '\u{1680}' | '\u{180e}' => false,
        '\u{2000}'..='\u{206f}'
        | '\u{20a0}'..='\u{20cf}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{2e00}'..='\u{2e7f}' => false,
        '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{3030}'
        | '\u{303d}'
        | '\u{30a0}'
        | '\u{30fb}' => false,
        '\u{e000}'..='\u{f8ff}'
        | '\u{fd3e}'
        | '\u{fd3f}'
        | '\u{fe10}'..='\u{fe6f}'
        | '\u{fff0}'..='\u{ffff}' => false,
        '\u{1f000}'..='\u{1faff}' | '\u{e0000}'.. => false,
        _ => true,
    }
}

/// What stands between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing: letters of two kinds meet.
    None,
    /// One sign as it stands in codes.
    Sign,
    Wide,
}

/// Signs that hold a code together.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '-' | '.' | '/' | '_' | '&' | ':' | '+' | '@' | '\u{2010}'..='\u{2013}')
}

/// Puts tokens that only signs of codes divide together, each with the number of tokens it is made of: `covid19`.
/// Between digits the sign stays as a point, or 3.5 would be 35.
pub(super) fn compounds(tokens: &[Token]) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = tokens.get(at + 1..).unwrap_or_default();
        let parts = 1 + rest.iter().take_while(|token| token.joined).count();
        if (2..=6).contains(&parts) {
            let mut whole = String::new();
            for token in tokens.get(at..at + parts).unwrap_or_default() {
                let digit =
                    |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
                if digit(whole.chars().next_back()) && digit(token.text.chars().next()) {
                    whole.push('.');
                }
                whole.push_str(&token.text);
            }
            if whole.len() <= LONGEST {
                found.push((at, parts, whole));
            }
        }
        at += parts;
    }
    found
}

#[cfg(test)]
mod tests;
