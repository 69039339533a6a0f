//! The index of each language, in pieces.
//!
//! In full, releases are handed over as they are rendered: threads note what each says of which key, and at the end
//! the notes are merged by key. Where little changed, only the pieces are made anew that hold a key of what changed.
//!
//! **Invariant:** both ways give the same bytes; memory does not grow with the archive; what is under embargo is in no
//! temporary file either.

mod edit;
mod plan;
mod runs;
mod standin;
mod table;
mod texts;
mod workers;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::params;

use self::edit::Unreadable;
use self::standin as format;
use self::standin::{Directory, LeafWriter, Root, Tree as Kind};
use self::texts::Texts;
use self::workers::Workers;
use super::changes::Changes;
use super::content;
use super::order;
use super::state::State;
use super::tree::Tree;
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
    texts: Texts,
    workers: Workers,
}

/// Names of pieces, those of folders with a slash at the end.
type Names = BTreeSet<String>;

impl Search<'_> {
    /// Begins to make the index of a language anew. Its releases are to be [taken](Whole::take) newest first.
    pub(super) fn begin(&self, lang: &Lang, total: usize) -> Whole {
        let texts = Texts::new(lang.clone(), total);
        Whole { lang: lang.clone(), texts, workers: Workers::new(self.beside) }
    }

    /// All releases of the language were taken.
    pub(super) fn end(&mut self, tree: &mut Tree, whole: Whole) -> Result<()> {
        let Whole { lang, texts, workers } = whole;
        let runs = workers.finish()?;
        let mut names = Names::new();
        let mut leaves = Leaves::new(&lang);
        runs::merge(&runs, &mut |kind, key, notes| {
            let kind = *Kind::ALL.get(usize::from(kind)).context("a run names no tree")?;
            leaves.turn_to(tree, kind, &mut names)?;
            let value = format::encode_value(kind, notes);
            let piece = leaves.writer.push(key, &value);
            put(tree, &mut names, piece)
        })?;
        let directories = leaves.finish(tree, &mut names)?;
        let segments = texts.finish()?;
        let root = Root { directories, segments };
        self.write_root(tree, &lang, &root, names)
    }

    /// Brings the index of a language up to date. Its releases are written already.
    pub(super) fn renew(&mut self, tree: &mut Tree, lang: &Lang, total: usize) -> Result<()> {
        if let Some(root) = self.state.fact(&fact(lang))?
            && let Some(moved) = plan::moved(self.state, self.changes, lang, total)?
        {
            if moved.is_empty() {
                self.roots.push((lang.clone(), root));
                return Ok(());
            }
            let mut names = Names::new();
            match self.edit(tree, lang, &root, &moved, &mut names) {
                Ok(mut root) => {
                    self.segments(tree, lang, &mut root.segments, &moved, total)?;
                    return self.write_root(tree, lang, &root, names);
                }
                // What was written until then belongs to no index.
                Err(error) if error.is::<Unreadable>() => self.note(lang, &names)?,
                Err(error) => return Err(error),
            }
        }
        let mut whole = self.begin(lang, total);
        let mut list =
            self.state.db.prepare_cached("SELECT id FROM release WHERE lang = ? ORDER BY place")?;
        let mut rows = list.query([lang.as_str()])?;
        let mut document = document(total)?;
        while let Some(row) = rows.next()? {
            document -= 1;
            let release = content::written(tree, row.get_ref(0)?.as_str()?)?;
            whole.take(tree, document, release)?;
        }
        self.end(tree, whole)
    }

    /// Forgets languages that are gone, and gives the first piece of each.
    pub(super) fn finish(self, tree: &mut Tree) -> Result<Vec<(Lang, String)>> {
        let mut list = self.state.db.prepare_cached("SELECT DISTINCT lang FROM piece")?;
        let langs = list.query_map([], |row| row.get::<_, String>(0))?;
        let langs: Vec<String> = langs.collect::<rusqlite::Result<_>>()?;
        for lang in langs.iter().filter_map(|lang| Lang::parse(lang)) {
            if self.roots.iter().all(|(kept, _)| *kept != lang) {
                self.keep(tree, &lang, &Names::new())?;
                let mut forget = self.state.db.prepare_cached("DELETE FROM fact WHERE name = ?")?;
                forget.execute([fact(&lang)])?;
            }
        }
        Ok(self.roots)
    }

    fn write_root(
        &mut self,
        tree: &mut Tree,
        lang: &Lang,
        root: &Root,
        mut names: Names,
    ) -> Result<()> {
        let mut name = String::new();
        for piece in format::root(lang, root) {
            name.clone_from(&piece.name);
            put(tree, &mut names, Some(piece))?;
        }
        names.extend(root.directories.iter().flatten().map(|leaf| leaf.name.clone()));
        names.extend(root.segments.iter().map(|segment| format!("{segment}/")));
        self.keep(tree, lang, &names)?;
        self.state.set(&fact(lang), &name)?;
        self.roots.push((lang.clone(), name));
        Ok(())
    }

    /// Notes that pieces of a language were written.
    fn note<'a>(&self, lang: &Lang, names: impl IntoIterator<Item = &'a String>) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO piece VALUES (?, ?)";
        let mut add = self.state.db.prepare_cached(sql)?;
        for name in names {
            add.execute(params![lang.as_str(), name])?;
        }
        Ok(())
    }

    /// Removes the pieces of a language that have none of these names. Two languages may share one.
    fn keep(&self, tree: &mut Tree, lang: &Lang, names: &Names) -> Result<()> {
        let db = &self.state.db;
        let mut list = db.prepare_cached("SELECT name FROM piece WHERE lang = ?")?;
        let mut forget = db.prepare_cached("DELETE FROM piece WHERE lang = ? AND name = ?")?;
        let mut other = db.prepare_cached("SELECT 1 FROM piece WHERE name = ?")?;
        let before = list.query_map([lang.as_str()], |row| row.get::<_, String>(0))?;
        let before: Names = before.collect::<rusqlite::Result<_>>()?;
        self.note(lang, names.difference(&before))?;
        for name in before.difference(names) {
            forget.execute(params![lang.as_str(), name])?;
            if other.exists([name])? {
                continue;
            }
            match name.strip_suffix('/') {
                Some(folder) => tree.remove_folder(folder)?,
                None => _ = tree.remove(name)?,
            }
        }
        Ok(())
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
    directories: Vec<Directory>,
}

