//! What a key of a tree leads to: the releases that mention it.
//!
//! A *payload* is what one release says of a key, in plain numbers, for builders that sort and merge. A *value* is what
//! all releases say of it, in few bits.

use super::Tree;
use super::bits::{BitReader, BitWriter, best_parameter, put_varint, take_bytes, take_varint};

/// Highest count of a word in a text that is kept: more says nothing more.
pub(in crate::index) const MOST: u32 = 15;

/// What one release says of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct Word {
    /// Its places in title and decks ([`DECK`](super::DECK) is the first one of the decks).
    pub(in crate::index) head: Vec<u32>,
    /// Length of the title in eighths of letters or words, at most 7. 0 without a head.
    pub(in crate::index) title: u32,
    /// How often the text has it, at most [`MOST`].
    pub(in crate::index) count: u32,
    /// Where in the text words begin that are found by it, counted in words.
    pub(in crate::index) places: Vec<u32>,
}

impl Word {
    pub(in crate::index) fn payload(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4 + self.head.len() + self.places.len());
        bytes.push(self.count.min(MOST) as u8 | (self.title.min(7) as u8) << 4);
        put_varint(&mut bytes, self.head.len() as u32);
        put_gaps(&mut bytes, &self.head);
        put_gaps(&mut bytes, &self.places);
        bytes
    }
}

/// Ascending numbers as the steps between them.
fn put_gaps(bytes: &mut Vec<u8>, places: &[u32]) {
    let mut last = 0;
    for place in places {
        put_varint(bytes, place - last);
        last = *place;
    }
}

/// What all releases say of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// Which they are, and how well they answer.
    pub main: Vec<u8>,
    /// Of words: where in their texts. Only phrases need it, so it stands in a piece of its own.
    pub places: Vec<u8>,
}

/// Writes what releases, by ascending number, say of a key. The payloads are those of [`mentions`](super::mentions).
#[must_use]
pub fn encode_value(tree: Tree, mentions: &[(u32, &[u8])]) -> Value {
    let mut bits = BitWriter::default();
    let mut places = Vec::new();
    match tree {
        Tree::Words => {
            let (said, all) = spread(mentions);
            let (heads, texts) = (
                || said.iter().filter(|said| said.heads > 0),
                || said.iter().filter(|said| said.count > 0),
            );
            let mut steps = Vec::with_capacity(said.len());
            let parameter = numbers(&mut bits, &mut steps, heads().map(|said| said.number));
            for (said, step) in heads().zip(&steps) {
                bits.rice(*step, parameter);
                bits.bits(said.title, 3);
                bits.gamma(said.heads as u32);
                for step in all.get(said.start..said.start + said.heads).unwrap_or_default() {
                    bits.rice(*step, 4);
                }
            }
            let parameter = numbers(&mut bits, &mut steps, texts().map(|said| said.number));
            for (said, step) in texts().zip(&steps) {
                bits.rice(*step, parameter);
                bits.gamma(said.count);
            }
            let of = |said: &Said| all.get(said.start + said.heads..said.end).unwrap_or_default();
            let words: Vec<(u32, &[u32])> = texts().map(|said| (said.count, of(said))).collect();
            places = encode_places(&words);
        }
        Tree::Ends => {
            let mut steps = Vec::with_capacity(mentions.len());
            let parameter =
                numbers(&mut bits, &mut steps, mentions.iter().map(|(number, _)| *number));
            steps.iter().for_each(|step| bits.rice(*step, parameter));
        }
        // Releases of a month follow one another: the first one, and how many each day has.
        Tree::Days => {
            let mut bytes = Vec::new();
            put_varint(&mut bytes, mentions.first().map_or(0, |(number, _)| *number));
            let day = |payload: &[u8]| payload.first().copied().unwrap_or(0);
            let last = mentions.iter().map(|(_, payload)| day(payload)).max().unwrap_or(0);
            for today in 0..=last {
                let count = mentions.iter().filter(|(_, payload)| day(payload) == today).count();
                put_varint(&mut bytes, count as u32);
            }
            return Value { main: bytes, places };
        }
    }
    Value { main: bits.finish(), places }
}

/// What one release says, as a builder reads it: the steps between its places stand with those of others.
struct Said {
    number: u32,
    title: u32,
    count: u32,
    start: usize,
    /// So many of the steps are those of the head.
    heads: usize,
    end: usize,
}

