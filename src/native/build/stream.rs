//! The state → pages, data, lists and pieces: one pass over each language, newest first.
//!
//! **Invariant:** at no time more is in memory than one piece of each section; so it does not grow with the archive.

use std::collections::BTreeMap;
use std::rc::Rc;

use anyhow::{Context, Result};

use super::changes::Changes;
use super::content::{self, Content, Known};
use super::contents::PIECE;
use super::order;
use super::progress::Progress;
use super::search::{self, Search};
use super::tree::Tree;
use crate::model::{Archive, Board, Entry, Lang, Neighbour, Release, Section};
use crate::native::json;
use crate::native::pages::{List, Pages};

/// Writes what changed.
pub(super) struct Stream<'a> {
    pub(super) content: Content<'a>,
    pub(super) tree: &'a mut Tree,
    pub(super) changes: &'a Changes,
    pub(super) pages: &'a Pages,
    pub(super) archive: Rc<Archive>,
    pub(super) page_size: usize,
    pub(super) progress: &'a Progress,
    pub(super) search: Search<'a>,
}

/// How far from the newest the first written release is, by language and section (empty: the language).
pub(super) type Ranks = BTreeMap<(String, String), usize>;

/// Releases that stand together in a file.
struct Unit<T> {
    slots: Vec<(String, Option<T>)>,
    dirty: bool,
}

impl<T> Unit<T> {
    fn new(dirty: bool) -> Self {
        Self { slots: Vec::new(), dirty }
    }

    fn push(&mut self, id: &str, made: Option<T>, dirty: bool) {
        self.dirty |= dirty;
        self.slots.push((id.to_owned(), made));
    }

    /// What is in it, if it must be written; and it is empty again.
    fn take(&mut self) -> Option<Vec<(String, Option<T>)>> {
        let slots = std::mem::take(&mut self.slots);
        std::mem::take(&mut self.dirty).then_some(slots)
    }
}

/// A section while it is written.
struct Part {
    section: Section,
    total: usize,
    seen: usize,
    /// The release just before in the pass, if it was written.
    newer: Option<Neighbour>,
    /// The one that comes next, if it is known already.
    ahead: Option<Known>,
    page: Unit<Entry>,
    piece: Unit<String>,
}

/// What was written of a release.
struct Made {
    release: Rc<Release>,
    item: String,
}

