//! The shown text of a release: what title, date and passage of a hit are taken from.
//!
//! It is text, so that servers compress it. Its first line says which release of which archive it belongs to, and a hash
//! of the rest; the other lines are the fields, and one line a passage.

use super::super::join::{decimal, hex, join};
use super::{Piece, VERSION, hash};
use crate::model::{Block, Date, Entry, Lang, Release, Section, Slug};

/// Releases whose texts lie in one folder, named by a hash over all of them. With more, a change renews more files; with
/// fewer, the root is larger.
pub const SEGMENT: usize = 128;

/// Bytes of passages that stand in the first piece of a text. Most texts have no second one: it is fetched where nothing
/// of what is shown stands in the first.
const FIRST: usize = 6_000;

/// Bytes of a passage. Longer blocks are cut between words, since what is shown of one are two lines.
const LONG: usize = 1_000;

/// A part of the text that can be shown: a block of it, or a line around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct Passage {
    /// The id of the block; empty for lines that are none.
    pub(in crate::index) id: String,
    pub(in crate::index) marker: Option<String>,
    pub(in crate::index) text: String,
}

/// Visits all that is searched beside title and decks, passage by passage: the block it belongs to, and its text.
pub(in crate::index) fn texts(release: &Release, visit: &mut dyn FnMut(Option<&Block>, &str)) {
    for block in &release.blocks {
        let text = block.plain_text();
        let mut rest = text.as_str();
        loop {
            let near = rest.as_bytes().iter().skip(LONG).position(|byte| *byte == b' ');
            let (text, after) = rest.split_at(near.map_or(rest.len(), |at| at + LONG));
            visit(Some(block), text);
            if after.is_empty() {
                break;
            }
            rest = after.trim_start();
        }
    }
    let files = release.entry.attachments.iter().map(|file| &file.name);
    for line in release.masthead.iter().chain(files).chain(&release.contacts) {
        visit(None, line);
    }
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
    /// Whether there is a second piece.
    pub(in crate::index) more: bool,
}

/// Divides the lines of both pieces. No field has it.
const CUT: char = '\u{1e}';

/// The shown text of a release: all lines of its pieces but the first ones.
#[must_use]
pub fn lines(release: &Release) -> String {
    let entry: &Entry = &release.entry;
    let mut text = String::new();
    let put = |text: &mut String, field: &str, end: char| {
        for (at, part) in field.split(char::is_control).enumerate() {
            text.push_str(if at > 0 { " " } else { "" });
            text.push_str(part);
        }
        text.push(end);
    };
    let section = entry.section.as_ref();
    for field in [
        entry.id.as_str(),
        entry.name(),
        entry.lang.as_ref().map_or("", Lang::as_str),
        &entry.date.map(|date| date.to_string()).unwrap_or_default(),
        section.map_or("", |section| section.id.as_str()),
        section.map_or("", |section| &section.name),
        entry.department.as_deref().unwrap_or_default(),
        &entry.attachments.len().to_string(),
        if entry.withdrawn.is_some() { "withdrawn" } else { "" },
        &entry.decks.len().to_string(),
    ] {
        put(&mut text, field, '\n');
    }
    for deck in &entry.decks {
        put(&mut text, deck, '\n');
    }
    let head = text.len();
    let mut rest = String::new();
    texts(release, &mut |block, passage| {
        let full = text.len() > head && text.len() + passage.len() > head + FIRST;
        let text = if full || !rest.is_empty() { &mut rest } else { &mut text };
        put(text, block.map_or("", |block| &block.id), '\t');
        put(text, block.and_then(|block| block.marker.as_deref()).unwrap_or_default(), '\t');
        put(text, passage, '\n');
    });
    if !rest.is_empty() {
        text.push(CUT);
        text.push_str(&rest);
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
    join(&["search/", lang, "/t", &hex(segment, 12)])
}

/// The path of the text of a release by its number, in a segment of this hash; or of the rest of it.
pub(in crate::index) fn name(lang: &str, segment: u64, number: u32, rest: bool) -> String {
    let rest = if rest { "-rest" } else { "" };
    join(&[&segment_folder(lang, segment), "/", &decimal(number.into(), 1), rest, ".txt"])
}

/// Kinds of pieces, as their first lines say them.
const ONLY: char = '.';
const FIRST_OF_TWO: char = '+';
const REST: char = '-';

/// The first line of a piece.
fn head(segment: u64, number: u32, kind: char, lines: &str) -> String {
    let (version, number) = (decimal(VERSION.into(), 1), decimal(number.into(), 1));
    let (segment, digest) = (hex(segment, 12), hex(hash(lines.as_bytes()), 16));
    join(&[&version, " ", &segment, " ", &number, &String::from(kind), " ", &digest])
}

/// The shown text of a release, from its [`lines`]: one piece, or two if it is long.
#[must_use]
pub fn text_pieces(lang: &str, segment: u64, number: u32, lines: &str) -> Vec<Piece> {
    let piece = |lines: &str, kind: char| Piece {
        name: name(lang, segment, number, kind == REST),
        bytes: format!("{}\n{lines}", head(segment, number, kind, lines)).into_bytes(),
    };
    match lines.split_once(CUT) {
        Some((first, rest)) => vec![piece(first, FIRST_OF_TWO), piece(rest, REST)],
        None => vec![piece(lines, ONLY)],
    }
}

/// Reads the lines of a piece of one of these kinds, and which it is. `None` if it is not the one that was asked for.
fn open<'a>(bytes: &'a [u8], segment: u64, number: u32, kinds: &[char]) -> Option<(&'a str, char)> {
    let (first, lines) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
    let kind = kinds.iter().find(|kind| first == head(segment, number, **kind, lines))?;
    Some((lines, *kind))
}

/// Reads the passages of the rest of a text.
pub(in crate::index) fn read_rest(bytes: &[u8], segment: u64, number: u32) -> Option<Vec<Passage>> {
    open(bytes, segment, number, &[REST])?.0.lines().map(passage).collect()
}

fn passage(line: &str) -> Option<Passage> {
    let (id, line) = line.split_once('\t')?;
    let (marker, text) = line.split_once('\t')?;
    let marker = (!marker.is_empty()).then(|| marker.to_owned());
    Some(Passage { id: id.to_owned(), marker, text: text.to_owned() })
}

/// Reads the text of a release. `None` if it is not the one that was asked for.
pub(in crate::index) fn read_text(bytes: &[u8], segment: u64, number: u32) -> Option<Shown> {
    let (rest, kind) = open(bytes, segment, number, &[ONLY, FIRST_OF_TWO])?;
    let more = kind == FIRST_OF_TWO;
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
    let body = lines.filter(|line| !line.is_empty()).map(passage).collect::<Option<Vec<_>>>()?;
    Some(Shown {
        id,
        title,
        lang,
        date,
        section,
        department,
        attachments,
        withdrawn,
        decks,
        body,
        more,
    })
}
