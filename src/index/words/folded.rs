//! Letters made comparable, each with its place in the text as it is.

use super::super::Fold;

/// A letter and the bytes of the text that it comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folded {
    pub(super) letter: char,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Folds a text. Letters that fold to themselves, most of all texts, never reach the edge's function, which is slow to
/// call from wasm; others are folded in runs, each letter of which stands for the whole run.
pub(super) fn folded(text: &str, fold: Fold, found: &mut Vec<Folded>) {
    found.clear();
    found.reserve(text.len());
    let mut letters = text.char_indices();
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    // What was looked at already, to know whether the letter before it is alone.
    let mut ahead = letters.next();
    while let Some((at, letter)) = ahead {
        ahead = letters.next();
        let next_is_plain = ahead.is_none_or(|(_, next)| is_plain(next));
        if next_is_plain && is_plain(letter) {
            let letter = letter.to_ascii_lowercase();
            let end = ahead.map_or(text.len(), |(next, _)| next);
            found.push(Folded { letter, start: place(at), end: place(end) });
            continue;
        }
        while ahead.is_some_and(|(_, next)| !is_plain(next)) {
            ahead = letters.next();
        }
        let end = ahead.map_or(text.len(), |(next, _)| next);
        let run: String =
            text.get(at..end).unwrap_or_default().chars().filter(|c| !is_ignorable(*c)).collect();
        for letter in fold(&run).chars() {
            let mut push =
                |letter| found.push(Folded { letter, start: place(at), end: place(end) });
            match letter {
                // Full case folding (Unicode, CaseFolding.txt, F), which lower case is not.
                'ß' => {
                    push('s');
                    push('s');
                }
                'ς' => push('σ'),
                letter if is_ignorable(letter) => {}
                letter => push(letter),
            }
        }
    }
}

/// Letters that folding leaves as they are but for the case of A to Z.
fn is_plain(letter: char) -> bool {
    letter.is_ascii()
        || super::hangul::is_syllable(letter)
        || matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{2010}'..='\u{2016}' | '\u{2018}'..='\u{2023}' | '\u{25a0}'..='\u{25ff}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}

/// Signs that nobody sees (Unicode, Default_Ignorable_Code_Point): they do not divide words.
fn is_ignorable(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
