//! A text as lines, with blank ones turned into a property of the next.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the input, from 1.
    pub(super) number: usize,
    /// In NFC, single spaces, trimmed; never empty.
    pub(super) text: String,
    /// The cells, where tabs or wide gaps part the line.
    pub(super) cells: Vec<String>,
    /// Whether a blank line stands before it. Lines of no-break spaces are blank (found on 7 of 53 pages).
    pub(super) after_blank: bool,
}

impl Line {
    /// The line with other words.
    pub(super) fn with_text(&self, text: &str) -> Self {
        let (number, after_blank) = (self.number, self.after_blank);
        Self { number, text: text.to_owned(), cells: self.cells.clone(), after_blank }
    }
}

/// Splits at LF, CR LF, CR, and the separators of Unicode.
pub(super) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let text =
        if text.contains('\r') { text.replace("\r\n", "\n").into() } else { Cow::Borrowed(text) };
    for (index, raw) in text.split(is_break).enumerate() {
        let text = tidy(raw).trim_matches(is_invisible).to_owned();
        if is_frame(&text) {
            continue;
        }
        // A lone sign of a symbol font (private use) is a space or an ornament.
        let blank = text.chars().all(|c| is_invisible(c) || matches!(c, '\u{e000}'..='\u{f8ff}'));
        if blank || is_rule(&text) {
            after_blank = true;
            continue;
        }
        let cells = cells(raw.trim_matches(is_invisible));
        lines.push(Line { number: index + 1, text, cells, after_blank });
        after_blank = false;
    }
    lines
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// NFC, and any run of white space as one space.
pub(super) fn tidy(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for word in raw.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    // Most texts hold nothing else than letters that no normal form changes; only the rest is looked up in tables.
    let composed = |c: char| matches!(c, ..'\u{300}' | '\u{2010}'..='\u{205f}' | '가'..='힣');
    if text.is_ascii() || text.chars().all(composed) || is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    }
}

/// Without spaces and in lower case, for comparing with words that pages space and write in many ways.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// [`squeeze`] for comparing with names that have so many letters at most: `None` for the long lines that most are.
pub(super) fn squeeze_short(text: &str, letters: usize) -> Option<String> {
    let long = text.chars().filter(|c| !c.is_whitespace()).nth(letters).is_some();
    (!long).then(|| squeeze(text))
}

/// Signs without a width. They stay inside words, where the source has them; alone they make no line.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | ' ')
}

/// The parts between tabs; without tabs, those between gaps of two spaces or more if they are three at least.
fn cells(raw: &str) -> Vec<String> {
    if raw.trim().contains('\t') {
        return raw.trim().split('\t').map(tidy).collect();
    }
    let mut before = false;
    let has_gap = raw.trim().chars().any(|letter| {
        let space = letter.is_whitespace();
        std::mem::replace(&mut before, space) && space
    });
    if !has_gap {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut gap = 0;
    for letter in raw.trim().chars() {
        if letter.is_whitespace() {
            gap += 1;
            continue;
        }
        if gap >= 2 {
            cells.push(std::mem::take(&mut cell));
        } else if gap == 1 {
            cell.push(' ');
        }
        gap = 0;
        cell.push(letter);
    }
    cells.push(cell);
    if cells.len() >= 3 { cells.iter().map(|cell| tidy(cell)).collect() } else { Vec::new() }
}

/// The frame of a drawn table, which parts nothing: `+---+---+`, `┌──┬──┐`.
fn is_frame(text: &str) -> bool {
    let drawn = |c: char| matches!(c, '-' | '=' | '+' | '─'..='╿' | ' ');
    text.chars().all(drawn)
        && text.chars().count() >= 3
        && text.contains(['+', '┌', '├', '└', '┬', '┼', '┴', '╔', '╠', '╚'])
}

/// A line that only draws.
fn is_rule(text: &str) -> bool {
    let drawn = |c: char| {
        matches!(
            c,
            '-' | '=' | '_' | '~' | '*' | '·' | '.' | '─'..='╿' | '―' | '—' | '–' | ' ' | '+'
        )
    };
    text.chars().all(drawn) && text.chars().count() >= 3
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn blank_lines_of_any_kind_part_the_text() {
        let lines = split("a\r\n\u{a0}\u{a0}\r\nb  c\rd\u{200b}\n\u{feff}\n=====\ne");
        let texts: Vec<_> =
            lines.iter().map(|line| (line.number, line.text.as_str(), line.after_blank)).collect();
        assert_eq!(texts, [(1, "a", true), (3, "b c", true), (4, "d", false), (7, "e", true)]);
    }

    #[test]
    fn decomposed_hangul_is_composed() {
        assert_eq!(split("\u{1112}\u{1161}\u{11ab}")[0].text, "한");
    }
}
