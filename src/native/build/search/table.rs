//! What releases say of keys, gathered by key in memory, until it is so much that it is written as a sorted run.
//!
//! Keys repeat from release to release: gathering them first leaves a tenth to be sorted.

use std::hash::BuildHasher;
use std::io::{self, Write};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::index::format::put_varint;

/// Keys and notes of one run.
#[derive(Default)]
pub(super) struct Table {
    /// Places in `keys`, found by hash, which shows nowhere in what is written.
    slots: HashTable<u32>,
    hasher: DefaultHashBuilder,
    keys: Vec<Key>,
    /// The bytes of all keys.
    texts: Vec<u8>,
    /// Notes as they are written, in chains of growing blocks: those of one key lie together, or each note would be
    /// far from the next one when they are written.
    notes: Vec<u8>,
    /// Used again for each note.
    head: Vec<u8>,
}

struct Key {
    tree: u8,
    hash: u64,
    start: u32,
    length: u32,
    /// The first bytes, so that most comparisons end without a look at `texts`.
    prefix: u64,
    /// The first block of its notes.
    first: u32,
    /// Where the next byte of a note comes to stand, and how many fit there.
    end: u32,
    room: u32,
    /// Bytes of the last block.
    block: u32,
    /// Bytes of all its notes as they are written.
    size: u32,
}

/// Bytes of the first block: most keys have one note. Each further one is twice as large, up to the last number.
const BLOCKS: [u32; 2] = [12, 768];

/// Bytes before a block: where the next one is.
const HEAD: usize = 4;

impl Key {
    /// Adds bytes to its notes.
    fn put(&mut self, notes: &mut Vec<u8>, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.room == 0 {
                let [_, most] = BLOCKS;
                let next = fitting(notes.len());
                let before = (self.end - self.block) as usize;
                if let Some(link) = notes.get_mut(before - HEAD..before) {
                    link.copy_from_slice(&next.to_le_bytes());
                }
                self.block = (self.block * 2).min(most);
                notes.resize(notes.len() + HEAD + self.block as usize, 0);
                (self.end, self.room) = (next + HEAD as u32, self.block);
            }
            let (part, rest) = bytes.split_at(bytes.len().min(self.room as usize));
            let end = self.end as usize;
            if let Some(place) = notes.get_mut(end..end + part.len()) {
                place.copy_from_slice(part);
            }
            self.end += fitting(part.len());
            self.room -= fitting(part.len());
            bytes = rest;
        }
    }
}

impl Table {
    /// Bytes held.
    pub(super) fn size(&self) -> usize {
        self.slots.allocation_size()
            + self.keys.len() * size_of::<Key>()
            + self.texts.len()
            + self.notes.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Adds what a document says of a key.
    pub(super) fn add(&mut self, tree: u8, key: &[u8], document: u32, payload: &[u8]) {
        let place = self.place(tree, key);
        let mut head = std::mem::take(&mut self.head);
        head.clear();
        put_varint(&mut head, document);
        put_varint(&mut head, fitting(payload.len()));
        if let Some(key) = self.keys.get_mut(place) {
            key.size += fitting(head.len() + payload.len());
            key.put(&mut self.notes, &head);
            key.put(&mut self.notes, payload);
        }
        self.head = head;
    }

    /// The place of a key, which is added if it is new.
    fn place(&mut self, tree: u8, key: &[u8]) -> usize {
        let hash = self.hasher.hash_one((tree, key));
        let is = |place: &u32| {
            self.keys.get(*place as usize).is_some_and(|known| {
                known.hash == hash && known.tree == tree && self.text(known) == key
            })
        };
        if let Some(place) = self.slots.find(hash, is) {
            return *place as usize;
        }
        let (start, length) = (fitting(self.texts.len()), fitting(key.len()));
        self.texts.extend_from_slice(key);
        let [block, _] = BLOCKS;
        let first = fitting(self.notes.len());
        self.notes.resize(self.notes.len() + HEAD + block as usize, 0);
        let (prefix, end) = (prefix(key), first + HEAD as u32);
        let place = self.keys.len();
        self.keys.push(Key {
            tree,
            hash,
            start,
            length,
            prefix,
            first,
            end,
            room: block,
            block,
            size: 0,
        });
        let keys = &self.keys;
        let rehash = |place: &u32| keys.get(*place as usize).map_or(0, |key| key.hash);
        self.slots.insert_unique(hash, fitting(place), rehash);
        place
    }

    fn text(&self, key: &Key) -> &[u8] {
        let start = key.start as usize;
        self.texts.get(start..start + key.length as usize).unwrap_or_default()
    }

    /// Writes all in the order of trees and keys, and is empty again. A key is told by what differs from the one
    /// before it.
    pub(super) fn write(&mut self, into: &mut impl Write) -> io::Result<()> {
        let mut keys = std::mem::take(&mut self.keys);
        keys.sort_unstable_by(|one, two| {
            (one.tree, one.prefix)
                .cmp(&(two.tree, two.prefix))
                .then_with(|| self.text(one).cmp(self.text(two)))
        });
        let (mut before, mut entry): (&[u8], Vec<u8>) = (&[], Vec::new());
        for key in &keys {
            let text = self.text(key);
            let shared = text.iter().zip(before).take_while(|(one, two)| one == two).count();
            entry.clear();
            entry.push(key.tree);
            put_varint(&mut entry, fitting(shared));
            put_varint(&mut entry, fitting(text.len() - shared));
            entry.extend_from_slice(text.get(shared..).unwrap_or_default());
            put_varint(&mut entry, key.size);
            let ([mut block, most], mut at) = (BLOCKS, key.first as usize);
            let mut left = key.size as usize;
            while left > 0 {
                let part = left.min(block as usize);
                let start = at + HEAD;
                entry.extend_from_slice(self.notes.get(start..start + part).unwrap_or_default());
                left -= part;
                at = word(&self.notes, at) as usize;
                block = (block * 2).min(most);
            }
            into.write_all(&entry)?;
            before = text;
        }
        keys.clear();
        self.keys = keys;
        self.slots.clear();
        self.texts.clear();
        self.notes.clear();
        Ok(())
    }
}

/// The table is written long before four billion.
fn fitting(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let word = bytes.get(at..at + 4).and_then(|word| word.try_into().ok());
    word.map_or(0, u32::from_le_bytes)
}

fn prefix(key: &[u8]) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    u64::from_be_bytes(first)
}
