//! Atom 1.0 (RFC 4287).

use std::rc::Rc;

use super::Channel;
use super::content::Item;
use super::dates::{self, rfc3339};
use super::links::Links;
use super::notice::public;
use super::xml::Xml;
use crate::model::{Entry, Release};

/// Atom demands a time of the last change. This one, the first that many systems know, stands for none.
const UNKNOWN: &str = "1970-01-01T00:00:00Z";

/// Writes the feed of these releases, newest first.
pub(in crate::native) fn atom(channel: &Channel<'_>, releases: &[Rc<Release>]) -> String {
    let links = channel.links();
    let mut xml = Xml::new();
    let namespace = ("xmlns", "http://www.w3.org/2005/Atom");
    match channel.lang {
        Some(lang) => xml.open("feed", &[namespace, ("xml:lang", lang.as_str())]),
        None => xml.open("feed", &[namespace]),
    }
    xml.leaf("id", &[], &links.id_of_document(&channel.beside("atom.xml")));
    xml.leaf("title", &[], &channel.name());
    let newest = releases.iter().filter_map(|release| release.entry.as_of()).max();
    xml.leaf("updated", &[], &newest.map_or_else(|| UNKNOWN.to_owned(), rfc3339));
    author(channel.publisher.unwrap_or(&channel.title), &mut xml);
    link(
        "alternate",
        "text/html",
        &links.to(&channel.home),
        channel.lang.map(|lang| lang.as_str()),
        &mut xml,
    );
    for (rel, kind, file) in [
        ("self", "application/atom+xml", "atom.xml"),
        ("alternate", "application/feed+json", "feed.json"),
        ("alternate", "application/rss+xml", "rss.xml"),
    ] {
        link(rel, kind, &links.to(&channel.beside(file)), None, &mut xml);
    }
    for release in releases {
        let release = public(release);
        entry(&Item::new(&release, &links), &links, &mut xml);
    }
    xml.close("feed");
    xml.finish()
}

fn entry(item: &Item<'_>, links: &Links<'_>, xml: &mut Xml) {
    let entry = &item.release.entry;
    let id = entry.id.as_str();
    xml.open("entry", &[("xml:lang", item.lang.as_str())]);
    xml.leaf("id", &[], &links.id(id));
    xml.leaf("title", &[], item.title);
    xml.leaf("updated", &[], &entry.as_of().map_or_else(|| UNKNOWN.to_owned(), rfc3339));
    if let Some(published) = dates::published(entry) {
        xml.leaf("published", &[], &rfc3339(published));
    }
    if let Some(department) = &entry.department {
        author(department, xml);
    }
    if let Some(section) = &entry.section {
        let label = section.name_in(&item.lang);
        xml.empty("category", &[("term", section.id.as_str()), ("label", label)]);
    }
    entry_links(item, entry, links, xml);
    if !item.summary.is_empty() {
        xml.leaf("summary", &[], &item.summary);
    }
    xml.leaf("content", &[("type", "html")], &item.content);
    xml.close("entry");
}

/// The page and its translations, the page that it came from, and its files.
fn entry_links(item: &Item<'_>, entry: &Entry, links: &Links<'_>, xml: &mut Xml) {
    let id = entry.id.as_str();
    link("alternate", "text/html", &links.page(id), Some(item.lang.as_str()), xml);
    for other in &entry.translations {
        // They would be alternates, too (4.2.7.2), but many readers open the last alternate for the entry.
        let (page, lang) = (links.page(other.id.as_str()), other.lang.as_str());
        link("related", "text/html", &page, Some(lang), xml);
    }
    if let Some(url) = &entry.url {
        link("via", "text/html", &links.named_by(id, url.as_str()), None, xml);
    }
    for file in item.files(links) {
        let mut attributes = vec![
            ("rel", "enclosure"),
            ("type", file.media_type),
            ("href", &*file.address),
            ("title", file.name),
        ];
        attributes.extend(file.length.as_deref().map(|length| ("length", length)));
        xml.empty("link", &attributes);
    }
}

fn author(name: &str, xml: &mut Xml) {
    xml.open("author", &[]);
    xml.leaf("name", &[], name);
    xml.close("author");
}

fn link(rel: &str, kind: &str, address: &str, lang: Option<&str>, xml: &mut Xml) {
    let mut attributes = vec![("rel", rel), ("type", kind), ("href", address)];
    attributes.extend(lang.map(|lang| ("hreflang", lang)));
    xml.empty("link", &attributes);
}
