//! The whole viewer, from skip menu to end.

use yew::Html;

use super::action::Status;
use super::address::Place;
use super::list::view_list;
use super::main_menu::view_main_menu;
use super::message::{failure, not_found, view_message};
use super::node::{Tag, nothing, tag, text};
use super::release::view_release;
use super::results::view_results;
use super::search_box::{view_form, view_search};
use super::skip_menu::view_skip_menu;
use super::state::State;
use super::text::Ui;
use crate::model::{Date, Lang, passages};

/// How a day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// `2025. 5. 7.` or `May 7, 2025`
    Short,
    /// `2025. 5. 7.(수)` or `May 7, 2025`
    Full,
}

/// What the view is made of.
#[expect(missing_debug_implementations, reason = "a function has nothing to print")]
pub struct Scene<'a> {
    /// What there is to show.
    pub state: &'a State,
    /// Writes a day. The browser knows how (`Intl`), so the edge gives it.
    pub date: &'a dyn Fn(Date, Ui, DateStyle) -> String,
}

/// Renders skip menu, main menu, search window and content, in this order on the screen, in the DOM and for Tab.
///
/// Plain functions from here on: what a component inside a component brings into the wasm (properties that are
/// compared, queues) is 1.5 kB after brotli for the first and more for hooks, and rendering it all takes less than a millisecond.
pub fn view_viewer(scene: &Scene) -> Html {
    let state = scene.state;
    let ui = state.ui();
    let failed = state.failure.map(|why| view_message(state, &failure(state, why)));
    let content = state.shown.as_ref().map(|place| view_place(scene, place));
    let mut root = tag("div", "rv").set("lang", ui.lang().to_string());
    if state.settings.skip_menu {
        root = root.node(view_skip_menu(state, content.is_some() || failed.is_some()));
    }
    root = root.node(view_main_menu(state));
    if state.archive.is_some() {
        root = root.node(view_search(state));
    }
    if let Some(address) = &state.settings.form {
        root = root.add(view_form(state, address));
    }
    let slow = state.status == Status::Slow;
    let status = tag("p", if slow { "rv-status" } else { "rv-status rv-hidden" })
        .attr("role", "status")
        .text(&announcement(state));
    let alert = tag("div", "rv-alert").attr("role", "alert").nodes(failed.into_iter().collect());
    let end = tag("p", "rv-end")
        .set("id", dom_id(&state.settings.address.name, "end"))
        .attr("tabindex", "-1");
    root.add(status)
        .add(alert)
        .nodes(content.into_iter().collect())
        // In its place also where there is none: Yew tells nodes without keys by their number, from the end.
        .node(view_as_of(scene).unwrap_or_else(nothing))
        .add(end.text(ui.words().end_of_viewer))
        .html()
}

fn view_place(scene: &Scene, place: &Place) -> Html {
    let state = scene.state;
    match place {
        Place::List { page, .. } => view_list(scene, place, *page),
        Place::Results { query, page, .. } => view_results(scene, place, query, *page),
        Place::Release { id, block } => match state.releases.get(id).and_then(Option::as_ref) {
            None => view_message(state, &not_found(state, place)),
            Some(release) => view_release(scene, release, block.as_deref()),
        },
    }
}

/// When the shown data are from: what a copy of the archive, or a page read offline, cannot say otherwise.
fn view_as_of(scene: &Scene) -> Option<Html> {
    let state = scene.state;
    let newest = match state.shown.as_ref()? {
        Place::Release { id, .. } => state.releases.get(id)?.as_ref()?.entry.as_of(),
        place @ Place::List { page, .. } => {
            state.list(place, *page).1.iter().filter_map(|entry| entry.as_of()).max()
        }
        Place::Results { .. } => None,
    };
    let (date, time) = newest?;
    let (ui, words) = (state.ui(), state.ui().words());
    let (mut machine, mut human) = (date.to_string(), (scene.date)(date, ui, DateStyle::Short));
    if let Some(time) = time.map(|time| time.to_string()) {
        human.push_str(if ui == Ui::Ko { " " } else { ", " });
        human.push_str(time.get(..5).unwrap_or_default());
        human.push_str(words.seoul);
        machine.push('T');
        machine.push_str(&time);
        machine.push_str("+09:00");
    }
    let time = tag("time", "").set("datetime", machine).text(&human);
    let label = tag("p", "rv-margin rv-quiet").text(words.as_of);
    Some(tag("div", "rv-as-of").add(label).add(tag("p", "rv-quiet").add(time)).html())
}

/// What a screen reader is told without being asked: the count of results, or that it takes long.
fn announcement(state: &State) -> String {
    let ui = state.ui();
    match (state.status, &state.shown) {
        (Status::Slow, _) => ui.words().loading.to_owned(),
        // The alert says it the first time; after a second try its words are the same.
        (Status::Failed, _) if state.retried => ui.words().failed_title.to_owned(),
        (Status::Ready, _) if state.copied == Some(true) => ui.words().copied.to_owned(),
        (Status::Ready, _) if state.copied == Some(false) => ui.words().copy_failed.to_owned(),
        // Where the focus goes to the heading, that says it.
        (Status::Ready, Some(Place::Results { query, .. })) if state.is_told() => {
            match state.answer.total {
                0 => ui.no_results(&query.words),
                count => ui.results(&query.words, count),
            }
        }
        _ => String::new(),
    }
}

/// The id of a part of a viewer.
#[must_use]
pub fn dom_id(name: &str, part: &str) -> String {
    format!("{name}-{part}")
}

/// A heading `below` levels under the first one; never deeper than 6, as HTML has no more. One with an id can take
/// the focus.
pub(super) fn heading(state: &State, below: u8, class: &'static str, id: Option<&str>) -> Tag {
    const NAMES: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    let level = usize::from(state.settings.heading_level + below).clamp(1, 6);
    let heading = tag(NAMES.get(level - 1).unwrap_or(&"h6"), class);
    match id {
        Some(part) => {
            heading.set("id", dom_id(&state.settings.address.name, part)).attr("tabindex", "-1")
        }
        None => heading,
    }
}

/// Words with `lang` on the passages in another language.
pub(super) fn view_words(words: &str, around: &Lang) -> Vec<Html> {
    let mut nodes = Vec::new();
    for passage in passages(words, around) {
        match passage.lang {
            Some(lang) => {
                nodes
                    .push(tag("span", "").set("lang", lang.to_string()).text(passage.words).html());
            }
            None => view_plain(passage.words, &mut nodes),
        }
    }
    nodes
}

/// Words, with each `△` kept on one line with what it announces: `△항공 직항 △관세`.
fn view_plain(words: &str, nodes: &mut Vec<Html>) {
    let mut rest = words;
    while let Some(start) = rest.find(['△', '▲']) {
        let (before, sign) = (rest.get(..start), rest.get(start..).unwrap_or_default());
        let end = sign.find(' ').unwrap_or(sign.len());
        nodes.extend(before.filter(|before| !before.is_empty()).map(text));
        nodes.push(tag("span", "rv-keep").text(sign.get(..end).unwrap_or_default()).html());
        rest = sign.get(end..).unwrap_or_default();
    }
    if !rest.is_empty() || nodes.is_empty() {
        nodes.push(text(rest));
    }
}
