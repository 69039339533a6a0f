//! A clause → the releases that have it, and how well (BM25F: Robertson, Zaragoza, “The Probabilistic Relevance
//! Framework”, 3.5).

mod hangul;
mod latin;
mod phrase;

pub(super) use hangul::beside;
pub(super) use phrase::begins;

use super::Fold;
use super::clauses::What;
use super::format::{DECK, MOST, Tree, Words, read_ends, read_words};
use super::join::{all_there, join};
use super::library::{Library, Needs};
use super::mentions::{INITIALS, TITLE_BEGINS};
use super::order::{sort, unite};

/// A release that has a clause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) number: u32,
    pub(super) score: f32,
    /// Whether all of it is there, not only a part.
    pub(super) full: bool,
    /// Where it stands in the title.
    pub(super) spans: Spans,
}

/// The first places of a clause in a title, and its length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spans {
    starts: [u8; 4],
    count: u8,
    length: u8,
}

impl Spans {
    fn add(&mut self, places: &[u32], length: u32) {
        for place in places {
            if let (Ok(place @ ..=254), Some(free)) =
                (u8::try_from(*place), self.starts.get_mut(usize::from(self.count)))
            {
                *free = place;
                self.count += 1;
            }
        }
        self.length = u8::try_from(length).unwrap_or(u8::MAX);
    }

    fn starts(&self) -> impl Iterator<Item = u32> {
        self.starts.iter().take(usize::from(self.count)).map(|start| u32::from(*start))
    }

    /// How near another clause, which is asked for after this one, stands: 1 right behind it, 0 if one of both is not
    /// there. In the other order it counts less.
    fn nearness(&self, next: &Self) -> f32 {
        let mut best = 0.0f32;
        for start in self.starts() {
            let end = start + u32::from(self.length);
            for other in next.starts() {
                let near = match other.checked_sub(end) {
                    Some(gap) => 1.0 / (1.0 + gap as f32 * GAP),
                    None => BACKWARDS / (1.0 + start.abs_diff(other) as f32 * GAP),
                };
                best = best.max(near);
            }
        }
        best
    }
}

/// A word in a title counts as so many in a text; with less, long texts win over what they are about.
const TITLE: f32 = 9.0;
const SUBTITLE: f32 = 3.0;
/// How fast more of the same says no more (BM25: k1).
const SATURATION: f32 = 1.2;
/// How much a long title weakens its words, 0 to 1 (BM25: b).
const LENGTH: f32 = 0.4;
/// Length class of a usual title.
const USUAL: f32 = 3.0;

/// What two clauses right behind one another count, beside themselves.
const NEAR: f32 = 0.5;
/// What they count in the other order.
const BACKWARDS: f32 = 0.5;
/// How fast that falls with the words between them.
const GAP: f32 = 0.25;

/// What a release has of a clause.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Strength {
    title: f32,
    /// Length class of the title.
    class: u32,
    deck: f32,
    text: f32,
    spans: Spans,
}

impl Strength {
    fn add_head(&mut self, class: u32, places: &[u32], length: u32, weight: f32) {
        let title = places.iter().filter(|place| **place < DECK).count() as f32;
        self.title += title * weight;
        self.deck += (places.len() as f32 - title) * weight;
        self.class = class;
        self.spans.add(places, length);
    }

    /// Between 0 and 1.
    fn value(&self) -> f32 {
        let long = 1.0 - LENGTH + LENGTH * self.class as f32 / USUAL;
        let all = TITLE * self.title.min(2.0) / long + SUBTITLE * self.deck.min(2.0) + self.text;
        all / (all + SATURATION)
    }
}

/// How much a clause says that so many of all releases have.
fn rarity(all: u32, having: usize) -> f32 {
    let having = having as f32;
    (1.0 + (all as f32 - having + 0.5).max(0.5) / (having + 0.5)).ln()
}

