//! JSON Feed 1.1 with our `_release` object → releases; and the table of contents of an archive.
//!
//! The same form is what `release-viewer read` prints, what an archive holds and what the viewer loads
//! (<https://www.jsonfeed.org/version/1.1/>; extensions begin with `_`).

use super::json::{self, Json};
use super::{Error, Problem, Reading};
use crate::model::{
    Archive, Attachment, Block, Board, Cell, Content, Date, Entry, Figure, Lang, Level, Licence,
    Neighbour, Release, Section, SectionCount, Slug, Table, Text, Time, Translation, Url,
    Withdrawal, in_seoul,
};

/// The version of `archive.json` that is written and read.
pub const ARCHIVE_VERSION: u64 = 2;

/// Reads a feed. An item without an id is left out with a problem; every other member may be missing.
///
/// # Errors
/// When the text is not JSON, or no feed.
pub fn read_feed(text: &str) -> Result<Reading, Error> {
    let feed = json::parse(text)?;
    let mut reading = Reading::default();
    for (index, item) in items(&feed)?.iter().enumerate() {
        match release(item) {
            Some(release) => reading.releases.push(release),
            None => reading.problems.push(Problem {
                line: 1,
                code: "item-without-id",
                message: format!("item {} of the feed has no id and is left out", index + 1),
            }),
        }
    }
    Ok(reading)
}

/// The items of a feed, or that it is none.
pub(super) fn items<'a>(feed: &'a Json<'a>) -> Result<&'a [Json<'a>], Error> {
    let items = feed.get("items").ok_or(Error::Shape("a JSON Feed; expected “items”"))?;
    Ok(items.items())
}

/// Reads an archive's table of contents.
///
/// # Errors
/// When the text is not JSON, or no archive of [`ARCHIVE_VERSION`].
pub fn read_archive(text: &str) -> Result<Archive, Error> {
    let json = json::parse(text)?;
    if json.get("version").and_then(Json::whole) != Some(ARCHIVE_VERSION) {
        return Err(Error::Shape("an archive of version 2; expected “version”: 2"));
    }
    let piece = json.get("piece").and_then(count).filter(|piece| *piece > 0);
    let piece = piece.ok_or(Error::Shape("an archive; expected “piece”: the releases in one"))?;
    // The roots of the index are the affair of what searches in it.
    let searchable = matches!(json.get("search"), Some(Json::Object(_)));
    Ok(Archive { boards: all(&json, "languages", board), piece, counted: true, searchable })
}

/// What a prerendered page holds: the sections of the archive, and the releases or entries that it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The archive, not counted.
    pub archive: Archive,
    /// Where the page is a list: number of releases in all of its pages.
    pub total: Option<usize>,
    /// The release, or the entries of the list.
    pub releases: Vec<Release>,
}

/// Reads the data of a prerendered page.
///
/// # Errors
/// When the text is not JSON, or no such data of [`ARCHIVE_VERSION`].
pub fn read_page(text: &str) -> Result<Page, Error> {
    let json = json::parse(text)?;
    if json.get("version").and_then(Json::whole) != Some(ARCHIVE_VERSION) {
        return Err(Error::Shape("data of a page; expected “version”: 2"));
    }
    let boards = all(&json, "languages", board);
    let archive = Archive { boards, piece: 1, ..Archive::default() };
    let releases = all(&json, "items", release);
    if archive.boards.is_empty() || releases.is_empty() {
        return Err(Error::Shape("data of a page; expected “languages” and “items”"));
    }
    Ok(Page { archive, total: json.get("total").and_then(count), releases })
}

fn board(json: &Json<'_>) -> Option<Board> {
    let section = |json: &Json<'_>| {
        let count = json.get("count").and_then(count).unwrap_or_default();
        Some(SectionCount { section: section(json, "id", "name")?, count })
    };
    Some(Board {
        lang: Lang::parse(json.get("language")?.text()?)?,
        sections: all(json, "sections", section),
        departments: strings(json, "departments"),
    })
}

pub(super) fn count(json: &Json<'_>) -> Option<usize> {
    json.whole().and_then(|count| usize::try_from(count).ok())
}

pub(super) fn section(json: &Json<'_>, id: &str, name: &str) -> Option<Section> {
    let id = Slug::parse(json.get(id)?.text()?)?;
    Some(Section { id, name: owned(json, name)? })
}

pub(super) fn owned(json: &Json<'_>, name: &str) -> Option<String> {
    json.get(name)?.text().map(str::to_owned)
}

pub(super) fn strings(json: &Json<'_>, name: &str) -> Vec<String> {
    all(json, name, |item| item.text().map(str::to_owned))
}

