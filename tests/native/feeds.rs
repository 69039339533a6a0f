//! Feeds and sitemaps of a built archive: complete, at their places, and readable for parsers of others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use release_viewer::reader::{read_archive, read_feed};
use tempfile::TempDir;

use crate::root;

const SITE: &str = "https://press.example.kr/news/";

/// The archive of the samples with this site or without one.
fn build(site: Option<&str>) -> TempDir {
    let program = env!("CARGO_BIN_EXE_release-viewer");
    let out = tempfile::tempdir().unwrap();
    let mut build = Command::new(program);
    build.arg("build").arg(root().join("static/samples")).arg("--out").arg(archive(&out));
    build.env("XDG_CACHE_HOME", out.path().join("cache"));
    build.args(["--publisher", "Ministry of Tides & Winds"]);
    build.args(site.map(|site| ["--site", site]).into_iter().flatten());
    let output = build.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    out
}

/// The archive in its folder, where its twin lies beside it.
fn archive(out: &TempDir) -> PathBuf {
    out.path().join("archive")
}

/// The folders that have feeds, each with the number of its releases: everything, languages, sections.
fn places(out: &Path) -> BTreeMap<String, usize> {
    let archive = std::fs::read_to_string(out.join("archive.json")).unwrap();
    let mut places = BTreeMap::new();
    for board in read_archive(&archive).unwrap().boards {
        places.insert(format!("{}/", board.lang), board.count());
        for counted in &board.sections {
            places.insert(format!("{}/{}/", board.lang, counted.section.id), counted.count);
        }
        *places.entry(String::new()).or_default() += board.count();
    }
    places
}

#[test]
fn all_three_formats_tell_of_the_same_releases() {
    for site in [Some(SITE), None] {
        let out = build(site);
        for (place, count) in places(&archive(&out)) {
            let get = |file: &str| {
                std::fs::read_to_string(archive(&out).join(&place).join(file))
                    .unwrap_or_else(|error| panic!("{place}{file}: {error}"))
            };
            let (rss, atom, json) = (get("rss.xml"), get("atom.xml"), get("feed.json"));
            let rss = rss::Channel::read_from(rss.as_bytes()).unwrap();
            let atom = atom_syndication::Feed::read_from(atom.as_bytes()).unwrap();
            let releases = read_feed(&json).unwrap().releases;
            assert_eq!(rss.items().len(), count.min(50), "{place}");
            assert_eq!(atom.entries().len(), count.min(50), "{place}");
            assert!(releases.len() >= count.min(50), "{place}");
            for ((item, entry), release) in rss.items().iter().zip(atom.entries()).zip(&releases) {
                assert_eq!(item.title(), Some(release.entry.name()), "{place}");
                assert_eq!(entry.title().as_str(), release.entry.name(), "{place}");
                assert_eq!(item.link(), Some(entry.links()[0].href()), "{place}");
                // The page is there.
                let address = item.link().unwrap();
                let page = match site {
                    Some(site) => archive(&out).join(address.strip_prefix(site).unwrap()),
                    None => archive(&out).join(&place).join(address),
                };
                assert!(page.is_file(), "{place}: {address}");
            }
            for text in [get("rss.xml"), get("atom.xml"), get("feed.json")] {
                let read = feed_rs::parser::Builder::new().base_uri(Some(SITE)).build();
                assert!(!read.parse(text.as_bytes()).unwrap().entries.is_empty(), "{place}");
            }
        }
    }
}

/// What stands between two tags, each time.
fn all_between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let parts = text.split(open).skip(1);
    parts.map(|part| part.split(close).next().unwrap_or_default()).collect()
}

#[test]
fn sitemaps_name_every_page_that_is_there_once() {
    let out = build(Some(SITE));
    let get = |path: &str| std::fs::read_to_string(archive(&out).join(path)).unwrap();
    let mut named = BTreeSet::new();
    for map in all_between(&get("sitemap.xml"), "<loc>", "</loc>") {
        let text = get(map.strip_prefix(SITE).unwrap());
        for address in all_between(&text, "<loc>", "</loc>") {
            let path = address.strip_prefix(SITE).unwrap().to_owned();
            let folder = path.is_empty() || path.ends_with('/');
            let file = format!("{path}{}", if folder { "index.html" } else { "" });
            assert!(archive(&out).join(file).is_file(), "{path}");
            assert!(named.insert(path), "{address} stands there twice");
        }
        for address in all_between(&text, "href=\"", "\"") {
            assert!(archive(&out).join(address.strip_prefix(SITE).unwrap()).is_file(), "{address}");
        }
    }
    for entry in std::fs::read_dir(archive(&out).join("releases")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(!name.ends_with(".html") || named.contains(&format!("releases/{name}")), "{name}");
    }
}
