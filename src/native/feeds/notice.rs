//! What a feed says of a withdrawn release.

use std::borrow::Cow;

use crate::model::{Date, Entry, Lang, Release, Withdrawal};
use crate::view::Ui;

/// The language of a release: that in which an archive offers it.
pub(super) fn lang(entry: &Entry) -> Lang {
    entry.lang.clone().unwrap_or(Lang::KO)
}

/// The release as it may be written: as it is, or without its text.
pub(super) fn public(release: &Release) -> Cow<'_, Release> {
    match release.entry.withdrawn {
        Some(_) => Cow::Owned(without_text(release)),
        None => Cow::Borrowed(release),
    }
}

/// All that may still be said of a release that was taken back. Without a title it is called by its id, since its first
/// words are withdrawn, too.
pub(in crate::native) fn without_text(release: &Release) -> Release {
    let Release { entry, older, newer, .. } = release;
    let mut entry = entry.clone();
    if entry.title.is_none() {
        entry.title = Some(entry.id.to_string());
    }
    (entry.decks, entry.attachments, entry.opening) = (Vec::new(), Vec::new(), String::new());
    Release {
        entry,
        masthead: Vec::new(),
        translation_notice: None,
        blocks: Vec::new(),
        contacts: Vec::new(),
        licence: None,
        end_mark: None,
        older: older.clone(),
        newer: newer.clone(),
    }
}

/// That it was withdrawn, when and why, in one or two sentences; the reason is in the ministry's words.
pub(in crate::native) fn notice(entry: &Entry) -> Option<(&'static str, String)> {
    let Withdrawal { date, reason } = entry.withdrawn.as_ref()?;
    let ui = Ui::of(&lang(entry));
    let mut notice = match (ui, date) {
        (Ui::Ko, None) => "이 보도자료는 철회되었습니다.".to_owned(),
        (Ui::Ko, Some(date)) => {
            let (year, month, day) = (date.year(), date.month(), date.day());
            format!("이 보도자료는 {year}년 {month}월 {day}일에 철회되었습니다.")
        }
        (Ui::En, None) => "This press release has been withdrawn.".to_owned(),
        (Ui::En, Some(date)) => format!("This press release was withdrawn on {}.", in_words(*date)),
    };
    if let Some(reason) = reason {
        notice.push_str(if ui == Ui::Ko { " 사유: " } else { " Reason: " });
        notice.push_str(reason);
    }
    Some((if ui == Ui::Ko { "ko" } else { "en" }, notice))
}

/// `5 January 2026`
fn in_words(date: Date) -> String {
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
    let month = MONTHS.get(usize::from(date.month()) - 1).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}
