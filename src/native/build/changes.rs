//! What a build must redo: the releases that changed, and those that name them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rusqlite::{OptionalExtension, params};

use super::order;
use super::state::State;

/// Changed places that are kept in memory. With more, a full build is cheaper.
const MOST: usize = 20_000;

/// A section of a language.
pub(super) type Scope = (String, String);

/// Where a release stood or stands, with what sitemaps say of it.
#[derive(Default)]
struct Touch {
    before: Option<String>,
    after: Option<String>,
}

/// Whether a release stood at a place of a language, and whether one stands there now.
#[derive(Clone, Copy, Default)]
pub(super) struct There {
    pub(super) before: bool,
    pub(super) after: bool,
}

/// The places that changed since the last build.
#[derive(Default)]
pub(super) struct Changes {
    touched: BTreeMap<(String, String, String), Touch>,
    /// The same by language, once it is known what they lead to.
    places: BTreeMap<String, Vec<(String, There)>>,
    keys: BTreeSet<String>,
    /// Sections whose order changed, and languages (with an empty section), with the oldest place that is new or gone.
    moved: BTreeMap<Scope, String>,
    /// Releases to be written again.
    dirty: BTreeSet<String>,
    /// Releases that are gone.
    gone: BTreeSet<String>,
    overflow: bool,
    /// Whether sitemaps say something else now.
    mapped: bool,
    /// Everything is written again.
    pub(super) all: bool,
}

impl Changes {
    /// For a build that knows of none before.
    pub(super) fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// A release stood here before this build.
    pub(super) fn before(
        &mut self,
        scope: Scope,
        place: String,
        key: Option<String>,
        mark: String,
    ) {
        if let Some(touch) = self.touch(scope, place, key) {
            touch.before = Some(mark);
        }
    }

    /// A release stands here now.
    pub(super) fn after(&mut self, scope: Scope, place: String, key: Option<String>, mark: String) {
        if let Some(touch) = self.touch(scope, place, key) {
            touch.after = Some(mark);
        }
    }

    /// A release that this build itself had put here was taken away again.
    pub(super) fn undone(&mut self, (lang, section): Scope, place: String) {
        if let Some(touch) = self.touched.get_mut(&(lang, section, place)) {
            touch.after = None;
        }
    }

    fn touch(&mut self, scope: Scope, place: String, key: Option<String>) -> Option<&mut Touch> {
        if self.all || self.overflow {
            return None;
        }
        self.overflow = self.touched.len() >= MOST;
        self.keys.extend(key);
        let (lang, section) = scope;
        Some(self.touched.entry((lang, section, place)).or_default())
    }

    /// Whether so much changed that it is not known what.
    pub(super) fn are_too_many(&self) -> bool {
        self.overflow
    }

    /// Finds what else must be written again: the releases before and after a changed one, which link to it by its
    /// name, and its translations.
    pub(super) fn spread(&mut self, state: &State) -> Result<()> {
        let mut newer = state.db.prepare_cached(
            "SELECT id FROM release WHERE lang = ? AND section = ? AND place < ? ORDER BY place DESC LIMIT 1",
        )?;
        let mut older = state.db.prepare_cached(
            "SELECT id FROM release WHERE lang = ? AND section = ? AND place > ? ORDER BY place LIMIT 1",
        )?;
        let mut exists = state.db.prepare_cached("SELECT 1 FROM release WHERE id = ?")?;
        for ((lang, section, place), touch) in &self.touched {
            let id = order::id(place);
            if touch.after.is_some() {
                self.dirty.insert(id.to_owned());
            } else if exists.query_row([id], |_| Ok(())).optional()?.is_none() {
                self.gone.insert(id.to_owned());
            }
            for neighbour in [&mut newer, &mut older] {
                let found = neighbour
                    .query_row(params![lang, section, place], |row| row.get::<_, String>(0))
                    .optional()?;
                self.dirty.extend(found);
            }
            self.mapped |= touch.before != touch.after;
            if touch.before.is_some() != touch.after.is_some() {
                for scope in [section.as_str(), ""] {
                    let oldest = self.moved.entry((lang.clone(), scope.to_owned())).or_default();
                    if *oldest < *place {
                        oldest.clone_from(place);
                    }
                }
            }
        }
        let mut partners = state.db.prepare_cached("SELECT id FROM release WHERE key = ?")?;
        for key in &self.keys {
            for id in partners.query_map([key], |row| row.get::<_, String>(0))? {
                self.dirty.insert(id?);
            }
        }
        let mut places: BTreeMap<String, BTreeMap<String, There>> = BTreeMap::new();
        for ((lang, _, place), touch) in std::mem::take(&mut self.touched) {
            let there = places.entry(lang).or_default().entry(place).or_default();
            there.before |= touch.before.is_some();
            there.after |= touch.after.is_some();
        }
        let sorted = |(lang, places): (_, BTreeMap<_, _>)| (lang, places.into_iter().collect());
        self.places = places.into_iter().map(sorted).collect();
        Ok(())
    }

    /// The places of a language that changed, newest first.
    pub(super) fn touched(&self, lang: &str) -> &[(String, There)] {
        self.places.get(lang).map_or(&[], Vec::as_slice)
    }

    /// Whether a release is written again.
    pub(super) fn has(&self, id: &str) -> bool {
        self.all || self.dirty.contains(id)
    }

    /// Number of releases that are written again, if not all are.
    pub(super) fn count(&self) -> Option<usize> {
        (!self.all).then_some(self.dirty.len())
    }

    /// Whether the order of a section changed, or of a language (an empty section).
    pub(super) fn reordered(&self, lang: &str, section: &str) -> bool {
        self.all || self.moved.contains_key(&(lang.to_owned(), section.to_owned()))
    }

    /// The oldest place that is new or gone: what is newer has another number from the end now.
    pub(super) fn oldest(&self, lang: &str, section: &str) -> Option<&str> {
        self.moved.get(&(lang.to_owned(), section.to_owned())).map(String::as_str)
    }

    /// Whether the archive is as it was.
    pub(super) fn are_none(&self) -> bool {
        !self.all && self.dirty.is_empty() && self.gone.is_empty() && self.moved.is_empty()
    }

    /// Whether sitemaps change.
    pub(super) fn reach_sitemaps(&self) -> bool {
        self.all || self.mapped
    }

    /// Releases that are gone.
    pub(super) fn gone(&self) -> impl Iterator<Item = &str> {
        self.gone.iter().map(String::as_str)
    }
}
