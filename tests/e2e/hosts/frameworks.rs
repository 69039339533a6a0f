//! React 19 and Vue 3, each with a build of its own: attributes, properties, rich data, events, children, coming and going.

use super::viewer::{HEADING, ITEM, Viewer};
use super::{in_hosts, nothing_went_wrong, set_policy, vite};
use crate::page::{Key, Page};
use crate::server::POLICY;
use serde_json::{Value, json};

/// The applications: the build for development is the one in which StrictMode does something.
const APPLICATIONS: [&str; 3] = ["react/out", "react/strict", "vue/out"];

/// Runs a test in each application.
fn in_each_application(test: impl Fn(&Page, Viewer<'_>)) {
    in_hosts(|page| {
        let Some(built) = vite::built() else { return };
        for application in APPLICATIONS {
            println!("in {application}");
            page.server.also("built", built);
            let file = format!("built/{application}/index.html");
            // Vue makes a policy for its own templates; a host that uses it has to allow that.
            let policy = POLICY.replace("trusted-types 'none'", "trusted-types vue");
            if application.starts_with("vue") {
                set_policy(page, &file, &policy);
            }
            page.load(&file, "");
            let viewer = Viewer::new(page, "#news");
            viewer.until_count(".rv-item", 5);
            test(page, viewer);
            assert_eq!(log(page, "error"), Vec::<String>::new(), "in {application}");
            nothing_went_wrong(page);
        }
    });
}

/// Changes the state of the application.
fn set(page: &Page, change: Value) {
    page.js_with("host.set(arguments[0])", json!([change]));
    page.frames();
}

/// What the application has written down about something.
fn log(page: &Page, about: &str) -> Vec<String> {
    let lines = page.js("return host.log");
    let lines = lines.as_array().into_iter().flatten().filter_map(Value::as_str);
    lines.filter(|line| line.starts_with(about)).map(str::to_owned).collect()
}

#[test]
fn viewer_works_in_an_application() {
    in_each_application(|_, viewer| viewer.walk());
}

#[test]
fn an_application_loads_one_of_each_file() {
    in_each_application(|page, _| {
        let asked = page.server.take_asked();
        for ending in [".wasm", ".css"] {
            let count = asked.iter().filter(|path| path.ends_with(ending)).count();
            assert_eq!(count, 1, "{ending} in {asked:?}");
        }
    });
}

#[test]
fn an_application_sets_attributes_and_properties() {
    in_each_application(|page, viewer| {
        let level = format!("return inside(viewer, {HEADING:?}).localName");
        assert_eq!(viewer.js(&level), json!("h3"), "a property of the element");
        set(page, json!({ "pageSize": 3 }));
        viewer.until_count(".rv-item", 3);
        set(page, json!({ "lang": "en" }));
        viewer.until_text(HEADING, "Press Releases");
        set(page, json!({ "isolate": true }));
        viewer.until_isolated(true);
        set(page, json!({ "isolate": false }));
        viewer.until_isolated(false);
    });
}

#[test]
fn an_application_gives_rich_data() {
    in_each_application(|page, viewer| {
        page.js_later(
            "fetch('/archive/ko/feed.json').then((answer) => answer.json()).then((feed) => { watched.kept.feed = feed; arguments[0]() })",
            json!([]),
        );
        page.js("host.set({ data: { ...watched.kept.feed, items: watched.kept.feed.items.slice(0, 2) } })");
        viewer.until_count(".rv-item", 2);
        page.js("host.set({ data: watched.kept.feed.items.filter((item) => item._release.section_id === 'press-releases').slice(0, 3) })");
        viewer.until_count(".rv-item", 3);
        viewer.open_first();
        page.back();
        viewer.until_shown(ITEM);
        page.js("host.set({ data: undefined })");
        viewer.until_count(".rv-item", 5);
    });
}

#[test]
fn an_application_hears_events_and_can_refuse() {
    in_each_application(|page, viewer| {
        assert_eq!(log(page, "ready"), ["ready"]);
        assert_eq!(log(page, "heard rv-ready"), ["heard rv-ready"]);
        set(page, json!({ "refuse": true }));
        let address = page.url();
        viewer.tab_to(ITEM);
        page.press(Key::Enter);
        page.until("it is asked", "return host.log.some((line) => line.startsWith('navigate'))");
        page.frames();
        viewer.until_shown(ITEM);
        assert_eq!(page.url(), address);
        set(page, json!({ "refuse": false }));
        viewer.open_first();
        assert_eq!(log(page, "navigate").len(), 2, "{:?}", log(page, ""));
        assert_eq!(log(page, "heard rv-navigate").len(), 2);
    });
}

#[test]
fn an_application_changes_children_while_the_viewer_shows() {
    in_each_application(|page, viewer| {
        let still_shows = |what: &str| {
            page.frames();
            assert_eq!(log(page, "error"), Vec::<String>::new(), "{what}");
            let seen = viewer.js(
                "return [isShown(inside(viewer, '.rv-item a')), document.querySelectorAll('#news').length,
                   allInside(viewer, '.rv-item').length, [...viewer.querySelectorAll(':scope > p, :scope > em')].filter(isShown).length]",
            );
            assert_eq!(seen, json!([true, 1, 5, 0]), "{what}");
        };
        for isolate in [false, true] {
            set(page, json!({ "isolate": isolate }));
            viewer.until_count(".rv-item", 5);
            let changes = [
                json!({ "notes": ["하나", "둘", "셋"] }),
                json!({ "notes": ["셋", "하나", "둘", "넷"] }),
                json!({ "notes": ["넷"] }),
                json!({ "notes": ["앞", "넷"], "word": "말" }),
                json!({ "word": "다른 말" }),
                json!({ "notes": [], "word": "" }),
                json!({ "notes": ["하나", "둘"] }),
            ];
            for change in changes {
                let what = format!("after {change}, isolated: {isolate}");
                set(page, change);
                still_shows(&what);
            }
        }
        // What the host wants there is there when the viewer goes.
        set(page, json!({ "isolate": false, "notes": ["마지막"], "word": "끝" }));
        viewer.until_count(".rv-item", 5);
        page.js("watched.kept.viewer = document.querySelector('#news')");
        set(page, json!({ "shown": false }));
        let left = page.js("return [watched.kept.viewer.textContent.trim(), [...watched.kept.viewer.children].map((at) => at.localName)]");
        assert_eq!(left, json!(["마지막끝", ["p", "em"]]));
    });
}

