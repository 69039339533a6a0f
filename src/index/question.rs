//! What somebody asks.

use crate::model::{Date, Lang, Slug};

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that must all be there, `"an exact phrase"`, and `-words` that must not.
    pub words: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Only this section.
    pub section: Option<Slug>,
    /// Only this department.
    pub department: Option<String>,
    /// Only releases with files.
    pub attached: bool,
    /// What comes first.
    pub order: Order,
}

impl Query {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { order: self.order, ..Self::default() }
    }
}

/// What comes first in an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The release that answers best.
    #[default]
    Relevance,
    /// The newest release.
    Date,
}

/// A query, where to look, and which part of the answer is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is looked for.
    pub query: Query,
    /// Takes all words as one phrase.
    pub phrase: bool,
    /// Only releases in this language.
    pub lang: Option<Lang>,
    /// Hits wanted.
    pub limit: usize,
    /// Hits before the first one wanted.
    pub offset: usize,
}
