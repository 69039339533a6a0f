//! Pages of the sample releases.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::{List, Pages};
use crate::model::{
    Archive, Board, Entry, Lang, Neighbour, Release, Section, SectionCount, Slug, Translation,
};
use crate::native::options::Options;
use crate::reader::{Hint, read};

pub(super) fn options() -> Options {
    Options {
        site: Some("https://press.example.go.kr/".to_owned()),
        templates: Vec::new(),
        search: None,
        publisher: Some("외교부".to_owned()),
        widget: None,
        page_size: 10,
        offline: false,
    }
}

/// The sample releases, newest first, linked with their translations and neighbours.
pub(super) fn samples() -> Vec<Release> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/samples");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut releases = Vec::new();
    for path in &files {
        let hint = Hint { id: Slug::from_words(path.file_stem().unwrap().to_str().unwrap()) };
        releases.extend(read(&std::fs::read(path).unwrap(), &hint).unwrap().releases);
    }
    let ids: Vec<(Slug, Lang)> = releases
        .iter()
        .map(|release| (release.entry.id.clone(), release.entry.lang.clone().unwrap()))
        .collect();
    let stem = |id: &Slug| id.as_str().rsplit_once('-').unwrap().0.to_owned();
    for release in &mut releases {
        let entry = &mut release.entry;
        entry.section.get_or_insert_with(|| Section::named("보도자료").unwrap());
        entry.translations = ids
            .iter()
            .filter(|(id, _)| *id != entry.id && stem(id) == stem(&entry.id))
            .map(|(id, lang)| Translation { lang: lang.clone(), id: id.clone() })
            .collect();
    }
    releases.sort_by_key(|release| (release.entry.date, release.entry.time));
    releases.reverse();
    let links: Vec<(Option<Neighbour>, Option<Neighbour>)> = (0..releases.len())
        .map(|at| {
            let entry = &releases[at].entry;
            let own = |other: &&Release| {
                other.entry.lang == entry.lang
                    && other.entry.section.as_ref().unwrap().id
                        == entry.section.as_ref().unwrap().id
            };
            let link = |other: &Release| Neighbour {
                id: other.entry.id.clone(),
                name: other.entry.name().to_owned(),
            };
            let older = releases[at + 1..].iter().find(own).map(link);
            (older, releases[..at].iter().rev().find(own).map(link))
        })
        .collect();
    for (release, (older, newer)) in releases.iter_mut().zip(links) {
        (release.older, release.newer) = (older, newer);
    }
    releases
}

/// The sections of these releases, as pages know them.
pub(super) fn archive(releases: &[Release]) -> Rc<Archive> {
    let board = |lang: Lang| {
        let own = releases.iter().filter(|release| release.entry.lang.as_ref() == Some(&lang));
        let mut sections: Vec<SectionCount> = SectionCount::all(own);
        sections.sort_by_key(|counted| counted.section.rank());
        for counted in &mut sections {
            counted.count = 0;
        }
        Board { lang, sections, departments: Vec::new() }
    };
    Rc::new(Archive { boards: vec![board(Lang::KO), board(Lang::EN)], piece: 1, counted: false })
}

pub(super) fn list(releases: &[Release], lang: Lang, page: usize) -> List {
    let section =
        Section::named(if lang == Lang::KO { "보도자료" } else { "Press Releases" }).unwrap();
    let own: Vec<Entry> = releases
        .iter()
        .map(|release| &release.entry)
        .filter(|entry| {
            entry.lang.as_ref() == Some(&lang) && entry.section.as_ref().unwrap().id == section.id
        })
        .cloned()
        .collect();
    let entries = own.iter().skip((page - 1) * 5).take(5).cloned().collect();
    List { lang, section, page, total: own.len(), entries }
}

#[test]
fn every_sample_has_a_page() {
    let releases = samples();
    let archive = archive(&releases);
    let pages = Pages::new(&options()).unwrap();
    for release in releases {
        let name = release.entry.name().to_owned();
        let html = pages.release(&archive, Rc::new(release)).unwrap();
        assert!(html.contains("<article") && html.contains("data-rv-page"), "{name}");
    }
}

#[test]
fn a_list_shows_its_entries_and_leads_to_the_next_page() {
    let releases = samples();
    let archive = archive(&releases);
    let pages = Pages::new(&Options { page_size: 5, ..options() }).unwrap();
    let list = list(&releases, Lang::KO, 1);
    let html = pages.list(&archive, &list).unwrap();
    assert_eq!(html.matches("<li class=\"rv-item").count(), 5);
    assert!(html.contains("href=\"../../ko/press-releases/page-2.html\""));
    assert!(
        pages.home(&archive, &list).unwrap().contains("href=\"./ko/press-releases/page-2.html\"")
    );
}
