//! Where in a file something stands.

use crate::model::{Block, Date, Slug};
use crate::native::calendar;
use crate::reader::Problem;

/// A text whose lines can be searched, or an item of a feed, which is named instead.
pub(super) struct Place<'a> {
    item: Option<&'a Slug>,
    /// Number, and the line without spaces.
    lines: Vec<(usize, String)>,
}

impl<'a> Place<'a> {
    /// A text, by its numbered lines.
    pub(super) fn of_text(lines: &[(usize, String)]) -> Self {
        let lines = lines.iter().map(|(number, line)| (*number, squeezed(line)));
        Self { item: None, lines: lines.collect() }
    }

    /// An item of a feed.
    pub(super) fn of_item(id: &'a Slug) -> Self {
        Self { item: Some(id), lines: Vec::new() }
    }

    /// Whether it is an item of a feed.
    pub(super) fn is_item(&self) -> bool {
        self.item.is_some()
    }

    /// A problem in a line, or in the item.
    pub(super) fn problem(&self, code: &'static str, line: usize, message: &str) -> Problem {
        let message = match self.item {
            Some(id) => format!("item “{id}”: {message}"),
            None => message.to_owned(),
        };
        Problem { line, code, message }
    }

    /// The number of the first line.
    pub(super) fn first(&self) -> usize {
        self.lines.first().map_or(1, |(number, _)| *number)
    }

    /// The line that holds these words, or their beginning if they go on below.
    pub(super) fn of(&self, words: &str) -> usize {
        self.position(&squeezed(words), 0).map_or_else(|| self.first(), |at| self.number(at))
    }

    /// The last line that holds these words: a file is named below the text that speaks of it.
    pub(super) fn of_last(&self, words: &str) -> usize {
        let words = squeezed(words);
        let line = self.lines.iter().rev().find(|(_, line)| line.contains(&words));
        line.map_or_else(|| self.first(), |(number, _)| *number)
    }

    /// The line that holds this day, in one of the forms that are usual.
    pub(super) fn of_date(&self, date: Date) -> usize {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let english = calendar::month(date);
        let forms = [
            date.to_string(),
            format!("{year}.{month}.{day}"),
            format!("{year}.{month:02}.{day:02}"),
            format!("{year}년{month}월{day}일"),
            format!("{english}{day},{year}"),
            format!("{day}{english}{year}"),
            format!("{month:02}/{day:02}/{year}"),
        ];
        let holds = |line: &str| forms.iter().any(|form| line.contains(form.as_str()));
        let line = self.lines.iter().find(|(_, line)| holds(line));
        line.map_or_else(|| self.first(), |(number, _)| *number)
    }

    /// The lines of the blocks, one after the other; that of the block above where one is not found.
    pub(super) fn of_blocks(&self, blocks: &[Block], title: Option<&str>) -> Vec<usize> {
        let mut at = title.and_then(|title| self.position(&squeezed(title), 0)).unwrap_or_default();
        let mut line = |block: &Block| {
            let text = block.plain_text();
            let needle =
                squeezed(&format!("{}{text}", block.marker.as_deref().unwrap_or_default()));
            at = self.position(&needle, at).unwrap_or(at);
            self.number(at)
        };
        blocks.iter().map(&mut line).collect()
    }

    /// Whether a line under the title, between dashes, is closed by one; with its number. `None` if the words stand
    /// without a dash before them.
    pub(super) fn of_deck(&self, deck: &str) -> Option<(usize, bool)> {
        let wanted = squeezed(deck);
        let wanted = wanted.trim_matches(DASHES);
        self.lines.iter().enumerate().find_map(|(at, (number, line))| {
            let mut joined = line.strip_prefix(DASHES)?.to_owned();
            for (_, next) in self.lines.iter().skip(at + 1) {
                if joined.trim_end_matches(DASHES) == wanted || !wanted.starts_with(&joined) {
                    break;
                }
                joined.push_str(next);
            }
            (joined.trim_end_matches(DASHES) == wanted)
                .then_some((*number, joined.len() > wanted.len()))
        })
    }

    fn number(&self, at: usize) -> usize {
        self.lines.get(at).map_or(1, |(number, _)| *number)
    }

    /// The first line from `from` on that holds the beginning of a text.
    fn position(&self, needle: &str, from: usize) -> Option<usize> {
        let end = needle.char_indices().nth(SURE).map_or(needle.len(), |(at, _)| at);
        let head = needle.get(..end)?;
        let holds = |line: &str| {
            line.contains(head) || line.chars().count() >= 2 && needle.starts_with(line)
        };
        let lines = self.lines.iter().enumerate().skip(from);
        lines.filter(|_| !head.is_empty()).find(|(_, (_, line))| holds(line)).map(|(at, _)| at)
    }
}

/// So many letters tell a line from others. A line may be broken behind fewer.
const SURE: usize = 24;

/// The signs before and behind a deck.
const DASHES: [char; 6] = ['-', '–', '—', '‐', '―', '−'];

/// Without spaces, and without the bars between the cells of a table.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !(c.is_whitespace() || matches!(c, '|' | '│' | '┃'))).collect()
}
