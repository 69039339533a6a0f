//! The time now: the only thing that is asked of the machine besides its files.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::{Date, Time};

/// Day and time in Seoul, which has had no summer time since 1988. `None` if the clock is out of all reason.
pub(super) fn now_in_seoul() -> Option<(Date, Time)> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    at(since + 9 * 3600)
}

/// The day and time so many seconds after 1970 began.
fn at(seconds: u64) -> Option<(Date, Time)> {
    let part = |number: u64| u8::try_from(number).ok();
    let time =
        Time::new(part(seconds / 3600 % 24)?, part(seconds / 60 % 60)?, part(seconds % 60)?)?;
    // Years that begin in March put the odd day last (H. Hinnant, “chrono-Compatible Low-Level Date Algorithms”).
    let days = seconds / 86400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) =
        (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = u16::try_from(era * 400 + year).ok()? + u16::from(month <= 2);
    Some((Date::new(year, part(month)?, part(day)?)?, time))
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn seconds_become_days() {
        let check = |seconds, expected: &str| {
            let (date, time) = at(seconds).unwrap();
            assert_eq!(format!("{date}T{time}"), expected);
        };
        check(0, "1970-01-01T00:00:00");
        check(951_782_399, "2000-02-28T23:59:59");
        check(951_782_400, "2000-02-29T00:00:00");
        check(1_798_761_599, "2026-12-31T23:59:59");
        check(4_107_542_400, "2100-03-01T00:00:00");
    }
}
