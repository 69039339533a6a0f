//! What a feed says of a withdrawn release.

use std::borrow::Cow;

use crate::model::{Entry, Lang, Release, Withdrawal};
use crate::native::pages::day;
use crate::view::{DateStyle, Ui};

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
    let day = date.map(|date| day(date, ui, DateStyle::Short));
    let mut notice = ui.was_withdrawn(day.as_deref());
    if let Some(reason) = reason {
        notice.push(' ');
        notice.push_str(ui.words().reason);
        notice.push_str(reason);
    }
    Some((if ui == Ui::Ko { "ko" } else { "en" }, notice))
}
