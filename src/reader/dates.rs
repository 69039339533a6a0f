//! Days and times as people write them.

use crate::model::{Date, MONTHS, Time};

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A day at the start of a line, the time after it, and what is left.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stamp<'a> {
    pub(super) date: Date,
    pub(super) time: Option<Time>,
    pub(super) rest: &'a str,
}

/// Reads `2025-05-07`, `2025. 5. 7.(수)`, `2025년 5월 7일`, `'25. 5. 7.`, `05/07/2025`, `07.05.2025`,
/// `Wednesday, May 7, 2025`, `7 May 2025`, and a time behind it.
pub(super) fn stamp(text: &str) -> Option<Stamp<'_>> {
    let mut scan = Scan(text);
    let date = numeric(&mut scan).or_else(|| {
        scan = Scan(text);
        worded(&mut scan)
    })?;
    scan.weekday_in_parentheses();
    let before_time = scan;
    scan.skip(|c| c.is_whitespace() || matches!(c, ',' | 'T' | '-' | '/' | '|' | '·'));
    scan.word("at");
    let time = time(&mut scan);
    if time.is_none() {
        scan = before_time;
    }
    Some(Stamp { date, time, rest: scan.0.trim() })
}

/// Reads `14:30`, `2:30 p.m.`, `오후 2시 30분`, `14시`, with `KST` behind it, from the start of a text.
pub(super) fn time_of_day(text: &str) -> Option<(Time, &str)> {
    let mut scan = Scan(text);
    let time = time(&mut scan)?;
    Some((time, scan.0.trim()))
}

#[derive(Clone, Copy)]
struct Scan<'a>(&'a str);

impl<'a> Scan<'a> {
    fn skip(&mut self, drop: impl Fn(char) -> bool) {
        self.0 = self.0.trim_start_matches(drop);
    }

    fn spaces(&mut self) {
        self.skip(char::is_whitespace);
    }

    fn number(&mut self) -> Option<(u16, usize)> {
        let digits = self.0.len() - self.0.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = self.0.get(..digits)?.parse().ok()?;
        self.0 = &self.0[digits..];
        Some((number, digits))
    }

    fn sign(&mut self, sign: char) -> bool {
        self.0.strip_prefix(sign).map(|rest| self.0 = rest).is_some()
    }

    fn word(&mut self, word: &str) -> bool {
        let Some(head) = self.0.get(..word.len()) else { return false };
        let ends = !self.0[word.len()..].starts_with(char::is_alphanumeric);
        if head.eq_ignore_ascii_case(word) && ends {
            self.0 = &self.0[word.len()..];
            self.spaces();
            return true;
        }
        false
    }

    /// An English name or its first three letters, with a full stop; gives its place in the list.
    fn name(&mut self, names: &[&str]) -> Option<usize> {
        let letters =
            self.0.len() - self.0.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let word = &self.0[..letters];
        let place = names.iter().position(|name| {
            let head = name.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word));
            head.is_some_and(|head| head.len() >= 3 || head.len() == name.len())
        })?;
        self.0 = self.0[letters..].trim_start_matches('.');
        Some(place)
    }

    fn weekday_in_parentheses(&mut self) {
        let text = self.0.trim_start();
        for (open, close) in [('(', ')'), ('（', '）'), ('[', ']')] {
            if let Some((inside, rest)) =
                text.strip_prefix(open).and_then(|text| text.split_once(close))
            {
                let korean = matches!(
                    inside.trim_end_matches("요일"),
                    "월" | "화" | "수" | "목" | "금" | "토" | "일"
                );
                if korean || Scan(inside).name(&WEEKDAYS).is_some() {
                    self.0 = rest;
                    return;
                }
            }
        }
        for day in ["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"]
        {
            if let Some(rest) = text.strip_prefix(day) {
                self.0 = rest;
                return;
            }
        }
    }
}

fn numeric(scan: &mut Scan<'_>) -> Option<Date> {
    let short_year = scan.sign('\'') || scan.sign('’') || scan.sign('‘');
    let (first, digits) = scan.number()?;
    let separator = |scan: &mut Scan<'_>, korean: char| {
        scan.spaces();
        let sign = scan
            .0
            .chars()
            .next()
            .filter(|&c| matches!(c, '-' | '.' | '/' | '．') || c == korean)?;
        scan.0 = &scan.0[sign.len_utf8()..];
        scan.spaces();
        Some(sign)
    };
    let sign = separator(scan, '년')?;
    let (second, _) = scan.number()?;
    if separator(scan, '월')? != sign && sign != '년' {
        return None;
    }
    let (third, last_digits) = scan.number()?;
    if sign == '년' {
        scan.spaces();
        scan.sign('일');
    } else if sign == '.' {
        scan.sign('.');
    }
    if scan.0.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let narrow = |number: u16| u8::try_from(number).ok();
    match (digits, last_digits, sign) {
        (4, ..) => Date::new(first, narrow(second)?, narrow(third)?),
        (2, ..) if short_year => Date::new(2000 + first, narrow(second)?, narrow(third)?),
        // US order with slashes, German order with full stops or hyphens.
        (1 | 2, 4, '/') if first <= 12 => Date::new(third, narrow(first)?, narrow(second)?),
        (1 | 2, 4, _) => Date::new(third, narrow(second)?, narrow(first)?),
        _ => None,
    }
}

