//! `build`: releases in a folder → an archive of static files. It redoes only what changed since the last build, and
//! gives the same bytes as if it had done all.
//!
//! Sources that changed are read into a state (a database in the user's cache folder), with their texts in a spool.
//! Then one pass over the state, newest first, writes pages and data of what changed, into a folder beside the archive.
//! At last that folder and the archive are swapped in one step: whoever looks sees the old archive or the new one.
//!
//! **Invariant:** a release under embargo leaves no trace in either folder; memory does not grow with the archive;
//! same input, same bytes.

mod changes;
mod channels;
mod content;
mod contents;
mod order;
mod place;
mod progress;
mod search;
mod settings;
mod sitemaps;
mod sources;
mod spool;
mod stamp;
mod state;
mod stream;
mod tree;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use self::changes::Changes;
use self::content::Content;
use self::place::Place;
use self::progress::Progress;
use self::search::Search;
use self::sources::{Remark, Sources};
use self::spool::Spool;
use self::state::{Cupboard, State};
use self::stream::{Ranks, Stream};
use self::tree::{Start, Tree};
use super::options::Options;
use super::pages::Pages;
use super::report::Report;
use crate::model::{Board, Date, Time};

/// What to build.
pub(super) struct Job<'a> {
    /// The folder of sources.
    pub(super) folder: &'a Path,
    /// Where the archive is.
    pub(super) out: &'a Path,
    pub(super) options: &'a Options,
    /// The moment in Seoul: what is later is under embargo.
    pub(super) now: (Date, Time),
    /// Whether to forget the last build.
    pub(super) full: bool,
}

/// What was built.
pub(super) struct Outcome {
    /// Releases in the archive.
    pub(super) releases: usize,
    /// Files that are new or differ.
    pub(super) written: usize,
    /// Files that are there no longer.
    pub(super) removed: usize,
    /// When the next release becomes public.
    pub(super) due: Option<String>,
}

impl Outcome {
    /// For people, in one line.
    pub(super) fn words(&self) -> String {
        let due = self.due.as_ref().map(|due| format!("next embargo ends {due} (Seoul)"));
        let due = due.as_deref().unwrap_or("no embargo");
        let Self { releases, written, removed, .. } = self;
        format!("{releases} releases, {written} files written, {removed} removed; {due}")
    }

    /// For programs.
    pub(super) fn value(&self) -> Value {
        json!({"releases": self.releases, "written": self.written, "removed": self.removed,
            "next_embargo": self.due})
    }
}

/// Builds or renews an archive.
pub(super) fn run(job: &Job<'_>, report: &mut Report) -> Result<Outcome> {
    ensure!(
        job.folder.is_dir(),
        "{}: no such folder; expected a folder of releases",
        job.folder.display()
    );
    let pages = Pages::new(job.options)?;
    let place = Place::take(job.folder, job.out)?;
    place.check()?;
    let cupboard = Cupboard::of(&place.out).unwrap_or_else(|error| {
        report.line(&format!("{error:#}; without it each build is a full one"));
        Cupboard::none()
    });
    settings::refuse_foreign(&place, &pages, &cupboard)?;
    let settings = settings::digest(job, &pages)?;
    let known = if job.full { None } else { cupboard.open(&settings, &place.identity()) };
    let builder = Builder { job, pages: &pages, place: &place, settings: &settings };
    if let Some(state) = known
        && let Some(outcome) = builder.partial(state, report)?
    {
        return Ok(outcome);
    }
    builder.full(cupboard.fresh()?, report)
}

struct Builder<'a> {
    job: &'a Job<'a>,
    pages: &'a Pages,
    place: &'a Place,
    settings: &'a str,
}

