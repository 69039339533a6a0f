//! The files that a path means, one after the other.
//!
//! **Invariant:** of a folder only the names are held, in one piece: an archive has 100,000 files, and a path for each
//! would be ten times as much.

use std::ffi::OsString;
use std::fs::{self, DirEntry};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Endings of files that a folder may hold as releases. Other files in it are left alone.
const ENDINGS: [&str; 3] = ["txt", "text", "json"];

/// Visits the file itself, or every release in a folder and the folders in it, sorted by path.
///
/// Hidden files and folders are left out, and links to folders, since they may lead in a circle. A folder inside that
/// cannot be listed is visited like a file, so that reading it says so and the rest goes on.
///
/// # Errors
/// When the folder cannot be listed or has no releases; and the first error of the visitor.
pub(super) fn for_each_file(path: &Path, visit: &mut dyn FnMut(&Path) -> Result<()>) -> Result<()> {
    if !path.is_dir() {
        return visit(path);
    }
    let names = Names::of(path).with_context(|| format!("{}: cannot be listed", path.display()))?;
    if descend(path, &names, visit)? == 0 {
        bail!(
            "{}: no releases in this folder; expected files that end in .txt or .json",
            path.display()
        );
    }
    Ok(())
}

/// Visits what the names mean and gives the number of files.
fn descend(
    folder: &Path,
    names: &Names,
    visit: &mut dyn FnMut(&Path) -> Result<()>,
) -> Result<usize> {
    let mut count = 0;
    for (name, is_folder) in names.iter() {
        let path = folder.join(name);
        match is_folder.then(|| Names::of(&path)) {
            Some(Ok(names)) => count += descend(&path, &names, visit)?,
            _ => {
                visit(&path)?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// The sorted names in a folder that matter here.
#[derive(Default)]
struct Names {
    text: String,
    /// Start and end in `text`, and whether it is a folder.
    places: Vec<(usize, usize, bool)>,
    /// Names that are no Unicode; they come last.
    odd: Vec<(OsString, bool)>,
}

impl Names {
    fn of(folder: &Path) -> std::io::Result<Self> {
        let mut names = Self::default();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let Some(is_folder) = kind(&entry) else { continue };
            match name.to_str() {
                Some(text) => {
                    let start = names.text.len();
                    names.text.push_str(text);
                    names.places.push((start, names.text.len(), is_folder));
                }
                None => names.odd.push((name, is_folder)),
            }
        }
        let text = &names.text;
        names.places.sort_unstable_by_key(|&(start, end, _)| text.get(start..end));
        names.odd.sort_unstable();
        Ok(names)
    }

    fn iter(&self) -> impl Iterator<Item = (&Path, bool)> {
        let name = |&(start, end, is_folder): &(usize, usize, bool)| {
            (Path::new(self.text.get(start..end).unwrap_or_default()), is_folder)
        };
        self.places
            .iter()
            .map(name)
            .chain(self.odd.iter().map(|(name, is_folder)| (Path::new(name), *is_folder)))
    }
}

/// Whether a file has the ending of a release.
pub(super) fn is_source(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Whether an entry is a folder; `None` if it is neither that nor a file with a right ending.
fn kind(entry: &DirEntry) -> Option<bool> {
    let kind = entry.file_type().ok()?;
    if kind.is_dir() {
        return Some(true);
    }
    (is_source(Path::new(&entry.file_name()))
        && (kind.is_file() || kind.is_symlink() && entry.path().is_file()))
    .then_some(false)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::for_each_file;

    #[test]
    fn folders_are_walked_in_the_order_of_paths() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a/2.JSON", "a/1.txt", "a.text", "c.md", ".d.txt", ".git/e.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        fs::create_dir(folder.path().join("empty")).unwrap();
        let mut found = Vec::new();
        for_each_file(folder.path(), &mut |path| {
            found.push(path.strip_prefix(folder.path())?.display().to_string());
            Ok(())
        })
        .unwrap();
        assert_eq!(found, ["a/1.txt", "a/2.JSON", "a.text", "b.txt"]);
        let empty = folder.path().join("empty");
        assert!(for_each_file(&empty, &mut |_| Ok(())).is_err());
    }
}
