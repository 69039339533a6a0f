//! Words that follow one another.

use super::super::format::{Tree, Words, read_positions};
use super::super::library::{Library, Needs};
use super::super::mentions::{pair, places, position_key};
use super::super::words::{Kind, Token};
use super::{Match, Strength, rarity, words};

/// Lists of places larger than this (in units of 256 bytes) are left out as long as two others are there.
const LARGE: u8 = 24;

pub(super) fn matches(
    library: &mut Library,
    tokens: &[Token],
    needs: &mut Needs,
) -> Option<Vec<Match>> {
    let all = library.count(needs)?;
    // What each release must have, and where it stands in a head.
    let mut keys: Vec<(String, u32)> = Vec::new();
    let at = places(tokens, 0);
    let mut before: Option<(char, u32)> = None;
    for (token, place) in tokens.iter().zip(&at) {
        let last = before.take();
        match token.kind {
            Kind::Word => keys.push((token.text.clone(), *place)),
            Kind::Hangul => {
                let mut previous = last;
                let mut across = true;
                for (step, syllable) in (0..).zip(token.text.chars()) {
                    if let Some((previous, place)) = previous {
                        keys.push((pair(previous, syllable, across), place));
                    }
                    (previous, across) = (Some((syllable, place + step)), false);
                }
                before = previous;
            }
        }
    }
    if let ([token], true) = (tokens, keys.is_empty()) {
        return super::hangul::matches(library, &token.text, None, needs);
    }
    let lists: Vec<Option<Words>> =
        keys.iter().map(|(key, _)| words(library, key, needs)).collect();
    let positions = positions(library, tokens, needs);
    let lists = lists.into_iter().collect::<Option<Vec<Words>>>()?;
    let positions = positions?;

    let mut found: Vec<(u32, Strength)> = Vec::new();
    let steps: Vec<u32> = keys.iter().map(|(_, place)| *place).collect();
    let heads: Vec<_> = lists.iter().map(|words| &words.heads).collect();
    if let Some((first, others)) = heads.split_first() {
        for (number, class, starts) in *first {
            let mut starts = starts.clone();
            for (step, list) in steps.iter().skip(1).zip(others) {
                let at = list.binary_search_by_key(number, |(number, ..)| *number).ok();
                let there = at.and_then(|at| list.get(at)).map_or(&[][..], |(.., places)| places);
                starts.retain(|start| there.binary_search(&(start + step)).is_ok());
            }
            if !starts.is_empty() {
                let mut strength = Strength::default();
                strength.add_head(*class, &starts, 1.0);
                found.push((*number, strength));
            }
        }
    }
    let texts: Vec<_> = lists.iter().map(|words| &words.texts).collect();
    for (number, count) in in_texts(&texts, &positions) {
        let text = count as f32;
        match found.binary_search_by_key(&number, |(number, _)| *number) {
            Ok(at) => {
                if let Some((_, strength)) = found.get_mut(at) {
                    strength.text = text;
                }
            }
            Err(at) => found.insert(at, (number, Strength { text, ..Strength::default() })),
        }
    }
    let rarity = rarity(all, found.len());
    let scored = |(number, strength): (u32, Strength)| Match {
        number,
        score: rarity * strength.value(),
        full: true,
    };
    Some(found.into_iter().map(scored).collect())
}

/// Step of a token, and the places where it stands.
type Places = (u32, Vec<(u32, Vec<u32>)>);

/// The places of those tokens that have some, each with its step from the first token.
fn positions(library: &mut Library, tokens: &[Token], needs: &mut Needs) -> Option<Vec<Places>> {
    let keys: Vec<(u32, String)> =
        (0..).zip(tokens).filter_map(|(step, token)| Some((step, position_key(token)?))).collect();
    let sizes: Vec<Option<u8>> =
        keys.iter().map(|(_, key)| library.size(Tree::Positions, key, needs)).collect();
    let mut sizes: Vec<(u8, (u32, String))> =
        sizes.into_iter().collect::<Option<Vec<u8>>>()?.into_iter().zip(keys).collect();
    sizes.sort();
    let kept = sizes.into_iter().enumerate().filter(|(at, (size, _))| *at < 2 || *size <= LARGE);
    let mut keys: Vec<(u32, String)> = kept.map(|(_, (_, key))| key).collect();
    keys.sort();
    let values: Vec<Option<Vec<u8>>> =
        keys.iter().map(|(_, key)| library.value(Tree::Positions, key, needs)).collect();
    let values = values.into_iter().collect::<Option<Vec<_>>>()?;
    let read = |((step, _), value): ((u32, String), Vec<u8>)| {
        Some((step, if value.is_empty() { Vec::new() } else { read_positions(&value)? }))
    };
    keys.into_iter().zip(values).map(read).collect()
}

/// The releases whose texts have all words, in their order.
fn in_texts(texts: &[&Vec<(u32, u32)>], positions: &[Places]) -> Vec<(u32, usize)> {
    let has = |list: &Vec<(u32, u32)>, number: u32| {
        list.binary_search_by_key(&number, |(number, _)| *number).is_ok()
    };
    let all = |number: u32| texts.iter().all(|list| has(list, number));
    let Some(((step, first), others)) = positions.split_first() else {
        // Nothing but words of all texts: those that have all of them.
        let first = texts.first().map_or(&[][..], |list| list);
        return first
            .iter()
            .filter(|(number, _)| all(*number))
            .map(|(number, _)| (*number, 1))
            .collect();
    };
    let mut found = Vec::new();
    for (number, starts) in first {
        let mut starts: Vec<u32> = starts.clone();
        for (other, list) in others {
            let at = list.binary_search_by_key(number, |(number, _)| *number).ok();
            let there = at.and_then(|at| list.get(at)).map_or(&[][..], |(_, places)| places);
            starts.retain(|start| {
                (start + other)
                    .checked_sub(*step)
                    .is_some_and(|place| there.binary_search(&place).is_ok())
            });
        }
        if !starts.is_empty() && all(*number) {
            found.push((*number, starts.len()));
        }
    }
    found
}
