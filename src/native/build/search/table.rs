//! What releases say of keys, gathered by key in memory, until it is so much that it is written as a sorted run.
//!
//! Keys repeat from release to release: gathering them first leaves a tenth to be sorted.

use std::io::{self, Write};

/// Keys and notes of one run.
#[derive(Default)]
pub(super) struct Table {
    /// Places in `keys` counted from 1, found by hash; 0 is free.
    slots: Vec<u32>,
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
    hash: u32,
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
        self.slots.len() * size_of::<u32>()
            + self.keys.len() * size_of::<Key>()
            + self.texts.len()
            + self.notes.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Adds what a document says of a key.
    pub(super) fn add(&mut self, tree: u8, key: &[u8], document: u32, payload: &[u8]) {
        if self.slots.len() < (self.keys.len() + 1) * 2 {
            self.grow();
        }
        let place = self.place(tree, key);
        let mut head = std::mem::take(&mut self.head);
        head.clear();
        put_number(&mut head, document);
        put_number(&mut head, fitting(payload.len()));
        if let Some(key) = self.keys.get_mut(place) {
            key.size += fitting(head.len() + payload.len());
            key.put(&mut self.notes, &head);
            key.put(&mut self.notes, payload);
        }
        self.head = head;
    }

    /// The place of a key, which is added if it is new.
    fn place(&mut self, tree: u8, key: &[u8]) -> usize {
        let hash = hash(tree, key);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let place = self.slots.get(slot).map_or(0, |place| *place as usize);
            match place.checked_sub(1).and_then(|place| Some((place, self.keys.get(place)?))) {
                Some((place, known))
                    if known.hash == hash && known.tree == tree && self.text(known) == key =>
                {
                    return place;
                }
                Some(_) => slot = (slot + 1) & mask,
                None => break,
            }
        }
        let (start, length) = (fitting(self.texts.len()), fitting(key.len()));
        self.texts.extend_from_slice(key);
        let [block, _] = BLOCKS;
        let first = fitting(self.notes.len());
        self.notes.resize(self.notes.len() + HEAD + block as usize, 0);
        let (prefix, end) = (prefix(key), first + HEAD as u32);
        let key =
            Key { tree, hash, start, length, prefix, first, end, room: block, block, size: 0 };
        self.keys.push(key);
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = fitting(self.keys.len());
        }
        self.keys.len() - 1
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 12);
        self.slots.clear();
        self.slots.resize(size, 0);
        for (place, key) in self.keys.iter().enumerate() {
            let mut slot = key.hash as usize & (size - 1);
            while self.slots.get(slot).is_some_and(|taken| *taken != 0) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = fitting(place + 1);
            }
        }
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
            put_number(&mut entry, fitting(shared));
            put_number(&mut entry, fitting(text.len() - shared));
            entry.extend_from_slice(text.get(shared..).unwrap_or_default());
            put_number(&mut entry, key.size);
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
        self.slots.fill(0);
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

/// Scatters keys over slots. It shows nowhere in what is written.
fn hash(tree: u8, key: &[u8]) -> u32 {
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = (u64::from(tree) << 32 | key.len() as u64).wrapping_mul(SPREAD);
    let (parts, rest) = key.as_chunks::<8>();
    for part in parts {
        hash = (hash.rotate_left(23) ^ u64::from_le_bytes(*part)).wrapping_mul(SPREAD);
    }
    let rest = rest.iter().fold(0, |rest, byte| rest << 8 | u64::from(*byte));
    hash = (hash.rotate_left(23) ^ rest).wrapping_mul(SPREAD);
    (hash >> 32) as u32
}

/// A number in groups of seven bits, small ones first.
pub(super) fn put_number(into: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        into.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}
