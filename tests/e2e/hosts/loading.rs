//! When the files come, and how many.

use super::viewer::{ITEM, Viewer};
use super::{in_hosts, nothing_went_wrong, of};
use crate::page::Page;
use serde_json::json;

/// Waits a while, as a reader who looks at the top of the page does.
fn look_around(page: &Page) {
    page.js_later("setTimeout(arguments[0], 1500)", json!([]));
    let time = page.js("return performance.now()").as_f64().unwrap_or_default();
    assert!(time < 4900.0, "the page is {time} ms old: by now it may load by itself");
}

/// What was asked for, but for the page itself and what it names.
fn ours(page: &Page) -> Vec<String> {
    let mut asked = page.server.take_asked();
    asked.retain(|path| !path.starts_with("hosts/") && path != "icon.svg" && path != "favicon.ico");
    asked
}

#[test]
fn below_the_fold_only_the_loader_is_loaded() {
    in_hosts(|page| {
        page.load(&of("below.html"), "");
        look_around(page);
        let before = ours(page);
        println!("before scrolling: {before:?}");
        assert_eq!(before, ["release-viewer.js"]);
        page.js("document.querySelector('release-viewer').scrollIntoView()");
        Viewer::only(page).until_shown(ITEM);
        let after = ours(page);
        println!("after scrolling: {after:?}");
        let mut app: Vec<_> = after.iter().filter(|path| path.starts_with("app/")).collect();
        app.sort();
        app.dedup();
        assert_eq!(app.len(), 3, "glue, wasm and style: {after:?}");
        assert_eq!(after.iter().filter(|path| path.ends_with(".wasm")).count(), 1);
        nothing_went_wrong(page);
    });
}

#[test]
fn below_the_fold_the_focus_loads_the_rest() {
    in_hosts(|page| {
        page.load(&of("below.html"), "");
        page.js("document.querySelector('.static a').focus({ preventScroll: true })");
        Viewer::only(page).until("it is ready", "return !!inside(viewer, '.rv-item a')");
        nothing_went_wrong(page);
    });
}

#[test]
fn below_the_fold_an_address_loads_the_rest() {
    in_hosts(|page| {
        page.load(&of("below.html"), "#rv/0709-passport-service-app-ko");
        Viewer::only(page).until("it is ready", "return !!inside(viewer, \"[id$='-heading']\")");
        nothing_went_wrong(page);
    });
}

#[test]
fn below_the_fold_a_method_loads_the_rest() {
    in_hosts(|page| {
        page.load(&of("below.html"), "");
        page.js("document.querySelector('release-viewer').show('0709-passport-service-app-ko')");
        Viewer::only(page).until("it is ready", "return !!inside(viewer, \"[id$='-heading']\")");
        nothing_went_wrong(page);
    });
}

#[test]
fn an_idle_page_loads_the_rest_by_itself() {
    in_hosts(|page| {
        page.load(&of("below.html"), "");
        Viewer::only(page).until("it is ready", "return !!inside(viewer, '.rv-item a')");
        let time = page.js("return performance.getEntriesByType('resource').find(({ name }) => name.endsWith('.wasm')).startTime");
        assert!(time.as_f64() > Some(4000.0), "it was after {time} ms");
        nothing_went_wrong(page);
    });
}

#[test]
fn a_second_loader_says_once_that_it_is_the_second() {
    in_hosts(|page| {
        page.load(&of("plain.html"), "");
        Viewer::only(page).until_shown(ITEM);
        nothing_went_wrong(page);
        page.js_later("import('/release-viewer.js?2').then(arguments[0], arguments[0])", json!([]));
        page.js_later("import('/release-viewer.js?2').then(arguments[0], arguments[0])", json!([]));
        let console = page.console();
        assert_eq!(console.len(), 1, "{console:?}");
        assert!(console[0].contains("release-viewer"), "{console:?}");
        assert_eq!(page.js("return watched.reports"), json!([]));
        Viewer::only(page).open_first();
    });
}
