//! Rules for one release.

use std::collections::BTreeSet;

use super::place::Place;
use crate::model::{Attachment, Block, Content, Level, Release, Table};
use crate::reader::Problem;

/// Signs that must be closed once they are opened.
const PAIRS: [(char, char); 8] = [
    ('“', '”'),
    ('(', ')'),
    ('（', '）'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('[', ']'),
    ('【', '】'),
];

/// Looks at a release. What a text lacks as a whole has been told by its reader.
pub(super) fn check(release: &Release, place: &Place<'_>, found: &mut Vec<Problem>) {
    let entry = &release.entry;
    // What was taken back is published without its text.
    if entry.withdrawn.is_some() {
        found.retain(|problem| problem.code != "empty-body");
        return;
    }
    if place.is_item() {
        let missing = [
            (entry.title.is_none(), "missing-title", "no title; expected “title”"),
            (entry.date.is_none(), "missing-date", "no date; expected “date_published”"),
            (release.blocks.is_empty(), "empty-body", "no text; expected at least one paragraph"),
        ];
        for (_, code, message) in missing.into_iter().filter(|(missing, ..)| *missing) {
            found.push(place.problem(code, 1, message));
        }
    }
    let title = entry.title.as_deref().map(|title| (title, "title"));
    let decks = entry.decks.iter().map(|deck| (deck.as_str(), "deck"));
    for (words, name) in title.into_iter().chain(decks) {
        for sign in open_signs(words) {
            let message = format!("{sign} is opened in the {name} and not closed: “{words}”");
            found.push(place.problem("open-sign", place.of(words), &message));
        }
    }
    for deck in &entry.decks {
        if let Some((line, false)) = place.of_deck(deck) {
            let message =
                format!("the deck “{deck}” has a dash before it only; expected one behind it too");
            found.push(place.problem("open-deck", line, &message));
        }
    }
    for file in entry.attachments.iter().filter(|file| !has_type(file)) {
        let name = &file.name;
        let message = format!(
            "the attachment “{name}” has no type; expected the name of a file, with .pdf or .hwpx at its end"
        );
        found.push(place.problem("attachment-without-type", place.of_last(name), &message));
    }
    let lines = place.of_blocks(&release.blocks, entry.title.as_deref());
    count(&release.blocks, &lines, place, found);
    for (block, line) in release.blocks.iter().zip(&lines) {
        match &block.content {
            Content::Figure(figure) => {
                let alternative = figure.alternative.as_deref().unwrap_or_default().trim();
                let caption = figure.caption.plain();
                // A text has no picture in it, and the line that stands for one may say enough.
                let said = figure.url.is_none() && says_something(&caption);
                if alternative.is_empty() && !said {
                    let message = format!(
                        "the picture “{caption}” has no alternative text; expected words for those who do not see it"
                    );
                    found.push(place.problem("figure-without-alternative", *line, &message));
                }
            }
            Content::Table(table) if has_no_header(table) => {
                let cells = table.rows.first().into_iter().flatten().map(|cell| cell.text.as_str());
                let first = cells.collect::<Vec<_>>().join(" | ");
                let message = format!(
                    "the table that begins with “{first}” has no header; expected a first row with the names of the columns"
                );
                found.push(place.problem("table-without-header", *line, &message));
            }
            _ => {}
        }
    }
}

/// Signs that are opened more often than closed. An apostrophe looks like a closing sign, so `‘` is left alone.
fn open_signs(words: &str) -> Vec<char> {
    let count = |sign| words.chars().filter(|&c| c == sign).count();
    let pairs = PAIRS.into_iter().filter(|&(open, close)| count(open) > count(close));
    let straight = (count('"') % 2 == 1).then_some('"');
    pairs.map(|(open, _)| open).chain(straight).collect()
}

/// The numbers of the paragraphs that are printed with one.
pub(super) fn numbers(blocks: &[Block]) -> Vec<u32> {
    blocks.iter().filter_map(number).collect()
}

/// Where these paragraphs stand among the blocks.
pub(super) fn numbered(blocks: &[Block]) -> impl Iterator<Item = usize> {
    let numbered = |(at, block): (usize, &Block)| number(block).map(|_| at);
    blocks.iter().enumerate().filter_map(numbered)
}

fn number(block: &Block) -> Option<u32> {
    let Content::Paragraph { level: Level::One, .. } = block.content else { return None };
    let digits = block.marker.as_deref()?.trim_matches(|c: char| !c.is_ascii_digit());
    digits.parse().ok()
}

/// Printed numbers count up by one. Below a heading they may begin anew.
fn count(blocks: &[Block], lines: &[usize], place: &Place<'_>, found: &mut Vec<Problem>) {
    let (mut seen, mut last, mut anew) = (BTreeSet::new(), 0, true);
    for (block, line) in blocks.iter().zip(lines) {
        anew |= matches!(block.content, Content::Heading(_));
        let Some(number) = number(block) else { continue };
        let expected = last + 1;
        let mut tell = |code, message: String| found.push(place.problem(code, *line, &message));
        if number == 1 && last > 1 {
            if !anew {
                tell(
                    "repeated-number",
                    format!(
                        "the numbers begin anew with 1; expected {expected}, or a heading above"
                    ),
                );
            }
            seen.clear();
        } else if seen.contains(&number) {
            tell(
                "repeated-number",
                format!("two paragraphs are numbered {number}; expected {expected}"),
            );
        } else if number != expected && last == 0 {
            tell("skipped-number", format!("the first number is {number}; expected 1"));
        } else if number > expected {
            tell("skipped-number", format!("{number} follows {last}; expected {expected}"));
        } else if number < expected {
            tell("number-order", format!("{number} follows {last}; expected {expected}"));
        }
        seen.insert(number);
        (last, anew) = (number, false);
    }
}

/// Whether the kind is known, or the address ends like a file.
fn has_type(file: &Attachment) -> bool {
    let ending = |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| {
            (2..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        })
    };
    file.kind.is_some() || file.url.as_ref().is_some_and(|url| ending(url.as_str()))
}

