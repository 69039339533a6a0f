//! The other side: the loader, which fetches for a viewer, and tells the page what happens in it.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::AbortSignal;

use crate::view::Failure;

#[wasm_bindgen]
extern "C" {
    /// What the loader gives to each viewer.
    #[derive(Clone, Debug, PartialEq)]
    pub type Link;

    /// Ends what the viewer has begun, when it is taken away.
    #[wasm_bindgen(method, getter)]
    pub(super) fn signal(this: &Link) -> AbortSignal;

    /// A feed that the host gave instead of an address.
    #[wasm_bindgen(method, getter)]
    pub(super) fn data(this: &Link) -> Option<String>;

    /// Fetches a text within the time that is left (DESIGN, 7).
    #[wasm_bindgen(method, catch)]
    async fn ask(this: &Link, url: &str) -> Result<JsValue, JsValue>;

    /// Tells what happens; gives whether to go on. What the values are called stands in the loader.
    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Link, kind: &str, first: &str, second: &str, third: &str) -> bool;
}

impl Link {
    /// Gets a text. `Ok(None)` if the server says that there is none (404, 410).
    pub(super) async fn text(&self, url: &str) -> Result<Option<String>, Failure> {
        match self.ask(url).await {
            Ok(text) => text.as_string().map(Some).ok_or(Failure::Data),
            Err(code) => match code.as_f64() {
                Some(404.0) => Ok(None),
                // The order of the loader's codes.
                Some(1.0) => Err(Failure::Offline),
                Some(2.0) => Err(Failure::Timeout),
                Some(3.0) => Err(Failure::Data),
                _ => Err(Failure::Server),
            },
        }
    }
}
