//! What a search has found.

use super::{Date, Lang, Section, Slug};

/// The answer to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Releases that answer, on all pages.
    pub total: usize,
    /// The part that was wanted.
    pub hits: Vec<Hit>,
    /// Words as asked that had to be left out, since no release has them all; empty if all are there.
    pub dropped: Vec<String>,
    /// Another spelling of the whole query, which finds something. Only where the query as it stands finds nothing.
    pub did_you_mean: Option<String>,
    /// What could be taken back, where nothing was found, and how many releases that would give; each more than 0.
    pub loosenings: Vec<Loosening>,
}

/// A release that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its id.
    pub id: Slug,
    /// Its [name](super::Entry::name), cut into pieces that match and pieces that do not.
    pub title: Vec<Piece>,
    /// Its language.
    pub lang: Option<Lang>,
    /// Its day of publication.
    pub date: Option<Date>,
    /// Its section.
    pub section: Option<Section>,
    /// Its department.
    pub department: Option<String>,
    /// Number of its files.
    pub attachments: usize,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// The passage that matches best; of a release that matches in its title alone, its first words.
    pub excerpt: Vec<Piece>,
    /// The block that the passage is from: its id, and its printed marker. `None` if nothing in the text matches.
    pub block: Option<(String, Option<String>)>,
}

/// A piece of a title or an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether it is what was looked for.
    pub mark: bool,
}

/// Something that makes a query narrower, and how many releases there are without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loosening {
    /// What it is.
    pub what: Narrowing,
    /// Releases without it.
    pub total: usize,
}

/// What makes a query narrower.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Narrowing {
    /// First and last day.
    Period,
    /// The section.
    Section,
    /// The department.
    Department,
    /// Only with files.
    Attached,
    /// A word, `-word` or phrase, as it stands in the query.
    Word(String),
}

/// What could be meant by what has been typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The whole text of the field once it is taken.
    pub text: String,
    /// The release, if it is the title of one.
    pub id: Option<Slug>,
}
