//! Feeds of all samples, and of releases that have everything odd, read back by parsers of others and by our own.

use std::path::Path;
use std::rc::Rc;

use ::rss::validation::Validate;

use super::{Channel, Row, atom, json, rss, sitemap, sitemap_index, without_text};
use crate::model::{
    Attachment, Block, Cell, Content, Date, Figure, Inline, Lang, Level, Licence, Release, Slug,
    Table, Text, Time, Translation, Url, Withdrawal,
};
use crate::reader::{Hint, read, read_feed};

const SITE: &str = "https://press.example.kr/news/";

pub(super) fn text(words: &str) -> Text {
    Text(vec![Inline::Words(words.to_owned())])
}

/// Every release that the project has as a text.
pub(super) fn samples() -> Vec<Rc<Release>> {
    let mut releases = Vec::new();
    for folder in ["static/samples", "tests/data/text"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "txt") {
                let id = Slug::from_words(&path.file_stem().unwrap().to_string_lossy());
                let bytes = std::fs::read(&path).unwrap();
                releases.extend(read(&bytes, &Hint { id }).into_iter().flat_map(|it| it.releases));
            }
        }
    }
    assert!(releases.len() > 100, "{}", releases.len());
    releases.into_iter().map(Rc::new).collect()
}

/// A release with something in every place, and signs of markup in all of its words.
pub(super) fn odd() -> Release {
    let source = "Press Releases\n\nTalks <b>held</b> & “closed”\n\n- A deck & more -\n\nDate\n2026-01-02\n\n1. They met.\n";
    let hint = Hint { id: Slug::parse("회담-odd") };
    let mut release = read(source.as_bytes(), &hint).unwrap().releases.remove(0);
    let url = |address| Url::parse(address);
    let block = |id: &str, marker: Option<&str>, content| Block {
        id: id.to_owned(),
        marker: marker.map(str::to_owned),
        content,
    };
    let cell = |words: &str, columns| Cell { text: words.to_owned(), columns, rows: 1 };
    let link =
        Inline::Link { url: url("files/a.html?x=1&y=\"2\"").unwrap(), words: "<link>".to_owned() };
    release.blocks.extend([
        block("h1", Some("II."), Content::Heading(text("Heading ]]> <i>"))),
        block(
            "p2",
            Some("□"),
            Content::Paragraph {
                level: Level::Two,
                text: Text(vec![Inline::Words("Before 한국어 words ".to_owned()), link]),
            },
        ),
        block("n1", Some("※"), Content::Note(text("A note & so on"))),
        block("f1", Some("*"), Content::Footnote(text("A footnote"))),
        block("q1", Some("Q."), Content::Question(text("A question?"))),
        block("a1", Some("A."), Content::Answer(text("An answer."))),
        block("c1", None, Content::Quote(text("A quote"))),
        block("l1", None, Content::List(vec![text("First item"), text("Second & last")])),
        block(
            "t1",
            None,
            Content::Table(Table {
                caption: Some("Caption <1>".to_owned()),
                header_rows: 1,
                header_columns: 1,
                rows: vec![
                    vec![cell("", 1), cell("Wide & high", 2)],
                    vec![cell("Row", 1), cell("12", 1), cell("34", 1)],
                ],
            }),
        ),
        block(
            "g1",
            None,
            Content::Figure(Figure {
                url: url("photo.jpg"),
                alternative: Some("Two \"people\"".to_owned()),
                caption: text("At the table"),
            }),
        ),
        block(
            "g2",
            Some("▲"),
            Content::Figure(Figure {
                url: None,
                alternative: Some("Alternative words".to_owned()),
                caption: text("Only named"),
            }),
        ),
    ]);
    release.masthead.push("Speaker & place".to_owned());
    release.contacts.push("Contact <desk>".to_owned());
    release.translation_notice = Some("(Unofficial translation)".to_owned());
    release.end_mark = Some("/end/".to_owned());
    release.licence =
        Some(Licence { code: Some("KOGL-1".to_owned()), text: "Type 1 & open".to_owned() });
    let entry = &mut release.entry;
    entry.lang = Some(Lang::EN);
    entry.modified = Date::new(2026, 1, 3).zip(Time::new(9, 30, 0));
    entry.url = url("https://ministry.example.kr/view?seq=1&lang=en");
    entry.department = Some("Protocol & Visits".to_owned());
    entry.translations = vec![
        Translation { lang: Lang::KO, id: Slug::parse("odd-ko").unwrap() },
        Translation { lang: Lang::parse("fr").unwrap(), id: Slug::parse("odd-fr").unwrap() },
    ];
    entry.attachments = vec![Attachment {
        label: Some("Attachment 1".to_owned()),
        name: "Statement & annex".to_owned(),
        kind: Some("PDF".to_owned()),
        size: Some("84 KB".to_owned()),
        url: url("files/1.pdf"),
    }];
    release
}

fn withdrawn() -> Release {
    let mut release = odd();
    release.entry.id = Slug::parse("withdrawn").unwrap();
    release.entry.withdrawn = Some(Withdrawal {
        date: Date::new(2026, 2, 1),
        reason: Some("A number was wrong & misleading.".to_owned()),
    });
    release
}

