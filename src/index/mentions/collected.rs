//! What one release says of each key, while it is read: flat buffers that the next release uses again.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::super::format::{MOST, Tree, put_varint};

/// Marks the end of a chain.
const NONE: u32 = u32::MAX;

/// Keys of a release, and what is said of them.
#[derive(Default)]
pub(super) struct Collected {
    /// Places in `keys`, found by hash, which shows nowhere in what is written.
    slots: HashTable<u32>,
    hasher: DefaultHashBuilder,
    keys: Vec<Key>,
    /// The letters of all keys.
    text: String,
    /// Places, each with where the next one of its chain is.
    places: Vec<(u32, u32)>,
    /// Length class of the title.
    pub(super) title: u32,
}

struct Key {
    tree: Tree,
    hash: u64,
    start: u32,
    length: u32,
    /// How often the text has it, at most [`MOST`].
    count: u32,
    /// In title and decks.
    head: Chain,
    /// In the text.
    text: Chain,
}

/// Places in the order in which they came.
struct Chain {
    first: u32,
    last: u32,
    count: u32,
}

impl Chain {
    const EMPTY: Self = Self { first: NONE, last: NONE, count: 0 };

    fn push(&mut self, places: &mut Vec<(u32, u32)>, place: u32) {
        let at = places.len() as u32;
        match places.get_mut(self.last as usize) {
            Some((_, next)) => *next = at,
            None => self.first = at,
        }
        places.push((place, NONE));
        self.last = at;
        self.count += 1;
    }

    fn places<'a>(&self, places: &'a [(u32, u32)]) -> impl Iterator<Item = u32> + use<'a> {
        let mut next = self.first;
        std::iter::from_fn(move || {
            let (place, after) = places.get(next as usize)?;
            next = *after;
            Some(*place)
        })
    }
}

impl Collected {
    /// Forgets all keys.
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.keys.clear();
        self.text.clear();
        self.places.clear();
        self.title = 0;
    }

    /// Title or deck have a word there.
    pub(super) fn head(&mut self, key: &str, place: u32) {
        let at = self.key(Tree::Words, key);
        if let Some(key) = self.keys.get_mut(at) {
            key.head.push(&mut self.places, place);
        }
    }

    /// The text has a word.
    pub(super) fn count(&mut self, key: &str) {
        let at = self.key(Tree::Words, key);
        if let Some(key) = self.keys.get_mut(at) {
            key.count = (key.count + 1).min(MOST);
        }
    }

    /// There begins a word in the text.
    pub(super) fn place(&mut self, key: &str, place: u32) {
        let at = self.key(Tree::Words, key);
        if let Some(key) = self.keys.get_mut(at) {
            key.text.push(&mut self.places, place);
        }
    }

    /// The title has a whole word.
    pub(super) fn end(&mut self, key: &str) {
        self.key(Tree::Ends, key);
    }

    /// The place of a key, which is added if it is new.
    fn key(&mut self, tree: Tree, key: &str) -> usize {
        let hash = self.hasher.hash_one((tree as u8, key));
        let is = |place: &u32| {
            self.keys.get(*place as usize).is_some_and(|known| {
                known.hash == hash && known.tree == tree && self.text_of(known) == key
            })
        };
        if let Some(place) = self.slots.find(hash, is) {
            return *place as usize;
        }
        let (start, length) = (self.text.len() as u32, key.len() as u32);
        self.text.push_str(key);
        let [head, text] = [Chain::EMPTY, Chain::EMPTY];
        let place = self.keys.len();
        self.keys.push(Key { tree, hash, start, length, count: 0, head, text });
        let keys = &self.keys;
        let rehash = |place: &u32| keys.get(*place as usize).map_or(0, |key| key.hash);
        self.slots.insert_unique(hash, place as u32, rehash);
        place
    }

    fn text_of(&self, key: &Key) -> &str {
        let start = key.start as usize;
        self.text.get(start..start + key.length as usize).unwrap_or_default()
    }

    /// Tells each key once, with its payload.
    pub(super) fn tell(&self, mut say: impl FnMut(Tree, &str, &[u8])) {
        let (mut payload, mut head) = (Vec::new(), Vec::new());
        for key in &self.keys {
            payload.clear();
            if key.tree == Tree::Words {
                head.clear();
                head.extend(key.head.places(&self.places));
                head.sort_unstable();
                head.dedup();
                let title = if head.is_empty() { 0 } else { self.title.min(7) };
                payload.push(key.count as u8 | (title as u8) << 4);
                put_varint(&mut payload, head.len() as u32);
                put_gaps(&mut payload, head.iter().copied());
                put_gaps(&mut payload, key.text.places(&self.places));
            }
            say(key.tree, self.text_of(key), &payload);
        }
    }
}

/// Ascending numbers as the steps between them.
fn put_gaps(bytes: &mut Vec<u8>, places: impl Iterator<Item = u32>) {
    let mut last = 0;
    for place in places {
        put_varint(bytes, place - last);
        last = place;
    }
}
