//! Nothing there, not found, failed: what happened, and the ways out.

use yew::Html;

use super::action::{Failure, Opener};
use super::address::Place;
use super::node::{Order, tag};
use super::state::State;
use super::text::Ui;
use super::viewer::heading;
use crate::model::Lang;

/// Something that is said in place of a list or a release, or above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    /// What happened.
    pub(super) title: String,
    /// What can be done.
    pub(super) lines: Vec<String>,
    /// The ways out, the main one first.
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

impl Way {
    /// To the first section of a language.
    pub(super) fn to_list(state: &State, lang: &Lang) -> Self {
        let list = state.list_place(lang, None, 1);
        let ui = state.ui();
        let name = state
            .section_of(&list)
            .map_or_else(|| ui.words().press_releases.to_owned(), |section| section.name);
        Self::Link(ui.back_to(&name), list)
    }
}

/// The message for an id that the archive does not have.
pub(super) fn not_found(state: &State, place: &Place) -> Message {
    let words = state.ui().words();
    let mut ways = vec![Way::to_list(state, &state.lang_of(place))];
    if !state.search.open {
        ways.push(Way::Search(words.open_search));
    }
    Message {
        title: words.not_found_title.to_owned(),
        lines: vec![words.not_found_help.to_owned()],
        ways,
        failed: false,
    }
}

impl Failure {
    /// What happened and what can be done.
    #[must_use]
    pub fn help(self, ui: Ui) -> &'static str {
        let words = ui.words();
        match self {
            Self::Offline => words.failed_offline,
            Self::Timeout => words.failed_timeout,
            Self::Server => words.failed_server,
            Self::Data => words.failed_data,
        }
    }
}

/// The message for something that did not come. What is shown below it stays, with the time it is from.
pub(super) fn failure(state: &State, failure: Failure) -> Message {
    let words = state.ui().words();
    let mut lines = vec![failure.help(state.ui()).to_owned()];
    if state.shown.is_some() && !state.loaded_at.is_empty() {
        lines.push(format!("{} {}", words.data_from, state.loaded_at));
    }
    Message {
        title: words.failed_title.to_owned(),
        lines,
        ways: vec![Way::Retry(words.retry)],
        failed: true,
    }
}

/// Renders a message. It carries the content heading unless it stands above content that has one.
pub(super) fn view_message(state: &State, message: &Message) -> Html {
    let above_content = message.failed && state.shown.is_some();
    let title = if above_content {
        tag("p", "rv-message__title")
    } else {
        heading(state, 0, "rv-message__title", Some("heading"))
    };
    let mut node =
        tag("div", if message.failed { "rv-message rv-message--failed" } else { "rv-message" })
            .when(state.settings.isolated, "part", "message")
            .add(title.text(&message.title));
    for line in &message.lines {
        node = node.add(tag("p", "").text(line));
    }
    if message.ways.is_empty() {
        return node.html();
    }
    // One alone is no list.
    let listed = message.ways.len() > 1;
    let mut ways = tag(if listed { "ul" } else { "p" }, "rv-message__ways");
    for way in &message.ways {
        let way = match way {
            Way::Link(label, place) => {
                tag("a", "rv-link").set("href", state.settings.address.write(place)).text(label)
            }
            Way::Retry(label) => tag("button", "rv-button rv-button--main")
                .attr("type", "button")
                .order(Order::Retry)
                .text(label),
            Way::Search(label) => tag("button", "rv-button")
                .attr("type", "button")
                .order(Order::OpenSearch(Opener::Button))
                .text(label),
        };
        ways = ways.add(if listed { tag("li", "").add(way) } else { way });
    }
    node.add(ways).html()
}
