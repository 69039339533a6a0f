//! Moments in Seoul as feeds write them.

use crate::model::{Date, Entry, Time};
use crate::native::calendar::{month, weekday};

/// A moment in Seoul; a day without a time begins at midnight.
pub(super) type Moment = (Date, Option<Time>);

/// When the release was published.
pub(super) fn published(entry: &Entry) -> Option<Moment> {
    entry.date.map(|date| (date, entry.time))
}

/// `Mon, 05 Jan 2026 09:30:00 +0900` (RFC 822, 5.1, with the year of RFC 1123).
pub(super) fn rfc822((date, time): Moment) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let weekday = DAYS.get(weekday(date)).copied().unwrap_or_default();
    let month = month(date).get(..3).unwrap_or_default();
    let (day, year) = (date.day(), date.year());
    format!("{weekday}, {day:02} {month} {year} {} +0900", clock(time))
}

/// `2026-01-05T09:30:00+09:00` (RFC 3339).
pub(super) fn rfc3339((date, time): Moment) -> String {
    format!("{date}T{}+09:00", clock(time))
}

/// The same for sitemaps, where a day without a time stays one (W3C note on date and time formats).
pub(super) fn w3c((date, time): Moment) -> String {
    if time.is_some() { rfc3339((date, time)) } else { date.to_string() }
}

fn clock(time: Option<Time>) -> String {
    time.map_or_else(|| "00:00:00".to_owned(), |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::{rfc822, rfc3339, w3c};
    use crate::model::{Date, Time};

    #[test]
    fn moments_are_written_as_the_formats_want_them() {
        let day = |year, month, day| Date::new(year, month, day).unwrap();
        let check = |date, written: &str| assert_eq!(rfc822((date, None)), written);
        check(day(2026, 1, 5), "Mon, 05 Jan 2026 00:00:00 +0900");
        check(day(2024, 2, 29), "Thu, 29 Feb 2024 00:00:00 +0900");
        check(day(2000, 3, 1), "Wed, 01 Mar 2000 00:00:00 +0900");
        check(day(1999, 12, 31), "Fri, 31 Dec 1999 00:00:00 +0900");
        check(day(1900, 1, 1), "Mon, 01 Jan 1900 00:00:00 +0900");
        let moment = (day(2026, 1, 5), Time::new(9, 30, 0));
        assert_eq!(rfc822(moment), "Mon, 05 Jan 2026 09:30:00 +0900");
        assert_eq!(rfc3339(moment), "2026-01-05T09:30:00+09:00");
        assert_eq!(w3c(moment), "2026-01-05T09:30:00+09:00");
        assert_eq!(w3c((day(2026, 1, 5), None)), "2026-01-05");
    }
}
