//! Where the state wants the focus → which part of the view, and how to bring it into the window.

use super::link::Link;
use crate::view::{Focus, Opener};

/// Carries out a focus.
pub(super) fn give(focus: &Focus, link: &Link) {
    const HEADING: &str = "heading";
    let block = |how, id, other| link.focus(how, &format!("at-{id}"), other);
    match focus {
        Focus::Nothing => link.focus("back", "", ""),
        Focus::Heading => link.focus("top", HEADING, HEADING),
        Focus::HeadingInPlace => link.focus("back", HEADING, HEADING),
        Focus::Item(id) => link.focus("back", &format!("item-{id}"), HEADING),
        Focus::Block(id) => block("block", id, HEADING),
        Focus::BlockIfFree(id) => block("free", id, ""),
        Focus::MainMenu => link.focus("menu", "menu", HEADING),
        Focus::Retry => link.focus("alert", HEADING, HEADING),
        Focus::SearchField => link.focus("plain", "field", HEADING),
        Focus::PeriodEnd => link.focus("plain", "to", HEADING),
        Focus::Opener(Opener::Button) => link.focus("plain", "search-button", HEADING),
        Focus::Opener(Opener::SkipMenu) => link.focus("plain", "skip-search", "search-button"),
        Focus::End => link.focus("plain", "end", HEADING),
    }
}
