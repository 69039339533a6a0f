//! What has been typed so far → words and titles that may be meant.

use super::Fold;
use super::clauses::{What, clauses};
use super::format::{Tree, read_ends};
use super::join::{all_there, join};
use super::library::{Library, Needs};
use super::mentions::TITLE_BEGINS;
use super::order::sort;
use super::terms::{Match, all_of, matches};
use super::words::{hangul, is_letter};
use crate::model::Suggestion;

/// Leaves that are looked through for words.
const LEAVES: usize = 3;
/// Titles that are shown beside words: each one is a text to fetch.
const TITLES: usize = 2;

/// Suggestions of one language, words before titles.
pub(super) fn suggest(
    library: &mut Library,
    typed: &str,
    limit: usize,
    fold: Fold,
    needs: &mut Needs,
) -> Option<Vec<Suggestion>> {
    library.count(needs)?;
    let clauses = clauses(typed, false, fold);
    let Some((last, others)) = clauses.split_last() else { return Some(Vec::new()) };
    if last.negative || last.place.1 != typed.len() {
        return Some(Vec::new());
    }
    let (from, to) = match &last.what {
        What::Hangul(word, None) => {
            let mut letters = word.chars();
            // Its last syllable may be the next one half typed.
            let open = letters.next_back().and_then(hangul::without_final);
            match open.filter(|_| letters.next().is_some()) {
                Some((last, _)) => {
                    let cut = word.char_indices().next_back().map_or(0, |(at, _)| at);
                    let begin = word.get(..cut).unwrap_or_default();
                    (join(&["<", begin, &String::from(last)]), join(&["<", word, "\u{10ffff}"]))
                }
                // Its last syllable may get a final consonant.
                None => (join(&["<", word]), join(&["<", &hangul::closed(word), "\u{10ffff}"])),
            }
        }
        What::Hangul(word, Some(half)) => {
            let (first, last) = hangul::with_initial(*half)?;
            (
                join(&["<", word, &String::from(first)]),
                join(&["<", word, &String::from(last), "\u{10ffff}"]),
            )
        }
        What::Word(word) => (join(&["<", word]), join(&["<", word, "\u{10ffff}"])),
        What::Initials(initials) => {
            let begin = join(&[TITLE_BEGINS, initials]);
            let end = join(&[&begin, "\u{11ff}"]);
            (begin, end)
        }
        _ => return Some(Vec::new()),
    };
    let words = library.range(Tree::Ends, &from, &to, LEAVES, needs);
    let before: Vec<Option<Vec<Match>>> = others
        .iter()
        .filter(|clause| !clause.negative && !clause.is_weak())
        .map(|clause| matches(library, &clause.what, false, fold, needs))
        .collect();
    let (words, before) = (words?, all_there(before)?);
    let admitted = (!before.is_empty()).then(|| all_of(&before));
    let mut found: Vec<(usize, String, Vec<u32>)> = Vec::new();
    for (key, value) in words {
        let mut numbers = read_ends(&value)?;
        if let Some(admitted) = &admitted {
            numbers.retain(|number| {
                admitted.binary_search_by_key(number, |found| found.number).is_ok()
            });
        }
        // Initial consonants are no words; they lead to titles alone.
        let spelled = key.starts_with('<');
        let word: String = key.chars().skip(1).filter(|_| spelled).collect();
        if !numbers.is_empty() {
            found.push((numbers.len(), word, numbers));
        }
    }
    sort(&mut found, |(count, ..)| u64::MAX - *count as u64);
    let head = typed.get(..last.place.0).unwrap_or_default();
    let typed_last = last.text.as_str();
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for (_, word, _) in found
        .iter()
        .filter(|(_, word, _)| !word.is_empty() && word != typed_last)
        .take(limit.saturating_sub(TITLES))
    {
        suggestions.push(Suggestion { text: join(&[head, word]), id: None });
    }
    // The newest titles that have the most frequent of these words, once there is enough to go by.
    if typed.chars().filter(|letter| is_letter(*letter)).count() >= 3 {
        let mut numbers: Vec<u32> =
            found.iter().take(3).flat_map(|(.., numbers)| numbers.iter().copied()).collect();
        sort(&mut numbers, |number| u64::from(u32::MAX - number));
        let mut newest: Vec<u32> = Vec::new();
        for number in numbers {
            if newest.len() < TITLES && newest.last() != Some(&number) {
                newest.push(number);
            }
        }
        let shown: Vec<Option<_>> =
            newest.into_iter().map(|number| library.text(number, needs)).collect();
        for shown in shown {
            let shown = shown?;
            suggestions.push(Suggestion { text: shown.title.clone(), id: Some(shown.id.clone()) });
        }
    }
    suggestions.truncate(limit);
    Some(suggestions)
}
