//! The two folders: the archive that is served, and its twin in which the next one is prepared.
//!
//! DIR is never written into. The twin `.NAME.next` holds the same files by hard links. A build renames it to
//! `.NAME.work`, changes it there and swaps the two in one step; then the twin gets the same changes. A build that was
//! killed leaves `.NAME.work`, which the next one throws away.
//!
//! **Invariant:** only files that are or were public are in either of them.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use rustix::fs::{AtFlags, CWD, RenameFlags, linkat};
use rustix::io::Errno;

/// DIR and what lies beside it.
pub(super) struct Place {
    /// The archive that is served.
    pub(super) out: PathBuf,
    /// Where a build prepares the next one.
    pub(super) work: PathBuf,
    /// The same as `out`, between builds.
    next: PathBuf,
    /// The old archive, where two folders cannot be swapped in one step.
    old: PathBuf,
    lock: PathBuf,
    /// Held as long as the build runs.
    _held: File,
}

impl Place {
    /// Takes DIR for this build and mends what a killed one has left.
    pub(super) fn take(folder: &Path, out: &Path) -> Result<Self> {
        let named = out.display();
        let folder = folder
            .canonicalize()
            .with_context(|| format!("{}: cannot be opened", folder.display()))?;
        let out = real(out)?;
        ensure!(
            !out.starts_with(&folder) && !folder.starts_with(&out),
            "{named}: one of the folders is inside the other; expected --out outside of {}, since sources may be \
             under embargo",
            folder.display()
        );
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            bail!(
                "{named}: expected a folder inside another one, where the next archive is prepared"
            );
        };
        fs::create_dir_all(parent)
            .with_context(|| format!("{}: cannot be made", parent.display()))?;
        let beside = |ending: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(ending);
            parent.join(hidden)
        };
        let lock = beside(".lock");
        let held = hold(&lock, &out)?;
        let place = Self {
            work: beside(".work"),
            next: beside(".next"),
            old: beside(".old"),
            lock,
            _held: held,
            out: out.clone(),
        };
        place.mend()?;
        Ok(place)
    }

    /// What a killed build has left is thrown away, or put back.
    fn mend(&self) -> Result<()> {
        if self.old.exists() && !self.out.exists() {
            fs::rename(&self.old, &self.out)
                .with_context(|| format!("{}: cannot be put back", self.out.display()))?;
        }
        remove(&self.old)?;
        remove(&self.work)
    }

    /// Names the folder that is served: the state of a build is of use for no other.
    pub(super) fn identity(&self) -> String {
        identity(&self.out).unwrap_or_default()
    }

    /// Whether there is anything in DIR.
    pub(super) fn is_empty(&self) -> Result<bool> {
        match fs::read_dir(&self.out) {
            Ok(mut entries) => Ok(entries.next().is_none()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(error).with_context(|| {
                format!("{}: cannot be listed; expected a folder", self.out.display())
            }),
        }
    }

    /// Fails early where folders cannot be swapped.
    pub(super) fn check(&self) -> Result<()> {
        let Some(parent) = self.out.parent() else { return Ok(()) };
        let device = |path: &Path| fs::metadata(path).map(|data| data.dev()).ok();
        let out = device(&self.out);
        ensure!(
            out.is_none() || out == device(parent),
            "{out}: is a mount point, and cannot be swapped; expected a folder in it, such as {out}/archive",
            out = self.out.display()
        );
        Ok(())
    }

    /// An empty folder to write into.
    pub(super) fn begin_full(&self) -> Result<()> {
        fs::create_dir(&self.work)
            .with_context(|| format!("{}: cannot be made", self.work.display()))
    }

    /// A folder that holds what DIR holds.
    pub(super) fn begin_partial(&self, twin: Option<&str>) -> Result<()> {
        let kept = twin.is_some() && identity(&self.next).as_deref() == twin;
        if kept {
            return fs::rename(&self.next, &self.work)
                .with_context(|| format!("{}: cannot be renamed", self.next.display()));
        }
        remove(&self.next)?;
        link_all(&self.out, &self.work)
    }

    /// Waits until all that was written is on the disk: else a swap could outlive the files after a power cut. One
    /// call for the whole file system costs less than one for each file.
    pub(super) fn sync(&self) -> Result<()> {
        let folder = File::open(&self.work)?;
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let synced = rustix::fs::syncfs(&folder).map_err(io::Error::from);
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let synced = folder.sync_all();
        synced.with_context(|| format!("{}: cannot be written", self.work.display()))
    }

    /// Makes the work the archive, in one step. Then `work` is the old one.
    pub(super) fn swap(&self) -> Result<()> {
        let cannot = || {
            format!(
                "{}: cannot be swapped; expected a folder that is no mount point, in a folder that may be written",
                self.out.display()
            )
        };
        if self.is_empty()? {
            // Takes the place of a folder only if that is empty.
            return fs::rename(&self.work, &self.out).with_context(cannot);
        }
        match rustix::fs::renameat_with(CWD, &self.work, CWD, &self.out, RenameFlags::EXCHANGE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            done => return done.map_err(io::Error::from).with_context(cannot),
        }
        // A file system that cannot swap: DIR is missing for a moment, and a build that is killed then is mended by
        // the next one.
        fs::rename(&self.out, &self.old).with_context(cannot)?;
        if let Err(error) = fs::rename(&self.work, &self.out) {
            fs::rename(&self.old, &self.out).with_context(cannot)?;
            return Err(error).with_context(cannot);
        }
        fs::rename(&self.old, &self.work).with_context(cannot)
    }

    /// Makes the twin for the next build, and names it. Without one the next build makes it first: no reason to fail.
    pub(super) fn renew_twin(&self) -> Option<String> {
        let renew = || -> Result<()> {
            remove(&self.work)?;
            remove(&self.next)?;
            link_all(&self.out, &self.work)
        };
        self.keep_twin(renew())
    }

    /// The old archive has become the twin by `done`.
    pub(super) fn keep_twin(&self, done: Result<()>) -> Option<String> {
        let kept = done.and_then(|()| Ok(fs::rename(&self.work, &self.next)?));
        if kept.is_err() {
            let _left_for_later = remove(&self.work);
            return None;
        }
        identity(&self.next)
    }

    /// Nothing changed, or nothing may be changed.
    pub(super) fn give_up(&self) {
        let _left_for_later = remove(&self.work);
    }

    /// Nothing had to be changed: the work is still the twin.
    pub(super) fn unchanged(&self) -> Option<String> {
        self.keep_twin(Ok(()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // While it is still held: who waits for it finds out that it is no longer the one with this name.
        let _left_for_later = fs::remove_file(&self.lock);
    }
}

/// One build at a time.
fn hold(lock: &Path, out: &Path) -> Result<File> {
    loop {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(lock)
            .with_context(|| format!("{}: cannot be written", lock.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                bail!("{}: another build is writing it; try again when it is done", out.display())
            }
            // A file system without locks: then it is the user's part to run one at a time.
            Err(fs::TryLockError::Error(_)) => return Ok(file),
        }
        let same = |named: &fs::Metadata, held: &fs::Metadata| named.ino() == held.ino();
        if let (Ok(named), Ok(held)) = (fs::metadata(lock), file.metadata())
            && same(&named, &held)
        {
            return Ok(file);
        }
    }
}

/// The address without links and dots. The last part need not exist.
fn real(out: &Path) -> Result<PathBuf> {
    let out = std::path::absolute(out)?;
    if let Ok(real) = out.canonicalize() {
        return Ok(real);
    }
    let mut missing = Vec::new();
    let mut there = out.as_path();
    while !there.exists() {
        let (Some(parent), Some(name)) = (there.parent(), there.file_name()) else { break };
        missing.push(name);
        there = parent;
    }
    let real =
        there.canonicalize().with_context(|| format!("{}: cannot be opened", there.display()))?;
    Ok(missing.into_iter().rev().fold(real, |path, name| path.join(name)))
}

fn identity(path: &Path) -> Option<String> {
    let data = fs::metadata(path).ok()?;
    // The time of birth tells apart folders that got the same number one after the other.
    let born = data.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    Some(format!("{}:{}:{}", data.dev(), data.ino(), born.map_or(0, |born| born.as_nanos())))
}

/// Removes a folder, if it is there.
fn remove(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{}: cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}

/// The same files under another folder, by hard links, else as copies.
fn link_all(from: &Path, to: &Path) -> Result<()> {
    let cannot = |path: &Path| format!("{}: cannot be linked", path.display());
    fs::create_dir(to).with_context(|| cannot(to))?;
    let open = |folder: &Path| File::open(folder).with_context(|| cannot(folder));
    let (source, target) = (open(from)?, open(to)?);
    for entry in fs::read_dir(from).with_context(|| cannot(from))? {
        let entry = entry.with_context(|| cannot(from))?;
        let name = entry.file_name();
        if entry.file_type().with_context(|| cannot(from))?.is_dir() {
            link_all(&from.join(&name), &to.join(&name))?;
        } else if linkat(&source, &name, &target, &name, AtFlags::empty()).is_err() {
            // Whatever hinders it is named there.
            link(&from.join(&name), &to.join(&name))?;
        }
    }
    Ok(())
}

/// A hard link, or a copy where there are none.
pub(super) fn link(from: &Path, to: &Path) -> Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(error),
        Err(_) => fs::copy(from, to).map(|_| ()),
    }
    .with_context(|| format!("{}: cannot be linked", to.display()))
}
