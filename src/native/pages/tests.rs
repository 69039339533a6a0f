//! Pages of the sample releases.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::Value;

use super::{List, Pages};
use crate::model::{
    Archive, Board, Entry, Lang, Neighbour, Release, Section, SectionCount, Slug, Translation,
    Withdrawal,
};
use crate::native::options::Options;
use crate::reader::{Hint, read, read_page};

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
    Rc::new(Archive {
        boards: vec![board(Lang::KO), board(Lang::EN)],
        piece: 1,
        ..Archive::default()
    })
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

const SITE: &str = "https://press.example.go.kr/";
const KOREAN: &str = "0305-belmare-direct-air-route-ko";
const ENGLISH: &str = "0305-belmare-direct-air-route-en";

fn sample(id: &str) -> Release {
    samples().into_iter().find(|release| release.entry.id.as_str() == id).unwrap()
}

fn page_of(release: Release, options: &Options) -> String {
    Pages::new(options).unwrap().release(&archive(&samples()), Rc::new(release)).unwrap()
}

/// What stands between two texts, the first time.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("no {start} in {page}"));
    rest.split_once(end).unwrap().0
}

fn linked_data(page: &str) -> Value {
    serde_json::from_str(between(page, "<script type=\"application/ld+json\">", "</script>"))
        .unwrap()
}

#[test]
fn the_head_of_a_release_says_what_and_where_it_is() {
    let page = page_of(sample(KOREAN), &options());
    let head = between(&page, "<head>", "</head>");
    let own = format!("{SITE}releases/{KOREAN}.html");
    let other = format!("{SITE}releases/{ENGLISH}.html");
    for line in [
        "<title>한-벨마레 직항 노선, 6월부터 주 3회 운항 - 보도자료 - 외교부</title>".to_owned(),
        format!("<link rel=\"canonical\" href=\"{own}\">"),
        format!("<link rel=\"alternate\" hreflang=\"ko\" href=\"{own}\">"),
        format!("<link rel=\"alternate\" hreflang=\"en\" href=\"{other}\">"),
        format!("<link rel=\"alternate\" hreflang=\"x-default\" href=\"{own}\">"),
        "<link rel=\"license\" href=\"https://www.kogl.or.kr/info/licenseType1.do\">".to_owned(),
        "<meta property=\"og:type\" content=\"article\">".to_owned(),
        format!("<meta property=\"og:url\" content=\"{own}\">"),
        "<meta property=\"og:locale\" content=\"ko_KR\">".to_owned(),
        "<meta property=\"article:published_time\" content=\"2026-03-05\">".to_owned(),
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"보도자료 (Atom)\" \
         href=\"../ko/press-releases/atom.xml\">"
            .to_owned(),
    ] {
        assert_eq!(head.matches(&line).count(), 1, "{line}\n{head}");
    }
    assert!(head.trim_end().ends_with("<link rel=\"stylesheet\" href=\"../release-viewer.css\">"));
    assert!(!head.contains("noindex"));
    // Both languages name the same pages.
    let english = page_of(sample(ENGLISH), &options());
    for line in head.lines().filter(|line| line.contains("hreflang")) {
        assert!(english.contains(line), "{line}");
    }
}

#[test]
fn linked_data_follow_schema_org() {
    let mut release = sample(KOREAN);
    release.entry.time = crate::model::Time::new(9, 30, 0);
    release.entry.modified = release.entry.date.zip(crate::model::Time::new(10, 0, 0));
    release.entry.title = Some("</script><b>\"&".to_owned());
    let article = linked_data(&page_of(release, &options()));
    let own = format!("{SITE}releases/{KOREAN}.html");
    let expected = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "</script><b>\"&",
        "description": "서울에서 열린 항공회담에서 합의, 환승 없이 11시간 30분 만에 연결",
        "inLanguage": "ko",
        "datePublished": "2026-03-05T09:30:00+09:00",
        "dateModified": "2026-03-05T10:00:00+09:00",
        "articleSection": "보도자료",
        "url": own,
        "mainEntityOfPage": {"@type": "WebPage", "@id": own},
        "publisher": {"@type": "GovernmentOrganization", "name": "외교부", "url": SITE},
        "isAccessibleForFree": true,
        "license": "https://www.kogl.or.kr/info/licenseType1.do",
        "workTranslation": [{
            "@type": "NewsArticle",
            "inLanguage": "en",
            "url": format!("{SITE}releases/{ENGLISH}.html"),
        }],
    });
    assert_eq!(article, expected);
    let mut release = sample(ENGLISH);
    release.entry.unofficial_translation = true;
    let article = linked_data(&page_of(release, &options()));
    assert_eq!(article["translationOfWork"]["inLanguage"], "ko");
    assert_eq!(article.get("workTranslation"), None);
}

