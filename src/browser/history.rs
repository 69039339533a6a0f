//! The address bar, and what is noted beside an entry of the history.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Window;

/// Key of the noted place in the history entry's state, beside whatever the host keeps there.
const SCROLL_KEY: &str = "rvScroll";

/// The fragment of the address, with `#`; empty if there is none.
pub(super) fn fragment() -> Option<String> {
    web_sys::window()?.location().hash().ok()
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
