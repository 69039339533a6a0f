//! Leaves: sorted keys with their values, in pieces of about a kilobyte. Beside a leaf of words stands a piece with the
//! places of its words, whose hash the leaf carries.

use super::super::join::{hex, join};
use super::bits::{put_varint, take_bytes, take_varint};
use super::keys::{put_key, take_key};
use super::values::take_value;
use super::{Piece, Tree, VERSION, Value, hash};

/// Keys on average from one border to the next. A border depends on its key alone, so what changes between two borders
/// changes nothing beyond them.
const REGION: u64 = 96;

/// Cuts sorted keys and values into leaves.
#[derive(Debug)]
pub struct LeafWriter {
    lang: String,
    tree: Tree,
    bytes: Vec<u8>,
    places: Vec<u8>,
    /// Which keys have some.
    with_places: Vec<bool>,
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
}

impl LeafWriter {
    /// For the tree of a language.
    #[must_use]
    pub fn new(lang: &str, tree: Tree) -> Self {
        Self {
            lang: lang.to_owned(),
            tree,
            bytes: Vec::new(),
            places: Vec::new(),
            with_places: Vec::new(),
            first: String::new(),
            last: String::new(),
            directory: Vec::new(),
        }
    }

    /// Takes the next key. Gives the pieces of a leaf that is full.
    pub fn push(&mut self, key: &str, value: &Value) -> Vec<Piece> {
        let full = self.bytes.len() + key.len() + value.main.len() > self.tree.target();
        let done = if full || is_border(key) { self.close() } else { Vec::new() };
        if self.bytes.is_empty() {
            key.clone_into(&mut self.first);
            self.last.clear();
        }
        put_key(&mut self.bytes, &self.last, key);
        if self.tree == Tree::Days {
            put_varint(&mut self.bytes, value.main.len() as u32);
        }
        self.bytes.extend(&value.main);
        if self.tree == Tree::Words {
            self.with_places.push(!value.places.is_empty());
            if !value.places.is_empty() {
                put_varint(&mut self.places, value.places.len() as u32);
                self.places.extend(&value.places);
            }
        }
        key.clone_into(&mut self.last);
        done
    }

    /// Takes over a leaf of an earlier index as it is, if one begins there whatever stands before it. Gives the pieces of
    /// the leaf that ends before. `None` if that is not sure: then its keys must be pushed.
    pub fn keep(&mut self, leaf: &Leaf) -> Option<Vec<Piece>> {
        if !self.bytes.is_empty() && !is_border(&leaf.first) {
            return None;
        }
        let done = self.close();
        self.directory.push(leaf.clone());
        Some(done)
    }

    fn close(&mut self) -> Vec<Piece> {
        if self.bytes.is_empty() {
            return Vec::new();
        }
        let mut pieces = Vec::new();
        let mut bytes = vec![VERSION, self.tree.letter()];
        let first = std::mem::take(&mut self.first);
        if self.tree == Tree::Words {
            let mut own = Vec::with_capacity(self.places.len() + self.with_places.len() / 8 + 3);
            put_varint(&mut own, self.with_places.len() as u32);
            let bits =
                |eight: &[bool]| eight.iter().rev().fold(0, |bits, bit| bits << 1 | u8::from(*bit));
            own.extend(self.with_places.chunks(8).map(bits));
            own.append(&mut self.places);
            self.with_places.clear();
            let places = Places::of(&own);
            places.put(&mut bytes);
            let name = places.name(&self.lang, &first);
            pieces.push(Piece { name, bytes: own });
        }
        bytes.append(&mut self.bytes);
        let leaf = Leaf { first, hash: hash(&bytes) as u32 };
        pieces.push(Piece { name: leaf.name(&self.lang, self.tree), bytes });
        self.directory.push(leaf);
        pieces
    }

    /// The pieces of the last leaf, and all leaves in their order.
    #[must_use]
    pub fn finish(mut self) -> (Vec<Piece>, Vec<Leaf>) {
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
        leaf_name(self, lang, tree, ".bin")
    }
}

/// The path of a leaf or a page.
pub(super) fn leaf_name(leaf: &Leaf, lang: &str, tree: Tree, ending: &str) -> String {
    piece_name(lang, char::from(tree.letter()), &leaf.first, leaf.hash, ending)
}

fn piece_name(lang: &str, letter: char, first: &str, own: u32, ending: &str) -> String {
    let letter = String::from(letter);
    let (place, own) = (hex(place(first).into(), 8), hex(own.into(), 8));
    join(&["search/", lang, "/", &letter, &place, &own, ending])
}

/// A leaf of an earlier index with the paths of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its own, and that of its places if it has some.
    pub names: Vec<String>,
    /// Its keys and values.
    pub entries: Vec<(String, Value)>,
}