impl Stream<'_> {
    /// Writes all that belongs to a language, and notes in `ranks` where feeds may change.
    pub(super) fn board(&mut self, board: &Board, first: bool, ranks: &mut Ranks) -> Result<()> {
        let lang = board.lang.as_str();
        let mut parts: BTreeMap<String, Part> = BTreeMap::new();
        for counted in &board.sections {
            let id = counted.section.id.to_string();
            // The newest piece changes its length also when nothing newer than what is gone is left.
            let reordered = self.changes.reordered(lang, &id);
            let part = Part {
                section: counted.section.clone(),
                total: counted.count,
                seen: 0,
                newer: None,
                ahead: None,
                page: Unit::new(reordered),
                piece: Unit::new(reordered),
            };
            parts.insert(id, part);
        }
        let home =
            board.sections.first().filter(|_| first).map(|counted| counted.section.id.clone());
        let total = board.count();
        let mut texts: Unit<String> = Unit::new(self.changes.reordered(lang, ""));
        let mut whole =
            if self.changes.all { Some(self.search.begin(&board.lang, total)?) } else { None };
        let state = self.content.state;
        let mut places = state
            .db
            .prepare_cached("SELECT place, section FROM release WHERE lang = ? ORDER BY place")?;
        let mut rows = places.query([lang])?;
        let mut seen = 0;
        while let Some(row) = rows.next()? {
            let (place, section) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
            let part = parts.get_mut(section).context("the state has lost a section")?;
            let id = order::id(place);
            let dirty = self.changes.has(id);
            let made = if dirty {
                for scope in [section, ""] {
                    let rank = if scope.is_empty() { seen } else { part.seen };
                    ranks.entry((lang.to_owned(), scope.to_owned())).or_insert(rank);
                }
                Some(self.release(board, part, section, place)?)
            } else {
                (part.newer, part.ahead) = (None, None);
                None
            };
            seen += 1;
            part.seen += 1;
            let (entry, item) = match made {
                Some(Made { release, item }) => (Some(release), Some(item)),
                None => (None, None),
            };
            let shifted =
                |scope| self.changes.oldest(lang, scope).is_some_and(|oldest| place <= oldest);
            let line =
                entry.as_ref().map(|release| json::entry_item(&release.entry)).transpose()?;
            part.piece.push(id, line, dirty || shifted(section));
            texts.push(id, item, dirty || shifted(""));
            part.page.push(id, entry.as_ref().map(|release| release.entry.clone()), dirty);
            if let Some(whole) = &mut whole
                && let Some(release) = entry
            {
                let number = search::document(total - seen)?;
                whole.take(self.tree, number, Rc::unwrap_or_clone(release))?;
            }
            if part.seen.is_multiple_of(self.page_size) || part.seen == part.total {
                self.page(board, part, home.as_ref() == Some(&part.section.id))?;
            }
            if (part.total - part.seen).is_multiple_of(PIECE) {
                self.piece(&board.lang, part)?;
            }
            if (total - seen).is_multiple_of(PIECE) {
                self.texts(&board.lang, &mut texts, (total - seen) / PIECE)?;
            }
        }
        for (section, part) in &parts {
            self.ends(lang, section, part)?;
        }
        self.end(&|number| format!("feeds/{lang}/{number}.json"), total.div_ceil(PIECE))?;
        match whole {
            Some(whole) => self.search.end(self.tree, whole),
            None => self.search.renew(self.tree, &board.lang, total),
        }
    }

    /// Page and data of a release.
    fn release(
        &mut self,
        board: &Board,
        part: &mut Part,
        section: &str,
        place: &str,
    ) -> Result<Made> {
        let lang = board.lang.as_str();
        let known = match part.ahead.take().filter(|ahead| ahead.place == place) {
            Some(known) => known,
            None => self.content.at(lang, section, place)?,
        };
        let mut release = self.content.release(self.tree, &known, lang)?;
        release.newer = match part.newer.take() {
            Some(newer) => Some(newer),
            None if part.seen == 0 => None,
            None => {
                let newer = self.content.newer(lang, section, place)?;
                newer.map(|newer| newer.neighbour()).transpose()?
            }
        };
        let ahead = self.content.older(lang, section, place)?;
        release.older = ahead.as_ref().map(Known::neighbour).transpose()?;
        (part.newer, part.ahead) = (Some(known.neighbour()?), ahead);
        let id = release.entry.id.as_str();
        let item = json::release_item(&release)?;
        let document = json::document(release.entry.name(), None, [item.as_str()])?;
        self.tree.put(&content::data(id), document.as_bytes())?;
        let path = format!("releases/{id}.html");
        let release = Rc::new(release);
        let page = match json::page_parts(&item).filter(|_| release.entry.withdrawn.is_none()) {
            Some(parts) => self.pages.release_with(&self.archive, Rc::clone(&release), parts)?,
            None => self.pages.release(&self.archive, Rc::clone(&release))?,
        };
        self.tree.put(&path, page.as_bytes())?;
        self.progress.written(1);
        Ok(Made { release, item })
    }

    /// A page of a section's list.
    fn page(&mut self, board: &Board, part: &mut Part, is_home: bool) -> Result<()> {
        let page = part.seen.div_ceil(self.page_size);
        let slots = part.page.take();
        part.page.dirty = self.changes.reordered(board.lang.as_str(), part.section.id.as_str());
        let Some(slots) = slots else { return Ok(()) };
        let mut entries = Vec::with_capacity(slots.len());
        for (id, entry) in slots {
            entries.push(match entry {
                Some(entry) => entry,
                None => content::written(self.tree, &id)?.entry,
            });
        }
        let (lang, section, total) = (board.lang.clone(), part.section.clone(), part.total);
        let list = List { lang, section, page, total, entries };
        let html = self.pages.list(&self.archive, &list)?;
        let path = list_page(list.lang.as_str(), list.section.id.as_str(), page);
        self.tree.put(&path, html.as_bytes())?;
        if is_home && page == 1 {
            let html = self.pages.home(&self.archive, &list)?;
            self.tree.put("index.html", html.as_bytes())?;
        }
        Ok(())
    }

    /// A piece of a section's list, as the viewer loads it.
    fn piece(&mut self, lang: &Lang, part: &mut Part) -> Result<()> {
        let Some(slots) = part.piece.take() else { return Ok(()) };
        let mut items = Vec::with_capacity(slots.len());
        for (id, item) in slots {
            items.push(match item {
                Some(item) => item,
                None => json::entry_item(&content::written(self.tree, &id)?.entry)?,
            });
        }
        let number = (part.total - part.seen) / PIECE;
        let items = items.iter().map(String::as_str);
        let text = json::document(&part.section.name, Some(lang.as_str()), items)?;
        self.tree.put(&list_piece(lang.as_str(), part.section.id.as_str(), number), text.as_bytes())
    }

    /// A piece of the texts of a language, as a search loads it.
    fn texts(&mut self, lang: &Lang, unit: &mut Unit<String>, number: usize) -> Result<()> {
        let Some(slots) = unit.take() else { return Ok(()) };
        let mut items = Vec::with_capacity(slots.len());
        for (id, item) in slots {
            items.push(match item {
                Some(item) => item,
                None => content::item(self.tree, &id)?,
            });
        }
        let items = items.iter().map(String::as_str);
        let text = json::document(title(lang), Some(lang.as_str()), items)?;
        self.tree.put(&format!("feeds/{lang}/{number}.json"), text.as_bytes())
    }

    /// Removes what a section that has shrunk needs no longer.
    fn ends(&mut self, lang: &str, section: &str, part: &Part) -> Result<()> {
        let pages = part.total.div_ceil(self.page_size);
        self.end(&|number| list_page(lang, section, number + 1), pages)?;
        self.end(&|number| list_piece(lang, section, number), part.total.div_ceil(PIECE))
    }

    /// Removes numbered files from a number on.
    fn end(&mut self, path: &dyn Fn(usize) -> String, mut number: usize) -> Result<()> {
        while self.tree.remove(&path(number))? {
            number += 1;
        }
        Ok(())
    }
}

/// The path of a page of a list.
pub(super) fn list_page(lang: &str, section: &str, page: usize) -> String {
    match page {
        1 => format!("{lang}/{section}/index.html"),
        _ => format!("{lang}/{section}/page-{page}.html"),
    }
}

fn list_piece(lang: &str, section: &str, number: usize) -> String {
    format!("lists/{lang}/{section}/{number}.json")
}

/// What the releases of a language are called together.
pub(super) fn title(lang: &Lang) -> &'static str {
    if *lang == Lang::KO { "보도자료" } else { "Press Releases" }
}
