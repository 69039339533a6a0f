//! Hosts that are broken themselves: patched, clobbered, sandboxed; that come back, move the viewer, or take it away.

use crate::fault::Fault;
use crate::faults::{VIEWER, host};
use crate::faulty::{Faulty, File};
use crate::given::in_chromium;
use crate::page::{Key, Page};
use serde_json::json;
use std::time::Duration;

pub(crate) const WHOLE: &str = "return seen.shown !== null && visible('#rv-heading')";
pub(crate) const ITEM: &str = "#rv-item-0305-belmare-direct-air-route-ko";
pub(crate) const TITLE: &str = "한-벨마레 직항 노선, 6월부터 주 3회 운항";

fn serve(page: &Page, head: &str, body: &str) -> Faulty {
    let server = Faulty::start(page.server.dist(), 1);
    server.page("host.html", &host("ko", head, body));
    server.page("other.html", "<!doctype html><title>Other</title><p>Other</p>");
    server
}

/// Opens a page of a host.
#[must_use = "dropping the server ends it"]
pub(crate) fn open(page: &Page, head: &str, body: &str) -> Faulty {
    let server = serve(page, head, body);
    page.go(&server.url("host.html"));
    server
}

fn script(code: &str) -> String {
    format!("<script>{code}</script>")
}

/// Nothing has reached the host's `error` and `unhandledrejection`.
pub(crate) fn no_errors(page: &Page, name: &str) {
    let errors = page.js("return window.seen.errors");
    assert_eq!(errors, json!([]), "{name}");
}

/// A view that works: a release is shown when its title is followed, and the list when one goes back.
fn check_works(page: &Page, name: &str) {
    page.follow(ITEM);
    page.until(
        &format!("{name}: the release is shown"),
        &format!("return text('#rv-heading') === {TITLE:?}"),
    );
    page.back();
    page.until(&format!("{name}: the list is shown"), &format!("return visible({ITEM:?})"));
    no_errors(page, name);
}

/// Runs a test for each of several hosts, and names all that fail.
fn check_each(cases: &[(&str, &str)], test: impl Fn(&Page, &str, &str)) {
    in_chromium(|page| {
        let failed: Vec<&str> = cases
            .iter()
            .filter(|(name, code)| {
                let run = std::panic::AssertUnwindSafe(|| test(page, name, code));
                std::panic::catch_unwind(run).is_err()
            })
            .map(|(name, _)| *name)
            .collect();
        assert!(failed.is_empty(), "failed: {}", failed.join(", "));
    });
}

/// What old libraries do to the objects of the language and of the page.
const PATCHES: &[(&str, &str)] = &[
    ("an enumerable property of all objects", "Object.prototype.x = function () { return this; };"),
    ("toJSON on arrays", "Array.prototype.toJSON = function () { return '[]'; };"),
    ("Array.from of before iterators", "Array.from = (list) => Array.prototype.slice.call(list);"),
    (
        "bind of before ES5",
        "Function.prototype.bind = function (to) {
           const self = this, first = [].slice.call(arguments, 1);
           return function () { return self.apply(to, first.concat([].slice.call(arguments))); };
         };",
    ),
    (
        "append that takes one node and gives the element",
        "Element.prototype.append = function (node) {
           if (arguments.length !== 1 || !(node instanceof Node)) throw new TypeError('one node');
           this.appendChild(node);
           return this;
         };",
    ),
    (
        "remove and replaceWith of a library",
        "Element.prototype.remove = function () { this.parentNode.removeChild(this); return this; };
         Element.prototype.replaceWith = function (node) { this.parentNode.replaceChild(node, this); return this; };",
    ),
    (
        "a class of promises of a library",
        "window.Promise = class extends Promise { then(...then) { return super.then(...then); } };",
    ),
    (
        "custom events of a library",
        "window.CustomEvent = function (type, { bubbles, cancelable, detail } = {}) {
           const event = document.createEvent('CustomEvent');
           event.initCustomEvent(type, !!bubbles, !!cancelable, detail);
           return event;
         };",
    ),
    (
        "storage that throws",
        "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
           Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
         }",
    ),
    ("no IntersectionObserver", "delete window.IntersectionObserver;"),
    ("no requestIdleCallback", "delete window.requestIdleCallback;"),
    ("no digest", "Object.defineProperty(crypto, 'subtle', { value: undefined });"),
];

#[test]
fn patched_prototypes_do_no_harm() {
    check_each(PATCHES, |page, name, code| {
        let _server = open(page, &script(code), VIEWER);
        page.until(name, WHOLE);
        check_works(page, name);
    });
}

