//! Another spelling of a word, among the words of titles, for slips of the finger.

use super::clauses::What;
use super::format::{Tree, read_ends};
use super::library::{Library, Needs};
use super::mentions::spelled;
use super::order::sort;
use super::words::hangul;

/// Spellings that are tried.
const TRIED: usize = 3;
/// Leaves that are looked through from either end of the word.
const LEAVES: usize = 3;

/// Words that may be meant, the most probable first. A slip changes one half of a word, so the other one is there; two
/// letters in the middle that change places are in both.
pub(super) fn spellings(
    library: &mut Library,
    what: &What,
    needs: &mut Needs,
) -> Option<Vec<String>> {
    let word = match what {
        What::Word(word) => word,
        What::Hangul(word, None) => super::words::particles::stem(word).unwrap_or(word),
        _ => return Some(Vec::new()),
    };
    let letters: Vec<char> = word.chars().collect();
    let korean = letters.iter().all(|letter| hangul::is_syllable(*letter));
    if letters.len() < if korean { 2 } else { 4 } {
        return Some(Vec::new());
    }
    let typed = keys(word, korean);
    // Two slips only in long words: short ones become any other.
    let most = if typed.len() >= 9 { 2 } else { 1 };
    let half = letters.len() / 2;
    let mut found: Vec<(usize, u32, String)> = Vec::new();
    let mut missing = false;
    let [whole, reversed] = spelled(word);
    for (key, kept) in [(whole, (half - 1).max(2).min(half)), (reversed, letters.len() - half)] {
        let begin: String = key.chars().take(1 + kept.max(1)).collect();
        let Some(near) =
            library.range(Tree::Ends, &begin, &format!("{begin}\u{10ffff}"), LEAVES, needs)
        else {
            missing = true;
            continue;
        };
        for (other, value) in near {
            let forward = other.starts_with('<');
            let letters = other.chars().skip(1);
            let other: String = if forward {
                letters.collect()
            } else {
                letters.collect::<Vec<_>>().into_iter().rev().collect()
            };
            if other == word || found.iter().any(|(.., known)| *known == other) {
                continue;
            }
            if let Some(distance) = distance(&typed, &keys(&other, korean), most) {
                found.push((distance, u32::MAX - read_ends(&value)?.len() as u32, other));
            }
        }
    }
    if missing {
        return None;
    }
    // Fewer slips first, then more frequent words.
    sort(&mut found, |(distance, rank, _)| (*distance as u64) << 32 | u64::from(*rank));
    Some(found.into_iter().take(TRIED).map(|(.., word)| word).collect())
}

/// What is typed to write a word.
fn keys(word: &str, korean: bool) -> Vec<u8> {
    if korean { hangul::keys(word) } else { word.as_bytes().to_vec() }
}

/// Slips between two words: a key too many, too few, another one, or two in the wrong order (optimal string
/// alignment). `None` if there are more than `most`.
fn distance(one: &[u8], two: &[u8], most: usize) -> Option<usize> {
    if one.len().abs_diff(two.len()) > most {
        return None;
    }
    let width = two.len() + 1;
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..width).collect();
    for (row, key) in one.iter().enumerate() {
        let mut line = vec![row + 1; width];
        for (column, other) in two.iter().enumerate() {
            let get = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut best = get(&last, column) + usize::from(key != other);
            best = best.min(get(&last, column + 1) + 1).min(get(&line, column) + 1);
            let crossed = row > 0
                && column > 0
                && one.get(row - 1) == Some(other)
                && two.get(column - 1) == Some(key);
            if crossed {
                best = best.min(get(&before, column - 1) + 1);
            }
            if let Some(cell) = line.get_mut(column + 1) {
                *cell = best;
            }
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn slips_are_counted() {
        assert_eq!(distance(b"minister", b"minsiter", 1), Some(1));
        assert_eq!(distance(b"minister", b"ministr", 1), Some(1));
        assert_eq!(distance(b"minister", b"monaster", 2), Some(2));
        assert_eq!(distance(b"minister", b"monster", 1), None);
        assert_eq!(distance(b"", b"a", 1), Some(1));
    }
}
