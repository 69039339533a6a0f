//! The pieces of one language that are there, and what is asked of them.

use std::rc::Rc;

use super::engine::Error;
use super::format::{
    Entries, Leaf, Passage, Places, Root, SEGMENT, Shown, Tree, VERSION, hash, page_name,
    read_all_places, read_main, read_page, read_rest, read_root, read_text, root_name, text_name,
};
use crate::model::Lang;

/// Bytes of pieces that are kept: enough for dozens of queries, little for a phone.
const KEPT: usize = 4 << 20;

/// A piece by what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    Root,
    Page(Tree, Leaf),
    Leaf(Tree, Leaf),
    Places(Places),
    Text(u64, u32),
    Rest(u64, u32),
}

/// What a piece holds.
#[derive(Debug)]
enum Held {
    Page(Vec<Leaf>),
    Leaf(Option<Places>, Rc<Entries>),
    Places(Vec<Vec<u8>>),
    Text(Rc<Shown>),
    Rest(Rc<Vec<Passage>>),
}

/// The index of one language.
#[derive(Debug)]
pub(super) struct Library {
    pub(super) lang: Lang,
    root_name: String,
    root: Option<Root>,
    /// In the order in which they came, with their names and sizes.
    held: Vec<(String, usize, Held)>,
    wanted: Vec<(String, Wanted)>,
}

/// The names of pieces that are missing.
pub(super) type Needs = Vec<String>;

impl Library {
    pub(super) fn new(lang: Lang, root_name: String) -> Self {
        Self { lang, root_name, root: None, held: Vec::new(), wanted: Vec::new() }
    }

    /// Number of releases. `None` if the root is missing, which is then needed.
    pub(super) fn count(&mut self, needs: &mut Needs) -> Option<u32> {
        if let Some(root) = &self.root {
            return Some(root.count);
        }
        self.want(self.root_name.clone(), Wanted::Root, needs);
        None
    }

    fn want(&mut self, name: String, wanted: Wanted, needs: &mut Needs) {
        if !needs.contains(&name) {
            needs.push(name.clone());
        }
        if self.wanted.iter().all(|(known, _)| *known != name) {
            self.wanted.push((name, wanted));
        }
    }

    fn held(&self, name: &str) -> Option<&Held> {
        self.held.iter().find(|(known, ..)| known == name).map(|(.., held)| held)
    }

    /// The leaves of a tree that hold the keys from one to another, at most so many of them.
    fn leaves(
        &mut self,
        tree: Tree,
        from: &str,
        to: &str,
        most: usize,
        needs: &mut Needs,
    ) -> Option<Vec<Leaf>> {
        let lang = self.lang.clone();
        let at = Tree::ALL.iter().position(|other| *other == tree)?;
        let directory = self.root.as_ref()?.trees.get(at)?;
        if !directory.paged {
            return Some(between(&directory.entries, from, to, most));
        }
        let pages = between(&directory.entries, from, to, most);
        let mut leaves = Vec::new();
        let mut missing = false;
        for page in pages {
            let name = page_name(&page, lang.as_str(), tree);
            match self.held(&name) {
                Some(Held::Page(own)) => leaves.extend(between(own, from, to, most)),
                _ => {
                    self.want(name, Wanted::Page(tree, page), needs);
                    missing = true;
                }
            }
        }
        leaves.truncate(most);
        (!missing).then_some(leaves)
    }

    fn leaf(&mut self, tree: Tree, leaf: Leaf, needs: &mut Needs) -> Option<Rc<Entries>> {
        let name = leaf.name(self.lang.as_str(), tree);
        if let Some(Held::Leaf(_, entries)) = self.held(&name) {
            return Some(Rc::clone(entries));
        }
        self.want(name, Wanted::Leaf(tree, leaf), needs);
        None
    }

    /// The value of a key; empty if it has none. `None` if a piece is missing, which is then needed.
    pub(super) fn value(&mut self, tree: Tree, key: &str, needs: &mut Needs) -> Option<Vec<u8>> {
        let leaves = self.leaves(tree, key, key, 1, needs)?;
        let Some(leaf) = leaves.into_iter().next() else { return Some(Vec::new()) };
        let entries = self.leaf(tree, leaf, needs)?;
        let at = entries.binary_search_by(|(other, _)| other.as_str().cmp(key)).ok();
        Some(at.and_then(|at| entries.get(at)).map(|(_, value)| value.clone()).unwrap_or_default())
    }

    /// How many bytes it takes to know the places of a word, and whether they are there. The leaf of the word must be.
    pub(super) fn places_size(&mut self, key: &str) -> usize {
        let Some((places, name, _)) = self.places_of(key) else { return 0 };
        if self.held(&name).is_some() { 0 } else { usize::from(places.size) * 256 + 255 }
    }

    fn places_of(&mut self, key: &str) -> Option<(Places, String, usize)> {
        let leaf = self.leaves(Tree::Words, key, key, 1, &mut Needs::new())?.into_iter().next()?;
        let held = self.held(&leaf.name(self.lang.as_str(), Tree::Words))?;
        let Held::Leaf(Some(places), entries) = held else { return None };
        let at = entries.binary_search_by(|(other, _)| other.as_str().cmp(key)).ok()?;
        Some((*places, places.name(self.lang.as_str(), &leaf.first), at))
    }

