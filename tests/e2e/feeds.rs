//! Feeds and sitemaps of the sample archive, under a schema for each format, and read by a parser of others.
//!
//! The grammars in `feeds` follow the specifications; the script there applies them.

use crate::given;
use std::fs;
use std::path::Path;
use std::process::Command;

const SITE: &str = "https://press.example.kr/news/";

/// What is wrong with the feeds in a folder, as lines, and how many files were looked at; nothing if the environment
/// does not say where the packages are.
fn faults(folder: &Path) -> Option<(Vec<String>, usize)> {
    let Some(packages) = given::path("RELEASE_VIEWER_FEEDS") else {
        println!("skipped: RELEASE_VIEWER_FEEDS does not say where the packages of npm are");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/feeds/validate.mjs");
    let output =
        Command::new("node").arg(script).arg(packages).arg(folder).output().expect("node runs");
    let said = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{errors}");
    let mut lines: Vec<String> = said.lines().map(str::to_owned).collect();
    let last = lines.pop().unwrap_or_default();
    let count = last.strip_suffix(" files checked").and_then(|count| count.parse().ok());
    Some((lines, count.expect("the script ends with a count")))
}

/// The archive of the samples, or nothing if this build writes no feeds: without `--site` they have no addresses.
fn archive(folder: &Path) -> bool {
    let program = env!("CARGO_BIN_EXE_release-viewer");
    let help = Command::new(program).args(["build", "--help"]).output().unwrap();
    if !String::from_utf8_lossy(&help.stdout).contains("--site") {
        println!("skipped: `build` has no --site");
        return false;
    }
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/samples");
    let mut build = Command::new(program);
    build.arg("build").arg(samples).arg("--out").arg(folder);
    build.args(["--site", SITE, "--publisher", "Ministry of Tides & Winds"]);
    let output = build.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[test]
fn feeds_of_the_samples_are_valid() {
    let folder = tempfile::tempdir().unwrap();
    if !archive(folder.path()) {
        return;
    }
    if let Some((faults, count)) = faults(folder.path()) {
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(count > 20, "only {count} files: of everything, each language, each section");
    }
}

/// Faults that a schema has to find: the file, what stands in it, and what stands there instead.
const FAULTS: [(&str, &str, &str); 16] = [
    ("rss.xml", "isPermaLink=\"true\"", "isPermaLink=\"yes\""),
    ("rss.xml", " +0900</pubDate>", "</pubDate>"),
    ("rss.xml", "<channel>\n<title>", "<channel>\n<name>x</name><title>"),
    ("rss.xml", "<link>https://press", "<link>https://pr ess"),
    ("rss.xml", "</rss>", ""),
    ("atom.xml", "<updated>20", "<updated>"),
    ("atom.xml", "+09:00</updated>", "</updated>"),
    ("atom.xml", "<id>https:", "<id>"),
    ("atom.xml", "type=\"html\"", "type=\"htm\""),
    ("atom.xml", "hreflang=\"ko\"", "hreflang=\"ko_KR\""),
    ("ko/sitemap.xml", "<loc>https://", "<loc>"),
    ("ko/sitemap.xml", "<lastmod>20", "<lastmod>"),
    ("ko/sitemap.xml", "rel=\"alternate\"", "rel=\"next\""),
    ("sitemap.xml", "<loc>", "<loc> "),
    ("feed.json", "+09:00\"", "\""),
    ("feed.json", "\"content_text\"", "\"text\""),
];

#[test]
fn a_fault_in_a_feed_is_found() {
    let (good, bad) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    if !archive(good.path()) {
        return;
    }
    // Each in a folder of its own, so that one run finds them all.
    for (number, (file, there, instead)) in FAULTS.into_iter().enumerate() {
        let path = good.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(there), "{file} has no {there}");
        let folder = bad.path().join(number.to_string());
        fs::create_dir_all(&folder).unwrap();
        let name = path.file_name().unwrap();
        fs::write(folder.join(name), text.replace(there, instead)).unwrap();
    }
    let Some((faults, count)) = faults(bad.path()) else { return };
    assert_eq!(count, FAULTS.len());
    for (number, (file, there, instead)) in FAULTS.into_iter().enumerate() {
        let found = faults.iter().any(|line| line.starts_with(&format!("{number}/")));
        assert!(found, "{instead} for {there} in {file} is taken for valid");
    }
}
