//! What a key of a tree leads to: the releases that mention it.
//!
//! A *payload* is what one release says of a key, in plain numbers, for builders that sort and merge. A *value* is what
//! all releases say of it, in few bits.

use super::Tree;
use super::bits::{BitReader, BitWriter, best_parameter, put_varint, take_varint};

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

    fn read(mut payload: &[u8]) -> Option<Self> {
        let (first, rest) = payload.split_first()?;
        payload = rest;
        let count = take_varint(&mut payload)? as usize;
        let head = take_gaps(&mut payload, count)?;
        let places = take_gaps(&mut payload, usize::MAX)?;
        Some(Self { head, title: u32::from(first >> 4), count: u32::from(first & 15), places })
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

fn take_gaps(bytes: &mut &[u8], most: usize) -> Option<Vec<u32>> {
    let mut places = Vec::new();
    let mut last = 0u32;
    while !bytes.is_empty() && places.len() < most {
        last = last.checked_add(take_varint(bytes)?)?;
        places.push(last);
    }
    Some(places)
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
            let words: Vec<(u32, Word)> = mentions
                .iter()
                .filter_map(|(number, payload)| Some((*number, Word::read(payload)?)))
                .collect();
            let head: Vec<&(u32, Word)> =
                words.iter().filter(|(_, word)| !word.head.is_empty()).collect();
            let parameter = numbers(&mut bits, head.iter().map(|(number, _)| *number));
            let mut last = None;
            for (number, word) in head {
                step(&mut bits, &mut last, *number, parameter);
                bits.bits(word.title, 3);
                bits.gamma(word.head.len() as u32);
                let mut before = 0;
                for place in &word.head {
                    bits.rice(place - before, 4);
                    before = *place;
                }
            }
            let texts: Vec<&(u32, Word)> =
                words.iter().filter(|(_, word)| word.count > 0).collect();
            let parameter = numbers(&mut bits, texts.iter().map(|(number, _)| *number));
            let mut last = None;
            for (number, word) in &texts {
                step(&mut bits, &mut last, *number, parameter);
                bits.gamma(word.count);
            }
            let words: Vec<&Word> = texts.iter().map(|(_, word)| word).collect();
            places = encode_places(&words);
        }
        Tree::Ends => {
            let parameter = numbers(&mut bits, mentions.iter().map(|(number, _)| *number));
            let mut last = None;
            for (number, _) in mentions {
                step(&mut bits, &mut last, *number, parameter);
            }
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

/// Writes the places of a word in the texts that have it, in their order. How many there are is known from the counts
/// where each mention begins a word, as all but those of pairs of syllables do.
fn encode_places(words: &[&Word]) -> Vec<u8> {
    if words.iter().all(|word| word.places.is_empty()) {
        return Vec::new();
    }
    let mut bits = BitWriter::default();
    let all = words.iter().all(|word| {
        word.places.len() == word.count as usize
            || word.count >= MOST && word.places.len() >= MOST as usize
    });
    let steps: Vec<u32> = words
        .iter()
        .flat_map(|word| {
            let before = [0].into_iter().chain(word.places.iter().copied());
            word.places.iter().zip(before).map(|(place, before)| place - before)
        })
        .collect();
    let parameter = best_parameter(&steps);
    bits.bits(u32::from(all), 1);
    bits.bits(parameter, 5);
    for word in words {
        let count = word.places.len() as u32;
        match (all, word.count) {
            (true, MOST..) => bits.gamma(count - MOST + 1),
            (true, _) => {}
            (false, 1) => bits.bits(count, 1),
            (false, _) => bits.gamma(count + 1),
        }
        let mut before = 0;
        for place in &word.places {
            bits.rice(place - before, parameter);
            before = *place;
        }
    }
    bits.finish()
}

/// The places of a word, for each of the releases whose texts have it.
pub(in crate::index) fn read_places(texts: &[(u32, u32)], bytes: &[u8]) -> Option<Vec<Vec<u32>>> {
    if bytes.is_empty() {
        return Some(vec![Vec::new(); texts.len()]);
    }
    let mut bits = BitReader::new(bytes);
    let all = bits.bits(1)? == 1;
    let parameter = bits.bits(5)?;
    texts
        .iter()
        .map(|(_, count)| {
            let count = match (all, *count) {
                (true, MOST..) => bits.gamma()?.checked_add(MOST)?.checked_sub(1)?,
                (true, count) => count,
                (false, 1) => bits.bits(1)?,
                (false, _) => bits.gamma()? - 1,
            };
            steps(&mut bits, parameter, count)
        })
        .collect()
}

/// Writes how many numbers there are, and the parameter of the steps between them.
fn numbers(bits: &mut BitWriter, numbers: impl Iterator<Item = u32>) -> u32 {
    let mut last = None;
    let steps: Vec<u32> = numbers
        .map(|number| {
            let step = last.map_or(number, |last: u32| number - last - 1);
            last = Some(number);
            step
        })
        .collect();
    let parameter = best_parameter(&steps);
    bits.gamma(steps.len() as u32 + 1);
    if !steps.is_empty() {
        bits.bits(parameter, 5);
    }
    parameter
}

fn step(bits: &mut BitWriter, last: &mut Option<u32>, number: u32, parameter: u32) {
    bits.rice(last.map_or(number, |last| number - last - 1), parameter);
    *last = Some(number);
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
    let mut bits = BitReader::new(value);
    let mut words = Words::default();
    let (count, parameter) = read_numbers(&mut bits)?;
    let mut last = None;
    for _ in 0..count {
        let number = read_step(&mut bits, &mut last, parameter)?;
        let title = bits.bits(3)?;
        let count = bits.gamma()?;
        let places = steps(&mut bits, 4, count)?;
        words.heads.push((number, title, places));
    }
    let (count, parameter) = read_numbers(&mut bits)?;
    let mut last = None;
    for _ in 0..count {
        let number = read_step(&mut bits, &mut last, parameter)?;
        words.texts.push((number, bits.gamma()?));
    }
    Some(words)
}

fn steps(bits: &mut BitReader<'_>, parameter: u32, count: u32) -> Option<Vec<u32>> {
    let mut places = Vec::new();
    let mut last = 0u32;
    for _ in 0..count {
        last = last.checked_add(bits.rice(parameter)?)?;
        places.push(last);
    }
    Some(places)
}

/// Numbers of the releases that have a word in their titles.
pub(in crate::index) fn read_ends(value: &[u8]) -> Option<Vec<u32>> {
    let mut bits = BitReader::new(value);
    let (count, parameter) = read_numbers(&mut bits)?;
    let mut last = None;
    (0..count).map(|_| read_step(&mut bits, &mut last, parameter)).collect()
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
