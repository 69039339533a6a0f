//! Leaves: sorted keys with their values, in pieces of about a kilobyte.

use super::bits::{put_varint, take_bytes, take_varint};
use super::{Piece, Tree, VERSION, hash};

/// Keys on average from one border to the next. A border depends on its key alone, so what changes between two borders
/// changes nothing beyond them.
const REGION: u64 = 96;

/// Cuts sorted keys and values into leaves.
#[derive(Debug)]
pub struct LeafWriter {
    lang: String,
    tree: Tree,
    bytes: Vec<u8>,
    first: String,
    last: String,
    directory: Vec<Leaf>,
}

/// A leaf as the directory names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its first key.
    pub first: String,
    /// Hash of its bytes.
    pub hash: u32,
    /// Its length in units of 256 bytes, at most 255.
    pub size: u8,
}

impl LeafWriter {
    /// For the tree of a language.
    #[must_use]
    pub fn new(lang: &str, tree: Tree) -> Self {
        Self {
            lang: lang.to_owned(),
            tree,
            bytes: Vec::new(),
            first: String::new(),
            last: String::new(),
            directory: Vec::new(),
        }
    }

    /// Takes the next key. Gives a leaf that is full.
    pub fn push(&mut self, key: &str, value: &[u8]) -> Option<Piece> {
        let full = self.bytes.len() + key.len() + value.len() > self.tree.target();
        let done = if full || is_border(key) { self.close() } else { None };
        if self.bytes.is_empty() {
            self.bytes.extend([VERSION, self.tree.letter()]);
            key.clone_into(&mut self.first);
            self.last.clear();
        }
        let shared = shared(&self.last, key);
        put_varint(&mut self.bytes, shared as u32);
        let rest = key.as_bytes().get(shared..).unwrap_or_default();
        put_varint(&mut self.bytes, rest.len() as u32);
        self.bytes.extend(rest);
        put_varint(&mut self.bytes, value.len() as u32);
        self.bytes.extend(value);
        key.clone_into(&mut self.last);
        done
    }

    /// Takes over a leaf of an earlier index as it is, if one begins there whatever stands before it. Gives the leaf that
    /// ends before. `None` if that is not sure: then its keys must be pushed.
    pub fn keep(&mut self, leaf: &Leaf) -> Option<Option<Piece>> {
        if !self.bytes.is_empty() && !is_border(&leaf.first) {
            return None;
        }
        let done = self.close();
        self.directory.push(leaf.clone());
        Some(done)
    }

    fn close(&mut self) -> Option<Piece> {
        if self.bytes.is_empty() {
            return None;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let leaf = Leaf {
            first: std::mem::take(&mut self.first),
            hash: hash(&bytes) as u32,
            size: u8::try_from(bytes.len() >> 8).unwrap_or(u8::MAX),
        };
        let name = leaf.name(&self.lang, self.tree);
        self.directory.push(leaf);
        Some(Piece { name, bytes })
    }

    /// The last leaf, and all leaves in their order.
    #[must_use]
    pub fn finish(mut self) -> (Option<Piece>, Vec<Leaf>) {
        let last = self.close();
        (last, self.directory)
    }
}

/// Whether a leaf begins with this key wherever it stands.
#[must_use]
pub fn is_border(key: &str) -> bool {
    hash(key.as_bytes()).is_multiple_of(REGION)
}

impl Leaf {
    /// The path of its file in the archive.
    #[must_use]
    pub fn name(&self, lang: &str, tree: Tree) -> String {
        let (letter, place) = (char::from(tree.letter()), hash(self.first.as_bytes()) & 0xff);
        format!("search/{lang}/{letter}{place:02x}{:08x}.bin", self.hash)
    }

    /// Its keys and values, if these are its bytes.
    #[must_use]
    pub fn read(&self, tree: Tree, bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
        if hash(bytes) as u32 == self.hash { read_leaf(tree, bytes) } else { None }
    }
}

/// How many bytes two keys share at their beginning, up to a border between letters.
fn shared(one: &str, two: &str) -> usize {
    let mut shared = one.bytes().zip(two.bytes()).take_while(|(one, two)| one == two).count();
    while !two.is_char_boundary(shared) {
        shared -= 1;
    }
    shared
}

/// Keys and values of a leaf. `None` if these are not the bytes of one.
#[must_use]
pub fn read_leaf(tree: Tree, bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut rest = bytes.strip_prefix(&[VERSION, tree.letter()])?;
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    let mut key = String::new();
    while !rest.is_empty() {
        take_key(&mut rest, &mut key)?;
        let length = take_varint(&mut rest)? as usize;
        found.push((key.clone(), take_bytes(&mut rest, length)?.to_vec()));
    }
    Some(found)
}

/// Reads a key that follows `key`, and puts it there.
pub(super) fn take_key(bytes: &mut &[u8], key: &mut String) -> Option<()> {
    let shared = take_varint(bytes)? as usize;
    let length = take_varint(bytes)? as usize;
    key.get(..shared)?;
    key.truncate(shared);
    key.push_str(std::str::from_utf8(take_bytes(bytes, length)?).ok()?);
    Some(())
}

/// Writes the leaves of a directory.
pub(super) fn put_leaves(bytes: &mut Vec<u8>, tree: Tree, leaves: &[Leaf]) {
    let mut last = "";
    for leaf in leaves {
        let shared = shared(last, &leaf.first);
        put_varint(bytes, shared as u32);
        let rest = leaf.first.as_bytes().get(shared..).unwrap_or_default();
        put_varint(bytes, rest.len() as u32);
        bytes.extend(rest);
        bytes.extend(leaf.hash.to_le_bytes());
        if tree == Tree::Positions {
            bytes.push(leaf.size);
        }
        last = &leaf.first;
    }
}

/// Reads the leaves of a directory.
pub(super) fn take_leaves(mut bytes: &[u8], tree: Tree) -> Option<Vec<Leaf>> {
    let mut leaves = Vec::new();
    let mut first = String::new();
    while !bytes.is_empty() {
        take_key(&mut bytes, &mut first)?;
        let hash = u32::from_le_bytes(take_bytes(&mut bytes, 4)?.try_into().ok()?);
        let size = match tree {
            Tree::Positions => *take_bytes(&mut bytes, 1)?.first()?,
            _ => 0,
        };
        leaves.push(Leaf { first: first.clone(), hash, size });
    }
    Some(leaves)
}
