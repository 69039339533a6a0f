//! The address bar.

use wasm_bindgen::JsValue;

use crate::view::Routing;

/// What stands in the address bar where a viewer has its places, with `#` or `?`, or all of it for paths;
/// empty if nothing does.
pub(super) fn address(routing: Routing) -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = location.and_then(|location| match routing {
        Routing::Query => location.search().ok(),
        Routing::Path => location.href().ok(),
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
        Routing::Query | Routing::Path => {
            let mut to = to.to_owned();
            if routing == Routing::Query {
                // The fragment may be another viewer's.
                to.push_str(&address(Routing::Hash));
            }
            if let Ok(history) = window.history() {
                let _refused = history.push_state_with_url(&JsValue::NULL, "", Some(&to));
            }
            Gone::Now
        }
        Routing::None => Gone::Now,
    }
}
