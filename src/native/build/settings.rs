//! What else a build depends on: its options, the files they name, and the program itself.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Job;
use super::place::Place;
use super::state::Cupboard;
use crate::native::pages::Pages;

/// What an archive holds at its top, besides languages and the files of pages.
const OURS: [&str; 10] = [
    "archive.json",
    "index.html",
    "releases",
    "lists",
    "feeds",
    "search",
    "feed.json",
    "rss.xml",
    "atom.xml",
    "sitemap.xml",
];

/// A number for all that is not a source. If it is another one, nothing of the last build can be used.
pub(super) fn digest(job: &Job<'_>, pages: &Pages) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    format!("{:?}", job.options).hash(&mut hasher);
    job.folder.canonicalize()?.hash(&mut hasher);
    for (_, file) in &job.options.templates {
        fs::read(file)
            .with_context(|| format!("{}: cannot be read", file.display()))?
            .hash(&mut hasher);
    }
    pages.assets().hash(&mut hasher);
    // Another version of the program may write other bytes.
    let program =
        std::env::current_exe().and_then(fs::read).context("this program: cannot be read")?;
    program.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

/// The name at the top under which a path stands.
pub(super) fn top(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Refuses a folder that is no archive, or holds more than one: a swap would lose it.
pub(super) fn refuse_foreign(place: &Place, pages: &Pages, cupboard: &Cupboard) -> Result<()> {
    if place.is_empty()? {
        return Ok(());
    }
    let named = place.out.display();
    let contents = fs::read(place.out.join("archive.json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok())
        .filter(|contents| contents["version"].is_u64() && contents["languages"].is_array());
    let Some(contents) = contents else {
        bail!(
            "{named}: is not empty and holds no archive; expected an empty folder, a new one, or an archive"
        );
    };
    let mut known: BTreeSet<String> = OURS.iter().map(|name| (*name).to_owned()).collect();
    let languages = contents["languages"].as_array().into_iter().flatten();
    known.extend(languages.filter_map(|board| board["language"].as_str()).map(str::to_owned));
    known.extend(pages.assets().iter().map(|(path, _)| top(path).to_owned()));
    known.extend(cupboard.assets());
    for entry in fs::read_dir(&place.out).with_context(|| format!("{named}: cannot be listed"))? {
        let name = entry.with_context(|| format!("{named}: cannot be listed"))?.file_name();
        let ours = name.to_str().is_some_and(|name| known.contains(name));
        if !ours {
            bail!(
                "{named}: holds “{}”, which is no part of the archive and would be lost; expected a folder for the \
                 archive alone",
                name.display()
            );
        }
    }
    Ok(())
}