/// Whether the line that stands for a picture has words besides its number and the name of a file.
fn says_something(caption: &str) -> bool {
    const WORDS: [&str; 7] = ["사진", "사진설명", "설명", "photo", "caption", "image", "picture"];
    let is_file = |word: &str| {
        word.rsplit_once('.').is_some_and(|(_, ending)| {
            (3..=4).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        })
    };
    let words = caption.split_whitespace().filter(|word| !is_file(word));
    let mut words = words.flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    // What pages print for a picture that has no words: `회담_1.jpg 이미지입니다.`
    !caption.contains("이미지입니다")
        && words.any(|word| !word.is_empty() && !WORDS.contains(&word.to_lowercase().as_str()))
}

/// Whether the first row holds figures like those below it, or the table says that it has no header.
fn has_no_header(table: &Table) -> bool {
    if table.header_rows == 0 {
        return table.header_columns == 0 && !table.rows.is_empty();
    }
    let mut rows = table.rows.iter().map(|row| row.iter().skip(1).map(|cell| cell.text.as_str()));
    let figures = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<_> = cells.collect();
        !cells.is_empty() && cells.iter().all(|cell| is_figure(cell))
    };
    let Some(mut first) = rows.next() else { return false };
    figures(&mut first) && rows.any(|mut row| figures(&mut row))
}

/// A number that is no year.
fn is_figure(cell: &str) -> bool {
    let digits: String =
        cell.chars().filter(|c| !matches!(c, ',' | '%' | ' ' | '+' | '-' | '△' | '.')).collect();
    let year = digits.len() == 4
        && (digits.starts_with("19") || digits.starts_with("20"))
        && digits == cell;
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && !year
}

/// `https://` alone, `[words]()`, `href=""`, `href="#"`.
pub(super) fn has_empty_link(text: &str) -> bool {
    let bare = |scheme: &str| {
        text.match_indices(scheme).any(|(at, _)| {
            let rest = text.get(at + scheme.len()..).unwrap_or_default();
            !rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
        })
    };
    bare("https://")
        || bare("http://")
        || text.contains("]()")
        || ["href=\"\"", "href=''", "href=\"#\"", "href='#'"].iter().any(|link| text.contains(link))
}

/// The problem that it is.
pub(super) fn empty_link() -> Problem {
    let message = "a link leads nowhere; expected a whole address, such as https://www.example.kr/";
    Problem { line: 1, code: "empty-link", message: message.to_owned() }
}
