//! The other side: `element.js`, which does for a viewer what the page allows.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{AbortSignal, Element};

use crate::model::Date;
use crate::view::{DateStyle, Ui};

#[wasm_bindgen]
extern "C" {
    /// What `element.js` gives to each viewer.
    #[derive(Clone, Debug, PartialEq)]
    pub type Link;

    /// Ends what the viewer has begun, when it is taken away.
    #[wasm_bindgen(method, getter)]
    pub(super) fn signal(this: &Link) -> AbortSignal;

    /// The nearest language around the element; empty if there is none.
    #[wasm_bindgen(method, getter)]
    pub(super) fn lang(this: &Link) -> String;

    /// A feed that the host gave instead of an address.
    #[wasm_bindgen(method, getter)]
    pub(super) fn data(this: &Link) -> Option<String>;

    /// The address of the archive, with a slash at its end. It stays when paths change the address of the page.
    #[wasm_bindgen(method, getter)]
    pub(super) fn base(this: &Link) -> String;

    /// The data of the prerendered page that the element stands in.
    #[wasm_bindgen(method, getter)]
    pub(super) fn page(this: &Link) -> Option<String>;

    /// The whole address that a link leads to.
    #[wasm_bindgen(method)]
    pub(super) fn href(this: &Link, link: &Element) -> String;

    /// Fetches a text within the time that is left (DESIGN, 7). The answer comes to `Mounted::answer`.
    #[wasm_bindgen(method)]
    pub(super) fn ask(this: &Link, number: u32, url: &str);

    /// Asks the search program of an archive, which is loaded with the first question. The answer comes to
    /// `Mounted::answer`, as JSON.
    #[wasm_bindgen(method)]
    pub(super) fn search(this: &Link, number: u32, archive: &str, question: &str);

    /// Tells what happens; gives whether to go on.
    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Link, kind: &str, first: &str, second: &str, third: &str) -> bool;

    /// Moves focus and window to a part of the view, else to another one.
    #[wasm_bindgen(method)]
    pub(super) fn focus(this: &Link, how: &str, part: &str, other: &str);

    /// What stands after `#` in the address bar, with `#`; where that is another viewer's, where this one was when the
    /// entry of the history was left.
    #[wasm_bindgen(method)]
    pub(super) fn hash(this: &Link) -> String;

    /// Puts a text on the clipboard. Whether that was possible comes to `Mounted::copied`.
    #[wasm_bindgen(method)]
    pub(super) fn copy(this: &Link, text: &str);

    #[wasm_bindgen(method, js_name = day)]
    fn write_day(this: &Link, year: u32, month: u32, day: u32, korean: bool, full: bool) -> String;

    #[wasm_bindgen(method, js_name = now)]
    fn write_now(this: &Link, korean: bool) -> String;
}

impl Link {
    /// Writes a day: `2025. 5. 7.(수)`, `May 7, 2025`.
    pub(super) fn day(&self, date: Date, ui: Ui, style: DateStyle) -> String {
        let [year, month, day] = [date.year().into(), date.month().into(), date.day().into()];
        self.write_day(year, month, day, ui == Ui::Ko, style == DateStyle::Full)
    }

    /// Writes the time that it is now.
    pub(super) fn now(&self, ui: Ui) -> String {
        self.write_now(ui == Ui::Ko)
    }
}
