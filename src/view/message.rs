//! Nothing there, not found, failed: what happened, and the ways out.

use yew::prelude::*;

use super::address::Place;
use super::state::{Action, Failure, Opener, State};
use super::text::Ui;
use super::viewer::heading;

/// Something that is said in place of a list or a release, or above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    /// What happened.
    pub(super) title: String,
    /// What can be done.
    pub(super) lines: Vec<String>,
    /// At most three ways out, the main one first.
    pub(super) ways: Vec<Way>,
    /// Whether something went wrong.
    pub(super) failed: bool,
}

/// A way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A link to a place.
    Link(String, Place),
    /// The same request again.
    Retry(&'static str),
    /// The search window.
    Search(&'static str),
}

/// The message for an id that the archive does not have.
pub(super) fn not_found(state: &State, place: &Place) -> Message {
    let ui = state.ui();
    let words = ui.words();
    let list = Place::List { lang: state.lang_param(&state.lang_of(place)), section: None, page: 1 };
    let name = state.section_of(&list).map_or_else(|| words.press_releases.to_owned(), |section| section.name);
    let mut ways = vec![Way::Link(ui.back_to(&name), list)];
    if !state.search.open {
        ways.push(Way::Search(words.open_search));
    }
    Message { title: words.not_found_title.to_owned(), lines: vec![words.not_found_help.to_owned()], ways, failed: false }
}

/// The message for something that did not come. What is shown below it stays, with the time it is from.
pub(super) fn failure(state: &State, failure: Failure) -> Message {
    let words = state.ui().words();
    let help = match failure {
        Failure::Offline => words.failed_offline,
        Failure::Timeout => words.failed_timeout,
        Failure::Server => words.failed_server,
        Failure::Data => words.failed_data,
    };
    let mut lines = vec![help.to_owned()];
    if state.shown.is_some() && !state.loaded_at.is_empty() {
        lines.push(format!("{} {}", words.data_from, state.loaded_at));
    }
    Message { title: words.failed_title.to_owned(), lines, ways: vec![Way::Retry(words.retry)], failed: true }
}

/// Renders a message. It carries the content heading unless it stands above content that has one.
pub(super) fn view_message(state: &State, message: &Message, dispatch: &Callback<Action>) -> Html {
    let above_content = message.failed && state.shown.is_some();
    let id = (!above_content).then_some("heading");
    html! {
        <div class={classes!("rv-message", message.failed.then_some("rv-message--failed"))}>
            if above_content {
                <p class="rv-message__title">{ &message.title }</p>
            } else {
                { heading(state, 0, "rv-message__title", id, html! { { &message.title } }) }
            }
            for line in message.lines.iter() {
                <p>{ line }</p>
            }
            if !message.ways.is_empty() {
                <p class="rv-message__ways">
                    for way in message.ways.iter() {
                        { view_way(state, way, dispatch) }
                    }
                </p>
            }
        </div>
    }
}

fn view_way(state: &State, way: &Way, dispatch: &Callback<Action>) -> Html {
    match way {
        Way::Link(label, place) => html! { <a class="rv-link" href={state.settings.address.write(place)}>{ label }</a> },
        Way::Retry(label) => html! {
            <button class="rv-button rv-button--main" type="button" onclick={dispatch.reform(|_| Action::Retry)}>{ *label }</button>
        },
        Way::Search(label) => html! {
            <button class="rv-button" type="button" onclick={dispatch.reform(|_| Action::OpenSearch(Opener::Button))}>{ *label }</button>
        },
    }
}

/// The line that is said when something takes longer than a second.
pub(super) fn loading(ui: Ui) -> &'static str {
    ui.words().loading
}
