//! One request with a time limit.

use gloo::timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};

use crate::view::Failure;

/// After this many milliseconds a reader is told (DESIGN, 7). Less cuts off slow lines abroad, more looks like a
/// page that hangs.
const PATIENCE: u32 = 10_000;

/// Gets a text. `Ok(None)` if the server says that there is none (404, 410).
pub(super) async fn text(url: &str) -> Result<Option<String>, Failure> {
    let window = web_sys::window().ok_or(Failure::Data)?;
    let abort = AbortController::new().map_err(|_| Failure::Data)?;
    let init = RequestInit::new();
    init.set_signal(Some(&abort.signal()));
    let signal = abort.signal();
    let _limit = Timeout::new(PATIENCE, move || abort.abort());
    // A page without a connection rejects at once; so does an aborted request.
    let why = move |_: JsValue| {
        let offline = web_sys::window().is_some_and(|window| !window.navigator().on_line());
        match (signal.aborted(), offline) {
            (true, _) => Failure::Timeout,
            (_, true) => Failure::Offline,
            _ => Failure::Server,
        }
    };
    let response =
        JsFuture::from(window.fetch_with_str_and_init(url, &init)).await.map_err(&why)?;
    let response: Response = response.dyn_into().map_err(|_| Failure::Data)?;
    match response.status() {
        200..=299 => {}
        404 | 410 => return Ok(None),
        _ => return Err(Failure::Server),
    }
    let body = response.text().map_err(&why)?;
    let text = JsFuture::from(body).await.map_err(&why)?;
    text.as_string().map(Some).ok_or(Failure::Data)
}
