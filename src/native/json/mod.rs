//! Releases → JSON Feed 1.1. The counterpart of the reader's `json_feed`.

mod item;

use serde::Serialize;
use serde_json::{Value, json};

pub(super) use self::item::{Item, media_type};
use crate::model::{Entry, Release};

/// A feed of whole releases, or of entries without their text.
#[derive(Serialize)]
pub(super) struct Feed {
    version: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authors: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    items: Vec<Value>,
}

/// What readers of a published feed want to know of it.
pub(super) struct Addresses<'a> {
    /// The page that shows the same releases.
    pub(super) home: String,
    /// The feed itself.
    pub(super) own: String,
    /// The feed with older releases.
    pub(super) next: Option<String>,
    /// Who publishes.
    pub(super) publisher: Option<String>,
    /// The page of the release with an id.
    pub(super) page: &'a dyn Fn(&str) -> String,
    /// What the release with an id names by an address.
    pub(super) named: &'a dyn Fn(&str, &str) -> String,
}

impl Feed {
    /// A feed with the text of each release.
    pub(super) fn of_releases<'a>(
        title: &str,
        language: Option<&str>,
        releases: impl IntoIterator<Item = &'a Release>,
    ) -> Self {
        Self::new(
            title,
            language,
            releases.into_iter().map(|release| value(&Item::of(release))).collect(),
        )
    }

    /// The feed with its addresses. Each item leads to our page then; the page that a release came from, which the
    /// viewer shows, stands among our own members.
    pub(super) fn published(mut self, addresses: Addresses<'_>) -> Self {
        for item in &mut self.items {
            let Some(id) = item["id"].as_str().map(str::to_owned) else { continue };
            let files = item.get_mut("attachments").and_then(Value::as_array_mut);
            for file in files.into_iter().flatten() {
                if let Some(address) = file["url"].as_str() {
                    file["url"] = json!((addresses.named)(&id, address));
                }
            }
            let source = item["url"].take();
            item["url"] = json!((addresses.page)(&id));
            item["_release"]["url"] = source;
        }
        Self {
            home_page_url: Some(addresses.home),
            feed_url: Some(addresses.own),
            next_url: addresses.next,
            authors: addresses.publisher.map(|name| json!([{"name": name}])),
            ..self
        }
    }

    fn new(title: &str, language: Option<&str>, items: Vec<Value>) -> Self {
        Self {
            version: "https://jsonfeed.org/version/1.1",
            title: title.to_owned(),
            home_page_url: None,
            feed_url: None,
            next_url: None,
            authors: None,
            language: language.map(str::to_owned),
            items,
        }
    }
}

/// A feed whose items are written already.
pub(super) fn document<'a>(
    title: &str,
    language: Option<&str>,
    items: impl IntoIterator<Item = &'a str>,
) -> serde_json::Result<String> {
    let mut text = serde_json::to_string(&Feed::new(title, language, Vec::new()))?;
    text.truncate(text.len() - "]}".len());
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(item);
    }
    text.push_str("]}");
    Ok(text)
}

/// The item of a [`document`] that holds one.
pub(super) fn only_item(document: &str) -> Option<&str> {
    // No title can hold these signs: a quote in it is escaped.
    let (_, items) = document.split_once(",\"items\":[")?;
    items.strip_suffix("]}")
}

/// The item of a release.
pub(super) fn release_item(of: &Release) -> serde_json::Result<String> {
    serde_json::to_string(&Item::of(of))
}

/// The item of a release in the data of its page.
pub(super) fn page_item(of: &Release) -> serde_json::Result<String> {
    serde_json::to_string(&Item::of_page(of))
}

/// A [`release_item`] in two parts, which together are the [`page_item`]: to cut costs less than to write it again.
pub(super) fn page_parts(item: &str) -> Option<(&str, &str)> {
    const NAME: &str = ",\"content_text\":\"";
    // No text before it can hold these signs: a quote in it is escaped.
    let (before, rest) = item.split_once(NAME)?;
    let mut bytes = rest.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some((before, rest.get(at + 1..)?)),
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
    None
}

/// The item of a release without its text.
pub(super) fn entry_item(entry: &Entry) -> serde_json::Result<String> {
    serde_json::to_string(&Item::without_text(entry))
}

/// An item as a tree. It has only names that are text, so that nothing can fail.
fn value(item: &Item<'_>) -> Value {
    serde_json::to_value(item).unwrap_or_default()
}