/// Reads payloads. What is none is left out.
fn spread(mentions: &[(u32, &[u8])]) -> (Vec<Said>, Vec<u32>) {
    let mut steps = Vec::with_capacity(mentions.len() * 2);
    let mut all = Vec::with_capacity(mentions.len());
    for (number, payload) in mentions {
        let Some((first, mut rest)) = payload.split_first() else { continue };
        let Some(heads) = take_varint(&mut rest) else { continue };
        let start = steps.len();
        while let Some(step) = take_varint(&mut rest) {
            steps.push(step);
        }
        let heads = (heads as usize).min(steps.len() - start);
        let (title, count) = (u32::from(first >> 4), u32::from(first & 15));
        all.push(Said { number: *number, title, count, start, heads, end: steps.len() });
    }
    (all, steps)
}

/// Writes the places of a word in the texts that have it, in their order: counts, and steps between places. How many
/// there are is known from the counts where each mention begins a word, as all but those of pairs of syllables do.
fn encode_places(words: &[(u32, &[u32])]) -> Vec<u8> {
    if words.iter().all(|(_, places)| places.is_empty()) {
        return Vec::new();
    }
    let mut bits = BitWriter::default();
    let all = words.iter().all(|(count, places)| {
        places.len() == *count as usize || *count >= MOST && places.len() >= MOST as usize
    });
    bits.bits(u32::from(all), 1);
    let firsts: Vec<u32> = words.iter().filter_map(|(_, places)| places.first()).copied().collect();
    let others: Vec<u32> =
        words.iter().flat_map(|(_, places)| places.iter().skip(1)).copied().collect();
    let mut parameters = [PLACES, 0];
    if !matches!(words, [(1, _)]) {
        parameters = [best_parameter(&firsts), best_parameter(&others)];
        parameters.iter().for_each(|parameter| bits.bits(*parameter, 5));
    }
    let [first, other] = parameters;
    for (said, places) in words {
        let count = places.len() as u32;
        match (all, *said) {
            (true, MOST..) => bits.gamma(count - MOST + 1),
            (true, _) => {}
            (false, 1) => bits.bits(count, 1),
            (false, _) => bits.gamma(count + 1),
        }
        let parameters = [first].into_iter().chain(std::iter::repeat(other));
        places.iter().zip(parameters).for_each(|(step, parameter)| bits.rice(*step, parameter));
    }
    bits.finish()
}

/// The parameter of the only place of a word: most texts have some hundred words.
const PLACES: u32 = 8;

/// The places of a word, for each of the releases whose texts have it.
pub(in crate::index) fn read_places(texts: &[(u32, u32)], bytes: &[u8]) -> Option<Vec<Vec<u32>>> {
    if bytes.is_empty() {
        return Some(vec![Vec::new(); texts.len()]);
    }
    let mut bits = BitReader::new(bytes);
    let all = bits.bits(1)? == 1;
    // The first place of a text may be anywhere; others are near one another.
    let [first, other] = match texts {
        [(_, 1)] => [PLACES, 0],
        _ => [bits.bits(5)?, bits.bits(5)?],
    };
    texts
        .iter()
        .map(|(_, count)| {
            let count = match (all, *count) {
                (true, MOST..) => bits.gamma()?.checked_add(MOST)?.checked_sub(1)?,
                (true, count) => count,
                (false, 1) => bits.bits(1)?,
                (false, _) => bits.gamma()? - 1,
            };
            steps(&mut bits, [first, other], count)
        })
        .collect()
}

/// Writes how many numbers there are, and the parameter of the steps between them, which are put into `steps`.
fn numbers(bits: &mut BitWriter, steps: &mut Vec<u32>, numbers: impl Iterator<Item = u32>) -> u32 {
    steps.clear();
    let mut next = 0;
    steps.extend(numbers.map(|number| number - std::mem::replace(&mut next, number + 1)));
    let parameter = best_parameter(steps);
    bits.gamma(steps.len() as u32 + 1);
    if !steps.is_empty() {
        bits.bits(parameter, 5);
    }
    parameter
}

/// Reads how many numbers there are, and their parameter.
fn read_numbers(bits: &mut BitReader<'_>) -> Option<(u32, u32)> {
    let count = bits.gamma()? - 1;
    Some((count, if count == 0 { 0 } else { bits.bits(5)? }))
}

fn read_step(bits: &mut BitReader<'_>, last: &mut Option<u32>, parameter: u32) -> Option<u32> {
    let step = bits.rice(parameter)?;
    let number = match *last {
        Some(last) => last.checked_add(step)?.checked_add(1)?,
        None => step,
    };
    *last = Some(number);
    Some(number)
}

