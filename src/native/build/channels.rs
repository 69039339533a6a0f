//! Feeds for readers of feeds: of everything, of each language, of each section.

use std::rc::Rc;

use anyhow::Result;
use rusqlite::params;

use super::changes::Changes;
use super::content;
use super::contents::PIECE;
use super::order;
use super::state::State;
use super::stream::{Ranks, list_page, title};
use super::tree::Tree;
use crate::model::{Board, Lang, Release};
use crate::native::feeds::{self, Channel};
use crate::native::options::Options;

/// Releases in a feed. Readers of feeds ask every hour or so: more would be bytes for nothing, with fewer a busy day
/// could pass them by.
const NEWEST: usize = 50;

/// Writes the feeds that changed.
pub(super) struct Channels<'a> {
    pub(super) state: &'a State,
    pub(super) tree: &'a mut Tree,
    pub(super) options: &'a Options,
    pub(super) changes: &'a Changes,
    /// Where the first written release of a scope is.
    pub(super) ranks: &'a Ranks,
}

impl Channels<'_> {
    pub(super) fn write(&mut self, boards: &[Board]) -> Result<()> {
        for board in boards {
            self.board(board)?;
        }
        let Some(first) = boards.first() else { return Ok(()) };
        if !boards.iter().any(|board| self.may_differ(&board.lang, "", NEWEST)) {
            return Ok(());
        }
        let mut newest: Vec<Rc<Release>> = Vec::new();
        for board in boards {
            newest.extend(self.newest(&board.lang, None, NEWEST)?);
        }
        newest.sort_by_cached_key(|release| order::place(&release.entry));
        newest.truncate(NEWEST);
        let home = "index.html".to_owned();
        let channel = channel(self.options, None, title(&first.lang), String::new(), home);
        put(self.tree, &channel, &newest, None)
    }

    fn board(&mut self, board: &Board) -> Result<()> {
        let lang = &board.lang;
        if self.may_differ(lang, "", NEWEST + PIECE) {
            let first = board.sections.first();
            let home = first.map(|first| list_page(lang.as_str(), first.section.id.as_str(), 1));
            let folder = format!("{lang}/");
            let channel =
                channel(self.options, Some(lang), title(lang), folder, home.unwrap_or_default());
            // The top piece of the texts, and the one below where that is short: the rest follows piece by piece.
            let total = board.count();
            let top = total.saturating_sub(1) / PIECE;
            let bottom = if total - top * PIECE < NEWEST { top.saturating_sub(1) } else { top };
            let releases = self.newest(lang, None, total - bottom * PIECE)?;
            let next = bottom.checked_sub(1).map(|below| format!("feeds/{lang}/{below}.json"));
            put(self.tree, &channel, &releases, next.as_deref())?;
        }
        for counted in &board.sections {
            let section = counted.section.id.as_str();
            if self.may_differ(lang, section, NEWEST) {
                let folder = format!("{lang}/{section}/");
                let home = list_page(lang.as_str(), section, 1);
                let channel =
                    channel(self.options, Some(lang), &counted.section.name, folder, home);
                let releases = self.newest(lang, Some(section), NEWEST)?;
                put(self.tree, &channel, &releases, None)?;
            }
        }
        Ok(())
    }

    /// Whether a feed shows one of the releases that were written, or others than before.
    fn may_differ(&self, lang: &Lang, section: &str, shown: usize) -> bool {
        let scope = (lang.to_string(), section.to_owned());
        self.changes.reordered(lang.as_str(), section)
            || self.ranks.get(&scope).is_some_and(|rank| *rank < shown)
    }

    /// The newest releases of a language or of a section, as they were written.
    fn newest(&self, lang: &Lang, section: Option<&str>, count: usize) -> Result<Vec<Rc<Release>>> {
        let sql = match section {
            Some(_) => {
                "SELECT id FROM release WHERE lang = ? AND section = ? ORDER BY place LIMIT ?"
            }
            None => "SELECT id FROM release WHERE lang = ? AND ? IS NULL ORDER BY place LIMIT ?",
        };
        let mut list = self.state.db.prepare_cached(sql)?;
        let ids =
            list.query_map(params![lang.as_str(), section, count], |row| row.get::<_, String>(0))?;
        ids.map(|id| content::shared(self.tree, &id?)).collect()
    }
}

/// A feed without its releases.
fn channel<'a>(
    options: &'a Options,
    lang: Option<&'a Lang>,
    title: &str,
    folder: String,
    home: String,
) -> Channel<'a> {
    Channel {
        site: options.site.as_deref(),
        lang,
        title: title.to_owned(),
        folder,
        home,
        publisher: options.publisher.as_deref(),
    }
}

/// Three formats. Only JSON Feed has pages, so only that one may hold more than the newest.
fn put(
    tree: &mut Tree,
    channel: &Channel<'_>,
    releases: &[Rc<Release>],
    next: Option<&str>,
) -> Result<()> {
    let newest = releases.get(..NEWEST).unwrap_or(releases);
    let folder = &channel.folder;
    tree.put(&format!("{folder}feed.json"), feeds::json(channel, releases, next)?.as_bytes())?;
    tree.put(&format!("{folder}rss.xml"), feeds::rss(channel, newest).as_bytes())?;
    tree.put(&format!("{folder}atom.xml"), feeds::atom(channel, newest).as_bytes())
}
