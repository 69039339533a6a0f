//! A release → what it says of each key of the index.
//!
//! Hangul is indexed by pairs of syllables, which need no dictionary: 한미동맹 is 한미 + 미동 + 동맹, and 한미 동맹 the same
//! but for the pair that a space divides, which has a key of its own ([`pair`]). In titles each pair has its place, so
//! that a whole word can be told from its parts; whole words and their initial consonants have keys as well.

mod collected;

use self::collected::Collected;
use super::Fold;
use super::format::{DECK, Tree, texts};
use super::join::{decimal, join};
use super::words::{Kind, Runs, Token, compounds, dates, hangul, hanja, particles};
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

/// Goes before the initial consonants of a title: those who type them begin as it does.
pub(super) const TITLE_BEGINS: &str = "^";

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
    [join(&["<", word]), join(&[">", &word.chars().rev().collect::<String>()])]
}

/// The key under which the place of a word in a text is kept: of a Korean word its first two syllables, since its end
/// varies.
pub(super) fn place_key<T: AsRef<str>>(token: &Token<T>) -> &str {
    let text = token.text.as_ref();
    let second = text.char_indices().nth(2).filter(|_| token.kind == Kind::Hangul);
    text.get(..second.map_or(text.len(), |(at, _)| at)).unwrap_or_default()
}

/// Keys of what can be filtered by.
pub(super) fn section_key(section: &str) -> String {
    join(&["\u{1}s", section])
}

pub(super) fn department_key(department: &str) -> String {
    join(&["\u{1}d", department])
}

pub(super) const FILES_KEY: &str = "\u{1}f";

/// The month of a day, and 0000-00 for none.
pub(super) fn month_key(date: Option<Date>) -> String {
    date.map_or_else(
        || "0000-00".to_owned(),
        |date| join(&[&decimal(date.year().into(), 4), "-", &decimal(date.month().into(), 2)]),
    )
}

/// What a release says, by tree and key, each key once.
#[must_use]
pub fn mentions(release: &Release, fold: Fold) -> Vec<Mention> {
    let mut found = Vec::new();
    Listener::default().listen(release, fold, |tree, key, payload| {
        found.push(Mention { tree, key: key.to_owned(), payload: payload.to_vec() });
    });
    found.sort_unstable();
    found
}

/// Tells what one release after the other says, in buffers that it keeps.
#[derive(Default)]
pub struct Listener {
    collected: Collected,
    runs: Runs,
}

impl Listener {
    /// Tells each key of a release once, in any order, with its payload.
    pub fn listen(
        &mut self,
        release: &Release,
        fold: Fold,
        mut say: impl FnMut(Tree, &str, &[u8]),
    ) {
        let Self { collected, runs } = self;
        collected.clear();
        let entry = &release.entry;
        let title = entry.title.as_deref().unwrap_or_default();
        runs.clear();
        runs.read(title, fold);
        head(collected, runs, 0);
        let mut deck = DECK;
        for line in &entry.decks {
            runs.clear();
            runs.read(line, fold);
            deck = head(collected, runs, deck) + BREAK;
        }
        // Phrases go on from one passage to the next, as sentences do.
        runs.clear();
        texts(release, &mut |_, text| runs.read(text, fold));
        let tokens: Vec<Token<&str>> = runs.tokens().collect();
        keys(&tokens, &mut |key, _, _| collected.count(key));
        for (place, token) in (0..).zip(&tokens) {
            collected.place(place_key(token), place);
        }
        if let Some(date) = entry.date {
            collected.count(&format!("@{}", month_key(Some(date))));
            collected.count(&format!("@{date}"));
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
        collected.tell(&mut say);
        let day = entry.date.map_or(0, |date| date.day());
        say(Tree::Days, &month_key(entry.date), &[day]);
    }
}

/// Words of title or deck, from this place on. Gives the place after them.
fn head(collected: &mut Collected, runs: &Runs, start: u32) -> u32 {
    let tokens: Vec<Token<&str>> = runs.tokens().collect();
    let places = places(&tokens, start);
    let end = places.last().copied().unwrap_or(start);
    let title = start < DECK;
    if title {
        collected.title = (end - start).div_ceil(8).min(7);
    }
    let place_of = |at: usize| places.get(at).copied().unwrap_or(end);
    keys(&tokens, &mut |key, at, after| {
        let place = place_of(at) + after;
        if !title || place <= TITLE {
            collected.head(key, place);
        }
    });
    let mut initials: Vec<String> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if title && place_of(at) > TITLE {
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
                let word = particles::stem(token.text).unwrap_or(token.text);
                if word.chars().nth(1).is_some() {
                    spelled(word).iter().for_each(|key| collected.end(key));
                }
                let letters = token.text.chars().filter_map(hangul::initial).take(INITIALS);
                initials.push(letters.collect());
            }
            Kind::Word if token.is_latin() => {
                if token.text.chars().nth(2).is_some() {
                    spelled(token.text).iter().for_each(|key| collected.end(key));
                }
            }
            Kind::Word => {}
        }
    }
    if let Some(first) = initials.first().filter(|_| title) {
        collected.end(&join(&[TITLE_BEGINS, first]));
    }
    initials.iter().for_each(|key| collected.end(key));
    end
}

/// The place of each token, where a syllable takes one and a word of other letters too; and the place after the last.
pub(super) fn places<T: AsRef<str>>(tokens: &[Token<T>], start: u32) -> Vec<u32> {
    let mut place = start;
    let mut places = Vec::with_capacity(tokens.len() + 1);
    for token in tokens {
        places.push(place);
        place += match token.kind {
            Kind::Hangul => token.text.as_ref().chars().count() as u32,
            Kind::Word => 1,
        };
    }
    places.push(place);
    places
}

/// Emits the keys of tokens: the key, the token, and how many places after its beginning.
fn keys(tokens: &[Token<&str>], emit: &mut impl FnMut(&str, usize, u32)) {
    let mut across = String::new();
    let mut before: Option<(char, u32)> = None;
    for (at, token) in tokens.iter().enumerate() {
        let last = before.take();
        match token.kind {
            Kind::Hangul => {
                // A pair stands where its first syllable does, also if that is the last one of the word before.
                if let (Some((last, after)), Some(first)) = (last, token.text.chars().next()) {
                    across.clear();
                    across.extend([last, first, '~']);
                    emit(&across, at - 1, after);
                }
                let mut starts = token.text.char_indices();
                let mut last = starts.next().map(|(_, first)| (first, 0));
                let (mut one, mut two) = (0, starts.next());
                while let Some((start, syllable)) = two {
                    two = starts.next();
                    let end = two.map_or(token.text.len(), |(end, _)| end);
                    let after = last.map_or(0, |(_, after)| after);
                    emit(token.text.get(one..end).unwrap_or_default(), at, after);
                    (one, last) = (start, Some((syllable, after + 1)));
                }
                before = last;
                if one == 0 {
                    emit(token.text, at, 0);
                }
            }
            Kind::Word => emit(token.text, at, 0),
        }
        if let Some(printed) = token.hanja {
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
