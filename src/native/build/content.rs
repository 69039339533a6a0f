//! The text of releases, and the links between them, as they are written.

use std::rc::Rc;

use anyhow::{Context, Result};
use rusqlite::{OptionalExtension, Row as Sql, params};

use super::order;
use super::spool::Spool;
use super::state::State;
use super::tree::Tree;
use crate::model::{Lang, Neighbour, Release, Translation};
use crate::native::json;
use crate::reader;

/// Where releases are read from.
pub(super) struct Content<'a> {
    pub(super) state: &'a State,
    pub(super) spool: &'a Spool,
}

/// A release as the state knows it.
pub(super) struct Known {
    pub(super) place: String,
    name: String,
    key: Option<String>,
    build: i64,
    offset: u64,
    length: usize,
}

const COLUMNS: &str = "place, name, key, build, offset, length";

impl Known {
    fn of(row: &Sql<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            place: row.get(0)?,
            name: row.get(1)?,
            key: row.get(2)?,
            build: row.get(3)?,
            offset: row.get(4)?,
            length: row.get(5)?,
        })
    }

    /// As its neighbours name it.
    pub(super) fn neighbour(&self) -> Result<Neighbour> {
        Ok(Neighbour { id: order::slug(order::id(&self.place))?, name: self.name.clone() })
    }
}

/// The path of a release's data.
pub(super) fn data(id: &str) -> String {
    format!("releases/{id}.json")
}

impl Content<'_> {
    fn find(&self, how: &str, lang: &str, section: &str, place: &str) -> Result<Option<Known>> {
        let sql = format!("SELECT {COLUMNS} FROM release WHERE lang = ? AND section = ? AND {how}");
        let mut find = self.state.db.prepare_cached(&sql)?;
        Ok(find.query_row(params![lang, section, place], Known::of).optional()?)
    }

    /// The release at a place.
    pub(super) fn at(&self, lang: &str, section: &str, place: &str) -> Result<Known> {
        self.find("place = ?", lang, section, place)?.context("the state has lost a release")
    }

    /// The one before it in time.
    pub(super) fn older(&self, lang: &str, section: &str, place: &str) -> Result<Option<Known>> {
        self.find("place > ? ORDER BY place LIMIT 1", lang, section, place)
    }

    /// The one after it.
    pub(super) fn newer(&self, lang: &str, section: &str, place: &str) -> Result<Option<Known>> {
        self.find("place < ? ORDER BY place DESC LIMIT 1", lang, section, place)
    }

    /// The whole release: as it was read in this build, else as the last one wrote it.
    pub(super) fn release(&self, tree: &Tree, known: &Known, lang: &str) -> Result<Release> {
        let id = order::id(&known.place);
        let mut release = if known.build == self.state.build {
            parse(&self.spool.text(known.offset, known.length)?, id)?
        } else {
            written(tree, id)?
        };
        release.entry.translations = self.translations(lang, known.key.as_deref())?;
        Ok(release)
    }

    /// The same release in other languages.
    fn translations(&self, lang: &str, key: Option<&str>) -> Result<Vec<Translation>> {
        let Some(key) = key else { return Ok(Vec::new()) };
        let mut find = self
            .state
            .db
            .prepare_cached("SELECT lang, id FROM release WHERE key = ? ORDER BY lang, id")?;
        let mut found = Vec::new();
        let mut rows = find.query([key])?;
        while let Some(row) = rows.next()? {
            let other = row.get_ref(0)?.as_str()?;
            if other != lang
                && let Some(lang) = Lang::parse(other)
            {
                found.push(Translation { lang, id: order::slug(row.get_ref(1)?.as_str()?)? });
            }
        }
        Ok(found)
    }
}

/// A release as it stands in the archive.
pub(super) fn written(tree: &Tree, id: &str) -> Result<Release> {
    parse(&tree.read(&data(id))?, id)
}

/// The same, to be shared.
pub(super) fn shared(tree: &Tree, id: &str) -> Result<Rc<Release>> {
    written(tree, id).map(Rc::new)
}

/// The item in its data, for feeds that hold the same one.
pub(super) fn item(tree: &Tree, id: &str) -> Result<String> {
    let text = tree.read(&data(id))?;
    let item =
        json::only_item(&text).with_context(|| format!("{}: expected one release", data(id)))?;
    Ok(item.to_owned())
}

fn parse(text: &str, id: &str) -> Result<Release> {
    let reading =
        reader::read_feed(text).with_context(|| format!("{}: cannot be read", data(id)))?;
    reading.releases.into_iter().next().with_context(|| format!("{}: holds no release", data(id)))
}
