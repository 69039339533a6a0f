//! Pieces of the index that are cut, changed, exchanged, missing or of another build: the right answer, or a clear error.

use super::{FIELD, FOUND_HEADING, HEADING, hits, retype};
use crate::given::{copy, in_chromium};
use crate::page::{Key, Page};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// 직항
const ASKED: &str = "#rv?q=%EC%A7%81%ED%95%AD";
const OVER: &str = "return visible('.rv-items') || visible('.rv-message')";

/// What becomes of a piece; another one of its kind lies beside it.
type Change = fn(&[u8], &[u8]) -> Option<Vec<u8>>;

const CHANGES: [(&str, Change); 7] = [
    ("missing", |_, _| None),
    ("cut", |bytes, _| Some(bytes[..bytes.len() / 2].to_vec())),
    ("empty", |_, _| Some(Vec::new())),
    ("longer", |bytes, _| Some([bytes, b"\0"].concat())),
    ("one bit", |bytes, _| {
        let mut bytes = bytes.to_vec();
        let at = bytes.len() / 2;
        bytes[at] ^= 4;
        Some(bytes)
    }),
    ("exchanged", |_, other| Some(other.to_vec())),
    ("a page", |_, _| Some(b"<!doctype html><title>Wi-Fi</title>".to_vec())),
];

fn ask(page: &Page) {
    page.load("broken/index.html", ASKED);
    page.until("there is an answer", OVER);
}

#[test]
fn a_broken_piece_is_an_error_or_the_right_answer_and_the_page_lives_on() {
    in_chromium(|page| {
        let folder = TempDir::new().unwrap();
        copy(page.server.dist(), folder.path());
        page.server.also("broken", folder.path());
        page.server.take_asked();
        ask(page);
        page.until_text(HEADING, FOUND_HEADING);
        let right = hits(page);
        let asked = page.server.take_asked();
        let pieces: Vec<PathBuf> = asked
            .iter()
            .filter(|path| path.contains("archive/search/ko/"))
            .map(|path| folder.path().join(path.trim_start_matches("broken/")))
            .collect();
        assert!(pieces.len() >= 3, "{asked:?}");
        let mut refused = 0;
        for piece in &pieces {
            let whole = fs::read(piece).unwrap();
            let other = fs::read(beside(piece)).unwrap();
            for (name, change) in CHANGES {
                let scene = format!("{name}: {}", piece.display());
                match change(&whole, &other) {
                    Some(bytes) => fs::write(piece, bytes).unwrap(),
                    None => fs::remove_file(piece).unwrap(),
                }
                ask(page);
                if page.shows(".rv-message") {
                    refused += 1;
                    assert!(page.shows(".rv-message--failed"), "{scene}: {}", page.text(HEADING));
                } else {
                    assert_eq!(hits(page), right, "{scene}");
                }
                fs::write(piece, &whole).unwrap();
                if page.shows("[data-rv=retry]") {
                    page.js("document.querySelector('[data-rv=retry]').focus()");
                    page.press(Key::Enter);
                }
                page.until_text(HEADING, FOUND_HEADING);
                assert_eq!(hits(page), right, "{scene}, mended");
            }
        }
        assert_eq!(refused, pieces.len() * CHANGES.len(), "no piece can be done without");
    });
}

/// Another piece of the same kind.
fn beside(piece: &Path) -> PathBuf {
    let files = fs::read_dir(piece.parent().unwrap()).unwrap().flatten().map(|file| file.path());
    let mut others: Vec<PathBuf> = files
        .filter(|other| other != piece && other.extension() == piece.extension())
        .filter(|other| fs::read(other).unwrap() != fs::read(piece).unwrap())
        .collect();
    others.sort();
    others.into_iter().next().unwrap()
}

/// Builds an archive of the sample releases that begin so.
fn build(dist: &Path, samples: &[&str], out: &Path) {
    let chosen = TempDir::new().unwrap();
    for file in fs::read_dir("static/samples").unwrap().flatten() {
        let name = file.file_name().into_string().unwrap();
        if file.path().is_file() && samples.iter().any(|start| name.starts_with(start)) {
            fs::copy(file.path(), chosen.path().join(name)).unwrap();
        }
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_release-viewer"));
    command.arg("build").arg(chosen.path()).arg("--widget").arg(dist).arg("--out").arg(out);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_archive_that_was_built_anew_since_is_searched_anew() {
    in_chromium(|page| {
        let folder = TempDir::new().unwrap();
        copy(page.server.dist(), folder.path());
        let archive = folder.path().join("archive");
        let anew = |samples: &[&str]| {
            fs::remove_dir_all(&archive).unwrap();
            build(page.server.dist(), samples, &archive);
        };
        anew(&["0", "1"]);
        page.server.also("broken", folder.path());
        ask(page);
        page.until_text(HEADING, FOUND_HEADING);
        anew(&["03", "07", "08"]);
        // All pieces of before are gone.
        page.js(&format!("document.querySelector({FIELD:?}).focus()"));
        retype(page, "여권");
        page.press(Key::Enter);
        page.until(
            "the new one is found",
            "return text('#rv-heading').startsWith('‘여권’ 검색 결과')",
        );
        let found: Value = page.js("return texts('.rv-item__title')[0]");
        assert_eq!(found, json!("여권 재발급, 7월 20일부터 휴대전화 앱으로 신청하세요"));
        let lost: Vec<String> =
            page.console().into_iter().filter(|line| !line.contains("404")).collect();
        assert_eq!(lost, Vec::<String>::new(), "nothing but the missing files is reported");
    });
}