impl<'a> Leaves<'a> {
    fn new(lang: &'a Lang) -> Self {
        let [first, ..] = Kind::ALL;
        Self { lang, kind: 0, writer: LeafWriter::new(lang, first), directories: Vec::new() }
    }

    /// Ends the trees before this one.
    fn turn_to(&mut self, tree: &mut Tree, kind: Kind, names: &mut Names) -> Result<()> {
        while self.kind < kind as usize {
            self.kind += 1;
            let next = *Kind::ALL.get(self.kind).context("there are no more trees")?;
            let writer = std::mem::replace(&mut self.writer, LeafWriter::new(self.lang, next));
            let (piece, directory) = writer.finish();
            put(tree, names, piece)?;
            self.directories.push(directory);
        }
        Ok(())
    }

    fn finish(mut self, tree: &mut Tree, names: &mut Names) -> Result<Vec<Directory>> {
        let [.., last] = Kind::ALL;
        self.turn_to(tree, last, names)?;
        let (piece, directory) = self.writer.finish();
        put(tree, names, piece)?;
        self.directories.push(directory);
        Ok(self.directories)
    }
}

/// Writes a piece.
fn put(tree: &mut Tree, names: &mut Names, piece: Option<format::Piece>) -> Result<()> {
    if let Some(piece) = piece {
        tree.put(&piece.name, &piece.bytes)?;
        names.insert(piece.name);
    }
    Ok(())
}

/// Under which name the state knows the first piece.
fn fact(lang: &Lang) -> String {
    format!("search {lang}")
}

/// A count of releases as numbers of documents are written.
pub(super) fn document(count: usize) -> Result<u32> {
    u32::try_from(count).context("more releases than an index can number")
}

/// The id in a place, as the paths of its files have it.
fn id(place: &str) -> &str {
    order::id(place)
}
