//! The command line: one clear line for what cannot be read, and the exit codes of the contract.

use std::path::Path;
use std::process::{Command, Output};

use crate::root;

const RELEASE: &str = "Press Releases\n\nTalks held\n\nDate\n2026-01-02\n\n1. The two sides met.\n";

fn run(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_release-viewer")).arg("read").args(arguments).output().unwrap()
}

/// Exit code and lines on standard error.
fn check(arguments: &[&Path], code: i32, errors: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), errors.len(), "{said}");
    for (line, part) in lines.iter().zip(errors) {
        assert!(line.contains(part), "{line:?} does not say {part:?}");
    }
    String::from_utf8(output.stdout).unwrap()
}

fn file(folder: &Path, name: &str, content: &[u8]) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

#[test]
fn a_release_is_printed_as_json_feed() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "talks.txt", RELEASE.as_bytes());
    let feed: serde_json::Value = serde_json::from_str(&check(&[&path], 0, &[])).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"][0]["id"], "talks");
    assert_eq!(feed["items"][0]["_release"]["blocks"][0]["marker"], "1.");
    assert_eq!(feed["_problems"], serde_json::json!([]));
}

#[test]
fn what_cannot_be_read_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, content: &[u8]| file(folder.path(), name, content);
    check(&[&at("empty.txt", b"")], 2, &["empty.txt: the file is empty"]);
    check(&[&at("blank.txt", b" \n\t\n")], 2, &["blank.txt: the file is empty"]);
    check(
        &[&at("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
        2,
        &["picture.txt: this is a PNG picture, not text"],
    );
    check(
        &[&at("noise.txt", &(0..=255).cycle().take(5000).collect::<Vec<u8>>())],
        2,
        &["noise.txt: this is a binary file"],
    );
    check(
        &[&at("menu.txt", "본문 바로가기\n검색창 열기\n".as_bytes())],
        2,
        &["menu.txt: only menus"],
    );
    check(
        &[Path::new("/no/such/file.txt")],
        2,
        &["/no/such/file.txt: cannot be read: No such file"],
    );
    check(
        &[&at("huge.txt", &vec![b'a'; 50_000_000])],
        2,
        &["huge.txt: the file has 50000000 bytes"],
    );
}

#[test]
fn a_folder_means_the_releases_in_it() {
    let folder = tempfile::tempdir().unwrap();
    check(&[folder.path()], 2, &["no releases in this folder"]);
    file(folder.path(), "talks.txt", RELEASE.as_bytes());
    file(folder.path(), "README.md", b"# not a release");
    let feed: serde_json::Value = serde_json::from_str(&check(&[folder.path()], 0, &[])).unwrap();
    assert_eq!(feed["items"].as_array().unwrap().len(), 1);
}

#[test]
fn the_rest_of_the_batch_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let good = file(folder.path(), "talks.txt", RELEASE.as_bytes());
    let empty = file(folder.path(), "empty.txt", b"");
    let odd = file(folder.path(), "odd.txt", b"Press Releases\n\nTalks\n\n1. They met.\n");
    let feed =
        check(&[&empty, &good, &odd], 1, &["empty.txt: the file is empty", "odd.txt:3: no date"]);
    let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
    assert_eq!(feed["items"].as_array().unwrap().len(), 2);
    assert_eq!(feed["_problems"][1]["code"], "missing-date");
    assert_eq!(feed["_problems"][1]["line"], 3);
}

#[test]
fn a_wrong_call_fails() {
    let output = Command::new(env!("CARGO_BIN_EXE_release-viewer"))
        .arg("unread")
        .current_dir(root())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
