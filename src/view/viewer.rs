//! The whole viewer, from skip menu to end.

use std::rc::Rc;

use yew::prelude::*;

use super::address::Place;
use super::list::view_list;
use super::main_menu::view_main_menu;
use super::message::{failure, loading, not_found, view_message};
use super::release::Article;
use super::results::{find, view_results};
use super::search_box::view_search;
use super::skip_menu::SkipMenu;
use super::state::{Action, State, Status};
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

/// Properties of [`Viewer`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ViewerProps {
    /// What there is to show.
    pub state: Rc<State>,
    /// Takes what happens.
    pub dispatch: Callback<Action>,
    /// Takes the search form.
    pub onsearch: Callback<()>,
    /// Copies the address of a place.
    pub oncopy: Callback<Place>,
    /// Writes a day. The browser knows how (`Intl`), so the edge gives it.
    pub date: Callback<(Date, Ui, DateStyle), AttrValue>,
}

/// Renders skip menu, main menu, search window and content, in this order on the screen, in the DOM and for Tab.
#[component]
pub fn Viewer(props: &ViewerProps) -> Html {
    let state = &*props.state;
    let ui = state.ui();
    let words = ui.words();
    let name = &state.settings.address.name;
    let failed = match state.status {
        Status::Failed(why) => Some(view_message(state, &failure(state, why), &props.dispatch)),
        _ => None,
    };
    let content = state.shown.as_ref().map(|place| view_place(props, place));

    html! {
        <div class="rv" lang={ui.lang().to_string()}>
            if state.settings.skip_menu {
                <SkipMenu
                    {ui}
                    name={name.clone()}
                    has_content={content.is_some() || failed.is_some()}
                    has_menu={state.archive.is_some()}
                    dispatch={props.dispatch.clone()}
                />
            }
            { view_main_menu(state, &props.dispatch) }
            if state.archive.is_some() {
                { view_search(state, &props.dispatch, &props.onsearch) }
            }
            <p class={classes!("rv-status", (state.status != Status::Slow).then_some("rv-hidden"))} role="status">
                { announcement(props) }
            </p>
            <div class="rv-alert" role="alert">{ for failed }</div>
            { for content }
            <p id={dom_id(name, "end")} class="rv-end" tabindex="-1">{ words.end_of_viewer }</p>
        </div>
    }
}

fn view_place(props: &ViewerProps, place: &Place) -> Html {
    let state = &*props.state;
    match place {
        Place::List { page, .. } => view_list(props, place, *page),
        Place::Results { query, page, .. } => view_results(props, place, query, *page),
        Place::Release { id, block } => match state.releases.get(id).and_then(Option::as_ref) {
            None => view_message(state, &not_found(state, place), &props.dispatch),
            Some(release) => html! {
                <Article
                    release={Rc::clone(release)}
                    block={block.clone().map(AttrValue::from)}
                    copied={state.copied}
                    viewer={props.clone()}
                />
            },
        },
    }
}

/// What a screen reader is told without being asked: the count of results, or that it takes long.
fn announcement(props: &ViewerProps) -> String {
    let state = &*props.state;
    let ui = state.ui();
    match (state.status, &state.shown) {
        (Status::Slow, _) => loading(ui).to_owned(),
        (Status::Ready, _) if state.copied == Some(true) => ui.words().copied.to_owned(),
        (Status::Ready, _) if state.copied == Some(false) => ui.words().copy_failed.to_owned(),
        (Status::Ready, Some(place @ Place::Results { query, .. })) => match find(props, place, query).len() {
            0 => ui.no_results(&query.words),
            count => ui.results(&query.words, count),
        },
        _ => String::new(),
    }
}

/// The id of a part of a viewer.
#[must_use]
pub fn dom_id(name: &str, part: &str) -> String {
    format!("{name}-{part}")
}

/// A heading `below` levels under the first one; never deeper than 6, as HTML has no more.
pub(super) fn heading(state: &State, below: u8, class: &'static str, id: Option<&str>, content: Html) -> Html {
    let level = (state.settings.heading_level + below).clamp(1, 6);
    let tabindex = id.map(|_| "-1");
    let id = id.map(|part| dom_id(&state.settings.address.name, part));
    html! { <@{format!("h{level}")} {class} {id} {tabindex}>{ content }</@> }
}

/// The `lang` of a passage, if it is not the viewer's.
pub(super) fn lang_attr(state: &State, lang: Option<&Lang>) -> Option<String> {
    lang.filter(|lang| **lang != state.ui().lang()).map(ToString::to_string)
}

/// Words with `lang` on the passages in another language.
pub(super) fn view_words(words: &str, around: &Lang) -> Html {
    let pieces = passages(words, around);
    html! {
        for passage in pieces {
            if let Some(lang) = &passage.lang {
                <span lang={lang.to_string()}>{ passage.words }</span>
            } else {
                { passage.words }
            }
        }
    }
}

/// The value of the field in which something happened.
pub(super) fn element_value(event: &Event) -> String {
    if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
        return input.value();
    }
    event.target_dyn_into::<web_sys::HtmlSelectElement>().map(|select| select.value()).unwrap_or_default()
}
