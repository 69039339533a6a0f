//! Which documents are others than in the index that is served.

use anyhow::Result;
use rusqlite::params;

use super::super::changes::Changes;
use super::super::order::id;
use super::super::state::State;
use super::document;
use crate::model::Lang;

/// With more, everything is made anew: what they say is held in memory, and they reach nearly all pieces.
const MOST: usize = 256;

/// With more than this part of all, making everything anew costs less.
const PART: usize = 4;

/// A document that is gone, new, another, or of another number.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) id: String,
    /// Its number in the index that is served.
    pub(super) before: Option<u32>,
    /// Its number from now on.
    pub(super) after: Option<u32>,
    /// Whether what it says may be something else.
    pub(super) changed: bool,
}

/// The documents of a language that are no longer what they were, newest first. `None` if they are too many.
pub(super) fn moved(
    state: &State,
    changes: &Changes,
    lang: &Lang,
    total: usize,
) -> Result<Option<Vec<Moved>>> {
    let touched = changes.touched(lang.as_str());
    let Some((oldest, _)) = touched.last() else { return Ok(Some(Vec::new())) };
    let count = |was: bool, is: bool| {
        touched.iter().filter(|(_, touch)| (touch.before, touch.after) == (was, is)).count()
    };
    // Numbers are those of the next older one to come.
    let (mut after, mut before) =
        (document(total)?, document(total + count(true, false) - count(false, true))?);
    let mut list = state
        .db
        .prepare_cached("SELECT place FROM release WHERE lang = ? AND place <= ? ORDER BY place")?;
    let mut rows = list.query(params![lang.as_str(), oldest])?;
    let mut touched = touched.iter().peekable();
    let most = MOST.min(total / PART);
    let mut moved = Vec::new();
    loop {
        let row = rows.next()?;
        let place = row.map(|row| row.get_ref(0)?.as_str().map_err(rusqlite::Error::from));
        let place = place.transpose()?;
        // Those that are gone, up to here.
        while let Some((gone, touch)) =
            touched.next_if(|(touched, _)| place.is_none_or(|place| touched.as_str() < place))
        {
            if touch.before && !touch.after {
                if moved.len() >= most {
                    return Ok(None);
                }
                before -= 1;
                let id = id(gone).to_owned();
                moved.push(Moved { id, before: Some(before), after: None, changed: true });
            }
        }
        let Some(place) = place else { return Ok(Some(moved)) };
        let touch = touched.next_if(|(touched, _)| touched == place).map(|(_, touch)| touch);
        after -= 1;
        let is_new = touch.is_some_and(|touch| !touch.before);
        if !is_new {
            before -= 1;
        }
        let before = (!is_new).then_some(before);
        if touch.is_some() || before != Some(after) {
            if moved.len() >= most {
                return Ok(None);
            }
            let (id, after) = (id(place).to_owned(), Some(after));
            moved.push(Moved { id, before, after, changed: touch.is_some() });
        }
    }
}
