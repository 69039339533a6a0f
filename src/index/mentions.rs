//! A release → what it says of each key of the index.
//!
//! Hangul is indexed by pairs of syllables, which need no dictionary: 한미동맹 is 한미 + 미동 + 동맹, and 한미 동맹 the same
//! but for the pair that a space divides, which has a key of its own ([`pair`]). In titles each pair has its place, so
//! that a whole word can be told from its parts; whole words and their initial consonants have keys as well.

use std::collections::{BTreeMap, BTreeSet};

use super::Fold;
use super::format::{DECK, MOST, Tree, Word, body};
use super::words::{Kind, Token, compounds, dates, hangul, hanja, particles, tokens};
use crate::model::{Date, Release};

/// What one release says of one key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Where the key stands.
    pub tree: Tree,
    /// The key.
    pub key: String,
    /// What is said, for [`encode_value`](super::format::encode_value).
    pub payload: Vec<u8>,
}

/// Syllables of which initial consonants are searched for at the most.
pub(super) const INITIALS: usize = 8;

/// Places between two decks, so that no phrase goes from one to the next.
const BREAK: u32 = 4;

/// Titles longer than this are cut: their places would be taken for those of decks.
const TITLE: u32 = DECK - 1;

/// The key of two syllables of one word, or of two words that follow one another.
pub(super) fn pair(first: char, second: char, across: bool) -> String {
    let mut key = String::with_capacity(7);
    key.extend([first, second]);
    if across {
        key.push('~');
    }
    key
}

/// The keys of a whole word of a title: by its beginning, and by its end.
pub(super) fn spelled(word: &str) -> [String; 2] {
    [format!("<{word}"), format!(">{}", word.chars().rev().collect::<String>())]
}

/// The key under which the place of a word in a text is kept: of a Korean word its first two syllables, since its end
/// varies.
pub(super) fn place_key(token: &Token) -> String {
    match token.kind {
        Kind::Hangul => token.text.chars().take(2).collect(),
        Kind::Word => token.text.clone(),
    }
}

/// Keys of what can be filtered by.
pub(super) fn section_key(section: &str) -> String {
    format!("\u{1}s{section}")
}

pub(super) fn department_key(department: &str) -> String {
    format!("\u{1}d{department}")
}

pub(super) const FILES_KEY: &str = "\u{1}f";

/// The month of a day, and 0000-00 for none.
pub(super) fn month_key(date: Option<Date>) -> String {
    date.map_or_else(
        || "0000-00".to_owned(),
        |date| date.to_string().get(..7).unwrap_or_default().to_owned(),
    )
}

/// What a release says, by tree and key, each key once.
#[must_use]
pub fn mentions(release: &Release, fold: Fold) -> Vec<Mention> {
    let mut collected = Collected::default();
    let entry = &release.entry;
    let title = entry.title.as_deref().unwrap_or_default();
    collected.head(&tokens(title, fold), 0);
    let mut deck = DECK;
    for line in &entry.decks {
        deck = collected.head(&tokens(line, fold), deck) + BREAK;
    }
    // Phrases go on from one passage to the next, as sentences do.
    let text: Vec<Token> =
        body(release).iter().flat_map(|passage| tokens(&passage.text, fold)).collect();
    collected.text(&text);
    if let Some(date) = entry.date {
        let day = format!("@{date}");
        collected.count(&format!("@{}", month_key(Some(date))));
        collected.count(&day);
    }
    if let Some(section) = &entry.section {
        collected.count(&section_key(section.id.as_str()));
    }
    if let Some(department) = &entry.department {
        collected.count(&department_key(department));
    }
    if !entry.attachments.is_empty() {
        collected.count(FILES_KEY);
    }
    let Collected { words, ends, title } = collected;
    let mut found = Vec::with_capacity(words.len() + ends.len() + 1);
    for (key, mut word) in words {
        word.head.sort_unstable();
        word.head.dedup();
        word.title = if word.head.is_empty() { 0 } else { title };
        found.push(Mention { tree: Tree::Words, key, payload: word.payload() });
    }
    let end = |key| Mention { tree: Tree::Ends, key, payload: Vec::new() };
    found.extend(ends.into_iter().map(end));
    let day = entry.date.map_or(0, |date| date.day());
    found.push(Mention { tree: Tree::Days, key: month_key(entry.date), payload: vec![day] });
    found
}

#[derive(Default)]
struct Collected {
    words: BTreeMap<String, Word>,
    ends: BTreeSet<String>,
    /// Length class of the title.
    title: u32,
}

