//! A changed index from the one that is served: only the pieces that hold a key of what changed are made anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Bound;
use std::path::Path;

use anyhow::Result;
use rusqlite::params;

use super::super::content;
use super::super::tree::Tree;
use super::plan::Moved;
use super::{Before, Index, Search, document, texts};
use crate::index::format::{
    self, Leaf, LeafWriter, Piece, SEGMENT, Tree as Kind, Value, decode_value, encode_value,
    segment_folder,
};
use crate::index::{Mention, mentions};
use crate::model::{Lang, Release};
use crate::native::fold::fold;
use crate::reader;

/// What becomes of the notes of a key.
#[derive(Default)]
struct Edit {
    gone: Vec<u32>,
    come: Vec<(u32, Vec<u8>)>,
}

type Edits = BTreeMap<Kind, BTreeMap<String, Edit>>;

/// That the old index is not what it should be. Then a new one is made.
#[derive(Debug, thiserror::Error)]
#[error("the index that is served cannot be read")]
pub(super) struct Unreadable;

impl Search<'_> {
    /// Moves these documents.
    pub(super) fn edit(
        &mut self,
        tree: &mut Tree,
        lang: &Lang,
        before: Before,
        moved: &[Moved],
        total: usize,
    ) -> Result<()> {
        let Before { root, named } = before;
        let mut index = Index { count: document(total)?, ..Index::default() };
        let mut edits = self.edits(tree, moved)?;
        let mut written = BTreeSet::new();
        let mut gone: BTreeSet<String> = named.pages.into_iter().chain([root]).collect();
        for ((kind, old), new) in Kind::ALL.into_iter().zip(&named.trees).zip(&mut index.trees) {
            let edits = edits.remove(&kind).unwrap_or_default();
            let mut leaves = Leaves {
                lang: lang.as_str(),
                kind,
                writer: LeafWriter::new(lang.as_str(), kind),
                served: self.served,
                gone: &mut gone,
                put: &mut |pieces| put(tree, &mut written, pieces),
            };
            leaves.edit(old, &edits)?;
            let (pieces, leaves) = leaves.writer.finish();
            put(tree, &mut written, pieces)?;
            *new = leaves;
        }
        index.segments = self.segments(tree, lang, &named.segments, moved, total)?;
        let pieces = self.root(lang, &index)?;
        put(tree, &mut written, pieces)?;
        for name in gone.difference(&written) {
            tree.remove(name)?;
        }
        for segment in named.segments.iter().filter(|old| !index.segments.contains(old)) {
            tree.remove_folder(&segment_folder(lang.as_str(), *segment))?;
        }
        Ok(())
    }

    /// What the documents said and say, by key.
    fn edits(&self, tree: &Tree, moved: &[Moved]) -> Result<Edits> {
        let mut edits = Edits::new();
        for Moved { id, before, after, changed } in moved {
            let is = after.map(|_| content::written(tree, id)).transpose()?;
            let was = match before {
                Some(_) if *changed => Some(self.served_release(id).ok_or(Unreadable)?),
                Some(_) => is.clone(),
                None => None,
            };
            let says = |release: Option<&Release>| {
                release.map(|release| mentions(release, fold)).unwrap_or_default()
            };
            let (mut was, mut is) = (says(was.as_ref()), says(is.as_ref()));
            if before == after {
                differing(&mut was, &mut is);
            }
            let mut edit = |mention: Mention, change: &mut dyn FnMut(&mut Edit, Vec<u8>)| {
                let edits = edits.entry(mention.tree).or_default();
                change(edits.entry(mention.key).or_default(), mention.payload);
            };
            if let Some(number) = *before {
                for mention in was {
                    edit(mention, &mut |edit, _| edit.gone.push(number));
                }
            }
            if let Some(number) = *after {
                for mention in is {
                    edit(mention, &mut |edit, payload| edit.come.push((number, payload)));
                }
            }
        }
        Ok(edits)
    }

    /// A release as it stands in the archive that is served.
    fn served_release(&self, id: &str) -> Option<Release> {
        let text = fs::read_to_string(self.served.join(content::data(id))).ok()?;
        reader::read_feed(&text).ok()?.releases.into_iter().next()
    }

    /// Writes the segments with these documents, and puts their names in the place of the old ones.
    fn segments(
        &self,
        tree: &mut Tree,
        lang: &Lang,
        before: &[u64],
        moved: &[Moved],
        total: usize,
    ) -> Result<Vec<u64>> {
        let mut segments = before.to_vec();
        segments.truncate(total.div_ceil(SEGMENT));
        let mut changed: BTreeSet<usize> =
            moved.iter().filter_map(|moved| Some(moved.after? as usize / SEGMENT)).collect();
        if moved.iter().any(|moved| moved.after.is_none()) {
            // The last one may be shorter now.
            changed.extend(segments.len().checked_sub(1));
        }
        let mut list = self.state.db.prepare_cached(
            "SELECT id FROM release WHERE lang = ? ORDER BY place DESC LIMIT ? OFFSET ?",
        )?;
        for segment in changed {
            let first = segment * SEGMENT;
            let ids = list
                .query_map(params![lang.as_str(), SEGMENT, first], |row| row.get::<_, String>(0))?;
            let texts = ids
                .map(|id| Ok(format::lines(&content::written(tree, &id?)?)))
                .collect::<Result<Vec<String>>>()?;
            let hash = texts::write(tree, lang, document(first)?, &texts)?;
            match segments.get_mut(segment) {
                Some(segment) => *segment = hash,
                None => segments.push(hash),
            }
        }
        Ok(segments)
    }
}

