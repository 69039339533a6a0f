//! Moments in Seoul as feeds write them.

use crate::model::{Date, Entry, Time};

/// A moment in Seoul; a day without a time begins at midnight.
pub(super) type Moment = (Date, Option<Time>);

/// When the release was published.
pub(super) fn published(entry: &Entry) -> Option<Moment> {
    entry.date.map(|date| (date, entry.time))
}

/// When what a reader gets last changed: by publication, by a correction, or by withdrawal.
pub(super) fn updated(entry: &Entry) -> Option<Moment> {
    let modified = entry.modified.map(|(date, time)| (date, Some(time)));
    let withdrawn = entry.withdrawn.as_ref().and_then(|withdrawal| withdrawal.date);
    published(entry).max(modified).max(withdrawn.map(|date| (date, None)))
}

/// `Mon, 05 Jan 2026 09:30:00 +0900` (RFC 822, 5.1, with the year of RFC 1123).
pub(super) fn rfc822((date, time): Moment) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS.get(usize::from(date.month()) - 1).copied().unwrap_or_default();
    let (day, year) = (date.day(), date.year());
    format!("{}, {day:02} {month} {year} {} +0900", weekday(date), clock(time))
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

/// Counts days with years that begin in March, so that a leap day is the last of its year.
fn weekday(date: Date) -> &'static str {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let (month, day) = (usize::from(date.month()), usize::from(date.day()));
    let year = usize::from(date.year()) - usize::from(month < 3);
    let since_march = (month + 9) % 12;
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (since_march * 153 + 2) / 5 + day;
    DAYS.get((days + 2) % 7).copied().unwrap_or_default()
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
