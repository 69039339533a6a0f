//! The bytes of an index: writer and reader of each piece, and its version.
//!
//! An index has sorted maps, [trees](Tree), cut into leaves of about a kilobyte; a *root* that names them; and one text
//! a release, from which hits are shown. Every piece but the texts is named by a hash of its bytes; a text by the hash
//! of the texts around it, which it carries, so that the root need not name each one.

mod bits;
mod keys;
mod leaf;
mod root;
mod text;
mod values;

use xxhash_rust::xxh64::xxh64;

pub use bits::{put_varint, take_varint};
pub use leaf::{Leaf, LeafWriter, is_border, places_name, read_leaf};
pub use root::{Contents, Named, read_all, root};
pub use text::{SEGMENT, digest, digest_of, lines, segment, segment_folder, text_pieces};
pub use values::{Value, decode_value, encode_value};

pub(super) use leaf::{Entries, Places, read_all_places, read_main};
pub(super) use root::{Root, page_name, read_page, read_root, root_name};
pub(super) use text::{Passage, Shown, name as text_name, read_rest, read_text, texts};
pub(super) use values::{MOST, Words, read_days, read_ends, read_places, read_words};

/// Grows with every change of these bytes.
pub const VERSION: u8 = 1;

/// First place of the decks; places of the title are below.
pub(super) const DECK: u32 = 256;

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its path in the archive.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A sorted map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tree {
    /// Words, pairs of syllables and what can be filtered by → releases, places in their heads, counts; and places in
    /// their texts, for phrases.
    Words,
    /// Whole words of titles, by beginning and by end, and their initial consonants → releases: for slips, words half
    /// typed, and suggestions.
    Ends,
    /// Months → releases.
    Days,
}

impl Tree {
    /// All of them, in the order of the root.
    pub const ALL: [Self; 3] = [Self::Words, Self::Ends, Self::Days];

    /// Begins the names of its leaves.
    fn letter(self) -> u8 {
        match self {
            Self::Words => b'w',
            Self::Ends => b'e',
            Self::Days => b'd',
        }
    }

    /// Bytes of a leaf. Smaller ones make the root larger, larger ones every query.
    fn target(self) -> usize {
        match self {
            Self::Words => 1_600,
            Self::Ends | Self::Days => 2_500,
        }
    }
}

/// XXH64 with seed 0.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    xxh64(bytes, 0)
}

#[cfg(test)]
mod tests;
