//! Reading input files: texts, and JSON Feeds of ours or of others.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use unicode_normalization::UnicodeNormalization;

use super::walk;
use crate::model::{Lang, Release, Slug};
use crate::reader::{self, BAD_EMBARGO, FeedItem, Hint, MAX_BYTES, Problem};

pub(super) use walk::{for_each_file, is_source};

/// The largest feed that is read, in bytes. It is held as a whole, with about four times as much beside it.
const MAX_FEED_BYTES: u64 = 64 * 1024 * 1024;

/// A release with the name that it shares with its translations.
pub(super) struct Source {
    pub(super) release: Release,
    /// Equal for a release and its translations. `None` if nothing says that it has any.
    pub(super) translation_key: Option<String>,
}

/// What a file holds.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) sources: Vec<Source>,
    pub(super) problems: Vec<Problem>,
}

impl Contents {
    /// What may be published of it: nothing where an embargo has no end that can be read.
    pub(super) fn publishable(self) -> Vec<Source> {
        let held = self.problems.iter().any(|problem| problem.code == BAD_EMBARGO);
        if held { Vec::new() } else { self.sources }
    }
}

/// The files that a path means: itself, or every release in a folder and the folders in it, sorted by path.
pub(super) fn expand(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for_each_file(path, &mut |file| {
        files.push(file.to_owned());
        Ok(())
    })?;
    Ok(files)
}

/// Whether a file is read as JSON Feed. Its ending tells, so that a text that begins with a brace stays a text.
pub(super) fn is_feed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// Reads one file. The id of a text is the name of its file without the ending.
pub(super) fn read(path: &Path) -> Result<Contents> {
    read_as(path, path)
}

/// Reads one file. Translation keys are made from `place`, for example its path inside of a folder that may be moved.
pub(super) fn read_as(path: &Path, place: &Path) -> Result<Contents> {
    of_bytes(path, place, &bytes(path)?)
}

/// Reads the bytes of a file that was opened already.
pub(super) fn of_bytes(path: &Path, place: &Path, bytes: &[u8]) -> Result<Contents> {
    if is_feed(path) {
        return read_feed(path, place, bytes);
    }
    let hint = Hint { id: id_of(path) };
    let reading = reader::read(bytes, &hint).with_context(|| path.display().to_string())?;
    let sources = reading.releases.into_iter();
    let source = |release| Source { release, translation_key: translation_key(place) };
    Ok(Contents { sources: sources.map(source).collect(), problems: reading.problems })
}

/// The bytes of a file that is not too large.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    bytes_into(&mut bytes, path)?;
    Ok(bytes)
}

/// The same into a buffer: who reads many files has the system give the memory once.
pub(super) fn bytes_into(bytes: &mut Vec<u8>, path: &Path) -> Result<()> {
    let cannot = || format!("{}: cannot be read", path.display());
    let mut opened = File::open(path).with_context(cannot)?;
    let file = opened.metadata().with_context(cannot)?;
    if file.is_dir() {
        bail!("{}: this folder cannot be listed", path.display());
    }
    let size = usize::try_from(file.len()).unwrap_or(usize::MAX);
    if !is_feed(path) && size > MAX_BYTES {
        bail!("{}: {}", path.display(), reader::Error::TooLarge(size));
    }
    if file.len() > MAX_FEED_BYTES {
        bail!(
            "{}: the file has {size} bytes; a feed may have at most {MAX_FEED_BYTES}",
            path.display()
        );
    }
    // One more than there should be, so that the end is found without another look at the size.
    bytes.resize(size.saturating_add(1), 0);
    let mut length = 0;
    loop {
        let read = opened.read(bytes.get_mut(length..).unwrap_or_default()).with_context(cannot)?;
        length += read;
        if read == 0 {
            bytes.truncate(length);
            return Ok(());
        }
        if length == bytes.len() {
            bytes.resize(length.saturating_mul(2), 0);
        }
    }
}

