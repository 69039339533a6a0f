//! `check`: each rule with a text that breaks it and one that does not.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::root;

/// A release that has nothing to mend. The title is in line 3, the deck in line 5, the first paragraph in line 10.
const GOOD: &str = "Press Releases\n\nTalks held in Seoul\n\n- Both sides agree on fish -\n\nDate\n2026-01-02\n\n1. The two sides met.\n\n2. They agreed.\n\n3. They will meet again.\n\nAttachment: Statement.pdf\n\nContact: Fisheries Division, +82-2-2100-7654, fish@mofa.go.kr\n";

/// Codes with lines, in the order in which they are told; and what is told on standard output.
fn check(files: &[(&str, &str)]) -> (Vec<(String, u64)>, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let output = run(&[folder.path()], true);
    let said = String::from_utf8(output.stderr).unwrap();
    let told: Vec<(String, u64)> = said
        .lines()
        .map(|line| {
            let problem: Value = serde_json::from_str(line).unwrap();
            assert!(problem["file"].is_string() && problem["message"].is_string(), "{line}");
            (problem["code"].as_str().unwrap().to_owned(), problem["line"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(output.status.code(), Some(i32::from(!told.is_empty())), "{said}");
    (told, String::from_utf8(output.stdout).unwrap())
}

fn run(paths: &[&Path], json: bool) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_release-viewer"));
    command.arg("check").args(paths);
    if json {
        command.arg("--json");
    }
    command.output().unwrap()
}

/// What is told of one text.
fn told(text: &str, expected: &[(&str, u64)]) {
    let (found, _) = check(&[("talks.txt", text)]);
    let found: Vec<(&str, u64)> = found.iter().map(|(code, line)| (code.as_str(), *line)).collect();
    assert_eq!(found, expected, "{text}");
}

fn with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    GOOD.replace(from, to)
}

#[test]
fn a_good_release_has_nothing_to_mend() {
    told(GOOD, &[]);
}

#[test]
fn what_is_missing_is_told() {
    told(&with("Date\n2026-01-02\n\n", ""), &[("missing-date", 3)]);
    told(
        "1. The two sides met in the capital on Monday.\n\n2. They agreed on fish.\n",
        &[("missing-title", 1), ("missing-date", 1)],
    );
    told("Press Releases\n\nTalks held\n\nDate\n2026-01-02\n", &[("empty-body", 3)]);
}

#[test]
fn printed_numbers_count_up() {
    told(&with("3. They", "2. They"), &[("repeated-number", 14)]);
    told(&with("3. They", "5. They"), &[("skipped-number", 14)]);
    told(
        &with("1. The two", "2. The two")
            .replace("2. They", "3. They")
            .replace("3. They will", "4. They will"),
        &[("skipped-number", 10)],
    );
    let anew = with("3. They", "1. They").replace("\n\nAtt", "\n\n2. They.\n\nAtt");
    told(&anew, &[("repeated-number", 14)]);
    // Below a heading the numbers begin anew, or go on.
    told(&with("3. They", "<Next steps>\n\n1. They"), &[]);
    told(&with("3. They", "<Next steps>\n\n3. They"), &[]);
    told(&with("3. They", "<Next steps>\n\n2. They"), &[("repeated-number", 16)]);
}

#[test]
fn decks_and_signs_are_closed() {
    told(&with("fish -", "fish"), &[("open-deck", 5)]);
    told(&with("- Both sides agree on fish -", "- Both sides agree on\nfish and more -"), &[]);
    told(&with("on fish -", "on “fish -"), &[("open-sign", 5)]);
    told(&with("on fish -", "on “fish” (again) -"), &[]);
    told(&with("in Seoul", "in Seoul (again"), &[("open-sign", 3)]);
    told(&with("in Seoul", "1) in the ministers’ Seoul"), &[]);
}

#[test]
fn files_have_a_type() {
    told(&with("Statement.pdf", "Statement"), &[("attachment-without-type", 16)]);
    told(&with("Statement.pdf", "Statement.hwpx (84KB)"), &[]);
}

#[test]
fn pictures_have_words() {
    let photo = |line: &str| with("Attachment:", &format!("{line}\n\nAttachment:"));
    told(&photo("5.7.(수)_1.jpg 이미지입니다."), &[("figure-without-alternative", 16)]);
    told(&photo("[사진 1]"), &[("figure-without-alternative", 16)]);
    told(&photo("[사진 1] 두 장관이 악수하고 있다"), &[]);
}

#[test]
fn tables_have_headers() {
    let table = |rows: &str| with("Attachment:", &format!("{rows}\n\nAttachment:"));
    told(&table("| Year | 2024 | 2025 |\n| Fish | 12 | 13 |\n| Ships | 3 | 4 |"), &[]);
    told(&table("| Fish | 12 | 13 |\n| Ships | 3 | 4 |"), &[("table-without-header", 16)]);
}

#[test]
fn links_lead_somewhere() {
    told(&with("They agreed.", "They agreed (https://)."), &[("empty-link", 12)]);
    told(&with("They agreed.", "They agreed (https://www.example.kr/a)."), &[]);
}

#[test]
fn personal_data_is_told_and_not_repeated() {
    for (text, code) in [
        ("900101-1234567", "personal-resident"),
        ("850315-5123456", "personal-resident"),
        ("010-1234-5678", "personal-mobile"),
        ("M12345678", "personal-passport"),
        ("11-12-345678-90", "personal-driving-licence"),
        ("4111-1111-1111-1111", "personal-card"),
        ("someone@gmail.com", "personal-mail"),
    ] {
        told(&with("They agreed.", &format!("They agreed ({text}).")), &[(code, 12)]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("talks.txt");
        std::fs::write(&path, with("+82-2-2100-7654", text)).unwrap();
        let said = String::from_utf8(run(&[&path], false).stderr).unwrap();
        assert!(said.contains(":18: “") && !said.contains(text), "{said}");
    }
    for text in [
        "901301-1234567",
        "900101-1******",
        "02-2100-7654",
        "press@mofa.go.kr",
        "1588-0404",
        "4111-1111-1111-1112",
    ] {
        told(&with("They agreed.", &format!("They agreed ({text}).")), &[]);
    }
    // A number in the place of something else is hidden there, too.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.txt");
    std::fs::write(&path, with("2026-01-02", "010-1234-5678")).unwrap();
    let said = String::from_utf8(run(&[&path], false).stderr).unwrap();
    assert!(said.contains("behind “Date”") && !said.contains("1234"), "{said}");
}

#[test]
fn translations_have_partners_that_agree() {
    let korean = "보도자료\n\n서울 회담 개최\n\n작성일\n2026-01-02\n\n1. 회담을 열었다.\n\n2. 합의하였다.\n\n3. 다시 만난다.\n";
    let pair = |korean: &str, expected: &[(&str, u64)]| {
        let (found, _) = check(&[("talks.en.txt", GOOD), ("talks.ko.txt", korean)]);
        let found: Vec<(&str, u64)> =
            found.iter().map(|(code, line)| (code.as_str(), *line)).collect();
        assert_eq!(found, expected);
    };
    pair(korean, &[]);
    pair(&korean.replace("01-02", "01-03"), &[("translation-date", 6)]);
    pair(&korean.replace("\n3. 다시 만난다.\n", ""), &[("translation-numbers", 10)]);
    // Squares in place of numbers are a habit of Korean texts.
    pair(&korean.replace("1.", "□").replace("2. 합", "□ 합").replace("3.", "□"), &[]);
    let (found, _) = check(&[("talks.en.txt", GOOD)]);
    assert_eq!(found, [("translation-without-partner".to_owned(), 1)]);
    let (found, _) = check(&[("2025/talks.en.txt", GOOD), ("2026/talks.ko.txt", korean)]);
    assert_eq!(found.len(), 2, "two years are no pair");
}

#[test]
fn a_file_named_alone_has_its_partner_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.en.txt");
    std::fs::write(&path, GOOD).unwrap();
    assert_eq!(run(&[&path], false).status.code(), Some(1));
    std::fs::write(folder.path().join("talks.ko.txt"), GOOD).unwrap();
    assert_eq!(run(&[&path], false).status.code(), Some(0));
}

#[test]
fn one_id_names_one_release() {
    let (found, _) = check(&[("a/talks.txt", GOOD), ("b/talks.txt", GOOD)]);
    assert_eq!(found, [("duplicate-id".to_owned(), 1)]);
}

#[test]
fn an_embargo_is_told_and_is_no_problem() {
    let text = format!("Embargo: December 1, 2099, 10:00\n{GOOD}");
    let (found, said) = check(&[("talks.txt", &text)]);
    assert!(found.is_empty());
    let note: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(note["code"], "embargo");
    assert!(note["message"].as_str().unwrap().contains("2099-12-01 10:00:00"));
    let (found, said) = check(&[("talks.txt", &format!("Embargo: tomorrow, 10:00\n{GOOD}"))]);
    assert_eq!((found, said.as_str()), (vec![("bad-embargo".to_owned(), 1)], ""));
}

#[test]
fn items_of_a_feed_are_named() {
    let feed = r##"{"items": [{"id": "a", "_release": {"blocks": [
        {"kind": "figure", "id": "g1", "url": "a.png", "text": "Two ministers"},
        {"kind": "figure", "id": "g2", "url": "b.png", "text": "", "alternative": "Two ministers"},
        {"kind": "table", "id": "t1", "rows": [["a", "1"]]},
        {"kind": "table", "id": "t2", "header_rows": 1, "rows": [["a", "b"], ["c", "1"]]},
        {"kind": "paragraph", "level": 1, "id": "p1", "marker": "1.", "text": "010-1234-5678"}],
        "files": [{"name": "Photo", "url": ""}]}}]}"##;
    let (mut found, _) = check(&[("feed.json", feed)]);
    found.sort();
    let codes: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
    let expected = [
        "attachment-without-type",
        "empty-link",
        "figure-without-alternative",
        "missing-date",
        "missing-title",
        "personal-mobile",
        "table-without-header",
    ];
    assert_eq!(codes, expected);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.json");
    std::fs::write(&path, feed).unwrap();
    let said = String::from_utf8(run(&[&path], false).stderr).unwrap();
    let prefix = format!("{}:1: item “a”: ", path.display());
    assert!(said.lines().all(|line| line.starts_with(&prefix)), "{said}");
}

/// What the samples have been found to lack, which is so.
#[test]
fn the_samples_lack_files_words_and_translations_only() {
    let output = run(&[&root().join("static/samples")], true);
    assert_eq!(output.status.code(), Some(1));
    let known = [
        "attachment-without-type",
        "figure-without-alternative",
        "open-deck",
        "translation-without-partner",
    ];
    for line in String::from_utf8(output.stderr).unwrap().lines() {
        let problem: Value = serde_json::from_str(line).unwrap();
        assert!(known.contains(&problem["code"].as_str().unwrap()), "{line}");
    }
}

#[test]
fn nothing_to_check_is_a_failure() {
    assert_eq!(run(&[Path::new("/no/such/file.txt")], false).status.code(), Some(2));
}
