//! What the last build knew, so that the next one redoes only what changed.
//!
//! It names sources, also those under embargo: so it lies in the user's cache folder, never beside the archive. It is
//! a copy of what FOLDER and DIR hold: losing it costs one full build.
//!
//! **Invariant:** of a release under embargo it holds the path of its file and the moment, nothing else.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, params};

/// Grows with each change of the tables.
const VERSION: i64 = 1;

/// Pages that are kept in memory, in KiB (the minus sign says so). With less, a full build of 100,000 reads its own
/// pages again and again; with more, memory grows with the archive.
const CACHE: &str = "-8192";

const TABLES: &str = "
    CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE file (
        path BLOB PRIMARY KEY, number INTEGER NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
        changed INTEGER NOT NULL, inode INTEGER NOT NULL, ids TEXT NOT NULL, due TEXT, problems TEXT
    ) WITHOUT ROWID;
    CREATE TABLE release (
        lang TEXT NOT NULL, section TEXT NOT NULL, place TEXT NOT NULL, id TEXT NOT NULL, path BLOB NOT NULL,
        name TEXT NOT NULL, key TEXT, section_name TEXT NOT NULL, department TEXT, modified TEXT,
        withdrawn INTEGER NOT NULL, build INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
        PRIMARY KEY (lang, section, place)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX release_id ON release (id);
    CREATE TABLE loser (id TEXT, path BLOB, PRIMARY KEY (id, path)) WITHOUT ROWID;
    CREATE TABLE scope (
        lang TEXT, section TEXT, count INTEGER NOT NULL, PRIMARY KEY (lang, section)
    ) WITHOUT ROWID;";

/// Made when all rows are there, which is cheaper than row by row.
const INDEXES: &str = "
    CREATE INDEX IF NOT EXISTS release_place ON release (lang, place);
    CREATE INDEX IF NOT EXISTS release_key ON release (key) WHERE key IS NOT NULL;
    CREATE INDEX IF NOT EXISTS release_department ON release (lang, department) WHERE department IS NOT NULL;";

/// The database of one archive.
pub(super) struct State {
    pub(super) db: Connection,
    /// The number of this build; rows that it wrote carry it.
    pub(super) build: i64,
    /// Where a new database lies until the archive is swapped, and where it belongs.
    fresh: Option<(PathBuf, PathBuf)>,
}

/// Where the state of archives lies.
pub(super) struct Cupboard {
    file: Option<PathBuf>,
}

impl Cupboard {
    /// For the archive at this address. Nothing is kept where the cache folder cannot be written.
    pub(super) fn of(out: &Path) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        out.as_os_str().as_bytes().hash(&mut hasher);
        let folder = dirs::cache_dir().context("no cache folder is known; set XDG_CACHE_HOME")?;
        let folder = folder.join("release-viewer");
        // For nobody else: the names of files under embargo are in it.
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("{}: cannot be written", folder.display()))?;
        let file = folder.join(format!("{:016x}.db", hasher.finish()));
        tempfile::tempfile_in(&folder)
            .with_context(|| format!("{}: cannot be written", folder.display()))?;
        Ok(Self { file: Some(file) })
    }

    /// Keeps nothing.
    pub(super) fn none() -> Self {
        Self { file: None }
    }

    /// The state of the last build, if it describes this archive under these settings.
    pub(super) fn open(&self, settings: &str, identity: &str) -> Option<State> {
        let file = self.file.as_ref().filter(|file| file.exists())?;
        // Whatever is wrong with it: a full build makes a new one.
        let open = || -> Result<Option<State>> {
            let db = Connection::open(file)?;
            tune(&db, "DELETE", "NORMAL")?;
            if db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))? != VERSION {
                return Ok(None);
            }
            let mut state = State { db, build: 0, fresh: None };
            if state.fact("settings")?.as_deref() != Some(settings)
                || state.fact("identity")?.as_deref() != Some(identity)
            {
                return Ok(None);
            }
            state.build = state.fact("build")?.and_then(|text| text.parse().ok()).unwrap_or(0) + 1;
            state.db.execute_batch("BEGIN IMMEDIATE")?;
            Ok(Some(state))
        };
        open().ok().flatten()
    }

    /// The files of pages that the last build wrote at the top of the archive, under whatever settings.
    pub(super) fn assets(&self) -> Vec<String> {
        let read = || -> Option<Vec<String>> {
            let db = Connection::open(self.file.as_ref().filter(|file| file.exists())?).ok()?;
            let sql = "SELECT value FROM fact WHERE name = 'assets'";
            let names: String = db.query_row(sql, [], |row| row.get(0)).ok()?;
            serde_json::from_str(&names).ok()
        };
        read().unwrap_or_default()
    }

    /// An empty state. It takes the place of the old one when it is [kept](State::keep).
    pub(super) fn fresh(&self) -> Result<State> {
        let Some(file) = &self.file else {
            let db = Connection::open("")?;
            return State::set_up(db, None);
        };
        let fresh = file.with_extension("new");
        for leftover in [fresh.clone(), fresh.with_extension("new-journal")] {
            if leftover.exists() {
                fs::remove_file(&leftover)
                    .with_context(|| format!("{}: cannot be removed", leftover.display()))?;
            }
        }
        let db = Connection::open(&fresh)
            .with_context(|| format!("{}: cannot be written", fresh.display()))?;
        State::set_up(db, Some((fresh, file.clone())))
    }
}

