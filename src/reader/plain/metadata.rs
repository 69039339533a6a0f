//! Date, views and department, in every form that pages have.

use super::labels::{BULLETS, Field, is_division, is_label, leading_label, lone_label};
use super::lines::Line;
use super::marker;
use crate::model::{Date, Section, Time, Url};
use crate::reader::dates;

/// What the metadata lines say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) date: Option<Date>,
    pub(super) time: Option<Time>,
    pub(super) views: Option<u64>,
    pub(super) department: Option<String>,
    pub(super) section: Option<Section>,
    pub(super) url: Option<Url>,
    /// Telephone numbers and names, with their label.
    pub(super) contacts: Vec<String>,
    /// Values that cannot be right, with their lines.
    pub(super) odd: Vec<(usize, String)>,
}

/// Takes the metadata that begins with the first of these lines and gives the number of lines it used.
pub(super) fn take(lines: &[Line], found: &mut Metadata) -> Option<usize> {
    let line = &lines.first()?.text;
    if let Some(field) = lone_label(line) {
        let value = lines.get(1).map(|line| line.text.trim_start_matches(BULLETS).trim());
        return match value {
            Some(value)
                if lone_label(value).is_none() && found.set(field, label_of(line), value) =>
            {
                Some(2)
            }
            // A value that cannot be right is no text either.
            Some(value)
                if matches!(field, Field::Date | Field::Views)
                    && lone_label(value).is_none()
                    && !value.contains(char::is_alphabetic)
                    && value.chars().count() <= 25 =>
            {
                let line = lines.get(1).map_or(0, |line| line.number);
                found.odd.push((
                    line,
                    format!(
                        "“{value}” behind “{}” is left out; expected a day or a number",
                        label_of(lines.first()?.text.as_str())
                    ),
                ));
                Some(2)
            }
            // A label without a value is chrome all the same, unless it is the only word here.
            _ if *found != Metadata::default() || value.is_some_and(is_label) => Some(1),
            _ => None,
        };
    }
    if let [head, row, ..] = lines
        && head.cells.len() >= 2
        && head.cells.len() == row.cells.len()
        && head.cells.iter().all(|cell| is_label(cell))
    {
        for (label, value) in head.cells.iter().zip(&row.cells) {
            if let Some(field) = lone_label(label) {
                found.set(field, label, value);
            }
        }
        return Some(2);
    }
    let mut attempt = found.clone();
    if attempt.pieces(line) || attempt.labelled(line) || attempt.leading_date(line) {
        *found = attempt;
        return Some(1);
    }
    None
}

fn label_of(line: &str) -> &str {
    line.trim_start_matches(BULLETS).trim_end_matches([':', '：']).trim()
}

impl Metadata {
    /// Stores a value if it is one that the field can have. What is set already stays.
    fn set(&mut self, field: Field, label: &str, value: &str) -> bool {
        let value = value.trim().trim_end_matches([',', '|', '/']).trim_end();
        let name_like = || {
            !value.is_empty() && value.chars().count() <= 60 && !value.ends_with(['.', '?', '!'])
        };
        match field {
            Field::Date | Field::OtherDate => {
                let Some(stamp) =
                    dates::stamp(value).filter(|stamp| stamp.rest.chars().count() <= 20)
                else {
                    return false;
                };
                if field == Field::Date && self.date.is_none() {
                    self.date = Some(stamp.date);
                    self.time = stamp.time;
                }
                true
            }
            Field::Views => {
                let digits: String = value
                    .trim_end_matches(['회', '건'])
                    .trim_end()
                    .chars()
                    .filter(|&c| c != ',')
                    .collect();
                let Ok(views) = digits.parse() else { return false };
                self.views.get_or_insert(views);
                true
            }
            Field::Department if name_like() => {
                self.department.get_or_insert_with(|| value.to_owned());
                true
            }
            Field::Writer if name_like() => {
                if is_division(value) {
                    self.department.get_or_insert_with(|| value.to_owned());
                } else {
                    self.contacts.push(format!("{label}: {value}"));
                }
                true
            }
            Field::Phone
                if name_like() && value.chars().any(|c| c.is_ascii_digit() || c == '@') =>
            {
                self.contacts.push(format!("{label} {value}"));
                true
            }
            Field::Url => match Url::parse(value) {
                Some(url) => {
                    self.url.get_or_insert(url);
                    true
                }
                None => false,
            },
            Field::Section if name_like() => {
                if self.section.is_none() {
                    self.section = Section::named(value);
                }
                true
            }
            _ => false,
        }
    }