/// The releases that have a clause, by number. The last one may be the beginning of a word. `None` if pieces are missing,
/// which are then needed.
pub(super) fn matches(
    library: &mut Library,
    what: &What,
    last: bool,
    fold: Fold,
    needs: &mut Needs,
) -> Option<Vec<Match>> {
    match what {
        What::Hangul(word, half) => hangul::matches(library, word, *half, needs),
        What::Initials(initials) => {
            // A title has eight of them at the most: what is longer begins as it does.
            let begin: String = initials.chars().take(INITIALS).collect();
            let first = join(&[TITLE_BEGINS, &begin]);
            let [first, found] = [first, begin]
                .map(|key| library.range(Tree::Ends, &key, &join(&[&key, "\u{11ff}"]), 6, needs));
            let all = library.count(needs)?;
            let mut numbers: Vec<(u32, f32)> = Vec::new();
            for (entries, weight) in [(first?, 2.0), (found?, 1.0)] {
                for (_, value) in entries {
                    numbers.extend(read_ends(&value)?.into_iter().map(|number| (number, weight)));
                }
            }
            sort(&mut numbers, |(number, _)| u64::from(*number));
            unite(&mut numbers, &|weight, more| *weight = weight.max(more));
            let strength = |title| Strength { title, ..Strength::default() };
            let found = numbers.into_iter().map(|(number, title)| (number, strength(title)));
            Some(scored(all, found.collect()))
        }
        What::Word(word) => latin::matches(library, word, last, needs),
        What::Code(whole, parts) => {
            let found = latin::matches(library, whole, false, needs);
            let parts: Vec<Option<Vec<Match>>> =
                parts.iter().map(|part| latin::matches(library, part, false, needs)).collect();
            let (mut found, parts) = (found?, all_there(parts)?);
            for other in all_of(&parts) {
                if let Err(at) = found.binary_search_by_key(&other.number, |found| found.number) {
                    found.insert(at, Match { score: other.score * 0.5, ..other });
                }
            }
            Some(found)
        }
        What::Date(date) => {
            let all = library.count(needs)?;
            let words = words(library, date, needs)?;
            Some(of_words(all, &[(words, 1.0)]))
        }
        What::Phrase(tokens) => phrase::matches(library, tokens, fold, needs),
    }
}

/// What the index says of a key.
fn words(library: &mut Library, key: &str, needs: &mut Needs) -> Option<Words> {
    let value = library.value(Tree::Words, key, needs)?;
    if value.is_empty() { Some(Words::default()) } else { read_words(&value) }
}

/// Releases that have any of some words, each with a weight.
fn of_words(all: u32, words: &[(Words, f32)]) -> Vec<Match> {
    let mut found: Vec<(u32, Strength)> = Vec::new();
    for (words, weight) in words {
        for (number, class, places) in &words.heads {
            let mut strength = Strength::default();
            strength.add_head(*class, places, 1, *weight);
            found.push((*number, strength));
        }
        for (number, count) in &words.texts {
            let text = (*count).min(MOST) as f32 * weight;
            found.push((*number, Strength { text, ..Strength::default() }));
        }
    }
    sort(&mut found, |(number, _)| u64::from(*number));
    unite(&mut found, &|strength: &mut Strength, other: Strength| {
        strength.title += other.title;
        strength.deck += other.deck;
        strength.text += other.text;
        strength.class = strength.class.max(other.class);
        for start in other.spans.starts() {
            strength.spans.add(&[start], 1);
        }
    });
    scored(all, found)
}

/// Releases that have a whole clause, by what they have of it.
fn scored(all: u32, found: Vec<(u32, Strength)>) -> Vec<Match> {
    let rarity = rarity(all, found.len());
    let mut matches = Vec::with_capacity(found.len());
    for (number, strength) in found {
        let score = rarity * strength.value();
        matches.push(Match { number, score, full: true, spans: strength.spans });
    }
    matches
}

/// The releases that have all of some clauses, with the sum of their scores.
pub(super) fn all_of(clauses: &[Vec<Match>]) -> Vec<Match> {
    let Some((first, others)) = clauses.split_first() else { return Vec::new() };
    let mut found: Vec<Match> = first.iter().filter(|found| found.full).copied().collect();
    for other in others {
        let mut rest = other.iter().filter(|found| found.full).peekable();
        found.retain_mut(|found| {
            while rest.next_if(|other| other.number < found.number).is_some() {}
            let other = rest.peek().filter(|other| other.number == found.number);
            let Some(other) = other else { return false };
            found.score += other.score + NEAR * found.spans.nearness(&other.spans) * other.score;
            found.spans = other.spans;
            true
        });
    }
    found
}