/// What monitors and portals do to `fetch`; `real` is the right one.
const FETCHES: &[(&str, &str)] = &[
    (
        "a proxy of the response",
        "async (...to) => new Proxy(await real(...to), { get(response, name) {
           const value = Reflect.get(response, name);
           return typeof value === 'function' ? value.bind(response) : value;
         } })",
    ),
    ("a thenable", "(...to) => ({ then: (...then) => real(...to).then(...then) })"),
    (
        "an object that looks like a response",
        "async (...to) => {
           const response = await real(...to), { ok, status, url, headers, redirected, type } = response;
           return { ok, status, url, headers, redirected, type, body: response.body, clone: () => response.clone(),
             text: () => response.text(), json: () => response.json(), blob: () => response.blob(),
             arrayBuffer: () => response.arrayBuffer() };
         }",
    ),
    ("a throw once", "(...to) => { if (!window.thrown++) throw new TypeError('not now'); return real(...to); }"),
    ("a promise that fails with nothing, once", "(...to) => window.thrown++ ? real(...to) : Promise.reject()"),
    ("undefined once", "(...to) => window.thrown++ ? real(...to) : undefined"),
];

#[test]
fn a_wrapped_fetch_does_no_harm() {
    check_each(FETCHES, |page, name, code| {
        let code = format!(
            "window.thrown = 0; const real = window.fetch.bind(window); window.fetch = {code};"
        );
        let _server = open(page, &script(&code), VIEWER);
        page.until(name, "return seen.shown !== null || seen.said !== null");
        if page.js("return seen.shown") == json!(null) {
            assert!(page.shows(".static"), "{name}");
            page.js("document.querySelector('.rv-fault button, [data-rv=retry]').focus()");
            page.press(Key::Enter);
        }
        page.until(name, WHOLE);
        check_works(page, name);
    });
}

#[test]
fn what_a_browser_lacks_leaves_the_static_content() {
    let cases = [
        (
            "no custom elements",
            "Object.defineProperty(window, 'customElements', { value: undefined });",
        ),
        ("no WebAssembly", "delete window.WebAssembly;"),
        (
            "no WebAssembly by policy",
            "WebAssembly.Module = function () { throw new WebAssembly.CompileError('no'); };
             for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) {
               WebAssembly[name] = () => Promise.reject(new WebAssembly.CompileError('no'));
             }",
        ),
    ];
    check_each(&cases, |page, name, code| {
        let _server = open(page, &script(code), VIEWER);
        match name {
            // There is nobody who could say something.
            "no custom elements" => std::thread::sleep(Duration::from_millis(500)),
            _ => page.until(name, "return seen.said !== null && seen.codes.length > 0"),
        }
        assert!(page.shows(".static"), "{name}");
        no_errors(page, name);
    });
}

#[test]
fn clobbered_names_do_no_harm() {
    let cases = [
        (
            "id rv",
            "<form id=\"rv\"><input name=\"id\"><input name=\"children\"></form><a id=\"viewer\"></a>",
        ),
        ("id rv-heading", "<img id=\"rv-heading\">"),
        ("body", "<img name=\"body\">"),
        ("head", "<img name=\"head\">"),
        ("title", "<img name=\"title\">"),
        ("activeElement", "<img name=\"activeElement\">"),
        ("documentElement", "<form name=\"documentElement\"></form>"),
        ("readyState", "<img name=\"readyState\">"),
        ("adoptedStyleSheets", "<img name=\"adoptedStyleSheets\">"),
        ("baseURI", "<img name=\"baseURI\">"),
        ("hidden", "<img name=\"hidden\">"),
        ("defaultView", "<img name=\"defaultView\">"),
    ];
    check_each(&cases, |page, name, code| {
        let _server = open(page, "", &format!("{code}{VIEWER}"));
        let item = "document.evaluate('//*[contains(@class, \"rv-item\")]', document, null, 9).singleNodeValue";
        // No style of its own can be told from this one: then it is said.
        let said = if name == "adoptedStyleSheets" { "seen.said !== null" } else { "false" };
        page.until(name, &format!("return {said} || !!{item}?.checkVisibility()"));
        if name == "adoptedStyleSheets" {
            return no_errors(page, name);
        }
        page.js(&format!("{item}.querySelector('a').click()"));
        page.until(name, &format!("return !{item}"));
        no_errors(page, name);
    });
}

