//! JSON Feed 1.1 for readers of feeds, which the viewer reads back without loss.

use std::borrow::Cow;
use std::rc::Rc;

use anyhow::Result;

use super::Channel;
use super::links::Links;
use super::notice::public;
use crate::model::{Lang, Release};
use crate::native::json::{Addresses, Feed};

/// Writes the feed of these releases, newest first. `next` is the path of the feed with older ones.
pub(in crate::native) fn json(
    channel: &Channel<'_>,
    releases: &[Rc<Release>],
    next: Option<&str>,
) -> Result<String> {
    let links = Links::new(channel.site, &channel.folder);
    let public: Vec<Cow<'_, Release>> = releases.iter().map(|release| public(release)).collect();
    let feed = Feed::of_releases(
        &channel.name(),
        channel.lang.map(Lang::as_str),
        public.iter().map(AsRef::as_ref),
    );
    let feed = feed.published(Addresses {
        home: links.to(&channel.home),
        own: links.to(&channel.beside("feed.json")),
        next: next.map(|path| links.to(path)),
        publisher: channel.publisher.map(str::to_owned),
        page: &|id| links.page(id),
        named: &|id, address| links.named_by(id, address),
    });
    Ok(serde_json::to_string(&feed)?)
}