fn everything() -> Vec<Rc<Release>> {
    let mut releases = samples();
    releases.extend([odd(), withdrawn()].map(Rc::new));
    releases
}

/// The feeds of everything, of a language and of a section, with a site and without.
fn channels() -> Vec<Channel<'static>> {
    let mut channels = Vec::new();
    for site in [Some(SITE), None] {
        for (folder, lang) in [("", None), ("en/", Some(&Lang::EN)), ("en/알림/", Some(&Lang::EN))]
        {
            channels.push(Channel {
                site,
                lang,
                title: "Press Releases".to_owned(),
                folder: folder.to_owned(),
                home: format!("{folder}index.html"),
                publisher: Some("Ministry of Tides & Winds"),
            });
        }
    }
    channels
}

#[test]
fn rss_is_valid_for_a_parser_of_others() {
    for channel in channels() {
        let releases = everything();
        let written = rss(&channel, &releases);
        let read = ::rss::Channel::read_from(written.as_bytes()).unwrap();
        assert_eq!(read.title(), "Press Releases – Ministry of Tides & Winds");
        assert_eq!(read.language(), channel.lang.map(Lang::as_str));
        assert_eq!(read.items().len(), releases.len());
        if channel.site.is_some() {
            read.validate().unwrap();
        }
        for (item, release) in read.items().iter().zip(&releases) {
            let guid = item.guid().unwrap();
            assert_eq!(guid.is_permalink(), channel.site.is_some());
            assert_eq!(item.pub_date().is_some(), release.entry.date.is_some());
            if release.entry.withdrawn.is_none() {
                assert_eq!(item.title(), Some(release.entry.name()));
            }
        }
    }
}

#[test]
fn atom_is_valid_for_a_parser_of_others() {
    for channel in channels() {
        let releases = everything();
        let read = atom_syndication::Feed::read_from(atom(&channel, &releases).as_bytes()).unwrap();
        assert_eq!(read.lang(), channel.lang.map(Lang::as_str));
        assert_eq!(read.entries().len(), releases.len());
        let mut ids: Vec<&str> = read.entries().iter().map(|entry| entry.id()).collect();
        ids.push(read.id());
        assert!(ids.iter().all(|id| id.starts_with("https://") || id.starts_with("urn:uuid:")));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), releases.len() + 1, "no id stands for two things");
    }
}

#[test]
fn one_reader_finds_the_same_in_all_three_formats() {
    let channels = channels();
    let channel = channels.iter().find(|channel| channel.site.is_some()).unwrap();
    let releases = everything();
    let feed = |written: String| feed_rs::parser::parse(written.as_bytes()).unwrap();
    let (rss, atom) = (feed(rss(channel, &releases)), feed(atom(channel, &releases)));
    let json = feed(json(channel, &releases, None).unwrap());
    assert_eq!(rss.title.map(|title| title.content), atom.title.map(|title| title.content));
    for ((rss, atom), json) in rss.entries.iter().zip(&atom.entries).zip(&json.entries) {
        let title =
            |entry: &feed_rs::model::Entry| entry.title.as_ref().map(|title| title.content.clone());
        let body = |entry: &feed_rs::model::Entry| entry.content.clone().unwrap().body.unwrap();
        assert_eq!((&rss.id, rss.published), (&atom.id, atom.published));
        assert_eq!(title(rss), title(atom));
        assert_eq!(body(rss).trim(), body(atom).trim());
        assert_eq!(rss.published, json.published);
        assert_eq!(rss.links[0].href, json.links[0].href);
        assert_eq!(rss.links[0].href, atom.links[0].href);
    }
}

#[test]
fn the_viewer_reads_its_feed_without_loss() {
    let releases = everything();
    for channel in channels() {
        let written = json(&channel, &releases, Some("feeds/en/3.json")).unwrap();
        let reading = read_feed(&written).unwrap();
        assert_eq!(reading.problems, []);
        assert_eq!(reading.releases.len(), releases.len());
        for (read, release) in reading.releases.iter().zip(&releases) {
            if release.entry.withdrawn.is_some() {
                assert_eq!(*read, without_text(release));
            } else if release.entry.id.as_str().ends_with("odd") {
                // A link inside a text is found again only where its words are its address.
                assert_eq!(read.entry, release.entry);
            } else {
                assert_eq!(read, &**release, "{}", release.entry.id);
            }
        }
        let feed: serde_json::Value = serde_json::from_str(&written).unwrap();
        let up = "../".repeat(channel.folder.matches('/').count());
        let root = channel.site.map_or(up, str::to_owned);
        assert_eq!(feed["next_url"], format!("{root}feeds/en/3.json"));
        assert_eq!(feed["authors"][0]["name"], "Ministry of Tides & Winds");
        assert_eq!(
            feed["items"][0]["url"],
            format!("{root}releases/{}.html", releases[0].entry.id)
        );
    }
}

