//! Words of Hangul: their pairs of syllables, one after the other.

use super::super::format::{DECK, MOST, Tree, Words, read_words};
use super::super::library::{Library, Needs};
use super::super::mentions::pair;
use super::super::order::{sort, unite};
use super::super::words::{hangul, particles};
use super::{Match, Spans, Strength, rarity, words};

/// Pairs of a word that are looked at: longer words are told apart by then.
const PAIRS: usize = 24;
/// Share of a word that must be there at least.
const SHARE: f32 = 0.34;
/// What a part of a word counts beside the whole.
const PART: f32 = 0.6;

/// What a release has of a word.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The pairs in its head and in its text, a bit each.
    head: u32,
    text: u32,
    /// How often the rarest pair of the text stands there.
    least: u32,
}

pub(super) fn matches(
    library: &mut Library,
    word: &str,
    half: Option<char>,
    needs: &mut Needs,
) -> Option<Vec<Match>> {
    let all = library.count(needs)?;
    let word = if half.is_some() { word } else { particles::stem(word).unwrap_or(word) };
    let syllables: Vec<char> = word.chars().collect();
    let mut lists: Vec<Option<Words>> = Vec::new();
    for two in syllables.windows(2).take(PAIRS) {
        let [first, second] = two else { continue };
        let inside = words(library, &pair(*first, *second, false), needs);
        // A word of two syllables is not two words that meet: 회담 is not in 국회 담당.
        let across = match syllables.len() {
            0..=2 => Some(Words::default()),
            _ => words(library, &pair(*first, *second, true), needs),
        };
        lists.push(inside.zip(across).map(|(inside, across)| merged(vec![inside, across])));
    }
    let last = syllables.last().copied();
    if let (Some(last), Some((from, to))) = (last, half.and_then(hangul::with_initial)) {
        let range =
            library.range(Tree::Words, &pair(last, from, false), &pair(last, to, true), 4, needs);
        let lists_of = |found: Vec<(String, Vec<u8>)>| {
            found.iter().map(|(_, value)| read_words(value)).collect::<Option<Vec<_>>>()
        };
        lists.push(range.map(|found| lists_of(found).map(merged).unwrap_or_default()));
    } else if let ([only], None) = (&*syllables, half) {
        // One syllable: alone, or as the beginning of a word.
        let (from, to) = (only.to_string(), format!("{only}\u{d7a3}~"));
        let found = library.range(Tree::Words, &from, &to, 12, needs)?;
        let inside = found.iter().filter(|(key, _)| !key.ends_with('~'));
        let found = inside.map(|(_, value)| Some((read_words(value)?, 1.0)));
        return Some(super::of_words(all, &found.collect::<Option<Vec<_>>>()?));
    }
    let lists = lists.into_iter().collect::<Option<Vec<Words>>>()?;
    Some(evaluate(all, &lists))
}

/// Several lists as one.
fn merged(lists: Vec<Words>) -> Words {
    let mut heads = Vec::new();
    let mut texts = Vec::new();
    for words in lists {
        heads.extend(
            words.heads.into_iter().map(|(number, class, places)| (number, (class, places))),
        );
        texts.extend(words.texts);
    }
    sort(&mut heads, |(number, _)| u64::from(*number));
    unite(&mut heads, &|(_, places): &mut (u32, Vec<u32>), (_, more)| {
        places.extend(more);
        sort(places, |place| u64::from(*place));
    });
    sort(&mut texts, |(number, _)| u64::from(*number));
    unite(&mut texts, &|count, more| *count += more);
    let heads = heads.into_iter().map(|(number, (class, places))| (number, class, places));
    Words { heads: heads.collect(), texts }
}

fn evaluate(all: u32, lists: &[Words]) -> Vec<Match> {
    let mut seen = vec![Seen::default(); all as usize];
    for (bit, words) in lists.iter().enumerate() {
        for (number, ..) in &words.heads {
            if let Some(seen) = seen.get_mut(*number as usize) {
                seen.head |= 1 << bit;
            }
        }
        for (number, count) in &words.texts {
            if let Some(seen) = seen.get_mut(*number as usize) {
                seen.least = if seen.text == 0 { *count } else { seen.least.min(*count) };
                seen.text |= 1 << bit;
            }
        }
    }
    let whole = (1u32 << lists.len()) - 1;
    let parts: Vec<f32> =
        lists.iter().map(|words| rarity(all, words.texts.len().max(words.heads.len()))).collect();
    let sum: f32 = parts.iter().sum();
    let share = |bits: u32| {
        let there = parts.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
        there.map(|(_, part)| part).sum::<f32>() / sum
    };
    let mut found: Vec<(u32, Option<Strength>, f32)> = Vec::new();
    for (number, seen) in (0..).zip(&seen).filter(|(_, seen)| seen.head | seen.text != 0) {
        let mut strength = Strength::default();
        if seen.head == whole {
            chain(lists, number, &mut strength);
        }
        if seen.text == whole {
            strength.text = seen.least.min(MOST) as f32;
        }
        if strength == Strength::default() {
            let (head, text) = (share(seen.head), share(seen.text));
            let part =
                |title, text| Strength { title, class: 3, text, ..Strength::default() }.value();
            let score = (head * head * part(1.0, 0.0)).max(text * text * part(0.0, 1.0));
            if head.max(text) >= SHARE {
                found.push((number, None, score));
            }
        } else {
            found.push((number, Some(strength), 0.0));
        }
    }
    let having = found.iter().filter(|(_, strength, _)| strength.is_some()).count();
    let rarity = rarity(all, having.max(1));
    let scored = |(number, strength, part): (u32, Option<Strength>, f32)| match strength {
        Some(strength) => {
            Match { number, score: rarity * strength.value(), full: true, spans: strength.spans }
        }
        None => Match { number, score: rarity * part * PART, full: false, spans: Spans::default() },
    };
    found.into_iter().map(scored).collect()
}

/// Counts the places of a head where all pairs follow one another.
fn chain(lists: &[Words], number: u32, strength: &mut Strength) {
    let places = |words: &Words| {
        let at = words.heads.binary_search_by_key(&number, |(number, ..)| *number).ok()?;
        words.heads.get(at).map(|(_, class, places)| (*class, places.clone()))
    };
    let Some((class, mut starts)) = lists.first().and_then(places) else { return };
    for (step, words) in (1..).zip(lists.iter().skip(1)) {
        let Some((_, there)) = places(words) else { return };
        starts.retain(|start| there.binary_search(&(start + step)).is_ok());
    }
    // Pairs in the title and the rest in a deck are no word: their places are far apart.
    debug_assert!(starts.iter().all(|start| *start < DECK * DECK));
    strength.add_head(class, &starts, lists.len() as u32 + 1, 1.0);
}
