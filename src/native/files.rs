//! Finding and reading input files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::model::Slug;
use crate::reader::{self, Hint, MAX_BYTES, Reading};

/// Endings of files that a folder may hold as releases. Other files in it are left alone.
const ENDINGS: [&str; 3] = ["txt", "text", "json"];

/// The files that a path means: itself, or every release in a folder, in the order of their names.
pub(super) fn expand(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries =
        fs::read_dir(path).with_context(|| format!("{}: cannot be listed", path.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.with_context(|| format!("{}: cannot be listed", path.display()))?.path();
        let ending =
            file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        if file.is_file() && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("{}: no releases in this folder; expected files that end in .txt", path.display());
    }
    Ok(files)
}

/// Whether the name of a file is one of a release.
pub(super) fn is_source(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Reads one file. Its name without the ending becomes the id.
pub(super) fn read(path: &Path) -> Result<Reading> {
    let named = || path.display().to_string();
    let size = fs::metadata(path).with_context(|| format!("{}: cannot be read", named()))?.len();
    if size > MAX_BYTES as u64 {
        bail!(
            "{}: {}",
            named(),
            reader::Error::TooLarge(usize::try_from(size).unwrap_or(usize::MAX))
        );
    }
    let bytes = fs::read(path).with_context(|| format!("{}: cannot be read", named()))?;
    if path.extension().is_some_and(|ending| ending == "json") {
        let text = String::from_utf8(bytes)?;
        return reader::read_feed(&text).map_err(|error| anyhow::anyhow!("{}: {error}", named()));
    }
    let id = path.file_stem().and_then(|stem| Slug::from_words(&stem.to_string_lossy()));
    reader::read(&bytes, &Hint { id }).map_err(|error| anyhow::anyhow!("{}: {error}", named()))
}

/// The name that translations of one release share: `0507-talks` of `0507-talks.ko.txt`.
pub(super) fn translation_key(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy();
    let (key, lang) = stem.rsplit_once('.')?;
    (lang.len() == 2 && lang.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| key.to_owned())
}