/// Takes out what is in both. Both are sorted.
fn differing(was: &mut Vec<Mention>, is: &mut Vec<Mention>) {
    let same = |one: &[Mention], two: &Mention| {
        one.binary_search_by(|mention| {
            (mention.tree, mention.key.as_str()).cmp(&(two.tree, two.key.as_str()))
        })
        .ok()
        .and_then(|place| one.get(place))
        .is_some_and(|one| one.payload == two.payload)
    };
    let kept: Vec<bool> = was.iter().map(|mention| same(is, mention)).collect();
    is.retain(|mention| !same(was, mention));
    let mut kept = kept.into_iter();
    was.retain(|_| !kept.next().unwrap_or_default());
}

/// Writes pieces, and notes their names.
fn put(tree: &mut Tree, written: &mut BTreeSet<String>, pieces: Vec<Piece>) -> Result<()> {
    for Piece { name, bytes } in pieces {
        tree.put(&name, &bytes)?;
        written.insert(name);
    }
    Ok(())
}

/// The leaves of a tree that is edited.
struct Leaves<'a> {
    lang: &'a str,
    kind: Kind,
    writer: LeafWriter,
    /// The archive with the old ones.
    served: &'a Path,
    /// The names of those whose keys are written again.
    gone: &'a mut BTreeSet<String>,
    put: &'a mut dyn FnMut(Vec<Piece>) -> Result<()>,
}

impl Leaves<'_> {
    fn edit(&mut self, directory: &[Leaf], edits: &BTreeMap<String, Edit>) -> Result<()> {
        let mut left = edits.iter().peekable();
        let mut old = directory.iter().peekable();
        let mut from = Bound::Unbounded;
        while let Some(leaf) = old.next() {
            let next = old.peek().map(|next| next.first.as_str());
            // Where a leaf ends depends on the first key of the next one.
            let to = next.map_or(Bound::Unbounded, Bound::Included);
            let is_edited = edits.range::<str, _>((from, to)).next().is_some();
            from = next.map_or(Bound::Unbounded, Bound::Included);
            if !is_edited && let Some(pieces) = self.writer.keep(leaf) {
                (self.put)(pieces)?;
                continue;
            }
            let read = |name: &str| fs::read(self.served.join(name)).ok();
            let opened = leaf.open(self.lang, self.kind, &read).ok_or(Unreadable)?;
            self.gone.extend(opened.names);
            for (key, value) in opened.entries {
                while let Some((new, edit)) = left.next_if(|(edited, _)| **edited < key) {
                    self.push(new, None, edit)?;
                }
                match left.next_if(|(edited, _)| **edited == key) {
                    Some((_, edit)) => self.push(&key, Some(&value), edit)?,
                    None => {
                        let pieces = self.writer.push(&key, &value);
                        (self.put)(pieces)?;
                    }
                }
            }
            let is_here = |key: &str| next.is_none_or(|next| key < next);
            while let Some((new, edit)) = left.next_if(|(edited, _)| is_here(edited)) {
                self.push(new, None, edit)?;
            }
        }
        for (new, edit) in left {
            self.push(new, None, edit)?;
        }
        Ok(())
    }

    /// Writes a key with its edit; not if nothing is left of it.
    fn push(&mut self, key: &str, value: Option<&Value>, edit: &Edit) -> Result<()> {
        let notes = value.map(|value| decode_value(self.kind, value).ok_or(Unreadable));
        let mut notes = notes.transpose()?.unwrap_or_default();
        let place = |notes: &[(u32, Vec<u8>)], number: u32| {
            notes.binary_search_by_key(&number, |(other, _)| *other)
        };
        for number in &edit.gone {
            let at = place(&notes, *number).map_err(|_| Unreadable)?;
            notes.remove(at);
        }
        for (number, payload) in &edit.come {
            let note = (*number, payload.clone());
            match place(&notes, *number) {
                Ok(_) => return Err(Unreadable.into()),
                Err(at) => notes.insert(at, note),
            }
        }
        if notes.is_empty() {
            return Ok(());
        }
        let notes: Vec<(u32, &[u8])> =
            notes.iter().map(|(number, payload)| (*number, payload.as_slice())).collect();
        let pieces = self.writer.push(key, &encode_value(self.kind, &notes));
        (self.put)(pieces)
    }
}