impl Builder<'_> {
    /// Everything anew, in an empty folder.
    fn full(&self, state: State, report: &mut Report) -> Result<Outcome> {
        let progress = Progress::new();
        let mut changes = Changes::everything();
        let (spool, releases) = self.read(&state, &mut changes, &progress, report)?;
        let boards = contents::boards(&state)?;
        let start = if self.place.is_empty()? {
            Start::Empty
        } else {
            Start::Beside(self.place.out.clone())
        };
        let mut tree = Tree::new(&self.place.work, start);
        self.guarded(|| {
            self.place.begin_full()?;
            self.write(&mut tree, &state, &spool, &changes, &boards, &progress)?;
            progress.swapping();
            self.place.sync()?;
            self.place.swap()
        })?;
        drop(spool);
        let twin = self.place.renew_twin();
        self.done(state, &tree, &boards, twin, releases, report)
    }

    /// What changed since the last build. `None` if that is so much that all is to be done.
    fn partial(&self, state: State, report: &mut Report) -> Result<Option<Outcome>> {
        let progress = Progress::new();
        let mut changes = Changes::default();
        let mut spool = Spool::new(self.beside())?;
        self.sources(&state, &mut spool, &mut changes, &progress)?;
        if changes.are_too_many() {
            return Ok(None);
        }
        let releases = self.told(&state, report)?;
        changes.spread(&state)?;
        let boards = contents::boards(&state)?;
        changes.all = state.fact("boards")?.as_deref() != Some(&contents::names(&boards));
        let mut tree = Tree::new(&self.place.work, Start::Twin);
        let twin = state.fact("twin")?.filter(|twin| !twin.is_empty());
        if changes.are_none() {
            return self.done(state, &tree, &boards, twin, releases, report).map(Some);
        }
        self.guarded(|| {
            self.place.begin_partial(twin.as_deref())?;
            self.clear(&mut tree, &state, &changes, &boards)?;
            self.write(&mut tree, &state, &spool, &changes, &boards, &progress)?;
            progress.swapping();
            if !tree.has_changed() {
                return Ok(());
            }
            self.place.sync()?;
            self.place.swap()
        })?;
        let twin = if !tree.has_changed() {
            self.place.unchanged()
        } else if tree.can_follow() {
            self.place.keep_twin(tree.follow(&self.place.out))
        } else {
            self.place.renew_twin()
        };
        self.done(state, &tree, &boards, twin, releases, report).map(Some)
    }

    /// Leaves nothing half done behind where something fails.
    fn guarded(&self, work: impl FnOnce() -> Result<()>) -> Result<()> {
        let done = work();
        if done.is_err() {
            self.place.give_up();
        }
        done
    }

    fn beside(&self) -> &Path {
        self.place.out.parent().unwrap_or(&self.place.out)
    }

    fn read(
        &self,
        state: &State,
        changes: &mut Changes,
        progress: &Progress,
        report: &mut Report,
    ) -> Result<(Spool, usize)> {
        let mut spool = Spool::new(self.beside())?;
        self.sources(state, &mut spool, changes, progress)?;
        Ok((spool, self.told(state, report)?))
    }

    fn sources(
        &self,
        state: &State,
        spool: &mut Spool,
        changes: &mut Changes,
        progress: &Progress,
    ) -> Result<()> {
        Sources::new(self.job.folder, self.job.now, state, spool, changes, progress).read()?;
        spool.close()
    }

    /// Tells what was odd, also in files that did not change, and gives the number of releases.
    fn told(&self, state: &State, report: &mut Report) -> Result<usize> {
        let file = |path: &[u8]| self.job.folder.join(OsStr::from_bytes(path));
        let mut list = state
            .db
            .prepare("SELECT path, problems FROM file WHERE problems IS NOT NULL ORDER BY path")?;
        let mut rows = list.query([])?;
        while let Some(row) = rows.next()? {
            let path = file(row.get_ref(0)?.as_blob()?);
            let remarks: Vec<Remark> = serde_json::from_str(row.get_ref(1)?.as_str()?)?;
            for remark in remarks {
                tell(report, &path, &remark);
            }
        }
        let mut list = state.db.prepare(
            "SELECT loser.path, loser.id, release.path FROM loser JOIN release USING (id)
             ORDER BY loser.path, loser.id",
        )?;
        let mut rows = list.query([])?;
        while let Some(row) = rows.next()? {
            let (loser, winner) = (row.get_ref(0)?.as_blob()?, row.get_ref(2)?.as_blob()?);
            let by = file(winner).display().to_string();
            tell(report, &file(loser), &sources::taken(row.get_ref(1)?.as_str()?, &by));
        }
        let releases =
            state.db.query_row("SELECT count(*) FROM release", [], |row| row.get::<_, usize>(0))?;
        if releases == 0 {
            let folder = self.job.folder.display();
            match due(state)? {
                Some(due) => bail!(
                    "{folder}: all releases are under embargo; the first one ends {due} (Seoul)"
                ),
                None => bail!("{folder}: no releases; expected files that end in .txt or .json"),
            }
        }
        Ok(releases)
    }

    /// Removes what belongs to releases, sections and languages that are gone.
    fn clear(
        &self,
        tree: &mut Tree,
        state: &State,
        changes: &Changes,
        boards: &[Board],
    ) -> Result<()> {
        for id in changes.gone() {
            for ending in ["html", "json"] {
                tree.remove(&format!("releases/{id}.{ending}"))?;
            }
        }
        let mut list = state.db.prepare("SELECT lang, section FROM scope")?;
        let scopes = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let scopes: Vec<(String, String)> = scopes.collect::<rusqlite::Result<_>>()?;
        for (lang, section) in scopes {
            let board = boards.iter().find(|board| board.lang.as_str() == lang);
            match board {
                None => {
                    for part in ["lists/", "feeds/", "search/", ""] {
                        let folder = format!("{part}{lang}");
                        tree.remove_folder(&folder)?;
                    }
                }
                Some(board)
                    if board.sections.iter().all(|kept| kept.section.id.as_str() != section) =>
                {
                    tree.remove_folder(&format!("{lang}/{section}"))?;
                    tree.remove_folder(&format!("lists/{lang}/{section}"))?;
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn write(
        &self,
        tree: &mut Tree,
        state: &State,
        spool: &Spool,
        changes: &Changes,
        boards: &[Board],
        progress: &Progress,
    ) -> Result<()> {
        let options = self.job.options;
        let total: usize = boards.iter().map(Board::count).sum();
        progress.writing(changes.count().unwrap_or(total) as u64);
        let mut ranks = Ranks::new();
        let mut stream = Stream {
            content: Content { state, spool },
            tree,
            changes,
            pages: self.pages,
            archive: contents::for_pages(boards),
            page_size: options.page_size.max(1),
            progress,
            search: Search {
                state,
                changes,
                served: &self.place.out,
                beside: self.beside(),
                roots: Vec::new(),
            },
        };
        for (index, board) in boards.iter().enumerate() {
            stream.board(board, index == 0, &mut ranks)?;
        }
        let roots = stream.search.roots;
        channels::Channels { state, tree, options, changes, ranks: &ranks }.write(boards)?;
        if changes.reach_sitemaps() {
            sitemaps::write(state, tree, options.site.as_deref(), boards)?;
        }
        tree.put("archive.json", contents::document(state, boards, &roots)?.as_bytes())?;
        for (path, bytes) in self.pages.assets() {
            tree.put(path, bytes)?;
        }
        Ok(())
    }

    /// Keeps the state for the next build.
    fn done(
        &self,
        state: State,
        tree: &Tree,
        boards: &[Board],
        twin: Option<String>,
        releases: usize,
        report: &mut Report,
    ) -> Result<Outcome> {
        let due = due(&state)?;
        let keep = || -> Result<()> {
            state.set("settings", self.settings)?;
            state.set("identity", &self.place.identity())?;
            state.set("twin", &twin.unwrap_or_default())?;
            state.set("boards", &contents::names(boards))?;
            let names: BTreeSet<&str> =
                self.pages.assets().iter().map(|(path, _)| settings::top(path)).collect();
            state.set("assets", &serde_json::to_string(&names)?)?;
            state.db.execute_batch("DELETE FROM scope")?;
            let mut put = state.db.prepare("INSERT INTO scope VALUES (?, ?, ?)")?;
            for board in boards {
                for counted in &board.sections {
                    let (lang, section) = (board.lang.as_str(), counted.section.id.as_str());
                    put.execute(rusqlite::params![lang, section, counted.count])?;
                }
            }
            Ok(())
        };
        // The archive is there already: what is lost is time at the next build.
        if let Err(error) = keep().and_then(|()| state.keep()).context("the cache folder") {
            report.line(&format!("{error:#}; the next build will be a full one"));
        }
        Ok(Outcome { releases, written: tree.written, removed: tree.removed, due })
    }
}

fn tell(report: &mut Report, path: &Path, Remark { line, code, message }: &Remark) {
    report.again(path, (*line, code, message));
}

/// When the next release becomes public: `2026-12-01 10:00`.
fn due(state: &State) -> Result<Option<String>> {
    let due: Option<String> =
        state.db.query_row("SELECT min(due) FROM file", [], |row| row.get(0))?;
    Ok(due.map(|due| due.strip_suffix(":00").map_or_else(|| due.clone(), str::to_owned)))
}