    /// The places of a word; empty if it has none. Its leaf must be there.
    pub(super) fn places(&mut self, key: &str, needs: &mut Needs) -> Option<Vec<u8>> {
        let Some((places, name, at)) = self.places_of(key) else { return Some(Vec::new()) };
        if let Some(Held::Places(all)) = self.held(&name) {
            return Some(all.get(at).cloned().unwrap_or_default());
        }
        self.want(name, Wanted::Places(places), needs);
        None
    }

    /// Keys and values from one key to another (inclusive), as far as so many leaves go.
    pub(super) fn range(
        &mut self,
        tree: Tree,
        from: &str,
        to: &str,
        most: usize,
        needs: &mut Needs,
    ) -> Option<Vec<(String, Vec<u8>)>> {
        let leaves = self.leaves(tree, from, to, most, needs)?;
        // All that are missing are asked for at once.
        let entries: Vec<Option<Rc<Entries>>> =
            leaves.into_iter().map(|leaf| self.leaf(tree, leaf, needs)).collect();
        let mut found = Vec::new();
        for entries in entries {
            let within = |(key, _): &&(String, Vec<u8>)| key.as_str() >= from && key.as_str() <= to;
            found.extend(entries?.iter().filter(within).cloned());
        }
        Some(found)
    }

    /// The shown text of a release.
    pub(super) fn text(&mut self, number: u32, needs: &mut Needs) -> Option<Rc<Shown>> {
        match self.shown(number, false, needs)? {
            Held::Text(shown) => Some(Rc::clone(shown)),
            _ => None,
        }
    }

    /// The passages of a release that its text does not show at once.
    pub(super) fn rest(&mut self, number: u32, needs: &mut Needs) -> Option<Rc<Vec<Passage>>> {
        match self.shown(number, true, needs)? {
            Held::Rest(passages) => Some(Rc::clone(passages)),
            _ => None,
        }
    }

    /// A piece of the text of a release.
    fn shown(&mut self, number: u32, rest: bool, needs: &mut Needs) -> Option<&Held> {
        let segment = *self.root.as_ref()?.segments.get(number as usize / SEGMENT)?;
        let name = text_name(self.lang.as_str(), segment, number, rest);
        if self.held(&name).is_none() {
            let wanted = if rest { Wanted::Rest } else { Wanted::Text };
            self.want(name, wanted(segment, number), needs);
            return None;
        }
        self.held(&name)
    }

    /// Takes in a piece. `false` if it is none of this language.
    pub(super) fn give(&mut self, name: &str, bytes: &[u8]) -> Result<bool, Error> {
        let Some(at) = self.wanted.iter().position(|(wanted, _)| wanted == name) else {
            return Ok(false);
        };
        let wrong = || Error::Piece(name.to_owned());
        let named =
            |leaf: &Leaf| if hash(bytes) as u32 == leaf.hash { Ok(()) } else { Err(wrong()) };
        let held = match self.wanted.get(at).map(|(_, wanted)| wanted) {
            None => return Ok(false),
            Some(Wanted::Root) => {
                if let Some([version, ..]) = bytes.strip_prefix(b"RVS")
                    && *version != VERSION
                {
                    return Err(Error::Version(name.to_owned()));
                }
                let expected = root_name(self.lang.as_str(), bytes);
                let root = read_root(bytes).filter(|_| expected == name).ok_or_else(wrong)?;
                self.root = Some(root);
                self.wanted.swap_remove(at);
                return Ok(true);
            }
            Some(Wanted::Page(tree, leaf)) => {
                named(leaf)?;
                Held::Page(read_page(*tree, bytes).ok_or_else(wrong)?)
            }
            Some(Wanted::Leaf(tree, leaf)) => {
                named(leaf)?;
                let (places, entries) = read_main(*tree, bytes).ok_or_else(wrong)?;
                if entries.first().is_none_or(|(first, _)| *first != leaf.first) {
                    return Err(wrong());
                }
                Held::Leaf(places, Rc::new(entries))
            }
            Some(Wanted::Places(places)) => {
                if hash(bytes) as u32 != places.hash {
                    return Err(wrong());
                }
                Held::Places(read_all_places(bytes).ok_or_else(wrong)?)
            }
            Some(Wanted::Rest(segment, number)) => {
                Held::Rest(Rc::new(read_rest(bytes, *segment, *number).ok_or_else(wrong)?))
            }
            Some(Wanted::Text(segment, number)) => {
                Held::Text(Rc::new(read_text(bytes, *segment, *number).ok_or_else(wrong)?))
            }
        };
        self.wanted.swap_remove(at);
        self.held.push((name.to_owned(), bytes.len(), held));
        Ok(true)
    }

    /// Forgets the oldest pieces, so that memory has a bound. Only between questions.
    pub(super) fn trim(&mut self) {
        let mut size: usize = self.held.iter().map(|(_, size, _)| size).sum();
        let mut oldest = 0;
        while size > KEPT {
            size -= self.held.get(oldest).map_or(size, |(_, size, _)| *size);
            oldest += 1;
        }
        self.held.drain(..oldest);
        self.wanted.clear();
    }
}

/// The leaves that hold the keys from one to another.
fn between(leaves: &[Leaf], from: &str, to: &str, most: usize) -> Vec<Leaf> {
    let start = leaves.partition_point(|leaf| leaf.first.as_str() <= from).saturating_sub(1);
    let rest = leaves.get(start..).unwrap_or_default();
    rest.iter().take_while(|leaf| leaf.first.as_str() <= to).take(most).cloned().collect()
}