    /// `Division국제경제과 • Date2025-05-07 • Tel02-…`, `05/07/2025 | Press release | …`,
    /// `2025-05-07 | 국제경제과 | 조회 1,842`.
    fn pieces(&mut self, line: &str) -> bool {
        let pieces: Vec<&str> = line
            .split(['|', '•', 'ㅣ', '│', '∣'])
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .collect();
        if pieces.len() < 2 || pieces.iter().any(|piece| piece.chars().count() > 60) {
            return false;
        }
        let mut known = 0;
        let mut unknown = Vec::new();
        for piece in &pieces {
            if self.glued(piece) || self.bare_date(piece) {
                known += 1;
            } else {
                unknown.push(*piece);
            }
        }
        if known == 0 || (self.date.is_none() && known < 2) {
            return false;
        }
        for piece in unknown {
            if Section::known(piece).is_some() {
                if self.section.is_none() {
                    self.section = Section::named(piece);
                }
            } else if self.department.is_none() && is_division(piece) {
                self.department = Some(piece.to_owned());
            }
        }
        true
    }

    fn bare_date(&mut self, piece: &str) -> bool {
        let Some(stamp) = dates::stamp(piece).filter(|stamp| stamp.rest.is_empty()) else {
            return false;
        };
        if self.date.is_none() {
            self.date = Some(stamp.date);
            self.time = stamp.time;
        }
        true
    }

    /// A label with its value directly behind it: `조회 1,842`, `Date2025-05-07`, `부서: 국제경제과`.
    fn glued(&mut self, piece: &str) -> bool {
        if let Some((count, "views" | "hits" | "회" | "회 조회" | "view")) = piece.split_once(' ')
        {
            return self.set(Field::Views, "", count);
        }
        let Some((field, label, value)) = leading_label(piece) else { return false };
        self.set(field, label, value.trim_start_matches([':', '：', ' ']))
    }

    /// `• Date : 2016-10-12 09:30:00`, `작성자 : 홍보과 등록일 : 2025-05-07`, `부서명 중남미협력과`, `Date 2022-09-05 Hit 812`.
    fn labelled(&mut self, line: &str) -> bool {
        let text = line.trim_start_matches(BULLETS).trim_start();
        if leading_label(text).is_none() {
            return false;
        }
        let mut starts = vec![];
        for (at, _) in
            text.char_indices().filter(|&(at, _)| at == 0 || text[..at].ends_with([' ', '/', ',']))
        {
            if let Some((field, label, rest)) = leading_label(&text[at..])
                && let Some(value) =
                    rest.trim_start().strip_prefix([':', '：']).or_else(|| rest.strip_prefix(' '))
            {
                let colon = rest.trim_start().starts_with([':', '：']);
                starts.push((at, field, label, text.len() - value.len(), colon));
            }
        }
        if starts.first().is_none_or(|(at, ..)| *at > 0) {
            return false;
        }
        let ends = starts.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
        let mut some = false;
        for ((_, field, label, from, colon), to) in starts.iter().zip(ends) {
            let value = text[*from..to].trim();
            // Without a colon only a value that can be nothing else counts, else prose would be eaten.
            let sure = match field {
                _ if *colon => true,
                Field::Date | Field::OtherDate => {
                    dates::stamp(value).is_some_and(|stamp| stamp.rest.is_empty())
                }
                Field::Views => value
                    .trim_end_matches(['회', '건'])
                    .chars()
                    .all(|c| c.is_ascii_digit() || c == ','),
                Field::Department => is_division(value) && value.split(' ').count() <= 5,
                _ => false,
            };
            if !sure {
                return false;
            }
            some |= self.set(*field, label, value);
        }
        some
    }

