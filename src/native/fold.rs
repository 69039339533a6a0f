//! Makes texts comparable, as the browser does with its own functions.

use unicode_normalization::UnicodeNormalization;

/// Signs that letters are decomposed into, and that nobody types.
const MARKS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// What [`crate::index::Fold`] wants.
pub(super) fn fold(text: &str) -> String {
    text.nfkd().filter(|sign| !MARKS.contains(sign)).nfc().collect::<String>().to_lowercase()
}
