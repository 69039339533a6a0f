//! Bytes in, releases out, with a list of what was odd.
//!
//! Reading is lenient: whatever can be saved is a [`Reading`] with problems; an [`Error`] means that this is no
//! release at all.
//!
//! **Invariant:** knows the model, and of the index what answers are. No file is opened here and nothing is fetched.

mod answer;
mod block_ids;
mod dates;
mod decode;
mod feed_file;
mod json;
mod json_feed;
mod language;
mod plain;

use crate::model::{Release, Slug};

pub use answer::{read_answer, read_suggestions};
pub use feed_file::{FeedFile, FeedItem, read_feed_file};
pub use json_feed::{ARCHIVE_VERSION, Page, read_archive, read_feed, read_page};

/// The largest input that is read, in bytes. Real releases have a few kilobytes; what is larger is something else.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The code of the problem that a release is under an embargo that nobody can tell the end of. What has it is not to
/// be published.
pub const BAD_EMBARGO: &str = "bad-embargo";

/// What is known of an input besides its bytes.
#[derive(Clone, Debug, Default)]
pub struct Hint {
    /// The id that a release gets that brings none.
    pub id: Option<Slug>,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The releases, in the order of the input.
    pub releases: Vec<Release>,
    /// What was odd, in the order of the input.
    pub problems: Vec<Problem>,
}

/// Something odd that did not stop the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the input, from 1.
    pub line: usize,
    /// A short name for programs.
    pub code: &'static str,
    /// One sentence for a press officer: what is there and what was expected.
    pub message: String,
}

/// Why an input is no release.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No bytes, or only white space.
    #[error("the file is empty; expected the text of a press release")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file has {0} bytes; a press release may have at most {MAX_BYTES}")]
    TooLarge(usize),
    /// No text at all.
    #[error("this is {0}, not text; expected the text of a press release")]
    Binary(&'static str),
    /// Only the menus of a web page.
    #[error("only menus of a web page were found; expected a title or a paragraph")]
    NoText,
    /// Not JSON.
    #[error("this is not JSON: line {line}: expected {expected}")]
    Json {
        /// Line of the first mistake, from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// JSON, but of another kind.
    #[error("this JSON is not {0}")]
    Shape(&'static str),
}

/// Reads the text of one release.
///
/// # Errors
/// When the input is empty, too large, not text, or holds nothing but menus.
pub fn read(bytes: &[u8], hint: &Hint) -> Result<Reading, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge(bytes.len()));
    }
    let decoded = decode::text(bytes)?;
    plain::read(&decoded, hint)
}

/// The lines of a text that say something, with their numbers from 1: what [`read`] looks at, to find the place of
/// a word again.
///
/// # Errors
/// When the input is empty or not text.
pub fn lines(bytes: &[u8]) -> Result<Vec<(usize, String)>, Error> {
    Ok(plain::numbered_lines(&decode::text(bytes)?))
}