pub(super) fn all<T>(
    json: &Json<'_>,
    name: &str,
    mut read: impl FnMut(&Json<'_>) -> Option<T>,
) -> Vec<T> {
    // Not collected: that costs a few hundred bytes of wasm for each kind of item.
    let mut found = Vec::new();
    for item in json.get(name).map_or(&[][..], Json::items) {
        if let Some(item) = read(item) {
            found.push(item);
        }
    }
    found
}

/// Reads one item. `None` if it has no id.
pub(super) fn release(item: &Json<'_>) -> Option<Release> {
    let id = Slug::escaped(item.get("id")?.text()?)?;
    let ours = item.get("_release").unwrap_or(&Json::Null);
    let url = |json: &Json<'_>| Url::parse(json.get("url")?.text()?);
    let date =
        |json: &Json<'_>, name| json.get(name).and_then(Json::text).and_then(Date::parse_iso);
    let moment = |name| item.get(name).and_then(Json::text).and_then(in_seoul);
    let published = moment("date_published");
    let neighbour = |name| {
        let json = ours.get(name)?;
        Some(Neighbour { id: Slug::parse(json.get("id")?.text()?)?, name: owned(json, "name")? })
    };
    let withdrawn = ours
        .get("withdrawn")
        .filter(|json| !matches!(json, Json::Null | Json::Bool(false)))
        .map(|json| Withdrawal { date: date(json, "date"), reason: owned(json, "reason") });
    let translation = |json: &Json<'_>| {
        Some(Translation {
            lang: Lang::parse(json.get("language")?.text()?)?,
            id: Slug::parse(json.get("id")?.text()?)?,
        })
    };
    let licence = |ours: &Json<'_>| {
        Some(Licence { code: owned(ours, "licence"), text: owned(ours, "licence_text")? })
    };
    let entry = Entry {
        id,
        title: owned(item, "title"),
        lang: item.get("language").and_then(Json::text).and_then(Lang::parse),
        section: section(ours, "section_id", "section"),
        date: date(ours, "date")
            .or(published.map(|(date, _)| date))
            .or_else(|| date(item, "date_published")),
        time: match ours {
            Json::Null => published.map(|(_, time)| time),
            ours => ours.get("time").and_then(Json::text).and_then(Time::parse_iso),
        },
        modified: moment("date_modified"),
        withdrawn,
        views: ours.get("views").and_then(Json::whole),
        department: owned(ours, "department"),
        decks: strings(ours, "deck"),
        attachments: all(ours, "files", attachment),
        translations: all(ours, "translations", translation),
        unofficial_translation: ours.get("unofficial_translation") == Some(&Json::Bool(true)),
        // A feed leads to our page, and tells apart from it where that came from.
        url: url(if ours.get("url").is_some() { ours } else { item }),
        opening: owned(ours, "opening").unwrap_or_default(),
    };
    Some(Release {
        entry,
        masthead: strings(ours, "masthead"),
        translation_notice: owned(ours, "translation_notice"),
        blocks: if ours == &Json::Null { paragraphs(item) } else { all(ours, "blocks", block) },
        contacts: strings(ours, "contacts"),
        licence: licence(ours),
        end_mark: owned(ours, "end_mark"),
        older: neighbour("older"),
        newer: neighbour("newer"),
    })
}

/// The paragraphs of a feed that is not ours, one per line.
fn paragraphs(item: &Json<'_>) -> Vec<Block> {
    let text = item.get("content_text").or_else(|| item.get("summary")).and_then(Json::text);
    let lines = text.unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty());
    let paragraph = |line| Content::Paragraph { level: Level::One, text: Text::from(line) };
    let block = |(index, line)| Block {
        id: format!("p+{}", index + 1),
        marker: None,
        content: paragraph(line),
    };
    lines.enumerate().map(block).collect()
}

fn attachment(json: &Json<'_>) -> Option<Attachment> {
    Some(Attachment {
        label: owned(json, "label"),
        name: owned(json, "name")?,
        kind: owned(json, "kind"),
        size: owned(json, "size"),
        url: json.get("url").and_then(Json::text).and_then(Url::parse),
    })
}

fn block(json: &Json<'_>) -> Option<Block> {
    let text = || json.get("text").and_then(Json::text).map(Text::from).unwrap_or_default();
    let content = match json.get("kind")?.text()? {
        "paragraph" => {
            let level = match json.get("level").and_then(Json::whole) {
                Some(2) => Level::Two,
                Some(3) => Level::Three,
                _ => Level::One,
            };
            Content::Paragraph { level, text: text() }
        }
        "heading" => Content::Heading(text()),
        "note" => Content::Note(text()),
        "footnote" => Content::Footnote(text()),
        "question" => Content::Question(text()),
        "answer" => Content::Answer(text()),
        "quote" => Content::Quote(text()),
        "figure" => Content::Figure(Figure {
            url: json.get("url").and_then(Json::text).and_then(Url::parse),
            alternative: owned(json, "alternative"),
            caption: text(),
        }),
        "list" => Content::List(
            strings(json, "items").iter().map(|item| Text::from(item.as_str())).collect(),
        ),
        "table" => Content::Table(table(json)),
        _ => return None,
    };
    Some(Block { id: owned(json, "id")?, marker: owned(json, "marker"), content })
}

/// A cell is a text, or an object where it covers more than one place.
fn table(json: &Json<'_>) -> Table {
    let number = |json: &Json<'_>, name| {
        json.get(name).and_then(Json::whole).and_then(|number| usize::try_from(number).ok())
    };
    let cell = |json: &Json<'_>| {
        let span = |name| number(json, name).unwrap_or(1).clamp(1, 1000);
        let text =
            json.text().map_or_else(|| owned(json, "text").unwrap_or_default(), str::to_owned);
        Cell { text, columns: span("columns"), rows: span("rows") }
    };
    let rows = json.get("rows").map_or(&[][..], Json::items);
    Table {
        caption: owned(json, "caption"),
        header_rows: number(json, "header_rows").unwrap_or(0),
        header_columns: number(json, "header_columns").unwrap_or(0),
        rows: rows.iter().map(|row| row.items().iter().map(cell).collect()).collect(),
    }
}
