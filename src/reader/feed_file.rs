//! A JSON Feed that was saved as a file, by us or by others → releases, with what the browser does without.
//!
//! The viewer loads feeds that we wrote, where all of this is known. A file from elsewhere may name its language once
//! for all items, have files in the standard place only, or no plain text.

use super::json::{self, Json};
use super::json_feed::{items, release};
use super::{Error, Problem, language, plain};
use crate::model::{Attachment, Block, Lang, Release, Url};

/// What a feed holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedFile {
    /// The releases, in the order of the feed.
    pub items: Vec<FeedItem>,
    /// What was left out.
    pub problems: Vec<Problem>,
}

/// A release in a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedItem {
    /// The release.
    pub release: Release,
    /// The name that it shares with its translations (`_release.translation_key`).
    pub translation_key: Option<String>,
}

/// Reads a feed. Of an item that is not ours language, opening and files are told as of a plain text.
///
/// # Errors
/// When the text is not JSON, or no feed.
pub fn read_feed_file(text: &str) -> Result<FeedFile, Error> {
    let feed = json::parse(text)?;
    let common = feed.get("language").and_then(Json::text).and_then(Lang::parse);
    let mut found = FeedFile::default();
    for (index, item) in items(&feed)?.iter().enumerate() {
        let mut problem = |code, message: &str| {
            let id = item.get("id").and_then(Json::text).unwrap_or("without an id");
            let message = format!("item {} ({id}): {message}", index + 1);
            found.problems.push(Problem { line: 1, code, message });
        };
        let Some(mut release) = release(item) else {
            problem("item-without-id", "it is left out; expected “id” with a name");
            continue;
        };
        let ours = item.get("_release").filter(|ours| **ours != Json::Null);
        let withdrawn = release.entry.withdrawn.is_some();
        if ours.is_some_and(|ours| ours.get("blocks").is_none()) && !withdrawn {
            // The lists of an archive are such feeds: what they name stands whole in `releases`.
            problem(
                "item-without-text",
                "an entry of a list, which is left out; expected “blocks”",
            );
            continue;
        }
        if ours.is_none() {
            if release.blocks.is_empty() && item.get("content_html").is_some() {
                problem(
                    "html-left-out",
                    "its text is HTML, which is left out; expected “content_text”",
                );
            }
            release.entry.attachments = attachments(item);
        }
        let entry = &mut release.entry;
        entry.lang = entry.lang.take().or_else(|| common.clone());
        if entry.lang.is_none() {
            let texts = release.blocks.iter().map(Block::plain_text);
            let words = entry.title.iter().cloned().chain(entry.decks.iter().cloned()).chain(texts);
            entry.lang = language::detect(&words.collect::<Vec<_>>().join(" "));
        }
        if entry.opening.is_empty() {
            entry.opening = plain::opening(&release.blocks);
        }
        let key = ours.and_then(|ours| ours.get("translation_key")).and_then(Json::text);
        found.items.push(FeedItem { release, translation_key: key.map(str::to_owned) });
    }
    Ok(found)
}

/// The files of an item in the standard form (JSON Feed 1.1, “Attachments”).
fn attachments(item: &Json<'_>) -> Vec<Attachment> {
    let files = item.get("attachments").map_or(&[][..], Json::items).iter();
    let attachment = |json: &Json<'_>| {
        let address = json.get("url").and_then(Json::text)?;
        let last = address.rsplit('/').next().unwrap_or(address);
        let name = json.get("title").and_then(Json::text).unwrap_or(last);
        let media_type = json.get("mime_type").and_then(Json::text).unwrap_or_default();
        let kind = plain::kind_of_file(last)
            .or_else(|| plain::kind_of_file(name))
            .or_else(|| media_type.rsplit('/').next().map(str::to_ascii_uppercase))
            .filter(|kind| !kind.is_empty());
        let size = json.get("size_in_bytes").and_then(Json::whole);
        Some(Attachment {
            label: None,
            name: name.to_owned(),
            kind,
            size: size.map(|size| format!("{} KB", size.div_ceil(1000))),
            url: Url::parse(address),
        })
    };
    files.filter_map(attachment).collect()
}

#[cfg(test)]
mod tests {
    use super::read_feed_file;

    #[test]
    fn a_feed_of_others_is_read() {
        let found = read_feed_file(
            r#"{"version": "https://jsonfeed.org/version/1.1", "items": [
                {"id": 7, "content_text": "정부는 회담을 열었다.\n다음 회담은 5월이다.",
                 "attachments": [{"url": "https://example.kr/f/a.pdf", "mime_type": "application/pdf", "size_in_bytes": 1200}]},
                {"id": "b", "language": "fr", "content_html": "<p>Oui</p>"},
                {"title": "no id"},
                {"id": "c", "_release": {"section": "News"}},
                {"id": "d", "_release": {"blocks": [], "translation_key": "x"}}]}"#,
        )
        .unwrap();
        let first = &found.items[0].release;
        assert_eq!(first.entry.lang.as_ref().map(crate::model::Lang::as_str), Some("ko"));
        assert_eq!(first.entry.opening, "정부는 회담을 열었다.");
        assert!(first.entry.section.is_none());
        let file = &first.entry.attachments[0];
        assert_eq!((file.name.as_str(), file.kind.as_deref()), ("a.pdf", Some("PDF")));
        assert_eq!(file.size.as_deref(), Some("2 KB"));
        let ids: Vec<_> =
            found.items.iter().map(|item| item.release.entry.id.to_string()).collect();
        assert_eq!(ids, ["7", "b", "d"]);
        assert_eq!(found.items[2].translation_key.as_deref(), Some("x"));
        let codes: Vec<_> = found.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["html-left-out", "item-without-id", "item-without-text"]);
    }

    #[test]
    fn the_language_of_a_feed_is_that_of_its_items() {
        let text = r#"{"language": "en-GB", "items": [{"id": "a", "content_text": "회담"}]}"#;
        let found = read_feed_file(text).unwrap();
        let lang = found.items[0].release.entry.lang.clone();
        assert_eq!(lang, crate::model::Lang::parse("en-GB"));
    }
}
