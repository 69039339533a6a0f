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

use self::folded::{Folded, folded};
use super::Fold;

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
pub(super) struct Token<Text = String> {
    /// The letters, folded.
    pub(super) text: Text,
    pub(super) kind: Kind,
    /// Where each letter of it begins in the text, and where the last one ends. Only what is shown needs it.
    pub(super) offsets: Vec<u32>,
    /// Whether only a sign of codes stands between it and the token before: `COVID-19`, `2024.7.11`.
    pub(super) joined: bool,
    /// The same as printed, where a part of it is hanja.
    pub(super) hanja: Option<Text>,
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
    let mut runs = Runs::default();
    runs.read(text, fold);
    let mut rest = runs.letters.as_slice();
    let mut tokens = Vec::with_capacity(runs.runs.len());
    for token in runs.tokens() {
        let count = token.text.chars().count();
        let (own, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        rest = after;
        let last = own.last().map(|letter| letter.end);
        tokens.push(Token {
            text: token.text.to_owned(),
            kind: token.kind,
            offsets: own.iter().map(|letter| letter.start).chain(last).collect(),
            joined: token.joined,
            hanja: token.hanja.map(str::to_owned),
        });
    }
    tokens
}

/// The tokens of texts, one behind the other in few buffers, which can be used again.
#[derive(Default)]
pub(super) struct Runs {
    /// All letters of tokens.
    text: String,
    /// The same as printed.
    printed: String,
    runs: Vec<Run>,
    /// The letters of the last text, of which those of tokens stay.
    letters: Vec<Folded>,
}

/// Where a token ends; of one that is open, where it begins.
struct Run {
    text: usize,
    printed: usize,
    kind: Kind,
    joined: bool,
    hanja: bool,
}

impl Runs {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.printed.clear();
        self.runs.clear();
    }

    /// All of them.
    pub(super) fn tokens(&self) -> impl Iterator<Item = Token<&str>> {
        let (mut text, mut printed) = (0, 0);
        self.runs.iter().map(move |run| {
            let own = self.text.get(text..run.text).unwrap_or_default();
            let hanja = self.printed.get(printed..run.printed).filter(|_| run.hanja);
            (text, printed) = (run.text, run.printed);
            Token { text: own, kind: run.kind, offsets: Vec::new(), joined: run.joined, hanja }
        })
    }

    /// Adds those of a text.
    pub(super) fn read(&mut self, text: &str, fold: Fold) {
        let mut letters = std::mem::take(&mut self.letters);
        folded(text, fold, &mut letters);
        let before = self.runs.len();
        // The token that is open, and its letters.
        let mut open: Option<Run> = None;
        let mut length = 0;
        // What stands between the last token and here, if that is a single sign.
        let mut gap = Gap::Wide;
        let mut kept = 0;
        let mut at = 0;
        while let Some(&folded) = letters.get(at) {
            at += 1;
            let printed = folded.letter;
            let reading = hanja::reading(printed);
            let letter = reading.unwrap_or(printed);
            let kind = if hangul::is_syllable(letter) {
                Kind::Hangul
            } else if is_letter(letter) {
                Kind::Word
            } else {
                let follows = letters.get(at).map(|next| next.letter);
                let last = self.text.chars().next_back().filter(|_| open.is_some());
                // 350,000 is one number, and Korea's one word, whose form is that of a plural.
                let thousands = letter == ','
                    && last.is_some_and(|letter| letter.is_ascii_digit())
                    && follows.is_some_and(|letter| letter.is_ascii_digit());
                let apostrophe = matches!(letter, '\'' | '\u{2019}' | '\u{2bc}')
                    && last.is_some_and(is_letter)
                    && follows.is_some_and(is_letter);
                if !(thousands || apostrophe) {
                    let closed = open.is_some();
                    self.close(&mut open);
                    gap = if closed && is_joiner(letter) { Gap::Sign } else { Gap::Wide };
                }
                continue;
            };
            if open.as_ref().is_some_and(|run| run.kind != kind || length >= LONGEST) {
                self.close(&mut open);
                gap = Gap::None;
            }
            let runs = self.runs.get(before..).unwrap_or_default();
            let start = self.text.len();
            let run = open.get_or_insert_with(|| {
                length = 0;
                let joined = std::mem::replace(&mut gap, Gap::Wide) == Gap::Sign
                    && runs.last().is_some_and(|last| last.kind == Kind::Word)
                    && kind == Kind::Word;
                Run { text: start, printed: 0, kind, joined, hanja: false }
            });
            if reading.is_some() && !run.hanja {
                run.hanja = true;
                self.printed.push_str(self.text.get(run.text..).unwrap_or_default());
            }
            length += 1;
            self.text.push(letter);
            if run.hanja {
                self.printed.push(printed);
            }
            if let Some(place) = letters.get_mut(kept) {
                *place = folded;
                kept += 1;
            }
        }
        self.close(&mut open);
        letters.truncate(kept);
        self.letters = letters;
    }

    fn close(&mut self, open: &mut Option<Run>) {
        let (text, printed) = (self.text.len(), self.printed.len());
        self.runs.extend(open.take().map(|run| Run { text, printed, ..run }));
    }
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
pub(super) fn compounds<T: AsRef<str>>(tokens: &[Token<T>]) -> Vec<(usize, usize, String)> {
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
                if digit(whole.chars().next_back()) && digit(token.text.as_ref().chars().next()) {
                    whole.push('.');
                }
                whole.push_str(token.text.as_ref());
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
