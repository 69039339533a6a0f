//! `import`: one file a release, the same bytes again, names that stay.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use serde_json::Value;

use crate::root;

const TALKS: &str = "Press Releases\n\nTalks held\n\nDate\n2026-01-02\n\n1. The two sides met.\n";

/// Runs the import; gives what was done (new, changed, unchanged).
fn import(paths: &[&Path], to: &Path, code: i32, errors: &[&str]) -> Option<[u64; 3]> {
    let output = Command::new(env!("CARGO_BIN_EXE_release-viewer"))
        .args(["import", "--json"])
        .args(paths)
        .arg("--to")
        .arg(to)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert_eq!(said.lines().count(), errors.len(), "{said}");
    for (line, part) in said.lines().zip(errors) {
        assert!(line.contains(part), "{line:?} does not say {part:?}");
    }
    let done: Value = serde_json::from_slice(&output.stdout).ok()?;
    Some(["new", "changed", "unchanged"].map(|name| done[name].as_u64().unwrap()))
}

fn put(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path
}

fn item(folder: &Path, id: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(format!("{id}.json"))).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["items"][0].take()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn state(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let state = |name: String| {
        let path = folder.join(&name);
        let time = path.metadata().unwrap().modified().unwrap();
        (name, (std::fs::read(path).unwrap(), time))
    };
    names(folder).into_iter().map(state).collect()
}

#[test]
fn a_second_import_touches_no_file() {
    let to = tempfile::tempdir().unwrap();
    let samples = root().join("static/samples");
    assert_eq!(import(&[&samples], to.path(), 0, &[]), Some([28, 0, 0]));
    let before = state(to.path());
    assert_eq!(before.len(), 28, "one file a release and nothing beside them");
    assert_eq!(import(&[&samples], to.path(), 0, &[]), Some([0, 0, 28]));
    assert!(state(to.path()) == before);
}

#[test]
fn what_is_imported_is_read_as_before() {
    use release_viewer::model::Slug;
    use release_viewer::reader::{Hint, read, read_feed_file};
    let to = tempfile::tempdir().unwrap();
    import(&[&root().join("static/samples")], to.path(), 0, &[]);
    let mut keys: BTreeMap<String, usize> = BTreeMap::new();
    for path in crate::text_files(&root().join("static/samples")) {
        let id = Slug::from_words(&path.file_stem().unwrap().to_string_lossy());
        let file = to.path().join(format!("{}.json", id.clone().unwrap()));
        let read = read(&std::fs::read(&path).unwrap(), &Hint { id }).unwrap();
        let mut back = read_feed_file(&std::fs::read_to_string(file).unwrap()).unwrap();
        let back = back.items.remove(0);
        assert_eq!(back.release, read.releases[0], "{}", path.display());
        *keys.entry(back.translation_key.unwrap()).or_default() += 1;
    }
    assert_eq!(keys.values().filter(|count| **count == 2).count(), 8, "eight pairs");
}

#[test]
fn a_changed_source_keeps_its_id() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(from.path(), "talks.txt", TALKS);
    put(from.path(), "other.txt", TALKS);
    assert_eq!(import(&[from.path()], to.path(), 0, &[]), Some([2, 0, 0]));
    put(from.path(), "talks.txt", &TALKS.replace("Talks held", "Talks end"));
    assert_eq!(import(&[from.path()], to.path(), 0, &[]), Some([0, 1, 1]));
    assert_eq!(item(to.path(), "talks")["title"], "Talks end");
    assert_eq!(item(to.path(), "talks")["id"], "talks");
}

#[test]
fn of_two_sources_with_one_name_the_first_keeps_it() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(from.path(), "2026/talks.txt", &TALKS.replace("held", "held again"));
    assert_eq!(import(&[from.path()], to.path(), 0, &[]), Some([1, 0, 0]));
    // It comes first in the folder, and yet it is the second.
    put(from.path(), "2025/talks.txt", TALKS);
    let told = ["the id “talks” is taken by"];
    assert_eq!(import(&[from.path()], to.path(), 1, &told), Some([1, 0, 1]));
    assert_eq!(names(to.path()), ["2025-talks.json", "talks.json"]);
    assert_eq!(item(to.path(), "talks")["title"], "Talks held again");
    assert_eq!(item(to.path(), "2025-talks")["title"], "Talks held");
    // What was decided is not told again, and it holds when the name is free.
    let folder = from.path().join("2025");
    assert_eq!(import(&[&folder], to.path(), 0, &[]), Some([0, 0, 1]));
    std::fs::remove_file(to.path().join("talks.json")).unwrap();
    assert_eq!(import(&[&folder], to.path(), 0, &[]), Some([0, 0, 1]));
    assert_eq!(names(to.path()), ["2025-talks.json"]);
}

#[test]
fn a_moved_source_keeps_its_id() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = put(from.path(), "inbox/talks.txt", TALKS);
    import(&[&path], to.path(), 0, &[]);
    std::fs::remove_file(path).unwrap();
    let path = put(from.path(), "2026/talks.txt", TALKS);
    assert_eq!(import(&[&path], to.path(), 0, &[]), Some([0, 1, 0]));
    // Another release of the same name is none that was moved.
    std::fs::remove_file(path).unwrap();
    let path = put(from.path(), "2027/talks.txt", &TALKS.replace("held", "fail"));
    assert_eq!(import(&[&path], to.path(), 1, &["is taken by"]), Some([1, 0, 0]));
    assert_eq!(names(to.path()), ["2027-talks.json", "talks.json"]);
}