#[test]
fn without_a_site_no_address_is_invented() {
    let options = Options { site: None, publisher: None, ..options() };
    let page = page_of(sample(KOREAN), &options);
    assert!(page.contains(&format!("<link rel=\"canonical\" href=\"../releases/{KOREAN}.html\">")));
    assert!(page.contains(&format!("hreflang=\"en\" href=\"../releases/{ENGLISH}.html\"")));
    assert!(!page.contains("og:url") && !page.contains("press.example.go.kr"));
    let article = linked_data(&page);
    for name in ["url", "mainEntityOfPage", "workTranslation", "publisher"] {
        assert_eq!(article.get(name), None, "{name}");
    }
}

#[test]
fn a_withdrawn_release_says_so_and_nothing_else() {
    let mut release = sample(KOREAN);
    let said: Vec<String> = release.blocks.iter().map(crate::model::Block::plain_text).collect();
    let date = crate::model::Date::new(2026, 5, 1);
    let reason = Some("날짜가 잘못되었습니다.".to_owned());
    release.entry.withdrawn = Some(Withdrawal { date, reason });
    let page = page_of(release, &options());
    assert!(page.contains("이 보도자료는 2026. 5. 1. 철회되었습니다."));
    assert!(page.contains("사유: ") && page.contains("날짜가 잘못되었습니다."));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert_eq!(linked_data(&page)["creativeWorkStatus"], "Withdrawn");
    assert!(page.contains("<time datetime=\"2026-05-01\">2026. 5. 1.</time>"));
    for text in said.iter().filter(|text| text.chars().count() > 12) {
        assert!(!page.contains(text.as_str()), "{text}");
    }
}

#[test]
fn a_list_marks_what_was_withdrawn() {
    let mut releases = samples();
    for release in &mut releases {
        release.entry.withdrawn = Some(Withdrawal::default());
    }
    let pages = Pages::new(&options()).unwrap();
    let page = pages.list(&archive(&releases), &list(&releases, Lang::EN, 1)).unwrap();
    assert_eq!(page.matches("<span>Withdrawn</span>").count(), 5);
    assert!(!page.contains("rv-item__deck"));
}

#[test]
fn the_head_of_a_list_names_its_neighbours_and_not_those_of_another_language() {
    let releases = samples();
    let pages = Pages::new(&Options { page_size: 5, ..options() }).unwrap();
    let archive = archive(&releases);
    let first = pages.list(&archive, &list(&releases, Lang::EN, 1)).unwrap();
    assert!(first.contains("hreflang=\"ko\"") && first.contains("hreflang=\"x-default\""));
    assert!(first.contains("<link rel=\"next\" href=\"../../en/press-releases/page-2.html\">"));
    assert!(
        !first.contains("<link rel=\"prev\"") && first.contains("\"og:type\" content=\"website\"")
    );
    let second = pages.list(&archive, &list(&releases, Lang::EN, 2)).unwrap();
    let head = between(&second, "<head>", "</head>");
    assert!(!head.contains("hreflang") && !head.contains("rel=\"next\""), "{head}");
    assert!(head.contains("<link rel=\"prev\" href=\"../../en/press-releases/index.html\">"));
    let own = format!("<link rel=\"canonical\" href=\"{SITE}en/press-releases/page-2.html\">");
    assert!(head.contains(&own));
    let home = pages.home(&archive, &list(&releases, Lang::KO, 1)).unwrap();
    let own = format!("<link rel=\"canonical\" href=\"{SITE}ko/press-releases/index.html\">");
    assert!(home.contains(&own));
}

#[test]
fn the_data_of_a_page_are_what_it_shows() {
    let data = |page: &str| read_page(between(page, "class=\"rv-data\">", "</script>")).unwrap();
    let release = sample(KOREAN);
    let read = data(&page_of(release.clone(), &options()));
    assert_eq!((read.total, read.releases), (None, vec![release]));
    let releases = samples();
    let list = list(&releases, Lang::KO, 2);
    let page = Pages::new(&options()).unwrap().list(&archive(&releases), &list).unwrap();
    let read = data(&page);
    assert_eq!(read.total, Some(list.total));
    assert_eq!(read.archive, Archive::clone(&archive(&releases)));
    let entries: Vec<Entry> = read.releases.into_iter().map(|release| release.entry).collect();
    assert_eq!(entries, list.entries);
}