#[test]
fn an_application_changes_text_while_the_viewer_shows() {
    in_each_application(|page, _| {
        let viewer = Viewer::new(page, "#text");
        set(page, json!({ "text": "하나" }));
        viewer.until_count(".rv-item", 2);
        for text in ["둘", "셋"] {
            set(page, json!({ "text": text }));
            viewer.until_count(".rv-item", 2);
            viewer.until_shown(ITEM);
        }
        page.js("watched.kept.viewer = document.querySelector('#text')");
        set(page, json!({ "text": "" }));
        assert_eq!(page.js("return watched.kept.viewer.textContent"), json!("셋"));
    });
}

#[test]
fn an_application_takes_the_viewer_away_and_brings_it_back() {
    in_each_application(|page, viewer| {
        for round in 1..=3 {
            set(page, json!({ "shown": false }));
            let left = page.js("return [document.querySelectorAll('release-viewer, [class|=rv], template').length, document.adoptedStyleSheets.length]");
            assert_eq!(left, json!([0, 0]));
            set(page, json!({ "shown": true }));
            viewer.until_count(".rv-item", 5);
            viewer.open_first();
            page.back();
            viewer.until_shown(ITEM);
            assert_eq!(log(page, "ready").len(), round + 1);
        }
        // Gone and back before anything has been drawn.
        page.js("host.set({ shown: false }); host.set({ shown: true }); host.set({ shown: false }); host.set({ shown: true })");
        viewer.until_count(".rv-item", 5);
    });
}
