//! One release as an item of a feed. It is written without a tree in between: that took a third of a build.

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::model::{
    Attachment, Block, Cell, Content, Date, Entry, Neighbour, Release, Table, Time, Withdrawal,
};
use crate::native::feeds::notice;

/// The standard members (JSON Feed 1.1, “Items”), with ours behind them.
#[derive(Serialize)]
pub(in crate::native) struct Item<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    // A reader of the contract asks for the title also where there is none.
    title: Option<&'a str>,
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<Shown<Words<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<Shown<Moment>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<Shown<Moment>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Standard<'a>>,
    _release: Ours<'a>,
}

impl<'a> Item<'a> {
    /// A release with its text.
    pub(in crate::native) fn of(release: &'a Release) -> Self {
        let words = match notice(&release.entry) {
            Some((_, notice)) if release.blocks.is_empty() => Words::Line(Cow::Owned(notice)),
            _ => Words::Blocks(&release.blocks),
        };
        Self::new(&release.entry, Some(words), Some(release))
    }

    /// For lists: all but the text.
    pub(in crate::native) fn without_text(entry: &'a Entry) -> Self {
        Self::new(entry, Some(Words::Line(Cow::Borrowed(&entry.opening))), None)
    }

    /// A release in the data of its page: the text once, in its blocks.
    pub(in crate::native) fn of_page(release: &'a Release) -> Self {
        Self::new(&release.entry, None, Some(release))
    }

    /// An entry in the data of a list's page.
    pub(in crate::native) fn of_list_page(entry: &'a Entry) -> Self {
        Self::new(entry, None, None)
    }

    fn new(entry: &'a Entry, words: Option<Words<'a>>, text: Option<&'a Release>) -> Self {
        Self {
            id: entry.id.as_str(),
            url: entry.url.as_ref().map(crate::model::Url::as_str),
            title: entry.title.as_deref(),
            language: entry.lang.as_ref().map(crate::model::Lang::as_str),
            content_text: words.map(Shown),
            date_published: entry.date.map(|date| Shown(Moment(date, entry.time))),
            date_modified: entry.modified.map(|(date, time)| Shown(Moment(date, Some(time)))),
            attachments: entry.attachments.iter().filter_map(Standard::of).collect(),
            _release: Ours::of(entry, text),
        }
    }
}

/// What is written as the text that it shows as.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The text of an item.
enum Words<'a> {
    Line(Cow<'a, str>),
    Blocks(&'a [Block]),
}

impl Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let blocks = match self {
            Self::Line(line) => return f.write_str(line),
            Self::Blocks(blocks) => blocks,
        };
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            if let Some(marker) = &block.marker {
                f.write_str(marker)?;
                f.write_str(" ")?;
            }
            f.write_str(&block.plain_text())?;
        }
        Ok(())
    }
}

/// A moment in Seoul, as RFC 3339 writes it.
struct Moment(Date, Option<Time>);

impl Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(time) => write!(f, "{}T{time}+09:00", self.0),
            None => write!(f, "{}T00:00:00+09:00", self.0),
        }
    }
}

/// JSON Feed wants an address and a media type; what has none is only in our own list.
#[derive(Serialize)]
struct Standard<'a> {
    url: &'a str,
    mime_type: &'static str,
    title: &'a str,
}

impl<'a> Standard<'a> {
    fn of(attachment: &'a Attachment) -> Option<Self> {
        let mime_type = media_type(attachment.kind.as_deref()?);
        Some(Self { url: attachment.url.as_ref()?.as_str(), mime_type, title: &attachment.name })
    }
}

/// The media type of a kind of file.
pub(in crate::native) fn media_type(kind: &str) -> &'static str {
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

/// Our own members.
#[derive(Serialize)]
struct Ours<'a> {
    section: Option<&'a str>,
    section_id: Option<&'a str>,
    date: Option<Shown<Date>>,
    time: Option<Shown<Time>>,
    views: Option<u64>,
    department: Option<&'a str>,
    deck: &'a [String],
    attachments: Vec<&'a str>,
    files: Vec<File<'a>>,
    translations: Vec<Translation<'a>>,
    unofficial_translation: bool,
    opening: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<Withdrawn<'a>>,
    #[serde(flatten)]
    text: Option<Text<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    label: Option<&'a str>,
    name: &'a str,
    kind: Option<&'a str>,
    size: Option<&'a str>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Translation<'a> {
    language: &'a str,
    id: &'a str,
}

#[derive(Serialize)]
struct Withdrawn<'a> {
    date: Option<Shown<Date>>,
    reason: Option<&'a str>,
}

