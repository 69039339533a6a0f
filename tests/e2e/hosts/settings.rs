//! Attributes, properties, methods and events of a viewer that is there.

use super::life::{load, open_bare, put};
use super::viewer::{HEADING, ITEM, Viewer};
use super::{in_hosts, nothing_went_wrong};
use crate::page::Page;
use serde_json::{Value, json};

const PASSPORT: &str = "여권 재발급, 7월 20일부터 휴대전화 앱으로 신청하세요";

fn open(page: &Page) -> Viewer<'_> {
    open_bare(page);
    load(page);
    put(page);
    let viewer = Viewer::only(page);
    viewer.until_count(".rv-item", 5);
    viewer
}

#[test]
fn attributes_can_change() {
    in_hosts(|page| {
        let viewer = open(page);
        let set = |name: &str, value: Option<&str>| {
            viewer.js_with(
                "const [name, value] = arguments;
                 if (value === null) viewer.removeAttribute(name); else viewer.setAttribute(name, value);",
                json!([name, value]),
            );
        };
        set("page-size", Some("3"));
        viewer.until_count(".rv-item", 3);
        set("page-size", None);
        viewer.until_count(".rv-item", 8);
        set("heading-level", Some("4"));
        viewer.until(
            "the heading is of level 4",
            &format!("return inside(viewer, {HEADING:?})?.localName === 'h4'"),
        );
        set("heading-level", None);
        viewer.until(
            "the heading is of level 2",
            &format!("return inside(viewer, {HEADING:?})?.localName === 'h2'"),
        );
        viewer.until("there is a skip menu", "return inside(viewer, '.rv-skip-menu')");
        set("skip-menu", Some("none"));
        viewer.until("there is no skip menu", "return !inside(viewer, '.rv-skip-menu')");
        set("skip-menu", None);
        viewer.until("the skip menu is back", "return inside(viewer, '.rv-skip-menu')");
        set("lang", Some("en"));
        viewer.until("it speaks English", "return rootOf(viewer)?.lang === 'en' && ready(viewer)");
        viewer.until_text(HEADING, "Press Releases");
        set("lang", None);
        viewer.until_text(HEADING, "보도자료");
        set("release", Some("0709-passport-service-app-ko"));
        viewer.until_text(HEADING, PASSPORT);
        nothing_went_wrong(page);
    });
}

#[test]
fn the_language_of_the_page_is_that_of_the_viewer() {
    in_hosts(|page| {
        let viewer = open(page);
        page.js("document.querySelector('release-viewer').remove(); document.documentElement.lang = 'en'");
        put(page);
        viewer.until_text(HEADING, "Press Releases");
        nothing_went_wrong(page);
    });
}

#[test]
fn the_source_can_change() {
    in_hosts(|page| {
        let viewer = open(page);
        page.server.take_asked();
        page.server
            .also("moved", &crate::given::path("RELEASE_VIEWER_DIST").unwrap().join("archive"));
        viewer.js("viewer.setAttribute('src', '/moved/')");
        viewer.until(
            "the other archive is asked",
            "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/moved/lists/ko/press-releases/0.json'))",
        );
        viewer.until_count(".rv-item", 5);
        let asked = page.server.take_asked();
        assert!(asked.iter().all(|path| path.starts_with("moved/")), "{asked:?}");
        nothing_went_wrong(page);
    });
}

#[test]
fn isolation_can_be_switched() {
    in_hosts(|page| {
        let viewer = open(page);
        let where_it_is = "return [!!viewer.querySelector('.rv'), !!viewer.shadowRoot?.querySelector('.rv'), document.adoptedStyleSheets.length]";
        assert_eq!(viewer.js(where_it_is), json!([true, false, 1]));
        for _ in 0..2 {
            viewer.js("viewer.isolate = true");
            viewer.until_isolated(true);
            assert_eq!(viewer.js(where_it_is), json!([false, true, 0]));
            viewer.open_first();
            page.back();
            viewer.until_shown(ITEM);
            viewer.js("viewer.removeAttribute('isolate')");
            viewer.until_isolated(false);
            assert_eq!(viewer.js(where_it_is), json!([true, false, 1]));
            viewer.open_first();
            page.back();
            viewer.until_shown(ITEM);
        }
        nothing_went_wrong(page);
    });
}

#[test]
fn parts_of_an_isolated_viewer_have_names() {
    in_hosts(|page| {
        let viewer = open(page);
        viewer.js("viewer.isolate = true");
        viewer.until_isolated(true);
        viewer.js("inside(viewer, \"[id$='-search-button']\").click()");
        viewer.until_shown("[id$='-field']");
        let parts = || {
            viewer.js("return [...new Set(allInside(viewer, '[part]').flatMap((at) => [...at.part]))].sort()")
        };
        let has = |found: &Value, names: &[&str]| {
            let found = found.as_array().unwrap();
            let missing: Vec<_> =
                names.iter().filter(|name| !found.contains(&json!(name))).collect();
            assert!(missing.is_empty(), "no part is called {missing:?}: {found:?}");
        };
        has(&parts(), &["skip-menu", "main-menu", "search", "list", "pages"]);
        viewer.open_first();
        has(&parts(), &["skip-menu", "main-menu", "release"]);
        nothing_went_wrong(page);
    });
}

