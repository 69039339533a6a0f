//! What the calendar calls a day, for all that is written about it here.

use crate::model::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of the month of a day.
pub(super) fn month(date: Date) -> &'static str {
    usize::from(date.month()).checked_sub(1).and_then(|at| MONTHS.get(at)).copied().unwrap_or("")
}

/// Days since the last Sunday, 0 to 6: Sakamoto's rule.
pub(super) fn weekday(date: Date) -> usize {
    const SHIFTS: [usize; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let month = usize::from(date.month()).saturating_sub(1);
    let year = usize::from(date.year()) - usize::from(month < 2);
    let shift = SHIFTS.get(month).copied().unwrap_or_default();
    (year + year / 4 - year / 100 + year / 400 + shift + usize::from(date.day())) % 7
}
