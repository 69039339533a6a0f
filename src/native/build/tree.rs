//! Writing the files of an archive: only those that differ, and never through a hard link.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rustix::fs::{Mode, OFlags, openat};

use super::place;

/// Changes that are remembered for the twin. With more, it is linked anew, which costs about as much.
const REMEMBERED: usize = 100_000;

/// Folders that are kept open. A process may have 256 files open at the least.
const OPEN: usize = 100;

/// What was done to a file.
enum Change {
    Written(String),
    Removed(String),
    RemovedFolder(String),
}

/// What the folder holds when it is begun.
pub(super) enum Start {
    /// Nothing, and there is no archive yet.
    Empty,
    /// Nothing; what is equal in this archive is linked.
    Beside(PathBuf),
    /// What the archive holds, by links.
    Twin,
}

/// The folder that is prepared.
pub(super) struct Tree {
    root: PathBuf,
    start: Start,
    /// Those that are there. The first ones stay open: a name in them is found faster than a whole path.
    folders: BTreeMap<String, Option<OwnedFd>>,
    changes: Vec<Change>,
    buffer: Vec<u8>,
    /// Number of files that are new or differ.
    pub(super) written: usize,
    /// Number of files that are there no longer.
    pub(super) removed: usize,
}

impl Tree {
    pub(super) fn new(root: &Path, start: Start) -> Self {
        Self {
            root: root.to_owned(),
            start,
            folders: BTreeMap::new(),
            changes: Vec::new(),
            buffer: Vec::new(),
            written: 0,
            removed: 0,
        }
    }

    /// Whether the archive is another now.
    pub(super) fn has_changed(&self) -> bool {
        self.written + self.removed > 0
    }

