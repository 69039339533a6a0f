//! Releases → JSON Feed 1.1. The counterpart of the reader's `json_feed`.

use serde::Serialize;
use serde_json::{Value, json};

use super::feeds::notice;
use crate::model::{
    Attachment, Block, Cell, Content, Entry, Neighbour, Release, Table, Withdrawal,
};

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
        Self::new(title, language, releases.into_iter().map(release).collect())
    }

    /// A feed for lists: all but the text.
    pub(super) fn of_entries<'a>(
        title: &str,
        language: Option<&str>,
        entries: impl IntoIterator<Item = &'a Entry>,
    ) -> Self {
        Self::new(title, language, entries.into_iter().map(entry).collect())
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

/// A release with its text as an item.
pub(super) fn release(release: &Release) -> Value {
    let text: Vec<String> = release
        .blocks
        .iter()
        .map(|block| match &block.marker {
            Some(marker) => format!("{marker} {}", block.plain_text()),
            None => block.plain_text(),
        })
        .collect();
    let mut ours = members(&release.entry);
    let licence = release.licence.as_ref();
    for (name, value) in [
        ("masthead", json!(release.masthead)),
        ("translation_notice", json!(release.translation_notice)),
        ("end_mark", json!(release.end_mark)),
        ("blocks", Value::Array(release.blocks.iter().map(block).collect())),
        ("contacts", json!(release.contacts)),
        ("licence", json!(licence.map(|licence| &licence.code))),
        ("licence_text", json!(licence.map(|licence| &licence.text))),
    ] {
        ours.insert(name.to_owned(), value);
    }
    for (name, neighbour) in [("older", &release.older), ("newer", &release.newer)] {
        if let Some(Neighbour { id, name: words }) = neighbour {
            ours.insert(name.to_owned(), json!({"id": id.as_str(), "name": words}));
        }
    }
    let text = match notice(&release.entry) {
        Some((_, notice)) if release.blocks.is_empty() => notice,
        _ => text.join("\n\n"),
    };
    item(&release.entry, &text, ours)
}

/// All but the text as an item.
pub(super) fn entry(entry: &Entry) -> Value {
    item(entry, &entry.opening, members(entry))
}

/// The standard members (JSON Feed 1.1, “Items”), with ours behind them.
fn item(entry: &Entry, text: &str, ours: serde_json::Map<String, Value>) -> Value {
    let time = entry.time.map_or_else(|| "00:00:00".to_owned(), |time| time.to_string());
    let mut item = serde_json::Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            item.insert(name.to_owned(), value);
        }
    };
    put("id", json!(entry.id.as_str()));
    put("url", json!(entry.url.as_ref().map(ToString::to_string)));
    // A reader of the contract asks for the title also where there is none.
    item.insert("title".to_owned(), json!(entry.title));
    item.insert("language".to_owned(), json!(entry.lang.as_ref().map(ToString::to_string)));
    item.insert("content_text".to_owned(), json!(text));
    if let Some(date) = entry.date {
        item.insert("date_published".to_owned(), json!(format!("{date}T{time}+09:00")));
    }
    if let Some((date, time)) = entry.modified {
        item.insert("date_modified".to_owned(), json!(format!("{date}T{time}+09:00")));
    }
    let files: Vec<Value> = entry.attachments.iter().filter_map(standard_attachment).collect();
    if !files.is_empty() {
        item.insert("attachments".to_owned(), Value::Array(files));
    }
    item.insert("_release".to_owned(), Value::Object(ours));
    Value::Object(item)
}

/// JSON Feed wants an address and a media type; what has none is only in our own list.
fn standard_attachment(attachment: &Attachment) -> Option<Value> {
    let media_type = media_type(attachment.kind.as_deref()?);
    Some(
        json!({"url": attachment.url.as_ref()?.as_str(), "mime_type": media_type, "title": attachment.name}),
    )
}

/// The media type of a kind of file.
pub(super) fn media_type(kind: &str) -> &'static str {
    match kind {
        "PDF" => "application/pdf",
        "HWP" => "application/x-hwp",
        "HWPX" => "application/hwp+zip",
        "JPG" | "JPEG" => "image/jpeg",
        "PNG" => "image/png",
        "ZIP" => "application/zip",
        _ => "application/octet-stream",
    }
}

fn members(entry: &Entry) -> serde_json::Map<String, Value> {
    let files: Vec<Value> = entry
        .attachments
        .iter()
        .map(|file| {
            json!({"label": file.label, "name": file.name, "kind": file.kind, "size": file.size,
                "url": file.url.as_ref().map(ToString::to_string)})
        })
        .collect();
    let translations: Vec<Value> = entry
        .translations
        .iter()
        .map(|other| json!({"language": other.lang.as_str(), "id": other.id.as_str()}))
        .collect();
    let value = json!({
        "section": entry.section.as_ref().map(|section| &section.name),
        "section_id": entry.section.as_ref().map(|section| section.id.as_str()),
        "date": entry.date.map(|date| date.to_string()),
        "time": entry.time.map(|time| time.to_string()),
        "views": entry.views,
        "department": entry.department,
        "deck": entry.decks,
        "attachments": entry.attachments.iter().map(|file| &file.name).collect::<Vec<_>>(),
        "files": files,
        "translations": translations,
        "unofficial_translation": entry.unofficial_translation,
        "opening": entry.opening,
    });
    let Value::Object(mut members) = value else { return serde_json::Map::new() };
    if let Some(Withdrawal { date, reason }) = &entry.withdrawn {
        let value = json!({"date": date.map(|date| date.to_string()), "reason": reason});
        members.insert("withdrawn".to_owned(), value);
    }
    members
}

fn block(block: &Block) -> Value {
    let (kind, mut value) = match &block.content {
        Content::Paragraph { level, .. } => ("paragraph", json!({"level": level.number()})),
        Content::Heading(_) => ("heading", json!({})),
        Content::Note(_) => ("note", json!({})),
        Content::Footnote(_) => ("footnote", json!({})),
        Content::Question(_) => ("question", json!({})),
        Content::Answer(_) => ("answer", json!({})),
        Content::Quote(_) => ("quote", json!({})),
        Content::List(items) => (
            "list",
            json!({"items": items.iter().map(crate::model::Text::plain).collect::<Vec<_>>()}),
        ),
        Content::Figure(figure) => (
            "figure",
            json!({"url": figure.url.as_ref().map(ToString::to_string), "alternative": figure.alternative}),
        ),
        Content::Table(table) => ("table", table_value(table)),
    };
    value["kind"] = json!(kind);
    value["id"] = json!(block.id);
    value["marker"] = json!(block.marker);
    if !matches!(block.content, Content::Table(_) | Content::List(_)) {
        value["text"] = json!(block.plain_text());
    }
    value
}

fn table_value(table: &Table) -> Value {
    let cell = |cell: &Cell| match (cell.columns, cell.rows) {
        (1, 1) => json!(cell.text),
        (columns, rows) => json!({"text": cell.text, "columns": columns, "rows": rows}),
    };
    let rows: Vec<Vec<Value>> =
        table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    json!({"caption": table.caption, "header_rows": table.header_rows, "header_columns": table.header_columns, "rows": rows})
}
