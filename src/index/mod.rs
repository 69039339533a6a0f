//! Releases and a question → hits.
//!
//! **Invariant:** knows the model only.

mod find;

use std::rc::Rc;

use crate::model::{Date, Release, Slug};

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that must all be there.
    pub words: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Only this section.
    pub section: Option<Slug>,
    /// Only this department.
    pub department: Option<String>,
}

impl Query {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A release that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The release.
    pub release: Rc<Release>,
    /// The block that the excerpt is from; `None` if the words stand only in title or deck.
    pub block: Option<usize>,
    /// The passage, cut into pieces that match and pieces that do not.
    pub excerpt: Vec<Piece>,
}

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether it is what was looked for.
    pub mark: bool,
}

/// Finds the releases that hold all words, in the order in which they are given.
///
/// A plain search for the letters as they stand, upper and lower case of Latin letters being the same.
#[must_use]
pub fn search(releases: &[Rc<Release>], query: &Query) -> Vec<Hit> {
    let words: Vec<String> =
        query.words.split_ascii_whitespace().map(str::to_ascii_lowercase).collect();
    releases
        .iter()
        .filter(|release| admits(query, release))
        .filter_map(|release| find::hit(release, &words))
        .collect()
}

fn admits(query: &Query, release: &Release) -> bool {
    let entry = &release.entry;
    let dated = |bound: Option<Date>, fits: fn(&Date, &Date) -> bool| {
        bound.is_none_or(|bound| entry.date.is_some_and(|date| fits(&date, &bound)))
    };
    dated(query.from, Date::ge)
        && dated(query.to, Date::le)
        && query
            .section
            .as_ref()
            .is_none_or(|id| entry.section.as_ref().is_some_and(|section| section.id == *id))
        && query.department.as_ref().is_none_or(|name| entry.department.as_ref() == Some(name))
}
