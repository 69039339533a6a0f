//! `search`: what it prints, and its exit codes.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;

use super::{Site, sample};
use crate::build::text;

fn run(site: &Site, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_release-viewer"));
    command.arg("search").arg(site.out()).args(arguments).output().unwrap()
}

/// Runs, and gives what was said on standard output.
fn check(site: &Site, arguments: &[&str]) -> String {
    let output = run(site, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Runs in vain, and compares the one line on standard error.
fn refused(site: &Site, arguments: &[&str], part: &str) {
    let output = run(site, arguments);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains(part), "{said:?} does not say {part:?}");
}

#[test]
fn hits_are_printed_for_people() {
    let site = sample();
    site.build(&[]);
    assert_eq!(
        check(&site, &["blankets"]),
        "1 release\n\n2026-02-03  Relief goods for storm victims\n            Ministry News\n            \
         1. [Blankets] and tents were sent.\n            releases/storm-en.html#rv-at-p1\n"
    );
    let said = check(&site, &["talks", "--limit", "2", "--offset", "3"]);
    assert!(said.contains(" releases, 4 to 5\n"), "{said}");
    assert!(check(&site, &["없는낱말임"]).starts_with("no releases\n"));
}

#[test]
fn hits_are_printed_for_programs() {
    let site = sample();
    site.build(&[]);
    let json = |arguments: &[&str]| -> Value {
        serde_json::from_str(&check(&site, &[arguments, &["--json"]].concat())).unwrap()
    };
    let found = json(&["blankets"]);
    assert_eq!(found["total"], 1);
    let hit = &found["hits"][0];
    assert_eq!(hit["id"], "storm-en");
    assert_eq!(hit["title"], "Relief goods for storm victims");
    assert_eq!(hit["date"], "2026-02-03");
    assert_eq!(hit["section"], "Ministry News");
    assert_eq!(hit["block"], "p1");
    assert_eq!(hit["url"], "releases/storm-en.html#rv-at-p1");
    assert_eq!(hit["excerpt"][0], serde_json::json!({"text": "Blankets", "mark": true}));
    assert_eq!(json(&["없는낱말임"])["total"], 0);
    for by in ["Ministry News", "ministry-news"] {
        assert_eq!(json(&["relief", "--section", by])["total"], 1, "{by}");
    }
    assert_eq!(json(&["relief", "--section", "press-releases"])["total"], 0);
    assert_eq!(json(&["relief", "--from", "2026-02-03", "--to", "2026-02-03"])["total"], 1);
    assert_eq!(json(&["relief", "--files"])["total"], 0);
    assert_eq!(json(&["relief", "--lang", "ko"])["total"], 0);
    assert_eq!(json(&["oceans are warming", "--phrase"])["total"], 1);
    assert_eq!(json(&["talks", "--order", "date", "--limit", "1"])["hits"][0]["id"], "oceans-en");
    assert_eq!(json(&["-relief storm"])["total"], 0);
}

#[test]
fn what_is_wrong_is_said_in_one_line() {
    let site = sample();
    refused(&site, &["talks"], "archive.json: cannot be read; expected an archive");
    site.build(&[]);
    refused(&site, &["talks", "--lang", "fr"], "--lang fr: expected one of ko, en");
    refused(&site, &["talks", "--section", "Diary"], "--section Diary: expected one of ");
    refused(&site, &["talks", "--from", "May"], "--from May: expected a day such as 2025-01-31");
    let period = ["talks", "--from", "2026-02-01", "--to", "2026-01-01"];
    refused(&site, &period, "--from: expected a day that is not after --to");
    let archive = site.out().join("archive.json");
    let whole = fs::read_to_string(&archive).unwrap();
    let mut contents: Value = serde_json::from_str(&whole).unwrap();
    let root = contents["search"]["en"].as_str().unwrap().to_owned();
    contents["search"]["en"] = "../../etc/passwd".into();
    fs::write(&archive, contents.to_string()).unwrap();
    refused(&site, &["talks"], "etc/passwd: is no piece of an index");
    contents.as_object_mut().unwrap().remove("search");
    fs::write(&archive, contents.to_string()).unwrap();
    refused(
        &site,
        &["talks"],
        "archive.json: names no index to search in; build the archive again",
    );
    fs::write(&archive, whole).unwrap();
    let mut bytes = fs::read(site.out().join(&root)).unwrap();
    bytes.pop();
    fs::write(site.out().join(&root), bytes).unwrap();
    refused(&site, &["talks"], &format!("{root}: not the piece that was expected; build"));
    fs::remove_file(site.out().join(&root)).unwrap();
    refused(&site, &["talks"], &format!("{root}: cannot be read"));
}