/// Settings of a connection.
fn tune(db: &Connection, journal: &str, synchronous: &str) -> Result<()> {
    db.pragma_update(None, "cache_size", CACHE)?;
    db.pragma_update(None, "journal_mode", journal)?;
    db.pragma_update(None, "synchronous", synchronous)?;
    db.set_prepared_statement_cache_capacity(64);
    // Else a statement that asks a partial index is planned anew whenever it gets another value.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

impl State {
    fn set_up(db: Connection, fresh: Option<(PathBuf, PathBuf)>) -> Result<Self> {
        // Nobody reads it before it is whole.
        tune(&db, "OFF", "OFF")?;
        db.pragma_update(None, "user_version", VERSION)?;
        db.execute_batch("BEGIN IMMEDIATE")?;
        db.execute_batch(TABLES)?;
        Ok(Self { db, build: 1, fresh })
    }

    /// Whether nothing was known before this build.
    pub(super) fn is_new(&self) -> bool {
        self.build == 1
    }

    /// All rows of a full build are there.
    pub(super) fn index(&self) -> Result<()> {
        Ok(self.db.execute_batch(INDEXES)?)
    }

    /// A fact by its name.
    pub(super) fn fact(&self, name: &str) -> Result<Option<String>> {
        let mut find = self.db.prepare_cached("SELECT value FROM fact WHERE name = ?")?;
        Ok(find.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Writes a fact.
    pub(super) fn set(&self, name: &str, value: &str) -> Result<()> {
        let mut put = self.db.prepare_cached("INSERT OR REPLACE INTO fact VALUES (?, ?)")?;
        put.execute(params![name, value])?;
        Ok(())
    }

    /// Keeps it for the next build, after the swap. A build that is killed in between leaves a state that belongs to
    /// another folder than the one served: then the next build is a full one.
    pub(super) fn keep(self) -> Result<()> {
        self.set("build", &self.build.to_string())?;
        self.db.execute_batch("COMMIT")?;
        let Some((fresh, file)) = self.fresh else { return Ok(()) };
        self.db.close().map_err(|(_, error)| error)?;
        fs::File::open(&fresh)?.sync_all()?;
        let journal = file.with_extension("db-journal");
        if journal.exists() {
            fs::remove_file(&journal)?;
        }
        fs::rename(&fresh, &file).with_context(|| format!("{}: cannot be written", file.display()))
    }
}
