//! The viewer takes a page over in place: nothing moves, nothing is lost, nothing is fetched twice; afterwards moving
//! needs no page, and where something is missing the page itself is loaded.

use super::{LIST, RELEASE, complaints, until_taken_over, watch};
use crate::given::{in_chromium, in_each_browser};
use crate::page::{Key, Page};
use crate::server::Fault;
use serde_json::{Value, json};

const NEXT: &str = ".rv-neighbours a[rel=next]";
const SEARCH: &str = ".rv-search-button";

fn open(page: &Page, file: &str, address: &str) {
    page.load(file, address);
    until_taken_over(page);
}

/// Marks the document, so that another one is told from it.
fn mark(page: &Page) {
    page.js("window.marked = true");
}

fn is_marked(page: &Page) -> bool {
    page.js("return window.marked === true") == json!(true)
}

#[test]
fn nothing_that_the_page_holds_is_fetched() {
    in_chromium(|page| {
        watch(page);
        // As the guide says: their names carry their hash.
        page.server.set_header("archive/app/", "Cache-Control", "max-age=31536000, immutable");
        for file in [RELEASE, LIST] {
            page.server.take_asked();
            open(page, file, "");
            let asked = page.server.take_asked();
            let data = |path: &&String| path.ends_with(".json");
            assert_eq!(
                asked.iter().filter(data).collect::<Vec<_>>(),
                [] as [&String; 0],
                "{asked:?}"
            );
            let mut once = asked.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), asked.len(), "asked for twice: {asked:?}");
            assert_eq!(complaints(page), [] as [&str; 0]);
        }
    });
}

#[test]
fn the_text_is_there_before_anything_else_is_asked_for() {
    in_chromium(|page| {
        watch(page);
        open(page, RELEASE, "");
        let first = "const [painted] = performance.getEntriesByName('first-contentful-paint');
            return performance.getEntriesByType('resource').filter(({ name, startTime }) =>
              /(release-viewer\\.js|app\\/.*(js|wasm))$/.test(name) && startTime < painted.startTime).map(({ name }) => name)";
        assert_eq!(page.js(first), json!([]));
    });
}

#[test]
fn the_nodes_of_the_page_stay_until_something_else_is_shown() {
    in_chromium(|page| {
        watch(page);
        page.load(RELEASE, "");
        page.js("window.before = document.querySelector('.rv-text')");
        until_taken_over(page);
        assert_eq!(page.js("return before.isConnected"), json!(true));
        assert_eq!(page.js("return seen.shifts"), json!([]));
        page.follow(SEARCH);
        page.focus_is_on("#rv-field");
        let parked = "return document.querySelector('.rv-content').content.contains(before)";
        assert_eq!(page.js(parked), json!(true), "parked, not thrown away");
    });
}

#[test]
fn focus_selection_and_scroll_survive() {
    in_chromium(|page| {
        watch(page);
        page.server.fail(".wasm", Fault::Hanging);
        page.load(RELEASE, "");
        page.js("const all = document.querySelectorAll('.rv-group__text p');
            getSelection().setBaseAndExtent(all[0].lastChild, 2, all[2].lastChild, 5);
            window.chosen = String(getSelection());
            document.querySelector('.rv-neighbours a').focus({ preventScroll: true });
            scrollTo(0, 321);");
        page.server.mend();
        until_taken_over(page);
        let kept = |when: &str| {
            assert_eq!(
                page.js("return [String(getSelection()) === chosen, scrollY, chosen.length > 9]"),
                json!([true, 321, true]),
                "{when}"
            );
        };
        kept("taken over");
        assert_eq!(
            page.js("return document.activeElement.matches('.rv-neighbours a')"),
            json!(true)
        );
        // Ours comes when a paragraph's address is copied or, as here, when the host changes an attribute.
        ours(page);
        kept("ours is shown");
        assert_eq!(
            page.js("return document.activeElement.matches('.rv-neighbours a')"),
            json!(true)
        );
        assert_eq!(page.js("return seen.shifts"), json!([]));
    });
}

/// How far the colours of two pictures of one size are apart where they differ most, 0 to 255.
fn difference(page: &Page, one: &Value, other: &Value) -> u64 {
    page.go("about:blank");
    let script = "const [one, other, done] = arguments;
        const pixels = async ({ data }) => {
          const blob = await (await fetch('data:image/png;base64,' + data)).blob(), image = await createImageBitmap(blob);
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height).data;
        };
        Promise.all([pixels(one), pixels(other)]).then(([one, other]) =>
          done(one.length === other.length ? one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at])), 0) : 255));";
    page.js_later(script, json!([one, other])).as_u64().unwrap()
}

#[test]
fn ours_is_the_same_picture() {
    in_chromium(|page| {
        watch(page);
        for file in [RELEASE, LIST, "archive/en/press-releases/index.html"] {
            for width in [1280, 320] {
                page.resize(width, 900);
                page.server.fail(".wasm", Fault::Hanging);
                page.load(file, "");
                page.frames();
                let picture = || page.cdp("Page.captureScreenshot", json!({}));
                let before = picture();
                page.server.mend();
                until_taken_over(page);
                let taken_over = picture();
                ours(page);
                page.frames();
                let shown = picture();
                assert_eq!(page.js("return seen.shifts"), json!([]), "{file}, {width} px");
                // One step of 255 is what the browser's drawing differs by from time to time.
                for (what, picture) in [("taken over", taken_over), ("ours", shown)] {
                    let difference = difference(page, &before, &picture);
                    assert!(difference < 3, "{file}, {width} px, {what}: differs by {difference}");
                }
            }
        }
    });
}