#[test]
fn what_was_not_imported_is_left_alone() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = put(from.path(), "talks.txt", TALKS);
    let own = "{\"items\": [{\"id\": \"talks\", \"title\": \"By hand\"}]}";
    put(to.path(), "talks.json", own);
    import(&[&path], to.path(), 1, &["talks.json, which was not imported"]);
    assert_eq!(std::fs::read_to_string(to.path().join("talks.json")).unwrap(), own);
    assert_eq!(names(to.path()).len(), 2);
    // An empty file is what a loss of power leaves.
    put(to.path(), "talks.json", "");
    for name in names(to.path()).iter().filter(|name| *name != "talks.json") {
        std::fs::remove_file(to.path().join(name)).unwrap();
    }
    import(&[&path], to.path(), 0, &[]);
    assert_eq!(names(to.path()), ["talks.json"]);
    assert_eq!(item(to.path(), "talks")["title"], "Talks held");
}

#[test]
fn the_rest_goes_on_and_nothing_is_lost_silently() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(from.path(), "a.txt", TALKS);
    put(from.path(), "b.txt", "");
    put(from.path(), "c.json", "{\"version\": 2, \"languages\": []}");
    put(from.path(), "d.json", "{\"items\": [{\"id\": \"d1\", \"content_text\": \"One.\"},");
    put(
        from.path(),
        "e.json",
        "{\"items\": [{\"title\": \"x\"}, {\"id\": \"e2\", \"content_text\": \"Two.\", \"date_published\": \"2026-05-01T00:00:00Z\", \"title\": \"E\"}]}",
    );
    put(from.path(), "f.txt", &TALKS.replace("2026-01-02", "soon"));
    let told = [
        "b.txt: the file is empty",
        "c.json: this JSON is not a JSON Feed; expected “items”",
        "d.json: this is not JSON: line 1",
        "item-without-id",
        "missing-date",
    ];
    assert_eq!(import(&[from.path()], to.path(), 1, &told), Some([3, 0, 0]));
    assert_eq!(names(to.path()), ["a.json", "e2.json", "f.json"]);
    let nothing = from.path().join("b.txt");
    import(&[&nothing], to.path(), 2, &["the file is empty"]);
    import(&[Path::new("/no/such/talks.txt")], to.path(), 2, &["cannot be read"]);
}

#[test]
fn problems_have_file_line_and_message() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = put(from.path(), "talks.txt", &TALKS.replace("Date\n2026-01-02\n", ""));
    let output = Command::new(env!("CARGO_BIN_EXE_release-viewer"))
        .arg("import")
        .arg(&path)
        .arg("--to")
        .arg(to.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with(&format!("{}:3: no date; ", path.display())), "{said}");
    assert!(String::from_utf8(output.stdout).unwrap().ends_with("1 new, 0 changed, 0 unchanged\n"));
}

#[test]
fn items_of_a_feed_keep_their_ids_and_partners() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [
        {"id": "talks-ko", "title": "회담", "content_text": "회담을 열었다.", "date_published": "2026-05-01T10:00:00+09:00",
         "_release": {"blocks": [], "translations": [{"language": "en", "id": "talks-en"}]}},
        {"id": "talks-en", "title": "Talks", "date_published": "2026-05-01T10:00:00+09:00", "_release": {"blocks": []}},
        {"id": "alone", "title": "Alone", "content_text": "The two sides met.", "date_published": "2026-05-01T10:00:00Z"}]}"#;
    let path = put(from.path(), "feed.json", feed);
    assert_eq!(import(&[&path], to.path(), 0, &[]), Some([3, 0, 0]));
    assert_eq!(import(&[&path], to.path(), 0, &[]), Some([0, 0, 3]));
    let key = |id| item(to.path(), id)["_release"]["translation_key"].clone();
    assert!(key("talks-ko").is_string());
    assert_eq!(key("talks-ko"), key("talks-en"));
    assert!(key("alone").is_null());
    assert_eq!(item(to.path(), "alone")["language"], "en");
    assert!(item(to.path(), "alone")["_release"]["section"].is_null());
    assert_eq!(item(to.path(), "alone")["_release"]["time"], "19:00:00");
}

#[test]
fn translations_are_paired_wherever_the_import_is_called_from() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(
        from.path(),
        "2026/ko/talks.ko.txt",
        "보도자료\n\n회담 개최\n\n작성일\n2026-01-02\n\n1. 회담을 열었다.\n",
    );
    put(from.path(), "2026/en/talks.en.txt", TALKS);
    import(&[from.path()], to.path(), 0, &[]);
    let key = |id| item(to.path(), id)["_release"]["translation_key"].clone();
    assert_eq!(key("talks-ko"), key("talks-en"));
    let before = state(to.path());
    let status = Command::new(env!("CARGO_BIN_EXE_release-viewer"))
        .args(["import", "talks.en.txt", "--to"])
        .arg(to.path())
        .current_dir(from.path().join("2026/en"))
        .status()
        .unwrap();
    assert!(status.success());
    assert!(state(to.path()) == before);
}

#[test]
fn embargo_and_withdrawal_are_kept() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let held = format!("Embargo: December 1, 2099, 10:00\n{TALKS}");
    let back = format!("Withdrawn: May 1, 2026. The day was wrong.\n{TALKS}");
    put(from.path(), "held.txt", &held);
    put(from.path(), "back.txt", &back);
    import(&[from.path()], to.path(), 0, &[]);
    let release = &item(to.path(), "held")["_release"];
    assert_eq!((&release["date"], &release["time"]), (&"2099-12-01".into(), &"10:00:00".into()));
    let withdrawn = &item(to.path(), "back")["_release"]["withdrawn"];
    assert_eq!(
        (&withdrawn["date"], &withdrawn["reason"]),
        (&"2026-05-01".into(), &"The day was wrong.".into())
    );
}
