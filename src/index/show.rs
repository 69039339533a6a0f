//! The text of a release and the clauses of a query → what is shown of a hit.

use super::Fold;
use super::clauses::{Clause, What};
use super::format::{Passage, Shown};
use super::order::sort;
use super::terms::begins;
use super::words::{Kind, Token, compounds, dates, english, hangul, particles, tokens};
use crate::model::{Hit, Piece};

/// Length of an excerpt in letters: two to three lines of a list.
const EXCERPT: usize = 150;

/// Whether the passages of a text that are not shown at once are needed: nothing of what is asked for stands in the
/// others, nor in the head.
pub(super) fn needs_rest(shown: &Shown, clauses: &[&Clause], fold: Fold) -> bool {
    let stands = |text: &str| !marks(text, clauses, fold).0.is_empty();
    let head = [&shown.title].into_iter().chain(&shown.decks);
    shown.more
        && !head.chain(shown.body.iter().map(|passage| &passage.text)).any(|text| stands(text))
}

/// A hit as it is shown, with the best of these passages.
pub(super) fn hit(shown: &Shown, body: &[Passage], clauses: &[&Clause], fold: Fold) -> Hit {
    let marks = |text: &str| marks(text, clauses, fold);
    let mut best: Option<(usize, f32)> = None;
    let mut found = Vec::new();
    for (at, passage) in body.iter().enumerate() {
        let (marks, value) = marks(&passage.text);
        if value > best.map_or(0.0, |(_, value)| value) {
            best = Some((at, value));
            found = marks;
        }
    }
    let passage = best.and_then(|(at, _)| body.get(at));
    let (text, marks_of_text) = match passage {
        Some(passage) => (passage.text.as_str(), found),
        // It matches in its head alone: the deck if that has it, else the first words.
        None => {
            let decks = shown.decks.iter().map(|deck| (deck.as_str(), marks(deck).0));
            let deck = decks.into_iter().find(|(_, marks)| !marks.is_empty());
            let first = shown.body.first().map_or("", |passage| passage.text.as_str());
            deck.unwrap_or((shown.decks.first().map_or(first, String::as_str), Vec::new()))
        }
    };
    let block = passage.filter(|passage| !passage.id.is_empty());
    Hit {
        id: shown.id.clone(),
        title: pieces(&shown.title, 0, shown.title.len(), &marks(&shown.title).0),
        lang: shown.lang.clone(),
        date: shown.date,
        section: shown.section.clone(),
        department: shown.department.clone(),
        attachments: shown.attachments,
        withdrawn: shown.withdrawn,
        excerpt: excerpt(text, &marks_of_text),
        block: block.map(|passage| (passage.id.clone(), passage.marker.clone())),
    }
}

/// Stretches of a text, from and to, in ascending order; they do not overlap.
type Marks = Vec<(usize, usize)>;

/// Where a text has what is asked for, and how much of it.
fn marks(text: &str, clauses: &[&Clause], fold: Fold) -> (Marks, f32) {
    let tokens = tokens(text, fold);
    let mut marks: Marks = Vec::new();
    let mut value = 0.0;
    for clause in clauses {
        let found = places(&tokens, &clause.what);
        if !found.is_empty() {
            // Other clauses count more than the same one again.
            value += if clause.is_weak() { 0.1 } else { 1.0 } + found.len().min(5) as f32 / 100.0;
        }
        marks.extend(found);
    }
    sort(&mut marks, |(from, _)| *from as u64);
    let mut apart: Marks = Vec::new();
    for (from, to) in marks {
        match apart.last_mut() {
            Some((_, end)) if from < *end => *end = to.max(*end),
            _ => apart.push((from, to)),
        }
    }
    (apart, value)
}