#[test]
fn older_pieces_belong_to_the_same_feed() {
    let releases = [Rc::new(odd())];
    let channel = Channel { site: None, folder: "en/".to_owned(), ..channels().remove(0) };
    let written = json(&channel, &releases, Some("feeds/en/2.json")).unwrap();
    let feed: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(feed["feed_url"], "../en/feed.json");
    assert_eq!(feed["next_url"], "../feeds/en/2.json");
    assert_eq!(feed["items"][0]["attachments"][0]["url"], "../releases/files/1.pdf");
}

#[test]
fn a_withdrawn_release_is_told_without_its_text() {
    let channel = &channels()[1];
    let release = [Rc::new(withdrawn())];
    let notice = "This press release was withdrawn on February 1, 2026. Reason: A number was wrong";
    for written in
        [rss(channel, &release), atom(channel, &release), json(channel, &release, None).unwrap()]
    {
        assert!(written.contains(notice), "{written}");
        for words in ["They met", "A deck", "annex", "Speaker", "desk", "/end/", "KOGL", "Row"] {
            assert!(!written.contains(words), "{words} in {written}");
        }
    }
    assert!(atom(channel, &release).contains("<updated>2026-02-01T00:00:00+09:00</updated>"));
    assert_eq!(Row::of(&release[0].entry), None);
    let mut untitled = withdrawn();
    (untitled.entry.title, untitled.entry.lang) = (None, Some(Lang::KO));
    let written = rss(channel, &[Rc::new(untitled)]);
    assert!(written.contains("<title>withdrawn</title>"), "{written}");
    assert!(written.contains("이 보도자료는 2026. 2. 1. 철회되었습니다. 사유: "), "{written}");
}

#[test]
fn what_xml_forbids_is_in_no_feed() {
    let mut release = odd();
    release.entry.title = Some("a\0b\u{b}c\u{ffff}d\u{fffe}".to_owned());
    release.entry.department = Some("\u{1}x".to_owned());
    release.blocks[0].content = Content::Heading(text("\u{c}Form\u{1f}feed"));
    let releases = [Rc::new(release)];
    for channel in channels() {
        for written in [rss(&channel, &releases), atom(&channel, &releases)] {
            let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
            assert!(!written.contains(forbidden));
            assert!(written.contains("<title>abcd</title>") && written.contains("Formfeed"));
        }
    }
}

#[test]
fn a_sitemap_ends_where_search_engines_stop() {
    let rows = || {
        let row = |number| Row {
            path: format!("releases/{number}.html"),
            modified: None,
            alternates: Vec::new(),
        };
        (0..100_001).map(row).peekable()
    };
    let mut rows = rows();
    let mut counts = Vec::new();
    while rows.peek().is_some() {
        let mut out = Vec::new();
        counts.push(sitemap(Some(SITE), "en/", &mut rows, &mut out).unwrap());
        assert!(out.ends_with(b"</urlset>\n"));
    }
    assert_eq!(counts, [50_000, 50_000, 1]);
}

#[test]
fn a_sitemap_names_dates_and_translations() {
    let mut out = Vec::new();
    let mut rows = [Row::of(&odd().entry).unwrap()].into_iter().peekable();
    sitemap(Some(SITE), "en/", &mut rows, &mut out).unwrap();
    let written = String::from_utf8(out).unwrap();
    let own = "https://press.example.kr/news/releases/%ED%9A%8C%EB%8B%B4-odd.html";
    for part in [
        format!("<loc>{own}</loc>\n<lastmod>2026-01-03T09:30:00+09:00</lastmod>"),
        format!("<xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"{own}\"/>"),
        format!("hreflang=\"fr\" href=\"{SITE}releases/odd-fr.html\"/>"),
    ] {
        assert!(written.contains(&part), "{part} in {written}");
    }
    let index = sitemap_index(Some(SITE), &[("en/sitemap.xml".to_owned(), None)]);
    assert!(index.contains(&format!("<loc>{SITE}en/sitemap.xml</loc>")), "{index}");
}

/// `FEEDS_OUT=DIR cargo test --lib feeds` writes all feeds there, for validators that run by hand.
#[test]
fn feeds_are_written_for_others() {
    let Some(folder) = std::env::var_os("FEEDS_OUT") else { return };
    let releases = everything();
    for channel in channels() {
        let name = format!("{}-{}", channel.folder.replace('/', "-"), channel.site.is_some());
        let put = |kind: &str, text: &str| {
            std::fs::write(Path::new(&folder).join(format!("{name}.{kind}")), text).unwrap();
        };
        put("rss.xml", &rss(&channel, &releases));
        put("atom.xml", &atom(&channel, &releases));
        put("feed.json", &json(&channel, &releases, Some("feeds/en/0.json")).unwrap());
        let mut out = Vec::new();
        let mut rows = releases.iter().filter_map(|release| Row::of(&release.entry)).peekable();
        sitemap(channel.site, &channel.folder, &mut rows, &mut out).unwrap();
        put("sitemap.xml", &String::from_utf8(out).unwrap());
        let map = ("ko/sitemap.xml".to_owned(), Date::new(2026, 1, 1).map(|date| (date, None)));
        put("sitemap-index.xml", &sitemap_index(channel.site, &[map]));
    }
}
