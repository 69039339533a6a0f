//! `build`: what is written can be read back, and the same input gives the same bytes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use release_viewer::model::Lang;
use release_viewer::reader::{Hint, read, read_archive, read_feed};

use crate::{root, text_files};

fn build(out: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_release-viewer"))
        .arg("build")
        .arg(root().join("static/samples"))
        .arg("--out")
        .arg(out.join("archive"))
        .env("XDG_CACHE_HOME", out.join("cache"))
        .status()
        .unwrap();
    assert!(status.success());
}

fn files(folder: &Path, under: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, under, into);
        } else {
            into.insert(
                path.strip_prefix(under).unwrap().display().to_string(),
                std::fs::read(&path).unwrap(),
            );
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    build(one.path());
    build(two.path());
    let (mut first, mut second) = (BTreeMap::new(), BTreeMap::new());
    files(&one.path().join("archive"), one.path(), &mut first);
    files(&two.path().join("archive"), two.path(), &mut second);
    assert!(first == second);
    assert!(
        first.contains_key("archive/archive.json")
            && first.contains_key("archive/lists/ko/press-releases/0.json")
    );
}

#[test]
fn releases_are_read_back_as_they_were() {
    let out = tempfile::tempdir().unwrap();
    build(out.path());
    let get = |name: &str| std::fs::read_to_string(out.path().join("archive").join(name)).unwrap();
    let archive = read_archive(&get("archive.json")).unwrap();
    assert_eq!(
        archive.boards.iter().map(|board| board.lang.clone()).collect::<Vec<_>>(),
        [Lang::KO, Lang::EN]
    );
    let mut translated = 0;
    for path in text_files(&root().join("static/samples")) {
        let id =
            release_viewer::model::Slug::from_words(&path.file_stem().unwrap().to_string_lossy());
        let mut release = read(&std::fs::read(&path).unwrap(), &Hint { id: id.clone() })
            .unwrap()
            .releases
            .remove(0);
        let mut back = read_feed(&get(&format!("releases/{}.json", id.unwrap()))).unwrap();
        let back = back.releases.remove(0);
        release.entry.translations.clone_from(&back.entry.translations);
        (release.older, release.newer) = (back.older.clone(), back.newer.clone());
        translated += back.entry.translations.len();
        assert_eq!(back, release, "{}", path.display());
        let lang = release.entry.lang.clone().unwrap();
        let section = release.entry.section.as_ref().map(|section| section.id.to_string());
        let list = format!("lists/{lang}/{}/0.json", section.unwrap());
        let list = read_feed(&get(&list)).unwrap();
        assert!(
            list.releases.iter().any(|other| other.entry == release.entry),
            "{}",
            path.display()
        );
        let feed = read_feed(&get(&format!("{lang}/feed.json"))).unwrap();
        assert!(feed.releases.contains(&release), "{}", path.display());
    }
    assert_eq!(translated, 16, "eight pairs, each known from both sides");
}

#[test]
fn counts_of_the_sections_add_up() {
    let out = tempfile::tempdir().unwrap();
    build(out.path());
    let archive =
        read_archive(&std::fs::read_to_string(out.path().join("archive/archive.json")).unwrap())
            .unwrap();
    let total: usize =
        archive.boards.iter().flat_map(|board| &board.sections).map(|counted| counted.count).sum();
    assert_eq!(total, text_files(&root().join("static/samples")).len());
}