fn read_feed(path: &Path, place: &Path, bytes: &[u8]) -> Result<Contents> {
    let named = || path.display().to_string();
    if bytes.trim_ascii().is_empty() {
        bail!("{}: the file is empty; expected a JSON Feed", named());
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        bail!("{}: this is not JSON: some bytes are not UTF-8", named());
    };
    let feed = reader::read_feed_file(text).with_context(named)?;
    let keys = item_keys(place, &feed.items);
    let source = |(FeedItem { release, translation_key }, found)| Source {
        release,
        translation_key: translation_key.or(found),
    };
    let sources = feed.items.into_iter().zip(keys).map(source).collect();
    Ok(Contents { sources, problems: feed.problems })
}

/// The name of a file as id. File systems that part letters from their accents give the same id as others.
fn id_of(path: &Path) -> Option<Slug> {
    Slug::from_words(&composed(&path.file_stem()?.to_string_lossy()))
}

fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// The name that translations of one release share: `2026/0507-talks` of `2026/0507-talks.ko.txt`.
///
/// The folder belongs to it, since two years may have files of one name; but not where folders part the languages
/// (`2026/ko/0507-talks.ko.txt`).
pub(super) fn translation_key(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy();
    let (name, lang) = stem.rsplit_once('.')?;
    (is_lang(lang) && !name.is_empty()).then(|| in_folder(path, name))
}

/// The language in the name of a file: `ko` of `talks.ko.txt`.
pub(super) fn lang_in_name(path: &Path) -> Option<Lang> {
    let stem = path.file_stem()?.to_string_lossy();
    stem.rsplit_once('.').filter(|(_, lang)| is_lang(lang)).and_then(|(_, lang)| Lang::parse(lang))
}

fn is_lang(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn in_folder(path: &Path, name: &str) -> String {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    for part in path.parent().into_iter().flat_map(Path::components) {
        let part = match part {
            Component::CurDir | Component::RootDir => continue,
            part => part.as_os_str().to_string_lossy(),
        };
        if !is_lang(&part) {
            parts.push(part);
        }
    }
    parts.push(name.into());
    composed(&parts.join("/"))
}

/// The keys of items that bring none: from those that name each other as translations, else from the file's name if
/// it holds one item only.
fn item_keys(path: &Path, items: &[FeedItem]) -> Vec<Option<String>> {
    let alone = if items.len() == 1 { translation_key(path) } else { None };
    let mut keys: Vec<Option<String>> = items
        .iter()
        .map(|item| {
            let entry = &item.release.entry;
            let others = entry.translations.iter().map(|other| &other.id);
            let first = others.clone().chain([&entry.id]).min()?;
            let named = others.count() > 0;
            // Both sides find the same smallest id, also in files of their own.
            if named { Some(in_folder(path, &format!("#{first}"))) } else { alone.clone() }
        })
        .collect();
    // An item that is only named by its partner.
    let named: Vec<(Slug, Option<String>)> = items
        .iter()
        .zip(&keys)
        .flat_map(|(item, key)| {
            let others = item.release.entry.translations.iter();
            others.map(move |other| (other.id.clone(), key.clone()))
        })
        .collect();
    if named.is_empty() {
        return keys;
    }
    let named: BTreeMap<Slug, Option<String>> = named.into_iter().collect();
    for (item, key) in items.iter().zip(&mut keys) {
        if key.is_none() {
            *key = named.get(&item.release.entry.id).cloned().flatten();
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::translation_key;

    fn check(path: &str, key: Option<&str>) {
        assert_eq!(translation_key(Path::new(path)).as_deref(), key, "{path}");
    }

    #[test]
    fn names_of_translations_share_a_key() {
        check("0507-talks.ko.txt", Some("0507-talks"));
        check("./a/2026/0507-talks.en.txt", Some("a/2026/0507-talks"));
        check("2026/ko/talks.ko.txt", Some("2026/talks"));
        check("2026/en/talks.en.txt", Some("2026/talks"));
        check("\u{1112}\u{1161}\u{11ab}.ko.txt", Some("한"));
        for path in ["talks.txt", "minutes.v2.txt", "talks.KO.txt", ".ko.txt"] {
            check(path, None);
        }
    }
}
