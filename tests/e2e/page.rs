//! A page in a browser: opening, pressing keys, asking where the focus is, waiting for what is expected.

use crate::browser::Engine;
use crate::server::Server;
use crate::webdriver::Session;
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long something may take that a test waits for. More than the viewer's own limit of 10 s.
const PATIENCE: Duration = Duration::from_secs(15);

/// Between two looks at what is waited for.
const PAUSE: Duration = Duration::from_millis(25);

/// A key that is no letter, as WebDriver writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Tab,
    Enter,
    Escape,
    ArrowDown,
    ArrowUp,
}

impl Key {
    fn code(self) -> &'static str {
        match self {
            Self::Tab => "\u{E004}",
            Self::Enter => "\u{E007}",
            Self::Escape => "\u{E00C}",
            Self::ArrowDown => "\u{E015}",
            Self::ArrowUp => "\u{E013}",
        }
    }
}

/// What has the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Focused {
    /// Its name in messages: `a#rv-item-x "Talks held"`.
    pub(crate) name: String,
    /// What is wrong with it: hidden, covered, outside the window, without a ring. Empty if nothing is.
    pub(crate) wrong: String,
}

/// A page, its browser and its server.
pub(crate) struct Page {
    pub(crate) engine: Engine,
    pub(crate) server: Server,
    session: Session,
    opened: Cell<usize>,
}

impl Page {
    /// Starts server and browser.
    pub(crate) fn start(engine: Engine, dist: &Path) -> Self {
        let page = Self {
            engine,
            server: Server::start(dist),
            session: engine.start(),
            opened: Cell::new(0),
        };
        if engine != Engine::Chromium {
            page.session.post("/window/rect", &json!({ "width": 1280, "height": 1000 }));
        }
        page
    }

    /// Loads the page anew at an address (`#rv/…`), and waits until its view is complete.
    pub(crate) fn open(&self, address: &str) {
        self.load("index.html", address);
        self.ready();
    }

    /// Loads a page of the server, without waiting for the viewer.
    pub(crate) fn load(&self, file: &str, address: &str) {
        // A number of its own, since a change of the fragment alone loads nothing.
        self.opened.set(self.opened.get() + 1);
        let search = format!("?{}", self.opened.get());
        self.go(&self.server.url(&format!("{file}{search}{address}")));
        // Firefox's driver does not wait when the fragment is that of the page before.
        let loaded =
            format!("return location.search === {search:?} && document.readyState === 'complete'");
        self.until("the page is loaded", &loaded);
    }

    /// Goes to a whole address, as if it were typed.
    pub(crate) fn go(&self, url: &str) {
        self.session.post("/url", &json!({ "url": url }));
    }

    /// Waits until the viewer shows what its address asks for, or says that it cannot.
    pub(crate) fn ready(&self) {
        self.until(
            "the view is complete",
            "return visible('#rv-heading') || visible('.rv-message')",
        );
    }

    pub(crate) fn back(&self) {
        self.session.post("/back", &json!({}));
    }

    pub(crate) fn forward(&self) {
        self.session.post("/forward", &json!({}));
    }

    pub(crate) fn reload(&self) {
        self.session.post("/refresh", &json!({}));
        self.ready();
    }

    /// The address of the page.
    pub(crate) fn url(&self) -> String {
        self.js("return location.href").as_str().unwrap_or_default().to_owned()
    }

    /// The fragment of the address.
    pub(crate) fn fragment(&self) -> String {
        self.js("return location.hash").as_str().unwrap_or_default().to_owned()
    }

    // Keys

    /// Presses a key and lets it go.
    pub(crate) fn press(&self, key: Key) {
        self.keys(&[key.code()]);
    }