/// What releases say of a word: in their heads, and in their texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct Words {
    /// Number, length class of the title, places.
    pub(in crate::index) heads: Vec<(u32, u32, Vec<u32>)>,
    /// Number, count.
    pub(in crate::index) texts: Vec<(u32, u32)>,
}

pub(in crate::index) fn read_words(value: &[u8]) -> Option<Words> {
    words(&mut BitReader::new(value))
}

fn words(bits: &mut BitReader<'_>) -> Option<Words> {
    let mut words = Words::default();
    let (count, parameter) = read_numbers(bits)?;
    let mut last = None;
    for _ in 0..count {
        let number = read_step(bits, &mut last, parameter)?;
        let title = bits.bits(3)?;
        let count = bits.gamma()?;
        let places = steps(bits, [4, 4], count)?;
        words.heads.push((number, title, places));
    }
    let (count, parameter) = read_numbers(bits)?;
    let mut last = None;
    for _ in 0..count {
        let number = read_step(bits, &mut last, parameter)?;
        words.texts.push((number, bits.gamma()?));
    }
    Some(words)
}

/// Reads ascending numbers, of whose steps the first one has a parameter of its own.
fn steps(bits: &mut BitReader<'_>, parameters: [u32; 2], count: u32) -> Option<Vec<u32>> {
    let [mut parameter, other] = parameters;
    let mut places = Vec::new();
    let mut last = 0u32;
    for _ in 0..count {
        last = last.checked_add(bits.rice(parameter)?)?;
        places.push(last);
        parameter = other;
    }
    Some(places)
}

/// Numbers of the releases that have a word in their titles.
pub(in crate::index) fn read_ends(value: &[u8]) -> Option<Vec<u32>> {
    ends(&mut BitReader::new(value))
}

fn ends(bits: &mut BitReader<'_>) -> Option<Vec<u32>> {
    let (count, parameter) = read_numbers(bits)?;
    let mut last = None;
    (0..count).map(|_| read_step(bits, &mut last, parameter)).collect()
}

/// Takes the main part of a value off the front. That of words and ends tells itself where it ends.
pub(super) fn take_value<'a>(tree: Tree, bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let mut bits = BitReader::new(bytes);
    let length = match tree {
        Tree::Words => words(&mut bits).map(|_| bits.read())?,
        Tree::Ends => ends(&mut bits).map(|_| bits.read())?,
        Tree::Days => take_varint(bytes)? as usize,
    };
    take_bytes(bytes, length)
}

/// The first release of a month, and how many each of its days has; day 0 has those without a date.
pub(in crate::index) fn read_days(mut value: &[u8]) -> Option<(u32, Vec<u32>)> {
    let first = take_varint(&mut value)?;
    let mut counts = Vec::new();
    while !value.is_empty() {
        counts.push(take_varint(&mut value)?);
    }
    Some((first, counts))
}

/// The inverse of [`encode_value`]. `None` if these are not its bytes.
#[must_use]
pub fn decode_value(tree: Tree, value: &Value) -> Option<Vec<(u32, Vec<u8>)>> {
    let mut found: Vec<(u32, Vec<u8>)> = Vec::new();
    match tree {
        Tree::Words => {
            let words = read_words(&value.main)?;
            let places = read_places(&words.texts, &value.places)?;
            let mut merged: Vec<(u32, Word)> = words
                .heads
                .into_iter()
                .map(|(number, title, head)| (number, Word { head, title, ..Word::default() }))
                .collect();
            let known = merged.len();
            for ((number, count), places) in words.texts.into_iter().zip(places) {
                match merged.get(..known)?.binary_search_by_key(&number, |(number, _)| *number) {
                    Ok(at) => {
                        (merged.get_mut(at)?.1.count, merged.get_mut(at)?.1.places) =
                            (count, places)
                    }
                    Err(_) => merged.push((number, Word { count, places, ..Word::default() })),
                }
            }
            merged.sort_by_key(|(number, _)| *number);
            found.extend(merged.into_iter().map(|(number, word)| (number, word.payload())));
        }
        Tree::Ends => {
            found.extend(read_ends(&value.main)?.into_iter().map(|number| (number, Vec::new())));
        }
        Tree::Days => {
            let (mut number, counts) = read_days(&value.main)?;
            for (day, count) in counts.into_iter().enumerate() {
                for _ in 0..count {
                    found.push((number, vec![u8::try_from(day).ok()?]));
                    number = number.checked_add(1)?;
                }
            }
        }
    }
    Some(found)
}
