//! Stands in for the index format until it arrives.

use crate::index::Fold;
use crate::model::{Lang, Release};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tree {
    Words,
    Positions,
    Ends,
    Days,
}

impl Tree {
    pub(super) const ALL: [Self; 4] = [Self::Words, Self::Positions, Self::Ends, Self::Days];
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) tree: Tree,
    pub(super) key: String,
    pub(super) payload: Vec<u8>,
}

pub(super) struct Piece {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) first: String,
    pub(super) name: String,
}

pub(super) type Directory = Vec<Leaf>;

fn fnv(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    }
    hash ^ (hash >> 32)
}

fn number(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (part, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(part)
}

fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    take(bytes, 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn put_text(out: &mut Vec<u8>, text: &[u8]) {
    number(out, text.len() as u32);
    out.extend_from_slice(text);
}

fn take_text<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = take_number(bytes)?;
    take(bytes, length as usize)
}

fn take_string(bytes: &mut &[u8]) -> Option<String> {
    String::from_utf8(take_text(bytes)?.to_vec()).ok()
}

pub(super) fn shown(release: &Release) -> String {
    let mut text = release.entry.name().to_owned();
    for block in &release.blocks {
        text.push('\n');
        text.push_str(&block.plain_text());
    }
    text
}

pub(super) fn digest(text: &str) -> u64 {
    fnv(text.as_bytes())
}

pub(super) const SEGMENT: u32 = 128;

pub(super) fn segment(lang: &Lang, digests: &[u64]) -> String {
    let all: Vec<u8> = digests.iter().flat_map(|digest| digest.to_le_bytes()).collect();
    format!("search/{lang}/{:016x}", fnv(&all))
}

pub(super) fn text_piece(segment: &str, number: u32, text: &str, digests: &[u64]) -> Piece {
    let mut bytes: String = digests.iter().map(|digest| format!("{digest:016x}")).collect();
    bytes.push('\n');
    bytes.push_str(text);
    Piece { name: format!("{segment}/{number}.txt"), bytes: bytes.into_bytes() }
}

pub(super) fn mentions(release: &Release, fold: Fold) -> Vec<Mention> {
    let text = fold(&shown(release));
    let mut found = std::collections::BTreeMap::<(Tree, String), Vec<u8>>::new();
    for (place, word) in text.split(|sign: char| !sign.is_alphanumeric()).enumerate() {
        let word: String = word.chars().take(40).collect();
        if !word.is_empty() {
            found
                .entry((Tree::Words, word.clone()))
                .or_insert(vec![0])
                .iter_mut()
                .for_each(|n| *n = n.saturating_add(1));
            found
                .entry((Tree::Positions, word.clone()))
                .or_default()
                .extend((place as u16).to_le_bytes());
            let word: String = word.chars().rev().collect();
            found.entry((Tree::Ends, word)).or_default();
        }
    }
    if let Some(date) = release.entry.date {
        found.insert((Tree::Days, date.to_string()), Vec::new());
    }
    found.into_iter().map(|((tree, key), payload)| Mention { tree, key, payload }).collect()
}

pub(super) fn encode_value(_: Tree, mentions: &[(u32, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (document, payload) in mentions {
        number(&mut out, *document);
        put_text(&mut out, payload);
    }
    out
}

pub(super) fn decode_value(_: Tree, mut value: &[u8]) -> Option<Vec<(u32, Vec<u8>)>> {
    let mut found = Vec::new();
    while !value.is_empty() {
        found.push((take_number(&mut value)?, take_text(&mut value)?.to_vec()));
    }
    Some(found)
}

pub(super) struct LeafWriter {
    lang: String,
    open: Vec<(String, Vec<u8>)>,
    size: usize,
    leaves: Directory,
}

impl LeafWriter {
    pub(super) fn new(lang: &Lang, _: Tree) -> Self {
        Self { lang: lang.to_string(), open: Vec::new(), size: 0, leaves: Vec::new() }
    }

    pub(super) fn push(&mut self, key: &str, value: &[u8]) -> Option<Piece> {
        let size = key.len() + value.len();
        let cut = (self.cuts(key) || self.size + size > 16_000).then(|| self.cut()).flatten();
        self.open.push((key.to_owned(), value.to_vec()));
        self.size += size;
        cut
    }

    /// Takes over a leaf as it is, if a new one would begin there.
    pub(super) fn keep(&mut self, leaf: &Leaf) -> Option<Option<Piece>> {
        (self.open.is_empty() || self.cuts(&leaf.first)).then(|| {
            let piece = self.cut();
            self.leaves.push(leaf.clone());
            piece
        })
    }

    fn cuts(&self, key: &str) -> bool {
        self.size > 500 && fnv(key.as_bytes()) % 16 == 0
    }

    fn cut(&mut self) -> Option<Piece> {
        let (first, _) = self.open.first()?;
        let mut bytes = Vec::new();
        for (key, value) in &self.open {
            put_text(&mut bytes, key.as_bytes());
            put_text(&mut bytes, value);
        }
        let name = format!("search/{}/{:016x}.bin", self.lang, fnv(&bytes));
        self.leaves.push(Leaf { first: first.clone(), name: name.clone() });
        self.open.clear();
        self.size = 0;
        Some(Piece { name, bytes })
    }

    pub(super) fn finish(mut self) -> (Option<Piece>, Directory) {
        (self.cut(), self.leaves)
    }
}

pub(super) fn read_leaf(mut bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        found.push((take_string(&mut bytes)?, take_text(&mut bytes)?.to_vec()));
    }
    Some(found)
}

pub(super) struct Root {
    pub(super) directories: Vec<Directory>,
    pub(super) segments: Vec<String>,
}

pub(super) fn root(lang: &Lang, root: &Root) -> Vec<Piece> {
    let mut bytes = Vec::new();
    for directory in &root.directories {
        number(&mut bytes, directory.len() as u32);
        for leaf in directory {
            put_text(&mut bytes, leaf.first.as_bytes());
            put_text(&mut bytes, leaf.name.as_bytes());
        }
    }
    for segment in &root.segments {
        put_text(&mut bytes, segment.as_bytes());
    }
    vec![Piece { name: format!("search/{lang}/{:016x}.bin", fnv(&bytes)), bytes }]
}

pub(super) fn read_root(mut bytes: &[u8]) -> Option<Root> {
    let mut directories = Vec::new();
    for _ in Tree::ALL {
        let count = take_number(&mut bytes)?;
        let leaf = |bytes: &mut &[u8]| {
            Some(Leaf { first: take_string(bytes)?, name: take_string(bytes)? })
        };
        directories.push((0..count).map(|_| leaf(&mut bytes)).collect::<Option<Directory>>()?);
    }
    let mut segments = Vec::new();
    while !bytes.is_empty() {
        segments.push(take_string(&mut bytes)?);
    }
    Some(Root { directories, segments })
}
