//! Moves focus and window to where the state says.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::app::AppProps;
use crate::view::{Focus, Opener, dom_id};

/// Carries out a focus; `scroll` is where the window stood when this place was left.
pub(super) fn give(focus: &Focus, props: &AppProps, scroll: Option<f64>) {
    let AppProps { host, root, name, .. } = props;
    let find = |part: &str| by_id(root, &dom_id(name, part));
    let heading = || find("heading");
    match focus {
        Focus::Heading => {
            let top = host.get_bounding_client_rect().top();
            // The start of the viewer comes into the window if it is above or far below.
            if top < 0.0 || top > window_height() / 2.0 {
                host.scroll_into_view();
            }
            take(heading());
        }
        Focus::HeadingInPlace => {
            take(heading());
            restore(scroll);
        }
        Focus::Item(id) => {
            take(find(&format!("item-{id}")).or_else(heading));
            restore(scroll);
        }
        Focus::Block(id) => block(find(&format!("at-{id}")).or_else(heading)),
        Focus::BlockIfFree(id) => {
            let active = host.owner_document().and_then(|document| document.active_element());
            let free = active.is_none_or(|active| active.tag_name() == "BODY");
            if free {
                block(find(&format!("at-{id}")));
            }
            restore(scroll);
        }
        Focus::MainMenu => visible(find("menu").and_then(|menu| first_link(&menu))),
        Focus::SearchField => visible(find("field")),
        Focus::PeriodEnd => visible(find("to")),
        Focus::Retry => {
            let alert = root.query_selector(".rv-alert").ok().flatten();
            if let Some(alert) = alert {
                show(&alert, ScrollLogicalPosition::Nearest);
                take(
                    alert
                        .query_selector("[data-rv=retry]")
                        .ok()
                        .flatten()
                        .and_then(|button| button.dyn_into().ok()),
                );
            }
        }
        Focus::Opener(Opener::Button) => visible(find("search-button")),
        Focus::Opener(Opener::SkipMenu) => {
            visible(find("skip-search").or_else(|| find("search-button")))
        }
        Focus::End => visible(find("end")),
    }
}

/// Brings an element into the window.
fn show(element: &Element, place: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(place);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Scrolls the window back to where it was.
pub(super) fn restore(scroll: Option<f64>) {
    if let (Some(window), Some(top)) = (web_sys::window(), scroll) {
        window.scroll_to_with_x_and_y(window.page_x_offset().unwrap_or_default(), top);
    }
}

/// Looks in this viewer only: a host may use the same id, and its document does not see into a shadow tree. In an
/// attribute, since `#id` would have to be escaped; names of elements may hold what they like.
fn by_id(root: &Element, id: &str) -> Option<HtmlElement> {
    let id = id.replace('\\', "\\\\").replace('"', "\\\"");
    root.query_selector(&format!("[id=\"{id}\"]")).ok()??.dyn_into().ok()
}

fn first_link(menu: &HtmlElement) -> Option<HtmlElement> {
    menu.query_selector("a").ok()??.dyn_into().ok()
}

fn window_height() -> f64 {
    web_sys::window()
        .and_then(|window| window.inner_height().ok())
        .and_then(|height| height.as_f64())
        .unwrap_or_default()
}

/// Focuses without scrolling: where the window goes is said apart.
fn take(element: Option<HtmlElement>) {
    if let Some(element) = element {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _gone = element.focus_with_options(&options);
    }
}

fn visible(element: Option<HtmlElement>) {
    if let Some(element) = element {
        let _gone = element.focus();
    }
}

/// Brings a block to the middle of the window, with the focus on it.
fn block(element: Option<HtmlElement>) {
    if let Some(element) = &element {
        show(element, ScrollLogicalPosition::Center);
    }
    take(element);
}
