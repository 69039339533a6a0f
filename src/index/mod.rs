//! Releases and a question → hits.
//!
//! An [`Engine`] answers from the pieces of an index. It never fetches: it names what it needs, is given the bytes, and
//! is asked again ([`Step`]). So the browser and the command line get the same answers from the same code. What a
//! builder puts into the index are the [`mentions`] of each release, merged by key and written as [`format`] says.
//!
//! **Invariant:** knows the model only.

mod clauses;
mod engine;
pub mod format;
mod join;
mod json;
mod library;
mod mentions;
mod order;
mod plain;
mod question;
mod ranking;
mod show;
mod spelling;
mod suggest;
mod terms;
mod words;

pub use engine::{Engine, Error, Fold, Step};
pub use json::{write_answer, write_suggestions};
pub use mentions::{Listener, Mention, mentions};
pub use plain::search;
pub use question::{Order, Query, Question};
