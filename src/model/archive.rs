//! What there is to read: the boards of each language.

use super::{Lang, Section};

/// The table of contents of an archive. Its size does not grow with the number of releases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// One board list per language, in the order in which they are offered.
    pub boards: Vec<Board>,
}

/// The sections of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Language of the releases in it.
    pub lang: Lang,
    /// Its sections in the order of the menu.
    pub sections: Vec<SectionCount>,
}

/// A section and how many releases it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionCount {
    /// The section.
    pub section: Section,
    /// Number of releases.
    pub count: usize,
}

impl Archive {
    /// The boards of a language.
    #[must_use]
    pub fn board(&self, lang: &Lang) -> Option<&Board> {
        self.boards.iter().find(|board| &board.lang == lang)
    }
}