    /// Types a text, key by key.
    pub(crate) fn type_text(&self, text: &str) {
        let signs: Vec<String> = text.chars().map(String::from).collect();
        self.keys(&signs.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// Types a date (`2026-06-14`) into a field that has the focus, in the American order of its parts.
    pub(crate) fn type_date(&self, date: &str) {
        // WebKit waits for an arrow between the parts.
        let next = if self.engine == Engine::WebKit { "\u{E014}" } else { "" };
        match date.split('-').collect::<Vec<_>>().as_slice() {
            [year, month, day] => self.type_text(&[*month, *day, *year].join(next)),
            _ => panic!("no date: {date}"),
        }
    }

    fn keys(&self, keys: &[&str]) {
        // A key that is pressed while the window changes hands is lost.
        self.until("the window takes keys", "return document.hasFocus()");
        let strokes: Vec<Value> = keys
            .iter()
            .flat_map(|key| {
                [
                    json!({ "type": "keyDown", "value": key }),
                    json!({ "type": "keyUp", "value": key }),
                ]
            })
            .collect();
        self.actions(&json!([{ "type": "key", "id": "keyboard", "actions": strokes }]));
    }

    /// Follows a link with Enter. WebKit leaves out of its history what a script has clicked on.
    pub(crate) fn follow(&self, css: &str) {
        self.js(&format!("document.querySelector({css:?}).focus({{ preventScroll: true }})"));
        self.press(Key::Enter);
    }

    /// Clicks on an element with Control held down.
    pub(crate) fn control_click(&self, css: &str) {
        self.js(&format!("document.querySelector({css:?}).scrollIntoView({{ block: 'center' }})"));
        let element =
            self.session.post("/element", &json!({ "using": "css selector", "value": css }));
        let rest = json!({ "type": "pause", "duration": 0 });
        self.actions(&json!([
            { "type": "key", "id": "keyboard", "actions": [
                { "type": "keyDown", "value": "\u{E009}" }, rest, rest, rest, { "type": "keyUp", "value": "\u{E009}" }] },
            { "type": "pointer", "id": "mouse", "actions": [
                rest, { "type": "pointerMove", "origin": element, "x": 0, "y": 0, "duration": 0 },
                { "type": "pointerDown", "button": 0 }, { "type": "pointerUp", "button": 0 }, rest] },
        ]));
    }

    fn actions(&self, actions: &Value) {
        self.session.post("/actions", &json!({ "actions": actions }));
    }

    // Focus

    /// What has the focus now; `None` if nothing in the page has it.
    pub(crate) fn focused(&self) -> Option<Focused> {
        let found = self.js("return focused()");
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        (!found.is_null()).then(|| Focused { name: text("name"), wrong: text("wrong") })
    }

    /// Waits until the focus is on an element that matches, and makes sure that a reader can see it there.
    pub(crate) fn focus_is_on(&self, css: &str) {
        let there = format!(
            "const at = focused(); return at && document.activeElement.matches({css:?}) && !at.wrong"
        );
        if !self.comes_true(&there, PATIENCE) {
            panic!("the focus is to be seen on {css}, but: {:?}", self.focused());
        }
    }

    /// Presses Tab until the focus is on an element that matches. On the way it must be seen at each step.
    pub(crate) fn tab_to(&self, css: &str) {
        let mut way = Vec::new();
        for _ in 0..80 {
            self.press(Key::Tab);
            let seen = "const at = focused(); return at && !at.wrong";
            let seen = self.comes_true(seen, Duration::from_secs(2));
            let at = self.focused();
            assert!(seen, "Tab leads to nothing that can be seen: {at:?}, after {way:?}");
            if self.js(&format!("return document.activeElement.matches({css:?})")) == json!(true) {
                return;
            }
            way.extend(at.map(|at| at.name));
        }
        panic!("Tab does not lead to {css}, but to {way:?}");
    }

    /// Moves the focus along with Tab, then presses Enter.
    pub(crate) fn enter_on(&self, css: &str) {
        self.tab_to(css);
        self.press(Key::Enter);
    }

    // Looking

    /// Runs a script in the page and gives its result. It knows `visible(css)`, `text(css)`, `texts(css)` and `focused()`.
    pub(crate) fn js(&self, script: &str) -> Value {
        self.js_with(script, json!([]))
    }

    /// The same with `arguments`.
    pub(crate) fn js_with(&self, script: &str, arguments: Value) -> Value {
        let script = format!("{HELPERS}\n{script}");
        self.session.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Runs a script that gives its result to a callback, the last argument.
    pub(crate) fn js_later(&self, script: &str, arguments: Value) -> Value {
        self.session.post("/execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// The text of an element, as it is seen; empty if there is none.
    pub(crate) fn text(&self, css: &str) -> String {
        self.js(&format!("return text({css:?})")).as_str().unwrap_or_default().to_owned()
    }

    /// The texts of all elements that match.
    pub(crate) fn texts(&self, css: &str) -> Vec<String> {
        let texts = self.js(&format!("return texts({css:?})"));
        texts
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    /// Whether an element is there and is shown.
    pub(crate) fn shows(&self, css: &str) -> bool {
        self.js(&format!("return visible({css:?})")) == json!(true)
    }

    /// Waits until a script gives something true.
    pub(crate) fn until(&self, what: &str, script: &str) {
        if !self.comes_true(script, PATIENCE) {
            let view =
                self.js("return document.querySelector('release-viewer')?.innerText.slice(0, 600)");
            panic!("waited in vain until {what}, at {}, which shows: {view}", self.url());
        }
    }

    /// Waits until an element is there and is shown.
    pub(crate) fn until_shown(&self, css: &str) {
        self.until(&format!("{css} is shown"), &format!("return visible({css:?})"));
    }

    /// Waits until an element has a text.
    pub(crate) fn until_text(&self, css: &str, wanted: &str) {
        if !self.comes_true(&format!("return text({css:?}) === {}", json!(wanted)), PATIENCE) {
            panic!("{css} is to say {wanted:?}, but says {:?} {}", self.text(css), self.js("return location.hash + document.activeElement.outerHTML + document.querySelector(\"release-viewer\").innerText.slice(300) + JSON.stringify(performance.getEntriesByType(\"resource\").map((r) => r.name.slice(-40) + r.responseStatus))"));
        }
    }

    /// Waits until the page has been drawn twice: what was to follow from an event has followed.
    pub(crate) fn frames(&self) {
        let frames = "requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))";
        self.js_later(frames, json!([]));
    }

    /// Waits until so many answers to a request have come, and have been drawn.
    pub(crate) fn until_answered(&self, path: &str, count: usize) {
        let answers = format!(
            "performance.getEntriesByType('resource').filter(({{ name }}) => name.endsWith({path:?}))"
        );
        self.until(
            &format!("{count} answers have come"),
            &format!("return {answers}.length === {count}"),
        );
        self.frames();
    }

    /// Whether a script gives something true before the time is over.
    pub(crate) fn comes_true(&self, script: &str, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        loop {
            let value = self.js(script);
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return true;
            }
            if Instant::now() >= deadline {
                return false;
            }
            std::thread::sleep(PAUSE);
        }
    }

    // Windows

    /// Waits until there are so many windows and tabs, the oldest first.
    pub(crate) fn until_windows(&self, count: usize) -> Vec<Value> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let windows =
                self.session.get("/window/handles").as_array().cloned().unwrap_or_default();
            if windows.len() == count {
                return windows;
            }
            assert!(Instant::now() < deadline, "there are {} windows, not {count}", windows.len());
            std::thread::sleep(PAUSE);
        }
    }

    /// Goes on in another window.
    pub(crate) fn switch_to(&self, window: &Value) {
        self.session.post("/window", &json!({ "handle": window }));
    }

    /// Opens a tab and goes on there.
    pub(crate) fn new_tab(&self) {
        let tab = self.session.post("/window/new", &json!({ "type": "tab" }));
        self.switch_to(&tab["handle"]);
        if self.engine == Engine::Chromium {
            // Else it takes no focus.
            self.cdp("Page.bringToFront", json!({}));
        }
    }

    /// Goes on in a frame of the page, by its number; `None` is the page itself.
    pub(crate) fn frame(&self, number: Option<usize>) {
        self.session.post("/frame", &json!({ "id": number }));
    }

    // Chromium only

    /// A command of the DevTools protocol.
    pub(crate) fn cdp(&self, command: &str, parameters: Value) -> Value {
        self.session.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Sets the size of the part of the window that shows the page.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size);
        self.until(
            "the window has its size",
            &format!("return innerWidth === {width} && innerHeight === {height}"),
        );
    }

    /// Pretends that the reader prefers something: `("prefers-color-scheme", "dark")`. The empty slice ends it.
    pub(crate) fn emulate_media(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": "", "features": features }));
    }

    /// What the console says since it was asked last: errors, warnings, reports of the policy.
    pub(crate) fn console(&self) -> Vec<String> {
        let entries = self.session.post("/se/log", &json!({ "type": "browser" }));
        let line = |entry: &Value| {
            format!("{}: {}: {}", entry["level"], entry["source"], entry["message"])
        };
        entries.as_array().into_iter().flatten().map(line).collect()
    }
}

/// What scripts can call.
const HELPERS: &str = include_str!("page.js");
