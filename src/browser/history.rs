//! The address bar, and what is noted beside an entry of the history.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Window;

use crate::view::Routing;

/// Key of the noted place in the history entry's state, beside whatever the host keeps there.
const SCROLL_KEY: &str = "rvScroll";

/// What stands in the address bar where a viewer has its places, with `#` or `?`; empty if nothing does.
pub(super) fn address(routing: Routing) -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = location.and_then(|location| match routing {
        Routing::Query => location.search().ok(),
        _ => location.hash().ok(),
    });
    part.unwrap_or_default()
}

/// The page without its fragment.
pub(super) fn page() -> String {
    let page = web_sys::window().and_then(|window| window.location().href().ok());
    page.unwrap_or_default().split('#').next().unwrap_or_default().to_owned()
}

/// What became of a wish to go somewhere.
pub(super) enum Gone {
    /// An event will tell that the address has changed.
    Soon,
    /// It has changed, or there is none.
    Now,
}

/// Puts an address into the address bar, with an entry of its own in the history.
pub(super) fn go(routing: Routing, to: &str) -> Gone {
    let Some(window) = web_sys::window() else { return Gone::Now };
    if address(routing) == to {
        return Gone::Now;
    }
    match routing {
        Routing::Hash => match window.location().set_hash(to) {
            Ok(()) => Gone::Soon,
            Err(_) => Gone::Now,
        },
        Routing::Query => {
            if let Ok(history) = window.history() {
                let _refused = history.push_state_with_url(&JsValue::NULL, "", Some(to));
            }
            Gone::Now
        }
        Routing::None => Gone::Now,
    }
}

fn history_state(window: &Window) -> Option<(web_sys::History, JsValue)> {
    let history = window.history().ok()?;
    let state = history.state().ok()?;
    Some((history, state))
}

/// Notes in the history entry how far the window is scrolled, so that back and reload can return there.
pub(super) fn note_scroll() {
    let Some(window) = web_sys::window() else { return };
    let Some((history, state)) = history_state(&window) else { return };
    let kept = Object::new();
    if state.is_object() {
        Object::assign(&kept, state.unchecked_ref());
    } else if !state.is_null() {
        return; // The host keeps something of its own that cannot be added to.
    }
    let top = JsValue::from_f64(window.page_y_offset().unwrap_or_default());
    if Reflect::set(&kept, &JsValue::from_str(SCROLL_KEY), &top).is_ok() {
        let _refused = history.replace_state(&kept, "");
    }
}

/// How far the window was scrolled when this entry was left.
pub(super) fn noted_scroll() -> Option<f64> {
    let (_, state) = history_state(&web_sys::window()?)?;
    Reflect::get(&state, &JsValue::from_str(SCROLL_KEY)).ok()?.as_f64()
}
