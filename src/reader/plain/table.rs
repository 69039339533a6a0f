//! Rows of cells between bars or tabs → a table.

use super::lines::Line;
use super::marker;
use crate::model::{Cell, Table};

/// Reads the table that begins with the first line and gives the number of lines it used.
/// One row alone is no table: a bar also parts metadata.
pub(super) fn take(lines: &[Line]) -> Option<(Table, usize)> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut used = 0;
    for line in lines {
        if is_frame(&line.text) {
            used += 1;
            continue;
        }
        // Rows of tabs may stand apart; all rows of columns have the same number of cells.
        let fits = |row: &Vec<String>| match rows.first() {
            None => true,
            Some(first) => {
                line.cells.is_empty() && !line.after_blank
                    || !line.cells.is_empty() && row.len() == first.len()
            }
        };
        let Some(row) = row(line).filter(fits) else { break };
        rows.push(row);
        used += 1;
    }
    if rows.len() < 2 {
        return None;
    }
    let body = rows.iter().skip(1);
    let words_first = body
        .clone()
        .all(|row| row.first().is_some_and(|cell| !cell.is_empty() && !is_figure(cell)));
    let figures_then = body.clone().any(|row| row.iter().skip(1).any(|cell| is_figure(cell)));
    let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect();
    let header_columns = usize::from(words_first && figures_then);
    Some((Table { caption: None, header_rows: 1, header_columns, rows }, used))
}

/// `<표 1> 양국 교역`, `Table 1. Trade`, `(단위: 억 달러)`.
pub(super) fn is_caption(text: &str) -> bool {
    let inner = text.trim_start_matches(['<', '[', '【', '〈', '(', '※', ' ', '■', '□', '○']);
    let numbered = |word: &str| {
        inner.strip_prefix(word).is_some_and(|rest| {
            rest.trim_start()
                .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '>' | ']' | ':'))
        })
    };
    numbered("표") || numbered("Table") || numbered("TABLE") || is_unit(text)
}

/// `(단위: 백만 달러)`, `(Unit: million dollars)`.
pub(super) fn is_unit(text: &str) -> bool {
    let inner = text.trim_start_matches(['(', '[', '<', '※', ' ']);
    text.chars().count() <= 40
        && (inner.starts_with("단위") || inner.starts_with("Unit") || inner.starts_with("unit"))
}

fn row(line: &Line) -> Option<Vec<String>> {
    if ['|', '│', '┃'].iter().any(|&bar| line.text.contains(bar)) {
        let bare = line.text.trim_matches(['|', '│', '┃', ' ']);
        let edged = line.text.starts_with(['|', '│', '┃']);
        let cells: Vec<String> = if edged {
            let inner = line.text.trim_start_matches(['|', '│', '┃']);
            let inner = inner.strip_suffix(['|', '│', '┃']).unwrap_or(inner);
            inner.split(['|', '│', '┃']).map(|cell| cell.trim().to_owned()).collect()
        } else {
            bare.split(['|', '│', '┃']).map(|cell| cell.trim().to_owned()).collect()
        };
        return (cells.len() >= 2).then_some(cells);
    }
    // `1.<tab>The two sides …` is a paragraph.
    let paragraph =
        marker::of(&line.text).is_some() || line.cells.iter().any(|cell| cell.chars().count() > 80);
    (line.cells.len() >= 2 && !paragraph).then(|| line.cells.clone())
}

/// `|---|:--:|`, `┌──┬──┐`
fn is_frame(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+' | '=' | '─'..='╿'))
        && text.contains(['-', '─', '━', '═'])
}

fn is_figure(cell: &str) -> bool {
    cell.chars().any(|c| c.is_ascii_digit())
        && cell.chars().filter(|c| c.is_alphabetic()).count() <= 3
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::{is_caption, take};

    #[test]
    fn bars_and_tabs_make_rows() {
        let (table, used) =
            take(&split("| 구분 | 2024 |\n|---|---|\n| 교역 | 388 |\n\n끝.")).unwrap();
        assert_eq!((used, table.rows.len(), table.header_rows, table.header_columns), (3, 2, 1, 1));
        assert_eq!(table.rows[1][1].text, "388");
        let (table, _) = take(&split("Name\tCountry\nA\tB\nC\tD")).unwrap();
        assert_eq!((table.rows.len(), table.header_columns), (3, 0));
        assert!(take(&split("2025-05-07 | 국제경제과")).is_none());
        assert!(
            is_caption("<표 1> 교역")
                && is_caption("Table 2. Trade")
                && !is_caption("표결은 연기되었다.")
        );
    }
}
