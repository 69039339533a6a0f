//! What there is to read: the boards of each language.

use super::{Lang, Release, Section};

/// The table of contents of an archive. Its size does not grow with the number of releases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// One board list per language, in the order in which they are offered.
    pub boards: Vec<Board>,
    /// Releases in one piece of a list or of the texts. Pieces are numbered from 0, and the first holds the oldest: so
    /// a new release changes only the last one.
    pub piece: usize,
    /// Whether counts and departments are known. A prerendered page names only the sections, since every page would
    /// change with each new release.
    pub counted: bool,
    /// Whether there is an index to search with. Else whole texts are looked through.
    pub searchable: bool,
}

/// The sections of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Language of the releases in it.
    pub lang: Lang,
    /// Its sections in the order of the menu.
    pub sections: Vec<SectionCount>,
    /// The departments that have published in it, in the order of their letters.
    pub departments: Vec<String>,
}

impl Board {
    /// Number of releases.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sections.iter().map(|counted| counted.count).sum()
    }
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
    /// The table of contents of these releases, each of which has a language and a section. Languages and sections
    /// stand in the order in which they first occur; all is in one piece.
    #[must_use]
    pub fn of(releases: &[Release]) -> Self {
        let mut boards: Vec<Board> = Vec::new();
        for lang in releases.iter().filter_map(|release| release.entry.lang.as_ref()) {
            if boards.iter().all(|board| board.lang != *lang) {
                let own =
                    || releases.iter().filter(|release| release.entry.lang.as_ref() == Some(lang));
                let mut departments = Vec::new();
                for name in own().filter_map(|release| release.entry.department.as_ref()) {
                    if let Err(at) = departments.binary_search(name) {
                        departments.insert(at, name.clone());
                    }
                }
                let sections = SectionCount::all(own());
                boards.push(Board { lang: lang.clone(), sections, departments });
            }
        }
        Self { boards, piece: releases.len().max(1), counted: true, searchable: false }
    }

    /// The boards of a language.
    #[must_use]
    pub fn board(&self, lang: &Lang) -> Option<&Board> {
        self.boards.iter().find(|board| &board.lang == lang)
    }
}

impl SectionCount {
    /// The sections of these releases, in the order in which they first occur.
    pub fn all<'a>(releases: impl IntoIterator<Item = &'a Release>) -> Vec<Self> {
        let mut counts: Vec<Self> = Vec::new();
        for section in releases.into_iter().filter_map(|release| release.entry.section.as_ref()) {
            match counts.iter_mut().find(|counted| counted.section.id == section.id) {
                Some(counted) => counted.count += 1,
                None => counts.push(Self { section: section.clone(), count: 1 }),
            }
        }
        counts
    }
}
