//! The index of each language, in pieces.
//!
//! In full, releases are handed over as they are rendered: threads note what each says of which key, and at the end
//! the notes are merged by key. Where little changed, only the pieces are made anew that hold a key of what changed.
//!
//! **Invariant:** both ways give the same bytes; what is under embargo is in no temporary file either.

mod edit;
mod plan;
mod runs;
mod table;
mod texts;
mod workers;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use self::edit::Unreadable;
use self::texts::Texts;
use self::workers::Workers;
use super::changes::Changes;
use super::content;
use super::state::State;
use super::tree::Tree;
use crate::index::format::{
    self, Contents, Leaf, LeafWriter, Named, Piece, Tree as Kind, encode_value, segment_folder,
};
use crate::model::{Lang, Release};

/// What all languages share.
pub(super) struct Search<'a> {
    pub(super) state: &'a State,
    pub(super) changes: &'a Changes,
    /// The archive that is served.
    pub(super) served: &'a Path,
    /// Where temporary files may be.
    pub(super) beside: &'a Path,
    /// What was written: the first piece of each language.
    pub(super) roots: Vec<(Lang, String)>,
}

/// An index that is made anew.
pub(super) struct Whole {
    lang: Lang,
    count: u32,
    texts: Texts,
    workers: Workers,
    before: Option<Before>,
}

/// The root of the index that is served, and what it names.
struct Before {
    root: String,
    named: Named,
}

/// An index as it was, or will be.
#[derive(Default)]
struct Index {
    count: u32,
    segments: Vec<u64>,
    trees: [Vec<Leaf>; 4],
}

impl Search<'_> {
    /// Begins to make the index of a language anew. Its releases are to be [taken](Whole::take) newest first.
    pub(super) fn begin(&self, tree: &mut Tree, lang: &Lang, total: usize) -> Result<Whole> {
        let before = self.before(lang);
        self.begin_after(tree, lang, total, before)
    }

    fn begin_after(
        &self,
        tree: &mut Tree,
        lang: &Lang,
        total: usize,
        before: Option<Before>,
    ) -> Result<Whole> {
        if before.is_none() {
            // Nobody knows which of the old pieces are to go.
            tree.remove_folder(&folder(lang))?;
        }
        let (lang, count) = (lang.clone(), document(total)?);
        let texts = Texts::new(lang.clone());
        Ok(Whole { lang, count, texts, workers: Workers::new(self.beside), before })
    }

    /// All releases of the language were taken.
    pub(super) fn end(&mut self, tree: &mut Tree, whole: Whole) -> Result<()> {
        let Whole { lang, count, texts, workers, before } = whole;
        let segments = texts.finish()?;
        let runs = workers.finish()?;
        let mut leaves = Leaves::new(&lang);
        runs::merge(&runs, &mut |kind, key, notes| {
            leaves.turn_to(tree, usize::from(kind))?;
            let kind = *Kind::ALL.get(leaves.kind).context("a run names no tree")?;
            let piece = leaves.writer.push(key, &encode_value(kind, notes));
            put(tree, piece)
        })?;
        let index = Index { count, segments, trees: leaves.finish(tree)? };
        self.write_root(tree, &lang, &index, before)
    }

    /// Brings the index of a language up to date. Its releases are written already.
    pub(super) fn renew(&mut self, tree: &mut Tree, lang: &Lang, total: usize) -> Result<()> {
        let mut before = self.before(lang);
        if let Some(known) = &before
            && let Some(moved) = plan::moved(self.state, self.changes, lang, total)?
        {
            if moved.is_empty() {
                self.roots.push((lang.clone(), known.root.clone()));
                return Ok(());
            }
            match self.edit(tree, lang, &known.named, &moved, total) {
                Ok(index) => return self.write_root(tree, lang, &index, before),
                // What was written until then belongs to no index: all goes.
                Err(error) if error.is::<Unreadable>() => before = None,
                Err(error) => return Err(error),
            }
        }
        let mut whole = self.begin_after(tree, lang, total, before)?;
        let mut list =
            self.state.db.prepare_cached("SELECT id FROM release WHERE lang = ? ORDER BY place")?;
        let mut rows = list.query([lang.as_str()])?;
        let mut number = whole.count;
        while let Some(row) = rows.next()? {
            number -= 1;
            let release = content::written(tree, row.get_ref(0)?.as_str()?)?;
            whole.take(tree, number, release)?;
        }
        self.end(tree, whole)
    }

    /// The index that is served. `None` if there is none that can be read.
    fn before(&self, lang: &Lang) -> Option<Before> {
        if self.state.is_new() {
            return None;
        }
        let root = self.state.fact(&fact(lang)).ok().flatten()?;
        let read = |name: &str| fs::read(self.served.join(name)).ok();
        let named = format::read_all(lang.as_str(), &read(&root)?, &read)?;
        Some(Before { root, named })
    }

    /// Writes the root, and removes what only the old one names.
    fn write_root(
        &mut self,
        tree: &mut Tree,
        lang: &Lang,
        index: &Index,
        before: Option<Before>,
    ) -> Result<()> {
        let name = lang.as_str();
        let [words, positions, ends, days] = &index.trees;
        let contents = Contents {
            lang: name,
            count: index.count,
            segments: &index.segments,
            trees: [words, positions, ends, days],
        };
        let mut pieces: Vec<String> = Vec::new();
        for piece in format::root(&contents) {
            tree.put(&piece.name, &piece.bytes)?;
            pieces.push(piece.name);
        }
        let root = pieces.last().cloned().unwrap_or_default();
        if let Some(Before { root: old, named: before }) = before {
            for old in before.pages.iter().chain([&old]).filter(|old| !pieces.contains(old)) {
                tree.remove(old)?;
            }
            for ((kind, old), new) in Kind::ALL.into_iter().zip(before.trees).zip(contents.trees) {
                for leaf in old.iter().filter(|leaf| !holds(new, leaf)) {
                    tree.remove(&leaf.name(name, kind))?;
                }
            }
            for old in before.segments.iter().filter(|old| !index.segments.contains(old)) {
                tree.remove_folder(&segment_folder(name, *old))?;
            }
        }
        self.state.set(&fact(lang), &root)?;
        self.roots.push((lang.clone(), root));
        Ok(())
    }
}

