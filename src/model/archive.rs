//! What there is to read: the boards of each language.

use super::{Lang, Release, Section};

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
    /// The table of contents of these releases, each of which has a language and a section. Sections stand in the
    /// order in which they first occur.
    #[must_use]
    pub fn of<'a>(releases: impl IntoIterator<Item = &'a Release>) -> Self {
        let mut archive = Self::default();
        for entry in releases.into_iter().map(|release| &release.entry) {
            let (Some(lang), Some(section)) = (&entry.lang, &entry.section) else { continue };
            let sections = match archive.boards.iter_mut().find(|board| board.lang == *lang) {
                Some(board) => &mut board.sections,
                None => {
                    archive.boards.push(Board { lang: lang.clone(), sections: Vec::new() });
                    match archive.boards.last_mut() {
                        Some(board) => &mut board.sections,
                        None => continue,
                    }
                }
            };
            match sections.iter_mut().find(|counted| counted.section.id == section.id) {
                Some(counted) => counted.count += 1,
                None => sections.push(SectionCount { section: section.clone(), count: 1 }),
            }
        }
        archive
    }

    /// The boards of a language.
    #[must_use]
    pub fn board(&self, lang: &Lang) -> Option<&Board> {
        self.boards.iter().find(|board| &board.lang == lang)
    }
}
