//! `import`: releases from anywhere → one JSON file each in a folder, ready for `build`.
//!
//! The id of a release is the name of its file, or the id of its item in a feed. The JSON remembers where it came from
//! (`_import`), so that the next run finds the same id, also where two sources wanted the same. Nothing is ever
//! removed: the address of a release stays when its source is gone.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::files::{self, Source};
use super::json::Feed;
use super::report::Report;
use crate::model::{Release, Slug};
use crate::reader::Problem;

/// The longest name of a file in bytes, without its ending. Most file systems end at 255.
const LONGEST_ID: usize = 200;

/// Imports what the paths mean into a folder. What cannot be read is reported, and the rest goes on.
///
/// # Errors
/// When nothing can be written.
pub(super) fn run(paths: &[PathBuf], to: &Path, report: &mut Report) -> Result<()> {
    let named = || format!("{}: cannot be made a folder", to.display());
    fs::create_dir_all(to).with_context(named)?;
    let folder = to.canonicalize().with_context(named)?;
    let mut import = Import { folder, new: 0, changed: 0, unchanged: 0 };
    for path in paths {
        let mut fatal = None;
        let walked = files::for_each_file(path, &mut |file| {
            import.file(file, report).map_err(|error| {
                fatal = Some(error);
                anyhow::anyhow!("stop")
            })
        });
        match (fatal, walked) {
            (Some(error), _) => return Err(error),
            (None, Err(error)) => report.failure(path, &error),
            (None, Ok(())) => {}
        }
    }
    let Import { new, changed, unchanged, .. } = import;
    report.say(
        &json!({"new": new, "changed": changed, "unchanged": unchanged}),
        &format!("{}: {new} new, {changed} changed, {unchanged} unchanged", to.display()),
    )
}

struct Import {
    folder: PathBuf,
    new: usize,
    changed: usize,
    unchanged: usize,
}

/// Where a release came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Origin {
    /// The file as seen from the folder of the import, so that both can be moved together.
    source: String,
    /// The id of the item, if the file is a feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<String>,
}

/// What is asked of a file that is there already.
#[derive(Deserialize)]
struct Kept {
    items: Vec<KeptItem>,
}

#[derive(Deserialize)]
struct KeptItem {
    title: Option<String>,
    #[serde(rename = "_import")]
    origin: Option<Origin>,
}

/// Whose a name in the folder is.
enum Owner {
    Nobody,
    Ours,
    Other(String),
}

impl Import {
    fn file(&mut self, file: &Path, report: &mut Report) -> Result<()> {
        let Some(place) = full(file) else {
            let error = anyhow::anyhow!("{}: cannot be read: no such file", file.display());
            report.failure(file, &error);
            return Ok(());
        };
        if files::is_feed(file) && place.parent() == Some(&self.folder) {
            return Ok(());
        }
        let place = relative(&place, &self.folder);
        let contents = match files::read_as(file, &place) {
            Ok(contents) => contents,
            Err(error) => {
                report.failure(file, &error);
                return Ok(());
            }
        };
        for problem in &contents.problems {
            report.problem(file, problem);
        }
        for source in contents.publishable() {
            report.read += 1;
            let id = source.release.entry.id.to_string();
            let item = files::is_feed(file).then_some(id);
            let origin = Origin { source: slashed(&place), item };
            self.release(file, source, &place, &origin, report)?;
        }
        Ok(())
    }

    fn release(
        &mut self,
        file: &Path,
        mut source: Source,
        place: &Path,
        origin: &Origin,
        report: &mut Report,
    ) -> Result<()> {
        // A name that is already there stays, whatever else is free by now.
        let (mut free, mut holder, mut found) = (None, None, None);
        for id in candidates(&source.release.entry.id, place, origin) {
            match self.owner(&id, &source.release, origin)? {
                Owner::Ours => {
                    found = Some(id);
                    break;
                }
                Owner::Nobody => free = free.or(Some(id)),
                Owner::Other(name) if free.is_none() => holder = holder.or(Some(name)),
                Owner::Other(_) => {}
            }
        }
        let Some(id) = found.clone().or(free) else {
            let problem = taken(&source.release.entry.id, holder.as_deref(), None);
            report.problem(file, &problem);
            return Ok(());
        };
        if found.is_none() && holder.is_some() {
            report.problem(file, &taken(&source.release.entry.id, holder.as_deref(), Some(&id)));
        }
        source.release.entry.id = id.clone();
        let bytes = document(source.release, source.translation_key, origin)?;
        self.write(&id, &bytes)
    }