/// Has our view put in place of the prerendered one, as any change does.
fn ours(page: &Page) {
    page.js("document.querySelector('release-viewer').setAttribute('skip-menu', 'all')");
    page.until("ours is shown", "return !document.querySelector('[data-rv-page]')");
}

#[test]
fn moving_needs_no_page() {
    in_each_browser(|page| {
        page.load(RELEASE, "");
        page.ready();
        // Firefox and WebKit cannot be told to watch: the search button shows when the viewer has taken over.
        page.until("the application is there", "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.wasm'))");
        page.frames();
        let title = page.text("#rv-heading");
        mark(page);
        let next = page.text(NEXT);
        // A click before the application is there loads the page, which is as good; but here it shall be there.
        page.until(
            "a link is followed in place",
            "return new Promise((done) => setTimeout(() => done(true), 300))",
        );
        page.follow(NEXT);
        page.until_text("#rv-heading", &next);
        page.focus_is_on("#rv-heading");
        assert!(is_marked(page), "the page was loaded anew");
        assert!(page.url().ends_with(".html") && !page.url().contains('#'), "{}", page.url());
        let there = page.url();
        page.back();
        page.until_text("#rv-heading", &title);
        page.forward();
        page.until_text("#rv-heading", &next);
        assert!(is_marked(page));
        page.follow(".rv-release__back a");
        page.until_shown(".rv-list");
        assert!(page.url().contains("/ko/"), "{}", page.url());
        page.follow(".rv-item a");
        page.until_shown(".rv-release");
        assert!(is_marked(page));
        // Each address is a page of its own.
        page.go(&there);
        page.until_text("#rv-heading", &next);
    });
}

#[test]
fn a_paragraph_has_an_address_and_its_tools() {
    in_chromium(|page| {
        watch(page);
        open(page, RELEASE, "");
        page.follow(".rv-number");
        page.until_shown(".rv-address");
        assert!(page.fragment().starts_with("#rv-at-p"), "{}", page.fragment());
        // The same address opens the same paragraph without us.
        page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
        let address = page.url();
        page.go("about:blank");
        page.go(&address);
        page.until(
            "it is the target",
            "return document.querySelector('.rv-block:target') !== null",
        );
        page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
    });
}

#[test]
fn search_works_and_has_an_address() {
    in_chromium(|page| {
        watch(page);
        open(page, RELEASE, "");
        page.follow(SEARCH);
        page.focus_is_on("#rv-field");
        page.type_text("회담");
        page.press(Key::Enter);
        page.until_shown(".rv-list mark");
        assert!(page.url().contains("index.html?lang=ko&q="), "{}", page.url());
        let heading = page.text("#rv-heading");
        page.reload();
        page.until_text("#rv-heading", &heading);
        page.follow(".rv-item a");
        page.until_shown(".rv-release");
        assert!(page.url().contains("/releases/"), "{}", page.url());
        let departments = "return document.querySelectorAll('#rv-department option').length > 1";
        page.follow(SEARCH);
        page.until("there are departments to choose from", departments);
        assert_eq!(complaints(page), [] as [&str; 0]);
    });
}

#[test]
fn what_is_likely_next_is_there_before_the_click() {
    in_chromium(|page| {
        watch(page);
        open(page, RELEASE, "");
        page.server.take_asked();
        page.js(&format!("document.querySelector({NEXT:?}).focus()"));
        let fetched = || page.server.take_asked();
        let mut asked = Vec::new();
        page.until("it is fetched", "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.json'))");
        asked.extend(fetched());
        assert_eq!(asked.len(), 1, "{asked:?}");
        let next = page.text(NEXT);
        page.press(Key::Enter);
        page.until_text("#rv-heading", &next);
        assert_eq!(fetched(), [] as [&str; 0]);
    });
}

#[test]
fn where_something_is_missing_the_page_is_loaded() {
    for fault in [Fault::Refused, Fault::Garbage] {
        in_chromium(|page| {
            watch(page);
            open(page, RELEASE, "");
            mark(page);
            let next = page.text(NEXT);
            page.server.fail(".json", fault);
            page.follow(NEXT);
            page.until("another page is loaded", "return window.marked !== true");
            page.until_text("#rv-heading", &next);
            until_taken_over(page);
        });
    }
}

#[test]
fn a_click_while_the_application_comes_is_not_lost() {
    in_chromium(|page| {
        watch(page);
        page.server.fail(".wasm", Fault::Hanging);
        page.load(RELEASE, "");
        page.js(&format!("document.querySelector({SEARCH:?}).click()"));
        page.server.mend();
        page.focus_is_on("#rv-field");
        // A link is the browser's own until then.
        page.server.fail(".wasm", Fault::Hanging);
        page.load(RELEASE, "");
        let next = page.text(NEXT);
        page.follow(NEXT);
        page.until_text("#rv-heading", &next);
        page.server.mend();
    });
}

#[test]
fn without_the_application_the_page_says_nothing_until_it_is_asked() {
    in_chromium(|page| {
        page.server.fail(".wasm", Fault::Refused);
        page.load(RELEASE, "");
        page.until("the fault is known", "return document.querySelector('.rv-fault') !== null");
        assert!(!page.shows(".rv-fault"), "the page is complete");
        page.js(&format!("document.querySelector({SEARCH:?}).focus()"));
        page.js(&format!("document.querySelector({SEARCH:?}).click()"));
        page.until_shown(".rv-fault");
        page.server.mend();
        page.follow(".rv-fault button");
        page.until("it has come", "return document.querySelector('.rv-fault') === null");
    });
}
