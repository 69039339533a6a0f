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
use std::hash::{DefaultHasher, Hash, Hasher};
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
}

/// An index as it will be.
#[derive(Default)]
struct Index {
    count: u32,
    segments: Vec<u64>,
    trees: [Vec<Leaf>; 3],
}

/// The root of the index that is served, and what it names.
struct Before {
    root: String,
    named: Named,
}

impl Search<'_> {
    /// Begins to make the index of a language anew. Its releases are to be [taken](Whole::take) newest first.
    pub(super) fn begin(&self, lang: &Lang, total: usize) -> Result<Whole> {
        let (lang, count) = (lang.clone(), document(total)?);
        let texts = Texts::new(lang.clone());
        Ok(Whole { lang, count, texts, workers: Workers::new(self.beside) })
    }

    /// All releases of the language were taken.
    pub(super) fn end(&mut self, tree: &mut Tree, whole: Whole) -> Result<()> {
        let Whole { lang, count, texts, workers } = whole;
        let segments = texts.finish()?;
        let runs = workers.finish()?;
        let mut written = Names::default();
        let mut leaves = Leaves::new(&lang);
        runs::merge(&runs, &mut |kind, key, notes| {
            leaves.turn_to(tree, usize::from(kind), &mut written)?;
            let kind = *Kind::ALL.get(leaves.kind).context("a run names no tree")?;
            let pieces = leaves.writer.push(key, &encode_value(kind, notes));
            written.put(tree, pieces)
        })?;
        let trees = leaves.finish(tree, &mut written)?;
        for segment in &segments {
            written.add(&segment_folder(lang.as_str(), *segment));
        }
        let pieces = self.root(&lang, &Index { count, segments, trees })?;
        written.put(tree, pieces)?;
        if self.state.is_new() { Ok(()) } else { written.sweep(tree, &lang) }
    }

    /// Brings the index of a language up to date. Its releases are written already.
    pub(super) fn renew(&mut self, tree: &mut Tree, lang: &Lang, total: usize) -> Result<()> {
        if let Some(before) = self.before(lang)
            && let Some(moved) = plan::moved(self.state, self.changes, lang, total)?
        {
            if moved.is_empty() {
                self.roots.push((lang.clone(), before.root));
                return Ok(());
            }
            match self.edit(tree, lang, before, &moved, total) {
                // What was written until then is swept away.
                Err(error) if error.is::<Unreadable>() => {}
                done => return done,
            }
        }
        let mut whole = self.begin(lang, total)?;
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
        let root = self.state.fact(&fact(lang)).ok().flatten()?;
        let read = |name: &str| fs::read(self.served.join(name)).ok();
        let named = format::read_all(lang.as_str(), &read(&root)?, &read)?;
        Some(Before { root, named })
    }

    /// The root and its pages. It is the root of the language from now on.
    fn root(&mut self, lang: &Lang, index: &Index) -> Result<Vec<Piece>> {
        let [words, ends, days] = &index.trees;
        let pieces = format::root(&Contents {
            lang: lang.as_str(),
            count: index.count,
            segments: &index.segments,
            trees: [words, ends, days],
        });
        let root = pieces.last().map(|piece| piece.name.clone()).unwrap_or_default();
        self.state.set(&fact(lang), &root)?;
        self.roots.push((lang.clone(), root));
        Ok(pieces)
    }
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
    trees: [Vec<Leaf>; 3],
}

impl<'a> Leaves<'a> {
    fn new(lang: &'a Lang) -> Self {
        let [first, ..] = Kind::ALL;
        let writer = LeafWriter::new(lang.as_str(), first);
        Self { lang, kind: 0, writer, trees: Default::default() }
    }

    /// Ends the trees before this one.
    fn turn_to(&mut self, tree: &mut Tree, kind: usize, written: &mut Names) -> Result<()> {
        while self.kind < kind {
            let next = *Kind::ALL.get(self.kind + 1).context("there are no more trees")?;
            self.close(tree, next, written)?;
            self.kind += 1;
        }
        Ok(())
    }

    fn close(&mut self, tree: &mut Tree, next: Kind, written: &mut Names) -> Result<()> {
        let next = LeafWriter::new(self.lang.as_str(), next);
        let (pieces, leaves) = std::mem::replace(&mut self.writer, next).finish();
        if let Some(into) = self.trees.get_mut(self.kind) {
            *into = leaves;
        }
        written.put(tree, pieces)
    }

    fn finish(mut self, tree: &mut Tree, written: &mut Names) -> Result<[Vec<Leaf>; 3]> {
        let [.., last] = Kind::ALL;
        self.turn_to(tree, last as usize, written)?;
        self.close(tree, last, written)?;
        Ok(self.trees)
    }
}

/// Names of files and folders that belong to an index, by their hashes: a list of the names themselves would be large.
#[derive(Default)]
struct Names {
    hashes: Vec<u64>,
}

impl Names {
    /// Writes pieces.
    fn put(&mut self, tree: &mut Tree, pieces: Vec<Piece>) -> Result<()> {
        for Piece { name, bytes } in pieces {
            tree.put(&name, &bytes)?;
            self.add(&name);
        }
        Ok(())
    }

    fn add(&mut self, name: &str) {
        self.hashes.push(hash(name));
    }

    /// Removes what has none of these names.
    fn sweep(mut self, tree: &mut Tree, lang: &Lang) -> Result<()> {
        self.hashes.sort_unstable();
        let folder = folder(lang);
        let path = tree.path(&folder);
        let cannot = || format!("{}: cannot be listed", path.display());
        for entry in fs::read_dir(&path).with_context(cannot)? {
            let entry = entry.with_context(cannot)?;
            let name = format!("{folder}/{}", entry.file_name().display());
            if self.hashes.binary_search(&hash(&name)).is_ok() {
                continue;
            }
            if entry.file_type().with_context(cannot)?.is_dir() {
                tree.remove_folder(&name)?;
            } else {
                tree.remove(&name)?;
            }
        }
        Ok(())
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
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
