//! The viewer in a page: element, fetching, addresses, focus.
//!
//! **Invariant:** decides nothing that `view::State` could decide.

mod app;
mod clock;
mod events;
mod fetch;
mod focus;
mod history;

use app::{App, AppProps};
use wasm_bindgen::prelude::wasm_bindgen;
use yew::AppHandle;

/// A viewer in an element, until it is unmounted.
#[wasm_bindgen]
#[expect(missing_debug_implementations, reason = "a handle for JavaScript, which cannot print it")]
pub struct Mounted {
    app: Option<AppHandle<App>>,
}

/// Puts a viewer into `root`, which must be empty, with the settings of `host`, the `<release-viewer>` element.
/// What the host shows until then is its own affair: it hears `rv-ready` when the first view is complete.
#[wasm_bindgen]
#[must_use]
pub fn mount(host: web_sys::HtmlElement, root: web_sys::Element) -> Mounted {
    let app =
        yew::Renderer::<App>::with_root_and_props(root.clone(), AppProps { host, root }).render();
    Mounted { app: Some(app) }
}

#[wasm_bindgen]
impl Mounted {
    /// Takes the viewer away again.
    pub fn unmount(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

/// Constant time like the standard one, and 2.3 kB smaller after brotli.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
