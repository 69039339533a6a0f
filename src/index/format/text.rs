//! The shown text of a release: what title, date and passage of a hit are taken from.
//!
//! It is text, so that servers compress it. Its first line says which release of which archive it belongs to, and a hash
//! of the rest; the other lines are the fields, and one line a passage.

use super::{Piece, VERSION, hash};
use crate::model::{Date, Entry, Lang, Release, Section, Slug};

/// Releases whose texts lie in one folder, named by a hash over all of them. With more, a change renews more files; with
/// fewer, the root is larger.
pub const SEGMENT: usize = 128;

/// A part of the text that can be shown: a block of it, or a line around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct Passage {
    /// The id of the block; empty for lines that are none.
    pub(in crate::index) id: String,
    pub(in crate::index) marker: Option<String>,
    pub(in crate::index) text: String,
}

/// All that is searched beside title and decks.
pub(in crate::index) fn body(release: &Release) -> Vec<Passage> {
    let line = |text: &String| Passage { text: text.clone(), ..Passage::default() };
    let blocks = release.blocks.iter().map(|block| Passage {
        id: block.id.clone(),
        marker: block.marker.clone(),
        text: block.plain_text(),
    });
    let mut body: Vec<Passage> = blocks.collect();
    body.extend(release.masthead.iter().map(line));
    body.extend(release.entry.attachments.iter().map(|file| line(&file.name)));
    body.extend(release.contacts.iter().map(line));
    body
}

/// What a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::index) struct Shown {
    pub(in crate::index) id: Slug,
    pub(in crate::index) title: String,
    pub(in crate::index) lang: Option<Lang>,
    pub(in crate::index) date: Option<Date>,
    pub(in crate::index) section: Option<Section>,
    pub(in crate::index) department: Option<String>,
    pub(in crate::index) attachments: usize,
    pub(in crate::index) withdrawn: bool,
    pub(in crate::index) decks: Vec<String>,
    pub(in crate::index) body: Vec<Passage>,
}

/// The shown text of a release: all lines of its piece but the first.
#[must_use]
pub fn lines(release: &Release) -> String {
    let entry: &Entry = &release.entry;
    let mut text = String::new();
    let mut put = |field: &str, end: char| {
        text.extend(field.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
        text.push(end);
    };
    put(entry.id.as_str(), '\n');
    put(entry.name(), '\n');
    put(entry.lang.as_ref().map_or("", Lang::as_str), '\n');
    put(&entry.date.map(|date| date.to_string()).unwrap_or_default(), '\n');
    let section = entry.section.as_ref();
    put(section.map_or("", |section| section.id.as_str()), '\n');
    put(section.map_or("", |section| &section.name), '\n');
    put(entry.department.as_deref().unwrap_or_default(), '\n');
    put(&entry.attachments.len().to_string(), '\n');
    put(if entry.withdrawn.is_some() { "withdrawn" } else { "" }, '\n');
    put(&entry.decks.len().to_string(), '\n');
    for deck in &entry.decks {
        put(deck, '\n');
    }
    for passage in body(release) {
        put(&passage.id, '\t');
        put(passage.marker.as_deref().unwrap_or_default(), '\t');
        put(&passage.text, '\n');
    }
    text
}

/// Stands for the shown text of a release.
#[must_use]
pub fn digest(release: &Release) -> u64 {
    digest_of(&lines(release))
}

/// Stands for these [`lines`].
#[must_use]
pub fn digest_of(lines: &str) -> u64 {
    hash(lines.as_bytes())
}

/// Stands for the texts of a segment, by their digests.
#[must_use]
pub fn segment(digests: &[u64]) -> u64 {
    let bytes: Vec<u8> = digests.iter().flat_map(|digest| digest.to_le_bytes()).collect();
    hash(&bytes) & 0xffff_ffff_ffff
}

/// The folder of a segment in the archive.
#[must_use]
pub fn segment_folder(lang: &str, segment: u64) -> String {
    format!("search/{lang}/t{segment:012x}")
}

/// The path of the text of a release by its number, in a segment of this hash.
pub(in crate::index) fn name(lang: &str, segment: u64, number: u32) -> String {
    format!("{}/{number}.txt", segment_folder(lang, segment))
}

/// The shown text of a release.
#[must_use]
pub fn text_piece(lang: &str, segment: u64, number: u32, release: &Release) -> Piece {
    text_piece_of(lang, segment, number, &lines(release))
}

/// The same of its [`lines`], for who has written them already.
#[must_use]
pub fn text_piece_of(lang: &str, segment: u64, number: u32, lines: &str) -> Piece {
    let digest = digest_of(lines);
    let text = format!("{VERSION} {segment:012x} {number} {digest:016x}\n{lines}");
    Piece { name: name(lang, segment, number), bytes: text.into_bytes() }
}

/// Reads the text of a release. `None` if it is not the one that was asked for.
pub(in crate::index) fn read_text(bytes: &[u8], segment: u64, number: u32) -> Option<Shown> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, rest) = text.split_once('\n')?;
    let digest = hash(rest.as_bytes());
    if head != format!("{VERSION} {segment:012x} {number} {digest:016x}") {
        return None;
    }
    let mut lines = rest.split('\n');
    let mut next = || lines.next();
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let id = Slug::parse(next()?)?;
    let title = next()?.to_owned();
    let lang = Lang::parse(next()?);
    let date = Date::parse_iso(next()?);
    let (section, name) = (next()?, next()?);
    let section = Slug::parse(section).map(|id| Section { id, name: name.to_owned() });
    let department = some(next()?);
    let attachments = next()?.parse().ok()?;
    let withdrawn = !next()?.is_empty();
    let mut decks = Vec::new();
    for _ in 0..next()?.parse::<usize>().ok()? {
        decks.push(next()?.to_owned());
    }
    let mut body = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let (id, line) = line.split_once('\t')?;
        let (marker, text) = line.split_once('\t')?;
        body.push(Passage { id: id.to_owned(), marker: some(marker), text: text.to_owned() });
    }
    Some(Shown { id, title, lang, date, section, department, attachments, withdrawn, decks, body })
}
