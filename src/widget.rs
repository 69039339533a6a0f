//! What `element.js` calls. All of it is in `browser`; here it gets its names in JavaScript.

use release_viewer::browser::{self, Link};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

/// A viewer in an element.
#[wasm_bindgen]
pub struct Mounted(browser::Mounted);

/// Puts a viewer into an element.
#[expect(unreachable_pub, reason = "wasm-bindgen takes public functions only")]
#[wasm_bindgen]
pub fn mount(host: Element, root: Element, name: String, link: Link) -> Mounted {
    Mounted(browser::mount(host, root, name, link))
}

#[wasm_bindgen]
impl Mounted {
    /// Goes to an address in its form with `#`.
    pub fn go(&self, address: &str) {
        self.0.go(address);
    }

    /// Reads the attributes again.
    pub fn configure(&self) {
        self.0.configure();
    }

    /// Tries again what has failed.
    pub fn retry(&self) {
        self.0.retry();
    }

    /// Gives the answer to a question of the link.
    pub fn answer(&self, number: u32, text: Option<String>, code: u32) {
        self.0.answer(number, text, code);
    }

    /// Tells whether something was copied.
    pub fn copied(&self, done: bool) {
        self.0.copied(done);
    }

    /// Serves a prerendered view.
    pub fn adopt(&self, page: Element) {
        self.0.adopt(page);
    }

    /// Names what is needed where a link leads.
    pub fn likely(&self, href: &str) {
        self.0.likely(href);
    }

    /// Takes the viewer away again.
    pub fn unmount(self) {
        self.0.unmount();
    }
}