    /// `2025.05.07 외교부`, `07.05.2025 - Artikel`, `2018-07-04 14:30`, `Wednesday, May 7, 2025, 4:30 p.m.`
    fn leading_date(&mut self, line: &str) -> bool {
        if self.date.is_some() || marker::of(line).is_some() {
            return false;
        }
        let Some(stamp) = dates::stamp(line) else { return false };
        let rest = stamp.rest.trim_start_matches(['-', '–', '—', '/', ' ', ',']);
        let words = rest.split_whitespace().count();
        if words > 4 || rest.chars().count() > 30 || rest.ends_with(['.', '?', '!']) && words > 1 {
            return false;
        }
        self.date = Some(stamp.date);
        self.time = stamp.time;
        if Section::known(rest).is_some() {
            if self.section.is_none() {
                self.section = Section::named(rest);
            }
        } else if self.department.is_none() && is_division(rest) {
            self.department = Some(rest.to_owned());
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::{Metadata, take};

    /// Date, views, department, number of contacts, lines used.
    fn check(page: &str, expected: (Option<&str>, Option<u64>, Option<&str>, usize, usize)) {
        let lines = split(page);
        let mut found = Metadata::default();
        let mut used = 0;
        while let Some(count) = take(&lines[used..], &mut found) {
            used += count;
        }
        let date = found.date.map(|date| date.to_string());
        let shown =
            (date.as_deref(), found.views, found.department.as_deref(), found.contacts.len(), used);
        assert_eq!(shown, expected, "{page}");
    }

    #[test]
    fn labels_stand_above_their_values() {
        check("Date\n2018-07-04\nhit\n2325\n1. On", (Some("2018-07-04"), Some(2325), None, 0, 4));
        check(
            "부서명\n유라시아과\n작성일\n2025-05-07\n조회수\n1,204",
            (Some("2025-05-07"), Some(1204), Some("유라시아과"), 0, 6),
        );
        check(
            "writer\nPublic Affairs Office\ncreated\n2020.1.2\nhit\n5",
            (Some("2020-01-02"), Some(5), Some("Public Affairs Office"), 0, 6),
        );
        check("- 게시일\n- 2010.12.03.", (Some("2010-12-03"), None, None, 0, 2));
        check("Date\nHit\n12", (None, Some(12), None, 0, 3));
    }

    #[test]
    fn labels_stand_before_their_values() {
        check(
            "• Date : 2016-10-12 09:30:00\n• Hit : 71",
            (Some("2016-10-12"), Some(71), None, 0, 2),
        );
        check(
            "작성자 : 홍보담당관실 등록일 : 2025-05-07 조회수 : 3",
            (Some("2025-05-07"), Some(3), Some("홍보담당관실"), 0, 1),
        );
        check(
            "Division국제경제과 • Date2025-05-07 • Tel02-000-0000",
            (Some("2025-05-07"), None, Some("국제경제과"), 1, 1),
        );
    }

    #[test]
    fn one_line_holds_all() {
        check("05/07/2025 | Press release | Distributed", (Some("2025-05-07"), None, None, 0, 1));
        check(
            "2025-05-07 | 국제경제과 | 조회 1,842",
            (Some("2025-05-07"), Some(1842), Some("국제경제과"), 0, 1),
        );
        check("2025.05.07 외교부", (Some("2025-05-07"), None, Some("외교부"), 0, 1));
        check("07.05.2025 - Artikel", (Some("2025-05-07"), None, None, 0, 1));
        check("Wednesday, May 7, 2025, 4:30 p.m. Seoul", (Some("2025-05-07"), None, None, 0, 1));
    }

    #[test]
    fn prose_is_no_metadata() {
        for text in [
            "Date palms were planted.",
            "Date",
            "2025. 5. 7. 서울에서 열린 회의는 성공하였다.",
            "Hit by a storm: the islands",
            "조회수는 늘었다.",
            "17 May 2025 was the day on which both sides met.",
            "1. May 7, 2025",
        ] {
            check(text, (None, None, None, 0, 0));
        }
    }
}
