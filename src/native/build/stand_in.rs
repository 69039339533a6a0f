//! Stand-ins for `native/pages` and `native/feeds` with their signatures, until these are there.

use std::io::{self, Write};
use std::iter::Peekable;
use std::rc::Rc;

use anyhow::Result;

use crate::model::{Archive, Date, Entry, Lang, Release, Section, Time};
use crate::native::json;
use crate::native::options::Options;

pub(super) struct List {
    pub(super) lang: Lang,
    pub(super) section: Section,
    pub(super) page: usize,
    pub(super) total: usize,
    pub(super) entries: Vec<Entry>,
}

pub(super) struct Pages {
    assets: Vec<(String, Vec<u8>)>,
}

impl Pages {
    pub(super) fn new(_: &Options) -> Result<Self> {
        Ok(Self { assets: vec![("host.css".to_owned(), b"body { margin: 0 }".to_vec())] })
    }

    pub(super) fn assets(&self) -> &[(String, Vec<u8>)] {
        &self.assets
    }

    pub(super) fn release(&self, archive: &Rc<Archive>, release: Rc<Release>) -> Result<String> {
        Ok(format!("<p>{} {}", archive.boards.len(), json::release_item(&release)?))
    }

    pub(super) fn list(&self, archive: &Rc<Archive>, list: &List) -> Result<String> {
        let mut page = format!(
            "<p>{} {} {} {} {}",
            archive.boards.len(),
            list.lang,
            list.section.name,
            list.page,
            list.total
        );
        for entry in &list.entries {
            page.push_str(&json::entry_item(entry)?);
        }
        Ok(page)
    }

    pub(super) fn home(&self, archive: &Rc<Archive>, list: &List) -> Result<String> {
        self.list(archive, list)
    }
}

pub(super) struct Channel<'a> {
    pub(super) site: Option<&'a str>,
    pub(super) lang: Option<&'a Lang>,
    pub(super) title: String,
    pub(super) folder: String,
    pub(super) home: String,
    pub(super) publisher: Option<&'a str>,
}

impl Channel<'_> {
    fn all(&self, releases: &[Rc<Release>]) -> String {
        let names: Vec<&str> = releases.iter().map(|release| release.entry.name()).collect();
        format!(
            "{:?} {:?} {} {} {} {:?} {names:?}",
            self.site, self.lang, self.title, self.folder, self.home, self.publisher
        )
    }
}

pub(super) fn rss(channel: &Channel<'_>, releases: &[Rc<Release>]) -> String {
    channel.all(releases)
}

pub(super) fn atom(channel: &Channel<'_>, releases: &[Rc<Release>]) -> String {
    channel.all(releases)
}

pub(super) fn json(
    channel: &Channel<'_>,
    releases: &[Rc<Release>],
    next: Option<&str>,
) -> Result<String> {
    Ok(format!("{} {next:?}", channel.all(releases)))
}

pub(super) type Moment = (Date, Option<Time>);

pub(super) struct Row {
    pub(super) path: String,
    pub(super) modified: Option<Moment>,
    pub(super) alternates: Vec<(Lang, String)>,
}

pub(super) fn sitemap(
    _: Option<&str>,
    _: &str,
    rows: &mut Peekable<impl Iterator<Item = Row>>,
    out: &mut impl Write,
) -> io::Result<usize> {
    let mut count = 0;
    for row in rows.take(50_000) {
        writeln!(out, "{} {:?} {:?}", row.path, row.modified, row.alternates)?;
        count += 1;
    }
    Ok(count)
}

pub(super) fn sitemap_index(_: Option<&str>, maps: &[(String, Option<Moment>)]) -> String {
    format!("{maps:?}")
}

pub(super) fn without_text(mut release: Release) -> Release {
    release.entry.decks.clear();
    release.entry.attachments.clear();
    release.entry.opening.clear();
    release.masthead.clear();
    release.translation_notice = None;
    release.blocks.clear();
    release.contacts.clear();
    release.licence = None;
    release.end_mark = None;
    release
}
