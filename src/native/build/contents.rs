//! What there is in an archive: languages, sections and their counts.

use std::collections::BTreeMap;
use std::rc::Rc;

use anyhow::{Context, Result};
use rusqlite::params;
use serde_json::{Map, Value, json};

use super::state::State;
use crate::model::{Archive, Board, Lang, Section, SectionCount};
use crate::reader::ARCHIVE_VERSION;

/// Releases in one piece of a list or of the texts. With fewer, a search loads more files; with more, each new
/// release makes a larger one new.
pub(super) const PIECE: usize = 100;

/// The languages in their order, with their sections and the number of releases in them.
pub(super) fn boards(state: &State) -> Result<Vec<Board>> {
    let mut count = state
        .db
        .prepare_cached("SELECT lang, section, count(*) FROM release GROUP BY lang, section")?;
    let mut newest = state.db.prepare_cached(
        "SELECT section_name FROM release WHERE lang = ? AND section = ? ORDER BY place LIMIT 1",
    )?;
    let rows = count.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, usize>(2)?))
    })?;
    let mut languages: BTreeMap<Lang, Vec<SectionCount>> = BTreeMap::new();
    for row in rows {
        let (lang, id, count) = row?;
        let name = newest.query_row(params![lang, id], |row| row.get::<_, String>(0))?;
        let lang = Lang::parse(&lang).context("the state holds a language that is none")?;
        let section = Section { id: super::order::slug(&id)?, name };
        // Known sections have one name on all pages, whatever each release calls them.
        let name = section.name_in(&lang).to_owned();
        let section = Section { name, ..section };
        languages.entry(lang).or_default().push(SectionCount { section, count });
    }
    // Korean first, then by tag: the order in which the languages are offered.
    let (korean, others): (Vec<_>, Vec<_>) =
        languages.into_iter().partition(|(lang, _)| *lang == Lang::KO);
    let boards = korean.into_iter().chain(others).map(|(lang, mut sections)| {
        sections.sort_by_key(|counted| (counted.section.rank(), counted.section.id.clone()));
        Board { lang, sections, departments: Vec::new() }
    });
    Ok(boards.collect())
}

/// As pages name it: without counts, since each page would change with each new release.
pub(super) fn for_pages(boards: &[Board]) -> Rc<Archive> {
    let mut boards = boards.to_vec();
    for counted in boards.iter_mut().flat_map(|board| &mut board.sections) {
        counted.count = 0;
    }
    Rc::new(Archive { boards, piece: PIECE, ..Archive::default() })
}

/// The names in it, to tell whether all pages change.
pub(super) fn names(boards: &[Board]) -> String {
    let section =
        |counted: &SectionCount| json!([counted.section.id.as_str(), counted.section.name]);
    let board = |board: &Board| {
        json!([board.lang.as_str(), board.sections.iter().map(section).collect::<Vec<_>>()])
    };
    Value::Array(boards.iter().map(board).collect()).to_string()
}

/// `archive.json`.
pub(super) fn document(
    state: &State,
    boards: &[Board],
    search: &[(Lang, String)],
) -> Result<String> {
    let mut list = state.db.prepare_cached(
        "SELECT DISTINCT department FROM release
         WHERE lang = ? AND department IS NOT NULL ORDER BY department",
    )?;
    let mut languages = Vec::new();
    for board in boards {
        let departments: Vec<String> = list
            .query_map([board.lang.as_str()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let section = |SectionCount { section, count }: &SectionCount| json!({"id": section.id.as_str(), "name": section.name, "count": count});
        languages.push(json!({"language": board.lang.as_str(), "departments": departments,
            "sections": board.sections.iter().map(section).collect::<Vec<_>>()}));
    }
    let search: Map<String, Value> =
        search.iter().map(|(lang, root)| (lang.to_string(), json!(root))).collect();
    Ok(json!({"version": ARCHIVE_VERSION, "piece": PIECE, "languages": languages, "search": search})
        .to_string())
}