    fn path(&self, id: &Slug) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    fn owner(&self, id: &Slug, release: &Release, origin: &Origin) -> Result<Owner> {
        let path = self.path(id);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Owner::Nobody),
            Err(error) => {
                return Err(error).with_context(|| format!("{}: cannot be read", path.display()));
            }
        };
        // After a loss of power a new file may be there without its bytes.
        if bytes.is_empty() {
            return Ok(Owner::Nobody);
        }
        let kept = serde_json::from_slice::<Kept>(&bytes).ok().and_then(|kept| {
            let item = kept.items.into_iter().next()?;
            Some((item.title, item.origin?))
        });
        let Some((title, other)) = kept else {
            return Ok(Owner::Other(format!("{id}.json, which was not imported")));
        };
        // A source that was moved or renamed on the way is known by its title.
        let moved = || {
            title.is_some()
                && title == release.entry.title
                && !self.folder.join(&other.source).exists()
        };
        if other == *origin || moved() { Ok(Owner::Ours) } else { Ok(Owner::Other(other.source)) }
    }

    /// Writes beside and renames, so that whoever reads the folder finds the old file or the new one. It is not
    /// forced to the disk: a lost import is done again, and thousands of files would take minutes.
    fn write(&mut self, id: &Slug, bytes: &[u8]) -> Result<()> {
        let path = self.path(id);
        let there = match fs::read(&path) {
            Ok(kept) if kept == bytes => {
                self.unchanged += 1;
                return Ok(());
            }
            other => other.is_ok(),
        };
        let part = self.folder.join(format!(".{id}.{}.part", std::process::id()));
        let written = fs::File::create(&part)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&part, &path));
        if let Err(error) = written {
            // The disk may be full: what was begun is of no use.
            let _gone = fs::remove_file(&part);
            return Err(error).with_context(|| format!("{}: cannot be written", path.display()));
        }
        if there {
            self.changed += 1;
        } else {
            self.new += 1;
        }
        Ok(())
    }
}

/// The names that a release may have, best first: its own, with the folders it came from, with a number made of its
/// whole path.
fn candidates(id: &Slug, place: &Path, origin: &Origin) -> Vec<Slug> {
    let mut words: Vec<String> = Vec::new();
    if origin.item.is_some() {
        words.extend(place.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    let parents = place.ancestors().skip(1).filter_map(Path::file_name);
    words.extend(parents.map(|name| name.to_string_lossy().into_owned()).take(3));
    let mut names = vec![id.to_string()];
    let mut longer = id.to_string();
    for word in words {
        let Some(word) = Slug::from_words(&word) else { continue };
        longer = format!("{word}-{longer}");
        names.push(longer.clone());
    }
    let whole = format!("{}#{}", origin.source, origin.item.as_deref().unwrap_or_default());
    names.push(format!("{id}-{:08x}", fingerprint(&whole)));
    names.iter().filter_map(|name| Slug::parse(&shortened(name))).collect()
}

/// The name, or its beginning with a number made of the whole, if it is too long for a file.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST_ID {
        return name.to_owned();
    }
    let end = name.floor_char_boundary(LONGEST_ID - 9);
    format!("{}-{:08x}", name.get(..end).unwrap_or_default(), fingerprint(name))
}

/// FNV-1a: short, and the same for ever, which the hash of the standard library does not promise.
fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn taken(id: &Slug, holder: Option<&str>, instead: Option<&Slug>) -> Problem {
    let holder = holder.unwrap_or_default();
    let message = match instead {
        Some(instead) => format!(
            "the id “{id}” is taken by {holder}; this release gets the id “{instead}” and keeps it"
        ),
        None => format!("the id “{id}” is taken by {holder}; rename this file"),
    };
    Problem { line: 1, code: "id-taken", message }
}

/// The bytes of the file: a JSON Feed with one item, a member a line, so that versions can be compared.
fn document(mut release: Release, key: Option<String>, origin: &Origin) -> Result<Vec<u8>> {
    // Neighbours are known by the archive only, and the key tells the translations.
    (release.older, release.newer) = (None, None);
    if key.is_some() {
        release.entry.translations.clear();
    }
    let name = release.entry.name().to_owned();
    let mut feed = serde_json::to_value(Feed::of_releases(&name, None, [&release]))?;
    if let Some(item) = feed.pointer_mut("/items/0").and_then(Value::as_object_mut) {
        item.insert("_import".to_owned(), serde_json::to_value(origin)?);
    }
    if let (Some(key), Some(ours)) =
        (key, feed.pointer_mut("/items/0/_release").and_then(Value::as_object_mut))
    {
        ours.insert("translation_key".to_owned(), json!(key));
    }
    let mut bytes = serde_json::to_vec_pretty(&feed)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The whole path of a file; a link keeps its own name. `None` if there is no such folder.
fn full(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
    Some(folder.join(file.file_name()?))
}

/// A full path as seen from a folder.
fn relative(path: &Path, folder: &Path) -> PathBuf {
    let common = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(common).map(|_| "..");
    // Another drive has nothing in common.
    if common == 0 {
        return path.to_owned();
    }
    let mut from: PathBuf = up.collect();
    from.extend(path.components().skip(common));
    from
}

/// The path with `/`, on every system.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Origin, candidates, relative};
    use crate::model::Slug;

    #[test]
    fn paths_are_told_from_the_folder() {
        let check = |path, expected| {
            assert_eq!(relative(Path::new(path), Path::new("/a/b")), Path::new(expected));
        };
        check("/a/b/c.txt", "c.txt");
        check("/a/x/c.txt", "../x/c.txt");
        check("/c.txt", "../../c.txt");
    }

    #[test]
    fn names_get_longer_until_they_are_free() {
        let check = |id: &str, place: &str, item: Option<&str>| {
            let origin = Origin { source: place.to_owned(), item: item.map(str::to_owned) };
            let found = candidates(&Slug::parse(id).unwrap(), Path::new(place), &origin);
            found.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let names = check("talks-ko", "../texts/2026/talks.ko.txt", None);
        assert_eq!(names[..3], ["talks-ko", "2026-talks-ko", "texts-2026-talks-ko"]);
        assert_eq!(names.len(), 4);
        assert_eq!(check("7", "../feed.json", Some("7"))[..2], ["7", "feed-7"]);
        let long = check(&"가".repeat(100), "x.txt", None);
        assert!(long.iter().all(|name| name.len() <= 200));
    }
}
