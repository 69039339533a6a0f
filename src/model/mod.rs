//! What a press release is, as plain data.
//!
//! **Invariant:** knows no file format, no markup, no browser and no I/O. Everything that is shown, searched or
//! written has been one of these types first.

mod answer;
mod archive;
mod block;
mod date;
mod inline;
mod lang;
mod release;
mod section;
mod slug;
mod url;

pub use answer::{Answer, Hit, Loosening, Narrowing, Piece, Suggestion};
pub use archive::{Archive, Board, SectionCount};
pub use block::{Block, BlockId, Cell, Content, Figure, Level, Table};
pub use date::{Date, MONTHS, Time, in_seoul};
pub use inline::{Inline, Text};
pub use lang::{Lang, Passage, passages};
pub use release::{Attachment, Entry, Licence, Neighbour, Release, Translation, Withdrawal};
pub use section::Section;
pub use slug::Slug;
pub use url::{Url, escape};
