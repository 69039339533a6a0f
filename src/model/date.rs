//! Days and times in Seoul.

use std::fmt;

/// The months in English, in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day of the Gregorian calendar. Field order makes comparison go by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day that exists, between 1900 and 2999; else `None`.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1900..3000).contains(&year) && (1..=last).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// Reads `YYYY-MM-DD`, also at the start of an RFC 3339 time.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let part =
            |from, to| text.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
        let dashes = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        let ends = text.len() == 10 || matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' '));
        if !dashes || !ends {
            return None;
        }
        Self::new(part(0, 4)?.parse().ok()?, part(5, 7)?.parse().ok()?, part(8, 10)?.parse().ok()?)
    }

    fn next(self) -> Option<Self> {
        Self::new(self.year, self.month, self.day + 1)
            .or_else(|| Self::new(self.year, self.month + 1, 1))
            .or_else(|| Self::new(self.year + 1, 1, 1))
    }

    fn previous(self) -> Option<Self> {
        let last = |day| Self::new(self.year, self.month - 1, day);
        Self::new(self.year, self.month, self.day - 1)
            .or_else(|| [31, 30, 29, 28].into_iter().find_map(last))
            .or_else(|| Self::new(self.year - 1, 12, 31))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    /// Writes `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A time of day in Seoul.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    hour: u8,
    minute: u8,
    second: u8,
}

impl Time {
    /// A time between 00:00:00 and 23:59:59; else `None`.
    #[must_use]
    pub fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        (hour < 24 && minute < 60 && second < 60).then_some(Self { hour, minute, second })
    }

    /// Reads `HH:MM` or `HH:MM:SS`.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.split(':').map(|part| {
            let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        });
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = parts.next().unwrap_or(Some(0))?;
        if parts.next().is_some() { None } else { Self::new(hour, minute, second) }
    }
}

impl fmt::Display for Time {
    /// Writes `HH:MM:SS`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }
}

/// Reads a time of RFC 3339 (5.6), and gives it in Seoul. A time without an offset is one in Seoul already.
#[must_use]
pub fn in_seoul(text: &str) -> Option<(Date, Time)> {
    const SEOUL: i32 = 9 * 60;
    const DAY: i32 = 24 * 60;
    let (date, rest) = (Date::parse_iso(text)?, text.get(11..)?);
    let (clock, offset) = rest.split_at(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len()));
    let time = Time::parse_iso(clock.split('.').next()?)?;
    let east = match offset.as_bytes().first() {
        None => SEOUL,
        Some(b'Z' | b'z') => 0,
        Some(sign) => {
            let offset = Time::parse_iso(offset.get(1..)?)?;
            let minutes = i32::from(offset.hour) * 60 + i32::from(offset.minute);
            if *sign == b'-' { -minutes } else { minutes }
        }
    };
    let minutes = i32::from(time.hour) * 60 + i32::from(time.minute) - east + SEOUL;
    let date = match minutes {
        ..0 => date.previous()?,
        DAY.. => date.next()?,
        _ => date,
    };
    let minutes = minutes.rem_euclid(DAY);
    let part = |number: i32| u8::try_from(number).ok();
    Some((date, Time::new(part(minutes / 60)?, part(minutes % 60)?, time.second)?))
}

#[cfg(test)]
mod tests {
    use super::{Date, Time, in_seoul};

    #[test]
    fn times_elsewhere_are_given_in_seoul() {
        let check = |text, written: &str| {
            let (date, time) = in_seoul(text).unwrap();
            assert_eq!(format!("{date}T{time}"), written, "{text}");
        };
        check("2026-03-01T09:30:00+09:00", "2026-03-01T09:30:00");
        check("2026-02-28T20:15:07Z", "2026-03-01T05:15:07");
        check("2024-02-28T20:15:07.123Z", "2024-02-29T05:15:07");
        check("2026-01-01T00:00:00+14:00", "2025-12-31T19:00:00");
        check("2026-12-31T23:59:59-03:30", "2027-01-01T12:29:59");
        check("2026-12-31T23:59:59", "2026-12-31T23:59:59");
        assert_eq!(in_seoul("2026-12-31"), None);
        assert_eq!(in_seoul("2026-12-31T25:00:00Z"), None);
    }

    #[test]
    fn only_days_that_exist_are_dates() {
        assert!(Date::new(2024, 2, 29).is_some());
        assert!(Date::new(2023, 2, 29).is_none());
        assert!(Date::new(2023, 13, 1).is_none());
        assert_eq!(Date::parse_iso("2018-07-04T10:00:00+09:00"), Date::new(2018, 7, 4));
        assert_eq!(Date::parse_iso("2018-07-041"), None);
        assert_eq!(Date::parse_iso("가나다라마바"), None);
    }

    #[test]
    fn times_are_read_with_or_without_seconds() {
        assert_eq!(
            Time::parse_iso("09:30").map(|time| time.to_string()).as_deref(),
            Some("09:30:00")
        );
        assert_eq!(Time::parse_iso("24:00"), None);
        assert_eq!(Time::parse_iso("9"), None);
    }
}