#[test]
fn properties_mirror_attributes() {
    in_hosts(|page| {
        let viewer = open(page);
        let seen = viewer.js(
            "const seen = [];
             for (const [property, attribute, value, text] of [
               ['pageSize', 'page-size', 4, '4'], ['headingLevel', 'heading-level', 3, '3'], ['lang', 'lang', 'en', 'en'],
               ['release', 'release', '0709-passport-service-app-en', '0709-passport-service-app-en'],
               ['routing', 'routing', 'none', 'none'], ['skipMenu', 'skip-menu', 'none', 'none'], ['src', 'src', '/archive/', '/archive/'],
               ['isolate', 'isolate', true, ''], ['documentTitle', 'document-title', true, ''],
             ]) {
               viewer.removeAttribute(attribute);
               if (!(property in viewer)) seen.push(`${property} is no property`);
               viewer[property] = value;
               if (viewer.getAttribute(attribute) !== text) seen.push(`${attribute} is ${viewer.getAttribute(attribute)} after ${property} = ${value}`);
               viewer.removeAttribute(attribute);
               viewer.setAttribute(attribute, text);
               if (property !== 'src' && String(viewer[property]) !== String(value)) seen.push(`${property} is ${viewer[property]} after ${attribute}=${text}`);
               if (value === true) {
                 viewer[property] = false;
                 if (viewer.hasAttribute(attribute)) seen.push(`${attribute} stays after ${property} = false`);
               }
             }
             return seen;",
        );
        assert_eq!(seen, json!([]));
        viewer.until_text(HEADING, "Passport Reissue by Mobile App to Start on July 20");
        nothing_went_wrong(page);
    });
}

#[test]
fn data_is_shown_instead_of_the_source() {
    in_hosts(|page| {
        let viewer = open(page);
        page.js_later(
            "fetch('/archive/ko/feed.json').then((answer) => answer.json()).then((feed) => { watched.kept.feed = feed; arguments[0]() })",
            json!([]),
        );
        viewer.js("watched.kept.items = watched.kept.feed.items.filter((item) => item._release.section_id === 'press-releases').slice(0, 3); watched.kept.feed.items.length = 2; viewer.data = watched.kept.feed");
        viewer.until_count(".rv-item", 2);
        let title = viewer.open_first();
        assert_eq!(json!(title), page.js("return watched.kept.feed.items[0].title"));
        page.back();
        viewer.until_shown(ITEM);
        viewer.js("viewer.data = watched.kept.items");
        viewer.until_count(".rv-item", 3);
        assert_eq!(viewer.js("return viewer.data.length"), json!(3));
        viewer.js("viewer.data = null");
        viewer.until_count(".rv-item", 5);
        // Without a source at all, from the beginning.
        page.js("const viewer = document.createElement('release-viewer');
             viewer.data = watched.kept.feed;
             document.querySelector('#place').replaceChildren(viewer);");
        viewer.until_count(".rv-item", 2);
        nothing_went_wrong(page);
    });
}

#[test]
fn a_host_can_refuse_a_step() {
    in_hosts(|page| {
        let viewer = open(page);
        viewer.js("viewer.addEventListener('rv-navigate', watched.kept.refuse = (event) => event.preventDefault())");
        let address = page.url();
        viewer.tab_to(ITEM);
        page.press(crate::page::Key::Enter);
        viewer.until(
            "it has asked",
            "return watched.events.some(({ name }) => name === 'rv-navigate')",
        );
        page.frames();
        viewer.until_shown(ITEM);
        assert_eq!(page.url(), address);
        let event = viewer.events("rv-navigate")[0].clone();
        assert_eq!(
            [&event["cancelable"], &event["bubbles"], &event["composed"]],
            [&json!(true); 3]
        );
        let id = event["detail"]["id"].as_str().unwrap_or_default().to_owned();
        assert!(
            !id.is_empty() && event["detail"]["url"].as_str().unwrap_or_default().contains(&id),
            "{event}"
        );
        viewer.js("viewer.removeEventListener('rv-navigate', watched.kept.refuse)");
        viewer.open_first();
        assert!(page.fragment().contains(&id));
        page.back();
        viewer.until_shown(ITEM);
        let events = viewer.events("rv-navigate");
        let last = events.last().unwrap();
        assert_eq!([&last["detail"]["id"], &last["cancelable"]], [&Value::Null, &json!(false)]);
        nothing_went_wrong(page);
    });
}

#[test]
fn without_routing_the_address_stays() {
    in_hosts(|page| {
        let viewer = open(page);
        viewer.js("viewer.routing = 'none'");
        let (address, length) = (page.url(), page.js("return history.length"));
        viewer.open_first();
        assert_eq!((page.url(), page.js("return history.length")), (address, length));
        nothing_went_wrong(page);
    });
}

#[test]
fn methods_do_what_they_say() {
    in_hosts(|page| {
        let viewer = open(page);
        viewer.js("viewer.show('0709-passport-service-app-ko')");
        viewer.until_text(HEADING, PASSPORT);
        viewer.js("viewer.search('여권')");
        viewer.until("the query has been looked for", "return inside(viewer, 'mark')");
        page.server.take_asked();
        // The search has asked for it, too.
        let asked = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/archive/archive.json')).length";
        viewer.js(&format!("window.before = {asked}; viewer.reload()"));
        viewer
            .until("the archive has been asked again", &format!("return {asked} > window.before"));
        viewer.until("the query is looked for again", "return inside(viewer, 'mark')");
        assert_eq!(
            page.js("return document.adoptedStyleSheets.length"),
            json!(1),
            "it is still dressed"
        );
        nothing_went_wrong(page);
    });
}
