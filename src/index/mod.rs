//! Releases and a question → hits.
//!
//! An [`Engine`] answers from the pieces of an index. It never fetches: it names what it needs, is given the bytes, and
//! is asked again ([`Step`]). So the browser and the command line get the same answers from the same code.
//!
//! **Invariant:** knows the model only.

mod answer;
mod engine;
pub mod json;
mod plain;
mod question;

pub use answer::{Answer, Hit, Loosening, Narrowing, Piece, Suggestion};
pub use engine::{Engine, Error, Fold, Step};
pub use plain::search;
pub use question::{Order, Query, Question};
