//! The state → sitemaps, with all pages that search engines should know.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::order;
use super::state::State;
use super::stream::list_page;
use super::tree::Tree;
use crate::model::{Board, Date, Lang, Time};
use crate::native::feeds::{Row, sitemap, sitemap_index};

/// A day, with a time where one is known.
type Moment = (Date, Option<Time>);

/// Writes the sitemaps of all languages, and the one that lists them.
pub(super) fn write(
    state: &State,
    tree: &mut Tree,
    site: Option<&str>,
    boards: &[Board],
) -> Result<()> {
    let mut maps = Vec::new();
    for board in boards {
        let lang = board.lang.as_str();
        // Oldest first: a new release changes the last map only.
        let mut list = state.db.prepare_cached(
            "SELECT place, key, modified FROM release INDEXED BY release_place
             WHERE lang = ? AND withdrawn = 0 ORDER BY place DESC",
        )?;
        let mut rows = list.query([lang])?;
        let failure: RefCell<Option<anyhow::Error>> = RefCell::default();
        let mut next = || -> Result<Option<Row>> {
            let Some(row) = rows.next()? else { return Ok(None) };
            let place = row.get_ref(0)?.as_str()?;
            let modified = row.get_ref(2)?.as_str_or_null()?.and_then(moment);
            let path = page(order::id(place));
            let key = row.get_ref(1)?.as_str_or_null()?;
            let alternates = key.map_or_else(|| Ok(Vec::new()), |key| alternates(state, key))?;
            Ok(Some(Row { path, modified, alternates }))
        };
        // When the pages of a map last changed, without and with the one that was looked at for the next.
        let last: Cell<[Option<Moment>; 2]> = Cell::default();
        let releases = std::iter::from_fn(|| match next() {
            Ok(row) => row,
            Err(error) => {
                failure.replace(Some(error));
                None
            }
        });
        let all = lists(state, boards, board)?.into_iter().chain(releases);
        let mut all = all
            .inspect(|row| {
                let [_, before] = last.get();
                last.set([before, before.max(row.modified)]);
            })
            .peekable();
        let mut number = 1;
        while all.peek().is_some() {
            let name = name(lang, number);
            tree.put_stream(&name, |out| {
                sitemap(site, &format!("{lang}/"), &mut all, out)
                    .with_context(|| format!("{name}: cannot be written"))?;
                Ok(())
            })?;
            let ahead = all.peek().and_then(|row| row.modified);
            let [without, with] = last.get();
            maps.push((name, if all.peek().is_some() { without } else { with }));
            last.set([None, ahead]);
            number += 1;
        }
        if let Some(error) = failure.take() {
            return Err(error);
        }
        while tree.remove(&name(lang, number))? {
            number += 1;
        }
    }
    tree.put("sitemap.xml", sitemap_index(site, &maps).as_bytes())
}

fn name(lang: &str, number: usize) -> String {
    match number {
        1 => format!("{lang}/sitemap.xml"),
        _ => format!("{lang}/sitemap-{number}.xml"),
    }
}

fn page(id: &str) -> String {
    format!("releases/{id}.html")
}

/// The lists of a language, each with its counterparts, and as new as the newest release in it.
fn lists(state: &State, boards: &[Board], board: &Board) -> Result<Vec<Row>> {
    let mut newest = state.db.prepare_cached(
        "SELECT section, max(modified) FROM release WHERE lang = ? AND withdrawn = 0 GROUP BY section",
    )?;
    let newest = newest.query_map([board.lang.as_str()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
    })?;
    let newest: BTreeMap<String, Option<String>> = newest.collect::<rusqlite::Result<_>>()?;
    let row = |section: &str| {
        let has = |other: &&Board| {
            other.sections.iter().any(|counted| counted.section.id.as_str() == section)
        };
        let alternate =
            |other: &Board| (other.lang.clone(), list_page(other.lang.as_str(), section, 1));
        let mut alternates: Vec<_> = boards.iter().filter(has).map(alternate).collect();
        if alternates.len() < 2 {
            alternates.clear();
        }
        let modified = newest.get(section).and_then(Option::as_deref).and_then(moment);
        Row { path: list_page(board.lang.as_str(), section, 1), modified, alternates }
    };
    Ok(board.sections.iter().map(|counted| row(counted.section.id.as_str())).collect())
}

/// A release and its translations; nothing if it has none.
fn alternates(state: &State, key: &str) -> Result<Vec<(Lang, String)>> {
    let mut find = state.db.prepare_cached(
        "SELECT lang, id FROM release WHERE key = ? AND withdrawn = 0 ORDER BY lang, id",
    )?;
    let mut rows = find.query([key])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(lang) = Lang::parse(row.get_ref(0)?.as_str()?) {
            found.push((lang, page(row.get_ref(1)?.as_str()?)));
        }
    }
    if found.len() < 2 {
        found.clear();
    }
    Ok(found)
}

/// Reads `2026-01-05` or `2026-01-05T09:30:00`.
fn moment(text: &str) -> Option<Moment> {
    Some((Date::parse_iso(text)?, text.get(11..).and_then(Time::parse_iso)))
}
