//! The words of a query → what must be there, and what must not.

use super::Fold;
use super::words::{Kind, Token, compounds, dates, english, hangul, is_letter, tokens};

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// As it stands in the query.
    pub(super) text: String,
    /// Where it stands in the query.
    pub(super) place: (usize, usize),
    /// Whether it must not be there.
    pub(super) negative: bool,
    pub(super) what: What,
}

/// What a clause asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Hangul, and the initial consonant of a syllable that is not typed yet.
    Hangul(String, Option<char>),
    /// Initial consonants.
    Initials(String),
    /// A word of other letters.
    Word(String),
    /// A code: written together, or its parts.
    Code(String, Vec<String>),
    /// A day or a month, in its one form.
    Date(String),
    /// Words that follow one another.
    Phrase(Vec<Token>),
}

/// Quotation marks that begin a phrase, and those that end it.
const QUOTES: [(char, char); 4] = [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』')];

/// The clauses of a query. With `phrase`, all of it is one.
pub(super) fn clauses(words: &str, phrase: bool, fold: Fold) -> Vec<Clause> {
    let mut found = Vec::new();
    if phrase {
        let bare: String = words.chars().map(|c| if is_quote(c) { ' ' } else { c }).collect();
        push_phrase(&mut found, words, (0, words.len()), &bare, false, fold);
        return found;
    }
    let mut plain = 0;
    let mut at = 0;
    let mut before = ' ';
    while let Some(letter) = words.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = words.get(at..).unwrap_or_default();
        let next = |text: &str| text.chars().next();
        let minus = before == ' '
            && letter == '-'
            && rest.get(1..).and_then(next).is_some_and(|next| is_letter(next) || is_quote(next));
        let body = if minus { rest.get(1..).unwrap_or_default() } else { rest };
        let quote = next(body).and_then(|open| QUOTES.iter().find(|(begin, _)| *begin == open));
        let quoted = quote.and_then(|(open, close)| {
            let inner = body.get(open.len_utf8()..)?;
            let end = inner.char_indices().find(|(_, letter)| letter == close)?.0;
            Some((inner.get(..end)?, open.len_utf8() + end + close.len_utf8()))
        });
        let length = match (quoted, minus) {
            (Some((inner, length)), _) => {
                let length = usize::from(minus) + length;
                push_words(&mut found, words, plain, at, false, fold);
                push_phrase(&mut found, words, (at, at + length), inner, minus, fold);
                length
            }
            (None, true) => {
                let length = 1 + body
                    .char_indices()
                    .find(|(_, c)| *c == ' ')
                    .map_or(body.len(), |(end, _)| end);
                push_words(&mut found, words, plain, at, false, fold);
                push_words(&mut found, words, at, at + length, true, fold);
                length
            }
            (None, false) => {
                before = letter;
                at += letter.len_utf8();
                continue;
            }
        };
        before = ' ';
        at += length;
        plain = at;
    }
    push_words(&mut found, words, plain, words.len(), false, fold);
    found
}

fn is_quote(letter: char) -> bool {
    QUOTES.iter().any(|(open, close)| letter == *open || letter == *close)
}

fn push_phrase(
    found: &mut Vec<Clause>,
    words: &str,
    place: (usize, usize),
    inner: &str,
    negative: bool,
    fold: Fold,
) {
    let tokens = tokens(inner, fold);
    let text = words.get(place.0..place.1).unwrap_or_default().to_owned();
    if !tokens.is_empty() {
        found.push(Clause { text, place, negative, what: What::Phrase(tokens) });
    }
}

/// Words that may stand in any order.
fn push_words(
    found: &mut Vec<Clause>,
    words: &str,
    from: usize,
    to: usize,
    negative: bool,
    fold: Fold,
) {
    let text = words.get(from..to).unwrap_or_default();
    let tokens = tokens(text, fold);
    let dates = dates::dates(&tokens);
    let codes = compounds(&tokens);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let date = dates.iter().find(|(first, ..)| *first == at);
        let code = codes.iter().find(|(first, ..)| *first == at);
        // Letters that were folded together have one place.
        let glued = tokens.get(at + 1).filter(|next| next.range().start <= token.range().end);
        let initials = |token: &Token| token.text.chars().all(hangul::is_initial);
        let (what, parts) = if let Some((_, parts, date)) = date {
            (What::Date(date.clone()), *parts)
        } else if let Some((_, parts, whole)) = code {
            let own = tokens.get(at..at + parts).unwrap_or_default();
            (
                What::Code(whole.clone(), own.iter().map(|token| token.text.clone()).collect()),
                *parts,
            )
        } else if token.kind == Kind::Hangul {
            match glued.filter(|next| initials(next)).and_then(|next| next.text.chars().next()) {
                Some(half) => (What::Hangul(token.text.clone(), Some(half)), 2),
                None => (What::Hangul(token.text.clone(), None), 1),
            }
        } else if initials(token) {
            (What::Initials(token.text.clone()), 1)
        } else {
            (What::Word(token.text.clone()), 1)
        };
        let last = tokens.get(at + parts - 1).unwrap_or(token);
        let place = (from + token.range().start, from + last.range().end);
        // With its minus: without that it is another word.
        let (start, end) = if negative { (from, to) } else { place };
        let text = words.get(start..end).unwrap_or_default().to_owned();
        found.push(Clause { text, place, negative, what });
        at += parts;
    }
}

impl What {
    /// The same with a word in its place that may be meant.
    pub(super) fn respelled(&self, word: &str) -> Self {
        match self {
            Self::Hangul(..) => Self::Hangul(word.to_owned(), None),
            _ => Self::Word(word.to_owned()),
        }
    }
}

impl Clause {
    /// Whether it says little: a word of nearly all texts, or one syllable. Then it is asked for only if all are so.
    pub(super) fn is_weak(&self) -> bool {
        match &self.what {
            What::Word(word) => english::is_stop(word),
            What::Hangul(word, half) => half.is_none() && word.chars().nth(1).is_none(),
            _ => false,
        }
    }
}