#[test]
fn clobbered_methods_leave_at_least_the_static_content() {
    let cases =
        ["createElement", "createTextNode", "getElementById", "querySelector", "addEventListener"]
            .map(|name| (name, name));
    check_each(&cases, |page, name, _| {
        let _server = open(page, "", &format!("<img name=\"{name}\">{VIEWER}"));
        let settled = "return seen.shown !== null || seen.said !== null || seen.codes.length > 0";
        let is_settled = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            page.js(&settled.replace("return", "return window.seen &&")) == json!(true)
        });
        let view = page.js("return Document.prototype.querySelectorAll.call(document, 'release-viewer')[0].innerText");
        assert!(is_settled, "{name}: nothing is said: {view}");
        no_errors(page, name);
    });
}

#[test]
fn it_works_in_a_sandbox() {
    in_chromium(|page| {
        let server = serve(page, "", VIEWER);
        let frame = "<iframe sandbox=\"allow-scripts\" src=\"host.html\" width=\"900\" height=\"800\"></iframe>";
        server.page("sandbox.html", &format!("<!doctype html><title>Sandbox</title>{frame}"));
        page.go(&server.url("sandbox.html"));
        page.frame(Some(0));
        page.until("the view is complete", &WHOLE.replace("return", "return window.seen &&"));
        page.follow(ITEM);
        page.until("the release is shown", &format!("return text('#rv-heading') === {TITLE:?}"));
        no_errors(page, "sandbox");
        page.frame(None);
    });
}

#[test]
fn it_works_when_the_page_comes_back() {
    in_chromium(|page| {
        let persisted =
            "addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted));";
        let server = open(page, &script(persisted), VIEWER);
        page.until("the view is complete", WHOLE);
        page.follow(ITEM);
        page.until("the release is shown", &format!("return text('#rv-heading') === {TITLE:?}"));
        page.go(&server.url("other.html"));
        page.back();
        page.until(
            "the release is still shown",
            &format!("return text('#rv-heading') === {TITLE:?}"),
        );
        let why = page
            .js("return performance.getEntriesByType('navigation')[0].notRestoredReasons ?? null");
        println!("kept: {}, reasons against: {why}", page.js("return window.persisted"));
        assert_eq!(page.js("return window.persisted"), json!(true), "{why}");
        page.back();
        page.until("the list is shown", &format!("return visible({ITEM:?})"));
        check_works(page, "back");
    });
}

#[test]
fn it_can_be_moved_at_any_time() {
    in_chromium(|page| {
        let server = serve(page, "", &format!("{VIEWER}<div id=\"other\"></div>"));
        let to_other = "const viewer = document.querySelector('release-viewer');
            document.getElementById('other').append(viewer);";
        for file in [File::Glue, File::Wasm, File::Archive, File::List] {
            server.fail(file, Fault::Hangs);
            page.go(&server.url(&format!("host.html?{file:?}")));
            server.until_running(1);
            page.js(to_other);
            server.mend();
            page.until(&format!("{file:?}: the view is complete"), "return visible('.rv-item')");
            page.js("document.body.prepend(document.querySelector('release-viewer'))");
            page.frames();
            page.until(
                "the view is still there",
                "return visible('.rv-item') && !visible('.static')",
            );
            page.js("const viewer = document.querySelector('release-viewer'); viewer.remove();");
            page.frames();
            page.js("const viewer = document.createElement('release-viewer');
                 viewer.src = 'archive/';
                 document.body.prepend(viewer);");
            page.until("a new one shows a view", "return visible('.rv-item')");
            assert_eq!(page.js("return document.querySelectorAll('.rv').length"), json!(1));
            check_works(page, "moved");
        }
    });
}

#[test]
fn it_can_be_removed_while_it_loads() {
    in_chromium(|page| {
        for file in [File::Glue, File::Wasm, File::Style, File::Archive, File::List] {
            let server = serve(page, "", VIEWER);
            server.fail(file, Fault::Hangs);
            page.go(&server.url("host.html"));
            server.until_running(1);
            page.js("window.gone = document.querySelector('release-viewer'); gone.remove()");
            // A script that is being imported cannot be called back.
            if file != File::Glue {
                server.until_running(0);
            }
            server.mend();
            std::thread::sleep(Duration::from_millis(300));
            assert_eq!(
                page.js("return [...gone.children].map((child) => child.localName).join()"),
                json!("h1,p"),
                "{file:?}: what the host wrote, and nothing else"
            );
            assert_eq!(page.js("return document.adoptedStyleSheets.length"), json!(0), "{file:?}");
            page.js("document.body.append(gone)");
            page.until(&format!("{file:?}: it starts anew"), "return visible('.rv-item')");
            check_works(page, "removed");
        }
    });
}
