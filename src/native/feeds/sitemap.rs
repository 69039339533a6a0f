//! Sitemaps 0.9 (<https://www.sitemaps.org/protocol.html>), with the translations of each page.

use std::io::{self, Write};
use std::iter::Peekable;

use super::dates::{Moment, w3c};
use super::links::{Links, page};
use super::notice::lang;
use super::xml::Xml;
use crate::model::{Entry, Lang};

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// What search engines take of one sitemap: so many addresses, and so many bytes (50 MB, less room for the end).
const MOST: (usize, usize) = (50_000, 50 * 1024 * 1024 - 1024);

/// A page that search engines should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::native) struct Row {
    /// Its path in the archive.
    pub(in crate::native) path: String,
    /// When it last changed; a day without a time stays one.
    pub(in crate::native) modified: Option<Moment>,
    /// It and its translations, each with its language; nothing if it has none.
    pub(in crate::native) alternates: Vec<(Lang, String)>,
}

impl Row {
    /// The page of a release. `None` if it was withdrawn.
    #[cfg_attr(not(test), expect(dead_code, reason = "a build has rows before it has releases"))]
    pub(in crate::native) fn of(entry: &Entry) -> Option<Self> {
        if entry.withdrawn.is_some() {
            return None;
        }
        let path = page(entry.id.as_str());
        let mut alternates = Vec::new();
        if !entry.translations.is_empty() {
            alternates.push((lang(entry), path.clone()));
            let others = entry.translations.iter();
            alternates.extend(others.map(|other| (other.lang.clone(), page(other.id.as_str()))));
        }
        Some(Self { path, modified: entry.as_of(), alternates })
    }
}

/// Writes a sitemap in `folder`, and gives the number of its pages. It takes as many rows as one sitemap may hold:
/// those that are left are for the next one.
///
/// # Errors
/// When `out` cannot be written.
pub(in crate::native) fn sitemap(
    site: Option<&str>,
    folder: &str,
    rows: &mut Peekable<impl Iterator<Item = Row>>,
    out: &mut impl Write,
) -> io::Result<usize> {
    limited(site, folder, rows, out, MOST)
}

fn limited(
    site: Option<&str>,
    folder: &str,
    rows: &mut Peekable<impl Iterator<Item = Row>>,
    out: &mut impl Write,
    (most, most_bytes): (usize, usize),
) -> io::Result<usize> {
    let links = Links::new(site, folder);
    let mut xml = Xml::new();
    xml.open("urlset", &[NAMESPACE, ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")]);
    out.write_all(xml.as_str().as_bytes())?;
    let (mut count, mut bytes) = (0, xml.as_str().len());
    while count < most {
        let Some(row) = rows.peek() else { break };
        xml.clear();
        url(row, &links, &mut xml);
        // One row is always written, so that a caller who goes on until nothing is left comes to an end.
        if count > 0 && bytes + xml.as_str().len() > most_bytes {
            break;
        }
        out.write_all(xml.as_str().as_bytes())?;
        bytes += xml.as_str().len();
        count += 1;
        rows.next();
    }
    xml.clear();
    xml.close("urlset");
    out.write_all(xml.as_str().as_bytes())?;
    Ok(count)
}

fn url(row: &Row, links: &Links<'_>, xml: &mut Xml) {
    xml.open("url", &[]);
    xml.leaf("loc", &[], &links.to(&row.path));
    if let Some(modified) = row.modified {
        xml.leaf("lastmod", &[], &w3c(modified));
    }
    for (lang, path) in &row.alternates {
        let address = links.to(path);
        xml.empty(
            "xhtml:link",
            &[("rel", "alternate"), ("hreflang", lang.as_str()), ("href", &address)],
        );
    }
    xml.close("url");
}

/// Writes the sitemap of sitemaps, at the top of the archive: each by its path, and when a page in it last changed.
pub(in crate::native) fn sitemap_index(
    site: Option<&str>,
    maps: &[(String, Option<Moment>)],
) -> String {
    let links = Links::new(site, "");
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[NAMESPACE]);
    for (path, modified) in maps {
        xml.open("sitemap", &[]);
        xml.leaf("loc", &[], &links.to(path));
        if let Some(modified) = modified {
            xml.leaf("lastmod", &[], &w3c(*modified));
        }
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.finish()
}