/// Whether a leaf is among these, which are sorted.
fn holds(leaves: &[Leaf], leaf: &Leaf) -> bool {
    let found = leaves.binary_search_by(|other| other.first.cmp(&leaf.first));
    found.ok().and_then(|at| leaves.get(at)).is_some_and(|other| other.hash == leaf.hash)
}

impl Whole {
    /// Takes a release. The newest has the highest number.
    pub(super) fn take(&mut self, tree: &mut Tree, document: u32, release: Release) -> Result<()> {
        self.texts.take(tree, document, &release)?;
        self.workers.take(document, release);
        Ok(())
    }
}

/// The leaves of one tree after the other.
struct Leaves<'a> {
    lang: &'a Lang,
    kind: usize,
    writer: LeafWriter,
    trees: [Vec<Leaf>; 4],
}

impl<'a> Leaves<'a> {
    fn new(lang: &'a Lang) -> Self {
        let [first, ..] = Kind::ALL;
        let writer = LeafWriter::new(lang.as_str(), first);
        Self { lang, kind: 0, writer, trees: Default::default() }
    }

    /// Ends the trees before this one.
    fn turn_to(&mut self, tree: &mut Tree, kind: usize) -> Result<()> {
        while self.kind < kind {
            let next = *Kind::ALL.get(self.kind + 1).context("there are no more trees")?;
            self.close(tree, next)?;
            self.kind += 1;
        }
        Ok(())
    }

    fn close(&mut self, tree: &mut Tree, next: Kind) -> Result<()> {
        let next = LeafWriter::new(self.lang.as_str(), next);
        let (piece, leaves) = std::mem::replace(&mut self.writer, next).finish();
        if let Some(into) = self.trees.get_mut(self.kind) {
            *into = leaves;
        }
        put(tree, piece)
    }

    fn finish(mut self, tree: &mut Tree) -> Result<[Vec<Leaf>; 4]> {
        let [.., last] = Kind::ALL;
        self.turn_to(tree, last as usize)?;
        self.close(tree, last)?;
        Ok(self.trees)
    }
}

/// Writes a piece.
fn put(tree: &mut Tree, piece: Option<Piece>) -> Result<()> {
    piece.map_or(Ok(()), |piece| tree.put(&piece.name, &piece.bytes))
}

/// Where all pieces of a language are.
pub(super) fn folder(lang: &Lang) -> String {
    format!("search/{lang}")
}

/// Under which name the state knows the root.
fn fact(lang: &Lang) -> String {
    format!("search {lang}")
}

/// A count of releases as documents are numbered.
pub(super) fn document(count: usize) -> Result<u32> {
    u32::try_from(count).context("more releases than an index can number")
}
