//! `build`: releases in a folder → static files that the viewer loads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::files::Source;
use super::json::Feed;
use crate::model::{Lang, Release, Section, SectionCount, Translation};
use crate::reader::ARCHIVE_VERSION;

/// Writes the archive of these releases.
///
/// Same input, same bytes: releases are ordered by date and id, and nothing of the clock or the machine is written.
pub(super) fn write(sources: Vec<Source>, out: &Path) -> Result<()> {
    let releases = linked(sources);
    let mut languages: BTreeMap<Lang, Vec<&Release>> = BTreeMap::new();
    for release in &releases {
        languages.entry(release.entry.lang.clone().unwrap_or(Lang::KO)).or_default().push(release);
        let feed = Feed::of_releases(release.entry.name(), None, [release]);
        put(out, &format!("releases/{}.json", release.entry.id), &serde_json::to_value(feed)?)?;
    }
    let mut boards = Vec::new();
    // Korean first, then by tag: the order in which the languages are offered.
    let (korean, others): (Vec<_>, Vec<_>) =
        languages.into_iter().partition(|(lang, _)| *lang == Lang::KO);
    for (lang, releases) in korean.into_iter().chain(others) {
        let title = if lang == Lang::KO { "보도자료" } else { "Press Releases" };
        let entries = releases.iter().map(|release| &release.entry);
        put(
            out,
            &format!("lists/{lang}.json"),
            &serde_json::to_value(Feed::of_entries(title, Some(lang.as_str()), entries))?,
        )?;
        let feed = Feed::of_releases(title, Some(lang.as_str()), releases.iter().copied());
        put(out, &format!("{lang}/feed.json"), &serde_json::to_value(feed)?)?;
        let departments: BTreeSet<&String> =
            releases.iter().filter_map(|release| release.entry.department.as_ref()).collect();
        boards.push(json!({"language": lang.as_str(), "departments": departments,
            "sections": sections(&lang, &releases)}));
    }
    put(
        out,
        "archive.json",
        &json!({"version": ARCHIVE_VERSION, "piece": 100, "languages": boards}),
    )
}

/// Newest first, and each release with its translations.
fn linked(sources: Vec<Source>) -> Vec<Release> {
    let mut partners: BTreeMap<String, Vec<Translation>> = BTreeMap::new();
    for source in &sources {
        if let (Some(key), Some(lang)) = (&source.translation_key, &source.release.entry.lang) {
            let partner = Translation { lang: lang.clone(), id: source.release.entry.id.clone() };
            partners.entry(key.clone()).or_default().push(partner);
        }
    }
    let mut releases: Vec<Release> = sources
        .into_iter()
        .map(|mut source| {
            let others =
                source.translation_key.and_then(|key| partners.get(&key)).into_iter().flatten();
            let entry = &mut source.release.entry;
            entry.translations = others
                .filter(|other| other.id != entry.id && Some(&other.lang) != entry.lang.as_ref())
                .cloned()
                .collect();
            if entry.section.is_none() {
                let name = if entry.lang.as_ref() == Some(&Lang::KO) {
                    "보도자료"
                } else {
                    "Press Releases"
                };
                entry.section = Section::named(name);
            }
            source.release
        })
        .collect();
    releases.sort_by(|a, b| {
        (b.entry.date, b.entry.time, &a.entry.id).cmp(&(a.entry.date, a.entry.time, &b.entry.id))
    });
    releases
}

/// The sections of these releases in the order of the menu, with their counts.
fn sections(lang: &Lang, releases: &[&Release]) -> Vec<Value> {
    let mut counts = SectionCount::all(releases.iter().copied());
    counts.sort_by_key(|counted| (counted.section.rank(), counted.section.id.clone()));
    counts
        .into_iter()
        .map(|SectionCount { section, count }| {
            json!({"id": section.id.as_str(), "name": section.name_in(lang), "count": count})
        })
        .collect()
}

fn put(out: &Path, name: &str, value: &Value) -> Result<()> {
    let path = out.join(name);
    let named = || format!("{}: cannot be written", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(named)?;
    }
    fs::write(&path, value.to_string()).with_context(named)
}
