//! RSS 2.0 (<https://www.rssboard.org/rss-specification>), with the modules that its profile recommends.

use std::rc::Rc;

use super::Channel;
use super::content::{File, Item};
use super::dates::{self, rfc822, rfc3339};
use super::links::Links;
use super::notice::public;
use super::xml::{Xml, escape};
use crate::model::{Entry, Release};

/// Writes the feed of these releases, newest first.
pub(in crate::native) fn rss(channel: &Channel<'_>, releases: &[Rc<Release>]) -> String {
    let links = channel.links();
    let mut xml = Xml::new();
    xml.open(
        "rss",
        &[
            ("version", "2.0"),
            ("xmlns:atom", "http://www.w3.org/2005/Atom"),
            ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ],
    );
    xml.open("channel", &[]);
    xml.leaf("title", &[], &channel.name());
    xml.leaf("link", &[], &links.to(&channel.home));
    xml.leaf("description", &[], &channel.name());
    if let Some(lang) = channel.lang {
        xml.leaf("language", &[], lang.as_str());
    }
    if let Some(publisher) = channel.publisher {
        xml.leaf("dc:publisher", &[], publisher);
    }
    let newest = |moment: fn(&_) -> _| releases.iter().filter_map(|one| moment(&one.entry)).max();
    if let Some(published) = newest(dates::published) {
        xml.leaf("pubDate", &[], &rfc822(published));
    }
    if let Some(updated) = newest(Entry::as_of) {
        xml.leaf("lastBuildDate", &[], &rfc822(updated));
    }
    for (rel, kind, file) in [
        ("self", "application/rss+xml", "rss.xml"),
        ("alternate", "application/feed+json", "feed.json"),
        ("alternate", "application/atom+xml", "atom.xml"),
    ] {
        let address = links.to(&channel.beside(file));
        xml.empty("atom:link", &[("rel", rel), ("type", kind), ("href", &address)]);
    }
    for release in releases {
        let release = public(release);
        item(&Item::new(&release, &links), &links, &mut xml);
    }
    xml.close("channel");
    xml.close("rss");
    xml.finish()
}

fn item(item: &Item<'_>, links: &Links<'_>, xml: &mut Xml) {
    let entry = &item.release.entry;
    let id = entry.id.as_str();
    xml.open("item", &[]);
    xml.leaf("title", &[], item.title);
    xml.leaf("link", &[], &links.page(id));
    let is_address = if links.are_absolute() { "true" } else { "false" };
    xml.leaf("guid", &[("isPermaLink", is_address)], &links.id(id));
    if let Some(published) = dates::published(entry) {
        xml.leaf("pubDate", &[], &rfc822(published));
    }
    if let Some(updated) = entry.as_of().filter(|at| Some(*at) != dates::published(entry)) {
        xml.leaf("dcterms:modified", &[], &rfc3339(updated));
    }
    if let Some(department) = &entry.department {
        xml.leaf("dc:creator", &[], department);
    }
    xml.leaf("dc:language", &[], item.lang.as_str());
    if let Some(section) = &entry.section {
        xml.leaf("category", &[], section.name_in(&item.lang));
    }
    // A description is HTML, so that signs of markup in plain words are escaped twice.
    let mut summary = String::new();
    escape(&item.summary, &mut summary);
    xml.leaf("description", &[], &summary);
    xml.leaf("content:encoded", &[], &item.content);
    // Many readers take one enclosure only (RSS Advisory Board, best practices); the content links to all. One without
    // a length is not valid.
    let file = item.files(links).into_iter().find(|file| file.length.is_some());
    if let Some(File { address, media_type, length: Some(length), .. }) = &file {
        xml.empty("enclosure", &[("url", address), ("length", length), ("type", media_type)]);
    }
    xml.close("item");
}