    /// Where a file is.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Reads a file as text.
    pub(super) fn read(&self, name: &str) -> Result<String> {
        let path = self.path(name);
        fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))
    }

    /// Writes a file unless it is there with the same bytes.
    pub(super) fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path(name);
        let cannot = || format!("{}: cannot be written", path.display());
        match &self.start {
            Start::Empty => {}
            Start::Beside(base) => {
                let served = base.join(name);
                if same(&mut self.buffer, &served, bytes) {
                    self.folder_of(name)?;
                    return place::link(&served, &path);
                }
            }
            Start::Twin => {
                if same(&mut self.buffer, &path, bytes) {
                    return Ok(());
                }
                // The file may be a link of one that is served.
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(error).with_context(cannot);
                    }
                    _ => {}
                }
            }
        }
        let mut file = self.create(name).with_context(cannot)?;
        file.write_all(bytes).with_context(cannot)?;
        self.written += 1;
        self.note(|| Change::Written(name.to_owned()));
        Ok(())
    }

    /// Writes a file that may be too large for memory, as [`Tree::put`] does.
    pub(super) fn put_stream(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> Result<()>,
    ) -> Result<()> {
        let path = self.path(name);
        let part = self.path(&format!("{name}.part"));
        let cannot = || format!("{}: cannot be written", path.display());
        self.folder_of(name)?;
        let mut file = BufWriter::new(File::create(&part).with_context(cannot)?);
        write(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error).with_context(cannot)?;
        let served = match &self.start {
            Start::Beside(base) => base.join(name),
            Start::Empty | Start::Twin => path.clone(),
        };
        if equal(&part, &served).unwrap_or(false) {
            fs::remove_file(&part).with_context(cannot)?;
            return if served == path { Ok(()) } else { place::link(&served, &path) };
        }
        // Takes the place of the name, so that a link of it stays as it was.
        fs::rename(&part, &path).with_context(cannot)?;
        self.written += 1;
        self.note(|| Change::Written(name.to_owned()));
        Ok(())
    }

    /// A file that was not there before.
    fn create(&mut self, name: &str) -> Result<File> {
        self.folder_of(name)?;
        if let Some((folder, file)) = name.rsplit_once('/')
            && let Some(Some(folder)) = self.folders.get(folder)
        {
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
            return Ok(File::from(openat(folder, file, flags, Mode::from_raw_mode(0o666))?));
        }
        Ok(File::create_new(self.path(name))?)
    }

    /// Makes the folder in which a file is.
    fn folder_of(&mut self, name: &str) -> Result<()> {
        let Some((folder, _)) = name.rsplit_once('/') else { return Ok(()) };
        if !self.folders.contains_key(folder) {
            let path = self.path(folder);
            fs::create_dir_all(&path)
                .with_context(|| format!("{}: cannot be made", path.display()))?;
            let opened = (self.folders.len() < OPEN).then(|| File::open(&path).ok()).flatten();
            self.folders.insert(folder.to_owned(), opened.map(OwnedFd::from));
        }
        Ok(())
    }

    /// Removes a file if it is there, and says whether it was.
    pub(super) fn remove(&mut self, name: &str) -> Result<bool> {
        let path = self.path(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            done => done.with_context(|| format!("{}: cannot be removed", path.display()))?,
        }
        self.removed += 1;
        self.note(|| Change::Removed(name.to_owned()));
        Ok(true)
    }

    /// Removes a folder with all that is in it.
    pub(super) fn remove_folder(&mut self, name: &str) -> Result<()> {
        let path = self.path(name);
        let Ok(count) = count(&path) else { return Ok(()) };
        fs::remove_dir_all(&path)
            .with_context(|| format!("{}: cannot be removed", path.display()))?;
        self.removed += count;
        self.note(|| Change::RemovedFolder(name.to_owned()));
        self.folders.retain(|folder, _| !Path::new(folder).starts_with(name));
        Ok(())
    }

    fn note(&mut self, change: impl FnOnce() -> Change) {
        // A work that began empty has no twin that could follow.
        if matches!(self.start, Start::Twin) && self.changes.len() <= REMEMBERED {
            self.changes.push(change());
        }
    }

    /// Whether [`Tree::follow`] can do it.
    pub(super) fn can_follow(&self) -> bool {
        matches!(self.start, Start::Twin) && self.changes.len() <= REMEMBERED
    }

    /// Does to the old archive, which is now in `root`, what was done to the new one in `out`.
    pub(super) fn follow(&self, out: &Path) -> Result<()> {
        for change in &self.changes {
            match change {
                Change::Written(name) => {
                    let path = self.path(name);
                    let _was_not_there = fs::remove_file(&path);
                    if let Some(folder) = path.parent() {
                        fs::create_dir_all(folder)?;
                    }
                    // It may have been removed again later in the same build.
                    let served = out.join(name);
                    if served.exists() {
                        place::link(&served, &path)?;
                    }
                }
                Change::Removed(name) => {
                    let _was_not_there = fs::remove_file(self.path(name));
                }
                Change::RemovedFolder(name) => {
                    let _was_not_there = fs::remove_dir_all(self.path(name));
                }
            }
        }
        Ok(())
    }
}

fn count(folder: &Path) -> io::Result<usize> {
    let mut files = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files += if entry.file_type()?.is_dir() { count(&entry.path())? } else { 1 };
    }
    Ok(files)
}

/// Whether two files hold the same bytes.
fn equal(one: &Path, two: &Path) -> io::Result<bool> {
    let (one, two) = (File::open(one)?, File::open(two)?);
    if one.metadata()?.len() != two.metadata()?.len() {
        return Ok(false);
    }
    let (mut one, mut two) = (BufReader::new(one), BufReader::new(two));
    loop {
        let (left, right) = (one.fill_buf()?, two.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 {
            return Ok(left.is_empty() && right.is_empty());
        }
        if left.get(..length) != right.get(..length) {
            return Ok(false);
        }
        one.consume(length);
        two.consume(length);
    }
}

/// Whether a file holds exactly these bytes.
fn same(buffer: &mut Vec<u8>, path: &Path, bytes: &[u8]) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let length = file.metadata().map(|data| data.len());
    if !length.is_ok_and(|length| usize::try_from(length) == Ok(bytes.len())) {
        return false;
    }
    buffer.clear();
    file.read_to_end(buffer).is_ok() && buffer == bytes
}