/// Every address in a page that is not on another site, as a path from the root.
fn targets(page: &str, folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in [" href=\"", " src=\"", " content=\""] {
        for part in page.split(name).skip(1) {
            let address = part.split('"').next().unwrap();
            let address = address.strip_prefix(SITE).map_or(address, |path| path);
            let relative = address.starts_with('.') || part.starts_with(SITE);
            let path = if part.starts_with(SITE) {
                address.to_owned()
            } else if let Some(up) = address.strip_prefix(folder) {
                up.to_owned()
            } else {
                assert!(!relative, "{address}");
                continue;
            };
            found.push(path.split('#').next().unwrap().to_owned());
        }
    }
    found
}

#[test]
fn every_relative_link_leads_into_the_archive() {
    let releases = samples();
    let archive = archive(&releases);
    let pages = Pages::new(&Options { page_size: 5, ..options() }).unwrap();
    let mut there: Vec<String> = vec![String::new(), "index.html".to_owned()];
    there.extend(pages.assets().iter().map(|(path, _)| path.clone()));
    for release in &releases {
        there.push(format!("releases/{}.html", release.entry.id));
    }
    for board in &archive.boards {
        for section in &board.sections {
            let folder = format!("{}/{}/", board.lang, section.section.id);
            for file in ["index.html", "page-2.html", "feed.json", "rss.xml", "atom.xml"] {
                there.push(format!("{folder}{file}"));
            }
        }
    }
    let mut written = Vec::new();
    for release in &releases {
        written.push((pages.release(&archive, Rc::new(release.clone())).unwrap(), "../"));
    }
    for lang in [Lang::KO, Lang::EN] {
        for page in [1, 2] {
            let list = list(&releases, lang.clone(), page);
            written.push((pages.list(&archive, &list).unwrap(), "../../"));
            written.push((pages.home(&archive, &list).unwrap(), "./"));
        }
    }
    for (page, folder) in &written {
        let targets = targets(page, folder);
        assert!(targets.len() > 10);
        for target in targets {
            assert!(there.contains(&target), "{target}");
        }
    }
}

#[test]
fn a_widget_is_copied_and_begun_last() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let options = Options { widget: Some(folder.path().to_owned()), ..options() };
    let error = format!("{:#}", Pages::new(&options).unwrap_err());
    assert!(error.contains("expected a folder with release-viewer.js and app/"), "{error}");
    std::fs::create_dir(folder.path().join("app")).unwrap();
    put("app/release-viewer-old.css", "old");
    put("app/release-viewer-new.css", "new");
    put("release-viewer.js", "import \"app/release-viewer-new.css\"");
    let page = page_of(sample(KOREAN), &options);
    assert!(page.contains("<link rel=\"stylesheet\" href=\"../app/release-viewer-new.css\">"));
    let script =
        "<script type=\"module\" src=\"../page.js\" fetchpriority=\"low\"></script>\n</body>";
    assert!(page.contains(script), "{page}");
    assert_eq!(Pages::new(&options).unwrap().assets().len(), 8);
}

#[test]
fn a_name_in_another_language_says_so() {
    let options = Options { publisher: Some("외교부 R&D".to_owned()), ..options() };
    let page = page_of(sample(ENGLISH), &options);
    assert!(page.contains("index.html\"><span lang=\"ko\">외교부</span> R&amp;D</a>"), "{page}");
    assert!(page.contains(" - 외교부 R&amp;D</title>"));
}

#[test]
fn pages_keep_what_was_read_only_when_they_are_to() {
    let releases = samples();
    let archive = archive(&releases);
    let list = list(&releases, Lang::KO, 1);
    for offline in [false, true] {
        let pages = Pages::new(&Options { offline, ..options() }).unwrap();
        let files: Vec<&str> = pages.assets().iter().map(|(path, _)| path.as_str()).collect();
        // Without the option it is the worker that takes away what an earlier build has switched on.
        assert!(files.contains(&"service-worker.js"), "{files:?}");
        assert_eq!(files.contains(&"offline.js"), offline);
        let html = pages.list(&archive, &list).unwrap();
        assert_eq!(html.contains("src=\"../../offline.js\""), offline);
        assert_eq!(html.contains("trusted-types release-viewer; worker-src 'self'"), offline);
        assert_eq!(html.contains("trusted-types 'none'"), !offline);
    }
}
