//! What RSS and Atom say of a release, each in its own words.

use std::borrow::Cow;

use super::html;
use super::links::Links;
use super::notice::{lang, notice};
use crate::model::{Attachment, Lang, Release};
use crate::native::json::media_type;

/// The parts of an item.
pub(super) struct Item<'a> {
    /// The release.
    pub(super) release: &'a Release,
    /// Its language.
    pub(super) lang: Lang,
    /// What it is called.
    pub(super) title: &'a str,
    /// A line or two about it.
    pub(super) summary: Cow<'a, str>,
    /// Its whole text as HTML.
    pub(super) content: String,
}

impl<'a> Item<'a> {
    /// Takes a release as it may be written.
    pub(super) fn new(release: &'a Release, links: &Links<'_>) -> Self {
        let entry = &release.entry;
        let mut content = String::new();
        html::write(release, links, &mut content);
        let summary = match notice(entry) {
            Some((_, notice)) => Cow::Owned(notice),
            None if entry.decks.is_empty() => Cow::Borrowed(entry.opening.as_str()),
            None => Cow::Owned(entry.decks.join(" ")),
        };
        Self { release, lang: lang(entry), title: entry.name(), summary, content }
    }

    /// The files that can be had.
    pub(super) fn files(&self, links: &Links<'_>) -> Vec<File<'a>> {
        let entry = &self.release.entry;
        let file = |attachment: &'a Attachment| {
            Some(File {
                name: &attachment.name,
                address: links.named_by(entry.id.as_str(), attachment.url.as_ref()?.as_str()),
                media_type: media_type(attachment.kind.as_deref().unwrap_or_default()),
                length: attachment.size.as_deref().and_then(length),
            })
        };
        entry.attachments.iter().filter_map(file).collect()
    }
}

/// A file that belongs to a release.
pub(super) struct File<'a> {
    /// Its name as printed.
    pub(super) name: &'a str,
    /// Where it can be had.
    pub(super) address: String,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Its size in bytes, as exactly as it is printed.
    pub(super) length: Option<String>,
}

/// The bytes of `84 KB`, `1.2MB`, `1,204 bytes`.
fn length(printed: &str) -> Option<String> {
    let printed = printed.trim().replace(',', "");
    let (number, unit) = printed.split_at(printed.find(|c: char| !c.is_ascii_digit() && c != '.')?);
    let number: f64 = number.parse().ok()?;
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "b" | "byte" | "bytes" => 1.0,
        "k" | "kb" => 1024.0,
        "m" | "mb" => 1024.0 * 1024.0,
        "g" | "gb" => 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    let bytes = (number * factor).round();
    (bytes >= 1.0).then(|| format!("{bytes:.0}"))
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn printed_sizes_are_read() {
        let check = |printed, bytes: Option<&str>| assert_eq!(length(printed).as_deref(), bytes);
        check("84 KB", Some("86016"));
        check("1.5MB", Some("1572864"));
        check("1,204 bytes", Some("1204"));
        for none in ["", "84", "KB", "0 KB", "84 쪽", "1.2.3 MB"] {
            check(none, None);
        }
    }
}
