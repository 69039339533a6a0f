//! The root, which names all other pieces, and pages of it where there are many.

use super::super::join::{hex, join};
use super::bits::{put_varint, take_bytes, take_varint};
use super::leaf::{leaf_name, put_leaves, take_leaves};
use super::{Leaf, Piece, Tree, VERSION, hash};

/// What a root begins with.
const MAGIC: &[u8; 3] = b"RVS";

/// Leaves of words that stand in the root itself. More would make the first answer slower than one more round trip.
const INLINE: usize = 4_500;

/// The same of whole words of titles.
const INLINE_ENDS: usize = 600;

/// Leaves on one page.
const PAGE: usize = 96;

/// All that a root names.
#[derive(Debug)]
pub struct Contents<'a> {
    /// The language.
    pub lang: &'a str,
    /// Number of releases.
    pub count: u32,
    /// Hashes of the [segments](super::segment), in their order.
    pub segments: &'a [u64],
    /// The leaves of each of [`Tree::ALL`].
    pub trees: [&'a [Leaf]; 3],
}

/// Writes pages and root; the root is the last one.
#[must_use]
pub fn root(contents: &Contents<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut bytes = MAGIC.to_vec();
    bytes.push(VERSION);
    put_varint(&mut bytes, contents.count);
    put_varint(&mut bytes, contents.segments.len() as u32);
    for segment in contents.segments {
        bytes.extend(segment.to_le_bytes().iter().take(6));
    }
    for (tree, leaves) in Tree::ALL.into_iter().zip(contents.trees) {
        let inline = match tree {
            Tree::Words => leaves.len() <= INLINE,
            Tree::Ends => leaves.len() <= INLINE_ENDS,
            Tree::Days => true,
        };
        let mut part = Vec::new();
        if inline {
            put_leaves(&mut part, leaves);
        } else {
            let mut pages = Vec::new();
            for leaves in leaves.chunks(PAGE) {
                let mut page = vec![VERSION, tree.letter()];
                put_leaves(&mut page, leaves);
                let first = leaves.first().map(|leaf| leaf.first.clone()).unwrap_or_default();
                let leaf = Leaf { first, hash: hash(&page) as u32 };
                pieces.push(Piece { name: page_name(&leaf, contents.lang, tree), bytes: page });
                pages.push(leaf);
            }
            put_leaves(&mut part, &pages);
        }
        put_varint(&mut bytes, u32::from(!inline));
        put_varint(&mut bytes, part.len() as u32);
        bytes.extend(part);
    }
    let name = root_name(contents.lang, &bytes);
    pieces.push(Piece { name, bytes });
    pieces
}

/// The path of a root.
pub(in crate::index) fn root_name(lang: &str, bytes: &[u8]) -> String {
    join(&["search/", lang, "/", &hex(hash(bytes), 16), ".bin"])
}

/// The path of a page.
pub(in crate::index) fn page_name(page: &Leaf, lang: &str, tree: Tree) -> String {
    leaf_name(page, lang, tree, "-page.bin")
}

/// A root that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct Root {
    pub(in crate::index) count: u32,
    pub(in crate::index) segments: Vec<u64>,
    pub(in crate::index) trees: [Directory; 3],
}

/// Where the leaves of a tree are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct Directory {
    /// Leaves, or pages of leaves.
    pub(in crate::index) entries: Vec<Leaf>,
    pub(in crate::index) paged: bool,
}

/// Reads a root. `None` if these are not the bytes of one.
pub(in crate::index) fn read_root(bytes: &[u8]) -> Option<Root> {
    let mut rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&[VERSION])?;
    let mut root = Root { count: take_varint(&mut rest)?, ..Root::default() };
    for _ in 0..take_varint(&mut rest)? {
        let mut segment = [0; 8];
        segment.get_mut(..6)?.copy_from_slice(take_bytes(&mut rest, 6)?);
        root.segments.push(u64::from_le_bytes(segment));
    }
    for directory in &mut root.trees {
        directory.paged = take_varint(&mut rest)? == 1;
        let length = take_varint(&mut rest)? as usize;
        directory.entries = take_leaves(take_bytes(&mut rest, length)?)?;
    }
    rest.is_empty().then_some(root)
}

/// Reads a page.
pub(in crate::index) fn read_page(tree: Tree, bytes: &[u8]) -> Option<Vec<Leaf>> {
    take_leaves(bytes.strip_prefix(&[VERSION, tree.letter()])?)
}

/// All that a root names, read back for who renews an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Hashes of the segments.
    pub segments: Vec<u64>,
    /// The leaves of each of [`Tree::ALL`].
    pub trees: [Vec<Leaf>; 3],
    /// The paths of pages.
    pub pages: Vec<String>,
}

/// Reads a root and its pages. `None` if one of them is not what it should be.
pub fn read_all(lang: &str, root: &[u8], read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<Named> {
    let root = read_root(root)?;
    let mut named = Named { segments: root.segments, ..Named::default() };
    for ((tree, directory), leaves) in Tree::ALL.into_iter().zip(root.trees).zip(&mut named.trees) {
        if !directory.paged {
            *leaves = directory.entries;
            continue;
        }
        for page in &directory.entries {
            let name = page_name(page, lang, tree);
            let bytes = read(&name).filter(|bytes| hash(bytes) as u32 == page.hash)?;
            leaves.extend(read_page(tree, &bytes)?);
            named.pages.push(name);
        }
    }
    Some(named)
}