fn worded(scan: &mut Scan<'_>) -> Option<Date> {
    let start = *scan;
    if scan.name(&WEEKDAYS).is_some() {
        scan.skip(|c| c.is_whitespace() || c == ',');
    } else {
        *scan = start;
    }
    let day_first = scan.number();
    if day_first.is_some() {
        for suffix in ["st", "nd", "rd", "th"] {
            scan.word(suffix);
        }
        scan.skip(|c| c.is_whitespace() || c == '.');
        scan.word("of");
    }
    let month = scan.name(&MONTHS)?;
    scan.skip(|c| c.is_whitespace() || c == ',');
    let day = match day_first {
        Some((day, _)) => day,
        None => {
            let (day, _) = scan.number()?;
            for suffix in ["st", "nd", "rd", "th"] {
                scan.word(suffix);
            }
            scan.skip(|c| c.is_whitespace() || c == ',');
            day
        }
    };
    let (year, digits) = scan.number()?;
    (digits == 4)
        .then(|| Date::new(year, u8::try_from(month + 1).ok()?, u8::try_from(day).ok()?))?
}

fn time(scan: &mut Scan<'_>) -> Option<Time> {
    let start = *scan;
    let found = time_inner(scan);
    if found.is_none() {
        *scan = start;
    }
    found
}

fn time_inner(scan: &mut Scan<'_>) -> Option<Time> {
    scan.spaces();
    let afternoon = scan.0.starts_with("오후");
    if afternoon || scan.0.starts_with("오전") {
        scan.0 = scan.0.trim_start_matches("오후").trim_start_matches("오전");
        scan.spaces();
    }
    let (hour, _) = scan.number()?;
    let (mut minute, mut second) = (0, 0);
    let mut clear = true;
    if scan.sign(':') {
        minute = scan.number()?.0;
        if scan.sign(':') {
            second = scan.number()?.0;
        }
    } else if scan.sign('시') {
        let before = *scan;
        scan.spaces();
        match scan.number() {
            Some((number, _)) if scan.sign('분') => minute = number,
            _ => *scan = before,
        }
    } else {
        clear = false;
    }
    let before = *scan;
    scan.spaces();
    let letters: String = scan.0.chars().take(4).filter(char::is_ascii_alphabetic).collect();
    let half = match letters.to_ascii_lowercase().as_str() {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    };
    let dotted =
        |scan: &mut Scan<'_>| scan.skip(|c| matches!(c, 'a' | 'p' | 'm' | 'A' | 'P' | 'M' | '.'));
    match half {
        Some(_) => dotted(scan),
        None => *scan = before,
    }
    if !clear && half.is_none() {
        return None;
    }
    let hour = match half {
        Some(half) => hour % 12 + half,
        None if afternoon && hour < 12 => hour + 12,
        None => hour,
    };
    scan.spaces();
    scan.skip(|c| c == ',');
    let before = *scan;
    scan.spaces();
    if !(scan.word("KST") || scan.word("(KST)")) {
        *scan = before;
    }
    let narrow = |number: u16| u8::try_from(number).ok();
    Time::new(narrow(hour)?, narrow(minute)?, narrow(second)?)
}

#[cfg(test)]
mod tests {
    use super::{stamp, time_of_day};

    fn check(text: &str, expected: Option<(&str, Option<&str>, &str)>) {
        let found = stamp(text);
        let found = found
            .map(|s| (s.date.to_string(), s.time.map(|time| time.to_string()), s.rest.to_owned()));
        let found = found
            .as_ref()
            .map(|(date, time, rest)| (date.as_str(), time.as_deref(), rest.as_str()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn days_are_read_in_every_form_found() {
        check("2018-07-04", Some(("2018-07-04", None, "")));
        check("2016-10-12 09:30:00", Some(("2016-10-12", Some("09:30:00"), "")));
        check("2010.12.03.", Some(("2010-12-03", None, "")));
        check("2025. 5. 7.(수) 14:00", Some(("2025-05-07", Some("14:00:00"), "")));
        check("2025년 5월 7일 수요일", Some(("2025-05-07", None, "")));
        check("'25. 5. 7.(수)", Some(("2025-05-07", None, "")));
        check("05/07/2025 | Press release", Some(("2025-05-07", None, "| Press release")));
        check("07.05.2025 - Artikel", Some(("2025-05-07", None, "- Artikel")));
        check(
            "Wednesday, May 7, 2025, 4:30 p.m. Seoul",
            Some(("2025-05-07", Some("16:30:00"), "Seoul")),
        );
        check("7 May 2025", Some(("2025-05-07", None, "")));
        check("2025.05.07 외교부", Some(("2025-05-07", None, "외교부")));
        check("May 7, 2025, 14:30 (KST)", Some(("2025-05-07", Some("14:30:00"), "")));
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for text in [
            "May",
            "5. 7.(수)",
            "2025",
            "1. On May 7",
            "2025-13-01",
            "Mayor Kim 7, 2025",
            "1,204",
            "3.5 percent",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn times_stand_alone_too() {
        assert_eq!(
            time_of_day("14:30 KST").map(|(time, _)| time.to_string()).as_deref(),
            Some("14:30:00")
        );
        assert_eq!(
            time_of_day("오후 2시 30분").map(|(time, _)| time.to_string()).as_deref(),
            Some("14:30:00")
        );
        assert!(time_of_day("14").is_none());
    }
}
