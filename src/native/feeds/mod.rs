//! Releases → RSS 2.0, Atom 1.0, JSON Feed 1.1 and sitemaps.
//!
//! With a site, all addresses are absolute, and the address of a release's page is its id for feed readers. Without
//! one, addresses are relative to the document in which they stand, so that a copy of the archive works anywhere: most
//! readers resolve them, but the formats ask for absolute ones, and a sitemap is of no use to a search engine then.
//! Atom demands an absolute id even so: it is a UUID made of the release's id alone.
//!
//! A withdrawn release stays in feeds with a notice in its language, so that readers who have it learn of it; nothing
//! of its text is written, and no sitemap names it.
//!
//! **Invariant:** what is written follows from the releases and the channel only: no clock, no file.

mod atom;
mod content;
mod dates;
mod html;
mod json;
mod links;
mod notice;
mod rss;
mod sitemap;
#[cfg(test)]
mod tests;
mod xml;

pub(super) use atom::atom;
pub(super) use json::json;
pub(super) use notice::{notice, without_text};
pub(super) use rss::rss;
pub(super) use sitemap::{Row, sitemap, sitemap_index};

use crate::model::Lang;

/// What a feed is of, and where it stands in the archive.
#[derive(Clone, Debug)]
pub(super) struct Channel<'a> {
    /// Where the archive is published, with `/` at its end.
    pub(super) site: Option<&'a str>,
    /// The language of all its releases, if they have one in common.
    pub(super) lang: Option<&'a Lang>,
    /// The name of what is in it: `Press Releases`.
    pub(super) title: String,
    /// The folder of the feed in the archive: empty, `ko/`, `ko/press-releases/`.
    pub(super) folder: String,
    /// The page that shows the same releases, as a path in the archive.
    pub(super) home: String,
    /// Who publishes the releases.
    pub(super) publisher: Option<&'a str>,
}

impl Channel<'_> {
    /// The title as it stands among those of other publishers.
    fn name(&self) -> String {
        match self.publisher {
            Some(publisher) if publisher != self.title => format!("{} – {publisher}", self.title),
            _ => self.title.clone(),
        }
    }

    fn links(&self) -> links::Links<'_> {
        links::Links::new(self.site, &self.folder)
    }

    /// The path of a file beside the feed.
    fn beside(&self, file: &str) -> String {
        format!("{}{file}", self.folder)
    }
}
