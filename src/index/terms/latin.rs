//! Words of other letters than Hangul: with their inflections, or as the beginning of a word.

use super::super::format::{Tree, Words, read_ends, read_words};
use super::super::join::join;
use super::super::library::{Library, Needs};
use super::super::words::english;
use super::{Match, of_words, words};

/// What another form of the word counts.
const FORM: f32 = 0.85;
/// What a word counts that only begins with it.
const BEGINNING: f32 = 0.7;
/// A place in a title that is not known.
const HIDDEN: u32 = 255;
/// Leaves that are looked through for words that begin with it.
const LEAVES: usize = 3;

pub(super) fn matches(
    library: &mut Library,
    word: &str,
    last: bool,
    needs: &mut Needs,
) -> Option<Vec<Match>> {
    let all = library.count(needs)?;
    let own = words(library, word, needs);
    let mut found = Vec::new();
    let mut whole = true;
    for form in english::forms(word) {
        match words(library, &form, needs) {
            Some(form) => found.push((form, FORM)),
            None => whole = false,
        }
    }
    // Words of titles that begin with it, found among those alone: there are few.
    let end = join(&["<", word, "\u{10ffff}"]);
    let titles = match last && word.chars().nth(2).is_some() {
        true => library.range(Tree::Ends, &join(&["<", word]), &end, LEAVES, needs),
        false => Some(Vec::new()),
    };
    found.push((own?, 1.0));
    if !whole {
        return None;
    }
    for (key, value) in titles? {
        let begun = key.get(1..).unwrap_or_default();
        if begun != word && english::stem(begun) != english::stem(word) {
            let heads = read_ends(&value)?.into_iter().map(|number| (number, 2, vec![HIDDEN]));
            found.push((Words { heads: heads.collect(), texts: Vec::new() }, BEGINNING));
        }
    }
    let matches = of_words(all, &found);
    if !matches.is_empty() || word.chars().nth(1).is_none() {
        return Some(matches);
    }
    let beginning =
        library.range(Tree::Words, word, &join(&[word, "\u{10ffff}"]), LEAVES, needs)?;
    let mut lists = Vec::new();
    for (_, value) in &beginning {
        lists.push((read_words(value)?, BEGINNING));
    }
    Some(of_words(all, &lists))
}