/// The members of a release that a list does not need.
#[derive(Serialize)]
struct Text<'a> {
    masthead: &'a [String],
    translation_notice: Option<&'a str>,
    end_mark: Option<&'a str>,
    blocks: Vec<Part<'a>>,
    contacts: &'a [String],
    licence: Option<&'a str>,
    licence_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    older: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    newer: Option<Named<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
}

impl<'a> Named<'a> {
    fn of(Neighbour { id, name }: &'a Neighbour) -> Self {
        Self { id: id.as_str(), name }
    }
}

impl<'a> Ours<'a> {
    fn of(entry: &'a Entry, text: Option<&'a Release>) -> Self {
        let file = |file: &'a Attachment| File {
            label: file.label.as_deref(),
            name: &file.name,
            kind: file.kind.as_deref(),
            size: file.size.as_deref(),
            url: file.url.as_ref().map(crate::model::Url::as_str),
        };
        let translation = |other: &'a crate::model::Translation| Translation {
            language: other.lang.as_str(),
            id: other.id.as_str(),
        };
        let withdrawn = |Withdrawal { date, reason }: &'a Withdrawal| Withdrawn {
            date: date.map(Shown),
            reason: reason.as_deref(),
        };
        Self {
            section: entry.section.as_ref().map(|section| section.name.as_str()),
            section_id: entry.section.as_ref().map(|section| section.id.as_str()),
            date: entry.date.map(Shown),
            time: entry.time.map(Shown),
            views: entry.views,
            department: entry.department.as_deref(),
            deck: &entry.decks,
            attachments: entry.attachments.iter().map(|file| file.name.as_str()).collect(),
            files: entry.attachments.iter().map(file).collect(),
            translations: entry.translations.iter().map(translation).collect(),
            unofficial_translation: entry.unofficial_translation,
            opening: &entry.opening,
            withdrawn: entry.withdrawn.as_ref().map(withdrawn),
            text: text.map(|release| Text {
                masthead: &release.masthead,
                translation_notice: release.translation_notice.as_deref(),
                end_mark: release.end_mark.as_deref(),
                blocks: release.blocks.iter().map(Part).collect(),
                contacts: &release.contacts,
                licence: release.licence.as_ref().and_then(|licence| licence.code.as_deref()),
                licence_text: release.licence.as_ref().map(|licence| licence.text.as_str()),
                older: release.older.as_ref().map(Named::of),
                newer: release.newer.as_ref().map(Named::of),
            }),
        }
    }
}

/// A block: each kind has members of its own.
struct Part<'a>(&'a Block);

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let block = self.0;
        let mut map = serializer.serialize_map(None)?;
        let kind = match &block.content {
            Content::Paragraph { level, .. } => {
                map.serialize_entry("level", &level.number())?;
                "paragraph"
            }
            Content::Heading(_) => "heading",
            Content::Note(_) => "note",
            Content::Footnote(_) => "footnote",
            Content::Question(_) => "question",
            Content::Answer(_) => "answer",
            Content::Quote(_) => "quote",
            Content::List(items) => {
                let items: Vec<String> = items.iter().map(crate::model::Text::plain).collect();
                map.serialize_entry("items", &items)?;
                "list"
            }
            Content::Figure(figure) => {
                map.serialize_entry("url", &figure.url.as_ref().map(crate::model::Url::as_str))?;
                map.serialize_entry("alternative", &figure.alternative)?;
                "figure"
            }
            Content::Table(table) => {
                table_members(table, &mut map)?;
                "table"
            }
        };
        map.serialize_entry("kind", kind)?;
        map.serialize_entry("id", &block.id)?;
        map.serialize_entry("marker", &block.marker)?;
        if !matches!(block.content, Content::Table(_) | Content::List(_)) {
            map.serialize_entry("text", &block.plain_text())?;
        }
        map.end()
    }
}

fn table_members<M: SerializeMap>(table: &Table, map: &mut M) -> Result<(), M::Error> {
    map.serialize_entry("caption", &table.caption)?;
    map.serialize_entry("header_rows", &table.header_rows)?;
    map.serialize_entry("header_columns", &table.header_columns)?;
    let rows: Vec<Vec<Place<'_>>> =
        table.rows.iter().map(|row| row.iter().map(Place::of).collect()).collect();
    map.serialize_entry("rows", &rows)
}

/// A cell is a text, or an object where it covers more than one place.
#[derive(Serialize)]
#[serde(untagged)]
enum Place<'a> {
    One(&'a str),
    More { text: &'a str, columns: usize, rows: usize },
}

impl<'a> Place<'a> {
    fn of(Cell { text, columns, rows }: &'a Cell) -> Self {
        match (*columns, *rows) {
            (1, 1) => Self::One(text),
            (columns, rows) => Self::More { text, columns, rows },
        }
    }
}
