//! Words that follow one another.

use std::rc::Rc;

use super::super::Fold;
use super::super::format::{Words, read_places};
use super::super::join::all_there;
use super::super::library::{Library, Needs};
use super::super::mentions::{pair, place_key, places};
use super::super::order::sort;
use super::super::words::{Kind, Token, tokens};
use super::{Match, Strength, scored, words};

/// Bytes of places that are always fetched. Larger ones, those of words of nearly all texts, only where the others leave
/// more releases than [`READ`].
const LARGE: usize = 6_000;
/// So many releases are rather read than looked for in large lists.
const READ: usize = 10;

pub(super) fn matches(
    library: &mut Library,
    tokens: &[Token],
    fold: Fold,
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
    // The words whose places are looked at, of which one of one syllable is no pair.
    let placed: Vec<Option<Words>> =
        tokens.iter().map(|token| words(library, place_key(token), needs)).collect();
    let lists = all_there(lists)?;
    let placed = all_there(placed)?;
    let texts: Vec<_> = lists.iter().chain(&placed).map(|words| &words.texts).collect();
    let texts = in_texts(library, tokens, &texts, fold, needs)?;

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
                strength.add_head(*class, &starts, at.last().copied().unwrap_or(1), 1.0);
                found.push((*number, strength));
            }
        }
    }
    for (number, count) in texts {
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
    Some(scored(all, found))
}

/// The releases whose texts have all words, in their order, and how often.
fn in_texts(
    library: &mut Library,
    tokens: &[Token],
    texts: &[&Vec<(u32, u32)>],
    fold: Fold,
    needs: &mut Needs,
) -> Option<Vec<(u32, usize)>> {
    let has = |list: &Vec<(u32, u32)>, number: u32| {
        list.binary_search_by_key(&number, |(number, _)| *number).is_ok()
    };
    let shortest = texts.iter().min_by_key(|list| list.len()).map_or(&[][..], |list| list);
    let all = |number: &u32| texts.iter().all(|list| has(list, *number));
    let mut found: Vec<(u32, Vec<u32>)> = shortest
        .iter()
        .map(|(number, _)| *number)
        .filter(all)
        .map(|number| (number, Vec::new()))
        .collect();
    let mut words: Vec<(usize, u32, String)> = (0..)
        .zip(tokens)
        .map(|(step, token)| {
            let key = place_key(token);
            (library.places_size(key), step, key.to_owned())
        })
        .collect();
    sort(&mut words, |(size, ..)| *size as u64);
    let mut begun = false;
    let mut missing = false;
    let small = words.iter().filter(|(size, ..)| *size <= LARGE).count().max(1);
    let (small, large) = words.split_at_checked(small)?;
    for words in [small, large] {
        if missing {
            break;
        }
        if begun && !words.is_empty() && found.len() <= READ {
            return read(library, tokens, found, fold, needs);
        }
        for (_, step, key) in words {
            // Its leaf is there, or the words would not be.
            let texts = self::words(library, key, needs)?.texts;
            let Some(bytes) = library.places(key, needs) else {
                missing = true;
                continue;
            };
            let places = read_places(&texts, &bytes)?;
            found.retain_mut(|(number, starts)| {
                let at = texts.binary_search_by_key(number, |(number, _)| *number).ok();
                let there = at.and_then(|at| places.get(at)).map_or(&[][..], |places| places);
                let there = there.iter().filter_map(|place| place.checked_sub(*step));
                if begun {
                    let there: Vec<u32> = there.collect();
                    starts.retain(|start| there.binary_search(start).is_ok());
                } else {
                    *starts = there.collect();
                }
                !starts.is_empty()
            });
            begun = true;
        }
    }
    (!missing).then(|| found.into_iter().map(|(number, starts)| (number, starts.len())).collect())
}

/// Those of a few releases whose texts have all words in their order: all their words are read.
fn read(
    library: &mut Library,
    words: &[Token],
    found: Vec<(u32, Vec<u32>)>,
    fold: Fold,
    needs: &mut Needs,
) -> Option<Vec<(u32, usize)>> {
    let mut kept = Vec::new();
    let mut missing = false;
    for (number, _) in found {
        let text = library.text(number, needs);
        let rest = match &text {
            Some(text) if text.more => library.rest(number, needs),
            _ => Some(Rc::default()),
        };
        let (Some(text), Some(rest)) = (text, rest) else {
            missing = true;
            continue;
        };
        let passages = text.body.iter().chain(rest.iter());
        let all: Vec<Token> = passages.flat_map(|passage| tokens(&passage.text, fold)).collect();
        let count = all.windows(words.len()).filter(|window| begins(window, words)).count();
        if count > 0 {
            kept.push((number, count));
        }
    }
    (!missing).then_some(kept)
}

/// Whether tokens are the words of a phrase. The last one, if it is Korean, may go on: it takes particles.
pub(in crate::index) fn begins(tokens: &[Token], words: &[Token]) -> bool {
    let last = words.len().saturating_sub(1);
    tokens.len() == words.len()
        && tokens.iter().zip(words).enumerate().all(|(at, (token, word))| {
            token.text == word.text
                || at == last && word.kind == Kind::Hangul && token.text.starts_with(&word.text)
        })
}
