//! The viewer in a page: the edge to the element and the address bar. Beside it stand `release-viewer.js`, the loader,
//! which defines the element, and `element.js`, which does for a viewer what only the page can.
//!
//! **Invariant:** decides nothing that `view::State` could decide. Exports nothing to JavaScript: that does the program
//! (`widget.rs`), since what a library exports is in every program that is linked with it.

mod app;
mod events;
mod focus;
mod history;
mod link;
mod settings;
mod source;

use app::{App, AppProps, Message};
use web_sys::Element;
use yew::AppHandle;

pub use link::Link;

/// A viewer in an element, until it is unmounted.
#[expect(missing_debug_implementations, reason = "a handle, which cannot print what it holds")]
pub struct Mounted {
    app: AppHandle<App>,
}

/// Puts a viewer into `root`, which must be empty, with the settings of `host`, the `<release-viewer>` element; `name`
/// begins its ids and addresses. What the host shows until the first view is complete is the loader's affair.
#[must_use]
pub fn mount(host: Element, root: Element, name: String, link: Link) -> Mounted {
    let props = AppProps { host, root: root.clone(), name, link };
    Mounted { app: yew::Renderer::<App>::with_root_and_props(root, props).render() }
}

impl Mounted {
    /// Goes to an address in its form with `#`.
    pub fn go(&self, address: &str) {
        self.app.send_message(Message::Asked(address.to_owned()));
    }

    /// Reads the attributes again.
    pub fn configure(&self) {
        self.app.send_message(Message::Configure);
    }

    /// Tries again what has failed, if anything has.
    pub fn retry(&self) {
        self.app.send_message(Message::Retry);
    }

    /// Gives the answer to a question of the link: a text, or an HTTP status, or the place of a code in the loader's
    /// list.
    pub fn answer(&self, number: u32, text: Option<String>, code: u32) {
        self.app.send_message(Message::Answer(number, text, code));
    }

    /// Tells whether something was copied.
    pub fn copied(&self, done: bool) {
        self.app.send_message(Message::Copied(done));
    }

    /// Serves a prerendered view, until ours is needed.
    pub fn adopt(&self, page: Element) {
        self.app.send_message(Message::Adopt(page));
    }

    /// Names what is needed where a link leads, so that it can be fetched beforehand.
    pub fn likely(&self, href: &str) {
        self.app.send_message(Message::Likely(href.to_owned()));
    }

    /// Takes the viewer away again.
    pub fn unmount(self) {
        self.app.destroy();
    }
}

/// Constant time like the standard one, and 2.3 kB smaller after brotli.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
