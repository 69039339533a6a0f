//! FOLDER → the state: reads the files that changed, and forgets those that are gone.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::changes::Changes;
use super::order;
use super::progress::Progress;
use super::spool::Spool;
use super::stamp::{Seen, Stamp, UNKNOWN};
use super::state::State;
use crate::model::{Date, Lang, Release, Section, Time};
use crate::native::feeds::without_text;
use crate::native::report::UNREADABLE;
use crate::native::{files, json};

/// Files that are sorted together. With fewer, fewer folders are told in order; with more, memory grows with the folder.
const BATCH: usize = 10_000;

/// A buffer that was larger for one file is not kept.
const BUFFER: usize = 1 << 20;

/// Something odd in a file, as it is told again by each build until it is mended.
#[derive(Serialize, Deserialize)]
pub(super) struct Remark {
    pub(super) line: usize,
    pub(super) code: String,
    pub(super) message: String,
}

/// Reads FOLDER.
pub(super) struct Sources<'a> {
    pub(super) folder: &'a Path,
    pub(super) now: (Date, Time),
    pub(super) state: &'a State,
    pub(super) spool: &'a mut Spool,
    pub(super) changes: &'a mut Changes,
    pub(super) progress: &'a Progress,
    seen: Seen,
    /// Files whose release had an id that has become free.
    again: BTreeSet<Vec<u8>>,
    /// What is read.
    buffer: Vec<u8>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(
        folder: &'a Path,
        now: (Date, Time),
        state: &'a State,
        spool: &'a mut Spool,
        changes: &'a mut Changes,
        progress: &'a Progress,
    ) -> Self {
        let (seen, again) = (Seen::default(), BTreeSet::new());
        Self { folder, now, state, spool, changes, progress, seen, again, buffer: Vec::new() }
    }

    /// Brings the state up to date.
    pub(super) fn read(mut self) -> Result<()> {
        if !self.state.is_new() {
            let next = self.state.db.query_row(
                "SELECT count(*), coalesce(max(number), -1) + 1 FROM file",
                [],
                |row| Ok((row.get::<_, u64>(0)?, row.get(1)?)),
            )?;
            self.seen.next = next.1;
            // The clock may have gone back, or --now: what is public no longer is read again, and then left out.
            let mut early = self
                .state
                .db
                .prepare_cached("SELECT DISTINCT path FROM release WHERE lang = ? AND place < ?")?;
            let horizon = order::horizon(self.now);
            for lang in self.languages()? {
                for path in early.query_map(params![lang, horizon], |row| row.get(0))? {
                    self.again.insert(path?);
                }
            }
        }
        let before: u64 =
            self.state.db.query_row("SELECT count(*) FROM file", [], |row| row.get(0))?;
        self.walk()?;
        if !self.state.is_new() {
            self.forget_unseen(before)?;
            while let Some(path) = self.again.pop_first() {
                let file = self.folder.join(OsStr::from_bytes(&path));
                if let Ok(data) = fs::metadata(&file) {
                    let number = self.known(&path)?.map(|known| known.number);
                    self.take(&path, Stamp::of(&data), number)?;
                }
            }
        }
        self.state.index()
    }

    fn languages(&self) -> Result<Vec<String>> {
        let mut all = self.state.db.prepare_cached("SELECT DISTINCT lang FROM scope")?;
        let all = all.query_map([], |row| row.get(0))?;
        Ok(all.collect::<rusqlite::Result<_>>()?)
    }

    /// Every file of FOLDER. Hidden ones are no sources, and no link to a folder is followed: it could lead around.
    fn walk(&mut self) -> Result<()> {
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            let listed = self.folder.join(&folder);
            let cannot = || format!("{}: cannot be listed", listed.display());
            let mut entries = fs::read_dir(&listed).with_context(cannot)?;
            loop {
                let some = entries.by_ref().take(BATCH).collect::<io::Result<Vec<DirEntry>>>();
                let mut some = some.with_context(cannot)?;
                if some.is_empty() {
                    break;
                }
                // A file system lists names in any order; problems are told in that of the names.
                some.sort_by_cached_key(DirEntry::file_name);
                for entry in some {
                    let name = entry.file_name();
                    if name.as_bytes().starts_with(b".") {
                        continue;
                    }
                    let kind = entry.file_type().with_context(cannot)?;
                    let path = folder.join(&name);
                    if kind.is_dir() {
                        folders.push(path);
                    } else if files::is_source(&path) {
                        self.look(path, &entry, kind.is_symlink())?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What a file is now: it may have gone in the meantime, or a link leads nowhere.
    fn look(&mut self, path: PathBuf, entry: &DirEntry, is_link: bool) -> Result<()> {
        let data = if is_link { fs::metadata(self.folder.join(&path)) } else { entry.metadata() };
        match data {
            Ok(data) if data.is_file() => self.meet(path, &data),
            _ => Ok(()),
        }
    }

    /// Reads a file if it changed.
    fn meet(&mut self, path: PathBuf, data: &Metadata) -> Result<()> {
        self.progress.read();
        let path = path.into_os_string().into_vec();
        let stamp = Stamp::of(data);
        if self.state.is_new() {
            return self.take(&path, stamp, None);
        }
        let known = self.known(&path)?;
        let number = known.as_ref().map(|known| known.number);
        match known {
            Some(known)
                if known.stamp == stamp && !known.embargo && !self.again.contains(&path) =>
            {
                self.seen.set(known.number);
                Ok(())
            }
            _ => {
                self.again.remove(&path);
                self.take(&path, stamp, number)
            }
        }
    }

    fn known(&self, path: &[u8]) -> Result<Option<Known>> {
        let mut find = self.state.db.prepare_cached(
            "SELECT number, size, modified, changed, inode, due FROM file WHERE path = ?",
        )?;
        let known = find.query_row([path], |row| {
            let stamp = Stamp {
                size: row.get(1)?,
                modified: row.get(2)?,
                changed: row.get(3)?,
                inode: row.get(4)?,
            };
            let due: Option<String> = row.get(5)?;
            Ok(Known { number: row.get(0)?, stamp, embargo: due.is_some() })
        });
        Ok(known.optional()?)
    }

    /// Reads a file into the state.
    fn take(&mut self, path: &[u8], stamp: Stamp, number: Option<u64>) -> Result<()> {
        if number.is_some() {
            self.forget(path)?;
        }
        let number = number.unwrap_or(self.seen.next);
        self.seen.next = self.seen.next.max(number + 1);
        self.seen.set(number);
        let file = self.folder.join(OsStr::from_bytes(path));
        let (mut ids, mut due, mut stamp) = (Vec::<String>::new(), None, stamp.kept());
        let mut remarks = Vec::new();
        // Keys of translations are made of the path in FOLDER, wherever that is.
        let mut buffer = std::mem::take(&mut self.buffer);
        let read = files::bytes_into(&mut buffer, &file)
            .and_then(|()| files::of_bytes(&file, Path::new(OsStr::from_bytes(path)), &buffer));
        if buffer.capacity() <= BUFFER {
            self.buffer = buffer;
        }
        match read {
            Err(error) => {
                // What hindered it may leave no trace in the times of the file.
                stamp.modified = UNKNOWN;
                let message = format!("{error:#}");
                let message = message
                    .strip_prefix(&format!("{}: ", file.display()))
                    .map_or_else(|| message.clone(), str::to_owned);
                remarks.push(Remark { line: 1, code: UNREADABLE.to_owned(), message });
            }
            Ok(contents) => {
                for problem in &contents.problems {
                    let (line, code) = (problem.line, problem.code.to_owned());
                    remarks.push(Remark { line, code, message: problem.message.clone() });
                }
                for source in contents.publishable() {
                    let (key, release) = (source.translation_key, complete(source.release));
                    match order::due(&release.entry) {
                        Some(moment) if moment > self.now => {
                            due = Some(due.map_or(moment, |other| moment.min(other)));
                        }
                        _ if ids.iter().any(|id| id == release.entry.id.as_str()) => {
                            remarks
                                .push(taken(release.entry.id.as_str(), "an item of the same file"));
                        }
                        _ => {
                            ids.push(release.entry.id.to_string());
                            self.claim(path, &release, key.as_deref())?;
                        }
                    }
                }
            }
        }
        // What is under embargo leaves no word here: the file is read again each time.
        let due = due.map(|(date, time): (Date, Time)| format!("{date} {time}"));
        let problems =
            if remarks.is_empty() { None } else { Some(serde_json::to_string(&remarks)?) };
        let mut put = self
            .state
            .db
            .prepare_cached("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        put.execute(params![
            path,
            number,
            stamp.size,
            stamp.modified,
            stamp.changed,
            stamp.inode,
            ids.join(" "),
            due,
            problems
        ])?;
        Ok(())
    }

    /// Takes an id for a release, unless a file with a smaller path has it.
    fn claim(&mut self, path: &[u8], release: &Release, key: Option<&str>) -> Result<()> {
        let id = release.entry.id.as_str();
        if self.insert(path, release, key)? {
            return Ok(());
        }
        let mut find = self.state.db.prepare_cached("SELECT path FROM release WHERE id = ?")?;
        let other: Vec<u8> = find.query_row([id], |row| row.get(0))?;
        let loser = if path < other.as_slice() {
            self.drop_release(id)?;
            self.insert(path, release, key)?;
            other.as_slice()
        } else {
            path
        };
        let mut lose = self.state.db.prepare_cached("INSERT OR IGNORE INTO loser VALUES (?, ?)")?;
        lose.execute(params![id, loser])?;
        Ok(())
    }

    /// Adds the row of a release; not if its id is taken.
    fn insert(&mut self, path: &[u8], release: &Release, key: Option<&str>) -> Result<bool> {
        let entry = &release.entry;
        let lang = entry.lang.as_ref().map_or(Lang::KO.to_string(), ToString::to_string);
        let (section, section_name) = entry
            .section
            .as_ref()
            .map(|section| (section.id.to_string(), section.name.clone()))
            .unwrap_or_default();
        let place = order::place(entry);
        let key = key.map(str::to_owned);
        let text = json::document("", None, [json::page_item(release)?.as_str()])?;
        let (offset, length) = self.spool.add(&text)?;
        let mut put = self.state.db.prepare_cached(
            "INSERT OR IGNORE INTO release VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let modified = updated(release);
        let mark = mark(key.as_deref(), modified.as_deref(), entry.withdrawn.is_some());
        let added = put.execute(params![
            lang,
            section,
            place,
            entry.id.as_str(),
            path,
            entry.name(),
            key,
            section_name,
            entry.department,
            modified,
            entry.withdrawn.is_some(),
            self.state.build,
            offset,
            length,
        ])?;
        if added == 0 {
            return Ok(false);
        }
        self.changes.after((lang, section), place, key, mark);
        Ok(true)
    }

    /// Removes the row of a release.
    fn drop_release(&mut self, id: &str) -> Result<()> {
        let mut find = self.state.db.prepare_cached(
            "SELECT lang, section, place, key, modified, withdrawn, build FROM release WHERE id = ?",
        )?;
        let found = find.query_row([id], |row| {
            let scope = (row.get(0)?, row.get(1)?);
            let (key, modified): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
            let mark = mark(key.as_deref(), modified.as_deref(), row.get(5)?);
            Ok((scope, row.get(2)?, key, mark, row.get::<_, i64>(6)?))
        });
        let Some((scope, place, key, mark, build)) = found.optional()? else { return Ok(()) };
        if build == self.state.build {
            self.changes.undone(scope, place);
        } else {
            self.changes.before(scope, place, key, mark);
        }
        self.state.db.prepare_cached("DELETE FROM release WHERE id = ?")?.execute([id])?;
        Ok(())
    }

    /// Removes what came from a file.
    fn forget(&mut self, path: &[u8]) -> Result<()> {
        let mut find = self.state.db.prepare_cached("SELECT ids FROM file WHERE path = ?")?;
        let Some(ids) = find.query_row([path], |row| row.get::<_, String>(0)).optional()? else {
            return Ok(());
        };
        let mut owner = self.state.db.prepare_cached("SELECT path FROM release WHERE id = ?")?;
        let mut losers = self.state.db.prepare_cached("SELECT path FROM loser WHERE id = ?")?;
        let mut found =
            self.state.db.prepare_cached("DELETE FROM loser WHERE id = ? AND path = ?")?;
        for id in ids.split(' ').filter(|id| !id.is_empty()) {
            found.execute(params![id, path])?;
            let owner: Option<Vec<u8>> = owner.query_row([id], |row| row.get(0)).optional()?;
            if owner.as_deref() == Some(path) {
                self.drop_release(id)?;
                for loser in losers.query_map([id], |row| row.get(0))? {
                    self.again.insert(loser?);
                }
            }
        }
        Ok(())
    }

    /// Forgets the files that are there no longer.
    fn forget_unseen(&mut self, before: u64) -> Result<()> {
        let all: u64 =
            self.state.db.query_row("SELECT count(*) FROM file", [], |row| row.get(0))?;
        if all == self.seen.count || before == 0 {
            return Ok(());
        }
        let mut after: Vec<u8> = Vec::new();
        loop {
            let mut list = self.state.db.prepare_cached(
                "SELECT path, number FROM file WHERE path > ? ORDER BY path LIMIT 1000",
            )?;
            let rows = list.query_map([&after], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows: Vec<(Vec<u8>, u64)> = rows.collect::<rusqlite::Result<_>>()?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            after.clone_from(last);
            for (path, number) in rows {
                if !self.seen.has(number) {
                    self.forget(&path)?;
                    self.again.remove(&path);
                    self.state
                        .db
                        .prepare_cached("DELETE FROM file WHERE path = ?")?
                        .execute([path])?;
                }
            }
        }
    }
}

struct Known {
    number: u64,
    stamp: Stamp,
    embargo: bool,
}

/// The remark on an id that is not free.
pub(super) fn taken(id: &str, by: &str) -> Remark {
    let message = format!("the id “{id}” is taken by {by}; rename one of them");
    Remark { line: 1, code: "id-taken".to_owned(), message }
}

/// A release with language and section, as every one in an archive has; and without its text if it was withdrawn.
fn complete(mut release: Release) -> Release {
    let entry = &mut release.entry;
    let lang = entry.lang.get_or_insert(Lang::KO);
    if entry.section.is_none() {
        let name = if *lang == Lang::KO { "보도자료" } else { "Press Releases" };
        entry.section = Section::named(name);
    }
    // They are found anew in this archive.
    entry.translations = Vec::new();
    (release.older, release.newer) = (None, None);
    if release.entry.withdrawn.is_some() { without_text(&release) } else { release }
}

/// What a sitemap says of a release besides its address.
fn mark(key: Option<&str>, modified: Option<&str>, withdrawn: bool) -> String {
    format!("{withdrawn} {} {}", modified.unwrap_or_default(), key.unwrap_or_default())
}

/// When what a reader gets last changed: `2026-01-05`, or with a time `2026-01-05T09:30:00`.
fn updated(release: &Release) -> Option<String> {
    let (date, time) = release.entry.as_of()?;
    Some(time.map_or_else(|| date.to_string(), |time| format!("{date}T{time}")))
}