/// Where tokens have a clause.
fn places(tokens: &[Token], what: &What) -> Marks {
    let range = |from: &Token, to: &Token| (from.range().start, to.range().end);
    let of = |fits: &dyn Fn(&Token) -> bool| -> Marks {
        tokens.iter().filter(|token| fits(token)).map(|token| range(token, token)).collect()
    };
    let spans = |found: Vec<(usize, usize, String)>, wanted: &str| -> Marks {
        let own = found.into_iter().filter(|(.., whole)| whole == wanted);
        own.filter_map(|(at, parts, _)| Some(range(tokens.get(at)?, tokens.get(at + parts - 1)?)))
            .collect()
    };
    match what {
        What::Hangul(word, half) => {
            let whole = if half.is_none() { syllables(tokens, word, None) } else { Marks::new() };
            let bare = particles::stem(word).filter(|_| half.is_none()).unwrap_or(word);
            let mut found = syllables(tokens, bare, *half);
            // Where all of it stands, all of it is marked.
            for mark in &mut found {
                if let Some(longer) = whole.iter().find(|(from, _)| *from == mark.0) {
                    *mark = *longer;
                }
            }
            found
        }
        What::Initials(initials) => of(&|token| {
            let own: String = token.text.chars().filter_map(hangul::initial).collect();
            own.starts_with(initials.as_str())
                || initials.starts_with(&own) && own.chars().nth(1).is_some()
        }),
        What::Word(word) => {
            let stem = english::stem(word);
            let whole = of(&|token| {
                token.text == *word
                    || token.kind == Kind::Word && english::stem(&token.text) == stem
                    || token.hanja.as_ref() == Some(word)
            });
            if whole.is_empty() && word.chars().nth(1).is_some() {
                return of(&|token| {
                    token.kind == Kind::Word && token.text.starts_with(word.as_str())
                });
            }
            whole
        }
        What::Code(whole, parts) => {
            let mut found = spans(compounds(tokens), whole);
            found.extend(of(&|token| token.text == *whole));
            if found.is_empty() {
                found = of(&|token| parts.contains(&token.text));
            }
            found
        }
        What::Date(date) => spans(dates::dates(tokens), date),
        What::Phrase(words) => {
            let mut found = Vec::new();
            for window in tokens.windows(words.len().max(1)).filter(|window| begins(window, words))
            {
                if let (Some(first), Some(last)) = (window.first(), window.last()) {
                    found.push(range(first, last));
                }
            }
            found
        }
    }
}

/// Where syllables follow one another, also over spaces; where one is half typed, with its whole syllable.
fn syllables(tokens: &[Token], word: &str, half: Option<char>) -> Marks {
    let mut stream: Vec<(char, usize, usize)> = Vec::new();
    for token in tokens {
        match token.kind {
            // Nothing that is asked for has this letter.
            Kind::Word => stream.push((' ', 0, 0)),
            Kind::Hangul => {
                stream.extend(token.text.chars().zip(token.offsets.windows(2)).filter_map(
                    |(letter, two)| match two {
                        [from, to] => Some((letter, *from as usize, *to as usize)),
                        _ => None,
                    },
                ))
            }
        }
    }
    let wanted: Vec<char> = word.chars().collect();
    let length = wanted.len() + usize::from(half.is_some());
    let mut found: Marks = Vec::new();
    let mut free = 0;
    for (at, window) in stream.windows(length.max(1)).enumerate() {
        let mut letters = window.iter().map(|(letter, ..)| *letter);
        let fits = letters.clone().zip(&wanted).all(|(letter, wanted)| letter == *wanted)
            && half.is_none_or(|half| letters.next_back().and_then(hangul::initial) == Some(half));
        if let (true, true, Some(first), Some(last)) =
            (at >= free, fits, window.first(), window.last())
        {
            found.push((first.1, last.2));
            free = at + length;
        }
    }
    found
}

/// Cuts a text around its first marks.
fn excerpt(text: &str, marks: &[(usize, usize)]) -> Vec<Piece> {
    let first = marks.first().map_or(0, |(from, _)| *from);
    let before = text.get(..first).unwrap_or_default();
    let start = if before.char_indices().nth(EXCERPT / 2).is_none() {
        0
    } else {
        let near = before.char_indices().rev().nth(EXCERPT / 3).map_or(0, |(at, _)| at);
        let gap = before.char_indices().find(|(at, letter)| *at >= near && *letter == ' ');
        gap.map_or(near, |(at, _)| at + 1)
    };
    let rest = text.get(start..).unwrap_or_default();
    let end = match rest.char_indices().nth(EXCERPT) {
        Some((long, _)) => {
            let gap = rest
                .char_indices()
                .take_while(|(at, _)| *at < long)
                .filter(|(_, letter)| *letter == ' ')
                .last();
            start + gap.map_or(long, |(at, _)| at)
        }
        None => text.len(),
    };
    // A reader sees where a sentence is not whole.
    let more = |text: &str| Piece { text: text.to_owned(), mark: false };
    let mut cut = pieces(text, start, end, marks);
    if start > 0 {
        cut.insert(0, more("… "));
    }
    if end < text.len() {
        cut.push(more("…"));
    }
    cut
}

/// A stretch of a text, cut where marks begin and end.
fn pieces(text: &str, start: usize, end: usize, marks: &[(usize, usize)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |from: usize, to: usize, mark: bool| {
        if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), mark });
        }
    };
    let mut at = start;
    for (from, to) in marks {
        let (from, to) = ((*from).clamp(at, end), (*to).clamp(at, end));
        if from < to {
            push(at, from, false);
            push(from, to, true);
            at = to;
        }
    }
    push(at, end, false);
    pieces
}