impl Leaf {
    /// Reads its files. `None` if one of them is not what it should be.
    pub fn open(
        &self,
        lang: &str,
        tree: Tree,
        read: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Option<Opened> {
        let checked =
            |name: &str, expected: u32| read(name).filter(|bytes| hash(bytes) as u32 == expected);
        let mut names = vec![self.name(lang, tree)];
        let bytes = checked(names.first()?, self.hash)?;
        let (places, entries) = read_main(tree, &bytes)?;
        if entries.first()?.0 != self.first {
            return None;
        }
        let mut own = Vec::new();
        if let Some(places) = places {
            let name = places.name(lang, &self.first);
            own = checked(&name, places.hash)?;
            names.push(name);
        }
        Some(Opened { names, entries: read_leaf(tree, &bytes, &own)? })
    }
}

/// The piece with the places of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::index) struct Places {
    pub(in crate::index) hash: u32,
    /// Its length in units of 256 bytes, at most 255.
    pub(in crate::index) size: u8,
}

impl Places {
    fn of(bytes: &[u8]) -> Self {
        Self { hash: hash(bytes) as u32, size: u8::try_from(bytes.len() >> 8).unwrap_or(u8::MAX) }
    }

    fn put(self, bytes: &mut Vec<u8>) {
        bytes.extend(self.hash.to_le_bytes());
        bytes.push(self.size);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let hash = u32::from_le_bytes(take_bytes(bytes, 4)?.try_into().ok()?);
        Some(Self { hash, size: *take_bytes(bytes, 1)?.first()? })
    }

    /// The path of its file in the archive, by the first key of its leaf.
    pub(in crate::index) fn name(self, lang: &str, first: &str) -> String {
        piece_name(lang, 'p', first, self.hash, ".bin")
    }
}

/// Stands for the first key of a leaf in the names of its pieces. A hash of its bytes alone would be that of two leaves
/// once there are tens of thousands.
fn place(first: &str) -> u32 {
    hash(first.as_bytes()) as u32
}

/// Keys and what is said of them.
pub(in crate::index) type Entries = Vec<(String, Vec<u8>)>;

/// Keys of a leaf and the main part of their values; and where their places are, if they have some. `None` if these are
/// not the bytes of one.
pub(in crate::index) fn read_main(tree: Tree, bytes: &[u8]) -> Option<(Option<Places>, Entries)> {
    let mut rest = bytes.strip_prefix(&[VERSION, tree.letter()])?;
    let places = if tree == Tree::Words { Some(Places::take(&mut rest)?) } else { None };
    let mut found: Entries = Vec::new();
    let mut key = String::new();
    while !rest.is_empty() {
        take_key(&mut rest, &mut key)?;
        found.push((key.clone(), take_value(tree, &mut rest)?.to_vec()));
    }
    Some((places, found))
}

/// The places in a piece, for each key of its leaf: how many keys there are, a bit for each one, and the places of those
/// that have some.
pub(in crate::index) fn read_all_places(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let count = take_varint(&mut bytes)? as usize;
    let with = take_bytes(&mut bytes, count.div_ceil(8))?;
    let mut found = Vec::new();
    for at in 0..count {
        let length = match with.get(at / 8)? >> (at % 8) & 1 {
            1 => take_varint(&mut bytes)? as usize,
            _ => 0,
        };
        found.push(take_bytes(&mut bytes, length)?.to_vec());
    }
    bytes.is_empty().then_some(found)
}

/// The path of the places of a leaf, if it has some.
#[must_use]
pub fn places_name(lang: &str, tree: Tree, leaf: &[u8]) -> Option<String> {
    let (places, entries) = read_main(tree, leaf)?;
    Some(places?.name(lang, &entries.first()?.0))
}

/// Keys and values of a leaf, given the bytes of its places. `None` if these are not the bytes of one.
#[must_use]
pub fn read_leaf(tree: Tree, bytes: &[u8], places: &[u8]) -> Option<Vec<(String, Value)>> {
    let (_, entries) = read_main(tree, bytes)?;
    let places = if tree == Tree::Words { read_all_places(places)? } else { Vec::new() };
    let mut places = places.into_iter();
    let values = entries
        .into_iter()
        .map(|(key, main)| (key, Value { main, places: places.next().unwrap_or_default() }));
    Some(values.collect())
}

/// Writes the leaves of a directory.
pub(super) fn put_leaves(bytes: &mut Vec<u8>, leaves: &[Leaf]) {
    let mut last = "";
    for leaf in leaves {
        put_key(bytes, last, &leaf.first);
        bytes.extend(leaf.hash.to_le_bytes());
        last = &leaf.first;
    }
}

/// Reads the leaves of a directory.
pub(super) fn take_leaves(mut bytes: &[u8]) -> Option<Vec<Leaf>> {
    let mut leaves = Vec::new();
    let mut first = String::new();
    while !bytes.is_empty() {
        take_key(&mut bytes, &mut first)?;
        let hash = u32::from_le_bytes(take_bytes(&mut bytes, 4)?.try_into().ok()?);
        leaves.push(Leaf { first: first.clone(), hash });
    }
    Some(leaves)
}
