//! Where a release stands: newest first, in a form that a database sorts by itself.

use crate::model::{Date, Entry, Slug, Time};

/// Signs before the id.
const MOMENT: usize = 15;

/// A text that sorts as lists do: newest first, those without a time after those with one, those without a day last,
/// and by id within the same moment. It ends with the id.
pub(super) fn place(entry: &Entry) -> String {
    let mut place = String::with_capacity(MOMENT + entry.id.as_str().len());
    put(&mut place, entry.date.map(|date| date.to_string()), 8);
    put(&mut place, entry.time.filter(|_| entry.date.is_some()).map(|time| time.to_string()), 6);
    place.push(' ');
    place.push_str(entry.id.as_str());
    place
}

/// Digits from 9 down, so that later is smaller; `~` is behind all of them.
fn put(into: &mut String, printed: Option<String>, width: usize) {
    match printed {
        Some(text) => into.extend(
            text.bytes().filter(u8::is_ascii_digit).map(|digit| char::from(b'9' - (digit - b'0'))),
        ),
        None => into.extend(std::iter::repeat_n('~', width)),
    }
}

/// The id in a place.
pub(super) fn id(place: &str) -> &str {
    place.get(MOMENT..).unwrap_or_default()
}

/// The first place that is public at this moment: all smaller ones are under embargo.
pub(super) fn horizon(now: (Date, Time)) -> String {
    let mut place = String::with_capacity(MOMENT);
    put(&mut place, Some(now.0.to_string()), 8);
    put(&mut place, Some(now.1.to_string()), 6);
    place
}

/// When a release becomes public. A day without a time begins at midnight.
pub(super) fn due(entry: &Entry) -> Option<(Date, Time)> {
    Some((entry.date?, entry.time.or_else(|| Time::new(0, 0, 0))?))
}

/// An id that is one again after it was a text.
pub(super) fn slug(id: &str) -> anyhow::Result<Slug> {
    Slug::parse(id).ok_or_else(|| anyhow::anyhow!("the state holds an id that is none: {id:?}"))
}