impl Collected {
    /// Words of title or deck, from this place on. Gives the place after them.
    fn head(&mut self, tokens: &[Token], start: u32) -> u32 {
        let places = places(tokens, start);
        let end = places.last().copied().unwrap_or(start);
        let title = start < DECK;
        if title {
            self.title = (end - start).div_ceil(8).min(7);
        }
        let place_of = |at: usize| places.get(at).copied().unwrap_or(end);
        keys(tokens, &mut |key, at, after| {
            let place = place_of(at) + after;
            if !title || place <= TITLE {
                self.words.entry(key.to_owned()).or_default().head.push(place);
            }
        });
        let mut initials: Vec<String> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let place = place_of(at);
            if title && place > TITLE {
                break;
            }
            for started in &mut initials {
                let missing = INITIALS.saturating_sub(started.chars().count());
                if token.kind == Kind::Hangul {
                    started.extend(token.text.chars().filter_map(hangul::initial).take(missing));
                }
            }
            match token.kind {
                Kind::Hangul => {
                    let word = particles::stem(&token.text).unwrap_or(&token.text);
                    if word.chars().nth(1).is_some() {
                        self.ends.extend(spelled(word));
                    }
                    let letters = token.text.chars().filter_map(hangul::initial).take(INITIALS);
                    initials.push(letters.collect());
                }
                Kind::Word if token.is_latin() => {
                    if token.text.chars().nth(2).is_some() {
                        self.ends.extend(spelled(&token.text));
                    }
                }
                Kind::Word => {}
            }
        }
        self.ends.extend(initials);
        end
    }

    /// Words of the text.
    fn text(&mut self, tokens: &[Token]) {
        keys(tokens, &mut |key, _, _| self.count(key));
        for (place, token) in (0..).zip(tokens) {
            self.words.entry(place_key(token)).or_default().places.push(place);
        }
    }

    fn count(&mut self, key: &str) {
        match self.words.get_mut(key) {
            Some(word) => word.count = (word.count + 1).min(MOST),
            None => {
                self.words.insert(key.to_owned(), Word { count: 1, ..Word::default() });
            }
        }
    }
}

/// The place of each token, where a syllable takes one and a word of other letters too; and the place after the last.
pub(super) fn places(tokens: &[Token], start: u32) -> Vec<u32> {
    let mut place = start;
    let mut places = Vec::with_capacity(tokens.len() + 1);
    for token in tokens {
        places.push(place);
        place += match token.kind {
            Kind::Hangul => token.text.chars().count() as u32,
            Kind::Word => 1,
        };
    }
    places.push(place);
    places
}

/// Emits the keys of tokens: the key, the token, and how many places after its beginning.
fn keys(tokens: &[Token], emit: &mut impl FnMut(&str, usize, u32)) {
    let mut before: Option<char> = None;
    for (at, token) in tokens.iter().enumerate() {
        let last = before.take();
        match token.kind {
            Kind::Hangul => {
                let mut previous = last;
                let mut across = true;
                for (after, syllable) in (0..).zip(token.text.chars()) {
                    if let Some(previous) = previous {
                        // A pair stands where its first syllable does, also if that is the last one of the word before.
                        let key = pair(previous, syllable, across);
                        match after {
                            0 => emit(&key, at - 1, tokens.get(at - 1).map_or(0, last_place)),
                            _ => emit(&key, at, after - 1),
                        }
                    }
                    (previous, across) = (Some(syllable), false);
                }
                before = previous;
                if token.text.chars().nth(1).is_none() {
                    emit(&token.text, at, 0);
                }
            }
            Kind::Word => emit(&token.text, at, 0),
        }
        if let Some(printed) = &token.hanja {
            emit(printed, at, 0);
            for (after, letter) in (0..).zip(printed.chars()) {
                let name = hanja::country(letter).unwrap_or_default();
                let syllables: Vec<char> = name.chars().collect();
                for (step, two) in (0..).zip(syllables.windows(2)) {
                    if let [first, second] = two {
                        emit(&pair(*first, *second, false), at, after + step);
                    }
                }
            }
        }
    }
    for (at, _, whole) in compounds(tokens) {
        emit(&whole, at, 0);
    }
    for (at, _, date) in dates::dates(tokens) {
        emit(&date, at, 0);
    }
}

fn last_place(token: &Token) -> u32 {
    match token.kind {
        Kind::Hangul => (token.text.chars().count() as u32).saturating_sub(1),
        Kind::Word => 0,
    }
}
