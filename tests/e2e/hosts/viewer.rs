//! One viewer on a page, isolated or not: what it shows, and how a reader gets along in it.

use crate::accessibility::{assert_none, axe_source, run_axe_within};
use crate::page::{Key, Page};
use serde_json::{Value, json};

/// A link to a release in the list.
pub(super) const ITEM: &str = ".rv-item a";
/// The heading of the list or of the release.
pub(super) const HEADING: &str = "[id$='-heading']";

/// A viewer on a page, by a selector.
#[derive(Clone, Copy)]
pub(super) struct Viewer<'a> {
    page: &'a Page,
    css: &'a str,
}

impl<'a> Viewer<'a> {
    /// The first one that matches; ` >>> ` leads into a shadow root.
    pub(super) fn new(page: &'a Page, css: &'a str) -> Self {
        Self { page, css }
    }

    /// The only one on a page.
    pub(super) fn only(page: &'a Page) -> Self {
        Self::new(page, "release-viewer")
    }

    fn script(self, script: &str) -> String {
        let css = self.css;
        format!("{}\nconst viewer = find({css:?});\n{script}", include_str!("inside.js"))
    }

    /// Runs a script that knows `viewer` and what `inside.js` has.
    pub(super) fn js(self, script: &str) -> Value {
        self.page.js(&self.script(script))
    }

    /// The same with `arguments`.
    pub(super) fn js_with(self, script: &str, arguments: Value) -> Value {
        self.page.js_with(&self.script(script), arguments)
    }

    /// Waits until such a script gives something true.
    pub(super) fn until(self, what: &str, script: &str) {
        self.page.until(what, &self.script(script));
    }

    /// Waits until the viewer shows a list or a release.
    pub(super) fn until_ready(self) {
        self.until("the viewer is ready", "return ready(viewer)");
    }

    /// Waits until the list is in the shadow root, or in the page.
    pub(super) fn until_isolated(self, isolated: bool) {
        let script = format!(
            "const list = inside(viewer, '.rv-item a');
             return list && (list.getRootNode() === viewer.shadowRoot) === {isolated}"
        );
        self.until(&format!("isolated is {isolated}"), &script);
    }

    /// Waits until an element in the viewer is shown.
    pub(super) fn until_shown(self, css: &str) {
        self.until(&format!("{css} is shown"), &format!("return isShown(inside(viewer, {css:?}))"));
    }

    /// Waits until an element in the viewer has a text.
    pub(super) fn until_text(self, css: &str, text: &str) {
        let script = format!("return wordsOf(inside(viewer, {css:?})) === {}", json!(text));
        self.until(&format!("{css} says {text:?}"), &script);
    }

    /// Waits until there are so many elements in the viewer.
    pub(super) fn until_count(self, css: &str, count: usize) {
        let script = format!("return allInside(viewer, {css:?}).length === {count}");
        self.until(&format!("there are {count} of {css}"), &script);
    }

    /// The text of an element in the viewer.
    pub(super) fn text(self, css: &str) -> String {
        let text = self.js(&format!("return wordsOf(inside(viewer, {css:?}))"));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Presses Tab until the focus is on the first such element in the viewer, which a reader can see there.
    pub(super) fn tab_to(self, css: &str) {
        let there = format!(
            "const at = inside(viewer, {css:?}); return !!at && at === active() && isShown(at)"
        );
        for _ in 0..150 {
            if self.js(&there) == json!(true) {
                return;
            }
            self.page.press(Key::Tab);
        }
        panic!("Tab does not lead to {css} in {}", self.css);
    }

    /// Opens the first release of the list by keyboard; gives its title.
    pub(super) fn open_first(self) -> String {
        self.until_shown(ITEM);
        let title = self.text(ITEM);
        self.tab_to(ITEM);
        self.page.press(Key::Enter);
        self.until_text(HEADING, &title);
        self.until(
            "the focus is on the heading",
            &format!("return active() === inside(viewer, {HEADING:?})"),
        );
        title
    }

    /// Goes through the viewer as a reader does: the list, a release by keyboard, and back; each checked by axe.
    pub(super) fn walk(self) {
        self.until_ready();
        self.until_shown(ITEM);
        assert_eq!(self.events("rv-ready").len(), 1, "it has said once that it is ready");
        self.axe_finds_nothing("list");
        self.open_first();
        self.axe_finds_nothing("release");
        self.page.back();
        self.until_shown(ITEM);
    }

    /// Makes sure that axe finds nothing in the viewer.
    pub(super) fn axe_finds_nothing(self, scene: &str) {
        let Some(source) = axe_source() else { return };
        let mut found = Vec::new();
        run_axe_within(self.page, &source, &[], Some(self.css), scene, &mut found);
        assert_none(&found);
    }

    /// What the events of a name have told, of this viewer only if it has an id or a class.
    pub(super) fn events(self, name: &str) -> Vec<Value> {
        let script = format!(
            "const of = viewer?.id || viewer?.className;
             return watched.events.filter((event) => event.name === {name:?} && event.of === of)"
        );
        self.js(&script).as_array().cloned().unwrap_or_default()
    }
}
